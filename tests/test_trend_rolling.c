/* Rolling windows against sums of the waves in them, byte for byte. */
#include <nps/status.h>
#include <nps/trend.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define MOST        40
#define LARGE       100000
#define UNTOUCHED   0x55
#define ck_ok(call) ck_assert_int_eq((call), NPS_OK)

static const size_t windows[] = {1, 2, 3, 7, 12, MOST - 1, MOST, MOST + 1, SIZE_MAX / 2 + 1, SIZE_MAX};
#define WINDOWS (sizeof windows / sizeof *windows)

static nps_scale five_stars(void)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    scale.lowest = 1;
    scale.highest = 5;
    scale.detractor_max = 3;
    scale.promoter_min = 5;
    return scale;
}

/* Waves on one scale and of one kind, some empty, some with more answers than a 32-bit number holds. */
static size_t random_tallies(uint64_t *state, nps_tally *waves)
{
    nps_scale scale = five_stars();
    const nps_scale *chosen = test_below(state, 2) == 0 ? &scale : NULL;
    uint32_t kind = (uint32_t)test_below(state, 4);
    size_t count = 1 + test_below(state, MOST);
    for (size_t i = 0; i < count; i++) {
        ck_ok(nps_tally_init(waves + i, chosen));
        waves[i].kind = kind;
        for (uint64_t answers = test_below(state, 30); test_below(state, 4) > 0 && answers > 0; answers--) {
            int32_t answer = test_below(state, 9) == 0 ? NPS_MISSING : (int32_t)test_below(state, 13);
            ck_ok(nps_tally_add(waves + i, answer, test_below(state, UINT64_C(1) << (answers % 50))));
        }
    }
    return count;
}

static size_t random_weighted(uint64_t *state, nps_weighted *waves)
{
    nps_scale scale = five_stars();
    const nps_scale *chosen = test_below(state, 2) == 0 ? &scale : NULL;
    uint32_t kind = (uint32_t)test_below(state, 4);
    size_t count = 1 + test_below(state, MOST);
    for (size_t i = 0; i < count; i++) {
        ck_ok(nps_weighted_init(waves + i, chosen));
        waves[i].kind = kind;
        for (uint64_t answers = test_below(state, 30); test_below(state, 4) > 0 && answers > 0; answers--) {
            int32_t answer = test_below(state, 9) == 0 ? NPS_MISSING : (int32_t)test_below(state, 13);
            double weight = (double)test_below(state, 1000) / 999;
            for (uint64_t j = test_below(state, 6); j > 0; j--) weight *= j % 2 == 0 ? 1e-3 : 77.7;
            ck_ok(nps_weighted_add(waves + i, answer, weight));
        }
    }
    return count;
}

static size_t first_of(size_t last, size_t window)
{
    return last < window ? 0 : last - window + 1;
}

START_TEST(sums)
{
    uint64_t state = 1;
    for (int round = 0; round < 3000; round++) {
        nps_tally waves[MOST], rolling[MOST + 1], untouched;
        size_t count = random_tallies(&state, waves), window = windows[(size_t)round % WINDOWS];
        memset(rolling, UNTOUCHED, sizeof rolling);
        memset(&untouched, UNTOUCHED, sizeof untouched);
        ck_ok(nps_trend_rolling(waves, count, window, rolling));
        for (size_t i = 0; i < count; i++) {
            nps_tally sum = waves[first_of(i, window)];
            for (size_t j = first_of(i, window) + 1; j <= i; j++) ck_ok(nps_tally_merge(&sum, waves + j));
            ck_assert_mem_eq(rolling + i, &sum, sizeof sum);
        }
        ck_assert_mem_eq(rolling + count, &untouched, sizeof untouched);
    }
}
END_TEST

