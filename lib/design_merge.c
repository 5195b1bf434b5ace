/* Adding designs up and taking them apart. */
#include <nps/status.h>

#include "allocator_internal.h"
#include "design_internal.h"

int npsi_design_check_pair(const nps_design *a, const nps_design *b)
{
    if (a == NULL || b == NULL || a == b) return NPS_ERR_ARGUMENT;
    if (a->domains != b->domains || a->clusters != b->clusters) return NPS_ERR_TYPE;
    const nps_segments *in_a = a->segments, *in_b = b->segments;
    return nps_scale_equal(&in_a->scale, &in_b->scale) && in_a->kind == in_b->kind ? NPS_OK : NPS_ERR_SCALE;
}

/* NPS_ERR_SCALE: a stratum has one population here and another one there. */
static int check_populations(const nps_design *design, const nps_design *other)
{
    const nps_segments *others = other->populations;
    for (size_t i = 0; i < others->store.count; i++) {
        nps_key stratum;
        npsi_segments_read_key(others, i, &stratum);
        double here = npsi_design_population(design, &stratum), there = npsi_population_at(others, i).size;
        if (here != 0 && there != 0 && here != there) return NPS_ERR_SCALE;
    }
    return NPS_OK;
}

/* Takes over the populations of another design, or only makes the places for them, after which that cannot fail. */
static int take_populations(nps_design *design, const nps_segments *others, int places_only)
{
    int status = NPS_OK;
    for (size_t i = 0; status == NPS_OK && i < others->store.count; i++) {
        npsi_population population = npsi_population_at(others, i);
        nps_key stratum;
        size_t index;
        if (population.size == 0) continue;
        npsi_segments_read_key(others, i, &stratum);
        status = npsi_segments_place(design->populations, &stratum, &index);
        if (status == NPS_OK && !places_only) npsi_population_put(design->populations, index, population);
    }
    return status;
}

int nps_design_merge(nps_design *into, const nps_design *from)
{
    int status = npsi_design_check_pair(into, from);
    if (status == NPS_OK) status = check_populations(into, from);
    if (status != NPS_OK) return status;
    size_t populations = nps_segments_count(into->populations), before = nps_segments_count(into->segments);
    status = take_populations(into, from->populations, 1);
    if (status == NPS_OK) status = nps_segments_merge(into->segments, from->segments);
    if (status != NPS_OK) {
        npsi_segments_truncate(into->populations, populations);
        return status;
    }
    (void)take_populations(into, from->populations, 0);
    if (before == 0)
        into->sorted = from->sorted;
    else
        npsi_design_grown(into, before);
    return NPS_OK;
}

static void mark_population(nps_segments *populations, const nps_key *stratum, uint64_t mark)
{
    size_t index = npsi_segments_lookup(populations, stratum, npsi_key_hash(populations->hash_key, stratum, 1));
    if (index == NPSI_NO_SEGMENT) return;
    npsi_population population = npsi_population_at(populations, index);
    population.mark = mark;
    npsi_population_put(populations, index, population);
}

/* Marks the strata of a container's keys, or only those that hold rows. */
static void mark_strata(nps_segments *populations, const nps_segments *segments, int with_rows, uint64_t mark)
{
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        if (with_rows && npsi_state_is_empty(segments, npsi_segments_at(segments, i))) continue;
        npsi_segments_read_key(segments, i, key);
        mark_population(populations, key, mark);
    }
}

/* Drops the places that have no population any more. Where there is no memory for it, they stay. */
static void drop_places(nps_segments *populations)
{
    size_t count = populations->store.count, kept = 0;
    uint32_t *order = npsi_resize(&populations->allocator, NULL, 0, count, sizeof *order);
    if (order == NULL) return;
    for (size_t i = 0; i < count; i++)
        if (npsi_population_at(populations, i).size != 0) order[kept++] = (uint32_t)i;
    if (kept < count) (void)npsi_segments_rebuild(populations, order, kept);
    npsi_resize(&populations->allocator, order, count, 0, sizeof *order);
}

/* Forgets the populations of those strata of `taken` that have no row left. */
static void drop_populations(nps_design *from, const nps_design *taken)
{
    nps_segments *populations = from->populations;
    if (populations->store.count == 0) return;
    mark_strata(populations, taken->segments, 0, 1);
    mark_strata(populations, taken->populations, 0, 1);
    mark_strata(populations, from->segments, 1, 0);
    for (size_t i = 0; i < populations->store.count; i++)
        if (npsi_population_at(populations, i).mark) npsi_population_put(populations, i, (npsi_population){0, 0});
    drop_places(populations);
}

int nps_design_subtract(nps_design *from, const nps_design *taken)
{
    int status = npsi_design_check_pair(from, taken);
    if (status == NPS_OK) status = check_populations(from, taken);
    if (status == NPS_OK) status = nps_segments_subtract(from->segments, taken->segments);
    if (status == NPS_OK) drop_populations(from, taken);
    return status;
}
