/* Strata by their names, for messages: a design does not tell which stratum is at fault. */
#ifndef STRATA_H
#define STRATA_H

#include <stdbool.h>

#include <nps/segments.h>

#include "state.h"

/* The units of each stratum of the rows that come in: of->units. */
void strata_start(state *of);
void strata_add(state *of, const nps_key *stratum, const nps_key *unit, int32_t answer);

/* fail()s with the strata that have one unit, so many of the design's, and with one that has more units than its
 * population: by name where the units were noted. */
_Noreturn void strata_fail_lonely(const state *of, const nps_design_result *known);
_Noreturn void strata_fail_crowded(const state *of);

#endif
