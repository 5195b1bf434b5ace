/* Outcomes for the suites of their estimates. */
#ifndef TEST_OUTCOMES_ROWS_H
#define TEST_OUTCOMES_ROWS_H

#include <math.h>
#include <nps/outcomes.h>
#include <nps/status.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define ck_same(a, b)             ck_assert_mem_eq(&(a), &(b), sizeof(a))

enum { MEAN = NPS_OUTCOME_MEAN, RATE = NPS_OUTCOME_RATE, MOST = 200 };

/* Classes of the standard scale. */
#define DETRACTORS (&(const nps_answers){0, 6})
#define PROMOTERS  (&(const nps_answers){9, 10})

/* The normal quantiles at .975 and .95, as R's qnorm has them. */
#define Z95 1.959963984540054
#define Z90 1.6448536269514722

static inline nps_outcomes empty(void)
{
    nps_outcomes outcomes;
    ck_status(nps_outcomes_init(&outcomes, NULL), NPS_OK);
    return outcomes;
}

static inline void add(nps_outcomes *outcomes, int32_t answer, double outcome, double weight)
{
    ck_status(nps_outcomes_add(outcomes, answer, outcome, weight), NPS_OK);
}

/* Ones and zeros: of answer 0, and of answer 10. */
static inline nps_outcomes rates(int ones_from, int n_from, int ones_to, int n_to)
{
    nps_outcomes state = empty();
    for (int i = 0; i < n_from; i++) add(&state, 0, i < ones_from, 1);
    for (int i = 0; i < n_to; i++) add(&state, 10, i < ones_to, 1);
    return state;
}

/* Doubled so many times. */
static inline void multiply(nps_outcomes *outcomes, int times)
{
    for (int i = 0; i < times; i++) {
        nps_outcomes copy = *outcomes;
        ck_status(nps_outcomes_merge(outcomes, &copy), NPS_OK);
    }
}

static inline nps_outcome_estimate estimate(const nps_outcomes *outcomes, const nps_answers *answers, int32_t method,
                                            double level)
{
    nps_outcome_estimate out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_estimate(outcomes, answers, method, level, &out), NPS_OK);
    return out;
}

static inline nps_outcome_difference difference(const nps_outcomes *outcomes, const nps_answers *from,
                                                const nps_answers *to, int32_t method, double level)
{
    nps_outcome_difference out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_difference(outcomes, from, to, method, level, &out), NPS_OK);
    return out;
}

static inline nps_correlation_result correlation(const nps_outcomes *outcomes, int32_t by, double level)
{
    nps_correlation_result out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_correlation(outcomes, by, level, &out), NPS_OK);
    return out;
}

static inline nps_correlation_result pairs(const double *x, const double *y, const double *weights, size_t count,
                                           double level)
{
    nps_correlation_result out = {.struct_size = sizeof out};
    ck_status(nps_correlation(x, y, weights, count, level, &out), NPS_OK);
    return out;
}

/* Rows of a survey. */
typedef struct survey {
    size_t count;
    int32_t answer[MOST];
    double outcome[MOST], weight[MOST];
} survey;

static inline nps_outcomes state_of(const survey *rows, size_t begin, size_t end)
{
    nps_outcomes state = empty();
    for (size_t i = begin; i < end; i++) add(&state, rows->answer[i], rows->outcome[i], rows->weight[i]);
    return state;
}

/* At least two people in each class. Outcomes are whole, binary or neither; weights 1, whole or neither. */
static inline survey random_survey(uint64_t *seed, int32_t method, int whole, int weighted)
{
    survey rows = {.count = 8 + test_below(seed, MOST - 8)};
    for (size_t i = 0; i < rows.count; i++) {
        rows.answer[i] = i < 6 ? (int32_t[]){1, 6, 7, 8, 9, 10}[i] : (int32_t)test_below(seed, 11);
        double y = (double)test_below(seed, 1000) + 10 * rows.answer[i], w = (double)(1 + test_below(seed, 9));
        rows.outcome[i] = method == RATE ? test_below(seed, 14) < (uint64_t)rows.answer[i] : whole ? y : y / 7 - 50;
        rows.weight[i] = !weighted ? 1 : whole ? w : w / 3;
    }
    return rows;
}

static inline void must_be_near(const nps_outcome_estimate *a, const nps_outcome_estimate *b, double tolerance)
{
    ck_assert(a->n == b->n && a->missing == b->missing);
    ck_near(a->effective_size, b->effective_size, tolerance);
    ck_near(a->mean, b->mean, tolerance);
    ck_near(a->variance, b->variance, tolerance);
    ck_near(a->standard_error, b->standard_error, tolerance);
    ck_near(a->lower, b->lower, 100 * tolerance);
    ck_near(a->upper, b->upper, 100 * tolerance);
}

#endif
