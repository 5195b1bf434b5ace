/* What raking starts from: totals, base weights, and the category of each row in each margin. */
#include "raking_internal.h"

#include <math.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "column_internal.h"
#include "double_double_internal.h"
#include "segments_internal.h"
#include "segments_key_rows_internal.h"

/* Sums of margins that differ by more than this part of the first do not belong together. */
#define SAME_SUM 1e-9

int npsi_rake_fault(npsi_raking *raking, int32_t fault, size_t margin, uint64_t category, int status)
{
    raking->report.fault = fault;
    raking->report.margin = (int32_t)margin;
    raking->report.category = category;
    return status;
}

static int row_fault(npsi_raking *raking, int32_t fault, size_t margin, uint64_t row, int status)
{
    raking->report.row = row;
    return npsi_rake_fault(raking, fault, margin, 0, status);
}

/* Base weights times a power of two. One that is lost next to the largest counts as 0. */
static int read_base(npsi_raking *raking, const nps_column *base)
{
    double largest = 0;
    int status = base == NULL ? NPS_OK : npsi_column_doubles(base, 0, raking->rows, raking->base);
    if (status != NPS_OK) return status;
    for (size_t i = 0; i < raking->rows; i++) {
        if (base == NULL) raking->base[i] = 1;
        if (!(raking->base[i] >= 0 && raking->base[i] < HUGE_VAL))
            return row_fault(raking, NPS_RAKE_WEIGHT, 0, i, NPS_ERR_RANGE);
        if (raking->base[i] > largest) largest = raking->base[i];
    }
    int exponent;
    (void)frexp(largest, &exponent);
    for (size_t i = 0; i < raking->rows; i++) {
        raking->base[i] = ldexp(raking->base[i], -exponent);
        raking->weighted += raking->base[i] > 0;
    }
    return NPS_OK;
}

/* Adds up a margin's totals. */
static int sum_totals(npsi_raking *raking, size_t m, double *sum)
{
    const nps_margin *margin = raking->margins + m;
    npsi_dd whole = {0, 0};
    for (size_t c = 0; c < margin->count; c++) {
        whole = npsi_dd_add(whole, npsi_dd_from(margin->totals[c]));
        if (!(margin->totals[c] > 0 && whole.high < HUGE_VAL))
            return npsi_rake_fault(raking, NPS_RAKE_TOTAL, m, c, NPS_ERR_RANGE);
    }
    *sum = whole.high;
    return NPS_OK;
}

/* The totals, brought to the one sum of all margins and to the power of two. */
static int read_totals(npsi_raking *raking)
{
    double wanted = raking->options.total, first_sum = 0, sum;
    int exponent, size;
    npsi_category *category = raking->category;
    (void)frexp((double)raking->weighted, &size);
    for (size_t m = 0; m < raking->margin_count; m++) {
        int status = sum_totals(raking, m, &sum);
        if (status != NPS_OK) return status;
        if (m == 0) first_sum = sum;
        if (raking->options.total == 0 && fabs(sum - first_sum) > SAME_SUM * first_sum)
            return npsi_rake_fault(raking, NPS_RAKE_SUMS, m, 0, NPS_ERR_RANGE);
        if (wanted == 0) wanted = first_sum;
        double ratio = frexp(wanted, &raking->shift) / frexp(sum, &exponent);
        for (size_t c = 0; c < raking->margins[m].count; c++, category++)
            category->total = ldexp(raking->margins[m].totals[c], size - exponent) * ratio;
    }
    raking->ceiling = ldexp(wanted, size - raking->shift);
    raking->shift -= size;
    return NPS_OK;
}

/* A container with a margin's categories, whose indexes are theirs. */
static int place_targets(npsi_raking *raking, size_t m, nps_segments **targets)
{
    const nps_margin *margin = raking->margins + m;
    nps_segments_options options = {
        .struct_size = sizeof options, .dimensions = margin->dimensions, .allocator = raking->options.allocator};
    int status = nps_segments_new(&options, targets);
    for (size_t c = 0; status == NPS_OK && c < margin->count; c++) {
        const nps_key *key = margin->keys + c * (size_t)margin->dimensions;
        size_t index = c;
        status = npsi_key_check(key, margin->dimensions, 0);
        if (status == NPS_OK) status = npsi_segments_place(*targets, key, &index);
        if (status == NPS_OK && index != c) status = npsi_rake_fault(raking, NPS_RAKE_TWICE, m, c, NPS_ERR_SCALE);
    }
    return status;
}

