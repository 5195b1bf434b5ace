/* Reasons: what nps themes found, for its table, its JSON, the picture and the page. */
#ifndef THEMES_H
#define THEMES_H

#include <stddef.h>

#include <nps/segments.h>
#include <nps/themes.h>

#include "options.h"
#include "result.h"

/* All answers, or those of a segment. */
typedef struct theme_group {
    nps_key key[NPS_MAX_DIMENSIONS]; /* of the columns of --by; of all answers NPS_KEY_ALL */
    result told;
    nps_theme *themes; /* lowest contribution first; among them the answers without a theme */
    size_t count;
} theme_group;

typedef struct theme_report {
    const options *given;
    nps_segments *counted; /* see themes.h of the library */
    theme_group total;
    theme_group *groups; /* in the order of the keys */
    size_t group_count;
} theme_report;

/* Reads all files and computes; for nps report too. */
void themes_find(const options *given, theme_report *out);
void themes_free(theme_report *freed);

void themes_table(const theme_report *printed);
void themes_json(const theme_report *printed);
void themes_json_lines(const theme_report *printed);

/* What to say below the table, a sentence a call of `say`. */
void themes_say(const theme_report *of, const theme_group *about, void (*say)(void *user, const char *sentence),
                void *user);

#endif
