/*
 * Changes that make hidden cells safe.
 *
 * A change adds 1 to the responses of some leaves and takes 1 from as many others. It alters the cells in which these
 * do not balance. Where all cells that it alters are hidden, none of them can be told from what is shown: with the
 * change and without it, all that is shown is the same. For this to be so also to somebody who knows that there are no
 * negative numbers, there must be an answer that all leaves gave of which one is taken, one way or the other.
 *
 * Two kinds of changes are looked at. A swap takes from one leaf what it gives to another. A box has 2^n corners, in
 * which n dimensions have one of two values each and the others are the same; it takes from the corners with an odd
 * number of second values. A box does not alter cells that have NPS_KEY_ALL in one of the n dimensions.
 */
#include <string.h>

#include "segments_suppress_internal.h"

#define MOST_CORNERS (1 << NPS_MAX_DIMENSIONS)

/* How many leaves are looked at below a margin, how many for a swap, and how many corners for a box, once there is some
 * change to take: so that time does not go with the square of the size. */
#define MOST_BASES   64
#define MOST_SWAPS   1024
#define MOST_LOOKUPS 16384

typedef struct search {
    npsi_table *table;
    uint32_t cell; /* that is to be made safe */
    uint64_t cost; /* of the best change so far: the responses that would be hidden. UINT64_MAX: none */
    int corners;
    uint32_t corner[MOST_CORNERS]; /* of the best change: leaves, those of odd parity give what the others take */
    size_t lookups;

    /* Of boxes: the leaf to begin from with its key, and the levels that are altered. */
    uint32_t base;
    nps_key key[NPS_MAX_DIMENSIONS];
    int altered[NPSI_MOST_LEVELS], altered_count;
} search;

static int parity(uint32_t bits)
{
    int odd = 0;
    for (; bits != 0; bits &= bits - 1) odd ^= 1;
    return odd;
}

/* The sum, at most UINT64_MAX - 1: any change is better than none. */
static uint64_t add(uint64_t a, uint64_t b)
{
    return a >= UINT64_MAX - b ? UINT64_MAX - 1 : a + b;
}

/* The leaf behind `other` in a chain. A leaf without answers can only be changed together with one that has some, so
 * that the many others without answers need not be looked at. */
static uint32_t next_partner(const npsi_table *table, int level, uint32_t leaf, uint32_t other)
{
    if (table->answers[leaf] == 0 && table->answers[other] == 0)
        return table->shown[npsi_table_cell(table, level, other)];
    return npsi_table_next(table, level, other);
}

/* What it costs to hide a cell. */
static uint64_t price(const npsi_table *table, uint32_t cell)
{
    return npsi_table_is_hidden(table, cell) ? 0 : table->responses[cell];
}

static uint64_t leaf_price(const npsi_table *table, int level, uint32_t leaf)
{
    return price(table, npsi_table_cell(table, level, leaf));
}

/* Swaps. */

static uint64_t swap_cost(const npsi_table *table, uint32_t a, uint32_t b)
{
    uint64_t cost = 0;
    for (int level = 0; level < table->levels; level++)
        if (npsi_table_cell(table, level, a) != npsi_table_cell(table, level, b))
            cost = add(cost, add(leaf_price(table, level, a), leaf_price(table, level, b)));
    return cost;
}

/* Swaps a leaf with each of a chain. `floor` is the least that this costs apart from hiding the other leaf; since the
 * chain is in the order of the prices, the search ends where that is too much. */
static void try_swaps(search *of, uint32_t leaf, int level, uint64_t floor)
{
    const npsi_table *table = of->table;
    int own = table->level[of->cell];
    uint32_t other = table->first[npsi_table_cell(table, level, leaf)];
    for (size_t tries = 0; other != NPSI_NO_LEAF && (tries < MOST_SWAPS || of->cost == UINT64_MAX);
         other = next_partner(table, level, leaf, other)) {
        if (add(floor, leaf_price(table, 0, other)) >= of->cost) return;
        if (npsi_table_cell(table, own, other) == of->cell || (table->answers[leaf] | table->answers[other]) == 0)
            continue;
        tries++;
        uint64_t cost = swap_cost(table, leaf, other);
        if (cost >= of->cost) continue;
        of->cost = cost;
        of->corners = 2;
        of->corner[0] = leaf;
        of->corner[1] = other;
    }
}

