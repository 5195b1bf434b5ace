#include <float.h>
#include <math.h>
#include <string.h>

#include "special_internal.h"
#include "support.h"

/* What special_internal.h promises. */
#define TAIL_TOLERANCE     1e-13
#define QUANTILE_TOLERANCE 1e-12

typedef double one_argument(double);
typedef double two_arguments(double, double);
typedef double three_arguments(double, double, double);

typedef struct function {
    const char *name;
    one_argument *one;
    two_arguments *two;
    three_arguments *three;
    double tolerance;
    size_t least_rows;
} function;

static const function functions[] = {
    {"normal_cdf", npsi_normal_cdf, NULL, NULL, TAIL_TOLERANCE, 100},
    {"normal_sf", npsi_normal_sf, NULL, NULL, TAIL_TOLERANCE, 100},
    {"normal_quantile", npsi_normal_quantile, NULL, NULL, QUANTILE_TOLERANCE, 50},
    {"normal_upper_quantile", npsi_normal_upper_quantile, NULL, NULL, QUANTILE_TOLERANCE, 50},
    {"log_gamma", npsi_log_gamma, NULL, NULL, TAIL_TOLERANCE, 200},
    {"log_beta", NULL, npsi_log_beta, NULL, TAIL_TOLERANCE, 100},
    {"gamma_cdf", NULL, npsi_gamma_cdf, NULL, TAIL_TOLERANCE, 200},
    {"gamma_sf", NULL, npsi_gamma_sf, NULL, TAIL_TOLERANCE, 200},
    {"chi2_cdf", NULL, npsi_chi2_cdf, NULL, TAIL_TOLERANCE, 30},
    {"chi2_sf", NULL, npsi_chi2_sf, NULL, TAIL_TOLERANCE, 30},
    {"chi2_quantile", NULL, npsi_chi2_quantile, NULL, QUANTILE_TOLERANCE, 100},
    {"chi2_upper_quantile", NULL, npsi_chi2_upper_quantile, NULL, QUANTILE_TOLERANCE, 100},
    {"beta_cdf", NULL, NULL, npsi_beta_cdf, TAIL_TOLERANCE, 300},
    {"beta_sf", NULL, NULL, npsi_beta_sf, TAIL_TOLERANCE, 300},
    {"beta_pdf", NULL, NULL, npsi_beta_pdf, TAIL_TOLERANCE, 300},
    {"beta_quantile", NULL, NULL, npsi_beta_quantile, QUANTILE_TOLERANCE, 200},
    {"t_cdf", NULL, npsi_t_cdf, NULL, TAIL_TOLERANCE, 200},
    {"t_sf", NULL, npsi_t_sf, NULL, TAIL_TOLERANCE, 200},
    {"t_quantile", NULL, npsi_t_quantile, NULL, QUANTILE_TOLERANCE, 100},
    {"f_cdf", NULL, NULL, npsi_f_cdf, TAIL_TOLERANCE, 100},
    {"f_sf", NULL, NULL, npsi_f_sf, TAIL_TOLERANCE, 100},
    {"f_quantile", NULL, NULL, npsi_f_quantile, QUANTILE_TOLERANCE, 100},
};
#define FUNCTIONS (int)(sizeof functions / sizeof *functions)

static double call(const function *f, double x, double a, double b)
{
    if (f->one != NULL) return f->one(x);
    return f->two != NULL ? f->two(x, a) : f->three(x, a, b);
}

