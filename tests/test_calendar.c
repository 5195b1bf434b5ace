/* Periods, against a calendar that is counted day by day, Python's datetime (tests/reference/calendar.csv), and what
 * must hold. */
#include <nps/calendar.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar_days.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
static const int32_t offsets[] = {0, 12600, -12600, DAY - 1, 1 - DAY};
#define OFFSETS (sizeof offsets / sizeof *offsets)

static void check_times(const count *c, int32_t unit)
{
    int64_t number = c->today.number, found = UNTOUCHED;
    for (size_t i = 0; i < OFFSETS; i++) {
        int64_t midnight = number * DAY - offsets[i];
        must_hold(nps_calendar_period(unit, midnight, offsets[i], &found) == NPS_OK, unit, number);
        must_hold(found == c->period[unit], unit, number);
        must_hold(nps_calendar_period(unit, midnight + DAY - 1, offsets[i], &found) == NPS_OK, unit, number);
        must_hold(found == c->period[unit], unit, number);
        must_hold(nps_calendar_start(unit, found, offsets[i], &found) == NPS_OK, unit, number);
        must_hold(found == c->first[unit] * DAY - offsets[i], unit, number);
    }
}

static void check_next(const count *c, int32_t unit)
{
    int64_t next = UNTOUCHED;
    count tomorrow = *c;
    while (tomorrow.period[unit] == c->period[unit] && advance(&tomorrow)) {
    }
    int is_last = tomorrow.today.year > LAST_YEAR;
    must_hold(nps_calendar_next(unit, c->period[unit], &next) == (is_last ? NPS_ERR_RANGE : NPS_OK), unit, next);
    must_hold(next == (is_last ? UNTOUCHED : c->period[unit] + 1), unit, next);
}

/* Every day of some years, with all that can be asked of it. */
static void check_years(int first, int last)
{
    char label[2 * NPS_CALENDAR_LABEL_SIZE];
    count c = first_of_all();
    while (c.today.year < first) advance(&c);
    do {
        for (int32_t unit = 0; unit < UNITS; unit++) {
            check_times(&c, unit);
            expected_label(&c, unit, label, sizeof label);
            check_label(unit, c.period[unit], label);
            if (c.first[unit] == c.today.number) check_next(&c, unit);
        }
    } while (advance(&c) && c.today.year <= last);
}

START_TEST(each_day_from_1970)
{
    check_years(1970, 2370);
}
END_TEST

START_TEST(each_day_around_year_0)
{
    check_years(-200, 200);
}
END_TEST

START_TEST(each_day_at_the_ends)
{
    check_years(FIRST_YEAR, FIRST_YEAR + 5);
    check_years(LAST_YEAR - 5, LAST_YEAR);
}
END_TEST

/* All years: each day's period, and start and label where one begins. */
START_TEST(each_day_of_all)
{
    char label[2 * NPS_CALENDAR_LABEL_SIZE];
    count c = first_of_all();
    int64_t days = 0, number, found = UNTOUCHED;
    do {
        number = c.today.number;
        for (int32_t unit = 0; unit < UNITS; unit++) {
            must_hold(nps_calendar_period(unit, number * DAY, 0, &found) == NPS_OK, unit, number);
            must_hold(found == c.period[unit], unit, number);
            if (unit == NPS_CALENDAR_DAY || c.first[unit] != number) continue;
            must_hold(nps_calendar_start(unit, found, 0, &found) == NPS_OK, unit, number);
            must_hold(found == number * DAY, unit, number);
            expected_label(&c, unit, label, sizeof label);
            check_label(unit, c.period[unit], label);
        }
        days++;
    } while (advance(&c));
    ck_assert_int_eq(number, LAST_SECOND / DAY);
    ck_assert_int_eq(days, (LAST_SECOND + 1 - FIRST_SECOND) / DAY);
}
END_TEST

