/* Answers with themes, kept one by one: the oracle of the suites on themes. */
#ifndef TEST_THEMES_ANSWERS_H
#define TEST_THEMES_ANSWERS_H

#include <nps/themes.h>

#include "segments_model.h"

#define THEMES       7 /* how many there are to mention */
#define MOST_ANSWERS 200
#define MOST_LEADING 2 /* parts before the theme */

typedef struct answered {
    nps_key leading[MOST_LEADING];
    nps_key themes[6]; /* some of them twice */
    size_t count;
    int32_t answer;
    double weight;
} answered;

typedef struct answers {
    int32_t leading, state;
    size_t count;
    answered row[MOST_ANSWERS];
} answers;

/* In the order of their keys. */
static inline nps_key theme_key(size_t number)
{
    static const char long_name[300] = "z";
    const nps_key keys[THEMES] = {
        KEY_INTEGER(-3),
        KEY_INTEGER(40),
        KEY_BYTES("deliver", 7),
        KEY_BYTES("delivery", 8),
        KEY_BYTES("delivery\0 ", 10),
        KEY_BYTES("price", 5),
        KEY_BYTES(long_name, sizeof long_name),
    };
    return keys[number];
}

static inline answers random_answers(uint64_t *seed, int32_t leading, int32_t state, size_t count)
{
    answers made = {.leading = leading, .state = state, .count = count};
    for (size_t i = 0; i < count; i++) {
        answered *row = made.row + i;
        for (int d = 0; d < MOST_LEADING; d++)
            row->leading[d] =
                test_below(seed, 4) == 0 ? KEY_NULL : KEY_INTEGER((int64_t)test_below(seed, 2 + (size_t)d));
        row->count = (size_t)test_below(seed, 4) * (1 + test_below(seed, 8) / 7);
        for (size_t t = 0; t < row->count; t++) row->themes[t] = theme_key((size_t)test_below(seed, THEMES));
        row->answer = any_answer(seed);
        row->weight = state == NPS_STATE_TALLY ? 1 : any_weight(seed);
    }
    return made;
}

static inline int mentions_theme(const answered *row, const nps_key *theme)
{
    for (size_t t = 0; t < row->count; t++)
        if (model_compare_part(row->themes + t, theme) == 0) return 1;
    return theme->type == NPS_KEY_NULL && row->count == 0;
}

static inline int different_themes(const answered *row)
{
    int count = 0;
    for (size_t i = 0; i < THEMES; i++) {
        nps_key theme = theme_key(i);
        count += mentions_theme(row, &theme);
    }
    return count;
}

static inline int is_under(const answers *all, const answered *row, const nps_key *key)
{
    for (int32_t d = 0; key != NULL && d < all->leading; d++)
        if (key[d].type != NPS_KEY_ALL && model_compare_part(row->leading + d, key + d) != 0) return 0;
    return 1;
}

static inline nps_segments *new_themes(int32_t leading, int32_t state, const nps_allocator *allocator)
{
    nps_segments_options options = {sizeof options, .dimensions = leading, .state = state, .allocator = allocator};
    nps_segments *segments = NULL;
    ck_status(nps_themes_new(&options, &segments), NPS_OK);
    return segments;
}

static inline void add_answers(nps_segments *segments, const answers *all, size_t first, size_t end)
{
    for (const answered *row = all->row + first; row < all->row + end; row++)
        ck_status(nps_themes_add(segments, all->leading == 0 ? NULL : row->leading, row->themes, row->count,
                                 row->answer, row->weight),
                  NPS_OK);
}

static inline nps_segments *segments_of(const answers *all)
{
    nps_segments *segments = new_themes(all->leading, all->state, NULL);
    add_answers(segments, all, 0, all->count);
    return segments;
}

/* Those under the key, who mention a theme (wanted 1) or do not (0), each once; theme NULL: all. */
static inline nps_weighted weigh_answers(const answers *all, const nps_key *key, const nps_key *theme, int wanted)
{
    nps_weighted sum;
    ck_status(nps_weighted_init(&sum, NULL), NPS_OK);
    for (const answered *row = all->row; row < all->row + all->count; row++)
        if (is_under(all, row, key) && (theme == NULL || mentions_theme(row, theme) == wanted))
            ck_status(nps_weighted_add(&sum, row->answer, row->weight), NPS_OK);
    return sum;
}

#endif
