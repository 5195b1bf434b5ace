#include <nps/weighted.h>

#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "weighted_internal.h"
#include "wide_internal.h"

_Static_assert(sizeof(nps_weighted) == 656, "nps_weighted has no padding");

/* Rows that nps_weighted_add_columns reads at once. */
#define CHUNK 256

int nps_weighted_init(nps_weighted *weighted, const nps_scale *scale)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    nps_weighted empty = {.kind = NPS_KIND_NONE};
    nps_scale_standard(&empty.scale);
    if (scale != NULL) empty.scale = *scale;
    if (nps_scale_check(&empty.scale) != NPS_OK) return NPS_ERR_SCALE;
    *weighted = empty;
    return NPS_OK;
}

/* Whether counts stay below 2^63 and weights below 2^64. The highest bit of `over` keeps what went over. */
static int check_limits(const nps_weighted *weighted)
{
    uint64_t counts = 0, total[2] = {0, 0}, over = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        counts += weighted->level[i];
        over |= counts | weighted->level[i] | npsi_wide_add(total, weighted->weight[i], 2) << 63;
    }
    counts += weighted->missing;
    over |= counts | weighted->missing;
    counts += weighted->invalid;
    over |= counts | weighted->invalid;
    return over >> 63 ? NPS_ERR_OVERFLOW : NPS_OK;
}

/* Whether n weights can have these sums: square <= weight^2 <= n * square, and as whole numbers w <= w^2, both odd or
 * both even. */
static int sums_possible(uint64_t n, const uint64_t weight[2], const uint64_t square[4])
{
    const uint64_t wide_weight[4] = {weight[0], weight[1], 0, 0};
    uint64_t weight_squared[5] = {0}, most[5];
    npsi_wide_multiply(weight, 2, weight, 2, weight_squared);
    npsi_wide_multiply(square, 4, &n, 1, most);
    return npsi_wide_compare(square, weight_squared, 4) <= 0 && npsi_wide_compare(weight_squared, most, 5) <= 0 &&
           npsi_wide_compare(wide_weight, square, 4) <= 0 && ((weight[0] ^ square[0]) & 1) == 0;
}

/* NPS_OK or NPS_ERR_FORMAT. Counts below their limit. */
static int check_sums(const nps_weighted *weighted)
{
    uint64_t zero_at_least = 0, zero_at_most = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        uint64_t n = weighted->level[i];
        if (!sums_possible(n, weighted->weight[i], weighted->square[i])) return NPS_ERR_FORMAT;
        int weightless = npsi_wide_is_zero(weighted->weight[i], 2);
        if (weightless) zero_at_least += n;
        zero_at_most += weightless ? n : n - 1;
    }
    return zero_at_least <= weighted->zero && weighted->zero <= zero_at_most ? NPS_OK : NPS_ERR_FORMAT;
}

int nps_weighted_check(const nps_weighted *weighted)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    for (int i = weighted->scale.highest - weighted->scale.lowest + 1; i < NPS_MAX_LEVELS; i++)
        if (weighted->level[i] != 0) return NPS_ERR_FORMAT;
    if (weighted->reserved != 0) return NPS_ERR_FORMAT;
    int status = check_limits(weighted);
    return status == NPS_OK ? check_sums(weighted) : status;
}

/* Adds rows of codes and weights. NPS_ERR_RANGE: *bad is the row. NPS_ERR_OVERFLOW: a level's weights leave their
 * words. The other limits are looked at when all rows are in: sums only grow. */
static int add_rows(nps_weighted *sum, const uint8_t *codes, const double *weights, size_t count, size_t *bad)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < count; i++) {
        npsi_weight weight;
        if (codes[i] >= NPSI_CODE_MISSING) {
            sum->missing += codes[i] == NPSI_CODE_MISSING;
            sum->invalid += codes[i] == NPSI_CODE_INVALID;
            continue;
        }
        if (npsi_weight_read(weights[i], &weight) != NPS_OK) {
            *bad = i;
            return NPS_ERR_RANGE;
        }
        carry |= npsi_weighted_add_row(sum, codes[i], weight);
    }
    return carry == 0 ? NPS_OK : NPS_ERR_OVERFLOW;
}

