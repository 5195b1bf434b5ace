/* Correlations, of answers and outcomes and of pairs of numbers, against closed forms and one another;
 * test_outcomes_estimate.c has R's numbers. And earned growth. */
#include <float.h>
#include <string.h>

#include "outcomes_rows.h"

/* Rows are pairs. A weight of 0 is nobody; x and y, and the order, do not matter. */
START_TEST(pairs_are_rows)
{
    uint64_t seed = 9;
    for (int round = 0; round < 1000; round++) {
        survey rows = random_survey(&seed, round % 3 ? MEAN : RATE, round % 4 < 2, round % 2);
        nps_outcomes state = state_of(&rows, 0, rows.count);
        double x[MOST], y[MOST], w[MOST];
        int by_class = round % 5 == 0;
        for (size_t i = 0; i < rows.count; i++) {
            size_t to = rows.count - 1 - i;
            x[to] = by_class ? nps_classify(NULL, rows.answer[i]) : rows.answer[i];
            y[to] = rows.outcome[i];
            w[to] = rows.weight[i];
        }
        nps_correlation_result a = correlation(&state, by_class, 0.9), b = pairs(x, y, w, rows.count, 0.9);
        nps_correlation_result c = pairs(y, x, w, rows.count, 0.9);
        ck_assert(a.n == rows.count && b.n == a.n);
        ck_near(a.correlation, b.correlation, 1e-15);
        ck_near(a.lower, b.lower, 1e-15);
        ck_near(a.upper, b.upper, 1e-15);
        ck_near(a.statistic, b.statistic, 1e-14);
        ck_near(a.df, b.df, 1e-15);
        ck_assert(test_relative_error(a.p, b.p) < 1e-12);
        ck_near(c.correlation, b.correlation, 1e-15);
        ck_near(c.lower, b.lower, 1e-15);
        if (round % 2 == 0) {
            c = pairs(x, y, NULL, rows.count, 0.9);
            ck_same(c, b);
        }
        x[rows.count] = 7, y[rows.count] = 1e100, w[rows.count] = 0;
        c = pairs(x, y, w, rows.count + 1, 0.9);
        ck_same(c, b);
    }
}
END_TEST

/* Pairs of n = 0, 1, 2, 3 of y = 10^k x, the last one 1 more. With K = 10^k, n times the centred sums are 20, 20 K + 6
 * and 20 K^2 + 12 K + 3, and the determinant of these is 24: s = (20 K + 6) / sqrt 24. Student's t on 2 degrees of
 * freedom has p = 2 / (t^2 + 2) / (1 + t / sqrt(t^2 + 2)). */
START_TEST(next_to_one)
{
    for (double k = 1; k < 1e13; k *= 10) {
        const double x[] = {0, 1, 2, 3}, y[] = {0, k, 2 * k, 3 * k + 1};
        double t = (20 * k + 6) / sqrt(12), s = t / sqrt(2), rest = 24 / (20 * (20 * k * k + 12 * k + 3));
        double p = 2 / (t * t + 2) / (1 + t / sqrt(t * t + 2)), below = asinh(s) - Z95;
        nps_outcomes state = empty();
        for (int i = 0; i < 4; i++) add(&state, i + 3, y[i], 1);
        nps_correlation_result found[] = {pairs(x, y, NULL, 4, 0.95), correlation(&state, 0, 0.95)};
        for (int i = 0; i < 2; i++) {
            ck_near(found[i].correlation, sqrt(1 - rest), 1e-15);
            ck_assert(test_relative_error(found[i].statistic, t) < 1e-15 && found[i].df == 2);
            ck_assert(test_relative_error(found[i].p, p) < 1e-13);
            ck_near(found[i].lower, tanh(below), 1e-15);
            ck_assert(found[i].upper <= 1 && found[i].upper >= found[i].correlation);
        }
    }
}
END_TEST

