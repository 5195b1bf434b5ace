/* Rows of a picture: a name between numbers, and marks on a scale that all rows share: bars from 0 or dots, each with
 * its interval. */
#ifndef MARKS_H
#define MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "axis.h"
#include "canvas.h"
#include "rounded.h"
#include "text.h"

#define MARKS_MOST 3 /* in a row */

enum mark_sort { MARK_BAR, MARK_DOT, MARK_RING };

typedef struct mark {
    enum mark_sort sort;
    enum ink ink;
    double at, lower, upper; /* NaN: not there */
    bool is_thin, is_small;  /* the interval, the dot */
    bool may_be_cut;         /* where the interval is so long that all else would be short */
    double below;            /* the middle of the row */
} mark;

typedef struct mark_row {
    text name;
    char rank[ROUNDED_SIZE], count[ROUNDED_SIZE], told[ROUNDED_SIZE]; /* before the name, after it, at the end */
    mark marks[MARKS_MOST];
    size_t mark_count;
    bool is_strong, is_quiet;
    const char *title; /* above the row, with a line across: what begins there; NULL: nothing, "": only some space */
} mark_row;

/* Set what is before `rows`; add the rows; then marks_set(). */
typedef struct marks {
    canvas *on;
    const char *title, *count_title, *scale_title; /* above the names, the counts and the scale */
    const char *widest; /* what there is room for at the end whatever is told; NULL: nothing */
    double line;        /* a dashed one down at this number; NaN: none */
    axis scale;         /* its kind and ends */
    mark_row *rows;
    size_t count;
    double ranks, names, counts; /* how wide */
    double name_left, count_right;
    bool is_cut; /* an interval goes on beyond the scale, and has no end there */
} marks;

/* A row more, at the end, which stays there until the next one is added. */
mark_row *marks_add(marks *to);
/* A mark more in a row: no interval, unless it is given one. */
mark *marks_put(mark_row *to, enum mark_sort sort, enum ink ink, double at);

/* Chooses the scale and where everything stands. */
void marks_set(marks *to);
double marks_height(const marks *of);
void marks_draw(const marks *of, double top);
void marks_free(marks *freed);

#endif
