/* Weights as the whole numbers that weighted states sum. */
#ifndef NPSI_WEIGHTED_INTERNAL_H
#define NPSI_WEIGHTED_INTERNAL_H

#include <stdint.h>

#include <nps/weighted.h>

/* A weight, in the units of nps_weighted. */
typedef struct npsi_weight {
    uint64_t weight[2], square[4];
} npsi_weight;

/* Rounds a weight as nps_weighted_add does; -0 is 0. NPS_ERR_RANGE, and then *out is unspecified. */
int npsi_weight_read(double weight, npsi_weight *out);

/* Whether counts and weights stay below their limits: NPS_OK or NPS_ERR_OVERFLOW. */
int npsi_weighted_limits(const nps_weighted *weighted);

#endif
