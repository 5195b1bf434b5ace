/*
 * segments.h: a state for every segment.
 *
 * A container of tallies, weighted tallies, outcomes or drivers by key. A key has 1 to 8 parts, one a dimension: a byte
 * string, an integer, or null (no value, which is not the empty string). All segments share one scale, kind and type of
 * state. Segments are read by index, 0 to count - 1, in the order in which their keys first came, or after
 * nps_segments_sort in the order of their keys.
 *
 * Distinct containers may be used at once, and const calls on one container may run at once; a change needs the
 * caller's lock. A call that fails has changed nothing. NPS_ERR_ARGUMENT (null pointers, a part of a key or a dimension
 * that cannot be) and NPS_ERR_MEMORY may come from all; NPS_ERR_LIMIT (2^31 - 1 segments, keys of 4 GiB) from all that
 * make segments. Keys are hashed with a seed: who does not know it cannot choose keys that make the container slow.
 *
 * A segment takes its key, its state (104 bytes, weighted 656, outcomes 1440, drivers see drivers.h) and at most 32
 * bytes more, with keys above 8 KB 56. What it allocates grows in pieces, so that it is never there twice but while it
 * is sorted or a subtraction drops segments. While outcomes or drivers are merged or subtracted, those that change are
 * kept as they were, to be there again should it fail.
 */
#ifndef NPS_SEGMENTS_H
#define NPS_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/column.h>
#include <nps/export.h>
#include <nps/scale.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

#define NPS_MAX_DIMENSIONS 8

/* What is kept for each segment. */
#define NPS_STATE_TALLY    1
#define NPS_STATE_WEIGHTED 2
#define NPS_STATE_OUTCOMES 3 /* see outcomes.h */
#define NPS_STATE_DRIVERS  4 /* see drivers.h, which has what makes such a container */

/* Parts of a key. Keys sort by part, and parts by this type first, then integers by value and strings by their bytes.
 */
#define NPS_KEY_ALL     1 /* every value: a dimension that was rolled up. To find and to merge states, not to add rows */
#define NPS_KEY_NULL    2 /* no value */
#define NPS_KEY_INTEGER 3 /* `integer` */
#define NPS_KEY_BYTES   4 /* `length` bytes at `bytes`, any bytes, at most 2^31 - 1 */
#define NPS_KEY_OTHER   5 /* the small ones that were folded together. To find and to merge states, not to add rows */

typedef struct nps_key {
    int32_t type; /* NPS_KEY_* */
    int32_t reserved;
    int64_t integer;
    const char *bytes; /* not terminated. Read from a container: valid until the container changes */
    size_t length;
} nps_key;

typedef struct nps_segments nps_segments;

/* Fill it with zeros, set struct_size and dimensions, and what else is to differ from the default in brackets. */
typedef struct nps_segments_options {
    size_t struct_size;     /* sizeof(nps_segments_options) */
    int32_t dimensions;     /* 1 to 8 */
    int32_t state;          /* NPS_STATE_TALLY [0 means this], _WEIGHTED or _OUTCOMES */
    const nps_scale *scale; /* copied [the standard scale] */
    uint32_t kind;          /* [NPS_KIND_NONE] */
    uint32_t reserved;      /* 0 */
    uint64_t seed; /* of the hash; what is read and encoded does not depend on it. [0: a fixed one: set a random one
                      where strangers choose keys] */
    const nps_allocator *allocator; /* copied [realloc and free] */
} nps_segments_options;

/* A new, empty container. NPS_ERR_ARGUMENT: dimensions, state, or an unknown non-zero tail of a larger options struct.
 * NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_segments_new(const nps_segments_options *options, nps_segments **out);

/* Gives all its memory back. NULL does nothing. Since: 0.1.0 */
NPS_API void nps_segments_free(nps_segments *segments);

/* A copy, equal in everything, with the same allocator. Since: 0.1.0 */
NPS_API int nps_segments_copy(const nps_segments *segments, nps_segments **out);

/* What it was made with, and how many segments it holds. 0 for NULL. Since: 0.1.0 */
NPS_API size_t nps_segments_count(const nps_segments *segments);
NPS_API int32_t nps_segments_dimensions(const nps_segments *segments);
NPS_API int32_t nps_segments_state(const nps_segments *segments);
NPS_API uint32_t nps_segments_kind(const nps_segments *segments);
NPS_API int nps_segments_scale(const nps_segments *segments, nps_scale *out);

