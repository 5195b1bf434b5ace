/* The panel as CSV: a row a time, or a person; with --before and without a list the change, as nps pairs tells it. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>

#include "panel.h"
#include "times.h"

static void integer_cell(grid *to, int64_t number)
{
    char buffer[32];
    snprintf(buffer, sizeof buffer, "%" PRId64, number);
    grid_text(to, buffer);
}

static void time_cell(grid *to, const panel_report *of, bool known, int64_t seconds)
{
    char buffer[TIMES_SIZE] = "";
    if (known) times_text(of->given, seconds, buffer);
    grid_text(to, buffer);
}

static void risk_cell(grid *to, const nps_panel_person *who)
{
    static const struct {
        uint32_t risk;
        const char *name;
    } risks[] = {{NPS_RISK_DETRACTOR, "detractor"}, {NPS_RISK_CLASS, "class"}, {NPS_RISK_FALL, "fall"}};
    text names = {0};
    for (size_t i = 0; i < sizeof risks / sizeof risks[0]; i++) {
        if (who->risks & risks[i].risk) text_say(&names, "%s%s", names.length > 0 ? " " : "", risks[i].name);
    }
    grid_bytes(to, names.bytes, names.length);
    text_free(&names);
}

static void person_row(grid *to, const panel_report *of, const nps_panel_person *who)
{
    bool has_before = who->before != NPS_MISSING;
    grid_bytes(to, who->respondent.bytes, who->respondent.length);
    if (has_before) {
        integer_cell(to, who->before);
    } else {
        grid_text(to, "");
    }
    time_cell(to, of, has_before, who->before_time);
    grid_text(to, has_before ? panel_class(of, who->before) : "");
    integer_cell(to, who->answer);
    time_cell(to, of, true, who->time);
    grid_text(to, panel_class(of, who->answer));
    if (has_before) {
        integer_cell(to, who->answer - who->before);
    } else {
        grid_text(to, "");
    }
    if (of->given->at_risk) risk_cell(to, who);
}

static void print_people(const panel_report *of, const people *list)
{
    static const char *const titles[] = {"respondent", "before", "before_time", "before_class",
                                         "answer",     "time",   "class",       "change"};
    grid cells = {0};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&cells, titles[i], false);
    if (of->given->at_risk) grid_column(&cells, "risks", false);
    for (size_t i = 0; i < list->count; i++) person_row(&cells, of, &list->list[i]);
    grid_print(&cells, FORMAT_CSV);
}

static void point_row(grid *to, const panel_report *of, const panel_point *at)
{
    const nps_tally *counts = &at->of.counts;
    const uint64_t whole[] = {nps_panel_respondents(of->panel),
                              nps_panel_answers(of->panel),
                              nps_tally_total(&of->rows),
                              of->rows.missing,
                              of->rows.invalid,
                              of->nameless,
                              of->timeless,
                              of->repeated};
    if (of->given->every >= 0) grid_text(to, at->label);
    time_cell(to, of, at->window.since != INT64_MIN, at->window.since);
    time_cell(to, of, at->window.until != INT64_MAX, at->window.until);
    grid_count(to, nps_tally_responses(counts));
    grid_count(to, nps_tally_promoters(counts));
    grid_count(to, nps_tally_passives(counts));
    grid_count(to, nps_tally_detractors(counts));
    grid_number(to, at->of.mean);
    grid_number(to, at->of.score);
    grid_number(to, at->of.lower);
    grid_number(to, at->of.upper);
    grid_number(to, at->of.standard_error);
    grid_count(to, at->at_risk);
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) grid_count(to, whole[i]);
}

/* The latest answers as of each time; and, in each row the same, what they all came from. */
static void print_points(const panel_report *of)
{
    static const char *const titles[] = {"since",          "until",   "responses",   "promoters", "passives",
                                         "detractors",     "mean",    "nps",         "lower",     "upper",
                                         "standard_error", "at_risk", "respondents", "answers",   "rows",
                                         "missing",        "invalid", "nameless",    "timeless",  "repeated"};
    grid cells = {0};
    if (of->given->every >= 0) grid_column(&cells, "period", false);
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&cells, titles[i], false);
    for (size_t i = 0; i < of->point_count; i++) point_row(&cells, of, &of->points[i]);
    grid_print(&cells, FORMAT_CSV);
}

void panel_csv(const panel_report *told)
{
    const options *given = told->given;
    if (given->movers || given->at_risk) {
        print_people(told, given->movers ? &told->movers : &told->at_risk);
    } else if (told->has_pairs) {
        pairs_csv(&told->pairs);
    } else {
        print_points(told);
    }
}
