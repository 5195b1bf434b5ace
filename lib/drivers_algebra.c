#include "drivers_analysis_internal.h"

void npsi_sweep(npsi_dd *a, int size, int pivot)
{
    npsi_dd *row = a + pivot * size, one = {1, 0}, inverse = npsi_dd_divide(one, row[pivot]);
    for (int j = 0; j < size; j++) row[j] = npsi_dd_multiply(row[j], inverse);
    for (int i = 0; i < size; i++) {
        npsi_dd *other = a + i * size, factor = npsi_dd_negative(other[pivot]);
        if (i == pivot) continue;
        for (int j = 0; j < size; j++) other[j] = npsi_dd_add(other[j], npsi_dd_multiply(factor, row[j]));
        other[pivot] = npsi_dd_multiply(factor, inverse);
    }
    row[pivot] = inverse;
}

void npsi_product(double *out, const double *a, int a_row, int a_column, const double *b, int b_row, int b_column,
                  int n)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int l = 0; l < n; l++) sum += a[i * a_row + l * a_column] * b[l * b_row + j * b_column];
            out[i * n + j] = sum;
        }
    }
}

/* x, y -> c x - s y, s x + c y for n numbers each, `step` apart. */
static void rotate(double *x, double *y, int n, int step, double c, double s)
{
    for (int i = 0; i < n; i++, x += step, y += step) {
        double old = *x;
        *x = c * old - s * *y;
        *y = s * old + c * *y;
    }
}

#define MOST_ROUNDS 40

void npsi_diagonalise(double *a, double *vectors, int n)
{
    int rotated = 1;
    for (int round = 0; round < MOST_ROUNDS && rotated; round++) {
        rotated = 0;
        for (int q = 1; q < n; q++) {
            for (int p = 0; p < q; p++) {
                double off = a[p * n + q], at_p = a[p * n + p], at_q = a[q * n + q];
                if (!(fabs(off) > 0x1p-54 * sqrt(at_p) * sqrt(at_q))) continue;
                double half = (at_q - at_p) / (2 * off), t = 1 / (fabs(half) + sqrt(1 + half * half));
                if (half < 0) t = -t;
                double c = 1 / sqrt(1 + t * t), s = t * c;
                rotate(a + p, a + q, n, n, c, s);
                rotate(a + p * n, a + q * n, n, 1, c, s);
                rotate(vectors + p, vectors + q, n, n, c, s);
                a[p * n + p] = at_p - t * off;
                a[q * n + q] = at_q + t * off;
                a[p * n + q] = a[q * n + p] = 0;
                rotated = 1;
            }
        }
    }
}
