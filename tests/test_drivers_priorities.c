/* Priorities and how sure their order is, against definitions in 60 digits (see tests/reference/README.md), and what
 * must hold. */
#include "drivers_data.h"

/* The chances of the row, of all columns used but its own, packed c;c;... */
static void check_ahead(const char *packed, uint64_t use, int columns, int own, const double *ahead)
{
    for (int j = 0; j < columns; j++) {
        double found = ahead[own * columns + j];
        if (j == own || !(use >> j & 1)) {
            ck_assert(isnan(found));
        } else {
            char *end;
            ck_near(found, strtod(packed, &end), 1e-11);
            packed = end + (*end == ';');
        }
    }
    ck_assert(*packed == '\0');
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("drivers/priorities.csv");
    ck_assert_uint_eq(csv->rows, 46);
    for (size_t row = 0; row < csv->rows; row++) {
        drivers_rows rows = read_rows(test_csv_cell(csv, row, "dataset"));
        nps_drivers *drivers = drivers_of(&rows, 1);
        nps_drivers_model model = {.struct_size = sizeof model};
        int own = rating_of(&rows, test_csv_cell(csv, row, "driver"));
        double low[NPS_MAX_DRIVERS], high[NPS_MAX_DRIVERS], ahead[NPS_MAX_DRIVERS * NPS_MAX_DRIVERS];
        nps_driver_priority all[NPS_MAX_DRIVERS], *found = all + own;
        for (int j = 0; j < rows.ratings; j++) {
            low[j] = test_csv_number(csv, row, "lowest");
            high[j] = test_csv_number(csv, row, "highest");
        }
        model.use = (uint64_t)test_csv_number(csv, row, "use");
        model.errors = strcmp(test_csv_cell(csv, row, "errors"), "hc1") == 0 ? NPS_ERRORS_HC1 : NPS_ERRORS_CLASSICAL;
        ck_status(nps_drivers_priorities(drivers, &model, low, high, all, ahead), NPS_OK);
        ck_assert(test_relative_error(found->room, test_csv_number(csv, row, "room")) < 1e-15);
        ck_assert(test_relative_error(found->priority, test_csv_number(csv, row, "priority")) < 1e-13);
        ck_assert(test_relative_error(found->standard_error, test_csv_number(csv, row, "standard_error")) < 1e-12);
        ck_assert_int_eq(found->rank, (int)test_csv_number(csv, row, "rank"));
        check_ahead(test_csv_cell(csv, row, "ahead"), model.use, rows.ratings, own, ahead);
        nps_drivers_free(drivers);
        free(rows.cells);
    }
    test_csv_free(csv);
}
END_TEST

/* One is ahead of another as surely as that is behind. */
START_TEST(chances)
{
    enum { K = 6 };
    drivers_rows rows = random_rows(9, 150, K);
    nps_drivers *drivers = drivers_of(&rows, 1);
    for (int errors = 0; errors < 2; errors++) {
        all_estimates all;
        int ranks = 0;
        estimate_all(drivers, (nps_drivers_model){.errors = errors}, 1, 5, &all);
        for (int i = 0; i < K; i++) {
            ranks |= 1 << all.priority[i].rank;
            for (int j = 0; j < K; j++) {
                if (i == j) continue;
                ck_near(all.ahead[i * K + j] + all.ahead[j * K + i], 1, 1e-15);
                int is_ahead = all.priority[i].rank < all.priority[j].rank;
                ck_assert(is_ahead == (all.ahead[i * K + j] > 0.5));
            }
        }
        ck_assert_int_eq(ranks, 0x7e);
    }
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

/* Two ratings that are alike in all: neither is ahead, and the first is named first. */
START_TEST(ties)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2});
    all_estimates all;
    for (int i = 0; i < 24; i++) {
        double x = 1 + i % 3, y = 1 + i / 3 % 2, answer = 1 + x + y + i % 5 / 2;
        ck_status(nps_drivers_add(drivers, answer, (const double[]){x, y}, 1), NPS_OK);
        ck_status(nps_drivers_add(drivers, answer, (const double[]){y, x}, 1), NPS_OK);
    }
    estimate_all(drivers, (nps_drivers_model){.use = 0}, 1, 5, &all);
    ck_near(all.priority[0].priority, all.priority[1].priority, 1e-15);
    ck_near(all.ahead[1], 0.5, 1e-12);
    ck_assert(all.priority[0].rank + all.priority[1].rank == 3);
    nps_drivers_free(drivers);
}
END_TEST

