#include <float.h>

#include "special_internal.h"
#include "special_tail_internal.h"

/* The tail to be met: where the lower tail is p, or the upper one where that is the smaller. */
typedef struct target {
    double tail;
    bool upper;
    double a, b; /* b is infinite for the gamma of shape a */
} target;

static target lower_target(double p, double a, double b)
{
    target t = {p <= 0.5 ? p : 1.0 - p, p > 0.5, a, b};
    return t;
}

static target upper_target(double q, double a, double b)
{
    target t = {q <= 0.5 ? q : 1.0 - q, q <= 0.5, a, b};
    return t;
}

static bool is_gamma(const target *t)
{
    return t->b == INFINITY;
}

/* r is x for the gamma, the odds for the beta. */
static npsi_tails tails_at(const target *t, double r)
{
    return is_gamma(t) ? npsi_gamma_tails(r, t->a) : npsi_odds_tails(npsi_dd_from(r), t->a, t->b);
}

/*
 * Halley's step in log r for the log of the tail, which is concave in log r (the density is log-concave there), so that
 * the iteration converges from nearly anywhere. `excess` is the log of the tail found over the tail wanted.
 */
static double halley_step(const target *t, const npsi_tails *found, double excess)
{
    double sign = t->upper ? -1.0 : 1.0;
    double rate = found->density / (t->upper ? found->upper : found->lower);
    double newton = -sign * excess / rate;
    double divisor = 1.0 + 0.5 * newton * (found->slope - sign * rate);
    return newton / fmin(fmax(divisor, 0.5), 2.0);
}

/* The r at the target, within [DBL_MIN, 1 / DBL_MIN], from a start r > 0. */
static double solve(const target *t, double r)
{
    double low = DBL_MIN, high = 1.0 / DBL_MIN;

    r = fmin(fmax(r, low), high);
    for (int i = 0; i < 100; i++) {
        npsi_tails found = tails_at(t, r);
        double excess = log((t->upper ? found.upper : found.lower) / t->tail);
        double next = r * exp(halley_step(t, &found, excess));

        if (fabs(excess) < 1e-6) return next;
        if ((excess < 0.0) != t->upper)
            low = r;
        else
            high = r;
        if (low >= high) break;
        r = next > low && next < high ? next : sqrt(low) * sqrt(high);
    }
    return r;
}

static double log_probability(const target *t, bool upper)
{
    return upper == t->upper ? log(t->tail) : log1p(-t->tail);
}

/* Where the lower tail's first term r^a / (a B(a, b)) is the target. */
static double log_first_term(const target *t)
{
    double log_constant = is_gamma(t) ? npsi_log_gamma(t->a) : npsi_log_beta(t->a, t->b);
    return (log_probability(t, false) + log(t->a) + log_constant) / t->a;
}

static double gamma_quantile(const target *t)
{
    double a = t->a, first = log_first_term(t);
    double deviate = t->upper ? npsi_normal_upper_quantile(t->tail) : npsi_normal_quantile(t->tail);
    double root = 1.0 - 1.0 / (9.0 * a) + deviate / (3.0 * sqrt(a)); /* Wilson and Hilferty (1931) */

    if (first < log(DBL_MIN)) return 0.0;
    if (a >= 1.0 && root > 0.3) return solve(t, a * root * root * root);
    return solve(t, first < -1.0 || !t->upper ? exp(first) : -log(t->tail));
}

/* Abramowitz and Stegun 26.5.22, for a, b >= 1: log odds. */
static double log_odds_start(const target *t)
{
    double w = t->upper ? npsi_normal_quantile(t->tail) : npsi_normal_upper_quantile(t->tail);
    double ra = 1.0 / (2.0 * t->a - 1.0), rb = 1.0 / (2.0 * t->b - 1.0);
    double h = 2.0 / (ra + rb), lambda = (w * w - 3.0) / 6.0;
    double half = w * sqrt(h + lambda) / h - (rb - ra) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
    return log(t->a / t->b) - 2.0 * half;
}

/* The odds of the beta quantile. */
static double odds_quantile(const target *t)
{
    target mirror = {t->tail, !t->upper, t->b, t->a};
    double first = log_first_term(t), last = log_first_term(&mirror);

    if (first < log(DBL_MIN)) return 0.0;
    if (last < log(DBL_MIN)) return INFINITY;
    if (t->a >= 1.0 && t->b >= 1.0) return solve(t, exp(log_odds_start(t)));
    if (first + log(t->a + t->b) < -1.0) return solve(t, exp(first));
    if (last + log(t->a + t->b) < -1.0) return solve(t, exp(-last));
    return solve(t, t->a / t->b);
}

static bool is_probability(double p)
{
    return p >= 0.0 && p <= 1.0;
}

double npsi_beta_quantile(double p, double a, double b)
{
    target t = lower_target(p, a, b);
    double odds;

    if (!(is_probability(p) && npsi_is_shape(a) && npsi_is_shape(b))) return NAN;
    if (p == 0.0 || p == 1.0) return p;
    odds = odds_quantile(&t);
    return odds == INFINITY ? 1.0 : odds / (1.0 + odds);
}

double npsi_chi2_quantile(double p, double df)
{
    target t = lower_target(p, 0.5 * df, INFINITY);

    if (!(is_probability(p) && npsi_is_shape(df))) return NAN;
    if (p == 0.0 || p == 1.0) return p == 0.0 ? 0.0 : INFINITY;
    return 2.0 * gamma_quantile(&t);
}

double npsi_chi2_upper_quantile(double q, double df)
{
    target t = upper_target(q, 0.5 * df, INFINITY);

    if (!(is_probability(q) && npsi_is_shape(df))) return NAN;
    if (q == 0.0 || q == 1.0) return q == 0.0 ? INFINITY : 0.0;
    return 2.0 * gamma_quantile(&t);
}

double npsi_f_quantile(double p, double df1, double df2)
{
    target t = lower_target(p, 0.5 * df1, 0.5 * df2);

    if (!(is_probability(p) && npsi_is_shape(df1) && npsi_is_shape(df2))) return NAN;
    if (p == 0.0 || p == 1.0) return p == 0.0 ? 0.0 : INFINITY;
    return odds_quantile(&t) * df2 / df1;
}

/* t^2 / df are the odds of Beta(1/2, df / 2); its upper tail is 2 p, so the lower one 1 - 2 p, exact near p = 1/2. */
double npsi_t_quantile(double p, double df)
{
    double tail = p < 0.5 ? p : 1.0 - p;
    target t = tail <= 0.25 ? upper_target(2.0 * tail, 0.5, 0.5 * df) : lower_target(1.0 - 2.0 * tail, 0.5, 0.5 * df);
    double odds, root;

    if (!(is_probability(p) && df > 0.0)) return NAN;
    if (df == INFINITY) return npsi_normal_quantile(p);
    if (p == 0.5) return 0.0;
    if (tail == 0.0) return p == 0.0 ? -INFINITY : INFINITY;
    odds = odds_quantile(&t);
    root = sqrt(df) * sqrt(fmin(odds, NPSI_FAR_ODDS));
    if (odds > NPSI_FAR_ODDS) root *= pow(npsi_far_t_sf(df) / tail, 1.0 / df);
    return p < 0.5 ? -root : root;
}
