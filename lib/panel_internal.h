/*
 * How a panel lies in memory.
 *
 * Respondents are a container of one dimension whose state is a node: an answer and its time. A respondent's other
 * answers are nodes in chunks of their own. Together they are a search tree by time, and a heap by a hash of the time:
 * a treap (Seidel and Aragon 1996), whose shape depends on the seed and not on the order in which answers came. So the
 * first answer costs no more than the container, and no order makes the panel slow.
 */
#ifndef NPSI_PANEL_INTERNAL_H
#define NPSI_PANEL_INTERNAL_H

#include <nps/panel.h>

#include "segments_internal.h"

/* link: the subtrees of older and of newer answers, as references: index of the node + 1, 0 for none. The two highest
 * bits of both are the answer's code + 1, 0 in a respondent's own node that has no answer. */
typedef struct npsi_panel_node {
    int64_t time;
    uint32_t link[2];
} npsi_panel_node;

#define NPSI_OLDER 0
#define NPSI_NEWER 1

#define NPSI_REFERENCE  ((UINT32_C(1) << 30) - 1)
#define NPSI_MOST_NODES NPSI_REFERENCE
#define NPSI_NODE_SHIFT 12

struct nps_panel {
    nps_segments people;
    uint64_t respondents, answers; /* people with an answer, and their answers */
    npsi_chunks nodes;
    uint32_t used;       /* nodes that were ever taken */
    uint32_t free_count; /* of these, those that were given back, */
    uint32_t free_first; /* a list by their older links */
};

static inline uint32_t npsi_node_child(const npsi_panel_node *node, int side)
{
    return node->link[side] & NPSI_REFERENCE;
}

/* -1: no answer. */
static inline int npsi_node_code(const npsi_panel_node *node)
{
    return (int)(node->link[0] >> 30 | node->link[1] >> 30 << 2) - 1;
}

static inline npsi_panel_node *npsi_panel_root(const nps_panel *panel, size_t index)
{
    return npsi_segments_at(&panel->people, index);
}

static inline npsi_panel_node *npsi_panel_node_at(const nps_panel *panel, uint32_t reference)
{
    return npsi_chunks_at(&panel->nodes, sizeof(npsi_panel_node), NPSI_NODE_SHIFT, reference - 1);
}

/* The latest answer of respondent `index` that is not after `until`; NULL: none. */
const npsi_panel_node *npsi_panel_latest(const nps_panel *panel, size_t index, int64_t until);

/* The latest one before a time. */
static inline const npsi_panel_node *npsi_panel_before(const nps_panel *panel, size_t index, int64_t time)
{
    return time == INT64_MIN ? NULL : npsi_panel_latest(panel, index, time - 1);
}

static inline const npsi_panel_node *npsi_panel_within(const nps_panel *panel, size_t index, nps_panel_window window)
{
    const npsi_panel_node *node = npsi_panel_latest(panel, index, window.until);
    return node == NULL || node->time < window.since ? NULL : node;
}

/* All times where no window is given. */
static inline nps_panel_window npsi_window_or_all(const nps_panel_window *window)
{
    return window == NULL ? (nps_panel_window){INT64_MIN, INT64_MAX} : *window;
}

/* Whether an answer of this time would take a node. */
int npsi_panel_needs_node(const nps_panel *panel, size_t index, int64_t time);

/* Room for so many nodes more. NPS_ERR_MEMORY, NPS_ERR_LIMIT. */
int npsi_panel_reserve(nps_panel *panel, uint64_t nodes);
/* Gives back room that nobody needed. */
void npsi_panel_trim(nps_panel *panel);

/* Adds an answer, for which there is room. */
void npsi_panel_put(nps_panel *panel, size_t index, int64_t time, int code);
/* Takes the answer of a time back. NPS_ERR_NOT_FOUND. */
int npsi_panel_take(nps_panel *panel, size_t index, int64_t time);

/* NPS_ERR_ARGUMENT: not a respondent. */
int npsi_respondent_check(const nps_key *respondent);

#endif
