/* Trends against the references (see tests/reference/README.md), other functions of the library, answers one by one,
 * and what must hold. test_trend_kendall.c has Mann and Kendall's test, test_trend_rolling.c the windows. */
#include <float.h>
#include <stddef.h>

#include "trend_waves.h"

START_TEST(reference)
{
    test_csv *csv = test_csv_read("trend.csv");
    ck_assert_uint_eq(csv->rows, 18);
    for (size_t row = 0; row < csv->rows; row++) {
        waves w = unpack(test_csv_cell(csv, row, "waves"));
        const char *method = test_csv_cell(csv, row, "method");
        double tol = test_csv_number(csv, row, "tol"), statistic = test_csv_number(csv, row, "statistic");
        nps_test test = strcmp(method, "mann-kendall") == 0 ? kendall(&w) : linear(&w);
        if (strcmp(method, "slope") == 0) {
            nps_slope found = slope(&w, test_csv_number(csv, row, "level"));
            test = (nps_test){sizeof test, found.statistic, (double)NAN, found.p};
            ck_near(found.estimate, test_csv_number(csv, row, "estimate"), tol);
            ck_near(found.standard_error, test_csv_number(csv, row, "standard_error"), tol);
            ck_near(found.lower, test_csv_number(csv, row, "lower"), tol);
            ck_near(found.upper, test_csv_number(csv, row, "upper"), tol);
        }
        ck_near(test.statistic, statistic, tol);
        ck_assert(within_p(test.p, test_csv_number(csv, row, "p"), tol));
    }
    test_csv_free(csv);
}
END_TEST

/* The error of a statistic z is z^2 times as large in its p. */
static void check_test(double statistic, double p, double expected, double expected_p)
{
    ck_assert_msg(test_relative_error(statistic, expected) < 4e-15, "statistic %.17g, not %.17g", statistic, expected);
    if (expected_p < 1e-300)
        ck_assert(p < 1e-299);
    else
        ck_assert_msg(test_relative_error(p, expected_p) < 2e-14 + 8e-15 * expected * expected, "p %.17g, not %.17g", p,
                      expected_p);
}

static void check_slope(const test_csv *csv, size_t row, const nps_slope *found)
{
    double error = test_csv_number(csv, row, "standard_error"), estimate = test_csv_number(csv, row, "slope");
    double intercept = test_csv_number(csv, row, "intercept"), size = fmax(error, fabs(estimate));
    ck_assert(test_relative_error(found->estimate, estimate) < 4e-15);
    ck_assert(test_relative_error(found->standard_error, error) < 2e-15);
    ck_assert(fabs(found->lower - test_csv_number(csv, row, "lower")) <= 1e-14 * size);
    ck_assert(fabs(found->upper - test_csv_number(csv, row, "upper")) <= 1e-14 * size);
    check_test(found->statistic, found->p, test_csv_number(csv, row, "slope_z"), test_csv_number(csv, row, "slope_p"));
    ck_near(found->intercept, intercept, 1e-13);
}

START_TEST(reference_extreme)
{
    test_csv *csv = test_csv_read("trend_extreme.csv");
    ck_assert_uint_eq(csv->rows, 75);
    for (size_t row = 0; row < csv->rows; row++) {
        waves w = unpack(test_csv_cell(csv, row, "waves"));
        nps_test test = linear(&w);
        check_test(test.statistic, test.p, test_csv_number(csv, row, "linear"), test_csv_number(csv, row, "linear_p"));
        nps_slope found = slope(&w, test_csv_number(csv, row, "level"));
        check_slope(csv, row, &found);
        test = kendall(&w);
        ck_assert(test.statistic == test_csv_number(csv, row, "kendall"));
        ck_assert(test_relative_error(test.p, test_csv_number(csv, row, "kendall_p")) < 1e-13);
    }
    test_csv_free(csv);
}
END_TEST

