#include "histogram_internal.h"

void npsi_histogram_scalar(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
    for (size_t i = 0; i < n; i++) {
        unsigned code = (uint8_t)(bytes[i] - first);
        counts[code < NPSI_WINDOW ? code : NPSI_WINDOW]++;
    }
}

static int always(void)
{
    return 1;
}

#if defined(NPSI_X86)
static int has_ssse3(void)
{
    return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
}

static int has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

static int has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("popcnt");
}
#endif

static const npsi_histogram_tier tiers[] = {
#if defined(NPSI_X86)
    {"avx512", npsi_histogram_avx512, has_avx512}, {"avx2", npsi_histogram_avx2, has_avx2},
    {"ssse3", npsi_histogram_ssse3, has_ssse3},    {"sse2", npsi_histogram_compare, always},
#elif defined(NPSI_NEON)
    {"neon", npsi_histogram_neon, always},
#endif
    {"scalar", npsi_histogram_scalar, always},
};

const npsi_histogram_tier *npsi_histogram_tiers(size_t *number)
{
    *number = sizeof tiers / sizeof *tiers;
    return tiers;
}

/* Asked anew in each call, which costs a load and a test: a remembered answer would be a global that changes. */
static const npsi_histogram_tier *best_tier(void)
{
    const npsi_histogram_tier *tier = tiers;
    while (!tier->usable()) tier++;
    return tier;
}

void npsi_histogram(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
    best_tier()->count(bytes, n, first, counts);
}

const char *npsi_simd_name(void)
{
    return best_tier()->name;
}
