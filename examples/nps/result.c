#include <math.h>

#include <nps/interval.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "message.h"
#include "result.h"

bool result_sample(const nps_tally *tally, const nps_weighted *weighted, nps_sample *sample)
{
    int status = weighted != NULL ? nps_weighted_sample(weighted, sample) : nps_tally_sample(tally, sample);
    if (status == NPS_ERR_EMPTY) return false;
    require(status, "score");
    return true;
}

static void take_estimates(const nps_sample *sample, const options *given, result *out)
{
    int32_t method = given->chosen & (FOR_SCORE | FOR_MERGE) ? given->method : NPS_INTERVAL_SCORE;
    int status = nps_interval(sample, method, given->level, &out->lower, &out->upper);
    if (status == NPS_ERR_RANGE && method == NPS_INTERVAL_BOOTSTRAP) {
        fail(STATUS_USAGE, "--method bootstrap takes whole counts only: choose another for weights");
    }
    require(status, nps_interval_method_name(method));
    require(nps_sample_standard_error(sample, &out->standard_error), "standard error");
    require(nps_sample_shares(sample, &out->detractor_share, &out->passive_share, &out->promoter_share), "shares");
}

static void take_weights(const nps_weighted *weighted, const nps_sample *sample, result *out)
{
    require(nps_weighted_score(weighted, &out->score), "score");
    require(nps_weighted_mean(weighted, &out->mean), "mean");
    require(nps_weighted_effective_size(weighted, &out->effective_size), "effective size");
    require(nps_weighted_design_effect(weighted, &out->design_effect), "design effect");
    require(nps_sample_score_rounded(sample, NPS_HALF_AWAY, &out->rounded), "score");
}

static void take_nothing(const nps_tally *counts, const nps_weighted *weighted, result *out)
{
    *out = (result){
        .counts = *counts,
        .is_weighted = weighted != NULL,
        .mean = NAN,
        .score = NAN,
        .lower = NAN,
        .upper = NAN,
        .standard_error = NAN,
        .promoter_share = NAN,
        .passive_share = NAN,
        .detractor_share = NAN,
        .weight = nps_weighted_total(weighted),
        .effective_size = NAN,
        .design_effect = NAN,
    };
}

void result_from(const nps_tally *tally, const nps_weighted *weighted, const options *given, result *out)
{
    nps_sample sample;
    take_nothing(tally, weighted, out);
    out->has_score = result_sample(tally, weighted, &sample);
    if (!out->has_score) return;
    take_estimates(&sample, given, out);
    if (weighted != NULL) {
        take_weights(weighted, &sample, out);
        return;
    }
    require(nps_score(tally, &out->score), "score");
    require(nps_tally_mean(tally, &out->mean), "mean");
    require(nps_score_rounded(tally, NPS_HALF_AWAY, &out->rounded), "score");
}

static void suppress(const state *of, result *out)
{
    nps_tally nothing;
    nps_weighted weightless;
    require(nps_tally_init(&nothing, &of->scale), "segment");
    require(nps_weighted_init(&weightless, &of->scale), "segment");
    take_nothing(&nothing, of->is_weighted ? &weightless : NULL, out);
    out->suppressed = true;
}

void result_total(const state *of, const options *given, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    if (of->total_hidden) {
        suppress(of, out);
        return;
    }
    state_total(of, &tally, &weighted);
    result_from(&tally, of->is_weighted ? &weighted : NULL, given, out);
}

void result_segment(const state *of, size_t index, const options *given, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    if (of->hidden != NULL && of->hidden[index] != NPS_SHOWN) {
        suppress(of, out);
        return;
    }
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    if (of->is_weighted) require(nps_segments_weighted(of->segments, index, &weighted), "segment");
    result_from(&tally, of->is_weighted ? &weighted : NULL, given, out);
}
