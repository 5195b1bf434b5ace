/* What the rules found, as a table with sentences below it, and as CSV. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "message.h"
#include "output.h"
#include "rounded.h"
#include "watch_rules.h"

static bool has_fired(const watched_wave *at, size_t index)
{
    return at->findings[index].alert.outcome == NPS_ALERT_FIRED;
}

static void rule_cells(const nps_rule *rule, grid *to)
{
    char cell[64];
    const char *name = nps_monitor_rule_name(rule->rule);
    bool bare = watch_rule_is_relative(rule) && (rule->rule == NPS_RULE_LIMITS || rule->points == 0);
    snprintf(cell, sizeof cell, bare ? "%s" : "%s %.15g", name, rule->points);
    grid_text(to, cell);
    if (rule->rule == NPS_RULE_LIMITS) {
        snprintf(cell, sizeof cell, "%.6g sigmas", watch_rule_sigmas(rule));
    } else {
        snprintf(cell, sizeof cell, "%.6g%%%s", 100 * rule->level, rule->anytime ? " anytime" : "");
    }
    grid_text(to, cell);
}

/* People are told of all rules at the last wave, and of what fired before. */
static void row_for_people(const rule_watch *told, size_t wave, size_t index, grid *to)
{
    const watched_wave *at = &told->waves[wave];
    const watch_rule *rule = &told->by.rules[index];
    char cell[ROUNDED_SIZE];
    text found = {0}, sure = {0};
    if (wave + 1 < told->count && !has_fired(at, index)) return;
    if (*at->label != '\0') grid_text(to, at->label);
    grid_text(to, rounded_count(nps_tally_responses(&at->of.told.counts), cell));
    grid_bytes(to, rule->name, rule->length);
    rule_cells(&rule->rule, to);
    watch_rule_cells(told, at, index, &found, &sure);
    grid_text(to, found.bytes);
    grid_text(to, sure.bytes);
    grid_text(to, has_fired(at, index) ? "ALERT" : "");
    text_free(&found);
    text_free(&sure);
}

static void row_for_programs(const rule_watch *told, size_t wave, size_t index, grid *to)
{
    const watched_wave *at = &told->waves[wave];
    const watch_rule *rule = &told->by.rules[index];
    const watch_finding *found = &at->findings[index];
    const nps_alert *alert = &found->alert;
    const double numbers[] = {alert->estimate, alert->threshold, alert->lower,
                              alert->upper,    alert->statistic, alert->p};
    if (*at->label != '\0') {
        grid_text(to, at->label);
        grid_text(to, at->start);
    }
    grid_count(to, nps_tally_responses(&at->of.told.counts));
    grid_count(to, at->of.told.counts.missing);
    grid_count(to, at->of.told.counts.invalid);
    grid_number(to, at->of.told.score);
    grid_count(to, nps_tally_responses(&at->baseline.told.counts));
    grid_number(to, at->baseline.told.score);
    grid_bytes(to, rule->name, rule->length);
    grid_text(to, nps_monitor_rule_name(rule->rule.rule));
    grid_number(to, watch_rule_points(&rule->rule));
    grid_number(to, watch_rule_level(&rule->rule));
    grid_number(to, watch_rule_sigmas(&rule->rule));
    grid_number(to, rule->rule.least);
    grid_count(to, rule->rule.anytime != 0);
    grid_text(to, watch_rule_outcome(found));
    grid_text(to, watch_rule_side(found));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        grid_number(to, watch_rule_has_numbers(found) ? numbers[i] : (double)NAN);
    }
}

static void columns_for_people(const rule_watch *told, grid *to)
{
    if (told->given->every >= 0) grid_column(to, nps_calendar_unit_name(told->given->every), false);
    grid_column(to, "n", true);
    grid_column(to, "name", false);
    grid_column(to, "rule", false);
    grid_column(to, "level", false);
    grid_column(to, "found", true);
    grid_column(to, "surely", false);
    grid_column(to, "", false);
}

static void columns_for_programs(const rule_watch *told, grid *to)
{
    static const char *const titles[] = {"responses",
                                         "missing",
                                         "invalid",
                                         "nps",
                                         "baseline_responses",
                                         "baseline_nps",
                                         "name",
                                         "rule",
                                         "points",
                                         "level",
                                         "sigmas",
                                         "least",
                                         "anytime",
                                         "outcome",
                                         "side",
                                         "estimate",
                                         "threshold",
                                         "lower",
                                         "upper",
                                         "statistic",
                                         "p"};
    if (told->given->every >= 0) {
        grid_column(to, "period", false);
        grid_column(to, "start", false);
    }
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(to, titles[i], false);
}

