/* The mean of the scores of accounts, such as firms with several users each, beside the score of all answers. */
#ifndef ACCOUNTS_H
#define ACCOUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "result.h"
#include "rows.h"
#include "state.h"

/* Without --account all of these do nothing. */

/* An empty container of accounts beside the segments of a state that was just started. */
void accounts_start(state *of, const options *given);

/* One answer of a row: the place of its account among the cells, and the parts of its segment's key. */
void accounts_add(state *of, const row *from, size_t place, const nps_key *segment, int32_t answer, double weight);

/* Once all rows are in and the segments are sorted. */
void accounts_arrange(state *of);

/* Adds to a result. index: a segment, or RESULT_TOTAL. */
void accounts_take(const state *of, size_t index, const options *given, result *out);

/* Notes how many answers no account was named for, and which are left out of the mean of accounts. */
void accounts_note_nameless(const state *of);

#endif
