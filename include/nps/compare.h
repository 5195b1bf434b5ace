/*
 * compare.h: is the difference real?
 *
 * One sample against a benchmark, two samples, many samples, the same people twice, equivalence, and p-values adjusted
 * for how many were looked at. A difference is `to` - `from`, after minus before, in points, -200 to 200; its sign is
 * never dropped. p-values are two-sided unless a comment says otherwise. docs/compare.md tells which method to take,
 * docs/methods.md has the formulas; d, p, r, n and delta as in interval.h, Phi is the normal distribution.
 *
 * All functions may be called from any thread at any time; none allocates but nps_adjust, and none loops without a
 * bound. Swapping the sides changes the signs of estimate and statistic, and swaps the bounds and changes their signs;
 * so does swapping promoters and detractors in all samples.
 *
 * The caller sets `struct_size` in what a function fills, and no more than that is written. What is not defined is NaN.
 * NPS_ERR_ARGUMENT: a null pointer, no such method, a level not inside (0, 1), no struct_size. NPS_ERR_RANGE,
 * NPS_ERR_EMPTY: see sample.h. NPS_ERR_SINGULAR: the method is not defined for these samples. NPS_ERR_CONVERGENCE:
 * never seen; no result is better than a wrong one.
 */
#ifndef NPS_COMPARE_H
#define NPS_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

typedef struct nps_test {
    size_t struct_size; /* sizeof(nps_test) */
    double statistic;
    double df; /* of the statistic's distribution */
    double p;
} nps_test;

typedef struct nps_difference {
    size_t struct_size;      /* sizeof(nps_difference) */
    double estimate;         /* score of `to` less score of `from`, points */
    double lower, upper;     /* its interval */
    double statistic, df, p; /* of no difference */
} nps_difference;

/* One sample against a benchmark. */
#define NPS_BENCHMARK_SCORE 0 /* the score test (Tango 1998), the default: agrees with NPS_INTERVAL_SCORE */
#define NPS_BENCHMARK_SIGN  1 /* exact binomial test of promoters against detractors; benchmark 0 only */
#define NPS_BENCHMARK_MID_P 2 /* the same, with half the probability of what was seen (Lancaster 1961) */

/*
 * Whether a sample's score differs from `points`, a benchmark strictly inside (-100, 100). The score test has a normal
 * statistic, positive where the sample is above; the exact ones have a p only, and take whole counts and benchmark 0,
 * else NPS_ERR_RANGE. A benchmark that is not inside: NPS_ERR_RANGE. Since: 0.1.0
 */
NPS_API int nps_compare_benchmark(const nps_sample *sample, int32_t method, double points, nps_test *out);

/* Two independent samples. */
#define NPS_DIFFERENCE_MOVER         0 /* from the two score intervals (Newcombe 1998; Zou and Donner 2008). The default */
#define NPS_DIFFERENCE_SCORE         1 /* profile score: the likeliest pair of scores that differ by so much */
#define NPS_DIFFERENCE_ADJUSTED_WALD 2 /* 3/4, 3/2, 3/4 added to each sample's counts (after Rocks 2016) */
#define NPS_DIFFERENCE_WELCH         3 /* t with Satterthwaite's degrees of freedom (Welch 1947) */
#define NPS_DIFFERENCE_PERMUTATION   4 /* exact over all splits of the pooled answers; p only */
#define NPS_DIFFERENCE_COUNT         5 /* methods are numbered from 0 to here */

/*
 * The difference of two scores: estimate, interval, statistic and p. p < 1 - level exactly where the interval leaves
 * out 0. The statistic is normal but for WELCH, whose df is Satterthwaite's from the samples' own df, and whose
 * variances are with n - 1. WELCH without variance in either sample: a point, no statistic, p 1 or 0; with one answer
 * or fewer, or df 0, in a sample: NPS_ERR_SINGULAR. ADJUSTED_WALD: interval, statistic and p are of the counts with
 * what is added, the estimate is not, and may lie outside. PERMUTATION: whole counts, else NPS_ERR_RANGE; at most 2000
 * answers a side, else NPS_ERR_LIMIT; no bounds and no statistic. Since: 0.1.0
 */
NPS_API int nps_compare(const nps_sample *from, const nps_sample *to, int32_t method, double level,
                        nps_difference *out);

/* "mover", "score", "adjusted-wald", "welch", "permutation"; NULL for any other number. A static string. And the method
 * of that name (length bytes): NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_difference_method_name(int32_t method);
NPS_API int nps_difference_method(const char *name, size_t length, int32_t *method);

typedef struct nps_equivalence {
    size_t struct_size;                      /* sizeof(nps_equivalence) */
    double statistic_lower, statistic_upper; /* of differences of -margin and of +margin */
    double p_lower; /* one-sided, of "lower by the margin or more": small where `to` is not inferior to `from` */
    double p_upper; /* one-sided, of "higher by the margin or more" */
    double p;       /* the larger one: small where the two are equivalent */
} nps_equivalence;

