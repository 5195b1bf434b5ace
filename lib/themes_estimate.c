/* Each theme against all other answers, and its part of the score. */
#include <math.h>
#include <string.h>

#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "allocator_internal.h"
#include "sample_internal.h"
#include "struct_internal.h"
#include "themes_internal.h"

#define DEFAULT_LEVEL 0.95

/* Responses of classes, with weights their weight. */
typedef struct classes {
    double detractors, passives, promoters;
} classes;

static classes classes_of(const nps_segments *segments, const void *state)
{
    nps_tally tally;
    if (segments->state == NPS_STATE_WEIGHTED) {
        return (classes){npsi_weight_of_class(state, NPS_DETRACTOR), npsi_weight_of_class(state, NPS_PASSIVE),
                         npsi_weight_of_class(state, NPS_PROMOTER)};
    }
    npsi_state_tally(segments, state, &tally);
    return (classes){(double)nps_tally_detractors(&tally), (double)nps_tally_passives(&tally),
                     (double)nps_tally_promoters(&tally)};
}

static double size_of(classes counted)
{
    return (counted.detractors + counted.promoters) + counted.passives;
}

/* The score, NaN where there is none, and a sample of the answers. */
static int score_of(const nps_segments *segments, const void *state, nps_sample *sample, double *score)
{
    nps_tally tally;
    int status;
    *score = NAN;
    if (segments->state == NPS_STATE_WEIGHTED) {
        (void)nps_weighted_score(state, score);
        status = nps_weighted_sample(state, sample);
    } else {
        npsi_state_tally(segments, state, &tally);
        (void)nps_score(&tally, score);
        status = nps_tally_sample(&tally, sample);
    }
    return status;
}

/* What a theme's promoters and detractors come to, shared by themes: sums of x / m, and of both over m^2. */
typedef struct parts {
    double promoters, detractors, squares;
} parts;

typedef struct workspace {
    npsi_themes_read read;
    nps_themes_options options;
    size_t count;
    nps_theme *themes;
    double *p;
    npsi_ranked *order;
    nps_sample all;
    double size; /* responses or their weight */
} workspace;

/*
 * An answer's part x is 1 / m, 0 or -1 / m. The interval is that of a score on as many answers, whose shares of
 * promoters and detractors are those of x > 0 and x < 0 summed, times c; then the bounds over c. With c the sum of |x|
 * over that of x^2 it has the mean and the variance of x, and where all have equally many themes it is exact.
 */
static int contribute(const workspace *w, const parts *sum, nps_theme *out)
{
    double size, both = sum->promoters + sum->detractors;
    double scale = sum->squares > 0 ? both / sum->squares : 1;
    int status = nps_sample_size(&w->all, &size);
    if (status != NPS_OK) return status;
    double effective = scale * (size / w->size);
    nps_sample sample = {.detractors = effective * sum->detractors, .promoters = effective * sum->promoters};
    if (sample.detractors + sample.promoters > size) {
        /* By rounding; the factor's own is below what is taken off. */
        double factor = size / (sample.detractors + sample.promoters) * (1 - 0x1p-50);
        sample.detractors *= factor;
        sample.promoters *= factor;
    }
    sample.passives = size - (sample.detractors + sample.promoters);
    out->contribution = 100 * (sum->promoters - sum->detractors) / w->size;
    status =
        nps_interval(&sample, NPS_INTERVAL_SCORE, w->options.level, &out->contribution_lower, &out->contribution_upper);
    out->contribution_lower = fmin(out->contribution, out->contribution_lower / scale);
    out->contribution_upper = fmax(out->contribution, out->contribution_upper / scale);
    return status;
}

static int compare(const workspace *w, const void *with, const void *without, nps_theme *out)
{
    nps_sample who, others;
    nps_difference found = {sizeof found, NAN, NAN, NAN, NAN, NAN, NAN};
    int status = score_of(w->read.sums, with, &who, &out->with);
    int rest = score_of(w->read.sums, without, &others, &out->without);
    if (status == NPS_OK) status = rest;
    if (status == NPS_OK) status = nps_compare(&others, &who, w->options.method, w->options.level, &found);
    out->difference = found.estimate;
    out->lower = found.lower;
    out->upper = found.upper;
    out->statistic = found.statistic;
    out->df = found.df;
    out->p = found.p;
    out->p_adjusted = out->theme.type == NPS_KEY_NULL ? NAN : found.p;
    out->impact = out->share * found.estimate;
    out->impact_lower = out->share * found.lower;
    out->impact_upper = out->share * found.upper;
    return status == NPS_ERR_EMPTY || status == NPS_ERR_SINGULAR ? NPS_OK : status;
}

/* One theme, whose key is set: its sums are those from *next on, which becomes the next one's. */
static int estimate(const workspace *w, size_t *next, nps_theme *out)
{
    nps_segments *sums = w->read.sums;
    npsi_themes_state with, without = w->read.all;
    nps_key key[NPS_MAX_DIMENSIONS];
    nps_tally tally;
    parts sum = {0, 0, 0};
    int32_t first = sums->dimensions - 2;
    int status = NPS_OK;
    npsi_state_init(sums, &with);
    for (; status == NPS_OK && *next < sums->store.count; ++*next) {
        const void *state = npsi_segments_at(sums, *next);
        npsi_segments_read_key(sums, *next, key);
        if (npsi_key_compare(key + first, &out->theme, 1) != 0) break;
        double themes = fmax(1, (double)key[first + 1].integer);
        classes counted = classes_of(sums, state);
        sum.promoters += counted.promoters / themes;
        sum.detractors += counted.detractors / themes;
        sum.squares += (counted.promoters + counted.detractors) / (themes * themes);
        status = npsi_state_merge(sums, &with, state);
    }
    if (status == NPS_OK) status = npsi_state_subtract(sums, &without, &with);
    if (status != NPS_OK) return status;
    npsi_state_tally(sums, &with, &tally);
    out->mentions = nps_tally_responses(&tally);
    out->share = size_of(classes_of(sums, &with)) / w->size;
    status = compare(w, &with, &without, out);
    return status == NPS_OK ? contribute(w, &sum, out) : status;
}

