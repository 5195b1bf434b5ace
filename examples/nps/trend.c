/* nps trend: the score by period, and whether it moves. */
#include "platform.h"

#include <inttypes.h>

#include "chart.h"
#include "collect.h"
#include "commands.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "trend.h"

static void check(const options *given)
{
    options_need_files(given);
    if (given->time == NULL) fail(STATUS_USAGE, "when were the answers given? name the column with --time");
    if (given->every < 0) fail(STATUS_USAGE, "how long is a period? --every day, week, month, quarter or year");
}

static void note_odd(const trend *of)
{
    const options *given = of->given;
    const char *unit = nps_calendar_unit_name(given->every), *plural = of->count == 1 ? "" : "s";
    report_check_names(&of->keys);
    if (of->count == 0) {
        note("no row has a time, and so there is no %s", unit);
        return;
    }
    if (!of->total.has_score) {
        note("there is no answer%s, and so no score", of->of->is_weighted ? " with a weight" : "");
    }
    if (given->rolling > of->count) {
        note("--rolling %" PRIu64 ": there %s %zu %s%s only, so none is shown", given->rolling,
             of->count == 1 ? "is" : "are", of->count, unit, plural);
    }
    if (given->baseline > of->count) {
        note("--baseline %" PRIu64 ": there %s %zu %s%s only, so it is all of them", given->baseline,
             of->count == 1 ? "is" : "are", of->count, unit, plural);
    }
}

static void print(const trend *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        trend_json(printed);
        break;
    case FORMAT_JSONL:
        trend_json_lines(printed);
        break;
    case FORMAT_CSV:
        trend_csv(printed);
        break;
    default:
        trend_table(printed);
        trend_sentences(printed);
    }
    output_end();
}

int run_trend(const options *given)
{
    state counted;
    trend found;
    check(given);
    collect(given, true, false, &counted);
    trend_start(&found, given, &counted);
    note_odd(&found);
    if (given->chart != NULL) chart_trend(&found, (chart_target){.path = given->chart});
    print(&found);
    trend_free(&found);
    int status = report_check_invalid(given, &counted);
    state_free(&counted);
    return status;
}
