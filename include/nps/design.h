/*
 * design.h: answers of a survey that was designed: strata, clusters, weights, finite populations.
 *
 * The score's standard error by Taylor linearisation (Woodruff 1971; Binder 1983) with the first stage's units as if
 * drawn with replacement, or with a finite population correction where the population is known: what R's survey
 * package gives as svymean. An opaque state of exact sums, one for each stratum, primary sampling unit (PSU) and
 * domain, so that adding, merging and taking back are exact, and every estimate has the same bits however the work was
 * split. An answer's weight and what an answer is: as in weighted.h.
 *
 * PSUs are told apart within their stratum only. Rows without an answer are counted, and are no part of the sample: a
 * PSU or a stratum in which nobody answered is none. Answers with weight 0 are part of it.
 *
 * A domain is a part of the answers, such as a segment; its estimate knows that the design was drawn as a whole: PSUs
 * of a stratum that hold none of the domain count as zeros (Cochran 1977, section 5A.14).
 *
 * Distinct designs may be used at once, and const calls on one design may run at once; a change needs the caller's
 * lock. A call that fails has changed nothing. NPS_ERR_ARGUMENT and NPS_ERR_MEMORY may come from all. A design takes
 * about 700 bytes for each PSU (of designs without clusters: for each stratum) and domain in it, and 150 for each
 * population.
 */
#ifndef NPS_DESIGN_H
#define NPS_DESIGN_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/column.h>
#include <nps/export.h>
#include <nps/sample.h>
#include <nps/scale.h>
#include <nps/segments.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

#define NPS_MAX_DOMAIN_PARTS 6

typedef struct nps_design nps_design;

/* Fill it with zeros, set struct_size, and what else is to differ from the default in brackets. */
typedef struct nps_design_options {
    size_t struct_size; /* sizeof(nps_design_options) */
    int32_t domains;    /* parts of the key of a domain, 0 to NPS_MAX_DOMAIN_PARTS [0] */
    int32_t clusters;   /* 1: answers come in PSUs; 0: each answer is a PSU of its own [0] */
    const nps_scale *scale;
    uint32_t kind;     /* [NPS_KIND_NONE] */
    uint32_t reserved; /* 0 */
    uint64_t seed;     /* as in nps_segments_options */
    const nps_allocator *allocator;
} nps_design_options;

/* A new, empty design. NPS_ERR_ARGUMENT: domains, clusters, or an unknown non-zero tail of a larger options struct.
 * NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_design_new(const nps_design_options *options, nps_design **out);

/* Gives all its memory back. NULL does nothing. Since: 0.1.0 */
NPS_API void nps_design_free(nps_design *design);

/* A copy, equal in everything, with the same allocator. Since: 0.1.0 */
NPS_API int nps_design_copy(const nps_design *design, nps_design **out);

/* What it was made with. 0 for NULL. Since: 0.1.0 */
NPS_API int32_t nps_design_domains(const nps_design *design);
NPS_API int32_t nps_design_clusters(const nps_design *design);
NPS_API uint32_t nps_design_kind(const nps_design *design);
NPS_API int nps_design_scale(const nps_design *design, nps_scale *out);

/* As for segments: a kind for whoever merges different ones and means it; the name of a part of the domains' key.
 * Since: 0.1.0 */
NPS_API int nps_design_set_kind(nps_design *design, uint32_t kind);
NPS_API int nps_design_set_name(nps_design *design, int32_t part, const char *name, size_t length);
NPS_API int nps_design_name(const nps_design *design, int32_t part, const char **name, size_t *length);

/*
 * Adds one answer, or takes it back. domain: as many parts as there are domains, NULL for none. stratum: one part;
 * NULL: there are no strata, which is one stratum whose key is null. psu: one part, for designs with clusters, else
 * NULL. No part may be NPS_KEY_ALL. Weights as in nps_weighted_add, 1 for plain answers. NPS_ERR_RANGE: the weight.
 * NPS_ERR_OVERFLOW, NPS_ERR_LIMIT. Remove: NPS_ERR_NOT_FOUND, NPS_ERR_UNDERFLOW; a PSU that becomes empty stays, with
 * zeros, and counts for nothing. Since: 0.1.0
 */
NPS_API int nps_design_add(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                           int32_t answer, double weight);
NPS_API int nps_design_remove(nps_design *design, const nps_key *domain, const nps_key *stratum, const nps_key *psu,
                              int32_t answer, double weight);

/* The size of a stratum's population: its number of PSUs, or in designs without clusters of people. At least 1 and
 * finite, else NPS_ERR_RANGE. A stratum has one population: another than the one it has already is NPS_ERR_SCALE.
 * stratum as above; it may come before its answers. Since: 0.1.0 */
NPS_API int nps_design_set_population(nps_design *design, const nps_key *stratum, double population);
/* NPS_ERR_NOT_FOUND: none was set. Since: 0.1.0 */
NPS_API int nps_design_population(const nps_design *design, const nps_key *stratum, double *population);

/* The columns of a batch, all of one length. Keys are columns as in nps_segments_add_columns. */
typedef struct nps_design_columns {
    size_t struct_size;            /* sizeof(nps_design_columns) */
    const nps_column *domains;     /* as many as there are domains */
    const nps_column *strata;      /* NULL: no strata */
    const nps_column *psus;        /* of designs with clusters, else NULL */
    const nps_column *populations; /* numbers, the same in all rows of a stratum; NULL: not known */
    const nps_column *answers;
    const nps_column *weights; /* NULL: all 1 */
} nps_design_columns;

