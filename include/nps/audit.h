/*
 * audit.h: how often is an interval right?
 *
 * The true coverage of an interval method for samples of n answers from a population with known shares, exactly: by
 * going through all (n + 1)(n + 2) / 2 samples that can come about, without simulation. docs/coverage.md holds what it
 * says of the methods of interval.h.
 */
#ifndef NPS_AUDIT_H
#define NPS_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

typedef struct nps_audit_result {
    size_t struct_size; /* sizeof(nps_audit_result) */
    double coverage;    /* probability that lower <= true score <= upper, with a slack of 1e-10 points */
    double width;       /* expected width, points */
    double miss_below;  /* probability that the true score lies below the interval */
    double miss_above;  /* probability that it lies above */
} nps_audit_result;

/*
 * shares[3]: detractors, passives and promoters of the population, fractions that are not negative and add up to 1 to
 * within 1e-9. size: 1 to 1,000,000, else NPS_ERR_LIMIT. Samples that all together have a probability below 1e-15 are
 * passed over, so that time grows with size and not with its square: at most about 45 intervals for each answer.
 * Methods and levels as in nps_interval, whose errors it has. NPS_ERR_ARGUMENT: a null pointer, no struct_size.
 * NPS_ERR_RANGE: shares. Any thread; it allocates nothing. Since: 0.1.0
 */
NPS_API int nps_audit(const double *shares, uint64_t size, int32_t method, double level, nps_audit_result *out);

NPS_END_DECLS

#endif
