#include <math.h>
#include <nps/pairs.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static const uint64_t one = 1;

static nps_pairs empty_on(const char *scale_name)
{
    nps_scale scale;
    nps_pairs pairs;
    ck_status(nps_scale_parse(scale_name, strlen(scale_name), &scale), NPS_OK);
    ck_status(nps_pairs_init(&pairs, &scale), NPS_OK);
    return pairs;
}

static void must_equal(const nps_pairs *a, const nps_pairs *b)
{
    ck_assert_mem_eq(a, b, sizeof *a);
}

static void must_add(nps_pairs *pairs, int32_t before, int32_t after, uint64_t count)
{
    ck_status(nps_pairs_add(pairs, before, after, count), NPS_OK);
}

/* An answer on the scale, off it or missing. */
static int32_t random_answer(const nps_scale *scale, uint64_t *seed)
{
    static const int32_t strange[] = {NPS_MISSING, NPS_INVALID, 127, -128, 1000, NPS_MISSING};
    int32_t lowest = scale->lowest, levels = scale->highest - lowest + 1;
    uint64_t pick = test_below(seed, 20);
    if (pick < 6) return strange[pick];
    if (pick == 6) return lowest - 1;
    if (pick == 7) return lowest + levels;
    return lowest + (int32_t)test_below(seed, (uint64_t)levels);
}

static nps_pairs random_pairs(const char *scale_name, uint64_t *seed)
{
    nps_pairs pairs = empty_on(scale_name);
    for (int i = 0; i < 300; i++)
        must_add(&pairs, random_answer(&pairs.scale, seed), random_answer(&pairs.scale, seed), test_below(seed, 1000));
    return pairs;
}

static const char *const scales[] = {"0-10", "1-10", "1-5", "1-7", "-5-5:1:4", "0-1:0:1"};
#define SCALES (sizeof scales / sizeof *scales)

START_TEST(where_people_are_counted)
{
    nps_pairs pairs = empty_on("0-10");
    must_add(&pairs, 10, 3, 2);
    must_add(&pairs, NPS_MISSING, 8, 3);
    must_add(&pairs, 0, NPS_MISSING, 5);
    must_add(&pairs, NPS_MISSING, NPS_MISSING, 7);
    must_add(&pairs, 11, 3, 11);
    must_add(&pairs, 3, -1, 13);
    must_add(&pairs, NPS_INVALID, NPS_MISSING, 17);
    must_add(&pairs, NPS_MISSING, 100, 19);
    must_add(&pairs, NPS_INVALID, -1, 23);
    must_add(&pairs, 4, 4, 0);
    nps_pairs expected = empty_on("0-10");
    expected.count[10][3] = 2;
    expected.only_after[8] = 3;
    expected.only_before[0] = 5;
    expected.missing = 7;
    expected.invalid = 11 + 13 + 17 + 19 + 23;
    must_equal(&pairs, &expected);
    ck_assert_uint_eq(nps_pairs_responses(&pairs), 2);
    ck_assert_uint_eq(nps_pairs_total(&pairs), 2 + 3 + 5 + 7 + 11 + 13 + 17 + 19 + 23);
    nps_pairs five = empty_on("1-5");
    must_add(&five, 1, 5, 4);
    ck_assert_uint_eq(five.count[0][4], 4);
}
END_TEST

