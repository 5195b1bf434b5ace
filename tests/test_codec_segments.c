#include <math.h>
#include <nps/codec.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "codec_states.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define ROWS                      3000
#define DIMENSIONS                3

typedef struct encoded {
    uint8_t *bytes;
    size_t size;
} encoded;

static encoded encode(const nps_segments *segments)
{
    encoded out;
    ck_status(nps_segments_encode(segments, NULL, 0, &out.size), NPS_OK);
    out.bytes = malloc(out.size);
    ck_assert_ptr_nonnull(out.bytes);
    ck_status(nps_segments_encode(segments, out.bytes, out.size, &out.size), NPS_OK);
    return out;
}

static nps_segments *empty(int32_t state, uint64_t seed, const nps_allocator *allocator)
{
    nps_segments *segments;
    nps_segments_options options = {
        .struct_size = sizeof options, .dimensions = DIMENSIONS, .state = state, .seed = seed, .allocator = allocator};
    ck_status(nps_segments_new(&options, &segments), NPS_OK);
    return segments;
}

/* Adds row `number` of a survey that is the same every time: null, integer and text parts of 60 kinds. */
static void add_row(nps_segments *segments, uint64_t number)
{
    uint64_t random = number * 977 + 5;
    char text[4] = {0};
    text[0] = (char)('a' + test_below(&random, 5));
    nps_key key[DIMENSIONS] = {
        {.type = NPS_KEY_INTEGER, .integer = (int64_t)test_below(&random, 4) - 2},
        {.type = NPS_KEY_BYTES, .bytes = text, .length = (size_t)test_below(&random, 4)},
        {.type = test_below(&random, 3) == 0 ? NPS_KEY_NULL : NPS_KEY_INTEGER, .integer = INT64_MAX},
    };
    int32_t answer = (int32_t)test_below(&random, 13) - 1;
    double weight = (double)test_below(&random, 1000) / 300;
    if (nps_segments_state(segments) == NPS_STATE_TALLY)
        ck_status(nps_segments_add(segments, key, answer, 1 + test_below(&random, 1000)), NPS_OK);
    else if (nps_segments_state(segments) == NPS_STATE_WEIGHTED)
        ck_status(nps_segments_add_weighted(segments, key, answer, weight), NPS_OK);
    else /* whole numbers, whose sums are exact */
        ck_status(nps_segments_add_outcome(segments, key, answer, rint(900 * weight - 1000), rint(weight)), NPS_OK);
}

static nps_segments *survey(int32_t state)
{
    nps_segments *segments = empty(state, 0, NULL);
    for (uint64_t i = 0; i < ROWS; i++) add_row(segments, i);
    ck_assert(nps_segments_count(segments) > 50);
    return segments;
}

static void must_encode_as(const nps_segments *segments, const encoded *expected)
{
    encoded again = encode(segments);
    ck_assert_uint_eq(again.size, expected->size);
    ck_assert_mem_eq(again.bytes, expected->bytes, expected->size);
    free(again.bytes);
}

/* Rows in another order, split in seven and merged, under another seed, sorted or not: the same bytes. */
START_TEST(equal_states_have_equal_bytes)
{
    nps_segments *whole = survey(_i), *parts[7], *merged = empty(_i, 99, NULL);
    encoded expected = encode(whole);
    for (uint64_t i = 0; i < 7; i++) parts[i] = empty(_i, i, NULL);
    for (uint64_t i = ROWS; i-- > 0;) add_row(parts[i * i % 7], i);
    for (size_t i = 0; i < 7; i++) ck_status(nps_segments_merge(merged, parts[(i * 3) % 7]), NPS_OK);
    must_encode_as(merged, &expected);
    ck_status(nps_segments_sort(whole), NPS_OK);
    must_encode_as(whole, &expected);
    for (size_t i = 0; i < 7; i++) nps_segments_free(parts[i]);
    nps_segments_free(merged);
    nps_segments_free(whole);
    free(expected.bytes);
}
END_TEST

