/* What a comparison comes to, in a sentence for whoever reads nothing else. It never says another thing than the
 * interval and p that it names. */
#ifndef COMPARE_WORDS_H
#define COMPARE_WORDS_H

#include "comparison.h"
#include "text.h"

/* A difference and its bounds with as many decimals as it takes: no bound and no difference is shown as 0, and no bound
 * on the other side of a margin, that is not there. */
typedef struct figures {
    char estimate[32], lower[32], upper[32]; /* with their signs; n/a or empty where undefined */
    char size[32];                           /* of the difference, without a sign */
} figures;

/* decimals: at least so many; margin: 0 where there is none. */
void words_figures(const nps_difference *told, int decimals, double margin, figures *out);

/* "above", "below", "unclear" */
const char *words_verdict(enum verdict verdict);

/* Each appends a sentence, without an end. Names are ready to be printed. */
void words_two(text *to, const comparison *of, int decimals);
void words_equivalence(text *to, const comparison *of);
void words_segment(text *to, const comparison *of, const contrast *told, const char *name, const char *other);
void words_omnibus(text *to, const comparison *of, size_t told_apart);
void words_benchmark(text *to, const comparison *of, const contrast *told, const result *score, const char *name);
void words_standing(text *to, const comparison *of);

#endif
