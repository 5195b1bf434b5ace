/* Relative weights times room for improvement, and how sure their order is. */
#include <math.h>

#include <nps/status.h>

#include "drivers_analysis_internal.h"
#include "special_internal.h"

/* Turns the influence of an answer on weight i into that on its priority: room times that on the weight, and the weight
 * times that on the room. NPS_ERR_RANGE: the ends. */
static int prioritise(npsi_weights *weights, size_t i, double lowest, double highest, nps_driver_priority *out)
{
    const npsi_analysis *a = &weights->analysis;
    size_t n = a->size;
    double *form = weights->forms + i * n * n;
    npsi_dd mean = a->moments.mean[a->variable[i + 1]];
    double range = highest - lowest, sign = a->correlation[(i + 1) * n + n - 1].high < 0 ? -1 : 1;
    if (!(range > 0 && range < HUGE_VAL && lowest <= mean.high && mean.high <= highest)) return NPS_ERR_RANGE;
    npsi_dd best = npsi_dd_from(sign > 0 ? highest : lowest);
    out->room = fabs(npsi_dd_subtract(best, mean).high) / range;
    out->priority = weights->weight[i] * out->room;
    for (size_t j = 0; j < n * n; j++) form[j] *= out->room;
    double slope = a->scale[0] / a->scale[i + 1] / range;
    form[i + 1] = form[(i + 1) * n] = weights->weight[i] * slope * -sign / 2;
    return NPS_OK;
}

static double chance_ahead(double difference, double variance)
{
    if (variance <= 0) return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
    return npsi_normal_cdf(difference / sqrt(variance));
}

static void order(const npsi_weights *weights, nps_driver_priority *out, double *ahead)
{
    size_t columns = weights->analysis.columns, k = weights->analysis.k;
    const double *covariance = weights->covariance;
    for (size_t i = 0; i < k; i++) {
        nps_driver_priority *own = out + weights->analysis.variable[i + 1];
        double variance = covariance[i * k + i];
        own->standard_error = npsi_error(variance);
        own->rank = 1;
        for (size_t j = 0; j < k; j++) {
            size_t other = weights->analysis.variable[j + 1];
            double difference = own->priority - out[other].priority;
            own->rank += difference < 0 || (difference == 0 && j < i);
            if (j != i && ahead != NULL)
                ahead[(size_t)(own - out) * columns + other] =
                    chance_ahead(difference, variance + covariance[j * k + j] - 2 * covariance[i * k + j]);
        }
    }
}

int nps_drivers_priorities(const nps_drivers *drivers, const nps_drivers_model *model, const double *lowest,
                           const double *highest, nps_driver_priority *priorities, double *ahead)
{
    npsi_weights weights;
    const npsi_analysis *a = &weights.analysis;
    nps_driver_priority found[NPS_MAX_DRIVERS];
    if (lowest == NULL || highest == NULL || priorities == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_weights_begin(drivers, model, &weights);
    if (status != NPS_OK) return status;
    for (size_t i = 0; i < a->columns; i++) found[i] = (nps_driver_priority){0, 0, NAN, NAN, NAN};
    for (size_t i = 0; i < a->k && status == NPS_OK; i++) {
        size_t v = a->variable[i + 1];
        status = prioritise(&weights, i, lowest[v], highest[v], found + v);
    }
    if (status == NPS_OK) {
        npsi_weights_covariance(&weights);
        if (ahead != NULL) npsi_undefine(ahead, a->columns * a->columns * sizeof *ahead);
        order(&weights, found, ahead);
        memcpy(priorities, found, a->columns * sizeof *found);
    }
    npsi_weights_free(&weights);
    return status;
}
