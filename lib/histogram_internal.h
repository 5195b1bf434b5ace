/* How often each of twelve neighbouring byte values occurs: the inner loop of every bulk add. */
#ifndef NPSI_HISTOGRAM_INTERNAL_H
#define NPSI_HISTOGRAM_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#define NPSI_WINDOW 12

/* Adds to counts[i] the number of bytes equal to first + i modulo 256, for i below NPSI_WINDOW, and to
 * counts[NPSI_WINDOW] the number of all others. With first 0 these are the codes of column_internal.h. */
void npsi_histogram(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1]);

/* The kernel that npsi_histogram uses on this machine: "scalar", "sse2", "avx2", "avx512" or "neon". */
const char *npsi_simd_name(void);

#endif
