/* Outcomes by key. The suites of segments have them too, against their model; here is what is theirs alone. */
#include <math.h>
#include <nps/outcomes.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "segments_bytes.h"

static nps_outcomes outcomes_at(const nps_segments *segments, int64_t key)
{
    nps_outcomes out;
    size_t index;
    ck_status(nps_segments_find(segments, &KEY_INTEGER(key), &index), NPS_OK);
    ck_status(nps_segments_outcomes(segments, index, &out), NPS_OK);
    return out;
}

static nps_outcomes empty(void)
{
    nps_outcomes outcomes;
    ck_status(nps_outcomes_init(&outcomes, NULL), NPS_OK);
    return outcomes;
}

/* Thirds: sums that are rounded, so that what is not undone to the bit shows. */
static double third(size_t i)
{
    return (double)(i * i % 1009) / 3 - 100;
}

static nps_segments *of_thirds(size_t keys, size_t rows, const nps_allocator *allocator)
{
    nps_segments *made = new_segments(1, NPS_STATE_OUTCOMES, allocator);
    for (size_t i = 0; i < rows; i++)
        ck_status(nps_segments_add_outcome(made, &KEY_INTEGER((int64_t)(i * 7 % keys)), (int32_t)(i % 11), third(i),
                                           (double)(1 + i % 5) / 7),
                  NPS_OK);
    return made;
}

/* By key, as each alone. */
START_TEST(rows_by_key)
{
    nps_segments *segments = of_thirds(3, 1000, NULL);
    nps_outcomes alone[3] = {empty(), empty(), empty()};
    for (size_t i = 0; i < 1000; i++)
        ck_status(nps_outcomes_add(alone + i * 7 % 3, (int32_t)(i % 11), third(i), (double)(1 + i % 5) / 7), NPS_OK);
    ck_status(nps_segments_set_kind(segments, 5), NPS_OK);
    for (size_t i = 0; i < 1000; i += 3) {
        int32_t answer = (int32_t)(i % 11);
        double weight = (double)(1 + i % 5) / 7;
        ck_status(nps_outcomes_remove(alone + i * 7 % 3, answer, third(i), weight), NPS_OK);
        ck_status(nps_segments_remove_outcome(segments, &KEY_INTEGER((int64_t)(i * 7 % 3)), answer, third(i), weight),
                  NPS_OK);
    }
    for (int64_t k = 0; k < 3; k++) {
        nps_outcomes found = outcomes_at(segments, k);
        nps_tally tally, expected;
        alone[k].kind = 5;
        ck_assert_mem_eq(&found, alone + k, sizeof found);
        ck_status(nps_outcomes_tally(alone + k, &expected), NPS_OK);
        ck_status(nps_segments_tally(segments, (size_t)k, &tally), NPS_OK);
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
    }
    ck_assert_int_eq(nps_segments_state(segments), NPS_STATE_OUTCOMES);
    nps_segments_free(segments);
}
END_TEST

START_TEST(whole_states)
{
    nps_segments *segments = new_segments(1, NPS_STATE_OUTCOMES, NULL), *five;
    nps_outcomes one = empty(), bad;
    nps_scale scale;
    ck_status(nps_outcomes_add(&one, 9, 0.1, 0.3), NPS_OK);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_ALL, &one), NPS_OK);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_OTHER, &one), NPS_OK);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(1), &one), NPS_OK);
    nps_outcomes found = outcomes_at(segments, 1);
    ck_assert_mem_eq(&found, &one, sizeof one);
    bad = one;
    bad.level[9].sum[0] = 1e9;
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(2), &bad), NPS_ERR_FORMAT);
    bad = one;
    bad.kind = 4;
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(2), &bad), NPS_ERR_SCALE);
    ck_status(nps_segments_set_kind(segments, 4), NPS_OK);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(1), &bad), NPS_OK);
    found = outcomes_at(segments, 1);
    ck_assert_uint_eq(found.level[9].n, 2);
    ck_assert_uint_eq(found.kind, 4);
    ck_assert_uint_eq(nps_segments_count(segments), 3);
    nps_segments_free(segments);

    ck_status(nps_scale_parse("1-5", 3, &scale), NPS_OK);
    nps_segments_options options = {
        .struct_size = sizeof options, .dimensions = 1, .state = NPS_STATE_OUTCOMES, .scale = &scale};
    ck_status(nps_segments_new(&options, &five), NPS_OK);
    ck_status(nps_segments_merge_outcomes(five, &KEY_INTEGER(1), &one), NPS_ERR_SCALE);
    ck_status(nps_segments_add_outcome(five, &KEY_INTEGER(1), 7, 1, 1), NPS_OK);
    found = outcomes_at(five, 1);
    ck_assert_uint_eq(found.invalid, 1);
    nps_segments_free(five);
}
END_TEST