static void must_hold_the_same(const nps_segments *a, const nps_segments *b)
{
    ck_assert_uint_eq(nps_segments_count(a), nps_segments_count(b));
    ck_assert_int_eq(nps_segments_state(a), nps_segments_state(b));
    ck_assert_uint_eq(nps_segments_kind(a), nps_segments_kind(b));
    for (size_t i = 0; i < nps_segments_count(a); i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally tally_a, tally_b;
        nps_weighted weighted_a, weighted_b;
        nps_outcomes outcomes_a, outcomes_b;
        size_t index;
        for (int32_t d = 0; d < nps_segments_dimensions(a); d++) ck_status(nps_segments_key(a, i, d, &key[d]), NPS_OK);
        ck_status(nps_segments_find(b, key, &index), NPS_OK);
        ck_status(nps_segments_tally(a, i, &tally_a), NPS_OK);
        ck_status(nps_segments_tally(b, index, &tally_b), NPS_OK);
        ck_assert_mem_eq(&tally_a, &tally_b, sizeof tally_a);
        if (nps_segments_state(a) == NPS_STATE_OUTCOMES) {
            ck_status(nps_segments_outcomes(a, i, &outcomes_a), NPS_OK);
            ck_status(nps_segments_outcomes(b, index, &outcomes_b), NPS_OK);
            ck_assert_mem_eq(&outcomes_a, &outcomes_b, sizeof outcomes_a);
        }
        if (nps_segments_state(a) != NPS_STATE_WEIGHTED) continue;
        ck_status(nps_segments_weighted(a, i, &weighted_a), NPS_OK);
        ck_status(nps_segments_weighted(b, index, &weighted_b), NPS_OK);
        ck_assert_mem_eq(&weighted_a, &weighted_b, sizeof weighted_a);
    }
}

/* Rolled-up keys survive; the decoded container is sorted and can be merged and encoded again. */
START_TEST(cube_and_back)
{
    nps_segments *whole = survey(_i), *cube, *decoded, *twice;
    ck_status(nps_segments_set_kind(whole, 77), NPS_OK);
    ck_status(nps_segments_set_name(whole, 1, "city", 4), NPS_OK);
    ck_status(nps_segments_cube(whole, &cube), NPS_OK);
    encoded bytes = encode(cube);
    ck_status(nps_segments_decode(bytes.bytes, bytes.size, NULL, 5, &decoded), NPS_OK);
    must_hold_the_same(cube, decoded);
    must_hold_the_same(decoded, cube);
    const char *name;
    size_t length;
    ck_status(nps_segments_name(decoded, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 4);
    ck_assert_mem_eq(name, "city", 4);
    ck_status(nps_segments_sort(cube), NPS_OK);
    for (size_t i = 0; i < nps_segments_count(cube); i++) {
        nps_key sorted, read;
        ck_status(nps_segments_key(cube, i, 1, &sorted), NPS_OK);
        ck_status(nps_segments_key(decoded, i, 1, &read), NPS_OK);
        ck_assert_int_eq(sorted.type, read.type);
        ck_assert_uint_eq(sorted.length, read.length);
    }
    ck_status(nps_segments_copy(decoded, &twice), NPS_OK);
    ck_status(nps_segments_merge(twice, cube), NPS_OK);
    ck_status(nps_segments_subtract(twice, decoded), NPS_OK);
    must_encode_as(twice, &bytes);
    nps_segments_free(whole);
    nps_segments_free(cube);
    nps_segments_free(decoded);
    nps_segments_free(twice);
    free(bytes.bytes);
}
END_TEST

/* Small segments folded in one dimension or in all, and their cube. */
START_TEST(folded_and_back)
{
    for (uint32_t fold = 2; fold < 8; fold += 5) {
        nps_segments *whole = survey(_i), *folded, *cube, *decoded;
        nps_tally tally;
        ck_status(nps_segments_total_tally(whole, &tally), NPS_OK);
        uint64_t least = nps_tally_responses(&tally) / nps_segments_count(whole);
        ck_status(nps_segments_fold(whole, least, fold, &folded), NPS_OK);
        ck_assert(nps_segments_count(folded) < nps_segments_count(whole));
        ck_status(nps_segments_cube(folded, &cube), NPS_OK);
        encoded bytes = encode(cube);
        ck_status(nps_segments_decode(bytes.bytes, bytes.size, NULL, 5, &decoded), NPS_OK);
        must_hold_the_same(cube, decoded);
        must_hold_the_same(decoded, cube);
        must_encode_as(decoded, &bytes);
        nps_segments_free(whole);
        nps_segments_free(folded);
        nps_segments_free(cube);
        nps_segments_free(decoded);
        free(bytes.bytes);
    }
}
END_TEST

/* The nth request for memory fails, for every n: an error, nothing lost, nothing changed. */
START_TEST(memory_fails)
{
    nps_segments *whole = survey(_i);
    ck_status(nps_segments_set_name(whole, 0, "region", 6), NPS_OK);
    encoded bytes = encode(whole);
    nps_allocator allocator;
    test_memory memory;
    int status = NPS_ERR_MEMORY;
    int64_t n;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        nps_segments *decoded = NULL;
        test_memory_start(&memory, n, &allocator);
        status = nps_segments_decode(bytes.bytes, bytes.size, &allocator, 0, &decoded);
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && decoded == NULL));
        nps_segments_free(decoded);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    ck_status(status, NPS_OK);
    ck_assert(n > 5);

    nps_segments *other;
    uint8_t *again = malloc(bytes.size);
    ck_assert_ptr_nonnull(again);
    test_memory_start(&memory, -1, &allocator);
    ck_status(nps_segments_decode(bytes.bytes, bytes.size, &allocator, 0, &other), NPS_OK);
    status = NPS_ERR_MEMORY;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        size_t length = 42;
        uint64_t held = memory.bytes;
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_segments_encode(other, again, bytes.size, &length);
        ck_assert_uint_eq(length, status == NPS_OK ? bytes.size : 42);
        ck_assert_uint_eq(memory.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert(n > 1);
    ck_assert_mem_eq(again, bytes.bytes, bytes.size);
    nps_segments_free(other);
    ck_assert_uint_eq(memory.blocks, 0);
    free(again);
    nps_segments_free(whole);
    free(bytes.bytes);
}
END_TEST

