/*
 * Which columns take part, and whether they can.
 *
 * The sums of squares and products of the columns used and the answer, scaled to a diagonal of 1, are swept in
 * double-double, column by column. What is left of a column's variance when it comes to its turn is what the columns
 * before it do not determine.
 */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_analysis_internal.h"
#include "struct_internal.h"

#define DEFAULT_LEVEL  0.95
#define NO_TOLERANCE   1e-12 /* 1 / the variance inflation that is too much */
#define LEAST_PIVOT    1e-24 /* less is rounding */
#define LEAST_RESIDUAL 1e-26

double npsi_variable_deviation(const npsi_moments *moments, size_t variable)
{
    size_t at = variable * (size_t)(moments->variables + 1);
    double n = (double)moments->rows[at];
    return sqrt(moments->cross[at].high / moments->weights[variable] * (n / (n - 1)));
}

/* Pairwise, two columns may have no rows in common, or be constant there. */
static void standardise(npsi_analysis *a)
{
    const npsi_moments *moments = &a->moments;
    size_t variables = a->columns + 1;
    a->scale[0] = 1 / sqrt(moments->weight);
    a->n = moments->rows[variables * variables - 1];
    for (size_t i = 0; i < a->size; i++) {
        npsi_dd *row = a->correlation + i * a->size, *column = a->correlation + i;
        *column = *row = npsi_dd_from(i == 0);
        a->fault[i] = NPS_DRIVER_FINE;
        if (i == 0) continue;
        double squares = moments->cross[a->variable[i] * (variables + 1)].high;
        a->scale[i] = 1 / (moments->is_pairwise ? npsi_variable_deviation(moments, a->variable[i]) : sqrt(squares));
        if (!(squares > 0)) a->fault[i] = NPS_DRIVER_CONSTANT;
        for (size_t j = 1; j <= i; j++) {
            size_t from = a->variable[i] * variables + a->variable[j];
            npsi_dd r = npsi_dd_from(moments->correlation[from]);
            if (moments->rows[from] < a->n) a->n = moments->rows[from];
            if (isnan(r.high) && a->fault[i] == NPS_DRIVER_FINE && a->scale[j] < HUGE_VAL)
                a->fault[i] = a->fault[j] = NPS_DRIVER_CONSTANT;
            if (!moments->is_pairwise) {
                r = moments->cross[from];
                npsi_dd_multiply_by(&r, a->scale[i]);
                npsi_dd_multiply_by(&r, a->scale[j]);
            }
            row[j] = column[j * a->size] = r;
        }
    }
}

/* Sweeps what is not at fault. With the inverse v of the columns swept and their coefficients b for the next, which
 * leave p of its variance, 1 / (v_ii + b_i^2 / p) of that of i is left by them and the next. */
static void sweep_all(npsi_analysis *a)
{
    uint64_t swept = 0;
    memcpy(a->swept, a->correlation, a->size * a->size * sizeof *a->swept);
    for (size_t next = 1; next <= a->k; next++) {
        const npsi_dd *row = a->swept;
        double left = fmax(row[next * (a->size + 1)].high, LEAST_PIVOT);
        if (a->fault[next] == NPS_DRIVER_CONSTANT) continue;
        for (size_t i = 1; i < next; i++) {
            row += a->size;
            double inflation = row[i].high + row[next].high * row[next].high / left;
            if (swept >> (i - 1) & 1 && inflation >= 1 / NO_TOLERANCE) a->fault[i] = NPS_DRIVER_COLLINEAR;
        }
        if (left > NO_TOLERANCE) {
            npsi_sweep(a->swept, a->size, next);
            swept |= (uint64_t)1 << (next - 1);
        } else {
            a->fault[next] = NPS_DRIVER_COLLINEAR;
        }
    }
}