/* Changes the kind, for whoever merges different kinds and means it. Since: 0.1.0 */
NPS_API int nps_segments_set_kind(nps_segments *segments, uint32_t kind);

/* A dimension's name, such as a column's: any bytes, copied, encoded with the container. Empty at first. Names are not
 * compared by merge. Since: 0.1.0 */
NPS_API int nps_segments_set_name(nps_segments *segments, int32_t dimension, const char *name, size_t length);
NPS_API int nps_segments_name(const nps_segments *segments, int32_t dimension, const char **name, size_t *length);

/*
 * Adds one answer `count` times, or takes it back, under a key of as many parts as there are dimensions. Answers as in
 * nps_tally_add. NPS_ERR_TYPE: the container holds other states than tallies. NPS_ERR_OVERFLOW. Remove:
 * NPS_ERR_NOT_FOUND, NPS_ERR_UNDERFLOW; a segment that becomes empty stays, with zeros. Since: 0.1.0
 */
NPS_API int nps_segments_add(nps_segments *segments, const nps_key *key, int32_t answer, uint64_t count);
NPS_API int nps_segments_remove(nps_segments *segments, const nps_key *key, int32_t answer, uint64_t count);

/* The same for weighted states; weights as in nps_weighted_add. NPS_ERR_TYPE: the container holds others.
 * NPS_ERR_RANGE. Since: 0.1.0 */
NPS_API int nps_segments_add_weighted(nps_segments *segments, const nps_key *key, int32_t answer, double weight);
NPS_API int nps_segments_remove_weighted(nps_segments *segments, const nps_key *key, int32_t answer, double weight);

/*
 * Adds a batch, the fast path: `keys` points to as many columns as there are dimensions, all of one length with
 * `answers`. Key columns are integers, bool, text, or dictionaries of these; a row that is not valid has a null part.
 * `weights` NULL for tallies, else a column of numbers. All rows or none. On NPS_ERR_RANGE (a weight, or an integer
 * above INT64_MAX) *row, where row is not NULL, tells the first row at fault. NPS_ERR_TYPE: a float as key, weights for
 * tallies, none for weighted states. NPS_ERR_FORMAT, NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_segments_add_columns(nps_segments *segments, const nps_column *keys, const nps_column *answers,
                                     const nps_column *weights, uint64_t *row);

/* Adds a whole state under a key, as nps_tally_merge and nps_weighted_merge do; the segment is made even where the
 * state is empty. The key may have parts NPS_KEY_ALL and NPS_KEY_OTHER, so that what was rolled up or folded elsewhere
 * can be read in. Errors of nps_tally_check and nps_weighted_check; NPS_ERR_TYPE; NPS_ERR_SCALE: another scale or kind;
 * NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_segments_merge_tally(nps_segments *segments, const nps_key *key, const nps_tally *tally);
NPS_API int nps_segments_merge_weighted(nps_segments *segments, const nps_key *key, const nps_weighted *weighted);

/* Adds all segments of `from`, which may not be `into`. Same dimensions and state, drivers of one shape, else
 * NPS_ERR_TYPE; same scale and kind, else NPS_ERR_SCALE. NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_segments_merge(nps_segments *into, const nps_segments *from);

/* Takes back what nps_segments_merge added. Of the segments of `taken`, those that have no count left are dropped, and
 * the others move up: so subtract undoes merge, unless an empty segment of that key was there before. Errors as merge,
 * and NPS_ERR_NOT_FOUND, NPS_ERR_UNDERFLOW. Since: 0.1.0 */
NPS_API int nps_segments_subtract(nps_segments *from, const nps_segments *taken);

/* Where a key is: *index. NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API int nps_segments_find(const nps_segments *segments, const nps_key *key, size_t *index);

/* One part of a segment's key. NPS_ERR_NOT_FOUND: no such index or dimension. Since: 0.1.0 */
NPS_API int nps_segments_key(const nps_segments *segments, size_t index, int32_t dimension, nps_key *out);

