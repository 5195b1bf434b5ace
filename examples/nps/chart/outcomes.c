/* The picture of nps outcomes: what came of the answers, by class and by answer. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart.h"
#include "compare_words.h"
#include "frame.h"
#include "marks.h"
#include "names.h"
#include "rounded.h"

#define DECIMALS_MOST 6
#define ASIDE         5.0 /* between the dots of two classes in one row, and its middle */

enum { DETRACTORS, PASSIVES, PROMOTERS, CLASSES };

static const char *const classes[CLASSES] = {"detractors", "passives", "promoters"};
static const enum ink inks[CLASSES] = {INK_DETRACTORS, INK_QUIET, INK_PROMOTERS};

typedef struct outcomes_picture {
    const outcome_report *of;
    marks rows;
    frame around;
    double unit; /* 100 for rates */
    int decimals;
    size_t more;
} outcomes_picture;

/* A digit of half a standard error of the mean of all. */
static int decimals_of(const outcome_report *of)
{
    const nps_outcome_estimate *all = &of->total.all;
    if (of->is_rate) return 1;
    double size = all->standard_error > 0 ? all->standard_error : fabs(all->mean) / 10;
    double decimals = size > 0 ? ceil(-log10(size / 2)) : 0;
    return decimals > 0 ? (int)fmin(decimals, DECIMALS_MOST) : 0;
}

static mark *put_estimate(const outcomes_picture *of, mark_row *row, enum ink ink, const nps_outcome_estimate *told)
{
    mark *dot = marks_put(row, MARK_DOT, ink, of->unit * told->mean);
    dot->lower = of->unit * told->lower;
    dot->upper = of->unit * told->upper;
    return dot;
}

static mark_row *add_row(outcomes_picture *to, const nps_outcome_estimate *told)
{
    mark_row *row = marks_add(&to->rows);
    rounded_count(told->n, row->count);
    if (told->n == 0) return row;
    snprintf(row->told, sizeof row->told, "%.*f%s", to->decimals, to->unit * told->mean, to->of->is_rate ? "%" : "");
    return row;
}

static void take_classes(outcomes_picture *to)
{
    for (int i = PROMOTERS; i >= DETRACTORS; i--) {
        const nps_outcome_estimate *told = &to->of->total.classes[i];
        mark_row *row = add_row(to, told);
        row->is_strong = true;
        text_say(&row->name, "%s", classes[i]);
        if (told->n > 0) put_estimate(to, row, inks[i], told);
    }
}

static enum ink ink_of_answer(const nps_scale *scale, int answer)
{
    return answer >= scale->promoter_min   ? INK_PALE
           : answer > scale->detractor_max ? INK_PASSIVES
                                           : INK_PALE_DETRACTORS;
}

static void take_answers(outcomes_picture *to)
{
    const nps_scale *scale = &to->of->given->scale;
    for (int answer = scale->highest; answer >= scale->lowest; answer--) {
        const nps_outcome_estimate *told = &to->of->total.answers[answer - scale->lowest];
        mark_row *row = add_row(to, told);
        row->title = answer == scale->highest ? "by answer" : NULL;
        text_say(&row->name, "%d", answer);
        if (told->n == 0) continue;
        mark *dot = put_estimate(to, row, ink_of_answer(scale, answer), told);
        dot->is_thin = dot->is_small = true;
    }
}

static void say_difference(const outcomes_picture *of, text *to)
{
    const nps_outcome_difference *found = &of->of->total.difference;
    const nps_difference told = {
        .estimate = of->unit * found->difference, .lower = of->unit * found->lower, .upper = of->unit * found->upper};
    figures numbers;
    if (isnan(found->difference)) return;
    words_figures(&told, of->decimals, 0, &numbers);
    text_say(to, "promoters less detractors: %s%s", numbers.estimate, of->of->is_rate ? " percentage points" : "");
    if (isnan(found->lower)) return;
    text_say(to, " (%.6g%% interval %s to %s%s)", 100 * of->of->given->level, numbers.lower, numbers.upper,
             found->lower <= 0 && found->upper >= 0 ? ", which may be none" : "");
}

static void set_legend(outcomes_picture *to)
{
    const outcome_report *of = to->of;
    char words[80];
    if (to->rows.count == 0) return;
    snprintf(words, sizeof words, "%s with its %.4g%% interval", of->is_rate ? "share" : "mean",
             100 * of->given->level);
    frame_legend(&to->around, SIGN_THICK_DOT, INK_TEXT, words);
    snprintf(words, sizeof words, "all: %.*f%s", to->decimals, to->unit * of->total.all.mean, of->is_rate ? "%" : "");
    frame_legend(&to->around, SIGN_DASHES, INK_ACCENT, words);
}

static void set_frame(outcomes_picture *to)
{
    const outcome_report *of = to->of;
    frame *around = &to->around;
    text line = {0};
    char number[ROUNDED_SIZE];
    text_say(&around->title, "What an answer is worth: ");
    names_text(of->given->outcome, strlen(of->given->outcome), &around->title);
    say_difference(to, &around->subtitle);
    if (to->rows.count == 0) text_say(&line, "nobody has an answer and an outcome");
    if (to->rows.count > 0) text_say(&line, "%s answers with an outcome", rounded_count(of->total.all.n, number));
    if (of->total.all.missing > 0) {
        text_say(&line, "; %s without", rounded_count(of->total.all.missing, number));
    }
    frame_line(&around->subtitle, line.bytes);
    text_free(&line);
    set_legend(to);
}

void chart_outcomes(const outcome_report *drawn, chart_target to)
{
    canvas *on = canvas_new();
    double unit = drawn->is_rate ? 100 : 1;
    text title = {0};
    outcomes_picture picture = {
        .of = drawn,
        .rows = {.on = on, .count_title = "n", .line = unit * drawn->total.all.mean, .scale = {.is_free = true}},
        .unit = unit,
        .decimals = decimals_of(drawn),
    };
    if (drawn->is_rate) {
        picture.rows.scale.most = 100;
        picture.rows.scale.unit = "%";
    }
    names_text(drawn->given->outcome, strlen(drawn->given->outcome), &title);
    picture.rows.scale_title = title.bytes;
    if (drawn->total.all.n > 0) {
        take_classes(&picture);
        take_answers(&picture);
    }
    marks_set(&picture.rows);
    set_frame(&picture);
    frame_begin(on, &picture.around, marks_height(&picture.rows), to);
    marks_draw(&picture.rows, frame_above(on, &picture.around));
    canvas_end(on);
    marks_free(&picture.rows);
    text_free(&title);
    frame_free(&picture.around);
}
