/* The table for people, on a terminal or as Markdown. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "compare.h"
#include "compare_words.h"
#include "grid.h"
#include "message.h"
#include "report.h"
#include "rounded.h"

/* Bounds of an interval stand in one cell with this between them until their widths are known. */
#define BETWEEN '\t'

static void add_interval(grid *to, const char *lower, const char *upper)
{
    char cell[80];
    bool both = *upper != '\0';
    snprintf(cell, sizeof cell, "%s%c%s", lower, both ? BETWEEN : '\0', upper);
    grid_text(to, cell);
}

static void widen(int *width, size_t needed)
{
    if ((int)needed > *width) *width = (int)needed;
}

static void join_cell(text *cell, const char *between, int lower_width, int upper_width)
{
    char joined[128], *upper = memchr(cell->bytes, BETWEEN, cell->length);
    *upper++ = '\0';
    snprintf(joined, sizeof joined, "%*s%s%*s", lower_width, cell->bytes, between, upper_width, upper);
    cell->length = 0;
    text_append(cell, joined, strlen(joined));
}

/* Puts the bounds of a column together, on a terminal so that they line up. */
static void join_intervals(grid *of, size_t column, bool markdown)
{
    int lower_width = 0, upper_width = 0;
    const char *between = markdown ? " ... " : text_user_has_utf8() ? " \u2026 " : " .. ";
    for (size_t i = of->columns + column; i < of->count; i += of->columns) {
        const char *upper = memchr(of->cells[i].bytes, BETWEEN, of->cells[i].length);
        if (upper == NULL || markdown) continue;
        widen(&lower_width, (size_t)(upper - of->cells[i].bytes));
        widen(&upper_width, strlen(upper + 1));
    }
    for (size_t i = of->columns + column; i < of->count; i += of->columns) {
        bool has_both = memchr(of->cells[i].bytes, BETWEEN, of->cells[i].length) != NULL;
        if (has_both) join_cell(&of->cells[i], between, lower_width, upper_width);
    }
}

static size_t add_interval_column(grid *to, const options *given)
{
    char title[32];
    snprintf(title, sizeof title, "%.6g%% interval", 100 * given->level);
    grid_column(to, title, true);
    return to->columns - 1;
}

bool compare_is_hidden(const comparison *of, const contrast *told)
{
    const state *counted = of->sides[0];
    if (told == &of->overall) return counted->total_hidden;
    return counted->hidden != NULL &&
           (counted->hidden[told->from] != NPS_SHOWN || counted->hidden[told->to] != NPS_SHOWN);
}

void compare_key_columns(grid *to, const state *of, const char *prefix)
{
    text title = {0};
    for (int32_t i = 0; of->segments != NULL && i < of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(of, i, &length);
        title.length = 0;
        text_append(&title, prefix, strlen(prefix));
        text_append(&title, name, length);
        grid_bytes(to, title.bytes, title.length);
        to->right[to->columns++] = false;
    }
    text_free(&title);
}

void compare_key_cells(grid *to, const state *of, size_t index, bool for_people)
{
    text name = {0};
    for (int32_t i = 0; of->segments != NULL && i < of->dimensions; i++) {
        nps_key key;
        require(nps_segments_key(of->segments, index, i, &key), "segments");
        state_segment_name(of, index, i, &name);
        grid_bytes(to, name.bytes, for_people || key.type != NPS_KEY_NULL ? name.length : 0);
    }
    text_free(&name);
}

static void add_key(grid *to, const state *of, size_t index)
{
    compare_key_cells(to, of, index, true);
}

static void add_result_columns(grid *to, const comparison *of, size_t *interval)
{
    grid_column(to, "n", true);
    if (of->sides[0]->is_weighted) grid_column(to, "eff. n", true);
    grid_column(to, "NPS", true);
    *interval = add_interval_column(to, of->given);
}

