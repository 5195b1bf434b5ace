/* What must hold of the estimates of any outcomes, and what is refused. test_outcomes_estimate.c has the numbers. */
#include <float.h>
#include <string.h>

#include "outcomes_rows.h"

/* Weights that are all the same are none; not whole, and for each magnitude. */
START_TEST(equal_weights)
{
    static const double weights[] = {0.1, 3, 1e-6, 0x1p-64, 0x1p63};
    uint64_t seed = 2;
    for (int round = 0; round < 400; round++) {
        int32_t method = round % 2 ? RATE : MEAN;
        survey rows = random_survey(&seed, method, round % 3, 0), same = rows;
        for (size_t i = 0; i < rows.count; i++) same.weight[i] = weights[round % 5];
        nps_outcomes a = state_of(&rows, 0, rows.count), b = state_of(&same, 0, rows.count);
        nps_outcome_estimate plain = estimate(&a, NULL, method, 0.9), weighted = estimate(&b, NULL, method, 0.9);
        ck_assert(weighted.effective_size == (double)rows.count);
        must_be_near(&weighted, &plain, 1e-15);
        nps_outcome_difference x = difference(&a, DETRACTORS, PROMOTERS, method, 0.9);
        nps_outcome_difference y = difference(&b, DETRACTORS, PROMOTERS, method, 0.9);
        ck_near(x.lower, y.lower, 1e-13);
        ck_near(x.upper, y.upper, 1e-13);
        ck_near(x.p, y.p, 1e-14);
        nps_correlation_result r = correlation(&a, 0, 0.9), s = correlation(&b, 0, 0.9);
        ck_near(r.correlation, s.correlation, 1e-15);
        ck_assert(r.df == s.df);
        ck_near(r.lower, s.lower, 1e-14);
    }
}
END_TEST

/* States of any parts, merged, say what one state of all says, to the bit where the sums are whole. */
START_TEST(merged)
{
    uint64_t seed = 3;
    for (int round = 0; round < 500; round++) {
        int32_t method = round % 2 ? RATE : MEAN;
        int whole = round % 4 < 2;
        survey rows = random_survey(&seed, method, whole, round % 3);
        size_t middle = test_below(&seed, rows.count);
        nps_outcomes all = state_of(&rows, 0, rows.count), part = state_of(&rows, middle, rows.count);
        nps_outcomes other = state_of(&rows, 0, middle);
        ck_status(nps_outcomes_merge(&part, &other), NPS_OK);
        nps_outcome_estimate a = estimate(&all, DETRACTORS, method, 0.95);
        nps_outcome_estimate b = estimate(&part, DETRACTORS, method, 0.95);
        nps_outcome_difference c = difference(&all, DETRACTORS, PROMOTERS, method, 0.95);
        nps_outcome_difference d = difference(&part, DETRACTORS, PROMOTERS, method, 0.95);
        nps_correlation_result e = correlation(&all, 1, 0.95), f = correlation(&part, 1, 0.95);
        must_be_near(&a, &b, 1e-15);
        ck_near(c.lower, d.lower, 1e-14);
        ck_near(e.lower, f.lower, 1e-14);
        if (!whole) continue;
        ck_same(a, b);
        ck_same(c, d);
        ck_same(e, f);
    }
}
END_TEST

/* A range is all its answers as one. */
START_TEST(ranges)
{
    uint64_t seed = 4;
    for (int round = 0; round < 500; round++) {
        int32_t method = round % 2 ? RATE : MEAN;
        survey rows = random_survey(&seed, method, 1, round % 3);
        nps_outcomes state = state_of(&rows, 0, rows.count), one = empty();
        nps_answers range = {(int32_t)test_below(&seed, 7), 6 + (int32_t)test_below(&seed, 5)};
        for (size_t i = 0; i < rows.count; i++)
            if (rows.answer[i] >= range.lowest && rows.answer[i] <= range.highest)
                add(&one, 5, rows.outcome[i], rows.weight[i]);
        nps_outcome_estimate a = estimate(&state, &range, method, 0.95), b = estimate(&one, NULL, method, 0.95);
        ck_same(a, b);
        range = (nps_answers){0, 10};
        a = estimate(&state, &range, method, 0.95), b = estimate(&state, NULL, method, 0.95);
        ck_same(a, b);
    }
}
END_TEST

