/* The posterior of a score, against the references (see tests/reference/README.md), priors whose distribution is a
 * polynomial, and what must hold for any sample. */
#include <float.h>
#include <math.h>
#include <nps/interval.h>
#include <nps/posterior.h>
#include <nps/status.h>
#include <string.h>

#include "support.h"

static const double flat[3] = {1, 1, 1};

static nps_sample counts(double detractors, double passives, double promoters)
{
    return (nps_sample){detractors, passives, promoters, 0};
}

static double greater(nps_sample from, nps_sample to, const double *prior, double margin)
{
    double probability = NAN;
    ck_assert_int_eq(nps_posterior_greater(&from, &to, prior, margin, &probability), NPS_OK);
    ck_assert(probability >= 0 && probability <= 1);
    return probability;
}

static nps_sample row_sample(const test_csv *csv, size_t row, int to)
{
    return counts(test_csv_number(csv, row, to ? "to_detractors" : "detractors"),
                  test_csv_number(csv, row, to ? "to_passives" : "passives"),
                  test_csv_number(csv, row, to ? "to_promoters" : "promoters"));
}

START_TEST(reference)
{
    size_t intervals = 0, cdfs = 0, greaters = 0;
    test_csv *csv = test_csv_read("posterior.csv");
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample sample = row_sample(csv, row, 0);
        const char *kind = test_csv_cell(csv, row, "kind");
        double tol = test_csv_number(csv, row, "tol"), value = test_csv_number(csv, row, "value");
        if (strcmp(kind, "interval") == 0) {
            double lower, upper, level = test_csv_number(csv, row, "level");
            ck_assert_int_eq(nps_posterior_interval(&sample, NULL, level, &lower, &upper), NPS_OK);
            ck_assert(fabs(lower - test_csv_number(csv, row, "lower")) <= tol);
            ck_assert(fabs(upper - test_csv_number(csv, row, "upper")) <= tol);
            intervals++;
        } else if (strcmp(kind, "cdf") == 0) {
            double below, above;
            ck_assert_int_eq(nps_posterior_cdf(&sample, NULL, test_csv_number(csv, row, "point"), &below, &above),
                             NPS_OK);
            ck_assert(fabs(below - value) <= tol && fabs(1 - above - value) <= tol);
            cdfs++;
        } else {
            double got = greater(sample, row_sample(csv, row, 1), NULL, 0);
            ck_assert_msg(fabs(got - value) <= tol, "row %zu: %.17g, not %.17g", row + 2, got, value);
            greaters++;
        }
    }
    ck_assert(intervals == 9 && cdfs == 19 && greaters == 7);
    test_csv_free(csv);
}
END_TEST

/* Exact fractions for whole parameters, and integrals over the shares. */
START_TEST(reference_greater)
{
    test_csv *csv = test_csv_read("posterior_greater.csv");
    ck_assert_uint_eq(csv->rows, 14);
    for (size_t row = 0; row < csv->rows; row++) {
        double p = test_csv_number(csv, row, "prior"), prior[3] = {p, p, p};
        double value = test_csv_number(csv, row, "value");
        nps_sample from = row_sample(csv, row, 0), to = row_sample(csv, row, 1);
        ck_assert_msg(fabs(greater(from, to, prior, 0) - value) <= 1e-11, "row %zu", row + 2);
        ck_assert_msg(fabs(greater(to, from, prior, 0) - (1 - value)) <= 1e-11, "row %zu", row + 2);
    }
    test_csv_free(csv);
}
END_TEST

/* The smaller tail relatively, next to the ends of the scale too. Far out there it has fewer digits. */
START_TEST(reference_tails)
{
    test_csv *csv = test_csv_read("posterior_tails.csv");
    ck_assert_uint_eq(csv->rows, 30);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample sample = row_sample(csv, row, 0);
        double points = test_csv_number(csv, row, "points"), below, above;
        double expected_below = test_csv_number(csv, row, "below"), expected_above = test_csv_number(csv, row, "above");
        ck_assert_int_eq(nps_posterior_cdf(&sample, NULL, points, &below, &above), NPS_OK);
        double error = expected_below < expected_above ? test_relative_error(below, expected_below)
                                                       : test_relative_error(above, expected_above);
        double tolerance = fmin(expected_below, expected_above) > 1e-20 ? 1e-12 : 1e-8;
        ck_assert_msg(error < tolerance && fabs(below - expected_below) < 1e-13 && fabs(above - expected_above) < 1e-13,
                      "row %zu: %.17g %.17g, relative error %.2g", row + 2, below, above, error);
    }
    test_csv_free(csv);
}
END_TEST

