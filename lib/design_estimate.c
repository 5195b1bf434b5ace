/* The estimate of a domain: stratum by stratum in the order of their keys. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "design_internal.h"
#include "design_variance_internal.h"
#include "double_double_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* The size of a sample without sampling error: just below what a sample may have. */
#define LARGEST_SIZE 9e14

typedef struct estimator {
    const nps_design *design;
    const nps_key *domain;
    const uint32_t *order; /* NULL: as the segments lie */
    int class_of[NPS_MAX_LEVELS];
    int32_t lonely;
    npsi_class_sums total;
    npsi_design_mean mean;
    uint64_t with_weight; /* answers with a weight above 0 */
    double answer_variance, variance;
    int census; /* every stratum of the design was taken whole */
    nps_design_result result;
} estimator;

/* Answers of a PSU, or of a stratum where each is one. */
typedef struct unit {
    uint64_t answers;     /* in the domain or not */
    uint64_t with_weight; /* in the domain, with a weight above 0 */
    npsi_class_sums sums; /* of the domain */
} unit;

typedef struct stratum {
    size_t first, end;
    double population;               /* 0: not known */
    uint64_t psus;                   /* of the design */
    uint64_t in_domain, with_weight; /* PSUs that have such answers */
    npsi_class_sums sums;            /* of the domain */
} stratum;

static size_t index_at(const estimator *work, size_t at)
{
    return work->order == NULL ? at : work->order[at];
}

static void add_class_sums(npsi_class_sums *sums, const npsi_class_sums *more)
{
    for (int c = 0; c < NPSI_CLASSES; c++) {
        sums->count[c] += more->count[c];
        npsi_wide_add(sums->weight[c], more->weight[c], 2);
        npsi_wide_add(sums->square[c], more->square[c], 4);
    }
}

static npsi_class_sums classify(const estimator *work, const nps_weighted *state)
{
    npsi_class_sums sums = {{0}, {{0}}, {{0}}};
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        int c = work->class_of[i];
        if (state->level[i] == 0) continue;
        sums.count[c] += state->level[i];
        npsi_wide_add(sums.weight[c], state->weight[i], 2);
        npsi_wide_add(sums.square[c], state->square[i], 4);
    }
    return sums;
}

/* Sums up the segments from `at` on whose keys begin alike, and returns where the next ones begin. */
static size_t read_unit(const estimator *work, size_t at, unit *out)
{
    const nps_segments *segments = work->design->segments;
    nps_key first[NPS_MAX_DIMENSIONS], key[NPS_MAX_DIMENSIONS];
    memset(out, 0, sizeof *out);
    npsi_segments_read_key(segments, index_at(work, at), first);
    for (; at < segments->store.count; at++) {
        const nps_weighted *state = npsi_segments_at(segments, index_at(work, at));
        npsi_segments_read_key(segments, index_at(work, at), key);
        if (npsi_key_compare(first, key, npsi_design_first(work->design)) != 0) break;
        npsi_class_sums sums = classify(work, state);
        uint64_t answers = npsi_class_count(&sums);
        out->answers = answers > UINT64_MAX - out->answers ? UINT64_MAX : out->answers + answers;
        if (!npsi_design_in_domain(work->design, work->domain, key)) continue;
        out->with_weight += answers - state->zero;
        add_class_sums(&out->sums, &sums);
    }
    return at;
}

