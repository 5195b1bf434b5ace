/*
 * The distribution of a score whose shares have a Dirichlet distribution: the posterior of a score under a Dirichlet
 * prior. In fractions, not points.
 */
#ifndef NPSI_DIRICHLET_INTERNAL_H
#define NPSI_DIRICHLET_INTERNAL_H

#include "restricted_internal.h"

typedef struct npsi_dirichlet {
    double lower, upper; /* P(score <= t), P(score > t); the smaller one is the accurate one */
    double density;
} npsi_dirichlet;

/* The parameters are shape->size times the shares, each at least 1/2. Any t. */
npsi_dirichlet npsi_dirichlet_at(const npsi_shares *shape, double t);
/* The same where 1 - |t| is known better than from t. */
npsi_dirichlet npsi_dirichlet_near(const npsi_shares *shape, double t, double rest);
/* The same with the digits of a far tail, which the two above may lack, in twice the time. */
npsi_dirichlet npsi_dirichlet_far(const npsi_shares *shape, double t, double rest);

/* The t with P(score <= t) = normal_cdf(-z), z > 0. */
double npsi_dirichlet_lower(const npsi_shares *shape, double z);

#endif
