/* Rows of a designed survey, from a file or at random, and what becomes of them. */
#ifndef TEST_DESIGN_ROWS_H
#define TEST_DESIGN_ROWS_H

#include <nps/codec.h>
#include <nps/design.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))

typedef struct design_row {
    int64_t stratum, psu;
    char domain;
    int32_t answer;
    double weight, population;
} design_row;

typedef struct design_rows {
    size_t count;
    design_row *row;
} design_rows;

/* What of the rows a design uses. */
#define USE_STRATA      1
#define USE_CLUSTERS    2
#define USE_POPULATIONS 4

static inline int spec_of(const char *text)
{
    int spec = 0;
    if (strstr(text, "strata") != NULL) spec |= USE_STRATA;
    if (strstr(text, "clusters") != NULL) spec |= USE_CLUSTERS;
    if (strstr(text, "fpc") != NULL) spec |= USE_POPULATIONS;
    return spec;
}

static inline design_rows new_rows(size_t count)
{
    design_rows rows = {count, calloc(count + 1, sizeof *rows.row)};
    ck_assert_ptr_nonnull(rows.row);
    return rows;
}

/* dataset NULL: all rows of a file without domains. */
static inline design_rows read_rows(const char *name, const char *dataset)
{
    test_csv *csv = test_csv_read(name);
    design_rows rows = new_rows(csv->rows);
    rows.count = 0;
    for (size_t i = 0; i < csv->rows; i++) {
        if (dataset != NULL && strcmp(test_csv_cell(csv, i, "dataset"), dataset) != 0) continue;
        rows.row[rows.count++] = (design_row){
            .stratum = (int64_t)test_csv_number(csv, i, "stratum"),
            .psu = (int64_t)test_csv_number(csv, i, "psu"),
            .domain = dataset == NULL ? 'a' : test_csv_cell(csv, i, "domain")[0],
            .answer = (int32_t)test_csv_number(csv, i, "answer"),
            .weight = test_csv_number(csv, i, "weight"),
            .population = test_csv_number(csv, i, "fpc"),
        };
    }
    ck_assert(rows.count > 0);
    test_csv_free(csv);
    return rows;
}

/* The domain is a part of one letter. */
static inline nps_design *new_design(int spec, const nps_allocator *allocator)
{
    const nps_design_options options = {
        .struct_size = sizeof options, .domains = 1, .clusters = (spec & USE_CLUSTERS) != 0, .allocator = allocator};
    nps_design *design = NULL;
    ck_status(nps_design_new(&options, &design), NPS_OK);
    return design;
}

typedef struct row_keys {
    nps_key stratum, psu, domain;
} row_keys;

static inline row_keys keys_of(int spec, const design_row *row)
{
    /* Without strata PSUs need numbers that tell them apart. */
    int64_t psu = spec & USE_STRATA ? row->psu : 1000000 * row->stratum + row->psu;
    return (row_keys){
        {.type = NPS_KEY_INTEGER, .integer = row->stratum},
        {.type = NPS_KEY_INTEGER, .integer = psu},
        {.type = NPS_KEY_BYTES, .bytes = &row->domain, .length = 1},
    };
}

static inline const nps_key *if_used(int spec, int use, const nps_key *key)
{
    return spec & use ? key : NULL;
}

static inline int add_row(nps_design *design, int spec, const design_row *row)
{
    row_keys keys = keys_of(spec, row);
    const nps_key *stratum = if_used(spec, USE_STRATA, &keys.stratum), *psu = if_used(spec, USE_CLUSTERS, &keys.psu);
    int status = nps_design_add(design, &keys.domain, stratum, psu, row->answer, row->weight);
    if (status == NPS_OK && spec & USE_POPULATIONS)
        status = nps_design_set_population(design, stratum, row->population);
    return status;
}

static inline int remove_row(nps_design *design, int spec, const design_row *row)
{
    row_keys keys = keys_of(spec, row);
    return nps_design_remove(design, &keys.domain, if_used(spec, USE_STRATA, &keys.stratum),
                             if_used(spec, USE_CLUSTERS, &keys.psu), row->answer, row->weight);
}

