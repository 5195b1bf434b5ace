/* Why a score moved: against exact fractions, against the delta method done by brute force (see
 * tests/reference/README.md), against simulated waves and closed forms, and what is refused. What must hold of any
 * waves is in test_change_properties.c. */
#include <stdio.h>
#include <stdlib.h>

#include "change_problem.h"

/* "d/p/r;d/p/r;..." */
static size_t unpack(const char *text, nps_sample *samples)
{
    size_t count = 0;
    for (char *end; *text != '\0'; text = end + (*end == ';')) {
        double d = strtod(text, &end), p = strtod(end + 1, &end), r = strtod(end + 1, &end);
        ck_assert(count < MOST);
        samples[count++] = counts(d, p, r);
    }
    return count;
}

static int unpack_sizes(const char *text, double *sizes, size_t count)
{
    if (*text == '\0') return 0;
    char *end;
    for (size_t i = 0; i < count; i++, text = end + 1) sizes[i] = strtod(text, &end);
    return 1;
}

static void problem_of_row(const test_csv *csv, size_t row, problem *out)
{
    out->count = unpack(test_csv_cell(csv, row, "from"), out->from);
    ck_assert_uint_eq(unpack(test_csv_cell(csv, row, "to"), out->to), out->count);
    out->sized = unpack_sizes(test_csv_cell(csv, row, "from_sizes"), out->from_sizes, out->count);
    ck_assert_int_eq(unpack_sizes(test_csv_cell(csv, row, "to_sizes"), out->to_sizes, out->count), out->sized);
}

static nps_sample sample_of_row(const test_csv *csv, size_t row, const char *wave)
{
    char name[3][40];
    snprintf(name[0], sizeof name[0], "%s_detractors", wave);
    snprintf(name[1], sizeof name[1], "%s_passives", wave);
    snprintf(name[2], sizeof name[2], "%s_promoters", wave);
    return counts(test_csv_number(csv, row, name[0]), test_csv_number(csv, row, name[1]),
                  test_csv_number(csv, row, name[2]));
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("change.csv");
    size_t totals = 0, first = 0;
    ck_assert_uint_eq(csv->rows, 11);
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "segment"), "TOTAL") != 0) continue;
        problem p = {.count = row - first};
        nps_change_segment segments[MOST];
        double tol = test_csv_number(csv, row, "tol");
        for (size_t i = 0; i < p.count; i++) {
            p.from[i] = sample_of_row(csv, first + i, "from");
            p.to[i] = sample_of_row(csv, first + i, "to");
        }
        nps_change all = change_of(&p, segments);
        for (size_t i = 0; i < p.count; i++) {
            ck_near(segments[i].from_share, test_csv_number(csv, first + i, "from_share"), tol);
            ck_near(segments[i].to_share, test_csv_number(csv, first + i, "to_share"), tol);
            ck_near(segments[i].from_score, test_csv_number(csv, first + i, "from_nps"), tol);
            ck_near(segments[i].to_score, test_csv_number(csv, first + i, "to_nps"), tol);
            ck_near(segments[i].rate, test_csv_number(csv, first + i, "rate"), tol);
            ck_near(segments[i].mix, test_csv_number(csv, first + i, "mix"), tol);
        }
        ck_near(all.from, test_csv_number(csv, row, "from_nps"), tol);
        ck_near(all.to, test_csv_number(csv, row, "to_nps"), tol);
        ck_near(all.rate, test_csv_number(csv, row, "rate"), tol);
        ck_near(all.mix, test_csv_number(csv, row, "mix"), tol);
        ck_near(all.change, test_csv_number(csv, row, "change"), tol);
        ck_near(all.promoters_part, test_csv_number(csv, row, "promoters_part"), tol);
        ck_near(all.detractors_part, test_csv_number(csv, row, "detractors_part"), tol);
        first = row + 1;
        totals++;
    }
    ck_assert_uint_eq(totals, 3);
    test_csv_free(csv);
}
END_TEST

