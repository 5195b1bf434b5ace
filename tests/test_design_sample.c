#include <math.h>
#include <nps/accounts.h>
#include <nps/interval.h>
#include <nps/sample.h>

#include "design_rows.h"

/* What every estimate takes. */

static nps_sample sample_of(const nps_design *design, double level)
{
    nps_sample sample;
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_FAIL, level, &sample), NPS_OK);
    ck_status(nps_sample_check(&sample), NPS_OK);
    return sample;
}

/* Of n plain answers: v / V is n - 1, as V divides by n - 1. */
START_TEST(sample_of_plain_answers)
{
    const nps_design_options options = {.struct_size = sizeof options};
    nps_design *design;
    ck_status(nps_design_new(&options, &design), NPS_OK);
    for (int32_t i = 0; i < 20; i++) ck_status(nps_design_add(design, NULL, NULL, NULL, 3 + i % 8, 1), NPS_OK);
    for (int i = 0; i < 2; i++) {
        nps_sample sample = sample_of(design, i == 0 ? 0 : 0.95);
        ck_near(sample.detractors, 19.0 * 12 / 20, 1e-15);
        ck_near(sample.passives, 19.0 * 4 / 20, 1e-15);
        ck_near(sample.promoters, 19.0 * 4 / 20, 1e-15);
        ck_assert_double_eq(sample.df, 19);
    }
    nps_design_free(design);
}
END_TEST

static nps_design *clusters_of(const int32_t (*answers)[2], size_t count, double weight)
{
    const nps_design_options options = {.struct_size = sizeof options, .clusters = 1};
    nps_design *design;
    ck_status(nps_design_new(&options, &design), NPS_OK);
    for (size_t i = 0; i < count; i++) {
        nps_key psu = {.type = NPS_KEY_INTEGER, .integer = answers[i][0]};
        ck_status(nps_design_add(design, NULL, NULL, &psu, answers[i][1], weight), NPS_OK);
    }
    return design;
}

/* Three answers in two PSUs: df 1 and 2, whose quantiles are tan(pi / 2 level) and sqrt(2) level / sqrt(1 - level^2).
 * V by hand: mean 1/3, PSU totals -1/9 and 1/9 (of the sum 3), V = 2 (2 / 81), v = 8/9. */
START_TEST(sample_of_few_psus)
{
    static const int32_t answers[3][2] = {{1, 10}, {1, 5}, {2, 9}};
    nps_design *design = clusters_of(answers, 3, 2.5);
    nps_design_result result;
    ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_OK);
    double mean = 1.0 / 3, z = (1 - mean + (-1 - mean)) / 3, variance = 2 * (z * z + z * z), answer = 8.0 / 9;
    ck_near(result.standard_error, 100 * sqrt(variance), 1e-14);
    ck_near(result.effective_size, answer / variance, 1e-14);
    ck_assert_double_eq(result.df, 1);
    nps_sample sample = sample_of(design, 0);
    ck_near(sample.detractors + sample.passives + sample.promoters, answer / variance, 1e-14);
    static const double levels[] = {1e-3, 0.5, 0.8, 0.95, 0.99, 0.999999};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double level = levels[i], one = tan(acos(-1) / 2 * level),
               two = sqrt(2) * level / sqrt((1 - level) * (1 + level));
        sample = sample_of(design, level);
        double size = answer / variance * (two / one) * (two / one);
        ck_near(sample.detractors / size, 1.0 / 3, 1e-10);
        ck_near(sample.promoters / size, 2.0 / 3, 1e-10);
        ck_assert_double_eq(sample.df, 1);
    }
    nps_design_free(design);
}
END_TEST

/* An answer without variance: Kish's size, here the number of answers; smaller where there are few PSUs. */
START_TEST(sample_without_variance)
{
    static const int32_t answers[3][2] = {{1, 10}, {1, 9}, {2, 9}};
    nps_design *design = clusters_of(answers, 3, 0.25);
    nps_design_result result;
    ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_OK);
    ck_assert_double_eq(result.score, 100);
    ck_assert_double_eq(result.standard_error, 0);
    ck_assert(isnan(result.effective_size) && isnan(result.design_effect) && isnan(result.design_effect_population));
    ck_assert_double_eq(sample_of(design, 0).promoters, 3);
    double ratio = sqrt(2) * 0.9 / sqrt(1 - 0.81) / tan(acos(-1) / 2 * 0.9);
    ck_near(sample_of(design, 0.9).promoters, 3 * ratio * ratio, 1e-12);
    nps_design_free(design);

    /* Two PSUs alike: no variance of the score. */
    static const int32_t alike[4][2] = {{1, 10}, {1, 3}, {2, 9}, {2, 0}};
    design = clusters_of(alike, 4, 1);
    ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_OK);
    ck_assert_double_eq(result.standard_error, 0);
    ck_assert_double_eq(result.design_effect, 0);
    ck_assert(isnan(result.effective_size));
    ck_assert_double_eq(sample_of(design, 0).promoters, 2);
    nps_design_free(design);
}
END_TEST

