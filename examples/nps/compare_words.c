#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/plan.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "compare_words.h"
#include "message.h"
#include "rounded.h"

#define DECIMALS_MOST 15
#define POWER         0.8
#define ANSWERS_MOST  1000000000 /* more than any survey gets */

/* Scores that are the same may come out of a division a last bit apart. */
static bool is_same(const nps_difference *told)
{
    return fabs(told->estimate) < 1e-9;
}

static bool is_true_to(const nps_difference *told, double margin, int decimals)
{
    const double numbers[] = {told->estimate, told->lower, told->upper}, thresholds[] = {0, margin, -margin};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3 && !(i == 0 && is_same(told)); j++) {
            if (!isnan(numbers[i]) && !rounded_is_true(numbers[i], thresholds[j], decimals)) return false;
        }
    }
    char lower[32], upper[32];
    snprintf(lower, sizeof lower, "%.*f", decimals, told->lower);
    snprintf(upper, sizeof upper, "%.*f", decimals, told->upper);
    return !(told->lower < told->upper) || strcmp(lower, upper) != 0;
}

void words_figures(const nps_difference *told, int decimals, double margin, figures *out)
{
    while (decimals < DECIMALS_MOST && !is_true_to(told, margin, decimals)) decimals++;
    rounded_signed(told->estimate, decimals, out->estimate);
    rounded_signed(told->lower, decimals, out->lower);
    rounded_signed(told->upper, decimals, out->upper);
    if (isnan(told->upper)) strcpy(out->upper, "");
    snprintf(out->size, sizeof out->size, "%.*f", decimals, fabs(told->estimate));
}

/* "3rd" */
static void print_ordinal(size_t number, char out[32])
{
    bool teen = number / 10 % 10 == 1;
    const char *end = teen ? "th" : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
    char digits[32];
    rounded_count(number, digits);
    snprintf(out, 32, "%.28s%s", digits, end);
}

const char *words_verdict(enum verdict verdict)
{
    static const char *const words[] = {"n/a", "unclear", "above", "below", "too few"};
    return words[verdict];
}

static const char *points_word(const char *size)
{
    return strcmp(size, "1") == 0 ? "point" : "points";
}

/* "95%", "90%": of an interval. */
static void say_percent(text *to, double level)
{
    text_say(to, "%.6g%%", 100 * level);
}

static void say_interval(text *to, const nps_difference *told, double level, const figures *shown_figures)
{
    if (!(told->lower < told->upper)) return;
    text_say(to, ", ");
    say_percent(to, level);
    text_say(to, " interval %s to %s", shown_figures->lower, shown_figures->upper);
}

static void say_p(text *to, const comparison *of, const contrast *told, bool of_many)
{
    char p[ROUNDED_SIZE];
    bool adjusted = of_many && of->given->adjust != NPS_ADJUST_NONE;
    rounded_p(told->p_adjusted, of->given->level, p);
    text_say(to, " (%sp %s)", adjusted ? "adjusted " : "", p);
}

/* Of what is there; where all are of one class, with 3/4, 3/2 and 3/4 answers more, as NPS_OMNIBUS_WALD does. */
static bool take_variance(const result *of, double *variance)
{
    nps_sample sample;
    double detractors = of->detractor_share, passives = of->passive_share, promoters = of->promoter_share;
    double size = of->is_weighted ? of->effective_size : (double)nps_tally_responses(&of->counts);
    if (nps_sample_from_counts(size * detractors, size * passives, size * promoters, &sample) != NPS_OK) return false;
    require(nps_sample_variance(&sample, variance), "variance");
    if (*variance > 0) return true;
    if (nps_sample_from_counts(size * detractors + 0.75, size * passives + 1.5, size * promoters + 0.75, &sample) !=
        NPS_OK) {
        return false;
    }
    require(nps_sample_variance(&sample, variance), "variance");
    return *variance > 0;
}

/* How many answers each of two samples would need to see this difference, if it is real. False where it cannot be said,
 * or both have so many. */
static bool answers_needed(const comparison *of, uint64_t *needed)
{
    nps_plan plan = {.struct_size = sizeof plan, .level = of->given->level, .power = POWER};
    double from, to;
    uint64_t from_size, to_size;
    const result *results = of->results;
    if (!take_variance(&results[0], &from) || !take_variance(&results[1], &to)) return false;
    plan.from_variance = from;
    plan.to_variance = to;
    if (results[0].is_weighted) {
        plan.design_effect = (from * results[0].design_effect + to * results[1].design_effect) / (from + to);
    }
    int status = nps_plan_size_for_difference(&plan, of->overall.told.estimate, &from_size, &to_size, NULL);
    if (status == NPS_ERR_LIMIT) {
        *needed = UINT64_MAX;
        return true;
    }
    if (status != NPS_OK) return false;
    *needed = from_size > to_size ? from_size : to_size;
    return nps_tally_responses(&results[0].counts) < *needed || nps_tally_responses(&results[1].counts) < *needed;
}

static void say_answers_needed(text *to, const comparison *of)
{
    uint64_t needed;
    char count[32];
    if (!answers_needed(of, &needed)) return;
    if (needed > ANSWERS_MOST) {
        text_say(to, "; were it real, it would be too small for any survey to tell");
        return;
    }
    rounded_count(needed, count);
    text_say(to, "; were it real, %s answers a wave would tell, 4 times in 5", count);
}

/* Of a survey design there can be a score without an interval. */
static bool has_scores(const comparison *of)
{
    return of->results[0].has_score && of->results[1].has_score;
}

