/* Hidden segments, and what an attack makes of those that are shown. */
#include <nps/segments.h>
#include <nps/status.h>

#include "segments_attack.h"

#define MOST_SEGMENTS 4096

static void put(nps_segments *segments, const nps_key *key, uint64_t responses)
{
    nps_tally tally;
    ck_status(nps_tally_init(&tally, NULL), NPS_OK);
    for (uint64_t i = 0; i < 7; i++) tally.level[4 + i] = responses / 7 + (i < responses % 7);
    tally.missing = 3;
    ck_status(nps_segments_merge_tally(segments, key, &tally), NPS_OK);
}

/* A table of two dimensions, or of one where there is one column. Negative: no such segment. */
static nps_segments *table_of(int rows, int columns, const int *responses)
{
    int32_t dimensions = columns > 1 ? 2 : 1;
    nps_segments *made = new_segments(dimensions, NPS_STATE_TALLY, NULL);
    for (int i = 0; i < rows * columns; i++) {
        nps_key key[2] = {KEY_INTEGER(i / columns), KEY_INTEGER(i % columns)};
        if (responses[i] >= 0) put(made, key, (uint64_t)responses[i]);
    }
    return made;
}

static nps_segments *cube_of(nps_segments *segments)
{
    nps_segments *cube;
    ck_status(nps_segments_cube(segments, &cube), NPS_OK);
    nps_segments_free(segments);
    return cube;
}

/* The segments themselves and some of their roll-ups: those whose bit is set in `levels`. */
static nps_segments *levels_of(nps_segments *segments, uint32_t levels)
{
    nps_segments *made, *rolled;
    ck_status(nps_segments_copy(segments, &made), NPS_OK);
    for (uint32_t keep = 0; keep + 1 < 1u << nps_segments_dimensions(segments); keep++) {
        if ((levels >> keep & 1) == 0) continue;
        ck_status(nps_segments_rollup(segments, keep, &rolled), NPS_OK);
        ck_status(nps_segments_merge(made, rolled), NPS_OK);
        nps_segments_free(rolled);
    }
    nps_segments_free(segments);
    return made;
}

static uint64_t responses_at(const nps_segments *segments, size_t index)
{
    nps_tally tally;
    ck_status(nps_segments_tally(segments, index, &tally), NPS_OK);
    return nps_tally_responses(&tally);
}

/* Everything that holds of any result: what is small is hidden and called so, nothing else is called so, and the attack
 * finds nothing. */
static void check_hidden(const nps_segments *segments, uint64_t least, const uint8_t *hidden)
{
    for (size_t i = 0; i < nps_segments_count(segments); i++) {
        int is_small = responses_at(segments, i) < least;
        ck_assert_int_eq(hidden[i] == NPS_HIDDEN_SMALL, is_small);
        ck_assert(hidden[i] <= NPS_HIDDEN_TOO);
    }
    leaks found = attack_all(segments, hidden, least);
    ck_assert_uint_eq(found.equations, 0);
    ck_assert_uint_eq(found.bounds, 0);
    ck_assert_uint_eq(found.lines, 0);
}

/* Random tables. */

enum { SPARSE = 1, UNIFORM = 2, NESTED = 4, ZEROS = 8, KINDS = 16 };

static uint64_t random_responses(int kind, uint64_t least, uint64_t row, uint64_t *seed)
{
    if ((kind & ZEROS) && test_below(seed, 3) == 0) return 0;
    if (kind & UNIFORM) return test_below(seed, 4 * least);
    uint64_t skewed = 1;
    while (test_below(seed, 100) < 90 - 5 * (row % 8)) skewed++;
    return skewed * least / 6;
}

/* With 1 to `side` values in each dimension. Nested: the second part follows from the first one, as a team from an
 * agent. */
