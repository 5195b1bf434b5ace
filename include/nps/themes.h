/*
 * themes.h: the reasons people give, several an answer, and what each does to the score.
 *
 * A container of segments by theme: its last two dimensions are the theme and how many different themes the answer has,
 * the ones before it whatever else tells segments apart. An answer that mentions three themes is in three segments, so
 * that everything that segments do, merge, subtract, roll up over the dimensions before, encode, works for themes, and
 * the answers themselves can be had back exactly: each was counted as often as it has themes. A theme mentioned twice
 * counts once. Answers without any theme are in a segment with theme NPS_KEY_NULL and 0 themes.
 *
 * All segments of an answer must stay together. nps_segments_fold over any dimension but the theme tears answers apart;
 * over the theme it does not, but who mentions two of the folded themes is twice in NPS_KEY_OTHER: such a container
 * still has its answers, and no estimates.
 *
 * Threads, keys and errors as in segments.h. What is undefined is NaN. docs/methods.md has the formulas.
 */
#ifndef NPS_THEMES_H
#define NPS_THEMES_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>
#include <nps/segments.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

#define NPS_MAX_THEMES 255 /* of one answer */

/* A new container as nps_segments_new makes it, of tallies or weighted states, with two dimensions more than
 * options->dimensions, which is 0 to NPS_MAX_DIMENSIONS - 2 here; they are named "theme" and "themes". NPS_ERR_ARGUMENT
 * also for other states. Since: 0.1.0 */
NPS_API int nps_themes_new(const nps_segments_options *options, nps_segments **out);

/*
 * Adds one answer with its `count` themes, bytes or integers, or takes it back; bytes of length 0 are no theme. key:
 * the parts before, NULL where there are none. weight: 1 in a container of tallies, else as in nps_weighted_add.
 * NPS_ERR_LIMIT: more than NPS_MAX_THEMES different ones. NPS_ERR_RANGE: the weight. NPS_ERR_TYPE: no container of
 * themes, which has two dimensions or more, of tallies or weighted states. NPS_ERR_ARGUMENT: a theme that is neither
 * bytes nor an integer. NPS_ERR_OVERFLOW. Remove: NPS_ERR_NOT_FOUND, NPS_ERR_UNDERFLOW; a segment that becomes empty
 * stays, with zeros. Since: 0.1.0
 */
NPS_API int nps_themes_add(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count,
                           int32_t answer, double weight);
NPS_API int nps_themes_remove(nps_segments *segments, const nps_key *key, const nps_key *themes, size_t count,
                              int32_t answer, double weight);

/* The same for themes in one text, such as "price; delivery": cut at each `separator` (1 or more bytes), ASCII blanks
 * and tabs around a theme dropped, empty ones passed over. The bytes are compared as they are. NPS_ERR_ARGUMENT also
 * for no separator. Since: 0.1.0 */
NPS_API int nps_themes_add_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                                const char *separator, size_t separator_length, int32_t answer, double weight);
NPS_API int nps_themes_remove_text(nps_segments *segments, const nps_key *key, const char *text, size_t length,
                                   const char *separator, size_t separator_length, int32_t answer, double weight);

/*
 * All answers under a key, the parts before the theme (NPS_KEY_ALL in a part: every value; NULL: all), each counted
 * once. Where answers are there rolled up in several ways, as in a cube, one of them is read: segments with NPS_KEY_ALL
 * in a part where the key has it too count only where none without it do. NPS_ERR_FORMAT: counts that no answers have:
 * they were not added by the functions above, or were torn apart. NPS_ERR_TYPE: no container of themes, as above, or
 * keys that none has, as when the theme or the number of themes was rolled up; tallies have no weights.
 * NPS_ERR_NOT_FOUND: no such key. NPS_ERR_OVERFLOW: all segments together hold more than a tally or a weighted state
 * can. Since: 0.1.0
 */
NPS_API int nps_themes_tally(const nps_segments *segments, const nps_key *key, nps_tally *out);
NPS_API int nps_themes_weighted(const nps_segments *segments, const nps_key *key, nps_weighted *out);

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. */
typedef struct nps_themes_options {
    size_t struct_size; /* sizeof(nps_themes_options) */
    double level;       /* [0.95] */
    int32_t method;     /* NPS_DIFFERENCE_*, of with against without [MOVER] */
    int32_t adjust;     /* NPS_ADJUST_*, of p for the number of themes [NONE] */
} nps_themes_options;

/* One theme. In points but for shares and p. Without struct_size, an element of an array: it does not grow in later
 * releases. */
typedef struct nps_theme {
    nps_key theme;        /* NPS_KEY_NULL: the answers without any; bytes valid until the container changes */
    uint64_t mentions;    /* answers on the scale that mention it */
    double share;         /* of all answers; with weights of all weight */
    double with, without; /* scores of those who mention it, and of all others */
    double difference, lower, upper; /* with - without */
    double statistic, df, p;         /* of no difference */
    double p_adjusted;
    double impact, impact_lower, impact_upper; /* the score less what it were without the answers that mention it: share
                                                  times the difference, given the share */
    double contribution, contribution_lower,
        contribution_upper; /* its part of the score: an answer's 100, 0 or -100 is shared
                               evenly by its themes. All add up to the score */
} nps_theme;

/*
 * Every theme under a key, as above, first the one whose contribution is lowest; equal ones by key. *count becomes
 * their number; themes[size] are filled. themes NULL, size 0: only counted. NPS_ERR_BUFFER: size is too small, and
 * *count tells what is needed. A theme that everybody mentions, or nobody with an answer or a weight, has no difference
 * and no impact: NaN, and p is adjusted for the number of the others. Answers without themes are listed like a theme,
 * where there are any; they have no p_adjusted and are not adjusted for. NPS_ERR_EMPTY: no answer. NPS_ERR_TYPE: also
 * NPS_KEY_OTHER for a theme. NPS_ERR_RANGE: more answers than a sample has. Errors of nps_themes_tally, and
 * of nps_compare but NPS_ERR_SINGULAR, which leaves difference, impact and p undefined. Since: 0.1.0
 */
NPS_API int nps_themes_estimate(const nps_segments *segments, const nps_key *key, const nps_themes_options *options,
                                nps_theme *themes, size_t size, size_t *count);

NPS_END_DECLS

#endif
