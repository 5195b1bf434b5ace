/* How many were invited, and what that says of a score: --invited and --invitations. */
#ifndef INVITATIONS_H
#define INVITATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "result.h"
#include "state.h"

/* Whether an option asks for it. */
bool invitations_asked(const options *given);

/*
 * Reads the file of --invitations into a container of the state, by its segments: how many were invited as missing
 * answers, and an invalid one in each segment that the file does not have, so that what is folded or rolled up over
 * such is known not to be known. Before the segments are folded or rolled up. fail()s, and names file, row, column and
 * value, on a number that cannot be, a segment twice, and more responses than invitations. Without the option nothing.
 */
void invitations_read(state *of, const options *given);

/* Folds them as nps_segments_fold will the segments; before these are folded. */
void invitations_fold(state *of, uint64_t least);
void invitations_cube(state *of);

/* Adds to a result. index: a segment, or RESULT_TOTAL. */
void invitations_take(const state *of, size_t index, const options *given, result *out);

#endif
