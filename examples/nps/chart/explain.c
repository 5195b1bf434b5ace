/* The picture of nps explain: a waterfall from the score before to the score after, in two steps for each segment. All
 * steps are as long as the numbers beside them say, which add up. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apportion.h"
#include "axis.h"
#include "chart.h"
#include "compare_words.h"
#include "frame.h"
#include "names.h"
#include "rounded.h"

#define SEGMENTS_MOST 12 /* the rest together */
#define ROW           34.0
#define HEADING       48.0
#define SUM_SPACE     8.0 /* above the sums */
#define NAME_WIDEST   230.0
#define NAME_COLUMNS  120 /* of a wave; what does not fit is cut more finely when it is drawn */
#define COLUMN        18.0
#define SCALE_SPACE   34.0
#define DOT           6.5
#define RATE          12.0 /* how high the two steps of a row are, and what is between them */
#define MIX           10.0
#define BETWEEN       3.0
#define STEP_LEAST    1.5 /* how wide a step is to be seen */

enum { OF_RATE, OF_MIX, OF_BOTH, NUMBERS };

static const char *const titles[NUMBERS] = {"score", "mix", "both"};
static const lettering label = {.letters = LETTERS_LABEL, .ink = INK_TEXT};
static const lettering strong = {.letters = LETTERS_STRONG, .ink = INK_TEXT};
static const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};

typedef struct explain_row {
    text name;
    explained_points shown;
    char numbers[NUMBERS][ROUNDED_SIZE];
} explain_row;

typedef struct explain_picture {
    const explained *of;
    canvas *on;
    frame around;
    explain_row rows[SEGMENTS_MOST + 1], sums;
    size_t count;
    text heading, waves[2];
    char scores[2][ROUNDED_SIZE];
    double names, numbers[NUMBERS]; /* how wide */
    axis scale;
} explain_picture;

/* Where the steps have come to. */
typedef struct fall {
    int64_t at;
    double y;
} fall;

static double points(const explained *of, int64_t shown)
{
    return (double)shown / apportion_scale(of->decimals);
}

static void take_numbers(explain_picture *to, explain_row *row, lettering how)
{
    const int64_t shown[NUMBERS] = {row->shown.rate, row->shown.mix, explain_both(&row->shown)};
    for (int i = 0; i < NUMBERS; i++) {
        rounded_signed(points(to->of, shown[i]), to->of->decimals, row->numbers[i]);
        canvas_widen(&to->numbers[i], canvas_label_width(to->on, how, row->numbers[i]));
    }
}

static void finish_row(explain_picture *to, explain_row *row)
{
    lettering how = label;
    how.width = NAME_WIDEST;
    take_numbers(to, row, label);
    canvas_widen(&to->names, canvas_label_width(to->on, how, row->name.bytes));
}

static void take_segments(explain_picture *to)
{
    const explained *of = to->of;
    size_t told = of->count <= SEGMENTS_MOST + 1 ? of->count : SEGMENTS_MOST;
    for (; to->count < told; to->count++) {
        const explained_segment *at = &of->segments[of->order[to->count]];
        explain_row *row = &to->rows[to->count];
        int t = at->index[0] == EXPLAIN_ABSENT;
        names_segment(of->waves.sides[t], at->index[t], &row->name);
        row->shown = at->shown;
        finish_row(to, row);
    }
    if (told == of->count) return;
    explain_row *others = &to->rows[to->count++];
    text_say(&others->name, "%zu others", of->count - told);
    for (size_t i = told; i < of->count; i++) {
        others->shown.rate += of->segments[of->order[i]].shown.rate;
        others->shown.mix += of->segments[of->order[i]].shown.mix;
    }
    finish_row(to, others);
}

static void take_totals(explain_picture *to)
{
    const explained *of = to->of;
    lettering name = strong;
    name.width = NAME_WIDEST;
    for (int t = 0; t < 2; t++) {
        const char *wave = of->waves.names[t];
        text_append_escaped(&to->waves[t], wave, strlen(wave), NAME_COLUMNS, TEXT_ESCAPE_TERMINAL);
        rounded_signed(points(of, t == 0 ? of->from_shown : of->to_shown), of->decimals, to->scores[t]);
        canvas_widen(&to->names, canvas_label_width(to->on, name, to->waves[t].bytes));
        canvas_widen(&to->numbers[OF_BOTH], canvas_label_width(to->on, strong, to->scores[t]));
    }
    to->sums.shown = of->shown;
    text_say(&to->sums.name, "change");
    take_numbers(to, &to->sums, strong);
}

