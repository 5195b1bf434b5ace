/* Scores drawn towards the mean of all, and each segment beside the rest. In fractions, not points. */
#include <nps/rank.h>

#include <math.h>
#include <string.h>

#include <nps/interval.h>
#include <nps/status.h>

#include "allocator_internal.h"
#include "heterogeneity_internal.h"
#include "rank_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

#define DEFAULT_LEVEL 0.95

typedef struct entry {
    nps_sample after;       /* the counts of all samples after this one */
    double bound, shrunken; /* what ranks go by: the lower bound around the shrunken score, that score, */
    double lower;           /* and the lower bound of the score interval */
    size_t index;           /* in the order of the samples */
} entry;

typedef struct workspace {
    nps_allocator memory;
    size_t count;
    nps_ranked *ranked;
    entry *entries;
    double *p;
} workspace;

static void workspace_free(workspace *w)
{
    npsi_resize(&w->memory, w->ranked, w->count, 0, sizeof *w->ranked);
    npsi_resize(&w->memory, w->entries, w->count, 0, sizeof *w->entries);
    npsi_resize(&w->memory, w->p, w->count, 0, sizeof *w->p);
}

static int workspace_make(workspace *w, const nps_allocator *allocator, size_t count)
{
    *w = (workspace){.memory = npsi_allocator_or_default(allocator), .count = count};
    w->ranked = npsi_resize(&w->memory, NULL, 0, count, sizeof *w->ranked);
    w->entries = npsi_resize(&w->memory, NULL, 0, count, sizeof *w->entries);
    w->p = npsi_resize(&w->memory, NULL, 0, count, sizeof *w->p);
    if (w->ranked != NULL && w->entries != NULL && w->p != NULL) return NPS_OK;
    workspace_free(w);
    return NPS_ERR_MEMORY;
}

static int read_options(const nps_rank_options *given, nps_rank_options *out)
{
    int status = npsi_struct_read(given, out, sizeof *out);
    if (status != NPS_OK) return status;
    if (out->level == 0) out->level = DEFAULT_LEVEL;
    if (out->best == 0) out->best = 1;
    int fits = out->level > 0 && out->level < 1 && out->method >= 0 && out->method < NPS_DIFFERENCE_COUNT &&
               out->adjust >= 0 && out->adjust < NPS_ADJUST_COUNT;
    return fits ? NPS_OK : NPS_ERR_ARGUMENT;
}

/* The bounds add the variance of the mean to that around it, the first two terms of Prasad and Rao (1990). */
static void shrink(const nps_sample *sample, const npsi_heterogeneity *between, double mean_variance, double z,
                   nps_ranked *out)
{
    double weight = npsi_sample_precision(sample, 0), ratio = weight * between->tau2;
    double shrinkage = 1 / (1 + ratio), variance = between->tau2 * shrinkage;
    npsi_dd distance = npsi_dd_subtract(npsi_sample_score(sample), between->mean);
    npsi_dd shrunken = npsi_dd_add(between->mean, npsi_dd_scale(distance, ratio / (1 + ratio)));
    double margin = 100 * z * sqrt(variance + shrinkage * shrinkage * mean_variance);
    out->standard_error = 100 / sqrt(weight);
    out->shrinkage = shrinkage;
    out->shrunken = npsi_dd_scale(shrunken, 100).high;
    out->shrunken_se = 100 * sqrt(variance);
    out->lower = fmax(-100, out->shrunken - margin);
    out->upper = fmin(100, out->shrunken + margin);
}

static int shrink_all(workspace *w, const nps_sample *samples, const npsi_heterogeneity *between, double level)
{
    double weights = 0, z = npsi_normal_upper_quantile((1 - level) / 2);
    for (size_t i = 0; i < w->count; i++) weights += npsi_sample_precision(samples + i, between->tau2);
    for (size_t i = 0; i < w->count; i++) {
        nps_ranked *ranked = w->ranked + i;
        entry *at = w->entries + i;
        double upper;
        *ranked = (nps_ranked){.best = 1};
        int status = nps_sample_score(samples + i, &ranked->score);
        if (status == NPS_OK) status = nps_interval(samples + i, NPS_INTERVAL_SCORE, level, &at->lower, &upper);
        if (status != NPS_OK) return status;
        shrink(samples + i, between, 1 / weights, z, ranked);
        at->bound = ranked->lower;
        at->shrunken = ranked->shrunken;
        at->index = i;
    }
    return NPS_OK;
}

static int chances(workspace *w, uint64_t best, double tau2)
{
    if (best >= w->count) return NPS_OK;
    if (tau2 > 0) return npsi_rank_best(&w->memory, w->ranked, w->count, (size_t)best);
    for (size_t i = 0; i < w->count; i++) w->ranked[i].best = (double)best / (double)w->count;
    return NPS_OK;
}