/* Sets the themes, in the order of their keys, where there is room for them, and counts them. NPS_ERR_TYPE. */
static int list(workspace *w, nps_theme *themes)
{
    const nps_segments *sums = w->read.sums;
    nps_key key[NPS_MAX_DIMENSIONS], *theme = key + sums->dimensions - 2, last = {0};
    w->count = 0;
    for (size_t i = w->read.first; i < sums->store.count; i++) {
        npsi_segments_read_key(sums, i, key);
        if (theme->type == NPS_KEY_OTHER) return NPS_ERR_TYPE;
        if (npsi_key_compare(theme, &last, 1) == 0) continue;
        if (themes != NULL) themes[w->count] = (nps_theme){.theme = *theme};
        w->count++;
        last = *theme;
    }
    return NPS_OK;
}

/* Lets the bytes of themes, in the order of their keys, be those that the caller's container holds. */
static void keep_bytes(const workspace *w, const nps_segments *segments)
{
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS], *theme = key + segments->dimensions - 2;
        npsi_segments_read_key(segments, i, key);
        for (size_t low = 0, high = w->count; low < high;) {
            size_t middle = low + (high - low) / 2;
            int order = npsi_key_compare(&w->themes[middle].theme, theme, 1);
            if (order == 0) w->themes[middle].theme = *theme;
            if (order >= 0) high = middle;
            if (order <= 0) low = middle + 1;
        }
    }
}

/* A number for each double but NaN, in the same order. */
static uint64_t rank_of(double value)
{
    uint64_t bits;
    value += 0.0; /* of -0 too: 0 */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static int estimate_all(workspace *w, const nps_segments *segments, nps_theme *out)
{
    size_t next = w->read.first;
    int status = list(w, w->themes);
    for (size_t i = 0; status == NPS_OK && i < w->count; i++) {
        status = estimate(w, &next, w->themes + i);
        w->p[i] = w->themes[i].p_adjusted;
    }
    if (status == NPS_OK) status = nps_adjust(w->p, w->count, w->options.adjust, &segments->allocator, w->p);
    if (status != NPS_OK) return status;
    keep_bytes(w, segments);
    for (size_t i = 0; i < w->count; i++) w->order[i] = (npsi_ranked){rank_of(w->themes[i].contribution), (uint32_t)i};
    const npsi_ranked *sorted = npsi_sort(w->order, w->count, NULL, NULL);
    for (size_t i = 0; i < w->count; i++) {
        out[i] = w->themes[sorted[i].index];
        out[i].p_adjusted = w->p[sorted[i].index];
    }
    return NPS_OK;
}

static int estimate_in(workspace *w, const nps_segments *segments, nps_theme *out)
{
    const nps_allocator *memory = &segments->allocator;
    w->themes = npsi_resize(memory, NULL, 0, w->count, sizeof *w->themes);
    w->p = npsi_resize(memory, NULL, 0, w->count, sizeof *w->p);
    w->order = npsi_resize(memory, NULL, 0, 2 * w->count, sizeof *w->order);
    int status = NPS_ERR_MEMORY;
    if (w->themes != NULL && w->p != NULL && w->order != NULL) status = estimate_all(w, segments, out);
    npsi_resize(memory, w->order, 2 * w->count, 0, sizeof *w->order);
    npsi_resize(memory, w->p, w->count, 0, sizeof *w->p);
    npsi_resize(memory, w->themes, w->count, 0, sizeof *w->themes);
    return status;
}

static int read_options(const nps_themes_options *given, nps_themes_options *out)
{
    int status = npsi_struct_read(given, out, sizeof *out);
    if (status != NPS_OK) return status;
    if (out->level == 0) out->level = DEFAULT_LEVEL;
    int fits = out->level > 0 && out->level < 1 && out->method >= 0 && out->method < NPS_DIFFERENCE_COUNT &&
               out->adjust >= 0 && out->adjust < NPS_ADJUST_COUNT;
    return fits ? NPS_OK : NPS_ERR_ARGUMENT;
}

int nps_themes_estimate(const nps_segments *segments, const nps_key *key, const nps_themes_options *options,
                        nps_theme *themes, size_t size, size_t *count)
{
    workspace w;
    double score;
    int status = read_options(options, &w.options);
    if (status != NPS_OK || count == NULL || (themes == NULL && size > 0)) return NPS_ERR_ARGUMENT;
    status = npsi_themes_read_key(segments, key, &w.read);
    if (status != NPS_OK) return status;
    w.size = size_of(classes_of(w.read.sums, &w.read.all));
    status = score_of(w.read.sums, &w.read.all, &w.all, &score);
    if (status == NPS_OK) status = list(&w, NULL);
    if (status == NPS_OK && themes != NULL)
        status = w.count > size ? NPS_ERR_BUFFER : estimate_in(&w, segments, themes);
    if (status == NPS_OK || status == NPS_ERR_BUFFER) *count = w.count;
    nps_segments_free(w.read.sums);
    return status;
}
