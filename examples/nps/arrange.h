/* Which segments are told, what is hidden of them, and in which order. */
#ifndef ARRANGE_H
#define ARRANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "state.h"

/* --fold, --cube and --min-n: folds small segments, adds margins, sorts by key, and marks what is to be hidden. Does
 * nothing to a state without segments. */
void arrange(state *of, const options *given);

/* --top and --bottom: the indexes of the segments to be told, to be freed. *count of them. Hidden segments come only
 * where all are told. */
size_t *arrange_order(const state *of, const options *given, size_t *count);

/* Whether a segment is hidden, and how many are. */
bool arrange_is_hidden(const state *of, size_t index);
size_t arrange_hidden(const state *of);

#endif
