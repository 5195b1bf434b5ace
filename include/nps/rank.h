/*
 * rank.h: leaderboards that do not reward luck.
 *
 * The scores of few answers scatter most, so that the top and the bottom of a plain list are full of small segments.
 * Here each score is drawn towards the mean of all, the more so the less is known of it (empirical Bayes: Efron and
 * Morris 1975; the variance between segments by DerSimonian and Laird 1986), and the list is in the order of the lower
 * bounds of these.
 * docs/methods.md has the formulas.
 *
 * Any thread at any time. What is undefined is NaN. NPS_ERR_ARGUMENT: a null pointer, options that cannot be, no
 * struct_size. NPS_ERR_RANGE, NPS_ERR_EMPTY: a sample; see sample.h. NPS_ERR_MEMORY. On an error nothing is written.
 */
#ifndef NPS_RANK_H
#define NPS_RANK_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/compare.h>
#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. */
typedef struct nps_rank_options {
    size_t struct_size;      /* sizeof(nps_rank_options) */
    double level;            /* of the intervals [0.95] */
    int32_t method;          /* NPS_DIFFERENCE_*, of a segment against the rest [MOVER] */
    int32_t adjust;          /* NPS_ADJUST_*, of its p [NONE] */
    uint64_t best;           /* how many are "the best" [1] */
    const nps_sample *rests; /* what each sample is held against, count of them, such as the total less the segment;
                                one without answers: no comparison [the sum of all other samples' counts, df as of
                                plain counts] */
    const nps_allocator *allocator;
} nps_rank_options;

/* One segment. In points but for shares and probabilities. An element of an array, so without struct_size: it does not
 * grow in later releases. */
typedef struct nps_ranked {
    uint64_t rank;                       /* 1 leads; no two have the same */
    double score, standard_error;        /* of the sample; without variance: see NPS_OMNIBUS_WALD */
    double shrinkage;                    /* how much of the way to the mean, 0 to 1 */
    double shrunken, shrunken_se;        /* the best guess, and its standard error given mean and tau2 */
    double lower, upper;                 /* of the true score, with the uncertainty of the mean too; within +-100 */
    double best;                         /* probability of being among the best */
    double rest, rest_lower, rest_upper; /* score less that of the rest, and its interval */
    double statistic, df, p, p_adjusted; /* of no difference from the rest */
} nps_ranked;

/*
 * Ranks `count` samples into ranked[count], in the order of the samples. Ranks follow `lower`, what a segment can
 * be trusted to be at least, so that a few lucky answers do not lead; then the shrunken score, the lower bound of the
 * score interval (NPS_INTERVAL_SCORE) at the level, and the order of the samples. tau2 0: nothing
 * tells the segments apart, all have the mean, and each is as likely as any to be among the best. `best` of count or
 * more: all are. It has an error below 1e-11, and is computed without random numbers.
 *
 * A comparison with the rest that is not defined, by NPS_ERR_SINGULAR of nps_compare or because there is no rest, as of
 * one sample, is NaN from `rest` to `p_adjusted`, and p is adjusted for the number of the others. Other errors of
 * nps_compare are returned: NPS_ERR_RANGE also of a rest above 1e15 in sum, and NPS_ERR_RANGE and NPS_ERR_LIMIT of
 * PERMUTATION. between may be NULL; set its struct_size.
 *
 * Time and memory grow in proportion to count times best, or count less best where that is less: 100 segments take some
 * milliseconds, 1000 some dozens for the 10 best and seconds for the 500 best. Since: 0.1.0
 */
NPS_API int nps_rank(const nps_sample *samples, size_t count, const nps_rank_options *options, nps_ranked *ranked,
                     nps_heterogeneity *between);

NPS_END_DECLS

#endif
