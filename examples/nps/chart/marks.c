#include "platform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "marks.h"
#include "message.h"

#define ROW         30.0
#define HEADING     48.0
#define TITLE       40.0 /* of what begins at a row */
#define GAP         10.0 /* the same without words */
#define NAME_WIDEST 250.0
#define COLUMN      14.0
#define SCALE_SPACE 34.0
#define BAR         18.0
#define DOT         6.5
#define DOT_SMALL   4.5
#define RING        3.5
#define BAR_LEAST   1.5 /* how wide a bar is to be seen */

static const lettering label = {.letters = LETTERS_LABEL, .ink = INK_TEXT};
static const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};
static const lettering at_end = {.letters = LETTERS_LABEL, .ink = INK_TEXT, .from = ANCHOR_END};

mark_row *marks_add(marks *to)
{
    to->rows = reallocate(to->rows, (to->count + 1) * sizeof *to->rows);
    mark_row *row = &to->rows[to->count++];
    *row = (mark_row){0};
    text_append(&row->name, "", 0);
    return row;
}

mark *marks_put(mark_row *to, enum mark_sort sort, enum ink ink, double at)
{
    mark *put = &to->marks[to->mark_count++];
    *put = (mark){.sort = sort, .ink = ink, .at = at, .lower = NAN, .upper = NAN};
    return put;
}

static lettering name_of_row(const mark_row *row, double width)
{
    lettering how = {.letters = LETTERS_LABEL, .ink = row->is_quiet ? INK_QUIET : INK_TEXT, .width = width};
    if (row->is_strong) how.letters = LETTERS_STRONG;
    return how;
}

static void set_widths(marks *to, double *told)
{
    lettering heading = small;
    heading.width = NAME_WIDEST;
    if (to->title != NULL) to->names = canvas_label_width(to->on, heading, to->title);
    if (to->count_title != NULL) to->counts = canvas_label_width(to->on, small, to->count_title);
    if (to->widest != NULL) *told = canvas_label_width(to->on, label, to->widest);
    for (size_t i = 0; i < to->count; i++) {
        const mark_row *row = &to->rows[i];
        canvas_widen(&to->ranks, canvas_label_width(to->on, label, row->rank));
        canvas_widen(&to->names, canvas_label_width(to->on, name_of_row(row, NAME_WIDEST), row->name.bytes));
        canvas_widen(&to->counts, canvas_label_width(to->on, label, row->count));
        canvas_widen(told, canvas_label_width(to->on, label, row->told));
    }
}

/* From both sides to the scale, which takes what is left. */
static void set_columns(marks *to)
{
    double told = 0;
    set_widths(to, &told);
    to->name_left = CANVAS_MARGIN + (to->ranks > 0 ? to->ranks + COLUMN : 0);
    to->scale.right = CANVAS_RIGHT - told - SCALE_SPACE / 2;
    double others = to->name_left + SCALE_SPACE + (to->counts > 0 ? to->counts + COLUMN : 0);
    to->names = fmin(to->names, to->scale.right - AXIS_LEAST - others);
    to->scale.left = to->names + others;
    to->count_right = to->scale.left - SCALE_SPACE;
}

typedef struct range {
    double lowest, highest;
} range;

static void hold(range *to, double number)
{
    to->lowest = fmin(to->lowest, number);
    to->highest = fmax(to->highest, number);
}

/* Intervals that may be cut make what else there is at most so much wider, on each side, as it is. */
static void take_range(marks *to)
{
    range firm = {to->line, to->line}, all = {NAN, NAN};
    for (size_t i = 0; i < to->count; i++) {
        for (size_t j = 0; j < to->rows[i].mark_count; j++) {
            const mark *at = &to->rows[i].marks[j];
            if (isnan(at->at)) continue;
            range *held = at->may_be_cut ? &all : &firm;
            hold(&firm, at->at);
            if (at->sort == MARK_BAR) hold(&firm, 0);
            hold(held, at->lower);
            hold(held, at->upper);
        }
    }
    double width = firm.highest - firm.lowest, lowest = firm.lowest, highest = firm.highest;
    if (!isnan(all.lowest)) hold(&firm, fmax(all.lowest, lowest - width));
    if (!isnan(all.highest)) hold(&firm, fmin(all.highest, highest + width));
    axis_choose(&to->scale, firm.lowest, firm.highest);
    to->is_cut = all.lowest < to->scale.lowest || all.highest > to->scale.highest;
}

void marks_set(marks *to)
{
    set_columns(to);
    take_range(to);
}