static void take_range(explain_picture *to)
{
    const explained *of = to->of;
    int64_t at = of->from_shown, lowest = at, highest = at;
    for (size_t i = 0; i < to->count; i++) {
        const int64_t steps[2] = {to->rows[i].shown.rate, to->rows[i].shown.mix};
        for (int j = 0; j < 2; j++) {
            at += steps[j];
            lowest = at < lowest ? at : lowest;
            highest = at > highest ? at : highest;
        }
    }
    axis_choose(&to->scale, points(of, lowest), points(of, highest));
}

static void say_effect(const explained *of, int64_t shown, double lower, double upper, text *to)
{
    const nps_difference told = {.estimate = points(of, shown), .lower = lower, .upper = upper};
    char number[ROUNDED_SIZE];
    figures numbers;
    text_say(to, "%s", rounded_signed(told.estimate, of->decimals, number));
    if (!(lower < upper)) return;
    words_figures(&told, of->decimals, 0, &numbers);
    text_say(to, " (%.6g%% interval %s to %s)", 100 * of->given->level, numbers.lower, numbers.upper);
}

/* Where the sentences do not tell both effects, because the change may be none. */
static void say_sums(const explained *of, text *to)
{
    const nps_change *change = &of->change;
    text line = {0};
    text_say(&line, "together: score ");
    say_effect(of, of->shown.rate, change->rate_lower, change->rate_upper, &line);
    text_say(&line, ", mix ");
    say_effect(of, of->shown.mix, change->mix_lower, change->mix_upper, &line);
    frame_line(to, line.bytes);
    text_free(&line);
}

static void say_subtitle(canvas *on, const explained *of, text *to)
{
    text line = {0};
    explain_say_change(of, to);
    frame_break(on, to);
    if (!explain_is_real(of)) say_sums(of, to);
    explain_say_effects(of, &line);
    if (line.length > 0) frame_line(to, line.bytes);
    text_free(&line);
}

static void set_footer(explain_picture *to)
{
    const explained *of = to->of;
    text line = {0};
    frame_line(&to->around.footer, "score: because the segment scores otherwise; mix: because it is another share of "
                                   "the answers");
    explain_say_absent(of, &line);
    if (line.length > 0) frame_line(&to->around.footer, line.bytes);
    for (int t = 0; t < 2; t++) {
        line.length = 0;
        text_say(&line, "\u200E\u2068"); /* from left to right, whatever the name is */
        text_append(&line, to->waves[t].bytes, to->waves[t].length);
        text_say(&line, "\u2069: ");
        rounded_rows(&of->waves.results[t].counts, &line);
        frame_line(&to->around.footer, line.bytes);
    }
    text_free(&line);
}

static void set_frame(explain_picture *to)
{
    frame *around = &to->around;
    text_say(&around->title, "What moved the score, by ");
    names_dimensions(to->of->waves.sides[0], &around->title);
    names_dimensions(to->of->waves.sides[0], &to->heading);
    say_subtitle(to->on, to->of, &around->subtitle);
    frame_legend(around, SIGN_SQUARE, INK_PROMOTERS, "score, up");
    frame_legend(around, SIGN_SQUARE, INK_DETRACTORS, "score, down");
    frame_legend(around, SIGN_SQUARE, INK_PALE, "mix, up");
    frame_legend(around, SIGN_SQUARE, INK_PALE_DETRACTORS, "mix, down");
    set_footer(to);
}

static void set_columns(explain_picture *to)
{
    lettering heading = small;
    heading.width = NAME_WIDEST;
    canvas_widen(&to->names, canvas_label_width(to->on, heading, to->heading.bytes));
    to->scale.right = CANVAS_RIGHT - SCALE_SPACE;
    for (int i = 0; i < NUMBERS; i++) {
        canvas_widen(&to->numbers[i], canvas_label_width(to->on, small, titles[i]));
        to->scale.right -= to->numbers[i] + COLUMN;
    }
    double others = CANVAS_MARGIN + SCALE_SPACE;
    to->names = fmin(to->names, to->scale.right - AXIS_LEAST - others);
    to->scale.left = to->names + others;
}

static void draw_numbers(const explain_picture *of, const char *const numbers[NUMBERS], lettering how, double y)
{
    double x = CANVAS_RIGHT;
    how.from = ANCHOR_END;
    for (int i = NUMBERS - 1; i >= 0; i--) {
        if (numbers[i] != NULL) canvas_label(of->on, how, x, y, numbers[i]);
        x -= of->numbers[i] + COLUMN;
    }
}

static void draw_name(const explain_picture *of, lettering how, double y, const char *name)
{
    how.width = of->names;
    canvas_label(of->on, how, CANVAS_MARGIN, y, name);
}

