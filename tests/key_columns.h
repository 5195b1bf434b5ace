/* Random columns of keys of every type that may be one. */
#ifndef TEST_KEY_COLUMNS_H
#define TEST_KEY_COLUMNS_H

#include "columns.h"
#include "segments_model.h"

/* A random column of keys, and the part that stands in each of its rows. */
typedef struct key_column {
    column_plan plan, dictionary;
    built_column *built;
} key_column;

static int is_float(int32_t type)
{
    return type == NPS_TYPE_F32 || type == NPS_TYPE_F64;
}

static int32_t key_type(uint64_t *seed, int dictionary, int numbers)
{
    for (;;) {
        int32_t type = 1 + (int32_t)test_below(seed, dictionary ? NPS_TYPE_DICTIONARY : NPS_TYPE_LARGE_UTF8);
        int is_text = type == NPS_TYPE_UTF8 || type == NPS_TYPE_LARGE_UTF8;
        if (!is_float(type) && !(numbers && is_text)) return type;
    }
}

/* numbers: no text, neither in rows nor in a dictionary. */
static void build_keys(key_column *out, size_t rows, int numbers, uint64_t *seed)
{
    out->dictionary = (column_plan){.type = key_type(seed, 0, numbers),
                                    .rows = 1 + size_below(seed, 30),
                                    .offset = size_below(seed, 20),
                                    .with_validity = (int)test_below(seed, 2),
                                    .scale = {0, 10, 6, 9}};
    out->plan = out->dictionary;
    out->plan.type = key_type(seed, 1, numbers);
    out->plan.rows = rows;
    out->plan.index_type = 1 + (int32_t)test_below(seed, 8);
    out->plan.dictionary = &out->dictionary;
    out->built = build_column(&out->plan, seed);
}

/* 0 when the value is above INT64_MAX. */
static int part_at(const built_column *built, size_t row, nps_key *part)
{
    const nps_column *column = &built->column;
    int valid = built->validity == NULL || (built->validity[row / 8] >> row % 8 & 1);
    *part = KEY_NULL;
    if (!valid) return 1;
    if (column->type == NPS_TYPE_DICTIONARY)
        return part_at(built->dictionary, column->dictionary->offset + (size_t)built->integers[row], part);
    if (built->texts[row] != NULL)
        *part = KEY_BYTES(built->texts[row], strlen(built->texts[row]));
    else
        *part = KEY_INTEGER(built->integers[row]);
    return !built->too_large[row];
}

#endif