/* Along one dimension, where all else stays the same. */
static void try_line(search *of, uint32_t leaf, int32_t d)
{
    const npsi_table *table = of->table;
    uint64_t floor = 0;
    int line = table->level_of[table->all[0] | UINT32_C(1) << d];
    for (int level = 0; level < table->levels; level++)
        if ((table->all[level] >> d & 1) == 0) floor = add(floor, leaf_price(table, level, leaf));
    try_swaps(of, leaf, line, floor);
}

/* Across two or more dimensions, or along one without a level of its own: this alters the leaf and all cells that sum
 * it up along one dimension. */
static void try_anywhere(search *of, uint32_t leaf)
{
    const npsi_table *table = of->table;
    uint64_t floor = leaf_price(table, 0, leaf);
    for (int level = 1; level < table->levels - 1; level++) {
        uint32_t summed = table->all[level] ^ table->all[0];
        if ((summed & (summed - 1)) == 0) floor = add(floor, leaf_price(table, level, leaf));
    }
    try_swaps(of, leaf, table->levels - 1, floor);
}

/* Boxes. */

static uint64_t corner_cost(const search *of, uint32_t leaf)
{
    uint64_t cost = 0;
    for (int i = 0; i < of->altered_count; i++) cost = add(cost, leaf_price(of->table, of->altered[i], leaf));
    return cost;
}

static uint32_t find_leaf(const npsi_table *table, const nps_key *key)
{
    const nps_segments *segments = table->segments;
    uint32_t hash = npsi_key_hash(segments->hash_key, key, segments->dimensions);
    size_t found = npsi_segments_lookup(segments, key, hash);
    return found == NPSI_NO_SEGMENT ? NPSI_NO_LEAF : table->first[found];
}

/* The corners of a box over the first `depth` of its dimensions, what they cost, and the other value in each. */
typedef struct box {
    int depth;
    int32_t dimension[NPS_MAX_DIMENSIONS];
    nps_key other[NPS_MAX_DIMENSIONS];
    uint64_t cost[NPS_MAX_DIMENSIONS + 1];
    unsigned answers[NPS_MAX_DIMENSIONS + 1][2]; /* that all corners of a parity gave */
    uint32_t at[NPS_MAX_DIMENSIONS];             /* where in the chain of each dimension the search is */
    uint32_t corner[MOST_CORNERS];
} box;

/* Adds the dimension at box->depth with the value of a leaf on the line of the base, and with it as many corners again.
 * 0: one of them is not in the data, they cost too much, or there is no answer to be taken from one half of them. */
static int extend(search *of, box *made, uint32_t leaf)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    uint32_t half = UINT32_C(1) << made->depth;
    npsi_segments_read_key(of->table->segments, of->table->cell[leaf], key);
    made->other[made->depth] = key[made->dimension[made->depth]];
    uint64_t cost = add(made->cost[made->depth], corner_cost(of, leaf));
    made->corner[half] = leaf;
    unsigned *answers = made->answers[made->depth + 1];
    memcpy(answers, made->answers[made->depth], sizeof made->answers[0]);
    answers[1] &= of->table->answers[leaf];
    for (uint32_t i = 1; i < half && cost < of->cost; i++) {
        for (int j = 0; j < made->depth; j++)
            key[made->dimension[j]] = i >> j & 1 ? made->other[j] : of->key[made->dimension[j]];
        uint32_t found = find_leaf(of->table, key);
        of->lookups++;
        if (found == NPSI_NO_LEAF) return 0;
        made->corner[half + i] = found;
        answers[parity(half + i)] &= of->table->answers[found];
        cost = add(cost, corner_cost(of, found));
    }
    made->cost[made->depth + 1] = cost;
    return cost < of->cost && (answers[0] | answers[1]) != 0;
}

static uint32_t line_of_base(const search *of, const box *made)
{
    const npsi_table *table = of->table;
    int level = table->level_of[table->all[0] | UINT32_C(1) << made->dimension[made->depth]];
    return table->first[npsi_table_cell(table, level, of->base)];
}

