/* The names of segments as pictures have them. */
#ifndef NAMES_H
#define NAMES_H

#include <stddef.h>

#include "state.h"
#include "text.h"

#define ROWS_MOST 60 /* in one picture */

/* Appends any other name, such as that of a column. */
void names_text(const char *bytes, size_t length, text *to);

/* Appends the names of a segment in all dimensions, and those of the dimensions. */
void names_segment(const state *of, size_t index, text *to);
void names_dimensions(const state *of, text *to);

/* Appends that a picture has not all of its rows, and notes it. */
void names_more(size_t more, text *to);

/* Adds, on a line of its own, that a picture is of all together, where there are segments. */
void names_together(const state *of, text *to);

#endif
