/* Entries and keys: two rows of chunks that grow without copying what they hold. */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_internal.h"

#define FIRST_ITEMS ((size_t)4)
#define FIRST_KEYS  ((size_t)64)
#define KEY_CHUNK   ((size_t)1 << 16)

static npsi_chunk *last_chunk(const npsi_chunks *chunks)
{
    return chunks->chunk + chunks->count - 1;
}

static int append_chunk(npsi_chunks *chunks, const nps_allocator *allocator, size_t size)
{
    if (chunks->count == chunks->capacity) {
        size_t wanted = chunks->capacity + chunks->capacity / 2 + 1;
        npsi_chunk *chunk = npsi_resize(allocator, chunks->chunk, chunks->capacity, wanted, sizeof *chunk);
        if (chunk == NULL) return NPS_ERR_MEMORY;
        chunks->chunk = chunk;
        chunks->capacity = wanted;
    }
    unsigned char *bytes = npsi_resize(allocator, NULL, 0, size, 1);
    if (bytes == NULL) return NPS_ERR_MEMORY;
    chunks->chunk[chunks->count++] = (npsi_chunk){bytes, size};
    return NPS_OK;
}

void npsi_chunks_drop(npsi_chunks *chunks, const nps_allocator *allocator, size_t count)
{
    while (chunks->count > count) {
        npsi_resize(allocator, last_chunk(chunks)->bytes, last_chunk(chunks)->size, 0, 1);
        chunks->count--;
    }
}

void npsi_chunks_free(npsi_chunks *chunks, const nps_allocator *allocator)
{
    npsi_chunks_drop(chunks, allocator, 0);
    npsi_resize(allocator, chunks->chunk, chunks->capacity, 0, sizeof *chunks->chunk);
}

void npsi_store_free(npsi_store *store, const nps_allocator *allocator)
{
    npsi_chunks_free(&store->entries, allocator);
    npsi_chunks_free(&store->keys, allocator);
    npsi_resize(allocator, store->slots, store->slot_count, 0, sizeof *store->slots);
}

/* Room for one item more than the chunks have. */
static int grow_chunks(npsi_chunks *chunks, const nps_allocator *allocator, size_t item, int shift)
{
    size_t full = item << shift;
    if (chunks->count == 0)
        return append_chunk(chunks, allocator, full < FIRST_ITEMS * item ? full : FIRST_ITEMS * item);
    size_t size = last_chunk(chunks)->size;
    if (size == full) return append_chunk(chunks, allocator, full);
    unsigned char *bytes = npsi_resize(allocator, last_chunk(chunks)->bytes, size, 2 * size, 1);
    if (bytes == NULL) return NPS_ERR_MEMORY;
    *last_chunk(chunks) = (npsi_chunk){bytes, 2 * size};
    return NPS_OK;
}

int npsi_chunks_reserve(npsi_chunks *chunks, const nps_allocator *allocator, size_t item, int shift, size_t count)
{
    for (;;) {
        size_t held = 0;
        if (chunks->count > 0) held = ((chunks->count - 1) << shift) + last_chunk(chunks)->size / item;
        if (count <= held) return NPS_OK;
        int status = grow_chunks(chunks, allocator, item, shift);
        if (status != NPS_OK) return status;
    }
}

/* Room for a key of `size` bytes in the last chunk. No key moves, since the one to be added may be read from others. */
static int reserve_key(nps_segments *segments, size_t size)
{
    npsi_store *store = &segments->store;
    npsi_chunks *keys = &store->keys;
    size_t held = keys->count == 0 ? 0 : last_chunk(keys)->size;
    if (size <= held - store->keys_used) return NPS_OK;
    if (keys->count == UINT32_MAX) return NPS_ERR_LIMIT;
    size_t wanted = held < FIRST_KEYS / 2 ? FIRST_KEYS : held < KEY_CHUNK / 2 ? 2 * held : KEY_CHUNK;
    int status = append_chunk(keys, &segments->allocator, size > wanted ? size : wanted);
    if (status == NPS_OK) store->keys_used = 0;
    return status;
}

/* Gives back what a chunk does not use. When the allocator cannot, it stays larger. */
static void trim_chunk(npsi_chunk *chunk, const nps_allocator *allocator, size_t used)
{
    unsigned char *bytes = npsi_resize(allocator, chunk->bytes, chunk->size, used, 1);
    if (bytes != NULL || used == 0) *chunk = (npsi_chunk){bytes, used};
}

int npsi_store_append(nps_segments *segments, const nps_key *key)
{
    npsi_store *store = &segments->store;
    size_t size = npsi_key_size(key, segments->dimensions);
    size_t chunks = store->keys.count, used = store->keys_used;
    int status = npsi_chunks_reserve(&store->entries, &segments->allocator, npsi_entry_bytes(segments),
                                     segments->chunk_shift, store->count + 1);
    if (status == NPS_OK) status = reserve_key(segments, size);
    if (status != NPS_OK) return status;

    uint64_t place = (uint64_t)(store->keys.count - 1) << 32 | store->keys_used;
    npsi_key_write(key, segments->dimensions, last_chunk(&store->keys)->bytes + store->keys_used);
    store->keys_used += size;
    unsigned char *entry = npsi_segments_entry(segments, store->count++);
    memcpy(entry, &place, sizeof place);
    npsi_state_init(segments, entry + sizeof place);
    if (chunks > 0 && chunks < store->keys.count)
        trim_chunk(store->keys.chunk + chunks - 1, &segments->allocator, used);
    return NPS_OK;
}

/* A key's place: its chunk in the high half, where it begins there in the low one. */
static uint64_t key_place(const nps_segments *segments, size_t index)
{
    uint64_t place;
    memcpy(&place, npsi_segments_entry(segments, index), sizeof place);
    return place;
}

const unsigned char *npsi_segments_key_bytes(const nps_segments *segments, size_t index)
{
    uint64_t place = key_place(segments, index);
    return segments->store.keys.chunk[place >> 32].bytes + (uint32_t)place;
}

void npsi_segments_read_key(const nps_segments *segments, size_t index, nps_key *key)
{
    npsi_key_read(npsi_segments_key_bytes(segments, index), segments->dimensions, key);
}

int npsi_segments_has_all(const nps_segments *segments, size_t index)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(segments, index, key);
    for (int32_t d = 0; d < segments->dimensions; d++)
        if (key[d].type == NPS_KEY_ALL) return 1;
    return 0;
}

int npsi_segments_key_matches(const nps_segments *segments, size_t index, const nps_key *key)
{
    return npsi_key_matches(npsi_segments_key_bytes(segments, index), key, segments->dimensions);
}

void npsi_store_cut(nps_segments *segments, size_t count)
{
    npsi_store *store = &segments->store;
    if (count == store->count) return;
    uint64_t place = key_place(segments, count);
    store->count = count;
    store->keys_used = (uint32_t)place;
    npsi_chunks_drop(&store->keys, &segments->allocator, (size_t)(place >> 32) + 1);
    npsi_chunks_drop(&store->entries, &segments->allocator, (count >> segments->chunk_shift) + 1);
}
