/* The oracle of the panel suites: an array of answers, each with who gave it when, read from its beginning. */
#ifndef TEST_PANEL_MODEL_H
#define TEST_PANEL_MODEL_H

#include <nps/codec.h>
#include <nps/panel.h>

#include "segments_model.h"

typedef struct model_answer {
    nps_key respondent;
    int64_t time;
    int32_t answer;
} model_answer;

typedef struct panel_model {
    nps_scale scale;
    size_t count, capacity;
    model_answer *answers;
} panel_model;

static const nps_scale panel_scales[] = {
    {0, 10, 6, 9}, {-5, 5, 1, 4}, {1, 5, 3, 5}, {1, 2, 1, 2}, {117, 127, 120, 125}};
#define PANEL_SCALES ((int)(sizeof panel_scales / sizeof *panel_scales))

static inline nps_panel *new_panel(const nps_scale *scale, uint64_t seed, const nps_allocator *allocator)
{
    nps_panel *panel = NULL;
    ck_status(nps_panel_new(scale, seed, allocator, &panel), NPS_OK);
    return panel;
}

static inline void panel_model_free(panel_model *model)
{
    free(model->answers);
}

static inline model_answer *panel_model_find(const panel_model *model, const nps_key *respondent, int64_t time)
{
    for (size_t i = 0; i < model->count; i++)
        if (model->answers[i].time == time && model_compare_part(&model->answers[i].respondent, respondent) == 0)
            return model->answers + i;
    return NULL;
}

static inline void panel_model_add(panel_model *model, const nps_key *respondent, int64_t time, int32_t answer)
{
    model_answer *known = panel_model_find(model, respondent, time);
    if (known != NULL) {
        if (answer < known->answer) known->answer = answer;
        return;
    }
    if (model->count == model->capacity) {
        model->capacity = 2 * model->capacity + 64;
        model->answers = realloc(model->answers, model->capacity * sizeof *model->answers);
        if (model->answers == NULL) exit(EXIT_FAILURE);
    }
    model->answers[model->count++] = (model_answer){*respondent, time, answer};
}

static inline int panel_model_remove(panel_model *model, const nps_key *respondent, int64_t time)
{
    model_answer *known = panel_model_find(model, respondent, time);
    if (known == NULL) return NPS_ERR_NOT_FOUND;
    *known = model->answers[--model->count];
    return NPS_OK;
}

/* Whether this is the respondent's first answer in the array: who loops over these sees everybody once. */
static inline int panel_model_is_first(const panel_model *model, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (model_compare_part(&model->answers[i].respondent, &model->answers[at].respondent) == 0) return 0;
    return 1;
}

static inline const model_answer *panel_model_latest(const panel_model *model, const nps_key *respondent,
                                                     const nps_panel_window *window)
{
    const model_answer *found = NULL;
    for (size_t i = 0; i < model->count; i++) {
        const model_answer *answer = model->answers + i;
        if (model_compare_part(&answer->respondent, respondent) != 0) continue;
        if (window != NULL && (answer->time < window->since || answer->time > window->until)) continue;
        if (found == NULL || answer->time > found->time) found = answer;
    }
    return found;
}

/* The answer before another one. */
static inline const model_answer *panel_model_before(const panel_model *model, const model_answer *later)
{
    const model_answer *found = NULL;
    for (size_t i = 0; i < model->count; i++) {
        const model_answer *answer = model->answers + i;
        if (model_compare_part(&answer->respondent, &later->respondent) != 0 || answer->time >= later->time) continue;
        if (found == NULL || answer->time > found->time) found = answer;
    }
    return found;
}

/* Who of two comes first on a list. */
static inline int model_person_before(const nps_panel_person *a, const nps_panel_person *b)
{
    int32_t fall_a = a->before == NPS_MISSING ? 0 : a->before - a->answer;
    int32_t fall_b = b->before == NPS_MISSING ? 0 : b->before - b->answer;
    if (a->answer != b->answer) return a->answer < b->answer;
    if (fall_a != fall_b) return fall_a > fall_b;
    if (a->time != b->time) return a->time > b->time;
    return model_compare_part(&a->respondent, &b->respondent) < 0;
}

/* Everybody on a list, in its order, by insertion. before: NULL for people at risk, by `fall`. */
typedef struct model_list {
    const nps_panel_window *before, *after;
    int at_risk;
    uint32_t from, to;
    int32_t fall;
} model_list;

