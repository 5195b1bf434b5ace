/* What a panel costs in memory, that no order of answers makes it slow, and what happens when there is no memory. */
#include <stdio.h>

#include <nps/status.h>

#include "panel_internal.h"
#include "panel_model.h"

/* Chunks that are begun but not full. */
#define CONSTANT ((uint64_t)200000)

/* As panel.h says, with every single respondent, not only where the table happens to be full. */
static void check_respondents(int integers, size_t length, size_t count, uint64_t each)
{
    static char text[20001];
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator);
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < count; i++) {
        snprintf(text, 9, "%08u", (unsigned)i);
        text[8] = 'x';
        nps_key who = integers ? KEY_INTEGER((int64_t)i) : KEY_BYTES(text, length);
        ck_status(nps_panel_add(panel, &who, (int64_t)i, 9), NPS_OK);
        if (memory.bytes > (i + 1) * ((integers ? 8 : length) + each) + CONSTANT)
            ck_abort_msg("%zu respondents take %llu bytes", i + 1, (unsigned long long)memory.bytes);
    }
    ck_assert_uint_eq(nps_panel_respondents(panel), count);
    nps_panel_free(panel);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.bytes, 0);
}

START_TEST(bytes_a_respondent)
{
    check_respondents(0, 8, 1000000, 40);
    check_respondents(1, 8, 1000000, 40);
    check_respondents(0, 250, 100000, 40);
    check_respondents(0, 251, 100000, 44);
    check_respondents(0, 9000, 3000, 68);
    check_respondents(0, 20000, 3000, 68);
}
END_TEST

/* The ith of `count` times: ascending, descending, from both ends inwards, from the middle outwards, scattered. */
static int64_t time_of(int order, int64_t i, int64_t count)
{
    switch (order) {
    case 0:
        return i;
    case 1:
        return -i;
    case 2:
        return i % 2 ? i : 2 * count - i;
    case 3:
        return i % 2 ? -i : i;
    default:
        return (int64_t)((uint64_t)i * 0x9e3779b97f4a7c15u);
    }
}

/* 200,000 answers, by one and by many: 16 bytes another answer, and a time that a list searched from its end would not
 * keep to by far in most of these orders. */
START_TEST(bytes_an_answer)
{
    const int64_t count = 200000;
    for (int64_t people = 1; people <= 20000; people *= 20000) {
        test_memory memory;
        nps_allocator allocator;
        test_memory_start(&memory, -1, &allocator);
        nps_panel *panel = new_panel(NULL, 0, &allocator);
        for (int64_t i = 0; i < count; i++) {
            nps_key who = KEY_INTEGER(i % people);
            ck_status(nps_panel_add(panel, &who, time_of(_i, i, count), (int32_t)(i % 11)), NPS_OK);
            uint64_t first = (uint64_t)(i + 1 < people ? i + 1 : people), more = (uint64_t)(i + 1) - first;
            if (memory.bytes > first * 48 + more * 16 + CONSTANT)
                ck_abort_msg("%lld answers take %llu bytes", (long long)i + 1, (unsigned long long)memory.bytes);
        }
        uint64_t held = memory.bytes;
        ck_assert_uint_eq(nps_panel_answers(panel), (uint64_t)count);
        panel_bytes bytes = encode_panel(panel);
        for (int64_t i = 0; i < count; i++) {
            nps_key who = KEY_INTEGER(i % people);
            int64_t time = time_of(_i, i, count), found;
            int32_t answer;
            ck_status(nps_panel_answer(panel, &who, &(nps_panel_window){INT64_MIN, time}, &answer, &found), NPS_OK);
            if (found != time || answer != (int32_t)(i % 11)) ck_abort_msg("answer %lld is another", (long long)i);
        }
        /* Half of them taken back and added again need no more than before. */
        for (int64_t i = 0; i < count; i += 2)
            ck_status(nps_panel_remove(panel, &KEY_INTEGER(i % people), time_of(_i, i, count)), NPS_OK);
        for (int64_t i = 0; i < count; i += 2)
            ck_status(nps_panel_add(panel, &KEY_INTEGER(i % people), time_of(_i, i, count), (int32_t)(i % 11)), NPS_OK);
        ck_assert_uint_le(memory.bytes, held);
        must_encode_panel(panel, &bytes);
        free(bytes.bytes);
        nps_panel_free(panel);
        ck_assert_uint_eq(memory.blocks, 0);
    }
}
END_TEST

