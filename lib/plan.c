#include <nps/plan.h>

#include <float.h>
#include <math.h>

#include <nps/status.h>

#include "root_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

#define LARGEST_SIZE 0x1p53 /* above it not every whole number is a double */
/* A number this close to a whole one, relatively, is that: 1.1 times 10 is 11, though doubles make it a little more. */
#define SLACK 1e-14

static int is_positive(double x)
{
    return x > 0 && x <= DBL_MAX;
}

/* The plan with its defaults put in. */
static int read_plan(const nps_plan *given, nps_plan *plan)
{
    int status = npsi_struct_read(given, plan, sizeof *plan);
    if (status != NPS_OK) return status;
    if (plan->from_variance == 0) plan->from_variance = 1;
    if (plan->to_variance == 0) plan->to_variance = plan->from_variance;
    if (plan->level == 0) plan->level = 0.95;
    if (plan->power == 0) plan->power = 0.8;
    if (plan->ratio == 0) plan->ratio = 1;
    if (plan->population == 0) plan->population = INFINITY;
    if (plan->design_effect == 0) plan->design_effect = 1;
    int valid = plan->from_variance > 0 && plan->from_variance <= 1 && plan->to_variance > 0 &&
                plan->to_variance <= 1 && plan->level > 0 && plan->level < 1 && plan->power > 0 && plan->power < 1 &&
                is_positive(plan->ratio) && plan->population >= 1 && is_positive(plan->design_effect);
    return valid ? NPS_OK : NPS_ERR_RANGE;
}

static double deviate(const nps_plan *plan)
{
    return npsi_normal_upper_quantile((1 - plan->level) / 2);
}

static double round_up(double x)
{
    double nearest = round(x);
    return fmax(1, nearest >= x * (1 - SLACK) ? nearest : ceil(x));
}

/* In a form that neither cancels nor turns negative. */
int nps_plan_variance(double promoters, double detractors, double *variance)
{
    if (variance == NULL) return NPS_ERR_ARGUMENT;
    double active = promoters + detractors;
    if (!(promoters >= 0 && detractors >= 0 && active <= 1)) return NPS_ERR_RANGE;
    *variance = fmin(1, (1 - active) * active + 4 * promoters * detractors);
    return NPS_OK;
}

int nps_plan_size_for_margin(const nps_plan *plan, double margin, uint64_t *size, double *exact)
{
    nps_plan known;
    int status = size == NULL ? NPS_ERR_ARGUMENT : read_plan(plan, &known);
    if (status != NPS_OK) return status;
    if (!(margin > 0 && margin <= 100)) return NPS_ERR_RANGE;
    double root = sqrt(known.design_effect) * 100 * deviate(&known) / margin, people = known.population;
    double needed = known.from_variance * root * root;
    if (people <= DBL_MAX) {
        needed = needed <= DBL_MAX ? needed / ((people - 1) / people + needed / people) : people;
        needed = fmin(needed, people);
    }
    double whole = fmin(round_up(needed), floor(people));
    if (!(whole <= LARGEST_SIZE)) return NPS_ERR_LIMIT;
    *size = (uint64_t)whole;
    if (exact != NULL) *exact = needed;
    return NPS_OK;
}

int nps_plan_margin_for_size(const nps_plan *plan, double size, double *margin)
{
    nps_plan known;
    int status = margin == NULL ? NPS_ERR_ARGUMENT : read_plan(plan, &known);
    if (status != NPS_OK) return status;
    double people = known.population;
    if (!(is_positive(size) && size <= people)) return NPS_ERR_RANGE;
    double left_out = people <= DBL_MAX ? (people - size) / (people - 1) : 1;
    double variance = known.from_variance * known.design_effect / size * left_out;
    *margin = size == people ? 0 : fmin(100, 100 * deviate(&known) * sqrt(variance));
    return NPS_OK;
}

/* Of the difference of two groups, points. */
static double standard_error(const nps_plan *plan, double from_size, double to_size)
{
    return 100 * sqrt(plan->design_effect) * sqrt(plan->from_variance / from_size + plan->to_variance / to_size);
}

