/* Answers by theme: that each is had back once, however they were added, merged, rolled up and encoded, against answers
 * kept one by one. test_themes_faults.c has what is refused, test_themes_estimate.c the estimates. */
#include <nps/codec.h>
#include <nps/status.h>
#include <nps/themes.h>
#include <stdlib.h>

#include "themes_answers.h"

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

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, segments_as_the_model, 0, 36);
    tcase_add_loop_test(tcase, each_answer_once, 0, 60);
    tcase_add_loop_test(tcase, rolled_up, 0, 36);
    tcase_add_loop_test(tcase, split_merged_and_taken_back, 0, 60);
    tcase_add_test(tcase, text_is_cut);
    tcase_add_test(tcase, very_many);
    tcase_add_test(tcase, own_keys);
}

int main(void)
{
    return test_main("themes", add);
}
