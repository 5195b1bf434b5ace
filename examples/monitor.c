/* A quarter's score was 30. Has it dropped since, and when? */
#include <math.h>
#include <nps.h>
#include <stdio.h>

#define WEEKS 12

static const double weeks[WEEKS][3] = {{35, 70, 95},  {44, 55, 101}, {38, 57, 105}, {41, 66, 93},
                                       {37, 58, 105}, {48, 59, 93},  {44, 66, 90},  {46, 67, 87},
                                       {52, 57, 91},  {0, 0, 0},     {45, 64, 91},  {50, 66, 84}};

static int print_rule(int32_t number, int32_t anytime, const nps_sample *baseline, const nps_sample *sample)
{
    nps_rule rule = {.struct_size = sizeof rule, .rule = number, .anytime = anytime, .least = 100};
    nps_alert alert = {.struct_size = sizeof alert};
    int status = nps_monitor_rule(&rule, baseline, sample, &alert);
    if (status != NPS_OK) return status;
    printf("%-6s  %-7s  %+5.1f  %+5.1f to %+4.1f%s\n", nps_monitor_rule_name(number), anytime ? "any" : "one",
           alert.estimate, alert.lower, alert.upper, alert.outcome == NPS_ALERT_FIRED ? "  alert" : "");
    return NPS_OK;
}

int main(void)
{
    nps_sample baseline, waves[WEEKS], since;
    nps_monitored at[WEEKS];
    double sum[3] = {0, 0, 0};
    for (int i = 0; i < WEEKS; i++) {
        waves[i] = (nps_sample){weeks[i][0], weeks[i][1], weeks[i][2], 0};
        for (int k = 0; k < 3; k++) sum[k] += weeks[i][k];
    }
    if (nps_sample_from_counts(1000, 1500, 2500, &baseline) != NPS_OK) return 1;
    if (nps_sample_from_counts(sum[0], sum[1], sum[2], &since) != NPS_OK) return 1;
    if (nps_monitor_waves(&baseline, waves, WEEKS, NULL, at) != NPS_OK) return 1;

    printf("week  score        limits  distance  cusum\n");
    for (int i = 0; i < WEEKS; i++) {
        printf("%4d  ", i + 1);
        if (isnan(at[i].score))
            printf("no answers                  ");
        else
            printf("%5.1f  %4.1f to %4.1f  %+8.2f", at[i].score, at[i].lower, at[i].upper, at[i].distance);
        printf("  %5.2f", at[i].cusum_low);
        if (at[i].cusum != 0) printf("  since week %d", (int)at[i].since + 1);
        printf("\n");
    }
    printf("\nrule    looks  change  95%% one-sided\n");
    if (print_rule(NPS_RULE_DROP, 0, &baseline, &since) != NPS_OK) return 1;
    if (print_rule(NPS_RULE_DROP, 1, &baseline, &since) != NPS_OK) return 1;
    return 0;
}
