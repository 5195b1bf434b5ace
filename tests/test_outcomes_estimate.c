/* What follows from outcomes, against R (see tests/reference/README.md), published tables, closed forms and sums row by
 * row; and earned growth. test_outcomes.c has the state. */
#include <float.h>
#include <math.h>
#include <nps/interval.h>
#include <nps/outcomes.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define ck_same(a, b)             ck_assert_mem_eq(&(a), &(b), sizeof(a))

enum { MEAN = NPS_OUTCOME_MEAN, RATE = NPS_OUTCOME_RATE, MOST = 200 };

static const nps_answers detractors = {0, 6}, promoters = {9, 10};

/* The normal quantiles at .975 and .95, as R's qnorm has them. */
static const double z95 = 1.959963984540054, z90 = 1.6448536269514722;

static nps_outcomes empty(void)
{
    nps_outcomes outcomes;
    ck_status(nps_outcomes_init(&outcomes, NULL), NPS_OK);
    return outcomes;
}

static void add(nps_outcomes *outcomes, int32_t answer, double outcome, double weight)
{
    ck_status(nps_outcomes_add(outcomes, answer, outcome, weight), NPS_OK);
}

/* Doubled so many times. */
static void multiply(nps_outcomes *outcomes, int times)
{
    for (int i = 0; i < times; i++) {
        nps_outcomes copy = *outcomes;
        ck_status(nps_outcomes_merge(outcomes, &copy), NPS_OK);
    }
}

static nps_outcome_estimate estimate(const nps_outcomes *outcomes, const nps_answers *answers, int32_t method,
                                     double level)
{
    nps_outcome_estimate out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_estimate(outcomes, answers, method, level, &out), NPS_OK);
    return out;
}

static nps_outcome_difference difference(const nps_outcomes *outcomes, const nps_answers *from, const nps_answers *to,
                                         int32_t method, double level)
{
    nps_outcome_difference out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_difference(outcomes, from, to, method, level, &out), NPS_OK);
    return out;
}

static nps_correlation_result correlation(const nps_outcomes *outcomes, int32_t by, double level)
{
    nps_correlation_result out = {.struct_size = sizeof out};
    ck_status(nps_outcomes_correlation(outcomes, by, level, &out), NPS_OK);
    return out;
}

static nps_correlation_result pairs(const double *x, const double *y, const double *weights, size_t count, double level)
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

static nps_outcomes state_of(const survey *rows, size_t begin, size_t end)
{
    nps_outcomes state = empty();
    for (size_t i = begin; i < end; i++) add(&state, rows->answer[i], rows->outcome[i], rows->weight[i]);
    return state;
}

/* At least two people in each class. Outcomes are whole, binary or neither; weights 1, whole or neither. */
static survey random_survey(uint64_t *seed, int32_t method, int whole, int weighted)
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

static void must_be_near(const nps_outcome_estimate *a, const nps_outcome_estimate *b, double tolerance)
{
    ck_assert(a->n == b->n && a->missing == b->missing);
    ck_near(a->effective_size, b->effective_size, tolerance);
    ck_near(a->mean, b->mean, tolerance);
    ck_near(a->variance, b->variance, tolerance);
    ck_near(a->standard_error, b->standard_error, tolerance);
    ck_near(a->lower, b->lower, 100 * tolerance);
    ck_near(a->upper, b->upper, 100 * tolerance);
}

/* Reference. */

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
        nps_outcome_estimate from = estimate(&state, &detractors, method, level);
        nps_outcome_estimate to = estimate(&state, &promoters, method, level);
        check_estimate(csv, row, "detractors", &from);
        check_estimate(csv, row, "promoters", &to);
        nps_outcome_difference found = difference(&state, &detractors, &promoters, method, level);
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

static nps_outcomes rates(int ones_from, int n_from, int ones_to, int n_to)
{
    nps_outcomes state = empty();
    for (int i = 0; i < n_from; i++) add(&state, 0, i < ones_from, 1);
    for (int i = 0; i < n_to; i++) add(&state, 10, i < ones_to, 1);
    return state;
}

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
        nps_outcome_difference found = difference(&state, &detractors, &promoters, RATE, 0.95);
        ck_assert(fabs(found.lower - table[i].lower) <= 0.00005001 && fabs(found.upper - table[i].upper) <= 0.00005001);
    }
}
END_TEST

/* Closed forms. */

