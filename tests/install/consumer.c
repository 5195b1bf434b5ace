/* A program of someone else's, built against an installed libnps: prints a score, its interval, and the version. */
#include <nps.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    nps_tally tally;
    nps_sample sample;
    double points = 0, lower = 0, upper = 0;
    char version[32];
    int status = nps_tally_init(&tally, NULL);
    if (status == NPS_OK) status = nps_tally_add(&tally, 10, 6);
    if (status == NPS_OK) status = nps_tally_add(&tally, 8, 3);
    if (status == NPS_OK) status = nps_tally_add(&tally, 2, 1);
    if (status == NPS_OK) status = nps_score(&tally, &points);
    if (status == NPS_OK) status = nps_tally_sample(&tally, &sample);
    if (status == NPS_OK) status = nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    snprintf(version, sizeof version, "%d.%d.%d", NPS_VERSION_MAJOR, NPS_VERSION_MINOR, NPS_VERSION_PATCH);
    if (strcmp(version, nps_version_string()) != 0) return 1;
    if (!(lower < points && points < upper)) return 1;
    printf("%g %s\n", points, version);
    return 0;
}
