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

int npsi_weighted_limits(const nps_weighted *weighted)
{
    uint64_t counts = 0, total[2] = {0, 0}, over = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        over |= weighted->level[i] | (counts += weighted->level[i]);
        over |= npsi_wide_add(total, weighted->weight[i], 2) << 63;
    }
    over |= weighted->missing | (counts += weighted->missing);
    over |= weighted->invalid | (counts += weighted->invalid);
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
    int status = npsi_weighted_limits(weighted);
    return status == NPS_OK ? check_sums(weighted) : status;
}

/* Sets all `words` of out to (high * 2^64 + low) << shift, of which no bit falls off the end. */
static void place(uint64_t low, uint64_t high, unsigned shift, uint64_t *out, unsigned words)
{
    unsigned first = shift / 64, bits = shift % 64;
    const uint64_t shifted[3] = {low << bits, high << bits | (low >> 1) >> (63 - bits), (high >> 1) >> (63 - bits)};
    for (unsigned i = 0; i < words; i++) out[i] = i >= first && i - first < 3 ? shifted[i - first] : 0;
}

static inline int read_weight(double weight, npsi_weight *out)
{
    uint64_t bits, high;
    memcpy(&bits, &weight, sizeof bits);
    if (bits << 1 == 0) {
        *out = (npsi_weight){{0}, {0}};
        return NPS_OK;
    }
    /* Sign and biased exponent: only those of 2^-64 to below 2^64 pass. */
    uint64_t exponent = bits >> 52;
    if (exponent < 1023 - 64 || exponent > 1023 + 63) return NPS_ERR_RANGE;
    uint64_t mantissa = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    int shift = (int)exponent - (1023 + 52) + 64;
    if (shift < 0) {
        uint64_t unit = UINT64_C(1) << -shift, rest = mantissa & (unit - 1);
        mantissa >>= -shift;
        if (rest > unit / 2 || (rest == unit / 2 && (mantissa & 1))) mantissa++;
        shift = 0;
    }
    uint64_t low = npsi_multiply(mantissa, mantissa, &high);
    place(mantissa, 0, (unsigned)shift, out->weight, 2);
    place(low, high, 2 * (unsigned)shift, out->square, 4);
    return NPS_OK;
}

int npsi_weight_read(double weight, npsi_weight *out)
{
    return read_weight(weight, out);
}

/* Adds one row without a look at the limits; returns 1 when the sum of a level left its words. */
static inline uint64_t add_row(nps_weighted *weighted, int code, const npsi_weight *weight)
{
    weighted->level[code]++;
    weighted->zero += (weight->weight[0] | weight->weight[1]) == 0;
    npsi_wide_add(weighted->square[code], weight->square, 4);
    return npsi_wide_add(weighted->weight[code], weight->weight, 2);
}

int nps_weighted_add(nps_weighted *weighted, int32_t answer, double weight)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    int code = npsi_answer_code(&weighted->scale, answer);
    nps_weighted sum = *weighted;
    npsi_weight read;
    uint64_t carry = 0;
    if (code == NPSI_CODE_MISSING)
        sum.missing++;
    else if (code == NPSI_CODE_INVALID)
        sum.invalid++;
    else if (read_weight(weight, &read) != NPS_OK)
        return NPS_ERR_RANGE;
    else
        carry = add_row(&sum, code, &read);
    if (carry != 0 || npsi_weighted_limits(&sum) != NPS_OK) return NPS_ERR_OVERFLOW;
    *weighted = sum;
    return NPS_OK;
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

/* Adds `count` rows read from columns. On NPS_ERR_RANGE *bad is the row. *carry collects what add_row returns. */
static int add_rows(nps_weighted *sum, const uint8_t *codes, const double *weights, size_t count, uint64_t *carry,
                    size_t *bad)
{
    for (size_t i = 0; i < count; i++) {
        npsi_weight read;
        if (codes[i] == NPSI_CODE_MISSING) {
            sum->missing++;
        } else if (codes[i] == NPSI_CODE_INVALID) {
            sum->invalid++;
        } else if (read_weight(weights[i], &read) == NPS_OK) {
            *carry |= add_row(sum, codes[i], &read);
        } else {
            *bad = i;
            return NPS_ERR_RANGE;
        }
    }
    return NPS_OK;
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
    uint64_t carry = 0;
    for (uint64_t first = 0; first < answers->length; first += CHUNK) {
        uint8_t codes[CHUNK];
        double values[CHUNK];
        size_t count = answers->length - first < CHUNK ? (size_t)(answers->length - first) : CHUNK, bad = 0;
        status = npsi_column_codes(answers, &sum.scale, first, count, codes);
        if (status == NPS_OK) status = npsi_column_doubles(weights, first, count, values);
        if (status != NPS_OK) return status;
        status = add_rows(&sum, codes, values, count, &carry, &bad);
        if (status == NPS_ERR_RANGE && row != NULL) *row = first + bad;
        if (status != NPS_OK) return status;
    }
    if (carry != 0 || npsi_weighted_limits(&sum) != NPS_OK) return NPS_ERR_OVERFLOW;
    *weighted = sum;
    return NPS_OK;
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
    if (carry != 0 || npsi_weighted_limits(&sum) != NPS_OK) return NPS_ERR_OVERFLOW;
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
