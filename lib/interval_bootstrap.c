/*
 * The ideal BCa bootstrap (Efron 1987): K, the sum of n draws from the observed shares scored -1, 0, 1, has an exact
 * distribution on whole numbers, here by inversion of its moment generating function.
 *
 * For s = c + i theta, c < 0, P(K <= k) is the mean over all theta of M(s) exp(-s (k - k0)) / (1 - exp(s)), where k0 is
 * the mean of K and M(s) = (E exp(s (X - k0 / n)))^n. N equally spaced theta give the sum over all whole l of
 * exp(c l N) P(K <= k + l N): what is wanted for l = 0, and N is so large that the rest vanishes. |M| falls from theta
 * = 0 on, and where there are few passives rises again towards pi; only the terms around these two peaks count, some
 * dozens whatever n.
 */
#include "interval_internal.h"

#include <math.h>
#include <stdint.h>

#include "complex_internal.h"
#include "special_internal.h"

#define ALIAS      48.0  /* -log of what the wrong l may leave */
#define NEGLIGIBLE 45.0  /* -log of a term that does not count */
#define STEEPEST   3.0   /* the largest -c */
#define SLACK      1e-12 /* a probability this close to alpha, relatively, has reached it */
#define PI         3.14159265358979323846

typedef struct draws {
    npsi_shares shares; /* of one draw; the size is n */
    double sum;         /* k0 */
    double deviation;   /* of K */
    double least;       /* the smallest K */
} draws;

static draws draws_of(double detractors, double passives, double promoters)
{
    npsi_shares shares = npsi_shares_of(detractors, passives, promoters);
    double least = detractors > 0 ? -1 : passives > 0 ? 0 : 1;
    return (draws){shares, promoters - detractors, sqrt(shares.size * npsi_shares_variance(&shares)),
                   least * shares.size};
}

/*
 * n log of the mean of exp(s (X - k0 / n)): the first two terms of the mean are 1 and 0, so that only the rest of each
 * exponential is added. With sign -1 the passives count negatively, which is s + i pi but for the factor (-1)^(n + K).
 */
static npsi_complex log_moment(const draws *k, double sign, npsi_complex s)
{
    const npsi_shares *q = &k->shares;
    double score = q->score, below = q->passives + 2 * q->promoters, above = q->passives + 2 * q->detractors;
    npsi_complex mean = npsi_scaled(q->detractors, npsi_exp_rest(npsi_scaled(-below, s)));
    mean = npsi_plus(mean, npsi_scaled(q->promoters, npsi_exp_rest(npsi_scaled(above, s))));
    mean = npsi_plus(mean, npsi_scaled(sign * q->passives, npsi_exp_rest(npsi_scaled(-score, s))));
    if (sign < 0) mean = npsi_plus(mean, npsi_scaled(2 * q->passives, (npsi_complex){score * s.re - 1, score * s.im}));
    return npsi_scaled(q->size, npsi_log1p(mean));
}

/* The real parts of the terms at `count` values of theta from `first` on, until they no longer count beside exp(peak).
 */
static double sum_peak(const draws *k, double away, double sign, double c, double first, double step, int64_t count,
                       double peak)
{
    double sum = 0;
    for (int64_t j = 0; j < count; j++) {
        npsi_complex s = {c, first + (double)j * step};
        npsi_complex exponent = npsi_plus(log_moment(k, sign, s), npsi_scaled(-away, s));
        if (exponent.re < peak - NEGLIGIBLE) break;
        /* sign exp(s) - 1, exact near s = 0 */
        npsi_complex geometric = {sign * expm1(c) * cos(s.im), sign * exp(c) * sin(s.im)};
        geometric.re += sign < 0 ? -1 - cos(s.im) : -2 * sin(s.im / 2) * sin(s.im / 2);
        double weight = s.im == 0 ? -1 : -2; /* theta and -theta */
        sum += weight * npsi_over(npsi_exp(exponent), geometric).re;
    }
    return sum;
}

/* The saddle point below 0 of the integrand, kept at a distance from the pole at 0. */
static double saddle(const draws *k, double away)
{
    const npsi_shares *q = &k->shares;
    double aim = (k->sum + away) / q->size; /* the mean of X that the tilted draws shall have */
    double a = (1 - aim) * q->promoters, b = aim * q->passives, c = (1 + aim) * q->detractors;
    double root = sqrt(b * b + 4 * a * c);
    double tilt = -log(b >= 0 ? (b + root) / (2 * a) : 2 * c / (root - b));
    return -fmax(fmin(tilt, STEEPEST), fmin(1 / k->deviation, STEEPEST));
}

