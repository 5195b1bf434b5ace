/* Scores of accounts, against R's survey package, exact fractions (see tests/reference/README.md), the linearisation
 * answer by answer, closed forms, and what must hold. */
#include <math.h>
#include <nps/accounts.h>
#include <nps/interval.h>
#include <nps/status.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define MOST                      200

static nps_sample counts(double detractors, double passives, double promoters)
{
    return (nps_sample){detractors, passives, promoters, 0};
}

static nps_accounts_result result_of(const nps_sample *accounts, size_t count)
{
    nps_accounts_result out = {.struct_size = sizeof out, .score = -777};
    ck_status(nps_accounts(accounts, count, &out), NPS_OK);
    ck_assert(out.score >= -100 && out.score <= 100);
    ck_near(out.detractor_share + out.passive_share + out.promoter_share, 1, 1e-15);
    ck_near(100 * (out.promoter_share - out.detractor_share), out.score, 1e-13);
    return out;
}

static nps_sample sample_of(const nps_sample *accounts, size_t count, double level)
{
    nps_sample out = {-7, -7, -7, -7};
    ck_status(nps_accounts_sample(accounts, count, level, &out), NPS_OK);
    ck_status(nps_sample_check(&out), NPS_OK);
    return out;
}

static double size_of(const nps_sample *sample)
{
    return (sample->detractors + sample->promoters) + sample->passives;
}

/* "d/p/r;d/p/r;..." */
static size_t unpack(const char *text, nps_sample *accounts)
{
    size_t count = 0;
    for (char *end; *text != '\0'; text = end + (*end == ';')) {
        double d = strtod(text, &end), p = strtod(end + 1, &end), r = strtod(end + 1, &end);
        ck_assert(count < MOST);
        accounts[count++] = counts(d, p, r);
    }
    return count;
}

static void check_shares(const test_csv *csv, size_t row, const nps_accounts_result *found, double tolerance)
{
    ck_near(found->detractor_share, test_csv_number(csv, row, "detractors"), tolerance);
    ck_near(found->passive_share, test_csv_number(csv, row, "passives"), tolerance);
    ck_near(found->promoter_share, test_csv_number(csv, row, "promoters"), tolerance);
}

static void check_sample(const nps_sample *sample, const nps_accounts_result *shares, double size, double tolerance)
{
    ck_assert_msg(test_relative_error(size_of(sample), size) < tolerance, "size %.17g, not %.17g", size_of(sample),
                  size);
    ck_near(sample->detractors / size, shares->detractor_share, tolerance);
    ck_near(sample->passives / size, shares->passive_share, tolerance);
    ck_near(sample->promoters / size, shares->promoter_share, tolerance);
}

START_TEST(reference_survey)
{
    test_csv *csv = test_csv_read("accounts.csv");
    nps_sample accounts[MOST];
    size_t without = 0;
    ck_assert_uint_eq(csv->rows, 27);
    for (size_t row = 0; row < csv->rows; row++) {
        size_t count = unpack(test_csv_cell(csv, row, "accounts"), accounts);
        nps_accounts_result found = result_of(accounts, count);
        double effective = test_csv_number(csv, row, "n_eff");
        ck_near(found.score / 100, test_csv_number(csv, row, "score") / 100, 1e-14);
        ck_near(found.standard_error, test_csv_number(csv, row, "se"), 1e-13);
        check_shares(csv, row, &found, 1e-14);
        ck_near(found.effective_size, effective, 1e-12);
        ck_assert(found.accounts == count);
        if (isnan(effective)) effective = test_csv_number(csv, row, "kish"), without++;
        nps_sample plain = sample_of(accounts, count, 0);
        nps_sample at95 = sample_of(accounts, count, 0.95), at80 = sample_of(accounts, count, 0.80);
        ck_assert(plain.df == test_csv_number(csv, row, "df") && at95.df == plain.df && at80.df == plain.df);
        check_sample(&plain, &found, effective, 1e-12);
        check_sample(&at95, &found, effective * test_csv_number(csv, row, "ratio_95"), 1e-11);
        check_sample(&at80, &found, effective * test_csv_number(csv, row, "ratio_80"), 1e-11);
    }
    ck_assert_uint_eq(without, 5);
    test_csv_free(csv);
}
END_TEST

