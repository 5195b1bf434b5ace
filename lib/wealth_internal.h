/*
 * What a bettor against a score is worth by now. In fractions, not points.
 *
 * Betting the fraction u against the mean m, stake 1 becomes the product of 1 + u (X - m) over the answers X. With
 * y = (1 + m) / 2, u = (x - y) / (2 y (1 - y)) and x between 0 and 1 that is (x / y)^r ((1 - x) / (1 - y))^d
 * (x / 2y + (1 - x) / 2(1 - y))^p. The universal portfolio (Cover 1991) spreads the stake over all x by the density of
 * Beta(1/2, 1/2). What it is worth is fair: its mean stays 1 for answers whose mean is m.
 *
 * As a function of the logit of y each of the three factors is log-convex, for each x; so is their mixture. The scores
 * below any worth are an interval, then, and the sample's own score lies in it: there no fixed bet has gained.
 */
#ifndef NPSI_WEALTH_INTERNAL_H
#define NPSI_WEALTH_INTERNAL_H

#include <nps/sample.h>

/* log W(m) at m = trial + trial_rest, -1 <= trial <= 1, where the rest is below trial's last place. Infinite where the
 * sample is impossible. To 1e-12, relative where it is beyond 1, for m up to .9999 from 0; nearer to the ends the rest
 * would have to be known better. */
double npsi_log_wealth(const nps_sample *sample, double trial, double trial_rest);

/* The m up to the sample's score at which log W = threshold > 0; -1 where all are detractors. */
double npsi_wealth_lower(const nps_sample *sample, double threshold);

#endif
