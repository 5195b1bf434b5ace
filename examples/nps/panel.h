/* What nps panel found, and how it is told. */
#ifndef PANEL_H
#define PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/panel.h>

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

/* Fills what the options ask for, but for the rows; the lists whether they are asked for or not. */
void panel_find(const options *given, nps_panel *panel, panel_report *out);
void panel_free(panel_report *freed);

/* "detractor, no longer a promoter, fell by 6" */
void panel_say_risks(const panel_report *of, const nps_panel_person *who, text *to);

void panel_print(const panel_report *told);
void panel_json(const panel_report *told);
void panel_json_lines(const panel_report *told);

#endif
