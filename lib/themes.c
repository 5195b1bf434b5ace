/* Answers by theme: adding, taking back, and each answer counted once again. */
#include <nps/themes.h>

#include <string.h>

#include <nps/status.h>

#include "struct_internal.h"
#include "themes_internal.h"

int nps_themes_new(const nps_segments_options *options, nps_segments **out)
{
    nps_segments_options known;
    nps_segments *made;
    int status = npsi_struct_read(options, &known, sizeof known);
    if (status != NPS_OK || out == NULL || known.state < 0 || known.state > NPS_STATE_WEIGHTED) return NPS_ERR_ARGUMENT;
    if (known.dimensions < 0 || known.dimensions > NPS_MAX_DIMENSIONS - 2) return NPS_ERR_ARGUMENT;
    known.struct_size = sizeof known;
    known.dimensions += 2;
    status = nps_segments_new(&known, &made);
    if (status != NPS_OK) return status;
    status = nps_segments_set_name(made, known.dimensions - 2, "theme", 5);
    if (status == NPS_OK) status = nps_segments_set_name(made, known.dimensions - 1, "themes", 6);
    if (status == NPS_OK)
        *out = made;
    else
        nps_segments_free(made);
    return status;
}

/* The different themes of an answer. */
typedef struct mentions {
    size_t count;
    nps_key theme[NPS_MAX_THEMES];
} mentions;

static int mention(mentions *all, const nps_key *theme)
{
    int is_bytes = theme->type == NPS_KEY_BYTES;
    if (!is_bytes && theme->type != NPS_KEY_INTEGER) return NPS_ERR_ARGUMENT;
    if (is_bytes && theme->length == 0) return NPS_OK;
    if (is_bytes && theme->bytes == NULL) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < all->count; i++)
        if (npsi_key_compare(all->theme + i, theme, 1) == 0) return NPS_OK;
    if (all->count == NPS_MAX_THEMES) return NPS_ERR_LIMIT;
    all->theme[all->count++] = *theme;
    return NPS_OK;
}

static int check(const nps_segments *segments)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    return segments->dimensions < 2 || segments->state > NPS_STATE_WEIGHTED ? NPS_ERR_TYPE : NPS_OK;
}

static int state_of(const nps_segments *segments, int32_t answer, double weight, npsi_themes_state *out)
{
    memset(out, 0, sizeof *out);
    npsi_state_init(segments, out);
    if (segments->state == NPS_STATE_WEIGHTED) return nps_weighted_add(&out->weighted, answer, weight);
    out->counts[npsi_answer_code(&segments->scale, answer)] = 1;
    return weight == 1 ? NPS_OK : NPS_ERR_RANGE;
}

/* Adds one answer to a container, or takes it back, by way of one that holds nothing else: all its segments or none. */
static int change(nps_segments *segments, const nps_key *key, const mentions *all, int32_t answer, double weight,
                  int is_removal)
{
    nps_segments *one;
    npsi_themes_state state;
    nps_key full[NPS_MAX_DIMENSIONS], *theme = full + segments->dimensions - 2;
    if (key == NULL && theme > full) return NPS_ERR_ARGUMENT;
    int status = state_of(segments, answer, weight, &state);
    if (status == NPS_OK) status = npsi_segments_like(segments, &one);
    if (status != NPS_OK) return status;
    for (nps_key *part = full; part < theme; part++) *part = *key++;
    theme[0].type = NPS_KEY_NULL;
    theme[1].type = NPS_KEY_INTEGER;
    theme[1].integer = (int64_t)all->count;
    size_t i = 0;
    do {
        if (i < all->count) theme[0] = all->theme[i];
        status = npsi_key_check(full, segments->dimensions, 0);
        if (status == NPS_OK) status = npsi_segments_merge_state(one, full, &state);
    } while (status == NPS_OK && ++i < all->count);
    if (status == NPS_OK) status = is_removal ? npsi_segments_take(segments, one) : nps_segments_merge(segments, one);
    nps_segments_free(one);
    return status;
}

static int change_themes(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count,
                         int32_t answer, double weight, int is_removal)
{
    mentions all;
    all.count = 0;
    int status = check(segments);
    if (themes == NULL && count > 0) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; status == NPS_OK && i < count; i++) status = mention(&all, themes + i);
    return status == NPS_OK ? change(segments, key, &all, answer, weight, is_removal) : status;
}

