/* Random columns whose rows are known without reading them: the codes are set down while the column is built. */
#ifndef TEST_COLUMNS_H
#define TEST_COLUMNS_H

#include <math.h>
#include <nps/column.h>
#include <nps/scale.h>
#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "support.h"

/* What a column is to be. The memory of its values begins `shift` bytes off alignment. */
typedef struct column_plan {
    int32_t type, index_type;
    size_t rows, offset, shift;
    int with_validity;
    nps_scale scale;
    const struct column_plan *dictionary;
} column_plan;

typedef struct built_column {
    nps_column column;
    struct built_column *dictionary;
    unsigned char *values, *offsets;
    uint8_t *validity;
    uint8_t *codes;    /* what each row means on the plan's scale */
    double *numbers;   /* number types and bool: the value, NaN where there is none */
    int64_t *integers; /* integers, bool and dictionary codes; 0 where there is none */
    int *too_large;    /* above INT64_MAX */
    const char **texts;
} built_column;

static void *column_block(size_t count, size_t size)
{
    void *block = calloc(count + 1, size);
    if (block == NULL) exit(EXIT_FAILURE);
    return block;
}

static size_t size_below(uint64_t *seed, size_t bound)
{
    return (size_t)test_below(seed, bound);
}

static uint8_t code_of_number(const nps_scale *scale, double number)
{
    if (isnan(number)) return NPSI_CODE_MISSING;
    for (int answer = scale->lowest; answer <= scale->highest; answer++)
        if (number == answer) return (uint8_t)(answer - scale->lowest);
    return NPSI_CODE_INVALID;
}

static size_t column_width(int32_t type)
{
    static const size_t widths[] = {0, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 0, 4, 8};
    return widths[type];
}

/* Puts a number into a row; an integer type takes its low bits. Bool: its truth. */
static void store_number(unsigned char *values, int32_t type, size_t row, int64_t integer, double number)
{
    size_t width = column_width(type);
    unsigned char *at = values + row * width;
    uint64_t bits = (uint64_t)integer;
    float single = (float)number;
    if (type == NPS_TYPE_F32) memcpy(at, &single, sizeof single);
    if (type == NPS_TYPE_F64) memcpy(at, &number, sizeof number);
    if (type == NPS_TYPE_BOOL && integer) values[row / 8] |= (unsigned char)(1u << row % 8);
    if (type == NPS_TYPE_I8 || type == NPS_TYPE_U8) *at = (unsigned char)bits;
    if (type == NPS_TYPE_I16 || type == NPS_TYPE_U16) memcpy(at, &(uint16_t){(uint16_t)bits}, width);
    if (type == NPS_TYPE_I32 || type == NPS_TYPE_U32) memcpy(at, &(uint32_t){(uint32_t)bits}, width);
    if (type == NPS_TYPE_I64 || type == NPS_TYPE_U64) memcpy(at, &bits, width);
}

/* A value that the integer type holds: mostly near the scale, sometimes at an end of the type. */
static int64_t random_integer(int32_t type, uint64_t *seed)
{
    int is_signed = type <= NPS_TYPE_I64;
    unsigned bits = 8 * (unsigned)column_width(type);
    if (type == NPS_TYPE_BOOL) return (int64_t)test_below(seed, 2);
    switch (test_below(seed, 12)) {
    case 0:
        return is_signed ? -(int64_t)(UINT64_C(1) << (bits - 2)) * 2 : 0;
    case 1:
        return (int64_t)(is_signed ? (UINT64_C(1) << (bits - 1)) - 1 : UINT64_MAX >> (64 - bits));
    case 2:
        return is_signed ? -1 - (int64_t)test_below(seed, 10) : 1 << (bits - 1) % 30;
    default:
        return (int64_t)test_below(seed, 16);
    }
}

static double random_float(uint64_t *seed)
{
    static const double strange[] = {NAN, INFINITY, -INFINITY, 8.5, -0.0, 1e30, -1e30, 10.000001, 2147483648.0, -0.5};
    uint64_t pick = test_below(seed, 20);
    if (pick < sizeof strange / sizeof *strange) return (double)(float)strange[pick];
    return (double)test_below(seed, 22) - 7;
}

static void build_number(built_column *out, const column_plan *plan, size_t row, int valid, uint64_t *seed)
{
    int is_float = plan->type == NPS_TYPE_F32 || plan->type == NPS_TYPE_F64;
    int64_t integer = is_float ? 0 : random_integer(plan->type, seed);
    int large = plan->type == NPS_TYPE_U64 && integer < 0;
    double number = is_float ? random_float(seed) : large ? (double)(uint64_t)integer : (double)integer;
    store_number(out->values, plan->type, row, integer, number);
    out->codes[row] = !valid ? NPSI_CODE_MISSING : large ? NPSI_CODE_INVALID : code_of_number(&plan->scale, number);
    out->numbers[row] = valid ? number : (double)NAN;
    out->integers[row] = valid ? integer : 0;
    out->too_large[row] = valid && large;
}

