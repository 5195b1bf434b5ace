/* Tests of many samples and the variance between them, against the references (see tests/reference/README.md), the
 * formulas as they are written, closed forms, and what must hold. */
#include <float.h>
#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

#define MOST 12

static nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_assert_int_eq(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

static nps_test omnibus(const nps_sample *samples, size_t count, int32_t method)
{
    nps_test test = {.struct_size = sizeof test, .statistic = 7, .df = 7, .p = 7};
    ck_assert_int_eq(nps_compare_samples(samples, count, method, &test), NPS_OK);
    ck_assert(test.statistic >= 0 && test.statistic <= DBL_MAX);
    ck_assert(test.p >= 0 && test.p <= 1);
    ck_assert(test.df == (double)(count - 1));
    return test;
}

static nps_heterogeneity heterogeneity(const nps_sample *samples, size_t count)
{
    nps_heterogeneity out = {.struct_size = sizeof out, .pooled = 777, .tau2 = -7, .mean = 777};
    ck_assert_int_eq(nps_compare_heterogeneity(samples, count, &out), NPS_OK);
    ck_assert(out.tau2 >= 0 && out.tau2 <= DBL_MAX);
    ck_assert(out.pooled >= -100 && out.pooled <= 100);
    ck_assert(out.mean >= -100 && out.mean <= 100);
    return out;
}

/* "d/p/r;d/p/r;..." */
static size_t unpack(const char *text, nps_sample *samples)
{
    size_t count = 0;
    for (int used; *text != '\0'; text += used + (text[used] == ';')) {
        double d, p, r;
        used = 0;
        ck_assert(count < MOST && sscanf(text, "%lf/%lf/%lf%n", &d, &p, &r, &used) == 3);
        samples[count++] = counts(d, p, r);
    }
    return count;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("homogeneity.csv");
    size_t tests = 0, estimates = 0;
    ck_assert_uint_eq(csv->rows, 25);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample samples[MOST];
        size_t count = unpack(test_csv_cell(csv, row, "samples"), samples);
        const char *method = test_csv_cell(csv, row, "method");
        double tol = test_csv_number(csv, row, "tol"), expected = test_csv_number(csv, row, "estimate"), got;
        if (strcmp(method, "cmh") == 0 || strcmp(method, "wald") == 0) {
            nps_test test = omnibus(samples, count, *method == 'c' ? NPS_OMNIBUS_CMH : NPS_OMNIBUS_WALD);
            ck_assert(fabs(test.statistic - test_csv_number(csv, row, "statistic")) <= tol);
            ck_assert(test.df == test_csv_number(csv, row, "df"));
            ck_assert(fabs(test.p - test_csv_number(csv, row, "p")) <= tol);
            ck_assert(test_relative_error(test.statistic, test_csv_number(csv, row, "statistic")) < 1e-13);
            ck_assert(test_relative_error(test.p, test_csv_number(csv, row, "p")) < 1e-12);
            tests++;
            continue;
        }
        nps_heterogeneity found = heterogeneity(samples, count);
        got = strcmp(method, "pooled") == 0 ? found.pooled : strcmp(method, "tau2") == 0 ? found.tau2 : found.mean;
        ck_assert_msg(fabs(got - expected) <= tol && test_relative_error(got, expected) < 1e-12,
                      "row %zu: %.17g, not %.17g", row + 2, got, expected);
        estimates++;
    }
    ck_assert_uint_eq(tests, 10);
    ck_assert_uint_eq(estimates, 15);
    test_csv_free(csv);
}
END_TEST

/* The formulas as they are written, answer by answer where it is about answers. */

static double size_of(const nps_sample *s)
{
    return s->detractors + s->passives + s->promoters;
}

static double score_of(const nps_sample *s)
{
    return (s->promoters - s->detractors) / size_of(s);
}

static double variance_of(const nps_sample *s)
{
    double n = size_of(s), d = s->detractors, p = s->passives, r = s->promoters;
    if ((d == 0) + (p == 0) + (r == 0) == 2) {
        d += 0.75, p += 1.5, r += 0.75, n += 3;
    }
    return ((d + r) / n - (r - d) * (r - d) / n / n) / n;
}

