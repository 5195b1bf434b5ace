/* The distribution of a score under a Dirichlet, against tests/reference/posterior.csv, beta distributions, and itself.
 */
#include "dirichlet_internal.h"

#include <math.h>

#include "special_internal.h"
#include "support.h"

static npsi_shares posterior(double detractors, double passives, double promoters)
{
    return npsi_shares_of(detractors + 0.5, passives + 0.5, promoters + 0.5);
}

START_TEST(reference_cdf)
{
    test_csv *csv = test_csv_read("posterior.csv");
    int rows = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        if (!isfinite(test_csv_number(csv, row, "point"))) continue;
        npsi_shares shape = posterior(test_csv_number(csv, row, "detractors"), test_csv_number(csv, row, "passives"),
                                      test_csv_number(csv, row, "promoters"));
        npsi_dirichlet got = npsi_dirichlet_at(&shape, test_csv_number(csv, row, "point") / 100);
        ck_near(got.lower, test_csv_number(csv, row, "value"), test_csv_number(csv, row, "tol"));
        ck_near(got.upper, 1 - test_csv_number(csv, row, "value"), test_csv_number(csv, row, "tol"));
        rows++;
    }
    ck_assert_int_ge(rows, 17);
    test_csv_free(csv);
}
END_TEST

static const double sizes[] = {0, 1e-6, 0.3, 1, 5, 40, 1e3, 1e6, 1e9, 1e12, 3e14};
#define SIZES (sizeof sizes / sizeof *sizes)

/* Score <= 0 says that promoters have no more than half of what promoters and detractors have. */
START_TEST(at_zero)
{
    for (size_t d = 0; d < SIZES; d++) {
        for (size_t p = 0; p < SIZES; p++) {
            for (size_t r = 0; r < SIZES; r++) {
                npsi_shares shape = posterior(sizes[d], sizes[p], sizes[r]);
                npsi_dirichlet got = npsi_dirichlet_at(&shape, 0);
                ck_near(got.lower, npsi_beta_cdf(0.5, sizes[r] + 0.5, sizes[d] + 0.5), 2e-13);
                ck_near(got.upper, npsi_beta_sf(0.5, sizes[r] + 0.5, sizes[d] + 0.5), 2e-13);
            }
        }
    }
}
END_TEST

/* The bound is where the tail is reached, and the density there is what the tail gains on a short step, by central
 * differences of fourth order. */
static void check_bound(const npsi_shares *shape, double z)
{
    static const double weights[] = {1, -8, 0, 8, -1};
    double target = npsi_normal_sf(z), t = npsi_dirichlet_lower(shape, z), rise = 0;
    npsi_dirichlet at = npsi_dirichlet_at(shape, t);
    if (t == -1) { /* nearer than the next double */
        ck_assert(npsi_dirichlet_at(shape, nextafter(-1, 0)).lower > target);
        return;
    }
    double step = 0.01 * target / at.density, grain = 4e-16 * at.density / target; /* of t */
    ck_assert(test_relative_error(at.lower, target) < 1e-11 + 2 * grain);
    if (fabs(t) < 10 * step || grain > 1e-8 || t - 2 * step <= -1) return; /* the corner at 0, or too coarse */
    for (int j = 0; j < 5; j++) rise += weights[j] * npsi_dirichlet_at(shape, t + (j - 2) * step).lower;
    ck_assert(test_relative_error(at.density, rise / (12 * step)) < 1e-5);
}

START_TEST(bound_and_density)
{
    static const double deviates[] = {0.1, 0.674, 1.96, 3.89, 6};
    for (size_t d = 0; d < SIZES; d++) {
        for (size_t p = 0; p < SIZES; p++) {
            for (size_t r = 0; r < SIZES; r++) {
                npsi_shares shape = posterior(sizes[d], sizes[p], sizes[r]);
                for (int i = 0; i < 5; i++) check_bound(&shape, deviates[i]);
            }
        }
    }
}
END_TEST

START_TEST(mirrored)
{
    for (size_t d = 0; d < SIZES; d++) {
        for (size_t p = 0; p < SIZES; p++) {
            npsi_shares shape = posterior(sizes[d], sizes[p], 5), mirror = posterior(5, sizes[p], sizes[d]);
            for (double t = -0.95; t < 1; t += 0.19) {
                npsi_dirichlet one = npsi_dirichlet_at(&shape, t), other = npsi_dirichlet_at(&mirror, -t);
                ck_near(one.lower, other.upper, 1e-14);
                ck_near(one.upper, other.lower, 1e-14);
                ck_assert(one.density == other.density || test_relative_error(one.density, other.density) < 1e-12);
            }
        }
    }
}
END_TEST

START_TEST(ends)
{
    npsi_shares shape = posterior(1, 2, 3);
    npsi_dirichlet low = npsi_dirichlet_at(&shape, -1), high = npsi_dirichlet_at(&shape, 1);
    ck_assert(low.lower == 0 && low.upper == 1 && low.density == 0);
    ck_assert(high.lower == 1 && high.upper == 0 && high.density == 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference_cdf);
    tcase_add_test(tcase, at_zero);
    tcase_add_test(tcase, bound_and_density);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, ends);
}

int main(void)
{
    return test_main("dirichlet", add);
}