/* Adds a batch: all rows or none. On NPS_ERR_RANGE (a weight or a population, also one that is not valid) and
 * NPS_ERR_SCALE (another population than the stratum has) *row, where row is not NULL, tells the first row at fault.
 * NPS_ERR_TYPE, NPS_ERR_FORMAT, NPS_ERR_OVERFLOW, NPS_ERR_LIMIT. Since: 0.1.0 */
NPS_API int nps_design_add_columns(nps_design *design, const nps_design_columns *columns, uint64_t *row);

/* As for segments. Merge: populations that only `from` knows are taken over; one that differs is NPS_ERR_SCALE.
 * Subtract: a stratum's population goes with its last row, and where `taken` has one and `from` has no rows of the
 * stratum. NPS_ERR_TYPE: other domains or clusters. Since: 0.1.0 */
NPS_API int nps_design_merge(nps_design *into, const nps_design *from);
NPS_API int nps_design_subtract(nps_design *from, const nps_design *taken);

/* Puts the sums in order, which spares each estimate from doing so. Nothing else changes. Since: 0.1.0 */
NPS_API int nps_design_sort(nps_design *design);

/* The weighted state of a domain, and a new container of those of all domains, sorted, with the names of the parts.
 * domain: parts that are NPS_KEY_ALL stand for every value; NULL: everything. NPS_ERR_NOT_FOUND: no such domain.
 * Segments of a design without domains: NPS_ERR_TYPE. NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_design_weighted(const nps_design *design, const nps_key *domain, nps_weighted *out);
NPS_API int nps_design_segments(const nps_design *design, nps_segments **out);

/* What to do where a stratum has one PSU, whose variance nobody can know. A stratum whose one PSU is its whole
 * population has no variance, whatever is chosen. */
#define NPS_LONELY_FAIL      0 /* NPS_ERR_SINGULAR */
#define NPS_LONELY_REMOVE    1 /* it adds nothing: too small a standard error */
#define NPS_LONELY_CERTAINTY 2 /* the same, for strata that were sure to be drawn */
#define NPS_LONELY_ADJUST    3 /* its distance from the whole sample's mean, not its stratum's: on the safe side */
#define NPS_LONELY_AVERAGE   4 /* the average variance of the other strata */
#define NPS_LONELY_COUNT     5

/* "fail", "remove", "certainty", "adjust", "average"; NULL for any other number. A static string. And the option of
 * that name (length bytes): NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API const char *nps_lonely_name(int32_t lonely);
NPS_API int nps_lonely(const char *name, size_t length, int32_t *lonely);

typedef struct nps_design_result {
    size_t struct_size;                                    /* sizeof(nps_design_result) */
    double score, standard_error;                          /* points */
    double detractor_share, passive_share, promoter_share; /* weighted, fractions */
    double df;                                             /* PSUs less strata, of those with a weight above 0 */
    double design_effect;            /* variance over that of as many answers drawn one by one, with replacement */
    double design_effect_population; /* the same without replacement, from a population of the sum of weights. NaN
                                        where there are as many answers as that, or more. Both leave out answers of
                                        weight 0 */
    double effective_size; /* answers drawn one by one that would be as sure: variance of an answer over that of the
                              score (Korn and Graubard 1998). NaN where either is 0 */
    uint64_t strata, psus; /* of the domain: that have answers in it */
    uint64_t lonely;       /* strata of these with one PSU, in the domain or not, that is not all of it */
} nps_design_result;

/* The estimate of a domain, given as in nps_design_weighted. What is undefined is NaN: with NPS_LONELY_AVERAGE and no
 * stratum but lonely ones, all that rests on the variance. NPS_ERR_EMPTY: no answer with a weight above 0.
 * NPS_ERR_SINGULAR: see NPS_LONELY_FAIL. NPS_ERR_RANGE: a stratum of the design has more PSUs than its population.
 * NPS_ERR_OVERFLOW: the sum of the domain's weights reaches 2^64. NPS_ERR_NOT_FOUND. Since: 0.1.0 */
NPS_API int nps_design_estimate(const nps_design *design, const nps_key *domain, int32_t lonely,
                                nps_design_result *out);

/*
 * What every estimate takes: shares times the effective size, df of the design. level, inside (0, 1): the confidence
 * level it will be used at; the size is then times (t(n - 1) / t(df))^2, quantiles of Student's t at that level (Korn
 * and Graubard 1998), n the answers with a weight above 0, so that few PSUs widen an interval as they should. level 0:
 * without. Where the effective size is undefined because an answer or the score has no variance, it is Kish's before
 * that; it is never above 9e14, as good as no sampling error, and just that of a design that took every stratum whole.
 * Errors as above; NPS_ERR_ARGUMENT also for another level. NPS_ERR_SINGULAR also where df is 0 and a level is given,
 * or where the variance is undefined. Since: 0.1.0
 */
NPS_API int nps_design_sample(const nps_design *design, const nps_key *domain, int32_t lonely, double level,
                              nps_sample *out);

NPS_END_DECLS

#endif
