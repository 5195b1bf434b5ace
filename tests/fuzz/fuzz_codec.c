/* Decode, use, encode: what is taken at all encodes as just these bytes. */
#include <nps/sample.h>

#include "codec_states.h"
#include "fuzz.h"

/* Reads a container in all ways, so that a sanitizer sees what is wrong with it. */
static void use_segments(nps_segments *segments)
{
    nps_segments *merged;
    size_t count = nps_segments_count(segments), index;
    for (size_t i = 0; i < count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        nps_tally tally;
        for (int32_t d = 0; d < nps_segments_dimensions(segments); d++)
            MUST(nps_segments_key(segments, i, d, &key[d]) == NPS_OK);
        MUST(nps_segments_find(segments, key, &index) == NPS_OK && index == i);
        MUST(nps_segments_tally(segments, i, &tally) == NPS_OK && nps_tally_check(&tally) == NPS_OK);
    }
    MUST(nps_segments_copy(segments, &merged) == NPS_OK);
    if (nps_segments_merge(merged, segments) == NPS_OK) {
        int status = nps_segments_subtract(merged, segments);
        MUST(status == NPS_OK);
    }
    nps_segments_free(merged);
    MUST(nps_segments_sort(segments) == NPS_OK);
}

/* Every estimate of a design, whatever it says. */
static void use_design(nps_design *design)
{
    nps_design *merged;
    nps_segments *segments;
    nps_design_result result = {.struct_size = sizeof result};
    nps_sample sample;
    for (int32_t lonely = 0; lonely < NPS_LONELY_COUNT; lonely++) {
        (void)nps_design_estimate(design, NULL, lonely, &result);
        if (nps_design_sample(design, NULL, lonely, 0.9, &sample) == NPS_OK) MUST(nps_sample_check(&sample) == NPS_OK);
    }
    if (nps_design_segments(design, &segments) == NPS_OK) {
        use_segments(segments);
        nps_segments_free(segments);
    }
    MUST(nps_design_copy(design, &merged) == NPS_OK);
    if (nps_design_merge(merged, design) == NPS_OK) {
        int status = nps_design_subtract(merged, design);
        MUST(status == NPS_OK);
    }
    nps_design_free(merged);
    MUST(nps_design_sort(design) == NPS_OK);
}

static void decode_and_use(int32_t type, const uint8_t *bytes, size_t size)
{
    any_state state;
    if (decode_any(type, bytes, size, &state) != NPS_OK) return;
    MUST(encodes_as(&state, bytes, size));
    if (type == NPS_CODEC_TALLY) MUST(nps_tally_check(&state.tally) == NPS_OK);
    if (type == NPS_CODEC_WEIGHTED) {
        nps_weighted rest = state.weighted;
        MUST(nps_weighted_check(&state.weighted) == NPS_OK);
        MUST(nps_weighted_subtract(&rest, &state.weighted) == NPS_OK && nps_weighted_total(&rest) == 0);
    }
    if (type == NPS_CODEC_PAIRS) {
        nps_pairs rest = state.pairs;
        nps_tally before;
        MUST(nps_pairs_check(&state.pairs) == NPS_OK);
        MUST(nps_pairs_before(&rest, &before) == NPS_OK && nps_tally_check(&before) == NPS_OK);
        MUST(nps_tally_total(&before) == nps_pairs_responses(&rest));
        MUST(nps_pairs_subtract(&rest, &state.pairs) == NPS_OK && nps_pairs_total(&rest) == 0);
    }
    if (type == NPS_CODEC_SEGMENTS) {
        use_segments(state.segments);
        MUST(encodes_as(&state, bytes, size));
    }
    if (type == NPS_CODEC_DESIGN) {
        use_design(state.design);
        MUST(encodes_as(&state, bytes, size));
    }
    free_any(&state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    if (bytes == NULL) return 0;
    if (size > 0) memcpy(bytes, data, size);
    /* As it is, then with length and CRC put right: else hardly any input gets past them. */
    for (int right = 0; right < 2; right++) {
        for (int32_t type = NPS_CODEC_TALLY; type <= NPS_CODEC_DESIGN; type++) decode_and_use(type, bytes, size);
        for (size_t i = 0; size >= 28 && i < 8; i++) bytes[16 + i] = (uint8_t)((uint64_t)(size - 28) >> 8 * i);
        fix_crc(bytes, size);
    }
    free(bytes);
    return 0;
}
