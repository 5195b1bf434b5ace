#include "platform.h"

#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "message.h"
#include "progress.h"
#include "state.h"

char *tokens_split(const char *list)
{
    if (list == NULL) list = "";
    size_t length = strlen(list);
    char *tokens = allocate(length + 2), *end = tokens;
    for (const char *from = list; *from != '\0'; from++) {
        if (*from != ',') {
            *end++ = *from;
        } else if (end > tokens && end[-1] != '\0') {
            *end++ = '\0';
        }
    }
    end[0] = end[1] = '\0';
    return tokens;
}

void answers_start(answers *started, const options *given)
{
    *started = (answers){.given = given, .tokens = tokens_split(given->missing)};
    for (size_t i = 0; i < given->filter_count; i++) {
        started->filters[i] = columns_want(&started->wanted, given->filters[i].column);
    }
    invalid_start(&started->invalid, &given->scale, given->rejects);
}

bool answers_keep(const answers *of, const row *from)
{
    for (size_t i = 0; i < of->given->filter_count; i++) {
        const filter *condition = &of->given->filters[i];
        bool equal = strcmp(from->cells[of->filters[i]].bytes, condition->value) == 0;
        if (equal != condition->equal) return false;
    }
    return true;
}

bool tokens_have(const char *tokens, const cell *searched)
{
    const char *bytes = searched->bytes + strspn(searched->bytes, " \t");
    size_t length = strlen(bytes);
    while (length > 0 && strchr(" \t", bytes[length - 1]) != NULL) length--;
    for (const char *token = tokens; *token != '\0'; token += strlen(token) + 1) {
        if (strlen(token) == length && memcmp(token, bytes, length) == 0) return true;
    }
    return false;
}

bool cell_is_missing(const cell *read)
{
    int32_t answer;
    require(nps_parse_answer(NULL, read->bytes, read->length, 0, &answer), "cell");
    return answer == NPS_MISSING;
}

int32_t answers_read(answers *to, const row *from, size_t column)
{
    const cell *answer = &from->cells[column];
    int32_t value;
    if (tokens_have(to->tokens, answer)) return NPS_MISSING;
    require(nps_parse_answer(&to->given->scale, answer->bytes, answer->length, to->given->parse_flags, &value),
            from->file);
    if (value == NPS_INVALID) invalid_take(&to->invalid, from, column);
    return value;
}

double answers_weight(const row *from, size_t column)
{
    const cell *weight = &from->cells[column];
    double value;
    if (weight->length == 0) {
        row_fail(from, column, "weight", "give every answer one, or leave such rows out with --where");
    }
    if (!parse_number(weight->bytes, &value)) {
        bool comma = strchr(weight->bytes, ',') != NULL;
        row_fail(from, column, "weight", comma ? "write decimals with a point" : "expected a number of 0 or more");
    }
    return value;
}

_Noreturn void answers_refuse_weight(const row *from, size_t column)
{
    row_fail(from, column, "weight", "expected a number of 0 or more, below 2^64");
}

void answers_read_rows(answers *to, source *file, enum source_kind kind, row_function *give, void *user)
{
    if (kind == SOURCE_JSONL) {
        rows_read_jsonl(file, &to->wanted, give, user);
    } else {
        rows_read_csv(file, &to->wanted, to->given->delimiter, give, user);
    }
}

void answers_read_files(answers *to, row_function *give, void *user)
{
    const options *given = to->given;
    for (size_t i = 0; i < given->file_count; i++) {
        source *file = to->grow ? source_follow(given->files[i]) : source_open(given->files[i]);
        enum source_kind kind = source_kind_of(file);
        if (kind == SOURCE_STATE) {
            fail(STATUS_FAILED, "%s: a state, which has no rows: nps %s takes the rows themselves", file->name,
                 given->command);
        }
        answers_read_rows(to, file, kind, give, user);
        source_close(file);
    }
}

void answers_tell(answers *of, const nps_tally *total)
{
    progress_clear();
    invalid_tell(&of->invalid, total);
}

void answers_close(answers *closed)
{
    invalid_close(&closed->invalid);
    free(closed->tokens);
}

void answers_end(answers *ended, const nps_tally *total)
{
    answers_tell(ended, total);
    answers_close(ended);
}

int answers_check_invalid(const options *given, const char *name, uint64_t responses, uint64_t invalid)
{
    double answered = (double)responses + (double)invalid;
    double percent = answered > 0 ? 100 * (double)invalid / answered : 0;
    if (percent <= given->max_invalid) return STATUS_DONE;
    complain("%s%s%.3g%% of the answers are invalid, more than --max-invalid %.15g", name != NULL ? name : "",
             name != NULL ? ": " : "", percent, given->max_invalid);
    return STATUS_INVALID;
}
