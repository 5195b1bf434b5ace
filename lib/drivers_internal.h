/* What the parts of drivers share: the shape of a state, the sums in it, and the moments that estimates take. */
#ifndef NPSI_DRIVERS_INTERNAL_H
#define NPSI_DRIVERS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/drivers.h>

#include "column_internal.h"
#include "double_double_internal.h"

#define NPSI_DRIVERS_BLOCK 128 /* rows at once, a multiple of 4 */

/* What a state was made for. No pointers: it may be copied. */
typedef struct npsi_drivers_shape {
    int32_t ratings, columns, explains, is_pairwise, is_robust, has_contrasts;
    nps_scale scale;
    double low[NPS_MAX_DRIVERS / 2], high[NPS_MAX_DRIVERS / 2]; /* with contrasts; else 0 */
} npsi_drivers_shape;

/* A sum: while the state is not real a whole number in units of 2^-64, in two's complement and the low word first. */
typedef union npsi_drivers_sum {
    uint64_t whole[2];
    npsi_dd real;
} npsi_drivers_sum;

/* Kinds of rows, in the order of nps_drivers_rows. */
enum { NPSI_ROW_COMPLETE, NPSI_ROW_INCOMPLETE, NPSI_ROW_UNANSWERED, NPSI_ROW_ZERO, NPSI_DRIVERS_ROWS };

/*
 * A state is an array of 64-bit words without pointers: this, then missing[ratings], then blocks, then robust sums. All
 * bytes 0 is an empty one.
 *
 * A block is the number of its rows and the sums of w z_a z_b over them, for all b <= a in this order, where z is 1 and
 * then the variables of the block. Listwise there is one, of all columns and the answer. Pairwise there is one of two
 * variables for each pair i < j of columns and the answer, at j (j - 1) / 2 + i, of the rows that have both; the last
 * is that of the answer, twice. The robust sums are those of w^2 z_a z_b z_c z_d, as npsi_quadruple has them.
 */
typedef struct npsi_drivers_head {
    uint64_t is_real;                 /* 0, 1: the sums of the blocks are double-doubles */
    uint64_t square[5];               /* listwise: sum of w^2 of complete rows, in units of 2^-128, low word first */
    uint64_t rows[NPSI_DRIVERS_ROWS]; /* by kind. From here to the end of missing[]: counts */
    uint64_t codes[NPSI_CODES];       /* of the answers of rows that are part of it */
} npsi_drivers_head;

#define NPSI_DRIVERS_WORDS       (sizeof(npsi_drivers_head) / sizeof(uint64_t))
#define NPSI_DRIVERS_FIRST_COUNT (offsetof(npsi_drivers_head, rows) / sizeof(uint64_t))

typedef struct npsi_drivers_block {
    uint64_t rows;
    npsi_drivers_sum sums[];
} npsi_drivers_block;

struct nps_drivers {
    nps_allocator allocator;
    npsi_drivers_shape shape;
    void *state;
};

/* Where the sum of w z_a z_b stands in a block, b <= a. */
static inline size_t npsi_drivers_pair(size_t a, size_t b)
{
    return a * (a + 1) / 2 + b;
}

/* NPS_ERR_ARGUMENT, NPS_ERR_SCALE: as nps_drivers_new. */
int npsi_drivers_shape_of(const nps_drivers_options *options, npsi_drivers_shape *out);
/* NPS_ERR_TYPE, NPS_ERR_SCALE: as nps_drivers_merge. */
int npsi_drivers_shape_match(const npsi_drivers_shape *a, const npsi_drivers_shape *b);
/* A multiple of 8. */
size_t npsi_drivers_state_bytes(const npsi_drivers_shape *shape);
/* An empty one. NPS_ERR_MEMORY. */
int npsi_drivers_make(const nps_allocator *allocator, const npsi_drivers_shape *shape, nps_drivers **out);

/* The functions of the header, on a state in 8-byte aligned memory. `sign` 1 adds, -1 takes back. */
int npsi_drivers_state_add(const npsi_drivers_shape *shape, void *state, double answer, const double *ratings,
                           double weight, int sign);
int npsi_drivers_state_merge(const npsi_drivers_shape *shape, void *into, const void *from);
int npsi_drivers_state_subtract(const npsi_drivers_shape *shape, void *from, const void *taken);
void npsi_drivers_state_tally(const npsi_drivers_shape *shape, const void *state, nps_tally *out);
/* Rows of every kind; 0: it is empty. */
uint64_t npsi_drivers_state_rows(const void *state);
/* NPS_OK for a state that these could have made, as far as counts and signs of sums show it, else NPS_ERR_FORMAT. */
int npsi_drivers_state_check(const npsi_drivers_shape *shape, const void *state);

