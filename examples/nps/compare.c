/* nps compare: two samples, segments, or a score with benchmarks. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "arrange.h"
#include "collect.h"
#include "commands.h"
#include "compare.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "waves.h"

static void check_benchmark(const options *given)
{
    const char *option = given->has_benchmark ? "benchmark" : "benchmarks";
    if (given->has_benchmark && given->benchmarks != NULL) {
        fail(STATUS_USAGE, "--benchmark and --benchmarks: give one or the other");
    }
    if (given->has_method && given->method != NPS_DIFFERENCE_SCORE) {
        fail(STATUS_USAGE, "--%s goes with --method score only: leave --method out", option);
    }
    if (given->pairwise) fail(STATUS_USAGE, "--pairwise compares segments: not with --%s", option);
    if (given->equivalence > 0) fail(STATUS_USAGE, "--equivalence compares two samples: not with --%s", option);
    if (given->counts_count > 1) fail(STATUS_USAGE, "--%s is about one sample: give --counts once", option);
    if (given->benchmarks != NULL) arrange_need_segments(given, false);
    if (given->benchmarks != NULL && given->by_count > 0) {
        fail(STATUS_USAGE, "--benchmarks is about one score: leave out --by, or choose a segment with --where");
    }
}

static void refuse_design(void)
{
    fail(STATUS_USAGE, "segments of one survey design are not independent of one another: nps score --by tells the "
                       "interval of each, and nps compare takes two files, or --benchmark");
}

static void check_segments(const options *given)
{
    if (options_have_design(given) && given->by_count > 0) refuse_design();
    if (given->equivalence > 0) {
        fail(STATUS_USAGE, "--equivalence compares two samples: give two files without --by, or --counts twice");
    }
}

static void check_two(const options *given)
{
    bool counts = given->counts_count > 0;
    arrange_need_segments(given, false);
    if (given->pairwise) fail(STATUS_USAGE, "--pairwise compares segments: give the columns that make them with --by");
    if (counts && given->counts_count != 2) {
        fail(STATUS_USAGE, "--counts once is one sample: give it twice, before and after, or a --benchmark");
    }
    if (given->file_count > 2) {
        fail(STATUS_USAGE, "%zu files without --by: give two, before and after, or the columns to compare with --by",
             given->file_count);
    }
    if (given->equivalence > 0 && given->method != NPS_DIFFERENCE_MOVER && given->method != NPS_DIFFERENCE_SCORE) {
        fail(STATUS_USAGE, "--equivalence goes with --method mover or score");
    }
}

static void check_files(const options *given)
{
    if (given->counts_count == 0) options_need_files(given);
    options_check_inputs(given, given->benchmarks);
}

/* One file without --by may be a state that has segments: what it is is known once it was read. */
static enum comparison_kind choose_kind(const options *given)
{
    check_files(given);
    if (given->has_benchmark || given->benchmarks != NULL) {
        check_benchmark(given);
        return given->benchmarks != NULL ? COMPARE_LIST : COMPARE_BENCHMARK;
    }
    if (given->by_count > 0 || given->file_count == 1) {
        check_segments(given);
        return given->pairwise ? COMPARE_PAIRS : COMPARE_REST;
    }
    check_two(given);
    return COMPARE_TWO;
}

static void collect_two(const options *given, state *counted, const char *names[2])
{
    if (given->counts_count > 0) {
        names[0] = "from";
        names[1] = "to";
        for (size_t i = 0; i < 2; i++) collect_counts(given, i, &counted[i]);
        return;
    }
    waves_name_files(given, names);
    collect_apart(given, counted);
    waves_check_alike(&counted[0], &counted[1], names);
}

static void collect_one(const comparison *of, state *counted)
{
    if (of->counts_only) {
        arrange_need_segments(of->given, false);
        collect_counts(of->given, 0, counted);
        return;
    }
    collect(of->given, true, true, counted);
    bool wants_segments = of->kind == COMPARE_REST || of->kind == COMPARE_PAIRS;
    if (wants_segments && counted->segments == NULL) {
        fail(STATUS_USAGE, "one sample, and nothing to compare it with: give a second file, --by, or --benchmark");
    }
    if (wants_segments && counted->design != NULL) refuse_design();
    if (of->kind != COMPARE_LIST) arrange(counted, of->given);
}

static void note_missing(const comparison *of)
{
    const char *weight = of->sides[0]->is_weighted ? " with a weight" : "";
    for (int i = 0; i < 2 && of->sides[i] != NULL; i++) {
        report_note_df(&of->results[i], of->kind == COMPARE_TWO ? of->names[i] : NULL);
        if (of->results[i].has_score) continue;
        if (of->results[i].suppressed) {
            note("fewer than --min-n %" PRIu64 " responses: all of it is hidden", of->given->min_n);
            continue;
        }
        if (of->kind == COMPARE_TWO) {
            note("there is no answer%s in %s, and so no difference", weight, of->names[i]);
        } else {
            note("there is no answer%s, and so no score", weight);
        }
    }
}

static void compute(comparison *of)
{
    switch (of->kind) {
    case COMPARE_TWO:
        compare_two(of);
        break;
    case COMPARE_BENCHMARK:
        compare_benchmark(of);
        break;
    case COMPARE_LIST:
        compare_list(of);
        break;
    default:
        compare_segments(of);
    }
}

static void print(const comparison *printed)
{
    switch (printed->given->format) {
    case FORMAT_JSON:
        compare_json(printed);
        break;
    case FORMAT_JSONL:
        compare_json_lines(printed);
        break;
    case FORMAT_CSV:
        compare_csv(printed);
        break;
    default:
        compare_table(printed);
    }
    output_end();
}

static int check_invalid(const comparison *of)
{
    int status = STATUS_DONE;
    for (int i = 0; i < 2 && of->sides[i] != NULL; i++) {
        const char *name = of->kind == COMPARE_TWO ? of->names[i] : NULL;
        if (report_check_invalid_of(of->given, of->sides[i], name) != STATUS_DONE) status = STATUS_INVALID;
    }
    return status;
}

int run_compare(const options *given)
{
    state counted[2];
    comparison of = {.given = given, .kind = choose_kind(given), .counts_only = given->counts_count > 0};
    of.sides[0] = &counted[0];
    if (given->benchmarks != NULL) benchmarks_read(given->benchmarks, &of.list);
    if (of.kind == COMPARE_TWO) {
        of.sides[1] = &counted[1];
        collect_two(given, counted, of.names);
    } else {
        collect_one(&of, &counted[0]);
    }
    report_check_names(&counted[0]);
    compute(&of);
    note_missing(&of);
    print(&of);
    int status = check_invalid(&of);
    for (int i = 0; i < 2 && of.sides[i] != NULL; i++) state_free(of.sides[i]);
    benchmarks_free(&of.list);
    free(of.contrasts);
    return status;
}
