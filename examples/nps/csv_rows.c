/* CSV by libcsv, strictly: what could be read in two ways is refused, because a quote out of place swallows rows. */
#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "message.h"
#include "progress.h"
#include "rows.h"

#define HEADER_COLUMNS 65536
#define HEADER_BYTES   ((size_t)4 * 1024 * 1024)
#define LINE_LIMIT     ((size_t)64 * 1024 * 1024) /* where lines are kept */
#define NOT_WANTED     (-1)

typedef struct reader {
    struct csv_parser parser;
    const columns *wanted;
    header columns;
    size_t header_bytes;
    int *first_use;             /* of each column of the file: the first wanted column that it is, or NOT_WANTED */
    int next_use[COLUMNS_MOST]; /* and the next one that is the same column */
    bool has_header;
    size_t column;       /* of the file, where the next cell stands */
    uint64_t rows;       /* records and blank lines so far */
    uint64_t blanks;     /* blank lines since the last record */
    int last_terminator; /* what ended the last line */
    bool keeps_lines;
    text line; /* so far, its end too, where lines are kept */
    row_builder row;
    header_function *begin; /* NULL: nobody asks */
    row_function *give;
    void *user;
} reader;

static uint64_t row_number(const reader *from)
{
    return from->rows + from->blanks + 1;
}

/* "row 3, column 2 ("comment")" for messages; names are known once the header was read. */
static const char *place(const reader *from)
{
    static char buffer[256];
    const char *name = from->has_header && from->column < from->columns.count ? from->columns.names[from->column] : "";
    snprintf(buffer, sizeof buffer, "row %" PRIu64 ", column %zu%s%s", row_number(from), from->column + 1,
             *name != '\0' ? " " : "", *name != '\0' ? shown(name, strlen(name)) : "");
    return buffer;
}

static void take_header_cell(reader *from, const char *bytes, size_t length)
{
    header *names = &from->columns;
    from->header_bytes += length;
    if (names->count == HEADER_COLUMNS || from->header_bytes > HEADER_BYTES) {
        fail(STATUS_FAILED, "%s: the header has more than %d columns or %zu bytes", names->file, HEADER_COLUMNS,
             HEADER_BYTES);
    }
    if ((names->count & (names->count - 1)) == 0) {
        size_t capacity = names->count > 0 ? 2 * names->count : 1;
        names->names = reallocate(names->names, capacity * sizeof *names->names);
    }
    names->names[names->count++] = copy_text(bytes, length);
}

/* Finds the wanted columns in the header that was just read. */
static void end_header(reader *from)
{
    header *names = &from->columns;
    names->line = from->row.built.line;
    names->line_length = from->row.built.line_length;
    if (from->begin != NULL) from->begin(from->user, names);
    from->first_use = allocate(names->count * sizeof *from->first_use);
    for (size_t i = 0; i < names->count; i++) from->first_use[i] = NOT_WANTED;
    for (size_t i = from->wanted->count; i-- > 0;) {
        size_t column = from->wanted->is_list ? header_find_list(names, from->wanted, i)
                                              : header_find(names, from->wanted->names[i]);
        from->row.names[i] = names->names[column];
        from->next_use[i] = from->first_use[column];
        from->first_use[column] = (int)i;
    }
    from->has_header = true;
}

static void end_record(reader *from)
{
    if (!from->has_header) {
        end_header(from);
    } else if (from->column != from->columns.count) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 " has %zu cells, the header has %zu", from->columns.file,
             row_number(from), from->column, from->columns.count);
    } else {
        from->row.built.number = row_number(from);
        row_builder_give(&from->row, from->wanted->count, from->give, from->user);
    }
    from->column = 0;
    from->rows++;
}

/* Lines without anything are passed over; but where there is one column only, that is how an empty cell looks. */
static void end_blanks(reader *from)
{
    uint64_t blanks = from->blanks;
    from->blanks = 0;
    if (!from->has_header || from->columns.count != 1) {
        from->rows += blanks;
        return;
    }
    for (; blanks > 0; blanks--) {
        from->row.built.line = "";
        from->row.built.line_length = 0;
        for (size_t i = 0; i < from->wanted->count; i++) row_builder_set(&from->row, i, "", 0);
        from->column = 1;
        end_record(from);
    }
}

/* Called for every cell, most of which nobody wants. */
static void take_cell(void *cell_bytes, size_t length, void *user)
{
    reader *from = user;
    if (from->blanks > 0) end_blanks(from);
    if (!from->has_header) {
        take_header_cell(from, cell_bytes, length);
    } else if (from->column < from->columns.count) {
        for (int use = from->first_use[from->column]; use != NOT_WANTED; use = from->next_use[use]) {
            row_builder_set(&from->row, (size_t)use, cell_bytes, length);
        }
    }
    from->column++;
}

/* The first line that ends tells how lines do. */
static void note_line_end(reader *from, int terminator)
{
    const char **end = &from->row.built.line_end;
    if (*end == NULL) {
        *end = terminator == CSV_CR ? "\r" : "\n";
    } else if (from->rows == 1 && from->blanks == 0 && terminator == CSV_LF && from->last_terminator == CSV_CR) {
        *end = "\r\n";
    }
}

/* Called at each line end outside quotes, and so twice for CRLF; at the end of a file that has none it is -1. */
static void take_line_end(int terminator, void *user)
{
    reader *from = user;
    note_line_end(from, terminator);
    from->row.built.line = from->line.bytes;
    from->row.built.line_length = from->line.length - (from->keeps_lines && terminator >= 0);
    if (from->column > 0) {
        end_record(from);
    } else if (terminator != CSV_LF || from->last_terminator != CSV_CR) {
        from->blanks++;
    }
    from->last_terminator = terminator;
    from->line.length = 0;
}