static double plain_cmh(const nps_sample *samples, size_t count)
{
    double n = 0, sum = 0, between = 0, total = 0;
    for (size_t i = 0; i < count; i++) {
        n += size_of(samples + i);
        sum += samples[i].promoters - samples[i].detractors;
    }
    double mean = sum / n;
    for (size_t i = 0; i < count; i++) {
        const nps_sample *s = samples + i;
        between += size_of(s) * pow(score_of(s) - mean, 2);
        total += s->detractors * pow(-1 - mean, 2) + s->passives * mean * mean + s->promoters * pow(1 - mean, 2);
    }
    return total == 0 ? 0 : (n - 1) * between / total;
}

static double plain_mean(const nps_sample *samples, size_t count, double tau2)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = 1 / (variance_of(samples + i) + tau2);
        sum += weight * score_of(samples + i);
        weights += weight;
    }
    return sum / weights;
}

static double plain_q(const nps_sample *samples, size_t count)
{
    double q = 0, mean = plain_mean(samples, count, 0);
    for (size_t i = 0; i < count; i++) q += pow(score_of(samples + i) - mean, 2) / variance_of(samples + i);
    return q;
}

static double plain_tau2(const nps_sample *samples, size_t count)
{
    double weights = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = 1 / variance_of(samples + i);
        weights += weight;
        squares += weight * weight;
    }
    double excess = plain_q(samples, count) - (double)count + 1;
    return count == 1 ? 0 : fmax(0, excess / (weights - squares / weights));
}

/* One to MOST samples of some answers, or fractions of them; some of one class. */
static size_t random_samples(uint64_t *state, nps_sample *samples)
{
    size_t count = 1 + test_below(state, MOST);
    uint64_t whole = test_below(state, 2), most = 2 + test_below(state, 300);
    for (size_t i = 0; i < count; i++) {
        double cell[3];
        uint64_t one_class = test_below(state, 8);
        for (uint64_t j = 0; j < 3; j++) {
            cell[j] = (double)(test_below(state, most) + (j == 1));
            if (!whole) cell[j] *= 0.37;
            if (one_class < 3) cell[j] = j == one_class ? 1 + cell[j] : 0;
        }
        samples[i] = counts(cell[0], cell[1], cell[2]);
    }
    return count;
}

START_TEST(formulas)
{
    uint64_t state = 4;
    for (int round = 0; round < 20000; round++) {
        nps_sample samples[MOST];
        size_t count = random_samples(&state, samples);
        nps_test cmh = omnibus(samples, count, NPS_OMNIBUS_CMH), wald = omnibus(samples, count, NPS_OMNIBUS_WALD);
        nps_heterogeneity found = heterogeneity(samples, count);
        double tau2 = plain_tau2(samples, count);
        if (count > 1) {
            double n = 0;
            for (size_t i = 0; i < count; i++) n += size_of(samples + i);
            ck_near(cmh.statistic, n > 1 ? plain_cmh(samples, count) : 0, 1e-10);
            ck_near(wald.statistic, plain_q(samples, count), 1e-10);
            ck_assert(cmh.p == npsi_chi2_sf(cmh.statistic, cmh.df));
            ck_assert(wald.p == npsi_chi2_sf(wald.statistic, wald.df));
        }
        ck_near(found.pooled, 100 * plain_mean(samples, count, 0), 1e-12);
        ck_near(found.tau2, 1e4 * tau2, 1e-10);
        ck_near(found.mean, 100 * plain_mean(samples, count, tau2), 1e-12);
    }
}
END_TEST

