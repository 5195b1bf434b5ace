/* What somebody can find out who sees the shown segments of a container, and knows how they add up. */
#ifndef TEST_SEGMENTS_ATTACK_H
#define TEST_SEGMENTS_ATTACK_H

#include <nps/segments.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "segments_model.h"
#include "wide_internal.h"

/* Row s of `below` has a 1 for each leaf that segment s sums up; the last row is the total. Leaves are the segments of
 * the finest level. Only what stands in `hidden` as NPS_SHOWN has a number that the attack may look at. */
typedef struct attack {
    size_t count, leaves;
    uint32_t *all;
    uint64_t *responses;
    size_t *leaf;
    uint8_t *below, *hidden;
} attack;

/* Counts of what went wrong. */
typedef struct leaks {
    size_t equations; /* hidden segments that follow from the equations */
    size_t bounds;    /* that follow from them together with no number being negative */
    size_t lines;     /* lines whose hidden segments have fewer responses than `least` */
} leaks;

static inline void *take(size_t count, size_t size)
{
    void *bytes = calloc(count + 1, size);
    if (bytes == NULL) exit(EXIT_FAILURE);
    return bytes;
}

static inline void read_key(const nps_segments *segments, size_t index, nps_key *key)
{
    for (int32_t d = 0; d < nps_segments_dimensions(segments); d++)
        ck_status(nps_segments_key(segments, index, d, key + d), NPS_OK);
}

static inline int key_covers(const nps_segments *segments, size_t index, const nps_key *leaf)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    read_key(segments, index, key);
    for (int32_t d = 0; d < nps_segments_dimensions(segments); d++)
        if (key[d].type != NPS_KEY_ALL && model_compare_part(key + d, leaf + d) != 0) return 0;
    return 1;
}

static inline attack attack_begin(const nps_segments *segments, const uint8_t *hidden)
{
    size_t count = nps_segments_count(segments);
    attack made = {.count = count, .all = take(count, sizeof *made.all), .responses = take(count, sizeof(uint64_t))};
    uint32_t finest = UINT32_MAX;
    made.leaf = take(count, sizeof *made.leaf);
    made.hidden = take(count, 1);
    memcpy(made.hidden, hidden, count);
    for (size_t i = 0; i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally tally;
        read_key(segments, i, key);
        for (int32_t d = 0; d < nps_segments_dimensions(segments); d++)
            made.all[i] |= (uint32_t)(key[d].type == NPS_KEY_ALL) << d;
        ck_status(nps_segments_tally(segments, i, &tally), NPS_OK);
        made.responses[i] = nps_tally_responses(&tally);
        finest &= made.all[i];
    }
    for (size_t i = 0; i < count; i++)
        if (made.all[i] == finest) made.leaf[made.leaves++] = i;
    made.below = take((count + 1) * made.leaves, 1);
    for (size_t leaf = 0; leaf < made.leaves; leaf++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        read_key(segments, made.leaf[leaf], key);
        for (size_t i = 0; i < count; i++) made.below[i * made.leaves + leaf] = (uint8_t)key_covers(segments, i, key);
        made.below[count * made.leaves + leaf] = 1;
        made.responses[count] += made.responses[made.leaf[leaf]];
    }
    made.all[count] = (1u << nps_segments_dimensions(segments)) - 1;
    return made;
}

static inline void attack_end(attack *made)
{
    free(made->all);
    free(made->responses);
    free(made->leaf);
    free(made->below);
    free(made->hidden);
}

/* Numbers modulo the prime 2^61 - 1. A hidden segment that does not follow from the equations over the rationals can
 * seem to only if the prime divides a minor of a matrix of zeros and ones; one that does follow always does here. */
#define PRIME ((UINT64_C(1) << 61) - 1)

static inline uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t high, low = npsi_multiply(a, b, &high);
    uint64_t sum = (low & PRIME) + (low >> 61 | high << 3);
    sum = (sum & PRIME) + (sum >> 61);
    return sum >= PRIME ? sum - PRIME : sum;
}

static inline uint64_t inverse(uint64_t a)
{
    uint64_t result = 1;
    for (uint64_t power = PRIME - 2; power > 0; power >>= 1, a = times(a, a))
        if (power & 1) result = times(result, a);
    return result;
}

/* The unknown leaves in one row of `below`. */
static inline void read_row(const attack *of, size_t row, uint64_t *out)
{
    for (size_t leaf = 0; leaf < of->leaves; leaf++)
        out[leaf] = of->hidden[of->leaf[leaf]] != NPS_SHOWN && of->below[row * of->leaves + leaf];
}

/* Takes multiples of the rows of a basis, each of which begins with a 1 in a column of its own, from a row. */
static inline void reduce(const uint64_t *basis, const size_t *pivot, size_t rank, uint64_t *row, size_t width)
{
    for (size_t i = 0; i < rank; i++) {
        uint64_t factor = row[pivot[i]];
        for (size_t j = 0; factor != 0 && j < width; j++) {
            uint64_t taken = times(factor, basis[i * width + j]);
            row[j] = row[j] >= taken ? row[j] - taken : row[j] + PRIME - taken;
        }
    }
}

static inline size_t first_nonzero(const uint64_t *row, size_t width)
{
    size_t at = 0;
    while (at < width && row[at] == 0) at++;
    return at;
}

