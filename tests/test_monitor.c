/* Waves beside a baseline: the references (see tests/reference/README.md), a textbook's example, run lengths, and what
 * must hold. test_monitor_rules.c has the tests of rules. */
#include <float.h>
#include <math.h>
#include <nps/monitor.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "compare_samples.h"

#define MOST 64

static const nps_sample usual = {2000, 3000, 5000, 9999};

/* A sample that may be without answers. */
static nps_sample wave_of(const char *text)
{
    nps_sample wave = {0, 0, 0, 0};
    ck_assert_int_eq(sscanf(text, "%lf/%lf/%lf", &wave.detractors, &wave.passives, &wave.promoters), 3);
    return wave;
}

static nps_monitor_options options_of(double sigmas, double allowance, double decision)
{
    return (nps_monitor_options){sizeof(nps_monitor_options), sigmas, allowance, decision};
}

static void monitor(const nps_sample *baseline, const nps_sample *waves, size_t count,
                    const nps_monitor_options *options, nps_monitored *out)
{
    memset(out, 0x5a, count * sizeof *out);
    ck_assert_int_eq(nps_monitor_waves(baseline, waves, count, options, out), NPS_OK);
}

static int same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static int alike(const nps_monitored *a, const nps_monitored *b)
{
    return same(a->score, b->score) && same(a->lower, b->lower) && same(a->upper, b->upper) &&
           same(a->distance, b->distance) && a->cusum_low == b->cusum_low && a->cusum_high == b->cusum_high &&
           a->limit == b->limit && a->cusum == b->cusum && a->since == b->since;
}

/* 1 to MOST waves of up to 60 answers or fractions of them, some without any, beside a baseline of up to 600. */
static size_t random_waves(uint64_t *state, nps_sample *baseline, nps_sample *waves)
{
    size_t count = 1 + test_below(state, MOST);
    double unit = test_below(state, 3) == 0 ? 0.37 : 1;
    double part[3];
    for (int i = 0; i < 3; i++) part[i] = test_below(state, 5) == 0 ? 0 : (double)(1 + test_below(state, 20));
    if (part[0] + part[1] + part[2] == 0) part[1] = 1;
    *baseline = counts(10 * part[0], 10 * part[1], 10 * part[2]);
    for (size_t i = 0; i < count; i++) {
        double cell[3];
        for (int k = 0; k < 3; k++) cell[k] = unit * (double)test_below(state, 1 + 2 * (uint64_t)part[k]);
        if (test_below(state, 6) == 0) cell[0] = cell[1] = cell[2] = 0;
        waves[i] = (nps_sample){cell[0], cell[1], cell[2], 0};
    }
    return count;
}

static void check_row(const test_csv *csv, size_t row, const nps_monitored *got)
{
    double low = test_csv_number(csv, row, "cusum_low"), high = test_csv_number(csv, row, "cusum_high");
    double distance = test_csv_number(csv, row, "distance");
    ck_near(got->score, test_csv_number(csv, row, "score"), 4e-16);
    ck_near(got->lower / 100, test_csv_number(csv, row, "lower") / 100, 1e-15);
    ck_near(got->upper / 100, test_csv_number(csv, row, "upper") / 100, 1e-15);
    ck_assert_msg(isnan(distance) ? isnan(got->distance) : test_relative_error(got->distance, distance) < 4e-15,
                  "row %zu: distance %.17g, not %.17g", row + 2, got->distance, distance);
    ck_near(got->cusum_low, low, 1e-14);
    ck_near(got->cusum_high, high, 1e-14);
    ck_assert_msg(got->limit == (int32_t)test_csv_number(csv, row, "limit") &&
                      got->cusum == (int32_t)test_csv_number(csv, row, "cusum") &&
                      got->since == (uint64_t)test_csv_number(csv, row, "since"),
                  "row %zu: limit %d, cusum %d since %d", row + 2, (int)got->limit, (int)got->cusum, (int)got->since);
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("monitor.csv");
    nps_sample waves[MOST];
    nps_monitored monitored[MOST];
    ck_assert_uint_eq(csv->rows, 510);
    for (size_t first = 0, count; first < csv->rows; first += count) {
        const char *name = test_csv_cell(csv, first, "name");
        for (count = 0; first + count < csv->rows; count++) {
            if (strcmp(test_csv_cell(csv, first + count, "name"), name) != 0) break;
            ck_assert(count < MOST);
            waves[count] = wave_of(test_csv_cell(csv, first + count, "wave"));
        }
        nps_sample baseline = wave_of(test_csv_cell(csv, first, "baseline"));
        nps_monitor_options options =
            options_of(test_csv_number(csv, first, "sigmas"), test_csv_number(csv, first, "allowance"),
                       test_csv_number(csv, first, "decision"));
        monitor(&baseline, waves, count, &options, monitored);
        for (size_t i = 0; i < count; i++) check_row(csv, first + i, monitored + i);
    }
    test_csv_free(csv);
}
END_TEST