void words_two(text *to, const comparison *of, int decimals)
{
    const contrast *told = &of->overall;
    const nps_difference *difference = &told->told;
    enum verdict verdict = verdict_of(told, of->given->level);
    figures numbers;
    if (verdict == VERDICT_NONE) {
        text_say(to,
                 has_scores(of) ? "no degrees of freedom, no difference to tell" : "no answers, no difference to tell");
        return;
    }
    words_figures(difference, decimals, 0, &numbers);
    if (is_same(difference)) {
        text_say(to, "the same score");
    } else {
        text_say(to, "%s %s %s", difference->estimate > 0 ? "up" : "down", numbers.size, points_word(numbers.size));
    }
    say_interval(to, difference, of->given->level, &numbers);
    switch (verdict) {
    case VERDICT_UNCLEAR:
        text_say(to,
                 is_same(difference) ? ": nothing says that it changed" : ": not yet distinguishable from no change");
        say_p(to, of, told, false);
        if (!is_same(difference)) say_answers_needed(to, of);
        break;
    case VERDICT_TOO_FEW:
        text_say(to, ": the two contradict each other, for there are too few answers for this method");
        break;
    default:
        text_say(to, ": a real change");
        say_p(to, of, told, false);
    }
}

void words_equivalence(text *to, const comparison *of)
{
    const options *given = of->given;
    const nps_difference *narrower = &of->at_equivalence.told;
    char margin[ROUNDED_SIZE], p[ROUNDED_SIZE];
    figures numbers;
    bool same = of->equivalence.p < 1 - given->level;
    if (!(given->equivalence > 0) || isnan(of->equivalence.p)) return;
    format_number(given->equivalence, margin);
    rounded_p(of->equivalence.p, given->level, p);
    text_say(to, "%s to within %s %s (p %s)", same ? "the same" : "cannot be called the same", margin,
             points_word(margin), p);
    if (!(narrower->lower < narrower->upper)) return;
    words_figures(narrower, 0, given->equivalence, &numbers);
    text_say(to, ": the ");
    say_percent(to, 2 * given->level - 1);
    text_say(to, " interval %s to %s %s", numbers.lower, numbers.upper, same ? "lies inside" : "does not lie inside");
}

void words_segment(text *to, const comparison *of, const contrast *told, const char *name, const char *other)
{
    figures numbers;
    words_figures(&told->told, 0, 0, &numbers);
    bool above = told->told.estimate > 0;
    text_append(to, name, strlen(name));
    text_say(to, " stands %s %s %s ", numbers.size, points_word(numbers.size), above ? "above" : "below");
    text_append(to, other, strlen(other));
    say_interval(to, &told->told, of->given->level, &numbers);
    say_p(to, of, told, of->count > 1);
}

void words_omnibus(text *to, const comparison *of, size_t told_apart)
{
    char p[ROUNDED_SIZE];
    if (isnan(of->omnibus.p)) {
        text_say(to, "fewer than two segments %s: there is nothing to compare",
                 of->sides[0]->hidden != NULL ? "with answers are shown" : "have answers");
        return;
    }
    bool differ = of->omnibus.p < 1 - of->given->level;
    rounded_p(of->omnibus.p, of->given->level, p);
    if (differ) {
        text_say(to, "the segments differ (p %s)", p);
        if (told_apart == 0) text_say(to, ", but no single %s stands out", of->kind == COMPARE_PAIRS ? "pair" : "one");
    } else if (told_apart > 0) {
        text_say(to, "taken together, the segments do not differ for certain (p %s)", p);
    } else {
        text_say(to, "nothing says that the segments differ (p %s)", p);
    }
}

/* One decimal, more where it takes more to see on which side of the benchmark it is; whole numbers as they are. */
static void print_score(double score, double points, char out[32])
{
    int decimals = score == round(score) ? 0 : 1;
    while (decimals < DECIMALS_MOST && !rounded_is_true(score, points, decimals)) decimals++;
    snprintf(out, 32, "%.*f", decimals, score);
    if (strtod(out, NULL) == 0) snprintf(out, 32, "0");
}

void words_benchmark(text *to, const comparison *of, const contrast *told, const result *score, const char *name)
{
    static const char *const words[] = {"", "cannot be told from", "is above", "is below", ""};
    enum verdict verdict = verdict_of(told, of->given->level);
    char points[32], shown_score[32];
    if (verdict == VERDICT_NONE) {
        text_say(to, score->suppressed  ? "all is hidden, nothing to hold against the benchmark"
                     : score->has_score ? "no degrees of freedom, nothing to hold against the benchmark"
                                        : "no answers, nothing to hold against the benchmark");
        return;
    }
    print_score(score->score, of->given->benchmark, shown_score);
    format_number(of->given->benchmark, points);
    if (name != NULL) text_append(to, name, strlen(name));
    text_say(to, name != NULL ? ", at %s, %s the benchmark of %s" : "%s %s the benchmark of %s", shown_score,
             words[verdict], points);
    say_p(to, of, told, name != NULL && of->count > 1);
}

void words_standing(text *to, const comparison *of)
{
    const standing *stands = &of->stands;
    char rank[32], best[32], worst[32], count[32], score[32];
    if (stands->rank == 0) {
        text_say(to, of->results[0].has_score ? "no degrees of freedom, no place among the benchmarks"
                                              : "no answers, no place among the benchmarks");
        return;
    }
    print_ordinal(stands->rank, rank);
    print_ordinal(stands->best, best);
    print_ordinal(stands->worst, worst);
    rounded_count(stands->of, count);
    print_score(of->results[0].score, NAN, score);
    text_say(to, "%s stands %s of %s", score, rank, count);
    if (stands->best == stands->worst) {
        text_say(to, ", and no other place is likely");
    } else {
        text_say(to, "; allowing for chance, anywhere from %s to %s", best, worst);
    }
}