/* Every row of tests/reference/special.csv (mpmath, see generate/special.py) for one function. */
START_TEST(test_reference)
{
    const function *f = &functions[_i];
    test_csv *csv = test_csv_read("special.csv");
    size_t rows = 0;

    for (size_t i = 0; i < csv->rows; i++) {
        if (strcmp(test_csv_cell(csv, i, "function"), f->name) != 0) continue;
        double x = test_csv_number(csv, i, "x"), a = test_csv_number(csv, i, "a"), b = test_csv_number(csv, i, "b");
        double expected = test_csv_number(csv, i, "value"), value = call(f, x, a, b);
        double error = test_relative_error(value, expected);
        if (f->two == npsi_log_beta) error *= fmin(1.0, fabs(expected)); /* 0 in places: see the header */
        ck_assert_msg(error <= f->tolerance, "%s(%.17g, %.17g, %.17g) is %.17g, not %.17g: relative error %.3g",
                      f->name, x, a, b, value, expected, error);
        rows++;
    }
    ck_assert_msg(rows >= f->least_rows, "%s: %zu rows", f->name, rows);
    test_csv_free(csv);
}
END_TEST

static const double shapes[] = {1e-3, 0.1,  0.5, 1.0, 1.4999,    1.5, 1.5001, 2.5,  9.5, 10.0,
                                14.5, 15.0, 100, 1e4, 1e6 + 0.5, 1e8, 1e10,   1e12, 1e15};
#define SHAPES (int)(sizeof shapes / sizeof *shapes)

/* x from far below to far above the centre, in steps on the scale of the distribution. */
static double gamma_grid(double shape, int step)
{
    return shape * exp((step - 40) / 4.0 / sqrt(shape));
}

static double beta_grid(double a, double b, int step)
{
    double inverse_odds = b / a * exp((40 - step) / 4.0 * sqrt(1 / a + 1 / b));
    return 1 / (1 + inverse_odds); /* each rounding is monotone */
}

static void check_monotone(const char *name, double lower, double upper, double *last_lower, double *last_upper)
{
    ck_assert_msg(lower >= *last_lower && lower <= 1.0, "%s: lower tail %.17g after %.17g", name, lower, *last_lower);
    ck_assert_msg(upper <= *last_upper && upper >= 0.0, "%s: upper tail %.17g after %.17g", name, upper, *last_upper);
    ck_near(lower + upper, 1.0, 1e-15);
    *last_lower = lower;
    *last_upper = upper;
}

START_TEST(test_tails_are_monotone_and_add_up)
{
    double a = shapes[_i], lower = 0.0, upper = 1.0;

    for (int step = 0; step <= 80; step++) {
        double x = gamma_grid(a, step);
        check_monotone("gamma", npsi_gamma_cdf(x, a), npsi_gamma_sf(x, a), &lower, &upper);
    }
    lower = 0.0, upper = 1.0;
    for (int step = 0; step <= 80; step++) {
        double t = (step - 40) / 4.0;
        check_monotone("t", npsi_t_cdf(t, a), npsi_t_sf(t, a), &lower, &upper);
    }
    for (int j = 0; j < SHAPES; j++) {
        double b = shapes[j];
        lower = 0.0, upper = 1.0;
        for (int step = 0; step <= 80; step++) {
            double x = beta_grid(a, b, step);
            check_monotone("beta", npsi_beta_cdf(x, a, b), npsi_beta_sf(x, a, b), &lower, &upper);
        }
        lower = 0.0, upper = 1.0;
        for (int step = 0; step <= 80; step++) {
            double x = exp((step - 40) / 4.0 * sqrt(1 / a + 1 / b));
            check_monotone("F", npsi_f_cdf(x, a, b), npsi_f_sf(x, a, b), &lower, &upper);
        }
    }
}
END_TEST

