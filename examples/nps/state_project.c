#include "platform.h"

#include <stdlib.h>

#include <nps/status.h>

#include "state.h"

static void add_segment(const state *of, size_t index, const nps_key *key, state *to)
{
    nps_tally tally;
    nps_weighted weighted;
    if (of->is_weighted) {
        require(nps_segments_weighted(of->segments, index, &weighted), "segments");
        require(to->segments != NULL ? nps_segments_merge_weighted(to->segments, key, &weighted)
                                     : nps_weighted_merge(&to->weighted, &weighted),
                "segments");
    } else {
        require(nps_segments_tally(of->segments, index, &tally), "segments");
        require(to->segments != NULL ? nps_segments_merge_tally(to->segments, key, &tally)
                                     : nps_tally_merge(&to->tally, &tally),
                "segments");
    }
}

void state_project(const state *of, const int32_t *dimensions, int32_t count, int32_t filter, int64_t only, state *out)
{
    char *names[NPS_MAX_DIMENSIONS] = {NULL};
    for (int32_t i = 0; i < count; i++) {
        size_t length;
        const char *name = state_dimension(of, dimensions[i], &length);
        names[i] = copy_text(name, length);
    }
    state_start(out, &of->scale, of->kind, of->is_weighted, (const char *const *)names, count);
    for (int32_t i = 0; i < count; i++) free(names[i]);
    for (size_t i = 0; i < nps_segments_count(of->segments); i++) {
        nps_key key[NPS_MAX_DIMENSIONS], kept[NPS_MAX_DIMENSIONS];
        state_key(of, i, key);
        if (filter >= 0 && (key[filter].type != NPS_KEY_INTEGER || key[filter].integer != only)) continue;
        for (int32_t d = 0; d < count; d++) kept[d] = key[dimensions[d]];
        add_segment(of, i, kept, out);
    }
    if (out->segments != NULL) require(nps_segments_sort(out->segments), "segments");
}