START_TEST(sums_of_weights)
{
    uint64_t state = 2;
    for (int round = 0; round < 2000; round++) {
        nps_weighted waves[MOST], rolling[MOST + 1], untouched;
        size_t count = random_weighted(&state, waves), window = windows[(size_t)round % WINDOWS];
        memset(rolling, UNTOUCHED, sizeof rolling);
        memset(&untouched, UNTOUCHED, sizeof untouched);
        ck_ok(nps_trend_rolling_weighted(waves, count, window, rolling));
        for (size_t i = 0; i < count; i++) {
            nps_weighted sum = waves[first_of(i, window)];
            for (size_t j = first_of(i, window) + 1; j <= i; j++) ck_ok(nps_weighted_merge(&sum, waves + j));
            ck_assert_mem_eq(rolling + i, &sum, sizeof sum);
        }
        ck_assert_mem_eq(rolling + count, &untouched, sizeof untouched);
    }
}
END_TEST

/* Answers are pooled: 1 of 1 and 0 of 99 are 1 of 100, and not the half of what their scores add up to. */
START_TEST(not_the_mean_of_scores)
{
    nps_tally waves[2], rolling[2];
    double points;
    ck_ok(nps_tally_init(waves, NULL));
    waves[1] = waves[0];
    ck_ok(nps_tally_add(waves, 10, 1));
    ck_ok(nps_tally_add(waves + 1, 8, 99));
    ck_ok(nps_trend_rolling(waves, 2, 2, rolling));
    ck_ok(nps_score(rolling + 1, &points));
    ck_assert(points == 1);
}
END_TEST

/* Wave i has i answers of 9. Were every window summed anew, this would take five billion merges. */
START_TEST(long_windows)
{
    nps_tally *waves = calloc(LARGE, sizeof *waves), *rolling = calloc(LARGE, sizeof *rolling);
    ck_assert(waves != NULL && rolling != NULL);
    for (size_t i = 0; i < LARGE; i++) {
        ck_ok(nps_tally_init(waves + i, NULL));
        waves[i].level[9] = i;
    }
    ck_ok(nps_trend_rolling(waves, LARGE, LARGE / 2, rolling));
    for (uint64_t i = 0; i < LARGE; i++) {
        uint64_t first = first_of(i, LARGE / 2);
        ck_assert_uint_eq(rolling[i].level[9], (i + first) * (i - first + 1) / 2);
    }
    free(waves);
    free(rolling);
}
END_TEST

static void refused(const nps_tally *waves, size_t count, size_t window, int expected)
{
    nps_tally rolling[4], before[4];
    memset(rolling, UNTOUCHED, sizeof rolling);
    memcpy(before, rolling, sizeof rolling);
    ck_assert_int_eq(nps_trend_rolling(waves, count, window, rolling), expected);
    ck_assert_mem_eq(rolling, before, sizeof rolling);
}

static void refused_weighted(const nps_weighted *waves, size_t count, size_t window, int expected)
{
    nps_weighted rolling[4], before[4];
    memset(rolling, UNTOUCHED, sizeof rolling);
    memcpy(before, rolling, sizeof rolling);
    ck_assert_int_eq(nps_trend_rolling_weighted(waves, count, window, rolling), expected);
    ck_assert_mem_eq(rolling, before, sizeof rolling);
}

START_TEST(errors)
{
    nps_tally waves[4], good[4];
    ck_ok(nps_tally_init(waves, NULL));
    ck_ok(nps_tally_add(waves, 7, 5));
    for (int i = 1; i < 4; i++) waves[i] = waves[0];
    memcpy(good, waves, sizeof waves);
    refused(waves, 4, 0, NPS_ERR_ARGUMENT);
    refused(NULL, 0, 0, NPS_ERR_ARGUMENT);
    refused(NULL, 4, 1, NPS_ERR_ARGUMENT);
    refused(waves, 0, 1, NPS_ERR_EMPTY);
    refused(NULL, 0, 1, NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_trend_rolling(waves, 4, 1, NULL), NPS_ERR_ARGUMENT);
    for (size_t window = 1; window <= 5; window++)
        for (int at = 0; at < 4; at++) {
            waves[at].scale = five_stars();
            if (at > 0) waves[at].level[7] = 0;
            refused(waves, 4, window, at > 0 ? NPS_ERR_SCALE : NPS_ERR_FORMAT); /* an answer of 7 in stars */
            waves[at] = good[at];
            waves[at].scale.highest = 99;
            refused(waves, 4, window, NPS_ERR_SCALE);
            waves[at] = good[at];
            waves[at].kind = 1;
            refused(waves, 4, window, NPS_ERR_SCALE);
            waves[at] = good[at];
            waves[at].reserved[1] = 1;
            refused(waves, 4, window, NPS_ERR_FORMAT);
            waves[at] = good[at];
            waves[at].level[3] = waves[at].level[4] = UINT64_C(1) << 62;
            refused(waves, 4, window, NPS_ERR_OVERFLOW);
            waves[at] = good[at];
        }
}
END_TEST

