#include <float.h>
#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <string.h>

#include "restricted_internal.h"
#include "special_internal.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static nps_paired_sample table_of(double n11, double n12, double n13, double n21, double n22, double n23, double n31,
                                  double n32, double n33)
{
    return (nps_paired_sample){{{n11, n12, n13}, {n21, n22, n23}, {n31, n32, n33}}};
}

/* A table with these numbers of people by change, -2 to 2. */
static nps_paired_sample by_change(double a, double b, double c, double d, double e)
{
    return table_of(0, d, e, b, c, 0, a, 0, 0);
}

static nps_difference paired(nps_paired_sample sample, int32_t method, double level)
{
    nps_difference out = {.struct_size = sizeof out};
    ck_status(nps_compare_paired(&sample, method, level, &out), NPS_OK);
    ck_assert_uint_eq(out.struct_size, sizeof out);
    return out;
}

static void near_or_tiny(double p, double expected, double tolerance)
{
    if (expected < 1e-300)
        ck_assert_double_lt(p, 1e-299);
    else
        ck_assert_msg(test_relative_error(p, expected) <= tolerance, "p %.17g, not %.17g", p, expected);
}

/* Absolute tolerances in pairs.csv, relative ones in pairs_extreme.csv; there z^2 times as much for p. */
static void check_file(const char *name, int relative, size_t checked[NPS_PAIRED_COUNT])
{
    static const char *const cells[] = {"n11", "n12", "n13", "n21", "n22", "n23", "n31", "n32", "n33"};
    test_csv *csv = test_csv_read(name);
    for (size_t row = 0; row < csv->rows; row++) {
        int32_t method;
        const char *text = test_csv_cell(csv, row, "method");
        if (nps_paired_method(text, strlen(text), &method) != NPS_OK) continue;
        nps_paired_sample sample;
        for (int i = 0; i < 9; i++) sample.count[i / 3][i % 3] = test_csv_number(csv, row, cells[i]);
        nps_difference out = paired(sample, method, test_csv_number(csv, row, "level"));
        double tolerance = test_csv_number(csv, row, "tol"), df = test_csv_number(csv, row, "df");
        double z = test_csv_number(csv, row, "statistic"), p = test_csv_number(csv, row, "p");
        ck_near(out.estimate, test_csv_number(csv, row, "estimate"), tolerance);
        ck_near(out.lower, test_csv_number(csv, row, "lower"), tolerance);
        ck_near(out.upper, test_csv_number(csv, row, "upper"), tolerance);
        if (relative) {
            if (z != 0) ck_assert_double_lt(test_relative_error(out.statistic, z), tolerance);
            near_or_tiny(out.p, p, tolerance * (1 + z * z));
        } else {
            ck_near(out.statistic, z, tolerance);
            ck_near(out.p, p, tolerance);
        }
        ck_near(out.df, method == NPS_PAIRED_T ? df : (double)NAN, tolerance);
        checked[method]++;
    }
    test_csv_free(csv);
}

START_TEST(reference)
{
    size_t near[NPS_PAIRED_COUNT] = {0}, far[NPS_PAIRED_COUNT] = {0};
    check_file("pairs.csv", 0, near);
    check_file("pairs_extreme.csv", 1, far);
    ck_assert_uint_eq(near[NPS_PAIRED_SCORE], 13);
    ck_assert_uint_eq(near[NPS_PAIRED_WALD], 13);
    ck_assert_uint_eq(near[NPS_PAIRED_T], 12);
    ck_assert_uint_eq(near[NPS_PAIRED_NULL_VARIANCE], 8);
    ck_assert_uint_eq(far[NPS_PAIRED_SCORE], 105);
    ck_assert_uint_eq(far[NPS_PAIRED_WALD], 90);
    ck_assert_uint_eq(far[NPS_PAIRED_T], 45);
    ck_assert_uint_eq(far[NPS_PAIRED_NULL_VARIANCE], 35);
}
END_TEST

