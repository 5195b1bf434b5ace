/* Weights as the whole numbers that weighted states sum. */
#ifndef NPSI_WEIGHTED_INTERNAL_H
#define NPSI_WEIGHTED_INTERNAL_H

#include <stdint.h>
#include <string.h>

#include <nps/status.h>
#include <nps/weighted.h>

#include "wide_internal.h"

/* A weight above 0: mantissa << shift, in units of 2^-64; 0: a mantissa of 0. The mantissa is at most 2^53, the shift
 * at most 75. */
typedef struct npsi_weight {
    uint64_t mantissa;
    unsigned shift;
} npsi_weight;

/* Rounds a weight as nps_weighted_add does; -0 is 0. NPS_ERR_RANGE. */
static inline int npsi_weight_read(double weight, npsi_weight *out)
{
    uint64_t bits;
    memcpy(&bits, &weight, sizeof bits);
    *out = (npsi_weight){0, 0};
    if (bits << 1 == 0) return NPS_OK;
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
    *out = (npsi_weight){mantissa, (unsigned)shift};
    return NPS_OK;
}

/* sum += (high * 2^64 + low) << shift, where shift < 64. Returns the carry into the word after those three. */
static inline uint64_t npsi_add_shifted(uint64_t sum[3], uint64_t low, uint64_t high, unsigned shift)
{
    uint64_t power = UINT64_C(1) << shift, h0, h1;
    uint64_t carry = npsi_add_word(&sum[0], npsi_multiply(low, power, &h0), 0);
    carry = npsi_add_word(&sum[1], npsi_multiply(high, power, &h1) | h0, carry);
    return npsi_add_word(&sum[2], h1, carry);
}

/* Adds an answer of code 0 to 10 without a look at the limits; returns 1 when the level's weights left their words. */
static inline uint64_t npsi_weighted_add_row(nps_weighted *weighted, int code, npsi_weight weight)
{
    uint64_t *sum = weighted->weight[code], *square = weighted->square[code], carry, high;
    uint64_t low = npsi_multiply(weight.mantissa, weight.mantissa, &high);
    unsigned shift = weight.shift, twice = 2 * shift;
    weighted->level[code]++;
    weighted->zero += weight.mantissa == 0;
    if (twice < 64) {
        square[3] += npsi_add_shifted(square, low, high, twice);
    } else if (twice < 128) {
        npsi_add_shifted(square + 1, low, high, twice - 64);
    } else {
        carry = npsi_add_word(&square[2], low << (twice - 128), 0);
        npsi_add_word(&square[3], high << (twice - 128) | (low >> 1) >> (191 - twice), carry);
    }
    if (shift >= 64) return npsi_add_word(&sum[1], weight.mantissa << (shift - 64), 0);
    carry = npsi_add_word(&sum[0], npsi_multiply(weight.mantissa, UINT64_C(1) << shift, &high), 0);
    return npsi_add_word(&sum[1], high, carry);
}

#endif
