#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "comparison.h"
#include "message.h"

#define PAIRS_MOST 1000000

static const nps_difference undefined_difference = {
    sizeof undefined_difference, NAN, NAN, NAN, NAN, NAN, NAN,
};

static const nps_test undefined_test = {sizeof undefined_test, NAN, NAN, NAN};

static void start(contrast *started, size_t from, size_t to)
{
    *started = (contrast){.from = from, .to = to, .told = undefined_difference, .p_adjusted = NAN};
}

bool compare_rest(const state *of, const nps_tally *total, const nps_weighted *total_weighted, size_t index,
                  nps_sample *sample)
{
    nps_tally tally, rest = *total;
    *sample = (nps_sample){0};
    if (of->is_weighted) {
        nps_weighted weighted, weighted_rest = *total_weighted;
        require(nps_segments_weighted(of->segments, index, &weighted), "segment");
        require(nps_weighted_subtract(&weighted_rest, &weighted), "rest");
        require(nps_weighted_tally(&weighted_rest, &rest), "rest");
        return result_sample(&rest, &weighted_rest, sample);
    }
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    require(nps_tally_subtract(&rest, &tally), "rest");
    return result_sample(&rest, NULL, sample);
}

static bool is_empty(const nps_sample *sample)
{
    return nps_sample_check(sample) == NPS_ERR_EMPTY;
}

/* is_only: then a difference that is not defined is no result. */
static void take_difference(const options *given, const nps_sample *from, const nps_sample *to, bool is_only,
                            nps_difference *out)
{
    if (is_empty(from) || is_empty(to)) return;
    int status = nps_compare(from, to, given->method, given->level, out);
    const char *name = nps_difference_method_name(given->method);
    if (status == NPS_ERR_SINGULAR && !is_only) return;
    if (status == NPS_ERR_SINGULAR) {
        fail(STATUS_USAGE, "--method %s needs two answers or more in each sample: choose another, such as mover", name);
    }
    if (status == NPS_ERR_RANGE && given->method == NPS_DIFFERENCE_PERMUTATION) {
        fail(STATUS_USAGE, "--method %s takes whole counts only: choose another for weights, such as mover", name);
    }
    if (status == NPS_ERR_LIMIT) {
        fail(STATUS_USAGE, "--method %s takes at most 2000 answers a side: choose another for more, such as mover",
             name);
    }
    require(status, name);
}

static void adjust(comparison *of)
{
    if (of->count == 0) return;
    double *p = allocate(of->count * sizeof *p);
    for (size_t i = 0; i < of->count; i++) p[i] = of->contrasts[i].told.p;
    require(nps_adjust(p, of->count, of->given->adjust, NULL, p), nps_adjust_method_name(of->given->adjust));
    for (size_t i = 0; i < of->count; i++) of->contrasts[i].p_adjusted = p[i];
    free(p);
}

/* Equivalent at a level is what lies within the margins with its interval at 1 - 2 (1 - level), for which the samples
 * of survey designs are then, too. */
static void take_equivalence(comparison *of)
{
    const options *given = of->given;
    options narrower = *given;
    nps_sample from, to;
    narrower.level = 2 * given->level - 1;
    of->equivalence = (nps_equivalence){sizeof of->equivalence, NAN, NAN, NAN, NAN, NAN};
    const options *at = narrower.level > 0 ? &narrower : given;
    if (!result_total_sample(of->sides[0], at, &from) || !result_total_sample(of->sides[1], at, &to)) return;
    require(nps_compare_equivalence(&from, &to, given->method, given->equivalence, &of->equivalence), "--equivalence");
    if (isinf(of->equivalence.statistic_lower)) of->equivalence.statistic_lower = NAN; /* no number in JSON */
    if (isinf(of->equivalence.statistic_upper)) of->equivalence.statistic_upper = NAN;
    if (narrower.level > 0) take_difference(&narrower, &from, &to, true, &of->at_equivalence.told);
}

void compare_two(comparison *of)
{
    nps_sample from, to;
    for (int i = 0; i < 2; i++) result_total(of->sides[i], of->given, &of->results[i]);
    result_total_sample(of->sides[0], of->given, &from);
    result_total_sample(of->sides[1], of->given, &to);
    start(&of->overall, 0, 1);
    start(&of->at_equivalence, 0, 1);
    take_difference(of->given, &from, &to, true, &of->overall.told);
    of->overall.p_adjusted = of->overall.told.p;
    if (of->given->equivalence > 0) take_equivalence(of);
}

static void start_segments(comparison *of)
{
    state *counted = of->sides[0];
    result_total(counted, of->given, &of->results[0]);
    if (counted->segments == NULL) return;
    of->segments = nps_segments_count(counted->segments);
}

/* Those without answers, which say nothing, are left out, and those that are hidden. One alone differs from nothing. */
static void take_omnibus(comparison *of, nps_sample *samples)
{
    of->omnibus = undefined_test;
    for (size_t i = 0; i < of->segments; i++) {
        if (!is_empty(&samples[i])) samples[of->answered++] = samples[i];
    }
    if (of->answered < 2) return;
    require(nps_compare_samples(samples, of->answered, NPS_OMNIBUS_CMH, &of->omnibus), "omnibus test");
}