START_TEST(init)
{
    nps_pairs pairs, standard = empty_on("0-10");
    memset(&pairs, 0xff, sizeof pairs);
    ck_status(nps_pairs_init(&pairs, NULL), NPS_OK);
    must_equal(&pairs, &standard);
    ck_status(nps_pairs_init(&pairs, &(nps_scale){0, 11, 6, 9}), NPS_ERR_SCALE);
    must_equal(&pairs, &standard);
    ck_status(nps_pairs_init(NULL, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

/* Split in any way, merged in any order and taken back again. */
START_TEST(merge_and_subtract)
{
    uint64_t seed = 1 + (uint64_t)_i;
    nps_pairs parts[4], all = empty_on(scales[_i]), backwards = all, before;
    for (int i = 0; i < 4; i++) parts[i] = random_pairs(scales[_i], &seed);
    for (int i = 0; i < 4; i++) {
        ck_status(nps_pairs_merge(&all, &parts[i]), NPS_OK);
        ck_status(nps_pairs_merge(&backwards, &parts[3 - i]), NPS_OK);
    }
    must_equal(&all, &backwards);
    ck_status(nps_pairs_check(&all), NPS_OK);
    before = all;
    ck_status(nps_pairs_subtract(&all, &parts[2]), NPS_OK);
    ck_status(nps_pairs_merge(&all, &parts[2]), NPS_OK);
    must_equal(&all, &before);
    ck_status(nps_pairs_merge(&all, &all), NPS_OK);
    ck_assert_uint_eq(nps_pairs_total(&all), 2 * nps_pairs_total(&before));
    ck_status(nps_pairs_subtract(&all, &before), NPS_OK);
    must_equal(&all, &before);
    ck_status(nps_pairs_subtract(&all, &all), NPS_OK);
    backwards = empty_on(scales[_i]);
    must_equal(&all, &backwards);
}
END_TEST

START_TEST(remove_undoes_add)
{
    uint64_t seed = 40 + (uint64_t)_i;
    nps_pairs pairs = random_pairs(scales[_i], &seed), before = pairs;
    for (int i = 0; i < 1000; i++) {
        int32_t first = random_answer(&pairs.scale, &seed), second = random_answer(&pairs.scale, &seed);
        uint64_t count = test_random(&seed) >> 2;
        must_add(&pairs, first, second, count);
        ck_status(nps_pairs_remove(&pairs, first, second, count), NPS_OK);
        must_equal(&pairs, &before);
        ck_status(nps_pairs_remove(&pairs, first, second, nps_pairs_total(&pairs) + 1), NPS_ERR_UNDERFLOW);
    }
    must_equal(&pairs, &before);
}
END_TEST

/* Each count by itself: subtracting one more than there is changes nothing. */
START_TEST(underflow)
{
    uint64_t seed = 7;
    nps_pairs pairs = random_pairs("0-10", &seed), before = pairs;
    for (size_t i = 0; i < 145; i++) {
        nps_pairs taken = pairs;
        uint64_t count;
        unsigned char *at = (unsigned char *)&taken + offsetof(nps_pairs, count) + 8 * i;
        memcpy(&count, at, sizeof count);
        count++;
        memcpy(at, &count, sizeof count);
        ck_status(nps_pairs_subtract(&pairs, &taken), NPS_ERR_UNDERFLOW);
        must_equal(&pairs, &before);
    }
}
END_TEST

START_TEST(overflow)
{
    const uint64_t most = (one << 63) - 1;
    const struct {
        int32_t before, after;
    } kinds[] = {{0, 0}, {10, 10}, {NPS_MISSING, 3}, {3, NPS_MISSING}, {NPS_MISSING, NPS_MISSING}, {11, 3}};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 6; j++) {
            nps_pairs pairs = empty_on("0-10"), before;
            must_add(&pairs, kinds[i].before, kinds[i].after, most - 5);
            before = pairs;
            ck_status(nps_pairs_add(&pairs, kinds[j].before, kinds[j].after, 6), NPS_ERR_OVERFLOW);
            ck_status(nps_pairs_add(&pairs, kinds[j].before, kinds[j].after, UINT64_MAX), NPS_ERR_OVERFLOW);
            ck_status(nps_pairs_merge(&pairs, &pairs), NPS_ERR_OVERFLOW);
            int64_t rows[6] = {3, 3, 3, 3, 3, 3};
            nps_column column = {.type = NPS_TYPE_I64, .length = 6, .values = rows};
            ck_status(nps_pairs_add_columns(&pairs, &column, &column), NPS_ERR_OVERFLOW);
            must_equal(&pairs, &before);
            must_add(&pairs, kinds[j].before, kinds[j].after, 5);
            ck_assert_uint_eq(nps_pairs_total(&pairs), most);
            ck_status(nps_pairs_check(&pairs), NPS_OK);
        }
    }
    /* Counts that are far from the limit each, but not together. */
    nps_pairs pairs = empty_on("0-10"), before;
    for (int i = 0; i < 121; i++) pairs.count[i / 11][i % 11] = (one << 56) - 1;
    for (int i = 0; i < 7; i++) pairs.only_after[i] = (one << 56) - 1;
    ck_status(nps_pairs_add(&pairs, 3, 4, (one << 56) - 1), NPS_ERR_OVERFLOW);
    ck_status(nps_pairs_add(&pairs, 3, 4, 128), NPS_ERR_OVERFLOW);
    ck_status(nps_pairs_add(&pairs, 3, 4, 127), NPS_OK); /* 128 (2^56 - 1) + 127 = 2^63 - 1 */
    ck_status(nps_pairs_check(&pairs), NPS_OK);
    /* Sums that would wrap round to something small. */
    pairs = empty_on("0-10");
    pairs.count[0][0] = pairs.count[5][5] = pairs.only_before[3] = pairs.invalid = one << 62;
    before = pairs;
    ck_status(nps_pairs_check(&pairs), NPS_ERR_OVERFLOW);
    ck_status(nps_pairs_add(&pairs, 1, 1, 1), NPS_ERR_OVERFLOW);
    pairs.count[0][0] = UINT64_MAX, pairs.count[5][5] = 1, pairs.only_before[3] = pairs.invalid = 0;
    ck_status(nps_pairs_check(&pairs), NPS_ERR_OVERFLOW);
    pairs = empty_on("0-10");
    ck_status(nps_pairs_merge(&pairs, &before), NPS_ERR_OVERFLOW);
    ck_assert_uint_eq(nps_pairs_total(&pairs), 0);
}
END_TEST

START_TEST(other_populations)
{
    nps_pairs standard = empty_on("0-10"), five = empty_on("1-5"), cut = empty_on("0-10:5:9"), kind = standard;
    kind.kind = NPS_KIND_RELATIONAL;
    must_add(&standard, 3, 9, 4);
    nps_pairs now = standard;
    const nps_pairs *others[] = {&five, &cut, &kind};
    for (size_t i = 0; i < 3; i++) {
        ck_status(nps_pairs_merge(&now, others[i]), NPS_ERR_SCALE);
        ck_status(nps_pairs_subtract(&now, others[i]), NPS_ERR_SCALE);
    }
    must_equal(&now, &standard);
    must_add(&kind, 3, 9, 1);
    ck_assert_uint_eq(kind.kind, NPS_KIND_RELATIONAL);
}
END_TEST

START_TEST(check_refuses)
{
    nps_pairs good = empty_on("1-5"), bad;
    must_add(&good, 5, 5, 3);
    must_add(&good, NPS_MISSING, 5, 3);
    must_add(&good, 5, NPS_MISSING, 3);
    ck_status(nps_pairs_check(&good), NPS_OK);
#define REFUSED(change, status)                   \
    do {                                          \
        bad = good;                               \
        change;                                   \
        ck_status(nps_pairs_check(&bad), status); \
    } while (0)
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        for (int j = 0; j < NPS_MAX_LEVELS; j++) REFUSED(bad.count[i][j]++, i < 5 && j < 5 ? NPS_OK : NPS_ERR_FORMAT);
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        REFUSED(bad.only_before[i]++, i < 5 ? NPS_OK : NPS_ERR_FORMAT);
        REFUSED(bad.only_after[i]++, i < 5 ? NPS_OK : NPS_ERR_FORMAT);
    }
    REFUSED(bad.reserved[0] = 1, NPS_ERR_FORMAT);
    REFUSED(bad.reserved[1] = 1, NPS_ERR_FORMAT);
    REFUSED(bad.scale.highest = 90, NPS_ERR_SCALE);
    REFUSED(bad.missing = one << 63, NPS_ERR_OVERFLOW);
    REFUSED(bad.invalid = UINT64_MAX, NPS_ERR_OVERFLOW);
#undef REFUSED
    ck_status(nps_pairs_check(NULL), NPS_ERR_ARGUMENT);
}
END_TEST

