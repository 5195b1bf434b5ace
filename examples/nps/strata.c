#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <nps/status.h>

#include "message.h"
#include "strata.h"

#define NAMES_MOST 3

typedef struct stratum {
    nps_key key;
    uint64_t units;
    double population; /* 0: not known */
} stratum;

/* A segment for each unit that has an answer; where each answer is a unit, for each stratum. */
void strata_start(state *of)
{
    nps_segments_options wanted = {
        .struct_size = sizeof wanted, .dimensions = 2, .scale = &of->scale, .seed = state_seed()};
    require(nps_segments_new(&wanted, &of->units), "strata");
}

void strata_add(state *of, const nps_key *key, const nps_key *unit, int32_t answer)
{
    const nps_key parts[2] = {*key, *unit};
    require(nps_segments_add(of->units, parts, answer, 1), "strata");
}

/* The stratum whose units begin at *at, which moves behind them. The units are in order. */
static bool next_stratum(const state *of, size_t *at, stratum *out)
{
    size_t count = of->units != NULL ? nps_segments_count(of->units) : 0;
    if (*at == count) return false;
    *out = (stratum){.units = 0};
    require(nps_segments_key(of->units, *at, 0, &out->key), "strata");
    for (; *at < count; ++*at) {
        nps_key key;
        nps_tally answers;
        require(nps_segments_key(of->units, *at, 0, &key), "strata");
        if (!state_same_part(&key, &out->key)) break;
        require(nps_segments_tally(of->units, *at, &answers), "strata");
        out->units += nps_design_clusters(of->design) ? 1 : nps_tally_responses(&answers);
    }
    (void)nps_design_population(of->design, &out->key, &out->population);
    return true;
}

static void sort(const state *of)
{
    if (of->units != NULL) require(nps_segments_sort(of->units), "strata");
}

static void append(text *to, const char *words)
{
    text_append(to, words, strlen(words));
}

/* "a", "b", "c" and 4 more; of so many in all. */
static void append_lonely(const state *of, uint64_t all, text *names)
{
    stratum read;
    uint64_t named = 0;
    for (size_t at = 0; named < NAMES_MOST && next_stratum(of, &at, &read);) {
        if (read.units != 1 || read.population == 1) continue;
        if (named++ > 0) append(names, named == all ? " and " : ", ");
        append(names, shown(read.key.bytes, read.key.length));
    }
    if (named == 0 || named == all) return;
    char more[40];
    snprintf(more, sizeof more, " and %" PRIu64 " more", all - named);
    append(names, more);
}

_Noreturn void strata_fail_lonely(const state *of, const nps_design_result *known)
{
    text who = {0};
    sort(of);
    append_lonely(of, known->lonely, &who);
    bool one = known->lonely == 1;
    if (who.length > 0) {
        fail(STATUS_FAILED,
             "%s %s %s one unit only, and nobody knows how much others would differ: put together strata that are "
             "alike, or choose with --lonely remove, certainty, adjust or average",
             one ? "stratum" : "strata", who.bytes, one ? "has" : "have");
    }
    if (known->strata == 1) {
        fail(STATUS_FAILED,
             "there is one unit only, and nobody knows how much others would differ: an interval takes two; "
             "--lonely remove tells the score without one");
    }
    fail(STATUS_FAILED,
         "%" PRIu64 " of %" PRIu64 " %s one unit only, and nobody knows how much others would differ: put together "
         "strata that are alike, or choose with --lonely remove, certainty, adjust or average",
         known->lonely, known->strata, one ? "strata has" : "strata have");
}

_Noreturn void strata_fail_crowded(const state *of)
{
    stratum read;
    sort(of);
    for (size_t at = 0; next_stratum(of, &at, &read);) {
        if (read.population == 0 || (double)read.units <= read.population) continue;
        fail(STATUS_FAILED,
             "stratum %s has %" PRIu64 " units in the sample, more than the %.15g that --fpc says there are",
             shown(read.key.bytes, read.key.length), read.units, read.population);
    }
    fail(STATUS_FAILED, "a stratum has more units in the sample than --fpc says there are in all");
}
