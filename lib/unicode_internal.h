/* Reading UTF-8, and what the library needs to know of Unicode: blanks and numbers. */
#ifndef NPSI_UNICODE_INTERNAL_H
#define NPSI_UNICODE_INTERNAL_H

#include <stdint.h>

/* What is still to be read. */
typedef struct npsi_text {
    const unsigned char *at, *end;
} npsi_text;

#define NPSI_TEXT_END       (-1)
#define NPSI_TEXT_MALFORMED (-2)

/* The next code point, which is passed over; or NPSI_TEXT_END; or NPSI_TEXT_MALFORMED where the bytes are no UTF-8
 * (overlong forms, surrogates and what lies above U+10FFFF are none), and then nothing is passed over. */
int32_t npsi_text_next(npsi_text *text);

/* What may stand around a number unseen: blanks of every width and line ends, zero-width characters, byte order marks,
 * bidirectional marks, embeddings and isolates. */
int npsi_is_blank(int32_t code);

/* 0 to 9 for a decimal digit of any script (general category Nd), else -1. */
int npsi_digit_value(int32_t code);

/* 0 to 10 for one of the characters U+3007, U+4E00 ... U+5341, else -1. */
int npsi_ideograph_value(int32_t code);

/* Any character that is a number, digits and such as one half or a superscript two (general categories Nd, Nl, No). */
int npsi_is_number(int32_t code);

#endif
