/* Which segments are hidden: by hand, in large tables, and of what is no table. */
#include <nps/segments.h>
#include <nps/status.h>

#include "segments_attack.h"

/* What is hidden, by hand. */

static void must_hide(nps_segments *segments, uint64_t least, const uint8_t *expected)
{
    uint8_t hidden[MOST_SEGMENTS];
    ck_status(nps_segments_suppress(segments, least, hidden), NPS_OK);
    for (size_t i = 0; i < nps_segments_count(segments); i++)
        if (hidden[i] != expected[i]) ck_abort_msg("segment %zu: %d, not %d", i, hidden[i], expected[i]);
    check_hidden(segments, least, hidden);
    nps_segments_free(segments);
}

START_TEST(lists)
{
    /* The smallest one besides, until they are `least` together. */
    must_hide(table_of(4, 1, (int[]){60, 4, 50, 70}), 10, (uint8_t[]){0, 1, 2, 0});
    must_hide(table_of(4, 1, (int[]){60, 4, 5, 50}), 10, (uint8_t[]){0, 1, 1, 2});
    must_hide(table_of(4, 1, (int[]){60, 4, 6, 50}), 10, (uint8_t[]){0, 1, 1, 0});
    must_hide(table_of(2, 1, (int[]){60, 0}), 10, (uint8_t[]){2, 1});
    must_hide(table_of(3, 1, (int[]){60, 0, 60}), 1, (uint8_t[]){2, 1, 0});
    must_hide(table_of(3, 1, (int[]){3, 4, 5}), 10, (uint8_t[]){1, 1, 1});
    must_hide(table_of(1, 1, (int[]){10}), 10, (uint8_t[]){0});
    /* The total is too small, or there is nothing. */
    must_hide(table_of(3, 1, (int[]){3, 3, 3}), 10, (uint8_t[]){1, 1, 1});
    must_hide(table_of(2, 1, (int[]){0, 0}), 1, (uint8_t[]){1, 1});
    must_hide(table_of(2, 1, (int[]){0, 0}), 0, (uint8_t[]){0, 0});
    must_hide(new_segments(1, NPS_STATE_TALLY, NULL), 10, NULL);
    /* Two dimensions without margins are a list too: nobody knows the margins. */
    must_hide(table_of(2, 2, (int[]){4, 30, 40, 20}), 10, (uint8_t[]){1, 0, 0, 2});
}
END_TEST

START_TEST(cubes)
{
    /* The box of 4 that adds least, 20 + 30 + 11: the others add 20 + 40 + 80, 21 + 30 + 90 and 21 + 40 + 91. In the
     * order of keys: the total, 3 column margins, then each row's margin and cells. */
    must_hide(cube_of(table_of(3, 3, (int[]){4, 20, 21, 30, 11, 90, 40, 80, 91})), 10,
              (uint8_t[]){0, 0, 0, 0, 0, 1, 2, 0, 0, 2, 2, 0, 0, 0, 0, 0});
    /* A list with its total. */
    must_hide(cube_of(table_of(3, 1, (int[]){60, 4, 50})), 10, (uint8_t[]){0, 0, 1, 2});
    /* One agent in each of two teams: each answer is there as an agent's, a team's and both. Key by key: the total, the
     * teams, and each agent's total and cell. */
    must_hide(cube_of(table_of(2, 2, (int[]){4, -1, -1, 50})), 10, (uint8_t[]){0, 1, 2, 1, 1, 2, 2});
    /* Nested: the other agent of the team goes, the teams stay. */
    must_hide(cube_of(table_of(3, 2, (int[]){4, -1, 50, -1, -1, 20})), 10, (uint8_t[]){0, 0, 0, 1, 1, 2, 2, 0, 0});
    /* One row that is the total: nothing about it can be hidden. */
    must_hide(cube_of(table_of(1, 3, (int[]){4, 20, 30})), 10, (uint8_t[]){0, 1, 2, 0, 0, 1, 2, 0});
    /* Rolled up to one dimension or to none. */
    nps_segments *table = table_of(3, 2, (int[]){1, 2, 30, 40, 15, 6}), *rolled;
    ck_status(nps_segments_rollup(table, 1, &rolled), NPS_OK);
    must_hide(rolled, 10, (uint8_t[]){1, 0, 2});
    ck_status(nps_segments_rollup(table, 0, &rolled), NPS_OK);
    must_hide(rolled, 10, (uint8_t[]){0});
    ck_status(nps_segments_rollup(table, 0, &rolled), NPS_OK);
    must_hide(rolled, 1000, (uint8_t[]){1});
    nps_segments_free(table);
}
END_TEST

