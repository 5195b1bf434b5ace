/* Mann and Kendall's test against R (see tests/reference/README.md), all orders there are, all pairs one by one, and
 * closed forms. */
#include <stdlib.h>

#include "trend_waves.h"

#define LARGE 300000

START_TEST(reference)
{
    test_csv *csv = test_csv_read("trend_kendall.csv");
    ck_assert_uint_eq(csv->rows, 32);
    for (size_t row = 0; row < csv->rows; row++) {
        waves w = unpack(test_csv_cell(csv, row, "waves"));
        nps_test test = kendall(&w);
        ck_assert(test.statistic == test_csv_number(csv, row, "s"));
        ck_assert(test_relative_error(test.p, test_csv_number(csv, row, "p")) < 1e-12);
    }
    test_csv_free(csv);
}
END_TEST

/* Compares a/b with c/d, b and d above 0, as Euclid would: without a product. */
static int fraction_order(int64_t a, int64_t b, int64_t c, int64_t d)
{
    for (int sign = 1;; sign = -sign) {
        int64_t whole_a = a / b - (a % b < 0), whole_c = c / d - (c % d < 0);
        if (whole_a != whole_c) return whole_a < whole_c ? -sign : sign;
        int64_t rest_a = a - whole_a * b, rest_c = c - whole_c * d;
        if (rest_a == 0 || rest_c == 0) return rest_a == rest_c ? 0 : rest_a == 0 ? -sign : sign;
        a = b, b = rest_a, c = d, d = rest_c; /* their inverses, which are in the other order */
    }
}

static int score_order(const nps_sample *a, const nps_sample *b)
{
    return fraction_order(
        (int64_t)(a->promoters - a->detractors), (int64_t)(a->promoters + a->detractors + a->passives),
        (int64_t)(b->promoters - b->detractors), (int64_t)(b->promoters + b->detractors + b->passives));
}

/* All pairs. Whole counts. */
static int64_t kendall_s(const waves *w)
{
    int64_t s = 0;
    for (size_t i = 0; i < w->count; i++)
        for (size_t j = 0; j < w->count; j++)
            if (w->times[i] < w->times[j]) s += score_order(w->samples + j, w->samples + i);
    return s;
}

START_TEST(all_pairs)
{
    uint64_t state = 1, falls = 0;
    for (int round = 0; round < 4000; round++) {
        waves w = multiplied(random_waves(&state, 90), 3);
        for (size_t i = 0; i < w.count; i++) {
            nps_sample *s = w.samples + i;
            *s = counts(nearbyint(s->detractors), nearbyint(s->passives), nearbyint(s->promoters));
        }
        int64_t s = kendall_s(&w);
        ck_assert(kendall(&w).statistic == (double)s);
        falls += s < 0;
    }
    ck_assert(falls > 1000 && falls < 3000);
}
END_TEST

/* Scores that doubles cannot tell apart, and equal ones of very different size. */
START_TEST(next_to_equal)
{
    uint64_t state = 2, ties = 0;
    for (int round = 0; round < 4000; round++) {
        waves w = {.count = 2 + test_below(&state, 20)};
        double d = (double)test_below(&state, 7), p = (double)test_below(&state, 7),
               r = 1 + (double)test_below(&state, 7);
        for (size_t i = 0; i < w.count; i++) {
            double times = (double)(1 + test_below(&state, UINT64_C(45000000000000)));
            int moved = test_below(&state, 2) == 0;
            w.times[i] = (double)i;
            w.samples[i] = counts(times * d, times * p + moved * (double)test_below(&state, 3),
                                  times * r + moved * (double)test_below(&state, 3));
            for (size_t j = 0; j < i; j++) ties += score_order(w.samples + i, w.samples + j) == 0;
        }
        ck_assert(kendall(&w).statistic == (double)kendall_s(&w));
    }
    ck_assert(ties > 10000);
}
END_TEST

