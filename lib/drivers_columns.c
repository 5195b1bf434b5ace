/* Adding columns of ratings: all rows are looked at for faults, then read again and added. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "drivers_internal.h"

#define NUMBERS 2048 /* that a block of rows may have */

_Static_assert(NUMBERS >= NPSI_DRIVERS_BLOCK * NPS_MAX_DRIVERS_ROBUST, "a robust block is of all rows");

typedef struct row_batch {
    const npsi_drivers_shape *shape;
    const nps_column *answers, *ratings, *weights;
    uint64_t first;
    size_t count;
    double values[NUMBERS]; /* a rating of each row, then the next rating */
    double answer[NPSI_DRIVERS_BLOCK], weight[NPSI_DRIVERS_BLOCK];
    uint8_t codes[NPSI_DRIVERS_BLOCK];
} row_batch;

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
    for (int32_t i = -1; status == NPS_OK && i < batch->shape->ratings; i++) {
        const nps_column *column = i < 0 ? batch->weights : batch->ratings + i;
        if (column == NULL) continue;
        status = npsi_column_open(column);
        if (status == NPS_OK && column->length != batch->answers->length) status = NPS_ERR_ARGUMENT;
    }
    return status;
}

/* NPS_ERR_TYPE. */
static int read_block(row_batch *batch)
{
    nps_column answers = {.type = NPS_TYPE_F64, .length = batch->count, .values = batch->answer};
    int status = npsi_column_doubles(batch->answers, batch->first, batch->count, batch->answer);
    if (status == NPS_OK) status = npsi_column_codes(&answers, &batch->shape->scale, 0, batch->count, batch->codes);
    for (int32_t i = 0; status == NPS_OK && i < batch->shape->ratings; i++)
        status = npsi_column_doubles(batch->ratings + i, batch->first, batch->count,
                                     batch->values + (size_t)i * batch->count);
    if (status == NPS_OK && batch->weights != NULL)
        status = npsi_column_doubles(batch->weights, batch->first, batch->count, batch->weight);
    for (size_t i = 0; batch->weights == NULL && i < batch->count; i++) batch->weight[i] = 1;
    return status;
}

static int read_row(const row_batch *batch, size_t i, double *ratings, npsi_drivers_row *row)
{
    for (int32_t k = 0; k < batch->shape->ratings; k++) ratings[k] = batch->values[(size_t)k * batch->count + i];
    return npsi_drivers_row_read(batch->shape, batch->answer[i], batch->codes[i], ratings, batch->weight[i], row);
}

/* The rows of a block, read for faults. On an error *at is the first. */
static int check_block(const row_batch *batch, npsi_drivers_row *row, size_t *at)
{
    double ratings[NPS_MAX_DRIVERS];
    int status = NPS_OK;
    for (size_t i = 0; status == NPS_OK && i < batch->count; i++) {
        *at = i;
        status = read_row(batch, i, ratings, row);
    }
    return status;
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

static void add_block(const row_batch *batch, void *state, npsi_drivers_row *row)
{
    double ratings[NPS_MAX_DRIVERS];
    robust_rows kept;
    kept.count = 0;
    kept.largest = 0;
    kept.is_whole = 1;
    for (size_t i = 0; i < batch->count; i++) {
        (void)read_row(batch, i, ratings, row);
        npsi_drivers_row_add(batch->shape, state, row);
        if (batch->shape->is_robust) keep_robust(batch->shape, row, &kept);
    }
    if (kept.is_whole && kept.largest * NPSI_DRIVERS_BLOCK < 0x1p53) {
        if (kept.count > 0) npsi_drivers_fourth_block(batch->shape, state, kept.z, kept.w, kept.count);
        return;
    }
    for (size_t i = 0; i < batch->count; i++) {
        (void)read_row(batch, i, ratings, row);
        npsi_drivers_add_fourth(batch->shape, state, row, NULL, 1);
    }
}

/* All rows, a block at a time: added, or without a state read for faults. */
static int pass(row_batch *batch, void *state, uint64_t *fault)
{
    npsi_drivers_row row = {.w = 0};
    size_t most = NUMBERS / (size_t)batch->shape->ratings, at = 0;
    if (most > NPSI_DRIVERS_BLOCK) most = NPSI_DRIVERS_BLOCK;
    int status = NPS_OK;
    uint64_t length = batch->answers->length;
    /* No rows are a block too, for the sake of its types. */
    for (batch->first = 0; status == NPS_OK && (batch->first == 0 || batch->first < length); batch->first += most) {
        batch->count = length - batch->first < most ? (size_t)(length - batch->first) : most;
        status = read_block(batch);
        if (status == NPS_OK && state != NULL) add_block(batch, state, &row);
        if (status == NPS_OK && state == NULL) status = check_block(batch, &row, &at);
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
    uint64_t fault;
    int status = check_columns(&batch);
    if (status == NPS_OK) status = pass(&batch, NULL, &fault);
    if (status == NPS_ERR_RANGE && row != NULL) *row = fault;
    if (status != NPS_OK) return status;
    if (answers->length > INT64_MAX - npsi_drivers_state_rows(drivers->state)) return NPS_ERR_OVERFLOW;
    return pass(&batch, drivers->state, &fault);
}
