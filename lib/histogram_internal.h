/* How often each of twelve neighbouring byte values occurs: the inner loop of every bulk add. */
#ifndef NPSI_HISTOGRAM_INTERNAL_H
#define NPSI_HISTOGRAM_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

/* Vector kernels need GNU C for a function's target and the intrinsics. NPS_NO_SIMD leaves them out. */
#if defined(__GNUC__) && !defined(NPS_NO_SIMD)
#if defined(__x86_64__) || (defined(__i386__) && defined(__SSE2__))
#define NPSI_X86
#elif defined(__aarch64__)
#define NPSI_NEON
#endif
#endif

#define NPSI_WINDOW 12

/* Adds to counts[i] the number of bytes equal to first + i modulo 256, for i below NPSI_WINDOW, and to
 * counts[NPSI_WINDOW] the number of all others. With first 0 these are the codes of column_internal.h. */
typedef void npsi_histogram_kernel(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1]);

/* Counts with the best kernel for this machine. */
npsi_histogram_kernel npsi_histogram;

/* The name of that kernel: "scalar", "sse2", "ssse3", "avx2", "avx512" or "neon". */
const char *npsi_simd_name(void);

/* All kernels of this build, best first, scalar last. Each gives the same counts; usable tells whether this machine can
 * run it. */
typedef struct npsi_histogram_tier {
    const char *name;
    npsi_histogram_kernel *count;
    int (*usable)(void);
} npsi_histogram_tier;
const npsi_histogram_tier *npsi_histogram_tiers(size_t *number);

npsi_histogram_kernel npsi_histogram_scalar;
#if defined(NPSI_X86)
npsi_histogram_kernel npsi_histogram_compare, npsi_histogram_ssse3, npsi_histogram_avx2, npsi_histogram_avx512;
#elif defined(NPSI_NEON)
npsi_histogram_kernel npsi_histogram_compare, npsi_histogram_neon;
#endif

#endif
