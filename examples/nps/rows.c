#include "platform.h"

#include <inttypes.h>
#include <string.h>

#include "message.h"
#include "rows.h"

nps_key cell_key(const cell *part)
{
    return (nps_key){
        .type = part->length > 0 ? NPS_KEY_BYTES : NPS_KEY_NULL, .bytes = part->bytes, .length = part->length};
}

_Noreturn void row_fail(const row *from, size_t place, const char *what, const char *mend)
{
    const cell *at = &from->cells[place];
    const char *name = from->names[place];
    fail(STATUS_FAILED, "%s: row %" PRIu64 ", column %s: %s%s%s%s: %s", from->file, from->number,
         shown(name, strlen(name)), what != NULL ? "the " : "", what != NULL ? what : "", what != NULL ? " is " : "",
         shown(at->bytes, at->length), mend);
}

/* Cells are copied one after the other, each with a terminator, into one block that is used again for the next row. */
void row_builder_set(row_builder *builder, size_t wanted, const char *bytes, size_t length)
{
    builder->starts[wanted] = builder->bytes.length;
    builder->cells[wanted].length = length;
    text_append(&builder->bytes, bytes, length);
    builder->bytes.length++; /* over the terminator */
}

void row_builder_give(row_builder *builder, size_t count, row_function *give, void *user)
{
    for (size_t i = 0; i < count; i++) builder->cells[i].bytes = builder->bytes.bytes + builder->starts[i];
    builder->built.cells = builder->cells;
    builder->built.names = builder->names;
    give(user, &builder->built);
    builder->bytes.length = 0;
}
