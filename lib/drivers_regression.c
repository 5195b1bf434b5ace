/*
 * The regression of the answer on the columns.
 *
 * All is done on variables centred and scaled to a sum of squares of 1, and on u_0 = 1 / sqrt(W) for the intercept. A
 * coefficient's influence is w e h'u, with the residual e = g'u and h a row of the inverse: a quadratic form in u,
 * whose mean square the robust moments give.
 */
#include <math.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_analysis_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

static npsi_dd add_product(npsi_dd sum, npsi_dd a, npsi_dd b)
{
    return npsi_dd_add(sum, npsi_dd_multiply(a, b));
}

static npsi_dd scaled_mean(const npsi_analysis *a, int i)
{
    return npsi_dd_scale(a->moments.mean[a->variable[i]], a->scale[i]);
}

/* h[k + 2] of coefficient `row`, of the intercept for -1. Returns h'h in the metric of the correlations: the variance
 * of the coefficient for a variance of 1 around the line. */
static npsi_dd leverage(const npsi_analysis *a, int row, npsi_dd *h)
{
    int k = a->k, size = k + 1;
    const npsi_dd none = {0, 0};
    h[0] = h[k + 1] = none;
    for (int i = 0; i < k && row >= 0; i++) h[i + 1] = a->swept[row * size + i];
    if (row >= 0) return h[row + 1];
    h[0] = npsi_dd_from(npsi_form_scale(a, 0));
    npsi_dd sum = npsi_dd_multiply(h[0], h[0]);
    for (int i = 0; i < k; i++) {
        h[i + 1] = none;
        for (int j = 0; j < k; j++)
            h[i + 1] = add_product(h[i + 1], a->swept[i * size + j], npsi_dd_negative(scaled_mean(a, j)));
        sum = add_product(sum, h[i + 1], npsi_dd_negative(scaled_mean(a, i)));
    }
    return sum;
}

/* The form of w e h'u, packed. */
static void pack_influence(const npsi_analysis *a, const npsi_dd *h, npsi_dd *packed)
{
    npsi_dd g[NPS_MAX_DRIVERS_ROBUST + 2] = {{0, 0}};
    for (int i = 0; i < a->k; i++) g[i + 1] = npsi_dd_negative(a->swept[i * (a->k + 1) + a->k]);
    g[a->k + 1] = npsi_dd_from(1);
    for (int j = 0; j < a->k + 2; j++) {
        for (int i = 0; i <= j; i++) {
            npsi_dd term = npsi_dd_multiply(g[i], h[j]);
            if (i < j) term = add_product(term, g[j], h[i]);
            *packed++ = npsi_dd_scale(npsi_dd_scale(term, npsi_form_scale(a, i)), npsi_form_scale(a, j));
        }
    }
}

/* Standard errors of the intercept and the coefficients, for scaled variables. */
static int errors_of(const npsi_analysis *a, double *error)
{
    npsi_dd h[NPS_MAX_DRIVERS + 2], *packed = NULL;
    double df = npsi_residual_df(a), *covariance = NULL;
    int count = a->k + 1, is_robust = a->model.errors == NPS_ERRORS_HC1;
    size_t squares = (size_t)count * (size_t)count, forms = (size_t)count * NPSI_PACKED_SIZE(a->k);
    if (is_robust) {
        packed = npsi_resize(&a->moments.allocator, NULL, 0, forms + squares, sizeof *packed);
        if (packed == NULL) return NPS_ERR_MEMORY;
        covariance = (double *)(packed + forms);
    }
    for (int i = 0; i < count; i++) {
        error[i] = sqrt(a->residual / df * leverage(a, i - 1, h).high);
        if (is_robust) pack_influence(a, h, packed + (size_t)i * NPSI_PACKED_SIZE(a->k));
    }
    if (is_robust) {
        npsi_robust_covariance(a, packed, count, (double)a->moments.n / df, covariance);
        for (int i = 0; i < count; i++) error[i] = sqrt(covariance[i * (count + 1)]);
        npsi_resize(&a->moments.allocator, packed, forms + squares, 0, sizeof *packed);
    }
    return NPS_OK;
}

