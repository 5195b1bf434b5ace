/*
 * The integral over x, as one over the logit of x. There the half powers at the ends become exponential tails, and its
 * integrand is the likelihood ratio of the sample with half a detractor and half a promoter more. Its peak x0 is the
 * tilt of the restricted estimate of that sample: nothing has to be searched for. In x the logarithm of the integrand
 * is concave, so there is no other peak. With G = (x - x0) / (x0 (1 - x0)) it falls from there by
 *
 *     (r + 1/2) log(1 + (1 - x0) G) + (d + 1/2) log(1 - x0 G) + p log(1 + (q0 - x0) G),
 *
 * whose linear parts add up to 0, and whose rests all have one sign. q0 is the share of x / 2y in the middle factor.
 */
#include "wealth_internal.h"

#include <float.h>
#include <math.h>

#include "restricted_internal.h"
#include "root_internal.h"
#include "special_internal.h"

#define NEAR           0.25  /* below it the series is used */
#define STRETCH        3.0   /* distances beyond it grow exponentially from point to point */
#define NEGLIGIBLE     1e-17 /* of the sum so far */
#define MOST_POINTS    1000
#define MOST_DOUBLINGS 64
#define LOG_PI         1.14472988584940017414

typedef struct integrand {
    double detractors, passives, promoters; /* counts, half an answer more in the outer ones */
    double best, other;                     /* x0, 1 - x0 */
    double middle, outer;                   /* q0, 1 - q0 */
    double shift;                           /* q0 - x0 */
} integrand;

/* log(1 + v) - v for |v| <= NEAR, by the series of 2 atanh(w), w = v / (2 + v). */
static double log_rest(double v)
{
    static const double terms[] = {2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3};
    double w = v / (2 + v), square = w * w, sum = 0;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) sum = (sum + terms[i]) * square;
    return w * (sum - v);
}

/* log(value), where value is 1 + excess and each of the two has its full digits. */
static double log_of(double value, double excess)
{
    return excess > -0.5 ? log1p(excess) : log(value);
}

/* The logarithm of the integrand less that at the peak, where the logit of x lies `distance` from it. */
static double fall(const integrand *f, double distance)
{
    double ratio = exp(distance), whole = f->other + f->best * ratio, gain = expm1(distance) / whole;
    double up = f->other * gain, down = -f->best * gain, level = f->shift * gain;
    if (fabs(gain) < NEAR)
        return f->promoters * log_rest(up) + f->detractors * log_rest(down) + f->passives * log_rest(level);
    return f->promoters * log_of(ratio / whole, up) + f->detractors * log_of(1 / whole, down) +
           f->passives * log_of((f->outer + f->middle * ratio) / whole, level);
}

/* The integral over the logit, the peak's height taken out: the trapezoid rule in t, distance = STRETCH sinh(t). The
 * step is a fraction of the peak's width, but never so wide that it misses the tails. */
static double integral(const integrand *f)
{
    double curvature =
        f->promoters * f->other * f->other + f->detractors * f->best * f->best + f->passives * f->shift * f->shift;
    double step = 1 / (STRETCH * sqrt(3 * curvature + 40)), sum = 1;
    for (int side = -1; side <= 1; side += 2) {
        for (int i = 1; i <= MOST_POINTS; i++) {
            double along = sinh(side * i * step);
            double term = exp(fall(f, STRETCH * along)) * sqrt(1 + along * along);
            sum += term;
            if (term < NEGLIGIBLE * sum) break;
        }
    }
    return STRETCH * step * sum;
}

/*
 * The logarithm of the likelihood ratio at the peak, sum c log(1 + u (X - m)) over the classes with counts c. Of those
 * near 0 only the rest beyond the linear part is added. The linear parts come to u times what the counts have more than
 * size * m, and that is known exactly: 1e12 answers make something to be seen of how it is rounded. Where a class is
 * far from 0, what the others add up to is not small beside it.
 */
