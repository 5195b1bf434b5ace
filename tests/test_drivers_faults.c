/* States of drivers: what is refused, and that it changes nothing. */
#include <nps/drivers.h>

#include <math.h>
#include <nps/status.h>
#include <string.h>

#include "drivers_rows.h"
#include "support.h"

/* A refusal, after which the state is as it was. */
#define ck_refused(drivers, call, expected)                             \
    do {                                                                \
        nps_drivers *before;                                            \
        ck_assert_int_eq(nps_drivers_copy((drivers), &before), NPS_OK); \
        ck_assert_int_eq((call), (expected));                           \
        ck_assert(drivers_equal((drivers), before));                    \
        nps_drivers_free(before);                                       \
    } while (0)

START_TEST(rows_that_are_not_there)
{
    const double nan = (double)NAN;
    for (int missing = 0; missing < 2; missing++) {
        for (int real = 0; real < 2; real++) {
            nps_drivers_options options = {.struct_size = sizeof options, .ratings = 2, .missing = missing};
            nps_drivers *drivers = drivers_new(&options), *other = drivers_new(&options);
            double half = real ? 0.5 : 0;
            const double full[2] = {3, 4 + half}, no_second[2] = {3, nan}, no_first[2] = {nan, 4};
            ck_refused(drivers, nps_drivers_remove(drivers, 5, full, 1), NPS_ERR_UNDERFLOW);
            ck_assert_int_eq(nps_drivers_add(drivers, 5, full, 2), NPS_OK);
            ck_assert_int_eq(nps_drivers_add(drivers, 5, no_second, 2), NPS_OK);
            ck_assert_int_eq(nps_drivers_add(drivers, 6, full, 0), NPS_OK);
            ck_refused(drivers, nps_drivers_remove(drivers, 4, full, 2), NPS_ERR_UNDERFLOW);
            ck_refused(drivers, nps_drivers_remove(drivers, 5, no_first, 2), NPS_ERR_UNDERFLOW);
            ck_refused(drivers, nps_drivers_remove(drivers, nan, full, 2), NPS_ERR_UNDERFLOW);
            if (!missing) ck_refused(drivers, nps_drivers_remove(drivers, 5, full, 3), NPS_ERR_UNDERFLOW);
            if (!missing) ck_refused(drivers, nps_drivers_remove(drivers, 5, full, 1), NPS_ERR_UNDERFLOW);
            if (!real) ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){3, 5}, 2), NPS_ERR_UNDERFLOW);
            if (!real) ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){3, 3.5}, 2), NPS_ERR_UNDERFLOW);
            if (!real) ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){2, 4}, 2), NPS_ERR_UNDERFLOW);
            ck_assert_int_eq(nps_drivers_add(other, 5, no_first, 2), NPS_OK);
            ck_refused(drivers, nps_drivers_subtract(drivers, other), NPS_ERR_UNDERFLOW);
            ck_assert_int_eq(nps_drivers_remove(other, 5, no_first, 2), NPS_OK);
            ck_assert_int_eq(nps_drivers_add(other, 5, (double[]){4, 4}, 2), NPS_OK);
            if (!real) ck_refused(drivers, nps_drivers_subtract(drivers, other), NPS_ERR_UNDERFLOW);
            ck_assert_int_eq(nps_drivers_remove(drivers, 6, full, 0), NPS_OK);
            ck_assert_int_eq(nps_drivers_remove(drivers, 5, full, 2), NPS_OK);
            ck_assert_int_eq(nps_drivers_remove(drivers, 5, no_second, 2), NPS_OK);
            ck_refused(drivers, nps_drivers_remove(drivers, 5, no_second, 2), NPS_ERR_UNDERFLOW);
            nps_drivers_free(drivers);
            nps_drivers_free(other);
        }
    }
}
END_TEST

