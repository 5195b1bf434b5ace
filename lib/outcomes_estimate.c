/*
 * What outcomes say: means, rates, differences, correlations; and earned growth.
 *
 * Everything is a ratio of determinants of sums, and no digits are lost where these cancel. With W, Q, S, SS the sums
 * of w, w w, w y, w y y, and H, HH those of w w y, w w y y:
 *
 *   variance              (W SS - S^2) / (W^2 - Q)
 *   sum of w w (y - m)^2  ((Q HH - H^2) + (H W - S Q)^2 / W^2) / Q,   m = S / W
 */
#include <nps/outcomes.h>

#include <math.h>

#include <nps/status.h>

#include "compare_internal.h"
#include "double_double_internal.h"
#include "interval_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* Of equal terms the sum is off by no more than this part of it for each, up to some number: nobody adds more one by
 * one. A spread below that, or below the least, is none. */
#define ROUNDING     0x1p-105
#define FEW_TERMS    8
#define MOST_TERMS   0x1p40
#define LEAST_SPREAD 1e-250

#define MOST_NUMBER 1e100
#define MOST_WEIGHT 0x1p64

/* a b - c d, rounded but once where the factors are exact. Each pass takes the terms up into the last one, and leaves
 * in the others what that lost (Ogita, Rump and Oishi 2005); two, and a sum of two doubles, hold the 212 bits that
 * products of these have. */
static npsi_dd determinant(const npsi_dd *a, const npsi_dd *b, const npsi_dd *c, const npsi_dd *d)
{
    const double left[] = {a->high, a->low, -c->high, -c->low}, right[] = {b->high, b->low, d->high, d->low};
    npsi_dd sum = {0, 0};
    double term[16];
    for (int i = 0; i < 8; i++) {
        npsi_dd product = npsi_dd_product(left[i / 2], right[i / 4 * 2 + i % 2]);
        term[2 * i] = product.high;
        term[2 * i + 1] = product.low;
    }
    for (int i = 0; i < 2 * 16; i++) {
        if (i % 16 == 0) continue;
        npsi_dd both = npsi_dd_sum(term[i % 16 - 1], term[i % 16]);
        term[i % 16 - 1] = both.low;
        term[i % 16] = both.high;
    }
    for (int i = 0; i < 16; i++) sum = npsi_dd_add(sum, npsi_dd_from(term[i]));
    return sum;
}

static void add_times(npsi_dd *sum, const double pair[2], double factor)
{
    *sum = npsi_dd_add(*sum, npsi_dd_scale((npsi_dd){pair[0], pair[1]}, factor));
}

int nps_answers_of_class(const nps_scale *scale, int32_t category, nps_answers *out)
{
    nps_scale known;
    nps_scale_standard(&known);
    if (out == NULL) return NPS_ERR_ARGUMENT;
    if (scale != NULL) known = *scale;
    if (nps_scale_check(&known) != NPS_OK) return NPS_ERR_SCALE;
    if (category < NPS_DETRACTOR || category > NPS_PROMOTER) return NPS_ERR_RANGE;
    out->lowest = category < 0 ? known.lowest : category > 0 ? known.promoter_min : known.detractor_max + 1;
    out->highest = category < 0 ? known.detractor_max : category > 0 ? known.highest : known.promoter_min - 1;
    return NPS_OK;
}

enum { WEIGHT, SQUARED, X, Y, XX, XY, YY, PAIR_SUMS, HEAVY_Y = PAIR_SUMS, HEAVY_YY, SUMS };

/* Over n people, or pairs: what the names say times the weight, the heavy ones times its square. */
typedef struct totals {
    uint64_t n, binary, missing;
    npsi_dd of[SUMS];
} totals;

/* The outcomes are y; x is the answer above the lowest, or its class. A range without any answer is one of
 * nps_answers_of_class. */
