/* Adjusted p-values, against R's (see tests/reference/README.md), against the definitions, and what must hold. */
#include <float.h>
#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define MOST 60

static void adjust(const double *p, size_t count, int32_t method, double *adjusted)
{
    ck_assert_int_eq(nps_adjust(p, count, method, NULL, adjusted), NPS_OK);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("adjust.csv");
    size_t lists = 0, next;
    ck_assert_uint_eq(csv->rows, 88);
    for (size_t first = 0; first < csv->rows; first = next) {
        const char *id = test_csv_cell(csv, first, "id"), *name = test_csv_cell(csv, first, "method");
        double p[MOST], adjusted[MOST];
        for (next = first; next < csv->rows; next++) {
            if (strcmp(test_csv_cell(csv, next, "id"), id) != 0) break;
            if (strcmp(test_csv_cell(csv, next, "method"), name) != 0) break;
            ck_assert_uint_eq((size_t)test_csv_number(csv, next, "index"), next - first + 1);
            p[next - first] = test_csv_number(csv, next, "p");
        }
        int32_t method;
        ck_assert_int_eq(nps_adjust_method(name, strlen(name), &method), NPS_OK);
        adjust(p, next - first, method, adjusted);
        for (size_t row = first; row < next; row++) {
            double expected = test_csv_number(csv, row, "adjusted");
            ck_assert_msg(fabs(adjusted[row - first] - expected) <= test_csv_number(csv, row, "tol"),
                          "row %zu: %.17g, not %.17g", row + 2, adjusted[row - first], expected);
            ck_assert(test_relative_error(adjusted[row - first], expected) <= 1e-14);
        }
        lists++;
    }
    ck_assert_uint_eq(lists, 20);
    test_csv_free(csv);
}
END_TEST

/* How many of p are not larger than this one; NaN are not. */
static size_t rank_of(const double *p, size_t count, double value)
{
    size_t rank = 0;
    for (size_t i = 0; i < count; i++) rank += p[i] <= value;
    return rank;
}

/* p times what its rank asks for: of Holm's, the lowest rank among equal ones, of the others the highest. */
static double alone(const double *p, size_t count, double value, int32_t method)
{
    double n = 0, below = 0, harmonic = 0, rank = (double)rank_of(p, count, value);
    for (size_t i = 0; i < count; i++) {
        n += !isnan(p[i]);
        below += p[i] < value;
    }
    for (int k = 1; k <= n; k++) harmonic += 1.0 / k;
    switch (method) {
    case NPS_ADJUST_HOLM:
        return (n - below) * value;
    case NPS_ADJUST_HOCHBERG:
        return (n - rank + 1) * value;
    case NPS_ADJUST_BH:
        return n * value / rank;
    default:
        return harmonic * n * value / rank;
    }
}

/* The definitions: Holm takes the largest over all that are not larger, the others the smallest over all that are not
 * smaller; at most 1. */
static double defined(const double *p, size_t count, double value, int32_t method)
{
    double result = method == NPS_ADJUST_HOLM ? 0 : 1;
    if (isnan(value)) return value;
    for (size_t i = 0; i < count; i++) {
        if (isnan(p[i])) continue;
        double other = alone(p, count, p[i], method);
        if (method == NPS_ADJUST_HOLM && p[i] <= value) result = fmax(result, fmin(1, other));
        if (method != NPS_ADJUST_HOLM && p[i] >= value) result = fmin(result, other);
    }
    return result;
}

/* Of very different sizes, next to one another, with ties, ends, and NaN. */
static double random_p(uint64_t *state)
{
    double uniform = (double)(test_random(state) >> 11) * 0x1p-53;
    switch (test_below(state, 7)) {
    case 0:
        return (double)test_below(state, 11) / 10;
    case 1:
        return pow(uniform, 40);
    case 2:
        return test_below(state, 3) == 0 ? (double)NAN : uniform * 0.05;
    case 3:
        return 0.02 * (1 + (double)test_below(state, 5) * DBL_EPSILON);
    default:
        return uniform;
    }
}

static double random_number(uint64_t *state)
{
    double p = random_p(state);
    return isnan(p) ? 1 : p;
}

