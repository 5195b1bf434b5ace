#include "double_double_internal.h"

npsi_dd npsi_dd_sum(double a, double b)
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

npsi_dd npsi_dd_product(double a, double b)
{
    npsi_dd r;
    r.high = a * b;
    r.low = fma(a, b, -r.high);
    return r;
}

npsi_dd npsi_dd_add(npsi_dd x, npsi_dd y)
{
    npsi_dd high = npsi_dd_sum(x.high, y.high);
    npsi_dd low = npsi_dd_sum(x.low, y.low);
    npsi_dd r = npsi_dd_fast_sum(high.high, high.low + low.high);
    return npsi_dd_fast_sum(r.high, r.low + low.low);
}

npsi_dd npsi_dd_subtract(npsi_dd x, npsi_dd y)
{
    return npsi_dd_add(x, npsi_dd_negative(y));
}

npsi_dd npsi_dd_scale(npsi_dd x, double b)
{
    npsi_dd r = npsi_dd_product(x.high, b);
    return npsi_dd_fast_sum(r.high, fma(x.low, b, r.low));
}

npsi_dd npsi_dd_multiply(npsi_dd x, npsi_dd y)
{
    npsi_dd r = npsi_dd_product(x.high, y.high);
    return npsi_dd_fast_sum(r.high, r.low + (x.high * y.low + x.low * y.high));
}

npsi_dd npsi_dd_divide(npsi_dd x, npsi_dd y)
{
    double first = x.high / y.high;
    npsi_dd rest = npsi_dd_subtract(x, npsi_dd_scale(y, first));
    return npsi_dd_fast_sum(first, rest.high / y.high);
}
