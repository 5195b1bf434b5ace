/* Two regions of examples/data/survey.csv: how probable is it that one is better, and by enough to matter? */
#include <nps/posterior.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdio.h>

int main(void)
{
    nps_sample berlin, nairobi;
    double lower, upper, below, higher, by_five, with_prior;
    const double last_year[3] = {19, 31, 50}; /* what 100 answers of last year said of any region */

    int status = nps_sample_from_counts(21, 47, 67, &berlin);
    if (status == NPS_OK) status = nps_sample_from_counts(5, 21, 34, &nairobi);
    if (status == NPS_OK) status = nps_posterior_interval(&nairobi, NULL, 0.95, &lower, &upper);
    if (status == NPS_OK) status = nps_posterior_cdf(&nairobi, NULL, 20, &below, NULL);
    if (status == NPS_OK) status = nps_posterior_greater(&berlin, &nairobi, NULL, 0, &higher);
    if (status == NPS_OK) status = nps_posterior_greater(&berlin, &nairobi, NULL, 5, &by_five);
    if (status == NPS_OK) status = nps_posterior_greater(&berlin, &nairobi, last_year, 0, &with_prior);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    printf("Nairobi's score is +48; with probability .95 it is from %+.1f to %+.1f\n", lower, upper);
    printf("that it is at most +20 has probability %.4f\n", below);
    printf("that it is above Berlin's, +34: %.3f; by more than 5 points: %.3f\n", higher, by_five);
    printf("for one who expected last year's shares in both: %.3f\n", with_prior);
}
