#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "accounts.h"
#include "answers.h"
#include "arrange.h"
#include "chart.h"
#include "message.h"
#include "output.h"
#include "report.h"

void report_shares(const result *of, char shares[3][8])
{
    const double exact[] = {of->detractor_share, of->passive_share, of->promoter_share};
    int32_t whole[3];
    if (of->has_score && !of->is_weighted) {
        require(nps_shares_rounded(&of->counts, NPS_HALF_AWAY, &whole[0], &whole[1], &whole[2]), "shares");
    }
    for (int i = 0; i < 3; i++) {
        if (!of->has_score) {
            strcpy(shares[i], "n/a");
        } else if (of->is_weighted) {
            snprintf(shares[i], sizeof shares[i], "%.1f%%", 100 * exact[i]);
        } else {
            snprintf(shares[i], sizeof shares[i], "%d%%", (int)whole[i]);
        }
    }
}

void report_score(const result *of, char score[8])
{
    strcpy(score, "n/a");
    if (of->suppressed) *score = '\0';
    if (of->has_score) require(nps_score_format(of->rounded, NPS_PLUS_SIGN, score, 8), "score");
}

void report_effective(const result *of, char effective[32])
{
    strcpy(effective, "n/a");
    if (of->suppressed) *effective = '\0';
    if (!isnan(of->effective_size)) snprintf(effective, 32, "%.1f", of->effective_size);
}

static void drop_zero_sign(char *bound)
{
    if (strcmp(bound, "-0") == 0 || strcmp(bound, "+0") == 0) strcpy(bound, "0");
}

void report_bounds(const result *of, char lower[16], char upper[16])
{
    strcpy(lower, "n/a");
    strcpy(upper, "");
    if (of->suppressed) *lower = '\0';
    for (int decimals = 0; !isnan(of->lower) && decimals <= 6; decimals++) {
        snprintf(lower, 16, "%+.*f", decimals, of->lower);
        snprintf(upper, 16, "%+.*f", decimals, of->upper);
        drop_zero_sign(lower);
        drop_zero_sign(upper);
        if (strcmp(lower, upper) != 0 || of->lower >= of->upper) break;
    }
}

void report_note_df(const result *of, const char *name)
{
    if (!of->is_design || !of->has_score || !isnan(of->lower)) return;
    note("%s%sthe survey design leaves %s, and so there is no interval", name != NULL ? name : "",
         name != NULL ? ": " : "", of->df == 0 ? "no degrees of freedom" : "the variance unknown");
}

void report_check_names(const state *of)
{
    text name = {0};
    size_t segments = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    for (size_t i = 0; i < segments; i++) {
        for (int32_t j = 0; j < of->dimensions; j++) {
            state_segment_name(of, i, j, &name);
            if (utf8_valid(name.bytes, name.length)) continue;
            note("the name %s is not UTF-8: what cannot be read is shown as U+FFFD", shown(name.bytes, name.length));
            text_free(&name);
            return;
        }
    }
    text_free(&name);
}

int report_check_invalid_of(const options *given, const state *of, const char *name)
{
    nps_tally tally;
    nps_weighted weighted;
    state_total(of, &tally, &weighted);
    return answers_check_invalid(given, name, nps_tally_responses(&tally), tally.invalid);
}

int report_check_invalid(const options *given, const state *of)
{
    return report_check_invalid_of(given, of, NULL);
}

static int check_gates(const options *given, const report *printed)
{
    const result *total = &printed->total;
    int status = report_check_invalid(given, printed->of);
    if (status != STATUS_DONE || !given->has_fail_under) return status;
    if (total->has_score && total->score >= given->fail_under) return STATUS_DONE;
    if (total->suppressed) {
        complain("the total is hidden, with fewer than --min-n %" PRIu64 " responses: no score to hold against "
                 "--fail-under %.15g",
                 given->min_n, given->fail_under);
    } else if (total->has_score) {
        complain("the score is %.4g, below --fail-under %.15g", total->score, given->fail_under);
    } else {
        complain("there is no score to hold against --fail-under %.15g", given->fail_under);
    }
    return STATUS_GATE;
}

/* A line for the total stands below the segments that people see: it need not be among them. */
static void start_order(report *printed)
{
    const options *given = printed->given;
    bool for_people = given->format == FORMAT_TABLE || given->format == FORMAT_MARKDOWN;
    printed->order = arrange_order(printed->of, given, &printed->told);
    if (!given->cube || printed->told == 0) return;
    printed->begins_with_total = !for_people;
    if (!for_people) return;
    printed->told--;
    memmove(printed->order, printed->order + 1, printed->told * sizeof *printed->order);
}

static void note_total(const report *printed)
{
    if (printed->total.suppressed) {
        note("fewer than --min-n %" PRIu64 " responses: all of it is hidden", printed->given->min_n);
    } else if (!printed->total.has_score) {
        note("there is no answer%s, and so no score", printed->of->is_weighted ? " with a weight" : "");
    }
    report_note_df(&printed->total, NULL);
    accounts_note_nameless(printed->of);
}

int report_print(const options *given, const state *of, bool counts_only)
{
    report printed = {.given = given, .of = of, .counts_only = counts_only};
    start_order(&printed);
    result_total(of, given, &printed.total);
    report_check_names(of);
    note_total(&printed);
    if (given->chart != NULL) chart_score(&printed, (chart_target){.path = given->chart});
    switch (given->format) {
    case FORMAT_JSON:
        report_json(&printed);
        break;
    case FORMAT_JSONL:
        report_json_lines(&printed);
        break;
    case FORMAT_CSV:
        report_csv(&printed);
        break;
    case FORMAT_MARKDOWN:
        report_markdown(&printed);
        break;
    default:
        report_table(&printed);
    }
    output_end();
    free(printed.order);
    return check_gates(given, &printed);
}
