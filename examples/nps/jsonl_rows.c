/* JSON lines by jansson: an object a line, the keys are the columns. */
#include "platform.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "message.h"
#include "progress.h"
#include "rows.h"

typedef struct reader {
    const columns *wanted;
    header columns; /* the keys of the first object */
    bool has_header;
    bool seen[COLUMNS_MOST];
    uint64_t line;
    text bytes; /* a line that has not ended yet */
    row_builder row;
    row_function *give;
    void *user;
} reader;

/* A key that the first object lacks may come later, so that only the name of the answer must be known now. */
static void take_header(reader *from, json_t *object)
{
    header *names = &from->columns;
    const char *key;
    json_t *value;
    names->names = allocate((json_object_size(object) + 1) * sizeof *names->names);
    json_object_foreach(object, key, value)
    {
        names->names[names->count++] = copy_text(key, strlen(key));
    }
    for (size_t i = 0; i < from->wanted->count; i++) {
        const char *name = from->wanted->names[i];
        from->row.names[i] = name != NULL ? name : names->names[header_find(names, NULL)];
    }
    from->has_header = true;
}

static void set_value(reader *from, size_t wanted, json_t *value)
{
    char buffer[32];
    if (value == NULL || json_is_null(value)) {
        row_builder_set(&from->row, wanted, "", 0);
    } else if (json_is_string(value)) {
        row_builder_set(&from->row, wanted, json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value)) {
        snprintf(buffer, sizeof buffer, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        row_builder_set(&from->row, wanted, buffer, strlen(buffer));
    } else if (json_is_real(value)) {
        format_number(json_real_value(value), buffer);
        row_builder_set(&from->row, wanted, buffer, strlen(buffer));
    } else if (json_is_boolean(value)) {
        const char *name = json_is_true(value) ? "true" : "false";
        row_builder_set(&from->row, wanted, name, strlen(name));
    } else {
        const char *name = from->row.names[wanted];
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": %s holds a list or an object, not one value", from->columns.file,
             from->line, shown(name, strlen(name)));
    }
}

static void take_line(reader *from, const char *bytes, size_t length)
{
    from->line++;
    size_t first = 0;
    while (first < length && isspace((unsigned char)bytes[first])) first++;
    if (first == length) return;

    json_error_t error;
    json_t *object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    if (object == NULL) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": not JSON: %s", from->columns.file, from->line, error.text);
    }
    if (!json_is_object(object)) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": not a JSON object", from->columns.file, from->line);
    }
    if (!from->has_header) take_header(from, object);
    for (size_t i = 0; i < from->wanted->count; i++) {
        json_t *value = json_object_get(object, from->row.names[i]);
        from->seen[i] = from->seen[i] || value != NULL;
        set_value(from, i, value);
    }
    json_decref(object);
    from->row.built.number = from->line;
    row_builder_give(&from->row, from->wanted->count, from->give, from->user);
}

static void take_piece(reader *from, const char *bytes, size_t length)
{
    const char *end;
    while ((end = memchr(bytes, '\n', length)) != NULL) {
        size_t line_length = (size_t)(end - bytes);
        if (from->bytes.length > 0) {
            text_append(&from->bytes, bytes, line_length);
            take_line(from, from->bytes.bytes, from->bytes.length);
            from->bytes.length = 0;
        } else {
            take_line(from, bytes, line_length);
        }
        length -= line_length + 1;
        bytes = end + 1;
    }
    text_append(&from->bytes, bytes, length);
    if (from->bytes.length > CELL_LIMIT) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": a line of more than %zu bytes", from->columns.file, from->line + 1,
             CELL_LIMIT);
    }
}

static void end_file(reader *from)
{
    if (from->bytes.length > 0) take_line(from, from->bytes.bytes, from->bytes.length);
    if (!from->has_header) fail(STATUS_FAILED, "%s: empty: there is no object", from->columns.file);
    for (size_t i = 0; i < from->wanted->count; i++) {
        if (!from->seen[i]) header_fail(&from->columns, from->row.names[i]);
    }
}

static void free_reader(reader *from)
{
    for (size_t i = 0; i < from->columns.count; i++) free(from->columns.names[i]);
    free(from->columns.names);
    text_free(&from->bytes);
    text_free(&from->row.bytes);
    free(from);
}

void rows_read_jsonl(source *from, const columns *wanted, row_function *give, void *user)
{
    reader *jsonl = allocate(sizeof *jsonl);
    *jsonl = (reader){.wanted = wanted, .columns.file = from->name, .give = give, .user = user};
    jsonl->row.built.file = from->name;
    do {
        uint64_t rows_before = jsonl->line;
        take_piece(jsonl, from->piece, from->length);
        progress_advance(from->length, jsonl->line - rows_before);
    } while (source_next(from));
    end_file(jsonl);
    free_reader(jsonl);
}
