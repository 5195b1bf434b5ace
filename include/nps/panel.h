/*
 * panel.h: the latest answer of each respondent, as of any time.
 *
 * A panel keeps what each respondent answered when, and says what the score was, is, or would be with only the answers
 * of the last ninety days: a newer answer takes the older one back. Answers may come late, twice, and in any order,
 * from one machine or many: the same answers make the same panel. Of two different answers by one respondent at one
 * time the lower one counts, as nobody can tell which was first.
 *
 * A time is any whole number that grows, such as Unix seconds. A respondent is a part of a key: bytes or an integer.
 *
 * Distinct panels may be used at once, and const calls on one panel may run at once; a change needs the caller's lock.
 * A call that fails has changed nothing. NPS_ERR_ARGUMENT (null pointers, a respondent that is neither bytes nor an
 * integer) and NPS_ERR_MEMORY may come from all, NPS_ERR_LIMIT (2^31 - 1 respondents, 2^30 - 1 answers that are not a
 * respondent's only one) from all that add. Respondents and times are hashed with a seed, as segments are: who does not
 * know it cannot choose any that make the panel slow.
 *
 * A respondent takes the id and at most 40 bytes, one answer included (44 with an id above 250 bytes, 68 above 8 KB);
 * another answer takes 16. It grows in pieces and is never there twice, but while the ids of many who were removed are
 * dropped; room of removed answers is used again.
 */
#ifndef NPS_PANEL_H
#define NPS_PANEL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/column.h>
#include <nps/export.h>
#include <nps/pairs.h>
#include <nps/scale.h>
#include <nps/segments.h>
#include <nps/tally.h>

NPS_BEGIN_DECLS

typedef struct nps_panel nps_panel;

/* Answers from the time `since` to the time `until`, both included. INT64_MIN, INT64_MAX: all, and so is NULL wherever
 * a window is asked for. */
typedef struct nps_panel_window {
    int64_t since, until;
} nps_panel_window;

/* A new, empty panel. scale NULL: the standard one. seed: see nps_segments_options. allocator NULL: realloc and free.
 * NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_panel_new(const nps_scale *scale, uint64_t seed, const nps_allocator *allocator, nps_panel **out);

/* Gives all its memory back. NULL does nothing. Since: 0.1.0 */
NPS_API void nps_panel_free(nps_panel *panel);

/* One answer. NPS_ERR_RANGE: off the scale, or none at all. One that is there already changes nothing. Since: 0.1.0 */
NPS_API int nps_panel_add(nps_panel *panel, const nps_key *respondent, int64_t time, int32_t answer);

/* Rows that nps_panel_add_columns passed over; a row is counted once, at the first that applies. */
typedef struct nps_panel_skipped {
    size_t struct_size; /* sizeof(nps_panel_skipped) */
    uint64_t nameless;  /* no respondent */
    uint64_t timeless;  /* no time */
    uint64_t missing;   /* no answer */
    uint64_t invalid;   /* an answer off the scale */
} nps_panel_skipped;

/* Adds a row of three columns of one length at a time: respondents (keys as in nps_segments_add_columns), times (whole
 * numbers, or a dictionary of these) and answers, as in nps_tally_add_column. All rows or none. skipped may be NULL.
 * NPS_ERR_ARGUMENT: lengths differ. NPS_ERR_TYPE: text as times, floats as times or respondents. NPS_ERR_FORMAT.
 * NPS_ERR_RANGE: a respondent or a time above INT64_MAX. Since: 0.1.0 */
NPS_API int nps_panel_add_columns(nps_panel *panel, const nps_column *respondents, const nps_column *times,
                                  const nps_column *answers, nps_panel_skipped *skipped);

/* Takes back a respondent's answer of that time. NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API int nps_panel_remove(nps_panel *panel, const nps_key *respondent, int64_t time);

/* Adds all answers of another panel, which may be `into`; those that both have count once. NPS_ERR_SCALE. Since: 0.1.0
 */
NPS_API int nps_panel_merge(nps_panel *into, const nps_panel *from);

/* What it holds: its scale, respondents with an answer, and answers. 0 for NULL. Since: 0.1.0 */
NPS_API int nps_panel_scale(const nps_panel *panel, nps_scale *out);
NPS_API uint64_t nps_panel_respondents(const nps_panel *panel);
NPS_API uint64_t nps_panel_answers(const nps_panel *panel);

/* A respondent's latest answer in a window, and its time, which may be NULL. NPS_ERR_NOT_FOUND: none. Since: 0.1.0 */
NPS_API int nps_panel_answer(const nps_panel *panel, const nps_key *respondent, const nps_panel_window *window,
                             int32_t *answer, int64_t *time);

/* The latest answer of each respondent in a window, counted, of kind NPS_KIND_NONE. Since: 0.1.0 */
NPS_API int nps_panel_tally(const nps_panel *panel, const nps_panel_window *window, nps_tally *out);

/*
 * The same people in two windows: each one's latest answer in the first against the latest in the second. Who answered
 * in one only is counted there, and who answered in neither is not counted. Windows that overlap hold one answer
 * against itself, which makes changes look smaller and surer than they are: for what moved since a time, take all to
 * it, and all after it. Since: 0.1.0
 */
NPS_API int nps_panel_pairs(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                            nps_pairs *out);

/* Classes, to be added up. */
#define NPS_PANEL_DETRACTORS 1u
#define NPS_PANEL_PASSIVES   2u
#define NPS_PANEL_PROMOTERS  4u
#define NPS_PANEL_ANY        7u

/* Why someone is at risk, added up. */
#define NPS_RISK_DETRACTOR 1u /* a detractor by the latest answer */
#define NPS_RISK_CLASS     2u /* in a lower class than at the answer before: a promoter no more, or a passive no more */
#define NPS_RISK_FALL      4u /* the answer fell by so many or more */

/* An element of an array, so without struct_size: it does not grow in later releases. */
typedef struct nps_panel_person {
    nps_key respondent;        /* its bytes are valid until the panel changes */
    int64_t before_time, time; /* of the two answers */
    int32_t before, answer;    /* before: NPS_MISSING, with before_time 0, where there is none */
    uint32_t risks;            /* NPS_RISK_*; 0 of movers */
    uint32_t reserved;         /* 0 */
} nps_panel_person;

/*
 * Movers: who was in one of the classes `from` by the latest answer of the first window, and in one of `to` by the
 * latest of the second; from and to both NPS_PANEL_ANY: all whose class is another one. *count becomes their number;
 * people[size] are filled, the lowest answers first, of these the largest falls (none before is no fall), then the
 * latest, then by key. people NULL, size 0: only counted. NPS_ERR_BUFFER: `size` is too small, and *count tells what is
 * needed. NPS_ERR_ARGUMENT: no such class. Since: 0.1.0
 */
NPS_API int nps_panel_movers(const nps_panel *panel, const nps_panel_window *before, const nps_panel_window *after,
                             uint32_t from, uint32_t to, nps_panel_person *people, size_t size, size_t *count);

/* People at risk, by their latest answer in the window and the one before it, which may be older: whoever has one of
 * NPS_RISK_*. fall: the least fall of NPS_RISK_FALL, 0: it is not looked at. NPS_ERR_ARGUMENT: a fall below 0. The rest
 * as for movers. Since: 0.1.0 */
NPS_API int nps_panel_at_risk(const nps_panel *panel, const nps_panel_window *window, int32_t fall,
                              nps_panel_person *people, size_t size, size_t *count);

NPS_END_DECLS

#endif
