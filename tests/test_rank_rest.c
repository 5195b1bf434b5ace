/* Tests of segments beside the rest of the list: all of it is nps_compare's and nps_adjust's. */
#include <math.h>
#include <nps/rank.h>
#include <nps/status.h>

#include "compare_samples.h"

static nps_rank_options defaults(void)
{
    return (nps_rank_options){.struct_size = sizeof(nps_rank_options)};
}

static void rank(const nps_sample *samples, size_t count, const nps_rank_options *options, nps_ranked *ranked)
{
    ck_assert_int_eq(nps_rank(samples, count, options, ranked, NULL), NPS_OK);
}

static void ck_same(double a, double b)
{
    ck_assert(a == b || (isnan(a) && isnan(b)));
}

/* That of nps_compare, from the rest to the segment; NaN where it is singular. */
static void ck_rest(const nps_ranked *r, const nps_sample *rest, const nps_sample *sample,
                    const nps_rank_options *options)
{
    nps_difference d = {.struct_size = sizeof d};
    double level = options->level == 0 ? 0.95 : options->level;
    int status = nps_compare(rest, sample, options->method, level, &d);
    if (status != NPS_OK) {
        ck_assert(status == NPS_ERR_SINGULAR || status == NPS_ERR_EMPTY);
        d = (nps_difference){sizeof d, NAN, NAN, NAN, NAN, NAN, NAN};
    }
    ck_same(r->rest, d.estimate);
    ck_same(r->rest_lower, d.lower);
    ck_same(r->rest_upper, d.upper);
    ck_same(r->statistic, d.statistic);
    ck_same(r->df, d.df);
    ck_same(r->p, d.p);
}

/* Whole counts: any sum of them is exact. Given rests: those, one of them without answers. */
START_TEST(rests)
{
    uint64_t state = 7;
    for (int round = 0; round < 1500; round++) {
        nps_sample samples[12], others[12], given[12];
        nps_ranked ranked[12];
        nps_rank_options options = defaults();
        size_t count = 1 + test_below(&state, 12);
        double p[12], adjusted[12];
        for (size_t i = 0; i < count; i++) {
            samples[i] = random_sample(&state);
            given[i] = test_below(&state, 4) == 0 ? (nps_sample){0, 0, 0, 3} : random_sample(&state);
        }
        for (size_t i = 0; i < count; i++) {
            double d = 0, v = 0, r = 0;
            for (size_t j = 0; j < count; j++)
                if (j != i) d += samples[j].detractors, v += samples[j].passives, r += samples[j].promoters;
            others[i] = (nps_sample){d, v, r, fmax(0, d + v + r - 1)};
        }
        options.method = (int32_t)(round % NPS_DIFFERENCE_COUNT);
        options.adjust = (int32_t)(round / 7 % NPS_ADJUST_COUNT);
        if (round % 3 == 0) options.level = 0.8;
        if (round % 2 == 0) options.rests = given;
        rank(samples, count, &options, ranked);
        for (size_t i = 0; i < count; i++) {
            ck_rest(ranked + i, options.rests == NULL ? others + i : given + i, samples + i, &options);
            p[i] = ranked[i].p;
        }
        ck_assert_int_eq(nps_adjust(p, count, options.adjust, NULL, adjusted), NPS_OK);
        for (size_t i = 0; i < count; i++) ck_same(ranked[i].p_adjusted, adjusted[i]);
    }
}
END_TEST

/* Next to a giant, the rest is what it is, not what is left of a total. */
START_TEST(rest_of_a_giant)
{
    const nps_rank_options options = defaults();
    nps_ranked ranked[3];
    nps_sample fractional[] = {counts(0.0625e-9, 0.125e-9, 0.5e-9), counts(3e14, 3e14, 3.9e14),
                               counts(0.125e-9, 0.25e-9, 0.25e-9)};
    nps_sample rest = counts(0.1875e-9, 0.375e-9, 0.75e-9); /* powers of two times 1e-9: exact sums */
    rank(fractional, 3, &options, ranked);
    ck_near(ranked[1].rest, 100.0 / 11 - 300.0 / 7, 1e-14);
    ck_rest(ranked + 1, &rest, fractional + 1, &options);
    nps_sample whole[] = {counts(0, 0, 1), counts(3e14, 3e14, 3e14), counts(1, 0, 0)};
    nps_sample others = counts(3e14, 3e14, 3e14 + 1);
    rank(whole, 3, &options, ranked);
    ck_rest(ranked + 2, &others, whole + 2, &options);
    ck_near(ranked[1].rest, 0, 1e-300);
}
END_TEST

/* WELCH of a single answer: no comparison for it, one for the others, and p is adjusted for these two. */
START_TEST(singular)
{
    nps_sample samples[] = {counts(0, 0, 1), counts(20, 30, 50), counts(30, 30, 40)};
    nps_ranked ranked[3];
    const nps_rank_options options = {sizeof options, .method = NPS_DIFFERENCE_WELCH, .adjust = NPS_ADJUST_HOLM};
    rank(samples, 3, &options, ranked);
    ck_assert(isnan(ranked[0].rest) && isnan(ranked[0].p) && isnan(ranked[0].p_adjusted) && ranked[0].shrunken > 0);
    double first = fmin(ranked[1].p, ranked[2].p), second = fmax(ranked[1].p, ranked[2].p);
    ck_assert(ranked[1].p_adjusted == (ranked[1].p == first ? 2 * first : fmax(2 * first, second)));
    ck_assert(ranked[2].p_adjusted == (ranked[2].p == first ? 2 * first : fmax(2 * first, second)));
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, rests);
    tcase_add_test(tcase, rest_of_a_giant);
    tcase_add_test(tcase, singular);
}

int main(void)
{
    return test_main("rank_rest", add);
}
