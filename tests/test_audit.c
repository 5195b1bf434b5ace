/* Coverage, against the reference (see tests/reference/README.md), closed forms, and a plain sum over all samples. */
#include <math.h>
#include <nps/audit.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

typedef struct population {
    double detractors, passives, promoters;
} population;

static nps_audit_result audit(population of, uint64_t size, int32_t method, double level)
{
    const double shares[3] = {of.detractors, of.passives, of.promoters};
    nps_audit_result out = {.struct_size = sizeof out};
    ck_assert_int_eq(nps_audit(shares, size, method, level, &out), NPS_OK);
    ck_assert_uint_eq(out.struct_size, sizeof out);
    return out;
}

static void check_result(nps_audit_result got, nps_audit_result wanted, double tol, double tol_width, const char *what)
{
    int right = fabs(got.coverage - wanted.coverage) <= tol && fabs(got.miss_below - wanted.miss_below) <= tol &&
                fabs(got.miss_above - wanted.miss_above) <= tol && fabs(got.width - wanted.width) <= tol_width;
    ck_assert_msg(right, "%s: %.17g %.17g %.17g %.17g, not %.17g %.17g %.17g %.17g", what, got.coverage, got.width,
                  got.miss_below, got.miss_above, wanted.coverage, wanted.width, wanted.miss_below, wanted.miss_above);
}

static void check_row(const test_csv *csv, size_t row, const char *name, double tol, double tol_width)
{
    int32_t method;
    ck_assert_int_eq(nps_interval_method(name, strlen(name), &method), NPS_OK);
    population of = {test_csv_number(csv, row, "detractors"), test_csv_number(csv, row, "passives"),
                     test_csv_number(csv, row, "promoters")};
    nps_audit_result wanted = {0, test_csv_number(csv, row, "coverage"), test_csv_number(csv, row, "width"),
                               test_csv_number(csv, row, "miss_below"), test_csv_number(csv, row, "miss_above")};
    uint64_t size = (uint64_t)test_csv_number(csv, row, "n");
    check_result(audit(of, size, method, test_csv_number(csv, row, "level")), wanted, tol, tol_width, name);
}

/* Widths of t intervals are off by up to 7e-8 there, as its t quantiles are: the next test has them in 40 digits. */
START_TEST(reference)
{
    test_csv *csv = test_csv_read("audit.csv");
    ck_assert_uint_eq(csv->rows, 61);
    for (size_t row = 0; row < csv->rows; row++) {
        const char *name = test_csv_cell(csv, row, "method");
        double tol_width = strcmp(name, "t") == 0 ? 1e-7 : test_csv_number(csv, row, "tol_width");
        check_row(csv, row, name, test_csv_number(csv, row, "tol"), tol_width);
    }
    test_csv_free(csv);
}
END_TEST

START_TEST(reference_t)
{
    test_csv *csv = test_csv_read("audit_t.csv");
    ck_assert_uint_eq(csv->rows, 7);
    for (size_t row = 0; row < csv->rows; row++) check_row(csv, row, "t", 1e-14, 1e-12);
    test_csv_free(csv);
}
END_TEST

/* n! / (d! p! r!) times powers of the shares, factor by factor; the truth with the header's slack. */
static nps_audit_result plain_audit(population of, int size, int32_t method, double level)
{
    double truth = 100 * (of.promoters - of.detractors);
    nps_audit_result sum = {.struct_size = sizeof sum};
    for (int d = 0; d <= size; d++) {
        for (int r = 0; r <= size - d; r++) {
            int p = size - d - r, left = size;
            double probability = 1, lower, upper;
            for (int i = 1; i <= d; i++) probability *= of.detractors * left-- / i;
            for (int i = 1; i <= p; i++) probability *= of.passives * left-- / i;
            for (int i = 1; i <= r; i++) probability *= of.promoters * left-- / i;
            nps_sample sample;
            ck_assert_int_eq(nps_sample_from_counts(d, p, r, &sample), NPS_OK);
            ck_assert_int_eq(nps_interval(&sample, method, level, &lower, &upper), NPS_OK);
            int below = truth<lower - 1e-10, above = truth> upper + 1e-10;
            *(below ? &sum.miss_below : above ? &sum.miss_above : &sum.coverage) += probability;
            sum.width += probability * (upper - lower);
        }
    }
    return sum;
}

