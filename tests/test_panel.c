#include <nps/status.h>

#include "panel_internal.h"
#include "panel_model.h"

/* Adds an answer to both. */
static void add_answer(panel_model *model, nps_panel *panel, const nps_key *who, int64_t time, int32_t answer)
{
    panel_model_add(model, who, time, answer);
    ck_status(nps_panel_add(panel, who, time, answer), NPS_OK);
}

static void random_step(panel_model *model, nps_panel *panel, uint64_t *seed)
{
    nps_key who = hard_respondent(seed);
    int64_t time = hard_time(seed);
    if (model->count > 0 && test_below(seed, 3) == 0) { /* something known, of the same time or another */
        const model_answer *known = model->answers + test_below(seed, model->count);
        who = known->respondent;
        if (test_below(seed, 2)) time = known->time;
    }
    if (test_below(seed, 3) == 0)
        ck_status(nps_panel_remove(panel, &who, time), panel_model_remove(model, &who, time));
    else
        add_answer(model, panel, &who, time, answer_on(&model->scale, seed));
}

/* What random_step made, in another panel, part by part. */
static void merge_parts(const panel_model *model, nps_panel *into, uint64_t *seed)
{
    nps_panel *parts[3];
    for (size_t i = 0; i < 3; i++) parts[i] = new_panel(&model->scale, test_random(seed), NULL);
    for (size_t i = 0; i < model->count; i++) {
        const model_answer *one = model->answers + i;
        for (uint64_t copies = 1 + test_below(seed, 3); copies > 0; copies--)
            ck_status(nps_panel_add(parts[test_below(seed, 3)], &one->respondent, one->time, one->answer), NPS_OK);
    }
    for (size_t i = 0; i < 3; i++) {
        ck_status(nps_panel_merge(into, parts[i]), NPS_OK);
        nps_panel_free(parts[i]);
    }
}

START_TEST(random_operations)
{
    uint64_t seed = 900 + (uint64_t)_i;
    panel_model model = {.scale = panel_scales[_i % PANEL_SCALES]};
    nps_panel *panel = new_panel(&model.scale, test_random(&seed), NULL);
    for (int round = 0; round < 40; round++) {
        for (uint64_t steps = test_below(&seed, 20); steps > 0; steps--) random_step(&model, panel, &seed);
        if (round % 5 == 4) {
            panel_model other = {.scale = model.scale};
            nps_panel *added = new_panel(&model.scale, 3, NULL);
            for (uint64_t steps = test_below(&seed, 60); steps > 0; steps--) random_step(&other, added, &seed);
            ck_status(nps_panel_merge(panel, added), NPS_OK);
            for (size_t i = 0; i < other.count; i++)
                panel_model_add(&model, &other.answers[i].respondent, other.answers[i].time, other.answers[i].answer);
            must_match_panel(&other, added, &seed);
            nps_panel_free(added);
            panel_model_free(&other);
        }
        must_match_panel(&model, panel, &seed);
    }
    nps_panel *merged = new_panel(&model.scale, 4, NULL);
    merge_parts(&model, merged, &seed);
    must_match_panel(&model, merged, &seed);
    nps_panel_free(merged);
    nps_panel_free(panel);
    panel_model_free(&model);
}
END_TEST

/* Merging is commutative, associative and idempotent, and so is adding: the same answers in any order, any of them
 * twice, in any parts, merged in any order, and after detours, make the same bytes. */
