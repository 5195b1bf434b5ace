/* The regression, correlations and faults, against R and exact fractions (see tests/reference/README.md), and what must
 * hold. */
#include <stddef.h>

#include "drivers_data.h"

typedef struct named {
    const char *name;
    double found;
} named;

/* The named cells of a row, with a relative tolerance; an empty one is NaN. */
static void check_numbers(const test_csv *csv, size_t row, const named *numbers, size_t count, double tolerance)
{
    for (size_t i = 0; i < count; i++) {
        double expected = test_csv_number(csv, row, numbers[i].name);
        ck_assert_msg(isnan(expected) ? isnan(numbers[i].found)
                                      : test_relative_error(numbers[i].found, expected) <= tolerance,
                      "row %zu: %s is %.17g, not %.17g", row, numbers[i].name, numbers[i].found, expected);
    }
}
#define CHECK_NUMBERS(csv, row, numbers, tolerance) \
    check_numbers(csv, row, numbers, sizeof(numbers) / sizeof *(numbers), tolerance)

START_TEST(reference)
{
    test_csv *csv = test_csv_read("drivers/expected.csv");
    ck_assert_uint_eq(csv->rows, 22);
    for (size_t row = 0; row < csv->rows; row++) {
        drivers_rows rows = read_rows(test_csv_cell(csv, row, "dataset"));
        int pairwise = strcmp(test_csv_cell(csv, row, "missing"), "pairwise") == 0;
        int column = rating_of(&rows, test_csv_cell(csv, row, "driver"));
        double n = test_csv_number(csv, row, "n");
        nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = rows.ratings, .missing = pairwise});
        add_rows(drivers, &rows);
        all_estimates all;
        nps_driver *found = all.column + column;
        estimate_all(drivers, (nps_drivers_model){.use = 0}, -1000, 1000, &all);
        ck_assert(isnan(n) || ((double)all.fit.n == n && (double)found->n == n));
        const named numbers[] = {
            {"r_squared", all.fit.r_squared},
            {"mean", found->mean},
            {"correlation", found->correlation},
            {"coefficient", found->coefficient},
            {"standard_error", found->standard_error},
            {"t", found->t},
            {"p", found->p},
            {"vif", found->vif},
            {"relative_weight", all.weight[column].weight},
            {"shapley", all.shapley[column]},
        };
        CHECK_NUMBERS(csv, row, numbers, test_csv_number(csv, row, "tol"));
        nps_drivers_free(drivers);
        free(rows.cells);
    }
    test_csv_free(csv);
}
END_TEST

START_TEST(reference_errors)
{
    test_csv *csv = test_csv_read("drivers/regression.csv");
    ck_assert_uint_eq(csv->rows, 62);
    for (size_t row = 0; row < csv->rows; row++) {
        drivers_rows rows = read_rows(test_csv_cell(csv, row, "dataset"));
        nps_drivers *drivers = drivers_of(&rows, 1);
        nps_drivers_model model = {.struct_size = sizeof model, .level = 0.9};
        nps_drivers_fit fit = {.struct_size = sizeof fit};
        nps_driver all[NPS_MAX_DRIVERS];
        model.use = (uint64_t)test_csv_number(csv, row, "use");
        model.errors = strcmp(test_csv_cell(csv, row, "errors"), "hc1") == 0 ? NPS_ERRORS_HC1 : NPS_ERRORS_CLASSICAL;
        ck_status(nps_drivers_regression(drivers, &model, &fit, all), NPS_OK);
        ck_assert((double)fit.n == test_csv_number(csv, row, "n"));
        const named of_fit[] = {
            {"weight", fit.weight},
            {"effective_size", fit.effective_size},
            {"mean", fit.mean},
            {"deviation", fit.deviation},
            {"r_squared", fit.r_squared},
            {"adjusted", fit.adjusted_r_squared},
            {"sigma", fit.residual_deviation},
            {"df", fit.df},
            {"f", fit.f},
            {"f_p", fit.f_p},
        };
        CHECK_NUMBERS(csv, row, of_fit, 1e-11);
        const char *term = test_csv_cell(csv, row, "term");
        if (*term == '\0') {
            const named of_intercept[] = {{"estimate", fit.intercept}, {"error", fit.intercept_error}};
            CHECK_NUMBERS(csv, row, of_intercept, 1e-11);
        } else {
            const nps_driver *found = all + rating_of(&rows, term);
            const named of_column[] = {
                {"estimate", found->coefficient},
                {"error", found->standard_error},
                {"t", found->t},
                {"p", found->p},
                {"lower_90", found->lower},
                {"upper_90", found->upper},
                {"standardised", found->standardised},
                {"deviation_of_term", found->deviation},
            };
            CHECK_NUMBERS(csv, row, of_column, 1e-10);
        }
        nps_drivers_free(drivers);
        free(rows.cells);
    }
    test_csv_free(csv);
}
END_TEST

