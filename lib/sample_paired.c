#include <nps/sample.h>

#include <nps/status.h>

/* People by what became of them: worse, the same class, better. Each sum is the same when the sides or promoters and
 * detractors are swapped. */
int nps_paired_sample_check(const nps_paired_sample *sample)
{
    nps_sample by_change;
    if (sample == NULL) return NPS_ERR_ARGUMENT;
    const double(*count)[3] = sample->count;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (!(count[i][j] >= 0)) return NPS_ERR_RANGE;
    return nps_sample_from_counts(count[2][0] + (count[1][0] + count[2][1]), (count[0][0] + count[2][2]) + count[1][1],
                                  count[0][2] + (count[0][1] + count[1][2]), &by_change);
}

int nps_pairs_sample(const nps_pairs *pairs, nps_paired_sample *out)
{
    uint64_t table[9];
    nps_paired_sample sample;
    int status = out == NULL ? NPS_ERR_ARGUMENT : nps_pairs_classes(pairs, table);
    if (status != NPS_OK) return status;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sample.count[i][j] = (double)table[3 * i + j];
    status = nps_paired_sample_check(&sample);
    if (status == NPS_OK) *out = sample;
    return status;
}

/* Detractors and promoters first: the sum is the same when they are swapped. */
static double sum_of(double detractors, double passives, double promoters)
{
    return (detractors + promoters) + passives;
}

int nps_paired_sample_before(const nps_paired_sample *sample, nps_sample *out)
{
    int status = out == NULL ? NPS_ERR_ARGUMENT : nps_paired_sample_check(sample);
    if (status != NPS_OK) return status;
    double margin[3];
    for (int i = 0; i < 3; i++) margin[i] = sum_of(sample->count[i][0], sample->count[i][1], sample->count[i][2]);
    return nps_sample_from_counts(margin[0], margin[1], margin[2], out);
}

int nps_paired_sample_after(const nps_paired_sample *sample, nps_sample *out)
{
    int status = out == NULL ? NPS_ERR_ARGUMENT : nps_paired_sample_check(sample);
    if (status != NPS_OK) return status;
    double margin[3];
    for (int j = 0; j < 3; j++) margin[j] = sum_of(sample->count[0][j], sample->count[1][j], sample->count[2][j]);
    return nps_sample_from_counts(margin[0], margin[1], margin[2], out);
}
