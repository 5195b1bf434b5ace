#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "arrange.h"
#include "collect.h"
#include "message.h"
#include "report.h"
#include "times.h"
#include "watch_rules.h"

/* What waves are held against. */
typedef struct baseline {
    bool is_fixed;  /* it does not grow */
    uint64_t waves; /* of which it is made */
    nps_tally counts;
    state against; /* of --against */
    watched of;
} baseline;

static void check(const options *given, const watch_rules *by)
{
    bool relative = false;
    for (size_t i = 0; i < by->count; i++) relative |= watch_rule_is_relative(&by->rules[i].rule);
    if (given->has_benchmark) fail(STATUS_USAGE, "--benchmark and --rules: give one or the other");
    if (given->has_alert) fail(STATUS_USAGE, "--alert is about --benchmark: the rules have sides");
    if (given->baseline > 0 && given->every < 0) fail(STATUS_USAGE, "--baseline is about periods: give --every");
    if (given->baseline > 0 && given->against != NULL) {
        fail(STATUS_USAGE, "--baseline and --against: give one or the other");
    }
    if (relative && given->every < 0 && given->against == NULL) {
        fail(STATUS_USAGE,
             "drop, rise and limits compare: give what with in --against, or periods with --time and --every");
    }
    if (given->time != NULL && given->every < 0) fail(STATUS_USAGE, "--time goes with --every: how long is a wave?");
    if (given->time == NULL && (given->time_format != NULL || given->utc_offset != 0)) {
        fail(STATUS_USAGE, "--time-format and --utc-offset are about times: name their column with --time");
    }
}

static void check_inputs(const options *given)
{
    const char *against = given->against != NULL ? given->against : "";
    options_check_inputs(given, given->rules);
    options_check_inputs(given, against);
    if (strcmp(given->rules, "-") == 0 && strcmp(against, "-") == 0) {
        fail(STATUS_USAGE, "--rules - and --against -: standard input can be read once");
    }
}

static void hold(const rule_watch *to, watched_wave *at)
{
    at->findings = allocate(to->by.count * sizeof *at->findings);
    for (size_t i = 0; i < to->by.count; i++) {
        const nps_rule *rule = &to->by.rules[i].rule;
        watch_finding *found = &at->findings[i];
        *found = (watch_finding){.has_baseline = !watch_rule_is_relative(rule) || at->baseline.has_sample};
        found->alert.struct_size = sizeof found->alert;
        if (!found->has_baseline) continue;
        require(nps_monitor_rule(rule, &at->baseline.sample, &at->of.sample, &found->alert), "rule");
        at->fired |= found->alert.outcome == NPS_ALERT_FIRED;
    }
}

/* A sample without answers is one of zeros. */
static void watch_total(const state *of, const options *given, watched *out)
{
    *out = (watched){.sample = {0, 0, 0, 0}};
    result_total(of, given, &out->told);
    out->has_sample = out->told.has_score && result_total_sample(of, given, &out->sample);
}

static void watch_tally(const nps_tally *of, const options *given, watched *out)
{
    *out = (watched){.sample = {0, 0, 0, 0}};
    result_from(of, NULL, given, &out->told);
    out->has_sample = out->told.has_score && result_sample(of, NULL, &out->sample);
}

static void start_baseline(const options *given, baseline *out)
{
    *out = (baseline){.is_fixed = given->against != NULL};
    require(nps_tally_init(&out->counts, &given->scale), "tally");
    watch_tally(&out->counts, given, &out->of);
    if (given->against == NULL) return;
    char *file = (char *)given->against;
    options alone = *given;
    alone.files = &file;
    alone.file_count = 1;
    alone.time = alone.rejects = alone.row_option = NULL;
    alone.every = -1;
    collect(&alone, true, true, &out->against);
    watch_total(&out->against, &alone, &out->of);
    if (!out->of.has_sample) fail(STATUS_FAILED, "%s: there is no answer to hold others against", file);
}

static void grow_baseline(const options *given, baseline *to, const result *wave)
{
    if (to->is_fixed || !wave->has_score) return;
    require(nps_tally_merge(&to->counts, &wave->counts), "baseline");
    to->is_fixed = ++to->waves == given->baseline;
    if (given->baseline == 0 || to->is_fixed) watch_tally(&to->counts, given, &to->of);
}

static watched_wave *add_wave(rule_watch *to, const baseline *before)
{
    to->waves = reallocate(to->waves, (to->count + 1) * sizeof *to->waves);
    watched_wave *added = &to->waves[to->count++];
    *added = (watched_wave){.baseline = before->of};
    return added;
}

static void take_waves(rule_watch *to, state *counted, baseline *before)
{
    const options *given = to->given;
    require(nps_segments_sort(counted->segments), "periods");
    for (size_t i = 0; i < nps_segments_count(counted->segments); i++) {
        nps_key period;
        nps_tally counts;
        state_key(counted, i, &period);
        if (period.type != NPS_KEY_INTEGER) continue;
        watched_wave *at = add_wave(to, before);
        require(nps_calendar_label(given->every, period.integer, at->label, sizeof at->label), "calendar");
        times_first_day(given->every, period.integer, at->start, sizeof at->start);
        require(nps_segments_tally(counted->segments, i, &counts), "period");
        watch_tally(&counts, given, &at->of);
        hold(to, at);
        grow_baseline(given, before, &at->of.told);
    }
}

static void take_all(rule_watch *to, state *counted, const baseline *before)
{
    watched_wave *at = add_wave(to, before);
    watch_total(counted, to->given, &at->of);
    hold(to, at);
}

static void free_watch(rule_watch *freed)
{
    for (size_t i = 0; i < freed->count; i++) free(freed->waves[i].findings);
    free(freed->waves);
    watch_rules_free(&freed->by);
}

int run_watch_rules(const options *given)
{
    rule_watch watching = {.given = given};
    state counted;
    baseline before;
    options_need_files(given);
    check_inputs(given);
    watch_rules_read(given, &watching.by);
    check(given, &watching.by);
    collect(given, true, given->every < 0, &counted);
    start_baseline(given, &before);
    result_total(&counted, given, &watching.total);
    watching.scale = counted.scale;
    if (given->against != NULL && !nps_scale_equal(&counted.scale, &before.against.scale)) {
        fail(STATUS_FAILED, "%s and %s are on different scales: their scores do not compare", given->files[0],
             given->against);
    }
    if (given->every >= 0) {
        take_waves(&watching, &counted, &before);
    } else {
        take_all(&watching, &counted, &before);
    }
    watch_rules_print(&watching);
    int status = report_check_invalid(given, &counted);
    if (status == STATUS_DONE && watching.count > 0 && watching.waves[watching.count - 1].fired) status = STATUS_GATE;
    if (given->against != NULL) state_free(&before.against);
    state_free(&counted);
    free_watch(&watching);
    return status;
}
