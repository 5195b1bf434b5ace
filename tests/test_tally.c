#include <limits.h>
#include <nps/status.h>
#include <nps/tally.h>
#include <stdio.h>

#include "columns.h"

#define MOST ((uint64_t)INT64_MAX)

static nps_tally empty_tally(const nps_scale *scale)
{
    nps_tally tally;
    ck_assert_int_eq(nps_tally_init(&tally, scale), NPS_OK);
    return tally;
}

/* On the standard scale, with all detractors at 0, passives at 8 and promoters at 10. */
static nps_tally classes(uint64_t detractors, uint64_t passives, uint64_t promoters)
{
    nps_tally tally = empty_tally(NULL);
    tally.level[0] = detractors;
    tally.level[8] = passives;
    tally.level[10] = promoters;
    return tally;
}

static nps_tally random_tally(const nps_scale *scale, uint64_t *seed)
{
    nps_tally tally = empty_tally(scale);
    for (int i = 0; i <= tally.scale.highest - tally.scale.lowest; i++)
        tally.level[i] = test_random(seed) >> (5 + test_below(seed, 59));
    tally.missing = test_below(seed, 1000);
    tally.invalid = test_below(seed, 1000);
    return tally;
}

/* Calls `check` for lowest answers -5 to 5 and every width of 2 to 11, with some cut points. */
static void for_each_scale(void (*check)(const nps_scale *, uint64_t *seed))
{
    uint64_t seed = 1;
    for (int lowest = -5; lowest <= 5; lowest++) {
        for (int width = 2; width <= NPS_MAX_LEVELS; width++) {
            int detractor_max = lowest + (int)test_below(&seed, (uint64_t)width - 1);
            int promoter_min =
                detractor_max + 1 + (int)test_below(&seed, (uint64_t)(lowest + width - 1 - detractor_max));
            nps_scale scale = {(int8_t)lowest, (int8_t)(lowest + width - 1), (int8_t)detractor_max,
                               (int8_t)promoter_min};
            ck_assert_int_eq(nps_scale_check(&scale), NPS_OK);
            check(&scale, &seed);
        }
    }
}