/* Other units change units and nothing else; a power of two not a bit. */
START_TEST(shifted_and_scaled)
{
    uint64_t seed = 5;
    for (int round = 0; round < 500; round++) {
        survey rows = random_survey(&seed, MEAN, 1, round % 3), scaled = rows, shifted = rows;
        int power = (int)test_below(&seed, 200) - 100;
        for (size_t i = 0; i < rows.count; i++) {
            scaled.outcome[i] = -ldexp(rows.outcome[i], power);
            shifted.outcome[i] += 1e6;
        }
        nps_outcomes state = state_of(&rows, 0, rows.count), other = state_of(&scaled, 0, rows.count);
        nps_outcome_estimate a = estimate(&state, NULL, MEAN, 0.95), b = estimate(&other, NULL, MEAN, 0.95);
        ck_assert(b.mean == -ldexp(a.mean, power) && b.variance == ldexp(a.variance, 2 * power));
        ck_assert(b.standard_error == ldexp(a.standard_error, power));
        ck_assert(b.lower == -ldexp(a.upper, power) && b.upper == -ldexp(a.lower, power));
        nps_outcome_difference c = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
        nps_outcome_difference d = difference(&other, DETRACTORS, PROMOTERS, MEAN, 0.95);
        ck_assert(d.lower == -ldexp(c.upper, power) && d.statistic == -c.statistic && d.df == c.df && d.p == c.p);
        nps_correlation_result e = correlation(&state, 0, 0.95), f = correlation(&other, 0, 0.95);
        ck_assert(f.correlation == -e.correlation && f.lower == -e.upper && f.upper == -e.lower);
        ck_assert(f.statistic == -e.statistic && f.p == e.p && f.df == e.df);
        other = state_of(&shifted, 0, rows.count);
        b = estimate(&other, NULL, MEAN, 0.95);
        ck_assert(b.variance == a.variance);
        ck_near(b.standard_error, a.standard_error, 1e-15);
        ck_near(b.mean - 1e6, a.mean, 1e-9);
        d = difference(&other, DETRACTORS, PROMOTERS, MEAN, 0.95);
        ck_near(d.lower, c.lower, 1e-14);
        ck_near(d.p, c.p, 1e-14);
    }
}
END_TEST

/* From and to swapped: to the bit. Yes and no swapped: a rate is 1 less it. */
START_TEST(mirrored)
{
    uint64_t seed = 6;
    for (int round = 0; round < 1000; round++) {
        int32_t method = round % 2 ? RATE : MEAN;
        survey rows = random_survey(&seed, method, round % 4 < 2, round % 3), other = rows;
        nps_outcomes state = state_of(&rows, 0, rows.count);
        nps_outcome_difference a = difference(&state, DETRACTORS, PROMOTERS, method, 0.95);
        nps_outcome_difference b = difference(&state, PROMOTERS, DETRACTORS, method, 0.95);
        ck_assert(b.difference == -a.difference && b.lower == -a.upper && b.upper == -a.lower);
        ck_assert(b.statistic == -a.statistic && b.df == a.df && b.p == a.p);
        if (method == MEAN) continue;
        for (size_t i = 0; i < rows.count; i++) other.outcome[i] = 1 - rows.outcome[i];
        nps_outcomes no = state_of(&other, 0, rows.count);
        nps_outcome_estimate c = estimate(&state, NULL, RATE, 0.95), d = estimate(&no, NULL, RATE, 0.95);
        ck_near(d.mean, 1 - c.mean, 2e-16);
        ck_near(d.lower, 1 - c.upper, 3e-16);
        ck_near(d.upper, 1 - c.lower, 3e-16);
        ck_near(d.standard_error, c.standard_error, 1e-15);
        b = difference(&no, DETRACTORS, PROMOTERS, RATE, 0.95);
        ck_near(b.lower, -a.upper, 3e-16);
        ck_near(b.statistic, -a.statistic, 1e-14);
    }
}
END_TEST

/* Newcombe's limits from the two of Wilson; and a bound is 0 at level 1 - p. */
START_TEST(intervals_and_tests_agree)
{
    uint64_t seed = 7;
    for (int round = 0; round < 1000; round++) {
        int32_t method = round % 2 ? RATE : MEAN;
        survey rows = random_survey(&seed, method, 1, round % 3);
        nps_outcomes state = state_of(&rows, 0, rows.count);
        nps_outcome_estimate from = estimate(&state, DETRACTORS, method, 0.9);
        nps_outcome_estimate to = estimate(&state, PROMOTERS, method, 0.9);
        nps_outcome_difference found = difference(&state, DETRACTORS, PROMOTERS, method, 0.9);
        ck_near(found.difference, to.mean - from.mean, 1e-12);
        if (method == RATE) {
            double below = hypot(to.mean - to.lower, from.upper - from.mean);
            double above = hypot(to.upper - to.mean, from.mean - from.lower);
            ck_near(found.lower, found.difference - below, 1e-14);
            ck_near(found.upper, found.difference + above, 1e-14);
        }
        if (!(found.p > 1e-6 && found.p < 1)) continue;
        nps_outcome_difference at = difference(&state, DETRACTORS, PROMOTERS, method, 1 - found.p);
        double bound = found.difference > 0 ? at.lower : at.upper;
        ck_assert(fabs(bound) < 1e-9 * fabs(found.difference));
    }
}
END_TEST

