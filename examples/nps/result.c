#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include <nps/compare.h>
#include <nps/interval.h>
#include <nps/response.h>
#include <nps/sample.h>
#include <nps/status.h>

#include "accounts.h"
#include "invitations.h"
#include "message.h"
#include "result.h"
#include "strata.h"

bool result_sample(const nps_tally *tally, const nps_weighted *weighted, nps_sample *sample)
{
    int status = weighted != NULL ? nps_weighted_sample(weighted, sample) : nps_tally_sample(tally, sample);
    if (status == NPS_ERR_EMPTY) return false;
    require(status, "score");
    return true;
}

static int32_t interval_method(const options *given)
{
    return given->chosen & (FOR_SCORE | FOR_MERGE | FOR_TREND) ? given->method : NPS_INTERVAL_SCORE;
}

static void take_estimates(const nps_sample *sample, const options *given, result *out)
{
    int32_t method = interval_method(given);
    int status = nps_interval(sample, method, given->level, &out->lower, &out->upper);
    if (status == NPS_ERR_RANGE && method == NPS_INTERVAL_BOOTSTRAP) {
        fail(STATUS_USAGE, "--method bootstrap takes whole counts only: choose another for weights");
    }
    require(status, nps_interval_method_name(method));
    require(nps_sample_standard_error(sample, &out->standard_error), "standard error");
    require(nps_sample_shares(sample, &out->detractor_share, &out->passive_share, &out->promoter_share), "shares");
}

_Noreturn static void fail_design(const state *of, const nps_key *domain, int status)
{
    nps_design_result known = {.struct_size = sizeof known};
    if (status == NPS_ERR_RANGE) strata_fail_crowded(of);
    if (status != NPS_ERR_SINGULAR) fail(STATUS_FAILED, "survey design: %s", nps_strerror(status));
    require(nps_design_estimate(of->design, domain, NPS_LONELY_REMOVE, &known), "survey design");
    strata_fail_lonely(of, &known);
}

/* False where few units leave the variance unknown. A method that takes the degrees of freedom itself must not find
 * them in the size of the sample once more. */
static bool design_sample(const state *of, const nps_key *domain, const options *given, bool takes_df,
                          nps_sample *sample)
{
    int status = nps_design_sample(of->design, domain, given->lonely, given->level, sample);
    if (status == NPS_ERR_SINGULAR) {
        nps_design_result known = {.struct_size = sizeof known};
        status = nps_design_estimate(of->design, domain, given->lonely, &known);
        if (status == NPS_OK) return false;
    }
    if (status == NPS_OK && takes_df) status = nps_design_sample(of->design, domain, given->lonely, 0, sample);
    if (status != NPS_OK) fail_design(of, domain, status);
    return true;
}

/* The sample for a difference. */
static bool take_design_sample(const state *of, const nps_key *domain, const options *given, nps_sample *sample)
{
    return design_sample(of, domain, given, given->chosen == FOR_COMPARE && given->method == NPS_DIFFERENCE_WELCH,
                         sample);
}

/* What the design knows better than the weights alone. */
static void take_design(const state *of, const nps_key *domain, const options *given, result *out)
{
    nps_design_result known = {.struct_size = sizeof known};
    nps_sample sample;
    out->is_design = true;
    if (!out->has_score) return;
    int status = nps_design_estimate(of->design, domain, given->lonely, &known);
    if (status != NPS_OK) fail_design(of, domain, status);
    out->standard_error = known.standard_error;
    out->effective_size = known.effective_size;
    out->design_effect = known.design_effect;
    out->df = known.df;
    out->strata = known.strata;
    out->units = known.psus;
    out->lonely = known.lonely;
    out->lower = out->upper = NAN;
    int32_t method = interval_method(given);
    if (!design_sample(of, domain, given, method == NPS_INTERVAL_T, &sample)) return;
    require(nps_interval(&sample, method, given->level, &out->lower, &out->upper), nps_interval_method_name(method));
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
        .lowest_share = NAN,
        .highest_share = NAN,
        .response_rate = NAN,
        .worst_case = NAN,
        .best_case = NAN,
        .account_score = NAN,
        .account_error = NAN,
        .account_lower = NAN,
        .account_upper = NAN,
        .df = NAN,
    };
}

