#include <math.h>
#include <stdio.h>

#include "design_rows.h"

/* Within this of R, relative. R works in doubles and subtracts the mean: its last digits are not right. */
#define AS_R 2e-14

/* Everything, and domains of one letter, of which d is nowhere. */
static const char domains[] = {0, 'a', 'b', 'c', 'd'};
#define DOMAINS (sizeof domains)

static void must_be(double actual, const test_csv *csv, size_t row, const char *column, double tolerance)
{
    double expected = test_csv_number(csv, row, column);
    double error = isnan(expected) && isnan(actual) ? 0 : test_relative_error(actual, expected);
    ck_assert_msg(error <= tolerance, "row %zu, %s: %.17g, not %.17g", row, column, actual, expected);
}

static void must_be_as_r(const nps_design *design, const test_csv *csv, size_t row, char domain)
{
    int32_t lonely;
    nps_design_result result;
    const char *name = test_csv_cell(csv, row, "lonely");
    ck_status(nps_lonely(name, strlen(name), &lonely), NPS_OK);
    int status = estimate_of(design, domain, lonely, &result);
    if (strcmp(test_csv_cell(csv, row, "error"), "SINGULAR") == 0) {
        ck_status(status, NPS_ERR_SINGULAR);
        return;
    }
    ck_status(status, NPS_OK);
    must_be(result.score, csv, row, "score", AS_R);
    must_be(result.standard_error, csv, row, "se", AS_R);
    must_be(result.df, csv, row, "df", 0);
    must_be(result.promoter_share, csv, row, "promoter_share", AS_R);
    must_be(result.detractor_share, csv, row, "detractor_share", AS_R);
    must_be(result.design_effect, csv, row, "deff", AS_R);
    must_be(result.design_effect_population, csv, row, "deff_fpc", AS_R);
    must_be(result.effective_size, csv, row, "n_eff", AS_R);
    ck_near(result.passive_share, 1 - result.promoter_share - result.detractor_share, 1e-15);
}

/* Files of a design each. */
START_TEST(as_in_reference)
{
    test_csv *csv = test_csv_read("design/expected.csv");
    for (size_t i = 0; i < csv->rows; i++) {
        char name[100];
        snprintf(name, sizeof name, "design/%s.csv", test_csv_cell(csv, i, "dataset"));
        int spec = spec_of(test_csv_cell(csv, i, "spec"));
        design_rows rows = read_rows(name, NULL);
        nps_design *design = design_of(spec, &rows);
        must_be_as_r(design, csv, i, 0);
        must_be_as_r(design, csv, i, 'a');
        nps_design_free(design);
        free(rows.row);
    }
    ck_assert_uint_eq(csv->rows, 30);
    test_csv_free(csv);
}
END_TEST

/* tests/reference/generate/design.R: weights of 0, domains, strata of one PSU, weights of 1e-9 and of 1e9. */
START_TEST(as_in_r)
{
    test_csv *csv = test_csv_read("design/more_expected.csv");
    for (size_t i = 0; i < csv->rows; i++) {
        design_rows rows = read_rows("design/more.csv", test_csv_cell(csv, i, "dataset"));
        nps_design *design = design_of(spec_of(test_csv_cell(csv, i, "spec")), &rows);
        must_be_as_r(design, csv, i, test_csv_cell(csv, i, "domain")[0]);
        nps_design_free(design);
        free(rows.row);
    }
    ck_assert_uint_eq(csv->rows, 117);
    test_csv_free(csv);
}
END_TEST

/* tests/reference/generate/design.py: where doubles would cancel. In fractions, so right to a few units. */
START_TEST(as_in_fractions)
{
    test_csv *csv = test_csv_read("design/exact_expected.csv");
    for (size_t i = 0; i < csv->rows; i++) {
        nps_design_result result;
        design_rows rows = read_rows("design/exact.csv", test_csv_cell(csv, i, "dataset"));
        nps_design *design = design_of(spec_of(test_csv_cell(csv, i, "spec")), &rows);
        ck_status(estimate_of(design, test_csv_cell(csv, i, "domain")[0], NPS_LONELY_FAIL, &result), NPS_OK);
        must_be(result.score, csv, i, "score", 2e-16);
        must_be(result.standard_error, csv, i, "se", 1e-15);
        must_be(result.design_effect, csv, i, "deff", 2e-15);
        must_be(result.effective_size, csv, i, "n_eff", 2e-15);
        nps_design_free(design);
        free(rows.row);
    }
    ck_assert_uint_eq(csv->rows, 60);
    test_csv_free(csv);
}
END_TEST

