/* Tests of leaderboards against the references (see tests/reference/README.md), what they are made of, and what must
 * hold. test_rank_rest.c has the tests of segments beside the rest, test_rank_best.c those of who is among the best. */
#include <float.h>
#include <math.h>
#include <nps/interval.h>
#include <nps/rank.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "compare_samples.h"

#define MOST 300

static nps_rank_options defaults(void)
{
    return (nps_rank_options){.struct_size = sizeof(nps_rank_options)};
}

static nps_heterogeneity rank(const nps_sample *samples, size_t count, const nps_rank_options *options,
                              nps_ranked *ranked)
{
    nps_heterogeneity between = {.struct_size = sizeof between, .tau2 = -7};
    ck_assert_int_eq(nps_rank(samples, count, options, ranked, &between), NPS_OK);
    return between;
}

/* Samples of 1 to `most` answers or fractions of them, often alike, whose scores lie apart or do not. */
static size_t random_samples(uint64_t *state, nps_sample *samples, size_t most)
{
    size_t count = 1 + test_below(state, most);
    double unit = test_below(state, 3) == 0 ? 0.37 : 1;
    uint64_t size = 2 + test_below(state, 200), apart = test_below(state, 2), most_apart = apart ? size : 1 + size / 16;
    for (size_t i = 0; i < count; i++) {
        double d = (double)(size / 4 + test_below(state, most_apart)),
               r = (double)(size / 2 + test_below(state, most_apart));
        if (apart && i % 3 == 0) d = floor(d / 8), r = test_below(state, 2) == 0 ? 0 : r;
        samples[i] = counts(unit * d, unit * (double)(1 + test_below(state, size)), unit * r);
        if (test_below(state, 8) == 0) samples[i] = counts(0, 0, unit * (1 + r));
        if (i > 0 && test_below(state, 8) == 0) samples[i] = samples[test_below(state, i)];
    }
    return count;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("rank.csv");
    ck_assert_uint_eq(csv->rows, 17);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample samples[8];
        nps_ranked ranked[8];
        nps_rank_options options = defaults();
        size_t count = 0, i = (size_t)test_csv_number(csv, row, "index") - 1;
        const char *text = test_csv_cell(csv, row, "samples");
        for (int used; *text != '\0'; text += used + (text[used] == ';')) {
            double d, p, r;
            ck_assert(count < 8 && sscanf(text, "%lf/%lf/%lf%n", &d, &p, &r, &used) == 3);
            samples[count++] = counts(d, p, r);
        }
        rank(samples, count, &options, ranked);
        ck_near(ranked[i].score, test_csv_number(csv, row, "score"), 1e-15);
        ck_near(ranked[i].standard_error, test_csv_number(csv, row, "standard_error"), 1e-14);
        ck_near(ranked[i].shrinkage, test_csv_number(csv, row, "shrinkage"), 1e-14);
        ck_near(ranked[i].shrunken, test_csv_number(csv, row, "shrunken"), 1e-14);
        ck_near(ranked[i].shrunken_se, test_csv_number(csv, row, "shrunken_se"), 1e-14);
        ck_near(ranked[i].rest, test_csv_number(csv, row, "versus_rest"), 1e-14);
    }
    test_csv_free(csv);
}
END_TEST

