/* The change between two states: segments matched, the library asked, and its numbers rounded so that they add up. */
#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include <nps/status.h>

#include "apportion.h"
#include "explain.h"
#include "message.h"

#define DECIMALS_LEAST 1
#define DECIMALS_MOST  6
#define SAME           1e-9 /* points: scores may come out of a division a last bit apart */

/* What nps_change_explain takes, of both waves. */
typedef struct inputs {
    nps_sample *samples[2];
    double *sizes[2];
} inputs;

static size_t find_segment(const state *of, const nps_key *key)
{
    size_t index;
    int status = nps_segments_find(of->segments, key, &index);
    if (status == NPS_ERR_NOT_FOUND) return EXPLAIN_ABSENT;
    require(status, "segments");
    return index;
}

/* The union of both waves' segments, in the order of their keys. */
static void match(explained *of)
{
    const state *from = of->waves.sides[0], *to = of->waves.sides[1];
    state both = *from;
    require(nps_segments_copy(from->segments, &both.segments), "segments");
    require(nps_segments_set_kind(both.segments, to->kind), "segments");
    require(nps_segments_merge(both.segments, to->segments), "segments");
    require(nps_segments_sort(both.segments), "segments");
    of->count = nps_segments_count(both.segments);
    of->segments = allocate(of->count * sizeof *of->segments);
    for (size_t i = 0; i < of->count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        state_key(&both, i, key);
        of->segments[i] = (explained_segment){.index = {find_segment(from, key), find_segment(to, key)}};
    }
    nps_segments_free(both.segments);
}

static void take_segment(const options *given, const state *of, size_t index, nps_sample *sample, double *size,
                         uint64_t *responses)
{
    nps_tally tally;
    nps_weighted weighted;
    *sample = (nps_sample){0};
    *size = 0;
    if (index == EXPLAIN_ABSENT) return;
    result_segment_sample(of, index, given, sample);
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    *responses = nps_tally_responses(&tally);
    *size = (double)*responses;
    if (!of->is_weighted) return;
    require(nps_segments_weighted(of->segments, index, &weighted), "segment");
    *size = nps_weighted_total(&weighted);
}

static void take_change(explained *of)
{
    inputs all;
    nps_change_segment *parts = allocate(of->count * sizeof *parts);
    for (int t = 0; t < 2; t++) {
        all.samples[t] = allocate(of->count * sizeof *all.samples[t]);
        all.sizes[t] = allocate(of->count * sizeof *all.sizes[t]);
        for (size_t i = 0; i < of->count; i++) {
            explained_segment *at = &of->segments[i];
            take_segment(of->given, of->waves.sides[t], at->index[t], &all.samples[t][i], &all.sizes[t][i],
                         &at->responses[t]);
        }
    }
    of->change.struct_size = sizeof of->change;
    int status = nps_change_explain(all.samples[0], all.sizes[0], all.samples[1], all.sizes[1], of->count,
                                    of->given->level, parts, &of->change);
    if (status == NPS_ERR_RANGE && of->waves.sides[0]->is_weighted) {
        fail(STATUS_FAILED, "the weights of a period add up to more than 10^15: divide them all by the same number");
    }
    require(status, "change");
    for (size_t i = 0; i < of->count; i++) of->segments[i].part = parts[i];
    for (int t = 0; t < 2; t++) {
        free(all.samples[t]);
        free(all.sizes[t]);
    }
    free(parts);
}

int64_t explain_both(const explained_points *shown)
{
    return shown->rate + shown->mix;
}

/* First the totals, then what is between them, then its parts. */
static void round_totals(explained *of, int decimals)
{
    const nps_change *change = &of->change;
    double scale = apportion_scale(decimals);
    const double effects[2] = {scale * change->rate, scale * change->mix};
    const double classes[2] = {scale * change->promoters_part, scale * change->detractors_part};
    int64_t parts[2];
    of->decimals = decimals;
    of->from_shown = apportion_round(change->from, decimals);
    of->to_shown = fabs(change->change) < SAME ? of->from_shown : apportion_round(change->to, decimals);
    apportion(effects, 2, of->to_shown - of->from_shown, parts);
    of->shown = (explained_points){.rate = parts[0], .mix = parts[1]};
    apportion(classes, 2, of->to_shown - of->from_shown, parts);
    of->promoters_shown = parts[0];
    of->detractors_shown = parts[1];
}

