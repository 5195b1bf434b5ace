/* The complex numbers that contour integrals need, without <complex.h>, which C11 leaves optional. */
#ifndef NPSI_COMPLEX_INTERNAL_H
#define NPSI_COMPLEX_INTERNAL_H

typedef struct npsi_complex {
    double re, im;
} npsi_complex;

static inline npsi_complex npsi_plus(npsi_complex a, npsi_complex b)
{
    return (npsi_complex){a.re + b.re, a.im + b.im};
}

static inline npsi_complex npsi_scaled(double factor, npsi_complex a)
{
    return (npsi_complex){factor * a.re, factor * a.im};
}

static inline npsi_complex npsi_times(npsi_complex a, npsi_complex b)
{
    return (npsi_complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static inline npsi_complex npsi_over(npsi_complex a, npsi_complex b)
{
    double square = b.re * b.re + b.im * b.im;
    return (npsi_complex){(a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square};
}

npsi_complex npsi_exp(npsi_complex x);
npsi_complex npsi_log1p(npsi_complex x); /* log(1 + x) */
/* exp(x) - 1 - x and log(1 + x) - x, to full relative accuracy near 0, so that many of them can be added up. */
npsi_complex npsi_exp_rest(npsi_complex x);
npsi_complex npsi_log_rest(npsi_complex x);

#endif
