#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <stdio.h>

static int fail(int status)
{
    fprintf(stderr, "%s\n", nps_strerror(status));
    return 1;
}

/* Customers rated two agents, at 32 and at 78; and two waves of a survey are at 10 and at 24. */
int main(void)
{
    nps_sample agent[2], wave[2];
    if (nps_sample_from_counts(5, 7, 13, &agent[0]) != NPS_OK || nps_sample_from_counts(1, 7, 33, &agent[1]) != NPS_OK)
        return 1;
    if (nps_sample_from_counts(120, 120, 160, &wave[0]) != NPS_OK ||
        nps_sample_from_counts(95, 115, 190, &wave[1]) != NPS_OK)
        return 1;

    puts("agents           difference   95% interval          p");
    for (int32_t method = 0; method < NPS_DIFFERENCE_COUNT; method++) {
        nps_difference difference = {.struct_size = sizeof difference};
        int status = nps_compare(&agent[0], &agent[1], method, 0.95, &difference);
        if (status != NPS_OK) return fail(status);
        printf("%-15s %+10.1f", nps_difference_method_name(method), difference.estimate);
        if (isnan(difference.lower))
            printf("%17s", "");
        else
            printf("%8.1f to %5.1f", difference.lower, difference.upper);
        printf("   %10.6f\n", difference.p);
    }

    nps_difference change = {.struct_size = sizeof change};
    nps_test test = {.struct_size = sizeof test};
    nps_equivalence within = {.struct_size = sizeof within};
    int status = nps_compare(&wave[0], &wave[1], NPS_DIFFERENCE_MOVER, 0.95, &change);
    if (status == NPS_OK) status = nps_compare_benchmark(&wave[1], NPS_BENCHMARK_SCORE, 20, &test);
    if (status == NPS_OK) status = nps_compare_equivalence(&wave[0], &wave[1], NPS_DIFFERENCE_MOVER, 5, &within);
    if (status != NPS_OK) return fail(status);
    printf("waves: %+.1f points, %.1f to %.1f, p %.4f\n", change.estimate, change.lower, change.upper, change.p);
    printf("the second one against a benchmark of 20: z %+.2f, p %.4f\n", test.statistic, test.p);
    printf("not worse than the first one by 5 points: p %.4f\n", within.p_lower);
}