/* An oracle that is slow and obvious: lambda by bisection in its interval, then z(t). */
static double oracle_statistic(const double people[5], double t)
{
    double n = 0, mean = 0, variance = 0, low = -1 / (2 - t), high = 1 / (2 + t), share[5], mass = 0;
    for (int k = 0; k < 5; k++) n += people[k], mean += (k - 2) * people[k];
    mean /= n;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2, slope = 0;
        for (int k = 0; k < 5; k++)
            if (people[k] > 0) slope += people[k] * (k - 2 - t) / (1 + middle * (k - 2 - t));
        *(slope > 0 ? &low : &high) = middle;
    }
    for (int k = 0; k < 5; k++) {
        share[k] = people[k] > 0 ? people[k] / n / (1 + low * (k - 2 - t)) : 0;
        mass += share[k];
    }
    int end = t < mean ? 0 : 4;
    if (people[end] == 0) share[end] = 1 - mass; /* 0 but for rounding when lambda is inside */
    for (int k = 0; k < 5; k++) variance += share[k] * (k - 2 - t) * (k - 2 - t);
    return (mean - t) / sqrt(variance / n);
}

static double oracle_lower(const double people[5], double z)
{
    double n = 0, low = -2, high = 0;
    for (int k = 0; k < 5; k++) n += people[k], high += (k - 2) * people[k];
    high /= n;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        *(oracle_statistic(people, middle) > z ? &low : &high) = middle;
    }
    return low;
}

START_TEST(oracle)
{
    uint64_t seed = 20;
    for (int round = 0; round < 400; round++) {
        double people[5], back[5], n = 0, mean = 0, level = 0.5 + 0.0049 * (double)test_below(&seed, 100);
        for (int k = 0; k < 5; k++) {
            people[k] = back[4 - k] = test_below(&seed, 3) ? (double)test_below(&seed, 1 + 3 * (uint64_t)round) : 0;
            n += people[k], mean += (k - 2) * people[k];
        }
        if (n == 0) continue;
        nps_difference out =
            paired(by_change(people[0], people[1], people[2], people[3], people[4]), NPS_PAIRED_SCORE, level);
        double z = npsi_normal_upper_quantile((1 - level) / 2);
        ck_near(out.estimate, 100 * mean / n, 1e-14);
        if (mean > -2 * n) ck_near(out.lower, 100 * oracle_lower(people, z), 1e-7);
        if (mean < 2 * n) ck_near(out.upper, -100 * oracle_lower(back, z), 1e-7);
        if (mean != 0) ck_near(out.statistic, oracle_statistic(people, 0), 1e-9);
    }
}
END_TEST

/* Changes of -2, 0 and 2: Tango's interval of three values, twice as wide. Changes of -1, 0 and 1: Tango's, as long as
 * the likeliest shares give nothing to -2 and 2. */
START_TEST(three_values)
{
    uint64_t seed = 21;
    int narrow = 0;
    for (int round = 0; round < 3000; round++) {
        double down = (double)test_below(&seed, 30), same = (double)test_below(&seed, 30);
        double up = (double)test_below(&seed, 30), level = 0.5 + 0.0049 * (double)test_below(&seed, 100);
        if (round % 5 == 0) down = 0;
        if (round % 7 == 0) same = 0;
        if (down + same + up == 0) continue;
        double z = npsi_normal_upper_quantile((1 - level) / 2), scale = pow(10, (double)test_below(&seed, 13));
        down *= scale, same *= scale, up *= scale;
        npsi_shares shares = npsi_shares_of(down, same, up), mirrored = npsi_shares_mirrored(&shares);
        double lower = npsi_score_limit(&shares, z), upper = -npsi_score_limit(&mirrored, z);
        nps_difference wide = paired(by_change(down, 0, same, 0, up), NPS_PAIRED_SCORE, level);
        ck_near(wide.lower, 200 * lower, 1e-13);
        ck_near(wide.upper, 200 * upper, 1e-13);
        ck_near(wide.statistic, npsi_score_statistic(&shares, 0), 1e-13);

        nps_difference out = paired(by_change(0, down, same, up, 0), NPS_PAIRED_SCORE, level);
        npsi_restricted at_lower = npsi_restricted_at(&shares, lower), at_upper = npsi_restricted_at(&shares, upper);
        if (fabs(at_lower.tilt) > 0.5 || fabs(at_upper.tilt) > 0.5) continue; /* -2 and 2 would get a share */
        ck_near(out.lower, 100 * lower, 1e-13);
        ck_near(out.upper, 100 * upper, 1e-13);
        narrow++;
    }
    ck_assert_int_gt(narrow, 1000);
}
END_TEST

