#include <nps/status.h>
#include <string.h>

#include "panel_model.h"

/* Eight people. Time 1 is spring, 2 autumn; a dash is no answer. On the standard scale:
 *
 *            spring  autumn
 *     ann       9       3     promoter to detractor, falls by 6
 *     bob      10       3     promoter to detractor, falls by 7
 *     cyd       9       7     promoter to passive, by 2
 *     dan       2       3     stays a detractor, rises
 *     eve       8      10     passive to promoter
 *     fay       -       0     detractor, nothing before
 *     gus       9       -
 *     7         7       5     passive to detractor, by 2
 */
static const struct {
    const char *name;
    int32_t spring, autumn;
} people[] = {
    {"eve", 8, 10}, {"gus", 9, NPS_MISSING}, {"bob", 10, 3}, {NULL, 7, 5},
    {"ann", 9, 3},  {"fay", NPS_MISSING, 0}, {"dan", 2, 3},  {"cyd", 9, 7},
};
enum { PEOPLE = sizeof people / sizeof *people };

static const nps_panel_window spring = {1, 1}, autumn = {2, 2};

static nps_panel *two_waves(void)
{
    nps_panel *panel = new_panel(NULL, 0, NULL);
    for (size_t i = 0; i < PEOPLE; i++) {
        nps_key who = people[i].name == NULL ? KEY_INTEGER(7) : KEY_BYTES(people[i].name, 3);
        if (people[i].autumn != NPS_MISSING) ck_status(nps_panel_add(panel, &who, 2, people[i].autumn), NPS_OK);
        if (people[i].spring != NPS_MISSING) ck_status(nps_panel_add(panel, &who, 1, people[i].spring), NPS_OK);
    }
    return panel;
}

/* Names in their order, "7" for the integer, and risks where given. */
static void must_name(const nps_panel_person *list, size_t count, const char *const *names, const uint32_t *risks)
{
    for (size_t i = 0; i < count; i++) {
        const nps_key *who = &list[i].respondent;
        int same = who->type == NPS_KEY_INTEGER ? who->integer == 7 && strcmp(names[i], "7") == 0
                                                : who->length == 3 && memcmp(who->bytes, names[i], 3) == 0;
        ck_assert_msg(same, "%zu is not %s", i, names[i]);
        ck_assert_uint_eq(list[i].risks, risks == NULL ? 0 : risks[i]);
    }
}

START_TEST(movers_by_hand)
{
    static const struct {
        uint32_t from, to;
        const char *names[PEOPLE];
    } lists[] = {
        {NPS_PANEL_ANY, NPS_PANEL_ANY, {"bob", "ann", "7", "cyd", "eve"}},
        {NPS_PANEL_PROMOTERS, NPS_PANEL_DETRACTORS, {"bob", "ann"}},
        {NPS_PANEL_PROMOTERS, NPS_PANEL_DETRACTORS | NPS_PANEL_PASSIVES, {"bob", "ann", "cyd"}},
        {NPS_PANEL_PASSIVES | NPS_PANEL_PROMOTERS, NPS_PANEL_DETRACTORS, {"bob", "ann", "7"}},
        {NPS_PANEL_DETRACTORS, NPS_PANEL_DETRACTORS, {"dan"}},
        {NPS_PANEL_ANY, NPS_PANEL_DETRACTORS, {"bob", "ann", "dan", "7"}},
        {NPS_PANEL_DETRACTORS | NPS_PANEL_PASSIVES, NPS_PANEL_PROMOTERS, {"eve"}},
        {NPS_PANEL_DETRACTORS, NPS_PANEL_PROMOTERS, {NULL}},
    };
    nps_panel *panel = two_waves();
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        nps_panel_person list[PEOPLE];
        size_t count = 99, expected = 0;
        while (lists[i].names[expected] != NULL) expected++;
        ck_status(nps_panel_movers(panel, &spring, &autumn, lists[i].from, lists[i].to, list, PEOPLE, &count), NPS_OK);
        ck_assert_uint_eq(count, expected);
        must_name(list, count, lists[i].names, NULL);
        for (size_t j = 0; j < count; j++) ck_assert(list[j].before_time == 1 && list[j].time == 2);
    }
    nps_panel_free(panel);
}
END_TEST

