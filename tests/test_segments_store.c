/* What segments cost in memory, what happens when there is none, and how keys are spread. */
#include <nps/segments.h>
#include <nps/status.h>
#include <stdio.h>

#include "segments_internal.h"
#include "segments_model.h"

/* Chunks and tables that are begun but not full. */
#define CONSTANT ((uint64_t)250000)
#define PER_KEY  32

static void fill_key(nps_key *key, int32_t dimensions, size_t i, char *text)
{
    snprintf(text, 13, "%012u", (unsigned)i);
    for (int32_t d = 0; d < dimensions; d++) key[d] = KEY_BYTES(text + (d == 0 ? 0 : 8), d == 0 ? 12 : 4);
}

/* At every number of segments up to `count`, not only where the table happens to be full. */
static void check_bytes(int32_t dimensions, int32_t state, int integers, size_t count)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_segments *segments = new_segments(dimensions, state, &allocator);
    const uint64_t sizes[] = {0, 13 * sizeof(uint64_t), sizeof(nps_weighted), sizeof(nps_outcomes)};
    uint64_t state_bytes = sizes[state];
    uint64_t key_bytes = integers ? 8 * (uint64_t)dimensions : 12 + 4 * ((uint64_t)dimensions - 1);
    for (size_t i = 0; i < count; i++) {
        char text[13];
        nps_key key[NPS_MAX_DIMENSIONS];
        fill_key(key, dimensions, i, text);
        for (int32_t d = 0; integers && d < dimensions; d++) key[d] = KEY_INTEGER((int64_t)i);
        ck_status(add_any(segments, key, 9, 1), NPS_OK);
        if (memory.bytes > (i + 1) * (state_bytes + key_bytes + PER_KEY) + CONSTANT)
            ck_abort_msg("%zu keys take %llu bytes", i + 1, (unsigned long long)memory.bytes);
    }
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.bytes, 0);
}

START_TEST(bytes_a_key)
{
    check_bytes(1, NPS_STATE_TALLY, 0, 100000);
    check_bytes(1, NPS_STATE_TALLY, 1, 1000000);
    check_bytes(8, NPS_STATE_TALLY, 0, 50000);
    check_bytes(8, NPS_STATE_TALLY, 1, 50000);
    check_bytes(1, NPS_STATE_WEIGHTED, 0, 10000);
    check_bytes(1, NPS_STATE_OUTCOMES, 0, 10000);
}
END_TEST

/* Keys of 5 kB leave room at the end of a chunk that holds 13 of them; it is given back. */
START_TEST(bytes_of_long_keys)
{
    enum { LENGTH = 5000, COUNT = 5000 };
    static char text[LENGTH];
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, &allocator);
    for (size_t i = 0; i < COUNT; i++) {
        memcpy(text, &i, sizeof i);
        ck_status(nps_segments_add(segments, &KEY_BYTES(text, LENGTH), 9, 1), NPS_OK);
        ck_assert_uint_le(memory.bytes, (i + 1) * (104 + LENGTH + PER_KEY) + CONSTANT);
    }
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

/* What is merged and subtracted over and over leaves no memory behind, whether it lay at the end or, after a sort,
 * anywhere. */
static void check_bounded(int sorted)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, &allocator);
    nps_key lasting = KEY_NULL;
    ck_status(nps_segments_add(segments, &lasting, 9, 1), NPS_OK);
    uint64_t most = 0;
    for (size_t round = 0; round < 20; round++) {
        nps_segments *other = new_segments(1, NPS_STATE_TALLY, NULL);
        for (size_t i = 0; i < 3000; i++) {
            char text[13];
            nps_key key;
            fill_key(&key, 1, 3000 * round + i, text);
            ck_status(nps_segments_add(other, &key, 9, 1), NPS_OK);
        }
        ck_status(nps_segments_merge(segments, other), NPS_OK);
        if (sorted) ck_status(nps_segments_sort(segments), NPS_OK);
        if (round == 0) most = memory.bytes;
        ck_assert_uint_le(memory.bytes, most);
        ck_status(nps_segments_subtract(segments, other), NPS_OK);
        ck_assert_uint_eq(nps_segments_count(segments), 1);
        nps_segments_free(other);
    }
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
}

START_TEST(removal_is_bounded)
{
    check_bounded(0);
    check_bounded(1);
}
END_TEST

/* A script of every call that takes memory. Each step is repeated once it has failed, since one request fails only,
 * and until then everything must be as it was. */
typedef struct memory_script {
    test_memory memory;
    nps_segments *segments;
    segment_model *model;
    int failures;
} memory_script;

static int retry(memory_script *script, int status)
{
    if (status == NPS_OK) return 0;
    ck_status(status, NPS_ERR_MEMORY);
    ck_assert_int_eq(script->failures++, 0);
    if (script->segments != NULL) must_match(script->model, script->segments);
    return 1;
}

