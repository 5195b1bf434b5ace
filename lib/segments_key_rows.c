/* Rows of key columns turned into segments. */
#include "segments_key_rows_internal.h"

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "column_internal.h"

static int is_float(const nps_column *column)
{
    return column->type == NPS_TYPE_F32 || column->type == NPS_TYPE_F64;
}

/* A part that stands in one row of a column which is no dictionary. */
static int read_part(const nps_column *column, uint64_t row, nps_key *part)
{
    *part = (nps_key){.type = NPS_KEY_NULL};
    if (npsi_type_is_text(column->type)) {
        int status = npsi_column_text(column, row, &part->bytes, &part->length);
        if (part->bytes != NULL) part->type = NPS_KEY_BYTES;
        return status;
    }
    int valid;
    int status = npsi_column_integer(column, row, &part->integer, &valid);
    if (valid) part->type = NPS_KEY_INTEGER;
    return status;
}

/* A whole number or a dictionary's code, checked, as a part. */
static int make_part(const nps_column *column, int64_t value, nps_key *part)
{
    if (column->type == NPS_TYPE_DICTIONARY) {
        if (value < 0 || (uint64_t)value >= column->dictionary->length) return NPS_ERR_FORMAT;
        return read_part(column->dictionary, (uint64_t)value, part);
    }
    if (column->type == NPS_TYPE_U64 && value < 0) return NPS_ERR_RANGE;
    *part = (nps_key){.type = NPS_KEY_INTEGER, .integer = value};
    return NPS_OK;
}

/* Reads dimension d of up to *good rows. *good becomes the number of rows before the first one at fault. */
static int read_dimension(npsi_key_rows *rows, int32_t d, uint64_t first, size_t *good)
{
    const nps_column *column = rows->columns + d;
    int64_t value[NPSI_BLOCK];
    uint8_t valid[NPSI_BLOCK];
    int status = npsi_type_is_text(column->type) ? NPS_OK : npsi_column_integers(column, first, *good, value, valid);
    for (size_t i = 0; status == NPS_OK && i < *good; i++) {
        nps_key *part = rows->keys + i * (size_t)rows->segments->dimensions + d;
        if (npsi_type_is_text(column->type))
            status = read_part(column, first + i, part);
        else if (valid[i])
            status = make_part(column, value[i], part);
        else
            *part = (nps_key){.type = NPS_KEY_NULL};
        if (status != NPS_OK) *good = i;
    }
    return status;
}

int npsi_key_rows_read(npsi_key_rows *rows, uint64_t first, size_t *good)
{
    int status = NPS_OK;
    for (int32_t d = 0; d < rows->segments->dimensions; d++) {
        int fault = read_dimension(rows, d, first, good);
        if (fault != NPS_OK) status = fault;
    }
    return status;
}

/* The segment of key i of the block, made where there is none. */
static int place_key(npsi_key_rows *rows, size_t i, uint32_t hash, uint32_t *index)
{
    nps_segments *segments = rows->segments;
    const nps_key *key = rows->keys + i * (size_t)segments->dimensions;
    size_t found = npsi_segments_lookup(segments, key, hash);
    int status = NPS_OK;
    if (found == NPSI_NO_SEGMENT) {
        status = npsi_key_check(key, segments->dimensions, 0);
        if (status == NPS_OK) status = npsi_segments_insert(segments, key, hash, &found);
    }
    *index = (uint32_t)found;
    return status;
}

static int resolve_by_key(npsi_key_rows *rows, uint64_t first, size_t count, uint32_t *index, size_t *good)
{
    const nps_segments *segments = rows->segments;
    uint32_t hash[NPSI_BLOCK];
    *good = count;
    int status = npsi_key_rows_read(rows, first, good);
    for (size_t i = 0; i < *good; i++)
        hash[i] =
            npsi_key_hash(segments->hash_key, rows->keys + i * (size_t)segments->dimensions, segments->dimensions);
    npsi_segments_prefetch(segments, hash, *good);
    for (size_t i = 0; i < *good; i++) {
        int fault = place_key(rows, i, hash[i], index + i);
        if (fault == NPS_OK) continue;
        *good = i;
        return fault;
    }
    return status;
}

/* Where the combinations of values of a block are remembered. */
static void combine(const npsi_key_rows *rows, uint64_t first, size_t count, uint32_t **place)
{
    int64_t value[NPSI_BLOCK];
    uint8_t valid[NPSI_BLOCK];
    uint64_t combination[NPSI_BLOCK] = {0};
    for (int32_t d = 0; d < rows->segments->dimensions; d++) {
        uint64_t lowest = rows->lowest[d], span = rows->span[d];
        (void)npsi_column_integers(rows->columns + d, first, count, value, valid);
        for (size_t i = 0; i < count; i++)
            combination[i] = combination[i] * span + (valid[i] ? (uint64_t)value[i] - lowest : span - 1);
    }
    for (size_t i = 0; i < count; i++) place[i] = rows->direct + combination[i];
}

