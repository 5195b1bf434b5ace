/* How it was computed, with the sources. */
#include "platform.h"

#include <nps/version.h>

#include "page.h"
#include "page_html.h"
#include "rounded.h"

static void say_drivers(page *to, text *sentence)
{
    if (!to->has_drivers) return;
    text_say(sentence,
             "effects are of the regression of the answer%s on all ratings; the importance of one is its "
             "relative weight, its part of the variance that goes with all of them (Johnson 2000)",
             to->given.explains == NPS_DRIVERS_CLASS ? "'s class" : "");
    if (to->given.pairwise) {
        text_say(sentence, ", from correlations that are each of the rows that have both: without intervals");
    } else {
        text_say(sentence, ", whose intervals are by the delta method (Olkin and Siotani 1976)");
    }
    text_say(sentence,
             ". To begin with is where importance times the way from the mean to the best of the scale is most");
    html_sentence(&to->body, sentence);
}

static void say_themes(page *to, text *sentence)
{
    if (!to->has_themes) return;
    text_say(sentence, "an answer's 100, 0 or -100 is shared evenly by its themes, so that contributions add up to the "
                       "score; the scores of those who mention a theme and of those who do not are held against each "
                       "other by the method of variance estimates recovery (Zou and Donner 2008), with p-values "
                       "adjusted for how many themes there are (Holm 1979)");
    html_sentence(&to->body, sentence);
}

static void say_outcomes(page *to, text *sentence)
{
    if (!to->has_outcomes) return;
    text_say(sentence, to->outcomes.is_rate
                           ? "shares of outcomes have intervals by Wilson (1927), their differences by "
                             "Newcombe (1998)"
                           : "mean outcomes have t intervals, their differences Welch's (1947)");
    text_say(sentence, "; the interval of the correlation is by Fisher's (1921) transformation");
    html_sentence(&to->body, sentence);
}

void page_method(page *to)
{
    const nps_scale *scale = &to->all.scale;
    const nps_tally *counts = &to->score.total.counts;
    text sentence = {0};
    html_heading(&to->body, "method", "Method");
    text_say(&sentence,
             "answers run from %d to %d: promoters give %d or more, detractors %d or less, passives what is between. "
             "The Net Promoter Score is the percentage of promoters less that of detractors, -100 to 100",
             scale->lowest, scale->highest, scale->promoter_min, scale->detractor_max);
    html_sentence(&to->body, &sentence);
    rounded_rows(counts, &sentence);
    text_say(&sentence, ". Missing and invalid answers are in no class");
    if (to->total.is_weighted) {
        text_say(
            &sentence,
            ". Answers are weighted: counts are of people, all else of weights, with Kish's effective sample size");
    }
    html_sentence(&to->body, &sentence);
    text_say(
        &sentence,
        "intervals are at %.4g%%, and score intervals (Tango 1998), which hold for few answers and for scores near "
        "100 too. They tell of the luck of who answered, not of who was not asked or did not answer",
        100 * to->given.level);
    html_sentence(&to->body, &sentence);
    if (to->by > 0) {
        text_say(
            &sentence,
            "segments are drawn towards the mean of all by empirical Bayes (Efron and Morris 1975), and held against "
            "the rest by the method of variance estimates recovery (Zou and Donner 2008), with p-values adjusted for "
            "their number (Holm 1979)");
        html_sentence(&to->body, &sentence);
    }
    if (to->has_periods) {
        text_say(&sentence,
                 "the trend is tested over answers (linear-by-linear, Mantel 1963), and its slope is weighted least "
                 "squares; control limits are 3 standard errors of a period of that size (Shewhart 1931), the CUSUM "
                 "adds up small shifts (Page 1954)");
        html_sentence(&to->body, &sentence);
    }
    if (to->has_change && to->by > 0) {
        text_say(&sentence, "changes are taken apart into score and mix by segment (Kitagawa 1955)");
        html_sentence(&to->body, &sentence);
    }
    say_drivers(to, &sentence);
    say_themes(to, &sentence);
    say_outcomes(to, &sentence);
    text_say(&sentence, "made by libnps %s", nps_version_string());
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
}
