/* Samples, against closed forms, the rounding reference, and exact fractions of whole counts. */
#include <float.h>
#include <math.h>
#include <nps/sample.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

static nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_status(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

typedef int measure(const nps_sample *sample, double *out);

static double of(measure *function, const nps_sample *sample)
{
    double value = -777;
    ck_status(function(sample, &value), NPS_OK);
    return value;
}

START_TEST(from_counts)
{
    nps_sample sample = counts(20, 30, 50);
    ck_assert(sample.detractors == 20 && sample.passives == 30 && sample.promoters == 50 && sample.df == 99);
    ck_assert(counts(0.25, 0.25, 0.25).df == 0); /* not -0.25 */
    ck_assert(counts(0, 1, 0).df == 0);
    ck_status(nps_sample_from_counts(1, 2, 3, NULL), NPS_ERR_ARGUMENT);
}
END_TEST

/* Of (20, 30, 50): score 100 (50 - 20) / 100, variance .7 - .3^2, standard error 100 sqrt(.61 / 100). */
START_TEST(closed_forms)
{
    nps_sample sample = counts(20, 30, 50);
    double d, p, r;
    ck_assert(of(nps_sample_size, &sample) == 100);
    ck_assert(of(nps_sample_score, &sample) == 30);
    ck_near(of(nps_sample_variance, &sample), 0.61, 1e-15);
    ck_near(of(nps_sample_standard_error, &sample), 10 * sqrt(0.61), 1e-15);
    ck_status(nps_sample_shares(&sample, &d, &p, &r), NPS_OK);
    ck_assert(d == 0.2 && p == 0.3 && r == 0.5);
    sample = counts(0, 0, 7);
    ck_assert(of(nps_sample_score, &sample) == 100 && of(nps_sample_variance, &sample) == 0);
    sample = counts(0.1, 0, 0);
    ck_assert(of(nps_sample_score, &sample) == -100 && of(nps_sample_standard_error, &sample) == 0);
    sample = counts(0, 3, 0);
    ck_assert(of(nps_sample_score, &sample) == 0 && of(nps_sample_variance, &sample) == 0);
    sample = counts(4, 0, 4);
    ck_assert(of(nps_sample_score, &sample) == 0 && of(nps_sample_variance, &sample) == 1);
    /* One passive in 10^15: the variance is (1 - 10^-15) 10^-15, of which s - delta^2 in doubles leaves one digit. */
    sample = counts(0, 1, 999999999999999);
    ck_near(of(nps_sample_variance, &sample) * 1e15, 1 - 1e-15, 1e-15);
    /* Shares of 1/2 and a little more than 1/2: 4 d r alone is above 1. */
    sample = counts(1, 0, 1 + DBL_EPSILON);
    ck_assert(of(nps_sample_variance, &sample) == 1);
    sample = counts(1e15, 0, 0);
    ck_assert(of(nps_sample_score, &sample) == -100);
}
END_TEST

/* s - delta^2 in integers: (n (d + r) - (r - d)^2) / n^2, all of it below 2^53. */
START_TEST(variance_of_small_counts)
{
    for (int d = 0; d <= 20; d++)
        for (int p = 0; p <= 20; p++)
            for (int r = 0; r <= 20; r++) {
                int n = d + p + r;
                if (n == 0) continue;
                nps_sample sample = counts(d, p, r);
                double exact = (double)(n * (d + r) - (r - d) * (r - d)) / (n * n);
                ck_assert_double_le(test_relative_error(of(nps_sample_variance, &sample), exact), 4 * DBL_EPSILON);
                ck_assert(of(nps_sample_score, &sample) == 100.0 * (r - d) / n);
                ck_assert_double_le(of(nps_sample_variance, &sample), 1);
            }
}
END_TEST

/* Swapping promoters and detractors changes the sign and nothing else, scaling all counts changes no share; and no
 * rounding leads out of the bounds. */
START_TEST(properties)
{
    uint64_t seed = 3;
    for (int i = 0; i < 100000; i++) {
        double part[3];
        for (int j = 0; j < 3; j++)
            part[j] = test_below(&seed, 4) == 0
                          ? 0
                          : ldexp((double)(test_random(&seed) >> 11), -(int)test_below(&seed, 60) - 5);
        if (part[0] + part[1] + part[2] == 0) continue;
        nps_sample sample = counts(part[0], part[1], part[2]), swapped = counts(part[2], part[1], part[0]);
        nps_sample doubled = counts(part[0] / 4, part[1] / 4, part[2] / 4);
        double score = of(nps_sample_score, &sample), variance = of(nps_sample_variance, &sample), d, p, r;
        ck_assert(score >= -100 && score <= 100 && variance >= 0 && variance <= 1);
        ck_near(of(nps_sample_score, &swapped), -score, 1e-15);
        ck_near(of(nps_sample_variance, &swapped), variance, 1e-15);
        ck_assert(of(nps_sample_score, &doubled) == score && of(nps_sample_variance, &doubled) == variance);
        ck_status(nps_sample_shares(&sample, &d, &p, &r), NPS_OK);
        ck_near(d + p + r, 1, 1e-15);
        int32_t rounded, other;
        ck_status(nps_sample_score_rounded(&sample, NPS_HALF_AWAY, &rounded), NPS_OK);
        ck_assert(fabs(score - rounded) <= 0.5 + 1e-12);
        ck_status(nps_sample_score_rounded(&swapped, NPS_HALF_AWAY, &other), NPS_OK);
        ck_assert_int_eq(other, -rounded);
    }
}
END_TEST

START_TEST(reference_rounding)
{
    test_csv *csv = test_csv_read("rounding.csv");
    ck_assert_uint_ne(csv->rows, 0);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample sample = counts(test_csv_number(csv, row, "detractors"), test_csv_number(csv, row, "passives"),
                                   test_csv_number(csv, row, "promoters"));
        int32_t away, even;
        ck_near(of(nps_sample_score, &sample), test_csv_number(csv, row, "score"), 1e-15);
        ck_status(nps_sample_score_rounded(&sample, NPS_HALF_AWAY, &away), NPS_OK);
        ck_status(nps_sample_score_rounded(&sample, NPS_HALF_EVEN, &even), NPS_OK);
        ck_assert_int_eq(away, (int)test_csv_number(csv, row, "rounded_away"));
        ck_assert_int_eq(even, (int)test_csv_number(csv, row, "rounded_even"));
    }
    test_csv_free(csv);
}
END_TEST

