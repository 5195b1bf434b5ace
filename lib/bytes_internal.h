/* Numbers as little-endian bytes, written and read within bounds. */
#ifndef NPSI_BYTES_INTERNAL_H
#define NPSI_BYTES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

/* Counts all that is put, and writes it as far as there is room: first without a buffer for the size, then for good. */
typedef struct npsi_writer {
    unsigned char *bytes;
    size_t size;
    uint64_t length;
} npsi_writer;

void npsi_put_bytes(npsi_writer *writer, const void *bytes, size_t count);

/* The lowest `count` bytes of a number. */
void npsi_put_number(npsi_writer *writer, uint64_t number, size_t count);

void npsi_put_words(npsi_writer *writer, const uint64_t *words, size_t count);

/* Doubles as the words of their bits, 0 for -0. */
void npsi_put_doubles(npsi_writer *writer, const double *numbers, size_t count);

/* LEB128: 7 bits a byte, lowest first, the highest bit set in all but the last. */
void npsi_put_varint(npsi_writer *writer, uint64_t number);

/* Once something could not be read, `failed` stays set and all that is read is 0. */
typedef struct npsi_reader {
    const unsigned char *bytes;
    size_t left;
    int failed;
} npsi_reader;

/* The next `count` bytes in place; NULL and failed when there are fewer. */
const unsigned char *npsi_get_bytes(npsi_reader *reader, uint64_t count);

uint64_t npsi_get_number(npsi_reader *reader, size_t count);

void npsi_get_words(npsi_reader *reader, uint64_t *words, size_t count);

/* No -0 is taken, so that a number has one form. */
void npsi_get_doubles(npsi_reader *reader, double *numbers, size_t count);

/* Only the shortest form is taken, so that a number has one form. */
uint64_t npsi_get_varint(npsi_reader *reader);

#endif
