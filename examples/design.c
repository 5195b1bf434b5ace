/* Guests of twelve hotels out of 72, asked in three regions: how sure is the score, and that of business guests? */
#include <nps.h>
#include <stdio.h>

/* Hotels 1 to 5 are in the north, 6 to 9 in the centre, 10 to 12 in the south; eight guests of each. */
static const int32_t answers[12][8] = {
    {9, 10, 9, 8, 10, 9, 7, 10}, {3, 6, 8, 5, 7, 2, 9, 6},  {8, 9, 7, 10, 9, 6, 9, 8},  {10, 9, 10, 10, 8, 9, 9, 5},
    {7, 8, 6, 9, 5, 8, 7, 9},    {9, 9, 8, 10, 7, 9, 3, 8}, {6, 5, 8, 4, 7, 9, 6, 8},   {10, 10, 9, 7, 9, 8, 10, 9},
    {8, 7, 9, 6, 8, 10, 9, 7},   {5, 9, 6, 7, 8, 4, 6, 3},  {9, 10, 8, 9, 10, 9, 6, 9}, {7, 8, 9, 9, 6, 8, 10, 5}};
static const double hotels[] = {30, 24, 18}, guests_of_each[] = {60, 85, 40};

static void print(const char *who, const nps_design *design, const nps_key *domain)
{
    nps_design_result result = {.struct_size = sizeof result};
    nps_sample sample;
    double lower, upper;
    if (nps_design_estimate(design, domain, NPS_LONELY_FAIL, &result) != NPS_OK ||
        nps_design_sample(design, domain, NPS_LONELY_FAIL, 0.95, &sample) != NPS_OK ||
        nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper) != NPS_OK)
        return;
    printf("%-9s %5.1f, standard error %4.1f, 95%% interval %5.1f to %4.1f\n", who, result.score, result.standard_error,
           lower, upper);
    printf("          %llu hotels in %llu regions, design effect %.2f: worth %.0f guests\n",
           (unsigned long long)result.psus, (unsigned long long)result.strata, result.design_effect,
           result.effective_size);
}

int main(void)
{
    const nps_design_options options = {.struct_size = sizeof options, .domains = 1, .clusters = 1};
    const nps_key trips[] = {{.type = NPS_KEY_BYTES, .bytes = "business", .length = 8},
                             {.type = NPS_KEY_BYTES, .bytes = "leisure", .length = 7}};
    nps_design *design = NULL;
    nps_weighted plain;
    nps_sample sample;
    double lower, upper;
    if (nps_design_new(&options, &design) != NPS_OK) return 1;
    for (int32_t i = 0; i < 96; i++) {
        int32_t hotel = i / 8, region = hotel < 5 ? 0 : hotel < 9 ? 1 : 2;
        const nps_key stratum = {.type = NPS_KEY_INTEGER, .integer = region};
        const nps_key psu = {.type = NPS_KEY_INTEGER, .integer = hotel};
        /* A guest stands for those of the same hotel, and for the hotels of the region that were not drawn. */
        double drawn = region == 0 ? 5 : region == 1 ? 4 : 3;
        double weight = hotels[region] / drawn * guests_of_each[region] / 8;
        if (nps_design_set_population(design, &stratum, hotels[region]) != NPS_OK ||
            nps_design_add(design, trips + (i % 3 != 0), &stratum, &psu, answers[hotel][i % 8], weight) != NPS_OK)
            return 1;
    }
    print("everybody", design, NULL);
    print("business", design, trips);

    if (nps_design_weighted(design, NULL, &plain) != NPS_OK || nps_weighted_sample(&plain, &sample) != NPS_OK ||
        nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper) != NPS_OK)
        return 1;
    printf("as if drawn one by one: %.1f to %.1f\n", lower, upper);
    nps_design_free(design);
    return 0;
}
