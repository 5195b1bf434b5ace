/* States of drivers: what rows count as, and exact sums however the work was split. */
#include <nps/drivers.h>

#include <math.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "drivers_rows.h"
#include "support.h"

/* Whether all that order must not change is the same: exact sums, and robust ones of whole weights. */
static int is_exact(const drivers_plan *plan)
{
    return !plan->real && !(plan->options.robust && plan->weights == WEIGHTS_ANY);
}

START_TEST(rows_in_any_order_and_split_in_any_way)
{
    uint64_t seed = 1;
    drivers_row rows[DRIVERS_ROWS], mixed[DRIVERS_ROWS];
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        if (!is_exact(&plan)) continue;
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        nps_drivers *all = drivers_of(&plan, rows, DRIVERS_ROWS);
        ck_assert(!drivers_are_real(all));
        memcpy(mixed, rows, sizeof mixed);
        for (size_t i = DRIVERS_ROWS; i-- > 1;) {
            size_t other = (size_t)test_below(&seed, i + 1);
            drivers_row row = mixed[i];
            mixed[i] = mixed[other];
            mixed[other] = row;
        }
        size_t cut = (size_t)test_below(&seed, DRIVERS_ROWS + 1);
        nps_drivers *left = drivers_of(&plan, mixed, cut), *copy;
        nps_drivers *right = drivers_of(&plan, mixed + cut, DRIVERS_ROWS - cut);
        ck_assert_int_eq(nps_drivers_copy(left, &copy), NPS_OK);
        ck_assert(drivers_equal(left, copy));
        ck_assert_int_eq(nps_drivers_merge(left, right), NPS_OK);
        ck_assert(drivers_equal(left, all));
        ck_assert_int_eq(nps_drivers_subtract(left, right), NPS_OK);
        ck_assert(drivers_equal(left, copy));
        for (size_t i = 0; i < cut; i++)
            ck_assert_int_eq(nps_drivers_remove(all, mixed[i].answer, mixed[i].ratings, mixed[i].weight), NPS_OK);
        ck_assert(drivers_equal(all, right));
        ck_assert_int_eq(nps_drivers_merge(all, all), NPS_OK);
        ck_assert_int_eq(nps_drivers_subtract(all, right), NPS_OK);
        ck_assert(drivers_equal(all, right));
        nps_drivers_free(all);
        nps_drivers_free(left);
        nps_drivers_free(right);
        nps_drivers_free(copy);
    }
}
END_TEST

/* Whatever the numbers were, nothing is left when all are gone. */
START_TEST(all_rows_taken_back_leave_an_empty_state)
{
    uint64_t seed = 2;
    drivers_row rows[DRIVERS_ROWS];
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        nps_drivers *all = drivers_of(&plan, rows, DRIVERS_ROWS), *copy, *empty = drivers_new(&plan.options);
        ck_assert_int_eq(drivers_are_real(all), plan.real && !(plan.options.low && plan.options.explains));
        ck_assert_int_eq(nps_drivers_copy(all, &copy), NPS_OK);
        for (size_t i = 0; i < DRIVERS_ROWS; i++) {
            ck_assert_int_eq(nps_drivers_remove(all, rows[i].answer, rows[i].ratings, rows[i].weight), NPS_OK);
            ck_assert_int_eq(npsi_drivers_state_check(&all->shape, all->state), NPS_OK);
        }
        ck_assert(drivers_equal(all, empty));
        ck_assert_int_eq(nps_drivers_merge(all, copy), NPS_OK);
        ck_assert_int_eq(npsi_drivers_state_check(&all->shape, all->state), NPS_OK);
        ck_assert_int_eq(nps_drivers_subtract(all, copy), NPS_OK);
        ck_assert(drivers_equal(all, empty));
        ck_assert_int_eq(nps_drivers_subtract(copy, copy), NPS_OK);
        ck_assert(drivers_equal(copy, empty));
        nps_drivers_free(all);
        nps_drivers_free(copy);
        nps_drivers_free(empty);
    }
}
END_TEST

