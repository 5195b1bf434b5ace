/* What is told of a total or a segment: all of it from the library. NaN where it is undefined. */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/sample.h>

#include "options.h"
#include "state.h"

typedef struct result {
    nps_tally counts;
    bool is_weighted;
    bool suppressed; /* hidden: no score, and counts that say nothing */
    bool has_score;  /* there is an answer, with a weight above 0 */
    int32_t rounded;
    double mean, score, lower, upper, standard_error;
    double promoter_share, passive_share, detractor_share;
    double weight, effective_size, design_effect; /* of weighted results */
    bool is_design;
    double df; /* of a survey design, as the next three */
    uint64_t strata, units, lonely;
    double lowest_share, highest_share; /* of the lowest and the highest answer of the scale */

    bool tells_invited, knows_invited; /* whether the options ask for it, and whether it is known here */
    uint64_t invited;
    double response_rate, worst_case, best_case;

    bool tells_accounts;
    uint64_t accounts;
    double account_score, account_error, account_lower, account_upper;
} result;

#define RESULT_TOTAL SIZE_MAX /* stands for the index of a segment */

/* What every estimate starts from; weighted NULL: plain counts. False where there is nothing to estimate. */
bool result_sample(const nps_tally *tally, const nps_weighted *weighted, nps_sample *sample);

/* weighted NULL: a plain result. The interval is by the method of the options where they choose one of intervals, else
 * by the default one. */
void result_from(const nps_tally *tally, const nps_weighted *weighted, const options *given, result *out);

/* The same from a state, or one of its segments; of a survey design at the level of the options. */
bool result_total_sample(const state *of, const options *given, nps_sample *sample);
bool result_segment_sample(const state *of, size_t index, const options *given, nps_sample *sample);

/* Of the whole state, and of one of its segments. */
void result_total(const state *of, const options *given, result *out);
void result_segment(const state *of, size_t index, const options *given, result *out);

#endif
