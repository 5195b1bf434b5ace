/* Rows on their way to weights. */
#ifndef WEIGHTING_H
#define WEIGHTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <nps/raking.h>
#include <nps/weighted.h>

#include "answers.h"
#include "targets.h"
#include "text.h"

/* A column of categories, as the library takes it. */
typedef struct category_column {
    size_t place; /* among the wanted */
    text bytes;
    int64_t *offsets; /* one more than there are rows */
    uint8_t *validity;
} category_column;

typedef struct origin {
    const char *file;
    uint64_t row;
} origin;

/* The lines of all rows that were kept, for input such as a pipe can be read once only. */
typedef struct held_lines {
    FILE *lines; /* without a name; a held_line before each */
    text header; /* that of all files: the line, and the cells for messages */
    char **names;
    size_t columns;
    const char *file;     /* the first one */
    const char *line_end; /* NULL: there is no row */
    char delimiter;
    bool marked; /* begins with a byte order mark */
} held_lines;

/* The rows that have an answer. */
typedef struct weighting {
    const options *given;
    answers cells;
    size_t score, base;
    target_list targets;
    category_column *columns; /* those of the first target, then those of the next */
    size_t column_count;
    size_t count;
    int8_t *answers;
    double *bases, *weights;
    origin *origins;
    nps_tally tally;            /* of all rows that were kept */
    nps_weighted before, after; /* of the same, with their bases and with their weights */
    nps_rake_report report;
    const source *reading; /* the file at hand */
    held_lines held;
} weighting;

/* nps_rake over the rows. fail()s, and names what is not right and what would mend it. */
void weighting_rake(weighting *of);

/* Takes the header of a file, which is the same for all, and the line of a row. */
void weighting_start(weighting *of);
void weighting_hold_header(weighting *of, const header *read);
void weighting_hold_row(weighting *of, const row *from, bool answered);

/* Writes the lines with their weights, and forgets them. */
void weighting_write(weighting *of);

/* What came of it: on standard output where the rows are in a file, else as a note. */
void weighting_report(const weighting *of);

#endif
