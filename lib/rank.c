#include <nps/rank.h>

#include <stddef.h>

#include <nps/status.h>

int nps_rank(const nps_sample *samples, size_t count, const nps_rank_options *options, nps_ranked *ranked,
             nps_heterogeneity *between)
{
    (void)samples;
    (void)count;
    (void)options;
    (void)ranked;
    (void)between;
    return NPS_ERR_ARGUMENT;
}