/* Two ratings that differ by a 10,000th: variances inflated by 1e8. */
START_TEST(nearly_collinear)
{
    test_csv *csv = test_csv_read("drivers/collinear_expected.csv");
    drivers_rows rows = read_rows("collinear");
    nps_drivers *drivers = drivers_of(&rows, 1);
    ck_assert_uint_eq(csv->rows, 8);
    for (size_t row = 0; row < csv->rows; row++) {
        nps_drivers_model model = {.struct_size = sizeof model};
        nps_drivers_fit fit = {.struct_size = sizeof fit};
        nps_driver all[NPS_MAX_DRIVERS];
        nps_driver_weight weights[NPS_MAX_DRIVERS];
        model.errors = strcmp(test_csv_cell(csv, row, "errors"), "hc1") == 0 ? NPS_ERRORS_HC1 : NPS_ERRORS_CLASSICAL;
        ck_status(nps_drivers_regression(drivers, &model, &fit, all), NPS_OK);
        ck_status(nps_drivers_relative_weights(drivers, &model, weights), NPS_OK);
        const char *term = test_csv_cell(csv, row, "driver");
        int at = *term == '\0' ? 0 : rating_of(&rows, term);
        const named numbers[] = {
            {"r_squared", fit.r_squared},
            {"coefficient", *term == '\0' ? fit.intercept : all[at].coefficient},
            {"standard_error", *term == '\0' ? fit.intercept_error : all[at].standard_error},
            {"vif", *term == '\0' ? (double)NAN : all[at].vif},
            {"weight", *term == '\0' ? (double)NAN : weights[at].weight},
        };
        CHECK_NUMBERS(csv, row, numbers, 1e-13);
        const named error[] = {{"weight_error", *term == '\0' ? (double)NAN : weights[at].standard_error}};
        CHECK_NUMBERS(csv, row, error, 1e-9);
    }
    nps_drivers_free(drivers);
    free(rows.cells);
    test_csv_free(csv);
}
END_TEST

/* What the definition gives, pair by pair. */
static double plain_correlation(const drivers_rows *rows, int a, int b)
{
    long double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < rows->count; i++) {
        long double u = row_of(rows, i)[a], v = row_of(rows, i)[b];
        if (isnan(u) || isnan(v)) continue;
        n++, x += u, y += v, xx += u * u, yy += v * v, xy += u * v;
    }
    return (double)((n * xy - x * y) / sqrtl((n * xx - x * x) * (n * yy - y * y)));
}

START_TEST(correlations)
{
    drivers_rows rows = read_rows("missing");
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 4, .missing = NPS_DRIVERS_PAIRWISE});
    double found[25];
    add_rows(drivers, &rows);
    ck_status(nps_drivers_correlations(drivers, found), NPS_OK);
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < 5; b++)
            ck_near(found[a * 5 + b], a == b ? 1 : plain_correlation(&rows, (a + 1) % 5, (b + 1) % 5), 1e-15);
    nps_drivers_free(drivers);
    for (size_t i = 0; i < rows.count; i++) row_of(&rows, i)[2] = 3;
    drivers = drivers_of(&rows, 0);
    ck_status(nps_drivers_correlations(drivers, found), NPS_OK);
    for (int a = 0; a < 5; a++) ck_assert(isnan(found[a * 5 + 1]) && isnan(found[5 + a]));
    ck_assert(found[0] == 1 && found[2] == found[10] && fabs(found[2]) < 1);
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

