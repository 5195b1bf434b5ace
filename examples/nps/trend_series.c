/* From segments by period to series without gaps, and what the library makes of them. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "message.h"
#include "rounded.h"
#include "times.h"
#include "trend.h"

/* Segments of one series: `first` to `end`, in the order of time, without those that have no time. */
typedef struct run {
    const nps_segments *in;
    int32_t dimension; /* of the period */
    size_t first, end;
} run;

/* The counts of each period, empty ones in the gaps. */
typedef struct waves {
    size_t count;
    nps_tally *tallies;
    nps_weighted *weighted; /* NULL: not weighted */
    nps_sample *samples;    /* zeros where there is none */
} waves;

static nps_key period_key(const nps_segments *in, int32_t dimension, size_t index)
{
    nps_key key;
    require(nps_segments_key(in, index, dimension, &key), "segments");
    return key;
}

/* Skips what has no time: null comes before numbers. */
static run timed_run(const nps_segments *in, int32_t dimension, size_t first, size_t end)
{
    while (first < end && period_key(in, dimension, first).type != NPS_KEY_INTEGER) first++;
    return (run){in, dimension, first, end};
}

static run run_of_all(const trend *of)
{
    return timed_run(of->by_period, of->keys.dimensions, 0, nps_segments_count(of->by_period));
}

static run run_of_group(const trend *of, const trend_group *group)
{
    return timed_run(of->of->segments, of->keys.dimensions, group->first, group->end);
}

static size_t place_of(const trend *of, const run *from, size_t index)
{
    return (size_t)(period_key(from->in, from->dimension, index).integer - of->first);
}

static void start_empty(const state *of, nps_tally *tally, nps_weighted *weighted)
{
    require(nps_tally_init(tally, &of->scale), "period");
    require(nps_weighted_init(weighted, &of->scale), "period");
    tally->kind = weighted->kind = of->kind;
}

static void read_segment(const state *of, const nps_segments *in, size_t index, nps_tally *tally,
                         nps_weighted *weighted)
{
    require(nps_segments_tally(in, index, tally), "period");
    if (of->is_weighted) require(nps_segments_weighted(in, index, weighted), "period");
}

static void take_result(const trend *of, const nps_tally *tally, const nps_weighted *weighted, result *out)
{
    result_from(tally, of->of->is_weighted ? weighted : NULL, of->given, out);
}

/* All of a run together. */
static void pool(const state *of, const nps_segments *in, size_t first, size_t end, nps_tally *tally,
                 nps_weighted *weighted)
{
    nps_tally more;
    nps_weighted more_weighted;
    start_empty(of, tally, weighted);
    for (size_t i = first; i < end; i++) {
        read_segment(of, in, i, &more, &more_weighted);
        require(nps_tally_merge(tally, &more), "periods");
        if (of->is_weighted) require(nps_weighted_merge(weighted, &more_weighted), "periods");
    }
}

static void pool_result(const trend *of, const nps_segments *in, size_t first, size_t end, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    pool(of->of, in, first, end, &tally, &weighted);
    take_result(of, &tally, &weighted, out);
}

static void load_waves(const trend *of, const run *from, waves *out)
{
    nps_tally tally;
    nps_weighted weighted;
    *out = (waves){.count = of->count, .tallies = allocate(of->count * sizeof *out->tallies)};
    out->samples = allocate(of->count * sizeof *out->samples);
    memset(out->samples, 0, of->count * sizeof *out->samples);
    if (of->of->is_weighted) out->weighted = allocate(of->count * sizeof *out->weighted);
    start_empty(of->of, &tally, &weighted);
    for (size_t i = 0; i < out->count; i++) {
        out->tallies[i] = tally;
        if (out->weighted != NULL) out->weighted[i] = weighted;
    }
    for (size_t i = from->first; i < from->end; i++) {
        size_t place = place_of(of, from, i);
        read_segment(of->of, from->in, i, &out->tallies[place], &weighted);
        if (out->weighted != NULL) out->weighted[place] = weighted;
        if (!result_sample(&out->tallies[place], of->of->is_weighted ? &weighted : NULL, &out->samples[place])) {
            out->samples[place] = (nps_sample){0};
        }
    }
}

static void free_waves(waves *freed)
{
    free(freed->tallies);
    free(freed->weighted);
    free(freed->samples);
}

static void fill_periods(const trend *of, const waves *from, series *out)
{
    for (size_t i = 0; i < out->count; i++) {
        period *to = &out->periods[i];
        int64_t number = of->first + (int64_t)i;
        require(nps_calendar_label(of->given->every, number, to->label, sizeof to->label), "calendar");
        times_first_day(of->given->every, number, to->start, sizeof to->start);
        take_result(of, &from->tallies[i], from->weighted != NULL ? &from->weighted[i] : NULL, &to->told);
    }
}