static void build_texts(built_column *out, const column_plan *plan, size_t rows, uint64_t *seed)
{
    /* Text, and what it says on a scale that holds it. */
    static const struct {
        const char *text;
        double number;
    } known[] = {{"10", 10},   {"9.0", 9},   {" 7 ", 7}, {"0", 0},   {"", NAN},       {"NA", NAN},
                 {"8.5", 8.5}, {"none", 99}, {"11", 11}, {"-1", -1}, {"\xd9\xa3", 3}, {"null", NAN}};
    size_t end = 0;
    out->values = column_block(rows * 8, 1);
    for (size_t row = 0; row < rows; row++) {
        size_t pick = size_below(seed, sizeof known / sizeof *known), length = strlen(known[pick].text);
        store_number(out->offsets, plan->type == NPS_TYPE_UTF8 ? NPS_TYPE_I32 : NPS_TYPE_I64, row, (int64_t)end, 0);
        memcpy(out->values + end, known[pick].text, length);
        end += length;
        out->texts[row] = known[pick].text;
        out->codes[row] = code_of_number(&plan->scale, known[pick].number);
    }
    store_number(out->offsets, plan->type == NPS_TYPE_UTF8 ? NPS_TYPE_I32 : NPS_TYPE_I64, rows, (int64_t)end, 0);
    out->column.value_bytes = test_below(seed, 2) ? end : 0;
}

static built_column *build_column(const column_plan *plan, uint64_t *seed);

/* Codes of rows without a value, and of those before the offset, lead outside the dictionary. */
static void build_index(built_column *out, const column_plan *plan, size_t row, int valid)
{
    int64_t code = (int64_t)(row * 7 % plan->dictionary->rows);
    int used = valid && row >= plan->offset;
    store_number(out->values, plan->index_type, row, used ? code : -1, 0);
    out->integers[row] = used ? code : 0;
    out->codes[row] = used ? out->dictionary->codes[plan->dictionary->offset + (size_t)code] : NPSI_CODE_MISSING;
}

static built_column *build_column(const column_plan *plan, uint64_t *seed)
{
    size_t rows = plan->offset + plan->rows;
    built_column *out = column_block(1, sizeof *out);
    int is_text = plan->type == NPS_TYPE_UTF8 || plan->type == NPS_TYPE_LARGE_UTF8;
    int is_dictionary = plan->type == NPS_TYPE_DICTIONARY;
    out->codes = column_block(rows, 1);
    out->numbers = column_block(rows, sizeof *out->numbers);
    out->integers = column_block(rows, sizeof *out->integers);
    out->too_large = column_block(rows, sizeof *out->too_large);
    out->texts = column_block(rows, sizeof *out->texts);
    out->validity = plan->with_validity ? column_block(rows / 8, 1) : NULL;
    unsigned char *block = column_block(plan->shift + rows * 8 + 8, 1);
    if (is_text) out->offsets = block + plan->shift;
    if (is_text) build_texts(out, plan, rows, seed);
    if (!is_text) out->values = block + plan->shift;
    if (is_dictionary) out->dictionary = build_column(plan->dictionary, seed);
    for (size_t row = 0; row < rows; row++) {
        int valid = !plan->with_validity || test_below(seed, 4) > 0;
        if (plan->with_validity && valid) out->validity[row / 8] |= (uint8_t)(1u << row % 8);
        if (is_dictionary) build_index(out, plan, row, valid);
        if (!is_dictionary && !is_text) build_number(out, plan, row, valid, seed);
        if (is_text && !valid) out->codes[row] = NPSI_CODE_MISSING;
        if (!valid) out->texts[row] = NULL;
    }
    out->column.type = plan->type;
    out->column.index_type = plan->index_type;
    out->column.length = plan->rows;
    out->column.offset = plan->offset;
    out->column.values = out->values;
    out->column.offsets = out->offsets;
    out->column.validity = out->validity;
    out->column.dictionary = is_dictionary ? &out->dictionary->column : NULL;
    return out;
}

static void free_column(built_column *built, const column_plan *plan)
{
    if (built->dictionary != NULL) free_column(built->dictionary, plan->dictionary);
    if (built->offsets != NULL) {
        free(built->offsets - plan->shift);
        free(built->values);
    } else {
        free(built->values - plan->shift);
    }
    free(built->validity);
    free(built->codes);
    free(built->numbers);
    free(built->integers);
    free(built->too_large);
    free((void *)built->texts);
    free(built);
}

/*
 * Calls `check` with columns of every type: with and without validity, at offsets that are no multiple of 8, off
 * alignment, on several scales; dictionaries of every index type, small and large, of every type of value.
 */
static inline void for_each_column(void (*check)(const column_plan *, const built_column *), uint64_t seed)
{
    static const nps_scale scales[] = {{0, 10, 6, 9}, {-5, 5, 1, 4}, {1, 5, 3, 5}, {-1, 9, 6, 9}};
    for (int32_t type = NPS_TYPE_I8; type <= NPS_TYPE_DICTIONARY; type++) {
        for (size_t variant = 0; variant < 200; variant++) {
            column_plan values = {.type = 1 + (int32_t)test_below(&seed, NPS_TYPE_LARGE_UTF8),
                                  .rows = variant % 3 == 0 ? 120 : 1 + size_below(&seed, 30),
                                  .offset = size_below(&seed, 20),
                                  .shift = variant % 5,
                                  .with_validity = (int)test_below(&seed, 2),
                                  .scale = scales[size_below(&seed, 4)]};
            column_plan plan = values;
            plan.type = type;
            plan.rows = 50 + size_below(&seed, 300);
            plan.offset = variant % 20;
            plan.with_validity = (int)test_below(&seed, 2);
            if (type == NPS_TYPE_DICTIONARY) {
                plan.index_type = 1 + (int32_t)(variant % NPS_TYPE_U64);
                plan.dictionary = &values;
                if (variant % 7 == 0 && column_width(plan.index_type) > 1) values.rows = 1000;
            }
            built_column *built = build_column(&plan, &seed);
            check(&plan, built);
            free_column(built, &plan);
        }
    }
}

#endif