/* Montgomery, Introduction to Statistical Quality Control, the example of the tabular CUSUM: 30 observations with
 * target 10, standard deviation 1, K 1/2 and H 5. The upper sum is 5.28 at the 29th, the first one above H, and had
 * been above 0 for 7: the process moved between the 22nd and the 23rd. The lower sum begins .05, 1.56, 1.77, 0. Here an
 * observation is a wave of 10,000 whose standard error is one point. */
START_TEST(textbook)
{
    static const double observed[] = {9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.20,  10.34,
                                      9.03,  11.47, 10.51, 9.40,  10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                                      10.90, 9.33,  12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52};
    nps_sample baseline = counts(1, 0, 1), waves[30];
    nps_monitored monitored[30];
    for (size_t i = 0; i < 30; i++) {
        double net = round(100 * (observed[i] - 10));
        waves[i] = net > 0 ? counts(4000, 2000 - net, 4000 + net) : counts(4000 - net, 2000 + net, 4000);
    }
    monitor(&baseline, waves, 30, NULL, monitored);
    for (size_t i = 0; i < 30; i++) {
        ck_near(monitored[i].distance, observed[i] - 10, 1e-13);
        ck_near(monitored[i].lower, -3, 1e-14);
        ck_assert_int_eq(monitored[i].cusum, i >= 28);
        ck_assert_uint_eq(monitored[i].since, i >= 28 ? 22 : 0);
        ck_assert_int_eq(monitored[i].limit, 0);
    }
    ck_near(monitored[0].cusum_low, 0.05, 1e-13);
    ck_near(monitored[1].cusum_low, 1.56, 1e-13);
    ck_near(monitored[2].cusum_low, 1.77, 1e-13);
    ck_assert(monitored[3].cusum_low == 0 && monitored[21].cusum_high == 0);
    ck_near(monitored[28].cusum_high, 5.28, 1e-13);
    ck_near(monitored[29].cusum_high, 5.30, 1e-13);
}
END_TEST

/* A normal deviate (Box and Muller 1958). */
static double deviate(uint64_t *state)
{
    double u = ((double)(test_random(state) >> 11) + 0.5) * 0x1p-53, v = (double)(test_random(state) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979324 * v);
}

/* How many waves until the first that is told, when their scores are normal and lie `shift` standard errors above the
 * baseline's. Waves of fractional counts have exactly the distance that is drawn. */
static double run_length(uint64_t *state, const nps_monitor_options *options, double shift, int limits)
{
    enum { MORE = 8192 };
    static nps_sample waves[MORE];
    static nps_monitored monitored[MORE];
    size_t drawn = 0;
    for (size_t count = 16; count <= MORE; count *= 2) {
        for (; drawn < count; drawn++) {
            double gap = (deviate(state) + shift) * sqrt(0.61e-6) / 2; /* .61: the variance of usual */
            waves[drawn] = (nps_sample){1e6 * (0.2 - gap), 3e5, 1e6 * (0.5 + gap), 0};
        }
        monitor(&usual, waves, count, options, monitored);
        for (size_t i = 0; i < count; i++)
            if (limits ? monitored[i].limit != 0 : monitored[i].cusum != 0) return (double)(i + 1);
    }
    return MORE;
}