START_TEST(definitions)
{
    uint64_t state = 1;
    size_t compared = 0;
    for (int round = 0; round < 400; round++) {
        double p[MOST], adjusted[MOST];
        size_t count = test_below(&state, MOST + 1);
        for (size_t i = 0; i < count; i++) p[i] = random_p(&state);
        for (int32_t method = NPS_ADJUST_HOLM; method < NPS_ADJUST_COUNT; method++) {
            adjust(p, count, method, adjusted);
            for (size_t i = 0; i < count; i++) {
                double expected = defined(p, count, p[i], method);
                ck_assert_msg((isnan(expected) && isnan(adjusted[i])) ||
                                  test_relative_error(adjusted[i], expected) <= 1e-14,
                              "%s of %.17g among %zu: %.17g, not %.17g", nps_adjust_method_name(method), p[i], count,
                              adjusted[i], expected);
                compared++;
            }
        }
    }
    ck_assert_uint_gt(compared, 40000);
}
END_TEST

/* No smaller than p and at most 1, in the order of p, equal for equal ones, stricter methods larger; and the same, bit
 * for bit, wherever in the list, with NaN in between, and in place. */
START_TEST(properties)
{
    uint64_t state = 2;
    for (int round = 0; round < 300; round++) {
        double p[MOST], adjusted[NPS_ADJUST_COUNT][MOST], moved_p[2 * MOST], moved[2 * MOST];
        size_t count = 1 + test_below(&state, MOST), place[MOST];
        for (size_t i = 0; i < count; i++) p[i] = random_number(&state);
        for (size_t i = 0; i < count; i++) {
            size_t other = test_below(&state, i + 1);
            place[i] = place[other];
            place[other] = i;
        }
        for (size_t i = 0; i < 2 * count; i++) moved_p[i] = (double)NAN;
        for (size_t i = 0; i < count; i++) moved_p[2 * place[i]] = p[i];
        for (int32_t method = 0; method < NPS_ADJUST_COUNT; method++) {
            double *out = adjusted[method];
            adjust(p, count, method, out);
            for (size_t i = 0; i < count; i++) {
                ck_assert(p[i] <= out[i] && out[i] <= 1);
                for (size_t j = 0; j < count; j++) ck_assert(p[i] > p[j] || out[i] <= out[j]);
            }
            memcpy(moved, moved_p, sizeof moved);
            adjust(moved, 2 * count, method, moved);
            for (size_t i = 0; i < count; i++) {
                ck_assert(moved[2 * place[i]] == out[i]);
                ck_assert(isnan(moved[2 * i + 1]));
            }
        }
        for (size_t i = 0; i < count; i++) {
            ck_assert(adjusted[NPS_ADJUST_NONE][i] == p[i]);
            ck_assert(adjusted[NPS_ADJUST_HOLM][i] >= adjusted[NPS_ADJUST_HOCHBERG][i]);
            ck_assert(adjusted[NPS_ADJUST_HOCHBERG][i] >= adjusted[NPS_ADJUST_BH][i]);
            ck_assert(adjusted[NPS_ADJUST_BY][i] >= adjusted[NPS_ADJUST_BH][i]);
        }
    }
}
END_TEST

/* One p is as it was; equal ones are multiplied by their number (Holm), or not at all. */
START_TEST(few)
{
    static const double one[] = {0, 1e-320, 0.3, 1};
    for (int32_t method = 0; method < NPS_ADJUST_COUNT; method++) {
        double adjusted[2], nothing = 7;
        for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
            adjust(one + i, 1, method, adjusted);
            ck_assert(adjusted[0] == one[i]);
        }
        adjust((double[]){0.25, 0.25}, 2, method, adjusted);
        double factor = method == NPS_ADJUST_HOLM ? 2 : method == NPS_ADJUST_BY ? 1.5 : 1;
        ck_assert(adjusted[0] == 0.25 * factor && adjusted[1] == 0.25 * factor);
        adjust((double[]){(double)NAN, (double)NAN}, 2, method, adjusted);
        ck_assert(isnan(adjusted[0]) && isnan(adjusted[1]));
        adjust((double[]){-0.0, 1}, 2, method, adjusted);
        ck_assert(adjusted[0] == 0 && adjusted[1] == 1);
        adjust(NULL, 0, method, NULL);
        adjust(&nothing, 0, method, &nothing);
        ck_assert(nothing == 7);
    }
}
END_TEST

/* A million equally spaced p, shuffled by a stride: those of rank i are i / n. Hochberg: all as the largest. The
 * harmonic number from Euler's constant: log n + gamma + 1 / 2n - 1 / 12 n^2. */
