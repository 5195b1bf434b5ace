/* What weights are to add up to: the totals of margins, or of cells. */
#ifndef TARGETS_H
#define TARGETS_H

#include <stddef.h>
#include <stdint.h>

#include <nps/segments.h>

/* The totals of one column of the data, or of the cells of several. */
typedef struct target {
    size_t dimensions;
    char *columns[NPS_MAX_DIMENSIONS];
    size_t count;
    nps_key *keys; /* count * dimensions, of type NPS_KEY_BYTES, or NPS_KEY_NULL for an empty cell */
    double *totals;
    uint64_t *rows; /* of the file, for messages */
} target;

typedef struct target_list {
    const char *file;
    target *entries;
    size_t count;
} target_list;

/* Reads a CSV with the columns margin, category, total, or with any columns and then total. fail()s, and names file,
 * row and value. */
void targets_read(const char *path, target_list *out);
void targets_free(target_list *freed);

#endif
