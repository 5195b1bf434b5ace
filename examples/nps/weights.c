/* nps weights: rakes answers to known totals, and writes the rows with their weights. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    const char *name = from->names[to->base];
    double weight;
    if (to->given->weight == NULL) return 1;
    if (parse_number(base->bytes, &weight) && weight >= 0) return weight;
    fail(STATUS_FAILED, "%s: row %" PRIu64 ", column %s: the weight is %s: expected a number of 0 or more", from->file,
         from->number, shown(name, strlen(name)), shown(base->bytes, base->length));
}

static void take_row(void *user, const row *from)
{
    weighting *to = user;
    if (!answers_keep(&to->cells, from)) return;
    int32_t answer = answers_read(&to->cells, from, to->score);
    require(nps_tally_add(&to->tally, answer, 1), from->file);
    if (answer == NPS_MISSING || answer == NPS_INVALID) return;
    if (is_full(to->count)) {
        size_t capacity = next_capacity(to->count);
        to->answers = reallocate(to->answers, capacity * sizeof *to->answers);
        to->bases = reallocate(to->bases, capacity * sizeof *to->bases);
        to->origins = reallocate(to->origins, capacity * sizeof *to->origins);
    }
    to->answers[to->count] = (int8_t)answer;
    to->bases[to->count] = read_base(to, from);
    to->origins[to->count] = (origin){from->file, from->number};
    for (size_t i = 0; i < to->column_count; i++) {
        add_category(&to->columns[i], to->count, &from->cells[to->columns[i].place]);
    }
    to->count++;
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

/* Rows are read twice: what cannot be is kept in a file without a name meanwhile. */
static void hold_input(const options *given)
{
    char buffer[65536];
    ssize_t length;
    for (size_t i = 0; i < given->file_count; i++) {
        if (strcmp(given->files[i], "-") != 0 || lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0) continue;
        FILE *held = tmpfile();
        if (held == NULL) fail(STATUS_FAILED, "standard input: there is no room to keep it while it is read");
        while ((length = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
            if (fwrite(buffer, 1, (size_t)length, held) != (size_t)length) length = -1;
            if (length < 0) break;
        }
        if (length < 0 || fflush(held) != 0 || dup2(fileno(held), STDIN_FILENO) < 0) {
            fail(STATUS_FAILED, "standard input: cannot be kept while it is read");
        }
        lseek(STDIN_FILENO, 0, SEEK_SET);
    }
}

static void read_rows(weighting *to)
{
    const options *given = to->given;
    progress_start(source_total_size(given->files, given->file_count));
    for (size_t i = 0; i < given->file_count; i++) {
        source *file = source_open(given->files[i]);
        enum source_kind kind = source_kind_of(file);
        if (kind != SOURCE_CSV) fail(STATUS_FAILED, "%s: nps weights reads and writes CSV", file->name);
        answers_read_rows(&to->cells, file, kind, take_row, to);
        source_close(file);
    }
    answers_tell(&to->cells, &to->tally);
    if (to->count == 0) fail(STATUS_FAILED, "there is no answer, and so nobody to weight");
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
    options_need_files(given);
    if (given->targets == NULL) fail(STATUS_USAGE, "what are the weights to add up to? Name a file with --targets");
    targets_read(given->targets, &rows.targets);
    require(nps_tally_init(&rows.tally, &given->scale), "answers");
    answers_start(&rows.cells, given);
    want_columns(&rows);
    hold_input(given);
    read_rows(&rows);
    weighting_rake(&rows);
    weighting_write(&rows);
    weighting_report(&rows);
    int status = answers_check_invalid(given, NULL, nps_tally_responses(&rows.tally), rows.tally.invalid);
    finish(&rows);
    return status;
}
