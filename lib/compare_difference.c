/* Two samples: what the methods share, and those that are closed formulas. */
#include "compare_internal.h"

#include <float.h>
#include <math.h>

#include <nps/status.h>

#include "special_internal.h"

/* z^2 is at most about this times a size: nothing. No search starts from 0. */
#define SMALLEST_DISTANCE 1e-100

/* Smaller samples say as little as one of this size, and products of their counts would be 0: for those a power of two
 * is multiplied in, without rounding. */
#define SMALLEST_SIZE 1e-30
#define SCALE         0x1p600

typedef struct quotient {
    npsi_dd sum, size; /* promoters less detractors, and all */
} quotient;

static quotient quotient_of(double detractors, double passives, double promoters)
{
    double scale = (detractors + promoters) + passives < SMALLEST_SIZE ? SCALE : 1;
    npsi_dd outer = npsi_dd_sum(scale * promoters, scale * detractors);
    return (quotient){npsi_dd_sum(scale * promoters, -scale * detractors),
                      npsi_dd_add(outer, npsi_dd_from(scale * passives))};
}

/* Over the common denominator: two equal scores of whole counts differ by 0, however large the counts. */
static npsi_dd points_of(const quotient *a, const quotient *b)
{
    npsi_dd top = npsi_dd_add(npsi_dd_multiply(a->sum, b->size), npsi_dd_multiply(b->sum, a->size));
    return npsi_dd_divide(npsi_dd_scale(top, 100), npsi_dd_multiply(a->size, b->size));
}

npsi_contrast npsi_contrast_of(const nps_sample *from, const nps_sample *to)
{
    quotient a = quotient_of(from->promoters, from->passives, from->detractors);
    quotient b = quotient_of(to->detractors, to->passives, to->promoters);
    npsi_contrast contrast = {.part = {npsi_shares_of(from->promoters, from->passives, from->detractors),
                                       npsi_shares_of(to->detractors, to->passives, to->promoters)},
                              .points = points_of(&a, &b)};
    contrast.unit = fmax(SMALLEST_SIZE, fmin(contrast.part[0].size, contrast.part[1].size));
    for (int i = 0; i < 2; i++) contrast.part[i].size = fmax(1, contrast.part[i].size / contrast.unit);
    return contrast;
}

npsi_contrast npsi_contrast_mirrored(const npsi_contrast *contrast)
{
    return (npsi_contrast){.part = {npsi_shares_mirrored(&contrast->part[0]), npsi_shares_mirrored(&contrast->part[1])},
                           .unit = contrast->unit,
                           .points = npsi_dd_negative(contrast->points)};
}

double npsi_contrast_variance_near(const npsi_contrast *contrast, double distance)
{
    const npsi_shares *a = &contrast->part[0], *b = &contrast->part[1];
    return (npsi_shares_variance(a) + distance) / a->size + (npsi_shares_variance(b) + distance) / b->size;
}

double npsi_inversion_statistic(const npsi_inversion *inversion, const npsi_contrast *contrast, double trial)
{
    double distance = npsi_dd_subtract(contrast->points, npsi_dd_from(trial)).high / 100;
    if (fabs(distance) < SMALLEST_DISTANCE) return 0;
    if (distance > 0) return sqrt(contrast->unit) * inversion->deviate(contrast, distance);
    npsi_contrast mirrored = npsi_contrast_mirrored(contrast);
    return -sqrt(contrast->unit) * inversion->deviate(&mirrored, -distance);
}

static double lower_bound(const npsi_inversion *inversion, const npsi_contrast *contrast, double z)
{
    double distance = inversion->distance(contrast, z / sqrt(contrast->unit));
    return fmax(-200, npsi_dd_subtract(contrast->points, npsi_dd_product(100, distance)).high);
}

