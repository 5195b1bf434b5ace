#include "histogram_internal.h"

void npsi_histogram(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
    for (size_t i = 0; i < n; i++) {
        unsigned code = (uint8_t)(bytes[i] - first);
        counts[code < NPSI_WINDOW ? code : NPSI_WINDOW]++;
    }
}

const char *npsi_simd_name(void)
{
    return "scalar";
}
