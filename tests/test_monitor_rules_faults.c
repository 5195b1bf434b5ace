/* Rules and samples that are refused, structs of other releases, and the names of rules. */
#include <math.h>
#include <nps/monitor.h>
#include <stddef.h>
#include <string.h>

#include "compare_samples.h"

static nps_rule rule_of(int32_t rule, double points, double level)
{
    return (nps_rule){.struct_size = sizeof(nps_rule), .rule = rule, .points = points, .level = level};
}

static nps_alert accept(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample)
{
    nps_alert out = {.struct_size = sizeof out, .outcome = -7};
    ck_assert_int_eq(nps_monitor_rule(rule, baseline, sample, &out), NPS_OK);
    ck_assert(out.outcome == NPS_ALERT_NONE || out.outcome == NPS_ALERT_FIRED);
    return out;
}

START_TEST(names)
{
    static const char *const known[] = {"below", "above", "drop", "rise", "limits"};
    int32_t rule = -7;
    for (int32_t i = 0; i < NPS_RULE_COUNT; i++) {
        ck_assert_str_eq(nps_monitor_rule_name(i), known[i]);
        ck_assert_int_eq(nps_monitor_rule_number(known[i], strlen(known[i]), &rule), NPS_OK);
        ck_assert_int_eq(rule, i);
    }
    rule = -7;
    ck_assert_ptr_null(nps_monitor_rule_name(-1));
    ck_assert_ptr_null(nps_monitor_rule_name(NPS_RULE_COUNT));
    ck_assert_int_eq(nps_monitor_rule_number("dropped", 7, &rule), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_monitor_rule_number("drop", 3, &rule), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_monitor_rule_number("", 0, &rule), NPS_ERR_NOT_FOUND);
    ck_assert_int_eq(nps_monitor_rule_number(NULL, 4, &rule), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_monitor_rule_number("drop", 4, NULL), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(rule, -7);
}
END_TEST

/* The status of a call that must not have written anything. */
static int status_of(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample)
{
    nps_alert out, before;
    memset(&out, 0x5a, sizeof out);
    out.struct_size = sizeof out;
    memcpy(&before, &out, sizeof out);
    int status = nps_monitor_rule(rule, baseline, sample, &out);
    ck_assert_mem_eq(&out, &before, sizeof out);
    return status;
}

START_TEST(refused_rules)
{
    nps_sample sample = counts(1, 2, 3), none = {0, 0, 0, 0};
    const struct {
        nps_rule rule;
        int also_limits;
    } bad[] = {
        {{.rule = -1}, 0},     {{.rule = NPS_RULE_COUNT}, 0}, {{.level = 0.5}, 0},      {{.level = 1}, 0},
        {{.level = -0.95}, 0}, {{.level = NAN}, 0},           {{.anytime = 2}, 1},      {{.anytime = -1}, 1},
        {{.points = 100}, 0},  {{.points = -100}, 0},         {{.points = NAN}, 0},     {{.least = -1}, 1},
        {{.least = NAN}, 1},   {{.least = INFINITY}, 1},      {{.level = INFINITY}, 0},
    };
    static const double far[] = {-5e-324, 200, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        nps_rule rule = bad[i].rule;
        rule.struct_size = sizeof rule;
        ck_assert_int_eq(status_of(&rule, &sample, &sample), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(status_of(&rule, &sample, &none), NPS_ERR_ARGUMENT);
        rule.rule = NPS_RULE_LIMITS;
        if (bad[i].also_limits) ck_assert_int_eq(status_of(&rule, &sample, &sample), NPS_ERR_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        nps_rule drop = rule_of(NPS_RULE_DROP, far[i], 0), rise = rule_of(NPS_RULE_RISE, far[i], 0);
        nps_rule limit = {.struct_size = sizeof limit, .rule = NPS_RULE_LIMITS, .sigmas = far[i]};
        ck_assert_int_eq(status_of(&drop, &sample, &sample), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(status_of(&rise, &sample, &sample), NPS_ERR_ARGUMENT);
        if (far[i] == 200) continue;
        ck_assert_int_eq(status_of(&limit, &sample, &sample), NPS_ERR_ARGUMENT);
        ck_assert_int_eq(status_of(&limit, &sample, &none), NPS_ERR_ARGUMENT);
    }
    nps_rule limit = {.struct_size = sizeof limit, .rule = NPS_RULE_LIMITS, .anytime = 1};
    ck_assert_int_eq(status_of(&limit, &sample, &sample), NPS_ERR_ARGUMENT);
}
END_TEST

START_TEST(refused_samples)
{
    static const double bad[] = {-1, NAN, INFINITY, 1e16};
    nps_sample fine = counts(1, 2, 3), none = {0, 0, 0, 0};
    for (int32_t number = 0; number < NPS_RULE_COUNT; number++) {
        nps_rule rule = rule_of(number, 0, 0);
        int beside = number >= NPS_RULE_DROP;
        ck_assert_int_eq(status_of(&rule, &fine, NULL), NPS_ERR_ARGUMENT);
        if (beside) ck_assert_int_eq(status_of(&rule, NULL, &fine), NPS_ERR_ARGUMENT);
        if (beside) ck_assert_int_eq(status_of(&rule, &none, &fine), NPS_ERR_EMPTY);
        if (beside) ck_assert_int_eq(status_of(&rule, &none, &none), NPS_ERR_EMPTY);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            nps_sample broken = {1, bad[i], 1, 1}, broken_none = {0, 0, 0, bad[i]};
            ck_assert_int_eq(status_of(&rule, &fine, &broken), NPS_ERR_RANGE);
            if (beside) ck_assert_int_eq(status_of(&rule, &broken, &fine), NPS_ERR_RANGE);
            if (bad[i] != 1e16) ck_assert_int_eq(status_of(&rule, &fine, &broken_none), NPS_ERR_RANGE);
            /* Not looked at. */
            if (!beside) accept(&rule, &broken, &fine);
        }
        if (!beside) accept(&rule, NULL, &fine);
    }
}
END_TEST

START_TEST(struct_sizes)
{
    nps_sample from = counts(10, 20, 70), to = counts(60, 20, 20);
    nps_rule drop = rule_of(NPS_RULE_DROP, 0, 0);
    nps_alert all = accept(&drop, &from, &to), out = {.struct_size = sizeof out};
    ck_assert_int_eq(nps_monitor_rule(NULL, &from, &to, &out), NPS_ERR_ARGUMENT);
    ck_assert_int_eq(nps_monitor_rule(&drop, &from, &to, NULL), NPS_ERR_ARGUMENT);
    out.struct_size = 0;
    ck_assert_int_eq(nps_monitor_rule(&drop, &from, &to, &out), NPS_ERR_ARGUMENT);
    drop.struct_size = 0;
    ck_assert_int_eq(status_of(&drop, &from, &to), NPS_ERR_ARGUMENT);

    /* Callers of a release that knew less: of the rule no points and what follows, of the alert no lower bound. */
    nps_rule shorter = {offsetof(nps_rule, points), NPS_RULE_DROP, 0, NAN, NAN, NAN, NAN};
    out = (nps_alert){.struct_size = offsetof(nps_alert, lower), .lower = -7, .p = -7};
    ck_assert_int_eq(nps_monitor_rule(&shorter, &from, &to, &out), NPS_OK);
    ck_assert(out.struct_size == offsetof(nps_alert, lower) && out.outcome == NPS_ALERT_FIRED);
    ck_assert(out.threshold == all.threshold && out.estimate == all.estimate && out.lower == -7 && out.p == -7);

    /* And of one that knows more. */
    struct {
        nps_rule known;
        uint64_t unknown;
    } longer = {rule_of(NPS_RULE_DROP, 0, 0), 0};
    struct {
        nps_alert known;
        uint64_t unknown;
    } more = {{.struct_size = sizeof more}, 7};
    longer.known.struct_size = sizeof longer;
    ck_assert_int_eq(nps_monitor_rule(&longer.known, &from, &to, &more.known), NPS_OK);
    ck_assert(more.known.p == all.p && more.known.struct_size == sizeof more && more.unknown == 7);
    longer.unknown = 1;
    ck_assert_int_eq(status_of(&longer.known, &from, &to), NPS_ERR_ARGUMENT);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, refused_rules);
    tcase_add_test(tcase, refused_samples);
    tcase_add_test(tcase, struct_sizes);
}

int main(void)
{
    return test_main("monitor_rules_faults", add);
}
