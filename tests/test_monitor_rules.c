/* Rules: the references of what they are made of (see tests/reference/README.md), that interval, p and outcome agree,
 * how often they fire when looked at after every answer, and what must hold. test_monitor_rules_faults.c has the tests
 * of what is refused. */
#include <float.h>
#include <math.h>
#include <nps/interval.h>
#include <nps/monitor.h>
#include <nps/sequential.h>
#include <stddef.h>
#include <string.h>

#include "compare_samples.h"
#include "special_internal.h"

static nps_rule rule_of(int32_t rule, double points, double level)
{
    return (nps_rule){.struct_size = sizeof(nps_rule), .rule = rule, .points = points, .level = level};
}

static int is_side(int32_t rule, int high)
{
    return high ? rule == NPS_RULE_ABOVE || rule == NPS_RULE_RISE : rule == NPS_RULE_BELOW || rule == NPS_RULE_DROP;
}

/* Also holds the parts to one another: the outcome, the interval past the threshold, and p. */
static nps_alert alert_of(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample)
{
    nps_alert out = {.struct_size = sizeof out, .outcome = -7, .side = -7};
    double score, error = 1 - (rule->level == 0 ? 0.95 : rule->level);
    ck_assert_int_eq(nps_monitor_rule(rule, baseline, sample, &out), NPS_OK);
    ck_assert_int_eq(nps_sample_score(sample, &score), NPS_OK);
    ck_assert(out.score == score);
    int past = is_side(rule->rule, 0) ? out.upper < out.threshold : out.lower > out.threshold;
    if (rule->rule == NPS_RULE_LIMITS) past = score < out.lower || score > out.upper;
    if (!isnan(out.p)) ck_assert(out.p >= 0 && out.p <= 1 && (out.p < error) == past);
    int fires = past && sample->detractors + sample->promoters + sample->passives >= rule->least;
    ck_assert_int_eq(out.outcome == NPS_ALERT_FIRED, fires);
    ck_assert_int_eq(out.side, !fires ? 0 : out.estimate < out.threshold ? -1 : 1);
    if (rule->rule != NPS_RULE_LIMITS) ck_assert(out.lower <= out.estimate && out.estimate <= out.upper);
    return out;
}

static nps_alert held(int32_t rule, double points, double level, const nps_sample *baseline, const nps_sample *sample)
{
    nps_rule known = rule_of(rule, points, level);
    return alert_of(&known, baseline, sample);
}

static nps_alert held_anytime(int32_t rule, double points, double level, const nps_sample *baseline,
                              const nps_sample *sample)
{
    nps_rule known = rule_of(rule, points, level);
    known.anytime = 1;
    return alert_of(&known, baseline, sample);
}

/* The two-sided interval of level 2 L - 1 is what a rule of level L inverts: past its bounds by so little, it fires. */
START_TEST(below_reference)
{
    test_csv *csv = test_csv_read("intervals.csv");
    size_t used = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "method"), "score") != 0) continue;
        nps_sample sample = row_sample(csv, row, "");
        double level = (1 + test_csv_number(csv, row, "level")) / 2, tol = test_csv_number(csv, row, "tol");
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        for (int past = 0; past < 2; past++) {
            double off = past ? 1e-7 : -1e-7;
            if (upper < 100) {
                nps_alert below = held(NPS_RULE_BELOW, upper + off, level, NULL, &sample);
                ck_assert(within(below.lower, lower, tol) && within(below.upper, upper, tol));
                ck_assert_int_eq(below.outcome, past ? NPS_ALERT_FIRED : NPS_ALERT_NONE);
                ck_assert(below.threshold == upper + off && below.estimate == below.score);
                ck_near(below.p, 1 - level, 1e-5);
            }
            if (lower > -100) {
                nps_alert above = held(NPS_RULE_ABOVE, lower - off, level, NULL, &sample);
                ck_assert(within(above.lower, lower, tol) && within(above.upper, upper, tol));
                ck_assert_int_eq(above.outcome, past ? NPS_ALERT_FIRED : NPS_ALERT_NONE);
            }
        }
        used++;
    }
    ck_assert_uint_eq(used, 63);
    test_csv_free(csv);
}
END_TEST

