#include "restricted_internal.h"

#include <float.h>
#include <math.h>

#include "complex_internal.h"

#define MOST_STEPS 64

npsi_shares npsi_shares_of(double detractors, double passives, double promoters)
{
    double size = (detractors + promoters) + passives; /* the same when mirrored */
    return (npsi_shares){detractors / size, passives / size, promoters / size, size, (promoters - detractors) / size};
}

npsi_shares npsi_shares_mirrored(const npsi_shares *shares)
{
    return (npsi_shares){shares->promoters, shares->passives, shares->detractors, shares->size, -shares->score};
}

static double variance_of(double detractors, double passives, double promoters)
{
    return passives * (detractors + promoters) + 4 * detractors * promoters;
}

double npsi_shares_variance(const npsi_shares *shares)
{
    return variance_of(shares->detractors, shares->passives, shares->promoters);
}

/*
 * The tilt is the smaller root of p t u^2 - (R + D) u + (R - D - P) = 0, and the detractors' share q the larger one of
 * 2 q^2 + B q - d t (1 - t) = 0 (Tango 1998); both have the same discriminant, a sum of terms that are
 * not negative for t >= 0. Each root, and 1 - u and 1 + u, is taken in the form that does not cancel.
 */
static npsi_restricted restricted_above_zero(const npsi_shares *shares, double trial, double rest)
{
    double d = shares->detractors, D = d * (1 + trial), P = shares->passives * trial;
    double R = shares->promoters * rest;
    double root = sqrt((R - 2 * P) * (R - 2 * P) + D * (D + 2 * R + 4 * P));
    double sum = R + D + root, gap = trial < 0.5 ? shares->score - trial : R - D - P;
    npsi_restricted at = {.gap = gap, .left = 1, .right = 1};
    if (sum > 0) {
        double low = R - 3 * D - 2 * P, high = D - 3 * R + 2 * P;
        at.tilt = fmax(-1, fmin(1, 2 * gap / sum));
        at.left = low > 0 ? 8 * D * gap / (sum * (root + low)) : (root - low) / sum;
        at.right = high > 0 ? -8 * R * gap / (sum * (root + high)) : (root - high) / sum;
    }
    at.ratio = rest + trial * at.right;
    double minus_b = R - 2 * P + d * (1 - 3 * trial);
    at.detractors = minus_b >= 0 ? (minus_b + root) / 4 : 2 * d * trial * rest / (root - minus_b);
    at.passives = shares->passives * at.ratio;
    at.promoters = at.detractors + trial;
    at.variance = variance_of(at.detractors, at.passives, at.promoters);
    return at;
}

npsi_restricted npsi_restricted_near(const npsi_shares *shares, double trial, double rest)
{
    if (trial >= 0) return restricted_above_zero(shares, trial, rest);
    npsi_shares mirrored = npsi_shares_mirrored(shares);
    npsi_restricted at = restricted_above_zero(&mirrored, -trial, rest);
    return (npsi_restricted){at.promoters, at.passives, at.detractors, at.variance, -at.gap,
                             -at.tilt,     at.right,    at.left,       at.ratio};
}

npsi_restricted npsi_restricted_at(const npsi_shares *shares, double trial)
{
    return npsi_restricted_near(shares, trial, 1 - fabs(trial));
}

double npsi_score_statistic(const npsi_shares *shares, double trial)
{
    npsi_restricted at = npsi_restricted_at(shares, trial);
    return at.gap == 0 ? 0 : at.gap * sqrt(shares->size / at.variance);
}

/*
 * Tango's equation z(t)^2 = z^2 is a quartic in t, which loses its digits in doubles. In the tilt it is
 * z^2 = n u^2 (p (d / (1 - u) + r / (1 + u)) + 4 d r / (1 - u^2)), a cubic, and with u = 1 / (1 + e) one whose wanted
 * root is the only one that is not negative. Nothing in it cancels.
 *
 * The root e >= 0 of e^3 + 3 e^2 + (2 - k) e - h = 0, k and h >= 0. Both starts lie right of it, where the cubic is
 * convex and rising, so that Newton's steps go down to it; they end where rounding turns them.
 */
