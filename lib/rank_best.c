/*
 * Who is among the best: P_i is the integral over t of the density of true score i times the probability that fewer
 * than `best` of the others exceed t. One grid serves all segments. Panels are halved until each is narrow beside every
 * distribution that it meets, so that none falls between the nodes, and until two rules of different degree agree on
 * it, so that it is narrow beside the place where the number above t passes `best` too.
 */
#include "rank_internal.h"

#include <math.h>
#include <stdint.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "special_internal.h"

#define OUTERMOST   8.5   /* deviate: beyond it lies 1e-17 */
#define WIDEST      2.0   /* a panel, in standard deviations */
#define TOLERANCE   1e-10 /* of the two rules: the better one is then good to 1e-14 */
#define NEGLIGIBLE  1e-17
#define MOST_HALVES 64
#define LEAST_ERROR 1e-12 /* points; the means themselves are rounded to 1e-14 */
#define ROOT_TWO_PI 2.50662827463100050242

typedef struct segment {
    double mean, error;
    double found;          /* the integral so far */
    double kronrod, gauss; /* over the panel at hand, by either rule */
    double density;        /* at the node at hand; of those whose place is open there */
    double above, below;   /* likewise: the probability of exceeding t, and of not doing so */
    size_t open;           /* at i, the i-th of them */
} segment;

typedef struct contest {
    size_t count, best;
    segment *segments;
    double *before; /* a row of `best` for each open segment: how many of the open ones before it exceed t */
    double *after;  /* at k, the probability that as few as k of those after it do */
    int finished;   /* whatever lies further left does not count */
} contest;

/* Adds one node to the panel's sums: P(fewer than `places` others exceed t) of each open segment, whatever the p. It is
 * the distribution of those before it folded with that of those after it, so that nothing is divided or cancels.
 * Returns that probability for all open segments together. */
static double leave_each_out(contest *c, size_t open, size_t places, double kronrod, double gauss)
{
    double *row = c->before, *after = c->after;
    for (size_t k = 0; k < places; k++) {
        row[k] = k == 0;
        after[k] = 1;
    }
    for (size_t i = 0; i + 1 < open; i++, row += places) {
        const segment *s = c->segments + c->segments[i].open;
        double *next = row + places;
        next[0] = s->below * row[0];
        for (size_t k = 1; k < places; k++) next[k] = s->below * row[k] + s->above * row[k - 1];
    }
    for (size_t i = open; i-- > 0; row -= places) {
        segment *s = c->segments + c->segments[i].open;
        double chance = 0;
        for (size_t k = 0; k < places; k++) chance += row[k] * after[places - 1 - k];
        s->kronrod += kronrod * s->density * chance;
        s->gauss += gauss * s->density * chance;
        for (size_t k = places - 1; k > 0; k--) after[k] = s->below * after[k] + s->above * after[k - 1];
        after[0] *= s->below;
    }
    return after[places - 1];
}

/* t is origin + offset: the sum would lose the digits of standard errors that are tiny beside it. Returns the
 * probability that fewer than `best` exceed t. */
static double add_node(contest *c, double origin, double offset, double kronrod, double gauss)
{
    size_t open = 0, places = c->best;
    for (size_t i = 0; i < c->count; i++) {
        segment *s = c->segments + i;
        double z = ((origin - s->mean) + offset) / s->error;
        if (z >= OUTERMOST) continue;
        if (z <= -OUTERMOST) {
            if (--places == 0) return 0;
            continue;
        }
        double tail = npsi_normal_sf(fabs(z));
        s->above = z > 0 ? tail : 1 - tail;
        s->below = z > 0 ? 1 - tail : tail;
        s->density = exp(-z * z / 2) / (ROOT_TWO_PI * s->error);
        c->segments[open++].open = i;
    }
    return open > 0 ? leave_each_out(c, open, places, kronrod, gauss) : 1;
}

/* The rules of 7 and of 15 nodes (Kronrod 1965), of which every second is a node of both. */
static const double nodes[8] = {
    0.99145537112081263921, 0.94910791234275852453, 0.86486442335976907279, 0.74153118559939443986,
    0.58608723546769113029, 0.40584515137739716691, 0.20778495500789846760, 0};
