/* nps report: one page with all that there is to tell. What it is made of, each found before anything is written. */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "panel.h"
#include "rank.h"
#include "report.h"
#include "state.h"
#include "text.h"

typedef struct page {
    options given; /* as they came, but for a table's words */
    state all;     /* by the columns of --by, then by the period */
    int32_t by;    /* how many columns of --by there are */
    bool has_periods, has_people;
    state total;
    report score;                          /* of the total */
    state segments[NPS_MAX_DIMENSIONS];    /* by each column of --by alone */
    leaderboard boards[NPS_MAX_DIMENSIONS]; /* of these */
    panel_report people;
    text body;
    unsigned pictures; /* so far */
} page;

/* A picture that is to be drawn into the page: where to. */
chart_target page_picture(page *to);

/* The sections, in their order. */
void page_score(page *to);
void page_look(page *to);
void page_segments(page *to);
void page_people(page *to);
void page_method(page *to);

#endif
