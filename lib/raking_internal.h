/*
 * Raking in two parts: what was given, read and checked, and the solution.
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
    const nps_margin *margins;
    size_t margin_count, category_count, rows;
    uint64_t weighted;       /* rows with a weight above 0 */
    int shift;               /* a weight is 2^shift times what is kept here */
    double floor, ceiling;   /* of weights above 0; with no bounds 0 and the sum of all weights */
    double *base;            /* by row */
    uint32_t *code;          /* by row and margin: the category, counted over all margins */
    double *factor;          /* by category */
    npsi_category *category; /* likewise */
    nps_rake_report report;
} npsi_raking;

/* Notes the fault in the report, and gives back the status. */
int npsi_rake_fault(npsi_raking *raking, int32_t fault, size_t margin, uint64_t category, int status);

/* Reads the totals, the base weights and each row's categories. What it allocates is the caller's to free, on an error
 * too. Errors as nps_rake, but for NPS_ERR_CONVERGENCE. */
int npsi_rake_read(npsi_raking *raking, const nps_column *base);

/* Finds the factors. Fills rounds and distance of the report. NPS_ERR_CONVERGENCE. */
int npsi_rake_solve(npsi_raking *raking);

/* The weight of a row before it is held to the bounds. */
static inline double npsi_rake_raw(const npsi_raking *raking, size_t row)
{
    const uint32_t *code = raking->code + row * raking->margin_count;
    double raw = raking->base[row];
    for (size_t m = 0; m < raking->margin_count; m++) raw *= raking->factor[code[m]];
    return raw;
}

#endif
