/* Why the score moved between two waves: what each segment did to it, and how that is told. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/change.h>

#include "comparison.h"
#include "grid.h"
#include "options.h"
#include "state.h"
#include "text.h"

#define EXPLAIN_ABSENT SIZE_MAX

/* All numbers as they are shown to people: whole numbers of units, so that they add up. Points are in units of
 * 10^-decimals. */
typedef struct explained_points {
    int64_t rate, mix; /* their sum is the effect of both */
} explained_points;

typedef struct explained_segment {
    size_t index[2];       /* in the states of the two waves; EXPLAIN_ABSENT */
    uint64_t responses[2]; /* 0 where it is absent */
    nps_change_segment part;
    explained_points shown;
    int64_t share_shown[2]; /* per mille */
} explained_segment;

typedef struct explained {
    const options *given;
    comparison waves; /* of two: the states, their names and results, and the difference of the totals */
    nps_change change;
    explained_segment *segments; /* in the order of their keys */
    size_t count;
    size_t *order; /* of the same, those with the largest effect as shown first */
    int decimals;
    int64_t from_shown, to_shown; /* the totals; what is between them is the sum of the next */
    explained_points shown;
    int64_t promoters_shown, detractors_shown; /* the same change by class */
} explained;

/*
 * Explains the change between two states with the same segments, on one scale, both weighted or neither, that are of no
 * survey design; names are what the waves are called. The states are to stay. False, and nothing to be freed, where
 * nobody answered in one of the waves: `results` of `waves` tell which.
 */
bool explain_find(const options *given, state *from, state *to, const char *const names[2], explained *out);
void explain_free(explained *freed);

/* The effect of a segment or of all, as shown. */
int64_t explain_both(const explained_points *shown);

/* The table for people, complete. */
void explain_grid(const explained *of, grid *to);

/* Whether the change of the totals is told apart from none. */
bool explain_is_real(const explained *of);

/* What came of it, a sentence each, appended without an end; nothing where there is nothing to tell. */
void explain_say_change(const explained *of, text *to);
void explain_say_effects(const explained *of, text *to);  /* rate and mix */
void explain_say_classes(const explained *of, text *to);  /* promoters and detractors */
void explain_say_segments(const explained *of, text *to); /* those with the largest part in it */
void explain_say_absent(const explained *of, text *to);   /* those of one wave only */

void explain_table(const explained *printed); /* and Markdown */
void explain_csv(const explained *printed);
void explain_json(const explained *printed);
void explain_json_lines(const explained *printed);

#endif
