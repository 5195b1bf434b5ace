/* The same people twice: what nps pairs found, and how it is told. */
#ifndef PAIRS_H
#define PAIRS_H

#include <nps/compare.h>
#include <nps/pairs.h>

#include "grid.h"
#include "json_writer.h"
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

/* All of it from the pairs; --method is that of the change where the command takes one. */
void pairs_find(const options *given, const nps_pairs *people, change *out);

void pairs_report(const change *told); /* a table, or Markdown */
void pairs_csv(const change *told);
void pairs_json(const change *told); /* on one line as JSON lines */

/* Parts of these for others that tell of pairs: the tables and who moved; who was in which class before and after; the
 * verdict, a sentence; all fields from "n". */
void pairs_print_tables(const change *told);
void pairs_transitions(const change *told, grid *to);
void pairs_say_verdict(const change *told, text *to);
void pairs_json_fields(json_writer *to, const change *told);

#endif
