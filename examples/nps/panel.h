/* What nps panel found, and how it is told. */
#ifndef PANEL_H
#define PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/panel.h>

#include "grid.h"
#include "options.h"
#include "pairs.h"
#include "result.h"

typedef struct people {
    nps_panel_person *list;
    size_t count;
} people;

typedef struct panel_report {
    const options *given;
    nps_panel *panel;
    nps_panel_window window;     /* of --since and --as-of */
    nps_tally rows;              /* all rows that were read */
    uint64_t nameless, timeless; /* answers without a respondent; others without a time */
    result latest;               /* the latest answer of each respondent in the window */
    bool has_pairs;              /* --before was given: */
    int64_t before;              /* what counts as before is up to then */
    change pairs;                /* from then to the window's end */
    people movers;               /* of these, in another class */
    people at_risk;              /* as of the window's end */
} panel_report;

/* Reads the rows of all files, and finds what the options ask for: the people at risk always, the movers with --before.
 */
void panel_collect(const options *given, panel_report *out);
void panel_find(const options *given, panel_report *out);
void panel_free(panel_report *freed);

/* "detractor, no longer a promoter, fell by 6" */
void panel_say_risks(const panel_report *of, const nps_panel_person *who, text *to);

/* A table of people; and what there is to say, a sentence each. */
void panel_grid(const panel_report *of, const people *list, grid *to);
void panel_say_latest(const panel_report *of, text *to);
void panel_say_at_risk(const panel_report *of, text *to);

void panel_print(const panel_report *told);
void panel_json(const panel_report *told);
void panel_json_lines(const panel_report *told);

#endif
