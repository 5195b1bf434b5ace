/* Response rates, bounds and ends of the scale, against exact fractions rounded once (tests/reference/response.csv),
 * against tallies in which those who did not answer are filled in, and what must hold. */
#include <math.h>
#include <nps/response.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

/* To the bit, the sign of 0 too. */
#define ck_same(actual, expected)                                                                                 \
    do {                                                                                                          \
        double same_a = (actual), same_e = (expected);                                                            \
        ck_assert_msg(memcmp(&same_a, &same_e, sizeof same_a) == 0, "%s is %a, not %a", #actual, same_a, same_e); \
    } while (0)

static nps_tally empty_on(const char *name)
{
    nps_scale scale;
    nps_tally tally;
    ck_status(nps_scale_parse(name, strlen(name), &scale), NPS_OK);
    ck_status(nps_tally_init(&tally, &scale), NPS_OK);
    return tally;
}

static nps_tally of_counts(const char *scale, const uint64_t *counts)
{
    nps_tally tally = empty_on(scale);
    for (int i = 0; i <= tally.scale.highest - tally.scale.lowest; i++)
        ck_status(nps_tally_add(&tally, tally.scale.lowest + i, counts[i]), NPS_OK);
    return tally;
}

static nps_tally of_classes(uint64_t detractors, uint64_t passives, uint64_t promoters)
{
    const uint64_t counts[NPS_MAX_LEVELS] = {[3] = detractors, [7] = passives, [9] = promoters};
    return of_counts("0-10", counts);
}

static void check_rate(const test_csv *csv, size_t row)
{
    uint64_t responses = strtoull(test_csv_cell(csv, row, "input"), NULL, 10);
    uint64_t invited = strtoull(test_csv_cell(csv, row, "invited"), NULL, 10);
    double rate = -7;
    ck_status(nps_response_rate(responses, invited, &rate), NPS_OK);
    ck_same(rate, test_csv_number(csv, row, "rate"));
}

/* Double-doubles hold the sum before it is rounded, so that all of these are the nearest double. */
static void check_score(const test_csv *csv, size_t row)
{
    char *end;
    double score = strtod(test_csv_cell(csv, row, "input"), &end), rate = strtod(end, NULL);
    double lowest = -777, highest = -777;
    ck_status(nps_response_bounds(score, rate, &lowest, &highest), NPS_OK);
    ck_same(lowest, test_csv_number(csv, row, "lowest"));
    ck_same(highest, test_csv_number(csv, row, "highest"));
}

static void check_tally(const test_csv *csv, size_t row)
{
    nps_tally tally = empty_on(test_csv_cell(csv, row, "scale"));
    const char *input = test_csv_cell(csv, row, "input");
    char *end;
    for (int32_t answer = tally.scale.lowest; answer <= tally.scale.highest; answer++, input = end)
        ck_status(nps_tally_add(&tally, answer, strtoull(input, &end, 10)), NPS_OK);
    uint64_t invited = strtoull(test_csv_cell(csv, row, "invited"), NULL, 10);
    double lowest = -777, highest = -777, low_end = -7, high_end = -7;
    ck_status(nps_tally_response_bounds(&tally, invited, &lowest, &highest), NPS_OK);
    ck_same(lowest, test_csv_number(csv, row, "lowest"));
    ck_same(highest, test_csv_number(csv, row, "highest"));
    int nobody = *test_csv_cell(csv, row, "low_end") == '\0';
    ck_status(nps_tally_ends(&tally, &low_end, &high_end), nobody ? NPS_ERR_EMPTY : NPS_OK);
    if (nobody) return;
    ck_same(low_end, test_csv_number(csv, row, "low_end"));
    ck_same(high_end, test_csv_number(csv, row, "high_end"));
}

static void check_weighted(const test_csv *csv, size_t row)
{
    nps_tally tally = empty_on(test_csv_cell(csv, row, "scale"));
    nps_weighted weighted;
    const char *input = test_csv_cell(csv, row, "input");
    char *end;
    ck_status(nps_weighted_init(&weighted, &tally.scale), NPS_OK);
    for (int32_t answer = tally.scale.lowest; answer <= tally.scale.highest; answer++, input = end)
        ck_status(nps_weighted_add(&weighted, answer, strtod(input, &end)), NPS_OK);
    double low_end = -7, high_end = -7;
    ck_status(nps_weighted_ends(&weighted, &low_end, &high_end), NPS_OK);
    ck_same(low_end, test_csv_number(csv, row, "low_end"));
    ck_same(high_end, test_csv_number(csv, row, "high_end"));
}

START_TEST(reference)
{
    static const struct {
        const char *kind;
        void (*check)(const test_csv *csv, size_t row);
        size_t rows;
    } kinds[] = {{"rate", check_rate, 36},
                 {"score", check_score, 103},
                 {"tally", check_tally, 73},
                 {"weighted", check_weighted, 38}};
    test_csv *csv = test_csv_read("response.csv");
    size_t seen = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t rows = 0;
        for (size_t row = 0; row < csv->rows; row++)
            if (strcmp(test_csv_cell(csv, row, "kind"), kinds[i].kind) == 0) kinds[i].check(csv, row), rows++;
        ck_assert_uint_eq(rows, kinds[i].rows);
        seen += rows;
    }
    ck_assert_uint_eq(seen, csv->rows);
    test_csv_free(csv);
}
END_TEST

