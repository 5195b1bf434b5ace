/* What a rule found, in words: rounded, but never past what it was held against. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rounded.h"
#include "watch_rules.h"

#define DECIMALS_MOST 9

double watch_rule_points(const nps_rule *of)
{
    return of->rule == NPS_RULE_LIMITS ? (double)NAN : of->points;
}

double watch_rule_level(const nps_rule *of)
{
    return of->rule == NPS_RULE_LIMITS ? (double)NAN : of->level;
}

double watch_rule_sigmas(const nps_rule *of)
{
    static const double standard = 3;
    if (of->rule != NPS_RULE_LIMITS) return (double)NAN;
    return of->sigmas == 0 ? standard : of->sigmas;
}

bool watch_rule_has_numbers(const watch_finding *of)
{
    return of->has_baseline && of->alert.outcome != NPS_ALERT_FEW;
}

const char *watch_rule_outcome(const watch_finding *of)
{
    if (!of->has_baseline) return "no baseline";
    return of->alert.outcome == NPS_ALERT_FIRED ? "fired" : of->alert.outcome == NPS_ALERT_FEW ? "few" : "none";
}

const char *watch_rule_side(const watch_finding *of)
{
    return of->alert.side < 0 ? "low" : of->alert.side > 0 ? "high" : "";
}

/* Whether a rule asks if something is low. */
static bool is_low(const nps_rule *of)
{
    return of->rule == NPS_RULE_BELOW || of->rule == NPS_RULE_DROP;
}

bool watch_rule_is_near(const rule_watch *told, const watched_wave *at, size_t index)
{
    const nps_rule *rule = &told->by.rules[index].rule;
    const watch_finding *found = &at->findings[index];
    const nps_alert *alert = &found->alert;
    if (!watch_rule_has_numbers(found) || alert->outcome == NPS_ALERT_FIRED) return false;
    if (rule->rule == NPS_RULE_LIMITS) return false;
    return is_low(rule) ? alert->estimate < alert->threshold : alert->estimate > alert->threshold;
}

typedef struct limit_words {
    char score[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
} limit_words;

static bool same_order(const char *a, const char *b, double x, double y)
{
    double rounded_x = strtod(a, NULL), rounded_y = strtod(b, NULL);
    return (rounded_x > rounded_y) - (rounded_x < rounded_y) == (x > y) - (x < y);
}

/* As many decimals as it takes to show on which side of the limits the score lies. */
static void round_limits(const nps_alert *found, limit_words *out)
{
    for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++) {
        rounded_signed(found->estimate, decimals, out->score);
        rounded_signed(found->lower, decimals, out->lower);
        rounded_signed(found->upper, decimals, out->upper);
        if (same_order(out->score, out->lower, found->estimate, found->lower) &&
            same_order(out->score, out->upper, found->estimate, found->upper) &&
            same_order(out->lower, out->upper, found->lower, found->upper)) {
            break;
        }
    }
}

static const char *between(const rule_watch *told)
{
    return told->given->format == FORMAT_MARKDOWN ? " ... " : rounded_between();
}

/* Why there are no numbers. */
static void say_few(const nps_rule *rule, const watched *of, text *to)
{
    char count[ROUNDED_SIZE];
    if (!of->told.has_score) {
        text_say(to, "no answers");
    } else if (!of->has_sample) {
        text_say(to, "too few units in the survey design");
    } else if (of->told.is_weighted) {
        text_say(to, "effective size %.4g, below %.15g", of->told.effective_size, rule->least);
    } else {
        uint64_t responses = nps_tally_responses(&of->told.counts);
        text_say(to, "%s answer%s, fewer than %.15g", rounded_count(responses, count), responses == 1 ? "" : "s",
                 rule->least);
    }
}

static double sure_bound(const nps_rule *rule, const nps_alert *found)
{
    return is_low(rule) ? found->upper : found->lower;
}

void watch_rule_cells(const rule_watch *told, const watched_wave *at, size_t index, text *found, text *sure)
{
    const nps_rule *rule = &told->by.rules[index].rule;
    const watch_finding *finding = &at->findings[index];
    const nps_alert *alert = &finding->alert;
    char cell[ROUNDED_SIZE];
    limit_words limits;
    if (!finding->has_baseline) {
        text_say(found, "n/a");
        text_say(sure, "no baseline");
    } else if (!watch_rule_has_numbers(finding)) {
        text_say(found, "n/a");
        text_say(sure, at->of.told.has_score ? "too few" : "no answers");
    } else if (rule->rule == NPS_RULE_LIMITS) {
        round_limits(alert, &limits);
        text_say(found, "%s", limits.score);
        text_say(sure, "%s%s%s", limits.lower, between(told), limits.upper);
    } else {
        text_say(found, "%s", rounded_points(alert->estimate, alert->threshold, 0, cell));
        rounded_points(sure_bound(rule, alert), alert->threshold, 0, cell);
        text_say(sure, "at %s %s", is_low(rule) ? "most" : "least", cell);
    }
}

