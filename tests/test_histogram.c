/* Every kernel against the plainest loop there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "histogram_internal.h"
#include "support.h"

static void expect_counts(const npsi_histogram_tier *tier, const uint8_t *bytes, size_t n, uint8_t first)
{
    uint64_t of_byte[256] = {0}, counts[NPSI_WINDOW + 1], expected[NPSI_WINDOW + 1];
    for (size_t i = 0; i < n; i++) of_byte[bytes[i]]++;
    for (unsigned i = 0; i <= NPSI_WINDOW; i++) counts[i] = expected[i] = 1000 + i; /* what was counted before stays */
    expected[NPSI_WINDOW] += n;
    for (unsigned i = 0; i < NPSI_WINDOW; i++) {
        expected[i] += of_byte[(uint8_t)(first + i)];
        expected[NPSI_WINDOW] -= of_byte[(uint8_t)(first + i)];
    }
    tier->count(bytes, n, first, counts);
    ck_assert_msg(memcmp(counts, expected, sizeof counts) == 0, "%s: n %zu first %u", tier->name, n, first);
}

/* Calls `check` for every kernel that this machine can run. */
static void for_each_tier(void (*check)(const npsi_histogram_tier *))
{
    size_t number;
    const npsi_histogram_tier *tiers = npsi_histogram_tiers(&number);
    for (size_t i = 0; i < number; i++) {
        if (tiers[i].usable())
            check(&tiers[i]);
        else
            printf("histogram: this machine cannot run %s, which is not tested\n", tiers[i].name);
    }
}

enum { ALL_BYTES, REALISTIC };

static void fill(uint8_t *bytes, size_t n, int kind, uint64_t *seed)
{
    static const uint8_t realistic[] = {10, 10, 10, 10, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 5, 4, 3, 2, 1, 0, 0, 255, 11};
    for (size_t i = 0; i < n; i++)
        bytes[i] = kind == ALL_BYTES ? (uint8_t)test_random(seed) : realistic[test_below(seed, sizeof realistic)];
}

/* The bytes end where their block ends, so that a sanitizer sees whatever is read too far. */
static void check_lengths_and_offsets(const npsi_histogram_tier *tier)
{
    uint64_t seed = 1;
    for (size_t n = 0; n <= 300; n++) {
        for (size_t offset = 0; offset <= 64; offset++) {
            uint8_t *block = malloc(offset + n + (offset + n == 0));
            fill(block, offset + n, (int)(n + offset) % 2, &seed);
            expect_counts(tier, block + offset, n, (n + offset) % 3 == 0 ? UINT8_MAX : (uint8_t)test_random(&seed));
            free(block);
        }
    }
}

START_TEST(lengths_and_offsets)
{
    for_each_tier(check_lengths_and_offsets);
}
END_TEST

/* Around whole groups of vectors: 1024 bytes, 2048, 4096 and 4080 (255 vectors). */
static void check_groups(const npsi_histogram_tier *tier)
{
    uint64_t seed = 2;
    for (size_t group = 1000; group <= 40000; group += group < 5000 ? 8 : 1013) {
        for (int kind = ALL_BYTES; kind <= REALISTIC; kind++) {
            uint8_t *block = malloc(group);
            fill(block, group, kind, &seed);
            expect_counts(tier, block, group, kind == REALISTIC ? UINT8_MAX : (uint8_t)test_random(&seed));
            free(block);
        }
    }
}

START_TEST(groups)
{
    for_each_tier(check_groups);
}
END_TEST

/* One value only: the sums inside a vector grow as large as they can. */
static void check_constant(const npsi_histogram_tier *tier)
{
    enum { N = 9000 };
    uint8_t *block = malloc(N);
    for (unsigned value = 0; value < 256; value++) {
        memset(block, (int)value, N);
        for (unsigned code = 0; code <= NPSI_WINDOW; code++) expect_counts(tier, block, N, (uint8_t)(value - code));
        expect_counts(tier, block, N, (uint8_t)(value + 1));
    }
    free(block);
}

START_TEST(constant)
{
    for_each_tier(check_constant);
}
END_TEST

START_TEST(best_tier)
{
    size_t number;
    const npsi_histogram_tier *tier = npsi_histogram_tiers(&number);
    ck_assert_str_eq(tier[number - 1].name, "scalar");
    while (!tier->usable()) tier++;
    ck_assert_str_eq(npsi_simd_name(), tier->name);
    uint8_t bytes[5000];
    uint64_t seed = 3, expected[NPSI_WINDOW + 1] = {0}, counts[NPSI_WINDOW + 1] = {0};
    fill(bytes, sizeof bytes, REALISTIC, &seed);
    npsi_histogram_scalar(bytes, sizeof bytes, UINT8_MAX, expected);
    npsi_histogram(bytes, sizeof bytes, UINT8_MAX, counts);
    ck_assert_mem_eq(counts, expected, sizeof counts);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, lengths_and_offsets);
    tcase_add_test(tcase, groups);
    tcase_add_test(tcase, constant);
    tcase_add_test(tcase, best_tier);
}

int main(void)
{
    return test_main("histogram", add);
}
