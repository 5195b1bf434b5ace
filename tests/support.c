#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef TEST_REFERENCE_DIR
#define TEST_REFERENCE_DIR "tests/reference"
#endif

int test_main(const char *name, void (*add)(TCase *))
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, 600);
    add(tcase);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int test_near(double actual, double expected, double tolerance)
{
    if (isnan(actual) || isnan(expected)) return isnan(actual) && isnan(expected);
    if (isinf(actual) || isinf(expected)) return actual == expected;
    return fabs(actual - expected) <= tolerance * fmax(1, fabs(expected));
}

double test_relative_error(double actual, double expected)
{
    if (actual == expected) return 0;
    double error = fabs(actual - expected) / fabs(expected);
    return isnan(error) ? INFINITY : error;
}

uint64_t test_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t test_below(uint64_t *state, uint64_t bound)
{
    return test_random(state) % bound;
}

static void *must(void *pointer)
{
    if (pointer == NULL) {
        fprintf(stderr, "tests: out of memory\n");
        exit(EXIT_FAILURE);
    }
    return pointer;
}

/* Cuts the first cell off *at in place; a quote doubled inside quotes is one. */
static char *cut_cell(char **at)
{
    char *read = *at, *write = *at, *cell = *at;
    int quoted = *read == '"';
    if (quoted) read++;
    while (*read != '\0' && (quoted || *read != ',')) {
        if (quoted && *read == '"') {
            if (read[1] != '"') {
                quoted = 0;
                read++;
                continue;
            }
            read++;
        }
        *write++ = *read++;
    }
    *at = *read == ',' ? read + 1 : NULL;
    *write = '\0';
    return cell;
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(must(malloc(size)), text, size);
}

test_csv *test_csv_read(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", TEST_REFERENCE_DIR, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "tests: cannot read %s\n", path);
        exit(EXIT_FAILURE);
    }
    test_csv *csv = must(calloc(1, sizeof *csv));
    static char line[1 << 16];
    size_t capacity = 0;
    for (size_t number = 0; fgets(line, sizeof line, file) != NULL; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (number == 0) {
            csv->columns = 1;
            for (const char *c = line; *c != '\0'; c++) csv->columns += *c == ',';
            csv->header = must(calloc(csv->columns, sizeof *csv->header));
        } else if (csv->rows == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            csv->cells = must(realloc(csv->cells, capacity * csv->columns * sizeof *csv->cells));
        }
        char **row = number == 0 ? csv->header : csv->cells + csv->rows * csv->columns;
        char *at = line;
        for (size_t i = 0; i < csv->columns; i++) row[i] = copy(at == NULL ? "" : cut_cell(&at));
        if (number > 0) csv->rows++;
    }
    fclose(file);
    return csv;
}

const char *test_csv_cell(const test_csv *csv, size_t row, const char *column)
{
    for (size_t i = 0; i < csv->columns; i++)
        if (strcmp(csv->header[i], column) == 0) return csv->cells[row * csv->columns + i];
    fprintf(stderr, "tests: no column %s\n", column);
    exit(EXIT_FAILURE);
}

double test_csv_number(const test_csv *csv, size_t row, const char *column)
{
    const char *cell = test_csv_cell(csv, row, column);
    return *cell == '\0' ? (double)NAN : strtod(cell, NULL);
}

void test_csv_free(test_csv *csv)
{
    for (size_t i = 0; i < csv->columns; i++) free(csv->header[i]);
    for (size_t i = 0; i < csv->rows * csv->columns; i++) free(csv->cells[i]);
    free(csv->header);
    free(csv->cells);
    free(csv);
}

static void *counting_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
    test_memory *memory = user;
    if (new_size == 0) {
        if (pointer != NULL) {
            memory->blocks--;
            memory->bytes -= old_size;
        }
        free(pointer);
        return NULL;
    }
    if (memory->requests++ == memory->fail_at) return NULL;
    void *block = realloc(pointer, new_size);
    if (block == NULL) return NULL;
    if (pointer == NULL) memory->blocks++;
    memory->bytes += (uint64_t)new_size - old_size;
    return block;
}

void test_memory_start(test_memory *memory, int64_t fail_at, nps_allocator *out)
{
    *memory = (test_memory){.fail_at = fail_at};
    *out = (nps_allocator){counting_resize, memory};
}