START_TEST(reference_errors)
{
    static const double levels[][2] = {{0.95, Z95}, {0.5, 0.6744897501960817}}; /* R: qnorm(.75) */
    static problem p;
    test_csv *csv = test_csv_read("change_errors.csv");
    size_t ruled = 0, sized = 0;
    ck_assert_uint_eq(csv->rows, 38);
    for (size_t row = 0; row < csv->rows; row++) {
        problem_of_row(csv, row, &p);
        double rate_error = test_csv_number(csv, row, "rate_error"), mix_error = test_csv_number(csv, row, "mix_error");
        ruled += strcmp(test_csv_cell(csv, row, "source"), "rule") == 0;
        sized += p.sized != 0;
        for (size_t i = 0; i < 2; i++) {
            nps_change all = {.struct_size = sizeof all};
            ck_status(explain(&p, levels[i][0], NULL, &all), NPS_OK);
            ck_near(all.from, test_csv_number(csv, row, "from_nps"), 4e-16);
            ck_near(all.to, test_csv_number(csv, row, "to_nps"), 4e-16);
            ck_near(all.change, test_csv_number(csv, row, "change"), 4e-16);
            ck_near(all.promoters_part, test_csv_number(csv, row, "promoters_part"), 4e-16);
            ck_near(all.detractors_part, test_csv_number(csv, row, "detractors_part"), 4e-16);
            ck_near(all.rate, test_csv_number(csv, row, "rate"), 4e-16);
            ck_near(all.mix, test_csv_number(csv, row, "mix"), 4e-16);
            if (rate_error > 1e-20) ck_assert(test_relative_error(all.rate_error, rate_error) < 1e-13);
            if (mix_error > 1e-20) ck_assert(test_relative_error(all.mix_error, mix_error) < 1e-13);
            ck_near(all.rate_error, rate_error, 1e-13);
            ck_near(all.mix_error, mix_error, 1e-13);
            ck_near(all.rate_lower, fmax(-200, all.rate - levels[i][1] * rate_error), 1e-13);
            ck_near(all.rate_upper, fmin(200, all.rate + levels[i][1] * rate_error), 1e-13);
            ck_near(all.mix_lower, fmax(-200, all.mix - levels[i][1] * mix_error), 1e-13);
            ck_near(all.mix_upper, fmin(200, all.mix + levels[i][1] * mix_error), 1e-13);
        }
    }
    ck_assert(ruled == 7 && sized == 11);
    test_csv_free(csv);
}
END_TEST

/* One segment: the change is its own, with the standard error of a difference. */
START_TEST(one_segment)
{
    problem p = {.count = 1, .from = {counts(20, 30, 50)}, .to = {counts(25, 30, 65)}};
    nps_change_segment segment;
    nps_change all = change_of(&p, &segment);
    ck_near(all.change, 100 / 3.0 - 30, 1e-15);
    ck_assert(all.rate == all.change && all.mix == 0 && all.mix_error == 0);
    ck_assert(all.mix_lower == 0 && all.mix_upper == 0);
    /* .7 - .09 over 100; 90/120 - 1/9 over 120 */
    ck_near(all.rate_error, 100 * sqrt(0.61 / 100 + (0.75 - 1 / 9.0) / 120), 1e-15);
    ck_assert(segment.from_share == 1 && segment.to_share == 1 && segment.rate == all.rate && segment.mix == 0);
}
END_TEST

/* Nobody in the first wave is of a segment of the second one: all is mix, and it is as sure as the difference of two
 * scores, those of all answers: between segments and within them. Totals 7/25/18 and 7/9/14. */
START_TEST(nobody_stays)
{
    problem p = {.count = 4,
                 .from = {counts(5, 20, 5), counts(2, 5, 13), counts(0, 0, 0), counts(0, 0, 0)},
                 .to = {counts(0, 0, 0), counts(0, 0, 0), counts(1, 2, 9), counts(6, 7, 5)}};
    nps_change all = change_of(&p, NULL);
    ck_near(all.from, 22, 1e-15);
    ck_near(all.to, 700 / 30.0, 1e-15);
    ck_assert(all.rate == 0 && all.rate_error == 0 && all.rate_lower == 0 && all.rate_upper == 0);
    ck_assert(all.mix == all.change);
    double from = (0.5 - 0.22 * 0.22) / 50, to = (0.7 - 49 / 900.0) / 30;
    ck_near(all.mix_error, 100 * sqrt(from + to), 1e-15);
}
END_TEST

