/*
 * How the container lies in memory.
 *
 * An entry for every segment, in the order of their indexes: where its key is, then its state. Keys lie one behind the
 * other in a second store, in the same order. Both stores are rows of chunks, so that growing copies nothing. Slots are
 * an open hash table of entry numbers. A segment costs its state and key, 8 bytes to find the key, one byte for each
 * part, and 10 to 15 bytes of slots.
 */
#ifndef NPSI_SEGMENTS_INTERNAL_H
#define NPSI_SEGMENTS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/scale.h>
#include <nps/segments.h>

#include "drivers_internal.h"

#define NPSI_NO_SEGMENT SIZE_MAX

/* Rows, or lookups, that are worked on at once. */
#define NPSI_BLOCK 256

/* Fewer are in the cache anyway. */
#define NPSI_CACHED_SEGMENTS 4096

/* A row of chunks of memory, of which only the last changes its size. */
typedef struct npsi_chunk {
    unsigned char *bytes;
    size_t size;
} npsi_chunk;

typedef struct npsi_chunks {
    npsi_chunk *chunk;
    size_t count, capacity;
} npsi_chunks;

/* Room for `count` items of so many bytes, 1 << shift of them in a full chunk. Only the first chunk grows, all others
 * begin full-sized. NPS_ERR_MEMORY: what there was is still there. */
int npsi_chunks_reserve(npsi_chunks *chunks, const nps_allocator *allocator, size_t item, int shift, size_t count);
/* Leaves the first `count` chunks. */
void npsi_chunks_drop(npsi_chunks *chunks, const nps_allocator *allocator, size_t count);
void npsi_chunks_free(npsi_chunks *chunks, const nps_allocator *allocator);

static inline void *npsi_chunks_at(const npsi_chunks *chunks, size_t item, int shift, size_t index)
{
    return chunks->chunk[index >> shift].bytes + (index & (((size_t)1 << shift) - 1)) * item;
}

typedef struct npsi_slot {
    uint32_t hash;
    uint32_t entry; /* index + 1; 0: free */
} npsi_slot;

typedef struct npsi_store {
    size_t count;
    npsi_chunks entries;
    npsi_chunks keys;
    size_t keys_used; /* bytes of the last chunk of keys */
    npsi_slot *slots;
    size_t slot_count;
} npsi_store;

typedef struct npsi_name {
    char *bytes;
    size_t length;
} npsi_name;

/* No segment has more answers, and no larger sum of weights, than these. */
typedef struct npsi_ceiling {
    uint64_t answers, weight;
} npsi_ceiling;

struct nps_segments {
    nps_allocator allocator;
    nps_scale scale;
    uint32_t kind;
    int32_t dimensions;
    int32_t state;
    npsi_drivers_shape drivers; /* of states of drivers */
    uint64_t hash_key[4];
    npsi_name name[NPS_MAX_DIMENSIONS];
    int chunk_shift; /* a chunk has 1 << chunk_shift entries */
    size_t state_bytes;
    npsi_ceiling ceiling;
    npsi_store store;
};

/* Keys. */

/* NPS_ERR_ARGUMENT: a part that cannot be, or, unless rolled_up, NPS_KEY_ALL or NPS_KEY_OTHER. NPS_ERR_LIMIT: too long
 * as a whole. */
int npsi_key_check(const nps_key *key, int32_t dimensions, int rolled_up);
int npsi_key_compare(const nps_key *a, const nps_key *b, int32_t dimensions);

/* A keyed hash: see segments_keys.c for what it promises. */
void npsi_hash_seed(uint64_t seed, uint64_t hash_key[4]);
uint32_t npsi_key_hash(const uint64_t hash_key[4], const nps_key *key, int32_t dimensions);

/* A key as bytes: its size, writing it, and reading it back with pointers into `bytes`. */
size_t npsi_key_size(const nps_key *key, int32_t dimensions);
void npsi_key_write(const nps_key *key, int32_t dimensions, unsigned char *bytes);
void npsi_key_read(const unsigned char *bytes, int32_t dimensions, nps_key *key);
int npsi_key_matches(const unsigned char *bytes, const nps_key *key, int32_t dimensions);

/* The store: entries and keys. */

/* The key of an index below the count, dimensions parts. */
void npsi_segments_read_key(const nps_segments *segments, size_t index, nps_key *key);
int npsi_segments_has_all(const nps_segments *segments, size_t index);
const unsigned char *npsi_segments_key_bytes(const nps_segments *segments, size_t index);
int npsi_segments_key_matches(const nps_segments *segments, size_t index, const nps_key *key);

/* Adds an entry behind the last, with an empty state. NPS_ERR_MEMORY, NPS_ERR_LIMIT. */
int npsi_store_append(nps_segments *segments, const nps_key *key);
/* Drops all entries from index `count` on. */
void npsi_store_cut(nps_segments *segments, size_t count);
void npsi_store_free(npsi_store *store, const nps_allocator *allocator);

/* The hash table over the store. */