static nps_segments *random_table(int32_t dimensions, int kind, uint64_t side, uint64_t least, uint64_t *seed)
{
    nps_segments *made = new_segments(dimensions, NPS_STATE_TALLY, NULL);
    uint64_t sides[3] = {1, 1, 1}, cells = 1;
    for (int32_t d = 0; d < dimensions; d++) cells *= sides[d] = 1 + test_below(seed, side);
    for (uint64_t i = 0; i < cells; i++) {
        uint64_t part[3] = {i % sides[0], i / sides[0] % sides[1], i / sides[0] / sides[1]};
        if ((kind & NESTED) && dimensions > 1) part[1] = part[0] / 3;
        if ((kind & SPARSE) && test_below(seed, 3) > 0) continue;
        nps_key key[3];
        for (int32_t d = 0; d < dimensions; d++) key[d] = KEY_INTEGER((int64_t)part[d]);
        put(made, key, random_responses(kind, least, part[0], seed));
    }
    return made;
}

typedef struct trial {
    nps_segments *segments;
    uint64_t least;
} trial;

/* Flat, a cube, or with some of the levels; alternately of 1 to 3 dimensions and of each kind. */
static trial random_trial(uint64_t number)
{
    static const uint64_t sides[] = {25, 8, 4};
    uint64_t seed = number * 1000003;
    int32_t dimensions = 1 + (int32_t)(number % 3);
    trial made = {.least = 2 + test_below(&seed, 19)};
    int kind = (int)(number / 3 % KINDS);
    made.segments = random_table(dimensions, kind, sides[dimensions - 1], made.least, &seed);
    uint64_t shape = test_below(&seed, 3);
    if (shape == 1) made.segments = cube_of(made.segments);
    if (shape == 2) made.segments = levels_of(made.segments, (uint32_t)test_random(&seed));
    return made;
}

#define TRIALS_A_LOOP 150
#define LOOPS         16

START_TEST(attack_finds_nothing)
{
    for (uint64_t i = 0; i < TRIALS_A_LOOP; i++) {
        trial one = random_trial((uint64_t)_i * TRIALS_A_LOOP + i);
        uint8_t hidden[MOST_SEGMENTS];
        ck_assert(nps_segments_count(one.segments) <= MOST_SEGMENTS);
        ck_status(nps_segments_suppress(one.segments, one.least, hidden), NPS_OK);
        check_hidden(one.segments, one.least, hidden);
        nps_segments_free(one.segments);
    }
}
END_TEST

/* The attack works: against tables of which only the small segments are hidden, each of its three ways succeeds in
 * many. */
START_TEST(attack_finds_what_is_hidden_alone)
{
    size_t tables = 0, equations = 0, bounds = 0, lines = 0;
    for (uint64_t i = 0; i < 480; i++) {
        trial one = random_trial(i);
        uint8_t hidden[MOST_SEGMENTS];
        size_t small = 0, count = nps_segments_count(one.segments);
        for (size_t j = 0; j < count; j++) {
            hidden[j] = responses_at(one.segments, j) < one.least ? NPS_HIDDEN_SMALL : NPS_SHOWN;
            small += hidden[j] != NPS_SHOWN;
        }
        leaks found = attack_all(one.segments, hidden, one.least);
        tables += small > 0 && small < count;
        equations += found.equations > 0;
        bounds += found.bounds > 0;
        lines += found.lines > 0;
        nps_segments_free(one.segments);
    }
    ck_assert_uint_gt(tables, 200);
    ck_assert_uint_gt(equations, tables / 3);
    ck_assert_uint_gt(bounds, equations);
    ck_assert_uint_gt(lines, tables / 3);
}
END_TEST

static void must_leak(nps_segments *segments, const uint8_t *hidden, uint64_t least, leaks expected)
{
    leaks found = attack_all(segments, hidden, least);
    ck_assert_uint_eq(found.equations, expected.equations);
    ck_assert_uint_eq(found.bounds, expected.bounds);
    ck_assert_uint_eq(found.lines, expected.lines);
    nps_segments_free(segments);
}

/* Tables by hand, each open to one attack. A cube of 2 x 2 lies as total, column margins, then each row's margin and
 * cells. */
