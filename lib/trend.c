/*
 * Whether answers rise with time, and by how much. Times are held to the heaviest wave, whose own distance is then 0:
 * that of any other is the exact difference of two doubles, wherever on the clock they stand, and however much heavier
 * one wave is than the rest, no sum of squares cancels. Times go by an exact power of two, which nothing but the slope
 * ever sees; scores are fractions, not points.
 */
#include <nps/trend.h>

#include <math.h>

#include <nps/status.h>

#include "heterogeneity_internal.h"
#include "special_internal.h"
#include "struct_internal.h"
#include "trend_internal.h"

/* Weights go by this, so that squares of times with next to no answers do not underflow. */
#define UNIT      0x1p400
#define ROOT_UNIT 0x1p200

typedef npsi_dd wave_weight(const nps_sample *sample);

/* Times are (t - the heaviest wave's) / 2^exponent. */
typedef struct timeline {
    size_t heaviest;
    int exponent;
} timeline;

/* Sums over waves of weights w, times x and scores y. */
typedef struct sums {
    npsi_dd w, wx, wy, wxx, wxy;
} sums;

int npsi_trend_check(const double *times, const nps_sample *samples, size_t count)
{
    int status = npsi_samples_check(samples, count);
    if (status != NPS_OK) return status;
    if (times == NULL) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(times[i])) return NPS_ERR_RANGE;
    return NPS_OK;
}

static npsi_dd answers(const nps_sample *sample)
{
    return npsi_dd_scale(npsi_sample_size(sample), UNIT);
}

static npsi_dd precision(const nps_sample *sample)
{
    return npsi_dd_from(npsi_sample_precision(sample, 0) * UNIT);
}

static double time_of(const timeline *line, double time)
{
    return ldexp(time, -line->exponent);
}

static npsi_dd time_since(const timeline *line, const double *times, size_t i)
{
    return npsi_dd_sum(time_of(line, times[i]), -time_of(line, times[line->heaviest]));
}

/* NPS_ERR_SINGULAR: all times are equal. */
static int find_timeline(const double *times, const nps_sample *samples, size_t count, wave_weight *weight_of,
                         timeline *out)
{
    double longest = 0, most = 0;
    int moves = 0;
    *out = (timeline){0, 0};
    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(samples + i).high;
        longest = fmax(longest, fabs(times[i]));
        moves |= times[i] != times[0];
        if (weight <= most) continue;
        most = weight;
        out->heaviest = i;
    }
    frexp(longest, &out->exponent);
    return moves ? NPS_OK : NPS_ERR_SINGULAR;
}

static void add_wave(sums *all, npsi_dd w, npsi_dd x, npsi_dd wy)
{
    npsi_dd wx = npsi_dd_multiply(w, x);
    all->w = npsi_dd_add(all->w, w);
    all->wx = npsi_dd_add(all->wx, wx);
    all->wy = npsi_dd_add(all->wy, wy);
    all->wxx = npsi_dd_add(all->wxx, npsi_dd_multiply(wx, x));
    all->wxy = npsi_dd_add(all->wxy, npsi_dd_multiply(wy, x));
}

/* Sum of w (x - mean x)^2. */
static double squares_of(const sums *all)
{
    npsi_dd mean = npsi_dd_divide(all->wx, all->w);
    return npsi_dd_subtract(all->wxx, npsi_dd_multiply(all->wx, mean)).high;
}

/* All answers together. */
typedef struct pool {
    double usual;   /* the answer that most gave: counted from it, the few others are all there is to add up */
    double squares; /* sum of (X - mean X)^2 over all answers, without a difference */
} pool;

static pool pool_of(const nps_sample *samples, size_t count)
{
    npsi_dd detractors = {0, 0}, passives = {0, 0}, promoters = {0, 0};
    for (size_t i = 0; i < count; i++) {
        detractors = npsi_dd_add(detractors, npsi_dd_from(samples[i].detractors * UNIT));
        passives = npsi_dd_add(passives, npsi_dd_from(samples[i].passives * UNIT));
        promoters = npsi_dd_add(promoters, npsi_dd_from(samples[i].promoters * UNIT));
    }
    double d = detractors.high, p = passives.high, r = promoters.high, size = (d + r) + p;
    pool all = {0, (p * (d + r) + 4 * d * r) / size};
    if (r > d && r > p) all.usual = 1;
    if (d > r && d > p) all.usual = -1;
    return all;
}

