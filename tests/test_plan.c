/* Sizes, margins and power, against the references (see tests/reference/README.md), closed forms and plain searches. */
#include <math.h>
#include <nps/plan.h>
#include <nps/status.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

#define NONE 77 /* what an output that must stay holds */

static nps_plan plain(void)
{
    return (nps_plan){.struct_size = sizeof(nps_plan)};
}

static double variance(double promoters, double detractors)
{
    double v = NONE;
    ck_assert_int_eq(nps_plan_variance(promoters, detractors, &v), NPS_OK);
    return v;
}

static uint64_t size_for_margin(const nps_plan *plan, double margin)
{
    uint64_t size = NONE;
    ck_assert_int_eq(nps_plan_size_for_margin(plan, margin, &size, NULL), NPS_OK);
    return size;
}

static double margin_for_size(const nps_plan *plan, double size)
{
    double margin = NONE;
    ck_assert_int_eq(nps_plan_margin_for_size(plan, size, &margin), NPS_OK);
    return margin;
}

static double power_of(const nps_plan *plan, double from, double to, double difference)
{
    double power = NONE;
    ck_assert_int_eq(nps_plan_power(plan, from, to, difference, &power), NPS_OK);
    return power;
}

static double detectable(const nps_plan *plan, double from, double to)
{
    double difference = NONE;
    ck_assert_int_eq(nps_plan_detectable(plan, from, to, &difference), NPS_OK);
    return difference;
}

/* References. */

static double cell_or_0(const test_csv *csv, size_t row, const char *column)
{
    double value = test_csv_number(csv, row, column);
    return isnan(value) ? 0 : value;
}

static nps_plan row_plan(const test_csv *csv, size_t row)
{
    nps_plan plan = plain();
    plan.level = cell_or_0(csv, row, "level");
    plan.power = cell_or_0(csv, row, "power");
    plan.ratio = cell_or_0(csv, row, "ratio");
    plan.population = cell_or_0(csv, row, "population");
    double promoters = test_csv_number(csv, row, "promoters"), to_promoters = test_csv_number(csv, row, "to_promoters");
    if (!isnan(promoters)) plan.from_variance = variance(promoters, test_csv_number(csv, row, "detractors"));
    if (!isnan(to_promoters)) plan.to_variance = variance(to_promoters, test_csv_number(csv, row, "to_detractors"));
    return plan;
}

static void check_row(const test_csv *csv, size_t row)
{
    nps_plan plan = row_plan(csv, row);
    const char *quantity = test_csv_cell(csv, row, "quantity");
    double n = test_csv_number(csv, row, "n"), n_to = test_csv_number(csv, row, "n_to");
    double difference = test_csv_number(csv, row, "difference"), wanted_exact = test_csv_number(csv, row, "exact");
    double wanted = test_csv_number(csv, row, "value"), tol = test_csv_number(csv, row, "tol");
    uint64_t size = NONE, to_size = NONE;
    double got = NONE, exact = NONE;
    int status = NPS_ERR_NOT_FOUND;
    if (strcmp(quantity, "n-for-margin") == 0)
        status = nps_plan_size_for_margin(&plan, test_csv_number(csv, row, "margin"), &size, &exact);
    else if (strcmp(quantity, "margin-for-n") == 0)
        status = nps_plan_margin_for_size(&plan, n, &got);
    else if (strcmp(quantity, "power") == 0)
        status = nps_plan_power(&plan, n, n_to, difference, &got);
    else if (strcmp(quantity, "n-per-group") == 0)
        status = nps_plan_size_for_difference(&plan, difference, &size, &to_size, &exact);
    else if (strcmp(quantity, "detectable") == 0)
        status = nps_plan_detectable(&plan, n, n_to, &got);
    ck_assert_int_eq(status, NPS_OK);
    if (!isnan(wanted_exact)) got = (double)size;
    ck_assert_msg(fabs(got - wanted) <= tol, "row %zu, %s: %.17g, not %.17g", row + 2, quantity, got, wanted);
    if (!isnan(wanted_exact)) ck_near(exact, wanted_exact, 1e-13);
    if (strcmp(quantity, "n-per-group") == 0) ck_assert_uint_eq(to_size, (uint64_t)(plan.ratio * wanted));
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("plan.csv");
    ck_assert_uint_eq(csv->rows, 28);
    for (size_t row = 0; row < csv->rows; row++) check_row(csv, row);
    test_csv_free(csv);
}
END_TEST

