#include <nps/sequential.h>

#include <math.h>

#include <nps/status.h>

#include "wealth_internal.h"

int nps_sequential_interval(const nps_sample *sample, double level, double *lower, double *upper)
{
    if (lower == NULL || upper == NULL || !(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    double score;
    int status = nps_sample_score(sample, &score);
    if (status != NPS_OK) return status;
    nps_sample mirror = {sample->promoters, sample->passives, sample->detractors, sample->df};
    double threshold = -log1p(-level);
    double low = 100 * npsi_wealth_lower(sample, threshold);
    double high = -100 * npsi_wealth_lower(&mirror, threshold);
    *lower = fmax(-100, fmin(low, score));
    *upper = fmin(100, fmax(high, score));
    return NPS_OK;
}

int nps_sequential_test(const nps_sample *sample, double points, double *log_e_value, double *p)
{
    int status = nps_sample_check(sample);
    if (status != NPS_OK) return status;
    if (!(points >= -100 && points <= 100)) return NPS_ERR_RANGE;
    double trial = points / 100, trial_rest = fma(-100, trial, points) / 100;
    double evidence = npsi_log_wealth(sample, trial, trial_rest);
    if (log_e_value != NULL) *log_e_value = evidence;
    if (p != NULL) *p = fmin(1, exp(-evidence));
    return NPS_OK;
}
