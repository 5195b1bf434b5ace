/* Tests of the probability of being among the best, against 40 digits (see tests/reference/README.md), closed forms, a
 * slow and obvious integral, and what must hold. */
#include <math.h>
#include <nps/rank.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rank_internal.h"
#include "special_internal.h"
#include "support.h"

#define MOST 300

static void best_of(nps_ranked *ranked, size_t count, size_t best)
{
    nps_allocator allocator;
    test_memory memory;
    test_memory_start(&memory, -1, &allocator);
    for (size_t i = 0; i < count; i++) ranked[i].best = 7;
    ck_assert_int_eq(npsi_rank_best(&allocator, ranked, count, best), NPS_OK);
    ck_assert_uint_eq(memory.blocks, 0);
    for (size_t i = 0; i < count; i++) ck_assert(ranked[i].best >= 0 && ranked[i].best <= 1);
}

static double sum_of(const nps_ranked *ranked, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += ranked[i].best;
    return sum;
}

/* "mean/standard deviation;..." */
static size_t unpack_normals(const char *text, nps_ranked *ranked)
{
    size_t count = 0;
    for (int used; *text != '\0'; text += used + (text[used] == ';')) {
        used = 0;
        ck_assert(sscanf(text, "%lf/%lf%n", &ranked[count].shrunken, &ranked[count].shrunken_se, &used) == 2);
        count++;
    }
    return count;
}

static size_t unpack_samples(const char *text, nps_sample *samples)
{
    size_t count = 0;
    for (int used; *text != '\0'; text += used + (text[used] == ';')) {
        double d, p, r;
        used = 0;
        ck_assert(sscanf(text, "%lf/%lf/%lf%n", &d, &p, &r, &used) == 3);
        ck_assert_int_eq(nps_sample_from_counts(d, p, r, samples + count++), NPS_OK);
    }
    return count;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("rank_best.csv");
    ck_assert_uint_eq(csv->rows, 191);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_ranked ranked[10];
        const char *items = test_csv_cell(csv, row, "items");
        size_t best = (size_t)test_csv_number(csv, row, "best"), i = (size_t)test_csv_number(csv, row, "index");
        if (strcmp(test_csv_cell(csv, row, "kind"), "normals") == 0) {
            best_of(ranked, unpack_normals(items, ranked), best);
        } else {
            nps_sample samples[10];
            nps_rank_options options = {.struct_size = sizeof options, .level = 0.9, .best = best};
            size_t count = unpack_samples(items, samples);
            ck_assert_int_eq(nps_rank(samples, count, &options, ranked, NULL), NPS_OK);
            ck_near(ranked[i].lower, test_csv_number(csv, row, "lower"), 1e-14);
            ck_near(ranked[i].upper, test_csv_number(csv, row, "upper"), 1e-14);
            ck_near(ranked[i].shrunken, test_csv_number(csv, row, "shrunken"), 1e-14);
            ck_assert(test_relative_error(ranked[i].shrunken_se, test_csv_number(csv, row, "shrunken_se")) < 1e-13);
        }
        ck_near(ranked[i].best, test_csv_number(csv, row, "probability"), 1e-13);
    }
    test_csv_free(csv);
}
END_TEST

static double uniform(uint64_t *state)
{
    return (double)test_below(state, 1u << 30) / (1u << 30);
}

/* Means some dozens of points wide, standard deviations from `least` to 30 points. */
static size_t random_normals(uint64_t *state, nps_ranked *ranked, size_t most, double least)
{
    size_t count = 2 + test_below(state, most - 1);
    double width = 150 * uniform(state);
    for (size_t i = 0; i < count; i++) {
        ranked[i].shrunken = width * (uniform(state) - 0.5);
        ranked[i].shrunken_se = least * pow(30 / least, uniform(state));
    }
    return count;
}

/* P(theta_1 > theta_2) = Phi((m1 - m2) / sqrt(s1^2 + s2^2)). */
START_TEST(two_segments)
{
    uint64_t state = 1;
    for (int round = 0; round < 5000; round++) {
        nps_ranked ranked[2];
        random_normals(&state, ranked, 2, 1e-7);
        best_of(ranked, 2, 1);
        double apart = ranked[0].shrunken - ranked[1].shrunken;
        double expected = npsi_normal_cdf(apart / hypot(ranked[0].shrunken_se, ranked[1].shrunken_se));
        ck_assert(fabs(ranked[0].best - expected) < 1e-12 && fabs(ranked[1].best - (1 - expected)) < 1e-12);
    }
}
END_TEST

