/* Means, rates and differences of outcomes against R (see tests/reference/README.md), published tables, closed forms
 * and sums row by row. test_outcomes.c has the state, test_outcomes_properties.c what must hold of any outcomes. */
#include <nps/interval.h>
#include <stdio.h>
#include <string.h>

#include "outcomes_rows.h"

static double cell(const test_csv *csv, size_t row, const char *of, const char *what)
{
    char column[40];
    snprintf(column, sizeof column, "%s%s", of, what);
    return test_csv_number(csv, row, column);
}

static void check_estimate(const test_csv *csv, size_t row, const char *of, const nps_outcome_estimate *found)
{
    ck_assert((double)found->n == cell(csv, row, of, "_n"));
    ck_near(found->effective_size, cell(csv, row, of, "_size"), 1e-14);
    ck_near(found->mean, cell(csv, row, of, "_mean"), 1e-14);
    ck_near(found->variance, cell(csv, row, of, "_variance"), 2e-14);
    ck_near(found->standard_error, cell(csv, row, of, "_error"), 2e-14);
    ck_near(found->lower, cell(csv, row, of, "_lower"), 1e-12); /* R's quantiles of t have 12 digits */
    ck_near(found->upper, cell(csv, row, of, "_upper"), 1e-12);
}

static void check_correlation(const test_csv *csv, size_t row, const char *by, const nps_correlation_result *found)
{
    ck_near(found->correlation, cell(csv, row, by, ""), 1e-14);
    ck_near(found->lower, cell(csv, row, by, "_lower"), 2e-14);
    ck_near(found->upper, cell(csv, row, by, "_upper"), 2e-14);
    double t = cell(csv, row, by, "_statistic"), p = cell(csv, row, by, "_p");
    ck_near(found->df, cell(csv, row, by, "_df"), 1e-14);
    if (found->correlation == 1) { /* R's own is rounded: t is about 1e8 */
        ck_assert(t > 1e7 && isinf(found->statistic) && found->p == 0);
        return;
    }
    ck_near(found->statistic, t, 1e-13);
    ck_assert(test_relative_error(found->p, p) < 1e-11);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("outcomes.csv");
    ck_assert_uint_eq(csv->rows, 52);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_outcomes state = empty();
        const char *text = test_csv_cell(csv, row, "rows");
        for (int used; *text != '\0'; text += used + (text[used] == ';')) {
            int answer;
            double outcome, weight;
            ck_assert(sscanf(text, "%d %lf %lf%n", &answer, &outcome, &weight, &used) == 3);
            add(&state, answer, outcome, weight);
        }
        int32_t method = strcmp(test_csv_cell(csv, row, "method"), "rate") == 0 ? RATE : MEAN;
        double level = test_csv_number(csv, row, "level");
        nps_outcome_estimate from = estimate(&state, DETRACTORS, method, level);
        nps_outcome_estimate to = estimate(&state, PROMOTERS, method, level);
        check_estimate(csv, row, "detractors", &from);
        check_estimate(csv, row, "promoters", &to);
        nps_outcome_difference found = difference(&state, DETRACTORS, PROMOTERS, method, level);
        double p = cell(csv, row, "difference", "_p");
        ck_near(found.difference, cell(csv, row, "difference", ""), 1e-13);
        ck_near(found.lower, cell(csv, row, "difference", "_lower"), 1e-13);
        ck_near(found.upper, cell(csv, row, "difference", "_upper"), 1e-13);
        ck_near(found.statistic, cell(csv, row, "difference", "_statistic"), 1e-13);
        ck_near(found.df, cell(csv, row, "difference", "_df"), 1e-13);
        ck_assert(test_relative_error(found.p, p) < 1e-10);
        nps_correlation_result by_answer = correlation(&state, NPS_OUTCOME_BY_ANSWER, level);
        nps_correlation_result by_class = correlation(&state, NPS_OUTCOME_BY_CLASS, level);
        check_correlation(csv, row, "answer", &by_answer);
        check_correlation(csv, row, "class", &by_class);
    }
    test_csv_free(csv);
}
END_TEST

