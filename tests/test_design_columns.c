#include <math.h>

#include "design_rows.h"

#define ROWS 40000

/* A survey as columns, in the types that such columns come in, and the rows of the same. */
typedef struct survey {
    int32_t stratum[ROWS];
    uint8_t has_stratum[ROWS / 8];
    char domain_text[3 * ROWS];
    int32_t domain_ends[ROWS + 1];
    uint16_t psu[ROWS];
    int8_t answer[ROWS];
    double weight[ROWS], population[ROWS];
    nps_column strata, psus, domains[2], answers, weights, populations, cities;
} survey;

static const char city_text[] = "ParisRomaOslo";
static const int32_t city_ends[] = {0, 5, 9, 13};

static nps_key domain_text_at(const survey *of, size_t i)
{
    int32_t first = of->domain_ends[i];
    return (nps_key){
        .type = NPS_KEY_BYTES, .bytes = of->domain_text + first, .length = (size_t)(of->domain_ends[i + 1] - first)};
}

static nps_key city_at(const survey *of, size_t i)
{
    int32_t city = of->psu[i] % 3;
    return (nps_key){.type = NPS_KEY_BYTES,
                     .bytes = city_text + city_ends[city],
                     .length = (size_t)(city_ends[city + 1] - city_ends[city])};
}

static uint8_t city_codes[ROWS];

static survey *make_survey(uint64_t seed)
{
    survey *out = calloc(1, sizeof *out);
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < ROWS; i++) {
        uint64_t stratum = test_below(&seed, 40), length = test_below(&seed, 4);
        out->stratum[i] = (int32_t)stratum - 20;
        if (stratum != 0) out->has_stratum[i / 8] |= (uint8_t)(1u << i % 8);
        out->psu[i] = (uint16_t)test_below(&seed, 30);
        out->answer[i] = (int8_t)((int)test_below(&seed, 13) - 1);
        out->weight[i] = (double)test_below(&seed, 1000) / 9;
        /* The weight of a row without an answer is not looked at. */
        if (out->answer[i] == -1 || out->answer[i] > 10) out->weight[i] = NAN;
        out->population[i] = 500 + (double)stratum / 4;
        memcpy(out->domain_text + out->domain_ends[i], "abc", 3);
        out->domain_ends[i + 1] = out->domain_ends[i] + (int32_t)length;
        if (out->domain_ends[i + 1] > 3 * ROWS - 3) out->domain_ends[i + 1] = out->domain_ends[i];
        city_codes[i] = (uint8_t)(out->psu[i] % 3);
    }
    out->strata =
        (nps_column){.type = NPS_TYPE_I32, .length = ROWS, .values = out->stratum, .validity = out->has_stratum};
    out->psus = (nps_column){.type = NPS_TYPE_U16, .length = ROWS, .values = out->psu};
    out->domains[0] =
        (nps_column){.type = NPS_TYPE_UTF8, .length = ROWS, .values = out->domain_text, .offsets = out->domain_ends};
    out->cities = (nps_column){.type = NPS_TYPE_UTF8, .length = 3, .values = city_text, .offsets = city_ends};
    out->domains[1] = (nps_column){.type = NPS_TYPE_DICTIONARY,
                                   .index_type = NPS_TYPE_U8,
                                   .length = ROWS,
                                   .values = city_codes,
                                   .dictionary = &out->cities};
    out->answers = (nps_column){.type = NPS_TYPE_I8, .length = ROWS, .values = out->answer};
    out->weights = (nps_column){.type = NPS_TYPE_F64, .length = ROWS, .values = out->weight};
    out->populations = (nps_column){.type = NPS_TYPE_F64, .length = ROWS, .values = out->population};
    return out;
}

/* Whether weights come in too. */
#define USE_WEIGHTS 8

static nps_design_columns columns_of(const survey *of, int use)
{
    return (nps_design_columns){
        .struct_size = sizeof(nps_design_columns),
        .domains = of->domains,
        .strata = use & USE_STRATA ? &of->strata : NULL,
        .psus = use & USE_CLUSTERS ? &of->psus : NULL,
        .populations = use & USE_POPULATIONS ? &of->populations : NULL,
        .answers = &of->answers,
        .weights = use & USE_WEIGHTS ? &of->weights : NULL,
    };
}

static nps_design *make(int use)
{
    const nps_design_options options = {
        .struct_size = sizeof options, .domains = 2, .clusters = (use & USE_CLUSTERS) != 0};
    nps_design *design = NULL;
    ck_status(nps_design_new(&options, &design), NPS_OK);
    return design;
}

