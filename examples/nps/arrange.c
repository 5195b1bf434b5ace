#include "platform.h"

#include "arrange.h"
#include "message.h"

void arrange(state *of, const options *given)
{
    (void)given;
    if (of->segments != NULL) require(nps_segments_sort(of->segments), "segments");
}

size_t *arrange_order(const state *of, const options *given, size_t *count)
{
    (void)given;
    *count = of->segments != NULL ? nps_segments_count(of->segments) : 0;
    size_t *order = allocate((*count + 1) * sizeof *order);
    for (size_t i = 0; i < *count; i++) order[i] = i;
    return order;
}