/* Heavy ones of equal outcomes, and light ones of others, which next to them are rounding: never below 0. */
START_TEST(heavy_and_light)
{
    uint64_t seed = 14;
    for (int round = 0; round < 2000; round++) {
        nps_outcomes state = empty();
        for (int i = 0; i < 9; i++) add(&state, 0, 0.1, (double)(1 + test_below(&seed, 1000)) * 1e7);
        for (int i = 0; i < 3; i++) add(&state, 0, 0.7, (double)(1 + test_below(&seed, 1000)) / 3e9);
        nps_outcome_estimate found = estimate(&state, NULL, MEAN, 0.95);
        ck_assert(found.standard_error >= 0 && found.standard_error < 1e-14);
        ck_near(found.lower, 0.1, 1e-13);
    }
}
END_TEST

/* Levels next to 0 and to 1. */
START_TEST(levels)
{
    static const double all[] = {5e-324, 1e-300, 1e-17, 1e-9, 0.5, 0.999, 1 - 1e-15, 1 - DBL_EPSILON / 2};
    for (int32_t method = 0; method < 2; method++) {
        nps_outcomes state = rates(0, 4, 3, 4);
        add(&state, 10, method == RATE, 1);
        double width = 0, wide = 0;
        uint64_t seed = 13;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            nps_outcome_estimate found = estimate(&state, PROMOTERS, method, all[i]);
            nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, method, all[i]);
            ck_assert(found.lower <= found.mean && found.mean <= found.upper && found.upper - found.lower >= width);
            ck_assert(apart.lower <= apart.difference && apart.difference <= apart.upper);
            ck_assert(apart.upper - apart.lower >= wide && isfinite(apart.upper) && isfinite(apart.lower));
            nps_outcome_estimate none = estimate(&state, DETRACTORS, method, all[i]);
            ck_assert(none.lower == 0 && none.upper >= 0 && none.upper <= 1);
            for (int round = 0; round < 100; round++) {
                survey rows = random_survey(&seed, method, round % 2, round % 3);
                nps_outcomes any = state_of(&rows, 0, rows.count);
                none = estimate(&any, NULL, method, all[i]);
                ck_assert(none.lower <= none.mean && none.mean <= none.upper);
                nps_outcome_difference d = difference(&any, DETRACTORS, PROMOTERS, method, all[i]);
                ck_assert(d.lower <= d.difference && d.difference <= d.upper);
                nps_correlation_result c = correlation(&any, 0, all[i]);
                ck_assert(c.lower <= c.correlation && c.correlation <= c.upper);
            }
            width = found.upper - found.lower, wide = apart.upper - apart.lower;
            nps_correlation_result r = correlation(&state, 0, all[i]);
            ck_assert(r.lower <= r.correlation && r.correlation <= r.upper && r.lower >= -1 && r.upper <= 1);
        }
        ck_assert(width > 0.5 && wide > 0.5);
    }
}
END_TEST