/* Sizes by margin. */

/* promoters + detractors - (promoters - detractors)^2 by hand. */
START_TEST(variance_of_shares)
{
    ck_near(variance(0.5, 0.2), 0.61, 1e-15);
    ck_near(variance(0.2, 0.5), 0.61, 1e-15);
    ck_assert(variance(0.5, 0.5) == 1);
    ck_assert(variance(0, 0) == 0 && variance(1, 0) == 0 && variance(0, 1) == 0);
    ck_assert(test_relative_error(variance(1e-20, 1e-20), 2e-20) < 1e-15);
    ck_assert(variance(0.57, 0.43) < 1 && variance(0.1, 0.9) > 0.35); /* sums that doubles must take for 1 */
}
END_TEST

/* The margin of n as the header has it, not cut at 100. */
static double plain_margin(double v, double z, double n, double people)
{
    double left_out = isinf(people) ? 1 : people == 1 ? n == 1 ? 0 : (double)INFINITY : (people - n) / (people - 1);
    return 100 * z * sqrt(v / n * left_out);
}

/* The search: one more until the margin is small enough. */
static uint64_t searched_size(double v, double z, double margin, double people)
{
    double n = 1;
    while (n < people && plain_margin(v, z, n, people) > margin * (1 + 1e-13)) n++;
    return (uint64_t)n;
}

START_TEST(size_is_the_least)
{
    static const double margins[] = {2.5, 3, 5, 10, 17, 31, 99.5, 100}, levels[] = {0.5, 0.8, 0.95, 0.999};
    static const double populations[] = {1, 2, 3, 17, 100, 2000, 1e5, 0}, effects[] = {0.3, 1, 2.6};
    static const double variances[] = {1e-4, 0.3, 1};
    for (size_t i = 0; i < 8 * 4 * 8 * 3 * 3; i++) {
        double margin = margins[i % 8];
        nps_plan plan = plain();
        plan.level = levels[i / 8 % 4];
        plan.population = populations[i / 32 % 8];
        plan.design_effect = effects[i / 256 % 3];
        plan.from_variance = variances[i / 768];
        double people = plan.population == 0 ? (double)INFINITY : plan.population;
        double z = npsi_normal_upper_quantile((1 - plan.level) / 2);
        uint64_t size = size_for_margin(&plan, margin);
        ck_assert_uint_eq(size, searched_size(plan.from_variance * plan.design_effect, z, margin, people));
        ck_assert((double)size <= people);
        ck_assert(margin_for_size(&plan, (double)size) <= margin * (1 + 1e-13));
    }
}
END_TEST

/* At the level of two or three standard errors n is (z / margin)^2, whole: doubles must not make one more of it. The
 * levels are erf(z / sqrt 2) by mpmath. */
START_TEST(whole_sizes)
{
    static const struct {
        double level, z;
    } known[] = {{0.68268949213708590, 1}, {0.95449973610364159, 2}, {0.99730020393673981, 3}};
    for (size_t i = 0; i < 3; i++) {
        for (int one_in = 2; one_in <= 500; one_in++) {
            nps_plan plan = plain();
            plan.level = known[i].level;
            double root = known[i].z * one_in, exact;
            uint64_t size;
            ck_assert_int_eq(nps_plan_size_for_margin(&plan, 100.0 / one_in, &size, &exact), NPS_OK);
            ck_assert_uint_eq(size, (uint64_t)(root * root));
            ck_assert(test_relative_error(exact, root * root) < 1e-14);
        }
    }
}
END_TEST

START_TEST(small_populations)
{
    nps_plan plan = plain();
    for (int people = 1; people <= 50; people++) {
        plan.population = people;
        ck_assert_uint_eq(size_for_margin(&plan, 1e-9), (uint64_t)people); /* everybody */
        ck_assert_uint_eq(size_for_margin(&plan, 1e-300), (uint64_t)people);
        ck_assert(margin_for_size(&plan, people) == 0);
    }
    plan.population = 2.5; /* an estimate: whom to ask is two people at most */
    ck_assert_uint_eq(size_for_margin(&plan, 1e-9), 2);
    plan.population = 1;
    ck_assert_uint_eq(size_for_margin(&plan, 100), 1);
    ck_assert(margin_for_size(&plan, 0.5) == 100); /* (N - n) / (N - 1) is infinite */
    plan.population = 1e300;
    ck_assert_uint_eq(size_for_margin(&plan, 10), 385);
    plan.population = 0;
    plan.design_effect = 1e-300;
    ck_assert_uint_eq(size_for_margin(&plan, 10), 1); /* never none */
}
END_TEST