static double height_of_peak(const integrand *f, const npsi_restricted *at, double trial, double trial_rest)
{
    double u = at->tilt / at->ratio, size = (f->detractors + f->promoters) + f->passives;
    const double count[3] = {f->detractors, f->passives, f->promoters};
    const double value[3] = {at->left / at->ratio, 1 / at->ratio, at->right / at->ratio};
    const double excess[3] = {-u * (1 + trial), -u * trial, u * (1 - trial)};
    double linear = 0, rest = 0;
    int all_near = 1;
    for (int i = 0; i < 3; i++) {
        int near = fabs(excess[i]) < NEAR;
        all_near &= near;
        linear += near ? count[i] * excess[i] : 0;
        rest += count[i] * (near ? log_rest(excess[i]) : log_of(value[i], excess[i]));
    }
    if (all_near) {
        double product = size * trial, product_rest = fma(size, trial, -product);
        linear = u * (((f->promoters - f->detractors) - product) - product_rest);
    }
    return rest + linear - u * size * trial_rest;
}

static double log_wealth_above_zero(const nps_sample *sample, double trial, double trial_rest)
{
    double d = sample->detractors, p = sample->passives, r = sample->promoters;
    if (trial == 1) return d > 0 || p > 0 ? INFINITY : npsi_log_beta(r + 0.5, 0.5) - LOG_PI;
    npsi_shares shares = npsi_shares_of(d + 0.5, p, r + 0.5);
    npsi_restricted at = npsi_restricted_at(&shares, trial);
    double y = (1 + trial) / 2, rest_of_y = (1 - trial) / 2, ends = y * rest_of_y;
    integrand f = {
        .detractors = d + 0.5,
        .passives = p,
        .promoters = r + 0.5,
        .best = y * at.right / at.ratio,
        .other = rest_of_y * at.left / at.ratio,
        .middle = at.right / 2,
        .outer = at.left / 2,
        .shift = -trial * at.right * at.left / (2 * at.ratio),
    };
    double height = height_of_peak(&f, &at, trial, trial_rest);
    double log_ends = log(ends) - trial * trial_rest / (2 * ends);
    return height + log_ends / 2 - LOG_PI + log(integral(&f));
}

static nps_sample mirrored(const nps_sample *sample)
{
    return (nps_sample){sample->promoters, sample->passives, sample->detractors, sample->df};
}

double npsi_log_wealth(const nps_sample *sample, double trial, double trial_rest)
{
    nps_sample mirror = mirrored(sample);
    if (trial > 0 || (trial == 0 && sample->promoters >= sample->detractors))
        return log_wealth_above_zero(sample, trial, trial_rest);
    return log_wealth_above_zero(&mirror, -trial, -trial_rest);
}

typedef struct wealth_excess {
    const nps_sample *sample;
    double threshold;
} wealth_excess;

static double excess(double trial, const void *context)
{
    const wealth_excess *over = context;
    return npsi_log_wealth(over->sample, trial, 0) - over->threshold;
}

/* The score limit shows how far to look: log W rises about as half the square of the score statistic. */
double npsi_wealth_lower(const nps_sample *sample, double threshold)
{
    if (sample->passives == 0 && sample->promoters == 0) return -1;
    npsi_shares shares = npsi_shares_of(sample->detractors, sample->passives, sample->promoters);
    wealth_excess over = {sample, threshold};
    int only_promoters = sample->detractors == 0 && sample->passives == 0;
    double right = only_promoters ? 1 : fmin(shares.score, 1 - DBL_EPSILON), at_right = excess(right, &over);
    if (at_right >= 0) return right;
    double width = fmax(right - npsi_score_limit(&shares, sqrt(-2 * at_right)), DBL_EPSILON);
    for (int i = 0; i < MOST_DOUBLINGS; i++, width *= 2) {
        double left = right - width;
        if (left <= -1) break;
        double at_left = excess(left, &over);
        if (at_left > 0) return npsi_root(excess, &over, left, at_left, right, at_right);
        right = left, at_right = at_left;
    }
    return npsi_root(excess, &over, -1, INFINITY, right, at_right);
}
