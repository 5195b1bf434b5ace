#include <nps/themes.h>

#include <string.h>

#include <nps/status.h>

#include "segments_internal.h"
#include "struct_internal.h"

int nps_themes_new(const nps_segments_options *options, nps_segments **out)
{
    static const char *const names[2] = {"theme", "themes"};
    nps_segments_options known;
    nps_segments *made;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_struct_read(options, &known, sizeof known);
    if (status != NPS_OK) return status;
    if (known.dimensions < 0 || known.dimensions > NPS_MAX_DIMENSIONS - 2 || known.state > NPS_STATE_WEIGHTED)
        return NPS_ERR_ARGUMENT;
    known.struct_size = sizeof known;
    known.dimensions += 2;
    status = nps_segments_new(&known, &made);
    for (int i = 0; status == NPS_OK && i < 2; i++) {
        status = nps_segments_set_name(made, known.dimensions - 2 + i, names[i], strlen(names[i]));
        if (status != NPS_OK) nps_segments_free(made);
    }
    if (status == NPS_OK) *out = made;
    return status;
}

/* Different themes of one answer. */
typedef struct theme_list {
    nps_key themes[NPS_MAX_THEMES];
    size_t count;
} theme_list;

static int take_theme(theme_list *to, const nps_key *theme)
{
    if ((theme->type != NPS_KEY_BYTES && theme->type != NPS_KEY_INTEGER) || npsi_key_check(theme, 1, 0) != NPS_OK)
        return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < to->count; i++)
        if (npsi_key_compare(&to->themes[i], theme, 1) == 0) return NPS_OK;
    if (to->count == NPS_MAX_THEMES) return NPS_ERR_LIMIT;
    to->themes[to->count++] = *theme;
    return NPS_OK;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int take_text(theme_list *to, const char *text, size_t length, const char *separator, size_t separator_length)
{
    if ((text == NULL && length > 0) || separator == NULL || separator_length == 0) return NPS_ERR_ARGUMENT;
    int status = NPS_OK;
    for (size_t begin = 0, end = 0; status == NPS_OK && begin < length; begin = end + separator_length) {
        size_t last;
        for (end = begin; end < length; end++)
            if (length - end >= separator_length && memcmp(text + end, separator, separator_length) == 0) break;
        for (last = end; last > begin && is_blank(text[last - 1]);) last--;
        while (begin < last && is_blank(text[begin])) begin++;
        const nps_key theme = {.type = NPS_KEY_BYTES, .bytes = text + begin, .length = last - begin};
        if (theme.length > 0) status = take_theme(to, &theme);
        if (length - end < separator_length) break;
    }
    return status;
}

static int change_one(nps_segments *segments, const nps_key *key, int32_t answer, double weight, int sign)
{
    if (segments->state == NPS_STATE_WEIGHTED)
        return sign > 0 ? nps_segments_add_weighted(segments, key, answer, weight)
                        : nps_segments_remove_weighted(segments, key, answer, weight);
    return sign > 0 ? nps_segments_add(segments, key, answer, 1) : nps_segments_remove(segments, key, answer, 1);
}

/* An answer in each of its segments, or in none: what was done before a failure is undone, exactly. */
static int change(nps_segments *segments, const nps_key *key, const theme_list *list, int32_t answer, double weight,
                  int sign)
{
    nps_key whole[NPS_MAX_DIMENSIONS];
    size_t before = segments->store.count, times = list->count > 0 ? list->count : 1, done;
    int32_t others = segments->dimensions - 2;
    int status = NPS_OK;
    if (segments->state == NPS_STATE_TALLY && weight != 1) return NPS_ERR_RANGE;
    if (others > 0) memcpy(whole, key, (size_t)others * sizeof *whole);
    whole[others + 1] = (nps_key){.type = NPS_KEY_INTEGER, .integer = (int64_t)list->count};
    for (done = 0; done < times; done++) {
        whole[others] = list->count > 0 ? list->themes[done] : (nps_key){.type = NPS_KEY_NULL};
        status = change_one(segments, whole, answer, weight, sign);
        if (status != NPS_OK) break;
    }
    while (status != NPS_OK && done-- > 0) {
        whole[others] = list->themes[done];
        (void)change_one(segments, whole, answer, weight, -sign);
    }
    if (status != NPS_OK) npsi_segments_truncate(segments, before);
    return status;
}

static int check(const nps_segments *segments, const nps_key *key)
{
    if (segments == NULL) return NPS_ERR_ARGUMENT;
    if (segments->dimensions < 2 || (segments->state != NPS_STATE_TALLY && segments->state != NPS_STATE_WEIGHTED))
        return NPS_ERR_TYPE;
    return key == NULL && segments->dimensions > 2 ? NPS_ERR_ARGUMENT : NPS_OK;
}

static int change_themes(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count,
                         int32_t answer, double weight, int sign)
{
    theme_list list = {.count = 0};
    int status = check(segments, key);
    if (status == NPS_OK && themes == NULL && count > 0) status = NPS_ERR_ARGUMENT;
    for (size_t i = 0; status == NPS_OK && i < count; i++) status = take_theme(&list, &themes[i]);
    return status == NPS_OK ? change(segments, key, &list, answer, weight, sign) : status;
}

static int change_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                       const char *separator, size_t separator_length, int32_t answer, double weight, int sign)
{
    theme_list list = {.count = 0};
    int status = check(segments, key);
    if (status == NPS_OK) status = take_text(&list, text, length, separator, separator_length);
    return status == NPS_OK ? change(segments, key, &list, answer, weight, sign) : status;
}

int nps_themes_add(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count, int32_t answer,
                   double weight)
{
    return change_themes(segments, key, themes, count, answer, weight, 1);
}

int nps_themes_remove(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count, int32_t answer,
                      double weight)
{
    return change_themes(segments, key, themes, count, answer, weight, -1);
}

int nps_themes_add_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                        const char *separator, size_t separator_length, int32_t answer, double weight)
{
    return change_text(segments, key, text, length, separator, separator_length, answer, weight, 1);
}

int nps_themes_remove_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                           const char *separator, size_t separator_length, int32_t answer, double weight)
{
    return change_text(segments, key, text, length, separator, separator_length, answer, weight, -1);
}