/* The oracle: the definitions of design.h, in loops over the rows. */

typedef struct oracle {
    const design_rows *rows;
    int spec;
    char domain;
    long double weight, mean;
} oracle;

static int counts(const oracle *by, size_t i)
{
    return is_answer(by->rows->row[i].answer);
}

static int in_domain(const oracle *by, size_t i)
{
    return counts(by, i) && (by->domain == 0 || by->rows->row[i].domain == by->domain);
}

static int same_stratum(const oracle *by, size_t i, size_t j)
{
    return counts(by, i) && counts(by, j) && one_stratum(by->spec, by->rows->row + i, by->rows->row + j);
}

static int same_psu(const oracle *by, size_t i, size_t j)
{
    return same_stratum(by, i, j) && together(by->spec, by->rows->row + i, by->rows->row + j, i, j);
}

/* Whether row i is the first of those that are like it, and `with`. */
static int is_first(const oracle *by, size_t i, int (*like)(const oracle *, size_t, size_t),
                    int (*with)(const oracle *, size_t))
{
    if (!with(by, i)) return 0;
    for (size_t j = 0; j < i; j++)
        if (like(by, i, j) && with(by, j)) return 0;
    return 1;
}

static int weighs(const oracle *by, size_t i)
{
    return in_domain(by, i) && by->rows->row[i].weight > 0;
}

static long double part_of(const oracle *by, size_t i)
{
    const design_row *row = by->rows->row + i;
    return in_domain(by, i) ? row->weight * (class_of(row->answer) - by->mean) / by->weight : 0;
}

static long double psu_total(const oracle *by, size_t psu)
{
    long double sum = 0;
    for (size_t i = 0; i < by->rows->count; i++)
        if (same_psu(by, psu, i)) sum += part_of(by, i);
    return sum;
}

/* A stratum, named by its first row: its PSUs, and the sum of squares of their totals less the average. */
static long double stratum_squares(const oracle *by, size_t stratum, double *psus)
{
    long double sum = 0, squares = 0;
    size_t n = by->rows->count;
    *psus = 0;
    for (size_t i = 0; i < n; i++)
        if (same_stratum(by, stratum, i) && is_first(by, i, same_psu, counts)) (*psus)++;
    for (size_t i = 0; i < n; i++)
        if (same_stratum(by, stratum, i)) sum += part_of(by, i);
    for (size_t i = 0; i < n; i++) {
        if (!same_stratum(by, stratum, i) || !is_first(by, i, same_psu, counts)) continue;
        long double away = psu_total(by, i) - sum / *psus;
        squares += away * away;
    }
    return *psus == 1 ? sum * sum : squares;
}

static void count_domain(const oracle *by, nps_design_result *out)
{
    for (size_t i = 0; i < by->rows->count; i++) {
        out->strata += (uint64_t)is_first(by, i, same_stratum, in_domain);
        out->psus += (uint64_t)is_first(by, i, same_psu, in_domain);
        out->df += is_first(by, i, same_psu, weighs) - is_first(by, i, same_stratum, weighs);
    }
}

static int variance_by_rows(const oracle *by, int32_t lonely, nps_design_result *out, long double *variance)
{
    *variance = 0;
    for (size_t i = 0; i < by->rows->count; i++) {
        double psus, population = by->spec & USE_POPULATIONS ? by->rows->row[i].population : INFINITY;
        if (!is_first(by, i, same_stratum, in_domain)) continue;
        long double squares = stratum_squares(by, i, &psus), left = isinf(population) ? 1 : 1 - psus / population;
        if (psus == population) continue;
        out->lonely += psus == 1;
        if (psus > 1) *variance += left * psus / (psus - 1) * squares;
        if (psus == 1 && lonely == NPS_LONELY_ADJUST) *variance += left * squares;
    }
    if (lonely == NPS_LONELY_AVERAGE && out->lonely > 0)
        *variance *= (long double)out->strata / (long double)(out->strata - out->lonely);
    return lonely == NPS_LONELY_FAIL && out->lonely > 0 ? NPS_ERR_SINGULAR : NPS_OK;
}