/* What comes from other functions is theirs, and what is between is nps_compare_heterogeneity's; all of it adds up. */
START_TEST(parts)
{
    uint64_t state = 1, apart = 0;
    for (int round = 0; round < 3000; round++) {
        nps_sample samples[30];
        nps_ranked ranked[30];
        nps_rank_options options = defaults();
        size_t count = random_samples(&state, samples, 30);
        options.level = 0.5 + 0.01 * (double)test_below(&state, 50);
        nps_heterogeneity between = rank(samples, count, &options, ranked), same = {.struct_size = sizeof same};
        ck_assert_int_eq(nps_compare_heterogeneity(samples, count, &same), NPS_OK);
        ck_assert(between.pooled == same.pooled && between.tau2 == same.tau2 && between.mean == same.mean);
        apart += between.tau2 > 0;
        for (size_t i = 0; i < count; i++) {
            const nps_ranked *r = ranked + i;
            double score, error, b = r->shrinkage, var = r->standard_error * r->standard_error;
            ck_assert_int_eq(nps_sample_score(samples + i, &score), NPS_OK);
            ck_assert_int_eq(nps_sample_standard_error(samples + i, &error), NPS_OK);
            ck_assert(r->score == score);
            if (error > 0) ck_near(r->standard_error, error, 1e-14);
            ck_near(b, var / (var + between.tau2), 1e-14);
            ck_near(r->shrunken, between.mean + (1 - b) * (score - between.mean), 1e-12);
            ck_near(r->shrunken_se * r->shrunken_se, between.tau2 * b, 1e-13);
            ck_assert(r->shrunken >= fmin(score, between.mean) && r->shrunken <= fmax(score, between.mean));
            ck_assert(r->lower >= -100 && r->lower <= r->shrunken && r->upper >= r->shrunken && r->upper <= 100);
        }
    }
    ck_assert(apart > 1000 && apart < 2800);
}
END_TEST

/* Nothing tells the segments apart: all have the pooled mean and its interval, and none is the best. 21/30/49 has
 * variance .7 - .0784, 19/30/51 .7 - .1024, 20/30/50 .7 - .09, over 100. */
START_TEST(nothing_between)
{
    nps_sample samples[] = {counts(21, 30, 49), counts(20, 30, 50), counts(19, 30, 51)};
    double weights[] = {1 / 0.6216, 1 / 0.61, 1 / 0.5976}, z = 1.959963984540054;
    double total = weights[0] + weights[1] + weights[2];
    double mean = (28 * weights[0] + 30 * weights[1] + 32 * weights[2]) / total;
    nps_ranked ranked[3];
    nps_rank_options options = defaults();
    options.best = 2;
    nps_heterogeneity between = rank(samples, 3, &options, ranked);
    ck_assert(between.tau2 == 0);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(ranked[i].shrinkage == 1 && ranked[i].shrunken_se == 0 && ranked[i].shrunken == between.mean);
        ck_assert(ranked[i].best == 2.0 / 3);
        ck_near(ranked[i].shrunken, mean, 1e-15);
        ck_near(ranked[i].lower, mean - z * 10 / sqrt(total), 1e-14);
        ck_near(ranked[i].upper, mean + z * 10 / sqrt(total), 1e-14);
        ck_assert_uint_eq(ranked[i].rank, 3 - i); /* by the lower bound of the score */
    }
}
END_TEST

/* One sample is its own mean, has rank 1 and no rest. */
START_TEST(one_sample)
{
    static const double cells[][3] = {{20, 30, 50}, {0, 0, 3}, {0, 1e-9, 0}, {1e15, 0, 0}, {1e-300, 0, 1e-300}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        nps_sample sample = counts(cells[i][0], cells[i][1], cells[i][2]);
        nps_ranked r;
        nps_rank_options options = defaults();
        nps_heterogeneity between = rank(&sample, 1, &options, &r);
        ck_assert(r.rank == 1 && r.best == 1 && r.shrinkage == 1 && r.shrunken == r.score && r.shrunken_se == 0);
        ck_assert(between.tau2 == 0 && between.mean == r.score);
        ck_assert(r.standard_error > 0 && r.standard_error <= DBL_MAX && r.lower < r.upper);
        ck_assert(isnan(r.rest) && isnan(r.rest_lower) && isnan(r.rest_upper) && isnan(r.statistic));
        ck_assert(isnan(r.df) && isnan(r.p) && isnan(r.p_adjusted));
    }
}
END_TEST

