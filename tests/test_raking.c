/* What raked weights are: against references, against what defines them, and under changes that must not matter. */
#include <nps/weighted.h>

#include "raking_problem.h"

/* Relative, of a weight, with margins within 1e-14. */
#define REFERENCE_ERROR 3e-12

/* Numbers in text, one behind the other. */
static double take_number(char **at)
{
    double number = **at == 'n' ? NO_VALUE : strtod(*at, at);
    if (number == NO_VALUE) (*at)++;
    return number;
}

/* "key,key*base ..." */
static rake_problem *read_rows(const char *text)
{
    size_t rows = 0;
    for (const char *c = text; *c != '\0'; c++) rows += *c == '*';
    rake_problem *made = problem_new(rows);
    char *at = (char *)(uintptr_t)text;
    for (size_t i = 0; i < rows; i++, at += *at == ' ') {
        for (int column = 0; column == 0 || *at == ','; column++) {
            at += *at == ',';
            set_key(made, column, i, (int64_t)take_number(&at));
        }
        at++;
        made->base[i] = take_number(&at);
    }
    return made;
}

/* "column;column=key/key:total ...|..." */
static void read_margins(rake_problem *problem, const char *text)
{
    for (char *at = (char *)(uintptr_t)text; *at != '\0'; at += *at == '|') {
        int first = (int)take_number(&at), second = NO_VALUE;
        if (*at++ == ';') {
            second = (int)take_number(&at);
            at++;
        }
        problem_margin *margin = add_margin(problem, first, second);
        for (; *at != '\0' && *at != '|'; at += *at == ' ') {
            int64_t key[2] = {(int64_t)take_number(&at), 0};
            if (*at++ == '/') {
                key[1] = (int64_t)take_number(&at);
                at++;
            }
            add_target(margin, key[0], key[1], take_number(&at));
        }
    }
}

/* tests/reference/raking.csv: Newton's method on the dual, in 50 digits. */
START_TEST(reference)
{
    test_csv *csv = test_csv_read("raking.csv");
    ck_assert_uint_gt(csv->rows, 30);
    for (size_t line = 0; line < csv->rows; line++) {
        rake_problem *problem = read_rows(test_csv_cell(csv, line, "rows"));
        read_margins(problem, test_csv_cell(csv, line, "margins"));
        double total = test_csv_number(csv, line, "total"), worst = 0;
        problem->options.total = isnan(total) ? 0 : total;
        problem->options.lowest = test_csv_number(csv, line, "lowest");
        problem->options.highest = test_csv_number(csv, line, "highest");
        problem->options.tolerance = 1e-14;
        problem->options.rounds = 100000; /* one, with base weights over 18 decades, takes 14000 */
        ck_status(rake(problem), NPS_OK);
        char *at = (char *)(uintptr_t)test_csv_cell(csv, line, "weights");
        for (size_t i = 0; i < problem->rows; i++)
            worst = fmax(worst, test_relative_error(problem->weights[i], strtod(at, &at)));
        ck_assert_msg(worst < REFERENCE_ERROR, "%s: relative error %g", test_csv_cell(csv, line, "name"), worst);
        problem_free(problem);
    }
    test_csv_free(csv);
}
END_TEST

static nps_column text_column(const test_csv *csv, const char *name, char *bytes, int32_t *offsets)
{
    offsets[0] = 0;
    for (size_t i = 0; i < csv->rows; i++) {
        const char *cell = test_csv_cell(csv, i, name);
        memcpy(bytes + offsets[i], cell, strlen(cell));
        offsets[i + 1] = offsets[i] + (int32_t)strlen(cell);
    }
    return (nps_column){.type = NPS_TYPE_UTF8, .length = csv->rows, .values = bytes, .offsets = offsets};
}

static void must_match_survey(const test_csv *csv, const double *weights, const char *name, size_t line)
{
    test_csv *expected = test_csv_read("design/rake_expected.csv");
    nps_weighted sum;
    double score, size, effect;
    ck_status(nps_weighted_init(&sum, NULL), NPS_OK);
    ck_assert_str_eq(test_csv_cell(expected, line, "weights"), name);
    for (size_t i = 0; i < csv->rows; i++) {
        ck_assert_double_lt(test_relative_error(weights[i], test_csv_number(csv, i, name)), 1e-12);
        ck_status(nps_weighted_add(&sum, (int32_t)test_csv_number(csv, i, "answer"), weights[i]), NPS_OK);
    }
    ck_status(nps_weighted_score(&sum, &score), NPS_OK);
    ck_status(nps_weighted_effective_size(&sum, &size), NPS_OK);
    ck_status(nps_weighted_design_effect(&sum, &effect), NPS_OK);
    ck_near(score, test_csv_number(expected, line, "score"), 1e-11);
    ck_near(size, test_csv_number(expected, line, "kish_n_eff"), 1e-12);
    ck_near(effect, test_csv_number(expected, line, "kish_deff"), 1e-12);
    test_csv_free(expected);
}