/* On one line: r is 1 or -1, t infinite. */
START_TEST(on_a_line)
{
    uint64_t seed = 10;
    for (int round = 0; round < 200; round++) {
        double x[50], y[50];
        size_t count = 4 + test_below(&seed, 46);
        double slope = (round % 2 ? -1 : 1) * (double)(1 + test_below(&seed, 1000000));
        for (size_t i = 0; i < count; i++) {
            x[i] = 1e9 + (double)i * (double)(1 + test_below(&seed, 100));
            y[i] = slope * x[i] - 77;
        }
        nps_correlation_result found = pairs(x, y, NULL, count, 0.95);
        double r = slope > 0 ? 1 : -1;
        ck_assert(found.correlation == r && found.lower == r && found.upper == r && found.p == 0);
        ck_assert(found.statistic == r * INFINITY && found.df == (double)count - 2);
        /* Rounding of the sums is no more than that. */
        double weights[50];
        for (size_t i = 0; i < count; i++) {
            x[i] = ldexp((double)(test_random(&seed) >> 14), -40);
            y[i] = (slope > 0 ? 3 : -3) * x[i];
            weights[i] = (double)(1 + test_below(&seed, 100)) / 7;
        }
        found = pairs(x, y, weights, count, 0.95);
        ck_assert(found.correlation == r);
        ck_assert(isnan(found.statistic) || fabs(found.statistic) > 1e13);
    }
}
END_TEST

START_TEST(few_pairs)
{
    const double x[] = {1, 2, 4, 8}, y[] = {3, 5, 4, 9}, same[] = {2, 2, 2, 2}, weights[] = {0, 1, 1, 0};
    nps_correlation_result found = {.struct_size = sizeof found, .n = 7};
    ck_status(nps_correlation(x, y, NULL, 0, 0.95, &found), NPS_ERR_EMPTY);
    ck_status(nps_correlation(NULL, NULL, NULL, 0, 0.95, &found), NPS_ERR_EMPTY);
    ck_status(nps_correlation(x, y, weights, 1, 0.95, &found), NPS_ERR_EMPTY);
    ck_status(nps_correlation(x, y, NULL, 1, 0.95, &found), NPS_ERR_SINGULAR);
    ck_status(nps_correlation(same, y, NULL, 4, 0.95, &found), NPS_ERR_SINGULAR);
    ck_status(nps_correlation(x, same, NULL, 4, 0.95, &found), NPS_ERR_SINGULAR);
    ck_assert(found.n == 7);
    found = pairs(x, y, NULL, 2, 0.95);
    ck_assert(found.n == 2 && found.correlation == 1 && isnan(found.df) && isnan(found.p) && isnan(found.lower));
    found = pairs(x, y, weights, 4, 0.95);
    ck_assert(found.n == 2 && found.correlation == -1 && isnan(found.statistic) && isnan(found.upper));
    found = pairs(x, y, NULL, 3, 0.95);
    /* Sums of squares 14/3 and 2, of products 1. */
    ck_near(found.correlation, 1 / sqrt(28.0 / 3), 1e-15);
    ck_assert(found.df == 1 && isnan(found.lower) && isnan(found.upper));
    /* Student's t on 1 degree of freedom: p = 1 - 2 / pi atan t. */
    ck_near(found.p, 1 - 2 / 3.14159265358979324 * atan(found.statistic), 1e-14);
    found = pairs(x, y, NULL, 4, 0.95);
    ck_assert(found.lower < found.correlation && found.upper > found.correlation);
}
END_TEST

/* Numbers far from 0, and one far from the others, keep their digits: y = x^2 for x = -k to k has no correlation. */
START_TEST(far_away)
{
    double x[201], y[201];
    for (int i = -100; i <= 100; i++) x[i + 100] = 1e13 + i, y[i + 100] = 1e15 + i * i;
    nps_correlation_result found = pairs(x, y, NULL, 201, 0.95);
    ck_assert(found.correlation == 0 && found.statistic == 0 && found.p == 1);
    ck_near(found.upper, tanh(Z95 / sqrt(198)), 1e-15);
    ck_assert(found.lower == -found.upper);
    /* With n - 1 at 0 and one at (1, 1) r is 1; another at (1, 0) makes of it what 2 by 2 tables have. */
    memset(x, 0, sizeof x), memset(y, 0, sizeof y);
    x[0] = 1e100, y[0] = -1e-90, x[3] = 1e100;
    found = pairs(x, y, NULL, 201, 0.95);
    ck_near(found.correlation, -sqrt(199 / (2.0 * 200)), 1e-15);
}
END_TEST

