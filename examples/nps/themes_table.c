/* The tables for people, on a terminal or as Markdown; and CSV. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "apportion.h"
#include "compare.h"
#include "compare_words.h"
#include "grid.h"
#include "output.h"
#include "report.h"
#include "rounded.h"
#include "speaker.h"
#include "themes.h"

#define WIDE 100 /* columns of a terminal that have room for one more interval */

static bool is_wide(const theme_report *of)
{
    return of->given->format != FORMAT_TABLE || output_width() >= WIDE;
}

static void people_columns(grid *to, const theme_report *of)
{
    grid_column(to, "theme", false);
    grid_column(to, "n", true);
    grid_column(to, "share", true);
    grid_column(to, "with", true);
    grid_column(to, "without", true);
    grid_column(to, "impact", true);
    grid_interval_column(to, of->given->level);
    grid_column(to, of->given->adjust == NPS_ADJUST_NONE ? "p" : "adj. p", true);
    grid_column(to, "adds", true);
    if (is_wide(of)) grid_interval_column(to, of->given->level);
}

/* Points with a decimal, or as many more as it takes; and what they are to add up to as it was rounded for that. */
static void people_points(grid *to, const theme_report *of, double estimate, double lower, double upper, bool told)
{
    const nps_difference points = {.estimate = estimate, .lower = lower, .upper = upper};
    figures numbers;
    words_figures(&points, 1, 0, &numbers);
    if (told) grid_text(to, numbers.estimate);
    grid_interval(to, isnan(lower) ? "" : numbers.lower, numbers.upper, of->given->format);
}

static void people_row(grid *to, const theme_report *of, const theme_group *group, size_t index)
{
    const nps_theme *told = &group->themes[index];
    char cell[ROUNDED_SIZE], share[ROUNDED_SIZE + 1];
    if (theme_is_none(told)) {
        grid_text(to, "(none)");
    } else {
        grid_bytes(to, told->theme.bytes, told->theme.length);
    }
    grid_text(to, rounded_count(told->mentions, cell));
    grid_text(to, strcat(rounded_share(told->share, 1, share), "%"));
    grid_text(to, rounded_signed(told->with, 0, cell));
    grid_text(to, rounded_signed(told->without, 0, cell));
    people_points(to, of, told->impact, told->impact_lower, told->impact_upper, true);
    if (isnan(told->p_adjusted)) {
        grid_text(to, "");
    } else {
        grid_p(to, told->p_adjusted, of->given->level);
    }
    grid_text(to, rounded_signed((double)group->shown[index] / apportion_scale(1), 1, cell));
    if (is_wide(of))
        people_points(to, of, told->contribution, told->contribution_lower, told->contribution_upper, false);
}

static void total_row(grid *to, const theme_report *of, const theme_group *group)
{
    char cell[ROUNDED_SIZE];
    grid_text(to, "total");
    grid_text(to, rounded_count(nps_tally_responses(&group->told.counts), cell));
    for (int i = 0; i < 6; i++) grid_text(to, "");
    grid_text(to, rounded_signed(group->told.score, 1, cell));
    if (is_wide(of)) people_points(to, of, group->told.score, group->told.lower, group->told.upper, false);
}

/* Answers without a theme come last. What nobody with an answer mentions has nothing to tell. */
void themes_grid(const theme_report *of, const theme_group *group, grid *to)
{
    people_columns(to, of);
    for (int none = 0; none < 2; none++) {
        for (size_t i = 0; i < group->count; i++) {
            const nps_theme *told = &group->themes[i];
            if (theme_is_none(told) == none && told->mentions > 0) people_row(to, of, group, i);
        }
    }
    total_row(to, of, group);
}

static void print_group(const theme_report *of, const theme_group *group)
{
    grid lines = {0};
    themes_grid(of, group, &lines);
    grid_print(&lines, of->given->format);
}

static void print_heading(const theme_report *of, const theme_group *group)
{
    text line = {0};
    char score[8], count[ROUNDED_SIZE];
    report_score(&group->told, score);
    if (of->given->format != FORMAT_MARKDOWN) putchar('\n');
    compare_name(of->given, &of->keys, group->segment, &line);
    text_say(&line, ": NPS %s, n %s", score, rounded_count(nps_tally_responses(&group->told.counts), count));
    compare_say(of->given, &line);
    if (of->given->format == FORMAT_MARKDOWN) putchar('\n');
    text_free(&line);
}

void themes_table(const theme_report *printed)
{
    const options *given = printed->given;
    print_group(printed, &printed->total);
    if (given->format != FORMAT_MARKDOWN) putchar('\n');
    themes_say(printed, &printed->total, speaker_print, &given);
    themes_say_rows(printed, &printed->total, speaker_print, &given);
    for (size_t i = 0; i < printed->group_count; i++) {
        print_heading(printed, &printed->groups[i]);
        print_group(printed, &printed->groups[i]);
    }
}

static void program_row(grid *to, const theme_report *of, const theme_group *group, const nps_theme *told)
{
    const double numbers[] = {told->share,
                              told->with,
                              told->without,
                              told->difference,
                              told->lower,
                              told->upper,
                              told->statistic,
                              told->df,
                              told->p,
                              told->p_adjusted,
                              told->impact,
                              told->impact_lower,
                              told->impact_upper,
                              told->contribution,
                              told->contribution_lower,
                              told->contribution_upper,
                              group->told.score};
    if (group->segment != RESULT_TOTAL) compare_key_cells(to, &of->keys, group->segment, false);
    grid_bytes(to, told->theme.bytes, theme_is_none(told) ? 0 : told->theme.length);
    grid_count(to, told->mentions);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        grid_number(to, isfinite(numbers[i]) ? numbers[i] : (double)NAN);
    }
}

static void program_rows(grid *to, const theme_report *of, const theme_group *group)
{
    for (size_t i = 0; i < group->count; i++) program_row(to, of, group, &group->themes[i]);
}

void themes_csv(const theme_report *printed)
{
    static const char *const titles[] = {"theme",
                                         "mentions",
                                         "share",
                                         "with",
                                         "without",
                                         "difference",
                                         "difference_lower",
                                         "difference_upper",
                                         "statistic",
                                         "df",
                                         "p",
                                         "p_adjusted",
                                         "impact",
                                         "impact_lower",
                                         "impact_upper",
                                         "contribution",
                                         "contribution_lower",
                                         "contribution_upper",
                                         "nps"};
    grid lines = {0};
    compare_key_columns(&lines, &printed->keys, "");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&lines, titles[i], false);
    if (printed->given->by_count == 0) program_rows(&lines, printed, &printed->total);
    for (size_t i = 0; i < printed->group_count; i++) program_rows(&lines, printed, &printed->groups[i]);
    grid_print(&lines, FORMAT_CSV);
}
