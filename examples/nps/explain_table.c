/* The change as a table for people, with sentences below it, and as CSV. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "apportion.h"
#include "compare.h"
#include "compare_words.h"
#include "explain.h"
#include "message.h"
#include "rounded.h"

#define TOTAL SIZE_MAX /* stands for the index of a segment */

/* What is told of both waves: before, after. */
enum { RESPONSES, SHARE, SCORE, PAIRS };

typedef struct pair {
    char cell[2][40];
} pair;

static const char *arrow(const explained *of)
{
    return of->given->format != FORMAT_MARKDOWN && text_user_has_utf8() ? " \u2192 " : " to ";
}

static void print_points(const explained *of, int64_t shown, char *cell)
{
    rounded_signed((double)shown / apportion_scale(of->decimals), of->decimals, cell);
}

/* In percent. Nothing that is there is shown as 0, and nothing less than all as 100. */
static void print_share(int64_t shown, double share, char cell[40])
{
    if (shown == 0 && share > 0) {
        strcpy(cell, "<0.1");
    } else if (shown == 1000) {
        strcpy(cell, share < 1 ? ">99.9" : "100");
    } else {
        snprintf(cell, 40, "%.1f", (double)shown / 10);
    }
}

static void fill_pairs(const explained *of, size_t index, pair pairs[PAIRS])
{
    for (int t = 0; t < 2; t++) {
        char *responses = pairs[RESPONSES].cell[t], *share = pairs[SHARE].cell[t], *score = pairs[SCORE].cell[t];
        if (index == TOTAL) {
            rounded_count(nps_tally_responses(&of->waves.results[t].counts), responses);
            print_share(1000, 1, share);
            print_points(of, t == 0 ? of->from_shown : of->to_shown, score);
        } else {
            const explained_segment *at = &of->segments[index];
            rounded_count(at->responses[t], responses);
            print_share(at->share_shown[t], t == 0 ? at->part.from_share : at->part.to_share, share);
            rounded_signed(t == 0 ? at->part.from_score : at->part.to_score, of->decimals, score);
        }
    }
    strcat(pairs[SHARE].cell[1], "%");
}

/* What stands on the right of the arrows is padded, so that they line up. */
static void measure(const explained *of, int widths[PAIRS])
{
    pair pairs[PAIRS];
    memset(widths, 0, PAIRS * sizeof *widths);
    for (size_t i = 0; i <= of->count && of->given->format != FORMAT_MARKDOWN; i++) {
        fill_pairs(of, i < of->count ? i : TOTAL, pairs);
        for (int j = 0; j < PAIRS; j++) {
            int width = (int)strlen(pairs[j].cell[1]);
            if (width > widths[j]) widths[j] = width;
        }
    }
}

static void add_pairs(grid *to, const explained *of, size_t index, const int widths[PAIRS])
{
    pair pairs[PAIRS];
    text cell = {0};
    fill_pairs(of, index, pairs);
    for (int i = 0; i < PAIRS; i++) {
        cell.length = 0;
        text_say(&cell, "%s%s%*s", pairs[i].cell[0], arrow(of), widths[i], pairs[i].cell[1]);
        grid_bytes(to, cell.bytes, cell.length);
    }
    text_free(&cell);
}

static void add_points(grid *to, const explained *of, const explained_points *shown)
{
    const int64_t numbers[3] = {shown->rate, shown->mix, explain_both(shown)};
    char cell[ROUNDED_SIZE];
    for (int i = 0; i < 3; i++) {
        print_points(of, numbers[i], cell);
        grid_text(to, cell);
    }
}

static void add_first(grid *to, const explained *of, const char *name)
{
    for (int32_t i = 0; i < of->waves.sides[0]->dimensions; i++) grid_text(to, i == 0 ? name : "");
}

/* The lower bounds, and the upper ones, on a line each: side by side they would not fit. */
static void add_bounds(grid *to, const explained *of)
{
    const nps_difference *told = &of->waves.overall.told;
    const nps_change *change = &of->change;
    const nps_difference effects[3] = {
        {.estimate = change->rate, .lower = change->rate_lower, .upper = change->rate_upper},
        {.estimate = change->mix, .lower = change->mix_lower, .upper = change->mix_upper},
        {.estimate = told->estimate, .lower = told->lower, .upper = told->upper},
    };
    figures numbers;
    char name[40];
    for (int upper = 0; upper < 2; upper++) {
        snprintf(name, sizeof name, "%.6g%% %s", 100 * of->given->level, upper ? "to" : "from");
        add_first(to, of, name);
        for (int i = 0; i < PAIRS; i++) grid_text(to, "");
        for (int i = 0; i < 3; i++) {
            words_figures(&effects[i], of->decimals, 0, &numbers);
            grid_text(to, upper ? numbers.upper : numbers.lower);
        }
    }
}

