/* The panel for people, and as CSV. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "panel.h"
#include "report.h"
#include "rounded.h"
#include "times.h"

static const char *const class_names[] = {"a detractor", "a passive", "a promoter"};

static const char *class_name(const panel_report *of, int32_t answer)
{
    return class_names[nps_classify(&of->given->scale, answer) - NPS_DETRACTOR];
}

void panel_say_risks(const panel_report *of, const nps_panel_person *who, text *to)
{
    const char *between = "";
    if (who->risks & NPS_RISK_DETRACTOR) {
        text_say(to, "a detractor");
        between = ", ";
    }
    if (who->risks & NPS_RISK_CLASS) {
        text_say(to, "%s%s before", between, class_name(of, who->before));
        between = ", ";
    }
    if (who->risks & NPS_RISK_FALL) text_say(to, "%sfell by %d", between, (int)(who->before - who->answer));
}

static void risk_cells(grid *to, const nps_panel_person *who)
{
    static const struct {
        uint32_t risk;
        const char *name;
    } risks[] = {{NPS_RISK_DETRACTOR, "detractor"}, {NPS_RISK_CLASS, "class"}, {NPS_RISK_FALL, "fall"}};
    text names = {0};
    for (size_t i = 0; i < sizeof risks / sizeof risks[0]; i++) {
        if (who->risks & risks[i].risk) text_say(&names, "%s%s", names.length > 0 ? " " : "", risks[i].name);
    }
    grid_bytes(to, names.bytes != NULL ? names.bytes : "", names.length);
    text_free(&names);
}

static void integer_cell(grid *to, int64_t number)
{
    char buffer[32];
    snprintf(buffer, sizeof buffer, "%" PRId64, number);
    grid_text(to, buffer);
}

/* Dates alone for people; programs get the whole time. */
static void time_cell(grid *to, const panel_report *of, int64_t seconds)
{
    char buffer[TIMES_SIZE];
    times_text(of->given, seconds, buffer);
    if (of->given->format != FORMAT_CSV) *strchr(buffer, 'T') = '\0';
    grid_text(to, buffer);
}

static void person_row(grid *to, const panel_report *of, const nps_panel_person *who)
{
    bool csv = of->given->format == FORMAT_CSV, has_before = who->before != NPS_MISSING;
    text why = {0};
    grid_bytes(to, who->respondent.bytes, who->respondent.length);
    if (has_before) {
        integer_cell(to, who->before);
        time_cell(to, of, who->before_time);
    } else {
        grid_text(to, "");
        grid_text(to, "");
    }
    integer_cell(to, who->answer);
    time_cell(to, of, who->time);
    if (csv && has_before) {
        integer_cell(to, who->answer - who->before);
    } else if (csv) {
        grid_text(to, "");
    }
    if (csv) {
        risk_cells(to, who);
        return;
    }
    if (who->risks == 0) {
        text_say(&why, "%s, %s before", class_name(of, who->answer), class_name(of, who->before));
    } else {
        panel_say_risks(of, who, &why);
    }
    grid_text(to, why.bytes);
    text_free(&why);
}

void panel_grid(const panel_report *of, const people *list, grid *to)
{
    static const char *const for_people[] = {"respondent", "before", "on", "answer", "on", "why"};
    static const char *const for_programs[] = {"respondent", "before", "before_time", "answer",
                                               "time",       "change", "risks"};
    bool csv = of->given->format == FORMAT_CSV;
    const char *const *titles = csv ? for_programs : for_people;
    size_t count = csv ? sizeof for_programs / sizeof *for_programs : sizeof for_people / sizeof *for_people;
    for (size_t i = 0; i < count; i++) grid_column(to, titles[i], i == 1 || i == 3);
    for (size_t i = 0; i < list->count; i++) person_row(to, of, &list->list[i]);
}

