/* The tables for people, on a terminal or as Markdown. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apportion.h"
#include "compare.h"
#include "compare_words.h"
#include "drivers.h"
#include "grid.h"
#include "message.h"
#include "rounded.h"

#define REASONS_MOST 6 /* groups whose reasons are told */

/* How numbers are rounded throughout a table. */
typedef struct looks {
    enum output_format format;
    int effect, mean; /* decimals */
    int64_t *shares;  /* per mille of the variance, which add up to R^2 as shown */
    double longest;
    size_t first; /* how many are marked */
    bool intervals;
} looks;

static bool has_bars(const options *given)
{
    return given->format == FORMAT_TABLE;
}

void drivers_shares(const driver_report *of, int64_t *shares)
{
    const driver_group *total = &of->total;
    double exact[RATINGS_MOST];
    int64_t parts[RATINGS_MOST];
    size_t places[RATINGS_MOST], used = 0;
    for (size_t i = 0; i < of->count; i++) {
        double weight = total->weights[i].weight;
        shares[i] = 0;
        if (isnan(weight)) continue;
        exact[used] = 1000 * weight;
        places[used++] = i;
    }
    if (used == 0) return;
    apportion(exact, used, apportion_round(100 * total->fit.r_squared, 1), parts);
    for (size_t i = 0; i < used; i++) shares[places[i]] = parts[i];
}

static void take_looks(const driver_report *of, looks *to, int64_t *shares)
{
    const driver_group *total = &of->total;
    size_t first = total->ranked < DRIVERS_FIRST ? total->ranked : DRIVERS_FIRST;
    *to = (looks){.format = of->given->format, .shares = shares};
    to->effect = drivers_decimals(of->given, total->drivers, of->count);
    to->mean = of->highest[0] - of->lowest[0] > 20 ? 1 : 2;
    bool marks = drivers_have_order(of->given, total) && of->count > 1 && of->given->format != FORMAT_PAGE;
    to->first = marks ? first : 0;
    to->intervals = !of->given->pairwise;
    drivers_shares(of, shares);
    for (size_t i = 0; i < of->count; i++) to->longest = fmax(to->longest, total->weights[i].weight);
}

/* A coefficient and its interval, in points of the score where it is about classes. */
static void effect_cells(grid *to, const driver_report *of, const looks *with, const nps_driver *told)
{
    double unit = drivers_unit(of->given);
    nps_difference effect = {
        .estimate = unit * told->coefficient, .lower = unit * told->lower, .upper = unit * told->upper};
    figures numbers;
    words_figures(&effect, with->effect, 0, &numbers);
    grid_text(to, numbers.estimate);
    if (!with->intervals) return;
    if (isnan(told->lower)) {
        grid_text(to, "");
    } else {
        grid_interval(to, numbers.lower, numbers.upper, with->format);
    }
}

static void share_cells(grid *to, const driver_report *of, const looks *with, size_t rating)
{
    const nps_driver_weight *weight = &of->total.weights[rating];
    char lower[32] = "", upper[32] = "", cell[64] = "n/a";
    if (!isnan(weight->weight)) snprintf(cell, sizeof cell, "%.1f%%", (double)with->shares[rating] / 10);
    grid_text(to, cell);
    if (with->intervals && !isnan(weight->lower)) {
        snprintf(lower, sizeof lower, "%.1f", 100 * weight->lower);
        snprintf(upper, sizeof upper, "%.1f", 100 * weight->upper);
    }
    if (with->intervals) grid_interval(to, lower, upper, with->format);
    if (!has_bars(of->given)) return;
    grid_length(to, isnan(weight->weight) || !(with->longest > 0) ? NAN : weight->weight / with->longest);
}

static void rating_columns(grid *to, const driver_report *of, const looks *with)
{
    grid_column(to, "#", true);
    grid_column(to, "rating", false);
    grid_column(to, "mean", true);
    grid_column(to, "r", true);
    grid_column(to, drivers_unit(of->given) > 1 ? "points" : "effect", true);
    if (with->intervals) grid_interval_column(to, of->given->level);
    grid_column(to, "importance", true);
    if (with->intervals) grid_interval_column(to, of->given->level);
    if (has_bars(of->given)) grid_length_column(to);
}

static void rating_row(grid *to, const driver_report *of, const looks *with, size_t place)
{
    size_t rating = of->total.order[place];
    const nps_driver *told = &of->total.drivers[rating];
    char cell[ROUNDED_SIZE];
    snprintf(cell, sizeof cell, "%zu%s", place + 1, place < with->first ? "*" : with->first > 0 ? " " : "");
    grid_text(to, place < of->total.ranked ? cell : "");
    grid_text(to, of->names[rating]);
    snprintf(cell, sizeof cell, "%.*f", with->mean, told->mean);
    grid_text(to, isnan(told->mean) ? "n/a" : cell);
    grid_text(to, isnan(told->correlation) ? "n/a" : rounded_points(told->correlation, 0, 2, cell));
    effect_cells(to, of, with, told);
    share_cells(to, of, with, rating);
}

void drivers_grid(const driver_report *of, grid *to)
{
    int64_t shares[RATINGS_MOST];
    looks with;
    take_looks(of, &with, shares);
    rating_columns(to, of, &with);
    for (size_t i = 0; i < of->count; i++) rating_row(to, of, &with, i);
}

