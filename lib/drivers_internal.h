/* What the parts of drivers share: the shape of a state, the sums in it, and the moments that estimates take. */
#ifndef NPSI_DRIVERS_INTERNAL_H
#define NPSI_DRIVERS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/drivers.h>

#include "double_double_internal.h"

/*
 * Centred moments of the columns, with the answer as the last of `variables` = columns + 1. Listwise, all come from the
 * same rows; pairwise, each pair has its own, and only what says so is defined. One block of memory, from `allocator`.
 */
typedef struct npsi_moments {
    nps_allocator allocator;
    size_t bytes;
    int columns, variables, is_pairwise, is_robust;
    uint64_t n;          /* rows; pairwise: the fewest of any pair */
    double weight;       /* sum of w */
    double effective;    /* (sum of w)^2 / sum of w^2; NaN pairwise */
    uint64_t *rows;      /* [variables^2], symmetric: of each pair; pairwise the answer has all of a variable's */
    double *weights;     /* of each variable's rows */
    npsi_dd *mean;       /* of each variable; pairwise over its own rows with an answer */
    npsi_dd *cross;      /* [variables^2], symmetric: sum of w (x - mean)(y - mean). Pairwise only the diagonal */
    double *correlation; /* [variables^2], symmetric, 1 in the diagonal; NaN where a variable is constant */
    npsi_dd *fourth;     /* robust: sum of w^2 z z z z over sorted quadruples of z = 1, then the centred variables */
} npsi_moments;

/* NPS_ERR_EMPTY: fewer than one row. NPS_ERR_MEMORY. */
int npsi_moments_of(const nps_drivers *drivers, npsi_moments *out);
void npsi_moments_free(npsi_moments *freed);

/* Where the quadruple (a, b, c, d), any order, stands in `fourth`; 0 is the constant 1, variable v is v + 1. */
size_t npsi_quadruple(int a, int b, int c, int d);

#endif
