/* Rows of ratings from files of tests/reference/drivers, and states of them. */
#ifndef TEST_DRIVERS_DATA_H
#define TEST_DRIVERS_DATA_H

#include <math.h>
#include <nps/drivers.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

/* The answer, the ratings, and the weight of each row. */
typedef struct drivers_rows {
    size_t count;
    int ratings;
    double *cells; /* ratings + 2 a row */
    char name[NPS_MAX_DRIVERS][24];
} drivers_rows;

static inline drivers_rows new_rows(size_t count, int ratings)
{
    drivers_rows rows = {.count = count, .ratings = ratings};
    rows.cells = calloc(count * (size_t)(ratings + 2), sizeof *rows.cells);
    ck_assert_ptr_nonnull(rows.cells);
    return rows;
}

static inline double *row_of(const drivers_rows *rows, size_t i)
{
    return rows->cells + i * (size_t)(rows->ratings + 2);
}

/* A file of the answer, ratings, and weights where the last column has that name. */
static inline drivers_rows read_rows(const char *dataset)
{
    char path[64];
    snprintf(path, sizeof path, "drivers/%s.csv", dataset);
    test_csv *csv = test_csv_read(path);
    int has_weights = strcmp(csv->header[csv->columns - 1], "weight") == 0;
    drivers_rows rows = new_rows(csv->rows, (int)csv->columns - 1 - has_weights);
    for (int j = 0; j < rows.ratings; j++) snprintf(rows.name[j], sizeof *rows.name, "%s", csv->header[j + 1]);
    for (size_t i = 0; i < csv->rows; i++) {
        for (size_t j = 0; j < csv->columns; j++) row_of(&rows, i)[j] = test_csv_number(csv, i, csv->header[j]);
        if (!has_weights) row_of(&rows, i)[csv->columns] = 1;
    }
    test_csv_free(csv);
    return rows;
}

static inline int rating_of(const drivers_rows *rows, const char *name)
{
    for (int j = 0; j < rows->ratings; j++)
        if (strcmp(rows->name[j], name) == 0) return j;
    ck_abort_msg("no rating %s", name);
}

static inline void add_rows(nps_drivers *drivers, const drivers_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const double *row = row_of(rows, i);
        ck_status(nps_drivers_add(drivers, row[0], row + 1, row[rows->ratings + 1]), NPS_OK);
    }
}

static inline nps_drivers *new_drivers(nps_drivers_options options)
{
    nps_drivers *drivers = NULL;
    options.struct_size = sizeof options;
    ck_status(nps_drivers_new(&options, &drivers), NPS_OK);
    return drivers;
}

/* Ratings from 1 to 5 that go along with one another, answers that follow them, weights of 1. */
static inline drivers_rows random_rows(uint64_t seed, size_t count, int ratings)
{
    drivers_rows rows = new_rows(count, ratings);
    for (size_t i = 0; i < count; i++) {
        double *row = row_of(&rows, i), common = (double)test_below(&seed, 3), sum = 0;
        for (int j = 1; j <= ratings; j++) {
            row[j] = 1 + common + (double)test_below(&seed, 3);
            sum += row[j] / (j + 1) / ratings;
        }
        row[0] = fmin(10, floor(1 + 6 * sum + (double)test_below(&seed, 4)));
        row[ratings + 1] = 1;
    }
    return rows;
}

/* All that one call of each estimate gives. */
typedef struct all_estimates {
    nps_drivers_fit fit;
    nps_driver column[NPS_MAX_DRIVERS];
    nps_driver_weight weight[NPS_MAX_DRIVERS];
    nps_driver_priority priority[NPS_MAX_DRIVERS];
    double shapley[NPS_MAX_DRIVERS], ahead[NPS_MAX_DRIVERS * NPS_MAX_DRIVERS];
} all_estimates;

/* Every rating from `lowest` to `highest`. */
static inline void estimate_all(const nps_drivers *drivers, nps_drivers_model model, double lowest, double highest,
                                all_estimates *out)
{
    double low[NPS_MAX_DRIVERS], high[NPS_MAX_DRIVERS];
    for (int j = 0; j < NPS_MAX_DRIVERS; j++) low[j] = lowest, high[j] = highest;
    model.struct_size = sizeof model;
    out->fit = (nps_drivers_fit){.struct_size = sizeof out->fit};
    ck_status(nps_drivers_regression(drivers, &model, &out->fit, out->column), NPS_OK);
    ck_status(nps_drivers_relative_weights(drivers, &model, out->weight), NPS_OK);
    ck_status(nps_drivers_shapley(drivers, &model, out->shapley), NPS_OK);
    ck_status(nps_drivers_priorities(drivers, &model, low, high, out->priority, out->ahead), NPS_OK);
}

static inline nps_drivers *drivers_of(const drivers_rows *rows, int robust)
{
    nps_drivers *drivers = new_drivers((nps_drivers_options){.ratings = rows->ratings, .robust = robust});
    add_rows(drivers, rows);
    return drivers;
}

#endif
