#include <nps/drivers.h>

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "drivers_internal.h"
#include "struct_internal.h"

_Static_assert(sizeof(npsi_drivers_head) == 23 * sizeof(uint64_t), "a state is an array of words");
_Static_assert(sizeof(npsi_drivers_sum) == 2 * sizeof(uint64_t), "a state is an array of words");
_Static_assert(offsetof(npsi_drivers_block, sums) == sizeof(uint64_t), "a state is an array of words");
_Static_assert(sizeof(nps_drivers) % sizeof(uint64_t) == 0, "the state follows, aligned");

/* Into `out`, whose columns are known to be few enough. */
static int read_contrasts(const nps_drivers_options *known, npsi_drivers_shape *out)
{
    if (known->low == NULL || known->high == NULL) return NPS_ERR_ARGUMENT;
    for (int32_t i = 0; i < known->ratings; i++) {
        out->low[i] = known->low[i];
        out->high[i] = known->high[i];
        if (!(isfinite(known->low[i]) && isfinite(known->high[i]) && known->low[i] < known->high[i]))
            return NPS_ERR_ARGUMENT;
    }
    return NPS_OK;
}

int npsi_drivers_shape_of(const nps_drivers_options *options, npsi_drivers_shape *out)
{
    nps_drivers_options known;
    int status = npsi_struct_read(options, &known, sizeof known);
    if (status != NPS_OK) return status;
    int contrasts = known.low != NULL || known.high != NULL;
    if (known.ratings < 1 || known.ratings > NPS_MAX_DRIVERS >> contrasts) return NPS_ERR_ARGUMENT;
    if (((known.explains | known.missing | known.robust) & ~1) != 0) return NPS_ERR_ARGUMENT;
    *out = (npsi_drivers_shape){
        .ratings = known.ratings,
        .columns = known.ratings << contrasts,
        .explains = known.explains,
        .is_pairwise = known.missing,
        .is_robust = known.robust,
        .has_contrasts = contrasts,
    };
    if (out->is_robust && (out->is_pairwise || out->columns > NPS_MAX_DRIVERS_ROBUST)) return NPS_ERR_ARGUMENT;
    if (contrasts) status = read_contrasts(&known, out);
    if (status != NPS_OK) return status;
    nps_scale_standard(&out->scale);
    if (known.scale != NULL) out->scale = *known.scale;
    return nps_scale_check(&out->scale);
}

int npsi_drivers_shape_match(const npsi_drivers_shape *a, const npsi_drivers_shape *b)
{
    int same = a->ratings == b->ratings && a->columns == b->columns && a->explains == b->explains &&
               a->is_pairwise == b->is_pairwise && a->is_robust == b->is_robust;
    for (int32_t i = 0; same && a->has_contrasts && i < a->ratings; i++)
        same = a->low[i] == b->low[i] && a->high[i] == b->high[i];
    if (!same) return NPS_ERR_TYPE;
    return nps_scale_equal(&a->scale, &b->scale) ? NPS_OK : NPS_ERR_SCALE;
}

static size_t drivers_bytes(const npsi_drivers_shape *shape)
{
    return sizeof(nps_drivers) + npsi_drivers_state_bytes(shape);
}

int npsi_drivers_make(const nps_allocator *allocator, const npsi_drivers_shape *shape, nps_drivers **out)
{
    nps_allocator chosen = npsi_allocator_or_default(allocator);
    size_t bytes = drivers_bytes(shape);
    nps_drivers *made = npsi_resize(&chosen, NULL, 0, 1, bytes);
    if (made == NULL) return NPS_ERR_MEMORY;
    memset(made, 0, bytes);
    *made = (nps_drivers){chosen, *shape, made + 1};
    *out = made;
    return NPS_OK;
}

int nps_drivers_new(const nps_drivers_options *options, nps_drivers **out)
{
    nps_drivers_options known;
    npsi_drivers_shape shape;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_struct_read(options, &known, sizeof known);
    if (status == NPS_OK) status = npsi_drivers_shape_of(options, &shape);
    return status == NPS_OK ? npsi_drivers_make(known.allocator, &shape, out) : status;
}