static inline nps_design *design_of(int spec, const design_rows *rows)
{
    nps_design *design = new_design(spec, NULL);
    for (size_t i = 0; i < rows->count; i++) ck_status(add_row(design, spec, rows->row + i), NPS_OK);
    return design;
}

/* The estimate of a domain of one letter; 0 for everything. */
static inline int estimate_of(const nps_design *design, char domain, int32_t lonely, nps_design_result *out)
{
    const nps_key key = {.type = NPS_KEY_BYTES, .bytes = &domain, .length = 1};
    memset(out, 0, sizeof *out);
    out->struct_size = sizeof *out;
    return nps_design_estimate(design, domain == 0 ? NULL : &key, lonely, out);
}

/* What a design is, as bytes: equal ones have equal bytes. */
typedef struct snapshot {
    uint8_t *bytes;
    size_t size;
} snapshot;

static inline snapshot take(const nps_design *design)
{
    snapshot out;
    ck_status(nps_design_encode(design, NULL, 0, &out.size), NPS_OK);
    out.bytes = malloc(out.size);
    ck_assert_ptr_nonnull(out.bytes);
    ck_status(nps_design_encode(design, out.bytes, out.size, &out.size), NPS_OK);
    return out;
}

/* Whether the design is still as it was; the snapshot is freed. */
static inline int unchanged(const nps_design *design, snapshot before)
{
    snapshot now = take(design);
    int same = now.size == before.size && memcmp(now.bytes, before.bytes, now.size) == 0;
    free(now.bytes);
    free(before.bytes);
    return same;
}

static inline int is_answer(int32_t answer)
{
    return answer >= 0 && answer <= 10;
}

static inline int class_of(int32_t answer)
{
    return (answer >= 9) - (answer <= 6);
}

/* Whether two rows are in one stratum, and in one PSU. */
static inline int together(int spec, const design_row *a, const design_row *b, size_t in_a, size_t in_b)
{
    if (!(spec & USE_CLUSTERS)) return in_a == in_b;
    return a->stratum == b->stratum && a->psu == b->psu;
}

static inline int one_stratum(int spec, const design_row *a, const design_row *b)
{
    return !(spec & USE_STRATA) || a->stratum == b->stratum;
}

/* A small survey with everything in it: missing answers, weights of 0, strata of one PSU, populations taken whole. */
static inline design_rows random_rows(uint64_t *seed, int spec)
{
    size_t count = 1 + (size_t)test_below(seed, 40);
    design_rows rows = new_rows(count);
    uint64_t strata = 1 + test_below(seed, 4), psus = 1 + test_below(seed, 4), answers = 1 + test_below(seed, 13);
    for (size_t i = 0; i < count; i++) {
        uint64_t answer = 12 - test_below(seed, answers);
        rows.row[i] = (design_row){
            .stratum = (int64_t)test_below(seed, strata),
            .psu = (int64_t)test_below(seed, psus),
            .domain = (char)('a' + test_below(seed, 3)),
            .answer = answer == 12 ? NPS_MISSING : (int32_t)answer,
            .weight = test_below(seed, 8) == 0 ? 0 : (double)(1 + test_below(seed, 1000)) / 8,
        };
    }
    /* Populations of as many PSUs as were drawn, or a few more. */
    for (size_t i = 0; i < count; i++) {
        design_row *row = rows.row + i;
        double drawn = 0, more = (double)((i + (size_t)strata) % 3 == 0 ? 0 : 1 + i % 7);
        if (row->population != 0) continue;
        for (size_t j = 0; j < count; j++) {
            if (!is_answer(rows.row[j].answer) || !one_stratum(spec, row, rows.row + j)) continue;
            int first = 1;
            for (size_t k = 0; k < j; k++)
                if (is_answer(rows.row[k].answer) && one_stratum(spec, row, rows.row + k) &&
                    together(spec, rows.row + k, rows.row + j, k, j))
                    first = 0;
            drawn += first;
        }
        for (size_t j = 0; j < count; j++)
            if (one_stratum(spec, row, rows.row + j)) rows.row[j].population = drawn + more < 1 ? 1 : drawn + more;
    }
    return rows;
}

#endif