/* Every method, lopsided populations and such that lack a class. */
START_TEST(every_method)
{
    static const population populations[] = {{0.2, 0.3, 0.5},
                                             {0.003, 0.05, 0.947},
                                             {0, 0.25, 0.75},
                                             {0.5, 0, 0.5},
                                             {0.125, 0.875, 0},
                                             {1, 0, 0},
                                             {0, 1, 0},
                                             {0, 0, 1},
                                             {1e-9, 1 - 2e-9, 1e-9},
                                             {1e-300, 0.25, 0.75},
                                             {0.96, 0.04, 0}};
    static const int sizes[] = {1, 2, 3, 7, 24};
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++)
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++)
            check_result(audit(populations[i], (uint64_t)sizes[j], _i, 0.9),
                         plain_audit(populations[i], sizes[j], _i, 0.9), 2e-14, 1e-11, nps_interval_method_name(_i));
}
END_TEST

/* Score intervals of one answer: a promoter's is (1 - z^2) / (1 + z^2) to 1, a passive's +- z^2 / (1 + z^2); truth 30.
 * Level .5: z^2 = .4549, promoters 37.5 to 100, passives +-31.3, detractors -100 to -37.5. */
START_TEST(one_answer)
{
    population of = {0.2, 0.3, 0.5};
    double z = npsi_normal_upper_quantile(0.25), square = z * z, edge = 100 * (1 - square) / (1 + square);
    double passive = 100 * square / (1 + square);
    nps_audit_result wanted = {0, 0.3, 0.5 * (100 - edge) + 0.2 * (100 - edge) + 0.3 * 2 * passive, 0.5, 0.2};
    ck_assert(edge > 30 && passive > 30);
    check_result(audit(of, 1, NPS_INTERVAL_SCORE, 0.5), wanted, 1e-15, 1e-12, "score");
}
END_TEST

/* Wald intervals of two answers: a point for two alike; of one passive and one other +-50 +- z 100 sqrt(1/4 / 2), of
 * one of either end 0 +- z 100 sqrt(1/2), cut at 100. At .95 these are -19.3 to 100 (cut), its mirror image, and -100
 * to 100 (cut): truth 30 is missed by the three points, and by the mirror image, which ends at 19.3. */
START_TEST(two_answers)
{
    double d = 0.2, p = 0.3, r = 0.5, half = 1.959963984540054 * 100 * sqrt(0.125);
    nps_audit_result wanted = {.coverage = 2 * p * r + 2 * d * r,
                               .width = (2 * p * r + 2 * p * d) * (50 + half) + 2 * d * r * 200,
                               .miss_below = r * r,
                               .miss_above = d * d + p * p + 2 * d * p};
    check_result(audit((population){d, p, r}, 2, NPS_INTERVAL_WALD, 0.95), wanted, 1e-15, 1e-12, "wald");
}
END_TEST

/* A truth on the bound counts as inside: Wald's point, of a population of one class. */
START_TEST(slack)
{
    nps_audit_result all = audit((population){0, 0, 1}, 30, NPS_INTERVAL_WALD, 0.95);
    ck_assert(all.coverage == 1 && all.width == 0 && all.miss_below == 0 && all.miss_above == 0);
    all = audit((population){0, 0, 1 + 9e-10}, 30, NPS_INTERVAL_WALD, 0.95); /* shares in proportion */
    ck_assert(all.coverage == 1 && all.miss_below == 0 && all.miss_above == 0);
    /* -100 to 100 from one answer, whatever the truth */
    all = audit((population){0.999, 0.001, 0}, 1, NPS_INTERVAL_T, 0.95);
    ck_near(all.coverage, 1, 1e-15);
    ck_near(all.width, 200, 1e-15);
}
END_TEST

