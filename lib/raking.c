#include <nps/raking.h>

#include <math.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "column_internal.h"
#include "double_double_internal.h"
#include "raking_internal.h"
#include "struct_internal.h"

static int read_options(const nps_rake_options *given, nps_rake_options *out)
{
    int status = npsi_struct_read(given, out, sizeof *out);
    if (status != NPS_OK) return status;
    if (out->tolerance == 0) out->tolerance = 1e-10;
    if (out->rounds == 0) out->rounds = 1000;
    int sound = out->total >= 0 && out->total < HUGE_VAL && out->lowest >= 0 && out->lowest <= 1 &&
                (out->highest == 0 || (out->highest >= 1 && out->highest < HUGE_VAL)) && out->tolerance > 0 &&
                out->tolerance < 1;
    return sound ? NPS_OK : NPS_ERR_ARGUMENT;
}

/* Margins as far as can be seen without rows, and how many categories they have. */
static int read_margins(npsi_raking *raking)
{
    for (size_t m = 0; m < raking->margin_count; m++) {
        const nps_margin *margin = raking->margins + m;
        if (margin->columns == NULL || margin->keys == NULL || margin->totals == NULL) return NPS_ERR_ARGUMENT;
        if (margin->dimensions < 1 || margin->dimensions > NPS_MAX_DIMENSIONS) return NPS_ERR_ARGUMENT;
        if (margin->reserved != 0 || margin->count == 0) return NPS_ERR_ARGUMENT;
        for (int32_t d = 0; d < margin->dimensions; d++)
            if (margin->columns[d].length != raking->rows) return NPS_ERR_ARGUMENT;
        /* A segment's index has 31 bits. */
        if (margin->count > INT32_MAX - raking->category_count) return NPS_ERR_LIMIT;
        raking->category_count += margin->count;
    }
    return raking->margin_count > INT32_MAX ? NPS_ERR_LIMIT : NPS_OK;
}

static void note_weight(npsi_raking *raking, double weight, npsi_dd *sum, npsi_dd *squares)
{
    nps_rake_report *report = &raking->report;
    if (!(weight >= report->smallest)) report->smallest = weight;
    if (!(weight <= report->largest)) report->largest = weight;
    *sum = npsi_dd_add(*sum, npsi_dd_from(weight));
    *squares = npsi_dd_add(*squares, npsi_dd_product(weight, weight));
    report->at_bounds += (raking->options.lowest > 0 && weight == raking->floor) ||
                         (raking->options.highest > 0 && weight == raking->ceiling);
}

/* The weights, and what the report says of them. */
static void write_weights(npsi_raking *raking, double *weights)
{
    nps_rake_report *report = &raking->report;
    npsi_dd sum = {0, 0}, squares = {0, 0};
    double n = (double)raking->weighted;
    for (size_t i = 0; i < raking->rows; i++) weights[i] = 0;
    for (size_t cell = 0; cell < raking->cell_count; cell++) {
        double factor = npsi_rake_factor(raking, cell);
        for (size_t i = raking->cell[cell]; i < raking->cell[cell + 1]; i++) {
            double raw = raking->ascending[i] * factor;
            double weight = raw < raking->floor ? raking->floor : raw > raking->ceiling ? raking->ceiling : raw;
            note_weight(raking, weight, &sum, &squares);
            weights[raking->order[i]] = ldexp(weight, raking->shift);
        }
    }
    report->smallest *= n / sum.high;
    report->largest *= n / sum.high;
    report->effective_size = npsi_dd_divide(npsi_dd_multiply(sum, sum), squares).high;
    report->design_effect = npsi_dd_divide(npsi_dd_scale(squares, n), npsi_dd_multiply(sum, sum)).high;
}

static int rake(npsi_raking *raking, const nps_column *base, double *weights)
{
    int status = npsi_rake_read(raking, base);
    if (status == NPS_OK) status = npsi_rake_gather(raking);
    if (status == NPS_OK) {
        status = npsi_rake_solve(raking);
        write_weights(raking, weights);
    }
    npsi_rake_close(raking);
    return status;
}

int nps_rake(const nps_margin *margins, size_t margin_count, const nps_column *base, uint64_t rows,
             const nps_rake_options *options, double *weights, nps_rake_report *report)
{
    npsi_raking raking = {.margins = margins, .margin_count = margin_count, .rows = (size_t)rows};
    raking.report = (nps_rake_report){.distance = (double)NAN,
                                      .smallest = (double)NAN,
                                      .largest = (double)NAN,
                                      .effective_size = (double)NAN,
                                      .design_effect = (double)NAN};
    if (margins == NULL || margin_count == 0 || weights == NULL) return NPS_ERR_ARGUMENT;
    if (raking.rows != rows || (report != NULL && !npsi_struct_takes(report))) return NPS_ERR_ARGUMENT;
    int status = read_options(options, &raking.options);
    if (status == NPS_OK) status = read_margins(&raking);
    if (status == NPS_OK && base != NULL) status = npsi_column_open(base);
    if (status == NPS_OK && base != NULL && base->length != rows) status = NPS_ERR_ARGUMENT;
    if (status != NPS_OK) return status;
    raking.bounded = raking.options.lowest > 0 || raking.options.highest > 0;
    raking.allocator = npsi_allocator_or_default(raking.options.allocator);
    status = rake(&raking, base, weights);
    if (report != NULL && (status == NPS_OK || raking.report.fault != NPS_RAKE_FINE))
        npsi_struct_write(report, &raking.report, sizeof raking.report);
    return status;
}
