/* What nps plan was asked, and what it found. */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"

typedef struct planned {
    const options *given;
    bool has_shares;
    double variance; /* of one answer */
    double ratio, design_effect;

    uint64_t size; /* answers: found for a margin, or given */
    double size_exact, margin;
    uint64_t from, to; /* answers of two groups: found for a difference, or given */
    double from_exact, difference, power;
} planned; /* NaN and 0 where it was not asked for */

void plan_report(const planned *told);

#endif
