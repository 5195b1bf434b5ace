/* nps explain: why the score moved. */
#include "platform.h"

#include <string.h>

#include <nps/status.h>

#include "chart.h"
#include "collect.h"
#include "commands.h"
#include "explain.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "waves.h"

static void check_periods(const options *given)
{
    if (given->from == NULL) fail(STATUS_USAGE, "--to without --from: give both periods");
    if (given->to == NULL) fail(STATUS_USAGE, "--from without --to: give both periods");
    if (given->time == NULL) fail(STATUS_USAGE, "--from and --to are periods: name the column of times with --time");
    if (given->by_count == 0) fail(STATUS_USAGE, "no segments to explain the change by: name them with --by");
}

static void check_two(const options *given)
{
    const char *option = given->time != NULL          ? "time"
                         : given->time_format != NULL ? "time-format"
                         : given->utc_offset != 0     ? "utc-offset"
                                                      : NULL;
    if (option != NULL) {
        fail(STATUS_USAGE, "--%s tells periods apart: say which ones with --time, --from and --to", option);
    }
    if (given->file_count == 1) {
        fail(STATUS_USAGE, "one file: give two, before and after, or its periods with --time, --from and --to");
    }
    if (given->file_count != 2) {
        fail(STATUS_USAGE, "%zu files: give two, before and after, or their periods with --time, --from and --to",
             given->file_count);
    }
}

static void refuse_margins(const state *of, const char *name)
{
    nps_key key[NPS_MAX_DIMENSIONS];
    for (size_t i = 0; i < nps_segments_count(of->segments); i++) {
        state_key(of, i, key);
        for (int32_t j = 0; j < of->dimensions; j++) {
            if (key[j].type != NPS_KEY_ALL) continue;
            fail(STATUS_USAGE, "%s: the state holds margins, whose answers are in other segments too: give one without",
                 name);
        }
    }
}

static void check_states(const state sides[2], const char *const names[2])
{
    for (size_t i = 0; i < 2; i++) {
        if (sides[i].design != NULL) {
            fail(STATUS_USAGE,
                 "%s: segments of one survey design are not independent of one another, which the intervals of both "
                 "effects take them to be: nps compare tells the change alone",
                 names[i]);
        }
        if (sides[i].segments == NULL) {
            fail(STATUS_USAGE, "%s: no segments to explain the change by: name them with --by, here or of nps tally",
                 names[i]);
        }
        refuse_margins(&sides[i], names[i]);
    }
    waves_check_alike(&sides[0], &sides[1], names);
    state_need_same_columns(&sides[0], names[0], &sides[1], names[1], "their segments do not compare");
}

static void collect_waves(const options *given, state sides[2], const char *names[2])
{
    options_need_files(given);
    options_check_inputs(given, NULL);
    if (given->from != NULL || given->to != NULL) {
        check_periods(given);
        names[0] = given->from;
        names[1] = given->to;
        collect_between(given, sides);
    } else {
        check_two(given);
        waves_name_files(given, names);
        collect_apart(given, sides);
        check_states(sides, names);
    }
}

_Noreturn static void fail_empty(const options *given, const comparison *waves)
{
    size_t empty = waves->results[0].has_score;
    const char *weight = waves->sides[0]->is_weighted ? " with a weight" : "";
    if (given->from == NULL) {
        fail(STATUS_FAILED, "%s: no answer%s, and so no change to explain", waves->names[empty], weight);
    }
    fail(STATUS_USAGE, "--%s %s: no answer%s in that period, and so no change to explain", empty == 0 ? "from" : "to",
         waves->names[empty], weight);
}

static void print(const explained *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        explain_json(printed);
        break;
    case FORMAT_JSONL:
        explain_json_lines(printed);
        break;
    case FORMAT_CSV:
        explain_csv(printed);
        break;
    default:
        explain_table(printed);
    }
    output_end();
}

int run_explain(const options *given)
{
    state sides[2];
    const char *names[2];
    explained found;
    int status = STATUS_DONE;
    collect_waves(given, sides, names);
    for (size_t i = 0; i < 2; i++) report_check_names(&sides[i]);
    if (!explain_find(given, &sides[0], &sides[1], names, &found)) fail_empty(given, &found.waves);
    if (given->chart != NULL) chart_explain(&found, (chart_target){.path = given->chart});
    print(&found);
    explain_free(&found);
    for (size_t i = 0; i < 2; i++) {
        if (report_check_invalid_of(given, &sides[i], names[i]) != STATUS_DONE) status = STATUS_INVALID;
        state_free(&sides[i]);
    }
    return status;
}