/* tests/reference/design/rake.csv: text columns, raked by age and sex, and post-stratified by age. */
START_TEST(survey)
{
    static const char names[2][8] = {"age", "sex"};
    test_csv *csv = test_csv_read("design/rake.csv"), *targets = test_csv_read("design/rake_targets.csv");
    ck_assert_uint_eq(csv->rows, 150);
    char bytes[2][1500];
    int32_t offsets[2][151];
    nps_column columns[2], base;
    nps_key keys[2][4];
    double totals[2][4], weight[150], out[150];
    nps_margin margins[2];
    for (int m = 0; m < 2; m++) {
        columns[m] = text_column(csv, names[m], bytes[m], offsets[m]);
        margins[m] = (nps_margin){&columns[m], 1, 0, 0, keys[m], totals[m]};
        for (size_t i = 0; i < targets->rows; i++) {
            if (strcmp(test_csv_cell(targets, i, "margin"), names[m]) != 0) continue;
            const char *cell = test_csv_cell(targets, i, "category");
            keys[m][margins[m].count] = (nps_key){.type = NPS_KEY_BYTES, .bytes = cell, .length = strlen(cell)};
            totals[m][margins[m].count++] = test_csv_number(targets, i, "total");
        }
    }
    for (size_t i = 0; i < 150; i++) weight[i] = test_csv_number(csv, i, "weight");
    base = f64_column(weight, 150);
    nps_rake_options options = {.struct_size = sizeof options, .tolerance = 1e-14};
    nps_rake_report report = {.struct_size = sizeof report};
    ck_status(nps_rake(margins, 2, &base, 150, &options, out, &report), NPS_OK);
    must_match_survey(csv, out, "raked", 0);
    ck_near(report.effective_size, 133.4202366888701, 1e-12); /* rake_expected.csv */
    ck_near(report.design_effect, 1.124267230538596, 1e-12);
    ck_status(nps_rake(margins, 1, &base, 150, &options, out, &report), NPS_OK);
    ck_assert_uint_eq(report.rounds, 1);
    must_match_survey(csv, out, "poststratified", 1);
    test_csv_free(csv);
    test_csv_free(targets);
}
END_TEST

static double mean_of(const rake_problem *problem)
{
    double sum = 0, live = 0;
    for (size_t i = 0; i < problem->rows; i++) sum += problem->weights[i], live += problem->base[i] > 0;
    return sum / live;
}

static int same_cell(const rake_problem *problem, size_t a, size_t b)
{
    int same = 1;
    for (size_t m = 0; same && m < problem->margin_count; m++)
        same = category_of(problem, m, a) == category_of(problem, m, b);
    return same;
}

/*
 * What defines the solution, margins aside (the conditions of Karush, Kuhn and Tucker of a convex problem, so that
 * nothing else satisfies them): each weight is its base weight times a factor of its cell, held to the bounds, and the
 * logarithms of these factors are sums over the margins, which for the first margin against the others means that the
 * ratio of two rows' factors is the same wherever they differ in the first margin only.
 */
static void must_be_nearest(const rake_problem *problem)
{
    double mean = mean_of(problem), low = problem->options.lowest * mean, high = problem->options.highest * mean;
    size_t rows = problem->rows, count = problem->margins[0].count;
    double *ratio = problem_block(count * count, sizeof *ratio);
    for (size_t a = 0; a < rows; a++) {
        double wa = problem->weights[a], factor = wa / problem->base[a];
        if (problem->base[a] <= 0) ck_assert_double_eq(wa, 0);
        if (problem->base[a] <= 0 || wa <= low * (1 + 1e-12) || (high > 0 && wa >= high * (1 - 1e-12))) continue;
        for (size_t b = 0; b < rows; b++) {
            double wb = problem->weights[b], raw = factor * problem->base[b];
            if (problem->base[b] <= 0) continue;
            size_t first_a = category_of(problem, 0, a), first_b = category_of(problem, 0, b);
            if (same_cell(problem, a, b)) {
                double held = high > 0 ? fmin(raw, high) : raw;
                ck_assert_double_lt(test_relative_error(wb, fmax(held, low)), 1e-9);
            }
            int others = first_a != first_b && wb > low * (1 + 1e-12) && (high == 0 || wb < high * (1 - 1e-12));
            for (size_t m = 1; others && m < problem->margin_count; m++)
                others = category_of(problem, m, a) == category_of(problem, m, b);
            if (!others) continue;
            double *known = ratio + first_a * count + first_b, now = wb / raw;
            if (*known == 0) *known = now;
            ck_assert_double_lt(test_relative_error(now, *known), 1e-9);
        }
    }
    free(ratio);
}

