#include <nps/column.h>

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "column_internal.h"

/* The integer types, for switches over them. */
#define EACH_INTEGER(CASE)       \
    CASE(NPS_TYPE_I8, int8_t)    \
    CASE(NPS_TYPE_I16, int16_t)  \
    CASE(NPS_TYPE_I32, int32_t)  \
    CASE(NPS_TYPE_I64, int64_t)  \
    CASE(NPS_TYPE_U8, uint8_t)   \
    CASE(NPS_TYPE_U16, uint16_t) \
    CASE(NPS_TYPE_U32, uint32_t) \
    CASE(NPS_TYPE_U64, uint64_t)

/* A dictionary of at most so many values is turned into codes once a call, a larger one row by row. */
#define SMALL_DICTIONARY 256

static int is_integer(int32_t type)
{
    return type >= NPS_TYPE_I8 && type <= NPS_TYPE_U64;
}

/* Bytes a row takes in `values`, or in `offsets` for text; 0: not a type of that kind. */
static size_t row_width(int32_t type)
{
    switch (type) {
#define WIDTH(name, ctype) \
    case name:             \
        return sizeof(ctype);
        EACH_INTEGER(WIDTH)
        WIDTH(NPS_TYPE_F32, float)
        WIDTH(NPS_TYPE_F64, double)
        WIDTH(NPS_TYPE_BOOL, uint8_t) /* more than the bit that it takes: only a bound */
        WIDTH(NPS_TYPE_UTF8, int32_t)
        WIDTH(NPS_TYPE_LARGE_UTF8, int64_t)
#undef WIDTH
    default:
        return 0;
    }
}

int npsi_column_open(const nps_column *column)
{
    if (column == NULL) return NPS_ERR_ARGUMENT;
    int dictionary = column->type == NPS_TYPE_DICTIONARY;
    if (dictionary && !is_integer(column->index_type)) return NPS_ERR_TYPE;
    size_t width = row_width(dictionary ? column->index_type : column->type);
    if (width == 0) return NPS_ERR_TYPE;
    if (column->reserved != 0 || (npsi_type_is_text(column->type) && (column->flags & ~NPS_PARSE_LABELS) != 0))
        return NPS_ERR_ARGUMENT;

    uint64_t most = (uint64_t)PTRDIFF_MAX / width - 1; /* text has one offset more than rows */
    if (column->offset > most || column->length > most - column->offset) return NPS_ERR_ARGUMENT;
    const void *rows = npsi_type_is_text(column->type) ? column->offsets : column->values;
    if (column->length > 0 && rows == NULL) return NPS_ERR_ARGUMENT;
    if (!dictionary) return NPS_OK;
    if (column->dictionary == NULL) return NPS_ERR_ARGUMENT;
    if (column->dictionary->type == NPS_TYPE_DICTIONARY) return NPS_ERR_TYPE;
    return npsi_column_open(column->dictionary);
}

static int bit_at(const uint8_t *bits, uint64_t index)
{
    return bits[index / 8] >> (index % 8) & 1;
}

static int is_valid(const nps_column *column, uint64_t row)
{
    return column->validity == NULL || bit_at(column->validity, column->offset + row);
}

/* Whether a value of this type was above INT64_MAX before it was cast. */
static int wraps(int32_t type, int64_t value)
{
    return type == NPS_TYPE_U64 && value < 0;
}

/* Where a row begins in `rows`, which need not be aligned. */
static const unsigned char *row_at(const nps_column *column, const void *rows, size_t width, uint64_t row)
{
    return (const unsigned char *)rows + (size_t)(column->offset + row) * width;
}

/* One integer of a column of integers, bool or dictionary codes. NPS_ERR_RANGE: above INT64_MAX. */
static int load_integer(const nps_column *column, uint64_t row, int64_t *value)
{
    switch (column->type == NPS_TYPE_DICTIONARY ? column->index_type : column->type) {
#define LOAD(name, ctype)                                                                   \
    case name: {                                                                            \
        ctype loaded;                                                                       \
        memcpy(&loaded, row_at(column, column->values, sizeof loaded, row), sizeof loaded); \
        *value = (int64_t)loaded;                                                           \
        return wraps(name, *value) ? NPS_ERR_RANGE : NPS_OK;                                \
    }
        EACH_INTEGER(LOAD)
#undef LOAD
    case NPS_TYPE_BOOL:
        *value = bit_at(column->values, column->offset + row);
        return NPS_OK;
    default:
        return NPS_ERR_TYPE;
    }
}

/* The code of a valid row of a dictionary column, inside its dictionary. */
static int load_dictionary_code(const nps_column *column, uint64_t row, int64_t *code)
{
    if (load_integer(column, row, code) != NPS_OK || (uint64_t)*code >= column->dictionary->length)
        return NPS_ERR_FORMAT;
    return NPS_OK;
}

