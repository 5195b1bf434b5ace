/*
 * scale.h: what an answer is.
 *
 * A scale is a run of at most 11 whole numbers and two cut points. Answers up to detractor_max detract, answers from
 * promoter_min on promote, what lies between is passive. The standard is 0 to 10, cut at 6 and 9 (Reichheld 2003, "The
 * one number you need to grow", Harvard Business Review 81(12)).
 *
 * All functions here may be called from any thread at any time.
 */
#ifndef NPS_SCALE_H
#define NPS_SCALE_H

#include <stddef.h>
#include <stdint.h>

#include <nps/export.h>

NPS_BEGIN_DECLS

#define NPS_MAX_LEVELS 11

/* Two values of an int32_t answer that are on no scale. nps_parse_answer gives them and every *_add takes them, so that
 * whatever a cell held is counted where it belongs. */
#define NPS_MISSING (-2147483647 - 1) /* no answer: blank, dismissed, not asked */
#define NPS_INVALID 2147483647        /* something was there, but no answer on the scale */

/* Classes, as nps_classify gives them: the score of one answer, or off the scale. */
#define NPS_DETRACTOR (-1)
#define NPS_PASSIVE   0
#define NPS_PROMOTER  1
#define NPS_OFF_SCALE 2

/* Flags for nps_parse_answer. */
#define NPS_PARSE_LABELS \
    1u /* "10 - Extremely likely", "10 (Very likely)", "7: maybe", "8 points": the leading number counts */

/* lowest <= detractor_max < promoter_min <= highest, and highest - lowest <= 10. */
typedef struct nps_scale {
    int8_t lowest, highest, detractor_max, promoter_min;
} nps_scale;

/* 0 to 10, detractors to 6, promoters from 9. Does nothing when out is NULL. Since: 0.1.0 */
NPS_API void nps_scale_standard(nps_scale *out);

/*
 * A scale by name: "0-10" (6, 9), "1-10" (6, 9), "1-7" (4, 6) or "1-5" (3, 5); in brackets the highest detractor and
 * the lowest promoter. NPS_ERR_NOT_FOUND: no such name. NPS_ERR_ARGUMENT: a null pointer. Since: 0.1.0
 */
NPS_API int nps_scale_preset(const char *name, nps_scale *out);

/*
 * A scale from text: the name of a preset, or "LOWEST-HIGHEST:DETRACTOR_MAX:PROMOTER_MIN" such as "0-10:5:8" or
 * "-5-5:1:4". NPS_ERR_FORMAT: it cannot be read. NPS_ERR_SCALE: it can, but no scale is like that. NPS_ERR_ARGUMENT: a
 * null pointer. Since: 0.1.0
 */
NPS_API int nps_scale_parse(const char *text, size_t length, nps_scale *out);

/* NPS_OK for a possible scale, NPS_ERR_SCALE for another, NPS_ERR_ARGUMENT for NULL. Since: 0.1.0 */
NPS_API int nps_scale_check(const nps_scale *scale);

/* 1 when both are the same scale with the same cut points, 0 when not or when either is NULL. Since: 0.1.0 */
NPS_API int nps_scale_equal(const nps_scale *a, const nps_scale *b);

/* NPS_DETRACTOR, NPS_PASSIVE, NPS_PROMOTER, or NPS_OFF_SCALE: not an answer on this scale, or the scale is impossible.
 * NULL: the standard scale. Since: 0.1.0 */
NPS_API int32_t nps_classify(const nps_scale *scale, int32_t answer);

/*
 * Reads one cell of text: UTF-8, length bytes, no terminator needed. *answer becomes an answer on the scale,
 * NPS_MISSING for an empty or blank cell and for NA, N/A, NULL, null, NaN, or NPS_INVALID for everything else. scale
 * NULL: the standard scale.
 *
 * A number is an optional sign (+, -, U+2212, full-width ones) and digits, then maybe a separator (full stop, comma,
 * U+066B, full-width ones) and zeros: 9.0, 9,0 and 9 U+066B 0 are nine. Digits are ASCII, Arabic-Indic, Persian,
 * Devanagari, full-width or of any other script to which Unicode 14 gives decimal digits; they may be mixed. Or it is
 * one of the characters from U+3007 (zero) to U+5341 (ten). Around the number, blanks, no-break and ideographic spaces,
 * byte order marks, zero-width characters and bidirectional marks are passed over. What is not surely one whole number
 * is invalid: 8.5, 10/10, 9-10, 1e1, 0x9, "1 0", "9." and 1,000 (three zeros after a comma may be thousands, after a
 * full stop they are a fraction), a cell with a NUL byte or malformed UTF-8.
 *
 * With NPS_PARSE_LABELS text may follow the number, after a blank or a punctuation mark, or directly where it is not in
 * ASCII letters. The text may not hold another number of any kind: 10/10, 9-10, "7 or 8", "8 1/2" stay invalid, and so
 * do 9% and 9+. Text before the number is invalid. Text may not directly follow one of the ideographs, which also begin
 * words.
 *
 * The work is proportional to length. NPS_ERR_ARGUMENT: text NULL with a length, answer NULL, an unknown flag.
 * NPS_ERR_SCALE: an impossible scale. Since: 0.1.0
 */
NPS_API int nps_parse_answer(const nps_scale *scale, const char *text, size_t length, uint32_t flags, int32_t *answer);

NPS_END_DECLS

#endif
