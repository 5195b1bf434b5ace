/* The ideal bootstrap, against the n-fold convolution done term by term, and at large n against its expansion. */
#include <math.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

#define MOST 60

/* below[i]: P(K <= i - n), above[i]: P(K >= i - n), for the sum K of n draws. */
typedef struct distribution {
    int n;
    double below[2 * MOST + 1], above[2 * MOST + 1];
} distribution;

static void convolve(int d, int p, int r, distribution *out)
{
    int n = d + p + r, top = 2 * n;
    double now[2 * MOST + 3] = {0}, next[2 * MOST + 3];
    now[0] = 1;
    for (int draw = 0; draw < n; draw++) {
        memset(next, 0, sizeof next);
        for (int i = 0; i <= 2 * draw; i++) {
            next[i] += now[i] * d / n;
            next[i + 1] += now[i] * p / n;
            next[i + 2] += now[i] * r / n;
        }
        memcpy(now, next, sizeof now);
    }
    out->n = n;
    for (int i = 0; i <= top; i++) out->below[i] = now[i] + (i > 0 ? out->below[i - 1] : 0);
    for (int i = top; i >= 0; i--) out->above[i] = now[i] + (i < top ? out->above[i + 1] : 0);
}

/* The deviates of Efron's alpha for the lower (sign -1) and the upper bound. */
static double deviate(int d, int r, const distribution *k, double z, double sign)
{
    double n = k->n, score = (r - d) / n, variance = (r + d) / n - score * score;
    double third = score - 3 * score * (r + d) / n + 2 * score * score * score;
    int at = r - d + k->n;
    double fewer = at > 0 ? k->below[at - 1] : 0, more = at < 2 * k->n ? k->above[at + 1] : 0;
    double bias = npsi_normal_quantile(0.5 + (fewer - more) / 2);
    double shifted = bias + sign * z, acceleration = third / (6 * pow(variance, 1.5) * sqrt(n));
    return bias + shifted / (1 - acceleration * shifted);
}

static void check_table(int d, int p, int r, double level)
{
    distribution k;
    int n = d + p + r, low = 0, high = 2 * n;
    nps_sample sample;
    double lower, upper, z = npsi_normal_upper_quantile((1 - level) / 2);
    ck_assert_int_eq(nps_sample_from_counts(d, p, r, &sample), NPS_OK);
    ck_assert_int_eq(nps_interval(&sample, NPS_INTERVAL_BOOTSTRAP, level, &lower, &upper), NPS_OK);
    if (d == n || p == n || r == n) {
        ck_assert(lower == 100.0 * (r - d) / n && upper == lower);
        return;
    }
    convolve(d, p, r, &k);
    double alpha = npsi_normal_cdf(deviate(d, r, &k, z, -1)), beta = npsi_normal_sf(deviate(d, r, &k, z, 1));
    while (k.below[low] < alpha * (1 - 1e-12)) low++;
    while (k.above[high] < beta * (1 - 1e-12)) high--;
    /* Within rounding of a tie either neighbour is right. */
    int low_tie = fabs(k.below[low] / alpha - 1) < 1e-11 || (low > 0 && fabs(k.below[low - 1] / alpha - 1) < 1e-11);
    int high_tie =
        fabs(k.above[high] / beta - 1) < 1e-11 || (high < 2 * n && fabs(k.above[high + 1] / beta - 1) < 1e-11);
    double step = 100.0 / n, expected_lower = step * (low - n), expected_upper = step * (high - n);
    ck_assert_msg(fabs(lower - expected_lower) < 1e-9 + step * low_tie &&
                      fabs(upper - expected_upper) < 1e-9 + step * high_tie,
                  "(%d, %d, %d) at %g: %.17g %.17g, not %.17g %.17g", d, p, r, level, lower, upper, expected_lower,
                  expected_upper);
}

START_TEST(small_tables)
{
    static const double levels[] = {0.5, 0.8, 0.95, 0.999};
    for (int n = 1; n <= 14; n++)
        for (int d = 0; d <= n; d++)
            for (int r = 0; r <= n - d; r++)
                for (int i = 0; i < 4; i++) check_table(d, n - d - r, r, levels[i]);
}
END_TEST

START_TEST(random_tables)
{
    uint64_t seed = 2;
    for (int i = 0; i < 1500; i++) {
        int n = 15 + (int)test_below(&seed, MOST - 14), d = (int)test_below(&seed, (uint64_t)n + 1);
        int r = (int)test_below(&seed, (uint64_t)(n - d) + 1);
        if (i % 3 == 0) r = n - d - (i % 2); /* few passives: the distribution lives on every other number */
        if (r < 0) r = 0;
        check_table(d, n - d - r, r, i % 2 ? 0.9 : 0.99);
    }
}
END_TEST

/* To second order the bias and the acceleration are both skewness / 6 (Efron 1987), and the quantile of the sum follows
 * Cornish and Fisher (1938). What is left is of the order of the lattice. */
START_TEST(large_samples)
{
    static const double counts[][3] = {{2e9, 3e9, 5e9}, {1e10, 1, 7e10}, {1e14, 5e14, 4e14}, {3e11, 2e12, 1e10}};
    for (int i = 0; i < 4; i++) {
        double d = counts[i][0], p = counts[i][1], r = counts[i][2], n = d + p + r, lower, upper;
        nps_sample sample;
        ck_assert_int_eq(nps_sample_from_counts(d, p, r, &sample), NPS_OK);
        ck_assert_int_eq(nps_interval(&sample, NPS_INTERVAL_BOOTSTRAP, 0.95, &lower, &upper), NPS_OK);
        double score = (r - d) / n, variance = (r + d) / n - score * score, z = npsi_normal_quantile(0.975);
        double third = score - 3 * score * (r + d) / n + 2 * score * score * score;
        double skew = third / (pow(variance, 1.5) * sqrt(n)), error = sqrt(variance / n);
        for (int sign = -1; sign <= 1; sign += 2) {
            double shifted = skew / 6 + sign * z, x = skew / 6 + shifted / (1 - skew / 6 * shifted);
            double expected = 100 * (score + error * (x + skew * (x * x - 1) / 6));
            ck_assert(fabs((sign < 0 ? lower : upper) - expected) <= 200 / n + 1e-13);
        }
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, small_tables);
    tcase_add_test(tcase, random_tables);
    tcase_add_test(tcase, large_samples);
}

int main(void)
{
    return test_main("interval_bootstrap", add);
}