/* The two-sided p is twice the one-sided one on the side of the statistic. */
static double one_sided(double p, double statistic, int high)
{
    return (statistic > 0) == high ? p / 2 : 1 - p / 2;
}

START_TEST(statistics_reference)
{
    test_csv *csv = test_csv_read("one_sample.csv");
    size_t used = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "method"), "score") != 0) continue;
        nps_sample sample = row_sample(csv, row, "");
        double points = test_csv_number(csv, row, "benchmark"), tol = test_csv_number(csv, row, "tol");
        double statistic = test_csv_number(csv, row, "statistic"), p = test_csv_number(csv, row, "p");
        for (int high = 0; high < 2; high++) {
            nps_alert got = held(high ? NPS_RULE_ABOVE : NPS_RULE_BELOW, points, 0.975, NULL, &sample);
            ck_assert(within(got.statistic, statistic, tol));
            ck_assert(within_p(got.p, one_sided(p, statistic, high), tol));
            ck_assert_int_eq(got.outcome == NPS_ALERT_FIRED, p < 0.05 && (statistic > 0) == high);
        }
        used++;
    }
    ck_assert_uint_ge(used, 15);
    test_csv_free(csv);
}
END_TEST

START_TEST(drop_reference)
{
    test_csv *csv = test_csv_read("differences.csv");
    size_t used = 0, fired = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "method"), "mover") != 0) continue;
        nps_sample from = row_sample(csv, row, "from_"), to = row_sample(csv, row, "to_");
        double level = (1 + test_csv_number(csv, row, "level")) / 2, statistic = test_csv_number(csv, row, "statistic");
        double tol = test_csv_number(csv, row, "tol"), tol_p = test_csv_number(csv, row, "tol_p");
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        for (int high = 0; high < 2; high++) {
            nps_alert got = held(high ? NPS_RULE_RISE : NPS_RULE_DROP, 0, level, &from, &to);
            ck_assert(within(got.estimate, test_csv_number(csv, row, "estimate"), tol));
            ck_assert(within(got.lower, lower, tol) && within(got.upper, upper, tol));
            ck_assert(within(got.statistic, statistic, tol_p));
            ck_assert(within_p(got.p, one_sided(test_csv_number(csv, row, "p"), statistic, high), tol_p));
            ck_assert_int_eq(got.outcome == NPS_ALERT_FIRED, high ? lower > 0 : upper < 0);
            ck_assert(got.threshold == 0 && !signbit(got.threshold));
            fired += got.outcome == NPS_ALERT_FIRED;
        }
        used++;
    }
    ck_assert(used >= 15 && fired > 5);
    test_csv_free(csv);
}
END_TEST

static void check_margin(const test_csv *csv, size_t row, double tolerance)
{
    nps_sample from = row_sample(csv, row, "from_"), to = row_sample(csv, row, "to_");
    double margin = test_csv_number(csv, row, "margin");
    double low = test_csv_number(csv, row, "statistic_lower"), high = test_csv_number(csv, row, "statistic_upper");
    nps_alert drop = held(NPS_RULE_DROP, margin, 0, &from, &to), rise = held(NPS_RULE_RISE, margin, 0, &from, &to);
    ck_assert(drop.threshold == -margin && rise.threshold == margin);
    ck_assert(test_relative_error(drop.statistic, low) <= tolerance);
    ck_assert(test_relative_error(rise.statistic, high) <= tolerance);
    ck_assert(within_p(drop.p, npsi_normal_cdf(low), 1e-7) && within_p(rise.p, npsi_normal_sf(high), 1e-7));
    ck_assert_int_eq(drop.outcome == NPS_ALERT_FIRED, low < -1.6448536269514722); /* R: qnorm(.95) */
    ck_assert_int_eq(rise.outcome == NPS_ALERT_FIRED, high > 1.6448536269514722);
}