static void *limited_realloc(void *pointer, size_t size)
{
    return size > CELL_LIMIT ? NULL : realloc(pointer, size);
}

_Noreturn static void fail_parse(reader *from)
{
    const char *file = from->columns.file;
    if (csv_error(&from->parser) == CSV_ENOMEM) {
        fail(STATUS_FAILED, "%s: %s: a cell of more than %zu bytes; perhaps a quote is not closed", file, place(from),
             CELL_LIMIT);
    }
    fail(STATUS_FAILED, "%s: %s: text after a closing quote; a quote inside quotes is written twice", file,
         place(from));
}

/* A quote inside a cell that does not begin with one means itself (5" screen): libcsv's strict mode would refuse it. */
static bool is_plain_quote(reader *from)
{
    return csv_error(&from->parser) == CSV_EPARSE && !from->parser.quoted;
}

static void parse(reader *from, const char *bytes, size_t length)
{
    unsigned char strict = (unsigned char)csv_get_opts(&from->parser);
    while (length > 0) {
        size_t taken = csv_parse(&from->parser, bytes, length, take_cell, take_line_end, from);
        bytes += taken;
        length -= taken;
        if (length == 0) break;
        if (!is_plain_quote(from)) fail_parse(from);
        csv_set_opts(&from->parser, strict & (unsigned char)~CSV_STRICT);
        csv_parse(&from->parser, bytes++, 1, take_cell, take_line_end, from);
        csv_set_opts(&from->parser, strict);
        from->parser.status = CSV_SUCCESS;
        length--;
    }
}

/* Line by line: when one ends, it and nothing of the next was added. */
static void parse_lines(reader *from, const char *bytes, size_t length)
{
    for (size_t taken; length > 0; bytes += taken, length -= taken) {
        taken = 0;
        while (taken < length && bytes[taken] != '\r' && bytes[taken] != '\n') taken++;
        if (taken < length) taken++;
        text_append(&from->line, bytes, taken);
        if (from->line.length > LINE_LIMIT) {
            fail(STATUS_FAILED, "%s: row %" PRIu64 " has more than %zu bytes", from->columns.file, row_number(from),
                 LINE_LIMIT);
        }
        parse(from, bytes, taken);
    }
}

static void parse_piece(reader *from, const char *bytes, size_t length)
{
    const char *nul = memchr(bytes, '\0', length);
    size_t good = nul != NULL ? (size_t)(nul - bytes) : length;
    if (from->keeps_lines) {
        parse_lines(from, bytes, good);
    } else {
        parse(from, bytes, good);
    }
    if (nul != NULL) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 " has a NUL byte: a binary file or UTF-16; save it as CSV in UTF-8",
             from->columns.file, row_number(from));
    }
}

/* The delimiter that stands most often in the header, outside quotes; a comma where there is none. */
static char sniff_delimiter(const char *bytes, size_t length)
{
    static const char candidates[] = ",;\t|";
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool quoted = false, begun = false;
    for (size_t i = 0; i < length && !(begun && !quoted && strchr("\r\n", bytes[i]) != NULL); i++) {
        const char *found = bytes[i] != '\0' ? strchr(candidates, bytes[i]) : NULL;
        begun = begun || strchr("\r\n", bytes[i]) == NULL;
        if (bytes[i] == '"') quoted = !quoted;
        if (found != NULL && !quoted) counts[found - candidates]++;
    }
    for (size_t i = 1; i < sizeof candidates - 1; i++) {
        if (counts[i] > counts[best]) best = i;
    }
    return candidates[best];
}

static void end_file(reader *from)
{
    const char *file = from->columns.file;
    if (csv_fini(&from->parser, take_cell, take_line_end, from) != 0) {
        fail(STATUS_FAILED, "%s: %s: a quote is not closed", file, place(from));
    }
    if (!from->has_header) fail(STATUS_FAILED, "%s: empty: there is no header", file);
}

static void free_reader(reader *from)
{
    csv_free(&from->parser);
    for (size_t i = 0; i < from->columns.count; i++) free(from->columns.names[i]);
    free(from->columns.names);
    free(from->first_use);
    text_free(&from->row.bytes);
    text_free(&from->line);
    free(from);
}

void rows_read_csv(source *from, const columns *wanted, char delimiter, row_function *give, void *user)
{
    rows_read_csv_lines(from, wanted, delimiter, NULL, give, user);
}

void rows_read_csv_lines(source *from, const columns *wanted, char delimiter, header_function *begin,
                         row_function *give, void *user)
{
    reader *csv = allocate(sizeof *csv);
    *csv = (reader){.wanted = wanted, .columns.file = from->name, .begin = begin, .give = give, .user = user};
    csv->keeps_lines = begin != NULL;
    csv->row.built.file = from->name;
    if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) fail(STATUS_FAILED, "libcsv failed");
    csv_set_realloc_func(&csv->parser, limited_realloc);
    csv_set_blk_size(&csv->parser, 4096);

    if (delimiter == '\0') delimiter = sniff_delimiter(from->piece, from->length);
    csv->columns.delimiter = delimiter;
    csv_set_delim(&csv->parser, (unsigned char)delimiter);
    do {
        uint64_t rows_before = csv->rows;
        parse_piece(csv, from->piece, from->length);
        progress_advance(from->length, csv->rows - rows_before);
    } while (source_next(from));
    end_file(csv);
    free_reader(csv);
}
