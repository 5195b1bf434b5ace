/* What was counted: one tally, or one for each segment; plain or weighted. And as a file. */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/design.h>
#include <nps/segments.h>
#include <nps/tally.h>
#include <nps/weighted.h>

#include "source.h"
#include "text.h"

typedef struct state {
    nps_scale scale;
    uint32_t kind;
    bool is_weighted;
    int32_t dimensions;     /* 0: no segments */
    nps_segments *segments; /* with dimensions; else one of the next two */
    nps_tally tally;
    nps_weighted weighted;
    nps_design *design;  /* of a survey design, which holds all of it; the above is then taken from it */
    nps_segments *units; /* of its strata, for messages; NULL: not noted */
    uint8_t *hidden;     /* for each segment NPS_SHOWN or NPS_HIDDEN_*; NULL: nothing is hidden */
    bool total_hidden;
    nps_segments *accounts;       /* of --account: by segment and account; see accounts.h */
    nps_segments *accounts_alone; /* by account, where there are segments */
    size_t *account_starts;       /* where the accounts of each segment begin, and the end of the last */
    nps_segments *invited;        /* of --invitations: see invitations.h */
} state;

/* An empty state, by these columns. */
void state_start(state *started, const nps_scale *scale, uint32_t kind, bool is_weighted, const char *const *by,
                 int32_t by_count);
/* The same for a survey design; state_take_design when all rows, or all states merged, are in. */
void state_start_design(state *started, const nps_scale *scale, uint32_t kind, bool clusters, const char *const *by,
                        int32_t by_count);
void state_take_design(state *of);
void state_free(state *freed);

/* Adds an answer, under a key where there are segments; weight: 1 of a state without weights. Not to a survey design.
 * Returns the library's status. */
int state_add(state *to, const nps_key *key, int32_t answer, double weight);

/* The sum over all segments; *weighted only where the state is weighted. */
void state_total(const state *summed, nps_tally *tally, nps_weighted *weighted);

/* A state from a file that source_kind_of() calls a state; of a survey design state_take_design is still to be called.
 */
void state_read(source *from, state *out);
void state_write(const state *written, const char *path);

/* Adds one state to another. The names are for messages. mixed: states of different kinds too, which then have none. */
void state_merge(state *into, const char *into_name, state *from, const char *from_name, bool mixed);

/*
 * A state by some of the dimensions of another one, in the order that they are listed in, and of those segments alone
 * whose part `filter`, a dimension, is the integer `only`; filter -1: of all. count 0: one total.
 */
void state_project(const state *of, const int32_t *dimensions, int32_t count, int32_t filter, int64_t only, state *out);

/* fail()s where the segments of two states are of different columns; consequence: "they do not add up". */
void state_need_same_columns(const state *a, const char *a_name, const state *b, const char *b_name,
                             const char *consequence);

/* What sort of answers a state has, for messages. */
const char *state_sort(const state *of);

/* The parts of a segment's key, as many as there are dimensions. */
void state_key(const state *of, size_t index, nps_key *key);

/* Whether two parts of keys made of cells are the same. */
bool state_same_part(const nps_key *a, const nps_key *b);

/* The name of a dimension, and of a segment in it as people are to see it. */
const char *state_dimension(const state *of, int32_t dimension, size_t *length);
void state_segment_name(const state *of, size_t index, int32_t dimension, text *name);

/* A seed that whoever wrote the input does not know. */
uint64_t state_seed(void);

/* fail()s with what the library says when a call did not succeed. */
void require(int status, const char *what);

#endif
