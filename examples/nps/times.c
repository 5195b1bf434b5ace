#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nps/calendar.h>
#include <nps/status.h>

#include "message.h"
#include "state.h"
#include "text.h"
#include "times.h"

#define DAY_SECONDS 86400

/* What is left to read. */
typedef struct reader {
    const char *at, *end;
} reader;

static bool take_sign(reader *from, char sign)
{
    if (from->at == from->end || *from->at != sign) return false;
    from->at++;
    return true;
}

static size_t count_digits(const reader *from)
{
    const char *at = from->at;
    while (at < from->end && *at >= '0' && *at <= '9') at++;
    return (size_t)(at - from->at);
}

static bool take_two_digits(reader *from, int64_t most, int64_t *number)
{
    if (count_digits(from) < 2) return false;
    *number = (from->at[0] - '0') * 10 + (from->at[1] - '0');
    from->at += 2;
    return *number <= most;
}

/* Z, +03:30, +0330, +03 */
static bool take_zone(reader *from, int32_t *offset)
{
    int64_t hours, minutes = 0;
    *offset = 0;
    if (take_sign(from, 'Z') || take_sign(from, 'z')) return true;
    bool ahead = take_sign(from, '+');
    if (!ahead && !take_sign(from, '-')) return false;
    if (!take_two_digits(from, 23, &hours)) return false;
    bool colon = take_sign(from, ':');
    if ((colon || count_digits(from) > 0) && !take_two_digits(from, 59, &minutes)) return false;
    *offset = (int32_t)(hours * 3600 + minutes * 60);
    if (!ahead) *offset = -*offset;
    return true;
}

bool times_read_offset(const char *value, int32_t *seconds)
{
    char padded[16];
    size_t length = strlen(value);
    bool one_digit = length >= 2 && value[1] >= '0' && value[1] <= '9' && (length == 2 || value[2] == ':');
    if (length == 0 || length > sizeof padded - 2) return false;
    snprintf(padded, sizeof padded, one_digit ? "%c0%s" : "%c%s", value[0], value + 1);
    reader from = {padded, padded + strlen(padded)};
    return take_zone(&from, seconds) && from.at == from.end;
}

/* 16:57, 16:57:58, 16:57:58.123; 24:00 is the end of the day, which is the start of the next; and :60 a
 * leap second, which belongs to the minute that it ends. */
static bool take_clock(reader *from, int64_t *seconds)
{
    int64_t hours, minutes, rest = 0;
    if (!take_two_digits(from, 24, &hours)) return false;
    bool colons = take_sign(from, ':');
    if (!take_two_digits(from, 59, &minutes)) return false;
    if (colons ? take_sign(from, ':') : count_digits(from) > 0) {
        if (!take_two_digits(from, 60, &rest)) return false;
        if (take_sign(from, '.') || take_sign(from, ',')) {
            size_t digits = count_digits(from);
            if (digits == 0) return false;
            from->at += digits;
        }
    }
    *seconds = hours * 3600 + minutes * 60 + (rest == 60 ? 59 : rest);
    return *seconds <= DAY_SECONDS;
}

/* The label of a day, or of a longer period, at its first second, where the zone is not known yet. */
static bool take_date(reader *from, bool *is_day, int64_t *seconds)
{
    char label[NPS_CALENDAR_LABEL_SIZE];
    reader rest = *from;
    int32_t unit;
    int64_t period;
    if (count_digits(from) == 8) {
        snprintf(label, sizeof label, "%.4s-%.2s-%.2s", from->at, from->at + 4, from->at + 6);
        rest.at += 8;
    } else {
        size_t length = 0;
        while (rest.at < rest.end && length + 1 < sizeof label && *rest.at != 'T' && *rest.at != 't' &&
               *rest.at != ' ') {
            label[length++] = *rest.at++;
        }
        label[length] = '\0';
    }
    if (nps_calendar_read_label(label, strlen(label), &unit, &period) != NPS_OK) return false;
    if (nps_calendar_start(unit, period, 0, seconds) != NPS_OK) return false;
    *is_day = unit == NPS_CALENDAR_DAY;
    *from = rest;
    return true;
}

static bool read_iso(const options *given, reader from, int64_t *seconds)
{
    bool is_day;
    int32_t offset = given->utc_offset;
    int64_t clock = 0;
    if (!take_date(&from, &is_day, seconds)) return false;
    if (from.at < from.end) {
        if (!is_day || !(take_sign(&from, 'T') || take_sign(&from, 't') || take_sign(&from, ' '))) return false;
        if (!take_clock(&from, &clock)) return false;
        take_sign(&from, ' ');
        if (from.at < from.end && !take_zone(&from, &offset)) return false;
    }
    *seconds += clock - offset;
    return from.at == from.end;
}

/* Seconds since 1970, a fraction left out. */
static bool read_unix(reader from, int64_t *seconds)
{
    bool negative = take_sign(&from, '-');
    size_t digits = count_digits(&from);
    if (digits == 0 || digits == 4 || digits == 8 || digits > 15) return false;
    *seconds = 0;
    for (; digits > 0; digits--) *seconds = *seconds * 10 + (*from.at++ - '0');
    bool has_fraction = false;
    if (take_sign(&from, '.')) {
        digits = count_digits(&from);
        if (digits == 0) return false;
        for (size_t i = 0; i < digits; i++) has_fraction |= from.at[i] != '0';
        from.at += digits;
    }
    if (negative) *seconds = -*seconds - has_fraction;
    return from.at == from.end;
}