/* The next order, as in a dictionary; 0 after the last one. */
static int next_order(size_t *order, size_t count)
{
    size_t i = count - 1, j = count - 1;
    while (i > 0 && order[i - 1] > order[i]) i--;
    if (i == 0) return 0;
    while (order[j] < order[i - 1]) j--;
    size_t held = order[i - 1];
    order[i - 1] = order[j];
    order[j] = held;
    for (j = count - 1; i < j; i++, j--) {
        held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
    return 1;
}

static waves ordered(const waves *w, const size_t *order)
{
    waves out = *w;
    for (size_t i = 0; i < w->count; i++) out.samples[i] = w->samples[order[i]];
    return out;
}

/* Of up to 7 waves without ties: how often S is as far from 0, or further, in all their orders. */
START_TEST(all_orders)
{
    for (size_t count = 1; count <= 7; count++) {
        waves w = {.count = count};
        size_t order[7] = {0, 1, 2, 3, 4, 5, 6}, found[43] = {0}, orders = 0;
        for (size_t i = 0; i < count; i++) {
            w.times[i] = (double)i;
            w.samples[i] = counts(1, 0, 1 + (double)i);
        }
        do {
            waves next = ordered(&w, order);
            found[kendall_s(&next) + 21]++;
            orders++;
        } while (next_order(order, count));
        for (size_t i = 0; i < count; i++) order[i] = i;
        do {
            waves next = ordered(&w, order);
            nps_test test = kendall(&next);
            size_t further = 0;
            for (int s = -21; s <= 21; s++) further += abs(s) >= fabs(test.statistic) ? found[s + 21] : 0;
            ck_assert(test_relative_error(test.p, (double)further / (double)orders) < 1e-15);
        } while (next_order(order, count));
    }
}
END_TEST

/* With ties, the normal p has the variance of S over all orders. */
START_TEST(all_orders_of_ties)
{
    uint64_t state = 3;
    int seen = 0;
    for (int round = 0; round < 60; round++) {
        waves w = {.count = 3 + test_below(&state, 5)};
        size_t order[7] = {0, 1, 2, 3, 4, 5, 6}, orders = 0;
        double squares = 0;
        for (size_t i = 0; i < w.count; i++) {
            w.times[i] = (double)test_below(&state, 4);
            w.samples[i] = counts(1, 0, (double)(1 + test_below(&state, round % 2 == 0 ? 3 : 30)));
        }
        int ties = 0;
        for (size_t i = 0; i < w.count; i++)
            for (size_t j = 0; j < i; j++)
                ties |= w.times[i] == w.times[j] || w.samples[i].promoters == w.samples[j].promoters;
        do {
            waves next = ordered(&w, order);
            double s = (double)kendall_s(&next);
            squares += s * s;
            orders++;
        } while (next_order(order, w.count));
        nps_test test = kendall(&w);
        if (!ties || test.statistic == 0) continue;
        double z = (fabs(test.statistic) - 1) / sqrt(squares / (double)orders);
        ck_near(test.p, erfc(z / sqrt(2)), 1e-14);
        seen++;
    }
    ck_assert(seen > 30);
}
END_TEST

static waves rising(size_t count)
{
    waves w = {.count = count};
    for (size_t i = 0; i < count; i++) {
        w.times[i] = (double)i;
        w.samples[i] = counts(100 - (double)i, 1, (double)i);
    }
    return w;
}

/* All above those before: 2 orders of k!. From 50 waves on, the normal distribution. */
START_TEST(rising_all_along)
{
    double orders = 1;
    for (size_t count = 2; count < 100; count++) {
        waves w = rising(count);
        nps_test test = kendall(&w);
        double k = (double)count, s = k * (k - 1) / 2, z = (s - 1) / sqrt(k * (k - 1) * (2 * k + 5) / 18);
        orders *= k;
        ck_assert(test.statistic == s);
        ck_assert(test_relative_error(test.p, count < 50 ? 2 / orders : erfc(z / sqrt(2))) < 1e-12);
    }
}
END_TEST

/* All waves at one time with one score, but for a later one above: over all orders S is k - 1 once in k times, else -1,
 * so that its variance is k - 1. */
START_TEST(all_but_one_tied)
{
    static const size_t sizes[] = {3, 10, 49, 50, 100, 1000};
    static double times[1000];
    static nps_sample samples[1000];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t count = sizes[i];
        for (size_t j = 0; j < count; j++) samples[j] = counts(1 + (double)j, 0, 1 + (double)j), times[j] = 3;
        times[count / 2] = 4;
        samples[count / 2] = counts(0, 1000, 1);
        nps_test test = {.struct_size = sizeof test};
        ck_assert_int_eq(nps_trend_mann_kendall(times, samples, count, NULL, &test), NPS_OK);
        double k = (double)count, z = (k - 2) / sqrt(k - 1);
        ck_assert(test.statistic == k - 1);
        ck_assert(test_relative_error(test.p, erfc(z / sqrt(2))) < 1e-11);
    }
}
END_TEST

START_TEST(nothing_rises)
{
    static const char *const flat[] = {"3:1/2/3", "3:1/2/3;3:5/2/9;3:0/0/1", "1:1/2/1;2:3/3/3;3:0/5/0",
                                       "1:1/2/3;2:2/4/6;3:10/20/30;4:3/0/5", "0:1/1/1;-0.0:0/0/1"};
    for (size_t i = 0; i < 5; i++) {
        waves w = unpack(flat[i]);
        if (i == 3) w.times[3] = -1, w.count = 3;
        nps_test test = kendall(&w);
        ck_assert(test.statistic == 0 && !signbit(test.statistic) && test.p == 1);
    }
}
END_TEST

/* Order alone counts: waves may come in any, times and sizes may stretch. */
START_TEST(order_alone)
{
    uint64_t state = 4;
    for (int round = 0; round < 3000; round++) {
        waves w = random_waves(&state, 80), other = shuffled(w, &state);
        nps_test test = kendall(&w), again = kendall(&other);
        ck_assert(again.statistic == test.statistic && again.p == test.p);
        other = swapped(w);
        again = kendall(&other);
        ck_assert(again.statistic == -test.statistic && again.p == test.p);
        other = retimed(w, -1e-320, 0);
        again = kendall(&other);
        ck_assert(again.statistic == -test.statistic && again.p == test.p);
        other = w;
        for (size_t i = 0; i < w.count; i++) {
            const nps_sample *s = w.samples + i;
            int power = (int)test_below(&state, 1000) - 960;
            other.times[i] = exp(w.times[i]);
            other.samples[i] =
                counts(ldexp(s->detractors, power), ldexp(s->passives, power), ldexp(s->promoters, power));
        }
        again = kendall(&other);
        ck_assert(again.statistic == test.statistic && again.p == test.p);
    }
}
END_TEST

