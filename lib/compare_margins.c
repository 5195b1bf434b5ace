#include <nps/compare.h>

#include <math.h>

#include <nps/status.h>

#include "special_internal.h"
#include "struct_internal.h"

/* The people of two classes: those who moved to the better one and those who moved back. */
typedef struct exchange {
    double there, back, moved, net; /* moved: there + back; net: there - back */
} exchange;

typedef struct exchanges {
    exchange low, high, far; /* detractors and passives, passives and promoters, detractors and promoters */
    double stayed;           /* in their class */
    int used;                /* pairs of classes between which anybody moved */
} exchanges;

typedef struct stuart {
    double statistic, rest; /* rest: all people less the statistic */
    int df;
} stuart;

static exchange between(const nps_paired_sample *sample, int worse, int better)
{
    double there = sample->count[worse][better], back = sample->count[better][worse];
    return (exchange){there, back, there + back, there - back};
}

static exchanges exchanges_of(const nps_paired_sample *sample)
{
    exchanges all = {
        .low = between(sample, 0, 1),
        .high = between(sample, 1, 2),
        .far = between(sample, 0, 2),
        .stayed = (sample->count[0][0] + sample->count[2][2]) + sample->count[1][1],
    };
    all.used = (all.low.moved > 0) + (all.high.moved > 0) + (all.far.moved > 0);
    return all;
}

static exchange scaled(exchange pair, double unit)
{
    return (exchange){pair.there / unit, pair.back / unit, pair.moved / unit, pair.net / unit};
}

/* 1 less the square of net / moved. */
static double two_way(exchange pair)
{
    return 4 * (pair.there / pair.moved) * (pair.back / pair.moved);
}

/*
 * S is the Laplacian of a graph with the three classes as nodes and the people who moved as weights. So its rank is the
 * number of classes less the number of pieces that the graph falls into, and d' S^+ d of the differences d of the
 * margins is a quotient of polynomials. So is the number of people less d' S^+ d; it is written as a sum of terms that
 * are not negative, for it is what Bhapkar's statistic divides by.
 *
 * In units of the largest weight, so that products stay in range.
 */
static stuart stuart_of(const exchanges *all)
{
    double unit = fmax(fmax(all->low.moved, all->high.moved), all->far.moved);
    if (unit == 0) return (stuart){0, all->stayed, 0};
    exchange low = scaled(all->low, unit), high = scaled(all->high, unit), far = scaled(all->far, unit);
    double detractors = low.net + far.net, passives = high.net - low.net, promoters = far.net + high.net;
    double stayed = all->stayed / unit;
    int rank = all->used > 1 ? 2 : 1;
    double trees = far.moved * (low.moved + high.moved) + low.moved * high.moved;
    if (trees == 0) { /* one pair of classes only */
        double squares = (detractors * detractors + promoters * promoters) + passives * passives;
        double both_ways = (low.there * low.back + high.there * high.back) + far.there * far.back;
        return (stuart){unit * (squares / 2), unit * (stayed + 4 * both_ways), rank};
    }
    double squares =
        (high.moved * detractors * detractors + low.moved * promoters * promoters) + far.moved * passives * passives;
    double returned =
        4 * ((low.there * low.back * (high.moved + far.moved) + high.there * high.back * (low.moved + far.moved)) +
             far.there * far.back * (low.moved + high.moved));
    double circled = low.moved * high.moved * far.moved;
    if (circled > 0) {
        double around = (low.net / low.moved + high.net / high.moved) - far.net / far.moved;
        circled *= around * around + ((two_way(low) + two_way(high)) + two_way(far));
    }
    return (stuart){unit * (squares / trees), unit * (stayed + (returned + circled) / trees), rank};
}

static nps_test test_of(double statistic, int df)
{
    return (nps_test){.statistic = statistic, .df = df, .p = df > 0 ? npsi_chi2_sf(statistic, df) : 1};
}

static nps_test compare_stuart(const exchanges *all)
{
    stuart equal = stuart_of(all);
    return test_of(equal.statistic, equal.df);
}

static nps_test compare_bhapkar(const exchanges *all)
{
    stuart equal = stuart_of(all);
    double size = ((all->low.moved + all->high.moved) + all->far.moved) + all->stayed;
    double statistic = equal.statistic * (size / equal.rest);
    if (!isfinite(statistic)) return (nps_test){.statistic = (double)NAN, .df = equal.df, .p = 0};
    return test_of(statistic, equal.df);
}

static double squared_net(exchange pair)
{
    return pair.moved > 0 ? pair.net * (pair.net / pair.moved) : 0;
}

static nps_test compare_bowker(const exchanges *all)
{
    return test_of((squared_net(all->low) + squared_net(all->high)) + squared_net(all->far), all->used);
}

int nps_compare_margins(const nps_paired_sample *sample, int32_t method, nps_test *out)
{
    static nps_test (*const methods[])(const exchanges *all) = {
        [NPS_MARGINS_STUART] = compare_stuart,
        [NPS_MARGINS_BHAPKAR] = compare_bhapkar,
        [NPS_MARGINS_BOWKER] = compare_bowker,
    };
    if (!npsi_struct_takes(out) || method < 0 || (size_t)method >= sizeof methods / sizeof *methods)
        return NPS_ERR_ARGUMENT;
    int status = nps_paired_sample_check(sample);
    if (status != NPS_OK) return status;
    exchanges all = exchanges_of(sample);
    nps_test test = methods[method](&all);
    npsi_struct_write(out, &test, sizeof test);
    return NPS_OK;
}
