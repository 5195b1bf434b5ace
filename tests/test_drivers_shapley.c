/* Shapley values, against the definition over all sets. R's values are in test_drivers_regression.c. */
#include "drivers_data.h"

/* R^2 of the columns of a set, by elimination on the correlations. */
static long double r_squared_of(const double *matrix, int columns, unsigned set)
{
    long double a[12][12];
    int index[12], k = 0;
    for (int j = 0; j < columns; j++)
        if (set >> j & 1) index[k++] = j;
    index[k] = columns;
    for (int i = 0; i <= k; i++)
        for (int j = 0; j <= k; j++) a[i][j] = matrix[index[i] * (columns + 1) + index[j]];
    for (int p = 0; p < k; p++)
        for (int i = p + 1; i <= k; i++) {
            long double factor = a[i][p] / a[p][p];
            for (int j = p; j <= k; j++) a[i][j] -= factor * a[p][j];
        }
    return 1 - a[k][k];
}

/* The gain of each column in every set without it, times s! (k - 1 - s)! / k!. */
START_TEST(all_sets)
{
    for (int k = 1; k <= 9; k++) {
        drivers_rows rows = random_rows(40 + (uint64_t)k, 70, k);
        nps_drivers *drivers = drivers_of(&rows, 0);
        double matrix[100], found[9];
        long double factorial[10] = {1}, r_squared[512];
        for (int i = 1; i < 10; i++) factorial[i] = factorial[i - 1] * i;
        ck_status(nps_drivers_correlations(drivers, matrix), NPS_OK);
        ck_status(nps_drivers_shapley(drivers, NULL, found), NPS_OK);
        for (unsigned set = 0; set < 1u << k; set++) r_squared[set] = r_squared_of(matrix, k, set);
        for (int j = 0; j < k; j++) {
            long double sum = 0;
            for (unsigned set = 0; set < 1u << k; set++) {
                int size = 0;
                for (int i = 0; i < k; i++) size += (set >> i & 1) != 0;
                if (!(set >> j & 1))
                    sum += factorial[size] * factorial[k - 1 - size] / factorial[k] *
                           (r_squared[set | 1u << j] - r_squared[set]);
            }
            ck_near(found[j], (double)sum, 1e-14);
        }
        nps_drivers_free(drivers);
        free(rows.cells);
    }
}
END_TEST

/* A million sets. Two columns that are alike in all have the same value. */
START_TEST(most_columns)
{
    drivers_rows rows = random_rows(20, 200, NPS_MAX_DRIVERS_SHAPLEY + 1);
    for (size_t i = 0; i < 200; i += 2) {
        double *x = row_of(&rows, i), *y = row_of(&rows, i + 1);
        memcpy(y, x, 23 * sizeof *x);
        y[3] = x[17], y[17] = x[3];
    }
    nps_drivers *drivers = drivers_of(&rows, 0);
    nps_drivers_model model = {.struct_size = sizeof model, .use = 0xfffff};
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    double found[NPS_MAX_DRIVERS_SHAPLEY + 1], sum = 0;
    ck_status(nps_drivers_regression(drivers, &model, &fit, NULL), NPS_OK);
    ck_status(nps_drivers_shapley(drivers, &model, found), NPS_OK);
    for (int j = 0; j < NPS_MAX_DRIVERS_SHAPLEY; j++) sum += found[j];
    ck_near(sum, fit.r_squared, 1e-14);
    ck_near(found[2], found[16], 1e-14);
    ck_assert(isnan(found[NPS_MAX_DRIVERS_SHAPLEY]) && found[2] != found[3]);
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

/* Two columns share what they have in common: half of R^2 and of the difference of the squared correlations. */
START_TEST(two_columns)
{
    drivers_rows rows = read_rows("collinear");
    nps_drivers *drivers = drivers_of(&rows, 0);
    nps_drivers_model model = {.struct_size = sizeof model, .use = 3};
    nps_drivers_fit fit = {.struct_size = sizeof fit};
    nps_driver columns[3];
    double found[3];
    ck_status(nps_drivers_regression(drivers, &model, &fit, columns), NPS_OK);
    ck_status(nps_drivers_shapley(drivers, &model, found), NPS_OK);
    double apart = columns[0].correlation * columns[0].correlation - columns[1].correlation * columns[1].correlation;
    ck_near(found[0], (fit.r_squared + apart) / 2, 1e-15);
    ck_near(found[1], (fit.r_squared - apart) / 2, 1e-15);
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

START_TEST(refusals)
{
    drivers_rows rows = random_rows(1, 60, NPS_MAX_DRIVERS_SHAPLEY + 1);
    nps_drivers *drivers = drivers_of(&rows, 0), *empty = new_drivers((nps_drivers_options){.ratings = 3});
    double found[NPS_MAX_DRIVERS_SHAPLEY + 1] = {-7};
    ck_status(nps_drivers_shapley(NULL, NULL, found), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_shapley(drivers, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_shapley(drivers, NULL, found), NPS_ERR_LIMIT);
    ck_status(nps_drivers_shapley(empty, NULL, found), NPS_ERR_EMPTY);
    for (int i = 0; i < 3; i++) ck_status(nps_drivers_add(empty, i, (const double[]){i, i, 1}, 1), NPS_OK);
    ck_status(nps_drivers_shapley(empty, NULL, found), NPS_ERR_SINGULAR);
    ck_assert(found[0] == -7);
    nps_drivers_free(drivers);
    nps_drivers_free(empty);
    free(rows.cells);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, all_sets);
    tcase_add_test(tcase, most_columns);
    tcase_add_test(tcase, two_columns);
    tcase_add_test(tcase, refusals);
}

int main(void)
{
    return test_main("drivers_shapley", add);
}
