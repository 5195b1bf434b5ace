#include <nps/version.h>

#include <string.h>

#include "histogram_internal.h"

#define TEXT_OF(number) #number
#define TEXT(macro)     TEXT_OF(macro)
#define DOTTED(a, b, c) TEXT(a) "." TEXT(b) "." TEXT(c)

#if defined(__clang__)
#define COMPILER "clang " DOTTED(__clang_major__, __clang_minor__, __clang_patchlevel__)
#elif defined(__GNUC__)
#define COMPILER "gcc " DOTTED(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#elif defined(_MSC_VER)
#define COMPILER "msvc " TEXT(_MSC_VER)
#else
#define COMPILER "unknown compiler"
#endif

#define BUILT COMPILER ", simd "

int32_t nps_version_number(void)
{
    return 10000 * NPS_VERSION_MAJOR + 100 * NPS_VERSION_MINOR + NPS_VERSION_PATCH;
}

const char *nps_version_string(void)
{
    return DOTTED(NPS_VERSION_MAJOR, NPS_VERSION_MINOR, NPS_VERSION_PATCH);
}

/* One whole string a tier, so that nothing is put together at run time. */
const char *nps_features(void)
{
    static const char *const features[] = {BUILT "scalar", BUILT "sse2",   BUILT "ssse3",
                                           BUILT "avx2",   BUILT "avx512", BUILT "neon"};
    const char *name = npsi_simd_name();
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++)
        if (strcmp(features[i] + sizeof BUILT - 1, name) == 0) return features[i];
    return COMPILER;
}
