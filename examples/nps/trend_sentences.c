/* What came of it, below the table: does it move, since when, which periods stand out. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "compare.h"
#include "rounded.h"
#include "trend.h"

#define NAMED_MOST 6 /* periods, or groups, that a sentence names */

static const char *unit_of(const trend *of)
{
    return nps_calendar_unit_name(of->given->every);
}

/* "6 months", "9 weeks with answers" */
static void say_waves(const trend *of, text *to)
{
    size_t waves = of->all.tests.waves;
    text_say(to, "%zu %ss%s", waves, unit_of(of), waves < of->all.count ? " with answers" : "");
}

static void say_slope(const trend *of, const nps_slope *slope, const char *between, text *to)
{
    char estimate[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE];
    trend_slope_words(slope, estimate, lower, upper);
    text_say(to, "%s points a %s, %.4g%% interval %s%s%s", estimate, unit_of(of), 100 * of->given->level, lower,
             between, upper);
}

/* Two tests may disagree: the one weighs answers, the other periods by their variances. */
void trend_say_moves(const trend *of, const char *between, text *to)
{
    const trend_tests *tests = &of->all.tests;
    const nps_slope *slope = &tests->slope;
    const char *unit = unit_of(of);
    char p[ROUNDED_SIZE];
    if (tests->waves == 0) {
        text_say(to, "no answer with a time: there is nothing to tell");
        return;
    }
    if (tests->waves == 1) {
        text_say(to, "answers in one %s: a trend takes two or more", unit);
        return;
    }
    bool up = tests->linear.statistic > 0;
    bool moves = tests->linear.p < 1 - of->given->level;
    bool alike = !moves || up == (slope->estimate > 0);
    bool leaves_zero = slope->lower > 0 || slope->upper < 0;
    const char *found = "no rise or fall is told apart from luck";
    if (moves && alike) found = up ? "the score rises" : "the score falls";
    if (moves && !alike) found = up ? "answers rise" : "answers fall";
    text_say(to, "%s over these ", found);
    say_waves(of, to);
    text_say(to, " (linear-by-linear p %s)%s: ", rounded_p(tests->linear.p, of->given->level, p),
             alike ? "" : ", but the line through their scores does not");
    say_slope(of, slope, between, to);
    if (alike && moves != leaves_zero) {
        text_say(to, ", which %s 0: the two weigh the %ss differently", moves ? "does not leave out" : "leaves out",
                 unit);
    }
}

static void say_baseline(const trend *of, text *to)
{
    const char *unit = unit_of(of);
    uint64_t first = of->given->baseline;
    if (first == 0 || first >= of->all.count) {
        text_say(to, "all %ss together", unit);
    } else if (first == 1) {
        text_say(to, "the first %s", unit);
    } else {
        text_say(to, "the first %" PRIu64 " %ss together", first, unit);
    }
}

/* The last signal: of the last period with answers, or of one before that is over. */
void trend_say_since(const trend *of, text *to)
{
    const series *all = &of->all;
    size_t first, at, last;
    int32_t found = series_signal(all, &first, &at);
    if (found == 0 || !series_last(all, &last)) return;
    const char *side = found < 0 ? "below" : "above", *since = all->periods[first].label;
    if (at == last) {
        text_say(to, "since about %s the score lies %s that of ", since, side);
        say_baseline(of, to);
        text_say(to, " (CUSUM)");
    } else {
        if (first == at) {
            text_say(to, "in about %s", since);
        } else {
            text_say(to, "from about %s to %s", since, all->periods[at].label);
        }
        text_say(to, " the score lay %s that of ", side);
        say_baseline(of, to);
        text_say(to, " (CUSUM), which by %s is no longer sure", all->periods[last].label);
    }
}

void trend_say_limits(const trend *of, text *to)
{
    const series *all = &of->all;
    size_t found = 0;
    char centre[ROUNDED_SIZE];
    if (all->tests.waves < 2) return;
    if (!all->has_control) {
        text_say(to, "no control limits: there are no answers in ");
        say_baseline(of, to);
        return;
    }
    for (size_t i = 0; i < all->count; i++) {
        const period *at = &all->periods[i];
        if (at->control.limit == 0) continue;
        if (++found > NAMED_MOST) continue;
        text_say(to, "%s%s (%s)", found == 1 ? "outside of the control limits: " : ", ", at->label,
                 at->control.limit < 0 ? "below" : "above");
    }
    if (found > NAMED_MOST) text_say(to, " and %zu more", found - NAMED_MOST);
    if (found == 0) text_say(to, "no %s lies outside of the control limits", unit_of(of));
    text_say(to, "%s 3 standard errors around %s, the score of ", found == 0 ? "," : ";",
             rounded_signed(all->centre, 0, centre));
    say_baseline(of, to);
}

void trend_say_groups(const trend *of, text *to)
{
    size_t found = 0, tested = 0;
    for (size_t i = 0; i < of->group_count; i++) {
        const trend_tests *tests = &of->groups[i].tests;
        if (!isnan(tests->p_adjusted)) tested++;
        if (!(tests->p_adjusted < 1 - of->given->level)) continue;
        if (++found > NAMED_MOST) continue;
        text_say(to, "%s", found == 1 ? "groups that move: " : ", ");
        compare_name(of->given, &of->keys, of->groups[i].first, to);
        text_say(to, tests->linear.statistic > 0 ? " (up)" : " (down)");
    }
    if (found > NAMED_MOST) text_say(to, " and %zu more", found - NAMED_MOST);
    if (tested == 0) return;
    if (found == 0) text_say(to, "no group's rise or fall is told apart from luck");
    text_say(to, "; p is linear-by-linear, adjusted for %zu group%s (holm); an interval is for one look", tested,
             tested == 1 ? "" : "s");
}

void trend_sentences(const trend *printed)
{
    text sentence = {0};
    if (printed->given->format != FORMAT_MARKDOWN) putchar('\n');
    trend_say_moves(printed, printed->given->format == FORMAT_MARKDOWN ? " ... " : rounded_between(), &sentence);
    compare_say(printed->given, &sentence);
    trend_say_since(printed, &sentence);
    compare_say(printed->given, &sentence);
    trend_say_limits(printed, &sentence);
    compare_say(printed->given, &sentence);
    trend_say_groups(printed, &sentence);
    compare_say(printed->given, &sentence);
    rounded_rows(&printed->total.counts, &sentence);
    compare_say(printed->given, &sentence);
    text_free(&sentence);
}
