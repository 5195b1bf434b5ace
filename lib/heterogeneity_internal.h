/* What is shared by all that asks how far the scores of many samples lie apart. In fractions, not points; scores are
 * double-doubles, so that the distances of scores close to 1 or to one another keep their digits. */
#ifndef NPSI_HETEROGENEITY_INTERNAL_H
#define NPSI_HETEROGENEITY_INTERNAL_H

#include <stddef.h>

#include <nps/compare.h>
#include <nps/sample.h>

#include "double_double_internal.h"

typedef struct npsi_heterogeneity {
    npsi_dd pooled; /* mean score with weights 1 / variance */
    npsi_dd mean;   /* mean score with weights 1 / (variance + tau2) */
    double tau2;    /* variance between true scores */
} npsi_heterogeneity;

/* NPS_ERR_EMPTY of no samples, NPS_ERR_ARGUMENT of NULL, else what nps_sample_check says of the first bad one. */
int npsi_samples_check(const nps_sample *samples, size_t count);

/* The functions below are of samples that npsi_samples_check takes. */
npsi_dd npsi_sample_size(const nps_sample *sample);
npsi_dd npsi_sample_score(const nps_sample *sample);
/* 1 / (variance of the score + tau2). A sample without variance takes that of its counts plus 3/4, 3/2, 3/4. */
double npsi_sample_precision(const nps_sample *sample, double tau2);
npsi_heterogeneity npsi_heterogeneity_of(const nps_sample *samples, size_t count);
/* In points, to a caller's struct that takes it. */
void npsi_heterogeneity_write(const npsi_heterogeneity *between, nps_heterogeneity *out);

#endif
