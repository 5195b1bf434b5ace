/* Rules: a sample held against a threshold. */
#include <nps/monitor.h>

#include <float.h>
#include <math.h>

#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/sequential.h>
#include <nps/status.h>

#include "compare_internal.h"
#include "names_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

#define DEFAULT_LEVEL 0.95

/* Fills in all but outcome and side, of the rule that asks whether it is low. out has the threshold. */
typedef int hold(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out);

/* The e-value looks both ways: against a sample on the other side of the threshold it says nothing to the rule. */
static int hold_anytime(const nps_rule *rule, const nps_sample *to, nps_alert *out)
{
    int status = nps_sequential_interval(to, rule->level, &out->lower, &out->upper);
    if (status == NPS_OK) status = nps_sequential_test(to, out->threshold, &out->statistic, &out->p);
    if (out->estimate >= out->threshold) out->p = 1;
    return status;
}

static int below(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    (void)from;
    nps_test test = {.struct_size = sizeof test};
    int status = nps_sample_score(to, &out->estimate);
    if (status != NPS_OK) return status;
    if (rule->anytime) return hold_anytime(rule, to, out);
    status = nps_interval(to, NPS_INTERVAL_SCORE, 2 * rule->level - 1, &out->lower, &out->upper);
    if (status == NPS_OK) status = nps_compare_benchmark(to, NPS_BENCHMARK_SCORE, out->threshold, &test);
    out->statistic = test.statistic;
    out->p = npsi_normal_cdf(test.statistic);
    return status;
}

static int drop_anytime(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    double low[2], high[2], half = fmin((1 + rule->level) / 2, 1 - DBL_EPSILON / 2);
    int status = nps_sequential_interval(to, half, &low[1], &high[1]);
    if (status == NPS_OK) status = nps_interval(from, NPS_INTERVAL_SCORE, rule->level, &low[0], &high[0]);
    if (status != NPS_OK) return status;
    out->estimate = npsi_contrast_of(from, to).points.high;
    out->lower = fmin(out->estimate, low[1] - high[0]);
    out->upper = fmax(out->estimate, high[1] - low[0]);
    return NPS_OK;
}

static int drop(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    if (rule->anytime) return drop_anytime(rule, from, to, out);
    nps_difference found = {.struct_size = sizeof found};
    int status = nps_compare(from, to, NPS_DIFFERENCE_MOVER, 2 * rule->level - 1, &found);
    if (status != NPS_OK) return status;
    out->estimate = found.estimate;
    out->lower = found.lower;
    out->upper = found.upper;
    out->statistic = found.statistic;
    if (out->threshold != 0) {
        npsi_contrast contrast = npsi_contrast_of(from, to);
        out->statistic = npsi_inversion_statistic(&npsi_mover, &contrast, out->threshold);
    }
    out->p = npsi_normal_cdf(out->statistic);
    return isnan(out->p) ? NPS_ERR_CONVERGENCE : NPS_OK;
}

static const struct {
    const char *name;
    hold *holds;
    int high; /* asks for the other side */
} rules[NPS_RULE_COUNT] = {
    [NPS_RULE_BELOW] = {"below", below, 0},  [NPS_RULE_ABOVE] = {"above", below, 1},
    [NPS_RULE_DROP] = {"drop", drop, 0},     [NPS_RULE_RISE] = {"rise", drop, 1},
    [NPS_RULE_LIMITS] = {"limits", NULL, 0},
};

static int points_fit(const nps_rule *rule)
{
    return rule->rule <= NPS_RULE_ABOVE ? rule->points > -100 && rule->points < 100
                                        : rule->points >= 0 && rule->points < 200;
}

static int read_rule(const nps_rule *given, nps_rule *out)
{
    int status = npsi_struct_read(given, out, sizeof *out);
    if (status != NPS_OK) return status;
    if (out->level == 0) out->level = DEFAULT_LEVEL;
    if (out->rule < 0 || out->rule >= NPS_RULE_COUNT || !(out->least >= 0 && out->least <= DBL_MAX))
        return NPS_ERR_ARGUMENT;
    if (out->rule == NPS_RULE_LIMITS)
        return out->anytime == 0 && out->sigmas >= 0 && out->sigmas <= DBL_MAX ? NPS_OK : NPS_ERR_ARGUMENT;
    int fits = (out->anytime == 0 || out->anytime == 1) && out->level > 0.5 && out->level < 1 && points_fit(out);
    return fits ? NPS_OK : NPS_ERR_ARGUMENT;
}

