/* The centred moments of a state of drivers. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_internal.h"
#include "wide_internal.h"

/* A variable whose variance is less than this part of its mean square is constant: what is left is rounding. */
#define ROUNDING 0x1p-84

npsi_dd npsi_drivers_real(const uint64_t *words, size_t count, int is_signed, int fraction)
{
    uint64_t size[NPSI_WIDE_WORDS] = {0};
    int negative = is_signed && words[count - 1] >> 63;
    if (negative)
        npsi_wide_subtract(size, words, count);
    else
        memcpy(size, words, count * sizeof *words);
    npsi_dd sum = npsi_dd_from(0);
    for (size_t i = count; i-- > 0;) {
        double unit = ldexp(1, 64 * ((int)i - fraction));
        sum = npsi_dd_add(sum, npsi_dd_from((double)(size[i] >> 32) * 4294967296.0 * unit));
        sum = npsi_dd_add(sum, npsi_dd_from((double)(size[i] & 0xffffffffu) * unit));
    }
    if (negative) sum = (npsi_dd){0 - sum.high, 0 - sum.low};
    return sum;
}

/* Where the moments of two variables are: listwise in the only block, pairwise in their own. */
typedef struct place {
    const npsi_drivers_block *block;
    size_t a, b; /* of their z */
    int is_real;
} place;

/* u <= v; pairwise u < v, or both the answer. */
static place find(const nps_drivers *drivers, int u, int v)
{
    const npsi_drivers_shape *shape = &drivers->shape;
    int is_real = ((const npsi_drivers_head *)drivers->state)->is_real != 0;
    size_t a = (size_t)u, b = (size_t)v;
    if (!shape->is_pairwise) return (place){npsi_drivers_block_at(shape, drivers->state, 0), a + 1, b + 1, is_real};
    return (place){npsi_drivers_block_at(shape, drivers->state, b * (b - 1) / 2 + a), 1, 2, is_real};
}

static npsi_dd sum_at(const place *at, size_t a, size_t b)
{
    const npsi_drivers_sum *sum = at->block->sums + (a < b ? npsi_drivers_pair(b, a) : npsi_drivers_pair(a, b));
    return at->is_real ? sum->real : npsi_drivers_real(sum->whole, 2, 1, 1);
}

/* The sum of w (x - mean)(y - mean), as (sum of w times sum of w x y - sum of w x times sum of w y) / sum of w; 0 for
 * no rows. */
static npsi_dd centred(const place *at, size_t a, size_t b)
{
    npsi_dd weight = sum_at(at, 0, 0), product = sum_at(at, a, b), top = npsi_dd_multiply(weight, product);
    top = npsi_dd_subtract(top, npsi_dd_multiply(sum_at(at, 0, a), sum_at(at, 0, b)));
    int is_nothing = at->block->rows == 0 || (a == b && !(top.high > weight.high * product.high * ROUNDING));
    return is_nothing ? npsi_dd_from(0) : npsi_dd_divide(top, weight);
}

