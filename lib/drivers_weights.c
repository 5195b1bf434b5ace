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

static void scale_element(const npsi_analysis *a, size_t i, npsi_dd *of_form)
{
    npsi_dd_multiply_by(of_form, a->scale[i / a->size]);
    npsi_dd_multiply_by(of_form, a->scale[i % a->size]);
}

void npsi_robust_covariance(const npsi_analysis *a, const npsi_dd *form, npsi_dd *out)
{
    size_t n = a->size;
    int place[NPS_MAX_DRIVERS + 2];
    npsi_dd *scaled = out + n * n;
    place[0] = 0;
    for (size_t p = 1; p < n; p++) place[p] = (int)a->variable[p] + 1;
    for (size_t i = 0; i < n * n; i++) {
        scaled[i] = form[i];
        scale_element(a, i, scaled + i);
    }
    for (size_t i = 0; i < n * n; i++) {
        npsi_dd sum = {0, 0};
        for (size_t j = 0; j < n * n; j++) {
            size_t quadruple = npsi_quadruple(place[i / n], place[i % n], place[j / n], place[j % n]);
            npsi_dd_plus(&sum, scaled + j, a->moments.fourth + quadruple);
        }
        scale_element(a, i, &sum);
        npsi_dd_multiply_by(&sum, a->factor);
        out[i] = sum;
    }
}

/* k^2 numbers each. */
typedef struct parts {
    size_t k;
    double *vectors;     /* of R, in its columns */
    double *root;        /* L */
    double *turned_root; /* derivatives of the weights, a row each, along the vectors: of weight j by row j of L, */
    double *turned_r;    /* and by r */
    double *by_r;        /* and these not along the vectors */
    double *inner;
    double values[NPS_MAX_DRIVERS], turned_b[NPS_MAX_DRIVERS]; /* square roots of those of R; b along the vectors */
} parts;

/* A second time from the axes that the first found: then small values keep their digits, and so do weights of columns
 * that are nearly collinear. `work` has room for 2 k^2. */
static void find_axes(const npsi_analysis *a, parts *at, npsi_dd *work)
{
    size_t k = at->k, count = k * k;
    const npsi_dd *r = a->correlation + a->size + 1;
    for (size_t i = 0; i < count; i++) at->vectors[i] = i % (k + 1) == 0;
    for (int pass = 0; pass < 3; pass++) {
        npsi_dd *vectors = work, *half = work + count;
        for (size_t i = 0; i < count; i++) vectors[i] = npsi_dd_from(at->vectors[i]);
        if (pass == 2) break;
        for (size_t i = 0; i < count; i++) half[i] = npsi_dd_dot(r + i / k * a->size, 1, vectors + i % k, k, k);
        for (size_t i = 0; i < count; i++) at->inner[i] = npsi_dd_dot(vectors + i / k, k, half + i % k, k, k).high;
        npsi_diagonalise(at->inner, at->vectors, k);
    }
    for (size_t i = 0; i < k; i++) {
        at->values[i] = sqrt(at->inner[i * (k + 1)]);
        at->turned_b[i] = npsi_dd_dot(r + k, a->size, work + i, k, k).high / at->values[i];
    }
}

static void weigh(parts *at, double *weight)
{
    size_t k = at->k;
    double *by_root = at->inner, *by_b = at->by_r, b[NPS_MAX_DRIVERS];
    for (size_t i = 0; i < k * k; i++) at->inner[i] = at->vectors[i] * at->values[i % k];
    npsi_product(at->root, at->inner, at->vectors, k, 1);
    for (size_t l = 0; l < k; l++) {
        b[l] = weight[l] = 0;
        for (size_t i = 0; i < k; i++) b[l] += at->vectors[l * k + i] * at->turned_b[i];
    }
    for (size_t i = 0; i < k * k; i++) {
        double root = at->root[i], part = root * b[i % k];
        weight[i / k] += part * part;
        by_root[i] = 2 * part * b[i % k];
        by_b[i] = 2 * part * root;
    }
    npsi_product(at->turned_root, by_root, at->vectors, k, 0);
    npsi_product(at->turned_r, by_b, at->vectors, k, 0);
    for (size_t i = 0; i < k * k; i++) at->turned_r[i] /= at->values[i % k];
    npsi_product(at->by_r, at->turned_r, at->vectors, k, 1);
}

/* The form of weight j: u_a u_b times the derivatives by r_ab, less what it is for the correlations that there are. In
 * the derivative by R, db = -L^-1 dL b, and dL solves dR = L dL + dL L, where along the vectors L is diagonal. */
