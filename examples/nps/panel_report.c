/* The panel for people. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bar.h"
#include "compare.h"
#include "panel.h"
#include "report.h"
#include "rounded.h"
#include "times.h"

const char *panel_class(const panel_report *of, int32_t answer)
{
    static const char *const names[] = {"detractor", "passive", "promoter"};
    return names[nps_classify(&of->given->scale, answer) - NPS_DETRACTOR];
}

/* "detractor, was promoter, fell by 6" */
static void say_risks(const panel_report *of, const nps_panel_person *who, text *to)
{
    text_say(to, "%s", panel_class(of, who->answer));
    if (who->risks & NPS_RISK_CLASS) text_say(to, ", was %s", panel_class(of, who->before));
    if (who->risks & NPS_RISK_FALL) text_say(to, ", fell by %d", (int)(who->before - who->answer));
}

/* A time as the date where it is the end of a day, else in full. */
static char *end_time(const panel_report *of, int64_t seconds, char buffer[TIMES_SIZE])
{
    char *clock = strchr(times_text(of->given, seconds, buffer), 'T');
    if (strncmp(clock, "T23:59:59", 9) == 0) *clock = '\0';
    return buffer;
}

/* What the latest answers are as of: the end of the window or, of one without an end, the last answer. */
static char *as_of(const panel_report *of, int64_t until, char buffer[TIMES_SIZE])
{
    if (until != INT64_MAX) return end_time(of, until, buffer);
    if (!panel_has_answers(of)) return strcpy(buffer, "now");
    *strchr(times_text(of->given, of->last, buffer), 'T') = '\0';
    return buffer;
}

static void date_cell(grid *to, const panel_report *of, int64_t seconds)
{
    char buffer[TIMES_SIZE];
    *strchr(times_text(of->given, seconds, buffer), 'T') = '\0';
    grid_text(to, buffer);
}

static void answer_cells(grid *to, const panel_report *of, int32_t answer, int64_t seconds)
{
    char number[16];
    if (answer == NPS_MISSING) {
        grid_text(to, "");
        grid_text(to, "");
        return;
    }
    snprintf(number, sizeof number, "%d", (int)answer);
    grid_text(to, number);
    date_cell(to, of, seconds);
}

static void person_row(grid *to, const panel_report *of, const nps_panel_person *who)
{
    text why = {0};
    grid_bytes(to, who->respondent.bytes, who->respondent.length);
    answer_cells(to, of, who->before, who->before_time);
    answer_cells(to, of, who->answer, who->time);
    say_risks(of, who, &why);
    if (who->risks == 0) text_say(&why, ", was %s", panel_class(of, who->before)); /* a mover */
    grid_text(to, why.bytes);
    text_free(&why);
}