/* R's correlation of times and answers, a row for every answer. */
START_TEST(reference_correlation)
{
    test_csv *csv = test_csv_read("trend_kendall.csv");
    ck_assert_uint_eq(csv->rows, 32);
    for (size_t row = 0; row < csv->rows; row++) {
        waves w = unpack(test_csv_cell(csv, row, "waves"));
        double root = sqrt(test_csv_number(csv, row, "answers") - 1);
        ck_near(linear(&w).statistic, root * test_csv_number(csv, row, "correlation"), 1e-13);
    }
    test_csv_free(csv);
}
END_TEST

/* Of two waves: the square is the mean score test's chi-square, and the slope is the difference of the scores. */
START_TEST(two_waves)
{
    uint64_t state = 1, flat = 0;
    for (int round = 0; round < 3000; round++) {
        waves w = {.count = 2, .times = {3, 3.5}, .samples = {random_sample(&state), random_sample(&state)}};
        nps_test test = linear(&w), chi2 = {.struct_size = sizeof chi2};
        nps_slope found = slope(&w, 0.9);
        double score[2], error[2];
        ck_assert_int_eq(nps_compare_samples(w.samples, 2, NPS_OMNIBUS_CMH, &chi2), NPS_OK);
        for (int i = 0; i < 2; i++) {
            ck_assert_int_eq(nps_sample_score(w.samples + i, score + i), NPS_OK);
            ck_assert_int_eq(nps_sample_standard_error(w.samples + i, error + i), NPS_OK);
        }
        ck_near(test.statistic * test.statistic, chi2.statistic, 1e-13);
        ck_near(test.p, chi2.p, 1e-13);
        ck_assert(test.statistic * (score[1] - score[0]) >= 0);
        ck_near(found.estimate, (score[1] - score[0]) / 0.5, 1e-14);
        ck_near(found.intercept, score[0] - 6 * (score[1] - score[0]), 1e-13);
        if (error[0] > 0 && error[1] > 0) ck_near(found.standard_error, hypot(error[0], error[1]) / 0.5, 1e-14);
        if (score[0] != score[1]) continue;
        ck_assert(test.statistic == 0 && test.p == 1 && found.estimate == 0 && found.p == 1);
        flat++;
    }
    ck_assert(flat > 20);
}
END_TEST

/* A wave without variance takes that of its counts plus 3/4, 3/2, 3/4: 5 promoters are .75, 1.5, 5.75 of 8, with the
 * score .625 and the variance .8125 - .625^2 over 8. */
START_TEST(one_class)
{
    waves w = unpack("0:0/0/5;2:20/30/50");
    double variance = (0.8125 - 0.625 * 0.625) / 8 + (0.7 - 0.09) / 100;
    nps_slope found = slope(&w, 0.95);
    ck_near(found.estimate, -35, 1e-15);
    ck_near(found.standard_error, 50 * sqrt(variance), 1e-15);
    ck_near(found.intercept, 100, 1e-15);
}
END_TEST

/* All answers alike, or effectively no more than one: nothing to be seen, but the slope has its interval. */
START_TEST(nothing_to_see)
{
    static const char *const flat[] = {"0:5/0/0;1:3/0/0", "0:0/1/0;1:0/3/0;7:0/1e15/0", "0:0/0/1e15;1:0/0/1e-300",
                                       "0:.3/0/.2;1:0/0/.5", "0:1e-300/0/0;1:0/0/1e-300"};
    for (size_t i = 0; i < sizeof flat / sizeof *flat; i++) {
        waves w = unpack(flat[i]);
        nps_test test = linear(&w);
        ck_assert(test.statistic == 0 && test.p == 1);
        ck_assert(slope(&w, 0.95).standard_error > 0);
    }
    waves w = unpack("0:.3/0/.2;1:0/0/.500001");
    ck_assert(linear(&w).statistic > 0);
}
END_TEST

