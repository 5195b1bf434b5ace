#include <float.h>
#include <math.h>
#include <nps/status.h>
#include <nps/weighted.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static nps_weighted empty_on(const char *scale_name)
{
    nps_scale scale;
    nps_weighted weighted;
    ck_status(nps_scale_parse(scale_name, strlen(scale_name), &scale), NPS_OK);
    ck_status(nps_weighted_init(&weighted, &scale), NPS_OK);
    return weighted;
}

static nps_weighted of_one(int32_t answer, double weight)
{
    nps_weighted weighted = empty_on("0-10");
    ck_status(nps_weighted_add(&weighted, answer, weight), NPS_OK);
    return weighted;
}

static void must_equal(const nps_weighted *a, const nps_weighted *b)
{
    ck_assert_mem_eq(a, b, sizeof *a);
}

/* "9*0x1p+0 missing*0x1p-1 ...", as tests/reference/weighted.csv has it. */
static void add_text(nps_weighted *weighted, const char *rows)
{
    for (const char *at = rows; *at != '\0'; at += strspn(at, " ")) {
        char *end;
        int missing = *at == 'm';
        int32_t answer = missing ? NPS_MISSING : (int32_t)strtol(at, &end, 10);
        double weight = strtod(strchr(at, '*') + 1, &end);
        ck_status(nps_weighted_add(weighted, answer, weight), NPS_OK);
        at = end;
    }
}

/* Hexadecimal, 16 digits a word, highest word first, into words with the lowest first. */
static void read_words(const char *digits, uint64_t *words, size_t count)
{
    for (size_t i = count; i-- > 0; digits += 16) {
        char word[17] = {0};
        memcpy(word, digits, 16);
        words[i] = strtoull(word, NULL, 16);
    }
}

static nps_weighted expected_state(const test_csv *csv, size_t row, const nps_scale *scale)
{
    nps_weighted expected = {.scale = *scale};
    const char *level = test_csv_cell(csv, row, "level");
    for (size_t i = 0; i < NPS_MAX_LEVELS; i++) {
        char *end;
        expected.level[i] = strtoull(level, &end, 10);
        level = end;
        read_words(test_csv_cell(csv, row, "weight") + i * 33, expected.weight[i], 2);
        read_words(test_csv_cell(csv, row, "square") + i * 65, expected.square[i], 4);
    }
    expected.zero = strtoull(test_csv_cell(csv, row, "zero"), NULL, 10);
    expected.missing = strtoull(test_csv_cell(csv, row, "missing"), NULL, 10);
    expected.invalid = strtoull(test_csv_cell(csv, row, "invalid"), NULL, 10);
    return expected;
}

/* Exact equality: the library promises the exact value rounded once, and the reference is that. */
START_TEST(reference)
{
    static const struct {
        const char *column;
        int (*function)(const nps_weighted *, double *);
    } values[] = {
        {"mean", nps_weighted_mean},
        {"score", nps_weighted_score},
        {"effective_size", nps_weighted_effective_size},
        {"design_effect", nps_weighted_design_effect},
    };
    test_csv *csv = test_csv_read("weighted.csv");
    ck_assert(csv->rows >= 50);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_weighted weighted = empty_on(test_csv_cell(csv, row, "scale"));
        add_text(&weighted, test_csv_cell(csv, row, "rows"));
        nps_weighted expected = expected_state(csv, row, &weighted.scale);
        must_equal(&weighted, &expected);
        ck_status(nps_weighted_check(&weighted), NPS_OK);
        ck_assert_double_eq(nps_weighted_total(&weighted), test_csv_number(csv, row, "total"));
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            double value = 42, wanted = test_csv_number(csv, row, values[i].column);
            ck_status(values[i].function(&weighted, &value), isnan(wanted) ? NPS_ERR_EMPTY : NPS_OK);
            ck_assert_double_eq(value, isnan(wanted) ? 42 : wanted);
        }
    }
    test_csv_free(csv);
}
END_TEST

#define ROWS 5000

typedef struct survey {
    int32_t answer[ROWS];
    double weight[ROWS];
} survey;

