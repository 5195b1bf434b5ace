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

static inline npsi_dd npsi_dd_negative(npsi_dd x)
{
    npsi_dd r = {-x.high, -x.low};
    return r;
}

#if defined(__OPTIMIZE_SIZE__) && !defined(NPSI_DD_LINKAGE)
/* What is compiled for size shares the ones of double_double.c. */
npsi_dd npsi_dd_sum(double a, double b);
npsi_dd npsi_dd_product(double a, double b);
npsi_dd npsi_dd_add(npsi_dd x, npsi_dd y);
npsi_dd npsi_dd_subtract(npsi_dd x, npsi_dd y);
npsi_dd npsi_dd_scale(npsi_dd x, double b);
npsi_dd npsi_dd_multiply(npsi_dd x, npsi_dd y);
npsi_dd npsi_dd_divide(npsi_dd x, npsi_dd y);
#else
#ifndef NPSI_DD_LINKAGE
#define NPSI_DD_LINKAGE static inline
#endif

/* a + b, exact. */
NPSI_DD_LINKAGE npsi_dd npsi_dd_sum(double a, double b)
{
    npsi_dd r;
    double part_b, part_a, rest_a, rest_b;
    r.high = a + b;
    part_b = r.high - a;
    part_a = r.high - part_b;
    rest_a = a - part_a;
    rest_b = b - part_b;
    r.low = rest_a + rest_b;
    return r;
}

/* a b, exact. */
NPSI_DD_LINKAGE npsi_dd npsi_dd_product(double a, double b)
{
    npsi_dd r;
    r.high = a * b;
    r.low = fma(a, b, -r.high);
    return r;
}

NPSI_DD_LINKAGE npsi_dd npsi_dd_add(npsi_dd x, npsi_dd y)
{
    npsi_dd high = npsi_dd_sum(x.high, y.high);
    npsi_dd low = npsi_dd_sum(x.low, y.low);
    npsi_dd r = npsi_dd_fast_sum(high.high, high.low + low.high);
    return npsi_dd_fast_sum(r.high, r.low + low.low);
}

NPSI_DD_LINKAGE npsi_dd npsi_dd_subtract(npsi_dd x, npsi_dd y)
{
    return npsi_dd_add(x, npsi_dd_negative(y));
}

NPSI_DD_LINKAGE npsi_dd npsi_dd_scale(npsi_dd x, double b)
{
    npsi_dd r = npsi_dd_product(x.high, b);
    return npsi_dd_fast_sum(r.high, fma(x.low, b, r.low));
}

NPSI_DD_LINKAGE npsi_dd npsi_dd_multiply(npsi_dd x, npsi_dd y)
{
    npsi_dd r = npsi_dd_product(x.high, y.high);
    return npsi_dd_fast_sum(r.high, r.low + (x.high * y.low + x.low * y.high));
}

NPSI_DD_LINKAGE npsi_dd npsi_dd_divide(npsi_dd x, npsi_dd y)
{
    double first = x.high / y.high;
    npsi_dd rest = npsi_dd_subtract(x, npsi_dd_scale(y, first));
    return npsi_dd_fast_sum(first, rest.high / y.high);
}

#endif

#endif
