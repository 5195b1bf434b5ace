/* Many samples at once: are they alike, and how much do they differ beyond the luck of who answered? */
#include <nps/compare.h>

#include <math.h>

#include <nps/status.h>

#include "heterogeneity_internal.h"
#include "restricted_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* A variance below this, of classes with next to nobody in them, is none: its weight might be infinite. */
#define LEAST_VARIANCE 1e-100

typedef double sample_weight(const nps_sample *sample, double tau2);

typedef struct spread {
    npsi_dd mean;   /* of the scores, weighted */
    double squares; /* weighted sum of squared distances from it */
    double pairs;   /* products of each two weights, summed, over the sum of weights */
} spread;

npsi_dd npsi_sample_size(const nps_sample *sample)
{
    return npsi_dd_add(npsi_dd_sum(sample->detractors, sample->promoters), npsi_dd_from(sample->passives));
}

npsi_dd npsi_sample_score(const nps_sample *sample)
{
    return npsi_dd_divide(npsi_dd_sum(sample->promoters, -sample->detractors), npsi_sample_size(sample));
}

static double answers(const nps_sample *sample, double tau2)
{
    (void)tau2;
    return npsi_sample_size(sample).high;
}

double npsi_sample_precision(const nps_sample *sample, double tau2)
{
    npsi_shares shares = npsi_shares_of(sample->detractors, sample->passives, sample->promoters);
    double variance = npsi_shares_variance(&shares);
    if (variance < LEAST_VARIANCE) {
        shares = npsi_shares_of(sample->detractors + 0.75, sample->passives + 1.5, sample->promoters + 0.75);
        variance = npsi_shares_variance(&shares);
    }
    double weight = shares.size / variance;
    return weight / (1 + weight * tau2);
}

/* Scores are taken from the first one, so that equal ones have no distance at all. */
static npsi_dd mean_score(const nps_sample *samples, size_t count, sample_weight *weight_of, double tau2)
{
    npsi_dd first = npsi_sample_score(samples), sum = {0, 0}, weights = {0, 0};
    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(samples + i, tau2);
        npsi_dd distance = npsi_dd_subtract(npsi_sample_score(samples + i), first);
        sum = npsi_dd_add(sum, npsi_dd_scale(distance, weight));
        weights = npsi_dd_add(weights, npsi_dd_from(weight));
    }
    return npsi_dd_add(first, npsi_dd_divide(sum, weights));
}

static spread spread_of(const nps_sample *samples, size_t count, sample_weight *weight_of)
{
    spread out = {.mean = mean_score(samples, count, weight_of, 0)};
    npsi_dd squares = {0, 0}, pairs = {0, 0}, weights = {0, 0};
    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(samples + i, 0);
        double distance = npsi_dd_subtract(npsi_sample_score(samples + i), out.mean).high;
        squares = npsi_dd_add(squares, npsi_dd_from(weight * distance * distance));
        pairs = npsi_dd_add(pairs, npsi_dd_scale(weights, weight));
        weights = npsi_dd_add(weights, npsi_dd_from(weight));
    }
    out.squares = squares.high;
    out.pairs = pairs.high / weights.high;
    return out;
}

static nps_sample pool(const nps_sample *samples, size_t count)
{
    npsi_dd detractors = {0, 0}, passives = {0, 0}, promoters = {0, 0};
    for (size_t i = 0; i < count; i++) {
        detractors = npsi_dd_add(detractors, npsi_dd_from(samples[i].detractors));
        passives = npsi_dd_add(passives, npsi_dd_from(samples[i].passives));
        promoters = npsi_dd_add(promoters, npsi_dd_from(samples[i].promoters));
    }
    return (nps_sample){detractors.high, passives.high, promoters.high, 0};
}

/* (N - 1) SSB / SST of answers scored -1, 0, 1. */
static double mean_score_statistic(const nps_sample *samples, size_t count)
{
    nps_sample all = pool(samples, count);
    npsi_shares shares = npsi_shares_of(all.detractors, all.passives, all.promoters);
    double total = shares.size * npsi_shares_variance(&shares);
    if (total == 0 || shares.size <= 1) return 0;
    return (shares.size - 1) * fmin(1, spread_of(samples, count, answers).squares / total);
}

static double cochran_q(const nps_sample *samples, size_t count)
{
    return spread_of(samples, count, npsi_sample_precision).squares;
}

static double (*const statistics[])(const nps_sample *samples, size_t count) = {
    [NPS_OMNIBUS_CMH] = mean_score_statistic,
    [NPS_OMNIBUS_WALD] = cochran_q,
};
#define METHODS ((int32_t)(sizeof statistics / sizeof *statistics))

int npsi_samples_check(const nps_sample *samples, size_t count)
{
    if (count == 0) return NPS_ERR_EMPTY;
    if (samples == NULL) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        int status = nps_sample_check(samples + i);
        if (status != NPS_OK) return status;
    }
    return NPS_OK;
}

int nps_compare_samples(const nps_sample *samples, size_t count, int32_t method, nps_test *out)
{
    if (!npsi_struct_takes(out) || method < 0 || method >= METHODS) return NPS_ERR_ARGUMENT;
    int status = npsi_samples_check(samples, count);
    if (status != NPS_OK) return status;
    nps_test test = {.statistic = 0, .df = (double)(count - 1), .p = 1};
    if (count > 1) {
        test.statistic = statistics[method](samples, count);
        test.p = npsi_chi2_sf(test.statistic, test.df);
    }
    npsi_struct_write(out, &test, sizeof test);
    return NPS_OK;
}

npsi_heterogeneity npsi_heterogeneity_of(const nps_sample *samples, size_t count)
{
    /* Sum w - sum w^2 / sum w is twice the pairs, which keep their digits where one weight outweighs all others. */
    spread within = spread_of(samples, count, npsi_sample_precision);
    double excess = within.squares - (double)(count - 1); /* Q less what it is expected to be */
    double tau2 = excess > 0 ? excess / (2 * within.pairs) : 0;
    return (npsi_heterogeneity){within.mean, mean_score(samples, count, npsi_sample_precision, tau2), tau2};
}

void npsi_heterogeneity_write(const npsi_heterogeneity *between, nps_heterogeneity *out)
{
    nps_heterogeneity found = {
        .pooled = npsi_dd_scale(between->pooled, 100).high,
        .tau2 = 1e4 * between->tau2,
        .mean = npsi_dd_scale(between->mean, 100).high,
    };
    npsi_struct_write(out, &found, sizeof found);
}

int nps_compare_heterogeneity(const nps_sample *samples, size_t count, nps_heterogeneity *out)
{
    if (!npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    int status = npsi_samples_check(samples, count);
    if (status != NPS_OK) return status;
    npsi_heterogeneity between = npsi_heterogeneity_of(samples, count);
    npsi_heterogeneity_write(&between, out);
    return NPS_OK;
}