static int estimate_by_rows(const design_rows *rows, int spec, char domain, int32_t lonely, nps_design_result *out)
{
    oracle by = {rows, spec, domain, 0, 0};
    long double sum = 0, weight[3] = {0, 0, 0}, n = 0, variance, answer;
    int found = domain == 0;
    *out = (nps_design_result){.struct_size = sizeof *out};
    for (size_t i = 0; i < rows->count; i++) {
        found |= rows->row[i].domain == domain;
        if (!weighs(&by, i)) continue;
        n++;
        by.weight += rows->row[i].weight;
        sum += rows->row[i].weight * class_of(rows->row[i].answer);
        weight[1 + class_of(rows->row[i].answer)] += rows->row[i].weight;
    }
    if (!found) return NPS_ERR_NOT_FOUND;
    if (n == 0) return NPS_ERR_EMPTY;
    by.mean = sum / by.weight;
    count_domain(&by, out);
    int status = variance_by_rows(&by, lonely, out, &variance);
    answer = (weight[0] + weight[2]) / by.weight - by.mean * by.mean;
    int flat = weight[0] == by.weight || weight[1] == by.weight || weight[2] == by.weight;
    if (flat) answer = variance = isnan(variance) ? NAN : 0;
    out->score = (double)(100 * by.mean);
    out->standard_error = (double)(100 * sqrtl(variance));
    out->detractor_share = (double)(weight[0] / by.weight);
    out->passive_share = (double)(weight[1] / by.weight);
    out->promoter_share = (double)(weight[2] / by.weight);
    out->design_effect = flat ? (double)NAN : (double)(variance * (n - 1) / answer);
    out->design_effect_population =
        by.weight > n && !flat ? (double)(variance * (n - 1) / answer * by.weight / (by.weight - n)) : (double)NAN;
    out->effective_size = flat || !(variance > 1e-25L) ? (double)NAN : (double)(answer / variance);
    return status;
}

static void must_agree(const nps_design_result *actual, const nps_design_result *expected)
{
    ck_near(actual->score, expected->score, 1e-13);
    /* What is 0 by cancelling is not quite 0 in the oracle. */
    ck_near(actual->standard_error, expected->standard_error, 1e-11);
    ck_near(actual->detractor_share, expected->detractor_share, 1e-15);
    ck_near(actual->passive_share, expected->passive_share, 1e-15);
    ck_near(actual->promoter_share, expected->promoter_share, 1e-15);
    ck_near(actual->df, expected->df, 0);
    ck_near(actual->design_effect, expected->design_effect, 1e-12);
    ck_near(actual->design_effect_population, expected->design_effect_population, 1e-12);
    ck_near(actual->effective_size, expected->effective_size, 1e-12);
    ck_assert_uint_eq(actual->strata, expected->strata);
    ck_assert_uint_eq(actual->psus, expected->psus);
    ck_assert_uint_eq(actual->lonely, expected->lonely);
}

START_TEST(as_by_rows)
{
    int estimated = 0, singular = 0, empty = 0, undefined = 0;
    for (uint64_t round = 0; round < 150; round++) {
        uint64_t seed = 1000 * (uint64_t)_i + round;
        design_rows rows = random_rows(&seed, _i);
        nps_design *design = design_of(_i, &rows);
        for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
            for (size_t d = 0; d < DOMAINS; d++) {
                nps_design_result actual, expected;
                int status = estimate_by_rows(&rows, _i, domains[d], lonely, &expected);
                ck_status(estimate_of(design, domains[d], lonely, &actual), status);
                if (status == NPS_OK) must_agree(&actual, &expected);
                estimated += status == NPS_OK;
                singular += status == NPS_ERR_SINGULAR;
                empty += status == NPS_ERR_EMPTY;
                undefined += status == NPS_OK && isnan(actual.standard_error);
            }
        }
        nps_design_free(design);
        free(rows.row);
    }
    ck_assert(estimated > 500 && singular > 3 && empty > 10 && undefined > 0);
}
END_TEST

static void must_be_equal(const nps_design *a, const nps_design *b)
{
    for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
        for (size_t d = 0; d < DOMAINS; d++) {
            nps_design_result of_a, of_b;
            ck_status(estimate_of(a, domains[d], lonely, &of_a), estimate_of(b, domains[d], lonely, &of_b));
            ck_assert_mem_eq(&of_a, &of_b, sizeof of_a);
        }
    }
}

static double negated(double number)
{
    return number == 0 ? 0 : -number;
}

