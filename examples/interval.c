#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdio.h>

/* One line for each method: the interval of two small surveys. */
int main(void)
{
    nps_sample mixed, enthusiastic;
    if (nps_sample_from_counts(2, 11, 18, &mixed) != NPS_OK ||
        nps_sample_from_counts(0, 0, 10, &enthusiastic) != NPS_OK)
        return 1;
    printf("95%% interval of    18 promoters of 31    10 promoters of 10\n");
    for (int32_t method = 0; method < NPS_INTERVAL_COUNT; method++) {
        double lower[2], upper[2];
        int status = nps_interval(&mixed, method, 0.95, &lower[0], &upper[0]);
        if (status == NPS_OK) status = nps_interval(&enthusiastic, method, 0.95, &lower[1], &upper[1]);
        if (status != NPS_OK) {
            fprintf(stderr, "%s\n", nps_strerror(status));
            return 1;
        }
        printf("%-16s %9.1f to %5.1f %13.1f to %5.1f\n", nps_interval_method_name(method), lower[0], upper[0], lower[1],
               upper[1]);
    }
}