int nps_weighted_add(nps_weighted *weighted, int32_t answer, double weight)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    uint8_t code = (uint8_t)npsi_answer_code(&weighted->scale, answer);
    nps_weighted sum = *weighted;
    size_t bad;
    int status = add_rows(&sum, &code, &weight, 1, &bad);
    if (status == NPS_OK) status = check_limits(&sum);
    if (status == NPS_OK) *weighted = sum;
    return status;
}

int nps_weighted_remove(nps_weighted *weighted, int32_t answer, double weight)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    nps_weighted one;
    int status = nps_weighted_init(&one, &weighted->scale);
    if (status != NPS_OK) return status;
    one.kind = weighted->kind;
    status = nps_weighted_add(&one, answer, weight);
    return status == NPS_OK ? nps_weighted_subtract(weighted, &one) : status;
}

int nps_weighted_add_columns(nps_weighted *weighted, const nps_column *answers, const nps_column *weights,
                             uint64_t *row)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    int status = npsi_column_open(answers);
    if (status == NPS_OK) status = npsi_column_open(weights);
    if (status != NPS_OK) return status;
    if (answers->length != weights->length) return NPS_ERR_ARGUMENT;
    nps_weighted sum = *weighted;
    for (uint64_t first = 0; first < answers->length; first += CHUNK) {
        uint8_t codes[CHUNK];
        double values[CHUNK];
        size_t count = answers->length - first < CHUNK ? (size_t)(answers->length - first) : CHUNK, bad = 0;
        status = npsi_column_codes(answers, &sum.scale, first, count, codes);
        if (status == NPS_OK) status = npsi_column_doubles(weights, first, count, values);
        if (status != NPS_OK) return status;
        status = add_rows(&sum, codes, values, count, &bad);
        if (status == NPS_ERR_RANGE && row != NULL) *row = first + bad;
        if (status != NPS_OK) return status;
    }
    status = check_limits(&sum);
    if (status == NPS_OK) *weighted = sum;
    return status;
}

/* What merge and subtract ask for first. */
static int check_pair(const nps_weighted *a, const nps_weighted *b)
{
    if (a == NULL || b == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&a->scale) != NPS_OK || !nps_scale_equal(&a->scale, &b->scale)) return NPS_ERR_SCALE;
    return a->kind == b->kind ? NPS_OK : NPS_ERR_SCALE;
}

int nps_weighted_merge(nps_weighted *into, const nps_weighted *from)
{
    int status = check_pair(into, from);
    if (status != NPS_OK) return status;
    nps_weighted sum = *into;
    uint64_t carry = npsi_wide_add(&sum.zero, &from->zero, 1);
    carry |= npsi_wide_add(&sum.missing, &from->missing, 1) | npsi_wide_add(&sum.invalid, &from->invalid, 1);
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        carry |= npsi_wide_add(&sum.level[i], &from->level[i], 1);
        carry |= npsi_wide_add(sum.weight[i], from->weight[i], 2);
        carry |= npsi_wide_add(sum.square[i], from->square[i], 4);
    }
    if (carry != 0 || check_limits(&sum) != NPS_OK) return NPS_ERR_OVERFLOW;
    *into = sum;
    return NPS_OK;
}

int nps_weighted_subtract(nps_weighted *from, const nps_weighted *taken)
{
    int status = check_pair(from, taken);
    if (status != NPS_OK) return status;
    nps_weighted rest = *from;
    uint64_t borrow = npsi_wide_subtract(&rest.zero, &taken->zero, 1);
    borrow |= npsi_wide_subtract(&rest.missing, &taken->missing, 1);
    borrow |= npsi_wide_subtract(&rest.invalid, &taken->invalid, 1);
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        borrow |= npsi_wide_subtract(&rest.level[i], &taken->level[i], 1);
        borrow |= npsi_wide_subtract(rest.weight[i], taken->weight[i], 2);
        borrow |= npsi_wide_subtract(rest.square[i], taken->square[i], 4);
    }
    /* Sums that no answers have show that what was taken was never there. */
    if (borrow != 0 || check_sums(&rest) != NPS_OK) return NPS_ERR_UNDERFLOW;
    *from = rest;
    return NPS_OK;
}
