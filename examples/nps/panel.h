/* What nps panel found, and how it is told. */
#ifndef PANEL_H
#define PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/calendar.h>
#include <nps/panel.h>

#include "grid.h"
#include "options.h"
#include "pairs.h"
#include "result.h"

typedef struct people {
    nps_panel_person *list;
    size_t count, all; /* listed, and in the list: the first `count` are told */
} people;

/* The latest answers as of one time. */
typedef struct panel_point {
    char label[NPS_CALENDAR_LABEL_SIZE]; /* of its period, with --every */
    nps_panel_window window;
    result of;
    size_t at_risk;
} panel_point;

typedef struct panel_report {
    const options *given;
    nps_panel *panel;
    nps_panel_window window;     /* of --since and --as-of */
    nps_tally rows;              /* all rows that were read */
    uint64_t nameless, timeless; /* answers without a respondent; others without a time */
    uint64_t repeated;           /* others that add nothing: their respondent has an answer of that time */
    int64_t first, last;         /* times of the panel's answers, where it has any */
    result latest;               /* the latest answer of each respondent in the window */
    panel_point *points;         /* in the order of time: with --every each period's end; else, with --before, that; and
                                    the end of the window */
    size_t point_count;
    bool has_pairs; /* --before was given: */
    int64_t before; /* what counts as before is up to then */
    change pairs;   /* from then to the window's end */
    people movers;  /* of these, in another class */
    people at_risk; /* as of the window's end */
} panel_report;

/* Reads the rows of all files; finds what the options ask for: the people at risk always, the movers with --before;
 * and the points. */
void panel_collect(const options *given, panel_report *out);
void panel_find(const options *given, panel_report *out);
void panel_find_points(panel_report *of);
void panel_free(panel_report *freed);

bool panel_has_answers(const panel_report *of);
/* How many are at risk by their latest answers in a window; list NULL: only counted. */
size_t panel_find_risks(const panel_report *of, const nps_panel_window *window, people *list);

const char *panel_class(const panel_report *of, int32_t answer); /* "detractor" */

/* A table of people, for people; and what there is to say, a sentence each. */
void panel_grid(const panel_report *of, const people *list, grid *to);
void panel_say_latest(const panel_report *of, text *to); /* the score of the window */
void panel_say_at_risk(const panel_report *of, text *to);

void panel_print(const panel_report *told);
void panel_csv(const panel_report *told);
void panel_json(const panel_report *told);
void panel_json_lines(const panel_report *told);

#endif
