#include <float.h>
#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static nps_paired_sample table_of(double n11, double n12, double n13, double n21, double n22, double n23, double n31,
                                  double n32, double n33)
{
    return (nps_paired_sample){{{n11, n12, n13}, {n21, n22, n23}, {n31, n32, n33}}};
}

static nps_test margins_of(nps_paired_sample sample, int32_t method)
{
    nps_test test = {.struct_size = sizeof test, .statistic = 42, .df = 42, .p = 42};
    ck_status(nps_compare_margins(&sample, method, &test), NPS_OK);
    ck_assert_uint_eq(test.struct_size, sizeof test);
    return test;
}

static void must_be(nps_test test, double statistic, double df, double p, double tolerance)
{
    ck_near(test.statistic, statistic, tolerance);
    ck_assert_double_eq(test.df, df);
    ck_near(test.p, p, tolerance);
}

static const char *const names[] = {"stuart", "bhapkar", "bowker"};

/* pairs.csv has an absolute tolerance, pairs_extreme.csv a relative one. */
static size_t check_file(const char *name, int relative)
{
    static const char *const cells[] = {"n11", "n12", "n13", "n21", "n22", "n23", "n31", "n32", "n33"};
    test_csv *csv = test_csv_read(name);
    size_t checked = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        for (int32_t method = 0; method < 3; method++) {
            if (strcmp(test_csv_cell(csv, row, "method"), names[method]) != 0) continue;
            nps_paired_sample sample;
            for (int i = 0; i < 9; i++) sample.count[i / 3][i % 3] = test_csv_number(csv, row, cells[i]);
            nps_test test = margins_of(sample, method);
            double tolerance = test_csv_number(csv, row, "tol");
            double statistic = test_csv_number(csv, row, "statistic"), p = test_csv_number(csv, row, "p");
            if (relative && !isnan(statistic)) {
                ck_assert_double_lt(test_relative_error(test.statistic, statistic), tolerance);
                /* p moves by half of what the statistic does, absolutely */
                if (p > 1e-300)
                    ck_assert_double_lt(test_relative_error(test.p, p), tolerance * (1 + statistic));
                else
                    ck_assert_double_lt(test.p, 1e-299);
            } else {
                ck_near(test.statistic, statistic, tolerance);
                ck_near(test.p, p, tolerance);
            }
            ck_assert_double_eq(test.df, test_csv_number(csv, row, "df"));
            checked++;
        }
    }
    test_csv_free(csv);
    return checked;
}

START_TEST(reference)
{
    ck_assert_uint_eq(check_file("pairs.csv", 0), 24);
    ck_assert_uint_eq(check_file("pairs_extreme.csv", 1), 105);
}
END_TEST

/* A published package gives p = 1 whenever the differences of the margins sum to 0 - which they always do. */
START_TEST(differences_that_sum_to_zero_are_no_excuse)
{
    nps_paired_sample sample = table_of(3, 4, 2, 0, 5, 6, 0, 0, 10);
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sum += sample.count[i][j] - sample.count[j][i];
    ck_assert_double_eq(sum, 0);
    ck_assert_double_lt(margins_of(sample, NPS_MARGINS_STUART).p, 0.005);
    ck_assert_double_lt(margins_of(sample, NPS_MARGINS_BHAPKAR).p, 0.0002);
    /* d = (6, 2, -8), and no one moved back: T = (6 * 36 + 2 * 4 + 4 * 64) / (24 + 8 + 12) */
    must_be(margins_of(sample, NPS_MARGINS_STUART), 480. / 44, 2, exp(-240. / 44), 1e-14);
}
END_TEST

/* With two classes in use all three are McNemar's test, Bhapkar's with its own variance. */
START_TEST(two_classes)
{
    const nps_paired_sample samples[] = {table_of(5, 12, 0, 3, 7, 0, 0, 0, 0), table_of(5, 12, 0, 3, 7, 0, 0, 0, 31),
                                         table_of(5, 0, 12, 0, 0, 0, 3, 0, 7), table_of(0, 0, 0, 0, 5, 12, 0, 3, 7)};
    for (size_t i = 0; i < 4; i++) {
        double n = i == 1 ? 58 : 27, t = 81. / 15, p = erfc(sqrt(t / 2)), b = t / (1 - t / n);
        must_be(margins_of(samples[i], NPS_MARGINS_STUART), t, 1, p, 1e-14);
        must_be(margins_of(samples[i], NPS_MARGINS_BOWKER), t, 1, p, 1e-14);
        must_be(margins_of(samples[i], NPS_MARGINS_BHAPKAR), b, 1, erfc(sqrt(b / 2)), 1e-14);
    }
}
END_TEST

/* Everybody goes round: margins are equal, the table is not symmetric. */
START_TEST(symmetry_is_more_than_equal_margins)
{
    nps_paired_sample sample = table_of(0, 10, 0, 0, 0, 10, 10, 0, 0);
    must_be(margins_of(sample, NPS_MARGINS_STUART), 0, 2, 1, 0);
    must_be(margins_of(sample, NPS_MARGINS_BHAPKAR), 0, 2, 1, 0);
    must_be(margins_of(sample, NPS_MARGINS_BOWKER), 30, 3, 1.3800570312932553e-06, 1e-12); /* chi-square tail, mpmath */
}
END_TEST

