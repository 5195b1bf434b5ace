/* What each theme does to the score. */
#include <math.h>
#include <string.h>

#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/status.h>

#include "allocator_internal.h"
#include "struct_internal.h"
#include "themes_internal.h"

/* All answers, and what is asked of them. */
typedef struct whole {
    nps_themes_options options;
    int is_weighted;
    nps_weighted total;
    nps_sample sample;
    double weight;
} whole;

/* The sums that a contribution is made of, in weights: of 1 / m over promoters and detractors, of 1 / m^2 over both. */
typedef struct part {
    double promoters, detractors, squares;
} part;

static int sample_of(const whole *all, const nps_weighted *state, nps_sample *out)
{
    nps_tally tally;
    if (all->is_weighted) return nps_weighted_sample(state, out);
    (void)nps_weighted_tally(state, &tally);
    return nps_tally_sample(&tally, out);
}

static double level_weight(const nps_weighted *state, int level)
{
    return (double)state->weight[level][1] + (double)state->weight[level][0] * 0x1p-64;
}

static void add_part(part *to, const nps_weighted *state, size_t themes)
{
    double m = themes > 0 ? (double)themes : 1, promoters = 0, detractors = 0;
    for (int i = 0; i <= state->scale.highest - state->scale.lowest; i++) {
        int32_t category = nps_classify(&state->scale, state->scale.lowest + i);
        if (category == NPS_PROMOTER) promoters += level_weight(state, i);
        if (category == NPS_DETRACTOR) detractors += level_weight(state, i);
    }
    to->promoters += promoters / m;
    to->detractors += detractors / m;
    to->squares += (promoters + detractors) / (m * m);
}

/* See docs/methods.md: a sample of one theme an answer, as large as makes it as sure as this is. */
static int contribute(const whole *all, const part *from, nps_theme *out)
{
    double promoters = from->promoters / all->weight, detractors = from->detractors / all->weight;
    double share = promoters - detractors, plain = promoters + detractors - share * share;
    double variance = from->squares / all->weight - share * share;
    double size = all->sample.detractors + all->sample.passives + all->sample.promoters;
    out->contribution = 100 * share;
    if (variance > 0 && plain > variance) size *= plain / variance;
    double passives = size * (1 - promoters - detractors);
    nps_sample sample = {size * detractors, passives > 0 ? passives : 0, size * promoters, all->sample.df};
    return nps_interval(&sample, NPS_INTERVAL_SCORE, all->options.level, &out->contribution_lower,
                        &out->contribution_upper);
}

static uint64_t responses(const nps_weighted *state)
{
    uint64_t sum = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) sum += state->level[i];
    return sum;
}

static int compare(const whole *all, const nps_weighted *with, nps_theme *out)
{
    nps_weighted others = all->total;
    nps_sample with_sample, without_sample;
    nps_difference difference = {.struct_size = sizeof difference};
    int status = nps_weighted_subtract(&others, with);
    if (status != NPS_OK) return NPS_ERR_FORMAT;
    int has_with = nps_weighted_score(with, &out->with) == NPS_OK;
    int has_without = nps_weighted_score(&others, &out->without) == NPS_OK;
    if (!has_with || !has_without) return NPS_OK;
    status = sample_of(all, with, &with_sample);
    if (status == NPS_OK) status = sample_of(all, &others, &without_sample);
    if (status == NPS_OK)
        status = nps_compare(&without_sample, &with_sample, all->options.method, all->options.level, &difference);
    if (status == NPS_ERR_SINGULAR) return NPS_OK;
    if (status != NPS_OK) return status;
    out->difference = difference.estimate;
    out->lower = difference.lower;
    out->upper = difference.upper;
    out->statistic = difference.statistic;
    out->df = difference.df;
    out->p = difference.p;
    out->impact = out->share * difference.estimate;
    out->impact_lower = out->share * difference.lower;
    out->impact_upper = out->share * difference.upper;
    return NPS_OK;
}

/* The theme that begins at *item, which becomes the first one of the next. */
static int estimate_one(const whole *all, const npsi_themes *of, size_t *item, nps_theme *out)
{
    const double none = NAN;
    *out = (nps_theme){npsi_themes_theme(of, *item),
                       0,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none,
                       none};
    nps_weighted with, state;
    part sums = {0, 0, 0};
    int status = nps_weighted_init(&with, &of->segments->scale);
    with.kind = of->segments->kind;
    while (status == NPS_OK && *item < of->count) {
        nps_key theme = npsi_themes_theme(of, *item);
        if (npsi_key_compare(&theme, &out->theme, 1) != 0) break;
        npsi_themes_state(of, *item, &state);
        status = nps_weighted_merge(&with, &state);
        add_part(&sums, &state, npsi_themes_number(of, *item));
        ++*item;
    }
    if (status != NPS_OK) return status;
    out->mentions = responses(&with);
    out->share = nps_weighted_total(&with) / all->weight;
    status = contribute(all, &sums, out);
    return status == NPS_OK ? compare(all, &with, out) : status;
}

