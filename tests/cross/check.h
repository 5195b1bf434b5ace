/*
 * What the suites use of Check, for machines that a compiler and an emulator reach but Check does not: compile a suite
 * with tests/cross before all other include directories. The first assertion that fails ends the program.
 */
#ifndef CROSS_CHECK_H
#define CROSS_CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void cross_test(int);
typedef struct TCase {
    const char *name;
    int run;
} TCase;
typedef TCase Suite;
typedef TCase SRunner;

#define CK_ENV           0
#define START_TEST(name) static void name(int _i __attribute__((unused)))
#define END_TEST

#define ck_assert_msg(condition, ...)              \
    do {                                           \
        if (!(condition)) {                        \
            printf("%s:%d: ", __FILE__, __LINE__); \
            printf("" __VA_ARGS__);                \
            printf("\n");                          \
            exit(EXIT_FAILURE);                    \
        }                                          \
    } while (0)

#define ck_abort_msg(...) ck_assert_msg(0, __VA_ARGS__)
/* Pastes a comparison into an assertion that says what it compared. */
#define CROSS_COMPARE(a, relation, b) ck_assert_msg((a)relation(b), "%s " #relation " %s", #a, #b)
#define CROSS_TEXT(a, relation, b)    ck_assert_msg(strcmp(a, b) relation 0, "%s is %s beside %s", #a, a, b)
#define ck_assert(condition)          ck_assert_msg(condition, "%s", #condition)
#define ck_assert_int_eq(a, b)        CROSS_COMPARE((intmax_t)(a), ==, (intmax_t)(b))
#define ck_assert_int_ne(a, b)        CROSS_COMPARE((intmax_t)(a), !=, (intmax_t)(b))
#define ck_assert_int_lt(a, b)        CROSS_COMPARE((intmax_t)(a), <, (intmax_t)(b))
#define ck_assert_int_le(a, b)        CROSS_COMPARE((intmax_t)(a), <=, (intmax_t)(b))
#define ck_assert_int_gt(a, b)        CROSS_COMPARE((intmax_t)(a), >, (intmax_t)(b))
#define ck_assert_int_ge(a, b)        CROSS_COMPARE((intmax_t)(a), >=, (intmax_t)(b))
#define ck_assert_uint_eq(a, b)       CROSS_COMPARE((uintmax_t)(a), ==, (uintmax_t)(b))
#define ck_assert_uint_ne(a, b)       CROSS_COMPARE((uintmax_t)(a), !=, (uintmax_t)(b))
#define ck_assert_uint_lt(a, b)       CROSS_COMPARE((uintmax_t)(a), <, (uintmax_t)(b))
#define ck_assert_uint_le(a, b)       CROSS_COMPARE((uintmax_t)(a), <=, (uintmax_t)(b))
#define ck_assert_uint_gt(a, b)       CROSS_COMPARE((uintmax_t)(a), >, (uintmax_t)(b))
#define ck_assert_uint_ge(a, b)       CROSS_COMPARE((uintmax_t)(a), >=, (uintmax_t)(b))
#define ck_assert_double_eq(a, b)     CROSS_COMPARE((double)(a), ==, (double)(b))
#define ck_assert_double_ne(a, b)     CROSS_COMPARE((double)(a), !=, (double)(b))
#define ck_assert_double_lt(a, b)     CROSS_COMPARE((double)(a), <, (double)(b))
#define ck_assert_double_le(a, b)     CROSS_COMPARE((double)(a), <=, (double)(b))
#define ck_assert_double_gt(a, b)     CROSS_COMPARE((double)(a), >, (double)(b))
#define ck_assert_double_ge(a, b)     CROSS_COMPARE((double)(a), >=, (double)(b))
#define ck_assert_double_nan(a)       ck_assert((a) != (a))
#define ck_assert_str_eq(a, b)        CROSS_TEXT(a, ==, b)
#define ck_assert_str_ne(a, b)        CROSS_TEXT(a, !=, b)
#define ck_assert_mem_eq(a, b, size)  ck_assert_msg(memcmp(a, b, size) == 0, "%s is not %s", #a, #b)
#define ck_assert_ptr_eq(a, b)        CROSS_COMPARE((const void *)(a), ==, (const void *)(b))
#define ck_assert_ptr_nonnull(a)      ck_assert((a) != NULL)
#define ck_assert_ptr_null(a)         ck_assert((a) == NULL)

#define tcase_set_timeout(tcase, seconds) ((void)(tcase))
#define suite_add_tcase(suite, tcase)     ((void)((suite)->run = (tcase)->run))
#define srunner_run_all(runner, mode)     ((void)(runner))
#define srunner_ntests_failed(runner)     0
#define srunner_ntests_run(runner)        ((runner)->run)

/* One suite of one case a program, as support.c has it: tests run as they are added. */
static inline TCase *tcase_create(const char *name)
{
    static TCase only;
    only.name = name;
    return &only;
}

static inline Suite *suite_create(const char *name)
{
    static Suite only;
    only.name = name;
    return &only;
}

static inline SRunner *srunner_create(Suite *suite)
{
    return suite;
}

static inline void srunner_free(SRunner *runner)
{
    printf("%s: %d tests passed\n", runner->name, runner->run);
}

static inline void tcase_add_loop_test(TCase *tcase, cross_test *test, int begin, int end)
{
    for (int i = begin; i < end; i++) test(i);
    tcase->run++;
}

static inline void tcase_add_test(TCase *tcase, cross_test *test)
{
    tcase_add_loop_test(tcase, test, 0, 1);
}

#endif
