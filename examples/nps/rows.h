/* Rows of a file, CSV or JSON lines, cut down to the columns that are wanted. */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/segments.h>

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
    const char *line; /* by rows_read_csv_lines: as it stands in the file, line_length bytes, without its end */
    size_t line_length;
    const char *line_end; /* "\n", "\r\n" or "\r", as the file's header has it */
} row;

/* A cell as a part of a key: its bytes, or no value where it is empty. */
nps_key cell_key(const cell *part);

/* fail()s on the cell at this place among the wanted: "FILE: row 3, column "w": the WHAT is "-1": MEND"; what NULL:
 * the value alone. */
_Noreturn void row_fail(const row *from, size_t place, const char *what, const char *mend);

/* Called for each row. Cells are valid until it returns. */
typedef void row_function(void *user, const row *given);

/* Called with the header of a file, before the wanted columns are looked for in it: more may be wanted then. */
typedef void header_function(void *user, const header *read);

/* Read a whole file. fail() names file, row and column of what is not right. */
void rows_read_csv(source *from, const columns *wanted, char delimiter, row_function *give, void *user);
/* With the header first, and rows that have their lines. */
void rows_read_csv_lines(source *from, const columns *wanted, char delimiter, header_function *begin,
                         row_function *give, void *user);
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
