/* Two years of quarters: does the score rise, by how much, and what is it over the last four quarters? */
#include <nps.h>
#include <stdio.h>

/* Detractors, passives, promoters. Nobody was asked in the sixth quarter. */
static const uint64_t quarters[][3] = {{62, 70, 88}, {55, 71, 84}, {64, 66, 90}, {49, 75, 96},
                                       {51, 60, 99}, {0, 0, 0},    {40, 68, 92}, {45, 61, 104}};
enum { COUNT = sizeof quarters / sizeof *quarters };

int main(void)
{
    nps_tally waves[COUNT], year[COUNT];
    nps_sample samples[COUNT];
    double times[COUNT];
    size_t asked = 0;
    for (int i = 0; i < COUNT; i++) {
        if (nps_tally_init(&waves[i], NULL) != NPS_OK) return 1;
        waves[i].level[3] = quarters[i][0];
        waves[i].level[7] = quarters[i][1];
        waves[i].level[10] = quarters[i][2];
        if (nps_tally_sample(&waves[i], &samples[asked]) == NPS_OK) times[asked++] = i;
    }

    nps_test linear = {.struct_size = sizeof linear}, kendall = {.struct_size = sizeof kendall};
    nps_slope slope = {.struct_size = sizeof slope};
    if (nps_trend_linear(times, samples, asked, &linear) != NPS_OK ||
        nps_trend_slope(times, samples, asked, 0.95, &slope) != NPS_OK ||
        nps_trend_mann_kendall(times, samples, asked, NULL, &kendall) != NPS_OK ||
        nps_trend_rolling(waves, COUNT, 4, year) != NPS_OK)
        return 1;
    printf("answers rise: z = %.2f, p = %.4f\n", linear.statistic, linear.p);
    printf("%+.1f points a quarter, %+.1f to %+.1f, p = %.4f\n", slope.estimate, slope.lower, slope.upper, slope.p);
    printf("later above earlier: S = %.0f of %zu pairs, p = %.4f\n\n", kendall.statistic, asked * (asked - 1) / 2,
           kendall.p);

    printf("quarter  score  last four\n");
    for (int i = 0; i < COUNT; i++) {
        double score, pooled;
        printf("%7d", i + 1);
        if (nps_score(&waves[i], &score) == NPS_OK)
            printf("  %5.1f", score);
        else
            printf("      -");
        if (i >= 3 && nps_score(&year[i], &pooled) == NPS_OK) printf("  %9.1f", pooled);
        printf("\n");
    }
    return 0;
}
