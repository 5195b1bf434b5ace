/* The picture of nps rank: for each segment its shrunken score with the interval, and the score that it was. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/compare.h>

#include "axis.h"
#include "chart.h"
#include "frame.h"
#include "message.h"
#include "names.h"
#include "rounded.h"

#define ROW         30.0
#define HEADING     48.0
#define NAME_WIDEST 250.0
#define COLUMN      14.0
#define SCALE_SPACE 34.0
#define DOT         6.5
#define RAW_DOT     3.5

static const lettering label = {.letters = LETTERS_LABEL, .ink = INK_TEXT};
static const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};
static const lettering name_of_row = {.letters = LETTERS_LABEL, .ink = INK_TEXT, .width = NAME_WIDEST};
static const lettering at_end = {.letters = LETTERS_LABEL, .ink = INK_TEXT, .from = ANCHOR_END};

typedef struct rank_row {
    const place *at;
    text name;
    char rank[ROUNDED_SIZE], responses[ROUNDED_SIZE], shrunken[ROUNDED_SIZE];
} rank_row;

typedef struct rank_picture {
    const leaderboard *of;
    canvas *on;
    frame around;
    rank_row *rows;
    size_t count, more;
    size_t nameless; /* without a rank, and not hidden */
    text heading;
    double ranks, names, responses; /* how wide */
    double name_left, responses_right;
    axis scale;
} rank_picture;

static void widen(double *width, double needed)
{
    if (needed > *width) *width = needed;
}

static void take_row(rank_picture *to, const place *at)
{
    const leaderboard *of = to->of;
    rank_row *row = &to->rows[to->count++];
    result segment;
    *row = (rank_row){.at = at};
    result_segment(of->of, at->segment, of->given, &segment);
    names_segment(of->of, at->segment, &row->name);
    rounded_count(at->ranked.rank, row->rank);
    rounded_count(nps_tally_responses(&segment.counts), row->responses);
    rounded_signed(at->ranked.shrunken, 0, row->shrunken);
    widen(&to->ranks, canvas_label_width(to->on, label, row->rank));
    widen(&to->names, canvas_label_width(to->on, name_of_row, row->name.bytes));
    widen(&to->responses, canvas_label_width(to->on, label, row->responses));
}

static void take_rows(rank_picture *to)
{
    const leaderboard *of = to->of;
    size_t ranked = 0;
    while (ranked < of->count && of->places[ranked].is_ranked) ranked++;
    size_t drawn = ranked <= ROWS_MOST ? ranked : ROWS_MOST;
    to->more = ranked - drawn;
    to->rows = allocate((drawn + 1) * sizeof *to->rows);
    for (size_t i = 0; i < drawn; i++) take_row(to, &of->places[i]);
    size_t unranked = nps_segments_count(of->of->segments) - of->ranked;
    to->nameless = unranked - of->hidden;
}

static void take_range(rank_picture *to)
{
    double lowest = to->of->between.mean, highest = lowest;
    for (size_t i = 0; i < to->count; i++) {
        const nps_ranked *ranked = &to->rows[i].at->ranked;
        lowest = fmin(lowest, fmin(ranked->lower, ranked->score));
        highest = fmax(highest, fmax(ranked->upper, ranked->score));
    }
    axis_choose(&to->scale, lowest, highest);
}

/* What the order is worth: as below the table, in one sentence. */
static void say_order(const leaderboard *of, text *to)
{
    if (of->ranked == 0) {
        text_say(to, "no answers, nothing to rank");
    } else if (of->ranked == 1) {
        text_say(to, "one segment with answers: there is nothing to compare it with");
    } else if (of->between.tau2 > 0) {
        text_say(to, "in the order of the lower ends of the %.4g%% intervals: what each can be trusted to be at least",
                 100 * of->given->level);
        if (of->given->bottom > 0) text_say(to, "; the worst are those whose upper ends are lowest");
    } else {
        text_say(to, "nothing tells the segments apart: they differ no more than by luck (%.4g%% intervals)",
                 100 * of->given->level);
    }
}

static void say_subtitle(const leaderboard *of, text *to)
{
    text rows = {0};
    say_order(of, to);
    if (!of->total.suppressed) {
        rounded_rows(&of->total.counts, &rows);
        frame_line(to, rows.bytes);
    }
    text_free(&rows);
}

static void set_legend(rank_picture *to)
{
    const leaderboard *of = to->of;
    char mean[ROUNDED_SIZE], words[80], apart[ROUNDED_SIZE];
    bool adjusted = of->given->adjust != NPS_ADJUST_NONE;
    if (of->ranked == 0) return;
    snprintf(apart, sizeof apart, "%.4g", 1 - of->given->level);
    snprintf(words, sizeof words, "differs from the rest (%sp < %s)", adjusted ? "adjusted " : "",
             *apart == '0' ? apart + 1 : apart);
    frame_legend(&to->around, SIGN_THICK_DOT, INK_PROMOTERS, words);
    frame_legend(&to->around, SIGN_DOT, INK_PALE, "not told apart");
    frame_legend(&to->around, SIGN_RING, INK_TEXT, "raw score");
    snprintf(words, sizeof words, "mean %s", rounded_signed(of->between.mean, 0, mean));
    frame_legend(&to->around, SIGN_DASHES, INK_ACCENT, words);
}