/* The score is below a mark, or above one. */
static void say_level(const nps_rule *rule, const nps_alert *found, bool near, text *to)
{
    char score[ROUNDED_SIZE], bound[ROUNDED_SIZE];
    bool low = is_low(rule);
    const char *side = low ? "below" : "above";
    rounded_points(found->estimate, found->threshold, 0, score);
    rounded_points(sure_bound(rule, found), found->threshold, 0, bound);
    if (found->outcome == NPS_ALERT_FIRED) {
        text_say(to, "NPS %s, at %s %s: %s %.15g", score, low ? "most" : "least", bound, side, rule->points);
    } else if (near) {
        text_say(to, "NPS %s, but it may be as %s as %s: not surely %s %.15g", score, low ? "high" : "low", bound, side,
                 rule->points);
    } else {
        text_say(to, "NPS %s, not %s %.15g", score, side, rule->points);
    }
}

/* "fell by 38 from +36 to -2"; a decimal where whole points would not add up. by: the change as it is told. */
static void say_move(const nps_rule *rule, const watched_wave *at, const nps_alert *found, char *by, text *to)
{
    char from[ROUNDED_SIZE], until[ROUNDED_SIZE];
    double mark = is_low(rule) == (found->estimate < 0) ? rule->points : 0;
    rounded_signed(at->baseline.told.score, 0, from);
    rounded_signed(at->of.told.score, 0, until);
    if (found->estimate == 0) {
        text_say(to, "stayed at %s", until);
        return;
    }
    rounded_number(fabs(found->estimate), mark, 0, by);
    if (fabs(strtod(until, NULL) - strtod(from, NULL)) != strtod(by, NULL)) {
        rounded_number(fabs(found->estimate), mark, 1, by);
    }
    text_say(to, "%s by %s from %s to %s", found->estimate < 0 ? "fell" : "rose", by, from, until);
}

/* The score fell, or rose, from that of the baseline. */
static void say_change(const nps_rule *rule, const watched_wave *at, const nps_alert *found, bool near, text *to)
{
    char by[ROUNDED_SIZE], least[ROUNDED_SIZE], points[64] = "";
    bool drop = is_low(rule);
    const char *noun = drop ? "fall" : "rise";
    if (rule->points > 0) snprintf(points, sizeof points, " of more than %.15g", rule->points);
    say_move(rule, at, found, by, to);
    if (found->outcome == NPS_ALERT_FIRED) {
        for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++) {
            rounded_number(drop ? -found->upper : found->lower, rule->points, decimals, least);
            if (strtod(least, NULL) <= strtod(by, NULL)) break;
        }
        text_say(to, ", by at least %s", least);
        if (rule->points > 0) text_say(to, ": more than %.15g", rule->points);
    } else if (near) {
        text_say(to, ", but a %s%s is not sure", noun, points);
    } else {
        text_say(to, ": no %s%s", noun, points);
    }
}

static void say_limits(const rule_watch *told, const watched_wave *at, const nps_alert *found, text *to)
{
    char centre[ROUNDED_SIZE];
    limit_words words;
    round_limits(found, &words);
    text_say(to, "NPS %s, %s the control limits %s%s%s around %s", words.score,
             found->side < 0   ? "below"
             : found->side > 0 ? "above"
                               : "within",
             words.lower, between(told), words.upper, rounded_signed(at->baseline.told.score, 0, centre));
}

void watch_rule_say(const rule_watch *told, const watched_wave *at, size_t index, text *to)
{
    const nps_rule *rule = &told->by.rules[index].rule;
    const watch_finding *found = &at->findings[index];
    bool near = watch_rule_is_near(told, at, index);
    if (!found->has_baseline) {
        text_say(to, "nothing yet to hold it against");
    } else if (!watch_rule_has_numbers(found)) {
        say_few(rule, &at->of, to);
    } else if (rule->rule == NPS_RULE_LIMITS) {
        say_limits(told, at, &found->alert, to);
    } else if (watch_rule_is_relative(rule)) {
        say_change(rule, at, &found->alert, near, to);
    } else {
        say_level(rule, &found->alert, near, to);
    }
}
