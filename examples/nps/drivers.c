/* nps drivers: which ratings drive the answer, and where to begin. */
#include "platform.h"

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "answers.h"
#include "chart.h"
#include "commands.h"
#include "drivers.h"
#include "message.h"
#include "output.h"
#include "report.h"

static void check_contrasts(const options *given)
{
    if (isnan(given->low) && isnan(given->high)) return;
    if (isnan(given->high)) fail(STATUS_USAGE, "--low without --high: which ratings are high?");
    if (isnan(given->low)) fail(STATUS_USAGE, "--high without --low: which ratings are low?");
    if (given->low >= given->high) {
        fail(STATUS_USAGE, "--low %.15g and --high %.15g: expected the low ratings below the high ones", given->low,
             given->high);
    }
    if (given->driver_count > CONTRASTS_MOST) {
        fail(STATUS_USAGE, "--low and --high take at most %d ratings, not %zu: leave some out of --drivers",
             CONTRASTS_MOST, given->driver_count);
    }
}

static void check_robust(const options *given)
{
    if (!given->robust) return;
    if (given->pairwise) fail(STATUS_USAGE, "--robust is about intervals, and --pairwise has none: leave one out");
    if (given->driver_count > NPS_MAX_DRIVERS_ROBUST) {
        fail(STATUS_USAGE, "--robust takes at most %d ratings, not %zu: leave it out, or some of --drivers",
             NPS_MAX_DRIVERS_ROBUST, given->driver_count);
    }
}

static void check_columns(const options *given)
{
    for (size_t i = 0; i < given->driver_count; i++) {
        const char *name = given->drivers[i];
        bool is_score = given->score != NULL && strcmp(name, given->score) == 0;
        bool is_weight = given->weight != NULL && strcmp(name, given->weight) == 0;
        if (!is_score && !is_weight) continue;
        fail(STATUS_USAGE, "--drivers %s: that is the column of the %s, no rating", shown(name, strlen(name)),
             is_score ? "answers" : "weights");
    }
}

void drivers_check(const options *given)
{
    if (given->driver_count == 0) fail(STATUS_USAGE, "which ratings? name their columns with --drivers");
    if (given->levels != NULL && given->rating_lowest < given->rating_highest) {
        fail(STATUS_USAGE, "--levels are a scale from 1 to how many they are: leave --rating-scale out");
    }
    check_columns(given);
    check_contrasts(given);
    check_robust(given);
}

static void note_text(text *said)
{
    if (said->length > 0) note("%s", said->bytes);
    said->length = 0;
}

/* Of all rows; of a segment the results tell. What stands below a table is not said twice. */
static void tell_faults(const driver_report *of)
{
    const driver_group *total = &of->total;
    bool is_table = of->given->format == FORMAT_TABLE || of->given->format == FORMAT_MARKDOWN;
    text said = {0};
    drivers_say_trouble(of, total, &said);
    if (total->trouble == DRIVERS_COLLINEAR) {
        fail(STATUS_FAILED, "%s, so that what each does cannot be told: leave one of them out of --drivers",
             said.bytes);
    }
    if (!is_table) {
        if (said.length > 0) text_say(&said, ": there is no fit");
        note_text(&said);
        drivers_say_left_out(of, total, &said);
        note_text(&said);
        drivers_say_contrast_trouble(of, total, &said);
        note_text(&said);
    }
    if (!is_table && total->has_fit && total->used > NPS_MAX_DRIVERS_SHAPLEY) {
        note("Shapley values are of at most %d ratings, not %zu: the relative weights are much the same",
             NPS_MAX_DRIVERS_SHAPLEY, total->used);
    }
    if (total->contrasts != NULL && of->given->robust && of->count > CONTRASTS_TRUSTED) {
        note("--robust: intervals of penalty and reward are of at most %d ratings, not %zu: here they trust equal "
             "variances",
             CONTRASTS_TRUSTED, of->count);
    }
    text_free(&said);
}

static void print(const driver_report *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        drivers_json(printed);
        break;
    case FORMAT_JSONL:
        drivers_json_lines(printed);
        break;
    case FORMAT_CSV:
        drivers_csv(printed);
        break;
    default:
        drivers_table(printed);
    }
    output_end();
}

int run_drivers(const options *given)
{
    driver_report found;
    options_need_files(given);
    options_check_inputs(given, NULL);
    drivers_check(given);
    drivers_find(given, &found);
    report_check_names(&found.taken);
    tell_faults(&found);
    if (given->chart != NULL) chart_drivers(&found, (chart_target){.path = given->chart});
    print(&found);
    int status = answers_check_invalid(given, NULL, nps_tally_responses(&found.answers), found.answers.invalid);
    drivers_free(&found);
    return status;
}