static void check_faults(const drivers_rows *rows, uint64_t use, const char *expected)
{
    nps_drivers *drivers = drivers_of(rows, 0);
    nps_drivers_model model = {.struct_size = sizeof model, .use = use};
    nps_drivers_fit fit = {.struct_size = sizeof fit, .mean = -7};
    int32_t faults[NPS_MAX_DRIVERS];
    ck_status(nps_drivers_faults(drivers, use, faults), NPS_OK);
    for (int j = 0; j < rows->ratings; j++)
        ck_assert_msg(faults[j] == expected[j] - '0', "column %d of %s: %d", j, expected, faults[j]);
    int fine = strspn(expected, "0") == strlen(expected);
    ck_status(nps_drivers_regression(drivers, &model, &fit, NULL), fine ? NPS_OK : NPS_ERR_SINGULAR);
    ck_assert(fine || fit.mean == -7);
    nps_drivers_free(drivers);
}

START_TEST(linear_dependence)
{
    drivers_rows rows = random_rows(3, 60, 6);
    check_faults(&rows, 0, "000000");
    for (size_t i = 0; i < rows.count; i++) {
        double *x = row_of(&rows, i) + 1;
        x[1] = 4;
        x[3] = 2 * x[0] - x[2] + 7;
    }
    check_faults(&rows, 0, "212200");
    check_faults(&rows, 1 | 2 | 8, "010000");
    check_faults(&rows, 1 | 8 | 16 | 32, "000000");
    check_faults(&rows, 1 | 4 | 8, "202200");
    /* Two of them at once, and one column in both. */
    for (size_t i = 0; i < rows.count; i++) {
        double *x = row_of(&rows, i) + 1;
        x[1] = (double)(i * i % 7);
        x[4] = x[0] + x[1];
    }
    check_faults(&rows, 0, "222220");
    /* Without the one that the constant is, and of different sizes. */
    for (size_t i = 0; i < rows.count; i++) {
        double *x = row_of(&rows, i) + 1;
        x[1] = 6 - x[0];
        x[3] = (double)(i % 5);
        x[4] = 1e5 * x[2] + x[3];
    }
    check_faults(&rows, 0, "222220");
    /* Sums that are rounded. */
    for (size_t i = 0; i < rows.count; i++) {
        double *x = row_of(&rows, i) + 1;
        x[0] = 0.1;
        x[1] = 1e-3 * (double)(i % 11);
        x[4] = 0.1 * x[1] + 0.7 * x[2];
    }
    check_faults(&rows, 0, "122020");
    free(rows.cells);
}
END_TEST

/* To the last 1e-12 of the variance: here 1e11 and 1e13 to 1. */
START_TEST(faults_threshold)
{
    drivers_rows rows = new_rows(1000, 2);
    uint64_t seed = 5;
    for (int every = 1; every <= 100; every *= 100) {
        for (size_t i = 0; i < rows.count; i++) {
            double *row = row_of(&rows, i);
            row[1] = (double)test_below(&seed, 1 << 20);
            row[2] = row[1] + (i % (size_t)every == 0 ? (double)(2 * test_below(&seed, 2)) - 1 : 0);
            row[0] = (double)test_below(&seed, 11);
            row[3] = 1;
        }
        check_faults(&rows, 0, every == 1 ? "00" : "22");
    }
    free(rows.cells);
}
END_TEST

/* A column of 0 where low and high leave nothing between, beside its complement. */
START_TEST(faults_of_contrasts)
{
    static const double low[] = {2, 1}, high[] = {3, 5};
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2, .low = low, .high = high});
    int32_t faults[4] = {-1, -1, -1, -1};
    for (int i = 0; i < 30; i++)
        ck_status(nps_drivers_add(drivers, i % 11, (const double[]){1 + i % 5, 1 + i * i % 5}, 1), NPS_OK);
    ck_status(nps_drivers_faults(drivers, 0, faults), NPS_OK);
    ck_assert(faults[0] == NPS_DRIVER_COLLINEAR && faults[1] == NPS_DRIVER_COLLINEAR);
    ck_assert(faults[2] == NPS_DRIVER_FINE && faults[3] == NPS_DRIVER_FINE);
    nps_drivers_free(drivers);
}
END_TEST

