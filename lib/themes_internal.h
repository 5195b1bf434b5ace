/* The answers under a key, theme by theme. */
#ifndef NPSI_THEMES_INTERNAL_H
#define NPSI_THEMES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/segments.h>
#include <nps/themes.h>

#include "segments_internal.h"

/* Segments of some answers, by theme and then by how many themes the answers have. Freed by npsi_themes_close. */
typedef struct npsi_themes {
    const nps_segments *segments;
    npsi_ranked *block, *items; /* items: `count` of them, somewhere in the block, which has 2 * room */
    size_t room, count;
} npsi_themes;

/* NPS_ERR_TYPE, NPS_ERR_NOT_FOUND, NPS_ERR_ARGUMENT, NPS_ERR_MEMORY: as nps_themes_tally. */
int npsi_themes_open(const nps_segments *segments, const nps_key *key, npsi_themes *out);
void npsi_themes_close(npsi_themes *closed);

/* The last two parts of a segment's key. */
nps_key npsi_themes_theme(const npsi_themes *of, size_t item);
size_t npsi_themes_number(const npsi_themes *of, size_t item);

/* A segment's state with weights, which are 1 in a container of tallies. */
void npsi_themes_state(const npsi_themes *of, size_t item, nps_weighted *out);

/* All answers, each once. NPS_ERR_FORMAT, NPS_ERR_OVERFLOW, NPS_ERR_MEMORY. */
int npsi_themes_total(const npsi_themes *of, nps_weighted *out);

#endif
