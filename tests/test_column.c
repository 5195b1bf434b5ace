#include <nps/column.h>
#include <nps/status.h>

#include "columns.h"

/* Pieces of any size, so that none of them need begin at a whole byte of bits. */
static void check_codes(const column_plan *plan, const built_column *built)
{
    uint8_t codes[512];
    ck_assert_int_eq(nps_column_check(&built->column, NULL), NPS_OK);
    for (size_t first = 0, step = 1; first < plan->rows; first += step, step = step * 3 % 61) {
        size_t count = plan->rows - first < step ? plan->rows - first : step;
        ck_assert_int_eq(npsi_column_codes(&built->column, &plan->scale, first, count, codes), NPS_OK);
        ck_assert_mem_eq(codes, built->codes + plan->offset + first, count);
    }
    ck_assert_int_eq(npsi_column_codes(&built->column, &plan->scale, 0, plan->rows, codes), NPS_OK);
    ck_assert_mem_eq(codes, built->codes + plan->offset, plan->rows);
}

START_TEST(reads_codes)
{
    for_each_column(check_codes, 1);
}
END_TEST

static void check_doubles(const column_plan *plan, const built_column *built)
{
    double values[512];
    size_t good = 0;
    int status = npsi_column_doubles(&built->column, 0, plan->rows, values);
    ck_assert_int_eq(status, plan->type <= NPS_TYPE_BOOL ? NPS_OK : NPS_ERR_TYPE);
    if (status != NPS_OK) return;
    while (good < plan->rows && test_near(values[good], built->numbers[plan->offset + good], 0)) good++;
    ck_assert_uint_eq(good, plan->rows);
}

START_TEST(reads_doubles)
{
    for_each_column(check_doubles, 2);
}
END_TEST

static int reads_integer(const column_plan *plan, const built_column *built, size_t i)
{
    int is_integer = plan->type <= NPS_TYPE_U64 || plan->type == NPS_TYPE_BOOL || plan->type == NPS_TYPE_DICTIONARY;
    int64_t value = 0;
    int valid = 0;
    size_t row = plan->offset + i;
    int status = npsi_column_integer(&built->column, i, &value, &valid);
    if (!is_integer) return status == NPS_ERR_TYPE;
    if (built->too_large[row]) return status == NPS_ERR_RANGE;
    int expected_valid = built->validity == NULL || (built->validity[row / 8] >> row % 8 & 1);
    return status == NPS_OK && valid == expected_valid && value == built->integers[row];
}

static void check_integers(const column_plan *plan, const built_column *built)
{
    size_t good = 0;
    while (good < plan->rows && reads_integer(plan, built, good)) good++;
    ck_assert_uint_eq(good, plan->rows);
}

START_TEST(reads_integers)
{
    for_each_column(check_integers, 3);
}
END_TEST

static int reads_text(const column_plan *plan, const built_column *built, size_t i)
{
    const char *bytes = NULL, *expected = built->texts[plan->offset + i];
    size_t length = 0;
    int status = npsi_column_text(&built->column, i, &bytes, &length);
    if (plan->type != NPS_TYPE_UTF8 && plan->type != NPS_TYPE_LARGE_UTF8) return status == NPS_ERR_TYPE;
    if (status != NPS_OK || bytes == NULL || expected == NULL) return status == NPS_OK && bytes == expected;
    return length == strlen(expected) && memcmp(bytes, expected, length) == 0;
}

static void check_texts(const column_plan *plan, const built_column *built)
{
    size_t good = 0;
    while (good < plan->rows && reads_text(plan, built, good)) good++;
    ck_assert_uint_eq(good, plan->rows);
}

START_TEST(reads_texts)
{
    for_each_column(check_texts, 4);
}
END_TEST

static void expect_check(const nps_column *column, int status, uint64_t expected_row)
{
    uint64_t row = 77;
    ck_assert_int_eq(nps_column_check(column, &row), status);
    ck_assert_uint_eq(row, status == NPS_OK ? 77 : expected_row);
    ck_assert_int_eq(nps_column_check(column, NULL), status);
}

