#include <math.h>

#include "design_rows.h"

static const nps_key null = {.type = NPS_KEY_NULL}, all = {.type = NPS_KEY_ALL};

static nps_key integer(int64_t number)
{
    return (nps_key){.type = NPS_KEY_INTEGER, .integer = number};
}

static nps_key text(const char *bytes)
{
    return (nps_key){.type = NPS_KEY_BYTES, .bytes = bytes, .length = strlen(bytes)};
}

static nps_design *make(int32_t domains, int32_t clusters)
{
    const nps_design_options options = {.struct_size = sizeof options, .domains = domains, .clusters = clusters};
    nps_design *design = NULL;
    ck_status(nps_design_new(&options, &design), NPS_OK);
    return design;
}

START_TEST(possible_options)
{
    nps_design *design = NULL;
    nps_design_options good = {.struct_size = sizeof good, .domains = 6, .clusters = 1, .kind = 5}, bad;
    ck_status(nps_design_new(NULL, &design), NPS_ERR_ARGUMENT);
    ck_status(nps_design_new(&good, NULL), NPS_ERR_ARGUMENT);
    bad = good;
    bad.domains = 7;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    bad.domains = -1;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    bad = good;
    bad.clusters = 2;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    bad.clusters = -1;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    bad = good;
    bad.reserved = 1;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    bad = good;
    bad.scale = &(nps_scale){5, 1, 3, 5};
    ck_status(nps_design_new(&bad, &design), NPS_ERR_SCALE);
    bad = good;
    bad.struct_size = 4;
    ck_status(nps_design_new(&bad, &design), NPS_ERR_ARGUMENT);
    struct {
        nps_design_options known;
        uint64_t later;
    } longer = {good, 1};
    longer.known.struct_size = sizeof longer;
    ck_status(nps_design_new(&longer.known, &design), NPS_ERR_ARGUMENT);
    ck_assert_ptr_null(design);
    longer.later = 0;
    ck_status(nps_design_new(&longer.known, &design), NPS_OK);
    nps_design_free(design);
    /* A shorter one, of a release that knew domains only. */
    bad = good;
    bad.struct_size = offsetof(nps_design_options, clusters);
    ck_status(nps_design_new(&bad, &design), NPS_OK);
    ck_assert_int_eq(nps_design_domains(design), 6);
    ck_assert_int_eq(nps_design_clusters(design), 0);
    nps_design_free(design);
    nps_design_free(NULL);
}
END_TEST

