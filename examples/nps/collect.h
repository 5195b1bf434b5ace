/* From files to a state. */
#ifndef COLLECT_H
#define COLLECT_H

#include <stdbool.h>

#include "options.h"
#include "state.h"

/*
 * Reads all files that the options name, at least one: rows, counted by those options, or states, merged. fail()s on a
 * file of a sort that is not wanted, and on both sorts together. Notes tell what was odd about the answers. With
 * --every the period of each row, by --time, is one more dimension, the last: NPS_KEY_INTEGER as in calendar.h,
 * NPS_KEY_NULL without a time.
 */
void collect(const options *given, bool rows, bool states, state *out);

/*
 * Reads each file for itself, rows or a state: a state for each, in their order. --rejects lists the invalid answers of
 * all of them.
 */
void collect_apart(const options *given, state *out);

/* Reads all files once, rows only: those of the period --from into out[0], those of --to into out[1]. fail()s where the
 * two overlap, or one has no rows. */
void collect_between(const options *given, state out[2]);

/* The state of --counts, of the one that was given `index` others after. fail()s where rows were asked for too. */
void collect_counts(const options *given, size_t index, state *out);

#endif
