#include <nps/segments.h>
#include <nps/status.h>
#include <stdio.h>

#include "segments_model.h"

#define MOST ((uint64_t)INT64_MAX)

static nps_scale standard(void)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    return scale;
}

/* A container and its model, filled alike. */
typedef struct twin {
    nps_segments *segments;
    segment_model *model;
} twin;

static twin new_pair(int32_t dimensions, int32_t state)
{
    nps_scale scale = standard();
    return (twin){new_segments(dimensions, state, NULL), model_new(dimensions, state, &scale)};
}

static void free_pair(twin pair)
{
    nps_segments_free(pair.segments);
    model_free(pair.model);
}

static void add_rows(twin pair, size_t rows, uint64_t *seed)
{
    for (size_t i = 0; i < rows; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        for (int32_t d = 0; d < pair.model->dimensions; d++) key[d] = hard_part(seed);
        int32_t answer = any_answer(seed);
        double weight = any_weight(seed);
        model_add(pair.model, key, answer, weight);
        ck_status(add_any(pair.segments, key, answer, weight), NPS_OK);
    }
}

static void check_rollups(twin pair)
{
    uint32_t subsets = 1u << pair.model->dimensions;
    nps_segments *out;
    segment_model *cube = model_new(pair.model->dimensions, pair.model->state, &pair.model->scale);
    for (uint32_t keep = 0; keep < subsets; keep++) {
        segment_model *rolled = model_new(pair.model->dimensions, pair.model->state, &pair.model->scale);
        model_roll_into(pair.model, keep, rolled);
        model_roll_into(pair.model, keep, cube);
        model_sort(rolled);
        ck_status(nps_segments_rollup(pair.segments, keep, &out), NPS_OK);
        must_match(rolled, out);
        nps_segments_free(out);
        model_free(rolled);
    }
    model_sort(cube);
    ck_status(nps_segments_cube(pair.segments, &out), NPS_OK);
    must_match(cube, out);
    nps_segments_free(out);
    model_free(cube);
}

static void check_totals(twin pair)
{
    nps_tally tally, tally_sum;
    nps_weighted weighted, weighted_sum;
    ck_status(nps_tally_init(&tally_sum, NULL), NPS_OK);
    ck_status(nps_weighted_init(&weighted_sum, NULL), NPS_OK);
    for (size_t i = 0; i < pair.model->count; i++) {
        tally = model_tally(pair.model->entries + i);
        ck_status(nps_tally_merge(&tally_sum, &tally), NPS_OK);
        ck_status(nps_weighted_merge(&weighted_sum, &pair.model->entries[i].weighted), NPS_OK);
    }
    ck_status(nps_segments_total_tally(pair.segments, &tally), NPS_OK);
    ck_assert_mem_eq(&tally, &tally_sum, sizeof tally);
    int is_weighted = pair.model->state == NPS_STATE_WEIGHTED;
    ck_status(nps_segments_total_weighted(pair.segments, &weighted), is_weighted ? NPS_OK : NPS_ERR_TYPE);
    if (is_weighted) ck_assert_mem_eq(&weighted, &weighted_sum, sizeof weighted);
}

/* Merges another container in, out again when it is to be undone, and compares at every step. */
static void check_merge(twin pair, int undo, uint64_t *seed)
{
    twin other = new_pair(pair.model->dimensions, pair.model->state);
    add_rows(other, (size_t)test_below(seed, 40), seed);
    model_merge(pair.model, other.model);
    ck_status(nps_segments_merge(pair.segments, other.segments), NPS_OK);
    must_match(pair.model, pair.segments);
    if (undo) {
        model_subtract(pair.model, other.model);
        ck_status(nps_segments_subtract(pair.segments, other.segments), NPS_OK);
        must_match(pair.model, pair.segments);
    }
    free_pair(other);
}

static void check_copy(twin pair)
{
    nps_segments *copy;
    ck_status(nps_segments_copy(pair.segments, &copy), NPS_OK);
    must_match(pair.model, copy);
    nps_segments_free(copy);
}

