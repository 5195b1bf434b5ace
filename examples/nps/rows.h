/* Rows of a file, CSV or JSON lines, cut down to the columns that are wanted. */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "source.h"
#include "text.h"

#define CELL_LIMIT ((size_t)1024 * 1024)

typedef struct cell {
    const char *bytes; /* terminated; without NUL bytes inside */
    size_t length;     /* 0: no value */
} cell;

typedef struct row {
    const char *file;
    uint64_t number;          /* as a spreadsheet numbers it: 1 is the header; of JSON lines, the line */
    const char *const *names; /* of the wanted columns in this file */
    const cell *cells;
} row;

/* Called for each row. Cells are valid until it returns. */
typedef void row_function(void *user, const row *given);

/* Called for each cell of a file, wanted or not, in their order; row 1 is the header. */
typedef void cell_function(void *user, uint64_t row, size_t column, const char *bytes, size_t length);

/* As rows_read_csv, with every cell of a row before the row itself; each NULL: without. */
void rows_copy_csv(source *from, const columns *wanted, char delimiter, cell_function *each, row_function *give,
                   void *user);

/* The delimiter that rows_read_csv finds in the header of a file just opened. */
char rows_delimiter(const source *file);

/* Read a whole file. fail() names file, row and column of what is not right. */
void rows_read_csv(source *from, const columns *wanted, char delimiter, row_function *give, void *user);
void rows_read_jsonl(source *from, const columns *wanted, row_function *give, void *user);

/* A row while its cells come in: what the two readers share. */
typedef struct row_builder {
    row built;
    cell cells[COLUMNS_MOST];
    const char *names[COLUMNS_MOST];
    size_t starts[COLUMNS_MOST];
    text bytes;
} row_builder;

void row_builder_set(row_builder *builder, size_t wanted, const char *bytes, size_t length);
void row_builder_give(row_builder *builder, size_t count, row_function *give, void *user);

#endif