/* strptime in UTC: the day by its label, since mktime would ask for the time zone of this machine. */
static bool read_format(const options *given, const char *time, int64_t *seconds)
{
    struct tm parts = {.tm_mday = 1};
    char label[64];
    int32_t unit;
    int64_t day;
    const char *end = strptime(time, given->time_format, &parts);
    if (end == NULL || *end != '\0') return false;
    snprintf(label, sizeof label, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    if (nps_calendar_read_label(label, strlen(label), &unit, &day) != NPS_OK || unit != NPS_CALENDAR_DAY) return false;
    if (nps_calendar_start(unit, day, 0, seconds) != NPS_OK) return false;
    bool has_zone = strstr(given->time_format, "%z") != NULL;
    *seconds += parts.tm_hour * 3600 + parts.tm_min * 60 + (parts.tm_sec == 60 ? 59 : parts.tm_sec);
    *seconds -= has_zone ? (int64_t)parts.tm_gmtoff : given->utc_offset;
    return true;
}

bool times_read(const options *given, const char *time, size_t length, int64_t *seconds)
{
    reader from = {time, time + length};
    int64_t period;
    while (take_sign(&from, ' ') || take_sign(&from, '\t')) continue;
    while (from.end > from.at && (from.end[-1] == ' ' || from.end[-1] == '\t')) from.end--;
    bool found;
    if (given->time_format != NULL) {
        char *copy = copy_text(from.at, (size_t)(from.end - from.at));
        found = read_format(given, copy, seconds);
        free(copy);
    } else {
        found = read_iso(given, from, seconds) || read_unix(from, seconds);
    }
    return found && nps_calendar_period(NPS_CALENDAR_DAY, *seconds, given->utc_offset, &period) == NPS_OK;
}

int64_t times_option(const options *given, const char *name, const char *value, bool last)
{
    options plain = *given;
    int32_t unit;
    int64_t period, seconds;
    plain.time_format = NULL;
    if (nps_calendar_read_label(value, strlen(value), &unit, &period) == NPS_OK) {
        int status = nps_calendar_start(unit, last ? period + 1 : period, given->utc_offset, &seconds);
        if (last && status == NPS_ERR_RANGE) return INT64_MAX;
        require(status, "calendar");
        return last ? seconds - 1 : seconds;
    }
    if (times_read(&plain, value, strlen(value), &seconds)) return seconds;
    fail(STATUS_USAGE, "--%s %s: expected a time such as 2018-03-05, 2018-03-05T16:57Z or 2018-03", name,
         shown(value, strlen(value)));
}

char *times_text(const options *given, int64_t seconds, char buffer[TIMES_SIZE])
{
    char zone[8] = "Z", day[NPS_CALENDAR_LABEL_SIZE];
    int64_t number, start;
    int ahead = given->utc_offset, clock;
    require(nps_calendar_period(NPS_CALENDAR_DAY, seconds, ahead, &number), "calendar");
    require(nps_calendar_start(NPS_CALENDAR_DAY, number, ahead, &start), "calendar");
    require(nps_calendar_label(NPS_CALENDAR_DAY, number, day, sizeof day), "calendar");
    clock = (int)(seconds - start);
    if (ahead != 0) {
        int minutes = abs(ahead) / 60 % (24 * 60);
        snprintf(zone, sizeof zone, "%c%02d:%02d", ahead < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
    snprintf(buffer, TIMES_SIZE, "%sT%02d:%02d:%02d%s", day, clock / 3600, clock / 60 % 60, clock % 60, zone);
    return buffer;
}

void times_start(times *started, const options *given, columns *wanted)
{
    *started = (times){.given = given, .column = columns_want(wanted, given->time)};
}

bool times_take(times *of, const row *from, invalid_answers *rejects, int64_t *seconds)
{
    const cell *time = &from->cells[of->column];
    if (strspn(time->bytes, " \t") == time->length) {
        of->missing++;
        return false;
    }
    if (times_read(of->given, time->bytes, time->length, seconds)) return true;
    invalid_list(rejects, from, of->column, "not a time");
    if (of->wrong++ > 0) return false;
    text first = {0};
    text_say(&first, "%.200s row %" PRIu64 ": %s", from->file, from->number, shown(time->bytes, time->length));
    of->first = first.bytes;
    return false;
}

nps_key times_period(times *of, const row *from, invalid_answers *rejects, int32_t unit)
{
    nps_key key = {.type = NPS_KEY_NULL};
    int64_t seconds;
    if (!times_take(of, from, rejects, &seconds)) return key;
    key.type = NPS_KEY_INTEGER;
    require(nps_calendar_period(unit, seconds, of->given->utc_offset, &key.integer), from->file);
    return key;
}

void times_end(times *ended)
{
    if (ended->wrong > 0) {
        note("%" PRIu64 " cell%s no time, the first at %s; %s", ended->wrong, ended->wrong == 1 ? " is" : "s are",
             ended->first,
             ended->given->time_format != NULL ? "--rejects lists them"
                                               : "--time-format tells how times are written, --rejects lists them");
    }
    if (ended->missing > 0) {
        note("%" PRIu64 " row%s no time", ended->missing, ended->missing == 1 ? " has" : "s have");
    }
    free(ended->first);
    ended->first = NULL;
}

void times_first_day(int32_t unit, int64_t period, char *label, size_t size)
{
    int64_t seconds, day;
    require(nps_calendar_start(unit, period, 0, &seconds), "calendar");
    require(nps_calendar_period(NPS_CALENDAR_DAY, seconds, 0, &day), "calendar");
    require(nps_calendar_label(NPS_CALENDAR_DAY, day, label, size), "calendar");
}
