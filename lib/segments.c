#include <nps/segments.h>

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "column_internal.h"
#include "segments_internal.h"
#include "struct_internal.h"

/* Entries of a full chunk: as many as fit, a power of 2. */
#define MOST_CHUNK_SHIFT 10
#define MOST_CHUNK_BYTES ((size_t)115000)

int npsi_segments_make(const nps_segments_options *options, const npsi_drivers_shape *drivers, nps_segments **out)
{
    nps_segments_options known;
    int status = npsi_struct_read(options, &known, sizeof known);
    if (status != NPS_OK || out == NULL) return NPS_ERR_ARGUMENT;
    if (known.dimensions < 1 || known.dimensions > NPS_MAX_DIMENSIONS || known.reserved != 0) return NPS_ERR_ARGUMENT;
    if (drivers == NULL && (known.state < 0 || known.state > NPS_STATE_OUTCOMES)) return NPS_ERR_ARGUMENT;
    nps_segments made = {
        .allocator = npsi_allocator_or_default(known.allocator),
        .kind = known.kind,
        .dimensions = known.dimensions,
        .state = drivers != NULL    ? NPS_STATE_DRIVERS
                 : known.state != 0 ? known.state
                                    : NPS_STATE_TALLY,
        .chunk_shift = MOST_CHUNK_SHIFT,
    };
    nps_scale_standard(&made.scale);
    if (known.scale != NULL) made.scale = *known.scale;
    if (drivers != NULL) {
        made.drivers = *drivers;
        made.scale = drivers->scale;
    }
    if (nps_scale_check(&made.scale) != NPS_OK) return NPS_ERR_SCALE;
    made.state_bytes = npsi_state_bytes(&made);
    npsi_hash_seed(known.seed, made.hash_key);
    while (made.chunk_shift > 0 && npsi_entry_bytes(&made) << made.chunk_shift > MOST_CHUNK_BYTES) made.chunk_shift--;

    nps_segments *segments = npsi_resize(&made.allocator, NULL, 0, 1, sizeof *segments);
    if (segments == NULL) return NPS_ERR_MEMORY;
    *segments = made;
    *out = segments;
    return NPS_OK;
}

int nps_segments_new(const nps_segments_options *options, nps_segments **out)
{
    return npsi_segments_make(options, NULL, out);
}

void nps_segments_free(nps_segments *segments)
{
    if (segments == NULL) return;
    nps_allocator allocator = segments->allocator;
    npsi_store_free(&segments->store, &allocator);
    for (int32_t d = 0; d < segments->dimensions; d++)
        npsi_resize(&allocator, segments->name[d].bytes, segments->name[d].length, 0, 1);
    npsi_resize(&allocator, segments, 1, 0, sizeof *segments);
}

int npsi_segments_like(const nps_segments *segments, nps_segments **out)
{
    nps_segments *made = npsi_resize(&segments->allocator, NULL, 0, 1, sizeof *made);
    if (made == NULL) return NPS_ERR_MEMORY;
    *made = *segments;
    memset(made->name, 0, sizeof made->name);
    memset(&made->ceiling, 0, sizeof made->ceiling);
    memset(&made->store, 0, sizeof made->store);
    int status = NPS_OK;
    for (int32_t d = 0; status == NPS_OK && d < segments->dimensions; d++)
        status = nps_segments_set_name(made, d, segments->name[d].bytes, segments->name[d].length);
    if (status == NPS_OK)
        *out = made;
    else
        nps_segments_free(made);
    return status;
}

size_t nps_segments_count(const nps_segments *segments)
{
    return segments == NULL ? 0 : segments->store.count;
}

int32_t nps_segments_dimensions(const nps_segments *segments)
{
    return segments == NULL ? 0 : segments->dimensions;
}

int32_t nps_segments_state(const nps_segments *segments)
{
    return segments == NULL ? 0 : segments->state;
}

uint32_t nps_segments_kind(const nps_segments *segments)
{
    return segments == NULL ? NPS_KIND_NONE : segments->kind;
}

int nps_segments_scale(const nps_segments *segments, nps_scale *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    *out = segments->scale;
    return NPS_OK;
}

int nps_segments_set_kind(nps_segments *segments, uint32_t kind)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    segments->kind = kind;
    return NPS_OK;
}

int nps_segments_set_name(nps_segments *segments, int32_t dimension, const char *name, size_t length)
{
    if (segments == NULL || (name == NULL && length > 0)) return NPS_ERR_ARGUMENT;
    if (dimension < 0 || dimension >= segments->dimensions) return NPS_ERR_ARGUMENT;
    char *copy = npsi_resize(&segments->allocator, NULL, 0, length, 1);
    if (copy == NULL && length > 0) return NPS_ERR_MEMORY;
    if (length > 0) memcpy(copy, name, length);
    npsi_name *kept = segments->name + dimension;
    npsi_resize(&segments->allocator, kept->bytes, kept->length, 0, 1);
    *kept = (npsi_name){copy, length};
    return NPS_OK;
}

int nps_segments_name(const nps_segments *segments, int32_t dimension, const char **name, size_t *length)
{
    if (segments == NULL || name == NULL || length == NULL) return NPS_ERR_ARGUMENT;
    if (dimension < 0 || dimension >= segments->dimensions) return NPS_ERR_ARGUMENT;
    const npsi_name *kept = segments->name + dimension;
    *name = kept->length == 0 ? "" : kept->bytes;
    *length = kept->length;
    return NPS_OK;
}

int nps_segments_find(const nps_segments *segments, const nps_key *key, size_t *index)
{
    if (segments == NULL || key == NULL || index == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_key_check(key, segments->dimensions, 1);
    if (status != NPS_OK) return status;
    size_t found = npsi_segments_lookup(segments, key, npsi_key_hash(segments->hash_key, key, segments->dimensions));
    if (found == NPSI_NO_SEGMENT) return NPS_ERR_NOT_FOUND;
    *index = found;
    return NPS_OK;
}

int nps_segments_key(const nps_segments *segments, size_t index, int32_t dimension, nps_key *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (index >= segments->store.count || dimension < 0 || dimension >= segments->dimensions) return NPS_ERR_NOT_FOUND;
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(segments, index, key);
    *out = key[dimension];
    return NPS_OK;
}

int nps_segments_tally(const nps_segments *segments, size_t index, nps_tally *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (index >= segments->store.count) return NPS_ERR_NOT_FOUND;
    npsi_state_tally(segments, npsi_segments_at(segments, index), out);
    return NPS_OK;
}

int nps_segments_weighted(const nps_segments *segments, size_t index, nps_weighted *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != NPS_STATE_WEIGHTED) return NPS_ERR_TYPE;
    if (index >= segments->store.count) return NPS_ERR_NOT_FOUND;
    memcpy(out, npsi_segments_at(segments, index), sizeof *out);
    out->kind = segments->kind;
    return NPS_OK;
}
