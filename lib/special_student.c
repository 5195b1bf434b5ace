#include "special_internal.h"
#include "special_tail_internal.h"

/* Beta(a, b) seen through its odds x / (1 - x), which t and F give without rounding: for shapes of 1e10 and a rounded x
 * the sixth digit would be lost. */
npsi_tails npsi_odds_tails(npsi_dd odds, double a, double b)
{
    npsi_dd one = npsi_dd_from(1.0);
    npsi_dd sum = npsi_dd_add(odds, one);
    return npsi_beta_tails(npsi_dd_divide(odds, sum), npsi_dd_divide(one, sum), a, b);
}

/* P(T > t) for t > 0; t^2 / df has a beta distribution in its odds. */
static npsi_tails squared_t_tails(double t, double df)
{
    return npsi_odds_tails(npsi_dd_divide(npsi_dd_product(t, t), npsi_dd_from(df)), 0.5, 0.5 * df);
}

/* Beyond this the upper tail is a pure power of t, to the last digit; below the other, both tails are 1/2. */
#define FAR_T  0x1p400
#define NEAR_T 0x1p-80

double npsi_t_sf(double t, double df)
{
    if (isnan(t) || !(df > 0.0)) return NAN;
    if (df == INFINITY) return npsi_normal_sf(t);
    if (fabs(t) < NEAR_T) return 0.5;
    if (t > FAR_T) return 0.5 * squared_t_tails(FAR_T, df).upper * pow(FAR_T / t, df);
    if (t > 0.0) return 0.5 * squared_t_tails(t, df).upper;
    return t < -FAR_T ? 1.0 - npsi_t_sf(-t, df) : 0.5 + 0.5 * squared_t_tails(t, df).lower;
}

double npsi_t_cdf(double t, double df)
{
    return npsi_t_sf(-t, df);
}

static int f_domain(double x, double df1, double df2)
{
    return x >= 0.0 && df1 > 0.0 && df2 > 0.0 && df1 < INFINITY && df2 < INFINITY;
}

static npsi_tails f_tails(double x, double df1, double df2)
{
    npsi_dd odds = npsi_dd_divide(npsi_dd_product(x, df1), npsi_dd_from(df2));
    return npsi_odds_tails(odds, 0.5 * df1, 0.5 * df2);
}

double npsi_f_cdf(double x, double df1, double df2)
{
    if (!f_domain(x, df1, df2)) return NAN;
    if (x == 0.0 || x == INFINITY) return x == 0.0 ? 0.0 : 1.0;
    return f_tails(x, df1, df2).lower;
}

double npsi_f_sf(double x, double df1, double df2)
{
    if (!f_domain(x, df1, df2)) return NAN;
    if (x == 0.0 || x == INFINITY) return x == 0.0 ? 1.0 : 0.0;
    return f_tails(x, df1, df2).upper;
}
