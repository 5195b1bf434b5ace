#include <nps/codec.h>

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "codec_internal.h"
#include "design_internal.h"

typedef struct ordered_design {
    const nps_design *design;
    npsi_ordered states, populations;
} ordered_design;

static uint64_t count_populations(const nps_segments *populations)
{
    uint64_t count = 0;
    for (size_t i = 0; i < populations->store.count; i++) count += npsi_population_at(populations, i).size != 0;
    return count;
}

static void put_design(npsi_writer *writer, const void *state)
{
    const ordered_design *ordered = state;
    const nps_segments *populations = ordered->populations.segments;
    npsi_put_segments(writer, &ordered->states);
    npsi_put_number(writer, (uint64_t)ordered->design->clusters, 4);
    npsi_put_number(writer, count_populations(populations), 8);
    for (size_t i = 0; i < populations->store.count; i++) {
        size_t index = ordered->populations.order == NULL ? i : ordered->populations.order[i];
        double size = npsi_population_at(populations, index).size;
        nps_key stratum;
        if (size == 0) continue;
        npsi_segments_read_key(populations, index, &stratum);
        npsi_put_key(writer, &stratum, 1);
        npsi_put_doubles(writer, &size, 1);
    }
}

static void free_order(const nps_segments *segments, uint32_t *order)
{
    npsi_resize(&segments->allocator, order, order == NULL ? 0 : segments->store.count, 0, sizeof *order);
}

int nps_design_encode(const nps_design *design, void *buffer, size_t size, size_t *length)
{
    if (design == NULL || length == NULL) return NPS_ERR_ARGUMENT;
    uint32_t *states = NULL, *populations = NULL;
    int status = NPS_OK;
    if (buffer != NULL && !design->sorted) status = npsi_segments_order(design->segments, &states);
    if (buffer != NULL && status == NPS_OK) status = npsi_segments_order(design->populations, &populations);
    if (status == NPS_OK) {
        ordered_design ordered = {design, {design->segments, states}, {design->populations, populations}};
        status = npsi_codec_encode(NPS_CODEC_DESIGN, put_design, &ordered, buffer, size, length);
    }
    free_order(design->segments, states);
    free_order(design->populations, populations);
    return status;
}

/* What a row could have brought: no parts that stand for others. */
static int is_plain(const nps_key *key, int32_t dimensions)
{
    return npsi_key_check(key, dimensions, 0) == NPS_OK;
}

/* Whether a container can be that of a design: its states weighted, its keys plain, and no names but the domain's. */
static int check_states(const nps_segments *segments, uint64_t clusters)
{
    int32_t first = 1 + (int32_t)clusters;
    if (segments->state != NPS_STATE_WEIGHTED || segments->dimensions < first) return NPS_ERR_FORMAT;
    if (segments->dimensions - first > NPS_MAX_DOMAIN_PARTS) return NPS_ERR_FORMAT;
    for (int32_t d = 0; d < first; d++)
        if (segments->name[d].length != 0) return NPS_ERR_FORMAT;
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, i, key);
        if (!is_plain(key, segments->dimensions)) return NPS_ERR_FORMAT;
    }
    return NPS_OK;
}

/* Keys ascend, so that none is there twice. */
static int get_populations(npsi_reader *reader, nps_design *design, uint64_t count)
{
    nps_key before, stratum;
    for (uint64_t i = 0; i < count; i++) {
        double size;
        npsi_get_key(reader, &stratum, 1);
        npsi_get_doubles(reader, &size, 1);
        if (reader->failed || !is_plain(&stratum, 1) || !npsi_population_possible(size)) return NPS_ERR_FORMAT;
        if (i > 0 && npsi_key_compare(&before, &stratum, 1) >= 0) return NPS_ERR_FORMAT;
        int status = nps_design_set_population(design, &stratum, size);
        if (status != NPS_OK) return status;
        before = stratum;
    }
    return reader->failed || reader->left != 0 ? NPS_ERR_FORMAT : NPS_OK;
}

/* An empty design that takes over the states. */
static int adopt(nps_segments *segments, uint64_t clusters, const nps_allocator *allocator, uint64_t seed,
                 nps_design **out)
{
    nps_design *design = NULL;
    const nps_design_options options = {
        .struct_size = sizeof options,
        .domains = segments->dimensions - 1 - (int32_t)clusters,
        .clusters = (int32_t)clusters,
        .scale = &segments->scale,
        .kind = segments->kind,
        .seed = seed,
        .allocator = allocator,
    };
    int status = nps_design_new(&options, &design);
    if (status != NPS_OK) return status;
    nps_segments_free(design->segments);
    design->segments = segments;
    *out = design;
    return NPS_OK;
}

int nps_design_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed, nps_design **out)
{
    npsi_reader reader;
    nps_segments *segments;
    nps_design *design = NULL;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_DESIGN, &reader);
    if (status == NPS_OK) status = npsi_get_segments(&reader, allocator, seed, &segments);
    if (status != NPS_OK) return status;
    uint64_t clusters = npsi_get_number(&reader, 4), count = npsi_get_number(&reader, 8);
    status = clusters > 1 ? NPS_ERR_FORMAT : check_states(segments, clusters);
    if (status == NPS_OK) status = adopt(segments, clusters, allocator, seed, &design);
    if (design == NULL) nps_segments_free(segments);
    if (status == NPS_OK) status = get_populations(&reader, design, count);
    if (status == NPS_OK)
        *out = design;
    else
        nps_design_free(design);
    return status;
}
