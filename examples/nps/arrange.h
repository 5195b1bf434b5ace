/* Which segments are told, what is hidden of them, and in which order. */
#ifndef ARRANGE_H
#define ARRANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "state.h"

/* fail()s on options of nps score and nps merge that exclude one another, before anything is read. */
void arrange_check(const options *given);

/* fail()s where an option is about segments, and there are none. */
void arrange_need_segments(const options *given, bool has_segments);

/* --fold, --cube and --min-n: folds small segments, adds margins, sorts by key, and marks what is to be hidden. What
 * was counted beside the segments goes with them. Does nothing to a state without segments, but fail()s where an option
 * wants some. */
void arrange(state *of, const options *given);

/* --top and --bottom: the indexes of the segments to be told, to be freed. *count of them. Hidden segments come only
 * where all are told. */
size_t *arrange_order(const state *of, const options *given, size_t *count);

/* "3 of 9 segments are hidden: ..."; false, and nothing, where none is. */
bool arrange_say_hidden(const state *of, const options *given, text *to);

#endif