int npsi_column_integer(const nps_column *column, uint64_t row, int64_t *value, int *valid)
{
    if (column->type != NPS_TYPE_DICTIONARY && column->type != NPS_TYPE_BOOL && !is_integer(column->type))
        return NPS_ERR_TYPE;
    *valid = is_valid(column, row);
    if (!*valid) return NPS_OK;
    if (column->type == NPS_TYPE_DICTIONARY) return load_dictionary_code(column, row, value);
    return load_integer(column, row, value);
}

int npsi_column_integers(const nps_column *column, uint64_t first, size_t count, int64_t *values, uint8_t *valid)
{
    switch (column->type == NPS_TYPE_DICTIONARY ? column->index_type : column->type) {
#define INTEGERS(name, ctype)                                                           \
    case name: {                                                                        \
        const unsigned char *at = row_at(column, column->values, sizeof(ctype), first); \
        for (size_t i = 0; i < count; i++) {                                            \
            ctype value;                                                                \
            memcpy(&value, at + i * sizeof value, sizeof value);                        \
            values[i] = (int64_t)value;                                                 \
        }                                                                               \
        break;                                                                          \
    }
        EACH_INTEGER(INTEGERS)
#undef INTEGERS
    case NPS_TYPE_BOOL:
        for (size_t i = 0; i < count; i++) values[i] = bit_at(column->values, column->offset + first + i);
        break;
    default:
        return NPS_ERR_TYPE;
    }
    memset(valid, 1, count);
    for (size_t i = 0; column->validity != NULL && i < count; i++) valid[i] = (uint8_t)is_valid(column, first + i);
    return NPS_OK;
}

static int64_t load_offset(const nps_column *column, uint64_t row)
{
    if (column->type == NPS_TYPE_LARGE_UTF8) {
        int64_t offset;
        memcpy(&offset, row_at(column, column->offsets, sizeof offset, row), sizeof offset);
        return offset;
    }
    int32_t offset;
    memcpy(&offset, row_at(column, column->offsets, sizeof offset, row), sizeof offset);
    return offset;
}

/* Begin and end of a row of text, inside the bytes as far as their number is known. */
static int load_span(const nps_column *column, uint64_t row, int64_t *begin, int64_t *end)
{
    *begin = load_offset(column, row);
    *end = load_offset(column, row + 1);
    uint64_t most = column->value_bytes != 0 && column->value_bytes < (uint64_t)PTRDIFF_MAX ? column->value_bytes
                                                                                            : (uint64_t)PTRDIFF_MAX;
    if (column->values == NULL) most = 0;
    return *begin < 0 || *begin > *end || (uint64_t)*end > most ? NPS_ERR_FORMAT : NPS_OK;
}

int npsi_column_text(const nps_column *column, uint64_t row, const char **bytes, size_t *length)
{
    if (!npsi_type_is_text(column->type)) return NPS_ERR_TYPE;
    *bytes = NULL;
    *length = 0;
    if (!is_valid(column, row)) return NPS_OK;
    int64_t begin, end;
    int status = load_span(column, row, &begin, &end);
    if (status != NPS_OK) return status;
    *bytes = column->values == NULL ? "" : (const char *)column->values + begin;
    *length = (size_t)(end - begin);
    return NPS_OK;
}

/* What npsi_column_open leaves: the offsets of a row of text, or the dictionary code of a row. */
static int check_row(const nps_column *column, uint64_t row)
{
    int64_t begin, end, code;
    if (npsi_type_is_text(column->type)) return load_span(column, row, &begin, &end);
    return is_valid(column, row) ? load_dictionary_code(column, row, &code) : NPS_OK;
}

int nps_column_check(const nps_column *column, uint64_t *row)
{
    uint64_t at = 0;
    int status = npsi_column_open(column);
    if (status == NPS_OK && column->type == NPS_TYPE_DICTIONARY) status = nps_column_check(column->dictionary, NULL);
    if (status == NPS_OK && column->type != NPS_TYPE_DICTIONARY && !npsi_type_is_text(column->type)) return NPS_OK;
    for (uint64_t i = 0; status == NPS_OK && i < column->length; i++) {
        status = check_row(column, i);
        if (status != NPS_OK) at = i;
    }
    if (status != NPS_OK && row != NULL) *row = at;
    return status;
}

/* One unsigned comparison does for both ends, without a branch. */
static uint8_t integer_code(const nps_scale *scale, int64_t value)
{
    uint64_t level = (uint64_t)value - (uint64_t)(int64_t)scale->lowest;
    return level <= (uint64_t)(scale->highest - scale->lowest) ? (uint8_t)level : NPSI_CODE_INVALID;
}