/* Takes back one answer that is there, if the first segments have any. */
static void check_remove(twin pair, uint64_t *seed)
{
    if (pair.model->state != NPS_STATE_TALLY || pair.model->count == 0) return;
    model_entry *entry = pair.model->entries + test_below(seed, pair.model->count);
    int32_t answer = (int32_t)test_below(seed, 11);
    uint64_t count = entry->tally.level[answer];
    ck_status(nps_segments_remove(pair.segments, entry->key, answer, count + 1), NPS_ERR_UNDERFLOW);
    ck_status(nps_segments_remove(pair.segments, entry->key, answer, count), NPS_OK);
    entry->tally.level[answer] = 0;
}

START_TEST(random_operations)
{
    uint64_t seed = (uint64_t)_i;
    int32_t dimensions = 1 + _i % 8, state = NPS_STATE_TALLY + _i % 3;
    twin pair = new_pair(dimensions, state);
    for (int step = 0; step < 25; step++) {
        switch (test_below(&seed, 7)) {
        case 0:
            check_merge(pair, 0, &seed);
            break;
        case 1:
            check_merge(pair, 1, &seed);
            break;
        case 2:
            ck_status(nps_segments_sort(pair.segments), NPS_OK);
            model_sort(pair.model);
            break;
        case 3:
            check_remove(pair, &seed);
            break;
        case 4:
            check_copy(pair);
            break;
        default:
            add_rows(pair, (size_t)test_below(&seed, 60), &seed);
        }
        must_match(pair.model, pair.segments);
    }
    check_totals(pair);
    free_pair(pair);
}
END_TEST

START_TEST(rollups_and_cubes)
{
    uint64_t seed = (uint64_t)_i;
    twin pair = new_pair(1 + _i % 4, NPS_STATE_TALLY + _i % 3);
    add_rows(pair, 30, &seed);
    check_rollups(pair);
    free_pair(pair);
}
END_TEST

START_TEST(eight_dimensions)
{
    uint64_t seed = 3;
    twin pair = new_pair(8, NPS_STATE_TALLY);
    add_rows(pair, 3, &seed);
    check_rollups(pair);
    free_pair(pair);
}
END_TEST

/* Splitting the rows in any way and merging the parts gives what adding them all gives. */
START_TEST(parts_merge_to_the_whole)
{
    uint64_t seed = 7;
    twin whole = new_pair(2, _i), sum = new_pair(2, _i);
    for (int part = 0; part < 20; part++) {
        twin one = new_pair(2, _i);
        uint64_t again = seed;
        size_t rows = (size_t)test_below(&again, 50);
        uint64_t same = again;
        add_rows(whole, rows, &again);
        add_rows(one, rows, &same);
        seed = again;
        ck_status(nps_segments_merge(sum.segments, one.segments), NPS_OK);
        free_pair(one);
    }
    must_match(whole.model, sum.segments);
    free_pair(whole);
    free_pair(sum);
}
END_TEST

/* Random bytes and numbers, of which each comes before the next. */
START_TEST(order_of_keys)
{
    enum { KEYS = 3000 };
    static char bytes[KEYS][12];
    uint64_t seed = 21;
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL);
    nps_scale scale = standard();
    segment_model *order = model_new(2, NPS_STATE_TALLY, &scale);
    for (size_t i = 0; i < KEYS; i++) {
        for (size_t j = 0; j < sizeof bytes[i]; j++) bytes[i][j] = (char)test_random(&seed);
        nps_key key[2] = {KEY_BYTES(bytes[i], (size_t)test_below(&seed, 12)), KEY_INTEGER((int64_t)i)};
        if (i % 2) key[0] = KEY_INTEGER((int64_t)test_random(&seed) >> test_below(&seed, 64));
        ck_status(nps_segments_add(segments, key, 9, 1), NPS_OK);
    }
    ck_status(nps_segments_sort(segments), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), KEYS);
    for (size_t i = 1; i < KEYS; i++) {
        nps_key before[2], after[2];
        for (int32_t d = 0; d < 2; d++) {
            ck_status(nps_segments_key(segments, i - 1, d, before + d), NPS_OK);
            ck_status(nps_segments_key(segments, i, d, after + d), NPS_OK);
        }
        ck_assert_int_lt(model_compare(order, before, after), 0);
    }
    nps_segments_free(segments);
    model_free(order);
}
END_TEST