/* Draws `answers` people: the cell of each of the cumulative shares. */
static void draw(uint64_t *seed, const double shares[4][3], size_t answers, nps_sample *out)
{
    double cells[4][3] = {{0}};
    for (size_t i = 0; i < answers; i++) {
        double u = (double)(test_random(seed) >> 11) * 0x1p-53;
        size_t at = 0;
        for (; at < 11 && u >= shares[at / 3][at % 3]; at++) u -= shares[at / 3][at % 3];
        cells[at / 3][at % 3]++;
    }
    for (size_t g = 0; g < 4; g++) out[g] = counts(cells[g][0], cells[g][1], cells[g][2]);
}

/* The intervals of level .95 hold the true effects in 95 of 100 simulated pairs of waves; 2000 of them, so that what is
 * seen is within .015 of the truth, three standard errors. Shares of all answers by segment and class; those effects
 * are of a population as large as you like, to the digits here. */
START_TEST(coverage)
{
    static const double shares[][2][4][3] = {
        {{{0.08, 0.10, 0.22}, {0.06, 0.09, 0.15}, {0.09, 0.07, 0.04}, {0.02, 0.03, 0.05}},
         {{0.03, 0.06, 0.16}, {0.08, 0.09, 0.13}, {0.12, 0.13, 0.10}, {0.01, 0.03, 0.06}}},
        {{{0.02, 0.08, 0.60}, {0.15, 0.05, 0.02}, {0.02, 0.02, 0.01}, {0.01, 0.01, 0.01}},  /* segments far apart: */
         {{0.01, 0.04, 0.31}, {0.40, 0.11, 0.03}, {0.02, 0.02, 0.03}, {0.01, 0.01, 0.01}}}, /* mix varies by shares */
        {{{0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}},  /* alike */
         {{0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}, {0.12, 0.00, 0.13}}}, /* too sure to cover it */
    };
    uint64_t seed = 38;
    for (size_t which = 0; which < 3; which++) {
        problem truth = {.count = 4}, p = {.count = 4};
        for (size_t g = 0; g < 4; g++) {
            const double *from = shares[which][0][g], *to = shares[which][1][g];
            truth.from[g] = counts(from[0], from[1], from[2]), truth.to[g] = counts(to[0], to[1], to[2]);
        }
        nps_change effects = change_of(&truth, NULL);
        int rates = 0, mixes = 0, rounds = 2000;
        double squares[2] = {0, 0}, variances[2] = {0, 0};
        for (int round = 0; round < rounds; round++) {
            draw(&seed, shares[which][0], 600, p.from);
            draw(&seed, shares[which][1], 550, p.to);
            nps_change all = change_of(&p, NULL);
            rates += all.rate_lower <= effects.rate && effects.rate <= all.rate_upper;
            mixes += all.mix_lower <= effects.mix && effects.mix <= all.mix_upper;
            squares[0] += (all.rate - effects.rate) * (all.rate - effects.rate);
            squares[1] += (all.mix - effects.mix) * (all.mix - effects.mix);
            variances[0] += all.rate_error * all.rate_error;
            variances[1] += all.mix_error * all.mix_error;
        }
        ck_assert_msg(rates > 0.935 * rounds && rates < 0.965 * rounds, "%zu: rate covered %d times", which, rates);
        ck_assert_msg(mixes > 0.935 * rounds, "%zu: mix covered %d times", which, mixes);
        if (which < 2) ck_assert_msg(mixes < 0.965 * rounds, "%zu: mix covered %d times", which, mixes);
        /* The variances are those seen: a ratio of 1 +- three of sqrt(2 / 2000). */
        ck_assert_msg(fabs(variances[0] / squares[0] - 1) < 0.1, "%zu: %g", which, variances[0] / squares[0]);
        if (which < 2) ck_assert_msg(fabs(variances[1] / squares[1] - 1) < 0.1, "%g", variances[1] / squares[1]);
    }
}
END_TEST

