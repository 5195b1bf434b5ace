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

#define DEFAULT_LEVEL 0.95

#define NO_TOLERANCE   1e-12 /* 1 / the variance inflation that is too much */
#define LEAST_PIVOT    1e-24 /* below is rounding */
#define LEAST_RESIDUAL 1e-26

static double scale_of(const npsi_moments *moments, int variable)
{
    double squares = moments->cross[variable * moments->variables + variable].high;
    if (!(squares > 0)) return (double)NAN;
    return 1 / (moments->is_pairwise ? npsi_variable_deviation(moments, variable) : sqrt(squares));
}

double npsi_variable_deviation(const npsi_moments *moments, int variable)
{
    int at = variable * moments->variables + variable;
    double n = (double)moments->rows[at];
    return sqrt(moments->cross[at].high / moments->weights[variable] * (n / (n - 1)));
}

double npsi_residual_df(const npsi_analysis *analysis)
{
    double df = (double)analysis->moments.n - analysis->k - 1;
    return analysis->moments.is_pairwise || df < 1 ? (double)NAN : df;
}

static void standardise(npsi_analysis *a)
{
    const npsi_moments *moments = &a->moments;
    for (int i = 0; i <= a->k; i++) {
        a->scale[i] = scale_of(moments, a->variable[i]);
        if (i < a->k) a->fault[i] = isnan(a->scale[i]) ? NPS_DRIVER_CONSTANT : NPS_DRIVER_FINE;
    }
    for (int i = 0; i <= a->k; i++) {
        for (int j = 0; j <= i; j++) {
            int from = a->variable[i] * moments->variables + a->variable[j];
            npsi_dd r = moments->is_pairwise
                            ? npsi_dd_from(moments->correlation[from])
                            : npsi_dd_scale(npsi_dd_scale(moments->cross[from], a->scale[i]), a->scale[j]);
            /* Two columns that have no rows in common, or are constant there. */
            if (isnan(r.high) && !isnan(a->scale[i] + a->scale[j])) {
                a->fault[j] = NPS_DRIVER_CONSTANT;
                if (i < a->k) a->fault[i] = NPS_DRIVER_CONSTANT;
            }
            a->correlation[i * (a->k + 1) + j] = a->correlation[j * (a->k + 1) + i] = r;
        }
    }
}

/* Sweeps what is not at fault. With the inverse v of the columns swept and their coefficients b for the next, which
 * leave p of its variance, 1 / (v_ii + b_i^2 / p) of that of i is left by them and the next. */
static void sweep_all(npsi_analysis *a)
{
    int size = a->k + 1;
    uint64_t swept = 0;
    memcpy(a->swept, a->correlation, (size_t)size * (size_t)size * sizeof *a->swept);
    for (int next = 0; next < a->k; next++) {
        double left = fmax(a->swept[next * size + next].high, LEAST_PIVOT);
        if (a->fault[next] == NPS_DRIVER_CONSTANT) continue;
        for (int i = 0; i < next; i++) {
            double b = a->swept[i * size + next].high;
            if (swept >> i & 1 && a->swept[i * size + i].high + b * b / left >= 1 / NO_TOLERANCE)
                a->fault[i] = NPS_DRIVER_COLLINEAR;
        }
        if (left <= NO_TOLERANCE) {
            a->fault[next] = NPS_DRIVER_COLLINEAR;
        } else {
            npsi_sweep(a->swept, size, next);
            swept |= (uint64_t)1 << next;
        }
    }
}

static int analyse(const nps_drivers *drivers, uint64_t use, npsi_analysis *a)
{
    int columns = nps_drivers_columns(drivers);
    if (drivers == NULL || (columns < 64 && use >> columns != 0)) return NPS_ERR_ARGUMENT;
    int status = npsi_moments_of(drivers, &a->moments);
    if (status != NPS_OK) return status;
    a->k = 0;
    for (int i = 0; i < columns; i++)
        if (use == 0 || use >> i & 1) a->variable[a->k++] = i;
    a->variable[a->k] = columns;
    size_t count = (size_t)(a->k + 1) * (size_t)(a->k + 1);
    a->correlation = npsi_resize(&a->moments.allocator, NULL, 0, 2 * count, sizeof *a->correlation);
    if (a->correlation == NULL) {
        npsi_moments_free(&a->moments);
        return NPS_ERR_MEMORY;
    }
    a->swept = a->correlation + count;
    standardise(a);
    sweep_all(a);
    return NPS_OK;
}

void npsi_analysis_free(npsi_analysis *freed)
{
    size_t count = (size_t)(freed->k + 1) * (size_t)(freed->k + 1);
    npsi_resize(&freed->moments.allocator, freed->correlation, 2 * count, 0, sizeof *freed->correlation);
    npsi_moments_free(&freed->moments);
}

/* Pairwise correlations may leave less than nothing of the answer. */
static int check(npsi_analysis *a)
{
    int size = a->k + 1;
    uint64_t rows = a->moments.rows[a->moments.variables * a->moments.variables - 1];
    if (rows < 2) return NPS_ERR_EMPTY;
    for (int i = 0; i < a->k; i++)
        if (a->fault[i] != NPS_DRIVER_FINE) return NPS_ERR_SINGULAR;
    a->residual = a->swept[size * size - 1].high / a->correlation[size * size - 1].high;
    if (!(a->residual > -NO_TOLERANCE)) return NPS_ERR_SINGULAR;
    if (a->residual < LEAST_RESIDUAL) a->residual = 0;
    return NPS_OK;
}

int npsi_analysis_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_analysis *out)
{
    nps_drivers_model known = {.struct_size = sizeof known};
    int status = model == NULL ? NPS_OK : npsi_struct_read(model, &known, sizeof known);
    if (status != NPS_OK) return status;
    if (known.level == 0) known.level = DEFAULT_LEVEL;
    int fits = known.level > 0 && known.level < 1 && known.reserved == 0 && known.errors >= NPS_ERRORS_CLASSICAL &&
               known.errors <= NPS_ERRORS_HC1;
    if (!fits) return NPS_ERR_ARGUMENT;
    status = analyse(drivers, known.use, out);
    if (status != NPS_OK) return status;
    out->model = known;
    status = known.errors == NPS_ERRORS_HC1 && !out->moments.is_robust ? NPS_ERR_TYPE : check(out);
    if (status != NPS_OK) npsi_analysis_free(out);
    return status;
}

int nps_drivers_faults(const nps_drivers *drivers, uint64_t use, int32_t *faults)
{
    npsi_analysis a;
    if (faults == NULL) return NPS_ERR_ARGUMENT;
    int status = analyse(drivers, use, &a);
    if (status != NPS_OK) return status;
    for (int i = 0; i < a.moments.columns; i++) faults[i] = NPS_DRIVER_FINE;
    for (int i = 0; i < a.k; i++) faults[a.variable[i]] = a.fault[i];
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
