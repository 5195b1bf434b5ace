/*
 * tally.h: how often each answer was given. The sufficient statistic of every unweighted score.
 *
 * A plain struct of 128 bytes that may be copied, compared with memcmp and sent between threads. All counts are exact.
 * Merge is associative and commutative, subtract undoes merge. The sum of all counts of one tally stays below 2^63,
 * else NPS_ERR_OVERFLOW.
 *
 * Distinct tallies may be used at once, one tally may be read by many threads at once; a change needs the caller's
 * lock. A null pointer or a tally with an impossible scale gives NPS_ERR_ARGUMENT or NPS_ERR_SCALE everywhere below, an
 * unknown flag NPS_ERR_ARGUMENT. The functions that compute a score or a mean refuse what nps_tally_check refuses.
 */
#ifndef NPS_TALLY_H
#define NPS_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include <nps/column.h>
#include <nps/export.h>
#include <nps/scale.h>

NPS_BEGIN_DECLS

/* Kinds of survey, a tag that keeps apart what must not be added up. The caller may use other numbers. */
#define NPS_KIND_NONE          0u
#define NPS_KIND_RELATIONAL    1u
#define NPS_KIND_TRANSACTIONAL 2u

typedef struct nps_tally {
    nps_scale scale;
    uint32_t kind; /* the caller's tag; not looked at but by merge and subtract */
    uint64_t
        level[NPS_MAX_LEVELS]; /* responses by answer, lowest answer first; those above the scale's highest stay 0 */
    uint64_t missing;          /* no answer: blank, dismissed, not asked */
    uint64_t invalid;          /* an answer off the scale, or not a whole number */
    uint64_t reserved[2];      /* 0 */
} nps_tally;

/* How nps_score_rounded rounds a half, and how nps_score_format writes. */
#define NPS_HALF_AWAY 0u /* 12.5 is 13, -12.5 is -13: what most reports do */
#define NPS_HALF_EVEN 1u /* 12.5 is 12, 13.5 is 14 */
#define NPS_PLUS_SIGN 2u /* nps_score_format writes +68 */

/* An empty tally. scale NULL: the standard one. NPS_ERR_SCALE: an impossible scale. Since: 0.1.0 */
NPS_API int nps_tally_init(nps_tally *tally, const nps_scale *scale);

/* NPS_OK for a tally that the functions below could have made, else NPS_ERR_SCALE (its scale), NPS_ERR_FORMAT (counts
 * off the scale, reserved words that are not 0) or NPS_ERR_OVERFLOW. For tallies that come from elsewhere. Since: 0.1.0
 */
NPS_API int nps_tally_check(const nps_tally *tally);

/*
 * Counts `answer` `count` times. NPS_MISSING counts as missing; any other number off the scale counts as invalid, which
 * is not an error: read tally->invalid. count 0 changes nothing. NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_tally_add(nps_tally *tally, int32_t answer, uint64_t count);

/* Takes back what nps_tally_add added. NPS_ERR_UNDERFLOW: there are fewer. Since: 0.1.0 */
NPS_API int nps_tally_remove(nps_tally *tally, int32_t answer, uint64_t count);

/*
 * Adds n answers. One value of each type means that there was no answer: 255, -128, INT32_MIN (NPS_MISSING), INT64_MIN,
 * and every NaN. Everything else off the scale, 8.5 and infinities too, counts as invalid. (NULL, 0) is legal.
 * NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_tally_add_u8(nps_tally *tally, const uint8_t *answers, size_t n);
NPS_API int nps_tally_add_i8(nps_tally *tally, const int8_t *answers, size_t n);
NPS_API int nps_tally_add_i32(nps_tally *tally, const int32_t *answers, size_t n);
NPS_API int nps_tally_add_i64(nps_tally *tally, const int64_t *answers, size_t n);
NPS_API int nps_tally_add_f64(nps_tally *tally, const double *answers, size_t n);

/*
 * Adds a column of any type. A row that is not valid is missing, and so is a NaN; the integers that mean "missing" in
 * the functions above do not in a column, which has its bitmap for that. Text is read by nps_parse_answer with the
 * column's flags; true is 1, false 0. NPS_ERR_TYPE, NPS_ERR_FORMAT: see nps_column_check. NPS_ERR_OVERFLOW. Since:
 * 0.1.0
 */
NPS_API int nps_tally_add_column(nps_tally *tally, const nps_column *answers);

/* Adds the counts of `from`, which may be `into`. NPS_ERR_SCALE: another scale or kind. NPS_ERR_OVERFLOW. Since: 0.1.0
 */
NPS_API int nps_tally_merge(nps_tally *into, const nps_tally *from);

/* Takes back what nps_tally_merge added. NPS_ERR_SCALE; NPS_ERR_UNDERFLOW: a count of `taken` is larger. Since: 0.1.0
 */
NPS_API int nps_tally_subtract(nps_tally *from, const nps_tally *taken);

/* Counts. 0 for NULL and for an impossible scale. Responses are all answers on the scale; total adds missing and
 * invalid. Since: 0.1.0 */
NPS_API uint64_t nps_tally_responses(const nps_tally *tally);
NPS_API uint64_t nps_tally_promoters(const nps_tally *tally);
NPS_API uint64_t nps_tally_passives(const nps_tally *tally);
NPS_API uint64_t nps_tally_detractors(const nps_tally *tally);
NPS_API uint64_t nps_tally_total(const nps_tally *tally);

/* The mean answer, on the scale of the answers, correctly rounded once. NPS_ERR_EMPTY. Since: 0.1.0 */
NPS_API int nps_tally_mean(const nps_tally *tally, double *mean);

/* The Net Promoter Score in points: 100 (promoters - detractors) / responses, correctly rounded once. NPS_ERR_EMPTY.
 * Since: 0.1.0 */
NPS_API int nps_score(const nps_tally *tally, double *points);

/*
 * The whole number to show to people, -100 to 100, from the integer counts: doubles would turn an exact -12.5 into
 * -12.500000000000004. flags: NPS_HALF_AWAY or NPS_HALF_EVEN. NPS_ERR_EMPTY. Since: 0.1.0
 */
NPS_API int nps_score_rounded(const nps_tally *tally, uint32_t flags, int32_t *points);

/*
 * Whole percentages of detractors, passives and promoters that add up to 100 and whose promoters less detractors are
 * the score of nps_score_rounded with the same flags; of all such, the nearest in squares, and of two the one with
 * fewer detractors. An odd score needs an odd share of passives: (1, 0, 2) is 33, 1, 66 although nobody was passive.
 * NPS_ERR_EMPTY. Since: 0.1.0
 */
NPS_API int nps_shares_rounded(const nps_tally *tally, uint32_t flags, int32_t *detractors, int32_t *passives,
                               int32_t *promoters);

/*
 * Writes a score with a terminating NUL: "68", "0", "-12", with NPS_PLUS_SIGN "+68", "0", "-12". Never "-0". 5 bytes
 * always do. points -100 to 100, else NPS_ERR_RANGE. NPS_ERR_BUFFER: too small. Since: 0.1.0
 */
NPS_API int nps_score_format(int32_t points, uint32_t flags, char *buffer, size_t size);

NPS_END_DECLS

#endif
