/* What came of it, in words that never say more than the numbers do. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "compare_words.h"
#include "drivers.h"
#include "rounded.h"
#include "speaker.h"

#define NAMED_MOST    6
#define DECIMALS_MOST 9

static void say_name(const driver_report *of, size_t rating, text *to)
{
    compare_text_name(of->given, of->names[rating], strlen(of->names[rating]), to);
}

void drivers_say_names(const driver_report *of, const bool *marked, text *to)
{
    size_t all = 0, said = 0;
    for (size_t i = 0; i < of->count; i++) all += marked[i];
    for (size_t i = 0; i < of->count; i++) {
        if (!marked[i]) continue;
        if (said == NAMED_MOST && all > NAMED_MOST + 1) {
            text_say(to, " and %zu more", all - NAMED_MOST);
            return;
        }
        text_say(to, said == 0 ? "" : said + 1 == all ? " and " : ", ");
        say_name(of, i, to);
        said++;
    }
}

static void say_faulty(const driver_report *of, const int32_t *faults, size_t step, int32_t fault, text *to)
{
    bool marked[RATINGS_MOST];
    for (size_t i = 0; i < of->count; i++) {
        marked[i] = false;
        for (size_t j = 0; j < step; j++) marked[i] = marked[i] || faults[step * i + j] == fault;
    }
    drivers_say_names(of, marked, to);
}

static void say_too_few(const driver_report *of, const driver_group *about, text *to)
{
    uint64_t rows = about->rows.complete;
    if (of->given->pairwise) {
        text_say(to, "%" PRIu64 " rows with an answer are too few for correlations of %zu rating%s",
                 rows + about->rows.incomplete, of->count, of->count == 1 ? "" : "s, which take rows that have both");
        return;
    }
    text_say(to, "%" PRIu64 " complete row%s too few for %zu rating%s, which take%s %zu", rows,
             rows == 1 ? " is" : "s are", of->count, of->count == 1 ? "" : "s", of->count == 1 ? "s" : "",
             of->count + 2);
}

void drivers_say_trouble(const driver_report *of, const driver_group *about, text *to)
{
    bool pairwise = of->given->pairwise;
    switch (about->trouble) {
    case DRIVERS_NOBODY:
        text_say(to, pairwise ? "no row has an answer" : "no row has an answer and every rating");
        break;
    case DRIVERS_TOO_FEW:
        say_too_few(of, about, to);
        break;
    case DRIVERS_CONSTANT_ANSWERS:
        text_say(to, of->given->explains == NPS_DRIVERS_CLASS ? "all answers are of one class"
                                                              : "all answers are the same");
        text_say(to, ": there is nothing to explain");
        break;
    case DRIVERS_CONSTANT_RATINGS:
        text_say(to, "%s the same in all rows", of->count == 1 ? "the rating is" : "each rating is");
        break;
    case DRIVERS_COLLINEAR:
        say_faulty(of, about->faults, 1, NPS_DRIVER_COLLINEAR, to);
        text_say(to, " determine one another");
        break;
    case DRIVERS_INCONSISTENT:
        text_say(to, "the correlations, each from other rows, fit no rows at all: leave --pairwise out");
        break;
    default:
        break;
    }
}

void drivers_say_contrast_trouble(const driver_report *of, const driver_group *about, text *to)
{
    if (about->contrasts == NULL || about->has_contrasts || !about->has_fit) return;
    text_say(to, "penalty and reward cannot be told: ");
    if (about->contrast_trouble == DRIVERS_COLLINEAR) {
        say_faulty(of, about->contrast_faults, 2, NPS_DRIVER_COLLINEAR, to);
        text_say(to, " are low or high in all rows, or low and high where others are: choose --low and --high with "
                     "ratings in between");
    } else if (about->contrast_trouble == DRIVERS_TOO_FEW) {
        text_say(to, "%" PRIu64 " complete row%s too few for %zu ratings, low and high", about->rows.complete,
                 about->rows.complete == 1 ? " is" : "s are", of->count);
    } else if (about->contrast_trouble == DRIVERS_CONSTANT_RATINGS) {
        text_say(to, "no rating is low in some rows, or high in some, and not in others");
    } else {
        text_say(to, "the correlations, each from other rows, fit no rows at all");
    }
}

void drivers_say_left_out(const driver_report *of, const driver_group *about, text *to)
{
    size_t found = 0;
    if (!about->has_fit) return;
    for (size_t i = 0; i < of->count; i++) {
        char number[32];
        if (about->faults[i] != NPS_DRIVER_CONSTANT) continue;
        if (++found > NAMED_MOST) continue;
        text_say(to, found == 1 ? "left out: " : ", ");
        say_name(of, i, to);
        if (isnan(about->drivers[i].mean)) {
            text_say(to, ", which nobody rated");
        } else {
            text_say(to, ", which is %s in all rows", format_number(about->drivers[i].mean, number));
        }
    }
    if (found > NAMED_MOST) text_say(to, " and %zu more like these", found - NAMED_MOST);
}

int drivers_decimals(const options *given, const nps_driver *columns, size_t count)
{
    double least = INFINITY, largest = 0;
    for (size_t i = 0; i < count; i++) {
        if (columns[i].standard_error > 0) least = fmin(least, columns[i].standard_error);
        if (!isnan(columns[i].coefficient)) largest = fmax(largest, fabs(columns[i].coefficient));
    }
    double size = drivers_unit(given) * (isinf(least) ? largest / 10 : least);
    if (!(size > 0) || isinf(size)) return 2;
    double decimals = ceil(-log10(size / 2)); /* a digit of half a standard error */
    return decimals < 0 ? 0 : decimals > DECIMALS_MOST ? DECIMALS_MOST : (int)decimals;
}