/* At z = 2 the score interval of four passives ends at +-50. With populations of score +-50 and levels a little lower
 * its bound falls short of the truth by less than the slack, then by more: 231 points for a level less by 1. */
START_TEST(slack_of_bounds)
{
    static const population populations[] = {{0, 0.5, 0.5}, {0.5, 0.5, 0}};
    const double level = 0.95449973610364159; /* erf(sqrt 2), mpmath */
    for (size_t i = 0; i < 2; i++) {
        double inside = audit(populations[i], 4, NPS_INTERVAL_SCORE, level - 2e-13).coverage;
        double outside = audit(populations[i], 4, NPS_INTERVAL_SCORE, level - 1e-12).coverage;
        ck_near(inside - outside, 0.0625, 1e-15);
    }
}
END_TEST

START_TEST(certain)
{
    for (uint64_t size = 1; size <= 40; size++) {
        double coverage = audit((population){0.2, 0.3, 0.5}, size, NPS_INTERVAL_SCORE_SKEWED, 1 - 1e-15).coverage;
        ck_assert(coverage <= 1 && coverage >= 1 - 1e-14);
    }
}
END_TEST

START_TEST(mirrored)
{
    static const population populations[] = {{0.2, 0.3, 0.5}, {0.01, 0.2, 0.79}, {0, 0.4, 0.6}, {1e-5, 0.9, 0.09999}};
    static const uint64_t sizes[] = {1, 12, 75};
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 3; j++) {
            population of = populations[i];
            nps_audit_result one = audit(of, sizes[j], _i, 0.95);
            of = (population){of.promoters, of.passives, of.detractors};
            nps_audit_result other = audit(of, sizes[j], _i, 0.95);
            nps_audit_result swapped = {0, other.coverage, other.width, other.miss_above, other.miss_below};
            check_result(one, swapped, 1e-13, 1e-11, nps_interval_method_name(_i));
        }
    }
}
END_TEST

/* All probability is somewhere, for sizes up to the largest. With many answers each side misses half of what the level
 * leaves, and the width is that of Wald, 2 z sqrt(v / n). */
START_TEST(large)
{
    static const population populations[] = {{0.2, 0.3, 0.5},     {1e-6, 1 - 2e-6, 1e-6}, {0, 0.5, 0.5},
                                             {1e-3, 1e-3, 0.998}, {0, 1e-7, 1 - 1e-7},    {1, 0, 0}};
    for (size_t i = 0; i < 6; i++) {
        for (uint64_t size = 1000; size <= (i == 0 ? 10000 : 1000000); size *= 10) {
            nps_audit_result got = audit(populations[i], size, NPS_INTERVAL_SCORE, 0.95);
            ck_near(got.coverage + got.miss_below + got.miss_above, 1, 3e-14);
            if (i != 0) continue;
            ck_near(got.coverage, 0.95, 0.002);
            ck_near(got.miss_below, 0.025, 0.2 / sqrt((double)size));
            ck_near(got.miss_above, 0.025, 0.2 / sqrt((double)size));
            ck_near(got.width, 200 * 1.959963984540054 * sqrt(0.61 / (double)size), 3e-3);
        }
    }
}
END_TEST

/* Two classes only: a binomial. The probability to miss is that of the counts whose intervals miss, here from the
 * beta distribution; n = 100,000. */
START_TEST(large_binomial)
{
    const int n = 100000;
    const double share = 0.3, truth = -40;
    int first = n, last = -1; /* promoters whose interval holds the truth */
    for (int r = 28000; r <= 32000; r++) {
        nps_sample sample;
        double lower, upper;
        ck_assert_int_eq(nps_sample_from_counts(n - r, 0, r, &sample), NPS_OK);
        ck_assert_int_eq(nps_interval(&sample, NPS_INTERVAL_SCORE, 0.99, &lower, &upper), NPS_OK);
        if (lower > truth || upper < truth) continue;
        if (r < first) first = r;
        last = r;
    }
    nps_audit_result got = audit((population){1 - share, 0, share}, (uint64_t)n, NPS_INTERVAL_SCORE, 0.99);
    ck_near(got.miss_above, npsi_beta_sf(share, first, n - first + 1.0), 1e-13); /* P(R < first) */
    ck_near(got.miss_below, npsi_beta_cdf(share, last + 1.0, n - last), 1e-13);  /* P(R > last) */
}
END_TEST