/* P(K <= k0 + away) for a whole away < 0. */
static double lower_tail(const draws *k, double away)
{
    if (k->sum + away < k->least) return 0;
    const npsi_shares *q = &k->shares;
    double c = saddle(k, away);
    int64_t half = 1 + (int64_t)(ALIAS / -c / 2); /* N = 2 half + 1 */
    double step = 2 * PI / (double)(2 * half + 1);
    /* |M|^2 is a quadratic in cos theta, smallest at: */
    double turn = -q->passives * (q->detractors * exp(-c) + q->promoters * exp(c)) / (4 * q->detractors * q->promoters);
    int64_t near = turn > -1 ? (int64_t)(acos(turn) / step) : half;
    double peak = log_moment(k, 1, (npsi_complex){c, 0}).re - c * away;
    double sum = sum_peak(k, away, 1, c, 0, step, near + 1, peak);
    double parity = fmod(q->size + k->sum + away, 2) == 0 ? 1 : -1;
    sum += parity * sum_peak(k, away, -1, c, step / 2, step, half - near, peak);
    return fmax(0, sum / (double)(2 * half + 1));
}

typedef struct bootstrap {
    draws draws, mirrored;
} bootstrap;

/* P(K > k0 + away) for a whole away >= 0. */
static double upper_tail(const bootstrap *boot, double away)
{
    return lower_tail(&boot->mirrored, -(away + 1));
}

/* Whether P(K <= k0 + away) >= normal_cdf(deviate), compared in the smaller tail. */
static int reaches(const bootstrap *boot, double away, double deviate)
{
    double alpha = npsi_normal_cdf(deviate);
    if (away < 0) return lower_tail(&boot->draws, away) >= alpha * (1 - SLACK);
    return upper_tail(boot, away) <= npsi_normal_sf(deviate) + alpha * SLACK;
}

/* The least whole `away` that reaches the deviate: doubling steps from a guess, then halving. `least` and `most` are
 * where K ends. */
static double quantile(const bootstrap *boot, double deviate)
{
    double least = boot->draws.least - boot->draws.sum, most = -boot->mirrored.least - boot->draws.sum;
    double guess = fmin(fmax(floor(deviate * boot->draws.deviation), least), most);
    double low = guess - 1, high = guess, step = 1;
    if (reaches(boot, guess, deviate)) {
        for (; low >= least && reaches(boot, low, deviate); low -= step *= 2) high = low;
        low = fmax(low, least - 1);
    } else {
        for (low = guess, high = guess + 1; high < most && !reaches(boot, high, deviate); high += step *= 2) low = high;
        high = fmin(high, most);
    }
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        *(reaches(boot, middle, deviate) ? &high : &low) = middle;
    }
    return high;
}

/* z0 and the acceleration as Efron has them, z0 from the mid-distribution. Past the pole of the deviate, which needs
 * n < 3 or a level beyond .9999, it is infinite. */
double npsi_lower_bootstrap(const npsi_interval_request *request)
{
    const nps_sample *sample = &request->sample;
    const npsi_shares *q = &request->shares;
    double variance = npsi_shares_variance(q), score = q->score;
    if (variance == 0) return score;
    bootstrap boot = {draws_of(sample->detractors, sample->passives, sample->promoters),
                      draws_of(sample->promoters, sample->passives, sample->detractors)};
    double fewer = lower_tail(&boot.draws, -1), more = upper_tail(&boot, 0);
    double bias = npsi_normal_quantile(0.5 + (fewer - more) / 2);
    double above = q->passives + 2 * q->detractors, below = q->passives + 2 * q->promoters;
    double third = q->promoters * above * above * above - q->passives * score * score * score -
                   q->detractors * below * below * below;
    double acceleration = third / (6 * variance * sqrt(variance * q->size));
    double shifted = bias - request->z, shrink = 1 - acceleration * shifted;
    double deviate = shrink > 0 ? bias + shifted / shrink : shifted * (double)INFINITY;
    return (boot.draws.sum + quantile(&boot, deviate)) / q->size;
}
