/* From files to a state. */
#ifndef COLLECT_H
#define COLLECT_H

#include <stdbool.h>

#include "options.h"
#include "state.h"

/*
 * Reads all files that the options name, at least one: rows, counted by those options, or states, merged. fail()s on a
 * file of a sort that is not wanted, and on both sorts together. Notes tell what was odd about the answers.
 */
void collect(const options *given, bool rows, bool states, state *out);

/*
 * Reads each file for itself, rows or a state: a state for each, in their order. --rejects lists the invalid answers of
 * all of them.
 */
void collect_apart(const options *given, state *out);

/* The state of --counts, of the one that was given `index` others after. fail()s where rows were asked for too. */
void collect_counts(const options *given, size_t index, state *out);

#endif