/* Counts that would do, and sums that would not. */
START_TEST(rows_that_only_the_sums_do_not_have)
{
    for (int missing = 0; missing < 2; missing++) {
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = 1, .missing = missing};
        nps_drivers *drivers = drivers_new(&options);
        ck_assert_int_eq(nps_drivers_add(drivers, 5, (double[]){3}, 2), NPS_OK);
        ck_assert_int_eq(nps_drivers_add(drivers, 5, (double[]){3}, 3), NPS_OK);
        ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){3}, 5), NPS_ERR_UNDERFLOW);
        ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){6}, 2), NPS_ERR_UNDERFLOW);
        /* A whole state has no 3.5, and 3 is another rating. */
        ck_refused(drivers, nps_drivers_remove(drivers, 5, (double[]){3.5}, 2), NPS_ERR_UNDERFLOW);
        nps_drivers_free(drivers);
    }
}
END_TEST

/* Pairwise, a pair of ratings without an answer is a row of that pair alone. */
START_TEST(pairs_without_an_answer_are_not_there_either)
{
    const double nan = (double)NAN;
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = 3, .missing = NPS_DRIVERS_PAIRWISE};
    nps_drivers *drivers = drivers_new(&options), *other = drivers_new(&options);
    for (int real = 0; real < 2; real++) {
        ck_assert_int_eq(nps_drivers_add(drivers, nan, (double[]){1, 2 - 0.5 * real, nan}, 1), NPS_OK);
        ck_assert_int_eq(drivers_are_real(drivers), real);
        ck_refused(drivers, nps_drivers_remove(drivers, nan, (double[]){1, nan, 2}, 1), NPS_ERR_UNDERFLOW);
        ck_assert_int_eq(nps_drivers_add(other, nan, (double[]){1, nan, 2}, 1), NPS_OK);
        ck_refused(drivers, nps_drivers_subtract(drivers, other), NPS_ERR_UNDERFLOW);
        ck_assert_int_eq(nps_drivers_remove(other, nan, (double[]){1, nan, 2}, 1), NPS_OK);
        ck_assert_int_eq(nps_drivers_remove(drivers, nan, (double[]){1, 2 - 0.5 * real, nan}, 1), NPS_OK);
        ck_assert(drivers_equal(drivers, other));
        /* A rating by itself is in no pair. */
        ck_assert_int_eq(nps_drivers_add(drivers, nan, (double[]){nan, 0.5, nan}, 1), NPS_OK);
        ck_assert(!drivers_are_real(drivers));
        ck_assert_int_eq(nps_drivers_remove(drivers, nan, (double[]){nan, 0.5, nan}, 1), NPS_OK);
    }
    nps_drivers_free(drivers);
    nps_drivers_free(other);
}
END_TEST

