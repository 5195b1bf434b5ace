/* A comparison told to people and programs, in the format asked for. */
#ifndef COMPARE_H
#define COMPARE_H

#include "comparison.h"
#include "grid.h"

void compare_table(const comparison *printed); /* and Markdown */
/* Below a table; decimals: at least so many of the change. */
void compare_sentences(const comparison *printed, int decimals);
/* Whether a segment of the contrast is hidden, so that nothing may be told of it. */
bool compare_is_hidden(const comparison *of, const contrast *told);
/* A column for each dimension of the segments. */
void compare_key_columns(grid *to, const state *of, const char *prefix);
void compare_csv(const comparison *printed);
void compare_json(const comparison *printed);
void compare_json_lines(const comparison *printed);

#endif
