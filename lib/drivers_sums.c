/* The sums in a state of drivers: whole numbers while they can be, double-doubles after. */
#include <math.h>
#include <string.h>

#include "drivers_internal.h"
#include "wide_internal.h"

/* sums += w z_a z_b modulo 2^128; a negative w takes back. */
static void add_whole(npsi_drivers_sum *sums, size_t variables, const int64_t *z, const uint64_t w[2])
{
    for (size_t a = 0; a < variables; a++) {
        uint64_t high, low = npsi_multiply(w[0], (uint64_t)z[a], &high);
        high += w[1] * (uint64_t)z[a] - (z[a] < 0 ? w[0] : 0);
        /* Whole weights have no low words. */
        if (w[0] == 0) {
            for (size_t b = 0; b <= a; b++) (sums++)->whole[1] += high * (uint64_t)z[b];
            continue;
        }
        for (size_t b = 0; b <= a; b++, sums++) {
            uint64_t term[2];
            term[0] = npsi_multiply(low, (uint64_t)z[b], &term[1]);
            term[1] += high * (uint64_t)z[b] - (z[b] < 0 ? low : 0);
            npsi_wide_add(sums->whole, term, 2);
        }
    }
}

static void add_real(npsi_drivers_sum *sums, size_t variables, const double *z, double w)
{
    for (size_t a = 0; a < variables; a++) {
        npsi_dd weighted = npsi_dd_product(w, z[a]);
        for (size_t b = 0; b <= a; b++, sums++) sums->real = npsi_dd_add(sums->real, npsi_dd_scale(weighted, z[b]));
    }
}

/* What is left of rounding where no rows are, and below 0 in a sum of squares, is 0. 1: a whole sum of squares is not
 * from 0 to 2^62, or there are sums without rows, or rows without weight. */
static int settle(npsi_drivers_block *block, size_t variables, int is_real)
{
    npsi_drivers_sum *sums = block->sums;
    uint64_t over = block->rows > 0 && npsi_wide_is_zero(sums->whole, 2);
    for (size_t a = 0; a < variables; a++) {
        npsi_drivers_sum *sum = sums + npsi_drivers_pair(a, a);
        if (is_real && sum->real.high < 0) sum->real = npsi_dd_from(0);
        if (!is_real) over |= sum->whole[1] >> 62;
    }
    for (size_t i = 0; block->rows == 0 && i < npsi_drivers_pair(variables, 0); i++) {
        if (is_real) sums[i].real = npsi_dd_from(0);
        over |= sums[i].whole[0] | sums[i].whole[1];
    }
    return over != 0;
}

/* sum += sign w^2 z z z z */
static void add_fourth(npsi_dd *sums, size_t variables, const double *z, double w, int sign)
{
    npsi_dd square = npsi_dd_scale(npsi_dd_product(w, w), sign);
    for (size_t d = 0; d < variables; d++) {
        npsi_dd first = npsi_dd_scale(square, z[d]);
        for (size_t c = 0; c <= d; c++) {
            npsi_dd second = npsi_dd_scale(first, z[c]);
            for (size_t b = 0; b <= c; b++) {
                npsi_dd third = npsi_dd_scale(second, z[b]);
                for (size_t a = 0; a <= b; a++, sums++) *sums = npsi_dd_add(*sums, npsi_dd_scale(third, z[a]));
            }
        }
    }
}

static int sum_block(npsi_drivers_block *block, size_t variables, const npsi_drivers_row *row, const double *z,
                     const int64_t *whole, int is_real, int sign)
{
    if (sign == 0) return block->rows == 0;
    block->rows += (uint64_t)(int64_t)sign;
    if (is_real) {
        add_real(block->sums, variables, z, sign * row->w);
    } else {
        uint64_t weight[2] = {0, 0};
        if (sign > 0)
            memcpy(weight, row->weight, sizeof weight);
        else
            npsi_wide_subtract(weight, row->weight, 2);
        add_whole(block->sums, variables, whole, weight);
    }
    return settle(block, variables, is_real);
}

static int sum_row(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row, int is_real, int sign)
{
    size_t last = (size_t)shape->columns + 1, index = 0;
    int over = 0;
    if (!row->takes_part) return 0;
    if (!shape->is_pairwise) {
        npsi_drivers_block *block = npsi_drivers_block_at(shape, state, 0);
        return sum_block(block, last + 1, row, row->z, row->whole, is_real, sign);
    }
    for (size_t j = 1; j <= last; j++) {
        for (size_t i = 1; i <= (j < last ? j - 1 : last); i++, index++) {
            if (row->z[i] != row->z[i] || row->z[j] != row->z[j]) continue;
            double z[3] = {1, row->z[i], row->z[j]};
            int64_t whole[3] = {1, row->whole[i], row->whole[j]};
            over |= sum_block(npsi_drivers_block_at(shape, state, index), 3, row, z, whole, is_real, sign);
        }
    }
    return over;
}

/* sum += sign term, of either kind where the sum is real. */
static void sum_term(npsi_drivers_sum *sum, const npsi_drivers_sum *term, int is_real, int from_real, int sign)
{
    if (is_real) {
        npsi_dd real = from_real ? term->real : npsi_drivers_real(term->whole, 2, 1, 1);
        sum->real = npsi_dd_add(sum->real, npsi_dd_scale(real, sign));
    } else if (sign > 0) {
        npsi_wide_add(sum->whole, term->whole, 2);
    } else {
        npsi_wide_subtract(sum->whole, term->whole, 2);
    }
}

int npsi_drivers_add_sums(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row, const void *from,
                          int sign)
{
    int is_real = ((npsi_drivers_head *)state)->is_real != 0, over = 0;
    if (row != NULL) return sum_row(shape, state, row, is_real, sign);
    int from_real = ((const npsi_drivers_head *)from)->is_real != 0;
    size_t variables = npsi_drivers_variables(shape);
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) {
        npsi_drivers_block *block = npsi_drivers_block_at(shape, state, i);
        const npsi_drivers_block *other = npsi_drivers_block_at(shape, from, i);
        over |= sign == 0 && other->rows > block->rows;
        if (sign == 0) continue;
        block->rows += (uint64_t)(int64_t)sign * other->rows;
        for (size_t k = 0; k < npsi_drivers_pair(variables, 0); k++)
            sum_term(block->sums + k, other->sums + k, is_real, from_real, sign);
        over |= settle(block, variables, is_real);
    }
    return over;
}

void npsi_drivers_add_fourth(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row,
                             const void *from, int sign)
{
    npsi_dd *fourth = npsi_drivers_fourth(shape, state);
    size_t count = npsi_drivers_quadruples(shape);
    if (count == 0) return;
    if (row == NULL)
        for (size_t i = 0; i < count; i++)
            fourth[i] = npsi_dd_add(fourth[i], npsi_dd_scale(npsi_drivers_fourth(shape, from)[i], sign));
    else if (row->takes_part)
        add_fourth(fourth, npsi_drivers_variables(shape), row->z, row->w, sign);
    if (npsi_drivers_block_at(shape, state, 0)->rows == 0) memset(fourth, 0, count * sizeof *fourth);
}

void npsi_drivers_make_real(const npsi_drivers_shape *shape, void *state)
{
    size_t sums = npsi_drivers_pair(npsi_drivers_variables(shape), 0);
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) {
        npsi_drivers_sum *sum = npsi_drivers_block_at(shape, state, i)->sums;
        for (size_t k = 0; k < sums; k++) sum[k].real = npsi_drivers_real(sum[k].whole, 2, 1, 1);
    }
    ((npsi_drivers_head *)state)->is_real = 1;
}