static void take_rests(comparison *of, const nps_sample *samples)
{
    const state *counted = of->sides[0];
    nps_tally total;
    nps_weighted weighted;
    state_total(counted, &total, &weighted);
    of->count = of->segments;
    of->contrasts = allocate((of->count + 1) * sizeof *of->contrasts);
    for (size_t i = 0; i < of->segments; i++) {
        nps_sample rest;
        contrast *to = &of->contrasts[i];
        start(to, i, i);
        compare_rest(counted, &total, &weighted, i, &rest);
        take_difference(of->given, &rest, &samples[i], false, &to->told);
    }
}

static void take_pairs(comparison *of, const nps_sample *samples)
{
    size_t most = 0;
    while (most * (most + 1) / 2 <= PAIRS_MOST) most++;
    if (of->segments > most) {
        fail(STATUS_USAGE, "--pairwise: %zu segments are more than %zu: choose some with --where, or leave it out",
             of->segments, most);
    }
    of->count = of->segments > 0 ? of->segments * (of->segments - 1) / 2 : 0;
    of->contrasts = allocate((of->count + 1) * sizeof *of->contrasts);
    contrast *to = of->contrasts;
    for (size_t i = 0; i < of->segments; i++) {
        for (size_t j = i + 1; j < of->segments; j++, to++) {
            start(to, i, j);
            take_difference(of->given, &samples[i], &samples[j], false, &to->told);
        }
    }
}

void compare_segments(comparison *of)
{
    start_segments(of);
    nps_sample *samples = allocate((of->segments + 1) * sizeof *samples);
    for (size_t i = 0; i < of->segments; i++) result_segment_sample(of->sides[0], i, of->given, &samples[i]);
    if (of->kind == COMPARE_PAIRS) {
        take_pairs(of, samples);
    } else {
        take_rests(of, samples);
    }
    adjust(of);
    take_omnibus(of, samples);
    free(samples);
}

/* The score test, and the interval that agrees with it, as a difference. */
static void take_benchmark(const options *given, const nps_sample *sample, double points, nps_difference *out)
{
    nps_test test = undefined_test;
    double score;
    if (is_empty(sample)) return;
    require(nps_compare_benchmark(sample, NPS_BENCHMARK_SCORE, points, &test), "benchmark");
    require(nps_sample_score(sample, &score), "score");
    require(nps_interval(sample, NPS_INTERVAL_SCORE, given->level, &out->lower, &out->upper), "interval");
    out->estimate = score - points;
    out->lower -= points;
    out->upper -= points;
    out->statistic = test.statistic;
    out->p = test.p;
}

void compare_benchmark(comparison *of)
{
    nps_sample sample;
    start_segments(of);
    start(&of->overall, 0, 0);
    result_total_sample(of->sides[0], of->given, &sample);
    take_benchmark(of->given, &sample, of->given->benchmark, &of->overall.told);
    of->overall.p_adjusted = of->overall.told.p;
    of->count = of->segments;
    of->contrasts = allocate((of->count + 1) * sizeof *of->contrasts);
    for (size_t i = 0; i < of->segments; i++) {
        start(&of->contrasts[i], i, i);
        result_segment_sample(of->sides[0], i, of->given, &sample);
        take_benchmark(of->given, &sample, of->given->benchmark, &of->contrasts[i].told);
    }
    adjust(of);
}

static void take_standing(comparison *of)
{
    standing *stands = &of->stands;
    if (!of->results[0].has_score || isnan(of->results[0].lower)) return;
    *stands = (standing){.rank = 1, .of = of->count + 1, .best = 1, .worst = of->count + 1};
    for (size_t i = 0; i < of->count; i++) {
        enum verdict verdict = verdict_of(&of->contrasts[i], of->given->level);
        if (of->contrasts[i].told.estimate < 0) stands->rank++;
        if (verdict == VERDICT_BELOW) stands->best++;
        if (verdict == VERDICT_ABOVE) stands->worst--;
    }
}

void compare_list(comparison *of)
{
    nps_sample sample;
    result_total(of->sides[0], of->given, &of->results[0]);
    result_total_sample(of->sides[0], of->given, &sample);
    of->count = of->list.count;
    of->contrasts = allocate((of->count + 1) * sizeof *of->contrasts);
    for (size_t i = 0; i < of->count; i++) {
        start(&of->contrasts[i], i, i);
        take_benchmark(of->given, &sample, of->list.entries[i].points, &of->contrasts[i].told);
    }
    adjust(of);
    take_standing(of);
}

/* p and the interval agree; where they meet, what is shown decides. PERMUTATION has no interval. */
static bool is_told_apart(const nps_difference *told, double level)
{
    if (isnan(told->lower)) return told->p < 1 - level;
    return told->lower > 0 || told->upper < 0;
}

enum verdict verdict_of(const contrast *judged, double level)
{
    const nps_difference *told = &judged->told;
    if (isnan(told->p)) return VERDICT_NONE;
    bool adjusted = judged->p_adjusted > told->p;
    if (!is_told_apart(told, level) || (adjusted && !(judged->p_adjusted < 1 - level))) return VERDICT_UNCLEAR;
    bool above = isnan(told->lower) ? told->estimate > 0 : told->lower > 0;
    bool agrees = above ? told->estimate > 0 : told->estimate < 0;
    if (!agrees) return VERDICT_TOO_FEW;
    return above ? VERDICT_ABOVE : VERDICT_BELOW;
}

bool verdict_is_lost(const contrast *judged, double level)
{
    return !isnan(judged->told.p) && is_told_apart(&judged->told, level) &&
           verdict_of(judged, level) == VERDICT_UNCLEAR;
}
