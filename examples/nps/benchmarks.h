/* A list of scores to stand among: an industry's. */
#ifndef BENCHMARKS_H
#define BENCHMARKS_H

#include <stddef.h>

typedef struct benchmark {
    char *name;
    size_t length;
    double points; /* between -100 and 100 */
} benchmark;

typedef struct benchmark_list {
    benchmark *entries; /* in the order of the file */
    size_t count;
} benchmark_list;

/* Reads a CSV with columns name and points, at least one row. fail()s, and names file, row, column and value. */
void benchmarks_read(const char *path, benchmark_list *out);
void benchmarks_free(benchmark_list *freed);

#endif
