/* Intervals, against the references (see tests/reference/README.md), closed forms, and what must hold for any sample.
 */
#include <math.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <stdio.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999};
#define LEVELS (sizeof levels / sizeof *levels)

typedef struct bounds {
    double lower, upper;
} bounds;

static nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_assert_int_eq(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

static bounds interval(const nps_sample *sample, int32_t method, double level)
{
    bounds out = {-777, 777};
    ck_assert_msg(nps_interval(sample, method, level, &out.lower, &out.upper) == NPS_OK, "%s of (%.17g, %.17g, %.17g)",
                  nps_interval_method_name(method), sample->detractors, sample->passives, sample->promoters);
    return out;
}

static nps_sample row_sample(const test_csv *csv, size_t row)
{
    return counts(test_csv_number(csv, row, "detractors"), test_csv_number(csv, row, "passives"),
                  test_csv_number(csv, row, "promoters"));
}

static bounds row_interval(const test_csv *csv, size_t row)
{
    static const char *const shares[] = {"goodman-detractors", "goodman-passives", "goodman-promoters"};
    const char *name = test_csv_cell(csv, row, "method");
    double level = test_csv_number(csv, row, "level"), lower[3], upper[3];
    nps_sample sample = row_sample(csv, row);
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(name, shares[i]) != 0) continue;
        ck_assert_int_eq(nps_interval_shares(&sample, level, lower, upper), NPS_OK);
        return (bounds){lower[i], upper[i]};
    }
    int32_t method;
    ck_assert_int_eq(nps_interval_method(name, strlen(name), &method), NPS_OK);
    return interval(&sample, method, level);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("intervals.csv");
    ck_assert_uint_ge(csv->rows, 800);
    for (size_t row = 0; row < csv->rows; row++) {
        bounds got = row_interval(csv, row);
        double tol = test_csv_number(csv, row, "tol");
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        ck_assert_msg(fabs(got.lower - lower) <= tol && fabs(got.upper - upper) <= tol,
                      "row %s: %.17g %.17g, not %.17g %.17g", test_csv_cell(csv, row, "id"), got.lower, got.upper,
                      lower, upper);
    }
    test_csv_free(csv);
}
END_TEST

/* Extreme counts, where the tolerance is relative: bounds of 1e-13 points keep their digits too. */
START_TEST(reference_extreme)
{
    test_csv *csv = test_csv_read("intervals_extreme.csv");
    ck_assert_uint_ge(csv->rows, 500);
    for (size_t row = 0; row < csv->rows; row++) {
        bounds got = row_interval(csv, row);
        double tol = test_csv_number(csv, row, "tol");
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        ck_assert_msg(test_relative_error(got.lower, lower) <= tol && test_relative_error(got.upper, upper) <= tol,
                      "row %zu: %.17g %.17g, not %.17g %.17g", row + 2, got.lower, got.upper, lower, upper);
    }
    test_csv_free(csv);
}
END_TEST

/* One class only, and as many promoters as detractors: the score interval by Tango's equation, the likelihood interval
 * by n log((1 + t) / 2) = -z^2 / 2, Wald and t by their formulas. */
START_TEST(closed_forms)
{
    static const double sizes[] = {1e-6, 0.5, 1, 2, 7, 40, 1e3, 1e6, 1e9, 1e12, 1e15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j < LEVELS; j++) {
            double n = sizes[i], z = npsi_normal_upper_quantile((1 - levels[j]) / 2), square = z * z;
            nps_sample promoters = counts(0, 0, n), passives = counts(0, n, 0), even = counts(n / 4, n / 2, n / 4);
            bounds got = interval(&promoters, NPS_INTERVAL_SCORE, levels[j]);
            ck_near(got.lower, 100 * (n - square) / (n + square), 1e-13);
            ck_assert(got.upper == 100);
            got = interval(&promoters, NPS_INTERVAL_LIKELIHOOD, levels[j]);
            ck_near(got.lower, 200 * exp(-square / (2 * n)) - 100, 1e-12);
            ck_assert(got.upper == 100);
            got = interval(&promoters, NPS_INTERVAL_WALD, levels[j]);
            ck_assert(got.lower == 100 && got.upper == 100);
            got = interval(&promoters, NPS_INTERVAL_SCORE_SKEWED, levels[j]);
            ck_assert(got.upper == 100 && got.lower < 100);
            ck_assert(n > 1 || got.lower == -100);
            got = interval(&passives, NPS_INTERVAL_SCORE, levels[j]);
            ck_assert(test_relative_error(got.upper, 100 * square / (n + square)) < 1e-12);
            got = interval(&even, NPS_INTERVAL_SCORE, levels[j]);
            ck_assert(test_relative_error(got.upper, 100 * z * sqrt(n / 2 + square) / (n + square)) < 1e-12);
            got = interval(&even, NPS_INTERVAL_WALD, levels[j]);
            ck_assert(test_relative_error(got.upper, fmin(100, 100 * z * sqrt(0.5 / n))) < 1e-12);
        }
    }
}
END_TEST

