/* Pictures of results, for --chart and for documents that hold them. They take pango and cairo: where these were absent
 * when the command was built, chart_is_built is false, --chart is refused, and nothing here that draws is called. */
#ifndef CHART_H
#define CHART_H

#include <stdbool.h>

#include "drivers.h"
#include "explain.h"
#include "outcomes.h"
#include "rank.h"
#include "report.h"
#include "text.h"
#include "themes.h"
#include "trend.h"

enum chart_format { CHART_SVG, CHART_PNG, CHART_PDF };

/* Where a picture goes: into a file of the format that its name ends in, or as an SVG element that is appended to a
 * document. The ids in it begin with the prefix, which is another one for each picture of a document. */
typedef struct chart_target {
    const char *path; /* NULL: the next two */
    text *svg;
    const char *prefix;
} chart_target;

extern const bool chart_is_built;

/* The format of a file by the end of its name; false where it is not known. */
bool chart_format_of(const char *path, enum chart_format *format);

/* fail()s where the value of --chart cannot be drawn. */
void chart_check(const char *path);

/* Each draws one picture. fail()s where it cannot be written. */
void chart_score(const report *drawn, chart_target to);
void chart_rank(const leaderboard *drawn, chart_target to);
void chart_trend(const trend *drawn, chart_target to); /* of all groups together */
void chart_explain(const explained *drawn, chart_target to);
void chart_drivers(const driver_report *drawn, chart_target to); /* importance, and the map of it and performance */
void chart_themes(const theme_report *drawn, chart_target to);   /* of all answers together */
void chart_outcomes(const outcome_report *drawn, chart_target to);

#endif
