/*
 * weighted.h: a tally with weights, exact.
 *
 * For each answer: how many gave it, the sum of their weights and the sum of the squared weights. A weight is rounded
 * once, to 64 bits before and 64 after the binary point; from then on the sums are whole numbers, so that they do not
 * depend on the order of the answers, merge is associative and commutative, and subtract undoes merge to the bit. A
 * double from 2^-11 on is taken exactly, a smaller one to the nearest multiple of 2^-64 (a tie to the even one).
 * What is computed from the sums, such as the score, is the exact quotient rounded once, to the nearest double.
 *
 * A plain struct of 656 bytes. Threads, null pointers and scales as in tally.h.
 */
#ifndef NPS_WEIGHTED_H
#define NPS_WEIGHTED_H

#include <stddef.h>
#include <stdint.h>

#include <nps/column.h>
#include <nps/export.h>
#include <nps/scale.h>
#include <nps/tally.h>

NPS_BEGIN_DECLS

typedef struct nps_weighted {
    nps_scale scale;
    uint32_t kind;
    uint64_t level[NPS_MAX_LEVELS];     /* responses by answer, zero weights too */
    uint64_t weight[NPS_MAX_LEVELS][2]; /* sum of w, in units of 2^-64, low word first */
    uint64_t square[NPS_MAX_LEVELS][4]; /* sum of w * w, in units of 2^-128, low word first */
    uint64_t zero;                      /* responses with weight 0, which are part of level */
    uint64_t missing, invalid;          /* rows without an answer; they have no weight */
    uint64_t reserved;                  /* 0 */
} nps_weighted;

/* An empty one. scale NULL: the standard one. NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_weighted_init(nps_weighted *weighted, const nps_scale *scale);

/* NPS_OK for one that the functions below could have made; else as nps_tally_check, and NPS_ERR_FORMAT for sums that no
 * weights have. Since: 0.1.0 */
NPS_API int nps_weighted_check(const nps_weighted *weighted);

/*
 * Counts one answer with its weight: 0, or from 2^-64 to below 2^64. The weight of a missing or invalid answer is not
 * looked at. NPS_ERR_RANGE: a weight that is negative, NaN, infinite, too large, or above 0 but below 2^-64.
 * NPS_ERR_OVERFLOW: the sum of the weights of all answers would reach 2^64. Since: 0.1.0
 */
NPS_API int nps_weighted_add(nps_weighted *weighted, int32_t answer, double weight);

/* Takes back what nps_weighted_add added. NPS_ERR_UNDERFLOW: no such answer, or a smaller sum, is there. Since: 0.1.0
 */
NPS_API int nps_weighted_remove(nps_weighted *weighted, int32_t answer, double weight);

/*
 * Adds two columns of one length: answers as in nps_tally_add_column, weights of any number type or bool, read as
 * doubles. All rows or none. On NPS_ERR_RANGE *row, where row is not NULL, tells the first row whose weight is not to
 * be had: as in nps_weighted_add, or not valid. NPS_ERR_ARGUMENT: lengths differ. NPS_ERR_TYPE, NPS_ERR_FORMAT,
 * NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_weighted_add_columns(nps_weighted *weighted, const nps_column *answers, const nps_column *weights,
                                     uint64_t *row);

/* As nps_tally_merge and nps_tally_subtract. NPS_ERR_UNDERFLOW also when what remains could not be sums of weights, so
 * that `taken` was never a part of `from`. Since: 0.1.0 */
NPS_API int nps_weighted_merge(nps_weighted *into, const nps_weighted *from);
NPS_API int nps_weighted_subtract(nps_weighted *from, const nps_weighted *taken);

/* The counts without the weights, as a tally of the same scale and kind. Since: 0.1.0 */
NPS_API int nps_weighted_tally(const nps_weighted *weighted, nps_tally *out);

/* The sum of the weights of all responses. 0 for NULL. Since: 0.1.0 */
NPS_API double nps_weighted_total(const nps_weighted *weighted);

/* The weighted mean answer. NPS_ERR_EMPTY: no answer with a weight above 0. Since: 0.1.0 */
NPS_API int nps_weighted_mean(const nps_weighted *weighted, double *mean);

/* The weighted score in points: 100 (weight of promoters - weight of detractors) / weight of all. NPS_ERR_EMPTY as
 * above. Since: 0.1.0 */
NPS_API int nps_weighted_score(const nps_weighted *weighted, double *points);

/* Effective sample size (Kish 1965, Survey Sampling, section 11.7): (sum of w)^2 / sum of w^2. NPS_ERR_EMPTY as above.
 * Since: 0.1.0 */
NPS_API int nps_weighted_effective_size(const nps_weighted *weighted, double *size);

/* Kish's design effect of weighting: n * sum of w^2 / (sum of w)^2, where n counts zero weights too. NPS_ERR_EMPTY as
 * above. Since: 0.1.0 */
NPS_API int nps_weighted_design_effect(const nps_weighted *weighted, double *effect);

NPS_END_DECLS

#endif
