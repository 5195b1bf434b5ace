/* From rows to counts by theme, and from these to what is told. */
#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <nps/compare.h>
#include <nps/status.h>

#include "answers.h"
#include "apportion.h"
#include "message.h"
#include "progress.h"
#include "themes.h"

#define SHOWN_DECIMALS 1
#define OTHERS         3 /* usual separators */

typedef struct reader {
    const options *given;
    nps_segments *into;
    answers cells;
    size_t score, weight, themes, by[NPS_MAX_DIMENSIONS]; /* places among the wanted columns */
    uint64_t separated;                                   /* cells that have the separator */
    uint64_t others[OTHERS];                              /* of those that do not, cells that have another one */
} reader;

static const char other_separators[OTHERS][2] = {";", ",", "|"};

static void note_separators(reader *to, const cell *themes)
{
    bool is_separated = strstr(themes->bytes, to->given->separator) != NULL;
    to->separated += is_separated;
    for (int i = 0; i < OTHERS && !is_separated; i++) {
        if (strstr(themes->bytes, other_separators[i]) != NULL) to->others[i]++;
    }
}

/* With the wrong one each set of themes is a theme. */
static void tell_separators(const reader *of)
{
    int most = 0;
    for (int i = 1; i < OTHERS; i++) {
        if (of->others[i] > of->others[most]) most = i;
    }
    if (of->separated > 0 || of->others[most] == 0) return;
    note("no cell of themes has the separator %s, but %" PRIu64 " ha%s %s: is it --separator '%s'?",
         shown(of->given->separator, strlen(of->given->separator)), of->others[most],
         of->others[most] == 1 ? "s" : "ve", shown(other_separators[most], 1), other_separators[most]);
}

static void take_row(void *user, const row *from)
{
    reader *to = user;
    const options *given = to->given;
    nps_key key[NPS_MAX_DIMENSIONS];
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    double weight = given->weight == NULL ? 1 : has_answer ? answers_weight(from, to->weight) : 0;
    for (int32_t i = 0; i < given->by_count; i++) key[i] = cell_key(&from->cells[to->by[i]]);
    const cell *themes = &from->cells[to->themes];
    size_t length = cell_is_missing(themes) ? 0 : themes->length;
    if (length > 0) note_separators(to, themes);
    int status = nps_themes_add_text(to->into, key, themes->bytes, length, given->separator, strlen(given->separator),
                                     answer, weight);
    if (status == NPS_ERR_RANGE) answers_refuse_weight(from, to->weight);
    if (status == NPS_ERR_LIMIT) {
        row_fail(from, to->themes, NULL, "expected at most 255 themes; --separator tells what stands between two");
    }
    require(status, from->file);
}

static void start_counts(const options *given, theme_report *to)
{
    nps_segments_options wanted = {
        .struct_size = sizeof wanted,
        .dimensions = given->by_count,
        .state = given->weight != NULL ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY,
        .scale = &given->scale,
        .seed = state_seed(),
    };
    require(nps_themes_new(&wanted, &to->counted), "themes");
    for (int32_t i = 0; i < given->by_count; i++) {
        require(nps_segments_set_name(to->counted, i, given->by[i], strlen(given->by[i])), "themes");
    }
    to->keys = (state){.scale = given->scale, .is_weighted = given->weight != NULL, .dimensions = given->by_count};
    if (given->by_count > 0) to->keys.segments = to->counted;
}

static void read_rows(const options *given, theme_report *to)
{
    reader from = {.given = given, .into = to->counted};
    columns *wanted = &from.cells.wanted;
    nps_tally all;
    answers_start(&from.cells, given);
    from.score = columns_want(wanted, given->score);
    if (given->weight != NULL) from.weight = columns_want(wanted, given->weight);
    from.themes = columns_want(wanted, given->themes);
    for (int32_t i = 0; i < given->by_count; i++) from.by[i] = columns_want(wanted, given->by[i]);
    progress_start(source_total_size(given->files, given->file_count));
    answers_read_files(&from.cells, take_row, &from);
    require(nps_segments_sort(to->counted), "themes");
    require(nps_themes_tally(to->counted, NULL, &all), "themes");
    answers_end(&from.cells, &all);
    tell_separators(&from);
}

static void take_result(const options *given, const nps_segments *counted, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    bool is_weighted = given->weight != NULL;
    require(nps_themes_tally(counted, NULL, &tally), "themes");
    if (is_weighted) require(nps_themes_weighted(counted, NULL, &weighted), "themes");
    result_from(&tally, is_weighted ? &weighted : NULL, given, out);
}

