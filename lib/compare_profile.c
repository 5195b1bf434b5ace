/*
 * The profile score test of a difference: the likeliest pair of scores that differ by so much (as Tango 1998 for one
 * score).
 *
 * Where l1(t) + l2(t + D) is greatest the two log likelihoods have slopes of one size and opposite signs, so that size
 * is the unknown here, not t: each sample then has its own estimate, a cubic's root, and no maximum is searched for.
 * Let the slope be k. Of a restricted estimate the gap between the sample's score and its own is k V, V the variance of
 * the score under it. So the gaps of the two add up to the distance k (V1 + V2) between the estimated difference and D,
 * and z^2 = distance^2 / (V1 + V2) = k distance. Both the gaps and z grow with k. Kinks do no harm: where l has one,
 * its gap stays while k goes on.
 */
#include <math.h>

#include "compare_internal.h"
#include "root_internal.h"

#define MOST_STEPS     64
#define SMALLEST_SLOPE 1e-90  /* so that the cubic is finite; the gap is as small */
#define LARGEST_SLOPE  1e90   /* the scores are at their ends */
#define LARGEST_FACTOR 0x1p64 /* so that halving the bracket again is quick */

/*
 * With the tilt u = 1 / (1 + e) the slope of one answer's log likelihood is k = u (d / (1 - u) + p + r / (1 + u)), or
 * e^3 + (3 - w) e^2 + (2 - w (2 + d - r)) e - 2 w d = 0 with w = 1 / k. One root only is not negative. Leaving out
 * r / (1 + u), or the cube, gives a quadratic whose root is not below it; the cubic rises and is convex from the root
 * on, so that Newton's steps go down to it until rounding turns them.
 */
static double excess_of_slope(const npsi_shares *shares, double slope)
{
    double d = shares->detractors, w = 1 / slope;
    double square = 3 - w, linear = 2 - w * (2 + d - shares->promoters), constant = 2 * w * d;
    double root = sqrt((slope - 1) * (slope - 1) + 4 * slope * d);
    double e = slope <= 1 ? (1 - slope + root) / (2 * slope) : 2 * d / (slope - 1 + root);
    if (square > 0) {
        root = sqrt(linear * linear + 4 * square * constant);
        e = fmin(e, linear > 0 ? 2 * constant / (linear + root) : (root - linear) / (2 * square));
    }
    for (int i = 0; i < MOST_STEPS && e > 0; i++) {
        double value = ((e + square) * e + linear) * e - constant;
        double next = e - value / ((3 * e + 2 * square) * e + linear);
        if (!(next < e && next > 0)) break;
        e = next;
    }
    return e;
}

/* How far below the sample's score the trial score lies at which the log likelihood has this slope. The estimate is
 * (d + gained, p, r - lost) u / k. */
static double gap_of_slope(const npsi_shares *shares, double slope_of_all)
{
    double slope = fmax(slope_of_all / shares->size, SMALLEST_SLOPE);
    double d = shares->detractors, p = shares->passives, r = shares->promoters;
    double e = excess_of_slope(shares, slope), lost = r / (2 + e);
    /* u = 1: nobody is a detractor, but the estimate has some */
    double gained = e > 1e-290 ? d / e : fmax(0, slope - (1 - lost));
    return (gained * (p + 2 * r) + lost * (p + 2 * d)) / (slope * (1 + e));
}

static double distance_of_slope(const npsi_contrast *contrast, double slope)
{
    return gap_of_slope(&contrast->part[0], slope) + gap_of_slope(&contrast->part[1], slope);
}

typedef struct wanted {
    const npsi_contrast *contrast;
    double value;
} wanted;

static double excess_distance(double slope, const void *context)
{
    const wanted *want = context;
    return distance_of_slope(want->contrast, slope) - want->value;
}

static double excess_deviate(double slope, const void *context)
{
    const wanted *want = context;
    return sqrt(slope * distance_of_slope(want->contrast, slope)) - want->value;
}

/* The slope at which a rising function is 0; at no slope it is -want->value. */
static double solve(double (*excess)(double, const void *), const wanted *want, double guess)
{
    double left = 0, at_left = -want->value, right = guess;
    for (double factor = 2; right < LARGEST_SLOPE; factor = fmin(factor * factor, LARGEST_FACTOR)) {
        double at_right = excess(right, want);
        if (at_right >= 0) return npsi_root(excess, want, left, at_left, right, at_right);
        left = right, at_left = at_right;
        right *= factor;
    }
    return right;
}

/* z^2 over the slope keeps its digits where the gaps, just past a kink, do not. Two scores at their lower ends have no
 * gaps, and a slope without end. */
static double profile_distance(const npsi_contrast *contrast, double deviate)
{
    wanted want = {contrast, deviate};
    double square = deviate * deviate;
    double guess = deviate / sqrt(npsi_contrast_variance_near(contrast, fmin(square, 1)));
    return square / solve(excess_deviate, &want, guess);
}

static double profile_deviate(const npsi_contrast *contrast, double distance)
{
    wanted want = {contrast, distance};
    double guess = distance / npsi_contrast_variance_near(contrast, distance);
    return sqrt(solve(excess_distance, &want, guess) * distance);
}

const npsi_inversion npsi_profile = {profile_distance, profile_deviate};
