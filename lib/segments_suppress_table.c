/* The table of a container: read, kept, hidden from. */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_suppress_internal.h"

#define MOST_RESPONSES ((uint64_t)INT64_MAX)

static uint32_t all_of(const nps_segments *segments, size_t index)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    uint32_t all = 0;
    npsi_segments_read_key(segments, index, key);
    for (int32_t d = 0; d < segments->dimensions; d++)
        if (key[d].type == NPS_KEY_ALL) all |= UINT32_C(1) << d;
    return all;
}

/* Numbers the levels. NPS_ERR_TYPE: none of them is the finest. */
static int read_levels(npsi_table *table)
{
    const nps_segments *segments = table->segments;
    uint32_t everywhere = (UINT32_C(1) << segments->dimensions) - 1, finest = everywhere;
    uint8_t present[NPSI_MOST_LEVELS] = {0};
    for (size_t i = 0; i < segments->store.count; i++) {
        uint32_t all = all_of(segments, i);
        present[all] = 1;
        finest &= all;
    }
    if (!present[finest]) return NPS_ERR_TYPE;
    table->cells = segments->store.count + !present[everywhere];
    present[everywhere] = 1;
    for (uint32_t all = 0; all <= everywhere; all++) {
        table->level_of[all] = present[all] ? table->levels : -1;
        if (present[all]) table->all[table->levels++] = all;
    }
    for (size_t i = 0; i < segments->store.count; i++) table->leaves += all_of(segments, i) == finest;
    return NPS_OK;
}

static int reserve(npsi_table *table)
{
    const nps_allocator *allocator = &table->segments->allocator;
    size_t cells = table->cells, in_chains = (size_t)table->levels * sizeof *table->next;
    table->responses = npsi_resize(allocator, NULL, 0, cells, sizeof *table->responses);
    table->level = npsi_resize(allocator, NULL, 0, cells, sizeof *table->level);
    table->state = npsi_resize(allocator, NULL, 0, cells, sizeof *table->state);
    table->first = npsi_resize(allocator, NULL, 0, cells, sizeof *table->first);
    table->shown = npsi_resize(allocator, NULL, 0, cells, sizeof *table->shown);
    table->by_size = npsi_resize(allocator, NULL, 0, table->segments->store.count, sizeof *table->by_size);
    table->answers = npsi_resize(allocator, NULL, 0, table->leaves, sizeof *table->answers);
    table->cell = npsi_resize(allocator, NULL, 0, table->leaves, in_chains);
    table->next = npsi_resize(allocator, NULL, 0, table->leaves, in_chains);
    table->previous = npsi_resize(allocator, NULL, 0, table->leaves, in_chains);
    int status = npsi_segments_order(table->segments, &table->by_key);
    int complete = table->responses && table->level && table->state && table->first && table->shown && table->by_size &&
                   table->answers && table->cell && table->next && table->previous;
    return status != NPS_OK || complete ? status : NPS_ERR_MEMORY;
}

void npsi_table_free(npsi_table *table)
{
    const nps_allocator *allocator = &table->segments->allocator;
    size_t cells = table->cells, in_chains = (size_t)table->levels * sizeof *table->next;
    npsi_resize(allocator, table->responses, cells, 0, sizeof *table->responses);
    npsi_resize(allocator, table->level, cells, 0, sizeof *table->level);
    npsi_resize(allocator, table->state, cells, 0, sizeof *table->state);
    npsi_resize(allocator, table->first, cells, 0, sizeof *table->first);
    npsi_resize(allocator, table->shown, cells, 0, sizeof *table->shown);
    npsi_resize(allocator, table->by_key, table->segments->store.count, 0, sizeof *table->by_key);
    npsi_resize(allocator, table->by_size, table->segments->store.count, 0, sizeof *table->by_size);
    npsi_resize(allocator, table->answers, table->leaves, 0, sizeof *table->answers);
    npsi_resize(allocator, table->cell, table->leaves, 0, in_chains);
    npsi_resize(allocator, table->next, table->leaves, 0, in_chains);
    npsi_resize(allocator, table->previous, table->leaves, 0, in_chains);
}