static uint8_t double_code(const nps_scale *scale, double value)
{
    if (value != value) return NPSI_CODE_MISSING;
    if (!(value >= scale->lowest && value <= scale->highest)) return NPSI_CODE_INVALID;
    int whole = (int)value;
    return (double)whole == value ? (uint8_t)(whole - scale->lowest) : NPSI_CODE_INVALID;
}

int npsi_answer_code(const nps_scale *scale, int32_t answer)
{
    return answer == NPS_MISSING ? NPSI_CODE_MISSING : integer_code(scale, answer);
}

/* Codes of numbers and bits, without a look at validity. */
static int number_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t count, uint8_t *codes)
{
    switch (column->type) {
#define CODES(name, ctype, code)                                                        \
    case name: {                                                                        \
        const unsigned char *at = row_at(column, column->values, sizeof(ctype), first); \
        for (size_t i = 0; i < count; i++) {                                            \
            ctype value;                                                                \
            memcpy(&value, at + i * sizeof value, sizeof value);                        \
            codes[i] = code;                                                            \
        }                                                                               \
        return NPS_OK;                                                                  \
    }
#define INTEGER_CODES(name, ctype) \
    CODES(name, ctype, wraps(name, (int64_t)value) ? NPSI_CODE_INVALID : integer_code(scale, (int64_t)value))
        EACH_INTEGER(INTEGER_CODES)
        CODES(NPS_TYPE_F32, float, double_code(scale, value))
        CODES(NPS_TYPE_F64, double, double_code(scale, value))
#undef CODES
#undef INTEGER_CODES
    case NPS_TYPE_BOOL:
        for (size_t i = 0; i < count; i++)
            codes[i] = integer_code(scale, bit_at(column->values, column->offset + first + i));
        return NPS_OK;
    default:
        return NPS_ERR_TYPE;
    }
}

static int text_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t count, uint8_t *codes)
{
    for (size_t i = 0; i < count; i++) {
        const char *bytes;
        size_t length;
        int32_t answer = NPS_MISSING;
        int status = npsi_column_text(column, first + i, &bytes, &length);
        if (status == NPS_OK && bytes != NULL) status = nps_parse_answer(scale, bytes, length, column->flags, &answer);
        if (status != NPS_OK) return status;
        codes[i] = (uint8_t)npsi_answer_code(scale, answer);
    }
    return NPS_OK;
}

static int dictionary_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t count,
                            uint8_t *codes)
{
    const nps_column *dictionary = column->dictionary;
    uint8_t of_value[SMALL_DICTIONARY];
    int small = dictionary->length <= SMALL_DICTIONARY && dictionary->length <= count;
    int status = small ? npsi_column_codes(dictionary, scale, 0, (size_t)dictionary->length, of_value) : NPS_OK;
    for (size_t i = 0; status == NPS_OK && i < count; i++) {
        codes[i] = NPSI_CODE_MISSING;
        if (!is_valid(column, first + i)) continue;
        int64_t value;
        status = load_dictionary_code(column, first + i, &value);
        if (status != NPS_OK) break;
        if (small)
            codes[i] = of_value[value];
        else
            status = npsi_column_codes(dictionary, scale, (uint64_t)value, 1, codes + i);
    }
    return status;
}

int npsi_column_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t count, uint8_t *codes)
{
    if (count == 0) return NPS_OK;
    if (npsi_type_is_text(column->type)) return text_codes(column, scale, first, count, codes);
    if (column->type == NPS_TYPE_DICTIONARY) return dictionary_codes(column, scale, first, count, codes);
    int status = number_codes(column, scale, first, count, codes);
    if (status != NPS_OK || column->validity == NULL) return status;
    for (size_t i = 0; i < count; i++)
        codes[i] = bit_at(column->validity, column->offset + first + i) ? codes[i] : NPSI_CODE_MISSING;
    return NPS_OK;
}

int npsi_column_doubles(const nps_column *column, uint64_t first, size_t count, double *values)
{
    if (count == 0) return NPS_OK;
    switch (column->type) {
#define DOUBLES(name, ctype)                                                            \
    case name: {                                                                        \
        const unsigned char *at = row_at(column, column->values, sizeof(ctype), first); \
        for (size_t i = 0; i < count; i++) {                                            \
            ctype value;                                                                \
            memcpy(&value, at + i * sizeof value, sizeof value);                        \
            values[i] = (double)value;                                                  \
        }                                                                               \
        break;                                                                          \
    }
        EACH_INTEGER(DOUBLES)
        DOUBLES(NPS_TYPE_F32, float)
        DOUBLES(NPS_TYPE_F64, double)
#undef DOUBLES
    case NPS_TYPE_BOOL:
        for (size_t i = 0; i < count; i++) values[i] = bit_at(column->values, column->offset + first + i);
        break;
    default:
        return NPS_ERR_TYPE;
    }
    for (size_t i = 0; i < count; i++)
        if (!is_valid(column, first + i)) values[i] = (double)NAN;
    return NPS_OK;
}