/* Within 4 standard errors of the mean of 3,000 runs, whose length is spread about as much as it is long, or less. */
START_TEST(run_lengths)
{
    enum { RUNS = 3000 };
    static const struct {
        const char *column;
        nps_monitor_options options;
        int limits;
    } ways[] = {{"cusum_5", {sizeof(nps_monitor_options), 0, 0, 0}, 0},
                {"cusum_4", {sizeof(nps_monitor_options), 0, 0.5, 4}, 0},
                {"limits_3", {sizeof(nps_monitor_options), 0, 0, 0}, 1},
                {"limits_2", {sizeof(nps_monitor_options), 2, 0, 0}, 1}};
    test_csv *csv = test_csv_read("monitor_run_lengths.csv");
    uint64_t state = 1954;
    ck_assert_uint_eq(csv->rows, 8);
    for (size_t row = 0; row < csv->rows; row += 4) { /* no shift, and one standard error */
        double shift = test_csv_number(csv, row, "shift");
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            double sum = 0, squares = 0, expected = test_csv_number(csv, row, ways[i].column);
            for (int run = 0; run < RUNS; run++) {
                double length = run_length(&state, &ways[i].options, run % 2 ? shift : -shift, ways[i].limits);
                sum += length, squares += length * length;
            }
            double mean = sum / RUNS, error = sqrt((squares / RUNS - mean * mean) / RUNS);
            ck_assert(error < 1.1 * expected / sqrt(RUNS));
            ck_assert_msg(fabs(mean - expected) < 4 * error, "%s at %g: %g, not %g (%g)", ways[i].column, shift, mean,
                          expected, error);
        }
    }
    test_csv_free(csv);
}
END_TEST

/* Every wave of so many answers, with the probability that the baseline's shares give it. */
START_TEST(alarms)
{
    test_csv *csv = test_csv_read("monitor_alarms.csv");
    ck_assert_uint_eq(csv->rows, 21);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample baseline = wave_of(test_csv_cell(csv, row, "baseline"));
        double n = test_csv_number(csv, row, "answers"), below = 0, above = 0;
        for (double d = 0; d <= n; d++) {
            for (double r = 0; r <= n - d; r++) {
                nps_sample wave = {d, n - d - r, r, 0};
                nps_monitored got;
                monitor(&baseline, &wave, 1, NULL, &got);
                double log_chance = lgamma(n + 1) - lgamma(d + 1) - lgamma(n - d - r + 1) - lgamma(r + 1) +
                                    d * log(baseline.detractors / 10000) + r * log(baseline.promoters / 10000) +
                                    (n - d - r) * log(baseline.passives / 10000);
                if (got.limit < 0) below += exp(log_chance);
                if (got.limit > 0) above += exp(log_chance);
            }
        }
        ck_near(below, test_csv_number(csv, row, "below"), 1e-12);
        ck_near(above, test_csv_number(csv, row, "above"), 1e-12);
    }
    test_csv_free(csv);
}
END_TEST