static void print_grid(const rule_watch *told)
{
    bool for_programs = told->given->format == FORMAT_CSV;
    grid cells = {0};
    (for_programs ? columns_for_programs : columns_for_people)(told, &cells);
    for (size_t wave = 0; wave < told->count; wave++) {
        for (size_t i = 0; i < told->by.count; i++) {
            (for_programs ? row_for_programs : row_for_people)(told, wave, i, &cells);
        }
    }
    grid_print(&cells, told->given->format);
}

/* "NAME: NPS -2, at most +8: below 20" */
static void say_rule(const rule_watch *told, const watched_wave *at, size_t index, text *to)
{
    const watch_rule *rule = &told->by.rules[index];
    compare_text_name(told->given, rule->name, rule->length, to);
    text_say(to, ": ");
    watch_rule_say(told, at, index, to);
}

static void say_start(const char *what, const watched_wave *at, text *to)
{
    text_say(to, "%s%s%s", what, *at->label != '\0' ? " in " : "", at->label);
}

/* What drops are held against: a wave, for people. */
static void say_baseline(const rule_watch *told, text *to)
{
    const options *given = told->given;
    const watched_wave *at = &told->waves[told->count - 1];
    const char *unit = given->every >= 0 ? nps_calendar_unit_name(given->every) : "";
    char responses[ROUNDED_SIZE], score[ROUNDED_SIZE];
    bool relative = false;
    for (size_t i = 0; i < told->by.count; i++) relative |= watch_rule_is_relative(&told->by.rules[i].rule);
    if (!relative || !at->baseline.told.has_score) return;
    text_say(to, "drop, rise and limits are held against ");
    if (given->against != NULL) {
        compare_text_name(given, given->against, strlen(given->against), to);
    } else if (given->baseline == 1) {
        text_say(to, "the first %s", unit);
    } else if (given->baseline > 1) {
        text_say(to, "the first %" PRIu64 " %ss", given->baseline, unit);
    } else {
        text_say(to, "all %ss before", unit);
    }
    uint64_t count = nps_tally_responses(&at->baseline.told.counts);
    text_say(to, ": NPS %s, %s answer%s", rounded_signed(at->baseline.told.score, 0, score),
             rounded_count(count, responses), count == 1 ? "" : "s");
}

/* A line for each rule that fired at the last wave, for each that is near it, and for each that was not looked at. */
static void print_sentences(const rule_watch *told)
{
    text sentence = {0};
    const watched_wave *last = &told->waves[told->count - 1];
    for (size_t i = 0; i < told->by.count; i++) {
        if (!has_fired(last, i)) continue;
        say_start("alert", last, &sentence);
        text_say(&sentence, ": ");
        say_rule(told, last, i, &sentence);
        compare_say(told->given, &sentence);
    }
    if (!last->fired) {
        say_start("no alert", last, &sentence);
        compare_say(told->given, &sentence);
    }
    for (size_t i = 0; i < told->by.count; i++) {
        bool near = watch_rule_is_near(told, last, i);
        if (!near && watch_rule_has_numbers(&last->findings[i])) continue;
        text_say(&sentence, "%s: ", near ? "not sure" : "not looked at");
        say_rule(told, last, i, &sentence);
        compare_say(told->given, &sentence);
    }
    say_baseline(told, &sentence);
    compare_say(told->given, &sentence);
    text_free(&sentence);
}

static void print_for_people(const rule_watch *told)
{
    text sentence = {0};
    print_grid(told);
    if (told->given->format == FORMAT_TABLE) putchar('\n');
    if (told->count > 0) {
        print_sentences(told);
    } else {
        text_say(&sentence, "no row has a time, and so there is no wave to look at");
        compare_say(told->given, &sentence);
    }
    rounded_rows(&told->total.counts, &sentence);
    compare_say(told->given, &sentence);
    text_free(&sentence);
}

/* One line on standard error. */
static void complain_for_programs(const rule_watch *told)
{
    text line = {0};
    if (told->count == 0) {
        note("no row has a time, and so there is no wave to look at");
        return;
    }
    const watched_wave *last = &told->waves[told->count - 1];
    for (size_t i = 0; i < told->by.count; i++) {
        if (!has_fired(last, i)) continue;
        if (line.length == 0) {
            say_start("alert", last, &line);
            text_say(&line, ": ");
        } else {
            text_say(&line, "; ");
        }
        say_rule(told, last, i, &line);
    }
    if (line.length > 0) complain("%s", line.bytes);
    text_free(&line);
}

void watch_rules_print(const rule_watch *told)
{
    enum output_format format = told->given->format;
    bool for_people = format == FORMAT_TABLE || format == FORMAT_MARKDOWN;
    if (for_people) {
        print_for_people(told);
    } else if (format == FORMAT_JSON) {
        watch_rules_json(told);
    } else if (format == FORMAT_JSONL) {
        watch_rules_json_lines(told);
    } else {
        print_grid(told);
    }
    output_end();
    if (!for_people) complain_for_programs(told);
}