/* 412 of 1200 answered, 90 detractors and 247 promoters: 788 did not, so 100 (247 - 90 -+ 788) / 1200. */
START_TEST(by_hand)
{
    nps_tally tally = of_classes(90, 75, 247);
    double rate, lowest, highest, score;
    ck_status(nps_response_rate(412, 1200, &rate), NPS_OK);
    ck_same(rate, 412.0 / 1200);
    ck_status(nps_tally_response_bounds(&tally, 1200, &lowest, &highest), NPS_OK);
    ck_same(lowest, -63100.0 / 1200);
    ck_same(highest, 94500.0 / 1200);
    ck_status(nps_score(&tally, &score), NPS_OK);
    ck_status(nps_response_bounds(score, rate, &lowest, &highest), NPS_OK);
    ck_near(lowest, -63100.0 / 1200, 1e-14);
    ck_near(highest, 94500.0 / 1200, 1e-14);
    ck_assert(tally.missing == 0);
}
END_TEST

/* The bounds are the scores of the tallies with all others filled in, and every other way to fill them in lies between.
 */
START_TEST(filled_in)
{
    uint64_t seed = 11;
    for (int trial = 0; trial < 2000; trial++) {
        uint64_t limit = (uint64_t)1 << (1 + test_below(&seed, 60));
        nps_tally tally = of_classes(test_below(&seed, limit), test_below(&seed, limit), test_below(&seed, limit));
        uint64_t n = nps_tally_responses(&tally), silent = test_below(&seed, limit) + (n == 0);
        nps_tally worst = tally, best = tally, other = tally;
        double lowest, highest, score;
        nps_tally_add(&tally, NPS_MISSING, test_below(&seed, limit));
        nps_tally_add(&tally, 77, test_below(&seed, limit));
        ck_status(nps_tally_response_bounds(&tally, n + silent, &lowest, &highest), NPS_OK);
        nps_tally_add(&worst, 6, silent);
        nps_tally_add(&best, 9, silent);
        nps_score(&worst, &score);
        ck_assert(lowest == score);
        nps_score(&best, &score);
        ck_assert(highest == score);
        uint64_t first = test_below(&seed, silent + 1), second = test_below(&seed, silent - first + 1);
        nps_tally_add(&other, 0, first);
        nps_tally_add(&other, 8, second);
        nps_tally_add(&other, 10, silent - first - second);
        nps_score(&other, &score);
        ck_assert(lowest <= score && score <= highest);
    }
}
END_TEST

START_TEST(mirrored)
{
    uint64_t seed = 12;
    for (int trial = 0; trial < 2000; trial++) {
        uint64_t limit = (uint64_t)1 << (1 + test_below(&seed, 60));
        uint64_t d = test_below(&seed, limit), p = test_below(&seed, limit), r = test_below(&seed, limit);
        uint64_t invited = d + p + r + test_below(&seed, limit) + 1;
        nps_tally tally = of_classes(d, p, r), swapped = of_classes(r, p, d);
        double lowest, highest, low, high;
        nps_tally_response_bounds(&tally, invited, &lowest, &highest);
        nps_tally_response_bounds(&swapped, invited, &low, &high);
        ck_same(low, 0 - highest);
        ck_same(high, 0 - lowest);
        double score = 200 * ((double)test_random(&seed) / 0x1p64) - 100, rate = (double)test_random(&seed) / 0x1p64;
        nps_response_bounds(score, rate, &lowest, &highest);
        nps_response_bounds(-score, rate, &low, &high);
        ck_same(low, 0 - highest);
        ck_same(high, 0 - lowest);
        ck_assert(-100 <= lowest && lowest <= score * rate && score * rate <= highest && highest <= 100);
    }
}
END_TEST