/* 0 stands for the default. */
START_TEST(defaults)
{
    nps_plan zeros = plain(), full = {sizeof full, 1, 1, 0.95, 0.8, 1, (double)INFINITY, 1};
    ck_assert(margin_for_size(&zeros, 123) == margin_for_size(&full, 123));
    ck_assert(power_of(&zeros, 60, 40, 12) == power_of(&full, 60, 40, 12));
    ck_assert(detectable(&zeros, 60, 40) == detectable(&full, 60, 40));
    zeros.from_variance = full.from_variance = full.to_variance = 0.3; /* `to` takes that of `from` */
    ck_assert(power_of(&zeros, 60, 40, 12) == power_of(&full, 60, 40, 12));

    unsigned char larger[sizeof(nps_plan) + 8] = {0};
    zeros.struct_size = sizeof larger;
    memcpy(larger, &zeros, sizeof zeros);
    double margin;
    nps_plan shorter = {.struct_size = offsetof(nps_plan, level), .from_variance = 0.3, .level = 7};
    ck_assert_int_eq(nps_plan_margin_for_size((const nps_plan *)(const void *)larger, 50, &margin), NPS_OK);
    ck_assert(margin == margin_for_size(&full, 50));
    ck_assert(margin_for_size(&shorter, 50) == margin);
    larger[sizeof larger - 1] = 1;
    ck_assert_int_eq(nps_plan_margin_for_size((const nps_plan *)(const void *)larger, 50, &margin), NPS_ERR_ARGUMENT);
}
END_TEST

/* z / sqrt n times 100 never exceeds the scale's half; the margin falls with n and rises with the level. */
START_TEST(margin_by_size)
{
    nps_plan plan = plain();
    ck_assert(margin_for_size(&plan, 1) == 100);
    ck_near(margin_for_size(&plan, 1e4), 1.959963984540054, 1e-14); /* z of mpmath */
    plan.design_effect = 4;
    ck_near(margin_for_size(&plan, 4e4), 1.959963984540054, 1e-14);
    plan = plain();
    double last = 101;
    for (double n = 10; n < 1e15; n *= 3) {
        double margin = margin_for_size(&plan, n);
        ck_assert(margin < last && margin > 0);
        last = margin;
    }
    last = 0;
    for (double level = 0.05; level < 1; level += 0.05) {
        plan.level = level;
        ck_assert(margin_for_size(&plan, 500) > last);
        last = margin_for_size(&plan, 500);
    }
}
END_TEST

/* Power. */

START_TEST(power_of_nothing)
{
    static const double levels[] = {0.5, 0.8, 0.95, 0.99, 0.9999};
    for (size_t i = 0; i < 5; i++) {
        nps_plan plan = plain();
        plan.level = levels[i];
        ck_near(power_of(&plan, 10, 20, 0), 1 - levels[i], 1e-15);
        ck_assert(power_of(&plan, 10, 20, 15) == power_of(&plan, 10, 20, -15));
        ck_assert(power_of(&plan, 1e15, 1e15, 200) == 1);
        plan.from_variance = 1e-300; /* no standard error that a double could hold */
        ck_near(power_of(&plan, 1e300, 1e300, 0), 1 - levels[i], 1e-15);
        ck_assert(power_of(&plan, 1e300, 1e300, 1e-300) == 1);
    }
}
END_TEST

/* P(K = k), k from -n to n, of the sum of n answers; `mass` has room for 2 n + 1. */
static void distribution(double promoters, double detractors, int n, double *mass)
{
    double next[801];
    memset(mass, 0, (size_t)(2 * n + 1) * sizeof *mass);
    mass[n] = 1;
    for (int answer = 0; answer < n; answer++) {
        memset(next, 0, sizeof next);
        for (int k = n - answer; k <= n + answer; k++) {
            next[k - 1] += detractors * mass[k];
            next[k] += (1 - promoters - detractors) * mass[k];
            next[k + 1] += promoters * mass[k];
        }
        memcpy(mass, next, (size_t)(2 * n + 1) * sizeof *mass);
    }
}

