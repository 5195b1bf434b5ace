/* Mann and Kendall's test: later waves that are above an earlier one, less those below. */
#include <nps/trend.h>

#include <math.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "double_double_internal.h"
#include "special_internal.h"
#include "struct_internal.h"
#include "trend_internal.h"

#define MOST_WAVES ((size_t)INT32_MAX)

/* Fewer waves than this have an exact p; so many, half of all pairs. */
#define EXACT_BELOW 50
#define EXACT_PAIRS ((EXACT_BELOW - 1) * (EXACT_BELOW - 2) / 4)

/* Counts go by a power of two of the wave's own, which leaves its score and keeps products from under- and
 * overflowing. */
typedef struct wave {
    double time, detractors, passives, promoters;
} wave;

typedef int wave_order(const wave *a, const wave *b); /* below 0, 0, above 0 as in qsort */

static wave wave_of(double time, const nps_sample *sample)
{
    int exponent;
    frexp(fmax(fmax(sample->detractors, sample->promoters), sample->passives), &exponent);
    exponent = 400 - exponent;
    return (wave){time, ldexp(sample->detractors, exponent), ldexp(sample->passives, exponent),
                  ldexp(sample->promoters, exponent)};
}

/* The exact sign of a sum of products: Shewchuk's (1997) expansions. */
static int sign_of_sum(const double (*factors)[2], size_t count)
{
    double parts[12], highest = 0;
    size_t used = 0;
    for (size_t i = 0; i < 2 * count; i++) {
        npsi_dd product = npsi_dd_product(factors[i / 2][0], factors[i / 2][1]);
        double term = i % 2 == 0 ? product.high : product.low;
        for (size_t j = 0; j < used; j++) {
            npsi_dd sum = npsi_dd_sum(term, parts[j]);
            parts[j] = sum.low;
            term = sum.high;
        }
        parts[used++] = term;
    }
    for (size_t j = 0; j < used; j++)
        if (parts[j] != 0) highest = parts[j];
    return (highest > 0) - (highest < 0);
}

/* (r - d) / n of one times the n of the other, less the same the other way round, with what cancels left out. */
static int score_order(const wave *a, const wave *b)
{
    const double factors[][2] = {{2 * a->promoters, b->detractors}, {-2 * a->detractors, b->promoters},
                                 {a->promoters, b->passives},       {-a->detractors, b->passives},
                                 {-b->promoters, a->passives},      {b->detractors, a->passives}};
    double sum = 0, size = 0;
    for (size_t i = 0; i < 6; i++) {
        double product = factors[i][0] * factors[i][1];
        sum += product;
        size += fabs(product);
    }
    if (fabs(sum) > 1e-14 * size) return sum > 0 ? 1 : -1;
    return sign_of_sum(factors, 6);
}

static int time_order(const wave *a, const wave *b)
{
    return (a->time > b->time) - (a->time < b->time);
}

static int time_and_score_order(const wave *a, const wave *b)
{
    int order = time_order(a, b);
    return order != 0 ? order : score_order(a, b);
}

/* Merges two sorted runs, [first, middle) and [middle, end) of `from`, into the same places of `into`. */
static uint64_t merge_runs(const wave *from, wave *into, size_t first, size_t middle, size_t end, wave_order *order)
{
    uint64_t exchanges = 0;
    size_t left = first, right = middle;
    for (size_t at = first; at < end; at++) {
        int take_right = left == middle || (right < end && order(from + right, from + left) < 0);
        if (take_right) exchanges += middle - left;
        into[at] = from[take_right ? right++ : left++];
    }
    return exchanges;
}

/* Knight (1966): the number of pairs that stood in the wrong order. Where the sorted waves are, the two arrays change
 * places. */
static uint64_t sort(wave **waves, wave **spare, size_t count, wave_order *order)
{
    uint64_t exchanges = 0;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t first = 0; first < count; first += 2 * run) {
            size_t middle = run < count - first ? first + run : count;
            size_t end = run < count - middle ? middle + run : count;
            exchanges += merge_runs(*waves, *spare, first, middle, end, order);
        }
        wave *sorted = *spare;
        *spare = *waves;
        *waves = sorted;
    }
    return exchanges;
}