void drivers_say_first(const driver_report *of, const driver_group *about, text *to)
{
    size_t first = about->ranked < DRIVERS_FIRST ? about->ranked : DRIVERS_FIRST;
    if (about->ranked < 2) return;
    bool is_known = !isnan(about->ahead[about->order[0] * of->count + about->order[1]]);
    for (size_t i = 0; i < first; i++) {
        size_t rating = about->order[i];
        text_say(to, i == 0 ? "begin with " : ", then ");
        say_name(of, rating, to);
        if (!is_known || i + 1 >= about->ranked) continue;
        size_t next = about->order[i + 1];
        char chance[ROUNDED_SIZE];
        text_say(to, i == 0 ? " (ahead of " : " (of ");
        say_name(of, next, to);
        text_say(to, i == 0 ? " with probability %s)" : ": %s)",
                 rounded_chance(about->ahead[rating * of->count + next], chance));
    }
    if (!is_known) text_say(to, "; how sure this order is, --pairwise cannot tell");
}

/* Who might be among the first as well. */
static void say_others(const driver_report *of, const driver_group *about, text *to)
{
    size_t found = 0;
    if (about->ranked <= DRIVERS_FIRST) return;
    size_t third = about->order[DRIVERS_FIRST - 1];
    for (size_t i = DRIVERS_FIRST; i < about->ranked; i++) {
        double ahead = about->ahead[about->order[i] * of->count + third];
        char chance[ROUNDED_SIZE];
        if (!(ahead > 1 - of->given->level)) continue;
        if (++found > NAMED_MOST) continue;
        if (found > 1) text_say(to, ", ");
        say_name(of, about->order[i], to);
        text_say(to, " (%s)", rounded_chance(ahead, chance));
    }
    if (found == 0) return;
    if (found > NAMED_MOST) text_say(to, " and %zu more", found - NAMED_MOST);
    text_say(to, " might be among the first %d as well: in brackets the probability of being ahead of ", DRIVERS_FIRST);
    say_name(of, third, to);
}

static const char *what(const options *given)
{
    return given->explains == NPS_DRIVERS_CLASS ? "of the answer's class" : "of the answer";
}

static void say_share(const driver_report *of, const driver_group *about, text *to)
{
    const nps_drivers_fit *fit = &about->fit;
    bool one = about->used == 1;
    text_say(to, "%s with %.1f%% of the variance %s", one ? "it goes" : "together the ratings go", 100 * fit->r_squared,
             what(of->given));
    if (isnan(fit->adjusted_r_squared)) return;
    text_say(to, " (adjusted%s: %.1f%%)", one ? "" : " for how many they are", fmax(0, 100 * fit->adjusted_r_squared));
}

static void say_no_order(const driver_report *of, const driver_group *about, text *to)
{
    char p[ROUNDED_SIZE];
    text_say(to, "%s told apart from chance (F test, p %s): where to begin cannot be said from these rows",
             of->count == 1 ? "the rating is not" : "the ratings as a whole are not",
             rounded_p(about->fit.f_p, of->given->level, p));
}

/* What one more point of the first one goes with. */
static void say_effect(const driver_report *of, const driver_group *about, text *to)
{
    const nps_driver *first = &about->drivers[about->order[0]];
    double unit = drivers_unit(of->given);
    bool points = unit > 1;
    nps_difference told = {
        .estimate = unit * first->coefficient, .lower = unit * first->lower, .upper = unit * first->upper};
    figures numbers;
    if (isnan(first->lower)) return;
    words_figures(&told, drivers_decimals(of->given, about->drivers, of->count), 0, &numbers);
    text_say(to, "one more point in ");
    say_name(of, about->order[0], to);
    text_say(to, "%s goes with %s %s (%.6g%% interval %s to %s%s)",
             about->used > 1 ? ", the other ratings the same," : "", numbers.estimate,
             points ? "points of NPS" : "in the answer", 100 * of->given->level, numbers.lower, numbers.upper,
             told.lower <= 0 && told.upper >= 0 ? ", which may be none" : "");
}

