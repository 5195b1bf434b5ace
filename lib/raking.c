#include <nps/raking.h>

#include <stddef.h>

#include <nps/status.h>

int nps_rake(const nps_margin *margins, size_t margin_count, const nps_column *base, uint64_t rows,
             const nps_rake_options *options, double *weights, nps_rake_report *report)
{
    (void)margins;
    (void)margin_count;
    (void)base;
    (void)rows;
    (void)options;
    (void)weights;
    (void)report;
    return NPS_ERR_ARGUMENT;
}
