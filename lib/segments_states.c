/* What a segment holds: plain counts, a weighted state, outcomes, or drivers. */
#include <string.h>

#include <nps/outcomes.h>
#include <nps/status.h>

#include "column_internal.h"
#include "segments_internal.h"
#include "wide_internal.h"

#define MOST_ANSWERS ((uint64_t)INT64_MAX)

_Static_assert(offsetof(nps_tally, reserved) - offsetof(nps_tally, level) == NPSI_CODES * sizeof(uint64_t),
               "the counts of a tally lie in the order of codes");

size_t npsi_state_bytes(const nps_segments *segments)
{
    switch (segments->state) {
    case NPS_STATE_TALLY:
        return NPSI_CODES * sizeof(uint64_t);
    case NPS_STATE_WEIGHTED:
        return sizeof(nps_weighted);
    case NPS_STATE_OUTCOMES:
        return sizeof(nps_outcomes);
    case NPS_STATE_DRIVERS:
        return npsi_drivers_state_bytes(&segments->drivers);
    default:
        return 0;
    }
}

int npsi_state_is_exact(const nps_segments *segments)
{
    return segments->state <= NPS_STATE_WEIGHTED;
}

void npsi_state_init(const nps_segments *segments, void *state)
{
    if (segments->state == NPS_STATE_WEIGHTED)
        (void)nps_weighted_init(state, &segments->scale);
    else if (segments->state == NPS_STATE_OUTCOMES)
        (void)nps_outcomes_init(state, &segments->scale);
    else
        memset(state, 0, segments->state_bytes);
}

void npsi_state_tally(const nps_segments *segments, const void *state, nps_tally *out)
{
    switch (segments->state) {
    case NPS_STATE_TALLY:
        (void)nps_tally_init(out, &segments->scale);
        memcpy((unsigned char *)out + offsetof(nps_tally, level), state, segments->state_bytes);
        break;
    case NPS_STATE_WEIGHTED:
        (void)nps_weighted_tally(state, out);
        break;
    case NPS_STATE_OUTCOMES:
        (void)nps_outcomes_tally(state, out);
        break;
    default:
        npsi_drivers_state_tally(&segments->drivers, state, out);
    }
    out->kind = segments->kind;
}

uint64_t npsi_state_total(const nps_segments *segments, const void *state)
{
    nps_tally tally;
    if (segments->state == NPS_STATE_DRIVERS) return npsi_drivers_state_rows(state);
    npsi_state_tally(segments, state, &tally);
    return nps_tally_total(&tally);
}

int npsi_state_is_empty(const nps_segments *segments, const void *state)
{
    return npsi_state_total(segments, state) == 0;
}

static uint64_t total(const uint64_t *counts)
{
    uint64_t sum = 0;
    for (int code = 0; code < NPSI_CODES; code++) sum += counts[code];
    return sum;
}

/* The sum of the weights, rounded up to a whole number. */
static uint64_t total_weight(const nps_weighted *weighted)
{
    uint64_t sum[2] = {0, 0};
    for (int i = 0; i < NPS_MAX_LEVELS; i++) npsi_wide_add(sum, weighted->weight[i], 2);
    return sum[1] == UINT64_MAX ? UINT64_MAX : sum[1] + (sum[0] != 0);
}

static void raise_ceiling(nps_segments *segments, const void *state)
{
    npsi_ceiling *ceiling = &segments->ceiling;
    uint64_t answers = 0, weight = 0;
    if (segments->state == NPS_STATE_TALLY) {
        answers = total(state);
    } else {
        nps_tally tally;
        npsi_state_tally(segments, state, &tally);
        answers = nps_tally_total(&tally);
        weight = total_weight(state);
    }
    if (answers > ceiling->answers) ceiling->answers = answers;
    if (weight > ceiling->weight) ceiling->weight = weight;
}

static int merge_counts(uint64_t *into, const uint64_t *from)
{
    if (total(from) > MOST_ANSWERS - total(into)) return NPS_ERR_OVERFLOW;
    for (int code = 0; code < NPSI_CODES; code++) into[code] += from[code];
    return NPS_OK;
}

static int subtract_counts(uint64_t *from, const uint64_t *taken)
{
    for (int code = 0; code < NPSI_CODES; code++)
        if (from[code] < taken[code]) return NPS_ERR_UNDERFLOW;
    for (int code = 0; code < NPSI_CODES; code++) from[code] -= taken[code];
    return NPS_OK;
}

int npsi_state_merge(nps_segments *segments, void *into, const void *from)
{
    if (segments->state == NPS_STATE_DRIVERS) return npsi_drivers_state_merge(&segments->drivers, into, from);
    if (segments->state == NPS_STATE_OUTCOMES) return nps_outcomes_merge(into, from);
    int status = segments->state == NPS_STATE_TALLY ? merge_counts(into, from) : nps_weighted_merge(into, from);
    if (status == NPS_OK) raise_ceiling(segments, into);
    return status;
}

int npsi_state_subtract(const nps_segments *segments, void *from, const void *taken)
{
    if (segments->state == NPS_STATE_DRIVERS) return npsi_drivers_state_subtract(&segments->drivers, from, taken);
    if (segments->state == NPS_STATE_OUTCOMES) return nps_outcomes_subtract(from, taken);
    return segments->state == NPS_STATE_TALLY ? subtract_counts(from, taken) : nps_weighted_subtract(from, taken);
}