static void contrast_cells(grid *to, const driver_report *of, const looks *with, const nps_driver *told)
{
    char cell[ROUNDED_SIZE] = "n/a";
    if (!isnan(told->mean)) snprintf(cell, sizeof cell, "%.0f%%", 100 * told->mean);
    grid_text(to, cell);
    effect_cells(to, of, with, told);
}

void drivers_contrast_grid(const driver_report *of, grid *to)
{
    const driver_group *total = &of->total;
    looks with = {.format = of->given->format, .intervals = !of->given->pairwise};
    char title[40];
    with.effect = drivers_decimals(of->given, total->contrasts, 2 * of->count);
    grid_column(to, "rating", false);
    snprintf(title, sizeof title, "to %.6g", of->given->low);
    grid_column(to, title, true);
    grid_column(to, "penalty", true);
    if (with.intervals) grid_interval_column(to, of->given->level);
    snprintf(title, sizeof title, "from %.6g", of->given->high);
    grid_column(to, title, true);
    grid_column(to, "reward", true);
    if (with.intervals) grid_interval_column(to, of->given->level);
    for (size_t i = 0; i < of->count; i++) {
        size_t rating = total->order[i];
        grid_text(to, of->names[rating]);
        contrast_cells(to, of, &with, &total->contrasts[2 * rating]);
        contrast_cells(to, of, &with, &total->contrasts[2 * rating + 1]);
    }
}

/* "staff 87%": where to begin, and how surely ahead of the next. */
static void first_cell(grid *to, const driver_report *of, const driver_group *group, size_t place)
{
    text cell = {0};
    char chance[ROUNDED_SIZE];
    text_append(&cell, "", 0);
    if (!drivers_have_order(of->given, group)) {
        text_say(&cell, place > 0 ? "" : group->has_fit ? "unclear" : "no fit");
    } else if (place < group->ranked) {
        size_t rating = group->order[place];
        text_append(&cell, of->names[rating], strlen(of->names[rating]));
        double ahead = place + 1 < group->ranked ? group->ahead[rating * of->count + group->order[place + 1]] : NAN;
        if (!isnan(ahead)) text_say(&cell, " %s", rounded_chance(ahead, chance));
    }
    grid_bytes(to, cell.bytes, cell.length);
    text_free(&cell);
}

static void print_groups(const driver_report *of)
{
    static const char *const titles[DRIVERS_FIRST] = {"first", "second", "third"};
    grid lines = {0};
    char cell[ROUNDED_SIZE];
    if (of->group_count == 0) return;
    putchar('\n');
    compare_key_columns(&lines, &of->taken, "");
    grid_column(&lines, "n", true);
    grid_column(&lines, "R^2", true);
    size_t first = of->count < DRIVERS_FIRST ? of->count : DRIVERS_FIRST;
    for (size_t i = 0; i < first; i++) grid_column(&lines, titles[i], false);
    for (size_t i = 0; i < of->group_count; i++) {
        const driver_group *group = &of->groups[i];
        compare_key_cells(&lines, &of->taken, i, true);
        grid_text(&lines, rounded_count(drivers_size(of, group), cell));
        snprintf(cell, sizeof cell, "%.1f%%", 100 * group->fit.r_squared);
        grid_text(&lines, group->has_fit ? cell : "n/a");
        for (size_t j = 0; j < first; j++) first_cell(&lines, of, group, j);
    }
    grid_print(&lines, of->given->format);
}

typedef struct printer {
    const options *given;
    text line;
} printer;

static void print_sentence(void *user, const char *sentence)
{
    printer *to = user;
    text_append(&to->line, sentence, strlen(sentence));
    compare_say(to->given, &to->line);
}

/* What stands beside the names in the table of segments, and why some have no fit, or another one. */
static void print_reasons(const driver_report *of, printer *to)
{
    size_t found = 0;
    bool any = false;
    for (size_t i = 0; i < of->group_count; i++) {
        const driver_group *group = &of->groups[i];
        any = any || (!of->given->pairwise && group->ranked > 1 && drivers_have_order(of->given, group));
    }
    if (any) text_say(&to->line, "beside a rating of a segment: the probability of being ahead of the next one there");
    compare_say(of->given, &to->line);
    for (size_t i = 0; i < of->group_count; i++) {
        const driver_group *group = &of->groups[i];
        text reason = {0};
        drivers_say_trouble(of, group, &reason);
        if (group->has_fit) drivers_say_left_out(of, group, &reason);
        if (reason.length > 0 && ++found <= REASONS_MOST) {
            compare_name(of->given, &of->taken, i, &to->line);
            text_say(&to->line, ": ");
            text_append(&to->line, reason.bytes, reason.length);
            compare_say(of->given, &to->line);
        }
        text_free(&reason);
    }
    if (found <= REASONS_MOST) return;
    text_say(&to->line, "and %zu more segments with such faults: --format json has the reason of each",
             found - REASONS_MOST);
    compare_say(of->given, &to->line);
}

void drivers_table(const driver_report *printed)
{
    printer to = {printed->given, {0}};
    grid lines = {0};
    drivers_grid(printed, &lines);
    grid_print(&lines, printed->given->format);
    if (printed->total.has_contrasts) {
        putchar('\n');
        drivers_contrast_grid(printed, &lines);
        grid_print(&lines, printed->given->format);
    }
    print_groups(printed);
    if (printed->given->format != FORMAT_MARKDOWN) putchar('\n');
    drivers_say(printed, &printed->total, print_sentence, &to);
    print_reasons(printed, &to);
    drivers_say_rows(printed, &printed->total, print_sentence, &to);
    text_free(&to.line);
}
