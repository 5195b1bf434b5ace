/* nps rank: a leaderboard that does not reward luck. */
#include "platform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "arrange.h"
#include "chart.h"
#include "collect.h"
#include "commands.h"
#include "comparison.h"
#include "message.h"
#include "output.h"
#include "rank.h"
#include "report.h"

/* Who takes part, and beside each the rest of all answers. */
typedef struct entrants {
    nps_sample *samples, *rests;
    nps_ranked *ranked;
    size_t *segments;
    size_t count;
} entrants;

static void start(entrants *started, size_t most)
{
    started->samples = allocate((most + 1) * sizeof *started->samples);
    started->rests = allocate((most + 1) * sizeof *started->rests);
    started->ranked = allocate((most + 1) * sizeof *started->ranked);
    started->segments = allocate((most + 1) * sizeof *started->segments);
    started->count = 0;
}

static void finish(entrants *finished)
{
    free(finished->samples);
    free(finished->rests);
    free(finished->ranked);
    free(finished->segments);
}

static void take_entrants(const leaderboard *of, size_t segments, entrants *out)
{
    nps_tally total;
    nps_weighted weighted;
    state_total(of->of, &total, &weighted);
    start(out, segments);
    for (size_t i = 0; i < segments; i++) {
        if (!result_segment_sample(of->of, i, of->given, &out->samples[out->count])) continue;
        compare_rest(of->of, &total, &weighted, i, &out->rests[out->count]);
        out->segments[out->count++] = i;
    }
}

static void rank_entrants(leaderboard *of, entrants *all)
{
    const options *given = of->given;
    nps_rank_options wanted = {
        .struct_size = sizeof wanted,
        .level = given->level,
        .method = given->method,
        .adjust = given->adjust,
        .best = given->best,
        .rests = all->rests,
    };
    int status = nps_rank(all->samples, all->count, &wanted, all->ranked, &of->between);
    if (status == NPS_ERR_RANGE && given->method == NPS_DIFFERENCE_PERMUTATION) {
        fail(STATUS_USAGE, "--method permutation takes whole counts only: choose another for weights, such as mover");
    }
    if (status == NPS_ERR_LIMIT) {
        fail(STATUS_USAGE, "--method permutation takes at most 2000 answers a side: choose another, such as mover");
    }
    require(status, "rank");
}

static int by_rank(const void *a, const void *b)
{
    const place *first = a, *second = b;
    if (first->is_ranked != second->is_ranked) return first->is_ranked ? -1 : 1;
    if (!first->is_ranked) return first->segment < second->segment ? -1 : 1;
    return first->ranked.rank < second->ranked.rank ? -1 : 1;
}

/* Surely worst first: the end of the ranks has those of whom little is known as well. */
static int by_upper(const void *a, const void *b)
{
    const place *first = a, *second = b;
    double difference = first->ranked.upper - second->ranked.upper;
    return difference != 0 ? (difference < 0 ? -1 : 1) : -by_rank(a, b);
}

/* All places in their order, of which --top and --bottom leave the ends. */
static void take_places(leaderboard *of, size_t segments, const entrants *all)
{
    of->places = allocate((segments + 1) * sizeof *of->places);
    for (size_t i = 0, next = 0; i < segments; i++) {
        place *to = &of->places[i];
        *to = (place){.segment = i, .is_ranked = next < all->count && all->segments[next] == i};
        if (to->is_ranked) to->ranked = all->ranked[next++];
        of->hidden += of->of->hidden != NULL && of->of->hidden[i] != NPS_SHOWN;
    }
    qsort(of->places, segments, sizeof *of->places, by_rank);
    of->ranked = all->count;
    of->count = segments;
    if (of->given->top == 0 && of->given->bottom == 0) return;
    of->count = of->given->top < all->count ? (size_t)of->given->top : all->count;
    size_t left = all->count - of->count, worst = of->given->bottom < left ? (size_t)of->given->bottom : left;
    place *rest = &of->places[of->count];
    qsort(rest, left, sizeof *rest, by_upper);
    qsort(rest, worst, sizeof *rest, by_rank);
    of->count += worst;
    note("%zu of %zu segments are shown", of->count, segments);
}

bool rank_is_apart(const options *given, const nps_ranked *ranked)
{
    return ranked->p_adjusted < 1 - given->level;
}

static void print(const leaderboard *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        rank_json(printed);
        break;
    case FORMAT_JSONL:
        rank_json_lines(printed);
        break;
    default:
        rank_table(printed);
    }
    output_end();
}

void rank_find(const options *given, const state *of, leaderboard *out)
{
    entrants all;
    size_t segments = nps_segments_count(of->segments);
    *out = (leaderboard){.given = given, .of = of};
    out->between = (nps_heterogeneity){sizeof out->between, NAN, NAN, NAN};
    result_total(of, given, &out->total);
    take_entrants(out, segments, &all);
    if (all.count > 0) rank_entrants(out, &all);
    take_places(out, segments, &all);
    finish(&all);
}

void rank_free(leaderboard *freed)
{
    free(freed->places);
}

int run_rank(const options *given)
{
    state counted;
    leaderboard board;
    options_need_files(given);
    collect(given, true, true, &counted);
    if (counted.segments == NULL) fail(STATUS_USAGE, "nothing to rank: name the segments with --by");
    if (counted.design != NULL) {
        fail(STATUS_USAGE, "segments of one survey design are not independent of one another: nps score --by tells the "
                           "interval of each");
    }
    arrange(&counted, given);
    report_check_names(&counted);
    rank_find(given, &counted, &board);
    if (board.ranked == 0 && board.hidden == 0) {
        note("there is no answer%s, and so no score", counted.is_weighted ? " with a weight" : "");
    }
    if (given->chart != NULL) chart_rank(&board, (chart_target){.path = given->chart});
    print(&board);
    int status = report_check_invalid(given, &counted);
    rank_free(&board);
    state_free(&counted);
    return status;
}