/* A payload put together by hand, byte by byte, as docs/formats.md has it: two segments of a 1-5 scale. */
typedef struct payload {
    uint8_t bytes[300];
    size_t size;
} payload;

static void put(payload *out, const char *bytes, size_t size)
{
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}
#define PUT(out, literal) put(out, literal, sizeof literal - 1)

#define SCALE  \
    "\1\5\3\5" \
    "\0\0\0\0" \
    "\5\0\0\0"
#define ONE_TALLY \
    "\1\0\0\0"    \
    "\1\0\0\0"
#define COUNT(n) n "\0\0\0\0\0\0\0"
#define NAME     "\2id"
#define FIRST    \
    "\4\1a"      \
    "\0\0\0\0\3" \
    "\1\0" /* key "a": three answers of 5, one missing */
#define SECOND       \
    "\4\1b"          \
    "\0\x80\1\0\0\0" \
    "\0\0" /* key "b": 128 answers of 2 */
#define TOTAL(n) n "\0\0\0\0\0\0\0"

/* The status of decoding a payload inside a right frame; memory never exceeds what the bytes can mean. */
static int decode_payload(const payload *content)
{
    uint8_t bytes[400] = {0x89, 'N', 'P', 'S', 0x0d, 0x0a, 0x1a, 0x0a, NPS_CODEC_SEGMENTS, 0, 1};
    size_t size = 24 + content->size + 4;
    bytes[16] = (uint8_t)content->size;
    bytes[17] = (uint8_t)(content->size >> 8);
    memcpy(bytes + 24, content->bytes, content->size);
    fix_crc(bytes, size);
    nps_allocator allocator;
    test_memory memory;
    nps_segments *segments = NULL;
    test_memory_start(&memory, -1, &allocator);
    int status = nps_segments_decode(bytes, size, &allocator, 0, &segments);
    ck_assert(status == NPS_OK || segments == NULL);
    ck_assert(memory.bytes < 10000);
    nps_segments_free(segments);
    ck_assert_uint_eq(memory.blocks, 0);
    return status;
}

#define DECODES(expected, ...)                     \
    do {                                           \
        const char content[] = __VA_ARGS__;        \
        payload out = {.size = 0};                 \
        put(&out, content, sizeof content - 1);    \
        ck_status(decode_payload(&out), expected); \
    } while (0)
#define REFUSED(...) DECODES(NPS_ERR_FORMAT, __VA_ARGS__)