START_TEST(long_keys)
{
    size_t length = (size_t)1 << 20;
    char *bytes = calloc(2, length);
    ck_assert_ptr_nonnull(bytes);
    bytes[2 * length - 1] = 1;
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, NULL);
    nps_scale scale = standard();
    segment_model *model = model_new(1, NPS_STATE_TALLY, &scale);
    for (size_t i = 0; i < 10; i++) {
        nps_key keys[] = {KEY_BYTES(bytes, length), KEY_BYTES(bytes + length, length), KEY_BYTES(bytes, length - i),
                          KEY_BYTES(bytes, i * 3000), KEY_INTEGER((int64_t)i)};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            model_add(model, keys + k, 9, 1);
            ck_status(nps_segments_add(segments, keys + k, 9, 1), NPS_OK);
        }
    }
    must_match(model, segments);
    ck_status(nps_segments_sort(segments), NPS_OK);
    model_sort(model);
    must_match(model, segments);
    nps_segments_free(segments);
    model_free(model);
    free(bytes);
}
END_TEST

/* Parts read from the container itself may make up a new key of it. */
START_TEST(keys_of_its_own)
{
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL);
    nps_key key[2] = {KEY_BYTES("a part of some length, a part of some length", 44), KEY_INTEGER(0)};
    ck_status(nps_segments_add(segments, key, 10, 1), NPS_OK);
    for (int64_t i = 1; i < 5000; i++) {
        ck_status(nps_segments_key(segments, 0, 0, key), NPS_OK);
        key[1] = KEY_INTEGER(i);
        ck_status(nps_segments_add(segments, key, 10, 1), NPS_OK);
    }
    nps_segments *out;
    nps_tally tally;
    ck_status(nps_segments_rollup(segments, 1, &out), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(out), 1);
    ck_status(nps_segments_tally(out, 0, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[10], 5000);
    nps_segments_free(out);
    nps_segments_free(segments);
}
END_TEST

START_TEST(limits_of_counts)
{
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, NULL), *other = new_segments(1, NPS_STATE_TALLY, NULL);
    nps_key a = KEY_BYTES("a", 1), b = KEY_BYTES("b", 1), c = KEY_BYTES("c", 1);
    size_t index;
    ck_status(nps_segments_add(segments, &a, 10, MOST + 1), NPS_ERR_OVERFLOW);
    ck_status(nps_segments_add(segments, &a, 10, UINT64_MAX), NPS_ERR_OVERFLOW);
    ck_status(nps_segments_find(segments, &a, &index), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_add(segments, &a, 10, 0), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    ck_status(nps_segments_add(segments, &a, 10, MOST), NPS_OK);
    ck_status(nps_segments_add(segments, &a, NPS_MISSING, 1), NPS_ERR_OVERFLOW);

    /* b and c must not stay behind when a overflows. */
    ck_status(nps_segments_add(other, &b, 3, 1), NPS_OK);
    ck_status(nps_segments_add(other, &c, 3, 1), NPS_OK);
    ck_status(nps_segments_add(other, &a, 3, 1), NPS_OK);
    ck_status(nps_segments_merge(segments, other), NPS_ERR_OVERFLOW);
    ck_assert_uint_eq(nps_segments_count(segments), 1);
    ck_status(nps_segments_add(segments, &b, 3, 1), NPS_OK);
    nps_tally total;
    ck_status(nps_segments_total_tally(segments, &total), NPS_ERR_OVERFLOW);
    nps_segments *out;
    ck_status(nps_segments_rollup(segments, 0, &out), NPS_ERR_OVERFLOW);
    ck_status(nps_segments_cube(segments, &out), NPS_ERR_OVERFLOW);
    nps_segments_free(segments);
    nps_segments_free(other);
}
END_TEST