/* By counting who is ahead of whom. */
START_TEST(order)
{
    uint64_t state = 2, ties = 0;
    for (int round = 0; round < 2000; round++) {
        nps_sample samples[40];
        nps_ranked ranked[40];
        double lower[40], upper;
        nps_rank_options options = defaults();
        size_t count = random_samples(&state, samples, 40);
        rank(samples, count, &options, ranked);
        for (size_t i = 0; i < count; i++)
            ck_assert_int_eq(nps_interval(samples + i, NPS_INTERVAL_SCORE, 0.95, lower + i, &upper), NPS_OK);
        for (size_t i = 0; i < count; i++) {
            uint64_t ahead = 0;
            for (size_t j = 0; j < count; j++) {
                const double a = ranked[i].shrunken, b = ranked[j].shrunken;
                const double least = ranked[i].lower, other = ranked[j].lower;
                int tie = least == other && a == b && lower[i] == lower[j];
                ahead += other > least || (other == least && b > a) ||
                         (other == least && a == b && lower[j] > lower[i]) || (tie && j < i);
                ties += tie && i != j;
            }
            ck_assert_uint_eq(ranked[i].rank, ahead + 1);
        }
    }
    ck_assert(ties > 1000);
}
END_TEST

/* Three answers of 10 do not lead 300 with a score of 80, unless the mean itself is above. */
static double lead_of_many(const nps_sample *others, size_t count)
{
    nps_sample samples[MOST] = {counts(0, 0, 3), counts(15, 30, 255)};
    nps_ranked ranked[MOST];
    nps_rank_options options = defaults();
    for (size_t i = 0; i < count; i++) samples[i + 2] = others[i];
    nps_heterogeneity between = rank(samples, count + 2, &options, ranked);
    ck_assert(ranked[0].score == 100 && ranked[1].score == 80);
    ck_assert(ranked[1].rank < ranked[0].rank);
    for (size_t i = 2; i < count + 2; i++)
        if (others[i - 2].promoters == 3 && ranked[i].score == 100) ck_assert(ranked[1].rank < ranked[i].rank);
    return between.tau2;
}

START_TEST(few_answers_do_not_lead)
{
    nps_sample others[MOST];
    uint64_t state = 3;
    ck_assert(lead_of_many(NULL, 0) == 0);
    others[0] = counts(40, 20, 40); /* true scores far apart, where the shrunken score of three answers is above 80 */
    ck_assert(lead_of_many(others, 1) > 0);
    others[0] = counts(400, 100, 100);
    others[1] = counts(100, 100, 400);
    ck_assert(lead_of_many(others, 2) > 40 * 40);
    for (size_t i = 0; i < 20; i++) others[i] = counts(15, 20, 25); /* the usual agent: 16.7 */
    ck_assert(lead_of_many(others, 20) > 0);
    for (size_t i = 0; i < 20; i++) others[i] = counts(1, 1, 20); /* 86 like all others: nothing between */
    ck_assert(lead_of_many(others, 20) == 0);
    for (size_t i = 0; i < 200; i++) { /* scores of -60 to 80 of 20 to 400 answers */
        double n = 20 * (double)(1 + test_below(&state, 20)), d = 0.1 * (double)(1 + i % 8);
        others[i] = counts(n * d, n * 0.1, n * (0.9 - d));
    }
    ck_assert(lead_of_many(others, 200) > 30 * 30);
    for (size_t i = 0; i < 100; i++) { /* all with three answers, some of them as good */
        static const double three[][3] = {{0, 0, 3}, {1, 1, 1}, {0, 1, 2}, {2, 0, 1}};
        others[i] = counts(three[i % 4][0], three[i % 4][1], three[i % 4][2]);
    }
    ck_assert(lead_of_many(others, 100) > 0);
    for (size_t i = 0; i < 150; i++) { /* a third with three answers, and large ones from -60 to 60 */
        double d = 100 * (double)(i % 7), r = (double)(i / 3 % 4);
        others[i] = i % 3 == 0 ? counts(3 - r, 0, r) : counts(d, 400, 600 - d);
    }
    ck_assert(lead_of_many(others, 150) > 10 * 10);
}
END_TEST

