/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "outcomes.h"
#include "result_json.h"

static void number_field(json_writer *to, const char *name, double number)
{
    writer_number_field(to, name, isfinite(number) ? number : (double)NAN);
}

static void write_estimate(json_writer *to, const nps_outcome_estimate *of)
{
    writer_count_field(to, "n", of->n);
    writer_count_field(to, "missing", of->missing);
    number_field(to, "mean", of->mean);
    number_field(to, "variance", of->variance);
    number_field(to, "standard_error", of->standard_error);
    number_field(to, "lower", of->lower);
    number_field(to, "upper", of->upper);
    number_field(to, "effective_n", of->effective_size);
}

static void estimate_field(json_writer *to, const char *name, const nps_outcome_estimate *of)
{
    writer_field(to, name);
    writer_open(to, '{');
    write_estimate(to, of);
    writer_close(to, '}');
}

static void write_test(json_writer *to, double lower, double upper, double statistic, double df, double p)
{
    number_field(to, "lower", lower);
    number_field(to, "upper", upper);
    number_field(to, "statistic", statistic);
    number_field(to, "df", df);
    number_field(to, "p", p);
}

static void correlation_field(json_writer *to, const char *name, const nps_correlation_result *of)
{
    writer_field(to, name);
    writer_open(to, '{');
    writer_count_field(to, "n", of->n);
    number_field(to, "correlation", of->correlation);
    write_test(to, of->lower, of->upper, of->statistic, of->df, of->p);
    writer_close(to, '}');
}

static void write_answers(json_writer *to, const outcome_report *of, const outcome_group *group, bool in_lines)
{
    const nps_scale *scale = &of->given->scale;
    writer_field(to, "answers");
    writer_open(to, '[');
    for (int answer = scale->lowest; answer <= scale->highest; answer++) {
        if (in_lines) writer_line(to);
        writer_open(to, '{');
        writer_field(to, "answer");
        writer_integer(to, answer);
        write_estimate(to, &group->answers[answer - scale->lowest]);
        writer_close(to, '}');
    }
    writer_close(to, ']');
}

static void write_difference(json_writer *to, const nps_outcome_difference *of)
{
    writer_field(to, "difference");
    writer_open(to, '{');
    number_field(to, "difference", of->difference);
    write_test(to, of->lower, of->upper, of->statistic, of->df, of->p);
    writer_close(to, '}');
}

/* What came of the answers: of all, and of each segment alike. */
static void write_outcome(json_writer *to, const outcome_report *of, const outcome_group *group, bool in_lines)
{
    static const char *const classes[OUTCOME_CLASSES] = {"detractors", "passives", "promoters"};
    writer_field(to, "outcome");
    writer_open(to, '{');
    writer_text_field(to, "name", of->given->outcome);
    number_field(to, "invalid", group->segment == RESULT_TOTAL ? (double)of->invalid : (double)NAN);
    writer_count_field(to, "zero_weight", group->zero);
    if (in_lines) writer_line(to);
    estimate_field(to, "all", &group->all);
    for (int i = 0; i < OUTCOME_CLASSES; i++) {
        if (in_lines) writer_line(to);
        estimate_field(to, classes[i], &group->classes[i]);
    }
    if (in_lines) writer_line(to);
    write_answers(to, of, group, in_lines);
    writer_close(to, '}');
    if (in_lines) writer_line(to);
    write_difference(to, &group->difference);
    if (in_lines) writer_line(to);
    correlation_field(to, "correlation", &group->correlation);
}

static void write_group(json_writer *to, const outcome_report *of, const outcome_group *group)
{
    writer_open(to, '{');
    json_key(to, &of->answers, group->segment != RESULT_TOTAL ? group->segment : 0);
    json_result(to, &group->told, false);
    write_outcome(to, of, group, false);
    writer_close(to, '}');
}

static void write_head(json_writer *to, const outcome_report *of)
{
    const options *given = of->given;
    json_begin(to, "outcomes");
    json_scale(to, &given->scale);
    writer_line(to);
    writer_number_field(to, "level", given->level);
    writer_field(to, "weighted");
    writer_bool(to, given->weight != NULL);
    json_rows(to, &of->total.told);
    writer_field(to, "is_rate");
    writer_bool(to, of->is_rate);
    writer_line(to);
}

void outcomes_json(const outcome_report *printed)
{
    json_writer to = {.out = stdout};
    write_head(&to, printed);
    json_result_field(&to, "total", &printed->total.told, false);
    writer_line(&to);
    write_outcome(&to, printed, &printed->total, true);
    writer_line(&to);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->group_count; i++) {
        writer_line(&to);
        write_group(&to, printed, &printed->groups[i]);
    }
    writer_close(&to, ']');
    writer_line(&to);
    if (printed->segments != NULL) {
        correlation_field(&to, "between", &printed->between);
    } else {
        writer_field(&to, "between");
        writer_null(&to);
    }
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each segment; without segments one, of all answers. */
void outcomes_json_lines(const outcome_report *printed)
{
    size_t lines = printed->segments != NULL ? printed->group_count : 1;
    for (size_t i = 0; i < lines; i++) {
        json_writer to = {.out = stdout};
        write_group(&to, printed, printed->segments != NULL ? &printed->groups[i] : &printed->total);
        putchar('\n');
    }
}
