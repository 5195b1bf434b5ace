/*
 * A Dirichlet vector is a vector of independent gamma variables G_j over their sum, so score <= t is sum w_j G_j <= 0
 * with w = (-1 - t, -t, 1 - t). That sum has the moment generating function exp K(s), K(s) = -sum a_j log(1 - w_j s),
 * and P(score > t) = 1 / (2 pi i) times the integral of exp(K(s)) / s along any path from below to above that crosses
 * the real axis right of 0 and before the first branch point 1 / w_j; left of 0 it is -P(score <= t).
 *
 * The path crosses at the saddle point of K, which is the tilt of the restricted estimate, or half a standard deviation
 * beside the pole at 0 when that is nearer. It is a hyperbola: counts that make the branch point of their class distant
 * make exp K like an exponential, which on a straight line would oscillate without end, so the path bends to the side
 * where that falls. All singularities lie at least about as far from it as the integrand is wide; the trapezoid rule
 * after y = scale * sinh(x), which turns powers into exponentials, then needs some dozens of points for full precision,
 * whatever the counts.
 */
#include "dirichlet_internal.h"

#include <math.h>

#include "complex_internal.h"
#include "special_internal.h"

#define STEP        0.1  /* of x; half of it changes no result by more than 1e-13 */
#define FINE_STEP   0.04 /* the same, relatively, in far tails */
#define SLOPE       0.6  /* of the hyperbola far out; below 1, so that a normal integrand falls along it */
#define MOST_POINTS 1000
#define MOST_STEPS  100
#define PI          3.14159265358979323846
#define SQRT_2PI    2.50662827463100050242
#define LOG_2       0.69314718055994530942
#define CORNER      1e-8 /* of size times rest: what is left out there is of this order, relatively */

/* The integrand at one t, seen from the real point c that the path goes through. */
typedef struct integrand {
    double shape[3], weight[3];
    double value[3];    /* 1 - w_j c */
    double nearness[3]; /* w_j / (1 - w_j c): 1 over the distance to the branch point, negative where that lies left */
    double c, constant, slope; /* K(c), K'(c) */
} integrand;

/*
 * K(s) - K(c), s = c + z. Of the terms that are near 0 only the rest beyond the linear part is added, as their linear
 * parts all but cancel; those parts together are the slope less the linear parts of the others, or, of one alone, its
 * own.
 */
static npsi_complex exponent(const integrand *f, npsi_complex z)
{
    npsi_complex sum = {0, 0};
    double linear_near = 0, linear_far = 0;
    int near = 0;
    for (int j = 0; j < 3; j++) {
        npsi_complex x = npsi_scaled(-f->nearness[j], z);
        double linear = f->shape[j] * f->nearness[j];
        if (hypot(x.re, x.im) < 0.25) {
            near++;
            linear_near += linear;
            sum = npsi_plus(sum, npsi_scaled(-f->shape[j], npsi_log_rest(x)));
        } else {
            linear_far += linear;
            sum = npsi_plus(sum, npsi_scaled(-f->shape[j], npsi_log1p(x)));
        }
    }
    if (near == 0) return sum;
    return npsi_plus(sum, npsi_scaled(near == 1 ? linear_near : f->slope - linear_far, z));
}

/* The density's integrand has this, sum a_j / (1 - w_j s), in the place of 1 / s. */
static npsi_complex density_factor(const integrand *f, npsi_complex z)
{
    npsi_complex sum = {0, 0}, one = {1, 0};
    for (int j = 0; j < 3; j++) {
        npsi_complex top = {f->shape[j] / f->value[j], 0};
        sum = npsi_plus(sum, npsi_over(top, npsi_plus(one, npsi_scaled(-f->nearness[j], z))));
    }
    return sum;
}

/* K''(c). */
static double spread(const integrand *f)
{
    double sum = 0;
    for (int j = 0; j < 3; j++) sum += f->shape[j] * f->nearness[j] * f->nearness[j];
    return sum;
}

/* Moves c, and with it K(c) and K'(c) = sum a_j w_j / (1 - w_j c); `mean` is K'(0), better known than its terms. */
static void move_to(integrand *f, double c, const double value[3], double mean)
{
    f->c = c;
    f->constant = f->slope = 0;
    for (int j = 0; j < 3; j++) {
        double x = -f->weight[j] * c;
        f->value[j] = value[j];
        f->nearness[j] = f->weight[j] / value[j];
        f->constant -= f->shape[j] * (fabs(x) < 0.25 ? npsi_log_rest((npsi_complex){x, 0}).re : log(value[j]) - x);
        f->slope += f->shape[j] * f->weight[j] * f->nearness[j];
    }
    f->constant += mean * c;
    f->slope = mean + f->slope * c;
}

/* z = slope (sqrt(radius^2 + y^2) - radius) + i y: through the saddle point where that is far enough from the pole. */
typedef struct path {
    double slope, radius, scale, step;
} path;

