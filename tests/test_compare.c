/* Two samples: references (see tests/reference/README.md), closed forms, slow oracles, and what must
 * hold for any samples. */
#include <math.h>
#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <string.h>

#include "compare_samples.h"
#include "special_internal.h"
#include "support.h"

static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999};
#define LEVELS (sizeof levels / sizeof *levels)

static double deviate(double level)
{
    return npsi_normal_upper_quantile((1 - level) / 2);
}

static nps_difference compare(const nps_sample *from, const nps_sample *to, int32_t method, double level)
{
    nps_difference out = {sizeof out, -777, -777, -777, -777, -777, -777};
    ck_assert_msg(nps_compare(from, to, method, level, &out) == NPS_OK, "%s of (%g, %g, %g) and (%g, %g, %g)",
                  nps_difference_method_name(method), from->detractors, from->passives, from->promoters, to->detractors,
                  to->passives, to->promoters);
    return out;
}

static void check_reference_row(const test_csv *csv, size_t row, int32_t method)
{
    nps_sample from = row_sample(csv, row, "from_"), to = row_sample(csv, row, "to_");
    double tol = test_csv_number(csv, row, "tol"), tol_p = test_csv_number(csv, row, "tol_p");
    nps_difference got = compare(&from, &to, method, test_csv_number(csv, row, "level"));
    ck_assert_msg(within(got.estimate, test_csv_number(csv, row, "estimate"), tol) &&
                      within(got.lower, test_csv_number(csv, row, "lower"), tol) &&
                      within(got.upper, test_csv_number(csv, row, "upper"), tol) &&
                      within(got.statistic, test_csv_number(csv, row, "statistic"), tol_p) &&
                      within(got.df, test_csv_number(csv, row, "df"), tol_p) &&
                      within_p(got.p, test_csv_number(csv, row, "p"), tol_p),
                  "row %zu: %.17g %.17g %.17g; %.17g %.17g %.17g", row + 2, got.estimate, got.lower, got.upper,
                  got.statistic, got.df, got.p);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("differences.csv");
    size_t of_method[NPS_DIFFERENCE_COUNT] = {0};
    for (size_t row = 0; row < csv->rows; row++) {
        const char *name = test_csv_cell(csv, row, "method");
        int32_t method;
        ck_assert_int_eq(nps_difference_method(name, strlen(name), &method), NPS_OK);
        of_method[method]++;
        if (method != NPS_DIFFERENCE_PERMUTATION) check_reference_row(csv, row, method);
    }
    for (int32_t method = 0; method < NPS_DIFFERENCE_PERMUTATION; method++) ck_assert_uint_eq(of_method[method], 21);
    test_csv_free(csv);
}
END_TEST

/* Extreme counts, where the tolerance is relative; equivalence with a margin as well. Where a statistic is that of a
 * sample's last reach, 1e-6 from the end of the scale, its condition leaves 1e-10. */
START_TEST(reference_extreme)
{
    test_csv *csv = test_csv_read("differences_extreme.csv");
    ck_assert_uint_eq(csv->rows, 84);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample from = row_sample(csv, row, "from_"), to = row_sample(csv, row, "to_");
        const char *name = test_csv_cell(csv, row, "method");
        int32_t method;
        ck_assert_int_eq(nps_difference_method(name, strlen(name), &method), NPS_OK);
        nps_difference got = compare(&from, &to, method, test_csv_number(csv, row, "level"));
        nps_equivalence within_margin = {.struct_size = sizeof within_margin};
        ck_assert_int_eq(
            nps_compare_equivalence(&from, &to, method, test_csv_number(csv, row, "margin"), &within_margin), NPS_OK);
        const struct {
            const char *column;
            double actual, tolerance;
        } cells[] = {{"estimate", got.estimate, 1e-15},
                     {"lower", got.lower, 1e-12},
                     {"upper", got.upper, 1e-12},
                     {"statistic", got.statistic, 3e-10},
                     {"statistic_lower", within_margin.statistic_lower, 3e-10},
                     {"statistic_upper", within_margin.statistic_upper, 3e-10}};
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
            double expected = test_csv_number(csv, row, cells[i].column);
            ck_assert_msg(test_relative_error(cells[i].actual, expected) <= cells[i].tolerance,
                          "row %zu: %s %.17g, not %.17g", row + 2, cells[i].column, cells[i].actual, expected);
        }
        ck_assert(within_p(got.p, test_csv_number(csv, row, "p"), 1e-7));
    }
    test_csv_free(csv);
}
END_TEST

