/* Totals, roll-ups and cubes. */
#include <nps/status.h>

#include "segments_internal.h"

int nps_segments_total_tally(const nps_segments *segments, nps_tally *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    nps_tally sum, one;
    int status = nps_tally_init(&sum, &segments->scale);
    sum.kind = segments->kind;
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++) {
        if (npsi_segments_has_all(segments, i)) continue;
        npsi_state_tally(segments, npsi_segments_at(segments, i), &one);
        status = nps_tally_merge(&sum, &one);
    }
    if (status == NPS_OK) *out = sum;
    return status;
}

int nps_segments_total_weighted(const nps_segments *segments, nps_weighted *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != NPS_STATE_WEIGHTED) return NPS_ERR_TYPE;
    nps_weighted sum;
    int status = nps_weighted_init(&sum, &segments->scale);
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++)
        if (!npsi_segments_has_all(segments, i)) status = nps_weighted_merge(&sum, npsi_segments_at(segments, i));
    sum.kind = segments->kind;
    if (status == NPS_OK) *out = sum;
    return status;
}

int npsi_segments_begin(const nps_segments *segments, nps_segments **out)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < segments->store.count; i++)
        if (npsi_segments_has_all(segments, i)) return NPS_ERR_TYPE;
    return npsi_segments_like(segments, out);
}

int npsi_segments_finish(nps_segments *made, int status, nps_segments **out)
{
    if (status == NPS_OK) status = nps_segments_sort(made);
    if (status == NPS_OK)
        *out = made;
    else
        nps_segments_free(made);
    return status;
}

/* Adds segment i of `from`, with NPS_KEY_ALL in the dimensions of `all`, to `into`, which may be `from`. */
static int add_rolled(nps_segments *into, const nps_segments *from, size_t i, uint32_t all)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    size_t index;
    npsi_segments_read_key(from, i, key);
    for (int32_t d = 0; d < from->dimensions; d++)
        if (all >> d & 1) key[d] = (nps_key){.type = NPS_KEY_ALL};
    int status = npsi_segments_place(into, key, &index);
    if (status != NPS_OK) return status;
    return npsi_state_merge(into, npsi_segments_at(into, index), npsi_segments_at(from, i));
}

int nps_segments_rollup(const nps_segments *segments, uint32_t keep, nps_segments **out)
{
    nps_segments *made;
    if (out == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_segments_begin(segments, &made);
    if (status != NPS_OK) return status;
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++)
        status = add_rolled(made, segments, i, ~keep);
    return npsi_segments_finish(made, status, out);
}

/* Rolls up one dimension after another, each time all that is there by then: so every subset of dimensions comes
 * about once, from segments that are summed up already. */
int nps_segments_cube(const nps_segments *segments, nps_segments **out)
{
    nps_segments *made;
    if (out == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_segments_begin(segments, &made);
    if (status != NPS_OK) return status;
    status = nps_segments_merge(made, segments);
    for (int32_t d = 0; status == NPS_OK && d < segments->dimensions; d++) {
        size_t count = made->store.count;
        for (size_t i = 0; status == NPS_OK && i < count; i++) status = add_rolled(made, made, i, UINT32_C(1) << d);
    }
    return npsi_segments_finish(made, status, out);
}
