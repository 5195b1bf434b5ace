/* nps themes: what each reason does to the score. */
#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "answers.h"
#include "chart.h"
#include "commands.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "themes.h"

static void check_column(const options *given, const char *other, const char *what)
{
    if (other == NULL || strcmp(given->themes, other) != 0) return;
    fail(STATUS_USAGE, "--themes %s: that is the column of the %s, no reasons",
         shown(given->themes, strlen(given->themes)), what);
}

void themes_check(const options *given)
{
    if (given->themes == NULL) fail(STATUS_USAGE, "which reasons? name their column with --themes");
    if (given->by_count > NPS_MAX_DIMENSIONS - 2) {
        fail(STATUS_USAGE, "--by: at most %d columns with --themes", NPS_MAX_DIMENSIONS - 2);
    }
    check_column(given, given->score, "answers");
    check_column(given, given->weight, "weights");
}

static void print(const theme_report *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        themes_json(printed);
        break;
    case FORMAT_JSONL:
        themes_json_lines(printed);
        break;
    case FORMAT_CSV:
        themes_csv(printed);
        break;
    default:
        themes_table(printed);
    }
    output_end();
}

/* Names of themes, and of segments. */
static void check_names(const theme_report *of)
{
    state names = of->keys;
    names.segments = of->counted;
    names.dimensions++;
    report_check_names(&names);
}

int run_themes(const options *given)
{
    theme_report found;
    themes_check(given);
    options_need_files(given);
    options_check_inputs(given, NULL);
    themes_find(given, &found);
    check_names(&found);
    bool is_table = given->format == FORMAT_TABLE || given->format == FORMAT_MARKDOWN;
    if (!found.total.told.has_score && !is_table) {
        note("there is no answer%s, and so no score", given->weight != NULL ? " with a weight" : "");
    }
    if (given->chart != NULL) chart_themes(&found, (chart_target){.path = given->chart});
    print(&found);
    const nps_tally *counts = &found.total.told.counts;
    int status = answers_check_invalid(given, NULL, nps_tally_responses(counts), counts->invalid);
    themes_free(&found);
    return status;
}
