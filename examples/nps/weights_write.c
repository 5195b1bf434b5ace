/* The rows once more, with their weights behind them. */
#include "platform.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "output.h"
#include "weighting.h"

typedef struct copier {
    weighting *of;
    FILE *out;
    char delimiter;
    const char *file;
    text line;        /* the row at hand */
    text header;      /* of the first file */
    bool in_header;   /* the row at hand is this file's header */
    bool has_header;  /* the first file's was written */
    size_t next;      /* of the rows with an answer */
    answers filtered; /* which rows count, as when they were read first */
    size_t score;
} copier;

/* A cell is quoted only where it must be. */
static void append_cell(text *to, const char *bytes, size_t length, char delimiter)
{
    const char special[] = {'"', '\r', '\n', delimiter, '\0'};
    bool edge = length > 0 && (strchr(" \t", bytes[0]) != NULL || strchr(" \t", bytes[length - 1]) != NULL);
    bool plain = !edge;
    for (size_t i = 0; plain && i < length; i++) plain = strchr(special, bytes[i]) == NULL;
    if (!plain) text_append(to, "\"", 1);
    for (size_t i = 0; !plain && i < length; i++)
        text_append(to, bytes[i] == '"' ? "\"\"" : bytes + i, bytes[i] == '"' ? 2 : 1);
    if (plain) text_append(to, bytes, length);
    if (!plain) text_append(to, "\"", 1);
}

static void write_line(copier *to, const char *added, size_t length)
{
    text_append(&to->line, &to->delimiter, 1);
    append_cell(&to->line, added, length, to->delimiter);
    text_append(&to->line, "\n", 1);
    fwrite(to->line.bytes, 1, to->line.length, to->out);
    to->line.length = 0;
}

/* One header for all files. */
static void end_header(copier *to)
{
    to->in_header = false;
    if (!to->has_header) {
        to->has_header = true;
        text_append(&to->header, to->line.bytes, to->line.length);
        write_line(to, to->of->given->column, strlen(to->of->given->column));
        return;
    }
    if (to->line.length != to->header.length || memcmp(to->line.bytes, to->header.bytes, to->line.length) != 0) {
        fail(STATUS_FAILED, "%s: its header is not that of %s: they cannot become one file", to->file,
             to->of->given->files[0]);
    }
    to->line.length = 0;
}

static void take_cell(void *user, uint64_t record, size_t column, const char *bytes, size_t length)
{
    copier *to = user;
    const char *name = to->of->given->column;
    (void)record;
    if (column == 0 && to->in_header && to->line.bytes != NULL && to->line.length > 0) end_header(to);
    if (to->in_header && length == strlen(name) && memcmp(bytes, name, length) == 0) {
        fail(STATUS_USAGE, "%s: there is a column %s already: name another with --column", to->file,
             shown(name, strlen(name)));
    }
    if (column > 0) text_append(&to->line, &to->delimiter, 1);
    append_cell(&to->line, bytes, length, to->delimiter);
}

_Noreturn static void fail_changed(const copier *to)
{
    fail(STATUS_FAILED, "%s: it changed while it was read", to->file);
}

static void take_row(void *user, const row *from)
{
    copier *to = user;
    const weighting *of = to->of;
    char number[32] = "";
    if (!answers_keep(&to->filtered, from)) {
        to->line.length = 0;
        return;
    }
    bool weighted = to->next < of->count && of->origins[to->next].row == from->number &&
                    strcmp(of->origins[to->next].file, from->file) == 0;
    if (weighted) {
        int32_t answer = answers_read(&to->filtered, from, to->score);
        if (answer != of->answers[to->next]) fail_changed(to);
        format_number(of->weights[to->next++], number);
    }
    write_line(to, number, strlen(number));
}

static void copy_file(copier *to, const char *path)
{
    if (strcmp(path, "-") == 0 && lseek(STDIN_FILENO, 0, SEEK_SET) != 0) {
        fail(STATUS_FAILED, "standard input: cannot be read again");
    }
    source *file = source_open(path);
    to->file = file->name;
    to->delimiter = to->of->given->delimiter != '\0' ? to->of->given->delimiter : rows_delimiter(file);
    to->in_header = true;
    rows_copy_csv(file, &to->filtered.wanted, to->delimiter, take_cell, take_row, to);
    if (to->in_header) end_header(to);
    source_close(file);
}

void weighting_write(weighting *of)
{
    const options *given = of->given;
    options quiet = *given;
    quiet.rejects = NULL;
    output *file = given->output != NULL ? output_open(given->output) : NULL;
    copier to = {.of = of, .out = file != NULL ? output_stream(file) : stdout};
    answers_start(&to.filtered, &quiet);
    to.score = columns_want(&to.filtered.wanted, given->score);
    for (size_t i = 0; i < given->file_count; i++) copy_file(&to, given->files[i]);
    if (to.next != of->count) fail_changed(&to);
    answers_close(&to.filtered);
    text_free(&to.line);
    text_free(&to.header);
    if (file != NULL) {
        output_close(file);
    } else {
        output_end();
    }
}