static void set_footer(rank_picture *to)
{
    char line[160], least[ROUNDED_SIZE];
    names_more(to->more, &to->around.footer);
    if (to->of->hidden > 0) {
        snprintf(line, sizeof line, "%zu %s hidden: fewer than %s responses, or what would give such away",
                 to->of->hidden, to->of->hidden == 1 ? "segment is" : "segments are",
                 rounded_count(to->of->given->min_n, least));
        frame_line(&to->around.footer, line);
    }
    if (to->nameless > 0) {
        snprintf(line, sizeof line, "%zu %s no answers and so no rank", to->nameless,
                 to->nameless == 1 ? "segment has" : "segments have");
        frame_line(&to->around.footer, line);
    }
}

static void set_frame(rank_picture *to)
{
    text_say(&to->around.title, "Leaderboard by ");
    names_dimensions(to->of->of, &to->around.title);
    names_dimensions(to->of->of, &to->heading);
    say_subtitle(to->of, &to->around.subtitle);
    set_legend(to);
    set_footer(to);
}

static void set_columns(rank_picture *to)
{
    lettering heading = small;
    heading.width = NAME_WIDEST;
    widen(&to->names, canvas_label_width(to->on, heading, to->heading.bytes));
    widen(&to->responses, canvas_label_width(to->on, small, "n"));
    to->name_left = CANVAS_MARGIN + to->ranks + COLUMN;
    to->scale.right = CANVAS_RIGHT - canvas_label_width(to->on, label, "+100") - SCALE_SPACE / 2;
    double others = to->name_left + COLUMN + to->responses + SCALE_SPACE;
    to->names = fmin(to->names, to->scale.right - AXIS_LEAST - others);
    to->scale.left = to->names + others;
    to->responses_right = to->scale.left - SCALE_SPACE;
}

static void draw_headings(const rank_picture *of, double top)
{
    double y = top + 12, numbers = top + 34;
    lettering name = small, centred = small, count = small;
    name.width = of->names;
    centred.from = ANCHOR_MIDDLE;
    count.from = ANCHOR_END;
    canvas_label(of->on, name, of->name_left, numbers, of->heading.bytes);
    canvas_label(of->on, count, of->responses_right, numbers, "n");
    canvas_label(of->on, centred, (of->scale.left + of->scale.right) / 2, y,
                 "shrunken score, in points, and its interval");
}

static void draw_row(const rank_picture *of, const rank_row *row, double y)
{
    const nps_ranked *ranked = &row->at->ranked;
    bool apart = rank_is_apart(of->of->given, ranked);
    lettering name = name_of_row;
    name.width = of->names;
    enum ink ink = apart ? INK_PROMOTERS : INK_PALE;
    canvas_label(of->on, at_end, of->name_left - COLUMN, y, row->rank);
    canvas_label(of->on, name, of->name_left, y, row->name.bytes);
    canvas_label(of->on, at_end, of->responses_right, y, row->responses);
    canvas_whisker(of->on, ink, apart ? 3 : 2, axis_place(&of->scale, ranked->lower),
                   axis_place(&of->scale, ranked->upper), y);
    canvas_dot(of->on, ink, axis_place(&of->scale, ranked->shrunken), y, DOT);
    canvas_ring(of->on, INK_TEXT, axis_place(&of->scale, ranked->score), y, RAW_DOT);
    canvas_label(of->on, at_end, CANVAS_RIGHT, y, row->shrunken);
}

static void draw(const rank_picture *of, double top)
{
    double rows = top + HEADING, bottom = rows + (double)of->count * ROW, y = rows + ROW / 2;
    double mean = axis_place(&of->scale, of->of->between.mean);
    if (of->count == 0) return;
    axis_draw(of->on, &of->scale, top + 34, rows, bottom);
    draw_headings(of, top);
    canvas_dashes(of->on, INK_ACCENT, 2, mean, rows, mean, bottom);
    for (size_t i = 0; i < of->count; i++, y += ROW) draw_row(of, &of->rows[i], y);
}

void chart_rank(const leaderboard *drawn, chart_target to)
{
    rank_picture picture = {.of = drawn, .on = canvas_new()};
    take_rows(&picture);
    set_frame(&picture);
    set_columns(&picture);
    take_range(&picture);
    frame_begin(picture.on, &picture.around, picture.count > 0 ? HEADING + (double)picture.count * ROW : 0, to);
    draw(&picture, frame_above(picture.on, &picture.around));
    canvas_end(picture.on);
    for (size_t i = 0; i < picture.count; i++) text_free(&picture.rows[i].name);
    free(picture.rows);
    text_free(&picture.heading);
    frame_free(&picture.around);
}