/* One row: the latest answers, and what they came from. */
static void print_csv(const panel_report *of)
{
    static const char *const titles[] = {"respondents", "answers", "responses", "promoters", "passives",
                                         "detractors",  "nps",     "lower",     "upper",     "at_risk",
                                         "rows",        "missing", "invalid",   "nameless",  "timeless"};
    const nps_tally *latest = &of->latest.counts;
    grid cells = {0};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&cells, titles[i], true);
    grid_count(&cells, nps_panel_respondents(of->panel));
    grid_count(&cells, nps_panel_answers(of->panel));
    grid_count(&cells, nps_tally_responses(latest));
    grid_count(&cells, nps_tally_promoters(latest));
    grid_count(&cells, nps_tally_passives(latest));
    grid_count(&cells, nps_tally_detractors(latest));
    grid_number(&cells, of->latest.score);
    grid_number(&cells, of->latest.lower);
    grid_number(&cells, of->latest.upper);
    grid_count(&cells, of->at_risk.count);
    grid_count(&cells, nps_tally_total(&of->rows));
    grid_count(&cells, of->rows.missing);
    grid_count(&cells, of->rows.invalid);
    grid_count(&cells, of->nameless);
    grid_count(&cells, of->timeless);
    grid_print(&cells, FORMAT_CSV);
}

void panel_say_latest(const panel_report *of, text *to)
{
    char answers[ROUNDED_SIZE], respondents[ROUNDED_SIZE], latest[ROUNDED_SIZE], score[8], lower[16], upper[16];
    const result *found = &of->latest;
    rounded_count(nps_panel_answers(of->panel), answers);
    rounded_count(nps_panel_respondents(of->panel), respondents);
    rounded_count(nps_tally_responses(&found->counts), latest);
    text_say(to, "%s answers of %s respondents", answers, respondents);
    if (of->given->since != NULL || of->given->as_of != NULL)
        text_say(to, "; %s of them answered in that time", latest);
    if (!found->has_score) {
        text_say(to, ": no answer, and so no score");
        return;
    }
    report_score(found, score);
    report_bounds(found, lower, upper);
    text_say(to, ": by the latest of each NPS %s, %.4g%% interval %s to %s", score, 100 * of->given->level, lower,
             upper);
}

void panel_say_at_risk(const panel_report *of, text *to)
{
    char count[ROUNDED_SIZE], detractors[ROUNDED_SIZE], classes[ROUNDED_SIZE], falls[ROUNDED_SIZE];
    uint64_t found[3] = {0};
    for (size_t i = 0; i < of->at_risk.count; i++) {
        uint32_t risks = of->at_risk.list[i].risks;
        found[0] += (risks & NPS_RISK_DETRACTOR) != 0;
        found[1] += (risks & NPS_RISK_CLASS) != 0;
        found[2] += (risks & NPS_RISK_FALL) != 0;
    }
    text_say(to, "at risk: %s; %s detractors, %s in a lower class than the time before",
             rounded_count(of->at_risk.count, count), rounded_count(found[0], detractors),
             rounded_count(found[1], classes));
    if (of->given->fall > 0) {
        text_say(to, ", %s who fell by %" PRIu64 " or more", rounded_count(found[2], falls), of->given->fall);
    }
}

static void say(const panel_report *of, void (*words)(const panel_report *, text *))
{
    text sentence = {0};
    words(of, &sentence);
    compare_say(of->given, &sentence);
    text_free(&sentence);
}

static void say_rows(const panel_report *of, text *to)
{
    rounded_rows(&of->rows, to);
}

static void print_summary(const panel_report *of)
{
    bool table = of->given->format == FORMAT_TABLE;
    say(of, panel_say_latest);
    if (of->has_pairs) {
        if (table) putchar('\n');
        pairs_print_tables(&of->pairs);
        if (table) putchar('\n');
        pairs_print_verdict(&of->pairs);
    }
    say(of, panel_say_at_risk);
    say(of, say_rows);
}

void panel_print(const panel_report *told)
{
    const options *given = told->given;
    const people *list = given->movers ? &told->movers : given->at_risk ? &told->at_risk : NULL;
    if (list != NULL) {
        grid cells = {0};
        panel_grid(told, list, &cells);
        grid_print(&cells, given->format);
    } else if (given->format == FORMAT_CSV) {
        print_csv(told);
    }
    if (given->format == FORMAT_CSV) return;
    if (list == NULL) {
        print_summary(told);
        return;
    }
    if (given->format == FORMAT_TABLE) putchar('\n');
    if (given->at_risk) say(told, panel_say_at_risk);
    say(told, panel_say_latest);
}