static void draw_headings(const explain_picture *of, double top)
{
    lettering centred = small;
    double y = top + 34;
    centred.from = ANCHOR_MIDDLE;
    draw_name(of, small, y, of->heading.bytes);
    canvas_label(of->on, centred, (of->scale.left + of->scale.right) / 2, top + 12, "score, in points");
    draw_numbers(of, titles, small, y);
}

/* A line down to where the next step begins. */
static void draw_down(const explain_picture *of, fall *down, double y)
{
    double x = axis_place(&of->scale, points(of->of, down->at));
    canvas_line(of->on, INK_QUIET, 1, x, down->y, x, y);
    down->y = y;
}

static void draw_step(const explain_picture *of, fall *down, int64_t step, const enum ink inks[2], double top,
                      double height)
{
    if (step == 0) return;
    draw_down(of, down, top);
    double from = axis_place(&of->scale, points(of->of, down->at));
    down->at += step;
    double to = axis_place(&of->scale, points(of->of, down->at));
    double width = fmax(fabs(to - from), STEP_LEAST);
    canvas_area(of->on, inks[step < 0], step < 0 ? from - width : from, top, width, height);
    down->y = top + height;
}

static void draw_segment(const explain_picture *of, const explain_row *row, fall *down, double y)
{
    static const enum ink rate[2] = {INK_PROMOTERS, INK_DETRACTORS}, mix[2] = {INK_PALE, INK_PALE_DETRACTORS};
    const char *const numbers[NUMBERS] = {row->numbers[OF_RATE], row->numbers[OF_MIX], row->numbers[OF_BOTH]};
    draw_name(of, label, y, row->name.bytes);
    draw_numbers(of, numbers, label, y);
    double height = row->shown.mix == 0 ? RATE : row->shown.rate == 0 ? MIX : RATE + BETWEEN + MIX;
    draw_step(of, down, row->shown.rate, rate, y - height / 2, RATE);
    draw_step(of, down, row->shown.mix, mix, y + height / 2 - MIX, MIX);
}

static void draw_total(const explain_picture *of, int t, double y)
{
    const char *const numbers[NUMBERS] = {NULL, NULL, of->scores[t]};
    double x = axis_place(&of->scale, points(of->of, t == 0 ? of->of->from_shown : of->of->to_shown));
    draw_name(of, strong, y, of->waves[t].bytes);
    draw_numbers(of, numbers, strong, y);
    canvas_dot(of->on, INK_TEXT, x, y, DOT);
}

static double height_of(const explain_picture *of)
{
    return HEADING + (double)(of->count + 3) * ROW + SUM_SPACE;
}

static void draw_sums(const explain_picture *of, double y)
{
    const explain_row *sums = &of->sums;
    const char *const numbers[NUMBERS] = {sums->numbers[OF_RATE], sums->numbers[OF_MIX], sums->numbers[OF_BOTH]};
    double line = y - ROW / 2 - SUM_SPACE / 2;
    canvas_line(of->on, INK_QUIET, 1, CANVAS_MARGIN, line, CANVAS_RIGHT, line);
    draw_name(of, strong, y, sums->name.bytes);
    draw_numbers(of, numbers, strong, y);
}

static void draw(const explain_picture *of, double top)
{
    double rows = top + HEADING, y = rows + ROW / 2, after = y + (double)(of->count + 1) * ROW;
    fall down = {of->of->from_shown, y};
    axis_draw(of->on, &of->scale, top + 34, rows, after + ROW / 2);
    draw_headings(of, top);
    for (size_t i = 0; i < of->count; i++) draw_segment(of, &of->rows[i], &down, y + (double)(i + 1) * ROW);
    draw_down(of, &down, after);
    draw_total(of, 0, y);
    draw_total(of, 1, after);
    draw_sums(of, after + ROW + SUM_SPACE);
}

static void free_picture(explain_picture *freed)
{
    for (size_t i = 0; i < freed->count; i++) text_free(&freed->rows[i].name);
    for (int t = 0; t < 2; t++) text_free(&freed->waves[t]);
    text_free(&freed->sums.name);
    text_free(&freed->heading);
    frame_free(&freed->around);
}

void chart_explain(const explained *drawn, chart_target to)
{
    options given = *drawn->given;
    explained same = *drawn;
    explain_picture picture = {.of = &same, .on = canvas_new()};
    given.format = FORMAT_PAGE; /* names are as on a page, whatever else is printed */
    same.given = &given;
    take_segments(&picture);
    take_totals(&picture);
    set_frame(&picture);
    set_columns(&picture);
    take_range(&picture);
    frame_begin(picture.on, &picture.around, height_of(&picture), to);
    draw(&picture, frame_above(picture.on, &picture.around));
    canvas_end(picture.on);
    free_picture(&picture);
}
