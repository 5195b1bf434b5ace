/* nps_parse_answer, against the reference cells, Unicode's own list of numbers, and properties. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/scale.h>
#include <nps/status.h>

#include "support.h"

static const nps_scale minus_five = {-5, 5, 1, 4};

/* What is passed over around a number: U+0009-D, 20, 85, A0, 61C, 1680, 180E, 2000-200F, 2028-202F, 205F-2060,
 * 2066-2069, 3000, FEFF */
static const uint32_t blanks[] = {0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,   0xA0,   0x61C,
                                  0x1680, 0x180E, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
                                  0x2007, 0x2008, 0x2009, 0x200A, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
                                  0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x202F, 0x205F,
                                  0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x3000, 0xFEFF};
#define BLANKS (sizeof blanks / sizeof blanks[0])

static int32_t parse_bytes(const nps_scale *scale, const char *text, size_t length, uint32_t flags)
{
    int32_t answer = -77;
    ck_assert_int_eq(nps_parse_answer(scale, text, length, flags, &answer), NPS_OK);
    return answer;
}

static int32_t parse(const char *text, uint32_t flags)
{
    return parse_bytes(NULL, text, strlen(text), flags);
}

/* UTF-8 of a code point, surrogates too; the number of bytes. */
static size_t encode(uint32_t code, char *out)
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(lead[length] | code);
    return length;
}

static size_t from_hex(const char *hex, char *bytes)
{
    size_t length = strlen(hex) / 2;
    for (size_t i = 0; i < length; i++) {
        char pair[] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (char)strtol(pair, NULL, 16);
    }
    return length;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("parse.csv");
    ck_assert_uint_ge(csv->rows, 183);
    for (size_t row = 0; row < csv->rows; row++) {
        char bytes[256];
        size_t length = from_hex(test_csv_cell(csv, row, "bytes_hex"), bytes);
        const char *kind = test_csv_cell(csv, row, "kind");
        int32_t expected = strcmp(kind, "missing") == 0   ? NPS_MISSING
                           : strcmp(kind, "invalid") == 0 ? NPS_INVALID
                                                          : (int32_t)test_csv_number(csv, row, "answer");
        uint32_t flags = test_csv_number(csv, row, "labels") > 0 ? NPS_PARSE_LABELS : 0;
        int32_t answer = parse_bytes(NULL, bytes, length, flags);
        ck_assert_msg(answer == expected, "cell %s is %d, not %d", test_csv_cell(csv, row, "id"), (int)answer,
                      (int)expected);
    }
    test_csv_free(csv);
}
END_TEST

