/* Small segments folded together, and segments by score. */
#include <math.h>
#include <nps/segments.h>
#include <nps/status.h>

#include "segments_model.h"

#define DIMENSIONS 3
#define MOST       ((uint64_t)INT64_MAX)

static nps_scale standard(void)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    return scale;
}

static uint64_t responses_of(const model_entry *entry)
{
    nps_tally counts = model_tally(entry);
    return nps_tally_responses(&counts);
}

/* Rows of a survey, of which every number is one key. */
static void add_rows(nps_segments *segments, segment_model *model, uint64_t *seed)
{
    for (int i = 0; i < 300; i++) {
        nps_key key[DIMENSIONS] = {KEY_INTEGER((int64_t)test_below(seed, 2)), hard_part(seed),
                                   test_below(seed, 3) ? KEY_NULL : KEY_INTEGER(-7)};
        int32_t answer = any_answer(seed);
        double weight = any_weight(seed);
        model_add(model, key, answer, weight);
        ck_status(add_any(segments, key, answer, weight), NPS_OK);
    }
}

static segment_model *model_fold(const segment_model *from, uint64_t least, uint32_t fold)
{
    segment_model *made = model_new(from->dimensions, from->state, &from->scale);
    for (size_t i = 0; i < from->count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        memcpy(key, from->entries[i].key, sizeof key);
        for (int32_t d = 0; d < from->dimensions; d++)
            if (responses_of(from->entries + i) < least && (fold >> d & 1)) key[d] = KEY_OTHER;
        model_merge_entry(made, key, from->entries + i);
    }
    model_sort(made);
    return made;
}

/* Against the model; every total is as it was; and folded once more by the same measure. */
START_TEST(folded_as_the_model)
{
    uint64_t seed = (uint64_t)_i;
    int32_t state = NPS_STATE_TALLY + _i % 3;
    nps_scale scale = standard();
    segment_model *model = model_new(DIMENSIONS, state, &scale);
    nps_segments *segments = new_segments(DIMENSIONS, state, NULL), *once, *twice;
    add_rows(segments, model, &seed);
    for (uint32_t fold = 1; fold < 8; fold++) {
        uint64_t least = test_below(&seed, 12);
        nps_tally total, expected;
        segment_model *folded = model_fold(model, least, fold), *again = model_fold(folded, 3 * least, fold);
        ck_status(nps_segments_fold(segments, least, fold | 0xfffffff8u, &once), NPS_OK);
        must_match(folded, once);
        ck_status(nps_segments_fold(once, 3 * least, fold, &twice), NPS_OK);
        must_match(again, twice);
        ck_status(nps_segments_total_tally(segments, &expected), NPS_OK);
        ck_status(nps_segments_total_tally(twice, &total), NPS_OK);
        ck_assert_mem_eq(&total, &expected, sizeof total);
        nps_segments_free(once);
        nps_segments_free(twice);
        model_free(folded);
        model_free(again);
    }
    nps_segments_free(segments);
    model_free(model);
}
END_TEST

/* Two regions with small and large agents: each gets its own others, which sort behind all names. */
START_TEST(folded_by_hand)
{
    const struct {
        const char *region, *agent;
        uint64_t count;
    } rows[] = {{"n", "a", 9}, {"n", "b", 10}, {"n", "c", 4}, {"s", "d", 9}, {"s", "e", 11}};
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL), *folded, *cube;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        nps_key key[2] = {KEY_BYTES(rows[i].region, 1), KEY_BYTES(rows[i].agent, 1)};
        ck_status(nps_segments_add(segments, key, 9, rows[i].count), NPS_OK);
        ck_status(nps_segments_add(segments, key, NPS_MISSING, 100), NPS_OK);
    }
    ck_status(nps_segments_set_name(segments, 1, "agent", 5), NPS_OK);
    ck_status(nps_segments_fold(segments, 10, 2, &folded), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(folded), 4);
    const uint64_t expected[] = {10, 13, 11, 9};
    const uint64_t missing[] = {100, 200, 100, 100};
    const int is_other[] = {0, 1, 0, 1};
    for (size_t i = 0; i < 4; i++) {
        nps_key key[2];
        nps_tally tally;
        ck_status(nps_segments_key(folded, i, 0, key), NPS_OK);
        ck_status(nps_segments_key(folded, i, 1, key + 1), NPS_OK);
        ck_assert_int_eq(key[0].bytes[0], i < 2 ? 'n' : 's');
        ck_assert_int_eq(key[1].type, is_other[i] ? NPS_KEY_OTHER : NPS_KEY_BYTES);
        ck_status(nps_segments_tally(folded, i, &tally), NPS_OK);
        ck_assert_uint_eq(tally.level[9], expected[i]);
        ck_assert_uint_eq(tally.missing, missing[i]);
    }
    const char *name;
    size_t length, index;
    ck_status(nps_segments_name(folded, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 5);

    /* The others of all regions are one margin of a cube, which does not fold any more. */
    ck_status(nps_segments_cube(folded, &cube), NPS_OK);
    ck_status(nps_segments_find(cube, (nps_key[]){KEY_ALL, KEY_OTHER}, &index), NPS_OK);
    nps_tally tally;
    ck_status(nps_segments_tally(cube, index, &tally), NPS_OK);
    ck_assert_uint_eq(nps_tally_responses(&tally), 22);
    nps_segments *out = NULL;
    ck_status(nps_segments_fold(cube, 10, 2, &out), NPS_ERR_TYPE);
    ck_assert_ptr_null(out);
    nps_segments_free(segments);
    nps_segments_free(folded);
    nps_segments_free(cube);
}
END_TEST

