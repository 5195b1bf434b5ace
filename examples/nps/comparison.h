/* What is compared, and what came of it: all numbers from the library. */
#ifndef COMPARISON_H
#define COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include <nps/compare.h>

#include "benchmarks.h"
#include "options.h"
#include "result.h"
#include "state.h"

enum comparison_kind {
    COMPARE_TWO,       /* samples, from and to */
    COMPARE_REST,      /* each segment with all others together */
    COMPARE_PAIRS,     /* each segment with each other */
    COMPARE_BENCHMARK, /* the total, and each segment, with a number of points */
    COMPARE_LIST       /* the total with a list of them */
};

/* One difference, after less before. Of a benchmark: what a score is above it. What is undefined is NaN. */
typedef struct contrast {
    size_t from, to; /* segments, or the benchmark in its list */
    nps_difference told;
    double p_adjusted;
} contrast;

/* A rank among benchmarks and the score itself, 1 the highest; best and worst where those that cannot be told apart
 * from it are all below, and all above. 0 where there is no score. */
typedef struct standing {
    size_t rank, of, best, worst;
} standing;

typedef struct comparison {
    const options *given;
    enum comparison_kind kind;
    bool counts_only;
    state *sides[2]; /* the second one of COMPARE_TWO only */
    const char *names[2];
    result results[2];
    size_t segments;
    contrast overall; /* of two samples, or of the total and a benchmark */
    contrast *contrasts;
    size_t count;
    nps_equivalence equivalence;
    contrast at_equivalence; /* with the interval that tells whether two are the same to within a margin */
    nps_test omnibus;
    size_t answered; /* segments with answers */
    benchmark_list list;
    standing stands;
} comparison;

/* Fill in what the kind wants. fail() where the method is not for such samples. */
void compare_two(comparison *of);
void compare_segments(comparison *of);
void compare_benchmark(comparison *of);
void compare_list(comparison *of);

/* The sample of all that is not of this segment; the total as state_total gives it. False where there is nothing. */
bool compare_rest(const state *of, const nps_tally *total, const nps_weighted *total_weighted, size_t index,
                  nps_sample *sample);

enum verdict {
    VERDICT_NONE, /* there is no difference to judge */
    VERDICT_UNCLEAR,
    VERDICT_ABOVE,
    VERDICT_BELOW,
    VERDICT_TOO_FEW /* the interval leaves out 0, but on the other side of it than the difference is */
};

/* Of a difference at a level, p adjusted; never another than what the interval shows. */
enum verdict verdict_of(const contrast *judged, double level);

/* Whether a difference is told apart from 0 by itself, but not once p was adjusted. */
bool verdict_is_lost(const contrast *judged, double level);

#endif
