/* The histogram by comparison: for vectors without a byte shuffle, and for what is too short to fold. */
#include "histogram_internal.h"

#if defined(NPSI_X86) || defined(NPSI_NEON)

#include <string.h>

/* GNU C's own vectors: every machine that gets here has 16 bytes of them. */
typedef uint8_t vector __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

#define MOST_VECTORS 255 /* what can be counted in a byte */

/* Twelve sums in registers: compilers keep an array of them in memory. */
#define EACH_CODE(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)

/* The sum of 16 bytes: neighbours are added in pairs, and a product adds up four pairs of pairs. */
static inline uint64_t sum_bytes(vector bytes)
{
    const halves even = {0x00ff00ff00ff00ffu, 0x00ff00ff00ff00ffu};
    halves pairs = ((halves)bytes & even) + ((halves)bytes >> 8 & even);
    return ((pairs[0] + pairs[1]) * 0x0001000100010001u) >> 48;
}

/* At most MOST_VECTORS vectors. A comparison that holds gives -1, so that subtracting it counts. */
static void count_vectors(const uint8_t *bytes, size_t vectors, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
#define DECLARE(code) vector sum_##code = {0};
    EACH_CODE(DECLARE)
    for (size_t i = 0; i < vectors; i++) {
        vector codes;
        memcpy(&codes, bytes + i * sizeof codes, sizeof codes);
        codes -= first;
#define COMPARE(code) sum_##code -= (vector)(codes == code);
        EACH_CODE(COMPARE)
    }
    const uint64_t sums[NPSI_WINDOW] = {
#define COLLECT(code) sum_bytes(sum_##code),
        EACH_CODE(COLLECT)};
    uint64_t others = vectors * sizeof(vector);
    for (int code = 0; code < NPSI_WINDOW; code++) {
        counts[code] += sums[code];
        others -= sums[code];
    }
    counts[NPSI_WINDOW] += others;
}

void npsi_histogram_compare(const uint8_t *bytes, size_t n, uint8_t first, uint64_t counts[NPSI_WINDOW + 1])
{
    while (n >= sizeof(vector)) {
        size_t vectors = n / sizeof(vector) < MOST_VECTORS ? n / sizeof(vector) : MOST_VECTORS;
        count_vectors(bytes, vectors, first, counts);
        bytes += vectors * sizeof(vector);
        n -= vectors * sizeof(vector);
    }
    npsi_histogram_scalar(bytes, n, first, counts);
}

#endif