int nps_themes_add(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count, int32_t answer,
                   double weight)
{
    return change_themes(segments, key, themes, count, answer, weight, 0);
}

int nps_themes_remove(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count, int32_t answer,
                      double weight)
{
    return change_themes(segments, key, themes, count, answer, weight, 1);
}

static int is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static int mention_text(mentions *all, const char *text, size_t length)
{
    for (; length > 0 && is_blank(*text); length--) text++;
    while (length > 0 && is_blank(text[length - 1])) length--;
    return mention(all, &(nps_key){.type = NPS_KEY_BYTES, .bytes = text, .length = length});
}

static int change_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                       const char *separator, size_t separator_length, int32_t answer, double weight, int is_removal)
{
    mentions all;
    all.count = 0;
    int status = check(segments);
    if ((text == NULL && length > 0) || separator == NULL || separator_length == 0) return NPS_ERR_ARGUMENT;
    size_t begin = 0, at = 0;
    while (status == NPS_OK && length - at >= separator_length) {
        if (memcmp(text + at, separator, separator_length) != 0) {
            at++;
            continue;
        }
        status = mention_text(&all, text + begin, at - begin);
        begin = at += separator_length;
    }
    if (status == NPS_OK && begin < length) status = mention_text(&all, text + begin, length - begin);
    return status == NPS_OK ? change(segments, key, &all, answer, weight, is_removal) : status;
}

int nps_themes_add_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                        const char *separator, size_t separator_length, int32_t answer, double weight)
{
    return change_text(segments, key, text, length, separator, separator_length, answer, weight, 0);
}

int nps_themes_remove_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                           const char *separator, size_t separator_length, int32_t answer, double weight)
{
    return change_text(segments, key, text, length, separator, separator_length, answer, weight, 1);
}

/* The dimensions in which segment i, whose key is read, is rolled up, a bit each; where it is not under the wanted key
 * UINT32_MAX. The theme's bits are the highest, so that the smallest set says how to read what is rolled up in several
 * ways. */
static uint32_t rolled_up(const nps_segments *segments, const nps_key *wanted, size_t i, nps_key *key)
{
    uint32_t rolled = 0;
    npsi_segments_read_key(segments, i, key);
    for (int32_t d = 0; d < segments->dimensions; d++) {
        int is_any = wanted == NULL || d >= segments->dimensions - 2 || wanted[d].type == NPS_KEY_ALL;
        if (!is_any && npsi_key_compare(wanted + d, key + d, 1) != 0) return UINT32_MAX;
        if (key[d].type == NPS_KEY_ALL) rolled |= UINT32_C(1) << d;
    }
    return rolled;
}

/* Whether the last two parts of a key can be a theme and how many there are. */
static int is_theme(const nps_key *theme, const nps_key *number)
{
    if (theme->type == NPS_KEY_ALL || number->type != NPS_KEY_INTEGER) return 0;
    if (number->integer < 0 || number->integer > NPS_MAX_THEMES) return 0;
    return theme->type == NPS_KEY_OTHER || (theme->type == NPS_KEY_NULL) == (number->integer == 0);
}

static int sum_up(const nps_segments *segments, const nps_key *wanted, uint32_t way, nps_segments *sums)
{
    int32_t first = segments->dimensions - 2;
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        const void *state = npsi_segments_at(segments, i);
        if (rolled_up(segments, wanted, i, key) != way) continue;
        if (!is_theme(key + first, key + first + 1)) return NPS_ERR_TYPE;
        if (npsi_state_is_empty(segments, state)) continue;
        for (int32_t d = 0; d < first; d++) key[d].type = NPS_KEY_ALL;
        int status = npsi_segments_merge_state(sums, key, state);
        key[first].type = NPS_KEY_ALL;
        if (status == NPS_OK) status = npsi_segments_merge_state(sums, key, state);
        if (status != NPS_OK) return status;
    }
    return nps_segments_sort(sums);
}

/* number /= divisor, below 2^32; returns what remains. */
static uint64_t divide(uint64_t *number, size_t words, uint64_t divisor)
{
    uint64_t rest = 0;
    for (size_t i = words; i-- > 0;) {
        uint64_t high = rest << 32 | number[i] >> 32, low = high % divisor << 32 | (number[i] & UINT32_MAX);
        number[i] = high / divisor << 32 | low / divisor;
        rest = low % divisor;
    }
    return rest;
}

