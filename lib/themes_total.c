/* Which segments hold the answers that are asked for, and these answers, each once. */
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "themes_internal.h"

nps_key npsi_themes_theme(const npsi_themes *of, size_t item)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(of->segments, of->items[item].index, key);
    return key[of->segments->dimensions - 2];
}

size_t npsi_themes_number(const npsi_themes *of, size_t item)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(of->segments, of->items[item].index, key);
    return (size_t)key[of->segments->dimensions - 1].integer;
}

void npsi_themes_state(const npsi_themes *of, size_t item, nps_weighted *out)
{
    const nps_segments *segments = of->segments;
    if (nps_segments_weighted(segments, of->items[item].index, out) == NPS_OK) return;
    nps_tally tally;
    (void)nps_segments_tally(segments, of->items[item].index, &tally);
    (void)nps_weighted_init(out, &tally.scale);
    out->kind = tally.kind;
    out->missing = tally.missing;
    out->invalid = tally.invalid;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) out->level[i] = out->weight[i][1] = out->square[i][2] = tally.level[i];
}

static int comes_before(const void *context, uint32_t a, uint32_t b)
{
    const nps_segments *segments = context;
    nps_key first[NPS_MAX_DIMENSIONS], second[NPS_MAX_DIMENSIONS];
    npsi_segments_read_key(segments, a, first);
    npsi_segments_read_key(segments, b, second);
    return npsi_key_compare(first + segments->dimensions - 2, second + segments->dimensions - 2, 2) < 0;
}

/* Whether a segment is one of themes, under the parts of the key: where a part may be any, the margin, if there is one
 * in the container. NPS_ERR_TYPE: themes were folded. */
static int matches(const nps_segments *segments, size_t index, const nps_key *key, const int *has_margin, int *is_one)
{
    nps_key parts[NPS_MAX_DIMENSIONS];
    int32_t others = segments->dimensions - 2;
    npsi_segments_read_key(segments, index, parts);
    *is_one = 0;
    for (int32_t d = 0; d < others; d++) {
        if (key == NULL || key[d].type == NPS_KEY_ALL) {
            if (has_margin[d] && parts[d].type != NPS_KEY_ALL) return NPS_OK;
        } else if (npsi_key_compare(&parts[d], &key[d], 1) != 0) {
            return NPS_OK;
        }
    }
    const nps_key *theme = &parts[others], *number = &parts[others + 1];
    if (theme->type == NPS_KEY_ALL || number->type == NPS_KEY_ALL) return NPS_OK;
    if (theme->type == NPS_KEY_OTHER || number->type == NPS_KEY_OTHER) return NPS_ERR_TYPE;
    if (number->type != NPS_KEY_INTEGER || number->integer < 0 || number->integer > NPS_MAX_THEMES ||
        (number->integer == 0) != (theme->type == NPS_KEY_NULL))
        return NPS_ERR_FORMAT;
    *is_one = 1;
    return NPS_OK;
}

static int find(npsi_themes *to, const nps_key *key)
{
    const nps_segments *segments = to->segments;
    int has_margin[NPS_MAX_DIMENSIONS] = {0}, status = NPS_OK;
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key parts[NPS_MAX_DIMENSIONS];
        npsi_segments_read_key(segments, i, parts);
        for (int32_t d = 0; d < segments->dimensions; d++) has_margin[d] |= parts[d].type == NPS_KEY_ALL;
    }
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++) {
        int is_one;
        status = matches(segments, i, key, has_margin, &is_one);
        if (status == NPS_OK && is_one) to->items[to->count++] = (npsi_ranked){0, (uint32_t)i};
    }
    if (status == NPS_OK && to->count == 0) status = NPS_ERR_NOT_FOUND;
    return status;
}

