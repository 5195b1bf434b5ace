/*
 * Johnson's relative weights and how uncertain they are.
 *
 * With R the correlations of the columns and r those with the answer, L = R^(1/2), b = L^-1 r, and the weight of column
 * j is sum_l L_jl^2 b_l^2. Its derivatives by R and r make it a linear form in correlations, and the influence of an
 * answer on a correlation is u_a u_b - r_ab (u_a^2 + u_b^2) / 2 of the standardised variables: together a quadratic
 * form in u, whose covariances follow from the correlations under normality, and else from the fourth moments.
 */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_analysis_internal.h"
#include "special_internal.h"

double npsi_form_scale(const npsi_analysis *analysis, int index)
{
    return index == 0 ? 1 / sqrt(analysis->moments.weight) : analysis->scale[index - 1];
}

void npsi_robust_covariance(const npsi_analysis *a, const npsi_dd *packed, int count, double factor, double *covariance)
{
    int end = a->k + 2, place[NPS_MAX_DRIVERS_ROBUST + 2] = {0};
    size_t size = NPSI_PACKED_SIZE(a->k);
    for (int i = 1; i < end; i++) place[i] = a->variable[i - 1] + 1;
    for (int i = 0; i < count; i++) {
        npsi_dd total[NPS_MAX_DRIVERS_ROBUST + 1] = {{0, 0}};
        const npsi_dd *at = packed;
        for (int p = 0; p < end; p++) {
            for (int q = 0; q <= p; q++, at++) {
                npsi_dd sum = {0, 0};
                const npsi_dd *form = packed + (size_t)i * size;
                for (int c = 0; c < end; c++)
                    for (int d = 0; d <= c; d++, form++) {
                        size_t quadruple = npsi_quadruple(place[p], place[q], place[c], place[d]);
                        sum = npsi_dd_add(sum, npsi_dd_multiply(*form, a->moments.fourth[quadruple]));
                    }
                for (int j = 0; j <= i; j++)
                    total[j] = npsi_dd_add(total[j], npsi_dd_multiply(sum, at[(size_t)j * size]));
            }
        }
        for (int j = 0; j <= i; j++) covariance[i * count + j] = covariance[j * count + i] = factor * total[j].high;
    }
}

/* diagonal = vectors' R vectors, in double-double. */
static void turn(const npsi_analysis *a, const double *vectors, npsi_dd *half, double *out)
{
    int k = a->k;
    const npsi_dd none = {0, 0};
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            half[i * k + j] = none;
            for (int l = 0; l < k; l++)
                half[i * k + j] =
                    npsi_dd_add(half[i * k + j], npsi_dd_scale(a->correlation[i * (k + 1) + l], vectors[l * k + j]));
        }
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            npsi_dd sum = none;
            for (int l = 0; l < k; l++) sum = npsi_dd_add(sum, npsi_dd_scale(half[l * k + j], vectors[l * k + i]));
            out[i * k + j] = sum.high;
        }
}

/* k^2 numbers each, in scratch. */
typedef struct parts {
    double *vectors;                /* of R, in its columns */
    double *root;                   /* L */
    double *by_root;                /* derivatives of the weights, a row each: of weight j by row j of L, */
    double *by_b;                   /* and by b */
    double *turned_root, *turned_r; /* the first, and those by r, along the vectors */
    double *inner;
    double values[NPS_MAX_DRIVERS], turned_b[NPS_MAX_DRIVERS]; /* square roots of those of R; b along the vectors */
} parts;

static parts parts_of(const npsi_weights *weights, int k)
{
    size_t size = (size_t)k * (size_t)k;
    parts out;
    double **all[] = {&out.vectors, &out.root, &out.by_root, &out.by_b, &out.turned_root, &out.turned_r, &out.inner};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) *all[i] = weights->scratch + i * size;
    return out;
}

/* A second time from the axes that the first found: then small values keep their digits, and so do weights of columns
 * that are nearly collinear. */