START_TEST(classes)
{
    for (int lowest = -5; lowest <= 2; lowest++) {
        for (int top = lowest; top <= lowest + 10; top++) {
            for (int low = lowest; low < top; low++) {
                for (int high = low + 1; high <= top; high++) {
                    nps_scale scale = {(int8_t)lowest, (int8_t)top, (int8_t)low, (int8_t)high};
                    for (int32_t category = -1; category <= 1; category++) {
                        nps_answers range;
                        ck_status(nps_answers_of_class(&scale, category, &range), NPS_OK);
                        for (int32_t answer = lowest; answer <= top; answer++)
                            ck_assert((nps_classify(&scale, answer) == category) ==
                                      (answer >= range.lowest && answer <= range.highest));
                        ck_assert(range.lowest >= lowest && range.highest <= top);
                    }
                }
            }
        }
    }
    nps_answers range = {7, 7};
    nps_scale impossible = {3, 2, 1, 0}, standard = {0, 10, 6, 9};
    ck_status(nps_answers_of_class(&standard, -2, &range), NPS_ERR_RANGE);
    ck_status(nps_answers_of_class(&standard, NPS_OFF_SCALE, &range), NPS_ERR_RANGE);
    ck_status(nps_answers_of_class(&standard, INT32_MIN, &range), NPS_ERR_RANGE);
    ck_status(nps_answers_of_class(&standard, INT32_MAX, &range), NPS_ERR_RANGE);
    ck_status(nps_answers_of_class(&impossible, 0, &range), NPS_ERR_SCALE);
    ck_status(nps_answers_of_class(&standard, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert(range.lowest == 7 && range.highest == 7);
    ck_status(nps_answers_of_class(NULL, NPS_PASSIVE, &range), NPS_OK);
    ck_assert(range.lowest == 7 && range.highest == 8);
}
END_TEST

/* A scale of its own, without passives: nobody is one. */
START_TEST(without_passives)
{
    nps_scale scale = {-2, 2, 0, 1};
    nps_outcomes state;
    nps_answers range, others;
    nps_outcome_estimate out = {.struct_size = sizeof out, .n = 7};
    ck_status(nps_outcomes_init(&state, &scale), NPS_OK);
    for (int i = -2; i <= 2; i++) add(&state, i, i * i, 1);
    ck_status(nps_answers_of_class(&scale, NPS_PASSIVE, &range), NPS_OK);
    ck_assert(range.lowest == 1 && range.highest == 0);
    ck_status(nps_outcomes_estimate(&state, &range, MEAN, 0.95, &out), NPS_ERR_EMPTY);
    ck_assert(out.n == 7);
    ck_status(nps_answers_of_class(&scale, NPS_DETRACTOR, &range), NPS_OK);
    ck_status(nps_answers_of_class(&scale, NPS_PROMOTER, &others), NPS_OK);
    ck_assert(estimate(&state, &range, MEAN, 0.95).mean == 5.0 / 3 &&
              estimate(&state, &others, MEAN, 0.95).mean == 2.5);
    ck_near(difference(&state, &range, &others, MEAN, 0.95).difference, 2.5 - 5.0 / 3, 1e-15);
    ck_near(correlation(&state, 0, 0.95).correlation, 0, 1e-15);
    /* Classes -1, -1, -1, 1, 1 and outcomes 4, 1, 0, 1, 4: 2 / sqrt(24 / 5 * 14). */
    ck_near(correlation(&state, 1, 0.95).correlation, 2 / sqrt(24 / 5.0 * 14), 1e-15);
}
END_TEST

START_TEST(estimate_refuses)
{
    nps_outcomes state = rates(1, 2, 1, 1), broken = state, none = empty();
    nps_outcome_estimate out = {.struct_size = sizeof out, .n = 7, .mean = -7, .upper = -7}, before = out;
    static const double no_levels[] = {0, 1, -0.5, 1.5, NAN, INFINITY};
    static const nps_answers off[] = {
        {-1, 5}, {0, 11}, {5, 3}, {11, 11}, {INT32_MIN, INT32_MAX}, {INT32_MAX, INT32_MIN}};
    broken.scale.detractor_max = 10;
    for (int32_t method = 0; method < 2; method++) {
        ck_status(nps_outcomes_estimate(NULL, NULL, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_estimate(&state, NULL, method, 0.95, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_estimate(&broken, NULL, method, 0.95, &out), NPS_ERR_SCALE);
        ck_status(nps_outcomes_estimate(&none, NULL, method, 0.95, &out), NPS_ERR_EMPTY);
        ck_status(nps_outcomes_estimate(&state, &(nps_answers){2, 9}, method, 0.95, &out), NPS_ERR_EMPTY);
        for (size_t i = 0; i < 6; i++) {
            ck_status(nps_outcomes_estimate(&state, NULL, method, no_levels[i], &out), NPS_ERR_ARGUMENT);
            ck_status(nps_outcomes_estimate(&state, &off[i], method, 0.95, &out), NPS_ERR_ARGUMENT);
        }
    }
    ck_status(nps_outcomes_estimate(&state, NULL, -1, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_estimate(&state, NULL, 2, 0.95, &out), NPS_ERR_ARGUMENT);
    add(&state, 8, 0.5, 1);
    ck_status(nps_outcomes_estimate(&state, NULL, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_status(nps_outcomes_estimate(&state, &(nps_answers){8, 8}, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_same(out, before);
    ck_assert(estimate(&state, &(nps_answers){0, 7}, RATE, 0.95).n == 2);
}
END_TEST

START_TEST(difference_refuses)
{
    nps_outcomes state = rates(1, 2, 1, 1), broken = state;
    nps_outcome_difference out = {.struct_size = sizeof out, .difference = -7, .p = -7}, before = out;
    static const nps_answers overlapping[] = {{0, 9}, {9, 10}, {10, 10}, {0, 10}, {9, 9}};
    broken.scale.lowest = 9;
    for (int32_t method = 0; method < 2; method++) {
        ck_status(nps_outcomes_difference(NULL, DETRACTORS, PROMOTERS, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, NULL, PROMOTERS, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, NULL, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, method, 0.95, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, method, 1, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, method, NAN, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&broken, DETRACTORS, PROMOTERS, method, 0.95, &out), NPS_ERR_SCALE);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, &(nps_answers){7, 9}, method, 0.95, &out), NPS_ERR_EMPTY);
        ck_status(nps_outcomes_difference(&state, &(nps_answers){7, 9}, DETRACTORS, method, 0.95, &out), NPS_ERR_EMPTY);
        ck_status(nps_outcomes_difference(&state, DETRACTORS, &(nps_answers){7, 11}, method, 0.95, &out),
                  NPS_ERR_ARGUMENT);
        for (size_t i = 0; i < 5; i++) {
            ck_status(nps_outcomes_difference(&state, overlapping + i, PROMOTERS, method, 0.95, &out),
                      NPS_ERR_ARGUMENT);
            ck_status(nps_outcomes_difference(&state, PROMOTERS, overlapping + i, method, 0.95, &out),
                      NPS_ERR_ARGUMENT);
        }
    }
    ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, 2, 0.95, &out), NPS_ERR_ARGUMENT);
    add(&state, 10, 2, 1);
    ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_status(nps_outcomes_difference(&state, PROMOTERS, DETRACTORS, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_same(out, before);
}
END_TEST

/* Callers of a release that knew less, and of one that knows more. */
START_TEST(struct_sizes)
{
    nps_outcomes state = rates(1, 3, 2, 3);
    const double x[] = {1, 2, 3, 5}, y[] = {2, 1, 4, 5};
    struct {
        nps_outcome_estimate known;
        double more;
    } longer = {{.struct_size = sizeof longer}, -7};
    nps_outcome_estimate full = estimate(&state, NULL, RATE, 0.95), out = {.variance = -7};
    nps_outcome_difference apart = {.lower = -7};
    nps_correlation_result r = {.lower = -7};
    nps_earned_growth_result growth = {.bought = -7};
    ck_status(nps_outcomes_estimate(&state, NULL, RATE, 0.95, &longer.known), NPS_OK);
    ck_assert(longer.more == -7 && longer.known.upper == full.upper && longer.known.struct_size == sizeof longer);
    ck_status(nps_outcomes_estimate(&state, NULL, RATE, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95, &apart), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &r), NPS_ERR_ARGUMENT);
    ck_status(nps_correlation(x, y, NULL, 4, 0.95, &r), NPS_ERR_ARGUMENT);
    ck_status(nps_earned_growth(1, 1, 1, 1, &growth), NPS_ERR_ARGUMENT);
    out.struct_size = offsetof(nps_outcome_estimate, variance);
    ck_status(nps_outcomes_estimate(&state, NULL, RATE, 0.95, &out), NPS_OK);
    ck_assert(out.mean == full.mean && out.n == 6 && out.variance == -7);
    apart.struct_size = offsetof(nps_outcome_difference, lower);
    ck_status(nps_outcomes_difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95, &apart), NPS_OK);
    ck_near(apart.difference, 1 / 3.0, 1e-16);
    ck_assert(apart.lower == -7 && apart.struct_size == offsetof(nps_outcome_difference, lower));
    r.struct_size = offsetof(nps_correlation_result, lower);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &r), NPS_OK);
    ck_assert(r.n == 6 && r.correlation > 0 && r.lower == -7);
    ck_status(nps_correlation(x, y, NULL, 4, 0.95, &r), NPS_OK);
    ck_assert(r.n == 4 && r.lower == -7);
    growth.struct_size = offsetof(nps_earned_growth_result, bought);
    ck_status(nps_earned_growth(4, 3, 2, 1, &growth), NPS_OK);
    ck_assert(growth.earned_growth == 0.25 && growth.bought == -7);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, equal_weights);
    tcase_add_test(tcase, merged);
    tcase_add_test(tcase, ranges);
    tcase_add_test(tcase, shifted_and_scaled);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, intervals_and_tests_agree);
    tcase_add_test(tcase, heavy_and_light);
    tcase_add_test(tcase, levels);
    tcase_add_test(tcase, classes);
    tcase_add_test(tcase, without_passives);
    tcase_add_test(tcase, estimate_refuses);
    tcase_add_test(tcase, difference_refuses);
    tcase_add_test(tcase, struct_sizes);
}

int main(void)
{
    return test_main("outcomes_properties", add_tests);
}
