/* The state of outcomes; test_outcomes_estimate.c has what follows from it. */
#include <float.h>
#include <math.h>
#include <nps/outcomes.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static nps_outcomes empty(void)
{
    nps_outcomes outcomes;
    ck_status(nps_outcomes_init(&outcomes, NULL), NPS_OK);
    return outcomes;
}

static void must_equal(const nps_outcomes *a, const nps_outcomes *b)
{
    ck_assert_mem_eq(a, b, sizeof *a);
}

/* "0x1.8p+1*0x1p+0 nan*0x1p+0 ...", outcomes and weights as tests/reference/outcomes_sums.csv has them. */
static void add_text(nps_outcomes *outcomes, int32_t answer, const char *rows)
{
    for (char *at = (char *)(uintptr_t)rows; *at != '\0'; at += strspn(at, " ")) {
        double outcome = strtod(at, &at);
        ck_assert(*at == '*');
        ck_status(nps_outcomes_add(outcomes, answer, outcome, strtod(at + 1, &at)), NPS_OK);
        ck_status(nps_outcomes_check(outcomes), NPS_OK);
    }
}

static const char *const sum_names[] = {"weight", "squared", "sum", "squares", "heavy_sum", "heavy_squares"};

static const double *sum_of(const nps_outcome_sums *level, size_t i)
{
    const double *const sums[] = {level->weight,  level->squared,   level->sum,
                                  level->squares, level->heavy_sum, level->heavy_squares};
    return sums[i];
}

/* What a sum may be off by: 1e-30 of the terms' sizes, by Cauchy and Schwarz; and by underflow. */
static double tolerance(const nps_outcome_sums *level, size_t i)
{
    double size = sum_of(level, i)[0];
    if (i == 2 || i == 4) size = sqrt(sum_of(level, i / 2 - 1)[0]) * sqrt(sum_of(level, i + 1)[0]);
    return 1e-30 * size + 0x1p-1000;
}

/* a - b of two pairs. */
static double apart(const double a[2], const double b[2])
{
    return (a[0] - b[0]) + (a[1] - b[1]);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("outcomes_sums.csv");
    int whole_ones = 0;
    ck_assert(csv->rows >= 40);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_outcomes outcomes = empty();
        nps_outcome_sums *level = outcomes.level + 9;
        add_text(&outcomes, 9, test_csv_cell(csv, row, "rows"));
        ck_assert_uint_eq(level->n, strtoull(test_csv_cell(csv, row, "n"), NULL, 10));
        ck_assert_uint_eq(level->binary, strtoull(test_csv_cell(csv, row, "binary"), NULL, 10));
        ck_assert_uint_eq(level->zero, strtoull(test_csv_cell(csv, row, "zero"), NULL, 10));
        ck_assert_uint_eq(level->missing, strtoull(test_csv_cell(csv, row, "missing"), NULL, 10));
        int whole = test_csv_number(csv, row, "whole") == 1;
        for (size_t i = 0; i < 6; i++) {
            char *rest;
            double expected[2];
            expected[0] = strtod(test_csv_cell(csv, row, sum_names[i]), &rest);
            expected[1] = strtod(rest, NULL);
            if (whole)
                ck_assert_mem_eq(sum_of(level, i), expected, sizeof expected);
            else
                ck_assert(fabs(apart(sum_of(level, i), expected)) <= tolerance(level, i));
        }
        whole_ones += whole;
        memset(level, 0, sizeof *level);
        nps_outcomes nothing = empty();
        must_equal(&outcomes, &nothing);
    }
    ck_assert(whole_ones >= 15);
    test_csv_free(csv);
}
END_TEST

#define ROWS 3000

typedef struct survey {
    int32_t answer[ROWS];
    double outcome[ROWS], weight[ROWS];
} survey;

