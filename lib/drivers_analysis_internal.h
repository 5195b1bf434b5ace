/* What the estimates of drivers share: the columns that take part, standardised and swept, and small matrices. */
#ifndef NPSI_DRIVERS_ANALYSIS_INTERNAL_H
#define NPSI_DRIVERS_ANALYSIS_INTERNAL_H

#include <nps/drivers.h>

#include "double_double_internal.h"
#include "drivers_internal.h"

/*
 * Of the columns used, in their order, with the answer after them, at k. `swept` is `correlation` with all columns
 * swept (Goodnight 1979), when none is at fault: the inverse in [k * k], the standardised coefficients in the last
 * column, 1 - R^2 in the last place. Both have k + 1 rows of as many.
 */
typedef struct npsi_analysis {
    npsi_moments moments;
    nps_drivers_model model;
    int k, variable[NPS_MAX_DRIVERS + 1];
    double scale[NPS_MAX_DRIVERS + 1]; /* listwise 1 / sqrt(sum of squares), pairwise 1 / deviation; NaN: constant */
    npsi_dd *correlation, *swept;
    double residual; /* 1 - R^2 */
    int32_t fault[NPS_MAX_DRIVERS];
} npsi_analysis;

/* NPS_ERR_ARGUMENT, NPS_ERR_TYPE: the model. NPS_ERR_EMPTY, NPS_ERR_SINGULAR, NPS_ERR_MEMORY. Else free it. */
int npsi_analysis_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_analysis *out);
void npsi_analysis_free(npsi_analysis *freed);

double npsi_variable_deviation(const npsi_moments *moments, int variable);

/* The residual degrees of freedom, or NaN where there is none, or pairwise. */
double npsi_residual_df(const npsi_analysis *analysis);

/* Sweeps row and column `pivot` of a[size^2], dependent ones in the rows: a second sweep undoes it. */
void npsi_sweep(npsi_dd *a, int size, int pivot);

/* out = a b of n x n matrices; element (i, j) of a stands at a[i a_row + j a_column], of out at out[i n + j]. */
void npsi_product(double *out, const double *a, int a_row, int a_column, const double *b, int b_row, int b_column,
                  int n);

/* Rotates the columns of `vectors` until vectors' a vectors is diagonal (Jacobi 1846); a[n^2], symmetric and positive
 * definite, becomes that. What is small in the diagonal is right in its own digits, if a is near to that already. */
void npsi_diagonalise(double *a, double *vectors, int n);

/*
 * Quadratic forms u'F u in u = 1, the columns, the answer, the first k + 2 numbers. Packed ones have the coefficients
 * of u_a u_b for b = 0 .. k + 1 and a = 0 .. b, as they are for centred variables that are not standardised.
 */
#define NPSI_FORM_SIZE(k)   ((size_t)((k) + 2) * (size_t)((k) + 2))
#define NPSI_PACKED_SIZE(k) ((size_t)((k) + 2) * (size_t)((k) + 3) / 2)
#define NPSI_FORM_STRIDE(k) (2 * NPSI_PACKED_SIZE(k)) /* doubles for either */

/* What makes 1 and each variable standardised: the sum of w u^2 is then 1. */
double npsi_form_scale(const npsi_analysis *analysis, int index);

/* covariance[count^2] = factor sum w^2 (u'F_i u)(u'F_j u) of `count` <= k + 1 packed forms. It takes option robust. */
void npsi_robust_covariance(const npsi_analysis *analysis, const npsi_dd *packed, int count, double factor,
                            double *covariance);

/* Relative weights of the columns used. forms[i], NPSI_FORM_STRIDE(k) apart, is the influence of an answer on weight
 * i, as a full symmetric matrix of the standardised; npsi_weights_covariance uses them up. */
typedef struct npsi_weights {
    double *weight, *forms, *covariance, *scratch;
    size_t count; /* of all doubles */
} npsi_weights;

/* NPS_ERR_MEMORY. Else free it. */
int npsi_weights_of(const npsi_analysis *analysis, npsi_weights *out);
/* All NaN where there is none: pairwise, or without residual. */
void npsi_weights_covariance(const npsi_analysis *analysis, npsi_weights *weights);
void npsi_weights_free(const npsi_analysis *analysis, npsi_weights *freed);

#endif
