#include "platform.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "message.h"
#include "rows.h"
#include "source.h"
#include "targets.h"

#define MARGIN_COLUMNS 3

static const char *const margin_columns[MARGIN_COLUMNS] = {"margin", "category", "total"};

enum { MARGIN, CATEGORY }; /* places in a file of margins; in both sorts of files the total comes last */

typedef struct target_reader {
    target_list *into;
    columns wanted;
    bool has_margins;
} target_reader;

static target *add_target(target_list *to, size_t dimensions)
{
    to->entries = reallocate(to->entries, (to->count + 1) * sizeof *to->entries);
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

static void set_key(nps_key *key, const cell *part)
{
    *key = cell_key(part);
    key->bytes = part->length > 0 ? copy_text(part->bytes, part->length) : NULL; /* to be freed */
}

static double read_total(const row *from, size_t column)
{
    const char *written = from->cells[column].bytes;
    double total;
    if (parse_number(written, &total) && total > 0) return total;
    if (strchr(written, ',') != NULL) row_fail(from, column, NULL, "write decimals with a point");
    row_fail(from, column, NULL, "expected a number above 0; where nobody is, leave the category out");
}

static bool is_named(const header *read, size_t column, const char *name)
{
    return column < read->count && strcasecmp(read->names[column], name) == 0;
}

static void want_all(target_reader *to, const header *read)
{
    for (size_t i = 0; i < read->count; i++) {
        const char *name = read->names[i];
        if (*name == '\0') fail(STATUS_USAGE, "%s: column %zu has no name", read->file, i + 1);
        if (columns_want(&to->wanted, name) != i) {
            fail(STATUS_USAGE, "%s: there are two columns %s", read->file, shown(name, strlen(name)));
        }
    }
}

static void take_header(void *user, const header *read)
{
    target_reader *to = user;
    to->has_margins = read->count == MARGIN_COLUMNS;
    for (size_t i = 0; i < MARGIN_COLUMNS; i++) {
        to->has_margins = to->has_margins && is_named(read, i, margin_columns[i]);
    }
    if (read->count < 2 || !is_named(read, read->count - 1, "total")) {
        fail(STATUS_USAGE,
             "%s: expected the columns margin, category, total; or, for cells, columns of the data and then total",
             read->file);
    }
    if (read->count - 1 > NPS_MAX_DIMENSIONS) {
        fail(STATUS_USAGE, "%s: cells of more than %d columns", read->file, NPS_MAX_DIMENSIONS);
    }
    want_all(to, read);
    if (to->has_margins) return;
    target *cells = add_target(to->into, read->count - 1);
    for (size_t i = 0; i < cells->dimensions; i++) {
        cells->columns[i] = copy_text(read->names[i], strlen(read->names[i]));
    }
}

static void take_row(void *user, const row *from)
{
    target_reader *of = user;
    if (of->has_margins && from->cells[MARGIN].length == 0)
        row_fail(from, MARGIN, NULL, "expected a column of the data");
    target *to = of->has_margins ? find_margin(of->into, from->cells[MARGIN].bytes) : &of->into->entries[0];
    const cell *category = from->cells + (of->has_margins ? CATEGORY : 0);
    if ((to->count & (to->count - 1)) == 0) {
        size_t capacity = to->count > 0 ? 2 * to->count : 1;
        to->keys = reallocate(to->keys, capacity * to->dimensions * sizeof *to->keys);
        to->totals = reallocate(to->totals, capacity * sizeof *to->totals);
        to->rows = reallocate(to->rows, capacity * sizeof *to->rows);
    }
    for (size_t i = 0; i < to->dimensions; i++) set_key(&to->keys[to->count * to->dimensions + i], &category[i]);
    to->totals[to->count] = read_total(from, of->wanted.count - 1);
    to->rows[to->count++] = from->number;
}

void targets_read(const char *path, target_list *out)
{
    target_reader reader = {.into = out};
    source *file = source_open(path);
    *out = (target_list){.file = file->name};
    if (source_kind_of(file) != SOURCE_CSV) fail(STATUS_FAILED, "%s: expected a CSV of totals", file->name);
    rows_read_csv_lines(file, &reader.wanted, '\0', take_header, take_row, &reader);
    if (out->count == 0 || out->entries[0].count == 0) {
        fail(STATUS_FAILED, "%s: there is no total below the header", file->name);
    }
    source_close(file);
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
