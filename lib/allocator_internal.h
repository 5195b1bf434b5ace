/* Memory of opaque objects, from the allocator that they were made with. */
#ifndef NPSI_ALLOCATOR_INTERNAL_H
#define NPSI_ALLOCATOR_INTERNAL_H

#include <stddef.h>

#include <nps/allocator.h>

/* What an object keeps: a copy of *given, or realloc and free when given or its function is NULL. */
nps_allocator npsi_allocator_or_default(const nps_allocator *given);

/*
 * An array of old_count items of item_size bytes made into one of new_count; old_count 0 and NULL for a new one.
 * NULL: no memory, or the bytes do not fit a size_t; the old array is then as it was. new_count 0 frees and returns
 * NULL; freeing NULL does nothing.
 */
void *npsi_resize(const nps_allocator *allocator, void *pointer, size_t old_count, size_t new_count, size_t item_size);

#endif
