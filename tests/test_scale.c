/* Scales. Reading answers on them has its own suite, test_parse.c. */
#include <limits.h>
#include <nps/scale.h>
#include <nps/status.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

static void must_be(const nps_scale *scale, int lowest, int highest, int detractor_max, int promoter_min)
{
    ck_assert_int_eq(scale->lowest, lowest);
    ck_assert_int_eq(scale->highest, highest);
    ck_assert_int_eq(scale->detractor_max, detractor_max);
    ck_assert_int_eq(scale->promoter_min, promoter_min);
}

static int parse(const char *text, nps_scale *out)
{
    return nps_scale_parse(text, strlen(text), out);
}

/* Cut points as scale.h promises them. */
START_TEST(presets)
{
    static const struct {
        const char *name;
        int lowest, highest, detractor_max, promoter_min;
    } known[] = {{"0-10", 0, 10, 6, 9}, {"1-10", 1, 10, 6, 9}, {"1-7", 1, 7, 4, 6}, {"1-5", 1, 5, 3, 5}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        nps_scale scale, parsed;
        ck_assert_int_eq(nps_scale_preset(known[i].name, &scale), NPS_OK);
        must_be(&scale, known[i].lowest, known[i].highest, known[i].detractor_max, known[i].promoter_min);
        ck_assert_int_eq(nps_scale_check(&scale), NPS_OK);
        ck_assert_int_eq(parse(known[i].name, &parsed), NPS_OK);
        ck_assert_int_eq(nps_scale_equal(&scale, &parsed), 1);
    }
    nps_scale scale = {9, 9, 9, 9};
    static const char *const others[] = {"", "0-1", "0-100", "0-10 ", "1-5:3:5", "standard"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_int_eq(nps_scale_preset(others[i], &scale), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_scale_preset(NULL, &scale), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_scale_preset("0-10", NULL), NPS_ERR_ARGUMENT);
    must_be(&scale, 9, 9, 9, 9);
    nps_scale_standard(&scale);
    must_be(&scale, 0, 10, 6, 9);
    nps_scale_standard(NULL);
}
END_TEST

/* Written out and read back: every scale with bounds and cut points from -12 to 12, possible or not. */
START_TEST(text_of_every_scale)
{
    int possible = 0;
    for (int lowest = -12; lowest <= 12; lowest++)
        for (int highest = -12; highest <= 12; highest++)
            for (int low_cut = -12; low_cut <= 12; low_cut++)
                for (int high_cut = -12; high_cut <= 12; high_cut++) {
                    char text[64];
                    nps_scale scale = {9, 9, 9, 9};
                    snprintf(text, sizeof text, "%d-%d:%d:%d", lowest, highest, low_cut, high_cut);
                    int legal =
                        lowest <= low_cut && low_cut < high_cut && high_cut <= highest && highest - lowest <= 10;
                    int status = parse(text, &scale);
                    if (legal) {
                        must_be(&scale, lowest, highest, low_cut, high_cut);
                        ck_assert_int_eq(status, NPS_OK);
                        possible++;
                        continue;
                    }
                    must_be(&scale, 9, 9, 9, 9);
                    ck_assert_int_eq(status, NPS_ERR_SCALE);
                    nps_scale same = {(int8_t)lowest, (int8_t)highest, (int8_t)low_cut, (int8_t)high_cut};
                    ck_assert_int_eq(nps_scale_check(&same), NPS_ERR_SCALE);
                }
    /* k + 1 levels begin at 25 - k places and have k (k + 1) / 2 pairs of cut points: the sum for k from 1 to 10 */
    ck_assert_int_eq(possible, 3795);
}
END_TEST

START_TEST(text_that_is_no_scale)
{
    static const char *const unreadable[] = {
        "",          "-",         "0",         "0-",         "0-10:",     "0-10:6",    "0-10:6:",
        "0-10:6:9:", "0-10:6:9x", " 0-10:6:9", "0 - 10:6:9", "0-10:6:+9", "+0-10:6:9", "0--:6:9",
        "--5-5:1:4", "0-5",       "1-6",       "a-b:c:d",    "0:10:6:9",  "0-10-6-9",  "0x0-10:6:9"};
    static const char *const impossible[] = {"0-128:6:9",
                                             "0-256:6:9",
                                             "256-266:262:265",
                                             "0-10:6:99999999999999999999",
                                             "-200--190:-195:-192",
                                             "-128-127:0:1",
                                             "-129--119:-127:-126",
                                             "-1280--118:-127:-126",
                                             "-99999999999999999999-10:6:9"};
    nps_scale scale = {9, 9, 9, 9};
    for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++)
        ck_assert_msg(parse(unreadable[i], &scale) == NPS_ERR_FORMAT, "'%s'", unreadable[i]);
    for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; i++)
        ck_assert_msg(parse(impossible[i], &scale) == NPS_ERR_SCALE, "'%s'", impossible[i]);
    ck_assert_int_eq(nps_scale_parse("0-10\0", 5, &scale), NPS_ERR_FORMAT);
    ck_assert_int_eq(nps_scale_parse(NULL, 0, &scale), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_scale_parse("0-10", 4, NULL), NPS_ERR_ARGUMENT);
    must_be(&scale, 9, 9, 9, 9);
    ck_assert_int_eq(nps_scale_parse("0-10:5:8", 7, &scale), NPS_ERR_FORMAT); /* no byte past the length is read */
    ck_assert_int_eq(nps_scale_parse("1-10:5:8", 4, &scale), NPS_OK);
    must_be(&scale, 1, 10, 6, 9);
    ck_assert_int_eq(parse("117-127:122:125", &scale), NPS_OK);
    must_be(&scale, 117, 127, 122, 125);
    ck_assert_int_eq(parse("-127--117:-125:-122", &scale), NPS_OK);
    must_be(&scale, -127, -117, -125, -122);
    ck_assert_int_eq(parse("-128--118:-127:-126", &scale), NPS_OK);
    must_be(&scale, -128, -118, -127, -126);
    ck_assert_int_eq(parse("000-010:06:09", &scale), NPS_OK);
    must_be(&scale, 0, 10, 6, 9);
}
END_TEST

