/*
 * drivers.h: which ratings drive the answer.
 *
 * An opaque state of sums, cross-products and counts: of the ratings (such as 1 to 5 for staff, price, speed) and of
 * what they are to explain, the answer or its class. It adds, merges and takes back like a tally, and out of it come
 * correlations, the regression with standard errors, variance inflation, Johnson's relative weights with intervals,
 * Shapley values, and which ratings to work on first. The rows themselves are not kept.
 *
 * While ratings and answers are whole numbers within +-2^20 and sums stay below 2^62, all sums are exact whole numbers
 * in units of 2^-64, weights rounded once as in weighted.h: then equal rows make equal states, however the work was
 * split. The first number that is not whole, or too large, turns the sums into compensated ones of about 31 digits,
 * until no row is left. The sums of option `robust` are compensated always: exact for whole numbers with whole weights,
 * up to 2^100.
 *
 * A state of 64 ratings takes 36 KiB; pairwise 211 KiB, 52 (columns + 1)^2 bytes or so; and robust ones take 16 bytes
 * for each of (columns + 5)! / (4! (columns + 1)!) sums.
 *
 * Distinct states may be used at once, and const calls on one state may run at once; a change needs the caller's lock.
 * A call that fails has changed nothing. NPS_ERR_ARGUMENT and NPS_ERR_MEMORY may come from all. What is undefined is
 * NaN. docs/methods.md has the formulas.
 */
#ifndef NPS_DRIVERS_H
#define NPS_DRIVERS_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/column.h>
#include <nps/export.h>
#include <nps/scale.h>
#include <nps/segments.h>
#include <nps/tally.h>

NPS_BEGIN_DECLS

#define NPS_MAX_DRIVERS         64 /* columns */
#define NPS_MAX_DRIVERS_ROBUST  16 /* columns with option robust */
#define NPS_MAX_DRIVERS_SHAPLEY 20 /* columns that nps_drivers_shapley takes */

/* What the ratings are to explain. */
#define NPS_DRIVERS_ANSWER 0 /* the number itself; any finite number will do */
#define NPS_DRIVERS_CLASS  1 /* -1, 0, 1: coefficients times 100 are points of the score */

/* Rows that lack something. */
#define NPS_DRIVERS_LISTWISE 0 /* only rows with the answer and every rating */
#define NPS_DRIVERS_PAIRWISE \
    1 /* each correlation from the rows that have both, those of ratings also without an answer: no standard errors */

typedef struct nps_drivers nps_drivers;

/* Fill it with zeros, set struct_size and ratings, and what else is to differ from the default in brackets. */
typedef struct nps_drivers_options {
    size_t struct_size;     /* sizeof(nps_drivers_options) */
    int32_t ratings;        /* 1 to NPS_MAX_DRIVERS */
    int32_t explains;       /* NPS_DRIVERS_ANSWER or NPS_DRIVERS_CLASS [ANSWER] */
    int32_t missing;        /* NPS_DRIVERS_LISTWISE or NPS_DRIVERS_PAIRWISE [LISTWISE] */
    int32_t robust;         /* 1: keep what standard errors need that trust neither equal variances nor the normal
                               distribution; listwise only, at most NPS_MAX_DRIVERS_ROBUST columns [0] */
    const nps_scale *scale; /* of the answers, for their class and for nps_drivers_tally [the standard scale] */
    const double *low;  /* with `high`, one a rating: penalty and reward. Rating j is then two columns of 0 and 1: */
    const double *high; /* 2 j is 1 where it is `low` or less, 2 j + 1 where it is `high` or more [NULL: a column is
                           the rating itself] */
    const nps_allocator *allocator; /* copied [realloc and free] */
} nps_drivers_options;

/* A new, empty state. NPS_ERR_ARGUMENT: a number above its most, low without high or not below it, or one that is not
 * finite, robust and pairwise at once, an unknown non-zero tail of a larger options struct. NPS_ERR_SCALE. Since: 0.1.0
 */
NPS_API int nps_drivers_new(const nps_drivers_options *options, nps_drivers **out);

/* Gives all its memory back. NULL does nothing. Since: 0.1.0 */
NPS_API void nps_drivers_free(nps_drivers *drivers);

/* A copy, equal in everything, with the same allocator. Since: 0.1.0 */
NPS_API int nps_drivers_copy(const nps_drivers *drivers, nps_drivers **out);

/* What it was made with: pointers in it are valid as long as the state is. Set struct_size. And the columns: ratings,
 * or twice as many. 0 for NULL. Since: 0.1.0 */
NPS_API int nps_drivers_shape(const nps_drivers *drivers, nps_drivers_options *out);
NPS_API int32_t nps_drivers_columns(const nps_drivers *drivers);

