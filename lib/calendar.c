/* Days, weeks, months, quarters and years by closed forms: everything goes through the number of a day and the number
 * of a month. */
#include <nps/calendar.h>

#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "names_internal.h"

#define DAY_SECONDS 86400
#define YEAR_MONTHS 12

/* -9999-01-01, a Monday, and 9999-12-31, a Friday: no week is cut by the first, and the last has its Thursday before
 * the end, so that its year is 9999. */
#define FIRST_DAY (-4371587)
#define LAST_DAY  2932896

/* From 0000-03-01 to 1970-01-01. Years that begin in March have their leap day, if any, at the end. */
#define MARCH_DAYS   719468
#define MARCH_MONTHS (1970 * YEAR_MONTHS - 2)

static const struct {
    char name[8];
    int64_t months; /* 0 where it is not made of months */
} units[NPS_CALENDAR_COUNT] = {{"day", 0}, {"week", 0}, {"month", 1}, {"quarter", 3}, {"year", YEAR_MONTHS}};

static int is_unit(int32_t unit)
{
    return unit >= 0 && unit < NPS_CALENDAR_COUNT;
}

/* Rounds down, where C rounds towards 0. */
static int64_t quotient(int64_t dividend, int64_t divisor)
{
    return dividend / divisor - (dividend % divisor < 0);
}

static int64_t remainder_of(int64_t dividend, int64_t divisor)
{
    int64_t rest = dividend % divisor;
    return rest < 0 ? rest + divisor : rest;
}

/* The first day of a month. From March on months have 31, 30, 31, 30, 31 days, over and over: 153 in five. */
static int64_t first_day(int64_t month)
{
    int64_t from_march = month + MARCH_MONTHS, year = quotient(from_march, YEAR_MONTHS);
    int64_t leap_days = quotient(year, 4) - quotient(year, 100) + quotient(year, 400);
    return 365 * year + leap_days + (153 * remainder_of(from_march, YEAR_MONTHS) + 2) / 5 - MARCH_DAYS;
}

/* The month of a day, the way back: k periods of an average of a / b days begin on day floor(k a / b), and day n is in
 * period floor((b n + b - 1) / a). So it is for centuries of 146097 / 4 days and for their years of 1461 / 4; months of
 * 153 / 5 begin on floor((153 k + 2) / 5), which makes the constant 2. */
static int64_t month_of(int64_t day)
{
    int64_t left = day + MARCH_DAYS, century = quotient(4 * left + 3, 146097);
    left -= quotient(146097 * century, 4);
    int64_t year = (4 * left + 3) / 1461;
    left -= 1461 * year / 4;
    return YEAR_MONTHS * (100 * century + year) + (5 * left + 2) / 153 - MARCH_MONTHS;
}

/* 1970-01-01 was a Thursday, so that the Thursday of each week is 7 times its number. */
static int64_t week_of(int64_t day)
{
    return quotient(day + 3, 7);
}

/* The first day of a period. No unit has more periods than there are days, and the first period of each begins with the
 * first day: so a period is in range where its start is. */
static int start_day(int32_t unit, int64_t period, int64_t *day)
{
    if (!is_unit(unit)) return NPS_ERR_ARGUMENT;
    if (period < FIRST_DAY || period > LAST_DAY) return NPS_ERR_RANGE;
    int64_t start = period;
    if (unit == NPS_CALENDAR_WEEK) start = 7 * period - 3;
    if (units[unit].months > 0) start = first_day(period * units[unit].months);
    if (start < FIRST_DAY || start > LAST_DAY) return NPS_ERR_RANGE;
    *day = start;
    return NPS_OK;
}

int nps_calendar_period(int32_t unit, int64_t seconds, int32_t offset, int64_t *period)
{
    if (period == NULL || !is_unit(unit) || offset <= -DAY_SECONDS || offset >= DAY_SECONDS) return NPS_ERR_ARGUMENT;
    int64_t day = quotient(seconds, DAY_SECONDS);
    day += quotient(remainder_of(seconds, DAY_SECONDS) + offset, DAY_SECONDS);
    if (day < FIRST_DAY || day > LAST_DAY) return NPS_ERR_RANGE;
    if (unit == NPS_CALENDAR_WEEK) day = week_of(day);
    *period = units[unit].months > 0 ? quotient(month_of(day), units[unit].months) : day;
    return NPS_OK;
}

int nps_calendar_start(int32_t unit, int64_t period, int32_t offset, int64_t *seconds)
{
    int64_t day;
    if (seconds == NULL || offset <= -DAY_SECONDS || offset >= DAY_SECONDS) return NPS_ERR_ARGUMENT;
    int status = start_day(unit, period, &day);
    if (status == NPS_OK) *seconds = day * DAY_SECONDS - offset;
    return status;
}

