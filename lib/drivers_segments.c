#include <nps/drivers.h>

#include <string.h>

#include <nps/status.h>

#include "drivers_internal.h"
#include "segments_internal.h"

int nps_drivers_segments_new(const nps_segments_options *options, const nps_drivers_options *drivers,
                             nps_segments **out)
{
    npsi_drivers_shape shape;
    int status = npsi_drivers_shape_of(drivers, &shape);
    return status == NPS_OK ? npsi_segments_make(options, &shape, out) : status;
}

int nps_segments_add_drivers(nps_segments *segments, const nps_key *key, double answer, const double *ratings,
                             double weight)
{
    size_t before, index;
    int status = npsi_segments_check(segments, key, NPS_STATE_DRIVERS, 0);
    if (status == NPS_OK && ratings == NULL) status = NPS_ERR_ARGUMENT;
    if (status != NPS_OK) return status;
    before = segments->store.count;
    status = npsi_segments_place(segments, key, &index);
    if (status != NPS_OK) return status;
    void *state = npsi_segments_at(segments, index);
    status = npsi_drivers_state_add(&segments->drivers, state, answer, ratings, weight, 1);
    if (status != NPS_OK) npsi_segments_truncate(segments, before);
    return status;
}

int nps_segments_remove_drivers(nps_segments *segments, const nps_key *key, double answer, const double *ratings,
                                double weight)
{
    size_t index;
    int status = npsi_segments_check(segments, key, NPS_STATE_DRIVERS, 0);
    if (status == NPS_OK && ratings == NULL) status = NPS_ERR_ARGUMENT;
    if (status == NPS_OK) status = nps_segments_find(segments, key, &index);
    if (status != NPS_OK) return status;
    void *state = npsi_segments_at(segments, index);
    return npsi_drivers_state_add(&segments->drivers, state, answer, ratings, weight, -1);
}

int nps_segments_merge_drivers(nps_segments *segments, const nps_key *key, const nps_drivers *drivers)
{
    int status = npsi_segments_check(segments, key, NPS_STATE_DRIVERS, 1);
    if (status == NPS_OK && drivers == NULL) status = NPS_ERR_ARGUMENT;
    if (status == NPS_OK) status = npsi_drivers_shape_match(&segments->drivers, &drivers->shape);
    return status == NPS_OK ? npsi_segments_merge_state(segments, key, drivers->state) : status;
}

int nps_segments_drivers(const nps_segments *segments, size_t index, nps_drivers **out)
{
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != NPS_STATE_DRIVERS) return NPS_ERR_TYPE;
    if (index >= segments->store.count) return NPS_ERR_NOT_FOUND;
    int status = npsi_drivers_make(&segments->allocator, &segments->drivers, out);
    if (status == NPS_OK) memcpy((*out)->state, npsi_segments_at(segments, index), segments->state_bytes);
    return status;
}
