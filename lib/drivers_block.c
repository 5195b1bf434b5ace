/* The robust sums of drivers, many rows at once. */
#include "drivers_internal.h"

/* Four sums, for the processor to work on at once: all are exact, in any order. */
static double sum_products(const double *x, const double *y, size_t count)
{
    double sum[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += x[i + k] * y[i + k];
    return sum[0] + sum[1] + (sum[2] + sum[3]);
}

/* Products with the variables 0 to `last`, of each with those up to it, and so on: `more` times, then their sums. */
static npsi_dd *add_products(npsi_dd *sums, const double *product, const double *z, size_t last, int more, size_t count)
{
    for (size_t v = 0; v <= last; v++, z += NPSI_DRIVERS_BLOCK) {
        double next[NPSI_DRIVERS_BLOCK];
        if (more == 0) {
            *sums = npsi_dd_add(*sums, npsi_dd_from(sum_products(product, z, count)));
            sums++;
            continue;
        }
        for (size_t i = 0; i < count; i++) next[i] = product[i] * z[i];
        sums = add_products(sums, next, z - v * NPSI_DRIVERS_BLOCK, v, more - 1, count);
    }
    return sums;
}

void npsi_drivers_fourth_block(const npsi_drivers_shape *shape, void *state, const double *z, double *w, size_t count)
{
    /* Rows of weight 0 fill up the last four. */
    for (; count % 4 != 0; count++) w[count] = 0;
    for (size_t i = 0; i < count; i++) w[i] *= w[i];
    add_products(npsi_drivers_fourth(shape, state), w, z, npsi_drivers_variables(shape) - 1, 3, count);
}
