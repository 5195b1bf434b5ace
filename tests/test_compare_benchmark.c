/* One sample against a benchmark: references (see tests/reference/README.md), closed forms, slow oracles, and the
 * interval that it inverts. */
#include <math.h>
#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <string.h>

#include "compare_samples.h"
#include "special_internal.h"
#include "support.h"

static nps_test benchmark(const nps_sample *sample, int32_t method, double points)
{
    nps_test out = {sizeof out, -7, -7, -7};
    ck_assert_int_eq(nps_compare_benchmark(sample, method, points, &out), NPS_OK);
    return out;
}

START_TEST(reference)
{
    static const char *const names[] = {"score", "sign", "mid-p"};
    test_csv *csv = test_csv_read("one_sample.csv");
    ck_assert_uint_eq(csv->rows, 47);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample sample = row_sample(csv, row, "");
        int32_t method = 0;
        while (method < 2 && strcmp(names[method], test_csv_cell(csv, row, "method")) != 0) method++;
        ck_assert_str_eq(names[method], test_csv_cell(csv, row, "method"));
        nps_test got = benchmark(&sample, method, test_csv_number(csv, row, "benchmark"));
        double tol = test_csv_number(csv, row, "tol");
        ck_assert_msg(within(got.statistic, test_csv_number(csv, row, "statistic"), tol) &&
                          within_p(got.p, test_csv_number(csv, row, "p"), tol) && isnan(got.df),
                      "row %zu: %.17g %.17g", row + 2, got.statistic, got.p);
    }
    test_csv_free(csv);
}
END_TEST

/* Sums of binomial coefficients, which are exact for n up to 50. */
START_TEST(sign_by_summing)
{
    for (int n = 0; n <= 50; n++) {
        double term = 1, tail = 1; /* of n coins k heads, and k or fewer, times 2^n */
        for (int k = 0; 2 * k <= n; k++) {
            nps_sample sample = counts(k, 1, n - k), swapped = mirrored(&sample);
            double sign = benchmark(&sample, NPS_BENCHMARK_SIGN, 0).p;
            double mid_p = benchmark(&sample, NPS_BENCHMARK_MID_P, 0).p;
            ck_assert(test_relative_error(sign, fmin(1, 2 * tail * ldexp(1, -n))) < 1e-13);
            ck_assert(test_relative_error(mid_p, fmin(1, (2 * tail - term) * ldexp(1, -n))) < 1e-13);
            ck_assert(sign == benchmark(&swapped, NPS_BENCHMARK_SIGN, 0).p);
            ck_assert(mid_p == benchmark(&swapped, NPS_BENCHMARK_MID_P, 0).p);
            ck_assert(2 * k != n || (sign == 1 && mid_p == 1));
            term = term * (n - k) / (k + 1);
            tail += term;
        }
    }
}
END_TEST

/* Nobody on one side is 2^-n. Next to even the middle's probability is sqrt(2 / (pi n)) (1 - 1 / (4 n)), by Stirling.
 */
START_TEST(sign_of_many)
{
    nps_sample one_sided = counts(0, 3, 900), one = counts(1, 0, 899);
    ck_assert(test_relative_error(benchmark(&one_sided, NPS_BENCHMARK_SIGN, 0).p, ldexp(1, -899)) < 1e-12);
    ck_assert(test_relative_error(benchmark(&one_sided, NPS_BENCHMARK_MID_P, 0).p, ldexp(1, -900)) < 1e-12);
    ck_assert(test_relative_error(benchmark(&one, NPS_BENCHMARK_SIGN, 0).p, 901 * ldexp(1, -899)) < 1e-12);
    for (double n = 1e6; n <= 1e15; n *= 1000) {
        double k = n / 2, middle = sqrt(2 / (3.14159265358979323846 * n)) * (1 - 1 / (4 * n));
        nps_sample even = counts(k, 0, k), next = counts(k - 1, 0, k + 1);
        ck_assert(benchmark(&even, NPS_BENCHMARK_SIGN, 0).p == 1 && benchmark(&even, NPS_BENCHMARK_MID_P, 0).p == 1);
        /* 2 P(X < k) = 1 - P(X = k), and P(X = k - 1) = P(X = k) k / (k + 1) */
        ck_near(benchmark(&next, NPS_BENCHMARK_SIGN, 0).p, 1 - middle, 1e-12);
        ck_near(benchmark(&next, NPS_BENCHMARK_MID_P, 0).p, 1 - middle - middle * k / (k + 1), 1e-12);
    }
}
END_TEST

