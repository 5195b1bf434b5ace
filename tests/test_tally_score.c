/* Scores and their whole numbers, against exact fractions and against trying everything. */
#include <inttypes.h>
#include <nps/status.h>
#include <nps/tally.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* On the standard scale, with all detractors at 0, passives at 8 and promoters at 10. */
static nps_tally classes(uint64_t detractors, uint64_t passives, uint64_t promoters)
{
    nps_tally tally;
    nps_tally_init(&tally, NULL);
    tally.level[0] = detractors;
    tally.level[8] = passives;
    tally.level[10] = promoters;
    return tally;
}

static uint64_t csv_count(const test_csv *csv, size_t row, const char *column)
{
    return strtoull(test_csv_cell(csv, row, column), NULL, 10);
}

static int32_t csv_whole(const test_csv *csv, size_t row, const char *column)
{
    return (int32_t)strtol(test_csv_cell(csv, row, column), NULL, 10);
}

/* rounding.csv was given with the statistics; score.csv comes from generate/score.py. */
static void check_scores(const char *name, double tolerance)
{
    test_csv *csv = test_csv_read(name);
    ck_assert_uint_ne(csv->rows, 0);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_tally tally = classes(csv_count(csv, row, "detractors"), csv_count(csv, row, "passives"),
                                  csv_count(csv, row, "promoters"));
        double score;
        int32_t whole, shares[3];
        ck_assert_int_eq(nps_score(&tally, &score), NPS_OK);
        ck_near(score, test_csv_number(csv, row, "score"), tolerance);
        ck_assert_int_eq(nps_score_rounded(&tally, NPS_HALF_AWAY, &whole), NPS_OK);
        ck_assert_int_eq(whole, csv_whole(csv, row, "rounded_away"));
        ck_assert_int_eq(nps_score_rounded(&tally, NPS_HALF_EVEN, &whole), NPS_OK);
        ck_assert_int_eq(whole, csv_whole(csv, row, "rounded_even"));
        ck_assert_int_eq(nps_shares_rounded(&tally, NPS_HALF_AWAY, &shares[0], &shares[1], &shares[2]), NPS_OK);
        ck_assert_int_eq(shares[0], csv_whole(csv, row, "away_detractors"));
        ck_assert_int_eq(shares[1], csv_whole(csv, row, "away_passives"));
        ck_assert_int_eq(shares[2], csv_whole(csv, row, "away_promoters"));
        ck_assert_int_eq(nps_shares_rounded(&tally, NPS_HALF_EVEN, &shares[0], &shares[1], &shares[2]), NPS_OK);
        ck_assert_int_eq(shares[0], csv_whole(csv, row, "even_detractors"));
        ck_assert_int_eq(shares[1], csv_whole(csv, row, "even_passives"));
        ck_assert_int_eq(shares[2], csv_whole(csv, row, "even_promoters"));
    }
    test_csv_free(csv);
}

START_TEST(reference_rounding)
{
    check_scores("rounding.csv", 1e-15);
}
END_TEST

START_TEST(reference_score)
{
    check_scores("score.csv", 0);
}
END_TEST

START_TEST(reference_mean)
{
    test_csv *csv = test_csv_read("mean.csv");
    for (size_t row = 0; row < csv->rows; row++) {
        int8_t lowest = (int8_t)csv_whole(csv, row, "lowest");
        nps_scale scale = {lowest, (int8_t)(lowest + 10), lowest, (int8_t)(lowest + 1)};
        nps_tally tally;
        nps_tally_init(&tally, &scale);
        for (int i = 0; i < NPS_MAX_LEVELS; i++) {
            char column[] = "level00";
            snprintf(column + 5, 3, "%u", (unsigned)i % 100);
            tally.level[i] = csv_count(csv, row, column);
        }
        tally.missing = 99;
        double mean;
        ck_assert_int_eq(nps_tally_mean(&tally, &mean), NPS_OK);
        ck_near(mean, test_csv_number(csv, row, "mean"), 0);
    }
    test_csv_free(csv);
}
END_TEST

