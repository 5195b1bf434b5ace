/*
 * sample.h: what every estimate takes.
 *
 * Three effective counts and the degrees of freedom of their variance. Counts, weights and survey designs all come down
 * to this, and whoever has only counts, from SQL or from a report, starts here. Counts may be fractional.
 *
 * All functions may be called from any thread at any time. NPS_ERR_ARGUMENT: a null pointer. NPS_ERR_RANGE: a count
 * that is negative or not finite, or above 1e15 in sum. NPS_ERR_EMPTY: the counts are all 0.
 */
#ifndef NPS_SAMPLE_H
#define NPS_SAMPLE_H

#include <stdint.h>

#include <nps/export.h>
#include <nps/pairs.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

typedef struct nps_sample {
    double detractors, passives, promoters; /* their sum is the effective size */
    double df;                              /* degrees of freedom of the variance: size - 1 of plain counts */
} nps_sample;

/* From counts, df = their sum - 1, at least 0. Since: 0.1.0 */
NPS_API int nps_sample_from_counts(double detractors, double passives, double promoters, nps_sample *out);

/* From a tally: its counts, df = responses - 1. Since: 0.1.0 */
NPS_API int nps_tally_sample(const nps_tally *tally, nps_sample *out);

/* From weights: Kish's effective size times the weighted shares; df = responses with a weight above 0, less 1. Since:
 * 0.1.0 */
NPS_API int nps_weighted_sample(const nps_weighted *weighted, nps_sample *out);

/* NPS_OK for a sample that the estimates take, else the errors named at the top; df must be finite and not negative.
 * Since: 0.1.0 */
NPS_API int nps_sample_check(const nps_sample *sample);

/* The effective size: the sum of the counts. Since: 0.1.0 */
NPS_API int nps_sample_size(const nps_sample *sample, double *size);

/* The score in points. Since: 0.1.0 */
NPS_API int nps_sample_score(const nps_sample *sample, double *points);

/* The score as the whole number to show to people. flags as in nps_score_rounded; where there is a tally, that is the
 * exact way. Since: 0.1.0 */
NPS_API int nps_sample_score_rounded(const nps_sample *sample, uint32_t flags, int32_t *points);

/* The three shares, fractions that add up to 1. Since: 0.1.0 */
NPS_API int nps_sample_shares(const nps_sample *sample, double *detractors, double *passives, double *promoters);

/* The variance of one answer scored -1, 0, +1: share of promoters + share of detractors - (score / 100)^2, so 0 to 1.
 * Since: 0.1.0 */
NPS_API int nps_sample_variance(const nps_sample *sample, double *variance);

/* The standard error of the score in points: 100 sqrt(variance / size). Since: 0.1.0 */
NPS_API int nps_sample_standard_error(const nps_sample *sample, double *points);

/* What paired comparisons take: people by class before (row) and after (column), each in the order detractors,
 * passives, promoters. Counts may be fractional. */
typedef struct nps_paired_sample {
    double count[3][3];
} nps_paired_sample;

/* From the pairs state: those who answered both times. Since: 0.1.0 */
NPS_API int nps_pairs_sample(const nps_pairs *pairs, nps_paired_sample *out);

/* As nps_sample_check. Since: 0.1.0 */
NPS_API int nps_paired_sample_check(const nps_paired_sample *sample);

/* The margins: the same people's answers before, and after. Since: 0.1.0 */
NPS_API int nps_paired_sample_before(const nps_paired_sample *sample, nps_sample *out);
NPS_API int nps_paired_sample_after(const nps_paired_sample *sample, nps_sample *out);

NPS_END_DECLS

#endif
