/*
 * outcomes.h: what an answer is worth: retention, revenue, handling time by answer and by class.
 *
 * For each answer: how many have an outcome, and the sums of it and of its square, weighted or not. The sums are
 * compensated to about 31 digits: exact, in any order, for whole numbers, and so for yes and no, with whole weights
 * while they stay below 2^104; mergeable and subtractable always. Means and variances of any range of answers, such as
 * a class, come out of it, and so do the correlation of answer and outcome and the difference of two classes. What a
 * promoter is worth is computed, never assumed: no rule of thumb is in here.
 *
 * A plain struct of 1440 bytes. Threads, null pointers and scales as in tally.h. What is undefined is NaN. On an error
 * nothing is changed or written.
 */
#ifndef NPS_OUTCOMES_H
#define NPS_OUTCOMES_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>
#include <nps/scale.h>
#include <nps/segments.h>
#include <nps/tally.h>

NPS_BEGIN_DECLS

/* Sums over those who gave one answer. A pair of doubles is the unevaluated sum of the two. */
typedef struct nps_outcome_sums {
    uint64_t n;                   /* with an outcome and a weight above 0 */
    uint64_t binary;              /* of these, with an outcome of 0 or 1 */
    uint64_t zero;                /* with an outcome and weight 0 */
    uint64_t missing;             /* without an outcome */
    double weight[2], squared[2]; /* of w and w w, over n */
    double sum[2], squares[2];    /* of w y and w y y */
    double heavy_sum[2];          /* of w w y */
    double heavy_squares[2];      /* of w w y y */
} nps_outcome_sums;

typedef struct nps_outcomes {
    nps_scale scale;
    uint32_t kind;
    nps_outcome_sums level[NPS_MAX_LEVELS]; /* by answer, lowest first */
    uint64_t missing, invalid;              /* rows without an answer; their outcomes are not looked at */
    uint64_t reserved;                      /* 0 */
} nps_outcomes;

/* An empty one. scale NULL: the standard one. NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_outcomes_init(nps_outcomes *outcomes, const nps_scale *scale);

/* NPS_OK for one that the functions below could have made; else as nps_tally_check, and NPS_ERR_FORMAT for sums that no
 * outcomes have. Since: 0.1.0 */
NPS_API int nps_outcomes_check(const nps_outcomes *outcomes);

/* One answer with its outcome, or taken back. outcome: any finite number within +-1e100, NaN: not known. weight: 0 or
 * from 2^-64 to below 2^64, as in nps_weighted_add; 1 for plain answers. NPS_ERR_RANGE: the outcome or the weight.
 * NPS_ERR_OVERFLOW. Remove: NPS_ERR_UNDERFLOW: no such answer is there, or the sums show, to a millionth, that none
 * with such an outcome or weight was; what rounding would leave of a sum of squares below its least is taken away.
 * Since: 0.1.0 */
NPS_API int nps_outcomes_add(nps_outcomes *outcomes, int32_t answer, double outcome, double weight);
NPS_API int nps_outcomes_remove(nps_outcomes *outcomes, int32_t answer, double outcome, double weight);

/* Columns of one length: answers as in nps_tally_add_column, outcomes and weights (NULL: all 1) of any number type or
 * bool. An outcome that is not valid is not known. All rows or none; *row, where not NULL, tells the first at fault on
 * NPS_ERR_RANGE. NPS_ERR_ARGUMENT: lengths differ. NPS_ERR_TYPE, NPS_ERR_FORMAT, NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_outcomes_add_columns(nps_outcomes *outcomes, const nps_column *answers, const nps_column *values,
                                     const nps_column *weights, uint64_t *row);

/* As nps_tally_merge and nps_tally_subtract. Since: 0.1.0 */
NPS_API int nps_outcomes_merge(nps_outcomes *into, const nps_outcomes *from);
NPS_API int nps_outcomes_subtract(nps_outcomes *from, const nps_outcomes *taken);

/* How often each answer was given, with an outcome or without. Since: 0.1.0 */
NPS_API int nps_outcomes_tally(const nps_outcomes *outcomes, nps_tally *out);

/* Outcomes by key: a container made by nps_segments_new with state NPS_STATE_OUTCOMES, which merges, subtracts, rolls
 * up, folds, hides and sorts as those of tallies do. Adds one answer, takes it back, adds a whole state, reads one.
 * NPS_ERR_TYPE: a container of other states. The rest as above and as in segments.h. Since: 0.1.0 */
NPS_API int nps_segments_add_outcome(nps_segments *segments, const nps_key *key, int32_t answer, double outcome,
                                     double weight);
NPS_API int nps_segments_remove_outcome(nps_segments *segments, const nps_key *key, int32_t answer, double outcome,
                                        double weight);
NPS_API int nps_segments_merge_outcomes(nps_segments *segments, const nps_key *key, const nps_outcomes *outcomes);
NPS_API int nps_segments_outcomes(const nps_segments *segments, size_t index, nps_outcomes *out);

/* Answers from one to another, both included. */
typedef struct nps_answers {
    int32_t lowest, highest;
} nps_answers;

/* The answers of a class, NPS_DETRACTOR, NPS_PASSIVE or NPS_PROMOTER: lowest above highest where a scale has no
 * passives. NPS_ERR_RANGE: no such class. Since: 0.1.0 */