START_TEST(attack_by_hand)
{
    const uint8_t first[] = {1, 0, 0}, two[] = {1, 1, 0}, cells[] = {0, 0, 0, 0, 1, 1, 0, 1, 1},
                  three[] = {0, 0, 0, 0, 1, 1, 0, 1, 0};
    /* One number alone is the rest of the total. */
    must_leak(table_of(3, 1, (int[]){4, 50, 60}), first, 10, (leaks){1, 1, 1});
    /* Two are not, but they are 9 together. */
    must_leak(table_of(3, 1, (int[]){4, 5, 60}), two, 10, (leaks){0, 0, 1});
    must_leak(table_of(3, 1, (int[]){4, 6, 60}), two, 10, (leaks){0, 0, 0});
    /* Four corners of a box stay open, three do not. */
    must_leak(cube_of(table_of(2, 2, (int[]){14, 15, 16, 17})), cells, 10, (leaks){0, 0, 0});
    must_leak(cube_of(table_of(2, 2, (int[]){14, 15, 16, 17})), three, 10, (leaks){3, 3, 0});
    /* A row of nothing shows that it is nothing only to those who know that it cannot be less. */
    must_leak(cube_of(table_of(2, 2, (int[]){0, 0, 16, 17})), cells, 1, (leaks){0, 4, 1});
}
END_TEST

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

START_TEST(nothing_small_nothing_hidden)
{
    for (uint64_t i = 0; i < 200; i++) {
        trial one = random_trial(i);
        uint8_t hidden[MOST_SEGMENTS];
        uint64_t smallest = UINT64_MAX;
        size_t count = nps_segments_count(one.segments);
        for (size_t j = 0; j < count; j++)
            if (responses_at(one.segments, j) < smallest) smallest = responses_at(one.segments, j);
        ck_status(nps_segments_suppress(one.segments, smallest, hidden), NPS_OK);
        for (size_t j = 0; j < count; j++) ck_assert_int_eq(hidden[j], NPS_SHOWN);
        nps_segments_free(one.segments);
    }
}
END_TEST

/* Against the cheapest of all sets of segments that withstand the attack, found by trying them all: never cheaper, and
 * in the sum over many tables not much dearer. */
static uint64_t cheapest(const nps_segments *cube, uint64_t least, const uint8_t *found)
{
    size_t large[16], count = 0;
    uint64_t best = UINT64_MAX, cost;
    for (size_t i = 1; i < nps_segments_count(cube); i++)
        if (found[i] != NPS_HIDDEN_SMALL) large[count++] = i;
    for (uint32_t set = 0; set < 1u << count; set++) {
        uint8_t hidden[16];
        cost = 0;
        for (size_t i = 0; i < nps_segments_count(cube); i++) hidden[i] = found[i] == NPS_HIDDEN_SMALL;
        for (size_t i = 0; i < count; i++) {
            if ((set >> i & 1) == 0) continue;
            hidden[large[i]] = NPS_HIDDEN_TOO;
            cost += responses_at(cube, large[i]);
        }
        if (cost >= best) continue;
        leaks leaked = attack_all(cube, hidden, least);
        if (leaked.equations + leaked.bounds + leaked.lines == 0) best = cost;
    }
    return best;
}

START_TEST(not_much_more_than_needed)
{
    uint64_t seed = 11, taken = 0, needed = 0;
    int tables = 0;
    while (tables < 60) {
        int responses[9];
        for (int i = 0; i < 9; i++) responses[i] = test_below(&seed, 6) == 0 ? -1 : 1 + (int)test_below(&seed, 40);
        nps_segments *cube = cube_of(table_of(tables % 2 ? 3 : 2, 3, responses));
        uint8_t hidden[16];
        uint64_t cost = 0;
        ck_status(nps_segments_suppress(cube, 10, hidden), NPS_OK);
        for (size_t i = 0; i < nps_segments_count(cube); i++)
            if (hidden[i] == NPS_HIDDEN_TOO) cost += responses_at(cube, i);
        if (cost > 0) {
            uint64_t best = cheapest(cube, 10, hidden);
            ck_assert_uint_ge(cost, best);
            taken += cost;
            needed += best;
            tables++;
        }
        nps_segments_free(cube);
    }
    ck_assert_uint_lt(4 * taken, 5 * needed);
}
END_TEST