/* decimals: of the score, 0 for the whole number that is usual. */
static void add_result(grid *to, const result *of, int decimals)
{
    char responses[ROUNDED_SIZE], effective[32], score[32], lower[16], upper[16];
    if (of->suppressed) {
        grid_text(to, "hidden");
        for (int i = 0; i < 2 + of->is_weighted; i++) grid_text(to, "");
        return;
    }
    rounded_count(nps_tally_responses(&of->counts), responses);
    grid_text(to, responses);
    report_effective(of, effective);
    if (of->is_weighted) grid_text(to, effective);
    report_score(of, score);
    if (decimals > 0 && of->has_score) snprintf(score, sizeof score, "%+.*f", decimals, of->score);
    grid_text(to, score);
    report_bounds(of, lower, upper);
    add_interval(to, lower, upper);
}

static void add_p(grid *to, double p, double level)
{
    char cell[ROUNDED_SIZE];
    rounded_p(p, level, cell);
    grid_text(to, *cell == '=' ? cell + 2 : cell);
}

static void add_contrast(grid *to, const comparison *of, const contrast *told, bool with_interval)
{
    nps_difference difference = told->told;
    figures numbers;
    if (of->kind != COMPARE_LIST && compare_is_hidden(of, told)) {
        for (int i = 0; i < 3 + with_interval; i++) grid_text(to, "");
        return;
    }
    if (!with_interval) difference.lower = difference.upper = NAN;
    words_figures(&difference, 0, 0, &numbers);
    grid_text(to, numbers.estimate);
    if (with_interval) add_interval(to, numbers.lower, numbers.upper);
    add_p(to, told->p_adjusted, of->given->level);
    grid_text(to, words_verdict(verdict_of(told, of->given->level)));
}

static void add_contrast_columns(grid *to, const comparison *of, const char *title, size_t *interval)
{
    grid_column(to, title, true);
    if (interval != NULL) *interval = add_interval_column(to, of->given);
    grid_column(to, of->given->adjust != NPS_ADJUST_NONE && of->count > 1 ? "adj. p" : "p", true);
    grid_column(to, "verdict", false);
}

/* Whole scores whose difference is not the whole difference look like a mistake. */
static int decimals_of_change(const comparison *of)
{
    const result *from = &of->results[0], *to = &of->results[1];
    char change[32];
    if (of->kind != COMPARE_TWO || !from->has_score || !to->has_score) return 0;
    snprintf(change, sizeof change, "%.0f", of->overall.told.estimate);
    return strtod(change, NULL) == to->rounded - from->rounded ? 0 : 1;
}

static void print_two(grid *to, const comparison *of, bool markdown)
{
    int decimals = decimals_of_change(of);
    size_t interval;
    figures numbers;
    grid_column(to, "sample", false);
    add_result_columns(to, of, &interval);
    for (int i = 0; i < 2; i++) {
        grid_text(to, of->names[i]);
        add_result(to, &of->results[i], decimals);
    }
    words_figures(&of->overall.told, decimals, 0, &numbers);
    grid_text(to, "change");
    grid_text(to, "");
    if (of->sides[0]->is_weighted) grid_text(to, "");
    grid_text(to, numbers.estimate);
    add_interval(to, numbers.lower, numbers.upper);
    join_intervals(to, interval, markdown);
}

/* The total has no rest. */
static void add_total(grid *to, const comparison *of)
{
    for (int32_t i = 0; i < of->sides[0]->dimensions; i++) grid_text(to, i == 0 ? "total" : "");
    add_result(to, &of->results[0], 0);
}

static void print_rests(grid *to, const comparison *of, bool markdown)
{
    const state *counted = of->sides[0];
    size_t interval, difference_interval;
    compare_key_columns(to, counted, "");
    add_result_columns(to, of, &interval);
    add_contrast_columns(to, of, "vs rest", &difference_interval);
    for (size_t i = 0; i < of->count; i++) {
        result segment;
        result_segment(counted, i, of->given, &segment);
        add_key(to, counted, i);
        add_result(to, &segment, 0);
        add_contrast(to, of, &of->contrasts[i], true);
    }
    add_total(to, of);
    for (int i = 0; i < 4; i++) grid_text(to, "");
    join_intervals(to, interval, markdown);
    join_intervals(to, difference_interval, markdown);
}

