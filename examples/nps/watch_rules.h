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
#include "text.h"

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

/* A CSV with a header: the column rule, and as many as are wanted of name, points, level [--level], sigmas, least and
 * anytime. fail()s, and names file, row, column and value, on what makes no rule. */
void watch_rules_read(const options *given, watch_rules *out);
void watch_rules_free(watch_rules *freed);

/* One rule at one wave. */
typedef struct watch_finding {
    bool has_baseline; /* false: the rule takes one, and there is none */
    nps_alert alert;
} watch_finding;

/* A result, and the sample that the rules look at; has_sample: there is one. */
typedef struct watched {
    result told;
    nps_sample sample;
    bool has_sample;
} watched;

typedef struct watched_wave {
    char label[NPS_CALENDAR_LABEL_SIZE], start[NPS_CALENDAR_LABEL_SIZE]; /* "": there are no periods */
    watched of, baseline;
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
void watch_rules_json(const rule_watch *told);
void watch_rules_json_lines(const rule_watch *told);

/* What a rule takes; NaN where it does not take such a number. And what it found, for programs: "fired", "none", "few",
 * "no baseline"; "low", "high", "". */
double watch_rule_points(const nps_rule *of);
double watch_rule_level(const nps_rule *of);
double watch_rule_sigmas(const nps_rule *of);
const char *watch_rule_outcome(const watch_finding *of);
const char *watch_rule_side(const watch_finding *of);

/* Whether a rule was looked at, and so has numbers. */
bool watch_rule_has_numbers(const watch_finding *of);

/* For people. What a rule found, its estimate, and what is sure of that: "-2", "at most +8". And in a sentence. */
void watch_rule_cells(const rule_watch *told, const watched_wave *at, size_t index, text *found, text *sure);
void watch_rule_say(const rule_watch *told, const watched_wave *at, size_t index, text *to);
/* Whether the estimate lies past the threshold without being so for sure. */
bool watch_rule_is_near(const rule_watch *told, const watched_wave *at, size_t index);

#endif
