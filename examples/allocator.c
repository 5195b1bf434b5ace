#include <nps/allocator.h>
#include <nps/segments.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct budget {
    size_t used, limit;
} budget;

/* Gives no more than a budget allows. */
static void *resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
    budget *bytes = user;
    if (new_size > old_size && new_size - old_size > bytes->limit - bytes->used) return NULL;
    void *moved = new_size > 0 ? realloc(pointer, new_size) : NULL;
    if (new_size > 0 && moved == NULL) return NULL;
    if (new_size == 0) free(pointer);
    bytes->used = bytes->used - old_size + new_size;
    return moved;
}

int main(void)
{
    budget bytes = {0, 1 << 20};
    nps_allocator allocator = {resize, &bytes};
    nps_segments_options options = {.struct_size = sizeof options, .dimensions = 1, .allocator = &allocator};
    nps_segments *segments;
    if (nps_segments_new(&options, &segments) != NPS_OK) return 1;
    nps_key customer = {.type = NPS_KEY_INTEGER};
    int status = NPS_OK;
    for (; status == NPS_OK; customer.integer++) status = nps_segments_add(segments, &customer, 9, 1);
    if (nps_segments_count(segments) != (size_t)customer.integer - 1) return 1;
    printf("%s; what was added before is all there\n", nps_error_name(status));
    nps_segments_free(segments);
    printf("%zu bytes are still out\n", bytes.used);
}