START_TEST(degenerate)
{
    const nps_paired_sample nobody_moved = table_of(1, 0, 0, 0, 5, 0, 0, 0, 2),
                            one = table_of(0, 0, 0, 0, 1, 0, 0, 0, 0);
    for (int32_t method = 0; method < 3; method++) {
        must_be(margins_of(nobody_moved, method), 0, 0, 1, 0);
        must_be(margins_of(one, method), 0, 0, 1, 0);
    }
    /* T = n: each shift of a class by one way only, along a line */
    const nps_paired_sample ways[] = {table_of(0, 1, 0, 0, 0, 0, 0, 0, 0),    table_of(0, 0, 9, 0, 0, 0, 0, 0, 0),
                                      table_of(0, 4, 0, 0, 0, 3, 0, 0, 0),    table_of(0, 4, 0, 0, 0, 0, 0, 3, 0),
                                      table_of(0, 4, 3, 0, 0, 0, 0, 0, 0),    table_of(0, 0, 0, 1e15, 0, 0, 0, 0, 0),
                                      table_of(0, 1.1, 0, 0, 0, 0, 0, 3.3, 0)};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        double n = 0;
        for (int k = 0; k < 9; k++) n += ways[i].count[k / 3][k % 3];
        ck_near(margins_of(ways[i], NPS_MARGINS_STUART).statistic, n, 1e-15);
        nps_test test = margins_of(ways[i], NPS_MARGINS_BHAPKAR);
        ck_assert(isnan(test.statistic));
        ck_assert_double_eq(test.p, 0);
        ck_assert_double_eq(test.df, margins_of(ways[i], NPS_MARGINS_STUART).df);
    }
    /* One of many who stayed: 1 - T / n has one digit left, the statistic has all. */
    nps_test nearly = margins_of(table_of(1, 4e14, 0, 0, 0, 0, 0, 0, 0), NPS_MARGINS_BHAPKAR);
    ck_assert_double_lt(test_relative_error(nearly.statistic, 4e14 * (4e14 + 1)), 1e-15);
    ck_assert_double_eq(nearly.p, 0);
}
END_TEST

static double random_count(uint64_t *seed)
{
    double fraction = (double)(test_random(seed) >> 11) * 0x1p-53;
    switch (test_below(seed, 5)) {
    case 0:
        return 0;
    case 1:
        return (double)test_below(seed, 5);
    case 2:
        return floor(1e13 * fraction);
    case 3:
        return ldexp(fraction, (int)test_below(seed, 1000) - 980); /* down to what no survey has */
    default:
        return 100 * fraction;
    }
}

/* Finite, in range, bounded by the number of movers; the same to the bit when sides or classes are swapped. */
START_TEST(any_table)
{
    uint64_t seed = 3;
    for (int round = 0; round < 20000; round++) {
        nps_paired_sample sample, swapped, turned;
        double moved = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double count = random_count(&seed) + (i == 1 && j == 1);
                sample.count[i][j] = swapped.count[j][i] = turned.count[2 - i][2 - j] = count;
                if (i != j) moved += count;
            }
        }
        nps_test tests[3];
        for (int32_t method = 0; method < 3; method++) {
            tests[method] = margins_of(sample, method);
            nps_test other = margins_of(swapped, method), third = margins_of(turned, method);
            ck_assert_mem_eq(&tests[method], &other, sizeof other);
            ck_assert_mem_eq(&tests[method], &third, sizeof third);
            ck_assert(tests[method].p >= 0 && tests[method].p <= 1);
            ck_assert(tests[method].statistic >= 0 && tests[method].statistic <= DBL_MAX);
        }
        ck_assert_double_le(tests[NPS_MARGINS_STUART].statistic, moved * (1 + 1e-12));
        ck_assert_double_le(tests[NPS_MARGINS_STUART].statistic, tests[NPS_MARGINS_BHAPKAR].statistic * (1 + 1e-12));
        ck_assert_double_le(tests[NPS_MARGINS_STUART].statistic, tests[NPS_MARGINS_BOWKER].statistic * (1 + 1e-10));
    }
}
END_TEST

START_TEST(errors)
{
    nps_test before = {.struct_size = sizeof before, .statistic = 42, .df = 43, .p = 44}, test = before;
    const double bad[] = {-1, -1e-300, (double)NAN, (double)INFINITY, -(double)INFINITY, 1.1e15};
    nps_paired_sample good = table_of(1, 2, 3, 4, 5, 6, 7, 8, 9), none = table_of(0, 0, 0, 0, 0, 0, 0, 0, 0);
    ck_status(nps_compare_margins(NULL, NPS_MARGINS_STUART, &test), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_margins(&good, NPS_MARGINS_STUART, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_margins(&good, -1, &test), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_margins(&good, 3, &test), NPS_ERR_ARGUMENT);
    ck_status(nps_compare_margins(&none, NPS_MARGINS_STUART, &test), NPS_ERR_EMPTY);
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        for (int i = 0; i < 9; i++) {
            nps_paired_sample changed = good;
            changed.count[i / 3][i % 3] = bad[b];
            for (int32_t method = 0; method < 3; method++)
                ck_status(nps_compare_margins(&changed, method, &test), NPS_ERR_RANGE);
        }
    }
    ck_assert_mem_eq(&test, &before, sizeof test);
    test.struct_size = 0;
    ck_status(nps_compare_margins(&good, NPS_MARGINS_STUART, &test), NPS_ERR_ARGUMENT);
    /* A caller with a shorter struct: no more than that is written. */
    test = before;
    test.struct_size = offsetof(nps_test, df);
    ck_status(nps_compare_margins(&good, NPS_MARGINS_BOWKER, &test), NPS_OK);
    ck_near(test.statistic, 4. / 6 + 16. / 10 + 4. / 14, 1e-15);
    ck_assert_double_eq(test.df, 43);
    ck_assert_double_eq(test.p, 44);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, differences_that_sum_to_zero_are_no_excuse);
    tcase_add_test(tcase, two_classes);
    tcase_add_test(tcase, symmetry_is_more_than_equal_margins);
    tcase_add_test(tcase, degenerate);
    tcase_add_test(tcase, any_table);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare_margins", add);
}