int npsi_themes_open(const nps_segments *segments, const nps_key *key, npsi_themes *out)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    if (segments->dimensions < 2 || (segments->state != NPS_STATE_TALLY && segments->state != NPS_STATE_WEIGHTED))
        return NPS_ERR_TYPE;
    if (key != NULL && npsi_key_check(key, segments->dimensions - 2, 1) != NPS_OK) return NPS_ERR_ARGUMENT;
    *out = (npsi_themes){.segments = segments, .room = segments->store.count};
    if (out->room == 0) return NPS_ERR_NOT_FOUND;
    out->block = out->items = npsi_resize(&segments->allocator, NULL, 0, 2 * out->room, sizeof *out->items);
    if (out->items == NULL) return NPS_ERR_MEMORY;
    int status = find(out, key);
    if (status == NPS_OK)
        out->items = npsi_sort(out->items, out->count, comes_before, segments);
    else
        npsi_themes_close(out);
    return status;
}

void npsi_themes_close(npsi_themes *closed)
{
    npsi_resize(&closed->segments->allocator, closed->block, 2 * closed->room, 0, sizeof *closed->block);
}

/* number /= divisor, which must leave nothing. */
static int divide(uint64_t *number, size_t words, uint64_t divisor)
{
    uint64_t rest = 0;
    for (size_t i = words; i-- > 0;) {
        uint64_t high = rest << 32 | number[i] >> 32, low;
        low = (high % divisor) << 32 | (number[i] & 0xffffffffu);
        number[i] = (high / divisor) << 32 | low / divisor;
        rest = low % divisor;
    }
    return rest == 0 ? NPS_OK : NPS_ERR_FORMAT;
}

/* Answers that were counted once for each of their themes, once. */
static int divide_state(nps_weighted *state, uint64_t themes)
{
    int status =
        divide(&state->missing, 1, themes) | divide(&state->invalid, 1, themes) | divide(&state->zero, 1, themes);
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        status |= divide(&state->level[i], 1, themes) | divide(state->weight[i], 2, themes) |
                  divide(state->square[i], 4, themes);
    return status == NPS_OK ? NPS_OK : NPS_ERR_FORMAT;
}

int npsi_themes_total(const npsi_themes *of, nps_weighted *out)
{
    const nps_allocator *allocator = &of->segments->allocator;
    const size_t most = NPS_MAX_THEMES + 1;
    nps_weighted *by_number = npsi_resize(allocator, NULL, 0, most, sizeof *by_number), state;
    if (by_number == NULL) return NPS_ERR_MEMORY;
    int status = NPS_OK;
    for (size_t m = 0; m < most; m++) {
        (void)nps_weighted_init(&by_number[m], &of->segments->scale);
        by_number[m].kind = of->segments->kind;
    }
    for (size_t i = 0; status == NPS_OK && i < of->count; i++) {
        npsi_themes_state(of, i, &state);
        status = nps_weighted_merge(&by_number[npsi_themes_number(of, i)], &state);
    }
    for (size_t m = 1; status == NPS_OK && m < most; m++) {
        status = divide_state(&by_number[m], m);
        if (status == NPS_OK) status = nps_weighted_merge(&by_number[0], &by_number[m]);
    }
    if (status == NPS_OK) *out = by_number[0];
    npsi_resize(allocator, by_number, most, 0, sizeof *by_number);
    return status;
}

int nps_themes_weighted(const nps_segments *segments, const nps_key *key, nps_weighted *out)
{
    npsi_themes themes;
    if (out == NULL) return NPS_ERR_ARGUMENT;
    if (segments != NULL && segments->state == NPS_STATE_TALLY) return NPS_ERR_TYPE;
    int status = npsi_themes_open(segments, key, &themes);
    if (status != NPS_OK) return status;
    status = npsi_themes_total(&themes, out);
    npsi_themes_close(&themes);
    return status;
}

int nps_themes_tally(const nps_segments *segments, const nps_key *key, nps_tally *out)
{
    npsi_themes themes;
    nps_weighted total;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_themes_open(segments, key, &themes);
    if (status != NPS_OK) return status;
    status = npsi_themes_total(&themes, &total);
    npsi_themes_close(&themes);
    return status == NPS_OK ? nps_weighted_tally(&total, out) : status;
}