/* Answers off the scale and missing ones too; weights over 60 powers of ten, or with a ninth heavy ones. */
static survey *random_survey(uint64_t *seed)
{
    survey *out = calloc(1, sizeof *out);
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < ROWS; i++) {
        out->answer[i] = (int32_t)test_below(seed, 14) - 1;
        if (test_below(seed, 20) == 0) out->answer[i] = NPS_MISSING;
        double fraction = (double)(test_random(seed) >> 11) * 0x1p-53;
        out->weight[i] = test_below(seed, 9) == 0 ? 0 : ldexp(fraction + 0.5, (int)test_below(seed, 110) - 62);
    }
    return out;
}

static void shuffle(survey *rows, uint64_t *seed)
{
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t j = (size_t)test_below(seed, i + 1);
        int32_t answer = rows->answer[i];
        double weight = rows->weight[i];
        rows->answer[i] = rows->answer[j];
        rows->weight[i] = rows->weight[j];
        rows->answer[j] = answer;
        rows->weight[j] = weight;
    }
}

static nps_weighted sum_range(const survey *rows, size_t begin, size_t end)
{
    nps_weighted sum = empty_on("0-10");
    for (size_t i = begin; i < end; i++) ck_status(nps_weighted_add(&sum, rows->answer[i], rows->weight[i]), NPS_OK);
    return sum;
}

START_TEST(order_does_not_matter)
{
    uint64_t seed = 11;
    survey *rows = random_survey(&seed);
    nps_weighted whole = sum_range(rows, 0, ROWS);
    for (int i = 0; i < 10; i++) {
        shuffle(rows, &seed);
        nps_weighted again = sum_range(rows, 0, ROWS);
        must_equal(&whole, &again);
    }
    free(rows);
}
END_TEST

/* 1000 parts, cut anywhere, merged in a random tree. */
START_TEST(any_split_merged_in_any_tree)
{
    enum { PARTS = 1000 };
    uint64_t seed = 12;
    survey *rows = random_survey(&seed);
    nps_weighted whole = sum_range(rows, 0, ROWS), *parts = calloc(PARTS, sizeof *parts);
    ck_assert_ptr_nonnull(parts);
    for (int round = 0; round < 5; round++) {
        for (size_t i = 0; i < PARTS; i++) parts[i] = empty_on("0-10");
        for (size_t i = 0; i < ROWS; i++)
            ck_status(nps_weighted_add(&parts[test_below(&seed, PARTS)], rows->answer[i], rows->weight[i]), NPS_OK);
        for (size_t left = PARTS; left > 1; left--) {
            size_t into = (size_t)test_below(&seed, left - 1);
            ck_status(nps_weighted_merge(&parts[into], &parts[left - 1]), NPS_OK);
        }
        must_equal(&whole, &parts[0]);
    }
    free(parts);
    free(rows);
}
END_TEST

START_TEST(removing_undoes_adding)
{
    uint64_t seed = 13;
    survey *rows = random_survey(&seed);
    nps_weighted first = sum_range(rows, 0, ROWS / 2), whole = sum_range(rows, 0, ROWS), sum = whole;
    nps_weighted second = sum_range(rows, ROWS / 2, ROWS), nothing = empty_on("0-10");
    ck_status(nps_weighted_subtract(&sum, &second), NPS_OK);
    must_equal(&sum, &first);
    ck_status(nps_weighted_subtract(&sum, &sum), NPS_OK);
    must_equal(&sum, &nothing);

    sum = whole;
    shuffle(rows, &seed);
    for (size_t i = 0; i < ROWS; i++) {
        ck_status(nps_weighted_remove(&sum, rows->answer[i], rows->weight[i]), NPS_OK);
        if (i % 97 == 0) ck_status(nps_weighted_check(&sum), NPS_OK);
    }
    must_equal(&sum, &nothing);
    free(rows);
}
END_TEST