START_TEST(impossible_content)
{
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\2") NAME FIRST SECOND TOTAL("\x84"));
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\0") NAME TOTAL("\0"));
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\1") NAME "\1"
                                                     "\0\0\0\0\1\0\0" TOTAL("\1"));
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                                     "\0\0\0\0\1\0\0" TOTAL("\1"));
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\1") NAME "\3"
                                                     "\1\2\3\4\5\6\7\x88"
                                                     "\0\0\0\0\1\0\0" TOTAL("\1"));
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\1") NAME "\5"
                                                     "\0\0\0\0\1\0\0" TOTAL("\1"));

    /* Head. */
    REFUSED("\5\1\3\5"
            "\0\0\0\0"
            "\5\0\0\0" ONE_TALLY COUNT("\0") NAME TOTAL("\0"));
    REFUSED("\1\5\3\5"
            "\0\0\0\0"
            "\6\0\0\0" ONE_TALLY COUNT("\0") NAME TOTAL("\0"));
    REFUSED(SCALE "\5\0\0\0"
                  "\1\0\0\0" COUNT("\0") NAME TOTAL("\0"));
    REFUSED(SCALE "\0\0\0\0"
                  "\1\0\0\0" COUNT("\0") NAME TOTAL("\0"));
    REFUSED(SCALE "\1\0\0\0"
                  "\0\0\0\0" COUNT("\0") TOTAL("\0"));
    REFUSED(SCALE "\1\0\0\0"
                  "\x09\0\0\0" COUNT("\0") "\0\0\0\0\0\0\0\0\0" TOTAL("\0"));

    /* More segments than there are, up to 2^63; fewer; names that are longer than the file. */
    REFUSED(SCALE ONE_TALLY COUNT("\3") NAME FIRST SECOND TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY "\0\0\0\0\0\0\0\x10" NAME FIRST SECOND TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY "\0\0\0\0\0\0\0\x80" NAME FIRST SECOND TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME FIRST SECOND TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY COUNT("\2") "\x80\x80\x80\x80\x80\x80\x80\x80\x80\1id" FIRST SECOND TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY COUNT("\2") "\xff\xff\xff\xff\xff\xff\xff\xff\xff\1id" FIRST SECOND TOTAL("\x84"));

    /* Keys twice, out of order, of no type, of a length that is not there. */
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME FIRST FIRST TOTAL("\x08"));
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME SECOND FIRST TOTAL("\x84"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\0"
                                             "\0\0\0\0\1\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\6"
                                             "\0\0\0\0\1\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\xff"
                                             "\0\0\0\0\1\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\4\x7f"
                                             "a"
                                             "\0\0\0\0\1\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\4\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"
                                             "a"
                                             "\0\0\0\0\1\0\0" TOTAL("\1"));

    /* Numbers that are not in their shortest form, or longer than 64 bits. */
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\x81\0"
                                             "\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\x80\x80\0"
                                             "\0\0" TOTAL("\0"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") "\x82\0id"
                                        "\2"
                                        "\0\0\0\0\1"
                                        "\0\0" TOTAL("\1"));
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\2"
                                             "\0\0"
                                             "\xff\xff\xff\xff\xff\xff\xff\x7f");
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\0"
                                             "\0\0"
                                             "\xff\xff\xff\xff\xff\xff\xff\xff");

    /* A count of 2^63, counts that add up to 2^63, and 2^63 - 1, which is possible. */
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\x80\x80\x80\x80\x80\x80\x80\x80\x80\1"
                                             "\0\0"
                                             "\0\0\0\0\0\0\0\x80");
    REFUSED(SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                             "\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
                                             "\1\0"
                                             "\0\0\0\0\0\0\0\x80");
    DECODES(NPS_OK, SCALE ONE_TALLY COUNT("\1") NAME "\2"
                                                     "\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
                                                     "\0\0"
                                                     "\xff\xff\xff\xff\xff\xff\xff\x7f");

    /* Totals, and what stands behind them. */
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME FIRST SECOND TOTAL("\x83"));
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME FIRST SECOND "\x84\0\0\0\0\0\0\1");
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME FIRST SECOND TOTAL("\x84") "\0");
    REFUSED(SCALE ONE_TALLY COUNT("\2") NAME FIRST SECOND "\x84\0\0\0\0\0\0");
}
END_TEST

