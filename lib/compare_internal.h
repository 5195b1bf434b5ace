/*
 * Two samples as one sum: the score of `to` plus that of `from` with promoters and detractors swapped. Both parts then
 * pull the same way, and no method knows one from the other. A method has a lower bound only; the upper one is minus
 * the lower bound of the mirrored sum. So swapping the samples, or promoters and detractors, changes signs and nothing
 * else.
 */
#ifndef NPSI_COMPARE_INTERNAL_H
#define NPSI_COMPARE_INTERNAL_H

#include <nps/compare.h>

#include "double_double_internal.h"
#include "restricted_internal.h"

/* Sizes are in units of the smaller one, and normal deviates in units of its square root. */
typedef struct npsi_contrast {
    npsi_shares part[2];
    double unit;    /* the smaller size */
    npsi_dd points; /* the difference */
} npsi_contrast;

/* Of samples that nps_sample_check takes. */
npsi_contrast npsi_contrast_of(const nps_sample *from, const nps_sample *to);
npsi_contrast npsi_contrast_mirrored(const npsi_contrast *contrast);
/* About the variance of the difference when the truth is so far below the estimate: where a search may start. Above 0
 * also where the samples have none. */
double npsi_contrast_variance_near(const npsi_contrast *contrast, double distance);

/* A method that is a family of intervals, in fractions. */
typedef struct npsi_inversion {
    /* how far below the estimate the lower bound of a deviate above 0 lies */
    double (*distance)(const npsi_contrast *contrast, double deviate);
    /* its inverse; infinite where no interval reaches so far */
    double (*deviate)(const npsi_contrast *contrast, double distance);
} npsi_inversion;

extern const npsi_inversion npsi_mover, npsi_profile;

/* The statistic of a difference of `trial` points. */
double npsi_inversion_statistic(const npsi_inversion *inversion, const npsi_contrast *contrast, double trial);

/* Methods of nps_compare: fill in all but the estimate, which is there. */
int npsi_compare_mover(const nps_sample *from, const nps_sample *to, double level, nps_difference *out);
int npsi_compare_score(const nps_sample *from, const nps_sample *to, double level, nps_difference *out);
int npsi_compare_adjusted_wald(const nps_sample *from, const nps_sample *to, double level, nps_difference *out);
int npsi_compare_welch(const nps_sample *from, const nps_sample *to, double level, nps_difference *out);

/* Welch's (1947) limits and test around an estimate that is there: squares of the standard errors of the two sides, not
 * both 0, of which the estimate has `unit` times the roots, and their degrees of freedom. */
void npsi_welch(const double squares[2], const double df[2], double unit, double level, nps_difference *out);

#endif
