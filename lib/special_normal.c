#include "special_internal.h"

#include <math.h>

/* 1 / sqrt(2) as a sum of two doubles. */
static const double inverse_root2 = 0.70710678118654757;
static const double inverse_root2_rest = -4.8336466567264567e-17;
static const double two_over_root_pi = 1.1283791670955126;

/*
 * erfc's relative condition number grows like 2 y^2: rounding y = x / sqrt(2) alone would cost 1e-13 in the far tail.
 * The rounding error of y is known, so its first-order effect is put back.
 */
double npsi_normal_sf(double x)
{
    double y = x * inverse_root2;
    double tail = erfc(y);

    if (y > 1.0 && tail > 0.0) {
        double rounding = fma(x, inverse_root2, -y) + x * inverse_root2_rest;
        tail -= rounding * two_over_root_pi * exp(-y * y);
    }
    return 0.5 * tail;
}

double npsi_normal_cdf(double x)
{
    return npsi_normal_sf(-x);
}

/* (c[0] + c[1] x + ... + c[7] x^7) / (1 + d[0] x + ... + d[6] x^7) */
static double rational(const double c[8], const double d[7], double x)
{
    double top = c[7], bottom = d[6];
    for (int i = 6; i >= 0; i--) {
        top = top * x + c[i];
        bottom = bottom * x + (i > 0 ? d[i - 1] : 1.0);
    }
    return top / bottom;
}

/* Wichura (1988), "The percentage points of the normal distribution", algorithm AS 241, PPND16: relative error 1e-16.
 */
double npsi_normal_quantile(double p)
{
    static const double central_top[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                          1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                          3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double central_bottom[7] = {4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                                             2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
                                             5.2264952788528545610e3};
    static const double middle_top[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                         3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double middle_bottom[7] = {
        2.05319162663775882187e0,  1.67638483018380384940e0,  6.89767334985100004550e-1, 1.48103976427480074590e-1,
        1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
    static const double far_top[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double far_bottom[7] = {
        5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
        1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
    double centre = p - 0.5, tail, r, x;

    if (!(p >= 0.0 && p <= 1.0)) return NAN;
    if (p == 0.0 || p == 1.0) return p == 0.0 ? -INFINITY : INFINITY;
    if (fabs(centre) <= 0.425) return centre * rational(central_top, central_bottom, 0.180625 - centre * centre);
    tail = centre < 0.0 ? p : 1.0 - p;
    r = sqrt(-log(tail));
    x = r <= 5.0 ? rational(middle_top, middle_bottom, r - 1.6) : rational(far_top, far_bottom, r - 5.0);
    return centre < 0.0 ? -x : x;
}

double npsi_normal_upper_quantile(double q)
{
    return -npsi_normal_quantile(q);
}