/* Bit for bit when mirrored, but for signs; to rounding in another order. */
START_TEST(symmetry)
{
    uint64_t state = 5;
    for (int round = 0; round < 5000; round++) {
        nps_sample samples[MOST], mirrored[MOST], reversed[MOST];
        size_t count = random_samples(&state, samples);
        for (size_t i = 0; i < count; i++) {
            mirrored[i] = counts(samples[i].promoters, samples[i].passives, samples[i].detractors);
            reversed[count - 1 - i] = samples[i];
        }
        for (int32_t method = NPS_OMNIBUS_CMH; method <= NPS_OMNIBUS_WALD; method++) {
            nps_test test = omnibus(samples, count, method);
            ck_assert(omnibus(mirrored, count, method).statistic == test.statistic);
            ck_near(omnibus(reversed, count, method).statistic, test.statistic, 1e-13);
        }
        nps_heterogeneity found = heterogeneity(samples, count), other = heterogeneity(mirrored, count);
        ck_assert(other.pooled == -found.pooled && other.tau2 == found.tau2 && other.mean == -found.mean);
        other = heterogeneity(reversed, count);
        ck_near(other.pooled, found.pooled, 1e-13);
        ck_near(other.tau2, found.tau2, 1e-12);
        ck_near(other.mean, found.mean, 1e-13);
    }
}
END_TEST

/* Samples of one class each, x detractors and y promoters: all the variance is between, and CMH is n - 1. */
START_TEST(all_between)
{
    static const double sizes[] = {1, 2, 10, 1e6, 4e14};
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++) {
            nps_sample samples[] = {counts(sizes[i], 0, 0), counts(0, 0, sizes[j])};
            ck_near(omnibus(samples, 2, NPS_OMNIBUS_CMH).statistic, sizes[i] + sizes[j] - 1, 1e-15);
        }
    }
}
END_TEST

/* n - 1 promoters and a detractor, and n - 2 and 2, n up to 1e15. The distance of the scores is 2 / n, SSB = 2 / n, and
 * SST = 4 (2n - 3) 3 / 2n; n v = 4 (n - 1) / n and 8 (n - 2) / n. */
START_TEST(nearly_all_promoters)
{
    for (double n = 10; n <= 1e15; n *= 10) {
        nps_sample samples[] = {counts(1, 0, n - 1), counts(2, 0, n - 2)};
        double cmh = (2 * n - 1) / (3 * (2 * n - 3)), first = n / (n - 1) / 4, second = n / (n - 2) / 8;
        ck_near(omnibus(samples, 2, NPS_OMNIBUS_CMH).statistic, cmh, 1e-15);
        ck_near(omnibus(samples, 2, NPS_OMNIBUS_WALD).statistic, 4 * first * second / (first + second), 1e-15);
        double pooled = heterogeneity(samples, 2).pooled; /* 1 - (2 w1 + 4 w2) / n(w1 + w2) */
        ck_near(pooled, 100 - 100 * (2 * first + 4 * second) / (n * (first + second)), 1e-15);
    }
}
END_TEST

/* Two samples a distance D apart: Q = D^2 / (v1 + v2), and tau2 = (D^2 - v1 - v2) / 2. */
START_TEST(two_samples)
{
    nps_sample samples[] = {counts(60, 20, 20), counts(100, 100, 300)};
    double v1 = (0.8 - 0.16) / 100, v2 = (0.8 - 0.16) / 500, tau2 = (0.64 - v1 - v2) / 2;
    double w1 = 1 / (v1 + tau2), w2 = 1 / (v2 + tau2);
    nps_heterogeneity found = heterogeneity(samples, 2);
    ck_near(found.tau2, 1e4 * tau2, 1e-14);
    ck_near(found.pooled, 100 * (-0.4 * 100 + 0.4 * 500) / 600, 1e-14);
    ck_near(found.mean, 100 * (0.4 * w2 - 0.4 * w1) / (w1 + w2), 1e-14);
    ck_near(omnibus(samples, 2, NPS_OMNIBUS_WALD).statistic, 0.64 / (v1 + v2), 1e-14);
}
END_TEST