/* Promoters and detractors swapped: the score changes its sign and nothing else, to the last bit. */
START_TEST(mirrored)
{
    for (uint64_t round = 0; round < 500; round++) {
        uint64_t seed = 77000 * (uint64_t)(_i + 1) + round;
        design_rows rows = random_rows(&seed, _i);
        for (size_t i = 0; i < rows.count; i++) rows.row[i].weight /= 7;
        nps_design *design = design_of(_i, &rows), *mirror;
        for (size_t i = 0; i < rows.count; i++)
            if (is_answer(rows.row[i].answer)) rows.row[i].answer = 8 - 2 * class_of(rows.row[i].answer);
        for (size_t i = 0; i < rows.count; i++)
            if (rows.row[i].answer == 10) rows.row[i].answer = 9;
        mirror = design_of(_i, &rows);
        for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
            nps_design_result one, other;
            nps_sample sample, mirrored_sample;
            int status = estimate_of(design, 0, lonely, &one);
            ck_status(estimate_of(mirror, 0, lonely, &other), status);
            if (status != NPS_OK) continue;
            double share = other.detractor_share;
            other.score = negated(other.score);
            other.detractor_share = other.promoter_share;
            other.promoter_share = share;
            ck_assert_mem_eq(&one, &other, sizeof one);
            status = nps_design_sample(design, NULL, lonely, 0.9, &sample);
            ck_status(nps_design_sample(mirror, NULL, lonely, 0.9, &mirrored_sample), status);
            if (status != NPS_OK) continue;
            ck_assert_double_eq(sample.detractors, mirrored_sample.promoters);
            ck_assert_double_eq(sample.promoters, mirrored_sample.detractors);
            ck_assert_double_eq(sample.passives, mirrored_sample.passives);
        }
        nps_design_free(design);
        nps_design_free(mirror);
        free(rows.row);
    }
}
END_TEST

/* All weights times a power of 2: no bit changes but in what knows the population by its weight. */
START_TEST(scaled)
{
    for (uint64_t round = 0; round < 200; round++) {
        uint64_t seed = 5000 * (uint64_t)(_i + 1) + round;
        design_rows rows = random_rows(&seed, _i);
        nps_design *design = design_of(_i, &rows), *scaled_design;
        for (size_t i = 0; i < rows.count; i++) rows.row[i].weight = ldexp(rows.row[i].weight, (int)(round % 60) - 20);
        scaled_design = design_of(_i, &rows);
        for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
            nps_design_result one, other;
            ck_status(estimate_of(design, 0, lonely, &one), estimate_of(scaled_design, 0, lonely, &other));
            one.design_effect_population = other.design_effect_population = 0;
            ck_assert_mem_eq(&one, &other, sizeof one);
        }
        nps_design_free(design);
        nps_design_free(scaled_design);
        free(rows.row);
    }
}
END_TEST

/* Each row its own PSU in a container with clusters is the design without clusters. */
START_TEST(answers_are_psus)
{
    for (uint64_t round = 0; round < 200; round++) {
        uint64_t seed = 31000 + round;
        design_rows rows = random_rows(&seed, _i);
        nps_design *plain = design_of(_i, &rows), *clustered;
        for (size_t i = 0; i < rows.count; i++) rows.row[i].psu = (int64_t)i;
        clustered = design_of(_i | USE_CLUSTERS, &rows);
        for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
            nps_design_result one, other;
            int status = estimate_of(plain, 'b', lonely, &one);
            ck_status(estimate_of(clustered, 'b', lonely, &other), status);
            if (status != NPS_OK) continue;
            ck_near(one.standard_error, other.standard_error, 1e-14);
            ck_near(one.effective_size, other.effective_size, 1e-13);
            ck_assert_double_eq(one.df, other.df);
            ck_assert_uint_eq(one.psus, other.psus);
        }
        nps_design_free(plain);
        nps_design_free(clustered);
        free(rows.row);
    }
}
END_TEST