START_TEST(reference_extreme)
{
    test_csv *csv = test_csv_read("accounts_extreme.csv");
    nps_sample accounts[MOST];
    ck_assert_uint_eq(csv->rows, 40);
    for (size_t row = 0; row < csv->rows; row++) {
        size_t count = unpack(test_csv_cell(csv, row, "accounts"), accounts);
        nps_accounts_result found = result_of(accounts, count);
        double effective = test_csv_number(csv, row, "n_eff");
        ck_assert(test_relative_error(found.score, test_csv_number(csv, row, "score")) < 3e-16);
        ck_assert(test_relative_error(found.standard_error, test_csv_number(csv, row, "se")) < 1e-15);
        ck_assert(test_relative_error(found.detractor_share, test_csv_number(csv, row, "detractors")) < 3e-16);
        ck_assert(test_relative_error(found.passive_share, test_csv_number(csv, row, "passives")) < 3e-16);
        ck_assert(test_relative_error(found.promoter_share, test_csv_number(csv, row, "promoters")) < 3e-16);
        ck_assert(test_relative_error(found.effective_size, effective) < 2e-15);
        ck_assert(found.accounts == (uint64_t)test_csv_number(csv, row, "count"));
        nps_sample sample = sample_of(accounts, count, 0);
        check_sample(&sample, &found, fmin(effective, 9e14), 3e-15);
    }
    test_csv_free(csv);
}
END_TEST

/* The linearisation as textbooks have it, answer by answer: the scores' weighted residuals, summed for each account. */
static void by_answers(const nps_sample *accounts, size_t count, double *score, double *variance, double *kish)
{
    long double weights = 0, squares = 0, sum = 0, spread = 0, all = 0, totals[MOST];
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const double cells[3] = {accounts[i].detractors, accounts[i].passives, accounts[i].promoters};
            long double weight = 1 / (long double)(cells[0] + cells[1] + cells[2]);
            totals[i] = 0;
            for (int x = -1; x <= 1; x++) {
                for (double answer = 0; answer < cells[x + 1]; answer++) {
                    if (pass == 0) weights += weight, squares += weight * weight, sum += weight * x;
                    if (pass == 1) totals[i] += weight * (x - sum / weights) / weights;
                }
            }
        }
    }
    long double k = (long double)count;
    for (size_t i = 0; i < count; i++) all += totals[i];
    for (size_t i = 0; i < count; i++) spread += (totals[i] - all / k) * (totals[i] - all / k);
    *score = (double)(sum / weights);
    *variance = (double)(k / (k - 1) * spread);
    *kish = (double)(weights * weights / squares);
}

START_TEST(linearised)
{
    uint64_t seed = 21;
    for (int trial = 0; trial < 300; trial++) {
        nps_sample accounts[MOST];
        size_t count = 2 + test_below(&seed, 30);
        uint64_t most = 2 + test_below(&seed, 40);
        for (size_t i = 0; i < count; i++)
            accounts[i] = counts((double)test_below(&seed, most), (double)test_below(&seed, most),
                                 (double)(1 + test_below(&seed, most)));
        double score, variance, kish;
        by_answers(accounts, count, &score, &variance, &kish);
        nps_accounts_result found = result_of(accounts, count);
        ck_near(found.score / 100, score, 1e-15);
        nps_sample sample = sample_of(accounts, count, 0);
        if (variance < 1e-30) { /* equal scores */
            ck_assert(found.standard_error == 0 && isnan(found.effective_size));
            ck_assert(test_relative_error(size_of(&sample), kish) < 1e-14);
            continue;
        }
        ck_assert(test_relative_error(found.standard_error, 100 * sqrt(variance)) < 1e-14);
        /* What the sample is for: its standard error is that of the accounts. */
        double points;
        ck_status(nps_sample_standard_error(&sample, &points), NPS_OK);
        ck_assert(test_relative_error(points, found.standard_error) < 1e-14);
        ck_status(nps_sample_score(&sample, &points), NPS_OK);
        ck_near(points / 100, score, 1e-14);
        ck_assert(sample.df == (double)(count - 1));
    }
}
END_TEST

/* One answer each: the plain score of k answers, with the divisor k - 1. Two accounts: half their distance. */
START_TEST(closed_forms)
{
    nps_sample accounts[MOST], two[] = {counts(1, 2, 7), counts(3, 3, 4)};
    for (size_t i = 0; i < 100; i++) accounts[i] = counts(i < 20, i >= 20 && i < 50, i >= 50);
    nps_accounts_result found = result_of(accounts, 100);
    ck_near(found.score, 30, 1e-15);
    ck_near(found.standard_error, 100 * sqrt(0.61 / 99), 1e-15);
    ck_near(found.effective_size, 99, 1e-14);
    ck_near(found.detractor_share, 0.2, 1e-16);
    ck_near(found.passive_share, 0.3, 1e-16);
    nps_sample sample = sample_of(accounts, 100, 0), wide = sample_of(accounts, 100, 0.95);
    ck_near(size_of(&sample), 99, 1e-14);
    ck_near(size_of(&wide), 99, 1e-14); /* n - 1 is df */
    ck_assert(sample.df == 99);

    found = result_of(two, 2); /* 60 and 10 points */
    ck_near(found.score, 35, 1e-15);
    ck_near(found.standard_error, 25, 1e-15);
    /* Student's t on 1 and 19 degrees of freedom at 95%, as tables have them: 12.7062, 2.0930. */
    wide = sample_of(two, 2, 0.95);
    ck_near(size_of(&wide) / found.effective_size, 2.0930 * 2.0930 / (12.7062 * 12.7062), 1e-6);
}
END_TEST