START_TEST(numbers_out_of_range)
{
    const double nan = (double)NAN, weights[] = {-1, nan, INFINITY, 0x1p64, 0x1p-65, 1e300};
    for (int robust = 0; robust < 2; robust++) {
        double most = robust ? 1e60 : 1e100, beyond = nextafter(most, INFINITY);
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = 2, .robust = robust};
        nps_drivers *drivers = drivers_new(&options);
        for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
            ck_refused(drivers, nps_drivers_add(drivers, 5, (double[]){1, nan}, weights[i]), NPS_ERR_RANGE);
        const double bad[] = {beyond, -beyond, INFINITY, -INFINITY};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            ck_refused(drivers, nps_drivers_add(drivers, 5, (double[]){1, bad[i]}, 1), NPS_ERR_RANGE);
            ck_refused(drivers, nps_drivers_add(drivers, nan, (double[]){1, bad[i]}, 1), NPS_ERR_RANGE);
            ck_refused(drivers, nps_drivers_add(drivers, bad[i], (double[]){1, 2}, 1), NPS_ERR_RANGE);
            ck_refused(drivers, nps_drivers_remove(drivers, bad[i], (double[]){1, 2}, 1), NPS_ERR_RANGE);
        }
        ck_assert_int_eq(nps_drivers_add(drivers, -most, (double[]){most, -most}, 0x1.fffffffffffffp63), NPS_OK);
        ck_assert_int_eq(nps_drivers_add(drivers, -most, (double[]){most, -most}, 0x1p-64), NPS_OK);
        ck_assert_int_eq(npsi_drivers_state_check(&drivers->shape, drivers->state), NPS_OK);
        nps_drivers_free(drivers);
    }
    nps_scale scale = {1, 5, 3, 5};
    nps_drivers_options options = {
        .struct_size = sizeof options, .ratings = 1, .explains = NPS_DRIVERS_CLASS, .scale = &scale};
    nps_drivers *drivers = drivers_new(&options);
    const double off[] = {0, 6, 4.5, -1e99};
    for (size_t i = 0; i < 4; i++)
        ck_refused(drivers, nps_drivers_add(drivers, off[i], (double[]){1}, 1), NPS_ERR_RANGE);
    for (int answer = 1; answer <= 5; answer++)
        ck_assert_int_eq(nps_drivers_add(drivers, answer, (double[]){1 << answer}, 1), NPS_OK);
    /* -1, -1, -1, 0, 1 times 2, 4, 8, 16, 32. */
    const npsi_drivers_block *block = npsi_drivers_block_at(&drivers->shape, drivers->state, 0);
    ck_assert_uint_eq(block->sums[npsi_drivers_pair(2, 1)].whole[1], 18);
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(more_rows_than_there_can_be)
{
    nps_drivers *drivers = drivers_plain(1), *one = drivers_plain(1);
    npsi_drivers_head *head = drivers->state;
    head->rows[NPSI_ROW_UNANSWERED] = (uint64_t)INT64_MAX - 1;
    nps_column numbers = {.type = NPS_TYPE_F64, .length = 2, .values = (double[]){1, 2}};
    uint64_t row = 7;
    ck_refused(drivers, nps_drivers_add_columns(drivers, &numbers, &numbers, NULL, &row), NPS_ERR_OVERFLOW);
    ck_assert_uint_eq(row, 7);
    ck_assert_int_eq(nps_drivers_add(one, 1, (double[]){1}, 1), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(drivers, 1, (double[]){1}, 1), NPS_OK);
    ck_refused(drivers, nps_drivers_add(drivers, 1, (double[]){1}, 0), NPS_ERR_OVERFLOW);
    ck_refused(drivers, nps_drivers_merge(drivers, one), NPS_ERR_OVERFLOW);
    ck_refused(drivers, nps_drivers_merge(drivers, drivers), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_drivers_subtract(drivers, one), NPS_OK);
    nps_drivers_free(drivers);
    nps_drivers_free(one);
}
END_TEST

START_TEST(options_and_shapes)
{
    const double nan = (double)NAN, low[40] = {1, 1}, high[40] = {2, 2, 2};
    const nps_scale scale = {1, 7, 4, 6}, impossible = {1, 20, 4, 6};
    const nps_drivers_options good = {.struct_size = sizeof good, .ratings = 2};
    nps_drivers *drivers = NULL, *untouched = NULL;
    nps_drivers_options bad;
#define REFUSE(expected, ...)                                            \
    do {                                                                 \
        bad = good;                                                      \
        __VA_ARGS__;                                                     \
        ck_assert_int_eq(nps_drivers_new(&bad, &untouched), (expected)); \
        ck_assert_ptr_null(untouched);                                   \
    } while (0)
    REFUSE(NPS_ERR_ARGUMENT, bad.ratings = 0);
    REFUSE(NPS_ERR_ARGUMENT, bad.ratings = -1);
    REFUSE(NPS_ERR_ARGUMENT, bad.ratings = NPS_MAX_DRIVERS + 1);
    REFUSE(NPS_ERR_ARGUMENT, bad.explains = 2);
    REFUSE(NPS_ERR_ARGUMENT, bad.explains = -1);
    REFUSE(NPS_ERR_ARGUMENT, bad.missing = 2);
    REFUSE(NPS_ERR_ARGUMENT, bad.robust = 2);
    REFUSE(NPS_ERR_ARGUMENT, bad.robust = bad.missing = 1);
    REFUSE(NPS_ERR_ARGUMENT, bad.robust = 1, bad.ratings = NPS_MAX_DRIVERS_ROBUST + 1);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = low);
    REFUSE(NPS_ERR_ARGUMENT, bad.high = high);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = bad.high = high);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = low, bad.high = high, bad.ratings = 33);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = (double[]){1, nan}, bad.high = high);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = (double[]){1, -INFINITY}, bad.high = high);
    REFUSE(NPS_ERR_ARGUMENT, bad.low = low, bad.high = (double[]){2, INFINITY});
    REFUSE(NPS_ERR_ARGUMENT, bad.low = low, bad.high = high, bad.robust = 1, bad.ratings = 9);
    REFUSE(NPS_ERR_ARGUMENT, bad.struct_size = 7);
    REFUSE(NPS_ERR_SCALE, bad.scale = &impossible);