/* Taken whole: as good as no sampling error, whatever the level. Nearly whole, and in tiny steps: no more than that. */
START_TEST(sample_of_everybody)
{
    static const int32_t answers[4][2] = {{1, 10}, {1, 3}, {2, 9}, {2, 8}};
    nps_design *design = clusters_of(answers, 4, 1), *one;
    ck_status(nps_design_set_population(design, NULL, 2), NPS_OK);
    for (int i = 0; i < 2; i++) {
        nps_sample sample = sample_of(design, 0.95 * i);
        ck_assert_double_eq(sample.promoters, 4.5e14);
        ck_assert_double_eq(sample.detractors, 2.25e14);
    }
    one = clusters_of(answers, 1, 1);
    ck_status(nps_design_set_population(one, NULL, 1), NPS_OK);
    ck_assert_double_eq(sample_of(one, 0.95).promoters, 9e14);
    ck_assert_double_eq(sample_of(one, 0.95).df, 0);
    nps_design_free(one);
    nps_design_free(design);

    design = clusters_of(answers, 4, 1);
    ck_status(nps_design_set_population(design, NULL, 2 + 1e-15), NPS_OK);
    double population;
    ck_status(nps_design_population(design, NULL, &population), NPS_OK);
    ck_assert(population > 2);
    ck_assert_double_eq(sample_of(design, 0).promoters, 4.5e14);
    nps_design_free(design);
}
END_TEST

START_TEST(sample_errors)
{
    static const int32_t answers[3][2] = {{1, 10}, {1, 3}, {1, 9}};
    nps_design *design = clusters_of(answers, 3, 1);
    nps_sample sample = {1, 2, 3, 4};
    ck_status(nps_design_sample(NULL, NULL, 0, 0, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_design_sample(design, NULL, 0, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_COUNT, 0, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_design_sample(design, NULL, -1, 0, &sample), NPS_ERR_ARGUMENT);
    static const double levels[] = {-0.1, 1, 95, NAN, INFINITY};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        ck_status(nps_design_sample(design, NULL, NPS_LONELY_REMOVE, levels[i], &sample), NPS_ERR_ARGUMENT);
    /* One PSU: no degree of freedom for a level, no variance at all for `average`. */
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_FAIL, 0, &sample), NPS_ERR_SINGULAR);
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_REMOVE, 0.95, &sample), NPS_ERR_SINGULAR);
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_AVERAGE, 0, &sample), NPS_ERR_SINGULAR);
    ck_assert_double_eq(sample.detractors + sample.passives + sample.promoters + sample.df, 10);
    ck_status(nps_design_sample(design, NULL, NPS_LONELY_REMOVE, 0, &sample), NPS_OK);
    ck_near(sample.promoters, 2, 1e-15);
    nps_design_free(design);
}
END_TEST

/* All promoters but one: intervals of all methods stay within 100. The bootstrap takes whole counts only. */
START_TEST(intervals_near_the_end)
{
    for (int32_t method = 0; nps_interval_method_name(method) != NULL; method++) {
        for (int32_t count = 4; count < 400; count *= 3) {
            const nps_design_options options = {.struct_size = sizeof options, .clusters = 1};
            nps_design *design;
            double lower, upper;
            ck_status(nps_design_new(&options, &design), NPS_OK);
            for (int32_t i = 0; i < count; i++) {
                nps_key psu = {.type = NPS_KEY_INTEGER, .integer = i % 4};
                ck_status(nps_design_add(design, NULL, NULL, &psu, i == 2 ? 0 : 10, 1 + i % 3), NPS_OK);
            }
            nps_sample sample = sample_of(design, 0.95);
            if (method == NPS_INTERVAL_BOOTSTRAP) sample.promoters = floor(sample.promoters);
            if (method == NPS_INTERVAL_BOOTSTRAP) sample.detractors = 1;
            ck_status(nps_interval(&sample, method, 0.95, &lower, &upper), NPS_OK);
            ck_assert(lower >= -100 && upper <= 100 && lower < upper);
            nps_design_free(design);
        }
    }
}
END_TEST

/* Accounts as PSUs and weights of 1 / answers: what nps_accounts says of the accounts, whose numbers are R's. */
START_TEST(accounts_are_a_design)
{
    uint64_t state = 77;
    for (int round = 0; round < 50; round++) {
        nps_sample accounts[12], expected, actual;
        nps_accounts_result told = {.struct_size = sizeof told};
        nps_design_result result;
        nps_design *design = clusters_of(NULL, 0, 1);
        size_t count = 2 + (size_t)test_below(&state, 11);
        for (size_t i = 0; i < count; i++) {
            const uint64_t classes[] = {test_below(&state, 9), test_below(&state, 9), 1 + test_below(&state, 9)};
            const int32_t answers[] = {3, 7, 10};
            const nps_key psu = {.type = NPS_KEY_INTEGER, .integer = (int64_t)i};
            double weight = 1 / (double)(classes[0] + classes[1] + classes[2]);
            ck_status(nps_sample_from_counts((double)classes[0], (double)classes[1], (double)classes[2], accounts + i),
                      NPS_OK);
            for (int c = 0; c < 3; c++)
                for (uint64_t j = 0; j < classes[c]; j++)
                    ck_status(nps_design_add(design, NULL, NULL, &psu, answers[c], weight), NPS_OK);
        }
        ck_status(nps_accounts(accounts, count, &told), NPS_OK);
        ck_status(nps_accounts_sample(accounts, count, 0.95, &expected), NPS_OK);
        ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_OK);
        ck_near(result.score, told.score, 1e-12);
        ck_near(result.standard_error, told.standard_error, 1e-12);
        ck_assert_double_eq(result.df, (double)count - 1);
        actual = sample_of(design, 0.95);
        ck_near(actual.promoters, expected.promoters, 1e-10);
        ck_near(actual.detractors, expected.detractors, 1e-10);
        nps_design_free(design);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, accounts_are_a_design);
    tcase_add_test(tcase, sample_of_plain_answers);
    tcase_add_test(tcase, sample_of_few_psus);
    tcase_add_test(tcase, sample_without_variance);
    tcase_add_test(tcase, sample_of_everybody);
    tcase_add_test(tcase, sample_errors);
    tcase_add_test(tcase, intervals_near_the_end);
}

int main(void)
{
    return test_main("design_sample", add);
}
