/* The exact permutation p, against the references (see tests/reference/README.md), every deal of a few answers, counts
 * of deals in whole numbers, closed forms, and what must hold. */
#include <float.h>
#include <math.h>
#include <nps/status.h>
#include <string.h>

#include "compare_permutation_internal.h"
#include "support.h"

#define LARGEST NPSI_PERMUTATION_LARGEST

typedef struct table {
    int from[3], to[3]; /* detractors, passives, promoters */
} table;

static nps_sample counts(double detractors, double passives, double promoters)
{
    nps_sample sample;
    ck_assert_int_eq(nps_sample_from_counts(detractors, passives, promoters, &sample), NPS_OK);
    return sample;
}

static double permutation(const nps_sample *from, const nps_sample *to)
{
    double p = 7;
    ck_assert_int_eq(npsi_compare_permutation(from, to, &p), NPS_OK);
    return p;
}

/* And the same when swapped and mirrored. */
static double table_p(const table *t)
{
    nps_sample from = counts(t->from[0], t->from[1], t->from[2]), to = counts(t->to[0], t->to[1], t->to[2]);
    nps_sample mirrored_from = counts(t->from[2], t->from[1], t->from[0]);
    nps_sample mirrored_to = counts(t->to[2], t->to[1], t->to[0]);
    double p = permutation(&from, &to);
    ck_assert(p >= 0 && p <= 1);
    ck_assert(permutation(&to, &from) == p);
    ck_assert(permutation(&mirrored_from, &mirrored_to) == p);
    ck_assert(permutation(&mirrored_to, &mirrored_from) == p);
    return p;
}

static int size(const int *cells)
{
    return cells[0] + cells[1] + cells[2];
}

/* |n1 S2 - n2 S1| = |N S2 - n2 S|, with the sums of `to` and of all. */
static int64_t distance(int all, int64_t to_sum, int to_size, int64_t sum)
{
    int64_t d = all * to_sum - to_size * sum;
    return d < 0 ? -d : d;
}

START_TEST(reference)
{
    test_csv *csv = test_csv_read("differences.csv");
    size_t rows = 0;
    for (size_t row = 0; row < csv->rows; row++) {
        if (strcmp(test_csv_cell(csv, row, "method"), "permutation") != 0) continue;
        table t = {{(int)test_csv_number(csv, row, "from_detractors"), (int)test_csv_number(csv, row, "from_passives"),
                    (int)test_csv_number(csv, row, "from_promoters")},
                   {(int)test_csv_number(csv, row, "to_detractors"), (int)test_csv_number(csv, row, "to_passives"),
                    (int)test_csv_number(csv, row, "to_promoters")}};
        double p = table_p(&t), expected = test_csv_number(csv, row, "p");
        ck_assert_msg(fabs(p - expected) <= test_csv_number(csv, row, "tol_p"), "row %s: %.17g, not %.17g",
                      test_csv_cell(csv, row, "id"), p, expected);
        ck_assert(test_relative_error(p, expected) < 1e-14);
        rows++;
    }
    ck_assert_uint_eq(rows, 12);
    test_csv_free(csv);
}
END_TEST

/* Large, lopsided and far apart; the tolerance is relative. */
START_TEST(reference_large)
{
    test_csv *csv = test_csv_read("permutation.csv");
    ck_assert_uint_eq(csv->rows, 29);
    for (size_t row = 0; row < csv->rows; row++) {
        table t = {{(int)test_csv_number(csv, row, "from_detractors"), (int)test_csv_number(csv, row, "from_passives"),
                    (int)test_csv_number(csv, row, "from_promoters")},
                   {(int)test_csv_number(csv, row, "to_detractors"), (int)test_csv_number(csv, row, "to_passives"),
                    (int)test_csv_number(csv, row, "to_promoters")}};
        double p = table_p(&t), expected = test_csv_number(csv, row, "p");
        ck_assert_msg(test_relative_error(p, expected) <= test_csv_number(csv, row, "tol"), "row %zu: %.17g, not %.17g",
                      row + 2, p, expected);
    }
    test_csv_free(csv);
}
END_TEST