/* Halves of whole and of fractional counts. Of the last two, with 200 r = 173 n - 1 and 200 r = 173 n + 1, doubles make
 * 86.5 both times. */
START_TEST(halves)
{
    static const struct {
        double detractors, passives, promoters;
        int32_t away, even;
    } cases[] = {
        {7, 13, 4, -13, -12},
        {1.75, 3.25, 1, -13, -12},
        {1, 3.25, 1.75, 13, 12},
        {0, 86.5, 13.5, 14, 14},
        {0, 43.25, 6.75, 14, 14},
        {0, 99.5, 0.5, 1, 0},
        {0.5, 99.5, 0, -1, 0},
        {0, 99.625, 0.375, 0, 0},
        {0, 0.5, 99.5, 100, 100},
        {0, 0.25, 0, 0, 0},
        {0, 134999999999978, 864999999999859, 86, 86},
        {0, 134999999999995, 864999999999968, 87, 87},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nps_sample sample = counts(cases[i].detractors, cases[i].passives, cases[i].promoters);
        int32_t away, even;
        ck_status(nps_sample_score_rounded(&sample, NPS_HALF_AWAY, &away), NPS_OK);
        ck_status(nps_sample_score_rounded(&sample, NPS_HALF_EVEN, &even), NPS_OK);
        ck_assert_int_eq(away, cases[i].away);
        ck_assert_int_eq(even, cases[i].even);
    }
}
END_TEST