START_TEST(weights_that_are_refused)
{
    const double refused[] = {
        -1,      -DBL_MIN,        -INFINITY, INFINITY, NAN, 0x1p64, DBL_MAX, 0x1p-65, nextafter(0x1p-64, 0),
        DBL_MIN, nextafter(0, 1), 0x1p-1000};
    nps_weighted before = of_one(9, 2), now = before;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        ck_status(nps_weighted_add(&now, 9, refused[i]), NPS_ERR_RANGE);
        ck_status(nps_weighted_remove(&now, 9, refused[i]), NPS_ERR_RANGE);
        must_equal(&now, &before);
        /* A row without an answer has no weight. */
        ck_status(nps_weighted_add(&now, NPS_MISSING, refused[i]), NPS_OK);
        ck_status(nps_weighted_add(&now, NPS_INVALID, refused[i]), NPS_OK);
        ck_status(nps_weighted_remove(&now, 11, refused[i]), NPS_OK);
        ck_status(nps_weighted_remove(&now, NPS_MISSING, refused[i]), NPS_OK);
        must_equal(&now, &before);
    }
    nps_weighted zero = of_one(9, 0.0), minus_zero = of_one(9, -0.0);
    must_equal(&zero, &minus_zero);
    ck_assert_uint_eq(zero.zero, 1);
    const double taken[] = {0x1p-64, 1e-9, 1e9, nextafter(0x1p64, 0)};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        now = of_one(9, taken[i]);
        ck_status(nps_weighted_check(&now), NPS_OK);
        ck_assert_uint_eq(now.zero, 0);
        ck_near(nps_weighted_total(&now), taken[i], 1e-9);
    }
}
END_TEST

START_TEST(sums_that_overflow)
{
    const double largest = nextafter(0x1p64, 0); /* 2^64 - 2^11 */
    nps_weighted before = of_one(9, largest), now = before;
    ck_status(nps_weighted_add(&now, 3, 0x1p11), NPS_ERR_OVERFLOW);
    ck_status(nps_weighted_add(&now, 9, 0x1p11), NPS_ERR_OVERFLOW);
    ck_status(nps_weighted_add(&now, 9, largest), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);
    ck_status(nps_weighted_merge(&now, &before), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);
    ck_status(nps_weighted_add(&now, 3, nextafter(0x1p11, 0)), NPS_OK);
    ck_status(nps_weighted_check(&now), NPS_OK);

    /* Counts: doubled until they would reach 2^63. */
    now = of_one(4, 0);
    for (int i = 0; i < 62; i++) ck_status(nps_weighted_merge(&now, &now), NPS_OK);
    ck_assert_uint_eq(now.level[4], UINT64_C(1) << 62);
    ck_assert_uint_eq(now.zero, UINT64_C(1) << 62);
    before = now;
    ck_status(nps_weighted_merge(&now, &now), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);
    now.missing = (UINT64_C(1) << 62) - 1;
    ck_status(nps_weighted_check(&now), NPS_OK);
    before = now;
    ck_status(nps_weighted_add(&now, NPS_MISSING, 1), NPS_ERR_OVERFLOW);
    ck_status(nps_weighted_add(&now, 0, 1), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);
}
END_TEST

START_TEST(merge_and_subtract_refuse)
{
    nps_weighted standard = of_one(9, 1), five = empty_on("1-5"), cut = empty_on("0-10:5:9"), now = standard;
    nps_weighted relational = standard;
    relational.kind = NPS_KIND_RELATIONAL;
    const nps_weighted *others[] = {&five, &cut, &relational};
    for (size_t i = 0; i < 3; i++) {
        ck_status(nps_weighted_merge(&now, others[i]), NPS_ERR_SCALE);
        ck_status(nps_weighted_subtract(&now, others[i]), NPS_ERR_SCALE);
    }
    /* Other answers, a larger weight, and a smaller one, which would leave a weight without a respondent. */
    nps_weighted other = of_one(8, 1), larger = of_one(9, 1.5), smaller = of_one(9, 0.5), zero = of_one(9, 0);
    nps_weighted two = standard;
    ck_status(nps_weighted_merge(&two, &standard), NPS_OK);
    const nps_weighted *taken[] = {&other, &larger, &smaller, &zero, &two};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        ck_status(nps_weighted_subtract(&now, taken[i]), NPS_ERR_UNDERFLOW);
    ck_status(nps_weighted_remove(&now, 9, 0.5), NPS_ERR_UNDERFLOW);
    ck_status(nps_weighted_remove(&now, 10, 0), NPS_ERR_UNDERFLOW);
    ck_status(nps_weighted_remove(&now, NPS_MISSING, 0), NPS_ERR_UNDERFLOW);
    must_equal(&now, &standard);
    ck_status(nps_weighted_remove(&relational, 9, 1), NPS_OK);
    ck_assert_uint_eq(relational.kind, NPS_KIND_RELATIONAL);
}
END_TEST

