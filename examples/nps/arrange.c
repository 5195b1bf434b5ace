#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "arrange.h"
#include "message.h"

/* These mean nothing where there is one total only. */
static void need_segments(const options *given)
{
    const char *option = given->fold > 0     ? "fold"
                         : given->cube       ? "cube"
                         : given->min_n > 0  ? "min-n"
                         : given->top > 0    ? "top"
                         : given->bottom > 0 ? "bottom"
                                             : NULL;
    if (option != NULL) fail(STATUS_USAGE, "--%s is about segments: name them with --by", option);
}

static void replace(state *of, nps_segments *made)
{
    nps_segments_free(of->segments);
    of->segments = made;
}

static void hide(state *of, const options *given)
{
    size_t count = nps_segments_count(of->segments), found;
    nps_segments *table = of->segments;
    nps_tally total;
    /* What is not shown here may be shown elsewhere: the margins of several columns count as known. */
    if (of->dimensions > 1 && !given->cube) require(nps_segments_cube(of->segments, &table), "--min-n");
    size_t cells = nps_segments_count(table);
    uint8_t *hidden = allocate(cells + 1);
    require(nps_segments_suppress(table, given->min_n, hidden), "--min-n");
    require(nps_segments_total_tally(table, &total), "--min-n");
    of->total_hidden = nps_tally_responses(&total) < given->min_n;
    of->hidden = allocate(count + 1);
    for (size_t i = 0; i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        for (int32_t j = 0; j < of->dimensions; j++) require(nps_segments_key(of->segments, i, j, &key[j]), "--min-n");
        require(nps_segments_find(table, key, &found), "--min-n");
        of->hidden[i] = hidden[found];
    }
    free(hidden);
    if (table != of->segments) nps_segments_free(table);
}

static bool same_part(const nps_key *a, const nps_key *b)
{
    if (a->type != b->type || a->integer != b->integer || a->length != b->length) return false;
    return a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool is_of_segment(const state *of, size_t account, size_t segment)
{
    for (int32_t i = 0; i < of->dimensions; i++) {
        nps_key mine, its;
        require(nps_segments_key(of->accounts, account, i, &mine), "accounts");
        require(nps_segments_key(of->segments, segment, i, &its), "accounts");
        if (!same_part(&mine, &its)) return false;
    }
    return true;
}

/* Both are in the order of their keys, of which those of the accounts begin with those of the segments. */
static void find_accounts(state *of)
{
    size_t segments = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    size_t accounts = nps_segments_count(of->accounts), next = 0;
    require(nps_segments_sort(of->accounts), "accounts");
    of->account_starts = allocate((segments + 1) * sizeof *of->account_starts);
    for (size_t i = 0; i < segments; i++) {
        of->account_starts[i] = next;
        while (next < accounts && is_of_segment(of, next, i)) next++;
    }
    of->account_starts[segments] = next;
}

void arrange(state *of, const options *given)
{
    nps_segments *made;
    if (of->segments == NULL) {
        if (of->accounts != NULL) find_accounts(of);
        need_segments(given);
        return;
    }
    if (given->cube && (given->top > 0 || given->bottom > 0)) {
        fail(STATUS_USAGE, "--top and --bottom are for segments of one sort, not for a --cube");
    }
    if (given->fold > 0 && of->design != NULL) {
        fail(STATUS_USAGE, "--fold does not know the segments of a survey design: leave it out");
    }
    if (given->fold > 0) {
        require(nps_segments_fold(of->segments, given->fold, UINT32_C(1) << (of->dimensions - 1), &made), "--fold");
        replace(of, made);
    }
    if (given->cube) {
        require(nps_segments_cube(of->segments, &made), "--cube");
        replace(of, made);
    }
    require(nps_segments_sort(of->segments), "segments");
    if (of->accounts != NULL) find_accounts(of);
    if (given->min_n > 0) hide(of, given);
}

bool arrange_is_hidden(const state *of, size_t index)
{
    return of->hidden != NULL && of->hidden[index] != NPS_SHOWN;
}

size_t arrange_hidden(const state *of)
{
    size_t hidden = 0, count = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    for (size_t i = 0; i < count; i++) hidden += arrange_is_hidden(of, i);
    return hidden;
}

size_t *arrange_order(const state *of, const options *given, size_t *count)
{
    size_t all = of->segments != NULL ? nps_segments_count(of->segments) : 0, ranked, shown = 0, kept, best, worst;
    size_t *order = allocate((all + 1) * sizeof *order);
    for (size_t i = 0; i < all; i++) order[i] = i;
    *count = all;
    if (of->segments == NULL || (given->top == 0 && given->bottom == 0)) return order;
    require(nps_segments_by_score(of->segments, 0, order, &ranked), "--top");
    for (size_t i = 0; i < ranked; i++) {
        if (!arrange_is_hidden(of, order[i])) order[shown++] = order[i];
    }
    best = given->top < shown ? (size_t)given->top : shown;
    kept = shown - best;
    worst = given->bottom < kept ? (size_t)given->bottom : kept;
    memmove(order + best, order + (shown - worst), worst * sizeof *order);
    *count = best + worst;
    note("%zu of %zu segments are shown", *count, all);
    return order;
}