/* One that is light and so far away that it is half of the spread: x_i = i / 7, y_i = i^2 / 7. Two passes, row by row.
 */
START_TEST(light_and_far_away)
{
    double x[100], y[100], weights[100];
    for (int k = 0; k < 100; k += 99) { /* the first, the last */
        long double w = 0, sum[2] = {0, 0}, xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < 100; i++) x[i] = i / 7.0, y[i] = i * i / 7.0, weights[i] = 1;
        x[k] = 0x1p34, y[k] = -0x1p38, weights[k] = 0x1p-64;
        for (int i = 0; i < 100; i++) w += weights[i], sum[0] += weights[i] * x[i], sum[1] += weights[i] * y[i];
        for (int i = 0; i < 100; i++) {
            long double dx = x[i] - sum[0] / w, dy = y[i] - sum[1] / w;
            xx += weights[i] * dx * dx, xy += weights[i] * dx * dy, yy += weights[i] * dy * dy;
        }
        nps_correlation_result found = pairs(x, y, weights, 100, 0.95);
        ck_near(found.correlation, (double)(xy / sqrtl(xx * yy)), 1e-15);
    }
}
END_TEST

START_TEST(all_answers_or_all_outcomes_alike)
{
    nps_outcomes state = empty();
    nps_correlation_result out = {.struct_size = sizeof out, .n = 7};
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &out), NPS_ERR_EMPTY);
    add(&state, 5, NAN, 1);
    add(&state, 5, 3, 0);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &out), NPS_ERR_EMPTY);
    for (int i = 0; i < 10; i++) add(&state, 9, i / 7.0, 0.3);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &out), NPS_ERR_SINGULAR);
    for (int i = 0; i < 10; i++) add(&state, 10, i / 7.0, 0.7);
    ck_status(nps_outcomes_correlation(&state, NPS_OUTCOME_BY_CLASS, 0.95, &out), NPS_ERR_SINGULAR);
    ck_assert(out.n == 7);
    ck_near(correlation(&state, NPS_OUTCOME_BY_ANSWER, 0.95).correlation, 0, 1e-15);
}
END_TEST

