/* Windows of waves that move by one. The first pass looks whether all can be done, the second writes. */
#include <nps/trend.h>

#include <nps/status.h>

/* rolling NULL: writes nothing. */
static int roll(const nps_tally *waves, size_t count, size_t window, nps_tally *rolling)
{
    nps_tally sum;
    int status = nps_tally_init(&sum, &waves->scale);
    sum.kind = waves->kind;
    for (size_t i = 0; status == NPS_OK && i < count; i++) {
        if (i >= window) status = nps_tally_subtract(&sum, waves + (i - window));
        if (status == NPS_OK) status = nps_tally_check(waves + i);
        if (status == NPS_OK) status = nps_tally_merge(&sum, waves + i);
        if (status == NPS_OK && rolling != NULL) rolling[i] = sum;
    }
    return status;
}

static int roll_weighted(const nps_weighted *waves, size_t count, size_t window, nps_weighted *rolling)
{
    nps_weighted sum;
    int status = nps_weighted_init(&sum, &waves->scale);
    sum.kind = waves->kind;
    for (size_t i = 0; status == NPS_OK && i < count; i++) {
        if (i >= window) status = nps_weighted_subtract(&sum, waves + (i - window));
        if (status == NPS_OK) status = nps_weighted_check(waves + i);
        if (status == NPS_OK) status = nps_weighted_merge(&sum, waves + i);
        if (status == NPS_OK && rolling != NULL) rolling[i] = sum;
    }
    return status;
}

static int check(const void *waves, size_t count, size_t window, const void *rolling)
{
    if (window == 0) return NPS_ERR_ARGUMENT;
    if (count == 0) return NPS_ERR_EMPTY;
    return waves == NULL || rolling == NULL ? NPS_ERR_ARGUMENT : NPS_OK;
}

int nps_trend_rolling(const nps_tally *waves, size_t count, size_t window, nps_tally *rolling)
{
    int status = check(waves, count, window, rolling);
    if (status == NPS_OK) status = roll(waves, count, window, NULL);
    return status == NPS_OK ? roll(waves, count, window, rolling) : status;
}

int nps_trend_rolling_weighted(const nps_weighted *waves, size_t count, size_t window, nps_weighted *rolling)
{
    int status = check(waves, count, window, rolling);
    if (status == NPS_OK) status = roll_weighted(waves, count, window, NULL);
    return status == NPS_OK ? roll_weighted(waves, count, window, rolling) : status;
}
