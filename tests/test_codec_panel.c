#include "codec_states.h"
#include "panel_model.h"

/* A random panel and its model. */
static nps_panel *random_panel(panel_model *model, uint64_t *seed)
{
    nps_panel *panel = new_panel(&model->scale, test_random(seed), NULL);
    for (uint64_t i = test_below(seed, 300); i > 0; i--) {
        nps_key who = hard_respondent(seed);
        int64_t time = hard_time(seed);
        int32_t answer = answer_on(&model->scale, seed);
        panel_model_add(model, &who, time, answer);
        ck_status(nps_panel_add(panel, &who, time, answer), NPS_OK);
    }
    return panel;
}

START_TEST(back_and_forth)
{
    uint64_t seed = 8800 + (uint64_t)_i;
    for (int round = 0; round < 20; round++) {
        panel_model model = {.scale = panel_scales[_i % PANEL_SCALES]};
        nps_panel *panel = random_panel(&model, &seed), *decoded;
        panel_bytes bytes = encode_panel(panel);
        ck_status(nps_panel_decode(bytes.bytes, bytes.size, NULL, test_random(&seed), &decoded), NPS_OK);
        must_encode_panel(decoded, &bytes);
        must_match_panel(&model, decoded, &seed);
        /* What was decoded can be used on. */
        ck_status(nps_panel_merge(decoded, panel), NPS_OK);
        must_encode_panel(decoded, &bytes);
        for (size_t i = 0; i < model.count; i++)
            ck_status(nps_panel_remove(decoded, &model.answers[i].respondent, model.answers[i].time), NPS_OK);
        ck_assert_uint_eq(nps_panel_respondents(decoded), 0);
        free(bytes.bytes);
        nps_panel_free(panel);
        nps_panel_free(decoded);
        panel_model_free(&model);
    }
}
END_TEST

START_TEST(memory_fails)
{
    uint64_t seed = 12;
    panel_model model = {.scale = panel_scales[0]};
    nps_panel *panel = random_panel(&model, &seed);
    for (int64_t i = 0; i < 6000; i++)
        ck_status(nps_panel_add(panel, &KEY_INTEGER(i / 2), 100 + i % 2, (int32_t)(i % 11)), NPS_OK);
    panel_bytes bytes = encode_panel(panel);
    nps_allocator allocator;
    test_memory memory;
    int status = NPS_ERR_MEMORY;
    int64_t n, failed = 0, refused = 1;
    /* A container does without some of what it asks for: so on until nothing was refused. */
    for (n = 0; refused; n++) {
        nps_panel *decoded = NULL;
        test_memory_start(&memory, n, &allocator);
        status = nps_panel_decode(bytes.bytes, bytes.size, &allocator, 0, &decoded);
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && decoded == NULL));
        refused = memory.requests > n;
        memory.fail_at = -1;
        failed += status != NPS_OK;
        if (status == NPS_OK) must_encode_panel(decoded, &bytes);
        nps_panel_free(decoded);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(failed, 30);

    nps_panel *other = NULL;
    test_memory_start(&memory, -1, &allocator);
    ck_status(nps_panel_decode(bytes.bytes, bytes.size, &allocator, 0, &other), NPS_OK);
    uint8_t *again = malloc(bytes.size);
    ck_assert_ptr_nonnull(again);
    status = NPS_ERR_MEMORY;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        size_t length = 42;
        uint64_t held = memory.bytes;
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_panel_encode(other, again, bytes.size, &length);
        ck_assert_uint_eq(length, status == NPS_OK ? bytes.size : 42);
        ck_assert_uint_eq(memory.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert(n == 3);
    ck_assert_mem_eq(again, bytes.bytes, bytes.size);
    nps_panel_free(other);
    ck_assert_uint_eq(memory.blocks, 0);
    free(again);
    free(bytes.bytes);
    nps_panel_free(panel);
    panel_model_free(&model);
}
END_TEST

/* Puts a payload into a right frame. */
static uint8_t *frame_payload(const uint8_t *payload, size_t length, size_t *size)
{
    static const uint8_t head[12] = {0x89, 'N', 'P', 'S', 0x0d, 0x0a, 0x1a, 0x0a, NPS_CODEC_PANEL, 0, 1, 0};
    *size = 24 + length + 4;
    uint8_t *bytes = calloc(1, *size);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, head, sizeof head);
    for (size_t i = 0; i < 8; i++) bytes[16 + i] = (uint8_t)((uint64_t)length >> 8 * i);
    memcpy(bytes + 24, payload, length);
    fix_crc(bytes, *size);
    return bytes;
}

/* The status of decoding it, by an allocator that counts what is given back. */
static int decode_payload(const uint8_t *payload, size_t length, uint64_t most_bytes)
{
    size_t size;
    uint8_t *bytes = frame_payload(payload, length, &size);
    nps_allocator allocator;
    test_memory memory;
    nps_panel *panel = NULL;
    test_memory_start(&memory, -1, &allocator);
    int status = nps_panel_decode(bytes, size, &allocator, 0, &panel);
    ck_assert((status == NPS_OK) == (panel != NULL));
    ck_assert_uint_le(memory.bytes, most_bytes);
    if (panel != NULL) {
        const panel_bytes expected = {bytes, size};
        must_encode_panel(panel, &expected);
    }
    nps_panel_free(panel);
    ck_assert_uint_eq(memory.blocks, 0);
    free(bytes);
    return status;
}