static int64_t cell(const test_csv *csv, size_t row, const char *unit, const char *part)
{
    char column[32];
    snprintf(column, sizeof column, "%s%s", unit, part);
    return strtoll(test_csv_cell(csv, row, column), NULL, 10);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("calendar.csv");
    ck_assert_uint_eq(csv->rows, 1153);
    for (size_t row = 0; row < csv->rows; row++) {
        int64_t seconds = cell(csv, row, "seconds", "");
        int32_t offset = (int32_t)cell(csv, row, "offset", "");
        for (int32_t unit = 0; unit < UNITS; unit++) {
            const char *name = nps_calendar_unit_name(unit);
            char column[32];
            int64_t period = UNTOUCHED, start = UNTOUCHED;
            ck_status(nps_calendar_period(unit, seconds, offset, &period), NPS_OK);
            must_hold(period == cell(csv, row, name, ""), unit, row + 2);
            ck_status(nps_calendar_start(unit, period, offset, &start), NPS_OK);
            must_hold(start == cell(csv, row, name, "_start"), unit, row + 2);
            snprintf(column, sizeof column, "%s_label", name);
            check_label(unit, period, test_csv_cell(csv, row, column));
        }
    }
    test_csv_free(csv);
}
END_TEST

static int64_t period_at(int32_t unit, int64_t seconds)
{
    int64_t period = UNTOUCHED;
    ck_status(nps_calendar_period(unit, seconds, 0, &period), NPS_OK);
    return period;
}

/* Nothing is said of a period, or all: each function refuses it and writes nothing. */
static void check_no_period(int32_t unit, int64_t period, int status)
{
    char label[NPS_CALENDAR_LABEL_SIZE] = "untouched";
    int64_t out = UNTOUCHED;
    must_hold(nps_calendar_start(unit, period, 0, &out) == status, unit, period);
    must_hold(nps_calendar_start(unit, period, DAY - 1, &out) == status, unit, period);
    must_hold(nps_calendar_next(unit, period, &out) == status, unit, period);
    must_hold(nps_calendar_label(unit, period, label, sizeof label) == status, unit, period);
    must_hold(nps_calendar_label(unit, period, label, 0) == status, unit, period);
    must_hold(out == UNTOUCHED && strcmp(label, "untouched") == 0, unit, period);
}

static void check_no_time(int32_t unit, int64_t seconds, int32_t offset, int status)
{
    int64_t period = UNTOUCHED;
    must_hold(nps_calendar_period(unit, seconds, offset, &period) == status, unit, seconds);
    must_hold(period == UNTOUCHED, unit, seconds);
}

START_TEST(range_of_times)
{
    for (int32_t unit = 0; unit < UNITS; unit++) {
        for (size_t i = 0; i < OFFSETS; i++) {
            int64_t period = UNTOUCHED;
            ck_status(nps_calendar_period(unit, FIRST_SECOND - offsets[i], offsets[i], &period), NPS_OK);
            ck_assert_int_eq(period, period_at(unit, FIRST_SECOND));
            ck_status(nps_calendar_period(unit, LAST_SECOND - offsets[i], offsets[i], &period), NPS_OK);
            ck_assert_int_eq(period, period_at(unit, LAST_SECOND));
            check_no_time(unit, FIRST_SECOND - offsets[i] - 1, offsets[i], NPS_ERR_RANGE);
            check_no_time(unit, LAST_SECOND - offsets[i] + 1, offsets[i], NPS_ERR_RANGE);
            check_no_time(unit, INT64_MIN, offsets[i], NPS_ERR_RANGE);
            check_no_time(unit, INT64_MAX, offsets[i], NPS_ERR_RANGE);
        }
    }
}
END_TEST

