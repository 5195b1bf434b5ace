/* 1200 customers were asked and 412 answered: what is known, and what is left open? */
#include <nps.h>
#include <stdio.h>

/* How many answered 0, 1, ... 10. */
static const uint64_t counts[] = {31, 4, 6, 8, 5, 21, 15, 29, 46, 66, 181};

int main(void)
{
    const uint64_t invited = 1200;
    nps_tally tally;
    nps_sample sample;
    double rate, score, lower, upper, lowest, highest, zeros, tens;
    if (nps_tally_init(&tally, NULL) != NPS_OK) return 1;
    for (int32_t answer = 0; answer <= 10; answer++)
        if (nps_tally_add(&tally, answer, counts[answer]) != NPS_OK) return 1;

    if (nps_response_rate(nps_tally_responses(&tally), invited, &rate) != NPS_OK) return 1;
    if (nps_score(&tally, &score) != NPS_OK || nps_tally_sample(&tally, &sample) != NPS_OK) return 1;
    if (nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper) != NPS_OK) return 1;
    if (nps_tally_response_bounds(&tally, invited, &lowest, &highest) != NPS_OK) return 1;
    printf("%.1f%% answered, score %.1f, 95%% interval %.1f to %.1f\n", 100 * rate, score, lower, upper);
    printf("had everybody answered: %.1f to %.1f\n", lowest, highest);

    /* The same score with more answers: what the rate alone does. */
    for (int percent = 50; percent <= 90; percent += 20) {
        if (nps_response_bounds(score, percent / 100.0, &lowest, &highest) != NPS_OK) return 1;
        printf("had %d%% answered like this: %.1f to %.1f\n", percent, lowest, highest);
    }

    if (nps_tally_ends(&tally, &zeros, &tens) != NPS_OK) return 1;
    printf("0 was the answer of %.1f%%, 10 that of %.1f%%\n", 100 * zeros, 100 * tens);
    return 0;
}
