#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <nps/codec.h>
#include <nps/status.h>

#include "message.h"
#include "output.h"
#include "state.h"
#include "text.h"

void require(int status, const char *what)
{
    if (status != NPS_OK) fail(STATUS_FAILED, "%s: %s", what, nps_strerror(status));
}

/* Whoever writes the input chooses the keys, and must not be able to choose ones that collide. */
uint64_t state_seed(void)
{
    uint64_t seed = (uint64_t)time(NULL);
    FILE *device = fopen("/dev/urandom", "rb");
    if (device != NULL) {
        if (fread(&seed, sizeof seed, 1, device) != 1) seed = (uint64_t)clock();
        fclose(device);
    }
    return seed;
}

static nps_segments *new_segments(const nps_scale *scale, uint32_t kind, bool is_weighted, int32_t dimensions)
{
    nps_segments *made;
    nps_segments_options wanted = {
        .struct_size = sizeof wanted,
        .dimensions = dimensions,
        .state = is_weighted ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY,
        .scale = scale,
        .kind = kind,
        .seed = state_seed(),
    };
    require(nps_segments_new(&wanted, &made), "segments");
    return made;
}

void state_start(state *started, const nps_scale *scale, uint32_t kind, bool is_weighted, const char *const *by,
                 int32_t by_count)
{
    *started = (state){.scale = *scale, .kind = kind, .is_weighted = is_weighted, .dimensions = by_count};
    require(nps_tally_init(&started->tally, scale), "tally");
    require(nps_weighted_init(&started->weighted, scale), "tally");
    started->tally.kind = started->weighted.kind = kind;
    if (by_count == 0) return;

    started->segments = new_segments(scale, kind, is_weighted, by_count);
    for (int32_t i = 0; i < by_count; i++) {
        require(nps_segments_set_name(started->segments, i, by[i], strlen(by[i])), "segments");
    }
}

void state_start_design(state *started, const nps_scale *scale, uint32_t kind, bool clusters, const char *const *by,
                        int32_t by_count)
{
    state_start(started, scale, kind, true, NULL, 0);
    started->dimensions = by_count;
    nps_design_options wanted = {
        .struct_size = sizeof wanted,
        .domains = by_count,
        .clusters = clusters,
        .scale = scale,
        .kind = kind,
        .seed = state_seed(),
    };
    require(nps_design_new(&wanted, &started->design), "design");
    for (int32_t i = 0; i < by_count; i++) {
        require(nps_design_set_name(started->design, i, by[i], strlen(by[i])), "design");
    }
}

void state_take_design(state *of)
{
    require(nps_design_sort(of->design), "design");
    require(nps_design_weighted(of->design, NULL, &of->weighted), "design");
    nps_segments_free(of->segments);
    of->segments = NULL;
    if (of->dimensions > 0) require(nps_design_segments(of->design, &of->segments), "design");
}

void state_free(state *freed)
{
    nps_segments_free(freed->segments);
    nps_design_free(freed->design);
    nps_segments_free(freed->accounts);
    free(freed->account_starts);
    nps_segments_free(freed->accounts_alone);
    nps_segments_free(freed->invited);
    nps_segments_free(freed->units);
    free(freed->hidden);
    freed->segments = freed->units = NULL;
    freed->design = NULL;
    freed->hidden = NULL;
    freed->accounts = freed->accounts_alone = freed->invited = NULL;
    freed->account_starts = NULL;
}

int state_add(state *to, const nps_key *key, int32_t answer, double weight)
{
    if (to->segments == NULL) {
        return to->is_weighted ? nps_weighted_add(&to->weighted, answer, weight) : nps_tally_add(&to->tally, answer, 1);
    }
    return to->is_weighted ? nps_segments_add_weighted(to->segments, key, answer, weight)
                           : nps_segments_add(to->segments, key, answer, 1);
}

void state_total(const state *summed, nps_tally *tally, nps_weighted *weighted)
{
    *tally = summed->tally;
    *weighted = summed->weighted;
    if (summed->segments != NULL && summed->is_weighted) {
        require(nps_segments_total_weighted(summed->segments, weighted), "total");
    } else if (summed->segments != NULL) {
        require(nps_segments_total_tally(summed->segments, tally), "total");
    }
    if (summed->is_weighted) require(nps_weighted_tally(weighted, tally), "total");
}