static nps_sample sample_mirrored(const nps_sample *sample)
{
    return (nps_sample){sample->promoters, sample->passives, sample->detractors, sample->df};
}

/* 0 stays +0. */
static void turn(nps_alert *alert, int anytime)
{
    double lower = alert->lower;
    alert->lower = 0 - alert->upper;
    alert->upper = 0 - lower;
    alert->estimate = 0 - alert->estimate;
    alert->threshold = 0 - alert->threshold;
    if (!anytime) alert->statistic = 0 - alert->statistic;
}

/* The rules of the high side are those of the low side on mirrored samples. Where rounding puts bound and p on two
 * sides of what they are held against, the bound decides and p is moved by its last places. */
static int hold_side(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    int high = rules[rule->rule].high;
    nps_sample low_from = high ? sample_mirrored(from) : *from, low_to = high ? sample_mirrored(to) : *to;
    out->threshold = rule->rule == NPS_RULE_BELOW ? rule->points : 0 - rule->points;
    int status = rules[rule->rule].holds(rule, &low_from, &low_to, out);
    if (status != NPS_OK) return status;
    double error = 1 - rule->level;
    int fires = out->upper < out->threshold;
    if (!isnan(out->p)) out->p = fires ? fmin(out->p, nextafter(error, 0)) : fmax(out->p, error);
    if (high) turn(out, rule->anytime);
    if (fires) out->side = high ? 1 : -1;
    return NPS_OK;
}

static int hold_limits(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    nps_monitor_options options = {.struct_size = sizeof options, .sigmas = rule->sigmas};
    nps_monitored found;
    int status = nps_monitor_waves(from, to, 1, &options, &found);
    if (status != NPS_OK) return status;
    out->estimate = found.score;
    out->lower = found.lower;
    out->upper = found.upper;
    out->threshold = found.distance < 0 ? found.lower : found.upper;
    out->side = found.limit;
    return NPS_OK;
}

/* Of a sample with answers. */
static int hold_any(const nps_rule *rule, const nps_sample *from, const nps_sample *to, nps_alert *out)
{
    double size;
    int status = nps_sample_size(to, &size);
    if (status == NPS_OK) status = nps_sample_score(to, &out->score);
    if (status == NPS_OK) status = (rule->rule == NPS_RULE_LIMITS ? hold_limits : hold_side)(rule, from, to, out);
    if (status != NPS_OK) return status;
    if (size < rule->least)
        out->side = 0;
    else
        out->outcome = out->side != 0 ? NPS_ALERT_FIRED : NPS_ALERT_NONE;
    return NPS_OK;
}

int nps_monitor_rule(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample, nps_alert *out)
{
    nps_rule known;
    nps_sample from = {0, 0, 0, 0};
    int status = npsi_struct_takes(out) ? read_rule(rule, &known) : NPS_ERR_ARGUMENT;
    if (status == NPS_OK && known.rule >= NPS_RULE_DROP) {
        status = nps_sample_check(baseline);
        if (status == NPS_OK) from = *baseline;
    }
    if (status != NPS_OK) return status;
    nps_alert alert = {sizeof alert, NPS_ALERT_FEW, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    status = nps_sample_check(sample);
    if (status == NPS_OK)
        status = hold_any(&known, &from, sample, &alert);
    else if (status == NPS_ERR_EMPTY)
        status = NPS_OK;
    if (status == NPS_OK) npsi_struct_write(out, &alert, sizeof alert);
    return status;
}

const char *nps_monitor_rule_name(int32_t rule)
{
    return rule >= 0 && rule < NPS_RULE_COUNT ? rules[rule].name : NULL;
}

int nps_monitor_rule_number(const char *name, size_t length, int32_t *rule)
{
    return npsi_find_name(nps_monitor_rule_name, NPS_RULE_COUNT, name, length, rule);
}