/* Blocks, their variables with the 1, and the parts of a state. */
size_t npsi_drivers_blocks(const npsi_drivers_shape *shape);
size_t npsi_drivers_variables(const npsi_drivers_shape *shape);
size_t npsi_drivers_quadruples(const npsi_drivers_shape *shape);
uint64_t *npsi_drivers_missing(const void *state);
npsi_drivers_block *npsi_drivers_block_at(const npsi_drivers_shape *shape, const void *state, size_t index);
npsi_dd *npsi_drivers_fourth(const npsi_drivers_shape *shape, const void *state);

/* A whole number of up to 6 words, two's complement where `is_signed`, times 2^-64 for each of `fraction` words. */
npsi_dd npsi_drivers_real(const uint64_t *words, size_t count, int is_signed, int fraction);

/* One row, read. All bytes 0 before the first: then a weight is not read twice. */
typedef struct npsi_drivers_row {
    double z[NPS_MAX_DRIVERS + 2];      /* 1, the columns, the answer; NaN where there is none */
    int64_t whole[NPS_MAX_DRIVERS + 2]; /* the same where is_whole; 0 where there is none */
    double w;                           /* the weight, and in units of 2^-64: */
    uint64_t weight[2];
    int takes_part, is_whole;                              /* in sums; with whole numbers that fit, if at all */
    uint64_t counts[NPSI_DRIVERS_WORDS + NPS_MAX_DRIVERS]; /* head and missing[] of a state of this row */
} npsi_drivers_row;

/* NPS_ERR_RANGE. `code` is that of the answer on the scale. */
int npsi_drivers_row_read(const npsi_drivers_shape *shape, double answer, int code, const double *ratings,
                          double weight, npsi_drivers_row *out);

/*
 * Adds the blocks of a row, or where that is NULL of the state `from`; sign -1 takes them back. The state is real, or
 * what is added is whole. Nothing else changes. 1: a whole sum has left its range, or one of no rows is not 0. With
 * sign 0 only looks: 1 where a block has fewer rows than what would be taken.
 */
int npsi_drivers_add_sums(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row, const void *from,
                          int sign);
/* The robust sums, after the blocks. */
void npsi_drivers_add_fourth(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row,
                             const void *from, int sign);
/* Those of rows at once, which take part: z[variable * NPSI_DRIVERS_BLOCK + row], and w. They are whole, and so few and
 * small that each sum over them is below 2^53. */
void npsi_drivers_fourth_block(const npsi_drivers_shape *shape, void *state, const double *z, const double *w,
                               size_t count);
/* Adds a row to all but the robust sums; there are fewer than 2^63 - 1 rows. */
void npsi_drivers_row_add(const npsi_drivers_shape *shape, void *state, const npsi_drivers_row *row);
/* Turns whole sums into double-doubles. */
void npsi_drivers_make_real(const npsi_drivers_shape *shape, void *state);

/*
 * Centred moments of the columns, with the answer as the last of `variables` = columns + 1. Listwise, all come from the
 * same rows; pairwise, each pair has its own, and only what says so is defined. One block of memory, from `allocator`.
 */
typedef struct npsi_moments {
    nps_allocator allocator;
    size_t bytes;
    int columns, variables, is_pairwise, is_robust;
    uint64_t n;          /* rows; pairwise: the fewest of any pair */
    double weight;       /* sum of w */
    double effective;    /* (sum of w)^2 / sum of w^2; NaN pairwise */
    uint64_t *rows;      /* [variables^2], symmetric: of each pair; pairwise the answer has all of a variable's */
    double *weights;     /* of each variable's rows */
    npsi_dd *mean;       /* of each variable; pairwise over its own rows with an answer */
    npsi_dd *cross;      /* [variables^2], symmetric: sum of w (x - mean)(y - mean). Pairwise only the diagonal */
    double *correlation; /* [variables^2], symmetric, 1 in the diagonal; NaN where a variable is constant */
    npsi_dd *fourth;     /* robust: sum of w^2 z z z z over sorted quadruples of z = 1, then the centred variables */
} npsi_moments;

/* NPS_ERR_EMPTY: fewer than one row. NPS_ERR_MEMORY. */
int npsi_moments_of(const nps_drivers *drivers, npsi_moments *out);
void npsi_moments_free(npsi_moments *freed);

/* Where the quadruple (a, b, c, d), any order, stands in `fourth`; 0 is the constant 1, variable v is v + 1. */
size_t npsi_quadruple(int a, int b, int c, int d);

#endif
