/* Drivers by key: against states of their own, one a key. */
#include <math.h>
#include <nps/drivers.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "segments_bytes.h"

#define RATINGS 3
#define KEYS    6
#define SHAPES  6

static const double low[RATINGS] = {2, 2, 1}, high[RATINGS] = {4, 5, 2};

/* Each kind of state once. */
static nps_drivers_options options_of(int shape)
{
    nps_drivers_options options = {.struct_size = sizeof options, .ratings = RATINGS};
    if (shape == 1) options.explains = NPS_DRIVERS_CLASS;
    if (shape == 2 || shape == 5) options.missing = NPS_DRIVERS_PAIRWISE;
    if (shape == 3) options.robust = 1;
    if (shape == 4 || shape == 5) {
        options.low = low;
        options.high = high;
    }
    return options;
}

static nps_segments *new_container(int shape, int32_t dimensions, const nps_allocator *allocator)
{
    const nps_drivers_options drivers = options_of(shape);
    nps_segments_options options = {sizeof options, .dimensions = dimensions, .allocator = allocator};
    nps_segments *made = NULL;
    ck_status(nps_drivers_segments_new(&options, &drivers, &made), NPS_OK);
    return made;
}

static nps_drivers *new_state(int shape)
{
    const nps_drivers_options options = options_of(shape);
    nps_drivers *made = NULL;
    ck_status(nps_drivers_new(&options, &made), NPS_OK);
    return made;
}

typedef struct rating_row {
    double answer, ratings[RATINGS], weight;
} rating_row;

/* Row i of a survey that is the same every time; of thirds, so that sums are rounded, where `thirds`. */
static rating_row row_of(uint64_t i, int thirds)
{
    uint64_t seed = 31 * i + 7;
    rating_row row = {.answer = (double)test_below(&seed, 11), .weight = (double)test_below(&seed, 4)};
    for (int j = 0; j < RATINGS; j++) {
        row.ratings[j] = 1 + (double)test_below(&seed, 5);
        if (thirds) row.ratings[j] += (double)test_below(&seed, 3) / 3;
        if (test_below(&seed, 8) == 0) row.ratings[j] = (double)NAN;
    }
    if (test_below(&seed, 12) == 0) row.answer = (double)NAN;
    return row;
}

static int64_t key_of(uint64_t i)
{
    return (int64_t)(i * 7 % KEYS);
}

static nps_segments *of_rows(int shape, uint64_t begin, uint64_t end, int thirds, const nps_allocator *allocator)
{
    nps_segments *made = new_container(shape, 1, allocator);
    for (uint64_t i = begin; i < end; i++) {
        rating_row row = row_of(i, thirds);
        ck_status(nps_segments_add_drivers(made, &KEY_INTEGER(key_of(i)), row.answer, row.ratings, row.weight), NPS_OK);
    }
    return made;
}

static bytes bytes_of_state(const nps_drivers *drivers)
{
    bytes out;
    ck_status(nps_drivers_encode(drivers, NULL, 0, &out.size), NPS_OK);
    out.at = malloc(out.size);
    ck_assert_ptr_nonnull(out.at);
    ck_status(nps_drivers_encode(drivers, out.at, out.size, &out.size), NPS_OK);
    return out;
}

static void must_be_same(bytes a, bytes b)
{
    ck_assert_uint_eq(a.size, b.size);
    ck_assert_mem_eq(a.at, b.at, a.size);
    free(a.at);
    free(b.at);
}

/* The state of a key is that of its rows alone, and its tally. */
static void must_hold(const nps_segments *segments, const nps_key *key, const nps_drivers *expected)
{
    size_t index;
    nps_drivers *found;
    nps_tally tally, counts;
    ck_status(nps_segments_find(segments, key, &index), NPS_OK);
    ck_status(nps_segments_drivers(segments, index, &found), NPS_OK);
    must_be_same(bytes_of_state(found), bytes_of_state(expected));
    ck_status(nps_segments_tally(segments, index, &tally), NPS_OK);
    ck_status(nps_drivers_tally(expected, &counts), NPS_OK);
    counts.kind = nps_segments_kind(segments);
    ck_assert_mem_eq(&tally, &counts, sizeof tally);
    nps_drivers_free(found);
}

