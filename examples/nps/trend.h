/* The score by period, and whether it moves: all of it filled in before anything is printed or drawn. */
#ifndef TREND_H
#define TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/calendar.h>
#include <nps/compare.h>
#include <nps/monitor.h>
#include <nps/trend.h>

#include "grid.h"
#include "options.h"
#include "result.h"
#include "state.h"
#include "text.h"

typedef struct period {
    char label[NPS_CALENDAR_LABEL_SIZE], start[NPS_CALENDAR_LABEL_SIZE]; /* 2018-Q1; 2018-01-01 */
    result told;
    bool has_rolling; /* --rolling was given, and as many periods end here */
    result rolling;
    nps_monitored control; /* where the series has control limits */
} period;

/* Over the periods with answers; NaN where fewer than two have any. */
typedef struct trend_tests {
    size_t waves; /* so many */
    nps_test linear, mann_kendall;
    nps_slope slope;   /* points a period */
    double p_adjusted; /* that of `linear` by Holm, over all groups */
} trend_tests;

/* Periods without gaps. */
typedef struct series {
    size_t count;
    period *periods;
    bool has_control; /* there are answers in the baseline */
    double centre;    /* of the control limits: the score of the baseline */
    trend_tests tests;
} series;

typedef struct trend_group {
    size_t first, end; /* its segments: that without a time first, if there is one */
    uint64_t untimed;
    result told; /* of the answers with a time */
    trend_tests tests;
} trend_group;

typedef struct trend {
    const options *given;
    const state *of;         /* its last dimension is the period */
    state keys;              /* the same without that dimension, for names: not to be freed */
    nps_segments *by_period; /* over all groups */
    int64_t first;           /* period */
    size_t count;            /* of periods; 0: no answer has a time */
    result total;            /* of all answers, with and without a time */
    result untimed;
    series all;
    trend_group *groups; /* with --by, in the order of their keys; their series by trend_group_series */
    size_t group_count;
} trend;

/* From a state that collect() made with --every: puts it into order. fail()s where the periods are too many. */
void trend_start(trend *started, const options *given, state *counted);
void trend_free(trend *freed);

/* The periods of one group, the same as those of all; to be freed. */
void trend_group_series(const trend *of, size_t group, series *out);
void series_free(series *freed);

/* The last period with answers; false where there is none. */
bool series_last(const series *of, size_t *index);

/* The last run of waves that the CUSUM tells from the baseline: where it began and the last one that it tells, and -1
 * where they lie below, 1 above, 0: there is none. */
int32_t series_signal(const series *of, size_t *since, size_t *until);

/* The tables for people: the periods, and the groups. */
void trend_grid(const trend *of, grid *to);
void trend_group_grid(const trend *of, grid *to);

/* What came of it, a sentence each, appended without an end; nothing where there is nothing to tell. `between`: what
 * stands between the bounds of an interval. */
void trend_say_moves(const trend *of, const char *between, text *to);
void trend_say_since(const trend *of, text *to);  /* the CUSUM */
void trend_say_limits(const trend *of, text *to); /* which periods are outside of the control limits */
void trend_say_groups(const trend *of, text *to);

void trend_table(const trend *printed); /* and Markdown */
void trend_sentences(const trend *printed);
void trend_csv(const trend *printed);
void trend_json(const trend *printed);
void trend_json_lines(const trend *printed);

/* For people: a slope and its interval, with as many decimals as it takes to tell them from 0 and from each other. */
void trend_slope_words(const nps_slope *of, char *estimate, char *lower, char *upper);

#endif
