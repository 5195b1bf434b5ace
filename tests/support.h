/* What all Check suites share. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

/* Runs one suite as a program: prints Check's summary, exit 1 on any failure. `add` puts its test functions into the
 * case. */
int test_main(const char *name, void (*add)(TCase *));

/* Passes when both are NaN, both the same infinity, or |actual - expected| <= tolerance * max(1, |expected|). */
int test_near(double actual, double expected, double tolerance);
/* Relative error |actual - expected| / |expected|; 0 when equal, infinity when expected is 0 or one of them is NaN. */
double test_relative_error(double actual, double expected);

#define ck_near(actual, expected, tolerance)                                                                          \
    do {                                                                                                              \
        double near_a = (actual), near_e = (expected);                                                                \
        ck_assert_msg(test_near(near_a, near_e, tolerance), "%s is %.17g, not %.17g (tolerance %g)", #actual, near_a, \
                      near_e, (double)(tolerance));                                                                   \
    } while (0)

/* Seeded, portable pseudo-random numbers (splitmix64). */
uint64_t test_random(uint64_t *state);
uint64_t test_below(uint64_t *state, uint64_t bound);

/* A CSV of plain cells (quotes allowed, no line breaks inside) from tests/reference, read whole. Exits when it cannot
 * be read. */
typedef struct test_csv {
    size_t rows, columns; /* rows without the header */
    char **header;
    char **cells; /* rows * columns, "" where empty */
} test_csv;
test_csv *test_csv_read(const char *name);
const char *test_csv_cell(const test_csv *csv, size_t row, const char *column);
double test_csv_number(const test_csv *csv, size_t row, const char *column); /* NaN where empty */
void test_csv_free(test_csv *csv);

/* An allocator that fails on its nth request (from 0; negative: never) and counts what is out. */
#include <nps/allocator.h>
typedef struct test_memory {
    int64_t fail_at, requests;
    uint64_t blocks, bytes;
} test_memory;
void test_memory_start(test_memory *memory, int64_t fail_at, nps_allocator *out);

#endif
