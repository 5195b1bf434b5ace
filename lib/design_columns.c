/* Adding columns: into a design of its own, a block of rows at a time, and from there all of them or none. */
#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "design_internal.h"
#include "segments_key_rows_internal.h"
#include "struct_internal.h"

#define ROWS_AT_ONCE ((uint64_t)1 << 14)

typedef struct column_batch {
    const nps_design *design;
    nps_design added;
    nps_design_columns columns;
    uint64_t rows;
} column_batch;

/* A bit for each row of a block, all 0 or all 1. */
typedef struct bits {
    uint8_t bytes[ROWS_AT_ONCE / 8];
} bits;

static nps_column slice(const nps_column *column, uint64_t first, uint64_t count)
{
    nps_column part = *column;
    part.offset += first;
    part.length = count;
    return part;
}

/* No stratum in any row. */
static nps_column null_column(const bits *zeros, uint64_t count)
{
    return (nps_column){.type = NPS_TYPE_BOOL, .length = count, .values = zeros->bytes, .validity = zeros->bytes};
}

/* Weights that are all 1. */
static nps_column one_column(const bits *ones, uint64_t count)
{
    return (nps_column){.type = NPS_TYPE_BOOL, .length = count, .values = ones->bytes};
}

/* The population that a row gives its stratum, at this index of the added populations. NPS_ERR_RANGE, NPS_ERR_SCALE. */
static int note_population(column_batch *batch, size_t index, double size)
{
    nps_segments *added = batch->added.populations;
    nps_key stratum;
    if (!npsi_population_possible(size)) return NPS_ERR_RANGE;
    double known = npsi_population_at(added, index).size;
    if (known == 0) {
        npsi_segments_read_key(added, index, &stratum);
        known = npsi_design_population(batch->design, &stratum);
    }
    if (known != 0 && known != size) return NPS_ERR_SCALE;
    npsi_population_put(added, index, (npsi_population){size, 0});
    return NPS_OK;
}

/* Populations of the first *good rows of a block. On an error *good becomes the number of rows before it. */
static int add_populations(column_batch *batch, const nps_column *strata, const nps_column *sizes, uint64_t *good)
{
    npsi_key_rows keys;
    uint64_t end = *good;
    int status = npsi_key_rows_open(&keys, batch->added.populations, strata, strata->length);
    if (status != NPS_OK) return status;
    for (uint64_t first = 0; status == NPS_OK && first < end; first += NPSI_BLOCK) {
        uint32_t index[NPSI_BLOCK];
        double size[NPSI_BLOCK];
        size_t count = end - first < NPSI_BLOCK ? (size_t)(end - first) : NPSI_BLOCK, resolved;
        status = npsi_column_doubles(sizes, first, count, size);
        if (status == NPS_OK) status = npsi_key_rows_resolve(&keys, first, count, index, &resolved);
        for (size_t i = 0; status == NPS_OK && i < count; i++) {
            status = note_population(batch, index[i], size[i]);
            if (status != NPS_OK) *good = first + i;
        }
    }
    npsi_key_rows_close(&keys);
    return status;
}

/* On NPS_ERR_RANGE and NPS_ERR_SCALE *row is the first row at fault, be it for its weight or its population. */
static int add_block(column_batch *batch, uint64_t first, uint64_t count, uint64_t *row)
{
    const nps_design_columns *columns = &batch->columns;
    bits zeros = {{0}}, ones;
    memset(&ones, 0xff, sizeof ones);
    nps_column keys[NPS_MAX_DIMENSIONS], weights = one_column(&ones, count);
    keys[0] = columns->strata == NULL ? null_column(&zeros, count) : slice(columns->strata, first, count);
    if (columns->psus != NULL) keys[1] = slice(columns->psus, first, count);
    for (int32_t part = 0; part < batch->design->domains; part++)
        keys[npsi_design_first(batch->design) + part] = slice(columns->domains + part, first, count);
    nps_column answers = slice(columns->answers, first, count);
    if (columns->weights != NULL) weights = slice(columns->weights, first, count);

    uint64_t good = count;
    int status = nps_segments_add_columns(batch->added.segments, keys, &answers, &weights, &good);
    if (columns->populations != NULL && (status == NPS_OK || status == NPS_ERR_RANGE)) {
        nps_column sizes = slice(columns->populations, first, count);
        int fault = add_populations(batch, keys, &sizes, &good);
        if (fault != NPS_OK) status = fault;
    }
    *row = first + good;
    return status;
}

static int check_column(const column_batch *batch, const nps_column *column)
{
    int status = npsi_column_open(column);
    return status == NPS_OK && column->length != batch->rows ? NPS_ERR_ARGUMENT : status;
}

/* NULL is a column that is left out. */
static int check_optional(const column_batch *batch, const nps_column *column)
{
    return column == NULL ? NPS_OK : check_column(batch, column);
}

static int check_columns(column_batch *batch)
{
    const nps_design_columns *columns = &batch->columns;
    int status = npsi_column_open(columns->answers);
    if (status != NPS_OK) return status;
    batch->rows = columns->answers->length;
    if ((columns->psus != NULL) != batch->design->clusters) return NPS_ERR_ARGUMENT;
    if (columns->domains == NULL && batch->design->domains > 0) return NPS_ERR_ARGUMENT;
    status = check_optional(batch, columns->strata);
    if (status == NPS_OK) status = check_optional(batch, columns->psus);
    if (status == NPS_OK) status = check_optional(batch, columns->populations);
    if (status == NPS_OK) status = check_optional(batch, columns->weights);
    for (int32_t part = 0; status == NPS_OK && part < batch->design->domains; part++)
        status = check_column(batch, columns->domains + part);
    return status;
}

static int add_all(nps_design *design, column_batch *batch, uint64_t *row)
{
    nps_design *added = &batch->added;
    *added = *design;
    added->segments = added->populations = NULL;
    int status = npsi_segments_like(design->segments, &added->segments);
    if (status == NPS_OK) status = npsi_segments_like(design->populations, &added->populations);
    added->sorted = 0;
    /* No rows are a block too, for the sake of its types. */
    for (uint64_t first = 0; status == NPS_OK && (first == 0 || first < batch->rows); first += ROWS_AT_ONCE) {
        uint64_t left = batch->rows - first;
        status = add_block(batch, first, left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE, row);
    }
    if (status == NPS_OK) status = nps_design_merge(design, added);
    nps_segments_free(added->segments);
    nps_segments_free(added->populations);
    return status;
}

int nps_design_add_columns(nps_design *design, const nps_design_columns *columns, uint64_t *row)
{
    column_batch batch = {.design = design};
    uint64_t fault = 0;
    int status = design == NULL ? NPS_ERR_ARGUMENT : npsi_struct_read(columns, &batch.columns, sizeof batch.columns);
    if (status == NPS_OK) status = check_columns(&batch);
    if (status == NPS_OK) status = add_all(design, &batch, &fault);
    if ((status == NPS_ERR_RANGE || status == NPS_ERR_SCALE) && row != NULL) *row = fault;
    return status;
}
