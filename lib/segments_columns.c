/* Adding columns: blocks of rows, all of them or none. */
#include <nps/status.h>

#include "column_internal.h"
#include "segments_internal.h"
#include "segments_key_rows_internal.h"
#include "weighted_internal.h"

typedef struct row_batch {
    nps_segments *segments;
    const nps_column *answers, *weights;
    npsi_key_rows keys;
    /* of a block */
    size_t count;
    uint32_t index[NPSI_BLOCK];
    uint8_t code[NPSI_BLOCK];
    npsi_weight weight[NPSI_BLOCK];
} row_batch;

/* Weights of a block's rows that have an answer. On NPS_ERR_RANGE *good tells how many rows come before. */
static int read_weights(row_batch *batch, uint64_t first, size_t *good)
{
    double value[NPSI_BLOCK];
    int status = npsi_column_doubles(batch->weights, first, *good, value);
    for (size_t i = 0; status == NPS_OK && i < *good; i++) {
        if (batch->code[i] >= NPSI_CODE_MISSING) continue;
        status = npsi_weight_read(value[i], batch->weight + i);
        if (status != NPS_OK) *good = i;
    }
    return status;
}

/* Reads a block, and makes the segments that it needs. On NPS_ERR_RANGE *row is the row at fault. */
static int read_block(row_batch *batch, uint64_t first, size_t count, uint64_t *row)
{
    size_t good = 0;
    batch->count = count;
    int status = npsi_column_codes(batch->answers, &batch->segments->scale, first, count, batch->code);
    if (status != NPS_OK) return status;
    status = npsi_key_rows_resolve(&batch->keys, first, count, batch->index, &good);
    if (batch->weights != NULL) {
        int fault = read_weights(batch, first, &good);
        if (fault != NPS_OK) status = fault;
    }
    if (status == NPS_ERR_RANGE) *row = first + good;
    return status;
}

static void add_row(const row_batch *batch, size_t i, void *state)
{
    uint8_t code = batch->code[i];
    if (batch->weights == NULL) {
        uint64_t *counts = state;
        counts[code]++;
    } else {
        nps_weighted *weighted = state;
        if (code < NPSI_CODE_MISSING) (void)npsi_weighted_add_row(weighted, code, batch->weight[i]);
        weighted->missing += code == NPSI_CODE_MISSING;
        weighted->invalid += code == NPSI_CODE_INVALID;
    }
}

/* Row i as a state of its own. */
typedef union row_state {
    uint64_t counts[NPSI_CODES];
    nps_weighted weighted;
} row_state;

static void make_row_state(const row_batch *batch, size_t i, row_state *out)
{
    npsi_state_init(batch->segments, out);
    add_row(batch, i, out);
}

/* Takes back the first `count` rows of the block. */
static void take_rows(const row_batch *batch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        row_state row;
        make_row_state(batch, i, &row);
        (void)npsi_state_subtract(batch->segments, npsi_segments_at(batch->segments, batch->index[i]), &row);
    }
}

/* Adds the rows one by one, each with a look at the limits. */
static int add_rows_checked(row_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        row_state row;
        make_row_state(batch, i, &row);
        int status = npsi_state_merge(batch->segments, npsi_segments_at(batch->segments, batch->index[i]), &row);
        if (status == NPS_OK) continue;
        take_rows(batch, i);
        return status;
    }
    return NPS_OK;
}

/* The whole part of a weight and one more. */
static uint64_t weight_bound(npsi_weight weight)
{
    if (weight.shift >= 64) return (weight.mantissa << (weight.shift - 64)) + 1;
    return weight.shift == 0 ? 1 : (weight.mantissa >> (64 - weight.shift)) + 1;
}

/* Raises the ceiling by all that the block could add to one segment; 0: that could be too much. */
static int raise_ceiling(row_batch *batch)
{
    npsi_ceiling raised = batch->segments->ceiling;
    if (raised.answers > INT64_MAX - batch->count) return 0;
    raised.answers += batch->count;
    for (size_t i = 0; batch->weights != NULL && i < batch->count; i++) {
        if (batch->code[i] >= NPSI_CODE_MISSING) continue;
        uint64_t bound = weight_bound(batch->weight[i]);
        if (bound == 0 || raised.weight > UINT64_MAX - bound) return 0;
        raised.weight += bound;
    }
    batch->segments->ceiling = raised;
    return 1;
}

static int add_rows(row_batch *batch)
{
    const nps_segments *segments = batch->segments;
    if (!raise_ceiling(batch)) return add_rows_checked(batch);
    for (size_t i = 0; segments->store.count >= NPSI_CACHED_SEGMENTS && i < batch->count; i++)
        NPSI_PREFETCH((uint64_t *)npsi_segments_at(segments, batch->index[i]) + batch->code[i]);
    if (batch->weights == NULL) {
        for (size_t i = 0; i < batch->count; i++)
            ((uint64_t *)npsi_segments_at(segments, batch->index[i]))[batch->code[i]]++;
    } else {
        for (size_t i = 0; i < batch->count; i++) add_row(batch, i, npsi_segments_at(segments, batch->index[i]));
    }
    return NPS_OK;
}

static size_t block_size(uint64_t length, uint64_t first)
{
    return length - first < NPSI_BLOCK ? (size_t)(length - first) : NPSI_BLOCK;
}

/* Takes back the rows before `end`, and the segments from `before` on. */
static void undo(row_batch *batch, uint64_t end, size_t before)
{
    uint64_t row;
    for (uint64_t first = 0; first < end; first += NPSI_BLOCK) {
        (void)read_block(batch, first, NPSI_BLOCK, &row);
        take_rows(batch, NPSI_BLOCK);
    }
    npsi_segments_truncate(batch->segments, before);
}

static int add_blocks(row_batch *batch, uint64_t *row)
{
    size_t before = batch->segments->store.count;
    for (uint64_t first = 0; first < batch->answers->length; first += NPSI_BLOCK) {
        int status = read_block(batch, first, block_size(batch->answers->length, first), row);
        if (status == NPS_OK) status = add_rows(batch);
        if (status == NPS_OK) continue;
        undo(batch, first, before);
        return status;
    }
    return NPS_OK;
}

static int open_batch(row_batch *batch, const nps_column *keys)
{
    if (keys == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_column_open(batch->answers);
    if (status == NPS_OK && batch->weights != NULL) status = npsi_column_open(batch->weights);
    if (status != NPS_OK) return status;
    if (batch->segments->state != (batch->weights != NULL ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY)) return NPS_ERR_TYPE;
    if (batch->weights != NULL && batch->weights->length != batch->answers->length) return NPS_ERR_ARGUMENT;
    return npsi_key_rows_open(&batch->keys, batch->segments, keys, batch->answers->length);
}

int nps_segments_add_columns(nps_segments *segments, const nps_column *keys, const nps_column *answers,
                             const nps_column *weights, uint64_t *row)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    row_batch batch = {.segments = segments, .answers = answers, .weights = weights};
    int status = open_batch(&batch, keys);
    if (status != NPS_OK) return status;
    uint64_t fault = 0;
    status = add_blocks(&batch, &fault);
    if (status == NPS_ERR_RANGE && row != NULL) *row = fault;
    npsi_key_rows_close(&batch.keys);
    return status;
}
