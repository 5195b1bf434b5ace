/* The leaderboard as a table with a sentence below it, as Markdown and as CSV. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "message.h"
#include "rank.h"
#include "report.h"
#include "rounded.h"

#define NAMED_MOST 6 /* segments that a sentence names */

static void key_cells(grid *to, const state *of, size_t segment)
{
    text name = {0};
    for (int32_t i = 0; i < of->dimensions; i++) {
        state_segment_name(of, segment, i, &name);
        grid_bytes(to, name.bytes, name.length);
    }
    text_free(&name);
}

static void columns_for_people(grid *to, const leaderboard *of)
{
    char title[40];
    grid_column(to, "rank", true);
    compare_key_columns(to, of->of, "");
    grid_column(to, "n", true);
    if (of->of->is_weighted) grid_column(to, "eff. n", true);
    grid_column(to, "NPS", true);
    grid_column(to, "shrunken", true);
    snprintf(title, sizeof title, "%.4g%% interval", 100 * of->given->level);
    grid_column(to, title, true);
    grid_column(to, "vs rest", true);
    grid_column(to, of->given->adjust == NPS_ADJUST_NONE ? "p" : "adj. p", true);
    snprintf(title, sizeof title, "best %" PRIu64, of->given->best);
    grid_column(to, of->given->best == 1 ? "best" : title, true);
}

static void row_for_people(grid *to, const leaderboard *of, const place *told)
{
    char cell[ROUNDED_SIZE], score[8], effective[32], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
    const nps_ranked *ranked = &told->ranked;
    result segment;
    result_segment(of->of, told->segment, of->given, &segment);
    if (told->is_ranked) snprintf(cell, sizeof cell, "%" PRIu64, ranked->rank);
    grid_text(to, told->is_ranked ? cell : "");
    key_cells(to, of->of, told->segment);
    grid_text(to, segment.suppressed ? "hidden" : rounded_count(nps_tally_responses(&segment.counts), cell));
    report_effective(&segment, effective);
    if (of->of->is_weighted) grid_text(to, segment.suppressed ? "" : effective);
    report_score(&segment, score);
    grid_text(to, segment.suppressed ? "" : score);
    if (!told->is_ranked) {
        for (int i = 0; i < 5; i++) grid_text(to, "");
        return;
    }
    grid_text(to, rounded_signed(ranked->shrunken, 0, cell));
    rounded_bounds(ranked->lower, ranked->upper, NAN, lower, upper);
    grid_interval(to, lower, upper, of->given->format);
    grid_text(to, isnan(ranked->rest) ? "n/a" : rounded_points(ranked->rest, 0, 0, cell));
    rounded_p(ranked->p_adjusted, of->given->level, cell);
    grid_text(to, strncmp(cell, "= ", 2) == 0 ? cell + 2 : cell);
    grid_text(to, rounded_chance(ranked->best, cell));
}

static void columns_for_programs(grid *to, const leaderboard *of)
{
    static const char *const titles[] = {"shrinkage",
                                         "shrunken",
                                         "shrunken_standard_error",
                                         "shrunken_lower",
                                         "shrunken_upper",
                                         "versus_rest",
                                         "rest_lower",
                                         "rest_upper",
                                         "statistic",
                                         "df",
                                         "p",
                                         "p_adjusted",
                                         "best_probability"};
    grid_column(to, "rank", true);
    compare_key_columns(to, of->of, "");
    grid_column(to, "responses", true);
    if (of->of->is_weighted) grid_column(to, "effective_n", true);
    grid_column(to, "nps", true);
    grid_column(to, "lower", true);
    grid_column(to, "upper", true);
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(to, titles[i], true);
    if (of->of->hidden != NULL) grid_column(to, "suppressed", false);
}

