#include <math.h>
#include <nps/raking.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define MOST 400

static const nps_rake_options standard = {.struct_size = sizeof standard};

static nps_column integers(const int32_t *values, size_t rows)
{
    return (nps_column){.type = NPS_TYPE_I32, .length = rows, .values = values};
}

static nps_column doubles(const double *values, size_t rows)
{
    return (nps_column){.type = NPS_TYPE_F64, .length = rows, .values = values};
}

static nps_rake_report new_report(void)
{
    return (nps_rake_report){.struct_size = sizeof(nps_rake_report)};
}

/* A data set of the reference as columns: what a name is, is its place in a list. */
static int32_t place_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0) return (int32_t)i;
    ck_abort_msg("%s", name);
    return -1;
}

static const char *const ages[] = {"18-34", "35-54", "55+"}, *const sexes[] = {"f", "m"};
static const double age_totals[] = {465, 540, 495}, sex_totals[] = {765, 735};
static const nps_key numbers[] = {{.type = NPS_KEY_INTEGER, .integer = 0},
                                  {.type = NPS_KEY_INTEGER, .integer = 1},
                                  {.type = NPS_KEY_INTEGER, .integer = 2}};

typedef struct survey {
    size_t rows;
    int32_t age[MOST], sex[MOST];
    double base[MOST], raked[MOST], poststratified[MOST];
} survey;

static void read_survey(survey *out)
{
    test_csv *csv = test_csv_read("design/rake.csv");
    out->rows = csv->rows;
    ck_assert(out->rows > 100 && out->rows <= MOST);
    for (size_t i = 0; i < csv->rows; i++) {
        out->age[i] = place_of(test_csv_cell(csv, i, "age"), ages, 3);
        out->sex[i] = place_of(test_csv_cell(csv, i, "sex"), sexes, 2);
        out->base[i] = test_csv_number(csv, i, "weight");
        out->raked[i] = test_csv_number(csv, i, "raked");
        out->poststratified[i] = test_csv_number(csv, i, "poststratified");
    }
    test_csv_free(csv);
}

/* design/rake.csv and rake_expected.csv: R's rake and postStratify. */
START_TEST(reference)
{
    survey given;
    double weights[MOST];
    read_survey(&given);
    nps_column age = integers(given.age, given.rows), sex = integers(given.sex, given.rows);
    nps_column base = doubles(given.base, given.rows);
    nps_margin margins[] = {{.columns = &age, .dimensions = 1, .count = 3, .keys = numbers, .totals = age_totals},
                            {.columns = &sex, .dimensions = 1, .count = 2, .keys = numbers, .totals = sex_totals}};
    nps_rake_report report = new_report();
    ck_assert_int_eq(nps_rake(margins, 2, &base, given.rows, &standard, weights, &report), NPS_OK);
    for (size_t i = 0; i < given.rows; i++) ck_assert(test_relative_error(weights[i], given.raked[i]) < 1e-9);
    ck_near(report.effective_size, 133.4202366888701, 1e-9);
    ck_near(report.design_effect, 1.124267230538596, 1e-9);
    ck_assert(report.fault == NPS_RAKE_FINE && report.distance <= 1e-10 && report.rounds > 1);
    report = new_report();
    ck_assert_int_eq(nps_rake(margins, 1, &base, given.rows, &standard, weights, &report), NPS_OK);
    for (size_t i = 0; i < given.rows; i++) ck_assert(test_relative_error(weights[i], given.poststratified[i]) < 1e-14);
    ck_near(report.effective_size, 140.6277966723898, 1e-12);
    ck_assert_uint_eq(report.rounds, 1);
}
END_TEST

