/* Segments in the order of their scores. */
#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_internal.h"
#include "wide_internal.h"

/* What a segment is placed by. Tallies are compared as exact fractions, weighted states by their score as a double. */
typedef struct standing {
    uint64_t responses;
    uint64_t distance; /* promoters and detractors apart */
    double points;
    int negative; /* more detractors */
    int is_ranked;
} standing;

static void read_standing(const nps_segments *segments, size_t index, uint64_t least, standing *out)
{
    nps_tally tally;
    npsi_state_tally(segments, npsi_segments_at(segments, index), &tally);
    uint64_t promoters = nps_tally_promoters(&tally), detractors = nps_tally_detractors(&tally);
    *out = (standing){.responses = nps_tally_responses(&tally)};
    int scored = out->responses > 0;
    if (segments->state == NPS_STATE_WEIGHTED) {
        scored = nps_weighted_score(npsi_segments_at(segments, index), &out->points) == NPS_OK;
    } else {
        out->negative = detractors > promoters;
        out->distance = out->negative ? detractors - promoters : promoters - detractors;
    }
    out->is_ranked = scored && out->responses >= least;
}

/* Negative, 0 or positive as the score of a is below, at or above that of b. Points are 0 for tallies, and distances
 * for weighted states. */
static int compare_scores(const standing *a, const standing *b)
{
    if (a->points != b->points) return a->points < b->points ? -1 : 1;
    if (a->negative != b->negative) return a->negative ? -1 : 1;
    uint64_t left[2], right[2];
    left[0] = npsi_multiply(a->distance, b->responses, left + 1);
    right[0] = npsi_multiply(b->distance, a->responses, right + 1);
    int order = npsi_wide_compare(left, right, 2);
    return a->negative ? -order : order;
}

static int scores_before(const void *context, uint32_t a, uint32_t b)
{
    const standing *first = (const standing *)context + a, *second = (const standing *)context + b;
    if (!first->is_ranked) return 0;
    int order = compare_scores(first, second);
    return order != 0 ? order > 0 : first->responses > second->responses;
}

/* Fills order[count] from the segments by key, with room for sorting and their standings; returns how many are ranked.
 */
static size_t rank_all(const nps_segments *segments, uint64_t least, const uint32_t *by_key, npsi_ranked *items,
                       standing *standings, size_t *order)
{
    size_t count = segments->store.count, ranked = 0;
    for (size_t i = 0; i < count; i++) {
        read_standing(segments, i, least, standings + i);
        ranked += (size_t)standings[i].is_ranked;
    }
    for (size_t i = 0; i < count; i++) items[i] = (npsi_ranked){!standings[by_key[i]].is_ranked, by_key[i]};
    const npsi_ranked *sorted = npsi_sort(items, count, scores_before, standings);
    for (size_t i = 0; i < count; i++) order[i] = sorted[i].index;
    return ranked;
}

int nps_segments_by_score(const nps_segments *segments, uint64_t least, size_t *order, size_t *ranked)
{
    if (segments == NULL || order == NULL || ranked == NULL) return NPS_ERR_ARGUMENT;
    const nps_allocator *allocator = &segments->allocator;
    size_t count = segments->store.count;
    uint32_t *by_key;
    int status = npsi_segments_order(segments, &by_key);
    if (status != NPS_OK) return status;
    npsi_ranked *items = npsi_resize(allocator, NULL, 0, 2 * count, sizeof *items);
    standing *standings = npsi_resize(allocator, NULL, 0, count, sizeof *standings);
    if (count > 0 && (items == NULL || standings == NULL)) status = NPS_ERR_MEMORY;
    if (status == NPS_OK) *ranked = rank_all(segments, least, by_key, items, standings, order);
    npsi_resize(allocator, standings, count, 0, sizeof *standings);
    npsi_resize(allocator, items, 2 * count, 0, sizeof *items);
    npsi_resize(allocator, by_key, count, 0, sizeof *by_key);
    return status;
}