START_TEST(degenerate)
{
    nps_sample one = counts(20, 30, 50);
    for (int32_t method = NPS_OMNIBUS_CMH; method <= NPS_OMNIBUS_WALD; method++) {
        nps_test test = omnibus(&one, 1, method);
        ck_assert(test.statistic == 0 && test.df == 0 && test.p == 1);
        nps_sample same[] = {counts(7, 3, 11), counts(7, 3, 11), counts(7, 3, 11), counts(7, 3, 11)};
        test = omnibus(same, 4, method);
        ck_assert(test.statistic == 0 && test.df == 3 && test.p == 1);
        nps_sample one_class[] = {counts(0, 0, 3), counts(0, 0, 40), counts(0, 0, 0.2)};
        test = omnibus(one_class, 3, method);
        ck_assert(test.statistic == 0 && test.df == 2 && test.p == 1);
    }
    nps_heterogeneity found = heterogeneity(&one, 1);
    ck_assert(found.pooled == 30 && found.tau2 == 0 && found.mean == 30);
    nps_sample promoters = counts(0, 0, 1e-300);
    found = heterogeneity(&promoters, 1);
    ck_assert(found.pooled == 100 && found.tau2 == 0 && found.mean == 100);
    /* one effective answer or fewer in all */
    nps_sample few[] = {counts(0.5, 0, 0), counts(0, 0, 0.5)};
    ck_assert(omnibus(few, 2, NPS_OMNIBUS_CMH).statistic == 0);
    few[1].promoters = 0.25;
    ck_assert(omnibus(few, 2, NPS_OMNIBUS_CMH).statistic == 0);
    few[1].promoters = 0.75;
    ck_assert(omnibus(few, 2, NPS_OMNIBUS_CMH).statistic == 0.25);
}
END_TEST

/* Two samples without variance, of n answers each: their variance is that of (3/4, 3/2, 3/4 + n) / (n + 3). */
START_TEST(without_variance)
{
    for (double n = 1; n < 1e15; n *= 10) {
        nps_sample samples[] = {counts(0, 0, n), counts(n, 0, 0)};
        double share = 0.75 / (n + 3), outer = (n + 0.75) / (n + 3);
        double variance = (2 * share * (share + outer) + 4 * share * outer) / (n + 3);
        nps_heterogeneity found = heterogeneity(samples, 2);
        ck_near(omnibus(samples, 2, NPS_OMNIBUS_WALD).statistic, 2 / variance, 1e-14);
        ck_near(found.tau2, 1e4 * fmax(0, 2 - variance), 1e-13);
        ck_assert(fabs(found.pooled) < 1e-13 && fabs(found.mean) < 1e-13);
    }
}
END_TEST

/* Whatever counts: defined, and inside what it can be; the checks are those of omnibus() and heterogeneity(). */
START_TEST(every_magnitude)
{
    static const double sizes[] = {0, 5e-324, 1e-310, 1e-200, 1e-100, 1e-20, 0.3, 1, 1e3, 1e9, 3e14};
    const uint64_t n = sizeof sizes / sizeof *sizes;
    uint64_t state = 6;
    for (int round = 0; round < 100000; round++) {
        nps_sample samples[MOST];
        size_t count = 1 + test_below(&state, 5);
        for (size_t i = 0; i < count; i++) {
            double d = sizes[test_below(&state, n)], p = sizes[test_below(&state, n)];
            double r = sizes[1 + test_below(&state, n - 1)];
            samples[i] = counts(d, p, r);
        }
        omnibus(samples, count, NPS_OMNIBUS_CMH);
        omnibus(samples, count, NPS_OMNIBUS_WALD);
        nps_heterogeneity found = heterogeneity(samples, count);
        double low = 100, high = -100;
        for (size_t i = 0; i < count; i++) {
            double score;
            ck_assert_int_eq(nps_sample_score(samples + i, &score), NPS_OK);
            low = fmin(low, score);
            high = fmax(high, score);
        }
        ck_assert_msg(found.pooled >= low - 1e-12 && found.pooled <= high + 1e-12, "%.17g", found.pooled);
        ck_assert(found.mean >= low - 1e-12 && found.mean <= high + 1e-12);
    }
}
END_TEST

/* A hundred thousand samples alike but for two: the sums do not drift. */
START_TEST(many)
{
    const size_t count = 100000;
    nps_sample *samples = malloc(count * sizeof *samples);
    ck_assert_ptr_nonnull(samples);
    for (size_t i = 0; i < count; i++) samples[i] = counts(20, 30, 50);
    samples[77] = counts(21, 30, 49);
    samples[777] = counts(19, 30, 51);
    double n = 100 * (double)count, total = n * (0.7 - 0.09), between = 2 * 100 * 0.02 * 0.02;
    ck_near(omnibus(samples, count, NPS_OMNIBUS_CMH).statistic, (n - 1) * between / total, 1e-13);
    free(samples);
}
END_TEST