/* The power is that of the test |difference| > z standard errors, here by all sums of 300 and 150 answers that there
 * are. Normal theory is off by what it is off for such sizes; groups or variances taken the wrong way round are off by
 * ten times that. */
START_TEST(power_by_enumeration)
{
    static double from[601], to[301];
    distribution(0.45, 0.35, 300, from);
    distribution(0.70, 0.04, 150, to);
    nps_plan plan = plain();
    plan.from_variance = variance(0.45, 0.35);
    plan.to_variance = variance(0.70, 0.04);
    for (double shift = -56; shift <= -40; shift += 8) { /* the truth is 56 points: test against 56 + shift */
        double limit = 1.959963984540054 * 100 * sqrt(plan.from_variance / 300 + plan.to_variance / 150), seen = 0;
        for (int i = 0; i <= 600; i++)
            for (int j = 0; j <= 300; j++) {
                double difference = 100 * ((j - 150) / 150.0 - (i - 300) / 300.0);
                if (fabs(difference + shift) > limit) seen += from[i] * to[j];
            }
        ck_near(power_of(&plan, 300, 150, 56 + shift), seen, 0.01);
    }
}
END_TEST

/* n per group: the least `from` whose `to`, rounded up, gives the power, one after the other. */
static void check_search(const nps_plan *plan, double difference)
{
    uint64_t from = NONE, to = NONE;
    double exact = NONE;
    ck_assert_int_eq(nps_plan_size_for_difference(plan, difference, &from, &to, &exact), NPS_OK);
    double n = 1, other;
    for (;; n++) {
        other = fmax(1, ceil(plan->ratio * n - 1e-9));
        if (power_of(plan, n, other, difference) >= plan->power - 1e-13) break;
    }
    ck_assert_msg(n == (double)from && other == (double)to, "%llu and %llu, not %g and %g", (unsigned long long)from,
                  (unsigned long long)to, n, other);
    ck_assert(n <= fmax(1, ceil(exact)));
    double z = npsi_normal_upper_quantile((1 - plan->level) / 2), errors = z + npsi_normal_quantile(plan->power);
    double to_variance = plan->to_variance == 0 ? plan->from_variance : plan->to_variance, deff = plan->design_effect;
    double both = plan->from_variance + to_variance / plan->ratio, whole = 100 * errors / difference;
    ck_near(exact, both * deff * whole * whole, 1e-13);
}

START_TEST(size_for_difference_is_the_least)
{
    static const double differences[] = {12, -20, 50, 200}, levels[] = {0.5, 0.95, 0.999};
    static const double powers[] = {0.51, 0.8, 0.9999}, ratios[] = {0.001, 0.1, 1.0 / 3, 1, 1.1, 4, 57};
    static const double variances[] = {1, 0.3, 0.02};
    for (size_t i = 0; i < 4 * 3 * 3 * 7 * 9; i++) {
        nps_plan plan = plain();
        plan.level = levels[i / 4 % 3];
        plan.power = powers[i / 12 % 3];
        plan.ratio = ratios[i / 36 % 7];
        plan.from_variance = variances[i / 252 % 3];
        plan.to_variance = variances[i / 756];
        plan.design_effect = i % 2 == 0 ? 1 : 0.7;
        if (plan.ratio < 0.1 && i % 4 < 2) continue; /* the search would take long */
        check_search(&plan, differences[i % 4]);
    }
    nps_plan low = plain(); /* a power that both tails have a part in */
    low.from_variance = low.design_effect = 1;
    low.level = 0.5;
    for (low.power = 0.50001; low.power < 0.6; low.power += 0.01) {
        low.ratio = 1;
        check_search(&low, 5);
    }
}
END_TEST

/* At the level of two standard errors, and nearly the power Phi(1), x = 3 exactly: (3 / difference)^2 for each group
 * and variance 1. The far tail adds Phi(-5). And 1.1 times 10 is 11 in the other group. */
