/* Labels: only those are read that would be written, from no more bytes than they have, and into no more than there
 * are. That each is written and read as it should be is in test_calendar.c. */
#include <nps/calendar.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar_days.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

/* 1 where it is read, and then is what would be written; 0 where it is refused and nothing has changed. */
static int is_label(const char *bytes, size_t length)
{
    char written[NPS_CALENDAR_LABEL_SIZE];
    int32_t unit = UNTOUCHED;
    int64_t period = UNTOUCHED;
    int status = read_label(bytes, length, &unit, &period);
    must_hold(status == NPS_OK || status == NPS_ERR_FORMAT, unit, period);
    if (status != NPS_OK) must_hold(unit == UNTOUCHED && period == UNTOUCHED, unit, period);
    if (status != NPS_OK) return 0;
    must_hold(nps_calendar_label(unit, period, written, sizeof written) == NPS_OK, unit, period);
    must_hold(strlen(written) == length && memcmp(written, bytes, length) == 0, unit, period);
    return 1;
}

static int is_text_label(const char *text)
{
    return is_label(text, strlen(text));
}

START_TEST(sizes_of_labels)
{
    static const char *const labels[] = {"-9999-12-31", "-9999-W52", "-9999-12", "-9999-Q4", "-9999",
                                         "2018-03-05",  "2018-W10",  "2018-03",  "2018-Q1",  "2018"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t length = strlen(labels[i]);
        int32_t unit;
        int64_t period;
        ck_assert_uint_lt(length, NPS_CALENDAR_LABEL_SIZE);
        ck_status(read_label(labels[i], length, &unit, &period), NPS_OK);
        for (size_t size = 0; size <= NPS_CALENDAR_LABEL_SIZE; size++) {
            char *label = malloc(size + 1); /* one more, which must stay as it is */
            ck_assert_ptr_nonnull(label);
            memset(label, '#', size + 1);
            ck_status(nps_calendar_label(unit, period, label, size), size > length ? NPS_OK : NPS_ERR_BUFFER);
            if (size > length) ck_assert_str_eq(label, labels[i]);
            for (size_t at = size > length ? length + 1 : 0; at <= size; at++) ck_assert(label[at] == '#');
            free(label);
        }
    }
}
END_TEST

START_TEST(none_of_these)
{
    static const char *const others[] = {
        "",           " ",          "-",          "--",          "0",           "201",         "18",
        "10000",      "-10000",     "02018",      "+2018",       " 2018",       "2018 ",       "2018-",
        "-0000",      "-0000-01",   "-0000-W01",  "-0000-Q1",    "-0000-01-01", "--2018",      "2018\n",
        "2018-3",     "2018-003",   "2018-00",    "2018-13",     "2018-99",     "2018-+3",     "2018--3",
        "2018- 3",    "2018_03",    "2018/03",    "201803",      "2018-0a",     "2018-3-5",    "2018-03-5",
        "2018-3-05",  "2018-03-00", "2018-03-32", "2018-02-29",  "2018-02-30",  "2018-04-31",  "1900-02-29",
        "2018-00-05", "2018-13-01", "2018-99-99", "20180305",    "2018-0305",   "201803-05",   "2018-03/05",
        "2018-03 05", "2018-03--5", "2018-03-+5", "2018-03-05 ", "2018-03-05T", "2018-03-05Z", " 2018-03-05",
        "2018-W00",   "2018-W53",   "2018-W54",   "2018-W99",    "2018-W1",     "2018-W010",   "2018W10",
        "2018-w10",   "2018-10W",   "2018-W10-1", "2018-W-1",    "2018-W 1",    "2018-W+1",    "2018-Q",
        "2018-Q0",    "2018-Q5",    "2018-Q9",    "2018-Q01",    "2018-q1",     "2018Q1",      "2018-1Q",
        "2018-Q-1",   "2018-Q-",    "9999-W53",   "-9999-W53",   "-9999-W00",   "9999-13",     "-9999-00",
        "-9999-Q0",   "9999-Q5",    "9999-12-32", "-9999-01-00", "year",        "Q1-2018",     "05-03-2018"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!is_text_label(others[i]), "\"%s\" is read", others[i]);
    ck_assert(!is_label("2018\0", 5));
    ck_assert(!is_label("201\0", 4));
    ck_assert(!is_label("\0002018", 5));
    ck_assert(!is_label("2018-0\0", 7));
    ck_assert(!is_label("2018-W1\0", 8));
    ck_assert(!is_label("2018\0-03", 8));
    ck_assert(!is_label("2018-03-0\0", 10));
    ck_assert(!is_label("2018-03-05\0\0\0\0\0\0\0\0\0\0", 20));
    ck_assert(!is_label("\xef\xbc\x92\xef\xbc\x90", 6)); /* wide digits */
}
END_TEST

