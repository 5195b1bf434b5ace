/* The folding histogram for 64-bit ARM. */
#include "histogram_internal.h"

#if defined(NPSI_NEON)

#include <arm_neon.h>

static inline uint8x16_t table_of(const int8_t bytes[16])
{
    return vreinterpretq_u8_s8(vld1q_s8(bytes));
}

/* A table look-up gives 0 where the index is 16 or more: codes are indices as they are. The carry is one select: where
 * a and b differ it is c, else a. */
#define KERNEL npsi_histogram_neon
#define TARGET
#define VECTOR         uint8x16_t
#define WIDTH          16
#define LOAD(p)        vld1q_u8(p)
#define SPREAD(byte)   vdupq_n_u8(byte)
#define TABLE(...)     table_of((const int8_t[]){__VA_ARGS__})
#define SUBTRACT(a, b) vsubq_u8(a, b)
#define CODE_INDEX(c)  (c)
#define PICK(table, i) vqtbl1q_u8(table, i)
#define DOUBLED(v)     vaddq_u8(v, v)
#define TOP_BITS(v)    vaddvq_u8(vshrq_n_u8(v, 7))
#define SUM(a, b, c)   ((a) ^ (b) ^ (c))
#define CARRY(a, b, c) vbslq_u8((a) ^ (b), c, a)
#include "histogram_fold_internal.h"

#endif
