#include <nps/segments.h>

#include <stddef.h>

#include <nps/status.h>

int nps_segments_fold(const nps_segments *segments, uint64_t least, uint32_t fold, nps_segments **out)
{
    (void)segments;
    (void)least;
    (void)fold;
    (void)out;
    return NPS_ERR_ARGUMENT;
}

int nps_segments_by_score(const nps_segments *segments, uint64_t least, size_t *order, size_t *ranked)
{
    (void)segments;
    (void)least;
    (void)order;
    (void)ranked;
    return NPS_ERR_ARGUMENT;
}
