/* Answers by theme: that each is had back once, however they were added, merged, rolled up and encoded, against answers
 * kept one by one; and what is refused. test_themes_estimate.c has the tests of the estimates. */
#include <nps/codec.h>
#include <nps/status.h>
#include <nps/themes.h>
#include <stdlib.h>

#include "themes_answers.h"

#define MOST ((uint64_t)INT64_MAX)

/* What is under a key, against the answers. */
static void must_be_under(const nps_segments *segments, const answers *all, const nps_key *key)
{
    nps_weighted expected = weigh_answers(all, key, NULL, 0), weighted;
    nps_tally tally, counts;
    ck_status(nps_weighted_tally(&expected, &counts), NPS_OK);
    int is_there = key == NULL || all->leading == 0;
    for (size_t i = 0; i < all->count; i++) is_there |= is_under(all, all->row + i, key);
    for (int32_t d = 0, any = 1; key != NULL && d < all->leading; d++) {
        any &= key[d].type == NPS_KEY_ALL;
        if (d == all->leading - 1) is_there |= any;
    }
    memset(&tally, 0x5a, sizeof tally);
    ck_status(nps_themes_tally(segments, key, &tally), is_there ? NPS_OK : NPS_ERR_NOT_FOUND);
    if (is_there) ck_assert_mem_eq(&tally, &counts, sizeof tally);
    if (all->state == NPS_STATE_TALLY) {
        ck_status(nps_themes_weighted(segments, key, &weighted), NPS_ERR_TYPE);
        return;
    }
    ck_status(nps_themes_weighted(segments, key, &weighted), is_there ? NPS_OK : NPS_ERR_NOT_FOUND);
    if (is_there) ck_assert_mem_eq(&weighted, &expected, sizeof weighted);
}

static void must_hold(const nps_segments *segments, const answers *all)
{
    const nps_key parts[] = {KEY_ALL, KEY_NULL, KEY_INTEGER(0), KEY_INTEGER(1), KEY_INTEGER(2), KEY_BYTES("", 0)};
    must_be_under(segments, all, NULL);
    for (size_t a = 0; a < sizeof parts / sizeof *parts; a++)
        for (size_t b = 0; b < sizeof parts / sizeof *parts; b++)
            must_be_under(segments, all, (nps_key[]){parts[a], parts[b]});
}

static void same_segments(const nps_segments *a, const nps_segments *b)
{
    ck_assert_uint_eq(nps_segments_count(a), nps_segments_count(b));
    for (size_t i = 0; i < nps_segments_count(a); i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally first, second;
        nps_weighted left, right;
        size_t at;
        for (int32_t d = 0; d < nps_segments_dimensions(a); d++) ck_status(nps_segments_key(a, i, d, key + d), NPS_OK);
        ck_status(nps_segments_find(b, key, &at), NPS_OK);
        ck_status(nps_segments_tally(a, i, &first), NPS_OK);
        ck_status(nps_segments_tally(b, at, &second), NPS_OK);
        ck_assert_mem_eq(&first, &second, sizeof first);
        if (nps_segments_state(a) != NPS_STATE_WEIGHTED) continue;
        ck_status(nps_segments_weighted(a, i, &left), NPS_OK);
        ck_status(nps_segments_weighted(b, at, &right), NPS_OK);
        ck_assert_mem_eq(&left, &right, sizeof left);
    }
}

static answers answers_of(int round, uint64_t *seed)
{
    *seed = (uint64_t)round;
    int32_t state = round % 2 ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY;
    return random_answers(seed, round / 2 % 3, state, (size_t)test_below(seed, MOST_ANSWERS));
}