START_TEST(range_of_periods)
{
    static const char *const ends[UNITS][2] = {{"-9999-01-01", "9999-12-31"},
                                               {"-9999-W01", "9999-W52"},
                                               {"-9999-01", "9999-12"},
                                               {"-9999-Q1", "9999-Q4"},
                                               {"-9999", "9999"}};
    for (int32_t unit = 0; unit < UNITS; unit++) {
        int64_t first = period_at(unit, FIRST_SECOND), last = period_at(unit, LAST_SECOND), start, next = UNTOUCHED;
        check_label(unit, first, ends[unit][0]);
        check_label(unit, last, ends[unit][1]);
        ck_status(nps_calendar_start(unit, first, 0, &start), NPS_OK);
        ck_assert_int_eq(start, FIRST_SECOND);
        ck_status(nps_calendar_next(unit, last, &next), NPS_ERR_RANGE);
        ck_status(nps_calendar_next(unit, last - 1, &next), NPS_OK);
        ck_assert_int_eq(next, last);
        check_no_period(unit, first - 1, NPS_ERR_RANGE);
        check_no_period(unit, last + 1, NPS_ERR_RANGE);
        /* Twelve times 2^62 is 0 to whoever multiplies without looking. */
        for (int bit = 23; bit < 63; bit++) {
            for (int64_t near = -2; near <= 2; near++) {
                check_no_period(unit, ((int64_t)1 << bit) + near, NPS_ERR_RANGE);
                check_no_period(unit, -((int64_t)1 << bit) + near, NPS_ERR_RANGE);
            }
        }
        check_no_period(unit, INT64_MIN, NPS_ERR_RANGE);
        check_no_period(unit, INT64_MAX, NPS_ERR_RANGE);
    }
}
END_TEST

START_TEST(errors)
{
    static const int32_t no_units[] = {-1, NPS_CALENDAR_COUNT, INT32_MIN, INT32_MAX};
    static const int32_t no_offsets[] = {DAY, -DAY, INT32_MIN, INT32_MAX};
    for (int i = 0; i < 4; i++) {
        check_no_period(no_units[i], 0, NPS_ERR_ARGUMENT);
        check_no_period(no_units[i], INT64_MAX, NPS_ERR_ARGUMENT);
        check_no_time(no_units[i], 0, 0, NPS_ERR_ARGUMENT);
        ck_assert_ptr_null(nps_calendar_unit_name(no_units[i]));
        for (int32_t unit = 0; unit < UNITS; unit++) {
            int64_t start = UNTOUCHED;
            check_no_time(unit, 0, no_offsets[i], NPS_ERR_ARGUMENT);
            check_no_time(unit, INT64_MIN, no_offsets[i], NPS_ERR_ARGUMENT);
            ck_status(nps_calendar_start(unit, 0, no_offsets[i], &start), NPS_ERR_ARGUMENT);
            ck_assert_int_eq(start, UNTOUCHED);
        }
    }
}
END_TEST

