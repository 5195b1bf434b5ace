#include <nps/compare.h>

#include <float.h>
#include <math.h>

#include <nps/status.h>

#include "names_internal.h"
#include "restricted_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* The largest change of one person, in classes. */
#define MOST       2
#define CHANGES    (2 * MOST + 1)
#define MOST_STEPS 64

typedef struct changes {
    double size;
    double share[CHANGES]; /* of the people whose class changed by -2, -1, 0, 1, 2 */
    double mean;           /* change, in classes */
} changes;

/* All sums are the same, or change their sign, when the sides or promoters and detractors are swapped. */
static changes changes_of(const nps_paired_sample *sample)
{
    const double(*count)[3] = sample->count;
    double people[CHANGES] = {count[2][0], count[1][0] + count[2][1], (count[0][0] + count[2][2]) + count[1][1],
                              count[0][1] + count[1][2], count[0][2]};
    changes all = {.size = ((people[0] + people[4]) + (people[1] + people[3])) + people[2]};
    for (int k = 0; k < CHANGES; k++) all.share[k] = people[k] / all.size;
    all.mean = ((people[3] - people[1]) + 2 * (people[4] - people[0])) / all.size;
    return all;
}

static changes mirrored(const changes *all)
{
    changes out = {.size = all->size, .mean = -all->mean};
    for (int k = 0; k < CHANGES; k++) out.share[k] = all->share[CHANGES - 1 - k];
    return out;
}

/* E e^2 - (E e)^2, as a sum that does not cancel and is the same when mirrored. */
static double variance_of(const changes *all)
{
    const double *s = all->share;
    return ((s[0] * s[1] + s[3] * s[4]) + (s[1] * s[2] + s[2] * s[3])) + 4 * ((s[0] + s[4]) * s[2] + s[1] * s[3]) +
           9 * (s[0] * s[3] + s[1] * s[4]) + 16 * (s[0] * s[4]);
}

static double mean_square(const changes *all)
{
    return (all->share[1] + all->share[3]) + 4 * (all->share[0] + all->share[4]);
}

/*
 * The score construction. Under a mean t below the sample's, the likeliest probabilities are N_e / (n (1 + l (e - t)))
 * with 0 < l <= 1 / (2 + t). All follows from one unknown x >= 0: with k = e + 2, the change counted from the lowest,
 *
 *     p_e = s_e / ((x + k) T),   T = sum of s_e / (x + k) = l,   mean less t = l V,   z^2 = n l^2 V
 *
 * where V is the variance under p, and
 *
 *     l^2 V = F(x) = sum over k < m of (m - k)^2 s_k s_m / ((x + k) (x + m))
 *
 * has no term that is negative: nothing cancels. x = 0 is the end of l. Beyond it e = -2, which nobody had, takes the
 * mass left over, l stays 1 / (2 + t), and z^2 = n (mean - t) / (2 + t).
 */

typedef struct falling {
    double value, slope; /* slope: minus the derivative */
} falling;

/* F(x), x > 0. */
static falling squared_tilt(const double share[CHANGES], double x)
{
    falling at = {0, 0};
    for (int k = 0; k < CHANGES; k++) {
        for (int m = k + 1; m < CHANGES; m++) {
            double left = 1 / (x + k), right = 1 / (x + m);
            double term = (m - k) * (m - k) * (share[k] * left) * (share[m] * right);
            at.value += term;
            at.slope += term * (left + right);
        }
    }
    return at;
}

/* The mean of the sample at which the mean under p is 0. */
static falling mean_at_zero(const double share[CHANGES], double x)
{
    falling at = {0, 0};
    for (int k = 0; k < CHANGES; k++) {
        double term = (k - MOST) * (k - MOST) * share[k] / (x + k);
        at.value += term;
        at.slope += term / (x + k);
    }
    return at;
}

/*
 * Where a falling function has the value wanted. Both functions to the power -1/2 are concave and rise (F is the square
 * of a norm of 1 / (x + u) over u in [0, 4]), so that Newton's steps for this power go up to the root from below and
 * never past it; they end where rounding turns them.
 */
static double climb(falling (*function)(const double share[CHANGES], double x), const double share[CHANGES],
                    double wanted, double start)
{
    double x = start;
    for (int i = 0; i < MOST_STEPS && x > 0; i++) {
        falling at = function(share, x);
        double step = 2 * at.value * (sqrt(at.value / wanted) - 1) / at.slope;
        if (!(fabs(step) > DBL_EPSILON * x && step <= DBL_MAX) || (i > 0 && step < 0)) break;
        x += step;
    }
    return x;
}

/* The root of a x^2 + b x - c that is not negative; a, c >= 0, and b > 0 where a is 0. */
static double quadratic_root(double a, double b, double c)
{
    double root = sqrt(b * b + 4 * a * c);
    return b > 0 ? 2 * c / (b + root) : (root - b) / (2 * a);
}

/* T(x), x > 0. */
static double tilt(const double share[CHANGES], double x)
{
    double sum = 0;
    for (int k = 0; k < CHANGES; k++) sum += share[k] / (x + k);
    return sum;
}

/* The lower bound. Two values that x is not below, to start from: F is at least v / (x + 4)^2, v the sample's variance,
 * and at least end (1 - 2 x) + lowest (1 / x - 1). */
