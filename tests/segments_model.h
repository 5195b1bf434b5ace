/* The oracle of the segment suites: an array of keys and states, searched from its beginning. */
#ifndef TEST_SEGMENTS_MODEL_H
#define TEST_SEGMENTS_MODEL_H

#include <math.h>
#include <nps/outcomes.h>
#include <nps/segments.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* As ck_assert_int_eq, which takes a microsecond even where all is well: too slow for millions. */
#define ck_status(call, expected)                                                                  \
    do {                                                                                           \
        int status_is = (call);                                                                    \
        if (status_is != (expected)) ck_abort_msg("%s is %d, not %d", #call, status_is, expected); \
    } while (0)

/* Bytes stay where the key found them: keys are made of static memory or outlive the model. */
typedef struct model_entry {
    nps_key key[NPS_MAX_DIMENSIONS];
    nps_tally tally;
    nps_weighted weighted;
    nps_outcomes outcomes;
} model_entry;

typedef struct segment_model {
    int32_t dimensions, state;
    nps_scale scale;
    size_t count, capacity;
    model_entry *entries;
} segment_model;

static inline segment_model *model_new(int32_t dimensions, int32_t state, const nps_scale *scale)
{
    segment_model *made = calloc(1, sizeof *made);
    if (made == NULL) exit(EXIT_FAILURE);
    made->dimensions = dimensions;
    made->state = state;
    made->scale = *scale;
    return made;
}

static inline void model_free(segment_model *model)
{
    free(model->entries);
    free(model);
}

static inline int model_compare_part(const nps_key *a, const nps_key *b)
{
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    if (a->type == NPS_KEY_INTEGER && a->integer != b->integer) return a->integer < b->integer ? -1 : 1;
    if (a->type != NPS_KEY_BYTES) return 0;
    size_t shared = a->length < b->length ? a->length : b->length;
    int order = shared == 0 ? 0 : memcmp(a->bytes, b->bytes, shared);
    if (order != 0) return order;
    return a->length == b->length ? 0 : a->length < b->length ? -1 : 1;
}

static inline int model_compare(const segment_model *model, const nps_key *a, const nps_key *b)
{
    for (int32_t d = 0; d < model->dimensions; d++)
        if (model_compare_part(a + d, b + d) != 0) return model_compare_part(a + d, b + d);
    return 0;
}

static inline model_entry *model_find(const segment_model *model, const nps_key *key)
{
    for (size_t i = 0; i < model->count; i++)
        if (model_compare(model, model->entries[i].key, key) == 0) return model->entries + i;
    return NULL;
}

static inline model_entry *model_place(segment_model *model, const nps_key *key)
{
    model_entry *found = model_find(model, key);
    if (found != NULL) return found;
    if (model->count == model->capacity) {
        model->capacity = 2 * model->capacity + 16;
        model->entries = realloc(model->entries, model->capacity * sizeof *model->entries);
        if (model->entries == NULL) exit(EXIT_FAILURE);
    }
    model_entry *made = model->entries + model->count++;
    memset(made, 0, sizeof *made);
    memcpy(made->key, key, (size_t)model->dimensions * sizeof *key);
    ck_status(nps_tally_init(&made->tally, &model->scale), NPS_OK);
    ck_status(nps_weighted_init(&made->weighted, &model->scale), NPS_OK);
    ck_status(nps_outcomes_init(&made->outcomes, &model->scale), NPS_OK);
    return made;
}

/* What an answer with a weight has as its outcome, and weight with that: whole numbers, so that all sums are exact. */
static inline double model_outcome(double weight)
{
    double whole = rint(3 * weight);
    return whole == 4 ? (double)NAN : 1000 * whole - 3000;
}

static inline double model_outcome_weight(double weight)
{
    return (int)rint(3 * weight) % 3;
}

/* Weight is not looked at for tallies. */
static inline void model_add(segment_model *model, const nps_key *key, int32_t answer, double weight)
{
    model_entry *entry = model_place(model, key);
    if (model->state == NPS_STATE_TALLY)
        ck_status(nps_tally_add(&entry->tally, answer, 1), NPS_OK);
    else if (model->state == NPS_STATE_WEIGHTED)
        ck_status(nps_weighted_add(&entry->weighted, answer, weight), NPS_OK);
    else
        ck_status(nps_outcomes_add(&entry->outcomes, answer, model_outcome(weight), model_outcome_weight(weight)),
                  NPS_OK);
}

static inline void model_merge_entry(segment_model *into, const nps_key *key, const model_entry *from)
{
    model_entry *entry = model_place(into, key);
    ck_status(nps_tally_merge(&entry->tally, &from->tally), NPS_OK);
    ck_status(nps_weighted_merge(&entry->weighted, &from->weighted), NPS_OK);
    ck_status(nps_outcomes_merge(&entry->outcomes, &from->outcomes), NPS_OK);
}

static inline void model_merge(segment_model *into, const segment_model *from)
{
    for (size_t i = 0; i < from->count; i++) model_merge_entry(into, from->entries[i].key, from->entries + i);
}

/* The counts of whichever state it has: the others are empty. */
static inline nps_tally model_tally(const model_entry *entry)
{
    nps_tally sum = entry->tally, counts;
    ck_status(nps_weighted_tally(&entry->weighted, &counts), NPS_OK);
    ck_status(nps_tally_merge(&sum, &counts), NPS_OK);
    ck_status(nps_outcomes_tally(&entry->outcomes, &counts), NPS_OK);
    ck_status(nps_tally_merge(&sum, &counts), NPS_OK);
    return sum;
}

static inline int model_is_empty(const model_entry *entry)
{
    nps_tally counts = model_tally(entry);
    return nps_tally_total(&counts) == 0;
}

static inline void model_subtract(segment_model *from, const segment_model *taken)
{
    for (size_t i = 0; i < taken->count; i++) {
        model_entry *entry = model_find(from, taken->entries[i].key);
        ck_assert_ptr_nonnull(entry);
        ck_status(nps_tally_subtract(&entry->tally, &taken->entries[i].tally), NPS_OK);
        ck_status(nps_weighted_subtract(&entry->weighted, &taken->entries[i].weighted), NPS_OK);
        ck_status(nps_outcomes_subtract(&entry->outcomes, &taken->entries[i].outcomes), NPS_OK);
        if (!model_is_empty(entry)) continue;
        size_t at = (size_t)(entry - from->entries);
        memmove(entry, entry + 1, (from->count - at - 1) * sizeof *entry);
        from->count--;
    }
}

/* Insertion sort. */
static inline void model_sort(segment_model *model)
{
    for (size_t i = 1; i < model->count; i++) {
        model_entry entry = model->entries[i];
        size_t at = i;
        for (; at > 0 && model_compare(model, entry.key, model->entries[at - 1].key) < 0; at--)
            model->entries[at] = model->entries[at - 1];
        model->entries[at] = entry;
    }
}

static inline void model_roll_into(const segment_model *from, uint32_t keep, segment_model *into)
{
    for (size_t i = 0; i < from->count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        memcpy(key, from->entries[i].key, sizeof key);
        for (int32_t d = 0; d < from->dimensions; d++)
            if ((keep >> d & 1) == 0) key[d] = (nps_key){.type = NPS_KEY_ALL};
        model_merge_entry(into, key, from->entries + i);
    }
}

/* Checks that the container holds what the model holds, in the same order. */
static inline void must_match(const segment_model *model, const nps_segments *segments)
{
    ck_assert_uint_eq(nps_segments_count(segments), model->count);
    for (size_t i = 0; i < model->count; i++) {
        const model_entry *entry = model->entries + i;
        size_t index = SIZE_MAX;
        for (int32_t d = 0; d < model->dimensions; d++) {
            nps_key part;
            ck_status(nps_segments_key(segments, i, d, &part), NPS_OK);
            ck_assert_int_eq(model_compare_part(&part, entry->key + d), 0);
        }
        ck_status(nps_segments_find(segments, entry->key, &index), NPS_OK);
        ck_assert_uint_eq(index, i);
        nps_tally tally, expected = model_tally(entry);
        nps_weighted weighted;
        nps_outcomes outcomes;
        if (model->state == NPS_STATE_WEIGHTED) {
            ck_status(nps_segments_weighted(segments, i, &weighted), NPS_OK);
            ck_assert_mem_eq(&weighted, &entry->weighted, sizeof weighted);
        }
        if (model->state == NPS_STATE_OUTCOMES) {
            ck_status(nps_segments_outcomes(segments, i, &outcomes), NPS_OK);
            ck_assert_mem_eq(&outcomes, &entry->outcomes, sizeof outcomes);
        }
        ck_status(nps_segments_tally(segments, i, &tally), NPS_OK);
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
    }
}

#define KEY_INTEGER(value)    ((nps_key){.type = NPS_KEY_INTEGER, .integer = (value)})
#define KEY_BYTES(text, size) ((nps_key){.type = NPS_KEY_BYTES, .bytes = (text), .length = (size)})
#define KEY_NULL              ((nps_key){.type = NPS_KEY_NULL})
#define KEY_ALL               ((nps_key){.type = NPS_KEY_ALL})
#define KEY_OTHER             ((nps_key){.type = NPS_KEY_OTHER})

/* Strings that are hard to tell apart: empty, with zeros, prefixes of one another, around the lengths at which the
 * container or its hash changes its ways. */
static inline nps_key hard_text(uint64_t *seed)
{
    static const size_t lengths[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 250, 251, 252, 253, 300};
    static char bytes[3][300];
    size_t kind = (size_t)test_below(seed, 3);
    for (size_t i = 0; i < sizeof bytes[0]; i++) {
        bytes[0][i] = '\0';
        bytes[1][i] = (char)('a' + i % 26);
        bytes[2][i] = (char)(i % 9 == 8 ? 0 : 0x80 + i % 7);
    }
    return KEY_BYTES(bytes[kind], lengths[test_below(seed, sizeof lengths / sizeof *lengths)]);
}

static inline nps_key hard_integer(uint64_t *seed)
{
    static const int64_t values[] = {INT64_MIN, INT64_MIN + 1, -256,          -1,       0, 1, 2, 3,
                                     255,       256,           INT64_MAX - 1, INT64_MAX};
    return KEY_INTEGER(values[test_below(seed, sizeof values / sizeof *values)]);
}

static inline nps_key hard_part(uint64_t *seed)
{
    uint64_t pick = test_below(seed, 8);
    return pick == 0 ? KEY_NULL : pick < 4 ? hard_integer(seed) : hard_text(seed);
}

/* Answers on the standard scale, off it, and missing. */
static inline int32_t any_answer(uint64_t *seed)
{
    uint64_t pick = test_below(seed, 14);
    return pick == 12 ? NPS_MISSING : pick == 13 ? NPS_INVALID : (int32_t)pick;
}

/* Whole numbers and thirds, 0 too. */
static inline double any_weight(uint64_t *seed)
{
    return (double)test_below(seed, 10) / 3;
}

static inline nps_segments *new_segments(int32_t dimensions, int32_t state, const nps_allocator *allocator)
{
    nps_segments_options options = {sizeof options, .dimensions = dimensions, .state = state, .allocator = allocator};
    nps_segments *segments = NULL;
    ck_status(nps_segments_new(&options, &segments), NPS_OK);
    return segments;
}

static inline int add_any(nps_segments *segments, const nps_key *key, int32_t answer, double weight)
{
    if (nps_segments_state(segments) == NPS_STATE_TALLY) return nps_segments_add(segments, key, answer, 1);
    if (nps_segments_state(segments) == NPS_STATE_WEIGHTED)
        return nps_segments_add_weighted(segments, key, answer, weight);
    return nps_segments_add_outcome(segments, key, answer, model_outcome(weight), model_outcome_weight(weight));
}

#endif