START_TEST(margins_reference)
{
    test_csv *csv = test_csv_read("equivalence.csv");
    size_t used = 0;
    for (size_t row = 0; row < csv->rows; row++)
        if (strcmp(test_csv_cell(csv, row, "method"), "mover") == 0)
            check_margin(csv, row, test_csv_number(csv, row, "tol")), used++;
    ck_assert_uint_eq(used, 5);
    test_csv_free(csv);
    csv = test_csv_read("differences_extreme.csv");
    for (size_t row = used = 0; row < csv->rows; row++)
        if (strcmp(test_csv_cell(csv, row, "method"), "mover") == 0) check_margin(csv, row, 3e-10), used++;
    ck_assert_uint_ge(used, 40);
    test_csv_free(csv);
}
END_TEST

START_TEST(anytime_reference)
{
    test_csv *csv = test_csv_read("sequential.csv");
    ck_assert_uint_eq(csv->rows, 39);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample sample = row_sample(csv, row, "");
        double score, tol = test_csv_number(csv, row, "tol");
        ck_assert_int_eq(nps_sample_score(&sample, &score), NPS_OK);
        if (strcmp(test_csv_cell(csv, row, "kind"), "e-value") == 0) {
            double points = test_csv_number(csv, row, "benchmark"), evidence = test_csv_number(csv, row, "log_e_value");
            for (int high = 0; high < 2; high++) {
                nps_alert got = held_anytime(high ? NPS_RULE_ABOVE : NPS_RULE_BELOW, points, 0.9, NULL, &sample);
                int asked = high ? score > points : score < points;
                ck_assert(within(got.statistic, evidence, tol));
                ck_near(got.p, asked ? fmin(1, exp(-evidence)) : 1, 1e-8);
                ck_assert_int_eq(got.outcome == NPS_ALERT_FIRED, asked && evidence > log(10));
            }
            continue;
        }
        double level = test_csv_number(csv, row, "level");
        double lower = test_csv_number(csv, row, "lower"), upper = test_csv_number(csv, row, "upper");
        for (int past = 0; past < 2; past++) {
            double low = lower + (past ? -1e-6 : 1e-6), high = upper + (past ? 1e-6 : -1e-6);
            if (low > -100) {
                nps_alert above = held_anytime(NPS_RULE_ABOVE, low, level, NULL, &sample);
                ck_assert(within(above.lower, lower, tol) && within(above.upper, upper, tol));
                ck_assert_int_eq(above.outcome, past ? NPS_ALERT_FIRED : NPS_ALERT_NONE);
            }
            if (high < 100) {
                nps_alert below = held_anytime(NPS_RULE_BELOW, high, level, NULL, &sample);
                ck_assert(within(below.lower, lower, tol) && within(below.upper, upper, tol));
                ck_assert_int_eq(below.outcome, past ? NPS_ALERT_FIRED : NPS_ALERT_NONE);
            }
        }
    }
    test_csv_free(csv);
}
END_TEST

/* At .9: the sequences at .95 of one reference less the score intervals at .9 of the other. */
START_TEST(anytime_drop_reference)
{
    test_csv *sequences = test_csv_read("sequential.csv"), *intervals = test_csv_read("intervals.csv");
    size_t used = 0, fired = 0;
    for (size_t i = 0; i < sequences->rows; i++) {
        if (test_csv_number(sequences, i, "level") != 0.95) continue;
        nps_sample to = row_sample(sequences, i, "");
        double to_lower = test_csv_number(sequences, i, "lower"), to_upper = test_csv_number(sequences, i, "upper");
        for (size_t j = 0; j < intervals->rows; j++) {
            if (strcmp(test_csv_cell(intervals, j, "method"), "score") != 0) continue;
            if (test_csv_number(intervals, j, "level") != 0.9) continue;
            nps_sample from = row_sample(intervals, j, "");
            double lower = to_lower - test_csv_number(intervals, j, "upper");
            double upper = to_upper - test_csv_number(intervals, j, "lower");
            double points = (double)(10 * (j % 3));
            nps_alert drop = held_anytime(NPS_RULE_DROP, points, 0.9, &from, &to);
            nps_alert rise = held_anytime(NPS_RULE_RISE, points, 0.9, &from, &to);
            ck_assert(within(drop.lower, lower, 1e-8) && within(drop.upper, upper, 1e-8));
            ck_assert(within(rise.lower, lower, 1e-8) && within(rise.upper, upper, 1e-8));
            ck_assert_int_eq(drop.outcome == NPS_ALERT_FIRED, upper < -points);
            ck_assert_int_eq(rise.outcome == NPS_ALERT_FIRED, lower > points);
            ck_assert(isnan(drop.statistic) && isnan(drop.p) && isnan(rise.statistic) && isnan(rise.p));
            fired += drop.outcome == NPS_ALERT_FIRED || rise.outcome == NPS_ALERT_FIRED;
            used++;
        }
    }
    ck_assert(used == 231 && fired > 20);
    test_csv_free(sequences);
    test_csv_free(intervals);
}
END_TEST

