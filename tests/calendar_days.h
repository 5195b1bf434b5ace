/* The calendar that the suites compare with: counted day by day, as it is learnt at school. */
#ifndef TEST_CALENDAR_DAYS_H
#define TEST_CALENDAR_DAYS_H

#include <nps/calendar.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* For what is asked millions of times: Check notes each of its own assertions. */
#define must_hold(condition, unit, number)                                                                         \
    do {                                                                                                           \
        if (!(condition)) ck_abort_msg("not so: %s; unit %d, %lld", #condition, (int)(unit), (long long)(number)); \
    } while (0)

#define UNITS        NPS_CALENDAR_COUNT
#define FIRST_YEAR   (-9999)
#define LAST_YEAR    9999
#define FIRST_SECOND (-377705116800) /* -9999-01-01 00:00:00 and 9999-12-31 23:59:59 UTC, as in calendar.csv */
#define LAST_SECOND  253402300799
#define DAY          86400
#define UNTOUCHED    (-777777)

typedef struct date {
    int64_t number;                /* of days since 1970-01-01 */
    int year, month, day, weekday; /* weekday: 0 is Monday */
} date;

static inline int is_leap(int year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static inline int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

static inline date day_after(date d)
{
    d.number++;
    d.weekday = d.weekday == 6 ? 0 : d.weekday + 1;
    if (++d.day <= month_length(d.year, d.month)) return d;
    d.day = 1;
    if (++d.month <= 12) return d;
    d.month = 1;
    d.year++;
    return d;
}

static inline date day_before(date d)
{
    d.number--;
    d.weekday = d.weekday == 0 ? 6 : d.weekday - 1;
    if (--d.day >= 1) return d;
    if (--d.month < 1) {
        d.month = 12;
        d.year--;
    }
    d.day = month_length(d.year, d.month);
    return d;
}

/* A day with all that was counted up to it. */
typedef struct count {
    date today;
    int64_t period[UNITS], first[UNITS]; /* the number of the period, and of its first day */
    int week_year, week;
} count;

static inline int begins(const date *d, int32_t unit)
{
    switch (unit) {
    case NPS_CALENDAR_DAY:
        return 1;
    case NPS_CALENDAR_WEEK:
        return d->weekday == 0;
    case NPS_CALENDAR_MONTH:
        return d->day == 1;
    case NPS_CALENDAR_QUARTER:
        return d->day == 1 && (d->month == 1 || d->month == 4 || d->month == 7 || d->month == 10);
    default:
        return d->day == 1 && d->month == 1;
    }
}

/* A week belongs to the year of its Thursday; that with the first Thursday is the first. */
static inline void count_week(count *c)
{
    date thursday = day_after(day_after(day_after(c->today)));
    c->week_year = thursday.year;
    c->week = thursday.month == 1 && thursday.day <= 7 ? 1 : c->week + 1;
}

/* Back from Thursday, 1970-01-01, to the first day of all, with which a week begins. */
static inline count first_of_all(void)
{
    count c = {.today = {.number = 0, .year = 1970, .month = 1, .day = 1, .weekday = 3}};
    while (c.today.year > FIRST_YEAR || c.today.month > 1 || c.today.day > 1) {
        for (int32_t unit = 0; unit < UNITS; unit++) c.period[unit] -= begins(&c.today, unit);
        c.today = day_before(c.today);
    }
    ck_assert_int_eq(c.today.weekday, 0);
    for (int32_t unit = 0; unit < UNITS; unit++) c.first[unit] = c.today.number;
    count_week(&c);
    return c;
}

/* 0 after the last day. */
static inline int advance(count *c)
{
    c->today = day_after(c->today);
    for (int32_t unit = 0; unit < UNITS; unit++) {
        if (!begins(&c->today, unit)) continue;
        c->period[unit]++;
        c->first[unit] = c->today.number;
    }
    if (c->today.weekday == 0) count_week(c);
    return c->today.year <= LAST_YEAR;
}

static inline void expected_label(const count *c, int32_t unit, char *text, size_t size)
{
    int year = unit == NPS_CALENDAR_WEEK ? c->week_year : c->today.year;
    int length = snprintf(text, size, "%s%04d", year < 0 ? "-" : "", abs(year));
    text += length;
    size -= (size_t)length;
    if (unit == NPS_CALENDAR_DAY) snprintf(text, size, "-%02d-%02d", c->today.month, c->today.day);
    if (unit == NPS_CALENDAR_WEEK) snprintf(text, size, "-W%02d", c->week);
    if (unit == NPS_CALENDAR_MONTH) snprintf(text, size, "-%02d", c->today.month);
    if (unit == NPS_CALENDAR_QUARTER) snprintf(text, size, "-Q%d", (c->today.month + 2) / 3);
}

/* Reads from a block of just these bytes, so that a sanitizer sees it when more are read. */
static inline int read_label(const char *bytes, size_t length, int32_t *unit, int64_t *period)
{
    char *copy = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    int status = nps_calendar_read_label(copy, length, unit, period);
    free(copy);
    return status;
}

static inline void check_label(int32_t unit, int64_t period, const char *expected)
{
    char label[NPS_CALENDAR_LABEL_SIZE];
    int32_t found_unit;
    int64_t found;
    must_hold(nps_calendar_label(unit, period, label, sizeof label) == NPS_OK, unit, period);
    must_hold(strcmp(label, expected) == 0, unit, period);
    must_hold(read_label(label, strlen(label), &found_unit, &found) == NPS_OK, unit, period);
    must_hold(found_unit == unit && found == period, unit, period);
}

#endif