/* Sum of X - usual over a wave's answers. */
static npsi_dd answers_from(const nps_sample *sample, double usual)
{
    double d = sample->detractors * UNIT, p = sample->passives * UNIT, r = sample->promoters * UNIT;
    if (usual > 0) return npsi_dd_sum(-2 * d, -p);
    if (usual < 0) return npsi_dd_sum(2 * r, p);
    return npsi_dd_sum(r, -d);
}

/* The wave's score less the usual answer. */
static npsi_dd score_from(const nps_sample *sample, double usual)
{
    return npsi_dd_divide(answers_from(sample, usual), answers(sample));
}

static double linear_statistic(const double *times, const nps_sample *samples, size_t count, const timeline *line)
{
    pool all = pool_of(samples, count);
    sums sum = {.w = {0, 0}};
    for (size_t i = 0; i < count; i++)
        add_wave(&sum, answers(samples + i), time_since(line, times, i), answers_from(samples + i, all.usual));
    double size = npsi_dd_subtract(npsi_dd_scale(sum.w, 1 / UNIT), npsi_dd_from(1)).high;
    if (all.squares == 0 || size <= 0) return 0;
    /* The product before the quotient: of whole numbers this is exactly 0 where nothing rises or falls. */
    npsi_dd level = npsi_dd_divide(npsi_dd_multiply(sum.wx, sum.wy), sum.w);
    double common = npsi_dd_subtract(sum.wxy, level).high;
    return sqrt(size) * (common / sqrt(squares_of(&sum)) / sqrt(all.squares));
}

int nps_trend_linear(const double *times, const nps_sample *samples, size_t count, nps_test *out)
{
    timeline line;
    int status = npsi_struct_takes(out) ? npsi_trend_check(times, samples, count) : NPS_ERR_ARGUMENT;
    if (status == NPS_OK) status = find_timeline(times, samples, count, answers, &line);
    if (status != NPS_OK) return status;
    nps_test test = {.statistic = linear_statistic(times, samples, count, &line), .df = NAN};
    test.p = 2 * npsi_normal_sf(fabs(test.statistic));
    npsi_struct_write(out, &test, sizeof test);
    return NPS_OK;
}

int nps_trend_slope(const double *times, const nps_sample *samples, size_t count, double level, nps_slope *out)
{
    timeline line;
    if (!npsi_struct_takes(out) || !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = npsi_trend_check(times, samples, count);
    if (status == NPS_OK) status = find_timeline(times, samples, count, precision, &line);
    if (status != NPS_OK) return status;

    sums sum = {.w = {0, 0}};
    double usual = pool_of(samples, count).usual;
    npsi_dd first = score_from(samples + line.heaviest, usual);
    for (size_t i = 0; i < count; i++) {
        npsi_dd score = npsi_dd_subtract(score_from(samples + i, usual), first), weight = precision(samples + i);
        add_wave(&sum, weight, time_since(&line, times, i), npsi_dd_multiply(weight, score));
    }
    npsi_dd time = npsi_dd_divide(sum.wx, sum.w), score = npsi_dd_divide(sum.wy, sum.w);
    double squares = squares_of(&sum), common = npsi_dd_subtract(sum.wxy, npsi_dd_multiply(time, sum.wy)).high;
    double points = 100 * (common / squares), error = 100 * ROOT_UNIT / sqrt(squares);
    double margin = npsi_normal_upper_quantile((1 - level) / 2) * error;
    time = npsi_dd_add(time, npsi_dd_from(time_of(&line, times[line.heaviest])));
    score = npsi_dd_scale(npsi_dd_add(npsi_dd_add(score, first), npsi_dd_from(usual)), 100);
    nps_slope slope = {
        .estimate = ldexp(points, -line.exponent),
        .standard_error = ldexp(error, -line.exponent),
        .lower = ldexp(points - margin, -line.exponent),
        .upper = ldexp(points + margin, -line.exponent),
        .statistic = common / sqrt(squares) / ROOT_UNIT,
        .intercept = npsi_dd_subtract(score, npsi_dd_scale(time, points)).high,
    };
    slope.p = 2 * npsi_normal_sf(fabs(slope.statistic));
    npsi_struct_write(out, &slope, sizeof slope);
    return NPS_OK;
}
