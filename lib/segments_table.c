/* The hash table: open addressing with linear probing, hashes in their order. */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_internal.h"

#define FIRST_SLOTS ((size_t)8)

/* So that an entry's number fits a slot, and a hash times the number of slots 64 bits. */
#define MOST_SEGMENTS ((size_t)INT32_MAX)

static size_t home_slot(const npsi_store *store, uint32_t hash)
{
    return (size_t)((uint64_t)hash * store->slot_count >> 32);
}

static size_t next_slot(const npsi_store *store, size_t slot)
{
    return slot + 1 == store->slot_count ? 0 : slot + 1;
}

/* Steps from one slot on to another. */
static size_t steps_between(const npsi_store *store, size_t from, size_t to)
{
    return to >= from ? to - from : to + store->slot_count - from;
}

size_t npsi_segments_lookup(const nps_segments *segments, const nps_key *key, uint32_t hash)
{
    const npsi_store *store = &segments->store;
    if (store->slot_count == 0) return NPSI_NO_SEGMENT;
    for (size_t slot = home_slot(store, hash); store->slots[slot].entry != 0; slot = next_slot(store, slot)) {
        size_t index = store->slots[slot].entry - 1;
        if (store->slots[slot].hash == hash && npsi_segments_key_matches(segments, index, key)) return index;
    }
    return NPSI_NO_SEGMENT;
}

/* Three rounds, since each address is read from what the round before has loaded. */
void npsi_segments_prefetch(const nps_segments *segments, const uint32_t *hash, size_t count)
{
    const npsi_store *store = &segments->store;
    uint32_t index[NPSI_BLOCK];
    if (store->count < NPSI_CACHED_SEGMENTS) return;
    for (size_t i = 0; i < count; i++) NPSI_PREFETCH(store->slots + home_slot(store, hash[i]));
    for (size_t i = 0; i < count; i++) {
        size_t slot = home_slot(store, hash[i]);
        while (store->slots[slot].entry != 0 && store->slots[slot].hash != hash[i]) slot = next_slot(store, slot);
        index[i] = store->slots[slot].entry == 0 ? 0 : store->slots[slot].entry - 1;
        NPSI_PREFETCH(npsi_segments_entry(segments, index[i]));
    }
    for (size_t i = 0; i < count; i++) NPSI_PREFETCH(npsi_segments_key_bytes(segments, index[i]));
}

static void fill_slot(npsi_store *store, uint32_t hash, size_t index)
{
    size_t slot = home_slot(store, hash);
    while (store->slots[slot].entry != 0) slot = next_slot(store, slot);
    store->slots[slot] = (npsi_slot){hash, (uint32_t)(index + 1)};
}

/* Frees a slot and moves those behind it up, each no further than to its home. */
static void clear_slot(npsi_store *store, size_t slot)
{
    for (size_t at = next_slot(store, slot); store->slots[at].entry != 0; at = next_slot(store, at)) {
        size_t home = home_slot(store, store->slots[at].hash);
        if (steps_between(store, home, at) < steps_between(store, slot, at)) continue;
        store->slots[slot] = store->slots[at];
        slot = at;
    }
    store->slots[slot].entry = 0;
}

static uint32_t hash_at(const nps_segments *segments, size_t index)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(segments, index, key);
    return npsi_key_hash(segments->hash_key, key, segments->dimensions);
}

/* Keeps a fifth of the slots free. Hashes are computed anew from the keys, which lie in their order. */
static int reserve_slot(nps_segments *segments)
{
    npsi_store *store = &segments->store;
    if (store->count < store->slot_count - store->slot_count / 5) return NPS_OK;
    size_t wanted = store->slot_count == 0 ? FIRST_SLOTS : store->slot_count + store->slot_count / 2;
    npsi_slot *slots = npsi_resize(&segments->allocator, store->slots, store->slot_count, wanted, sizeof *slots);
    if (slots == NULL) return NPS_ERR_MEMORY;
    memset(slots, 0, wanted * sizeof *slots);
    store->slots = slots;
    store->slot_count = wanted;
    for (size_t i = 0; i < store->count; i++) fill_slot(store, hash_at(segments, i), i);
    return NPS_OK;
}

int npsi_segments_insert(nps_segments *segments, const nps_key *key, uint32_t hash, size_t *index)
{
    if (segments->store.count == MOST_SEGMENTS) return NPS_ERR_LIMIT;
    int status = reserve_slot(segments);
    if (status == NPS_OK) status = npsi_store_append(segments, key);
    if (status != NPS_OK) return status;
    *index = segments->store.count - 1;
    fill_slot(&segments->store, hash, *index);
    return NPS_OK;
}

int npsi_segments_place(nps_segments *segments, const nps_key *key, size_t *index)
{
    uint32_t hash = npsi_key_hash(segments->hash_key, key, segments->dimensions);
    *index = npsi_segments_lookup(segments, key, hash);
    return *index != NPSI_NO_SEGMENT ? NPS_OK : npsi_segments_insert(segments, key, hash, index);
}

void npsi_segments_truncate(nps_segments *segments, size_t count)
{
    npsi_store *store = &segments->store;
    for (size_t i = count; i < store->count; i++) {
        size_t slot = home_slot(store, hash_at(segments, i));
        while (store->slots[slot].entry != i + 1) slot = next_slot(store, slot);
        clear_slot(store, slot);
    }
    npsi_store_cut(segments, count);
}

int npsi_segments_rebuild(nps_segments *segments, const uint32_t *order, size_t count)
{
    nps_segments built = *segments;
    memset(&built.store, 0, sizeof built.store);
    int status = NPS_OK;
    for (size_t i = 0; status == NPS_OK && i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        size_t index;
        npsi_segments_read_key(segments, order[i], key);
        uint32_t hash = npsi_key_hash(segments->hash_key, key, segments->dimensions);
        status = npsi_segments_insert(&built, key, hash, &index);
        if (status == NPS_OK)
            memcpy(npsi_segments_at(&built, index), npsi_segments_at(segments, order[i]), segments->state_bytes);
    }
    npsi_store *unused = status == NPS_OK ? &segments->store : &built.store;
    npsi_store_free(unused, &segments->allocator);
    if (status == NPS_OK) segments->store = built.store;
    return status;
}
