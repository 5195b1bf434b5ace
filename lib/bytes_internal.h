/* Numbers as little-endian bytes, written and read within bounds. */
#ifndef NPSI_BYTES_INTERNAL_H
#define NPSI_BYTES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Counts all that is put, and writes it as far as there is room: first without a buffer for the size, then for good. */
typedef struct npsi_writer {
    unsigned char *bytes;
    size_t size;
    uint64_t length;
} npsi_writer;

static inline void npsi_put_bytes(npsi_writer *writer, const void *bytes, size_t count)
{
    if (writer->length <= writer->size && count > 0 && count <= writer->size - (size_t)writer->length)
        memcpy(writer->bytes + writer->length, bytes, count);
    writer->length += count;
}

/* The lowest `count` bytes of a number. */
static inline void npsi_put_number(npsi_writer *writer, uint64_t number, size_t count)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < count; i++) bytes[i] = (unsigned char)(number >> 8 * i);
    npsi_put_bytes(writer, bytes, count);
}

static inline void npsi_put_words(npsi_writer *writer, const uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) npsi_put_number(writer, words[i], 8);
}

/* Doubles as the words of their bits, 0 for -0. */
static inline void npsi_put_doubles(npsi_writer *writer, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double number = numbers[i] + 0.0;
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        npsi_put_number(writer, bits, 8);
    }
}

/* LEB128: 7 bits a byte, lowest first, the highest bit set in all but the last. */
static inline void npsi_put_varint(npsi_writer *writer, uint64_t number)
{
    unsigned char bytes[10];
    size_t count = 0;
    for (; number > 0x7f; number >>= 7) bytes[count++] = (unsigned char)(number | 0x80);
    bytes[count++] = (unsigned char)number;
    npsi_put_bytes(writer, bytes, count);
}

/* Once something could not be read, `failed` stays set and all that is read is 0. */
typedef struct npsi_reader {
    const unsigned char *bytes;
    size_t left;
    int failed;
} npsi_reader;

/* The next `count` bytes in place; NULL and failed when there are fewer. */
static inline const unsigned char *npsi_get_bytes(npsi_reader *reader, uint64_t count)
{
    if (reader->failed || count > reader->left) {
        reader->failed = 1;
        return NULL;
    }
    const unsigned char *bytes = reader->bytes;
    reader->bytes += count;
    reader->left -= (size_t)count;
    return bytes;
}

static inline uint64_t npsi_get_number(npsi_reader *reader, size_t count)
{
    const unsigned char *bytes = npsi_get_bytes(reader, count);
    uint64_t number = 0;
    for (size_t i = 0; bytes != NULL && i < count; i++) number |= (uint64_t)bytes[i] << 8 * i;
    return number;
}

static inline void npsi_get_words(npsi_reader *reader, uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) words[i] = npsi_get_number(reader, 8);
}

/* No -0 is taken, so that a number has one form. */
static inline void npsi_get_doubles(npsi_reader *reader, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = npsi_get_number(reader, 8);
        if (bits == UINT64_C(1) << 63) reader->failed = 1;
        memcpy(numbers + i, &bits, sizeof bits);
    }
}

/* Only the shortest form is taken, so that a number has one form. */
static inline uint64_t npsi_get_varint(npsi_reader *reader)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        uint64_t byte = npsi_get_number(reader, 1);
        number |= (byte & 0x7f) << shift;
        if (byte > 0x7f && shift < 63) continue;
        if ((byte == 0 && shift > 0) || (shift == 63 && byte > 1)) reader->failed = 1;
        break;
    }
    return reader->failed ? 0 : number;
}

#endif