#undef REFUSE
    ck_assert_int_eq(nps_drivers_new(NULL, &untouched), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_new(&good, NULL), NPS_ERR_ARGUMENT);
    struct {
        nps_drivers_options options;
        uint64_t tail;
    } longer = {.options = good};
    longer.options.struct_size = sizeof longer;
    ck_assert_int_eq(nps_drivers_new(&longer.options, &drivers), NPS_OK);
    nps_drivers_free(drivers);
    longer.tail = 1;
    ck_assert_int_eq(nps_drivers_new(&longer.options, &untouched), NPS_ERR_ARGUMENT);

    nps_drivers_options all = good, seen = {.struct_size = sizeof seen};
    all.explains = all.missing = 1;
    all.scale = &scale;
    all.low = low;
    all.high = high;
    drivers = drivers_new(&all);
    ck_assert_int_eq(nps_drivers_shape(drivers, &seen), NPS_OK);
    ck_assert_int_eq(seen.ratings, 2);
    ck_assert_int_eq(seen.explains, NPS_DRIVERS_CLASS);
    ck_assert_int_eq(seen.missing, NPS_DRIVERS_PAIRWISE);
    ck_assert_int_eq(seen.robust, 0);
    ck_assert(nps_scale_equal(seen.scale, &scale) && seen.scale != &scale);
    ck_assert(seen.low != low && memcmp(seen.low, low, 2 * sizeof *low) == 0);
    ck_assert(seen.high != high && memcmp(seen.high, high, 2 * sizeof *high) == 0);
    ck_assert(seen.allocator->resize != NULL);
    ck_assert_int_eq(nps_drivers_columns(drivers), 4);
    nps_drivers *again = drivers_new(&seen);
    ck_assert_int_eq(nps_drivers_merge(drivers, again), NPS_OK);
    nps_drivers_free(again);
    nps_drivers_options shorter = {.struct_size = offsetof(nps_drivers_options, explains), .explains = 99};
    ck_assert_int_eq(nps_drivers_shape(drivers, &shorter), NPS_OK);
    ck_assert_int_eq(shorter.ratings, 2);
    ck_assert_int_eq(shorter.explains, 99);
    nps_drivers_free(drivers);
    ck_assert_int_eq(nps_drivers_columns(NULL), 0);

    /* Only the same may be merged. */
    const double other_low[] = {1, 0.5}, other_high[] = {1.5, 2};
    drivers = drivers_new(&all);
    for (int i = 0; i < 7; i++) {
        nps_drivers_options other = all;
        if (i == 0) other.ratings = 3;
        if (i == 1) other.explains = 0;
        if (i == 2) other.missing = 0;
        if (i == 3) other.low = other.high = NULL;
        if (i == 4) other.low = other_low;
        if (i == 5) other.high = other_high;
        if (i == 6) other.scale = NULL;
        again = drivers_new(&other);
        int expected = i == 6 ? NPS_ERR_SCALE : NPS_ERR_TYPE;
        ck_assert_int_eq(nps_drivers_merge(drivers, again), expected);
        ck_assert_int_eq(nps_drivers_subtract(drivers, again), expected);
        nps_drivers_free(again);
    }
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(null_pointers_and_short_structs)
{
    nps_drivers *drivers = drivers_plain(1), *copy;
    nps_tally tally;
    uint64_t rows = 5;
    nps_drivers_rows none = {.struct_size = 0};
    nps_drivers_options no_options = {.struct_size = 0};
    struct {
        nps_drivers_rows rows;
        uint64_t after;
    } longer = {.rows = {.struct_size = sizeof longer}, .after = 42};
    nps_column column = {.type = NPS_TYPE_F64};
    nps_drivers_free(NULL);
    ck_assert_int_eq(nps_drivers_copy(NULL, &copy), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_copy(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_shape(NULL, &no_options), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_shape(drivers, &no_options), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_shape(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_add(NULL, 1, (double[]){1}, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_add(drivers, 1, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_remove(NULL, 1, (double[]){1}, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_remove(drivers, 1, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_add_columns(NULL, &column, &column, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_add_columns(drivers, NULL, &column, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_add_columns(drivers, &column, NULL, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_merge(NULL, drivers), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_merge(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_subtract(NULL, drivers), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_subtract(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_count(NULL, &longer.rows), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_count(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_count(drivers, &none), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_count(drivers, &longer.rows), NPS_OK);
    ck_assert_uint_eq(longer.after, 42);
    ck_assert_int_eq(nps_drivers_missing(NULL, 0, &rows), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_missing(drivers, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_missing(drivers, 1, &rows), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_drivers_missing(drivers, -1, &rows), NPS_ERR_NOT_FOUND);
    ck_assert_uint_eq(rows, 5);
    ck_assert_int_eq(nps_drivers_tally(NULL, &tally), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_drivers_tally(drivers, NULL), NPS_ERR_ARGUMENT);
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(memory_that_is_not_there)
{
    test_memory memory;
    nps_allocator allocator;
    for (int64_t n = 0;; n++) {
        test_memory_start(&memory, n, &allocator);
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = 3, .allocator = &allocator};
        nps_drivers *drivers = NULL, *copy = NULL;
        int status = nps_drivers_new(&options, &drivers);
        if (status == NPS_OK) status = nps_drivers_copy(drivers, &copy);
        int done = status == NPS_OK;
        ck_assert_int_eq(status, done ? NPS_OK : NPS_ERR_MEMORY);
        ck_assert(done == (copy != NULL));
        nps_drivers_free(drivers);
        nps_drivers_free(copy);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
        if (!done) continue;
        ck_assert_int_eq(n, 2);
        break;
    }
}
END_TEST

START_TEST(sizes_are_those_of_the_header)
{
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = 64};
    npsi_drivers_shape shape;
    ck_assert_int_eq(npsi_drivers_shape_of(&options, &shape), NPS_OK);
    ck_assert_uint_le(npsi_drivers_state_bytes(&shape), 36 * 1024);
    options.missing = NPS_DRIVERS_PAIRWISE;
    ck_assert_int_eq(npsi_drivers_shape_of(&options, &shape), NPS_OK);
    ck_assert_uint_le(npsi_drivers_state_bytes(&shape), 213 * 1024);
    options = (nps_drivers_options){.struct_size = sizeof options, .ratings = 12, .robust = 1};
    ck_assert_int_eq(npsi_drivers_shape_of(&options, &shape), NPS_OK);
    ck_assert_uint_eq(npsi_drivers_quadruples(&shape), 17 * 16 * 15 * 14 / 24); /* 17! / (4! 13!) */
    ck_assert_uint_eq(npsi_drivers_state_bytes(&shape) % 8, 0);
}
END_TEST

/* Any count changed shows; of sums only what is too large, and a sum of squares below 0. */
START_TEST(states_that_are_none)
{
    uint64_t seed = 5;
    drivers_row rows[DRIVERS_ROWS];
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        nps_drivers *drivers = drivers_of(&plan, rows, DRIVERS_ROWS), *empty = drivers_new(&plan.options);
        const npsi_drivers_shape *shape = &drivers->shape;
        ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), NPS_OK);
        ck_assert_int_eq(npsi_drivers_state_check(shape, empty->state), NPS_OK);
        size_t words = npsi_drivers_state_bytes(shape) / sizeof(uint64_t), head = NPSI_DRIVERS_WORDS;
        for (size_t i = 0; i < words; i++) {
            uint64_t *word = (uint64_t *)drivers->state + i, *nothing = (uint64_t *)empty->state + i, kept = *word;
            *nothing = UINT64_C(0x7ff0000000000001);
            /* Any number of rows may be without an answer, or of weight 0. */
            ck_assert_int_eq(npsi_drivers_state_check(shape, empty->state), i == 8 || i == 9 ? NPS_OK : NPS_ERR_FORMAT);
            *nothing = 0;
            int counts = i == 0 || (i >= 6 && i < head && !(i >= 7 && i <= 9));
            if (!counts) continue;
            *word = kept + 2;
            ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), NPS_ERR_FORMAT);
            *word = kept - 1;
            if (i > 0 || !kept) ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), NPS_ERR_FORMAT);
            *word = kept;
        }
        /* Each row that is not complete lacks a rating at least. */
        uint64_t *incomplete = ((npsi_drivers_head *)drivers->state)->rows + NPSI_ROW_INCOMPLETE, kept = *incomplete;
        uint64_t most = 0, all = 0;
        for (int k = 0; k < DRIVERS_RATINGS; k++) {
            uint64_t missing = npsi_drivers_missing(drivers->state)[k];
            all += missing;
            if (missing > most) most = missing;
        }
        for (uint64_t n = plan.missing ? most - 1 : 1; n <= all + 1 && !plan.options.missing; n++) {
            *incomplete = n;
            int status = n < most || n > all ? NPS_ERR_FORMAT : NPS_OK;
            ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), status);
        }
        *incomplete = kept;
        npsi_drivers_block *block = npsi_drivers_block_at(shape, drivers->state, 0);
        for (size_t i = 0; i < npsi_drivers_pair(npsi_drivers_variables(shape), 0); i++) {
            npsi_drivers_sum sum = block->sums[i];
            int squares = 0, real = drivers_are_real(drivers);
            for (size_t a = 0; a < npsi_drivers_variables(shape); a++) squares |= i == npsi_drivers_pair(a, a);
            npsi_drivers_sum bad[3] = {{{0, UINT64_C(1) << 62}}, {{0, 0 - (UINT64_C(1) << 62) - 1}}, {{0, UINT64_MAX}}};
            if (real) bad[0].real = npsi_dd_from((double)INFINITY);
            if (real) bad[1].real = (npsi_dd){1, 1};
            if (real) bad[2].real = npsi_dd_from(-1);
            for (int k = 0; k < (squares ? 3 : 2); k++) {
                block->sums[i] = bad[k];
                ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), NPS_ERR_FORMAT);
            }
            block->sums[i] = sum;
        }
        ck_assert_int_eq(npsi_drivers_state_check(shape, drivers->state), NPS_OK);
        nps_drivers_free(drivers);
        nps_drivers_free(empty);
    }
}
END_TEST

/* Two ratings are together in all complete rows, and no oftener than either is there. */
START_TEST(pairs_that_cannot_be)
{
    const double nan = (double)NAN;
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = 2, .missing = NPS_DRIVERS_PAIRWISE};
    nps_drivers *drivers = drivers_new(&options);
    for (int i = 0; i < 5; i++) ck_assert_int_eq(nps_drivers_add(drivers, i, (double[]){i, 1}, 1), NPS_OK);
    for (int i = 0; i < 3; i++) ck_assert_int_eq(nps_drivers_add(drivers, i, (double[]){i, nan}, 1), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(drivers, 7, (double[]){nan, 1}, 1), NPS_OK);
    ck_assert_int_eq(nps_drivers_add(drivers, nan, (double[]){2, 1}, 1), NPS_OK);
    npsi_drivers_block *block = npsi_drivers_block_at(&drivers->shape, drivers->state, 0);
    ck_assert_uint_eq(block->rows, 6);
    /* 5 are complete; at most 6, which have the second and an answer, and 1 without an answer. */
    for (uint64_t rows = 0; rows < 12; rows++) {
        block->rows = rows;
        int status = rows >= 5 && rows <= 7 ? NPS_OK : NPS_ERR_FORMAT;
        ck_assert_int_eq(npsi_drivers_state_check(&drivers->shape, drivers->state), status);
    }
    nps_drivers_free(drivers);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, rows_that_are_not_there);
    tcase_add_test(tcase, rows_that_only_the_sums_do_not_have);
    tcase_add_test(tcase, pairs_without_an_answer_are_not_there_either);
    tcase_add_test(tcase, numbers_out_of_range);
    tcase_add_test(tcase, more_rows_than_there_can_be);
    tcase_add_test(tcase, options_and_shapes);
    tcase_add_test(tcase, null_pointers_and_short_structs);
    tcase_add_test(tcase, memory_that_is_not_there);
    tcase_add_test(tcase, sizes_are_those_of_the_header);
    tcase_add_test(tcase, states_that_are_none);
    tcase_add_test(tcase, pairs_that_cannot_be);
}

int main(void)
{
    return test_main("drivers_faults", add);
}