/* Under the flat prior alone P(score > t) is (1 - t)^2 / 2 for t >= 0: the triangle of shares that is cut off. So
 * P(to > from + m) is the integral of (1 - t) times that at t + m: with the corners at 0 and -m, for m >= 0,
 * (1 - m)^4 / 8 + the part where t < 0, by Simpson's rule, which is exact for cubics. */
static double flat_above(double t)
{
    return t >= 1 ? 0 : t >= 0 ? (1 - t) * (1 - t) / 2 : 1 - (1 + t) * (1 + t) / 2;
}

static double flat_greater(double m)
{
    double ends[] = {-1, -m, fmin(0, 1 - m), 1 - m}, sum = 0; /* nothing beyond */
    for (int i = 0; i < 3; i++) {
        double left = fmax(-1, fmin(1, ends[i])), right = fmax(-1, fmin(1, ends[i + 1])), middle = (left + right) / 2;
        sum += (right - left) / 6 *
               ((1 - fabs(left)) * flat_above(left + m) + 4 * (1 - fabs(middle)) * flat_above(middle + m) +
                (1 - fabs(right)) * flat_above(right + m));
    }
    return sum;
}

START_TEST(flat_prior)
{
    nps_sample none = counts(0, 0, 0);
    for (double t = -99; t < 100; t += 7.25) {
        double below, above;
        ck_assert_int_eq(nps_posterior_cdf(&none, flat, t, &below, &above), NPS_OK);
        ck_assert(test_relative_error(above, flat_above(t / 100)) < 1e-12);
        ck_assert(test_relative_error(below, flat_above(-t / 100)) < 1e-12);
    }
    double lower, upper;
    ck_assert_int_eq(nps_posterior_interval(&none, flat, 0.9, &lower, &upper), NPS_OK);
    ck_near(upper, 100 * (1 - sqrt(0.1)), 1e-12); /* (1 - t)^2 / 2 = .05 */
    ck_assert(lower == -upper);
    for (double m = 0; m <= 200; m += 12.5) {
        ck_near(greater(none, none, flat, m), flat_greater(m / 100), 1e-11);
        ck_near(greater(none, none, flat, -m), 1 - flat_greater(m / 100), 1e-11);
    }
}
END_TEST

/* Next to 1 P(score > 1 - e) is that of 2 d + p < e: Gamma(a + b + c) 2^-a e^(a + b) / (Gamma(c) Gamma(a + b + 1)). */
START_TEST(next_to_the_end)
{
    nps_sample one = counts(0, 0, 1); /* 1/2, 1/2, 3/2: 1.5 / sqrt 2 e */
    for (double e = 1e-3; e > 1e-11; e /= 10) {
        double below, above, points = 100 - 100 * e, exact_e = (100 - points) / 100;
        ck_assert_int_eq(nps_posterior_cdf(&one, NULL, points, &below, &above), NPS_OK);
        ck_assert(fabs(above / (1.5 / sqrt(2) * exact_e) - 1) < fmax(e, 1e-5));
    }
}
END_TEST

START_TEST(interval_is_jeffreys)
{
    static const double sizes[] = {1, 7, 1e3, 1e6, 1e9, 1e12, 1e15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double n = sizes[i], ours[2], theirs[2];
        nps_sample samples[] = {counts(0, 0, n), counts(0, n, 0), counts(n / 5, n / 2, n / 5 * 1.5), counts(n, 0, 0)};
        for (size_t j = 0; j < 4; j++) {
            for (double level = 0.5; level < 1; level += 0.17) {
                ck_assert_int_eq(nps_posterior_interval(&samples[j], NULL, level, &ours[0], &ours[1]), NPS_OK);
                ck_assert_int_eq(nps_interval(&samples[j], NPS_INTERVAL_JEFFREYS, level, &theirs[0], &theirs[1]),
                                 NPS_OK);
                ck_assert(memcmp(ours, theirs, sizeof ours) == 0);
            }
        }
    }
}
END_TEST

/* A prior is counts: those of last year count like those of this one. */
START_TEST(prior_is_counts)
{
    nps_sample last = counts(20, 30, 50), now = counts(8, 13, 15), both = counts(27.5, 42.5, 64.5);
    const double prior[3] = {20, 30, 50};
    double a[2], b[2];
    ck_assert_int_eq(nps_posterior_interval(&now, prior, 0.95, &a[0], &a[1]), NPS_OK);
    ck_assert_int_eq(nps_posterior_interval(&both, NULL, 0.95, &b[0], &b[1]), NPS_OK);
    ck_assert(a[0] == b[0] && a[1] == b[1]);
    ck_assert(greater(last, now, NULL, 0) < 0.5);
}
END_TEST