static const double kronrod_weights[8] = {0.022935322010529224964, 0.063092092629978553291, 0.10479001032225018384,
                                          0.14065325971552591875,  0.16900472663926790283,  0.19035057806478540991,
                                          0.20443294007529889241,  0.20948214108472782801};
static const double gauss_weights[8] = {0, 0.12948496616886969327, 0, 0.27970539148927666790,
                                        0, 0.38183005050511894495, 0, 0.41795918367346938776};

/* Sums over a panel. Returns the probability that fewer than `best` exceed its leftmost node. */
static double sum_panel(contest *c, double left, double width)
{
    double half = width / 2, leftmost = 1;
    for (size_t i = 0; i < c->count; i++) c->segments[i].kronrod = c->segments[i].gauss = 0;
    for (size_t i = 0; i < 8; i++) {
        double kronrod = half * kronrod_weights[i], gauss = half * gauss_weights[i];
        double found = add_node(c, left, half * (1 - nodes[i]), kronrod, gauss);
        if (i == 0) leftmost = found;
        if (i < 7) add_node(c, left, half * (1 + nodes[i]), kronrod, gauss);
    }
    return leftmost;
}

static int rules_agree(const contest *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (fabs(c->segments[i].kronrod - c->segments[i].gauss) > TOLERANCE) return 0;
    return 1;
}

static int is_narrow(const contest *c, double left, double right)
{
    for (size_t i = 0; i < c->count; i++) {
        const segment *s = c->segments + i;
        double reach = OUTERMOST * s->error;
        if (right - left > WIDEST * s->error && right > s->mean - reach && left < s->mean + reach) return 0;
    }
    return 1;
}

/* From right to left, as the best are on the right. */
static void integrate(contest *c, double left, double right, int halves)
{
    double middle = left + (right - left) / 2;
    int last = halves == 0 || !(middle > left && middle < right);
    if (c->finished) return;
    if (last || is_narrow(c, left, right)) {
        double leftmost = sum_panel(c, left, right - left);
        if (last || rules_agree(c)) {
            for (size_t i = 0; i < c->count; i++) c->segments[i].found += c->segments[i].kronrod;
            c->finished = leftmost < NEGLIGIBLE;
            return;
        }
    }
    integrate(c, middle, right, halves - 1);
    integrate(c, left, middle, halves - 1);
}

static void integrate_all(contest *c)
{
    double left = INFINITY, right = -INFINITY;
    for (size_t i = 0; i < c->count; i++) {
        const segment *s = c->segments + i;
        left = fmin(left, s->mean - OUTERMOST * s->error);
        right = fmax(right, s->mean + OUTERMOST * s->error);
    }
    integrate(c, left, right, MOST_HALVES);
}

/* More than half of them: who is among the rest, which is the same question with the signs changed. */
int npsi_rank_best(const nps_allocator *memory, nps_ranked *ranked, size_t count, size_t best)
{
    int mirrored = best > count - best;
    contest c = {.count = count, .best = mirrored ? count - best : best};
    if (c.best > SIZE_MAX / sizeof(double) / count - 1) return NPS_ERR_MEMORY;
    size_t numbers = (count + 1) * c.best;
    c.segments = npsi_resize(memory, NULL, 0, count, sizeof *c.segments);
    c.before = npsi_resize(memory, NULL, 0, numbers, sizeof *c.before);
    if (c.segments != NULL && c.before != NULL) {
        c.after = c.before + count * c.best;
        for (size_t i = 0; i < count; i++) {
            double mean = mirrored ? -ranked[i].shrunken : ranked[i].shrunken;
            c.segments[i] = (segment){.mean = mean, .error = fmax(ranked[i].shrunken_se, LEAST_ERROR)};
        }
        integrate_all(&c);
        for (size_t i = 0; i < count; i++) {
            double found = fmin(1, c.segments[i].found);
            ranked[i].best = mirrored ? 1 - found : found;
        }
    }
    int status = c.segments == NULL || c.before == NULL ? NPS_ERR_MEMORY : NPS_OK;
    npsi_resize(memory, c.segments, count, 0, sizeof *c.segments);
    npsi_resize(memory, c.before, numbers, 0, sizeof *c.before);
    return status;
}