/* Scores that rise and fall again by as much: exactly nothing, whatever the sizes. */
START_TEST(there_and_back)
{
    static const char *const even[] = {"0:20/30/50;1:1/1/5;2:20/30/50", "0:2/3/4;1:100/10/50;2:2/3/4",
                                       "5:7/11/3;1:1/2/4;2:100/70/9;-1:7/11/3;3:1/2/4", "1:1/1/1;2:2/0/2;9:5/9/5"};
    for (size_t i = 0; i < sizeof even / sizeof *even; i++) {
        waves w = unpack(even[i]);
        ck_assert(linear(&w).statistic == 0 && linear(&w).p == 1);
        ck_assert(kendall(&w).statistic == 0);
        ck_assert(fabs(slope(&w, 0.95).estimate) < 1e-29);
        w.samples[0].promoters++;
        ck_assert(linear(&w).statistic != 0);
    }
    uint64_t state = 9;
    for (int round = 0; round < 2000; round++) { /* one score in sizes that grow; and a palindrome */
        waves w = {.count = 2 + test_below(&state, 10)}, back = w;
        const nps_sample sample = random_sample(&state);
        for (size_t i = 0; i < w.count; i++) {
            double size = (double)(1 + test_below(&state, 1000));
            w.times[i] = back.times[i] = (double)i;
            w.samples[i] = counts(size * sample.detractors, size * sample.passives, size * sample.promoters);
            back.samples[i] = i < w.count / 2 ? random_sample(&state) : back.samples[w.count - 1 - i];
            if (i == w.count - 1 - i) back.samples[i] = random_sample(&state);
        }
        ck_assert(linear(&w).statistic == 0 && linear(&back).statistic == 0);
        ck_assert(slope(&w, 0.95).estimate == 0);
    }
}
END_TEST

/* As answers one by one have it. */
START_TEST(answer_by_answer)
{
    uint64_t state = 2;
    for (int round = 0; round < 1000; round++) {
        waves w = random_waves(&state, 12);
        w = multiplied(w, 3); /* thirds are whole again, to rounding */
        double t[4000], x[4000], t_mean = 0, x_mean = 0, tt = 0, xx = 0, tx = 0;
        size_t n = 0;
        for (size_t i = 0; i < w.count; i++) {
            double class_of[] = {w.samples[i].detractors, w.samples[i].passives, w.samples[i].promoters};
            for (int class = 0; class < 3; class ++)
                for (double left = nearbyint(class_of[class]); left > 0; left--) {
                    t[n] = w.times[i];
                    x[n++] = class - 1;
                }
        }
        for (size_t i = 0; i < n; i++) t_mean += t[i] / (double)n, x_mean += x[i] / (double)n;
        for (size_t i = 0; i < n; i++) {
            tt += (t[i] - t_mean) * (t[i] - t_mean);
            xx += (x[i] - x_mean) * (x[i] - x_mean);
            tx += (t[i] - t_mean) * (x[i] - x_mean);
        }
        if (xx > 1e-9) ck_near(linear(&w).statistic, sqrt((double)n - 1) * tx / sqrt(tt * xx), 1e-11);
    }
}
END_TEST

static void check_same(const waves *a, const waves *b, double sign, double unit)
{
    nps_test test = linear(a), other = linear(b);
    nps_slope found = slope(a, 0.9), again = slope(b, 0.9);
    ck_assert(other.statistic == sign * test.statistic && other.p == test.p);
    ck_assert(again.estimate * unit == sign * found.estimate);
    ck_assert(again.standard_error * unit == found.standard_error);
    ck_assert(again.lower * unit == (sign > 0 ? found.lower : -found.upper));
    ck_assert(again.upper * unit == (sign > 0 ? found.upper : -found.lower));
    ck_assert(again.statistic == sign * found.statistic && again.p == found.p);
}

/* To the bit. */
START_TEST(mirror_and_time)
{
    uint64_t state = 3;
    for (int round = 0; round < 2000; round++) {
        waves w = random_waves(&state, 30), other = swapped(w);
        check_same(&w, &other, -1, 1);
        ck_assert(slope(&other, 0.9).intercept == -slope(&w, 0.9).intercept);
        other = retimed(w, -1, 0);
        check_same(&w, &other, -1, 1);
        ck_assert(slope(&other, 0.9).intercept == slope(&w, 0.9).intercept);
        other = retimed(w, 1, 1500000000);
        check_same(&w, &other, 1, 1);
        other = retimed(w, -0x1p-900, 0);
        check_same(&w, &other, -1, 0x1p-900);
        ck_assert(slope(&other, 0.9).intercept == slope(&w, 0.9).intercept);
        other = retimed(w, 0x1p990, 0);
        check_same(&w, &other, 1, 0x1p990);
    }
}
END_TEST