/* alert_of has the checks. Beside them: the numbers are those of the functions that the header names, p to its last
 * places, of which those at the boundary are moved. */
START_TEST(agreement)
{
    static const double levels[] = {0.5000001, 0.6, 0.9, 0.95, 0.999, 0.9999999};
    uint64_t state = 11;
    size_t fired[4] = {0};
    for (int round = 0; round < 8000; round++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        double level = levels[test_below(&state, sizeof levels / sizeof *levels)], lower, upper;
        double points = (double)test_below(&state, 199) - 99, margin = (double)test_below(&state, 60);
        nps_test test = {.struct_size = sizeof test};
        nps_difference difference = {.struct_size = sizeof difference};
        nps_alert all[] = {
            held(NPS_RULE_BELOW, points, level, NULL, &to), held(NPS_RULE_ABOVE, points, level, NULL, &to),
            held(NPS_RULE_DROP, margin, level, &from, &to), held(NPS_RULE_RISE, margin, level, &from, &to)};
        ck_assert_int_eq(nps_interval(&to, NPS_INTERVAL_SCORE, 2 * level - 1, &lower, &upper), NPS_OK);
        ck_assert_int_eq(nps_compare_benchmark(&to, NPS_BENCHMARK_SCORE, points, &test), NPS_OK);
        ck_assert_int_eq(nps_compare(&from, &to, NPS_DIFFERENCE_MOVER, 2 * level - 1, &difference), NPS_OK);
        for (int i = 0; i < 2; i++) {
            ck_assert(all[i].lower == lower && all[i].upper == upper);
            ck_near(all[i].statistic, test.statistic, 1e-14);
            ck_assert(all[2 + i].lower == difference.lower && all[2 + i].upper == difference.upper);
            ck_assert(all[2 + i].estimate == difference.estimate);
        }
        for (int i = 0; i < 4; i++) {
            double p = i % 2 ? npsi_normal_sf(all[i].statistic) : npsi_normal_cdf(all[i].statistic);
            ck_assert(test_relative_error(all[i].p, p) < 1e-12);
            fired[i] += all[i].outcome == NPS_ALERT_FIRED;
        }
    }
    for (int i = 0; i < 4; i++) ck_assert(fired[i] > 400 && fired[i] < 6400);
}
END_TEST