/* Of k things: pairs k (k - 1) / 2, and triples k (k - 1) (k - 2). */
typedef struct ties {
    uint64_t pairs;
    npsi_dd triples;
} ties;

static ties ties_of_group(size_t k)
{
    double size = (double)k;
    return (ties){(uint64_t)k * (k - 1) / 2, npsi_dd_scale(npsi_dd_product(size, size - 1), size - 2)};
}

/* Summed over the groups of equal waves, which stand together. */
static ties ties_of(const wave *waves, size_t count, wave_order *order)
{
    ties all = {0, {0, 0}};
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && order(waves + first, waves + next) == 0;) next++;
        ties group = ties_of_group(next - first);
        all.pairs += group.pairs;
        all.triples = npsi_dd_add(all.triples, group.triples);
    }
    return all;
}

/* P(S >= |s|), twice: the share of orders with as few exchanges. Those of k things are those of k - 1 with the last one
 * moved 0 to k - 1 places. */
static double exact_p(size_t count, size_t exchanges)
{
    double share[EXACT_PAIRS + 1] = {1}, sum = 0;
    for (size_t k = 2; k <= count; k++)
        for (size_t i = exchanges + 1; i-- > 0;) {
            double moved = 0;
            for (size_t j = 0; j < k && j <= i; j++) moved += share[i - j];
            share[i] = moved / (double)k;
        }
    for (size_t i = 0; i <= exchanges; i++) sum += share[i];
    return fmin(1, 2 * sum);
}

/* The variance of S where all orders are alike (Kendall 1970), as a sum of what ties leave: nothing cancels. */
static double variance_of(ties all, ties times, ties scores)
{
    double time_triples = npsi_dd_subtract(all.triples, times.triples).high;
    double score_triples = npsi_dd_subtract(all.triples, scores.triples).high;
    double time_pairs = (double)(all.pairs - times.pairs), score_pairs = (double)(all.pairs - scores.pairs);
    return time_triples * score_triples / (9 * all.triples.high) + time_pairs * score_pairs / (double)all.pairs;
}

static void test_waves(wave *waves, wave *spare, size_t count, nps_test *out)
{
    ties all = ties_of_group(count);
    sort(&waves, &spare, count, time_and_score_order);
    ties times = ties_of(waves, count, time_order), both = ties_of(waves, count, time_and_score_order);
    uint64_t below = sort(&waves, &spare, count, score_order);
    ties scores = ties_of(waves, count, score_order);
    uint64_t apart = all.pairs - times.pairs - scores.pairs + both.pairs, above = apart - below;
    uint64_t distance = above > below ? above - below : below - above;
    *out = (nps_test){sizeof *out, above < below ? -(double)distance : (double)distance, NAN, 1};
    if (distance == 0) return;
    if (count < EXACT_BELOW && apart == all.pairs)
        out->p = exact_p(count, (size_t)(all.pairs - distance) / 2);
    else
        out->p = 2 * npsi_normal_sf((double)(distance - 1) / sqrt(variance_of(all, times, scores)));
}

int nps_trend_mann_kendall(const double *times, const nps_sample *samples, size_t count, const nps_allocator *allocator,
                           nps_test *out)
{
    nps_test test;
    if (!npsi_struct_takes(out)) return NPS_ERR_ARGUMENT;
    if (count > MOST_WAVES) return NPS_ERR_LIMIT;
    int status = npsi_trend_check(times, samples, count);
    if (status != NPS_OK) return status;
    const nps_allocator memory = npsi_allocator_or_default(allocator);
    wave *waves = npsi_resize(&memory, NULL, 0, 2 * count, sizeof *waves);
    if (waves == NULL) return NPS_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) waves[i] = wave_of(times[i], samples + i);
    test_waves(waves, waves + count, count, &test);
    npsi_resize(&memory, waves, 2 * count, 0, sizeof *waves);
    npsi_struct_write(out, &test, sizeof test);
    return NPS_OK;
}