/* Pairs of different rows that no numbers in all rows could have, and pairs that never meet. */
START_TEST(faults_pairwise)
{
    nps_drivers_options options = {.ratings = 3, .missing = NPS_DRIVERS_PAIRWISE};
    nps_drivers *drivers = new_drivers(options);
    nps_drivers_fit fit = {.struct_size = sizeof fit, .mean = -7};
    int32_t faults[3];
    for (int i = 0; i < 30; i++) {
        double x = i % 5, y = (i % 5 * 2 + i / 5) % 5, answer = i % 11;
        ck_status(nps_drivers_add(drivers, answer, (const double[]){x, x, NAN}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, answer, (const double[]){NAN, y, y}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, answer, (const double[]){x, NAN, 4 - x}, 1), NPS_OK);
    }
    ck_status(nps_drivers_faults(drivers, 0, faults), NPS_OK);
    for (int j = 0; j < 3; j++) ck_assert_int_eq(faults[j], NPS_DRIVER_COLLINEAR);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, NULL), NPS_ERR_SINGULAR);
    nps_drivers_free(drivers);

    drivers = new_drivers(options);
    for (int i = 0; i < 30; i++) {
        double z = i * i % 7, answer = i % 11;
        ck_status(nps_drivers_add(drivers, answer, (const double[]){i % 5, NAN, z}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, answer, (const double[]){NAN, i % 4, z}, 1), NPS_OK);
    }
    ck_status(nps_drivers_faults(drivers, 0, faults), NPS_OK);
    ck_assert(faults[0] == NPS_DRIVER_CONSTANT && faults[1] == NPS_DRIVER_CONSTANT && faults[2] == NPS_DRIVER_FINE);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, NULL), NPS_ERR_SINGULAR);
    ck_assert(fit.mean == -7);
    nps_drivers_model model = {.struct_size = sizeof model, .use = 5};
    ck_status(nps_drivers_regression(drivers, &model, &fit, NULL), NPS_OK);
    ck_assert(fit.n == 30 && isnan(fit.df) && isnan(fit.f_p) && isnan(fit.adjusted_r_squared) &&
              isnan(fit.intercept_error) && isnan(fit.effective_size) && fit.weight == 60);
    nps_drivers_free(drivers);

    /* Each goes along with the answer so well, and so little with the other, that both explain more than all of it. */
    drivers = new_drivers((nps_drivers_options){.ratings = 2, .missing = NPS_DRIVERS_PAIRWISE});
    for (int i = 0; i < 60; i++) {
        ck_status(nps_drivers_add(drivers, i % 11, (const double[]){i % 11, NAN}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, i % 11, (const double[]){NAN, i % 11}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, 5, (const double[]){i * 7 % 13, i * i % 5}, 1), NPS_OK);
    }
    ck_status(nps_drivers_faults(drivers, 0, faults), NPS_OK);
    ck_assert(faults[0] == NPS_DRIVER_FINE && faults[1] == NPS_DRIVER_FINE);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, NULL), NPS_ERR_SINGULAR);
    nps_drivers_free(drivers);
}
END_TEST

/* What is left out is as if it had never been there. */
START_TEST(use)
{
    drivers_rows rows = random_rows(8, 80, 5), part = new_rows(80, 2);
    for (size_t i = 0; i < rows.count; i++) {
        const double *row = row_of(&rows, i);
        memcpy(row_of(&part, i), (const double[]){row[0], row[2], row[5], row[6]}, 4 * sizeof *row);
    }
    nps_drivers *all = drivers_of(&rows, 1), *some = drivers_of(&part, 1);
    for (int errors = 0; errors < 2; errors++) {
        all_estimates a, b;
        estimate_all(all, (nps_drivers_model){.use = 2 | 16, .errors = errors}, 0, 6, &a);
        estimate_all(some, (nps_drivers_model){.errors = errors}, 0, 6, &b);
        ck_assert_mem_eq(&a.fit, &b.fit, sizeof a.fit);
        for (int j = 0; j < 2; j++) {
            int from = j == 0 ? 1 : 4;
            ck_assert_mem_eq(a.column + from, b.column + j, sizeof *a.column);
            ck_assert_mem_eq(a.weight + from, b.weight + j, sizeof *a.weight);
            ck_assert_mem_eq(a.priority + from, b.priority + j, sizeof *a.priority);
            ck_assert(a.shapley[from] == b.shapley[j] && a.ahead[from * 5 + 5 - from] == b.ahead[j * 2 + 1 - j]);
        }
        ck_assert(a.column[0].n == 80 && a.column[0].mean > 0 && a.column[0].correlation > 0);
        ck_assert(isnan(a.column[0].coefficient) && isnan(a.column[0].vif) && isnan(a.column[0].lower));
        ck_assert(isnan(a.weight[0].weight) && isnan(a.weight[0].upper) && isnan(a.shapley[0]));
        ck_assert(a.priority[0].rank == 0 && isnan(a.priority[0].room) && isnan(a.ahead[1]) && isnan(a.ahead[6]));
    }
    nps_drivers_free(all);
    nps_drivers_free(some);
    free(rows.cells);
    free(part.cells);
}
END_TEST