/* What the fields say of one another; and waves that come later change nothing before. */
START_TEST(consistent)
{
    uint64_t state = 3, limits = 0, sums = 0;
    for (int round = 0; round < 2000; round++) {
        nps_sample baseline, waves[MOST];
        nps_monitored all[MOST], some[MOST];
        size_t count = random_waves(&state, &baseline, waves), fewer = test_below(&state, count + 1);
        nps_monitor_options options = options_of(1, 0.25, 2);
        monitor(&baseline, waves, count, &options, all);
        monitor(&baseline, waves, fewer, &options, some);
        double low = 0, high = 0, centre;
        ck_assert_int_eq(nps_sample_score(&baseline, &centre), NPS_OK);
        for (size_t i = 0; i < count; i++) {
            const nps_monitored *at = all + i;
            if (i < fewer) ck_assert(alike(at, some + i));
            if (isnan(at->distance)) {
                ck_assert(isnan(at->score) && isnan(at->lower) && isnan(at->upper));
                ck_assert(at->limit == 0 && at->cusum == 0 && at->since == 0);
                ck_assert(at->cusum_low == low && at->cusum_high == high);
                continue;
            }
            ck_assert_int_eq(at->limit, (at->score > at->upper) - (at->score < at->lower));
            ck_assert(-100 <= at->lower && at->lower <= centre && centre <= at->upper && at->upper <= 100);
            ck_assert((at->distance > 0) == (at->score > centre) || fabs(at->distance) < 1e-12);
            low = fmax(0, low - at->distance - 0.25), high = fmax(0, high + at->distance - 0.25);
            ck_assert(at->cusum_low == low && at->cusum_high == high);
            ck_assert_int_eq(at->cusum, fmax(low, high) > 2 ? (low >= high ? -1 : 1) : 0);
            ck_assert(at->cusum == 0 ? at->since == 0 : at->since <= i);
            limits += at->limit != 0, sums += at->cusum != 0;
            if (at->cusum == 0) continue;
            for (uint64_t j = at->since; j <= i; j++)
                ck_assert((at->cusum < 0 ? all[j].cusum_low : all[j].cusum_high) > 0);
            if (at->since > 0)
                ck_assert((at->cusum < 0 ? all[at->since - 1].cusum_low : all[at->since - 1].cusum_high) == 0);
        }
    }
    ck_assert(limits > 1000 && sums > 1000);
}
END_TEST

START_TEST(mirror)
{
    uint64_t state = 4;
    for (int round = 0; round < 2000; round++) {
        nps_sample baseline, waves[MOST], swapped[MOST];
        nps_monitored a[MOST], b[MOST];
        size_t count = random_waves(&state, &baseline, waves);
        nps_monitor_options options = options_of(1, 0.25, 2);
        for (size_t i = 0; i < count; i++) swapped[i] = mirrored(waves + i);
        monitor(&baseline, waves, count, &options, a);
        baseline = mirrored(&baseline);
        monitor(&baseline, swapped, count, &options, b);
        for (size_t i = 0; i < count; i++) {
            nps_monitored turned = {-b[i].score,    -b[i].upper, -b[i].lower, -b[i].distance, b[i].cusum_high,
                                    b[i].cusum_low, -b[i].limit, -b[i].cusum, b[i].since};
            if (a[i].cusum_low == a[i].cusum_high && a[i].cusum != 0) turned.cusum = -1, turned.since = a[i].since;
            ck_assert(alike(a + i, &turned));
        }
    }
}
END_TEST

/* Waves without answers may as well not be there, but for the index; and a baseline is shares, however many. */
START_TEST(invariances)
{
    uint64_t state = 5;
    for (int round = 0; round < 1000; round++) {
        nps_sample baseline, waves[MOST], answered[MOST];
        nps_monitored all[MOST], some[MOST], large[MOST];
        size_t count = random_waves(&state, &baseline, waves), kept = 0, where[MOST];
        nps_monitor_options options = options_of(1, 0.25, 2);
        for (size_t i = 0; i < count; i++) {
            if (waves[i].detractors + waves[i].passives + waves[i].promoters == 0) continue;
            where[kept] = i;
            answered[kept++] = waves[i];
        }
        monitor(&baseline, waves, count, &options, all);
        monitor(&baseline, answered, kept, &options, some);
        double variance;
        ck_assert_int_eq(nps_sample_variance(&baseline, &variance), NPS_OK);
        nps_sample times = {1024 * baseline.detractors, 1024 * baseline.passives, 1024 * baseline.promoters, 7};
        monitor(&times, waves, count, &options, large);
        for (size_t i = 0; i < kept; i++) {
            nps_monitored moved = all[where[i]];
            if (moved.cusum != 0) {
                /* The first wave with answers from there on. */
                size_t since = 0;
                while (where[since] < moved.since) since++;
                moved.since = since;
            }
            ck_assert(alike(&moved, some + i));
        }
        for (size_t i = 0; i < count && variance > 0; i++) ck_assert(alike(all + i, large + i));
    }
}
END_TEST