/* Points at the very bound, where rounding may put p on the other side: the bound decides, and a tie does not fire. */
START_TEST(boundaries)
{
    uint64_t state = 12;
    for (int round = 0; round < 3000; round++) {
        nps_sample to = random_sample(&state), from = random_sample(&state);
        double level = 0.5 + (1 + (double)test_below(&state, 499)) / 1000, lower, upper;
        ck_assert_int_eq(nps_interval(&to, NPS_INTERVAL_SCORE, 2 * level - 1, &lower, &upper), NPS_OK);
        if (upper < 100) {
            ck_assert_int_eq(held(NPS_RULE_BELOW, upper, level, NULL, &to).outcome, NPS_ALERT_NONE);
            ck_assert_int_eq(held(NPS_RULE_BELOW, nextafter(upper, 200), level, NULL, &to).outcome,
                             nextafter(upper, 200) > upper);
        }
        if (lower > -100) ck_assert_int_eq(held(NPS_RULE_ABOVE, lower, level, NULL, &to).outcome, NPS_ALERT_NONE);
        nps_difference difference = {.struct_size = sizeof difference};
        ck_assert_int_eq(nps_compare(&from, &to, NPS_DIFFERENCE_MOVER, 2 * level - 1, &difference), NPS_OK);
        if (difference.upper < 0) {
            ck_assert_int_eq(held(NPS_RULE_DROP, -difference.upper, level, &from, &to).outcome, NPS_ALERT_NONE);
            double less = nextafter(-difference.upper, 0);
            ck_assert_int_eq(held(NPS_RULE_DROP, less, level, &from, &to).outcome, NPS_ALERT_FIRED);
        }
        if (round % 10 > 0) continue;
        ck_assert_int_eq(nps_sequential_interval(&to, level, &lower, &upper), NPS_OK);
        if (upper < 100) ck_assert(held_anytime(NPS_RULE_BELOW, upper, level, NULL, &to).outcome == NPS_ALERT_NONE);
        if (lower > -100) ck_assert(held_anytime(NPS_RULE_ABOVE, lower, level, NULL, &to).outcome == NPS_ALERT_NONE);
    }
}
END_TEST

/* A score that is the threshold, and a difference of just the points, at a confidence that is next to none. */
START_TEST(ties)
{
    const double level = 0.5 + DBL_EPSILON;
    for (double n = 4; n <= 4e14; n *= 10) {
        nps_sample sample = counts(n / 4, n / 4, n / 2), mirror = mirrored(&sample), passives = counts(0, n, 0);
        for (int anytime = 0; anytime < 2; anytime++) {
            nps_rule rules[] = {rule_of(NPS_RULE_BELOW, 25, level), rule_of(NPS_RULE_ABOVE, 25, level),
                                rule_of(NPS_RULE_DROP, 0, level),   rule_of(NPS_RULE_RISE, 0, level),
                                rule_of(NPS_RULE_DROP, 25, level),  rule_of(NPS_RULE_RISE, 25, level)};
            const nps_sample *from[] = {NULL, NULL, &sample, &sample, &passives, &passives};
            const nps_sample *to[] = {&sample, &sample, &sample, &sample, &mirror, &sample};
            for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
                rules[i].anytime = anytime;
                ck_assert_int_eq(alert_of(&rules[i], from[i], to[i]).outcome, NPS_ALERT_NONE);
            }
        }
    }
}
END_TEST

static void check_mirrored(const nps_alert *a, const nps_alert *b, int anytime)
{
    ck_assert(a->outcome == b->outcome && a->side == -b->side);
    ck_assert(a->score == -b->score && a->estimate == -b->estimate && a->threshold == -b->threshold);
    ck_assert(a->lower == -b->upper && a->upper == -b->lower);
    ck_assert(a->p == b->p || (isnan(a->p) && isnan(b->p)));
    double turned = anytime ? b->statistic : -b->statistic;
    ck_assert(a->statistic == turned || (isnan(a->statistic) && isnan(turned)));
}

START_TEST(mirror)
{
    uint64_t state = 13;
    for (int round = 0; round < 1500; round++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        nps_sample swapped_from = mirrored(&from), swapped_to = mirrored(&to);
        double level = 0.6 + 0.001 * (double)test_below(&state, 399);
        int anytime = round % 8 == 0;
        for (int32_t number = 0; number < NPS_RULE_COUNT; number++) {
            double points = (double)test_below(&state, 60);
            nps_rule rule = rule_of(number, points, level), other = rule;
            if (number < NPS_RULE_LIMITS) rule.anytime = other.anytime = anytime, other.rule = number ^ 1;
            if (number <= NPS_RULE_ABOVE) other.points = -points;
            nps_alert a = alert_of(&rule, &from, &to), b = alert_of(&other, &swapped_from, &swapped_to);
            if (number == NPS_RULE_LIMITS && a.threshold == a.upper && b.threshold == b.upper) continue; /* a tie */
            check_mirrored(&a, &b, anytime);
        }
    }
}
END_TEST