/* Worked out by hand. */
START_TEST(by_hand)
{
    static const struct {
        table t;
        double p;
    } rows[] = {
        {{{1, 0, 0}, {0, 0, 1}}, 1},                 /* both deals are as far apart */
        {{{2, 0, 0}, {0, 0, 2}}, 2.0 / 6},           /* 2 of the 6 deals */
        {{{3, 0, 0}, {0, 0, 3}}, 2.0 / 20},          /* 2 of 20 */
        {{{2, 0, 0}, {0, 0, 1}}, 1.0 / 3},           /* who is alone: only the promoter is as far from the others */
        {{{0, 2, 0}, {0, 0, 1}}, 1.0 / 3},           /* the same, half as far */
        {{{1, 1, 0}, {0, 0, 1}}, 2.0 / 3},           /* alone: promoter 3/2, passive 0, detractor 3/2 */
        {{{0, 1, 1}, {1, 0, 0}}, 2.0 / 3},           /* its mirror image */
        {{{1, 0, 0}, {0, 1, 0}}, 1},                 /* two deals */
        {{{1, 1, 0}, {0, 1, 1}}, 4.0 / 6},           /* -1, 0 | 0, 1; -1, 1 | 0, 0 in 2 ways is nearer */
        {{{10, 20, 30}, {10, 20, 30}}, 1},           /* no difference */
        {{{1, 0, 1}, {0, 5, 0}}, 1},                 /* nor here */
        {{{0, 7, 0}, {0, 3, 0}}, 1},                 /* nothing to deal */
        {{{0, 0, 1}, {0, 0, 1}}, 1},                 /* nothing to deal */
        {{{500, 0, 0}, {0, 0, 1}}, 1.0 / 501},       /* who is alone */
        {{{1000, 0, 1000}, {1, 0, 0}}, 1},           /* a promoter alone is farther still from the others */
        {{{1000, 0, 998}, {0, 0, 1}}, 999.0 / 1999}, /* a detractor alone is nearer to them */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double p = table_p(&rows[i].t);
        ck_assert_msg(test_relative_error(p, rows[i].p) < 1e-14, "case %zu: %.17g, not %.17g", i, p, rows[i].p);
    }
}
END_TEST

/* All deals one by one: bit i of `deal` tells whether answer i goes to the second sample. */
static double deal_out(const table *t)
{
    int answers[16], all = 0, to_size = size(t->to), sum = 0;
    for (int value = -1; value <= 1; value++)
        for (int i = 0; i < t->from[value + 1] + t->to[value + 1]; i++) answers[all++] = value;
    for (int i = 0; i < all; i++) sum += answers[i];
    int64_t seen = distance(all, t->to[2] - t->to[0], to_size, sum);
    double far = 0, deals = 0;
    for (unsigned deal = 0; deal < 1u << all; deal++) {
        int dealt = 0, to_sum = 0;
        for (int i = 0; i < all; i++) {
            if (!(deal >> i & 1)) continue;
            dealt++;
            to_sum += answers[i];
        }
        if (dealt != to_size) continue;
        deals++;
        far += distance(all, to_sum, to_size, sum) >= seen;
    }
    return far / deals;
}

static void check_table(const table *t, double expected)
{
    double p = table_p(t);
    ck_assert_msg(test_relative_error(p, expected) < 2e-14 && (expected < 1 || p == 1),
                  "(%d, %d, %d) and (%d, %d, %d): %.17g, not %.17g", t->from[0], t->from[1], t->from[2], t->to[0],
                  t->to[1], t->to[2], p, expected);
}

START_TEST(every_deal)
{
    size_t tables = 0;
    for (int code = 0; code < 4 * 4 * 4 * 4 * 4 * 4; code++) {
        table t = {{code & 3, code >> 2 & 3, code >> 4 & 3}, {code >> 6 & 3, code >> 8 & 3, code >> 10 & 3}};
        if (size(t.from) == 0 || size(t.to) == 0 || size(t.from) + size(t.to) > 10) continue;
        check_table(&t, deal_out(&t));
        tables++;
    }
    ck_assert_uint_gt(tables, 2500);
}
END_TEST

/* C(n, k) for n <= 60: below 2^57, so that each step is exact. */
static uint64_t choose(int n, int k)
{
    uint64_t ways = 1;
    if (k < 0 || k > n) return 0;
    if (k > n - k) k = n - k;
    for (int i = 1; i <= k; i++) ways = ways * (uint64_t)(n - k + i) / (uint64_t)i;
    return ways;
}

/* The deals counted, in whole numbers of 64 bits. */
static double count_deals(const table *t)
{
    int d = t->from[0] + t->to[0], p = t->from[1] + t->to[1], r = t->from[2] + t->to[2], n = size(t->to);
    int64_t seen = distance(d + p + r, t->to[2] - t->to[0], n, r - d);
    uint64_t far = 0;
    for (int a = 0; a <= d; a++)
        for (int b = 0; b <= r; b++)
            if (distance(d + p + r, b - a, n, r - d) >= seen) far += choose(d, a) * choose(r, b) * choose(p, n - a - b);
    return (double)far / (double)choose(d + p + r, n);
}

