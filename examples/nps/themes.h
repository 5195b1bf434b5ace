/* Reasons: what nps themes found, for its table, its JSON, the picture and the page. */
#ifndef THEMES_H
#define THEMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/segments.h>
#include <nps/themes.h>

#include "grid.h"
#include "options.h"
#include "result.h"
#include "speaker.h"
#include "state.h"

/* All answers, or those of a segment. */
typedef struct theme_group {
    size_t segment;    /* the first of it in `counted`; of all answers: RESULT_TOTAL */
    nps_segments *own; /* its part of `counted`, which holds the names of its themes; of all answers NULL */
    result told;
    nps_theme *themes; /* lowest contribution first; among them the answers without a theme */
    int64_t *shown;    /* the contributions in tenths of a point, rounded so that they add up to the score */
    size_t count;
} theme_group;

typedef struct theme_report {
    const options *given;
    nps_segments *counted; /* sorted; see themes.h of the library */
    state keys;            /* the same by the columns of --by alone: for names, not for counts */
    theme_group total;
    theme_group *groups; /* in the order of the keys */
    size_t group_count;
} theme_report;

/* fail()s on options that do not go together, and where there are no themes. */
void themes_check(const options *given);

/* Reads all files and computes; for nps report too. */
void themes_find(const options *given, theme_report *out);
void themes_free(theme_report *freed);

bool theme_is_none(const nps_theme *of);
/* Whether those who mention it are told apart from the others, as p tells it. */
bool theme_is_apart(const options *given, const nps_theme *of);

/* The themes of a group, for people. */
void themes_grid(const theme_report *of, const theme_group *group, grid *to);

void themes_table(const theme_report *printed); /* and Markdown */
void themes_csv(const theme_report *printed);
void themes_json(const theme_report *printed);
void themes_json_lines(const theme_report *printed);

/* What to say below the table, a sentence a call of `say`; and of how many rows it is. */
void themes_say(const theme_report *of, const theme_group *about, say_function *say, void *user);
/* Of the theme that takes most off the score, where that is more than chance: appended. */
void themes_say_cost(const theme_report *of, const theme_group *about, text *to);
void themes_say_rows(const theme_report *of, const theme_group *about, say_function *say, void *user);

#endif
