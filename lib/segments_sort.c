/* The order of keys. */
#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_internal.h"

/* The beginning of a key as a number of the same order, which most comparisons need not look past: the type in the
 * highest 3 bits, then the highest 61 of an integer, or the first 7 bytes of a string. */
static uint64_t rank_of(const nps_key *part)
{
    uint64_t type = (uint64_t)(part->type - NPS_KEY_ALL) << 61, rank = 0;
    if (part->type == NPS_KEY_INTEGER) rank = ((uint64_t)part->integer ^ (UINT64_C(1) << 63)) >> 3;
    for (size_t i = 0; part->type == NPS_KEY_BYTES && i < 7; i++)
        rank = rank << 8 | (i < part->length ? (unsigned char)part->bytes[i] : 0);
    return type | rank;
}

static int key_comes_before(const void *context, uint32_t a, uint32_t b)
{
    const nps_segments *segments = context;
    nps_key key_a[NPS_MAX_DIMENSIONS], key_b[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(segments, a, key_a);
    npsi_segments_read_key(segments, b, key_b);
    return npsi_key_compare(key_a, key_b, segments->dimensions) < 0;
}

typedef struct sorter {
    npsi_comes_before *comes_before;
    const void *context;
} sorter;

static int comes_before(const sorter *by, const npsi_ranked *a, const npsi_ranked *b)
{
    if (a->rank != b->rank) return a->rank < b->rank;
    return by->comes_before != NULL && by->comes_before(by->context, a->index, b->index);
}

/* Merges two sorted runs, [first, middle) and [middle, end) of `from`, into the same places of `into`. */
static void merge_runs(const sorter *by, const npsi_ranked *from, npsi_ranked *into, size_t first, size_t middle,
                       size_t end)
{
    size_t left = first, right = middle;
    for (size_t at = first; at < end; at++) {
        int take_right = left == middle || (right < end && comes_before(by, from + right, from + left));
        into[at] = from[take_right ? right++ : left++];
    }
}

/* Merge sort, bottom up. */
npsi_ranked *npsi_sort(npsi_ranked *items, size_t count, npsi_comes_before *ties, const void *context)
{
    const sorter by = {ties, context};
    if (count < 2) return items; /* NULL of none */
    npsi_ranked *spare = items + count;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t first = 0; first < count; first += 2 * run) {
            size_t middle = run < count - first ? first + run : count;
            size_t end = run < count - middle ? middle + run : count;
            merge_runs(&by, items, spare, first, middle, end);
        }
        npsi_ranked *sorted = spare;
        spare = items;
        items = sorted;
    }
    return items;
}

int npsi_segments_order(const nps_segments *segments, uint32_t **order)
{
    const nps_allocator *allocator = &segments->allocator;
    size_t count = segments->store.count;
    *order = NULL;
    if (count == 0) return NPS_OK;
    npsi_ranked *items = npsi_resize(allocator, NULL, 0, 2 * count, sizeof *items);
    uint32_t *made = npsi_resize(allocator, NULL, 0, count, sizeof *made);
    if (items != NULL && made != NULL) {
        for (size_t i = 0; i < count; i++) {
            nps_key key[NPS_MAX_DIMENSIONS];
            npsi_segments_read_key(segments, i, key);
            items[i] = (npsi_ranked){rank_of(key), (uint32_t)i};
        }
        const npsi_ranked *sorted = npsi_sort(items, count, key_comes_before, segments);
        for (size_t i = 0; i < count; i++) made[i] = sorted[i].index;
        *order = made;
    } else {
        npsi_resize(allocator, made, count, 0, sizeof *made);
    }
    npsi_resize(allocator, items, 2 * count, 0, sizeof *items);
    return *order == NULL ? NPS_ERR_MEMORY : NPS_OK;
}

int nps_segments_sort(nps_segments *segments)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    uint32_t *order;
    size_t count = segments->store.count;
    int status = npsi_segments_order(segments, &order);
    if (status != NPS_OK) return status;
    status = npsi_segments_rebuild(segments, order, count);
    npsi_resize(&segments->allocator, order, count, 0, sizeof *order);
    return status;
}