static void find_axes(const npsi_analysis *a, parts *at)
{
    int k = a->k;
    memset(at->vectors, 0, (size_t)k * (size_t)k * sizeof *at->vectors);
    for (int i = 0; i < k; i++) at->vectors[i * k + i] = 1;
    for (int pass = 0; pass < 2; pass++) {
        turn(a, at->vectors, (npsi_dd *)at->turned_root, at->inner);
        npsi_diagonalise(at->inner, at->vectors, k);
    }
    for (int i = 0; i < k; i++) {
        npsi_dd along = {0, 0};
        for (int l = 0; l < k; l++)
            along = npsi_dd_add(along, npsi_dd_scale(a->correlation[l * (k + 1) + k], at->vectors[l * k + i]));
        at->values[i] = sqrt(at->inner[i * k + i]);
        at->turned_b[i] = along.high / at->values[i];
    }
}

static void weigh(int k, parts *at, double *weight)
{
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) at->inner[i * k + j] = at->values[i] * at->vectors[j * k + i];
    npsi_product(at->root, at->vectors, k, 1, at->inner, k, 1, k);
    for (int j = 0; j < k; j++) weight[j] = 0;
    for (int l = 0; l < k; l++) {
        double b = 0;
        for (int i = 0; i < k; i++) b += at->vectors[l * k + i] * at->turned_b[i];
        for (int j = 0; j < k; j++) {
            double root = at->root[j * k + l];
            weight[j] += root * root * b * b;
            at->by_root[j * k + l] = 2 * root * b * b;
            at->by_b[j * k + l] = 2 * root * root * b;
        }
    }
    npsi_product(at->turned_root, at->by_root, k, 1, at->vectors, k, 1, k);
    npsi_product(at->turned_r, at->by_b, k, 1, at->vectors, k, 1, k);
    for (int i = 0; i < k * k; i++) at->turned_r[i] /= at->values[i % k];
}

/* The derivative by R: db = -L^-1 dL b, and dL solves dR = L dL + dL L, where along the vectors L is diagonal. */
static void differentiate(int k, int j, parts *at, double *inner, double *by_correlation)
{
    const double *row = at->vectors + j * k, *root = at->turned_root + j * k, *r = at->turned_r + j * k;
    for (int p = 0; p < k; p++)
        for (int q = 0; q < k; q++)
            inner[p * k + q] = (row[p] * root[q] + row[q] * root[p] - r[p] * at->turned_b[q] - r[q] * at->turned_b[p]) /
                               (2 * (at->values[p] + at->values[q]));
    npsi_product(at->inner, at->vectors, k, 1, inner, k, 1, k);
    npsi_product(by_correlation, at->inner, k, 1, at->vectors, 1, k, k);
}

/* The form of weight j: u_a u_b times the derivatives by r_ab, less what it is for the correlations that there are. */
static void influence(const npsi_analysis *a, int j, const parts *at, const double *by_correlation, double *form)
{
    int k = a->k, size = k + 2;
    memset(form, 0, NPSI_FORM_SIZE(k) * sizeof *form);
    for (int p = 0; p < k; p++) {
        double *row = form + (p + 1) * size, *last = form + (k + 1) * size + p + 1;
        for (int q = 0; q < k; q++) {
            if (q != p) row[q + 1] = by_correlation[p * k + q];
            *last += at->vectors[p * k + q] * at->turned_r[j * k + q] / 2;
        }
        row[k + 1] = *last;
    }
    for (int p = 0; p <= k; p++) {
        double *row = form + (p + 1) * size, sum = 0;
        for (int q = 0; q <= k; q++) sum += row[q + 1] * a->correlation[p * (k + 1) + q].high;
        row[p + 1] = -sum;
    }
}

int npsi_weights_of(const npsi_analysis *a, npsi_weights *out)
{
    int k = a->k;
    size_t size = (size_t)k, stride = NPSI_FORM_STRIDE(k);
    out->count = size * (1 + stride + 8 * size) + 2 * stride;
    out->weight = npsi_resize(&a->moments.allocator, NULL, 0, out->count, sizeof *out->weight);
    if (out->weight == NULL) return NPS_ERR_MEMORY;
    out->forms = out->weight + size;
    out->covariance = out->forms + size * stride;
    out->scratch = out->covariance + size * size;
    parts at = parts_of(out, k);
    find_axes(a, &at);
    weigh(k, &at, out->weight);
    for (int j = 0; j < k; j++) {
        differentiate(k, j, &at, at.by_root, at.by_b);
        influence(a, j, &at, at.by_b, out->forms + (size_t)j * stride);
    }
    return NPS_OK;
}