START_TEST(many)
{
    const size_t n = 1000000;
    double *p = malloc(n * sizeof *p), *adjusted = malloc(n * sizeof *p);
    double harmonic = log(1e6) + 0.57721566490153286061 + 0.5e-6 - 1e-12 / 12;
    ck_assert(p != NULL && adjusted != NULL);
    for (size_t i = 0; i < n; i++) p[i] = (double)(i * 700001 % n + 1) / (double)n * 1e-2;
    adjust(p, n, NPS_ADJUST_BH, adjusted);
    for (size_t i = 0; i < n; i++) ck_assert(fabs(adjusted[i] - 0.01) < 1e-16);
    adjust(p, n, NPS_ADJUST_BY, adjusted);
    for (size_t i = 0; i < n; i++) ck_assert(test_relative_error(adjusted[i], 0.01 * harmonic) < 1e-14);
    adjust(p, n, NPS_ADJUST_HOCHBERG, adjusted);
    for (size_t i = 0; i < n; i++) ck_assert(adjusted[i] == 0.01);
    adjust(p, n, NPS_ADJUST_HOLM, adjusted);
    for (size_t i = 0; i < n; i++) {
        double rank = (double)(i * 700001 % n + 1);
        double expected = fmin(1, (double)n * 1e-8 * rank - 1e-8 * rank * (rank - 1));
        if (rank <= 100) ck_assert(test_relative_error(adjusted[i], expected) < 1e-13);
        if (rank > 101) ck_assert(adjusted[i] == 1);
    }
    free(p);
    free(adjusted);
}
END_TEST

static void refused(const double *p, size_t count, int32_t method, const nps_allocator *allocator, int expected)
{
    double adjusted[3] = {7, 8, 9};
    ck_assert_int_eq(nps_adjust(p, count, method, allocator, adjusted), expected);
    ck_assert(adjusted[0] == 7 && adjusted[1] == 8 && adjusted[2] == 9);
}

START_TEST(errors)
{
    static const double good[] = {0.1, 0.2, 0.3};
    const double bad[] = {-DBL_MIN, -1, 1 + DBL_EPSILON, INFINITY, -INFINITY};
    for (int32_t method = 0; method < NPS_ADJUST_COUNT; method++) {
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
            for (size_t at = 0; at < 3; at++) {
                double p[] = {0.1, (double)NAN, 0.3};
                p[at] = bad[i];
                refused(p, 3, method, NULL, NPS_ERR_RANGE);
            }
        refused(NULL, 3, method, NULL, NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_adjust(good, 3, method, NULL, NULL), NPS_ERR_ARGUMENT);
    }
    refused(good, 3, -1, NULL, NPS_ERR_ARGUMENT);
    refused(good, 3, NPS_ADJUST_COUNT, NULL, NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_adjust(NULL, 0, NPS_ADJUST_COUNT, NULL, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

START_TEST(no_memory)
{
    static const double p[] = {0.3, 0.01, 0.02};
    for (int32_t method = 0; method < NPS_ADJUST_COUNT; method++) {
        test_memory memory;
        nps_allocator allocator;
        double adjusted[3];
        test_memory_start(&memory, -1, &allocator);
        ck_assert_int_eq(nps_adjust(p, 3, method, &allocator, adjusted), NPS_OK);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
        int64_t requests = memory.requests;
        for (int64_t fail_at = 0; fail_at < requests; fail_at++) {
            test_memory_start(&memory, fail_at, &allocator);
            refused(p, 3, method, &allocator, NPS_ERR_MEMORY);
            ck_assert_uint_eq(memory.blocks, 0);
        }
        ck_assert(method == NPS_ADJUST_NONE ? requests == 0 : requests > 0);
    }
}
END_TEST

START_TEST(names)
{
    static const char *const expected[NPS_ADJUST_COUNT] = {"none", "holm", "hochberg", "bh", "by"};
    int32_t found = 77;
    for (int32_t method = 0; method < NPS_ADJUST_COUNT; method++) {
        ck_assert_str_eq(nps_adjust_method_name(method), expected[method]);
        ck_assert_int_eq(nps_adjust_method(expected[method], strlen(expected[method]), &found), NPS_OK);
        ck_assert_int_eq(found, method);
    }
    ck_assert_ptr_null(nps_adjust_method_name(-1));
    ck_assert_ptr_null(nps_adjust_method_name(NPS_ADJUST_COUNT));
    found = 77;
    ck_assert_int_eq(nps_adjust_method("holm", 3, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_adjust_method("holm ", 5, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_adjust_method("Holm", 4, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_adjust_method("", 0, &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_adjust_method(NULL, 0, &found), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_adjust_method("holm", 4, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(found, 77);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, definitions);
    tcase_add_test(tcase, properties);
    tcase_add_test(tcase, few);
    tcase_add_test(tcase, many);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, no_memory);
    tcase_add_test(tcase, names);
}

int main(void)
{
    return test_main("compare_adjust", add);
}
