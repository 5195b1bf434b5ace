/* What came of it, in words that never say more than the intervals do. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "apportion.h"
#include "compare.h"
#include "compare_words.h"
#include "explain.h"
#include "rounded.h"

#define PARTS_MOST 3 /* segments that are named for their part in the change */
#define NAMED_MOST 6 /* and for being there in one wave only */

static double points(const explained *of, int64_t shown)
{
    return (double)shown / apportion_scale(of->decimals);
}

static const char *print(const explained *of, int64_t shown, char *buffer)
{
    return rounded_signed(points(of, shown), of->decimals, buffer);
}

bool explain_is_real(const explained *of)
{
    enum verdict verdict = verdict_of(&of->waves.overall, of->given->level);
    return verdict == VERDICT_ABOVE || verdict == VERDICT_BELOW;
}

void explain_say_change(const explained *of, text *to)
{
    comparison as_shown = of->waves;
    char from[ROUNDED_SIZE], until[ROUNDED_SIZE];
    as_shown.overall.told.estimate = points(of, explain_both(&of->shown));
    text_say(to, "from %s to %s, ", print(of, of->from_shown, from), print(of, of->to_shown, until));
    words_two(to, &as_shown, of->decimals);
}

typedef struct effect {
    int64_t shown;
    double lower, upper;
    const char *cause;
} effect;

static bool stands_out(const effect *of)
{
    return of->lower > 0 || of->upper < 0;
}

static void say_effect(const explained *of, const effect *told, bool judge, text *to)
{
    const nps_difference interval = {.estimate = points(of, told->shown), .lower = told->lower, .upper = told->upper};
    char number[ROUNDED_SIZE];
    figures numbers;
    text_say(to, "%s because %s", told->shown != 0 ? print(of, told->shown, number) : "nothing", told->cause);
    if (!(told->lower < told->upper)) return;
    words_figures(&interval, of->decimals, 0, &numbers);
    text_say(to, " (%.6g%% interval %s to %s%s)", 100 * of->given->level, numbers.lower, numbers.upper,
             judge && told->shown != 0 && !stands_out(told) ? ", which may be chance" : "");
}

/* Where the change may be none, only of what is beyond doubt. */
static void say_within(const explained *of, const effect effects[2], text *to)
{
    size_t found = 0;
    for (int i = 0; i < 2; i++) {
        if (!stands_out(&effects[i])) continue;
        text_say(to, found++ == 0 ? "even so, the " : " and the ");
        say_effect(of, &effects[i], false, to);
    }
    if (found == 0 && (of->shown.rate != 0 || of->shown.mix != 0)) {
        text_say(to, "what each segment did to it may be chance");
    } else if (found > 0) {
        text_say(to, found == 1 ? " is distinguishable from none; the rest may be chance"
                                : " are each distinguishable from none: they make up for one another");
    }
}

void explain_say_effects(const explained *of, text *to)
{
    const nps_change *change = &of->change;
    const effect effects[2] = {
        {of->shown.rate, change->rate_lower, change->rate_upper, "segments score otherwise"},
        {of->shown.mix, change->mix_lower, change->mix_upper, "other people answered"},
    };
    if (!explain_is_real(of)) {
        say_within(of, effects, to);
        return;
    }
    text_say(to, "of it ");
    say_effect(of, &effects[0], true, to);
    text_say(to, " and ");
    say_effect(of, &effects[1], true, to);
}

static void say_class(const explained *of, int64_t shown, bool more, const char *class, text *to)
{
    char number[ROUNDED_SIZE];
    if (shown == 0) {
        text_say(to, "nothing from %s", class);
    } else {
        text_say(to, "%s because %s are %s", print(of, shown, number), more ? "more" : "fewer", class);
    }
}

void explain_say_classes(const explained *of, text *to)
{
    if (!explain_is_real(of)) return;
    text_say(to, "by class ");
    say_class(of, of->promoters_shown, of->promoters_shown > 0, "promoters", to);
    text_say(to, " and ");
    say_class(of, of->detractors_shown, of->detractors_shown < 0, "detractors", to);
}

static void say_name(const explained *of, size_t index, text *to)
{
    const explained_segment *at = &of->segments[index];
    int t = at->index[0] == EXPLAIN_ABSENT;
    compare_name(of->given, of->waves.sides[t], at->index[t], to);
}

void explain_say_segments(const explained *of, text *to)
{
    size_t named = 0;
    if (!explain_is_real(of) || of->count < 2) return;
    for (size_t i = 0; i < of->count && named < PARTS_MOST; i++) {
        char number[ROUNDED_SIZE];
        int64_t both = explain_both(&of->segments[of->order[i]].shown);
        if (both == 0) break;
        text_say(to, named++ == 0 ? "the largest parts: " : ", ");
        say_name(of, of->order[i], to);
        text_say(to, " %s", print(of, both, number));
    }
    if (named > 0) text_say(to, "; a single part has no interval, and a small one may be chance");
}

/* Names segments that answered in the wave t only. */
static size_t say_only(const explained *of, int t, const char *when, text *to)
{
    size_t found = 0;
    for (size_t i = 0; i < of->count; i++) {
        const explained_segment *at = &of->segments[of->order[i]];
        bool from = !isnan(at->part.from_score), until = !isnan(at->part.to_score);
        if (from == until || from != (t == 0)) continue;
        if (++found > NAMED_MOST) continue;
        if (found == 1) text_say(to, "%s: ", when);
        if (found > 1) text_say(to, ", ");
        say_name(of, of->order[i], to);
    }
    if (found > NAMED_MOST) text_say(to, " and %zu more", found - NAMED_MOST);
    return found;
}

void explain_say_absent(const explained *of, text *to)
{
    size_t started = to->length;
    size_t found = say_only(of, 1, "answered after only", to);
    if (found > 0) text_say(to, "; ");
    size_t gone = say_only(of, 0, "answered before only", to);
    if (found > 0 && gone == 0) to->length -= 2;
    if (to->length > started) text_say(to, " (no score to compare: all mix)");
}