static void estimate(const options *given, const nps_segments *counted, theme_group *to)
{
    nps_themes_options wanted = {
        .struct_size = sizeof wanted,
        .level = given->level,
        .method = given->method,
        .adjust = given->adjust,
    };
    int status = nps_themes_estimate(counted, NULL, &wanted, NULL, 0, &to->count);
    if (status == NPS_ERR_EMPTY) to->count = 0;
    to->themes = allocate((to->count + 1) * sizeof *to->themes);
    if (status == NPS_ERR_EMPTY) return;
    require(status, "themes");
    status = nps_themes_estimate(counted, NULL, &wanted, to->themes, to->count, &to->count);
    if (status == NPS_ERR_RANGE && given->method == NPS_DIFFERENCE_PERMUTATION) {
        fail(STATUS_USAGE, "--method permutation takes whole counts only: choose another for weights, such as mover");
    }
    if (status == NPS_ERR_LIMIT && given->method == NPS_DIFFERENCE_PERMUTATION) {
        fail(STATUS_USAGE, "--method permutation takes at most 2000 answers a side: choose another, such as mover");
    }
    require(status, "themes");
}

static void round_contributions(theme_group *to)
{
    double *exact = allocate((to->count + 1) * sizeof *exact);
    to->shown = allocate((to->count + 1) * sizeof *to->shown);
    for (size_t i = 0; i < to->count; i++) {
        exact[i] = apportion_scale(SHOWN_DECIMALS) * to->themes[i].contribution;
    }
    if (to->count > 0) apportion(exact, to->count, apportion_round(to->told.score, SHOWN_DECIMALS), to->shown);
    free(exact);
}

static void find_group(const options *given, const nps_segments *counted, theme_group *to)
{
    take_result(given, counted, &to->told);
    estimate(given, counted, to);
    round_contributions(to);
}

static bool is_same_key(const state *keys, size_t a, size_t b)
{
    nps_key first[NPS_MAX_DIMENSIONS], second[NPS_MAX_DIMENSIONS];
    state_key(keys, a, first);
    state_key(keys, b, second);
    for (int32_t i = 0; i < keys->dimensions; i++) {
        if (!state_same_part(&first[i], &second[i])) return false;
    }
    return true;
}

/* A container of the themes of one group alone, for with thousands of groups none can be looked for in all. */
static nps_segments *cut_out(const theme_report *of, size_t from, size_t end)
{
    const options *given = of->given;
    nps_segments *own;
    nps_segments_options wanted = {
        .struct_size = sizeof wanted,
        .state = nps_segments_state(of->counted),
        .scale = &given->scale,
        .seed = state_seed(),
    };
    require(nps_themes_new(&wanted, &own), "themes");
    for (size_t i = from; i < end; i++) {
        nps_key theme[2];
        nps_tally tally;
        nps_weighted weighted;
        for (int32_t j = 0; j < 2; j++) {
            require(nps_segments_key(of->counted, i, given->by_count + j, &theme[j]), "themes");
        }
        if (given->weight == NULL) {
            require(nps_segments_tally(of->counted, i, &tally), "themes");
            require(nps_segments_merge_tally(own, theme, &tally), "themes");
        } else {
            require(nps_segments_weighted(of->counted, i, &weighted), "themes");
            require(nps_segments_merge_weighted(own, theme, &weighted), "themes");
        }
    }
    return own;
}

static void find_groups(theme_report *of)
{
    size_t segments = nps_segments_count(of->counted);
    for (size_t from = 0, end; from < segments; from = end) {
        for (end = from + 1; end < segments && is_same_key(&of->keys, from, end); end++) continue;
        of->groups = reallocate(of->groups, (of->group_count + 1) * sizeof *of->groups);
        theme_group *to = &of->groups[of->group_count++];
        *to = (theme_group){.segment = from, .own = cut_out(of, from, end)};
        find_group(of->given, to->own, to);
    }
}

void themes_find(const options *given, theme_report *out)
{
    *out = (theme_report){.given = given, .total.segment = RESULT_TOTAL};
    start_counts(given, out);
    read_rows(given, out);
    find_group(given, out->counted, &out->total);
    if (given->by_count > 0) find_groups(out);
}

static void free_group(theme_group *freed)
{
    nps_segments_free(freed->own);
    free(freed->themes);
    free(freed->shown);
}

void themes_free(theme_report *freed)
{
    free_group(&freed->total);
    for (size_t i = 0; i < freed->group_count; i++) free_group(&freed->groups[i]);
    free(freed->groups);
    nps_segments_free(freed->counted);
}

bool theme_is_none(const nps_theme *of)
{
    return of->theme.type == NPS_KEY_NULL;
}

bool theme_is_apart(const options *given, const nps_theme *of)
{
    return of->p_adjusted < 1 - given->level;
}