/* Resolves by key what is not known yet: row by row, or all of the block where it is much. */
static int resolve_directly(npsi_key_rows *rows, uint64_t first, size_t count, uint32_t *index, size_t *good)
{
    uint32_t *place[NPSI_BLOCK];
    size_t unknown = 0, one;
    combine(rows, first, count, place);
    for (size_t i = 0; i < count; i++) unknown += *place[i] == 0;
    if (unknown > count / 8) {
        int status = resolve_by_key(rows, first, count, index, good);
        for (size_t i = 0; i < *good; i++) *place[i] = index[i] + 1;
        return status;
    }
    for (size_t i = 0; i < count; i++) {
        if (*place[i] == 0) {
            *good = i;
            int status = resolve_by_key(rows, first + i, 1, index + i, &one);
            if (status != NPS_OK) return status;
            *place[i] = index[i] + 1;
        }
        index[i] = *place[i] - 1;
    }
    *good = count;
    return NPS_OK;
}

int npsi_key_rows_resolve(npsi_key_rows *rows, uint64_t first, size_t count, uint32_t *index, size_t *good)
{
    return rows->direct != NULL ? resolve_directly(rows, first, count, index, good)
                                : resolve_by_key(rows, first, count, index, good);
}

/* The lowest value of a column and how many values it spans at most, with one for no value. 0: more than `most`, or
 * not all sound. */
static uint64_t measure(const nps_column *column, uint64_t length, uint64_t most, uint64_t *lowest)
{
    int64_t value[NPSI_BLOCK], low = INT64_MAX, high = INT64_MIN;
    uint8_t valid[NPSI_BLOCK];
    for (uint64_t first = 0; first < length; first += NPSI_BLOCK) {
        size_t count = length - first < NPSI_BLOCK ? (size_t)(length - first) : NPSI_BLOCK;
        if (npsi_column_integers(column, first, count, value, valid) != NPS_OK) return 0;
        for (size_t i = 0; i < count; i++) {
            low = valid[i] && value[i] < low ? value[i] : low;
            high = valid[i] && value[i] > high ? value[i] : high;
        }
        if (low <= high && (uint64_t)high - (uint64_t)low >= most) return 0;
    }
    if (low > high) low = high = 0;
    if (column->type == NPS_TYPE_U64 && low < 0) return 0;
    if (column->type == NPS_TYPE_DICTIONARY && (low < 0 || (uint64_t)high >= column->dictionary->length)) return 0;
    *lowest = (uint64_t)low;
    return (uint64_t)high - (uint64_t)low + 2;
}

/* Makes room for direct resolution where combinations come often enough to be worth remembering. */
static int open_direct(npsi_key_rows *rows, uint64_t length)
{
    uint64_t most = length / 4 + 512, combinations = 1;
    for (int32_t d = 0; d < rows->segments->dimensions; d++) {
        rows->span[d] = measure(rows->columns + d, length, most, rows->lowest + d);
        if (rows->span[d] == 0 || rows->span[d] > most / combinations) return NPS_OK;
        combinations *= rows->span[d];
    }
    rows->direct = npsi_resize(&rows->segments->allocator, NULL, 0, (size_t)combinations, sizeof *rows->direct);
    if (rows->direct == NULL) return NPS_ERR_MEMORY;
    memset(rows->direct, 0, (size_t)combinations * sizeof *rows->direct);
    rows->direct_count = (size_t)combinations;
    return NPS_OK;
}

static int check_columns(const nps_column *columns, int32_t dimensions, uint64_t length)
{
    for (const nps_column *column = columns; column < columns + dimensions; column++) {
        int status = npsi_column_open(column);
        if (status != NPS_OK) return status;
        if (is_float(column->type == NPS_TYPE_DICTIONARY ? column->dictionary : column)) return NPS_ERR_TYPE;
        if (column->length != length) return NPS_ERR_ARGUMENT;
    }
    return NPS_OK;
}

static size_t block_keys(const npsi_key_rows *rows)
{
    return NPSI_BLOCK * (size_t)rows->segments->dimensions;
}

int npsi_key_rows_begin(npsi_key_rows *rows, nps_segments *segments, const nps_column *columns, uint64_t length)
{
    *rows = (npsi_key_rows){.segments = segments, .columns = columns};
    int status = check_columns(columns, segments->dimensions, length);
    if (status != NPS_OK) return status;
    rows->keys = npsi_resize(&segments->allocator, NULL, 0, block_keys(rows), sizeof *rows->keys);
    return rows->keys == NULL ? NPS_ERR_MEMORY : NPS_OK;
}

int npsi_key_rows_open(npsi_key_rows *rows, nps_segments *segments, const nps_column *columns, uint64_t length)
{
    int status = npsi_key_rows_begin(rows, segments, columns, length);
    if (status == NPS_OK) status = open_direct(rows, length);
    if (status != NPS_OK) npsi_key_rows_close(rows);
    return status;
}

void npsi_key_rows_close(npsi_key_rows *rows)
{
    const nps_allocator *allocator = &rows->segments->allocator;
    npsi_resize(allocator, rows->keys, block_keys(rows), 0, sizeof *rows->keys);
    npsi_resize(allocator, rows->direct, rows->direct_count, 0, sizeof *rows->direct);
}
