
#include "codec_states.h"
#include "design_rows.h"

static void must_encode_as(const nps_design *design, const snapshot *expected)
{
    snapshot again = take(design);
    ck_assert_uint_eq(again.size, expected->size);
    ck_assert_mem_eq(again.bytes, expected->bytes, expected->size);
    free(again.bytes);
}

/* Rows in another order, split and merged, sorted or not: the same bytes; and back: the same results. */
START_TEST(equal_designs_have_equal_bytes)
{
    for (uint64_t round = 0; round < 40; round++) {
        uint64_t seed = 3100 * (uint64_t)(_i + 1) + round;
        design_rows rows = random_rows(&seed, _i);
        nps_design *whole = design_of(_i, &rows), *parts[4], *merged = new_design(_i, NULL), *decoded;
        snapshot expected = take(whole);
        for (size_t i = 0; i < 4; i++) parts[i] = new_design(_i, NULL);
        for (size_t i = rows.count; i-- > 0;) ck_status(add_row(parts[i * i % 4], _i, rows.row + i), NPS_OK);
        for (size_t i = 0; i < 4; i++) ck_status(nps_design_merge(merged, parts[(i * 3) % 4]), NPS_OK);
        must_encode_as(merged, &expected);
        ck_status(nps_design_sort(merged), NPS_OK);
        must_encode_as(merged, &expected);
        ck_status(nps_design_decode(expected.bytes, expected.size, NULL, 9, &decoded), NPS_OK);
        must_encode_as(decoded, &expected);
        for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
            nps_design_result before, after;
            ck_status(estimate_of(whole, 'a', lonely, &before), estimate_of(decoded, 'a', lonely, &after));
            ck_assert_mem_eq(&before, &after, sizeof before);
        }
        /* What was decoded can be used on. */
        ck_status(nps_design_subtract(merged, decoded), NPS_OK);
        nps_segments *left;
        ck_status(nps_design_segments(merged, &left), NPS_OK);
        ck_assert_uint_eq(nps_segments_count(left), 0);
        nps_segments_free(left);
        ck_status(add_row(decoded, _i, rows.row), NPS_OK);
        ck_status(remove_row(decoded, _i, rows.row), NPS_OK);
        must_encode_as(decoded, &expected);
        for (size_t i = 0; i < 4; i++) nps_design_free(parts[i]);
        nps_design_free(whole);
        nps_design_free(merged);
        nps_design_free(decoded);
        free(expected.bytes);
        free(rows.row);
    }
}
END_TEST

/* A population that went with its last row leaves nothing behind. */
START_TEST(dropped_populations)
{
    const int spec = USE_STRATA | USE_POPULATIONS;
    const design_row rows[] = {{1, 1, 'a', 9, 1, 5}, {2, 1, 'a', 9, 1, 7}, {3, 1, 'a', 9, 1, 8}};
    nps_design *design = new_design(spec, NULL), *second = new_design(spec, NULL), *without = new_design(spec, NULL);
    for (size_t i = 0; i < 3; i++) {
        ck_status(add_row(design, spec, rows + i), NPS_OK);
        ck_status(add_row(i == 1 ? second : without, spec, rows + i), NPS_OK);
    }
    ck_status(nps_design_subtract(design, second), NPS_OK);
    snapshot expected = take(without);
    must_encode_as(design, &expected);
    free(expected.bytes);
    nps_design_free(design);
    nps_design_free(second);
    nps_design_free(without);
}
END_TEST

static nps_design *survey(const nps_allocator *allocator)
{
    const int spec = USE_STRATA | USE_CLUSTERS | USE_POPULATIONS;
    nps_design *design = new_design(spec, allocator);
    for (int64_t i = 0; i < 60; i++) {
        const design_row row = {i * 7 % 5, i % 11, (char)('a' + i % 3), (int32_t)(i % 11), 1 + (double)i / 3, 50};
        ck_status(add_row(design, spec, &row), NPS_OK);
    }
    ck_status(nps_design_set_name(design, 0, "region", 6), NPS_OK);
    return design;
}

