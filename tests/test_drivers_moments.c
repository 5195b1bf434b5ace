/* The moments that estimates take from a state of drivers, beside sums over the rows in long doubles. */
#include <nps/drivers.h>

#include <float.h>
#include <math.h>
#include <nps/status.h>
#include <string.h>

#include "drivers_rows.h"
#include "support.h"

#define VARIABLES (2 * DRIVERS_RATINGS + 1)

/* z without the 1, of rows that take part. */
typedef struct sample {
    double z[DRIVERS_ROWS][VARIABLES + 1], w[DRIVERS_ROWS];
    size_t rows, variables;
} sample;

static void make_sample(const drivers_plan *plan, const drivers_row *rows, sample *out)
{
    out->rows = 0;
    for (size_t i = 0; i < DRIVERS_ROWS; i++) {
        double z[VARIABLES + 1];
        int complete = 1;
        size_t count = drivers_z(&plan->options, rows + i, z);
        for (size_t k = 0; k < count; k++) complete &= !isnan(z[k]);
        if (rows[i].weight == 0 || (!complete && !plan->options.missing)) continue;
        memcpy(out->z[out->rows], z + 1, (count - 1) * sizeof *z);
        out->w[out->rows++] = rows[i].weight;
        out->variables = count - 1;
    }
}

/* Means, and the sum of w (x - mean)(y - mean), of rows that have both. */
typedef struct pair {
    uint64_t rows;
    long double weight, mean[2], cross;
} pair;

static pair pair_of(const sample *from, size_t u, size_t v)
{
    pair out = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < from->rows; i++) {
            long double x = from->z[i][u], y = from->z[i][v], w = from->w[i];
            if (isnan(from->z[i][u]) || isnan(from->z[i][v])) continue;
            if (pass == 0) {
                out.rows++;
                out.weight += w;
                out.mean[0] += w * x;
                out.mean[1] += w * y;
            } else {
                out.cross += w * (x - out.mean[0]) * (y - out.mean[1]);
            }
        }
        if (pass > 0) continue;
        out.mean[0] /= out.weight;
        out.mean[1] /= out.weight;
    }
    return out;
}

/* The sum of w (x - mean)^2 in the rows that have the other too. */
static long double square_beside(const sample *from, size_t u, size_t other)
{
    sample part = *from;
    for (size_t i = 0; i < part.rows; i++)
        if (isnan(part.z[i][other])) part.z[i][u] = (double)NAN;
    return pair_of(&part, u, u).cross;
}

static void check_pairs(const npsi_moments *moments, const sample *rows)
{
    size_t variables = rows->variables, answer = variables - 1;
    uint64_t fewest = UINT64_MAX;
    for (size_t u = 0; u < variables; u++) {
        for (size_t v = 0; v < variables; v++) {
            pair expected = pair_of(rows, u, v);
            size_t at = u * variables + v;
            long double squares = sqrtl(square_beside(rows, u, v)) * sqrtl(square_beside(rows, v, u));
            ck_near(moments->correlation[at], u == v ? 1 : (double)(expected.cross / squares), 1e-14);
            if (u != v && expected.rows < fewest) fewest = expected.rows;
            if (!moments->is_pairwise) ck_near(moments->cross[at].high, (double)expected.cross, 1e-14);
            if (v != answer) continue;
            ck_assert_uint_eq(moments->rows[u], expected.rows);
            ck_near(moments->mean[u].high, (double)expected.mean[0], 1e-15);
            ck_near(moments->cross[u * variables + u].high, (double)square_beside(rows, u, answer), 1e-14);
        }
    }
    ck_assert_uint_eq(moments->n, fewest);
}

static void check_weights(const npsi_moments *moments, const sample *rows)
{
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < rows->rows; i++) {
        if (isnan(rows->z[i][rows->variables - 1])) continue;
        sum += rows->w[i];
        squares += (long double)rows->w[i] * rows->w[i];
    }
    ck_near(moments->weight, (double)sum, 1e-15);
    ck_near(moments->effective, moments->is_pairwise ? (double)NAN : (double)(sum * sum / squares), 1e-15);
}

static void check_fourth(const npsi_moments *moments, const sample *rows)
{
    int variables = (int)rows->variables;
    long double mean[VARIABLES];
    for (int v = 0; v < variables; v++) mean[v] = pair_of(rows, (size_t)v, (size_t)v).mean[0];
    for (int a = 0; a <= variables; a++) {
        for (int b = 0; b <= variables; b++) {
            for (int c = b; c <= variables; c++) {
                for (int d = 0; d <= c; d++) {
                    const int z[4] = {a, b, c, d};
                    long double sum = 0, size = 0;
                    for (size_t i = 0; i < rows->rows; i++) {
                        long double term = (long double)rows->w[i] * rows->w[i];
                        for (int k = 0; k < 4; k++)
                            if (z[k] > 0) term *= rows->z[i][z[k] - 1] - mean[z[k] - 1];
                        sum += term;
                        size += fabsl(term);
                    }
                    double found = moments->fourth[npsi_quadruple(a, b, c, d)];
                    ck_assert(fabs(found - (double)sum) <= 1e-14 * (double)size);
                }
            }
        }
    }
}

START_TEST(moments_are_those_of_the_rows)
{
    uint64_t seed = 1;
    drivers_row rows[DRIVERS_ROWS];
    static sample kept;
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        make_sample(&plan, rows, &kept);
        nps_drivers *drivers = drivers_of(&plan, rows, DRIVERS_ROWS);
        npsi_moments moments;
        ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_OK);
        ck_assert_int_eq(moments.variables, (int)kept.variables);
        ck_assert_int_eq(moments.columns, (int)kept.variables - 1);
        ck_assert_int_eq(moments.is_robust, plan.options.robust);
        check_pairs(&moments, &kept);
        check_weights(&moments, &kept);
        if (plan.options.robust) check_fourth(&moments, &kept);
        npsi_moments_free(&moments);
        nps_drivers_free(drivers);
    }
}
END_TEST

