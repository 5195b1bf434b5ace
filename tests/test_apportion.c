/* The command's rounding to numbers that add up: a part of examples/nps that is tested by itself. */
#include <math.h>
#include <stdlib.h>

/* Before Check, which has a fail of its own. */
#include "../examples/nps/apportion.c"

#include "support.h"

#define PARTS_MOST 8

void *allocate(size_t size)
{
    void *allocated = malloc(size);
    if (allocated == NULL) abort();
    return allocated;
}

static void must_be(const double *exact, size_t count, int64_t total, const int64_t *expected)
{
    int64_t parts[PARTS_MOST];
    apportion(exact, count, total, parts);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(parts[i], expected[i]);
}

/* By hand: what is rounded down leaves so many, which go to the largest remainders. */
START_TEST(by_hand)
{
    must_be((const double[]){100 / 3.0, 100 / 3.0, 100 / 3.0}, 3, 100, (const int64_t[]){34, 33, 33});
    must_be((const double[]){32.4, -57.4}, 2, -25, (const int64_t[]){32, -57});
    must_be((const double[]){32.6, -57.6}, 2, -25, (const int64_t[]){33, -58});
    must_be((const double[]){22.5, -15, 25}, 3, 33, (const int64_t[]){23, -15, 25});
    must_be((const double[]){-24.75, 0, -32.75}, 3, -58, (const int64_t[]){-25, 0, -33});
    must_be((const double[]){-24.75, 0, -32.75}, 3, -57, (const int64_t[]){-24, 0, -33});
    must_be((const double[]){0.9, 0.6, 0.5}, 3, 2, (const int64_t[]){1, 1, 0});
    must_be((const double[]){7.25}, 1, 7, (const int64_t[]){7});
    must_be((const double[]){7.25}, 1, 8, (const int64_t[]){8});
}
END_TEST

/* 0.1 + 0.2 is a last bit more than 0.3, and must not be rounded up for it; 0 stays 0. */
START_TEST(whole_numbers_stay)
{
    must_be((const double[]){10 * (0.1 + 0.2), 0.4}, 2, 4, (const int64_t[]){3, 1});
    must_be((const double[]){-10 * (0.1 + 0.2), 0.6}, 2, -3, (const int64_t[]){-3, 0});
    must_be((const double[]){0, 0.01, 0, 0}, 4, 1, (const int64_t[]){0, 1, 0, 0});
    must_be((const double[]){0, 0}, 2, 0, (const int64_t[]){0, 0});
}
END_TEST

/* A total that no rounding down or up comes to: the largest takes the rest. */
START_TEST(far_totals)
{
    must_be((const double[]){1, 0}, 2, 2, (const int64_t[]){2, 0});
    must_be((const double[]){0, -5, 0}, 3, -4, (const int64_t[]){0, -4, 0});
    must_be((const double[]){0.5, 3.5}, 2, 9, (const int64_t[]){1, 8});
    must_be((const double[]){0.5, 3.5}, 2, 0, (const int64_t[]){0, 0});
}
END_TEST

/* All ways to round down or up, the nearest of which in squares is that by largest remainders. */
static double nearest_of_all(const double *exact, size_t count, int64_t total)
{
    double nearest = INFINITY;
    for (uint64_t choice = 0; choice < (UINT64_C(1) << count); choice++) {
        double distance = 0;
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            double rounded = choice >> i & 1 ? ceil(exact[i]) : floor(exact[i]);
            sum += (int64_t)rounded;
            distance += (rounded - exact[i]) * (rounded - exact[i]);
        }
        if (sum == total && distance < nearest) nearest = distance;
    }
    return nearest;
}

START_TEST(nearest)
{
    uint64_t state = 20180305;
    for (int round = 0; round < 20000; round++) {
        double exact[PARTS_MOST], negated[PARTS_MOST], sum = 0, distance = 0;
        int64_t parts[PARTS_MOST], mirrored[PARTS_MOST], added = 0;
        size_t count = 1 + test_below(&state, PARTS_MOST);
        for (size_t i = 0; i < count; i++) {
            exact[i] = (double)test_below(&state, 40000) / 1000 - 20 + (double)test_below(&state, 1000) / 1e7;
            if (test_below(&state, 4) == 0) exact[i] = nearbyint(exact[i]);
            negated[i] = -exact[i];
            sum += exact[i];
        }
        int64_t total = (int64_t)(test_below(&state, 2) == 0 ? floor(sum) : ceil(sum));
        apportion(exact, count, total, parts);
        apportion(negated, count, -total, mirrored);
        for (size_t i = 0; i < count; i++) {
            added += parts[i];
            distance += ((double)parts[i] - exact[i]) * ((double)parts[i] - exact[i]);
            ck_assert_msg(fabs((double)parts[i] - exact[i]) < 1, "part %zu is %f, not near %f", i, (double)parts[i],
                          exact[i]);
            ck_assert_int_eq(mirrored[i], -parts[i]);
        }
        ck_assert_int_eq(added, total);
        ck_near(distance, nearest_of_all(exact, count, total), 1e-9);
    }
}
END_TEST

/* Half away from zero. */
START_TEST(rounding)
{
    ck_assert_int_eq(apportion_round(16.5, 0), 17);
    ck_assert_int_eq(apportion_round(-16.5, 0), -17);
    ck_assert_int_eq(apportion_round(16.5, 1), 165);
    ck_assert_int_eq(apportion_round(-0.04, 1), 0);
    ck_assert_int_eq(apportion_round(100, 6), 100000000);
    ck_assert_double_eq(apportion_scale(0), 1);
    ck_assert_double_eq(apportion_scale(3), 1000);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, whole_numbers_stay);
    tcase_add_test(tcase, far_totals);
    tcase_add_test(tcase, nearest);
    tcase_add_test(tcase, rounding);
}

int main(void)
{
    return test_main("apportion", add);
}
