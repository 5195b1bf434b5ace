#include <nps/panel.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "column_internal.h"
#include "panel_internal.h"

/* Respondents of a full chunk: 24 KB. */
#define CHUNK_SHIFT 10

/* So many respondents without an answer, and half of all, are let be. */
#define MANY_GONE 1024

int nps_panel_new(const nps_scale *scale, uint64_t seed, const nps_allocator *allocator, nps_panel **out)
{
    if (out == NULL) return NPS_ERR_ARGUMENT;
    nps_panel made = {.people = {
                          .allocator = npsi_allocator_or_default(allocator),
                          .dimensions = 1,
                          .state = NPSI_STATE_OTHER,
                          .chunk_shift = CHUNK_SHIFT,
                          .state_bytes = sizeof(npsi_panel_node),
                      }};
    nps_scale_standard(&made.people.scale);
    if (scale != NULL) made.people.scale = *scale;
    if (nps_scale_check(&made.people.scale) != NPS_OK) return NPS_ERR_SCALE;
    npsi_hash_seed(seed, made.people.hash_key);
    nps_panel *panel = npsi_resize(&made.people.allocator, NULL, 0, 1, sizeof *panel);
    if (panel == NULL) return NPS_ERR_MEMORY;
    *panel = made;
    *out = panel;
    return NPS_OK;
}

void nps_panel_free(nps_panel *panel)
{
    if (panel == NULL) return;
    nps_allocator allocator = panel->people.allocator;
    npsi_store_free(&panel->people.store, &allocator);
    npsi_chunks_free(&panel->nodes, &allocator);
    npsi_resize(&allocator, panel, 1, 0, sizeof *panel);
}

int npsi_respondent_check(const nps_key *respondent)
{
    if (respondent == NULL) return NPS_ERR_ARGUMENT;
    if (respondent->type != NPS_KEY_INTEGER && respondent->type != NPS_KEY_BYTES) return NPS_ERR_ARGUMENT;
    return npsi_key_check(respondent, 1, 0);
}

int nps_panel_add(nps_panel *panel, const nps_key *respondent, int64_t time, int32_t answer)
{
    int status = panel == NULL ? NPS_ERR_ARGUMENT : npsi_respondent_check(respondent);
    if (status != NPS_OK) return status;
    int code = npsi_answer_code(&panel->people.scale, answer);
    if (code >= NPSI_CODE_MISSING) return NPS_ERR_RANGE;
    size_t index;
    status = npsi_segments_place(&panel->people, respondent, &index);
    if (status != NPS_OK) return status;
    /* Who is new needs none, so that nobody without an answer is left behind. */
    if (npsi_panel_needs_node(panel, index, time)) status = npsi_panel_reserve(panel, 1);
    if (status != NPS_OK) return status;
    npsi_panel_put(panel, index, time, code);
    return NPS_OK;
}

static size_t lookup(const nps_panel *panel, const nps_key *respondent)
{
    return npsi_segments_lookup(&panel->people, respondent, npsi_key_hash(panel->people.hash_key, respondent, 1));
}

/* Forgets who has no answer any more, once they are many. Without memory for that they stay. */
static void forget_gone(nps_panel *panel)
{
    nps_segments *people = &panel->people;
    size_t count = people->store.count, kept = 0;
    uint64_t gone = count - panel->respondents;
    if (gone < MANY_GONE || gone < count / 2) return;
    uint32_t *order = npsi_resize(&people->allocator, NULL, 0, count, sizeof *order);
    if (order == NULL) return;
    for (size_t i = 0; i < count; i++)
        if (npsi_node_code(npsi_panel_root(panel, i)) >= 0) order[kept++] = (uint32_t)i;
    (void)npsi_segments_rebuild(people, order, kept);
    npsi_resize(&people->allocator, order, count, 0, sizeof *order);
}