static void compare(const all_estimates *a, const all_estimates *b, int k, const int *place, double unit, double sign)
{
    ck_near(b->fit.r_squared, a->fit.r_squared, 1e-13);
    ck_near(b->fit.f, a->fit.f, 1e-11);
    for (int j = 0; j < k; j++) {
        const nps_driver *x = a->column + j, *y = b->column + place[j];
        ck_near(y->coefficient * unit, x->coefficient, 1e-12);
        ck_near(y->standard_error * fabs(unit), x->standard_error, 1e-12);
        ck_near(y->correlation, sign * x->correlation, 1e-13);
        ck_near(y->p, x->p, 1e-12);
        ck_near(y->vif, x->vif, 1e-12);
        ck_near(b->weight[place[j]].weight, a->weight[j].weight, 1e-13);
        ck_near(b->weight[place[j]].standard_error, a->weight[j].standard_error, 1e-12);
        ck_near(b->weight[place[j]].lower, a->weight[j].lower, 1e-12);
        ck_near(b->shapley[place[j]], a->shapley[j], 1e-13);
        ck_near(b->priority[place[j]].priority, a->priority[j].priority, 1e-13);
        ck_near(b->priority[place[j]].standard_error, a->priority[j].standard_error, 1e-12);
        ck_assert_int_eq(b->priority[place[j]].rank, a->priority[j].rank);
        for (int l = 0; l < k; l++) ck_near(b->ahead[place[j] * k + place[l]], a->ahead[j * k + l], 1e-11);
    }
}

START_TEST(invariances)
{
    enum { K = 5 };
    static const int place[K] = {3, 0, 4, 1, 2}, same[K] = {0, 1, 2, 3, 4};
    drivers_rows rows = random_rows(12, 90, K), other = new_rows(90, K);
    nps_drivers *drivers = drivers_of(&rows, 1);
    for (int errors = 0; errors < 2; errors++) {
        nps_drivers_model model = {.errors = errors};
        all_estimates plain, moved;
        estimate_all(drivers, model, 1, 5, &plain);
        double sum = 0, shapley = 0;
        for (int j = 0; j < K; j++) sum += plain.weight[j].weight, shapley += plain.shapley[j];
        ck_near(sum, plain.fit.r_squared, 1e-14);
        ck_near(shapley, plain.fit.r_squared, 1e-14);
        for (int change = 0; change < 5; change++) {
            for (size_t i = 0; i < rows.count; i++) {
                const double *from = row_of(&rows, i);
                double *to = row_of(&other, i);
                memcpy(to, from, (K + 2) * sizeof *to);
                for (int j = 0; j < K && change == 0; j++) to[1 + place[j]] = from[1 + j];
                for (int j = 1; j <= K && change == 1; j++) to[j] = 3 * from[j] + 7;
                for (int j = 1; j <= K && change == 2; j++) to[j] = 6 - from[j];
                if (change == 3) to[0] = 10 - from[0];
                if (change == 4) to[K + 1] = 0.25;
            }
            nps_drivers *changed = drivers_of(&other, 1);
            estimate_all(changed, model, change == 1 ? 10 : 1, change == 1 ? 22 : 5, &moved);
            compare(&plain, &moved, change == 3 ? 0 : K, change == 0 ? place : same,
                    change == 1   ? 3
                    : change == 2 ? -1
                                  : 1,
                    change == 2 ? -1 : 1);
            for (int j = 0; j < K && change == 3; j++) {
                ck_assert(moved.column[j].coefficient == -plain.column[j].coefficient);
                ck_assert(moved.column[j].standard_error == plain.column[j].standard_error);
                ck_near(moved.weight[j].weight, plain.weight[j].weight, 1e-14);
                ck_near(moved.priority[j].room, 1 - plain.priority[j].room, 1e-14);
            }
            nps_drivers_free(changed);
        }
    }
    nps_drivers_free(drivers);
    free(rows.cells);
    free(other.cells);
}
END_TEST

