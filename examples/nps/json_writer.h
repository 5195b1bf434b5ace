/*
 * JSON written as it comes, so that a million segments need no memory. Strings are jansson's; numbers are the shortest
 * that round-trip, which jansson 2.14 does not write.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct json_writer {
    FILE *out;
    bool follows;     /* something stands before in this object or list */
    bool after_name;  /* a name was written: its value is next */
    bool begins_line; /* what comes next begins a line */
    bool one_line;    /* nothing does */
} json_writer;

void writer_open(json_writer *to, char bracket);
void writer_close(json_writer *to, char bracket);
void writer_line(json_writer *to);
void writer_name(json_writer *to, const char *bytes, size_t length);

void writer_text(json_writer *to, const char *bytes, size_t length);
void writer_number(json_writer *to, double number); /* NaN: null */
void writer_count(json_writer *to, uint64_t count);
void writer_integer(json_writer *to, int64_t number);
void writer_bool(json_writer *to, bool value);
void writer_null(json_writer *to);

/* A name and its value. */
void writer_field(json_writer *to, const char *name); /* the value is written next */
void writer_text_field(json_writer *to, const char *name, const char *value);
void writer_number_field(json_writer *to, const char *name, double number);
void writer_count_field(json_writer *to, const char *name, uint64_t count);

#endif