static double score_limit(const changes *all, double z)
{
    const double *s = all->share;
    double wanted = z * z / all->size, end = 0;
    double lowest = s[0] * (((s[1] + 2 * s[2]) + 3 * s[3]) + 4 * s[4]);
    for (int k = 1; k < CHANGES; k++)
        for (int m = k + 1; m < CHANGES; m++) end += (m - k) * (m - k) * (s[k] / k) * (s[m] / m);
    double start = fmax(quadratic_root(2 * end, wanted + lowest - end, lowest), sqrt(variance_of(all) / wanted) - 4);
    double x = climb(squared_tilt, s, wanted, start);
    return all->mean - (x >= DBL_MIN ? wanted / tilt(s, x) : (all->mean + MOST) / (1 + 1 / wanted));
}

/* z(0) for a mean above 0. To start from: the function is at least E e^2 / (x + 4), and at least end (1 - x) +
 * 4 s_0 / x. */
static double score_statistic(const changes *all)
{
    const double *s = all->share;
    double end = s[1] + s[3] / 3 + s[4];
    double start = fmax(quadratic_root(end, all->mean - end, 4 * s[0]), mean_square(all) / all->mean - 4);
    double x = climb(mean_at_zero, s, all->mean, start);
    return sqrt(all->size * all->mean * (x > 0 ? tilt(s, x) : 0.5));
}

/* What a method finds, as fractions; bounds and statistic are NaN to begin with. */

static double two_sided(double z)
{
    return 2 * npsi_normal_sf(fabs(z));
}

static int compare_score(const changes *all, double z, double level, nps_difference *out)
{
    (void)level;
    changes other_way = mirrored(all);
    out->lower = score_limit(all, z);
    out->upper = -score_limit(&other_way, z);
    out->statistic = all->mean > 0 ? score_statistic(all) : all->mean < 0 ? -score_statistic(&other_way) : 0;
    out->p = two_sided(out->statistic);
    return NPS_OK;
}

/* mean +- deviate standard errors; without variance a point. */
static void around_mean(const changes *all, double deviate, double standard_error, nps_difference *out)
{
    out->lower = all->mean - (standard_error > 0 ? deviate * standard_error : 0);
    out->upper = all->mean + (standard_error > 0 ? deviate * standard_error : 0);
    if (standard_error > 0)
        out->statistic = all->mean / standard_error;
    else
        out->p = all->mean == 0;
}

static int compare_wald(const changes *all, double z, double level, nps_difference *out)
{
    (void)level;
    around_mean(all, z, sqrt(variance_of(all) / all->size), out);
    if (!isnan(out->statistic)) out->p = two_sided(out->statistic);
    return NPS_OK;
}

static int compare_t(const changes *all, double z, double level, nps_difference *out)
{
    (void)z;
    if (all->size <= 1) return NPS_ERR_SINGULAR;
    out->df = all->size - 1;
    around_mean(all, -npsi_t_quantile((1 - level) / 2, out->df), sqrt(variance_of(all) / out->df), out);
    if (!isnan(out->statistic)) out->p = 2 * npsi_t_sf(fabs(out->statistic), out->df);
    return NPS_OK;
}

static int compare_null_variance(const changes *all, double z, double level, nps_difference *out)
{
    (void)z, (void)level;
    double square = mean_square(all);
    out->statistic = square > 0 ? all->mean * sqrt(all->size / square) : 0;
    out->p = two_sided(out->statistic);
    return NPS_OK;
}

static const struct {
    const char *name;
    int (*compare)(const changes *all, double z, double level, nps_difference *out);
} methods[NPS_PAIRED_COUNT] = {
    [NPS_PAIRED_SCORE] = {"score", compare_score},
    [NPS_PAIRED_WALD] = {"wald", compare_wald},
    [NPS_PAIRED_T] = {"t", compare_t},
    [NPS_PAIRED_NULL_VARIANCE] = {"null-variance", compare_null_variance},
};

int nps_compare_paired(const nps_paired_sample *sample, int32_t method, double level, nps_difference *out)
{
    if (!npsi_struct_takes(out) || method < 0 || method >= NPS_PAIRED_COUNT) return NPS_ERR_ARGUMENT;
    int bounded = method != NPS_PAIRED_NULL_VARIANCE;
    if (bounded && !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = nps_paired_sample_check(sample);
    if (status != NPS_OK) return status;
    changes all = changes_of(sample);
    double z = bounded ? fmax(npsi_normal_upper_quantile((1 - level) / 2), NPSI_SMALLEST_DEVIATE) : 0;
    nps_difference found = {.estimate = fmax(-200, fmin(100 * all.mean, 200)),
                            .lower = (double)NAN,
                            .upper = (double)NAN,
                            .statistic = (double)NAN,
                            .df = (double)NAN};
    status = methods[method].compare(&all, z, level, &found);
    if (status != NPS_OK) return status;
    if (bounded) {
        if (isnan(found.lower) || isnan(found.upper)) return NPS_ERR_CONVERGENCE;
        found.lower = fmax(-200, fmin(100 * found.lower, found.estimate));
        found.upper = fmin(200, fmax(100 * found.upper, found.estimate));
    }
    npsi_struct_write(out, &found, sizeof found);
    return NPS_OK;
}

const char *nps_paired_method_name(int32_t method)
{
    return method >= 0 && method < NPS_PAIRED_COUNT ? methods[method].name : NULL;
}

int nps_paired_method(const char *name, size_t length, int32_t *method)
{
    return npsi_find_name(nps_paired_method_name, NPS_PAIRED_COUNT, name, length, method);
}
