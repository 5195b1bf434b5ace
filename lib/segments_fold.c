/* Small segments folded together. */
#include <nps/status.h>

#include "segments_internal.h"

static uint64_t responses(const nps_segments *segments, size_t index)
{
    nps_tally tally;
    npsi_state_tally(segments, npsi_segments_at(segments, index), &tally);
    return nps_tally_responses(&tally);
}

int nps_segments_fold(const nps_segments *segments, uint64_t least, uint32_t fold, nps_segments **out)
{
    nps_segments *made;
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if ((fold & ((UINT32_C(1) << segments->dimensions) - 1)) == 0) return NPS_ERR_ARGUMENT;
    int status = npsi_segments_begin(segments, &made);
    if (status != NPS_OK) return status;
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, i, key);
        int is_small = responses(segments, i) < least;
        for (int32_t d = 0; is_small && d < segments->dimensions; d++)
            if (fold >> d & 1) key[d] = (nps_key){.type = NPS_KEY_OTHER};
        status = npsi_segments_merge_state(made, key, npsi_segments_at(segments, i));
    }
    return npsi_segments_finish(made, status, out);
}
