/* Raking: kinds of keys, what is refused and by which name, contradictions, memory. */
#include "raking_problem.h"

/* Two margins of 0 and 1 over eight rows, all combinations twice; totals that can be met. */
static rake_problem *small_problem(void)
{
    rake_problem *made = problem_new(8);
    for (size_t i = 0; i < 8; i++)
        for (int c = 0; c < 2; c++) set_key(made, c, i, (int64_t)(i >> c & 1));
    for (int m = 0; m < 2; m++) {
        problem_margin *margin = add_margin(made, m, NO_VALUE);
        add_target(margin, 0, 0, 5);
        add_target(margin, 1, 0, 3);
    }
    return made;
}

/* Refused with this status and report, and no weight written. */
static void must_refuse(rake_problem *problem, int status, int32_t fault, int32_t margin, uint64_t category,
                        uint64_t row)
{
    for (size_t i = 0; i < problem->rows; i++) problem->weights[i] = -7;
    ck_status(rake(problem), status);
    ck_assert_int_eq(problem->report.fault, fault);
    ck_assert_int_eq(problem->report.margin, margin);
    ck_assert_uint_eq(problem->report.category, category);
    ck_assert_uint_eq(problem->report.row, row);
    ck_assert_uint_eq(problem->report.rounds, 0);
    ck_assert_double_nan(problem->report.distance);
    ck_assert_double_nan(problem->report.effective_size);
    for (size_t i = 0; i < problem->rows; i++) ck_assert_double_eq(problem->weights[i], -7);
    problem_free(problem);
}

START_TEST(bad_weights)
{
    static const double bad[] = {-1, -1e-300, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rake_problem *problem = small_problem();
        problem->base[5] = bad[i];
        problem->base[7] = -1;
        must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_WEIGHT, 0, 0, 5);
    }
}
END_TEST

START_TEST(bad_totals)
{
    static const double bad[] = {0, -3, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rake_problem *problem = small_problem();
        problem->margins[1].totals[1] = bad[i];
        must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_TOTAL, 1, 1, 0);
    }
    rake_problem *problem = small_problem();
    problem->margins[0].totals[0] = problem->margins[0].totals[1] = 1e308; /* more than a double holds, together */
    must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_TOTAL, 0, 1, 0);
}
END_TEST

START_TEST(sums_that_differ)
{
    rake_problem *problem = small_problem();
    problem->margins[1].totals[1] = 3.1;
    problem->options.total = 1; /* shares may add up to anything */
    ck_status(rake(problem), NPS_OK);
    ck_assert_double_lt(worst_distance(problem), 1.001e-10);
    problem->options.total = 0;
    problem->margins[1].totals[1] = 3 + 7e-9; /* 1e-9 of 8 is 8e-9 */
    ck_status(rake(problem), NPS_OK);
    ck_assert_double_lt(fabs((double)category_sum(problem, problem->weights, 0, 0) - 5), 1e-9);
    problem->margins[1].totals[1] = 3 + 9e-9;
    must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_SUMS, 1, 0, 0);
}
END_TEST

START_TEST(categories_without_a_row_or_a_total)
{
    rake_problem *problem = small_problem();
    add_target(problem->margins + 1, 1, 0, 1);
    must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_SUMS, 1, 0, 0);
    problem = small_problem();
    problem->options.total = 8;
    add_target(problem->margins + 1, 1, 0, 1);
    must_refuse(problem, NPS_ERR_SCALE, NPS_RAKE_TWICE, 1, 2, 0);

    problem = small_problem();
    problem->options.total = 8;
    add_target(problem->margins + 1, 9, 0, 1);
    must_refuse(problem, NPS_ERR_EMPTY, NPS_RAKE_NOBODY, 1, 2, 0);
    problem = small_problem();
    for (size_t i = 0; i < 8; i++)
        if (problem->keys[0][i] == 1) problem->base[i] = 0;
    must_refuse(problem, NPS_ERR_EMPTY, NPS_RAKE_NOBODY, 0, 1, 0);

    problem = small_problem();
    set_key(problem, 1, 6, 2);
    must_refuse(problem, NPS_ERR_NOT_FOUND, NPS_RAKE_NO_TARGET, 1, 0, 6);
    problem = small_problem();
    set_key(problem, 0, 7, NO_VALUE);
    must_refuse(problem, NPS_ERR_NOT_FOUND, NPS_RAKE_NO_TARGET, 0, 0, 7);
}
END_TEST

