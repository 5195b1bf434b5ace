/*
 * A Dirichlet vector is a vector of independent gamma variables G_j over their sum, so score <= t is sum w_j G_j <= 0
 * with w = (-1 - t, -t, 1 - t). That sum has the moment generating function exp K(s), K(s) = -sum a_j log(1 - w_j s),
 * and P(score > t) = 1 / (2 pi i) times the integral of exp(K(s)) / s along any path from below to above that crosses
 * the real axis right of 0 and before the first singularity, a branch point 1 / w_j; left of 0 it is -P(score <= t).
 *
 * The path is a parabola through the saddle point, or half a standard deviation beside the pole at 0 when that is
 * nearer, and bends away from the branch point of the passives, 1 / -t, which may be far away and then makes the
 * integrand oscillate without end on a straight line. All singularities lie at least about as far from it as the
 * integrand is wide, so the trapezoid rule after y = scale * sinh(x), which turns powers into exponentials, needs some
 * dozens of points for full precision, whatever the counts.
 */
#include "dirichlet_internal.h"

#include <math.h>

#include "complex_internal.h"
#include "special_internal.h"

#define STEP        0.2 /* of x */
#define MOST_POINTS 400
#define MOST_STEPS  100
#define PI          3.14159265358979323846
#define SQRT_2PI    2.50662827463100050242

/* What the integrand is made of, at one t. */
typedef struct integrand {
    double shape[3], weight[3], mean; /* mean of the sum of w_j G_j */
} integrand;

/* K(s), from its value 0 and its slope, the mean, at 0. */
static npsi_complex exponent(const integrand *f, npsi_complex s)
{
    npsi_complex sum = npsi_scaled(f->mean, s);
    for (int j = 0; j < 3; j++)
        sum = npsi_plus(sum, npsi_scaled(-f->shape[j], npsi_log_rest(npsi_scaled(-f->weight[j], s))));
    return sum;
}

/* The density's integrand has this in the place of 1 / s. */
static npsi_complex density_factor(const integrand *f, npsi_complex s)
{
    npsi_complex sum = {0, 0}, one = {1, 0};
    for (int j = 0; j < 3; j++)
        sum = npsi_plus(sum, npsi_over((npsi_complex){f->shape[j], 0}, npsi_plus(one, npsi_scaled(-f->weight[j], s))));
    return sum;
}

/* K''(c) for real c. */
static double spread(const integrand *f, double c)
{
    double sum = 0;
    for (int j = 0; j < 3; j++) {
        double inverse = f->weight[j] / (1 - f->weight[j] * c);
        sum += f->shape[j] * inverse * inverse;
    }
    return sum;
}

/* The integrals of exp(K) / s and of the density along c + bend y^2 + i y, over 2 pi i. */
static void integrate(const integrand *f, double c, double bend, double scale, double *tail, double *density)
{
    double tail_sum = 0, density_sum = 0;
    for (int i = 0; i < MOST_POINTS; i++) {
        double x = i * STEP, y = scale * sinh(x), stretch = scale * cosh(x) * (i == 0 ? 0.5 : 1);
        npsi_complex s = {c + bend * y * y, y}, direction = {2 * bend * y, 1};
        npsi_complex path = npsi_scaled(stretch, npsi_times(npsi_exp(exponent(f, s)), direction));
        npsi_complex factor = density_factor(f, s);
        tail_sum += npsi_over(path, s).im;
        density_sum += npsi_times(path, factor).im;
        double length = hypot(path.re, path.im);
        if (length <= 1e-18 * fabs(tail_sum) * hypot(s.re, s.im) &&
            length * hypot(factor.re, factor.im) <= 1e-18 * fabs(density_sum))
            break;
    }
    *tail = tail_sum * STEP / PI;
    *density = density_sum * STEP / PI;
}

npsi_dirichlet npsi_dirichlet_at(const npsi_shares *shape, double t)
{
    if (t <= -1) return (npsi_dirichlet){0, 1, 0};
    if (t >= 1) return (npsi_dirichlet){1, 0, 0};
    npsi_restricted at = npsi_restricted_at(shape, t);
    double size = shape->size;
    integrand f = {
        {size * shape->detractors, size * shape->passives, size * shape->promoters},
        {-1 - t, -t, 1 - t},
        size * at.gap,
    };
    double c = -at.tilt / at.ratio, least = 0.5 / sqrt(spread(&f, 0));
    if (fabs(c) < least) c = at.gap > 0 ? -least : least;
    double bend = t >= 0 ? (1 - t) / (1 - (1 - t) * c) / 3 : -(1 + t) / (1 + (1 + t) * c) / 3;
    double tail, density;
    integrate(&f, c, bend, 0.7 * fmin(fabs(c), 0.7 / sqrt(spread(&f, c))), &tail, &density);
    if (c < 0) return (npsi_dirichlet){-tail, 1 + tail, density};
    return (npsi_dirichlet){1 - tail, tail, density};
}

/* Newton's steps on the scale of normal deviates, where the distribution is nearly straight, inside a bracket. */
double npsi_dirichlet_lower(const npsi_shares *shape, double z)
{
    double low = -1, high = 1, t = npsi_score_limit(shape, z);
    for (int i = 0; i < MOST_STEPS; i++) {
        npsi_dirichlet at = npsi_dirichlet_at(shape, t);
        double deviate = at.lower < at.upper ? npsi_normal_quantile(at.lower) : npsi_normal_upper_quantile(at.upper);
        *(deviate < -z ? &low : &high) = t;
        double unit = exp(-deviate * deviate / 2) / (SQRT_2PI * at.density);
        double next = t - (deviate + z) * unit;
        if (!(next > low && next < high)) next = (low + high) / 2;
        double step = fabs(next - t);
        t = next;
        if (step <= 1e-8 * unit || step <= 1e-16 * fabs(t)) break;
    }
    return t;
}