/* What the comment in scale.h decides beyond the reference. */
START_TEST(decisions)
{
    static const struct {
        const char *text;
        int32_t plain, labels;
    } cells[] = {
        /* signs */
        {"-0", 0, 0},
        {"\xE2\x88\x92"
         "0",
         0, 0},
        {"\xEF\xBC\x8B"
         "9",
         9, 9},
        {"\xEF\xBC\x8D"
         "9",
         NPS_INVALID, NPS_INVALID},
        {"+-9", NPS_INVALID, NPS_INVALID},
        {"+ 9", NPS_INVALID, NPS_INVALID},
        {"+", NPS_INVALID, NPS_INVALID},
        /* separators */
        {"9.000", 9, 9},
        {"9,00", 9, 9},
        {"9,0000", 9, 9},
        {"1,000", NPS_INVALID, NPS_INVALID},
        {"1,000.0", NPS_INVALID, NPS_INVALID},
        {"9\xEF\xBC\x8E\xEF\xBC\x90", 9, 9},
        {"9.", NPS_INVALID, 9},
        {".0", NPS_INVALID, NPS_INVALID},
        {"9.0000000000000000000000001", NPS_INVALID, NPS_INVALID},
        /* scripts mixed: the value is as sure */
        {"1\xD9\xA0", 10, 10},
        {"\xDB\xB1\xD9\xA0", 10, 10},
        /* ideographs stand alone */
        {"\xE4\xB8\x80\xE3\x80\x87", NPS_INVALID, NPS_INVALID},
        {"\xE5\x8D\x81\xE4\xB8\x80", NPS_INVALID, NPS_INVALID},
        {"9\xE5\x8D\x81", NPS_INVALID, NPS_INVALID},
        {"\xE4\xB8\x80\xE8\x88\xAC", NPS_INVALID, NPS_INVALID},             /* "so-so" begins with "one" */
        {"\xE4\xB9\x9D\xE3\x80\x81\xE5\x8D\x81", NPS_INVALID, NPS_INVALID}, /* "nine, ten" */
        {"\xE4\xB9\x9D - \xE5\x8D\x81", NPS_INVALID, NPS_INVALID},
        {"\xE4\xB9\x9D \xE5\x88\x86", NPS_INVALID, 9},
        {"\xE4\xB9\x9D\xEF\xBC\x9A\xE5\xA5\xBD", NPS_INVALID, 9},
        {"5 - \xE4\xB8\x80\xE8\x88\xAC", NPS_INVALID, 5},
        /* labels */
        {"10- Extremely", NPS_INVALID, 10},
        {"10-Extremely", NPS_INVALID, 10},
        {"10 \xE2\x80\x93 Extremely", NPS_INVALID, 10},
        {"9. Likely", NPS_INVALID, 9},
        {"9.0 - likely", NPS_INVALID, 9},
        {"8 points\xC2\xA0", NPS_INVALID, 8},
        {"11 - beyond", NPS_INVALID, NPS_INVALID},
        {"Likely - 9", NPS_INVALID, NPS_INVALID},
        {"8points", NPS_INVALID, NPS_INVALID},
        {"9th", NPS_INVALID, NPS_INVALID},
        {"9_", NPS_INVALID, NPS_INVALID},
        {"8.5 - maybe", NPS_INVALID, NPS_INVALID},
        {"8\xC2\xBD", NPS_INVALID, NPS_INVALID},
        {"8 \xC2\xBD - maybe", NPS_INVALID, NPS_INVALID},
        {"8 1/2", NPS_INVALID, NPS_INVALID},
        {"1\xC2\xB2", NPS_INVALID, NPS_INVALID},
        {"1 0", NPS_INVALID, NPS_INVALID},
        {"1\xE2\x80\x8B"
         "0",
         NPS_INVALID, NPS_INVALID},
        {"1\n0", NPS_INVALID, NPS_INVALID},
        {"10/10", NPS_INVALID, NPS_INVALID},
        {"9-10", NPS_INVALID, NPS_INVALID},
        {"9 - 10", NPS_INVALID, NPS_INVALID},
        {"7 or 8", NPS_INVALID, NPS_INVALID},
        {"9 (scale 0 to 10)", NPS_INVALID, NPS_INVALID},
        {"9%", NPS_INVALID, NPS_INVALID},
        {"9 %", NPS_INVALID, NPS_INVALID},
        {"9\xEF\xBC\x85", NPS_INVALID, NPS_INVALID},
        {"9\xD9\xAA", NPS_INVALID, NPS_INVALID},
        {"9+", NPS_INVALID, NPS_INVALID},
        {"9 \xFF", NPS_INVALID, NPS_INVALID},
        {"9 a\xC3", NPS_INVALID, NPS_INVALID},
        {"\xE0\x80\xB9", NPS_INVALID, NPS_INVALID}, /* overlong */
        {"9 \xE0\x80\xA0", NPS_INVALID, NPS_INVALID},
        {"9 \xED\xA0\x80", NPS_INVALID, NPS_INVALID},     /* a surrogate */
        {"9 \xF4\x90\x80\x80", NPS_INVALID, NPS_INVALID}, /* above U+10FFFF */
        {"9 \xF4\x8F\xBF\xBF", NPS_INVALID, 9},
        /* numbers that would wrap around to 9 and 0 */
        {"4294967305", NPS_INVALID, NPS_INVALID},
        {"18446744073709551625", NPS_INVALID, NPS_INVALID},
        {"100000000000000000000000000000000000000000000000000000000000000000", NPS_INVALID, NPS_INVALID},
        /* missing: as listed, and nothing like it */
        {"NA\xE2\x80\x8F", NPS_MISSING, NPS_MISSING},
        {"\xE2\x81\xA6\xE2\x81\xA9", NPS_MISSING, NPS_MISSING},
        {"NAN", NPS_INVALID, NPS_INVALID},
        {"NA 9", NPS_INVALID, NPS_INVALID},
        {"NULLs", NPS_INVALID, NPS_INVALID},
        {"N", NPS_INVALID, NPS_INVALID},
    };
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        int32_t plain = parse(cells[i].text, 0), labels = parse(cells[i].text, NPS_PARSE_LABELS);
        ck_assert_msg(plain == cells[i].plain, "'%s' is %d, not %d", cells[i].text, (int)plain, (int)cells[i].plain);
        ck_assert_msg(labels == cells[i].labels, "'%s' with labels is %d, not %d", cells[i].text, (int)labels,
                      (int)cells[i].labels);
    }
    ck_assert_int_eq(parse_bytes(NULL, "9 a\0b", 5, NPS_PARSE_LABELS), NPS_INVALID);
    ck_assert_int_eq(parse_bytes(NULL, "9 a", 3, NPS_PARSE_LABELS), 9);
}
END_TEST