/* Segments are as the header says: a theme and how many the answer has. */
START_TEST(segments_as_the_model)
{
    uint64_t seed;
    answers all = answers_of(_i, &seed);
    nps_scale scale;
    nps_scale_standard(&scale);
    segment_model *model = model_new(all.leading + 2, all.state, &scale);
    for (const answered *row = all.row; row < all.row + all.count; row++) {
        nps_key key[MOST_LEADING + 2];
        memcpy(key, row->leading, sizeof row->leading);
        key[all.leading + 1] = KEY_INTEGER(different_themes(row));
        for (size_t t = 0; t <= THEMES; t++) {
            key[all.leading] = t < THEMES ? theme_key(t) : KEY_NULL;
            if (mentions_theme(row, key + all.leading)) model_add(model, key, row->answer, row->weight);
        }
    }
    model_sort(model);
    nps_segments *segments = segments_of(&all);
    ck_status(nps_segments_sort(segments), NPS_OK);
    must_match(model, segments);
    nps_segments_free(segments);
    model_free(model);
}
END_TEST

START_TEST(each_answer_once)
{
    uint64_t seed;
    answers all = answers_of(_i, &seed);
    nps_segments *segments = segments_of(&all), *made;
    uint8_t *bytes = NULL;
    size_t size = 0;
    must_hold(segments, &all);
    ck_status(nps_segments_sort(segments), NPS_OK);
    must_hold(segments, &all);

    ck_status(nps_segments_cube(segments, &made), NPS_OK);
    must_hold(made, &all);
    nps_segments_free(made);

    ck_status(nps_segments_encode(segments, NULL, 0, &size), NPS_OK);
    bytes = malloc(size);
    ck_status(nps_segments_encode(segments, bytes, size, &size), NPS_OK);
    ck_status(nps_segments_decode(bytes, size, NULL, 7, &made), NPS_OK);
    must_hold(made, &all);
    free(bytes);
    nps_segments_free(made);

    /* Of what is folded over the theme the answers are still known. */
    ck_status(nps_segments_fold(segments, 4, UINT32_C(1) << all.leading, &made), NPS_OK);
    must_hold(made, &all);
    nps_segments_free(made);
    nps_segments_free(segments);
}
END_TEST

/* What is rolled up over parts before the theme has the answers under NPS_KEY_ALL, and not those of one value. */
START_TEST(rolled_up)
{
    uint64_t seed;
    answers all = answers_of(_i, &seed);
    nps_segments *segments = segments_of(&all), *made;
    for (uint32_t keep = 0; keep < UINT32_C(1) << all.leading; keep++) {
        ck_status(nps_segments_rollup(segments, keep | UINT32_C(3) << all.leading, &made), NPS_OK);
        must_be_under(made, &all, NULL);
        for (int value = 0; value < 3; value++) {
            nps_key key[MOST_LEADING] = {KEY_ALL, KEY_ALL};
            nps_tally tally;
            for (int32_t d = 0; d < all.leading; d++)
                if (keep >> d & 1) key[d] = KEY_INTEGER(value);
            must_be_under(made, &all, key);
            if (all.leading == 0 || keep & 1) continue;
            key[0] = KEY_INTEGER(value);
            ck_status(nps_themes_tally(made, key, &tally), NPS_ERR_NOT_FOUND);
        }
        nps_segments_free(made);
    }
    nps_segments_free(segments);
}
END_TEST

START_TEST(split_merged_and_taken_back)
{
    uint64_t seed;
    answers all = answers_of(_i, &seed), head = all;
    head.count = all.count == 0 ? 0 : (size_t)test_below(&seed, all.count);
    nps_segments *whole = segments_of(&all), *first = segments_of(&head);
    nps_segments *second = new_themes(all.leading, all.state, NULL);
    add_answers(second, &all, head.count, all.count);
    ck_status(nps_segments_merge(first, second), NPS_OK);
    same_segments(whole, first);
    must_hold(first, &all);
    ck_status(nps_segments_subtract(whole, second), NPS_OK);
    must_hold(whole, &head);
    size_t count = nps_segments_count(first);
    for (const answered *row = all.row + head.count; row < all.row + all.count; row++)
        ck_status(nps_themes_remove(first, all.leading == 0 ? NULL : row->leading, row->themes, row->count, row->answer,
                                    row->weight),
                  NPS_OK);
    must_be_under(first, &head, NULL);
    ck_assert_uint_eq(nps_segments_count(first), count);
    nps_segments_free(whole);
    nps_segments_free(first);
    nps_segments_free(second);
}
END_TEST

