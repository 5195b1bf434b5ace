#include <nps/response.h>
#include <nps/status.h>
#include <stdio.h>

int main(void)
{
    const uint64_t invited = 500;
    nps_tally tally;
    double score = 0, rate = 0, worst = 0, best = 0, zeros = 0, tens = 0;

    int status = nps_tally_init(&tally, NULL);
    if (status == NPS_OK) status = nps_tally_add(&tally, 10, 60);
    if (status == NPS_OK) status = nps_tally_add(&tally, 9, 30);
    if (status == NPS_OK) status = nps_tally_add(&tally, 8, 40);
    if (status == NPS_OK) status = nps_tally_add(&tally, 5, 14);
    if (status == NPS_OK) status = nps_tally_add(&tally, 0, 6);
    if (status == NPS_OK) status = nps_score(&tally, &score);
    if (status == NPS_OK) status = nps_response_rate(nps_tally_responses(&tally), invited, &rate);
    if (status == NPS_OK) status = nps_tally_response_bounds(&tally, invited, &worst, &best);
    if (status == NPS_OK) status = nps_tally_ends(&tally, &zeros, &tens);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    printf("NPS %+.0f; %.0f%% of %d answered\n", score, 100 * rate, (int)invited);
    printf("had all answered: %+.0f at worst, %+.0f at best\n", worst, best);
    printf("0: %.0f%%, 10: %.0f%% of the answers\n", 100 * zeros, 100 * tens);
}