#define DECODES(expected, ...)                                                                          \
    do {                                                                                                \
        const char content[] = __VA_ARGS__;                                                             \
        ck_status(decode_payload((const uint8_t *)content, sizeof content - 1, 20000), NPS_##expected); \
    } while (0)

/* A scale of three answers, 1 to 3. */
#define SCALE  \
    "\1\3\1\3" \
    "\0\0\0\0" \
    "\3\0\0\0"
#define U64(n) n "\0\0\0\0\0\0\0"
#define ONE    SCALE U64("\1")
#define TWO    SCALE U64("\2")
#define INT(n) "\3" U64(n)
#define FIRST  "\0\0\0\0\0\0\0\x80" /* the earliest time */
#define LAST   "\xff\xff\xff\xff\xff\xff\xff\x7f"
/* The largest difference there is, and one more than reaches from time 0. */
#define ALL_TIMES "\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"
#define TOO_FAR   "\x81\x80\x80\x80\x80\x80\x80\x80\x80\1"

START_TEST(impossible_content)
{
    DECODES(OK, SCALE U64("\0") U64("\0"));
    DECODES(OK, ONE INT("\5") U64("\7") "\2\0" U64("\1"));
    DECODES(OK, ONE "\4\0" U64("\7") "\2\1\0\0" U64("\2"));
    DECODES(OK, ONE "\4\1x" LAST "\2" ALL_TIMES "\1\0" U64("\2"));
    DECODES(OK, TWO INT("\5") FIRST "\1\0"
                                    "\4\1x" U64("\0") "\2\0" U64("\2"));

    /* The scale, a kind, and levels that are not those of the scale. */
    DECODES(ERR_FORMAT, "\1\3\3\1\0\0\0\0\3\0\0\0" U64("\0") U64("\0"));
    DECODES(ERR_FORMAT, "\1\3\1\3\1\0\0\0\3\0\0\0" U64("\0") U64("\0"));
    DECODES(ERR_FORMAT, "\1\3\1\3\0\0\0\0\4\0\0\0" U64("\0") U64("\0"));
    /* More respondents than are there, by one and by all that could be; fewer. */
    DECODES(ERR_FORMAT, TWO INT("\5") U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, SCALE "\xff\xff\xff\xff\xff\xff\xff\xff" INT("\5") U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\0" INT("\6") U64("\7") "\2\0" U64("\2"));
    /* The sum. */
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\0" U64("\0"));
    DECODES(ERR_FORMAT, SCALE U64("\0") U64("\1"));
    /* Respondents: the same twice, the wrong way round, of types that none has, longer than what is left. */
    DECODES(ERR_FORMAT, TWO INT("\5") U64("\7") "\2\0" INT("\5") U64("\7") "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, TWO INT("\5") U64("\7") "\2\0" INT("\5") U64("\6") "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, TWO INT("\6") U64("\7") "\2\0" INT("\5") U64("\7") "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, TWO "\4\1x" U64("\7") "\2\0" INT("\5") U64("\7") "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE "\0" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\1" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\2" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\5" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\6" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\4\x7fx" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\4\xff\xff\xff\xff\7x" U64("\7") "\2\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE "\4\x81\0x" U64("\7") "\2\0" U64("\1"));
    /* Answers off the scale, first and later. */
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\3\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\xff\0" U64("\1"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\1\3\0" U64("\2"));
    /* Times before the first there is, by one and by wrapping around; a difference of two lengths. */
    DECODES(ERR_FORMAT, ONE INT("\5") FIRST "\2\1\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\0") "\2" TOO_FAR "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2" ALL_TIMES "\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\x81\0\2\0" U64("\2"));
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\x80\0" U64("\1"));
    /* Nothing after a difference, and something after all. */
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\1");
    DECODES(ERR_FORMAT, ONE INT("\5") U64("\7") "\2\0" U64("\1") "\0");
    DECODES(ERR_FORMAT, ONE INT("\5"));
    DECODES(ERR_FORMAT, ONE);
}
END_TEST

/* One respondent and a million answers, all later than the next; and 200,000 answers by one with an id of a megabyte.
 * Either would take minutes, were all answers or the id walked over for each. */
START_TEST(many_answers_of_one)
{
    const size_t id = _i == 0 ? 1 : 1000000, answers = _i == 0 ? 1000000 : 200000;
    uint8_t *payload = malloc(id + 2 * answers + 100), *at = payload;
    ck_assert_ptr_nonnull(payload);
    static const uint8_t head[] = {1, 3, 1, 3, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4};
    memcpy(at, head, sizeof head);
    at += sizeof head;
    for (size_t left = id; left > 0; left >>= 7) *at++ = (uint8_t)(left > 0x7f ? left | 0x80 : left);
    memset(at, 'x', id);
    at += id;
    memset(at, 0, 8);
    at += 8;
    for (size_t i = 0; i < answers; i++) {
        *at++ = (uint8_t)(i % 3);
        *at++ = (uint8_t)(i + 1 < answers ? 1 + i % 90 : 0);
    }
    for (size_t i = 0; i < 8; i++) *at++ = (uint8_t)((uint64_t)answers >> 8 * i);
    ck_status(decode_payload(payload, (size_t)(at - payload), id + 16 * answers + 200000), NPS_OK);
    free(payload);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, back_and_forth, 0, 2 * PANEL_SCALES);
    tcase_add_test(tcase, memory_fails);
    tcase_add_test(tcase, impossible_content);
    tcase_add_loop_test(tcase, many_answers_of_one, 0, 2);
}

int main(void)
{
    return test_main("codec_panel", add);
}