static double cubic_root(double k, double h, double skew)
{
    double linear = 2 - k, root = sqrt(linear * linear + 12 * h);
    double without_cube = linear > 0 ? 2 * h / (linear + root) : (root - linear) / 6;
    double depressed = k / (1 + sqrt(1 + k)) + skew / (2 * (1 + k));
    double e = fmin(without_cube, fmax(depressed, 0));
    for (int i = 0; i < MOST_STEPS && e > 0; i++) {
        double next = e - (((e + 3) * e + linear) * e - h) / ((3 * e + 6) * e + linear);
        if (!(next < e && next > 0)) break;
        e = next;
    }
    return e;
}

/* S times the estimate has d + gained, p, r - lost. */
typedef struct shift {
    double weight, gained, lost; /* gained is not finite at u = 1: nobody is a detractor, but the estimate has some */
} shift;

static shift shift_at(const npsi_shares *shares, double z)
{
    double d = shares->detractors, p = shares->passives, r = shares->promoters;
    double weight = shares->size / (z * z);
    double e = cubic_root(weight * npsi_shares_variance(shares), 2 * weight * d * (p + 2 * r), weight * p * (d - r));
    return (shift){weight, d / e, r / (2 + e)};
}

double npsi_score_limit(const npsi_shares *shares, double z)
{
    double d = shares->detractors, r = shares->promoters;
    shift at = shift_at(shares, z);
    /* u = 1: nobody is a detractor, or nobody is anything else */
    if (!(at.gained <= DBL_MAX)) return d < 0.5 ? (r * at.weight - 1) / (at.weight + 1) : -1;
    return (shares->score - at.gained - at.lost) / (1 + at.gained - at.lost);
}

double npsi_score_gap(const npsi_shares *shares, double z)
{
    double d = shares->detractors, p = shares->passives, r = shares->promoters;
    shift at = shift_at(shares, z);
    if (!(at.gained <= DBL_MAX)) return (p + 2 * r) / (at.weight + 1);
    return (at.gained * (p + 2 * r) + at.lost * (p + 2 * d)) / (1 + at.gained - at.lost);
}

double npsi_skewed_statistic(const npsi_shares *shares, double trial)
{
    npsi_restricted at = npsi_restricted_at(shares, trial);
    double n = shares->size, below = 1 + trial, above = 1 - trial;
    if (at.variance == 0) return 0;
    double third = at.promoters * above * above * above - at.passives * trial * trial * trial -
                   at.detractors * below * below * below;
    double deviation = sqrt(at.variance / (n - 1)); /* sqrt(V n / (n - 1)) */
    double k = third / (6 * n * n * deviation * deviation * deviation);
    double z = at.gap / deviation, discriminant = 1 + 4 * k * (z + k);
    if (discriminant < 0) return copysign(INFINITY, at.gap);
    return 2 * (z + k) / (1 + sqrt(discriminant));
}

/* log(value) - excess, where value is 1 + excess: the part of the logarithm that does not cancel in the sum below. */
static double log_rest(double value, double excess)
{
    return fabs(excess) < 0.25 ? npsi_log_rest((npsi_complex){excess, 0}).re : log(fmax(value, DBL_MIN)) - excess;
}

/* The gain in log likelihood is d log(1 - u) + r log(1 + u) - log(1 + u t), whose linear parts come to u times the gap.
 */
double npsi_likelihood_statistic(const npsi_shares *shares, double trial)
{
    npsi_restricted at = npsi_restricted_at(shares, trial);
    double gain = at.tilt * at.gap - log_rest(at.ratio, at.tilt * trial);
    if (shares->detractors > 0) gain += shares->detractors * log_rest(at.left, -at.tilt);
    if (shares->promoters > 0) gain += shares->promoters * log_rest(at.right, at.tilt);
    return copysign(sqrt(fmax(0, 2 * shares->size * gain)), at.gap);
}