NPS_API int nps_answers_of_class(const nps_scale *scale, int32_t category, nps_answers *out);

#define NPS_OUTCOME_MEAN 0 /* of any numbers: t intervals, Welch's for differences */
#define NPS_OUTCOME_RATE 1 /* of 0 and 1: Wilson (1927) intervals, Newcombe's (1998) of these for differences */

typedef struct nps_outcome_estimate {
    size_t struct_size;    /* sizeof(nps_outcome_estimate) */
    uint64_t n, missing;   /* with an outcome, and without; see nps_outcome_sums */
    double effective_size; /* n, or with weights Kish's */
    double mean;           /* of a rate: its share, 0 to 1 */
    double variance;       /* between people. A mean: with n - 1 where all weigh the same, else the weighted one times
                              effective_size / (effective_size - 1); a rate p: p (1 - p) */
    double standard_error; /* of the mean: s / sqrt(n), with weights by linearisation: the square root of n / (n - 1)
                              times the sum of w w (y - mean)^2, over the sum of w. Of a rate: that of p (1 - p) /
                              effective_size, which its interval is of too */
    double lower, upper;   /* of the mean, on effective_size - 1 degrees of freedom; of a rate inside 0 and 1 */
} nps_outcome_estimate;

/* The outcome of those who gave one of these answers; NULL: of all. level: inside (0, 1). Of a mean of one variance,
 * standard error and bounds are NaN; so are the bounds where one weight is so near to all that no double holds them.
 * Outcomes less than 1e-100 apart, or 1e-12 of their size where millions are summed and 1e-15 of few, may count as
 * equal. NPS_ERR_ARGUMENT: a range that is not on the scale, a method, a level. NPS_ERR_EMPTY: nobody has an outcome
 * and a weight, also of a class without answers. NPS_ERR_RANGE: RATE of other numbers than 0 and 1. Since: 0.1.0 */
NPS_API int nps_outcomes_estimate(const nps_outcomes *outcomes, const nps_answers *answers, int32_t method,
                                  double level, nps_outcome_estimate *out);

typedef struct nps_outcome_difference {
    size_t struct_size; /* sizeof(nps_outcome_difference) */
    double difference;  /* to - from */
    double lower, upper;
    double statistic, df, p; /* of no difference; df infinite of rates, whose p is where a bound is 0 */
} nps_outcome_difference;

/* The outcome of some, such as promoters, less that of others, such as detractors: ranges that do not overlap, else
 * NPS_ERR_ARGUMENT. A mean of one, or two without variance: bounds and test are NaN. Errors as above. Since: 0.1.0 */
NPS_API int nps_outcomes_difference(const nps_outcomes *outcomes, const nps_answers *from, const nps_answers *to,
                                    int32_t method, double level, nps_outcome_difference *out);

#define NPS_OUTCOME_BY_ANSWER 0
#define NPS_OUTCOME_BY_CLASS  1 /* -1, 0, 1 */

typedef struct nps_correlation_result {
    size_t struct_size; /* sizeof(nps_correlation_result) */
    uint64_t n;
    double correlation;      /* Pearson's */
    double lower, upper;     /* by Fisher's (1921) transformation; NaN where n, or the effective size, is not above 3 */
    double statistic, df, p; /* t of no correlation, on n - 2, or with weights the effective size - 2; NaN where that is
                                not above 0 */
} nps_correlation_result;

/* Correlation of the answer, or of its class, with the outcome. NPS_ERR_EMPTY: as above. NPS_ERR_SINGULAR: all answers
 * or all outcomes are the same. Since: 0.1.0 */
NPS_API int nps_outcomes_correlation(const nps_outcomes *outcomes, int32_t by, double level,
                                     nps_correlation_result *out);

/* The same of `count` pairs of numbers, such as the score and the mean handling time of each agent; n counts those with
 * a weight above 0. weights NULL: all 1. NPS_ERR_RANGE: a number beyond +-1e100 or NaN, a weight other than in
 * nps_outcomes_add. NPS_ERR_ARGUMENT: x or y is NULL and count is not 0. Since: 0.1.0 */
NPS_API int nps_correlation(const double *x, const double *y, const double *weights, size_t count, double level,
                            nps_correlation_result *out);

typedef struct nps_earned_growth_result {
    size_t struct_size;   /* sizeof(nps_earned_growth_result) */
    double retention;     /* net revenue retention: kept / before */
    double new_earned;    /* earned / before */
    double earned_growth; /* retention + new_earned - 1: a rate, 0.1 is ten per cent */
    double bought;        /* bought / before: growth that was paid for */
    double growth;        /* earned_growth + bought */
} nps_earned_growth_result;

/* Earned growth (Reichheld, Darnell and Burns 2021) from the caller's figures of two periods of equal length, in any
 * currency. before: revenue of the first period; kept: revenue in the second from those who were customers in the
 * first; earned: from new customers who came by recommendation; bought: from other new customers. All finite,
 * before above 0, the others 0 or more, and no result beyond the doubles, else NPS_ERR_RANGE. Since: 0.1.0 */
NPS_API int nps_earned_growth(double before, double kept, double earned, double bought, nps_earned_growth_result *out);

NPS_END_DECLS

#endif