/* Cells of both columns: each weight is its base times total / sum of the cell. */
START_TEST(cells)
{
    survey given;
    double weights[MOST], sums[3][2] = {{0}}, totals[6];
    nps_key keys[12];
    read_survey(&given);
    nps_column columns[] = {integers(given.age, given.rows), integers(given.sex, given.rows)};
    nps_column base = doubles(given.base, given.rows);
    for (int i = 0; i < 6; i++) {
        keys[2 * i] = numbers[i / 2];
        keys[2 * i + 1] = numbers[i % 2];
        totals[i] = 10 + i;
    }
    nps_margin margin = {.columns = columns, .dimensions = 2, .count = 6, .keys = keys, .totals = totals};
    ck_assert_int_eq(nps_rake(&margin, 1, &base, given.rows, &standard, weights, NULL), NPS_OK);
    for (size_t i = 0; i < given.rows; i++) sums[given.age[i]][given.sex[i]] += given.base[i];
    for (size_t i = 0; i < given.rows; i++) {
        int cell = 2 * given.age[i] + given.sex[i];
        ck_near(weights[i], given.base[i] * totals[cell] / sums[given.age[i]][given.sex[i]], 1e-13);
    }
}
END_TEST

/* Random surveys of three margins. */
typedef struct random_survey {
    size_t rows;
    int32_t codes[3][MOST];
    double base[MOST], totals[3][4];
    nps_column columns[3];
    nps_margin margins[3];
    nps_key keys[4];
} random_survey;

/* Totals that some weights have: those of base weights changed at random, so that there is a solution. */
static void make_survey(uint64_t *state, random_survey *out)
{
    memset(out, 0, sizeof *out);
    out->rows = 40 + (size_t)test_below(state, MOST - 40);
    for (int i = 0; i < 4; i++) out->keys[i] = (nps_key){.type = NPS_KEY_INTEGER, .integer = i};
    for (size_t i = 0; i < out->rows; i++) {
        double solution = 0.5 + (double)test_below(state, 1000) / 1000;
        out->base[i] = 0.25 + (double)test_below(state, 1000) / 500;
        for (int m = 0; m < 3; m++) {
            out->codes[m][i] = i < 4 ? (int32_t)i : (int32_t)test_below(state, 4);
            out->totals[m][out->codes[m][i]] += solution;
        }
    }
    for (int m = 0; m < 3; m++) {
        out->columns[m] = integers(out->codes[m], out->rows);
        out->margins[m] = (nps_margin){
            .columns = &out->columns[m], .dimensions = 1, .count = 4, .keys = out->keys, .totals = out->totals[m]};
    }
}

static void check_margins(const random_survey *of, const double *weights, double scale)
{
    for (int m = 0; m < 3; m++) {
        double sums[4] = {0};
        for (size_t i = 0; i < of->rows; i++) sums[of->codes[m][i]] += weights[i];
        for (int c = 0; c < 4; c++) ck_assert(test_relative_error(sums[c], scale * of->totals[m][c]) < 1e-9);
    }
}

/* Every weight over its base is a product of a factor for each margin: then it is the solution (Deming and Stephan
 * 1940). Of a product the logarithm is additive: solved for by going round until it stands still, which a wrong one
 * does not. */
static double distance_from_product(const random_survey *of, const double *logs, const int *free_rows)
{
    double effects[3][4] = {{0}}, worst = 0;
    for (int round = 0; round < 3000; round++) {
        for (int m = 0; m < 3; m++) {
            double sums[4] = {0}, counts[4] = {0};
            for (size_t i = 0; i < of->rows; i++) {
                if (!free_rows[i]) continue;
                double rest = logs[i];
                for (int k = 0; k < 3; k++) rest -= k == m ? 0 : effects[k][of->codes[k][i]];
                sums[of->codes[m][i]] += rest;
                counts[of->codes[m][i]]++;
            }
            for (int c = 0; c < 4; c++) effects[m][c] = counts[c] > 0 ? sums[c] / counts[c] : 0;
        }
    }
    for (size_t i = 0; i < of->rows; i++) {
        double rest = logs[i];
        for (int k = 0; k < 3; k++) rest -= effects[k][of->codes[k][i]];
        if (free_rows[i]) worst = fmax(worst, fabs(rest));
    }
    return worst;
}