/* Two one-sided tests (Schuirmann 1987) of a difference within +-margin points, margin above 0 and below 200, else
 * NPS_ERR_RANGE. method: MOVER or SCORE. Equivalent at level 1 - p exactly where the interval of that method at level
 * 1 - 2p lies within the margins. A margin that no interval of MOVER reaches, at any level: the statistic is infinite,
 * p_lower or p_upper 0. Since: 0.1.0 */
NPS_API int nps_compare_equivalence(const nps_sample *from, const nps_sample *to, int32_t method, double margin,
                                    nps_equivalence *out);

/* The same people twice. With e the change of a person's class, -2 to 2: */
#define NPS_PAIRED_SCORE         0 /* Tango's construction for five values (1998): the default; needs no cell that is not 0 */
#define NPS_PAIRED_WALD          1 /* change +- z sqrt(variance of e / n) */
#define NPS_PAIRED_T             2 /* the paired t test */
#define NPS_PAIRED_NULL_VARIANCE 3 /* sum e / sqrt(sum e^2): McNemar's test for scores; no interval */
#define NPS_PAIRED_COUNT         4

/* The change of a score among people who answered twice; `level` is not looked at where there is no interval. df is
 * defined for T only: the sum of the counts less 1. WALD and T without variance: a point, no statistic, p 1 or 0; T of
 * one person or fewer: NPS_ERR_SINGULAR. Nobody changed: the statistic of the others is 0. Since: 0.1.0 */
NPS_API int nps_compare_paired(const nps_paired_sample *sample, int32_t method, double level, nps_difference *out);

/* "score", "wald", "t", "null-variance"; NULL for any other number. NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_paired_method_name(int32_t method);
NPS_API int nps_paired_method(const char *name, size_t length, int32_t *method);

/* The whole table of classes before and after. */
#define NPS_MARGINS_STUART  0 /* equal margins (Stuart 1955) */
#define NPS_MARGINS_BHAPKAR 1 /* equal margins (Bhapkar 1966) */
#define NPS_MARGINS_BOWKER  2 /* symmetry: as many moved one way as the other (Bowker 1948) */

/* Chi-square tests. df is the rank of the covariance (Stuart, Bhapkar) or the number of pairs of cells with anybody in
 * them (Bowker); df 0 has statistic 0 and p 1. Bhapkar's is T / (1 - T / n) of Stuart's T; where T is n, as when
 * everybody moved from one class to another: statistic NaN, p 0. Since: 0.1.0 */
NPS_API int nps_compare_margins(const nps_paired_sample *sample, int32_t method, nps_test *out);

/* Many samples at once: are they all alike? */
#define NPS_OMNIBUS_CMH  0 /* mean score (Landis, Heyman and Koch 1978): the default, never degenerate */
#define NPS_OMNIBUS_WALD 1 /* Q: squared distances from the pooled score over their variances (Cochran 1954) */

/* A chi-square test with count - 1 degrees of freedom; count 1: statistic 0, df 0, p 1. count 0, and a sample without
 * answers: NPS_ERR_EMPTY. CMH: statistic 0 where all answers are alike, or effectively no more than one. Samples
 * without variance take that of their counts plus 3/4, 3/2, 3/4 in WALD. Since: 0.1.0 */
NPS_API int nps_compare_samples(const nps_sample *samples, size_t count, int32_t method, nps_test *out);

typedef struct nps_heterogeneity {
    size_t struct_size; /* sizeof(nps_heterogeneity) */
    double pooled;      /* mean score with weights 1 / variance, points */
    double tau2;        /* variance between true scores, squared points (DerSimonian and Laird 1986) */
    double mean;        /* mean score with weights 1 / (variance + tau2), points */
} nps_heterogeneity;

/* How much scores differ beyond the luck of who answered. Variances and errors as for WALD; one sample has tau2 0.
 * Since: 0.1.0 */
NPS_API int nps_compare_heterogeneity(const nps_sample *samples, size_t count, nps_heterogeneity *out);

/* Many looks: p-values adjusted for their number. */
#define NPS_ADJUST_NONE     0
#define NPS_ADJUST_HOLM     1 /* family-wise error, any dependence (Holm 1979). The default of the command */
#define NPS_ADJUST_HOCHBERG 2 /* family-wise error, independent tests (Hochberg 1988) */
#define NPS_ADJUST_BH       3 /* false discovery rate, independent tests (Benjamini and Hochberg 1995) */
#define NPS_ADJUST_BY       4 /* false discovery rate, any dependence (Benjamini and Yekutieli 2001) */
#define NPS_ADJUST_COUNT    5

/* adjusted[count], in the order of p[count]; the two may be one array. Never less than p, at most 1, and the same in
 * whatever order they come. A NaN stays NaN and is not counted. NPS_ERR_RANGE: a p outside 0 to 1. NPS_ERR_MEMORY.
 * allocator NULL: realloc and free. count 0 takes null pointers. Since: 0.1.0 */
NPS_API int nps_adjust(const double *p, size_t count, int32_t method, const nps_allocator *allocator, double *adjusted);

/* "none", "holm", "hochberg", "bh", "by"; NULL for any other number. NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_adjust_method_name(int32_t method);
NPS_API int nps_adjust_method(const char *name, size_t length, int32_t *method);

NPS_END_DECLS

#endif