START_TEST(whole_groups)
{
    nps_plan plan = plain();
    uint64_t from, to;
    double exact;
    plan.level = 0.95449973610364159;
    plan.power = 0.84134474606854293 + 2.8665157187919391e-7; /* Phi(1) + Phi(-5), mpmath */
    for (int one_in = 1; one_in < 200; one_in++) {
        ck_assert_int_eq(nps_plan_size_for_difference(&plan, 100.0 / one_in, &from, &to, &exact), NPS_OK);
        ck_assert_uint_eq(from, (uint64_t)(18 * one_in * one_in));
        ck_assert_uint_eq(to, from);
        ck_assert(test_relative_error(exact, 18.0 * one_in * one_in) < 2e-6);
    }
    plan = plain();
    plan.ratio = 1.1;
    for (int i = 1; i < 1000; i++) {
        ck_assert_int_eq(nps_plan_size_for_difference(&plan, 200.0 / i, &from, &to, NULL), NPS_OK);
        ck_assert_uint_eq(to, (11 * from + 9) / 10);
    }
}
END_TEST

/* `from` and `to` swapped, with the inverse ratio, need the same people. */
START_TEST(groups_swapped)
{
    nps_plan plan = plain(), swapped = plain();
    plan.from_variance = swapped.to_variance = 0.25;
    plan.to_variance = swapped.from_variance = 0.75;
    plan.ratio = 4, swapped.ratio = 0.25;
    double exact, exact_swapped;
    uint64_t from, to;
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &from, &to, &exact), NPS_OK);
    ck_assert_int_eq(nps_plan_size_for_difference(&swapped, 5, &from, &to, &exact_swapped), NPS_OK);
    ck_near(exact_swapped, 4 * exact, 1e-14);
    ck_assert(power_of(&plan, 100, 400, 9) == power_of(&swapped, 400, 100, 9));
    ck_assert(detectable(&plan, 100, 400) == detectable(&swapped, 400, 100));
}
END_TEST

START_TEST(detectable_has_the_power)
{
    static const double powers[] = {0.0500001, 0.06, 0.3, 0.5, 0.8, 0.99, 0.9999999999};
    double last = 0;
    for (size_t i = 0; i < 7; i++) {
        nps_plan plan = plain();
        plan.power = powers[i];
        plan.to_variance = 0.4;
        plan.design_effect = 1.7;
        double difference = detectable(&plan, 900, 250);
        ck_near(power_of(&plan, 900, 250, difference), plan.power, 1e-14);
        ck_assert(difference > last);
        last = difference;
        plan.design_effect = 1;
        ck_near(difference, detectable(&plan, 900, 250) * sqrt(1.7), 1e-13);
    }
    nps_plan plan = plain();
    ck_assert(detectable(&plan, 1, 1) > 200);
    plan.level = 0.5, plan.power = 1 - 0x1p-20; /* both tails: mpmath */
    ck_near(detectable(&plan, 5e5, 5e5), 0.2 * 5.4373866770759291, 1e-14);
    plan.level = 0.95, plan.power = 1 - 0x1p-40; /* 1 - power keeps its digits: x = z + z_power, z_power by mpmath */
    ck_near(detectable(&plan, 5e5, 5e5), 0.2 * (1.959963984540054 + 7.0477002566644087), 1e-14);
}
END_TEST

/* Faults. Each number of the plan by itself. */

static int refuses(const nps_plan *plan, int wanted)
{
    double margin = NONE, power = NONE, difference = NONE, exact = NONE;
    uint64_t size = NONE, from = NONE, to = NONE;
    return nps_plan_size_for_margin(plan, 5, &size, &exact) == wanted &&
           nps_plan_margin_for_size(plan, 50, &margin) == wanted && nps_plan_power(plan, 50, 50, 5, &power) == wanted &&
           nps_plan_size_for_difference(plan, 5, &from, &to, &exact) == wanted &&
           nps_plan_detectable(plan, 50, 50, &difference) == wanted && size == NONE && exact == NONE &&
           margin == NONE && power == NONE && from == NONE && to == NONE && difference == NONE;
}