/* Newcombe (1998b), table II, method 10: p1 - p2, in 4 decimals. */
START_TEST(newcombe_published)
{
    static const struct {
        int a, m, b, n;
        double lower, upper;
    } table[] = {
        {56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {6, 7, 2, 7, 0.0582, 0.8062},
        {5, 56, 0, 29, -0.0381, 0.1926},  {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775},
        {10, 10, 0, 20, 0.6791, 1},       {10, 10, 0, 10, 0.6075, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        nps_outcomes state = rates(table[i].b, table[i].n, table[i].a, table[i].m);
        nps_outcome_difference found = difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95);
        ck_assert(fabs(found.lower - table[i].lower) <= 0.00005001 && fabs(found.upper - table[i].upper) <= 0.00005001);
    }
}
END_TEST

/* Wilson's limits of none of n and of all: z^2 / (n + z^2) and n / (n + z^2), for 1 to 2^50 people. */
START_TEST(rates_of_none_and_all)
{
    for (int times = 0; times <= 50; times++) {
        nps_outcomes state = rates(0, 1, 1, 1);
        multiply(&state, times);
        double n = ldexp(1, times), margin = Z95 * Z95 / (n + Z95 * Z95);
        nps_outcome_estimate none = estimate(&state, DETRACTORS, RATE, 0.95);
        nps_outcome_estimate all = estimate(&state, PROMOTERS, RATE, 0.95);
        ck_assert(none.mean == 0 && none.lower == 0 && none.variance == 0 && none.standard_error == 0);
        ck_assert(all.mean == 1 && all.upper == 1 && all.variance == 0 && all.standard_error == 0);
        ck_assert(test_relative_error(none.upper, margin) < 1e-15);
        ck_near(all.lower, n / (n + Z95 * Z95), 3e-16);
        nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95);
        ck_assert(apart.difference == 1 && apart.upper == 1 && apart.statistic > 0 && isinf(apart.df));
        ck_near(apart.lower, 1 - margin * sqrt(2), 1e-15);
        /* The limits reach 0 where z^2 / (n + z^2) = 1 / sqrt 2. */
        double z = sqrt(n / (sqrt(2) - 1));
        ck_near(apart.statistic, z, 1e-14);
    }
}
END_TEST

/* A small rate keeps its digits: 1 of n, whose lower limit is 1 / (n (1 + z^2 / 2 + z sqrt(z^2 / 4 + 1 - 1 / n))). */
START_TEST(one_of_many)
{
    for (int times = 1; times <= 61; times++) {
        nps_outcomes state = empty();
        add(&state, 3, 0, 1);
        multiply(&state, times);
        add(&state, 3, 1, 1);
        double n = ldexp(1, times) + 1, z = Z90;
        nps_outcome_estimate found = estimate(&state, NULL, RATE, 0.9);
        ck_assert(found.n == (UINT64_C(1) << times) + 1 && test_relative_error(found.mean, 1 / n) < 3e-16);
        ck_assert(test_relative_error(found.lower, 1 / n / (1 + z * z / 2 + z * sqrt(z * z / 4 + 1 - 1 / n))) < 1e-14);
        ck_assert(test_relative_error(found.variance, 1 / n * (1 - 1 / n)) < 1e-15);
        ck_assert(found.standard_error == sqrt(found.variance / n));
        /* As a mean: the variance with n - 1 is 1 / n, and so it is of one 0 of many. */
        nps_outcome_estimate mean = estimate(&state, NULL, MEAN, 0.9);
        ck_assert(test_relative_error(mean.variance, 1 / n) < 1e-15);
        state = rates(0, 0, 1, 1);
        multiply(&state, times);
        add(&state, 3, 0, 1);
        mean = estimate(&state, NULL, MEAN, 0.9);
        ck_assert(test_relative_error(mean.variance, 1 / n) < 1e-15);
        ck_assert(test_relative_error(mean.standard_error, 1 / n) < 1e-15);
    }
}
END_TEST