static inline size_t panel_model_list(const panel_model *model, const model_list *asked, nps_panel_person *people)
{
    size_t count = 0;
    for (size_t i = 0; i < model->count; i++) {
        if (!panel_model_is_first(model, i)) continue;
        const nps_key *who = &model->answers[i].respondent;
        const model_answer *now = panel_model_latest(model, who, asked->after), *before = NULL;
        if (now != NULL)
            before = asked->at_risk ? panel_model_before(model, now) : panel_model_latest(model, who, asked->before);
        if (now == NULL || (before == NULL && !asked->at_risk)) continue;
        nps_panel_person person = {.respondent = *who, .time = now->time, .answer = now->answer, .before = NPS_MISSING};
        int class = nps_classify(&model->scale, now->answer), class_before = NPS_OFF_SCALE;
        if (before != NULL) {
            person.before_time = before->time;
            person.before = before->answer;
            class_before = nps_classify(&model->scale, before->answer);
        }
        if (asked->at_risk) {
            if (class == NPS_DETRACTOR) person.risks += NPS_RISK_DETRACTOR;
            if (before != NULL && class < class_before) person.risks += NPS_RISK_CLASS;
            if (before != NULL && asked->fall > 0 && before->answer >= now->answer + asked->fall)
                person.risks += NPS_RISK_FALL;
            if (person.risks == 0) continue;
        } else if (asked->from == NPS_PANEL_ANY && asked->to == NPS_PANEL_ANY) {
            if (class == class_before) continue;
        } else {
            static const uint32_t bits[] = {NPS_PANEL_DETRACTORS, NPS_PANEL_PASSIVES, NPS_PANEL_PROMOTERS};
            if ((asked->from & bits[class_before + 1]) == 0 || (asked->to & bits[class + 1]) == 0) continue;
        }
        size_t at = count++;
        for (; at > 0 && model_person_before(&person, people + at - 1); at--) people[at] = people[at - 1];
        people[at] = person;
    }
    return count;
}

static inline void must_be_person(const nps_panel_person *is, const nps_panel_person *expected)
{
    ck_assert_int_eq(model_compare_part(&is->respondent, &expected->respondent), 0);
    ck_assert_int_eq(is->before_time, expected->before_time);
    ck_assert_int_eq(is->time, expected->time);
    ck_assert_int_eq(is->before, expected->before);
    ck_assert_int_eq(is->answer, expected->answer);
    ck_assert_uint_eq(is->risks, expected->risks);
    ck_assert_uint_eq(is->reserved, 0);
}

static inline void must_list(const panel_model *model, const nps_panel *panel, const model_list *asked)
{
    nps_panel_person *expected = calloc(model->count + 1, sizeof *expected), *people = calloc(model->count + 1, 64);
    ck_assert(expected != NULL && people != NULL && sizeof *people == 64);
    size_t wanted = panel_model_list(model, asked, expected), count[3];
    for (int pass = 0; pass < 3; pass++) { /* counting, too small, just large enough */
        size_t size = pass == 0 ? 0 : pass == 1 && wanted > 0 ? wanted - 1 : wanted;
        nps_panel_person *out = pass == 0 ? NULL : people;
        int status = asked->at_risk ? nps_panel_at_risk(panel, asked->after, asked->fall, out, size, count + pass)
                                    : nps_panel_movers(panel, asked->before, asked->after, asked->from, asked->to, out,
                                                       size, count + pass);
        ck_status(status, pass == 1 && wanted > 0 ? NPS_ERR_BUFFER : NPS_OK);
        ck_assert_uint_eq(count[pass], wanted);
        if (pass == 1 && wanted > 0) ck_assert(people->time == 0 && people->respondent.type == 0);
    }
    for (size_t i = 0; i < wanted; i++) must_be_person(people + i, expected + i);
    free(expected);
    free(people);
}

/* Times that are hard: the ends of what there is, and few others, so that they meet. */
static inline int64_t hard_time(uint64_t *seed)
{
    static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX - 1, INT64_MAX, 0, -1};
    if (test_below(seed, 4) == 0) return ends[test_below(seed, sizeof ends / sizeof *ends)];
    return (int64_t)test_below(seed, 30) - 10;
}

static inline nps_key hard_respondent(uint64_t *seed)
{
    /* Strings and integers that look alike. */
    static const char digits[] = "1\0\0\0\0\0\0\0";
    uint64_t pick = test_below(seed, 8);
    if (pick == 0) return KEY_BYTES(digits, 1 + (size_t)test_below(seed, 8));
    return pick < 4 ? hard_integer(seed) : hard_text(seed);
}