static void fill_rolling(const trend *of, const waves *from, series *out)
{
    size_t window = of->given->rolling < SIZE_MAX ? (size_t)of->given->rolling : SIZE_MAX;
    if (window == 0 || window > out->count) return;
    nps_tally *tallies = allocate(out->count * sizeof *tallies);
    nps_weighted *weighted = NULL;
    if (from->weighted == NULL) {
        require(nps_trend_rolling(from->tallies, out->count, window, tallies), "--rolling");
    } else {
        weighted = allocate(out->count * sizeof *weighted);
        require(nps_trend_rolling_weighted(from->weighted, out->count, window, weighted), "--rolling");
        for (size_t i = 0; i < out->count; i++) require(nps_weighted_tally(&weighted[i], &tallies[i]), "--rolling");
    }
    for (size_t i = window - 1; i < out->count; i++) {
        out->periods[i].has_rolling = true;
        take_result(of, &tallies[i], weighted != NULL ? &weighted[i] : NULL, &out->periods[i].rolling);
    }
    free(tallies);
    free(weighted);
}

/* Control limits around the score of the first periods. */
static void fill_control(const trend *of, const run *in, const waves *from, series *out)
{
    uint64_t most = of->given->baseline;
    run base = *in;
    nps_tally tally;
    nps_weighted weighted;
    nps_sample baseline;
    while (most > 0 && base.end > base.first && place_of(of, in, base.end - 1) >= most) base.end--;
    pool(of->of, base.in, base.first, base.end, &tally, &weighted);
    out->has_control = result_sample(&tally, of->of->is_weighted ? &weighted : NULL, &baseline);
    out->centre = NAN;
    if (!out->has_control) return;
    require(nps_sample_score(&baseline, &out->centre), "baseline");
    nps_monitored *monitored = allocate(out->count * sizeof *monitored);
    require(nps_monitor_waves(&baseline, from->samples, out->count, NULL, monitored), "control limits");
    for (size_t i = 0; i < out->count; i++) out->periods[i].control = monitored[i];
    free(monitored);
}