/* The sum of w z_a z_b over rows that have both, weights in units of 2^-10, where a 1 takes any row that is `in`. */
static int64_t sum_up(double z[][2 * DRIVERS_RATINGS + 2], const double *weights, size_t rows, size_t a, size_t b,
                      size_t i, size_t j, uint64_t *count)
{
    int64_t sum = 0;
    *count = 0;
    for (size_t row = 0; row < rows; row++) {
        if (weights[row] == 0 || isnan(z[row][i]) || isnan(z[row][j])) continue;
        sum += (int64_t)(weights[row] * 1024) * (int64_t)z[row][a] * (int64_t)z[row][b];
        ++*count;
    }
    return sum;
}

static void check_block(const npsi_drivers_block *block, const size_t *variables, size_t count,
                        double z[][2 * DRIVERS_RATINGS + 2], const double *weights, size_t rows)
{
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b <= a; b++) {
            uint64_t n;
            int64_t sum =
                sum_up(z, weights, rows, variables[a], variables[b], variables[count - 2], variables[count - 1], &n);
            const uint64_t *whole = block->sums[npsi_drivers_pair(a, b)].whole;
            ck_assert_uint_eq(block->rows, n);
            ck_assert_uint_eq(whole[0], (uint64_t)sum << 54);
            ck_assert_uint_eq(whole[1], (uint64_t)(sum < 0 ? -(((-sum) + 1023) / 1024) : sum / 1024));
        }
    }
}

START_TEST(sums_are_those_of_whole_numbers)
{
    uint64_t seed = 3;
    static double z[DRIVERS_ROWS][2 * DRIVERS_RATINGS + 2];
    double weights[DRIVERS_ROWS];
    for (int index = 0; index < 400; index++) {
        drivers_plan plan = drivers_plan_of(index % DRIVERS_PLANS);
        plan.real = 0;
        plan.weights = WEIGHTS_NONE;
        drivers_row rows[DRIVERS_ROWS];
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        size_t count = 0;
        for (size_t i = 0; i < DRIVERS_ROWS; i++) {
            rows[i].weight = weights[i] = (double)test_below(&seed, 5000) / 1024;
            if (index % 3 == 0) rows[i].weight = weights[i] = (double)test_below(&seed, 3);
            if (index % 5 == 0 && plan.options.explains == 0) rows[i].answer *= 80000;
            count = drivers_z(&plan.options, rows + i, z[i]);
            int complete = 1;
            for (size_t k = 0; k < count; k++) complete &= !isnan(z[i][k]);
            if (!complete && !plan.options.missing) weights[i] = 0;
        }
        nps_drivers *drivers = drivers_of(&plan, rows, DRIVERS_ROWS);
        ck_assert(!drivers_are_real(drivers));
        const npsi_drivers_shape *shape = &drivers->shape;
        size_t answer = count - 1, block = 0;
        if (!plan.options.missing) {
            size_t variables[2 * DRIVERS_RATINGS + 2];
            for (size_t k = 0; k < count; k++) variables[k] = k;
            check_block(npsi_drivers_block_at(shape, drivers->state, 0), variables, count, z, weights, DRIVERS_ROWS);
        }
        for (size_t j = 2; plan.options.missing && j <= answer; j++)
            for (size_t i = 1; i < j; i++)
                check_block(npsi_drivers_block_at(shape, drivers->state, block++), (size_t[]){0, i, j}, 3, z, weights,
                            DRIVERS_ROWS);
        if (plan.options.missing)
            check_block(npsi_drivers_block_at(shape, drivers->state, block), (size_t[]){0, answer, answer}, 3, z,
                        weights, DRIVERS_ROWS);
        nps_drivers_free(drivers);
    }
}
END_TEST

