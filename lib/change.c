#include <nps/change.h>

#include <nps/status.h>

int nps_change_explain(const nps_sample *from, const double *from_sizes, const nps_sample *to, const double *to_sizes,
                       size_t count, double level, nps_change_segment *segments, nps_change *out)
{
    (void)from;
    (void)from_sizes;
    (void)to;
    (void)to_sizes;
    (void)count;
    (void)level;
    (void)segments;
    (void)out;
    return NPS_ERR_ARGUMENT;
}