START_TEST(other_scales)
{
    static const nps_scale five = {1, 5, 3, 5};
    for (int32_t answer = -7; answer <= 7; answer++) {
        char text[8], minus[16];
        int length = snprintf(text, sizeof text, "%d", (int)answer);
        int32_t expected = answer < -5 || answer > 5 ? NPS_INVALID : answer;
        ck_assert_int_eq(parse_bytes(&minus_five, text, (size_t)length, 0), expected);
        if (answer < 0) {
            length = snprintf(minus, sizeof minus, "\xE2\x88\x92%d", -(int)answer);
            ck_assert_int_eq(parse_bytes(&minus_five, minus, (size_t)length, 0), expected);
            length = snprintf(minus, sizeof minus, "\xEF\xBC\x8D%d.0", -(int)answer);
            ck_assert_int_eq(parse_bytes(&minus_five, minus, (size_t)length, 0), expected);
        }
    }
    ck_assert_int_eq(parse_bytes(&minus_five, "-5 - hate it", 12, NPS_PARSE_LABELS), -5);
    ck_assert_int_eq(parse_bytes(&minus_five, "-5-5", 4, NPS_PARSE_LABELS), NPS_INVALID);
    ck_assert_int_eq(parse_bytes(&five, "0", 1, 0), NPS_INVALID);
    ck_assert_int_eq(parse_bytes(&five, "5", 1, 0), 5);
    ck_assert_int_eq(parse_bytes(&five, "6", 1, 0), NPS_INVALID);
}
END_TEST

START_TEST(errors)
{
    const nps_scale impossible = {0, 10, 9, 9};
    int32_t answer = -77;
    ck_assert_int_eq(nps_parse_answer(NULL, NULL, 1, 0, &answer), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_parse_answer(NULL, "9", 1, 2, &answer), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_parse_answer(NULL, "9", 1, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_parse_answer(&impossible, "9", 1, 0, &answer), NPS_ERR_SCALE);
    ck_assert_int_eq(answer, -77);
    ck_assert_int_eq(nps_parse_answer(NULL, NULL, 0, 0, &answer), NPS_OK);
    ck_assert_int_eq(answer, NPS_MISSING);
}
END_TEST

/* Every code point alone in a cell: a digit of Unicode's list, one of the eleven ideographs, a blank, or invalid. */
START_TEST(every_code_point)
{
    static const uint32_t ideographs[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                          0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    test_csv *csv = test_csv_read("unicode_numbers.csv");
    int32_t *expected = malloc(0x110000 * sizeof *expected);
    ck_assert_ptr_nonnull(expected);
    size_t digits = 0;
    for (size_t code = 0; code < 0x110000; code++) expected[code] = NPS_INVALID;
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "category"), "Nd") != 0) continue;
        unsigned long first = strtoul(test_csv_cell(csv, row, "first"), NULL, 16);
        unsigned long last = strtoul(test_csv_cell(csv, row, "last"), NULL, 16);
        for (unsigned long code = first; code <= last; code++, digits++)
            expected[code] = (int32_t)((code - first) % 10);
    }
    ck_assert_uint_eq(digits, 660);
    for (int32_t i = 0; i <= 10; i++) expected[ideographs[i]] = i;
    for (size_t i = 0; i < BLANKS; i++) expected[blanks[i]] = NPS_MISSING;
    for (uint32_t code = 0; code < 0x110000; code++) {
        char text[4];
        int32_t answer = parse_bytes(NULL, text, encode(code, text), 0);
        ck_assert_msg(answer == expected[code], "U+%04X is %d, not %d", (unsigned)code, (int)answer,
                      (int)expected[code]);
    }
    free(expected);
    test_csv_free(csv);
}
END_TEST

/* No label holds a second number: any other Nd, Nl or No behind the first one is refused. */
START_TEST(second_number)
{
    test_csv *csv = test_csv_read("unicode_numbers.csv");
    for (size_t row = 0; row < csv->rows; row++) {
        uint32_t first = (uint32_t)strtoul(test_csv_cell(csv, row, "first"), NULL, 16);
        uint32_t last = (uint32_t)strtoul(test_csv_cell(csv, row, "last"), NULL, 16);
        for (uint32_t code = first; code <= last; code++) {
            char text[16] = "9 - ";
            ck_assert_int_eq(parse_bytes(NULL, text, 4 + encode(code, text + 4), NPS_PARSE_LABELS), NPS_INVALID);
        }
    }
    test_csv_free(csv);
}
END_TEST