static void write_fit(const npsi_analysis *a, npsi_dd intercept, double intercept_error, nps_drivers_fit *fit)
{
    const npsi_moments *moments = &a->moments;
    int answer = moments->columns, k = a->k, size = k + 1;
    double unit = a->scale[k], df = npsi_residual_df(a), n = (double)moments->n;
    double r_squared = npsi_dd_subtract(a->correlation[size * size - 1], a->swept[size * size - 1]).high;
    nps_drivers_fit known = {
        .n = moments->n,
        .weight = moments->weights[answer],
        .effective_size = moments->effective,
        .mean = moments->mean[answer].high,
        .deviation = npsi_variable_deviation(moments, answer),
        .r_squared = fmin(1, r_squared / a->correlation[size * size - 1].high),
        .adjusted_r_squared = 1 - a->residual * ((n - 1) / df),
        .df = df,
        .f = (1 - a->residual) / k / (a->residual / df),
        .intercept = intercept.high,
        .intercept_error = intercept_error / unit,
    };
    known.residual_deviation = known.deviation * sqrt(a->residual * ((n - 1) / df));
    known.f_p = npsi_f_sf(known.f, k, df);
    for (int i = 0; i <= k && moments->is_pairwise; i++)
        for (int j = 0; j < i; j++) {
            uint64_t rows = moments->rows[a->variable[i] * moments->variables + a->variable[j]];
            if (known.n > rows || i + j == 1) known.n = rows;
        }
    npsi_struct_write(fit, &known, sizeof known);
}

static void describe(const npsi_moments *moments, int column, nps_driver *out)
{
    int size = moments->variables;
    *out = (nps_driver){
        moments->rows[column * size + column],
        moments->mean[column].high,
        npsi_variable_deviation(moments, column),
        moments->correlation[column * size + size - 1],
        NAN,
        NAN,
        NAN,
        NAN,
        NAN,
        NAN,
        NAN,
        NAN,
    };
}

static void write_column(const npsi_analysis *a, int i, double error, nps_driver *out)
{
    int size = a->k + 1;
    double unit = a->scale[i] / a->scale[a->k], df = npsi_residual_df(a);
    double margin = -npsi_t_quantile((1 - a->model.level) / 2, df);
    out->standardised = a->swept[i * size + a->k].high;
    out->coefficient = out->standardised * unit;
    out->standard_error = error * unit;
    out->t = out->standardised / error;
    out->p = 2 * npsi_t_sf(fabs(out->t), df);
    out->lower = out->coefficient - margin * out->standard_error;
    out->upper = out->coefficient + margin * out->standard_error;
    out->vif = a->swept[i * size + i].high * a->correlation[i * size + i].high;
}

int nps_drivers_regression(const nps_drivers *drivers, const nps_drivers_model *model, nps_drivers_fit *fit,
                           nps_driver *columns)
{
    npsi_analysis a;
    double error[NPS_MAX_DRIVERS + 1];
    if (!npsi_struct_takes(fit)) return NPS_ERR_ARGUMENT;
    int status = npsi_analysis_begin(drivers, model, &a);
    if (status != NPS_OK) return status;
    status = errors_of(&a, error);
    if (status == NPS_OK) {
        npsi_dd intercept = scaled_mean(&a, a.k);
        for (int i = 0; i < a.moments.columns && columns != NULL; i++) describe(&a.moments, i, columns + i);
        for (int i = 0; i < a.k; i++) {
            npsi_dd b = npsi_dd_negative(a.swept[i * (a.k + 1) + a.k]);
            intercept = add_product(intercept, b, scaled_mean(&a, i));
            if (columns != NULL) write_column(&a, i, error[i + 1], columns + a.variable[i]);
        }
        write_fit(&a, npsi_dd_scale(intercept, 1 / a.scale[a.k]), error[0], fit);
    }
    npsi_analysis_free(&a);
    return status;
}