static void random_cells(uint64_t *state, int most, int *cells)
{
    int left = 1 + (int)test_below(state, (uint64_t)most);
    int first = (int)test_below(state, 3), skew = (int)test_below(state, 3);
    for (int i = 0; i < 3; i++) {
        int here = i == 2 ? left : (int)test_below(state, (uint64_t)(left + 1));
        if (i < 2 && skew == 0) here /= 4;
        if (i < 2 && skew == 1 && test_below(state, 2)) here = 0;
        cells[(first + i) % 3] = here;
        left -= here;
    }
}

START_TEST(counted_deals)
{
    uint64_t state = 3;
    int most = _i == 0 ? 6 : 30;
    for (int round = 0; round < 20000; round++) {
        table t;
        random_cells(&state, most, t.from);
        random_cells(&state, most, t.to);
        check_table(&t, count_deals(&t));
    }
}
END_TEST

/* All of one class against all of another: one deal of C(2n, n), and its opposite. C(2n, n) = product of (n + i) / i.
 * From n = 514 on p is below 1e-307. */
START_TEST(closed_form)
{
    double ways = 1;
    for (int n = 1; n <= LARGEST; n++) {
        ways *= (double)(n + n) / n * (n + n - 1) / n;
        table t = {{n, 0, 0}, {0, _i == 0 ? 0 : n, _i == 0 ? n : 0}};
        double p = table_p(&t);
        if (2 / ways > 1e-300)
            ck_assert_msg(test_relative_error(p, 2 / ways) < 1e-13, "n = %d: %.17g, not %.17g", n, p, 2 / ways);
        else
            ck_assert(p < 1e-299);
    }
}
END_TEST

/* The farther apart the samples with the same pooled answers, the smaller p. */
START_TEST(monotone)
{
    double before = 2;
    for (int moved = 0; moved <= 1000; moved++) {
        table t = {{1000, 600, 400}, {400, 600, 1000}};
        t.from[0] = 700 + moved * 3 / 10;
        t.from[2] = 700 - moved * 3 / 10;
        t.to[0] = 1400 - t.from[0];
        t.to[2] = 1400 - t.from[2];
        double p = table_p(&t);
        ck_assert(p > 0 && p <= before);
        before = p;
    }
    ck_assert(before < 1e-100);
}
END_TEST

static void refused(const nps_sample *from, const nps_sample *to, int expected)
{
    double p = 7;
    ck_assert_int_eq(npsi_compare_permutation(from, to, &p), expected);
    ck_assert_int_eq(npsi_compare_permutation(to, from, &p), expected);
    ck_assert(p == 7);
}

START_TEST(errors)
{
    const double bad[] = {-1, -DBL_MIN, (double)NAN, INFINITY, -INFINITY, 1.1e15, DBL_MAX, 0.5, DBL_MIN, 2000.5};
    nps_sample good = counts(20, 30, 50);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        nps_sample samples[] = {{bad[i], 1, 1, 1}, {1, bad[i], 1, 1}, {1, 1, bad[i], 1}};
        for (size_t j = 0; j < 3; j++) refused(samples + j, &good, NPS_ERR_RANGE);
    }
    refused(&(nps_sample){1, 1, 1, -1}, &good, NPS_ERR_RANGE);
    refused(&(nps_sample){0, 0, 0, 0}, &good, NPS_ERR_EMPTY);
    refused(&(nps_sample){0, 0, LARGEST + 1, 0}, &good, NPS_ERR_LIMIT);
    refused(&(nps_sample){700, 601, 700, 0}, &good, NPS_ERR_LIMIT);
    refused(&(nps_sample){1e15, 0, 0, 0}, &good, NPS_ERR_LIMIT);
    refused(NULL, &good, NPS_ERR_ARGUMENT);
    ck_assert_int_eq(npsi_compare_permutation(&good, &good, NULL), NPS_ERR_ARGUMENT);
    table largest = {{0, 0, LARGEST}, {0, 0, LARGEST}};
    ck_assert(table_p(&largest) == 1);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, reference);
    tcase_add_test(tcase, reference_large);
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, every_deal);
    tcase_add_loop_test(tcase, counted_deals, 0, 2);
    tcase_add_loop_test(tcase, closed_form, 0, 2);
    tcase_add_test(tcase, monotone);
    tcase_add_test(tcase, errors);
}

int main(void)
{
    return test_main("compare_permutation", add);
}
