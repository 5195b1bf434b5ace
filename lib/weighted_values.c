#include <nps/weighted.h>

#include <string.h>

#include <nps/status.h>

#include "wide_internal.h"

/* sum += factor * weight */
static void add_multiple(npsi_signed *sum, int factor, const uint64_t weight[2])
{
    uint64_t size = (uint64_t)(factor < 0 ? -factor : factor);
    npsi_signed term = {{0}, factor < 0};
    npsi_wide_multiply(weight, 2, &size, 1, term.words);
    npsi_signed_add(sum, &term);
}

/* The sum of all weights. NPS_ERR_EMPTY: it is 0. NPS_ERR_OVERFLOW: it is one that the library never makes. */
static int sum_weights(const nps_weighted *weighted, npsi_signed *total)
{
    if (weighted == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    *total = (npsi_signed){{0}, 0};
    for (int i = 0; i < NPS_MAX_LEVELS; i++) add_multiple(total, 1, weighted->weight[i]);
    if (total->words[2] != 0) return NPS_ERR_OVERFLOW;
    return npsi_wide_is_zero(total->words, 2) ? NPS_ERR_EMPTY : NPS_OK;
}

int nps_weighted_tally(const nps_weighted *weighted, nps_tally *out)
{
    if (weighted == NULL || out == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    nps_tally tally = {
        .scale = weighted->scale,
        .kind = weighted->kind,
        .missing = weighted->missing,
        .invalid = weighted->invalid,
    };
    memcpy(tally.level, weighted->level, sizeof tally.level);
    *out = tally;
    return NPS_OK;
}

double nps_weighted_total(const nps_weighted *weighted)
{
    static const npsi_signed unit = {{0, 1}, 0};
    npsi_signed total;
    return sum_weights(weighted, &total) == NPS_OK ? npsi_signed_ratio(&total, &unit) : 0;
}

int nps_weighted_mean(const nps_weighted *weighted, double *mean)
{
    npsi_signed total, sum = {{0}, 0};
    int status = mean == NULL ? NPS_ERR_ARGUMENT : sum_weights(weighted, &total);
    if (status != NPS_OK) return status;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) add_multiple(&sum, weighted->scale.lowest + i, weighted->weight[i]);
    *mean = npsi_signed_ratio(&sum, &total);
    return NPS_OK;
}

int nps_weighted_score(const nps_weighted *weighted, double *points)
{
    npsi_signed total, sum = {{0}, 0};
    int status = points == NULL ? NPS_ERR_ARGUMENT : sum_weights(weighted, &total);
    if (status != NPS_OK) return status;
    for (int i = 0; i <= weighted->scale.highest - weighted->scale.lowest; i++)
        add_multiple(&sum, 100 * nps_classify(&weighted->scale, weighted->scale.lowest + i), weighted->weight[i]);
    *points = npsi_signed_ratio(&sum, &total);
    return NPS_OK;
}

/* The sum of the squared weights times n, and the square of the sum of weights. */
static int sum_squares(const nps_weighted *weighted, uint64_t n, npsi_signed *squares, npsi_signed *total_squared)
{
    npsi_signed total;
    uint64_t sum[4] = {0};
    int status = sum_weights(weighted, &total);
    if (status != NPS_OK) return status;
    *squares = *total_squared = (npsi_signed){{0}, 0};
    for (int i = 0; i < NPS_MAX_LEVELS; i++) npsi_wide_add(sum, weighted->square[i], 4);
    if (npsi_wide_is_zero(sum, 4)) return NPS_ERR_FORMAT;
    npsi_wide_multiply(sum, 4, &n, 1, squares->words);
    npsi_wide_multiply(total.words, 2, total.words, 2, total_squared->words);
    return NPS_OK;
}

int nps_weighted_effective_size(const nps_weighted *weighted, double *size)
{
    npsi_signed squares, total_squared;
    int status = size == NULL ? NPS_ERR_ARGUMENT : sum_squares(weighted, 1, &squares, &total_squared);
    if (status == NPS_OK) *size = npsi_signed_ratio(&total_squared, &squares);
    return status;
}

int nps_weighted_design_effect(const nps_weighted *weighted, double *effect)
{
    npsi_signed squares, total_squared;
    nps_tally tally;
    int status = effect == NULL ? NPS_ERR_ARGUMENT : nps_weighted_tally(weighted, &tally);
    if (status == NPS_OK) status = sum_squares(weighted, nps_tally_responses(&tally), &squares, &total_squared);
    if (status == NPS_OK) *effect = npsi_signed_ratio(&squares, &total_squared);
    return status;
}