/* The report against sums over the weights. */
static void must_report(const rake_problem *problem)
{
    double mean = mean_of(problem), sum = 0, squares = 0, least = HUGE_VAL, most = 0, live = 0, standing = 0;
    const nps_rake_report *report = &problem->report;
    for (size_t i = 0; i < problem->rows; i++) {
        double w = problem->weights[i];
        if (problem->base[i] <= 0) continue;
        sum += w, squares += w * w, live++;
        least = fmin(least, w), most = fmax(most, w);
        standing += problem->options.lowest > 0 && fabs(w / (mean * problem->options.lowest) - 1) < 1e-9;
        standing += problem->options.highest > 0 && fabs(w / (mean * problem->options.highest) - 1) < 1e-9;
    }
    ck_assert_int_eq(report->fault, NPS_RAKE_FINE);
    ck_assert_double_le(report->distance, 1e-10);
    ck_near(report->smallest, least / mean, 1e-9);
    ck_near(report->largest, most / mean, 1e-9);
    ck_near(report->effective_size, sum * sum / squares, 1e-12);
    ck_near(report->design_effect, live * squares / (sum * sum), 1e-12);
    ck_assert_double_eq((double)report->at_bounds, standing);
}

/* Samples of up to 600 rows, more than a block, with null keys, zero weights and cells. */
START_TEST(random_samples_reach_the_nearest_weights)
{
    uint64_t seed = 21;
    for (int round = 0; round < 120; round++) {
        size_t margins = 1 + test_below(&seed, 4);
        rake_problem *problem =
            random_problem(&seed, round % 8 == 0 ? 600 : 150, margins, round % 4, round % 3 == 0 ? 0 : 6);
        if (round % 5 == 0) problem->options.total = 1000;
        ck_status(rake(problem), NPS_OK);
        ck_assert_double_lt(worst_distance(problem), 1.001e-10);
        must_be_nearest(problem);
        must_report(problem);
        if (margins == 1 && round % 4 == 0) ck_assert_uint_eq(problem->report.rounds, 1);
        problem_free(problem);
    }
}
END_TEST

/* Weights of the same problem told differently, in the order of its rows. */
static void must_be_same(rake_problem *problem, const double *expected, double scale, double tolerance)
{
    ck_status(rake(problem), NPS_OK);
    for (size_t i = 0; i < problem->rows; i++)
        ck_assert_double_le(test_relative_error(problem->weights[i], expected[i] * scale), tolerance);
}

static double *copy_weights(const rake_problem *problem)
{
    double *copy = problem_block(problem->rows, sizeof *copy);
    memcpy(copy, problem->weights, problem->rows * sizeof *copy);
    return copy;
}

static void scale_totals(rake_problem *problem, double scale)
{
    for (size_t m = 0; m < problem->margin_count; m++)
        for (size_t c = 0; c < problem->margins[m].count; c++) problem->margins[m].totals[c] *= scale;
}

static void scale_base(rake_problem *problem, double scale)
{
    for (size_t i = 0; i < problem->rows; i++) problem->base[i] *= scale;
}

/* Totals times a factor: weights too. Base weights times one: no change. Powers of two: to the bit. */
START_TEST(scales)
{
    uint64_t seed = 22;
    for (int bounded = 0; bounded < 4; bounded++) {
        rake_problem *problem = random_problem(&seed, 300, 3, bounded, 2);
        ck_status(rake(problem), NPS_OK);
        double *weights = copy_weights(problem);
        scale_totals(problem, 0x1p700);
        must_be_same(problem, weights, 0x1p700, 0);
        scale_totals(problem, 0x1p-700);
        scale_totals(problem, 0x1p-700);
        must_be_same(problem, weights, 0x1p-700, 0);
        scale_totals(problem, 0x1p700 * 3);
        must_be_same(problem, weights, 3, 1e-9);
        scale_totals(problem, 1 / 3.0);
        scale_base(problem, 0x1p900);
        must_be_same(problem, weights, 1, 1e-9);
        free(weights);
        weights = copy_weights(problem);
        scale_base(problem, 0x1p-900);
        scale_base(problem, 0x1p-900);
        must_be_same(problem, weights, 1, 0);
        free(weights);
        problem_free(problem);
    }
}
END_TEST

/* Raked weights raked again, with what bounds there are: within what the tolerance leaves open. */
START_TEST(raking_again_changes_nothing)
{
    uint64_t seed = 23;
    for (int bounded = 0; bounded < 4; bounded++) {
        rake_problem *problem = random_problem(&seed, 300, 3, bounded, 2);
        problem->options.tolerance = 1e-13;
        ck_status(rake(problem), NPS_OK);
        double *weights = copy_weights(problem);
        memcpy(problem->base, weights, problem->rows * sizeof *weights);
        must_be_same(problem, weights, 1, 1e-12);
        ck_assert_uint_le(problem->report.rounds, 2);
        free(weights);
        problem_free(problem);
    }
}
END_TEST