/* People who come and go, others each time, leave no memory behind, and those who stay stay. */
START_TEST(removal_is_bounded)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator), *lasting = new_panel(NULL, 1, NULL);
    for (int64_t i = 0; i < 50; i++) {
        const nps_key who = KEY_INTEGER(-1 - i);
        ck_status(nps_panel_add(panel, &who, i, 9), NPS_OK);
        ck_status(nps_panel_add(panel, &who, -i, 8), NPS_OK);
    }
    ck_status(nps_panel_merge(lasting, panel), NPS_OK);
    panel_bytes bytes = encode_panel(lasting);
    for (int64_t round = 0; round < 30; round++) {
        for (int64_t i = 0; i < 6000; i++)
            ck_status(nps_panel_add(panel, &KEY_INTEGER(6000 * round + i / 2), i % 2, 9), NPS_OK);
        /* 3050 are there, and no more may be gone than a thousand, or than stayed. */
        ck_assert_uint_le(memory.bytes, 2 * 3050 * 48 + 3000 * 16 + CONSTANT);
        for (int64_t i = 0; i < 6000; i++)
            ck_status(nps_panel_remove(panel, &KEY_INTEGER(6000 * round + i / 2), i % 2), NPS_OK);
        must_encode_panel(panel, &bytes);
    }
    nps_panel_free(panel);
    nps_panel_free(lasting);
    free(bytes.bytes);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

/* Who goes of many costs nothing but the look-up. */
START_TEST(removal_is_cheap)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator);
    for (int64_t i = 0; i < 100000; i++) ck_status(nps_panel_add(panel, &KEY_INTEGER(i), i, 9), NPS_OK);
    memory.requests = 0;
    for (int64_t i = 0; i < 49999; i++) ck_status(nps_panel_remove(panel, &KEY_INTEGER(2 * i), 2 * i), NPS_OK);
    ck_assert_int_eq(memory.requests, 0);
    ck_assert_uint_eq(nps_panel_respondents(panel), 50001);
    nps_panel_free(panel);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

/* A batch that says the same again and again takes no more afterwards than said once. */
START_TEST(room_of_batches_is_given_back)
{
    enum { ROWS = 100000 };
    static uint8_t zeros[ROWS];
    static int32_t times[ROWS];
    test_memory memory;
    nps_allocator allocator;
    for (size_t i = 0; i < ROWS; i++) times[i] = (int32_t)(i % 3);
    nps_column who = {.type = NPS_TYPE_U8, .length = ROWS, .values = zeros}, time = who;
    time.type = NPS_TYPE_I32;
    time.values = times;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator);
    ck_status(nps_panel_add_columns(panel, &who, &time, &who, NULL), NPS_OK);
    ck_assert_uint_eq(nps_panel_answers(panel), 3);
    ck_assert_uint_le(memory.bytes, 150000);
    nps_panel_free(panel);
    ck_assert_uint_eq(memory.blocks, 0);
}
END_TEST

/* A script of every call that changes a panel. Each step is repeated once it has failed, since one request fails only,
 * and until then everything must be as it was. */
typedef struct panel_script {
    test_memory memory;
    nps_panel *panel;
    int failures;
    size_t people, chunks; /* before the step: what fails leaves none more behind, seen or not */
} panel_script;

/* Answers that are merged, and then removed: several chunks of them, by more people than may be gone. */
enum { MERGED = 27000 };

static int panel_retry(panel_script *script, int status, const panel_bytes *before)
{
    int64_t fail_at = script->memory.fail_at;
    if (status == NPS_OK) return 0;
    ck_status(status, NPS_ERR_MEMORY);
    ck_assert_int_eq(script->failures++, 0);
    script->memory.fail_at = -1;
    if (script->panel != NULL) {
        must_encode_panel(script->panel, before);
        ck_assert_uint_eq(script->panel->people.store.count, script->people);
        ck_assert_uint_eq(script->panel->nodes.count, script->chunks);
    }
    script->memory.fail_at = fail_at;
    return 1;
}

