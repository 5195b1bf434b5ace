/* nps plan: how many answers it takes, and what so many tell. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>

#include <nps/plan.h>
#include <nps/status.h>

#include "commands.h"
#include "message.h"
#include "output.h"
#include "plan.h"
#include "state.h"

#define SIZE_LIMIT 0x1p53 /* what the library counts to */

static void check_questions(const options *given)
{
    bool margin = given->margin > 0, detect = given->detect != 0, size = given->size > 0;
    if (given->file_count > 0) fail(STATUS_USAGE, "nps plan takes no files: it is about answers still to come");
    if (!margin && !detect && !size) fail(STATUS_USAGE, "nothing asked: give --margin, --detect or -n");
    if (given->size > (uint64_t)SIZE_LIMIT) fail(STATUS_USAGE, "-n: at most 2^53");
    if (margin && size) fail(STATUS_USAGE, "-n tells the margin of so many answers: leave --margin out, or -n");
    if (!detect && !size && given->power > 0) fail(STATUS_USAGE, "--power is about --detect or -n: give one of them");
    if (detect && size && given->power > 0) {
        fail(STATUS_USAGE, "-n and --detect tell the power: leave --power out, or one of the two");
    }
    if (!detect && !size && given->ratio > 0) fail(STATUS_USAGE, "--ratio is about two groups: give --detect or -n");
    if (!margin && given->population > 0 && (detect || !size)) {
        fail(STATUS_USAGE, "--population is about the margin of error: give --margin, or -n alone");
    }
    if (size && given->population > 0 && (double)given->size > given->population) {
        fail(STATUS_USAGE, "-n %" PRIu64 ": more answers than --population %.15g", given->size, given->population);
    }
}

static void take_shares(const options *given, planned *out)
{
    bool promoters = !isnan(given->promoter_share), detractors = !isnan(given->detractor_share);
    out->has_shares = promoters && detractors;
    out->variance = 1;
    if (promoters != detractors) {
        fail(STATUS_USAGE, "--%s alone says too little: give --%s too", promoters ? "promoters" : "detractors",
             promoters ? "detractors" : "promoters");
    }
    if (!out->has_shares) return;
    int status = nps_plan_variance(given->promoter_share, given->detractor_share, &out->variance);
    if (status == NPS_ERR_RANGE) {
        fail(STATUS_USAGE, "--promoters %.15g and --detractors %.15g add up to more than 1", given->promoter_share,
             given->detractor_share);
    }
    require(status, "variance");
    if (out->variance <= 0) {
        fail(STATUS_USAGE, "where all people are of one class there is nothing to plan: one answer tells it");
    }
}

static void check_plan(int status, const char *option)
{
    if (status == NPS_ERR_LIMIT) fail(STATUS_USAGE, "--%s: more answers than 2^53: ask for less", option);
    require(status, option);
}

static void plan_margin(const nps_plan *plan, planned *out)
{
    if (out->given->margin > 0) {
        out->margin = out->given->margin;
        check_plan(nps_plan_size_for_margin(plan, out->margin, &out->size, &out->size_exact), "margin");
    } else if (out->given->size > 0 && out->given->detect == 0) {
        out->size = out->given->size;
        check_plan(nps_plan_margin_for_size(plan, (double)out->size, &out->margin), "n");
    }
}

static void plan_difference(const nps_plan *plan, planned *out)
{
    const options *given = out->given;
    double to = ceil(out->ratio * (double)given->size);
    if (given->detect == 0 && given->size == 0) return;
    if (given->detect == 0 || given->size == 0) {
        out->power = plan->power;
        if (out->power <= 1 - given->level) {
            fail(STATUS_USAGE, "--power %.15g: at level %.15g a test has %.15g by luck alone: ask for more", out->power,
                 given->level, 1 - given->level);
        }
    }
    out->difference = given->detect;
    if (given->size == 0) {
        check_plan(nps_plan_size_for_difference(plan, out->difference, &out->from, &out->to, &out->from_exact),
                   "detect");
        return;
    }
    if (!(to <= SIZE_LIMIT)) fail(STATUS_USAGE, "--ratio %.15g: more answers than 2^53: ask for less", out->ratio);
    out->from = given->size;
    out->to = (uint64_t)to;
    if (given->detect != 0) {
        check_plan(nps_plan_power(plan, (double)out->from, to, out->difference, &out->power), "detect");
    } else {
        check_plan(nps_plan_detectable(plan, (double)out->from, to, &out->difference), "n");
    }
}

int run_plan(const options *given)
{
    planned found = {.given = given,
                     .ratio = given->ratio > 0 ? given->ratio : 1,
                     .design_effect = given->design_effect > 0 ? given->design_effect : 1,
                     .size_exact = NAN,
                     .margin = NAN,
                     .from_exact = NAN,
                     .difference = NAN,
                     .power = NAN};
    check_questions(given);
    take_shares(given, &found);
    nps_plan plan = {.struct_size = sizeof plan,
                     .from_variance = found.variance,
                     .level = given->level,
                     .power = given->power > 0 ? given->power : 0.8,
                     .ratio = found.ratio,
                     .population = given->population,
                     .design_effect = found.design_effect};
    plan_margin(&plan, &found);
    plan_difference(&plan, &found);
    plan_report(&found);
    output_end();
    return STATUS_DONE;
}