static int invert(const npsi_inversion *inversion, const npsi_contrast *contrast, double level, nps_difference *out)
{
    double z = fmax(npsi_normal_upper_quantile((1 - level) / 2), NPSI_SMALLEST_DEVIATE);
    npsi_contrast mirrored = npsi_contrast_mirrored(contrast);
    out->lower = lower_bound(inversion, contrast, z);
    out->upper = -lower_bound(inversion, &mirrored, z);
    out->statistic = npsi_inversion_statistic(inversion, contrast, 0);
    out->p = 2 * npsi_normal_sf(fabs(out->statistic));
    return isnan(out->lower) || isnan(out->upper) || isnan(out->p) ? NPS_ERR_CONVERGENCE : NPS_OK;
}

int npsi_compare_mover(const nps_sample *from, const nps_sample *to, double level, nps_difference *out)
{
    npsi_contrast contrast = npsi_contrast_of(from, to);
    return invert(&npsi_mover, &contrast, level, out);
}

int npsi_compare_score(const nps_sample *from, const nps_sample *to, double level, nps_difference *out)
{
    npsi_contrast contrast = npsi_contrast_of(from, to);
    return invert(&npsi_profile, &contrast, level, out);
}

static double standard_error(const npsi_contrast *contrast)
{
    const npsi_shares *a = &contrast->part[0], *b = &contrast->part[1];
    return sqrt(npsi_shares_variance(a) / a->size + npsi_shares_variance(b) / b->size);
}

static double wald_distance(const npsi_contrast *contrast, double deviate)
{
    return deviate * standard_error(contrast);
}

static double wald_deviate(const npsi_contrast *contrast, double distance)
{
    return distance / standard_error(contrast);
}

int npsi_compare_adjusted_wald(const nps_sample *from, const nps_sample *to, double level, nps_difference *out)
{
    static const npsi_inversion wald = {wald_distance, wald_deviate};
    nps_sample more_from = {from->detractors + 0.75, from->passives + 1.5, from->promoters + 0.75, 0};
    nps_sample more_to = {to->detractors + 0.75, to->passives + 1.5, to->promoters + 0.75, 0};
    npsi_contrast contrast = npsi_contrast_of(&more_from, &more_to);
    return invert(&wald, &contrast, level, out);
}

void npsi_welch(const double squares[2], const double df[2], double unit, double level, nps_difference *out)
{
    double sum = squares[0] + squares[1], error = unit * sqrt(sum), a = squares[0] / sum, b = squares[1] / sum;
    out->df = fmax(DBL_MIN, 1 / (a * a / df[0] + b * b / df[1]));
    double margin = -npsi_t_quantile((1 - level) / 2, out->df) * error;
    out->lower = out->estimate - margin;
    out->upper = out->estimate + margin;
    out->statistic = out->estimate / error;
    out->p = 2 * npsi_t_sf(fabs(out->statistic), out->df);
}

/* The squared standard error of the mean, with n - 1. */
static double variance_of_score(const nps_sample *sample)
{
    npsi_shares shares = npsi_shares_of(sample->detractors, sample->passives, sample->promoters);
    return npsi_shares_variance(&shares) / (shares.size - 1);
}

static int has_no_variance(const nps_sample *sample)
{
    return (sample->detractors + sample->promoters) + sample->passives <= 1 || sample->df == 0;
}

int npsi_compare_welch(const nps_sample *from, const nps_sample *to, double level, nps_difference *out)
{
    if (has_no_variance(from) || has_no_variance(to)) return NPS_ERR_SINGULAR;
    double squares[2] = {variance_of_score(from), variance_of_score(to)};
    if (!(squares[0] + squares[1] > 0)) {
        out->lower = out->upper = out->estimate;
        out->p = out->estimate == 0;
        return NPS_OK;
    }
    npsi_welch(squares, (const double[]){from->df, to->df}, 100, level, out);
    out->lower = fmax(-200, out->lower);
    out->upper = fmin(200, out->upper);
    return isnan(out->lower) || isnan(out->upper) || isnan(out->p) ? NPS_ERR_CONVERGENCE : NPS_OK;
}
