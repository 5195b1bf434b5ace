/*
 * plan.h: how many answers does it take?
 *
 * Sizes, margins and power of surveys that are still to be made, from the normal approximation (Cochran 1977, Sampling
 * Techniques, chapter 4): with v the variance of one answer scored -1, 0, +1 and z the normal quantile at (1 + level)
 * / 2. Margins and differences are in points, sizes are responses (not invitations). docs/plan.md has examples.
 *
 * All functions may be called from any thread at any time; none allocates. NPS_ERR_ARGUMENT: a null pointer, no
 * struct_size, an unknown non-zero tail of a larger plan. NPS_ERR_RANGE: a number outside what its comment says.
 */
#ifndef NPS_PLAN_H
#define NPS_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets, which 0 stands for. */
typedef struct nps_plan {
    size_t struct_size;   /* sizeof(nps_plan) */
    double from_variance; /* of one answer, above 0 to 1: see nps_plan_variance [1: the largest, nothing is known] */
    double to_variance;   /* of the second group [from_variance] */
    double level;         /* confidence, inside (0, 1) [0.95] */
    double power;         /* probability of seeing a difference that is there, inside (0, 1) [0.8] */
    double ratio;         /* size of `to` over size of `from`, above 0 [1] */
    double population;    /* people who could answer, at least 1: margins only [infinite] */
    double design_effect; /* of weights or clusters, above 0: multiplies all variances [1] */
} nps_plan;

/* The variance of one answer where these are the shares, fractions that are not negative and add up to at most 1:
 * promoters + detractors - (promoters - detractors)^2. It is 0 where all are of one class, which in a plan would stand
 * for the default. Since: 0.1.0 */
NPS_API int nps_plan_variance(double promoters, double detractors, double *variance);

/* The least whole number of responses whose score has this margin of error, above 0 to 100 points: n0 = z^2 v /
 * margin^2, of a population N n0 / (1 + (n0 - 1) / N). At least 1, never more than the population. *exact, where exact
 * is not NULL, is that before rounding up. NPS_ERR_LIMIT: above 2^53. Since: 0.1.0 */
NPS_API int nps_plan_size_for_margin(const nps_plan *plan, double margin, uint64_t *size, double *exact);

/* The margin of error of the score of so many responses, above 0 and at most the population: z sqrt(v / n (N - n) / (N
 * - 1)); 0 where everybody answered. Cut at 100. Since: 0.1.0 */
NPS_API int nps_plan_margin_for_size(const nps_plan *plan, double size, double *margin);

/* The probability that a two-sided test of two groups at 1 - level sees a difference of so many points, -200 to 200:
 * Phi(-z + x) + Phi(-z - x), x = |difference| / standard error. Since: 0.1.0 */
NPS_API int nps_plan_power(const nps_plan *plan, double from_size, double to_size, double difference, double *power);

/* The least sizes of two groups whose test sees this difference, not 0, with the plan's power, to_size = ratio *
 * from_size rounded up. The power must be above 1 - level, else NPS_ERR_RANGE. *exact, where exact is not NULL, is the
 * size of `from` by the textbook formula (z + z_power)^2 (v + v_to / ratio) / difference^2, which is not rounded and
 * leaves out that a test may also err to the wrong side: the sizes are at most that, rounded up. NPS_ERR_LIMIT: one of
 * the three is above 2^53. Since: 0.1.0 */
NPS_API int nps_plan_size_for_difference(const nps_plan *plan, double difference, uint64_t *from_size,
                                         uint64_t *to_size, double *exact);

/* The least difference, above 0, that groups of these sizes see with the plan's power, the variances held. It may be
 * above 200: then no difference is seen so surely. The power must be above 1 - level, else NPS_ERR_RANGE. Since: 0.1.0
 */
NPS_API int nps_plan_detectable(const nps_plan *plan, double from_size, double to_size, double *difference);

NPS_END_DECLS

#endif