START_TEST(same_answers_same_panel)
{
    uint64_t seed = 5000 + (uint64_t)_i;
    for (int round = 0; round < 20; round++) {
        panel_model model = {.scale = panel_scales[_i % PANEL_SCALES]};
        nps_panel *panel = new_panel(&model.scale, 0, NULL), *a = new_panel(&model.scale, 1, NULL), *b, *c, *ab, *ba;
        for (int step = 0; step < 150; step++) random_step(&model, panel, &seed);
        panel_bytes expected = encode_panel(panel);
        merge_parts(&model, a, &seed);
        must_encode_panel(a, &expected);
        ck_status(nps_panel_merge(a, a), NPS_OK);
        ck_status(nps_panel_merge(a, panel), NPS_OK);
        must_encode_panel(a, &expected);
        /* a + (b + c) and (c + b) + a, where all three differ about the same times. */
        b = new_panel(&model.scale, 2, NULL);
        c = new_panel(&model.scale, 3, NULL);
        for (size_t i = 0; i < model.count; i++) {
            const model_answer *one = model.answers + i;
            if (i % 3) ck_status(nps_panel_add(b, &one->respondent, one->time, answer_on(&model.scale, &seed)), NPS_OK);
            if (i % 2) ck_status(nps_panel_add(c, &one->respondent, one->time, answer_on(&model.scale, &seed)), NPS_OK);
        }
        ab = new_panel(&model.scale, 4, NULL);
        ba = new_panel(&model.scale, 5, NULL);
        ck_status(nps_panel_merge(ab, c), NPS_OK);
        ck_status(nps_panel_merge(ab, b), NPS_OK);
        ck_status(nps_panel_merge(ab, a), NPS_OK);
        ck_status(nps_panel_merge(b, c), NPS_OK);
        ck_status(nps_panel_merge(ba, a), NPS_OK);
        ck_status(nps_panel_merge(ba, b), NPS_OK);
        panel_bytes both = encode_panel(ab);
        must_encode_panel(ba, &both);
        /* Of what a, b and c say of a time the lowest is left. */
        for (size_t i = 0; i < model.count; i++) {
            const model_answer *one = model.answers + i;
            const nps_panel_window then = {one->time, one->time};
            int32_t answer, in_a = 0, in_b = 0;
            ck_status(nps_panel_answer(ab, &one->respondent, &then, &answer, NULL), NPS_OK);
            ck_status(nps_panel_answer(a, &one->respondent, &then, &in_a, NULL), NPS_OK);
            if (nps_panel_answer(b, &one->respondent, &then, &in_b, NULL) != NPS_OK) in_b = in_a;
            ck_assert_int_eq(answer, in_a < in_b ? in_a : in_b);
        }
        free(expected.bytes);
        free(both.bytes);
        nps_panel *all[] = {panel, a, b, c, ab, ba};
        for (size_t i = 0; i < 6; i++) nps_panel_free(all[i]);
        panel_model_free(&model);
    }
}
END_TEST

/* What is removed leaves nothing behind, and may come again. */
START_TEST(removal)
{
    uint64_t seed = 70;
    nps_panel *panel = new_panel(NULL, 0, NULL);
    panel_model model = {.scale = panel_scales[0]};
    panel_bytes empty = encode_panel(panel);
    for (int round = 0; round < 30; round++) {
        for (int i = 0; i < 200; i++) {
            nps_key who = hard_respondent(&seed);
            add_answer(&model, panel, &who, hard_time(&seed), answer_on(&model.scale, &seed));
        }
        must_match_panel(&model, panel, &seed);
        while (model.count > 0) {
            model_answer gone = model.answers[test_below(&seed, model.count)];
            ck_status(nps_panel_remove(panel, &gone.respondent, gone.time), NPS_OK);
            ck_status(nps_panel_remove(panel, &gone.respondent, gone.time), NPS_ERR_NOT_FOUND);
            ck_status(panel_model_remove(&model, &gone.respondent, gone.time), NPS_OK);
            if (model.count % 50 == 0) must_match_panel(&model, panel, &seed);
        }
        must_encode_panel(panel, &empty);
    }
    free(empty.bytes);
    nps_panel_free(panel);
    panel_model_free(&model);
}
END_TEST

/* A respondent that was read from the panel's own list may be added to it and removed from it. */
START_TEST(own_keys)
{
    nps_panel *panel = new_panel(NULL, 0, NULL);
    nps_panel_person person;
    size_t count;
    ck_status(nps_panel_add(panel, &KEY_BYTES("somebody with a long id", 23), 5, 3), NPS_OK);
    for (int64_t time = 6; time < 500; time++) {
        ck_status(nps_panel_at_risk(panel, NULL, 0, &person, 1, &count), NPS_OK);
        ck_status(nps_panel_add(panel, &person.respondent, time, 3), NPS_OK);
    }
    for (int64_t time = 5; time < 500; time++) {
        ck_status(nps_panel_at_risk(panel, NULL, 0, &person, 1, &count), NPS_OK);
        ck_status(nps_panel_remove(panel, &person.respondent, time), NPS_OK);
    }
    ck_assert_uint_eq(nps_panel_respondents(panel), 0);
    nps_panel_free(panel);
}
END_TEST

