#include "special_internal.h"
#include "special_tail_internal.h"

/* Taylor series of log(Gamma(2 + e)): coefficients 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k. */
static double log_gamma_2p(double e)
{
    static const double c[26] = {
        0.42278433509846713939,     0.32246703342411321824,     -0.067352301053198095133,  0.020580808427784547879,
        -0.0073855510286739852663,  0.0028905103307415232858,   -0.0011927539117032609771, 0.00050966952474304242234,
        -0.00022315475845357937976, 0.000099457512781808533715, -0.0000449262367381331417, 0.000020507212775670691553,
        -9.439488275268395904e-6,   4.3748667899074878042e-6,   -2.0392157538013662368e-6, 9.5514121304074198329e-7,
        -4.4924691987645660433e-7,  2.1207184805554665869e-7,   -1.0043224823968099609e-7, 4.7698101693639805658e-8,
        -2.271109460894316491e-8,   1.0838659214896954091e-8,   -5.1834750419700466551e-9, 2.4836745438024783172e-9,
        -1.1921401405860912074e-9,  5.7313672416788620133e-10};
    double sum = 0.0;
    for (int i = 25; i >= 0; i--) sum = sum * e + c[i];
    return sum * e;
}

double npsi_log_gamma_1p(double e)
{
    return e > 0.5 ? log_gamma_2p(e - 1.0) : log_gamma_2p(e) - log1p(e);
}

const double npsi_stirling[NPSI_STIRLING_TERMS] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                                   1.0 / 1188, -691.0 / 360360, 1.0 / 156};

/* a >= 10: log Gamma(a) - ((a - 1/2) log a - a + log(2 pi) / 2) */
static double stirling_series(double a)
{
    double sum = 0.0;
    for (int k = NPSI_STIRLING_TERMS - 1; k >= 0; k--) sum = sum / (a * a) + npsi_stirling[k];
    return sum / a;
}

double npsi_log_gamma(double x)
{
    double product = 1.0;

    if (!(x > 0.0)) return NAN;
    if (isinf(x)) return x;
    if (x < 0.5) return npsi_log_gamma_1p(x) - log(x);
    if (x >= 10.0) return (x - 0.5) * (log(x) - 1.0) + stirling_series(x) + (0.5 * log(NPSI_TWO_PI) - 0.5);
    for (; x > 2.5; product *= x) x -= 1.0;
    return npsi_log_gamma_1p(x - 1.0) + log(product);
}

double npsi_stirling_factor(double a)
{
    double gamma_1p;

    if (a >= 10.0) return exp(stirling_series(a));
    gamma_1p = a <= 1.5 ? npsi_log_gamma_1p(a) : npsi_log_gamma(1.0 + a);
    return exp(gamma_1p - a * (log(a) - 1.0)) / sqrt(NPSI_TWO_PI * a);
}

/* x <= shape: the lower tail over its density (DLMF 8.7.1). */
static double lower_series(double x, double shape)
{
    double term = 1.0, sum = 1.0;

    for (int n = 1; n <= 500; n++) {
        term *= x / (shape + n);
        sum += term;
        if (term <= 1e-17 * sum) break;
    }
    return sum / shape;
}

/* Both tails for shape and x up to 1.5, the upper one without cancellation where the shape is tiny (Gautschi 1979). */
static void small_shape_tails(npsi_tails *tails, double x, double shape)
{
    double exponent = shape * log(x) - npsi_log_gamma_1p(shape);
    double sum = shape * npsi_small_shape_sum(shape, 0.0, x);

    tails->lower = tails->density * exp(x) / shape * (1.0 + sum);
    tails->upper = -expm1(exponent) - exp(exponent) * sum;
    if (tails->lower < tails->upper)
        tails->upper = 1.0 - tails->lower;
    else
        tails->lower = 1.0 - tails->upper;
}

npsi_tails npsi_gamma_tails(double x, double shape)
{
    npsi_dd excess = npsi_dd_sum(x, -shape);
    npsi_dd ratio = npsi_dd_divide(npsi_dd_from(x), npsi_dd_from(shape));
    npsi_dd exponent = npsi_dd_negative(npsi_deviance(shape, excess, ratio));
    npsi_tails tails;

    tails.density = npsi_scaled_exp(sqrt(shape / NPSI_TWO_PI) / npsi_stirling_factor(shape), exponent);
    tails.slope = -excess.high;
    if (shape <= 1.5 && x <= 1.5) {
        small_shape_tails(&tails, x, shape);
    } else if (x <= shape) {
        npsi_tail_shape integral = {-excess.high, x, 0.0, -1};
        tails.lower = tails.density * (shape < 15.0 ? lower_series(x, shape) : npsi_tail_integral(&integral));
        tails.upper = 1.0 - tails.lower;
    } else {
        npsi_tail_shape integral = {excess.high, x, 0.0, 1};
        tails.upper = tails.density * npsi_tail_integral(&integral);
        tails.lower = 1.0 - tails.upper;
    }
    return tails;
}

static npsi_tails checked_tails(double x, double shape)
{
    if (!(x >= 0.0 && npsi_is_shape(shape))) return npsi_tails_of(NAN, NAN);
    if (x == 0.0) return npsi_tails_of(0.0, 1.0);
    return x == INFINITY ? npsi_tails_of(1.0, 0.0) : npsi_gamma_tails(x, shape);
}

double npsi_gamma_cdf(double x, double shape)
{
    return checked_tails(x, shape).lower;
}

double npsi_gamma_sf(double x, double shape)
{
    return checked_tails(x, shape).upper;
}

double npsi_chi2_cdf(double x, double df)
{
    return npsi_gamma_cdf(0.5 * x, 0.5 * df);
}

double npsi_chi2_sf(double x, double df)
{
    return npsi_gamma_sf(0.5 * x, 0.5 * df);
}