/* Everybody answered: the score itself. Nobody did: anything. */
START_TEST(at_the_ends)
{
    nps_tally tally = of_classes(1, 1, 5), nobody = of_classes(0, 0, 0);
    double lowest, highest, score;
    nps_score(&tally, &score);
    ck_status(nps_tally_response_bounds(&tally, 7, &lowest, &highest), NPS_OK);
    ck_assert(lowest == score && highest == score);
    ck_status(nps_response_bounds(score, 1, &lowest, &highest), NPS_OK);
    ck_assert(lowest == score && highest == score);
    ck_status(nps_tally_response_bounds(&nobody, 7, &lowest, &highest), NPS_OK);
    ck_assert(lowest == -100 && highest == 100);
    ck_status(nps_response_bounds(NAN, 0, &lowest, &highest), NPS_OK);
    ck_assert(lowest == -100 && highest == 100);
    ck_status(nps_response_bounds(999, -0.0, &lowest, &highest), NPS_OK);
    ck_assert(lowest == -100 && highest == 100);
    /* No -0 comes out: 100 (1 - 2 / 2), and of a score that is -0. */
    tally = of_classes(0, 0, 1);
    ck_status(nps_tally_response_bounds(&tally, 2, &lowest, &highest), NPS_OK);
    ck_same(lowest, 0);
    tally = of_classes(1, 0, 0);
    ck_status(nps_tally_response_bounds(&tally, 2, &lowest, &highest), NPS_OK);
    ck_same(highest, 0);
    ck_status(nps_response_bounds(-0.0, 1, &lowest, &highest), NPS_OK);
    ck_same(lowest, 0);
    ck_same(highest, 0);
}
END_TEST

/* One of 1 to 5: of ten answers two are 1 and three are 5; what is off the scale is no answer. */
START_TEST(ends_of_the_scale)
{
    const uint64_t counts[] = {2, 1, 3, 1, 3};
    nps_tally tally = of_counts("1-5", counts);
    nps_weighted weighted;
    double lowest, highest;
    nps_tally_add(&tally, 10, 50);
    nps_tally_add(&tally, 0, 50);
    nps_tally_add(&tally, NPS_MISSING, 50);
    ck_status(nps_tally_ends(&tally, &lowest, &highest), NPS_OK);
    ck_same(lowest, 0.2);
    ck_same(highest, 0.3);
    /* Weights of one size are no weights, and those of nobody do not count. */
    static const double sizes[] = {1, 0.1, 1e-9, 1e9, 12345.678};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        nps_weighted_init(&weighted, &tally.scale);
        for (int32_t answer = 1; answer <= 5; answer++)
            for (uint64_t j = 0; j < counts[answer - 1]; j++) nps_weighted_add(&weighted, answer, sizes[i]);
        nps_weighted_add(&weighted, 0, 7);
        nps_weighted_add(&weighted, NPS_MISSING, 7);
        nps_weighted_add(&weighted, 5, 0);
        ck_status(nps_weighted_ends(&weighted, &lowest, &highest), NPS_OK);
        ck_same(lowest, 0.2);
        ck_same(highest, 0.3);
    }
    /* All weight on one answer. */
    nps_weighted_add(&weighted, 5, 0x1p63);
    ck_status(nps_weighted_ends(&weighted, &lowest, &highest), NPS_OK);
    ck_assert(lowest > 0 && lowest < 1e-13 && highest > 1 - 1e-13);
    nps_weighted_init(&weighted, &tally.scale);
    nps_weighted_add(&weighted, 3, 1e-9);
    ck_status(nps_weighted_ends(&weighted, &lowest, &highest), NPS_OK);
    ck_assert(lowest == 0 && highest == 0);
}
END_TEST

/* Two halves of the answers, merged, and their ends mixed by their sizes. */
START_TEST(merged)
{
    uint64_t seed = 13;
    for (int trial = 0; trial < 200; trial++) {
        nps_weighted parts[2], all;
        double low[2], high[2], size[2], lowest, highest;
        nps_weighted_init(&all, NULL);
        for (int i = 0; i < 2; i++) {
            nps_weighted_init(&parts[i], NULL);
            for (int j = 0; j < 20; j++)
                nps_weighted_add(&parts[i], (int32_t)test_below(&seed, 11), (double)(1 + test_below(&seed, 999)) / 7);
            ck_status(nps_weighted_ends(&parts[i], &low[i], &high[i]), NPS_OK);
            size[i] = nps_weighted_total(&parts[i]);
            nps_weighted_merge(&all, &parts[i]);
        }
        ck_status(nps_weighted_ends(&all, &lowest, &highest), NPS_OK);
        ck_near(lowest, (low[0] * size[0] + low[1] * size[1]) / (size[0] + size[1]), 1e-15);
        ck_near(highest, (high[0] * size[0] + high[1] * size[1]) / (size[0] + size[1]), 1e-15);
    }
}
END_TEST