/* Two weights of 1 given to answer 5, then sums that two weights cannot have, and wrong totals. */
START_TEST(impossible_weights)
{
#define ONE_WEIGHTED \
    "\2\0\0\0"       \
    "\1\0\0\0"
#define ZERO_8      "\0\0\0\0\0\0\0\0"
#define WEIGHT(n)   ZERO_8 n "\0\0\0\0\0\0\0"
#define SQUARE(n)   ZERO_8 ZERO_8 n "\0\0\0\0\0\0\0" ZERO_8
#define ONLY(level) SCALE ONE_WEIGHTED COUNT("\1") NAME "\2" level "\0\0\0" TOTAL("\2")
    DECODES(NPS_OK, ONLY("\0\0\0\0\2" WEIGHT("\2") SQUARE("\2")) WEIGHT("\2"));
    REFUSED(ONLY("\0\0\0\0\2" WEIGHT("\2") SQUARE("\2")) WEIGHT("\3"));
    REFUSED(ONLY("\0\0\0\0\2" WEIGHT("\2") SQUARE("\1")) WEIGHT("\2"));
    REFUSED(ONLY("\0\0\0\0\2" WEIGHT("\2") SQUARE("\5")) WEIGHT("\2"));
    REFUSED(ONLY("\0\0\0\0\0" WEIGHT("\2") SQUARE("\2")) WEIGHT("\2"));
    REFUSED(ONLY("\0\0\0\0\1" WEIGHT("\2") SQUARE("\2")) WEIGHT("\2"));
    REFUSED(SCALE ONE_WEIGHTED COUNT("\1") NAME "\2"
                                                "\0\0\0\0\2" WEIGHT("\2") SQUARE("\2") "\2\0\0" TOTAL("\2")
                                                    WEIGHT("\2"));
    REFUSED(SCALE ONE_WEIGHTED COUNT("\1") NAME "\2"
                                                "\0\0\0\0\2" WEIGHT("\2") SQUARE("\2") "\0\0\0" TOTAL("\3")
                                                    WEIGHT("\2"));
}
END_TEST

/* Answer 5 was given twice, with outcomes 1 and 3; then sums that no two outcomes have, numbers that are not in their
 * form, and a wrong total. */
START_TEST(impossible_outcomes)
{
#define ONE_OUTCOMES \
    "\3\0\0\0"       \
    "\1\0\0\0"
#define F64(high)       "\0\0\0\0\0\0" high
#define SUM(high)       F64(high) ZERO_8
#define TWO_            "\0\x40"
#define FOUR_           "\x10\x40"
#define TEN_            "\x24\x40"
#define BOTH            SUM(TWO_) SUM(TWO_) SUM(FOUR_) SUM(TEN_) SUM(FOUR_) SUM(TEN_)
#define NOBODY          "\0\0\0"
#define OUTCOMES(level) SCALE ONE_OUTCOMES COUNT("\1") NAME "\2" NOBODY NOBODY NOBODY NOBODY level "\0\0" TOTAL("\2")
    DECODES(NPS_OK, OUTCOMES("\2\0\0\1" BOTH));
    DECODES(NPS_OK, OUTCOMES("\2\0\0\0" BOTH));
    DECODES(NPS_OK, OUTCOMES("\0\1\1"));
    DECODES(NPS_OK,
            OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) F64(FOUR_) "\1\0\0\0\0\0\0\0" SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\2" BOTH));
    REFUSED(OUTCOMES("\2\0\0\3" BOTH));
    REFUSED(OUTCOMES("\1\0\1\1" BOTH));
    REFUSED(OUTCOMES("\0\0\2\1" BOTH));
    REFUSED(OUTCOMES("\2\0\0\1" SUM("\0\xc0") SUM(TWO_) SUM(FOUR_) SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(FOUR_) SUM(FOUR_) SUM(FOUR_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) SUM(TEN_) SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) SUM(FOUR_) SUM(TEN_) SUM(TEN_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) SUM(FOUR_) SUM("\xf0\x7f") SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) SUM("\xf8\x7f") SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) F64(FOUR_) F64("\0\x80") SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\2\0\0\1" SUM(TWO_) SUM(TWO_) F64(TWO_) F64(TWO_) SUM(TEN_) SUM(FOUR_) SUM(TEN_)));
    REFUSED(OUTCOMES("\x82\0\0\0\1" BOTH));
    REFUSED(OUTCOMES("\2\1\0\1" BOTH));
    REFUSED(OUTCOMES("\2\0\1\1" BOTH));
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, equal_states_have_equal_bytes, NPS_STATE_TALLY, NPS_STATE_OUTCOMES + 1);
    tcase_add_loop_test(tcase, cube_and_back, NPS_STATE_TALLY, NPS_STATE_OUTCOMES + 1);
    tcase_add_loop_test(tcase, folded_and_back, NPS_STATE_TALLY, NPS_STATE_OUTCOMES + 1);
    tcase_add_loop_test(tcase, memory_fails, NPS_STATE_TALLY, NPS_STATE_OUTCOMES + 1);
    tcase_add_test(tcase, impossible_content);
    tcase_add_test(tcase, impossible_weights);
    tcase_add_test(tcase, impossible_outcomes);
}

int main(void)
{
    return test_main("codec_segments", add);
}