/* One class only in each sample, where the score limits have closed forms. */
START_TEST(closed_forms)
{
    static const double sizes[] = {1e-6, 1, 7, 40, 1e3, 1e9, 1e15};
    for (size_t i = 0; i < 49; i++) {
        double n = sizes[i / 7], m = sizes[i % 7];
        nps_sample promoters = counts(0, 0, n), others = counts(0, 0, m), passives = counts(0, m, 0);
        for (size_t j = 0; j < LEVELS; j++) {
            double square = deviate(levels[j]) * deviate(levels[j]);
            nps_difference got = compare(&others, &promoters, NPS_DIFFERENCE_MOVER, levels[j]);
            ck_assert(got.estimate == 0 && got.statistic == 0 && got.p == 1);
            ck_assert(test_relative_error(got.lower, -200 * square / (n + square)) < 1e-12);
            ck_assert(test_relative_error(got.upper, 200 * square / (m + square)) < 1e-12);
            double below = 2 * square / (n + square), above = square / (m + square);
            got = compare(&passives, &promoters, NPS_DIFFERENCE_MOVER, levels[j]);
            ck_near(got.lower, 100 - 100 * sqrt(below * below + above * above), 1e-12);
            ck_near(got.upper, 100 + 100 * above, 1e-12);
            got = compare(&passives, &passives, NPS_DIFFERENCE_MOVER, levels[j]);
            ck_assert(test_relative_error(got.upper, 100 * sqrt(2) * above) < 1e-12);
            /* of m = m and D > 0: both scores move by half of it, z^2 = 2 m (D/2)^2 / (D/2 - D^2/4) */
            got = compare(&passives, &passives, NPS_DIFFERENCE_SCORE, levels[j]);
            ck_near(got.upper, 200 * square / (2 * m + square), 1e-11);
        }
    }
}
END_TEST

/* The formula of MOVER with the bounds of nps_interval. */
START_TEST(mover_from_intervals)
{
    uint64_t state = 2;
    for (int i = 0; i < 1000; i++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        double level = levels[(size_t)i % LEVELS], l1, u1, l2, u2, score1, score2;
        ck_assert_int_eq(nps_interval(&from, NPS_INTERVAL_SCORE, level, &l1, &u1), NPS_OK);
        ck_assert_int_eq(nps_interval(&to, NPS_INTERVAL_SCORE, level, &l2, &u2), NPS_OK);
        ck_assert_int_eq(nps_sample_score(&from, &score1), NPS_OK);
        ck_assert_int_eq(nps_sample_score(&to, &score2), NPS_OK);
        nps_difference got = compare(&from, &to, NPS_DIFFERENCE_MOVER, level);
        ck_near(got.estimate, score2 - score1, 1e-13);
        ck_near(got.lower, score2 - score1 - sqrt((score2 - l2) * (score2 - l2) + (u1 - score1) * (u1 - score1)),
                1e-11);
        ck_near(got.upper, score2 - score1 + sqrt((u2 - score2) * (u2 - score2) + (score1 - l1) * (score1 - l1)),
                1e-11);
    }
}
END_TEST

/* One sample under a trial score, straight from Tango (1998). */
typedef struct trial {
    double log_likelihood, variance;
} trial;

static trial under(const nps_sample *s, double t)
{
    double n = s->detractors + s->passives + s->promoters, A = 2 * n, C = -s->detractors * t * (1 - t);
    double B = -(s->detractors + s->promoters) + (2 * n - s->promoters + s->detractors) * t;
    double root = sqrt(fmax(0, B * B - 4 * A * C));
    double q = B > 0 ? -2 * C / (B + root) : (root - B) / (2 * A);
    q = fmin(fmax(q, fmax(0, -t)), (1 - t) / 2);
    double share[] = {q, 1 - 2 * q - t, q + t}, count[] = {s->detractors, s->passives, s->promoters}, sum = 0;
    for (int i = 0; i < 3; i++)
        if (count[i] > 0) sum += count[i] * log(fmax(share[i], 1e-300));
    return (trial){sum, fmax(0, (2 * q + t - t * t) / n)};
}

