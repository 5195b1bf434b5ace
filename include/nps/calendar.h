/*
 * calendar.h: the period that a time falls in.
 *
 * A time is in Unix seconds, without leap seconds; a period is a day, an ISO 8601 week, a month, a quarter or a year of
 * the proleptic Gregorian calendar, and has a number: 0 is the one with 1970-01-01 in it, and the next is one more, so
 * that periods compare, subtract and serve as keys (NPS_KEY_INTEGER) and as times of a trend. Which period it is
 * depends on where one stands: `offset` is how many seconds local time is ahead of UTC, 12600 for +03:30. Years are
 * -9999 to 9999; year 0 is 1 BC.
 *
 * All functions may be called from any thread at any time; none knows of time zones, or asks the system for anything.
 * NPS_ERR_ARGUMENT: a null pointer, no such unit, an offset of a day or more. NPS_ERR_RANGE: outside the years. On an
 * error nothing is written.
 */
#ifndef NPS_CALENDAR_H
#define NPS_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

#define NPS_CALENDAR_DAY     0
#define NPS_CALENDAR_WEEK    1 /* from Monday; the first of a year is that with its first Thursday (ISO 8601) */
#define NPS_CALENDAR_MONTH   2
#define NPS_CALENDAR_QUARTER 3
#define NPS_CALENDAR_YEAR    4
#define NPS_CALENDAR_COUNT   5 /* units are numbered from 0 to here */

#define NPS_CALENDAR_LABEL_SIZE 16 /* what a buffer for a label must hold */

/* The period that holds a time. Since: 0.1.0 */
NPS_API int nps_calendar_period(int32_t unit, int64_t seconds, int32_t offset, int64_t *period);

/* Its first second; its last is the one before the start of the next. Since: 0.1.0 */
NPS_API int nps_calendar_start(int32_t unit, int64_t period, int32_t offset, int64_t *seconds);

/* period + 1. NPS_ERR_RANGE where that begins after 9999, or `period` is out of range itself. Since: 0.1.0 */
NPS_API int nps_calendar_next(int32_t unit, int64_t period, int64_t *next);

/* Its label, terminated: 2018-03-05, 2018-W10, 2018-03, 2018-Q1, 2018; years before 0 with a minus, -0043. At most
 * `size` bytes, of which NPS_CALENDAR_LABEL_SIZE always do; else NPS_ERR_BUFFER. Since: 0.1.0 */
NPS_API int nps_calendar_label(int32_t unit, int64_t period, char *label, size_t size);

/* The unit and the period of a label of `length` bytes, which is written exactly so. NPS_ERR_FORMAT: anything else,
 * such as 2018-02-30 and 2018-W53. Since: 0.1.0 */
NPS_API int nps_calendar_read_label(const char *label, size_t length, int32_t *unit, int64_t *period);

/* "day", "week", "month", "quarter", "year"; NULL for any other number. A static string. And the unit of that name
 * (length bytes): NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_calendar_unit_name(int32_t unit);
NPS_API int nps_calendar_unit(const char *name, size_t length, int32_t *unit);

NPS_END_DECLS

#endif