START_TEST(solution)
{
    uint64_t state = 1;
    for (int round = 0; round < 40; round++) {
        random_survey given;
        double weights[MOST], again[MOST], logs[MOST];
        int free_rows[MOST];
        make_survey(&state, &given);
        nps_column base = doubles(given.base, given.rows);
        ck_assert_int_eq(nps_rake(given.margins, 3, &base, given.rows, &standard, weights, NULL), NPS_OK);
        check_margins(&given, weights, 1);
        for (size_t i = 0; i < given.rows; i++) {
            logs[i] = log(weights[i] / given.base[i]);
            free_rows[i] = 1;
        }
        ck_assert(distance_from_product(&given, logs, free_rows) < 1e-8);

        /* Raking what was raked changes nothing. */
        nps_column raked = doubles(weights, given.rows);
        ck_assert_int_eq(nps_rake(given.margins, 3, &raked, given.rows, &standard, again, NULL), NPS_OK);
        for (size_t i = 0; i < given.rows; i++) ck_assert(test_relative_error(again[i], weights[i]) < 1e-9);

        /* A total of 1: the same weights, scaled. */
        nps_rake_options shares = standard;
        double sum = 0;
        shares.total = 1;
        for (int c = 0; c < 4; c++) sum += given.totals[0][c];
        ck_assert_int_eq(nps_rake(given.margins, 3, &base, given.rows, &shares, again, NULL), NPS_OK);
        for (size_t i = 0; i < given.rows; i++) ck_assert(test_relative_error(again[i] * sum, weights[i]) < 1e-9);
    }
}
END_TEST

/* Bounds: every weight within them, margins met, those between the bounds a product of factors. */
START_TEST(bounds)
{
    uint64_t state = 2;
    int bounded = 0;
    for (int round = 0; round < 40; round++) {
        random_survey given;
        double weights[MOST], logs[MOST], mean = 0;
        int free_rows[MOST];
        uint64_t at_bounds = 0;
        nps_rake_options options = standard;
        nps_rake_report report = new_report();
        make_survey(&state, &given);
        options.lowest = 0.4;
        options.highest = 1.8;
        options.rounds = 20000;
        nps_column base = doubles(given.base, given.rows);
        ck_assert_int_eq(nps_rake(given.margins, 3, &base, given.rows, &options, weights, &report), NPS_OK);
        check_margins(&given, weights, 1);
        for (size_t i = 0; i < given.rows; i++) mean += weights[i] / (double)given.rows;
        for (size_t i = 0; i < given.rows; i++) {
            ck_assert(weights[i] > 0.4 * mean * (1 - 1e-9) && weights[i] < 1.8 * mean * (1 + 1e-9));
            free_rows[i] = weights[i] > 0.4 * mean * (1 + 1e-9) && weights[i] < 1.8 * mean * (1 - 1e-9);
            logs[i] = log(weights[i] / given.base[i]);
            at_bounds += !free_rows[i];
        }
        ck_assert_uint_eq(report.at_bounds, at_bounds);
        ck_assert(distance_from_product(&given, logs, free_rows) < 1e-7);
        bounded += at_bounds > 0;
    }
    ck_assert_int_gt(bounded, 30);
}
END_TEST

/* Weights of 0 stay 0; 1e-9 and 1e9 side by side; one heavy row. */
START_TEST(odd_weights)
{
    int32_t code[] = {0, 0, 0, 1, 1, 1};
    double base[] = {0, 1e-9, 1e9, 1, 1, 0}, totals[] = {3, 7}, weights[6];
    nps_column column = integers(code, 6), bases = doubles(base, 6);
    nps_margin margin = {.columns = &column, .dimensions = 1, .count = 2, .keys = numbers, .totals = totals};
    nps_rake_report report = new_report();
    ck_assert_int_eq(nps_rake(&margin, 1, &bases, 6, &standard, weights, &report), NPS_OK);
    ck_assert(weights[0] == 0 && weights[5] == 0);
    ck_near(weights[2], 3, 1e-14);
    ck_assert(test_relative_error(weights[1], 3e-18) < 1e-13);
    ck_near(weights[3], 3.5, 1e-14);
    ck_near(report.largest, 3.5 / 2.5, 1e-14); /* four rows have a weight, and the mean is 10 / 4 */
}
END_TEST

