#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdio.h>

int main(void)
{
    /* "Of 148 customers 61% were promoters and 17% detractors": all that a report tells. */
    const double size = 148;
    nps_sample sample;
    double points, error, lower, upper;
    int status = nps_sample_from_counts(0.17 * size, 0.22 * size, 0.61 * size, &sample);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    nps_sample_score(&sample, &points);
    nps_sample_standard_error(&sample, &error);
    nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper);
    printf("score %.1f, standard error %.1f, 95%% interval %.1f to %.1f\n", points, error, lower, upper);
}
