/* Answers that are none on the scale: listed in --rejects, and summed up in a note. */
#ifndef INVALID_H
#define INVALID_H

#include "output.h"
#include "rows.h"

#include <nps/scale.h>
#include <nps/tally.h>

#define INVALID_VALUES 4 /* different ones that the note names */
#define INVALID_LENGTH 40

typedef struct invalid_answers {
    const nps_scale *scale;
    output *rejects; /* NULL: none wanted */
    struct {
        char bytes[INVALID_LENGTH];
        size_t length;
        uint64_t count;
    } values[INVALID_VALUES];
    size_t value_count;
    uint64_t total;   /* of all invalid answers */
    uint64_t numbers; /* of those that are whole numbers off the scale, which run from lowest to highest */
    double lowest, highest;
    char *first; /* where the first one was */
} invalid_answers;

void invalid_start(invalid_answers *started, const nps_scale *scale, const char *rejects);

/* One invalid answer: the cell `column` of the row. */
void invalid_take(invalid_answers *to, const row *from, size_t column);

/* Any other cell that is not what its column should hold: into --rejects alone. */
void invalid_list(invalid_answers *to, const row *from, size_t column, const char *reason);

/* Notes what was invalid and whether the answers look like another scale's, and forgets them; closes the list. */
void invalid_tell(invalid_answers *of, const nps_tally *total);
void invalid_close(invalid_answers *closed);

#endif