START_TEST(test_symmetry)
{
    uint64_t state = 1;

    for (int i = 0; i < 2000; i++) {
        double x = (double)(1 + test_below(&state, 1023)) / 1024; /* 1 - x is exact */
        double a = shapes[test_below(&state, (uint64_t)SHAPES)], b = shapes[test_below(&state, (uint64_t)SHAPES)];
        double t = 20 * x - 10;
        ck_assert_double_eq(npsi_normal_cdf(t), npsi_normal_sf(-t));
        ck_assert_double_eq(npsi_normal_quantile(x), -npsi_normal_quantile(1 - x));
        ck_assert_double_eq(npsi_normal_quantile(x), -npsi_normal_upper_quantile(x));
        ck_assert_double_eq(npsi_t_cdf(t, a), npsi_t_sf(-t, a));
        ck_assert_double_eq(npsi_t_quantile(x, a), -npsi_t_quantile(1 - x, a));
        ck_assert_double_le(test_relative_error(npsi_beta_cdf(x, a, b), npsi_beta_sf(1 - x, b, a)), TAIL_TOLERANCE);
        ck_assert_double_le(test_relative_error(npsi_beta_pdf(x, a, b), npsi_beta_pdf(1 - x, b, a)), TAIL_TOLERANCE);
        ck_near(npsi_log_beta(a, b), npsi_log_beta(b, a), TAIL_TOLERANCE);
    }
}
END_TEST

#define check_relative(actual, expected) ck_assert_double_le(test_relative_error(actual, expected), TAIL_TOLERANCE)

/* Distributions with elementary tails. */
START_TEST(test_closed_forms)
{
    const double pi = 3.14159265358979324;

    for (int i = 1; i < 200; i++) {
        double x = 0.1 * i, u = 0.005 * i;
        check_relative(npsi_gamma_sf(x, 1), exp(-x));
        check_relative(npsi_gamma_cdf(x, 1), -expm1(-x));
        check_relative(npsi_gamma_sf(x, 3), exp(-x) * (1 + x + x * x / 2));
        check_relative(npsi_chi2_sf(x, 2), exp(-x / 2));
        check_relative(npsi_chi2_sf(x * x, 1), 2 * npsi_normal_sf(x));
        check_relative(npsi_chi2_upper_quantile(u, 2), -2 * log(u));
        check_relative(npsi_beta_cdf(u, 7.5, 1), pow(u, 7.5));
        check_relative(npsi_beta_sf(u, 1, 1e-3), exp(1e-3 * log1p(-u)));
        check_relative(npsi_beta_cdf(u, 0.5, 0.5), 2 / pi * asin(sqrt(u)));
        check_relative(npsi_beta_pdf(u, 2, 2), 6 * u * (1 - u));
        check_relative(npsi_t_sf(x, 1), atan2(1, x) / pi);
        check_relative(npsi_t_sf(x, 2), 1 / ((2 + x * x) * (1 + x / sqrt(2 + x * x))));
        check_relative(npsi_f_sf(x, 2, 2), 1 / (1 + x));
        check_relative(npsi_f_sf(x * x, 1, 9), 2 * npsi_t_sf(x, 9));
        check_relative(npsi_t_sf(x, INFINITY), npsi_normal_sf(x));
    }
}
END_TEST

/* The upper tail of t is the power (t / far)^-df far out, where t^2 is no double any more; for df = 1 it is 1 / (pi t).
 */
START_TEST(test_far_t)
{
    for (int exponent = 20; exponent <= 300; exponent += 10) {
        double t = pow(10, exponent), p = npsi_t_sf(t, 1);
        check_relative(p, 1 / 3.14159265358979324 / t);
        ck_assert_double_le(test_relative_error(npsi_t_quantile(p, 1), -t), QUANTILE_TOLERANCE);
        ck_assert_double_eq(npsi_t_cdf(-t, 1), p);
        ck_assert_double_eq(npsi_t_cdf(t, 1), 1.0);
    }
}
END_TEST

/* p lies between the tails a little below and a little above its quantile. */
static void check_bracket(const char *name, double p, double below, double above)
{
    ck_assert_msg(below <= p * (1 + TAIL_TOLERANCE) && above >= p * (1 - TAIL_TOLERANCE),
                  "%s: %.17g not within [%.17g, %.17g]", name, p, below, above);
}