/* Columns of 0 and 1, and classes, are ratings and answers like others. */
START_TEST(contrasts_and_classes)
{
    static const double low[] = {2, 2}, high[] = {5, 4};
    drivers_rows rows = random_rows(4, 120, 2), recoded = new_rows(120, 4);
    nps_drivers *drivers = new_drivers(
        (nps_drivers_options){.ratings = 2, .low = low, .high = high, .explains = NPS_DRIVERS_CLASS, .robust = 1});
    for (size_t i = 0; i < rows.count; i++) {
        const double *x = row_of(&rows, i);
        const double cells[] = {(x[0] >= 9) - (x[0] <= 6), x[1] <= 2, x[1] >= 5, x[2] <= 2, x[2] >= 4, 1};
        memcpy(row_of(&recoded, i), cells, sizeof cells);
    }
    add_rows(drivers, &rows);
    nps_drivers *plain = drivers_of(&recoded, 1);
    all_estimates a, b;
    estimate_all(drivers, (nps_drivers_model){.errors = NPS_ERRORS_HC1}, 0, 1, &a);
    estimate_all(plain, (nps_drivers_model){.errors = NPS_ERRORS_HC1}, 0, 1, &b);
    ck_assert_mem_eq(&a.fit, &b.fit, sizeof a.fit);
    ck_assert_mem_eq(a.column, b.column, 4 * sizeof *a.column);
    ck_assert_mem_eq(a.weight, b.weight, 4 * sizeof *a.weight);
    nps_drivers_free(drivers);
    nps_drivers_free(plain);
    free(rows.cells);
    free(recoded.cells);
}
END_TEST

/* Equal rows may be one row of their weight, but that there are fewer rows then. */
START_TEST(weights_of_rows)
{
    drivers_rows rows = random_rows(6, 50, 3);
    nps_drivers *twice = drivers_of(&rows, 0), *heavy;
    add_rows(twice, &rows);
    for (size_t i = 0; i < rows.count; i++) row_of(&rows, i)[4] = 2;
    heavy = drivers_of(&rows, 0);
    all_estimates a, b;
    estimate_all(twice, (nps_drivers_model){.use = 0}, 1, 5, &a);
    estimate_all(heavy, (nps_drivers_model){.use = 0}, 1, 5, &b);
    ck_assert(a.fit.n == 100 && b.fit.n == 50 && a.fit.effective_size == 100 && b.fit.effective_size == 50);
    ck_assert(a.fit.weight == 100 && b.fit.weight == 100);
    for (int j = 0; j < 3; j++) {
        ck_assert(a.column[j].coefficient == b.column[j].coefficient);
        ck_near(b.column[j].standard_error / a.column[j].standard_error, sqrt(96 / 46.0), 1e-14);
        ck_assert(a.weight[j].weight == b.weight[j].weight && a.shapley[j] == b.shapley[j]);
        ck_near(b.weight[j].standard_error / a.weight[j].standard_error, sqrt(96 / 46.0), 1e-14);
    }
    nps_drivers_free(twice);
    nps_drivers_free(heavy);
    free(rows.cells);
}
END_TEST