static void influence(const npsi_analysis *a, parts *at, size_t j, double *form)
{
    size_t k = at->k, n = a->size;
    const double *row = at->vectors + j * k, *root = at->turned_root + j * k, *r = at->turned_r + j * k;
    const double *b = at->turned_b, *values = at->values;
    for (size_t i = 0; i < k * k; i++) {
        size_t p = i / k, q = i % k;
        double both = row[p] * root[q] + row[q] * root[p] - r[p] * b[q] - r[q] * b[p];
        at->inner[i] = both / (2 * (values[p] + values[q]));
    }
    npsi_product(at->root, at->vectors, at->inner, k, 0);
    npsi_product(at->inner, at->root, at->vectors, k, 1);
    memset(form, 0, n * n * sizeof *form);
    for (size_t i = 0; i < n * n; i++) {
        size_t p = i / n, q = i % n, own = p < q ? p : q;
        if (own == 0 || p == q) continue;
        form[i] = p + q - own > k ? at->by_r[j * k + own - 1] / 2 : at->inner[(p - 1) * k + q - 1];
        form[p * n + p] -= form[i] * a->correlation[i].high;
    }
}

int npsi_weights_begin(const nps_drivers *drivers, const nps_drivers_model *model, npsi_weights *out)
{
    npsi_analysis *a = &out->analysis;
    int status = npsi_analysis_begin(drivers, model, a);
    if (status != NPS_OK) return status;
    size_t k = a->k, square = k * k, form = a->size * a->size;
    out->count = (k + 6) * form + k + 7 * square;
    out->forms = npsi_resize(&a->moments.allocator, NULL, 0, out->count, sizeof *out->weight);
    if (out->forms == NULL) {
        npsi_analysis_free(a);
        return NPS_ERR_MEMORY;
    }
    out->covariance = out->forms + (k + 6) * form;
    parts at = {.k = k};
    at.vectors = out->covariance + square;
    at.root = at.vectors + square;
    at.turned_root = at.root + square;
    at.turned_r = at.turned_root + square;
    at.by_r = at.turned_r + square;
    at.inner = at.by_r + square;
    out->weight = at.inner + square;
    find_axes(a, &at, (npsi_dd *)out->forms);
    weigh(&at, out->weight);
    for (size_t j = 0; j < k; j++) influence(a, &at, j, out->forms + j * form);
    return NPS_OK;
}

void npsi_weights_free(npsi_weights *freed)
{
    npsi_resize(&freed->analysis.moments.allocator, freed->forms, freed->count, 0, sizeof *freed->weight);
    npsi_analysis_free(&freed->analysis);
}

/* Of forms F and G the sum of the products of their elements, where those of F become P F P with the correlations P of
 * normal variables, or what the robust moments make of them. */
void npsi_weights_covariance(npsi_weights *weights)
{
    const npsi_analysis *a = &weights->analysis;
    size_t k = a->k, n = a->size, count = n * n;
    double *work = weights->forms + k * count, *all = work + count, *half = all + count;
    double normal = 2 * a->factor / a->moments.effective;
    for (size_t i = 0; i < k; i++) {
        const double *form = weights->forms + i * count;
        if (a->model.errors == NPS_ERRORS_HC1) {
            npsi_dd *wide = (npsi_dd *)work;
            for (size_t j = 0; j < count; j++) wide[j] = npsi_dd_from(form[j]);
            npsi_robust_covariance(a, wide, wide + count);
            for (size_t j = 0; j < count; j++) work[j] = wide[count + j].high;
        } else {
            for (size_t j = 0; j < count; j++) all[j] = a->correlation[j].high * normal;
            npsi_product(half, all, form, n, 0);
            for (size_t j = 0; j < count; j++) all[j] = a->correlation[j].high;
            npsi_product(work, half, all, n, 0);
        }
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t l = 0; l < count; l++) sum += work[l] * weights->forms[j * count + l];
            weights->covariance[i * k + j] = weights->covariance[j * k + i] = sum;
        }
    }
}

/* The interval is that of the weight's square root, which for one column is the size of its correlation. That of a
 * weight of exactly 0 is as for a correlation of 0. */
static void write_weight(const npsi_analysis *a, double weight, double variance, nps_driver_weight *out)
{
    double root = sqrt(weight), error = npsi_error(variance);
    double root_error = weight > 0 ? error / (2 * root) : sqrt(a->factor / a->moments.effective);
    double margin = -npsi_t_quantile((1 - a->model.level) / 2, a->df) * root_error;
    double lower = root < margin ? 0 : root - margin, upper = root + margin > 1 ? 1 : root + margin;
    *out = (nps_driver_weight){weight, error, lower * lower, upper * upper};
}

int nps_drivers_relative_weights(const nps_drivers *drivers, const nps_drivers_model *model, nps_driver_weight *weights)
{
    npsi_weights found;
    const npsi_analysis *a = &found.analysis;
    if (weights == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_weights_begin(drivers, model, &found);
    if (status != NPS_OK) return status;
    npsi_weights_covariance(&found);
    npsi_undefine(weights, a->columns * sizeof *weights);
    for (size_t i = 0; i < a->k; i++)
        write_weight(a, found.weight[i], found.covariance[i * (a->k + 1)], weights + a->variable[i + 1]);
    npsi_weights_free(&found);
    return NPS_OK;
}