/* The segments, then the pairs of them. */
static void print_pairs(grid *to, const comparison *of, bool markdown)
{
    const state *counted = of->sides[0];
    size_t interval;
    compare_key_columns(to, counted, "");
    add_result_columns(to, of, &interval);
    for (size_t i = 0; i < of->segments; i++) {
        result segment;
        result_segment(counted, i, of->given, &segment);
        add_key(to, counted, i);
        add_result(to, &segment, 0);
    }
    add_total(to, of);
    join_intervals(to, interval, markdown);
    grid_print(to, of->given->format);
    putchar('\n');

    compare_key_columns(to, counted, "from ");
    compare_key_columns(to, counted, "to ");
    add_contrast_columns(to, of, "to - from", &interval);
    for (size_t i = 0; i < of->count; i++) {
        if (compare_is_hidden(of, &of->contrasts[i])) continue;
        add_key(to, counted, of->contrasts[i].from);
        add_key(to, counted, of->contrasts[i].to);
        add_contrast(to, of, &of->contrasts[i], true);
    }
    join_intervals(to, interval, markdown);
}

static void print_benchmark(grid *to, const comparison *of, bool markdown)
{
    const state *counted = of->sides[0];
    size_t interval;
    char points[32], title[40];
    snprintf(title, sizeof title, "vs %s", format_number(of->given->benchmark, points));
    compare_key_columns(to, counted, "");
    add_result_columns(to, of, &interval);
    add_contrast_columns(to, of, title, NULL);
    for (size_t i = 0; i < of->count; i++) {
        result segment;
        result_segment(counted, i, of->given, &segment);
        add_key(to, counted, i);
        add_result(to, &segment, 0);
        add_contrast(to, of, &of->contrasts[i], false);
    }
    add_total(to, of);
    add_contrast(to, of, &of->overall, false);
    join_intervals(to, interval, markdown);
}

static int compare_points(const void *a, const void *b)
{
    const benchmark *const *x = a, *const *y = b;
    if ((*x)->points != (*y)->points) return (*x)->points < (*y)->points ? 1 : -1;
    return (*x > *y) - (*x < *y);
}

static void add_own_line(grid *to, const result *own)
{
    char points[32] = "n/a";
    if (own->has_score) snprintf(points, sizeof points, own->score == round(own->score) ? "%.0f" : "%.1f", own->score);
    grid_text(to, "(this score)");
    grid_text(to, points);
    for (int i = 0; i < 3; i++) grid_text(to, "");
}

/* From the highest to the lowest, the score itself in its place. */
static void print_list(grid *to, const comparison *of, bool markdown)
{
    const benchmark **sorted = allocate((of->count + 1) * sizeof *sorted);
    const result *own = &of->results[0];
    bool own_told = false;
    (void)markdown;
    for (size_t i = 0; i < of->count; i++) sorted[i] = &of->list.entries[i];
    qsort(sorted, of->count, sizeof *sorted, compare_points);
    grid_column(to, "benchmark", false);
    grid_column(to, "points", true);
    grid_column(to, "score is", true);
    grid_column(to, of->given->adjust != NPS_ADJUST_NONE && of->count > 1 ? "adj. p" : "p", true);
    grid_column(to, "verdict", false);
    for (size_t i = 0; i < of->count; i++) {
        const contrast *told = &of->contrasts[sorted[i] - of->list.entries];
        if (!own_told && !(told->told.estimate < 0)) {
            add_own_line(to, own);
            own_told = true;
        }
        grid_bytes(to, sorted[i]->name, sorted[i]->length);
        grid_number(to, sorted[i]->points);
        add_contrast(to, of, told, false);
    }
    if (!own_told) add_own_line(to, own);
    free(sorted);
}

void compare_table(const comparison *printed)
{
    static void (*const print[])(grid * to, const comparison *of, bool markdown) = {
        [COMPARE_TWO] = print_two,     [COMPARE_REST] = print_rests,
        [COMPARE_PAIRS] = print_pairs, [COMPARE_BENCHMARK] = print_benchmark,
        [COMPARE_LIST] = print_list,
    };
    grid lines = {0};
    print[printed->kind](&lines, printed, printed->given->format == FORMAT_MARKDOWN);
    grid_print(&lines, printed->given->format);
    compare_sentences(printed, decimals_of_change(printed));
}