START_TEST(blanks_anywhere)
{
    static const char *const cells[] = {"9", "", "NA", "10", "8.5", "-0", "\xDB\xB9"};
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        const char *cell = cells[test_below(&seed, sizeof cells / sizeof cells[0])];
        char text[128];
        size_t length = 0, before = test_below(&seed, 8), after = test_below(&seed, 8);
        for (size_t i = 0; i < before; i++) length += encode(blanks[test_below(&seed, BLANKS)], text + length);
        memcpy(text + length, cell, strlen(cell));
        length += strlen(cell);
        for (size_t i = 0; i < after; i++) length += encode(blanks[test_below(&seed, BLANKS)], text + length);
        ck_assert_int_eq(parse_bytes(NULL, text, length, 0), parse(cell, 0));
        ck_assert_int_eq(parse_bytes(NULL, text, length, NPS_PARSE_LABELS), parse(cell, NPS_PARSE_LABELS));
    }
}
END_TEST

/* Strings of such pieces come closer to the grammar than random bytes. In heap blocks of their exact size, so that a
 * sanitizer sees a read past the end. */
START_TEST(hostile)
{
    static const char *const pieces[] = {"0",
                                         "1",
                                         "9",
                                         "10",
                                         ".",
                                         ",",
                                         "-",
                                         "+",
                                         " ",
                                         "\xD9\xAB",
                                         "\xDB\xB9",
                                         "\xE3",
                                         "\xE3\x80",
                                         "\xC0\xB9",
                                         "NA",
                                         "\xF4\x90\x80\x80",
                                         "\xEF",
                                         "e",
                                         "/",
                                         "\xEF\xBB",
                                         "\xED\xA0\x80",
                                         "\xE5\x8D\x81",
                                         "\xFF",
                                         "\xE0\x80\xB9"};
    uint64_t seed = 2;
    for (int round = 0; round < 200000; round++) {
        char text[64];
        size_t length = 0, count = test_below(&seed, 7);
        for (size_t i = 0; i < count; i++) {
            if (round % 2 == 0) {
                text[length++] = (char)test_random(&seed);
                continue;
            }
            const char *piece = pieces[test_below(&seed, sizeof pieces / sizeof pieces[0])];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        char *exact = malloc(length + 1);
        ck_assert_ptr_nonnull(exact);
        memcpy(exact + 1, text, length);
        int32_t plain = parse_bytes(&minus_five, exact + 1, length, 0);
        int32_t labels = parse_bytes(&minus_five, exact + 1, length, NPS_PARSE_LABELS);
        ck_assert(plain == NPS_MISSING || plain == NPS_INVALID || (plain >= -5 && plain <= 5));
        ck_assert(labels == plain || (plain == NPS_INVALID && labels >= -5 && labels <= 5)); /* labels only add */
        free(exact);
    }
}
END_TEST

/* The same cell of 10 MB in several shapes: with work beyond proportional the time limit would pass. */
START_TEST(huge)
{
    static const struct {
        char fill;
        const char *head, *tail;
        int32_t plain, labels;
    } cells[] = {
        {' ', "", "", NPS_MISSING, NPS_MISSING},    {' ', "9", "", 9, 9},
        {' ', "", "NA", NPS_MISSING, NPS_MISSING},  {'0', "", "9", 9, 9},
        {'9', "", "", NPS_INVALID, NPS_INVALID},    {'0', "9.", "", 9, 9},
        {'0', "9.", "1", NPS_INVALID, NPS_INVALID}, {'x', "9 ", "", NPS_INVALID, 9},
        {'x', "9 ", "1", NPS_INVALID, NPS_INVALID}, {'\0', "9", "", NPS_INVALID, NPS_INVALID},
    };
    const size_t size = 10000000;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        size_t head = strlen(cells[i].head), tail = strlen(cells[i].tail);
        memset(text, cells[i].fill, size);
        memcpy(text, cells[i].head, head);
        memcpy(text + size - tail, cells[i].tail, tail);
        ck_assert_int_eq(parse_bytes(NULL, text, size, 0), cells[i].plain);
        ck_assert_int_eq(parse_bytes(NULL, text, size, NPS_PARSE_LABELS), cells[i].labels);
    }
    free(text);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, decisions);
    tcase_add_test(tcase, other_scales);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, every_code_point);
    tcase_add_test(tcase, second_number);
    tcase_add_test(tcase, blanks_anywhere);
    tcase_add_test(tcase, hostile);
    tcase_add_test(tcase, huge);
}

int main(void)
{
    return test_main("parse", add);
}
