/* The rows as they stood in their files, with their weights behind them. */
#include "platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "output.h"
#include "weighting.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

typedef struct held_line {
    size_t length;
    bool answered;
} held_line;

_Noreturn static void fail_held(void)
{
    fail(STATUS_FAILED, "rows cannot be kept in a temporary file until they have weights: %s", strerror(errno));
}

void weighting_start(weighting *of)
{
    of->held = (held_lines){.lines = tmpfile()};
    if (of->held.lines == NULL) fail_held();
}

static void check_column(const weighting *of, const header *read)
{
    const char *name = of->given->column;
    for (size_t i = 0; i < read->count; i++) {
        if (strcmp(read->names[i], name) != 0) continue;
        fail(STATUS_USAGE, "%s: there is a column %s already: name another with --column, or drop it", read->file,
             shown(name, strlen(name)));
    }
}

/* How a file's header is not that of the first one: in words. */
static void check_header(const held_lines *first, const header *read)
{
    const char *end = "they cannot become one file";
    if (read->delimiter != first->delimiter) {
        fail(STATUS_FAILED, "%s: cells are parted by %s, in %s by %s: %s", read->file, shown(&read->delimiter, 1),
             first->file, shown(&first->delimiter, 1), end);
    }
    if (read->count != first->columns) {
        fail(STATUS_FAILED, "%s has %zu columns, %s has %zu: %s", read->file, read->count, first->file, first->columns,
             end);
    }
    for (size_t i = 0; i < read->count; i++) {
        const char *name = read->names[i], *other = first->names[i];
        if (strcmp(name, other) == 0) continue;
        fail(STATUS_FAILED, "%s: column %zu is %s, in %s it is %s: %s", read->file, i + 1, shown(name, strlen(name)),
             first->file, shown(other, strlen(other)), end);
    }
}

void weighting_hold_header(weighting *of, const header *read)
{
    held_lines *to = &of->held;
    if (to->names != NULL) {
        check_header(to, read);
        return;
    }
    check_column(of, read);
    to->file = read->file;
    to->columns = read->count;
    to->names = allocate(read->count * sizeof *to->names);
    for (size_t i = 0; i < read->count; i++) to->names[i] = copy_text(read->names[i], strlen(read->names[i]));
    text_append(&to->header, read->line, read->line_length);
    to->delimiter = read->delimiter;
    to->marked = of->reading->marked;
}

void weighting_hold_row(weighting *of, const row *from, bool answered)
{
    held_line head;
    memset(&head, 0, sizeof head);
    head.length = from->line_length;
    head.answered = answered;
    if (of->held.line_end == NULL) of->held.line_end = from->line_end;
    if (fwrite(&head, sizeof head, 1, of->held.lines) != 1) fail_held();
    if (fwrite(from->line, 1, from->line_length, of->held.lines) != from->line_length) fail_held();
}

/* A cell is quoted only where it must be. */
static void append_cell(text *to, const char *bytes, size_t length, char delimiter)
{
    const char special[] = {'"', '\r', '\n', ' ', '\t', delimiter, '\0'};
    if (strcspn(bytes, special) == length) {
        text_append(to, bytes, length);
        return;
    }
    text_append(to, "\"", 1);
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '"') text_append(to, "\"", 1);
        text_append(to, &bytes[i], 1);
    }
    text_append(to, "\"", 1);
}

static void write_line(const weighting *of, text *line, const char *added, FILE *out)
{
    const held_lines *held = &of->held;
    text_append(line, &held->delimiter, 1);
    append_cell(line, added, strlen(added), held->delimiter);
    text_append(line, held->line_end, strlen(held->line_end));
    fwrite(line->bytes, 1, line->length, out);
    line->length = 0;
}

/* False at the end. */
static bool read_line(const held_lines *from, text *line, bool *answered)
{
    char buffer[4096];
    held_line head;
    if (fread(&head, sizeof head, 1, from->lines) != 1) {
        if (ferror(from->lines)) fail_held();
        return false;
    }
    for (size_t left = head.length; left > 0;) {
        size_t taken = fread(buffer, 1, left < sizeof buffer ? left : sizeof buffer, from->lines);
        if (taken == 0) fail_held();
        text_append(line, buffer, taken);
        left -= taken;
    }
    *answered = head.answered;
    return true;
}

static void forget(held_lines *forgotten)
{
    fclose(forgotten->lines);
    for (size_t i = 0; i < forgotten->columns; i++) free(forgotten->names[i]);
    free(forgotten->names);
    text_free(&forgotten->header);
}

void weighting_write(weighting *of)
{
    held_lines *held = &of->held;
    text line = {0};
    bool answered;
    if (fflush(held->lines) != 0 || fseek(held->lines, 0, SEEK_SET) != 0) fail_held();
    output *file = of->given->output != NULL ? output_open(of->given->output) : NULL;
    FILE *out = file != NULL ? output_stream(file) : stdout;
    if (held->marked) fputs(byte_order_mark, out);
    write_line(of, &held->header, of->given->column, out);
    for (size_t next = 0; read_line(held, &line, &answered);) {
        char number[32] = "";
        if (answered) format_number(of->weights[next++], number);
        write_line(of, &line, number, out);
    }
    if (file != NULL) {
        output_close(file);
    } else {
        output_end();
    }
    text_free(&line);
    forget(held);
}
