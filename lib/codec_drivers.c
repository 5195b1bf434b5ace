#include <nps/codec.h>

#include <nps/status.h>

#include "codec_internal.h"
#include "drivers_internal.h"

#define DOUBLES (sizeof(npsi_dd) / sizeof(double))

void npsi_put_drivers_shape(npsi_writer *writer, const npsi_drivers_shape *shape)
{
    const int32_t options[] = {shape->ratings, shape->explains, shape->is_pairwise, shape->is_robust,
                               shape->has_contrasts};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) npsi_put_number(writer, (uint64_t)options[i], 1);
    for (int32_t i = 0; shape->has_contrasts && i < shape->ratings; i++) {
        npsi_put_doubles(writer, shape->low + i, 1);
        npsi_put_doubles(writer, shape->high + i, 1);
    }
}

void npsi_get_drivers_shape(npsi_reader *reader, const nps_scale *scale, npsi_drivers_shape *out)
{
    double low[UINT8_MAX + 1], high[UINT8_MAX + 1];
    nps_drivers_options options = {.struct_size = sizeof options, .scale = scale};
    options.ratings = (int32_t)npsi_get_number(reader, 1);
    options.explains = (int32_t)npsi_get_number(reader, 1);
    options.missing = (int32_t)npsi_get_number(reader, 1);
    options.robust = (int32_t)npsi_get_number(reader, 1);
    uint64_t contrasts = npsi_get_number(reader, 1);
    for (int32_t i = 0; contrasts == 1 && i < options.ratings; i++) {
        npsi_get_doubles(reader, low + i, 1);
        npsi_get_doubles(reader, high + i, 1);
    }
    if (contrasts == 1) {
        options.low = low;
        options.high = high;
    }
    if (contrasts > 1 || npsi_drivers_shape_of(&options, out) != NPS_OK) reader->failed = 1;
}

static void put_varints(npsi_writer *writer, const uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) npsi_put_varint(writer, words[i]);
}

static void get_varints(npsi_reader *reader, uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) words[i] = npsi_get_varint(reader);
}

/* The counts before the blocks, in their order. */
static size_t head_words(const npsi_drivers_shape *shape)
{
    return sizeof(npsi_drivers_head) / sizeof(uint64_t) + (size_t)shape->ratings;
}

static size_t block_sums(const npsi_drivers_shape *shape)
{
    return npsi_drivers_pair(npsi_drivers_variables(shape), 0);
}

/* The high word of a whole sum so that small negative ones are short: 0, -1, 1, -2, ... */
static uint64_t fold_sign(uint64_t word)
{
    return word << 1 ^ (0 - (word >> 63));
}

static uint64_t unfold_sign(uint64_t folded)
{
    return folded >> 1 ^ (0 - (folded & 1));
}

void npsi_put_drivers(npsi_writer *writer, const npsi_drivers_shape *shape, const void *state)
{
    const npsi_drivers_head *head = state;
    put_varints(writer, state, head_words(shape));
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) {
        const npsi_drivers_block *block = npsi_drivers_block_at(shape, state, i);
        npsi_put_varint(writer, block->rows);
        if (head->is_real) npsi_put_doubles(writer, &block->sums->real.high, DOUBLES * block_sums(shape));
        for (size_t j = 0; !head->is_real && j < block_sums(shape); j++) {
            npsi_put_varint(writer, block->sums[j].whole[0]);
            npsi_put_varint(writer, fold_sign(block->sums[j].whole[1]));
        }
    }
    npsi_put_doubles(writer, &npsi_drivers_fourth(shape, state)->high, DOUBLES * npsi_drivers_quadruples(shape));
}

void npsi_get_drivers(npsi_reader *reader, const npsi_drivers_shape *shape, void *state)
{
    const npsi_drivers_head *head = state;
    get_varints(reader, state, head_words(shape));
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) {
        npsi_drivers_block *block = npsi_drivers_block_at(shape, state, i);
        block->rows = npsi_get_varint(reader);
        if (head->is_real) npsi_get_doubles(reader, &block->sums->real.high, DOUBLES * block_sums(shape));
        for (size_t j = 0; !head->is_real && j < block_sums(shape); j++) {
            block->sums[j].whole[0] = npsi_get_varint(reader);
            block->sums[j].whole[1] = unfold_sign(npsi_get_varint(reader));
        }
    }
    npsi_get_doubles(reader, &npsi_drivers_fourth(shape, state)->high, DOUBLES * npsi_drivers_quadruples(shape));
    if (!reader->failed && npsi_drivers_state_check(shape, state) != NPS_OK) reader->failed = 1;
}

static void put_state(npsi_writer *writer, const void *state)
{
    const nps_drivers *drivers = state;
    npsi_put_scale(writer, &drivers->shape.scale, 0);
    npsi_put_drivers_shape(writer, &drivers->shape);
    npsi_put_drivers(writer, &drivers->shape, drivers->state);
    npsi_put_number(writer, npsi_drivers_state_rows(drivers->state), 8);
}

int nps_drivers_encode(const nps_drivers *drivers, void *buffer, size_t size, size_t *length)
{
    if (drivers == NULL || length == NULL) return NPS_ERR_ARGUMENT;
    return npsi_codec_encode(NPS_CODEC_DRIVERS, put_state, drivers, buffer, size, length);
}

int nps_drivers_decode(const void *bytes, size_t size, const nps_allocator *allocator, nps_drivers **out)
{
    npsi_reader reader;
    npsi_drivers_shape shape;
    nps_drivers *drivers;
    uint32_t kind;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_DRIVERS, &reader);
    if (status != NPS_OK) return status;
    nps_scale scale = npsi_get_scale(&reader, &kind);
    npsi_get_drivers_shape(&reader, &scale, &shape);
    if (reader.failed || kind != 0) return NPS_ERR_FORMAT;
    status = npsi_drivers_make(allocator, &shape, &drivers);
    if (status != NPS_OK) return status;
    npsi_get_drivers(&reader, &shape, drivers->state);
    uint64_t rows = npsi_get_number(&reader, 8);
    if (!reader.failed && reader.left == 0 && rows == npsi_drivers_state_rows(drivers->state)) {
        *out = drivers;
        return NPS_OK;
    }
    nps_drivers_free(drivers);
    return NPS_ERR_FORMAT;
}