/* Level next to 0, next to 1. Wide intervals are cut. */
START_TEST(levels)
{
    problem p = {.count = 2, .from = {counts(0, 1, 1), counts(1, 0, 1)}, .to = {counts(0, 0, 2), counts(1, 1, 0)}};
    nps_change all = {.struct_size = sizeof all};
    ck_status(explain(&p, 5e-324, NULL, &all), NPS_OK);
    ck_assert(all.rate_lower == all.rate && all.rate_upper == all.rate && all.mix_lower == all.mix);
    ck_status(explain(&p, 1 - 0x1p-53, NULL, &all), NPS_OK);
    ck_assert(all.rate_lower == -200 && all.rate_upper == 200);
    ck_assert(all.rate_error < 100 && all.mix_lower >= -200 && all.mix_upper <= 200);
}
END_TEST

static int untouched(const nps_change *out, const nps_change_segment *segments, size_t count)
{
    int same_still = out->from == -7 && out->to == -7 && out->rate == -7 && out->detractors_part == -7;
    for (size_t i = 0; i < count; i++) same_still = same_still && segments[i].rate == -7 && segments[i].mix == -7;
    return same_still;
}

typedef struct call {
    problem p;
    nps_change_segment segments[3];
    nps_change out;
} call;

static call good_call(void)
{
    call c = {.p = {.count = 3,
                    .sized = 1,
                    .from = {counts(1, 2, 3), counts(4, 5, 6), counts(0, 0, 0)},
                    .to = {counts(3, 2, 1), counts(0, 0, 0), counts(5, 5, 5)},
                    .from_sizes = {10, 20, 0},
                    .to_sizes = {10, 0, 30}},
              .out = {sizeof(nps_change), -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7}};
    for (size_t i = 0; i < 3; i++) c.segments[i] = (nps_change_segment){-7, -7, -7, -7, -7, -7};
    return c;
}

static void check_refused(call c, int status)
{
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), status);
    ck_assert(untouched(&c.out, c.segments, 3));
}

START_TEST(bad_samples_and_sizes)
{
    static const double bad[] = {-1, -5e-324, NAN, INFINITY, -INFINITY, 1.1e15, DBL_MAX};
    call c = good_call();
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), NPS_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t g = 0; g < 3; g++) {
            c = good_call(), c.p.from[g].passives = bad[i], check_refused(c, NPS_ERR_RANGE);
            c = good_call(), c.p.to[g].detractors = bad[i], check_refused(c, NPS_ERR_RANGE);
            c = good_call(), c.p.to[g].promoters = bad[i], check_refused(c, NPS_ERR_RANGE);
            c = good_call(), c.p.from_sizes[g] = bad[i], check_refused(c, NPS_ERR_RANGE);
            c = good_call(), c.p.to_sizes[g] = bad[i], check_refused(c, NPS_ERR_RANGE);
        }
    }
    c = good_call(), c.p.to[2].df = -1, check_refused(c, NPS_ERR_RANGE);
    c = good_call(), c.p.to[1].df = NAN, check_refused(c, NPS_ERR_RANGE);
    /* A size without answers, answers without a size. */
    c = good_call(), c.p.from_sizes[2] = 5e-324, check_refused(c, NPS_ERR_RANGE);
    c = good_call(), c.p.to_sizes[1] = 1, check_refused(c, NPS_ERR_RANGE);
    c = good_call(), c.p.from_sizes[0] = 0, check_refused(c, NPS_ERR_RANGE);
    c = good_call(), c.p.to_sizes[2] = -0.0, check_refused(c, NPS_ERR_RANGE);
    /* 1e15 in sum is taken, more is not; nor of the samples' own sizes. */
    c = good_call(), c.p.from_sizes[0] = 1e15 - 20;
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), NPS_OK);
    c = good_call(), c.p.from_sizes[0] = 1e15 - 19, check_refused(c, NPS_ERR_RANGE);
    c = good_call(), c.p.sized = 0, c.p.to[0].passives = 9e14, c.p.to[2].passives = 9e14;
    check_refused(c, NPS_ERR_RANGE);
    c.p.to[2].passives = 1e14 - 14;
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), NPS_OK);
    /* Minus nothing is nothing. */
    c = good_call(), c.p.from_sizes[2] = -0.0;
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), NPS_OK);
}
END_TEST

