/*
 * Whole numbers wider than 64 bits: arrays of 64-bit words, lowest word first. Portable; the product and the sum of two
 * words are left to the compiler where it does them in one instruction.
 */
#ifndef NPSI_WIDE_INTERNAL_H
#define NPSI_WIDE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define NPSI_X86_CARRY 1
#else
#define NPSI_X86_CARRY 0
#endif

#define NPSI_WIDE_WORDS 6 /* the widest that npsi_wide_ratio takes */

/* The product a * b without 128-bit integers: the low word is returned. Compiled everywhere, so that it is tested
 * everywhere. */
static inline uint64_t npsi_multiply_portable(uint64_t a, uint64_t b, uint64_t *high)
{
    uint64_t a0 = a & 0xffffffffu, a1 = a >> 32, b0 = b & 0xffffffffu, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (middle & 0xffffffffu);
    *high = a1 * b1 + (middle >> 32) + (other >> 32);
    return (other << 32) | (low & 0xffffffffu);
}

#if defined(__SIZEOF_INT128__)
__extension__ typedef unsigned __int128 npsi_native128;

static inline uint64_t npsi_multiply(uint64_t a, uint64_t b, uint64_t *high)
{
    npsi_native128 product = (npsi_native128)a * b;
    *high = (uint64_t)(product >> 64);
    return (uint64_t)product;
}
#else
static inline uint64_t npsi_multiply(uint64_t a, uint64_t b, uint64_t *high)
{
    return npsi_multiply_portable(a, b, high);
}
#endif

/* *sum += term + carry, where carry is 0 or 1; returns the carry out. */
static inline uint64_t npsi_add_word_portable(uint64_t *sum, uint64_t term, uint64_t carry)
{
    uint64_t partial = *sum + term, over = partial < term;
    *sum = partial + carry;
    return over | (*sum < carry);
}

/* Clang makes of the above what it is; gcc needs to be told. */
static inline uint64_t npsi_add_word(uint64_t *sum, uint64_t term, uint64_t carry)
{
#if NPSI_X86_CARRY
    unsigned long long total;
    carry = _addcarry_u64((unsigned char)carry, *sum, term, &total);
    *sum = total;
    return carry;
#else
    return npsi_add_word_portable(sum, term, carry);
#endif
}

/* sum += term; returns the carry out of the highest word. They may be the same number. */
static inline uint64_t npsi_wide_add(uint64_t *sum, const uint64_t *term, size_t words)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < words; i++) carry = npsi_add_word(sum + i, term[i], carry);
    return carry;
}

/* from -= taken; returns 1 when taken was the larger. They may be the same number. */
static inline uint64_t npsi_wide_subtract(uint64_t *from, const uint64_t *taken, size_t words)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < words; i++) {
        uint64_t partial = from[i] - taken[i], next = from[i] < taken[i];
        from[i] = partial - borrow;
        borrow = next | (partial < borrow);
    }
    return borrow;
}

static inline int npsi_wide_is_zero(const uint64_t *number, size_t words)
{
    uint64_t any = 0;
    for (size_t i = 0; i < words; i++) any |= number[i];
    return any == 0;
}

/* Negative, 0 or positive as a < b, a == b or a > b. */
int npsi_wide_compare(const uint64_t *a, const uint64_t *b, size_t words);

/* product = a * b, of a_words + b_words words, apart from both. */
void npsi_wide_multiply(const uint64_t *a, size_t a_words, const uint64_t *b, size_t b_words, uint64_t *product);

/* a / b as the nearest double, a tie to the even one. b is not 0. Both have NPSI_WIDE_WORDS words, of which the highest
 * bit is 0. */
double npsi_wide_ratio(const uint64_t *a, const uint64_t *b);

/* A whole number with its sign apart. 0 may have either. Sums and products must fit the words. */
typedef struct npsi_signed {
    uint64_t words[NPSI_WIDE_WORDS];
    int negative;
} npsi_signed;

/* The number of these words, at most NPSI_WIDE_WORDS. */
npsi_signed npsi_signed_from(const uint64_t *words, size_t count);

void npsi_signed_add(npsi_signed *sum, const npsi_signed *term);
void npsi_signed_subtract(npsi_signed *from, const npsi_signed *taken);
npsi_signed npsi_signed_product(const npsi_signed *a, const npsi_signed *b);

/* As npsi_wide_ratio, with the sign of the quotient; 0 is never -0. */
double npsi_signed_ratio(const npsi_signed *a, const npsi_signed *b);

#endif