void nps_drivers_free(nps_drivers *drivers)
{
    if (drivers == NULL) return;
    nps_allocator allocator = drivers->allocator;
    npsi_resize(&allocator, drivers, 1, 0, drivers_bytes(&drivers->shape));
}

int nps_drivers_copy(const nps_drivers *drivers, nps_drivers **out)
{
    if (drivers == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_drivers_make(&drivers->allocator, &drivers->shape, out);
    if (status == NPS_OK) memcpy((*out)->state, drivers->state, npsi_drivers_state_bytes(&drivers->shape));
    return status;
}

int nps_drivers_shape(const nps_drivers *drivers, nps_drivers_options *out)
{
    if (drivers == NULL || !npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    const npsi_drivers_shape *shape = &drivers->shape;
    nps_drivers_options known = {
        .ratings = shape->ratings,
        .explains = shape->explains,
        .missing = shape->is_pairwise,
        .robust = shape->is_robust,
        .scale = &shape->scale,
        .low = shape->has_contrasts ? shape->low : NULL,
        .high = shape->has_contrasts ? shape->high : NULL,
        .allocator = &drivers->allocator,
    };
    npsi_struct_write(out, &known, sizeof known);
    return NPS_OK;
}

int32_t nps_drivers_columns(const nps_drivers *drivers)
{
    return drivers == NULL ? 0 : drivers->shape.columns;
}

static int change(nps_drivers *drivers, double answer, const double *ratings, double weight, int sign)
{
    if (drivers == NULL || ratings == NULL) return NPS_ERR_ARGUMENT;
    return npsi_drivers_state_add(&drivers->shape, drivers->state, answer, ratings, weight, sign);
}

int nps_drivers_add(nps_drivers *drivers, double answer, const double *ratings, double weight)
{
    return change(drivers, answer, ratings, weight, 1);
}

int nps_drivers_remove(nps_drivers *drivers, double answer, const double *ratings, double weight)
{
    return change(drivers, answer, ratings, weight, -1);
}

int nps_drivers_merge(nps_drivers *into, const nps_drivers *from)
{
    if (into == NULL || from == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_drivers_shape_match(&into->shape, &from->shape);
    return status == NPS_OK ? npsi_drivers_state_merge(&into->shape, into->state, from->state) : status;
}

int nps_drivers_subtract(nps_drivers *from, const nps_drivers *taken)
{
    if (from == NULL || taken == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_drivers_shape_match(&from->shape, &taken->shape);
    return status == NPS_OK ? npsi_drivers_state_subtract(&from->shape, from->state, taken->state) : status;
}

int nps_drivers_count(const nps_drivers *drivers, nps_drivers_rows *out)
{
    if (drivers == NULL || !npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    const uint64_t *rows = ((const npsi_drivers_head *)drivers->state)->rows;
    nps_drivers_rows known = {
        .complete = rows[NPSI_ROW_COMPLETE],
        .incomplete = rows[NPSI_ROW_INCOMPLETE],
        .unanswered = rows[NPSI_ROW_UNANSWERED],
        .zero = rows[NPSI_ROW_ZERO],
    };
    npsi_struct_write(out, &known, sizeof known);
    return NPS_OK;
}

int nps_drivers_missing(const nps_drivers *drivers, int32_t rating, uint64_t *out)
{
    if (drivers == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (rating < 0 || rating >= drivers->shape.ratings) return NPS_ERR_NOT_FOUND;
    *out = npsi_drivers_missing(drivers->state)[rating];
    return NPS_OK;
}

int nps_drivers_tally(const nps_drivers *drivers, nps_tally *out)
{
    if (drivers == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    npsi_drivers_state_tally(&drivers->shape, drivers->state, out);
    return NPS_OK;
}