/* Responses count, not weights or outcomes; and what was folded is a segment like another. */
START_TEST(weighted_and_folded)
{
    nps_segments *weighted = new_segments(1, NPS_STATE_WEIGHTED, NULL), *table, *folded;
    nps_segments *outcomes = new_segments(1, NPS_STATE_OUTCOMES, NULL);
    const int counts[] = {12, 4, 30};
    uint8_t hidden[16];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < counts[i]; j++) {
            double weight = i == 1 ? 100 : 0.01;
            ck_status(nps_segments_add_weighted(weighted, &KEY_INTEGER(i), j % 11, weight), NPS_OK);
            ck_status(nps_segments_add_outcome(outcomes, &KEY_INTEGER(i), j % 11, j % 3 ? (double)NAN : 9, weight),
                      NPS_OK);
        }
    must_hide(weighted, 10, (uint8_t[]){2, 1, 0});
    must_hide(outcomes, 10, (uint8_t[]){2, 1, 0});

    table = table_of(2, 4, (int[]){30, 3, 4, 5, 40, 6, 50, 60});
    ck_status(nps_segments_fold(table, 10, 2, &folded), NPS_OK);
    nps_segments_free(table);
    /* Row 0 has 30 and 12 others, row 1 has 40, 50, 60 and 6 others. Of 6 there is one box, with the 12 others and what
     * both rows have in column 0. By keys: the total, columns 0, 2, 3, other; row 0, its column 0, its others; row 1.
     */
    folded = cube_of(folded);
    ck_status(nps_segments_suppress(folded, 10, hidden), NPS_OK);
    check_hidden(folded, 10, hidden);
    must_hide(folded, 10, (uint8_t[]){0, 0, 0, 0, 0, 0, 2, 2, 0, 2, 0, 0, 1});
}
END_TEST

/* What is hidden among the segments on one line. */
typedef struct hidden_line {
    size_t count;
    uint64_t responses;
} hidden_line;

static void must_be_open(const hidden_line *line, size_t lines, uint64_t least)
{
    for (size_t i = 0; i < lines; i++)
        ck_assert(line[i].count == 0 || (line[i].count > 1 && line[i].responses >= least));
}

/* A list of 100,000 and a cube of 100 x 100, each within a moment. */
START_TEST(large)
{
    enum { LENGTH = 100000, SIDE = 100 };
    uint64_t seed = 3;
    nps_segments *list = new_segments(1, NPS_STATE_TALLY, NULL), *table = new_segments(2, NPS_STATE_TALLY, NULL);
    uint8_t *hidden = take(LENGTH, 1);
    hidden_line whole = {0, 0}, line[2 * SIDE] = {{0, 0}};
    size_t small = 0;
    for (int64_t i = 0; i < LENGTH; i++) put(list, &KEY_INTEGER(i), test_below(&seed, 1000));
    ck_status(nps_segments_suppress(list, 10, hidden), NPS_OK);
    for (size_t i = 0; i < LENGTH; i++) {
        small += responses_at(list, i) < 10;
        if (hidden[i] == NPS_SHOWN) continue;
        whole.count++;
        whole.responses += responses_at(list, i);
    }
    ck_assert_uint_gt(small, 500);
    ck_assert_uint_eq(whole.count, small);
    must_be_open(&whole, 1, 10);

    for (int64_t i = 0; i < SIDE * SIDE; i++)
        put(table, (nps_key[]){KEY_INTEGER(i / SIDE), KEY_INTEGER(i % SIDE)}, test_below(&seed, 1000));
    table = cube_of(table);
    ck_status(nps_segments_suppress(table, 10, hidden), NPS_OK);
    for (size_t i = 0; i < nps_segments_count(table); i++) {
        nps_key key[2];
        read_key(table, i, key);
        ck_assert(hidden[i] == NPS_SHOWN || (key[0].type != NPS_KEY_ALL && key[1].type != NPS_KEY_ALL));
        for (int d = 0; d < 2; d++) {
            if (hidden[i] == NPS_SHOWN) continue;
            line[d * SIDE + key[d].integer].count++;
            line[d * SIDE + key[d].integer].responses += responses_at(table, i);
        }
    }
    must_be_open(line, 2 * SIDE, 10);
    nps_segments_free(list);
    nps_segments_free(table);
    free(hidden);
}
END_TEST

START_TEST(eight_dimensions)
{
    uint64_t seed = 9;
    nps_segments *segments = new_segments(8, NPS_STATE_TALLY, NULL);
    for (int i = 0; i < 12; i++) {
        nps_key key[8];
        for (int32_t d = 0; d < 8; d++) key[d] = KEY_INTEGER((int64_t)test_below(&seed, 2));
        put(segments, key, 1 + test_below(&seed, 30));
    }
    segments = cube_of(segments);
    uint8_t hidden[MOST_SEGMENTS];
    ck_assert(nps_segments_count(segments) <= MOST_SEGMENTS);
    ck_status(nps_segments_suppress(segments, 5, hidden), NPS_OK);
    check_hidden(segments, 5, hidden);
    nps_segments_free(segments);
}
END_TEST

