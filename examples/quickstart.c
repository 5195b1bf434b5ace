#include <nps.h>
#include <stdio.h>

int main(void)
{
    const uint8_t answers[] = {10, 9, 9, 8, 10, 6, 7, 9, 10, 3, 9, 255, 8, 10, 9, 10}; /* 255: no answer */
    nps_tally tally;
    nps_sample sample;
    double score, lower, upper;
    nps_tally_init(&tally, NULL); /* answers from 0 to 10, promoters from 9, detractors to 6 */
    nps_tally_add_u8(&tally, answers, sizeof answers);
    if (nps_score(&tally, &score) != NPS_OK) return 1; /* nobody answered: there is no score */
    nps_tally_sample(&tally, &sample);
    nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper);
    printf("NPS %+.1f, 95%% interval %+.1f to %+.1f\n", score, lower, upper);
}
