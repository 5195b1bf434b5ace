#include "special_internal.h"
#include "special_tail_internal.h"

/* x^a y^b / B(a, b) at its mode x = a / (a + b), without the powers. */
static double mode_factor(double a, double b)
{
    double large = a > b ? a : b, small = a > b ? b : a;
    return sqrt(small * (large / (a + b)) / NPSI_TWO_PI) * npsi_stirling_factor(a + b) /
           (npsi_stirling_factor(a) * npsi_stirling_factor(b));
}

/* log(1 + b / a) */
static double log_ratio_1p(double b, double a)
{
    double ratio = b / a;
    return isinf(ratio) ? log(b) - log(a) : log1p(ratio);
}

double npsi_log_beta(double a, double b)
{
    if (!(npsi_is_shape(a) && npsi_is_shape(b))) return NAN;
    return -a * log_ratio_1p(b, a) - b * log_ratio_1p(a, b) - log(mode_factor(a, b));
}

/* log(x^a Gamma(a + b) / Gamma(b)) for 0 < a <= 1.5: its error is relative to a, however small. */
static double log_small_shape_power(double x, double a, double b)
{
    double product = 0.0; /* of (1 + a / b) over the steps of b up to 10, less 1 */
    double step, power, sum = 0.0;

    for (; b < 10.0; b += 1.0) product += a / b * (1.0 + product);
    step = log1p(a / b);
    power = 1.0 / b;
    for (int k = 0; k < NPSI_STIRLING_TERMS; k++, power /= b * b)
        sum += npsi_stirling[k] * power * expm1(-(2 * k + 1) * step);
    return (b - 0.5) * step - a + a * log(x * (a + b)) + sum - log1p(product);
}

/* The point asked for, seen from one end: x from there, a the shape that belongs to it. */
typedef struct point {
    double x, y, a, b;
    double excess; /* b x - a y: below 0 before the mode */
    double density;
} point;

static bool is_small_shape(const point *p)
{
    return p->a <= 1.5 && p->x <= 0.5 && p->x * (p->a + p->b) <= 1.5;
}

/* Both tails, the upper one without cancellation where a is tiny: for the beta what Gautschi (1979) does for the gamma.
 */
static void small_shape_tails(const point *p, double *lower, double *upper)
{
    double exponent = log_small_shape_power(p->x, p->a, p->b) - npsi_log_gamma_1p(p->a);
    double sum = p->a * npsi_small_shape_sum(p->a, p->x, p->b * p->x);

    *lower = p->density * exp(-p->b * log1p(-p->x)) / p->a * (1.0 + sum);
    *upper = -expm1(exponent) - exp(exponent) * sum;
    if (*lower < *upper)
        *upper = 1.0 - *lower;
    else
        *lower = 1.0 - *upper;
}

/* The lower tail over its density by the continued fraction of DiDonato and Morris (1992), equation 9, after Lentz. */
static double lower_fraction(const point *p)
{
    double a = p->a, b = p->b, x = p->x;
    double fraction = a * (1.0 - p->excess) / (a + 1.0);
    double c = fraction, d = 0.0;

    for (int m = 1; m <= 500; m++) {
        double odd = a + 2.0 * m - 1.0;
        double top = (a + m - 1.0) * ((a + b + m - 1.0) * x) * m * ((b - m) * x) / (odd * odd);
        double bottom = m + m * ((b - m) * x) / odd + (a + m) * (1.0 - p->excess + m * (2.0 - x)) / (odd + 2.0);
        double change;
        c = bottom + top / c;
        d = 1.0 / (bottom + top * d);
        change = c * d;
        fraction *= change;
        if (fabs(change - 1.0) <= 1e-16) break;
    }
    return 1.0 / fraction;
}

/* Before the mode: the lower tail over its density. */
static double lower_ratio(const point *p)
{
    npsi_tail_shape integral = {-p->excess, (p->a + p->b) * fmin(p->x, p->y), fmin(p->x, p->y), p->y <= p->x ? 1 : -1};
    return p->a < 15.0 ? lower_fraction(p) : npsi_tail_integral(&integral);
}

/* x^a y^b / B(a, b) by the deviances from the mode, which add up without cancellation (Loader 2000). */
static npsi_dd log_density_from_mode(npsi_dd x, npsi_dd y, double a, double b, npsi_dd excess)
{
    npsi_dd total = npsi_dd_sum(a, b);
    npsi_dd ratio_x = npsi_dd_divide(npsi_dd_multiply(x, total), npsi_dd_from(a));
    npsi_dd ratio_y = npsi_dd_divide(npsi_dd_multiply(y, total), npsi_dd_from(b));
    return npsi_dd_negative(
        npsi_dd_add(npsi_deviance(a, excess, ratio_x), npsi_deviance(b, npsi_dd_negative(excess), ratio_y)));
}

npsi_tails npsi_beta_tails(npsi_dd x, npsi_dd y, double a, double b)
{
    npsi_dd excess = npsi_dd_subtract(npsi_dd_scale(x, b), npsi_dd_scale(y, a));
    double density = npsi_scaled_exp(mode_factor(a, b), log_density_from_mode(x, y, a, b, excess));
    point from_zero = {x.high, y.high, a, b, excess.high, density};
    point from_one = {y.high, x.high, b, a, -excess.high, density};
    npsi_tails tails = {0.0, 0.0, density, -excess.high};

    if (is_small_shape(&from_zero)) {
        small_shape_tails(&from_zero, &tails.lower, &tails.upper);
    } else if (is_small_shape(&from_one)) {
        small_shape_tails(&from_one, &tails.upper, &tails.lower);
    } else if (excess.high <= 0.0) {
        tails.lower = density * lower_ratio(&from_zero);
        tails.upper = 1.0 - tails.lower;
    } else {
        tails.upper = density * lower_ratio(&from_one);
        tails.lower = 1.0 - tails.upper;
    }
    return tails;
}

static bool in_domain(double x, double a, double b)
{
    return x >= 0.0 && x <= 1.0 && npsi_is_shape(a) && npsi_is_shape(b);
}

static npsi_tails checked_tails(double x, double a, double b)
{
    if (!in_domain(x, a, b)) return npsi_tails_of(NAN, NAN);
    if (x == 0.0 || x == 1.0) return npsi_tails_of(x, 1.0 - x);
    return npsi_beta_tails(npsi_dd_from(x), npsi_dd_sum(1.0, -x), a, b);
}

double npsi_beta_cdf(double x, double a, double b)
{
    return checked_tails(x, a, b).lower;
}

double npsi_beta_sf(double x, double a, double b)
{
    return checked_tails(x, a, b).upper;
}

/* The density at an end where the shape belonging to it is a. */
static double density_at_end(double a, double b)
{
    if (a == 1.0) return b;
    return a < 1.0 ? INFINITY : 0.0;
}

double npsi_beta_pdf(double x, double a, double b)
{
    npsi_dd dx = npsi_dd_from(x), dy = npsi_dd_sum(1.0, -x), excess, exponent;

    if (!in_domain(x, a, b)) return NAN;
    if (x == 0.0) return density_at_end(a, b);
    if (x == 1.0) return density_at_end(b, a);
    excess = npsi_dd_subtract(npsi_dd_scale(dx, b), npsi_dd_scale(dy, a));
    exponent = log_density_from_mode(dx, dy, a, b, excess);
    exponent = npsi_dd_subtract(exponent, npsi_dd_add(npsi_dd_log(dx), npsi_dd_log(dy)));
    return npsi_scaled_exp(mode_factor(a, b), exponent);
}
