#include <nps/codec.h>

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "codec_internal.h"
#include "segments_internal.h"
#include "wide_internal.h"

/* Sums over all segments, which show a wrong number: modulo 2^64 and 2^128, for a cube may count an answer 256 times.
 */
typedef struct sums {
    uint64_t count, weight[2];
} sums;

static void add_totals(sums *total, uint64_t count, const nps_weighted *weighted)
{
    total->count += count;
    for (int i = 0; weighted != NULL && i < NPS_MAX_LEVELS; i++) npsi_wide_add(total->weight, weighted->weight[i], 2);
}

void npsi_put_key(npsi_writer *writer, const nps_key *key, int32_t dimensions)
{
    for (int32_t d = 0; d < dimensions; d++) {
        npsi_put_number(writer, (uint64_t)key[d].type, 1);
        if (key[d].type == NPS_KEY_INTEGER) npsi_put_number(writer, (uint64_t)key[d].integer, 8);
        if (key[d].type != NPS_KEY_BYTES) continue;
        npsi_put_varint(writer, key[d].length);
        npsi_put_bytes(writer, key[d].bytes, key[d].length);
    }
}

/* weighted NULL: a tally. Sums only where there is somebody to have a weight. */
static void put_counts(npsi_writer *writer, const nps_tally *tally, const nps_weighted *weighted)
{
    for (int i = 0; i < npsi_scale_levels(&tally->scale); i++) {
        npsi_put_varint(writer, tally->level[i]);
        if (weighted == NULL || tally->level[i] == 0) continue;
        npsi_put_words(writer, weighted->weight[i], 2);
        npsi_put_words(writer, weighted->square[i], 4);
    }
    if (weighted != NULL) npsi_put_varint(writer, weighted->zero);
    npsi_put_varint(writer, tally->missing);
    npsi_put_varint(writer, tally->invalid);
}

static void put_state(npsi_writer *writer, const nps_segments *segments, size_t index, sums *total)
{
    const void *state = npsi_segments_at(segments, index);
    const nps_weighted *weights = segments->state == NPS_STATE_WEIGHTED ? state : NULL;
    nps_tally tally;
    npsi_state_tally(segments, state, &tally);
    if (segments->state == NPS_STATE_DRIVERS)
        npsi_put_drivers(writer, &segments->drivers, state);
    else if (segments->state == NPS_STATE_OUTCOMES)
        npsi_put_outcomes(writer, state);
    else
        put_counts(writer, &tally, weights);
    add_totals(total, npsi_state_total(segments, state), weights);
}

void npsi_put_segments(npsi_writer *writer, const void *state)
{
    const nps_segments *segments = ((const npsi_ordered *)state)->segments;
    const uint32_t *order = ((const npsi_ordered *)state)->order;
    sums total = {0, {0, 0}};
    npsi_put_scale(writer, &segments->scale, segments->kind);
    npsi_put_number(writer, (uint64_t)segments->state, 4);
    npsi_put_number(writer, (uint64_t)segments->dimensions, 4);
    npsi_put_number(writer, segments->store.count, 8);
    if (segments->state == NPS_STATE_DRIVERS) npsi_put_drivers_shape(writer, &segments->drivers);
    for (int32_t d = 0; d < segments->dimensions; d++) {
        npsi_put_varint(writer, segments->name[d].length);
        npsi_put_bytes(writer, segments->name[d].bytes, segments->name[d].length);
    }
    for (size_t i = 0; i < segments->store.count; i++) {
        size_t index = order == NULL ? i : order[i];
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, index, key);
        npsi_put_key(writer, key, segments->dimensions);
        put_state(writer, segments, index, &total);
    }
    npsi_put_number(writer, total.count, 8);
    if (segments->state == NPS_STATE_WEIGHTED) npsi_put_words(writer, total.weight, 2);
}

int nps_segments_encode(const nps_segments *segments, void *buffer, size_t size, size_t *length)
{
    if (segments == NULL || length == NULL) return NPS_ERR_ARGUMENT;
    uint32_t *order = NULL;
    int status = buffer == NULL ? NPS_OK : npsi_segments_order(segments, &order);
    if (status != NPS_OK) return status;
    npsi_ordered state = {segments, order};
    status = npsi_codec_encode(NPS_CODEC_SEGMENTS, npsi_put_segments, &state, buffer, size, length);
    npsi_resize(&segments->allocator, order, segments->store.count, 0, sizeof *order);
    return status;
}

void npsi_get_key(npsi_reader *reader, nps_key *key, int32_t dimensions)
{
    for (int32_t d = 0; d < dimensions; d++) {
        key[d] = (nps_key){.type = (int32_t)npsi_get_number(reader, 1)};
        uint64_t bits = key[d].type == NPS_KEY_INTEGER ? npsi_get_number(reader, 8) : 0;
        memcpy(&key[d].integer, &bits, sizeof bits);
        if (key[d].type != NPS_KEY_BYTES) continue;
        uint64_t length = npsi_get_varint(reader);
        key[d].bytes = (const char *)npsi_get_bytes(reader, length);
        key[d].length = (size_t)length;
    }
}

/* What put_counts wrote; weighted only where it was there. */
static void get_counts(npsi_reader *reader, nps_tally *tally, nps_weighted *weighted)
{
    for (int i = 0; i < npsi_scale_levels(&tally->scale); i++) {
        tally->level[i] = npsi_get_varint(reader);
        if (weighted == NULL || tally->level[i] == 0) continue;
        npsi_get_words(reader, weighted->weight[i], 2);
        npsi_get_words(reader, weighted->square[i], 4);
    }
    if (weighted != NULL) weighted->zero = npsi_get_varint(reader);
    tally->missing = npsi_get_varint(reader);
    tally->invalid = npsi_get_varint(reader);
    if (weighted == NULL) return;
    memcpy(weighted->level, tally->level, sizeof weighted->level);
    weighted->missing = tally->missing;
    weighted->invalid = tally->invalid;
}

