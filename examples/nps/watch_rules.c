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
    result of;
} baseline;

static void check(const options *given, const watch_rules *by)
{
    bool relative = false;
    for (size_t i = 0; i < by->count; i++) relative |= watch_rule_is_relative(&by->rules[i].rule);
    if (given->has_benchmark) fail(STATUS_USAGE, "--benchmark and --rules: give one or the other");
    if (given->alert != ALERT_BELOW) fail(STATUS_USAGE, "--alert is about --benchmark: the rules have sides");
    if (given->baseline > 0 && given->every < 0) fail(STATUS_USAGE, "--baseline is about periods: give --every");
    if (given->baseline > 0 && given->against != NULL) {
        fail(STATUS_USAGE, "--baseline and --against: give one or the other");
    }
    if (relative && given->every < 0 && given->against == NULL) {
        fail(STATUS_USAGE,
             "drop, rise and limits compare: give what with in --against, or periods with --time and --every");
    }
    if (given->time != NULL && given->every < 0) fail(STATUS_USAGE, "--time goes with --every: how long is a wave?");
}

/* A sample without answers is one of zeros. */
static nps_sample sample_of(const result *from)
{
    nps_sample sample = {0, 0, 0, 0};
    if (from->has_score) require(nps_tally_sample(&from->counts, &sample), "sample");
    return sample;
}

static void hold(const rule_watch *to, watched_wave *at)
{
    nps_sample sample = sample_of(&at->of), before = sample_of(&at->baseline);
    at->findings = allocate(to->by.count * sizeof *at->findings);
    for (size_t i = 0; i < to->by.count; i++) {
        const nps_rule *rule = &to->by.rules[i].rule;
        watch_finding *found = &at->findings[i];
        *found = (watch_finding){.has_baseline = !watch_rule_is_relative(rule) || at->baseline.has_score};
        found->alert.struct_size = sizeof found->alert;
        if (!found->has_baseline) continue;
        require(nps_monitor_rule(rule, &before, &sample, &found->alert), "rule");
        at->fired |= found->alert.outcome == NPS_ALERT_FIRED;
    }
}

static void start_baseline(const options *given, baseline *out)
{
    *out = (baseline){.is_fixed = given->against != NULL};
    require(nps_tally_init(&out->counts, &given->scale), "tally");
    if (given->against == NULL) {
        result_from(&out->counts, NULL, given, &out->of);
        return;
    }
    char *file = (char *)given->against;
    options alone = *given;
    alone.files = &file;
    alone.file_count = 1;
    alone.time = alone.rejects = alone.row_option = NULL;
    alone.every = -1;
    collect(&alone, true, true, &out->against);
    result_total(&out->against, &alone, &out->of);
    if (!out->of.has_score) fail(STATUS_FAILED, "%s: there is no answer to hold others against", file);
}

static void grow_baseline(const options *given, baseline *to, const result *wave)
{
    if (to->is_fixed || !wave->has_score) return;
    require(nps_tally_merge(&to->counts, &wave->counts), "baseline");
    to->is_fixed = ++to->waves == given->baseline;
    if (given->baseline == 0 || to->is_fixed) result_from(&to->counts, NULL, given, &to->of);
}

static void take_wave(rule_watch *to, const result *of, const nps_key *period, baseline *before)
{
    const options *given = to->given;
    watched_wave at = {.of = *of, .baseline = before->of};
    if (period != NULL) {
        require(nps_calendar_label(given->every, period->integer, at.label, sizeof at.label), "calendar");
        times_first_day(given->every, period->integer, at.start, sizeof at.start);
    }
    hold(to, &at);
    to->waves = reallocate(to->waves, (to->count + 1) * sizeof *to->waves);
    to->waves[to->count++] = at;
    grow_baseline(given, before, of);
}

static void take_waves(rule_watch *to, state *counted, baseline *before)
{
    require(nps_segments_sort(counted->segments), "periods");
    for (size_t i = 0; i < nps_segments_count(counted->segments); i++) {
        nps_key period;
        result of;
        state_key(counted, i, &period);
        if (period.type != NPS_KEY_INTEGER) continue;
        result_segment(counted, i, to->given, &of);
        take_wave(to, &of, &period, before);
    }
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
    watch_rules_read(given->rules, &watching.by);
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
        take_wave(&watching, &watching.total, NULL, &before);
    }
    watch_rules_print(&watching);
    int status = report_check_invalid(given, &counted);
    if (status == STATUS_DONE && watching.count > 0 && watching.waves[watching.count - 1].fired) status = STATUS_GATE;
    if (given->against != NULL) state_free(&before.against);
    state_free(&counted);
    free_watch(&watching);
    return status;
}