START_TEST(taking_back_what_is_not_there)
{
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, NULL), *taken = new_segments(1, NPS_STATE_TALLY, NULL);
    nps_key a = KEY_BYTES("a", 1), b = KEY_BYTES("b", 1), c = KEY_BYTES("c", 1);
    nps_tally tally;
    size_t index;
    ck_status(nps_segments_remove(segments, &a, 5, 1), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_add(segments, &a, 5, 2), NPS_OK);
    ck_status(nps_segments_add(segments, &b, 5, 1), NPS_OK);
    ck_status(nps_segments_add(taken, &a, 5, 2), NPS_OK);
    ck_status(nps_segments_add(taken, &b, 5, 2), NPS_OK);
    ck_status(nps_segments_subtract(segments, taken), NPS_ERR_UNDERFLOW);
    ck_status(nps_segments_remove(taken, &b, 5, 1), NPS_OK);
    ck_status(nps_segments_add(taken, &c, 5, 1), NPS_OK);
    ck_status(nps_segments_subtract(segments, taken), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_tally(segments, 0, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[5], 2);

    /* Remove leaves an empty segment; subtract drops it. */
    ck_status(nps_segments_remove(segments, &a, 5, 1), NPS_OK);
    ck_status(nps_segments_remove(segments, &a, 5, 1), NPS_OK);
    ck_status(nps_segments_find(segments, &a, &index), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 2);
    nps_segments_free(taken);
    taken = new_segments(1, NPS_STATE_TALLY, NULL);
    ck_status(nps_tally_init(&tally, NULL), NPS_OK);
    ck_status(nps_segments_merge_tally(taken, &a, &tally), NPS_OK);
    ck_status(nps_segments_subtract(segments, taken), NPS_OK);
    ck_status(nps_segments_find(segments, &a, &index), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_find(segments, &b, &index), NPS_OK);
    ck_assert_uint_eq(index, 0);
    nps_segments_free(segments);
    nps_segments_free(taken);
}
END_TEST

START_TEST(weighted_rows)
{
    nps_segments *segments = new_segments(1, NPS_STATE_WEIGHTED, NULL);
    nps_key a = KEY_NULL;
    nps_weighted weighted;
    ck_status(nps_segments_add_weighted(segments, &a, 10, -1), NPS_ERR_RANGE);
    ck_status(nps_segments_add(segments, &a, 10, 1), NPS_ERR_TYPE);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    ck_status(nps_segments_add_weighted(segments, &a, 10, 0x1p63), NPS_OK);
    ck_status(nps_segments_add_weighted(segments, &a, 9, 0x1p63), NPS_ERR_OVERFLOW);
    ck_status(nps_segments_add_weighted(segments, &a, NPS_MISSING, -1), NPS_OK);
    ck_status(nps_segments_remove_weighted(segments, &a, 10, 1), NPS_ERR_UNDERFLOW);
    ck_status(nps_segments_remove_weighted(segments, &a, 10, 0x1p63), NPS_OK);
    ck_status(nps_segments_weighted(segments, 0, &weighted), NPS_OK);
    ck_assert_uint_eq(weighted.missing, 1);
    ck_assert(nps_weighted_total(&weighted) == 0);
    nps_segments_free(segments);
}
END_TEST