START_TEST(mirrored)
{
    uint64_t seed = 22;
    for (int trial = 0; trial < 500; trial++) {
        nps_sample accounts[MOST], swapped[MOST];
        size_t count = 2 + test_below(&seed, 60);
        double unit = trial % 2 == 0 ? 1 : 0.1;
        for (size_t i = 0; i < count; i++) {
            accounts[i] = counts((double)test_below(&seed, 90) * unit, (double)test_below(&seed, 90) * unit,
                                 (double)(1 + test_below(&seed, 90)) * unit);
            swapped[i] = counts(accounts[i].promoters, accounts[i].passives, accounts[i].detractors);
        }
        nps_accounts_result a = result_of(accounts, count), b = result_of(swapped, count);
        ck_assert(a.score == -b.score && a.standard_error == b.standard_error);
        ck_assert(a.detractor_share == b.promoter_share && a.promoter_share == b.detractor_share);
        ck_assert(a.passive_share == b.passive_share && a.effective_size == b.effective_size);
        nps_sample x = sample_of(accounts, count, 0.9), y = sample_of(swapped, count, 0.9);
        ck_assert(x.detractors == y.promoters && x.passives == y.passives && x.promoters == y.detractors);
    }
}
END_TEST

/* The order, accounts that nobody answered for, and how many answers stand behind the same shares. */
START_TEST(invariances)
{
    uint64_t seed = 23;
    for (int trial = 0; trial < 300; trial++) {
        nps_sample accounts[MOST], other[MOST];
        size_t count = 2 + test_below(&seed, 90), more = 0;
        for (size_t i = 0; i < count; i++)
            accounts[i] =
                counts((double)test_below(&seed, 9), (double)test_below(&seed, 9), (double)(1 + test_below(&seed, 9)));
        for (size_t i = count; i-- > 0;) {
            other[more++] = accounts[i];
            if (test_below(&seed, 3) == 0) other[more++] = counts(0, 0, 0);
        }
        nps_accounts_result a = result_of(accounts, count), b = result_of(other, more);
        ck_assert(a.accounts == b.accounts);
        ck_near(a.score, b.score, 2e-16);
        ck_near(a.standard_error, b.standard_error, 3e-16);
        ck_near(a.promoter_share, b.promoter_share, 2e-16);
        for (size_t i = 0; i < count; i++) {
            double times = (double)(1 + test_below(&seed, 1000));
            other[i] =
                counts(accounts[i].detractors * times, accounts[i].passives * times, accounts[i].promoters * times);
        }
        b = result_of(other, count);
        ck_assert(a.score == b.score && a.standard_error == b.standard_error && a.passive_share == b.passive_share);
        /* Every account twice: the same score, twice the distances, for 2k - 1 instead of k - 1. */
        memcpy(other, accounts, count * sizeof *accounts);
        memcpy(other + count, accounts, count * sizeof *accounts);
        b = result_of(other, 2 * count);
        double k = (double)count;
        ck_near(a.score, b.score, 2e-16);
        ck_near(b.standard_error, a.standard_error * sqrt((k - 1) / (2 * k - 1)), 1e-15);
    }
}
END_TEST

/* The pool hears the giant, the accounts do not. */
START_TEST(one_giant)
{
    nps_sample accounts[] = {counts(1e9, 0, 0), counts(0, 1, 1), counts(0, 0, 2), counts(0, 1, 3)};
    nps_accounts_result found = result_of(accounts, 4);
    ck_near(found.score, (-100 + 50 + 100 + 75) / 4.0, 1e-15);
}
END_TEST

START_TEST(one_account)
{
    nps_sample accounts[] = {counts(0, 0, 0), counts(1, 2, 7), counts(0, 0, 0)}, sample = {-7, -7, -7, -7};
    nps_accounts_result found = result_of(accounts, 3);
    ck_assert(found.accounts == 1 && found.score == 60);
    ck_assert(isnan(found.standard_error) && isnan(found.effective_size));
    ck_status(nps_accounts_sample(accounts, 3, 0.95, &sample), NPS_ERR_SINGULAR);
    ck_status(nps_accounts_sample(accounts, 3, 0, &sample), NPS_ERR_SINGULAR);
    ck_assert(sample.df == -7);
}
END_TEST