/* Loop: shapes, whole numbers and thirds. */
START_TEST(rows_by_key)
{
    int shape = _i / 2, thirds = _i % 2;
    nps_drivers *alone[KEYS];
    nps_segments *segments = of_rows(shape, 0, 400, thirds, NULL);
    for (int k = 0; k < KEYS; k++) alone[k] = new_state(shape);
    for (uint64_t i = 0; i < 400; i++) {
        rating_row row = row_of(i, thirds);
        ck_status(nps_drivers_add(alone[key_of(i)], row.answer, row.ratings, row.weight), NPS_OK);
    }
    ck_status(nps_segments_set_kind(segments, 9), NPS_OK);
    for (int64_t k = 0; k < KEYS; k++) must_hold(segments, &KEY_INTEGER(k), alone[k]);
    for (uint64_t i = 0; i < 400; i += 3) {
        rating_row row = row_of(i, thirds);
        ck_status(nps_drivers_remove(alone[key_of(i)], row.answer, row.ratings, row.weight), NPS_OK);
        ck_status(nps_segments_remove_drivers(segments, &KEY_INTEGER(key_of(i)), row.answer, row.ratings, row.weight),
                  NPS_OK);
    }
    ck_status(nps_segments_merge_drivers(segments, &KEY_INTEGER(2), alone[1]), NPS_OK);
    ck_status(nps_segments_merge_drivers(segments, &KEY_ALL, alone[1]), NPS_OK);
    ck_status(nps_segments_merge_drivers(segments, &KEY_OTHER, alone[1]), NPS_OK);
    ck_status(nps_drivers_merge(alone[2], alone[1]), NPS_OK);
    must_hold(segments, &KEY_ALL, alone[1]);
    for (int64_t k = 0; k < KEYS; k++) must_hold(segments, &KEY_INTEGER(k), alone[k]);
    ck_assert_int_eq(nps_segments_state(segments), NPS_STATE_DRIVERS);
    for (int k = 0; k < KEYS; k++) nps_drivers_free(alone[k]);
    nps_segments_free(segments);
}
END_TEST

/* Whole numbers: parts in any order add up to the whole, to the bit, and can be taken back. */
START_TEST(parts_merge_to_the_whole)
{
    nps_segments *whole = of_rows(_i, 0, 600, 0, NULL), *sum = of_rows(_i, 400, 600, 0, NULL), *copy;
    nps_segments *first = of_rows(_i, 0, 100, 0, NULL), *second = of_rows(_i, 100, 400, 0, NULL);
    ck_status(nps_segments_merge(sum, second), NPS_OK);
    ck_status(nps_segments_copy(sum, &copy), NPS_OK);
    ck_status(nps_segments_merge(sum, first), NPS_OK);
    must_be_same(bytes_of_container(sum), bytes_of_container(whole));
    ck_status(nps_segments_subtract(sum, first), NPS_OK);
    must_be_same(bytes_of_container(sum), bytes_of_container(copy));
    ck_status(nps_segments_subtract(sum, copy), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(sum), 0);
    nps_segments_free(whole);
    nps_segments_free(sum);
    nps_segments_free(copy);
    nps_segments_free(first);
    nps_segments_free(second);
}
END_TEST

/* A segment with rows but without an answer is not empty. */
START_TEST(unanswered_rows_count)
{
    const double ratings[RATINGS] = {1, 2, 3};
    nps_segments *segments = new_container(0, 1, NULL), *taken = new_container(0, 1, NULL);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(1), 9, ratings, 1), NPS_OK);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(1), (double)NAN, ratings, 1), NPS_OK);
    ck_status(nps_segments_add_drivers(taken, &KEY_INTEGER(1), 9, ratings, 1), NPS_OK);
    ck_status(nps_segments_subtract(segments, taken), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 1);
    nps_segments_free(segments);
    nps_segments_free(taken);
}
END_TEST

