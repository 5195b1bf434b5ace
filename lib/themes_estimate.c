/* Each theme against all other answers, and its part of the score. */
#include <math.h>
#include <string.h>

#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "allocator_internal.h"
#include "struct_internal.h"
#include "themes_internal.h"

#define DEFAULT_LEVEL 0.95

typedef struct workspace {
    npsi_themes_read read;
    nps_themes_options options;
    int is_counting; /* only how many themes there are */
    nps_sample all;
    double effective, weight; /* of all */
    size_t count;
    nps_theme *themes; /* room for each of the sums, as has: */
    npsi_ranked *order;
    double *p;
} workspace;

/* A state as a sample: nothing, and NPS_ERR_EMPTY, where there is no answer. *weight: responses, or their weight. */
static int sample_of(const nps_segments *segments, const void *state, nps_sample *out, double *weight)
{
    nps_tally tally;
    *out = (nps_sample){0, 0, 0, 0};
    if (segments->state == NPS_STATE_WEIGHTED) {
        *weight = nps_weighted_total(state);
        return nps_weighted_sample(state, out);
    }
    npsi_state_tally(segments, state, &tally);
    *weight = (double)nps_tally_responses(&tally);
    return nps_tally_sample(&tally, out);
}

/* Sums over answers of x, above and below 0, and of x^2, where x is the part of an answer: 1 / m, 0 or -1 / m. */
typedef struct parts {
    double promoters, detractors, squares;
} parts;

static int add_parts(const nps_segments *sums, const void *state, int64_t themes, parts *out)
{
    nps_sample sample;
    double weight, size = 1, count = themes == 0 ? 1 : (double)themes;
    int status = sample_of(sums, state, &sample, &weight);
    if (status == NPS_OK) status = nps_sample_size(&sample, &size);
    double each = weight / size / count;
    out->promoters += each * sample.promoters;
    out->detractors += each * sample.detractors;
    out->squares += each * (sample.promoters + sample.detractors) / count;
    return status == NPS_ERR_EMPTY ? NPS_OK : status;
}

/*
 * The interval is that of a score on as many answers, whose shares of promoters and detractors are `scale` times the
 * means of x above and below 0; then the bounds over scale. With the sum of |x| over that of x^2 for scale it has the
 * mean and the variance of x, and where all have equally many themes it is exact.
 */
static int contribute(const workspace *w, const parts *sum, nps_theme *out)
{
    double scale = sum->squares > 0 ? (sum->promoters + sum->detractors) / sum->squares : 1, size = w->effective;
    double each = scale * (size / w->weight), both = each * (sum->promoters + sum->detractors);
    if (both > size) each *= size / both * (1 - 0x1p-50); /* rounding; what is taken off covers this one's */
    nps_sample sample = {.detractors = each * sum->detractors, .promoters = each * sum->promoters};
    sample.passives = size - (sample.detractors + sample.promoters);
    double points = 100 * (sum->promoters - sum->detractors) / w->weight, lower, upper;
    int status = nps_interval(&sample, NPS_INTERVAL_SCORE, w->options.level, &lower, &upper);
    if (status != NPS_OK) return status;
    out->contribution = points;
    out->contribution_lower = fmin(points, lower / scale);
    out->contribution_upper = fmax(points, upper / scale);
    return NPS_OK;
}

static int compare(const workspace *w, const void *with, const void *without, nps_theme *out)
{
    nps_sample who, others;
    nps_difference found = {sizeof found, NAN, NAN, NAN, NAN, NAN, NAN};
    double weight;
    out->with = out->without = NAN;
    int rest = sample_of(w->read.sums, without, &others, &weight);
    int status = sample_of(w->read.sums, with, &who, &weight);
    (void)nps_sample_score(&who, &out->with);
    (void)nps_sample_score(&others, &out->without);
    out->share = weight / w->weight;
    if (status == NPS_OK) status = rest;
    if (status == NPS_OK) status = nps_compare(&others, &who, w->options.method, w->options.level, &found);
    out->difference = found.estimate;
    out->lower = found.lower;
    out->upper = found.upper;
    out->statistic = found.statistic;
    out->df = found.df;
    out->p = found.p;
    out->impact = out->share * found.estimate;
    out->impact_lower = out->share * found.lower;
    out->impact_upper = out->share * found.upper;
    return status == NPS_ERR_EMPTY || status == NPS_ERR_SINGULAR ? NPS_OK : status;
}