static void swap_rows(rake_problem *problem, size_t a, size_t b)
{
    double base = problem->base[a];
    problem->base[a] = problem->base[b];
    problem->base[b] = base;
    for (int c = 0; c < MOST_COLUMNS; c++) {
        int64_t key = problem->keys[c][a];
        set_key(problem, c, a, problem->keys[c][b]);
        set_key(problem, c, b, key);
    }
}

START_TEST(order_of_rows)
{
    uint64_t seed = 24;
    for (int round = 0; round < 12; round++) {
        rake_problem *problem = random_problem(&seed, 500, 3, round % 4, 3);
        ck_status(rake(problem), NPS_OK);
        double *weights = copy_weights(problem);
        for (size_t i = problem->rows - 1; i > 0; i--) {
            size_t j = (size_t)test_below(&seed, i + 1);
            double weight = weights[i];
            swap_rows(problem, i, j);
            weights[i] = weights[j];
            weights[j] = weight;
        }
        must_be_same(problem, weights, 1, 1e-13);
        free(weights);
        problem_free(problem);
    }
}
END_TEST

/* The solution is one: margins in another order lead to it another way. */
START_TEST(order_of_margins)
{
    uint64_t seed = 25;
    for (int bounded = 0; bounded < 4; bounded++) {
        rake_problem *problem = random_problem(&seed, 300, 3, bounded, 2);
        problem->options.tolerance = 1e-13;
        ck_status(rake(problem), NPS_OK);
        double *weights = copy_weights(problem);
        problem_margin margin = problem->margins[0];
        problem->margins[0] = problem->margins[2];
        problem->margins[2] = margin;
        must_be_same(problem, weights, 1, 1e-10);
        free(weights);
        problem_free(problem);
    }
}
END_TEST

/* Base weights from 1e-9 to 1e9, one respondent who outweighs all, a sample of one. */
START_TEST(lopsided_samples)
{
    uint64_t seed = 26;
    for (int bounded = 0; bounded < 4; bounded++) {
        rake_problem *problem = random_problem(&seed, 200, 2, bounded, 18);
        problem->options.rounds = 100000;
        ck_status(rake(problem), NPS_OK);
        must_be_nearest(problem);
        problem->base[0] = 1e15;
        ck_status(rake(problem), NPS_OK);
        ck_assert_double_lt(worst_distance(problem), 1.001e-10);
        must_be_nearest(problem);
        problem_free(problem);
    }
    rake_problem *alone = problem_new(1);
    add_target(add_margin(alone, 0, NO_VALUE), 0, 0, 12.5);
    add_target(add_margin(alone, 1, NO_VALUE), 0, 0, 12.5);
    alone->base[0] = 1e-300;
    alone->options.lowest = alone->options.highest = 1;
    ck_status(rake(alone), NPS_OK);
    ck_assert_double_eq(alone->weights[0], 12.5);
    ck_assert_double_eq(alone->report.effective_size, 1);
    ck_assert_double_eq(alone->report.design_effect, 1);
    ck_assert_uint_eq(alone->report.at_bounds, 1);
    problem_free(alone);
}
END_TEST

/* Within category 0 one row of 1e9 and nine of 1; the others 1. Total 10 each, no weight above twice the mean: the
 * heavy one stands at 2, the nine share 8. By hand. */
START_TEST(trimmed_by_hand)
{
    rake_problem *problem = problem_new(20);
    problem_margin *margin = add_margin(problem, 0, NO_VALUE);
    add_target(margin, 0, 0, 10);
    add_target(margin, 1, 0, 10);
    for (size_t i = 10; i < 20; i++) set_key(problem, 0, i, 1);
    problem->base[3] = 1e9;
    problem->options.highest = 2;
    ck_status(rake(problem), NPS_OK);
    for (size_t i = 0; i < 20; i++) ck_near(problem->weights[i], i == 3 ? 2 : i < 10 ? 8 / 9.0 : 1, 1e-10);
    ck_assert_uint_eq(problem->report.at_bounds, 1);
    ck_near(problem->report.largest, 2, 1e-10);
    ck_near(problem->report.smallest, 8 / 9.0, 1e-10);
    problem_free(problem);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, survey);
    tcase_add_test(tcase, random_samples_reach_the_nearest_weights);
    tcase_add_test(tcase, scales);
    tcase_add_test(tcase, raking_again_changes_nothing);
    tcase_add_test(tcase, order_of_rows);
    tcase_add_test(tcase, order_of_margins);
    tcase_add_test(tcase, lopsided_samples);
    tcase_add_test(tcase, trimmed_by_hand);
}

int main(void)
{
    return test_main("raking", add);
}
