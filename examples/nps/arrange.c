#include "platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/interval.h>
#include <nps/status.h>

#include "accounts.h"
#include "arrange.h"
#include "invitations.h"
#include "message.h"
#include "rounded.h"

static void check_account(const options *given)
{
    if (given->account == NULL) return;
    if (given->cube || given->fold > 0) {
        fail(STATUS_USAGE, "--account goes with plain segments, not with --%s", given->cube ? "cube" : "fold");
    }
    if (given->by_count == NPS_MAX_DIMENSIONS) {
        fail(STATUS_USAGE, "--by: at most %d columns with --account", NPS_MAX_DIMENSIONS - 1);
    }
    if (given->method == NPS_INTERVAL_BOOTSTRAP) {
        fail(STATUS_USAGE, "--method bootstrap takes whole counts only: choose another for --account");
    }
}

static void check_invited(const options *given)
{
    bool number = given->invited > 0 || given->invited_rows;
    if (given->invited_rows && given->counts_count > 0) fail(STATUS_USAGE, "--counts has no rows: give --invited N");
    if (given->invitations == NULL) return;
    if (number) fail(STATUS_USAGE, "--invited or --invitations: give one of them");
    options_check_inputs(given, given->invitations);
}

void arrange_check(const options *given)
{
    if (given->cube && (given->top > 0 || given->bottom > 0)) {
        fail(STATUS_USAGE, "--%s is for segments of one sort, not for a --cube", given->top > 0 ? "top" : "bottom");
    }
    check_account(given);
    check_invited(given);
    if (given->counts_count > 0) arrange_need_segments(given, false);
}

void arrange_need_segments(const options *given, bool has_segments)
{
    const char *option = given->fold > 0              ? "fold"
                         : given->cube                ? "cube"
                         : given->min_n > 0           ? "min-n"
                         : given->top > 0             ? "top"
                         : given->bottom > 0          ? "bottom"
                         : given->invitations != NULL ? "invitations"
                                                      : NULL;
    if (has_segments || option == NULL) return;
    fail(STATUS_USAGE, "--%s is about segments: name them with --by%s%s", option,
         given->chosen == FOR_MERGE ? " of nps tally" : "", given->invitations != NULL ? ", or give --invited" : "");
}

static void replace(state *of, nps_segments *segments)
{
    nps_segments_free(of->segments);
    of->segments = segments;
}

static void require_plain(int status, const char *option)
{
    if (status == NPS_ERR_TYPE) fail(STATUS_USAGE, "%s: the state holds margins already", option);
    require(status, option);
}

/* In the last column, so that each region keeps its own other agents. */
static void fold(state *of, const options *given)
{
    nps_segments *folded;
    invitations_fold(of, given->fold);
    require_plain(nps_segments_fold(of->segments, given->fold, UINT32_C(1) << (of->dimensions - 1), &folded), "--fold");
    replace(of, folded);
}

static void cube(state *of)
{
    nps_segments *made;
    invitations_cube(of);
    require_plain(nps_segments_cube(of->segments, &made), "--cube");
    replace(of, made);
}

/* With 1 only segments without responses are hidden, and none with responses to cover them: there is nobody to cover.
 */
static void hide_empty(const nps_segments *segments, uint8_t *hidden)
{
    for (size_t i = 0; i < nps_segments_count(segments); i++) {
        nps_tally tally;
        require(nps_segments_tally(segments, i, &tally), "--min-n");
        hidden[i] = nps_tally_responses(&tally) > 0 ? NPS_SHOWN : NPS_HIDDEN_SMALL;
    }
}

static uint8_t *suppress(const nps_segments *segments, uint64_t least)
{
    uint8_t *hidden = allocate(nps_segments_count(segments) + 1);
    if (least == 1) {
        hide_empty(segments, hidden);
        return hidden;
    }
    int status = nps_segments_suppress(segments, least, hidden);
    if (status == NPS_ERR_TYPE) {
        fail(STATUS_USAGE, "--min-n: the state holds margins that are not the sums of what is below them");
    }
    require(status, "--min-n");
    return hidden;
}

