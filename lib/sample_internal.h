#ifndef NPSI_SAMPLE_INTERNAL_H
#define NPSI_SAMPLE_INTERNAL_H

#include <nps/sample.h>

/* Whether all three counts are whole numbers. */
int npsi_sample_is_whole(const nps_sample *sample);

/* The weight of a class, NPS_DETRACTOR, NPS_PASSIVE or NPS_PROMOTER. */
double npsi_weight_of_class(const nps_weighted *weighted, int32_t wanted);

#endif
