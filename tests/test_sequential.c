/* The confidence sequence and the e-value behind it: references, plain oracles, and that the bet is fair. */
#include <math.h>
#include <nps/interval.h>
#include <nps/sequential.h>
#include <nps/status.h>
#include <string.h>

#include "support.h"
#include "wealth_internal.h"

static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999};
#define LEVELS (sizeof levels / sizeof *levels)
#define PI     3.14159265358979323846

typedef struct bounds {
    double lower, upper;
} bounds;

static nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_assert_int_eq(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

static bounds interval(const nps_sample *sample, double level)
{
    bounds out = {-777, 777};
    ck_assert_msg(nps_sequential_interval(sample, level, &out.lower, &out.upper) == NPS_OK, "(%.17g, %.17g, %.17g)",
                  sample->detractors, sample->passives, sample->promoters);
    return out;
}

/* Also holds p to its definition. */
static double log_e_value(const nps_sample *sample, double points)
{
    double out = -777, p = -777;
    ck_assert_int_eq(nps_sequential_test(sample, points, &out, &p), NPS_OK);
    ck_assert_msg(out <= 0 ? p == 1 : test_near(p, exp(-out), 1e-15), "log e %.17g with p %.17g", out, p);
    return out;
}

static nps_sample row_sample(const test_csv *csv, size_t row)
{
    return counts(test_csv_number(csv, row, "detractors"), test_csv_number(csv, row, "passives"),
                  test_csv_number(csv, row, "promoters"));
}

/* Bounds within `bound` points; logarithms within `evidence`, relative to a unit of them from there on. */
static void check_row(const test_csv *csv, size_t row, double bound, double evidence, double unit)
{
    nps_sample sample = row_sample(csv, row);
    if (strcmp(test_csv_cell(csv, row, "kind"), "interval") == 0) {
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        bounds got = interval(&sample, test_csv_number(csv, row, "level"));
        ck_assert_msg(fabs(got.lower - lower) <= bound * fmin(1, fabs(lower)) &&
                          fabs(got.upper - upper) <= bound * fmin(1, fabs(upper)),
                      "row %zu: %.17g %.17g, not %.17g %.17g", row + 2, got.lower, got.upper, lower, upper);
        return;
    }
    ck_assert_str_eq(test_csv_cell(csv, row, "kind"), "e-value");
    double expected = test_csv_number(csv, row, "log_e_value");
    double got = log_e_value(&sample, test_csv_number(csv, row, "benchmark"));
    ck_assert_msg(got == expected || fabs(got - expected) <= evidence * fmax(1, fabs(expected) / unit),
                  "row %zu: %.17g, not %.17g", row + 2, got, expected);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("sequential.csv");
    ck_assert_uint_eq(csv->rows, 39);
    for (size_t row = 0; row < csv->rows; row++) {
        double tol = test_csv_number(csv, row, "tol");
        check_row(csv, row, tol, tol, 1000);
    }
    test_csv_free(csv);
}
END_TEST

/* Counts up to 1e15, lopsided, fractional, benchmarks beside the bounds and at the ends. A bound near 0 is held to its
 * own digits. */
START_TEST(reference_extreme)
{
    test_csv *csv = test_csv_read("sequential_extreme.csv");
    ck_assert_uint_eq(csv->rows, 312);
    for (size_t row = 0; row < csv->rows; row++) check_row(csv, row, 2e-13, 1e-12, 1);
    test_csv_free(csv);
}
END_TEST

/* The sum that the binomial theorem makes of the integral, term by term. */
static double slow_log_wealth(double d, double p, double r, double m)
{
    double y = (1 + m) / 2, sum = 0;
    for (double j = 0; j <= p; j++)
        sum += exp(lgamma(p + 1) - lgamma(j + 1) - lgamma(p - j + 1) + lgamma(r + j + 0.5) + lgamma(d + p - j + 0.5) -
                   lgamma(d + p + r + 1) - (r + j) * log(y) - (d + p - j) * log(1 - y) - p * log(2));
    return log(sum / PI);
}

START_TEST(sum_of_beta_functions)
{
    for (int n = 1; n <= 30; n++) {
        for (int d = 0; d <= n; d++) {
            for (int p = 0; p <= n - d; p++) {
                nps_sample sample = counts(d, p, n - d - p);
                for (double points = -99; points <= 99; points += 11)
                    ck_near(log_e_value(&sample, points), slow_log_wealth(d, p, n - d - p, points / 100), 2e-12);
            }
        }
    }
}
END_TEST

/* One answer: W is the mean of x / y or (1 - x) / (1 - y) under Beta(1/2, 1/2), whose mean is 1/2, so 1 / (1 + m) and
 * 1 / (1 - m); of a passive it is the mean of the two, 1 / (1 - m^2). */
START_TEST(one_answer)
{
    nps_sample promoter = counts(0, 0, 1), passive = counts(0, 1, 0), detractor = counts(1, 0, 0);
    for (double points = -99.5; points <= 99.5; points += 0.5) {
        double m = points / 100;
        ck_near(log_e_value(&promoter, points), -log1p(m), 1e-14);
        ck_near(log_e_value(&detractor, points), -log1p(-m), 1e-14);
        ck_near(log_e_value(&passive, points), -log1p(-m * m), 1e-14);
    }
    for (size_t i = 0; i < LEVELS; i++) {
        bounds got = interval(&promoter, levels[i]);
        ck_assert(got.upper == 100);
        ck_near(got.lower, -100 * levels[i], 1e-12);
        got = interval(&passive, levels[i]);
        ck_near(got.upper, 100 * sqrt(levels[i]), 1e-12);
    }
}
END_TEST

/* At a benchmark where an answer seen cannot be, the bet has won without limit. Where all answers are as they must be,
 * each has cost it its hedge: W = E x^r = Gamma(r + 1/2) / (Gamma(1/2) Gamma(r + 1)). */
START_TEST(ends_of_the_scale)
{
    static const double sizes[] = {0.25, 1, 2, 50, 1e3, 1e5};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double n = sizes[i], all = lgamma(n + 0.5) - lgamma(0.5) - lgamma(n + 1);
        nps_sample promoters = counts(0, 0, n), passives = counts(0, n, 0), detractors = counts(n, 0, 0);
        ck_near(log_e_value(&promoters, 100), all, 1e-9);
        ck_near(log_e_value(&detractors, -100), all, 1e-9);
        ck_assert(log_e_value(&promoters, -100) == INFINITY && log_e_value(&detractors, 100) == INFINITY);
        ck_assert(log_e_value(&passives, -100) == INFINITY && log_e_value(&passives, 100) == INFINITY);
    }
    nps_sample nearly = counts(0, 1e-300, 1e3);
    ck_assert(log_e_value(&nearly, 100) == INFINITY);
}
END_TEST