/* All at the best end but one: not even then is there no room. And a rating that is best when low. */
START_TEST(room)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 2});
    static const double low[] = {1, 0}, high[] = {5, 60};
    nps_driver_priority found[2];
    for (int i = 0; i < 40; i++) {
        double staff = i == 0 ? 1 : 5, minutes = i % 7 * 10;
        ck_status(nps_drivers_add(drivers, 10 - i % 7 - (i == 0 ? 4 : 0), (const double[]){staff, minutes}, 1), NPS_OK);
    }
    ck_status(nps_drivers_priorities(drivers, NULL, low, high, found, NULL), NPS_OK);
    ck_near(found[0].room, 1 / 40.0, 1e-15);
    ck_near(found[1].room, (5 * 210 + 100) / 40.0 / 60, 1e-15);
    ck_assert(found[1].rank == 1 && found[0].rank == 2);
    nps_drivers_free(drivers);
}
END_TEST

/* Pairwise there is an order, but not how sure it is. */
START_TEST(pairwise)
{
    drivers_rows rows = read_rows("missing");
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = 4, .missing = NPS_DRIVERS_PAIRWISE});
    add_rows(drivers, &rows);
    all_estimates all;
    estimate_all(drivers, (nps_drivers_model){.use = 0}, 1, 5, &all);
    for (int i = 0; i < 4; i++) {
        ck_near(all.priority[i].priority, all.weight[i].weight * (5 - all.column[i].mean) / 4, 1e-15);
        ck_assert(isnan(all.priority[i].standard_error) && isnan(all.weight[i].standard_error));
        ck_assert(isnan(all.weight[i].lower) && isnan(all.weight[i].upper) && all.priority[i].rank > 0);
    }
    for (int i = 0; i < 16; i++) ck_assert(isnan(all.ahead[i]));
    nps_drivers_free(drivers);
    free(rows.cells);
}
END_TEST

START_TEST(refusals)
{
    drivers_rows rows = random_rows(1, 40, 3);
    nps_drivers *drivers = drivers_of(&rows, 0), *empty = new_drivers((nps_drivers_options){.ratings = 3});
    nps_drivers_model model = {.struct_size = sizeof model, .errors = NPS_ERRORS_HC1};
    double low[3] = {1, 1, 1}, high[3] = {5, 5, 5}, ahead[9] = {-7};
    nps_driver_priority found[3] = {{.rank = -7}};
    static const double bad[][2] = {{5, 5},        {5, 1},          {NAN, 5}, {1, NAN},
                                    {1, INFINITY}, {-1e308, 1e308}, {4.9, 5}, {1, 1.1}};
    ck_status(nps_drivers_priorities(NULL, NULL, low, high, found, ahead), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_priorities(drivers, NULL, NULL, high, found, ahead), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_priorities(drivers, NULL, low, NULL, found, ahead), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_priorities(drivers, NULL, low, high, NULL, ahead), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_priorities(drivers, &model, low, high, found, ahead), NPS_ERR_TYPE);
    ck_status(nps_drivers_priorities(empty, NULL, low, high, found, ahead), NPS_ERR_EMPTY);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        low[2] = bad[i][0], high[2] = bad[i][1];
        ck_status(nps_drivers_priorities(drivers, NULL, low, high, found, ahead), NPS_ERR_RANGE);
    }
    for (int i = 0; i < 3; i++) ck_status(nps_drivers_add(empty, i, (const double[]){i, i, 1}, 1), NPS_OK);
    ck_status(nps_drivers_priorities(empty, NULL, low, high, found, ahead), NPS_ERR_SINGULAR);
    ck_assert(found[0].rank == -7 && ahead[0] == -7);
    /* Ends of what takes no part are not looked at. */
    model = (nps_drivers_model){.struct_size = sizeof model, .use = 3};
    ck_status(nps_drivers_priorities(drivers, &model, low, high, found, ahead), NPS_OK);
    nps_drivers_free(drivers);
    nps_drivers_free(empty);
    free(rows.cells);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, chances);
    tcase_add_test(tcase, ties);
    tcase_add_test(tcase, room);
    tcase_add_test(tcase, pairwise);
    tcase_add_test(tcase, refusals);
}

int main(void)
{
    return test_main("drivers_priorities", add);
}
