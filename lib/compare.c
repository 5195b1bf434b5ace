#include <nps/compare.h>

#include <math.h>

#include <nps/status.h>

#include "compare_internal.h"
#include "compare_permutation_internal.h"
#include "names_internal.h"
#include "sample_internal.h"
#include "special_internal.h"
#include "struct_internal.h"

static void score_test(const nps_sample *sample, double points, nps_test *out)
{
    npsi_shares shares = npsi_shares_of(sample->detractors, sample->passives, sample->promoters);
    out->statistic = npsi_score_statistic(&shares, points / 100);
    out->p = 2 * npsi_normal_sf(fabs(out->statistic));
}

/* Of n fair coins as few as k heads: P(X <= k) = I_1/2(n - k, k + 1), and P(X = k) is a beta density over n + 1. */
static double sign_test(const nps_sample *sample, int mid_p)
{
    double fewer = fmin(sample->detractors, sample->promoters), more = fmax(sample->detractors, sample->promoters);
    if (fewer == more) return 1;
    double tail = 2 * npsi_beta_cdf(0.5, more, fewer + 1);
    if (mid_p) tail -= npsi_beta_pdf(0.5, fewer + 1, more + 1) / (fewer + more + 1);
    return fmin(1, tail);
}

int nps_compare_benchmark(const nps_sample *sample, int32_t method, double points, nps_test *out)
{
    if (!npsi_struct_takes(out) || method < NPS_BENCHMARK_SCORE || method > NPS_BENCHMARK_MID_P)
        return NPS_ERR_ARGUMENT;
    int status = nps_sample_check(sample);
    if (status != NPS_OK) return status;
    if (!(points > -100 && points < 100)) return NPS_ERR_RANGE;
    nps_test test = {sizeof test, NAN, NAN, NAN};
    if (method == NPS_BENCHMARK_SCORE) {
        score_test(sample, points, &test);
    } else {
        if (points != 0 || !npsi_sample_is_whole(sample)) return NPS_ERR_RANGE;
        test.p = sign_test(sample, method == NPS_BENCHMARK_MID_P);
    }
    if (isnan(test.p)) return NPS_ERR_CONVERGENCE;
    npsi_struct_write(out, &test, sizeof test);
    return NPS_OK;
}

static int compare_permutation(const nps_sample *from, const nps_sample *to, double level, nps_difference *out)
{
    (void)level;
    return npsi_compare_permutation(from, to, &out->p);
}

static const struct {
    const char *name;
    int (*compare)(const nps_sample *from, const nps_sample *to, double level, nps_difference *out);
} methods[NPS_DIFFERENCE_COUNT] = {
    [NPS_DIFFERENCE_MOVER] = {"mover", npsi_compare_mover},
    [NPS_DIFFERENCE_SCORE] = {"score", npsi_compare_score},
    [NPS_DIFFERENCE_ADJUSTED_WALD] = {"adjusted-wald", npsi_compare_adjusted_wald},
    [NPS_DIFFERENCE_WELCH] = {"welch", npsi_compare_welch},
    [NPS_DIFFERENCE_PERMUTATION] = {"permutation", compare_permutation},
};

static int check_samples(const nps_sample *from, const nps_sample *to)
{
    int status = nps_sample_check(from);
    return status == NPS_OK ? nps_sample_check(to) : status;
}

int nps_compare(const nps_sample *from, const nps_sample *to, int32_t method, double level, nps_difference *out)
{
    if (!npsi_struct_takes(out) || method < 0 || method >= NPS_DIFFERENCE_COUNT) return NPS_ERR_ARGUMENT;
    if (!(level > 0 && level < 1)) return NPS_ERR_ARGUMENT;
    int status = check_samples(from, to);
    if (status != NPS_OK) return status;
    nps_difference difference = {sizeof difference, npsi_contrast_of(from, to).points.high, NAN, NAN, NAN, NAN, NAN};
    status = methods[method].compare(from, to, level, &difference);
    if (status != NPS_OK) return status;
    npsi_struct_write(out, &difference, sizeof difference);
    return NPS_OK;
}

int nps_compare_equivalence(const nps_sample *from, const nps_sample *to, int32_t method, double margin,
                            nps_equivalence *out)
{
    if (!npsi_struct_takes(out) || (method != NPS_DIFFERENCE_MOVER && method != NPS_DIFFERENCE_SCORE))
        return NPS_ERR_ARGUMENT;
    int status = check_samples(from, to);
    if (status != NPS_OK) return status;
    if (!(margin > 0 && margin < 200)) return NPS_ERR_RANGE;
    const npsi_inversion *inversion = method == NPS_DIFFERENCE_MOVER ? &npsi_mover : &npsi_profile;
    npsi_contrast contrast = npsi_contrast_of(from, to);
    nps_equivalence equivalence = {.struct_size = sizeof equivalence};
    equivalence.statistic_lower = npsi_inversion_statistic(inversion, &contrast, -margin);
    equivalence.statistic_upper = npsi_inversion_statistic(inversion, &contrast, margin);
    equivalence.p_lower = npsi_normal_sf(equivalence.statistic_lower);
    equivalence.p_upper = npsi_normal_cdf(equivalence.statistic_upper);
    equivalence.p = fmax(equivalence.p_lower, equivalence.p_upper);
    if (isnan(equivalence.p_lower) || isnan(equivalence.p_upper)) return NPS_ERR_CONVERGENCE;
    npsi_struct_write(out, &equivalence, sizeof equivalence);
    return NPS_OK;
}

const char *nps_difference_method_name(int32_t method)
{
    return method >= 0 && method < NPS_DIFFERENCE_COUNT ? methods[method].name : NULL;
}

int nps_difference_method(const char *name, size_t length, int32_t *method)
{
    return npsi_find_name(nps_difference_method_name, NPS_DIFFERENCE_COUNT, name, length, method);
}
