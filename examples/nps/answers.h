/* The cells that answers stand in: which rows count, what an answer is, and what was none. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

#include <nps/tally.h>

#include "columns.h"
#include "invalid.h"
#include "options.h"
#include "rows.h"
#include "source.h"

typedef struct answers {
    const options *given;
    columns wanted;               /* of --where; the command adds its own */
    size_t filters[FILTERS_MOST]; /* places among the wanted */
    char *tokens;                 /* --missing, each terminated; an empty one at the end */
    bool grow;                    /* rows are to be read as soon as they are there */
    invalid_answers invalid;
} answers;

/* "a,b" cut up: tokens, each terminated, and an empty one at the end; to be freed. NULL: none. */
char *tokens_split(const char *list);
/* Whether a cell, without the blanks around it, is one of them. */
bool tokens_have(const char *tokens, const cell *searched);

/* Whether a cell of any column says that there is no value, as an answer's would: blank, NA and the like. */
bool cell_is_missing(const cell *read);

void answers_start(answers *started, const options *given);

/* Whether --where keeps a row. */
bool answers_keep(const answers *of, const row *from);

/* The answer in a cell of a row, the place of whose column is given. NPS_INVALID is noted. */
int32_t answers_read(answers *to, const row *from, size_t column);

/* The weight in a cell of a row that has an answer. fail()s where there is none; the second where the library took what
 * was read for none. */
double answers_weight(const row *from, size_t column);
_Noreturn void answers_refuse_weight(const row *from, size_t column);

/* Reads a file of rows, and all files that the options name, at least one, none of which may be a state. */
void answers_read_rows(answers *to, source *file, enum source_kind kind, row_function *give, void *user);
void answers_read_files(answers *to, row_function *give, void *user);

/* Tells what was invalid among answers with these counts, so far; ends; both. */
void answers_tell(answers *of, const nps_tally *total);
void answers_close(answers *closed);
void answers_end(answers *ended, const nps_tally *total);

/* Exit 3 where more of the answers are invalid than --max-invalid allows, else 0. name: of one of several samples, else
 * NULL. */
int answers_check_invalid(const options *given, const char *name, uint64_t responses, uint64_t invalid);

#endif