/* Where a key is, NPSI_NO_SEGMENT when it is nowhere. */
size_t npsi_segments_lookup(const nps_segments *segments, const nps_key *key, uint32_t hash);

/* Loads what lookups of these hashes will read, all at once. */
void npsi_segments_prefetch(const nps_segments *segments, const uint32_t *hash, size_t count);

/* Adds a key that is not there yet, with an empty state. NPS_ERR_MEMORY, NPS_ERR_LIMIT. */
int npsi_segments_insert(nps_segments *segments, const nps_key *key, uint32_t hash, size_t *index);

/* Lookup, and insert where there is none. */
int npsi_segments_place(nps_segments *segments, const nps_key *key, size_t *index);

/* Drops all segments from index `count` on. */
void npsi_segments_truncate(nps_segments *segments, size_t count);

/* Leaves the `count` segments listed in `order`, in that order, and no others. NPS_ERR_MEMORY. */
int npsi_segments_rebuild(nps_segments *segments, const uint32_t *order, size_t count);

/* Containers. */

/* As nps_segments_new; with a shape, of drivers and on its scale. */
int npsi_segments_make(const nps_segments_options *options, const npsi_drivers_shape *drivers, nps_segments **out);

/* A new container without segments, in everything else like this one. */
int npsi_segments_like(const nps_segments *segments, nps_segments **out);

/* The same for what is to be made of one that is not rolled up: NPS_ERR_TYPE where it is. */
int npsi_segments_begin(const nps_segments *segments, nps_segments **out);
/* Sorts what was made and hands it over, or frees it where the status is an error. */
int npsi_segments_finish(nps_segments *made, int status, nps_segments **out);

/* The indexes in the order of their keys, an array of as many as there are segments (NULL for none), to be freed with
 * npsi_resize(&segments->allocator, order, count, 0, sizeof *order). NPS_ERR_MEMORY. */
int npsi_segments_order(const nps_segments *segments, uint32_t **order);

/* Something to be sorted by its rank. */
typedef struct npsi_ranked {
    uint64_t rank;
    uint32_t index;
} npsi_ranked;

/* Sorts the first `count` of an array of twice as many, and returns where in it they then begin: by rank, then by what
 * comes_before says of their indexes, NULL for nothing, then as they lay. */
typedef int npsi_comes_before(const void *context, uint32_t a, uint32_t b);
npsi_ranked *npsi_sort(npsi_ranked *items, size_t count, npsi_comes_before *ties, const void *context);

static inline size_t npsi_entry_bytes(const nps_segments *segments)
{
    return sizeof(uint64_t) + segments->state_bytes;
}

static inline unsigned char *npsi_segments_entry(const nps_segments *segments, size_t index)
{
    return npsi_chunks_at(&segments->store.entries, npsi_entry_bytes(segments), segments->chunk_shift, index);
}

#if defined(__GNUC__)
#define NPSI_PREFETCH(address) __builtin_prefetch(address)
#else
#define NPSI_PREFETCH(address) ((void)(address))
#endif

/* States: NPSI_CODES counts in the order of column_internal.h; an nps_weighted or nps_outcomes whose kind is
 * NPS_KIND_NONE; one of drivers, see drivers_internal.h; or, as long as nothing but the store, the hash table and the
 * order is asked of the container, state_bytes of any kind, which begin as 0. All are moved and copied as bytes. What
 * depends on which it is stands in segments_states.c, and for codecs in codec_segments.c. */
#define NPSI_STATE_OTHER 0

static inline void *npsi_segments_at(const nps_segments *segments, size_t index)
{
    return npsi_segments_entry(segments, index) + sizeof(uint64_t);
}

/* 0: no such state. */
size_t npsi_state_bytes(const nps_segments *segments);
/* Whether subtract undoes merge, and merge subtract, to the bit. */
int npsi_state_is_exact(const nps_segments *segments);
void npsi_state_init(const nps_segments *segments, void *state);
/* All rows that it was made from: with an answer or without. */
uint64_t npsi_state_total(const nps_segments *segments, const void *state);
int npsi_state_is_empty(const nps_segments *segments, const void *state);

/* As nps_tally_merge and nps_tally_subtract. Merge raises the ceiling. */
int npsi_state_merge(nps_segments *segments, void *into, const void *from);
int npsi_state_subtract(const nps_segments *segments, void *from, const void *taken);

void npsi_state_tally(const nps_segments *segments, const void *state, nps_tally *out);

/* What is asked first where a row (rolled_up 0) or a state is to be added. NPS_ERR_TYPE: another state. */
int npsi_segments_check(const nps_segments *segments, const nps_key *key, int32_t state, int rolled_up);

/* Adds a state under a key; no key is left behind when that fails. */
int npsi_segments_merge_state(nps_segments *segments, const nps_key *key, const void *state);

/* Takes every segment of a container that is alike, or none: as nps_segments_subtract, but what becomes empty stays. */
int npsi_segments_take(nps_segments *from, const nps_segments *taken);

#endif