static void take_tally(const text *bytes, const char *name, state *out)
{
    nps_tally tally;
    require(nps_tally_decode(bytes->bytes, bytes->length, &tally), name);
    state_start(out, &tally.scale, tally.kind, false, NULL, 0);
    out->tally = tally;
}

static void take_weighted(const text *bytes, const char *name, state *out)
{
    nps_weighted weighted;
    require(nps_weighted_decode(bytes->bytes, bytes->length, &weighted), name);
    state_start(out, &weighted.scale, weighted.kind, true, NULL, 0);
    out->weighted = weighted;
}

static void take_segments(const text *bytes, const char *name, state *out)
{
    nps_segments *segments;
    nps_scale scale;
    require(nps_segments_decode(bytes->bytes, bytes->length, NULL, state_seed(), &segments), name);
    require(nps_segments_scale(segments, &scale), name);
    if (nps_segments_state(segments) > NPS_STATE_WEIGHTED) require(NPS_ERR_TYPE, name);
    state_start(out, &scale, nps_segments_kind(segments), nps_segments_state(segments) == NPS_STATE_WEIGHTED, NULL, 0);
    out->dimensions = nps_segments_dimensions(segments);
    out->segments = segments;
}

static void take_design(const text *bytes, const char *name, state *out)
{
    nps_design *design;
    nps_scale scale;
    require(nps_design_decode(bytes->bytes, bytes->length, NULL, state_seed(), &design), name);
    require(nps_design_scale(design, &scale), name);
    state_start(out, &scale, nps_design_kind(design), true, NULL, 0);
    out->dimensions = nps_design_domains(design);
    out->design = design;
}

void state_read(source *from, state *out)
{
    text bytes = {0};
    int32_t type;
    require(nps_codec_type(from->piece, from->length, &type), from->name);
    do {
        text_append(&bytes, from->piece, from->length);
    } while (source_next(from));
    switch (type) {
    case NPS_CODEC_TALLY:
        take_tally(&bytes, from->name, out);
        break;
    case NPS_CODEC_WEIGHTED:
        take_weighted(&bytes, from->name, out);
        break;
    case NPS_CODEC_SEGMENTS:
        take_segments(&bytes, from->name, out);
        break;
    case NPS_CODEC_DESIGN:
        take_design(&bytes, from->name, out);
        break;
    default:
        fail(STATUS_FAILED, "%s: %s", from->name, nps_strerror(NPS_ERR_TYPE));
    }
    text_free(&bytes);
}

static int encode(const state *written, void *buffer, size_t size, size_t *length)
{
    if (written->design != NULL) return nps_design_encode(written->design, buffer, size, length);
    if (written->segments != NULL) return nps_segments_encode(written->segments, buffer, size, length);
    if (written->is_weighted) return nps_weighted_encode(&written->weighted, buffer, size, length);
    return nps_tally_encode(&written->tally, buffer, size, length);
}

void state_write(const state *written, const char *path)
{
    size_t length;
    require(encode(written, NULL, 0, &length), path);
    void *bytes = allocate(length);
    require(encode(written, bytes, length, &length), path);
    output *file = output_open(path);
    fwrite(bytes, 1, length, output_stream(file));
    output_close(file);
    free(bytes);
}

static const char *kind_name(uint32_t kind)
{
    static char buffers[2][24];
    static size_t next;
    if (kind == NPS_KIND_NONE) return "of no kind";
    if (kind == NPS_KIND_RELATIONAL) return "relational";
    if (kind == NPS_KIND_TRANSACTIONAL) return "transactional";
    char *buffer = buffers[next++ % 2];
    snprintf(buffer, sizeof buffers[0], "of kind %u", (unsigned)kind);
    return buffer;
}

static void set_kind(state *changed, uint32_t kind)
{
    changed->kind = changed->tally.kind = changed->weighted.kind = kind;
    if (changed->segments != NULL) require(nps_segments_set_kind(changed->segments, kind), "segments");
    if (changed->design != NULL) require(nps_design_set_kind(changed->design, kind), "design");
}