static nps_design *add_by_rows(const survey *of, int use, size_t count)
{
    nps_design *design = make(use);
    for (size_t i = 0; i < count; i++) {
        nps_key stratum = {.type = NPS_KEY_INTEGER, .integer = of->stratum[i]};
        nps_key psu = {.type = NPS_KEY_INTEGER, .integer = of->psu[i]};
        const nps_key domain[] = {domain_text_at(of, i), city_at(of, i)};
        if (of->stratum[i] == -20) stratum = (nps_key){.type = NPS_KEY_NULL};
        const nps_key *in = use & USE_STRATA ? &stratum : NULL;
        int32_t answer = of->answer[i];
        ck_status(nps_design_add(design, domain, in, use & USE_CLUSTERS ? &psu : NULL, answer,
                                 use & USE_WEIGHTS ? of->weight[i] : 1),
                  NPS_OK);
        if (use & USE_POPULATIONS) ck_status(nps_design_set_population(design, in, of->population[i]), NPS_OK);
    }
    return design;
}

static int same(const nps_design *a, const nps_design *b)
{
    return unchanged(a, take(b));
}

/* Without strata all rows have one population. */
static survey *survey_for(uint64_t seed, int use)
{
    survey *made = make_survey(seed);
    for (size_t i = 0; i < ROWS && !(use & USE_STRATA); i++) made->population[i] = 70000;
    return made;
}

START_TEST(columns_as_rows)
{
    survey *of = survey_for(3, _i);
    nps_design_columns columns = columns_of(of, _i);
    nps_design *expected = add_by_rows(of, _i, ROWS), *actual = make(_i);
    ck_status(nps_design_add_columns(actual, &columns, NULL), NPS_OK);
    ck_assert(same(expected, actual));
    /* Once more: every population is there already. */
    ck_status(nps_design_add_columns(actual, &columns, NULL), NPS_OK);
    nps_design *twice;
    ck_status(nps_design_copy(expected, &twice), NPS_OK);
    ck_status(nps_design_merge(expected, twice), NPS_OK);
    ck_assert(same(expected, actual));
    nps_design_free(twice);
    nps_design_free(expected);
    nps_design_free(actual);
    free(of);
}
END_TEST

#define FULL (USE_STRATA | USE_CLUSTERS | USE_POPULATIONS | USE_WEIGHTS)

/* The first row with a stratum like that of `row`, from `from` on. */
static size_t like(const survey *of, size_t row, size_t from)
{
    size_t i = from;
    while (of->stratum[i] != of->stratum[row]) i++;
    return i;
}

static size_t answered(const survey *of, size_t from)
{
    size_t i = from;
    while (of->answer[i] < 0 || of->answer[i] > 10) i++;
    return i;
}

static void must_refuse(nps_design *design, const survey *of, int status, size_t row)
{
    nps_design *before;
    nps_design_columns columns = columns_of(of, FULL);
    uint64_t fault = 12345678;
    ck_status(nps_design_copy(design, &before), NPS_OK);
    ck_status(nps_design_add_columns(design, &columns, &fault), status);
    ck_assert_uint_eq(fault, row);
    ck_status(nps_design_add_columns(design, &columns, NULL), status);
    ck_assert(same(design, before));
    nps_design_free(before);
}

/* A fault in any block; of two the first, be it a weight's or a population's. */
START_TEST(rows_at_fault)
{
    static const size_t places[] = {0, 1, 255, 256, 16383, 16384, 39000};
    static const double bad_weights[] = {-1, NAN, INFINITY, 0x1p-70}, bad_sizes[] = {0, 0.5, NAN, -7, INFINITY};
    survey *of = make_survey(8);
    nps_design *design = add_by_rows(of, FULL, 3000), *fresh = make(FULL);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        size_t row = answered(of, places[p]), later = answered(of, row + 1);
        double weight = of->weight[row], size = of->population[row], later_size = of->population[later];
        of->weight[row] = bad_weights[p % 4];
        must_refuse(design, of, NPS_ERR_RANGE, row);
        of->population[later] = 0;
        must_refuse(fresh, of, NPS_ERR_RANGE, row);
        of->weight[row] = weight;
        must_refuse(fresh, of, NPS_ERR_RANGE, later);
        of->population[later] = later_size;
        of->population[row] = bad_sizes[p % 5];
        must_refuse(design, of, NPS_ERR_RANGE, row);
        double later_weight = of->weight[later];
        of->weight[later] = -1;
        must_refuse(design, of, NPS_ERR_RANGE, row);
        of->weight[later] = later_weight;

        /* Another one than the stratum has: here already, or from rows before. */
        of->population[row] = size + 1;
        must_refuse(design, of, NPS_ERR_SCALE, row);
        size_t first = like(of, row, 0), second = like(of, row, row + 1);
        must_refuse(fresh, of, NPS_ERR_SCALE, first == row ? second : row);
        of->population[row] = size;
    }
    nps_design_free(design);
    nps_design_free(fresh);
    free(of);
}
END_TEST

