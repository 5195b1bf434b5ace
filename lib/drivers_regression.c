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

/* Of the columns, and minus that of the answer, scaled. */
static void scale_means(const npsi_analysis *a, npsi_dd *means)
{
    means[0] = npsi_dd_from(0);
    for (size_t i = 1; i < a->size; i++) {
        means[i] = a->moments.mean[a->variable[i]];
        npsi_dd_multiply_by(means + i, i > a->k ? -a->scale[i] : a->scale[i]);
    }
}

/* h of a coefficient, or for 0 of minus the intercept. Returns the variance of it for a variance of 1 around the line.
 */
static double leverage(const npsi_analysis *a, const npsi_dd *means, size_t coefficient, npsi_dd *h)
{
    size_t n = a->size;
    memcpy(h, a->swept + coefficient * n, n * sizeof *h);
    if (coefficient == 0) {
        h[0] = npsi_dd_from(-a->scale[0]);
        for (size_t i = 1; i < n; i++) h[i] = npsi_dd_dot(a->swept + i * n, 1, means, 1, n - 1);
    }
    h[n - 1] = npsi_dd_from(0);
    return coefficient > 0 ? h[coefficient].high : npsi_dd_dot(h, 1, means, 1, n).high + h[0].high * h[0].high;
}

/* The variance by the robust moments; `form` has room for three. The form is twice the mean of g h' and h g'. */
static double robust_variance(const npsi_analysis *a, const npsi_dd *h, npsi_dd *form)
{
    size_t n = a->size, count = n * n;
    npsi_dd g[NPS_MAX_DRIVERS + 2];
    for (size_t i = 0; i < n; i++) g[i] = a->swept[i * n + n - 1];
    g[n - 1] = npsi_dd_from(-1);
    for (size_t i = 0; i < count; i++) {
        form[i] = npsi_dd_from(0);
        npsi_dd_plus(form + i, g + i / n, h + i % n);
        npsi_dd_plus(form + i, g + i % n, h + i / n);
    }
    npsi_robust_covariance(a, form, form + count);
    return npsi_dd_dot(form, 1, form + count, 1, count).high / 4;
}

/* Standard errors of the intercept and the coefficients, for scaled variables. */
static int errors_of(const npsi_analysis *a, const npsi_dd *means, double *error)
{
    npsi_dd h[NPS_MAX_DRIVERS + 2], *forms = NULL;
    size_t room = 3 * a->size * a->size;
    int is_robust = a->model.errors == NPS_ERRORS_HC1;
    if (is_robust) {
        forms = npsi_resize(&a->moments.allocator, NULL, 0, room, sizeof *forms);
        if (forms == NULL) return NPS_ERR_MEMORY;
    }
    for (size_t i = 0; i <= a->k; i++) {
        double variance = leverage(a, means, i, h) * (a->residual / a->df);
        error[i] = npsi_error(is_robust ? robust_variance(a, h, forms) : variance);
    }
    npsi_resize(&a->moments.allocator, forms, room, 0, sizeof *forms);
    return NPS_OK;
}

static void write_fit(const npsi_analysis *a, double intercept, double intercept_error, nps_drivers_fit *fit)
{
    const npsi_moments *moments = &a->moments;
    size_t last = a->size * a->size - 1;
    double k = (double)a->k, relative = a->residual * (((double)a->n - 1) / a->df);
    nps_drivers_fit known;
    known.n = a->n;
    known.weight = moments->weights[a->columns];
    known.effective_size = moments->effective;
    known.mean = moments->mean[a->columns].high;
    known.deviation = npsi_variable_deviation(moments, a->columns);
    known.r_squared = npsi_dd_subtract(a->correlation[last], a->swept[last]).high / a->correlation[last].high;
    known.adjusted_r_squared = 1 - relative;
    known.residual_deviation = known.deviation * sqrt(relative);
    known.df = a->df;
    known.f = (1 - a->residual) / k / (a->residual / a->df);
    known.f_p = npsi_f_sf(known.f, k, a->df);
    known.intercept = intercept;
    known.intercept_error = intercept_error;
    npsi_struct_write(fit, &known, sizeof known);
}

static void describe(const npsi_moments *moments, size_t column, nps_driver *out)
{
    size_t variables = (size_t)moments->variables;
    npsi_undefine(out, sizeof *out);
    out->n = moments->rows[column * (variables + 1)];
    out->mean = moments->mean[column].high;
    out->deviation = npsi_variable_deviation(moments, column);
    out->correlation = moments->correlation[column * variables + variables - 1];
}

static void write_column(const npsi_analysis *a, size_t i, double error, nps_driver *out)
{
    const npsi_dd *row = a->swept + i * a->size;
    double unit = a->scale[i] / a->scale[a->k + 1];
    out->standardised = row[a->k + 1].high;
    out->coefficient = out->standardised * unit;
    out->standard_error = error * unit;
    out->t = out->standardised / error;
    out->p = 2 * npsi_t_sf(fabs(out->t), a->df);
    double margin = -npsi_t_quantile((1 - a->model.level) / 2, a->df) * out->standard_error;
    out->lower = out->coefficient - margin;
    out->upper = out->coefficient + margin;
    out->vif = row[i].high * a->correlation[i * (a->size + 1)].high;
}

int nps_drivers_regression(const nps_drivers *drivers, const nps_drivers_model *model, nps_drivers_fit *fit,
                           nps_driver *columns)
{
    npsi_analysis a;
    npsi_dd means[NPS_MAX_DRIVERS + 2];
    double error[NPS_MAX_DRIVERS + 1];
    if (!npsi_struct_takes(fit)) return NPS_ERR_ARGUMENT;
    int status = npsi_analysis_begin(drivers, model, &a);
    if (status != NPS_OK) return status;
    scale_means(&a, means);
    status = errors_of(&a, means, error);
    if (status == NPS_OK) {
        size_t last = a.k + 1;
        npsi_dd intercept = npsi_dd_add(means[last], npsi_dd_dot(a.swept + last, a.size, means, 1, last));
        for (size_t i = 0; i < a.columns && columns != NULL; i++) describe(&a.moments, i, columns + i);
        for (size_t i = 1; i <= a.k && columns != NULL; i++) write_column(&a, i, error[i], columns + a.variable[i]);
        write_fit(&a, -intercept.high / a.scale[last], error[0] / a.scale[last], fit);
    }
    npsi_analysis_free(&a);
    return status;
}
