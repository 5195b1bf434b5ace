/*
 * A container as a table of numbers of responses, for the hiding of cells.
 *
 * Cells are the segments, by their indexes, and behind them the total where no segment is the total. A level is the
 * set of the cells that have NPS_KEY_ALL in the same dimensions. One level, the finest, has it nowhere that another
 * has not: what is in its cells sums up to all others. Its cells are numbered apart, and go by that number as leaves.
 */
#ifndef NPSI_SEGMENTS_SUPPRESS_INTERNAL_H
#define NPSI_SEGMENTS_SUPPRESS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "segments_internal.h"

#define NPSI_MOST_LEVELS (1 << NPS_MAX_DIMENSIONS)
#define NPSI_NO_LEAF     UINT32_MAX

/* Some change of the data would alter the cell, but nothing that is shown. */
#define NPSI_CELL_SAFE 4

typedef struct npsi_table {
    const nps_segments *segments;
    uint64_t least;
    size_t cells, leaves;
    int levels;                     /* 0 is the finest, the last one has the total */
    uint32_t all[NPSI_MOST_LEVELS]; /* by level, ascending: a bit for each dimension that is NPS_KEY_ALL */
    int level_of[NPSI_MOST_LEVELS]; /* the level of such bits, negative: there is none */

    /* By cell. */
    uint64_t *responses;
    uint8_t *level;
    uint8_t *state;  /* NPS_SHOWN or NPS_HIDDEN_*, and NPSI_CELL_SAFE */
    uint32_t *first; /* the first leaf below it, of the chain of its level; of a leaf's cell the leaf */
    uint32_t *shown; /* the first leaf of that chain that is shown */

    /* The segments by key, and by level, those of one level by size. */
    uint32_t *by_key, *by_size;
    size_t begin[NPSI_MOST_LEVELS + 1]; /* by level: where it begins in by_size; behind the last level, their number */

    /* By leaf: a bit for each answer that somebody gave. */
    uint16_t *answers;

    /* By level, and there by leaf: the cell that the leaf is a part of, and a chain through all leaves of that cell, of
     * which those that are hidden come first, empty ones behind the others, then those that are shown, smallest first.
     */
    uint32_t *cell, *next, *previous;
} npsi_table;

static inline uint32_t npsi_table_cell(const npsi_table *table, int level, uint32_t leaf)
{
    return table->cell[(size_t)level * table->leaves + leaf];
}

static inline uint32_t npsi_table_next(const npsi_table *table, int level, uint32_t leaf)
{
    return table->next[(size_t)level * table->leaves + leaf];
}

static inline int npsi_table_is_hidden(const npsi_table *table, uint32_t cell)
{
    return (table->state[cell] & ~NPSI_CELL_SAFE) != NPS_SHOWN;
}

static inline uint32_t npsi_table_total(const npsi_table *table)
{
    return npsi_table_cell(table, table->levels - 1, 0);
}

/* Reads a container that has segments, and marks those to be hidden for their own sake. To be freed in any case.
 * NPS_ERR_MEMORY; NPS_ERR_TYPE: no finest level, or cells that are not the sum of what is below them;
 * NPS_ERR_OVERFLOW. */
int npsi_table_read(npsi_table *table, const nps_segments *segments, uint64_t least);
void npsi_table_free(npsi_table *table);

/* Marks a cell as NPS_HIDDEN_TOO, unless it is hidden already. */
void npsi_table_hide(npsi_table *table, uint32_t cell);

/* Makes a hidden cell safe: finds a change that alters it, and hides what else that alters. */
void npsi_table_protect(npsi_table *table, uint32_t cell);

#endif
