/* Waves for the suites of trend.h. */
#ifndef TEST_TREND_WAVES_H
#define TEST_TREND_WAVES_H

#include <nps/trend.h>
#include <string.h>

#include "compare_samples.h"

#define MOST 100

typedef struct waves {
    size_t count;
    double times[MOST];
    nps_sample samples[MOST];
} waves;

/* "time:d/p/r;..." */
static inline waves unpack(const char *text)
{
    waves w = {.count = 0};
    for (int used; *text != '\0'; text += used + (text[used] == ';')) {
        double d, p, r;
        ck_assert(w.count < MOST && sscanf(text, "%lf:%lf/%lf/%lf%n", &w.times[w.count], &d, &p, &r, &used) == 4);
        w.samples[w.count++] = counts(d, p, r);
    }
    return w;
}

/* At least two waves at least two times, which some share, of whole counts or of some thirds. */
static inline waves random_waves(uint64_t *state, size_t most)
{
    waves w = {.count = 2 + test_below(state, most - 1)};
    int ties = test_below(state, 2) == 0;
    double unit = test_below(state, 3) == 0 ? 1.0 / 3 : 1;
    for (size_t i = 0; i < w.count; i++) {
        w.times[i] = (double)(ties ? test_below(state, w.count) : i) + (i % 7 == 3 ? 0.25 : 0);
        w.samples[i] = random_sample(state);
        if (unit != 1)
            w.samples[i] =
                counts(unit * w.samples[i].detractors, unit * w.samples[i].passives, unit * w.samples[i].promoters);
    }
    w.times[0] = w.times[1] + 1;
    return w;
}

static inline waves shuffled(waves w, uint64_t *state)
{
    for (size_t i = w.count; i > 1; i--) {
        size_t j = test_below(state, i);
        double time = w.times[i - 1];
        nps_sample sample = w.samples[i - 1];
        w.times[i - 1] = w.times[j];
        w.samples[i - 1] = w.samples[j];
        w.times[j] = time;
        w.samples[j] = sample;
    }
    return w;
}

static inline waves swapped(waves w) /* promoters and detractors */
{
    for (size_t i = 0; i < w.count; i++) w.samples[i] = mirrored(w.samples + i);
    return w;
}

static inline waves retimed(waves w, double factor, double shift)
{
    for (size_t i = 0; i < w.count; i++) w.times[i] = factor * w.times[i] + shift;
    return w;
}

static inline waves multiplied(waves w, double factor)
{
    for (size_t i = 0; i < w.count; i++) {
        nps_sample *s = w.samples + i;
        *s = counts(factor * s->detractors, factor * s->passives, factor * s->promoters);
    }
    return w;
}

static inline double answers_of(const waves *w)
{
    double sum = 0, size;
    for (size_t i = 0; i < w->count; i++) {
        ck_assert_int_eq(nps_sample_size(w->samples + i, &size), NPS_OK);
        sum += size;
    }
    return sum;
}

static inline nps_test linear(const waves *w)
{
    nps_test out = {.struct_size = sizeof out, .statistic = -777, .df = 7, .p = -777};
    ck_assert_int_eq(nps_trend_linear(w->times, w->samples, w->count, &out), NPS_OK);
    ck_assert(isnan(out.df) && out.p >= 0 && out.p <= 1);
    return out;
}

static inline nps_slope slope(const waves *w, double level)
{
    nps_slope out = {.struct_size = sizeof out, .estimate = -777, .p = -777};
    ck_assert_int_eq(nps_trend_slope(w->times, w->samples, w->count, level, &out), NPS_OK);
    ck_assert(out.p >= 0 && out.p <= 1 && out.lower <= out.estimate && out.estimate <= out.upper);
    return out;
}

static inline nps_test kendall(const waves *w)
{
    nps_test out = {.struct_size = sizeof out, .statistic = -777, .df = 7, .p = -777};
    ck_assert_int_eq(nps_trend_mann_kendall(w->times, w->samples, w->count, NULL, &out), NPS_OK);
    ck_assert(isnan(out.df) && out.p > 0 && out.p <= 1 && (out.statistic != 0 || out.p == 1));
    return out;
}

#endif
