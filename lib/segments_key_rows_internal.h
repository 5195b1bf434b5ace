/* Rows of key columns turned into segments, a block at a time. */
#ifndef NPSI_SEGMENTS_KEY_ROWS_INTERNAL_H
#define NPSI_SEGMENTS_KEY_ROWS_INTERNAL_H

#include "segments_internal.h"

/*
 * Where the columns of whole numbers and dictionaries span few combinations of values, each has a number, and `direct`
 * remembers its segment: then no key is built or hashed but the first time.
 */
typedef struct npsi_key_rows {
    nps_segments *segments;
    const nps_column *columns;
    uint64_t lowest[NPS_MAX_DIMENSIONS]; /* value less lowest: a number below span - 1, which stands for no value */
    uint64_t span[NPS_MAX_DIMENSIONS];
    uint32_t *direct; /* index + 1 by combination; 0: not known yet. NULL: not used */
    size_t direct_count;
    nps_key *keys; /* of a block, one behind the other */
} npsi_key_rows;

/* As npsi_key_rows_open, but only for npsi_key_rows_read. Close it even where this fails. */
int npsi_key_rows_begin(npsi_key_rows *rows, nps_segments *segments, const nps_column *columns, uint64_t length);

/* The keys of a block of at most NPSI_BLOCK rows, whose number is *good; that becomes the number before the first one
 * at fault. NPS_ERR_FORMAT, NPS_ERR_RANGE. */
int npsi_key_rows_read(npsi_key_rows *rows, uint64_t first, size_t *good);

/* Checks and prepares the columns, each of `rows` rows. NPS_ERR_ARGUMENT, NPS_ERR_TYPE, NPS_ERR_MEMORY. */
int npsi_key_rows_open(npsi_key_rows *rows, nps_segments *segments, const nps_column *columns, uint64_t length);
void npsi_key_rows_close(npsi_key_rows *rows);

/* The segments of a block of at most NPSI_BLOCK rows, made where there are none yet. On an error *good tells how many
 * rows before the one at fault have theirs. */
int npsi_key_rows_resolve(npsi_key_rows *rows, uint64_t first, size_t count, uint32_t *index, size_t *good);

#endif
