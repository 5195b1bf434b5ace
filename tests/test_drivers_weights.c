/* Relative weights and their standard errors, against definitions in 60 digits (see tests/reference/README.md), closed
 * forms, and simulated surveys. */
#include "drivers_analysis_internal.h"
#include "drivers_data.h"

static int errors_of_row(const test_csv *csv, size_t row)
{
    return strcmp(test_csv_cell(csv, row, "errors"), "hc1") == 0 ? NPS_ERRORS_HC1 : NPS_ERRORS_CLASSICAL;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("drivers/weights.csv");
    ck_assert_uint_eq(csv->rows, 46);
    for (size_t row = 0; row < csv->rows; row++) {
        drivers_rows rows = read_rows(test_csv_cell(csv, row, "dataset"));
        nps_drivers *drivers = drivers_of(&rows, 1);
        nps_drivers_model model = {.struct_size = sizeof model, .level = 0.9, .errors = errors_of_row(csv, row)};
        nps_driver_weight all[NPS_MAX_DRIVERS], *found = all + rating_of(&rows, test_csv_cell(csv, row, "driver"));
        model.use = (uint64_t)test_csv_number(csv, row, "use");
        ck_status(nps_drivers_relative_weights(drivers, &model, all), NPS_OK);
        ck_assert(test_relative_error(found->weight, test_csv_number(csv, row, "weight")) < 1e-13);
        ck_assert(test_relative_error(found->standard_error, test_csv_number(csv, row, "standard_error")) < 1e-12);
        ck_near(found->lower, test_csv_number(csv, row, "lower_90"), 1e-13);
        ck_near(found->upper, test_csv_number(csv, row, "upper_90"), 1e-13);
        nps_drivers_free(drivers);
        free(rows.cells);
    }
    test_csv_free(csv);
}
END_TEST

/* All weights together are R^2, whose variance under normality is 4 R^2 (1 - R^2)^2 / n (Olkin and Finn 1995). */
START_TEST(variance_of_the_sum)
{
    for (int k = 1; k <= 12; k++) {
        drivers_rows rows = random_rows((uint64_t)k, 100, k);
        nps_drivers *drivers = drivers_of(&rows, 0);
        npsi_weights weights;
        double sum = 0, variance = 0;
        ck_status(npsi_weights_begin(drivers, NULL, &weights), NPS_OK);
        npsi_weights_covariance(&weights);
        for (int i = 0; i < k; i++) sum += weights.weight[i];
        for (int i = 0; i < k * k; i++) variance += weights.covariance[i];
        ck_near(sum, 1 - weights.analysis.residual, 1e-14);
        ck_assert(test_relative_error(variance, 4 * sum * (1 - sum) * (1 - sum) / (100 - k - 1)) < 1e-11);
        npsi_weights_free(&weights);
        nps_drivers_free(drivers);
        free(rows.cells);
    }
}
END_TEST

/* Ratings that do not go along: a weight is the square of a correlation, and where that is 0 the interval begins there.
 * Two ratings in all combinations, and answers that follow the first. */
START_TEST(orthogonal)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2, .robust = 1});
    nps_driver_weight weights[2];
    double matrix[9];
    for (int i = 0; i < 40; i++)
        ck_status(nps_drivers_add(drivers, i % 2 * 3 + i / 4 % 5, (const double[]){i % 2, i / 2 % 2}, 1), NPS_OK);
    ck_status(nps_drivers_correlations(drivers, matrix), NPS_OK);
    ck_assert(matrix[1] == 0 && matrix[5] == 0);
    for (int errors = 0; errors < 2; errors++) {
        nps_drivers_model model = {.struct_size = sizeof model, .errors = errors};
        ck_status(nps_drivers_relative_weights(drivers, &model, weights), NPS_OK);
        ck_near(weights[0].weight, matrix[2] * matrix[2], 1e-15);
        ck_assert(weights[0].lower > 0 && weights[0].upper < 1);
        ck_assert(weights[1].weight == 0 && weights[1].standard_error == 0 && weights[1].lower == 0);
        /* R: qt(.975, 37)^2 / 37 */
        ck_near(weights[1].upper, 2.026192463029109 * 2.026192463029109 / 37, 1e-12);
    }
    nps_drivers_free(drivers);
}
END_TEST

