/* Wide whole numbers: the portable product and sum beside the compiler's, and quotients beside IEEE division. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "support.h"
#include "wide_internal.h"

START_TEST(one_word_at_a_time)
{
    uint64_t high;
    /* Python: hex((2**64 - 1)**2), hex(0x123456789abcdef0 * 0xfedcba9876543210). */
    ck_assert_uint_eq(npsi_multiply_portable(UINT64_MAX, UINT64_MAX, &high), 1);
    ck_assert_uint_eq(high, 0xfffffffffffffffeu);
    ck_assert_uint_eq(npsi_multiply_portable(0x123456789abcdef0u, 0xfedcba9876543210u, &high), 0x236d88fe5618cf00u);
    ck_assert_uint_eq(high, 0x121fa00ad77d7422u);

    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        uint64_t a = test_random(&seed) >> test_below(&seed, 64), b = test_random(&seed) >> test_below(&seed, 64);
        uint64_t other, low = npsi_multiply_portable(a, b, &high);
        ck_assert_uint_eq(low, npsi_multiply(a, b, &other));
        ck_assert_uint_eq(high, other);
        ck_assert_uint_eq(low, a * b);
        uint64_t sum = a, same = a, carry = test_below(&seed, 2), term = test_below(&seed, 2) ? b : ~a;
        ck_assert_uint_eq(npsi_add_word_portable(&sum, term, carry), npsi_add_word(&same, term, carry));
        ck_assert_uint_eq(sum, same);
        ck_assert_uint_eq(sum, a + term + carry);
    }
}
END_TEST

static void random_number(uint64_t *number, size_t words, uint64_t *seed)
{
    for (size_t i = 0; i < words; i++) {
        uint64_t kind = test_below(seed, 4);
        number[i] = kind == 0 ? 0 : kind == 1 ? UINT64_MAX : test_random(seed);
    }
}

/* (a + b) * c = a * c + b * c, and what was added can be taken back. */
START_TEST(arithmetic_agrees_with_itself)
{
    uint64_t seed = 2;
    for (int i = 0; i < 20000; i++) {
        uint64_t a[3], b[3], c[2], sum[3], left[5], right[5], term[5];
        random_number(a, 3, &seed);
        random_number(b, 3, &seed);
        random_number(c, 2, &seed);
        a[2] >>= 1;
        b[2] >>= 1;
        memcpy(sum, a, sizeof sum);
        ck_assert_uint_eq(npsi_wide_add(sum, b, 3), 0);
        npsi_wide_multiply(sum, 3, c, 2, left);
        npsi_wide_multiply(a, 3, c, 2, right);
        npsi_wide_multiply(b, 3, c, 2, term);
        ck_assert_uint_eq(npsi_wide_add(right, term, 5), 0);
        ck_assert_int_eq(npsi_wide_compare(left, right, 5), 0);
        ck_assert_uint_eq(npsi_wide_subtract(sum, b, 3), 0);
        ck_assert_mem_eq(sum, a, sizeof sum);

        int order = npsi_wide_compare(a, b, 3);
        ck_assert_uint_eq(npsi_wide_subtract(sum, b, 3), order < 0);
        ck_assert_int_eq(npsi_wide_is_zero(sum, 3), order == 0);
    }
}
END_TEST

START_TEST(carries_run_through)
{
    uint64_t number[3] = {UINT64_MAX, UINT64_MAX, UINT64_MAX}, one[3] = {1, 0, 0};
    ck_assert_uint_eq(npsi_wide_add(number, one, 3), 1);
    ck_assert_int_eq(npsi_wide_is_zero(number, 3), 1);
    ck_assert_uint_eq(npsi_wide_subtract(number, one, 3), 1);
    ck_assert_uint_eq(number[0] & number[1] & number[2], UINT64_MAX);
    ck_assert_uint_eq(npsi_wide_add(number, number, 3), 1);
    ck_assert_uint_eq(number[0], UINT64_MAX - 1);
    ck_assert_uint_eq(number[2], UINT64_MAX);
}
END_TEST

static double ratio(uint64_t a, int a_word, uint64_t b, int b_word)
{
    uint64_t wide_a[NPSI_WIDE_WORDS] = {0}, wide_b[NPSI_WIDE_WORDS] = {0};
    wide_a[a_word] = a;
    wide_b[b_word] = b;
    return npsi_wide_ratio(wide_a, wide_b);
}

