/* The regression, correlations and faults, against R (see tests/reference/README.md), exact fractions, and what must
 * hold. */
#include <stddef.h>

#include "drivers_data.h"

START_TEST(reference)
{
    test_csv *csv = test_csv_read("drivers/expected.csv");
    ck_assert_uint_eq(csv->rows, 22);
    for (size_t row = 0; row < csv->rows; row++) {
        drivers_rows rows = read_rows(test_csv_cell(csv, row, "dataset"));
        int pairwise = strcmp(test_csv_cell(csv, row, "missing"), "pairwise") == 0;
        int column = rating_of(&rows, test_csv_cell(csv, row, "driver"));
        double tolerance = test_csv_number(csv, row, "tol"), n = test_csv_number(csv, row, "n");
        nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = rows.ratings, .missing = pairwise});
        add_rows(drivers, &rows);
        nps_drivers_fit fit = {.struct_size = sizeof fit};
        nps_driver all[NPS_MAX_DRIVERS], *found = all + column;
        nps_driver_weight weights[NPS_MAX_DRIVERS];
        double shapley[NPS_MAX_DRIVERS];
        ck_status(nps_drivers_regression(drivers, NULL, &fit, all), NPS_OK);
        ck_status(nps_drivers_relative_weights(drivers, NULL, weights), NPS_OK);
        ck_status(nps_drivers_shapley(drivers, NULL, shapley), NPS_OK);
        ck_assert(isnan(n) || ((double)fit.n == n && (double)found->n == n));
        const struct {
            const char *name;
            double found;
        } numbers[] = {
            {"r_squared", fit.r_squared},
            {"mean", found->mean},
            {"correlation", found->correlation},
            {"coefficient", found->coefficient},
            {"standard_error", found->standard_error},
            {"t", found->t},
            {"p", found->p},
            {"vif", found->vif},
            {"relative_weight", weights[column].weight},
            {"shapley", shapley[column]},
        };
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            double expected = test_csv_number(csv, row, numbers[i].name);
            ck_assert_msg(isnan(expected) ? isnan(numbers[i].found)
                                          : test_relative_error(numbers[i].found, expected) <= tolerance,
                          "row %zu: %s is %.17g, not %.17g", row, numbers[i].name, numbers[i].found, expected);
        }
        nps_drivers_free(drivers);
        free(rows.cells);
    }
    test_csv_free(csv);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
}

int main(void)
{
    return test_main("drivers_regression", add);
}