START_TEST(at_risk_by_hand)
{
    enum { D = NPS_RISK_DETRACTOR, C = NPS_RISK_CLASS, F = NPS_RISK_FALL };
    static const char *const with_fall[] = {"fay", "bob", "ann", "dan", "7", "cyd"};
    static const uint32_t risks_2[] = {D, D | C | F, D | C | F, D, D | C | F, C | F};
    static const uint32_t risks_7[] = {D, D | C | F, D | C, D, D | C, C};
    static const uint32_t risks_0[] = {D, D | C, D | C, D, D | C, C};
    static const char *const by_spring[] = {"dan"};
    nps_panel *panel = two_waves();
    nps_panel_person list[PEOPLE];
    size_t count;
    const struct {
        int32_t fall;
        const uint32_t *risks;
    } falls[] = {{2, risks_2}, {7, risks_7}, {0, risks_0}, {8, risks_0}, {INT32_MAX, risks_0}};
    for (size_t i = 0; i < sizeof falls / sizeof *falls; i++) {
        ck_status(nps_panel_at_risk(panel, NULL, falls[i].fall, list, PEOPLE, &count), NPS_OK);
        ck_assert_uint_eq(count, 6);
        must_name(list, count, with_fall, falls[i].risks);
        ck_assert(list[0].before == NPS_MISSING && list[0].before_time == 0 && list[0].answer == 0);
        /* The answer before may be older than the window, and what is after it does not count. */
        ck_status(nps_panel_at_risk(panel, &autumn, falls[i].fall, list, PEOPLE, &count), NPS_OK);
        ck_assert_uint_eq(count, 6);
        must_name(list, count, with_fall, falls[i].risks);
        ck_status(nps_panel_at_risk(panel, &spring, falls[i].fall, list, PEOPLE, &count), NPS_OK);
        ck_assert_uint_eq(count, 1);
        must_name(list, count, by_spring, risks_0);
    }
    nps_panel_free(panel);
}
END_TEST

START_TEST(pairs_by_hand)
{
    nps_panel *panel = two_waves();
    nps_pairs pairs, expected;
    nps_tally tally;
    ck_status(nps_pairs_init(&expected, NULL), NPS_OK);
    for (size_t i = 0; i < PEOPLE; i++)
        ck_status(nps_pairs_add(&expected, people[i].spring, people[i].autumn, 1), NPS_OK);
    ck_status(nps_panel_pairs(panel, &spring, &autumn, &pairs), NPS_OK);
    ck_assert_mem_eq(&pairs, &expected, sizeof pairs);
    ck_status(nps_panel_pairs(panel, &(nps_panel_window){5, 9}, &(nps_panel_window){2, 1}, &pairs), NPS_OK);
    ck_assert_uint_eq(nps_pairs_total(&pairs), 0); /* nobody is in either */
    ck_status(nps_panel_tally(panel, NULL, &tally), NPS_OK);
    const uint64_t latest[NPS_MAX_LEVELS] = {1, 0, 0, 3, 0, 1, 0, 1, 0, 1, 1};
    ck_assert_mem_eq(tally.level, latest, sizeof latest);
    nps_panel_free(panel);
}
END_TEST