/* Three rows, two ratings: nothing is left. */
START_TEST(no_residual)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2, .robust = 1});
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    nps_driver columns[2];
    ck_status(nps_drivers_regression(drivers, NULL, &fit, columns), NPS_ERR_EMPTY);
    ck_status(nps_drivers_add(drivers, 3, (const double[]){1, 1}, 1), NPS_OK);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, columns), NPS_ERR_EMPTY);
    ck_status(nps_drivers_add(drivers, 10, (const double[]){2, 5}, 1), NPS_OK);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, columns), NPS_ERR_SINGULAR);
    ck_status(nps_drivers_add(drivers, 6, (const double[]){4, 1}, 1), NPS_OK);
    for (int errors = 0; errors < 2; errors++) {
        all_estimates all;
        estimate_all(drivers, (nps_drivers_model){.errors = errors}, 1, 5, &all);
        ck_near(all.column[0].coefficient, 1, 1e-15);
        ck_near(all.column[1].coefficient, 1.5, 1e-15);
        ck_near(all.fit.intercept, 0.5, 1e-15);
        ck_assert(all.fit.r_squared == 1 && all.fit.n == 3 && isnan(all.fit.df) && isnan(all.fit.f_p));
        ck_assert(isnan(all.fit.residual_deviation) && isnan(all.fit.intercept_error));
        ck_assert(isnan(all.column[0].standard_error) && isnan(all.column[0].p) && isnan(all.column[0].upper));
        ck_near(all.weight[0].weight + all.weight[1].weight, 1, 1e-15);
        ck_assert(isnan(all.weight[0].standard_error) && isnan(all.weight[0].lower) && isnan(all.weight[0].upper));
        ck_assert(all.priority[0].rank + all.priority[1].rank == 3 && isnan(all.ahead[1]));
        ck_assert(isnan(all.priority[0].standard_error) && all.priority[0].priority > 0);
    }
    /* And one more row on the same plane: a perfect fit. */
    ck_status(nps_drivers_add(drivers, 9.5, (const double[]){3, 4}, 1), NPS_OK);
    for (int errors = 0; errors < 2; errors++) {
        all_estimates all;
        estimate_all(drivers, (nps_drivers_model){.errors = errors}, 1, 5, &all);
        ck_assert(all.fit.r_squared == 1 && all.fit.residual_deviation == 0 && all.fit.df == 1 && all.fit.f_p == 0);
        ck_assert(all.column[0].standard_error < 1e-12 && all.column[0].p < 1e-9);
    }
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(constant_answer)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 1});
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    int32_t fault = -1;
    for (int i = 0; i < 9; i++) ck_status(nps_drivers_add(drivers, 7, (const double[]){i % 5}, 1), NPS_OK);
    ck_status(nps_drivers_faults(drivers, 0, &fault), NPS_OK);
    ck_assert_int_eq(fault, NPS_DRIVER_FINE);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, NULL), NPS_ERR_SINGULAR);
    nps_drivers_free(drivers);
}
END_TEST