START_TEST(limits)
{
    uint64_t state = 14, fired = 0;
    for (int round = 0; round < 5000; round++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        /* What is not of the rule is not looked at. */
        nps_rule rule = {sizeof rule, NPS_RULE_LIMITS, 0, 777, NAN, round % 4, 0};
        nps_monitor_options options = {.struct_size = sizeof options, .sigmas = round % 4};
        nps_monitored wave;
        nps_alert got = {.struct_size = sizeof got};
        ck_assert_int_eq(nps_monitor_rule(&rule, &from, &to, &got), NPS_OK);
        ck_assert_int_eq(nps_monitor_waves(&from, &to, 1, &options, &wave), NPS_OK);
        ck_assert(got.score == wave.score && got.estimate == wave.score && got.side == wave.limit);
        ck_assert(got.lower == wave.lower && got.upper == wave.upper && isnan(got.statistic) && isnan(got.p));
        ck_assert(got.threshold == (wave.distance < 0 ? wave.lower : wave.upper));
        ck_assert_int_eq(got.outcome, wave.limit != 0 ? NPS_ALERT_FIRED : NPS_ALERT_NONE);
        fired += wave.limit != 0;
    }
    ck_assert(fired > 500 && fired < 4500);
}
END_TEST

/* Too few answers: the same numbers, and nothing fires. The effective size counts. */
START_TEST(few)
{
    nps_sample from = counts(0, 10, 500), to = counts(15.5, 0, 0), none = {0, 0, 0, 3};
    for (int32_t number = 0; number < NPS_RULE_COUNT; number++) {
        if (is_side(number, 1)) to = counts(0, 0, 15.5), from = counts(500, 10, 0);
        if (number == NPS_RULE_DROP) to = counts(15.5, 0, 0), from = counts(0, 10, 500);
        nps_rule rule = rule_of(number, 0, 0);
        nps_alert all = alert_of(&rule, &from, &to);
        ck_assert(all.outcome == NPS_ALERT_FIRED && all.side != 0);
        rule.least = 15.5;
        ck_assert_int_eq(alert_of(&rule, &from, &to).outcome, NPS_ALERT_FIRED);
        rule.least = nextafter(15.5, 16);
        nps_alert got = alert_of(&rule, &from, &to);
        ck_assert(got.outcome == NPS_ALERT_FEW && got.side == 0);
        got.outcome = all.outcome, got.side = all.side;
        ck_assert(memcmp(&got, &all, offsetof(nps_alert, statistic)) == 0);
        ck_assert(got.p == all.p || number == NPS_RULE_LIMITS);

        nps_alert empty = {.struct_size = sizeof empty, .outcome = -7, .side = -7};
        ck_assert_int_eq(nps_monitor_rule(&rule, &from, &none, &empty), NPS_OK);
        ck_assert(empty.outcome == NPS_ALERT_FEW && empty.side == 0);
        const double fields[] = {empty.score, empty.estimate,  empty.threshold, empty.lower,
                                 empty.upper, empty.statistic, empty.p};
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) ck_assert(isnan(fields[i]));
    }
}
END_TEST

/* What fires at any time fires at one look, too: the price of looking is never negative. */
START_TEST(price)
{
    uint64_t state = 15, fired = 0;
    for (int round = 0; round < 800; round++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        double level = 0.6 + 0.001 * (double)test_below(&state, 399), points = (double)test_below(&state, 30);
        for (int32_t number = NPS_RULE_BELOW; number <= NPS_RULE_RISE; number++) {
            if (held_anytime(number, points, level, &from, &to).outcome != NPS_ALERT_FIRED) continue;
            ck_assert_int_eq(held(number, points, level, &from, &to).outcome, NPS_ALERT_FIRED);
            fired++;
        }
    }
    ck_assert(fired > 300);
}
END_TEST

