#include <nps/audit.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <stdio.h>

/* Twenty answers from people who are nearly all content: is a 95% interval right 95 times of 100? */
int main(void)
{
    const double shares[3] = {0.03, 0.11, 0.86}; /* detractors, passives, promoters: a score of 83 */
    printf("method            right    width    truth below  truth above\n");
    for (int32_t method = 0; method < NPS_INTERVAL_COUNT; method++) {
        nps_audit_result result = {.struct_size = sizeof result};
        int status = nps_audit(shares, 20, method, 0.95, &result);
        if (status != NPS_OK) {
            fprintf(stderr, "%s\n", nps_strerror(status));
            return 1;
        }
        printf("%-16s %6.3f %8.1f %14.4f %12.4f\n", nps_interval_method_name(method), result.coverage, result.width,
               result.miss_below, result.miss_above);
    }
}