START_TEST(memory_fails)
{
    nps_design *whole = survey(NULL), *other;
    snapshot bytes = take(whole);
    nps_allocator allocator;
    test_memory memory;
    int status = NPS_OK;
    int64_t n, failed = 0, refused = 1;
    /* A container does without some of what it asks for: so on until nothing was refused. */
    for (n = 0; refused; n++) {
        nps_design *decoded = NULL;
        test_memory_start(&memory, n, &allocator);
        status = nps_design_decode(bytes.bytes, bytes.size, &allocator, 0, &decoded);
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && decoded == NULL));
        refused = memory.requests > n;
        memory.fail_at = -1;
        failed += status != NPS_OK;
        if (status == NPS_OK) must_encode_as(decoded, &bytes);
        nps_design_free(decoded);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    ck_status(status, NPS_OK);
    ck_assert_int_gt(failed, 20);

    test_memory_start(&memory, -1, &allocator);
    other = survey(&allocator);
    uint8_t *again = malloc(bytes.size);
    ck_assert_ptr_nonnull(again);
    status = NPS_ERR_MEMORY;
    for (n = 0; status == NPS_ERR_MEMORY; n++) {
        size_t length = 42;
        uint64_t held = memory.bytes;
        memory.requests = 0;
        memory.fail_at = n;
        status = nps_design_encode(other, again, bytes.size, &length);
        ck_assert_uint_eq(length, status == NPS_OK ? bytes.size : 42);
        ck_assert_uint_eq(memory.bytes, held);
    }
    ck_status(status, NPS_OK);
    ck_assert(n == 5);
    ck_assert_mem_eq(again, bytes.bytes, bytes.size);
    nps_design_free(other);
    ck_assert_uint_eq(memory.blocks, 0);
    free(again);
    nps_design_free(whole);
    free(bytes.bytes);
}
END_TEST

/* The status of decoding a payload, put together by hand from docs/formats.md, inside a right frame. */
static int decode_payload(const char *payload, size_t length)
{
    uint8_t bytes[400] = {0x89, 'N', 'P', 'S', 0x0d, 0x0a, 0x1a, 0x0a, NPS_CODEC_DESIGN, 0, 1};
    size_t size = 24 + length + 4;
    ck_assert(size < sizeof bytes);
    bytes[16] = (uint8_t)length;
    bytes[17] = (uint8_t)(length >> 8);
    memcpy(bytes + 24, payload, length);
    fix_crc(bytes, size);
    nps_allocator allocator;
    test_memory memory;
    nps_design *design = NULL;
    test_memory_start(&memory, -1, &allocator);
    int status = nps_design_decode(bytes, size, &allocator, 0, &design);
    ck_assert((status == NPS_OK) == (design != NULL));
    ck_assert(memory.bytes < 10000);
    nps_design_free(design);
    ck_assert_uint_eq(memory.blocks, 0);
    return status;
}

