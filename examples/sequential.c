#include <nps/interval.h>
#include <nps/sequential.h>
#include <nps/status.h>
#include <stdio.h>

/* A score that used to be 30, looked at every week: the interval for one look, the confidence sequence, and the p-value
 * against 30 that holds whenever it is looked at. */
int main(void)
{
    static const double detractors[] = {28, 37, 25, 22, 24, 39, 42, 47}, passives[] = {33, 32, 36, 40, 39, 38, 36, 33};
    static const double promoters[] = {51, 45, 59, 62, 61, 43, 42, 37};
    double d = 0, p = 0, r = 0;
    printf("week answers score    95%% for one look   95%% at any look        p\n");
    for (int week = 0; week < 8; week++) {
        d += detractors[week], p += passives[week], r += promoters[week];
        nps_sample all;
        double score, once[2], always[2], p_value;
        int status = nps_sample_from_counts(d, p, r, &all);
        if (status == NPS_OK) status = nps_sample_score(&all, &score);
        if (status == NPS_OK) status = nps_interval(&all, NPS_INTERVAL_SCORE, 0.95, &once[0], &once[1]);
        if (status == NPS_OK) status = nps_sequential_interval(&all, 0.95, &always[0], &always[1]);
        if (status == NPS_OK) status = nps_sequential_test(&all, 30, NULL, &p_value);
        if (status != NPS_OK) {
            fprintf(stderr, "%s\n", nps_strerror(status));
            return 1;
        }
        printf("%4d %7.0f %5.1f %10.1f to %4.1f %9.1f to %4.1f %10.3g%s\n", week + 1, d + p + r, score, once[0],
               once[1], always[0], always[1], p_value, p_value <= 0.05 ? "  alert" : "");
    }
}