static void check_counts(const drivers_plan *plan, const drivers_row *rows, size_t count)
{
    nps_drivers *drivers = drivers_of(plan, rows, count);
    nps_drivers_rows seen = {.struct_size = sizeof seen}, expected = {.struct_size = sizeof expected};
    uint64_t missing[DRIVERS_RATINGS] = {0};
    nps_tally tally, counted;
    nps_tally_init(&counted, NULL);
    for (size_t i = 0; i < count; i++) {
        int complete = 1, zero = rows[i].weight == 0;
        for (int k = 0; k < DRIVERS_RATINGS; k++) complete &= !isnan(rows[i].ratings[k]);
        if (isnan(rows[i].answer)) {
            expected.unanswered++;
            continue;
        }
        expected.zero += (uint64_t)zero;
        expected.complete += (uint64_t)(!zero && complete);
        expected.incomplete += !zero && !complete;
        for (int k = 0; k < DRIVERS_RATINGS; k++) missing[k] += !zero && isnan(rows[i].ratings[k]);
        if (!zero && (complete || plan->options.missing)) nps_tally_add_f64(&counted, &rows[i].answer, 1);
    }
    ck_assert_int_eq(nps_drivers_count(drivers, &seen), NPS_OK);
    ck_assert_mem_eq(&seen, &expected, sizeof seen);
    for (int k = 0; k < DRIVERS_RATINGS; k++) {
        uint64_t found;
        ck_assert_int_eq(nps_drivers_missing(drivers, k, &found), NPS_OK);
        ck_assert_uint_eq(found, missing[k]);
    }
    ck_assert_int_eq(nps_drivers_tally(drivers, &tally), NPS_OK);
    ck_assert_mem_eq(&tally, &counted, sizeof tally);
    nps_drivers_free(drivers);
}

START_TEST(rows_count_as_what_they_are)
{
    uint64_t seed = 4;
    drivers_row rows[DRIVERS_ROWS];
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        check_counts(&plan, rows, DRIVERS_ROWS);
    }
    /* The weight of a row without an answer is looked at only pairwise. */
    for (int missing = 0; missing < 2; missing++) {
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = 1, .missing = missing};
        nps_drivers *drivers = drivers_new(&options);
        int status = nps_drivers_add(drivers, (double)NAN, (double[]){5}, -1);
        ck_assert_int_eq(status, missing ? NPS_ERR_RANGE : NPS_OK);
        nps_drivers_free(drivers);
    }
}
END_TEST

static npsi_dd real_sum(const nps_drivers *drivers, size_t a, size_t b)
{
    const npsi_drivers_sum *sum = npsi_drivers_block_at(&drivers->shape, drivers->state, 0)->sums;
    ck_assert(drivers_are_real(drivers));
    return sum[npsi_drivers_pair(a, b)].real;
}