#define DECODES(expected, ...)                                                  \
    do {                                                                        \
        const char content[] = __VA_ARGS__;                                     \
        ck_status(decode_payload(content, sizeof content - 1), NPS_##expected); \
    } while (0)

#define SCALE  \
    "\1\2\1\2" \
    "\0\0\0\0" \
    "\2\0\0\0"
#define U32(n)      n "\0\0\0"
#define U64(n)      n "\0\0\0\0\0\0\0"
#define HEAD(parts) SCALE U32("\2") U32(parts) U64("\1")
/* A state of one answer of 2 with weight 2^-64, and the totals of it alone. */
#define STATE    "\0\1" U64("\1") U64("\0") U64("\1") U64("\0") U64("\0") U64("\0") "\0\0\0"
#define TOTALS   U64("\1") U64("\1") U64("\0")
#define PLAIN    HEAD("\1") "\0\2" STATE TOTALS
#define SIZE_2   "\0\0\0\0\0\0\0\x40"
#define SIZE_1   "\0\0\0\0\0\0\xf0\x3f"
#define SIZE_INF "\0\0\0\0\0\0\xf0\x7f"
#define SIZE_NAN "\0\0\0\0\0\0\xf8\x7f"

START_TEST(impossible_content)
{
    DECODES(OK, PLAIN U32("\0") U64("\0"));
    DECODES(OK, PLAIN U32("\0") U64("\1") "\2" SIZE_2);
    DECODES(OK, PLAIN U32("\0") U64("\2") "\2" SIZE_2 "\4\1x" SIZE_1);
    DECODES(OK, HEAD("\2") "\0\0\2\2" STATE TOTALS U32("\1") U64("\0"));
    DECODES(OK, HEAD("\2") "\0\1n\2\2" STATE TOTALS U32("\0") U64("\0"));
    DECODES(OK, HEAD("\x08") "\0\0\0\0\0\0\0\0\2\2\2\2\2\2\2\2" STATE TOTALS U32("\1") U64("\0"));

    /* Clusters that are neither, that lack their part, or leave more parts than a domain has. */
    DECODES(ERR_FORMAT, PLAIN U32("\2") U64("\0"));
    DECODES(ERR_FORMAT, PLAIN U32("\1") U64("\0"));
    DECODES(ERR_FORMAT, HEAD("\2") "\0\0\2\2" STATE TOTALS "\1\0\0\1" U64("\0"));
    DECODES(ERR_FORMAT, HEAD("\x08") "\0\0\0\0\0\0\0\0\2\2\2\2\2\2\2\2" STATE TOTALS U32("\0") U64("\0"));

    /* Names of what has none, keys that stand for others, tallies. */
    DECODES(ERR_FORMAT, HEAD("\1") "\1n\2" STATE TOTALS U32("\0") U64("\0"));
    DECODES(ERR_FORMAT, HEAD("\2") "\0\1n\2\2" STATE TOTALS U32("\1") U64("\0"));
    DECODES(ERR_FORMAT, HEAD("\1") "\0\1" STATE TOTALS U32("\0") U64("\0"));
    DECODES(ERR_FORMAT, HEAD("\1") "\0\5" STATE TOTALS U32("\0") U64("\0"));
    DECODES(ERR_FORMAT, SCALE U32("\1") U32("\1") U64("\1") "\0\2\0\1\0\0" U64("\1") U32("\0") U64("\0"));

    /* Populations: fewer or more than told, out of order, twice, of no stratum, impossible. */
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1"));
    DECODES(ERR_FORMAT, PLAIN U32("\0") "\0\0\0\0\0\0\0\x80"
                                        "\2" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\0") "\2" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\2") "\4\1x" SIZE_1 "\2" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\2") "\2" SIZE_2 "\2" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\1" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\5" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\0" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\4\x7fx" SIZE_2);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\2"
                                                  "\0\0\0\0\0\0\xe0\x3f");
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\2"
                                                  "\0\0\0\0\0\0\0\xc0");
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\2" U64("\0"));
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\2" SIZE_INF);
    DECODES(ERR_FORMAT, PLAIN U32("\0") U64("\1") "\2" SIZE_NAN);

    /* What the states' own check refuses: 2 answers in sum where there is one. */
    DECODES(ERR_FORMAT, HEAD("\1") "\0\2" STATE U64("\2") U64("\1") U64("\0") U32("\0") U64("\0"));
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, equal_designs_have_equal_bytes, 0, 8);
    tcase_add_test(tcase, dropped_populations);
    tcase_add_test(tcase, memory_fails);
    tcase_add_test(tcase, impossible_content);
}

int main(void)
{
    return test_main("codec_design", add);
}
