/* nps panel: the latest answer of each respondent, who moved, and who is at risk. */
#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "answers.h"
#include "commands.h"
#include "message.h"
#include "output.h"
#include "panel.h"
#include "progress.h"
#include "times.h"

typedef struct reader {
    answers cells;
    times when;
    size_t score, respondent; /* places among the wanted columns */
    panel_report *into;
} reader;

static void take_row(void *user, const row *from)
{
    reader *to = user;
    panel_report *into = to->into;
    int64_t seconds;
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    bool has_answer = answer != NPS_MISSING && answer != NPS_INVALID;
    bool has_time = times_take(&to->when, from, &to->cells.invalid, &seconds);
    nps_key respondent = cell_key(&from->cells[to->respondent]);
    require(nps_tally_add(&into->rows, answer, 1), from->file);
    if (!has_answer) return;
    if (respondent.type == NPS_KEY_NULL) {
        into->nameless++;
    } else if (!has_time) {
        into->timeless++;
    } else {
        require(nps_panel_add(into->panel, &respondent, seconds, answer), from->file);
    }
}

void panel_collect(const options *given, panel_report *into)
{
    reader to = {.into = into};
    *into = (panel_report){.given = given};
    require(nps_panel_new(&given->scale, state_seed(), NULL, &into->panel), "panel");
    require(nps_tally_init(&into->rows, &given->scale), "tally");
    answers_start(&to.cells, given);
    to.score = columns_want(&to.cells.wanted, given->score);
    to.respondent = columns_want(&to.cells.wanted, given->respondent);
    times_start(&to.when, given, &to.cells.wanted);
    progress_start(source_total_size(given->files, given->file_count));
    answers_read_files(&to.cells, take_row, &to);
    answers_tell(&to.cells, &into->rows);
    times_end(&to.when);
    answers_close(&to.cells);
    if (into->nameless > 0) note("%" PRIu64 " answers have no respondent: they are left out", into->nameless);
}

static void find_pairs(const options *given, panel_report *out)
{
    nps_panel_window before = {out->window.since, out->before}, after = {out->before + 1, out->window.until};
    nps_pairs pairs;
    size_t *count = &out->movers.count;
    require(nps_panel_pairs(out->panel, &before, &after, &pairs), "pairs");
    pairs_find(given, &pairs, &out->pairs);
    require(nps_panel_movers(out->panel, &before, &after, NPS_PANEL_ANY, NPS_PANEL_ANY, NULL, 0, count), "movers");
    out->movers.list = allocate((*count + 1) * sizeof *out->movers.list);
    require(
        nps_panel_movers(out->panel, &before, &after, NPS_PANEL_ANY, NPS_PANEL_ANY, out->movers.list, *count, count),
        "movers");
}

static void find_risks(const options *given, panel_report *out)
{
    int32_t range = given->scale.highest - given->scale.lowest;
    int32_t fall = given->fall > (uint64_t)range ? range + 1 : (int32_t)given->fall;
    size_t *count = &out->at_risk.count;
    require(nps_panel_at_risk(out->panel, &out->window, fall, NULL, 0, count), "people at risk");
    out->at_risk.list = allocate((*count + 1) * sizeof *out->at_risk.list);
    require(nps_panel_at_risk(out->panel, &out->window, fall, out->at_risk.list, *count, count), "people at risk");
}

void panel_find(const options *given, panel_report *out)
{
    nps_tally latest;
    out->window = (nps_panel_window){INT64_MIN, INT64_MAX};
    if (given->since != NULL) out->window.since = times_option(given, "since", given->since, false);
    if (given->as_of != NULL) out->window.until = times_option(given, "as-of", given->as_of, true);
    require(nps_panel_tally(out->panel, &out->window, &latest), "panel");
    result_from(&latest, NULL, given, &out->latest);
    out->has_pairs = given->before != NULL;
    if (out->has_pairs) {
        out->before = times_option(given, "before", given->before, true);
        if (out->before >= out->window.until || out->before < out->window.since) {
            fail(STATUS_USAGE, "--before %s: expected a time between --since and --as-of", given->before);
        }
        find_pairs(given, out);
    }
    find_risks(given, out);
}

void panel_free(panel_report *freed)
{
    nps_panel_free(freed->panel);
    free(freed->movers.list);
    free(freed->at_risk.list);
}

static void check(const options *given)
{
    options_need_files(given);
    if (given->respondent == NULL) fail(STATUS_USAGE, "who answered? Name the column with --respondent");
    if (given->time == NULL) fail(STATUS_USAGE, "when did they answer? Name the column with --time");
    if (given->movers && given->before == NULL) fail(STATUS_USAGE, "--movers: since when? Give --before");
    if (given->movers && given->at_risk) fail(STATUS_USAGE, "--movers and --at-risk: one list at a time");
    if (given->top > 0 && !given->movers && !given->at_risk) {
        fail(STATUS_USAGE, "--top is about a list: give --movers or --at-risk");
    }
}

static void cut_lists(const options *given, panel_report *of)
{
    people *list = given->movers ? &of->movers : given->at_risk ? &of->at_risk : NULL;
    if (list == NULL || given->top == 0 || list->count <= given->top) return;
    note("%" PRIu64 " of %zu people are listed", given->top, list->count);
    list->count = (size_t)given->top;
}

int run_panel(const options *given)
{
    panel_report found;
    check(given);
    panel_collect(given, &found);
    panel_find(given, &found);
    cut_lists(given, &found);
    if (given->format == FORMAT_JSON) {
        panel_json(&found);
    } else if (given->format == FORMAT_JSONL) {
        panel_json_lines(&found);
    } else {
        panel_print(&found);
    }
    output_end();
    int status = answers_check_invalid(given, NULL, nps_tally_responses(&found.rows), found.rows.invalid);
    panel_free(&found);
    return status;
}