static double joint(const nps_sample *from, const nps_sample *to, double t, double difference)
{
    return under(from, t).log_likelihood + under(to, t + difference).log_likelihood;
}

/* z of a trial difference: the best t of a grid, then golden section around it. */
static double searched_statistic(const nps_sample *from, const nps_sample *to, double estimate, double difference)
{
    double left = fmax(-1, -1 - difference), right = fmin(1, 1 - difference), best = left;
    const int steps = 200;
    for (int i = 0; i <= steps; i++) {
        double t = left + (right - left) * i / steps;
        if (joint(from, to, t, difference) > joint(from, to, best, difference)) best = t;
    }
    double a = fmax(left, best - (right - left) / steps), b = fmin(right, best + (right - left) / steps);
    for (int i = 0; i < 80; i++) {
        double x = b - 0.6180339887498949 * (b - a), y = a + 0.6180339887498949 * (b - a);
        if (joint(from, to, x, difference) > joint(from, to, y, difference))
            b = y;
        else
            a = x;
    }
    double t = (a + b) / 2, variance = under(from, t).variance + under(to, t + difference).variance;
    return estimate == difference ? 0 : (estimate - difference) / sqrt(variance);
}

/* A maximum is found to half the digits of a double. */
START_TEST(profile_by_searching)
{
    uint64_t state = 3;
    for (int i = 0; i < 400; i++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        double level = levels[(size_t)i % LEVELS], z = deviate(level);
        nps_difference got = compare(&from, &to, NPS_DIFFERENCE_SCORE, level);
        double estimate = got.estimate / 100;
        if (fabs(estimate) > 1e-9) ck_near(got.statistic, searched_statistic(&from, &to, estimate, 0), 1e-6);
        if (got.lower > -199.9 && got.lower < got.estimate)
            ck_near(searched_statistic(&from, &to, estimate, got.lower / 100), z, 1e-5);
        if (got.upper < 199.9 && got.upper > got.estimate)
            ck_near(searched_statistic(&from, &to, estimate, got.upper / 100), -z, 1e-5);
    }
}
END_TEST

/* For one sample that cannot move, all detractors of `from`, the profile is the other sample's own score test. */
START_TEST(profile_of_one)
{
    uint64_t state = 4;
    for (int i = 0; i < 300; i++) {
        nps_sample from = counts(12, 0, 0), to = random_sample(&state);
        double level = levels[(size_t)i % LEVELS], lower, upper;
        ck_assert_int_eq(nps_interval(&to, NPS_INTERVAL_SCORE, level, &lower, &upper), NPS_OK);
        nps_difference got = compare(&from, &to, NPS_DIFFERENCE_SCORE, level);
        ck_near(got.upper, fmin(200, upper + 100), 1e-11);
    }
}
END_TEST

static int method_is_singular(const nps_sample *from, const nps_sample *to, int32_t method)
{
    return method == NPS_DIFFERENCE_WELCH && (from->df == 0 || to->df == 0);
}

static int same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Exact signs: of the swapped samples, and of the mirrored ones. */
static void check_symmetry(const nps_sample *from, const nps_sample *to, int32_t method, double level)
{
    nps_sample mirrored_from = mirrored(from), mirrored_to = mirrored(to);
    nps_difference got = compare(from, to, method, level);
    nps_difference others[] = {compare(to, from, method, level), compare(&mirrored_from, &mirrored_to, method, level)};
    for (int i = 0; i < 2; i++)
        ck_assert_msg(got.estimate == -others[i].estimate && got.lower == -others[i].upper &&
                          got.upper == -others[i].lower && same(got.statistic, -others[i].statistic) &&
                          same(got.df, others[i].df) && got.p == others[i].p,
                      "%s: %.17g %.17g %.17g, not minus %.17g %.17g %.17g", nps_difference_method_name(method),
                      got.lower, got.upper, got.statistic, others[i].lower, others[i].upper, others[i].statistic);
}