/* What can be said without reading a row. */
START_TEST(descriptions)
{
    static const uint8_t byte[8] = {0};
    const nps_column good = {.type = NPS_TYPE_U8, .length = 8, .values = byte};
    expect_check(&good, NPS_OK, 0);
    expect_check(NULL, NPS_ERR_ARGUMENT, 0);
    nps_column bad = good;
    for (int32_t type = -3; type < 20; type++) {
        bad.type = type;
        if (type < NPS_TYPE_I8 || type > NPS_TYPE_DICTIONARY) expect_check(&bad, NPS_ERR_TYPE, 0);
    }
    bad = good;
    bad.values = NULL;
    expect_check(&bad, NPS_ERR_ARGUMENT, 0);
    bad.length = 0;
    expect_check(&bad, NPS_OK, 0);
    bad = good;
    bad.reserved = 1;
    expect_check(&bad, NPS_ERR_ARGUMENT, 0);
    for (int32_t type = NPS_TYPE_I8; type < NPS_TYPE_DICTIONARY; type++) {
        static const uint64_t huge[] = {UINT64_MAX, UINT64_MAX - 1, (uint64_t)INT64_MAX + 1, (uint64_t)INT64_MAX};
        for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
            bad = (nps_column){.type = type, .length = huge[i], .values = byte, .offsets = byte};
            expect_check(&bad, NPS_ERR_ARGUMENT, 0);
            bad.length = 1;
            bad.offset = huge[i];
            expect_check(&bad, NPS_ERR_ARGUMENT, 0);
            bad.length = huge[i];
            expect_check(&bad, NPS_ERR_ARGUMENT, 0);
        }
    }
}
END_TEST

START_TEST(bad_text)
{
    static const char bytes[] = "10987";
    int32_t narrow[] = {0, 2, 3, 4, 5};
    int64_t wide[] = {0, 2, 3, 4, 5};
    const nps_column good32 = {
        .type = NPS_TYPE_UTF8, .length = 4, .values = bytes, .offsets = narrow, .value_bytes = 5};
    nps_column good64 = good32;
    good64.type = NPS_TYPE_LARGE_UTF8;
    good64.offsets = wide;
    expect_check(&good32, NPS_OK, 0);
    expect_check(&good64, NPS_OK, 0);

    static const struct {
        size_t index;
        int64_t offset;
        uint64_t row;
        int known_only; /* wrong only where the number of bytes is known */
    } faults[] = {{0, -1, 0, 0}, {2, 1, 1, 0}, {3, 2, 2, 0}, {4, 6, 3, 1}, {4, INT32_MAX, 3, 1}, {4, INT32_MIN, 3, 0}};
    nps_scale scale;
    nps_scale_standard(&scale);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        int64_t kept = wide[faults[i].index];
        narrow[faults[i].index] = (int32_t)faults[i].offset;
        wide[faults[i].index] = faults[i].offset;
        expect_check(&good32, NPS_ERR_FORMAT, faults[i].row);
        expect_check(&good64, NPS_ERR_FORMAT, faults[i].row);
        uint8_t codes[4];
        ck_assert_int_eq(npsi_column_codes(&good64, &scale, 0, 4, codes), NPS_ERR_FORMAT);
        nps_column unknown = good64;
        unknown.value_bytes = 0;
        expect_check(&unknown, faults[i].known_only ? NPS_OK : NPS_ERR_FORMAT, faults[i].row);
        narrow[faults[i].index] = (int32_t)kept;
        wide[faults[i].index] = kept;
    }
    wide[4] = INT64_MAX;
    expect_check(&good64, NPS_ERR_FORMAT, 3);
    wide[4] = INT64_MIN;
    expect_check(&good64, NPS_ERR_FORMAT, 3);

    nps_column bad = good32;
    bad.offsets = NULL;
    expect_check(&bad, NPS_ERR_ARGUMENT, 0);
    bad = good32;
    bad.flags = 1u << 31;
    expect_check(&bad, NPS_ERR_ARGUMENT, 0);
    bad = good32; /* no bytes: only empty strings fit */
    bad.values = NULL;
    bad.value_bytes = 0;
    expect_check(&bad, NPS_ERR_FORMAT, 0);
    memset(narrow, 0, sizeof narrow);
    expect_check(&bad, NPS_OK, 0);
    uint8_t codes[4];
    ck_assert_int_eq(npsi_column_codes(&bad, &scale, 0, 4, codes), NPS_OK);
    ck_assert_uint_eq(codes[3], NPSI_CODE_MISSING);
}
END_TEST