/* All promoters against b: (1 - b) sqrt(n / (1 - b^2)); all passives: -b sqrt(n / (|b| - b^2)); at 0 McNemar's. */
START_TEST(closed_forms)
{
    static const double sizes[] = {1e-6, 1, 7, 1e3, 1e9, 1e15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double n = sizes[i];
        nps_sample promoters = counts(0, 0, n), passives = counts(0, n, 0), mixed = counts(n / 8, n / 2, 3 * n / 8);
        for (double b = -0.984375; b < 1; b += 0.0625) {
            double z = sqrt(n * (1 - b) / (1 + b));
            nps_test got = benchmark(&promoters, NPS_BENCHMARK_SCORE, 100 * b);
            ck_assert(test_relative_error(got.statistic, z) < 1e-13);
            ck_assert(got.p == 2 * npsi_normal_sf(got.statistic));
            got = benchmark(&passives, NPS_BENCHMARK_SCORE, 100 * b);
            ck_assert(test_relative_error(got.statistic, -b * sqrt(n / (fabs(b) - b * b))) < 1e-13);
        }
        ck_assert(test_relative_error(benchmark(&mixed, NPS_BENCHMARK_SCORE, 0).statistic, sqrt(n / 8)) < 1e-13);
    }
}
END_TEST

/* The benchmarks that are not rejected are the score interval; mirrored exactly. */
START_TEST(inverts_interval)
{
    static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999};
    uint64_t state = 1;
    for (int i = 0; i < 500; i++) {
        nps_sample sample = random_sample(&state), swapped = mirrored(&sample);
        double level = levels[i % 7], lower, upper;
        ck_assert_int_eq(nps_interval(&sample, NPS_INTERVAL_SCORE, level, &lower, &upper), NPS_OK);
        if (lower > -99.99) ck_near(benchmark(&sample, NPS_BENCHMARK_SCORE, lower).p, 1 - level, 1e-9);
        if (upper < 99.99) ck_near(benchmark(&sample, NPS_BENCHMARK_SCORE, upper).p, 1 - level, 1e-9);
        nps_test one = benchmark(&sample, NPS_BENCHMARK_SCORE, 12.5);
        nps_test other = benchmark(&swapped, NPS_BENCHMARK_SCORE, -12.5);
        ck_assert(one.statistic == -other.statistic && one.p == other.p);
    }
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(1, 2, 3), broken = counts(1, 2.5, 3), empty = {0, 0, 0, 0}, negative = {1, -1, 3, 2};
    nps_test out = {sizeof out, -7, -7, -7};
    const double outside[] = {-100, 100, 100.5, -1e300, (double)INFINITY, (double)NAN};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        for (int32_t method = 0; method <= NPS_BENCHMARK_MID_P; method++)
            ck_assert_int_eq(nps_compare_benchmark(&good, method, outside[i], &out), NPS_ERR_RANGE);
    for (int32_t method = NPS_BENCHMARK_SIGN; method <= NPS_BENCHMARK_MID_P; method++) {
        ck_assert_int_eq(nps_compare_benchmark(&good, method, 1e-300, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_compare_benchmark(&broken, method, 0, &out), NPS_ERR_RANGE);
    }
    ck_assert_int_eq(nps_compare_benchmark(&good, -1, 0, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_benchmark(&good, 3, 0, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_benchmark(NULL, 0, 0, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_benchmark(&good, 0, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_benchmark(&empty, 0, 0, &out), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_compare_benchmark(&negative, 0, 0, &out), NPS_ERR_RANGE);
    ck_assert(out.statistic == -7 && out.df == -7 && out.p == -7 && out.struct_size == sizeof out);
    out.struct_size = 0;
    ck_assert_int_eq(nps_compare_benchmark(&good, 0, 0, &out), NPS_ERR_ARGUMENT);
    out.struct_size = offsetof(nps_test, df); /* of a caller who knows no df: no more than that is written */
    ck_assert_int_eq(nps_compare_benchmark(&good, 0, 0, &out), NPS_OK);
    ck_assert(out.statistic == 1 && out.df == -7 && out.p == -7);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, sign_by_summing);
    tcase_add_test(tcase, sign_of_many);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, inverts_interval);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare_benchmark", add);
}
