/* Structs that callers of other releases may have compiled shorter or longer: their first field is size_t struct_size,
 * set by the caller. */
#ifndef NPSI_STRUCT_INTERNAL_H
#define NPSI_STRUCT_INTERNAL_H

#include <stddef.h>
#include <string.h>

#include <nps/status.h>

static inline size_t npsi_struct_size(const void *given)
{
    size_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

/* Options into `known`, a struct of this release: what a shorter one lacks is 0, and a longer one with a tail that is
 * not 0 is refused. NPS_ERR_ARGUMENT. */
static inline int npsi_struct_read(const void *given, void *known, size_t known_size)
{
    memset(known, 0, known_size);
    if (given == NULL) return NPS_ERR_ARGUMENT;
    size_t size = npsi_struct_size(given);
    if (size < sizeof size) return NPS_ERR_ARGUMENT;
    const unsigned char *bytes = given;
    for (size_t i = known_size; i < size; i++)
        if (bytes[i] != 0) return NPS_ERR_ARGUMENT;
    memcpy(known, given, size < known_size ? size : known_size);
    return NPS_OK;
}

/* Whether a result can be written here: not NULL, struct_size set. */
static inline int npsi_struct_takes(const void *out)
{
    return out != NULL && npsi_struct_size(out) >= sizeof(size_t);
}

/* A result, as much of it as the caller has room for; its struct_size stays. */
static inline void npsi_struct_write(void *out, const void *known, size_t known_size)
{
    size_t size = npsi_struct_size(out), first = sizeof size;
    if (size > known_size) size = known_size;
    memcpy((unsigned char *)out + first, (const unsigned char *)known + first, size - first);
}

#endif
