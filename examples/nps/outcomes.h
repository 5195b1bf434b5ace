/* Outcomes: what nps outcomes found, for its table, its JSON, the picture and the page. */
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/outcomes.h>
#include <nps/segments.h>

#include "grid.h"
#include "options.h"
#include "result.h"
#include "speaker.h"
#include "state.h"

#define OUTCOME_CLASSES 3 /* detractors, passives, promoters */

/* All answers, or those of a segment. An estimate of nobody has n 0 and NaN. */
typedef struct outcome_group {
    size_t segment; /* its index; of all answers: RESULT_TOTAL */
    result told;
    nps_outcomes sums;
    nps_outcome_estimate all, classes[OUTCOME_CLASSES], answers[NPS_MAX_LEVELS]; /* by answer, lowest first */
    uint64_t zero;                      /* with an outcome and weight 0: no part of these */
    nps_outcome_difference difference;  /* promoters less detractors */
    nps_correlation_result correlation; /* of answer and outcome */
} outcome_group;

typedef struct outcome_report {
    const options *given;
    bool is_rate;           /* all outcomes are 0 or 1 */
    uint64_t invalid;       /* cells of the outcome, of rows with an answer; they are missing too */
    nps_segments *segments; /* states by the columns of --by; NULL without */
    state answers;          /* all answers, by the same columns */
    outcome_group total;
    outcome_group *groups; /* in the order of the keys */
    size_t group_count;
    nps_correlation_result between; /* of the groups' scores with their mean outcomes; n 0 without */
} outcome_report;

/* fail()s on options that do not go together, and where there is no outcome. */
void outcomes_check(const options *given);

/* Reads all files and computes; for nps report too. */
void outcomes_find(const options *given, outcome_report *out);
void outcomes_free(outcome_report *freed);

/* Numbers as people are told them: rates in percent, means with as many digits as their standard error supports. */
typedef struct outcome_figures {
    char estimate[40], lower[40], upper[40]; /* "n/a", or empty, where undefined */
    char deviation[40];                      /* of a mean: between people */
} outcome_figures;
int outcomes_decimals(const outcome_report *of);
void outcomes_estimate_words(const outcome_report *of, const nps_outcome_estimate *told, outcome_figures *out);
/* With signs, and of rates in points. */
void outcomes_difference_words(const outcome_report *of, const nps_outcome_difference *told, outcome_figures *out);
void outcomes_correlation_words(const nps_correlation_result *told, outcome_figures *out);

/* By class, with what sets them apart, and by answer, for people. */
void outcomes_grid(const outcome_report *of, grid *to);
void outcomes_answer_grid(const outcome_report *of, grid *to);

void outcomes_table(const outcome_report *printed); /* and Markdown */
void outcomes_csv(const outcome_report *printed);
void outcomes_json(const outcome_report *printed);
void outcomes_json_lines(const outcome_report *printed);

/* What to say below the table, a sentence a call of `say`; and of all answers how many rows it is. */
void outcomes_say(const outcome_report *of, const outcome_group *about, say_function *say, void *user);
/* Of promoters from detractors, appended; nothing where there is none. */
void outcomes_say_difference(const outcome_report *of, const outcome_group *about, text *to);
void outcomes_say_rows(const outcome_report *of, say_function *say, void *user);

/* Earned growth, from the figures of the options alone. */
bool outcomes_ask_growth(const options *given);
void outcomes_growth(const options *given);

#endif
