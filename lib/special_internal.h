/*
 * Special functions. Each distribution has a lower tail (cdf) and an upper tail (sf), and neither is 1 minus the other
 * where that would lose digits. Every loop is bounded. Arguments are taken as exact.
 *
 * Relative error below 1e-13, far tails down to 1e-300 included, for shapes of 1e-3 to 1e15 (df: 2e-3 to 2e15); below
 * 1e-12 for quantiles, also near the 0 of the symmetric ones. npsi_log_beta, which is 0 in places: below 1e-13 of
 * max(1, |value|). Other positive shapes give finite and sensible values. A quantile that is no normal double is 0, or
 * infinite, or 1 for the beta.
 *
 * NaN where an argument is NaN or outside the domain: shapes and df above 0 and finite (only Student's df may be
 * infinite: the normal), x >= 0 for gamma, chi-square and F, 0 <= x <= 1 for the beta, 0 <= p <= 1. At the ends of the
 * domain, x = 0, x infinite, p = 0 and p = 1, the limits are exact.
 */
#ifndef NPSI_SPECIAL_INTERNAL_H
#define NPSI_SPECIAL_INTERNAL_H

double npsi_normal_cdf(double x);
double npsi_normal_sf(double x);
double npsi_normal_quantile(double p);       /* x with cdf(x) = p */
double npsi_normal_upper_quantile(double q); /* x with sf(x) = q */

double npsi_log_gamma(double x);                    /* x > 0 */
double npsi_log_beta(double a, double b);           /* a, b > 0; no cancellation for large a, b */
double npsi_beta_cdf(double x, double a, double b); /* regularised incomplete beta I_x(a, b) */
double npsi_beta_sf(double x, double a, double b);  /* 1 - I_x(a, b) */
double npsi_beta_pdf(double x, double a, double b);
double npsi_beta_quantile(double p, double a, double b);

double npsi_gamma_cdf(double x, double shape); /* regularised lower incomplete gamma P(shape, x) */
double npsi_gamma_sf(double x, double shape);

double npsi_chi2_cdf(double x, double df);
double npsi_chi2_sf(double x, double df);
double npsi_chi2_quantile(double p, double df);
double npsi_chi2_upper_quantile(double q, double df);

double npsi_t_cdf(double x, double df);
double npsi_t_sf(double x, double df);
double npsi_t_quantile(double p, double df);

double npsi_f_cdf(double x, double df1, double df2);
double npsi_f_sf(double x, double df1, double df2);
double npsi_f_quantile(double p, double df1, double df2);

#endif