/* Two dimensions rolled up, cubed, folded, sorted and decoded: each total is the state of all rows. */
START_TEST(tables)
{
    nps_segments *table = new_container(_i, 2, NULL), *rolled, *cube, *folded, *decoded;
    nps_drivers *all = new_state(_i), *first = new_state(_i);
    nps_tally total, expected;
    size_t order[64], ranked;
    for (uint64_t i = 0; i < 500; i++) {
        rating_row row = row_of(i, 0);
        nps_key key[2] = {KEY_INTEGER((int64_t)(i % 3)), KEY_INTEGER((int64_t)(i % 7 % 4))};
        ck_status(nps_segments_add_drivers(table, key, row.answer, row.ratings, row.weight), NPS_OK);
        ck_status(nps_drivers_add(all, row.answer, row.ratings, row.weight), NPS_OK);
        if (i % 3 == 0) ck_status(nps_drivers_add(first, row.answer, row.ratings, row.weight), NPS_OK);
    }
    const nps_key everything[2] = {KEY_ALL, KEY_ALL}, first_row[2] = {KEY_INTEGER(0), KEY_ALL};
    const nps_key others[2] = {KEY_OTHER, KEY_OTHER};
    ck_status(nps_segments_rollup(table, 0, &rolled), NPS_OK);
    must_hold(rolled, everything, all);
    ck_status(nps_segments_cube(table, &cube), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(cube), 20);
    must_hold(cube, everything, all);
    must_hold(cube, first_row, first);
    ck_status(nps_segments_fold(table, 1000, 3, &folded), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(folded), 1);
    must_hold(folded, others, all);
    ck_status(nps_drivers_tally(all, &expected), NPS_OK);
    ck_status(nps_segments_total_tally(cube, &total), NPS_OK);
    ck_assert_mem_eq(&total, &expected, sizeof total);

    ck_status(nps_segments_by_score(table, 1, order, &ranked), NPS_OK);
    ck_assert_uint_eq(ranked, 12);
    for (size_t i = 1; i < ranked; i++) {
        double before, score;
        ck_status(nps_segments_tally(table, order[i - 1], &expected), NPS_OK);
        ck_status(nps_segments_tally(table, order[i], &total), NPS_OK);
        ck_status(nps_score(&expected, &before), NPS_OK);
        ck_status(nps_score(&total, &score), NPS_OK);
        ck_assert(before >= score);
    }
    uint8_t hidden[64];
    ck_status(nps_segments_suppress(cube, 20, hidden), NPS_OK);
    for (size_t i = 0; i < 20; i++) {
        ck_status(nps_segments_tally(cube, i, &total), NPS_OK);
        if (nps_tally_responses(&total) < 20) ck_assert_int_eq(hidden[i], NPS_HIDDEN_SMALL);
    }

    bytes encoded = bytes_of_container(cube);
    ck_status(nps_segments_decode(encoded.at, encoded.size, NULL, 3, &decoded), NPS_OK);
    must_still_be(decoded, &encoded);
    must_hold(decoded, first_row, first);
    ck_status(nps_segments_merge(decoded, cube), NPS_OK);
    ck_status(nps_segments_subtract(decoded, cube), NPS_OK);
    must_still_be(decoded, &encoded);
    free(encoded.at);
    nps_drivers_free(all);
    nps_drivers_free(first);
    nps_segments_free(table);
    nps_segments_free(rolled);
    nps_segments_free(cube);
    nps_segments_free(folded);
    nps_segments_free(decoded);
}
END_TEST

