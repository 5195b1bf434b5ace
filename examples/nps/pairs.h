/* The same people twice: what nps pairs found, and how it is told. */
#ifndef PAIRS_H
#define PAIRS_H

#include <nps/compare.h>
#include <nps/pairs.h>

#include "options.h"
#include "result.h"

#define MARGINS_COUNT 3 /* tests of the whole table */

typedef struct change {
    const options *given;
    nps_pairs people;
    result before, after;           /* of those who answered both times */
    result only_before, only_after; /* of those who answered once */
    nps_difference difference;      /* NaN where nobody answered both times */
    nps_test margins[MARGINS_COUNT];
    nps_movers movers;
    uint64_t table[9];
} change;

uint64_t pairs_once(const uint64_t *levels); /* how many answered once */

void pairs_report(const change *told); /* a table, or Markdown */
void pairs_csv(const change *told);
void pairs_json(const change *told); /* on one line as JSON lines */

#endif