/* Encoding asks for memory too: what is compared is made without. */
static panel_bytes state_of(panel_script *script)
{
    int64_t fail_at = script->memory.fail_at, requests = script->memory.requests;
    script->memory.fail_at = -1;
    panel_bytes out = encode_panel(script->panel);
    script->people = script->panel->people.store.count;
    script->chunks = script->panel->nodes.count;
    script->memory.fail_at = fail_at;
    script->memory.requests = requests;
    return out;
}

#define STEP(call)                                          \
    do {                                                    \
        panel_bytes before_step = state_of(script);         \
        while (panel_retry(script, (call), &before_step)) { \
        }                                                   \
        free(before_step.bytes);                            \
    } while (0)

static void column_step(panel_script *script, int64_t from)
{
    enum { ROWS = 700 };
    int64_t who[ROWS], times[ROWS];
    uint8_t answers[ROWS];
    for (int64_t i = 0; i < ROWS; i++) {
        who[i] = from + i / 3;
        times[i] = i % 7 * (i % 2 ? -1 : 1);
        answers[i] = (uint8_t)(i % 13);
    }
    nps_column respondent = {.type = NPS_TYPE_I64, .length = ROWS, .values = who}, time = respondent, answer = time;
    time.values = times;
    answer.type = NPS_TYPE_U8;
    answer.values = answers;
    nps_panel_skipped skipped = {.struct_size = sizeof skipped};
    STEP(nps_panel_add_columns(script->panel, &respondent, &time, &answer, &skipped));
    ck_assert_uint_eq(skipped.invalid, 2 * (ROWS / 13));
}

static void merge_step(panel_script *script)
{
    nps_panel *other = new_panel(NULL, 8, NULL);
    for (int64_t i = 0; i < MERGED; i++)
        ck_status(nps_panel_add(other, &KEY_INTEGER(i / 12 + 100), i % 13, (int32_t)(i % 11)), NPS_OK);
    STEP(nps_panel_merge(script->panel, other));
    nps_panel_free(other);
}

/* Here nothing may fail: who has gone stays in memory when there is none to leave them out. */
static void remove_step(panel_script *script)
{
    for (int64_t i = 0; i < MERGED; i++) {
        int status = nps_panel_remove(script->panel, &KEY_INTEGER(i / 12 + 100), i % 13);
        ck_assert(status == NPS_OK);
    }
}

static int run_panel_script(int64_t fail_at)
{
    panel_script made = {.panel = NULL}, *script = &made;
    nps_allocator allocator;
    test_memory_start(&script->memory, fail_at, &allocator);
    while (panel_retry(script, nps_panel_new(NULL, 0, &allocator, &script->panel), NULL)) {
    }
    for (int64_t i = 0; i < 60; i++) STEP(nps_panel_add(script->panel, &KEY_INTEGER(i % 20), i % 7, 9));
    column_step(script, 10);
    merge_step(script);
    column_step(script, 2000);
    int64_t before = script->memory.requests;
    remove_step(script);
    ck_assert_int_gt(script->memory.requests, before);
    column_step(script, 1000);
    panel_bytes state = state_of(script);
    static panel_bytes expected;
    if (expected.bytes == NULL) {
        expected = state;
    } else {
        ck_assert_uint_eq(state.size, expected.size);
        ck_assert_mem_eq(state.bytes, expected.bytes, state.size);
        free(state.bytes);
    }
    nps_panel_free(script->panel);
    ck_assert_uint_eq(script->memory.blocks, 0);
    ck_assert_uint_eq(script->memory.bytes, 0);
    return script->memory.requests > fail_at;
}

START_TEST(every_allocation_fails)
{
    int64_t requests = 0;
    (void)run_panel_script(INT64_MAX); /* what it comes to */
    while (run_panel_script(requests)) requests++;
    ck_assert_int_gt(requests, 60);
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, bytes_a_respondent);
    tcase_add_loop_test(tests, bytes_an_answer, 0, 5);
    tcase_add_test(tests, removal_is_bounded);
    tcase_add_test(tests, removal_is_cheap);
    tcase_add_test(tests, room_of_batches_is_given_back);
    tcase_add_test(tests, every_allocation_fails);
}

int main(void)
{
    return test_main("panel_memory", add);
}
