/* Outcomes: what nps outcomes found, for its table, its JSON, the picture and the page. */
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/outcomes.h>
#include <nps/segments.h>

#include "options.h"
#include "result.h"

/* All answers, or those of a segment. An estimate of nobody has n 0 and NaN. */
typedef struct outcome_group {
    size_t segment; /* its index; of all answers: RESULT_TOTAL */
    result told;
    nps_outcomes sums;
    nps_outcome_estimate all, classes[3], answers[NPS_MAX_LEVELS]; /* detractors, passives, promoters; by answer */
    nps_outcome_difference difference;                             /* promoters less detractors */
    nps_correlation_result correlation;                            /* of answer and outcome */
} outcome_group;

typedef struct outcome_report {
    const options *given;
    bool is_rate;           /* all outcomes are 0 or 1 */
    uint64_t invalid;       /* cells of the outcome */
    nps_segments *segments; /* states by the columns of --by; NULL without */
    outcome_group total;
    outcome_group *groups; /* in the order of the keys */
    size_t group_count;
    nps_correlation_result between; /* of the groups' scores with their mean outcomes; n 0 without */
} outcome_report;

/* Reads all files and computes; for nps report too. */
void outcomes_find(const options *given, outcome_report *out);
void outcomes_free(outcome_report *freed);

void outcomes_table(const outcome_report *printed);
void outcomes_json(const outcome_report *printed);
void outcomes_json_lines(const outcome_report *printed);

/* What to say below the table, a sentence a call of `say`. */
void outcomes_say(const outcome_report *of, const outcome_group *about, void (*say)(void *user, const char *sentence),
                  void *user);

#endif
