/*
 * The lower bounds behind nps_interval, as fractions. The upper bound is minus the lower bound of the mirrored sample,
 * so no method has an upper one of its own.
 */
#ifndef NPSI_INTERVAL_INTERNAL_H
#define NPSI_INTERVAL_INTERNAL_H

#include <nps/sample.h>

#include "restricted_internal.h"

typedef struct npsi_interval_request {
    nps_sample sample; /* checked */
    npsi_shares shares;
    double z; /* the normal deviate of the level, above 0 */
    double t; /* its t deviate, for the method of that name */
} npsi_interval_request;

double npsi_lower_skewed(const npsi_interval_request *request);
double npsi_lower_likelihood(const npsi_interval_request *request);
double npsi_lower_bootstrap(const npsi_interval_request *request); /* whole counts */

/* Wilson's (1927) interval of the share of a class with x answers among x + others: a is the square of the deviate,
 * above 0. */
void npsi_share_limits(double x, double others, double a, double *lower, double *upper);

#endif