static void check_near(const waves *a, const waves *b)
{
    nps_test test = linear(a), other = linear(b);
    nps_slope found = slope(a, 0.9), again = slope(b, 0.9);
    ck_near(other.statistic, test.statistic, 4e-16);
    ck_near(again.estimate, found.estimate, 4e-16);
    ck_near(again.standard_error, found.standard_error, 4e-16);
    ck_near(again.intercept, found.intercept, 4e-16);
    ck_near(again.statistic, found.statistic, 4e-16);
}

START_TEST(any_order)
{
    uint64_t state = 4;
    for (int round = 0; round < 2000; round++) {
        waves w = random_waves(&state, 40), other = shuffled(w, &state);
        check_near(&w, &other);
    }
}
END_TEST

/* Answers of one time may come as one wave or as several: for the linear test; and for the slope, which goes by the
 * variance of each wave, where the parts have one score. */
START_TEST(split)
{
    uint64_t state = 5;
    for (int round = 0; round < 2000; round++) {
        waves w = random_waves(&state, 20), parts = w;
        nps_sample *whole = w.samples + test_below(&state, w.count);
        size_t at = (size_t)(whole - w.samples);
        parts.times[w.count] = w.times[at];
        parts.samples[parts.count++] = random_sample(&state);
        *whole = counts(whole->detractors + parts.samples[w.count].detractors,
                        whole->passives + parts.samples[w.count].passives,
                        whole->promoters + parts.samples[w.count].promoters);
        ck_near(linear(&parts).statistic, linear(&w).statistic, 1e-14);

        nps_sample half = counts(whole->detractors / 2, whole->passives / 2, whole->promoters / 2);
        int alike = (half.detractors > 0) + (half.passives > 0) + (half.promoters > 0) == 1;
        parts.samples[at] = parts.samples[w.count] = half;
        if (!alike) check_near(&w, &parts);
    }
}
END_TEST

/* Everything c times: corr stays, so that z goes by the root of (c N - 1) / (N - 1). Slopes stay, and their standard
 * errors go by 1 / sqrt(c), but for what waves of one class are given. */
START_TEST(more_of_the_same)
{
    static const double factors[] = {2, 3, 10, 0.7, 1e12, 0x1p30};
    uint64_t state = 6;
    for (int round = 0; round < 2000; round++) {
        waves w = random_waves(&state, 20);
        double c = factors[round % 6], n = answers_of(&w);
        int mixed = 1;
        for (size_t i = 0; i < w.count; i++) {
            const nps_sample *s = w.samples + i;
            mixed &= (s->detractors > 0) + (s->passives > 0) + (s->promoters > 0) > 1;
        }
        waves more = multiplied(w, c);
        if (n > 1 && c * n > 1)
            ck_near(linear(&more).statistic, linear(&w).statistic * sqrt((c * n - 1) / (n - 1)), 2e-15);
        if (!mixed) continue;
        ck_near(slope(&more, 0.9).estimate, slope(&w, 0.9).estimate, 1e-14);
        ck_near(slope(&more, 0.9).standard_error, slope(&w, 0.9).standard_error / sqrt(c), 1e-14);
    }
}
END_TEST

/* The line goes through what lies on a line, and p is below 1 - level where the interval leaves out 0. */
START_TEST(lines)
{
    uint64_t state = 7, above = 0;
    waves w = {.count = 30};
    for (size_t i = 0; i < w.count; i++) {
        double n = (double)(1 + test_below(&state, 1000));
        w.times[i] = 10 + (double)i / 4;
        w.samples[i] = counts(n * (0.5 - (double)i / 128), n * 0.25, n * (0.25 + (double)i / 128)); /* 6.25 a unit */
    }
    ck_near(slope(&w, 0.95).estimate, 6.25, 1e-14);
    ck_near(slope(&w, 0.95).intercept, -87.5, 1e-14);
    for (int round = 0; round < 3000; round++) {
        w = random_waves(&state, 8);
        double level = 0.05 * (double)(1 + test_below(&state, 19));
        nps_slope found = slope(&w, level);
        int outside = found.lower > 0 || found.upper < 0;
        if (fabs(found.p - (1 - level)) > 1e-12) ck_assert_int_eq(outside, found.p < 1 - level);
        above += (uint64_t)outside;
    }
    ck_assert(above > 500 && above < 2500);
}
END_TEST

