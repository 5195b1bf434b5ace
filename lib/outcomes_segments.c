#include <nps/outcomes.h>

#include <nps/status.h>

#include "segments_internal.h"

int nps_segments_add_outcome(nps_segments *segments, const nps_key *key, int32_t answer, double outcome, double weight)
{
    size_t before, index;
    int status = npsi_segments_check(segments, key, NPS_STATE_OUTCOMES, 0);
    if (status != NPS_OK) return status;
    before = segments->store.count;
    status = npsi_segments_place(segments, key, &index);
    if (status != NPS_OK) return status;
    status = nps_outcomes_add(npsi_segments_at(segments, index), answer, outcome, weight);
    if (status != NPS_OK) npsi_segments_truncate(segments, before);
    return status;
}

int nps_segments_remove_outcome(nps_segments *segments, const nps_key *key, int32_t answer, double outcome,
                                double weight)
{
    size_t index;
    int status = npsi_segments_check(segments, key, NPS_STATE_OUTCOMES, 0);
    if (status == NPS_OK) status = nps_segments_find(segments, key, &index);
    return status == NPS_OK ? nps_outcomes_remove(npsi_segments_at(segments, index), answer, outcome, weight) : status;
}

int nps_segments_merge_outcomes(nps_segments *segments, const nps_key *key, const nps_outcomes *outcomes)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_OUTCOMES, 1);
    if (status == NPS_OK) status = nps_outcomes_check(outcomes);
    if (status != NPS_OK) return status;
    if (!nps_scale_equal(&outcomes->scale, &segments->scale) || outcomes->kind != segments->kind) return NPS_ERR_SCALE;
    nps_outcomes state = *outcomes;
    state.kind = NPS_KIND_NONE;
    return npsi_segments_merge_state(segments, key, &state);
}

int nps_segments_outcomes(const nps_segments *segments, size_t index, nps_outcomes *out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != NPS_STATE_OUTCOMES) return NPS_ERR_TYPE;
    if (index >= segments->store.count) return NPS_ERR_NOT_FOUND;
    *out = *(const nps_outcomes *)npsi_segments_at(segments, index);
    out->kind = segments->kind;
    return NPS_OK;
}
