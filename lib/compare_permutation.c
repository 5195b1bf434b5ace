/*
 * Of n answers drawn from the pooled D detractors, P passives and R promoters, let a be detractors and b promoters. A
 * tail, b - a >= k, is summed by rows of equal a, from the largest a down. A row is not summed: one answer more drawn
 * in place of the row's last detractor, and a bound lower by one, only add to the tail of b,
 *
 *   P(B' >= c - 1) = P(B >= c) + P(B = c - 1) + P(B = c - 2, and the answer more is a promoter),
 *
 * so that two terms a row do, nothing cancels, and the time is that of one pass over a.
 */
#include "compare_permutation_internal.h"

#include <math.h>
#include <stdint.h>

#include <nps/status.h>

#include "sample_internal.h"
#include "special_tail_internal.h"

#define SCALE_BITS 600 /* terms are scaled down by 2^SCALE_BITS when they have grown to that */

typedef struct pooled {
    double detractors, passives, promoters; /* of both samples */
    double drawn, left;                     /* sizes of the sample that is dealt out, and of the other */
} pooled;

/* x! / (x / e)^x */
static double factorial_factor(double x)
{
    return x > 0 ? sqrt(NPSI_TWO_PI * x) * npsi_stirling_factor(x) : 1;
}

/* x log(x / expected) - x + expected, for a class of `members` and a sample of `size`. */
static npsi_dd cell_deviance(const pooled *pool, double x, double members, double size)
{
    npsi_dd expected = npsi_dd_divide(npsi_dd_product(members, size), npsi_dd_from(pool->drawn + pool->left));
    if (x == 0) return expected;
    return npsi_deviance(x, npsi_dd_subtract(expected, npsi_dd_from(x)), npsi_dd_divide(expected, npsi_dd_from(x)));
}

/* C(members, x) as a factor of what is returned and, in *exponent, a power of e. */
static double choices(const pooled *pool, double members, double x, npsi_dd *exponent)
{
    double rest = members - x;
    *exponent = npsi_dd_subtract(*exponent, cell_deviance(pool, x, members, pool->drawn));
    *exponent = npsi_dd_subtract(*exponent, cell_deviance(pool, rest, members, pool->left));
    return factorial_factor(members) / (factorial_factor(x) * factorial_factor(rest));
}

/* sum * 2^bits times the probability of a, b, m: after Loader (2000), as special_tail_internal.h says. */
static double times_probability(const pooled *pool, double a, double b, double m, double sum, int bits)
{
    static const npsi_dd log_of_2 = {0.6931471805599453, 2.3190468138462996e-17};
    int more;
    double factor = frexp(sum, &more);
    npsi_dd exponent = npsi_dd_scale(log_of_2, bits + more);
    factor *= choices(pool, pool->detractors, a, &exponent);
    factor *= choices(pool, pool->promoters, b, &exponent);
    factor *= choices(pool, pool->passives, m, &exponent);
    factor *= factorial_factor(pool->drawn) * factorial_factor(pool->left) / factorial_factor(pool->drawn + pool->left);
    return npsi_scaled_exp(factor, exponent);
}

/* The terms from (a, b, m) on with the same a and ever more promoters, in units of the first. Above the mean difference
 * each is smaller than the one before, wherever there are more than two. */
static double first_row(const pooled *pool, double b, double m)
{
    double term = 1, sum = 1;
    for (; m > 0 && b < pool->promoters && term > 1e-20; b++, m--) {
        term *= (pool->promoters - b) * m / ((b + 1) * (pool->passives - m + 1));
        sum += term;
    }
    return sum;
}

/* P(b - a >= least), where least is above the mean and b - a can be `least` if it can be more. */
static double upper_tail(const pooled *pool, double least)
{
    double D = pool->detractors, P = pool->passives, R = pool->promoters, n = pool->drawn;
    double first = fmin(D, fmin(R - least, floor((n - least) / 2))), last = fmax(0, n - R - P);
    if (first < last) return 0;

    double b = first + least, m = n - first - b;
    double corner = 1, row = first_row(pool, b, m), sum = row; /* in units of the first term */
    int bits = 0;
    for (double a = first; a > last && row > 0; a--, b--, m += 2) {
        double beside = b * (P - m) / ((R - b + 1) * (m + 1)); /* (a, b - 1, m + 1) by (a, b, m) */
        double beyond = beside * (b - 1) * (P - m - 1) / ((m + 2) * (R + P - n + a));
        row = (row + corner * (beside + beyond)) * (a * (R + P - n + a) / ((D - a + 1) * (n - a + 1)));
        corner *= beside * a * (P - m - 1) / ((D - a + 1) * (m + 2));
        sum += row;
        if (sum > ldexp(1, SCALE_BITS)) {
            corner = ldexp(corner, -SCALE_BITS);
            row = ldexp(row, -SCALE_BITS);
            sum = ldexp(sum, -SCALE_BITS);
            bits += SCALE_BITS;
        }
    }
    b = first + least;
    return times_probability(pool, first, b, n - first - b, sum, bits);
}

static int64_t floor_ratio(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* `smaller` is the sample that is dealt out. Its promoters less detractors are as far from what is expected as those
 * seen or farther where they are at most `low` or at least `high`. */
static double two_tails(const nps_sample *smaller, const nps_sample *other)
{
    pooled pool = {.detractors = smaller->detractors + other->detractors,
                   .passives = smaller->passives + other->passives,
                   .promoters = smaller->promoters + other->promoters,
                   .drawn = smaller->detractors + smaller->passives + smaller->promoters,
                   .left = other->detractors + other->passives + other->promoters};
    int64_t n = (int64_t)pool.drawn, all = n + (int64_t)pool.left;
    int64_t expected = n * (int64_t)(pool.promoters - pool.detractors); /* times all */
    int64_t distance = all * (int64_t)(smaller->promoters - smaller->detractors) - expected;
    if (distance < 0) distance = -distance;
    int64_t low = floor_ratio(expected - distance, all), high = -floor_ratio(-expected - distance, all);
    int64_t step = 1;
    if (pool.passives == 0) { /* promoters less detractors are even, or odd, as n is */
        low -= (n - low) % 2 != 0;
        high += (high - n) % 2 != 0;
        step = 2;
    }
    if (high - low <= step) return 1;
    double upper = upper_tail(&pool, (double)high);
    double detractors = pool.detractors;
    pool.detractors = pool.promoters;
    pool.promoters = detractors;
    return fmin(1, upper + upper_tail(&pool, (double)-low));
}

int npsi_compare_permutation(const nps_sample *from, const nps_sample *to, double *p)
{
    double from_size, to_size;
    if (p == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_sample_size(from, &from_size);
    if (status == NPS_OK) status = nps_sample_size(to, &to_size);
    if (status != NPS_OK) return status;
    if (!npsi_sample_is_whole(from) || !npsi_sample_is_whole(to)) return NPS_ERR_RANGE;
    if (from_size > NPSI_PERMUTATION_LARGEST || to_size > NPSI_PERMUTATION_LARGEST) return NPS_ERR_LIMIT;
    *p = from_size <= to_size ? two_tails(from, to) : two_tails(to, from);
    return NPS_OK;
}