/* A fair bet: over all samples of n answers from a population whose score is the benchmark, the mean e-value is 1. */
START_TEST(fair_bet)
{
    static const double populations[][2] = {/* detractors, promoters */
                                            {0.2, 0.5},  {0.5, 0.5},    {0.01, 0.03}, {0.3, 0.3}, {0, 0.4},
                                            {0.9, 0.05}, {0.001, 0.99}, {0.25, 0},    {0.6, 0.4}};
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++) {
        double D = populations[i][0], R = populations[i][1], P = 1 - D - R, points = 100 * (R - D);
        for (int n = 1; n <= 60; n += n < 10 ? 1 : 10) {
            double mean = 0;
            for (int d = 0; d <= n; d++) {
                for (int r = 0; r <= n - d; r++) {
                    int p = n - d - r;
                    double chance = exp(lgamma(n + 1) - lgamma(d + 1) - lgamma(p + 1) - lgamma(r + 1)) * pow(D, d) *
                                    pow(fmax(P, 0), p) * pow(R, r);
                    if (chance == 0) continue;
                    nps_sample sample = counts(d, p, r);
                    mean += chance * exp(log_e_value(&sample, points));
                }
            }
            ck_assert_msg(fabs(mean - 1) < 1e-11, "n = %d of (%g, %g): mean %.17g", n, D, R, mean);
        }
    }
}
END_TEST

/* Fair at each step too: given any past, the next answer leaves the expected worth as it is. So any rule of when to
 * stop is allowed. */
