/* Columns of ratings: as their rows one by one, all or none. */
#include <nps/drivers.h>

#include <math.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "drivers_rows.h"
#include "support.h"

typedef struct row_columns {
    double values[DRIVERS_RATINGS + 2][DRIVERS_ROWS]; /* the answer, the ratings, the weight */
    nps_column columns[DRIVERS_RATINGS + 2];
} row_columns;

static void make_columns(const drivers_row *rows, size_t count, row_columns *out)
{
    for (size_t i = 0; i < count; i++) {
        out->values[0][i] = rows[i].answer;
        for (int k = 0; k < DRIVERS_RATINGS; k++) out->values[1 + k][i] = rows[i].ratings[k];
        out->values[1 + DRIVERS_RATINGS][i] = rows[i].weight;
    }
    for (int k = 0; k < DRIVERS_RATINGS + 2; k++)
        out->columns[k] = (nps_column){.type = NPS_TYPE_F64, .length = count, .values = out->values[k]};
}

static int add_columns(nps_drivers *drivers, const row_columns *from, int weighted, uint64_t *row)
{
    const nps_column *columns = from->columns;
    return nps_drivers_add_columns(drivers, columns, columns + 1, weighted ? columns + 1 + DRIVERS_RATINGS : NULL, row);
}

START_TEST(columns_are_their_rows)
{
    uint64_t seed = 1;
    static row_columns columns;
    drivers_row rows[DRIVERS_ROWS];
    for (int index = 0; index < 3 * DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index % DRIVERS_PLANS);
        size_t count = index < DRIVERS_PLANS ? DRIVERS_ROWS : (size_t)test_below(&seed, DRIVERS_ROWS);
        drivers_fill(&plan, rows, count, &seed);
        nps_drivers *expected = drivers_of(&plan, rows, count), *found = drivers_new(&plan.options);
        make_columns(rows, count, &columns);
        ck_assert_int_eq(add_columns(found, &columns, plan.weights != WEIGHTS_NONE, NULL), NPS_OK);
        ck_assert(drivers_equal(found, expected));
        nps_drivers_free(expected);
        nps_drivers_free(found);
    }
}
END_TEST

/* Robust sums that are exact for a block of rows, and some that would not be. */
START_TEST(robust_sums_of_large_numbers)
{
    static const double sizes[] = {10, 2000, 2435, 3000, 9000, 1 << 20};
    uint64_t seed = 2;
    static row_columns columns;
    drivers_row rows[DRIVERS_ROWS];
    drivers_plan plan = {.options = {.struct_size = sizeof plan.options, .ratings = DRIVERS_RATINGS, .robust = 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        for (size_t row = 0; row < DRIVERS_ROWS; row++) {
            rows[row].weight = 1;
            rows[row].ratings[2] = sizes[i] - (double)test_below(&seed, 2);
        }
        make_columns(rows, DRIVERS_ROWS, &columns);
        nps_drivers *expected = drivers_of(&plan, rows, DRIVERS_ROWS), *found = drivers_new(&plan.options);
        ck_assert_int_eq(add_columns(found, &columns, 0, NULL), NPS_OK);
        ck_assert(drivers_equal(found, expected));
        nps_drivers_free(expected);
        nps_drivers_free(found);
    }
}
END_TEST

/* A column of any type as the only rating, then as the answer, then as the weight. */
static void check_column(const column_plan *plan, const built_column *built)
{
    int type = plan->type,
        numbers = type != NPS_TYPE_UTF8 && type != NPS_TYPE_LARGE_UTF8 && type != NPS_TYPE_DICTIONARY;
    size_t rows = (size_t)built->column.length;
    double *ones = column_block(rows, sizeof *ones);
    for (size_t i = 0; i < rows; i++) ones[i] = 1;
    nps_column other = {.type = NPS_TYPE_F64, .length = rows, .values = ones};
    for (int role = 0; role < 3; role++) {
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = 1, .missing = role & 1};
        nps_drivers *found = drivers_new(&options), *expected = drivers_new(&options), *empty = drivers_new(&options);
        const nps_column *column = &built->column;
        uint64_t row = UINT64_MAX, bad = UINT64_MAX;
        int status = NPS_OK;
        int returned = nps_drivers_add_columns(found, role == 1 ? column : &other, role == 0 ? column : &other,
                                               role == 2 ? column : NULL, &row);
        for (size_t i = 0; numbers && status == NPS_OK && i < rows; i++) {
            double number = built->numbers[plan->offset + i];
            status = nps_drivers_add(expected, role == 1 ? number : 1, role == 0 ? &number : &(double){1},
                                     role == 2 ? number : 1);
            if (status != NPS_OK) bad = i;
        }
        ck_assert_int_eq(returned, numbers ? status : NPS_ERR_TYPE);
        ck_assert_uint_eq(row, bad);
        ck_assert(drivers_equal(found, returned == NPS_OK ? expected : empty));
        nps_drivers_free(found);
        nps_drivers_free(expected);
        nps_drivers_free(empty);
    }
    free(ones);
}

