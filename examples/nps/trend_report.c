/* The periods as a table or Markdown; with --by a second one, of the groups' trends. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bar.h"
#include "compare.h"
#include "grid.h"
#include "report.h"
#include "rounded.h"
#include "trend.h"

#define DECIMALS_MOST 9

static bool has_bars(const trend *of)
{
    return of->given->format == FORMAT_TABLE;
}

static bool has_marks(const series *of)
{
    for (size_t i = 0; of->has_control && i < of->count; i++) {
        if (of->periods[i].control.limit != 0) return true;
    }
    return false;
}

static bool has_rolling(const series *of)
{
    return of->count > 0 && of->periods[of->count - 1].has_rolling;
}

static void period_columns(grid *to, const trend *of)
{
    char title[40];
    grid_column(to, nps_calendar_unit_name(of->given->every), false);
    grid_column(to, "n", true);
    if (of->of->is_weighted) grid_column(to, "eff. n", true);
    if (has_bars(of)) {
        grid_bar_column(to);
    } else {
        grid_column(to, "detractors", true);
        grid_column(to, "passives", true);
        grid_column(to, "promoters", true);
    }
    grid_column(to, "NPS", true);
    grid_interval_column(to, of->given->level);
    snprintf(title, sizeof title, "rolling %" PRIu64, of->given->rolling);
    if (has_rolling(&of->all)) grid_column(to, title, true);
    if (has_marks(&of->all)) grid_column(to, "limits", false);
}

static void result_cells(grid *to, const trend *of, const char *name, const result *told)
{
    char cell[ROUNDED_SIZE], score[8], effective[32], lower[16], upper[16];
    const nps_tally *counts = &told->counts;
    grid_text(to, name);
    grid_text(to, rounded_count(nps_tally_responses(counts), cell));
    report_effective(told, effective);
    if (of->of->is_weighted) grid_text(to, effective);
    if (has_bars(of)) {
        grid_bar(to, told->detractor_share, told->promoter_share);
    } else {
        grid_text(to, rounded_count(nps_tally_detractors(counts), cell));
        grid_text(to, rounded_count(nps_tally_passives(counts), cell));
        grid_text(to, rounded_count(nps_tally_promoters(counts), cell));
    }
    report_score(told, score);
    grid_text(to, score);
    report_bounds(told, lower, upper);
    grid_interval(to, lower, upper, of->given->format);
}

/* A line that is no period has no rolling score, and no limits. */
static void more_cells(grid *to, const trend *of, const period *told)
{
    char score[8] = "";
    if (told != NULL && told->has_rolling) report_score(&told->rolling, score);
    if (has_rolling(&of->all)) grid_text(to, score);
    if (!has_marks(&of->all)) return;
    int32_t side = told != NULL ? told->control.limit : 0;
    grid_text(to, side < 0 ? "below" : side > 0 ? "above" : "");
}

void trend_grid(const trend *of, grid *to)
{
    period_columns(to, of);
    for (size_t i = 0; i < of->all.count; i++) {
        const period *told = &of->all.periods[i];
        result_cells(to, of, told->label, &told->told);
        more_cells(to, of, told);
    }
    if (nps_tally_responses(&of->untimed.counts) > 0) {
        result_cells(to, of, "(no time)", &of->untimed);
        more_cells(to, of, NULL);
    }
    result_cells(to, of, "total", &of->total);
    more_cells(to, of, NULL);
}

static void print_periods(const trend *of)
{
    grid cells = {0};
    trend_grid(of, &cells);
    if (!grid_print(&cells, of->given->format)) return;
    bar_style style = bar_choose_style();
    putchar('\n');
    bar_print_legend(&style);
}

static bool is_told(const nps_slope *of, int decimals)
{
    char lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
    rounded_signed(of->lower, decimals, lower);
    rounded_signed(of->upper, decimals, upper);
    return strcmp(lower, upper) != 0 && rounded_is_true(of->estimate, 0, decimals) &&
           rounded_is_true(of->lower, 0, decimals) && rounded_is_true(of->upper, 0, decimals);
}

void trend_slope_words(const nps_slope *of, char *estimate, char *lower, char *upper)
{
    int decimals = 1;
    while (!is_told(of, decimals) && decimals < DECIMALS_MOST) decimals++;
    rounded_signed(of->estimate, decimals, estimate);
    rounded_signed(of->lower, decimals, lower);
    rounded_signed(of->upper, decimals, upper);
    if (isnan(of->lower)) *upper = '\0';
}

static void group_columns(grid *to, const trend *of)
{
    char title[40];
    compare_key_columns(to, &of->keys, "");
    grid_column(to, "n", true);
    grid_column(to, "NPS", true);
    snprintf(title, sizeof title, "points a %s", nps_calendar_unit_name(of->given->every));
    grid_column(to, title, true);
    grid_interval_column(to, of->given->level);
    grid_column(to, "adj. p", true);
}

static void group_cells(grid *to, const trend *of, const trend_group *told)
{
    char cell[ROUNDED_SIZE], score[8], estimate[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
    text name = {0};
    for (int32_t i = 0; i < of->keys.dimensions; i++) {
        state_segment_name(&of->keys, told->first, i, &name);
        grid_bytes(to, name.bytes, name.length);
    }
    text_free(&name);
    grid_text(to, rounded_count(nps_tally_responses(&told->told.counts), cell));
    report_score(&told->told, score);
    grid_text(to, score);
    trend_slope_words(&told->tests.slope, estimate, lower, upper);
    grid_text(to, estimate);
    grid_interval(to, lower, upper, of->given->format);
    rounded_p(told->tests.p_adjusted, of->given->level, cell);
    grid_text(to, strncmp(cell, "= ", 2) == 0 ? cell + 2 : cell);
}

void trend_group_grid(const trend *of, grid *to)
{
    group_columns(to, of);
    for (size_t i = 0; i < of->group_count; i++) group_cells(to, of, &of->groups[i]);
}

static void print_groups(const trend *of)
{
    grid cells = {0};
    putchar('\n');
    trend_group_grid(of, &cells);
    grid_print(&cells, of->given->format);
}

void trend_table(const trend *printed)
{
    print_periods(printed);
    if (printed->group_count > 0) print_groups(printed);
}
