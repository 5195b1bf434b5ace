/* The picture of nps score: for each segment its shares as a bar, and its score with the interval on a scale. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/interval.h>

#include "arrange.h"
#include "axis.h"
#include "chart.h"
#include "frame.h"
#include "message.h"
#include "names.h"
#include "rounded.h"

#define ROW         32.0
#define BAR         22.0
#define BAR_TITLE   "share of the answers"
#define HEADING     48.0 /* above the rows */
#define TOTAL_SPACE 8.0  /* between them and the total */
#define NAME_WIDEST 230.0
#define COLUMN      16.0 /* between columns */
#define SCALE_SPACE 34.0 /* for half a number of the scale too */
#define DOT         5.5

static const lettering label = {.letters = LETTERS_LABEL, .ink = INK_TEXT};
static const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};

typedef struct score_row {
    text name;
    result told;
    char responses[ROUNDED_SIZE], score[8];
} score_row;

typedef struct score_picture {
    const report *of;
    canvas *on;
    frame around;
    score_row *rows; /* the total last */
    size_t count, more;
    text heading;
    double names, responses, scores; /* how wide */
    double bar_left, bar_right;
    axis scale;
} score_picture;

static lettering name_of_row(bool is_total, double width)
{
    return (lettering){.letters = is_total ? LETTERS_STRONG : LETTERS_LABEL, .ink = INK_TEXT, .width = width};
}

static void take_row(score_picture *to, size_t index)
{
    const report *of = to->of;
    score_row *row = &to->rows[to->count++];
    bool is_total = index == RESULT_TOTAL;
    *row = (score_row){0};
    if (is_total) {
        row->told = of->total;
        text_say(&row->name, "total");
    } else {
        result_segment(of->of, index, of->given, &row->told);
        names_segment(of->of, index, &row->name);
    }
    report_score(&row->told, row->score);
    if (!row->told.suppressed) rounded_count(nps_tally_responses(&row->told.counts), row->responses);
    canvas_widen(&to->names, canvas_label_width(to->on, name_of_row(is_total, NAME_WIDEST), row->name.bytes));
    canvas_widen(&to->responses, canvas_label_width(to->on, label, row->responses));
}

static void take_rows(score_picture *to)
{
    const report *of = to->of;
    size_t first = of->begins_with_total ? 1 : 0, told = of->told - first;
    size_t drawn = told <= ROWS_MOST ? told : ROWS_MOST;
    to->more = told - drawn;
    to->rows = allocate((drawn + 1) * sizeof *to->rows);
    for (size_t i = 0; i < drawn; i++) take_row(to, of->order[first + i]);
    take_row(to, RESULT_TOTAL);
}

static void take_range(score_picture *to)
{
    double lowest = NAN, highest = NAN;
    for (size_t i = 0; i < to->count; i++) {
        const result *told = &to->rows[i].told;
        if (told->suppressed || !told->has_score) continue;
        lowest = fmin(lowest, fmin(told->lower, told->score));
        highest = fmax(highest, fmax(told->upper, told->score));
    }
    axis_choose(&to->scale, lowest, highest);
}

static void say_subtitle(const report *of, text *to)
{
    const result *total = &of->total;
    text rows = {0};
    text_say(to, "%.4g%% intervals (method: %s)", 100 * of->given->level, nps_interval_method_name(of->given->method));
    if (total->is_weighted && !total->suppressed && !isnan(total->effective_size)) {
        text_say(to, "; %s, effective n %.1f", total->is_design ? "survey design" : "weighted", total->effective_size);
    }
    if (!total->suppressed) {
        rounded_rows(&total->counts, &rows);
        frame_line(to, rows.bytes);
    }
    text_free(&rows);
}

static void set_frame(score_picture *to)
{
    const report *of = to->of;
    text hidden = {0};
    text_say(&to->around.title, "Net Promoter Score");
    if (of->of->dimensions > 0) {
        text_say(&to->around.title, " by ");
        names_dimensions(of->of, &to->around.title);
        names_dimensions(of->of, &to->heading);
    }
    say_subtitle(of, &to->around.subtitle);
    frame_legend(&to->around, SIGN_SQUARE, INK_DETRACTORS, "detractors");
    frame_legend(&to->around, SIGN_SQUARE, INK_PASSIVES, "passives");
    frame_legend(&to->around, SIGN_SQUARE, INK_PROMOTERS, "promoters");
    frame_legend(&to->around, SIGN_DOT, INK_TEXT, "score: promoters less detractors, and its interval");
    names_more(to->more, &to->around.footer);
    if (arrange_say_hidden(of->of, of->given, &hidden)) frame_line(&to->around.footer, hidden.bytes);
    text_free(&hidden);
}

/* From both sides to the bars, which take what is left; where counts are long it is from the names. */
static void set_columns(score_picture *to)
{
    lettering heading = small;
    heading.width = NAME_WIDEST;
    if (to->heading.length > 0) canvas_widen(&to->names, canvas_label_width(to->on, heading, to->heading.bytes));
    canvas_widen(&to->responses, canvas_label_width(to->on, small, "n"));
    to->scores = canvas_label_width(to->on, (lettering){.letters = LETTERS_STRONG}, "+100");
    to->scale.right = CANVAS_RIGHT - to->scores - SCALE_SPACE / 2;
    to->scale.left = to->scale.right - AXIS_LEAST;
    to->bar_right = to->scale.left - SCALE_SPACE;
    double others = CANVAS_MARGIN + COLUMN + to->responses + COLUMN;
    to->names = fmin(to->names, to->bar_right - canvas_label_width(to->on, small, BAR_TITLE) - others);
    to->bar_left = to->names + others;
}