START_TEST(nobody_answered)
{
    for (int sized = 0; sized < 2; sized++) {
        call c = good_call();
        c.p.sized = sized, c.p.from[0] = c.p.from[1] = counts(0, 0, 0), c.p.from_sizes[0] = c.p.from_sizes[1] = 0;
        check_refused(c, NPS_ERR_EMPTY);
        c = good_call();
        c.p.sized = sized, c.p.to[0] = c.p.to[2] = counts(0, 0, 0), c.p.to_sizes[0] = c.p.to_sizes[2] = 0;
        check_refused(c, NPS_ERR_EMPTY);
        c = good_call(), c.p.count = 0, check_refused(c, NPS_ERR_EMPTY);
    }
    nps_change out = {.struct_size = sizeof out, .rate = -7};
    ck_status(nps_change_explain(NULL, NULL, NULL, NULL, 0, 0.95, NULL, &out), NPS_ERR_EMPTY);
    ck_assert(out.rate == -7);
}
END_TEST

START_TEST(arguments)
{
    static const double bad_levels[] = {0, 1, -0.5, 2, NAN, INFINITY, -INFINITY};
    call c = good_call();
    for (size_t i = 0; i < sizeof bad_levels / sizeof *bad_levels; i++)
        ck_status(explain(&c.p, bad_levels[i], c.segments, &c.out), NPS_ERR_ARGUMENT);
    ck_status(nps_change_explain(NULL, NULL, c.p.to, NULL, 3, 0.95, c.segments, &c.out), NPS_ERR_ARGUMENT);
    ck_status(nps_change_explain(c.p.from, NULL, NULL, NULL, 3, 0.95, c.segments, &c.out), NPS_ERR_ARGUMENT);
    ck_status(nps_change_explain(c.p.from, NULL, c.p.to, NULL, 3, 0.95, c.segments, NULL), NPS_ERR_ARGUMENT);
    c.out.struct_size = sizeof(size_t) - 1;
    check_refused(c, NPS_ERR_ARGUMENT);
    c.out.struct_size = 0;
    check_refused(c, NPS_ERR_ARGUMENT);
}
END_TEST

/* A caller of a release that knew less, and one that knows more. One wave may have sizes and the other its own. */
START_TEST(structs_and_sizes)
{
    call c = good_call(), d = good_call();
    c.out.struct_size = offsetof(nps_change, mix);
    ck_status(explain(&c.p, 0.95, c.segments, &c.out), NPS_OK);
    ck_status(explain(&d.p, 0.95, NULL, &d.out), NPS_OK);
    ck_assert(c.out.struct_size == offsetof(nps_change, mix) && c.out.rate_upper == d.out.rate_upper);
    ck_assert(c.out.mix == -7 && c.out.detractors_part == -7 && d.out.detractors_part != -7);
    struct {
        nps_change known;
        double unknown;
    } later = {.known = {.struct_size = sizeof later}, .unknown = -7};
    ck_status(explain(&d.p, 0.95, NULL, &later.known), NPS_OK);
    ck_assert(later.known.struct_size == sizeof later && later.unknown == -7 && later.known.mix == d.out.mix);
    /* 10 and 20 are no sizes of the samples, 6 and 15 are. */
    ck_status(nps_change_explain(c.p.from, NULL, c.p.to, c.p.to_sizes, 3, 0.95, c.segments, &d.out), NPS_OK);
    ck_near(c.segments[0].from_share, 6 / 21.0, 1e-16);
    ck_near(c.segments[0].to_share, 10 / 40.0, 1e-16);
    ck_status(nps_change_explain(c.p.from, c.p.from_sizes, c.p.to, NULL, 3, 0.95, c.segments, &d.out), NPS_OK);
    ck_near(c.segments[0].from_share, 10 / 30.0, 1e-16);
    ck_near(c.segments[0].to_share, 6 / 21.0, 1e-16);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_errors);
    tcase_add_test(tcase, one_segment);
    tcase_add_test(tcase, nobody_stays);
    tcase_add_test(tcase, coverage);
    tcase_add_test(tcase, levels);
    tcase_add_test(tcase, bad_samples_and_sizes);
    tcase_add_test(tcase, nobody_answered);
    tcase_add_test(tcase, arguments);
    tcase_add_test(tcase, structs_and_sizes);
}

int main(void)
{
    return test_main("change", add);
}
