/*
 * The samples as a walk: the passives are binomial, and so are the detractors among the others. Each binomial is gone
 * through from its mode outwards by the ratio of neighbours, in each direction until the rest cannot matter.
 */
#include <nps/audit.h>

#include <math.h>

#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "special_internal.h"
#include "struct_internal.h"

#define LARGEST_SIZE  1000000
#define NEGLIGIBLE    1e-15 /* probability of all samples passed over */
#define ENDS          4     /* half of it on either side of the passives, half on either side of all rows */
#define SLACK         1e-10 /* points */
#define SUM_TOLERANCE 1e-9

typedef struct binomial {
    double trials, share, rest; /* the shares of what is counted and of all else */
} binomial;

typedef struct audit {
    double size, truth; /* answers; points */
    double passives;    /* of the row that is being gone through */
    double negligible;  /* at either end of a row */
    double rows;
    binomial every, others; /* passives among all, detractors among the others */
    int32_t method;
    double level;
    nps_audit_result row, total;
} audit;

/* From the smaller share: of the two it has the digits. */
static double probability_of(const binomial *b, double count)
{
    double others = b->trials - count;
    double density = b->share <= b->rest ? npsi_beta_pdf(b->share, count + 1, others + 1)
                                         : npsi_beta_pdf(b->rest, others + 1, count + 1);
    return density / (b->trials + 1);
}

typedef int visitor(audit *of, double count, double probability);

/* Visits the counts on one side of `count`, whose probability is given. Ratios fall, so that what is left is less than
 * a geometric series. */
static int visit_side(const binomial *b, double count, double probability, double step, double negligible,
                      visitor *visit, audit *of)
{
    double odds = b->share / b->rest, end = step > 0 ? b->trials : 0;
    while (count != end) {
        double ratio = step > 0 ? (b->trials - count) / (count + 1) * odds : count / (b->trials - count + 1) / odds;
        if (probability * ratio <= negligible * (1 - ratio)) break;
        count += step, probability *= ratio;
        int status = visit(of, count, probability);
        if (status != NPS_OK) return status;
    }
    return NPS_OK;
}

/* Visits all counts but for negligible ones at either end, each with its probability times the given one. */
static int visit_counts(const binomial *b, double probability, double negligible, visitor *visit, audit *of)
{
    double mode = fmin(floor((b->trials + 1) * b->share), b->trials);
    probability *= probability_of(b, mode);
    int status = visit(of, mode, probability);
    if (status == NPS_OK) status = visit_side(b, mode, probability, 1, negligible, visit, of);
    if (status == NPS_OK) status = visit_side(b, mode, probability, -1, negligible, visit, of);
    return status;
}

static int visit_sample(audit *of, double detractors, double probability)
{
    double lower, upper;
    nps_sample sample;
    int status = nps_sample_from_counts(detractors, of->passives, of->others.trials - detractors, &sample);
    if (status == NPS_OK) status = nps_interval(&sample, of->method, of->level, &lower, &upper);
    if (status != NPS_OK) return status;
    if (of->truth < lower - SLACK)
        of->row.miss_below += probability;
    else if (of->truth > upper + SLACK)
        of->row.miss_above += probability;
    else
        of->row.coverage += probability;
    of->row.width += probability * (upper - lower);
    return NPS_OK;
}

static int count_row(audit *of, double passives, double probability)
{
    (void)passives, (void)probability;
    of->rows++;
    return NPS_OK;
}

static int visit_row(audit *of, double passives, double probability)
{
    nps_audit_result *row = &of->row, *total = &of->total;
    *row = (nps_audit_result){0};
    of->passives = passives;
    of->others.trials = of->size - passives;
    int status = visit_counts(&of->others, probability, of->negligible, visit_sample, of);
    total->coverage += row->coverage;
    total->width += row->width;
    total->miss_below += row->miss_below;
    total->miss_above += row->miss_above;
    return status;
}

int nps_audit(const double *shares, uint64_t size, int32_t method, double level, nps_audit_result *out)
{
    if (shares == NULL || !npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    double d = shares[0], p = shares[1], r = shares[2], sum = (d + r) + p;
    if (!(d >= 0 && p >= 0 && r >= 0 && fabs(sum - 1) <= SUM_TOLERANCE)) return NPS_ERR_RANGE;
    if (size < 1 || size > LARGEST_SIZE) return NPS_ERR_LIMIT;

    audit of = {.size = (double)size, .truth = 100 * (r - d) / sum, .method = method, .level = level};
    of.every = (binomial){of.size, p / sum, (d + r) / sum};
    of.others = d + r > 0 ? (binomial){0, d / (d + r), r / (d + r)} : (binomial){0, 0, 1};
    int status = visit_counts(&of.every, 1, NEGLIGIBLE / ENDS, count_row, &of);
    of.negligible = NEGLIGIBLE / ENDS / of.rows;
    if (status == NPS_OK) status = visit_counts(&of.every, 1, NEGLIGIBLE / ENDS, visit_row, &of);
    if (status != NPS_OK) return status;
    of.total.coverage = fmin(1, of.total.coverage);
    npsi_struct_write(out, &of.total, sizeof of.total);
    return NPS_OK;
}
