/* Rows on their way to weights. */
#ifndef WEIGHTING_H
#define WEIGHTING_H

#include <stddef.h>
#include <stdint.h>

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
    nps_tally tally; /* of all rows that were kept */
    nps_rake_report report;
} weighting;

/* nps_rake over the rows. fail()s, and names what is not right and what would mend it. */
void weighting_rake(weighting *of);

/* Writes the rows again, with their weights. */
void weighting_write(weighting *of);

/* What came of it: on standard output where the rows are in a file, else as a note. */
void weighting_report(const weighting *of);

#endif