START_TEST(windows_by_hand)
{
    const nps_key ann = KEY_BYTES("ann", 3), bob = KEY_INTEGER(7);
    const nps_panel_window windows[] = {{10, 20}, {10, 19}, {11, 19}, {20, 10}, {21, INT64_MAX}, {INT64_MIN, 9}};
    const int32_t expected[] = {9, 3, NPS_MISSING, NPS_MISSING, NPS_MISSING, NPS_MISSING};
    nps_panel *panel = new_panel(NULL, 0, NULL);
    ck_status(nps_panel_add(panel, &ann, 20, 9), NPS_OK);
    ck_status(nps_panel_add(panel, &ann, 10, 3), NPS_OK);
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        int32_t answer = NPS_MISSING;
        nps_tally tally;
        int status = nps_panel_answer(panel, &ann, windows + i, &answer, NULL);
        ck_status(status, expected[i] == NPS_MISSING ? NPS_ERR_NOT_FOUND : NPS_OK);
        ck_assert_int_eq(answer, expected[i]);
        ck_status(nps_panel_tally(panel, windows + i, &tally), NPS_OK);
        ck_assert_uint_eq(nps_tally_total(&tally), expected[i] == NPS_MISSING ? 0 : 1);
        ck_status(nps_panel_answer(panel, &bob, windows + i, &answer, NULL), NPS_ERR_NOT_FOUND);
    }
    /* The lower of two at one time, whichever comes first. */
    ck_status(nps_panel_add(panel, &bob, INT64_MIN, 4), NPS_OK);
    ck_status(nps_panel_add(panel, &bob, INT64_MIN, 2), NPS_OK);
    ck_status(nps_panel_add(panel, &bob, INT64_MIN, 10), NPS_OK);
    int32_t answer = 0;
    int64_t time = 0;
    ck_status(nps_panel_answer(panel, &bob, NULL, &answer, &time), NPS_OK);
    ck_assert(answer == 2 && time == INT64_MIN);
    ck_assert_uint_eq(nps_panel_answers(panel), 3);
    ck_assert_uint_eq(nps_panel_respondents(panel), 2);
    nps_panel_free(panel);
}
END_TEST