static void must_fail(nps_segments *segments, int expected)
{
    uint8_t hidden[16];
    memset(hidden, 42, sizeof hidden);
    ck_status(nps_segments_suppress(segments, 10, hidden), expected);
    for (size_t i = 0; i < sizeof hidden; i++) ck_assert_int_eq(hidden[i], 42);
    nps_segments_free(segments);
}

START_TEST(what_is_no_table)
{
    uint8_t hidden[1];
    nps_segments *segments = table_of(1, 1, (int[]){4});
    ck_status(nps_segments_suppress(NULL, 1, hidden), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_suppress(segments, 1, NULL), NPS_ERR_ARGUMENT);
    nps_segments_free(segments);

    /* Two lists that have no common cells. */
    nps_segments *table = table_of(2, 2, (int[]){4, 30, 40, 20}), *rows, *columns;
    ck_status(nps_segments_rollup(table, 1, &rows), NPS_OK);
    ck_status(nps_segments_rollup(table, 2, &columns), NPS_OK);
    ck_status(nps_segments_merge(columns, rows), NPS_OK);
    must_fail(columns, NPS_ERR_TYPE);
    nps_segments_free(rows);

    /* A margin that is more, or less, than its cells, has none, or is not there; a total that is more. */
    nps_key row[2] = {KEY_INTEGER(0), KEY_ALL}, none[2] = {KEY_INTEGER(7), KEY_ALL}, total[2] = {KEY_ALL, KEY_ALL};
    const struct {
        const nps_key *key;
        uint64_t responses;
    } wrong[] = {{row, 35}, {row, 33}, {row, 34}, {none, 5}, {none, 0}, {total, 95}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nps_segments *copy;
        ck_status(nps_segments_copy(table, &copy), NPS_OK);
        put(copy, wrong[i].key, wrong[i].responses);
        must_fail(copy, NPS_ERR_TYPE);
    }
    put(table, total, 94);
    ck_status(nps_segments_suppress(table, 10, (uint8_t[5]){0}), NPS_OK);
    nps_segments_free(table);

    segments = new_segments(1, NPS_STATE_TALLY, NULL);
    ck_status(nps_segments_add(segments, &KEY_INTEGER(0), 9, INT64_MAX), NPS_OK);
    ck_status(nps_segments_suppress(segments, 10, hidden), NPS_OK);
    ck_status(nps_segments_add(segments, &KEY_INTEGER(1), 9, 1), NPS_OK);
    ck_status(nps_segments_suppress(segments, 10, (uint8_t[2]){0}), NPS_ERR_OVERFLOW);
    nps_segments_free(segments);
}
END_TEST

/* Costs that do not fit 64 bits are still those of something that can be done: two cells without a common margin, so
 * that all but the total must go. */
START_TEST(huge_counts)
{
    nps_segments *diagonal = new_segments(3, NPS_STATE_TALLY, NULL);
    uint8_t hidden[15];
    ck_status(nps_segments_add(diagonal, (nps_key[]){KEY_NULL, KEY_NULL, KEY_NULL}, 9, 1), NPS_OK);
    ck_status(nps_segments_add(diagonal, (nps_key[]){KEY_INTEGER(1), KEY_INTEGER(1), KEY_INTEGER(1)}, 9, INT64_MAX - 1),
              NPS_OK);
    diagonal = cube_of(diagonal);
    ck_assert_uint_eq(nps_segments_count(diagonal), sizeof hidden);
    ck_status(nps_segments_suppress(diagonal, 10, hidden), NPS_OK);
    check_hidden(diagonal, 10, hidden);
    for (size_t i = 0; i < sizeof hidden; i++) ck_assert_int_eq(hidden[i] != NPS_SHOWN, i != 0);
    nps_segments_free(diagonal);
}
END_TEST

START_TEST(memory_fails)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_segments *segments = new_segments(2, NPS_STATE_TALLY, &allocator);
    for (int64_t i = 0; i < 30; i++) put(segments, (nps_key[]){KEY_INTEGER(i % 5), KEY_INTEGER(i / 5)}, (uint64_t)i);
    segments = cube_of(segments);
    uint64_t held = memory.bytes;
    int status = NPS_ERR_MEMORY;
    int64_t n;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        uint8_t hidden[64];
        memset(hidden, 42, sizeof hidden);
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_segments_suppress(segments, 10, hidden);
        for (size_t i = 0; status != NPS_OK && i < sizeof hidden; i++) ck_assert_int_eq(hidden[i], 42);
        ck_assert_uint_eq(memory.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(n, 10);
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, cubes);
    tcase_add_test(tests, weighted_and_folded);
    tcase_add_test(tests, large);
    tcase_add_test(tests, eight_dimensions);
    tcase_add_test(tests, what_is_no_table);
    tcase_add_test(tests, huge_counts);
    tcase_add_test(tests, memory_fails);
}

int main(void)
{
    return test_main("segments_suppress", add);
}
