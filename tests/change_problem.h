/* Two waves by segment, for the suites of change.h. */
#ifndef TEST_CHANGE_PROBLEM_H
#define TEST_CHANGE_PROBLEM_H

#include <float.h>
#include <math.h>
#include <nps/change.h>
#include <nps/status.h>
#include <stddef.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define MOST                      200
#define Z95                       1.959963984540054 /* R: qnorm(.975) */

typedef struct problem {
    size_t count;
    int sized; /* or the samples' own sizes */
    nps_sample from[MOST], to[MOST];
    double from_sizes[MOST], to_sizes[MOST];
} problem;

static inline nps_sample counts(double detractors, double passives, double promoters)
{
    return (nps_sample){detractors, passives, promoters, 0};
}

static inline double size_of(const nps_sample *sample)
{
    return (sample->detractors + sample->promoters) + sample->passives;
}

static inline int explain(const problem *p, double level, nps_change_segment *segments, nps_change *out)
{
    return nps_change_explain(p->from, p->sized ? p->from_sizes : NULL, p->to, p->sized ? p->to_sizes : NULL, p->count,
                              level, segments, out);
}

static inline nps_change change_of(const problem *p, nps_change_segment *segments)
{
    nps_change out = {.struct_size = sizeof out, .rate = -777};
    ck_status(explain(p, 0.95, segments, &out), NPS_OK);
    return out;
}

#endif