/* One rating: the weight is its correlation squared, with the variance 4 r^2 (1 - r^2)^2 / n. */
START_TEST(one_rating)
{
    drivers_rows rows = random_rows(31, 60, 1);
    nps_drivers *drivers = drivers_of(&rows, 0);
    nps_driver_weight weight;
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    nps_driver column;
    double shapley;
    ck_status(nps_drivers_relative_weights(drivers, NULL, &weight), NPS_OK);
    ck_status(nps_drivers_regression(drivers, NULL, &fit, &column), NPS_OK);
    ck_status(nps_drivers_shapley(drivers, NULL, &shapley), NPS_OK);
    double r = column.correlation;
    ck_near(weight.weight, r * r, 1e-15);
    ck_near(shapley, r * r, 1e-15);
    ck_near(weight.standard_error, 2 * r * (1 - r * r) / sqrt(58), 1e-14);
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

/* Ratings and answers that are sums of many parts are nearly normal: then both kinds of errors estimate the same. */
START_TEST(both_errors_agree)
{
    uint64_t seed = 77;
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 3, .robust = 1});
    nps_driver_weight normal[3], robust[3];
    nps_drivers_model model = {.struct_size = sizeof model, .errors = NPS_ERRORS_HC1};
    for (int i = 0; i < 20000; i++) {
        double z[4] = {0};
        for (int j = 0; j < 4; j++)
            for (int l = 0; l < 12; l++) z[j] += (double)test_below(&seed, 1001) / 1000;
        ck_status(nps_drivers_add(drivers, z[0] + z[1] + z[3] / 2 + z[2] / 3,
                                  (const double[]){z[0], z[1] + z[0] / 2, z[2] + z[3]}, 1),
                  NPS_OK);
    }
    ck_status(nps_drivers_relative_weights(drivers, NULL, normal), NPS_OK);
    ck_status(nps_drivers_relative_weights(drivers, &model, robust), NPS_OK);
    for (int j = 0; j < 3; j++) {
        ck_assert(normal[j].weight == robust[j].weight);
        ck_assert(fabs(robust[j].standard_error / normal[j].standard_error - 1) < 0.05);
    }
    nps_drivers_free(drivers);
}
END_TEST

/* The intervals hold the true weights about as often as they say: in 300 surveys of 100 rows. Ratings x = a + b and
 * y = a + c and answers .4 (x + y) + d, of independent parts a to d, have correlations of .5 and .6: each rating has
 * half of R^2 = 2 .6^2 / 1.5. */
START_TEST(coverage)
{
    const double truth = 0.24;
    uint64_t seed = 123;
    int held[2] = {0, 0};
    for (int survey = 0; survey < 300; survey++) {
        nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2, .robust = 1});
        for (int i = 0; i < 100; i++) {
            double bit[4];
            for (int j = 0; j < 4; j++) {
                bit[j] = 0;
                for (int l = 0; l < 8; l++) bit[j] += (double)test_below(&seed, 2) * 2 - 1;
            }
            double x = bit[0] + bit[1], y = bit[0] + bit[2];
            ck_status(nps_drivers_add(drivers, 0.4 * (x + y) + bit[3] * sqrt(1.04), (const double[]){x, y}, 1), NPS_OK);
        }
        for (int errors = 0; errors < 2; errors++) {
            nps_drivers_model model = {.struct_size = sizeof model, .errors = errors, .level = 0.9};
            nps_driver_weight weights[2];
            ck_status(nps_drivers_relative_weights(drivers, &model, weights), NPS_OK);
            for (int j = 0; j < 2; j++) held[errors] += weights[j].lower <= truth && truth <= weights[j].upper;
        }
        nps_drivers_free(drivers);
    }
    /* 90% of 600, and three standard errors to each side. */
    for (int errors = 0; errors < 2; errors++)
        ck_assert_msg(held[errors] >= 518 && held[errors] <= 562, "%d of 600", held[errors]);
}
END_TEST