static void answer(uint64_t *state, nps_sample *sample)
{
    uint64_t drawn = test_below(state, 10); /* 2/3/5 */
    *(drawn < 2 ? &sample->detractors : drawn < 5 ? &sample->passives : &sample->promoters) += 1;
}

/* Streams of 300 answers at a score of 30, looked at after each: those in which a rule ever fires. At any time at most
 * 1 - level of them, give or take 3 standard errors; at one look, far more. See the test above for why the rule of any
 * time is asked only where the other one fires. */
static void peek(int32_t number, int streams, uint64_t seed)
{
    enum { ANSWERS = 300 };
    uint64_t state = seed;
    const double level = 0.9;
    double once = 0, always = 0;
    for (int stream = 0; stream < streams; stream++) {
        nps_sample baseline = {0, 0, 0, 0}, sample = {0, 0, 0, 0};
        int fired[2] = {0, 0};
        for (int i = 0; i < 500; i++) answer(&state, &baseline);
        for (int i = 0; i < ANSWERS; i++) {
            answer(&state, &sample);
            double points = number == NPS_RULE_BELOW ? 30 : 0;
            if (fired[1] || held(number, points, level, &baseline, &sample).outcome != NPS_ALERT_FIRED) continue;
            fired[0] = 1;
            fired[1] = held_anytime(number, points, level, &baseline, &sample).outcome == NPS_ALERT_FIRED;
        }
        once += fired[0], always += fired[1];
    }
    once /= streams, always /= streams;
    ck_assert_msg(always <= 0.1 + 3 * sqrt(0.1 * 0.9 / streams), "%g of streams at any time", always);
    ck_assert_msg(once > 0.4, "%g of streams at one look", once);
}

START_TEST(peeking)
{
    peek(NPS_RULE_BELOW, 150, 21);
    peek(NPS_RULE_DROP, 60, 22);
}
END_TEST

START_TEST(extremes)
{
    static const nps_sample samples[] = {{5e-324, 0, 0, 0},       {0, 5e-324, 0, 0},     {1e15, 0, 0, 0},
                                         {0, 1e15, 0, 0},         {0, 0, 1e15, 0},       {1e-300, 0, 1e15, 0},
                                         {1e-80, 9e14, 1e-80, 0}, {3e14, 3e14, 4e14, 0}, {1, 0, 0, 1e300}};
    static const double levels[] = {0.5 + DBL_EPSILON, 0.95, 1 - DBL_EPSILON / 2};
    enum { COUNT = sizeof samples / sizeof *samples };
    for (size_t i = 0; i < COUNT * COUNT; i++) {
        for (int32_t number = i < COUNT ? 0 : NPS_RULE_DROP; number < NPS_RULE_LIMITS; number++) {
            for (int j = 0; j < 12; j++) {
                double points = number <= NPS_RULE_ABOVE ? (j % 2 ? 99.99999999999999 : -99.99999999999999)
                                                         : (j % 2 ? 199.99999999999997 : 5e-324);
                nps_rule rule = rule_of(number, points, levels[j % 3]);
                rule.anytime = j / 6;
                nps_alert got = alert_of(&rule, samples + i / COUNT, samples + i % COUNT);
                ck_assert(isfinite(got.lower) && isfinite(got.upper));
                ck_assert(isnan(got.p) == (rule.anytime && number >= NPS_RULE_DROP));
            }
        }
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, below_reference);
    tcase_add_test(tcase, statistics_reference);
    tcase_add_test(tcase, drop_reference);
    tcase_add_test(tcase, margins_reference);
    tcase_add_test(tcase, anytime_reference);
    tcase_add_test(tcase, anytime_drop_reference);
    tcase_add_test(tcase, agreement);
    tcase_add_test(tcase, boundaries);
    tcase_add_test(tcase, ties);
    tcase_add_test(tcase, mirror);
    tcase_add_test(tcase, limits);
    tcase_add_test(tcase, few);
    tcase_add_test(tcase, price);
    tcase_add_test(tcase, peeking);
    tcase_add_test(tcase, extremes);
}

int main(void)
{
    return test_main("monitor_rules", add);
}
