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
    writer_field(to, "before");
    if (has_before) {
        writer_integer(to, who->before);
    } else {
        writer_null(to);
    }
    write_time(to, of, "before_time", has_before, who->before_time);
    writer_field(to, "answer");
    writer_integer(to, who->answer);
    write_time(to, of, "time", true, who->time);
    if (at_risk) write_risks(to, who->risks);
    writer_close(to, '}');
}

static void write_people(json_writer *to, const panel_report *of, const char *name, const people *list, bool at_risk)
{
    writer_line(to);
    writer_field(to, name);
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

void panel_json(const panel_report *told)
{
    json_writer to = {.out = stdout};
    json_begin(&to, "panel");
    json_scale(&to, &told->given->scale);
    writer_line(&to);
    writer_number_field(&to, "level", told->given->level);
    write_time(&to, told, "since", told->given->since != NULL, told->window.since);
    write_time(&to, told, "until", told->given->as_of != NULL, told->window.until);
    writer_count_field(&to, "rows", nps_tally_total(&told->rows));
    writer_count_field(&to, "missing", told->rows.missing);
    writer_count_field(&to, "invalid", told->rows.invalid);
    writer_count_field(&to, "nameless", told->nameless);
    writer_count_field(&to, "timeless", told->timeless);
    writer_count_field(&to, "respondents", nps_panel_respondents(told->panel));
    writer_count_field(&to, "answers", nps_panel_answers(told->panel));
    writer_line(&to);
    json_result_field(&to, "total", &told->latest, false);
    write_pairs(&to, told);
    write_people(&to, told, "movers", &told->movers, false);
    write_people(&to, told, "at_risk", &told->at_risk, true);
    writer_close(&to, '}');
    putchar('\n');
}

/* The people of the list that was asked for, else the latest answers. */
void panel_json_lines(const panel_report *told)
{
    const options *given = told->given;
    const people *list = given->movers ? &told->movers : &told->at_risk;
    if (!given->movers && !given->at_risk) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        json_result(&to, &told->latest, false);
        writer_close(&to, '}');
        putchar('\n');
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        json_writer to = {.out = stdout};
        write_person(&to, told, &list->list[i], given->at_risk);
        putchar('\n');
    }
}
