/*
 * Raking in three steps: what was given, read and checked; rows gathered in cells; the factors.
 *
 * A cell is what the rows share that are in the same category of every margin: their factor. With its base weights in
 * ascending order and their running sums, the sum of its weights is found for any factor and bounds without a look at
 * each row.
 *
 * Base weights and totals are kept times powers of two, so that the largest base weight is next to 1 and so is the mean
 * weight: no sum overflows, and no digit changes.
 */
#ifndef NPSI_RAKING_INTERNAL_H
#define NPSI_RAKING_INTERNAL_H

#include <nps/raking.h>

/* A category of a margin. Those of all margins lie one behind the other. */
typedef struct npsi_category {
    double total;
    uint64_t members; /* rows with a weight above 0 */
    double factor;
    /* at the present factors: */
    double sum, rest;    /* of its weights, the sum being sum + rest */
    double inside;       /* sum of the weights that stand on no bound */
    double below, above; /* largest below the lower bound and smallest above the upper one, before they are held */
    /* of the factor that is looked for, while its margin is worked on: */
    double least, most;
} npsi_category;

typedef struct npsi_raking {
    nps_allocator allocator;
    nps_rake_options options;
    int bounded;
    const nps_margin *margins;
    size_t margin_count, category_count, rows;
    npsi_category *category;
    int shift;             /* a weight is 2^shift times what is kept here */
    double floor, ceiling; /* of weights above 0; with no bounds 0 and the sum of all weights */

    size_t weighted; /* rows with a weight above 0 */
    double *base;    /* by row */
    uint32_t *code;  /* by row and margin: the category, counted over all margins */

    size_t *order;       /* the rows with a weight, cell by cell, if bounded by base weight */
    size_t *spare;       /* as many, to sort them */
    double *ascending;   /* base weights in this order */
    double *running;     /* their sums, from the beginning of the cell */
    size_t cell_count;   /* 0: not gathered yet */
    size_t *cell;        /* where each begins in the order, and one more for the end */
    uint32_t *cell_code; /* by cell and margin */

    nps_rake_report report;
} npsi_raking;

/* Notes the fault in the report, and gives back the status. */
int npsi_rake_fault(npsi_raking *raking, int32_t fault, size_t margin, uint64_t category, int status);

/* Reads the totals, the base weights and each row's categories. What is allocated here and below is freed by
 * npsi_rake_close, on an error too. Errors as nps_rake, but for NPS_ERR_CONVERGENCE. */
int npsi_rake_read(npsi_raking *raking, const nps_column *base);

/* Gathers the rows in cells. NPS_ERR_MEMORY. */
int npsi_rake_gather(npsi_raking *raking);

/* Finds the factors. Fills fault, rounds and distance of the report. NPS_ERR_CONVERGENCE. */
int npsi_rake_solve(npsi_raking *raking);

void npsi_rake_close(npsi_raking *raking);

/* The factor of a cell. */
static inline double npsi_rake_factor(const npsi_raking *raking, size_t cell)
{
    const uint32_t *code = raking->cell_code + cell * raking->margin_count;
    double factor = raking->category[code[0]].factor;
    for (size_t m = 1; m < raking->margin_count; m++) factor *= raking->category[code[m]].factor;
    return factor;
}

#endif
