/* Two waves taken apart in double-doubles, which add up to the change. Fractions, not points. No sum depends on which
 * wave is the first: swapped waves, as swapped promoters and detractors, change signs and nothing else. */
#include <nps/change.h>

#include <math.h>

#include <nps/status.h>

#include "heterogeneity_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

/* Less is the rounding of double-doubles: waves with the same shares have no change at all. */
#define LEAST_CHANGE 1e-25

/* Counts and sizes are taken in this unit, a power of 2, so that the last digits of the smallest do not underflow. */
#define UNIT          0x1p200
#define LARGEST_TOTAL (1e15 * UNIT)

/* Fewer effective answers than this count as this, so that no variance is infinite. */
#define LEAST_SIZE 1e-300

enum { RATE, MIX, EFFECTS };

typedef struct wave {
    const nps_sample *samples;
    const double *sizes;
    npsi_dd size, promoters, detractors, score; /* of all: sum of sizes, shares */
    npsi_dd mean[EFFECTS];                      /* of what a segment's share is worth */
} wave;

typedef struct part {
    int there[2];
    npsi_dd share[2], score[2]; /* the score is that of the other wave where there is none */
    npsi_dd mean_share, growth;
    npsi_dd worth[EFFECTS]; /* what a unit of its share, in the second wave, adds to the effect */
    npsi_dd effect[EFFECTS];
} part;

static npsi_dd size_of(const wave *w, size_t i)
{
    npsi_dd size = w->sizes == NULL ? npsi_sample_size(w->samples + i) : npsi_dd_from(w->sizes[i]);
    return npsi_dd_scale(size, UNIT);
}

static npsi_dd share_of(double count, const nps_sample *sample)
{
    return npsi_dd_divide(npsi_dd_from(count * UNIT), npsi_dd_scale(npsi_sample_size(sample), UNIT));
}

static npsi_dd score_of(const nps_sample *sample)
{
    return npsi_dd_subtract(share_of(sample->promoters, sample), share_of(sample->detractors, sample));
}

static int add_segment(wave *w, size_t i)
{
    const nps_sample *sample = w->samples + i;
    npsi_dd size = size_of(w, i);
    int status = nps_sample_check(sample), there = status == NPS_OK;
    if (!there && status != NPS_ERR_EMPTY) return status;
    if (!(size.high >= 0 && size.high <= LARGEST_TOTAL) || (size.high > 0) != there) return NPS_ERR_RANGE;
    if (!there) return NPS_OK;
    w->size = npsi_dd_add(w->size, size);
    w->promoters = npsi_dd_add(w->promoters, npsi_dd_multiply(size, share_of(sample->promoters, sample)));
    w->detractors = npsi_dd_add(w->detractors, npsi_dd_multiply(size, share_of(sample->detractors, sample)));
    return w->size.high <= LARGEST_TOTAL ? NPS_OK : NPS_ERR_RANGE;
}

static int read_wave(const nps_sample *samples, const double *sizes, size_t count, wave *w)
{
    *w = (wave){.samples = samples, .sizes = sizes};
    for (size_t i = 0; i < count; i++) {
        int status = add_segment(w, i);
        if (status != NPS_OK) return status;
    }
    if (w->size.high == 0) return NPS_ERR_EMPTY;
    w->promoters = npsi_dd_divide(w->promoters, w->size);
    w->detractors = npsi_dd_divide(w->detractors, w->size);
    w->score = npsi_dd_subtract(w->promoters, w->detractors);
    return NPS_OK;
}

static npsi_dd mean_of(npsi_dd a, npsi_dd b)
{
    return npsi_dd_scale(npsi_dd_add(a, b), 0.5);
}

static part part_of(const wave *waves, size_t i)
{
    part p = {.there = {0, 0}};
    for (int t = 0; t < 2; t++) {
        npsi_dd size = size_of(waves + t, i);
        p.there[t] = size.high > 0;
        if (!p.there[t]) continue;
        p.share[t] = npsi_dd_divide(size, waves[t].size);
        p.score[t] = score_of(waves[t].samples + i);
    }
    for (int t = 0; t < 2; t++)
        if (!p.there[t]) p.score[t] = p.score[1 - t];
    p.mean_share = mean_of(p.share[0], p.share[1]);
    p.growth = npsi_dd_subtract(p.share[1], p.share[0]);
    p.worth[RATE] = npsi_dd_scale(npsi_dd_subtract(p.score[1], p.score[0]), 0.5);
    p.worth[MIX] = mean_of(p.score[0], p.score[1]);
    npsi_dd distance = npsi_dd_subtract(p.worth[MIX], mean_of(waves[0].score, waves[1].score));
    p.effect[RATE] = npsi_dd_multiply(p.mean_share, npsi_dd_scale(p.worth[RATE], 2));
    p.effect[MIX] = npsi_dd_multiply(p.growth, distance);
    return p;
}