static void row_for_programs(grid *to, const leaderboard *of, const place *told)
{
    const nps_ranked *r = &told->ranked;
    const double numbers[] = {r->shrinkage, r->shrunken,   r->shrunken_se, r->lower,     r->upper,
                              r->rest,      r->rest_lower, r->rest_upper,  r->statistic, r->df,
                              r->p,         r->p_adjusted, r->best};
    result segment;
    result_segment(of->of, told->segment, of->given, &segment);
    if (told->is_ranked) {
        grid_count(to, r->rank);
    } else {
        grid_text(to, "");
    }
    key_cells(to, of->of, told->segment);
    if (segment.suppressed) {
        grid_text(to, "");
    } else {
        grid_count(to, nps_tally_responses(&segment.counts));
    }
    if (of->of->is_weighted) grid_number(to, segment.effective_size);
    grid_number(to, segment.score);
    grid_number(to, segment.lower);
    grid_number(to, segment.upper);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        grid_number(to, told->is_ranked ? numbers[i] : (double)NAN);
    }
    if (of->of->hidden != NULL) grid_text(to, segment.suppressed ? "true" : "false");
}

/* Whom the adjusted p tells apart from the rest. */
void rank_say_apart(const leaderboard *of, text *to)
{
    bool adjusted = of->given->adjust != NPS_ADJUST_NONE;
    size_t found = 0;
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        char points[ROUNDED_SIZE];
        if (!at->is_ranked || !rank_is_apart(of->given, &at->ranked)) continue;
        if (++found > NAMED_MOST) continue;
        text_say(to, found == 1 ? "%stold apart from the rest: " : ", ", adjusted ? "" : "one at a time, ");
        compare_name(of->given, of->of, at->segment, to);
        text_say(to, " (%s)", rounded_points(at->ranked.rest, 0, 0, points));
    }
    if (found > NAMED_MOST) text_say(to, " and %zu more", found - NAMED_MOST);
    if (found == 0) text_say(to, "none of them is told apart from the rest");
}

/* How much the segments differ, and what the order is worth. */
void rank_say_spread(const leaderboard *of, text *to)
{
    char mean[ROUNDED_SIZE], apart[ROUNDED_SIZE];
    rounded_signed(of->between.mean, 0, mean);
    if (of->ranked == 0) {
        text_say(to, "no answers, nothing to rank");
    } else if (of->ranked == 1) {
        text_say(to, "one segment with answers: there is nothing to compare it with");
    } else if (of->between.tau2 > 0) {
        rounded_number(sqrt(of->between.tau2), 0, 0, apart);
        text_say(to, "true scores differ by about %s %s (standard deviation) around a mean of %s", apart,
                 strcmp(apart, "1") == 0 ? "point" : "points", mean);
    } else {
        text_say(to,
                 "nothing tells the segments apart: they differ no more than by luck, and the best guess for each is "
                 "the mean, %s",
                 mean);
    }
}

void rank_say_order(const leaderboard *of, text *to)
{
    if (of->ranked < 2 || !(of->between.tau2 > 0)) return;
    text_say(to, "the order is that of the lower ends of the intervals: what each can be trusted to be at least%s",
             of->given->bottom > 0 ? "; the worst are those whose upper ends are lowest" : "");
}

static void print_sentences(const leaderboard *of)
{
    text sentence = {0};
    if (of->given->format != FORMAT_MARKDOWN) putchar('\n');
    rank_say_spread(of, &sentence);
    compare_say(of->given, &sentence);
    rank_say_order(of, &sentence);
    compare_say(of->given, &sentence);
    if (of->ranked > 1) rank_say_apart(of, &sentence);
    compare_say(of->given, &sentence);
    if (of->hidden > 0) {
        text_say(&sentence, "%zu %s hidden: fewer than %" PRIu64 " responses, or what would give such away", of->hidden,
                 of->hidden == 1 ? "segment is" : "segments are", of->given->min_n);
    }
    compare_say(of->given, &sentence);
    if (!of->total.suppressed) rounded_rows(&of->total.counts, &sentence);
    compare_say(of->given, &sentence);
    text_free(&sentence);
}

void rank_grid(const leaderboard *of, grid *to)
{
    columns_for_people(to, of);
    for (size_t i = 0; i < of->count; i++) row_for_people(to, of, &of->places[i]);
}

void rank_table(const leaderboard *printed)
{
    bool programs = printed->given->format == FORMAT_CSV;
    grid cells = {0};
    if (programs) {
        columns_for_programs(&cells, printed);
        for (size_t i = 0; i < printed->count; i++) row_for_programs(&cells, printed, &printed->places[i]);
    } else {
        rank_grid(printed, &cells);
    }
    grid_print(&cells, printed->given->format);
    if (!programs) print_sentences(printed);
}