static int add_text(nps_segments *segments, const char *text, size_t length, const char *separator)
{
    return nps_themes_add_text(segments, NULL, text, length, separator, strlen(separator), 9, 1);
}

/* `count` themes, given, are the only ones of one answer. */
static void must_be_themes(const nps_segments *segments, const nps_key *themes, size_t count)
{
    ck_assert_uint_eq(nps_segments_count(segments), count == 0 ? 1 : count);
    for (size_t i = 0; i < count || i == 0; i++) {
        nps_key key[2] = {count == 0 ? KEY_NULL : themes[i], KEY_INTEGER((int64_t)count)};
        size_t at;
        nps_tally tally;
        ck_status(nps_segments_find(segments, key, &at), NPS_OK);
        ck_status(nps_segments_tally(segments, at, &tally), NPS_OK);
        ck_assert_uint_eq(tally.level[9], 1);
        ck_assert_uint_eq(nps_tally_total(&tally), 1);
    }
}

START_TEST(text_is_cut)
{
#define TEXT(literal) literal, sizeof(literal) - 1
#define NAME(literal)                                                            \
    {                                                                            \
        .type = NPS_KEY_BYTES, .bytes = (literal), .length = sizeof(literal) - 1 \
    }
    static const struct {
        const char *text;
        size_t length;
        const char *separator;
        size_t count;
        nps_key themes[3];
    } cases[] = {
        {TEXT("price; delivery"), ";", 2, {NAME("price"), NAME("delivery")}},
        {TEXT("\t price \t"), ";", 1, {NAME("price")}},
        {TEXT("a b;;a b; a  b ;"), ";", 2, {NAME("a b"), NAME("a  b")}},
        {TEXT("A;a;\xc3\x84"), ";", 3, {NAME("A"), NAME("a"), NAME("\xc3\x84")}},
        {TEXT("; ;\t;;"), ";", 0, {{0}}},
        {TEXT(""), ";", 0, {{0}}},
        {TEXT(" \t "), ";", 0, {{0}}},
        {TEXT("a\0b;a\0c;a"), ";", 3, {NAME("a\0b"), NAME("a\0c"), NAME("a")}},
        {TEXT("one;two"), "; ", 1, {NAME("one;two")}},
        {TEXT("a---b-"), "--", 2, {NAME("a"), NAME("-b-")}},
        {TEXT("----"), "--", 0, {{0}}},
        {TEXT("-"), "--", 1, {NAME("-")}},
        {TEXT("up down  up"), " ", 2, {NAME("up"), NAME("down")}},
        {TEXT("a\xc2\xb7"
              "b"),
         "\xc2\xb7",
         2,
         {NAME("a"), NAME("b")}},
        {TEXT("\na\n"), ";", 1, {NAME("\na\n")}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
        char *exact = malloc(cases[i].length + 1); /* so that a read past the end is seen */
        exact = realloc(exact, cases[i].length == 0 ? 1 : cases[i].length);
        memcpy(exact, cases[i].text, cases[i].length);
        ck_status(add_text(segments, exact, cases[i].length, cases[i].separator), NPS_OK);
        must_be_themes(segments, cases[i].themes, cases[i].count);
        ck_status(nps_themes_remove_text(segments, NULL, exact, cases[i].length, cases[i].separator,
                                         strlen(cases[i].separator), 9, 1),
                  NPS_OK);
        nps_tally tally;
        ck_status(nps_themes_tally(segments, NULL, &tally), NPS_OK);
        ck_assert_uint_eq(nps_tally_total(&tally), 0);
        free(exact);
        nps_segments_free(segments);
    }
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    ck_status(nps_themes_add_text(segments, NULL, NULL, 0, "\0;", 2, 9, 1), NPS_OK);
    must_be_themes(segments, NULL, 0);
    nps_segments_free(segments);
}
END_TEST

START_TEST(very_many)
{
    nps_segments *segments = new_themes(0, NPS_STATE_TALLY, NULL);
    nps_key themes[300];
    char text[300 * 4];
    for (size_t i = 0; i < 300; i++) {
        themes[i] = KEY_INTEGER((int64_t)i);
        text[4 * i] = (char)('0' + i / 100);
        text[4 * i + 1] = (char)('0' + i / 10 % 10);
        text[4 * i + 2] = (char)('0' + i % 10);
        text[4 * i + 3] = ',';
    }
    ck_status(nps_themes_add(segments, NULL, themes, 256, 9, 1), NPS_ERR_LIMIT);
    ck_status(nps_themes_remove(segments, NULL, themes, 256, 9, 1), NPS_ERR_LIMIT);
    ck_status(add_text(segments, text, sizeof text, ","), NPS_ERR_LIMIT);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    ck_status(add_text(segments, text, 255 * 4, ","), NPS_OK);
    ck_status(add_text(segments, text, 255 * 4 + 3, ","), NPS_ERR_LIMIT);
    for (size_t i = 255; i < 300; i++) themes[i] = themes[i - 255];
    ck_status(nps_themes_add(segments, NULL, themes, 300, 9, 1), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(segments), 2 * 255);
    nps_tally tally;
    ck_status(nps_themes_tally(segments, NULL, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[9], 2);
    nps_segments_free(segments);
}
END_TEST

/* Keys that were read from the container itself. */
START_TEST(own_keys)
{
    nps_segments *segments = new_themes(1, NPS_STATE_TALLY, NULL);
    static char name[40][2000];
    for (size_t i = 0; i < 40; i++) {
        memset(name[i], 'a' + (int)(i % 26), sizeof name[i]);
        name[i][0] = (char)('A' + i);
        ck_status(nps_themes_add_text(segments, &KEY_INTEGER((int64_t)i), name[i], sizeof name[i], ";", 1, 9, 1),
                  NPS_OK);
    }
    for (size_t i = 0; i + 4 <= 40; i++) {
        nps_key themes[4];
        for (size_t t = 0; t < 4; t++) ck_status(nps_segments_key(segments, i + t, 1, themes + t), NPS_OK);
        ck_status(nps_themes_add(segments, themes, themes, 4, 3, 1), NPS_OK);
    }
    nps_tally tally;
    ck_status(nps_themes_tally(segments, NULL, &tally), NPS_OK);
    ck_assert_uint_eq(tally.level[9], 40);
    ck_assert_uint_eq(tally.level[3], 37);
    for (size_t i = 0; i + 4 <= 40; i++) {
        nps_key key[3] = {KEY_BYTES(name[i], sizeof name[i]), KEY_BYTES(name[i + 3], sizeof name[i]), KEY_INTEGER(4)};
        size_t at;
        ck_status(nps_segments_find(segments, key, &at), NPS_OK);
    }
    nps_segments_free(segments);
}
END_TEST

static void must_stay(nps_segments *segments, const nps_segments *before, int status, int expected)
{
    ck_assert_int_eq(status, expected);
    same_segments(before, segments);
}

START_TEST(all_or_nothing)
{
    nps_segments *plain = new_themes(0, NPS_STATE_TALLY, NULL), *weighted = new_themes(0, NPS_STATE_WEIGHTED, NULL);
    nps_segments *before, *heavy;
    const nps_key full[2] = {KEY_BYTES("b", 1), KEY_INTEGER(3)};
    ck_status(nps_segments_add(plain, full, 9, MOST), NPS_OK);
    ck_status(nps_segments_add_weighted(weighted, full, 9, 0x1p63), NPS_OK);
    ck_status(add_text(plain, "a;c", 3, ";"), NPS_OK);
    ck_status(nps_segments_copy(plain, &before), NPS_OK);
    ck_status(nps_segments_copy(weighted, &heavy), NPS_OK);

    must_stay(plain, before, add_text(plain, "a;b;c", 5, ";"), NPS_ERR_OVERFLOW);
    must_stay(plain, before, add_text(plain, "c;d;b", 5, ";"), NPS_ERR_OVERFLOW);
    must_stay(weighted, heavy, nps_themes_add_text(weighted, NULL, "d;e;b", 5, ";", 1, 9, 0x1p63), NPS_ERR_OVERFLOW);
    must_stay(weighted, heavy, nps_themes_add_text(weighted, NULL, "b", 1, ";", 1, 9, -1), NPS_ERR_RANGE);
    must_stay(weighted, heavy, nps_themes_add_text(weighted, NULL, "b", 1, ";", 1, 9, 0x1p-65), NPS_ERR_RANGE);
    must_stay(plain, before, nps_themes_add_text(plain, NULL, "b", 1, ";", 1, 9, 2), NPS_ERR_RANGE);
    must_stay(plain, before, nps_themes_add_text(plain, NULL, "b", 1, ";", 1, NPS_MISSING, 0), NPS_ERR_RANGE);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "a;d", 3, ";", 1, 9, 1), NPS_ERR_NOT_FOUND);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "a", 1, ";", 1, 9, 1), NPS_ERR_NOT_FOUND);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "", 0, ";", 1, 9, 1), NPS_ERR_NOT_FOUND);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "a;c", 3, ";", 1, 8, 1), NPS_ERR_UNDERFLOW);
    const nps_key two[2] = {KEY_BYTES("e", 1), KEY_INTEGER(2)};
    ck_status(nps_segments_add(plain, two, 3, 1), NPS_OK);
    ck_status(nps_segments_add(before, two, 3, 1), NPS_OK);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "a;e", 3, ";", 1, 9, 1), NPS_ERR_UNDERFLOW);
    must_stay(plain, before, nps_themes_remove_text(plain, NULL, "c;e", 3, ";", 1, 3, 1), NPS_ERR_UNDERFLOW);
    nps_segments_free(plain);
    nps_segments_free(weighted);
    nps_segments_free(before);
    nps_segments_free(heavy);
}
END_TEST

