/* A small table of text: columns that line up on a terminal, Markdown, or CSV. */
#ifndef GRID_H
#define GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "text.h"

#define GRID_MOST 64 /* columns */

typedef struct grid {
    size_t columns, count; /* count: of cells, title row included, row after row */
    bool right[GRID_MOST]; /* numbers stand on the right */
    text *cells;
    bool has_bars, has_lengths; /* of one sort */
    size_t bar;                 /* their column */
    double (*shares)[2];        /* for each row: detractors, promoters; or the length, twice */
} grid;

/* Columns first, then cells, one row after the other. */
void grid_column(grid *to, const char *title, bool right);
void grid_bytes(grid *to, const char *bytes, size_t length);
void grid_text(grid *to, const char *cell);
/* In full, for programs; NaN: an empty cell. */
void grid_number(grid *to, double number);
void grid_count(grid *to, uint64_t count);

/* A column of intervals at a level, and their cells, lower to upper; upper "": lower alone. */
void grid_interval_column(grid *to, double level);
void grid_interval(grid *to, const char *lower, const char *upper, enum output_format format);

/* A p as rounded_p has it, without "= ". */
void grid_p(grid *to, double p, double level);

/* A column of bars, which is as wide as the others leave room for, and is left out where that is too little. On a
 * terminal only, and one a grid. Shares NaN: no bar. */
void grid_bar_column(grid *to);
void grid_bar(grid *to, double detractor_share, double promoter_share);

/* The same with bars of one sort, whose lengths are shares of the width. */
void grid_length_column(grid *to);
void grid_length(grid *to, double share);

void grid_free(grid *freed);

/* Prints a grid whose rows are complete as table, Markdown or CSV, and frees it. In CSV and Markdown the cells are
 * escaped; in a table what a terminal would take for a sign is. Returns whether it drew bars. */
bool grid_print(grid *printed, enum output_format format);

#endif
