/* Linkage of the public functions. One macro stands at the start of each declaration, so that a binding's parser can
 * drop it. */
#ifndef NPS_EXPORT_H
#define NPS_EXPORT_H

#if defined(NPS_API)
/* The builder's own choice. */
#elif defined(_WIN32) && defined(NPS_BUILD_DLL)
#define NPS_API __declspec(dllexport)
#elif defined(_WIN32) && defined(NPS_USE_DLL)
#define NPS_API __declspec(dllimport)
#elif defined(__GNUC__)
#define NPS_API __attribute__((visibility("default")))
#else
#define NPS_API
#endif

#if defined(__cplusplus)
#define NPS_BEGIN_DECLS extern "C" {
#define NPS_END_DECLS   }
#else
#define NPS_BEGIN_DECLS
#define NPS_END_DECLS
#endif

#endif