/* On the scale, around the estimate (adjusted Wald: around the middle), p small exactly where 0 is outside. */
static void check_difference(const nps_sample *from, const nps_sample *to, int32_t method)
{
    double before = 0;
    for (size_t j = 0; j < LEVELS; j++) {
        nps_difference got = compare(from, to, method, levels[j]);
        int on_scale = got.lower >= -200 && got.lower <= got.upper && got.upper <= 200;
        int around = method == NPS_DIFFERENCE_ADJUSTED_WALD || (got.lower <= got.estimate && got.estimate <= got.upper);
        int wider = got.upper - got.lower >= before - 1e-11;
        int excluded = got.lower > 0 || got.upper < 0, small = got.p < 1 - levels[j];
        int tie = fabs(got.p - (1 - levels[j])) < 1e-8 || fmin(fabs(got.lower), fabs(got.upper)) < 1e-11;
        int defined = got.p >= 0 && got.p <= 1 && (method == NPS_DIFFERENCE_WELCH || !isnan(got.statistic));
        ck_assert_msg(on_scale && around && wider && (excluded == small || tie) && defined,
                      "%s of (%.17g, %.17g, %.17g) and (%.17g, %.17g, %.17g) at %g: %.17g in %.17g to %.17g, z %.17g "
                      "p %.17g",
                      nps_difference_method_name(method), from->detractors, from->passives, from->promoters,
                      to->detractors, to->passives, to->promoters, levels[j], got.estimate, got.lower, got.upper,
                      got.statistic, got.p);
        before = got.upper - got.lower;
    }
}

START_TEST(random_samples)
{
    uint64_t state = 5;
    for (int i = 0; i < 4000; i++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        if (method_is_singular(&from, &to, _i)) continue;
        check_difference(&from, &to, _i);
        check_symmetry(&from, &to, _i, levels[(size_t)i % LEVELS]);
    }
}
END_TEST

/* All tables of up to 4 answers against each other. */
START_TEST(small_samples)
{
    nps_sample all[64];
    int count = 0;
    for (int n = 1; n <= 4; n++)
        for (int d = 0; d <= n; d++)
            for (int r = 0; r <= n - d; r++) all[count++] = counts(d, n - d - r, r);
    ck_assert_int_eq(count, 34);
    for (int i = 0; i < count * count; i++) {
        const nps_sample *from = &all[i / count], *to = &all[i % count];
        if (method_is_singular(from, to, _i)) continue;
        check_difference(from, to, _i);
        check_symmetry(from, to, _i, 0.95);
    }
}
END_TEST

START_TEST(every_magnitude)
{
    static const double sizes[] = {0, 5e-324, 1e-300, 1e-6, 0.3, 7, 1e6, 3e14};
    nps_sample all[512];
    size_t count = 0;
    for (int i = 1; i < 8 * 8 * 8; i++) all[count++] = counts(sizes[i / 64], sizes[i / 8 % 8], sizes[i % 8]);
    uint64_t state = 6;
    for (int i = 0; i < 20000; i++) {
        const nps_sample *from = &all[test_below(&state, count)], *to = &all[test_below(&state, count)];
        if (method_is_singular(from, to, _i)) continue;
        check_difference(from, to, _i);
        check_symmetry(from, to, _i, levels[(size_t)i % LEVELS]);
    }
}
END_TEST

/* Counts whose products are no doubles, and differences that no statistic notices. */
START_TEST(tiny_counts)
{
    nps_sample from = counts(5e-300, 2e-300, 1e-300), to = counts(1e-310, 2e-310, 5e-310);
    nps_sample passives = counts(0, 1e6, 1e-300), even = counts(3e14, 1e-300, 3e14), some = counts(1, 2, 3);
    for (int32_t method = NPS_DIFFERENCE_MOVER; method <= NPS_DIFFERENCE_ADJUSTED_WALD; method++) {
        nps_difference got = compare(&from, &to, method, 0.95);
        ck_assert(test_relative_error(got.estimate, 100) < 1e-12);
        ck_assert(method != NPS_DIFFERENCE_SCORE || (got.lower == -200 && got.upper == 200));
        ck_assert(fabs(got.statistic) < 1e-9);
        got = compare(&passives, &even, method, 0.95);
        ck_assert(fabs(got.statistic) < 1e-30 && got.p == 1);
    }
    nps_sample no_df = {1, 2, 3, 5e-324};
    nps_difference got = compare(&some, &no_df, NPS_DIFFERENCE_WELCH, 0.95);
    ck_assert(got.lower == -200 && got.upper == 200 && got.df > 0);
}
END_TEST