/* The bits of all estimates do not depend on how the work was split. */
START_TEST(split_and_merged)
{
    for (uint64_t round = 0; round < 60; round++) {
        uint64_t seed = 900 * (uint64_t)(_i + 1) + round;
        design_rows rows = random_rows(&seed, _i);
        for (size_t i = 0; i < rows.count; i++) rows.row[i].weight /= 3;
        nps_design *whole = design_of(_i, &rows), *parts[10], *merged = new_design(_i, NULL), *copy;
        for (size_t i = 0; i < 10; i++) parts[i] = new_design(_i, NULL);
        for (size_t i = rows.count; i-- > 0;)
            ck_status(add_row(parts[test_below(&seed, 10)], _i, rows.row + i), NPS_OK);
        size_t first = (size_t)test_below(&seed, 10), step = (size_t)(3 - 2 * test_below(&seed, 2));
        for (size_t i = 0; i < 10; i++) ck_status(nps_design_merge(merged, parts[(first + step * i) % 10]), NPS_OK);
        must_be_equal(whole, merged);
        ck_status(nps_design_copy(merged, &copy), NPS_OK);
        must_be_equal(whole, copy);
        ck_status(nps_design_sort(copy), NPS_OK);
        must_be_equal(whole, copy);
        for (size_t i = 0; i < rows.count / 2; i++) ck_status(remove_row(copy, _i, rows.row + i), NPS_OK);
        for (size_t i = rows.count / 2; i-- > 0;) ck_status(add_row(copy, _i, rows.row + i), NPS_OK);
        must_be_equal(whole, copy);
        for (size_t i = 0; i < 10; i++) nps_design_free(parts[i]);
        nps_design_free(whole);
        nps_design_free(merged);
        nps_design_free(copy);
        free(rows.row);
    }
}
END_TEST

/* Strata that were drawn in full do not make up for those that were not. */
START_TEST(more_than_the_population)
{
    nps_design *design = new_design(USE_STRATA, NULL);
    nps_design_result result;
    const design_row rows[] = {
        {1, 1, 'a', 9, 1, 2}, {1, 2, 'a', 3, 1, 2}, {2, 1, 'b', 3, 1, 1.5}, {2, 2, 'b', 8, 1, 1.5}};
    for (size_t i = 0; i < 4; i++) ck_status(add_row(design, USE_STRATA | USE_POPULATIONS, rows + i), NPS_OK);
    ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_ERR_RANGE);
    ck_status(estimate_of(design, 'a', NPS_LONELY_FAIL, &result), NPS_ERR_RANGE);
    ck_status(remove_row(design, USE_STRATA, rows + 3), NPS_OK);
    ck_status(estimate_of(design, 'a', NPS_LONELY_FAIL, &result), NPS_OK);
    ck_assert_double_eq(result.standard_error, 0);
    ck_status(estimate_of(design, 0, NPS_LONELY_FAIL, &result), NPS_ERR_SINGULAR);
    nps_design_free(design);
}
END_TEST

/* A stratum of 2^40 answers beside one of two: numbers that no loop over rows would reach. V = sum of v_h W_h^2 / W^2 /
 * (n_h - 1), with v_h the variance within a stratum, here 1. */
START_TEST(very_many_answers)
{
    nps_design *design = new_design(USE_STRATA, NULL), *twice;
    nps_design_result result;
    const design_row rows[] = {{1, 1, 'a', 9, 1, 0}, {1, 2, 'a', 3, 1, 0}};
    for (size_t i = 0; i < 2; i++) ck_status(add_row(design, USE_STRATA, rows + i), NPS_OK);
    for (int i = 0; i < 40; i++) {
        ck_status(nps_design_copy(design, &twice), NPS_OK);
        ck_status(nps_design_merge(design, twice), NPS_OK);
        nps_design_free(twice);
    }
    for (int32_t answer = 0; answer <= 10; answer += 10) {
        const design_row row = {2, 1, 'a', answer, 0x1p40, 0};
        ck_status(add_row(design, USE_STRATA, &row), NPS_OK);
    }
    ck_status(estimate_of(design, 'a', NPS_LONELY_FAIL, &result), NPS_OK);
    double n = 0x1p41;
    ck_near(result.standard_error / 100, sqrt(0.25 / (n - 1) + 0.25), 1e-15);
    ck_assert_double_eq(result.score, 0);
    ck_assert_uint_eq(result.psus, (UINT64_C(1) << 41) + 2);
    ck_assert_double_eq(result.df, n);
    nps_design_free(design);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, as_in_reference);
    tcase_add_test(tcase, as_in_r);
    tcase_add_test(tcase, as_in_fractions);
    tcase_add_loop_test(tcase, as_by_rows, 0, 8);
    tcase_add_loop_test(tcase, mirrored, 0, 8);
    tcase_add_loop_test(tcase, scaled, 0, 8);
    tcase_add_loop_test(tcase, answers_are_psus, 0, 2);
    tcase_add_loop_test(tcase, split_and_merged, 0, 8);
    tcase_add_test(tcase, more_than_the_population);
    tcase_add_test(tcase, very_many_answers);
}

int main(void)
{
    return test_main("design_variance", add);
}
