#include "special_tail_internal.h"

#include <stddef.h>

/* (atanh(s) / s - 1) / s^2 for s^2 = q <= 0.03. */
static double atanh_excess(double q)
{
    static const double c[12] = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13,
                                 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25};
    double sum = 0.0;
    for (int i = 11; i >= 0; i--) sum = sum * q + c[i];
    return sum;
}

/* 2 atanh(s) - 2 s; a few per cent of 2 s, so that a double will do. */
static double log_excess(double s)
{
    return 2.0 * s * s * s * atanh_excess(s * s);
}

npsi_dd npsi_dd_log(npsi_dd x)
{
    static const npsi_dd log_of_2 = {0.6931471805599453, 2.3190468138462996e-17};
    int exponent;
    double mantissa = frexp(x.high, &exponent);
    npsi_dd m, s;

    if (mantissa < 0.70710678118654752) exponent--;
    m.high = ldexp(x.high, -exponent);
    m.low = ldexp(x.low, -exponent);
    s = npsi_dd_divide(npsi_dd_add(m, npsi_dd_from(-1.0)), npsi_dd_add(m, npsi_dd_from(1.0)));
    m = npsi_dd_add(npsi_dd_scale(s, 2.0), npsi_dd_from(log_excess(s.high)));
    return npsi_dd_add(npsi_dd_scale(log_of_2, exponent), m);
}

npsi_dd npsi_deviance(double mean, npsi_dd excess, npsi_dd ratio)
{
    npsi_dd s, u;

    if (fabs(excess.high) > 0.25 * mean) return npsi_dd_subtract(excess, npsi_dd_scale(npsi_dd_log(ratio), mean));
    /* With s = u / (2 + u): log(1 + u) = 2 atanh(s), and u - 2 s = u s. */
    u = npsi_dd_divide(excess, npsi_dd_from(mean));
    s = npsi_dd_divide(u, npsi_dd_add(u, npsi_dd_from(2.0)));
    return npsi_dd_subtract(npsi_dd_multiply(excess, s), npsi_dd_from(mean * log_excess(s.high)));
}

double npsi_scaled_exp(double factor, npsi_dd exponent)
{
    if (!(exponent.high > -800.0)) return 0.0; /* also where an intermediate result has overflowed */
    return factor * exp(exponent.high) * (1.0 + exponent.low);
}

/* e^s - 1 - s for |s| <= 1/4 */
static double exp_excess(double s)
{
    static const double c[12] = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                 1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
    double sum = 0.0;
    for (int i = 11; i >= 0; i--) sum = sum * s + c[i];
    return s * s * sum;
}

/* K(d), and its derivative where asked for. */
static double tail_exponent(const npsi_tail_shape *t, double d, double *derivative)
{
    double s = t->sign * d;
    double e = expm1(s);
    double w = t->share * e;

    if (derivative != NULL) *derivative = t->weight * t->sign * (e - w) / (1.0 + w);
    if (fabs(s) <= 0.25) {
        /* As in npsi_deviance for w - log(1 + w), divided by the share, which may be 0. */
        double q = w / (2.0 + w);
        return t->weight * (exp_excess(s) - e / (2.0 + w) * (w - 2.0 * q * q * atanh_excess(q * q)));
    }
    return t->weight * ((t->share > 0.0 ? log1p(w) / t->share : e) - s);
}

/* Where the integrand has fallen to between e^-42 and e^-50. */
static double tail_length(const npsi_tail_shape *t)
{
    double quadratic = sqrt(92.0 / (t->weight * (1.0 - t->share)));
    double length = t->slope * quadratic > 46.0 ? 46.0 / t->slope : quadratic;

    for (int i = 0; i < 50; i++) {
        double derivative;
        double excess = t->slope * length + tail_exponent(t, length, &derivative) - 46.0;
        if (fabs(excess) <= 4.0) break;
        length -= excess / (t->slope + derivative);
    }
    return length;
}

/* Gauss and Legendre with 32 points (nodes and weights: Abramowitz and Stegun, table 25.4): the integrand is analytic,
 * and no longer than a few of its own widths. */
double npsi_tail_integral(const npsi_tail_shape *t)
{
    static const double rule[16][2] = {
        {0.9972638618494816, 0.007018610009470096}, {0.9856115115452684, 0.01627439473090567},
        {0.9647622555875064, 0.02539206530926206},  {0.9349060759377397, 0.03427386291302143},
        {0.8963211557660521, 0.04283589802222668},  {0.84936761373257, 0.050998059262376175},
        {0.7944837959679424, 0.058684093478535544}, {0.7321821187402897, 0.06582222277636185},
        {0.6630442669302152, 0.0723457941088485},   {0.5877157572407623, 0.07819389578707031},
        {0.5068999089322294, 0.08331192422694675},  {0.42135127613063533, 0.08765209300440381},
        {0.33186860228212767, 0.09117387869576389}, {0.23928736225213706, 0.09384439908080457},
        {0.1444719615827965, 0.09563872007927486},  {0.04830766568773832, 0.0965400885147278}};
    double half = 0.5 * tail_length(t);
    double sum = 0.0;

    for (int i = 0; i < 16; i++) {
        double near = half * (1.0 - rule[i][0]), far = half * (1.0 + rule[i][0]);
        sum += rule[i][1] * (exp(-t->slope * near - tail_exponent(t, near, NULL)) +
                             exp(-t->slope * far - tail_exponent(t, far, NULL)));
    }
    return half * sum;
}

double npsi_small_shape_sum(double shape, double share, double weight)
{
    double product = 1.0, sum = 0.0;

    for (int n = 1; n <= 200; n++) {
        product *= (n * share - weight) / n;
        sum += product / (shape + n);
        if (fabs(product) <= 1e-18 * fabs(sum)) break;
    }
    return sum;
}
