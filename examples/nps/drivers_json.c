/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drivers.h"
#include "drivers_fields.h"
#include "result_json.h"

static void write_words(json_writer *to, const char *name, const char *words)
{
    writer_field(to, name);
    if (words != NULL) {
        writer_text(to, words, strlen(words));
    } else {
        writer_null(to);
    }
}

static void write_fields(json_writer *to, const driver_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) writer_number_field(to, fields[i].name, fields[i].number);
}

static void write_contrast(json_writer *to, const driver_report *of, const driver_group *group, size_t rating,
                           size_t side)
{
    driver_field fields[DRIVER_FIELDS];
    writer_field(to, side == 0 ? "penalty" : "reward");
    if (group->contrasts == NULL) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    write_fields(to, fields, contrast_fields(of, &group->contrasts[2 * rating + side], fields));
    write_words(to, "fault", driver_fault_name(group->contrast_faults[2 * rating + side]));
    writer_close(to, '}');
}

/* Without the brackets around them. */
static void write_rating(json_writer *to, const driver_report *of, const driver_group *group, size_t rating)
{
    driver_field fields[DRIVER_FIELDS];
    writer_text_field(to, "name", of->names[rating]);
    write_fields(to, fields, driver_fields(of, group, rating, fields));
    writer_count_field(to, "n", group->drivers[rating].n);
    writer_count_field(to, "missing", group->missing[rating]);
    writer_number_field(to, "invalid", group->segment == RESULT_TOTAL ? (double)of->invalid[rating] : (double)NAN);
    writer_number_field(to, "lowest", of->lowest[rating]);
    writer_number_field(to, "highest", of->highest[rating]);
    write_words(to, "fault", driver_fault_name(group->faults[rating]));
    for (size_t side = 0; side < 2; side++) write_contrast(to, of, group, rating, side);
}

static void write_fit(json_writer *to, const driver_report *of, const driver_group *group)
{
    const double unit = drivers_unit(of->given);
    const nps_drivers_fit *fit = &group->fit;
    const driver_field fields[] = {
        {"r_squared", fit->r_squared},
        {"adjusted_r_squared", fit->adjusted_r_squared},
        {"f", isinf(fit->f) ? (double)NAN : fit->f},
        {"df", fit->df},
        {"f_p", fit->f_p},
        {"answer_mean", unit * fit->mean},
        {"answer_deviation", unit * fit->deviation},
        {"residual_deviation", unit * fit->residual_deviation},
        {"intercept", unit * fit->intercept},
        {"intercept_standard_error", unit * fit->intercept_error},
        {"effective_n", fit->effective_size},
    };
    writer_count_field(to, "n", drivers_size(of, group));
    write_fields(to, fields, sizeof fields / sizeof fields[0]);
    write_words(to, "fault", driver_trouble_name(group->trouble));
    write_words(to, "contrast_fault", group->contrasts != NULL ? driver_trouble_name(group->contrast_trouble) : NULL);
}

static void write_rows(json_writer *to, const nps_drivers_rows *rows)
{
    writer_field(to, "rows");
    writer_open(to, '{');
    writer_count_field(to, "complete", rows->complete);
    writer_count_field(to, "incomplete", rows->incomplete);
    writer_count_field(to, "unanswered", rows->unanswered);
    writer_count_field(to, "zero_weight", rows->zero);
    writer_close(to, '}');
}

static void write_first(json_writer *to, const driver_report *of, const driver_group *group)
{
    writer_field(to, "first");
    writer_open(to, '[');
    for (size_t i = 0; i < group->ranked && i < DRIVERS_FIRST; i++) {
        const double *ahead = &group->ahead[group->order[i] * of->count];
        writer_open(to, '{');
        writer_text_field(to, "name", of->names[group->order[i]]);
        writer_number_field(to, "ahead_of_next", i + 1 < group->ranked ? ahead[group->order[i + 1]] : (double)NAN);
        writer_close(to, '}');
    }
    writer_close(to, ']');
}

/* What is told of all rows and of each segment alike. */
static void write_group(json_writer *to, const driver_report *of, const driver_group *group, bool in_lines)
{
    write_fit(to, of, group);
    if (in_lines) writer_line(to);
    write_rows(to, &group->rows);
    if (in_lines) writer_line(to);
    write_first(to, of, group);
    if (in_lines) writer_line(to);
    writer_field(to, "drivers");
    writer_open(to, '[');
    for (size_t i = 0; i < of->count; i++) {
        if (in_lines) writer_line(to);
        writer_open(to, '{');
        write_rating(to, of, group, i);
        writer_close(to, '}');
    }
    writer_close(to, ']');
    if (in_lines) writer_line(to);
    json_result_field(to, "total", &group->told, false);
    if (in_lines) writer_line(to);
}

static void write_flag(json_writer *to, const char *name, bool value)
{
    writer_field(to, name);
    writer_bool(to, value);
}

static void write_head(json_writer *to, const driver_report *of)
{
    const options *given = of->given;
    json_begin(to, "drivers");
    json_scale(to, &given->scale);
    writer_line(to);
    writer_text_field(to, "explains", given->explains == NPS_DRIVERS_CLASS ? "class" : "answer");
    writer_number_field(to, "level", given->level);
    write_flag(to, "weighted", given->weight != NULL);
    write_flag(to, "pairwise", given->pairwise);
    write_flag(to, "robust", given->robust);
    writer_number_field(to, "low", given->low);
    writer_number_field(to, "high", given->high);
    writer_line(to);
    writer_field(to, "answers");
    writer_open(to, '{');
    writer_count_field(to, "responses", nps_tally_responses(&of->answers));
    writer_count_field(to, "missing", of->answers.missing);
    writer_count_field(to, "invalid", of->answers.invalid);
    writer_close(to, '}');
    writer_line(to);
}

void drivers_json(const driver_report *printed)
{
    json_writer to = {.out = stdout};
    write_head(&to, printed);
    write_group(&to, printed, &printed->total, true);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->group_count; i++) {
        writer_line(&to);
        writer_open(&to, '{');
        json_key(&to, &printed->taken, i);
        write_group(&to, printed, &printed->groups[i], false);
        writer_close(&to, '}');
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

static void write_lines(const driver_report *of, const driver_group *group)
{
    for (size_t i = 0; i < of->count; i++) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        json_key(&to, &of->taken, group->segment != RESULT_TOTAL ? group->segment : 0);
        write_rating(&to, of, group, i);
        writer_number_field(&to, "r_squared", group->fit.r_squared);
        writer_close(&to, '}');
        putchar('\n');
    }
}

/* A line for each rating, of each segment where there are any. */
void drivers_json_lines(const driver_report *printed)
{
    if (printed->taken.segments == NULL) write_lines(printed, &printed->total);
    for (size_t i = 0; i < printed->group_count; i++) write_lines(printed, &printed->groups[i]);
}