/* An interval without a width says nothing about how far to round. */
static bool is_inside(int64_t shown, int decimals, double lower, double upper)
{
    double points = (double)shown / apportion_scale(decimals);
    return !(upper - lower > SAME) || (points >= lower && points <= upper);
}

/* What is shown must not lie outside of its own interval. */
static bool is_true_to(const explained *of)
{
    const nps_difference *told = &of->waves.overall.told;
    const nps_change *change = &of->change;
    return is_inside(explain_both(&of->shown), of->decimals, told->lower, told->upper) &&
           is_inside(of->shown.rate, of->decimals, change->rate_lower, change->rate_upper) &&
           is_inside(of->shown.mix, of->decimals, change->mix_lower, change->mix_upper);
}

static void round_segments(explained *of)
{
    double scale = apportion_scale(of->decimals), *exact = allocate(of->count * sizeof *exact);
    int64_t *parts = allocate(of->count * sizeof *parts);
    for (size_t i = 0; i < of->count; i++) exact[i] = scale * of->segments[i].part.rate;
    apportion(exact, of->count, of->shown.rate, parts);
    for (size_t i = 0; i < of->count; i++) of->segments[i].shown.rate = parts[i];

    for (size_t i = 0; i < of->count; i++) exact[i] = scale * of->segments[i].part.mix;
    apportion(exact, of->count, of->shown.mix, parts);
    for (size_t i = 0; i < of->count; i++) of->segments[i].shown.mix = parts[i];

    for (int t = 0; t < 2; t++) {
        for (size_t i = 0; i < of->count; i++) {
            const nps_change_segment *part = &of->segments[i].part;
            exact[i] = 1000 * (t == 0 ? part->from_share : part->to_share);
        }
        apportion(exact, of->count, 1000, parts);
        for (size_t i = 0; i < of->count; i++) of->segments[i].share_shown[t] = parts[i];
    }
    free(exact);
    free(parts);
}

typedef struct place {
    int64_t shown;
    double exact;
    size_t index;
} place;

static int by_effect(const void *a, const void *b)
{
    const place *first = a, *second = b;
    if (first->shown != second->shown) return first->shown > second->shown ? -1 : 1;
    if (first->exact != second->exact) return first->exact > second->exact ? -1 : 1;
    return (first->index > second->index) - (first->index < second->index);
}

static void sort(explained *of)
{
    place *places = allocate(of->count * sizeof *places);
    of->order = allocate(of->count * sizeof *of->order);
    for (size_t i = 0; i < of->count; i++) {
        const explained_segment *at = &of->segments[i];
        places[i] = (place){llabs(explain_both(&at->shown)), fabs(at->part.rate + at->part.mix), i};
    }
    qsort(places, of->count, sizeof *places, by_effect);
    for (size_t i = 0; i < of->count; i++) of->order[i] = places[i].index;
    free(places);
}

bool explain_find(const options *given, state *from, state *to, const char *const names[2], explained *out)
{
    *out = (explained){.given = given};
    out->waves = (comparison){
        .given = given,
        .kind = COMPARE_TWO,
        .sides = {from, to},
        .names = {names[0], names[1]},
    };
    compare_two(&out->waves);
    if (!out->waves.results[0].has_score || !out->waves.results[1].has_score) return false;
    match(out);
    take_change(out);
    round_totals(out, DECIMALS_LEAST);
    while (!is_true_to(out) && out->decimals < DECIMALS_MOST) round_totals(out, out->decimals + 1);
    round_segments(out);
    sort(out);
    return true;
}

void explain_free(explained *freed)
{
    free(freed->segments);
    free(freed->order);
    *freed = (explained){0};
}
