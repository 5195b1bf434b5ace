/* What a state of drivers holds: rows added, taken back, merged. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "drivers_internal.h"
#include "wide_internal.h"

#define MOST_ROWS ((uint64_t)INT64_MAX)

size_t npsi_drivers_blocks(const npsi_drivers_shape *shape)
{
    return shape->is_pairwise ? npsi_drivers_pair((size_t)shape->columns, 0) + 1 : 1;
}

size_t npsi_drivers_variables(const npsi_drivers_shape *shape)
{
    return shape->is_pairwise ? 3 : (size_t)shape->columns + 2;
}

size_t npsi_drivers_quadruples(const npsi_drivers_shape *shape)
{
    size_t v = (size_t)shape->columns + 2;
    return shape->is_robust ? v * (v + 1) / 2 * (v + 2) / 3 * (v + 3) / 4 : 0;
}

static size_t block_words(const npsi_drivers_shape *shape)
{
    return 1 + 2 * npsi_drivers_pair(npsi_drivers_variables(shape), 0);
}

uint64_t *npsi_drivers_missing(const void *state)
{
    return (uint64_t *)(uintptr_t)state + sizeof(npsi_drivers_head) / sizeof(uint64_t);
}

npsi_drivers_block *npsi_drivers_block_at(const npsi_drivers_shape *shape, const void *state, size_t index)
{
    return (npsi_drivers_block *)(npsi_drivers_missing(state) + shape->ratings + index * block_words(shape));
}

npsi_dd *npsi_drivers_fourth(const npsi_drivers_shape *shape, const void *state)
{
    return (npsi_dd *)npsi_drivers_block_at(shape, state, npsi_drivers_blocks(shape));
}

size_t npsi_drivers_state_bytes(const npsi_drivers_shape *shape)
{
    size_t words = (size_t)shape->ratings + npsi_drivers_blocks(shape) * block_words(shape);
    return sizeof(npsi_drivers_head) + words * sizeof(uint64_t) + npsi_drivers_quadruples(shape) * sizeof(npsi_dd);
}

uint64_t npsi_drivers_state_rows(const void *state)
{
    const npsi_drivers_head *head = state;
    uint64_t sum = 0;
    for (int kind = 0; kind < NPSI_DRIVERS_ROWS; kind++) sum += head->rows[kind];
    return sum;
}

void npsi_drivers_state_tally(const npsi_drivers_shape *shape, const void *state, nps_tally *out)
{
    const npsi_drivers_head *head = state;
    (void)nps_tally_init(out, &shape->scale);
    memcpy(out->level, head->codes, sizeof out->level);
    out->invalid = head->codes[NPSI_CODE_INVALID];
}

/* Adds counts and sums of w^2, or takes them back. */
static void count(const npsi_drivers_shape *shape, uint64_t *state, const uint64_t *from, int sign)
{
    if (sign > 0)
        npsi_wide_add(state + 1, from + 1, 5);
    else
        npsi_wide_subtract(state + 1, from + 1, 5);
    for (size_t i = NPSI_DRIVERS_FIRST_COUNT; i < NPSI_DRIVERS_WORDS + (size_t)shape->ratings; i++)
        state[i] += (uint64_t)(int64_t)sign * from[i];
}

/* Whether all counts are there, and sums of w^2 that leave something where rows are left. */
static int has(const npsi_drivers_shape *shape, const uint64_t *state, const uint64_t *taken)
{
    for (size_t i = NPSI_DRIVERS_FIRST_COUNT; i < NPSI_DRIVERS_WORDS + (size_t)shape->ratings; i++)
        if (state[i] < taken[i]) return 0;
    size_t complete = NPSI_DRIVERS_FIRST_COUNT + NPSI_ROW_COMPLETE;
    int left = state[complete] > taken[complete], order = npsi_wide_compare(state + 1, taken + 1, 5);
    return shape->is_pairwise || (left ? order > 0 : order == 0);
}