/* Row 300, beyond the first block of rows. */
START_TEST(the_first_row_at_fault)
{
    rake_problem *problem = problem_new(600);
    add_target(add_margin(problem, 0, NO_VALUE), 0, 0, 600);
    for (size_t i = 300; i < 600; i += 100) set_key(problem, 0, i, 1);
    set_key(problem, 0, 7, 1); /* not asked: it has no weight */
    problem->base[7] = 0;
    must_refuse(problem, NPS_ERR_NOT_FOUND, NPS_RAKE_NO_TARGET, 0, 0, 300);
}
END_TEST

START_TEST(nobody_at_all)
{
    rake_problem *problem = small_problem();
    for (size_t i = 0; i < 8; i++) problem->base[i] = 0;
    must_refuse(problem, NPS_ERR_EMPTY, NPS_RAKE_NOBODY, 0, 0, 0);
    problem = problem_new(0);
    add_target(add_margin(problem, 0, NO_VALUE), 0, 0, 1);
    must_refuse(problem, NPS_ERR_EMPTY, NPS_RAKE_NOBODY, 0, 0, 0);
}
END_TEST

/* The mean weight is 1, four rows in each category: totals of 5 and 3. */
START_TEST(bounds_out_of_reach)
{
    rake_problem *problem = small_problem();
    problem->options.highest = 1.24; /* 4 x 1.24 = 4.96 */
    must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_BOUNDS, 0, 0, 0);
    problem = small_problem();
    problem->options.lowest = 0.76; /* 4 x .76 = 3.04 */
    must_refuse(problem, NPS_ERR_RANGE, NPS_RAKE_BOUNDS, 0, 1, 0);
    problem = small_problem();
    problem->options.lowest = 0.75; /* met by standing on the bound */
    problem->margins[1].totals[0] = problem->margins[1].totals[1] = 4;
    ck_status(rake(problem), NPS_OK);
    for (size_t i = 0; i < 8; i++) ck_near(problem->weights[i], i % 2 == 0 ? 1.25 : 0.75, 1e-10);
    problem_free(problem);
}
END_TEST

/* Each margin can be met within the bounds, but not both: row 0 alone is in 0 and 0, and would have to weigh 2. */
START_TEST(bounds_that_contradict_the_margins)
{
    rake_problem *problem = problem_new(4);
    for (size_t i = 0; i < 4; i++) {
        set_key(problem, 0, i, i == 0 || i == 1 ? 0 : 1);
        set_key(problem, 1, i, i == 0 || i == 2 ? 0 : 1);
    }
    for (int m = 0; m < 2; m++) {
        problem_margin *margin = add_margin(problem, m, NO_VALUE);
        add_target(margin, 0, 0, 2.8);
        add_target(margin, 1, 0, 1.2);
    }
    problem->options.highest = 1.5;
    problem->options.lowest =
        0.5; /* row 3 weighs .5 at least, so 1 and 2 weigh .7 at most, and 0 weighs 2.1 at least */
    problem->options.rounds = 50;
    ck_status(rake(problem), NPS_ERR_CONVERGENCE);
    ck_assert_int_eq(problem->report.fault, NPS_RAKE_NOT_CONVERGED);
    ck_assert_uint_eq(problem->report.rounds, 50);
    ck_near(problem->report.distance, worst_distance(problem), 1e-12);
    for (size_t i = 0; i < 4; i++) ck_assert(problem->weights[i] >= 0.5 && problem->weights[i] <= 1.5);
    problem_free(problem);
}
END_TEST

/*
 * All rows of category 0 of the second margin, with a total of 20, are in category 0 of the first, with a total of 10.
 * At the end of a round the second margin is met: category 0 of the first has 20 and is 100% off, the other has 80
 * instead of
 * 90. Many rounds, so that factors reach their ends.
 */
