/* Adding containers up and taking them apart. */
#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_internal.h"

/* Where the key of segment i of `other` is. */
static size_t counterpart(const nps_segments *segments, const nps_segments *other, size_t i)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(other, i, key);
    return npsi_segments_lookup(segments, key, npsi_key_hash(segments->hash_key, key, segments->dimensions));
}

/* Takes back what the first `count` segments of `from` added to `into`, and the segments from `before` on. */
static void undo_merge(nps_segments *into, const nps_segments *from, size_t count, size_t before)
{
    for (size_t i = 0; i < count; i++) {
        size_t index = counterpart(into, from, i);
        (void)npsi_state_subtract(into, npsi_segments_at(into, index), npsi_segments_at(from, i));
    }
    npsi_segments_truncate(into, before);
}

/* Adds every segment or none. The containers are alike. */
static int merge_all(nps_segments *into, const nps_segments *from)
{
    size_t before = into->store.count;
    for (size_t i = 0; i < from->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(from, i, key);
        int status = npsi_segments_merge_state(into, key, npsi_segments_at(from, i));
        if (status == NPS_OK) continue;
        undo_merge(into, from, i, before);
        return status;
    }
    return NPS_OK;
}

static int check_pair(const nps_segments *a, const nps_segments *b)
{
    if (a == NULL || b == NULL || a == b) return NPS_ERR_ARGUMENT;
    if (a->dimensions != b->dimensions || a->state != b->state) return NPS_ERR_TYPE;
    return nps_scale_equal(&a->scale, &b->scale) && a->kind == b->kind ? NPS_OK : NPS_ERR_SCALE;
}

int nps_segments_merge(nps_segments *into, const nps_segments *from)
{
    int status = check_pair(into, from);
    return status == NPS_OK ? merge_all(into, from) : status;
}

int nps_segments_copy(const nps_segments *segments, nps_segments **out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    nps_segments *copy;
    int status = npsi_segments_like(segments, &copy);
    if (status != NPS_OK) return status;
    status = merge_all(copy, segments);
    if (status == NPS_OK)
        *out = copy;
    else
        nps_segments_free(copy);
    return status;
}

/* Gives back what the first `count` segments of `taken` took. */
static void undo_subtract(nps_segments *from, const nps_segments *taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)npsi_state_merge(from, npsi_segments_at(from, counterpart(from, taken, i)), npsi_segments_at(taken, i));
}

int npsi_segments_take(nps_segments *from, const nps_segments *taken)
{
    for (size_t i = 0; i < taken->store.count; i++) {
        size_t index = counterpart(from, taken, i);
        int status = NPS_ERR_NOT_FOUND;
        if (index != NPSI_NO_SEGMENT)
            status = npsi_state_subtract(from, npsi_segments_at(from, index), npsi_segments_at(taken, i));
        if (status == NPS_OK) continue;
        undo_subtract(from, taken, i);
        return status;
    }
    return NPS_OK;
}

/* The index of the segment that segment i of `taken` left empty, else NPSI_NO_SEGMENT. */
static size_t emptied(const nps_segments *from, const nps_segments *taken, size_t i)
{
    size_t index = counterpart(from, taken, i);
    return npsi_state_is_empty(from, npsi_segments_at(from, index)) ? index : NPSI_NO_SEGMENT;
}

/* Drops segments that are anywhere: lists those that stay, and builds the store anew. */
static int drop_scattered(nps_segments *from, const nps_segments *taken)
{
    size_t count = from->store.count, kept = 0;
    uint32_t *order = npsi_resize(&from->allocator, NULL, 0, count, sizeof *order);
    if (order == NULL) return NPS_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) order[i] = (uint32_t)i;
    for (size_t i = 0; i < taken->store.count; i++) {
        size_t index = emptied(from, taken, i);
        if (index != NPSI_NO_SEGMENT) order[index] = UINT32_MAX;
    }
    for (size_t i = 0; i < count; i++)
        if (order[i] != UINT32_MAX) order[kept++] = order[i];
    int status = npsi_segments_rebuild(from, order, kept);
    npsi_resize(&from->allocator, order, count, 0, sizeof *order);
    return status;
}

static int drop_emptied(nps_segments *from, const nps_segments *taken)
{
    size_t dropped = 0, lowest = from->store.count;
    for (size_t i = 0; i < taken->store.count; i++) {
        size_t index = emptied(from, taken, i);
        if (index == NPSI_NO_SEGMENT) continue;
        dropped++;
        if (index < lowest) lowest = index;
    }
    if (lowest + dropped != from->store.count) return drop_scattered(from, taken);
    npsi_segments_truncate(from, lowest);
    return NPS_OK;
}

int nps_segments_subtract(nps_segments *from, const nps_segments *taken)
{
    int status = check_pair(from, taken);
    if (status == NPS_OK) status = npsi_segments_take(from, taken);
    if (status != NPS_OK) return status;
    status = drop_emptied(from, taken);
    if (status != NPS_OK) undo_subtract(from, taken, taken->store.count);
    return status;
}