static void draw_headings(const score_picture *of, double top)
{
    double y = top + 12, numbers = top + 34;
    lettering name = small, centred = small, at_end = small;
    name.width = of->names;
    centred.from = ANCHOR_MIDDLE;
    at_end.from = ANCHOR_END;
    if (of->heading.length > 0) canvas_label(of->on, name, CANVAS_MARGIN, numbers, of->heading.bytes);
    canvas_label(of->on, at_end, of->bar_left - COLUMN, numbers, "n");
    canvas_label(of->on, small, of->bar_left, numbers, BAR_TITLE);
    canvas_label(of->on, centred, (of->scale.left + of->scale.right) / 2, y, "score, in points");
}

/* A part of the bar, with its share where that fits in. */
static void draw_part(canvas *on, enum ink ink, const char *share, double left, double width, double y)
{
    lettering how = {
        .letters = LETTERS_SMALL_STRONG, .ink = ink == INK_PASSIVES ? INK_TEXT : INK_PAPER, .from = ANCHOR_MIDDLE};
    if (width <= 0) return;
    canvas_area(on, ink, left, y - BAR / 2, width, BAR);
    if (canvas_label_width(on, how, share) + 6 <= width) canvas_label(on, how, left + width / 2, y, share);
}

static void draw_bar(const score_picture *of, const result *told, double y)
{
    static const enum ink inks[] = {INK_DETRACTORS, INK_PASSIVES, INK_PROMOTERS};
    const double ends[] = {told->detractor_share, 1 - told->promoter_share, 1};
    char shares[3][8];
    double width = of->bar_right - of->bar_left, left = of->bar_left;
    report_shares(told, shares);
    for (int i = 0; i < 3; i++) {
        double right = of->bar_left + ends[i] * width;
        double gap = right < of->bar_right && right - left > 2 ? 1 : 0; /* before the next part */
        draw_part(of->on, inks[i], shares[i], left, right - left - gap, y);
        left = right;
    }
}

static void draw_score(const score_picture *of, const score_row *row, bool is_total, double y)
{
    const result *told = &row->told;
    lettering number = {.letters = is_total ? LETTERS_STRONG : LETTERS_LABEL, .ink = INK_TEXT, .from = ANCHOR_END};
    canvas_whisker(of->on, INK_TEXT, 2, axis_place(&of->scale, told->lower), axis_place(&of->scale, told->upper), y,
                   NULL);
    canvas_dot(of->on, INK_TEXT, axis_place(&of->scale, told->score), y, DOT);
    canvas_label(of->on, number, CANVAS_RIGHT, y, row->score);
}

static void draw_row(const score_picture *of, const score_row *row, bool is_total, double y)
{
    lettering count = label, quiet = label;
    count.from = ANCHOR_END;
    quiet.ink = INK_QUIET;
    canvas_label(of->on, name_of_row(is_total, of->names), CANVAS_MARGIN, y, row->name.bytes);
    canvas_label(of->on, count, of->bar_left - COLUMN, y, row->responses);
    if (row->told.suppressed || !row->told.has_score) {
        canvas_label(of->on, quiet, of->bar_left, y, row->told.suppressed ? "hidden" : "no score");
        return;
    }
    draw_bar(of, &row->told, y);
    draw_score(of, row, is_total, y);
}

static double height_of(const score_picture *of)
{
    return HEADING + (double)of->count * ROW + (of->count > 1 ? TOTAL_SPACE : 0);
}

static void draw(const score_picture *of, double top)
{
    double rows = top + HEADING, y = rows + ROW / 2;
    axis_draw(of->on, &of->scale, top + 34, rows, top + height_of(of));
    draw_headings(of, top);
    for (size_t i = 0; i < of->count; i++, y += ROW) {
        bool is_total = i + 1 == of->count;
        if (is_total && i > 0) {
            y += TOTAL_SPACE;
            canvas_line(of->on, INK_QUIET, 1, CANVAS_MARGIN, y - ROW / 2 - TOTAL_SPACE / 2, CANVAS_RIGHT,
                        y - ROW / 2 - TOTAL_SPACE / 2);
        }
        draw_row(of, &of->rows[i], is_total, y);
    }
}

void chart_score(const report *drawn, chart_target to)
{
    score_picture picture = {.of = drawn, .on = canvas_new()};
    take_rows(&picture);
    set_frame(&picture);
    set_columns(&picture);
    take_range(&picture);
    frame_begin(picture.on, &picture.around, height_of(&picture), to);
    draw(&picture, frame_above(picture.on, &picture.around));
    canvas_end(picture.on);
    for (size_t i = 0; i < picture.count; i++) text_free(&picture.rows[i].name);
    free(picture.rows);
    text_free(&picture.heading);
    frame_free(&picture.around);
}