START_TEST(layout)
{
    ck_assert_uint_eq(sizeof(nps_tally), 128);
    nps_tally tally = empty_tally(NULL);
    nps_scale standard;
    nps_scale_standard(&standard);
    ck_assert(nps_scale_equal(&tally.scale, &standard));
    ck_assert_uint_eq(nps_tally_total(&tally), 0);
    nps_scale impossible = {0, 11, 6, 9};
    nps_tally before = tally;
    ck_assert_int_eq(nps_tally_init(&tally, &impossible), NPS_ERR_SCALE);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    ck_assert_int_eq(nps_tally_init(NULL, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

/* One answer: where it is counted, and that remove takes it back. */
static void check_one(const nps_scale *scale, uint64_t *seed)
{
    static const int32_t far[] = {NPS_MISSING, NPS_INVALID, INT32_MIN + 1, -128, 127, 255, 256, -256, 100000};
    for (int i = -20; i < 20 + (int)(sizeof far / sizeof *far); i++) {
        int32_t answer = i < 20 ? i : far[i - 20];
        nps_tally tally = empty_tally(scale), expected = tally, empty = tally;
        uint64_t count = 1 + test_below(seed, 1000);
        if (answer == NPS_MISSING)
            expected.missing = count;
        else if (answer < scale->lowest || answer > scale->highest)
            expected.invalid = count;
        else
            expected.level[answer - scale->lowest] = count;
        ck_assert_int_eq(nps_tally_add(&tally, answer, count), NPS_OK);
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
        ck_assert_int_eq(nps_tally_add(&tally, answer, 0), NPS_OK);
        ck_assert_int_eq(nps_tally_remove(&tally, answer, count + 1), NPS_ERR_UNDERFLOW);
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
        ck_assert_int_eq(nps_tally_remove(&tally, answer, count), NPS_OK);
        ck_assert_mem_eq(&tally, &empty, sizeof tally);
    }
}

START_TEST(one_answer)
{
    for_each_scale(check_one);
}
END_TEST

/* What a bulk add makes of one number, as an answer for nps_tally_add. */
static int32_t answer_of(double number, int missing)
{
    if (missing || isnan(number)) return NPS_MISSING;
    return floor(number) == number && fabs(number) < 1000 ? (int32_t)number : NPS_INVALID;
}

enum { BULK = 10000 };
typedef struct bulk {
    uint8_t u8[BULK];
    int8_t i8[BULK];
    int32_t i32[BULK];
    int64_t i64[BULK];
    double f64[BULK];
    nps_tally expected[5];
} bulk;

/* n numbers of each type, and one by one what they come to. */
static bulk *make_bulk(const nps_scale *scale, size_t n, uint64_t *seed)
{
    bulk *all = column_block(1, sizeof *all);
    for (int i = 0; i < 5; i++) all->expected[i] = empty_tally(scale);
    for (size_t i = 0; i < n; i++) {
        int rare = test_below(seed, 6) == 0;
        all->u8[i] = (uint8_t)(rare ? UINT8_MAX - test_below(seed, 6) : test_below(seed, 17));
        all->i8[i] = (int8_t)(rare ? -128 + (int)test_below(seed, 6) : (int)test_below(seed, 25) - 8);
        all->i32[i] = rare ? INT32_MIN + (int32_t)test_below(seed, 3) : (int32_t)test_below(seed, 25) - 8;
        all->i64[i] = rare ? INT64_MIN + (int64_t)test_below(seed, 3) : (int64_t)test_below(seed, 25) - 8;
        if (rare && test_below(seed, 2)) all->i64[i] = (int64_t)(test_random(seed) << 32); /* 0 in its lower half */
        all->f64[i] = random_float(seed);
        nps_tally_add(&all->expected[0], answer_of(all->u8[i], all->u8[i] == UINT8_MAX), 1);
        nps_tally_add(&all->expected[1], answer_of(all->i8[i], all->i8[i] == -128), 1);
        nps_tally_add(&all->expected[2], answer_of(all->i32[i], all->i32[i] == INT32_MIN), 1);
        nps_tally_add(&all->expected[3], answer_of((double)all->i64[i], all->i64[i] == INT64_MIN), 1);
        nps_tally_add(&all->expected[4], answer_of(all->f64[i], 0), 1);
    }
    return all;
}

static int add_bulk(nps_tally *tally, const bulk *all, int type, size_t n)
{
    switch (type) {
    case 0:
        return nps_tally_add_u8(tally, all->u8, n);
    case 1:
        return nps_tally_add_i8(tally, all->i8, n);
    case 2:
        return nps_tally_add_i32(tally, all->i32, n);
    case 3:
        return nps_tally_add_i64(tally, all->i64, n);
    default:
        return nps_tally_add_f64(tally, all->f64, n);
    }
}

static void check_bulk(const nps_scale *scale, uint64_t *seed)
{
    const size_t sizes[] = {0, 1, size_below(seed, 100), size_below(seed, BULK)};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        bulk *all = make_bulk(scale, sizes[k], seed);
        for (int type = 0; type < 5; type++) {
            nps_tally tally = empty_tally(scale);
            ck_assert_int_eq(add_bulk(&tally, all, type, sizes[k]), NPS_OK);
            ck_assert_mem_eq(&tally, &all->expected[type], sizeof tally);
        }
        free(all);
    }
}

START_TEST(bulk_like_one_by_one)
{
    for_each_scale(check_bulk);
}
END_TEST

START_TEST(batches_of_one)
{
    for (int byte = 0; byte < 256; byte++) {
        nps_tally by_u8 = empty_tally(NULL), by_i8 = by_u8, expected_u8 = by_u8, expected_i8 = by_u8;
        int number = byte < 128 ? byte : byte - 256;
        nps_tally_add(&expected_u8, byte == UINT8_MAX ? NPS_MISSING : byte, 1);
        nps_tally_add(&expected_i8, number == INT8_MIN ? NPS_MISSING : number, 1);
        ck_assert_int_eq(nps_tally_add_u8(&by_u8, &(uint8_t){(uint8_t)byte}, 1), NPS_OK);
        ck_assert_int_eq(nps_tally_add_i8(&by_i8, &(int8_t){(int8_t)number}, 1), NPS_OK);
        ck_assert_mem_eq(&by_u8, &expected_u8, sizeof by_u8);
        ck_assert_mem_eq(&by_i8, &expected_i8, sizeof by_i8);
    }
}
END_TEST

/* The numbers that mean "missing" mean it even where the scale reaches so far. */
START_TEST(scales_at_the_ends)
{
    static const nps_scale ends[] = {{-128, -120, -125, -123}, {117, 127, 120, 125}, {-11, -1, -5, -2}};
    uint64_t seed = 2;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) check_bulk(&ends[k], &seed);
}
END_TEST

static void check_column(const column_plan *plan, const built_column *built)
{
    nps_tally tally = empty_tally(&plan->scale), expected = tally;
    for (size_t i = 0; i < plan->rows; i++) {
        uint8_t code = built->codes[plan->offset + i];
        if (code == NPSI_CODE_MISSING)
            expected.missing++;
        else if (code == NPSI_CODE_INVALID)
            expected.invalid++;
        else
            expected.level[code]++;
    }
    ck_assert_int_eq(nps_tally_add_column(&tally, &built->column), NPS_OK);
    ck_assert_mem_eq(&tally, &expected, sizeof tally);
}

START_TEST(columns)
{
    for_each_column(check_column, 5);
}
END_TEST

/* A fault in the last of many rows, an overflow by the last of many: nothing has changed. */
START_TEST(errors_change_nothing)
{
    enum { ROWS = 1000001 };
    uint8_t *indices = column_block(ROWS, 1);
    static const int8_t answers[] = {10, 0, 5};
    const nps_column values = {.type = NPS_TYPE_I8, .length = 3, .values = answers};
    nps_column column = {.type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U8, .length = ROWS, .values = indices};
    column.dictionary = &values;
    uint64_t seed = 3;
    nps_tally tally = random_tally(NULL, &seed), before = tally;
    indices[ROWS - 1] = 3;
    ck_assert_int_eq(nps_tally_add_column(&tally, &column), NPS_ERR_FORMAT);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    indices[ROWS - 1] = 2;
    ck_assert_int_eq(nps_tally_add_column(&tally, &column), NPS_OK);
    ck_assert_uint_eq(tally.level[10], before.level[10] + ROWS - 1);
    ck_assert_uint_eq(tally.level[5], before.level[5] + 1);

    tally = classes(MOST - ROWS + 1, 0, 0);
    before = tally;
    ck_assert_int_eq(nps_tally_add_column(&tally, &column), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_tally_add_u8(&tally, indices, ROWS), NPS_ERR_OVERFLOW);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    ck_assert_int_eq(nps_tally_add_u8(&tally, indices, ROWS - 1), NPS_OK);
    ck_assert_uint_eq(nps_tally_total(&tally), MOST);
    free(indices);
}
END_TEST

START_TEST(overflow)
{
    nps_tally tally = classes(0, MOST - 5, 0), before = tally;
    ck_assert_int_eq(nps_tally_add(&tally, 8, 6), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_tally_add(&tally, NPS_MISSING, 6), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_tally_add(&tally, 3, UINT64_MAX), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_tally_add(&tally, 3, (uint64_t)1 << 63), NPS_ERR_OVERFLOW);
    ck_assert_int_eq(nps_tally_merge(&tally, &tally), NPS_ERR_OVERFLOW);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    ck_assert_int_eq(nps_tally_add(&tally, NPS_INVALID, 5), NPS_OK);
    ck_assert_uint_eq(nps_tally_total(&tally), MOST);
    ck_assert_int_eq(nps_tally_check(&tally), NPS_OK);
    nps_tally one = classes(1, 0, 0);
    before = tally;
    ck_assert_int_eq(nps_tally_merge(&tally, &one), NPS_ERR_OVERFLOW);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    ck_assert_int_eq(nps_tally_remove(&tally, 8, 1), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&tally, &one), NPS_OK);
}
END_TEST