/* Notes the categories of a block. A row without a weight needs none. */
static int set_codes(npsi_raking *raking, size_t m, size_t offset, size_t first, size_t count, const uint32_t *index)
{
    for (size_t i = 0; i < count; i++) {
        if (raking->base[first + i] <= 0) continue;
        if (index[i] >= raking->margins[m].count)
            return row_fault(raking, NPS_RAKE_NO_TARGET, m, first + i, NPS_ERR_NOT_FOUND);
        raking->code[(first + i) * raking->margin_count + m] = (uint32_t)(offset + index[i]);
        raking->category[offset + index[i]].members++;
    }
    return NPS_OK;
}

/* A key above INT64_MAX is one for which there is no target. */
static int read_codes(npsi_raking *raking, size_t m, size_t offset, npsi_key_rows *rows)
{
    static const uint32_t none = UINT32_MAX;
    uint32_t index[NPSI_BLOCK];
    size_t good;
    for (size_t first = 0; first < raking->rows; first += good) {
        size_t count = raking->rows - first < NPSI_BLOCK ? raking->rows - first : NPSI_BLOCK;
        int fault = npsi_key_rows_resolve(rows, first, count, index, &good);
        int status = set_codes(raking, m, offset, first, good, index);
        if (status == NPS_OK && fault == NPS_ERR_RANGE)
            status = set_codes(raking, m, offset, first + good++, 1, &none);
        else if (status == NPS_OK)
            status = fault;
        if (status != NPS_OK) return status;
    }
    return NPS_OK;
}

static int read_margin(npsi_raking *raking, size_t m, size_t offset)
{
    nps_segments *targets = NULL;
    npsi_key_rows rows;
    int status = place_targets(raking, m, &targets);
    if (status == NPS_OK) status = npsi_key_rows_open(&rows, targets, raking->margins[m].columns, raking->rows);
    if (status == NPS_OK) {
        status = read_codes(raking, m, offset, &rows);
        npsi_key_rows_close(&rows);
    }
    nps_segments_free(targets);
    return status;
}

/* Each category has somebody, and a total that the bounds let it reach. */
static int check_categories(npsi_raking *raking)
{
    const nps_rake_options *options = &raking->options;
    const npsi_category *category = raking->category;
    double mean = raking->ceiling / (double)raking->weighted;
    raking->floor = options->lowest * mean;
    if (options->highest > 0) raking->ceiling = options->highest * mean;
    for (size_t m = 0; m < raking->margin_count; m++) {
        for (size_t c = 0; c < raking->margins[m].count; c++, category++) {
            double members = (double)category->members, slack = options->tolerance * category->total;
            if (members == 0) return npsi_rake_fault(raking, NPS_RAKE_NOBODY, m, c, NPS_ERR_EMPTY);
            if (category->total + slack < members * raking->floor ||
                category->total - slack > members * raking->ceiling)
                return npsi_rake_fault(raking, NPS_RAKE_BOUNDS, m, c, NPS_ERR_RANGE);
        }
    }
    return NPS_OK;
}

static int allocate(npsi_raking *raking)
{
    const nps_allocator *allocator = &raking->allocator;
    if (raking->rows > SIZE_MAX / raking->margin_count) return NPS_ERR_MEMORY;
    size_t codes = raking->rows * raking->margin_count;
    raking->category = npsi_resize(allocator, NULL, 0, raking->category_count, sizeof *raking->category);
    raking->base = npsi_resize(allocator, NULL, 0, raking->rows, sizeof *raking->base);
    raking->code = npsi_resize(allocator, NULL, 0, codes, sizeof *raking->code);
    if (raking->category == NULL) return NPS_ERR_MEMORY;
    if (raking->rows > 0 && (raking->base == NULL || raking->code == NULL)) return NPS_ERR_MEMORY;
    for (size_t c = 0; c < raking->category_count; c++) raking->category[c] = (npsi_category){.factor = 1};
    return NPS_OK;
}

int npsi_rake_read(npsi_raking *raking, const nps_column *base)
{
    size_t offset = 0;
    int status = allocate(raking);
    if (status == NPS_OK) status = read_base(raking, base);
    if (status == NPS_OK) status = read_totals(raking);
    for (size_t m = 0; status == NPS_OK && m < raking->margin_count; offset += raking->margins[m++].count)
        status = read_margin(raking, m, offset);
    return status == NPS_OK ? check_categories(raking) : status;
}