/* A wider level covers more, with wider intervals. */
START_TEST(levels)
{
    nps_audit_result last = {.coverage = 0};
    for (double level = 0.5; level < 0.9999; level += 0.0499) {
        nps_audit_result got = audit((population){0.1, 0.2, 0.7}, 15, _i, level);
        ck_assert(got.coverage >= last.coverage - 1e-14 && got.width > last.width);
        last = got;
    }
}
END_TEST

/* A caller that knows only the first fields. */
START_TEST(shorter_result)
{
    const double shares[3] = {0.2, 0.3, 0.5};
    nps_audit_result out = {offsetof(nps_audit_result, miss_below), 7, 7, 7, 7};
    ck_assert_int_eq(nps_audit(shares, 5, NPS_INTERVAL_SCORE, 0.95, &out), NPS_OK);
    nps_audit_result full = audit((population){0.2, 0.3, 0.5}, 5, NPS_INTERVAL_SCORE, 0.95);
    ck_assert(out.coverage == full.coverage && out.width == full.width && out.miss_below == 7 && out.miss_above == 7);
}
END_TEST

START_TEST(errors)
{
    const double nan = (double)NAN, inf = (double)INFINITY, good[3] = {0.2, 0.3, 0.5};
    const double bad[][3] = {{0.2, 0.3, 0.5000001}, {0.2, 0.3, 0.4999999}, {-0.1, 0.6, 0.5}, {0.6, -0.1, 0.5},
                             {0.5, 0.6, -0.1},      {nan, 0.5, 0.5},       {0.5, nan, 0.5},  {0.5, 0.5, nan},
                             {inf, 0, 0},           {0, -inf, inf},        {0, 0, 0},        {1e300, 1e300, 1e300},
                             {20, 30, 50}};
    const double levels_refused[] = {0, 1, -0.5, 95, nan, inf};
    nps_audit_result out = {sizeof out, 7, 7, 7, 7}, none = {0, 7, 7, 7, 7};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(nps_audit(bad[i], 10, NPS_INTERVAL_SCORE, 0.95, &out), NPS_ERR_RANGE);
    for (size_t i = 0; i < sizeof levels_refused / sizeof *levels_refused; i++)
        ck_assert_int_eq(nps_audit(good, 10, NPS_INTERVAL_SCORE, levels_refused[i], &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_audit(good, 10, -1, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_audit(good, 10, NPS_INTERVAL_COUNT, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_audit(good, 0, NPS_INTERVAL_SCORE, 0.95, &out), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_audit(good, 1000001, NPS_INTERVAL_SCORE, 0.95, &out), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_audit(good, UINT64_MAX, NPS_INTERVAL_SCORE, 0.95, &out), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_audit(NULL, 10, NPS_INTERVAL_SCORE, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_audit(good, 10, NPS_INTERVAL_SCORE, 0.95, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_audit(good, 10, NPS_INTERVAL_SCORE, 0.95, &none), NPS_ERR_ARGUMENT);
    ck_assert(out.coverage == 7 && out.width == 7 && out.miss_below == 7 && out.miss_above == 7);
    ck_assert(none.coverage == 7 && none.struct_size == 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_t);
    tcase_add_loop_test(tcase, every_method, 0, NPS_INTERVAL_COUNT);
    tcase_add_test(tcase, one_answer);
    tcase_add_test(tcase, two_answers);
    tcase_add_test(tcase, slack);
    tcase_add_test(tcase, slack_of_bounds);
    tcase_add_test(tcase, certain);
    tcase_add_loop_test(tcase, mirrored, 0, NPS_INTERVAL_COUNT);
    tcase_add_test(tcase, large);
    tcase_add_test(tcase, large_binomial);
    tcase_add_loop_test(tcase, levels, 0, NPS_INTERVAL_COUNT);
    tcase_add_test(tcase, shorter_result);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("audit", add);
}