START_TEST(contradictory_margins)
{
    for (int bounded = 0; bounded < 2; bounded++) {
        rake_problem *problem = problem_new(100);
        for (size_t i = 0; i < 100; i++) {
            set_key(problem, 0, i, i < 40 ? 0 : 1);
            set_key(problem, 1, i, i < 40 ? 0 : 1);
        }
        static const double totals[2][2] = {{10, 90}, {20, 80}};
        for (int m = 0; m < 2; m++) {
            problem_margin *margin = add_margin(problem, m, NO_VALUE);
            for (int c = 0; c < 2; c++) add_target(margin, c, 0, totals[m][c]);
        }
        problem->options.rounds = 5000;
        if (bounded) problem->options.highest = 1.6;
        ck_status(rake(problem), NPS_ERR_CONVERGENCE);
        const nps_rake_report *report = &problem->report;
        ck_assert_int_eq(report->fault, NPS_RAKE_NOT_CONVERGED);
        ck_assert_int_eq(report->margin, 0);
        ck_assert_uint_eq(report->category, 0);
        ck_assert_uint_eq(report->rounds, 5000);
        ck_near(report->distance, 1, 1e-9);
        for (size_t i = 0; i < 100; i++) ck_near(problem->weights[i], i < 40 ? 0.5 : 80 / 60.0, 1e-9);
        ck_near(report->effective_size, 100 * 100 / (40 * 0.25 + 60 * (16 / 9.0)), 1e-9);
        problem_free(problem);
    }
}
END_TEST

static const nps_key BYTES_A = {.type = NPS_KEY_BYTES, .bytes = "a", .length = 1};
static const nps_key BYTES_B = {.type = NPS_KEY_BYTES, .bytes = "bb", .length = 2};
static const nps_key NOTHING = {.type = NPS_KEY_NULL};

/* One margin of three categories, a, b and no value, with totals 6, 3 and 1, over five rows: 2 of a, 2 of b, 1 without.
 * So the weights are 3, 1.5 and 1. */
static void must_rake(const nps_column *column, nps_key a, nps_key b)
{
    static const double expected[] = {3, 1.5, 1, 3, 1.5}, totals[] = {6, 3, 1};
    nps_key keys[3] = {a, b, NOTHING};
    nps_margin margin = {column, 1, 0, 3, keys, totals};
    nps_rake_options options = {.struct_size = sizeof options};
    double weights[5];
    ck_status(nps_rake(&margin, 1, NULL, 5, &options, weights, NULL), NPS_OK);
    for (int i = 0; i < 5; i++) ck_assert_double_eq(weights[i], expected[i]);
    options.highest = 1.6;
    ck_status(nps_rake(&margin, 1, NULL, 5, &options, weights, NULL), NPS_OK);
    for (int i = 0; i < 5; i++) ck_near(weights[i], expected[i], 1e-10);
}

START_TEST(kinds_of_columns)
{
    static const uint8_t validity[] = {0x1b}, bits[] = {0x09}, codes[] = {1, 0, 9, 1, 0};
    static const int16_t small[] = {-300, 7, 0, -300, 7};
    static const uint64_t large[] = {5, INT64_MAX, UINT64_MAX, 5, INT64_MAX};
    static const int32_t offsets[] = {0, 1, 3, 3, 4, 6}, entries[] = {0, 2, 3};
    nps_column column = {.type = NPS_TYPE_I16, .length = 5, .values = small, .validity = validity};
    must_rake(&column, key_of(-300), key_of(7));
    column = (nps_column){.type = NPS_TYPE_U64, .length = 5, .values = large, .validity = validity};
    must_rake(&column, key_of(5), key_of(INT64_MAX));
    column = (nps_column){.type = NPS_TYPE_BOOL, .length = 5, .values = bits, .validity = validity};
    must_rake(&column, key_of(1), key_of(0));
    column =
        (nps_column){.type = NPS_TYPE_UTF8, .length = 5, .values = "abbabb", .offsets = offsets, .validity = validity};
    must_rake(&column, BYTES_A, BYTES_B);
    nps_column dictionary = {.type = NPS_TYPE_UTF8, .length = 2, .values = "bba", .offsets = entries};
    column = (nps_column){.type = NPS_TYPE_DICTIONARY,
                          .index_type = NPS_TYPE_U8,
                          .length = 5,
                          .values = codes,
                          .validity = validity,
                          .dictionary = &dictionary};
    must_rake(&column, BYTES_A, BYTES_B);
    static const uint8_t three[] = {1, 0, 2, 1, 0}, two_known[] = {0x03};
    static const int32_t more[] = {0, 2, 3, 3};
    dictionary =
        (nps_column){.type = NPS_TYPE_UTF8, .length = 3, .values = "bba", .offsets = more, .validity = two_known};
    column.values = three;
    column.validity = NULL;
    must_rake(&column, BYTES_A, BYTES_B);
}
END_TEST