/* Bit for bit, but for the probability of being among the best. */
START_TEST(mirror)
{
    uint64_t state = 4;
    for (int round = 0; round < 1500; round++) {
        nps_sample samples[20], swapped[20];
        nps_ranked ranked[20], other[20];
        nps_rank_options options = defaults();
        size_t count = random_samples(&state, samples, 20);
        for (size_t i = 0; i < count; i++) swapped[i] = mirrored(samples + i);
        options.method = (int32_t)(round % 4); /* WELCH is undefined for some */
        options.best = 1 + test_below(&state, count);
        nps_heterogeneity between = rank(samples, count, &options, ranked);
        options.best = count - options.best;
        nps_heterogeneity back = rank(swapped, count, &options, other);
        ck_assert(back.mean == -between.mean && back.tau2 == between.tau2 && back.pooled == -between.pooled);
        for (size_t i = 0; i < count; i++) {
            const nps_ranked *a = ranked + i, *b = other + i;
            ck_assert(b->score == -a->score && b->shrunken == -a->shrunken && b->shrinkage == a->shrinkage);
            ck_assert(b->standard_error == a->standard_error && b->shrunken_se == a->shrunken_se);
            ck_assert(b->lower == -a->upper && b->upper == -a->lower);
            if (options.best > 0) ck_assert(fabs(b->best - (1 - a->best)) < 1e-12);
            if (isnan(a->rest)) {
                ck_assert(isnan(b->rest) && isnan(b->rest_lower) && isnan(b->p));
                continue;
            }
            ck_assert(b->rest == -a->rest && b->rest_lower == -a->rest_upper && b->rest_upper == -a->rest_lower);
            ck_assert(isnan(a->statistic) ? isnan(b->statistic) : b->statistic == -a->statistic);
            ck_assert(b->p == a->p && b->p_adjusted == a->p_adjusted);
        }
    }
}
END_TEST

/* In another order: each has its own as before, to rounding. */
START_TEST(any_order)
{
    uint64_t state = 5;
    for (int round = 0; round < 500; round++) {
        nps_sample samples[20], reversed[20];
        nps_ranked ranked[20], other[20];
        nps_rank_options options = defaults();
        size_t count = random_samples(&state, samples, 20);
        for (size_t i = 0; i < count; i++) reversed[count - 1 - i] = samples[i];
        options.best = 1 + test_below(&state, 5);
        rank(samples, count, &options, ranked);
        rank(reversed, count, &options, other);
        for (size_t i = 0; i < count; i++) {
            const nps_ranked *a = ranked + i, *b = other + count - 1 - i;
            ck_near(b->shrunken, a->shrunken, 1e-13);
            ck_near(b->shrunken_se, a->shrunken_se, 1e-12);
            ck_near(b->lower, a->lower, 1e-13);
            ck_near(b->upper, a->upper, 1e-13);
            ck_near(b->best, a->best, 1e-12);
            if (count > 1) ck_near(b->rest, a->rest, 1e-13);
        }
    }
}
END_TEST

/* The sum of the probabilities, also in the ways around the integral. */
START_TEST(places)
{
    uint64_t state = 6;
    for (int round = 0; round < 500; round++) {
        nps_sample samples[25];
        nps_ranked ranked[25];
        nps_rank_options options = defaults();
        size_t count = random_samples(&state, samples, 25);
        options.best = round % 10 == 0 ? UINT64_MAX : test_below(&state, count + 3);
        rank(samples, count, &options, ranked);
        double sum = 0, best = fmin((double)count, options.best == 0 ? 1 : (double)options.best);
        for (size_t i = 0; i < count; i++) {
            ck_assert(ranked[i].best >= 0 && ranked[i].best <= 1);
            if (options.best >= count) ck_assert(ranked[i].best == 1);
            sum += ranked[i].best;
        }
        ck_assert(fabs(sum - best) < 1e-12);
    }
}
END_TEST