int nps_calendar_next(int32_t unit, int64_t period, int64_t *next)
{
    int64_t day;
    if (next == NULL) return NPS_ERR_ARGUMENT;
    int status = start_day(unit, period, &day);
    if (status == NPS_OK) status = start_day(unit, period + 1, &day);
    if (status == NPS_OK) *next = period + 1;
    return status;
}

static char *put(char *at, const char *before, int64_t number, size_t digits)
{
    while (*before != '\0') *at++ = *before++;
    for (size_t i = digits; i-- > 0; number /= 10) at[i] = (char)('0' + number % 10);
    return at + digits;
}

/* Returns the length. */
static size_t write_label(int32_t unit, int64_t start, char *text)
{
    int64_t day = unit == NPS_CALENDAR_WEEK ? start + 3 : start, month = month_of(day);
    int64_t year = 1970 + quotient(month, YEAR_MONTHS), month_of_year = remainder_of(month, YEAR_MONTHS);
    char *end = put(text, year < 0 ? "-" : "", llabs(year), 4);
    if (unit == NPS_CALENDAR_WEEK) end = put(end, "-W", (day - first_day(month - month_of_year)) / 7 + 1, 2);
    if (unit == NPS_CALENDAR_QUARTER) end = put(end, "-Q", month_of_year / 3 + 1, 1);
    if (unit == NPS_CALENDAR_DAY || unit == NPS_CALENDAR_MONTH) end = put(end, "-", month_of_year + 1, 2);
    if (unit == NPS_CALENDAR_DAY) end = put(end, "-", day - first_day(month) + 1, 2);
    *end = '\0';
    return (size_t)(end - text);
}

int nps_calendar_label(int32_t unit, int64_t period, char *label, size_t size)
{
    char text[NPS_CALENDAR_LABEL_SIZE];
    int64_t day;
    if (label == NULL) return NPS_ERR_ARGUMENT;
    int status = start_day(unit, period, &day);
    if (status != NPS_OK) return status;
    size_t length = write_label(unit, day, text);
    if (length >= size) return NPS_ERR_BUFFER;
    memcpy(label, text, length + 1);
    return NPS_OK;
}

/* Whatever the bytes are: what is no number is found when the label is written again. */
static int64_t number(const char *text, size_t digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits; i++) value = 10 * value + (text[i] - '0');
    return value;
}

/* The period that the label would be of if it is one; 0 where its length is none of a label's. */
static int guess(const char *text, size_t length, int32_t *unit, int64_t *period)
{
    size_t minus = length > 0 && text[0] == '-', left = length - minus;
    if (left < 4) return 0;
    int64_t year = number(text + minus, 4), january = ((minus ? -year : year) - 1970) * YEAR_MONTHS;
    const char *rest = text + minus + 4;
    switch (left - 4) {
    case 0:
        *unit = NPS_CALENDAR_YEAR;
        *period = january / YEAR_MONTHS;
        return 1;
    case 3:
        *unit = rest[1] == 'Q' ? NPS_CALENDAR_QUARTER : NPS_CALENDAR_MONTH;
        *period = rest[1] == 'Q' ? january / 3 + number(rest + 2, 1) - 1 : january + number(rest + 1, 2) - 1;
        return 1;
    case 4:
        *unit = NPS_CALENDAR_WEEK;
        *period = week_of(first_day(january) + 3) + number(rest + 2, 2) - 1; /* 4 January is always in the first week */
        return 1;
    case 6:
        *unit = NPS_CALENDAR_DAY;
        *period = first_day(january + number(rest + 1, 2) - 1) + number(rest + 4, 2) - 1;
        return 1;
    default:
        return 0;
    }
}

int nps_calendar_read_label(const char *label, size_t length, int32_t *unit, int64_t *period)
{
    char text[NPS_CALENDAR_LABEL_SIZE];
    int32_t found_unit;
    int64_t found, day;
    if (label == NULL || unit == NULL || period == NULL) return NPS_ERR_ARGUMENT;
    if (!guess(label, length, &found_unit, &found) || start_day(found_unit, found, &day) != NPS_OK ||
        write_label(found_unit, day, text) != length || memcmp(text, label, length) != 0)
        return NPS_ERR_FORMAT;
    *unit = found_unit;
    *period = found;
    return NPS_OK;
}

const char *nps_calendar_unit_name(int32_t unit)
{
    return is_unit(unit) ? units[unit].name : NULL;
}

int nps_calendar_unit(const char *name, size_t length, int32_t *unit)
{
    return npsi_find_name(nps_calendar_unit_name, NPS_CALENDAR_COUNT, name, length, unit);
}
