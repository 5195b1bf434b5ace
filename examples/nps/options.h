/* The command line. One table of options serves parsing, help, and the subcommands that take them. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/scale.h>
#include <nps/segments.h>

#define FILTERS_MOST 16
#define COUNTS_MOST  2
#define RATINGS_MOST 64

enum output_format {
    FORMAT_TABLE,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_CSV,
    FORMAT_MARKDOWN,
    FORMAT_DEFAULT,
    FORMAT_PAGE
};

/* --where COLUMN=VALUE or COLUMN!=VALUE */
typedef struct filter {
    const char *column, *value;
    bool equal;
} filter;

typedef struct class_counts {
    uint64_t promoters, passives, detractors;
} class_counts;

enum alert_side { ALERT_BELOW, ALERT_ABOVE, ALERT_EITHER };

typedef struct options {
    const char *command;
    uint32_t chosen; /* its bit */
    char **files;
    size_t file_count;
    const char *row_option; /* the first option given that concerns rows, for messages */

    const char *score, *weight, *missing;
    const char *by[NPS_MAX_DIMENSIONS];
    int32_t by_count;
    const char *strata, *cluster, *fpc; /* of a survey design, NULL where not given */
    int32_t lonely;
    filter filters[FILTERS_MOST];
    size_t filter_count;
    nps_scale scale;
    uint32_t parse_flags;
    char delimiter;
    const char *rejects;

    int32_t method;  /* of the interval, the difference or the paired change: what the command is about */
    bool has_method; /* for the commands that take all of them otherwise */
    double level;
    enum output_format format;
    const char *chart; /* a file of a picture, NULL: none */
    double max_invalid, fail_under;
    bool has_fail_under;

    uint64_t min_n, fold; /* 0: none is hidden, or folded */
    bool cube;
    uint64_t top, bottom; /* 0: not asked for; both 0: all, in the order of their keys */
    const char *account;
    uint64_t invited;        /* 0: not given */
    bool invited_rows;       /* each row is an invitation */
    const char *invitations; /* a file */

    class_counts counts[COUNTS_MOST];
    size_t counts_count;
    uint32_t kind;
    bool mixed;
    const char *output;

    int32_t adjust;
    bool pairwise, has_benchmark;
    double benchmark;
    const char *benchmarks; /* a file */
    double equivalence;     /* 0: not asked for */
    const char *before, *after;
    enum alert_side alert;
    bool has_alert;

    const char *time, *time_format; /* a column; how its cells are written, NULL: see times.h */
    int32_t every;                  /* NPS_CALENDAR_*; -1: not given */
    int32_t utc_offset;             /* seconds */
    uint64_t rolling, baseline;     /* periods; 0: not given */
    const char *from, *to;          /* labels of periods */
    const char *rules, *against;    /* files */
    const char *respondent;
    const char *as_of, *since; /* times */
    bool movers, at_risk;
    uint64_t fall; /* 0: not given */
    const char *title;

    const char *drivers[RATINGS_MOST]; /* columns of ratings */
    size_t driver_count;
    const char *levels;                   /* words that ratings are given in, lowest first; NULL: numbers */
    const char *rating_missing;           /* tokens */
    double rating_lowest, rating_highest; /* the ends of the ratings' scale; equal: not given */
    int32_t explains;                     /* NPS_DRIVERS_* */
    double low, high;                     /* of penalty and reward; NaN: not asked for */
    bool robust;
    const char *themes, *separator;
    const char *outcome, *outcome_missing, *yes, *no;                    /* a column; tokens */
    double revenue_before, revenue_kept, revenue_earned, revenue_bought; /* NaN: not given */

    uint64_t best;
    const char *targets;           /* a file */
    double total, lowest, highest; /* 0: not given */
    const char *column;            /* of the weights written */

    double margin, detect;                          /* 0: not asked for */
    uint64_t size;                                  /* 0: not given */
    double power, population, ratio, design_effect; /* 0: not given */
    double promoter_share, detractor_share;         /* NaN: not given */
} options;

/* A bit for each subcommand. */
#define FOR_SCORE    1u
#define FOR_TALLY    2u
#define FOR_MERGE    4u
#define FOR_COMPARE  8u
#define FOR_PAIRS    16u
#define FOR_PLAN     32u
#define FOR_WATCH    64u
#define FOR_AUDIT    128u
#define FOR_RANK     256u
#define FOR_WEIGHTS  512u
#define FOR_TREND    1024u
#define FOR_EXPLAIN  2048u
#define FOR_PANEL    4096u
#define FOR_PAGE     8192u /* nps report */
#define FOR_DRIVERS  16384u
#define FOR_THEMES   32768u
#define FOR_OUTCOMES 65536u

typedef struct command {
    const char *name, *arguments, *purpose;
    uint32_t bit;
    int (*run)(const options *given);
} command;

/* Reads the arguments after the subcommand's name. fail()s on what is not understood; prints the help and exits when
 * asked for it. */
void options_read(const command *chosen, int argument_count, char **arguments, options *out);

/* Whether the rows are those of a survey design. */
bool options_have_design(const options *given);

/* fail()s when no file was named. */
void options_need_files(const options *given);

/* fail()s where standard input is named twice, among the files and `other` (NULL: none). */
void options_check_inputs(const options *given, const char *other);

#endif