/* Weights of any magnitude, all answers in one class, one heavy respondent: numbers come out, within their bounds. */
START_TEST(degenerate)
{
    static const double sizes[] = {5e-324, 1e-300, 1e-9, 1, 1e9, 1e14};
    static const double shares[][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.25, 0.25, 0.5}, {1e-12, 0, 1}};
    uint64_t state = 8;
    for (int round = 0; round < 2000; round++) {
        nps_sample samples[6];
        nps_ranked ranked[6];
        nps_rank_options options = defaults();
        size_t count = 1 + test_below(&state, 6);
        double sum = 0;
        for (size_t i = 0; i < count; i++) {
            double n = sizes[test_below(&state, 6)];
            const double *share = shares[test_below(&state, 5)];
            samples[i] = counts(n * share[0], n * share[1], fmax(n * share[2], share[2] > 0 ? 5e-324 : 0));
        }
        nps_heterogeneity between = rank(samples, count, &options, ranked);
        for (size_t i = 0; i < count; i++) {
            const nps_ranked *r = ranked + i;
            ck_assert(r->shrinkage >= 0 && r->shrinkage <= 1 && fabs(r->shrunken) <= 100);
            ck_assert(r->standard_error >= 0 && r->standard_error <= DBL_MAX);
            ck_assert(r->shrunken_se >= 0 && r->shrunken_se <= sqrt(between.tau2) * (1 + 1e-15));
            ck_assert(r->lower >= -100 && r->lower <= r->upper && r->upper <= 100);
            ck_assert(r->rank >= 1 && r->rank <= count);
            sum += r->best;
        }
        ck_assert(fabs(sum - 1) < 1e-9);
    }
}
END_TEST

static void refused(const nps_sample *samples, size_t count, const nps_rank_options *options, int expected)
{
    nps_ranked ranked[3], before[3];
    nps_heterogeneity between = {.struct_size = sizeof between, .pooled = 7, .tau2 = 8, .mean = 9};
    memset(ranked, 0x55, sizeof ranked);
    memcpy(before, ranked, sizeof before);
    ck_assert_int_eq(nps_rank(samples, count, options, ranked, &between), expected);
    ck_assert(memcmp(ranked, before, sizeof before) == 0);
    ck_assert(between.pooled == 7 && between.tau2 == 8 && between.mean == 9);
}

static void refused_option(const nps_sample *samples, nps_rank_options options)
{
    refused(samples, 3, &options, NPS_ERR_ARGUMENT);
}

#define with(name, value) ((nps_rank_options){.struct_size = sizeof(nps_rank_options), .name = (value)})

START_TEST(wrong_options)
{
    const nps_sample samples[] = {counts(1, 2, 3), counts(2, 3, 4), counts(3, 4, 5)};
    const double levels[] = {-0.5, 1, 2, (double)NAN, INFINITY, -DBL_MIN};
    struct {
        nps_rank_options options;
        size_t more;
    } longer = {.options = {.struct_size = sizeof longer}};
    refused_option(samples, (nps_rank_options){.struct_size = 0});
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) refused_option(samples, with(level, levels[i]));
    refused_option(samples, with(method, -1));
    refused_option(samples, with(method, NPS_DIFFERENCE_COUNT));
    refused_option(samples, with(adjust, -1));
    refused_option(samples, with(adjust, NPS_ADJUST_COUNT));
    refused(samples, 3, NULL, NPS_ERR_ARGUMENT);
    nps_ranked ranked[3];
    nps_heterogeneity without = {.struct_size = 0, .tau2 = 8};
    nps_rank_options options = defaults();
    ck_assert_int_eq(nps_rank(samples, 3, &options, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rank(samples, 3, &options, ranked, &without), NPS_ERR_ARGUMENT);
    ck_assert(without.tau2 == 8);
    ck_assert_int_eq(nps_rank(samples, 3, &longer.options, ranked, NULL), NPS_OK);
    longer.more = 1;
    refused(samples, 3, &longer.options, NPS_ERR_ARGUMENT);
    options.struct_size = offsetof(nps_rank_options, method); /* of an older release: the rest is 0 */
    options.method = -1;
    ck_assert_int_eq(nps_rank(samples, 3, &options, ranked, NULL), NPS_OK);
}
END_TEST

