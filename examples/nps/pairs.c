/* nps pairs: the same people twice, a person a row. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <nps/interval.h>
#include <nps/status.h>

#include "answers.h"
#include "commands.h"
#include "message.h"
#include "output.h"
#include "pairs.h"
#include "progress.h"

typedef struct pairing {
    answers cells;
    size_t before, after; /* places among the wanted columns */
    nps_pairs *into;
} pairing;

static void take_row(void *user, const row *from)
{
    pairing *to = user;
    if (from->names[to->before] == from->names[to->after]) {
        fail(STATUS_USAGE, "%s: --before and --after are the same column", from->file);
    }
    if (!answers_keep(&to->cells, from)) return;
    int32_t before = answers_read(&to->cells, from, to->before);
    int32_t after = answers_read(&to->cells, from, to->after);
    require(nps_pairs_add(to->into, before, after, 1), from->file);
}

uint64_t pairs_once(const uint64_t *levels)
{
    uint64_t sum = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) sum += levels[i];
    return sum;
}

static void once_tally(const nps_pairs *of, const uint64_t *levels, nps_tally *out)
{
    require(nps_tally_init(out, &of->scale), "tally");
    memcpy(out->level, levels, sizeof out->level);
}

/* Of all answers, both times: for the note that asks whether the scale is right. */
static void all_answers(const nps_pairs *of, nps_tally *out)
{
    nps_tally more[3];
    require(nps_pairs_before(of, out), "pairs");
    require(nps_pairs_after(of, &more[0]), "pairs");
    once_tally(of, of->only_before, &more[1]);
    once_tally(of, of->only_after, &more[2]);
    for (int i = 0; i < 3; i++) require(nps_tally_merge(out, &more[i]), "pairs");
}

static void collect_pairs(const options *given, nps_pairs *out)
{
    pairing to = {.into = out};
    nps_tally all;
    require(nps_pairs_init(out, &given->scale), "pairs");
    answers_start(&to.cells, given);
    to.before = columns_want(&to.cells.wanted, given->before);
    to.after = columns_want(&to.cells.wanted, given->after);
    progress_start(source_total_size(given->files, given->file_count));
    answers_read_files(&to.cells, take_row, &to);
    all_answers(out, &all);
    answers_end(&to.cells, &all);
}

static void take_results(const nps_pairs *people, const options *given, change *out)
{
    nps_tally before, after, only_before, only_after;
    options with_score = *given; /* --method is that of the change */
    with_score.method = NPS_INTERVAL_SCORE;
    require(nps_pairs_before(people, &before), "pairs");
    require(nps_pairs_after(people, &after), "pairs");
    once_tally(people, people->only_before, &only_before);
    once_tally(people, people->only_after, &only_after);
    result_from(&before, NULL, &with_score, &out->before);
    result_from(&after, NULL, &with_score, &out->after);
    result_from(&only_before, NULL, &with_score, &out->only_before);
    result_from(&only_after, NULL, &with_score, &out->only_after);
}

static void take_difference(const nps_paired_sample *sample, change *out)
{
    const options *given = out->given;
    int status = nps_compare_paired(sample, given->method, given->level, &out->difference);
    if (status == NPS_ERR_SINGULAR) {
        note("--method %s cannot tell of so few: --method score can", nps_paired_method_name(given->method));
    } else {
        require(status, nps_paired_method_name(given->method));
    }
    for (int32_t i = 0; i < MARGINS_COUNT; i++) {
        require(nps_compare_margins(sample, i, &out->margins[i]), "margins");
    }
}

void pairs_find(const options *given, const nps_pairs *people, change *out)
{
    nps_paired_sample sample;
    *out = (change){.given = given, .people = *people};
    out->difference = (nps_difference){sizeof out->difference, NAN, NAN, NAN, NAN, NAN, NAN};
    for (int i = 0; i < MARGINS_COUNT; i++) out->margins[i] = (nps_test){sizeof out->margins[i], NAN, NAN, NAN};
    out->movers.struct_size = sizeof out->movers;
    take_results(people, given, out);
    require(nps_pairs_movers(people, &out->movers), "movers");
    require(nps_pairs_classes(people, out->table), "classes");
    if (nps_pairs_responses(people) == 0) {
        note("nobody answered both times, and so there is no change to tell");
        return;
    }
    require(nps_pairs_sample(people, &sample), "pairs");
    take_difference(&sample, out);
}

int run_pairs(const options *given)
{
    nps_pairs people;
    change found;
    options_need_files(given);
    if (given->before == NULL || given->after == NULL) {
        fail(STATUS_USAGE, "name the columns of both answers with --before and --after");
    }
    collect_pairs(given, &people);
    pairs_find(given, &people, &found);
    if (given->format == FORMAT_JSON || given->format == FORMAT_JSONL) {
        pairs_json(&found);
    } else if (given->format == FORMAT_CSV) {
        pairs_csv(&found);
    } else {
        pairs_report(&found);
    }
    output_end();
    uint64_t answered = nps_pairs_total(&people) - people.missing - people.invalid;
    return answers_check_invalid(given, NULL, answered, people.invalid);
}
