#include <float.h>

#include "special_internal.h"
#include "special_tail_internal.h"

/* Beta(a, b) through its odds x / (1 - x), which t and F give without rounding: rounding x would cost five digits where
 * the shapes are 1e10. */
npsi_tails npsi_odds_tails(npsi_dd odds, double a, double b)
{
    npsi_dd one = npsi_dd_from(1.0);
    npsi_dd sum = npsi_dd_add(odds, one);

    if (odds.high < DBL_MIN) return npsi_tails_of(0.0, 1.0);
    if (!(odds.high <= 1.0 / DBL_MIN)) return npsi_tails_of(1.0, 0.0); /* NaN after an overflow, too */
    return npsi_beta_tails(npsi_dd_divide(odds, sum), npsi_dd_divide(one, sum), a, b);
}

double npsi_far_t_sf(double df)
{
    return 0.5 * npsi_odds_tails(npsi_dd_from(NPSI_FAR_ODDS), 0.5, 0.5 * df).upper;
}

double npsi_t_sf(double t, double df)
{
    double far = sqrt(df) * sqrt(NPSI_FAR_ODDS);
    npsi_tails squared;

    if (isnan(t) || !(df > 0.0)) return NAN;
    if (df == INFINITY) return npsi_normal_sf(t);
    if (fabs(t) > far) return t > 0.0 ? npsi_far_t_sf(df) * pow(far / t, df) : 1.0 - npsi_t_sf(-t, df);
    squared = npsi_odds_tails(npsi_dd_divide(npsi_dd_product(t, t), npsi_dd_from(df)), 0.5, 0.5 * df);
    return t > 0.0 ? 0.5 * squared.upper : 0.5 + 0.5 * squared.lower;
}

double npsi_t_cdf(double t, double df)
{
    return npsi_t_sf(-t, df);
}

static npsi_tails f_tails(double x, double df1, double df2)
{
    if (!(x >= 0.0 && npsi_is_shape(df1) && npsi_is_shape(df2))) return npsi_tails_of(NAN, NAN);
    return npsi_odds_tails(npsi_dd_divide(npsi_dd_product(x, df1), npsi_dd_from(df2)), 0.5 * df1, 0.5 * df2);
}

double npsi_f_cdf(double x, double df1, double df2)
{
    return f_tails(x, df1, df2).lower;
}

double npsi_f_sf(double x, double df1, double df2)
{
    return f_tails(x, df1, df2).upper;
}
