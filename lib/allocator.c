#include "allocator_internal.h"

#include <stdint.h>
#include <stdlib.h>

#include <nps/status.h>

static void *default_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size > 0) return realloc(pointer, new_size);
    free(pointer);
    return NULL;
}

int nps_allocator_default(nps_allocator *out)
{
    if (out == NULL) return NPS_ERR_ARGUMENT;
    *out = (nps_allocator){default_resize, NULL};
    return NPS_OK;
}

nps_allocator npsi_allocator_or_default(const nps_allocator *given)
{
    if (given != NULL && given->resize != NULL) return *given;
    return (nps_allocator){default_resize, NULL};
}

void *npsi_resize(const nps_allocator *allocator, void *pointer, size_t old_count, size_t new_count, size_t item_size)
{
    if (new_count == 0 && pointer == NULL) return NULL;
    if (new_count > SIZE_MAX / item_size) return NULL;
    return allocator->resize(allocator->user, pointer, old_count * item_size, new_count * item_size);
}