START_TEST(test_quantiles_invert)
{
    static const double tails[] = {1e-300, 1e-100, 1e-20, 1e-6, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999999};
    double a = shapes[_i];

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        double p = tails[i], x = npsi_chi2_quantile(p, a), w = QUANTILE_TOLERANCE;
        if (x > DBL_MIN) check_bracket("chi2", p, npsi_chi2_cdf(x * (1 - w), a), npsi_chi2_cdf(x * (1 + w), a));
        x = npsi_chi2_upper_quantile(p, a);
        if (x > DBL_MIN) check_bracket("chi2 upper", p, npsi_chi2_sf(x * (1 + w), a), npsi_chi2_sf(x * (1 - w), a));
        x = npsi_t_quantile(p, a);
        if (p < 0.5 && x > -INFINITY) check_bracket("t", p, npsi_t_cdf(x * (1 + w), a), npsi_t_cdf(x * (1 - w), a));
        for (int j = 0; j < SHAPES; j++) {
            double b = shapes[j];
            x = npsi_beta_quantile(p, a, b);
            if (x > DBL_MIN && x < 1)
                check_bracket("beta", p, npsi_beta_cdf(x * (1 - w), a, b), npsi_beta_cdf(fmin(x * (1 + w), 1), a, b));
            x = npsi_f_quantile(p, a, b);
            if (x > 1e-290 && x < 1e290)
                check_bracket("F", p, npsi_f_cdf(x * (1 - w), a, b), npsi_f_cdf(x * (1 + w), a, b));
        }
    }
}
END_TEST

START_TEST(test_limits)
{
    const double inf = INFINITY;

    ck_assert_double_eq(npsi_normal_cdf(-inf), 0.0);
    ck_assert_double_eq(npsi_normal_cdf(inf), 1.0);
    ck_assert_double_eq(npsi_normal_quantile(0.0), -inf);
    ck_assert_double_eq(npsi_normal_quantile(1.0), inf);
    ck_assert_double_eq(npsi_normal_quantile(0.5), 0.0);
    ck_assert_double_eq(npsi_log_gamma(1.0), 0.0);
    ck_assert_double_eq(npsi_log_gamma(2.0), 0.0);
    ck_assert_double_eq(npsi_log_gamma(inf), inf);
    for (int i = 0; i < SHAPES; i++) {
        double a = shapes[i], b = shapes[SHAPES - 1 - i];
        ck_assert_double_eq(npsi_gamma_cdf(0.0, a), 0.0);
        ck_assert_double_eq(npsi_gamma_sf(0.0, a), 1.0);
        ck_assert_double_eq(npsi_gamma_cdf(inf, a), 1.0);
        ck_assert_double_eq(npsi_gamma_sf(inf, a), 0.0);
        ck_assert_double_eq(npsi_chi2_quantile(0.0, a), 0.0);
        ck_assert_double_eq(npsi_chi2_quantile(1.0, a), inf);
        ck_assert_double_eq(npsi_chi2_upper_quantile(0.0, a), inf);
        ck_assert_double_eq(npsi_chi2_upper_quantile(1.0, a), 0.0);
        ck_assert_double_eq(npsi_beta_cdf(0.0, a, b), 0.0);
        ck_assert_double_eq(npsi_beta_cdf(1.0, a, b), 1.0);
        ck_assert_double_eq(npsi_beta_sf(0.0, a, b), 1.0);
        ck_assert_double_eq(npsi_beta_sf(1.0, a, b), 0.0);
        ck_assert_double_eq(npsi_beta_pdf(0.0, a, b), a < 1 ? inf : a > 1 ? 0.0 : b);
        ck_assert_double_eq(npsi_beta_pdf(1.0, b, a), a < 1 ? inf : a > 1 ? 0.0 : b);
        ck_assert_double_eq(npsi_beta_quantile(0.0, a, b), 0.0);
        ck_assert_double_eq(npsi_beta_quantile(1.0, a, b), 1.0);
        ck_assert_double_eq(npsi_t_cdf(-inf, a), 0.0);
        ck_assert_double_eq(npsi_t_cdf(0.0, a), 0.5);
        ck_assert_double_eq(npsi_t_cdf(inf, a), 1.0);
        ck_assert_double_eq(npsi_t_quantile(0.0, a), -inf);
        ck_assert_double_eq(npsi_t_quantile(0.5, a), 0.0);
        ck_assert_double_eq(npsi_t_quantile(1.0, a), inf);
        ck_assert_double_eq(npsi_f_cdf(0.0, a, b), 0.0);
        ck_assert_double_eq(npsi_f_sf(inf, a, b), 0.0);
        ck_assert_double_eq(npsi_f_quantile(0.0, a, b), 0.0);
        ck_assert_double_eq(npsi_f_quantile(1.0, a, b), inf);
    }
}
END_TEST