START_TEST(bad_plans)
{
    static const struct {
        size_t offset;
        double values[7];
    } bad[] = {
        {offsetof(nps_plan, from_variance), {-1, 1.0000001, 2, -1e-300, 1e300, -0.5, 7}},
        {offsetof(nps_plan, to_variance), {-1, 1.0000001, 2, -1e-300, 1e300, -0.5, 7}},
        {offsetof(nps_plan, level), {-1, 1, 1.5, -1e-300, 95, 1e300, -0.95}},
        {offsetof(nps_plan, power), {-1, 1, 1.5, -1e-300, 80, 1e300, -0.8}},
        {offsetof(nps_plan, ratio), {-1, -1e-300, -1e300, -2, -3, (double)INFINITY, -4}},
        {offsetof(nps_plan, population), {-1, 0.999, 1e-300, -1e300, -2, 0.5, -5}},
        {offsetof(nps_plan, design_effect), {-1, -1e-300, -1e300, -2, -3, (double)INFINITY, -4}},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t j = 0; j < 9; j++) {
            double value = j < 7 ? bad[i].values[j] : j == 7 ? (double)NAN : -(double)INFINITY;
            nps_plan plan = plain();
            memcpy((char *)&plan + bad[i].offset, &value, sizeof value);
            ck_assert_msg(refuses(&plan, NPS_ERR_RANGE), "field at %zu: %g", bad[i].offset, value);
        }
    }
    nps_plan none = {.struct_size = 0};
    ck_assert(refuses(NULL, NPS_ERR_ARGUMENT) && refuses(&none, NPS_ERR_ARGUMENT));
}
END_TEST

START_TEST(null_outputs)
{
    nps_plan plan = plain();
    uint64_t size = NONE;
    ck_assert_int_eq(nps_plan_variance(0.5, 0.2, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_size_for_margin(&plan, 5, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_margin_for_size(&plan, 5, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_power(&plan, 5, 5, 5, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, NULL, &size, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &size, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_plan_detectable(&plan, 5, 5, NULL), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(size, NONE);
}
END_TEST

START_TEST(bad_arguments)
{
    const double nan = (double)NAN, inf = (double)INFINITY;
    const double margins[] = {0, -1, 100.0001, 1e300, nan, inf, -inf}, sizes[] = {0, -1, -1e-300, nan, inf, -inf};
    const double differences[] = {200.0001, -201, 1e300, nan, inf, -inf};
    const double shares[][2] = {{-0.1, 0.2}, {0.2, -0.1}, {0.6, 0.400001}, {nan, 0.1}, {0.1, nan}, {inf, 0}, {0, -inf}};
    nps_plan plan = plain();
    double out = NONE;
    uint64_t from = NONE, to = NONE;
    for (size_t i = 0; i < 7; i++) {
        ck_assert_int_eq(nps_plan_size_for_margin(&plan, margins[i], &from, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_variance(shares[i][0], shares[i][1], &out), NPS_ERR_RANGE);
    }
    for (size_t i = 0; i < 6; i++) {
        ck_assert_int_eq(nps_plan_margin_for_size(&plan, sizes[i], &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_power(&plan, sizes[i], 5, 5, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_power(&plan, 5, sizes[i], 5, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_power(&plan, 5, 5, differences[i], &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_detectable(&plan, sizes[i], 5, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_detectable(&plan, 5, sizes[i], &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_plan_size_for_difference(&plan, differences[i], &from, &to, &out), NPS_ERR_RANGE);
    }
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 0, &from, &to, &out), NPS_ERR_RANGE);
    plan.population = 50;
    ck_assert_int_eq(nps_plan_margin_for_size(&plan, 50.5, &out), NPS_ERR_RANGE);
    plan.power = 0.05; /* seen that often without any difference */
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &from, &to, &out), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_plan_detectable(&plan, 5, 5, &out), NPS_ERR_RANGE);
    plan.level = plan.power = 0.5;
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &from, &to, &out), NPS_ERR_RANGE);
    ck_assert_int_eq(nps_plan_detectable(&plan, 5, 5, &out), NPS_ERR_RANGE);
    ck_assert(from == NONE && to == NONE && out == NONE);
}
END_TEST

START_TEST(limits)
{
    nps_plan plan = plain();
    double exact = NONE;
    uint64_t from = NONE, to = NONE;
    ck_assert_int_eq(nps_plan_size_for_margin(&plan, 2e-6, &from, &exact), NPS_ERR_LIMIT); /* 9.6e15 */
    ck_assert_int_eq(nps_plan_size_for_margin(&plan, 1e-300, &from, &exact), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 4e-6, &from, &to, &exact), NPS_ERR_LIMIT); /* 9.8e15 */
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, -1e-300, &from, &to, &exact), NPS_ERR_LIMIT);
    plan.population = 1e16;
    ck_assert_int_eq(nps_plan_size_for_margin(&plan, 1e-10, &from, &exact), NPS_ERR_LIMIT);
    plan.ratio = 1e20;
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &from, &to, &exact), NPS_ERR_LIMIT);
    plan.ratio = 1e-300;
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5, &from, &to, &exact), NPS_ERR_LIMIT);
    ck_assert(from == NONE && to == NONE && exact == NONE);
    plan = plain();
    ck_assert_int_eq(nps_plan_size_for_margin(&plan, 2.2e-6, &from, &exact), NPS_OK);
    ck_assert(test_relative_error((double)from, 7936903.0e9) < 1e-6); /* (z / 2.2e-8)^2 */
    ck_assert_int_eq(nps_plan_size_for_difference(&plan, 5e-6, &from, &to, &exact), NPS_OK);
    ck_assert(to == from && (double)from <= exact && (double)from > exact * (1 - 1e-5));
    ck_near(power_of(&plan, (double)from, (double)to, 5e-6), 0.8, 1e-13);
}
END_TEST