static double above(const mark_row *row)
{
    return row->title == NULL ? 0 : *row->title == '\0' ? GAP : TITLE;
}

double marks_height(const marks *of)
{
    double height = of->count > 0 ? HEADING : 0;
    for (size_t i = 0; i < of->count; i++) height += above(&of->rows[i]) + ROW;
    return height;
}

static void draw_headings(const marks *of, double top)
{
    double y = top + 12, numbers = top + 34;
    lettering name = small, centred = small, count = small;
    name.width = of->names;
    centred.from = ANCHOR_MIDDLE;
    count.from = ANCHOR_END;
    if (of->title != NULL) canvas_label(of->on, name, of->name_left, numbers, of->title);
    if (of->count_title != NULL) canvas_label(of->on, count, of->count_right, numbers, of->count_title);
    canvas_label(of->on, centred, (of->scale.left + of->scale.right) / 2, y, of->scale_title);
}

static void draw_bar(const marks *of, const mark *drawn, double y)
{
    double from = axis_place(&of->scale, 0), to = axis_place(&of->scale, drawn->at);
    double width = fmax(fabs(to - from), BAR_LEAST);
    canvas_area(of->on, drawn->ink, drawn->at < 0 ? from - width : from, y - BAR / 2, width, BAR);
}

/* The interval of a bar lies on it, with paper in between. */
static void draw_interval(const marks *of, const mark *drawn, double y)
{
    double lower = axis_place(&of->scale, fmax(drawn->lower, of->scale.lowest));
    double upper = axis_place(&of->scale, fmin(drawn->upper, of->scale.highest));
    bool ends[] = {drawn->lower >= of->scale.lowest, drawn->upper <= of->scale.highest};
    bool is_bar = drawn->sort == MARK_BAR;
    if (isnan(drawn->lower) || isnan(drawn->upper)) return;
    if (is_bar) canvas_whisker(of->on, INK_PAPER, 4.5, lower, upper, y, ends);
    canvas_whisker(of->on, is_bar ? INK_TEXT : drawn->ink, is_bar || drawn->is_thin ? 2 : 3, lower, upper, y, ends);
}

static void draw_mark(const marks *of, const mark *drawn, double y)
{
    double x = axis_place(&of->scale, drawn->at);
    if (isnan(drawn->at)) return;
    if (drawn->sort == MARK_BAR) draw_bar(of, drawn, y);
    draw_interval(of, drawn, y);
    if (drawn->sort == MARK_DOT) canvas_dot(of->on, drawn->ink, x, y, drawn->is_small ? DOT_SMALL : DOT);
    if (drawn->sort == MARK_RING) canvas_ring(of->on, drawn->ink, x, y, RING);
}

static void draw_row(const marks *of, const mark_row *row, double y)
{
    canvas_label(of->on, at_end, of->name_left - COLUMN, y, row->rank);
    canvas_label(of->on, name_of_row(row, of->names), of->name_left, y, row->name.bytes);
    canvas_label(of->on, at_end, of->count_right, y, row->count);
    for (size_t i = 0; i < row->mark_count; i++) draw_mark(of, &row->marks[i], y + row->marks[i].below);
    canvas_label(of->on, at_end, CANVAS_RIGHT, y, row->told);
}

static void draw_title(const marks *of, const mark_row *row, double top)
{
    lettering how = small;
    double line = top + (*row->title == '\0' ? GAP / 2 : TITLE / 4);
    how.width = of->count_right - of->name_left;
    canvas_line(of->on, INK_QUIET, 1, CANVAS_MARGIN, line, CANVAS_RIGHT, line);
    if (*row->title != '\0') canvas_label(of->on, how, of->name_left, top + 0.7 * TITLE, row->title);
}

void marks_draw(const marks *of, double top)
{
    double rows = top + HEADING, y = rows, line = axis_place(&of->scale, of->line);
    double bottom = top + marks_height(of);
    if (of->count == 0) return;
    axis_draw(of->on, &of->scale, top + 34, rows, bottom);
    draw_headings(of, top);
    if (!isnan(of->line)) canvas_dashes(of->on, INK_ACCENT, 2, line, rows, line, bottom);
    for (size_t i = 0; i < of->count; i++, y += ROW) {
        const mark_row *row = &of->rows[i];
        if (row->title != NULL) draw_title(of, row, y);
        y += above(row);
        draw_row(of, row, y + ROW / 2);
    }
}

void marks_free(marks *freed)
{
    for (size_t i = 0; i < freed->count; i++) text_free(&freed->rows[i].name);
    free(freed->rows);
}