/* Every function is NaN as soon as one argument is NaN, and outside its domain. */
START_TEST(test_domain)
{
    const function *f = &functions[_i];
    const int normal_tail = f->one == npsi_normal_cdf || f->one == npsi_normal_sf;
    const int student_tail = f->two == npsi_t_cdf || f->two == npsi_t_sf;

    ck_assert_double_nan(call(f, NAN, 2, 3));
    if (!normal_tail && !student_tail) ck_assert_double_nan(call(f, -0.25, 2, 3));
    if (strstr(f->name, "quantile") != NULL) ck_assert_double_nan(call(f, 1.25, 2, 3));
    if (f->two != NULL || f->three != NULL) {
        ck_assert_double_nan(call(f, 0.25, NAN, 3));
        ck_assert_double_nan(call(f, 0.25, 0, 3));
        ck_assert_double_nan(call(f, 0.25, -2, 3));
        if (strncmp(f->name, "t_", 2) != 0) ck_assert_double_nan(call(f, 0.25, INFINITY, 3));
    }
    if (f->three != NULL) {
        ck_assert_double_nan(call(f, 0.25, 2, NAN));
        ck_assert_double_nan(call(f, 0.25, 2, 0));
        ck_assert_double_nan(call(f, 0.25, 2, -3));
        ck_assert_double_nan(call(f, 0.25, 2, INFINITY));
    }
    if (strncmp(f->name, "beta", 4) == 0) ck_assert_double_nan(call(f, 1.25, 2, 3));
}
END_TEST

static double random_magnitude(uint64_t *state, double exponent)
{
    double share = (double)test_below(state, 1u << 30) / (1u << 30);
    return pow(10, exponent * (2 * share - 1));
}

/* Nothing breaks outside the range of the promise: no NaN, probabilities within [0, 1]. */
START_TEST(test_wild_arguments)
{
    const function *f = &functions[_i];
    const int probability = strstr(f->name, "cdf") != NULL || strstr(f->name, "sf") != NULL;
    const int unit = strstr(f->name, "quantile") != NULL || strncmp(f->name, "beta", 4) == 0;
    uint64_t state = 7;

    for (int i = 0; i < 3000; i++) {
        double x = random_magnitude(&state, 308), a = random_magnitude(&state, 300), b = random_magnitude(&state, 300);
        double value;
        if (unit && x > 1) x = i % 2 == 0 ? 1 / x : 1 - fmin(0.5, 1e-4 * x / (x + a));
        value = call(f, x, a, b);
        ck_assert_msg(!isnan(value) && (!probability || (value >= 0 && value <= 1)), "%s(%.17g, %.17g, %.17g) is %.17g",
                      f->name, x, a, b, value);
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_reference, 0, FUNCTIONS);
    tcase_add_loop_test(tcase, test_tails_are_monotone_and_add_up, 0, SHAPES);
    tcase_add_test(tcase, test_symmetry);
    tcase_add_test(tcase, test_closed_forms);
    tcase_add_test(tcase, test_far_t);
    tcase_add_loop_test(tcase, test_quantiles_invert, 0, SHAPES);
    tcase_add_test(tcase, test_limits);
    tcase_add_loop_test(tcase, test_domain, 0, FUNCTIONS);
    tcase_add_loop_test(tcase, test_wild_arguments, 0, FUNCTIONS);
}

int main(void)
{
    return test_main("special", add);
}