static int is_lower(const void *context, uint32_t a, uint32_t b)
{
    const nps_theme *themes = context;
    return themes[a].contribution < themes[b].contribution;
}

/* Adjusts p over the themes that have one; `numbers` has room for twice as many. */
static int adjust(const whole *all, const nps_allocator *allocator, nps_theme *themes, size_t count, double *numbers)
{
    size_t tested = 0;
    for (size_t i = 0; i < count; i++)
        if (themes[i].theme.type != NPS_KEY_NULL && !isnan(themes[i].p)) numbers[tested++] = themes[i].p;
    if (tested == 0) return NPS_OK;
    int status = nps_adjust(numbers, tested, all->options.adjust, allocator, numbers + count);
    for (size_t i = 0, next = count; status == NPS_OK && i < count; i++)
        if (themes[i].theme.type != NPS_KEY_NULL && !isnan(themes[i].p)) themes[i].p_adjusted = numbers[next++];
    return status;
}

/* All themes into `out`, by way of memory for as many of them, of numbers to adjust and of an order. */
static int estimate_all(const whole *all, const npsi_themes *of, size_t count, nps_theme *out)
{
    const nps_allocator *allocator = &of->segments->allocator;
    size_t bytes = sizeof(nps_theme) + 2 * sizeof(double) + 2 * sizeof(npsi_ranked);
    nps_theme *themes = npsi_resize(allocator, NULL, 0, count, bytes);
    if (themes == NULL) return NPS_ERR_MEMORY;
    double *numbers = (double *)(themes + count);
    npsi_ranked *order = (npsi_ranked *)(numbers + 2 * count);
    int status = NPS_OK;
    for (size_t i = 0, item = 0; status == NPS_OK && i < count; i++) {
        order[i] = (npsi_ranked){0, (uint32_t)i};
        status = estimate_one(all, of, &item, &themes[i]);
    }
    if (status == NPS_OK) status = adjust(all, allocator, themes, count, numbers);
    if (status == NPS_OK) {
        order = npsi_sort(order, count, is_lower, themes);
        for (size_t i = 0; i < count; i++) out[i] = themes[order[i].index];
    }
    npsi_resize(allocator, themes, count, 0, bytes);
    return status;
}

static int read_options(const nps_themes_options *options, nps_themes_options *out)
{
    *out = (nps_themes_options){.level = 0};
    int status = options == NULL ? NPS_OK : npsi_struct_read(options, out, sizeof *out);
    if (status != NPS_OK) return status;
    if (out->level == 0) out->level = 0.95;
    return out->level > 0 && out->level < 1 && nps_difference_method_name(out->method) != NULL &&
                   nps_adjust_method_name(out->adjust) != NULL
               ? NPS_OK
               : NPS_ERR_ARGUMENT;
}

static int estimate(const npsi_themes *of, const nps_themes_options *options, nps_theme *themes, size_t size,
                    size_t *count)
{
    whole all = {.options = *options, .is_weighted = of->segments->state == NPS_STATE_WEIGHTED};
    size_t found = 0;
    int status = npsi_themes_total(of, &all.total);
    if (status == NPS_OK) status = sample_of(&all, &all.total, &all.sample);
    if (status != NPS_OK) return status;
    all.weight = nps_weighted_total(&all.total);
    nps_key before = {.type = 0};
    for (size_t i = 0; i < of->count; i++) {
        nps_key theme = npsi_themes_theme(of, i);
        found += i == 0 || npsi_key_compare(&before, &theme, 1) != 0;
        before = theme;
    }
    if (themes != NULL && size < found) {
        *count = found;
        return NPS_ERR_BUFFER;
    }
    if (themes != NULL) status = estimate_all(&all, of, found, themes);
    if (status == NPS_OK) *count = found;
    return status;
}

int nps_themes_estimate(const nps_segments *segments, const nps_key *key, const nps_themes_options *options,
                        nps_theme *themes, size_t size, size_t *count)
{
    nps_themes_options known;
    npsi_themes of;
    if (count == NULL || (themes == NULL && size > 0)) return NPS_ERR_ARGUMENT;
    int status = read_options(options, &known);
    if (status == NPS_OK) status = npsi_themes_open(segments, key, &of);
    if (status != NPS_OK) return status;
    status = estimate(&of, &known, themes, size, count);
    npsi_themes_close(&of);
    return status;
}
