/*
 * The factors of raking, one margin after the other (Deming and Stephan 1940).
 *
 * Of all weights between the bounds that meet the totals, those nearest to the base weights b in the sense of
 * sum w log(w / b) - w + b are b times a factor for each category, held to the bounds (Deville and Sarndal 1992). The
 * factors maximise a concave function, the dual of that problem, so that maximising over those of one margin at a time
 * leads there. Without bounds, the factors of a margin are quotients. With bounds, the sum of a category's weights is
 * piecewise linear in its factor and never falls: Newton's method within a bracket.
 */
#include "raking_internal.h"

#include <math.h>

#include <nps/status.h>

#include "double_double_internal.h"

/* Looks at the cells while a margin's factors are sought. The next round goes on where this one leaves off. */
#define MOST_PASSES 64

/* How exactly factors are sought: so much of the distance that was left after the last round. */
#define PART_OF_DISTANCE 1e-3
#define LEAST_DISTANCE   1e-15

/* Margins that contradict one another drive factors towards 0 and infinity. */
#define LARGEST_FACTOR 0x1p1000

/* How many of a cell's rows have a weight below a bound before they are held to it, or, `with` it, at most that. */
static size_t count_to(const npsi_raking *raking, size_t cell, double factor, double bound, int with)
{
    size_t first = raking->cell[cell], left = first, right = raking->cell[cell + 1];
    while (left < right) {
        size_t middle = left + (right - left) / 2;
        double raw = raking->ascending[middle] * factor;
        if (raw < bound || (with && raw == bound))
            left = middle + 1;
        else
            right = middle;
    }
    return left - first;
}

/* What a cell's rows add up to. */
typedef struct cell_sum {
    double parts[3]; /* on the lower bound, inside, on the upper bound */
    double below, above;
} cell_sum;

static cell_sum sum_cell(const npsi_raking *raking, size_t cell)
{
    double factor = npsi_rake_factor(raking, cell);
    const double *base = raking->ascending + raking->cell[cell], *running = raking->running + raking->cell[cell];
    size_t count = raking->cell[cell + 1] - raking->cell[cell];
    cell_sum out = {.parts = {0, running[count - 1] * factor, 0}, .above = HUGE_VAL};
    if (!raking->bounded) return out;
    size_t low = count_to(raking, cell, factor, raking->floor, 0);
    size_t high = count_to(raking, cell, factor, raking->ceiling, 1);
    out.parts[0] = (double)low * raking->floor;
    out.parts[1] = high > low ? (running[high - 1] - (low > 0 ? running[low - 1] : 0)) * factor : 0;
    out.parts[2] = (double)(count - high) * raking->ceiling;
    if (low > 0) out.below = base[low - 1] * factor;
    if (high < count) out.above = base[high] * factor;
    return out;
}

static void add_cell(npsi_category *category, const cell_sum *cell)
{
    for (int i = 0; i < 3; i++) {
        npsi_dd sum = npsi_dd_sum(category->sum, cell->parts[i]);
        category->sum = sum.high;
        category->rest += sum.low;
    }
    category->inside += cell->parts[1];
    if (cell->below > category->below) category->below = cell->below;
    if (cell->above < category->above) category->above = cell->above;
}

/* Adds up the weights by category in margins first .. end - 1. */
static void add_up(npsi_raking *raking, size_t first, size_t end)
{
    for (size_t c = 0; c < raking->category_count; c++) {
        npsi_category *category = raking->category + c;
        category->sum = category->rest = category->inside = category->below = 0;
        category->above = HUGE_VAL;
    }
    for (size_t cell = 0; cell < raking->cell_count; cell++) {
        const uint32_t *code = raking->cell_code + cell * raking->margin_count;
        cell_sum sum = sum_cell(raking, cell);
        for (size_t m = first; m < end; m++) add_cell(raking->category + code[m], &sum);
    }
}

/* What a category's weights lack of its total. */
static double gap_of(const npsi_category *category)
{
    return (category->total - category->sum) - category->rest;
}

/* The factor that would close the gap if no weight came to a bound or left it. Where all stand on bounds, it is the one
 * that frees the nearest, and a little more, so that it is free after rounding too. */
static double newton_factor(const npsi_raking *raking, const npsi_category *category, double gap)
{
    double factor = category->factor;
    if (category->inside > 0) return factor * ((category->inside + gap) / category->inside);
    return gap > 0 ? factor * (raking->floor / category->below) * (1 + 1e-12)
                   : factor * (raking->ceiling / category->above) * (1 - 1e-12);
}

/* The next factor within the bracket; the same again where there is no better one. */
static double bracketed_factor(const npsi_raking *raking, npsi_category *category, double gap)
{
    double factor = category->factor;
    if (gap > 0)
        category->least = factor;
    else
        category->most = factor;
    double next = newton_factor(raking, category, gap);
    if (next > category->least && next < category->most) return next;
    if (gap > 0 && category->most == HUGE_VAL) return factor;
    if (category->least == 0) return factor * (category->total / category->sum);
    return sqrt(category->least) * sqrt(category->most);
}

/* Moves the factors of a margin, from its sums; whether another look at the cells is needed. */
static int move_factors(npsi_raking *raking, size_t first, size_t count, double close)
{
    int moved = 0;
    for (npsi_category *category = raking->category + first; category < raking->category + first + count; category++) {
        double gap = gap_of(category), factor = category->factor;
        if (!raking->bounded)
            factor *= category->total / (category->sum + category->rest);
        else if (!(fabs(gap) <= close * category->total))
            factor = bracketed_factor(raking, category, gap);
        factor = fmin(fmax(factor, 1 / LARGEST_FACTOR), LARGEST_FACTOR);
        moved |= factor != category->factor;
        category->factor = factor;
    }
    return raking->bounded && moved;
}

static void solve_margin(npsi_raking *raking, size_t m, size_t first)
{
    double close = fmax(LEAST_DISTANCE, PART_OF_DISTANCE * fmin(1, raking->report.distance));
    size_t count = raking->margins[m].count;
    for (size_t c = first; c < first + count; c++) {
        raking->category[c].least = 0;
        raking->category[c].most = HUGE_VAL;
    }
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        if (m + (size_t)pass > 0) add_up(raking, m, m + 1); /* the first margin's sums are there already */
        if (!move_factors(raking, first, count, close)) return;
    }
}

/* Adds up everything, and finds the category furthest from its total. */
static void measure(npsi_raking *raking)
{
    const npsi_category *category = raking->category;
    raking->report.distance = -1;
    add_up(raking, 0, raking->margin_count);
    for (size_t m = 0; m < raking->margin_count; m++) {
        for (size_t c = 0; c < raking->margins[m].count; c++, category++) {
            double gap = fabs(gap_of(category)), distance = isnan(gap) ? HUGE_VAL : gap / category->total;
            if (!(distance > raking->report.distance)) continue;
            raking->report.distance = distance;
            (void)npsi_rake_fault(raking, NPS_RAKE_NOT_CONVERGED, m, c, NPS_OK);
        }
    }
}

int npsi_rake_solve(npsi_raking *raking)
{
    measure(raking);
    while (raking->report.rounds < raking->options.rounds) {
        size_t first = 0;
        for (size_t m = 0; m < raking->margin_count; first += raking->margins[m++].count)
            solve_margin(raking, m, first);
        measure(raking);
        raking->report.rounds++;
        if (raking->report.distance <= raking->options.tolerance)
            return npsi_rake_fault(raking, NPS_RAKE_FINE, 0, 0, NPS_OK);
    }
    return NPS_ERR_CONVERGENCE;
}