static path path_through(const integrand *f, double step)
{
    double pull = 0, nearest = 0;
    for (int j = 0; j < 3; j++) pull += f->shape[j] * f->shape[j] / f->nearness[j];
    double side = pull > 0 ? -1 : 1; /* where exp(K) falls */
    for (int j = 0; j < 3; j++) nearest = fmax(nearest, side * f->nearness[j]);
    return (path){side * SLOPE, 1.5 * SLOPE / nearest, 0.7 * fmin(fabs(f->c), 0.7 / sqrt(spread(f))), step};
}

/* The integrals of exp(K) / s and of the density along a path, over 2 pi i. */
static void integrate(const integrand *f, const path *along, double *tail, double *density)
{
    double tail_sum = 0, density_sum = 0;
    for (int i = 0; i < MOST_POINTS; i++) {
        double x = i * along->step, y = along->scale * sinh(x), stretch = along->scale * cosh(x) * (i == 0 ? 0.5 : 1);
        double root = hypot(along->radius, y);
        npsi_complex z = {along->slope * y * (y / (root + along->radius)), y};
        npsi_complex direction = {along->slope * y / root, 1}, s = {f->c + z.re, y};
        npsi_complex term = npsi_scaled(stretch, npsi_times(npsi_exp(exponent(f, z)), direction));
        npsi_complex factor = density_factor(f, z);
        tail_sum += npsi_over(term, s).im;
        density_sum += npsi_times(term, factor).im;
        double size = hypot(term.re, term.im);
        if (size <= 1e-18 * fabs(tail_sum) * hypot(s.re, s.im) &&
            size * hypot(factor.re, factor.im) <= 1e-18 * fabs(density_sum))
            break;
    }
    *tail = exp(f->constant) * tail_sum * along->step / PI;
    *density = exp(f->constant) * density_sum * along->step / PI;
}

static integrand integrand_at(const npsi_shares *shape, double t, double rest)
{
    npsi_restricted at = npsi_restricted_near(shape, t, rest);
    double size = shape->size, mean = size * at.gap, c = -at.tilt / at.ratio;
    integrand f = {.shape = {size * shape->detractors, size * shape->passives, size * shape->promoters},
                   .weight = {t < 0 ? -rest : -1 - t, -t, t < 0 ? 1 - t : rest}};
    move_to(&f, 0, (const double[3]){1, 1, 1}, mean);
    double least = 0.5 / sqrt(spread(&f));
    if (fabs(c) < least) {
        c = mean > 0 ? -least : least;
        move_to(&f, c, (const double[3]){1 - f.weight[0] * c, 1 - f.weight[1] * c, 1 - f.weight[2] * c}, mean);
    } else {
        move_to(&f, c, (const double[3]){at.left / at.ratio, 1 / at.ratio, at.right / at.ratio}, mean);
        f.slope = 0; /* what is left is rounding */
    }
    return f;
}

/* Next to 1 only the far corner of the simplex counts, where 2 d + p < rest and the promoters' factor is all but 1. */
static npsi_dirichlet corner(const npsi_shares *shape, double rest)
{
    double a = shape->size * shape->detractors, b = shape->size * shape->passives, c = shape->size * shape->promoters;
    /* Gamma(a + b + c) / (Gamma(c) Gamma(a + b + 1)) is 1 over ((a + b) B(a + b, c)). */
    double tail = exp((a + b) * log(rest) - a * LOG_2 - npsi_log_beta(a + b, c)) / (a + b);
    return (npsi_dirichlet){1 - tail, tail, (a + b) * (tail / rest)};
}

static npsi_dirichlet evaluate(const npsi_shares *shape, double t, double rest, double step)
{
    if (!(rest > 0)) return t < 0 ? (npsi_dirichlet){0, 1, 0} : (npsi_dirichlet){1, 0, 0};
    if (shape->size * rest < CORNER) {
        if (t > 0) return corner(shape, rest);
        npsi_shares mirrored = npsi_shares_mirrored(shape);
        npsi_dirichlet at = corner(&mirrored, rest);
        return (npsi_dirichlet){at.upper, at.lower, at.density};
    }
    integrand f = integrand_at(shape, t, rest);
    path along = path_through(&f, step);
    double tail, density;
    integrate(&f, &along, &tail, &density);
    if (f.c < 0) return (npsi_dirichlet){-tail, 1 + tail, density};
    return (npsi_dirichlet){1 - tail, tail, density};
}

npsi_dirichlet npsi_dirichlet_near(const npsi_shares *shape, double t, double rest)
{
    return evaluate(shape, t, rest, STEP);
}

npsi_dirichlet npsi_dirichlet_far(const npsi_shares *shape, double t, double rest)
{
    return evaluate(shape, t, rest, FINE_STEP);
}

npsi_dirichlet npsi_dirichlet_at(const npsi_shares *shape, double t)
{
    return npsi_dirichlet_near(shape, t, 1 - fabs(t));
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
        double next = t - (deviate + z) * unit, step = fabs(next - t);
        if (step <= 1e-8 * unit || step <= 1e-16 * fabs(t)) return fmin(fmax(next, low), high);
        t = next > low && next < high ? next : (low + high) / 2;
    }
    return t;
}