/* c - 1, c, c + 1 in equal numbers: their variance is 2/3 n / (n - 1), wherever they are. Promoters have 1 more. */
START_TEST(large_values_keep_their_spread)
{
    static const double centres[] = {0, 1e6, 1e9, 1e12};
    for (size_t k = 0; k < 4; k++) {
        for (int times = 0; times <= (k == 3 ? 22 : 40); times += 2) {
            nps_outcomes state = empty();
            for (int i = -1; i <= 1; i++) {
                add(&state, 0, centres[k] + i, 1);
                add(&state, 10, centres[k] + i + 1, 1);
            }
            multiply(&state, times);
            double n = 3 * ldexp(1, times), variance = 2.0 / 3 * n / (n - 1);
            nps_outcome_estimate found = estimate(&state, DETRACTORS, MEAN, 0.95);
            ck_assert(found.n == (uint64_t)n && found.effective_size == n && found.mean == centres[k]);
            ck_assert(test_relative_error(found.variance, variance) < 4e-16);
            ck_assert(test_relative_error(found.standard_error, sqrt(variance / n)) < 4e-16);
            nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
            ck_assert(apart.difference == 1);
            ck_near(apart.df, 2 * n - 2, 1e-15);
            ck_near(apart.statistic, 1 / sqrt(2 * variance / n), 1e-15);
            /* Within the answers 2/3, between them 1/4. */
            nps_correlation_result r = correlation(&state, NPS_OUTCOME_BY_ANSWER, 0.95);
            ck_near(r.correlation, 0.5 / sqrt(2.0 / 3 + 0.25), 1e-15);
            ck_near(r.statistic, sqrt(3.0 / 8 * (2 * n - 2)), 1e-15);
        }
    }
}
END_TEST

/* The sums of what is no binary fraction are rounded: of equal outcomes there is no spread, all the same. */
START_TEST(equal_outcomes)
{
    static const double weights[] = {1, 0.1, 0.7, 3e-5};
    nps_outcome_difference apart = {.struct_size = sizeof apart};
    nps_correlation_result r = {.struct_size = sizeof r, .n = 7};
    for (size_t k = 0; k < 4; k++) {
        nps_outcomes state = empty();
        for (int i = 0; i < 3000; i++) add(&state, i % 11, 0.1, weights[k]);
        for (int rounds = 0; rounds < 12; rounds++, multiply(&state, 2)) {
            nps_outcome_estimate found = estimate(&state, NULL, MEAN, 0.95);
            ck_assert(found.mean == 0.1 && found.variance == 0 && found.standard_error == 0);
            ck_assert(found.lower == 0.1 && found.upper == 0.1 && found.effective_size == (double)found.n);
            apart = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
            ck_assert(fabs(apart.difference) < 1e-30 && isnan(apart.lower) && isnan(apart.upper));
            ck_assert(isnan(apart.statistic) && isnan(apart.df) && isnan(apart.p));
            ck_status(nps_outcomes_correlation(&state, NPS_OUTCOME_BY_ANSWER, 0.95, &r), NPS_ERR_SINGULAR);
        }
        add(&state, 10, 0.2, weights[k]);
        ck_assert(estimate(&state, NULL, MEAN, 0.95).variance > 0);
    }
    ck_assert(r.n == 7);
    uint64_t seed = 12;
    for (int round = 0; round < 3000; round++) {
        nps_outcomes state = empty();
        double outcome = (double)(1 + test_random(&seed) % 1000000) / 7;
        for (uint64_t n = 1 + test_below(&seed, 12); n > 0; n--) {
            for (int i = 0; i < 2; i++) add(&state, 9 + i, outcome, (double)(1 + test_below(&seed, 1000)) / 3);
            nps_outcome_estimate found = estimate(&state, NULL, MEAN, 0.95);
            ck_assert(found.mean == outcome && found.variance == 0 && found.standard_error == 0);
            ck_status(nps_outcomes_correlation(&state, NPS_OUTCOME_BY_ANSWER, 0.95, &r), NPS_ERR_SINGULAR);
        }
    }
}
END_TEST

