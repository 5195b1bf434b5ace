/* Key drivers: what nps drivers found, for its table, its JSON, the picture and the page. */
#ifndef DRIVERS_H
#define DRIVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/drivers.h>

#include "grid.h"
#include "options.h"
#include "result.h"
#include "speaker.h"
#include "state.h"
#include "text.h"

#define DRIVERS_FIRST     3  /* how many to begin with */
#define CONTRASTS_MOST    32 /* ratings that --low and --high take, */
#define CONTRASTS_TRUSTED 8  /* and with --robust */

/* Why there is no fit. */
enum driver_trouble {
    DRIVERS_FINE,
    DRIVERS_NOBODY, /* no row takes part */
    DRIVERS_TOO_FEW,
    DRIVERS_CONSTANT_ANSWERS,
    DRIVERS_CONSTANT_RATINGS, /* all of them */
    DRIVERS_COLLINEAR,        /* those at fault determine one another */
    DRIVERS_INCONSISTENT      /* pairwise: correlations that no rows have */
};

/* All rows, or those of a segment. */
typedef struct driver_group {
    size_t segment; /* its index; of all rows: RESULT_TOTAL */
    result told;    /* score and interval of the rows that took part */
    nps_drivers_rows rows;
    enum driver_trouble trouble;
    bool has_fit;                    /* there is no trouble */
    nps_drivers_fit fit;             /* NaN without; constant ratings take no part */
    size_t used;                     /* how many do */
    int32_t *faults;                 /* NPS_DRIVER_* of each rating, as the next five */
    nps_driver *drivers;             /* without a fit NaN from `coefficient` on */
    nps_driver_weight *weights;      /* */
    double *shapley;                 /* NaN: more ratings than the library takes */
    nps_driver_priority *priorities; /* */
    uint64_t *missing;               /* rows that take part or could, but have not this rating */
    double *ahead;                   /* [count^2]: see nps_drivers_priorities */
    size_t *order;                   /* ratings by priority; those without one last */
    size_t ranked;                   /* how many have one */
    bool has_contrasts;              /* penalty and reward, which were asked for and could be had */
    enum driver_trouble contrast_trouble;
    int32_t *contrast_faults; /* as the next */
    nps_driver *contrasts;    /* penalty of rating j: 2 j, reward: 2 j + 1; NULL: not asked for */
} driver_group;

typedef struct driver_report {
    const options *given;
    const char *const *names; /* of the ratings, `count` */
    size_t count;
    double lowest[RATINGS_MOST], highest[RATINGS_MOST]; /* the ends of their scales */
    bool knows_ends;                                    /* false: no rating was read, and none was given */
    uint64_t invalid[RATINGS_MOST];                     /* cells of rows that were looked at; missing too */
    nps_tally answers;                                  /* of all rows */
    state taken; /* the rows that took part, by the columns of --by; the others as missing */
    driver_group total;
    driver_group *groups; /* in the order of the keys */
    size_t group_count;
} driver_report;

/* fail()s on options that do not go together, and where there are no ratings. */
void drivers_check(const options *given);

/* Reads all files and computes; for nps report too. */
void drivers_find(const options *given, driver_report *out);
void drivers_free(driver_report *freed);

/* Rows into states: by the columns of --by where there are any, else all in one. */
typedef struct driver_states {
    nps_drivers *all, *all_contrasts;   /* NULL with --by; contrasts NULL: not asked for */
    nps_segments *segments, *contrasts; /* NULL without --by */
    bool robust_contrasts;
} driver_states;
void drivers_read(driver_report *into, driver_states *out);

/* The levels of --levels: words, and which one a cell is, from 1; 0: none. */
typedef struct level_words {
    char *bytes;
    const char **words;
    size_t count;
} level_words;
void levels_start(level_words *started, const char *list);
size_t levels_find(const level_words *of, const char *bytes, size_t length);
void levels_free(level_words *freed);

/* What coefficients are told in: 100 for points of the score, else 1. */
double drivers_unit(const options *given);
/* Rows that the regression is of; pairwise the fewest. */
uint64_t drivers_size(const driver_report *of, const driver_group *about);
/* Whether the ratings are told apart from such that have nothing to do with the answer. */
bool drivers_have_order(const options *given, const driver_group *of);
/* Whether low ratings clearly cost something, and high ones earn nothing that is clear. */
bool drivers_is_hygiene(const driver_group *of, size_t rating);
/* How many decimals coefficients are told with. */
int drivers_decimals(const options *given, const nps_driver *columns, size_t count);
/* The relative weights of all rows, shares[count]: per mille of the variance, which add up to R^2 as it is shown; 0
 * where there is none. */
void drivers_shares(const driver_report *of, int64_t *shares);
/* "speed, price and range": those of the ratings that are marked. */
void drivers_say_names(const driver_report *of, const bool *marked, text *to);
/* Which ratings to begin with, and how sure that is; nothing of one rating. There has to be an order. */
void drivers_say_first(const driver_report *of, const driver_group *about, text *to);
/* Why there is no fit, or no penalty and reward; and what was left out of it. Nothing where there is nothing. */
void drivers_say_trouble(const driver_report *of, const driver_group *about, text *to);
void drivers_say_contrast_trouble(const driver_report *of, const driver_group *about, text *to);
void drivers_say_left_out(const driver_report *of, const driver_group *about, text *to);

/* The ratings, and their penalties and rewards where there are any, for people. */
void drivers_grid(const driver_report *of, grid *to);
void drivers_contrast_grid(const driver_report *of, grid *to);

void drivers_table(const driver_report *printed); /* and Markdown */
void drivers_csv(const driver_report *printed);
void drivers_json(const driver_report *printed);
void drivers_json_lines(const driver_report *printed);

/* What to say below the table, a sentence a call of `say`: where to begin, and how sure that is. And of how many rows
 * it is. */
void drivers_say(const driver_report *of, const driver_group *about, say_function *say, void *user);
void drivers_say_rows(const driver_report *of, const driver_group *about, say_function *say, void *user);

#endif