static double correlation(npsi_dd cross, npsi_dd first, npsi_dd second)
{
    double r = cross.high / (sqrt(first.high) * sqrt(second.high));
    if (!(first.high > 0 && second.high > 0)) return (double)NAN;
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

size_t npsi_quadruple(int a, int b, int c, int d)
{
    size_t sorted[4] = {(size_t)a, (size_t)b, (size_t)c, (size_t)d};
    for (int i = 1; i < 4; i++) {
        for (int j = i; j > 0 && sorted[j - 1] > sorted[j]; j--) {
            size_t larger = sorted[j - 1];
            sorted[j - 1] = sorted[j];
            sorted[j] = larger;
        }
    }
    size_t triple = sorted[2] * (sorted[2] + 1) * (sorted[2] + 2) / 6;
    size_t of_largest = sorted[3] * (sorted[3] + 1) / 2 * (sorted[3] + 2) / 3 * (sorted[3] + 3) / 4;
    return of_largest + triple + npsi_drivers_pair(sorted[1], sorted[0]);
}

/* One sum of w^2 z z z z around the means: each of the four is itself or, times -1, its mean. */
static npsi_dd centred_fourth(const npsi_dd *raw, const npsi_dd *mean, const int z[4])
{
    npsi_dd sum = npsi_dd_from(0);
    for (int subset = 0; subset < 16; subset++) {
        int left[4];
        npsi_dd factor = npsi_dd_from(1);
        for (int i = 0; i < 4; i++) {
            int is_mean = subset >> i & 1;
            left[i] = is_mean ? 0 : z[i];
            if (is_mean)
                factor = npsi_dd_multiply(factor, z[i] == 0 ? npsi_dd_from(0) : npsi_dd_negative(mean[z[i] - 1]));
        }
        sum = npsi_dd_add(sum, npsi_dd_multiply(factor, raw[npsi_quadruple(left[0], left[1], left[2], left[3])]));
    }
    return sum;
}

static void find_fourth(const nps_drivers *drivers, npsi_moments *out)
{
    const npsi_dd *raw = npsi_drivers_fourth(&drivers->shape, drivers->state);
    npsi_dd *at = out->fourth;
    int z[4];
    for (z[3] = 0; z[3] <= out->variables; z[3]++)
        for (z[2] = 0; z[2] <= z[3]; z[2]++)
            for (z[1] = 0; z[1] <= z[2]; z[1]++)
                for (z[0] = 0; z[0] <= z[1]; z[0]++) *at++ = centred_fourth(raw, out->mean, z);
}

static int allocate(const nps_drivers *drivers, npsi_moments *out)
{
    size_t variables = (size_t)drivers->shape.columns + 1, pairs = variables * variables;
    size_t fourth = npsi_drivers_quadruples(&drivers->shape);
    *out = (npsi_moments){
        .allocator = drivers->allocator,
        .bytes = (variables + pairs + fourth) * sizeof(npsi_dd) + (variables + pairs) * sizeof(double) +
                 pairs * sizeof *out->rows,
        .columns = drivers->shape.columns,
        .variables = (int)variables,
        .is_pairwise = drivers->shape.is_pairwise,
        .is_robust = drivers->shape.is_robust,
        .effective = (double)NAN,
    };
    out->mean = npsi_resize(&out->allocator, NULL, 0, 1, out->bytes);
    if (out->mean == NULL) return NPS_ERR_MEMORY;
    memset(out->mean, 0, out->bytes);
    out->cross = out->mean + variables;
    out->fourth = out->cross + pairs;
    out->weights = (double *)(out->fourth + fourth);
    out->correlation = out->weights + variables;
    out->rows = (uint64_t *)(out->correlation + pairs);
    return NPS_OK;
}

void npsi_moments_free(npsi_moments *freed)
{
    npsi_resize(&freed->allocator, freed->mean, freed->bytes, 0, 1);
}

/* Each variable by itself; pairwise in the rows that it shares with the answer. */
static void find_own(const nps_drivers *drivers, npsi_moments *out)
{
    int answer = out->columns;
    for (int v = 0; v <= answer; v++) {
        place at = find(drivers, v, answer);
        size_t own = (size_t)v * (size_t)(out->variables + 1);
        out->rows[own] = at.block->rows;
        out->weights[v] = sum_at(&at, 0, 0).high;
        out->mean[v] = npsi_dd_from((double)NAN);
        if (out->rows[own] > 0) out->mean[v] = npsi_dd_divide(sum_at(&at, 0, at.a), sum_at(&at, 0, 0));
        out->cross[own] = centred(&at, at.a, at.a);
        out->correlation[own] = out->cross[own].high > 0 ? 1 : (double)NAN;
        if (v == answer) out->n = at.block->rows;
    }
}

static void find_pairs(const nps_drivers *drivers, npsi_moments *out)
{
    for (int v = 0; v < out->variables; v++) {
        for (int u = 0; u < v; u++) {
            place at = find(drivers, u, v);
            size_t above = (size_t)(u * out->variables + v), below = (size_t)(v * out->variables + u);
            npsi_dd cross = centred(&at, at.a, at.b);
            double r = correlation(cross, centred(&at, at.a, at.a), centred(&at, at.b, at.b));
            out->correlation[above] = out->correlation[below] = r;
            if (!out->is_pairwise) out->cross[above] = out->cross[below] = cross;
            out->rows[above] = out->rows[below] = at.block->rows;
            if (at.block->rows < out->n) out->n = at.block->rows;
        }
    }
}

int npsi_moments_of(const nps_drivers *drivers, npsi_moments *out)
{
    const npsi_drivers_head *head = drivers->state;
    place at = find(drivers, drivers->shape.columns, drivers->shape.columns);
    npsi_dd weight = sum_at(&at, 0, 0);
    if (at.block->rows == 0 || !(weight.high > 0)) return NPS_ERR_EMPTY;
    int status = allocate(drivers, out);
    if (status != NPS_OK) return status;
    out->weight = weight.high;
    if (!out->is_pairwise) {
        npsi_dd squares = npsi_drivers_real(head->square, 5, 0, 2);
        out->effective = npsi_dd_divide(npsi_dd_multiply(weight, weight), squares).high;
    }
    find_own(drivers, out);
    find_pairs(drivers, out);
    if (out->is_robust) find_fourth(drivers, out);
    return NPS_OK;
}