/* One person: no variance of a mean, but a rate. */
START_TEST(one_person)
{
    nps_outcomes state = empty();
    add(&state, 9, 1, 0.3);
    add(&state, 9, NAN, 1);
    add(&state, 10, NAN, 2);
    add(&state, 10, 5, 0);
    nps_outcome_estimate mean = estimate(&state, PROMOTERS, MEAN, 0.95), rate = estimate(&state, NULL, RATE, 0.95);
    ck_assert(mean.n == 1 && mean.missing == 2 && mean.effective_size == 1 && mean.mean == 1);
    ck_assert(isnan(mean.variance) && isnan(mean.standard_error) && isnan(mean.lower) && isnan(mean.upper));
    ck_assert(rate.mean == 1 && rate.standard_error == 0 && rate.upper == 1);
    ck_near(rate.lower, 1 / (1 + Z95 * Z95), 1e-15);
    for (int i = 0; i < 5; i++) add(&state, 0, i % 2, 1);
    nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
    ck_assert(apart.difference == 1 - 0.4);
    ck_assert(isnan(apart.lower) && isnan(apart.upper) && isnan(apart.statistic) && isnan(apart.p));
    apart = difference(&state, DETRACTORS, PROMOTERS, RATE, 0.95);
    ck_assert(apart.lower < apart.difference && apart.upper <= 1 && apart.p > 0 && apart.p < 1);
}
END_TEST

/* Whatever their weights, two people have the variance of two; and one side without variance leaves the other's df. */
START_TEST(two_people)
{
    static const double weights[] = {1, 0x1p-30, 0x1p-64, 3e8};
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            nps_outcomes state = empty();
            add(&state, 2, 3, weights[i]);
            add(&state, 4, 8, weights[j]);
            add(&state, 9, 5, 2);
            add(&state, 9, 5, 1);
            nps_outcome_estimate found = estimate(&state, DETRACTORS, MEAN, 0.95);
            double share = weights[i] / (weights[i] + weights[j]), rest = weights[j] / (weights[i] + weights[j]);
            ck_near(found.variance, 12.5, 1e-15);
            ck_near(found.mean, 3 * share + 8 * rest, 1e-15);
            /* n / (n - 1) = 2, and each is the other's share of 5 from the mean: 2 (2 share^2 rest^2) 25. */
            ck_assert(test_relative_error(found.standard_error, 10 * share * rest) < 1e-15);
            nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
            double df = 2 * share * rest / (share * share + rest * rest);
            ck_assert(test_relative_error(apart.df, df) < 1e-14);
            ck_assert(test_relative_error(apart.statistic, (5 - found.mean) / found.standard_error) < 1e-14);
            ck_assert(apart.p >= 0 && apart.p <= 1);
            /* Where next to nothing is known the bounds are beyond all doubles: not a number, never infinite. */
            ck_assert(!isinf(found.lower) && !isinf(found.upper) && isnan(found.lower) == (df < 1e-3));
            ck_assert(!isinf(apart.lower) && !isinf(apart.upper) && isnan(apart.lower) == isnan(found.lower));
        }
    }
}
END_TEST

typedef struct oracle {
    long double weight, squared, mean, squares, heavy, n;
} oracle;

static oracle oracle_of(const survey *rows, const nps_answers *range)
{
    oracle o = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < rows->count; i++) {
            long double w = rows->weight[i], y = rows->outcome[i];
            if (rows->answer[i] < range->lowest || rows->answer[i] > range->highest) continue;
            if (pass == 0) o.n++, o.weight += w, o.squared += w * w, o.mean += w * y;
            if (pass == 1) o.squares += w * (y - o.mean) * (y - o.mean), o.heavy += w * w * (y - o.mean) * (y - o.mean);
        }
        if (pass == 0) o.mean /= o.weight;
    }
    return o;
}

