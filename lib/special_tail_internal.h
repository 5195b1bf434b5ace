/*
 * What the gamma and the beta distribution share. Both are seen on the scale where the density is log-concave on the
 * whole line: z = log x for the gamma, the log odds z = log(x / (1 - x)) for the beta. The density of z at the point
 * asked for is found without cancellation; a tail is that density times a well-conditioned ratio.
 */
#ifndef NPSI_SPECIAL_TAIL_INTERNAL_H
#define NPSI_SPECIAL_TAIL_INTERNAL_H

#include <stdbool.h>

#include "double_double_internal.h"

#define NPSI_TWO_PI 6.2831853071795865

typedef struct npsi_tails {
    double lower, upper; /* P(Z <= z), P(Z > z) */
    double density;      /* of Z at z */
    double slope;        /* the derivative of the log density at z */
} npsi_tails;

static inline npsi_tails npsi_tails_of(double lower, double upper)
{
    npsi_tails r = {lower, upper, 0.0, 0.0};
    return r;
}

static inline bool npsi_is_shape(double a)
{
    return a > 0.0 && a < INFINITY;
}

/* 0 < x < infinity, shape > 0: density x^shape e^-x / Gamma(shape). */
npsi_tails npsi_gamma_tails(double x, double shape);
/* x + y = 1, both positive, a, b > 0: density x^a y^b / B(a, b). */
npsi_tails npsi_beta_tails(npsi_dd x, npsi_dd y, double a, double b);
/* The same at x / y = odds; as at 0 or infinity where x or y is no normal double. */
npsi_tails npsi_odds_tails(npsi_dd odds, double a, double b);

/* From t^2 = NPSI_FAR_ODDS df on, Student's tail is a pure power of t, to the last digit. There it is npsi_far_t_sf. */
#define NPSI_FAR_ODDS 0x1p996
double npsi_far_t_sf(double df);

npsi_dd npsi_dd_log(npsi_dd x); /* x > 0; absolute error about 1e-18 |log x| */

/*
 * mean (u - log(1 + u)) for mean, mean u and 1 + u: the deviance of an observation 1 + u times its expectation (Loader
 * 2000, "Fast and accurate computation of binomial probabilities"), with no cancellation near u = 0.
 */
npsi_dd npsi_deviance(double mean, npsi_dd excess, npsi_dd ratio);

/* factor e^exponent, where the exponent may be large. */
double npsi_scaled_exp(double factor, npsi_dd exponent);

/* log(Gamma(1 + e)) for -0.5 <= e <= 1.5, relative error 1e-15 also near 0 and 1. */
double npsi_log_gamma_1p(double e);
/* Stirling's series of log Gamma(a), from a = 10 on: the coefficients of 1 / a, 1 / a^3, ... */
#define NPSI_STIRLING_TERMS 7
extern const double npsi_stirling[NPSI_STIRLING_TERMS];
/* Gamma(a) / (sqrt(2 pi / a) (a / e)^a): Stirling's formula's error as a factor, 1 for infinite a. */
double npsi_stirling_factor(double a);

/*
 * A tail over its density: the integral of exp(-slope d - K(d)) over d > 0, where K is convex with K(0) = K'(0) = 0,
 *   K(d) = weight (log(1 + share (e^s - 1)) / share - s),   s = d or -d.
 * share is 0 for the gamma (the first term is then e^s - 1), else min(x, 1 - x).
 */
typedef struct npsi_tail_shape {
    double slope, weight, share;
    int sign;
} npsi_tail_shape;
double npsi_tail_integral(const npsi_tail_shape *shape);

/*
 * Sum over n >= 1 of (1 / (shape + n)) prod over k <= n of (k share - weight) / k, for |share| <= 1/2, 0 <= weight <=
 * 1.5: the series of a tail with a small shape without its first term.
 */
double npsi_small_shape_sum(double shape, double share, double weight);

#endif