void npsi_weights_free(const npsi_analysis *analysis, npsi_weights *freed)
{
    npsi_resize(&analysis->moments.allocator, freed->weight, freed->count, 0, sizeof *freed->weight);
}

/* Of normal variables u with correlations P, forms F and G: factor tr(P F P G). Each form becomes P F. */
static void normal_covariance(const npsi_analysis *a, double factor, npsi_weights *weights)
{
    int k = a->k, size = k + 2;
    size_t stride = NPSI_FORM_STRIDE(k), bytes = NPSI_FORM_SIZE(k) * sizeof(double);
    double *all = weights->scratch, *product = all + stride;
    memset(all, 0, bytes);
    all[0] = 1;
    for (int p = 0; p <= k; p++)
        for (int q = 0; q <= k; q++) all[(p + 1) * size + q + 1] = a->correlation[p * (k + 1) + q].high;
    for (int i = 0; i < k; i++) {
        double *form = weights->forms + (size_t)i * stride;
        npsi_product(product, all, size, 1, form, size, 1, size);
        memcpy(form, product, bytes);
        for (int j = 0; j <= i; j++) {
            const double *other = weights->forms + (size_t)j * stride;
            double sum = 0;
            for (int p = 0; p < size; p++)
                for (int q = 0; q < size; q++) sum += form[p * size + q] * other[q * size + p];
            weights->covariance[i * k + j] = weights->covariance[j * k + i] = factor * sum;
        }
    }
}

static void pack(const npsi_analysis *a, double *form, npsi_dd *packed)
{
    int size = a->k + 2;
    npsi_dd *at = packed;
    for (int p = 0; p < size; p++)
        for (int q = 0; q <= p; q++) {
            double factor = p == q ? 1 : 2;
            npsi_dd one = npsi_dd_product(npsi_form_scale(a, p), npsi_form_scale(a, q));
            *at++ = npsi_dd_scale(one, factor * form[p * size + q]);
        }
    memcpy(form, packed, NPSI_PACKED_SIZE(a->k) * sizeof *packed);
}

void npsi_weights_covariance(const npsi_analysis *a, npsi_weights *weights)
{
    double df = npsi_residual_df(a), factor = (double)a->moments.n / df;
    if (isnan(df)) {
        for (int i = 0; i < a->k * a->k; i++) weights->covariance[i] = NAN;
    } else if (a->model.errors != NPS_ERRORS_HC1) {
        normal_covariance(a, 2 * factor / a->moments.effective, weights);
    } else {
        for (int i = 0; i < a->k; i++)
            pack(a, weights->forms + (size_t)i * NPSI_FORM_STRIDE(a->k), (npsi_dd *)weights->scratch);
        npsi_robust_covariance(a, (const npsi_dd *)weights->forms, a->k, factor, weights->covariance);
    }
}

/* The interval is that of the weight's square root, which for one column is the size of its correlation. That of a
 * weight of exactly 0 is as for a correlation of 0. */
static void write_weight(const npsi_analysis *a, double weight, double variance, nps_driver_weight *out)
{
    double df = npsi_residual_df(a), root = sqrt(weight), error = sqrt(variance < 0 ? 0 : variance);
    double root_error = weight > 0 ? error / (2 * root) : sqrt((double)a->moments.n / df / a->moments.effective);
    double margin = -npsi_t_quantile((1 - a->model.level) / 2, df) * root_error;
    double lower = root < margin ? 0 : root - margin, upper = root + margin > 1 ? 1 : root + margin;
    *out = (nps_driver_weight){weight, error, lower * lower, upper * upper};
}

int nps_drivers_relative_weights(const nps_drivers *drivers, const nps_drivers_model *model, nps_driver_weight *weights)
{
    npsi_analysis a;
    npsi_weights found;
    if (weights == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_analysis_begin(drivers, model, &a);
    if (status != NPS_OK) return status;
    status = npsi_weights_of(&a, &found);
    if (status == NPS_OK) {
        npsi_weights_covariance(&a, &found);
        for (int i = 0; i < a.moments.columns; i++) weights[i] = (nps_driver_weight){NAN, NAN, NAN, NAN};
        for (int i = 0; i < a.k; i++)
            write_weight(&a, found.weight[i], found.covariance[i * (a.k + 1)], weights + a.variable[i]);
        npsi_weights_free(&a, &found);
    }
    npsi_analysis_free(&a);
    return status;
}