START_TEST(row_by_row)
{
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        survey rows = random_survey(&seed, round % 5 == 0 ? RATE : MEAN, round % 2, round % 3 > 0);
        nps_outcomes state = state_of(&rows, 0, rows.count);
        nps_answers range = {(int32_t)test_below(&seed, 7), 6 + (int32_t)test_below(&seed, 5)};
        nps_outcome_estimate found = estimate(&state, &range, MEAN, 0.95);
        oracle o = oracle_of(&rows, &range);
        long double size = o.weight * o.weight / o.squared;
        ck_assert(found.n == (uint64_t)o.n);
        ck_near(found.effective_size, (double)size, 1e-15);
        ck_near(found.mean, (double)o.mean, 1e-15);
        if (found.n == 1) continue;
        ck_near(found.variance, (double)(o.squares / o.weight * size / (size - 1)), 1e-15);
        double error = (double)(sqrtl(o.n / (o.n - 1) * o.heavy) / o.weight);
        ck_assert(test_relative_error(found.standard_error, error) < 1e-15);
        if (round % 3 == 0) ck_near(found.standard_error, sqrt(found.variance / (double)found.n), 1e-15);
        ck_near(found.upper - found.mean, found.mean - found.lower, 1e-12);
    }
}
END_TEST

/* Against nps_interval of a sample without passives, whose score is twice the rate less 1. */
START_TEST(rates_are_scores)
{
    uint64_t seed = 8;
    for (int round = 0; round < 500; round++) {
        int n = 1 + (int)test_below(&seed, 80), ones = (int)test_below(&seed, (uint64_t)n + 1);
        double level = 0.5 + 0.49 * (double)test_below(&seed, 1000) / 1000, lower, upper;
        nps_outcomes state = rates(ones, n, 0, 0);
        nps_outcome_estimate found = estimate(&state, NULL, RATE, level);
        nps_sample sample;
        ck_status(nps_sample_from_counts(n - ones, 0, ones, &sample), NPS_OK);
        ck_status(nps_interval(&sample, NPS_INTERVAL_SCORE, level, &lower, &upper), NPS_OK);
        ck_near(2 * found.lower - 1, lower / 100, 1e-14);
        ck_near(2 * found.upper - 1, upper / 100, 1e-14);
    }
}
END_TEST

/* The heaviest weights and the farthest outcomes, of 2^49 people each: numbers come out. */
START_TEST(extremes)
{
    static const double weights[] = {0x1p-64, 1, 0x1.fffffffffffffp63}, outcomes[] = {1e-100, 1, 1e100};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            for (int times = 0; times < 50; times += 7) {
                nps_outcomes state = empty();
                double y = outcomes[j], w = weights[i];
                add(&state, 0, y, w), add(&state, 0, -y, w), add(&state, 10, y, w), add(&state, 10, y / 2, w);
                multiply(&state, times);
                double n = ldexp(2, times);
                nps_outcome_estimate found = estimate(&state, DETRACTORS, MEAN, 0.95);
                ck_assert(found.mean == 0);
                ck_assert(test_relative_error(found.variance, y * y * n / (n - 1)) < 1e-15);
                ck_assert(test_relative_error(found.standard_error, y / sqrt(n - 1)) < 1e-14);
                ck_assert(found.lower == -found.upper && isfinite(found.upper));
                nps_outcome_difference apart = difference(&state, DETRACTORS, PROMOTERS, MEAN, 0.95);
                ck_assert(apart.lower < apart.difference && isfinite(apart.lower) && isfinite(apart.upper));
                ck_near(apart.statistic, 0.75 / sqrt(17.0 / 16 / (n - 1)), 1e-14);
                nps_correlation_result r = correlation(&state, 0, 0.95);
                /* Between 9/64, within 17/32. */
                ck_near(r.correlation, sqrt(9.0 / 64 / (9.0 / 64 + 17.0 / 32)), 1e-15);
            }
        }
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, newcombe_published);
    tcase_add_test(tcase, rates_of_none_and_all);
    tcase_add_test(tcase, one_of_many);
    tcase_add_test(tcase, large_values_keep_their_spread);
    tcase_add_test(tcase, equal_outcomes);
    tcase_add_test(tcase, one_person);
    tcase_add_test(tcase, two_people);
    tcase_add_test(tcase, row_by_row);
    tcase_add_test(tcase, rates_are_scores);
    tcase_add_test(tcase, extremes);
}

int main(void)
{
    return test_main("outcomes_estimate", add_tests);
}