/* A fault, what names it, and that nothing was written. */
typedef struct fault_case {
    int32_t status, fault, margin;
    uint64_t category, row;
} fault_case;

static void check_fault(const nps_margin *margins, size_t count, const nps_column *base,
                        const nps_rake_options *options, fault_case wanted)
{
    double weights[4] = {-1, -1, -1, -1};
    nps_rake_report report = new_report();
    ck_assert_int_eq(nps_rake(margins, count, base, 4, options, weights, &report), wanted.status);
    ck_assert_int_eq(report.fault, wanted.fault);
    ck_assert_int_eq(report.margin, wanted.margin);
    ck_assert_uint_eq(report.category, wanted.category);
    ck_assert_uint_eq(report.row, wanted.row);
    for (int i = 0; i < 4; i++) ck_assert(wanted.status == NPS_ERR_CONVERGENCE || weights[i] == -1);
}

START_TEST(faults)
{
    int32_t a[] = {0, 1, 1, 0}, b[] = {0, 1, 1, 0}, strange[] = {0, 1, 9, 0};
    double totals[] = {5, 5}, other[] = {4, 6}, more[] = {5, 6}, three[] = {5, 4, 1}, negative[] = {11, -1};
    double not_a_number[] = {5, NAN}, bad[] = {1, 1, -1, 1}, infinite[] = {1, INFINITY, 1, 1}, none[4] = {0};
    nps_column first = integers(a, 4), second = integers(b, 4), third = integers(strange, 4);
    nps_column bases = doubles(bad, 4), infinities = doubles(infinite, 4), zeros = doubles(none, 4);
    const nps_key twice[] = {numbers[0], numbers[0], numbers[1]};
    nps_margin margin = {.columns = &first, .dimensions = 1, .count = 2, .keys = numbers, .totals = totals};
    nps_margin margins[2] = {margin, margin};
    nps_rake_options options = standard;

    check_fault(&margin, 1, &bases, &standard, (fault_case){NPS_ERR_RANGE, NPS_RAKE_WEIGHT, 0, 0, 2});
    check_fault(&margin, 1, &infinities, &standard, (fault_case){NPS_ERR_RANGE, NPS_RAKE_WEIGHT, 0, 0, 1});
    margins[1].columns = &third;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_NOT_FOUND, NPS_RAKE_NO_TARGET, 1, 0, 2});
    margins[1].columns = &second;
    margins[1].totals = negative;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_RANGE, NPS_RAKE_TOTAL, 1, 1, 0});
    margins[1].totals = not_a_number;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_RANGE, NPS_RAKE_TOTAL, 1, 1, 0});
    margins[1].totals = three;
    margins[1].count = 3;
    margins[1].keys = twice;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_SCALE, NPS_RAKE_TWICE, 1, 1, 0});
    margins[1].keys = numbers;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_EMPTY, NPS_RAKE_NOBODY, 1, 2, 0});
    margins[1].count = 2;
    margins[1].totals = more;
    check_fault(margins, 2, NULL, &standard, (fault_case){NPS_ERR_RANGE, NPS_RAKE_SUMS, 1, 0, 0});
    margins[0].totals = (const double[]){9, 1};
    options.highest = 1.5; /* two rows of mean 2.5 reach 7.5 */
    check_fault(margins, 1, NULL, &options, (fault_case){NPS_ERR_RANGE, NPS_RAKE_BOUNDS, 0, 0, 0});
    margins[0].totals = totals;
    margins[1].totals = other; /* the same rows, other totals */
    options.highest = 0;
    options.rounds = 50;
    double weights[4];
    nps_rake_report report = new_report();
    ck_assert_int_eq(nps_rake(margins, 2, NULL, 4, &options, weights, &report), NPS_ERR_CONVERGENCE);
    ck_assert(report.fault == NPS_RAKE_NOT_CONVERGED && report.distance > 0.1 && report.rounds == 50);
    report = new_report();
    ck_assert_int_eq(nps_rake(&margin, 1, &zeros, 4, &standard, weights, &report), NPS_ERR_EMPTY);
    first.length = second.length = 0;
    ck_assert_int_eq(nps_rake(&margin, 1, NULL, 0, &standard, weights, NULL), NPS_ERR_EMPTY);
}
END_TEST