static void say_reversed(const driver_report *of, const driver_group *about, text *to)
{
    bool marked[RATINGS_MOST], any = false;
    for (size_t i = 0; i < of->count; i++) {
        marked[i] = about->priorities[i].rank > 0 && about->drivers[i].correlation < 0;
        any = any || marked[i];
    }
    if (!any) return;
    text_say(to, "lower ratings go with higher answers in ");
    drivers_say_names(of, marked, to);
    text_say(to, ": the lowest is taken for the best there");
}

static void say_hygiene(const driver_report *of, const driver_group *about, text *to)
{
    bool marked[RATINGS_MOST], any = false;
    for (size_t i = 0; i < of->count; i++) {
        marked[i] = drivers_is_hygiene(about, i);
        any = any || marked[i];
    }
    if (!any) return;
    text_say(to, "hygiene: ");
    drivers_say_names(of, marked, to);
    text_say(to, ": low ratings go with lower answers, and high ones with none that are clearly higher");
}

void drivers_say(const driver_report *of, const driver_group *about, say_function *say, void *user)
{
    static void (*const sentences[])(const driver_report *report, const driver_group *group,
                                     text *to) = {drivers_say_first, say_others, say_share, say_effect, say_reversed};
    speaker to = {say, user, {0}};
    if (!about->has_fit) {
        drivers_say_trouble(of, about, &to.sentence);
        if (to.sentence.length > 0) text_say(&to.sentence, ": there is no fit");
    } else if (!drivers_have_order(of->given, about)) {
        say_no_order(of, about, &to.sentence);
        speaker_end(&to);
        say_share(of, about, &to.sentence);
    } else {
        for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
            sentences[i](of, about, &to.sentence);
            speaker_end(&to);
        }
    }
    speaker_end(&to);
    drivers_say_left_out(of, about, &to.sentence);
    speaker_end(&to);
    say_hygiene(of, about, &to.sentence);
    speaker_end(&to);
    drivers_say_contrast_trouble(of, about, &to.sentence);
    speaker_end(&to);
    if (about->has_fit) {
        text_say(&to.sentence,
                 "this tells what goes together, not what causes what: better ratings need not bring better answers");
    }
    speaker_free(&to);
}

/* Which rating is missing most often, where it matters. */
static void say_most_missing(const driver_report *of, const driver_group *about, text *to)
{
    size_t most = 0;
    char count[ROUNDED_SIZE];
    for (size_t i = 1; i < of->count; i++) {
        if (about->missing[i] > about->missing[most]) most = i;
    }
    text_say(to, "; most often missing is ");
    say_name(of, most, to);
    text_say(to, " (%s)", rounded_count(about->missing[most], count));
}

static void say_counts(const driver_report *of, const driver_group *about, text *to)
{
    const nps_drivers_rows *rows = &about->rows;
    uint64_t answered = rows->complete + rows->incomplete;
    char complete[ROUNDED_SIZE], all[ROUNDED_SIZE], other[ROUNDED_SIZE];
    rounded_count(rows->complete, complete);
    text_say(to, "%s of %s rows with an answer %s complete", complete, rounded_count(answered, all),
             rows->complete == 1 ? "is" : "are");
    if (rows->unanswered > 0) text_say(to, ", %s without an answer", rounded_count(rows->unanswered, other));
    if (rows->zero > 0) text_say(to, ", %s of weight 0 left out", rounded_count(rows->zero, other));
    if (of->given->pairwise && about->has_fit) {
        text_say(to, "; each correlation is of the rows that have both, %s or more",
                 rounded_count(about->fit.n, other));
    }
    bool few = rows->complete < answered - rows->complete;
    if (few) say_most_missing(of, about, to);
    if (few && !of->given->pairwise) text_say(to, "; --pairwise would use all of them, without intervals");
}

void drivers_say_rows(const driver_report *of, const driver_group *about, say_function *say, void *user)
{
    speaker to = {say, user, {0}};
    bool given = of->given->levels != NULL || of->given->rating_lowest < of->given->rating_highest;
    char lowest[32], highest[32];
    if (of->knows_ends && !given) {
        text_say(&to.sentence, "ratings ran from %s to %s, which are taken for the ends of their scale",
                 format_number(of->lowest[0], lowest), format_number(of->highest[0], highest));
    }
    speaker_end(&to);
    say_counts(of, about, &to.sentence);
    speaker_free(&to);
}