START_TEST(null_pointers)
{
    int32_t unit = UNTOUCHED;
    int64_t period = UNTOUCHED;
    ck_status(nps_calendar_period(NPS_CALENDAR_DAY, 0, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_start(NPS_CALENDAR_DAY, 0, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_next(NPS_CALENDAR_DAY, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_label(NPS_CALENDAR_DAY, 0, NULL, 0), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_label(NPS_CALENDAR_DAY, 0, NULL, NPS_CALENDAR_LABEL_SIZE), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_read_label(NULL, 4, &unit, &period), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_read_label(NULL, 0, &unit, &period), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_read_label("2018", 4, NULL, &period), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_read_label("2018", 4, &unit, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_unit(NULL, 0, &unit), NPS_ERR_ARGUMENT);
    ck_status(nps_calendar_unit("day", 3, NULL), NPS_ERR_ARGUMENT);
    ck_assert(unit == UNTOUCHED && period == UNTOUCHED);
}
END_TEST

START_TEST(names_of_units)
{
    static const char *const names[UNITS] = {"day", "week", "month", "quarter", "year"}; /* as the header has them */
    static const char *const others[] = {"", "d", "da", "days", "Day", "DAY", " day", "day ", "weekday", "quarters"};
    int32_t found;
    for (int32_t unit = 0; unit < UNITS; unit++) {
        ck_assert_str_eq(nps_calendar_unit_name(unit), names[unit]);
        found = UNTOUCHED;
        ck_status(nps_calendar_unit(names[unit], strlen(names[unit]), &found), NPS_OK);
        ck_assert_int_eq(found, unit);
        found = UNTOUCHED;
        ck_status(nps_calendar_unit(names[unit], strlen(names[unit]) + 1, &found), NPS_ERR_NOT_FOUND);
        ck_assert_int_eq(found, UNTOUCHED);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_status(nps_calendar_unit(others[i], strlen(others[i]), &found), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(found, UNTOUCHED);
}
END_TEST

/* Any time, any offset, all over the range: a period holds the times from its start to the next one's. */
START_TEST(start_and_next_enclose)
{
    uint64_t random = 1;
    for (int i = 0; i < 500000; i++) {
        int32_t unit = (int32_t)test_below(&random, UNITS),
                offset = (int32_t)test_below(&random, 2 * DAY - 1) - DAY + 1;
        int64_t local = FIRST_SECOND + (int64_t)test_below(&random, LAST_SECOND - FIRST_SECOND + 1);
        int64_t seconds = local - offset, period = UNTOUCHED, start = UNTOUCHED, next = UNTOUCHED, end = UNTOUCHED;
        must_hold(nps_calendar_period(unit, seconds, offset, &period) == NPS_OK, unit, seconds);
        must_hold(nps_calendar_start(unit, period, offset, &start) == NPS_OK, unit, seconds);
        must_hold(start <= seconds, unit, seconds);
        if (period == period_at(unit, LAST_SECOND)) continue;
        must_hold(nps_calendar_next(unit, period, &next) == NPS_OK && next == period + 1, unit, seconds);
        must_hold(nps_calendar_start(unit, next, offset, &end) == NPS_OK && seconds < end, unit, seconds);
        must_hold(nps_calendar_period(unit, end - 1, offset, &next) == NPS_OK && next == period, unit, seconds);
        must_hold(nps_calendar_period(unit, end, offset, &next) == NPS_OK && next == period + 1, unit, seconds);
    }
}
END_TEST

/* Anything at all, mostly out of range, and no overflow for a sanitizer to see. */
START_TEST(any_number)
{
    uint64_t random = 2;
    int answered = 0;
    for (int i = 0; i < 500000; i++) {
        int64_t any = (int64_t)(test_random(&random) >> test_below(&random, 64)), period = UNTOUCHED;
        int32_t unit = (int32_t)test_below(&random, UNITS);
        int32_t offset = (int32_t)((uint32_t)test_random(&random) >> test_below(&random, 32));
        if (i % 2 == 0) any = any == INT64_MIN ? any : -any;
        int allowed = offset > -DAY && offset < DAY;
        int inside = allowed && any >= FIRST_SECOND - offset && any <= LAST_SECOND - offset;
        if (!inside) check_no_time(unit, any, offset, allowed ? NPS_ERR_RANGE : NPS_ERR_ARGUMENT);
        if (inside) must_hold(nps_calendar_period(unit, any, offset, &period) == NPS_OK, unit, any);
        answered += inside;
    }
    ck_assert_int_gt(answered, 100000);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, each_day_from_1970);
    tcase_add_test(tcase, each_day_around_year_0);
    tcase_add_test(tcase, each_day_at_the_ends);
    tcase_add_test(tcase, each_day_of_all);
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, range_of_times);
    tcase_add_test(tcase, range_of_periods);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, null_pointers);
    tcase_add_test(tcase, names_of_units);
    tcase_add_test(tcase, start_and_next_enclose);
    tcase_add_test(tcase, any_number);
}

int main(void)
{
    return test_main("calendar", add);
}