/* All alike: each is among the best as often as any. */
START_TEST(alike)
{
    static const double errors[] = {1e-9, 0.01, 5, 40};
    for (size_t e = 0; e < 4; e++) {
        for (size_t count = 2; count <= MOST; count += count < 8 ? 1 : 73) {
            for (size_t best = 1; best < count; best += 1 + count / 5) {
                nps_ranked ranked[MOST];
                for (size_t i = 0; i < count; i++) {
                    ranked[i].shrunken = 31.4;
                    ranked[i].shrunken_se = errors[e];
                }
                best_of(ranked, count, best);
                for (size_t i = 0; i < count; i++)
                    ck_assert(fabs(ranked[i].best - (double)best / (double)count) < 1e-12);
            }
        }
    }
}
END_TEST

/* By the trapezoid rule over the deviate of i, and the number of others above from one other to the next. */
static double slowly(const nps_ranked *ranked, size_t count, size_t best, size_t i)
{
    const double step = 0.01;
    double sum = 0;
    for (double x = -8.5; x <= 8.5; x += step) {
        double t = ranked[i].shrunken + x * ranked[i].shrunken_se, number[40] = {1}, fewer = 0;
        for (size_t j = 0; j < count; j++) {
            if (j == i) continue;
            double z = (t - ranked[j].shrunken) / ranked[j].shrunken_se;
            double above = npsi_normal_sf(z), below = npsi_normal_cdf(z);
            for (size_t k = best - 1; k > 0; k--) number[k] = below * number[k] + above * number[k - 1];
            number[0] *= below;
        }
        for (size_t k = 0; k < best; k++) fewer += number[k];
        sum += step * fewer * exp(-x * x / 2) / sqrt(2 * acos(-1));
    }
    return sum;
}

START_TEST(many_segments)
{
    uint64_t state = 2;
    for (int round = 0; round < 12; round++) {
        nps_ranked ranked[40];
        size_t count = random_normals(&state, ranked, 40, 2);
        size_t best = 1 + test_below(&state, count - 1);
        best_of(ranked, count, best);
        for (size_t i = 0; i < count; i++) ck_assert(fabs(ranked[i].best - slowly(ranked, count, best, i)) < 1e-12);
    }
}
END_TEST

/* A segment that is as good as certain, among any others: all that counts is how many of them exceed it, and each of
 * them is among the best as if it were not there, or stood in for. */
START_TEST(one_certain)
{
    uint64_t state = 3;
    for (int round = 0; round < 300; round++) {
        nps_ranked ranked[6];
        size_t count = random_normals(&state, ranked, 5, 1);
        double mean = 80 * (uniform(&state) - 0.5), none_above = 1, first_above[6];
        for (size_t i = 0; i < count; i++)
            none_above *= npsi_normal_cdf((mean - ranked[i].shrunken) / ranked[i].shrunken_se);
        best_of(ranked, count, 1);
        for (size_t i = 0; i < count; i++) first_above[i] = ranked[i].best;
        ranked[count].shrunken = mean;
        ranked[count].shrunken_se = 1e-12 + pow(10, -11 + 8 * uniform(&state)) * (round % 2);
        best_of(ranked, count + 1, 1);
        double near = 1e-11 + 10 * ranked[count].shrunken_se; /* what is not certain about it */
        ck_assert(fabs(ranked[count].best - none_above) < near);
        for (size_t i = 0; i < count; i++) ck_assert(ranked[i].best <= first_above[i] + 1e-12);
        ck_assert(fabs(sum_of(ranked, count + 1) - 1) < 1e-12);
    }
}
END_TEST