/* Answers off the scale, missing ones and unknown outcomes too. Of any magnitude, or whole. */
static survey *random_survey(uint64_t *seed, int whole)
{
    survey *out = calloc(1, sizeof *out);
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < ROWS; i++) {
        double fraction = (double)(test_random(seed) >> 11) * 0x1p-53 + 0.5;
        out->answer[i] = (int32_t)test_below(seed, 14) - 1;
        if (test_below(seed, 20) == 0) out->answer[i] = NPS_MISSING;
        if (whole) {
            out->outcome[i] = (double)test_below(seed, UINT64_C(1) << 33) - 0x1p32;
            out->weight[i] = (double)test_below(seed, 100);
        } else {
            out->outcome[i] = (test_below(seed, 2) ? -1 : 1) * ldexp(fraction, (int)test_below(seed, 20));
            out->weight[i] = test_below(seed, 9) == 0 ? 0 : ldexp(1.5 - fraction / 2, (int)test_below(seed, 20) - 10);
        }
        if (test_below(seed, 10) == 0) out->outcome[i] = (double)test_below(seed, 2);
        if (test_below(seed, 10) == 0) out->outcome[i] = (double)NAN;
    }
    return out;
}

static void shuffle(survey *rows, uint64_t *seed)
{
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t j = (size_t)test_below(seed, i + 1);
        int32_t answer = rows->answer[i];
        double outcome = rows->outcome[i], weight = rows->weight[i];
        rows->answer[i] = rows->answer[j];
        rows->outcome[i] = rows->outcome[j];
        rows->weight[i] = rows->weight[j];
        rows->answer[j] = answer;
        rows->outcome[j] = outcome;
        rows->weight[j] = weight;
    }
}

static int add_one(nps_outcomes *into, const survey *rows, size_t i)
{
    return nps_outcomes_add(into, rows->answer[i], rows->outcome[i], rows->weight[i]);
}

static nps_outcomes sum_range(const survey *rows, size_t begin, size_t end)
{
    nps_outcomes sum = empty();
    for (size_t i = begin; i < end; i++) ck_status(add_one(&sum, rows, i), NPS_OK);
    ck_status(nps_outcomes_check(&sum), NPS_OK);
    return sum;
}

/* Equal in all counts, and in sums but for the last of 31 digits of `whole`. */
static void must_be_near(const nps_outcomes *a, const nps_outcomes *b, const nps_outcomes *whole)
{
    ck_assert_uint_eq(a->missing, b->missing);
    ck_assert_uint_eq(a->invalid, b->invalid);
    for (size_t i = 0; i < NPS_MAX_LEVELS; i++) {
        ck_assert_mem_eq(a->level + i, b->level + i, offsetof(nps_outcome_sums, weight));
        for (size_t j = 0; j < 6; j++)
            ck_assert(fabs(apart(sum_of(a->level + i, j), sum_of(b->level + i, j))) <=
                      1000 * tolerance(whole->level + i, j));
    }
}

/* Whole numbers: in any order, in any parts. Sums here are below 2^90. */
START_TEST(whole_numbers_are_exact)
{
    enum { PARTS = 50 };
    uint64_t seed = 11;
    survey *rows = random_survey(&seed, 1);
    nps_outcomes whole = sum_range(rows, 0, ROWS), parts[PARTS];
    for (int round = 0; round < 10; round++) {
        shuffle(rows, &seed);
        for (size_t i = 0; i < PARTS; i++) parts[i] = empty();
        for (size_t i = 0; i < ROWS; i++) ck_status(add_one(parts + test_below(&seed, PARTS), rows, i), NPS_OK);
        for (size_t left = PARTS; left > 1; left--)
            ck_status(nps_outcomes_merge(parts + test_below(&seed, left - 1), parts + left - 1), NPS_OK);
        must_equal(&whole, parts);
    }
    free(rows);
}
END_TEST

START_TEST(any_numbers_are_nearly_exact)
{
    uint64_t seed = 12;
    survey *rows = random_survey(&seed, 0);
    nps_outcomes whole = sum_range(rows, 0, ROWS);
    for (int round = 0; round < 5; round++) {
        shuffle(rows, &seed);
        nps_outcomes a = sum_range(rows, 0, ROWS / 3), b = sum_range(rows, ROWS / 3, ROWS);
        must_be_near(&a, &a, &whole);
        ck_status(nps_outcomes_merge(&b, &a), NPS_OK);
        must_be_near(&b, &whole, &whole);
    }
    free(rows);
}
END_TEST

/* Loop: whole numbers, or not. Taken back one by one, each state passes the check, a level of one row is to the bit
 * what adding that row makes, and in the end nothing is there. */
