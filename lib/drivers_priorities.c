/* Relative weights times room for improvement, and how sure their order is. */
#include <math.h>

#include <nps/status.h>

#include "drivers_analysis_internal.h"
#include "special_internal.h"

/* The room of column i of those used; *slope, where not NULL, is the change of it with one standard deviation more. */
static double room_of(const npsi_analysis *a, int i, double lowest, double highest, double *slope)
{
    const npsi_moments *moments = &a->moments;
    int v = a->variable[i], is_good = a->correlation[i * (a->k + 1) + a->k].high >= 0;
    double range = highest - lowest, best = is_good ? highest : lowest;
    double distance = npsi_dd_subtract(npsi_dd_from(best), moments->mean[v]).high;
    *slope = (is_good ? -1 : 1) / (a->scale[i] * sqrt(moments->weight) * range);
    return fabs(distance) / range;
}

static int check_ends(const npsi_analysis *a, const double *lowest, const double *highest)
{
    for (int i = 0; i < a->k; i++) {
        double low = lowest[a->variable[i]], high = highest[a->variable[i]],
               mean = a->moments.mean[a->variable[i]].high;
        if (!(isfinite(high - low) && low < high && low <= mean && mean <= high)) return NPS_ERR_RANGE;
    }
    return NPS_OK;
}

/* The influence of an answer on a priority: room times that on the weight, plus the weight times that on the room. */
static void prioritise(const npsi_analysis *a, npsi_weights *weights, const double *lowest, const double *highest,
                       nps_driver_priority *out)
{
    for (int i = 0; i < a->moments.columns; i++) out[i] = (nps_driver_priority){0, 0, NAN, NAN, NAN};
    for (int i = 0; i < a->k; i++) {
        int v = a->variable[i], size = a->k + 2;
        double *form = weights->forms + (size_t)i * NPSI_FORM_STRIDE(a->k), slope;
        double room = room_of(a, i, lowest[v], highest[v], &slope);
        for (size_t j = 0; j < NPSI_FORM_SIZE(a->k); j++) form[j] *= room;
        form[i + 1] = form[(i + 1) * size] = weights->weight[i] * slope / 2;
        out[v].room = room;
        out[v].priority = weights->weight[i] * room;
    }
    npsi_weights_covariance(a, weights);
}

static double chance_ahead(double difference, double variance)
{
    if (isnan(variance)) return NAN;
    if (!(variance > 0)) return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
    return npsi_normal_cdf(difference / sqrt(variance));
}

static void order(const npsi_analysis *a, const npsi_weights *weights, nps_driver_priority *out, double *ahead)
{
    int columns = a->moments.columns, k = a->k;
    const double *covariance = weights->covariance;
    for (int i = 0; i < columns * columns && ahead != NULL; i++) ahead[i] = NAN;
    for (int i = 0; i < k; i++) {
        nps_driver_priority *own = out + a->variable[i];
        double variance = covariance[i * k + i];
        own->standard_error = sqrt(variance);
        own->rank = 1;
        for (int j = 0; j < k; j++) {
            double difference = own->priority - out[a->variable[j]].priority;
            own->rank += difference < 0 || (difference == 0 && j < i);
            if (j == i || ahead == NULL) continue;
            ahead[a->variable[i] * columns + a->variable[j]] =
                chance_ahead(difference, variance + covariance[j * k + j] - 2 * covariance[i * k + j]);
        }
    }
}

int nps_drivers_priorities(const nps_drivers *drivers, const nps_drivers_model *model, const double *lowest,
                           const double *highest, nps_driver_priority *priorities, double *ahead)
{
    npsi_analysis a;
    npsi_weights weights;
    if (lowest == NULL || highest == NULL || priorities == NULL) return NPS_ERR_ARGUMENT;
    int status = npsi_analysis_begin(drivers, model, &a);
    if (status != NPS_OK) return status;
    status = check_ends(&a, lowest, highest);
    if (status == NPS_OK) status = npsi_weights_of(&a, &weights);
    if (status == NPS_OK) {
        prioritise(&a, &weights, lowest, highest, priorities);
        order(&a, &weights, priorities, ahead);
        npsi_weights_free(&a, &weights);
    }
    npsi_analysis_free(&a);
    return status;
}
