#include "wide_internal.h"

#include <math.h>
#include <string.h>

int npsi_wide_compare(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = words; i-- > 0;)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

void npsi_wide_multiply(const uint64_t *a, size_t a_words, const uint64_t *b, size_t b_words, uint64_t *product)
{
    memset(product, 0, (a_words + b_words) * sizeof *product);
    for (size_t i = 0; i < a_words; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b_words; j++) {
            uint64_t high, low = npsi_multiply(a[i], b[j], &high);
            low += carry;
            high += low < carry;
            product[i + j] += low;
            carry = high + (product[i + j] < low);
        }
        product[i + b_words] = carry;
    }
}

/* How many bits the number has without leading zeros. */
static int bit_length(const uint64_t *number)
{
    for (int i = NPSI_WIDE_WORDS; i-- > 0;) {
        int bits = 0;
        for (uint64_t word = number[i]; word != 0; word >>= 1) bits++;
        if (bits > 0) return 64 * i + bits;
    }
    return 0;
}

static void shift_left(uint64_t *number, int bits)
{
    int words = bits / 64, rest = bits % 64;
    for (int i = NPSI_WIDE_WORDS; i-- > 0;) {
        uint64_t high = i >= words ? number[i - words] << rest : 0;
        uint64_t low = i > words ? (number[i - words - 1] >> 1) >> (63 - rest) : 0;
        number[i] = high | low;
    }
}

double npsi_wide_ratio(const uint64_t *a, const uint64_t *b)
{
    if (npsi_wide_is_zero(a, NPSI_WIDE_WORDS)) return 0;
    uint64_t rest[NPSI_WIDE_WORDS], divisor[NPSI_WIDE_WORDS];
    memcpy(rest, a, sizeof rest);
    memcpy(divisor, b, sizeof divisor);
    int exponent = bit_length(rest) - bit_length(divisor);
    if (exponent > 0) shift_left(divisor, exponent);
    if (exponent < 0) shift_left(rest, -exponent);
    if (npsi_wide_compare(rest, divisor, NPSI_WIDE_WORDS) < 0) {
        npsi_wide_add(rest, rest, NPSI_WIDE_WORDS);
        exponent--;
    }
    /* Now 1 <= rest / divisor < 2: long division gives the 53 bits of a double and one more to round by. */
    uint64_t quotient = 0;
    for (int bit = 0; bit < 54; bit++) {
        quotient <<= 1;
        if (npsi_wide_compare(rest, divisor, NPSI_WIDE_WORDS) >= 0) {
            npsi_wide_subtract(rest, divisor, NPSI_WIDE_WORDS);
            quotient |= 1;
        }
        npsi_wide_add(rest, rest, NPSI_WIDE_WORDS);
    }
    int half = (int)(quotient & 1), more = !npsi_wide_is_zero(rest, NPSI_WIDE_WORDS);
    quotient >>= 1;
    if (half && (more || (quotient & 1))) quotient++;
    return ldexp((double)quotient, exponent - 52);
}

npsi_signed npsi_signed_from(const uint64_t *words, size_t count)
{
    npsi_signed number = {{0}, 0};
    memcpy(number.words, words, count * sizeof *words);
    return number;
}

static void add_signed(npsi_signed *sum, const npsi_signed *term, int negative)
{
    if (sum->negative == negative) {
        npsi_wide_add(sum->words, term->words, NPSI_WIDE_WORDS);
    } else if (npsi_wide_subtract(sum->words, term->words, NPSI_WIDE_WORDS)) {
        /* The term was the larger: the difference is what is left, negated. */
        uint64_t rest[NPSI_WIDE_WORDS] = {0};
        npsi_wide_subtract(rest, sum->words, NPSI_WIDE_WORDS);
        memcpy(sum->words, rest, sizeof rest);
        sum->negative = negative;
    }
}

void npsi_signed_add(npsi_signed *sum, const npsi_signed *term)
{
    add_signed(sum, term, term->negative);
}

void npsi_signed_subtract(npsi_signed *from, const npsi_signed *taken)
{
    add_signed(from, taken, !taken->negative);
}

static size_t used_words(const npsi_signed *number)
{
    size_t count = NPSI_WIDE_WORDS;
    while (count > 0 && number->words[count - 1] == 0) count--;
    return count;
}

npsi_signed npsi_signed_product(const npsi_signed *a, const npsi_signed *b)
{
    uint64_t product[2 * NPSI_WIDE_WORDS] = {0};
    npsi_wide_multiply(a->words, used_words(a), b->words, used_words(b), product);
    npsi_signed result = npsi_signed_from(product, NPSI_WIDE_WORDS);
    result.negative = a->negative != b->negative;
    return result;
}

double npsi_signed_ratio(const npsi_signed *a, const npsi_signed *b)
{
    double size = npsi_wide_ratio(a->words, b->words);
    return a->negative != b->negative && size > 0 ? -size : size;
}
