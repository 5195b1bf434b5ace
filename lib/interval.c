#include <nps/interval.h>

#include <math.h>

#include <nps/status.h>

#include "dirichlet_internal.h"
#include "interval_internal.h"
#include "names_internal.h"
#include "sample_internal.h"
#include "special_internal.h"

/* score - z sqrt(variance / size) of the counts with pseudo-answers. */
static double lower_wald(const npsi_interval_request *request, double outer, double passives)
{
    const nps_sample *sample = &request->sample;
    npsi_shares shares =
        npsi_shares_of(sample->detractors + outer, sample->passives + passives, sample->promoters + outer);
    return shares.score - request->z * sqrt(npsi_shares_variance(&shares) / shares.size);
}

static double lower_adjusted_wald(const npsi_interval_request *request)
{
    return lower_wald(request, 0.75, 1.5);
}

static double lower_agresti_min(const npsi_interval_request *request)
{
    return lower_wald(request, 0.5, 1);
}

static double lower_bonett_price(const npsi_interval_request *request)
{
    return lower_wald(request, 1, 0);
}

static double lower_plain_wald(const npsi_interval_request *request)
{
    return lower_wald(request, 0, 0);
}

static double lower_t(const npsi_interval_request *request)
{
    const npsi_shares *shares = &request->shares;
    double variance = npsi_shares_variance(shares);
    if (shares->size <= 1 || request->sample.df == 0) return -1;
    if (variance == 0) return shares->score;
    return shares->score - request->t * sqrt(variance / (shares->size - 1));
}

static double lower_score(const npsi_interval_request *request)
{
    return npsi_score_limit(&request->shares, request->z);
}

static double lower_jeffreys(const npsi_interval_request *request)
{
    const nps_sample *sample = &request->sample;
    npsi_shares posterior = npsi_shares_of(sample->detractors + 0.5, sample->passives + 0.5, sample->promoters + 0.5);
    return npsi_dirichlet_lower(&posterior, request->z);
}

static const struct {
    const char *name;
    double (*lower)(const npsi_interval_request *request);
    int shrinks; /* to the middle: may leave the score out */
} methods[NPS_INTERVAL_COUNT] = {
    [NPS_INTERVAL_SCORE] = {"score", lower_score, 0},
    [NPS_INTERVAL_SCORE_SKEWED] = {"skewed", npsi_lower_skewed, 0},
    [NPS_INTERVAL_ADJUSTED_WALD] = {"adjusted-wald", lower_adjusted_wald, 1},
    [NPS_INTERVAL_AGRESTI_MIN] = {"agresti-min", lower_agresti_min, 1},
    [NPS_INTERVAL_BONETT_PRICE] = {"bonett-price", lower_bonett_price, 1},
    [NPS_INTERVAL_WALD] = {"wald", lower_plain_wald, 0},
    [NPS_INTERVAL_T] = {"t", lower_t, 0},
    [NPS_INTERVAL_LIKELIHOOD] = {"likelihood", npsi_lower_likelihood, 0},
    [NPS_INTERVAL_JEFFREYS] = {"jeffreys", lower_jeffreys, 1},
    [NPS_INTERVAL_BOOTSTRAP] = {"bootstrap", npsi_lower_bootstrap, 0},
};

int nps_interval(const nps_sample *sample, int32_t method, double level, double *lower, double *upper)
{
    if (lower == NULL || upper == NULL || method < 0 || method >= NPS_INTERVAL_COUNT) return NPS_ERR_ARGUMENT;
    if (!(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    double score;
    int status = nps_sample_score(sample, &score);
    if (status != NPS_OK) return status;
    if (method == NPS_INTERVAL_BOOTSTRAP && !npsi_sample_is_whole(sample)) return NPS_ERR_RANGE;

    npsi_interval_request request = {
        .sample = *sample,
        .shares = npsi_shares_of(sample->detractors, sample->passives, sample->promoters),
        .z = fmax(npsi_normal_upper_quantile((1 - level) / 2), NPSI_SMALLEST_DEVIATE),
    };
    if (method == NPS_INTERVAL_T && sample->df > 0) request.t = -npsi_t_quantile((1 - level) / 2, sample->df);
    double low = methods[method].lower(&request);
    request.sample.detractors = sample->promoters;
    request.sample.promoters = sample->detractors;
    request.shares = npsi_shares_mirrored(&request.shares);
    double high = -methods[method].lower(&request);
    if (isnan(low) || isnan(high)) return NPS_ERR_CONVERGENCE;

    low = fmax(100 * low, -100);
    high = fmin(100 * high, 100);
    *lower = methods[method].shrinks ? low : fmin(low, score);
    *upper = methods[method].shrinks ? high : fmax(high, score);
    return NPS_OK;
}

/* The lower bound is taken from the product of the two, x^2 / (n (n + a)), so that it keeps its digits near 0. */
void npsi_share_limits(double x, double others, double a, double *lower, double *upper)
{
    double n = x + others, root = sqrt(a * a / 4 + a * x * others / n);
    *upper = fmin(1, (x + a / 2 + root) / (n + a));
    *lower = x / n * x / (x + a / 2 + root);
}

int nps_interval_shares(const nps_sample *sample, double level, double *lower, double *upper)
{
    if (lower == NULL || upper == NULL || !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = nps_sample_check(sample);
    if (status != NPS_OK) return status;
    double d = sample->detractors, p = sample->passives, r = sample->promoters;
    double z = npsi_normal_upper_quantile((1 - level) / 6); /* its square is the chi-square quantile on 1 df */
    npsi_share_limits(d, p + r, z * z, &lower[0], &upper[0]);
    npsi_share_limits(p, d + r, z * z, &lower[1], &upper[1]);
    npsi_share_limits(r, d + p, z * z, &lower[2], &upper[2]);
    return NPS_OK;
}

const char *nps_interval_method_name(int32_t method)
{
    return method >= 0 && method < NPS_INTERVAL_COUNT ? methods[method].name : NULL;
}

int nps_interval_method(const char *name, size_t length, int32_t *method)
{
    return npsi_find_name(nps_interval_method_name, NPS_INTERVAL_COUNT, name, length, method);
}