/* A baseline of 50 promoters has the variance of 3/4, 3/2, 50.75 over 53: (51.5 / 53) - (50 / 53)^2. */
START_TEST(no_variance)
{
    nps_sample baseline = counts(0, 0, 50), waves[] = {counts(1, 0, 9), counts(0, 0, 10)};
    nps_monitored monitored[2];
    double error = sqrt((51.5 / 53 - 2500.0 / (53 * 53)) / 10);
    monitor(&baseline, waves, 2, NULL, monitored);
    ck_near(monitored[0].distance, -0.2 / error, 1e-13);
    ck_near(monitored[0].lower, 100 - 300 * error, 1e-13);
    ck_assert(monitored[0].upper == 100 && monitored[0].limit == 0);
    ck_assert(monitored[1].distance == 0 && monitored[1].limit == 0);
}
END_TEST

/* Ties of score and limit, and of sum and decision: neither tells. The variance is 1, a wave of 4 has an error of 50.
 */
START_TEST(ties)
{
    nps_sample baseline = counts(1, 0, 1), waves[] = {counts(0, 2, 2), counts(0, 2, 2), counts(2, 2, 0)};
    nps_monitored monitored[3];
    nps_monitor_options options = options_of(1, 0.25, 1.5);
    monitor(&baseline, waves, 3, &options, monitored);
    ck_assert(monitored[0].upper == 50 && monitored[0].score == 50 && monitored[0].limit == 0);
    ck_assert(monitored[2].lower == -50 && monitored[2].score == -50 && monitored[2].limit == 0);
    ck_assert(monitored[1].cusum_high == 1.5 && monitored[1].cusum == 0);
    options.decision = 1.4999999999999998;
    monitor(&baseline, waves, 3, &options, monitored);
    ck_assert(monitored[1].cusum == 1 && monitored[1].since == 0);
}
END_TEST

START_TEST(extremes)
{
    static const nps_sample samples[] = {{5e-324, 0, 0, 0},      {0, 5e-324, 0, 0},       {0, 0, 5e-324, 0},
                                         {1e15, 0, 0, 0},        {0, 1e15, 0, 0},         {0, 0, 1e15, 0},
                                         {1e-300, 0, 1e15, 0},   {1e-80, 9e14, 1e-80, 0}, {3e14, 3e14, 4e14, 0},
                                         {1e-300, 1e-300, 0, 0}, {0, 1e-9, 1e15 - 1, 0},  {1, 1, 1, 1e300}};
    enum { COUNT = sizeof samples / sizeof *samples };
    static const double sizes[] = {0, 5e-324, 1e-300, 1, 1e300, DBL_MAX};
    nps_monitored monitored[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            nps_monitor_options options = options_of(sizes[j], sizes[j], sizes[j]);
            monitor(samples + i, samples, COUNT, &options, monitored);
            for (size_t k = 0; k < COUNT; k++) {
                ck_assert(isfinite(monitored[k].distance) && isfinite(monitored[k].score));
                ck_assert(monitored[k].lower >= -100 && monitored[k].lower <= monitored[k].upper);
                ck_assert(monitored[k].upper <= 100);
                ck_assert(monitored[k].cusum_low >= 0 && isfinite(monitored[k].cusum_low));
                ck_assert(monitored[k].cusum_high >= 0 && isfinite(monitored[k].cusum_high));
            }
            ck_assert(monitored[i].distance == 0 && monitored[i].limit == 0);
        }
    }
}
END_TEST

