#include <nps/accounts.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <stdio.h>

/* Four firms. The largest is happy, and has most of the answers. */
int main(void)
{
    static const nps_sample accounts[] = {{4, 16, 80, 99}, {2, 1, 1, 3}, {1, 1, 1, 2}, {3, 2, 3, 7}};
    nps_accounts_result result = {.struct_size = sizeof result};
    nps_sample pool, mean;
    double pooled = 0, lower = 0, upper = 0;

    int status = nps_sample_from_counts(10, 20, 85, &pool);
    if (status == NPS_OK) status = nps_sample_score(&pool, &pooled);
    if (status == NPS_OK) status = nps_accounts(accounts, 4, &result);
    if (status == NPS_OK) status = nps_accounts_sample(accounts, 4, 0.95, &mean);
    if (status == NPS_OK) status = nps_interval(&mean, NPS_INTERVAL_SCORE, 0.95, &lower, &upper);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    printf("all answers: NPS %+.0f\n", pooled);
    printf("mean of %d accounts: %+.0f, 95%% interval %+.0f to %+.0f\n", (int)result.accounts, result.score, lower,
           upper);
}
