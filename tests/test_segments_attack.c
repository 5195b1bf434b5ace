/* Attacks on random tables of which segments are hidden. */
#include <nps/segments.h>
#include <nps/status.h>

#include "segments_attack.h"

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

/* Tables of a few cells with a few answers, so small that all of them can be tried. */
static nps_segments *tiny_table(uint64_t number, uint64_t *least)
{
    uint64_t seed = number * 77, cells = 1, sides[3] = {1, 1, 1};
    int32_t dimensions = 1 + (int32_t)(number % 3);
    uint64_t most = dimensions == 1 ? 7 : dimensions == 2 ? 3 : 2, answers = 1 + test_below(&seed, 3);
    uint64_t empty = test_below(&seed, 3), sparse = test_below(&seed, 2), crowd = test_below(&seed, 3) ? 7 : 3;
    nps_segments *made = new_segments(dimensions, NPS_STATE_TALLY, NULL);
    *least = 2 + test_below(&seed, 4);
    for (int32_t d = 0; d < dimensions; d++) cells *= sides[d] = 2 + test_below(&seed, most);
    for (uint64_t i = 0; i < cells; i++) {
        uint64_t part[3] = {i % sides[0], i / sides[0] % sides[1], i / sides[0] / sides[1]};
        nps_key key[3];
        nps_tally tally;
        if (sparse && test_below(&seed, 3) == 0) continue;
        for (int32_t d = 0; d < dimensions; d++) key[d] = KEY_INTEGER((int64_t)part[d]);
        ck_status(nps_tally_init(&tally, NULL), NPS_OK);
        uint64_t people = test_below(&seed, 4) < empty ? 0 : test_below(&seed, crowd);
        for (uint64_t j = 0; j < people; j++) tally.level[test_below(&seed, answers)]++;
        ck_status(nps_segments_merge_tally(made, key, &tally), NPS_OK);
    }
    return test_below(&seed, 5) == 0 ? made : cube_of(made);
}

/* Nothing that is hidden has the same answers in all tables that agree with what is shown; it would have, in many, if
 * only small segments were hidden. */
START_TEST(every_answer_stays_open)
{
    int tables = 0, complete = 0, control = 0;
    for (uint64_t i = 0; i < 400; i++) {
        uint64_t least;
        uint8_t hidden[MOST_SEGMENTS];
        nps_segments *segments = tiny_table((uint64_t)_i * 400 + i, &least);
        nps_tally total;
        ck_status(nps_segments_suppress(segments, least, hidden), NPS_OK);
        ck_status(nps_segments_total_tally(segments, &total), NPS_OK);
        if (nps_tally_responses(&total) >= least) {
            int all = 1, ignored;
            size_t known = attack_answers(segments, hidden, &all);
            if (all) ck_assert_uint_eq(known, 0);
            tables++;
            complete += all;
            for (size_t j = 0; j < nps_segments_count(segments); j++)
                if (hidden[j] == NPS_HIDDEN_TOO) hidden[j] = NPS_SHOWN;
            control += attack_answers(segments, hidden, &ignored) > 0;
        }
        nps_segments_free(segments);
    }
    ck_assert_int_gt(tables, 200);
    ck_assert_int_gt(complete, tables / 10 * 9);
    ck_assert_int_gt(control, tables / 3);
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

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, attack_finds_nothing, 0, LOOPS);
    tcase_add_test(tests, attack_finds_what_is_hidden_alone);
    tcase_add_test(tests, attack_by_hand);
    tcase_add_loop_test(tests, every_answer_stays_open, 0, 2);
    tcase_add_test(tests, nothing_small_nothing_hidden);
    tcase_add_test(tests, not_much_more_than_needed);
    tcase_add_test(tests, order_does_not_matter);
}

int main(void)
{
    return test_main("segments_attack", add);
}
