/* nps watch --rules: whole waves, or all answers at once, held against rules. */
#ifndef WATCH_RULES_H
#define WATCH_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nps/calendar.h>
#include <nps/monitor.h>

#include "options.h"
#include "result.h"

typedef struct watch_rule {
    char *name;
    size_t length;
    nps_rule rule;
} watch_rule;

typedef struct watch_rules {
    watch_rule *rules;
    size_t count;
} watch_rules;

/* Whether a rule is about a baseline. */
bool watch_rule_is_relative(const nps_rule *of);

/* A CSV with a header: the column rule, and as many as are wanted of name, points, level, sigmas, least and anytime.
 * fail()s, and names file, row, column and value, on what makes no rule. */
void watch_rules_read(const char *path, watch_rules *out);
void watch_rules_free(watch_rules *freed);

/* One rule at one wave. */
typedef struct watch_finding {
    bool has_baseline; /* false: the rule takes one, and there is none */
    nps_alert alert;
} watch_finding;

typedef struct watched_wave {
    char label[NPS_CALENDAR_LABEL_SIZE], start[NPS_CALENDAR_LABEL_SIZE]; /* "": there are no periods */
    result of;
    result baseline;         /* without a score where there is none */
    watch_finding *findings; /* of each rule */
    bool fired;
} watched_wave;

typedef struct rule_watch {
    const options *given;
    watch_rules by;
    nps_scale scale;
    result total;
    watched_wave *waves; /* in the order of time; the last one decides */
    size_t count;
} rule_watch;

int run_watch_rules(const options *given);

/* Tells what was found, and on standard error what fired at the last wave where programs read standard output. */
void watch_rules_print(const rule_watch *told);

#endif
