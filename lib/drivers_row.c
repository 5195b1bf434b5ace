/* One row of ratings: read, and added to a state. */
#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "drivers_internal.h"
#include "weighted_internal.h"
#include "wide_internal.h"

#define LARGEST_WHOLE  ((double)(1 << 20))
#define LARGEST        1e100
#define LARGEST_ROBUST 1e60 /* the fourth power is a double */

#define LARGEST_DIAGONAL ((double)(UINT64_C(1) << 62))

static int is_possible(const npsi_drivers_shape *shape, double value)
{
    return !(fabs(value) > (shape->is_robust ? LARGEST_ROBUST : LARGEST));
}

static void read_columns(const npsi_drivers_shape *shape, const double *ratings, double *columns)
{
    if (!shape->has_contrasts) {
        memcpy(columns, ratings, (size_t)shape->ratings * sizeof *columns);
        return;
    }
    for (int32_t i = 0; i < shape->ratings; i++) {
        int missing = ratings[i] != ratings[i];
        columns[2 * i] = missing ? ratings[i] : ratings[i] <= shape->low[i];
        columns[2 * i + 1] = missing ? ratings[i] : ratings[i] >= shape->high[i];
    }
}

static int read_weight(double weight, npsi_drivers_row *row)
{
    npsi_weight read;
    int status = npsi_weight_read(weight, &read);
    if (status != NPS_OK) return status;
    row->w = ldexp((double)read.mantissa, (int)read.shift - 64);
    row->weight[0] = npsi_multiply(read.mantissa, UINT64_C(1) << read.shift % 64, &row->weight[1]);
    if (read.shift >= 64) {
        row->weight[1] = row->weight[0];
        row->weight[0] = 0;
    }
    return NPS_OK;
}

/* The values as whole numbers; 0 when one is none or too large. */
static int read_whole(npsi_drivers_row *row, size_t variables)
{
    double largest = 1;
    int whole = 1;
    for (size_t i = 0; i < variables; i++) {
        double value = row->z[i], size = fabs(value);
        row->whole[i] = size <= LARGEST_WHOLE ? (int64_t)value : 0;
        whole &= value != value || (double)row->whole[i] == value;
        if (size > largest) largest = size;
    }
    return whole && row->w * (largest * largest) < LARGEST_DIAGONAL;
}

/* What the row counts as, once its weight is known where it is needed. */
static void count(const npsi_drivers_shape *shape, const double *ratings, int32_t present, int code,
                  npsi_drivers_row *row)
{
    npsi_drivers_head *head = (npsi_drivers_head *)row->counts;
    uint64_t *missing = npsi_drivers_missing(head);
    int answered = code != NPSI_CODE_MISSING, weighs = row->w > 0, complete = present == shape->ratings, kind;
    kind = !answered  ? NPSI_ROW_UNANSWERED
           : !weighs  ? NPSI_ROW_ZERO
           : complete ? NPSI_ROW_COMPLETE
                      : NPSI_ROW_INCOMPLETE;
    memset(head, 0, sizeof *head);
    head->rows[kind] = 1;
    for (int32_t i = 0; i < shape->ratings; i++) missing[i] = kind == NPSI_ROW_INCOMPLETE && ratings[i] != ratings[i];
    row->takes_part = kind == NPSI_ROW_COMPLETE;
    if (shape->is_pairwise) row->takes_part = weighs && (answered || present << shape->has_contrasts > 1);
    if (row->takes_part && answered) head->codes[code] = 1;
    if (kind == NPSI_ROW_COMPLETE && !shape->is_pairwise)
        npsi_wide_multiply(row->weight, 2, row->weight, 2, head->square);
    row->is_whole = !row->takes_part || read_whole(row, (size_t)shape->columns + 2);
}

int npsi_drivers_row_read(const npsi_drivers_shape *shape, double answer, int code, const double *ratings,
                          double weight, npsi_drivers_row *out)
{
    int possible = is_possible(shape, answer), is_class = shape->explains == NPS_DRIVERS_CLASS, status = NPS_OK;
    int32_t present = 0;
    for (int32_t i = 0; i < shape->ratings; i++) {
        possible &= is_possible(shape, ratings[i]);
        present += ratings[i] == ratings[i];
    }
    if (!possible || (is_class && code == NPSI_CODE_INVALID)) return NPS_ERR_RANGE;
    if ((code != NPSI_CODE_MISSING || shape->is_pairwise) && weight != out->w) status = read_weight(weight, out);
    if (status != NPS_OK) return status;
    out->z[0] = 1;
    read_columns(shape, ratings, out->z + 1);
    out->z[1 + shape->columns] =
        is_class && code != NPSI_CODE_MISSING ? nps_classify(&shape->scale, shape->scale.lowest + code) : answer;
    count(shape, ratings, present, code, out);
    return NPS_OK;
}
