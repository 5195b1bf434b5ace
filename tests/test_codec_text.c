#include <nps/codec.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

/* Reads a copy that ends where its memory ends. */
static int from_text(const char *text, size_t length, nps_tally *out)
{
    char *exact = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, text, length);
    int status = nps_tally_from_text(exact, length, out);
    free(exact);
    return status;
}

/* The forms that codec.h describes, written by hand. */
START_TEST(known_lines)
{
    static const struct {
        const char *line;
        nps_tally tally;
    } known[] = {
        {"nps-tally 1 scale 0-10:6:9 kind 0 levels 0,0,1,0,0,0,2,3,4,5,6 missing 1 invalid 0",
         {.scale = {0, 10, 6, 9}, .level = {0, 0, 1, 0, 0, 0, 2, 3, 4, 5, 6}, .missing = 1}},
        {"nps-tally 1 scale -5--3:-5:-3 kind 4294967295 levels 9223372036854775803,1,1 missing 1 invalid 1",
         {.scale = {-5, -3, -5, -3}, .kind = UINT32_MAX, .level = {INT64_MAX - 4, 1, 1}, .missing = 1, .invalid = 1}},
        {"nps-tally 1 scale -128--118:-127:-126 kind 2 levels 0,0,0,0,0,0,0,0,0,0,0 missing 0 invalid 0",
         {.scale = {-128, -118, -127, -126}, .kind = 2}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *line = known[i].line;
        char buffer[300];
        size_t length = 1, needed = strlen(line);
        nps_tally read;
        ck_status(nps_tally_to_text(&known[i].tally, NULL, 0, &length), NPS_OK);
        ck_assert_uint_eq(length, needed);
        for (size_t size = 0; size <= needed; size++) {
            length = 1;
            memset(buffer, 'x', sizeof buffer);
            ck_status(nps_tally_to_text(&known[i].tally, buffer, size, &length), NPS_ERR_BUFFER);
            ck_assert_uint_eq(length, needed);
            ck_assert_int_eq(buffer[size], 'x');
        }
        ck_status(nps_tally_to_text(&known[i].tally, buffer, needed + 1, &length), NPS_OK);
        ck_assert_str_eq(buffer, line);
        ck_assert_uint_eq(length, needed);
        ck_status(from_text(line, needed, &read), NPS_OK);
        ck_assert_mem_eq(&read, &known[i].tally, sizeof read);

        for (size_t size = 0; size < needed; size++) {
            int status = from_text(line, size, &read);
            ck_status(status, status == NPS_OK ? NPS_OK : NPS_ERR_FORMAT);
            /* Only the last count may be cut to a shorter one. */
            ck_assert(status != NPS_OK || line[size - 1] != ' ');
            ck_assert(status != NPS_OK || needed - size < 20);
        }
    }
}
END_TEST

START_TEST(blanks_around_it)
{
    const char line[] = " \t\r\n nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7 \r\n\t ";
    nps_tally read;
    ck_status(from_text(line, sizeof line - 1, &read), NPS_OK);
    ck_assert_uint_eq(read.level[4], 5);
    ck_assert_uint_eq(read.invalid, 7);
    ck_status(from_text(line, sizeof line, &read), NPS_ERR_FORMAT); /* the terminating NUL is no blank */
}
END_TEST

START_TEST(refused_lines)
{
    static const char *const refused[] = {
        "",
        " ",
        "nps-tally",
        "nps-tally 1",
        "nps-tally 0 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 01 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally +1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "NPS-TALLY 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 5-1:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 01-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:-0:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale  1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5  kind 0 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind -1 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 4294967296 levels 1,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5,6 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4, missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1, 2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,05 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5.0 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid -7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 invalid 7 missing 6",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,5 missing 6 invalid 7 total 28",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 9223372036854775808,2,3,4,5 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 9223372036854775807,0,0,0,0 missing 0 invalid 1",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,18446744073709551617 missing 6 invalid 7",
        "nps-tally 1 scale 1-5:3:5 kind 0 levels 1,2,3,4,99999999999999999999999999 missing 6 invalid 7",
    };
    nps_tally read = {.missing = 42};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        ck_assert_msg(from_text(refused[i], strlen(refused[i]), &read) == NPS_ERR_FORMAT, "%s", refused[i]);
        ck_assert_uint_eq(read.missing, 42);
    }
    const char later[] = "nps-tally 2 anything else";
    ck_status(from_text(later, sizeof later - 1, &read), NPS_ERR_VERSION);
    ck_status(nps_tally_from_text(NULL, 3, &read), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_from_text(NULL, 0, &read), NPS_ERR_FORMAT);
    ck_status(nps_tally_from_text(later, 3, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

/* Any tally is read back as it was; a changed character is refused or gives another line's tally. */
START_TEST(there_and_back)
{
    uint64_t seed = 31;
    for (int round = 0; round < 3000; round++) {
        nps_tally tally = {.kind = (uint32_t)test_random(&seed)}, read;
        int levels = 2 + (int)test_below(&seed, 10), lowest = (int)test_below(&seed, 256 - (uint64_t)levels) - 128;
        int cut = lowest + (int)test_below(&seed, (uint64_t)levels - 1);
        tally.scale = (nps_scale){(int8_t)lowest, (int8_t)(lowest + levels - 1), (int8_t)cut, (int8_t)(cut + 1)};
        for (int i = 0; i < levels; i++) tally.level[i] = test_random(&seed) >> (5 + test_below(&seed, 59));
        tally.missing = test_random(&seed) >> (5 + test_below(&seed, 59));
        tally.invalid = test_random(&seed) >> (5 + test_below(&seed, 59));
        char line[512], again[512];
        size_t length, other;
        ck_status(nps_tally_to_text(&tally, line, sizeof line, &length), NPS_OK);
        ck_status(from_text(line, length, &read), NPS_OK);
        ck_assert_mem_eq(&read, &tally, sizeof read);
        line[test_below(&seed, length)] = "0123456789-:, x"[test_below(&seed, 15)];
        if (from_text(line, length, &read) != NPS_OK) continue;
        ck_status(nps_tally_to_text(&read, again, sizeof again, &other), NPS_OK);
        ck_assert(other <= length); /* a blank may have come to an end */
        ck_assert_mem_eq(again, line, other);
    }
}
END_TEST

START_TEST(bad_tallies_are_not_written)
{
    nps_tally tally = {.scale = {0, 10, 6, 9}, .reserved = {1}};
    char line[512];
    size_t length;
    ck_status(nps_tally_to_text(&tally, line, sizeof line, &length), NPS_ERR_FORMAT);
    ck_status(nps_tally_to_text(NULL, line, sizeof line, &length), NPS_ERR_ARGUMENT);
    tally.reserved[0] = 0;
    ck_status(nps_tally_to_text(&tally, line, sizeof line, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_to_text(&tally, line, sizeof line, &length), NPS_OK);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, known_lines);
    tcase_add_test(tcase, blanks_around_it);
    tcase_add_test(tcase, refused_lines);
    tcase_add_test(tcase, there_and_back);
    tcase_add_test(tcase, bad_tallies_are_not_written);
}

int main(void)
{
    return test_main("codec_text", add);
}
