#include <nps/segments.h>

#include <stddef.h>

#include <nps/status.h>

int nps_segments_suppress(const nps_segments *segments, uint64_t least, uint8_t *hidden)
{
    (void)segments;
    (void)least;
    (void)hidden;
    return NPS_ERR_ARGUMENT;
}