static int same_stratum(const estimator *work, size_t a, size_t b)
{
    nps_key key_a[NPS_MAX_DIMENSIONS], key_b[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(work->design->segments, index_at(work, a), key_a);
    npsi_segments_read_key(work->design->segments, index_at(work, b), key_b);
    return npsi_key_compare(key_a, key_b, 1) == 0;
}

/* The stratum that begins at `first`. */
static stratum read_stratum(const estimator *work, size_t first)
{
    stratum found = {.first = first, .end = first};
    do {
        unit psu;
        found.end = read_unit(work, found.end, &psu);
        uint64_t in_domain = npsi_class_count(&psu.sums);
        int clusters = work->design->clusters;
        found.psus += clusters ? psu.answers > 0 : psu.answers;
        found.in_domain += clusters ? in_domain > 0 : in_domain;
        found.with_weight += clusters ? psu.with_weight > 0 : psu.with_weight;
        add_class_sums(&found.sums, &psu.sums);
    } while (found.end < work->design->segments->store.count && same_stratum(work, first, found.end));
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(work->design->segments, index_at(work, first), key);
    found.population = npsi_design_population(work->design, key);
    return found;
}

/* The square of (psus z - total) / (psus W^2): how far a PSU with the linearised sum z is from the average. */
static double squared_deviation(const npsi_signed *z, const npsi_signed *psus, const npsi_signed *total,
                                const npsi_signed *divisor)
{
    npsi_signed deviation = npsi_signed_product(z, psus);
    npsi_signed_subtract(&deviation, total);
    double size = npsi_signed_ratio(&deviation, divisor);
    return size * size;
}

/* The sum of the squared deviations of a stratum's PSUs. */
static double clusters_deviation(const estimator *work, const stratum *of)
{
    static const npsi_signed zero = {{0}, 0};
    npsi_signed psus = npsi_signed_from(&of->psus, 1), total = npsi_linearised(&work->mean, &of->sums);
    npsi_signed divisor = npsi_signed_product(&work->mean.weight_squared, &psus);
    npsi_dd sum = {0, 0};
    for (size_t at = of->first; at < of->end;) {
        unit psu;
        at = read_unit(work, at, &psu);
        if (npsi_class_count(&psu.sums) == 0) continue;
        npsi_signed z = npsi_linearised(&work->mean, &psu.sums);
        sum = npsi_dd_add(sum, npsi_dd_from(squared_deviation(&z, &psus, &total, &divisor)));
    }
    double outside = (double)(of->psus - of->in_domain) * squared_deviation(&zero, &psus, &total, &divisor);
    return npsi_dd_add(sum, npsi_dd_from(outside)).high;
}

/* What a stratum adds to the variance but for the finite population; one PSU as `adjust` has it. */
static double stratum_variance(const estimator *work, const stratum *of)
{
    if (of->psus == 1) {
        npsi_signed total = npsi_linearised(&work->mean, &of->sums);
        double size = npsi_signed_ratio(&total, &work->mean.weight_squared);
        return size * size;
    }
    double sum = work->design->clusters ? clusters_deviation(work, of)
                                        : npsi_answers_deviation(&work->mean, &of->sums, of->psus - of->in_domain);
    return sum * ((double)of->psus / (double)(of->psus - 1));
}

/* Adds a stratum to the estimate. NPS_ERR_RANGE. NPS_ERR_OVERFLOW: more answers than a state may have. */
static int add_stratum(estimator *work, const stratum *of, npsi_dd *variance, uint64_t *strata_with_weight)
{
    nps_design_result *result = &work->result;
    double psus = (double)of->psus;
    int whole = of->population == psus;
    if (of->psus == 0) return NPS_OK;
    if (of->psus > INT64_MAX) return NPS_ERR_OVERFLOW;
    if (of->population != 0 && psus > of->population) return NPS_ERR_RANGE;
    work->census &= whole;
    if (of->in_domain == 0) return NPS_OK;
    result->strata++;
    result->psus += of->in_domain;
    *strata_with_weight += of->with_weight > 0;
    result->df += (double)of->with_weight;
    if (whole) return NPS_OK;
    result->lonely += of->psus == 1;
    if (of->psus == 1 && work->lonely != NPS_LONELY_ADJUST) return NPS_OK;
    double left = of->population == 0 ? 1 : (of->population - psus) / of->population;
    *variance = npsi_dd_add(*variance, npsi_dd_from(left * stratum_variance(work, of)));
    return NPS_OK;
}

static int add_strata(estimator *work)
{
    npsi_dd variance = {0, 0};
    uint64_t strata_with_weight = 0;
    nps_design_result *result = &work->result;
    work->census = 1;
    for (size_t at = 0; at < work->design->segments->store.count;) {
        stratum next = read_stratum(work, at);
        int status = add_stratum(work, &next, &variance, &strata_with_weight);
        if (status != NPS_OK) return status;
        at = next.end;
    }
    result->df -= (double)strata_with_weight;
    if (result->lonely > 0 && work->lonely == NPS_LONELY_FAIL) return NPS_ERR_SINGULAR;
    work->variance = variance.high;
    if (work->lonely == NPS_LONELY_AVERAGE && result->lonely > 0) {
        double known = (double)(result->strata - result->lonely);
        work->variance = known == 0 ? (double)NAN : variance.high * ((double)result->strata / known);
    }
    return NPS_OK;
}

static double share_of(const estimator *work, int class_index)
{
    npsi_signed weight = npsi_signed_from(work->total.weight[class_index], 2);
    return npsi_signed_ratio(&weight, &work->mean.weight);
}

/* (W - n) / W, n the answers with a weight above 0; NaN where W is not the larger. */
static double left_of_population(const estimator *work)
{
    const uint64_t answers[2] = {0, work->with_weight};
    npsi_signed size = npsi_signed_from(answers, 2), left = work->mean.weight;
    npsi_signed_subtract(&left, &size);
    return left.negative || npsi_wide_is_zero(left.words, NPSI_WIDE_WORDS)
               ? (double)NAN
               : npsi_signed_ratio(&left, &work->mean.weight);
}

/* What follows from the variance; a variance of 0 leaves quotients undefined. */
static void finish(estimator *work, double score)
{
    nps_design_result *result = &work->result;
    double answer = work->answer_variance, variance = work->variance;
    result->score = score;
    result->standard_error = 100 * sqrt(variance);
    result->detractor_share = share_of(work, 0);
    result->passive_share = share_of(work, 1);
    result->promoter_share = share_of(work, 2);
    result->design_effect = answer > 0 ? variance * ((double)work->with_weight - 1) / answer : (double)NAN;
    result->design_effect_population = result->design_effect / left_of_population(work);
    result->effective_size = answer > 0 && variance > 0 ? answer / variance : (double)NAN;
}

/* NPS_ERR_ARGUMENT, _LIMIT, _NOT_FOUND, _OVERFLOW, _EMPTY, _MEMORY, _SINGULAR, _RANGE. *state becomes the domain's. */
static int estimate(const nps_design *design, const nps_key *domain, int32_t lonely, estimator *work,
                    nps_weighted *state)
{
    double score;
    if (lonely < 0 || lonely >= NPS_LONELY_COUNT) return NPS_ERR_ARGUMENT;
    int status = nps_design_weighted(design, domain, state);
    if (status == NPS_OK) status = nps_weighted_score(state, &score);
    if (status != NPS_OK) return status;
    *work = (estimator){.design = design, .domain = domain, .lonely = lonely};
    for (int i = 0; i <= state->scale.highest - state->scale.lowest; i++)
        work->class_of[i] = 1 + nps_classify(&state->scale, state->scale.lowest + i);
    work->total = classify(work, state);
    work->mean = npsi_design_mean_of(&work->total);
    work->with_weight = npsi_class_count(&work->total) - state->zero;
    work->answer_variance = npsi_answer_variance(&work->mean, &work->total);

    uint32_t *order = NULL;
    const nps_segments *segments = design->segments;
    status = design->sorted ? NPS_OK : npsi_segments_order(segments, &order);
    if (status != NPS_OK) return status;
    work->order = order;
    status = add_strata(work);
    npsi_resize(&segments->allocator, order, order == NULL ? 0 : segments->store.count, 0, sizeof *order);
    if (status == NPS_OK) finish(work, score);
    return status;
}

int nps_design_estimate(const nps_design *design, const nps_key *domain, int32_t lonely, nps_design_result *out)
{
    estimator work;
    nps_weighted state;
    int status = npsi_struct_takes(out) ? estimate(design, domain, lonely, &work, &state) : NPS_ERR_ARGUMENT;
    if (status == NPS_OK) npsi_struct_write(out, &work.result, sizeof work.result);
    return status;
}

/* (t(n - 1) / t(df))^2, at most 1. */
static double few_psus(const estimator *work, double level)
{
    double p = 0.5 + level / 2;
    double ratio = npsi_t_quantile(p, (double)work->with_weight - 1) / npsi_t_quantile(p, work->result.df);
    return ratio < 1 ? ratio * ratio : 1;
}

int nps_design_sample(const nps_design *design, const nps_key *domain, int32_t lonely, double level, nps_sample *out)
{
    estimator work;
    nps_weighted state;
    if (out == NULL || !(level >= 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = estimate(design, domain, lonely, &work, &state);
    if (status != NPS_OK) return status;
    double size = work.result.effective_size;
    if (isnan(work.variance)) return NPS_ERR_SINGULAR;
    if (work.census) {
        size = LARGEST_SIZE;
    } else {
        if (level > 0 && work.result.df == 0) return NPS_ERR_SINGULAR;
        if (isnan(size)) status = nps_weighted_effective_size(&state, &size);
        if (status != NPS_OK) return status;
        if (level > 0) size *= few_psus(&work, level);
    }
    size = fmin(size, LARGEST_SIZE);
    *out = (nps_sample){
        .detractors = size * work.result.detractor_share,
        .passives = size * work.result.passive_share,
        .promoters = size * work.result.promoter_share,
        .df = work.result.df,
    };
    return NPS_OK;
}