/* No spread between accounts: Kish's k^2 / sum(1 / n), here 9 / (1/2 + 1/4 + 1/8). */
START_TEST(equal_scores)
{
    nps_sample accounts[] = {counts(1, 0, 1), counts(1, 2, 1), counts(0, 8, 0)};
    nps_sample ones[] = {counts(0, 0, 2), counts(0, 0, 4), counts(0, 0, 8)};
    nps_sample tenths[] = {counts(0.1, 0.2, 0.3), counts(0.7, 0.7 * 2, 0.7 * 3), counts(1, 2, 3)};
    nps_accounts_result found = result_of(accounts, 3);
    ck_assert(found.score == 0 && found.standard_error == 0 && isnan(found.effective_size));
    nps_sample sample = sample_of(accounts, 3, 0);
    ck_near(size_of(&sample), 9 / 0.875, 1e-15);
    found = result_of(ones, 3);
    ck_assert(found.score == 100 && found.standard_error == 0 && isnan(found.effective_size));
    sample = sample_of(ones, 3, 0);
    ck_assert(sample.detractors == 0 && sample.passives == 0 && sample.df == 2);
    ck_near(sample.promoters, 9 / 0.875, 1e-15);
    /* Equal but for the rounding of the counts: no more certain than that. Less than one answer is one. */
    found = result_of(tenths, 3);
    ck_near(found.score, 100 / 3.0, 1e-15);
    ck_assert(found.standard_error == 0 && isnan(found.effective_size));
    sample = sample_of(tenths, 3, 0);
    ck_near(size_of(&sample), 9 / (1 + 1 / 4.2 + 1 / 6.0), 1e-15);
    /* So shares alone will do, of one answer each. */
    tenths[1] = tenths[2] = tenths[0] = counts(0.25, 0.25, 0.5);
    sample = sample_of(tenths, 3, 0.95);
    ck_near(size_of(&sample), 3, 1e-15);
}
END_TEST

/* Levels next to 0 and to 1, where the ratio of quantiles is that of the densities at 0, and next to none. The density
 * of Student's t at 0: 1 / pi on 1 degree of freedom, 1 / (2 sqrt 2) on 2. */
START_TEST(levels)
{
    nps_sample accounts[] = {counts(1, 0, 1), counts(0, 0, 1)};
    double plain, ratio = 8 / (3.14159265358979324 * 3.14159265358979324);
    static const double low[] = {5e-324, 1e-300, 1e-17, 1e-9, 1e-7};
    nps_sample sample = sample_of(accounts, 2, 0);
    plain = size_of(&sample);
    for (size_t i = 0; i < sizeof low / sizeof *low; i++) {
        sample = sample_of(accounts, 2, low[i]);
        ck_near(size_of(&sample), plain * ratio, 1e-11);
    }
    double before = plain;
    for (double level = 0.1; level < 0.9999999999999999; level = (1 + level) / 2) {
        sample = sample_of(accounts, 2, level);
        ck_assert(size_of(&sample) > 0 && size_of(&sample) < before);
        before = size_of(&sample);
    }
    ck_assert(before < 1e-12);
}
END_TEST

/* An interval with the level's sample is about the t interval of the accounts' scores, which is what it is for. */
START_TEST(into_an_interval)
{
    nps_sample accounts[MOST];
    double lower, upper;
    for (size_t i = 0; i < 30; i++) accounts[i] = counts(300 + (double)i, 100, 400 - (double)(i * i % 41));
    nps_accounts_result found = result_of(accounts, 30);
    nps_sample sample = sample_of(accounts, 30, 0.95), plain = sample_of(accounts, 30, 0);
    const double t29 = 2.045229642132703; /* R: qt(.975, 29) */
    ck_status(nps_interval(&sample, NPS_INTERVAL_WALD, 0.95, &lower, &upper), NPS_OK);
    ck_near((upper - lower) / 2 / (t29 * found.standard_error), 1, 1e-3);
    ck_status(nps_interval(&plain, NPS_INTERVAL_WALD, 0.95, &lower, &upper), NPS_OK);
    ck_near((upper - lower) / 2 / (1.959963984540054 * found.standard_error), 1, 1e-13);
}
END_TEST