static void take_ends(const nps_tally *tally, const nps_weighted *weighted, result *out)
{
    int status = weighted != NULL ? nps_weighted_ends(weighted, &out->lowest_share, &out->highest_share)
                                  : nps_tally_ends(tally, &out->lowest_share, &out->highest_share);
    if (status != NPS_ERR_EMPTY) require(status, "shares");
}

void result_from(const nps_tally *tally, const nps_weighted *weighted, const options *given, result *out)
{
    nps_sample sample;
    take_nothing(tally, weighted, out);
    take_ends(tally, weighted, out);
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

static void suppress(const state *of, const options *given, result *out)
{
    nps_tally nothing;
    nps_weighted weightless;
    require(nps_tally_init(&nothing, &of->scale), "segment");
    require(nps_weighted_init(&weightless, &of->scale), "segment");
    take_nothing(&nothing, of->is_weighted ? &weightless : NULL, out);
    out->suppressed = true;
    out->tells_invited = invitations_asked(given);
    out->tells_accounts = of->accounts != NULL;
    out->is_design = of->design != NULL;
}

/* What is told beside the score itself. */
static void take_more(const state *of, size_t index, const options *given, result *out)
{
    invitations_take(of, index, given, out);
    accounts_take(of, index, given, out);
}

void result_total(const state *of, const options *given, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    if (of->total_hidden) {
        suppress(of, given, out);
        return;
    }
    state_total(of, &tally, &weighted);
    result_from(&tally, of->is_weighted ? &weighted : NULL, given, out);
    if (of->design != NULL) take_design(of, NULL, given, out);
    take_more(of, RESULT_TOTAL, given, out);
}

void result_segment(const state *of, size_t index, const options *given, result *out)
{
    nps_tally tally;
    nps_weighted weighted;
    nps_key domain[NPS_MAX_DIMENSIONS];
    if (of->hidden != NULL && of->hidden[index] != NPS_SHOWN) {
        suppress(of, given, out);
        return;
    }
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    if (of->is_weighted) require(nps_segments_weighted(of->segments, index, &weighted), "segment");
    result_from(&tally, of->is_weighted ? &weighted : NULL, given, out);
    state_key(of, index, domain);
    if (of->design != NULL) take_design(of, domain, given, out);
    take_more(of, index, given, out);
}

static bool no_sample(nps_sample *sample)
{
    *sample = (nps_sample){0};
    return false;
}

bool result_total_sample(const state *of, const options *given, nps_sample *sample)
{
    nps_tally tally;
    nps_weighted weighted;
    state_total(of, &tally, &weighted);
    if (of->total_hidden || !result_sample(&tally, of->is_weighted ? &weighted : NULL, sample)) {
        return no_sample(sample);
    }
    return of->design == NULL || take_design_sample(of, NULL, given, sample) || no_sample(sample);
}

bool result_segment_sample(const state *of, size_t index, const options *given, nps_sample *sample)
{
    nps_tally tally;
    nps_weighted weighted;
    nps_key domain[NPS_MAX_DIMENSIONS];
    if (of->hidden != NULL && of->hidden[index] != NPS_SHOWN) return no_sample(sample);
    require(nps_segments_tally(of->segments, index, &tally), "segment");
    if (of->is_weighted) require(nps_segments_weighted(of->segments, index, &weighted), "segment");
    if (!result_sample(&tally, of->is_weighted ? &weighted : NULL, sample)) return no_sample(sample);
    if (of->design == NULL) return true;
    state_key(of, index, domain);
    return take_design_sample(of, domain, given, sample) || no_sample(sample);
}