/* The whole number nearest to 100 difference / n, found by trying all. */
static int round_by_search(int difference, int n, int even)
{
    int best = -100;
    for (int points = -99; points <= 100; points++) {
        int error = abs(100 * difference - points * n), best_error = abs(100 * difference - best * n);
        int wins_tie = even ? points % 2 == 0 : abs(points) > abs(best);
        if (error < best_error || (error == best_error && wins_tie)) best = points;
    }
    return best;
}

/* The fewest detractors among the nearest shares that show the score, found by trying all. */
static int shares_by_search(int d, int p, int r, int score)
{
    int n = d + p + r, best = -1, least = 0;
    for (int x = 0; x <= 100; x++) {
        if (x + score < 0 || 100 - 2 * x - score < 0) continue;
        int a = n * x - 100 * d, b = n * (100 - 2 * x - score) - 100 * p, c = n * (x + score) - 100 * r;
        int squares = a * a + b * b + c * c;
        if (best < 0 || squares < least) {
            best = x;
            least = squares;
        }
    }
    return best;
}

START_TEST(all_small_counts)
{
    for (int n = 1; n <= 60; n++) {
        for (int d = 0; d <= n; d++) {
            for (int r = 0; d + r <= n; r++) {
                int p = n - d - r;
                nps_tally tally = classes((uint64_t)d, (uint64_t)p, (uint64_t)r);
                double score;
                ck_assert_int_eq(nps_score(&tally, &score), NPS_OK);
                ck_assert_double_eq(score, 100.0 * (r - d) / n); /* one rounding: the product is exact */
                for (uint32_t flags = NPS_HALF_AWAY; flags <= NPS_HALF_EVEN; flags++) {
                    int32_t whole, detractors, passives, promoters;
                    ck_assert_int_eq(nps_score_rounded(&tally, flags, &whole), NPS_OK);
                    ck_assert_int_eq(whole, round_by_search(r - d, n, flags == NPS_HALF_EVEN));
                    ck_assert_int_eq(nps_shares_rounded(&tally, flags, &detractors, &passives, &promoters), NPS_OK);
                    ck_assert_int_eq(detractors, shares_by_search(d, p, r, whole));
                    ck_assert_int_eq(promoters - detractors, whole);
                    ck_assert_int_eq(detractors + passives + promoters, 100);
                }
            }
        }
    }
}
END_TEST

START_TEST(format)
{
    for (int32_t points = -100; points <= 100; points++) {
        char text[8], expected[16];
        for (uint32_t flags = 0; flags <= (NPS_PLUS_SIGN | NPS_HALF_EVEN); flags++) {
            snprintf(expected, sizeof expected, (flags & NPS_PLUS_SIGN) && points != 0 ? "%+" PRId32 : "%" PRId32,
                     points);
            size_t size = strlen(expected) + 1;
            memset(text, '#', sizeof text);
            ck_assert_int_eq(nps_score_format(points, flags, text, size - 1), NPS_ERR_BUFFER);
            ck_assert_int_eq(nps_score_format(points, flags, text, 0), NPS_ERR_BUFFER);
            ck_assert_mem_eq(text, "########", sizeof text);
            ck_assert_int_eq(nps_score_format(points, flags, text, size), NPS_OK);
            ck_assert_str_eq(text, expected);
            ck_assert_int_eq(text[size], '#');
            ck_assert_int_eq(nps_score_format(points, flags, text, 5), NPS_OK);
        }
    }
    char text[8];
    static const int32_t far[] = {-101, 101, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < 4; i++) ck_assert_int_eq(nps_score_format(far[i], 0, text, 8), NPS_ERR_RANGE);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference_rounding);
    tcase_add_test(tcase, reference_score);
    tcase_add_test(tcase, reference_mean);
    tcase_add_test(tcase, all_small_counts);
    tcase_add_test(tcase, format);
}

int main(void)
{
    return test_main("tally_score", add);
}