/*
 * Adds one row, or takes it back: the answer and ratings[`ratings`], NaN where there is none, and its weight as in
 * nps_weighted_add, 1 for plain rows. The weight of a row without an answer is looked at only pairwise. NPS_ERR_RANGE:
 * a number that is infinite or beyond +-1e100, with robust 1e60; a weight; for NPS_DRIVERS_CLASS an answer that is not
 * on the scale. NPS_ERR_OVERFLOW: more than 2^63 - 1 rows. Remove: NPS_ERR_UNDERFLOW: the counts or the exact sums show
 * that no such row is there. Since: 0.1.0
 */
NPS_API int nps_drivers_add(nps_drivers *drivers, double answer, const double *ratings, double weight);
NPS_API int nps_drivers_remove(nps_drivers *drivers, double answer, const double *ratings, double weight);

/* Adds a batch, the fast path: a column of answers, `ratings` columns of ratings, and one of weights (NULL: all 1), of
 * any number type or bool and one length; what is not valid, or NaN, is missing. All rows or none; *row, where not
 * NULL, tells the first at fault on NPS_ERR_RANGE. NPS_ERR_ARGUMENT: lengths differ. NPS_ERR_TYPE. Since: 0.1.0 */
NPS_API int nps_drivers_add_columns(nps_drivers *drivers, const nps_column *answers, const nps_column *ratings,
                                    const nps_column *weights, uint64_t *row);

/* As nps_tally_merge and nps_tally_subtract; both may be one. NPS_ERR_TYPE: made with other options. NPS_ERR_SCALE:
 * another scale. NPS_ERR_UNDERFLOW, NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_drivers_merge(nps_drivers *into, const nps_drivers *from);
NPS_API int nps_drivers_subtract(nps_drivers *from, const nps_drivers *taken);

typedef struct nps_drivers_rows {
    size_t struct_size;  /* sizeof(nps_drivers_rows) */
    uint64_t complete;   /* with answer, every rating, and a weight above 0 */
    uint64_t incomplete; /* with an answer and a weight, but not every rating: part of it only pairwise */
    uint64_t unanswered; /* without an answer: part of it only pairwise, with two ratings and a weight above 0 */
    uint64_t zero;       /* with an answer and weight 0: no part of it */
} nps_drivers_rows;

/* How many rows there were. And rows with an answer and a weight above 0, but without this rating. NPS_ERR_NOT_FOUND:
 * no such rating. Since: 0.1.0 */
NPS_API int nps_drivers_count(const nps_drivers *drivers, nps_drivers_rows *out);
NPS_API int nps_drivers_missing(const nps_drivers *drivers, int32_t rating, uint64_t *out);

/* The answers of the rows that are part of it, unweighted; those that are not on the scale are invalid there, and
 * none are missing.
 * Since: 0.1.0 */
NPS_API int nps_drivers_tally(const nps_drivers *drivers, nps_tally *out);

/* States by key: a container that merges, subtracts, rolls up, folds, hides and sorts as those of tallies do; its
 * tallies are those of nps_drivers_tally. options->state is not looked at; options->scale neither, `drivers` has it.
 * Since: 0.1.0 */
NPS_API int nps_drivers_segments_new(const nps_segments_options *options, const nps_drivers_options *drivers,
                                     nps_segments **out);
/* Adds one row, takes it back, adds a whole state, copies one out. NPS_ERR_TYPE: a container of other states, or a
 * state made with other options. The rest as above and as in segments.h. Since: 0.1.0 */
NPS_API int nps_segments_add_drivers(nps_segments *segments, const nps_key *key, double answer, const double *ratings,
                                     double weight);
NPS_API int nps_segments_remove_drivers(nps_segments *segments, const nps_key *key, double answer,
                                        const double *ratings, double weight);
NPS_API int nps_segments_merge_drivers(nps_segments *segments, const nps_key *key, const nps_drivers *drivers);
NPS_API int nps_segments_drivers(const nps_segments *segments, size_t index, nps_drivers **out);

/* How standard errors are computed. */
#define NPS_ERRORS_CLASSICAL 0 /* equal variances around the line; relative weights: normal distribution */
#define NPS_ERRORS_HC1                                                                           \
    1 /* robust: White (1980) with n / (n - k - 1) (MacKinnon and White 1985); relative weights: \
         any distribution (Browne 1984). Takes option robust */

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. NULL is all defaults.
 */
typedef struct nps_drivers_model {
    size_t struct_size; /* sizeof(nps_drivers_model) */
    uint64_t use;       /* a bit a column, 1 << column: which ones take part [0: all] */
    double level;       /* of the intervals [0.95] */
    int32_t errors;     /* NPS_ERRORS_* [CLASSICAL] */
    int32_t reserved;   /* 0 */
} nps_drivers_model;

/* Why a column cannot take part. */
#define NPS_DRIVER_FINE      0
#define NPS_DRIVER_CONSTANT  1 /* the same in all rows, or in none */
#define NPS_DRIVER_COLLINEAR 2 /* others of those used determine it, and it them: to the last 1e-12 of its variance */

/* What is wrong with each of the columns, faults[columns]: of those that `use` names (0: all); the others are FINE. All
 * columns of a linear dependence are named, for which of them to leave out is not for us to guess. The functions below
 * return NPS_ERR_SINGULAR where one used is not FINE. NPS_ERR_EMPTY: no rows. Since: 0.1.0 */
