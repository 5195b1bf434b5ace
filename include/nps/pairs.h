/*
 * pairs.h: the same people twice.
 *
 * How often each answer before went with each answer after: the sufficient statistic of every paired comparison. People
 * who answered only once are counted apart, by that answer, for they say who left and who came. Exact: merge is
 * associative and commutative, subtract undoes merge. The sum of all counts stays below 2^63, else NPS_ERR_OVERFLOW.
 *
 * A plain struct of 1184 bytes. Threads, null pointers and scales as in tally.h.
 */
#ifndef NPS_PAIRS_H
#define NPS_PAIRS_H

#include <stddef.h>
#include <stdint.h>

#include <nps/column.h>
#include <nps/export.h>
#include <nps/scale.h>
#include <nps/tally.h>

NPS_BEGIN_DECLS

typedef struct nps_pairs {
    nps_scale scale;
    uint32_t kind;                                  /* the caller's tag, as in nps_tally */
    uint64_t count[NPS_MAX_LEVELS][NPS_MAX_LEVELS]; /* people by answer before (row) and after, lowest answer first */
    uint64_t only_before[NPS_MAX_LEVELS];           /* people who answered before and not after */
    uint64_t only_after[NPS_MAX_LEVELS];            /* people who answered after and not before */
    uint64_t missing;                               /* people who answered neither time */
    uint64_t invalid;                               /* people with an answer off the scale, whatever the other one is */
    uint64_t reserved[2];                           /* 0 */
} nps_pairs;

/* An empty one. scale NULL: the standard one. NPS_ERR_SCALE. Since: 0.1.0 */
NPS_API int nps_pairs_init(nps_pairs *pairs, const nps_scale *scale);

/* NPS_OK for one that the functions below could have made, else as nps_tally_check. Since: 0.1.0 */
NPS_API int nps_pairs_check(const nps_pairs *pairs);

/* Counts one person's two answers `count` times; either may be NPS_MISSING, and any other number off the scale makes
 * the person invalid. NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_pairs_add(nps_pairs *pairs, int32_t before, int32_t after, uint64_t count);

/* Takes back what nps_pairs_add added. NPS_ERR_UNDERFLOW: there are fewer. Since: 0.1.0 */
NPS_API int nps_pairs_remove(nps_pairs *pairs, int32_t before, int32_t after, uint64_t count);

/* Adds two columns of one length, a person a row; answers as in nps_tally_add_column. All rows or none.
 * NPS_ERR_ARGUMENT: lengths differ. NPS_ERR_TYPE, NPS_ERR_FORMAT, NPS_ERR_OVERFLOW. Since: 0.1.0 */
NPS_API int nps_pairs_add_columns(nps_pairs *pairs, const nps_column *before, const nps_column *after);

/* Adds the counts of `from`, which may be `into`. NPS_ERR_SCALE: another scale or kind. NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_pairs_merge(nps_pairs *into, const nps_pairs *from);

/* Takes back what nps_pairs_merge added. NPS_ERR_SCALE; NPS_ERR_UNDERFLOW: a count of `taken` is larger. Since: 0.1.0
 */
NPS_API int nps_pairs_subtract(nps_pairs *from, const nps_pairs *taken);

/* People who answered both times, and all people. 0 for NULL and for an impossible scale. Since: 0.1.0 */
NPS_API uint64_t nps_pairs_responses(const nps_pairs *pairs);
NPS_API uint64_t nps_pairs_total(const nps_pairs *pairs);

/* The margins: the answers before, and after, of those who answered both times. Their missing and invalid counts are 0.
 * Errors of nps_pairs_check. Since: 0.1.0 */
NPS_API int nps_pairs_before(const nps_pairs *pairs, nps_tally *out);
NPS_API int nps_pairs_after(const nps_pairs *pairs, nps_tally *out);

/* Those who answered both times by class: table[3 * before + after], each detractor 0, passive 1, promoter 2. Errors of
 * nps_pairs_check. Since: 0.1.0 */
NPS_API int nps_pairs_classes(const nps_pairs *pairs, uint64_t table[9]);

/* Who moved, of those who answered both times: to a better class or a worse one, and to a higher answer or a lower one.
 * The rest stayed. */
typedef struct nps_movers {
    size_t struct_size; /* sizeof(nps_movers) */
    uint64_t better, worse, same_class;
    uint64_t higher, lower, same_answer;
} nps_movers;

/* Errors of nps_pairs_check; NPS_ERR_ARGUMENT: out->struct_size is not set. Since: 0.1.0 */
NPS_API int nps_pairs_movers(const nps_pairs *pairs, nps_movers *out);

NPS_END_DECLS

#endif