START_TEST(removing_undoes_adding)
{
    uint64_t seed = 13 + (uint64_t)_i;
    survey *rows = random_survey(&seed, _i);
    nps_outcomes first = sum_range(rows, 0, ROWS / 2), whole = sum_range(rows, 0, ROWS), sum = whole;
    nps_outcomes second = sum_range(rows, ROWS / 2, ROWS), nothing = empty();
    ck_status(nps_outcomes_subtract(&sum, &second), NPS_OK);
    must_be_near(&sum, &first, &whole);
    if (_i == 1) must_equal(&sum, &first);
    ck_status(nps_outcomes_subtract(&sum, &sum), NPS_OK);
    must_equal(&sum, &nothing);

    sum = whole;
    shuffle(rows, &seed);
    for (size_t i = 0; i < ROWS; i++) {
        ck_status(nps_outcomes_remove(&sum, rows->answer[i], rows->outcome[i], rows->weight[i]), NPS_OK);
        ck_status(nps_outcomes_check(&sum), NPS_OK);
        if (i % 97 == 0 || i > ROWS - 50) {
            nps_outcomes rest = sum_range(rows, i + 1, ROWS);
            must_be_near(&sum, &rest, &whole);
            for (size_t j = 0; j < NPS_MAX_LEVELS; j++)
                if (_i == 1 || rest.level[j].n < 2) ck_assert_mem_eq(sum.level + j, rest.level + j, sizeof *rest.level);
        }
    }
    must_equal(&sum, &nothing);
    free(rows);
}
END_TEST

/* Taking back something a thousand million times as large leaves sums that outcomes can have, though few digits. */
START_TEST(large_ones_taken_back)
{
    uint64_t seed = 15;
    for (int round = 0; round < 2000; round++) {
        nps_outcomes sum = empty();
        double large[5], weight[5];
        int32_t count = 1 + (int32_t)test_below(&seed, 4);
        for (int i = 0; i < 5; i++) {
            large[i] = ldexp((double)test_below(&seed, 1 << 20) / 3, (int)test_below(&seed, 10));
            weight[i] = ldexp(1 + (double)test_below(&seed, 3) / 3, (int)test_below(&seed, 20) - 10);
            ck_status(nps_outcomes_add(&sum, 5, large[i], weight[i]), NPS_OK);
        }
        for (int i = 0; i < count; i++)
            ck_status(nps_outcomes_add(&sum, 5, 1 + (double)test_below(&seed, 1000) / 700, 1.0 / 3), NPS_OK);
        for (int i = 0; i < 5; i++) {
            ck_status(nps_outcomes_remove(&sum, 5, large[i], weight[i]), NPS_OK);
            ck_status(nps_outcomes_check(&sum), NPS_OK);
        }
        ck_assert_uint_eq(sum.level[5].n, (uint64_t)count);
        ck_near(sum.level[5].weight[0], count / 3.0, 1e-15);
    }
    /* Those that are left are all yes and no. */
    nps_outcomes sum = empty();
    for (int i = 0; i < 7; i++) ck_status(nps_outcomes_add(&sum, 5, i % 2, 0.1), NPS_OK);
    nps_outcomes before = sum;
    ck_status(nps_outcomes_add(&sum, 5, 1e9 / 3, 7e9 / 3), NPS_OK);
    ck_status(nps_outcomes_remove(&sum, 5, 1e9 / 3, 7e9 / 3), NPS_OK);
    ck_assert_uint_eq(sum.level[5].binary, 7);
    ck_status(nps_outcomes_check(&sum), NPS_OK);
    ck_assert_mem_eq(sum.level[5].sum, sum.level[5].squares, sizeof sum.level[5].sum);
    ck_near(sum.level[5].sum[0], before.level[5].sum[0], 1e-6);
}
END_TEST

