/* A row for all answers, each class and each answer; with --by of each segment. */
#include "platform.h"

#include <math.h>
#include <stdio.h>

#include "compare.h"
#include "grid.h"
#include "outcomes.h"

static void columns(grid *to, const outcome_report *of)
{
    static const char *const titles[] = {"answers",
                                         "n",
                                         "missing",
                                         "mean",
                                         "variance",
                                         "standard_error",
                                         "lower",
                                         "upper",
                                         "effective_n",
                                         "difference",
                                         "difference_lower",
                                         "difference_upper",
                                         "difference_statistic",
                                         "difference_df",
                                         "difference_p",
                                         "correlation",
                                         "correlation_lower",
                                         "correlation_upper",
                                         "correlation_statistic",
                                         "correlation_df",
                                         "correlation_p",
                                         "nps",
                                         "nps_lower",
                                         "nps_upper"};
    compare_key_columns(to, &of->answers, "");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(to, titles[i], false);
}

/* Numbers that only the row of all answers has. */
static void group_cells(grid *to, const outcome_group *of)
{
    const nps_outcome_difference *difference = &of->difference;
    const nps_correlation_result *correlation = &of->correlation;
    const double numbers[] = {difference->difference,   difference->lower,  difference->upper,
                              difference->statistic,    difference->df,     difference->p,
                              correlation->correlation, correlation->lower, correlation->upper,
                              correlation->statistic,   correlation->df,    correlation->p,
                              of->told.score,           of->told.lower,     of->told.upper};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        grid_number(to, isfinite(numbers[i]) ? numbers[i] : (double)NAN);
    }
}

#define GROUP_CELLS 15

static void row(grid *to, const outcome_report *of, const outcome_group *group, const char *name,
                const nps_outcome_estimate *told)
{
    const double numbers[] = {told->mean,  told->variance, told->standard_error,
                              told->lower, told->upper,    told->effective_size};
    if (group->segment != RESULT_TOTAL) compare_key_cells(to, &of->answers, group->segment, false);
    grid_text(to, name);
    grid_count(to, told->n);
    grid_count(to, told->missing);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) grid_number(to, numbers[i]);
    if (told == &group->all) {
        group_cells(to, group);
    } else {
        for (int i = 0; i < GROUP_CELLS; i++) grid_text(to, "");
    }
}

static void rows_of(grid *to, const outcome_report *of, const outcome_group *group)
{
    static const char *const classes[OUTCOME_CLASSES] = {"detractors", "passives", "promoters"};
    const nps_scale *scale = &of->given->scale;
    row(to, of, group, "all", &group->all);
    for (int i = 0; i < OUTCOME_CLASSES; i++) row(to, of, group, classes[i], &group->classes[i]);
    for (int answer = scale->lowest; answer <= scale->highest; answer++) {
        char name[16];
        snprintf(name, sizeof name, "%d", answer);
        row(to, of, group, name, &group->answers[answer - scale->lowest]);
    }
}

void outcomes_csv(const outcome_report *printed)
{
    grid lines = {0};
    columns(&lines, printed);
    if (printed->segments == NULL) rows_of(&lines, printed, &printed->total);
    for (size_t i = 0; i < printed->group_count; i++) rows_of(&lines, printed, &printed->groups[i]);
    grid_print(&lines, FORMAT_CSV);
}
