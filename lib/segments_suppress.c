/* Which segments to hide. */
#include <nps/status.h>

#include "allocator_internal.h"
#include "segments_suppress_internal.h"

/* What is hidden on each line of two levels, by the cell above. */
typedef struct lines {
    int above, below;
    uint64_t *hidden; /* responses */
    uint8_t *any;
} lines;

static uint32_t cell_above(const npsi_table *table, const lines *of, uint32_t cell)
{
    return npsi_table_cell(table, of->above, table->first[cell]);
}

static void sum_hidden(const npsi_table *table, lines *of)
{
    for (size_t i = table->begin[of->below]; i < table->begin[of->below + 1]; i++) {
        uint32_t above = cell_above(table, of, table->by_size[i]);
        of->hidden[above] = of->any[above] = 0;
    }
    for (size_t i = table->begin[of->below]; i < table->begin[of->below + 1]; i++) {
        uint32_t cell = table->by_size[i], above = cell_above(table, of, cell);
        if (!npsi_table_is_hidden(table, cell)) continue;
        of->hidden[above] += table->responses[cell];
        of->any[above] = 1;
    }
}

/* Hides one more cell of each line that hides something, but fewer than `least` responses, if what is above is shown:
 * the smallest cell that is shown, which is enough. Returns whether there was such a line. */
static int fill_lines(npsi_table *table, lines *of)
{
    int filled = 0;
    sum_hidden(table, of);
    for (size_t i = table->begin[of->below]; i < table->begin[of->below + 1]; i++) {
        uint32_t cell = table->by_size[i], above = cell_above(table, of, cell);
        if (npsi_table_is_hidden(table, cell)) continue;
        if (npsi_table_is_hidden(table, above) || !of->any[above] || of->hidden[above] >= table->least) continue;
        npsi_table_hide(table, cell);
        of->hidden[above] += table->responses[cell];
        filled = 1;
    }
    return filled;
}

static void protect_all(npsi_table *table)
{
    for (size_t i = 0; i < table->segments->store.count; i++)
        if (npsi_table_is_hidden(table, table->by_size[i])) npsi_table_protect(table, table->by_size[i]);
}

/* Until nothing more is to be hidden. */
static void fill_all(npsi_table *table, lines *of)
{
    int filled = 1;
    while (filled) {
        filled = 0;
        for (of->below = 0; of->below < table->levels; of->below++) {
            for (of->above = of->below + 1; of->above < table->levels; of->above++) {
                if ((table->all[of->below] & ~table->all[of->above]) != 0 || !fill_lines(table, of)) continue;
                protect_all(table);
                filled = 1;
            }
        }
    }
}

static int hide_all(npsi_table *table)
{
    const nps_allocator *allocator = &table->segments->allocator;
    lines of = {.hidden = npsi_resize(allocator, NULL, 0, table->cells, sizeof *of.hidden),
                .any = npsi_resize(allocator, NULL, 0, table->cells, sizeof *of.any)};
    int status = of.hidden == NULL || of.any == NULL ? NPS_ERR_MEMORY : NPS_OK;
    if (status == NPS_OK && !npsi_table_is_hidden(table, npsi_table_total(table))) {
        protect_all(table);
        fill_all(table, &of);
    }
    npsi_resize(allocator, of.hidden, table->cells, 0, sizeof *of.hidden);
    npsi_resize(allocator, of.any, table->cells, 0, sizeof *of.any);
    return status;
}

int nps_segments_suppress(const nps_segments *segments, uint64_t least, uint8_t *hidden)
{
    npsi_table table;
    if (segments == NULL || hidden == NULL) return NPS_ERR_ARGUMENT;
    if (segments->store.count == 0) return NPS_OK;
    int status = npsi_table_read(&table, segments, least);
    if (status == NPS_OK) status = hide_all(&table);
    for (size_t i = 0; status == NPS_OK && i < segments->store.count; i++)
        hidden[i] = (uint8_t)(table.state[i] & ~NPSI_CELL_SAFE);
    npsi_table_free(&table);
    return status;
}