void npsi_drivers_row_add(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row)
{
    npsi_drivers_head *head = state;
    count(shape, state, row->counts, 1);
    if (!head->is_real && row->is_whole) {
        if (!npsi_drivers_add_sums(shape, state, row, NULL, 1)) return;
        (void)npsi_drivers_add_sums(shape, state, row, NULL, -1);
    }
    if (!head->is_real) npsi_drivers_make_real(shape, state);
    (void)npsi_drivers_add_sums(shape, state, row, NULL, 1);
}

/* Takes back a row, or where that is NULL a state. */
static int take(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row, const void *taken)
{
    npsi_drivers_head *head = state;
    const uint64_t *counts = row != NULL ? row->counts : taken;
    if (!has(shape, state, counts) || npsi_drivers_add_sums(shape, state, row, taken, 0)) return NPS_ERR_UNDERFLOW;
    if (row != NULL && !row->is_whole && !head->is_real) return NPS_ERR_UNDERFLOW;
    if (row == NULL && counts[0] && !head->is_real) npsi_drivers_make_real(shape, state);
    if (npsi_drivers_add_sums(shape, state, row, taken, -1) && !head->is_real) {
        (void)npsi_drivers_add_sums(shape, state, row, taken, 1);
        return NPS_ERR_UNDERFLOW;
    }
    npsi_drivers_add_fourth(shape, state, row, taken, -1);
    count(shape, state, counts, -1);
    /* Real sums of no rows are whole again. */
    uint64_t rows = 0;
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) rows |= npsi_drivers_block_at(shape, state, i)->rows;
    if (rows == 0) head->is_real = 0;
    return NPS_OK;
}

int npsi_drivers_state_add(const npsi_drivers_shape *shape, void *state, double answer, const double *ratings,
                           double weight, int sign)
{
    npsi_drivers_row row = {.w = 0};
    nps_column answers = {.type = NPS_TYPE_F64, .length = 1, .values = &answer};
    uint8_t code;
    (void)npsi_column_codes(&answers, &shape->scale, 0, 1, &code);
    int status = npsi_drivers_row_read(shape, answer, code, ratings, weight, &row);
    if (status != NPS_OK) return status;
    if (sign < 0) return take(shape, state, &row, NULL);
    if (npsi_drivers_state_rows(state) >= MOST_ROWS) return NPS_ERR_OVERFLOW;
    npsi_drivers_row_add(shape, state, &row);
    npsi_drivers_add_fourth(shape, state, &row, NULL, 1);
    return NPS_OK;
}

/* Whether adding whole sums would leave their range. */
static int leaves_range(const npsi_drivers_shape *shape, const void *into, const void *from)
{
    uint64_t over = 0;
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++) {
        for (size_t a = 0; a < npsi_drivers_variables(shape); a++) {
            size_t at = npsi_drivers_pair(a, a);
            npsi_drivers_sum sum = npsi_drivers_block_at(shape, into, i)->sums[at];
            npsi_wide_add(sum.whole, npsi_drivers_block_at(shape, from, i)->sums[at].whole, 2);
            over |= sum.whole[1] >> 62;
        }
    }
    return over != 0;
}

int npsi_drivers_state_merge(const npsi_drivers_shape *shape, void *into, const void *from)
{
    npsi_drivers_head *head = into;
    const npsi_drivers_head *other = from;
    if (npsi_drivers_state_rows(from) > MOST_ROWS - npsi_drivers_state_rows(into)) return NPS_ERR_OVERFLOW;
    if (!head->is_real && (other->is_real || leaves_range(shape, into, from))) npsi_drivers_make_real(shape, into);
    (void)npsi_drivers_add_sums(shape, into, NULL, from, 1);
    npsi_drivers_add_fourth(shape, into, NULL, from, 1);
    count(shape, into, from, 1);
    return NPS_OK;
}

int npsi_drivers_state_subtract(const npsi_drivers_shape *shape, void *from, const void *taken)
{
    return take(shape, from, NULL, taken);
}