START_TEST(rows_that_are_refused)
{
    const double weights[] = {-1, -INFINITY, INFINITY, (double)NAN, 0x1p64, 0x1p-65, DBL_MIN};
    const double outcomes[] = {INFINITY, -INFINITY, 1.0000001e100, -DBL_MAX, nextafter(1e100, INFINITY)};
    nps_outcomes before = empty(), now;
    ck_status(nps_outcomes_add(&before, 9, 2.5, 3), NPS_OK);
    now = before;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        ck_status(nps_outcomes_add(&now, 9, 2.5, weights[i]), NPS_ERR_RANGE);
        ck_status(nps_outcomes_add(&now, 9, (double)NAN, weights[i]), NPS_ERR_RANGE);
        ck_status(nps_outcomes_remove(&now, 9, 2.5, weights[i]), NPS_ERR_RANGE);
    }
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        ck_status(nps_outcomes_add(&now, 9, outcomes[i], 3), NPS_ERR_RANGE);
        ck_status(nps_outcomes_add(&now, 9, outcomes[i], 0), NPS_ERR_RANGE);
        ck_status(nps_outcomes_remove(&now, 9, outcomes[i], 3), NPS_ERR_RANGE);
        /* Without an answer, neither outcome nor weight is looked at. */
        ck_status(nps_outcomes_add(&now, NPS_MISSING, outcomes[i], weights[i]), NPS_OK);
        ck_status(nps_outcomes_add(&now, 11, outcomes[i], weights[i]), NPS_OK);
        ck_assert_uint_eq(now.missing, 1);
        ck_assert_uint_eq(now.invalid, 1);
        ck_status(nps_outcomes_remove(&now, NPS_MISSING, outcomes[i], weights[i]), NPS_OK);
        ck_status(nps_outcomes_remove(&now, 11, outcomes[i], weights[i]), NPS_OK);
    }
    must_equal(&now, &before);
    const double ends[] = {1e100, -1e100, 0x1p-1074, -0.0};
    for (size_t i = 0; i < 4; i++) {
        ck_status(nps_outcomes_add(&now, 2, ends[i], nextafter(0x1p64, 0)), NPS_OK);
        ck_status(nps_outcomes_add(&now, 3, ends[i], 0x1p-64), NPS_OK);
        ck_status(nps_outcomes_check(&now), NPS_OK);
    }
    ck_assert_uint_eq(now.level[2].binary, 1);
}
END_TEST

