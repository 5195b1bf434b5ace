/* Key drivers: what nps drivers found, for its table, its JSON, the picture and the page. */
#ifndef DRIVERS_H
#define DRIVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/drivers.h>
#include <nps/segments.h>

#include "options.h"
#include "result.h"

#define DRIVERS_FIRST 3 /* how many to begin with */

/* All rows, or those of a segment. */
typedef struct driver_group {
    size_t segment; /* its index; of all rows: RESULT_TOTAL */
    result told;    /* score and interval of the rows that took part */
    nps_drivers_rows rows;
    int32_t faults[RATINGS_MOST]; /* NPS_DRIVER_* of each rating */
    bool has_fit;                 /* false: too few rows, or ratings that determine each other */
    nps_drivers_fit fit;          /* NaN without; constant ratings take no part */
    nps_driver drivers[RATINGS_MOST];
    nps_driver_weight weights[RATINGS_MOST];
    double shapley[RATINGS_MOST]; /* NaN: more ratings than the library takes */
    nps_driver_priority priorities[RATINGS_MOST];
    double *ahead;                          /* [count^2]: see nps_drivers_priorities */
    size_t order[RATINGS_MOST];             /* ratings by priority; those without one last */
    size_t ranked;                          /* how many have one */
    bool has_contrasts;                     /* penalty and reward, which were asked for and could be had */
    nps_driver contrasts[2 * RATINGS_MOST]; /* penalty of rating j: 2 j, reward: 2 j + 1 */
} driver_group;

typedef struct driver_report {
    const options *given;
    const char *const *names; /* of the ratings, `count` */
    size_t count;
    double lowest[RATINGS_MOST], highest[RATINGS_MOST];    /* the ends of their scales */
    uint64_t missing[RATINGS_MOST], invalid[RATINGS_MOST]; /* cells, of rows with an answer */
    uint64_t answers_missing, answers_invalid;
    nps_segments *segments; /* states by the columns of --by; NULL without */
    driver_group total;
    driver_group *groups; /* in the order of the keys */
    size_t group_count;
} driver_report;

/* Reads all files and computes; for nps report too. */
void drivers_find(const options *given, driver_report *out);
void drivers_free(driver_report *freed);

void drivers_table(const driver_report *printed);
void drivers_json(const driver_report *printed);
void drivers_json_lines(const driver_report *printed);

/* What to say below the table, a sentence a call of `say`: where to begin, and how sure that is. */
void drivers_say(const driver_report *of, const driver_group *about, void (*say)(void *user, const char *sentence),
                 void *user);

#endif