void panel_grid(const panel_report *of, const people *list, grid *to)
{
    static const char *const titles[] = {"respondent", "was", "on", "now", "on", "why"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(to, titles[i], i == 1 || i == 3);
    for (size_t i = 0; i < list->count; i++) person_row(to, of, &list->list[i]);
}

static void class_cells(grid *to, const nps_tally *counts)
{
    char count[ROUNDED_SIZE];
    grid_text(to, rounded_count(nps_tally_detractors(counts), count));
    grid_text(to, rounded_count(nps_tally_passives(counts), count));
    grid_text(to, rounded_count(nps_tally_promoters(counts), count));
}

static void point_row(grid *to, const panel_report *of, const panel_point *at)
{
    char count[ROUNDED_SIZE], score[8], lower[16], upper[16], interval[48], time[TIMES_SIZE];
    bool markdown = of->given->format == FORMAT_MARKDOWN;
    grid_text(to, *at->label != '\0' ? at->label : as_of(of, at->window.until, time));
    grid_text(to, rounded_count(nps_tally_responses(&at->of.counts), count));
    if (markdown) {
        class_cells(to, &at->of.counts);
    } else {
        grid_bar(to, at->of.detractor_share, at->of.promoter_share);
    }
    report_score(&at->of, score);
    report_bounds(&at->of, lower, upper);
    snprintf(interval, sizeof interval, "%s%s%s", lower,
             *upper == '\0' ? ""
             : markdown     ? " ... "
                            : rounded_between(),
             upper);
    grid_text(to, score);
    grid_text(to, interval);
    grid_text(to, rounded_count(at->at_risk, count));
}

static void points_grid(const panel_report *of, grid *to)
{
    char title[32];
    grid_column(to, of->given->every >= 0 ? nps_calendar_unit_name(of->given->every) : "as of", false);
    grid_column(to, "n", true);
    if (of->given->format == FORMAT_MARKDOWN) {
        grid_column(to, "detractors", true);
        grid_column(to, "passives", true);
        grid_column(to, "promoters", true);
    } else {
        grid_bar_column(to);
    }
    snprintf(title, sizeof title, "%.4g%% interval", 100 * of->given->level);
    grid_column(to, "NPS", true);
    grid_column(to, title, true);
    grid_column(to, "at risk", true);
    for (size_t i = 0; i < of->point_count; i++) point_row(to, of, &of->points[i]);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void panel_say_latest(const panel_report *of, text *to)
{
    char count[ROUNDED_SIZE], score[8], lower[16], upper[16];
    const result *found = &of->latest;
    uint64_t respondents = nps_tally_responses(&found->counts);
    if (!found->has_score) {
        text_say(to, "no answers of respondents, and so no score");
        return;
    }
    report_score(found, score);
    report_bounds(found, lower, upper);
    text_say(to, "NPS %s by the latest answer of each of %s respondent%s, %.4g%% interval %s to %s", score,
             rounded_count(respondents, count), plural(respondents), 100 * of->given->level, lower, upper);
}

/* What a row of the points is of. */
static void say_counted(const panel_report *of, text *to)
{
    const options *given = of->given;
    const char *unit = given->every >= 0 ? nps_calendar_unit_name(given->every) : "";
    text_say(to, "each respondent counts once, by the latest answer");
    if (of->window.since != INT64_MIN) {
        char time[TIMES_SIZE];
        char *clock = strchr(times_text(given, of->window.since, time), 'T');
        if (strncmp(clock, "T00:00:00", 9) == 0) *clock = '\0';
        text_say(to, " from %s", time);
    }
    if (given->rolling == 2) {
        text_say(to, " in the %s and the one before", unit);
    } else if (given->rolling > 2) {
        text_say(to, " in the %s and the %" PRIu64 " before", unit, given->rolling - 1);
    } else if (given->rolling == 1) {
        text_say(to, " in the %s", unit);
    } else if (given->every >= 0) {
        text_say(to, " to the end of the %s", unit);
    } else {
        text_say(to, " to the date of the row");
    }
}

static void say_moved(const panel_report *of, text *to)
{
    char both[ROUNDED_SIZE], moved[ROUNDED_SIZE], better[ROUNDED_SIZE], worse[ROUNDED_SIZE], time[TIMES_SIZE];
    uint64_t count = nps_pairs_responses(&of->pairs.people);
    end_time(of, of->before, time);
    if (count == 0) {
        text_say(to, "nobody answered both by %s and later", time);
        return;
    }
    rounded_count(count, both);
    if (of->movers.all == 0) {
        text_say(to, "none of %s who answered by %s and later moved to another class", both, time);
        return;
    }
    text_say(to, "%s of %s who answered by %s and later moved: %s to a higher class, %s to a lower one",
             rounded_count(of->movers.all, moved), both, time, rounded_count(of->pairs.movers.better, better),
             rounded_count(of->pairs.movers.worse, worse));
}

void panel_say_at_risk(const panel_report *of, text *to)
{
    char number[ROUNDED_SIZE], whole[ROUNDED_SIZE], time[TIMES_SIZE];
    uint64_t found[3] = {0}, count = nps_tally_responses(&of->latest.counts);
    for (size_t i = 0; i < of->at_risk.all; i++) {
        uint32_t risks = of->at_risk.list[i].risks;
        found[0] += (risks & NPS_RISK_DETRACTOR) != 0;
        found[1] += (risks & NPS_RISK_CLASS) != 0;
        found[2] += (risks & NPS_RISK_FALL) != 0;
    }
    if (count == 0) {
        text_say(to, "no answers, and so nobody is at risk");
        return;
    }
    text_say(to, "at risk on %s: %s of %s", as_of(of, of->window.until, time), rounded_count(of->at_risk.all, number),
             rounded_count(count, whole));
    if (of->at_risk.all == 0) return;
    text_say(to, ", among them %s detractor%s", rounded_count(found[0], number), plural(found[0]));
    text_say(to, "%s %s in a lower class than at the answer before", of->given->fall > 0 ? "," : " and",
             rounded_count(found[1], number));
    if (of->given->fall > 0) {
        text_say(to, " and %s who fell by %" PRIu64 " or more", rounded_count(found[2], number), of->given->fall);
    }
}

/* What the rows come to. */
static void say_answers(const panel_report *of, text *to)
{
    static const char *const why[] = {"without a respondent", "without a time", "repeated"};
    const uint64_t left[] = {of->nameless, of->timeless, of->repeated};
    uint64_t answers = nps_panel_answers(of->panel), respondents = nps_panel_respondents(of->panel);
    char number[ROUNDED_SIZE], whole[ROUNDED_SIZE], from[TIMES_SIZE], until[TIMES_SIZE];
    bool some = false;
    text_say(to, "%s answer%s of %s respondent%s", rounded_count(answers, number), plural(answers),
             rounded_count(respondents, whole), plural(respondents));
    if (panel_has_answers(of)) {
        *strchr(times_text(of->given, of->first, from), 'T') = '\0';
        *strchr(times_text(of->given, of->last, until), 'T') = '\0';
        text_say(to, ", %s to %s", from, until);
    }
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        if (left[i] == 0) continue;
        text_say(to, "%s%s %s", some ? ", " : "; left out: ", rounded_count(left[i], number), why[i]);
        some = true;
    }
}

static void say_rows(const panel_report *of, text *to)
{
    rounded_rows(&of->rows, to);
}

static void say(const panel_report *of, void (*words)(const panel_report *, text *))
{
    text sentence = {0};
    words(of, &sentence);
    compare_say(of->given, &sentence);
    text_free(&sentence);
}

static void say_verdict(const panel_report *of, text *to)
{
    pairs_say_verdict(&of->pairs, to);
}

static void print_points(const panel_report *of)
{
    grid cells = {0};
    points_grid(of, &cells);
    if (!grid_print(&cells, of->given->format)) return;
    bar_style style = bar_choose_style();
    putchar('\n');
    bar_print_legend(&style);
}

static void print_summary(const panel_report *of)
{
    print_points(of);
    if (of->has_pairs) {
        putchar('\n');
        pairs_print_tables(&of->pairs);
    }
    if (of->given->format == FORMAT_TABLE) putchar('\n');
    if (of->has_pairs) say(of, say_verdict);
    say(of, say_counted);
    if (of->given->rolling == 0) say(of, panel_say_at_risk); /* else it is of another time than the rows */
    say(of, say_answers);
    say(of, say_rows);
}

void panel_print(const panel_report *told)
{
    const options *given = told->given;
    grid cells = {0};
    if (!given->movers && !given->at_risk) {
        print_summary(told);
        return;
    }
    panel_grid(told, given->movers ? &told->movers : &told->at_risk, &cells);
    grid_print(&cells, given->format);
    if (given->format == FORMAT_TABLE) putchar('\n');
    if (given->movers) {
        say(told, say_moved);
        if (nps_pairs_responses(&told->pairs.people) > 0) say(told, say_verdict);
    } else {
        say(told, panel_say_at_risk);
    }
    say(told, panel_say_latest);
    say(told, say_answers);
    say(told, say_rows);
}
