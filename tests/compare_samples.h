/* Samples for the suites of compare.h. */
#ifndef TEST_COMPARE_SAMPLES_H
#define TEST_COMPARE_SAMPLES_H

#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <stdio.h>

#include "support.h"

static inline nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_assert_int_eq(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

static inline nps_sample mirrored(const nps_sample *sample)
{
    return (nps_sample){sample->promoters, sample->passives, sample->detractors, sample->df};
}

/* 1 to 40 answers, often none in a class. */
static inline nps_sample random_sample(uint64_t *state)
{
    for (;;) {
        double count[3];
        for (int i = 0; i < 3; i++) count[i] = test_below(state, 4) == 0 ? 0 : (double)test_below(state, 14);
        if (count[0] + count[1] + count[2] > 0) return counts(count[0], count[1], count[2]);
    }
}

static inline nps_sample row_sample(const test_csv *csv, size_t row, const char *prefix)
{
    static const char *const classes[] = {"detractors", "passives", "promoters"};
    double count[3];
    for (int i = 0; i < 3; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s%s", prefix, classes[i]);
        count[i] = test_csv_number(csv, row, name);
    }
    return counts(count[0], count[1], count[2]);
}

/* As tests/reference/README.md says: relative to |expected| / 1000 beyond 1000. NaN where undefined. */
static inline int within(double actual, double expected, double tol)
{
    if (isnan(expected)) return isnan(actual);
    return fabs(actual - expected) <= tol * fmax(1, fabs(expected) / 1000);
}

/* A p-value also keeps its digits when it is small, to where a double ends. */
static inline int within_p(double actual, double expected, double tol)
{
    if (expected < 1e-300) return actual >= 0 && actual < 1e-299;
    return within(actual, expected, tol) && test_relative_error(actual, expected) <= fmax(tol, 1e-9);
}

#endif
