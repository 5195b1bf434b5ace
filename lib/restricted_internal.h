/*
 * The trinomial under a trial score: the shares of greatest likelihood among those whose score is t, and the statistics
 * built on them. In fractions, not points.
 *
 * The estimate has a form with one unknown, the tilt u. With S = d / (1 - u) + p + r / (1 + u) it is
 * (d / (1 - u), p, r / (1 + u)) / S; u = 0 gives the sample itself, and n / S = 1 + u t. A class that nobody is in
 * takes a share only at u = 1 (detractors) or u = -1 (promoters). All is written so that counts up to 1e15 and scores
 * near -1, 0 and 1 keep their digits.
 */
#ifndef NPSI_RESTRICTED_INTERNAL_H
#define NPSI_RESTRICTED_INTERNAL_H

/* A level next to 0 has a deviate whose square is 0. */
#define NPSI_SMALLEST_DEVIATE 1e-30

typedef struct npsi_shares {
    double detractors, passives, promoters; /* fractions that add up to 1 */
    double size;
    double score; /* promoters less detractors, rounded once */
} npsi_shares;

typedef struct npsi_restricted {
    double detractors, passives, promoters; /* the restricted estimate of the shares */
    double variance;                        /* of one answer under it */
    double gap;                             /* the sample's score less the trial score */
    double tilt, left, right, ratio;        /* u, 1 - u, 1 + u, 1 + u t */
} npsi_restricted;

/* Counts, not all 0, as shares. */
npsi_shares npsi_shares_of(double detractors, double passives, double promoters);
/* Promoters and detractors swapped. */
npsi_shares npsi_shares_mirrored(const npsi_shares *shares);
/* E X^2 - (E X)^2 for answers scored -1, 0, 1. */
double npsi_shares_variance(const npsi_shares *shares);

/* For a trial score strictly inside -1 and 1. */
npsi_restricted npsi_restricted_at(const npsi_shares *shares, double trial);
/* The same where 1 - |trial| is known better than from the trial. */
npsi_restricted npsi_restricted_near(const npsi_shares *shares, double trial, double rest);

/* The score statistic z(t) (Tango 1998): positive where the trial is below the sample's score. */
double npsi_score_statistic(const npsi_shares *shares, double trial);
/* Its inverse, Tango's lower limit: the t with z(t) = z for z > 0, -1 where all are detractors. */
double npsi_score_limit(const npsi_shares *shares, double z);
/* The score less that limit: all its digits, however near the two are. */
double npsi_score_gap(const npsi_shares *shares, double z);
/* Laud's (2017) z*(t), with bias and skewness correction; size > 1. Infinite where it does not exist. */
double npsi_skewed_statistic(const npsi_shares *shares, double trial);
/* The signed root of the likelihood ratio: its square is 2 (l(max) - l(t)). */
double npsi_likelihood_statistic(const npsi_shares *shares, double trial);

#endif