START_TEST(wrong_samples)
{
    const double bad[] = {-1, -DBL_MIN, (double)NAN, INFINITY, -INFINITY, 1.1e15};
    nps_sample samples[] = {counts(1, 2, 3), counts(2, 3, 4), counts(3, 4, 5)}, given[3];
    const nps_rank_options options = defaults(), other = with(rests, given);
    memcpy(given, samples, sizeof given);
    refused(samples, 0, &options, NPS_ERR_EMPTY);
    refused(NULL, 0, &options, NPS_ERR_EMPTY);
    refused(NULL, 3, &options, NPS_ERR_ARGUMENT);
    for (size_t at = 0; at < 3; at++) {
        const nps_sample good = samples[at];
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            samples[at].passives = given[at].promoters = bad[i];
            refused(samples, 3, &options, NPS_ERR_RANGE);
            samples[at] = good;
            refused(samples, 3, &other, NPS_ERR_RANGE);
            given[at] = good;
        }
        samples[at] = (nps_sample){0, 0, 0, 0};
        refused(samples, 3, &options, NPS_ERR_EMPTY);
        samples[at] = good;
    }
    samples[0] = samples[1] = counts(1e15, 0, 0); /* what the third is held against is too much */
    refused(samples, 3, &options, NPS_ERR_RANGE);
    samples[0] = samples[1] = counts(1000, 500, 500); /* of which 2000 a side may be dealt out */
    refused(samples, 3, &(nps_rank_options){sizeof options, .method = NPS_DIFFERENCE_PERMUTATION}, NPS_ERR_LIMIT);
    samples[0] = counts(1, 2, 0.5);
    refused(samples, 3, &(nps_rank_options){sizeof options, .method = NPS_DIFFERENCE_PERMUTATION}, NPS_ERR_RANGE);
}
END_TEST

START_TEST(memory_fails)
{
    const nps_sample samples[] = {counts(60, 20, 20), counts(20, 20, 60), counts(10, 20, 70)};
    for (int64_t fail_at = 0;; fail_at++) {
        nps_allocator allocator;
        test_memory memory;
        test_memory_start(&memory, fail_at, &allocator);
        nps_rank_options options = {sizeof options, .adjust = NPS_ADJUST_BH, .allocator = &allocator};
        nps_ranked ranked[3];
        if (nps_rank(samples, 3, &options, ranked, NULL) == NPS_OK) {
            ck_assert_int_eq(fail_at, 6);
            ck_assert(memory.blocks == 0 && memory.bytes == 0);
            break;
        }
        test_memory_start(&memory, fail_at, &allocator);
        refused(samples, 3, &options, NPS_ERR_MEMORY);
        ck_assert(memory.blocks == 0 && memory.bytes == 0);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, parts);
    tcase_add_test(tcase, nothing_between);
    tcase_add_test(tcase, one_sample);
    tcase_add_test(tcase, order);
    tcase_add_test(tcase, few_answers_do_not_lead);
    tcase_add_test(tcase, mirror);
    tcase_add_test(tcase, any_order);
    tcase_add_test(tcase, places);
    tcase_add_test(tcase, degenerate);
    tcase_add_test(tcase, wrong_options);
    tcase_add_test(tcase, wrong_samples);
    tcase_add_test(tcase, memory_fails);
}

int main(void)
{
    return test_main("rank", add);
}