/* Answers of any magnitude at any times: finite, within what a correlation can be. */
START_TEST(degenerate)
{
    static const double sizes[] = {5e-324, 1e-300, 1e-100, 1e-9, 1, 1e9, 3e14};
    static const double shares[][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}, {1e-80, 0, 1}, {1, 1e-30, 1e-17}};
    static const double scales[] = {1, 1e-200, 1e200, 1.0 / 3, 0x1p-40};
    uint64_t state = 8;
    for (int round = 0; round < 20000; round++) {
        waves w = {.count = 2 + test_below(&state, 5)};
        double scale = scales[test_below(&state, 5)], shift = test_below(&state, 2) == 0 ? 0 : 1024;
        for (size_t i = 0; i < w.count; i++) {
            double size = sizes[test_below(&state, 7)];
            const double *share = shares[test_below(&state, 6)];
            w.times[i] = shift + (double)test_below(&state, 5);
            w.samples[i] = counts(size * share[0], size * share[1], size * share[2]);
        }
        w.times[0] = w.times[1] - 1;
        w = retimed(w, scale, 0);
        nps_test test = linear(&w);
        nps_slope found = slope(&w, 0.95);
        double n = answers_of(&w);
        ck_assert(fabs(test.statistic) <= sqrt(fmax(0, n - 1) + 1e-15) * (1 + 1e-15));
        ck_assert(isfinite(found.estimate * scale) && isfinite(found.statistic) && isfinite(found.intercept));
        ck_assert(found.standard_error > 0 && fabs(found.estimate * scale) <= 200 * (1 + 1e-12));
        kendall(&w);
    }
}
END_TEST

/* Times so near that the slope is more than a double holds: infinite, and never NaN. */
START_TEST(beyond_doubles)
{
    waves w = unpack("0:3/3/2;5e-324:1/3/5");
    nps_slope found = slope(&w, 0.95);
    ck_assert(found.estimate == INFINITY && found.standard_error == INFINITY);
    ck_assert(found.lower == -INFINITY && found.upper == INFINITY);
    w.times[1] = 1;
    nps_slope plain = slope(&w, 0.95);
    ck_assert(found.statistic == plain.statistic && found.p == plain.p);
    ck_near(found.intercept, plain.intercept, 1e-14);
}
END_TEST

static void refused(const double *times, const nps_sample *samples, size_t count, int expected)
{
    nps_test test = {.struct_size = sizeof test, .statistic = -7, .df = -7, .p = -7};
    nps_slope found = {sizeof found, -7, -7, -7, -7, -7, -7, -7}, before = found;
    ck_assert_int_eq(nps_trend_linear(times, samples, count, &test), expected);
    ck_assert_int_eq(nps_trend_slope(times, samples, count, 0.95, &found), expected);
    if (expected != NPS_ERR_SINGULAR)
        ck_assert_int_eq(nps_trend_mann_kendall(times, samples, count, NULL, &test), expected);
    ck_assert(test.statistic == -7 && test.df == -7 && test.p == -7);
    ck_assert(memcmp(&found, &before, sizeof found) == 0);
}