/* Sums that no weights have. Three answers of weights 1, 1 and 2: sum 4, squares 6. */
START_TEST(check_refuses)
{
    nps_weighted good = empty_on("1-5"), bad;
    add_text(&good, "2*0x1p+0 2*0x1p+0 2*0x1p+1 3*0x0p+0 4*0x1.8p+0");
    ck_status(nps_weighted_check(&good), NPS_OK);
#define REFUSED(change, status)                      \
    do {                                             \
        bad = good;                                  \
        change;                                      \
        ck_status(nps_weighted_check(&bad), status); \
    } while (0)
    REFUSED(bad.scale.highest = 120, NPS_ERR_SCALE);
    REFUSED(bad.level[5] = 1; bad.zero++, NPS_ERR_FORMAT);
    REFUSED(bad.reserved = 1, NPS_ERR_FORMAT);
    REFUSED(bad.level[1] = 0, NPS_ERR_FORMAT);
    REFUSED(bad.level[1] = 2, NPS_ERR_FORMAT); /* 16 > 2 * 6 */
    REFUSED(bad.level[2] = 0; bad.zero--; bad.weight[2][1] = 1; bad.square[2][2] = 1, NPS_ERR_FORMAT);
    REFUSED(bad.weight[1][1] = 2, NPS_ERR_FORMAT);  /* 6 > 2^2 */
    REFUSED(bad.weight[1][1] = 5, NPS_ERR_FORMAT);  /* 25 > 3 * 6 */
    REFUSED(bad.square[1][2] = 17, NPS_ERR_FORMAT); /* 17 > 4^2 */
    REFUSED(bad.square[1][2] = 0, NPS_ERR_FORMAT);
    REFUSED(bad.weight[2][0] = 2, NPS_ERR_FORMAT);
    REFUSED(bad.square[1][0] = 1, NPS_ERR_FORMAT); /* a square is odd when the weight is */
    REFUSED(bad.level[2] = 100; bad.zero = 99; bad.weight[2][0] = 10;
            bad.square[2][0] = 8, NPS_ERR_FORMAT); /* whole numbers have squares that are no smaller */
    REFUSED(bad.zero = 0, NPS_ERR_FORMAT);
    REFUSED(bad.zero = 4, NPS_ERR_FORMAT); /* two of the levels have a weight */
    REFUSED(bad.zero = 3, NPS_OK);
    REFUSED(bad.missing = UINT64_MAX, NPS_ERR_OVERFLOW);
    REFUSED(bad.missing = UINT64_MAX; bad.invalid = 1, NPS_ERR_OVERFLOW);
    REFUSED(bad.weight[1][1] = bad.weight[3][1] = UINT64_C(1) << 63, NPS_ERR_OVERFLOW);
#undef REFUSED
    ck_status(nps_weighted_check(NULL), NPS_ERR_ARGUMENT);
}
END_TEST

static uint64_t column_seed = 14;

/* A column of answers with random weights gives the sums of its rows one by one. */
static void columns_equal_rows(const column_plan *plan, const built_column *built)
{
    nps_weighted by_row, by_column;
    double weights[400];
    ck_assert(plan->rows <= 400);
    ck_status(nps_weighted_init(&by_row, &plan->scale), NPS_OK);
    by_column = by_row;
    for (size_t i = 0; i < plan->rows; i++) {
        uint8_t code = built->codes[plan->offset + i];
        int has_answer = code < NPSI_CODE_MISSING;
        weights[i] = has_answer ? (double)test_below(&column_seed, 1000) / 7 : -1;
        int32_t answer = has_answer ? plan->scale.lowest + code : code == NPSI_CODE_MISSING ? NPS_MISSING : NPS_INVALID;
        ck_status(nps_weighted_add(&by_row, answer, weights[i]), NPS_OK);
    }
    nps_column column = {.type = NPS_TYPE_F64, .length = plan->rows, .values = weights};
    uint64_t row = 77;
    ck_status(nps_weighted_add_columns(&by_column, &built->column, &column, &row), NPS_OK);
    must_equal(&by_column, &by_row);
    ck_assert_uint_eq(row, 77);
}

