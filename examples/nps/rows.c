#include "rows.h"

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