START_TEST(quadruples_are_numbered_once)
{
    size_t expected = 0;
    for (int d = 0; d < 18; d++)
        for (int c = 0; c <= d; c++)
            for (int b = 0; b <= c; b++)
                for (int a = 0; a <= b; a++, expected++) {
                    ck_assert_uint_eq(npsi_quadruple(a, b, c, d), expected);
                    ck_assert_uint_eq(npsi_quadruple(d, c, b, a), expected);
                    ck_assert_uint_eq(npsi_quadruple(c, a, d, b), expected);
                }
    ck_assert_uint_eq(expected, 21 * 20 * 19 * 18 / 24); /* 21! / (4! 17!) */
}
END_TEST

/* 1 to n, far from 0 and with a deviation that is nothing beside the mean: sum of squares n (n^2 - 1) / 12. */
START_TEST(far_from_zero)
{
    static const double far[] = {0, 1e6, 1e9 + 0.25, -1e12};
    for (size_t i = 0; i < 4; i++) {
        nps_drivers *drivers = drivers_plain(1);
        for (int k = 1; k <= 1000; k++)
            ck_assert_int_eq(nps_drivers_add(drivers, k % 2 ? 2 : 7, (double[]){far[i] + k}, 3), NPS_OK);
        npsi_moments moments;
        ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_OK);
        ck_assert_double_eq(moments.mean[0].high, far[i] + 500.5);
        ck_assert_double_eq(moments.cross[0].high, 3 * 1000.0 * 999999 / 12);
        /* Even numbers, which have the 7, are 1/2 above the mean, the others as far below. */
        ck_assert_double_eq(moments.cross[1].high, 3 * 1000 * 0.5 * 2.5);
        ck_assert_double_eq(moments.effective, 1000);
        npsi_moments_free(&moments);
        nps_drivers_free(drivers);
    }
}
END_TEST

START_TEST(what_is_constant_has_no_correlation)
{
    static const double constants[] = {0, 7, 0.1, 1e-30, -1e99, 123456.789};
    for (int missing = 0; missing < 2; missing++) {
        for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
            uint64_t seed = i;
            nps_drivers_options options = {.struct_size = sizeof options, .ratings = 2, .missing = missing};
            nps_drivers *drivers = drivers_new(&options);
            for (int k = 0; k < 1000; k++) {
                double weight = ldexp((double)(test_random(&seed) >> 11), -52);
                ck_assert_int_eq(nps_drivers_add(drivers, k % 11, (double[]){constants[i], k % 7}, weight), NPS_OK);
            }
            npsi_moments moments;
            ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_OK);
            ck_assert_double_eq(moments.cross[0].high, 0);
            ck_assert(isnan(moments.correlation[0]) && isnan(moments.correlation[1]) && isnan(moments.correlation[6]));
            ck_assert_double_eq(moments.correlation[4], 1);
            ck_assert(!isnan(moments.correlation[5]));
            ck_near(moments.mean[0].high, constants[i], 1e-15);
            npsi_moments_free(&moments);
            nps_drivers_free(drivers);
        }
    }
}
END_TEST

/* Pairwise, a rating that nobody gave, and two that are never together. */
START_TEST(pairs_without_rows)
{
    const double nan = (double)NAN;
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = 3, .missing = NPS_DRIVERS_PAIRWISE};
    nps_drivers *drivers = drivers_new(&options);
    npsi_moments moments;
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_drivers_add(drivers, nan, (double[]){1, 2, nan}, 1), NPS_OK);
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_ERR_EMPTY);
    for (int k = 0; k < 10; k++) ck_assert_int_eq(nps_drivers_add(drivers, k, (double[]){k, nan, nan}, 1), NPS_OK);
    for (int k = 0; k < 10; k++) ck_assert_int_eq(nps_drivers_add(drivers, k, (double[]){nan, -k, nan}, 1), NPS_OK);
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_OK);
    ck_assert_uint_eq(moments.n, 0);
    ck_assert_uint_eq(moments.rows[0], 10);
    ck_assert_uint_eq(moments.rows[2], 0);
    ck_assert_uint_eq(moments.rows[3], 20);
    ck_assert_double_eq(moments.weight, 20);
    ck_near(moments.correlation[3], 1, 1e-15);
    ck_near(moments.correlation[7], -1, 1e-15);
    ck_assert(isnan(moments.correlation[1]) && isnan(moments.correlation[11]) && isnan(moments.mean[2].high));
    npsi_moments_free(&moments);
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(no_rows_and_no_memory)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, 1, &allocator);
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = 3, .robust = 1, .allocator = &allocator};
    nps_drivers *drivers = drivers_new(&options);
    npsi_moments moments;
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_drivers_add(drivers, 3, (double[]){1, 2, 3}, 1), NPS_OK);
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_ERR_MEMORY);
    ck_assert_int_eq(npsi_moments_of(drivers, &moments), NPS_OK);
    ck_assert_uint_eq(moments.n, 1);
    npsi_moments_free(&moments);
    nps_drivers_free(drivers);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.bytes, 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, moments_are_those_of_the_rows);
    tcase_add_test(tcase, quadruples_are_numbered_once);
    tcase_add_test(tcase, far_from_zero);
    tcase_add_test(tcase, what_is_constant_has_no_correlation);
    tcase_add_test(tcase, pairs_without_rows);
    tcase_add_test(tcase, no_rows_and_no_memory);
}

int main(void)
{
    return test_main("drivers_moments", add);
}
