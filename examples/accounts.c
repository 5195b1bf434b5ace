/* Nine firms, one of them with most of the users: their score, and that of all the people in them. */
#include <nps.h>
#include <stdio.h>

/* Detractors, passives, promoters. */
static const double firms[][3] = {{148, 95, 57}, {0, 1, 4}, {1, 2, 5}, {0, 0, 3}, {2, 1, 2},
                                  {0, 3, 6},     {1, 0, 0}, {0, 1, 7}, {3, 4, 9}};
enum { COUNT = sizeof firms / sizeof *firms };

static int print(const char *who, const nps_sample *sample)
{
    double score, lower, upper, size;
    if (nps_sample_score(sample, &score) != NPS_OK || nps_sample_size(sample, &size) != NPS_OK ||
        nps_interval(sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper) != NPS_OK)
        return 1;
    printf("%-8s %+6.1f, 95%% interval %+6.1f to %+6.1f, as sure as %.0f answers\n", who, score, lower, upper, size);
    return 0;
}

int main(void)
{
    nps_sample accounts[COUNT], all, sample;
    double sum[3] = {0, 0, 0};
    nps_accounts_result result = {.struct_size = sizeof result};
    for (int i = 0; i < COUNT; i++) {
        if (nps_sample_from_counts(firms[i][0], firms[i][1], firms[i][2], &accounts[i]) != NPS_OK) return 1;
        for (int j = 0; j < 3; j++) sum[j] += firms[i][j];
    }
    if (nps_sample_from_counts(sum[0], sum[1], sum[2], &all) != NPS_OK) return 1;
    if (nps_accounts(accounts, COUNT, &result) != NPS_OK) return 1;
    if (nps_accounts_sample(accounts, COUNT, 0.95, &sample) != NPS_OK) return 1;

    if (print("people", &all) != 0 || print("accounts", &sample) != 0) return 1;
    printf("%d accounts, standard error %.1f\n", (int)result.accounts, result.standard_error);
    printf("mean shares: detractors %.1f%%, passives %.1f%%, promoters %.1f%%\n", 100 * result.detractor_share,
           100 * result.passive_share, 100 * result.promoter_share);
    return 0;
}
