/* Two one-sided tests: references (see tests/reference/README.md), closed forms, and the interval that they belong to.
 */
#include <math.h>
#include <nps/compare.h>
#include <nps/status.h>
#include <string.h>

#include "compare_samples.h"
#include "special_internal.h"
#include "support.h"

static const int32_t methods[] = {NPS_DIFFERENCE_MOVER, NPS_DIFFERENCE_SCORE};

static nps_equivalence equivalence(const nps_sample *from, const nps_sample *to, int32_t method, double margin)
{
    nps_equivalence out = {sizeof out, -7, -7, -7, -7, -7};
    ck_assert_msg(nps_compare_equivalence(from, to, method, margin, &out) == NPS_OK,
                  "(%g, %g, %g) and (%g, %g, %g) within %g", from->detractors, from->passives, from->promoters,
                  to->detractors, to->passives, to->promoters, margin);
    ck_assert(out.p_lower == npsi_normal_sf(out.statistic_lower));
    ck_assert(out.p_upper == npsi_normal_sf(-out.statistic_upper));
    ck_assert(out.p == fmax(out.p_lower, out.p_upper) && out.p >= 0 && out.p <= 1);
    return out;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("equivalence.csv");
    ck_assert_uint_eq(csv->rows, 10);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_sample from = row_sample(csv, row, "from_"), to = row_sample(csv, row, "to_");
        const char *name = test_csv_cell(csv, row, "method");
        int32_t method;
        ck_assert_int_eq(nps_difference_method(name, strlen(name), &method), NPS_OK);
        nps_equivalence got = equivalence(&from, &to, method, test_csv_number(csv, row, "margin"));
        double tol = test_csv_number(csv, row, "tol");
        ck_assert_msg(within(got.statistic_lower, test_csv_number(csv, row, "statistic_lower"), tol) &&
                          within(got.statistic_upper, test_csv_number(csv, row, "statistic_upper"), tol) &&
                          within_p(got.p, test_csv_number(csv, row, "p"), tol),
                      "row %zu: %.17g %.17g %.17g", row + 2, got.statistic_lower, got.statistic_upper, got.p);
    }
    test_csv_free(csv);
}
END_TEST

/* n promoters in each sample: the score limit lies 2 z^2 / (n + z^2) below, so z^2 = n m / (2 - m) by either method, as
 * the other sample stays. n passives in each: z^2 / (n + z^2) either way, so MOVER has z^2 = n m / (sqrt 2 - m), and
 * nothing from m = sqrt 2 on; by the profile z^2 = 2 n m / (2 - m). */
START_TEST(closed_forms)
{
    static const double sizes[] = {1e-6, 1, 7, 1e3, 1e9, 1e15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double n = sizes[i];
        nps_sample promoters = counts(0, 0, n), passives = counts(0, n, 0);
        for (double m = 0.03125; m < 2; m += 0.0625) {
            for (int j = 0; j < 2; j++) {
                nps_equivalence got = equivalence(&promoters, &promoters, methods[j], 100 * m);
                ck_assert(test_relative_error(got.statistic_lower, sqrt(n * m / (2 - m))) < 1e-12);
                ck_assert(got.statistic_upper == -got.statistic_lower);
            }
            nps_equivalence got = equivalence(&passives, &passives, NPS_DIFFERENCE_MOVER, 100 * m);
            if (m < sqrt(2))
                ck_assert(test_relative_error(got.statistic_lower, sqrt(n * m / (sqrt(2) - m))) < 1e-12);
            else
                ck_assert(got.statistic_lower == (double)INFINITY && got.p == 0);
            ck_assert(got.statistic_upper == -got.statistic_lower);
            got = equivalence(&passives, &passives, NPS_DIFFERENCE_SCORE, 100 * m);
            ck_assert(test_relative_error(got.statistic_lower, sqrt(2 * n * m / (2 - m))) < 1e-12);
        }
    }
}
END_TEST

/* Small p exactly where the interval at 1 - 2 p lies within the margins, by either side; a statistic falls with the
 * difference it tests; signs are exact. */
static void check_pair(const nps_sample *from, const nps_sample *to, int32_t method, double margin)
{
    nps_equivalence got = equivalence(from, to, method, margin), swapped = equivalence(to, from, method, margin);
    nps_sample mirrored_from = mirrored(from), mirrored_to = mirrored(to);
    nps_equivalence turned = equivalence(&mirrored_from, &mirrored_to, method, margin);
    ck_assert(got.statistic_lower == -swapped.statistic_upper && got.statistic_upper == -swapped.statistic_lower);
    ck_assert(got.statistic_lower == -turned.statistic_upper && got.statistic_upper == -turned.statistic_lower);
    ck_assert(got.statistic_lower >= got.statistic_upper - 1e-14 * fabs(got.statistic_upper));
    static const double errors[] = {0.2, 0.1, 0.05, 0.01, 0.001};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        nps_difference interval = {.struct_size = sizeof interval};
        ck_assert_int_eq(nps_compare(from, to, method, 1 - 2 * errors[i], &interval), NPS_OK);
        int above = interval.lower > -margin, below = interval.upper < margin;
        int tie = fmin(fabs(interval.lower + margin), fabs(interval.upper - margin)) < 1e-9;
        ck_assert_msg(tie || ((got.p_lower < errors[i]) == above && (got.p_upper < errors[i]) == below),
                      "(%g, %g, %g) and (%g, %g, %g) within %g: %.17g to %.17g, p %.17g %.17g", from->detractors,
                      from->passives, from->promoters, to->detractors, to->passives, to->promoters, margin,
                      interval.lower, interval.upper, got.p_lower, got.p_upper);
    }
}