START_TEST(columns_of_every_type)
{
    for_each_column(check_column, 3);
}
END_TEST

/* Many ratings are read a few rows at a time. */
START_TEST(as_many_ratings_as_there_can_be)
{
    enum { ROWS = 150 };
    uint64_t seed = 4;
    static int8_t values[NPS_MAX_DRIVERS + 1][ROWS];
    nps_column columns[NPS_MAX_DRIVERS + 1];
    for (int missing = 0; missing < 2; missing++) {
        nps_drivers_options options = {.struct_size = sizeof options, .ratings = NPS_MAX_DRIVERS, .missing = missing};
        nps_drivers *found = drivers_new(&options), *expected = drivers_new(&options);
        for (size_t i = 0; i < ROWS; i++) {
            double row[NPS_MAX_DRIVERS + 1];
            for (int k = 0; k <= NPS_MAX_DRIVERS; k++) row[k] = values[k][i] = (int8_t)(test_below(&seed, 200) - 100);
            ck_assert_int_eq(nps_drivers_add(expected, row[0], row + 1, 1), NPS_OK);
        }
        for (int k = 0; k <= NPS_MAX_DRIVERS; k++)
            columns[k] = (nps_column){.type = NPS_TYPE_I8, .length = ROWS, .values = values[k]};
        ck_assert_int_eq(nps_drivers_add_columns(found, columns, columns + 1, NULL, NULL), NPS_OK);
        ck_assert(drivers_equal(found, expected));
        nps_drivers_free(found);
        nps_drivers_free(expected);
    }
}
END_TEST

START_TEST(a_row_at_fault_leaves_all_out)
{
    uint64_t seed = 5, row;
    static row_columns columns;
    drivers_row rows[DRIVERS_ROWS];
    static const struct {
        size_t column;
        double value;
    } faults[] = {{0, INFINITY}, {1, 1e101}, {4, -INFINITY}, {5, -1}, {5, (double)NAN}, {5, 0x1p64}};
    for (int index = 0; index < DRIVERS_PLANS; index++) {
        drivers_plan plan = drivers_plan_of(index);
        plan.missing = 0;
        drivers_fill(&plan, rows, DRIVERS_ROWS, &seed);
        nps_drivers *drivers = drivers_of(&plan, rows, 20), *before;
        ck_assert_int_eq(nps_drivers_copy(drivers, &before), NPS_OK);
        for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
            size_t at = (size_t)test_below(&seed, DRIVERS_ROWS - 1);
            make_columns(rows, DRIVERS_ROWS, &columns);
            columns.values[faults[i].column][at] = columns.values[faults[i].column][at + 1] = faults[i].value;
            ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_ERR_RANGE);
            ck_assert_uint_eq(row, at);
            ck_assert_int_eq(add_columns(drivers, &columns, 1, NULL), NPS_ERR_RANGE);
            ck_assert(drivers_equal(drivers, before));
        }
        nps_drivers_free(drivers);
        nps_drivers_free(before);
    }
}
END_TEST

START_TEST(columns_that_do_not_go_together)
{
    static row_columns columns;
    drivers_row rows[10] = {{0}};
    uint64_t row = 77;
    drivers_plan plan = drivers_plan_of(0);
    nps_drivers *drivers = drivers_of(&plan, rows, 10), *before;
    ck_assert_int_eq(nps_drivers_copy(drivers, &before), NPS_OK);
    for (int k = 0; k < DRIVERS_RATINGS + 2; k++) {
        make_columns(rows, 10, &columns);
        columns.columns[k].length = 9;
        ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_ERR_ARGUMENT);
        make_columns(rows, 10, &columns);
        columns.columns[k].values = NULL;
        ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_ERR_ARGUMENT);
        make_columns(rows, 10, &columns);
        columns.columns[k].type = NPS_TYPE_UTF8;
        columns.columns[k].offsets = (int32_t[11]){0};
        ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_ERR_TYPE);
        columns.columns[k].type = 99;
        ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_ERR_TYPE);
    }
    make_columns(rows, 0, &columns);
    ck_assert_int_eq(add_columns(drivers, &columns, 1, &row), NPS_OK);
    ck_assert(drivers_equal(drivers, before));
    ck_assert_uint_eq(row, 77);
    nps_drivers_free(drivers);
    nps_drivers_free(before);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, columns_are_their_rows);
    tcase_add_test(tcase, robust_sums_of_large_numbers);
    tcase_add_test(tcase, columns_of_every_type);
    tcase_add_test(tcase, as_many_ratings_as_there_can_be);
    tcase_add_test(tcase, a_row_at_fault_leaves_all_out);
    tcase_add_test(tcase, columns_that_do_not_go_together);
}

int main(void)
{
    return test_main("drivers_columns", add);
}
