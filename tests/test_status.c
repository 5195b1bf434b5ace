#include <limits.h>
#include <nps/status.h>
#include <string.h>

#include "support.h"

/* The numbers are fixed for ever, so they stand here a second time, as numbers. */
START_TEST(numbers)
{
    static const struct {
        int status, number;
        const char *name;
    } known[] = {
        {NPS_OK, 0, "NPS_OK"},
        {NPS_ERR_ARGUMENT, -1, "NPS_ERR_ARGUMENT"},
        {NPS_ERR_MEMORY, -2, "NPS_ERR_MEMORY"},
        {NPS_ERR_RANGE, -3, "NPS_ERR_RANGE"},
        {NPS_ERR_EMPTY, -4, "NPS_ERR_EMPTY"},
        {NPS_ERR_SCALE, -5, "NPS_ERR_SCALE"},
        {NPS_ERR_OVERFLOW, -6, "NPS_ERR_OVERFLOW"},
        {NPS_ERR_UNDERFLOW, -7, "NPS_ERR_UNDERFLOW"},
        {NPS_ERR_FORMAT, -8, "NPS_ERR_FORMAT"},
        {NPS_ERR_VERSION, -9, "NPS_ERR_VERSION"},
        {NPS_ERR_TYPE, -10, "NPS_ERR_TYPE"},
        {NPS_ERR_BUFFER, -11, "NPS_ERR_BUFFER"},
        {NPS_ERR_SINGULAR, -12, "NPS_ERR_SINGULAR"},
        {NPS_ERR_CONVERGENCE, -13, "NPS_ERR_CONVERGENCE"},
        {NPS_ERR_NOT_FOUND, -14, "NPS_ERR_NOT_FOUND"},
        {NPS_ERR_LIMIT, -15, "NPS_ERR_LIMIT"},
    };
    const int count = (int)(sizeof known / sizeof known[0]);
    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(known[i].status, known[i].number);
        ck_assert_int_eq(known[i].number, -i);
        ck_assert_str_eq(nps_error_name(-i), known[i].name);
        const char *meaning = nps_strerror(-i);
        ck_assert_uint_gt(strlen(meaning), 0);
        ck_assert_int_ne(meaning[strlen(meaning) - 1], '.');
        for (int j = 0; j < i; j++) ck_assert_str_ne(meaning, nps_strerror(-j));
    }
}
END_TEST

START_TEST(unknown)
{
    static const int others[] = {1, -16, INT_MAX, INT_MIN};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        ck_assert_str_eq(nps_error_name(others[i]), "NPS_ERR_UNKNOWN");
        ck_assert_str_eq(nps_strerror(others[i]), "unknown status");
    }
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, numbers);
    tcase_add_test(tcase, unknown);
}

int main(void)
{
    return test_main("status", add);
}