START_TEST(defaults)
{
    uint64_t state = 6;
    for (int round = 0; round < 100; round++) {
        nps_sample baseline, waves[MOST];
        nps_monitored none[MOST], zeros[MOST], all[MOST], shorter[MOST];
        size_t count = random_waves(&state, &baseline, waves);
        nps_monitor_options options = options_of(0, 0, 0), given = options_of(3, 0.5, 5);
        monitor(&baseline, waves, count, NULL, none);
        monitor(&baseline, waves, count, &options, zeros);
        monitor(&baseline, waves, count, &given, all);
        /* A caller of a release that knew sigmas only: what stands behind is not its struct. */
        options = (nps_monitor_options){offsetof(nps_monitor_options, allowance), 3, -7, NAN};
        monitor(&baseline, waves, count, &options, shorter);
        for (size_t i = 0; i < count; i++)
            ck_assert(alike(none + i, zeros + i) && alike(none + i, all + i) && alike(none + i, shorter + i));
    }
    ck_assert_int_eq(nps_monitor_waves(&usual, NULL, 0, NULL, NULL), NPS_OK);
}
END_TEST

/* The status of a call that must not have written anything. */
static int status_of(const nps_sample *baseline, const nps_sample *waves, const nps_monitor_options *options)
{
    nps_monitored monitored[3], before[3];
    memset(monitored, 0x5a, sizeof monitored);
    memcpy(before, monitored, sizeof before);
    int status = nps_monitor_waves(baseline, waves, 3, options, monitored);
    ck_assert_mem_eq(monitored, before, sizeof before);
    return status;
}

START_TEST(refusals)
{
    static const double bad[] = {-1, NAN, INFINITY, 1e16};
    nps_sample waves[] = {counts(1, 2, 3), counts(2, 2, 3), counts(2, 2, 2)}, fine = waves[2], empty = {0, 0, 0, 0};
    nps_monitored monitored[3];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        nps_sample *const places[] = {&waves[0], &waves[2]};
        for (size_t j = 0; j < 2; j++) {
            nps_sample kept = *places[j];
            places[j]->passives = bad[i];
            ck_assert_int_eq(status_of(&fine, waves, NULL), NPS_ERR_RANGE);
            ck_assert_int_eq(status_of(places[j], waves, NULL), NPS_ERR_RANGE);
            *places[j] = kept;
        }
        if (bad[i] == 1e16) continue;
        for (int field = 0; field < 3; field++) {
            nps_monitor_options options =
                options_of(field == 0 ? bad[i] : 0, field == 1 ? bad[i] : 0, field == 2 ? bad[i] : 0);
            ck_assert_int_eq(status_of(&fine, waves, &options), NPS_ERR_ARGUMENT);
            ck_assert_int_eq(nps_monitor_waves(&fine, NULL, 0, &options, NULL), NPS_ERR_ARGUMENT);
        }
        waves[2] = empty;
        waves[2].df = bad[i];
        ck_assert_int_eq(status_of(&fine, waves, NULL), NPS_ERR_RANGE);
        waves[2] = fine;
    }
    ck_assert_int_eq(status_of(&empty, waves, NULL), NPS_ERR_EMPTY);
    ck_assert_int_eq(status_of(NULL, waves, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(status_of(&fine, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_monitor_waves(&fine, waves, 3, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_monitor_waves(NULL, NULL, 0, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_monitor_waves(&empty, NULL, 0, NULL, NULL), NPS_ERR_EMPTY);

    nps_monitor_options none = {.struct_size = 0};
    ck_assert_int_eq(status_of(&fine, waves, &none), NPS_ERR_ARGUMENT);
    struct {
        nps_monitor_options known;
        uint64_t unknown;
    } longer = {{sizeof longer, 0, 0, 0}, 0};
    ck_assert_int_eq(nps_monitor_waves(&fine, waves, 3, &longer.known, monitored), NPS_OK);
    longer.unknown = 1;
    ck_assert_int_eq(status_of(&fine, waves, &longer.known), NPS_ERR_ARGUMENT);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, textbook);
    tcase_add_test(tcase, run_lengths);
    tcase_add_test(tcase, alarms);
    tcase_add_test(tcase, consistent);
    tcase_add_test(tcase, mirror);
    tcase_add_test(tcase, invariances);
    tcase_add_test(tcase, no_variance);
    tcase_add_test(tcase, ties);
    tcase_add_test(tcase, extremes);
    tcase_add_test(tcase, defaults);
    tcase_add_test(tcase, refusals);
}

int main(void)
{
    return test_main("monitor", add);
}
