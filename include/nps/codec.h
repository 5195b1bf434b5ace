/*
 * codec.h: states to bytes and back.
 *
 * The bytes are the same on every machine: little-endian, with a magic that text-mode transfer breaks, type, version,
 * length and a CRC-32C; docs/formats.md has every field. Equal states have equal bytes, however they came about. What
 * was written by one release is read by all later ones. Decoding takes nothing on trust: truncated, altered, foreign or
 * impossible input is NPS_ERR_FORMAT, a later format NPS_ERR_VERSION, and another state than asked for NPS_ERR_TYPE.
 *
 * Encoding: with buffer NULL *length becomes the size that is needed; else at most `size` bytes are written and *length
 * becomes their number. NPS_ERR_BUFFER: too small, and *length tells what is needed. NPS_ERR_LIMIT: longer than a
 * size_t holds. Decoding takes exactly `size` bytes. A state that fails its check is not encoded. All functions may be
 * called from any thread at any time, as long as nobody changes the state.
 */
#ifndef NPS_CODEC_H
#define NPS_CODEC_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/design.h>
#include <nps/drivers.h>
#include <nps/export.h>
#include <nps/outcomes.h>
#include <nps/pairs.h>
#include <nps/panel.h>
#include <nps/segments.h>
#include <nps/tally.h>
#include <nps/weighted.h>

NPS_BEGIN_DECLS

/* Types of encoded states. */
#define NPS_CODEC_TALLY    1
#define NPS_CODEC_WEIGHTED 2
#define NPS_CODEC_SEGMENTS 3
#define NPS_CODEC_PAIRS    4
#define NPS_CODEC_DESIGN   5
#define NPS_CODEC_PANEL    6
#define NPS_CODEC_OUTCOMES 7
#define NPS_CODEC_DRIVERS  8

/* The type of the encoded state that `bytes` begin with: looks at the magic, type and version only. At least 16 bytes.
 * It may be none of the above: a type that a later release added. Since: 0.1.0 */
NPS_API int nps_codec_type(const void *bytes, size_t size, int32_t *type);

NPS_API int nps_tally_encode(const nps_tally *tally, void *buffer, size_t size, size_t *length); /* Since: 0.1.0 */
NPS_API int nps_tally_decode(const void *bytes, size_t size, nps_tally *out);                    /* Since: 0.1.0 */

NPS_API int nps_weighted_encode(const nps_weighted *weighted, void *buffer, size_t size,
                                size_t *length);                                    /* Since: 0.1.0 */
NPS_API int nps_weighted_decode(const void *bytes, size_t size, nps_weighted *out); /* Since: 0.1.0 */

NPS_API int nps_pairs_encode(const nps_pairs *pairs, void *buffer, size_t size, size_t *length); /* Since: 0.1.0 */
NPS_API int nps_pairs_decode(const void *bytes, size_t size, nps_pairs *out);                    /* Since: 0.1.0 */

NPS_API int nps_outcomes_encode(const nps_outcomes *outcomes, void *buffer, size_t size,
                                size_t *length);                                    /* Since: 0.1.0 */
NPS_API int nps_outcomes_decode(const void *bytes, size_t size, nps_outcomes *out); /* Since: 0.1.0 */

/* A new state, made with `allocator` (NULL: realloc and free). Since: 0.1.0 */
NPS_API int nps_drivers_encode(const nps_drivers *drivers, void *buffer, size_t size, size_t *length);
NPS_API int nps_drivers_decode(const void *bytes, size_t size, const nps_allocator *allocator, nps_drivers **out);

/* Segments, of any state, are written in the order of their keys. NPS_ERR_MEMORY. Since: 0.1.0 */
NPS_API int nps_segments_encode(const nps_segments *segments, void *buffer, size_t size, size_t *length);
/* A new container, sorted, made with `allocator` (NULL: realloc and free) and the hash seed `seed` (see
 * nps_segments_options). Since: 0.1.0 */
NPS_API int nps_segments_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed,
                                nps_segments **out);

/* Designs, as segments. Since: 0.1.0 */
NPS_API int nps_design_encode(const nps_design *design, void *buffer, size_t size, size_t *length);
NPS_API int nps_design_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed,
                              nps_design **out);

/* Panels, as segments: respondents in the order of their keys, those without an answer left out. Since: 0.1.0 */
NPS_API int nps_panel_encode(const nps_panel *panel, void *buffer, size_t size, size_t *length);
NPS_API int nps_panel_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed,
                             nps_panel **out);

/*
 * A tally as one line of ASCII without a line end, such as "nps-tally 1 scale 0-10:6:9 kind 0 levels
 * 0,0,1,0,0,0,2,3,4,5,6 missing 1 invalid 0", followed by a terminating NUL that *length does not count: a buffer needs
 * *length + 1 bytes. For logs, SQL and people. Since: 0.1.0
 */
NPS_API int nps_tally_to_text(const nps_tally *tally, char *buffer, size_t size, size_t *length);
/* Reads exactly that form back; blanks, tabs and line ends around it are passed over. NPS_ERR_FORMAT, NPS_ERR_VERSION.
 * Since: 0.1.0 */
NPS_API int nps_tally_from_text(const char *text, size_t length, nps_tally *out);

NPS_END_DECLS

#endif
