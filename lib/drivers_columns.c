/* Adding columns of ratings: all rows are looked at for faults, then read again and added. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "drivers_internal.h"

#define NUMBERS 2048 /* that a block of rows may have */

_Static_assert(NUMBERS >= NPSI_DRIVERS_BLOCK * NPS_MAX_DRIVERS_ROBUST, "a robust block is of all rows");

/* Columns are the answers, the ratings, and last, where not NULL, the weights. */
typedef struct row_batch {
    const npsi_drivers_shape *shape;
    const nps_column *answers, *ratings, *weights;
    uint64_t first;
    size_t count;
    double values[NUMBERS + 2 * NPSI_DRIVERS_BLOCK]; /* a column of each row, then the next column */
    uint8_t codes[NPSI_DRIVERS_BLOCK];
} row_batch;

static const nps_column *column_at(const row_batch *batch, int32_t index)
{
    if (index == 0) return batch->answers;
    return index > batch->shape->ratings ? batch->weights : batch->ratings + (index - 1);
}

/* Rows of a block for the robust sums. */
typedef struct robust_rows {
    double z[(NPS_MAX_DRIVERS_ROBUST + 2) * NPSI_DRIVERS_BLOCK], w[NPSI_DRIVERS_BLOCK];
    size_t count;
    double largest; /* of w^2 z z z z */
    int is_whole;   /* and whole numbers */
} robust_rows;

static int check_columns(const row_batch *batch)
{
    int status = npsi_column_open(batch->answers);
    for (int32_t k = 1; status == NPS_OK && k <= batch->shape->ratings + (batch->weights != NULL); k++) {
        status = npsi_column_open(column_at(batch, k));
        if (status == NPS_OK && column_at(batch, k)->length != batch->answers->length) status = NPS_ERR_ARGUMENT;
    }
    return status;
}

/* NPS_ERR_TYPE. */
static int read_block(row_batch *batch)
{
    nps_column answers = {.type = NPS_TYPE_F64, .length = batch->count, .values = batch->values};
    int status = NPS_OK;
    for (int32_t k = 0; status == NPS_OK && k <= batch->shape->ratings + 1; k++) {
        double *values = batch->values + (size_t)k * batch->count;
        const nps_column *column = column_at(batch, k);
        if (column != NULL)
            status = npsi_column_doubles(column, batch->first, batch->count, values);
        else
            for (size_t i = 0; i < batch->count; i++) values[i] = 1;
    }
    return status == NPS_OK ? npsi_column_codes(&answers, &batch->shape->scale, 0, batch->count, batch->codes) : status;
}

static int read_row(const row_batch *batch, size_t i, npsi_drivers_row *row)
{
    double numbers[NPS_MAX_DRIVERS + 2];
    int32_t weight = batch->shape->ratings + 1;
    for (int32_t k = 0; k <= weight; k++) numbers[k] = batch->values[(size_t)k * batch->count + i];
    return npsi_drivers_row_read(batch->shape, numbers[0], batch->codes[i], numbers + 1, numbers[weight], row);
}

static void keep_robust(const npsi_drivers_shape *shape, const npsi_drivers_row *row, robust_rows *kept)
{
    double largest = 1;
    if (!row->takes_part) return;
    for (size_t v = 0; v < npsi_drivers_variables(shape); v++) {
        kept->z[v * NPSI_DRIVERS_BLOCK + kept->count] = row->z[v];
        largest = fmax(largest, fabs(row->z[v]));
    }
    largest *= largest * row->w;
    kept->largest = fmax(kept->largest, largest * largest);
    kept->is_whole &= row->is_whole && row->weight[0] == 0;
    kept->w[kept->count++] = row->w;
}

/* The rows of a block: added, or without a state read for faults, of which *at is the first. */
static int pass_block(const row_batch *batch, void *state, npsi_drivers_row *row, size_t *at)
{
    robust_rows kept;
    memset(&kept, 0, batch->shape->is_robust ? sizeof kept : 0);
    kept.is_whole = 1;
    for (*at = 0; *at < batch->count; ++*at) {
        int status = read_row(batch, *at, row);
        if (status != NPS_OK) return status;
        if (state == NULL) continue;
        npsi_drivers_row_add(batch->shape, state, row);
        if (batch->shape->is_robust) keep_robust(batch->shape, row, &kept);
    }
    if (state == NULL || !batch->shape->is_robust) return NPS_OK;
    if (kept.is_whole && kept.largest * NPSI_DRIVERS_BLOCK < 0x1p53) {
        npsi_drivers_fourth_block(batch->shape, state, kept.z, kept.w, kept.count);
        return NPS_OK;
    }
    for (size_t i = 0; i < batch->count; i++) {
        (void)read_row(batch, i, row);
        npsi_drivers_add_fourth(batch->shape, state, row, NULL, 1);
    }
    return NPS_OK;
}

/* All rows, a block at a time: added, or without a state read for faults. */
static int pass(row_batch *batch, void *state, uint64_t *fault)
{
    npsi_drivers_row row = {.w = 0};
    size_t most = NUMBERS / (size_t)batch->shape->ratings, at = 0;
    if (most > NPSI_DRIVERS_BLOCK) most = NPSI_DRIVERS_BLOCK;
    int status = NPS_OK;
    uint64_t length = batch->answers->length;
    for (batch->first = 0; status == NPS_OK && batch->first < length; batch->first += most) {
        batch->count = length - batch->first < most ? (size_t)(length - batch->first) : most;
        status = read_block(batch);
        if (status == NPS_OK) status = pass_block(batch, state, &row, &at);
        *fault = batch->first + at;
    }
    return status;
}

int nps_drivers_add_columns(nps_drivers *drivers, const nps_column *answers, const nps_column *ratings,
                            const nps_column *weights, uint64_t *row)
{
    if (drivers == NULL || ratings == NULL) return NPS_ERR_ARGUMENT;
    row_batch batch;
    batch.shape = &drivers->shape;
    batch.answers = answers;
    batch.ratings = ratings;
    batch.weights = weights;
    uint64_t fault = 0;
    int status = check_columns(&batch);
    if (status == NPS_OK) status = pass(&batch, NULL, &fault);
    if (status == NPS_ERR_RANGE && row != NULL) *row = fault;
    if (status != NPS_OK) return status;
    if (answers->length > INT64_MAX - npsi_drivers_state_rows(drivers->state)) return NPS_ERR_OVERFLOW;
    return pass(&batch, drivers->state, &fault);
}
