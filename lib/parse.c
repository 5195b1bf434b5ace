#include <nps/scale.h>

#include <string.h>

#include <nps/status.h>

#include "unicode_internal.h"

/* A number larger than any on a scale. */
#define TOO_LARGE 1000

typedef struct number {
    int32_t value;
    int ideographic; /* one of U+3007, U+4E00 ... U+5341 */
} number;

/* Full-width forms of ASCII characters as ASCII. */
static int32_t narrow(int32_t code)
{
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}

/* The next code point, not passed over. */
static int32_t peek(npsi_text text)
{
    return npsi_text_next(&text);
}

/* Whether there was anything to pass over. */
static int skip_blanks(npsi_text *text)
{
    const unsigned char *start = text->at;
    while (npsi_is_blank(peek(*text))) npsi_text_next(text);
    return text->at != start;
}

static int is_missing(npsi_text text)
{
    static const char *const tokens[] = {"NA", "N/A", "NULL", "null", "NaN"};
    if (text.at == text.end) return 1;
    if (*text.at != 'N' && *text.at != 'n') return 0; /* nearly always */
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        size_t length = strlen(tokens[i]);
        if ((size_t)(text.end - text.at) < length || memcmp(text.at, tokens[i], length) != 0) continue;
        npsi_text rest = {text.at + length, text.end};
        skip_blanks(&rest);
        if (rest.at == rest.end) return 1;
    }
    return 0;
}

/* Passes over a run of digits; returns how many there are. */
static size_t read_digits(npsi_text *text, int32_t *value)
{
    size_t count = 0;
    *value = 0;
    for (int digit; (digit = npsi_digit_value(peek(*text))) >= 0; count++) {
        npsi_text_next(text);
        if (*value < TOO_LARGE) *value = 10 * *value + digit;
    }
    return count;
}

/*
 * Passes over a fraction, a separator and digits. Returns 0 where the value would no longer be sure to be the whole
 * number: a digit that is not 0, or three digits after a comma, which may be thousands.
 */
static int read_fraction(npsi_text *text)
{
    npsi_text ahead = *text;
    int32_t separator = narrow(npsi_text_next(&ahead)), value;
    if (separator != '.' && separator != ',' && separator != 0x66B) return 1;
    size_t count = read_digits(&ahead, &value);
    if (count == 0) return 1;
    *text = ahead;
    return value == 0 && !(separator == ',' && count == 3);
}

static int read_number(npsi_text *text, number *out)
{
    int32_t sign = narrow(peek(*text));
    int negative = sign == '-' || sign == 0x2212;
    if (negative || sign == '+') npsi_text_next(text);
    out->value = npsi_ideograph_value(peek(*text));
    out->ideographic = out->value >= 0;
    if (out->ideographic)
        npsi_text_next(text);
    else if (read_digits(text, &out->value) == 0 || !read_fraction(text))
        return 0;
    if (negative) out->value = -out->value;
    return 1;
}

/* Whether a label may begin so. Directly after the number stands nothing that could change it: 1e1, 0x9, 9%, 9+, 9/2;
 * after an ideograph not even a letter, as U+4E00 also begins many words. */
static int begins_label(int32_t code, int spaced, int ideographic)
{
    code = narrow(code);
    if (code == 0x66A) return 0; /* Arabic percent sign */
    if (code > 0x7F) return spaced || (!ideographic && npsi_ideograph_value(code) < 0);
    if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z')) return spaced;
    return code > 0 && strchr("-:;.,()[]=|!?", code) != NULL;
}

/* Whether what follows a number is a label that leaves no doubt about it: one without a second number, in UTF-8. */
static int is_label(npsi_text text, int spaced, int ideographic)
{
    if (!begins_label(peek(text), spaced, ideographic)) return 0;
    for (int32_t code; (code = npsi_text_next(&text)) != NPSI_TEXT_END;)
        if (code <= 0 || npsi_is_number(code) || (ideographic && npsi_ideograph_value(code) >= 0)) return 0;
    return 1;
}

static int32_t read_cell(npsi_text text, uint32_t flags)
{
    number found;
    skip_blanks(&text);
    if (is_missing(text)) return NPS_MISSING;
    if (!read_number(&text, &found)) return NPS_INVALID;
    int spaced = skip_blanks(&text);
    if (text.at == text.end) return found.value;
    return (flags & NPS_PARSE_LABELS) && is_label(text, spaced, found.ideographic) ? found.value : NPS_INVALID;
}

static int is_ascii_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

int nps_parse_answer(const nps_scale *scale, const char *text, size_t length, uint32_t flags, int32_t *answer)
{
    if ((text == NULL && length > 0) || answer == NULL || (flags & ~NPS_PARSE_LABELS)) return NPS_ERR_ARGUMENT;
    if (scale != NULL && nps_scale_check(scale) != NPS_OK) return NPS_ERR_SCALE;
    int32_t found;
    if (length == 0)
        found = NPS_MISSING;
    else if (length == 1 && is_ascii_digit(text[0]))
        found = text[0] - '0';
    else if (length == 2 && is_ascii_digit(text[0]) && is_ascii_digit(text[1]))
        found = 10 * (text[0] - '0') + (text[1] - '0');
    else
        found = read_cell((npsi_text){(const unsigned char *)text, (const unsigned char *)text + length}, flags);
    *answer = found != NPS_MISSING && nps_classify(scale, found) == NPS_OFF_SCALE ? NPS_INVALID : found;
    return NPS_OK;
}
