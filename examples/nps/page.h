/* nps report: one page with all that there is to tell. What it is made of, each found before anything is written. */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "chart.h"
#include "drivers.h"
#include "explain.h"
#include "options.h"
#include "outcomes.h"
#include "panel.h"
#include "rank.h"
#include "report.h"
#include "state.h"
#include "text.h"
#include "themes.h"
#include "trend.h"

/* What there is by one column of --by. */
typedef struct page_column {
    state segments;
    leaderboard board;
    state by_period; /* by the column, then by the period, where there are periods */
    trend moves;     /* of that */
    state waves[2];  /* two periods, where the page has a change */
    explained change;
} page_column;

typedef struct page {
    options given; /* as they came, but for the format */
    state all;     /* by the columns of --by, then by the period */
    state total;
    report score; /* of the total */
    page_column *columns;
    int32_t by; /* so many */
    bool has_periods, has_change, has_people;
    state by_period;      /* the period alone */
    trend moves;          /* of that */
    const char *waves[2]; /* the last two periods with answers */
    panel_report people;
    options whole; /* as given, but for the columns of --by: what follows is of all rows */
    bool has_drivers, has_themes, has_outcomes;
    driver_report drivers;
    theme_report themes;
    outcome_report outcomes;
    text body;
    unsigned pictures; /* so far */
} page;

/* A picture that is to be drawn into the page: where to. */
chart_target page_picture(page *to);

/* What is to be looked at first in these, an item each: into a list. Returns how many. */
size_t page_look_at_reasons(page *to, text *list);

/* The sections, in their order; each writes nothing where there is nothing to tell. */
void page_head(page *to);
void page_look(page *to);
void page_answers(page *to);
void page_trend(page *to);
void page_change(page *to);
void page_segments(page *to);
void page_reasons(page *to);
void page_people(page *to);
void page_method(page *to);

#endif
