/* The command line. One table of options serves parsing, help, and the subcommands that take them. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/scale.h>
#include <nps/segments.h>

#define FILTERS_MOST 16

enum output_format { FORMAT_TABLE, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV, FORMAT_MARKDOWN, FORMAT_DEFAULT };

/* --where COLUMN=VALUE or COLUMN!=VALUE */
typedef struct filter {
    const char *column, *value;
    bool equal;
} filter;

typedef struct options {
    const char *command;
    char **files;
    size_t file_count;
    const char *row_option; /* the first option given that concerns rows, for messages */

    const char *score, *weight, *missing;
    const char *by[NPS_MAX_DIMENSIONS];
    int32_t by_count;
    filter filters[FILTERS_MOST];
    size_t filter_count;
    nps_scale scale;
    uint32_t parse_flags;
    char delimiter;
    const char *rejects;

    int32_t method;
    double level;
    enum output_format format;
    double max_invalid, fail_under;
    bool has_fail_under;

    bool has_counts;
    uint64_t promoters, passives, detractors;
    uint32_t kind;
    bool mixed;
    const char *output;
} options;

/* A bit for each subcommand. */
#define FOR_SCORE 1u
#define FOR_TALLY 2u
#define FOR_MERGE 4u

typedef struct command {
    const char *name, *arguments, *purpose;
    uint32_t bit;
    int (*run)(const options *given);
} command;

/* Reads the arguments after the subcommand's name. fail()s on what is not understood; prints the help and exits when
 * asked for it. */
void options_read(const command *chosen, int argument_count, char **arguments, options *out);

/* fail()s when no file was named. */
void options_need_files(const options *given);

#endif