static inline int32_t answer_on(const nps_scale *scale, uint64_t *seed)
{
    return scale->lowest + (int32_t)test_below(seed, (uint64_t)(scale->highest - scale->lowest) + 1);
}

static inline nps_panel_window hard_window(uint64_t *seed)
{
    return (nps_panel_window){hard_time(seed), hard_time(seed)}; /* sometimes the wrong way round: nobody */
}

/* The tally and the pairs of two windows, and lists of people, against the model's. */
static inline void must_match_windows(const panel_model *model, const nps_panel *panel, const nps_panel_window *before,
                                      const nps_panel_window *after, uint64_t *seed)
{
    nps_tally tally, expected;
    nps_pairs pairs, both;
    ck_status(nps_tally_init(&expected, &model->scale), NPS_OK);
    ck_status(nps_pairs_init(&both, &model->scale), NPS_OK);
    for (size_t i = 0; i < model->count; i++) {
        if (!panel_model_is_first(model, i)) continue;
        const nps_key *who = &model->answers[i].respondent;
        const model_answer *first = panel_model_latest(model, who, before);
        const model_answer *second = panel_model_latest(model, who, after);
        int32_t answer = NPS_INVALID;
        int64_t time = 77;
        ck_status(nps_panel_answer(panel, who, after, &answer, &time), second == NULL ? NPS_ERR_NOT_FOUND : NPS_OK);
        ck_assert_int_eq(answer, second == NULL ? NPS_INVALID : second->answer);
        ck_assert_int_eq(time, second == NULL ? 77 : second->time);
        if (second != NULL) ck_status(nps_tally_add(&expected, second->answer, 1), NPS_OK);
        if (first == NULL && second == NULL) continue;
        ck_status(nps_pairs_add(&both, first == NULL ? NPS_MISSING : first->answer,
                                second == NULL ? NPS_MISSING : second->answer, 1),
                  NPS_OK);
    }
    ck_status(nps_panel_tally(panel, after, &tally), NPS_OK);
    ck_assert_mem_eq(&tally, &expected, sizeof tally);
    ck_status(nps_panel_pairs(panel, before, after, &pairs), NPS_OK);
    ck_assert_mem_eq(&pairs, &both, sizeof pairs);

    model_list movers = {.before = before, .after = after};
    movers.from = 1 + (uint32_t)test_below(seed, 7);
    movers.to = 1 + (uint32_t)test_below(seed, 7);
    must_list(model, panel, &movers);
    movers.from = movers.to = NPS_PANEL_ANY;
    must_list(model, panel, &movers);
    must_list(model, panel, &(model_list){.after = after, .at_risk = 1, .fall = (int32_t)test_below(seed, 6)});
}

static inline void must_match_panel(const panel_model *model, const nps_panel *panel, uint64_t *seed)
{
    size_t respondents = 0;
    nps_scale scale;
    for (size_t i = 0; i < model->count; i++) respondents += (size_t)panel_model_is_first(model, i);
    ck_assert_uint_eq(nps_panel_respondents(panel), respondents);
    ck_assert_uint_eq(nps_panel_answers(panel), model->count);
    ck_status(nps_panel_scale(panel, &scale), NPS_OK);
    ck_assert_mem_eq(&scale, &model->scale, sizeof scale);
    nps_panel_window before = hard_window(seed), after = hard_window(seed), all = {INT64_MIN, INT64_MAX};
    must_match_windows(model, panel, &before, &after, seed);
    must_match_windows(model, panel, &before, &all, seed);
    must_match_windows(model, panel, NULL, NULL, seed);
}

/* The encoded bytes: equal ones mean equal panels. */
typedef struct panel_bytes {
    uint8_t *bytes;
    size_t size;
} panel_bytes;

static inline panel_bytes encode_panel(const nps_panel *panel)
{
    panel_bytes out = {NULL, 0};
    ck_status(nps_panel_encode(panel, NULL, 0, &out.size), NPS_OK);
    out.bytes = malloc(out.size);
    ck_assert_ptr_nonnull(out.bytes);
    ck_status(nps_panel_encode(panel, out.bytes, out.size, &out.size), NPS_OK);
    return out;
}

static inline void must_encode_panel(const nps_panel *panel, const panel_bytes *expected)
{
    panel_bytes is = encode_panel(panel);
    ck_assert_uint_eq(is.size, expected->size);
    ck_assert_mem_eq(is.bytes, expected->bytes, is.size);
    free(is.bytes);
}

#endif