static void no_tests(trend_tests *out)
{
    const nps_test none = {sizeof none, NAN, NAN, NAN};
    out->linear = out->mann_kendall = none;
    out->slope = (nps_slope){sizeof out->slope, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    out->p_adjusted = NAN;
}

static void take_tests(const trend *of, const run *from, trend_tests *out)
{
    size_t most = from->end - from->first, count = 0;
    double *places = allocate((most + 1) * sizeof *places);
    nps_sample *samples = allocate((most + 1) * sizeof *samples);
    for (size_t i = from->first; i < from->end; i++) {
        nps_tally tally;
        nps_weighted weighted;
        read_segment(of->of, from->in, i, &tally, &weighted);
        if (!result_sample(&tally, of->of->is_weighted ? &weighted : NULL, &samples[count])) continue;
        places[count++] = (double)place_of(of, from, i);
    }
    no_tests(out);
    out->waves = count;
    if (count > 1) {
        require(nps_trend_linear(places, samples, count, &out->linear), "trend");
        require(nps_trend_slope(places, samples, count, of->given->level, &out->slope), "slope");
        require(nps_trend_mann_kendall(places, samples, count, NULL, &out->mann_kendall), "trend");
    }
    free(places);
    free(samples);
}

static void fill_series(const trend *of, const run *from, series *out)
{
    waves loaded;
    *out = (series){.count = of->count, .centre = NAN, .periods = allocate((of->count + 1) * sizeof *out->periods)};
    memset(out->periods, 0, of->count * sizeof *out->periods);
    take_tests(of, from, &out->tests);
    if (of->count == 0) return;
    load_waves(of, from, &loaded);
    fill_periods(of, &loaded, out);
    fill_rolling(of, &loaded, out);
    fill_control(of, from, &loaded, out);
    free_waves(&loaded);
}

static void tell_range(const trend *of, const run *all, size_t index, text *to)
{
    char label[NPS_CALENDAR_LABEL_SIZE], rows[ROUNDED_SIZE];
    nps_tally tally;
    int64_t number = period_key(all->in, all->dimension, index).integer;
    require(nps_calendar_label(of->given->every, number, label, sizeof label), "calendar");
    require(nps_segments_tally(all->in, index, &tally), "period");
    uint64_t count = nps_tally_total(&tally);
    text_say(to, "%s (%s row%s)", label, rounded_count(count, rows), count == 1 ? "" : "s");
}

static void take_range(trend *of)
{
    run all = run_of_all(of);
    if (all.first == all.end) return;
    of->first = period_key(all.in, all.dimension, all.first).integer;
    int64_t last = period_key(all.in, all.dimension, all.end - 1).integer;
    uint64_t count = (uint64_t)(last - of->first) + 1;
    if (count > PERIODS_MOST) {
        text from = {0}, to = {0};
        char periods[ROUNDED_SIZE], most[ROUNDED_SIZE];
        tell_range(of, &all, all.first, &from);
        tell_range(of, &all, all.end - 1, &to);
        fail(STATUS_FAILED,
             "%s to %s: %s %ss, more than %s: mend the times that are wrong, leave such rows out with --where, or "
             "take a longer --every",
             from.bytes, to.bytes, rounded_count(count, periods), nps_calendar_unit_name(of->given->every),
             rounded_count(PERIODS_MOST, most));
    }
    of->count = (size_t)count;
}

static bool same_group(const state *keys, size_t a, size_t b)
{
    for (int32_t i = 0; i < keys->dimensions; i++) {
        nps_key left, right;
        require(nps_segments_key(keys->segments, a, i, &left), "segments");
        require(nps_segments_key(keys->segments, b, i, &right), "segments");
        if (!state_same_part(&left, &right)) return false;
    }
    return true;
}

static void take_group(const trend *of, trend_group *to)
{
    run timed = run_of_group(of, to);
    nps_tally tally;
    nps_weighted weighted;
    pool(of->of, of->of->segments, to->first, timed.first, &tally, &weighted);
    to->untimed = nps_tally_responses(&tally);
    pool_result(of, timed.in, timed.first, timed.end, &to->told);
    take_tests(of, &timed, &to->tests);
}

static void adjust_groups(trend *of)
{
    double *p = allocate((of->group_count + 1) * sizeof *p);
    size_t *places = allocate((of->group_count + 1) * sizeof *places), count = 0;
    for (size_t i = 0; i < of->group_count; i++) {
        if (isnan(of->groups[i].tests.linear.p)) continue;
        p[count] = of->groups[i].tests.linear.p;
        places[count++] = i;
    }
    if (count > 0) require(nps_adjust(p, count, NPS_ADJUST_HOLM, NULL, p), "holm");
    for (size_t i = 0; i < count; i++) of->groups[places[i]].tests.p_adjusted = p[i];
    free(p);
    free(places);
}

static void take_groups(trend *of)
{
    size_t segments = nps_segments_count(of->of->segments), room = 0;
    if (of->keys.dimensions == 0) return;
    for (size_t first = 0, end; first < segments; first = end) {
        for (end = first + 1; end < segments && same_group(&of->keys, first, end); end++) continue;
        if (of->group_count == room) {
            room = 2 * room + 16;
            of->groups = reallocate(of->groups, room * sizeof *of->groups);
        }
        trend_group *to = &of->groups[of->group_count++];
        *to = (trend_group){.first = first, .end = end};
        take_group(of, to);
    }
    adjust_groups(of);
}

void trend_start(trend *started, const options *given, state *counted)
{
    *started = (trend){.given = given, .of = counted, .keys = *counted};
    started->keys.dimensions--;
    require(nps_segments_sort(counted->segments), "segments");
    require(nps_segments_rollup(counted->segments, UINT32_C(1) << started->keys.dimensions, &started->by_period),
            "periods");
    take_range(started);
    run all = run_of_all(started);
    result_total(counted, given, &started->total);
    pool_result(started, started->by_period, 0, all.first, &started->untimed);
    fill_series(started, &all, &started->all);
    take_groups(started);
}

void trend_free(trend *freed)
{
    nps_segments_free(freed->by_period);
    series_free(&freed->all);
    free(freed->groups);
    *freed = (trend){0};
}

void trend_group_series(const trend *of, size_t group, series *out)
{
    run from = run_of_group(of, &of->groups[group]);
    fill_series(of, &from, out);
    out->tests.p_adjusted = of->groups[group].tests.p_adjusted;
}

void series_free(series *freed)
{
    free(freed->periods);
    *freed = (series){0};
}

bool series_last(const series *of, size_t *index)
{
    for (size_t i = of->count; i > 0; i--) {
        *index = i - 1;
        if (of->periods[i - 1].told.has_score) return true;
    }
    return false;
}

int32_t series_signal(const series *of, size_t *since, size_t *until)
{
    size_t at;
    if (!of->has_control || !series_last(of, &at)) return 0;
    while (at > 0 && of->periods[at].control.cusum == 0) at--;
    *until = at;
    *since = (size_t)of->periods[at].control.since;
    return of->periods[at].control.cusum;
}