int nps_panel_remove(nps_panel *panel, const nps_key *respondent, int64_t time)
{
    int status = panel == NULL ? NPS_ERR_ARGUMENT : npsi_respondent_check(respondent);
    if (status != NPS_OK) return status;
    size_t index = lookup(panel, respondent);
    status = index == NPSI_NO_SEGMENT ? NPS_ERR_NOT_FOUND : npsi_panel_take(panel, index, time);
    if (status == NPS_OK) forget_gone(panel);
    return status;
}

/* How many nodes the answers of respondent i of `from` take. */
static uint64_t count_needed(const nps_panel *into, size_t index, const nps_panel *from, size_t i)
{
    uint64_t needed = 0;
    int empty = npsi_node_code(npsi_panel_root(into, index)) < 0;
    const npsi_panel_node *node = npsi_panel_latest(from, i, INT64_MAX);
    if (empty) node = npsi_panel_before(from, i, node->time);
    for (; node != NULL; node = npsi_panel_before(from, i, node->time))
        needed += (uint64_t)(empty || npsi_panel_needs_node(into, index, node->time));
    return needed;
}

/* Makes room for all that `from` has: then nothing can fail any more. */
static int reserve_all(nps_panel *into, const nps_panel *from)
{
    size_t before = into->people.store.count;
    uint64_t needed = 0;
    int status = NPS_OK;
    for (size_t i = 0; status == NPS_OK && i < from->people.store.count; i++) {
        nps_key respondent;
        size_t index;
        if (npsi_node_code(npsi_panel_root(from, i)) < 0) continue;
        npsi_segments_read_key(&from->people, i, &respondent);
        status = npsi_segments_place(&into->people, &respondent, &index);
        if (status == NPS_OK) needed += count_needed(into, index, from, i);
    }
    if (status == NPS_OK) status = npsi_panel_reserve(into, needed);
    if (status == NPS_OK) return NPS_OK;
    npsi_segments_truncate(&into->people, before);
    npsi_panel_trim(into);
    return status;
}

int nps_panel_merge(nps_panel *into, const nps_panel *from)
{
    if (into == NULL || from == NULL) return NPS_ERR_ARGUMENT;
    if (!nps_scale_equal(&into->people.scale, &from->people.scale)) return NPS_ERR_SCALE;
    int status = into == from ? NPS_OK : reserve_all(into, from);
    for (size_t i = 0; status == NPS_OK && into != from && i < from->people.store.count; i++) {
        const npsi_panel_node *node = npsi_panel_latest(from, i, INT64_MAX);
        nps_key respondent;
        npsi_segments_read_key(&from->people, i, &respondent);
        size_t index = node == NULL ? NPSI_NO_SEGMENT : lookup(into, &respondent);
        for (; node != NULL; node = npsi_panel_before(from, i, node->time))
            npsi_panel_put(into, index, node->time, npsi_node_code(node));
    }
    return status;
}

int nps_panel_scale(const nps_panel *panel, nps_scale *out)
{
    if (panel == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    *out = panel->people.scale;
    return NPS_OK;
}

uint64_t nps_panel_respondents(const nps_panel *panel)
{
    return panel == NULL ? 0 : panel->respondents;
}

uint64_t nps_panel_answers(const nps_panel *panel)
{
    return panel == NULL ? 0 : panel->answers;
}

int nps_panel_answer(const nps_panel *panel, const nps_key *respondent, const nps_panel_window *window, int32_t *answer,
                     int64_t *time)
{
    int status = panel == NULL || answer == NULL ? NPS_ERR_ARGUMENT : npsi_respondent_check(respondent);
    if (status != NPS_OK) return status;
    size_t index = lookup(panel, respondent);
    if (index == NPSI_NO_SEGMENT) return NPS_ERR_NOT_FOUND;
    const npsi_panel_node *node = npsi_panel_within(panel, index, npsi_window_or_all(window));
    if (node == NULL) return NPS_ERR_NOT_FOUND;
    *answer = panel->people.scale.lowest + npsi_node_code(node);
    if (time != NULL) *time = node->time;
    return NPS_OK;
}