/* All boxes at the base over given dimensions, depth first. */
static void try_boxes(search *of, box *made, int dimensions)
{
    const npsi_table *table = of->table;
    made->depth = 0;
    made->at[0] = line_of_base(of, made);
    while (made->depth >= 0 && of->lookups < MOST_LOOKUPS) {
        uint32_t leaf = made->at[made->depth];
        if (leaf == NPSI_NO_LEAF || add(made->cost[made->depth], leaf_price(table, 0, leaf)) >= of->cost) {
            made->depth--;
            continue;
        }
        int level = table->level_of[table->all[0] | UINT32_C(1) << made->dimension[made->depth]];
        made->at[made->depth] = next_partner(table, level, of->base, leaf);
        if (leaf == of->base || !extend(of, made, leaf)) continue;
        if (made->depth + 1 < dimensions) {
            made->depth++;
            made->at[made->depth] = line_of_base(of, made);
        } else {
            of->cost = made->cost[dimensions];
            of->corners = 1 << dimensions;
            memcpy(of->corner, made->corner, (size_t)of->corners * sizeof *of->corner);
        }
    }
}

/* Boxes over the dimensions of a set of bits. */
static void try_set(search *of, uint32_t set)
{
    const npsi_table *table = of->table;
    box made;
    int dimensions = 0;
    for (int32_t d = 0; d < NPS_MAX_DIMENSIONS; d++)
        if (set >> d & 1) made.dimension[dimensions++] = d;
    if (dimensions < 2) return;
    of->altered_count = 0;
    for (int level = 0; level < table->levels; level++)
        if ((table->all[level] & set) == 0) of->altered[of->altered_count++] = level;
    made.corner[0] = of->base;
    made.cost[0] = corner_cost(of, of->base);
    made.answers[0][0] = table->answers[of->base];
    made.answers[0][1] = UINT16_MAX;
    try_boxes(of, &made, dimensions);
}

/* All changes that take from, or give to, a leaf of the cell. */
static void try_leaf(search *of, uint32_t leaf)
{
    const npsi_table *table = of->table;
    uint32_t all = table->all[table->level[of->cell]], usable = 0;
    for (int32_t d = 0; d < table->segments->dimensions; d++) {
        int level = table->level_of[table->all[0] | UINT32_C(1) << d];
        if ((all >> d & 1) == 0 && level >= 0) usable |= UINT32_C(1) << d;
    }
    for (int32_t d = 0; d < table->segments->dimensions; d++)
        if (usable >> d & 1) try_line(of, leaf, d);
    of->base = leaf;
    npsi_segments_read_key(table->segments, table->cell[leaf], of->key);
    for (uint32_t set = usable; set != 0; set = (set - 1) & usable) try_set(of, set);
    try_anywhere(of, leaf);
}

/* How much more a change gives to a cell than it takes from it. */
static int balance(const search *of, int level, uint32_t cell)
{
    int sum = 0;
    for (int i = 0; i < of->corners; i++)
        if (npsi_table_cell(of->table, level, of->corner[i]) == cell) sum += parity((uint32_t)i) ? -1 : 1;
    return sum;
}

void npsi_table_protect(npsi_table *table, uint32_t cell)
{
    if (table->state[cell] & NPSI_CELL_SAFE) return;
    search of = {.table = table, .cell = cell, .cost = UINT64_MAX};
    int own = table->level[cell];
    uint32_t leaf = table->first[cell];
    for (int bases = 0; leaf != NPSI_NO_LEAF && of.cost > 0 && (bases < MOST_BASES || of.cost == UINT64_MAX); bases++) {
        try_leaf(&of, leaf);
        leaf = npsi_table_next(table, own, leaf);
    }
    for (int level = 0; level < table->levels; level++) {
        for (int i = 0; i < of.corners; i++) {
            uint32_t altered = npsi_table_cell(table, level, of.corner[i]);
            if (balance(&of, level, altered) == 0) continue;
            npsi_table_hide(table, altered);
            table->state[altered] |= NPSI_CELL_SAFE;
        }
    }
}