/* Every number is one of the container but that of a total which is not in it, which is 0 so far. */
static void read_cells(npsi_table *table)
{
    const nps_segments *segments = table->segments;
    uint32_t leaf = 0;
    memset(table->state, 0, table->cells);
    table->responses[table->cells - 1] = 0;
    table->level[table->cells - 1] = (uint8_t)(table->levels - 1);
    for (size_t i = 0; i < table->cells; i++) table->first[i] = table->shown[i] = NPSI_NO_LEAF;
    for (size_t i = 0; i < segments->store.count; i++) {
        uint32_t cell = table->by_key[i];
        nps_tally tally;
        npsi_state_tally(segments, npsi_segments_at(segments, cell), &tally);
        table->responses[cell] = nps_tally_responses(&tally);
        table->level[cell] = (uint8_t)table->level_of[all_of(segments, cell)];
        if (table->responses[cell] < table->least) table->state[cell] = NPS_HIDDEN_SMALL;
        if (table->level[cell] != 0) continue;
        table->answers[leaf] = 0;
        for (int answer = 0; answer < NPS_MAX_LEVELS; answer++)
            table->answers[leaf] |= (uint16_t)((tally.level[answer] > 0) << answer);
        table->cell[leaf++] = cell;
    }
}

/* The cells of one level that the leaves are parts of. NPS_ERR_TYPE: there is no such cell. */
static int read_parents(npsi_table *table, int level)
{
    const nps_segments *segments = table->segments;
    for (uint32_t leaf = 0; leaf < table->leaves; leaf++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, table->cell[leaf], key);
        for (int32_t d = 0; d < segments->dimensions; d++)
            if (table->all[level] >> d & 1) key[d] = (nps_key){.type = NPS_KEY_ALL};
        size_t found =
            npsi_segments_lookup(segments, key, npsi_key_hash(segments->hash_key, key, segments->dimensions));
        if (found == NPSI_NO_SEGMENT && (level < table->levels - 1 || table->cells == segments->store.count))
            return NPS_ERR_TYPE;
        table->cell[(size_t)level * table->leaves + leaf] =
            (uint32_t)(found == NPSI_NO_SEGMENT ? table->cells - 1 : found);
    }
    return NPS_OK;
}

/* Sums the leaves up to the total, and holds each cell against the sum of its leaves. */
static int check_sums(npsi_table *table)
{
    const nps_allocator *allocator = &table->segments->allocator;
    uint64_t total = 0;
    int status = NPS_OK;
    for (size_t i = 0; i < table->leaves; i++) {
        uint64_t responses = table->responses[table->cell[i]];
        if (responses > MOST_RESPONSES - total) return NPS_ERR_OVERFLOW;
        total += responses;
    }
    if (table->cells > table->segments->store.count) table->responses[table->cells - 1] = total;
    uint64_t *sum = npsi_resize(allocator, NULL, 0, table->cells, sizeof *sum);
    if (sum == NULL) return NPS_ERR_MEMORY;
    memset(sum, 0, table->cells * sizeof *sum);
    for (int level = 0; level < table->levels; level++)
        for (uint32_t leaf = 0; leaf < table->leaves; leaf++)
            sum[npsi_table_cell(table, level, leaf)] += table->responses[table->cell[leaf]];
    for (size_t i = 0; i < table->cells; i++)
        if (sum[i] != table->responses[i]) status = NPS_ERR_TYPE;
    npsi_resize(allocator, sum, table->cells, 0, sizeof *sum);
    return status;
}

static void push(npsi_table *table, int level, uint32_t leaf)
{
    uint32_t *next = table->next + (size_t)level * table->leaves;
    uint32_t *previous = table->previous + (size_t)level * table->leaves;
    uint32_t *first = table->first + npsi_table_cell(table, level, leaf);
    next[leaf] = *first;
    previous[leaf] = NPSI_NO_LEAF;
    if (*first != NPSI_NO_LEAF) previous[*first] = leaf;
    *first = leaf;
}