/* Hidden segments that are a sum, with any factors, of what is shown. */
static inline size_t attack_equations(const attack *of)
{
    size_t width = of->leaves, rank = 0, found = 0;
    uint64_t *basis = take(width * width, sizeof *basis), *row = take(width, sizeof *row);
    size_t *pivot = take(width, sizeof *pivot);
    for (size_t i = 0; i <= of->count; i++) {
        if (of->hidden[i] != NPS_SHOWN) continue;
        read_row(of, i, row);
        reduce(basis, pivot, rank, row, width);
        size_t at = first_nonzero(row, width);
        if (at == width) continue;
        uint64_t factor = inverse(row[at]);
        for (size_t j = 0; j < width; j++) basis[rank * width + j] = times(factor, row[j]);
        pivot[rank++] = at;
    }
    for (size_t i = 0; i < of->count; i++) {
        if (of->hidden[i] == NPS_SHOWN) continue;
        read_row(of, i, row);
        reduce(basis, pivot, rank, row, width);
        found += first_nonzero(row, width) == width;
    }
    free(basis);
    free(row);
    free(pivot);
    return found;
}

/* One equation: no leaf is more than what the others leave at least, nor less than what they leave at most. */
static inline int tighten(const attack *of, size_t row, uint64_t *low, uint64_t *high)
{
    uint64_t left = of->responses[row], sum_low = 0, sum_high = 0;
    int changed = 0;
    for (size_t leaf = 0; leaf < of->leaves; leaf++) {
        if (!of->below[row * of->leaves + leaf]) continue;
        sum_low += low[leaf];
        sum_high += high[leaf];
    }
    for (size_t leaf = 0; leaf < of->leaves; leaf++) {
        if (!of->below[row * of->leaves + leaf]) continue;
        uint64_t most = left - (sum_low - low[leaf]), others = sum_high - high[leaf];
        uint64_t least = left > others ? left - others : 0;
        if (most >= high[leaf] && least <= low[leaf]) continue;
        sum_low -= low[leaf];
        sum_high -= high[leaf];
        if (most < high[leaf]) high[leaf] = most;
        if (least > low[leaf]) low[leaf] = least;
        sum_low += low[leaf];
        sum_high += high[leaf];
        changed = 1;
    }
    return changed;
}

/* Hidden segments that bounds close in on (Buzzigoli and Giusti 1999, the "shuttle"). All equations hold in the data,
 * so no bound passes what is true. */
static inline size_t attack_bounds(const attack *of)
{
    uint64_t *low = take(of->leaves, sizeof *low), *high = take(of->leaves, sizeof *high);
    size_t found = 0;
    for (size_t leaf = 0; leaf < of->leaves; leaf++) {
        int known = of->hidden[of->leaf[leaf]] == NPS_SHOWN;
        low[leaf] = known ? of->responses[of->leaf[leaf]] : 0;
        high[leaf] = known ? low[leaf] : of->responses[of->count];
    }
    int changed = 1;
    while (changed) {
        changed = 0;
        for (size_t row = 0; row <= of->count; row++)
            if (of->hidden[row] == NPS_SHOWN) changed |= tighten(of, row, low, high);
    }
    for (size_t i = 0; i < of->count; i++) {
        int open = 0;
        for (size_t leaf = 0; leaf < of->leaves; leaf++)
            open |= of->below[i * of->leaves + leaf] && low[leaf] < high[leaf];
        found += of->hidden[i] != NPS_SHOWN && !open;
    }
    free(low);
    free(high);
    return found;
}

/* Whether segment s is a part of what row p sums up. */
static inline int is_part(const attack *of, size_t s, size_t p)
{
    for (size_t leaf = 0; leaf < of->leaves; leaf++)
        if (of->below[s * of->leaves + leaf] && !of->below[p * of->leaves + leaf]) return 0;
    return 1;
}

/* Lines: what is shown or the total, and its parts on any level below. */
static inline size_t attack_lines(const attack *of, uint64_t least)
{
    size_t found = 0;
    for (size_t p = 0; p <= of->count; p++) {
        if (of->hidden[p] != NPS_SHOWN) continue;
        for (uint32_t level = 0; level < 1u << NPS_MAX_DIMENSIONS; level++) {
            uint64_t sum = 0;
            int any = 0;
            if (level == of->all[p] || (level & ~of->all[p]) != 0) continue;
            for (size_t i = 0; i < of->count; i++) {
                if (of->all[i] != level || of->hidden[i] == NPS_SHOWN || !is_part(of, i, p)) continue;
                sum += of->responses[i];
                any = 1;
            }
            found += any && sum < least;
        }
    }
    return found;
}

static inline leaks attack_all(const nps_segments *segments, const uint8_t *hidden, uint64_t least)
{
    attack of = attack_begin(segments, hidden);
    leaks found = {0, 0, 0};
    if (of.responses[of.count] < least) {
        for (size_t i = 0; i < of.count; i++) found.equations += hidden[i] == NPS_SHOWN;
    } else {
        found = (leaks){attack_equations(&of), attack_bounds(&of), attack_lines(&of, least)};
    }
    attack_end(&of);
    return found;
}

#endif