START_TEST(what_it_was_made_with)
{
    nps_design *design, *copy;
    const nps_scale five = {1, 5, 3, 5};
    nps_scale scale;
    const nps_design_options given = {
        .struct_size = sizeof given, .domains = 2, .clusters = 1, .scale = &five, .kind = 9};
    ck_status(nps_design_new(&given, &design), NPS_OK);
    ck_status(nps_design_set_name(design, 1, "age\0b", 5), NPS_OK);
    ck_status(nps_design_set_name(design, 2, "x", 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_set_name(design, -1, "x", 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_set_name(design, 0, NULL, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_set_name(NULL, 0, "x", 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_copy(design, &copy), NPS_OK);
    ck_status(nps_design_set_kind(design, 10), NPS_OK);
    ck_assert_uint_eq(nps_design_kind(design), 10);
    nps_design_free(design);
    ck_assert_int_eq(nps_design_domains(copy), 2);
    ck_assert_int_eq(nps_design_clusters(copy), 1);
    ck_assert_uint_eq(nps_design_kind(copy), 9);
    ck_status(nps_design_scale(copy, &scale), NPS_OK);
    ck_assert(nps_scale_equal(&scale, &five));
    const char *name;
    size_t length;
    ck_status(nps_design_name(copy, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 5);
    ck_assert_mem_eq(name, "age\0b", 5);
    ck_status(nps_design_name(copy, 0, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 0);
    ck_status(nps_design_name(copy, 2, &name, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_design_name(copy, 0, NULL, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_design_name(NULL, 0, &name, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_design_scale(copy, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_scale(NULL, &scale), NPS_ERR_ARGUMENT);
    ck_status(nps_design_set_kind(NULL, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_copy(NULL, &copy), NPS_ERR_ARGUMENT);
    ck_status(nps_design_copy(copy, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_design_domains(NULL), 0);
    ck_assert_int_eq(nps_design_clusters(NULL), 0);
    ck_assert_uint_eq(nps_design_kind(NULL), 0);
    nps_design_free(copy);
}
END_TEST

START_TEST(lonely_names)
{
    static const char *const names[] = {"fail", "remove", "certainty", "adjust", "average"};
    int32_t number = -7;
    for (int32_t i = 0; i < NPS_LONELY_COUNT; i++) {
        ck_assert_str_eq(nps_lonely_name(i), names[i]);
        ck_status(nps_lonely(names[i], strlen(names[i]), &number), NPS_OK);
        ck_assert_int_eq(number, i);
    }
    ck_assert_ptr_null(nps_lonely_name(-1));
    ck_assert_ptr_null(nps_lonely_name(NPS_LONELY_COUNT));
    ck_status(nps_lonely("fail", 3, &number), NPS_ERR_NOT_FOUND);
    ck_status(nps_lonely(NULL, 0, &number), NPS_ERR_ARGUMENT);
    ck_status(nps_lonely("fail", 4, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(number, NPS_LONELY_AVERAGE);
}
END_TEST

START_TEST(bad_rows)
{
    nps_design *clustered = make(2, 1), *plain = make(0, 0);
    const nps_key psu = integer(1), domain[] = {text("a"), integer(2)}, rolled[] = {text("a"), all};
    nps_key strange = {.type = 9}, lost = {.type = NPS_KEY_BYTES, .length = 3};
    ck_status(nps_design_add(clustered, domain, NULL, &psu, 9, 2), NPS_OK);
    ck_status(nps_design_add(plain, NULL, NULL, NULL, 9, 2), NPS_OK);
    snapshot before = take(clustered), plain_before = take(plain);
    int (*const calls[])(nps_design *, const nps_key *, const nps_key *, const nps_key *, int32_t,
                         double) = {nps_design_add, nps_design_remove};
    for (size_t i = 0; i < 2; i++) {
        ck_status(calls[i](NULL, domain, NULL, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, NULL, NULL, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, domain, NULL, NULL, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](plain, NULL, NULL, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, rolled, NULL, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, domain, &all, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, domain, NULL, &all, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, domain, &strange, &psu, 9, 1), NPS_ERR_ARGUMENT);
        ck_status(calls[i](clustered, domain, NULL, &lost, 9, 1), NPS_ERR_ARGUMENT);
        static const double weights[] = {-1, NAN, INFINITY, 0x1p64, 0x1p-65};
        for (size_t w = 0; w < sizeof weights / sizeof *weights; w++)
            ck_status(calls[i](plain, NULL, NULL, NULL, 9, weights[w]), NPS_ERR_RANGE);
    }
    ck_status(nps_design_remove(clustered, domain, &psu, &psu, 9, 2), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_remove(clustered, domain, NULL, &psu, 10, 2), NPS_ERR_UNDERFLOW);
    ck_status(nps_design_remove(clustered, domain, NULL, &psu, 9, 3), NPS_ERR_UNDERFLOW);
    ck_status(nps_design_add(plain, NULL, NULL, NULL, 9, 0x1p63), NPS_OK);
    ck_status(nps_design_add(plain, NULL, NULL, NULL, 9, 0x1p63), NPS_ERR_OVERFLOW);
    ck_status(nps_design_remove(plain, NULL, &null, NULL, 9, 0x1p63), NPS_OK);
    ck_assert(unchanged(clustered, before));
    ck_assert(unchanged(plain, plain_before));
    nps_design_free(clustered);
    nps_design_free(plain);
}
END_TEST

START_TEST(populations)
{
    nps_design *design = make(0, 0);
    const nps_key north = text("north");
    double size = -1;
    static const double impossible[] = {0, 0.999, -3, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++)
        ck_status(nps_design_set_population(design, &north, impossible[i]), NPS_ERR_RANGE);
    ck_status(nps_design_population(design, &north, &size), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_set_population(design, &north, 1), NPS_OK);
    ck_status(nps_design_set_population(design, &north, 1), NPS_OK);
    ck_status(nps_design_set_population(design, &north, 2), NPS_ERR_SCALE);
    ck_status(nps_design_population(design, NULL, &size), NPS_ERR_NOT_FOUND);
    ck_assert_double_eq(size, -1);
    ck_status(nps_design_set_population(design, &null, 1e300), NPS_OK);
    ck_status(nps_design_set_population(design, NULL, 1e299), NPS_ERR_SCALE);
    ck_status(nps_design_population(design, NULL, &size), NPS_OK);
    ck_assert_double_eq(size, 1e300);
    ck_status(nps_design_population(design, &north, &size), NPS_OK);
    ck_assert_double_eq(size, 1);
    ck_status(nps_design_set_population(NULL, &north, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_set_population(design, &all, 1), NPS_ERR_ARGUMENT);
    ck_status(nps_design_population(NULL, &north, &size), NPS_ERR_ARGUMENT);
    ck_status(nps_design_population(design, &north, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_population(design, &all, &size), NPS_ERR_ARGUMENT);
    nps_design_free(design);
}
END_TEST

/* Rows without an answer make neither PSU nor stratum. */
START_TEST(nobody_answered)
{
    nps_design *design = make(0, 1);
    nps_design_result result = {.struct_size = sizeof result};
    nps_weighted total;
    nps_tally counts;
    for (int64_t stratum = 1; stratum < 4; stratum++) {
        for (int64_t number = 1; number < 4; number++) {
            nps_key in = integer(stratum), psu = integer(number);
            int32_t answer = stratum == 3 || number == 3 ? NPS_MISSING : 5 * (int32_t)number;
            ck_status(nps_design_add(design, NULL, &in, &psu, answer, 1), NPS_OK);
            ck_status(nps_design_add(design, NULL, &in, &psu, NPS_INVALID, NAN), NPS_OK);
        }
    }
    const nps_key third = integer(3);
    ck_status(nps_design_set_population(design, &third, 1), NPS_OK);
    ck_status(nps_design_estimate(design, NULL, NPS_LONELY_FAIL, &result), NPS_OK);
    ck_assert_uint_eq(result.strata, 2);
    ck_assert_uint_eq(result.psus, 4);
    ck_assert_double_eq(result.df, 2);
    ck_status(nps_design_weighted(design, NULL, &total), NPS_OK);
    ck_status(nps_weighted_tally(&total, &counts), NPS_OK);
    ck_assert_uint_eq(counts.missing, 5);
    ck_assert_uint_eq(counts.invalid, 9);
    ck_assert_uint_eq(nps_tally_responses(&counts), 4);
    nps_design_free(design);
}
END_TEST

/* Domains as a container of their own, against the same rows added to one directly. */
START_TEST(domains_as_segments)
{
    const int32_t first = 1 + _i;
    nps_design *design = make(2, _i);
    nps_segments *expected, *actual;
    const nps_segments_options options = {.struct_size = sizeof options, .dimensions = 2, .state = NPS_STATE_WEIGHTED};
    ck_status(nps_segments_new(&options, &expected), NPS_OK);
    ck_status(nps_design_set_name(design, 1, "city", 4), NPS_OK);
    uint64_t seed = (uint64_t)first;
    for (int i = 0; i < 500; i++) {
        nps_key domain[2] = {integer((int64_t)test_below(&seed, 3)), text(i % 4 ? "x" : "yy")};
        nps_key stratum = integer((int64_t)test_below(&seed, 5)), psu = integer((int64_t)test_below(&seed, 3));
        if (i % 9 == 0) domain[0] = null;
        int32_t answer = (int32_t)test_below(&seed, 13) - 1;
        double weight = (double)test_below(&seed, 100) / 7;
        ck_status(nps_design_add(design, domain, &stratum, _i ? &psu : NULL, answer, weight), NPS_OK);
        ck_status(nps_segments_add_weighted(expected, domain, answer, weight), NPS_OK);
    }
    ck_status(nps_segments_sort(expected), NPS_OK);
    ck_status(nps_design_segments(design, &actual), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(actual), nps_segments_count(expected));
    for (size_t i = 0; i < nps_segments_count(expected); i++) {
        nps_key key[2], found[2];
        nps_weighted here, there, direct;
        for (int32_t d = 0; d < 2; d++) {
            ck_status(nps_segments_key(expected, i, d, &key[d]), NPS_OK);
            ck_status(nps_segments_key(actual, i, d, &found[d]), NPS_OK);
            ck_assert_int_eq(key[d].type, found[d].type);
            ck_assert(key[d].integer == found[d].integer && key[d].length == found[d].length);
        }
        ck_status(nps_segments_weighted(expected, i, &here), NPS_OK);
        ck_status(nps_segments_weighted(actual, i, &there), NPS_OK);
        ck_status(nps_design_weighted(design, key, &direct), NPS_OK);
        ck_assert_mem_eq(&here, &there, sizeof here);
        ck_assert_mem_eq(&here, &direct, sizeof here);
    }
    /* A part that stands for every value, as a roll-up has it; everything. */
    nps_segments *cities;
    nps_weighted here, there;
    const nps_key city[] = {all, text("yy")}, everything[] = {all, all}, nowhere[] = {all, text("z")};
    size_t index;
    ck_status(nps_segments_rollup(expected, 2, &cities), NPS_OK);
    ck_status(nps_segments_find(cities, city, &index), NPS_OK);
    ck_status(nps_segments_weighted(cities, index, &here), NPS_OK);
    ck_status(nps_design_weighted(design, city, &there), NPS_OK);
    ck_assert_mem_eq(&here, &there, sizeof here);
    ck_status(nps_segments_total_weighted(expected, &here), NPS_OK);
    ck_status(nps_design_weighted(design, everything, &there), NPS_OK);
    ck_assert_mem_eq(&here, &there, sizeof here);
    ck_status(nps_design_weighted(design, nowhere, &there), NPS_ERR_NOT_FOUND);
    const char *name;
    size_t length;
    ck_status(nps_segments_name(actual, 1, &name, &length), NPS_OK);
    ck_assert_uint_eq(length, 4);
    ck_assert_mem_eq(name, "city", 4);
    nps_segments_free(cities);
    nps_segments_free(actual);
    nps_segments_free(expected);
    nps_design_free(design);
}
END_TEST

START_TEST(reading_errors)
{
    nps_design *design = make(1, 0), *plain = make(0, 0);
    nps_weighted state;
    nps_segments *segments = NULL;
    nps_design_result result = {.struct_size = sizeof result, .df = 42};
    const nps_key a = text("a"), b = text("b"), strange = {.type = 77};
    ck_status(nps_design_weighted(NULL, NULL, &state), NPS_ERR_ARGUMENT);
    ck_status(nps_design_weighted(design, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_weighted(design, &strange, &state), NPS_ERR_ARGUMENT);
    ck_status(nps_design_segments(NULL, &segments), NPS_ERR_ARGUMENT);
    ck_status(nps_design_segments(design, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_segments(plain, &segments), NPS_ERR_TYPE);
    ck_status(nps_design_sort(NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_weighted(design, NULL, &state), NPS_OK);
    ck_status(nps_design_weighted(design, &a, &state), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_estimate(design, NULL, 0, &result), NPS_ERR_EMPTY);
    ck_status(nps_design_estimate(design, &a, 0, &result), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_add(design, &a, NULL, NULL, 9, 0), NPS_OK);
    ck_status(nps_design_add(design, &a, NULL, NULL, NPS_MISSING, 1), NPS_OK);
    ck_status(nps_design_estimate(design, &a, 0, &result), NPS_ERR_EMPTY);
    ck_status(nps_design_add(design, &a, NULL, NULL, 9, 1), NPS_OK);
    ck_status(nps_design_estimate(design, &b, 0, &result), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_estimate(NULL, NULL, 0, &result), NPS_ERR_ARGUMENT);
    ck_status(nps_design_estimate(design, NULL, 0, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_estimate(design, NULL, -1, &result), NPS_ERR_ARGUMENT);
    ck_status(nps_design_estimate(design, NULL, NPS_LONELY_COUNT, &result), NPS_ERR_ARGUMENT);
    ck_status(nps_design_estimate(design, &strange, 0, &result), NPS_ERR_ARGUMENT);
    nps_design_result unset = {.struct_size = 0};
    ck_status(nps_design_estimate(design, NULL, 0, &unset), NPS_ERR_ARGUMENT);
    ck_assert_double_eq(result.df, 42);
    /* A caller that knows the score only. */
    result.struct_size = offsetof(nps_design_result, standard_error);
    ck_status(nps_design_estimate(design, NULL, 0, &result), NPS_OK);
    ck_assert_double_eq(result.score, 100);
    ck_assert_double_eq(result.df, 42);

    /* Weights that fit each state, but not their sum. */
    nps_sample sample;
    const nps_key other = integer(1);
    ck_status(nps_design_add(design, &b, NULL, NULL, 9, 0x1.8p63), NPS_OK);
    ck_status(nps_design_add(design, &b, &other, NULL, 9, 0x1p63), NPS_OK);
    ck_status(nps_design_weighted(design, NULL, &state), NPS_ERR_OVERFLOW);
    ck_status(nps_design_segments(design, &segments), NPS_ERR_OVERFLOW);
    ck_status(nps_design_estimate(design, &b, 0, &result), NPS_ERR_OVERFLOW);
    ck_status(nps_design_sample(design, &b, 0, 0, &sample), NPS_ERR_OVERFLOW);
    ck_status(nps_design_weighted(design, &a, &state), NPS_OK);
    ck_assert_ptr_null(segments);
    nps_design_free(design);
    nps_design_free(plain);
}
END_TEST

START_TEST(merge_errors)
{
    nps_design *into = make(1, 0), *from = make(1, 0), *others[4] = {make(2, 0), make(1, 1), make(1, 0), NULL};
    const nps_key a = text("a"), stratum = integer(1), second = integer(2);
    const nps_design_options five = {.struct_size = sizeof five, .domains = 1, .scale = &(nps_scale){1, 5, 3, 5}};
    ck_status(nps_design_new(&five, &others[3]), NPS_OK);
    ck_status(nps_design_set_kind(others[2], 3), NPS_OK);
    ck_status(nps_design_add(into, &a, &stratum, NULL, 9, 1), NPS_OK);
    ck_status(nps_design_set_population(into, &stratum, 10), NPS_OK);
    snapshot before = take(into);
    for (size_t i = 0; i < 4; i++) {
        int expected = i < 2 ? NPS_ERR_TYPE : NPS_ERR_SCALE;
        ck_status(nps_design_merge(into, others[i]), expected);
        ck_status(nps_design_subtract(into, others[i]), expected);
        nps_design_free(others[i]);
    }
    ck_status(nps_design_merge(into, into), NPS_ERR_ARGUMENT);
    ck_status(nps_design_merge(NULL, from), NPS_ERR_ARGUMENT);
    ck_status(nps_design_merge(into, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_design_subtract(into, into), NPS_ERR_ARGUMENT);
    ck_status(nps_design_subtract(NULL, from), NPS_ERR_ARGUMENT);
    ck_status(nps_design_subtract(into, NULL), NPS_ERR_ARGUMENT);

    ck_status(nps_design_add(from, &a, &second, NULL, 9, 1), NPS_OK);
    ck_status(nps_design_set_population(from, &second, 4), NPS_OK);
    ck_status(nps_design_subtract(into, from), NPS_ERR_NOT_FOUND);
    ck_status(nps_design_add(from, &a, &stratum, NULL, 10, 1), NPS_OK);
    ck_status(nps_design_set_population(from, &stratum, 11), NPS_OK);
    ck_status(nps_design_merge(into, from), NPS_ERR_SCALE);
    ck_status(nps_design_subtract(into, from), NPS_ERR_SCALE);
    ck_assert(unchanged(into, before));
    nps_design_free(from);

    from = make(1, 0);
    ck_status(nps_design_add(from, &a, &second, NULL, 9, 1), NPS_OK);
    ck_status(nps_design_set_population(from, &second, 4), NPS_OK);
    ck_status(nps_design_add(from, &a, &stratum, NULL, 9, 0x1p63), NPS_OK);
    ck_status(nps_design_add(into, &a, &stratum, NULL, 9, 0x1p63), NPS_OK);
    before = take(into);
    ck_status(nps_design_merge(into, from), NPS_ERR_OVERFLOW);
    ck_assert(unchanged(into, before));
    nps_design_free(into);
    nps_design_free(from);
}
END_TEST

static double population_of(const nps_design *design, int64_t stratum)
{
    const nps_key key = integer(stratum);
    double size = 0;
    int status = nps_design_population(design, &key, &size);
    ck_assert(status == NPS_OK || status == NPS_ERR_NOT_FOUND);
    return size;
}

/* Populations come with a merge, and go with the last row that a subtraction takes. */
START_TEST(populations_merged_and_taken_back)
{
    nps_design *days[3], *window = make(1, 0);
    const nps_key a = text("a"), b = text("b");
    for (int64_t day = 0; day < 3; day++) {
        days[day] = make(1, 0);
        for (int64_t i = 0; i < 2; i++) {
            const nps_key stratum = integer(day + i);
            ck_status(nps_design_add(days[day], i ? &a : &b, &stratum, NULL, 9, 1), NPS_OK);
            ck_status(nps_design_set_population(days[day], &stratum, 100 + (double)(day + i)), NPS_OK);
        }
        const nps_key ahead = integer(10 + day);
        ck_status(nps_design_set_population(days[day], &ahead, 7), NPS_OK);
    }
    for (size_t day = 0; day < 3; day++) ck_status(nps_design_merge(window, days[day]), NPS_OK);
    const nps_key own = integer(99);
    ck_status(nps_design_set_population(window, &own, 5), NPS_OK);
    for (int64_t stratum = 0; stratum < 4; stratum++)
        ck_assert_double_eq(population_of(window, stratum), 100.0 + (double)stratum);
    ck_status(nps_design_subtract(window, days[0]), NPS_OK);
    ck_assert_double_eq(population_of(window, 0), 0);
    ck_assert_double_eq(population_of(window, 1), 101);
    ck_assert_double_eq(population_of(window, 10), 0);
    ck_assert_double_eq(population_of(window, 11), 7);
    ck_status(nps_design_subtract(window, days[2]), NPS_OK);
    ck_status(nps_design_subtract(window, days[1]), NPS_OK);
    for (int64_t stratum = 0; stratum < 13; stratum++) ck_assert_double_eq(population_of(window, stratum), 0);
    ck_assert_double_eq(population_of(window, 99), 5);
    /* A stratum whose population went may have another one. */
    const nps_key first = integer(1);
    ck_status(nps_design_set_population(window, &first, 55), NPS_OK);
    ck_status(nps_design_merge(window, days[0]), NPS_ERR_SCALE);
    for (size_t day = 0; day < 3; day++) nps_design_free(days[day]);
    nps_design_free(window);
}
END_TEST

/* Rows that were removed one by one leave the population: it may have come before them. */
START_TEST(removed_rows)
{
    nps_design *design = make(0, 0), *none = make(0, 0), *empty = make(0, 0);
    const nps_key stratum = integer(1);
    nps_design_result result = {.struct_size = sizeof result};
    ck_status(nps_design_set_population(design, &stratum, 3), NPS_OK);
    ck_status(nps_design_add(design, NULL, &stratum, NULL, 9, 1), NPS_OK);
    ck_status(nps_design_remove(design, NULL, &stratum, NULL, 9, 1), NPS_OK);
    ck_assert_double_eq(population_of(design, 1), 3);
    ck_status(nps_design_estimate(design, NULL, 0, &result), NPS_ERR_EMPTY);
    for (int i = 0; i < 3; i++) ck_status(nps_design_add(none, NULL, NULL, NULL, 3 * i, 1), NPS_OK);
    ck_status(nps_design_merge(design, none), NPS_OK);
    ck_status(nps_design_estimate(design, NULL, 0, &result), NPS_OK);
    ck_assert_uint_eq(result.strata, 1);
    ck_status(nps_design_subtract(design, empty), NPS_OK);
    ck_assert_double_eq(population_of(design, 1), 3);
    nps_design_free(design);
    nps_design_free(none);
    nps_design_free(empty);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, possible_options);
    tcase_add_test(tcase, what_it_was_made_with);
    tcase_add_test(tcase, lonely_names);
    tcase_add_test(tcase, bad_rows);
    tcase_add_test(tcase, populations);
    tcase_add_test(tcase, nobody_answered);
    tcase_add_loop_test(tcase, domains_as_segments, 0, 2);
    tcase_add_test(tcase, reading_errors);
    tcase_add_test(tcase, merge_errors);
    tcase_add_test(tcase, populations_merged_and_taken_back);
    tcase_add_test(tcase, removed_rows);
}

int main(void)
{
    return test_main("design", add);
}
