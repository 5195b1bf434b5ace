/*
 * Shapley values, from R^2 of all 2^k sets of columns.
 *
 * Sets are branches of a tree: each goes on with the columns after its last. The sum over all sets with column j of any
 * weight times R^2 is then that over all branches that begin with taking j in, so that nothing needs to be kept but the
 * matrices on the way. Most branches are at the end, where these are small.
 */
#include <math.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_analysis_internal.h"

typedef struct tree {
    int k;
    npsi_dd *left; /* [k][(k + 1)^2]: what is left when as many columns are taken out */
    double weight[NPS_MAX_DRIVERS_SHAPLEY + 1], sum[NPS_MAX_DRIVERS_SHAPLEY];
} tree;

/* Takes column `taken` out of those after it and the answer. */
static void take(int k, const npsi_dd *from, npsi_dd *to, int taken)
{
    int size = k + 1;
    npsi_dd one = {-1, 0}, inverse = npsi_dd_divide(one, from[taken * size + taken]);
    for (int i = taken + 1; i < k; i++) {
        npsi_dd factor = npsi_dd_multiply(from[taken * size + i], inverse);
        for (int j = i; j < size; j++)
            to[i * size + j] = npsi_dd_add(from[i * size + j], npsi_dd_multiply(factor, from[taken * size + j]));
    }
}

/* The weighted sum of R^2 over a set, which explains r_squared, and all that go on from it with columns from `first`.
 */
static double grow(tree *t, int taken, int first, double r_squared)
{
    int size = t->k + 1;
    const npsi_dd *here = t->left + taken * size * size;
    double sum = t->weight[taken] * r_squared;
    for (int next = first; next < t->k; next++) {
        double own = here[next * size + next].high, shared = here[next * size + t->k].high, branch;
        if (next + 1 < t->k) take(t->k, here, t->left + (taken + 1) * size * size, next);
        branch = grow(t, taken + 1, next + 1, r_squared + shared * (shared / own));
        t->sum[next] += branch;
        sum += branch;
    }
    return sum;
}

/* Column j's value is the sum of v(|S|) (R^2(S and j) - R^2(S)) over the sets S without it, v(s) = s! (k - 1 - s)! /
 * k!: with all columns the same, less (v(|S|) + v(|S| - 1)) R^2(S) over the sets S that have it. */
static int shapley_of(const npsi_analysis *a, double *shapley)
{
    int k = a->k;
    tree t = {.k = k};
    size_t size = (size_t)(k + 1) * (size_t)(k + 1), count = (size_t)k * size;
    t.left = npsi_resize(&a->moments.allocator, NULL, 0, count, sizeof *t.left);
    if (t.left == NULL) return NPS_ERR_MEMORY;
    for (size_t i = 0; i < size; i++) t.left[i] = a->correlation[i];
    double before = 1.0 / k, excess = a->residual - 1;
    for (int s = 1; s <= k; s++) {
        double v = s < k ? before * s / (k - s) : 0;
        t.weight[s] = before + v;
        before = v;
    }
    grow(&t, 0, 0, 0);
    npsi_resize(&a->moments.allocator, t.left, count, 0, sizeof *t.left);
    for (int i = 0; i < k; i++) excess += t.sum[i];
    for (int i = 0; i < a->moments.columns; i++) shapley[i] = NAN;
    for (int i = 0; i < k; i++) shapley[a->variable[i]] = t.sum[i] - excess / k;
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