/* Margins, classes and movers from the people one by one. */
START_TEST(what_became_of_them)
{
    uint64_t seed = 60 + (uint64_t)_i;
    nps_pairs pairs = empty_on(scales[_i]);
    pairs.kind = 5;
    nps_tally before, after, margin;
    uint64_t table[9] = {0}, classes[9], responses = 0;
    nps_movers movers = {0}, out = {.struct_size = sizeof out};
    ck_status(nps_tally_init(&before, &pairs.scale), NPS_OK);
    before.kind = 5;
    after = before;
    for (int i = 0; i < 2000; i++) {
        int32_t first = random_answer(&pairs.scale, &seed), second = random_answer(&pairs.scale, &seed);
        must_add(&pairs, first, second, 1);
        int32_t from = nps_classify(&pairs.scale, first), to = nps_classify(&pairs.scale, second);
        if (from == NPS_OFF_SCALE || to == NPS_OFF_SCALE) continue;
        ck_status(nps_tally_add(&before, first, 1), NPS_OK);
        ck_status(nps_tally_add(&after, second, 1), NPS_OK);
        table[3 * (from + 1) + to + 1]++;
        (*(to > from ? &movers.better : to < from ? &movers.worse : &movers.same_class))++;
        (*(second > first ? &movers.higher : second < first ? &movers.lower : &movers.same_answer))++;
        responses++;
    }
    ck_status(nps_pairs_check(&pairs), NPS_OK);
    ck_assert_uint_eq(nps_pairs_responses(&pairs), responses);
    ck_assert_uint_eq(nps_pairs_total(&pairs), 2000);
    ck_status(nps_pairs_before(&pairs, &margin), NPS_OK);
    ck_assert_mem_eq(&margin, &before, sizeof margin);
    ck_status(nps_pairs_after(&pairs, &margin), NPS_OK);
    ck_assert_mem_eq(&margin, &after, sizeof margin);
    ck_status(nps_pairs_classes(&pairs, classes), NPS_OK);
    ck_assert_mem_eq(classes, table, sizeof table);
    movers.struct_size = sizeof movers;
    ck_status(nps_pairs_movers(&pairs, &out), NPS_OK);
    ck_assert_mem_eq(&out, &movers, sizeof out);

    /* A caller with a shorter struct: no more than that is written. */
    out = (nps_movers){.struct_size = offsetof(nps_movers, higher), .higher = 77, .same_answer = 78};
    ck_status(nps_pairs_movers(&pairs, &out), NPS_OK);
    ck_assert_uint_eq(out.same_class, movers.same_class);
    ck_assert_uint_eq(out.higher, 77);
    ck_assert_uint_eq(out.same_answer, 78);
}
END_TEST

