/* The folding histogram for x86: SSSE3, AVX2 and AVX-512. */
#include "histogram_internal.h"

#if defined(NPSI_X86)

#include <immintrin.h>

/* CODE_INDEX: a shuffle gives 0 where the highest bit of the index is set, else it takes the lowest four bits. 0x70 and
 * saturation keep codes below 16 and set the highest bit of all others. */

#define KERNEL         npsi_histogram_ssse3
#define TARGET         __attribute__((target("ssse3,popcnt")))
#define VECTOR         __m128i
#define WIDTH          16
#define LOAD(p)        _mm_loadu_si128((const __m128i *)(const void *)(p))
#define SPREAD(byte)   _mm_set1_epi8((char)(byte))
#define TABLE(...)     _mm_setr_epi8(__VA_ARGS__)
#define SUBTRACT(a, b) _mm_sub_epi8(a, b)
#define CODE_INDEX(c)  _mm_adds_epu8(c, SPREAD(0x70))
#define PICK(table, i) _mm_shuffle_epi8(table, i)
#define DOUBLED(v)     _mm_add_epi8(v, v)
#define TOP_BITS(v)    __builtin_popcount((unsigned)_mm_movemask_epi8(v))
#define SUM(a, b, c)   ((a) ^ (b) ^ (c))
#define CARRY(a, b, c) (((a) & (b)) | (((a) ^ (b)) & (c)))
#include "histogram_fold_internal.h"

#define KERNEL         npsi_histogram_avx2
#define TARGET         __attribute__((target("avx2,popcnt")))
#define VECTOR         __m256i
#define WIDTH          32
#define LOAD(p)        _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define SPREAD(byte)   _mm256_set1_epi8((char)(byte))
#define TABLE(...)     _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))
#define SUBTRACT(a, b) _mm256_sub_epi8(a, b)
#define CODE_INDEX(c)  _mm256_adds_epu8(c, SPREAD(0x70))
#define PICK(table, i) _mm256_shuffle_epi8(table, i)
#define DOUBLED(v)     _mm256_add_epi8(v, v)
#define TOP_BITS(v)    __builtin_popcount((unsigned)_mm256_movemask_epi8(v))
#define SUM(a, b, c)   ((a) ^ (b) ^ (c))
#define CARRY(a, b, c) (((a) & (b)) | (((a) ^ (b)) & (c)))
#include "histogram_fold_internal.h"

/* One ternary logic instruction each for the sum (truth table 0x96) and the carry (0xe8). */
#define KERNEL         npsi_histogram_avx512
#define TARGET         __attribute__((target("avx512f,avx512bw,popcnt")))
#define VECTOR         __m512i
#define WIDTH          64
#define LOAD(p)        _mm512_loadu_si512(p)
#define SPREAD(byte)   _mm512_set1_epi8((char)(byte))
#define TABLE(...)     _mm512_broadcast_i32x4(_mm_setr_epi8(__VA_ARGS__))
#define SUBTRACT(a, b) _mm512_sub_epi8(a, b)
#define CODE_INDEX(c)  _mm512_adds_epu8(c, SPREAD(0x70))
#define PICK(table, i) _mm512_shuffle_epi8(table, i)
#define DOUBLED(v)     _mm512_add_epi8(v, v)
#define TOP_BITS(v)    __builtin_popcountll(_mm512_movepi8_mask(v))
#define SUM(a, b, c)   _mm512_ternarylogic_epi64(a, b, c, 0x96)
#define CARRY(a, b, c) _mm512_ternarylogic_epi64(a, b, c, 0xe8)
#include "histogram_fold_internal.h"

#endif