/* A state in which each answer was counted `times` made one in which it is once. NPS_ERR_FORMAT. */
static int divide_state(const nps_segments *segments, npsi_themes_state *state, uint64_t times)
{
    uint64_t rest = 0;
    nps_weighted *weighted = &state->weighted;
    if (segments->state == NPS_STATE_TALLY) {
        for (int code = 0; code < NPSI_CODES; code++) rest |= divide(state->counts + code, 1, times);
        return rest == 0 ? NPS_OK : NPS_ERR_FORMAT;
    }
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        rest |= divide(weighted->level + i, 1, times) | divide(weighted->weight[i], 2, times) |
                divide(weighted->square[i], 4, times);
    }
    rest |=
        divide(&weighted->zero, 1, times) | divide(&weighted->missing, 1, times) | divide(&weighted->invalid, 1, times);
    return rest == 0 && nps_weighted_check(weighted) == NPS_OK ? NPS_OK : NPS_ERR_FORMAT;
}

/* Whether all who mention a theme, with the theme's key, are among those who mention as many. */
static int check_part_of(const nps_segments *sums, nps_key *key, const void *state)
{
    size_t whole;
    npsi_themes_state rest;
    nps_key *theme = key + sums->dimensions - 2;
    if (theme->type == NPS_KEY_OTHER) return NPS_OK;
    theme->type = NPS_KEY_ALL;
    if (nps_segments_find(sums, key, &whole) != NPS_OK) return NPS_ERR_FORMAT;
    memcpy(&rest, npsi_segments_at(sums, whole), sums->state_bytes);
    return npsi_state_subtract(sums, &rest, state) == NPS_OK ? NPS_OK : NPS_ERR_FORMAT;
}

static int count_once(npsi_themes_read *out)
{
    nps_segments *sums = out->sums;
    int32_t first = sums->dimensions - 2;
    int status = NPS_OK;
    npsi_state_init(sums, &out->all);
    for (size_t i = 0; status == NPS_OK && i < sums->store.count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        void *state = npsi_segments_at(sums, i);
        npsi_segments_read_key(sums, i, key);
        if (key[first].type == NPS_KEY_ALL) {
            int64_t themes = key[first + 1].integer;
            out->first = i + 1;
            status = divide_state(sums, state, themes == 0 ? 1 : (uint64_t)themes);
            if (status == NPS_OK) status = npsi_state_merge(sums, &out->all, state);
        } else {
            status = check_part_of(sums, key, state);
        }
    }
    return status;
}

int npsi_themes_read_key(const nps_segments *segments, const nps_key *key, npsi_themes_read *out)
{
    int status = check(segments);
    if (status == NPS_OK && key != NULL) status = npsi_key_check(key, segments->dimensions - 2, 1);
    if (status != NPS_OK) return status;
    uint32_t way = UINT32_MAX;
    int is_everything = 1;
    for (size_t i = 0; i < segments->store.count; i++) {
        nps_key found[NPS_MAX_DIMENSIONS];
        uint32_t rolled = rolled_up(segments, key, i, found);
        if (rolled < way) way = rolled;
    }
    for (int32_t d = 0; key != NULL && d < segments->dimensions - 2; d++) is_everything &= key[d].type == NPS_KEY_ALL;
    if (way == UINT32_MAX && !is_everything) return NPS_ERR_NOT_FOUND;
    memset(out, 0, sizeof *out);
    status = npsi_segments_like(segments, &out->sums);
    if (status != NPS_OK) return status;
    status = sum_up(segments, key, way, out->sums);
    if (status == NPS_OK) status = count_once(out);
    if (status != NPS_OK) nps_segments_free(out->sums);
    return status;
}

int nps_themes_tally(const nps_segments *segments, const nps_key *key, nps_tally *out)
{
    npsi_themes_read read;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_themes_read_key(segments, key, &read);
    if (status != NPS_OK) return status;
    npsi_state_tally(read.sums, &read.all, out);
    nps_segments_free(read.sums);
    return NPS_OK;
}

int nps_themes_weighted(const nps_segments *segments, const nps_key *key, nps_weighted *out)
{
    npsi_themes_read read;
    if (segments == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (segments->state != NPS_STATE_WEIGHTED) return NPS_ERR_TYPE;
    int status = npsi_themes_read_key(segments, key, &read);
    if (status != NPS_OK) return status;
    *out = read.all.weighted;
    out->kind = segments->kind;
    nps_segments_free(read.sums);
    return NPS_OK;
}