static void drop(npsi_table *table, int level, uint32_t leaf)
{
    uint32_t *next = table->next + (size_t)level * table->leaves;
    uint32_t *previous = table->previous + (size_t)level * table->leaves;
    uint32_t *first = table->first + npsi_table_cell(table, level, leaf);
    uint32_t *shown = table->shown + npsi_table_cell(table, level, leaf);
    if (*shown == leaf) *shown = next[leaf];
    if (previous[leaf] == NPSI_NO_LEAF)
        *first = next[leaf];
    else
        next[previous[leaf]] = next[leaf];
    if (next[leaf] != NPSI_NO_LEAF) previous[next[leaf]] = previous[leaf];
}

/* Sorts by size, then deals out to the levels. */
static int sort_by_size(npsi_table *table)
{
    const nps_allocator *allocator = &table->segments->allocator;
    size_t count = table->segments->store.count, at[NPSI_MOST_LEVELS];
    npsi_ranked *items = npsi_resize(allocator, NULL, 0, 2 * count, sizeof *items);
    if (items == NULL) return NPS_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        items[i] = (npsi_ranked){table->responses[table->by_key[i]], table->by_key[i]};
        table->begin[table->level[i] + 1]++;
    }
    for (int level = 0; level < table->levels; level++) {
        table->begin[level + 1] += table->begin[level];
        at[level] = table->begin[level];
    }
    const npsi_ranked *sorted = npsi_sort(items, count, NULL, NULL);
    for (size_t i = 0; i < count; i++) table->by_size[at[table->level[sorted[i].index]]++] = sorted[i].index;
    npsi_resize(allocator, items, 2 * count, 0, sizeof *items);
    return NPS_OK;
}

/* Pushes the leaves of by_size [from, to), the last one first. */
static void push_range(npsi_table *table, size_t from, size_t to)
{
    while (to > from) {
        uint32_t leaf = table->first[table->by_size[--to]];
        for (int level = 1; level < table->levels; level++) push(table, level, leaf);
    }
}

/* Hangs the leaves into their chains. Empty ones go behind all others that are hidden, since few changes can make use
 * of them. NPS_ERR_TYPE: a cell without leaves. */
static int make_chains(npsi_table *table)
{
    size_t empty = 0, small;
    for (uint32_t leaf = 0; leaf < table->leaves; leaf++) {
        table->first[table->cell[leaf]] = leaf;
        table->next[leaf] = table->previous[leaf] = NPSI_NO_LEAF;
    }
    while (empty < table->leaves && table->responses[table->by_size[empty]] == 0) empty++;
    for (small = empty; small < table->leaves && table->responses[table->by_size[small]] < table->least;) small++;
    push_range(table, small, table->leaves);
    for (size_t i = 0; i < table->cells; i++) table->shown[i] = table->first[i];
    push_range(table, 0, empty);
    push_range(table, empty, small);
    for (size_t i = 0; i < table->cells; i++)
        if (table->first[i] == NPSI_NO_LEAF) return NPS_ERR_TYPE;
    return NPS_OK;
}

int npsi_table_read(npsi_table *table, const nps_segments *segments, uint64_t least)
{
    *table = (npsi_table){.segments = segments, .least = least};
    int status = read_levels(table);
    if (status == NPS_OK) status = reserve(table);
    if (status != NPS_OK) return status;
    read_cells(table);
    for (int level = 1; status == NPS_OK && level < table->levels; level++) status = read_parents(table, level);
    if (status == NPS_OK) status = check_sums(table);
    if (status == NPS_OK) status = sort_by_size(table);
    return status == NPS_OK ? make_chains(table) : status;
}

void npsi_table_hide(npsi_table *table, uint32_t cell)
{
    if (npsi_table_is_hidden(table, cell)) return;
    table->state[cell] |= NPS_HIDDEN_TOO;
    for (int level = 1; table->level[cell] == 0 && level < table->levels; level++) {
        drop(table, level, table->first[cell]);
        push(table, level, table->first[cell]);
    }
}
