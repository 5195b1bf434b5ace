#include "platform.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "message.h"
#include "text.h"

#define REPLACEMENT 0xFFFDu

static bool measured, user_has_utf8;

/*
 * The C library's wcwidth knows the widths of all characters, but only in a UTF-8 locale. "C.UTF-8" is part of every
 * system of these days; the user's own locale may be plain C, and names are to line up there too. The process keeps it
 * for characters only: numbers and messages stay those of "C".
 */
void text_start(void)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", ""};
    user_has_utf8 = setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !measured; i++) {
        measured = setlocale(LC_CTYPE, names[i]) != NULL && wcwidth((wchar_t)0x4E0A) == 2;
    }
}

bool text_user_has_utf8(void)
{
    return user_has_utf8;
}

void text_write_utf8(void)
{
    user_has_utf8 = true;
}

void text_append(text *into, const char *bytes, size_t length)
{
    if (into->capacity - into->length <= length) {
        into->capacity = 2 * into->capacity + length + 64;
        into->bytes = reallocate(into->bytes, into->capacity);
    }
    if (length > 0) memcpy(into->bytes + into->length, bytes, length);
    into->length += length;
    into->bytes[into->length] = '\0';
}

void text_say(text *into, const char *format, ...)
{
    char buffer[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    if (length > 0) text_append(into, buffer, strlen(buffer));
}

void text_free(text *freed)
{
    free(freed->bytes);
    *freed = (text){0};
}

size_t utf8_decode(const char *bytes, size_t length, uint32_t *point)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (length == 0) return 0;
    unsigned char lead = (unsigned char)bytes[0];
    *point = lead;
    if (lead < 0x80) return 1;

    size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    uint32_t value = lead & (0x3Fu >> more);
    *point = REPLACEMENT;
    if (lead < 0xC2 || lead > 0xF4 || length <= more) return 1;
    for (size_t i = 1; i <= more; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xC0) != 0x80) return 1;
        value = value << 6 | (next & 0x3F);
    }
    if (value < least[more] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 1;
    *point = value;
    return more + 1;
}

bool utf8_valid(const char *bytes, size_t length)
{
    uint32_t point;
    for (size_t i = 0, taken; (taken = utf8_decode(bytes + i, length - i, &point)) > 0; i += taken) {
        if (point == REPLACEMENT && taken == 1) return false;
    }
    return true;
}

static size_t point_width(uint32_t point)
{
    int width = measured ? wcwidth((wchar_t)point) : 1;
    return width < 0 ? 1 : (size_t)width;
}

size_t text_width(const char *bytes, size_t length)
{
    size_t width = 0;
    uint32_t point;
    for (size_t i = 0, taken; (taken = utf8_decode(bytes + i, length - i, &point)) > 0; i += taken) {
        width += point_width(point);
    }
    return width;
}

/* Control characters, line and paragraph separators, and the bidirectional controls that reorder what stands around. */
static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/* One character as it is to appear: the bytes at `bytes`, or an escape in `buffer`. */
static const char *escape_point(uint32_t point, const char *bytes, size_t *taken, enum text_escape escape, char *buffer)
{
    if (point == REPLACEMENT) {
        strcpy(buffer, "\xEF\xBF\xBD");
    } else if (escape == TEXT_ESCAPE_NONE) {
        return bytes;
    } else if (point == '\n') {
        strcpy(buffer, "\\n");
    } else if (is_control(point)) {
        snprintf(buffer, 16, point < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)point);
    } else if (escape == TEXT_ESCAPE_MARKDOWN && point < 0x80 && strchr("\\`*_[]<>|&", (int)point) != NULL) {
        snprintf(buffer, 16, "\\%c", (int)point);
    } else {
        return bytes;
    }
    *taken = strlen(buffer);
    return buffer;
}

size_t text_append_escaped(text *into, const char *bytes, size_t length, size_t max_width, enum text_escape escape)
{
    static const char cut[] = "...";
    size_t width = 0, cut_width = 0, cut_length = into->length;
    uint32_t point;
    text_append(into, "", 0);
    for (size_t i = 0, taken; (taken = utf8_decode(bytes + i, length - i, &point)) > 0; i += taken) {
        char buffer[16];
        size_t shown_length = taken;
        const char *shown_bytes = escape_point(point, bytes + i, &shown_length, escape, buffer);
        size_t shown_width = text_width(shown_bytes, shown_length);
        if (width + shown_width > max_width) {
            into->length = cut_length;
            text_append(into, cut, sizeof cut - 1);
            return cut_width + sizeof cut - 1;
        }
        text_append(into, shown_bytes, shown_length);
        width += shown_width;
        if (width + sizeof cut - 1 <= max_width) {
            cut_width = width;
            cut_length = into->length;
        }
    }
    return width;
}

bool text_is_right_to_left(const char *bytes, size_t length)
{
    uint32_t point;
    for (size_t i = 0, taken; (taken = utf8_decode(bytes + i, length - i, &point)) > 0; i += taken) {
        if ((point >= 0x0590 && point <= 0x08FF) || (point >= 0xFB1D && point <= 0xFDFF) ||
            (point >= 0xFE70 && point <= 0xFEFC) || (point >= 0x10800 && point <= 0x10FFF) ||
            (point >= 0x1E800 && point <= 0x1EFFF)) {
            return true;
        }
    }
    return false;
}

char *format_number(double number, char *buffer)
{
    if (number == 0) number = 0; /* no -0 */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, 32, "%.*g", digits, number);
        if (strtod(buffer, NULL) == number) break;
    }
    return buffer;
}

bool parse_number(const char *string, double *number)
{
    string += strspn(string, " \t");
    size_t length = strspn(string, "+-.0123456789eE");
    if (length == 0 || string[length + strspn(string + length, " \t")] != '\0') return false;
    char *end;
    double value = strtod(string, &end);
    if (end != string + length || !isfinite(value)) return false;
    *number = value;
    return true;
}

bool parse_count(const char *string, uint64_t *count)
{
    uint64_t value = 0;
    if (*string == '\0') return false;
    for (; *string != '\0'; string++) {
        unsigned digit = (unsigned)(unsigned char)*string - '0';
        if (digit > 9 || value > (UINT64_MAX - digit) / 10) return false;
        value = 10 * value + digit;
    }
    *count = value;
    return true;
}
