#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "result_json.h"
#include "watch_rules.h"

static void write_finding(json_writer *to, const watch_rule *rule, const watch_finding *found)
{
    const nps_alert *alert = &found->alert;
    const char *const names[] = {"estimate", "threshold", "lower", "upper", "statistic", "p"};
    const double numbers[] = {alert->estimate, alert->threshold, alert->lower,
                              alert->upper,    alert->statistic, alert->p};
    writer_field(to, "name");
    writer_text(to, rule->name, rule->length);
    writer_text_field(to, "rule", nps_monitor_rule_name(rule->rule.rule));
    writer_number_field(to, "points", watch_rule_points(&rule->rule));
    writer_number_field(to, "level", watch_rule_level(&rule->rule));
    writer_number_field(to, "sigmas", watch_rule_sigmas(&rule->rule));
    writer_number_field(to, "least", rule->rule.least);
    writer_field(to, "anytime");
    writer_bool(to, rule->rule.anytime != 0);
    writer_text_field(to, "outcome", watch_rule_outcome(found));
    writer_field(to, "side");
    if (found->has_baseline && alert->side != 0) {
        writer_text(to, watch_rule_side(found), strlen(watch_rule_side(found)));
    } else {
        writer_null(to);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        writer_number_field(to, names[i], watch_rule_has_numbers(found) ? numbers[i] : (double)NAN);
    }
}

static void write_wave(json_writer *to, const rule_watch *told, const watched_wave *at)
{
    if (*at->label != '\0') {
        writer_text_field(to, "label", at->label);
        writer_text_field(to, "start", at->start);
    }
    json_result(to, &at->of.told, false);
    writer_number_field(to, "baseline_nps", at->baseline.told.score);
    writer_count_field(to, "baseline_responses", nps_tally_responses(&at->baseline.told.counts));
    writer_field(to, "rules");
    writer_open(to, '[');
    for (size_t i = 0; i < told->by.count; i++) {
        writer_open(to, '{');
        write_finding(to, &told->by.rules[i], &at->findings[i]);
        writer_close(to, '}');
    }
    writer_close(to, ']');
}

void watch_rules_json(const rule_watch *told)
{
    json_writer to = {.out = stdout};
    json_begin(&to, "watch");
    json_scale(&to, &told->scale);
    writer_line(&to);
    writer_number_field(&to, "level", told->given->level);
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

void watch_rules_json_lines(const rule_watch *told)
{
    for (size_t i = 0; i < told->count; i++) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        write_wave(&to, told, &told->waves[i]);
        writer_close(&to, '}');
        putchar('\n');
    }
}
