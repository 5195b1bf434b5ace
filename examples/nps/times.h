/* When answers were given: cells, and options, as Unix seconds. */
#ifndef TIMES_H
#define TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "invalid.h"
#include "options.h"
#include "rows.h"

#define PERIODS_MOST 10000 /* that are told: more come of times that are wrong */

/*
 * Reads a time: an ISO 8601 date (2018-03-05, 20180305) or date-time (2018-03-05T16:57:58Z, with a blank for the T, a
 * fraction, a zone or none), the label of a period (2018-03, 2018-Q1, 2018-W10, 2018), which is its first second, or
 * Unix seconds, that is digits that are not 4 or 8 in number; with --time-format what strptime reads. Without a zone it
 * is local time by --utc-offset. False: none of these, or not in the years -9999 to 9999.
 */
bool times_read(const options *given, const char *time, size_t length, int64_t *seconds);

/* The value of an option as a time, whatever --time-format says; of a day or a longer period its first second, or its
 * last one. fail()s where it is none. */
int64_t times_option(const options *given, const char *name, const char *value, bool last);

/* A time as 2018-03-05T16:57:58+03:30, local by --utc-offset; its first 10 characters are the date, in most years. */
#define TIMES_SIZE 40
char *times_text(const options *given, int64_t seconds, char buffer[TIMES_SIZE]);

/* Z, +03:30, +0330, +3 */
bool times_read_offset(const char *value, int32_t *seconds);

/* The cells of a column of times: which were none. */
typedef struct times {
    const options *given;
    size_t column;           /* its place among the wanted columns */
    uint64_t missing, wrong; /* cells that are empty, and cells that are no time */
    char *first;             /* where the first wrong one was, and what it said */
} times;

void times_start(times *started, const options *given, columns *wanted);

/* The time in a row; false where it has none. A cell that is no time is listed in --rejects. */
bool times_take(times *of, const row *from, invalid_answers *rejects, int64_t *seconds);

/* The period in a row, as a part of a key: NPS_KEY_NULL where it has no time. */
nps_key times_period(times *of, const row *from, invalid_answers *rejects, int32_t unit);

/* Notes what had no time. */
void times_end(times *ended);

/* The label of a period as a date, such as that of its first day: 2018-01-01 of 2018-Q1. */
void times_first_day(int32_t unit, int64_t period, char *label, size_t size);

#endif