START_TEST(columns_of_answers)
{
    for_each_column(columns_equal_rows, 15);
}
END_TEST

/* Weights of every type; the first row that cannot be a weight is named and nothing changes. */
static void weights_of_any_type(const column_plan *plan, const built_column *built)
{
    static uint8_t answers[400];
    nps_weighted by_row = of_one(3, 0.1), before = by_row, by_column = by_row;
    int is_number = plan->type <= NPS_TYPE_BOOL, status = NPS_OK;
    uint64_t bad = 77, row = 77;
    for (size_t i = 0; is_number && i < plan->rows && status == NPS_OK; i++) {
        answers[i] = (uint8_t)(i % 11);
        status = nps_weighted_add(&by_row, answers[i], built->numbers[plan->offset + i]);
        if (status == NPS_ERR_RANGE) bad = i;
    }
    /* All 11 answers are on the scale; an overflow is told only after the last row. */
    for (size_t i = 0; i < plan->rows; i++) answers[i] = (uint8_t)(i % 11);
    nps_column column = {.type = NPS_TYPE_U8, .length = plan->rows, .values = answers};
    int got = nps_weighted_add_columns(&by_column, &column, &built->column, &row);
    if (!is_number) {
        ck_status(got, NPS_ERR_TYPE);
    } else if (status == NPS_OK || status == NPS_ERR_RANGE) {
        ck_status(got, status);
        ck_assert_uint_eq(row, bad);
    }
    must_equal(&by_column, got == NPS_OK ? &by_row : &before);
}

START_TEST(columns_of_weights)
{
    for_each_column(weights_of_any_type, 16);
}
END_TEST

