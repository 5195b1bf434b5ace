/* What the rules found, for people and for programs. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "message.h"
#include "output.h"
#include "result_json.h"
#include "rounded.h"
#include "watch_rules.h"

#define DEFAULT_LEVEL  0.95
#define DEFAULT_SIGMAS 3.0

static double level_of(const nps_rule *rule)
{
    if (rule->rule == NPS_RULE_LIMITS) return (double)NAN;
    return rule->level == 0 ? DEFAULT_LEVEL : rule->level;
}

static double sigmas_of(const nps_rule *rule)
{
    if (rule->rule != NPS_RULE_LIMITS) return (double)NAN;
    return rule->sigmas == 0 ? DEFAULT_SIGMAS : rule->sigmas;
}

static double points_of(const nps_rule *rule)
{
    return rule->rule == NPS_RULE_LIMITS ? (double)NAN : rule->points;
}

static const char *outcome_of(const watch_finding *found)
{
    if (!found->has_baseline) return "no baseline";
    return found->alert.outcome == NPS_ALERT_FIRED ? "fired" : found->alert.outcome == NPS_ALERT_FEW ? "few" : "none";
}

static const char *side_of(const watch_finding *found)
{
    return found->alert.side < 0 ? "low" : found->alert.side > 0 ? "high" : "";
}

/* The score is below a mark, or above one. */
static void say_level(const nps_rule *rule, const nps_alert *found, text *to)
{
    char score[ROUNDED_SIZE], bound[ROUNDED_SIZE];
    bool below = rule->rule == NPS_RULE_BELOW;
    bool past = below ? found->estimate < found->threshold : found->estimate > found->threshold;
    const char *side = below ? "below" : "above", *most = below ? "most" : "least";
    rounded_points(found->estimate, found->threshold, 0, score);
    rounded_points(below ? found->upper : found->lower, found->threshold, 0, bound);
    if (found->outcome == NPS_ALERT_FIRED) {
        text_say(to, "%s, at %s %s: %s %.15g", score, most, bound, side, rule->points);
    } else if (past) {
        text_say(to, "%s, but it may be %s: not surely %s %.15g", score, bound, side, rule->points);
    } else {
        text_say(to, "%s, not %s %.15g", score, side, rule->points);
    }
}

/* The score fell, or rose, from that of the baseline. */
static void say_change(const nps_rule *rule, const nps_alert *found, double baseline, text *to)
{
    char change[ROUNDED_SIZE], bound[ROUNDED_SIZE], from[ROUNDED_SIZE];
    bool drop = rule->rule == NPS_RULE_DROP;
    double by = drop ? -found->estimate : found->estimate, least = drop ? -found->upper : found->lower;
    const char *verb = drop ? "fell" : "rose", *noun = drop ? "fall" : "rise";
    rounded_signed(baseline, 0, from);
    rounded_number(by, rule->points, 0, change);
    rounded_number(least, rule->points, 0, bound);
    if (found->outcome == NPS_ALERT_FIRED) {
        text_say(to, "%s by %s from %s, by %s at least", verb, change, from, bound);
        if (rule->points > 0) text_say(to, ": more than %.15g", rule->points);
    } else if (by > rule->points) {
        text_say(to, "%s by %s from %s, but no %s of more than %.15g is sure", verb, change, from, noun, rule->points);
    } else {
        text_say(to, "%s from %s: no %s of more than %.15g", rounded_points(found->estimate, 0, 0, change), from, noun,
                 rule->points);
    }
}

