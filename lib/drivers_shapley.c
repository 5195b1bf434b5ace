/*
 * Shapley values, from R^2 of all 2^k sets of columns.
 *
 * Sets are branches of a tree: each goes on with the columns after its last. The sum over all sets with column j of any
 * weight times R^2 is then that over all branches that begin with taking j in, so that nothing needs to be kept but the
 * matrices on the way. Most branches are at the end, where these are small.
 */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_analysis_internal.h"

typedef struct tree {
    size_t k, size; /* rows of a matrix, all from column 1 to the answer */
    double weight[NPS_MAX_DRIVERS_SHAPLEY + 1], sum[NPS_MAX_DRIVERS_SHAPLEY + 1];
} tree;

/* The weighted sum of R^2 over a set of `taken` columns, which explains r_squared, and all that go on from it with
 * columns after `last`. `left` is what they leave of those; the matrices after it are free. */
static double grow(tree *t, size_t taken, size_t last, double r_squared, npsi_dd *left)
{
    double sum = t->weight[taken] * r_squared;
    for (size_t next = last + 1; next <= t->k; next++) {
        const npsi_dd *row = left + next * t->size;
        npsi_dd *after = left + t->size * t->size, inverse = npsi_dd_negative(npsi_dd_inverse(row + next));
        double shared = row[t->k + 1].high;
        for (size_t i = next + 1; i <= t->k; i++) {
            size_t at = i * t->size + i, count = t->k + 2 - i;
            npsi_dd factor = {0, 0};
            npsi_dd_plus(&factor, row + i, &inverse);
            memcpy(after + at, left + at, count * sizeof *left);
            npsi_dd_add_multiple(after + at, &factor, row + i, count);
        }
        double branch = grow(t, taken + 1, next, r_squared - shared * (shared * inverse.high), after);
        t->sum[next] += branch;
        sum += branch;
    }
    return sum;
}

/* Column j's value is the sum of v(|S|) (R^2(S and j) - R^2(S)) over the sets S without it, v(s) = s! (k - 1 - s)! /
 * k!: with all columns the same, less (v(|S|) + v(|S| - 1)) R^2(S) over the sets S that have it. */
static int shapley_of(const npsi_analysis *a, double *shapley)
{
    tree t = {.k = a->k, .size = a->size};
    size_t square = a->size * a->size, count = (a->k + 1) * square;
    npsi_dd *left = npsi_resize(&a->moments.allocator, NULL, 0, count, sizeof *left);
    if (left == NULL) return NPS_ERR_MEMORY;
    memcpy(left, a->correlation, square * sizeof *left);
    double k = (double)a->k, before = 1 / k, excess = a->residual - 1;
    for (size_t s = 1; s <= a->k; s++) {
        double v = s < a->k ? before * (double)s / (k - (double)s) : 0;
        t.weight[s] = before + v;
        before = v;
    }
    grow(&t, 0, 0, 0, left);
    npsi_resize(&a->moments.allocator, left, count, 0, sizeof *left);
    for (size_t i = 1; i <= a->k; i++) excess += t.sum[i];
    npsi_undefine(shapley, a->columns * sizeof *shapley);
    for (size_t i = 1; i <= a->k; i++) shapley[a->variable[i]] = t.sum[i] - excess / k;
    return NPS_OK;
}

int nps_drivers_shapley(const nps_drivers *drivers, const nps_drivers_model *model, double *shapley)
{
    npsi_analysis a;
    if (shapley == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_analysis_begin(drivers, model, &a);
    if (status != NPS_OK) return status;
    status = a.k > NPS_MAX_DRIVERS_SHAPLEY ? NPS_ERR_LIMIT : shapley_of(&a, shapley);
    npsi_analysis_free(&a);
    return status;
}