START_TEST(null_pointers)
{
    nps_tally tally = of_classes(1, 1, 1);
    nps_weighted weighted;
    double value = -7;
    nps_weighted_init(&weighted, NULL);
    nps_weighted_add(&weighted, 9, 1);
    ck_status(nps_response_rate(1, 2, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_response_bounds(0, 1, NULL, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_response_bounds(0, 1, &value, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_response_bounds(NULL, 9, &value, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_response_bounds(&tally, 9, NULL, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_response_bounds(&tally, 9, &value, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_ends(NULL, &value, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_ends(&tally, NULL, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_ends(&tally, &value, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_ends(NULL, &value, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_ends(&weighted, NULL, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_ends(&weighted, &value, NULL), NPS_ERR_ARGUMENT);
    ck_assert(value == -7);
}
END_TEST

START_TEST(refusals)
{
    static const double bad_scores[] = {-100.00000000000001, 100.00000000000001, NAN, INFINITY, -INFINITY};
    static const double bad_rates[] = {-1e-300, 1.0000000000000002, NAN, INFINITY, -INFINITY};
    nps_tally tally = of_classes(1, 1, 1), nobody = of_classes(0, 0, 0);
    nps_weighted weighted;
    double low = -7, high = -7;
    for (size_t i = 0; i < 5; i++) {
        ck_status(nps_response_bounds(bad_scores[i], 0.5, &low, &high), NPS_ERR_RANGE);
        ck_status(nps_response_bounds(50, bad_rates[i], &low, &high), NPS_ERR_RANGE);
    }
    ck_status(nps_response_rate(0, 0, &low), NPS_ERR_EMPTY);
    ck_status(nps_response_rate(1, 0, &low), NPS_ERR_RANGE);
    ck_status(nps_response_rate(UINT64_MAX, UINT64_MAX - 1, &low), NPS_ERR_RANGE);
    ck_status(nps_tally_response_bounds(&nobody, 0, &low, &high), NPS_ERR_EMPTY);
    ck_status(nps_tally_response_bounds(&tally, 0, &low, &high), NPS_ERR_RANGE);
    ck_status(nps_tally_response_bounds(&tally, 2, &low, &high), NPS_ERR_RANGE);
    nobody.missing = nobody.invalid = 9;
    ck_status(nps_tally_ends(&nobody, &low, &high), NPS_ERR_EMPTY);
    tally.reserved[0] = 1;
    ck_status(nps_tally_ends(&tally, &low, &high), NPS_ERR_FORMAT);
    ck_status(nps_tally_response_bounds(&tally, 9, &low, &high), NPS_ERR_FORMAT);
    tally.scale.promoter_min = 0;
    ck_status(nps_tally_ends(&tally, &low, &high), NPS_ERR_SCALE);
    ck_status(nps_tally_response_bounds(&tally, 9, &low, &high), NPS_ERR_SCALE);

    nps_weighted_init(&weighted, NULL);
    ck_status(nps_weighted_ends(&weighted, &low, &high), NPS_ERR_EMPTY);
    nps_weighted_add(&weighted, 10, 0);
    ck_status(nps_weighted_ends(&weighted, &low, &high), NPS_ERR_EMPTY);
    weighted.weight[0][1] = weighted.weight[10][1] = (uint64_t)1 << 63;
    ck_status(nps_weighted_ends(&weighted, &low, &high), NPS_ERR_OVERFLOW);
    weighted.scale.highest = 100;
    ck_status(nps_weighted_ends(&weighted, &low, &high), NPS_ERR_SCALE);
    ck_assert(low == -7 && high == -7);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, filled_in);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, at_the_ends);
    tcase_add_test(tcase, ends_of_the_scale);
    tcase_add_test(tcase, merged);
    tcase_add_test(tcase, null_pointers);
    tcase_add_test(tcase, refusals);
}

int main(void)
{
    return test_main("response", add);
}