START_TEST(sums_become_real_and_lose_nothing)
{
    static const struct {
        double answer, rating, weight;
        int is_real;
    } cases[] = {
        {9, 1 << 20, 1, 0},
        {9, (1 << 20) + 1, 1, 1},
        {9, -(1 << 20), 1, 0},
        {9, 4.5, 1, 1},
        {0.5, 4, 1, 1},
        {-7, 4, 0.1, 0},
        {1, 1, 0x1p62, 1},
        {1, 1, 0x1.fffffffffffffp61, 0},
        {8, 1, 0x1p56, 1},
        {8, 1, 0x1p55, 0},
        {1, 1 << 20, 0x1p22, 1},
        {0, 1, 0x1p63, 1},
        {1, (double)NAN, 0x1p63, 0},
        {0.5, 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nps_drivers *drivers = drivers_plain(1), *empty = drivers_plain(1);
        /* 0.1 is 0x1.999999999999ap-4, a whole number of 2^-56: the sum has 60 bits and is exact either way. */
        ck_assert_int_eq(nps_drivers_add(drivers, 3, (double[]){2}, 0.1), NPS_OK);
        ck_assert_int_eq(nps_drivers_add(drivers, cases[i].answer, &cases[i].rating, cases[i].weight), NPS_OK);
        ck_assert_msg(drivers_are_real(drivers) == cases[i].is_real, "case %zu", i);
        if (cases[i].is_real) {
            npsi_dd expected = npsi_dd_product(cases[i].answer, cases[i].rating);
            expected = npsi_dd_add(npsi_dd_scale(expected, cases[i].weight), npsi_dd_product(0.1, 6));
            npsi_dd found = real_sum(drivers, 2, 1);
            ck_assert(found.high == expected.high && found.low == expected.low);
        }
        ck_assert_int_eq(nps_drivers_remove(drivers, cases[i].answer, &cases[i].rating, cases[i].weight), NPS_OK);
        ck_assert_int_eq(nps_drivers_remove(drivers, 3, (double[]){2}, 0.1), NPS_OK);
        ck_assert(drivers_equal(drivers, empty));
        nps_drivers_free(drivers);
        nps_drivers_free(empty);
    }
}
END_TEST

/* Sums that leave their range turn real: whichever way they got there. */
START_TEST(sums_too_large_for_whole_numbers)
{
    nps_drivers *one = drivers_plain(1), *two, *both = drivers_plain(1), *exact = drivers_plain(1);
    double rating = -1;
    ck_assert_int_eq(nps_drivers_add(one, 1, &rating, 0x1p61), NPS_OK);
    ck_assert_int_eq(nps_drivers_copy(one, &two), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(both, 1, &rating, 0x1p61), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(both, 1, &rating, 0x1p61 - 256), NPS_OK);
    ck_assert(!drivers_are_real(both));
    ck_assert_int_eq(nps_drivers_add(both, 1, &rating, 256), NPS_OK);
    ck_assert(real_sum(both, 0, 0).high == 0x1p62 && real_sum(both, 2, 1).high == -0x1p62);
    ck_assert_int_eq(nps_drivers_merge(one, one), NPS_OK);
    ck_assert(real_sum(one, 0, 0).high == 0x1p62 && real_sum(one, 1, 0).high == -0x1p62);
    /* Real and whole, either way round. */
    ck_assert_int_eq(nps_drivers_add(exact, 5, (double[]){3}, 0.25), NPS_OK);
    ck_assert_int_eq(nps_drivers_merge(one, exact), NPS_OK);
    npsi_dd sum = real_sum(one, 2, 2);
    ck_assert(sum.high == 0x1p62 && sum.low == 6.25);
    ck_assert_int_eq(nps_drivers_merge(two, one), NPS_OK);
    sum = real_sum(two, 2, 2);
    ck_assert(sum.high == 0x1.8p62 && sum.low == 6.25);
    ck_assert_int_eq(nps_drivers_subtract(two, one), NPS_OK);
    ck_assert(real_sum(two, 2, 2).high == 0x1p61 && real_sum(two, 2, 2).low == 0);
    ck_assert_int_eq(nps_drivers_remove(one, 5, (double[]){3}, 0.25), NPS_OK);
    ck_assert(real_sum(one, 2, 2).high == 0x1p62 && real_sum(one, 2, 2).low == 0);
    nps_drivers_free(one);
    nps_drivers_free(two);
    nps_drivers_free(both);
    nps_drivers_free(exact);
}
END_TEST

/* A real state of whole rows alone is taken from a whole one, which turns real. */
START_TEST(real_taken_from_whole)
{
    nps_drivers *whole = drivers_plain(1), *real = drivers_plain(1);
    ck_assert_int_eq(nps_drivers_add(real, 1, (double[]){0.5}, 1), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(real, 4, (double[]){2}, 3), NPS_OK);
    ck_assert_int_eq(nps_drivers_remove(real, 1, (double[]){0.5}, 1), NPS_OK);
    ck_assert(drivers_are_real(real));
    ck_assert_int_eq(nps_drivers_add(whole, 4, (double[]){2}, 3), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(whole, 7, (double[]){-3}, 2), NPS_OK);
    ck_assert_int_eq(nps_drivers_subtract(whole, real), NPS_OK);
    ck_assert(real_sum(whole, 2, 1).high == -42 && real_sum(whole, 0, 0).high == 2);
    ck_assert_int_eq(nps_drivers_remove(whole, 7, (double[]){-3}, 2), NPS_OK);
    ck_assert(!drivers_are_real(whole));
    nps_drivers_free(whole);
    nps_drivers_free(real);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, rows_in_any_order_and_split_in_any_way);
    tcase_add_test(tcase, all_rows_taken_back_leave_an_empty_state);
    tcase_add_test(tcase, sums_are_those_of_whole_numbers);
    tcase_add_test(tcase, rows_count_as_what_they_are);
    tcase_add_test(tcase, sums_become_real_and_lose_nothing);
    tcase_add_test(tcase, sums_too_large_for_whole_numbers);
    tcase_add_test(tcase, real_taken_from_whole);
}

int main(void)
{
    return test_main("drivers", add);
}
