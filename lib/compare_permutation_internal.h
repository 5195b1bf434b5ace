/* The exact permutation p behind nps_compare. */
#ifndef NPSI_COMPARE_PERMUTATION_INTERNAL_H
#define NPSI_COMPARE_PERMUTATION_INTERNAL_H

#include <nps/sample.h>

#define NPSI_PERMUTATION_LARGEST 2000 /* answers a side */

/*
 * P(|difference| >= |that seen|) over all ways to deal the pooled answers out to two samples of these sizes, each as
 * likely. Relative error below 1e-13, down to 1e-300; 1 is exact. The same, bit for bit, when the sides are swapped,
 * and when promoters and detractors are. NPS_ERR_ARGUMENT, NPS_ERR_RANGE (also counts that are not whole),
 * NPS_ERR_EMPTY, NPS_ERR_LIMIT: more than NPSI_PERMUTATION_LARGEST answers in a sample.
 */
int npsi_compare_permutation(const nps_sample *from, const nps_sample *to, double *p);

#endif
