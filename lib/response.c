#include <nps/response.h>

#include <stddef.h>

#include <nps/status.h>

int nps_response_rate(uint64_t responses, uint64_t invited, double *rate)
{
    (void)responses;
    (void)invited;
    (void)rate;
    return NPS_ERR_ARGUMENT;
}

int nps_response_bounds(double score, double rate, double *lowest, double *highest)
{
    (void)score;
    (void)rate;
    (void)lowest;
    (void)highest;
    return NPS_ERR_ARGUMENT;
}

int nps_tally_response_bounds(const nps_tally *tally, uint64_t invited, double *lowest, double *highest)
{
    (void)tally;
    (void)invited;
    (void)lowest;
    (void)highest;
    return NPS_ERR_ARGUMENT;
}

int nps_tally_ends(const nps_tally *tally, double *lowest, double *highest)
{
    (void)tally;
    (void)lowest;
    (void)highest;
    return NPS_ERR_ARGUMENT;
}

int nps_weighted_ends(const nps_weighted *weighted, double *lowest, double *highest)
{
    (void)weighted;
    (void)lowest;
    (void)highest;
    return NPS_ERR_ARGUMENT;
}
