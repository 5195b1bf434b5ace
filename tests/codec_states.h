/* Encoded states of any type, handled alike. */
#ifndef TEST_CODEC_STATES_H
#define TEST_CODEC_STATES_H

#include <nps/codec.h>
#include <nps/status.h>
#include <stdlib.h>
#include <string.h>

#include "crc32c_internal.h"

typedef struct any_state {
    int32_t type; /* NPS_CODEC_* */
    nps_tally tally;
    nps_weighted weighted;
    nps_pairs pairs;
    nps_outcomes outcomes;
    nps_drivers *drivers;
    nps_segments *segments;
    nps_design *design;
    nps_panel *panel;
} any_state;

static inline int encode_any(const any_state *state, void *buffer, size_t size, size_t *length)
{
    switch (state->type) {
    case NPS_CODEC_TALLY:
        return nps_tally_encode(&state->tally, buffer, size, length);
    case NPS_CODEC_WEIGHTED:
        return nps_weighted_encode(&state->weighted, buffer, size, length);
    case NPS_CODEC_PAIRS:
        return nps_pairs_encode(&state->pairs, buffer, size, length);
    case NPS_CODEC_OUTCOMES:
        return nps_outcomes_encode(&state->outcomes, buffer, size, length);
    case NPS_CODEC_DRIVERS:
        return nps_drivers_encode(state->drivers, buffer, size, length);
    case NPS_CODEC_SEGMENTS:
        return nps_segments_encode(state->segments, buffer, size, length);
    case NPS_CODEC_DESIGN:
        return nps_design_encode(state->design, buffer, size, length);
    default:
        return nps_panel_encode(state->panel, buffer, size, length);
    }
}

static inline int decode_any(int32_t type, const void *bytes, size_t size, any_state *out)
{
    memset(out, 0, sizeof *out);
    out->type = type;
    switch (type) {
    case NPS_CODEC_TALLY:
        return nps_tally_decode(bytes, size, &out->tally);
    case NPS_CODEC_WEIGHTED:
        return nps_weighted_decode(bytes, size, &out->weighted);
    case NPS_CODEC_PAIRS:
        return nps_pairs_decode(bytes, size, &out->pairs);
    case NPS_CODEC_OUTCOMES:
        return nps_outcomes_decode(bytes, size, &out->outcomes);
    case NPS_CODEC_DRIVERS:
        return nps_drivers_decode(bytes, size, NULL, &out->drivers);
    case NPS_CODEC_SEGMENTS:
        return nps_segments_decode(bytes, size, NULL, 1, &out->segments);
    case NPS_CODEC_DESIGN:
        return nps_design_decode(bytes, size, NULL, 1, &out->design);
    default:
        return nps_panel_decode(bytes, size, NULL, 1, &out->panel);
    }
}

static inline void free_any(any_state *state)
{
    nps_segments_free(state->segments);
    nps_design_free(state->design);
    nps_panel_free(state->panel);
    nps_drivers_free(state->drivers);
}

/* Makes the CRC right again, so that a decoder looks at what was changed. */
static inline void fix_crc(uint8_t *bytes, size_t size)
{
    if (size < 4) return;
    uint32_t crc = npsi_crc32c(bytes, size - 4);
    for (size_t i = 0; i < 4; i++) bytes[size - 4 + i] = (uint8_t)(crc >> 8 * i);
}

/* Whether bytes that were decoded are just what the state is encoded as: no state has two encodings. */
static inline int encodes_as(const any_state *state, const void *bytes, size_t size)
{
    size_t length = 0;
    if (encode_any(state, NULL, 0, &length) != NPS_OK || length != size) return 0;
    uint8_t *again = malloc(length);
    int same = again != NULL && encode_any(state, again, length, &length) == NPS_OK && length == size &&
               memcmp(again, bytes, size) == 0;
    free(again);
    return same;
}

#endif
