#include "sample_internal.h"

#include <math.h>

#include <nps/status.h>

/* Above this whole counts would soon no longer be exact as doubles. */
#define LARGEST_SIZE 1e15

static int check_counts(double detractors, double passives, double promoters)
{
    double size = (detractors + promoters) + passives; /* the same when mirrored */
    if (!(detractors >= 0 && passives >= 0 && promoters >= 0 && size <= LARGEST_SIZE)) return NPS_ERR_RANGE;
    return size > 0 ? NPS_OK : NPS_ERR_EMPTY;
}

int nps_sample_check(const nps_sample *sample)
{
    if (sample == NULL) return NPS_ERR_ARGUMENT;
    if (!(sample->df >= 0 && isfinite(sample->df))) return NPS_ERR_RANGE;
    return check_counts(sample->detractors, sample->passives, sample->promoters);
}

int nps_sample_from_counts(double detractors, double passives, double promoters, nps_sample *out)
{
    if (out == NULL) return NPS_ERR_ARGUMENT;
    int status = check_counts(detractors, passives, promoters);
    if (status != NPS_OK) return status;
    *out = (nps_sample){detractors, passives, promoters, fmax(0, (detractors + promoters) + passives - 1)};
    return NPS_OK;
}

int nps_tally_sample(const nps_tally *tally, nps_sample *out)
{
    if (tally == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&tally->scale) != NPS_OK) return NPS_ERR_SCALE;
    return nps_sample_from_counts((double)nps_tally_detractors(tally), (double)nps_tally_passives(tally),
                                  (double)nps_tally_promoters(tally), out);
}

/* The weight of one class: the sums of the others are taken out, so that the total is rounded once. */
static double class_weight(nps_weighted weighted, int32_t wanted)
{
    for (int32_t i = 0; i < NPS_MAX_LEVELS; i++)
        if (nps_classify(&weighted.scale, weighted.scale.lowest + i) != wanted)
            weighted.weight[i][0] = weighted.weight[i][1] = 0;
    return nps_weighted_total(&weighted);
}

int nps_weighted_sample(const nps_weighted *weighted, nps_sample *out)
{
    double size;
    nps_tally tally;
    if (weighted == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_weighted_effective_size(weighted, &size);
    if (status == NPS_OK) status = nps_weighted_tally(weighted, &tally);
    if (status != NPS_OK) return status;
    double total = nps_weighted_total(weighted);
    nps_sample sample = {
        .detractors = size * class_weight(*weighted, NPS_DETRACTOR) / total,
        .passives = size * class_weight(*weighted, NPS_PASSIVE) / total,
        .promoters = size * class_weight(*weighted, NPS_PROMOTER) / total,
        .df = (double)(nps_tally_responses(&tally) - weighted->zero) - 1,
    };
    status = nps_sample_check(&sample);
    if (status == NPS_OK) *out = sample;
    return status;
}

static double size_of(const nps_sample *sample)
{
    return (sample->detractors + sample->promoters) + sample->passives;
}

int nps_sample_size(const nps_sample *sample, double *size)
{
    int status = size == NULL ? NPS_ERR_ARGUMENT : nps_sample_check(sample);
    if (status == NPS_OK) *size = size_of(sample);
    return status;
}

/* 100 is multiplied in first: the quotient of whole counts is then rounded once. Of fractional counts it may come out
 * just above 100. */
static double score_of(const nps_sample *sample)
{
    double points = 100 * (sample->promoters - sample->detractors) / size_of(sample);
    return fmax(-100, fmin(100, points));
}

int nps_sample_score(const nps_sample *sample, double *points)
{
    int status = points == NULL ? NPS_ERR_ARGUMENT : nps_sample_check(sample);
    if (status == NPS_OK) *points = score_of(sample);
    return status;
}

int npsi_sample_is_whole(const nps_sample *sample)
{
    return sample->detractors == floor(sample->detractors) && sample->passives == floor(sample->passives) &&
           sample->promoters == floor(sample->promoters);
}

/* Whole counts go the way of a tally, whose integers know a half from nearly a half. */
static int round_whole(const nps_sample *sample, uint32_t flags, int32_t *points)
{
    nps_tally tally;
    int status = nps_tally_init(&tally, NULL);
    if (status != NPS_OK) return status;
    tally.level[tally.scale.detractor_max] = (uint64_t)sample->detractors;
    tally.level[tally.scale.detractor_max + 1] = (uint64_t)sample->passives;
    tally.level[tally.scale.promoter_min] = (uint64_t)sample->promoters;
    return nps_score_rounded(&tally, flags, points);
}

static int32_t round_fractional(double points, uint32_t flags)
{
    double whole = floor(fabs(points)), rest = fabs(points) - whole;
    int odd = fmod(whole, 2) != 0;
    int up = rest > 0.5 || (rest == 0.5 && (odd || !(flags & NPS_HALF_EVEN)));
    int32_t rounded = (int32_t)whole + up;
    return points < 0 ? -rounded : rounded;
}

int nps_sample_score_rounded(const nps_sample *sample, uint32_t flags, int32_t *points)
{
    int status = points == NULL ? NPS_ERR_ARGUMENT : nps_sample_check(sample);
    if (status != NPS_OK) return status;
    if (flags & ~(NPS_HALF_EVEN | NPS_PLUS_SIGN)) return NPS_ERR_ARGUMENT;
    if (npsi_sample_is_whole(sample)) return round_whole(sample, flags, points);
    *points = round_fractional(score_of(sample), flags);
    return NPS_OK;
}

int nps_sample_shares(const nps_sample *sample, double *detractors, double *passives, double *promoters)
{
    if (detractors == NULL || passives == NULL || promoters == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_sample_check(sample);
    if (status != NPS_OK) return status;
    double size = size_of(sample);
    *detractors = sample->detractors / size;
    *passives = sample->passives / size;
    *promoters = sample->promoters / size;
    return NPS_OK;
}

/* s - delta^2 written without the difference, so that it is never negative and keeps its digits when it is small. */
static double variance_of(const nps_sample *sample)
{
    double size = size_of(sample);
    double d = sample->detractors / size, p = sample->passives / size, r = sample->promoters / size;
    return fmin(1, p * (d + r) + 4 * d * r);
}

int nps_sample_variance(const nps_sample *sample, double *variance)
{
    int status = variance == NULL ? NPS_ERR_ARGUMENT : nps_sample_check(sample);
    if (status == NPS_OK) *variance = variance_of(sample);
    return status;
}

int nps_sample_standard_error(const nps_sample *sample, double *points)
{
    int status = points == NULL ? NPS_ERR_ARGUMENT : nps_sample_check(sample);
    if (status == NPS_OK) *points = 100 * sqrt(variance_of(sample) / size_of(sample));
    return status;
}