#define STEP(call) \
    do {           \
    } while (retry(script, (call)))

static void add_steps(memory_script *script)
{
    uint64_t seed = 1;
    for (size_t i = 0; i < 150; i++) {
        nps_key key[2] = {i % 3 ? KEY_INTEGER((int64_t)(i % 50)) : hard_part(&seed), hard_text(&seed)};
        int32_t answer = any_answer(&seed);
        STEP(add_any(script->segments, key, answer, 0.5));
        model_add(script->model, key, answer, 0.5);
    }
}

/* More than a block of rows, with keys that are new to its end; keys that are far apart, or `direct` numbers. */
static void column_step(memory_script *script, int direct)
{
    enum { ROWS = 300 };
    int64_t wide[ROWS];
    uint8_t narrow[ROWS], answers[ROWS];
    double weights[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        wide[i] = (int64_t)(i / 6 << 40);
        narrow[i] = (uint8_t)(i / 40);
        answers[i] = (uint8_t)(i % 13);
        weights[i] = 0.25;
    }
    nps_column small = {.type = NPS_TYPE_U8, .length = ROWS, .values = narrow}, large = small, answer = small,
               weight = small;
    large.type = NPS_TYPE_I64;
    large.values = wide;
    answer.values = answers;
    weight.type = NPS_TYPE_F64;
    weight.values = weights;
    nps_column keys[2] = {direct ? small : large, small};
    int weighted = script->model->state == NPS_STATE_WEIGHTED;
    if (script->model->state == NPS_STATE_OUTCOMES) return;
    STEP(nps_segments_add_columns(script->segments, keys, &answer, weighted ? &weight : NULL, NULL));
    for (size_t i = 0; i < ROWS; i++) {
        nps_key key[2] = {KEY_INTEGER(direct ? narrow[i] : wide[i]), KEY_INTEGER(narrow[i])};
        model_add(script->model, key, answers[i], 0.25);
    }
}

/* Takes back half of what is there, so that segments are dropped here and there. */
static void subtract_step(memory_script *script)
{
    segment_model *half = model_new(2, script->model->state, &script->model->scale);
    nps_segments *taken = new_segments(2, script->model->state, NULL);
    for (size_t i = 0; i < script->model->count; i += 2) {
        model_entry *entry = script->model->entries + i;
        model_merge_entry(half, entry->key, entry);
        if (half->state == NPS_STATE_TALLY)
            ck_status(nps_segments_merge_tally(taken, entry->key, &entry->tally), NPS_OK);
        else if (half->state == NPS_STATE_WEIGHTED)
            ck_status(nps_segments_merge_weighted(taken, entry->key, &entry->weighted), NPS_OK);
        else
            ck_status(nps_segments_merge_outcomes(taken, entry->key, &entry->outcomes), NPS_OK);
    }
    STEP(nps_segments_subtract(script->segments, taken));
    model_subtract(script->model, half);
    STEP(nps_segments_merge(script->segments, taken));
    model_merge(script->model, half);
    nps_segments_free(taken);
    model_free(half);
}

static void derive_steps(memory_script *script)
{
    nps_segments *copy = NULL, *rolled = NULL, *cube = NULL;
    segment_model *expected = model_new(2, script->model->state, &script->model->scale);
    STEP(nps_segments_copy(script->segments, &copy));
    must_match(script->model, copy);
    STEP(nps_segments_rollup(script->segments, 1, &rolled));
    model_roll_into(script->model, 1, expected);
    model_sort(expected);
    must_match(expected, rolled);
    STEP(nps_segments_cube(script->segments, &cube));
    ck_assert_uint_gt(nps_segments_count(cube), nps_segments_count(copy));
    nps_segments_free(copy);
    nps_segments_free(rolled);
    nps_segments_free(cube);
    model_free(expected);
}

/* Runs it with request number `fail_at` failing; returns whether there was one. */
static int run_script(int64_t fail_at, int32_t state)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    memory_script made = {.segments = NULL}, *script = &made;
    nps_allocator allocator;
    test_memory_start(&script->memory, fail_at, &allocator);
    script->model = model_new(2, state, &scale);
    nps_segments_options options = {sizeof options, .dimensions = 2, .state = state, .allocator = &allocator};
    STEP(nps_segments_new(&options, &script->segments));
    STEP(nps_segments_set_name(script->segments, 0, "region", 6));
    STEP(nps_segments_set_name(script->segments, 1, "channel", 7));
    add_steps(script);
    column_step(script, 0);
    column_step(script, 1);
    STEP(nps_segments_sort(script->segments));
    model_sort(script->model);
    subtract_step(script);
    derive_steps(script);
    must_match(script->model, script->segments);
    nps_segments_free(script->segments);
    model_free(script->model);
    ck_assert_uint_eq(script->memory.blocks, 0);
    ck_assert_uint_eq(script->memory.bytes, 0);
    return script->memory.requests > fail_at;
}

