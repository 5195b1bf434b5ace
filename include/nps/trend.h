/*
 * trend.h: does the score move over waves?
 *
 * Waves are samples with the times that they were taken at, in any unit and any order, evenly spaced or not. Three
 * tests that ask different things: whether answers rise with time (linear-by-linear: the default, never degenerate),
 * how many points a unit of time brings (the slope), and whether waves tend to be above those before (Mann-Kendall,
 * which looks at their order alone). docs/methods.md has the formulas. Rolling windows pool the answers of neighbouring
 * waves, which is not the average of their scores.
 *
 * All functions may be called from any thread at any time. What is not defined is NaN; on an error nothing is written.
 * NPS_ERR_ARGUMENT: a null pointer, a level not inside (0, 1), no struct_size. NPS_ERR_RANGE, NPS_ERR_EMPTY: a sample,
 * see sample.h; also NPS_ERR_RANGE of a time that is not finite, and NPS_ERR_EMPTY of no waves. Turning time around, or
 * swapping promoters and detractors, changes the signs of estimate and statistic.
 */
#ifndef NPS_TREND_H
#define NPS_TREND_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/compare.h>
#include <nps/export.h>
#include <nps/sample.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

/* Linear-by-linear association of answers (-1, 0, 1) and times (Mantel 1963): sqrt(N - 1) times their correlation over
 * all N answers, normal; the square is chi-square with one df. df is NaN. Statistic 0 and p 1 where all answers are
 * alike, or effectively no more than one. NPS_ERR_SINGULAR: all times are equal. Since: 0.1.0 */
NPS_API int nps_trend_linear(const double *times, const nps_sample *samples, size_t count, nps_test *out);

typedef struct nps_slope {
    size_t struct_size;    /* sizeof(nps_slope) */
    double estimate;       /* points for one unit of time */
    double standard_error; /* in the same unit; from the samples' own variances, not from how well the line fits */
    double lower, upper;   /* its interval, normal */
    double statistic, p;   /* of no slope */
    double intercept;      /* the line at time 0, points */
} nps_slope;

/* Weighted least squares of the scores on time, with weights 1 / variance; a sample without variance takes that of its
 * counts plus 3/4, 3/2, 3/4. Bounds are not cut; what is beyond a double, as where times are 1e-307 apart, is infinite.
 * NPS_ERR_SINGULAR: all times are equal. Since: 0.1.0 */
NPS_API int nps_trend_slope(const double *times, const nps_sample *samples, size_t count, double level, nps_slope *out);

/*
 * Mann (1945) and Kendall (1970): the statistic is S, later waves that are above an earlier one less those below,
 * scores compared exactly. Exact p of fewer than 50 waves without ties; else the normal one with ties and continuity.
 * df is NaN; S 0 has p 1. Waves at one time are tied. count log count steps. allocator NULL: realloc and free.
 * NPS_ERR_MEMORY. NPS_ERR_LIMIT: more than 2^31 - 1 waves. Since: 0.1.0
 */
NPS_API int nps_trend_mann_kendall(const double *times, const nps_sample *samples, size_t count,
                                   const nps_allocator *allocator, nps_test *out);

/*
 * Rolling windows: rolling[i] is the sum of the `window` waves that end with waves[i], of fewer where there are not so
 * many before. `waves` stand in the order of time, with an empty one where nothing was asked, and all have one scale
 * and kind (NPS_ERR_SCALE); `rolling` is another array. Each wave is added once and taken back once, whatever the
 * window. window 0: NPS_ERR_ARGUMENT. A wave that is none, as nps_tally_check says; NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_trend_rolling(const nps_tally *waves, size_t count, size_t window, nps_tally *rolling);
NPS_API int nps_trend_rolling_weighted(const nps_weighted *waves, size_t count, size_t window, nps_weighted *rolling);

NPS_END_DECLS

#endif
