/* Two waves: how probable is it that the second one is better, and by enough to matter? */
#include <nps/posterior.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdio.h>

int main(void)
{
    nps_sample before, after;
    double lower, upper, below, higher, by_five, with_prior;
    const double last_year[3] = {19, 31, 50}; /* what 100 answers of last year said */

    int status = nps_sample_from_counts(35, 40, 45, &before);
    if (status == NPS_OK) status = nps_sample_from_counts(20, 30, 50, &after);
    if (status == NPS_OK) status = nps_posterior_interval(&after, NULL, 0.95, &lower, &upper);
    if (status == NPS_OK) status = nps_posterior_cdf(&after, NULL, 20, &below, NULL);
    if (status == NPS_OK) status = nps_posterior_greater(&before, &after, NULL, 0, &higher);
    if (status == NPS_OK) status = nps_posterior_greater(&before, &after, NULL, 5, &by_five);
    if (status == NPS_OK) status = nps_posterior_greater(&before, &after, last_year, 0, &with_prior);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    printf("the second wave's score is +30; with probability .95 it is from %+.1f to %+.1f\n", lower, upper);
    printf("that it is at most +20 has probability %.3f\n", below);
    printf("that it is above the first one's, +8.3: %.3f; by more than 5 points: %.3f\n", higher, by_five);
    printf("for one who expected last year's shares in both: %.3f\n", with_prior);
}