START_TEST(check_foreign)
{
    nps_scale seven = {1, 7, 4, 6};
    uint64_t seed = 4;
    nps_tally good = random_tally(&seven, &seed), bad = good;
    int32_t whole;
    double number;
    ck_assert_int_eq(nps_tally_check(&good), NPS_OK);
    ck_assert_int_eq(nps_tally_check(NULL), NPS_ERR_ARGUMENT);
    bad.level[7] = 1;
    ck_assert_int_eq(nps_tally_check(&bad), NPS_ERR_FORMAT);
    bad = good;
    bad.reserved[1] = 1;
    ck_assert_int_eq(nps_tally_check(&bad), NPS_ERR_FORMAT);
    bad = good;
    bad.scale.promoter_min = 4;
    ck_assert_int_eq(nps_tally_check(&bad), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_add(&bad, 3, 1), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_remove(&bad, 3, 1), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_add_u8(&bad, NULL, 0), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_merge(&bad, &good), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_merge(&good, &bad), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_subtract(&good, &bad), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_score(&bad, &number), NPS_ERR_SCALE);
    ck_assert_uint_eq(nps_tally_responses(&bad) + nps_tally_total(&bad) + nps_tally_promoters(&bad), 0);
    ck_assert_uint_eq(nps_tally_passives(&bad) + nps_tally_detractors(&bad), 0);
    bad = classes(5, 0, 0);
    bad.invalid = UINT64_MAX;
    ck_assert_int_eq(nps_tally_check(&bad), NPS_ERR_OVERFLOW);
    /* Sums that wrap around to something small. */
    const uint64_t wraps[][3] = {
        {(uint64_t)1 << 63, (uint64_t)1 << 63, 1}, {UINT64_MAX, 1, 1}, {MOST, 1, 0}, {MOST, MOST, 3}};
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
        bad = classes(wraps[i][0], wraps[i][1], wraps[i][2]);
        ck_assert_int_eq(nps_tally_check(&bad), NPS_ERR_OVERFLOW);
        ck_assert_int_eq(nps_score(&bad, &number), NPS_ERR_OVERFLOW);
        ck_assert_int_eq(nps_tally_mean(&bad, &number), NPS_ERR_OVERFLOW);
        ck_assert_int_eq(nps_score_rounded(&bad, 0, &whole), NPS_ERR_OVERFLOW);
        ck_assert_int_eq(nps_tally_add(&bad, 3, 1), NPS_ERR_OVERFLOW);
    }
}
END_TEST