START_TEST(bad_dictionaries)
{
    static const int8_t answers[] = {10, 0, 5};
    const nps_column values = {.type = NPS_TYPE_I8, .length = 3, .values = answers};
    static const int64_t faults[] = {-1, 3, 255, INT64_MIN, INT64_MAX, 65536};
    nps_scale scale;
    nps_scale_standard(&scale);
    for (int32_t index_type = NPS_TYPE_I8; index_type <= NPS_TYPE_U64; index_type++) {
        for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
            unsigned char indices[5 * 8] = {0};
            uint8_t codes[5], validity[] = {0x1f};
            store_number(indices, index_type, 1, 2, 0);
            store_number(indices, index_type, 3, faults[i], 0);
            int narrow =
                column_width(index_type) < 8 && (uint64_t)faults[i] << (64 - 8 * column_width(index_type)) == 0;
            nps_column column = {.type = NPS_TYPE_DICTIONARY,
                                 .index_type = index_type,
                                 .length = 5,
                                 .values = indices,
                                 .validity = validity,
                                 .dictionary = &values};
            expect_check(&column, narrow ? NPS_OK : NPS_ERR_FORMAT, 3); /* 65536 is 0 in 16 bits */
            ck_assert_int_eq(npsi_column_codes(&column, &scale, 0, 5, codes), narrow ? NPS_OK : NPS_ERR_FORMAT);
            ck_assert_int_eq(npsi_column_codes(&column, &scale, 3, 1, codes), narrow ? NPS_OK : NPS_ERR_FORMAT);
            validity[0] = 0x17; /* not a value: the code does not matter */
            expect_check(&column, NPS_OK, 0);
            ck_assert_int_eq(npsi_column_codes(&column, &scale, 0, 5, codes), NPS_OK);
            ck_assert_mem_eq(codes, ((uint8_t[]){10, 5, 10, NPSI_CODE_MISSING, 10}), 5);
        }
    }
}
END_TEST

START_TEST(bad_dictionary_descriptions)
{
    static const uint8_t indices[] = {0, 0};
    static const int32_t offsets[] = {0, 3, 2};
    const nps_column text = {.type = NPS_TYPE_UTF8, .length = 2, .values = "10", .offsets = offsets};
    nps_column column = {.type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U8, .length = 2, .values = indices};
    expect_check(&column, NPS_ERR_ARGUMENT, 0);
    nps_column nested = column;
    nested.dictionary = &nested;
    column.dictionary = &nested;
    expect_check(&column, NPS_ERR_TYPE, 0);
    column.dictionary = &text; /* the fault is in a row of the dictionary, which is no row of the column */
    expect_check(&column, NPS_ERR_FORMAT, 0);
    static const int32_t not_integers[] = {0, NPS_TYPE_F32, NPS_TYPE_BOOL, NPS_TYPE_UTF8, NPS_TYPE_DICTIONARY, -1};
    for (size_t i = 0; i < sizeof not_integers / sizeof *not_integers; i++) {
        column.index_type = not_integers[i];
        expect_check(&column, NPS_ERR_TYPE, 0);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reads_codes);
    tcase_add_test(tcase, reads_doubles);
    tcase_add_test(tcase, reads_integers);
    tcase_add_test(tcase, reads_texts);
    tcase_add_test(tcase, descriptions);
    tcase_add_test(tcase, bad_text);
    tcase_add_test(tcase, bad_dictionaries);
    tcase_add_test(tcase, bad_dictionary_descriptions);
}

int main(void)
{
    return test_main("column", add);
}
