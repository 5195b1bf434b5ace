/* What the estimates of drivers share: the columns that take part, standardised and swept, and small matrices. */
#ifndef NPSI_DRIVERS_ANALYSIS_INTERNAL_H
#define NPSI_DRIVERS_ANALYSIS_INTERNAL_H

#include <string.h>

#include <nps/drivers.h>

#include "double_double_internal.h"
#include "drivers_internal.h"

/*
 * Numbers of 1 at 0, of the k columns used in their order at 1 to k, and of the answer at k + 1: `size` = k + 2 of
 * them. `swept` is `correlation`, where 1 is uncorrelated with all, with all columns swept (Goodnight 1979), when none
 * is at fault: the inverse, the standardised coefficients in the last column, and what is left of the answer in the
 * last place. Both have `size` rows of as many.
 */
typedef struct npsi_analysis {
    size_t k, size, columns;
    uint64_t n;                  /* rows; pairwise, the fewest of a pair of those used */
    double residual, df, factor; /* 1 - R^2; n - k - 1, NaN where there is no residual, and pairwise; n / df */
    npsi_dd *correlation, *swept;
    nps_drivers_model model;
    npsi_moments moments;
    size_t variable[NPS_MAX_DRIVERS + 2]; /* that of 1 is not looked at */
    double scale[NPS_MAX_DRIVERS + 2];    /* what makes the sum of squares 1; pairwise 1 / deviation; constant: none */
    int32_t fault[NPS_MAX_DRIVERS + 2];
} npsi_analysis;

/* NPS_ERR_ARGUMENT, NPS_ERR_TYPE: the model. NPS_ERR_EMPTY, NPS_ERR_SINGULAR, NPS_ERR_MEMORY. Else free it. */
int npsi_analysis_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_analysis *out);
void npsi_analysis_free(npsi_analysis *freed);

/* With n - 1. */
double npsi_variable_deviation(const npsi_moments *moments, size_t variable);

/* Of a variance, which by rounding may be below 0. */
static inline double npsi_error(double variance)
{
    return sqrt(variance < 0 ? 0 : variance);
}

/* x *= b */
void npsi_dd_multiply_by(npsi_dd *x, double b);
/* sum += a b */
void npsi_dd_plus(npsi_dd *sum, const npsi_dd *a, const npsi_dd *b);
npsi_dd npsi_dd_inverse(const npsi_dd *x);
/* The sum of x y over n of each, so many apart. */
npsi_dd npsi_dd_dot(const npsi_dd *x, size_t x_step, const npsi_dd *y, size_t y_step, size_t n);
/* x += factor y */
void npsi_dd_add_multiple(npsi_dd *x, const npsi_dd *factor, const npsi_dd *y, size_t n);

/* Sweeps row and column `pivot` of a[size^2]: minus the coefficients are in the rows of what is not swept. */
void npsi_sweep(npsi_dd *a, size_t size, size_t pivot);

/* out = a b, n x n, or a b'. */
void npsi_product(double *out, const double *a, const double *b, size_t n, int is_transposed);

/* What is undefined is NaN: all bytes 1 make doubles of that. */
static inline void npsi_undefine(void *numbers, size_t bytes)
{
    memset(numbers, 0xff, bytes);
}

/* Turns the columns of `vectors` until vectors' a vectors is diagonal (Jacobi 1846); a[n^2], symmetric and positive
 * definite, becomes that. What is small in the diagonal is right in its own digits, if a is near to that already. */
void npsi_diagonalise(double *a, double *vectors, size_t n);

/* The sums of w^2 u_p u_q u'F u for all p and q, times n / (n - k - 1), of the quadratic form u'F u in u = 1, the
 * columns, the answer, standardised: symmetric matrices of `size`. `out` has room for two. */
void npsi_robust_covariance(const npsi_analysis *analysis, const npsi_dd *form, npsi_dd *out);

/* Relative weights of the columns used, and the influence of an answer on each, a quadratic form as above. */
typedef struct npsi_weights {
    npsi_analysis analysis;
    double *forms, *weight, *covariance; /* of columns 1 to k, at 0 to k - 1 */
    size_t count;                        /* of all doubles */
} npsi_weights;

/* Errors as of npsi_analysis_begin. Else free it. */
int npsi_weights_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_weights *out);
/* Of what the forms are the influence on. All NaN where there is none: pairwise, or without residual. */
void npsi_weights_covariance(npsi_weights *weights);
void npsi_weights_free(npsi_weights *freed);

#endif
