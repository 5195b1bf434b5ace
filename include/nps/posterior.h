/*
 * posterior.h: what to believe of a score.
 *
 * The posterior of the score under a Dirichlet prior of the three shares, exactly: by quadrature, without random
 * numbers. Unlike everywhere else a sample of no answers is legal: it leaves the prior as it was.
 *
 * prior: pseudo-counts of detractors, passives and promoters, each from 1/2 to 1e15; NULL: 1/2 each (Jeffreys 1946),
 * which gives the interval NPS_INTERVAL_JEFFREYS. NPS_ERR_RANGE: a prior or points outside, or counts as in sample.h.
 * NPS_ERR_ARGUMENT: a null pointer, a level not inside (0, 1). All functions may be called from any thread at any time;
 * none allocates.
 */
#ifndef NPS_POSTERIOR_H
#define NPS_POSTERIOR_H

#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

/* The credible interval with equal tails, in points. Since: 0.1.0 */
NPS_API int nps_posterior_interval(const nps_sample *sample, const double *prior, double level, double *lower,
                                   double *upper);

/* The probability that the score is at most `points`, and that it is above: neither is 1 minus the other where that
 * would lose digits. Either may be NULL. points: any finite number. Since: 0.1.0 */
NPS_API int nps_posterior_cdf(const nps_sample *sample, const double *prior, double points, double *below,
                              double *above);

/* The probability that the score of `to` is above that of `from` by more than `margin` points, -200 to 200; 0 asks just
 * which is higher. Both have the prior. Absolute error below 1e-11 up to 1e11 answers a sample; it
 * grows as their root from there, to 1e-9 at 1e15. Since: 0.1.0 */
NPS_API int nps_posterior_greater(const nps_sample *from, const nps_sample *to, const double *prior, double margin,
                                  double *probability);

NPS_END_DECLS

#endif