typedef struct given {
    nps_key theme, number;
    uint64_t count;
} given;

/* What the two readers say of a container of these segments, all answers of 9 and with weights of 1. */
static int read_given(const given *rows, size_t count, int32_t state)
{
    nps_segments *segments = new_themes(0, state, NULL);
    for (size_t i = 0; i < count; i++) {
        nps_tally tally;
        nps_weighted weighted;
        nps_key key[2] = {rows[i].theme, rows[i].number};
        ck_status(nps_tally_init(&tally, NULL), NPS_OK);
        ck_status(nps_weighted_init(&weighted, NULL), NPS_OK);
        tally.level[9] = weighted.level[9] = weighted.weight[9][1] = weighted.square[9][2] = rows[i].count;
        ck_status(state == NPS_STATE_TALLY ? nps_segments_merge_tally(segments, key, &tally)
                                           : nps_segments_merge_weighted(segments, key, &weighted),
                  NPS_OK);
    }
    nps_tally tally = {.kind = 77};
    nps_themes_options options = {.struct_size = sizeof options};
    nps_theme themes[8];
    size_t found = 99;
    int status = nps_themes_tally(segments, NULL, &tally);
    ck_assert(status == NPS_OK || tally.kind == 77);
    if (status != NPS_OK) {
        ck_status(nps_themes_estimate(segments, NULL, &options, themes, 8, &found), status);
        ck_assert_uint_eq(found, 99);
    }
    nps_segments_free(segments);
    return status;
}

