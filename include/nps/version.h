/* version.h: which libnps this is. The three numbers below are the only place where the version is written. */
#ifndef NPS_VERSION_H
#define NPS_VERSION_H

#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

#define NPS_VERSION_MAJOR 0
#define NPS_VERSION_MINOR 1
#define NPS_VERSION_PATCH 0

/* The version of the library that is linked: 10000 * major + 100 * minor + patch. Since: 0.1.0 */
NPS_API int32_t nps_version_number(void);

/* The version of the library that is linked, such as "0.1.0". A static string. Since: 0.1.0 */
NPS_API const char *nps_version_string(void);

/* How it was built and which vector kernels this machine uses, such as "gcc 12.2.0, simd avx2". For bug reports: the
 * form may change. A static string. Since: 0.1.0 */
NPS_API const char *nps_features(void);

NPS_END_DECLS

#endif
