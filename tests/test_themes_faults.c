/* Themes: what is refused, and that nothing has changed then. */
#include <nps/status.h>
#include <nps/themes.h>

#include "themes_answers.h"

#define MOST ((uint64_t)INT64_MAX)

static int add_text(nps_segments *segments, const char *text, size_t length, const char *separator)
{
    return nps_themes_add_text(segments, NULL, text, length, separator, strlen(separator), 9, 1);
}

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
    tcase_add_test(tcase, all_or_nothing);
    tcase_add_test(tcase, no_answers_have);
    tcase_add_test(tcase, new_containers);
    tcase_add_test(tcase, refused);
    tcase_add_loop_test(tcase, memory, 0, 2);
}

int main(void)
{
    return test_main("themes_faults", add);
}
