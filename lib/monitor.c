/* Waves beside a baseline: control limits and the CUSUM. */
#include <nps/monitor.h>

#include <float.h>
#include <math.h>

#include <nps/status.h>

#include "heterogeneity_internal.h"
#include "struct_internal.h"

#define DEFAULT_SIGMAS    3
#define DEFAULT_ALLOWANCE 0.5
#define DEFAULT_DECISION  5

typedef struct control {
    npsi_dd centre;   /* a fraction */
    double points;    /* the same */
    double deviation; /* of one answer, a fraction */
    double sigmas;
} control;

/* One side of the CUSUM. */
typedef struct sum {
    double value;
    uint64_t since;
} sum;

/* What was left out is the default. */
static int settle(double *option, double value)
{
    if (*option == 0) *option = value;
    return *option > 0 && *option <= DBL_MAX;
}

static int read_options(const nps_monitor_options *given, nps_monitor_options *out)
{
    static const nps_monitor_options defaults = {.struct_size = sizeof defaults};
    int status = npsi_struct_read(given == NULL ? &defaults : given, out, sizeof *out);
    if (status != NPS_OK) return status;
    int fits = settle(&out->sigmas, DEFAULT_SIGMAS) && settle(&out->allowance, DEFAULT_ALLOWANCE) &&
               settle(&out->decision, DEFAULT_DECISION);
    return fits ? NPS_OK : NPS_ERR_ARGUMENT;
}

static int check_waves(const nps_sample *waves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int status = nps_sample_check(waves + i);
        if (status != NPS_OK && status != NPS_ERR_EMPTY) return status;
    }
    return NPS_OK;
}

/* All but the CUSUM. The distance is from scores of twice the digits: those of a large wave and the centre may be one
 * double. */
static nps_monitored beside(const control *chart, const nps_sample *wave)
{
    nps_monitored out = {.score = NAN, .lower = NAN, .upper = NAN, .distance = NAN};
    double size;
    if (nps_sample_size(wave, &size) != NPS_OK || nps_sample_score(wave, &out.score) != NPS_OK) return out;
    double error = chart->deviation / sqrt(size);
    out.distance = npsi_dd_subtract(npsi_sample_score(wave), chart->centre).high / error;
    out.lower = fmax(-100, chart->points - chart->sigmas * (100 * error));
    out.upper = fmin(100, chart->points + chart->sigmas * (100 * error));
    out.limit = (out.score > out.upper) - (out.score < out.lower);
    return out;
}

static void sum_add(sum *side, double distance, double allowance, uint64_t wave)
{
    side->value = fmax(0, side->value + distance - allowance);
    if (side->value == 0) side->since = wave + 1;
}

int nps_monitor_waves(const nps_sample *baseline, const nps_sample *waves, size_t count,
                      const nps_monitor_options *options, nps_monitored *monitored)
{
    nps_monitor_options known;
    int status = read_options(options, &known);
    if (status != NPS_OK) return status;
    if (count > 0 && (waves == NULL || monitored == NULL)) return NPS_ERR_ARGUMENT;
    double points;
    status = nps_sample_score(baseline, &points);
    if (status == NPS_OK) status = check_waves(waves, count);
    if (status != NPS_OK) return status;

    npsi_shares shares = npsi_sample_shares(baseline);
    control chart = {npsi_sample_score(baseline), points, sqrt(npsi_shares_variance(&shares)), known.sigmas};
    sum low = {0, 0}, high = {0, 0};
    for (size_t i = 0; i < count; i++) {
        nps_monitored *at = monitored + i;
        *at = beside(&chart, waves + i);
        int answered = !isnan(at->distance);
        sum_add(&low, answered ? -at->distance : 0, answered ? known.allowance : 0, i);
        sum_add(&high, answered ? at->distance : 0, answered ? known.allowance : 0, i);
        at->cusum_low = low.value;
        at->cusum_high = high.value;
        if (!answered) continue;
        const sum *larger = low.value >= high.value ? &low : &high;
        if (!(larger->value > known.decision)) continue;
        at->cusum = larger == &low ? -1 : 1;
        at->since = larger->since;
    }
    return NPS_OK;
}
