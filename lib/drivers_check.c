/* Whether a state of drivers that comes from elsewhere is one. */
#include <math.h>

#include <nps/status.h>

#include "drivers_internal.h"
#include "wide_internal.h"

#define MOST_ROWS ((uint64_t)INT64_MAX)

static int is_real_sum(npsi_dd sum)
{
    return isfinite(sum.high) && sum.high + sum.low == sum.high;
}

/* 0 to 2^62 in the diagonal, else below it in size; nothing without rows, and some weight with them. */
static int is_block(const npsi_drivers_block *block, size_t variables, int is_real)
{
    const npsi_drivers_sum *sum = block->sums;
    if (block->rows > 0 && !is_real && npsi_wide_is_zero(sum->whole, 2)) return 0;
    for (size_t a = 0; a < variables; a++) {
        for (size_t b = 0; b <= a; b++, sum++) {
            uint64_t offset = a == b ? 0 : UINT64_C(1) << 62;
            if (block->rows == 0 && !npsi_wide_is_zero(sum->whole, 2)) return 0;
            if (!is_real && (sum->whole[1] + offset) >> (a == b ? 62 : 63)) return 0;
            if (is_real && (!is_real_sum(sum->real) || (a == b && sum->real.high < 0))) return 0;
        }
    }
    return 1;
}

/* Kinds of rows, answers and ratings that are missing agree. `part` are the rows whose answers are counted. */
static int are_counts(const npsi_drivers_shape *shape, const npsi_drivers_head *head, uint64_t part)
{
    uint64_t incomplete = head->rows[NPSI_ROW_INCOMPLETE], lacking = incomplete, answers = 0;
    int levels = shape->scale.highest - shape->scale.lowest + 1;
    for (int code = 0; code < NPSI_CODES; code++) {
        int possible = code < levels || (code == NPSI_CODE_INVALID && shape->explains == NPS_DRIVERS_ANSWER);
        if (head->codes[code] > (possible ? part - answers : 0)) return 0;
        answers += head->codes[code];
    }
    for (int32_t i = 0; i < shape->ratings; i++) {
        uint64_t missing = npsi_drivers_missing(head)[i];
        if (missing > incomplete) return 0;
        lacking -= missing < lacking ? missing : lacking;
    }
    int squares = !npsi_wide_is_zero(head->square, 5),
        weighs = !shape->is_pairwise && head->rows[NPSI_ROW_COMPLETE] > 0;
    return answers == part && lacking == 0 && squares == weighs;
}

/* Whether a block can have so many rows: with the answer, `part` less those without its rating; a pair of ratings is in
 * all complete rows, and may be in those without an answer too. */
static int are_rows(const npsi_drivers_shape *shape, const npsi_drivers_head *head, uint64_t part, size_t u, size_t v,
                    uint64_t rows)
{
    const uint64_t *missing = npsi_drivers_missing(head);
    size_t answer = (size_t)shape->columns;
    uint64_t most = part - (u < answer ? missing[u >> shape->has_contrasts] : 0);
    if (v == answer) return rows == most;
    uint64_t other = part - missing[v >> shape->has_contrasts];
    if (other < most) most = other;
    return rows >= head->rows[NPSI_ROW_COMPLETE] && rows <= most + head->rows[NPSI_ROW_UNANSWERED];
}

int npsi_drivers_state_check(const npsi_drivers_shape *shape, const void *state)
{
    const npsi_drivers_head *head = state;
    uint64_t sum = 0, any = 0, complete = head->rows[NPSI_ROW_COMPLETE];
    for (int kind = 0; kind < NPSI_DRIVERS_ROWS; kind++) {
        if (head->rows[kind] > MOST_ROWS - sum) return NPS_ERR_FORMAT;
        sum += head->rows[kind];
    }
    uint64_t part = complete + (shape->is_pairwise ? head->rows[NPSI_ROW_INCOMPLETE] : 0);
    if (head->is_real > 1 || !are_counts(shape, head, part)) return NPS_ERR_FORMAT;
    size_t answer = (size_t)shape->columns, index = 0;
    for (size_t v = shape->is_pairwise ? 1 : answer; v <= answer; v++) {
        for (size_t u = shape->is_pairwise ? 0 : answer; u < v || (u == v && v == answer); u++, index++) {
            const npsi_drivers_block *block = npsi_drivers_block_at(shape, state, index);
            int fits = are_rows(shape, head, part, u, v, block->rows);
            if (!fits || !is_block(block, npsi_drivers_variables(shape), head->is_real != 0)) return NPS_ERR_FORMAT;
            any |= block->rows;
        }
    }
    if (head->is_real && any == 0) return NPS_ERR_FORMAT;
    for (size_t i = 0; i < npsi_drivers_quadruples(shape); i++) {
        npsi_dd fourth = npsi_drivers_fourth(shape, state)[i];
        if (!is_real_sum(fourth) || (complete == 0 && fourth.high != 0)) return NPS_ERR_FORMAT;
    }
    return NPS_OK;
}
