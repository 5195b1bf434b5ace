#include <nps/codec.h>

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "codec_internal.h"
#include "panel_internal.h"

typedef struct ordered_panel {
    const nps_panel *panel;
    const uint32_t *order; /* NULL: as respondents lie, which has the same length */
} ordered_panel;

static void put_answers(npsi_writer *writer, const nps_panel *panel, size_t index)
{
    const npsi_panel_node *node = npsi_panel_latest(panel, index, INT64_MAX), *older;
    npsi_put_number(writer, (uint64_t)node->time, 8);
    for (; node != NULL; node = older) {
        npsi_put_number(writer, (uint64_t)npsi_node_code(node), 1);
        older = npsi_panel_before(panel, index, node->time);
        npsi_put_varint(writer, older == NULL ? 0 : (uint64_t)node->time - (uint64_t)older->time);
    }
}

static void put_panel(npsi_writer *writer, const void *state)
{
    const ordered_panel *ordered = state;
    const nps_panel *panel = ordered->panel;
    npsi_put_scale(writer, &panel->people.scale, 0);
    npsi_put_number(writer, panel->respondents, 8);
    for (size_t i = 0; i < panel->people.store.count; i++) {
        size_t index = ordered->order == NULL ? i : ordered->order[i];
        nps_key respondent;
        if (npsi_node_code(npsi_panel_root(panel, index)) < 0) continue;
        npsi_segments_read_key(&panel->people, index, &respondent);
        npsi_put_key(writer, &respondent, 1);
        put_answers(writer, panel, index);
    }
    npsi_put_number(writer, panel->answers, 8);
}

int nps_panel_encode(const nps_panel *panel, void *buffer, size_t size, size_t *length)
{
    if (panel == NULL || length == NULL) return NPS_ERR_ARGUMENT;
    const nps_segments *people = &panel->people;
    uint32_t *order = NULL;
    int status = buffer == NULL ? NPS_OK : npsi_segments_order(people, &order);
    if (status != NPS_OK) return status;
    const ordered_panel ordered = {panel, order};
    status = npsi_codec_encode(NPS_CODEC_PANEL, put_panel, &ordered, buffer, size, length);
    npsi_resize(&people->allocator, order, order == NULL ? 0 : people->store.count, 0, sizeof *order);
    return status;
}

/* The answers of a respondent, latest first; how much older the next one is, 0 after the last. */
static int get_answers(npsi_reader *reader, nps_panel *panel, const nps_key *respondent)
{
    const nps_scale *scale = &panel->people.scale;
    uint64_t earlier, bits = npsi_get_number(reader, 8);
    size_t index;
    int status = npsi_segments_place(&panel->people, respondent, &index);
    while (status == NPS_OK) {
        int64_t time;
        memcpy(&time, &bits, sizeof time);
        uint64_t level = npsi_get_number(reader, 1);
        if (reader->failed || level >= (uint64_t)npsi_scale_levels(scale)) return NPS_ERR_FORMAT;
        if (npsi_panel_needs_node(panel, index, time)) status = npsi_panel_reserve(panel, 1);
        if (status != NPS_OK) break;
        npsi_panel_put(panel, index, time, (int)level);
        earlier = npsi_get_varint(reader);
        if (reader->failed || earlier > bits - (uint64_t)INT64_MIN) return NPS_ERR_FORMAT;
        if (earlier == 0) return NPS_OK;
        bits -= earlier;
    }
    return status;
}

/* Keys ascend, so that none is there twice. */
static int get_panel(npsi_reader *reader, nps_panel *panel, uint64_t count)
{
    nps_key before, respondent;
    for (uint64_t i = 0; i < count; i++) {
        npsi_get_key(reader, &respondent, 1);
        if (reader->failed || npsi_respondent_check(&respondent) != NPS_OK) return NPS_ERR_FORMAT;
        if (i > 0 && npsi_key_compare(&before, &respondent, 1) >= 0) return NPS_ERR_FORMAT;
        int status = get_answers(reader, panel, &respondent);
        if (status != NPS_OK) return status;
        before = respondent;
    }
    uint64_t answers = npsi_get_number(reader, 8);
    return reader->failed || reader->left != 0 || answers != panel->answers ? NPS_ERR_FORMAT : NPS_OK;
}

int nps_panel_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed, nps_panel **out)
{
    npsi_reader reader;
    nps_panel *panel = NULL;
    uint32_t kind;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_PANEL, &reader);
    if (status != NPS_OK) return status;
    nps_scale scale = npsi_get_scale(&reader, &kind);
    uint64_t count = npsi_get_number(&reader, 8);
    if (reader.failed || kind != 0) return NPS_ERR_FORMAT;
    status = nps_panel_new(&scale, seed, allocator, &panel);
    if (status == NPS_OK) status = get_panel(&reader, panel, count);
    if (status == NPS_OK)
        *out = panel;
    else
        nps_panel_free(panel);
    return status;
}