/* To be found and merged, not to be added to or taken from row by row. */
START_TEST(other_as_a_part)
{
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, NULL), *copy;
    nps_key keys[] = {KEY_OTHER, KEY_BYTES("\xff\xff", 2), KEY_INTEGER(INT64_MAX), KEY_NULL, KEY_ALL}, part;
    nps_tally tally;
    size_t index;
    ck_status(nps_tally_init(&tally, NULL), NPS_OK);
    tally.level[10] = 5;
    ck_status(nps_segments_add(segments, keys, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove(segments, keys, 9, 1), NPS_ERR_ARGUMENT);
    for (size_t i = 0; i < 5; i++) ck_status(nps_segments_merge_tally(segments, keys + i, &tally), NPS_OK);
    ck_status(nps_segments_sort(segments), NPS_OK);
    for (size_t i = 0; i < 5; i++) {
        ck_status(nps_segments_find(segments, keys + i, &index), NPS_OK);
        ck_assert_uint_eq(index, 4 - i);
        ck_status(nps_segments_key(segments, index, 0, &part), NPS_OK);
        ck_assert_int_eq(part.type, keys[i].type);
    }
    /* All, but not other, is left out of the total. */
    ck_status(nps_segments_total_tally(segments, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[10], 20);
    ck_status(nps_segments_copy(segments, &copy), NPS_OK);
    ck_status(nps_segments_subtract(segments, copy), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    nps_segments_free(segments);
    nps_segments_free(copy);
}
END_TEST

START_TEST(fold_arguments)
{
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, NULL), *out = NULL;
    ck_status(nps_segments_fold(NULL, 1, 1, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_fold(segments, 1, 1, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_fold(segments, 1, 0, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_fold(segments, 1, 4, &out), NPS_ERR_ARGUMENT);
    ck_assert_ptr_null(out);
    ck_status(nps_segments_fold(segments, 1, 2, &out), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(out), 0);
    nps_segments_free(out);
    out = NULL;
    for (int64_t i = 0; i < 2; i++)
        ck_status(nps_segments_add(segments, (nps_key[]){KEY_INTEGER(i), KEY_NULL}, NPS_MISSING, MOST), NPS_OK);
    ck_status(nps_segments_fold(segments, 1, 1, &out), NPS_ERR_OVERFLOW);
    ck_assert_ptr_null(out);
    nps_segments_free(segments);
}
END_TEST

/* By score. */

/* Promoters, detractors and passives of a segment whose key is its number, counted from the last one. */
static nps_segments *scored(size_t count, const uint64_t (*classes)[3])
{
    nps_segments *made = new_segments(1, NPS_STATE_TALLY, NULL);
    for (size_t i = 0; i < count; i++) {
        nps_tally tally;
        ck_status(nps_tally_init(&tally, NULL), NPS_OK);
        tally.level[9] = classes[i][0];
        tally.level[2] = classes[i][1];
        tally.level[7] = classes[i][2];
        tally.missing = 1;
        ck_status(nps_segments_merge_tally(made, &KEY_INTEGER((int64_t)(count - i)), &tally), NPS_OK);
    }
    return made;
}

static void must_rank(nps_segments *segments, uint64_t least, size_t ranked, const size_t *expected)
{
    size_t order[32], found = 99;
    ck_status(nps_segments_by_score(segments, least, order, &found), NPS_OK);
    ck_assert_uint_eq(found, ranked);
    for (size_t i = 0; i < nps_segments_count(segments); i++)
        if (order[i] != expected[i]) ck_abort_msg("place %zu: %zu, not %zu", i, order[i], expected[i]);
    nps_segments_free(segments);
}

START_TEST(ranked_by_hand)
{
    /* 100, -50, 0 of 2, 0 of 4, none, 0 of 2, -100: equal scores by size, then by key, which goes backwards here. */
    const uint64_t classes[][3] = {{1, 0, 0}, {1, 2, 1}, {1, 1, 0}, {2, 2, 0}, {0, 0, 0}, {0, 0, 2}, {0, 5, 0}};
    must_rank(scored(7, classes), 0, 6, (size_t[]){0, 3, 5, 2, 1, 6, 4});
    must_rank(scored(7, classes), 2, 5, (size_t[]){3, 5, 2, 1, 6, 4, 0});
    must_rank(scored(7, classes), 4, 3, (size_t[]){3, 1, 6, 5, 4, 2, 0});
    must_rank(scored(7, classes), UINT64_MAX, 0, (size_t[]){6, 5, 4, 3, 2, 1, 0});
    must_rank(scored(0, classes), 0, 0, NULL);

    /* Next to -25 and 25, where a double sees no difference. */
    const uint64_t close[][3] = {{0, MOST / 4, MOST - MOST / 4 - 1},
                                 {0, MOST / 4 - 1, MOST - MOST / 4 - 1},
                                 {0, 0, 1},
                                 {MOST / 4 - 1, 0, MOST - MOST / 4 - 1},
                                 {MOST / 4, 0, MOST - MOST / 4 - 1}};
    must_rank(scored(5, close), 0, 5, (size_t[]){4, 3, 2, 1, 0});
    /* (m + 1) / (2 m + 1) is above a half, the more so the smaller m is. */
    const uint64_t halves[][3] = {{UINT64_C(1) << 31, 0, UINT64_C(1) << 31},
                                  {(UINT64_C(1) << 31) + 1, 0, UINT64_C(1) << 31},
                                  {UINT64_C(1) << 60, 0, UINT64_C(1) << 60},
                                  {(UINT64_C(1) << 60) + 1, 0, UINT64_C(1) << 60}};
    must_rank(scored(4, halves), 0, 4, (size_t[]){1, 3, 2, 0});
}
END_TEST

static nps_key key_at(const nps_segments *segments, size_t index)
{
    nps_key key;
    ck_status(nps_segments_key(segments, index, 0, &key), NPS_OK);
    return key;
}

/* Each before the next, by the double that nps_score or nps_weighted_score gives: few answers, so that it is exact
 * enough to tell fractions apart, and those that are equal are equal doubles. */
static void check_order(const nps_segments *segments, uint64_t least, const size_t *order, size_t ranked)
{
    size_t count = nps_segments_count(segments);
    double before = INFINITY;
    for (size_t i = 0; i < count; i++) {
        nps_tally tally;
        nps_weighted weighted;
        double score = -INFINITY;
        ck_status(nps_segments_tally(segments, order[i], &tally), NPS_OK);
        int status = nps_score(&tally, &score);
        if (nps_segments_state(segments) == NPS_STATE_WEIGHTED) {
            score = -INFINITY;
            ck_status(nps_segments_weighted(segments, order[i], &weighted), NPS_OK);
            status = nps_weighted_score(&weighted, &score);
        }
        int is_ranked = status == NPS_OK && nps_tally_responses(&tally) >= least;
        ck_assert_int_eq(is_ranked, i < ranked);
        nps_key key = key_at(segments, order[i]), last = key;
        nps_tally previous = tally;
        if (i > 0) {
            last = key_at(segments, order[i - 1]);
            ck_status(nps_segments_tally(segments, order[i - 1], &previous), NPS_OK);
        }
        uint64_t more = nps_tally_responses(&previous), responses = nps_tally_responses(&tally);
        int by_key = i == 0 || model_compare_part(&last, &key) < 0;
        if (is_ranked)
            ck_assert(score < before || (score == before && (more > responses || (more == responses && by_key))));
        else
            ck_assert(i == ranked || by_key);
        before = score;
    }
}

static nps_segments *random_scores(int32_t state, uint64_t *seed, int mirrored)
{
    nps_segments *made = new_segments(1, state, NULL);
    for (int i = 0; i < 400; i++) {
        static const int32_t classes[] = {0, 8, 10, NPS_MISSING};
        nps_key key = hard_part(seed);
        int32_t answer = classes[test_below(seed, 8) % 4];
        double weight = any_weight(seed);
        if (mirrored && (answer == 0 || answer == 10)) answer = 10 - answer;
        ck_status(add_any(made, &key, answer, weight), NPS_OK);
    }
    return made;
}

START_TEST(ranked_in_order)
{
    int32_t state = NPS_STATE_TALLY + _i % 3;
    uint64_t seed = (uint64_t)_i, same = seed, least = (uint64_t)_i / 2;
    nps_segments *segments = random_scores(state, &seed, 0), *mirrored = random_scores(state, &same, 1);
    size_t count = nps_segments_count(segments), order[400], back[400], ranked, as_many;
    ck_status(nps_segments_by_score(segments, least, order, &ranked), NPS_OK);
    check_order(segments, least, order, ranked);
    ck_assert_uint_gt(ranked, 0);
    ck_assert_uint_le(ranked, count);

    /* With promoters for detractors the order turns round, but for those of equal scores. */
    ck_status(nps_segments_by_score(mirrored, least, back, &as_many), NPS_OK);
    check_order(mirrored, least, back, as_many);
    ck_assert_uint_eq(ranked, as_many);
    for (size_t i = 0; i < ranked; i++) {
        double score, other;
        nps_weighted weighted;
        nps_tally tally;
        ck_status(nps_segments_tally(segments, order[i], &tally), NPS_OK);
        if (state == NPS_STATE_WEIGHTED) {
            ck_status(nps_segments_weighted(segments, order[i], &weighted), NPS_OK);
            ck_status(nps_weighted_score(&weighted, &score), NPS_OK);
            ck_status(nps_segments_weighted(mirrored, back[ranked - 1 - i], &weighted), NPS_OK);
            ck_status(nps_weighted_score(&weighted, &other), NPS_OK);
        } else {
            ck_status(nps_score(&tally, &score), NPS_OK);
            ck_status(nps_segments_tally(mirrored, back[ranked - 1 - i], &tally), NPS_OK);
            ck_status(nps_score(&tally, &other), NPS_OK);
        }
        ck_assert(score == -other);
    }
    nps_segments_free(segments);
    nps_segments_free(mirrored);
}
END_TEST

START_TEST(ranking_arguments)
{
    nps_segments *segments = new_segments(1, NPS_STATE_TALLY, NULL);
    size_t order[1] = {42}, ranked = 42;
    ck_status(nps_segments_by_score(NULL, 0, order, &ranked), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_by_score(segments, 0, NULL, &ranked), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_by_score(segments, 0, order, NULL), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(ranked, 42);
    ck_status(nps_segments_by_score(segments, 0, order, &ranked), NPS_OK);
    ck_assert_uint_eq(ranked, 0);
    ck_assert_uint_eq(order[0], 42);
    nps_segments_free(segments);
}
END_TEST

/* The nth request for memory fails, for every n, of both. */
START_TEST(memory_fails)
{
    test_memory memory;
    nps_allocator allocator;
    uint64_t seed = 4;
    test_memory_start(&memory, -1, &allocator);
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, &allocator), *out = NULL;
    for (int i = 0; i < 200; i++) {
        nps_key key[2] = {KEY_INTEGER((int64_t)test_below(&seed, 9)), hard_text(&seed)};
        ck_status(nps_segments_add(segments, key, any_answer(&seed), 1), NPS_OK);
    }
    uint64_t held = memory.bytes;
    size_t order[200], ranked = 42;
    int status = NPS_ERR_MEMORY;
    int64_t n;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_segments_by_score(segments, 1, order, &ranked);
        ck_assert(status == NPS_OK || ranked == 42);
        ck_assert_uint_eq(memory.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(n, 3);
    status = NPS_ERR_MEMORY;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_segments_fold(segments, 2, 2, &out);
        ck_assert(status == NPS_OK || (out == NULL && memory.bytes == held));
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(n, 5);
    nps_segments_free(out);
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, folded_as_the_model, 0, 12);
    tcase_add_test(tests, folded_by_hand);
    tcase_add_test(tests, other_as_a_part);
    tcase_add_test(tests, fold_arguments);
    tcase_add_test(tests, ranked_by_hand);
    tcase_add_loop_test(tests, ranked_in_order, 0, 30);
    tcase_add_test(tests, ranking_arguments);
    tcase_add_test(tests, memory_fails);
}

int main(void)
{
    return test_main("segments_fold", add);
}