static double points(npsi_dd fraction)
{
    return fabs(fraction.high) < LEAST_CHANGE ? 0 : npsi_dd_scale(fraction, 100).high;
}

static nps_change_segment segment_of(const part *p)
{
    return (nps_change_segment){
        .from_share = p->share[0].high,
        .to_share = p->share[1].high,
        .from_score = p->there[0] ? points(p->score[0]) : NAN,
        .to_score = p->there[1] ? points(p->score[1]) : NAN,
        .rate = points(p->effect[RATE]),
        .mix = points(p->effect[MIX]),
    };
}

/* The effects in sum. */
static void add_effects(wave *waves, size_t count, npsi_dd *effects, nps_change_segment *segments)
{
    for (size_t i = 0; i < count; i++) {
        part p = part_of(waves, i);
        for (int e = 0; e < EFFECTS; e++) {
            effects[e] = npsi_dd_add(effects[e], p.effect[e]);
            for (int t = 0; t < 2; t++)
                waves[t].mean[e] = npsi_dd_add(waves[t].mean[e], npsi_dd_multiply(p.share[t], p.worth[e]));
        }
        if (segments != NULL) segments[i] = segment_of(&p);
    }
}

/* How the effect moves with the segment's score in either wave; with one score for both, in the wave that has it. */
static double slope(const part *p, int effect)
{
    int both = p->there[0] && p->there[1];
    if (effect == RATE) return both ? p->mean_share.high : 0;
    return both ? p->growth.high / 2 : p->growth.high;
}

/* The delta method. Within a segment its score varies; and so do the shares, by the weights of who is in it: a wave
 * adds sum w^2 / n (worth - mean worth)^2, which is sum w (worth - mean worth)^2 / N of plain counts. */
static void add_variances(const wave *waves, size_t count, double *variances)
{
    for (size_t i = 0; i < count; i++) {
        part p = part_of(waves, i);
        for (int e = 0; e < EFFECTS; e++) {
            double by_score[2] = {0, 0}, by_share[2] = {0, 0}, k = slope(&p, e);
            for (int t = 0; t < 2; t++) {
                if (!p.there[t]) continue;
                const nps_sample *sample = waves[t].samples + i;
                double distance = npsi_dd_subtract(p.worth[e], waves[t].mean[e]).high, w = p.share[t].high;
                by_score[t] = 1 / fmax(LEAST_SIZE, npsi_sample_precision(sample, 0));
                by_share[t] = w * w / fmax(LEAST_SIZE, npsi_sample_size(sample).high) * distance * distance;
            }
            variances[e] += k * k * (by_score[0] + by_score[1]) + (by_share[0] + by_share[1]);
        }
    }
}

static void write_change(const wave *waves, const npsi_dd *effects, const double *variances, double level,
                         nps_change *out)
{
    double effect[EFFECTS], error[EFFECTS], lower[EFFECTS], upper[EFFECTS];
    double z = npsi_normal_upper_quantile((1 - level) / 2);
    for (int e = 0; e < EFFECTS; e++) {
        effect[e] = points(effects[e]);
        error[e] = 100 * sqrt(variances[e]);
        lower[e] = fmax(-200, effect[e] - z * error[e]);
        upper[e] = fmin(200, effect[e] + z * error[e]);
    }
    nps_change change = {
        .from = points(waves[0].score),
        .to = points(waves[1].score),
        .change = points(npsi_dd_subtract(waves[1].score, waves[0].score)),
        .rate = effect[RATE],
        .rate_error = error[RATE],
        .rate_lower = lower[RATE],
        .rate_upper = upper[RATE],
        .mix = effect[MIX],
        .mix_error = error[MIX],
        .mix_lower = lower[MIX],
        .mix_upper = upper[MIX],
        .promoters_part = points(npsi_dd_subtract(waves[1].promoters, waves[0].promoters)),
        .detractors_part = points(npsi_dd_subtract(waves[0].detractors, waves[1].detractors)),
    };
    npsi_struct_write(out, &change, sizeof change);
}

int nps_change_explain(const nps_sample *from, const double *from_sizes, const nps_sample *to, const double *to_sizes,
                       size_t count, double level, nps_change_segment *segments, nps_change *out)
{
    wave waves[2];
    npsi_dd effects[EFFECTS] = {{0, 0}};
    double variances[EFFECTS] = {0};
    if (!npsi_struct_takes(out) || !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    if (count > 0 && (from == NULL || to == NULL)) return NPS_ERR_ARGUMENT;
    int status = read_wave(from, from_sizes, count, waves);
    if (status == NPS_OK) status = read_wave(to, to_sizes, count, waves + 1);
    if (status != NPS_OK) return status;
    add_effects(waves, count, effects, segments);
    add_variances(waves, count, variances);
    write_change(waves, effects, variances, level, out);
    return NPS_OK;
}