/* A quotient of doubles is correctly rounded by IEEE 754; so is the cast of a whole number. */
START_TEST(ratios_are_rounded_as_doubles_are)
{
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        uint64_t a = test_random(&seed) >> (11 + test_below(&seed, 50)), b = 1 + (test_random(&seed) >> 12);
        int a_word = (int)test_below(&seed, 5), b_word = (int)test_below(&seed, 5);
        double expected = ldexp((double)a / (double)b, 64 * (a_word - b_word));
        /* Where the compiler keeps more digits than a double has, the division beside it is rounded twice. */
        if (FLT_EVAL_METHOD == 0) ck_assert_double_eq(ratio(a, a_word, b, b_word), expected);
        uint64_t whole = test_random(&seed);
        ck_assert_double_eq(ratio(whole, 2, 1, 2), (double)whole);
    }
    /* Ties go to the even neighbour; one bit far below breaks a tie. */
    ck_assert_double_eq(ratio((UINT64_C(1) << 53) + 1, 1, 1, 0), ldexp(1, 53 + 64));
    ck_assert_double_eq(ratio((UINT64_C(1) << 53) + 3, 1, 1, 0), ldexp(1, 53 + 64) + ldexp(1, 2 + 64));
    const uint64_t above[NPSI_WIDE_WORDS] = {1, (UINT64_C(1) << 53) + 1}, one[NPSI_WIDE_WORDS] = {1};
    ck_assert_double_eq(npsi_wide_ratio(above, one), ldexp(1, 53 + 64) + ldexp(1, 1 + 64));
    ck_assert_double_eq(ratio(UINT64_MAX, 0, 1, 0), ldexp(1, 64));
    ck_assert_double_eq(ratio(INT64_MAX, 5, INT64_MAX, 5), 1);
    ck_assert_double_eq(ratio(0, 0, 7, 3), 0);
}
END_TEST

static npsi_signed signed_of(int64_t number)
{
    const uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    npsi_signed made = npsi_signed_from(&size, 1);
    made.negative = number < 0;
    return made;
}

/* Against whole numbers that a double holds: sums, differences, products and quotients of either sign, and zeros. */
START_TEST(signed_numbers)
{
    uint64_t seed = 4;
    const npsi_signed one = signed_of(1);
    for (int round = 0; round < 20000; round++) {
        int64_t a = (int64_t)test_below(&seed, 2001) - 1000, b = (int64_t)test_below(&seed, 2001) - 1000;
        if (round % 7 == 0) b = round % 2 ? a : -a;
        npsi_signed x = signed_of(a), y = signed_of(b), product = npsi_signed_product(&x, &y);
        ck_assert_double_eq(npsi_signed_ratio(&product, &one), (double)(a * b));
        if (b != 0) ck_assert_double_eq(npsi_signed_ratio(&x, &y), (double)a / (double)b);
        if (a == 0) ck_assert(!signbit(npsi_signed_ratio(&x, &one)));
        npsi_signed_add(&x, &y);
        ck_assert_double_eq(npsi_signed_ratio(&x, &one), (double)(a + b));
        npsi_signed_subtract(&x, &y);
        npsi_signed_subtract(&x, &y);
        ck_assert_double_eq(npsi_signed_ratio(&x, &one), (double)(a - b));
        ck_assert_int_eq(npsi_wide_is_zero(x.words, NPSI_WIDE_WORDS), a == b);
    }
    /* (2^100 + 1)(2^100 - 1) = 2^200 - 1; a borrow through all words. */
    npsi_signed more = {{1, UINT64_C(1) << 36}, 1}, less = {{1, UINT64_C(1) << 36}, 0}, two = signed_of(2);
    npsi_signed_subtract(&less, &two);
    npsi_signed product = npsi_signed_product(&more, &less), power = {{0, 0, 0, 256}, 0};
    npsi_signed_add(&product, &power);
    ck_assert_double_eq(npsi_signed_ratio(&product, &one), 1);
    npsi_signed_subtract(&product, &power);
    ck_assert_double_eq(npsi_signed_ratio(&product, &one), -ldexp(1, 200));
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, one_word_at_a_time);
    tcase_add_test(tcase, arithmetic_agrees_with_itself);
    tcase_add_test(tcase, carries_run_through);
    tcase_add_test(tcase, ratios_are_rounded_as_doubles_are);
    tcase_add_test(tcase, signed_numbers);
}

int main(void)
{
    return test_main("wide", add);
}