/* One difference at a time: answer, then fall, then time, then key, whatever the differences that come later say. */
START_TEST(the_order)
{
    const struct {
        nps_key who;
        int32_t before, answer;
        int64_t time;
    } rows[] = {
        {KEY_BYTES("z", 1), 1, 0, 5},      {KEY_BYTES("z", 0), 8, 1, 2},       {KEY_INTEGER(9), 2, 1, 9},
        {KEY_BYTES("b", 1), 2, 1, 9},      {KEY_BYTES("b\0", 2), 2, 1, 9},     {KEY_BYTES("c", 1), 2, 1, 9},
        {KEY_BYTES("\xff", 1), 2, 1, 9},   {KEY_INTEGER(-9), 2, 1, 8},         {KEY_INTEGER(-8), NPS_MISSING, 1, 99},
        {KEY_INTEGER(-7), 1, 1, 98},       {KEY_INTEGER(INT64_MIN), 0, 1, 97}, {KEY_BYTES("d", 1), 3, 2, INT64_MAX},
        {KEY_BYTES("a", 1), 3, 2, 100000},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    for (size_t step = 1; step < ROWS; step++) { /* 13 is prime: every step makes another order of adding */
        nps_panel *panel = new_panel(NULL, step, NULL);
        nps_panel_person list[ROWS + 1];
        size_t count;
        for (size_t i = 0, at = 0; i < ROWS; i++, at = (at + step) % ROWS) {
            ck_status(nps_panel_add(panel, &rows[at].who, rows[at].time, rows[at].answer), NPS_OK);
            if (rows[at].before != NPS_MISSING)
                ck_status(nps_panel_add(panel, &rows[at].who, -5, rows[at].before), NPS_OK);
        }
        memset(list, 0x55, sizeof list);
        ck_status(nps_panel_at_risk(panel, NULL, 0, list, ROWS + 1, &count), NPS_OK);
        ck_assert_uint_eq(count, ROWS);
        for (size_t i = 0; i < ROWS; i++) {
            ck_assert_int_eq(model_compare_part(&list[i].respondent, &rows[i].who), 0);
            ck_assert(list[i].before == rows[i].before && list[i].time == rows[i].time);
        }
        ck_assert_int_eq(list[ROWS].answer, 0x55555555); /* not one more is written */
        nps_panel_free(panel);
    }
}
END_TEST

/* Long lists with many equal people: sorted, each one there once, in the same order for every seed. */
START_TEST(long_lists)
{
    enum { COUNT = 20000 };
    static nps_panel_person list[2][COUNT];
    for (size_t k = 0; k < 2; k++) {
        nps_panel *panel = new_panel(NULL, k * 17, NULL);
        size_t count;
        for (int64_t i = 0; i < COUNT; i++) {
            int64_t who = (k == 0 ? i : COUNT - 1 - i) * 7919 % COUNT;
            ck_status(nps_panel_add(panel, &KEY_INTEGER(who), who % 3, (int32_t)(who % 5)), NPS_OK);
        }
        ck_status(nps_panel_at_risk(panel, NULL, 1, list[k], COUNT, &count), NPS_OK);
        ck_assert_uint_eq(count, COUNT);
        nps_panel_free(panel);
    }
    ck_assert_mem_eq(list[0], list[1], sizeof list[0]);
    for (size_t i = 1; i < COUNT; i++)
        if (!model_person_before(list[0] + i - 1, list[0] + i)) ck_abort_msg("%zu is not in its place", i);
}
END_TEST

/* All classes of all scales against the model: 7 times 7. */
START_TEST(every_class)
{
    uint64_t seed = 600 + (uint64_t)_i;
    panel_model model = {.scale = panel_scales[_i % PANEL_SCALES]};
    nps_panel *panel = new_panel(&model.scale, 0, NULL);
    for (int i = 0; i < 150; i++) {
        nps_key who = hard_respondent(&seed);
        int64_t time = hard_time(&seed);
        int32_t answer = answer_on(&model.scale, &seed);
        panel_model_add(&model, &who, time, answer);
        ck_status(nps_panel_add(panel, &who, time, answer), NPS_OK);
    }
    for (uint32_t both = 0; both < 49; both++) {
        const nps_panel_window before = hard_window(&seed), after = hard_window(&seed), until = {INT64_MIN, 0},
                               since = {1, INT64_MAX};
        model_list asked = {.before = &before, .after = &after, .from = 1 + both / 7, .to = 1 + both % 7};
        must_list(&model, panel, &asked);
        asked.before = &until;
        asked.after = &since;
        must_list(&model, panel, &asked);
    }
    for (int32_t fall = 0; fall <= 12; fall++) must_list(&model, panel, &(model_list){.at_risk = 1, .fall = fall});
    nps_panel_free(panel);
    panel_model_free(&model);
}
END_TEST

START_TEST(errors)
{
    nps_panel *panel = two_waves();
    nps_panel_person list[PEOPLE];
    memset(list, 0, sizeof list);
    size_t count = 99;
    const uint32_t bad[] = {0, 8, 15, UINT32_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_status(nps_panel_movers(panel, NULL, NULL, bad[i], NPS_PANEL_ANY, list, PEOPLE, &count), NPS_ERR_ARGUMENT);
        ck_status(nps_panel_movers(panel, NULL, NULL, NPS_PANEL_ANY, bad[i], list, PEOPLE, &count), NPS_ERR_ARGUMENT);
    }
    ck_status(nps_panel_movers(NULL, NULL, NULL, 7, 7, list, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_movers(panel, NULL, NULL, 7, 7, NULL, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_movers(panel, NULL, NULL, 7, 7, list, PEOPLE, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_at_risk(NULL, NULL, 1, list, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_at_risk(panel, NULL, 1, NULL, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_at_risk(panel, NULL, 1, list, PEOPLE, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_at_risk(panel, NULL, -1, list, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_at_risk(panel, NULL, INT32_MIN, list, PEOPLE, &count), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(count, 99);
    for (size_t size = 0; size < 6; size++) {
        count = 99;
        ck_status(nps_panel_at_risk(panel, NULL, 1, list, size, &count), NPS_ERR_BUFFER);
        ck_assert_uint_eq(count, 6);
    }
    ck_assert(list[0].respondent.type == 0 && list[0].risks == 0);
    ck_status(nps_panel_movers(panel, &spring, &autumn, 1, 4, list, 0, &count), NPS_OK); /* none need no room */
    ck_assert_uint_eq(count, 0);
    nps_panel_free(panel);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, movers_by_hand);
    tcase_add_test(tests, at_risk_by_hand);
    tcase_add_test(tests, pairs_by_hand);
    tcase_add_test(tests, the_order);
    tcase_add_test(tests, long_lists);
    tcase_add_loop_test(tests, every_class, 0, 2 * PANEL_SCALES);
    tcase_add_test(tests, errors);
}

int main(void)
{
    return test_main("panel_lists", add);
}
