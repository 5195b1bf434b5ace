/* What nps watch has seen so far, and how it is told. */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/sample.h>
#include <nps/tally.h>

#include "options.h"

typedef struct watch {
    const options *given;
    nps_tally counted;
    nps_sample sample;  /* the same by class */
    uint64_t responses; /* and their number */
    const char *file;   /* of the last answer; NULL: none yet */
    uint64_t row;

    double threshold;              /* the log e-value that alerts */
    double step;                   /* the most that one answer can add to it */
    double next_look;              /* no response before this one can raise the alert */
    uint64_t next_line, last_line; /* responses at which a line is told, and was */
    const char *alert;             /* "below" or "above" once it is raised */
} watch;

typedef struct watch_numbers {
    double score, lower, upper, log_e_value, p; /* NaN without answers */
} watch_numbers;

/* "below" or "above" the benchmark, where the score is by now; NULL: on it. And whether such an alert is wanted. */
const char *watch_side(const watch *of);
bool watch_wants(const watch *of, const char *side);

/* A line about the state of affairs, on standard output at once; the format JSON has none. */
void watch_line(watch *told);

/* The end, with the alert or without one. */
void watch_end(watch *told);

/* The same for programs. */
void watch_csv_line(const watch *told, const watch_numbers *of);
void watch_json_line(const watch *told, const watch_numbers *of);
void watch_json(const watch *told, const watch_numbers *of);

#endif
