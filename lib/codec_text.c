/* A tally as a line of text. */
#include <nps/codec.h>

#include <string.h>

#include <nps/status.h>

#include "codec_internal.h"

/* More than the longest line takes: 15 numbers of at most 20 digits, a scale and some words. */
#define LONGEST_LINE 512

static void put_text(npsi_writer *writer, const char *text)
{
    npsi_put_bytes(writer, text, strlen(text));
}

static void put_decimal(npsi_writer *writer, uint64_t number)
{
    char digits[20], *first = digits + sizeof digits;
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    npsi_put_bytes(writer, first, (size_t)(digits + sizeof digits - first));
}

static void put_signed(npsi_writer *writer, int number)
{
    if (number < 0) put_text(writer, "-");
    put_decimal(writer, (uint64_t)(number < 0 ? -number : number));
}

static size_t write_line(const nps_tally *tally, char line[LONGEST_LINE])
{
    static const char *const between[] = {"-", ":", ":", " kind "};
    const nps_scale *scale = &tally->scale;
    const int bounds[] = {scale->lowest, scale->highest, scale->detractor_max, scale->promoter_min};
    npsi_writer writer = {(unsigned char *)line, LONGEST_LINE, 0};
    put_text(&writer, "nps-tally 1 scale ");
    for (int i = 0; i < 4; i++) {
        put_signed(&writer, bounds[i]);
        put_text(&writer, between[i]);
    }
    put_decimal(&writer, tally->kind);
    for (int i = 0; i < npsi_scale_levels(scale); i++) {
        put_text(&writer, i == 0 ? " levels " : ",");
        put_decimal(&writer, tally->level[i]);
    }
    put_text(&writer, " missing ");
    put_decimal(&writer, tally->missing);
    put_text(&writer, " invalid ");
    put_decimal(&writer, tally->invalid);
    return (size_t)writer.length;
}

int nps_tally_to_text(const nps_tally *tally, char *buffer, size_t size, size_t *length)
{
    char line[LONGEST_LINE];
    if (length == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    *length = write_line(tally, line);
    if (buffer == NULL) return NPS_OK;
    if (size <= *length) return NPS_ERR_BUFFER;
    memcpy(buffer, line, *length);
    buffer[*length] = '\0';
    return NPS_OK;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void expect(npsi_reader *reader, const char *text)
{
    size_t length = strlen(text);
    const unsigned char *bytes = npsi_get_bytes(reader, length);
    if (bytes == NULL || memcmp(bytes, text, length) != 0) reader->failed = 1;
}

/* Digits as far as they go; fails on none and on numbers above `most`. */
static uint64_t get_decimal(npsi_reader *reader, uint64_t most)
{
    uint64_t number = 0;
    size_t digits = 0;
    for (; !reader->failed && reader->left > 0 && *reader->bytes >= '0' && *reader->bytes <= '9'; digits++) {
        unsigned digit = *npsi_get_bytes(reader, 1) - (unsigned)'0';
        if (number > (most - digit) / 10) reader->failed = 1;
        number = 10 * number + digit;
    }
    if (digits == 0) reader->failed = 1;
    return number;
}

static nps_scale get_scale_text(npsi_reader *reader)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    const unsigned char *blank = reader->failed ? NULL : memchr(reader->bytes, ' ', reader->left);
    size_t length = blank == NULL ? 0 : (size_t)(blank - reader->bytes);
    const unsigned char *text = npsi_get_bytes(reader, length);
    if (text == NULL || nps_scale_parse((const char *)text, length, &scale) != NPS_OK) reader->failed = 1;
    return scale;
}

static nps_tally get_tally_text(npsi_reader *reader)
{
    nps_tally tally = {.missing = 0};
    expect(reader, " scale ");
    tally.scale = get_scale_text(reader);
    expect(reader, " kind ");
    tally.kind = (uint32_t)get_decimal(reader, UINT32_MAX);
    for (int i = 0; i < npsi_scale_levels(&tally.scale); i++) {
        expect(reader, i == 0 ? " levels " : ",");
        tally.level[i] = get_decimal(reader, INT64_MAX);
    }
    expect(reader, " missing ");
    tally.missing = get_decimal(reader, INT64_MAX);
    expect(reader, " invalid ");
    tally.invalid = get_decimal(reader, INT64_MAX);
    return tally;
}

int nps_tally_from_text(const char *text, size_t length, nps_tally *out)
{
    char line[LONGEST_LINE];
    if ((text == NULL && length > 0) || out == NULL) return NPS_ERR_ARGUMENT;
    while (length > 0 && is_blank(text[length - 1])) length--;
    while (length > 0 && is_blank(*text)) {
        text++;
        length--;
    }
    npsi_reader reader = {(const unsigned char *)text, length, 0};
    expect(&reader, "nps-tally ");
    uint64_t version = get_decimal(&reader, UINT32_MAX);
    if (!reader.failed && version > 1) return NPS_ERR_VERSION;
    nps_tally tally = get_tally_text(&reader);
    if (reader.failed || nps_tally_check(&tally) != NPS_OK) return NPS_ERR_FORMAT;
    /* Leading zeros, names of scales and the like: whatever would not be written so again. */
    if (write_line(&tally, line) != length || memcmp(line, text, length) != 0) return NPS_ERR_FORMAT;
    *out = tally;
    return NPS_OK;
}