START_TEST(bad_columns)
{
    survey *of = make_survey(1);
    nps_design *clustered = make(FULL), *plain = make(0), *before = make(FULL);
    nps_design_columns good = columns_of(of, FULL), bad = good;
    nps_column changed;
    ck_status(nps_design_add_columns(NULL, &good, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_add_columns(clustered, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_add_columns(plain, &good, NULL), NPS_ERR_ARGUMENT);
    bad.psus = NULL;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
    bad = good;
    bad.domains = NULL;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
    bad = good;
    bad.answers = NULL;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
    bad = good;
    bad.struct_size = 3;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);

    /* Each column: another length, no values, a type that does not serve. */
    const nps_column **const used[] = {&bad.strata, &bad.psus, &bad.populations, &bad.weights, &bad.answers};
    const int32_t wrong[] = {NPS_TYPE_F64, NPS_TYPE_F32, NPS_TYPE_UTF8, NPS_TYPE_UTF8, 99};
    for (size_t i = 0; i < 5; i++) {
        bad = good;
        changed = **used[i];
        *used[i] = &changed;
        changed.length--;
        ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
        changed.length++;
        const void *values = changed.values;
        changed.values = NULL;
        ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
        changed.values = values;
        changed.type = wrong[i];
        changed.offsets = of->domain_ends;
        ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_TYPE);
        /* The types of keys are looked at without rows too. */
        if (i == 2 || i == 3) continue;
        nps_column none[5];
        nps_column no_domains[2] = {of->domains[0], of->domains[1]};
        for (size_t c = 0; c < 5; c++) {
            none[c] = **used[c];
            none[c].length = 0;
            *used[c] = none + c;
        }
        no_domains[0].length = no_domains[1].length = 0;
        bad.domains = no_domains;
        ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_TYPE);
    }
    bad = good;
    nps_column domains[2] = {of->domains[0], of->domains[1]};
    bad.domains = domains;
    domains[1].length++;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_ARGUMENT);
    domains[1].length--;
    city_codes[39999] = 3;
    ck_status(nps_design_add_columns(clustered, &bad, NULL), NPS_ERR_FORMAT);
    city_codes[39999] = 0;
    uint64_t largest[ROWS] = {0}, fault = 0;
    largest[20000] = (uint64_t)INT64_MAX + 1;
    const nps_column large = {.type = NPS_TYPE_U64, .length = ROWS, .values = largest};
    bad.psus = &large;
    ck_status(nps_design_add_columns(clustered, &bad, &fault), NPS_ERR_RANGE);
    ck_assert_uint_eq(fault, 20000);
    ck_assert(same(clustered, before));
    nps_design_free(clustered);
    nps_design_free(plain);
    nps_design_free(before);
    free(of);
}
END_TEST

/* Weights that fit a batch each, but not both. */
START_TEST(overflow)
{
    const nps_design_options options = {.struct_size = sizeof options};
    nps_design *design;
    const double weight[] = {0x1p63};
    const uint8_t answer[] = {9};
    const nps_column answers = {.type = NPS_TYPE_U8, .length = 1, .values = answer};
    const nps_column weights = {.type = NPS_TYPE_F64, .length = 1, .values = weight};
    const nps_design_columns columns = {.struct_size = sizeof columns, .answers = &answers, .weights = &weights};
    ck_status(nps_design_new(&options, &design), NPS_OK);
    ck_status(nps_design_add_columns(design, &columns, NULL), NPS_OK);
    ck_status(nps_design_add_columns(design, &columns, NULL), NPS_ERR_OVERFLOW);
    nps_weighted state;
    ck_status(nps_design_weighted(design, NULL, &state), NPS_OK);
    ck_assert_uint_eq(state.level[9], 1);
    nps_design_free(design);
}
END_TEST

START_TEST(memory_fails)
{
    survey *of = make_survey(5);
    nps_design_columns columns = columns_of(of, FULL);
    nps_design *whole = make(FULL), *none = make(FULL);
    ck_status(nps_design_add_columns(whole, &columns, NULL), NPS_OK);
    int64_t refused = 1, failed = 0;
    for (int64_t n = 0; refused; n += 1 + n / 20) {
        nps_allocator allocator;
        test_memory memory;
        nps_design *design;
        test_memory_start(&memory, -1, &allocator);
        const nps_design_options options = {
            .struct_size = sizeof options, .domains = 2, .clusters = 1, .allocator = &allocator};
        ck_status(nps_design_new(&options, &design), NPS_OK);
        memory.requests = 0;
        memory.fail_at = n;
        int status = nps_design_add_columns(design, &columns, NULL);
        refused = memory.requests > n;
        memory.fail_at = -1;
        ck_assert(status == NPS_OK || (status == NPS_ERR_MEMORY && refused));
        failed += status != NPS_OK;
        ck_assert(same(design, status == NPS_OK ? whole : none));
        nps_design_free(design);
        ck_assert_uint_eq(memory.blocks, 0);
        ck_assert_uint_eq(memory.bytes, 0);
    }
    ck_assert_int_gt(failed, 30);
    nps_design_free(whole);
    nps_design_free(none);
    free(of);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, columns_as_rows, 0, 16);
    tcase_add_test(tcase, rows_at_fault);
    tcase_add_test(tcase, bad_columns);
    tcase_add_test(tcase, overflow);
    tcase_add_test(tcase, memory_fails);
}

int main(void)
{
    return test_main("design_columns", add);
}
