/* What to look at first: only what the intervals and tests of the sections below tell apart from luck, and what makes
 * the figures themselves doubtful. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "page.h"
#include "page_html.h"
#include "rounded.h"

#define LEVERS_MOST  3
#define WIDE_MARGIN  10.0 /* points: half an interval that says little */
#define MANY_MISSING 0.2
#define MANY_INVALID 0.01

static bool is_sure(const comparison *of)
{
    enum verdict verdict = verdict_of(&of->overall, of->given->level);
    return verdict == VERDICT_ABOVE || verdict == VERDICT_BELOW;
}

static size_t look_at_time(page *to, text *list)
{
    text sentence = {0};
    size_t found = 0;
    if (!to->has_periods || to->moves.all.tests.waves < 2) return 0;
    if (to->moves.all.tests.linear.p < 1 - to->given.level) {
        trend_say_moves(&to->moves, rounded_between(), &sentence);
        html_item(list, &sentence);
        found++;
    }
    trend_say_since(&to->moves, &sentence);
    found += sentence.length > 0;
    html_item(list, &sentence);
    if (to->has_change && to->by > 0 && is_sure(&to->columns[0].change.waves)) {
        text_say(&sentence, "%s to %s: ", to->waves[0], to->waves[1]);
        explain_say_change(&to->columns[0].change, &sentence);
        html_item(list, &sentence);
        found++;
    }
    text_free(&sentence);
    return found;
}

/* What the total would gain if a segment scored as the rest does. */
typedef struct lever {
    const leaderboard *board;
    const place *at;
    double points;
} lever;

static int by_points(const void *a, const void *b)
{
    double first = ((const lever *)a)->points, second = ((const lever *)b)->points;
    return (first < second) - (first > second);
}

static double share_of(const leaderboard *board, size_t segment)
{
    result told;
    result_segment(board->of, segment, board->given, &told);
    if (told.is_weighted) return told.weight / board->total.weight;
    return (double)nps_tally_responses(&told.counts) / (double)nps_tally_responses(&board->total.counts);
}

static size_t find_levers(const page *of, lever *levers, size_t room)
{
    size_t count = 0;
    for (int32_t i = 0; i < of->by; i++) {
        const leaderboard *board = &of->columns[i].board;
        for (size_t j = 0; j < board->count && count < room; j++) {
            const place *at = &board->places[j];
            if (!at->is_ranked || !(at->ranked.rest < 0) || !rank_is_apart(board->given, &at->ranked)) continue;
            levers[count++] = (lever){board, at, share_of(board, at->segment) * -at->ranked.rest};
        }
    }
    qsort(levers, count, sizeof *levers, by_points);
    return count;
}

static size_t look_at_segments(page *to, text *list)
{
    size_t room = 1, count;
    text sentence = {0};
    for (int32_t i = 0; i < to->by; i++) room += to->columns[i].board.count;
    lever *levers = allocate(room * sizeof *levers);
    count = find_levers(to, levers, room);
    for (size_t i = 0; i < count && i < LEVERS_MOST; i++) {
        const lever *at = &levers[i];
        char below[ROUNDED_SIZE], points[ROUNDED_SIZE], p[ROUNDED_SIZE];
        size_t length;
        const char *name = state_dimension(at->board->of, 0, &length);
        text_say(&sentence, "%s points below the rest: ", rounded_number(-at->at->ranked.rest, 0, 0, below));
        compare_name(&to->given, at->board->of, at->at->segment, &sentence);
        text_say(&sentence, " (");
        text_append_escaped(&sentence, name, length, 40, TEXT_ESCAPE_TERMINAL);
        text_say(&sentence, ", adjusted p %s); if it scored as the rest does, the total would be %s higher",
                 rounded_p(at->at->ranked.p_adjusted, to->given.level, p), rounded_number(at->points, 0, 1, points));
        html_item(list, &sentence);
    }
    text_free(&sentence);
    free(levers);
    return count;
}

static size_t look_at_people(page *to, text *list)
{
    text sentence = {0};
    if (!to->has_people || to->people.at_risk.count == 0) return 0;
    panel_say_at_risk(&to->people, &sentence);
    html_item(list, &sentence);
    text_free(&sentence);
    return 1;
}

/* Doubts about the figures come last, but always. */
static size_t look_at_figures(page *to, text *list)
{
    const result *total = &to->score.total;
    const nps_tally *counts = &total->counts;
    double rows = (double)nps_tally_total(counts), responses = (double)nps_tally_responses(counts);
    double invalid = (double)counts->invalid;
    text sentence = {0};
    size_t found = 0;
    if (!total->has_score) {
        text_say(&sentence, "there is no answer%s, and so no score", to->total.is_weighted ? " with a weight" : "");
        html_item(list, &sentence);
        text_free(&sentence);
        return 1;
    }
    if (total->upper - total->lower > 2 * WIDE_MARGIN) {
        text_say(&sentence,
                 "few answers: the interval of the score is %.0f points wide, and small differences below are luck",
                 total->upper - total->lower);
        html_item(list, &sentence);
        found++;
    }
    if ((double)counts->missing > MANY_MISSING * rows) {
        text_say(&sentence, "%.0f%% of the rows have no answer: who did not answer may think otherwise",
                 100 * (double)counts->missing / rows);
        html_item(list, &sentence);
        found++;
    }
    if (invalid > MANY_INVALID * (responses + invalid)) {
        char percent[ROUNDED_SIZE];
        text_say(&sentence, "%s%% of the answers are off the scale or no numbers: they are not counted",
                 rounded_number(100 * invalid / (responses + invalid), NAN, 1, percent));
        html_item(list, &sentence);
        found++;
    }
    text_free(&sentence);
    return found;
}

void page_look(page *to)
{
    text list = {0};
    text_append(&list, "", 0);
    size_t found = look_at_time(to, &list) + look_at_segments(to, &list) + page_look_at_reasons(to, &list) +
                   look_at_people(to, &list) + look_at_figures(to, &list);
    text_say(&to->body, "<section class=\"look\">\n");
    html_heading(&to->body, "look", "What to look at first");
    if (found > 0) {
        text_say(&to->body, "<ul>\n");
        text_append(&to->body, list.bytes, list.length);
        text_say(&to->body, "</ul>\n");
    } else {
        text_say(&to->body, "<p>Nothing stands out: what differs below may be luck.</p>\n");
    }
    text_say(&to->body, "</section>\n");
    text_free(&list);
}