static void say_limits(const nps_alert *found, text *to)
{
    char score[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
    rounded_points(found->estimate, found->threshold, 0, score);
    rounded_bounds(found->lower, found->upper, found->estimate, lower, upper);
    text_say(to, "%s, %s the control limits %s%s%s", score, found->outcome == NPS_ALERT_FIRED ? "outside of" : "within",
             lower, rounded_between(), upper);
}

static void say_why(const rule_watch *told, const watched_wave *at, size_t index, text *to)
{
    const nps_rule *rule = &told->by.rules[index].rule;
    const watch_finding *found = &at->findings[index];
    if (!found->has_baseline) {
        text_say(to, "nothing yet to hold it against");
    } else if (!at->of.has_score) {
        text_say(to, "no answers");
    } else if (found->alert.outcome == NPS_ALERT_FEW) {
        text_say(to, "fewer than %.15g answers", rule->least);
    } else if (rule->rule == NPS_RULE_LIMITS) {
        say_limits(&found->alert, to);
    } else if (watch_rule_is_relative(rule)) {
        say_change(rule, &found->alert, at->baseline.score, to);
    } else {
        say_level(rule, &found->alert, to);
    }
}

static void say_rule(const nps_rule *rule, text *to)
{
    if (rule->rule == NPS_RULE_LIMITS) {
        text_say(to, "limits, %.6g sigmas", sigmas_of(rule));
        return;
    }
    text_say(to, "%s %.15g, %.6g%% sure%s", nps_monitor_rule_name(rule->rule), rule->points, 100 * level_of(rule),
             rule->anytime ? " at any time" : "");
}

/* People are told of all rules at the last wave, and of what fired before. */
static void row_for_people(const rule_watch *told, size_t wave, size_t index, grid *to)
{
    const watched_wave *at = &told->waves[wave];
    const watch_rule *rule = &told->by.rules[index];
    char cell[ROUNDED_SIZE];
    text words = {0};
    bool fired = at->findings[index].alert.outcome == NPS_ALERT_FIRED;
    if (wave + 1 < told->count && !fired) return;
    if (*at->label != '\0') grid_text(to, at->label);
    grid_text(to, rounded_count(nps_tally_responses(&at->of.counts), cell));
    grid_bytes(to, rule->name, rule->length);
    say_rule(&rule->rule, &words);
    grid_text(to, words.bytes);
    grid_text(to, fired ? "ALERT" : "");
    words.length = 0;
    say_why(told, at, index, &words);
    grid_text(to, words.bytes);
    text_free(&words);
}

static void row_for_programs(const rule_watch *told, size_t wave, size_t index, grid *to)
{
    const watched_wave *at = &told->waves[wave];
    const watch_rule *rule = &told->by.rules[index];
    const watch_finding *found = &at->findings[index];
    const nps_alert *alert = &found->alert;
    bool looked_at = found->has_baseline && alert->outcome != NPS_ALERT_FEW;
    const double numbers[] = {alert->estimate, alert->threshold, alert->lower,
                              alert->upper,    alert->statistic, alert->p};
    if (*at->label != '\0') {
        grid_text(to, at->label);
        grid_text(to, at->start);
    }
    grid_count(to, nps_tally_responses(&at->of.counts));
    grid_count(to, at->of.counts.missing);
    grid_count(to, at->of.counts.invalid);
    grid_number(to, at->of.score);
    grid_number(to, at->baseline.score);
    grid_bytes(to, rule->name, rule->length);
    grid_text(to, nps_monitor_rule_name(rule->rule.rule));
    grid_number(to, points_of(&rule->rule));
    grid_number(to, level_of(&rule->rule));
    grid_number(to, sigmas_of(&rule->rule));
    grid_text(to, outcome_of(found));
    grid_text(to, side_of(found));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        grid_number(to, looked_at ? numbers[i] : (double)NAN);
}

static void print_grid(const rule_watch *told)
{
    static const char *const programs[] = {"responses", "missing",   "invalid", "nps",    "baseline_nps", "name",
                                           "rule",      "points",    "level",   "sigmas", "outcome",      "side",
                                           "estimate",  "threshold", "lower",   "upper",  "statistic",    "p"};
    static const char *const people[] = {"n", "name", "rule", "", "why"};
    bool for_programs = told->given->format == FORMAT_CSV, periods = told->given->every >= 0;
    const char *const *titles = for_programs ? programs : people;
    size_t count = for_programs ? sizeof programs / sizeof *programs : sizeof people / sizeof *people;
    grid cells = {0};
    if (periods) grid_column(&cells, for_programs ? "period" : nps_calendar_unit_name(told->given->every), false);
    if (periods && for_programs) grid_column(&cells, "start", false);
    for (size_t i = 0; i < count; i++) grid_column(&cells, titles[i], strcmp(titles[i], "n") == 0);
    for (size_t wave = 0; wave < told->count; wave++) {
        for (size_t i = 0; i < told->by.count; i++) {
            (for_programs ? row_for_programs : row_for_people)(told, wave, i, &cells);
        }
    }
    grid_print(&cells, told->given->format);
}

static void write_finding(json_writer *to, const rule_watch *told, const watched_wave *at, size_t index)
{
    const watch_rule *rule = &told->by.rules[index];
    const watch_finding *found = &at->findings[index];
    const nps_alert *alert = &found->alert;
    bool looked_at = found->has_baseline && alert->outcome != NPS_ALERT_FEW;
    writer_field(to, "name");
    writer_text(to, rule->name, rule->length);
    writer_text_field(to, "rule", nps_monitor_rule_name(rule->rule.rule));
    writer_number_field(to, "points", points_of(&rule->rule));
    writer_number_field(to, "level", level_of(&rule->rule));
    writer_number_field(to, "sigmas", sigmas_of(&rule->rule));
    writer_number_field(to, "least", rule->rule.least);
    writer_field(to, "anytime");
    writer_bool(to, rule->rule.anytime != 0);
    writer_text_field(to, "outcome", outcome_of(found));
    writer_field(to, "side");
    if (looked_at && alert->side != 0) {
        writer_text(to, side_of(found), strlen(side_of(found)));
    } else {
        writer_null(to);
    }
    writer_number_field(to, "estimate", looked_at ? alert->estimate : (double)NAN);
    writer_number_field(to, "threshold", looked_at ? alert->threshold : (double)NAN);
    writer_number_field(to, "lower", looked_at ? alert->lower : (double)NAN);
    writer_number_field(to, "upper", looked_at ? alert->upper : (double)NAN);
    writer_number_field(to, "statistic", looked_at ? alert->statistic : (double)NAN);
    writer_number_field(to, "p", looked_at ? alert->p : (double)NAN);
}

static void write_wave(json_writer *to, const rule_watch *told, const watched_wave *at)
{
    if (*at->label != '\0') {
        writer_text_field(to, "label", at->label);
        writer_text_field(to, "start", at->start);
    }
    json_result(to, &at->of, false);
    writer_number_field(to, "baseline_nps", at->baseline.score);
    writer_field(to, "rules");
    writer_open(to, '[');
    for (size_t i = 0; i < told->by.count; i++) {
        writer_open(to, '{');
        write_finding(to, told, at, i);
        writer_close(to, '}');
    }
    writer_close(to, ']');
}

static void print_json(const rule_watch *told)
{
    json_writer to = {.out = stdout};
    json_begin(&to, "watch");
    json_scale(&to, &told->scale);
    json_rows(&to, &told->total);
    writer_field(&to, "alert");
    writer_bool(&to, told->count > 0 && told->waves[told->count - 1].fired);
    writer_line(&to);
    writer_field(&to, "waves");
    writer_open(&to, '[');
    for (size_t i = 0; i < told->count; i++) {
        writer_line(&to);
        writer_open(&to, '{');
        write_wave(&to, told, &told->waves[i]);
        writer_close(&to, '}');
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

static void print_json_lines(const rule_watch *told)
{
    for (size_t i = 0; i < told->count; i++) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        write_wave(&to, told, &told->waves[i]);
        writer_close(&to, '}');
        putchar('\n');
    }
}

static void say_end(const rule_watch *told, text *to)
{
    const watched_wave *last = told->count > 0 ? &told->waves[told->count - 1] : NULL;
    size_t fired = 0;
    if (last == NULL) {
        text_say(to, "no row has a time, and so there is no wave");
        return;
    }
    for (size_t i = 0; i < told->by.count; i++) {
        if (last->findings[i].alert.outcome != NPS_ALERT_FIRED) continue;
        text_say(to, fired++ == 0 ? "alert%s%s: " : "; ", *last->label != '\0' ? " in " : "", last->label);
        text_append_escaped(to, told->by.rules[i].name, told->by.rules[i].length, 40,
                            told->given->format == FORMAT_MARKDOWN ? TEXT_ESCAPE_MARKDOWN : TEXT_ESCAPE_TERMINAL);
        text_say(to, ": ");
        say_why(told, last, i, to);
    }
    if (fired == 0) text_say(to, "no alert%s%s", *last->label != '\0' ? " in " : "", last->label);
}

void watch_rules_print(const rule_watch *told)
{
    enum output_format format = told->given->format;
    bool for_people = format == FORMAT_TABLE || format == FORMAT_MARKDOWN;
    text sentence = {0};
    if (format == FORMAT_JSON) {
        print_json(told);
    } else if (format == FORMAT_JSONL) {
        print_json_lines(told);
    } else {
        print_grid(told);
    }
    say_end(told, &sentence);
    if (for_people) {
        if (format == FORMAT_TABLE) putchar('\n');
        compare_say(told->given, &sentence);
        rounded_rows(&told->total.counts, &sentence);
        compare_say(told->given, &sentence);
    }
    output_end();
    if (!for_people && told->count > 0 && told->waves[told->count - 1].fired) complain("%s", sentence.bytes);
    text_free(&sentence);
}