START_TEST(fair_at_each_step)
{
    uint64_t state = 5;
    for (int i = 0; i < 3000; i++) {
        double size = pow(10, (double)test_below(&state, 7)), D = (double)test_below(&state, 1000) / 1000;
        double R = (1 - D) * (double)test_below(&state, 1000) / 1000, points = 100 * (R - D);
        double d = (double)test_below(&state, (uint64_t)size), p = (double)test_below(&state, (uint64_t)size);
        double r = (double)test_below(&state, (uint64_t)size);
        if (d + p + r == 0 || fabs(points) > 99.9) continue;
        nps_sample now = counts(d, p, r), down = counts(d + 1, p, r), same = counts(d, p + 1, r);
        nps_sample up = counts(d, p, r + 1);
        double worth = log_e_value(&now, points);
        double next = D * exp(log_e_value(&down, points) - worth) + R * exp(log_e_value(&up, points) - worth) +
                      (1 - D - R) * exp(log_e_value(&same, points) - worth);
        double tolerance = 1e-12 + 1e-14 * fabs(worth);
        ck_assert_msg(fabs(next - 1) < tolerance, "(%g, %g, %g) against %.17g: %.17g", d, p, r, points, next);
    }
}
END_TEST

/* Inside the scale, around the score, nested in the levels, mirrored exactly, and no wider than it must be: the e-value
 * of a bound is 1 / (1 - level). */
static void check_properties(double detractors, double passives, double promoters, size_t every)
{
    nps_sample sample = counts(detractors, passives, promoters);
    nps_sample mirror = {promoters, passives, detractors, sample.df};
    double score;
    ck_assert_int_eq(nps_sample_score(&sample, &score), NPS_OK);
    bounds inner = {score, score};
    for (size_t j = 0; j < LEVELS; j += every) {
        bounds got = interval(&sample, levels[j]), mirrored = interval(&mirror, levels[j]);
        int in_scale = -100 <= got.lower && got.lower <= score && score <= got.upper && got.upper <= 100;
        int nested = got.lower <= inner.lower + 5e-14 && got.upper >= inner.upper - 5e-14; /* steps of the doubles */
        int mirrors = got.lower == -mirrored.upper && got.upper == -mirrored.lower;
        int ends = passives > 0 || ((promoters > 0 || got.lower == -100) && (detractors > 0 || got.upper == 100));
        ck_assert_msg(in_scale && nested && mirrors && ends,
                      "(%g, %g, %g) at %g: %.17g %.17g; mirrored %.17g %.17g; inside it %.17g %.17g", detractors,
                      passives, promoters, levels[j], got.lower, got.upper, mirrored.lower, mirrored.upper, inner.lower,
                      inner.upper);
        inner = got;
        const double both[] = {got.lower, got.upper};
        for (size_t i = 0; i < 2; i++) {
            if (fabs(both[i]) == 100) continue;
            double away = (i == 0 ? -1 : 1) * 4e-15, threshold = -log1p(-levels[j]), m = both[i] / 100;
            double slack = 1e-13 + 1e-15 * fabs(threshold);
            double outside = npsi_log_wealth(&sample, fmax(-1, fmin(1, m + away * fabs(m))), 0);
            double inside = npsi_log_wealth(&sample, m - away * fabs(m), 0);
            ck_assert_msg(inside - slack <= threshold && threshold <= outside + slack,
                          "(%g, %g, %g) at %g, bound %.17g: log W %.17g inside, %.17g outside, not %.17g", detractors,
                          passives, promoters, levels[j], both[i], inside, outside, threshold);
        }
    }
    double at_zero = log_e_value(&sample, 0);
    ck_assert(at_zero == log_e_value(&mirror, 0) && log_e_value(&sample, 12.5) == log_e_value(&mirror, -12.5));
    int rounded = score == 100 && detractors + passives > 0; /* to a score that the others rule out */
    ck_assert(rounded || log_e_value(&sample, score) <= 1e-13);
}

START_TEST(every_small_sample)
{
    for (int n = 1; n <= 20; n++)
        for (int d = 0; d <= n; d++)
            for (int r = d; r <= n - d; r++) check_properties(d, n - d - r, r, 2);
}
END_TEST

START_TEST(every_magnitude)
{
    static const double sizes[] = {0, 1e-310, 1e-300, 1e-6, 0.3, 1, 7, 1e3, 1e6, 1e9, 1e12, 3e14, 999999999999998};
    const size_t n = sizeof sizes / sizeof *sizes;
    for (size_t d = 0; d < n; d++) {
        for (size_t p = 0; p < n; p++) {
            for (size_t r = d; r < n; r++) {
                double size = sizes[d] + sizes[p] + sizes[r];
                if (size > 0 && size <= 1e15) check_properties(sizes[d], sizes[p], sizes[r], 3);
            }
        }
    }
}
END_TEST