/* Wilson's limits of none of n and of all: z^2 / (n + z^2) and n / (n + z^2), for 1 to 2^50 people. */
START_TEST(rates_of_none_and_all)
{
    for (int times = 0; times <= 50; times++) {
        nps_outcomes state = rates(0, 1, 1, 1);
        multiply(&state, times);
        double n = ldexp(1, times), margin = z95 * z95 / (n + z95 * z95);
        nps_outcome_estimate none = estimate(&state, &detractors, RATE, 0.95);
        nps_outcome_estimate all = estimate(&state, &promoters, RATE, 0.95);
        ck_assert(none.mean == 0 && none.lower == 0 && none.variance == 0 && none.standard_error == 0);
        ck_assert(all.mean == 1 && all.upper == 1 && all.variance == 0 && all.standard_error == 0);
        ck_assert(test_relative_error(none.upper, margin) < 1e-15);
        ck_near(all.lower, n / (n + z95 * z95), 3e-16);
        nps_outcome_difference apart = difference(&state, &detractors, &promoters, RATE, 0.95);
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
    for (int times = 1; times <= 50; times += 7) {
        nps_outcomes state = empty();
        add(&state, 3, 0, 1);
        multiply(&state, times);
        add(&state, 3, 1, 1);
        double n = ldexp(1, times) + 1, z = z90;
        nps_outcome_estimate found = estimate(&state, NULL, RATE, 0.9);
        ck_assert(found.n == (uint64_t)n && found.mean == 1 / n);
        ck_assert(test_relative_error(found.lower, 1 / n / (1 + z * z / 2 + z * sqrt(z * z / 4 + 1 - 1 / n))) < 1e-14);
        ck_assert(test_relative_error(found.variance, 1 / n * (1 - 1 / n)) < 1e-15);
        ck_assert(found.standard_error == sqrt(found.variance / n));
        /* As a mean: the variance with n - 1 is 1 / n. */
        nps_outcome_estimate mean = estimate(&state, NULL, MEAN, 0.9);
        ck_assert(test_relative_error(mean.variance, 1 / n) < 1e-15);
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
            nps_outcome_estimate found = estimate(&state, &detractors, MEAN, 0.95);
            ck_assert(found.n == (uint64_t)n && found.effective_size == n && found.mean == centres[k]);
            ck_assert(test_relative_error(found.variance, variance) < 4e-16);
            ck_assert(test_relative_error(found.standard_error, sqrt(variance / n)) < 4e-16);
            nps_outcome_difference apart = difference(&state, &detractors, &promoters, MEAN, 0.95);
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
            apart = difference(&state, &detractors, &promoters, MEAN, 0.95);
            ck_assert(fabs(apart.difference) < 1e-30 && isnan(apart.lower) && isnan(apart.upper));
            ck_assert(isnan(apart.statistic) && isnan(apart.df) && isnan(apart.p));
            ck_status(nps_outcomes_correlation(&state, NPS_OUTCOME_BY_ANSWER, 0.95, &r), NPS_ERR_SINGULAR);
        }
        add(&state, 10, 0.2, weights[k]);
        ck_assert(estimate(&state, NULL, MEAN, 0.95).variance > 0);
    }
    ck_assert(r.n == 7);
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
    nps_outcome_estimate mean = estimate(&state, &promoters, MEAN, 0.95), rate = estimate(&state, NULL, RATE, 0.95);
    ck_assert(mean.n == 1 && mean.missing == 2 && mean.effective_size == 1 && mean.mean == 1);
    ck_assert(isnan(mean.variance) && isnan(mean.standard_error) && isnan(mean.lower) && isnan(mean.upper));
    ck_assert(rate.mean == 1 && rate.standard_error == 0 && rate.upper == 1);
    ck_near(rate.lower, 1 / (1 + z95 * z95), 1e-15);
    for (int i = 0; i < 5; i++) add(&state, 0, i % 2, 1);
    nps_outcome_difference apart = difference(&state, &detractors, &promoters, MEAN, 0.95);
    ck_assert(apart.difference == 1 - 0.4);
    ck_assert(isnan(apart.lower) && isnan(apart.upper) && isnan(apart.statistic) && isnan(apart.p));
    apart = difference(&state, &detractors, &promoters, RATE, 0.95);
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
            nps_outcome_estimate found = estimate(&state, &detractors, MEAN, 0.95);
            double share = weights[i] / (weights[i] + weights[j]), rest = weights[j] / (weights[i] + weights[j]);
            ck_near(found.variance, 12.5, 1e-15);
            ck_near(found.mean, 3 * share + 8 * rest, 1e-15);
            /* n / (n - 1) = 2, and each is the other's share of 5 from the mean: 2 (2 share^2 rest^2) 25. */
            ck_assert(test_relative_error(found.standard_error, 10 * share * rest) < 1e-15);
            nps_outcome_difference apart = difference(&state, &detractors, &promoters, MEAN, 0.95);
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

/* Row by row. */

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
        nps_outcome_difference x = difference(&a, &detractors, &promoters, method, 0.9);
        nps_outcome_difference y = difference(&b, &detractors, &promoters, method, 0.9);
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

/* Properties. */

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
        nps_outcome_estimate a = estimate(&all, &detractors, method, 0.95);
        nps_outcome_estimate b = estimate(&part, &detractors, method, 0.95);
        nps_outcome_difference c = difference(&all, &detractors, &promoters, method, 0.95);
        nps_outcome_difference d = difference(&part, &detractors, &promoters, method, 0.95);
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
        nps_outcome_difference c = difference(&state, &detractors, &promoters, MEAN, 0.95);
        nps_outcome_difference d = difference(&other, &detractors, &promoters, MEAN, 0.95);
        ck_assert(d.lower == -ldexp(c.upper, power) && d.statistic == -c.statistic && d.df == c.df && d.p == c.p);
        nps_correlation_result e = correlation(&state, 0, 0.95), f = correlation(&other, 0, 0.95);
        ck_assert(f.correlation == -e.correlation && f.lower == -e.upper && f.upper == -e.lower);
        ck_assert(f.statistic == -e.statistic && f.p == e.p && f.df == e.df);
        other = state_of(&shifted, 0, rows.count);
        b = estimate(&other, NULL, MEAN, 0.95);
        ck_assert(b.variance == a.variance);
        ck_near(b.standard_error, a.standard_error, 1e-15);
        ck_near(b.mean - 1e6, a.mean, 1e-9);
        d = difference(&other, &detractors, &promoters, MEAN, 0.95);
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
        nps_outcome_difference a = difference(&state, &detractors, &promoters, method, 0.95);
        nps_outcome_difference b = difference(&state, &promoters, &detractors, method, 0.95);
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
        b = difference(&no, &detractors, &promoters, RATE, 0.95);
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
        nps_outcome_estimate from = estimate(&state, &detractors, method, 0.9);
        nps_outcome_estimate to = estimate(&state, &promoters, method, 0.9);
        nps_outcome_difference found = difference(&state, &detractors, &promoters, method, 0.9);
        ck_near(found.difference, to.mean - from.mean, 1e-12);
        if (method == RATE) {
            double below = hypot(to.mean - to.lower, from.upper - from.mean);
            double above = hypot(to.upper - to.mean, from.mean - from.lower);
            ck_near(found.lower, found.difference - below, 1e-14);
            ck_near(found.upper, found.difference + above, 1e-14);
        }
        if (!(found.p > 1e-6 && found.p < 1)) continue;
        nps_outcome_difference at = difference(&state, &detractors, &promoters, method, 1 - found.p);
        double bound = found.difference > 0 ? at.lower : at.upper;
        ck_assert(fabs(bound) < 1e-9 * fabs(found.difference));
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

/* Levels next to 0 and to 1. */
START_TEST(levels)
{
    static const double all[] = {5e-324, 1e-300, 1e-17, 1e-9, 0.5, 0.999, 1 - 1e-15, 1 - DBL_EPSILON / 2};
    for (int32_t method = 0; method < 2; method++) {
        nps_outcomes state = rates(0, 4, 3, 4);
        add(&state, 10, method == RATE, 1);
        double width = 0, wide = 0;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            nps_outcome_estimate found = estimate(&state, &promoters, method, all[i]);
            nps_outcome_difference apart = difference(&state, &detractors, &promoters, method, all[i]);
            ck_assert(found.lower <= found.mean && found.mean <= found.upper && found.upper - found.lower >= width);
            ck_assert(apart.lower <= apart.difference && apart.difference <= apart.upper);
            ck_assert(apart.upper - apart.lower >= wide && isfinite(apart.upper) && isfinite(apart.lower));
            width = found.upper - found.lower, wide = apart.upper - apart.lower;
            nps_correlation_result r = correlation(&state, 0, all[i]);
            ck_assert(r.lower <= r.correlation && r.correlation <= r.upper && r.lower >= -1 && r.upper <= 1);
        }
        ck_assert(width > 0.5 && wide > 0.5);
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
                nps_outcome_estimate found = estimate(&state, &detractors, MEAN, 0.95);
                ck_assert(found.mean == 0);
                ck_assert(test_relative_error(found.variance, y * y * n / (n - 1)) < 1e-15);
                ck_assert(test_relative_error(found.standard_error, y / sqrt(n - 1)) < 1e-14);
                ck_assert(found.lower == -found.upper && isfinite(found.upper));
                nps_outcome_difference apart = difference(&state, &detractors, &promoters, MEAN, 0.95);
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

/* Correlation. */

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
        double p = 2 / (t * t + 2) / (1 + t / sqrt(t * t + 2)), below = asinh(s) - z95;
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
    ck_near(found.upper, tanh(z95 / sqrt(198)), 1e-15);
    ck_assert(found.lower == -found.upper);
    /* With n - 1 at 0 and one at (1, 1) r is 1; another at (1, 0) makes of it what 2 by 2 tables have. */
    memset(x, 0, sizeof x), memset(y, 0, sizeof y);
    x[0] = 1e100, y[0] = -1e-90, x[3] = 1e100;
    found = pairs(x, y, NULL, 201, 0.95);
    ck_near(found.correlation, -sqrt(199 / (2.0 * 200)), 1e-15);
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

/* Ranges of answers. */

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

/* Refusals. */

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
        ck_status(nps_outcomes_difference(NULL, &detractors, &promoters, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, NULL, &promoters, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, &detractors, NULL, method, 0.95, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, &detractors, &promoters, method, 0.95, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, &detractors, &promoters, method, 1, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&state, &detractors, &promoters, method, NAN, &out), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_difference(&broken, &detractors, &promoters, method, 0.95, &out), NPS_ERR_SCALE);
        ck_status(nps_outcomes_difference(&state, &detractors, &(nps_answers){7, 9}, method, 0.95, &out),
                  NPS_ERR_EMPTY);
        ck_status(nps_outcomes_difference(&state, &(nps_answers){7, 9}, &detractors, method, 0.95, &out),
                  NPS_ERR_EMPTY);
        ck_status(nps_outcomes_difference(&state, &detractors, &(nps_answers){7, 11}, method, 0.95, &out),
                  NPS_ERR_ARGUMENT);
        for (size_t i = 0; i < 5; i++) {
            ck_status(nps_outcomes_difference(&state, overlapping + i, &promoters, method, 0.95, &out),
                      NPS_ERR_ARGUMENT);
            ck_status(nps_outcomes_difference(&state, &promoters, overlapping + i, method, 0.95, &out),
                      NPS_ERR_ARGUMENT);
        }
    }
    ck_status(nps_outcomes_difference(&state, &detractors, &promoters, 2, 0.95, &out), NPS_ERR_ARGUMENT);
    add(&state, 10, 2, 1);
    ck_status(nps_outcomes_difference(&state, &detractors, &promoters, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_status(nps_outcomes_difference(&state, &promoters, &detractors, RATE, 0.95, &out), NPS_ERR_RANGE);
    ck_same(out, before);
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
    ck_status(nps_outcomes_difference(&state, &detractors, &promoters, RATE, 0.95, &apart), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_correlation(&state, 0, 0.95, &r), NPS_ERR_ARGUMENT);
    ck_status(nps_correlation(x, y, NULL, 4, 0.95, &r), NPS_ERR_ARGUMENT);
    ck_status(nps_earned_growth(1, 1, 1, 1, &growth), NPS_ERR_ARGUMENT);
    out.struct_size = offsetof(nps_outcome_estimate, variance);
    ck_status(nps_outcomes_estimate(&state, NULL, RATE, 0.95, &out), NPS_OK);
    ck_assert(out.mean == full.mean && out.n == 6 && out.variance == -7);
    apart.struct_size = offsetof(nps_outcome_difference, lower);
    ck_status(nps_outcomes_difference(&state, &detractors, &promoters, RATE, 0.95, &apart), NPS_OK);
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

/* Earned growth. */

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
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, newcombe_published);
    tcase_add_test(tcase, rates_of_none_and_all);
    tcase_add_test(tcase, one_of_many);
    tcase_add_test(tcase, large_values_keep_their_spread);
    tcase_add_test(tcase, equal_outcomes);
    tcase_add_test(tcase, one_person);
    tcase_add_test(tcase, two_people);
    tcase_add_test(tcase, row_by_row);
    tcase_add_test(tcase, equal_weights);
    tcase_add_test(tcase, merged);
    tcase_add_test(tcase, ranges);
    tcase_add_test(tcase, shifted_and_scaled);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, intervals_and_tests_agree);
    tcase_add_test(tcase, rates_are_scores);
    tcase_add_test(tcase, levels);
    tcase_add_test(tcase, extremes);
    tcase_add_test(tcase, pairs_are_rows);
    tcase_add_test(tcase, next_to_one);
    tcase_add_test(tcase, on_a_line);
    tcase_add_test(tcase, few_pairs);
    tcase_add_test(tcase, far_away);
    tcase_add_test(tcase, all_answers_or_all_outcomes_alike);
    tcase_add_test(tcase, classes);
    tcase_add_test(tcase, without_passives);
    tcase_add_test(tcase, estimate_refuses);
    tcase_add_test(tcase, difference_refuses);
    tcase_add_test(tcase, correlation_refuses);
    tcase_add_test(tcase, struct_sizes);
    tcase_add_test(tcase, earned_growth);
    tcase_add_test(tcase, earned_growth_refuses);
}

int main(void)
{
    return test_main("outcomes_estimate", add_tests);
}