NPS_API int nps_drivers_faults(const nps_drivers *drivers, uint64_t use, int32_t *faults);

/* Correlations (Pearson's) of all columns and the answer, which comes last: matrix[(columns + 1)^2]. NaN where one is
 * constant. NPS_ERR_EMPTY. Since: 0.1.0 */
NPS_API int nps_drivers_correlations(const nps_drivers *drivers, double *matrix);

typedef struct nps_drivers_fit {
    size_t struct_size;     /* sizeof(nps_drivers_fit) */
    uint64_t n;             /* rows; pairwise: the fewest that any correlation is from */
    double weight;          /* of them */
    double effective_size;  /* Kish's, n without weights; NaN pairwise */
    double mean, deviation; /* of the answer, or of its class; with n - 1 */
    double r_squared, adjusted_r_squared;
    double residual_deviation; /* with n - k - 1 */
    double df, f, f_p;         /* n - k - 1; all coefficients are 0, classical */
    double intercept, intercept_error;
} nps_drivers_fit;

/* Of one column. NaN from `coefficient` on where it takes no part. An element of an array, so without struct_size: it
 * does not grow in later releases. */
typedef struct nps_driver {
    uint64_t n;             /* rows that it was in; pairwise, as for the next two, those with an answer */
    double mean, deviation; /* with n - 1 */
    double correlation;     /* with the answer */
    double coefficient;     /* change of the answer with one more of this, all others the same */
    double standard_error;  /* of it */
    double t, p;            /* of no effect, on df */
    double lower, upper;    /* of the coefficient */
    double standardised;    /* the coefficient in standard deviations */
    double vif;             /* variance inflation: 1 / (1 - its R^2 on the others) */
} nps_driver;

/*
 * The regression, with intercept, of the answer on the columns used: weighted least squares as R's lm has it, or
 * pairwise from the correlations and deviations, without standard errors. drivers[columns] may be NULL. With n of k + 1
 * or fewer rows there is no residual, and what rests on it is NaN. NPS_ERR_EMPTY: fewer than 2 rows. NPS_ERR_SINGULAR:
 * see nps_drivers_faults; also where the answer is constant, and pairwise where the correlations are none that numbers
 * can have. NPS_ERR_TYPE: HC1 without option robust. Since: 0.1.0
 */
NPS_API int nps_drivers_regression(const nps_drivers *drivers, const nps_drivers_model *model, nps_drivers_fit *fit,
                                   nps_driver *columns);

/* Of one column; NaN where it takes no part. In shares of the answer's variance. */
typedef struct nps_driver_weight {
    double weight, standard_error; /* all weights add up to R^2 */
    double lower, upper;           /* from 0 to 1 */
} nps_driver_weight;

/* Relative weights (Johnson 2000): each column's part of R^2, which collinearity does not blow up. Standard errors
 * by the delta method from the covariance of correlations (Olkin and Siotani 1976; without normality Browne
 * 1984); with weights, by linearisation (HC1) or with the effective size. Pairwise: none. Errors as above.
 * Since: 0.1.0 */
NPS_API int nps_drivers_relative_weights(const nps_drivers *drivers, const nps_drivers_model *model,
                                         nps_driver_weight *weights);

/* Shapley values (Lindeman, Merenda and Gold 1980): the gain in R^2, averaged over all orders in which columns could
 * come; exact. shapley[columns] add up to R^2. NPS_ERR_LIMIT: more than NPS_MAX_DRIVERS_SHAPLEY used. With 20 it takes
 * 8 MiB and some dozens of milliseconds. Since: 0.1.0 */
NPS_API int nps_drivers_shapley(const nps_drivers *drivers, const nps_drivers_model *model, double *shapley);

/* Of one column; NaN and rank 0 where it takes no part. */
typedef struct nps_driver_priority {
    int32_t rank;          /* 1: work on it first; equal ones in the order of the columns */
    int32_t reserved;      /* 0 */
    double room;           /* how far the mean is from the best end of the rating, 0 to 1 */
    double priority;       /* relative weight times room */
    double standard_error; /* of it, with the uncertainty of both */
} nps_driver_priority;

/*
 * Where to begin: what matters most and is furthest from as good as can be. lowest[columns] and highest[columns] are
 * the ends of each rating; where the correlation with the answer is negative the lowest is the best.
 * ahead[columns^2], where not NULL, becomes how sure the order is: ahead[i * columns + j] is the probability that the
 * priority of i is truly above that of j, by the normal distribution of their difference; NaN pairwise and for i = j.
 * NPS_ERR_RANGE: ends that are not finite or not in order, or a mean that is outside of them. Errors as above.
 * Since: 0.1.0
 */
NPS_API int nps_drivers_priorities(const nps_drivers *drivers, const nps_drivers_model *model, const double *lowest,
                                   const double *highest, nps_driver_priority *priorities, double *ahead);

NPS_END_DECLS

#endif