static void refused(const nps_sample *samples, size_t count, int expected)
{
    nps_test test = {.struct_size = sizeof test, .statistic = 7, .df = 8, .p = 9};
    nps_heterogeneity out = {.struct_size = sizeof out, .pooled = 7, .tau2 = 8, .mean = 9};
    for (int32_t method = NPS_OMNIBUS_CMH; method <= NPS_OMNIBUS_WALD; method++)
        ck_assert_int_eq(nps_compare_samples(samples, count, method, &test), expected);
    ck_assert_int_eq(nps_compare_heterogeneity(samples, count, &out), expected);
    ck_assert(test.statistic == 7 && test.df == 8 && test.p == 9);
    ck_assert(out.pooled == 7 && out.tau2 == 8 && out.mean == 9);
}

START_TEST(errors)
{
    const double bad[] = {-1, -DBL_MIN, (double)NAN, INFINITY, -INFINITY, 1.1e15};
    nps_sample samples[] = {counts(1, 2, 3), counts(2, 3, 4), counts(3, 4, 5)};
    for (size_t at = 0; at < 3; at++) {
        nps_sample good = samples[at];
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            samples[at].passives = bad[i];
            refused(samples, 3, NPS_ERR_RANGE);
        }
        samples[at] = (nps_sample){0, 0, 0, 0};
        refused(samples, 3, NPS_ERR_EMPTY);
        samples[at] = (nps_sample){1, 1, 1, -1};
        refused(samples, 3, NPS_ERR_RANGE);
        samples[at] = good;
    }
    refused(samples, 0, NPS_ERR_EMPTY);
    refused(NULL, 0, NPS_ERR_EMPTY);
    refused(NULL, 3, NPS_ERR_ARGUMENT);
    nps_test test = {.struct_size = sizeof test, .p = 7};
    ck_assert_int_eq(nps_compare_samples(samples, 3, -1, &test), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_samples(samples, 3, NPS_OMNIBUS_WALD + 1, &test), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_samples(samples, 3, NPS_OMNIBUS_CMH, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_compare_heterogeneity(samples, 3, NULL), NPS_ERR_ARGUMENT);
    test.struct_size = 0;
    ck_assert_int_eq(nps_compare_samples(samples, 3, NPS_OMNIBUS_CMH, &test), NPS_ERR_ARGUMENT);
    nps_heterogeneity out = {.struct_size = 0};
    ck_assert_int_eq(nps_compare_heterogeneity(samples, 3, &out), NPS_ERR_ARGUMENT);
    ck_assert(test.p == 7);
}
END_TEST

/* No more than struct_size is written, and struct_size stays. */
START_TEST(shorter_structs)
{
    nps_sample samples[] = {counts(1, 2, 3), counts(2, 3, 14)};
    nps_test test = {.struct_size = offsetof(nps_test, df), .statistic = 7, .df = 7, .p = 7};
    ck_assert_int_eq(nps_compare_samples(samples, 2, NPS_OMNIBUS_CMH, &test), NPS_OK);
    ck_assert(test.struct_size == offsetof(nps_test, df));
    ck_assert(test.statistic != 7 && test.df == 7 && test.p == 7);
    nps_heterogeneity out = {.struct_size = offsetof(nps_heterogeneity, tau2), .pooled = 777, .tau2 = -7, .mean = 777};
    ck_assert_int_eq(nps_compare_heterogeneity(samples, 2, &out), NPS_OK);
    ck_assert(out.pooled != 777 && out.tau2 == -7 && out.mean == 777);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, formulas);
    tcase_add_test(tcase, symmetry);
    tcase_add_test(tcase, all_between);
    tcase_add_test(tcase, nearly_all_promoters);
    tcase_add_test(tcase, two_samples);
    tcase_add_test(tcase, degenerate);
    tcase_add_test(tcase, without_variance);
    tcase_add_test(tcase, every_magnitude);
    tcase_add_test(tcase, many);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, shorter_structs);
}

int main(void)
{
    return test_main("compare_samples", add);
}
