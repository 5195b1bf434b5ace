/* A sample with its margins, built piece by piece, and what must hold of its raked weights. */
#ifndef TEST_RAKING_PROBLEM_H
#define TEST_RAKING_PROBLEM_H

#include <math.h>
#include <nps/raking.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

enum { MOST_COLUMNS = 5, MOST_MARGINS = 5, MOST_CATEGORIES = 64 };

#define NO_VALUE (-1) /* in a column of keys, which are 0 and up */

typedef struct problem_margin {
    int32_t dimensions;
    int column[2];
    size_t count;
    nps_key keys[2 * MOST_CATEGORIES];
    double totals[MOST_CATEGORIES];
} problem_margin;

typedef struct rake_problem {
    size_t rows, margin_count;
    int64_t *keys[MOST_COLUMNS];
    uint8_t *validity[MOST_COLUMNS];
    double *base, *weights;
    problem_margin margins[MOST_MARGINS];
    nps_rake_options options;
    nps_rake_report report;
} rake_problem;

static inline void *problem_block(size_t count, size_t size)
{
    void *block = calloc(count + 1, size);
    if (block == NULL) exit(EXIT_FAILURE);
    return block;
}

/* Base weights are 1, keys 0. */
static inline rake_problem *problem_new(size_t rows)
{
    rake_problem *made = problem_block(1, sizeof *made);
    made->rows = rows;
    made->base = problem_block(rows, sizeof *made->base);
    made->weights = problem_block(rows, sizeof *made->weights);
    for (int c = 0; c < MOST_COLUMNS; c++) {
        made->keys[c] = problem_block(rows, sizeof **made->keys);
        made->validity[c] = problem_block(rows / 8, 1);
        memset(made->validity[c], 0xff, rows / 8 + 1);
    }
    for (size_t i = 0; i < rows; i++) made->base[i] = 1;
    made->options.struct_size = sizeof made->options;
    made->report.struct_size = sizeof made->report;
    return made;
}

static inline void problem_free(rake_problem *problem)
{
    for (int c = 0; c < MOST_COLUMNS; c++) {
        free(problem->keys[c]);
        free(problem->validity[c]);
    }
    free(problem->base);
    free(problem->weights);
    free(problem);
}

static inline void set_key(rake_problem *problem, int column, size_t row, int64_t key)
{
    uint8_t bit = (uint8_t)(1u << row % 8);
    problem->keys[column][row] = key;
    if (key == NO_VALUE)
        problem->validity[column][row / 8] &= (uint8_t)~bit;
    else
        problem->validity[column][row / 8] |= bit;
}

/* A margin over a column, or two: `second` NO_VALUE for one. */
static inline problem_margin *add_margin(rake_problem *problem, int first, int second)
{
    problem_margin *margin = problem->margins + problem->margin_count++;
    *margin = (problem_margin){.dimensions = second == NO_VALUE ? 1 : 2, .column = {first, second}};
    return margin;
}

static inline nps_key key_of(int64_t value)
{
    if (value == NO_VALUE) return (nps_key){.type = NPS_KEY_NULL};
    return (nps_key){.type = NPS_KEY_INTEGER, .integer = value};
}

/* `second` is not looked at in a margin over one column. */
static inline void add_target(problem_margin *margin, int64_t first, int64_t second, double total)
{
    nps_key *key = margin->keys + margin->count * (size_t)margin->dimensions;
    key[0] = key_of(first);
    if (margin->dimensions == 2) key[1] = key_of(second);
    margin->totals[margin->count++] = total;
}

static inline int64_t key_at(const problem_margin *margin, size_t category, int d)
{
    const nps_key *key = margin->keys + category * (size_t)margin->dimensions + d;
    return key->type == NPS_KEY_NULL ? NO_VALUE : key->integer;
}

/* The category of a row, by looking at all; as many as there are when there is none. */
static inline size_t category_of(const rake_problem *problem, size_t m, size_t row)
{
    const problem_margin *margin = problem->margins + m;
    for (size_t c = 0; c < margin->count; c++) {
        int same = key_at(margin, c, 0) == problem->keys[margin->column[0]][row];
        if (margin->dimensions == 2) same &= key_at(margin, c, 1) == problem->keys[margin->column[1]][row];
        if (same) return c;
    }
    return margin->count;
}

