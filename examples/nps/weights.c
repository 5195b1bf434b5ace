/* nps weights: rakes answers to known totals, and writes the rows with their weights. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "commands.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "state.h"
#include "weighting.h"

static bool is_full(size_t count)
{
    return (count & (count - 1)) == 0;
}

static size_t next_capacity(size_t count)
{
    return count > 0 ? 2 * count : 1;
}

static void add_category(category_column *to, size_t at, const cell *category)
{
    if (is_full(at)) {
        size_t capacity = next_capacity(at);
        to->offsets = reallocate(to->offsets, (capacity + 1) * sizeof *to->offsets);
        to->validity = reallocate(to->validity, capacity / 8 + 1);
    }
    if (at == 0) to->offsets[0] = 0;
    if (at % 8 == 0) to->validity[at / 8] = 0;
    to->validity[at / 8] |= (uint8_t)((category->length > 0) << at % 8);
    text_append(&to->bytes, category->bytes, category->length);
    to->offsets[at + 1] = (int64_t)to->bytes.length;
}

static double read_base(const weighting *to, const row *from)
{
    const cell *base = &from->cells[to->base];
    double weight;
    if (to->given->weight == NULL) return 1;
    if (base->length == 0)
        row_fail(from, to->base, "weight", "give every answer one, or leave such rows out with --where");
    if (parse_number(base->bytes, &weight)) return weight;
    row_fail(from, to->base, "weight",
             strchr(base->bytes, ',') != NULL ? "write decimals with a point" : "expected a number from 0");
}

static void add_answer(weighting *to, const row *from, int32_t answer)
{
    if (is_full(to->count)) {
        size_t capacity = next_capacity(to->count);
        to->answers = reallocate(to->answers, capacity * sizeof *to->answers);
        to->bases = reallocate(to->bases, capacity * sizeof *to->bases);
        to->origins = reallocate(to->origins, capacity * sizeof *to->origins);
    }
    double base = read_base(to, from);
    int status = nps_weighted_add(&to->before, answer, base);
    if (status == NPS_ERR_RANGE) row_fail(from, to->base, "weight", "expected a number of 0 or more, below 2^64");
    require(status, from->file);
    to->answers[to->count] = (int8_t)answer;
    to->bases[to->count] = base;
    to->origins[to->count] = (origin){from->file, from->number};
    for (size_t i = 0; i < to->column_count; i++) {
        add_category(&to->columns[i], to->count, &from->cells[to->columns[i].place]);
    }
    to->count++;
}

static void take_row(void *user, const row *from)
{
    weighting *to = user;
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    bool answered = answer != NPS_MISSING && answer != NPS_INVALID;
    require(nps_tally_add(&to->tally, answer, 1), from->file);
    if (answered) add_answer(to, from, answer);
    weighting_hold_row(to, from, answered);
}

static void want_columns(weighting *to)
{
    columns *wanted = &to->cells.wanted;
    to->score = columns_want(wanted, to->given->score);
    if (to->given->weight != NULL) to->base = columns_want(wanted, to->given->weight);
    for (size_t i = 0; i < to->targets.count; i++) to->column_count += to->targets.entries[i].dimensions;
    to->columns = allocate(to->column_count * sizeof *to->columns);
    category_column *column = to->columns;
    for (size_t i = 0; i < to->targets.count; i++) {
        const target *entry = &to->targets.entries[i];
        for (size_t j = 0; j < entry->dimensions; j++) {
            *column++ = (category_column){.place = columns_want(wanted, entry->columns[j])};
        }
    }
}

static void take_header(void *user, const header *read)
{
    weighting_hold_header(user, read);
}

static void read_rows(weighting *to)
{
    const options *given = to->given;
    progress_start(source_total_size(given->files, given->file_count));
    for (size_t i = 0; i < given->file_count; i++) {
        source *file = source_open(given->files[i]);
        if (source_kind_of(file) != SOURCE_CSV)
            fail(STATUS_FAILED, "%s: nps weights reads CSV, and writes it", file->name);
        to->reading = file;
        rows_read_csv_lines(file, &to->cells.wanted, given->delimiter, take_header, take_row, to);
        source_close(file);
    }
    answers_tell(&to->cells, &to->tally);
    if (to->count == 0) fail(STATUS_FAILED, "there is no answer, and so nobody to weight");
    if (nps_weighted_total(&to->before) <= 0) fail(STATUS_FAILED, "no answer has a weight above 0");
}

static void check_inputs(const options *given)
{
    options_need_files(given);
    if (given->targets == NULL) fail(STATUS_USAGE, "what are the weights to add up to? Name a file with --targets");
    if (*given->column == '\0') fail(STATUS_USAGE, "--column: expected a name");
    options_check_inputs(given, given->targets);
}

static void finish(weighting *of)
{
    answers_close(&of->cells);
    for (size_t i = 0; i < of->column_count; i++) {
        text_free(&of->columns[i].bytes);
        free(of->columns[i].offsets);
        free(of->columns[i].validity);
    }
    free(of->columns);
    free(of->answers);
    free(of->bases);
    free(of->weights);
    free(of->origins);
    targets_free(&of->targets);
}

int run_weights(const options *given)
{
    weighting rows = {.given = given};
    check_inputs(given);
    targets_read(given->targets, &rows.targets);
    require(nps_tally_init(&rows.tally, &given->scale), "answers");
    require(nps_weighted_init(&rows.before, &given->scale), "answers");
    require(nps_weighted_init(&rows.after, &given->scale), "answers");
    answers_start(&rows.cells, given);
    want_columns(&rows);
    weighting_start(&rows);
    read_rows(&rows);
    weighting_rake(&rows);
    weighting_write(&rows);
    weighting_report(&rows);
    int status = answers_check_invalid(given, NULL, nps_tally_responses(&rows.tally), rows.tally.invalid);
    finish(&rows);
    return status;
}
