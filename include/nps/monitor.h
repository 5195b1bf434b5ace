/*
 * monitor.h: tell when it truly drops, and only then.
 *
 * Control limits say how far the score of a wave strays by luck alone; a CUSUM adds up small shifts that no limit sees,
 * and tells since when. Rules turn a sample into an alert, with the numbers that it rests on. All are pure functions:
 * no state is kept, the same input gives the same output, and who calls decides what an alert means. Waves are whole:
 * order inside a wave is arbitrary, so that nothing here looks into one. docs/methods.md has the formulas.
 *
 * Any thread at any time; nothing is allocated. What is not defined is NaN; on an error nothing is written.
 * NPS_ERR_ARGUMENT: a null pointer, options that cannot be (negative, not finite, outside of what is said of them), no
 * struct_size. NPS_ERR_RANGE, NPS_ERR_EMPTY: a sample, see sample.h. Swapping promoters and detractors in all samples
 * mirrors the results to the bit, but for ties that are said to go to one side.
 */
#ifndef NPS_MONITOR_H
#define NPS_MONITOR_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>
#include <nps/sample.h>

NPS_BEGIN_DECLS

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. */
typedef struct nps_monitor_options {
    size_t struct_size; /* sizeof(nps_monitor_options) */
    double sigmas;      /* control limits lie so many standard errors from the centre [3] */
    double allowance;   /* of the CUSUM, standard errors a wave: half the shift to be found [0.5] */
    double decision;    /* a CUSUM above this signals, in standard errors [5] */
} nps_monitor_options;

/* One wave. An element of an array, so without struct_size: it does not grow in later releases. */
typedef struct nps_monitored {
    double score;                 /* points; NaN of a wave without answers, as are the next three */
    double lower, upper;          /* control limits, within +-100 */
    double distance;              /* from the centre, in standard errors */
    double cusum_low, cusum_high; /* how far waves up to this one lie below and above the centre by now; 0 or more */
    int32_t limit;                /* -1: the score is below the lower limit, 1: above the upper one, else 0 */
    int32_t cusum;  /* -1: the lower sum signals, 1: the upper one, else 0. Both: the larger one, the lower of
                       equal ones. 0 of a wave without answers */
    uint64_t since; /* where cusum is not 0: the wave with which that sum began to grow, so about when it moved */
} nps_monitored;

/*
 * count waves, in the order of time, against a baseline: its score is the centre, and v its variance of one answer; of
 * a baseline without variance, v is that of its counts plus 3/4, 3/2, 3/4. The standard error of a wave of n answers is
 * 100 sqrt(v / n). The baseline counts as known, so it should have many more answers than a wave. Limits: centre +-
 * sigmas standard errors (Shewhart 1931). CUSUM (Page 1954, Biometrika 41:100): low = max(0, low - distance -
 * allowance), high = max(0, high + distance - allowance), from 0, not set back by a signal. A wave of zeros is without
 * answers: it changes neither, and signals nothing. options NULL: the defaults. monitored[count]; count 0 takes null
 * pointers for the two arrays. Since: 0.1.0
 */
NPS_API int nps_monitor_waves(const nps_sample *baseline, const nps_sample *waves, size_t count,
                              const nps_monitor_options *options, nps_monitored *monitored);

/* Rules. */
#define NPS_RULE_BELOW  0 /* the score is below `points` */
#define NPS_RULE_ABOVE  1
#define NPS_RULE_DROP   2 /* it fell from that of the baseline by more than `points`, 0: at all */
#define NPS_RULE_RISE   3
#define NPS_RULE_LIMITS 4 /* it lies outside of the control limits around the baseline */
#define NPS_RULE_COUNT  5

/* Fill it with zeros, set struct_size and rule, and what else is to differ from the default in brackets. What is not of
 * the rule is not looked at. */
typedef struct nps_rule {
    size_t struct_size; /* sizeof(nps_rule) */
    int32_t rule;       /* NPS_RULE_* */
    int32_t anytime; /* 1: the confidence holds however often it is looked at, as in sequential.h; not of LIMITS [0] */
    double points;   /* below and above: inside (-100, 100); drop and rise: 0 or more, below 200. Not of LIMITS */
    double level;    /* one-sided confidence, above 0.5 and below 1; not of LIMITS [0.95] */
    double sigmas;   /* of LIMITS [3] */
    double least;    /* an effective size below this never fires [0] */
} nps_rule;

#define NPS_ALERT_NONE  0 /* nothing to tell */
#define NPS_ALERT_FIRED 1
#define NPS_ALERT_FEW   2 /* fewer answers than `least`, or none: whatever the numbers are, it does not fire */

typedef struct nps_alert {
    size_t struct_size;  /* sizeof(nps_alert) */
    int32_t outcome;     /* NPS_ALERT_* */
    int32_t side;        /* -1: low, 1: high; 0 where it did not fire */
    double score;        /* of the sample, points; NaN without answers, as is all below */
    double estimate;     /* what the rule is about: the score, or its difference from the baseline */
    double threshold;    /* what that is held against; of LIMITS the limit on its side of the centre, at it the upper */
    double lower, upper; /* interval of the estimate; of LIMITS the control limits */
    double statistic, p; /* of the threshold, one-sided; NaN of LIMITS, and of an anytime DROP or RISE */
} nps_alert;

/*
 * Holds a sample against a rule, which fires where the interval lies past the threshold; this is exactly where p is
 * below 1 - level. A tie does not fire. The interval is that of NPS_INTERVAL_SCORE for BELOW and ABOVE, of
 * NPS_DIFFERENCE_MOVER for DROP and RISE, at 2 level - 1, which leaves 1 - level on the side that is asked for; the
 * statistic is normal, below 0 where the estimate is below the threshold. LIMITS fires as nps_monitor_waves does.
 *
 * With anytime, BELOW and ABOVE take the confidence sequence at level; the statistic is the logarithm of the e-value
 * against the threshold, and p its inverse, or 1 where the score lies on the other side. DROP and RISE take the
 * sequence of the sample at (1 + level) / 2 and the score interval of the baseline at level, half of the error for
 * each, and the sample must be of answers that came since the baseline.
 *
 * A sample of zeros is NPS_ALERT_FEW. baseline: not looked at by BELOW and ABOVE, which take NULL too. Since: 0.1.0
 */
NPS_API int nps_monitor_rule(const nps_rule *rule, const nps_sample *baseline, const nps_sample *sample,
                             nps_alert *out);

/* "below", "above", "drop", "rise", "limits"; NULL for any other number. A static string. And the rule of that name:
 * NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_monitor_rule_name(int32_t rule);
NPS_API int nps_monitor_rule_number(const char *name, size_t length, int32_t *rule);

NPS_END_DECLS

#endif
