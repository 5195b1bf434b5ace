/* Which agents are best? Not those with three answers. */
#include <nps.h>
#include <stdio.h>

static const struct {
    const char *name;
    double detractors, passives, promoters;
} agents[] = {
    {"Ada", 0, 0, 3},     {"Ben", 30, 54, 216}, {"Cleo", 20, 25, 65}, {"Dan", 70, 52, 118},
    {"Eve", 50, 43, 127}, {"Fay", 4, 10, 26},   {"Gus", 32, 30, 68},  {"Hal", 2, 1, 1},
};
#define AGENTS (sizeof agents / sizeof *agents)

int main(void)
{
    nps_sample samples[AGENTS];
    nps_ranked ranked[AGENTS];
    nps_rank_options options = {.struct_size = sizeof options, .adjust = NPS_ADJUST_HOLM, .best = 3};
    nps_heterogeneity between = {.struct_size = sizeof between};
    for (size_t i = 0; i < AGENTS; i++)
        if (nps_sample_from_counts(agents[i].detractors, agents[i].passives, agents[i].promoters, &samples[i]) !=
            NPS_OK)
            return 1;
    if (nps_rank(samples, AGENTS, &options, ranked, &between) != NPS_OK) return 1;

    printf("mean %.1f, variance between agents %.0f\n\n", between.mean, between.tau2);
    printf("      answers  score  shrunken      95%%      top 3  rest       p\n");
    for (uint64_t rank = 1; rank <= AGENTS; rank++) {
        size_t i = 0;
        double size;
        while (ranked[i].rank != rank) i++;
        if (nps_sample_size(&samples[i], &size) != NPS_OK) return 1;
        printf("%-4s  %7.0f  %5.1f  %8.1f  %4.0f to %3.0f  %5.2f  %+6.1f  %.4f\n", agents[i].name, size,
               ranked[i].score, ranked[i].shrunken, ranked[i].lower, ranked[i].upper, ranked[i].best, ranked[i].rest,
               ranked[i].p_adjusted);
    }
    return 0;
}