/* Counts whose sums are no doubles: (1 - x) / (2 + x), and the same with the last bit of one count changed. */
START_TEST(exact_fractions)
{
    for (int k = 1; k <= 120; k++) {
        waves w = {.count = 2, .times = {0, 1}, .samples = {counts(0, 1, 1), counts(0, 1, 1)}};
        w.samples[0].detractors = w.samples[1].detractors = ldexp(1, -k);
        w.samples[1].detractors *= 1 + 0x1p-52;
        ck_assert(kendall(&w).statistic == -1);
        w.samples[1] = w.samples[0];
        ck_assert(kendall(&w).statistic == 0);
        w.samples[1] = counts(2 * w.samples[0].detractors, 2, 2 + 0x1p-51);
        ck_assert(kendall(&w).statistic == 1);
    }
}
END_TEST

/* 300000 waves: more pairs than one could look at. */
START_TEST(many_waves)
{
    double *times = calloc(LARGE, sizeof *times), k = LARGE;
    nps_sample *samples = calloc(LARGE, sizeof *samples);
    nps_test test = {.struct_size = sizeof test};
    ck_assert(times != NULL && samples != NULL);
    for (size_t i = 0; i < LARGE; i++) { /* 7 i modulo 300000 goes around */
        size_t at = i * 7 % LARGE;
        times[i] = (double)(at / 2);
        samples[i] = counts((double)at, 0, 2);
    }
    ck_assert_int_eq(nps_trend_mann_kendall(times, samples, LARGE, NULL, &test), NPS_OK);
    ck_assert(test.statistic == -(k * (k - 1) / 2 - k / 2) && test.p == 0);
    /* One wave is later, and half of all are above: over all orders S is -high, or k - high. */
    k = LARGE - 1;
    for (size_t i = 0; i < LARGE - 1; i++) {
        times[i] = i == 5;
        samples[i] = counts(1, 0, i < LARGE / 2 ? 2 : 1);
    }
    ck_assert_int_eq(nps_trend_mann_kendall(times, samples, LARGE - 1, NULL, &test), NPS_OK);
    double high = LARGE / 2, s = k - high, variance = high * (k - high);
    ck_assert(test.statistic == s);
    ck_assert(test_relative_error(test.p, erfc((s - 1) / sqrt(2 * variance))) < 1e-14);
    free(times);
    free(samples);
}
END_TEST

START_TEST(memory)
{
    waves w = unpack("0:3/3/2;1:1/3/5;2:5/2/9");
    nps_allocator allocator;
    test_memory state;
    nps_test test = {.struct_size = sizeof test, .statistic = -7, .df = -7, .p = -7};
    test_memory_start(&state, 0, &allocator);
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, 3, &allocator, &test), NPS_ERR_MEMORY);
    ck_assert(test.statistic == -7 && test.df == -7 && test.p == -7 && state.blocks == 0);
    test_memory_start(&state, 1, &allocator);
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, 3, &allocator, &test), NPS_OK);
    ck_assert(test.statistic == kendall(&w).statistic && state.blocks == 0 && state.requests > 0);
}
END_TEST

/* What samples and times may not be is in test_trend.c. */
START_TEST(errors)
{
    waves w = unpack("0:3/3/2;1:1/3/5;2:5/2/9");
    nps_test test = {.struct_size = sizeof test, .statistic = -7, .df = -7, .p = -7};
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, (size_t)1 << 31, NULL, &test), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, SIZE_MAX, NULL, &test), NPS_ERR_LIMIT);
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, 3, NULL, NULL), NPS_ERR_ARGUMENT);
    test.struct_size = 0;
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, 3, NULL, &test), NPS_ERR_ARGUMENT);
    ck_assert(test.statistic == -7 && test.df == -7 && test.p == -7);
    test.struct_size = offsetof(nps_test, df);
    ck_assert_int_eq(nps_trend_mann_kendall(w.times, w.samples, 3, NULL, &test), NPS_OK);
    ck_assert(test.statistic == kendall(&w).statistic && test.df == -7 && test.p == -7);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, all_pairs);
    tcase_add_test(tcase, next_to_equal);
    tcase_add_test(tcase, all_orders);
    tcase_add_test(tcase, all_orders_of_ties);
    tcase_add_test(tcase, rising_all_along);
    tcase_add_test(tcase, all_but_one_tied);
    tcase_add_test(tcase, nothing_rises);
    tcase_add_test(tcase, order_alone);
    tcase_add_test(tcase, exact_fractions);
    tcase_add_test(tcase, many_waves);
    tcase_add_test(tcase, memory);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("trend_kendall", add);
}