/* What a table of all margins would hide, so that one shown elsewhere gives nothing away. */
static uint8_t *suppress_in_cube(const state *of, const nps_segments *margins, uint64_t least)
{
    size_t count = nps_segments_count(of->segments), index;
    uint8_t *among = suppress(margins, least), *hidden = allocate(count + 1);
    for (size_t i = 0; i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        state_key(of, i, key);
        require(nps_segments_find(margins, key, &index), "--min-n");
        hidden[i] = among[index];
    }
    free(among);
    return hidden;
}

static void hide(state *of, const options *given)
{
    nps_tally total;
    nps_weighted weighted;
    nps_segments *margins = NULL;
    int status = of->dimensions > 1 && !given->cube ? nps_segments_cube(of->segments, &margins) : NPS_ERR_TYPE;
    if (status != NPS_ERR_TYPE) require(status, "--min-n");
    of->hidden = margins != NULL ? suppress_in_cube(of, margins, given->min_n) : suppress(of->segments, given->min_n);
    nps_segments_free(margins);
    state_total(of, &total, &weighted);
    of->total_hidden = nps_tally_responses(&total) < given->min_n;
}

void arrange(state *of, const options *given)
{
    if (given->chosen != FOR_RANK) arrange_need_segments(given, of->segments != NULL);
    if (of->segments != NULL) {
        if (given->fold > 0) fold(of, given);
        if (given->cube) cube(of);
        require(nps_segments_sort(of->segments), "segments");
        if (given->min_n > 0) hide(of, given);
    }
    accounts_arrange(of);
}

/* The first of the best, then the last of the worst. */
static size_t keep_ends(size_t *order, size_t ranked, const options *given)
{
    size_t best = given->top < ranked ? (size_t)given->top : ranked, left = ranked - best;
    size_t worst = given->bottom < left ? (size_t)given->bottom : left;
    memmove(order + best, order + ranked - worst, worst * sizeof *order);
    return best + worst;
}

size_t *arrange_order(const state *of, const options *given, size_t *count)
{
    size_t segments = of->segments != NULL ? nps_segments_count(of->segments) : 0, ranked, shown_too = 0;
    size_t *order = allocate((segments + 1) * sizeof *order);
    *count = segments;
    for (size_t i = 0; i < segments; i++) order[i] = i;
    if (segments == 0 || (given->top == 0 && given->bottom == 0)) return order;
    require(nps_segments_by_score(of->segments, given->min_n, order, &ranked), "--top");
    for (size_t i = 0; i < ranked; i++) {
        if (of->hidden == NULL || of->hidden[order[i]] == NPS_SHOWN) order[shown_too++] = order[i];
    }
    *count = keep_ends(order, shown_too, given);
    note("%zu of %zu segments are shown", *count, segments);
    return order;
}

/* Of a cube without the one that is the total. */
static size_t count_segments(const state *of, const options *given, size_t *hidden)
{
    size_t count = of->segments != NULL ? nps_segments_count(of->segments) : 0, first = given->cube && count > 0;
    *hidden = 0;
    for (size_t i = first; of->hidden != NULL && i < count; i++) *hidden += of->hidden[i] != NPS_SHOWN;
    return count - first;
}

bool arrange_say_hidden(const state *of, const options *given, text *to)
{
    char line[256], hidden_words[ROUNDED_SIZE], count_words[ROUNDED_SIZE], least[ROUNDED_SIZE];
    size_t hidden, count = count_segments(of, given, &hidden);
    if (hidden == 0) return false;
    snprintf(line, sizeof line, "%s of %s segment%s%s %s hidden: fewer than %s responses%s",
             rounded_count(hidden, hidden_words), rounded_count(count, count_words), count == 1 ? "" : "s",
             given->cube ? " and margins" : "", hidden == 1 ? "is" : "are", rounded_count(given->min_n, least),
             of->total_hidden ? ", as has the total" : ", or needed to keep such from being worked out");
    text_append(to, line, strlen(line));
    return true;
}
