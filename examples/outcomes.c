/* What is a promoter worth? Who renewed within a year of answering, and what each spent. */
#include <nps.h>
#include <stdio.h>

static const struct {
    int answer, renewed, spent;
} customers[] = {
    {10, 1, 420}, {10, 1, 515}, {9, 1, 380}, {9, 1, 610}, {10, 0, 240}, {9, 1, 455},  {10, 1, 700}, {9, 1, 330},
    {10, 1, 560}, {9, 1, 480},  {9, 0, 150}, {8, 1, 300}, {7, 1, 410},  {8, 1, 350},  {7, 0, 120},  {8, 1, 280},
    {7, 1, 390},  {8, 0, 210},  {7, 1, 330}, {6, 1, 310}, {5, 0, 90},   {3, 0, 140},  {6, 1, 260},  {4, 0, 60},
    {2, 0, 110},  {0, 0, 30},   {5, 1, 290}, {6, 0, 180}, {1, 0, 75},   {10, 1, 390},
};

static int print(const char *name, const nps_outcomes *outcomes, int32_t method)
{
    static const char *const classes[] = {"detractors", "passives", "promoters"};
    nps_outcome_estimate e = {.struct_size = sizeof e};
    nps_outcome_difference d = {.struct_size = sizeof d};
    nps_correlation_result r = {.struct_size = sizeof r};
    nps_answers range[3];
    for (int32_t i = 0; i < 3; i++) {
        if (nps_answers_of_class(&outcomes->scale, i - 1, &range[i]) != NPS_OK ||
            nps_outcomes_estimate(outcomes, &range[i], method, 0.95, &e) != NPS_OK)
            return 1;
        printf("%-8s %-10s %2d %7.2f (%.2f to %.2f)\n", name, classes[i], (int)e.n, e.mean, e.lower, e.upper);
    }
    if (nps_outcomes_difference(outcomes, &range[0], &range[2], method, 0.95, &d) != NPS_OK ||
        nps_outcomes_correlation(outcomes, NPS_OUTCOME_BY_ANSWER, 0.95, &r) != NPS_OK)
        return 1;
    printf("%-8s difference %+10.2f (%.2f to %.2f), p %.4f\n", name, d.difference, d.lower, d.upper, d.p);
    printf("%-8s correlation %+9.2f (%.2f to %.2f)\n\n", name, r.correlation, r.lower, r.upper);
    return 0;
}

int main(void)
{
    nps_outcomes renewed, spent;
    nps_earned_growth_result growth = {.struct_size = sizeof growth};
    if (nps_outcomes_init(&renewed, NULL) != NPS_OK || nps_outcomes_init(&spent, NULL) != NPS_OK) return 1;
    for (size_t i = 0; i < sizeof customers / sizeof *customers; i++)
        if (nps_outcomes_add(&renewed, customers[i].answer, customers[i].renewed, 1) != NPS_OK ||
            nps_outcomes_add(&spent, customers[i].answer, customers[i].spent, 1) != NPS_OK)
            return 1;
    if (print("renewed", &renewed, NPS_OUTCOME_RATE) != 0 || print("spent", &spent, NPS_OUTCOME_MEAN) != 0) return 1;

    if (nps_earned_growth(200000, 170000, 50000, 20000, &growth) != NPS_OK) return 1;
    printf("earned growth %.0f%%, bought %.0f%%, all %.0f%%\n", 100 * growth.earned_growth, 100 * growth.bought,
           100 * growth.growth);
    return 0;
}