static void add_key(grid *to, const explained *of, size_t index, bool for_people)
{
    const explained_segment *at = &of->segments[index];
    int t = at->index[0] == EXPLAIN_ABSENT;
    compare_key_cells(to, of->waves.sides[t], at->index[t], for_people);
}

void explain_grid(const explained *of, grid *to)
{
    static const char *const titles[] = {"n", "share", "NPS", "score", "mix", "both"};
    int widths[PAIRS];
    compare_key_columns(to, of->waves.sides[0], "");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(to, titles[i], true);
    measure(of, widths);
    for (size_t i = 0; i < of->count; i++) {
        add_key(to, of, of->order[i], true);
        add_pairs(to, of, of->order[i], widths);
        add_points(to, of, &of->segments[of->order[i]].shown);
    }
    add_first(to, of, "total");
    add_pairs(to, of, TOTAL, widths);
    add_points(to, of, &of->shown);
    add_bounds(to, of);
}

void explain_table(const explained *printed)
{
    static void (*const say[])(const explained *of, text *to) = {
        explain_say_change, explain_say_effects, explain_say_classes, explain_say_segments, explain_say_absent,
    };
    const options *given = printed->given;
    grid cells = {0};
    text sentence = {0};
    explain_grid(printed, &cells);
    grid_print(&cells, given->format);
    if (given->format != FORMAT_MARKDOWN) putchar('\n');
    for (size_t i = 0; i < sizeof say / sizeof say[0]; i++) {
        say[i](printed, &sentence);
        compare_say(given, &sentence);
    }
    if (printed->waves.sides[0]->is_weighted) text_say(&sentence, "n counts answers, share is of their weights");
    compare_say(given, &sentence);
    compare_say_rows(&printed->waves);
    text_free(&sentence);
}

static void add_numbers(grid *to, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) grid_number(to, numbers[i]);
}

#define ONLY_TOTAL 11 /* columns at the end that segments have no number in */

static void add_segment_row(grid *to, const explained *of, size_t index)
{
    const explained_segment *at = &of->segments[index];
    const nps_change_segment *part = &at->part;
    const double numbers[] = {part->from_share, part->to_share, part->from_score,      part->to_score,
                              part->rate,       part->mix,      part->rate + part->mix};
    add_key(to, of, index, false);
    for (int t = 0; t < 2; t++) grid_count(to, at->responses[t]);
    add_numbers(to, numbers, sizeof numbers / sizeof numbers[0]);
    for (int i = 0; i < ONLY_TOTAL; i++) grid_text(to, "");
    grid_text(to, "false");
}

static void add_total_row(grid *to, const explained *of)
{
    const nps_change *total = &of->change;
    const nps_difference *told = &of->waves.overall.told;
    const double numbers[] = {1,
                              1,
                              total->from,
                              total->to,
                              total->rate,
                              total->mix,
                              total->change,
                              total->rate_lower,
                              total->rate_upper,
                              total->rate_error,
                              total->mix_lower,
                              total->mix_upper,
                              total->mix_error,
                              told->lower,
                              told->upper,
                              told->p,
                              total->promoters_part,
                              total->detractors_part};
    add_first(to, of, "");
    for (int t = 0; t < 2; t++) grid_count(to, nps_tally_responses(&of->waves.results[t].counts));
    add_numbers(to, numbers, sizeof numbers / sizeof numbers[0]);
    grid_text(to, "true");
}

void explain_csv(const explained *printed)
{
    static const char *const titles[] = {"from_responses",
                                         "to_responses",
                                         "from_share",
                                         "to_share",
                                         "from_nps",
                                         "to_nps",
                                         "rate",
                                         "mix",
                                         "effect",
                                         "rate_lower",
                                         "rate_upper",
                                         "rate_standard_error",
                                         "mix_lower",
                                         "mix_upper",
                                         "mix_standard_error",
                                         "difference_lower",
                                         "difference_upper",
                                         "p",
                                         "promoters_part",
                                         "detractors_part",
                                         "total"};
    grid cells = {0};
    compare_key_columns(&cells, printed->waves.sides[0], "");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&cells, titles[i], false);
    for (size_t i = 0; i < printed->count; i++) add_segment_row(&cells, printed, i);
    add_total_row(&cells, printed);
    grid_print(&cells, FORMAT_CSV);
}
