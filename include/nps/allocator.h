/*
 * allocator.h: where opaque objects get their memory.
 *
 * An object copies the allocator that it was made with and uses no other memory. NULL means realloc and free.
 */
#ifndef NPS_ALLOCATOR_H
#define NPS_ALLOCATOR_H

#include <stddef.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

/*
 * One function does all, as in Lua: resize(user, NULL, 0, n) gives n new bytes, resize(user, p, m, n) makes the m bytes
 * at p into n and may move them, resize(user, p, m, 0) frees them and returns NULL. Memory is aligned as malloc aligns
 * it. NULL for n > 0 means that there is none; the old block is then as it was. The function may be called only during
 * calls on the object. An allocator whose function is NULL is as good as none.
 */
typedef struct nps_allocator {
    void *(*resize)(void *user, void *pointer, size_t old_size, size_t new_size);
    void *user; /* given back to resize; not read by the library */
} nps_allocator;

/* Fills in the allocator that is used where none is given: realloc and free. NPS_ERR_ARGUMENT: out is NULL. Since:
 * 0.1.0 */
NPS_API int nps_allocator_default(nps_allocator *out);

NPS_END_DECLS

#endif
