#include "complex_internal.h"

#include <math.h>

#define SMALL 0.25 /* below this modulus the series are used */

npsi_complex npsi_exp(npsi_complex x)
{
    double size = exp(x.re);
    return (npsi_complex){size * cos(x.im), size * sin(x.im)};
}

npsi_complex npsi_exp_rest(npsi_complex x)
{
    if (x.re * x.re + x.im * x.im > SMALL * SMALL) {
        npsi_complex power = npsi_exp(x);
        return (npsi_complex){power.re - 1 - x.re, power.im - x.im};
    }
    npsi_complex sum = {1, 0}; /* 1 + x / 3 (1 + x / 4 (1 + ...)) */
    for (int i = 13; i >= 3; i--) {
        sum = npsi_scaled(1.0 / i, npsi_times(sum, x));
        sum.re += 1;
    }
    return npsi_scaled(0.5, npsi_times(npsi_times(x, x), sum));
}

npsi_complex npsi_log1p(npsi_complex x)
{
    if (x.re * x.re + x.im * x.im <= SMALL * SMALL) return npsi_plus(x, npsi_log_rest(x));
    return (npsi_complex){log(hypot(1 + x.re, x.im)), atan2(x.im, 1 + x.re)};
}

/* The series is that of log(1 + x) = 2 atanh(w), w = x / (2 + x), where 2 w - x = -x w. */
npsi_complex npsi_log_rest(npsi_complex x)
{
    if (x.re * x.re + x.im * x.im > SMALL * SMALL) return npsi_plus(npsi_log1p(x), npsi_scaled(-1, x));
    npsi_complex w = npsi_over(x, (npsi_complex){2 + x.re, x.im}), square = npsi_times(w, w), sum = {0, 0};
    for (int odd = 19; odd >= 3; odd -= 2) {
        sum.re += 2.0 / odd;
        sum = npsi_times(sum, square);
    }
    return npsi_times(w, (npsi_complex){sum.re - x.re, sum.im - x.im});
}
