#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "panel.h"
#include "result_json.h"
#include "times.h"

static void write_time(json_writer *to, const panel_report *of, const char *name, bool known, int64_t seconds)
{
    char buffer[TIMES_SIZE];
    writer_field(to, name);
    if (!known) {
        writer_null(to);
        return;
    }
    times_text(of->given, seconds, buffer);
    writer_text(to, buffer, strlen(buffer));
}

static void write_integer(json_writer *to, const char *name, bool known, int32_t number)
{
    writer_field(to, name);
    if (known) {
        writer_integer(to, number);
    } else {
        writer_null(to);
    }
}

static void write_class(json_writer *to, const panel_report *of, const char *name, int32_t answer)
{
    writer_field(to, name);
    if (answer == NPS_MISSING) {
        writer_null(to);
        return;
    }
    const char *class_name = panel_class(of, answer);
    writer_text(to, class_name, strlen(class_name));
}

static void write_risks(json_writer *to, uint32_t risks)
{
    writer_field(to, "risks");
    writer_open(to, '[');
    if (risks & NPS_RISK_DETRACTOR) writer_text(to, "detractor", 9);
    if (risks & NPS_RISK_CLASS) writer_text(to, "class", 5);
    if (risks & NPS_RISK_FALL) writer_text(to, "fall", 4);
    writer_close(to, ']');
}

static void write_person(json_writer *to, const panel_report *of, const nps_panel_person *who, bool at_risk)
{
    bool has_before = who->before != NPS_MISSING;
    writer_open(to, '{');
    writer_field(to, "respondent");
    writer_text(to, who->respondent.bytes, who->respondent.length);
    write_integer(to, "before", has_before, who->before);
    write_time(to, of, "before_time", has_before, who->before_time);
    write_class(to, of, "before_class", who->before);
    write_integer(to, "answer", true, who->answer);
    write_time(to, of, "time", true, who->time);
    write_class(to, of, "class", who->answer);
    write_integer(to, "change", has_before, has_before ? who->answer - who->before : 0);
    if (at_risk) write_risks(to, who->risks);
    writer_close(to, '}');
}

/* How many there are; and those that are told, null where nobody asked for such a list. */
static void write_people(json_writer *to, const panel_report *of, const char *name, const people *list, bool at_risk)
{
    char count[40];
    bool known = list->list != NULL;
    snprintf(count, sizeof count, "%s_count", name);
    writer_line(to);
    writer_field(to, count);
    if (known) {
        writer_count(to, list->all);
    } else {
        writer_null(to);
    }
    writer_field(to, name);
    if (!known) {
        writer_null(to);
        return;
    }
    writer_open(to, '[');
    for (size_t i = 0; i < list->count; i++) {
        writer_line(to);
        write_person(to, of, &list->list[i], at_risk);
    }
    writer_close(to, ']');
}

static void write_pairs(json_writer *to, const panel_report *of)
{
    writer_line(to);
    writer_field(to, "pairs");
    if (!of->has_pairs) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    write_time(to, of, "until", true, of->before);
    pairs_json_fields(to, &of->pairs);
    writer_close(to, '}');
}

static void write_window(json_writer *to, const panel_report *of, const nps_panel_window *window)
{
    write_time(to, of, "since", window->since != INT64_MIN, window->since);
    write_time(to, of, "until", window->until != INT64_MAX, window->until);
}

static void write_point(json_writer *to, const panel_report *of, const panel_point *at)
{
    writer_open(to, '{');
    writer_text_field(to, "label", at->label);
    write_window(to, of, &at->window);
    json_result(to, &at->of, false);
    writer_count_field(to, "at_risk", at->at_risk);
    writer_close(to, '}');
}

static void write_periods(json_writer *to, const panel_report *of)
{
    writer_line(to);
    writer_field(to, "periods");
    if (of->given->every < 0) {
        writer_null(to);
        return;
    }
    writer_open(to, '[');
    for (size_t i = 0; i < of->point_count; i++) {
        writer_line(to);
        write_point(to, of, &of->points[i]);
    }
    writer_close(to, ']');
}

static void write_rows(json_writer *to, const panel_report *of)
{
    bool known = panel_has_answers(of);
    writer_count_field(to, "rows", nps_tally_total(&of->rows));
    writer_count_field(to, "missing", of->rows.missing);
    writer_count_field(to, "invalid", of->rows.invalid);
    writer_count_field(to, "nameless", of->nameless);
    writer_count_field(to, "timeless", of->timeless);
    writer_count_field(to, "repeated", of->repeated);
    writer_line(to);
    writer_count_field(to, "respondents", nps_panel_respondents(of->panel));
    writer_count_field(to, "answers", nps_panel_answers(of->panel));
    write_time(to, of, "first", known, of->first);
    write_time(to, of, "last", known, of->last);
}

void panel_json(const panel_report *told)
{
    json_writer to = {.out = stdout, .one_line = told->given->format == FORMAT_JSONL};
    json_begin(&to, "panel");
    json_scale(&to, &told->given->scale);
    writer_line(&to);
    writer_number_field(&to, "level", told->given->level);
    write_window(&to, told, &told->window);
    writer_line(&to);
    write_rows(&to, told);
    writer_line(&to);
    json_result_field(&to, "total", &told->latest, false);
    write_periods(&to, told);
    write_pairs(&to, told);
    write_people(&to, told, "movers", &told->movers, false);
    write_people(&to, told, "at_risk", &told->at_risk, true);
    writer_close(&to, '}');
    putchar('\n');
}

/* A person of the list that was asked for, or a period, a line; else all of it on one. */
void panel_json_lines(const panel_report *told)
{
    const options *given = told->given;
    const people *list = given->movers ? &told->movers : &told->at_risk;
    bool periods = given->every >= 0;
    if (!given->movers && !given->at_risk && !periods) {
        panel_json(told);
        return;
    }
    size_t count = periods ? told->point_count : list->count;
    for (size_t i = 0; i < count; i++) {
        json_writer to = {.out = stdout};
        if (periods) {
            write_point(&to, told, &told->points[i]);
        } else {
            write_person(&to, told, &list->list[i], given->at_risk);
        }
        putchar('\n');
    }
}