static bool same_columns(const state *a, const state *b)
{
    if (a->dimensions != b->dimensions) return false;
    for (int32_t i = 0; i < a->dimensions; i++) {
        const char *a_name, *b_name;
        size_t a_length, b_length;
        a_name = state_dimension(a, i, &a_length);
        b_name = state_dimension(b, i, &b_length);
        if (a_length != b_length || memcmp(a_name, b_name, a_length) != 0) return false;
    }
    return true;
}

/* "region", "channel": for messages. */
static const char *by_names(const state *of)
{
    static text results[2];
    static size_t next;
    text *result = &results[next++ % 2];
    result->length = 0;
    text_append(result, "", 0);
    for (int32_t i = 0; i < of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(of, i, &length);
        const char *quoted = shown(name, length);
        if (i > 0) text_append(result, ", ", 2);
        text_append(result, quoted, strlen(quoted));
    }
    if (of->dimensions == 0) text_append(result, "nothing", 7);
    return result->bytes;
}

const char *state_sort(const state *of)
{
    if (of->design == NULL) return of->is_weighted ? "weighted" : "not weighted";
    return nps_design_clusters(of->design) ? "of a survey design with clusters" : "of a survey design without clusters";
}

void state_need_same_columns(const state *a, const char *a_name, const state *b, const char *b_name,
                             const char *consequence)
{
    if (same_columns(a, b)) return;
    fail(STATUS_FAILED, "%s is by %s, but %s is by %s: %s", a_name, by_names(a), b_name, by_names(b), consequence);
}

void state_merge(state *into, const char *into_name, state *from, const char *from_name, bool mixed)
{
    state_need_same_columns(into, into_name, from, from_name, "they do not add up");
    if (strcmp(state_sort(into), state_sort(from)) != 0) {
        fail(STATUS_FAILED, "%s is %s, but %s is %s: they do not add up", into_name, state_sort(into), from_name,
             state_sort(from));
    }
    if (!nps_scale_equal(&into->scale, &from->scale)) {
        fail(STATUS_FAILED, "%s and %s are on different scales: they do not add up", into_name, from_name);
    }
    if (into->kind != from->kind && !mixed) {
        fail(STATUS_FAILED, "%s is %s, but %s is %s: --mixed merges them all the same", into_name,
             kind_name(into->kind), from_name, kind_name(from->kind));
    }
    if (into->kind != from->kind) {
        set_kind(into, NPS_KIND_NONE);
        set_kind(from, NPS_KIND_NONE);
    }
    if (into->design != NULL) {
        int status = nps_design_merge(into->design, from->design);
        if (status == NPS_ERR_SCALE) {
            fail(STATUS_FAILED, "%s and %s give a stratum different populations: they do not add up", into_name,
                 from_name);
        }
        require(status, from_name);
    } else if (into->segments != NULL) {
        require(nps_segments_merge(into->segments, from->segments), from_name);
    } else if (into->is_weighted) {
        require(nps_weighted_merge(&into->weighted, &from->weighted), from_name);
    } else {
        require(nps_tally_merge(&into->tally, &from->tally), from_name);
    }
}

void state_key(const state *of, size_t index, nps_key *key)
{
    for (int32_t i = 0; i < of->dimensions; i++) {
        require(nps_segments_key(of->segments, index, i, &key[i]), "segments");
    }
}

bool state_same_part(const nps_key *a, const nps_key *b)
{
    if (a->type != b->type || a->length != b->length) return false;
    return a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0;
}

const char *state_dimension(const state *of, int32_t dimension, size_t *length)
{
    const char *name;
    int status = of->design != NULL ? nps_design_name(of->design, dimension, &name, length)
                                    : nps_segments_name(of->segments, dimension, &name, length);
    require(status, "segments");
    return name;
}

void state_segment_name(const state *of, size_t index, int32_t dimension, text *name)
{
    nps_key key;
    char number[32];
    require(nps_segments_key(of->segments, index, dimension, &key), "segments");
    name->length = 0;
    switch (key.type) {
    case NPS_KEY_BYTES:
        text_append(name, key.bytes, key.length);
        break;
    case NPS_KEY_INTEGER:
        snprintf(number, sizeof number, "%" PRId64, key.integer);
        text_append(name, number, strlen(number));
        break;
    case NPS_KEY_ALL:
        text_append(name, "(all)", 5);
        break;
    case NPS_KEY_OTHER:
        text_append(name, "(other)", 7);
        break;
    default:
        text_append(name, "(no value)", 10);
    }
}