START_TEST(removing_what_is_not_there)
{
    nps_outcomes sum = empty();
    const double there[] = {5, 3, 7.25};
    for (int i = 0; i < 3; i++) ck_status(nps_outcomes_add(&sum, 9, there[i], 2), NPS_OK);
    ck_status(nps_outcomes_add(&sum, 8, 1, 0.1), NPS_OK);
    ck_status(nps_outcomes_add(&sum, 8, 4, 0.1), NPS_OK);
    ck_status(nps_outcomes_add(&sum, 7, 1e9 / 7, 1), NPS_OK);
    nps_outcomes before = sum;
    const struct {
        int32_t answer;
        double outcome, weight;
    } rows[] = {{10, 5, 2},      {9, 5, 0},    {9, (double)NAN, 2}, {NPS_MISSING, 5, 2}, {11, 5, 2}, {9, 5, 6.5},
                {9, 5, 5.99999}, {9, 10, 2},   {9, -8, 2},          {9, 1, 2},           {9, 0, 2},  {8, 0, 0.1},
                {8, 4, 0.2},     {8, 4, 0.11}, {8, 3.9, 0.1},       {7, 1.4285e8, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_status(nps_outcomes_remove(&sum, rows[i].answer, rows[i].outcome, rows[i].weight), NPS_ERR_UNDERFLOW);
        must_equal(&sum, &before);
    }
    /* The last one and the last but one are told apart from others that are near. */
    ck_status(nps_outcomes_remove(&sum, 9, 3, 2), NPS_OK);
    before = sum;
    ck_status(nps_outcomes_remove(&sum, 9, 5.0001, 2), NPS_ERR_UNDERFLOW);
    must_equal(&sum, &before);
    ck_status(nps_outcomes_remove(&sum, 9, 5, 2), NPS_OK);
    before = sum;
    ck_status(nps_outcomes_remove(&sum, 9, 7.2501, 2), NPS_ERR_UNDERFLOW);
    must_equal(&sum, &before);
    ck_status(nps_outcomes_remove(&sum, 9, 7.25, 2), NPS_OK);
    sum.kind = 3;
    ck_status(nps_outcomes_remove(&sum, 8, 4, 0.1), NPS_OK);
    ck_assert_uint_eq(sum.kind, 3);
}
END_TEST

START_TEST(merge_and_subtract_refuse)
{
    nps_outcomes sum = empty(), before, other;
    nps_scale five;
    ck_status(nps_scale_parse("1-5", 3, &five), NPS_OK);
    ck_status(nps_outcomes_add(&sum, 3, 1, 1), NPS_OK);
    before = sum;
    ck_status(nps_outcomes_init(&other, &five), NPS_OK);
    ck_status(nps_outcomes_merge(&sum, &other), NPS_ERR_SCALE);
    ck_status(nps_outcomes_subtract(&sum, &other), NPS_ERR_SCALE);
    other = sum;
    other.kind = 9;
    ck_status(nps_outcomes_merge(&sum, &other), NPS_ERR_SCALE);
    ck_status(nps_outcomes_subtract(&sum, &other), NPS_ERR_SCALE);
    must_equal(&sum, &before);

    /* Counts: doubled until they would reach 2^63. */
    for (int i = 0; i < 62; i++) ck_status(nps_outcomes_merge(&sum, &sum), NPS_OK);
    ck_assert_uint_eq(sum.level[3].n, UINT64_C(1) << 62);
    ck_status(nps_outcomes_check(&sum), NPS_OK);
    before = sum;
    ck_status(nps_outcomes_merge(&sum, &sum), NPS_ERR_OVERFLOW);
    must_equal(&sum, &before);
    sum.level[4].zero = (UINT64_C(1) << 62) - 1;
    before = sum;
    ck_status(nps_outcomes_check(&sum), NPS_OK);
    ck_status(nps_outcomes_add(&sum, NPS_MISSING, 1, 1), NPS_ERR_OVERFLOW);
    ck_status(nps_outcomes_add(&sum, 0, 1, 1), NPS_ERR_OVERFLOW);
    must_equal(&sum, &before);
    other = empty();
    other.invalid = UINT64_MAX;
    ck_status(nps_outcomes_merge(&sum, &other), NPS_ERR_OVERFLOW);
    ck_status(nps_outcomes_subtract(&sum, &other), NPS_ERR_UNDERFLOW);
    must_equal(&sum, &before);
}
END_TEST

/* Sums that no outcomes have. Level 2 has 5, 3 and -1 with weights 1, 2 and 1; level 3 yes, yes and no. */
START_TEST(check_refuses)
{
    nps_outcomes good = empty(), bad;
    nps_scale_parse("0-4:1:4", 7, &good.scale);
    add_text(&good, 2, "5*1 3*2 -1*1");
    add_text(&good, 3, "1*1 1*2 0*3");
    add_text(&good, 1, "1*2");
    ck_status(nps_outcomes_check(&good), NPS_OK);
#define REFUSED(change, status)                      \
    do {                                             \
        bad = good;                                  \
        change;                                      \
        ck_status(nps_outcomes_check(&bad), status); \
    } while (0)
    nps_outcome_sums *two = bad.level + 2, *three = bad.level + 3, *one = bad.level + 1;
    REFUSED(bad.scale.highest = 120, NPS_ERR_SCALE);
    REFUSED(bad.reserved = 1, NPS_ERR_FORMAT);
    REFUSED(bad.level[5].n = 1, NPS_ERR_FORMAT);
    REFUSED(bad.level[5].missing = 1, NPS_ERR_FORMAT);
    REFUSED(bad.level[0].sum[0] = 1, NPS_ERR_FORMAT);
    REFUSED(bad.level[0].weight[1] = 0x1p-1074, NPS_ERR_FORMAT);
    REFUSED(bad.level[0].weight[0] = -0.0, NPS_ERR_FORMAT);
    REFUSED(bad.level[0].squares[1] = -0.0, NPS_ERR_FORMAT);
    REFUSED(bad.missing = UINT64_MAX, NPS_ERR_OVERFLOW);
    REFUSED(bad.missing = UINT64_MAX; bad.invalid = 1, NPS_ERR_OVERFLOW);
    REFUSED(two->zero = UINT64_C(1) << 63, NPS_ERR_OVERFLOW);
    REFUSED(two->binary = 4, NPS_ERR_FORMAT);
    REFUSED(two->binary = 3, NPS_ERR_FORMAT); /* then sums would be sums of squares */
    REFUSED(two->n = 0, NPS_ERR_FORMAT);
    REFUSED(two->n = 1, NPS_ERR_FORMAT);
    REFUSED(two->n = 2, NPS_ERR_FORMAT); /* 4^2 > 2 * 6 */
    REFUSED(two->n = 4, NPS_OK);
    REFUSED(two->weight[0] = 0, NPS_ERR_FORMAT);
    REFUSED(two->weight[0] = -4, NPS_ERR_FORMAT);
    REFUSED(two->weight[0] = 2, NPS_ERR_FORMAT); /* 6 > 2^2 */
    REFUSED(two->weight[0] = 5, NPS_ERR_FORMAT); /* 5^2 > 3 * 6 */
    REFUSED(two->squared[0] = 17, NPS_ERR_FORMAT);
    REFUSED(two->squared[0] = 5, NPS_ERR_FORMAT); /* 16 > 3 * 5 */
    REFUSED(two->sum[0] = 14, NPS_ERR_FORMAT);    /* 14^2 > 4 * 44 */
    REFUSED(two->sum[0] = -14, NPS_ERR_FORMAT);
    REFUSED(two->squares[0] = 24, NPS_ERR_FORMAT); /* 10^2 > 4 * 24 */
    REFUSED(two->squares[0] = -44, NPS_ERR_FORMAT);
    REFUSED(two->heavy_sum[0] = 20, NPS_ERR_FORMAT);     /* 20^2 > 6 * 62 */
    REFUSED(two->heavy_squares[0] = 42, NPS_ERR_FORMAT); /* 16^2 > 6 * 42 */
    REFUSED(two->heavy_squares[0] = -62, NPS_ERR_FORMAT);
    REFUSED(two->sum[1] = 1, NPS_ERR_FORMAT); /* 10 + 1 is 11 */
    REFUSED(two->sum[1] = -0.0, NPS_ERR_FORMAT);
    REFUSED(two->sum[1] = 0x1p-60, NPS_OK);
    REFUSED(two->sum[0] = (double)NAN, NPS_ERR_FORMAT);
    REFUSED(two->sum[1] = (double)NAN, NPS_ERR_FORMAT);
    REFUSED(two->sum[0] = INFINITY, NPS_ERR_FORMAT);
    REFUSED(two->squares[0] = 1e300, NPS_ERR_FORMAT);
    REFUSED(two->squares[0] = INFINITY, NPS_ERR_FORMAT);
    REFUSED(two->weight[0] = 1e300; two->squared[0] = INFINITY, NPS_ERR_FORMAT);
    REFUSED(two->weight[0] = 0x1p66; two->squared[0] = 0x1p132, NPS_ERR_FORMAT); /* 3 weights below 2^64 */
    REFUSED(three->squares[0] = 4, NPS_ERR_FORMAT);
    REFUSED(three->squares[1] = 0x1p-60, NPS_ERR_FORMAT);
    REFUSED(three->heavy_squares[1] = 0x1p-60, NPS_ERR_FORMAT);
    REFUSED(three->binary = 2, NPS_OK);
    REFUSED(three->sum[0] = three->squares[0] = 7, NPS_ERR_FORMAT);
    REFUSED(three->sum[0] = three->squares[0] = -1, NPS_ERR_FORMAT);
    REFUSED(three->heavy_sum[0] = three->heavy_squares[0] = 15, NPS_ERR_FORMAT);
    REFUSED(one->sum[0] = one->squares[0] = 1, NPS_ERR_FORMAT); /* one yes or no of weight 2: 0 or 2 */
    REFUSED(one->binary = 0; one->sum[0] = 3, NPS_ERR_FORMAT);  /* one outcome of 1.5: squares 4.5 */
#undef REFUSED
    ck_status(nps_outcomes_check(NULL), NPS_ERR_ARGUMENT);
}
END_TEST

static uint64_t column_seed = 14;

/* A column of answers with random outcomes and weights gives the sums of its rows one by one. */
static void columns_equal_rows(const column_plan *plan, const built_column *built)
{
    nps_outcomes by_row, by_column, plain;
    double weights[400], values[400];
    ck_assert(plan->rows <= 400);
    ck_status(nps_outcomes_init(&by_row, &plan->scale), NPS_OK);
    plain = by_column = by_row;
    nps_outcomes plain_by_row = by_row;
    for (size_t i = 0; i < plan->rows; i++) {
        uint8_t code = built->codes[plan->offset + i];
        int has_answer = code < NPSI_CODE_MISSING;
        weights[i] = has_answer ? (double)test_below(&column_seed, 1000) / 7 : -1;
        values[i] = test_below(&column_seed, 9) == 0 ? (double)NAN : (double)test_below(&column_seed, 1000) / 3 - 100;
        int32_t answer = has_answer ? plan->scale.lowest + code : code == NPSI_CODE_MISSING ? NPS_MISSING : NPS_INVALID;
        ck_status(nps_outcomes_add(&by_row, answer, values[i], weights[i]), NPS_OK);
        ck_status(nps_outcomes_add(&plain_by_row, answer, values[i], 1), NPS_OK);
    }
    nps_column weight = {.type = NPS_TYPE_F64, .length = plan->rows, .values = weights}, value = weight;
    value.values = values;
    uint64_t row = 77;
    ck_status(nps_outcomes_add_columns(&by_column, &built->column, &value, &weight, &row), NPS_OK);
    ck_status(nps_outcomes_add_columns(&plain, &built->column, &value, NULL, &row), NPS_OK);
    must_equal(&by_column, &by_row);
    must_equal(&plain, &plain_by_row);
    ck_assert_uint_eq(row, 77);
}

START_TEST(columns_of_answers)
{
    for_each_column(columns_equal_rows, 15);
}
END_TEST

/* Outcomes of every type; the first row that is no outcome is named and nothing changes. */
static void outcomes_of_any_type(const column_plan *plan, const built_column *built)
{
    static uint8_t answers[400];
    nps_outcomes by_row = empty(), by_column, before;
    ck_status(nps_outcomes_add(&by_row, 3, 0.1, 0.1), NPS_OK);
    before = by_column = by_row;
    int is_number = plan->type <= NPS_TYPE_BOOL, status = NPS_OK;
    uint64_t bad = 77, row = 77;
    for (size_t i = 0; i < plan->rows; i++) answers[i] = (uint8_t)(i % 11);
    for (size_t i = 0; is_number && i < plan->rows && status == NPS_OK; i++) {
        status = nps_outcomes_add(&by_row, answers[i], built->numbers[plan->offset + i], 1);
        if (status != NPS_OK) bad = i;
    }
    nps_column column = {.type = NPS_TYPE_U8, .length = plan->rows, .values = answers};
    int got = nps_outcomes_add_columns(&by_column, &column, &built->column, NULL, &row);
    ck_status(got, is_number ? status : NPS_ERR_TYPE);
    ck_assert_uint_eq(row, bad);
    must_equal(&by_column, got == NPS_OK ? &by_row : &before);
}

START_TEST(columns_of_outcomes)
{
    for_each_column(outcomes_of_any_type, 16);
}
END_TEST

START_TEST(columns_that_are_refused)
{
    enum { N = 1000 };
    static uint8_t answers[N];
    static double numbers[N], ones[N];
    for (size_t i = 0; i < N; i++) numbers[i] = ones[i] = 1;
    nps_column a = {.type = NPS_TYPE_U8, .length = N, .values = answers}, y = a, w, text = a;
    y.type = NPS_TYPE_F64;
    y.values = numbers;
    w = y;
    w.values = ones;
    text.type = NPS_TYPE_UTF8;
    nps_outcomes before = empty(), now = before;
    uint64_t row = 77;

    w.length = N - 1;
    ck_status(nps_outcomes_add_columns(&now, &a, &y, &w, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_add_columns(&now, &a, &w, NULL, &row), NPS_ERR_ARGUMENT);
    w.length = N;
    ck_status(nps_outcomes_add_columns(&now, &a, &text, NULL, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_add_columns(&now, NULL, &y, &w, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_add_columns(&now, &a, NULL, &w, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_add_columns(NULL, &a, &y, &w, &row), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(row, 77);

    ones[998] = ones[999] = -1;
    ck_status(nps_outcomes_add_columns(&now, &a, &y, &w, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, 998);
    numbers[300] = INFINITY;
    ck_status(nps_outcomes_add_columns(&now, &a, &y, &w, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, 300);
    ck_status(nps_outcomes_add_columns(&now, &a, &y, NULL, NULL), NPS_ERR_RANGE);
    numbers[300] = 1;
    now.invalid = before.invalid = INT64_MAX - N + 1;
    ck_status(nps_outcomes_add_columns(&now, &a, &y, NULL, &row), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);
    now.invalid--;
    ck_status(nps_outcomes_add_columns(&now, &a, &y, NULL, &row), NPS_OK);

    nps_column none = {.type = NPS_TYPE_U8};
    before = now;
    ck_status(nps_outcomes_add_columns(&now, &none, &none, &none, &row), NPS_OK);
    must_equal(&now, &before);
}
END_TEST

START_TEST(tally_of_the_counts)
{
    nps_outcomes outcomes = empty();
    nps_tally tally, expected;
    outcomes.kind = 7;
    ck_status(nps_tally_init(&expected, NULL), NPS_OK);
    expected.kind = 7;
    const int32_t answers[] = {1, 9, 9, 9, 10, 12, NPS_MISSING};
    const double values[] = {1, 0.5, (double)NAN, 3, 2, 1, 1}, weights[] = {1, 0, 1, 2, 1, 1, 1};
    for (size_t i = 0; i < 7; i++) {
        ck_status(nps_tally_add(&expected, answers[i], 1), NPS_OK);
        ck_status(nps_outcomes_add(&outcomes, answers[i], values[i], weights[i]), NPS_OK);
    }
    ck_status(nps_outcomes_tally(&outcomes, &tally), NPS_OK);
    ck_assert_mem_eq(&tally, &expected, sizeof tally);
    ck_assert_uint_eq(outcomes.level[9].n, 1);
    ck_assert_uint_eq(outcomes.level[9].zero, 1);
    ck_assert_uint_eq(outcomes.level[9].missing, 1);
}
END_TEST

START_TEST(nulls_and_impossible_scales)
{
    nps_outcomes good = empty(), bad = good;
    nps_tally tally;
    uint8_t answer = 1;
    const nps_column column = {.type = NPS_TYPE_U8, .length = 1, .values = &answer};
    bad.scale.highest = 100;
    ck_status(nps_outcomes_init(NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_init(&good, &bad.scale), NPS_ERR_SCALE);
    ck_status(nps_outcomes_add(NULL, 1, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_add(&bad, 1, 1, 1), NPS_ERR_SCALE);
    ck_status(nps_outcomes_add_columns(&bad, &column, &column, NULL, NULL), NPS_ERR_SCALE);
    ck_status(nps_outcomes_remove(NULL, 1, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_remove(&bad, 1, 1, 1), NPS_ERR_SCALE);
    ck_status(nps_outcomes_merge(NULL, &good), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_merge(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_merge(&bad, &bad), NPS_ERR_SCALE);
    ck_status(nps_outcomes_subtract(NULL, &good), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_subtract(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_subtract(&bad, &bad), NPS_ERR_SCALE);
    ck_status(nps_outcomes_tally(NULL, &tally), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_tally(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_tally(&bad, &tally), NPS_ERR_SCALE);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, whole_numbers_are_exact);
    tcase_add_test(tcase, any_numbers_are_nearly_exact);
    tcase_add_loop_test(tcase, removing_undoes_adding, 0, 2);
    tcase_add_test(tcase, large_ones_taken_back);
    tcase_add_test(tcase, rows_that_are_refused);
    tcase_add_test(tcase, removing_what_is_not_there);
    tcase_add_test(tcase, merge_and_subtract_refuse);
    tcase_add_test(tcase, check_refuses);
    tcase_add_test(tcase, columns_of_answers);
    tcase_add_test(tcase, columns_of_outcomes);
    tcase_add_test(tcase, columns_that_are_refused);
    tcase_add_test(tcase, tally_of_the_counts);
    tcase_add_test(tcase, nulls_and_impossible_scales);
}

int main(void)
{
    return test_main("outcomes", add);
}