static void add_counts(nps_sample *sum, const nps_sample *sample)
{
    sum->detractors += sample->detractors;
    sum->passives += sample->passives;
    sum->promoters += sample->promoters;
}

/* nps_compare's status, but NPS_OK of a comparison that is undefined. */
static int against(const nps_sample *rest, const nps_sample *sample, const nps_rank_options *options, nps_ranked *out)
{
    nps_difference found = {.struct_size = sizeof found};
    int status = nps_compare(rest, sample, options->method, options->level, &found);
    if (status == NPS_ERR_EMPTY || status == NPS_ERR_SINGULAR) {
        found = (nps_difference){sizeof found, NAN, NAN, NAN, NAN, NAN, NAN};
        status = NPS_OK;
    }
    out->rest = found.estimate;
    out->rest_lower = found.lower;
    out->rest_upper = found.upper;
    out->statistic = found.statistic;
    out->df = found.df;
    out->p = found.p;
    return status;
}

/* The others of a segment are those before it and those after it: nothing is taken away again from a total. */
static int against_others(workspace *w, const nps_sample *samples, const nps_rank_options *options)
{
    nps_sample sum = {0, 0, 0, 0};
    for (size_t i = w->count; i-- > 0; add_counts(&sum, samples + i)) w->entries[i].after = sum;
    sum = (nps_sample){0, 0, 0, 0};
    for (size_t i = 0; i < w->count; add_counts(&sum, samples + i), i++) {
        nps_sample rest = sum;
        add_counts(&rest, &w->entries[i].after);
        int status = nps_sample_from_counts(rest.detractors, rest.passives, rest.promoters, &rest);
        if (status == NPS_OK || status == NPS_ERR_EMPTY) status = against(&rest, samples + i, options, w->ranked + i);
        if (status != NPS_OK) return status;
    }
    return NPS_OK;
}

static int compare_all(workspace *w, const nps_sample *samples, const nps_rank_options *options)
{
    int status = options->rests == NULL ? against_others(w, samples, options) : NPS_OK;
    for (size_t i = 0; i < w->count && options->rests != NULL && status == NPS_OK; i++)
        status = against(options->rests + i, samples + i, options, w->ranked + i);
    if (status != NPS_OK) return status;
    for (size_t i = 0; i < w->count; i++) w->p[i] = w->ranked[i].p;
    status = nps_adjust(w->p, w->count, options->adjust, &w->memory, w->p);
    for (size_t i = 0; i < w->count; i++) w->ranked[i].p_adjusted = w->p[i];
    return status;
}

static int leads(const entry *a, const entry *b)
{
    if (a->bound != b->bound) return a->bound > b->bound;
    if (a->shrunken != b->shrunken) return a->shrunken > b->shrunken;
    if (a->lower != b->lower) return a->lower > b->lower;
    return a->index < b->index;
}

/* Lets the entry at `root` of a heap, whose top is the last in rank, sink to its place. */
static void sink(entry *heap, size_t root, size_t count)
{
    entry sinking = heap[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && leads(heap + child, heap + child + 1)) child++;
        if (!leads(&sinking, heap + child)) break;
        heap[root] = heap[child];
    }
    heap[root] = sinking;
}

static void set_ranks(workspace *w)
{
    entry *heap = w->entries;
    for (size_t i = w->count / 2; i-- > 0;) sink(heap, i, w->count);
    for (size_t left = w->count; left > 0; left--) {
        w->ranked[heap[0].index].rank = left;
        heap[0] = heap[left - 1];
        sink(heap, 0, left - 1);
    }
}

int nps_rank(const nps_sample *samples, size_t count, const nps_rank_options *options, nps_ranked *ranked,
             nps_heterogeneity *between)
{
    nps_rank_options known;
    workspace w;
    int status = read_options(options, &known);
    if (status != NPS_OK) return status;
    if (ranked == NULL || (between != NULL && !npsi_struct_takes(between))) return NPS_ERR_ARGUMENT;
    status = npsi_samples_check(samples, count);
    if (status == NPS_OK) status = workspace_make(&w, known.allocator, count);
    if (status != NPS_OK) return status;

    npsi_heterogeneity found = npsi_heterogeneity_of(samples, count);
    status = shrink_all(&w, samples, &found, known.level);
    if (status == NPS_OK) status = compare_all(&w, samples, &known);
    if (status == NPS_OK) status = chances(&w, known.best, found.tau2);
    if (status == NPS_OK) {
        set_ranks(&w);
        memcpy(ranked, w.ranked, count * sizeof *ranked);
        if (between != NULL) npsi_heterogeneity_write(&found, between);
    }
    workspace_free(&w);
    return status;
}