static void errors_of_queries(const nps_panel *panel)
{
    const nps_key who = KEY_INTEGER(1), bad = KEY_NULL;
    nps_scale scale;
    nps_tally tally;
    nps_pairs pairs;
    int32_t answer = 42;
    int64_t time = 43;
    ck_status(nps_panel_scale(NULL, &scale), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_scale(panel, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_answer(NULL, &who, NULL, &answer, &time), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_answer(panel, NULL, NULL, &answer, &time), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_answer(panel, &bad, NULL, &answer, &time), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_answer(panel, &who, NULL, NULL, &time), NPS_ERR_ARGUMENT);
    ck_assert(answer == 42 && time == 43);
    ck_status(nps_panel_tally(NULL, NULL, &tally), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_tally(panel, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_pairs(NULL, NULL, NULL, &pairs), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_pairs(panel, NULL, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(nps_panel_respondents(NULL), 0);
    ck_assert_uint_eq(nps_panel_answers(NULL), 0);
}

START_TEST(errors)
{
    nps_panel *panel = NULL, *other = new_panel(&panel_scales[1], 0, NULL);
    const nps_key who = KEY_INTEGER(1);
    const nps_key bad[] = {KEY_NULL,     KEY_ALL,      KEY_OTHER,          {0},
                           {.type = 99}, {.type = -1}, KEY_BYTES(NULL, 1), KEY_BYTES("x", (size_t)INT32_MAX + 1)};
    const int32_t off[] = {-1, 11, NPS_MISSING, NPS_INVALID};
    ck_status(nps_panel_new(NULL, 0, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_new(&(nps_scale){0, 11, 6, 9}, 0, NULL, &panel), NPS_ERR_SCALE);
    ck_status(nps_panel_new(&(nps_scale){0, 10, 9, 6}, 0, NULL, &panel), NPS_ERR_SCALE);
    ck_assert_ptr_null(panel);
    panel = new_panel(NULL, 0, NULL);
    ck_status(nps_panel_add(panel, &who, 5, 5), NPS_OK);
    panel_bytes before = encode_panel(panel);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_status(nps_panel_add(panel, bad + i, 5, 5), NPS_ERR_ARGUMENT);
        ck_status(nps_panel_remove(panel, bad + i, 5), NPS_ERR_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        ck_status(nps_panel_add(panel, &who, 6, off[i]), NPS_ERR_RANGE);
    ck_status(nps_panel_add(NULL, &who, 5, 5), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_add(panel, NULL, 5, 5), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_remove(NULL, &who, 5), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_remove(panel, NULL, 5), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_remove(panel, &who, 4), NPS_ERR_NOT_FOUND);
    ck_status(nps_panel_remove(panel, &KEY_INTEGER(2), 5), NPS_ERR_NOT_FOUND);
    ck_status(nps_panel_remove(panel, &KEY_BYTES("\1", 1), 5), NPS_ERR_NOT_FOUND);
    ck_status(nps_panel_merge(panel, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_merge(NULL, panel), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_merge(panel, other), NPS_ERR_SCALE);
    ck_status(nps_panel_add(panel, &KEY_BYTES(NULL, 0), 5, 5), NPS_OK); /* the empty string is somebody */
    ck_assert_uint_eq(nps_panel_respondents(panel), 2);
    ck_status(nps_panel_remove(panel, &KEY_BYTES("", 0), 5), NPS_OK);
    must_encode_panel(panel, &before);
    errors_of_queries(panel);
    nps_panel_free(NULL);
    nps_panel_free(panel);
    nps_panel_free(other);
    free(before.bytes);
}
END_TEST

/* Limits that no test reaches by adding: the counts are set. */
START_TEST(limits)
{
    nps_panel *panel = new_panel(NULL, 0, NULL), *other = new_panel(NULL, 0, NULL);
    const nps_key known = KEY_INTEGER(1), unknown = KEY_INTEGER(2);
    for (int64_t time = 0; time < 3; time++) ck_status(nps_panel_add(panel, &known, time, 5), NPS_OK);
    ck_status(nps_panel_add(other, &known, 9, 5), NPS_OK);
    panel_bytes before = encode_panel(panel);
    uint32_t used = panel->used;
    panel->used = NPSI_MOST_NODES;
    ck_status(nps_panel_add(panel, &known, 3, 5), NPS_ERR_LIMIT);
    ck_status(nps_panel_merge(panel, other), NPS_ERR_LIMIT);
    panel->used = used;
    must_encode_panel(panel, &before);
    size_t count = panel->people.store.count;
    ck_status(nps_panel_add(other, &unknown, 9, 5), NPS_OK);
    panel->people.store.count = INT32_MAX;
    ck_status(nps_panel_add(panel, &unknown, 3, 5), NPS_ERR_LIMIT);
    panel->people.store.count = count;
    must_encode_panel(panel, &before);
    ck_status(nps_panel_merge(panel, other), NPS_OK);
    ck_assert_uint_eq(nps_panel_answers(panel), 5);
    free(before.bytes);
    nps_panel_free(panel);
    nps_panel_free(other);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, random_operations, 0, 20);
    tcase_add_loop_test(tests, same_answers_same_panel, 0, 5);
    tcase_add_test(tests, removal);
    tcase_add_test(tests, own_keys);
    tcase_add_test(tests, windows_by_hand);
    tcase_add_test(tests, errors);
    tcase_add_test(tests, limits);
}

int main(void)
{
    return test_main("panel", add);
}
