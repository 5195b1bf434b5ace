/* The picture of nps outcomes: what came of the answers, by class and by answer. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart.h"
#include "frame.h"
#include "marks.h"
#include "names.h"
#include "rounded.h"

#define ASIDE 5.0 /* between the dots of two classes in one row, and its middle */

enum { DETRACTORS, PASSIVES, PROMOTERS };

static const char *const classes[OUTCOME_CLASSES] = {"detractors", "passives", "promoters"};
static const enum ink inks[OUTCOME_CLASSES] = {INK_DETRACTORS, INK_QUIET, INK_PROMOTERS};

typedef struct outcomes_picture {
    const outcome_report *of;
    marks rows;
    frame around;
    double unit; /* 100 for rates */
    text outcome, groups;
    size_t more;
} outcomes_picture;

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
    outcome_figures words;
    rounded_count(told->n, row->count);
    if (told->n == 0) return row;
    outcomes_estimate_words(to->of, told, &words);
    snprintf(row->told, sizeof row->told, "%.31s", words.estimate);
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
        dot->is_thin = dot->is_small = dot->may_be_cut = true;
    }
}

/* Promoters and detractors of each group in one row, with what is between them. */
static void take_groups(outcomes_picture *to)
{
    const outcome_report *of = to->of;
    size_t drawn = of->group_count <= ROWS_MOST ? of->group_count : ROWS_MOST;
    to->more = of->group_count - drawn;
    text_say(&to->groups, "by ");
    names_dimensions(&of->answers, &to->groups);
    for (size_t i = 0; i < drawn; i++) {
        const outcome_group *group = &of->groups[i];
        mark_row *row = marks_add(&to->rows);
        outcome_figures words;
        row->title = i == 0 ? to->groups.bytes : NULL;
        names_segment(&of->answers, group->segment, &row->name);
        rounded_count(group->all.n, row->count);
        outcomes_difference_words(of, &group->difference, &words);
        if (!isnan(group->difference.difference)) snprintf(row->told, sizeof row->told, "%.31s", words.estimate);
        for (int j = DETRACTORS; j <= PROMOTERS; j += PROMOTERS - DETRACTORS) {
            if (group->classes[j].n == 0) continue;
            mark *dot = put_estimate(to, row, inks[j], &group->classes[j]);
            dot->below = j == DETRACTORS ? ASIDE : -ASIDE;
            dot->is_thin = dot->is_small = dot->may_be_cut = true;
        }
    }
}

static void set_legend(outcomes_picture *to)
{
    const outcome_report *of = to->of;
    outcome_figures words;
    char line[80];
    if (to->rows.count == 0) return;
    snprintf(line, sizeof line, "%s with its %.4g%% interval", of->is_rate ? "rate" : "mean", 100 * of->given->level);
    frame_legend(&to->around, SIGN_THICK_DOT, INK_TEXT, line);
    outcomes_estimate_words(of, &of->total.all, &words);
    snprintf(line, sizeof line, "all: %s", words.estimate);
    frame_legend(&to->around, SIGN_DASHES, INK_ACCENT, line);
    if (of->segments == NULL) return;
    frame_legend(&to->around, SIGN_DOT, INK_PROMOTERS, "promoters");
    frame_legend(&to->around, SIGN_DOT, INK_DETRACTORS, "detractors, and at the end the difference");
}

static void set_frame(outcomes_picture *to)
{
    const outcome_report *of = to->of;
    frame *around = &to->around;
    text line = {0};
    char number[ROUNDED_SIZE];
    text_say(&around->title, "What an answer is worth: ");
    text_append(&around->title, to->outcome.bytes, to->outcome.length);
    outcomes_say_difference(of, &of->total, &around->subtitle);
    if (to->rows.count == 0) {
        text_say(&line, "no answer has an outcome");
    } else {
        text_say(&line, "%s answers with an outcome", rounded_count(of->total.all.n, number));
        if (of->total.all.missing > 0) text_say(&line, "; %s without", rounded_count(of->total.all.missing, number));
    }
    frame_line(&around->subtitle, line.bytes);
    text_free(&line);
    set_legend(to);
    names_more(to->more, &around->footer);
    if (to->rows.is_cut) frame_line(&around->footer, "intervals without a stroke at an end go on beyond the scale");
}

void chart_outcomes(const outcome_report *drawn, chart_target to)
{
    canvas *on = canvas_new();
    double unit = drawn->is_rate ? 100 : 1;
    outcomes_picture picture = {
        .of = drawn,
        .rows = {.on = on, .count_title = "n", .line = unit * drawn->total.all.mean, .scale = {.is_free = true}},
        .unit = unit,
    };
    if (drawn->is_rate) {
        picture.rows.scale.most = 100;
        picture.rows.scale.unit = "%";
    }
    names_text(drawn->given->outcome, strlen(drawn->given->outcome), &picture.outcome);
    picture.rows.scale_title = picture.outcome.bytes;
    if (drawn->total.all.n > 0) {
        take_classes(&picture);
        take_answers(&picture);
        if (drawn->segments != NULL) take_groups(&picture);
    }
    marks_set(&picture.rows);
    set_frame(&picture);
    frame_begin(on, &picture.around, marks_height(&picture.rows), to);
    marks_draw(&picture.rows, frame_above(on, &picture.around));
    canvas_end(on);
    marks_free(&picture.rows);
    text_free(&picture.outcome);
    text_free(&picture.groups);
    frame_free(&picture.around);
}
