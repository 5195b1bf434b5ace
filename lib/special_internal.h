/*
 * Special functions. Relative error below 1e-13 (quantiles 1e-12), tails included: each distribution has a lower tail
 * (cdf) and an upper tail (sf), and neither is computed as 1 minus the other where that loses digits. Arguments outside
 * the domain give NaN. Every loop is bounded.
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
