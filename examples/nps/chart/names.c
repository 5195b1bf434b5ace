#include "platform.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "message.h"
#include "names.h"

#define NAME_MOST 200 /* columns; what does not fit in a picture is cut more finely when it is drawn */

/* Several names stand from left to right whatever their own direction is: the mark in front says so, and isolates keep
 * each to itself. */
static void append_part(text *to, const char *bytes, size_t length, bool first, bool of_several)
{
    if (of_several) text_say(to, "%s\u2068", first ? "\u200E" : " \u00B7 ");
    text_append_escaped(to, bytes, length, NAME_MOST, TEXT_ESCAPE_TERMINAL);
    if (of_several) text_say(to, "\u2069");
}

void names_text(const char *bytes, size_t length, text *to)
{
    append_part(to, bytes, length, true, false);
}

void names_segment(const state *of, size_t index, text *to)
{
    text name = {0};
    for (int32_t i = 0; i < of->dimensions; i++) {
        state_segment_name(of, index, i, &name);
        append_part(to, name.bytes, name.length, i == 0, of->dimensions > 1);
    }
    text_free(&name);
}

void names_dimensions(const state *of, text *to)
{
    for (int32_t i = 0; i < of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(of, i, &length);
        append_part(to, name, length, i == 0, of->dimensions > 1);
    }
}

void names_more(size_t more, text *to)
{
    char line[80];
    if (more == 0) return;
    snprintf(line, sizeof line, "and %zu more, which are not drawn", more);
    frame_line(to, line);
    note("the picture has the first %d: %zu more are not drawn", ROWS_MOST, more);
}

void names_together(const state *of, text *to)
{
    text line = {0};
    if (of->dimensions == 0) return;
    text_say(&line, "the picture is of all together, not of each ");
    names_dimensions(of, &line);
    frame_line(to, line.bytes);
    text_free(&line);
}