static int sum_up(const nps_outcomes *outcomes, const nps_answers *answers, int by_class, totals *out)
{
    const nps_scale *scale = &outcomes->scale;
    nps_answers range = {scale->lowest, scale->highest};
    if (answers != NULL) range = *answers;
    if (range.lowest < scale->lowest || range.highest > scale->highest || range.lowest > range.highest + 1)
        return NPS_ERR_ARGUMENT;
    *out = (totals){.n = 0};
    for (int32_t answer = range.lowest; answer <= range.highest; answer++) {
        const nps_outcome_sums *at = outcomes->level + (answer - scale->lowest);
        double x = by_class ? nps_classify(scale, answer) : answer - scale->lowest;
        out->n += at->n;
        out->binary += at->binary;
        out->missing += at->missing;
        add_times(out->of + WEIGHT, at->weight, 1);
        add_times(out->of + SQUARED, at->squared, 1);
        add_times(out->of + X, at->weight, x);
        add_times(out->of + Y, at->sum, 1);
        add_times(out->of + XX, at->weight, x * x);
        add_times(out->of + XY, at->sum, x);
        add_times(out->of + YY, at->squares, 1);
        add_times(out->of + HEAVY_Y, at->heavy_sum, 1);
        add_times(out->of + HEAVY_YY, at->heavy_squares, 1);
    }
    return out->n == 0 ? NPS_ERR_EMPTY : NPS_OK;
}

static double effective_size(const totals *sums)
{
    const npsi_dd weight = sums->of[WEIGHT], ratio = npsi_dd_divide(weight, sums->of[SQUARED]);
    return npsi_dd_multiply(weight, ratio).high;
}

/* The weight squared times the variance of x or y. */
static npsi_dd spread_of(const totals *sums, int sum, int squares)
{
    const npsi_dd *of = sums->of;
    npsi_dd spread = determinant(of + WEIGHT, of + squares, of + sum, of + sum);
    double rounding = (fmin((double)sums->n, MOST_TERMS) + FEW_TERMS) * ROUNDING;
    return spread.high > of[WEIGHT].high * of[squares].high * rounding + LEAST_SPREAD ? spread : npsi_dd_from(0);
}

/* What there is to say of some answers. */
typedef struct summary {
    totals sums;
    npsi_dd mean;
    nps_outcome_estimate estimate; /* but its bounds */
    double df;
    nps_sample rate; /* zeros and ones as detractors and promoters, of the effective size */
} summary;

static void summarise_rate(summary *s)
{
    const npsi_dd *of = s->sums.of;
    double each = of[WEIGHT].high / of[SQUARED].high; /* 1 of plain answers */
    double zeros = fmax(0, npsi_dd_subtract(of[WEIGHT], of[Y]).high * each), ones = of[Y].high * each;
    s->rate = (nps_sample){zeros, 0, ones, 0};
    s->estimate.variance = zeros / (zeros + ones) * (ones / (zeros + ones));
    s->estimate.standard_error = sqrt(s->estimate.variance / s->estimate.effective_size);
}

static void summarise_mean(summary *s)
{
    static const npsi_dd one = {1, 0};
    const npsi_dd *of = s->sums.of;
    npsi_dd excess = determinant(of + WEIGHT, of + WEIGHT, of + SQUARED, &one);
    s->estimate.variance = s->estimate.standard_error = NAN;
    if (s->sums.n < 2 || !(excess.high > 0)) return;
    double n = (double)s->sums.n, weight = of[WEIGHT].high, squared = of[SQUARED].high;
    double spread = spread_of(&s->sums, Y, YY).high;
    double within = determinant(of + SQUARED, of + HEAVY_YY, of + HEAVY_Y, of + HEAVY_Y).high;
    double between = determinant(of + HEAVY_Y, of + WEIGHT, of + Y, of + SQUARED).high / weight;
    double squares = (fmax(0, within) + between * between) / squared;
    s->estimate.variance = spread / excess.high;
    s->estimate.standard_error = spread > 0 ? sqrt(n / (n - 1) * squares) / weight : 0;
    s->df = excess.high / squared;
}

static int can_ask(int32_t choice, double level, const void *out)
{
    return npsi_struct_takes(out) && (choice == 0 || choice == 1) && level > 0 && level < 1;
}

/* What all ask for first. */
static int check_request(const nps_outcomes *outcomes, int32_t choice, double level, const void *out)
{
    return outcomes == NULL || !can_ask(choice, level, out) ? NPS_ERR_ARGUMENT : nps_scale_check(&outcomes->scale);
}