START_TEST(errors_of_weights)
{
    nps_weighted waves[4], good[4];
    ck_ok(nps_weighted_init(waves, NULL));
    ck_ok(nps_weighted_add(waves, 7, 5.5));
    for (int i = 1; i < 4; i++) waves[i] = waves[0];
    memcpy(good, waves, sizeof waves);
    refused_weighted(waves, 4, 0, NPS_ERR_ARGUMENT);
    refused_weighted(NULL, 4, 1, NPS_ERR_ARGUMENT);
    refused_weighted(waves, 0, 1, NPS_ERR_EMPTY);
    refused_weighted(NULL, 0, 1, NPS_ERR_EMPTY);
    ck_assert_int_eq(nps_trend_rolling_weighted(waves, 4, 1, NULL), NPS_ERR_ARGUMENT);
    for (size_t window = 1; window <= 5; window++)
        for (int at = 0; at < 4; at++) {
            waves[at].scale.highest = 99;
            refused_weighted(waves, 4, window, NPS_ERR_SCALE);
            waves[at] = good[at];
            waves[at].kind = 1;
            refused_weighted(waves, 4, window, NPS_ERR_SCALE);
            waves[at] = good[at];
            waves[at].square[7][0] ^= 1; /* sums that no weights have */
            refused_weighted(waves, 4, window, NPS_ERR_FORMAT);
            waves[at] = good[at];
            waves[at].level[3] = UINT64_C(1) << 63;
            refused_weighted(waves, 4, window, NPS_ERR_OVERFLOW);
            waves[at] = good[at];
        }
}
END_TEST

/* Too much for three waves in one window, not for two: what goes is taken back before what comes is added. */
START_TEST(overflow)
{
    nps_tally waves[4], rolling[4];
    nps_weighted heavy[4], total[4];
    ck_ok(nps_tally_init(waves, NULL));
    ck_ok(nps_weighted_init(heavy, NULL));
    ck_ok(nps_tally_add(waves, 9, INT64_MAX / 2));
    ck_ok(nps_weighted_add(heavy, 9, 0x1.fp62));
    for (int i = 1; i < 4; i++) waves[i] = waves[0], heavy[i] = heavy[0];
    ck_ok(nps_trend_rolling(waves, 4, 2, rolling));
    ck_assert_uint_eq(rolling[3].level[9], INT64_MAX - 1);
    ck_ok(nps_trend_rolling_weighted(heavy, 4, 2, total));
    ck_assert(nps_weighted_total(total + 3) == 0x1.fp63);
    refused(waves, 4, 3, NPS_ERR_OVERFLOW);
    refused_weighted(heavy, 4, 3, NPS_ERR_OVERFLOW);
    refused(waves, 4, SIZE_MAX, NPS_ERR_OVERFLOW);
    refused_weighted(heavy, 4, SIZE_MAX, NPS_ERR_OVERFLOW);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, sums);
    tcase_add_test(tcase, sums_of_weights);
    tcase_add_test(tcase, not_the_mean_of_scores);
    tcase_add_test(tcase, long_windows);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, errors_of_weights);
    tcase_add_test(tcase, overflow);
}

int main(void)
{
    return test_main("trend_rolling", add);
}