/* Any sizes beside any: certain sums, mirrors, falling in the margin. */
static void check_pair(nps_sample from, nps_sample to)
{
    nps_sample from_mirror = counts(from.promoters, from.passives, from.detractors);
    nps_sample to_mirror = counts(to.promoters, to.passives, to.detractors);
    double p = greater(from, to, NULL, 0), before = 1;
    ck_assert_msg(fabs(p + greater(to, from, NULL, 0) - 1) < 2e-11, "(%g, %g, %g), (%g, %g, %g): %.17g + %.17g",
                  from.detractors, from.passives, from.promoters, to.detractors, to.passives, to.promoters, p,
                  greater(to, from, NULL, 0));
    ck_assert(fabs(p - greater(to_mirror, from_mirror, NULL, 0)) < 2e-11);
    for (double margin = -200; margin <= 200; margin += 50) {
        double now = greater(from, to, NULL, margin);
        ck_assert(now <= before + 2e-11);
        before = now;
    }
    ck_assert(greater(from, to, NULL, 200) == 0);
    double always = greater(from, to, NULL, -200);
    ck_assert_msg(fabs(always - 1) <= 1e-11, "(%g, %g, %g), (%g, %g, %g): %.3g", from.detractors, from.passives,
                  from.promoters, to.detractors, to.passives, to.promoters, always - 1);
}

START_TEST(any_pair)
{
    static const double sizes[] = {0, 1, 12, 1e3, 1e6, 1e12};
    nps_sample samples[32];
    size_t count = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double n = sizes[i];
        samples[count++] = counts(0, 0, n);
        samples[count++] = counts(0, n, 0);
        samples[count++] = counts(0.2 * n, 0.3 * n, 0.5 * n);
    }
    for (size_t i = 0; i < count; i += 2)
        for (size_t j = i; j < count; j += 3) check_pair(samples[i], samples[j]);
}
END_TEST

/* Of large samples it is normal: Phi of the difference over its standard error, up to skewness of the order n^-1/2. */
START_TEST(large_samples_are_normal)
{
    nps_sample from = counts(5e11, 0, 5e11), to = counts(5e11 - 5e5, 0, 5e11 + 5e5);
    /* a difference of 1e-6 between scores with variance 1e-12 each: sqrt 1/2 standard errors */
    ck_near(greater(from, to, NULL, 0), 0.5 * erfc(-0.5), 1e-6);
    ck_assert(greater(from, from, NULL, 0) == 0.5);
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(8, 13, 15), bad = counts(-1, 2, 3), huge = counts(1e15, 1e15, 0);
    const double low[3] = {0.4, 1, 1}, nan_prior[3] = {1, NAN, 1}, large[3] = {1, 1, 2e15};
    double a = 7, b = 7;
    ck_assert_int_eq(nps_posterior_interval(NULL, NULL, 0.9, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&good, NULL, 0.9, NULL, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&good, NULL, 0.9, &a, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&good, NULL, 1, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&good, NULL, 0, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&good, NULL, NAN, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_interval(&bad, NULL, 0.9, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_interval(&huge, NULL, 0.9, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_interval(&good, low, 0.9, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_interval(&good, nan_prior, 0.9, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_interval(&good, large, 0.9, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_cdf(NULL, NULL, 0, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_cdf(&good, NULL, NAN, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_cdf(&good, NULL, INFINITY, &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_greater(NULL, &good, NULL, 0, &a), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_greater(&good, NULL, NULL, 0, &a), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_greater(&good, &good, NULL, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_posterior_greater(&good, &bad, NULL, 0, &a), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_greater(&good, &good, low, 0, &a), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_greater(&good, &good, NULL, 200.5, &a), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_posterior_greater(&good, &good, NULL, NAN, &a), NPS_ERR_RANGE);
    ck_assert(a == 7 && b == 7);

    ck_assert_int_eq(nps_posterior_cdf(&good, NULL, 100, &a, NULL), NPS_OK);
    ck_assert(a == 1);
    ck_assert_int_eq(nps_posterior_cdf(&good, NULL, -1e300, NULL, &b), NPS_OK);
    ck_assert(b == 1);
    ck_assert_int_eq(nps_posterior_cdf(&good, NULL, DBL_MAX, NULL, &b), NPS_OK);
    ck_assert(b == 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_greater);
    tcase_add_test(tcase, reference_tails);
    tcase_add_test(tcase, flat_prior);
    tcase_add_test(tcase, next_to_the_end);
    tcase_add_test(tcase, interval_is_jeffreys);
    tcase_add_test(tcase, prior_is_counts);
    tcase_add_test(tcase, any_pair);
    tcase_add_test(tcase, large_samples_are_normal);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("posterior", add);
}