/* They add up to `best`, and more places take nobody's away; whatever the standard errors. */
START_TEST(sums)
{
    static const double least[] = {1e-12, 1e-9, 1e-5, 1e-2, 1, 29};
    uint64_t state = 4;
    for (int round = 0; round < 120; round++) {
        nps_ranked ranked[MOST];
        double before[MOST] = {0};
        size_t count = random_normals(&state, ranked, round < 100 ? 40 : MOST, least[round % 6]);
        for (size_t best = 1; best < count; best += 1 + count / 20) {
            best_of(ranked, count, best);
            ck_assert(fabs(sum_of(ranked, count) - (double)best) < 1e-11);
            for (size_t i = 0; i < count; i++) {
                ck_assert(ranked[i].best >= before[i] - 1e-12);
                before[i] = ranked[i].best;
            }
        }
    }
}
END_TEST

/* Among the k best, or of all the others with signs changed among the n - k best. Any order, any unit, any origin. */
START_TEST(changes_of_view)
{
    uint64_t state = 5;
    for (int round = 0; round < 200; round++) {
        nps_ranked ranked[60], mirrored[60], reversed[60], moved[60];
        size_t count = random_normals(&state, ranked, 60, 1e-4), best = 1 + test_below(&state, count - 1);
        for (size_t i = 0; i < count; i++) {
            mirrored[i] = reversed[count - 1 - i] = moved[i] = ranked[i];
            mirrored[i].shrunken = -ranked[i].shrunken;
            moved[i].shrunken = ranked[i].shrunken / 2 + 8;
            moved[i].shrunken_se = ranked[i].shrunken_se / 2;
        }
        best_of(ranked, count, best);
        best_of(mirrored, count, count - best);
        best_of(reversed, count, best);
        best_of(moved, count, best);
        for (size_t i = 0; i < count; i++) {
            ck_assert(fabs(mirrored[i].best - (1 - ranked[i].best)) < 1e-12);
            ck_assert(fabs(reversed[count - 1 - i].best - ranked[i].best) < 1e-12);
            ck_assert(fabs(moved[i].best - ranked[i].best) < 1e-10); /* its means are rounded */
        }
    }
}
END_TEST

/* So far apart that there is no doubt; and one in whose standard error of 1000 points all others vanish. */
START_TEST(far_apart)
{
    nps_ranked ranked[20];
    for (size_t i = 0; i < 20; i++) {
        ranked[i].shrunken = (double)(7 * i % 20) * 10 - 95;
        ranked[i].shrunken_se = i % 3 == 0 ? 0.5 : 1e-9;
    }
    for (size_t best = 1; best < 20; best++) {
        best_of(ranked, 20, best);
        for (size_t i = 0; i < 20; i++) ck_assert(fabs(ranked[i].best - (7 * i % 20 >= 20 - best)) < 1e-13);
    }
    for (size_t i = 0; i < 20; i++) {
        ranked[i].shrunken = 1e-6 * (double)i;
        ranked[i].shrunken_se = 1e-6;
    }
    ranked[7].shrunken_se = 1000;
    best_of(ranked, 20, 5);
    ck_assert(fabs(ranked[7].best - 0.5) < 1e-7);
    ck_assert(fabs(sum_of(ranked, 20) - 5) < 1e-12);
}
END_TEST

START_TEST(memory_fails)
{
    for (int64_t fail_at = 0;; fail_at++) {
        nps_ranked ranked[3] = {{.shrunken = 1, .shrunken_se = 2}, {.shrunken_se = 1}, {.shrunken_se = 3}};
        nps_allocator allocator;
        test_memory memory;
        test_memory_start(&memory, fail_at, &allocator);
        int status = npsi_rank_best(&allocator, ranked, 3, 1);
        ck_assert(memory.blocks == 0 && memory.bytes == 0);
        if (status == NPS_OK) {
            ck_assert_int_eq(fail_at, 2);
            break;
        }
        ck_assert_int_eq(status, NPS_ERR_MEMORY);
        for (int i = 0; i < 3; i++) ck_assert(ranked[i].best == 0);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, two_segments);
    tcase_add_test(tcase, alike);
    tcase_add_test(tcase, many_segments);
    tcase_add_test(tcase, one_certain);
    tcase_add_test(tcase, sums);
    tcase_add_test(tcase, changes_of_view);
    tcase_add_test(tcase, far_apart);
    tcase_add_test(tcase, memory_fails);
}

int main(void)
{
    return test_main("rank_best", add);
}
