#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "message.h"
#include "rows.h"
#include "source.h"
#include "targets.h"

enum { MARGIN, CATEGORY, TOTAL, MARGIN_COLUMNS };

static const char *const margin_columns[MARGIN_COLUMNS] = {"margin", "category", "total"};

typedef struct target_reader {
    target_list *into;
    char **header; /* cells of the first row */
    size_t columns;
    char **cells; /* of the row at hand */
    bool has_margins;
} target_reader;

static void *grow(void *pointer, size_t count, size_t size)
{
    return (count & (count - 1)) != 0 ? pointer : reallocate(pointer, (count > 0 ? 2 * count : 1) * size);
}

static void take_cell(void *user, uint64_t record, size_t column, const char *bytes, size_t length)
{
    target_reader *to = user;
    if (record == 1) {
        to->header = grow(to->header, to->columns, sizeof *to->header);
        to->header[to->columns++] = copy_text(bytes, length);
        return;
    }
    if (to->cells == NULL) {
        to->cells = allocate(to->columns * sizeof *to->cells);
        memset(to->cells, 0, to->columns * sizeof *to->cells);
    }
    if (column >= to->columns) return; /* the row is refused at its end */
    free(to->cells[column]);
    to->cells[column] = copy_text(bytes, length);
}

_Noreturn static void fail_row(const row *from, const char *what, const char *value, const char *mend)
{
    fail(STATUS_FAILED, "%s: row %" PRIu64 ", %s: %s: %s", from->file, from->number, what, shown(value, strlen(value)),
         mend);
}

static target *add_target(target_list *to, size_t dimensions)
{
    to->entries = grow(to->entries, to->count, sizeof *to->entries);
    target *added = &to->entries[to->count++];
    *added = (target){.dimensions = dimensions};
    return added;
}

static target *find_margin(target_list *in, const char *name)
{
    for (size_t i = 0; i < in->count; i++) {
        if (strcmp(in->entries[i].columns[0], name) == 0) return &in->entries[i];
    }
    target *added = add_target(in, 1);
    added->columns[0] = copy_text(name, strlen(name));
    return added;
}

static void set_key(nps_key *key, const char *part)
{
    size_t length = strlen(part);
    *key = (nps_key){.type = length > 0 ? NPS_KEY_BYTES : NPS_KEY_NULL, .length = length};
    if (length > 0) key->bytes = copy_text(part, length);
}

static double read_total(const row *from, const char *written)
{
    double total;
    if (parse_number(written, &total)) return total;
    fail_row(from, "total", written,
             strchr(written, ',') != NULL ? "write decimals with a point" : "expected a number");
}

static bool header_is(const target_reader *of, size_t column, const char *name)
{
    return column < of->columns && strcasecmp(of->header[column], name) == 0;
}

static void check_header(target_reader *of, const char *file)
{
    of->has_margins = of->columns == MARGIN_COLUMNS;
    for (size_t i = 0; i < MARGIN_COLUMNS; i++)
        of->has_margins = of->has_margins && header_is(of, i, margin_columns[i]);
    if (of->has_margins) return;
    if (of->columns < 2 || !header_is(of, of->columns - 1, "total")) {
        fail(STATUS_USAGE,
             "%s: expected the columns margin, category, total; or, for cells, columns of the data and "
             "then total",
             file);
    }
    if (of->columns - 1 > NPS_MAX_DIMENSIONS) {
        fail(STATUS_USAGE, "%s: cells of more than %d columns", file, NPS_MAX_DIMENSIONS);
    }
    target *cells = add_target(of->into, of->columns - 1);
    for (size_t i = 0; i < cells->dimensions; i++) {
        cells->columns[i] = copy_text(of->header[i], strlen(of->header[i]));
    }
}

static void take_row(void *user, const row *from)
{
    target_reader *of = user;
    if (of->into->count == 0) check_header(of, from->file);
    if (of->has_margins && *of->cells[MARGIN] == '\0') fail_row(from, "margin", "", "expected a column of the data");
    target *to = of->has_margins ? find_margin(of->into, of->cells[MARGIN]) : &of->into->entries[0];
    char **category = of->has_margins ? of->cells + CATEGORY : of->cells;
    if ((to->count & (to->count - 1)) == 0) {
        size_t capacity = to->count > 0 ? 2 * to->count : 1;
        to->keys = reallocate(to->keys, capacity * to->dimensions * sizeof *to->keys);
        to->totals = reallocate(to->totals, capacity * sizeof *to->totals);
        to->rows = reallocate(to->rows, capacity * sizeof *to->rows);
    }
    for (size_t i = 0; i < to->dimensions; i++) set_key(&to->keys[to->count * to->dimensions + i], category[i]);
    to->totals[to->count] = read_total(from, of->cells[of->columns - 1]);
    to->rows[to->count++] = from->number;
}

static void free_cells(char **cells, size_t count)
{
    for (size_t i = 0; cells != NULL && i < count; i++) free(cells[i]);
    free(cells);
}

void targets_read(const char *path, target_list *out)
{
    columns none = {0};
    target_reader reader = {.into = out};
    source *file = source_open(path);
    *out = (target_list){.file = file->name};
    if (source_kind_of(file) != SOURCE_CSV) fail(STATUS_FAILED, "%s: expected a CSV of totals", file->name);
    rows_copy_csv(file, &none, '\0', take_cell, take_row, &reader);
    if (out->count == 0) fail(STATUS_FAILED, "%s: there is no total below the header", file->name);
    out->file = path;
    source_close(file);
    free_cells(reader.header, reader.columns);
    free_cells(reader.cells, reader.columns);
}

void targets_free(target_list *freed)
{
    for (size_t i = 0; i < freed->count; i++) {
        target *entry = &freed->entries[i];
        for (size_t j = 0; j < entry->count * entry->dimensions; j++) free((char *)(uintptr_t)entry->keys[j].bytes);
        for (size_t j = 0; j < entry->dimensions; j++) free(entry->columns[j]);
        free(entry->keys);
        free(entry->totals);
        free(entry->rows);
    }
    free(freed->entries);
    *freed = (target_list){0};
}