/* A segment's counts as a tally (of weighted states, without the weights; else as nps_outcomes_tally and
 * nps_drivers_tally). NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API int nps_segments_tally(const nps_segments *segments, size_t index, nps_tally *out);

/* A segment's weighted state. NPS_ERR_NOT_FOUND, NPS_ERR_TYPE. Since: 0.1.0 */
NPS_API int nps_segments_weighted(const nps_segments *segments, size_t index, nps_weighted *out);

/* The sum over all segments but those with an NPS_KEY_ALL in their key, which hold others' answers again: of a roll-up
 * with keep 0, nothing. As a tally of states of any kind. NPS_ERR_TYPE: the weighted total of others. NPS_ERR_OVERFLOW.
 * Since: 0.1.0 */
NPS_API int nps_segments_total_tally(const nps_segments *segments, nps_tally *out);
NPS_API int nps_segments_total_weighted(const nps_segments *segments, nps_weighted *out);

/* Puts the segments into the order of their keys. What was read by index before is elsewhere then. Since: 0.1.0 */
NPS_API int nps_segments_sort(nps_segments *segments);

/*
 * A new container with the same dimensions and names in which only those whose bit is set in `keep` (1u << dimension)
 * still tell segments apart; in the others every key reads NPS_KEY_ALL. keep 0: one segment, the total, or none where
 * there are none here. Bits past the dimensions are not looked at. Sorted. NPS_ERR_OVERFLOW; NPS_ERR_TYPE: keys here
 * are rolled up already. Since: 0.1.0
 */
NPS_API int nps_segments_rollup(const nps_segments *segments, uint32_t keep, nps_segments **out);

/* The roll-ups over all 2^dimensions subsets in one container, sorted: grand total, margins, and the segments
 * themselves. Errors as above. Since: 0.1.0 */
NPS_API int nps_segments_cube(const nps_segments *segments, nps_segments **out);

/*
 * A new container in which the segments with fewer than `least` responses are folded together: in the dimensions whose
 * bit is set in `fold` their keys read NPS_KEY_OTHER. With (region, agent) and fold 2 each region has its own "other"
 * agents. Bits past the dimensions are not looked at; at least one within, else NPS_ERR_ARGUMENT. What is folded may
 * still be small; this is for reading, nps_segments_suppress for privacy. Sorted. NPS_ERR_OVERFLOW; NPS_ERR_TYPE: keys
 * are rolled up. Since: 0.1.0
 */
NPS_API int nps_segments_fold(const nps_segments *segments, uint64_t least, uint32_t fold, nps_segments **out);

#define NPS_SHOWN        0
#define NPS_HIDDEN_SMALL 1 /* fewer than `least` responses */
#define NPS_HIDDEN_TOO   2 /* large enough, but shown it would give away one that is not */

/*
 * Which segments to hide when those with fewer than `least` responses are to stay private: hidden[count] becomes
 * NPS_SHOWN or one of the others. The total over all segments counts as shown, unless it is too small itself: then all
 * are hidden. In a cube the margins are segments too. No sum or difference of what is shown gives back a hidden
 * segment, not even to somebody who knows that no count is negative, nor the hidden ones of any line of a table
 * together where these are fewer than `least` (complementary cell suppression; Cox 1980). A line is what adds up to one
 * total or margin, on any level below it. Few are hidden, but not always the fewest possible, which is a hard problem
 * (Kelly, Golden and Assad 1992). The same whatever the order of the segments. Who has two different tables of the same
 * answers may still combine them: take what you publish from one cube. NPS_ERR_TYPE: this is no table, which is
 * segments and any of their roll-ups, each whole. NPS_ERR_OVERFLOW: more responses in all than a tally has.
 * Since: 0.1.0
 */
NPS_API int nps_segments_suppress(const nps_segments *segments, uint64_t least, uint8_t *hidden);

/* The segments with a score (of weighted states, the weighted one) and at least `least` responses, best score first;
 * equal scores by more responses, then by key. Their indexes are the first *ranked of order[count]; the others follow
 * by key. nps_rank makes a fairer list. Since: 0.1.0 */
NPS_API int nps_segments_by_score(const nps_segments *segments, uint64_t least, size_t *order, size_t *ranked);

NPS_END_DECLS

#endif
