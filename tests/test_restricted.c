/* The restricted estimate, against its definition, and root finding. */
#include "restricted_internal.h"

#include <math.h>

#include "root_internal.h"
#include "support.h"

static const double sizes[] = {0, 0.25, 1, 2, 9, 50, 4000};
#define SIZES (sizeof sizes / sizeof *sizes)

static double log_term(double count, double share)
{
    return count > 0 ? count * log(fmax(share, 0)) : 0;
}

/* The log likelihood of the shares (q, 1 - 2 q - t, q + t), whose score is t. */
static double log_likelihood(const npsi_shares *shares, double t, double q)
{
    return shares->size * (log_term(shares->detractors, q) + log_term(shares->passives, 1 - 2 * q - t) +
                           log_term(shares->promoters, q + t));
}

typedef void visitor(const npsi_shares *shares, double t);

static void everywhere(visitor *visit)
{
    for (size_t d = 0; d < SIZES; d++) {
        for (size_t p = 0; p < SIZES; p++) {
            for (size_t r = 0; r < SIZES; r++) {
                if (d + p + r == 0) continue;
                npsi_shares shares = npsi_shares_of(sizes[d], sizes[p], sizes[r]);
                for (double t = -0.97; t < 1; t += 0.097) visit(&shares, t);
            }
        }
    }
}

/* Shares that have the score t, and a likelihood that no other such shares, on a grid of 200, exceed. */
static void check_maximum(const npsi_shares *shares, double t)
{
    npsi_restricted at = npsi_restricted_at(shares, t);
    ck_near(at.detractors + at.passives + at.promoters, 1, 1e-14);
    ck_near(at.promoters - at.detractors, t, 1e-14);
    ck_near(at.variance, at.promoters + at.detractors - t * t, 1e-13);
    ck_near(at.left, 1 - at.tilt, 1e-13);
    ck_near(at.right, 1 + at.tilt, 1e-13);
    ck_near(at.ratio, 1 + at.tilt * t, 1e-13);
    ck_assert(at.detractors >= 0 && at.passives >= 0 && at.promoters >= 0);
    double best = shares->size * (log_term(shares->detractors, at.detractors) +
                                  log_term(shares->passives, at.passives) + log_term(shares->promoters, at.promoters));
    double least = fmax(0, -t), most = (1 - t) / 2;
    for (int i = 0; i <= 200; i++)
        ck_assert(log_likelihood(shares, t, least + (most - least) * i / 200) <= best + 1e-12 * (1 + fabs(best)));
    double top =
        shares->size * (log_term(shares->detractors, shares->detractors) +
                        log_term(shares->passives, shares->passives) + log_term(shares->promoters, shares->promoters));
    double root = npsi_likelihood_statistic(shares, t);
    ck_near(root * root / 2, top - best, 1e-12 * shares->size + 1e-12);
    ck_assert(root * (shares->score - t) >= 0);
}

/* The tilt's definition, in terms that are tiny where d or r are or where t is next to an end: all digits are kept. */
static void check_tilt(const npsi_shares *shares, double t)
{
    npsi_restricted at = npsi_restricted_at(shares, t);
    if (shares->detractors > 0)
        ck_assert(test_relative_error(shares->detractors * at.ratio / at.left, at.detractors) < 1e-11);
    if (shares->passives > 0) ck_assert(test_relative_error(shares->passives * at.ratio, at.passives) < 1e-11);
    if (shares->promoters > 0)
        ck_assert(test_relative_error(shares->promoters * at.ratio / at.right, at.promoters) < 1e-11);
}

START_TEST(tilt)
{
    static const double counts[] = {0, 1e-9, 0.5, 3, 1e6};
    static const double trials[] = {0.01, 0.4, 0.6, 0.99, 1 - 1e-9};
    for (int i = 1; i < 5 * 5 * 5; i++) {
        npsi_shares shares = npsi_shares_of(counts[i / 25], counts[i / 5 % 5], counts[i % 5]);
        for (int j = 0; j < 5; j++) {
            check_tilt(&shares, trials[j]);
            check_tilt(&shares, -trials[j]);
        }
    }
}
END_TEST

START_TEST(maximum)
{
    everywhere(check_maximum);
}
END_TEST

/* Below the score the limit undoes the statistic. */
static void check_limit(const npsi_shares *shares, double t)
{
    double z = npsi_score_statistic(shares, t);
    if (t > shares->score - 1e-6) return;
    ck_assert(z > 0);
    ck_near(npsi_score_limit(shares, z), t, 1e-13);
}

START_TEST(limit)
{
    everywhere(check_limit);
}
END_TEST

static int evaluations;

/* Jumps from -1 to 1 at 1 / 3. */
static double jump(double x, const void *context)
{
    (void)context;
    evaluations++;
    return 3 * x < 1 ? -1 : 1;
}

static double cube(double x, const void *context)
{
    evaluations++;
    return x * x * x - *(const double *)context;
}

START_TEST(roots)
{
    evaluations = 0;
    ck_near(npsi_root(jump, NULL, -1, -(double)INFINITY, 1, (double)INFINITY), 1.0 / 3, 1e-15);
    ck_assert_int_le(evaluations, 200);
    evaluations = 0;
    const double eight = 8;
    ck_near(npsi_root(cube, &eight, 0, -8, 10, 992), 2, 1e-15);
    ck_assert_int_le(evaluations, 20);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_test(tcase, tilt);
    tcase_add_test(tcase, maximum);
    tcase_add_test(tcase, limit);
    tcase_add_test(tcase, roots);
}

int main(void)
{
    return test_main("restricted", add);
}