/* Closed forms: nobody changed, +- 2 z^2 / (n + z^2); all changed by 2, from (n - z^2) / (n + z^2) to 1, times 2. */
START_TEST(closed_forms)
{
    const double sizes[] = {1e-6, 0.3, 1, 2, 18, 1000, 1e9, 1e15},
                 levels[] = {1e-300, 0.1, 0.5, 0.95, 0.9999, 1 - 1e-15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j < sizeof levels / sizeof *levels; j++) {
            double n = sizes[i], z = npsi_normal_upper_quantile((1 - levels[j]) / 2), c = z * z / n;
            nps_difference none = paired(by_change(0, 0, n, 0, 0), NPS_PAIRED_SCORE, levels[j]);
            nps_difference all = paired(by_change(0, 0, 0, 0, n), NPS_PAIRED_SCORE, levels[j]);
            nps_difference half = paired(by_change(0, 0, 0, n, 0), NPS_PAIRED_SCORE, levels[j]);
            ck_assert_double_eq(none.estimate, 0);
            ck_near(none.upper, 200 * c / (1 + c), 1e-13);
            ck_assert_double_eq(none.lower, -none.upper);
            ck_assert_double_eq(none.statistic, 0);
            ck_assert_double_eq(none.p, 1);
            ck_assert_double_eq(all.estimate, 200);
            ck_near(all.lower, 200 * (1 - c) / (1 + c), 1e-13);
            ck_assert_double_eq(all.upper, 200);
            ck_near(all.statistic, sqrt(n), 1e-14); /* half and half at -2 and 2 */
            ck_near(half.estimate, 100, 1e-14);
            ck_near(half.lower, 100 * (1 - 2 * c) / (1 + c), 1e-13); /* -2 takes what is left */
            ck_near(half.upper, 100 * (1 + 2 * c) / (1 + c), 1e-13); /* so does 2 */
            ck_near(half.statistic, sqrt(n / 2), 1e-14);             /* two thirds at 1, one at -2 */
        }
    }
}
END_TEST

/* Without variance WALD and T give a point, and T nothing at all for one person or fewer. */
START_TEST(no_variance)
{
    static const double change[] = {-200, -100, 0, 100, 200};
    for (int k = 0; k < 5; k++) {
        double n[5] = {0};
        n[k] = 7;
        for (int32_t method = NPS_PAIRED_WALD; method <= NPS_PAIRED_T; method++) {
            nps_difference out = paired(by_change(n[0], n[1], n[2], n[3], n[4]), method, 0.95);
            ck_assert_double_eq(out.estimate, change[k]);
            ck_assert_double_eq(out.lower, change[k]);
            ck_assert_double_eq(out.upper, change[k]);
            ck_assert(isnan(out.statistic));
            ck_assert_double_eq(out.p, k == 2);
            ck_near(out.df, method == NPS_PAIRED_T ? 6 : (double)NAN, 0);
        }
        nps_difference out = paired(by_change(n[0], n[1], n[2], n[3], n[4]), NPS_PAIRED_NULL_VARIANCE, -1);
        ck_assert(isnan(out.lower) && isnan(out.upper) && isnan(out.df));
        ck_near(out.statistic, k == 2 ? 0 : copysign(sqrt(7), change[k]), 1e-15);
        if (k == 2) ck_assert_double_eq(out.p, 1);
    }
    nps_difference before = {.struct_size = sizeof before, .lower = 42}, out = before;
    nps_paired_sample one = by_change(0, 0, 0, 1, 0), less = by_change(0.25, 0.25, 0.25, 0, 0.25);
    ck_status(nps_compare_paired(&one, NPS_PAIRED_T, 0.95, &out), NPS_ERR_SINGULAR);
    ck_status(nps_compare_paired(&less, NPS_PAIRED_T, 0.95, &out), NPS_ERR_SINGULAR);
    ck_assert_mem_eq(&out, &before, sizeof out);
    /* just above one person: the whole range */
    out = paired(by_change(0.25, 0.25, 0.25, 0, 0.25 + 0x1p-52), NPS_PAIRED_T, 0.95);
    ck_assert_double_eq(out.lower, -200);
    ck_assert_double_eq(out.upper, 200);
    ck_assert(out.df > 0 && out.p > 0.9 && out.p <= 1);
}
END_TEST