/* A whole number that no key can be is a category without a total; a row without a weight needs none. */
START_TEST(numbers_above_all_keys)
{
    static const uint64_t values[] = {1, UINT64_MAX, 1, UINT64_MAX - 1, 1};
    double base[] = {1, 0, 1, 0, 2}, total = 8, weights[5];
    nps_column column = {.type = NPS_TYPE_U64, .length = 5, .values = values}, base_column = f64_column(base, 5);
    nps_key key = key_of(1);
    nps_margin margin = {&column, 1, 0, 1, &key, &total};
    nps_rake_options options = {.struct_size = sizeof options};
    nps_rake_report report = {.struct_size = sizeof report};
    ck_status(nps_rake(&margin, 1, &base_column, 5, &options, weights, &report), NPS_OK);
    static const double expected[] = {2, 0, 2, 0, 4};
    for (int i = 0; i < 5; i++) ck_assert_double_eq(weights[i], expected[i]);
    ck_near(report.design_effect, 3 * 24 / 64.0, 1e-15); /* of the three rows with a weight */
    base[3] = 1e-9;
    ck_status(nps_rake(&margin, 1, &base_column, 5, &options, weights, &report), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(report.fault, NPS_RAKE_NO_TARGET);
    ck_assert_uint_eq(report.row, 3);
    base[3] = 0;
    ck_status(nps_rake(&margin, 1, &base_column, 5, &options, base, &report), NPS_OK); /* in place */
    for (int i = 0; i < 5; i++) ck_assert_double_eq(base[i], expected[i]);
}
END_TEST

/* Columns that cannot be read: the report stays as it was. */
START_TEST(bad_columns)
{
    static const int32_t integers[] = {0, 0, 0, 0}, backwards[] = {0, 1, 0, 1, 1};
    static const double floats[] = {0, 0, 0, 0};
    static const uint8_t codes[] = {0, 0, 1, 0};
    double weights[4], total = 4;
    nps_key key = key_of(0);
    nps_column good = {.type = NPS_TYPE_I32, .length = 4, .values = integers}, column = f64_column(floats, 4);
    nps_margin margin = {&column, 1, 0, 1, &key, &total};
    nps_rake_options options = {.struct_size = sizeof options};
    nps_rake_report report = {.struct_size = sizeof report, .fault = 77};
    ck_status(nps_rake(&margin, 1, NULL, 4, &options, weights, &report), NPS_ERR_TYPE);
    column = (nps_column){.type = NPS_TYPE_UTF8, .length = 4, .values = "ab", .offsets = backwards};
    margin.keys = &BYTES_A;
    ck_status(nps_rake(&margin, 1, NULL, 4, &options, weights, &report), NPS_ERR_FORMAT);
    column = (nps_column){.type = NPS_TYPE_DICTIONARY,
                          .index_type = NPS_TYPE_U8,
                          .length = 4,
                          .values = codes,
                          .dictionary = &(nps_column){.type = NPS_TYPE_I32, .length = 1, .values = integers}};
    margin.keys = &key;
    ck_status(nps_rake(&margin, 1, NULL, 4, &options, weights, &report), NPS_ERR_FORMAT);
    column = (nps_column){.type = NPS_TYPE_I32, .length = 4};
    ck_status(nps_rake(&margin, 1, NULL, 4, &options, weights, &report), NPS_ERR_ARGUMENT);
    column = good;
    ck_status(nps_rake(&margin, 1, NULL, 3, &options, weights, &report), NPS_ERR_ARGUMENT);
    nps_column base = f64_column(floats, 3);
    ck_status(nps_rake(&margin, 1, &base, 4, &options, weights, &report), NPS_ERR_ARGUMENT);
    base = (nps_column){.type = NPS_TYPE_UTF8, .length = 4, .values = "1111", .offsets = backwards};
    ck_status(nps_rake(&margin, 1, &base, 4, &options, weights, &report), NPS_ERR_TYPE);
    ck_assert_int_eq(report.fault, 77);
    ck_status(nps_rake(&margin, 1, NULL, 4, &options, weights, &report), NPS_OK);
    ck_assert_int_eq(report.fault, NPS_RAKE_FINE);
}
END_TEST

static int rake_two_rows(const nps_margin *margin, const nps_rake_options *options)
{
    double weights[2] = {-7, -7};
    nps_rake_report report = {.struct_size = sizeof report, .fault = 77};
    int status = nps_rake(margin, 1, NULL, 2, options, weights, &report);
    if (status != NPS_OK) {
        ck_assert_double_eq(weights[0], -7);
        ck_assert_int_eq(report.fault, 77);
    }
    return status;
}

START_TEST(bad_arguments)
{
    static const int32_t values[] = {0, 0};
    const double total = 4;
    const nps_key key = key_of(0), all = {.type = NPS_KEY_ALL}, none = {0}, lost = {.type = NPS_KEY_BYTES, .length = 1};
    const nps_column column = {.type = NPS_TYPE_I32, .length = 2, .values = values};
    const nps_margin good = {&column, 1, 0, 1, &key, &total};
    const nps_margin bad[] = {
        {NULL, 1, 0, 1, &key, &total},
        {&column, 1, 0, 1, NULL, &total},
        {&column, 1, 0, 1, &key, NULL},
        {&column, 0, 0, 1, &key, &total},
        {&column, NPS_MAX_DIMENSIONS + 1, 0, 1, &key, &total},
        {&column, 1, 1, 1, &key, &total},
        {&column, 1, 0, 0, &key, &total},
        {&column, 1, 0, 1, &all, &total},
        {&column, 1, 0, 1, &none, &total},
        {&column, 1, 0, 1, &lost, &total},
    };
    const nps_margin many = {&column, 1, 0, (size_t)INT32_MAX + 1, &key, &total};
    const nps_rake_options fine = {.struct_size = sizeof fine};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_status(rake_two_rows(bad + i, &fine), NPS_ERR_ARGUMENT);
    ck_status(rake_two_rows(&many, &fine), NPS_ERR_LIMIT);
    ck_status(rake_two_rows(NULL, &fine), NPS_ERR_ARGUMENT);
    ck_status(rake_two_rows(&good, NULL), NPS_ERR_ARGUMENT);
    double weights[2];
    nps_rake_report short_report = {.struct_size = 4};
    ck_status(nps_rake(&good, 0, NULL, 2, &fine, weights, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_rake(&good, 1, NULL, 2, &fine, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_rake(&good, 1, NULL, 2, &fine, weights, &short_report), NPS_ERR_ARGUMENT);
    ck_status(rake_two_rows(&good, &fine), NPS_OK);
}
END_TEST

START_TEST(bad_options)
{
    static const int32_t values[] = {0, 0};
    const double total = 4;
    const nps_key key = key_of(0);
    const nps_column column = {.type = NPS_TYPE_I32, .length = 2, .values = values};
    const nps_margin margin = {&column, 1, 0, 1, &key, &total};
    const size_t size = sizeof(nps_rake_options);
    const nps_rake_options bad[] = {
        {.struct_size = 4},
        {.struct_size = size, .total = -1},
        {.struct_size = size, .total = NAN},
        {.struct_size = size, .total = INFINITY},
        {.struct_size = size, .lowest = -0.1},
        {.struct_size = size, .lowest = 1.01},
        {.struct_size = size, .lowest = NAN},
        {.struct_size = size, .highest = -1},
        {.struct_size = size, .highest = 0.99},
        {.struct_size = size, .highest = NAN},
        {.struct_size = size, .highest = INFINITY},
        {.struct_size = size, .tolerance = -1e-10},
        {.struct_size = size, .tolerance = 1},
        {.struct_size = size, .tolerance = NAN},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_status(rake_two_rows(&margin, bad + i), NPS_ERR_ARGUMENT);
    const nps_rake_options edge = {
        .struct_size = size, .total = 1, .lowest = 1, .highest = 1, .tolerance = 0.5, .rounds = 1};
    ck_status(rake_two_rows(&margin, &edge), NPS_OK);
}
END_TEST

/* Callers with shorter and longer structs. */
START_TEST(struct_sizes)
{
    static const int32_t values[] = {0, 0};
    double weights[2], total = 4;
    nps_key key = key_of(0);
    nps_column column = {.type = NPS_TYPE_I32, .length = 2, .values = values};
    nps_margin margin = {&column, 1, 0, 1, &key, &total};
    struct {
        nps_rake_options options;
        uint64_t later;
    } longer = {{.struct_size = sizeof longer}, 0};
    nps_rake_report report = {.struct_size = offsetof(nps_rake_report, rounds), .fault = 77, .rounds = 77};
    ck_status(nps_rake(&margin, 1, NULL, 2, &longer.options, weights, &report), NPS_OK);
    ck_assert_int_eq(report.fault, NPS_RAKE_FINE);
    ck_assert_uint_eq(report.rounds, 77);
    longer.later = 1;
    ck_status(nps_rake(&margin, 1, NULL, 2, &longer.options, weights, &report), NPS_ERR_ARGUMENT);
    nps_rake_options shorter = {.struct_size = offsetof(nps_rake_options, lowest), .total = 10, .lowest = NAN};
    ck_status(nps_rake(&margin, 1, NULL, 2, &shorter, weights, &report), NPS_OK);
    ck_assert_double_eq(weights[0], 5);
}
END_TEST

/* The nth allocation fails, for every n: no weight is written, nothing is left behind. */
START_TEST(no_memory)
{
    uint64_t seed = 31;
    rake_problem *problem = random_problem(&seed, 700, 3, 3, 2);
    test_memory memory;
    nps_allocator allocator;
    double weight = -7;
    int64_t n = 0;
    problem->options.allocator = &allocator;
    for (;; n++) {
        test_memory_start(&memory, n, &allocator);
        for (size_t i = 0; i < problem->rows; i++) problem->weights[i] = weight;
        int status = rake(problem);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
        if (status == NPS_OK) break;
        ck_status(status, NPS_ERR_MEMORY);
        for (size_t i = 0; i < problem->rows; i++) ck_assert(problem->weights[i] == weight);
    }
    ck_assert_int_gt(n, 15);
    test_memory_start(&memory, -1, &allocator);
    set_key(problem, 2, 400, 9); /* a row without a total */
    ck_status(rake(problem), NPS_ERR_NOT_FOUND);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.bytes, 0);
    problem_free(problem);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, bad_weights);
    tcase_add_test(tcase, bad_totals);
    tcase_add_test(tcase, sums_that_differ);
    tcase_add_test(tcase, categories_without_a_row_or_a_total);
    tcase_add_test(tcase, the_first_row_at_fault);
    tcase_add_test(tcase, nobody_at_all);
    tcase_add_test(tcase, bounds_out_of_reach);
    tcase_add_test(tcase, bounds_that_contradict_the_margins);
    tcase_add_test(tcase, contradictory_margins);
    tcase_add_test(tcase, kinds_of_columns);
    tcase_add_test(tcase, numbers_above_all_keys);
    tcase_add_test(tcase, bad_columns);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, bad_options);
    tcase_add_test(tcase, struct_sizes);
    tcase_add_test(tcase, no_memory);
}

int main(void)
{
    return test_main("raking_faults", add);
}