START_TEST(no_answers_have)
{
    const nps_key a = KEY_BYTES("a", 1), b = KEY_BYTES("b", 1), c = KEY_INTEGER(3);
    const nps_key none = KEY_INTEGER(0), one = KEY_INTEGER(1), two = KEY_INTEGER(2), three = KEY_INTEGER(3);
    nps_segments *segments = new_themes(0, NPS_STATE_WEIGHTED, NULL);
    nps_weighted weighted;
    nps_tally tally;
    const struct {
        given rows[3];
        size_t count;
        int expected;
    } cases[] = {
        {{{a, two, 4}, {b, two, 3}, {c, two, 5}}, 3, NPS_OK},
        {{{a, two, 4}, {b, two, 3}, {c, two, 4}}, 3, NPS_ERR_FORMAT}, /* 11 of 2 each */
        {{{a, two, 4}, {b, two, 1}, {c, two, 1}}, 3, NPS_ERR_FORMAT}, /* a in more than all 3 */
        {{{a, two, 2}}, 1, NPS_ERR_FORMAT},
        {{{a, three, 1}, {b, three, 1}, {c, three, 1}}, 3, NPS_OK},
        {{{a, three, 1}, {b, three, 1}, {c, one, 1}}, 3, NPS_ERR_FORMAT},
        {{{KEY_OTHER, two, 2}}, 1, NPS_OK},
        {{{KEY_OTHER, two, 3}, {a, two, 2}}, 2, NPS_ERR_FORMAT},
        {{{KEY_OTHER, none, 2}, {KEY_NULL, none, 1}}, 2, NPS_OK},
        {{{KEY_NULL, one, 1}}, 1, NPS_ERR_TYPE},
        {{{a, none, 1}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_INTEGER(-1), 1}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_INTEGER(256), 256}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_BYTES("1", 1), 1}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_OTHER, 1}}, 1, NPS_ERR_TYPE},
        {{{KEY_ALL, one, 1}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_ALL, 1}}, 1, NPS_ERR_TYPE},
        {{{a, KEY_NULL, 0}}, 1, NPS_ERR_TYPE},
        {{{KEY_ALL, one, 7}, {a, one, 2}}, 2, NPS_OK},
        {{{a, one, MOST / 3}, {b, one, MOST / 3}, {c, one, MOST / 3}}, 3, NPS_OK},
        {{{a, one, MOST / 2}, {b, one, MOST / 2}, {c, one, 2}}, 3, NPS_ERR_OVERFLOW},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int32_t state = NPS_STATE_TALLY; state <= NPS_STATE_WEIGHTED; state++) {
            int found = read_given(cases[i].rows, cases[i].count, state);
            ck_assert_msg(found == cases[i].expected, "case %zu, state %d: %d, not %d", i, (int)state, found,
                          cases[i].expected);
        }

    /* Who is in it twice has one weight. */
    ck_status(nps_weighted_init(&weighted, NULL), NPS_OK);
    ck_status(nps_weighted_add(&weighted, 9, 1), NPS_OK);
    ck_status(nps_weighted_add(&weighted, 9, 3), NPS_OK);
    ck_status(nps_segments_merge_weighted(segments, (nps_key[]){KEY_OTHER, two}, &weighted), NPS_OK);
    ck_status(nps_themes_tally(segments, NULL, &tally), NPS_ERR_FORMAT);
    nps_segments_free(segments);
}
END_TEST

