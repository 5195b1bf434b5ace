/* Random rows of ratings, and the same as columns. */
#ifndef TEST_DRIVERS_ROWS_H
#define TEST_DRIVERS_ROWS_H

#include <math.h>
#include <nps/drivers.h>
#include <nps/status.h>
#include <string.h>

#include "drivers_internal.h"
#include "support.h"

#define DRIVERS_ROWS    300
#define DRIVERS_RATINGS 4

typedef struct drivers_row {
    double answer, ratings[DRIVERS_RATINGS], weight;
} drivers_row;

/* What rows are to be like: parts in 16 of numbers that are missing; weights 1, whole, of any digits. */
typedef struct drivers_plan {
    nps_drivers_options options;
    int missing, weights, real;
} drivers_plan;

enum { WEIGHTS_NONE, WEIGHTS_WHOLE, WEIGHTS_ANY };

static const double drivers_low[DRIVERS_RATINGS] = {2, 3, -1, 0}, drivers_high[DRIVERS_RATINGS] = {4, 8, 7, 0.5};

static inline drivers_plan drivers_plan_of(int index)
{
    drivers_plan plan = {
        .options = {.struct_size = sizeof(nps_drivers_options), .ratings = DRIVERS_RATINGS},
        .missing = index & 1,
        .weights = index / 2 % 3,
        .real = index / 6 % 4 == 3,
    };
    plan.options.explains = index / 24 % 2;
    plan.options.missing = index / 6 % 4 == 1;
    plan.options.robust = index / 6 % 4 == 2;
    if (index / 48 % 2) {
        plan.options.low = drivers_low;
        plan.options.high = drivers_high;
    }
    return plan;
}

#define DRIVERS_PLANS 96

static inline double drivers_number(const drivers_plan *plan, int is_answer, uint64_t *seed)
{
    if (plan->missing && test_below(seed, 16) < 2) return (double)NAN;
    double whole = (double)test_below(seed, 11);
    if (is_answer && plan->options.explains == NPS_DRIVERS_CLASS) return whole;
    if (plan->real && test_below(seed, 4) == 0) return whole + (double)test_below(seed, 1000) / 1000;
    return test_below(seed, 8) == 0 ? whole - 12 : whole;
}

static inline double drivers_weight(const drivers_plan *plan, uint64_t *seed)
{
    if (plan->weights == WEIGHTS_NONE) return 1;
    if (plan->weights == WEIGHTS_WHOLE) return (double)test_below(seed, 4);
    return test_below(seed, 10) == 0 ? 0 : ldexp((double)(test_random(seed) >> 11), -50 - (int)test_below(seed, 14));
}

static inline void drivers_fill(const drivers_plan *plan, drivers_row *rows, size_t count, uint64_t *seed)
{
    for (size_t i = 0; i < count; i++) {
        rows[i].answer = drivers_number(plan, 1, seed);
        for (int k = 0; k < DRIVERS_RATINGS; k++) rows[i].ratings[k] = drivers_number(plan, 0, seed);
        rows[i].weight = drivers_weight(plan, seed);
    }
}

static inline nps_drivers *drivers_new(const nps_drivers_options *options)
{
    nps_drivers *drivers = NULL;
    ck_assert_int_eq(nps_drivers_new(options, &drivers), NPS_OK);
    return drivers;
}

static inline nps_drivers *drivers_plain(int32_t ratings)
{
    return drivers_new(&(nps_drivers_options){.struct_size = sizeof(nps_drivers_options), .ratings = ratings});
}

static inline nps_drivers *drivers_of(const drivers_plan *plan, const drivers_row *rows, size_t count)
{
    nps_drivers *drivers = drivers_new(&plan->options);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(nps_drivers_add(drivers, rows[i].answer, rows[i].ratings, rows[i].weight), NPS_OK);
    return drivers;
}

static inline int drivers_equal(const nps_drivers *a, const nps_drivers *b)
{
    size_t bytes = npsi_drivers_state_bytes(&a->shape);
    return bytes == npsi_drivers_state_bytes(&b->shape) && memcmp(a->state, b->state, bytes) == 0;
}

static inline int drivers_are_real(const nps_drivers *drivers)
{
    return ((const npsi_drivers_head *)drivers->state)->is_real != 0;
}

/* z of the model: 1, the columns, the answer or its class; NaN where there is none. Returns how many. */
static inline size_t drivers_z(const nps_drivers_options *options, const drivers_row *row, double *z)
{
    size_t count = 0;
    z[count++] = 1;
    for (int k = 0; k < options->ratings; k++) {
        double rating = row->ratings[k];
        if (options->low == NULL) {
            z[count++] = rating;
        } else {
            z[count++] = isnan(rating) ? rating : rating <= options->low[k] ? 1 : 0;
            z[count++] = isnan(rating) ? rating : rating >= options->high[k] ? 1 : 0;
        }
    }
    z[count] = row->answer;
    /* The standard scale: 0 to 6, 7 and 8, 9 and 10. */
    if (options->explains == NPS_DRIVERS_CLASS && !isnan(row->answer))
        z[count] = row->answer <= 6 ? -1 : row->answer >= 9 ? 1 : 0;
    return count + 1;
}

#endif
