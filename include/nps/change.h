/*
 * change.h: why did the score move?
 *
 * Between two waves a score moves because segments score otherwise (the rate effect), and because other people answer
 * (the mix effect): a shop with low scores that answers more often pulls the total down though nobody is less content.
 * Kitagawa's decomposition (1955, J. Am. Stat. Assoc. 50:1168) gives each segment both, and they add up to the change.
 * docs/methods.md has the formulas, those of the intervals among them.
 *
 * Any thread at any time; nothing is allocated. A difference is to - from. On an error nothing is written.
 * NPS_ERR_ARGUMENT: a null pointer, a level not inside (0, 1), no struct_size. NPS_ERR_RANGE: a sample, see sample.h,
 * or a size that is negative, not finite, above 1e15 in sum, or 0 just where its sample is not, or the other way round.
 * NPS_ERR_EMPTY: nobody answered in one of the waves.
 */
#ifndef NPS_CHANGE_H
#define NPS_CHANGE_H

#include <stddef.h>

#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

/* One segment's part. Points, but for the shares. An element of an array, so without struct_size: it does not grow in
 * later releases. */
typedef struct nps_change_segment {
    double from_share, to_share; /* of all answers, fractions */
    double from_score, to_score; /* NaN in a wave in which it did not answer */
    double rate;                 /* because it scores otherwise: mean share times the change of its score */
    double mix; /* because it is another part of the whole: change of share times how far it lies from the total */
} nps_change_segment;

typedef struct nps_change {
    size_t struct_size;            /* sizeof(nps_change) */
    double from, to, change;       /* the total scores, and to - from */
    double rate, rate_error;       /* sum over the segments, and its standard error */
    double rate_lower, rate_upper; /* its interval, within +-200 */
    double mix, mix_error;         /* the same */
    double mix_lower, mix_upper;
    double promoters_part, detractors_part; /* the change of the share of promoters, and less that of detractors */
} nps_change;

/*
 * from[count] and to[count] are the segments of two independent waves; one that is absent has a sample of zeros. Sizes
 * are how much of the whole each segment is, such as sums of weights (nps_weighted_total); NULL: the samples' own
 * sizes. A segment absent in one wave takes its score of the other one, so that it is all mix; one that is absent in
 * both is no error. rate + mix is the change, as are promoters_part + detractors_part, and the segments' effects add
 * up, but for rounding in the last digit; below 1e-23 points all is 0. Swapped waves, and swapped promoters and
 * detractors, change signs to the bit.
 *
 * Standard errors are those of the delta method: scores and shares are both of a sample, a segment's share as sure as
 * its effective size makes it. A score without variance takes that of its counts plus 3/4, 3/2, 3/4. The intervals at
 * `level` are normal ones. segments[count] may be NULL. Since: 0.1.0
 */
NPS_API int nps_change_explain(const nps_sample *from, const double *from_sizes, const nps_sample *to,
                               const double *to_sizes, size_t count, double level, nps_change_segment *segments,
                               nps_change *out);

NPS_END_DECLS

#endif
