/* The sums of outcomes as numbers to compute with. */
#ifndef NPSI_OUTCOMES_INTERNAL_H
#define NPSI_OUTCOMES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/outcomes.h>

#include "double_double_internal.h"

enum { NPSI_WEIGHT, NPSI_SQUARED, NPSI_SUM, NPSI_SQUARES, NPSI_HEAVY_SUM, NPSI_HEAVY_SQUARES, NPSI_OUTCOME_SUMS };

_Static_assert(sizeof(nps_outcome_sums) - offsetof(nps_outcome_sums, weight) == NPSI_OUTCOME_SUMS * sizeof(npsi_dd),
               "the sums are one run, in this order");

/* The sums of a level, in the order above. */
static inline npsi_dd *npsi_outcome_sums(const nps_outcome_sums *level)
{
    return (npsi_dd *)((uintptr_t)level + offsetof(nps_outcome_sums, weight));
}

#endif
