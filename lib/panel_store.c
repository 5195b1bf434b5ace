/* The answers of a respondent: a treap. All loops, no recursion, whatever its shape. */
#include <string.h>

#include <nps/status.h>

#include "panel_internal.h"

_Static_assert(sizeof(npsi_panel_node) == 16, "what panel.h promises of an answer");

static void set_child(npsi_panel_node *node, int side, uint32_t reference)
{
    node->link[side] = (node->link[side] & ~NPSI_REFERENCE) | reference;
}

static void set_code(npsi_panel_node *node, int code)
{
    uint32_t bits = (uint32_t)code + 1;
    node->link[0] = (node->link[0] & NPSI_REFERENCE) | bits << 30;
    node->link[1] = (node->link[1] & NPSI_REFERENCE) | bits >> 2 << 30;
}

/* No node is above one of a higher rank. */
static uint32_t rank_of(const nps_panel *panel, const npsi_panel_node *node)
{
    const nps_key time = {.type = NPS_KEY_INTEGER, .integer = node->time};
    return npsi_key_hash(panel->people.hash_key, &time, 1);
}

static npsi_panel_node *child_of(const nps_panel *panel, const npsi_panel_node *node, int side)
{
    uint32_t reference = npsi_node_child(node, side);
    return reference == 0 ? NULL : npsi_panel_node_at(panel, reference);
}

static npsi_panel_node *first_node(const nps_panel *panel, size_t index)
{
    npsi_panel_node *root = npsi_panel_root(panel, index);
    return npsi_node_code(root) < 0 ? NULL : root;
}

const npsi_panel_node *npsi_panel_latest(const nps_panel *panel, size_t index, int64_t until)
{
    const npsi_panel_node *found = NULL;
    for (const npsi_panel_node *node = first_node(panel, index); node != NULL;) {
        int side = node->time > until ? NPSI_OLDER : NPSI_NEWER;
        if (side == NPSI_NEWER) found = node;
        node = child_of(panel, node, side);
    }
    return found;
}

/* The node of a time, NULL where there is none, and the one above it. */
static npsi_panel_node *find(const nps_panel *panel, size_t index, int64_t time, npsi_panel_node **above)
{
    npsi_panel_node *node = first_node(panel, index);
    *above = NULL;
    while (node != NULL && node->time != time) {
        *above = node;
        node = child_of(panel, node, time > node->time);
    }
    return node;
}

int npsi_panel_needs_node(const nps_panel *panel, size_t index, int64_t time)
{
    npsi_panel_node *above;
    return find(panel, index, time, &above) == NULL && above != NULL;
}

int npsi_panel_reserve(nps_panel *panel, uint64_t nodes)
{
    if (nodes <= panel->free_count) return NPS_OK;
    uint64_t fresh = nodes - panel->free_count;
    if (fresh > NPSI_MOST_NODES - panel->used) return NPS_ERR_LIMIT;
    return npsi_chunks_reserve(&panel->nodes, &panel->people.allocator, sizeof(npsi_panel_node), NPSI_NODE_SHIFT,
                               panel->used + (size_t)fresh);
}

void npsi_panel_trim(nps_panel *panel)
{
    size_t full = (size_t)1 << NPSI_NODE_SHIFT;
    npsi_chunks_drop(&panel->nodes, &panel->people.allocator, (panel->used + full - 1) >> NPSI_NODE_SHIFT);
}

static uint32_t take_node(nps_panel *panel)
{
    if (panel->free_count == 0) return ++panel->used;
    uint32_t reference = panel->free_first;
    panel->free_first = npsi_node_child(npsi_panel_node_at(panel, reference), NPSI_OLDER);
    panel->free_count--;
    return reference;
}

static void give_node(nps_panel *panel, uint32_t reference)
{
    set_child(npsi_panel_node_at(panel, reference), NPSI_OLDER, panel->free_first);
    panel->free_first = reference;
    panel->free_count++;
}

/* Parts a tree at a node's time, and hangs both parts below the node. */
static void split(const nps_panel *panel, uint32_t tree, npsi_panel_node *node)
{
    npsi_panel_node *hole[2] = {node, node};
    int side[2] = {NPSI_OLDER, NPSI_NEWER};
    while (tree != 0) {
        npsi_panel_node *top = npsi_panel_node_at(panel, tree);
        int part = top->time > node->time;
        set_child(hole[part], side[part], tree);
        hole[part] = top;
        side[part] = !part;
        tree = npsi_node_child(top, !part);
    }
    for (int part = 0; part < 2; part++) set_child(hole[part], side[part], 0);
}

/* Both trees below a node as one: its reference. */
static uint32_t join(const nps_panel *panel, const npsi_panel_node *node)
{
    uint32_t tree[2] = {npsi_node_child(node, NPSI_OLDER), npsi_node_child(node, NPSI_NEWER)};
    npsi_panel_node above = {0, {0, 0}}, *hole = &above;
    int side = NPSI_OLDER;
    while (tree[0] != 0 && tree[1] != 0) {
        npsi_panel_node *top[2] = {npsi_panel_node_at(panel, tree[0]), npsi_panel_node_at(panel, tree[1])};
        int part = rank_of(panel, top[0]) < rank_of(panel, top[1]);
        set_child(hole, side, tree[part]);
        hole = top[part];
        side = !part;
        tree[part] = npsi_node_child(hole, side);
    }
    set_child(hole, side, tree[0] | tree[1]);
    return npsi_node_child(&above, NPSI_OLDER);
}

/* Puts a node, which is not yet in the tree, below the first one. */
static void hang(const nps_panel *panel, npsi_panel_node *at, uint32_t reference)
{
    npsi_panel_node *node = npsi_panel_node_at(panel, reference);
    uint32_t rank = rank_of(panel, node);
    for (;;) {
        int side = node->time > at->time;
        npsi_panel_node *below = child_of(panel, at, side);
        if (below == NULL || rank_of(panel, below) < rank) {
            split(panel, npsi_node_child(at, side), node);
            set_child(at, side, reference);
            return;
        }
        at = below;
    }
}

void npsi_panel_put(nps_panel *panel, size_t index, int64_t time, int code)
{
    npsi_panel_node *root = npsi_panel_root(panel, index), *above, made = {time, {0, 0}};
    npsi_panel_node *known = find(panel, index, time, &above);
    if (known != NULL) {
        if (code < npsi_node_code(known)) set_code(known, code);
        return;
    }
    set_code(&made, code);
    panel->answers++;
    if (above == NULL) {
        *root = made;
        panel->respondents++;
        return;
    }
    uint32_t reference = take_node(panel);
    npsi_panel_node *node = npsi_panel_node_at(panel, reference);
    if (rank_of(panel, root) < rank_of(panel, &made)) {
        *node = *root;
        *root = made;
        split(panel, reference, root);
    } else {
        *node = made;
        hang(panel, root, reference);
    }
}

int npsi_panel_take(nps_panel *panel, size_t index, int64_t time)
{
    npsi_panel_node *above, *node = find(panel, index, time, &above);
    if (node == NULL) return NPS_ERR_NOT_FOUND;
    uint32_t below = join(panel, node);
    panel->answers--;
    if (above != NULL) {
        int side = time > above->time;
        uint32_t reference = npsi_node_child(above, side);
        set_child(above, side, below);
        give_node(panel, reference);
    } else if (below != 0) {
        *node = *npsi_panel_node_at(panel, below);
        give_node(panel, below);
    } else {
        memset(node, 0, sizeof *node);
        panel->respondents--;
    }
    return NPS_OK;
}