START_TEST(bad_samples)
{
    static const struct {
        nps_sample sample;
        int status;
    } bad[] = {
        {{0, 0, 0, 0}, NPS_ERR_EMPTY},
        {{-0.0, 0, 0, 0}, NPS_ERR_EMPTY},
        {{-1, 2, 3, 3}, NPS_ERR_RANGE},
        {{1, -2, 3, 3}, NPS_ERR_RANGE},
        {{1, 2, -DBL_MIN, 3}, NPS_ERR_RANGE},
        {{NAN, 2, 3, 3}, NPS_ERR_RANGE},
        {{1, NAN, 3, 3}, NPS_ERR_RANGE},
        {{1, 2, NAN, 3}, NPS_ERR_RANGE},
        {{INFINITY, 2, 3, 3}, NPS_ERR_RANGE},
        {{1, INFINITY, 3, 3}, NPS_ERR_RANGE},
        {{1, 2, -INFINITY, 3}, NPS_ERR_RANGE},
        {{1e15, 1, 0, 3}, NPS_ERR_RANGE},
        {{DBL_MAX, DBL_MAX, 0, 3}, NPS_ERR_RANGE},
        {{1, 2, 3, -1}, NPS_ERR_RANGE},
        {{1, 2, 3, NAN}, NPS_ERR_RANGE},
        {{1, 2, 3, INFINITY}, NPS_ERR_RANGE},
    };
    static measure *const measures[] = {nps_sample_size, nps_sample_score, nps_sample_variance,
                                        nps_sample_standard_error};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const nps_sample *sample = &bad[i].sample;
        double value[3] = {-7, -7, -7};
        int32_t points = -7;
        ck_status(nps_sample_check(sample), bad[i].status);
        for (int j = 0; j < 4; j++) ck_status(measures[j](sample, value), bad[i].status);
        ck_status(nps_sample_shares(sample, &value[0], &value[1], &value[2]), bad[i].status);
        ck_status(nps_sample_score_rounded(sample, 0, &points), bad[i].status);
        ck_assert(value[0] == -7 && value[1] == -7 && value[2] == -7 && points == -7);
    }
    nps_sample sample = {1, 2, 3, 5}, kept = sample;
    double value = -7;
    int32_t points = -7;
    ck_status(nps_sample_check(NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_sample_shares(&sample, &value, NULL, &value), NPS_ERR_ARGUMENT);
    ck_status(nps_sample_score_rounded(&sample, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_sample_score_rounded(&sample, 4, &points), NPS_ERR_ARGUMENT);
    for (int j = 0; j < 4; j++) {
        ck_status(measures[j](&sample, NULL), NPS_ERR_ARGUMENT);
        ck_status(measures[j](NULL, &value), NPS_ERR_ARGUMENT);
    }
    ck_status(nps_sample_from_counts(1e15, 1, 0, &sample), NPS_ERR_RANGE);
    ck_status(nps_sample_from_counts(0, 0, 0, &sample), NPS_ERR_EMPTY);
    ck_status(nps_sample_from_counts(0, NAN, 0, &sample), NPS_ERR_RANGE);
    ck_assert_mem_eq(&sample, &kept, sizeof sample);
}
END_TEST

START_TEST(of_a_tally)
{
    const nps_scale five = {1, 5, 3, 5};
    nps_tally tally;
    nps_sample sample = {-7, -7, -7, -7};
    ck_status(nps_tally_init(&tally, &five), NPS_OK);
    ck_status(nps_tally_sample(&tally, &sample), NPS_ERR_EMPTY);
    nps_tally_add(&tally, NPS_MISSING, 5);
    nps_tally_add(&tally, 9, 5);
    ck_status(nps_tally_sample(&tally, &sample), NPS_ERR_EMPTY);
    nps_tally_add(&tally, 1, 2);
    nps_tally_add(&tally, 3, 1);
    nps_tally_add(&tally, 4, 4);
    nps_tally_add(&tally, 5, 8);
    ck_assert(sample.df == -7);
    ck_status(nps_tally_sample(&tally, &sample), NPS_OK);
    ck_assert(sample.detractors == 3 && sample.passives == 4 && sample.promoters == 8 && sample.df == 14);
    nps_tally_add(&tally, 5, 1000000000000000);
    ck_status(nps_tally_sample(&tally, &sample), NPS_ERR_RANGE);
    tally.scale.promoter_min = 0;
    ck_status(nps_tally_sample(&tally, &sample), NPS_ERR_SCALE);
    ck_status(nps_tally_sample(NULL, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_sample(&tally, NULL), NPS_ERR_ARGUMENT);
    ck_assert(sample.df == 14);
}
END_TEST

/* Weights 1, 2, 3, 4, 0: (1 + 2 + 3 + 4)^2 / (1 + 4 + 9 + 16) = 10/3 effective answers, of which detractors .1 + .2,
 * passives .3, promoters .4; four answers with a weight, so 3 degrees of freedom. */
START_TEST(of_weights)
{
    nps_weighted weighted;
    nps_sample sample = {-7, -7, -7, -7};
    ck_status(nps_weighted_init(&weighted, NULL), NPS_OK);
    ck_status(nps_weighted_sample(&weighted, &sample), NPS_ERR_EMPTY);
    nps_weighted_add(&weighted, 10, 0);
    ck_status(nps_weighted_sample(&weighted, &sample), NPS_ERR_EMPTY);
    nps_weighted_add(&weighted, 0, 1);
    nps_weighted_add(&weighted, 6, 2);
    nps_weighted_add(&weighted, 8, 3);
    nps_weighted_add(&weighted, 9, 4);
    nps_weighted_add(&weighted, NPS_MISSING, 9);
    ck_assert(sample.df == -7);
    ck_status(nps_weighted_sample(&weighted, &sample), NPS_OK);
    ck_near(sample.detractors, 1, 1e-15);
    ck_near(sample.passives, 1, 1e-15);
    ck_near(sample.promoters, 4.0 / 3, 1e-15);
    ck_assert(sample.df == 3);
    ck_status(nps_weighted_sample(NULL, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_sample(&weighted, NULL), NPS_ERR_ARGUMENT);
    weighted.scale.highest = 100;
    ck_status(nps_weighted_sample(&weighted, &sample), NPS_ERR_SCALE);
}
END_TEST

/* Equal weights, whatever they are, give the sample of the counts. */
START_TEST(of_equal_weights)
{
    static const double weights[] = {1, 0.5, 3, 0.1, 1e-10, 12345.678};
    uint64_t seed = 4;
    for (size_t i = 0; i < sizeof weights / sizeof weights[0]; i++) {
        nps_weighted weighted;
        nps_tally tally;
        nps_weighted_init(&weighted, NULL);
        nps_tally_init(&tally, NULL);
        for (int j = 0; j < 1000; j++) {
            int32_t answer = (int32_t)test_below(&seed, 11);
            nps_weighted_add(&weighted, answer, weights[i]);
            nps_tally_add(&tally, answer, 1);
        }
        nps_sample sample, plain;
        ck_status(nps_weighted_sample(&weighted, &sample), NPS_OK);
        ck_status(nps_tally_sample(&tally, &plain), NPS_OK);
        ck_near(sample.detractors, plain.detractors, weights[i] == 1 ? 0 : 1e-9);
        ck_near(sample.passives, plain.passives, weights[i] == 1 ? 0 : 1e-9);
        ck_near(sample.promoters, plain.promoters, weights[i] == 1 ? 0 : 1e-9);
        ck_assert(sample.df == plain.df);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, from_counts);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, variance_of_small_counts);
    tcase_add_test(tcase, properties);
    tcase_add_test(tcase, reference_rounding);
    tcase_add_test(tcase, halves);
    tcase_add_test(tcase, bad_samples);
    tcase_add_test(tcase, of_a_tally);
    tcase_add_test(tcase, of_weights);
    tcase_add_test(tcase, of_equal_weights);
}

int main(void)
{
    return test_main("sample", add);
}
