/* The same customers in spring and in autumn: who moved, and is the change real? */
#include <math.h>
#include <nps.h>
#include <stdio.h>

/* Spring, autumn, how many. */
static const int32_t people[] = {10, 10, 60, 10, 8, 10, 10, 3,           1,  9, 9,           59, 9,           7,  8,
                                 8,  8,  40, 8,  9, 33, 7,  7,           25, 7, 9,           10, 7,           5,  5,
                                 6,  6,  16, 6,  8, 9,  5,  5,           12, 5, 7,           6,  3,           2,  14,
                                 3,  9,  2,  0,  0, 6,  9,  NPS_MISSING, 21, 2, NPS_MISSING, 19, NPS_MISSING, 10, 30};

int main(void)
{
    nps_pairs pairs;
    nps_paired_sample sample;
    nps_sample spring, autumn;
    double from, to, from_error, to_error;
    nps_movers moved = {.struct_size = sizeof moved};
    nps_difference change = {.struct_size = sizeof change};
    nps_test margins = {.struct_size = sizeof margins};
    if (nps_pairs_init(&pairs, NULL) != NPS_OK) return 1;
    for (size_t i = 0; i < sizeof people / sizeof *people; i += 3)
        if (nps_pairs_add(&pairs, people[i], people[i + 1], (uint64_t)people[i + 2]) != NPS_OK) return 1;

    if (nps_pairs_movers(&pairs, &moved) != NPS_OK || nps_pairs_sample(&pairs, &sample) != NPS_OK ||
        nps_paired_sample_before(&sample, &spring) != NPS_OK || nps_paired_sample_after(&sample, &autumn) != NPS_OK ||
        nps_sample_score(&spring, &from) != NPS_OK || nps_sample_score(&autumn, &to) != NPS_OK ||
        nps_sample_standard_error(&spring, &from_error) != NPS_OK ||
        nps_sample_standard_error(&autumn, &to_error) != NPS_OK ||
        nps_compare_paired(&sample, NPS_PAIRED_SCORE, 0.95, &change) != NPS_OK ||
        nps_compare_margins(&sample, NPS_MARGINS_STUART, &margins) != NPS_OK)
        return 1;

    printf("%llu of %llu answered both times: %.1f, then %.1f\n", (unsigned long long)nps_pairs_responses(&pairs),
           (unsigned long long)nps_pairs_total(&pairs), from, to);
    printf("better %llu, worse %llu, same %llu\n", (unsigned long long)moved.better, (unsigned long long)moved.worse,
           (unsigned long long)moved.same_class);
    printf("change %+.1f, 95%% interval %+.1f to %+.1f, p %.4f\n", change.estimate, change.lower, change.upper,
           change.p);
    double margin = 1.96 * sqrt(from_error * from_error + to_error * to_error);
    printf("as if they were different people: %+.1f to %+.1f\n", to - from - margin, to - from + margin);
    printf("the three shares together: chi-square %.2f on %.0f, p %.4f\n", margins.statistic, margins.df, margins.p);
    return 0;
}
