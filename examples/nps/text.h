/* Text as people see it, and numbers as programs read them. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

/* Bytes that grow. Always terminated once something was appended. Start with zeros. */
typedef struct text {
    char *bytes;
    size_t length, capacity;
} text;

void text_append(text *into, const char *bytes, size_t length);
void text_say(text *into, const char *format, ...) MESSAGE_FORMAT(2, 3); /* at most 511 bytes */
void text_free(text *freed);

/* One character of UTF-8: how many bytes it takes, 0 at the end. Bytes that are not UTF-8 are U+FFFD, one at a time. */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *point);
bool utf8_valid(const char *bytes, size_t length);

/* How many columns of a terminal a text takes. */
size_t text_width(const char *bytes, size_t length);

enum text_escape {
    TEXT_ESCAPE_NONE,     /* only what is not UTF-8 becomes U+FFFD */
    TEXT_ESCAPE_TERMINAL, /* control characters, line ends and bidirectional controls become \n, \x1b, \u202e */
    TEXT_ESCAPE_MARKDOWN  /* these, and what Markdown or HTML would take for a sign */
};

/* Appends a text in at most max_width columns, cut with "..." where it is longer. Returns the columns taken. */
size_t text_append_escaped(text *into, const char *bytes, size_t length, size_t max_width, enum text_escape escape);

/* Whether a text has letters that run from right to left. */
bool text_is_right_to_left(const char *bytes, size_t length);

/* The fewest digits, of 17 at most, that read back as the same number. 32 bytes always do. Returns buffer. */
char *format_number(double number, char *buffer);

/* Reads a plain decimal number with blanks around it: 12, -0.5, 1e3. Not hexadecimal, infinity, NaN, or 1,5. */
bool parse_number(const char *string, double *number);

/* Reads a whole number of digits only. */
bool parse_count(const char *string, uint64_t *count);

/* Chooses how characters are measured, and asks what the user's terminal can show. Call once, first. */
void text_start(void);
bool text_user_has_utf8(void);
/* From now on what is written is for a reader of UTF-8, whatever the terminal shows. */
void text_write_utf8(void);

#endif