/* t takes the sample's own degrees of freedom. */
START_TEST(t_of_designs)
{
    nps_sample sample = counts(20, 30, 50);
    sample.df = 7;
    double margin = npsi_t_quantile(0.975, 7) * 100 * sqrt((0.7 - 0.09) / 99);
    bounds got = interval(&sample, NPS_INTERVAL_T, 0.95);
    ck_near(got.lower, 30 - margin, 1e-12);
    ck_near(got.upper, 30 + margin, 1e-12);
    sample.df = 0;
    got = interval(&sample, NPS_INTERVAL_T, 0.95);
    ck_assert(got.lower == -100 && got.upper == 100);
    sample = counts(0, 0, 1);
    got = interval(&sample, NPS_INTERVAL_T, 0.95);
    ck_assert(got.lower == -100 && got.upper == 100);
}
END_TEST

static int shrinks(int32_t method)
{
    return method == NPS_INTERVAL_ADJUSTED_WALD || method == NPS_INTERVAL_AGRESTI_MIN ||
           method == NPS_INTERVAL_BONETT_PRICE || method == NPS_INTERVAL_JEFFREYS;
}

/* Inside the scale and finite, around the score, wider at a higher level, mirrored exactly. `every`: take each of the
 * levels, or every nth. */
static void check_properties(double detractors, double passives, double promoters, int32_t method, size_t every)
{
    nps_sample sample = counts(detractors, passives, promoters);
    nps_sample mirror = {promoters, passives, detractors, sample.df};
    double score;
    ck_assert_int_eq(nps_sample_score(&sample, &score), NPS_OK);
    bounds inner = {score, score};
    for (size_t j = 0; j < LEVELS; j += every) {
        bounds got = interval(&sample, method, levels[j]), mirrored = interval(&mirror, method, levels[j]);
        int in_scale = got.lower >= -100 && got.lower <= got.upper && got.upper <= 100;
        int around = shrinks(method) || (got.lower <= score && score <= got.upper);
        int nested =
            (j == 0 && shrinks(method)) || (got.lower <= inner.lower + 1e-11 && got.upper >= inner.upper - 1e-11);
        int mirrors = got.lower == -mirrored.upper && got.upper == -mirrored.lower;
        ck_assert_msg(in_scale && around && nested && mirrors,
                      "%s of (%g, %g, %g) at %g: %.17g %.17g; mirrored %.17g %.17g; inside it %.17g %.17g",
                      nps_interval_method_name(method), detractors, passives, promoters, levels[j], got.lower,
                      got.upper, mirrored.lower, mirrored.upper, inner.lower, inner.upper);
        inner = got;
    }
}

/* Every table of 1 to 40 answers, but for mirror images. The slow methods go through three of the levels. */
START_TEST(every_small_sample)
{
    int32_t method = _i;
    size_t every = method == NPS_INTERVAL_JEFFREYS || method == NPS_INTERVAL_BOOTSTRAP ? 3 : 1;
    for (int n = 1; n <= 40; n++)
        for (int d = 0; d <= n; d++)
            for (int r = d; r <= n - d; r++) check_properties(d, n - d - r, r, method, every);
}
END_TEST

static int is_whole(double count)
{
    return count == floor(count);
}

