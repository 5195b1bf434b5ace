/*
 * A template: the histogram by positional population count (Klarqvist, Mula and Lemire 2019, "Efficient computation of
 * positional population counts using SIMD instructions"). It is included once for each vector width, with these macros:
 *
 *   KERNEL, TARGET        the function's name and its attribute
 *   VECTOR, WIDTH         the type and its size in bytes
 *   LOAD(p)               from an unaligned address
 *   SPREAD(byte)          the byte in every place
 *   TABLE(...)            the same 16 bytes for every 16 places
 *   SUBTRACT(a, b)        of bytes, modulo 256
 *   CODE_INDEX(c)         bytes that PICK makes table[c] of where c < 16, and 0 where not
 *   PICK(table, index)
 *   DOUBLED(v)            every byte times 2
 *   TOP_BITS(v)           in how many bytes the highest bit is set
 *   SUM(a, b, c)          bitwise a ^ b ^ c
 *   CARRY(a, b, c)        bitwise majority
 *
 * Every answer becomes one bit: bit `code` of a byte for codes 0 to 7, and bit `code - 8` of a nibble for codes 8 to
 * 11, of which two vectors share a byte. How often a code occurs is then the number of bits at its position. Full
 * adders turn three vectors of one weight into one of that weight and one of twice the weight, so that of 64 vectors
 * only one, which weighs 64 in each bit, must be looked at bit by bit.
 */

#define NAME_(a, b) a##_##b
#define NAME(a, b)  NAME_(a, b)
#define BITS        NAME(KERNEL, bits)
#define LEVELS      6
#define GROUP       ((size_t)WIDTH << LEVELS)

/* One bit for each answer: codes 0 to 7 in low, 8 to 11 twice in high. */
typedef struct BITS {
    VECTOR low, high;
} BITS;

/* Adds a and b, of one weight, to the sum that is held at that weight; what is carried weighs twice as much. */
#define ADD NAME(KERNEL, add)
TARGET static inline VECTOR ADD(VECTOR *sum, VECTOR a, VECTOR b)
{
    VECTOR carried = CARRY(*sum, a, b);
    *sum = SUM(*sum, a, b);
    return carried;
}

/* Two vectors of answers. Their high bits fit one vector, so that these are always a level behind. */
#define FOLD_2 NAME(KERNEL, fold_2)
TARGET static inline BITS FOLD_2(BITS *sums, const uint8_t *bytes, VECTOR first)
{
    const VECTOR low = TABLE(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    const VECTOR high_a = TABLE(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 0, 0, 0, 0);
    const VECTOR high_b = TABLE(0, 0, 0, 0, 0, 0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0);
    VECTOR a = CODE_INDEX(SUBTRACT(LOAD(bytes), first));
    VECTOR b = CODE_INDEX(SUBTRACT(LOAD(bytes + WIDTH), first));
    return (BITS){ADD(&sums[0].low, PICK(low, a), PICK(low, b)), PICK(high_a, a) | PICK(high_b, b)};
}

#define JOIN NAME(KERNEL, join)
TARGET static inline BITS JOIN(BITS *sums, int level, BITS a, BITS b)
{
    return (BITS){ADD(&sums[level].low, a.low, b.low), ADD(&sums[level - 1].high, a.high, b.high)};
}

#define FOLD_4 NAME(KERNEL, fold_4)
TARGET static inline BITS FOLD_4(BITS *sums, const uint8_t *bytes, VECTOR first)
{
    BITS a = FOLD_2(sums, bytes, first);
    return JOIN(sums, 1, a, FOLD_2(sums, bytes + 2 * WIDTH, first));
}

#define FOLD_8 NAME(KERNEL, fold_8)
TARGET static inline BITS FOLD_8(BITS *sums, const uint8_t *bytes, VECTOR first)
{
    BITS a = FOLD_4(sums, bytes, first);
    return JOIN(sums, 2, a, FOLD_4(sums, bytes + 4 * WIDTH, first));
}

#define FOLD_16 NAME(KERNEL, fold_16)
TARGET static inline BITS FOLD_16(BITS *sums, const uint8_t *bytes, VECTOR first)
{
    BITS a = FOLD_8(sums, bytes, first);
    return JOIN(sums, 3, a, FOLD_8(sums, bytes + 8 * WIDTH, first));
}

/* Adds the number of bits at each of the 8 positions, times their weight. */
#define COUNT_BITS NAME(KERNEL, count_bits)
TARGET static inline void COUNT_BITS(VECTOR bits, uint64_t weight, uint64_t counts[8])
{
    for (int position = 7; position >= 0; position--) {
        counts[position] += weight * (uint64_t)TOP_BITS(bits);
        bits = DOUBLED(bits);
    }
}

TARGET void KERNEL(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
    if (n >= GROUP) {
        BITS sums[LEVELS] = {0};
        uint64_t low[8] = {0}, high[8] = {0}, counted = 0;
        for (; n >= GROUP; n -= GROUP, bytes += GROUP, counted += GROUP) {
            BITS quarter[4];
            for (int i = 0; i < 4; i++) quarter[i] = FOLD_16(sums, bytes + 16 * i * WIDTH, SPREAD(first));
            BITS half = JOIN(sums, 4, quarter[0], quarter[1]);
            BITS whole = JOIN(sums, 5, half, JOIN(sums, 4, quarter[2], quarter[3]));
            COUNT_BITS(whole.low, 64, low);
            COUNT_BITS(whole.high, 32, high);
        }
        for (int level = 0; level < LEVELS; level++) {
            COUNT_BITS(sums[level].low, (uint64_t)1 << level, low);
            COUNT_BITS(sums[level].high, (uint64_t)1 << level, high);
        }
        for (int i = 0; i < 8; i++) counts[i] += low[i];
        for (int i = 0; i < 4; i++) counts[8 + i] += high[i] + high[4 + i];
        for (int i = 0; i < 8; i++) counted -= low[i] + high[i];
        counts[NPSI_WINDOW] += counted;
    }
    npsi_histogram_compare(bytes, n, first, counts);
}

#undef KERNEL
#undef TARGET
#undef VECTOR
#undef WIDTH
#undef LOAD
#undef SPREAD
#undef TABLE
#undef SUBTRACT
#undef CODE_INDEX
#undef PICK
#undef DOUBLED
#undef TOP_BITS
#undef SUM
#undef CARRY