START_TEST(correlation_refuses)
{
    static const double bad_weights[] = {-1, NAN, INFINITY, 0x1p64, 0x1p-65, 5e-324, -INFINITY};
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1.0000000000000002e100, -2e100};
    nps_outcomes state = rates(1, 2, 1, 1), broken = state;
    nps_correlation_result out = {.struct_size = sizeof out, .n = 7, .p = -7}, before = out;
    double x[] = {1, 2, 3, 5}, y[] = {2, 1, 4, 5}, w[] = {1, 2, 1, 1};
    broken.scale.highest = 100;
    ck_status(nps_outcomes_correlation(NULL, 0, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, -1, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, 2, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, 0, 1, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&broken, 0, 0.95, &out), NPS_ERR_SCALE);
    ck_status(nps_correlation(NULL, y, w, 4, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_correlation(x, NULL, w, 4, 0.95, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_correlation(x, y, w, 4, 0.95, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_correlation(x, y, w, 4, 0, &out), NPS_ERR_ARGUMENT);
    for (size_t i = 0; i < 5; i++) {
        x[1] = bad[i];
        ck_status(nps_correlation(x, y, NULL, 4, 0.95, &out), NPS_ERR_RANGE);
        x[1] = 2, y[2] = bad[i];
        ck_status(nps_correlation(x, y, NULL, 4, 0.95, &out), NPS_ERR_RANGE);
        y[2] = 4;
    }
    for (size_t i = 0; i < 7; i++) {
        w[3] = bad_weights[i];
        ck_status(nps_correlation(x, y, w, 4, 0.95, &out), NPS_ERR_RANGE);
    }
    ck_same(out, before);
}
END_TEST

/* By hand: of 200, 170 are kept, 50 earned and 20 bought. */
START_TEST(earned_growth)
{
    nps_earned_growth_result out = {.struct_size = sizeof out};
    ck_status(nps_earned_growth(200, 170, 50, 20, &out), NPS_OK);
    ck_assert(out.retention == 0.85 && out.new_earned == 0.25 && out.earned_growth == 0.1 && out.bought == 0.1);
    ck_assert(out.growth == 0.2 && out.struct_size == sizeof out);
    ck_status(nps_earned_growth(100, 0, 0, 0, &out), NPS_OK);
    ck_assert(out.retention == 0 && out.earned_growth == -1 && out.growth == -1);
    /* What cancels: as doubles .1 and .9 are 2^-55 above 1. */
    ck_status(nps_earned_growth(1, 0.1, 0.9, 0, &out), NPS_OK);
    ck_assert(out.earned_growth == 0x1p-55 && out.growth == 0x1p-55);
    ck_status(nps_earned_growth(0.3, 0.1, 0.2, 1e-30, &out), NPS_OK);
    ck_assert(out.earned_growth == (0x1p-54 + 0x1p-56 - 0x1p-55) / 0.3 || fabs(out.earned_growth) < 1e-15);
    uint64_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        double figure[4];
        for (int i = 0; i < 4; i++) figure[i] = (double)(1 + test_below(&seed, 1000000)) / 100;
        ck_status(nps_earned_growth(figure[0], figure[1], figure[2], figure[3], &out), NPS_OK);
        long double b = figure[0], k = figure[1], e = figure[2], n = figure[3];
        ck_near(out.retention, (double)(k / b), 2e-16);
        ck_near(out.new_earned, (double)(e / b), 2e-16);
        ck_near(out.bought, (double)(n / b), 2e-16);
        ck_assert(test_relative_error(out.earned_growth, (double)((k - b + e) / b)) < 1e-13 || k - b + e == 0);
        ck_near(out.growth, (double)((k - b + e + n) / b), 3e-16);
    }
}
END_TEST

START_TEST(earned_growth_refuses)
{
    static const double bad[] = {-1, NAN, INFINITY, -5e-324, -INFINITY};
    nps_earned_growth_result out = {.struct_size = sizeof out, .growth = -7}, before = out;
    for (size_t i = 0; i < 5; i++) {
        for (int k = 0; k < 4; k++) {
            double figure[] = {1, 1, 1, 1};
            figure[k] = bad[i];
            ck_status(nps_earned_growth(figure[0], figure[1], figure[2], figure[3], &out), NPS_ERR_RANGE);
        }
    }
    ck_status(nps_earned_growth(0, 1, 1, 1, &out), NPS_ERR_RANGE);
    ck_status(nps_earned_growth(1e-300, 1e300, 0, 0, &out), NPS_ERR_RANGE);
    ck_status(nps_earned_growth(1, 1, 1, 1, NULL), NPS_ERR_ARGUMENT);
    ck_same(out, before);
    ck_status(nps_earned_growth(DBL_MAX, DBL_MAX, 0, 0, &out), NPS_OK);
    ck_assert(out.retention == 1 && out.earned_growth == 0 && out.growth == 0);
    ck_status(nps_earned_growth(5e-324, 1e-323, 0, 0, &out), NPS_OK);
    ck_assert(out.retention == 2 && out.earned_growth == 1);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, pairs_are_rows);
    tcase_add_test(tcase, next_to_one);
    tcase_add_test(tcase, on_a_line);
    tcase_add_test(tcase, few_pairs);
    tcase_add_test(tcase, far_away);
    tcase_add_test(tcase, light_and_far_away);
    tcase_add_test(tcase, all_answers_or_all_outcomes_alike);
    tcase_add_test(tcase, correlation_refuses);
    tcase_add_test(tcase, earned_growth);
    tcase_add_test(tcase, earned_growth_refuses);
}

int main(void)
{
    return test_main("outcomes_correlation", add_tests);
}
