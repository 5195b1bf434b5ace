/* A leaderboard: what is told of each segment, and in which order. */
#ifndef RANK_H
#define RANK_H

#include <stdbool.h>
#include <stddef.h>

#include <nps/rank.h>

#include "grid.h"
#include "options.h"
#include "result.h"
#include "state.h"

typedef struct place {
    size_t segment;
    bool is_ranked; /* shown, and with answers */
    nps_ranked ranked;
} place;

typedef struct leaderboard {
    const options *given;
    const state *of;
    result total;
    place *places; /* of those that are told: by rank, then those without one */
    size_t count;
    size_t ranked; /* how many segments took part */
    size_t hidden;
    nps_heterogeneity between; /* NaN where nobody took part */
} leaderboard;

/* Ranks the segments of a state that was arranged; and frees what that took. */
void rank_find(const options *given, const state *of, leaderboard *out);
void rank_free(leaderboard *freed);

/* The table for people, complete; and what it comes to, a sentence each: nothing where there is nothing to tell. */
void rank_grid(const leaderboard *of, grid *to);
void rank_say_spread(const leaderboard *of, text *to);
void rank_say_order(const leaderboard *of, text *to);
void rank_say_apart(const leaderboard *of, text *to);
/* Whether it is told apart from the rest. */
bool rank_is_apart(const options *given, const nps_ranked *ranked);

void rank_table(const leaderboard *printed); /* CSV and Markdown too */
void rank_json(const leaderboard *printed);
void rank_json_lines(const leaderboard *printed);

#endif