/* Outcomes or drivers, read where they are to be. */
static int get_in_place(npsi_reader *reader, nps_segments *segments, const nps_key *key, sums *total)
{
    size_t index;
    int status = npsi_key_check(key, segments->dimensions, 1);
    if (status == NPS_OK) status = npsi_segments_place(segments, key, &index);
    if (status != NPS_OK) return status;
    void *state = npsi_segments_at(segments, index);
    if (segments->state == NPS_STATE_DRIVERS) {
        npsi_get_drivers(reader, &segments->drivers, state);
    } else {
        npsi_get_outcomes(reader, state);
        status = nps_outcomes_check(state);
    }
    add_totals(total, npsi_state_total(segments, state), NULL);
    return reader->failed ? NPS_ERR_FORMAT : status;
}

static int get_state(npsi_reader *reader, nps_segments *segments, const nps_key *key, sums *total)
{
    nps_tally tally = {.scale = segments->scale, .kind = segments->kind};
    nps_weighted weighted = {.scale = segments->scale, .kind = segments->kind};
    nps_weighted *weights = segments->state == NPS_STATE_WEIGHTED ? &weighted : NULL;
    if (segments->state >= NPS_STATE_OUTCOMES) return get_in_place(reader, segments, key, total);
    get_counts(reader, &tally, weights);
    if (reader->failed) return NPS_ERR_FORMAT;
    int status = weights != NULL ? nps_segments_merge_weighted(segments, key, weights)
                                 : nps_segments_merge_tally(segments, key, &tally);
    if (status == NPS_OK) add_totals(total, nps_tally_total(&tally), weights);
    return status;
}

/* Reads a segment and adds it. `key` has the one before it, and then this one. */
static int get_segment(npsi_reader *reader, nps_segments *segments, int first, nps_key *key, sums *total)
{
    nps_key next[NPS_MAX_DIMENSIONS];
    npsi_get_key(reader, next, segments->dimensions);
    if (reader->failed || (!first && npsi_key_compare(key, next, segments->dimensions) >= 0)) return NPS_ERR_FORMAT;
    int status = get_state(reader, segments, next, total);
    memcpy(key, next, sizeof next);
    return status;
}

static int get_segments(npsi_reader *reader, nps_segments *segments, uint64_t count)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    sums found = {0, {0, 0}}, claimed = found;
    int status = NPS_OK;
    for (int32_t d = 0; status == NPS_OK && d < segments->dimensions; d++) {
        uint64_t length = npsi_get_varint(reader);
        const char *name = (const char *)npsi_get_bytes(reader, length);
        if (reader->failed) return NPS_ERR_FORMAT;
        status = nps_segments_set_name(segments, d, name, (size_t)length);
    }
    for (uint64_t i = 0; status == NPS_OK && i < count; i++)
        status = get_segment(reader, segments, i == 0, key, &found);
    if (status != NPS_OK) return status;
    claimed.count = npsi_get_number(reader, 8);
    if (segments->state == NPS_STATE_WEIGHTED) npsi_get_words(reader, claimed.weight, 2);
    int same = claimed.count == found.count && npsi_wide_compare(claimed.weight, found.weight, 2) == 0;
    return !reader->failed && same ? NPS_OK : NPS_ERR_FORMAT;
}

int npsi_get_segments(npsi_reader *reader, const nps_allocator *allocator, uint64_t seed, nps_segments **out)
{
    nps_segments *segments;
    nps_segments_options options = {.struct_size = sizeof options, .seed = seed, .allocator = allocator};
    npsi_drivers_shape drivers;
    nps_scale scale = npsi_get_scale(reader, &options.kind);
    uint64_t state = npsi_get_number(reader, 4), dimensions = npsi_get_number(reader, 4);
    uint64_t count = npsi_get_number(reader, 8);
    if (state == NPS_STATE_DRIVERS) npsi_get_drivers_shape(reader, &scale, &drivers);
    if (reader->failed || state < NPS_STATE_TALLY || state > NPS_STATE_DRIVERS || dimensions < 1 ||
        dimensions > NPS_MAX_DIMENSIONS)
        return NPS_ERR_FORMAT;
    options.scale = &scale;
    options.state = (int32_t)state;
    options.dimensions = (int32_t)dimensions;
    int status = npsi_segments_make(&options, state == NPS_STATE_DRIVERS ? &drivers : NULL, &segments);
    if (status != NPS_OK) return status;
    status = get_segments(reader, segments, count);
    if (status == NPS_OK) {
        *out = segments;
        return NPS_OK;
    }
    nps_segments_free(segments);
    /* Whatever a container refuses to hold, no encoder wrote. */
    return status == NPS_ERR_MEMORY || status == NPS_ERR_LIMIT ? status : NPS_ERR_FORMAT;
}

int nps_segments_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed,
                        nps_segments **out)
{
    npsi_reader reader;
    nps_segments *segments;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_SEGMENTS, &reader);
    if (status == NPS_OK) status = npsi_get_segments(&reader, allocator, seed, &segments);
    if (status != NPS_OK) return status;
    if (reader.left != 0) {
        nps_segments_free(segments);
        return NPS_ERR_FORMAT;
    }
    *out = segments;
    return NPS_OK;
}
