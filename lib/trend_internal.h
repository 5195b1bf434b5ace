#ifndef NPSI_TREND_INTERNAL_H
#define NPSI_TREND_INTERNAL_H

#include <stddef.h>

#include <nps/sample.h>

/* Samples as npsi_samples_check, then times: NPS_ERR_ARGUMENT of NULL, NPS_ERR_RANGE of one that is not finite. */
int npsi_trend_check(const double *times, const nps_sample *samples, size_t count);

#endif