/* What fails leaves no key behind. */
START_TEST(rows_that_are_refused)
{
    nps_segments *segments = of_thirds(2, 20, NULL);
    bytes before = bytes_of_container(segments);
    ck_status(nps_segments_add_outcome(segments, &KEY_INTEGER(7), 9, INFINITY, 1), NPS_ERR_RANGE);
    ck_status(nps_segments_add_outcome(segments, &KEY_INTEGER(1), 9, 1, -1), NPS_ERR_RANGE);
    ck_status(nps_segments_add_outcome(segments, &KEY_ALL, 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_outcome(segments, &KEY_OTHER, 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_outcome(segments, &KEY_INTEGER(7), 9, 1, 1), NPS_ERR_NOT_FOUND);
    ck_status(nps_segments_remove_outcome(segments, &KEY_INTEGER(1), 9, INFINITY, 1), NPS_ERR_RANGE);
    ck_status(nps_segments_remove_outcome(segments, &KEY_INTEGER(1), 9, 1, 0), NPS_ERR_UNDERFLOW);
    ck_status(nps_segments_remove_outcome(segments, &KEY_ALL, 9, 1, 1), NPS_ERR_ARGUMENT);
    must_still_be(segments, &before);

    nps_outcomes most = empty(), out;
    most.missing = INT64_MAX;
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(1), &most), NPS_ERR_OVERFLOW);
    must_still_be(segments, &before);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(9), &most), NPS_OK);
    ck_status(nps_segments_add_outcome(segments, &KEY_INTEGER(9), 1, 1, 1), NPS_ERR_OVERFLOW);

    ck_status(nps_segments_add_outcome(NULL, &KEY_INTEGER(1), 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_outcome(segments, NULL, 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_outcome(NULL, &KEY_INTEGER(1), 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_remove_outcome(segments, NULL, 9, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_outcomes(NULL, &KEY_INTEGER(1), &most), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_outcomes(segments, NULL, &most), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_merge_outcomes(segments, &KEY_INTEGER(1), NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_outcomes(NULL, 0, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_outcomes(segments, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_outcomes(segments, nps_segments_count(segments), &out), NPS_ERR_NOT_FOUND);
    free(before.at);
    nps_segments_free(segments);
}
END_TEST

START_TEST(other_states)
{
    nps_segments *outcomes = of_thirds(2, 20, NULL);
    uint8_t answer = 9;
    const nps_column column = {.type = NPS_TYPE_U8, .length = 1, .values = &answer};
    nps_outcomes state = empty();
    nps_weighted weighted;
    nps_tally tally;
    ck_status(nps_tally_init(&tally, NULL), NPS_OK);
    ck_status(nps_weighted_init(&weighted, NULL), NPS_OK);
    ck_status(nps_segments_add(outcomes, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_remove(outcomes, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_add_weighted(outcomes, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_remove_weighted(outcomes, &KEY_INTEGER(1), 9, 1), NPS_ERR_TYPE);
    ck_status(nps_segments_merge_tally(outcomes, &KEY_INTEGER(1), &tally), NPS_ERR_TYPE);
    ck_status(nps_segments_merge_weighted(outcomes, &KEY_INTEGER(1), &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_weighted(outcomes, 0, &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_total_weighted(outcomes, &weighted), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(outcomes, &column, &column, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(outcomes, &column, &column, &column, NULL), NPS_ERR_TYPE);
    for (int32_t kind = NPS_STATE_TALLY; kind <= NPS_STATE_WEIGHTED; kind++) {
        nps_segments *others = new_segments(1, kind, NULL);
        ck_status(nps_segments_add_outcome(others, &KEY_INTEGER(1), 9, 1, 1), NPS_ERR_TYPE);
        ck_status(nps_segments_remove_outcome(others, &KEY_INTEGER(1), 9, 1, 1), NPS_ERR_TYPE);
        ck_status(nps_segments_merge_outcomes(others, &KEY_INTEGER(1), &state), NPS_ERR_TYPE);
        ck_status(nps_segments_outcomes(others, 0, &state), NPS_ERR_TYPE);
        ck_status(nps_segments_merge(others, outcomes), NPS_ERR_TYPE);
        ck_status(nps_segments_merge(outcomes, others), NPS_ERR_TYPE);
        ck_status(nps_segments_subtract(outcomes, others), NPS_ERR_TYPE);
        ck_assert_uint_eq(nps_segments_count(others), 0);
        nps_segments_free(others);
    }
    nps_segments_free(outcomes);
}
END_TEST

/* The last segment of many makes it fail: what the others had before is there again, to the bit. */
START_TEST(failures_leave_no_trace)
{
    nps_segments *segments = of_thirds(50, 2000, NULL), *other = of_thirds(50, 1000, NULL);
    ck_status(nps_segments_add_outcome(other, &KEY_INTEGER(50), 9, 1, 1), NPS_OK);
    bytes before = bytes_of_container(segments);
    nps_outcomes most = empty();
    most.invalid = INT64_MAX;
    ck_status(nps_segments_subtract(segments, other), NPS_ERR_NOT_FOUND);
    must_still_be(segments, &before);

    nps_segments *full = of_thirds(40, 3001, NULL);
    ck_status(nps_segments_merge_outcomes(full, &KEY_INTEGER(49), &most), NPS_OK);
    ck_status(nps_segments_merge(segments, full), NPS_ERR_OVERFLOW);
    must_still_be(segments, &before);
    ck_status(nps_segments_subtract(segments, full), NPS_ERR_UNDERFLOW);
    must_still_be(segments, &before);
    free(before.at);
    nps_segments_free(segments);
    nps_segments_free(other);
    nps_segments_free(full);
}
END_TEST

static void encode_again(const nps_segments *segments, test_memory *memory, bytes *before)
{
    test_memory kept = *memory;
    memory->fail_at = -1;
    free(before->at);
    *before = bytes_of_container(segments);
    *memory = kept;
}

/* One request after the other fails: of a merge with new keys, of taking back, where segments are dropped here and
 * there, of rows and of states. */
START_TEST(every_allocation_fails)
{
    nps_segments *more = of_thirds(90, 999, NULL), *other = of_thirds(30, 600, NULL);
    nps_outcomes one = empty();
    for (int64_t fail_at = 0, failed = 1; failed; fail_at++) {
        test_memory memory;
        nps_allocator allocator;
        test_memory_start(&memory, -1, &allocator);
        nps_segments *segments = of_thirds(20, 500, &allocator);
        ck_status(nps_segments_merge(segments, more), NPS_OK);
        bytes before = bytes_of_container(segments);
        memory.requests = 0;
        memory.fail_at = fail_at;
        int status = nps_segments_merge(segments, other);
        if (status == NPS_OK) {
            encode_again(segments, &memory, &before);
            status = nps_segments_subtract(segments, more);
        }
        for (int64_t i = 0; status == NPS_OK && i < 40; i++) {
            encode_again(segments, &memory, &before);
            status = i % 2 ? nps_segments_add_outcome(segments, &KEY_INTEGER(1000 + i), 9, 1, 1)
                           : nps_segments_merge_outcomes(segments, &KEY_INTEGER(1000 + i), &one);
        }
        failed = memory.requests > fail_at; /* what was to make a block smaller is done without */
        ck_assert(status == NPS_OK || (failed && status == NPS_ERR_MEMORY));
        memory.fail_at = -1;
        if (status != NPS_OK) must_still_be(segments, &before);
        ck_assert(failed || fail_at > 10);
        free(before.at);
        nps_segments_free(segments);
        ck_assert_uint_eq(memory.blocks, 0);
    }
    nps_segments_free(more);
    nps_segments_free(other);
}
END_TEST

/* A cube of roundings adds up as its parts do, but for the last of 31 digits; and back out of it comes nothing. */
START_TEST(rolled_up_and_taken_back)
{
    nps_segments *segments = of_thirds(50, 5000, NULL), *total, *twice;
    ck_status(nps_segments_rollup(segments, 0, &total), NPS_OK);
    nps_outcomes sum = empty(), rolled;
    for (size_t i = 0; i < 5000; i++)
        ck_status(nps_outcomes_add(&sum, (int32_t)(i % 11), third(i), (double)(1 + i % 5) / 7), NPS_OK);
    ck_status(nps_segments_outcomes(total, 0, &rolled), NPS_OK);
    for (size_t i = 0; i < 11; i++) {
        ck_assert_uint_eq(rolled.level[i].n, sum.level[i].n);
        const double *a = rolled.level[i].squares, *b = sum.level[i].squares;
        ck_assert(fabs((a[0] - b[0]) + (a[1] - b[1])) <= 1e-29 * b[0]);
    }
    ck_status(nps_segments_copy(segments, &twice), NPS_OK);
    ck_status(nps_segments_merge(twice, segments), NPS_OK);
    ck_status(nps_segments_subtract(twice, segments), NPS_OK);
    ck_status(nps_segments_subtract(twice, segments), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(twice), 0);
    nps_segments_free(segments);
    nps_segments_free(total);
    nps_segments_free(twice);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, rows_by_key);
    tcase_add_test(tcase, whole_states);
    tcase_add_test(tcase, rows_that_are_refused);
    tcase_add_test(tcase, other_states);
    tcase_add_test(tcase, failures_leave_no_trace);
    tcase_add_test(tcase, every_allocation_fails);
    tcase_add_test(tcase, rolled_up_and_taken_back);
}

int main(void)
{
    return test_main("outcomes_segments", add);
}