static double random_count(uint64_t *seed)
{
    double fraction = (double)(test_random(seed) >> 11) * 0x1p-53;
    switch (test_below(seed, 6)) {
    case 0:
    case 1:
        return 0;
    case 2:
        return (double)test_below(seed, 5);
    case 3:
        return floor(1e14 * fraction);
    case 4:
        return ldexp(fraction, (int)test_below(seed, 1100) - 1060); /* down to what no survey has */
    default:
        return 100 * fraction;
    }
}

static void must_mirror(const nps_difference *a, nps_paired_sample other, int32_t method, double level)
{
    nps_difference b = paired(other, method, level);
    ck_near(b.estimate, -a->estimate, 0);
    ck_near(b.lower, -a->upper, 0);
    ck_near(b.upper, -a->lower, 0);
    ck_near(b.statistic, -a->statistic, 0);
    ck_near(b.df, a->df, 0);
    ck_near(b.p, a->p, 0);
}

/* Whatever the counts: ordered, in range, around the estimate, wider with the level; mirrored to the bit when the sides
 * or promoters and detractors are swapped. */
START_TEST(any_table)
{
    static const double levels[] = {1e-300, 0.01, 0.5, 0.8, 0.95, 0.9999, 1 - 1e-16};
    uint64_t seed = 4;
    for (int round = 0; round < 4000; round++) {
        nps_paired_sample sample, swapped, turned;
        for (int i = 0; i < 9; i++) {
            double count = random_count(&seed) / 9;
            sample.count[i / 3][i % 3] = swapped.count[i % 3][i / 3] = turned.count[2 - i / 3][2 - i % 3] = count;
        }
        if (nps_paired_sample_check(&sample) != NPS_OK) continue;
        for (int32_t method = 0; method < NPS_PAIRED_COUNT; method++) {
            double last = 0;
            for (size_t j = 0; j < sizeof levels / sizeof *levels; j++) {
                nps_difference out = {.struct_size = sizeof out};
                int status = nps_compare_paired(&sample, method, levels[j], &out);
                if (method == NPS_PAIRED_T && status == NPS_ERR_SINGULAR) continue;
                ck_status(status, NPS_OK);
                ck_assert(out.p >= 0 && out.p <= 1);
                must_mirror(&out, swapped, method, levels[j]);
                must_mirror(&out, turned, method, levels[j]);
                if (method == NPS_PAIRED_NULL_VARIANCE) continue;
                ck_assert(-200 <= out.lower && out.lower <= out.estimate);
                ck_assert(out.estimate <= out.upper && out.upper <= 200);
                ck_assert_double_ge(out.upper - out.lower, last * (1 - 1e-12));
                last = out.upper - out.lower;
                if (method != NPS_PAIRED_SCORE) continue;
                ck_assert(isfinite(out.statistic));
                /* The interval leaves out 0 where the test rejects, but for ties. */
                if (fabs(out.p - (1 - levels[j])) > 1e-9)
                    ck_assert_int_eq(out.p < 1 - levels[j], (out.lower > 0) | (out.upper < 0));
            }
        }
    }
}
END_TEST

/* Large samples: all methods come to the same. */
START_TEST(methods_agree_in_the_limit)
{
    nps_paired_sample sample = table_of(2e13, 5e12, 3e12, 6e12, 3e13, 1e13, 2e12, 8e12, 4e13);
    nps_difference wald = paired(sample, NPS_PAIRED_WALD, 0.95);
    ck_assert_double_gt(wald.estimate, 0);
    for (int32_t method = 0; method < NPS_PAIRED_NULL_VARIANCE; method++) {
        nps_difference out = paired(sample, method, 0.95);
        ck_near(out.upper - out.lower, wald.upper - wald.lower, 1e-12);
        ck_assert_double_lt(test_relative_error(out.upper - out.estimate, wald.upper - wald.estimate), 1e-5);
    }
}
END_TEST

