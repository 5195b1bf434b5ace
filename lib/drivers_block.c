/* The robust sums of drivers, many rows at once. */
#include "drivers_internal.h"

typedef struct block_products {
    double at[NPSI_DRIVERS_BLOCK];
} block_products;

static void multiply(const double *x, const double *y, size_t count, block_products *out)
{
    for (size_t i = 0; i < count; i++) out->at[i] = x[i] * y[i];
}

/* Four sums, for the processor to work on at once: all are exact, in any order. */
static double sum_products(const double *x, const double *y, size_t count)
{
    double sum[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += x[i + k] * y[i + k];
    return sum[0] + sum[1] + (sum[2] + sum[3]);
}

void npsi_drivers_fourth_block(const npsi_drivers_shape *shape, void *state, const double *z, const double *w,
                               size_t count)
{
    npsi_dd *sums = npsi_drivers_fourth(shape, state);
    size_t variables = npsi_drivers_variables(shape), rows = (count + 3) / 4 * 4;
    block_products square = {{0}}, first = {{0}}, second = {{0}}, third = {{0}};
    multiply(w, w, count, &square);
    for (size_t d = 0; d < variables; d++) {
        multiply(square.at, z + d * NPSI_DRIVERS_BLOCK, count, &first);
        for (size_t c = 0; c <= d; c++) {
            multiply(first.at, z + c * NPSI_DRIVERS_BLOCK, count, &second);
            for (size_t b = 0; b <= c; b++) {
                multiply(second.at, z + b * NPSI_DRIVERS_BLOCK, count, &third);
                for (size_t a = 0; a <= b; a++, sums++)
                    *sums = npsi_dd_add(*sums, npsi_dd_from(sum_products(third.at, z + a * NPSI_DRIVERS_BLOCK, rows)));
            }
        }
    }
}
