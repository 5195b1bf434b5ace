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

/* Whether the answer is among those counted. */
static int is_counted(const npsi_drivers_row *row)
{
    return row->takes_part && row->kind != NPSI_ROW_UNANSWERED;
}

/* Counts a row, without the sums. */
static void count(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row, int sign)
{
    npsi_drivers_head *head = state;
    uint64_t one = (uint64_t)(int64_t)sign, *missing = npsi_drivers_missing(state);
    head->rows[row->kind] += one;
    if (row->kind == NPSI_ROW_INCOMPLETE)
        for (int32_t i = 0; i < shape->ratings; i++)
            if (row->ratings[i] != row->ratings[i]) missing[i] += one;
    if (!is_counted(row)) return;
    head->codes[row->code] += one;
    if (shape->is_pairwise) return;
    if (sign > 0)
        npsi_wide_add(head->square, row->square, 5);
    else
        npsi_wide_subtract(head->square, row->square, 5);
}

void npsi_drivers_row_add(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row)
{
    npsi_drivers_head *head = state;
    count(shape, state, row, 1);
    if (!head->is_real && row->is_whole) {
        if (!npsi_drivers_sum_row(shape, state, row, 1)) return;
        (void)npsi_drivers_sum_row(shape, state, row, -1);
    }
    if (!head->is_real) npsi_drivers_make_real(shape, state);
    (void)npsi_drivers_sum_row(shape, state, row, 1);
}

/* Real sums of no rows are whole again. */
static void end_real(const npsi_drivers_shape *shape, void *state)
{
    for (size_t i = 0; i < npsi_drivers_blocks(shape); i++)
        if (npsi_drivers_block_at(shape, state, i)->rows > 0) return;
    ((npsi_drivers_head *)state)->is_real = 0;
}

/* Whether sums of w^2 can be taken from those of so many rows, of which so many would be left. */
static int has_square(const uint64_t square[5], const uint64_t taken[5], uint64_t left)
{
    int order = npsi_wide_compare(square, taken, 5);
    return left > 0 ? order > 0 : order == 0;
}

static int has_row(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row)
{
    const npsi_drivers_head *head = state;
    const uint64_t *missing = npsi_drivers_missing(state);
    int has = head->rows[row->kind] > 0 && (head->is_real || row->is_whole);
    for (int32_t i = 0; row->kind == NPSI_ROW_INCOMPLETE && i < shape->ratings; i++)
        has &= row->ratings[i] == row->ratings[i] || missing[i] > 0;
    if (!has || !row->takes_part) return has;
    if (is_counted(row) && head->codes[row->code] == 0) return 0;
    if (npsi_drivers_sum_row(shape, state, row, 0)) return 0;
    return shape->is_pairwise || has_square(head->square, row->square, head->rows[NPSI_ROW_COMPLETE] - 1);
}

static int remove_row(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row)
{
    if (!has_row(shape, state, row)) return NPS_ERR_UNDERFLOW;
    if (npsi_drivers_sum_row(shape, state, row, -1) && !((npsi_drivers_head *)state)->is_real) {
        (void)npsi_drivers_sum_row(shape, state, row, 1);
        return NPS_ERR_UNDERFLOW;
    }
    count(shape, state, row, -1);
    npsi_drivers_fourth_row(shape, state, row, -1);
    end_real(shape, state);
    return NPS_OK;
}

int npsi_drivers_state_add(const npsi_drivers_shape *shape, void *state, double answer, const double *ratings,
                           double weight, int sign)
{
    npsi_drivers_row row = {.w = 0};
    nps_column answers = {.type = NPS_TYPE_F64, .length = 1, .values = &answer};
    uint8_t code;
    int status = npsi_column_codes(&answers, &shape->scale, 0, 1, &code);
    if (status == NPS_OK) status = npsi_drivers_row_read(shape, answer, code, ratings, weight, &row);
    if (status != NPS_OK) return status;
    if (sign < 0) return remove_row(shape, state, &row);
    if (npsi_drivers_state_rows(state) >= MOST_ROWS) return NPS_ERR_OVERFLOW;
    npsi_drivers_row_add(shape, state, &row);
    npsi_drivers_fourth_row(shape, state, &row, 1);
    return NPS_OK;
}

/* Counts and sums of w^2. */
static void count_state(const npsi_drivers_shape *shape, void *into, const void *from, int sign)
{
    npsi_drivers_head *head = into;
    const npsi_drivers_head *other = from;
    uint64_t *missing = npsi_drivers_missing(into), factor = (uint64_t)(int64_t)sign;
    for (int i = 0; i < NPSI_DRIVERS_ROWS; i++) head->rows[i] += factor * other->rows[i];
    for (int i = 0; i < NPSI_CODES; i++) head->codes[i] += factor * other->codes[i];
    for (int32_t i = 0; i < shape->ratings; i++) missing[i] += factor * npsi_drivers_missing(from)[i];
    if (sign > 0)
        npsi_wide_add(head->square, other->square, 5);
    else
        npsi_wide_subtract(head->square, other->square, 5);
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
    (void)npsi_drivers_sum_state(shape, into, from, 1);
    npsi_drivers_fourth_state(shape, into, from, 1);
    count_state(shape, into, from, 1);
    return NPS_OK;
}

static int has_state(const npsi_drivers_shape *shape, void *from, const void *taken)
{
    const npsi_drivers_head *head = from, *other = taken;
    const uint64_t *missing = npsi_drivers_missing(from), *others = npsi_drivers_missing(taken);
    int has = 1;
    for (int i = 0; i < NPSI_DRIVERS_ROWS; i++) has &= head->rows[i] >= other->rows[i];
    for (int i = 0; i < NPSI_CODES; i++) has &= head->codes[i] >= other->codes[i];
    for (int32_t i = 0; i < shape->ratings; i++) has &= missing[i] >= others[i];
    if (!has || npsi_drivers_sum_state(shape, from, taken, 0)) return 0;
    uint64_t left = head->rows[NPSI_ROW_COMPLETE] - other->rows[NPSI_ROW_COMPLETE];
    return has_square(head->square, other->square, shape->is_pairwise ? 0 : left);
}

int npsi_drivers_state_subtract(const npsi_drivers_shape *shape, void *from, const void *taken)
{
    npsi_drivers_head *head = from;
    if (!has_state(shape, from, taken)) return NPS_ERR_UNDERFLOW;
    if (!head->is_real && ((const npsi_drivers_head *)taken)->is_real) npsi_drivers_make_real(shape, from);
    if (npsi_drivers_sum_state(shape, from, taken, -1) && !head->is_real) {
        (void)npsi_drivers_sum_state(shape, from, taken, 1);
        return NPS_ERR_UNDERFLOW;
    }
    npsi_drivers_fourth_state(shape, from, taken, -1);
    count_state(shape, from, taken, -1);
    end_real(shape, from);
    return NPS_OK;
}