/* How many labels "YYYY-00-00" to "YYYY-99-99" and so on there are. */
static int count_numbers(const char *format, int year, int first, int second)
{
    int found = 0;
    char text[64];
    for (int i = 0; i < first; i++) {
        for (int j = 0; j < second; j++) {
            snprintf(text, sizeof text, format, year < 0 ? "-" : "", abs(year), i, j);
            found += is_text_label(text);
        }
    }
    return found;
}

START_TEST(labels_of_a_year)
{
    static const int years[] = {-9999, -400, -43, -1, 0, 1, 4, 1900, 2000, 2018, 2020, 9999};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        int days = 0;
        for (int month = 1; month <= 12; month++) days += month_length(years[i], month);
        ck_assert_int_eq(count_numbers("%s%04d-%02d-%02d", years[i], 100, 100), days);
        ck_assert_int_eq(count_numbers("%s%04d-%02d", years[i], 100, 1), 12);
        ck_assert_int_eq(count_numbers("%s%04d-Q%d", years[i], 10, 1), 4);
        ck_assert_int_eq(count_numbers("%s%04d", years[i], 1, 1), 1);
    }
}
END_TEST

static int is_label_of(int year, const char *rest)
{
    char text[64];
    snprintf(text, sizeof text, "%s%04d%s", year < 0 ? "-" : "", abs(year), rest);
    return is_text_label(text);
}

/* Every year's weeks and last of February; `weeks` is the number of the last week that was counted. */
START_TEST(weeks_and_leap_days_of_all_years)
{
    count c = first_of_all();
    int long_years = 0;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        int weeks = 0;
        for (; c.week_year == year && c.today.year <= LAST_YEAR; advance(&c)) weeks = c.week;
        must_hold(weeks == 52 || weeks == 53, NPS_CALENDAR_WEEK, year);
        must_hold(count_numbers("%s%04d-W%02d", year, 56, 1) == weeks, NPS_CALENDAR_WEEK, year);
        must_hold(is_label_of(year, "-W01") && is_label_of(year, "-W52"), NPS_CALENDAR_WEEK, year);
        must_hold(is_label_of(year, "-W53") == (weeks == 53), NPS_CALENDAR_WEEK, year);
        must_hold(is_label_of(year, "-02-28") && !is_label_of(year, "-02-30"), NPS_CALENDAR_DAY, year);
        must_hold(is_label_of(year, "-02-29") == is_leap(year), NPS_CALENDAR_DAY, year);
        long_years += weeks == 53;
    }
    /* 71 in 400 years, which are 52 * 400 + 71 weeks; the one that the last cycle lacks, 10000, is short as 2000 is. */
    ck_assert_int_eq(long_years, 50 * 71);
}
END_TEST

/* How many labels come of replacing one byte by another. */
static int count_replaced(const char *label)
{
    char text[NPS_CALENDAR_LABEL_SIZE];
    size_t length = strlen(label);
    int found = 0;
    for (size_t at = 0; at < length; at++) {
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, label, length);
            text[at] = (char)byte;
            found += byte != (unsigned char)label[at] && is_label(text, length);
        }
    }
    return found;
}