START_TEST(null_pointers)
{
    nps_tally tally = classes(1, 2, 3), before = tally;
    double number = 5;
    int32_t whole = 5;
    char text[8] = "x";
    ck_assert_int_eq(nps_tally_add(NULL, 1, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_remove(NULL, 1, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_merge(NULL, &tally), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_merge(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_subtract(NULL, &tally), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_subtract(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_column(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_column(NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_u8(&tally, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_i8(&tally, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_i32(&tally, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_i64(&tally, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_f64(&tally, NULL, 1), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_u8(NULL, NULL, 0), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_add_u8(&tally, NULL, 0), NPS_OK);
    ck_assert_int_eq(nps_tally_add_f64(&tally, NULL, 0), NPS_OK);
    ck_assert_mem_eq(&tally, &before, sizeof tally);
    ck_assert_uint_eq(nps_tally_responses(NULL) + nps_tally_total(NULL) + nps_tally_promoters(NULL), 0);
    ck_assert_uint_eq(nps_tally_passives(NULL) + nps_tally_detractors(NULL), 0);
    ck_assert_int_eq(nps_score(NULL, &number), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_mean(NULL, &number), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_tally_mean(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score_rounded(NULL, 0, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score_rounded(&tally, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score_rounded(&tally, 4, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_shares_rounded(NULL, 0, &whole, &whole, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_shares_rounded(&tally, 0, NULL, &whole, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_shares_rounded(&tally, 0, &whole, NULL, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_shares_rounded(&tally, 0, &whole, &whole, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_shares_rounded(&tally, 4, &whole, &whole, &whole), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score_format(1, 0, NULL, 5), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_score_format(1, 4, text, 5), NPS_ERR_ARGUMENT);
    tally = classes(0, 0, 0);
    tally.missing = tally.invalid = 7;
    ck_assert_int_eq(nps_score(&tally, &number), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_tally_mean(&tally, &number), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_score_rounded(&tally, 0, &whole), NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_shares_rounded(&tally, 0, &whole, &whole, &whole), NPS_ERR_EMPTY);
    ck_assert(number == 5 && whole == 5 && strcmp(text, "x") == 0);
}
END_TEST

/* Merge is associative and commutative, and subtract undoes it. */
static void check_algebra(const nps_scale *scale, uint64_t *seed)
{
    nps_tally a = random_tally(scale, seed), b = random_tally(scale, seed), c = random_tally(scale, seed);
    nps_tally left = a, right = b, reverse = c, before;
    ck_assert_int_eq(nps_tally_merge(&left, &b), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&left, &c), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&right, &c), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&right, &a), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&reverse, &b), NPS_OK);
    ck_assert_int_eq(nps_tally_merge(&reverse, &a), NPS_OK);
    ck_assert_mem_eq(&left, &right, sizeof left);
    ck_assert_mem_eq(&left, &reverse, sizeof left);
    ck_assert_int_eq(nps_tally_subtract(&left, &c), NPS_OK);
    ck_assert_int_eq(nps_tally_subtract(&left, &b), NPS_OK);
    ck_assert_mem_eq(&left, &a, sizeof left);
    ck_assert_int_eq(nps_tally_merge(&left, &left), NPS_OK);
    ck_assert_int_eq(nps_tally_subtract(&left, &a), NPS_OK);
    ck_assert_mem_eq(&left, &a, sizeof left);

    before = left;
    uint64_t *const counts[] = {&a.level[scale->highest - scale->lowest], &a.level[0], &a.missing, &a.invalid};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        (*counts[i])++;
        ck_assert_int_eq(nps_tally_subtract(&left, &a), NPS_ERR_UNDERFLOW);
        ck_assert_mem_eq(&left, &before, sizeof left);
        (*counts[i])--;
    }
    a.kind = NPS_KIND_RELATIONAL;
    ck_assert_int_eq(nps_tally_merge(&left, &a), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_tally_subtract(&left, &a), NPS_ERR_SCALE);
    ck_assert_mem_eq(&left, &before, sizeof left);
    ck_assert_int_eq(nps_tally_subtract(&left, &left), NPS_OK);
    ck_assert_uint_eq(nps_tally_total(&left), 0);
}

START_TEST(algebra)
{
    for_each_scale(check_algebra);
}
END_TEST

/* Any split of the answers, in any order, comes to the same bytes. */
START_TEST(splits)
{
    uint64_t seed = 6;
    bulk *all = make_bulk(&(nps_scale){0, 10, 6, 9}, BULK, &seed);
    for (int parts = 1; parts <= 1000; parts += 1 + parts / 3) {
        nps_tally tally = empty_tally(NULL);
        for (size_t i = BULK - 1; i > 0; i--) {
            size_t other = size_below(&seed, i + 1);
            uint8_t kept = all->u8[i];
            all->u8[i] = all->u8[other];
            all->u8[other] = kept;
        }
        for (size_t part = 0; part < (size_t)parts; part++) {
            size_t begin = BULK * part / (size_t)parts, end = BULK * (part + 1) / (size_t)parts;
            nps_tally piece = empty_tally(NULL);
            ck_assert_int_eq(nps_tally_add_u8(&piece, all->u8 + begin, end - begin), NPS_OK);
            ck_assert_int_eq(nps_tally_merge(&tally, &piece), NPS_OK);
        }
        ck_assert_mem_eq(&tally, &all->expected[0], sizeof tally);
    }
    free(all);
}
END_TEST

static void check_counters(const nps_scale *scale, uint64_t *seed)
{
    nps_tally tally = random_tally(scale, seed);
    uint64_t of_class[3] = {0};
    for (int32_t answer = scale->lowest; answer <= scale->highest; answer++)
        of_class[1 + nps_classify(scale, answer)] += tally.level[answer - scale->lowest];
    ck_assert_uint_eq(nps_tally_detractors(&tally), of_class[0]);
    ck_assert_uint_eq(nps_tally_passives(&tally), of_class[1]);
    ck_assert_uint_eq(nps_tally_promoters(&tally), of_class[2]);
    ck_assert_uint_eq(nps_tally_responses(&tally), of_class[0] + of_class[1] + of_class[2]);
    ck_assert_uint_eq(nps_tally_total(&tally), nps_tally_responses(&tally) + tally.missing + tally.invalid);
}

START_TEST(counters)
{
    for_each_scale(check_counters);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, layout);
    tcase_add_test(tcase, one_answer);
    tcase_add_test(tcase, bulk_like_one_by_one);
    tcase_add_test(tcase, batches_of_one);
    tcase_add_test(tcase, scales_at_the_ends);
    tcase_add_test(tcase, columns);
    tcase_add_test(tcase, errors_change_nothing);
    tcase_add_test(tcase, overflow);
    tcase_add_test(tcase, check_foreign);
    tcase_add_test(tcase, null_pointers);
    tcase_add_test(tcase, algebra);
    tcase_add_test(tcase, splits);
    tcase_add_test(tcase, counters);
}

int main(void)
{
    return test_main("tally", add);
}