static int summarise(const nps_outcomes *outcomes, const nps_answers *answers, int32_t method, summary *out)
{
    int status = sum_up(outcomes, answers, 0, &out->sums);
    if (status != NPS_OK) return status;
    const totals *sums = &out->sums;
    if (method == NPS_OUTCOME_RATE && sums->binary < sums->n) return NPS_ERR_RANGE;
    out->mean = npsi_dd_divide(sums->of[Y], sums->of[WEIGHT]);
    out->estimate.n = sums->n;
    out->estimate.missing = sums->missing;
    out->estimate.mean = out->mean.high;
    out->estimate.effective_size = effective_size(sums);
    (method == NPS_OUTCOME_RATE ? summarise_rate : summarise_mean)(out);
    return NPS_OK;
}

int nps_outcomes_estimate(const nps_outcomes *outcomes, const nps_answers *answers, int32_t method, double level,
                          nps_outcome_estimate *out)
{
    summary s;
    int status = check_request(outcomes, method, level, out);
    if (status == NPS_OK) status = summarise(outcomes, answers, method, &s);
    if (status != NPS_OK) return status;
    nps_outcome_estimate *found = &s.estimate;
    if (method == NPS_OUTCOME_RATE) {
        double z = fmax(npsi_normal_upper_quantile((1 - level) / 2), NPSI_SMALLEST_DEVIATE);
        npsi_share_limits(s.rate.promoters, s.rate.detractors, z * z, &found->lower, &found->upper);
        found->lower = fmin(found->lower, found->mean);
        found->upper = fmax(found->upper, found->mean);
    } else {
        double margin = found->standard_error;
        if (margin > 0) margin *= -npsi_t_quantile((1 - level) / 2, s.df);
        found->lower = npsi_dd_add(s.mean, npsi_dd_from(-margin)).high;
        found->upper = npsi_dd_add(s.mean, npsi_dd_from(margin)).high;
    }
    npsi_struct_write(out, found, sizeof *found);
    return NPS_OK;
}

/* Of samples without passives a score is twice the rate less 1, Tango's interval is Wilson's, and mover Newcombe's
 * method 10. */
static int compare_rates(const summary *from, const summary *to, double level, nps_difference *out)
{
    int status = npsi_compare_mover(&from->rate, &to->rate, level, out);
    out->lower = fmin(out->lower / 200, out->estimate);
    out->upper = fmax(out->upper / 200, out->estimate);
    out->df = INFINITY;
    return status;
}

_Static_assert(sizeof(nps_outcome_difference) == sizeof(nps_difference) &&
                   offsetof(nps_outcome_difference, p) == offsetof(nps_difference, p),
               "one is written as the other");

int nps_outcomes_difference(const nps_outcomes *outcomes, const nps_answers *from, const nps_answers *to,
                            int32_t method, double level, nps_outcome_difference *out)
{
    summary a, b;
    int status = check_request(outcomes, method, level, out);
    if (status != NPS_OK) return status;
    if (from == NULL || to == NULL) return NPS_ERR_ARGUMENT;
    if (from->highest >= to->lowest && to->highest >= from->lowest) return NPS_ERR_ARGUMENT;
    status = summarise(outcomes, from, method, &a);
    if (status == NPS_OK) status = summarise(outcomes, to, method, &b);
    if (status != NPS_OK) return status;
    nps_difference found = {0, npsi_dd_subtract(b.mean, a.mean).high, NAN, NAN, NAN, NAN, NAN};
    double x = a.estimate.standard_error, y = b.estimate.standard_error;
    if (method == NPS_OUTCOME_RATE)
        status = compare_rates(&a, &b, level, &found);
    else if (x + y > 0)
        npsi_welch((const double[]){x * x, y * y}, (const double[]){a.df, b.df}, 1, level, &found);
    if (isinf(found.upper)) found.lower = found.upper = NAN;
    if (status == NPS_OK) npsi_struct_write(out, &found, sizeof found);
    return status;
}

/* With s = r / sqrt(1 - r^2): t is s sqrt(df), and Fisher's z, artanh r, is arsinh s. It keeps its digits where r is
 * next to 1. What is left of yy beside the line goes by a power of two, so that nothing overflows. */