/* The margins of the sample are the samples of the margins. */
START_TEST(samples)
{
    uint64_t seed = 80 + (uint64_t)_i;
    nps_pairs pairs = random_pairs(scales[_i], &seed);
    nps_paired_sample sample;
    uint64_t table[9];
    nps_tally tally;
    nps_sample margin, expected;
    ck_status(nps_pairs_classes(&pairs, table), NPS_OK);
    ck_status(nps_pairs_sample(&pairs, &sample), NPS_OK);
    for (int i = 0; i < 9; i++) ck_assert_double_eq(sample.count[i / 3][i % 3], (double)table[i]);
    ck_status(nps_pairs_before(&pairs, &tally), NPS_OK);
    ck_status(nps_tally_sample(&tally, &expected), NPS_OK);
    ck_status(nps_paired_sample_before(&sample, &margin), NPS_OK);
    ck_assert_mem_eq(&margin, &expected, sizeof margin);
    ck_status(nps_pairs_after(&pairs, &tally), NPS_OK);
    ck_status(nps_tally_sample(&tally, &expected), NPS_OK);
    ck_status(nps_paired_sample_after(&sample, &margin), NPS_OK);
    ck_assert_mem_eq(&margin, &expected, sizeof margin);
}
END_TEST

START_TEST(sample_errors)
{
    const double bad[] = {-1, -1e-300, (double)NAN, (double)INFINITY, -(double)INFINITY, 1.1e15};
    nps_pairs pairs = empty_on("0-10");
    nps_paired_sample before = {{{42}}}, sample = before, none = {{{0}}};
    nps_sample untouched = {1, 2, 3, 4}, margin = untouched;
    ck_status(nps_pairs_sample(NULL, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_sample(&pairs, NULL), NPS_ERR_ARGUMENT);
    must_add(&pairs, 3, NPS_MISSING, 4);
    ck_status(nps_pairs_sample(&pairs, &sample), NPS_ERR_EMPTY);
    pairs.count[3][3] = 2000000000000000;
    ck_status(nps_pairs_sample(&pairs, &sample), NPS_ERR_RANGE);
    pairs.reserved[0] = 1;
    ck_status(nps_pairs_sample(&pairs, &sample), NPS_ERR_FORMAT);
    ck_assert_mem_eq(&sample, &before, sizeof sample);

    ck_status(nps_paired_sample_check(NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_paired_sample_check(&none), NPS_ERR_EMPTY);
    ck_status(nps_paired_sample_check(&before), NPS_OK);
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        for (int i = 0; i < 9; i++) {
            nps_paired_sample changed = before;
            changed.count[i / 3][i % 3] = bad[b];
            ck_status(nps_paired_sample_check(&changed), NPS_ERR_RANGE);
            ck_status(nps_paired_sample_before(&changed, &margin), NPS_ERR_RANGE);
            ck_status(nps_paired_sample_after(&changed, &margin), NPS_ERR_RANGE);
        }
    }
    nps_paired_sample full = {{{1e14, 1e14, 1e14}, {1e14, 2e14, 1e14}, {1e14, 1e14, 1e14}}};
    ck_status(nps_paired_sample_check(&full), NPS_OK);
    full.count[2][0]++;
    ck_status(nps_paired_sample_check(&full), NPS_ERR_RANGE);
    ck_status(nps_paired_sample_before(&none, &margin), NPS_ERR_EMPTY);
    ck_status(nps_paired_sample_after(NULL, &margin), NPS_ERR_ARGUMENT);
    ck_status(nps_paired_sample_before(&before, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_paired_sample_after(&before, NULL), NPS_ERR_ARGUMENT);
    ck_assert_mem_eq(&margin, &untouched, sizeof margin);
    /* less than one person has no degrees of freedom */
    nps_paired_sample half = {{{0, 0.125, 0}, {0.25, 0, 0}, {0, 0, 0.125}}};
    ck_status(nps_paired_sample_after(&half, &margin), NPS_OK);
    ck_assert(margin.detractors == 0.25 && margin.passives == 0.125 && margin.promoters == 0.125 && margin.df == 0);
}
END_TEST

/* Columns. */

static uint64_t column_seed = 90;

/* Code to an answer that nps_pairs_add counts the same way. */
static int32_t answer_of(const nps_scale *scale, uint8_t code)
{
    return code == NPSI_CODE_MISSING ? NPS_MISSING : code == NPSI_CODE_INVALID ? NPS_INVALID : scale->lowest + code;
}

/* A column of every type beside one of numbers, either way round, as if its people were added one by one. */
static void columns_add_up(const column_plan *plan, const built_column *built)
{
    nps_pairs expected, turned, actual;
    ck_status(nps_pairs_init(&actual, &plan->scale), NPS_OK);
    must_add(&actual, plan->scale.lowest, NPS_MISSING, 5); /* not from scratch */
    expected = turned = actual;
    nps_pairs start = actual;
    int16_t *other = malloc(plan->rows * sizeof *other);
    ck_assert_ptr_nonnull(other);
    for (size_t i = 0; i < plan->rows; i++) {
        other[i] = (int16_t)((int32_t)test_below(&column_seed, 20) - 7);
        int32_t answer = answer_of(&plan->scale, built->codes[plan->offset + i]);
        must_add(&expected, answer, other[i], 1);
        must_add(&turned, other[i], answer, 1);
    }
    nps_column numbers = {.type = NPS_TYPE_I16, .length = plan->rows, .values = other};
    ck_status(nps_pairs_add_columns(&actual, &built->column, &numbers), NPS_OK);
    must_equal(&actual, &expected);
    actual = start;
    ck_status(nps_pairs_add_columns(&actual, &numbers, &built->column), NPS_OK);
    must_equal(&actual, &turned);
    free(other);
}

START_TEST(columns)
{
    for_each_column(columns_add_up, 91);
}
END_TEST

/* Lengths around that of a block, and around four. */
START_TEST(blocks)
{
    enum { MOST = 3 * 4096 + 5 };
    static double before[MOST];
    static int8_t after[MOST];
    uint64_t seed = 92;
    for (size_t i = 0; i < MOST; i++) {
        before[i] = test_below(&seed, 9) ? (double)test_below(&seed, 11) : (double)NAN;
        after[i] = (int8_t)test_below(&seed, 12);
    }
    const size_t lengths[] = {0, 1, 2, 3, 4, 5, 7, 2047, 2048, 2049, 4095, 4096, 4097, 6143, 6145, MOST};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        nps_pairs actual = empty_on("0-10"), expected = actual;
        nps_column first = {.type = NPS_TYPE_F64, .length = lengths[k], .values = before};
        nps_column second = {.type = NPS_TYPE_I8, .length = lengths[k], .values = after};
        for (size_t i = 0; i < lengths[k]; i++)
            must_add(&expected, isnan(before[i]) ? NPS_MISSING : (int32_t)before[i], after[i], 1);
        ck_status(nps_pairs_add_columns(&actual, &first, &second), NPS_OK);
        must_equal(&actual, &expected);
    }
}
END_TEST

START_TEST(column_errors)
{
    uint8_t answers[5000] = {0};
    uint8_t codes[5000] = {0};
    nps_pairs before = empty_on("0-10"), pairs;
    must_add(&before, 3, 9, 4);
    pairs = before;
    nps_column good = {.type = NPS_TYPE_U8, .length = 5000, .values = answers}, shorter = good, type = good,
               null = good;
    nps_column values = {.type = NPS_TYPE_U8, .length = 2, .values = answers};
    nps_column outside = {
        .type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U8, .length = 5000, .values = codes, .dictionary = &values};
    codes[4999] = 2; /* after blocks that were good */
    shorter.length = 4999;
    type.type = 99;
    null.values = NULL;
    const struct {
        const nps_column *column;
        int status;
    } cases[] = {{&shorter, NPS_ERR_ARGUMENT},
                 {&type, NPS_ERR_TYPE},
                 {&null, NPS_ERR_ARGUMENT},
                 {NULL, NPS_ERR_ARGUMENT},
                 {&outside, NPS_ERR_FORMAT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_status(nps_pairs_add_columns(&pairs, cases[i].column, &good), cases[i].status);
        ck_status(nps_pairs_add_columns(&pairs, &good, cases[i].column), cases[i].status);
    }
    must_equal(&pairs, &before);
    ck_status(nps_pairs_add_columns(NULL, &good, &good), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_add_columns(&pairs, &good, &good), NPS_OK);
    ck_assert_uint_eq(pairs.count[0][0], 5000);
}
END_TEST

START_TEST(nulls_and_bad_scales)
{
    nps_pairs good = empty_on("0-10"), bad = good;
    bad.scale.lowest = 12;
    nps_tally tally = {.missing = 42}, untouched = tally;
    uint64_t table[9] = {42};
    nps_movers movers = {.struct_size = sizeof movers, .better = 42};
    const nps_pairs *wrong[] = {NULL, &bad};
    for (int i = 0; i < 2; i++) {
        int status = i == 0 ? NPS_ERR_ARGUMENT : NPS_ERR_SCALE;
        nps_pairs *changed = i == 0 ? NULL : &bad;
        ck_status(nps_pairs_add(changed, 1, 1, 1), status);
        ck_status(nps_pairs_remove(changed, 1, 1, 1), status);
        ck_status(nps_pairs_merge(changed, &good), status);
        ck_status(nps_pairs_merge(&good, wrong[i]), status);
        ck_status(nps_pairs_subtract(changed, &good), status);
        ck_status(nps_pairs_subtract(&good, wrong[i]), status);
        ck_status(nps_pairs_before(wrong[i], &tally), status);
        ck_status(nps_pairs_after(wrong[i], &tally), status);
        ck_status(nps_pairs_classes(wrong[i], table), status);
        ck_status(nps_pairs_movers(wrong[i], &movers), status);
        ck_assert_uint_eq(nps_pairs_responses(wrong[i]), 0);
        ck_assert_uint_eq(nps_pairs_total(wrong[i]), 0);
    }
    ck_status(nps_pairs_before(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_after(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_classes(&good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_movers(&good, NULL), NPS_ERR_ARGUMENT);
    good.reserved[1] = 1;
    ck_status(nps_pairs_before(&good, &tally), NPS_ERR_FORMAT);
    ck_status(nps_pairs_after(&good, &tally), NPS_ERR_FORMAT);
    ck_status(nps_pairs_classes(&good, table), NPS_ERR_FORMAT);
    ck_status(nps_pairs_movers(&good, &movers), NPS_ERR_FORMAT);
    good.reserved[1] = 0;
    movers.struct_size = 0;
    ck_status(nps_pairs_movers(&good, &movers), NPS_ERR_ARGUMENT);
    ck_assert_mem_eq(&tally, &untouched, sizeof tally);
    ck_assert_uint_eq(table[0], 42);
    ck_assert_uint_eq(movers.better, 42);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, where_people_are_counted);
    tcase_add_test(tcase, init);
    tcase_add_loop_test(tcase, merge_and_subtract, 0, SCALES);
    tcase_add_loop_test(tcase, remove_undoes_add, 0, SCALES);
    tcase_add_test(tcase, underflow);
    tcase_add_test(tcase, overflow);
    tcase_add_test(tcase, other_populations);
    tcase_add_test(tcase, check_refuses);
    tcase_add_loop_test(tcase, what_became_of_them, 0, SCALES);
    tcase_add_loop_test(tcase, samples, 0, SCALES);
    tcase_add_test(tcase, sample_errors);
    tcase_add_test(tcase, columns);
    tcase_add_test(tcase, blocks);
    tcase_add_test(tcase, column_errors);
    tcase_add_test(tcase, nulls_and_bad_scales);
}

int main(void)
{
    return test_main("pairs", add);
}