int nps_plan_power(const nps_plan *plan, double from_size, double to_size, double difference, double *power)
{
    nps_plan known;
    int status = power == NULL ? NPS_ERR_ARGUMENT : read_plan(plan, &known);
    if (status != NPS_OK) return status;
    if (!(is_positive(from_size) && is_positive(to_size) && fabs(difference) <= 200)) return NPS_ERR_RANGE;
    double z = deviate(&known);
    double x = difference == 0 ? 0 : fabs(difference) / standard_error(&known, from_size, to_size);
    *power = fmin(1, npsi_normal_sf(z - x) + npsi_normal_sf(z + x));
    return NPS_OK;
}

typedef struct test {
    double z, power;
} test;

/* The power at x standard errors less the power wanted; of a large power, from the chance to miss, which has more
 * digits. */
static double excess_power(double x, const void *context)
{
    const test *wanted = context;
    if (wanted->power < 0.5) return npsi_normal_sf(wanted->z - x) + npsi_normal_sf(wanted->z + x) - wanted->power;
    return (1 - wanted->power) - (npsi_normal_cdf(wanted->z - x) - npsi_normal_cdf(-wanted->z - x));
}

/* The difference over its standard error that is seen with the plan's power, and the one that one tail alone would
 * need, z + z_power, which is a little larger. NPS_ERR_RANGE: no difference at all is seen that often. */
static int separation(const nps_plan *plan, double *errors, double *one_tail)
{
    test wanted = {deviate(plan), plan->power};
    double at_none = (1 - plan->level) - plan->power;
    if (at_none >= 0) return NPS_ERR_RANGE;
    double right = wanted.z + npsi_normal_quantile(plan->power), at_right = excess_power(right, &wanted);
    *errors = at_right > 0 ? npsi_root(excess_power, &wanted, 0, at_none, right, at_right) : right;
    *one_tail = right;
    return NPS_OK;
}

/* The least whole size of `from`, at most `enough`, with from / size + to / (size of `to`) at most 1. */
static double least_from_size(double from, double to, double ratio, double enough)
{
    double low = 0, high = enough;
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        double variance = from / middle + to / round_up(ratio * middle);
        *(variance <= 1 + SLACK ? &high : &low) = middle;
    }
    return high;
}

int nps_plan_size_for_difference(const nps_plan *plan, double difference, uint64_t *from_size, uint64_t *to_size,
                                 double *exact)
{
    nps_plan known;
    double errors, one_tail;
    int status = from_size == NULL || to_size == NULL ? NPS_ERR_ARGUMENT : read_plan(plan, &known);
    if (status != NPS_OK) return status;
    if (!(difference != 0 && fabs(difference) <= 200)) return NPS_ERR_RANGE;
    status = separation(&known, &errors, &one_tail);
    if (status != NPS_OK) return status;

    double unit = sqrt(known.design_effect) * 100 / fabs(difference), root = unit * errors, longer = unit * one_tail;
    double formula = (known.from_variance + known.to_variance / known.ratio) * longer * longer;
    if (!(formula <= LARGEST_SIZE)) return NPS_ERR_LIMIT;
    double from = known.from_variance * root * root, to = known.to_variance * root * root;
    double least = least_from_size(from, to, known.ratio, round_up(formula)), other = round_up(known.ratio * least);
    if (!(other <= LARGEST_SIZE)) return NPS_ERR_LIMIT;
    *from_size = (uint64_t)least;
    *to_size = (uint64_t)other;
    if (exact != NULL) *exact = formula;
    return NPS_OK;
}

int nps_plan_detectable(const nps_plan *plan, double from_size, double to_size, double *difference)
{
    nps_plan known;
    double errors, one_tail;
    int status = difference == NULL ? NPS_ERR_ARGUMENT : read_plan(plan, &known);
    if (status != NPS_OK) return status;
    if (!(is_positive(from_size) && is_positive(to_size))) return NPS_ERR_RANGE;
    status = separation(&known, &errors, &one_tail);
    if (status != NPS_OK) return status;
    double least = errors * standard_error(&known, from_size, to_size);
    if (!is_positive(least)) return NPS_ERR_RANGE;
    *difference = least;
    return NPS_OK;
}
