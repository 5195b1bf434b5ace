/* Numbers from names: what every nps_*_method function does. */
#ifndef NPSI_NAMES_INTERNAL_H
#define NPSI_NAMES_INTERNAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <nps/status.h>

/* The number below `count` whose name is these bytes. NPS_ERR_ARGUMENT: a null pointer. NPS_ERR_NOT_FOUND. */
static inline int npsi_find_name(const char *(*name_of)(int32_t), int32_t count, const char *name, size_t length,
                                 int32_t *number)
{
    if (name == NULL || number == NULL) return NPS_ERR_ARGUMENT;
    for (int32_t i = 0; i < count; i++) {
        const char *known = name_of(i);
        if (strlen(known) != length || memcmp(known, name, length) != 0) continue;
        *number = i;
        return NPS_OK;
    }
    return NPS_ERR_NOT_FOUND;
}

#endif
