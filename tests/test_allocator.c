#include <nps/status.h>
#include <stdint.h>
#include <string.h>

#include "allocator_internal.h"
#include "support.h"

START_TEST(default_grows_shrinks_and_frees)
{
    nps_allocator allocator;
    ck_assert_int_eq(nps_allocator_default(&allocator), NPS_OK);
    unsigned char *block = allocator.resize(allocator.user, NULL, 0, 10);
    ck_assert_ptr_nonnull(block);
    memset(block, 7, 10);
    block = allocator.resize(allocator.user, block, 10, 100000);
    ck_assert_ptr_nonnull(block);
    for (int i = 0; i < 10; i++) ck_assert_int_eq(block[i], 7);
    block = allocator.resize(allocator.user, block, 100000, 5);
    ck_assert_ptr_nonnull(block);
    for (int i = 0; i < 5; i++) ck_assert_int_eq(block[i], 7);
    ck_assert_ptr_null(allocator.resize(allocator.user, block, 5, 0));
    ck_assert_int_eq(nps_allocator_default(NULL), NPS_ERR_ARGUMENT);
}
END_TEST

START_TEST(given_or_default)
{
    test_memory memory;
    nps_allocator own, standard, zeros = {NULL, &memory};
    test_memory_start(&memory, -1, &own);
    nps_allocator_default(&standard);
    ck_assert_ptr_eq(npsi_allocator_or_default(&own).user, &memory);
    ck_assert(npsi_allocator_or_default(&own).resize == own.resize);
    ck_assert(npsi_allocator_or_default(NULL).resize == standard.resize);
    ck_assert(npsi_allocator_or_default(&zeros).resize == standard.resize);
}
END_TEST

START_TEST(arrays)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, 3, &allocator);
    uint64_t *array = npsi_resize(&allocator, NULL, 0, 3, sizeof *array);
    ck_assert_ptr_nonnull(array);
    ck_assert_uint_eq(memory.bytes, 24);
    array = npsi_resize(&allocator, array, 3, 6, sizeof *array);
    ck_assert_uint_eq(memory.bytes, 48);
    array = npsi_resize(&allocator, array, 6, 1, sizeof *array);
    ck_assert_uint_eq(memory.bytes, 8);
    ck_assert_ptr_null(npsi_resize(&allocator, array, 1, 2, sizeof *array)); /* the fourth request fails */
    ck_assert_uint_eq(memory.bytes, 8);
    /* Sizes that do not fit are not asked for at all. */
    int64_t requests = memory.requests;
    ck_assert_ptr_null(npsi_resize(&allocator, array, 1, SIZE_MAX / sizeof *array + 1, sizeof *array));
    ck_assert_ptr_null(npsi_resize(&allocator, array, 1, SIZE_MAX, sizeof *array));
    ck_assert_int_eq(memory.requests, requests);
    ck_assert_ptr_null(npsi_resize(&allocator, array, 1, 0, sizeof *array));
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_ptr_null(npsi_resize(&allocator, NULL, 0, 0, sizeof *array));
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, default_grows_shrinks_and_frees);
    tcase_add_test(tcase, given_or_default);
    tcase_add_test(tcase, arrays);
}

int main(void)
{
    return test_main("allocator", add);
}