START_TEST(extreme_levels)
{
    nps_sample from = counts(12, 7, 12), to = counts(8, 13, 15);
    nps_difference none = compare(&from, &to, _i, 1e-300), all = compare(&from, &to, _i, 1 - 1e-16);
    ck_assert(none.upper - none.lower <= 1e-9 && fabs(none.lower - none.estimate) < 3);
    ck_assert(-200 <= all.lower && all.lower < -50 && 100 < all.upper && all.upper <= 200);
}
END_TEST

/* Scores that are equal differ by nothing, and a difference of one answer in 1e15 keeps its digits. */
START_TEST(large_counts)
{
    nps_sample third = counts(1, 0, 2), large = counts(111111111111111, 0, 222222222222222);
    for (int32_t method = NPS_DIFFERENCE_MOVER; method <= NPS_DIFFERENCE_SCORE; method++) {
        nps_difference got = compare(&third, &large, method, 0.95);
        ck_assert(got.estimate == 0 && got.statistic == 0 && got.p == 1);
    }
    nps_sample from = counts(25e13, 25e13, 50e13), to = counts(25e13, 25e13 - 1, 50e13 + 1);
    double score = 1e-15, v = 0.75 - 0.0625; /* v of `to` differs in the 15th digit */
    for (int32_t method = NPS_DIFFERENCE_MOVER; method <= NPS_DIFFERENCE_WELCH; method++) {
        nps_difference got = compare(&from, &to, method, 0.95);
        if (method != NPS_DIFFERENCE_ADJUSTED_WALD) ck_assert(test_relative_error(got.estimate, 100 * score) < 1e-15);
        ck_assert(test_relative_error(got.statistic, score / sqrt(2 * v / 1e15)) < 1e-6);
        ck_assert(test_relative_error(got.upper - got.lower, 200 * deviate(0.95) * sqrt(2 * v / 1e15)) < 1e-6);
    }
}
END_TEST

/* Welch by its formulas, with a design's own degrees of freedom. */
START_TEST(welch_of_designs)
{
    nps_sample from = counts(30, 20, 10), to = counts(10, 25, 40);
    from.df = 7, to.df = 11;
    double a = (40 / 60.0 - 1 / 9.0) / 59, b = (50 / 75.0 - 0.16) / 74;
    double df = (a + b) * (a + b) / (a * a / 7 + b * b / 11), t = npsi_t_quantile(0.975, df);
    nps_difference got = compare(&from, &to, NPS_DIFFERENCE_WELCH, 0.95);
    ck_near(got.df, df, 1e-12);
    ck_near(got.lower, 220 / 3.0 - 100 * t * sqrt(a + b), 1e-12);
    ck_near(got.upper, 220 / 3.0 + 100 * t * sqrt(a + b), 1e-12);
    ck_near(got.statistic, 2.2 / 3 / sqrt(a + b), 1e-13);
    ck_assert(test_relative_error(got.p, 2 * npsi_t_sf(got.statistic, df)) < 1e-11);
}
END_TEST

START_TEST(welch_without_variance)
{
    nps_difference out = {sizeof out, -7, -7, -7, -7, -7, -7};
    nps_sample many = counts(1, 2, 3), one = counts(0, 1, 0), passives = counts(0, 5, 0), promoters = counts(0, 0, 4);
    nps_sample no_df = {1, 2, 3, 0};
    const nps_sample *singular[] = {&one, &no_df};
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(nps_compare(singular[i], &many, NPS_DIFFERENCE_WELCH, 0.95, &out), NPS_ERR_SINGULAR);
        ck_assert_int_eq(nps_compare(&many, singular[i], NPS_DIFFERENCE_WELCH, 0.95, &out), NPS_ERR_SINGULAR);
    }
    ck_assert(out.estimate == -7 && out.p == -7);
    nps_difference got = compare(&passives, &promoters, NPS_DIFFERENCE_WELCH, 0.95);
    ck_assert(got.lower == 100 && got.upper == 100 && got.p == 0 && isnan(got.statistic) && isnan(got.df));
    got = compare(&passives, &passives, NPS_DIFFERENCE_WELCH, 0.95);
    ck_assert(got.lower == 0 && got.upper == 0 && got.p == 1 && isnan(got.statistic) && isnan(got.df));
    got = compare(&passives, &many, NPS_DIFFERENCE_WELCH, 0.95); /* in one of the two only */
    ck_near(got.df, 5, 1e-13);
}
END_TEST

