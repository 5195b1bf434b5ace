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
    uint64_t high, low, wide[4] = {0};
    int status = npsi_weight_read(weight, &read);
    if (status != NPS_OK) return status;
    row->w = ldexp((double)read.mantissa, (int)read.shift - 64);
    npsi_add_shifted(wide + read.shift / 64, read.mantissa, 0, read.shift % 64);
    memcpy(row->weight, wide, sizeof row->weight);
    low = npsi_multiply(read.mantissa, read.mantissa, &high);
    memset(row->square, 0, sizeof row->square);
    npsi_add_shifted(row->square + 2 * read.shift / 64, low, high, 2 * read.shift % 64);
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

/* What kind of row it is, once its weight is known where it is needed. */
static void classify(const npsi_drivers_shape *shape, int answered, int32_t present, npsi_drivers_row *row)
{
    int weighs = row->w > 0, complete = answered && present == shape->ratings;
    row->kind = NPSI_ROW_UNANSWERED;
    if (answered) row->kind = !weighs ? NPSI_ROW_ZERO : complete ? NPSI_ROW_COMPLETE : NPSI_ROW_INCOMPLETE;
    row->takes_part = weighs && complete;
    if (shape->is_pairwise) row->takes_part = weighs && (answered || present << shape->has_contrasts > 1);
    row->is_whole = !row->takes_part || read_whole(row, (size_t)shape->columns + 2);
}

int npsi_drivers_row_read(const npsi_drivers_shape *shape, double answer, int code, const double *ratings,
                          double weight, npsi_drivers_row *out)
{
    int possible = is_possible(shape, answer), answered = answer == answer, status = NPS_OK;
    int32_t present = 0;
    for (int32_t i = 0; i < shape->ratings; i++) {
        possible &= is_possible(shape, ratings[i]);
        present += ratings[i] == ratings[i];
    }
    if (!possible) return NPS_ERR_RANGE;
    double *last = out->z + 1 + shape->columns;
    *last = answer;
    if (answered && shape->explains == NPS_DRIVERS_CLASS) {
        if (code == NPSI_CODE_INVALID) return NPS_ERR_RANGE;
        *last = nps_classify(&shape->scale, shape->scale.lowest + code);
    }
    if ((answered || shape->is_pairwise) && weight != out->w) status = read_weight(weight, out);
    if (status != NPS_OK) return status;
    out->z[0] = 1;
    read_columns(shape, ratings, out->z + 1);
    out->ratings = ratings;
    out->code = code;
    classify(shape, answered, present, out);
    return NPS_OK;
}
