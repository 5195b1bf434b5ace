#include <nps/version.h>
#include <stdio.h>
#include <string.h>

#include "histogram_internal.h"
#include "support.h"

START_TEST(numbers_and_text_agree)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%d.%d.%d", NPS_VERSION_MAJOR, NPS_VERSION_MINOR, NPS_VERSION_PATCH);
    ck_assert_str_eq(nps_version_string(), expected);
    ck_assert_int_eq(nps_version_number(), NPS_VERSION_MAJOR * 10000 + NPS_VERSION_MINOR * 100 + NPS_VERSION_PATCH);
    ck_assert_int_lt(NPS_VERSION_MINOR, 100); /* else the number would not tell them apart */
    ck_assert_int_lt(NPS_VERSION_PATCH, 100);
}
END_TEST

START_TEST(features)
{
    const char *built = nps_features(), *simd = strstr(built, ", simd ");
    ck_assert_ptr_nonnull(simd);
    ck_assert_str_eq(simd + strlen(", simd "), npsi_simd_name());
#if defined(__clang__)
    ck_assert_int_eq(strncmp(built, "clang ", 6), 0);
#elif defined(__GNUC__)
    ck_assert_int_eq(strncmp(built, "gcc ", 4), 0);
#endif
    ck_assert_ptr_eq(built, nps_features());
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, numbers_and_text_agree);
    tcase_add_test(tcase, features);
}

int main(void)
{
    return test_main("version", add);
}