/* The theme whose sums are those from *next on, which becomes the next theme's. */
static int estimate(workspace *w, size_t *next)
{
    nps_segments *sums = w->read.sums;
    npsi_themes_state with, without = w->read.all;
    nps_theme *out = w->themes + w->count++;
    nps_key key[NPS_MAX_DIMENSIONS], *theme = key + sums->dimensions - 2;
    nps_tally tally;
    parts sum = {0, 0, 0};
    int status = NPS_OK;
    npsi_state_init(sums, &with);
    npsi_segments_read_key(sums, *next, key);
    *out = (nps_theme){.theme = *theme};
    if (theme->type == NPS_KEY_OTHER) return NPS_ERR_TYPE;
    do {
        const void *state = npsi_segments_at(sums, *next);
        status = add_parts(sums, state, theme[1].integer, &sum);
        if (status == NPS_OK) status = npsi_state_merge(sums, &with, state);
        if (++*next == sums->store.count) break;
        npsi_segments_read_key(sums, *next, key);
    } while (status == NPS_OK && npsi_key_compare(theme, &out->theme, 1) == 0);
    if (status == NPS_OK) status = npsi_state_subtract(sums, &without, &with);
    if (status != NPS_OK || w->is_counting) return status;
    npsi_state_tally(sums, &with, &tally);
    out->mentions = nps_tally_responses(&tally);
    status = compare(w, &with, &without, out);
    return status == NPS_OK ? contribute(w, &sum, out) : status;
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

/* A number for each double but NaN and -0, in the same order. */
static uint64_t rank_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static int estimate_all(workspace *w, const nps_segments *segments)
{
    int status = NPS_OK;
    for (size_t next = w->read.first; status == NPS_OK && next < w->read.sums->store.count;) {
        const nps_theme *made = w->themes + w->count;
        status = estimate(w, &next);
        w->p[made - w->themes] = made->theme.type == NPS_KEY_NULL ? NAN : made->p;
        w->order[made - w->themes] = (npsi_ranked){rank_of(made->contribution), (uint32_t)(made - w->themes)};
    }
    if (status != NPS_OK || w->is_counting) return status;
    keep_bytes(w, segments);
    return nps_adjust(w->p, w->count, w->options.adjust, &segments->allocator, w->p);
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
    workspace w = {.is_counting = themes == NULL};
    int status = read_options(options, &w.options);
    if (status != NPS_OK || count == NULL || (themes == NULL && size > 0)) return NPS_ERR_ARGUMENT;
    status = npsi_themes_read_key(segments, key, &w.read);
    if (status != NPS_OK) return status;
    size_t sums = w.read.sums->store.count, item = sizeof *w.themes + 2 * sizeof *w.order + sizeof *w.p;
    status = sample_of(w.read.sums, &w.read.all, &w.all, &w.weight);
    if (status == NPS_OK) status = nps_sample_size(&w.all, &w.effective);
    if (status == NPS_OK) {
        w.themes = npsi_resize(&segments->allocator, NULL, 0, sums, item);
        if (w.themes == NULL) status = NPS_ERR_MEMORY;
    }
    if (status == NPS_OK) {
        w.order = (npsi_ranked *)(void *)(w.themes + sums);
        w.p = (double *)(void *)(w.order + 2 * sums);
        status = estimate_all(&w, segments);
        if (status == NPS_OK) *count = w.count;
        if (status == NPS_OK && themes != NULL && w.count > size) status = NPS_ERR_BUFFER;
    }
    if (status == NPS_OK && themes != NULL) {
        const npsi_ranked *sorted = npsi_sort(w.order, w.count, NULL, NULL);
        for (size_t i = 0; i < w.count; i++) {
            themes[i] = w.themes[sorted[i].index];
            themes[i].p_adjusted = w.p[sorted[i].index];
        }
    }
    npsi_resize(&segments->allocator, w.themes, sums, 0, item);
    nps_segments_free(w.read.sums);
    return status;
}
