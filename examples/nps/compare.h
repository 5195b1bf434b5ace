/* A comparison told to people and programs, in the format asked for. */
#ifndef COMPARE_H
#define COMPARE_H

#include "comparison.h"
#include "grid.h"

void compare_table(const comparison *printed); /* and Markdown */
/* Below a table; decimals: at least so many of the change. */
void compare_sentences(const comparison *printed, int decimals);
/* One sentence on lines of its own, which is then empty; and the name of a segment in one, appended. */
void compare_say(const options *given, text *sentence);
void compare_name(const options *given, const state *counted, size_t index, text *to);
void compare_text_name(const options *given, const char *bytes, size_t length, text *to); /* any other name */
/* How many rows each side had, a line each. */
void compare_say_rows(const comparison *of);
/* Whether a segment of the contrast is hidden, so that nothing may be told of it. */
bool compare_is_hidden(const comparison *of, const contrast *told);
/* A column for each dimension of the segments. */
void compare_key_columns(grid *to, const state *of, const char *prefix);
/* The cells of a segment in these; to programs no value is an empty cell, as it was in the input. */
void compare_key_cells(grid *to, const state *of, size_t index, bool for_people);
void compare_csv(const comparison *printed);
void compare_json(const comparison *printed);
void compare_json_lines(const comparison *printed);

#endif
