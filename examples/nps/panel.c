/* nps panel: the latest answer of each respondent, who moved, and who is at risk. */
#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>

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

bool panel_has_answers(const panel_report *of)
{
    return nps_panel_answers(of->panel) > 0;
}

static void add(panel_report *into, const row *from, const nps_key *respondent, int64_t seconds, int32_t answer)
{
    uint64_t before = nps_panel_answers(into->panel);
    require(nps_panel_add(into->panel, respondent, seconds, answer), from->file);
    if (nps_panel_answers(into->panel) == before) into->repeated++;
    if (before == 0 || seconds < into->first) into->first = seconds;
    if (before == 0 || seconds > into->last) into->last = seconds;
}

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
        add(into, from, &respondent, seconds, answer);
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
    if (into->nameless > 0) {
        bool one = into->nameless == 1;
        note("%" PRIu64 " answer%s no respondent, and %s left out", into->nameless, one ? " has" : "s have",
             one ? "is" : "are");
    }
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
    out->movers.all = *count;
}

size_t panel_find_risks(const panel_report *of, const nps_panel_window *window, people *list)
{
    const nps_scale *scale = &of->given->scale;
    int32_t most = scale->highest - scale->lowest + 1;
    int32_t fall = of->given->fall > (uint64_t)most ? most : (int32_t)of->given->fall;
    size_t count;
    require(nps_panel_at_risk(of->panel, window, fall, NULL, 0, &count), "people at risk");
    if (list == NULL) return count;
    list->list = allocate((count + 1) * sizeof *list->list);
    require(nps_panel_at_risk(of->panel, window, fall, list->list, count, &count), "people at risk");
    list->count = list->all = count;
    return count;
}

static void find_window(const options *given, panel_report *out)
{
    out->window = (nps_panel_window){INT64_MIN, INT64_MAX};
    if (given->since != NULL) out->window.since = times_option(given, "since", given->since, false);
    if (given->as_of != NULL) out->window.until = times_option(given, "as-of", given->as_of, true);
    if (out->window.since > out->window.until) {
        fail(STATUS_USAGE, "--since %s is after --as-of %s: there is no time between them", given->since, given->as_of);
    }
    out->has_pairs = given->before != NULL;
    if (!out->has_pairs) return;
    out->before = times_option(given, "before", given->before, true);
    if (out->before >= out->window.until) {
        fail(STATUS_USAGE, "--before %s: nothing comes after it; give a time before --as-of", given->before);
    }
    if (out->before < out->window.since) {
        fail(STATUS_USAGE, "--before %s: nothing comes before it; give a time after --since", given->before);
    }
}

void panel_find(const options *given, panel_report *out)
{
    nps_tally latest;
    find_window(given, out);
    require(nps_panel_tally(out->panel, &out->window, &latest), "panel");
    result_from(&latest, NULL, given, &out->latest);
    if (out->has_pairs) find_pairs(given, out);
    panel_find_risks(out, &out->window, &out->at_risk);
}

void panel_free(panel_report *freed)
{
    nps_panel_free(freed->panel);
    free(freed->points);
    free(freed->movers.list);
    free(freed->at_risk.list);
}

static void check_lists(const options *given)
{
    if (given->movers && given->before == NULL) fail(STATUS_USAGE, "--movers: since when? give --before");
    if (given->movers && given->at_risk) fail(STATUS_USAGE, "--movers and --at-risk: one list at a time");
    if (given->top > 0 && !given->movers && !given->at_risk) {
        fail(STATUS_USAGE, "--top is about a list: give --movers or --at-risk");
    }
    int range = given->scale.highest - given->scale.lowest;
    if (given->fall > (uint64_t)range) {
        fail(STATUS_USAGE, "--fall %" PRIu64 ": no answer can fall by more than %d on this scale", given->fall, range);
    }
}

static void check(const options *given)
{
    options_need_files(given);
    options_check_inputs(given, NULL);
    if (given->respondent == NULL) fail(STATUS_USAGE, "who answered? name the column with --respondent");
    if (given->time == NULL) fail(STATUS_USAGE, "when did they answer? name the column with --time");
    check_lists(given);
    if (given->rolling > 0 && given->every < 0) fail(STATUS_USAGE, "--rolling is about periods: give --every");
    if (given->every < 0) return;
    if (given->before != NULL) fail(STATUS_USAGE, "--before and --every: give one or the other");
    if (given->at_risk) fail(STATUS_USAGE, "--at-risk lists people as of one time: leave --every out");
}

static void cut_list(const options *given, people *list)
{
    if (given->top == 0 || list->all <= given->top) return;
    list->count = (size_t)given->top;
    note("%zu of %zu people are listed", list->count, list->all);
}

int run_panel(const options *given)
{
    panel_report found;
    check(given);
    panel_collect(given, &found);
    panel_find(given, &found);
    panel_find_points(&found);
    if (given->movers) cut_list(given, &found.movers);
    if (given->at_risk) cut_list(given, &found.at_risk);
    if (given->format == FORMAT_JSON) {
        panel_json(&found);
    } else if (given->format == FORMAT_JSONL) {
        panel_json_lines(&found);
    } else if (given->format == FORMAT_CSV) {
        panel_csv(&found);
    } else {
        panel_print(&found);
    }
    output_end();
    int status = answers_check_invalid(given, NULL, nps_tally_responses(&found.rows), found.rows.invalid);
    panel_free(&found);
    return status;
}
