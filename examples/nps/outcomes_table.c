/* The tables for people, on a terminal or as Markdown. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "outcomes.h"
#include "output.h"
#include "report.h"
#include "rounded.h"
#include "speaker.h"

#define WIDE 110 /* columns of a terminal that have room for one more interval */

static const char *mean_title(const outcome_report *of)
{
    return of->is_rate ? "rate" : "mean";
}

static bool has_weights(const outcome_report *of)
{
    return of->given->weight != NULL;
}

/* How many there are, but not yet what came of them. */
static void size_columns(grid *to, const outcome_report *of)
{
    grid_column(to, "n", true);
    if (has_weights(of)) grid_column(to, "eff. n", true);
    grid_column(to, "without", true);
}

static void size_cells(grid *to, const outcome_report *of, const nps_outcome_estimate *told)
{
    char cell[ROUNDED_SIZE];
    grid_text(to, rounded_count(told->n, cell));
    snprintf(cell, sizeof cell, "%.1f", told->effective_size);
    if (has_weights(of)) grid_text(to, told->n > 0 ? cell : "");
    grid_text(to, rounded_count(told->missing, cell));
}

static void estimate_columns(grid *to, const outcome_report *of)
{
    size_columns(to, of);
    grid_column(to, mean_title(of), true);
    grid_interval_column(to, of->given->level);
    if (!of->is_rate) grid_column(to, "sd", true);
}

static void estimate_cells(grid *to, const outcome_report *of, const nps_outcome_estimate *told)
{
    outcome_figures words;
    outcomes_estimate_words(of, told, &words);
    size_cells(to, of, told);
    grid_text(to, told->n > 0 ? words.estimate : "");
    grid_interval(to, words.lower, words.upper, of->given->format);
    if (!of->is_rate) grid_text(to, words.deviation);
}

/* A line of what is not about some people, but about how they differ. */
static void contrast_row(grid *to, const outcome_report *of, const char *name, const outcome_figures *words, double p)
{
    grid_text(to, name);
    for (int i = has_weights(of) ? 3 : 2; i > 0; i--) grid_text(to, "");
    grid_text(to, words->estimate);
    grid_interval(to, words->lower, words->upper, of->given->format);
    if (!of->is_rate) grid_text(to, "");
    grid_p(to, p, of->given->level);
}

void outcomes_grid(const outcome_report *of, grid *to)
{
    static const char *const names[OUTCOME_CLASSES] = {"detractors", "passives", "promoters"};
    const outcome_group *total = &of->total;
    outcome_figures words;
    grid_column(to, of->given->outcome, false);
    estimate_columns(to, of);
    grid_column(to, "p", true);
    for (int i = 0; i < OUTCOME_CLASSES; i++) {
        grid_text(to, names[i]);
        estimate_cells(to, of, &total->classes[i]);
        grid_text(to, "");
    }
    grid_text(to, "all");
    estimate_cells(to, of, &total->all);
    grid_text(to, "");
    outcomes_difference_words(of, &total->difference, &words);
    contrast_row(to, of, "promoters - detractors", &words, total->difference.p);
    outcomes_correlation_words(&total->correlation, &words);
    contrast_row(to, of, "correlation with answer", &words, total->correlation.p);
}

void outcomes_answer_grid(const outcome_report *of, grid *to)
{
    const nps_scale *scale = &of->given->scale;
    grid_column(to, "answer", true);
    estimate_columns(to, of);
    for (int answer = scale->lowest; answer <= scale->highest; answer++) {
        char name[16];
        snprintf(name, sizeof name, "%d", answer);
        grid_text(to, name);
        estimate_cells(to, of, &of->total.answers[answer - scale->lowest]);
    }
}

static void group_row(grid *to, const outcome_report *of, const outcome_group *group, bool wide)
{
    char score[8];
    outcome_figures words;
    compare_key_cells(to, &of->answers, group->segment, true);
    size_cells(to, of, &group->all);
    report_score(&group->told, score);
    grid_text(to, score);
    outcomes_estimate_words(of, &group->all, &words);
    grid_text(to, words.estimate);
    if (wide) grid_interval(to, words.lower, words.upper, of->given->format);
    outcomes_difference_words(of, &group->difference, &words);
    grid_text(to, words.estimate);
    outcomes_correlation_words(&group->correlation, &words);
    grid_text(to, words.estimate);
    grid_interval(to, words.lower, words.upper, of->given->format);
}

static void print_groups(const outcome_report *of)
{
    bool wide = of->given->format == FORMAT_MARKDOWN || output_width() >= WIDE;
    grid lines = {0};
    compare_key_columns(&lines, &of->answers, "");
    size_columns(&lines, of);
    grid_column(&lines, "NPS", true);
    grid_column(&lines, mean_title(of), true);
    if (wide) grid_interval_column(&lines, of->given->level);
    grid_column(&lines, "pro - det", true);
    grid_column(&lines, "r", true);
    grid_interval_column(&lines, of->given->level);
    for (size_t i = 0; i < of->group_count; i++) group_row(&lines, of, &of->groups[i], wide);
    putchar('\n');
    grid_print(&lines, of->given->format);
}

void outcomes_table(const outcome_report *printed)
{
    const options *given = printed->given;
    grid lines = {0};
    outcomes_grid(printed, &lines);
    grid_print(&lines, given->format);
    if (printed->segments == NULL) {
        putchar('\n');
        outcomes_answer_grid(printed, &lines);
        grid_print(&lines, given->format);
    } else {
        print_groups(printed);
    }
    if (given->format != FORMAT_MARKDOWN) putchar('\n');
    outcomes_say(printed, &printed->total, speaker_print, &given);
    outcomes_say_rows(printed, speaker_print, &given);
}
