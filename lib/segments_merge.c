/* Adding containers up and taking them apart. */
#include <string.h>

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

/* Room for the states that a change of so many segments is to be undone by, where the way back would not be exact. */
static int save_begin(const nps_segments *changed, size_t count, unsigned char **saved)
{
    *saved = NULL;
    if (npsi_state_is_exact(changed) || count == 0) return NPS_OK;
    *saved = npsi_resize(&changed->allocator, NULL, 0, count, changed->state_bytes);
    return *saved == NULL ? NPS_ERR_MEMORY : NPS_OK;
}

static void save(const nps_segments *changed, size_t index, unsigned char *saved, size_t i)
{
    size_t bytes = changed->state_bytes;
    if (saved != NULL) memcpy(saved + i * bytes, npsi_segments_at(changed, index), bytes);
}

static void save_end(const nps_segments *changed, size_t count, unsigned char *saved)
{
    npsi_resize(&changed->allocator, saved, saved == NULL ? 0 : count, 0, changed->state_bytes);
}

/* Takes back what the first `count` segments of `other` changed. */
static void undo(nps_segments *changed, const nps_segments *other, size_t count, const unsigned char *saved, int merged)
{
    size_t bytes = changed->state_bytes;
    for (size_t i = 0; i < count; i++) {
        void *state = npsi_segments_at(changed, counterpart(changed, other, i));
        if (saved != NULL)
            memcpy(state, saved + i * bytes, bytes);
        else if (merged)
            (void)npsi_state_subtract(changed, state, npsi_segments_at(other, i));
        else
            (void)npsi_state_merge(changed, state, npsi_segments_at(other, i));
    }
}

/* Adds every segment or none. The containers are alike. */
static int merge_all(nps_segments *into, const nps_segments *from)
{
    size_t before = into->store.count, count = before == 0 ? 0 : from->store.count;
    unsigned char *saved;
    int status = save_begin(into, count, &saved);
    for (size_t i = 0; status == NPS_OK && i < from->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        size_t index;
        npsi_segments_read_key(from, i, key);
        status = npsi_segments_place(into, key, &index);
        if (status == NPS_OK) {
            save(into, index, saved, i);
            status = npsi_state_merge(into, npsi_segments_at(into, index), npsi_segments_at(from, i));
        }
        if (status == NPS_OK) continue;
        if (before > 0) undo(into, from, i, saved, 1);
        npsi_segments_truncate(into, before);
    }
    save_end(into, count, saved);
    return status;
}

static int check_pair(const nps_segments *a, const nps_segments *b)
{
    if (a == NULL || b == NULL || a == b) return NPS_ERR_ARGUMENT;
    if (a->dimensions != b->dimensions || a->state != b->state) return NPS_ERR_TYPE;
    int status = npsi_drivers_shape_match(&a->drivers, &b->drivers);
    if (status != NPS_OK) return status;
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

/* On an error *done tells how many were subtracted before. */
static int subtract_all(nps_segments *from, const nps_segments *taken, unsigned char *saved, size_t *done)
{
    for (size_t i = 0; i < taken->store.count; i++) {
        size_t index = counterpart(from, taken, i);
        *done = i;
        if (index == NPSI_NO_SEGMENT) return NPS_ERR_NOT_FOUND;
        save(from, index, saved, i);
        int status = npsi_state_subtract(from, npsi_segments_at(from, index), npsi_segments_at(taken, i));
        if (status != NPS_OK) return status;
    }
    *done = taken->store.count;
    return NPS_OK;
}

int npsi_segments_take(nps_segments *from, const nps_segments *taken)
{
    size_t done = 0;
    unsigned char *saved;
    int status = save_begin(from, taken->store.count, &saved);
    if (status != NPS_OK) return status;
    status = subtract_all(from, taken, saved, &done);
    if (status != NPS_OK) undo(from, taken, done, saved, 0);
    save_end(from, taken->store.count, saved);
    return status;
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
    size_t done = 0;
    unsigned char *saved;
    int status = check_pair(from, taken);
    if (status == NPS_OK) status = save_begin(from, taken->store.count, &saved);
    if (status != NPS_OK) return status;
    status = subtract_all(from, taken, saved, &done);
    if (status == NPS_OK) status = drop_emptied(from, taken);
    if (status != NPS_OK) undo(from, taken, done, saved, 0);
    save_end(from, taken->store.count, saved);
    return status;
}