/* Whatever the plan and the arguments: an error or a number that is in range, and an end. */
START_TEST(hostile_numbers)
{
    static const double odd[] = {1e-320, 1e-300, 1e-17, 0.5, 1 - 1e-16, 1, 1.5, 200, 0x1p53, 1e300, 1.7e308};
    const size_t n = sizeof odd / sizeof *odd;
    uint64_t random = 1;
    for (int i = 0; i < 200000; i++) {
        nps_plan plan = {.struct_size = sizeof plan,
                         .from_variance = odd[test_below(&random, 6)],
                         .to_variance = odd[test_below(&random, 6)],
                         .level = odd[test_below(&random, 5)],
                         .power = odd[test_below(&random, 5)],
                         .ratio = odd[test_below(&random, n)],
                         .population = odd[5 + test_below(&random, n - 5)],
                         .design_effect = odd[test_below(&random, n)]};
        double a = odd[test_below(&random, n)], b = odd[test_below(&random, n)], c = odd[test_below(&random, n)];
        uint64_t from = 1, to = 1;
        double margin = 0, power = 0.5, difference = 1, exact = 0;
        if (test_below(&random, 2) == 0) plan.population = 0;
        (void)nps_plan_size_for_margin(&plan, a, &from, &exact);
        ck_assert(from >= 1 && from <= UINT64_C(1) << 53 && exact >= 0 && isfinite(exact));
        (void)nps_plan_size_for_difference(&plan, a, &from, &to, &exact);
        ck_assert(from >= 1 && from <= UINT64_C(1) << 53 && to >= 1 && to <= UINT64_C(1) << 53);
        ck_assert(exact >= 0 && isfinite(exact));
        (void)nps_plan_margin_for_size(&plan, a, &margin);
        (void)nps_plan_power(&plan, a, b, c, &power);
        (void)nps_plan_detectable(&plan, a, b, &difference);
        ck_assert(margin >= 0 && margin <= 100 && power >= 0 && power <= 1);
        ck_assert(difference > 0 && isfinite(difference));
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, variance_of_shares);
    tcase_add_test(tcase, size_is_the_least);
    tcase_add_test(tcase, whole_sizes);
    tcase_add_test(tcase, small_populations);
    tcase_add_test(tcase, defaults);
    tcase_add_test(tcase, margin_by_size);
    tcase_add_test(tcase, power_of_nothing);
    tcase_add_test(tcase, power_by_enumeration);
    tcase_add_test(tcase, size_for_difference_is_the_least);
    tcase_add_test(tcase, whole_groups);
    tcase_add_test(tcase, groups_swapped);
    tcase_add_test(tcase, detectable_has_the_power);
    tcase_add_test(tcase, bad_plans);
    tcase_add_test(tcase, null_outputs);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, limits);
    tcase_add_test(tcase, hostile_numbers);
}

int main(void)
{
    return test_main("plan", add);
}