START_TEST(refusals)
{
    static const double bad_levels[] = {-0.1, 1, NAN, INFINITY};
    drivers_rows rows = random_rows(1, 40, 3);
    nps_drivers *drivers = drivers_of(&rows, 0), *empty = new_drivers((nps_drivers_options){.ratings = 3});
    struct {
        nps_drivers_model model;
        unsigned char more[8];
    } longer = {{.struct_size = sizeof longer}, {0}};
    nps_drivers_model *model = &longer.model;
    nps_drivers_fit fit = {.struct_size = sizeof fit, .mean = -7};
    int32_t faults[3] = {-7, -7, -7};
    double matrix[16] = {-7};
    ck_status(nps_drivers_faults(NULL, 0, faults), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_faults(drivers, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_faults(drivers, 8, faults), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_faults(empty, 0, faults), NPS_ERR_EMPTY);
    ck_status(nps_drivers_correlations(NULL, matrix), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_correlations(drivers, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_correlations(empty, matrix), NPS_ERR_EMPTY);
    ck_status(nps_drivers_regression(NULL, NULL, &fit, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_regression(drivers, NULL, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_regression(empty, NULL, &fit, NULL), NPS_ERR_EMPTY);
    for (size_t i = 0; i < sizeof bad_levels / sizeof *bad_levels; i++) {
        model->level = bad_levels[i];
        ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    }
    model->level = 0;
    model->errors = 2;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    model->errors = -1;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    model->errors = NPS_ERRORS_HC1;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_TYPE);
    model->errors = NPS_ERRORS_CLASSICAL;
    model->reserved = 1;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    model->reserved = 0;
    model->use = 8;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    model->use = 0;
    longer.more[7] = 1;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    longer.more[7] = 0;
    fit.struct_size = 0;
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_ERR_ARGUMENT);
    fit.struct_size = sizeof fit;
    ck_assert(fit.mean == -7 && faults[0] == -7 && matrix[0] == -7);
    ck_status(nps_drivers_regression(drivers, model, &fit, NULL), NPS_OK);
    /* A caller of a release that knew less. */
    nps_drivers_fit shorter = {.struct_size = offsetof(nps_drivers_fit, deviation), .deviation = -7};
    model->struct_size = offsetof(nps_drivers_model, level);
    ck_status(nps_drivers_regression(drivers, model, &shorter, NULL), NPS_OK);
    ck_assert(shorter.mean == fit.mean && shorter.deviation == -7);
    nps_drivers_free(drivers);
    nps_drivers_free(empty);
    free(rows.cells);
}
END_TEST

/* All calls, with each allocation failing in turn. */
static int call(int which, const nps_drivers *drivers, const nps_drivers_model *model, unsigned char *out)
{
    static const double low[3] = {1, 1, 1}, high[3] = {5, 5, 5};
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    memcpy(out, &fit, sizeof fit);
    switch (which) {
    case 0:
        return nps_drivers_faults(drivers, 0, (int32_t *)(void *)out);
    case 1:
        return nps_drivers_correlations(drivers, (double *)(void *)out);
    case 2:
        return nps_drivers_regression(drivers, model, (nps_drivers_fit *)(void *)out, NULL);
    case 3:
        return nps_drivers_relative_weights(drivers, model, (nps_driver_weight *)(void *)out);
    case 4:
        return nps_drivers_shapley(drivers, model, (double *)(void *)out);
    default:
        return nps_drivers_priorities(drivers, model, low, high, (nps_driver_priority *)(void *)out, NULL);
    }
}

START_TEST(no_memory)
{
    test_memory memory;
    nps_allocator allocator;
    drivers_rows rows = random_rows(2, 40, 3);
    test_memory_start(&memory, -1, &allocator);
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 3, .robust = 1, .allocator = &allocator});
    add_rows(drivers, &rows);
    uint64_t bytes = memory.bytes;
    static const int least[] = {2, 1, 2, 3, 3, 3};
    for (int which = 0; which < 12; which++) {
        const nps_drivers_model model = {.struct_size = sizeof model, .errors = which / 6};
        int failures = 0, status;
        do {
            double out[64], before[64];
            memory.fail_at = memory.requests + failures;
            memset(out, 0x55, sizeof out);
            memcpy(before, out, sizeof out);
            nps_drivers_fit fit = {.struct_size = sizeof fit};
            memcpy(before, &fit, sizeof fit);
            status = call(which % 6, drivers, &model, (unsigned char *)out);
            ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && memcmp(out, before, sizeof out) == 0));
            ck_assert(memory.bytes == bytes);
        } while (status != NPS_OK && ++failures < 20);
        ck_assert_int_eq(failures, least[which % 6] + (which == 8));
    }
    nps_drivers_free(drivers);
    ck_assert(memory.blocks == 0 && memory.bytes == 0);
    free(rows.cells);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_errors);
    tcase_add_test(tcase, nearly_collinear);
    tcase_add_test(tcase, correlations);
    tcase_add_test(tcase, linear_dependence);
    tcase_add_test(tcase, faults_threshold);
    tcase_add_test(tcase, faults_of_contrasts);
    tcase_add_test(tcase, faults_pairwise);
    tcase_add_test(tcase, use);
    tcase_add_test(tcase, invariances);
    tcase_add_test(tcase, contrasts_and_classes);
    tcase_add_test(tcase, weights_of_rows);
    tcase_add_test(tcase, no_residual);
    tcase_add_test(tcase, constant_answer);
    tcase_add_test(tcase, refusals);
    tcase_add_test(tcase, no_memory);
}

int main(void)
{
    return test_main("drivers_regression", add);
}
