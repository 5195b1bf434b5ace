/* nps outcomes: what answers are worth. */
#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "chart.h"
#include "commands.h"
#include "message.h"
#include "outcomes.h"
#include "output.h"
#include "report.h"
#include "text.h"

/* A column that is to be something else. */
static void check_column(const options *given, const char *other, const char *what)
{
    if (other == NULL || strcmp(given->outcome, other) != 0) return;
    fail(STATUS_USAGE, "--outcome %s: that is the column of the %s, no outcome",
         shown(given->outcome, strlen(given->outcome)), what);
}

static void check_words(const options *given)
{
    if (given->yes == NULL && given->no == NULL) return;
    if (given->no == NULL) fail(STATUS_USAGE, "--yes without --no: which cells mean no?");
    if (given->yes == NULL) fail(STATUS_USAGE, "--no without --yes: which cells mean yes?");
    char *yes = tokens_split(given->yes), *no = tokens_split(given->no);
    if (*yes == '\0') fail(STATUS_USAGE, "--yes: there is no word");
    if (*no == '\0') fail(STATUS_USAGE, "--no: there is no word");
    for (const char *word = yes; *word != '\0'; word += strlen(word) + 1) {
        const cell read = {word, strlen(word)};
        if (tokens_have(no, &read)) fail(STATUS_USAGE, "%s is both --yes and --no", shown(word, read.length));
    }
    free(yes);
    free(no);
}

void outcomes_check(const options *given)
{
    if (given->outcome == NULL) {
        fail(STATUS_USAGE, "what came of the answers? name the column with --outcome; for earned growth give "
                           "--revenue-before, --revenue-kept and --revenue-earned");
    }
    check_column(given, given->score, "answers");
    check_column(given, given->weight, "weights");
    check_words(given);
}

static void print(const outcome_report *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        outcomes_json(printed);
        break;
    case FORMAT_JSONL:
        outcomes_json_lines(printed);
        break;
    case FORMAT_CSV:
        outcomes_csv(printed);
        break;
    default:
        outcomes_table(printed);
    }
    output_end();
}

int run_outcomes(const options *given)
{
    outcome_report found;
    if (outcomes_ask_growth(given)) {
        outcomes_growth(given);
        return STATUS_DONE;
    }
    outcomes_check(given);
    options_need_files(given);
    options_check_inputs(given, NULL);
    outcomes_find(given, &found);
    report_check_names(&found.answers);
    bool is_table = given->format == FORMAT_TABLE || given->format == FORMAT_MARKDOWN;
    if (found.total.all.n == 0 && !is_table) note("no answer has an outcome");
    if (given->chart != NULL) chart_outcomes(&found, (chart_target){.path = given->chart});
    print(&found);
    int status = report_check_invalid(given, &found.answers);
    outcomes_free(&found);
    return status;
}
