#ifndef NPSI_SAMPLE_INTERNAL_H
#define NPSI_SAMPLE_INTERNAL_H

#include <nps/sample.h>

/* Whether all three counts are whole numbers. */
int npsi_sample_is_whole(const nps_sample *sample);

#endif
