/* From whole numbers to a double in one rounding: counts have 64 bits, sums of weights 128. */
#include <nps/response.h>

#include <nps/status.h>

#include "double_double_internal.h"
#include "wide_internal.h"

typedef struct number {
    uint64_t words[NPSI_WIDE_WORDS];
} number;

/* factor a / b, rounded once. b is not 0. */
static double ratio(uint64_t factor, uint64_t a, uint64_t b)
{
    number above = {{0}}, below = {{b}};
    above.words[0] = npsi_multiply(factor, a, &above.words[1]);
    return npsi_wide_ratio(above.words, below.words);
}

int nps_response_rate(uint64_t responses, uint64_t invited, double *rate)
{
    if (rate == NULL) return NPS_ERR_ARGUMENT;
    if (responses > invited) return NPS_ERR_RANGE;
    if (invited == 0) return NPS_ERR_EMPTY;
    *rate = ratio(1, responses, invited);
    return NPS_OK;
}

int nps_response_bounds(double score, double rate, double *lowest, double *highest)
{
    if (lowest == NULL || highest == NULL) return NPS_ERR_ARGUMENT;
    if (!(rate >= 0 && rate <= 1)) return NPS_ERR_RANGE;
    if (rate == 0) score = 0;
    if (!(score >= -100 && score <= 100)) return NPS_ERR_RANGE;
    npsi_dd known = npsi_dd_product(score, rate), open = npsi_dd_scale(npsi_dd_sum(1, -rate), 100);
    *lowest = npsi_dd_subtract(known, open).high;
    *highest = npsi_dd_add(known, open).high;
    return NPS_OK;
}

/* The score when those who did not answer count against `with`, of n answers. Both sums are above -1 and below 2^64:
 * 100 (with - against - (invited - n)) / invited, where with - against + n is with + (n - against). */
static double worst(uint64_t with, uint64_t against, uint64_t n, uint64_t invited)
{
    uint64_t sum = with + (n - against);
    return sum < invited ? -ratio(100, invited - sum, invited) : ratio(100, sum - invited, invited);
}

int nps_tally_response_bounds(const nps_tally *tally, uint64_t invited, double *lowest, double *highest)
{
    if (tally == NULL || lowest == NULL || highest == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    uint64_t n = nps_tally_responses(tally);
    if (n > invited) return NPS_ERR_RANGE;
    if (invited == 0) return NPS_ERR_EMPTY;
    uint64_t detractors = nps_tally_detractors(tally), promoters = nps_tally_promoters(tally);
    *lowest = worst(promoters, detractors, n, invited);
    *highest = 0 - worst(detractors, promoters, n, invited); /* no -0 */
    return NPS_OK;
}

int nps_tally_ends(const nps_tally *tally, double *lowest, double *highest)
{
    if (tally == NULL || lowest == NULL || highest == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    uint64_t n = nps_tally_responses(tally);
    if (n == 0) return NPS_ERR_EMPTY;
    *lowest = ratio(1, tally->level[0], n);
    *highest = ratio(1, tally->level[tally->scale.highest - tally->scale.lowest], n);
    return NPS_OK;
}

int nps_weighted_ends(const nps_weighted *weighted, double *lowest, double *highest)
{
    if (weighted == NULL || lowest == NULL || highest == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&weighted->scale) != NPS_OK) return NPS_ERR_SCALE;
    const uint64_t *first = weighted->weight[0];
    const uint64_t *last = weighted->weight[weighted->scale.highest - weighted->scale.lowest];
    number all = {{0}}, low = {{first[0], first[1]}}, high = {{last[0], last[1]}};
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        if (npsi_wide_add(all.words, weighted->weight[i], 2) != 0) return NPS_ERR_OVERFLOW;
    if (npsi_wide_is_zero(all.words, 2)) return NPS_ERR_EMPTY;
    *lowest = npsi_wide_ratio(low.words, all.words);
    *highest = npsi_wide_ratio(high.words, all.words);
    return NPS_OK;
}