/* A million accounts keep all their digits: 0, 1/3, 2/3 in turn. */
START_TEST(many_accounts)
{
    enum { COUNT = 999999 };
    nps_sample *accounts = calloc(COUNT, sizeof *accounts);
    ck_assert_ptr_nonnull(accounts);
    for (size_t i = 0; i < COUNT; i++) accounts[i] = counts(0, 3.0 - (double)(i % 3), (double)(i % 3));
    nps_accounts_result found = result_of(accounts, COUNT);
    ck_assert(found.accounts == COUNT);
    ck_near(found.score, 100 / 3.0, 2e-16);
    /* The mean square is 2/27, two thirds of the square of 1/3. */
    ck_near(found.standard_error, 100 * sqrt(2 / 27.0 / (COUNT - 1)), 1e-15);
    free(accounts);
}
END_TEST

START_TEST(null_pointers)
{
    nps_sample account = counts(1, 2, 3), sample = {-7, -7, -7, -7};
    nps_accounts_result out = {.struct_size = sizeof out, .score = -7};
    ck_status(nps_accounts(NULL, 1, &out), NPS_ERR_ARGUMENT);
    ck_status(nps_accounts(&account, 1, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_accounts_sample(NULL, 1, 0, &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_accounts_sample(&account, 1, 0, NULL), NPS_ERR_ARGUMENT);
    ck_assert(out.score == -7 && sample.df == -7);
}
END_TEST

START_TEST(refusals)
{
    static const double bad[] = {-1, NAN, INFINITY, 1e16};
    static const double bad_levels[] = {-1e-300, 1, NAN, INFINITY, -INFINITY};
    nps_sample accounts[] = {counts(1, 2, 3), counts(2, 2, 3), counts(0, 0, 0)}, sample = {-7, -7, -7, -7};
    nps_accounts_result out = {.struct_size = sizeof out, .accounts = 7, .score = -7};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        accounts[1].passives = bad[i];
        ck_status(nps_accounts(accounts, 2, &out), NPS_ERR_RANGE);
        ck_status(nps_accounts_sample(accounts, 2, 0.95, &sample), NPS_ERR_RANGE);
    }
    accounts[1].passives = 2;
    accounts[1].df = -1;
    ck_status(nps_accounts(accounts, 2, &out), NPS_ERR_RANGE);
    accounts[1].df = 0;
    for (size_t i = 0; i < sizeof bad_levels / sizeof *bad_levels; i++)
        ck_status(nps_accounts_sample(accounts, 2, bad_levels[i], &sample), NPS_ERR_ARGUMENT);
    ck_status(nps_accounts(accounts, 0, &out), NPS_ERR_EMPTY);
    ck_status(nps_accounts(NULL, 0, &out), NPS_ERR_EMPTY);
    ck_status(nps_accounts(accounts + 2, 1, &out), NPS_ERR_EMPTY);
    ck_status(nps_accounts_sample(accounts + 2, 1, 0.95, &sample), NPS_ERR_EMPTY);
    out.struct_size = 0;
    ck_status(nps_accounts(accounts, 2, &out), NPS_ERR_ARGUMENT);
    ck_assert(out.score == -7 && out.accounts == 7);
    ck_assert(sample.detractors == -7 && sample.passives == -7 && sample.promoters == -7 && sample.df == -7);
    /* A caller of a release that knew less, and one that knows more. */
    out.struct_size = offsetof(nps_accounts_result, standard_error);
    out.standard_error = -7;
    ck_status(nps_accounts(accounts, 2, &out), NPS_OK);
    ck_assert(out.accounts == 2 && out.score > -7 && out.standard_error == -7);
    ck_assert(out.struct_size == offsetof(nps_accounts_result, standard_error));
}
END_TEST

/* The sample may be one of the accounts. */
START_TEST(in_place)
{
    nps_sample accounts[] = {counts(1, 2, 3), counts(2, 2, 9)}, sample = sample_of(accounts, 2, 0.95);
    ck_status(nps_accounts_sample(accounts, 2, 0.95, accounts), NPS_OK);
    ck_assert_mem_eq(accounts, &sample, sizeof sample);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference_survey);
    tcase_add_test(tcase, reference_extreme);
    tcase_add_test(tcase, linearised);
    tcase_add_test(tcase, closed_forms);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, invariances);
    tcase_add_test(tcase, one_giant);
    tcase_add_test(tcase, one_account);
    tcase_add_test(tcase, equal_scores);
    tcase_add_test(tcase, levels);
    tcase_add_test(tcase, into_an_interval);
    tcase_add_test(tcase, many_accounts);
    tcase_add_test(tcase, null_pointers);
    tcase_add_test(tcase, refusals);
    tcase_add_test(tcase, in_place);
}

int main(void)
{
    return test_main("accounts", add);
}