START_TEST(wrong_arguments)
{
    int32_t a[] = {0, 1};
    double totals[] = {5, 5}, weights[2];
    nps_column first = integers(a, 2), shorter = integers(a, 1), one = doubles(totals, 1);
    nps_margin margin = {.columns = &first, .dimensions = 1, .count = 2, .keys = numbers, .totals = totals}, bad;
    nps_rake_options options = standard;
    ck_assert_int_eq(nps_rake(&margin, 1, NULL, 2, &standard, weights, NULL), NPS_OK);
    ck_assert_int_eq(nps_rake(NULL, 1, NULL, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rake(&margin, 0, NULL, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rake(&margin, 1, NULL, 2, NULL, weights, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rake(&margin, 1, NULL, 2, &standard, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rake(&margin, 1, NULL, 3, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_rake(&margin, 1, &one, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    bad = margin;
    bad.columns = &shorter;
    ck_assert_int_eq(nps_rake(&bad, 1, NULL, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    bad = margin;
    bad.dimensions = 0;
    ck_assert_int_eq(nps_rake(&bad, 1, NULL, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    bad = margin;
    bad.totals = NULL;
    ck_assert_int_eq(nps_rake(&bad, 1, NULL, 2, &standard, weights, NULL), NPS_ERR_ARGUMENT);
    const double wrong[][4] = {{-1, 0, 0, 0},  {NAN, 0, 0, 0}, {0, 1.5, 0, 0}, {0, -1, 0, 0},
                               {0, 0, 0.5, 0}, {0, 0, NAN, 0}, {0, 0, 0, -1},  {0, 0, 0, 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        options = (nps_rake_options){sizeof options, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], 0, NULL};
        ck_assert_int_eq(nps_rake(&margin, 1, NULL, 2, &options, weights, NULL), NPS_ERR_ARGUMENT);
    }
}
END_TEST

START_TEST(memory_fails)
{
    uint64_t state = 3;
    random_survey given;
    double weights[MOST];
    make_survey(&state, &given);
    nps_column base = doubles(given.base, given.rows);
    int refused = 0;
    for (int64_t fail_at = 0;; fail_at++) {
        test_memory memory;
        nps_allocator allocator;
        nps_rake_options options = standard;
        test_memory_start(&memory, fail_at, &allocator);
        options.allocator = &allocator;
        options.highest = 1.9;
        int status = nps_rake(given.margins, 3, &base, given.rows, &options, weights, NULL);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
        if (memory.requests <= fail_at) {
            ck_assert_int_eq(status, NPS_OK);
            break;
        }
        ck_assert(status == NPS_ERR_MEMORY || status == NPS_OK);
        refused += status == NPS_ERR_MEMORY;
    }
    ck_assert_int_gt(refused, 3);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, cells);
    tcase_add_test(tcase, solution);
    tcase_add_test(tcase, bounds);
    tcase_add_test(tcase, odd_weights);
    tcase_add_test(tcase, faults);
    tcase_add_test(tcase, wrong_arguments);
    tcase_add_test(tcase, memory_fails);
}

int main(void)
{
    return test_main("raking", add);
}
