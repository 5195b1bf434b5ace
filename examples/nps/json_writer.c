#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "json_writer.h"
#include "message.h"
#include "text.h"

/* What parts an item from the one before. */
static void begin_item(json_writer *to)
{
    if (!to->after_name) {
        if (to->follows) fputc(',', to->out);
        if (to->begins_line) fputs("\n ", to->out);
        if (to->follows && !to->begins_line) fputc(' ', to->out);
    }
    to->follows = true;
    to->after_name = to->begins_line = false;
}

void writer_open(json_writer *to, char bracket)
{
    begin_item(to);
    fputc(bracket, to->out);
    to->follows = false;
}

void writer_close(json_writer *to, char bracket)
{
    fputc(bracket, to->out);
    to->follows = true;
}

void writer_line(json_writer *to)
{
    to->begins_line = !to->one_line;
}

/* JSON is UTF-8 and nothing else: other bytes become U+FFFD. */
void writer_text(json_writer *to, const char *bytes, size_t length)
{
    text valid = {0};
    text_append_escaped(&valid, bytes, length, SIZE_MAX, TEXT_ESCAPE_NONE);
    json_t *string = json_stringn(valid.bytes, valid.length);
    if (string == NULL) fail(STATUS_FAILED, "out of memory");
    begin_item(to);
    json_dumpf(string, to->out, JSON_ENCODE_ANY);
    json_decref(string);
    text_free(&valid);
}

void writer_name(json_writer *to, const char *bytes, size_t length)
{
    writer_text(to, bytes, length);
    fputs(": ", to->out);
    to->after_name = true;
}

void writer_number(json_writer *to, double number)
{
    char buffer[32];
    begin_item(to);
    fputs(isnan(number) ? "null" : format_number(number, buffer), to->out);
}

void writer_count(json_writer *to, uint64_t count)
{
    begin_item(to);
    fprintf(to->out, "%" PRIu64, count);
}

void writer_integer(json_writer *to, int64_t number)
{
    begin_item(to);
    fprintf(to->out, "%" PRId64, number);
}

void writer_bool(json_writer *to, bool value)
{
    begin_item(to);
    fputs(value ? "true" : "false", to->out);
}

void writer_null(json_writer *to)
{
    begin_item(to);
    fputs("null", to->out);
}

void writer_field(json_writer *to, const char *name)
{
    writer_name(to, name, strlen(name));
}

void writer_text_field(json_writer *to, const char *name, const char *value)
{
    writer_field(to, name);
    writer_text(to, value, strlen(value));
}

void writer_number_field(json_writer *to, const char *name, double number)
{
    writer_field(to, name);
    writer_number(to, number);
}

void writer_count_field(json_writer *to, const char *name, uint64_t count)
{
    writer_field(to, name);
    writer_count(to, count);
}
