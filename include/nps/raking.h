/*
 * raking.h: weights that make a sample look like its population.
 *
 * Raking, or iterative proportional fitting (Deming and Stephan 1940): each row's weight is its base weight times a
 * factor for its category in each margin, and the weights of every category add up to a known total. One margin whose
 * categories are the cells of several columns is post-stratification. With bounds the weights are held between them:
 * the solution then is the one nearest to the base weights in the sense of raking (Deville and Sarndal 1992, method 7
 * with bounds on the weights themselves). It is unique: weights do not depend on the order of margins.
 *
 * Any thread at any time; the columns are only read.
 */
#ifndef NPS_RAKING_H
#define NPS_RAKING_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/column.h>
#include <nps/export.h>
#include <nps/segments.h>

NPS_BEGIN_DECLS

/* One margin: which category each row is in, and what the weights of each category are to add up to. */
typedef struct nps_margin {
    const nps_column *columns; /* `dimensions` of them: integers, bool, text, dictionaries; no value is a null part */
    int32_t dimensions;        /* 1 to NPS_MAX_DIMENSIONS; above 1: cells */
    int32_t reserved;          /* 0 */
    size_t count;              /* categories */
    const nps_key *keys;       /* count * dimensions parts, category after category */
    const double *totals;      /* count of them, above 0 and finite */
} nps_margin;

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. */
typedef struct nps_rake_options {
    size_t struct_size; /* sizeof(nps_rake_options) */
    double total;       /* scale the totals of each margin so that they add up to this, above 0: shares will do [0: take
                           them as they are; all margins must add up to the same] */
    double lowest;      /* no weight below so many times the mean weight, 0 to 1 [0]. The mean is the sum of a margin's
                           totals over the rows with a base weight above 0 */
    double highest;     /* none above, at least 1 [0: no bound] */
    double tolerance;   /* largest distance of a category from its total, as a fraction of it, below 1; from 1e-14 on
                           doubles can hold it [1e-10] */
    uint64_t rounds;    /* at most so many times over all margins [1000] */
    const nps_allocator *allocator;
} nps_rake_options;

/* What is at fault: the first that is found, in this order: base weights row by row; totals margin by margin; then for
 * each margin its categories, and its rows; then for each margin whether its totals can be reached. */
#define NPS_RAKE_FINE          0
#define NPS_RAKE_WEIGHT        1 /* row: the base weight is negative, NaN, infinite or missing */
#define NPS_RAKE_NO_TARGET     2 /* row, margin: it has a base weight above 0, and no total is given for its category */
#define NPS_RAKE_TOTAL         3 /* margin, category: the total is not above 0 and finite, or the sum up to it is not */
#define NPS_RAKE_TWICE         4 /* margin, category: the same category again */
#define NPS_RAKE_NOBODY        5 /* margin, category: no row with a weight above 0 is in it */
#define NPS_RAKE_SUMS          6 /* margin: its totals add up to something else than those of the first, by over 1e-9 */
#define NPS_RAKE_BOUNDS        7 /* margin, category: the bounds leave its total out of reach */
#define NPS_RAKE_NOT_CONVERGED 8 /* margin, category: still the furthest from its total after all rounds */

/* Set struct_size. Written on success and with a fault; where it came to no weights, their numbers are NaN. */
typedef struct nps_rake_report {
    size_t struct_size;       /* sizeof(nps_rake_report) */
    int32_t fault;            /* NPS_RAKE_* */
    int32_t margin;           /* which margin, where the fault names one */
    uint64_t category;        /* its category, likewise */
    uint64_t row;             /* likewise */
    uint64_t rounds;          /* times over all margins */
    double distance;          /* of the furthest category from its total, as a fraction of it */
    double smallest, largest; /* weights, over their mean; of rows with a base weight above 0 */
    double effective_size;    /* (sum w)^2 / sum w^2 (Kish 1965, section 11.7) */
    double design_effect;     /* rows with a base weight above 0 times sum w^2 / (sum w)^2 */
    uint64_t at_bounds;       /* weights that stand on a bound */
} nps_rake_report;

/*
 * The weights of `rows` rows into weights[rows], which may be where the numbers of `base` stand: written on success and
 * with NPS_ERR_CONVERGENCE only. base: a column of numbers, NULL for all 1; a base weight of 0 stays 0, as does one
 * that next to the largest is below the range of doubles. Sums of different margins that differ by rounding are all
 * taken as the first. report may be NULL. It takes time by the row once, and then by round and by combination of
 * categories that occurs.
 *
 * NPS_ERR_ARGUMENT: a null pointer, no margin or no category, a length that is not `rows`, a part of a key or options
 * that cannot be. NPS_ERR_LIMIT: 2^31 categories in all. NPS_ERR_TYPE, NPS_ERR_FORMAT: a column. NPS_ERR_MEMORY. With a
 * fault: NPS_ERR_RANGE: NPS_RAKE_WEIGHT, _TOTAL, _SUMS, _BOUNDS. NPS_ERR_NOT_FOUND: _NO_TARGET. NPS_ERR_SCALE: _TWICE.
 * NPS_ERR_EMPTY: _NOBODY, of the first category where no row has a weight. NPS_ERR_CONVERGENCE: _NOT_CONVERGED: margins
 * or bounds that contradict one another, such as a category whose rows are all in a smaller one; the weights are those
 * of the last round. Since: 0.1.0
 */
NPS_API int nps_rake(const nps_margin *margins, size_t margin_count, const nps_column *base, uint64_t rows,
                     const nps_rake_options *options, double *weights, nps_rake_report *report);

NPS_END_DECLS

#endif
