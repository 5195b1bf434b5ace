#include "drivers_analysis_internal.h"

void npsi_dd_multiply_by(npsi_dd *x, double b)
{
    *x = npsi_dd_scale(*x, b);
}

void npsi_dd_plus(npsi_dd *sum, const npsi_dd *a, const npsi_dd *b)
{
    *sum = npsi_dd_add(*sum, npsi_dd_multiply(*a, *b));
}

npsi_dd npsi_dd_inverse(const npsi_dd *x)
{
    npsi_dd quotient = npsi_dd_from(1 / x->high), rest = {1, 0}, guess = npsi_dd_negative(quotient);
    npsi_dd_plus(&rest, &guess, x);
    npsi_dd_plus(&quotient, &quotient, &rest);
    return quotient;
}

npsi_dd npsi_dd_dot(const npsi_dd *x, size_t x_step, const npsi_dd *y, size_t y_step, size_t n)
{
    npsi_dd sum = {0, 0};
    for (; n > 0; n--, x += x_step, y += y_step) npsi_dd_plus(&sum, x, y);
    return sum;
}

void npsi_dd_add_multiple(npsi_dd *x, const npsi_dd *factor, const npsi_dd *y, size_t n)
{
    for (; n > 0; n--) npsi_dd_plus(x++, factor, y++);
}

/* The row is multiplied by the inverse, 1 or more, as 1 plus the rest of it. */
void npsi_sweep(npsi_dd *a, size_t size, size_t pivot)
{
    npsi_dd *row = a + pivot * size, inverse = npsi_dd_inverse(row + pivot), rest = inverse;
    rest.high -= 1;
    npsi_dd_add_multiple(row, &rest, row, size);
    row[pivot] = inverse;
    for (size_t i = 0; i < size; i++, a += size) {
        npsi_dd factor = npsi_dd_negative(a[pivot]);
        if (i == pivot) continue;
        a[pivot] = npsi_dd_from(0);
        npsi_dd_add_multiple(a, &factor, row, size);
    }
}

void npsi_product(double *out, const double *a, const double *b, size_t n, int is_transposed)
{
    for (size_t i = 0; i < n * n; i++) {
        const double *x = a + i / n * n, *y = is_transposed ? b + i % n * n : b + i % n;
        double sum = 0;
        for (size_t l = 0; l < n; l++, y += is_transposed ? 1 : n) sum += x[l] * *y;
        out[i] = sum;
    }
}

/* x, y become c x - s y, s x + c y for n numbers each, `step` apart. */
static void rotate(double *x, double *y, size_t n, size_t step, double c, double s)
{
    for (; n > 0; n--, x += step, y += step) {
        double old = *x;
        *x = c * old - s * *y;
        *y = s * old + c * *y;
    }
}

#define MOST_ROUNDS 40

void npsi_diagonalise(double *a, double *vectors, size_t n)
{
    int rotated = 1;
    for (int round = 0; round < MOST_ROUNDS && rotated; round++) {
        rotated = 0;
        for (size_t q = 1; q < n; q++) {
            for (size_t p = 0; p < q; p++) {
                double *row_p = a + p * n, *row_q = a + q * n, off = row_p[q], at_p = row_p[p], at_q = row_q[q];
                if (!(fabs(off) > 0x1p-54 * sqrt(at_p) * sqrt(at_q))) continue;
                double half = (at_q - at_p) / (2 * off);
                double t = copysign(1, half) / (fabs(half) + sqrt(1 + half * half)), c = 1 / sqrt(1 + t * t);
                rotate(a + p, a + q, n, n, c, t * c);
                rotate(row_p, row_q, n, 1, c, t * c);
                rotate(vectors + p, vectors + q, n, n, c, t * c);
                row_p[p] = at_p - t * off;
                row_q[q] = at_q + t * off;
                row_p[q] = row_q[p] = 0;
                rotated = 1;
            }
        }
    }
}