static int analyse(const nps_drivers *drivers, uint64_t use, npsi_analysis *a)
{
    a->columns = (size_t)nps_drivers_columns(drivers);
    if (drivers == NULL || (a->columns < 64 && use >> a->columns != 0)) return NPS_ERR_ARGUMENT;
    int status = npsi_moments_of(drivers, &a->moments);
    if (status != NPS_OK) return status;
    a->k = 0;
    for (size_t i = 0; i < a->columns; i++)
        if (use == 0 || use >> i & 1) a->variable[++a->k] = i;
    a->variable[a->k + 1] = a->columns;
    a->size = a->k + 2;
    a->correlation = npsi_resize(&a->moments.allocator, NULL, 0, 2 * a->size * a->size, sizeof *a->correlation);
    if (a->correlation == NULL) {
        npsi_moments_free(&a->moments);
        return NPS_ERR_MEMORY;
    }
    a->swept = a->correlation + a->size * a->size;
    standardise(a);
    sweep_all(a);
    return NPS_OK;
}

void npsi_analysis_free(npsi_analysis *freed)
{
    npsi_resize(&freed->moments.allocator, freed->correlation, 2 * freed->size * freed->size, 0,
                sizeof *freed->correlation);
    npsi_moments_free(&freed->moments);
}

/* Pairwise correlations may leave less than nothing of the answer. */
static int check(npsi_analysis *a)
{
    size_t last = a->size * a->size - 1;
    if (a->model.errors == NPS_ERRORS_HC1 && !a->moments.is_robust) return NPS_ERR_TYPE;
    if (a->moments.rows[(a->columns + 1) * (a->columns + 1) - 1] < 2) return NPS_ERR_EMPTY;
    for (size_t i = 0; i < a->size; i++)
        if (a->fault[i] != NPS_DRIVER_FINE) return NPS_ERR_SINGULAR;
    a->residual = a->swept[last].high / a->correlation[last].high;
    if (a->residual < -NO_TOLERANCE) return NPS_ERR_SINGULAR;
    if (a->residual < LEAST_RESIDUAL) a->residual = 0;
    a->df = (double)a->n - (double)(a->k + 1);
    if (a->moments.is_pairwise || a->df < 1) a->df = (double)NAN;
    a->factor = (double)a->n / a->df;
    return NPS_OK;
}

int npsi_analysis_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_analysis *out)
{
    static const nps_drivers_model defaults = {.struct_size = sizeof defaults};
    nps_drivers_model known;
    int status = npsi_struct_read(model == NULL ? &defaults : model, &known, sizeof known);
    if (status != NPS_OK) return status;
    if (known.level == 0) known.level = DEFAULT_LEVEL;
    if (!(known.level > 0 && known.level < 1) || known.reserved != 0 || (known.errors | 1) != 1)
        return NPS_ERR_ARGUMENT;
    status = analyse(drivers, known.use, out);
    if (status != NPS_OK) return status;
    out->model = known;
    status = check(out);
    if (status != NPS_OK) npsi_analysis_free(out);
    return status;
}

int nps_drivers_faults(const nps_drivers *drivers, uint64_t use, int32_t *faults)
{
    npsi_analysis a;
    if (faults == NULL) return NPS_ERR_ARGUMENT;
    int status = analyse(drivers, use, &a);
    if (status != NPS_OK) return status;
    for (size_t i = 0; i < a.columns; i++) faults[i] = NPS_DRIVER_FINE;
    for (size_t i = 1; i <= a.k; i++) faults[a.variable[i]] = a.fault[i];
    npsi_analysis_free(&a);
    return NPS_OK;
}

int nps_drivers_correlations(const nps_drivers *drivers, double *matrix)
{
    npsi_moments moments;
    if (drivers == NULL || matrix == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_moments_of(drivers, &moments);
    if (status != NPS_OK) return status;
    memcpy(matrix, moments.correlation, (size_t)moments.variables * (size_t)moments.variables * sizeof *matrix);
    npsi_moments_free(&moments);
    return NPS_OK;
}