/* Hardly any answer says hardly anything; levels next to 0 and 1 stay inside the scale. */
START_TEST(limits)
{
    nps_sample mixed = counts(20, 30, 50), none = counts(1e-9, 1e-9, 1e-9);
    bounds narrow = interval(&mixed, 1e-300), wide = interval(&mixed, 1 - 1e-16);
    ck_assert(narrow.lower < 30 && narrow.upper > 30 && -100 < wide.lower && wide.lower < narrow.lower);
    ck_assert(narrow.upper < wide.upper && wide.upper < 100);
    ck_near(slow_log_wealth(20, 30, 50, narrow.lower / 100), 0, 1e-12);
    ck_near(slow_log_wealth(20, 30, 50, narrow.upper / 100), 0, 1e-12);
    bounds all = interval(&none, 0.5);
    ck_assert(all.lower < -99.99 && all.upper > 99.99);
    ck_near(log_e_value(&none, 50), 0, 1e-8);
    nps_sample rounded = counts(0, 1e-310, 1); /* its score is 100 as a double, but the truth cannot be */
    all = interval(&rounded, 0.95);
    ck_near(all.lower, -95, 1e-11); /* as of one promoter */
}
END_TEST

/* The price of looking: wider than the interval for one look, and narrower the more answers. */
START_TEST(price)
{
    double last = 200;
    for (double n = 10; n <= 1e12; n *= 10) {
        nps_sample sample = counts(0.2 * n, 0.3 * n, 0.5 * n);
        double lower, upper;
        ck_assert_int_eq(nps_interval(&sample, NPS_INTERVAL_SCORE, 0.95, &lower, &upper), NPS_OK);
        bounds got = interval(&sample, 0.95);
        ck_assert(got.lower < lower && upper < got.upper && got.upper - got.lower < last);
        if (n == 100) ck_near((got.upper - got.lower) / (upper - lower), 1.6, 0.06); /* what the header says */
        last = got.upper - got.lower;
    }
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(1, 2, 3), empty = {0, 0, 0, 0};
    const double no = (double)NAN, no_levels[] = {0, 1, -0.5, 1.5, no, INFINITY};
    const double no_points[] = {-100.00000000000001, 100.00000000000001, 1e300, -INFINITY, INFINITY, no};
    const nps_sample broken[] = {{-1, 2, 3, 3},       {1, -2, 3, 1},   {1, 2, -3, 1}, {no, 2, 3, 3}, {1, no, 3, 3},
                                 {1, 2, INFINITY, 3}, {1e15, 1, 1, 3}, {1, 2, 3, no}, {1, 2, 3, -1}};
    double a = 7, b = 8;
    for (size_t i = 0; i < sizeof no_levels / sizeof *no_levels; i++)
        ck_assert_int_eq(nps_sequential_interval(&good, no_levels[i], &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_sequential_interval(NULL, 0.95, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_sequential_interval(&good, 0.95, NULL, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_sequential_interval(&good, 0.95, &a, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_sequential_interval(&empty, 0.95, &a, &b), NPS_ERR_EMPTY);
    for (size_t i = 0; i < sizeof no_points / sizeof *no_points; i++)
        ck_assert_int_eq(nps_sequential_test(&good, no_points[i], &a, &b), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_sequential_test(NULL, 0, &a, &b), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_sequential_test(&empty, 0, &a, &b), NPS_ERR_EMPTY);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ck_assert_int_eq(nps_sequential_interval(&broken[i], 0.95, &a, &b), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_sequential_test(&broken[i], 0, &a, &b), NPS_ERR_RANGE);
    }
    ck_assert(a == 7 && b == 8);
    ck_assert_int_eq(nps_sequential_test(&good, 0, &a, NULL), NPS_OK);
    ck_assert_int_eq(nps_sequential_test(&good, 0, NULL, &b), NPS_OK);
    ck_assert_int_eq(nps_sequential_test(&good, 0, NULL, NULL), NPS_OK);
    ck_assert(a == log_e_value(&good, 0) && b == 1);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_extreme);
    tcase_add_test(tcase, sum_of_beta_functions);
    tcase_add_test(tcase, one_answer);
    tcase_add_test(tcase, ends_of_the_scale);
    tcase_add_test(tcase, fair_bet);
    tcase_add_test(tcase, fair_at_each_step);
    tcase_add_test(tcase, every_small_sample);
    tcase_add_test(tcase, every_magnitude);
    tcase_add_test(tcase, limits);
    tcase_add_test(tcase, price);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("sequential", add);
}
