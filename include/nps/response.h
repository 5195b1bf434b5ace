/*
 * response.h: who did not answer.
 *
 * The response rate, what the score could be at worst and at best had everybody answered (Manski 1989; Horowitz and
 * Manski 1998), and how much of a score stands on the two ends of the scale.
 *
 * Any thread at any time. NPS_ERR_ARGUMENT: a null pointer. NPS_ERR_RANGE: more responses than invitations, a rate or a
 * score that cannot be. NPS_ERR_EMPTY: no invitations, or no responses or no weight where there has to be some. A
 * tally that nps_tally_check refuses gives what that gives; NPS_ERR_SCALE, NPS_ERR_OVERFLOW: weights, see weighted.h.
 */
#ifndef NPS_RESPONSE_H
#define NPS_RESPONSE_H

#include <stdint.h>

#include <nps/export.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

/* responses / invited, a fraction, rounded once; 0 where nobody answered. Since: 0.1.0 */
NPS_API int nps_response_rate(uint64_t responses, uint64_t invited, double *rate);

/* The scores, in points, if all who did not answer were detractors, and if they were promoters: rate * score -+ 100 (1
 * - rate). No assumption about them is needed, and no interval of the answers covers what these leave open. Rate 0:
 * -100 and 100, and the score is not looked at. Since: 0.1.0 */
NPS_API int nps_response_bounds(double score, double rate, double *lowest, double *highest);

/* The same from whole counts, each rounded once. invited counts those who answered too; missing and invalid answers of
 * the tally are not looked at. Since: 0.1.0 */
NPS_API int nps_tally_response_bounds(const nps_tally *tally, uint64_t invited, double *lowest, double *highest);

/* The shares of the responses that gave the lowest and the highest answer of the scale, 0 and 10 on the standard one;
 * of weighted responses, weighted. Each is rounded once. Since: 0.1.0 */
NPS_API int nps_tally_ends(const nps_tally *tally, double *lowest, double *highest);
NPS_API int nps_weighted_ends(const nps_weighted *weighted, double *lowest, double *highest);

NPS_END_DECLS

#endif
