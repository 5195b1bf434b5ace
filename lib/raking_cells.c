/* Rows gathered in cells: a radix sort of the rows by base weight and then by category, margin after margin. */
#include "raking_internal.h"

#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "double_double_internal.h"

#define DIGIT_BITS 11
#define DIGITS     (1 << DIGIT_BITS)

/* What a pass sorts by: a digit of the base weight, which as a double above 0 is in the order of its bits, or, below 0
 * bits, the category in a margin. */
typedef struct sort_key {
    int shift;
    size_t margin;
} sort_key;

static size_t digit_of(const npsi_raking *raking, size_t row, sort_key key)
{
    uint64_t bits;
    if (key.shift < 0) return raking->code[row * raking->margin_count + key.margin];
    memcpy(&bits, raking->base + row, sizeof bits);
    return (size_t)(bits >> key.shift) & (DIGITS - 1);
}

/* A stable pass from order to spare, which change places. */
static void sort_pass(npsi_raking *raking, size_t *place, size_t places, sort_key key)
{
    size_t *order = raking->order, *spare = raking->spare, next = 0;
    memset(place, 0, places * sizeof *place);
    for (size_t i = 0; i < raking->weighted; i++) place[digit_of(raking, order[i], key)]++;
    if (place[digit_of(raking, order[0], key)] == raking->weighted) return;
    for (size_t i = 0; i < places; i++) {
        size_t count = place[i];
        place[i] = next;
        next += count;
    }
    for (size_t i = 0; i < raking->weighted; i++) spare[place[digit_of(raking, order[i], key)]++] = order[i];
    raking->order = spare;
    raking->spare = order;
}

static int sort_rows(npsi_raking *raking)
{
    size_t places = raking->category_count > DIGITS ? raking->category_count : DIGITS, next = 0;
    size_t *place = npsi_resize(&raking->allocator, NULL, 0, places, sizeof *place);
    if (place == NULL) return NPS_ERR_MEMORY;
    for (size_t i = 0; i < raking->rows; i++)
        if (raking->base[i] > 0) raking->order[next++] = i;
    for (int shift = 0; raking->bounded && shift < 64; shift += DIGIT_BITS)
        sort_pass(raking, place, places, (sort_key){.shift = shift});
    for (size_t m = raking->margin_count; m-- > 0;)
        sort_pass(raking, place, places, (sort_key){.shift = -1, .margin = m});
    npsi_resize(&raking->allocator, place, places, 0, sizeof *place);
    return NPS_OK;
}

static const uint32_t *code_at(const npsi_raking *raking, size_t position)
{
    return raking->code + raking->order[position] * raking->margin_count;
}

static int begins_cell(const npsi_raking *raking, size_t position)
{
    size_t bytes = raking->margin_count * sizeof *raking->code;
    return position == 0 || memcmp(code_at(raking, position - 1), code_at(raking, position), bytes) != 0;
}

static void fill_cells(npsi_raking *raking)
{
    size_t cell = 0, margins = raking->margin_count;
    npsi_dd sum = {0, 0};
    for (size_t i = 0; i < raking->weighted; i++) {
        if (begins_cell(raking, i)) {
            memcpy(raking->cell_code + cell * margins, code_at(raking, i), margins * sizeof *raking->code);
            raking->cell[cell++] = i;
            sum = npsi_dd_from(0);
        }
        raking->ascending[i] = raking->base[raking->order[i]];
        sum = npsi_dd_add(sum, npsi_dd_from(raking->ascending[i]));
        raking->running[i] = sum.high;
    }
    raking->cell[cell] = raking->weighted;
}

/* An array of the raking's; 0: no memory. */
#define ALLOCATE(array, count) (((array) = npsi_resize(&raking->allocator, NULL, 0, (count), sizeof *(array))) != NULL)

int npsi_rake_gather(npsi_raking *raking)
{
    size_t rows = raking->weighted, cells = 0;
    if (!ALLOCATE(raking->order, rows) || !ALLOCATE(raking->spare, rows) || !ALLOCATE(raking->ascending, rows) ||
        !ALLOCATE(raking->running, rows))
        return NPS_ERR_MEMORY;
    int status = sort_rows(raking);
    if (status != NPS_OK) return status;
    for (size_t i = 0; i < rows; i++) cells += (size_t)begins_cell(raking, i);
    raking->cell_count = cells;
    if (!ALLOCATE(raking->cell, cells + 1) || !ALLOCATE(raking->cell_code, cells * raking->margin_count))
        return NPS_ERR_MEMORY;
    fill_cells(raking);
    return NPS_OK;
}

#define RELEASE(array, count) (void)npsi_resize(&raking->allocator, (array), (count), 0, sizeof *(array))

void npsi_rake_close(npsi_raking *raking)
{
    RELEASE(raking->category, raking->category_count);
    RELEASE(raking->base, raking->rows);
    RELEASE(raking->code, raking->rows * raking->margin_count);
    RELEASE(raking->order, raking->weighted);
    RELEASE(raking->spare, raking->weighted);
    RELEASE(raking->ascending, raking->weighted);
    RELEASE(raking->running, raking->weighted);
    RELEASE(raking->cell, raking->cell_count + 1);
    RELEASE(raking->cell_code, raking->cell_count * raking->margin_count);
}