START_TEST(columns_that_are_refused)
{
    enum { N = 1000 };
    static uint8_t answers[N];
    static double weights[N];
    for (size_t i = 0; i < N; i++) weights[i] = 1;
    nps_column a = {.type = NPS_TYPE_U8, .length = N, .values = answers}, w = a, text = a;
    w.type = NPS_TYPE_F64;
    w.values = weights;
    text.type = NPS_TYPE_UTF8;
    nps_weighted before = of_one(3, 1), now = before;
    uint64_t row = 77;

    w.length = N - 1;
    ck_status(nps_weighted_add_columns(&now, &a, &w, &row), NPS_ERR_ARGUMENT);
    w.length = N;
    ck_status(nps_weighted_add_columns(&now, &a, &text, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_add_columns(&now, NULL, &w, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_add_columns(&now, &a, NULL, &row), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_add_columns(NULL, &a, &w, &row), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(row, 77);

    weights[998] = weights[999] = -1;
    ck_status(nps_weighted_add_columns(&now, &a, &w, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, 998);
    ck_status(nps_weighted_add_columns(&now, &a, &w, NULL), NPS_ERR_RANGE);
    weights[998] = weights[999] = 0x1p63;
    ck_status(nps_weighted_add_columns(&now, &a, &w, &row), NPS_ERR_OVERFLOW);
    answers[999] = 5;
    ck_status(nps_weighted_add_columns(&now, &a, &w, &row), NPS_ERR_OVERFLOW);
    must_equal(&now, &before);

    nps_column none = {.type = NPS_TYPE_U8}, no_weights = {.type = NPS_TYPE_F64};
    ck_status(nps_weighted_add_columns(&now, &none, &no_weights, &row), NPS_OK);
    must_equal(&now, &before);
}
END_TEST

/* Swapping promoters and detractors turns the score round; doubling all weights, which is exact, changes nothing. */
START_TEST(properties)
{
    uint64_t seed = 17;
    nps_weighted plain = empty_on("0-10:3:7"), mirrored = plain, doubled = plain;
    for (int i = 0; i < 1000; i++) {
        int32_t answer = (int32_t)test_below(&seed, 11);
        double weight = (double)test_below(&seed, 1000000) / 1000;
        ck_status(nps_weighted_add(&plain, answer, weight), NPS_OK);
        ck_status(nps_weighted_add(&mirrored, 10 - answer, weight), NPS_OK);
        ck_status(nps_weighted_add(&doubled, answer, 2 * weight), NPS_OK);
    }
    double a, b, c;
    ck_status(nps_weighted_score(&plain, &a), NPS_OK);
    ck_status(nps_weighted_score(&mirrored, &b), NPS_OK);
    ck_status(nps_weighted_score(&doubled, &c), NPS_OK);
    ck_assert(a != 0);
    ck_assert_double_eq(a, -b);
    ck_assert_double_eq(a, c);
    ck_status(nps_weighted_effective_size(&plain, &a), NPS_OK);
    ck_status(nps_weighted_effective_size(&mirrored, &b), NPS_OK);
    ck_status(nps_weighted_effective_size(&doubled, &c), NPS_OK);
    ck_assert_double_eq(a, b);
    ck_assert_double_eq(a, c);
}
END_TEST

START_TEST(tally_of_the_counts)
{
    nps_weighted weighted = empty_on("1-10");
    weighted.kind = 7;
    add_text(&weighted, "1*0x1p+0 9*0x1p+3 9*0x0p+0 10*0x1p+1 0*0x1p+0 missing*0x1p+0");
    nps_tally tally, expected;
    ck_status(nps_tally_init(&expected, &weighted.scale), NPS_OK);
    expected.kind = 7;
    const int32_t answers[] = {1, 9, 9, 10, 0, NPS_MISSING};
    for (size_t i = 0; i < 6; i++) ck_status(nps_tally_add(&expected, answers[i], 1), NPS_OK);
    ck_status(nps_weighted_tally(&weighted, &tally), NPS_OK);
    ck_assert_mem_eq(&tally, &expected, sizeof tally);
}
END_TEST

START_TEST(nulls_and_impossible_scales)
{
    nps_weighted good = of_one(9, 1), bad = good;
    nps_tally tally;
    double value;
    bad.scale.highest = 100;
    ck_status(nps_weighted_init(NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_init(&good, &bad.scale), NPS_ERR_SCALE);
    ck_status(nps_weighted_add(NULL, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_add(&bad, 1, 1), NPS_ERR_SCALE);
    ck_status(nps_weighted_remove(NULL, 1, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_remove(&bad, 9, 1), NPS_ERR_SCALE);
    ck_status(nps_weighted_merge(NULL, &good), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_merge(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_merge(&bad, &bad), NPS_ERR_SCALE);
    ck_status(nps_weighted_subtract(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_subtract(&bad, &bad), NPS_ERR_SCALE);
    ck_status(nps_weighted_tally(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_tally(&bad, &tally), NPS_ERR_SCALE);
    ck_assert_double_eq(nps_weighted_total(NULL), 0);
    int (*const values[])(const nps_weighted *, double *) = {nps_weighted_mean, nps_weighted_score,
                                                             nps_weighted_effective_size, nps_weighted_design_effect};
    for (size_t i = 0; i < 4; i++) {
        ck_status(values[i](NULL, &value), NPS_ERR_ARGUMENT);
        ck_status(values[i](&good, NULL), NPS_ERR_ARGUMENT);
        ck_status(values[i](&bad, &value), NPS_ERR_SCALE);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, order_does_not_matter);
    tcase_add_test(tcase, any_split_merged_in_any_tree);
    tcase_add_test(tcase, removing_undoes_adding);
    tcase_add_test(tcase, weights_that_are_refused);
    tcase_add_test(tcase, sums_that_overflow);
    tcase_add_test(tcase, merge_and_subtract_refuse);
    tcase_add_test(tcase, check_refuses);
    tcase_add_test(tcase, columns_of_answers);
    tcase_add_test(tcase, columns_of_weights);
    tcase_add_test(tcase, columns_that_are_refused);
    tcase_add_test(tcase, properties);
    tcase_add_test(tcase, tally_of_the_counts);
    tcase_add_test(tcase, nulls_and_impossible_scales);
}

int main(void)
{
    return test_main("weighted", add);
}
