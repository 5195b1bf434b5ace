/*
 * Double-double numbers: the unevaluated sum of two doubles, about 31 digits. Error-free sums and products after Dekker
 * (1971) and Joldes, Muller and Popescu (2017); relative error below 2^-100 while nothing over- or underflows.
 */
#ifndef NPSI_DOUBLE_DOUBLE_INTERNAL_H
#define NPSI_DOUBLE_DOUBLE_INTERNAL_H

#include <math.h>

typedef struct npsi_dd {
    double high, low;
} npsi_dd;

static inline npsi_dd npsi_dd_from(double a)
{
    npsi_dd r = {a, 0.0};
    return r;
}

/* a + b, where |a| >= |b|; exact. */
static inline npsi_dd npsi_dd_fast_sum(double a, double b)
{
    npsi_dd r;
    double taken;
    r.high = a + b;
    taken = r.high - a;
    r.low = b - taken;
    return r;
}

/* a + b, exact. */
npsi_dd npsi_dd_sum(double a, double b);

/* a b, exact. */
npsi_dd npsi_dd_product(double a, double b);

npsi_dd npsi_dd_add(npsi_dd x, npsi_dd y);

static inline npsi_dd npsi_dd_negative(npsi_dd x)
{
    npsi_dd r = {-x.high, -x.low};
    return r;
}

npsi_dd npsi_dd_subtract(npsi_dd x, npsi_dd y);
npsi_dd npsi_dd_scale(npsi_dd x, double b);
npsi_dd npsi_dd_multiply(npsi_dd x, npsi_dd y);
npsi_dd npsi_dd_divide(npsi_dd x, npsi_dd y);

#endif