/* The most columns, of which one is next to the sum of others. */
START_TEST(most_columns)
{
    drivers_rows rows = random_rows(64, 300, NPS_MAX_DRIVERS);
    for (size_t i = 0; i < rows.count; i++) {
        double *x = row_of(&rows, i) + 1;
        x[63] = 1000 * (x[0] + x[1]) + (double)(i * i % 3);
    }
    nps_drivers *drivers = drivers_of(&rows, 0);
    nps_driver_weight weights[NPS_MAX_DRIVERS];
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    double sum = 0;
    ck_status(nps_drivers_regression(drivers, NULL, &fit, NULL), NPS_OK);
    ck_status(nps_drivers_relative_weights(drivers, NULL, weights), NPS_OK);
    for (int j = 0; j < NPS_MAX_DRIVERS; j++) {
        ck_assert(weights[j].weight > 0 && weights[j].standard_error > 0);
        ck_assert(0 <= weights[j].lower && weights[j].lower < weights[j].weight &&
                  weights[j].weight < weights[j].upper);
        sum += weights[j].weight;
    }
    ck_near(sum, fit.r_squared, 1e-13);
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

START_TEST(refusals)
{
    drivers_rows rows = random_rows(1, 40, 3);
    nps_drivers *drivers = drivers_of(&rows, 0), *empty = new_drivers((nps_drivers_options){.ratings = 3});
    nps_drivers_model model = {.struct_size = sizeof model, .errors = NPS_ERRORS_HC1};
    nps_driver_weight weights[3] = {{.weight = -7}};
    ck_status(nps_drivers_relative_weights(NULL, NULL, weights), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_relative_weights(drivers, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_relative_weights(drivers, &model, weights), NPS_ERR_TYPE);
    ck_status(nps_drivers_relative_weights(empty, NULL, weights), NPS_ERR_EMPTY);
    for (int i = 0; i < 3; i++) ck_status(nps_drivers_add(empty, i, (const double[]){i, i, 1}, 1), NPS_OK);
    ck_status(nps_drivers_relative_weights(empty, NULL, weights), NPS_ERR_SINGULAR);
    ck_assert(weights[0].weight == -7);
    nps_drivers_free(drivers);
    nps_drivers_free(empty);
    free(rows.cells);
}
END_TEST

/* Symmetric positive definite matrices: vectors that are orthogonal and take them to their values. */
START_TEST(diagonalised)
{
    enum { N = 9 };
    uint64_t seed = 2;
    double half[N * N], a[N * N], values[N * N], vectors[N * N], work[N * N], back[N * N];
    for (int i = 0; i < N * N; i++) half[i] = (double)test_below(&seed, 2001) / 1000 - 1;
    npsi_product(a, half, half, N, 1);
    memcpy(values, a, sizeof a);
    for (int i = 0; i < N * N; i++) vectors[i] = i % (N + 1) == 0;
    npsi_diagonalise(values, vectors, N);
    npsi_product(work, vectors, vectors, N, 1);
    for (int i = 0; i < N * N; i++) {
        ck_near(work[i], i % (N + 1) == 0, 1e-14);
        ck_assert(i % (N + 1) == 0 ? values[i] > 0 : fabs(values[i]) < 1e-14);
    }
    npsi_product(work, vectors, values, N, 0);
    npsi_product(back, work, vectors, N, 1);
    for (int i = 0; i < N * N; i++) ck_near(back[i], a[i], 1e-14);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, variance_of_the_sum);
    tcase_add_test(tcase, orthogonal);
    tcase_add_test(tcase, one_rating);
    tcase_add_test(tcase, both_errors_agree);
    tcase_add_test(tcase, coverage);
    tcase_add_test(tcase, most_columns);
    tcase_add_test(tcase, refusals);
    tcase_add_test(tcase, diagonalised);
}

int main(void)
{
    return test_main("drivers_weights", add);
}