START_TEST(agrees_with_interval)
{
    uint64_t state = 7;
    for (int i = 0; i < 3000; i++) {
        nps_sample from = random_sample(&state), to = random_sample(&state);
        check_pair(&from, &to, methods[_i], 0.5 + (double)test_below(&state, 199));
    }
}
END_TEST

START_TEST(every_magnitude)
{
    static const double sizes[] = {0, 5e-324, 1e-300, 1e-6, 0.3, 7, 1e6, 3e14};
    static const double margins[] = {5e-324, 1e-9, 1, 100, 199, 199.99999999999997};
    uint64_t state = 8;
    for (int i = 0; i < 20000; i++) {
        double c[6];
        for (int j = 0; j < 6; j++) c[j] = sizes[test_below(&state, 8)];
        if (c[0] + c[1] + c[2] == 0 || c[3] + c[4] + c[5] == 0) continue;
        nps_sample from = counts(c[0], c[1], c[2]), to = counts(c[3], c[4], c[5]);
        check_pair(&from, &to, methods[_i], margins[test_below(&state, 6)]);
    }
}
END_TEST

/* Outside of the margins one statistic has the other sign, and p is above one half. At the margin it is 0. */
START_TEST(outside)
{
    nps_sample from = counts(25, 0, 75), to = counts(5, 15, 80);
    for (int j = 0; j < 2; j++) {
        nps_equivalence got = equivalence(&from, &to, methods[j], 20);
        ck_assert(got.statistic_lower > 0 && got.statistic_upper > 0 && got.p == got.p_upper && got.p > 0.5);
        got = equivalence(&from, &to, methods[j], 25);
        ck_assert(got.statistic_upper == 0 && got.p == 0.5);
    }
}
END_TEST

START_TEST(errors)
{
    nps_sample good = counts(1, 2, 3), empty = {0, 0, 0, 0}, negative = {1, -1, 3, 2};
    nps_equivalence out = {sizeof out, -7, -7, -7, -7, -7};
    const double no_margins[] = {0, -5, 200, 1e300, (double)INFINITY, (double)NAN};
    for (int j = 0; j < 2; j++) {
        for (size_t i = 0; i < sizeof no_margins / sizeof *no_margins; i++)
            ck_assert_int_eq(nps_compare_equivalence(&good, &good, methods[j], no_margins[i], &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_compare_equivalence(NULL, &good, methods[j], 5, &out), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare_equivalence(&good, NULL, methods[j], 5, &out), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare_equivalence(&good, &good, methods[j], 5, NULL), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(nps_compare_equivalence(&empty, &good, methods[j], 5, &out), NPS_ERR_EMPTY);
        ck_assert_int_eq(nps_compare_equivalence(&good, &empty, methods[j], 5, &out), NPS_ERR_EMPTY);
        ck_assert_int_eq(nps_compare_equivalence(&negative, &good, methods[j], 5, &out), NPS_ERR_RANGE);
        ck_assert_int_eq(nps_compare_equivalence(&good, &negative, methods[j], 5, &out), NPS_ERR_RANGE);
    }
    const int32_t others[] = {-1, NPS_DIFFERENCE_ADJUSTED_WALD, NPS_DIFFERENCE_WELCH, NPS_DIFFERENCE_PERMUTATION, 5};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_int_eq(nps_compare_equivalence(&good, &good, others[i], 5, &out), NPS_ERR_ARGUMENT);
    ck_assert(out.statistic_lower == -7 && out.statistic_upper == -7 && out.p_lower == -7 && out.p_upper == -7 &&
              out.p == -7);
    out.struct_size = offsetof(nps_equivalence, statistic_upper); /* no more than that is written */
    ck_assert_int_eq(nps_compare_equivalence(&good, &good, 0, 5, &out), NPS_OK);
    ck_assert(out.statistic_lower > 0 && out.statistic_upper == -7 && out.p == -7);
    out.struct_size = 0;
    ck_assert_int_eq(nps_compare_equivalence(&good, &good, 0, 5, &out), NPS_ERR_ARGUMENT);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, closed_forms);
    tcase_add_loop_test(tcase, agrees_with_interval, 0, 2);
    tcase_add_loop_test(tcase, every_magnitude, 0, 2);
    tcase_add_test(tcase, outside);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare_equivalence", add);
}
