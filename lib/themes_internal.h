/* What themes.c and themes_estimate.c share. */
#ifndef NPSI_THEMES_INTERNAL_H
#define NPSI_THEMES_INTERNAL_H

#include <nps/themes.h>

#include "column_internal.h"
#include "segments_internal.h"

typedef union npsi_themes_state {
    uint64_t counts[NPSI_CODES];
    nps_weighted weighted;
} npsi_themes_state;

/* The answers under a key, counted and checked. */
typedef struct npsi_themes_read {
    nps_segments *sums; /* sorted: first the answers by how many themes they have, those whose theme reads NPS_KEY_ALL;
                           then themes and how many; all parts before read NPS_KEY_ALL */
    size_t first;       /* of sums: the first that has a theme */
    npsi_themes_state all; /* each answer once */
} npsi_themes_read;

/* Errors of nps_themes_tally. The caller frees out->sums. */
int npsi_themes_read_key(const nps_segments *segments, const nps_key *key, npsi_themes_read *out);

#endif