START_TEST(every_magnitude)
{
    static const double sizes[] = {0, 1e-310, 1e-300, 1e-6, 0.3, 1, 7, 1e3, 1e6, 1e9, 1e12, 3e14, 999999999999998};
    const size_t n = sizeof sizes / sizeof *sizes;
    for (size_t d = 0; d < n; d++) {
        for (size_t p = 0; p < n; p++) {
            for (size_t r = d; r < n; r++) {
                double size = sizes[d] + sizes[p] + sizes[r];
                int whole = is_whole(sizes[d]) && is_whole(sizes[p]) && is_whole(sizes[r]);
                if (!(size > 0 && size <= 1e15) || (_i == NPS_INTERVAL_BOOTSTRAP && !whole)) continue;
                check_properties(sizes[d], sizes[p], sizes[r], _i, 3);
            }
        }
    }
}
END_TEST

/* The level tends to 0: the score alone, or the middle that a method shrinks to. To 1: still inside the scale. */
START_TEST(extreme_levels)
{
    nps_sample sample = counts(20, 30, 50);
    bounds none = interval(&sample, _i, 1e-300), all = interval(&sample, _i, 1 - 1e-16);
    ck_assert(fabs(none.lower - none.upper) <= (_i == NPS_INTERVAL_BOOTSTRAP ? 1 : 1e-9));
    ck_assert(fabs(none.lower - 30) < 3);
    ck_assert(-100 <= all.lower && all.lower < -30 && 70 < all.upper && all.upper <= 100);
}
END_TEST

START_TEST(shares)
{
    nps_sample sample = counts(0, 0, 12);
    double lower[3], upper[3], a = 5.731139281939; /* 2 erfinv(1 - .05 / 3)^2 by mpmath */
    ck_assert_int_eq(nps_interval_shares(&sample, 0.95, lower, upper), NPS_OK);
    ck_assert(lower[0] == 0 && lower[1] == 0 && upper[2] == 1);
    ck_near(upper[0], a / (12 + a), 1e-12);
    ck_near(lower[2], 12 / (12 + a), 1e-12);
}
END_TEST

START_TEST(names)
{
    for (int32_t method = 0; method < NPS_INTERVAL_COUNT; method++) {
        const char *name = nps_interval_method_name(method);
        int32_t found = -1;
        ck_assert_int_eq(nps_interval_method(name, strlen(name), &found), NPS_OK);
        ck_assert_int_eq(found, method);
    }
    ck_assert_ptr_null(nps_interval_method_name(-1));
    ck_assert_ptr_null(nps_interval_method_name(NPS_INTERVAL_COUNT));
    int32_t found = 77;
    ck_assert_int_eq(nps_interval_method("scor", 4, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_interval_method("scores", 6, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_interval_method("", 0, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_interval_method(NULL, 0, &found), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval_method("score", 5, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(found, 77);
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(1, 2, 3), empty = {0, 0, 0, 0}, negative = {-1, 2, 3, 3}, broken = {1, 2.5, 3, 5};
    double lower[3] = {7, 7, 7}, upper[3] = {7, 7, 7};
    const double no_levels[] = {0, 1, -0.5, 1.5, (double)NAN};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(nps_interval(&good, 0, no_levels[i], lower, upper), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_interval_shares(&good, no_levels[i], lower, upper), NPS_ERR_ARGUMENT);
    }
    ck_assert_int_eq(nps_interval(&good, -1, 0.9, lower, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval(&good, NPS_INTERVAL_COUNT, 0.9, lower, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval(NULL, 0, 0.9, lower, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval(&good, 0, 0.9, NULL, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval(&good, 0, 0.9, lower, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval_shares(NULL, 0.9, lower, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval_shares(&good, 0.9, NULL, upper), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval_shares(&good, 0.9, lower, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_interval(&empty, 0, 0.9, lower, upper), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_interval_shares(&empty, 0.9, lower, upper), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_interval(&negative, 0, 0.9, lower, upper), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_interval_shares(&negative, 0.9, lower, upper), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_interval(&broken, NPS_INTERVAL_BOOTSTRAP, 0.9, lower, upper), NPS_ERR_RANGE);
    for (size_t i = 0; i < 3; i++) ck_assert(lower[i] == 7 && upper[i] == 7);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_extreme);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, t_of_designs);
    tcase_add_loop_test(tcase, every_small_sample, 0, NPS_INTERVAL_COUNT);
    tcase_add_loop_test(tcase, every_magnitude, 0, NPS_INTERVAL_COUNT);
    tcase_add_loop_test(tcase, extreme_levels, 0, NPS_INTERVAL_COUNT);
    tcase_add_test(tcase, shares);
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("interval", add);
}
