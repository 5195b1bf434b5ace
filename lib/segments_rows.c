/* Adding and taking back one row, or one state, under one key. */
#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "segments_internal.h"

int npsi_segments_merge_state(nps_segments *segments, const nps_key *key, const void *state)
{
    size_t before = segments->store.count, index;
    int status = npsi_segments_place(segments, key, &index);
    if (status != NPS_OK) return status;
    status = npsi_state_merge(segments, npsi_segments_at(segments, index), state);
    if (status != NPS_OK) npsi_segments_truncate(segments, before);
    return status;
}

static int subtract_state(nps_segments *segments, const nps_key *key, const void *state)
{
    size_t index;
    int status = nps_segments_find(segments, key, &index);
    return status == NPS_OK ? npsi_state_subtract(segments, npsi_segments_at(segments, index), state) : status;
}

int npsi_segments_check(const nps_segments *segments, const nps_key *key, int32_t state, int rolled_up)
{
    if (segments == NULL || key == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != state) return NPS_ERR_TYPE;
    return npsi_key_check(key, segments->dimensions, rolled_up);
}

int nps_segments_add(nps_segments *segments, const nps_key *key, int32_t answer, uint64_t count)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_TALLY, 0);
    if (status != NPS_OK || count == 0) return status;
    uint64_t counts[NPSI_CODES] = {0};
    counts[npsi_answer_code(&segments->scale, answer)] = count;
    return npsi_segments_merge_state(segments, key, counts);
}

int nps_segments_remove(nps_segments *segments, const nps_key *key, int32_t answer, uint64_t count)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_TALLY, 0);
    if (status != NPS_OK || count == 0) return status;
    uint64_t counts[NPSI_CODES] = {0};
    counts[npsi_answer_code(&segments->scale, answer)] = count;
    return subtract_state(segments, key, counts);
}

/* A weighted state of one answer. */
static int weigh(const nps_segments *segments, int32_t answer, double weight, nps_weighted *one)
{
    int status = nps_weighted_init(one, &segments->scale);
    return status == NPS_OK ? nps_weighted_add(one, answer, weight) : status;
}

int nps_segments_add_weighted(nps_segments *segments, const nps_key *key, int32_t answer, double weight)
{
    nps_weighted one;
    int status = npsi_segments_check(segments, key, NPS_STATE_WEIGHTED, 0);
    if (status == NPS_OK) status = weigh(segments, answer, weight, &one);
    return status == NPS_OK ? npsi_segments_merge_state(segments, key, &one) : status;
}

int nps_segments_remove_weighted(nps_segments *segments, const nps_key *key, int32_t answer, double weight)
{
    nps_weighted one;
    int status = npsi_segments_check(segments, key, NPS_STATE_WEIGHTED, 0);
    if (status == NPS_OK) status = weigh(segments, answer, weight, &one);
    return status == NPS_OK ? subtract_state(segments, key, &one) : status;
}

int nps_segments_merge_tally(nps_segments *segments, const nps_key *key, const nps_tally *tally)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_TALLY, 1);
    if (status == NPS_OK) status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    if (!nps_scale_equal(&tally->scale, &segments->scale) || tally->kind != segments->kind) return NPS_ERR_SCALE;
    uint64_t counts[NPSI_CODES];
    memcpy(counts, (const unsigned char *)tally + offsetof(nps_tally, level), sizeof counts);
    return npsi_segments_merge_state(segments, key, counts);
}

int nps_segments_merge_weighted(nps_segments *segments, const nps_key *key, const nps_weighted *weighted)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_WEIGHTED, 1);
    if (status == NPS_OK) status = nps_weighted_check(weighted);
    if (status != NPS_OK) return status;
    if (!nps_scale_equal(&weighted->scale, &segments->scale) || weighted->kind != segments->kind) return NPS_ERR_SCALE;
    nps_weighted state = *weighted;
    state.kind = NPS_KIND_NONE;
    return npsi_segments_merge_state(segments, key, &state);
}
