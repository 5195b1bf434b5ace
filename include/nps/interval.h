/*
 * interval.h: how sure one score is.
 *
 * Two-sided confidence intervals of a Net Promoter Score from a sample. With d, p, r detractors, passives and
 * promoters, n their sum, delta = (r - d) / n, v = (r + d) / n - delta^2, z the normal quantile at (1 + level) / 2.
 * docs/methods.md compares them; docs/interval.md tells which to take.
 *
 * All functions may be called from any thread at any time; none allocates, and none loops without a bound. Swapping
 * promoters and detractors swaps the bounds and changes their signs.
 */
#ifndef NPS_INTERVAL_H
#define NPS_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

#define NPS_INTERVAL_SCORE 0 /* inverts the score test (Tango 1998, Stat. Med. 17:891). The default */
#define NPS_INTERVAL_SCORE_SKEWED \
    1 /* with bias and skewness correction (Laud 2017, Pharm. Stat. 16:334): hardly ever too narrow */
#define NPS_INTERVAL_ADJUSTED_WALD 2 /* Wald on the counts plus 3/4, 3/2, 3/4 (Rocks 2016, Am. Stat. 70:365) */
#define NPS_INTERVAL_AGRESTI_MIN   3 /* Wald on the counts plus 1/2, 1, 1/2 (Agresti and Min 2005, Stat. Med. 24:729) */
#define NPS_INTERVAL_BONETT_PRICE \
    4 /* Wald on the counts plus 1, 0, 1 (Bonett and Price 2012, J. Educ. Behav. Stat. 37:479) */
#define NPS_INTERVAL_WALD       5 /* delta +- z sqrt(v / n). A point when all answers are of one class: its known failure */
#define NPS_INTERVAL_T          6 /* delta +- t sqrt(v / (n - 1)), t with the sample's degrees of freedom */
#define NPS_INTERVAL_LIKELIHOOD 7 /* profile likelihood ratio */
#define NPS_INTERVAL_JEFFREYS   8 /* equal tails of the posterior under Dirichlet(1/2, 1/2, 1/2) */
#define NPS_INTERVAL_BOOTSTRAP \
    9 /* ideal BCa bootstrap (Efron 1987, JASA 82:171) without random numbers; whole counts only */
#define NPS_INTERVAL_COUNT 10 /* methods are numbered from 0 to here */

/*
 * The interval of a score in points, within -100 and 100, lower <= score <= upper but for the methods that shrink to
 * the middle (ADJUSTED_WALD, AGRESTI_MIN, BONETT_PRICE, JEFFREYS). level: the confidence, above 0 and below 1; .5 to
 * .9999 is what the methods are tested for. Where a method cannot tell (T and SCORE_SKEWED for n <= 1, T without
 * degrees of freedom) the bounds are -100 and 100. NPS_ERR_ARGUMENT: a null pointer, no such method, a level not inside
 * (0, 1). NPS_ERR_RANGE, NPS_ERR_EMPTY: see sample.h; NPS_ERR_RANGE also for BOOTSTRAP of counts that are not whole.
 * NPS_ERR_CONVERGENCE: never seen; no result is better than a wrong one. Since: 0.1.0
 */
NPS_API int nps_interval(const nps_sample *sample, int32_t method, double level, double *lower, double *upper);

/*
 * Simultaneous intervals of the three shares, in fractions (Goodman 1965, Technometrics 7:247): lower[3] and upper[3]
 * in the order detractors, passives, promoters. Errors as above. Since: 0.1.0
 */
NPS_API int nps_interval_shares(const nps_sample *sample, double level, double *lower, double *upper);

/* The name of a method as the command and the bindings write it: "score", "skewed", "adjusted-wald", "agresti-min",
 * "bonett-price", "wald", "t", "likelihood", "jeffreys", "bootstrap"; NULL for any other number. A static string.
 * Since: 0.1.0 */
NPS_API const char *nps_interval_method_name(int32_t method);

/* The method of that name (length bytes). NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API int nps_interval_method(const char *name, size_t length, int32_t *method);

NPS_END_DECLS

#endif