START_TEST(every_allocation_fails)
{
    int64_t requests = 0;
    while (run_script(requests, _i)) requests++;
    ck_assert_int_gt(requests, 60);
}
END_TEST

/* What is read does not depend on the seed. */
START_TEST(seeds_do_not_show)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    for (uint64_t seed = 0; seed < 5; seed++) {
        uint64_t random = 4;
        nps_segments_options options = {sizeof options, .dimensions = 3, .seed = seed * 0x123456789abcdefu};
        nps_segments *segments;
        segment_model *model = model_new(3, NPS_STATE_TALLY, &scale);
        ck_status(nps_segments_new(&options, &segments), NPS_OK);
        for (int i = 0; i < 500; i++) {
            nps_key key[3] = {hard_part(&random), hard_part(&random), hard_part(&random)};
            model_add(model, key, 5, 1);
            ck_status(nps_segments_add(segments, key, 5, 1), NPS_OK);
        }
        must_match(model, segments);
        nps_segments_free(segments);
        model_free(model);
    }
}
END_TEST

#define GROUPS 1024

static uint32_t group_of(const uint64_t hash_key[4], uint64_t number, int text)
{
    char bytes[16];
    snprintf(bytes, sizeof bytes, "%015llu", (unsigned long long)number);
    nps_key key = text ? KEY_BYTES(bytes, 15) : KEY_INTEGER((int64_t)number);
    return npsi_key_hash(hash_key, &key, 1) / (UINT32_MAX / GROUPS + 1);
}

static uint32_t fullest(const uint32_t count[GROUPS])
{
    uint32_t most = 0;
    for (size_t i = 0; i < GROUPS; i++) most = count[i] > most ? count[i] : most;
    return most;
}

/* 2000 keys that one seed puts into one group of 1024 are spread by every other. A group of a Poisson distribution with
 * mean 2 has more than 20 with a chance of 5e-15. */
START_TEST(hostile_keys)
{
    enum { KEYS = 2000 };
    static uint64_t keys[KEYS];
    uint64_t known[4], other[4];
    size_t found = 0;
    npsi_hash_seed(0, known);
    for (uint64_t number = 0; found < KEYS; number++)
        if (group_of(known, number, _i) == 7) keys[found++] = number;
    for (uint64_t seed = 1; seed < 30; seed++) {
        uint32_t count[GROUPS] = {0};
        npsi_hash_seed(seed, other);
        for (size_t i = 0; i < KEYS; i++) count[group_of(other, keys[i], _i)]++;
        ck_assert_uint_le(fullest(count), 20);
    }
}
END_TEST

/* Numbers that follow one another, at several strides: 100 a group, with a standard deviation of 10. */
START_TEST(even_spread)
{
    static const uint64_t strides[] = {1, 2, 256, 1000, UINT64_C(1) << 32, UINT64_C(1) << 52};
    uint64_t key[4];
    npsi_hash_seed((uint64_t)_i, key);
    for (size_t s = 0; s < sizeof strides / sizeof *strides; s++) {
        uint32_t count[GROUPS] = {0};
        size_t numbers = strides[s] >> 50 ? 1 << 11 : 100 * GROUPS;
        for (uint64_t i = 0; i < numbers; i++) count[group_of(key, i * strides[s], 0)]++;
        ck_assert_uint_le(fullest(count), numbers == 100 * GROUPS ? 170 : 20);
    }
}
END_TEST

/* Neither the length of a string of zeros nor the place where a key is parted may be lost. */
START_TEST(lengths_count)
{
    static const char zeros[64], letters[64] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    uint64_t hash_key[4];
    uint32_t hashes[2][sizeof zeros];
    npsi_hash_seed(1, hash_key);
    for (size_t i = 0; i < sizeof zeros; i++) {
        nps_key zero = KEY_BYTES(zeros, i), parted[2] = {KEY_BYTES(letters, i), KEY_BYTES(letters + i, 64 - i)};
        hashes[0][i] = npsi_key_hash(hash_key, &zero, 1);
        hashes[1][i] = npsi_key_hash(hash_key, parted, 2);
        for (size_t j = 0; j < i; j++) {
            ck_assert_uint_ne(hashes[0][i], hashes[0][j]);
            ck_assert_uint_ne(hashes[1][i], hashes[1][j]);
        }
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, bytes_a_key);
    tcase_add_test(tests, bytes_of_long_keys);
    tcase_add_test(tests, removal_is_bounded);
    tcase_add_loop_test(tests, every_allocation_fails, NPS_STATE_TALLY, NPS_STATE_OUTCOMES + 1);
    tcase_add_test(tests, seeds_do_not_show);
    tcase_add_loop_test(tests, hostile_keys, 0, 2);
    tcase_add_loop_test(tests, even_spread, 0, 4);
    tcase_add_test(tests, lengths_count);
}

int main(void)
{
    return test_main("segments_store", add);
}