START_TEST(names)
{
    static const char *const expected[] = {"score", "wald", "t", "null-variance"};
    int32_t method;
    for (int32_t i = 0; i < NPS_PAIRED_COUNT; i++) {
        ck_assert_str_eq(nps_paired_method_name(i), expected[i]);
        method = -1;
        ck_status(nps_paired_method(expected[i], strlen(expected[i]), &method), NPS_OK);
        ck_assert_int_eq(method, i);
        ck_status(nps_paired_method(expected[i], strlen(expected[i]) - 1, &method), NPS_ERR_NOT_FOUND);
        ck_status(nps_paired_method(expected[i], strlen(expected[i]) + 1, &method), NPS_ERR_NOT_FOUND);
        ck_assert_int_eq(method, i);
    }
    ck_assert_ptr_null(nps_paired_method_name(-1));
    ck_assert_ptr_null(nps_paired_method_name(NPS_PAIRED_COUNT));
    ck_status(nps_paired_method("Score", 5, &method), NPS_ERR_NOT_FOUND);
    ck_status(nps_paired_method("", 0, &method), NPS_ERR_NOT_FOUND);
    ck_status(nps_paired_method(NULL, 0, &method), NPS_ERR_ARGUMENT);
    ck_status(nps_paired_method("t", 1, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

START_TEST(errors)
{
    nps_difference before = {.struct_size = sizeof before, .estimate = 42, .p = 43}, out = before;
    const double bad[] = {-1, -1e-300, (double)NAN, (double)INFINITY, -(double)INFINITY, 1.1e15};
    const double bad_levels[] = {0, 1, -0.5, 1.5, (double)NAN, (double)INFINITY};
    nps_paired_sample good = table_of(1, 2, 3, 4, 5, 6, 7, 8, 9), none = by_change(0, 0, 0, 0, 0);
    ck_status(nps_compare_paired(&good, -1, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_paired(&good, NPS_PAIRED_COUNT, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_paired(&good, NPS_PAIRED_SCORE, 0.95, NULL), NPS_ERR_ARGUMENT);
    for (int32_t method = 0; method < NPS_PAIRED_COUNT; method++) {
        ck_status(nps_compare_paired(NULL, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_compare_paired(&none, method, 0.95, &out), NPS_ERR_EMPTY);
        for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
            for (int i = 0; i < 9; i++) {
                nps_paired_sample changed = good;
                changed.count[i / 3][i % 3] = bad[b];
                ck_status(nps_compare_paired(&changed, method, 0.95, &out), NPS_ERR_RANGE);
            }
        }
        for (size_t b = 0; b < sizeof bad_levels / sizeof *bad_levels && method != NPS_PAIRED_NULL_VARIANCE; b++)
            ck_status(nps_compare_paired(&good, method, bad_levels[b], &out), NPS_ERR_ARGUMENT);
    }
    ck_assert_mem_eq(&out, &before, sizeof out);
    out.struct_size = 0;
    ck_status(nps_compare_paired(&good, NPS_PAIRED_SCORE, 0.95, &out), NPS_ERR_ARGUMENT);
    /* A caller with a shorter struct: no more than that is written. */
    out = before;
    out.struct_size = offsetof(nps_difference, p);
    ck_status(nps_compare_paired(&good, NPS_PAIRED_NULL_VARIANCE, (double)NAN, &out), NPS_OK);
    ck_near(out.estimate, 100 * (2 + 6 + 2 * 3 - 4 - 8 - 2 * 7) / 45., 1e-14);
    ck_assert_double_eq(out.p, 43);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, oracle);
    tcase_add_test(tcase, three_values);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, no_variance);
    tcase_add_test(tcase, any_table);
    tcase_add_test(tcase, methods_agree_in_the_limit);
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare_paired", add);
}