START_TEST(names)
{
    static const char *const expected[] = {"mover", "score", "adjusted-wald", "welch", "permutation"};
    int32_t found = 77;
    for (int32_t method = 0; method < NPS_DIFFERENCE_COUNT; method++) {
        ck_assert_str_eq(nps_difference_method_name(method), expected[method]);
        ck_assert_int_eq(nps_difference_method(expected[method], strlen(expected[method]), &found), NPS_OK);
        ck_assert_int_eq(found, method);
    }
    found = 77;
    ck_assert_ptr_null(nps_difference_method_name(-1));
    ck_assert_ptr_null(nps_difference_method_name(NPS_DIFFERENCE_COUNT));
    ck_assert_int_eq(nps_difference_method("welc", 4, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_difference_method("welcht", 6, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_difference_method("", 0, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_difference_method(NULL, 0, &found), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_difference_method("welch", 5, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(found, 77);
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(1, 2, 3), empty = {0, 0, 0, 0};
    const nps_sample bad[] = {{-1, 2, 3, 3}, {1, (double)NAN, 3, 3}, {1, 2, (double)INFINITY, 3},
                              {1, 2, 3, -1}, {1, 2, 3, (double)NAN}, {1e15, 1, 1, 3}};
    const double no_levels[] = {0, 1, -0.5, 1.5, (double)NAN};
    nps_difference out = {sizeof out, -7, -7, -7, -7, -7, -7};
    for (int32_t method = 0; method < NPS_DIFFERENCE_COUNT; method++) {
        for (size_t i = 0; i < 6; i++) {
            ck_assert_int_eq(nps_compare(&bad[i], &good, method, 0.9, &out), NPS_ERR_RANGE);
            ck_assert_int_eq(nps_compare(&good, &bad[i], method, 0.9, &out), NPS_ERR_RANGE);
        }
        for (size_t i = 0; i < 5; i++)
            ck_assert_int_eq(nps_compare(&good, &good, method, no_levels[i], &out), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare(&empty, &good, method, 0.9, &out), NPS_ERR_EMPTY);
        ck_assert_int_eq(nps_compare(&good, &empty, method, 0.9, &out), NPS_ERR_EMPTY);
        ck_assert_int_eq(nps_compare(NULL, &good, method, 0.9, &out), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare(&good, NULL, method, 0.9, &out), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare(&good, &good, method, 0.9, NULL), NPS_ERR_ARGUMENT);
    }
    nps_sample broken = counts(1, 2.5, 3);
    ck_assert_int_eq(nps_compare(&broken, &good, NPS_DIFFERENCE_PERMUTATION, 0.9, &out), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_compare(&good, &broken, NPS_DIFFERENCE_PERMUTATION, 0.9, &out), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_compare(&good, &good, -1, 0.9, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare(&good, &good, NPS_DIFFERENCE_COUNT, 0.9, &out), NPS_ERR_ARGUMENT);
    ck_assert(out.estimate == -7 && out.lower == -7 && out.upper == -7 && out.statistic == -7 && out.df == -7 &&
              out.p == -7);
    out.struct_size = offsetof(nps_difference, lower);
    ck_assert_int_eq(nps_compare(&good, &good, 0, 0.9, &out), NPS_OK);
    ck_assert(out.estimate == 0 && out.lower == -7 && out.p == -7 &&
              out.struct_size == offsetof(nps_difference, lower));
    out.struct_size = 1;
    ck_assert_int_eq(nps_compare(&good, &good, 0, 0.9, &out), NPS_ERR_ARGUMENT);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_extreme);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, mover_from_intervals);
    tcase_add_test(tcase, profile_by_searching);
    tcase_add_test(tcase, profile_of_one);
    tcase_add_loop_test(tcase, random_samples, 0, NPS_DIFFERENCE_PERMUTATION);
    tcase_add_loop_test(tcase, small_samples, 0, NPS_DIFFERENCE_PERMUTATION);
    tcase_add_loop_test(tcase, every_magnitude, 0, NPS_DIFFERENCE_PERMUTATION);
    tcase_add_test(tcase, tiny_counts);
    tcase_add_loop_test(tcase, extreme_levels, 0, NPS_DIFFERENCE_PERMUTATION);
    tcase_add_test(tcase, large_counts);
    tcase_add_test(tcase, welch_of_designs);
    tcase_add_test(tcase, welch_without_variance);
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare", add);
}
