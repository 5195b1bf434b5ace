/* What came of it, in words that never say more than the numbers do. */
#include "platform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/compare.h>

#include "apportion.h"
#include "compare.h"
#include "compare_words.h"
#include "rounded.h"
#include "speaker.h"
#include "themes.h"

#define NOBODY SIZE_MAX

/* The theme that contributes least, or most, where that is below 0, or above. */
static size_t find_end(const theme_group *of, int side)
{
    for (size_t i = 0; i < of->count; i++) {
        size_t at = side < 0 ? i : of->count - 1 - i;
        const nps_theme *told = &of->themes[at];
        if (side * told->contribution <= 0) return NOBODY;
        if (!theme_is_none(told)) return at;
    }
    return NOBODY;
}

static size_t count_themes(const theme_group *of)
{
    size_t found = 0;
    for (size_t i = 0; i < of->count; i++) found += !theme_is_none(&of->themes[i]) && of->themes[i].mentions > 0;
    return found;
}

static void say_interval(const theme_report *of, double lower, double upper, text *to)
{
    const nps_difference told = {.estimate = NAN, .lower = lower, .upper = upper};
    figures numbers;
    if (isnan(lower)) return;
    words_figures(&told, 1, 0, &numbers);
    text_say(to, " (%.6g%% interval %s to %s)", 100 * of->given->level, numbers.lower, numbers.upper);
}

/* What the score would be, so that it and the impact add up as they are shown. */
static void say_without(const theme_report *of, const theme_group *about, const nps_theme *told, text *to)
{
    char count[ROUNDED_SIZE], score[ROUNDED_SIZE], impact[ROUNDED_SIZE], without[ROUNDED_SIZE], p[ROUNDED_SIZE];
    const nps_difference points = {.estimate = told->impact, .lower = told->impact_lower, .upper = told->impact_upper};
    figures numbers;
    if (isnan(told->impact)) {
        text_say(to, "; all answers mention it, so that there are no others to hold them against");
        return;
    }
    double whole = (double)apportion_round(about->told.score, 1) / apportion_scale(1);
    double part = strtod(rounded_signed(told->impact, 1, impact), NULL);
    text_say(to, "; without the %s %s it the score would be %s in place of %s (impact %s",
             rounded_count(told->mentions, count),
             told->mentions == 1 ? "answer that mentions" : "answers that mention",
             rounded_signed(whole - part, 1, without), rounded_signed(whole, 1, score), impact);
    words_figures(&points, 1, 0, &numbers);
    if (*numbers.upper != '\0') {
        text_say(to, ", %.6g%% interval %s to %s", 100 * of->given->level, numbers.lower, numbers.upper);
    }
    text_say(to, ")");
    if (isnan(told->p_adjusted)) return;
    text_say(to, "%s (%sp %s)", theme_is_apart(of->given, told) ? ": more than chance" : ": that may be chance",
             of->given->adjust == NPS_ADJUST_NONE ? "" : "adjusted ", rounded_p(told->p_adjusted, of->given->level, p));
}

static void say_end(const theme_report *of, const theme_group *about, int side, text *to)
{
    char points[ROUNDED_SIZE];
    size_t at = find_end(about, side);
    if (at == NOBODY) {
        text_say(to, side < 0 ? "no theme takes anything off the score" : "no theme adds to the score");
        return;
    }
    const nps_theme *told = &about->themes[at];
    compare_text_name(of->given, told->theme.bytes, told->theme.length, to);
    text_say(to, side < 0 ? " takes most off the score: %s points" : " adds most to the score: %s points",
             rounded_signed((double)about->shown[at] / apportion_scale(1), 1, points));
    say_interval(of, told->contribution_lower, told->contribution_upper, to);
    say_without(of, about, told, to);
}

void themes_say_cost(const theme_report *of, const theme_group *about, text *to)
{
    size_t at = find_end(about, -1);
    if (at != NOBODY && theme_is_apart(of->given, &about->themes[at])) say_end(of, about, -1, to);
}

/* Where an interval leaves out 0 and p does not call it more than chance. */
static bool is_lost(const options *given, const nps_theme *of)
{
    return (of->lower > 0 || of->upper < 0) && of->p_adjusted >= 1 - given->level;
}

static void say_adjustment(const theme_report *of, const theme_group *about, text *to)
{
    bool lost = false;
    size_t looks = 0;
    for (size_t i = 0; i < about->count; i++) {
        lost = lost || is_lost(of->given, &about->themes[i]);
        if (!isnan(about->themes[i].p_adjusted)) looks++;
    }
    if (!lost || looks < 2) return;
    text_say(to, "an interval is for one look; p allows for all %zu (%s)", looks,
             nps_adjust_method_name(of->given->adjust));
}

void themes_say(const theme_report *of, const theme_group *about, say_function *say, void *user)
{
    speaker to = {say, user, {0}};
    size_t themes = count_themes(about);
    if (!about->told.has_score) {
        text_say(&to.sentence, "no answers, and so no score");
    } else if (themes == 0) {
        text_say(&to.sentence, "no answer mentions a theme");
    } else {
        say_end(of, about, -1, &to.sentence);
        speaker_end(&to);
        say_end(of, about, 1, &to.sentence);
        speaker_end(&to);
        say_adjustment(of, about, &to.sentence);
        speaker_end(&to);
        text_say(&to.sentence,
                 "an answer that mentions several themes counts for each in equal parts: what they add is "
                 "the score, while their impacts overlap");
        speaker_end(&to);
        text_say(&to.sentence, "this tells what goes together, not what causes what");
    }
    speaker_free(&to);
}

void themes_say_rows(const theme_report *of, const theme_group *about, say_function *say, void *user)
{
    speaker to = {say, user, {0}};
    char count[ROUNDED_SIZE];
    rounded_rows(&about->told.counts, &to.sentence);
    for (size_t i = 0; i < about->count; i++) {
        if (!theme_is_none(&about->themes[i])) continue;
        text_say(&to.sentence, "; %s without a theme", rounded_count(about->themes[i].mentions, count));
    }
    speaker_end(&to);
    if (of->given->weight != NULL) text_say(&to.sentence, "n counts answers, all else is of their weights");
    speaker_free(&to);
}
