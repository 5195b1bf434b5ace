/* What came of it, in words that never say more than the numbers do. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "outcomes.h"
#include "rounded.h"
#include "speaker.h"

enum { DETRACTORS, PROMOTERS = OUTCOME_CLASSES - 1 };

static void say_name(const outcome_report *of, text *to)
{
    compare_text_name(of->given, of->given->outcome, strlen(of->given->outcome), to);
}

/* " (95% interval +28.1 to +41.7, p < .0001)" or as much of it as there is. */
static void say_interval(const outcome_report *of, const outcome_figures *words, double p, text *to)
{
    char chance[ROUNDED_SIZE];
    bool has_bounds = *words->upper != '\0';
    if (!has_bounds && isnan(p)) return;
    text_say(to, " (");
    if (has_bounds) {
        text_say(to, "%.6g%% interval %s to %s", 100 * of->given->level, words->lower, words->upper);
    }
    if (!isnan(p)) text_say(to, "%sp %s", has_bounds ? ", " : "", rounded_p(p, of->given->level, chance));
    text_say(to, ")");
}

/* Above 0, below it, or not told apart from it: 0. The interval and p may fall out at the very border. */
static int side_of(const outcome_report *of, double lower, double upper, double p)
{
    if (!(p < 1 - of->given->level)) return 0;
    return lower > 0 ? 1 : upper < 0 ? -1 : 0;
}

static void say_class(const outcome_report *of, const outcome_group *about, int class, text *to)
{
    outcome_figures words;
    outcomes_estimate_words(of, &about->classes[class], &words);
    text_say(to, "%s %s", class == PROMOTERS ? "promoters" : "detractors", words.estimate);
    say_interval(of, &words, NAN, to);
}

/* What there is too little of for a difference. */
static const char *lacking(const outcome_group *about)
{
    bool no_promoters = about->classes[PROMOTERS].n == 0;
    if (no_promoters && about->classes[DETRACTORS].n == 0) return "detractor or promoter";
    return no_promoters ? "promoter" : "detractor";
}

static void say_classes(const outcome_report *of, const outcome_group *about, text *to)
{
    say_name(of, to);
    if (isnan(about->difference.difference)) {
        outcome_figures words;
        outcomes_estimate_words(of, &about->all, &words);
        text_say(to, ": all %s", words.estimate);
        say_interval(of, &words, NAN, to);
        text_say(to, "; no %s has an outcome: there is no difference to tell", lacking(about));
        return;
    }
    text_say(to, ": ");
    say_class(of, about, PROMOTERS, to);
    text_say(to, ", ");
    say_class(of, about, DETRACTORS, to);
}

void outcomes_say_difference(const outcome_report *of, const outcome_group *about, text *to)
{
    const nps_outcome_difference *told = &about->difference;
    outcome_figures words;
    if (isnan(told->difference)) return;
    outcomes_difference_words(of, told, &words);
    text_say(to, "promoters less detractors: %s%s", words.estimate, of->is_rate ? " points" : "");
    say_interval(of, &words, told->p, to);
    if (isnan(told->p)) {
        text_say(to, ": how sure that is cannot be said");
    } else {
        text_say(to, side_of(of, told->lower, told->upper, told->p) != 0 ? ", more than chance"
                                                                         : ", not told apart from none");
    }
}

/* "higher answers go with lower minutes" */
static void say_direction(const outcome_report *of, const char *what, int side, text *to)
{
    text_say(to, "%s with ", what);
    if (of->is_rate) text_say(to, "a ");
    text_say(to, side > 0 ? "higher " : "lower ");
    if (of->is_rate) text_say(to, "rate of ");
    say_name(of, to);
}

static void say_correlation(const outcome_report *of, const nps_correlation_result *told, const char *const what[2],
                            text *to)
{
    outcome_figures words;
    int side = side_of(of, told->lower, told->upper, told->p);
    outcomes_correlation_words(told, &words);
    if (side == 0) {
        text_say(to, "%s and ", what[0]);
        say_name(of, to);
    } else {
        say_direction(of, what[1], side, to);
    }
    text_say(to, ": correlation %s", words.estimate);
    say_interval(of, &words, told->p, to);
    if (side == 0) text_say(to, isnan(told->p) ? ", of too few to tell more" : ", not told apart from none");
}

/* Of all answers: whether the groups' scores go with it. */
static void say_between(const outcome_report *of, text *to)
{
    static const char *const what[2] = {"NPS", "a higher NPS goes"};
    char groups[ROUNDED_SIZE];
    const nps_correlation_result *told = &of->between;
    if (of->segments == NULL || isnan(told->correlation) || told->n < 3) return; /* two always lie on a line */
    text_say(to, "between the %s segments, ", rounded_count(told->n, groups));
    say_correlation(of, told, what, to);
}

static bool is_any_told(const outcome_group *about)
{
    return !isnan(about->difference.difference) || !isnan(about->correlation.correlation);
}

void outcomes_say(const outcome_report *of, const outcome_group *about, say_function *say, void *user)
{
    static const char *const what[2] = {"answer", "higher answers go"};
    speaker to = {say, user, {0}};
    if (about->all.n == 0) {
        text_say(&to.sentence, nps_tally_responses(&about->told.counts) > 0 ? "no answer has an outcome"
                                                                            : "no answers, and so nothing to tell");
        speaker_free(&to);
        return;
    }
    say_classes(of, about, &to.sentence);
    speaker_end(&to);
    outcomes_say_difference(of, about, &to.sentence);
    speaker_end(&to);
    if (!isnan(about->correlation.correlation)) say_correlation(of, &about->correlation, what, &to.sentence);
    speaker_end(&to);
    if (about->segment == RESULT_TOTAL) say_between(of, &to.sentence);
    speaker_end(&to);
    if (is_any_told(about)) {
        text_say(&to.sentence, "this tells what goes together, not what causes what");
    }
    speaker_free(&to);
}

void outcomes_say_rows(const outcome_report *of, say_function *say, void *user)
{
    speaker to = {say, user, {0}};
    const outcome_group *total = &of->total;
    char missing[ROUNDED_SIZE], invalid[ROUNDED_SIZE], zero[ROUNDED_SIZE];
    rounded_rows(&total->told.counts, &to.sentence);
    if (total->all.missing > 0) {
        text_say(&to.sentence, "; %s without an outcome", rounded_count(total->all.missing, missing));
    }
    if (of->invalid > 0) text_say(&to.sentence, ", of which %s invalid", rounded_count(of->invalid, invalid));
    if (total->zero > 0) text_say(&to.sentence, "; %s of weight 0 left out", rounded_count(total->zero, zero));
    speaker_end(&to);
    if (of->given->weight != NULL) text_say(&to.sentence, "n counts answers, all else is of their weights");
    speaker_free(&to);
}