static int correlate(const totals *sums, double level, nps_correlation_result *out)
{
    const npsi_dd *of = sums->of;
    npsi_dd xx = spread_of(sums, X, XX), yy = spread_of(sums, Y, YY);
    npsi_dd xy = determinant(of + WEIGHT, of + XY, of + X, of + Y);
    if (!(xx.high > 0 && yy.high > 0)) return NPS_ERR_SINGULAR;
    int exponent;
    frexp(xx.high, &exponent);
    double unit = ldexp(1, -exponent), size = effective_size(sums);
    npsi_dd xx_units = npsi_dd_scale(xx, unit), xy_units = npsi_dd_scale(xy, unit);
    double rest = determinant(&xx_units, &yy, &xy_units, &xy).high;
    double s = xy.high * sqrt(unit) / sqrt(fmax(0, rest)), r = copysign(1 / sqrt(1 + 1 / s / s), s);
    nps_correlation_result found = {0, sums->n, r, NAN, NAN, NAN, NAN, NAN};
    if (size > 2) {
        found.df = size - 2;
        found.statistic = s * sqrt(found.df);
        found.p = 2 * npsi_t_sf(fabs(found.statistic), found.df);
    }
    if (size > 3) {
        double z = asinh(s), margin = npsi_normal_upper_quantile((1 - level) / 2) / sqrt(size - 3);
        found.lower = fmin(tanh(z - margin), r);
        found.upper = fmax(tanh(z + margin), r);
    }
    npsi_struct_write(out, &found, sizeof found);
    return NPS_OK;
}

int nps_outcomes_correlation(const nps_outcomes *outcomes, int32_t by, double level, nps_correlation_result *out)
{
    totals all;
    int status = check_request(outcomes, by, level, out);
    if (status == NPS_OK) status = sum_up(outcomes, NULL, by == NPS_OUTCOME_BY_CLASS, &all);
    return status == NPS_OK ? correlate(&all, level, out) : status;
}

static double weight_at(const double *weights, size_t i)
{
    return weights == NULL ? 1 : weights[i];
}

static int is_number(double number)
{
    return fabs(number) <= MOST_NUMBER;
}

/* Adds a pair of these parts: 1, its weight, x and y. */
static void add_pair(totals *sums, const npsi_dd part[4])
{
    static const unsigned char factors[PAIR_SUMS][2] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {2, 2}, {2, 3}, {3, 3}};
    sums->n++;
    for (int i = 0; i < PAIR_SUMS; i++) {
        npsi_dd product = npsi_dd_multiply(part[factors[i][0]], part[factors[i][1]]);
        sums->of[i] = npsi_dd_add(sums->of[i], npsi_dd_scale(product, part[1].high));
    }
}

/* Numbers are held to those of the heaviest pair, which is no further from the mean than the spread allows. */
int nps_correlation(const double *x, const double *y, const double *weights, size_t count, double level,
                    nps_correlation_result *out)
{
    totals all = {.n = 0};
    size_t heaviest = 0;
    if (!can_ask(0, level, out) || (count > 0 && (x == NULL || y == NULL))) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        double weight = weight_at(weights, i);
        if (!is_number(x[i]) || !is_number(y[i])) return NPS_ERR_RANGE;
        if (weight != 0 && !(weight >= 1 / MOST_WEIGHT && weight < MOST_WEIGHT)) return NPS_ERR_RANGE;
        if (weight > weight_at(weights, heaviest)) heaviest = i;
    }
    for (size_t i = 0; i < count; i++) {
        npsi_dd part[4] = {{1, 0}, {weight_at(weights, i), 0}};
        part[2] = npsi_dd_sum(x[i], -x[heaviest]);
        part[3] = npsi_dd_sum(y[i], -y[heaviest]);
        if (part[1].high > 0) add_pair(&all, part);
    }
    return all.n == 0 ? NPS_ERR_EMPTY : correlate(&all, level, out);
}

int nps_earned_growth(double before, double kept, double earned, double bought, nps_earned_growth_result *out)
{
    if (!npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    if (!(before > 0 && kept >= 0 && earned >= 0 && bought >= 0)) return NPS_ERR_RANGE;
    npsi_dd gained = npsi_dd_add(npsi_dd_sum(kept, -before), npsi_dd_from(earned));
    nps_earned_growth_result found = {
        0, kept / before, earned / before, gained.high / before, bought / before, 0,
    };
    found.growth = npsi_dd_add(gained, npsi_dd_from(bought)).high / before;
    if (!isfinite(found.growth)) return NPS_ERR_RANGE;
    npsi_struct_write(out, &found, sizeof found);
    return NPS_OK;
}