static inline nps_column f64_column(const double *values, size_t rows)
{
    return (nps_column){.type = NPS_TYPE_F64, .length = rows, .values = values};
}

static inline int rake_into(rake_problem *problem, double *weights)
{
    nps_column columns[MOST_MARGINS][2] = {0}, base = f64_column(problem->base, problem->rows);
    nps_margin margins[MOST_MARGINS] = {0};
    for (size_t m = 0; m < problem->margin_count; m++) {
        const problem_margin *margin = problem->margins + m;
        for (int d = 0; d < margin->dimensions; d++)
            columns[m][d] = (nps_column){.type = NPS_TYPE_I64,
                                         .length = problem->rows,
                                         .values = problem->keys[margin->column[d]],
                                         .validity = problem->validity[margin->column[d]]};
        margins[m] = (nps_margin){columns[m], margin->dimensions, 0, margin->count, margin->keys, margin->totals};
    }
    return nps_rake(margins, problem->margin_count, &base, problem->rows, &problem->options, weights, &problem->report);
}

static inline int rake(rake_problem *problem)
{
    return rake_into(problem, problem->weights);
}

/* Sums in long double, to compare with. */
static inline long double category_sum(const rake_problem *problem, const double *weights, size_t m, size_t category)
{
    long double sum = 0;
    for (size_t i = 0; i < problem->rows; i++)
        if (problem->base[i] > 0 && category_of(problem, m, i) == category) sum += weights[i];
    return sum;
}

static inline double total_scale(const rake_problem *problem, size_t m)
{
    long double sum = 0;
    if (problem->options.total == 0) return 1;
    for (size_t c = 0; c < problem->margins[m].count; c++) sum += problem->margins[m].totals[c];
    return (double)(problem->options.total / sum);
}

/* Of the furthest category from its total, as a fraction of it. */
static inline double worst_distance(const rake_problem *problem)
{
    double worst = 0;
    for (size_t m = 0; m < problem->margin_count; m++) {
        for (size_t c = 0; c < problem->margins[m].count; c++) {
            long double total = problem->margins[m].totals[c] * (long double)total_scale(problem, m);
            worst = fmax(worst, (double)fabsl(category_sum(problem, problem->weights, m, c) / total - 1));
        }
    }
    return worst;
}

static inline double spread_of(uint64_t *seed, double decades)
{
    return pow(10, decades * ((double)test_below(seed, 1000001) / 1e6 - 0.5));
}

/* A random sample whose totals are those of random weights, which with `lowest` and `highest` keep to the bounds: so
 * there is a solution. Base weights over so many decades; every tenth is 0. */
static inline rake_problem *random_problem(uint64_t *seed, size_t rows, size_t margins, int bounded, double decades)
{
    rake_problem *made = problem_new(rows);
    double *aim = made->weights, least = HUGE_VAL, most = 0, sum = 0, live = 0;
    for (size_t i = 0; i < rows; i++) {
        made->base[i] = i % 10 == 9 ? 0 : spread_of(seed, decades);
        aim[i] = made->base[i] > 0 ? spread_of(seed, 0.8) : 0;
        if (made->base[i] > 0) least = fmin(least, aim[i]), most = fmax(most, aim[i]), sum += aim[i], live++;
        for (int c = 0; c < MOST_COLUMNS; c++) set_key(made, c, i, (int64_t)test_below(seed, 4) - 1);
    }
    for (size_t m = 0; m < margins; m++) {
        problem_margin *margin = add_margin(made, (int)m, m == 2 ? 4 : NO_VALUE);
        for (int64_t a = -1; a < 3; a++)
            for (int64_t b = -1; b < (m == 2 ? 3 : 0); b++) add_target(margin, a, b, 0);
        made->margin_count = m + 1;
        for (size_t c = 0; c < margin->count; c++) margin->totals[c] = (double)category_sum(made, aim, m, c);
    }
    if (bounded & 1) made->options.lowest = least * live / sum;
    if (bounded & 2) made->options.highest = most * live / sum;
    return made;
}

#endif