START_TEST(new_containers)
{
    nps_segments *segments = (nps_segments *)&segments;
    nps_segments_options options = {.struct_size = sizeof options};
    const int32_t bad_dimensions[] = {-1, NPS_MAX_DIMENSIONS - 1, INT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        options.dimensions = bad_dimensions[i];
        ck_status(nps_themes_new(&options, &segments), NPS_ERR_ARGUMENT);
    }
    options.dimensions = 0;
    const int32_t bad_states[] = {-1, NPS_STATE_OUTCOMES, NPS_STATE_DRIVERS, 99};
    for (size_t i = 0; i < 4; i++) {
        options.state = bad_states[i];
        ck_status(nps_themes_new(&options, &segments), NPS_ERR_ARGUMENT);
    }
    options.state = 0;
    ck_status(nps_themes_new(NULL, &segments), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_new(&options, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_new(&(nps_segments_options){0}, &segments), NPS_ERR_ARGUMENT);
    nps_scale impossible = {5, 0, 1, 2};
    options.scale = &impossible;
    ck_status(nps_themes_new(&options, &segments), NPS_ERR_SCALE);
    options.scale = NULL;
    ck_assert_ptr_eq(segments, (nps_segments *)&segments);

    struct {
        nps_segments_options known;
        uint64_t later;
    } larger = {.known = {.struct_size = sizeof larger, .dimensions = NPS_MAX_DIMENSIONS - 2, .kind = 5}, .later = 1};
    ck_status(nps_themes_new(&larger.known, &segments), NPS_ERR_ARGUMENT);
    larger.later = 0;
    ck_status(nps_themes_new(&larger.known, &segments), NPS_OK);
    ck_assert_int_eq(nps_segments_dimensions(segments), NPS_MAX_DIMENSIONS);
    ck_assert_uint_eq(nps_segments_kind(segments), 5);
    const char *name;
    size_t length;
    ck_status(nps_segments_name(segments, NPS_MAX_DIMENSIONS - 2, &name, &length), NPS_OK);
    ck_assert(length == 5 && memcmp(name, "theme", 5) == 0);
    ck_status(nps_segments_name(segments, NPS_MAX_DIMENSIONS - 1, &name, &length), NPS_OK);
    ck_assert(length == 6 && memcmp(name, "themes", 6) == 0);
    nps_segments_free(segments);

    options.struct_size = offsetof(nps_segments_options, dimensions); /* a shorter one: no dimensions, tallies */
    options.dimensions = 3;
    ck_status(nps_themes_new(&options, &segments), NPS_OK);
    ck_assert_int_eq(nps_segments_dimensions(segments), 2);
    nps_segments_free(segments);
}
END_TEST

START_TEST(refused)
{
    nps_segments *segments = new_themes(1, NPS_STATE_TALLY, NULL), *flat = new_segments(1, NPS_STATE_TALLY, NULL);
    nps_segments *weighted = new_themes(0, NPS_STATE_WEIGHTED, NULL);
    const nps_key key = KEY_INTEGER(1), theme = KEY_BYTES("a", 1), both[2] = {KEY_BYTES("", 0), KEY_BYTES("a", 1)};
    nps_tally tally = {.kind = 77};
    nps_weighted sums = {.kind = 77};
    const nps_key bad[] = {KEY_NULL, KEY_ALL, KEY_OTHER, {0}, {.type = 9}, {.type = NPS_KEY_BYTES, .length = 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_status(nps_themes_add(segments, &key, (nps_key[]){theme, bad[i]}, 2, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(nps_themes_remove(segments, &key, bad + i, 1, 9, 1), NPS_ERR_ARGUMENT);
    }
    for (size_t i = 1; i < sizeof bad / sizeof *bad; i++) {
        ck_status(nps_themes_add(segments, bad + i, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
        if (i < 3) continue;
        ck_status(nps_themes_tally(segments, bad + i, &tally), NPS_ERR_ARGUMENT);
    }
    ck_status(nps_themes_add(NULL, &key, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, NULL, &theme, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add(segments, &key, NULL, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, &key, NULL, 1, ";", 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, &key, "a", 1, ";", 0, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, &key, "a", 1, NULL, 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(segments, NULL, "a", 1, ";", 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_add_text(NULL, &key, "a", 1, ";", 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_remove_text(NULL, &key, "a", 1, ";", 1, 9, 1), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(nps_segments_count(segments), 0);
    ck_status(nps_themes_add(flat, NULL, &theme, 1, 9, 1), NPS_ERR_TYPE);
    ck_status(nps_themes_add_text(flat, NULL, "a", 1, ";", 1, 9, 1), NPS_ERR_TYPE);
    ck_status(nps_themes_tally(flat, NULL, &tally), NPS_ERR_TYPE);
    ck_status(nps_themes_tally(NULL, NULL, &tally), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_tally(segments, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_weighted(NULL, NULL, &sums), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_weighted(weighted, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_themes_weighted(segments, NULL, &sums), NPS_ERR_TYPE);
    ck_status(nps_themes_tally(segments, &key, &tally), NPS_ERR_NOT_FOUND);
    ck_assert(tally.kind == 77 && sums.kind == 77);

    /* Kinds come along; a theme of no length is none. */
    ck_status(nps_segments_set_kind(weighted, 6), NPS_OK);
    ck_status(nps_themes_add(weighted, NULL, both, 2, 9, 0.5), NPS_OK);
    ck_status(nps_themes_add(weighted, NULL, both, 1, 9, 0.5), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(weighted), 2);
    ck_status(nps_themes_weighted(weighted, NULL, &sums), NPS_OK);
    ck_status(nps_themes_tally(weighted, NULL, &tally), NPS_OK);
    ck_assert(tally.kind == 6 && sums.kind == 6 && nps_weighted_total(&sums) == 1);
    nps_segments_free(segments);
    nps_segments_free(flat);
    nps_segments_free(weighted);
}
END_TEST

/* Without memory nothing changes, and nothing is lost. */
START_TEST(memory)
{
    static const char *texts[] = {"a;b;c", "a", "", "b;long enough that keys need a chunk of their own;d;e;f", "c;a"};
    int32_t state = _i ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY;
    test_memory counted;
    nps_allocator allocator;
    nps_segments *segments = NULL;
    int64_t n = 0;
    nps_segments_options options = {sizeof options, .state = state, .allocator = &allocator};
    for (int status = NPS_ERR_MEMORY; status != NPS_OK; n++) {
        test_memory_start(&counted, n, &allocator);
        status = nps_themes_new(&options, &segments);
        if (status != NPS_OK) ck_assert(status == NPS_ERR_MEMORY && counted.blocks == 0 && segments == NULL);
    }
    ck_assert_int_eq(n, 4);
    nps_segments *model = new_themes(0, state, NULL);
    nps_tally tally, expected;
    for (size_t i = 0; i < 10; i++) {
        const char *text = texts[i % 5];
        int status = NPS_ERR_MEMORY;
        for (n = 0; status != NPS_OK; n++) {
            counted.requests = 0;
            counted.fail_at = n;
            status = i < 5 ? nps_themes_add_text(segments, NULL, text, strlen(text), ";", 1, 9, 1)
                           : nps_themes_remove_text(segments, NULL, text, strlen(text), ";", 1, 9, 1);
            counted.fail_at = -1;
            if (status != NPS_OK) must_stay(segments, model, status, NPS_ERR_MEMORY);
        }
        ck_assert_int_gt(n, 3);
        ck_status(i < 5 ? nps_themes_add_text(model, NULL, text, strlen(text), ";", 1, 9, 1)
                        : nps_themes_remove_text(model, NULL, text, strlen(text), ";", 1, 9, 1),
                  NPS_OK);
        same_segments(segments, model);
        ck_status(nps_themes_tally(model, NULL, &expected), NPS_OK);
        status = NPS_ERR_MEMORY;
        for (n = 0; status != NPS_OK; n++) {
            uint64_t blocks = counted.blocks;
            memset(&tally, 0x5a, sizeof tally);
            counted.requests = 0;
            counted.fail_at = n;
            status = nps_themes_tally(segments, NULL, &tally);
            ck_assert_uint_eq(counted.blocks, blocks);
            if (status != NPS_OK) ck_assert(status == NPS_ERR_MEMORY && tally.kind == 0x5a5a5a5a);
        }
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
        counted.fail_at = -1;
    }
    nps_segments_free(segments);
    ck_assert(counted.blocks == 0 && counted.bytes == 0);
    nps_segments_free(model);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, segments_as_the_model, 0, 36);
    tcase_add_loop_test(tcase, each_answer_once, 0, 60);
    tcase_add_loop_test(tcase, rolled_up, 0, 36);
    tcase_add_loop_test(tcase, split_merged_and_taken_back, 0, 60);
    tcase_add_test(tcase, text_is_cut);
    tcase_add_test(tcase, very_many);
    tcase_add_test(tcase, own_keys);
    tcase_add_test(tcase, all_or_nothing);
    tcase_add_test(tcase, no_answers_have);
    tcase_add_test(tcase, new_containers);
    tcase_add_test(tcase, refused);
    tcase_add_loop_test(tcase, memory, 0, 2);
}

int main(void)
{
    return test_main("themes", add);
}