/* The same segments, in a random order and under another seed. */
static nps_segments *shuffled(const nps_segments *segments, uint64_t *seed)
{
    size_t count = nps_segments_count(segments), order[MOST_SEGMENTS];
    nps_segments_options options = {sizeof options, .dimensions = nps_segments_dimensions(segments),
                                    .seed = test_random(seed)};
    nps_segments *made;
    ck_status(nps_segments_new(&options, &made), NPS_OK);
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)test_below(seed, i + 1);
        order[i] = order[at];
        order[at] = i;
    }
    for (size_t i = 0; i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally tally;
        read_key(segments, order[i], key);
        ck_status(nps_segments_tally(segments, order[i], &tally), NPS_OK);
        ck_status(nps_segments_merge_tally(made, key, &tally), NPS_OK);
    }
    return made;
}

START_TEST(order_does_not_matter)
{
    uint64_t seed = 31;
    for (uint64_t i = 0; i < 300; i++) {
        trial one = random_trial(i);
        nps_segments *other = shuffled(one.segments, &seed);
        uint8_t hidden[MOST_SEGMENTS], again[MOST_SEGMENTS];
        ck_status(nps_segments_suppress(one.segments, one.least, hidden), NPS_OK);
        ck_status(nps_segments_suppress(other, one.least, again), NPS_OK);
        for (size_t j = 0; j < nps_segments_count(other); j++) {
            nps_key key[NPS_MAX_DIMENSIONS];
            size_t index;
            read_key(other, j, key);
            ck_status(nps_segments_find(one.segments, key, &index), NPS_OK);
            ck_assert_int_eq(hidden[index], again[j]);
        }
        nps_segments_free(other);
        nps_segments_free(one.segments);
    }
}
END_TEST

/* Responses count, not weights; and what was folded is a segment like another. */
START_TEST(weighted_and_folded)
{
    nps_segments *weighted = new_segments(1, NPS_STATE_WEIGHTED, NULL), *table, *folded;
    const int counts[] = {12, 4, 30};
    uint8_t hidden[16];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < counts[i]; j++)
            ck_status(nps_segments_add_weighted(weighted, &KEY_INTEGER(i), j % 11, i == 1 ? 100 : 0.01), NPS_OK);
    must_hide(weighted, 10, (uint8_t[]){2, 1, 0});

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

/* Costs that do not fit 64 bits are still those of something that can be done. */
START_TEST(huge_counts)
{
    nps_segments *segments = new_segments(3, NPS_STATE_TALLY, NULL);
    for (int64_t i = 0; i < 8; i++) {
        nps_key key[3] = {KEY_INTEGER(i & 1), KEY_INTEGER(i >> 1 & 1), KEY_INTEGER(i >> 2)};
        ck_status(nps_segments_add(segments, key, 9, i == 0 ? 1 : INT64_MAX / 7 - 1), NPS_OK);
    }
    segments = cube_of(segments);
    uint8_t hidden[64];
    ck_status(nps_segments_suppress(segments, 10, hidden), NPS_OK);
    attack of = attack_begin(segments, hidden);
    ck_assert_uint_eq(attack_equations(&of), 0);
    attack_end(&of);
    nps_segments_free(segments);
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
    tcase_add_loop_test(tests, attack_finds_nothing, 0, LOOPS);
    tcase_add_test(tests, attack_finds_what_is_hidden_alone);
    tcase_add_test(tests, attack_by_hand);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, cubes);
    tcase_add_test(tests, nothing_small_nothing_hidden);
    tcase_add_test(tests, not_much_more_than_needed);
    tcase_add_test(tests, order_does_not_matter);
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
