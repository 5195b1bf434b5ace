#include <inttypes.h>
#include <math.h>
#include <nps/plan.h>
#include <nps/status.h>
#include <stdio.h>

/* A survey of 2000 customers, of whom 15% answer; the last one had 50% promoters and 20% detractors. */
int main(void)
{
    const double response_rate = 0.15, wave = 300;
    nps_plan plan = {.struct_size = sizeof plan, .population = 2000};
    uint64_t unknown = 0, known = 0, from = 0, to = 0;
    double margin = 0, power = 0, detectable = 0;

    int status = nps_plan_size_for_margin(&plan, 5, &unknown, NULL);
    if (status == NPS_OK) status = nps_plan_variance(0.50, 0.20, &plan.from_variance);
    if (status == NPS_OK) status = nps_plan_size_for_margin(&plan, 5, &known, NULL);
    if (status == NPS_OK) status = nps_plan_margin_for_size(&plan, wave, &margin);
    if (status == NPS_OK) status = nps_plan_size_for_difference(&plan, 10, &from, &to, NULL);
    if (status == NPS_OK) status = nps_plan_power(&plan, wave, wave, 10, &power);
    if (status == NPS_OK) status = nps_plan_detectable(&plan, wave, wave, &detectable);
    if (status != NPS_OK) {
        fprintf(stderr, "%s\n", nps_strerror(status));
        return 1;
    }
    printf("a margin of 5 points: %" PRIu64 " answers, %" PRIu64 " if nothing were known\n", known, unknown);
    printf("invitations for them: %.0f\n", ceil((double)known / response_rate));
    printf("300 answers: a margin of %.1f points\n", margin);
    printf("a change of 10 points, with power .8: %" PRIu64 " answers in either wave\n", from);
    printf("waves of 300 see it with probability %.2f, and one of %.1f points with .8\n", power, detectable);
}
