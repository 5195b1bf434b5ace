#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "benchmarks.h"
#include "message.h"
#include "rows.h"
#include "source.h"

enum { NAME, POINTS };

static double read_points(const row *from)
{
    const char *bytes = from->cells[POINTS].bytes;
    double points;
    if (!parse_number(bytes, &points)) {
        bool comma = strchr(bytes, ',') != NULL;
        row_fail(from, POINTS, NULL, comma ? "write decimals with a point" : "expected points between -100 and 100");
    }
    if (fabs(points) >= 100) row_fail(from, POINTS, NULL, "expected points between -100 and 100");
    return points;
}

static void take_benchmark(void *user, const row *from)
{
    benchmark_list *into = user;
    const cell *name = &from->cells[NAME];
    if (name->length == 0) row_fail(from, NAME, NULL, "expected a name");
    if ((into->count & (into->count - 1)) == 0) {
        size_t capacity = into->count > 0 ? 2 * into->count : 1;
        into->entries = reallocate(into->entries, capacity * sizeof *into->entries);
    }
    into->entries[into->count++] =
        (benchmark){.name = copy_text(name->bytes, name->length), .length = name->length, .points = read_points(from)};
}

void benchmarks_read(const char *path, benchmark_list *out)
{
    columns wanted = {.is_list = true};
    *out = (benchmark_list){0};
    columns_want(&wanted, "name");
    columns_want(&wanted, "points");
    source *file = source_open(path);
    if (source_kind_of(file) != SOURCE_CSV) fail(STATUS_FAILED, "%s: expected a CSV of names and points", path);
    rows_read_csv(file, &wanted, '\0', take_benchmark, out);
    source_close(file);
    if (out->count == 0) fail(STATUS_FAILED, "%s: there is no benchmark below the header", path);
}

void benchmarks_free(benchmark_list *freed)
{
    for (size_t i = 0; i < freed->count; i++) free(freed->entries[i].name);
    free(freed->entries);
    *freed = (benchmark_list){0};
}