START_TEST(what_is_refused)
{
    const double ratings[RATINGS] = {1, 2, 3};
    nps_segments *segments = of_rows(1, 0, 30, 1, NULL), *out = NULL;
    bytes before = bytes_of_container(segments);
    nps_drivers *state = NULL, *same = new_state(1);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(77), INFINITY, ratings, 1), NPS_ERR_RANGE);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(77), 11, ratings, 1), NPS_ERR_RANGE);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(77), 9, ratings, -1), NPS_ERR_RANGE);
    ck_status(nps_segments_add_drivers(segments, &KEY_ALL, 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_drivers(segments, &KEY_OTHER, 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(77), 9, NULL, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_drivers(segments, NULL, 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_drivers(NULL, &KEY_INTEGER(77), 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_drivers(segments, &KEY_INTEGER(77), 9, ratings, 1), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_remove_drivers(segments, &KEY_INTEGER(1), 9, ratings, 0x1p60), NPS_ERR_UNDERFLOW);
    ck_status(nps_segments_remove_drivers(segments, &KEY_INTEGER(1), 9, NULL, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_drivers(segments, NULL, 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_drivers(NULL, &KEY_INTEGER(1), 9, ratings, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_drivers(segments, &KEY_INTEGER(1), NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_drivers(segments, NULL, same), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_drivers(NULL, &KEY_INTEGER(1), same), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_drivers(NULL, 0, &state), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_drivers(segments, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_drivers(segments, KEYS, &state), NPS_ERR_NOT_FOUND);
    ck_assert_ptr_null(state);
    for (int shape = 0; shape < SHAPES; shape++) {
        nps_drivers *other = new_state(shape);
        nps_segments *others = new_container(shape, 1, NULL);
        ck_status(nps_segments_merge_drivers(segments, &KEY_INTEGER(77), other), shape == 1 ? NPS_OK : NPS_ERR_TYPE);
        ck_status(nps_segments_merge(segments, others), shape == 1 ? NPS_OK : NPS_ERR_TYPE);
        ck_status(nps_segments_subtract(segments, others), shape == 1 ? NPS_OK : NPS_ERR_TYPE);
        if (shape == 1) {
            ck_status(nps_segments_merge_drivers(others, &KEY_INTEGER(77), other), NPS_OK);
            ck_status(nps_segments_subtract(segments, others), NPS_OK);
        }
        nps_segments_free(others);
        nps_drivers_free(other);
    }
    must_still_be(segments, &before);

    const nps_scale five = {1, 5, 3, 5};
    nps_drivers_options drivers = options_of(1);
    nps_segments_options options = {sizeof options, .dimensions = 1, .state = 77, .scale = &(nps_scale){0, 99, 1, 2}};
    drivers.scale = &five;
    ck_status(nps_drivers_segments_new(&options, &drivers, &out), NPS_OK);
    ck_status(nps_segments_merge(segments, out), NPS_ERR_SCALE);
    ck_status(nps_segments_merge_drivers(out, &KEY_INTEGER(1), same), NPS_ERR_SCALE);
    nps_scale scale;
    ck_status(nps_segments_scale(out, &scale), NPS_OK);
    ck_assert(nps_scale_equal(&scale, &five));
    nps_segments_free(out);
    out = NULL;
    ck_status(nps_drivers_segments_new(NULL, &drivers, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_segments_new(&options, NULL, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_segments_new(&options, &drivers, NULL), NPS_ERR_ARGUMENT);
    drivers.ratings = 0;
    ck_status(nps_drivers_segments_new(&options, &drivers, &out), NPS_ERR_ARGUMENT);
    drivers.ratings = 3;
    options.dimensions = 0;
    ck_status(nps_drivers_segments_new(&options, &drivers, &out), NPS_ERR_ARGUMENT);
    options.dimensions = 1;
    drivers.scale = options.scale;
    ck_status(nps_drivers_segments_new(&options, &drivers, &out), NPS_ERR_SCALE);
    ck_assert_ptr_null(out);
    free(before.at);
    nps_drivers_free(same);
    nps_segments_free(segments);
}
END_TEST

START_TEST(other_states)
{
    const double ratings[RATINGS] = {1, 2, 3};
    nps_segments *drivers = of_rows(0, 0, 30, 0, NULL);
    uint8_t answer = 9;
    const nps_column column = {.type = NPS_TYPE_U8, .length = 1, .values = &answer};
    nps_drivers *state = new_state(0), *out = NULL;
    nps_outcomes outcomes;
    nps_weighted weighted;
    nps_tally tally;
    ck_status(nps_tally_init(&tally, NULL), NPS_OK);
    ck_status(nps_weighted_init(&weighted, NULL), NPS_OK);
    ck_status(nps_outcomes_init(&outcomes, NULL), NPS_OK);
    ck_status(nps_segments_add(drivers, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_add_weighted(drivers, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_add_outcome(drivers, &KEY_INTEGER(1), 9, 1, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_merge_tally(drivers, &KEY_INTEGER(1), &tally), NPS_ERR_TYPE);
    ck_status(nps_segments_merge_weighted(drivers, &KEY_INTEGER(1), &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_merge_outcomes(drivers, &KEY_INTEGER(1), &outcomes), NPS_ERR_TYPE);
    ck_status(nps_segments_weighted(drivers, 0, &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_outcomes(drivers, 0, &outcomes), NPS_ERR_TYPE);
    ck_status(nps_segments_total_weighted(drivers, &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(drivers, &column, &column, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(drivers, &column, &column, &column, NULL), NPS_ERR_TYPE);
    for (int32_t kind = NPS_STATE_TALLY; kind <= NPS_STATE_OUTCOMES; kind++) {
        nps_segments *others = new_segments(1, kind, NULL);
        ck_status(nps_segments_add_drivers(others, &KEY_INTEGER(1), 9, ratings, 1), NPS_ERR_TYPE);
        ck_status(nps_segments_remove_drivers(others, &KEY_INTEGER(1), 9, ratings, 1), NPS_ERR_TYPE);
        ck_status(nps_segments_merge_drivers(others, &KEY_INTEGER(1), state), NPS_ERR_TYPE);
        ck_status(nps_segments_drivers(others, 0, &out), NPS_ERR_TYPE);
        ck_status(nps_segments_merge(others, drivers), NPS_ERR_TYPE);
        ck_status(nps_segments_merge(drivers, others), NPS_ERR_TYPE);
        nps_segments_free(others);
    }
    nps_drivers_free(state);
    nps_segments_free(drivers);
}
END_TEST

/* A later segment makes it fail: what the others had before is there again, to the bit, and whole sums are whole. */
START_TEST(failures_leave_no_trace)
{
    for (int thirds = 0; thirds < 2; thirds++) {
        nps_segments *segments = of_rows(_i, 0, 200, thirds, NULL), *other = of_rows(_i, 0, 100, 1, NULL);
        nps_segments *unknown = of_rows(_i, 0, 100, thirds, NULL);
        bytes before = bytes_of_container(segments);
        rating_row row = row_of(0, 0);
        ck_status(nps_segments_add_drivers(unknown, &KEY_INTEGER(88), row.answer, row.ratings, 1), NPS_OK);
        ck_status(nps_segments_subtract(segments, unknown), NPS_ERR_NOT_FOUND);
        must_still_be(segments, &before);
        /* One whose rows, doubled 62 times, leave no room for those of another. */
        nps_drivers *most = new_state(_i);
        const double none[RATINGS] = {(double)NAN, (double)NAN, (double)NAN};
        ck_status(nps_drivers_add(most, (double)NAN, none, 1), NPS_OK);
        for (int i = 0; i < 62; i++) ck_status(nps_drivers_merge(most, most), NPS_OK);
        ck_status(nps_segments_merge_drivers(segments, &KEY_INTEGER(89), most), NPS_OK);
        ck_status(nps_segments_merge_drivers(other, &KEY_INTEGER(89), most), NPS_OK);
        free(before.at);
        before = bytes_of_container(segments);
        ck_status(nps_segments_merge(segments, other), NPS_ERR_OVERFLOW);
        must_still_be(segments, &before);
        free(before.at);
        nps_drivers_free(most);
        nps_segments_free(segments);
        nps_segments_free(other);
        nps_segments_free(unknown);
    }
}
END_TEST

/* One request after the other fails, of every call that takes memory. */
START_TEST(every_allocation_fails)
{
    nps_segments *other = of_rows(_i, 0, 90, 1, NULL);
    nps_drivers *state = new_state(_i);
    bytes encoded = bytes_of_container(other), one = bytes_of_state(state);
    const nps_drivers_options drivers = options_of(_i);
    for (int64_t fail_at = 0, failed = 1; failed; fail_at++) {
        test_memory memory;
        nps_allocator allocator;
        test_memory_start(&memory, fail_at, &allocator);
        nps_segments_options options = {sizeof options, .dimensions = 1, .allocator = &allocator};
        nps_segments *segments = NULL, *decoded = NULL, *cube = NULL;
        nps_drivers *out = NULL, *read = NULL;
        rating_row row = row_of(0, 1);
        int status = nps_drivers_segments_new(&options, &drivers, &segments);
        for (int64_t i = 0; status == NPS_OK && i < 12; i++) {
            status = nps_segments_add_drivers(segments, &KEY_INTEGER(i), row.answer, row.ratings, 1);
            ck_assert_uint_eq(nps_segments_count(segments), (size_t)(i + (status == NPS_OK)));
        }
        if (status == NPS_OK) status = nps_segments_merge(segments, other);
        if (status == NPS_OK) status = nps_segments_subtract(segments, other);
        if (status == NPS_OK) status = nps_segments_cube(segments, &cube);
        if (status == NPS_OK) status = nps_segments_merge_drivers(segments, &KEY_INTEGER(99), state);
        if (status == NPS_OK) status = nps_segments_drivers(segments, 0, &out);
        if (status == NPS_OK) status = nps_segments_decode(encoded.at, encoded.size, &allocator, 0, &decoded);
        if (status == NPS_OK) status = nps_drivers_decode(one.at, one.size, &allocator, &read);
        failed = memory.requests > fail_at; /* what was to make a block smaller is done without */
        ck_assert(status == NPS_OK || (failed && status == NPS_ERR_MEMORY));
        ck_assert(failed || fail_at > 30);
        nps_segments_free(segments);
        nps_segments_free(decoded);
        nps_segments_free(cube);
        nps_drivers_free(out);
        nps_drivers_free(read);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    free(encoded.at);
    free(one.at);
    nps_drivers_free(state);
    nps_segments_free(other);
}
END_TEST

/* States of 64 ratings, pairwise, and of 16 robust ones: one a chunk. */
START_TEST(large_states)
{
    static const double ones[NPS_MAX_DRIVERS] = {1, 2, 3};
    for (int robust = 0; robust < 2; robust++) {
        nps_drivers_options drivers = {.struct_size = sizeof drivers, .ratings = robust ? 16 : 64};
        drivers.robust = robust;
        drivers.missing = robust ? NPS_DRIVERS_LISTWISE : NPS_DRIVERS_PAIRWISE;
        nps_segments_options options = {sizeof options, .dimensions = 1};
        nps_segments *segments, *copy;
        nps_drivers *alone, *found;
        ck_status(nps_drivers_segments_new(&options, &drivers, &segments), NPS_OK);
        ck_status(nps_drivers_new(&drivers, &alone), NPS_OK);
        for (int64_t i = 0; i < 20; i++)
            ck_status(nps_segments_add_drivers(segments, &KEY_INTEGER(i), (double)(i % 11), ones, 1), NPS_OK);
        ck_status(nps_segments_copy(segments, &copy), NPS_OK);
        must_be_same(bytes_of_container(copy), bytes_of_container(segments));
        ck_status(nps_drivers_add(alone, 3, ones, 1), NPS_OK);
        ck_status(nps_segments_drivers(segments, 14, &found), NPS_OK);
        must_be_same(bytes_of_state(found), bytes_of_state(alone));
        nps_drivers_free(found);
        nps_drivers_free(alone);
        nps_segments_free(copy);
        nps_segments_free(segments);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, rows_by_key, 0, 2 * SHAPES);
    tcase_add_loop_test(tcase, parts_merge_to_the_whole, 0, SHAPES);
    tcase_add_test(tcase, unanswered_rows_count);
    tcase_add_loop_test(tcase, tables, 0, SHAPES);
    tcase_add_test(tcase, what_is_refused);
    tcase_add_test(tcase, other_states);
    tcase_add_loop_test(tcase, failures_leave_no_trace, 0, SHAPES);
    tcase_add_loop_test(tcase, every_allocation_fails, 0, SHAPES);
    tcase_add_test(tcase, large_states);
}

int main(void)
{
    return test_main("drivers_segments", add);
}