START_TEST(what_does_not_go_together)
{
    nps_scale seven, scale;
    ck_status(nps_scale_preset("1-7", &seven), NPS_OK);
    nps_segments *tallies = new_segments(1, NPS_STATE_TALLY, NULL),
                 *weighted = new_segments(1, NPS_STATE_WEIGHTED, NULL), *wide = new_segments(2, NPS_STATE_TALLY, NULL),
                 *on_seven = NULL, *cube;
    nps_segments_options options = {sizeof options, .dimensions = 1, .scale = &seven, .kind = 5};
    ck_status(nps_segments_new(&options, &on_seven), NPS_OK);
    ck_status(nps_segments_scale(on_seven, &scale), NPS_OK);
    ck_assert(nps_scale_equal(&scale, &seven));
    ck_assert_uint_eq(nps_segments_kind(on_seven), 5);
    ck_status(nps_segments_merge(tallies, weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_merge(tallies, wide), NPS_ERR_TYPE);
    ck_status(nps_segments_merge(tallies, on_seven), NPS_ERR_SCALE);
    ck_status(nps_segments_subtract(tallies, on_seven), NPS_ERR_SCALE);
    ck_status(nps_segments_merge(tallies, tallies), NPS_ERR_ARGUMENT);

    nps_key key = KEY_INTEGER(1);
    nps_tally tally;
    ck_status(nps_tally_init(&tally, &seven), NPS_OK);
    ck_status(nps_segments_merge_tally(tallies, &key, &tally), NPS_ERR_SCALE);
    ck_status(nps_segments_merge_tally(on_seven, &key, &tally), NPS_ERR_SCALE);
    tally.kind = 5;
    tally.level[0] = 4;
    ck_status(nps_segments_merge_tally(on_seven, &key, &tally), NPS_OK);
    ck_status(nps_segments_tally(on_seven, 0, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[0], 4);
    ck_assert_uint_eq(tally.kind, 5);
    tally.level[8] = 1;
    ck_status(nps_segments_merge_tally(on_seven, &key, &tally), NPS_ERR_FORMAT);

    /* Different kinds merge when they are told to be one. */
    nps_segments *other;
    options.kind = 6;
    ck_status(nps_segments_new(&options, &other), NPS_OK);
    ck_status(nps_segments_merge(on_seven, other), NPS_ERR_SCALE);
    ck_status(nps_segments_set_kind(other, 5), NPS_OK);
    ck_status(nps_segments_merge(on_seven, other), NPS_OK);

    ck_status(nps_segments_add(tallies, &key, 1, 1), NPS_OK);
    ck_status(nps_segments_cube(tallies, &cube), NPS_OK);
    nps_segments *again;
    ck_status(nps_segments_cube(cube, &again), NPS_ERR_TYPE);
    ck_status(nps_segments_rollup(cube, 0, &again), NPS_ERR_TYPE);
    nps_segments *all[] = {tallies, weighted, wide, on_seven, other, cube};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) nps_segments_free(all[i]);
}
END_TEST

/* Rolled-up containers merge, and totals leave out what is there twice. */
START_TEST(merging_cubes)
{
    uint64_t seed = 5;
    twin pair = new_pair(2, NPS_STATE_TALLY);
    add_rows(pair, 50, &seed);
    nps_segments *cube, *sum;
    nps_tally total, expected;
    ck_status(nps_segments_cube(pair.segments, &cube), NPS_OK);
    ck_status(nps_segments_copy(cube, &sum), NPS_OK);
    ck_status(nps_segments_merge(sum, cube), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(sum), nps_segments_count(cube));
    ck_status(nps_segments_total_tally(cube, &total), NPS_OK);
    ck_assert_uint_eq(nps_tally_total(&total), 50);
    size_t index;
    nps_key all[2] = {KEY_ALL, KEY_ALL};
    ck_status(nps_segments_find(sum, all, &index), NPS_OK);
    ck_assert_uint_eq(index, 0);
    ck_status(nps_segments_tally(sum, index, &expected), NPS_OK);
    ck_assert_uint_eq(nps_tally_total(&expected), 100);
    ck_status(nps_segments_add(cube, all, 1, 1), NPS_ERR_ARGUMENT);
    nps_segments_free(cube);
    nps_segments_free(sum);
    free_pair(pair);
}
END_TEST

START_TEST(names)
{
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL), *copy;
    const char *name;
    size_t length = 7;
    ck_status(nps_segments_name(segments, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 0);
    ck_status(nps_segments_set_name(segments, 1, "re\0gion", 7), NPS_OK);
    ck_status(nps_segments_copy(segments, &copy), NPS_OK);
    ck_status(nps_segments_set_name(segments, 1, NULL, 0), NPS_OK);
    ck_status(nps_segments_set_name(segments, 2, "x", 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_set_name(segments, -1, "x", 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_name(copy, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 7);
    ck_assert_mem_eq(name, "re\0gion", 7);
    nps_segments_free(segments);
    nps_segments_free(copy);
}
END_TEST

START_TEST(options_of_all_sizes)
{
    nps_segments *segments = NULL;
    nps_segments_options wrong[] = {
        {0},
        {.struct_size = 4, .dimensions = 1},
        {.struct_size = sizeof(nps_segments_options)},
        {.struct_size = sizeof(nps_segments_options), .dimensions = 9},
        {.struct_size = sizeof(nps_segments_options), .dimensions = -1},
        {.struct_size = sizeof(nps_segments_options), .dimensions = 1, .state = NPS_STATE_DRIVERS},
        {.struct_size = sizeof(nps_segments_options), .dimensions = 1, .reserved = 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_status(nps_segments_new(wrong + i, &segments), NPS_ERR_ARGUMENT);
    nps_scale scale = {0, 20, 6, 9};
    nps_segments_options options = {sizeof options, .dimensions = 1, .scale = &scale};
    ck_status(nps_segments_new(&options, &segments), NPS_ERR_SCALE);
    ck_assert_ptr_null(segments);

    /* An older caller's struct ends after `state`; a newer one's goes on with zeros. */
    struct {
        nps_segments_options known;
        uint64_t later;
    } larger = {.known = {.struct_size = sizeof larger, .dimensions = 3}, .later = 1};
    ck_status(nps_segments_new(&larger.known, &segments), NPS_ERR_ARGUMENT);
    larger.later = 0;
    ck_status(nps_segments_new(&larger.known, &segments), NPS_OK);
    ck_assert_int_eq(nps_segments_dimensions(segments), 3);
    nps_segments_free(segments);
    options.struct_size = offsetof(nps_segments_options, scale);
    options.kind = 7;
    ck_status(nps_segments_new(&options, &segments), NPS_OK);
    ck_assert_uint_eq(nps_segments_kind(segments), NPS_KIND_NONE);
    nps_segments_free(segments);
}
END_TEST

START_TEST(arguments)
{
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL), *out;
    nps_key good[2] = {KEY_NULL, KEY_NULL}, part;
    nps_key bad[][2] = {{KEY_NULL, {.type = 0}},
                        {KEY_NULL, {.type = 6}},
                        {KEY_NULL, KEY_ALL},
                        {KEY_NULL, KEY_OTHER},
                        {{.type = NPS_KEY_BYTES, .bytes = NULL, .length = 1}, KEY_NULL},
                        {KEY_NULL, {.type = NPS_KEY_BYTES, .bytes = "", .length = (size_t)INT32_MAX + 1}}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_status(nps_segments_add(segments, bad[i], 5, 1), NPS_ERR_ARGUMENT);
    nps_tally tally;
    size_t index;
    ck_status(nps_segments_add(NULL, good, 5, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add(segments, NULL, 5, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_find(segments, NULL, &index), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_find(segments, good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_find(segments, good, &index), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_key(segments, 0, 0, &part), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_tally(segments, 0, &tally), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_merge_tally(segments, good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_sort(NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_copy(NULL, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_rollup(segments, 1, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_new(NULL, &out), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(nps_segments_count(NULL), 0);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    nps_segments_free(NULL);

    /* An empty string with or without a pointer is the same key, and another than null. */
    nps_key empty[2] = {{.type = NPS_KEY_BYTES}, KEY_NULL}, pointed[2] = {KEY_BYTES("", 0), KEY_NULL};
    ck_status(nps_segments_add(segments, empty, 5, 1), NPS_OK);
    ck_status(nps_segments_add(segments, pointed, 5, 1), NPS_OK);
    ck_status(nps_segments_add(segments, good, 5, 1), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 2);
    ck_status(nps_segments_key(segments, 0, 2, &part), NPS_ERR_NOT_FOUND);
    nps_segments_free(segments);
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, random_operations, 0, 24);
    tcase_add_loop_test(tests, rollups_and_cubes, 0, 12);
    tcase_add_test(tests, eight_dimensions);
    tcase_add_loop_test(tests, parts_merge_to_the_whole, NPS_STATE_WEIGHTED, NPS_STATE_OUTCOMES + 1);
    tcase_add_test(tests, order_of_keys);
    tcase_add_test(tests, long_keys);
    tcase_add_test(tests, keys_of_its_own);
    tcase_add_test(tests, limits_of_counts);
    tcase_add_test(tests, taking_back_what_is_not_there);
    tcase_add_test(tests, weighted_rows);
    tcase_add_test(tests, what_does_not_go_together);
    tcase_add_test(tests, merging_cubes);
    tcase_add_test(tests, names);
    tcase_add_test(tests, options_of_all_sizes);
    tcase_add_test(tests, arguments);
}

int main(void)
{
    return test_main("segments", add);
}
