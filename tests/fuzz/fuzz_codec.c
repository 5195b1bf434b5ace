/* Decode, use, encode: what is taken at all encodes as just these bytes. */
#include <nps/sample.h>

#include "codec_states.h"
#include "fuzz.h"

/* What was merged of states that were taken is taken too. */
static void must_decode(const any_state *made)
{
    any_state again;
    size_t length;
    MUST(encode_any(made, NULL, 0, &length) == NPS_OK);
    uint8_t *bytes = malloc(length);
    MUST(bytes != NULL && encode_any(made, bytes, length, &length) == NPS_OK);
    MUST(decode_any(made->type, bytes, length, &again) == NPS_OK);
    free_any(&again);
    free(bytes);
}

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
        must_decode(&(any_state){.type = NPS_CODEC_SEGMENTS, .segments = merged});
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

/* Every query, and that a panel is what it was when a part of it, or all of it, comes again. */
static void use_panel(nps_panel *panel)
{
    const nps_panel_window until = {INT64_MIN, 0}, after = {1, INT64_MAX};
    nps_panel *merged;
    nps_scale scale;
    nps_tally tally;
    nps_pairs pairs;
    nps_panel_person *people;
    size_t count;
    MUST(nps_panel_scale(panel, &scale) == NPS_OK && nps_panel_new(&scale, 2, NULL, &merged) == NPS_OK);
    MUST(nps_panel_tally(panel, NULL, &tally) == NPS_OK && nps_tally_total(&tally) == nps_panel_respondents(panel));
    MUST(nps_panel_pairs(panel, &until, &after, &pairs) == NPS_OK);
    MUST(nps_pairs_total(&pairs) == nps_panel_respondents(panel));
    MUST(nps_panel_movers(panel, &until, &after, NPS_PANEL_ANY, NPS_PANEL_ANY, NULL, 0, &count) == NPS_OK);
    MUST(nps_panel_at_risk(panel, NULL, 1, NULL, 0, &count) == NPS_OK);
    people = malloc((count + 1) * sizeof *people);
    MUST(people != NULL && nps_panel_at_risk(panel, NULL, 1, people, count, &count) == NPS_OK);
    MUST(nps_panel_merge(merged, panel) == NPS_OK && nps_panel_merge(panel, merged) == NPS_OK);
    MUST(nps_panel_answers(merged) == nps_panel_answers(panel));
    for (size_t i = 0; i < count; i++) MUST(nps_panel_remove(merged, &people[i].respondent, people[i].time) == NPS_OK);
    MUST(nps_panel_answers(merged) == nps_panel_answers(panel) - count);
    MUST(nps_panel_merge(merged, panel) == NPS_OK && nps_panel_answers(merged) == nps_panel_answers(panel));
    free(people);
    nps_panel_free(merged);
}

/* Merged with itself and taken back, it may have lost roundings, but is still a state. */
static void use_drivers(const nps_drivers *drivers)
{
    nps_drivers *merged;
    nps_drivers_rows rows = {.struct_size = sizeof rows};
    nps_tally tally;
    MUST(nps_drivers_count(drivers, &rows) == NPS_OK);
    MUST(nps_drivers_tally(drivers, &tally) == NPS_OK && nps_tally_check(&tally) == NPS_OK);
    MUST(nps_drivers_copy(drivers, &merged) == NPS_OK);
    if (nps_drivers_merge(merged, drivers) == NPS_OK) {
        must_decode(&(any_state){.type = NPS_CODEC_DRIVERS, .drivers = merged});
        int status = nps_drivers_subtract(merged, drivers);
        MUST(status == NPS_OK);
    }
    nps_drivers_free(merged);
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
    if (type == NPS_CODEC_OUTCOMES) {
        nps_outcomes rest = state.outcomes;
        nps_tally tally;
        MUST(nps_outcomes_check(&state.outcomes) == NPS_OK);
        MUST(nps_outcomes_tally(&rest, &tally) == NPS_OK && nps_tally_check(&tally) == NPS_OK);
        if (nps_outcomes_merge(&rest, &state.outcomes) == NPS_OK) {
            MUST(nps_outcomes_check(&rest) == NPS_OK);
            MUST(nps_outcomes_subtract(&rest, &state.outcomes) == NPS_OK);
        }
        MUST(nps_outcomes_check(&rest) == NPS_OK);
        MUST(nps_outcomes_subtract(&rest, &rest) == NPS_OK && nps_outcomes_check(&rest) == NPS_OK);
    }
    if (type == NPS_CODEC_DRIVERS) {
        use_drivers(state.drivers);
        MUST(encodes_as(&state, bytes, size));
    }
    if (type == NPS_CODEC_SEGMENTS) {
        use_segments(state.segments);
        MUST(encodes_as(&state, bytes, size));
    }
    if (type == NPS_CODEC_DESIGN) {
        use_design(state.design);
        MUST(encodes_as(&state, bytes, size));
    }
    if (type == NPS_CODEC_PANEL) {
        use_panel(state.panel);
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
        for (int32_t type = NPS_CODEC_TALLY; type <= NPS_CODEC_DRIVERS; type++) decode_and_use(type, bytes, size);
        for (size_t i = 0; size >= 28 && i < 8; i++) bytes[16 + i] = (uint8_t)((uint64_t)(size - 28) >> 8 * i);
        fix_crc(bytes, size);
    }
    free(bytes);
    return 0;
}