START_TEST(errors)
{
    static const double bad[] = {-1, -DBL_MIN, (double)NAN, INFINITY, 1.1e15};
    static const double bad_times[] = {(double)NAN, INFINITY, -INFINITY};
    waves w = unpack("0:3/3/2;1:1/3/5;2:5/2/9");
    refused(NULL, w.samples, 3, NPS_ERR_ARGUMENT);
    refused(w.times, NULL, 3, NPS_ERR_ARGUMENT);
    refused(NULL, NULL, 0, NPS_ERR_EMPTY);
    refused(w.times, w.samples, 0, NPS_ERR_EMPTY);
    refused(w.times, w.samples, 1, NPS_ERR_SINGULAR);
    for (size_t at = 0; at < 3; at++) {
        waves other = w;
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            other.samples[at].promoters = bad[i];
            refused(other.times, other.samples, 3, NPS_ERR_RANGE);
        }
        other.samples[at] = (nps_sample){0, 0, 0, 0};
        refused(other.times, other.samples, 3, NPS_ERR_EMPTY);
        other.samples[at] = w.samples[at];
        for (size_t i = 0; i < sizeof bad_times / sizeof *bad_times; i++) {
            other.times[at] = bad_times[i];
            refused(other.times, other.samples, 3, NPS_ERR_RANGE);
        }
    }
    w.times[0] = 0;
    w.times[1] = -0.0;
    refused(w.times, w.samples, 2, NPS_ERR_SINGULAR);
    w.times[0] = w.times[1] = w.times[2] = 1e300;
    refused(w.times, w.samples, 3, NPS_ERR_SINGULAR);
}
END_TEST

START_TEST(levels_and_structs)
{
    static const double bad[] = {0, 1, -0.5, 2, (double)NAN, INFINITY, -INFINITY};
    waves w = unpack("0:3/3/2;1:1/3/5;2:5/2/9");
    nps_slope found = {sizeof found, -7, -7, -7, -7, -7, -7, -7}, whole = slope(&w, 0.95);
    nps_test test = {.struct_size = 0, .statistic = -7};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(nps_trend_slope(w.times, w.samples, 3, bad[i], &found), NPS_ERR_ARGUMENT);
    found.struct_size = 0;
    ck_assert_int_eq(nps_trend_slope(w.times, w.samples, 3, 0.95, &found), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_trend_slope(w.times, w.samples, 3, 0.95, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_trend_linear(w.times, w.samples, 3, &test), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_trend_linear(w.times, w.samples, 3, NULL), NPS_ERR_ARGUMENT);
    ck_assert(found.estimate == -7 && found.intercept == -7 && test.statistic == -7);
    /* A caller of a release that knew less, and one that knows more. */
    struct {
        nps_slope known;
        double more;
    } longer = {.known.struct_size = sizeof longer, .more = 7};
    found.struct_size = offsetof(nps_slope, lower);
    ck_assert_int_eq(nps_trend_slope(w.times, w.samples, 3, 0.95, &found), NPS_OK);
    ck_assert(found.struct_size == offsetof(nps_slope, lower));
    ck_assert(found.estimate == whole.estimate && found.standard_error == whole.standard_error && found.lower == -7);
    ck_assert_int_eq(nps_trend_slope(w.times, w.samples, 3, 0.95, &longer.known), NPS_OK);
    ck_assert(longer.known.intercept == whole.intercept && longer.more == 7);
    test.struct_size = offsetof(nps_test, df);
    test.df = -7;
    ck_assert_int_eq(nps_trend_linear(w.times, w.samples, 3, &test), NPS_OK);
    ck_assert(test.statistic == linear(&w).statistic && test.df == -7);
    /* Levels next to the ends. */
    ck_assert(slope(&w, 5e-324).lower == whole.estimate && slope(&w, 1 - 0x1p-53).upper > whole.upper);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_extreme);
    tcase_add_test(tcase, reference_correlation);
    tcase_add_test(tcase, two_waves);
    tcase_add_test(tcase, one_class);
    tcase_add_test(tcase, nothing_to_see);
    tcase_add_test(tcase, there_and_back);
    tcase_add_test(tcase, answer_by_answer);
    tcase_add_test(tcase, mirror_and_time);
    tcase_add_test(tcase, any_order);
    tcase_add_test(tcase, split);
    tcase_add_test(tcase, more_of_the_same);
    tcase_add_test(tcase, lines);
    tcase_add_test(tcase, degenerate);
    tcase_add_test(tcase, beyond_doubles);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, levels_and_structs);
}

int main(void)
{
    return test_main("trend", add);
}
