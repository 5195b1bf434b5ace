#include <nps/posterior.h>

#include <math.h>

#include <nps/status.h>

#include "dirichlet_internal.h"
#include "special_internal.h"

#define LEAST_PRIOR   0.5
#define LARGEST_PRIOR 1e15
#define OUTERMOST     7.3 /* deviate: what lies beyond has a probability of 3e-13 on both sides */
/* From so many promoters and detractors on the density is as good as smooth where it passes a score of 0. */
#define SMOOTH     20.0
#define MOST_ENDS  6
#define HALF_PI    1.57079632679489661923
#define LONGEST    0.1   /* step of the double-exponential rule */
#define DEVIATION  0.57  /* and in standard deviations of the density */
#define FARTHEST   3.2   /* where the rule ends: 1e-16 of a piece from its end */
#define NEGLIGIBLE 1e-17 /* a term that does not count */

/* The parameters of the posterior. No answers are as good as any. */
static int posterior_of(const nps_sample *sample, const double *prior, npsi_shares *out)
{
    static const double jeffreys[3] = {0.5, 0.5, 0.5};
    int status = nps_sample_check(sample);
    if (status != NPS_OK && status != NPS_ERR_EMPTY) return status;
    if (prior == NULL) prior = jeffreys;
    for (int i = 0; i < 3; i++)
        if (!(prior[i] >= LEAST_PRIOR && prior[i] <= LARGEST_PRIOR)) return NPS_ERR_RANGE;
    *out = npsi_shares_of(sample->detractors + prior[0], sample->passives + prior[1], sample->promoters + prior[2]);
    return NPS_OK;
}

int nps_posterior_interval(const nps_sample *sample, const double *prior, double level, double *lower, double *upper)
{
    npsi_shares shape;
    if (lower == NULL || upper == NULL || !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = posterior_of(sample, prior, &shape);
    if (status != NPS_OK) return status;
    double z = fmax(npsi_normal_upper_quantile((1 - level) / 2), NPSI_SMALLEST_DEVIATE);
    npsi_shares mirrored = npsi_shares_mirrored(&shape);
    double low = 100 * npsi_dirichlet_lower(&shape, z), high = -100 * npsi_dirichlet_lower(&mirrored, z);
    if (isnan(low) || isnan(high)) return NPS_ERR_CONVERGENCE;
    *lower = fmax(low, -100);
    *upper = fmin(high, 100);
    return NPS_OK;
}

int nps_posterior_cdf(const nps_sample *sample, const double *prior, double points, double *below, double *above)
{
    npsi_shares shape;
    int status = posterior_of(sample, prior, &shape);
    if (status != NPS_OK) return status;
    if (!isfinite(points)) return NPS_ERR_RANGE;
    npsi_dirichlet at = npsi_dirichlet_far(&shape, points / 100, (100 - fabs(points)) / 100);
    if (below != NULL) *below = at.lower;
    if (above != NULL) *above = at.upper;
    return NPS_OK;
}

/* The integral over t of the density of one score times a tail of another at t + shift. */
typedef struct overlap {
    npsi_shares density, tail;
    double shift, deviation; /* the density's standard deviation */
    int upper;               /* which tail */
} overlap;

/* At a distance from `end`: the sum of the two would lose digits next to -1, 0 and 1. */
static double integrand(const overlap *of, double end, double distance)
{
    double t = end + distance, moved = t + of->shift;
    double rest = t < 0 ? (1 + end) + distance : (1 - end) - distance;
    npsi_dirichlet tail = npsi_dirichlet_near(&of->tail, moved, of->shift == 0 ? rest : 1 - fabs(moved));
    double chance = of->upper ? tail.upper : tail.lower;
    return chance > 0 ? chance * npsi_dirichlet_near(&of->density, t, rest).density : 0;
}

/* One half of a piece, from its middle to the end. */
static double integrate_half(const overlap *of, double end, double half, double step)
{
    double sum = 0, before = 0;
    for (double x = step / 2; x <= FARTHEST; x += step) {
        double e = exp(-2 * HALF_PI * sinh(x)), distance = 2 * half * e / (1 + e);
        double term = integrand(of, end, distance) * HALF_PI * cosh(x) * 2 * fabs(distance) / (1 + e);
        sum += term;
        if (term <= before && term <= NEGLIGIBLE * sum) break;
        before = term;
    }
    return step * sum;
}

/* Double-exponential quadrature (Takahasi and Mori 1974): half powers and logarithms at the ends do no harm. */
static double integrate(const overlap *of, double left, double right)
{
    double half = (right - left) / 2;
    if (!(half > 0)) return 0;
    double step = fmin(LONGEST, DEVIATION * of->deviation / (HALF_PI * half));
    return integrate_half(of, left, half, step) + integrate_half(of, right, -half, step);
}

/* Puts a point among the others, which are in order, where it lies inside. */
static void cut_at(double *ends, int *count, double point)
{
    int i = *count - 1;
    if (!(point > ends[0] && point < ends[i])) return;
    for (; ends[i] > point; i--) ends[i + 1] = ends[i];
    ends[i + 1] = point;
    ++*count;
}

static int is_smooth(const npsi_shares *shape)
{
    return shape->size * (shape->promoters + shape->detractors) >= SMOOTH;
}

/* Pieces end where the density or the tail has a corner. */
static double integrate_all(const overlap *of)
{
    npsi_shares mirrored = npsi_shares_mirrored(&of->density);
    double ends[MOST_ENDS] = {npsi_dirichlet_lower(&of->density, OUTERMOST),
                              -npsi_dirichlet_lower(&mirrored, OUTERMOST)};
    int count = 2;
    if (!is_smooth(&of->density)) cut_at(ends, &count, 0);
    if (!is_smooth(&of->tail)) cut_at(ends, &count, -of->shift);
    cut_at(ends, &count, -1 - of->shift);
    cut_at(ends, &count, 1 - of->shift);
    double sum = 0;
    for (int i = 0; i + 1 < count; i++) sum += integrate(of, ends[i], ends[i + 1]);
    return sum;
}

static double deviation_of(const npsi_shares *shape)
{
    return sqrt(npsi_shares_variance(shape) / (shape->size + 1));
}

/* The narrower posterior is the density: on its scale the tail of the other one is smooth. */
int nps_posterior_greater(const nps_sample *from, const nps_sample *to, const double *prior, double margin,
                          double *probability)
{
    npsi_shares a, b;
    if (probability == NULL) return NPS_ERR_ARGUMENT;
    int status = posterior_of(from, prior, &a);
    if (status == NPS_OK) status = posterior_of(to, prior, &b);
    if (status != NPS_OK) return status;
    if (!(fabs(margin) <= 200)) return NPS_ERR_RANGE;
    int alike = a.detractors == b.detractors && a.passives == b.passives && a.promoters == b.promoters &&
                a.size == b.size && margin == 0;
    double shift = margin / 100, a_deviation = deviation_of(&a), b_deviation = deviation_of(&b);
    overlap of =
        a_deviation <= b_deviation ? (overlap){a, b, shift, a_deviation, 1} : (overlap){b, a, -shift, b_deviation, 0};
    double found = alike ? 0.5 : integrate_all(&of);
    if (isnan(found)) return NPS_ERR_CONVERGENCE;
    *probability = fmin(fmax(found, 0), 1);
    return NPS_OK;
}