START_TEST(check_and_equal)
{
    const nps_scale standard = {0, 10, 6, 9}, wide = {-128, 127, 0, 1}, two = {3, 4, 3, 4};
    ck_assert_int_eq(nps_scale_check(NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_scale_check(&standard), NPS_OK);
    ck_assert_int_eq(nps_scale_check(&two), NPS_OK);
    ck_assert_int_eq(nps_scale_check(&wide), NPS_ERR_SCALE);
    ck_assert_int_eq(nps_scale_equal(NULL, NULL), 0);
    ck_assert_int_eq(nps_scale_equal(&standard, NULL), 0);
    ck_assert_int_eq(nps_scale_equal(NULL, &standard), 0);
    for (int field = 0; field < 4; field++) {
        nps_scale other = standard;
        ck_assert_int_eq(nps_scale_equal(&standard, &other), 1);
        other = (nps_scale){(int8_t)(field == 0), (int8_t)(10 - (field == 1)), (int8_t)(6 - (field == 2)),
                            (int8_t)(9 - (field == 3))};
        ck_assert_int_eq(nps_scale_equal(&standard, &other), 0);
    }
}
END_TEST

/* Reichheld 2003: 0 to 6, 7 and 8, 9 and 10. */
START_TEST(classes)
{
    static const int32_t standard[] = {-1, -1, -1, -1, -1, -1, -1, 0, 0, 1, 1};
    static const int32_t off[] = {-1, 11, 255, 256, 265, -128, INT32_MAX - 1, NPS_MISSING, NPS_INVALID};
    const nps_scale five = {1, 5, 3, 5}, impossible = {0, 10, 9, 9};
    for (int32_t answer = 0; answer <= 10; answer++) ck_assert_int_eq(nps_classify(NULL, answer), standard[answer]);
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) ck_assert_int_eq(nps_classify(NULL, off[i]), NPS_OFF_SCALE);
    ck_assert_int_eq(nps_classify(&five, 0), NPS_OFF_SCALE);
    ck_assert_int_eq(nps_classify(&five, 1), NPS_DETRACTOR);
    ck_assert_int_eq(nps_classify(&five, 3), NPS_DETRACTOR);
    ck_assert_int_eq(nps_classify(&five, 4), NPS_PASSIVE);
    ck_assert_int_eq(nps_classify(&five, 5), NPS_PROMOTER);
    ck_assert_int_eq(nps_classify(&five, 6), NPS_OFF_SCALE);
    ck_assert_int_eq(nps_classify(&impossible, 5), NPS_OFF_SCALE);
    ck_assert_int_eq(NPS_DETRACTOR, -1);
    ck_assert_int_eq(NPS_PASSIVE, 0);
    ck_assert_int_eq(NPS_PROMOTER, 1);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, presets);
    tcase_add_test(tcase, text_of_every_scale);
    tcase_add_test(tcase, text_that_is_no_scale);
    tcase_add_test(tcase, check_and_equal);
    tcase_add_test(tcase, classes);
}

int main(void)
{
    return test_main("scale", add);
}