/* 9 other digits in each of four places of a year, and of the rest by counting. */
START_TEST(one_byte_replaced)
{
    ck_assert_int_eq(count_replaced("2018"), 36);
    ck_assert_int_eq(count_replaced("-0043"), 36);
    ck_assert_int_eq(count_replaced("-0001"), 35);                  /* not -0000 */
    ck_assert_int_eq(count_replaced("2018-03"), 36 + 8 + 1);        /* 01 to 09, and Q3 */
    ck_assert_int_eq(count_replaced("2018-Q1"), 36 + 3 + 2);        /* Q2 to Q4, 01 and 11 */
    ck_assert_int_eq(count_replaced("2018-W10"), 36 + 4 + 9);       /* 20 to 50, 11 to 19 */
    ck_assert_int_eq(count_replaced("2018-03-05"), 36 + 8 + 2 + 8); /* 01-05 to 09-05, 15 and 25, 01 to 09 */
}
END_TEST

START_TEST(one_byte_more_or_fewer)
{
    static const char *const labels[] = {"2018-03-05",  "2018-W10",  "2018-03",  "2018-Q1",  "2018", "0000",
                                         "-0043-03-05", "-0043-W10", "-0043-03", "-0043-Q1", "-0043"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char text[32];
        size_t length = strlen(labels[i]), year = labels[i][0] == '-' ? 5 : 4, month = year + 3;
        ck_assert(is_label(labels[i], length));
        for (int byte = 0; byte < 256; byte++) {
            text[0] = (char)byte;
            memcpy(text + 1, labels[i], length);
            ck_assert_int_eq(is_label(text, length + 1), byte == '-' && labels[i][0] == '2');
            memcpy(text, labels[i], length);
            text[length] = (char)byte;
            ck_assert(!is_label(text, length + 1));
        }
        for (size_t shorter = 0; shorter < length; shorter++)
            ck_assert_int_eq(is_label(labels[i], shorter), shorter == year || (shorter == month && length == year + 6));
    }
}
END_TEST

START_TEST(any_bytes)
{
    static const char alphabet[] = "00112233456789---WQ";
    uint64_t random = 3;
    int found = 0;
    for (int i = 0; i < 1000000; i++) {
        char text[NPS_CALENDAR_LABEL_SIZE + 4];
        size_t length = (size_t)test_below(&random, sizeof text);
        for (size_t at = 0; at < length; at++) {
            text[at] = alphabet[test_below(&random, sizeof alphabet - 1)];
            if (i % 4 == 0) text[at] = (char)test_below(&random, 256);
        }
        found += is_label(text, length);
    }
    ck_assert_int_gt(found, 1000);
}
END_TEST

START_TEST(there_and_back)
{
    uint64_t random = 4;
    for (int i = 0; i < 500000; i++) {
        char label[NPS_CALENDAR_LABEL_SIZE];
        int32_t unit = (int32_t)test_below(&random, UNITS), found_unit = UNTOUCHED;
        int64_t seconds = FIRST_SECOND + (int64_t)test_below(&random, LAST_SECOND - FIRST_SECOND + 1);
        int64_t period = UNTOUCHED, found = UNTOUCHED;
        must_hold(nps_calendar_period(unit, seconds, 0, &period) == NPS_OK, unit, seconds);
        must_hold(nps_calendar_label(unit, period, label, sizeof label) == NPS_OK, unit, period);
        must_hold(read_label(label, strlen(label), &found_unit, &found) == NPS_OK, unit, period);
        must_hold(found_unit == unit && found == period, unit, period);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, sizes_of_labels);
    tcase_add_test(tcase, none_of_these);
    tcase_add_test(tcase, labels_of_a_year);
    tcase_add_test(tcase, weeks_and_leap_days_of_all_years);
    tcase_add_test(tcase, one_byte_replaced);
    tcase_add_test(tcase, one_byte_more_or_fewer);
    tcase_add_test(tcase, any_bytes);
    tcase_add_test(tcase, there_and_back);
}

int main(void)
{
    return test_main("calendar_labels", add);
}
