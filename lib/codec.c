#include <nps/codec.h>

#include <string.h>

#include <nps/status.h>

#include "codec_internal.h"
#include "crc32c_internal.h"
#include "wide_internal.h"

#define VERSION 1
#define HEADER  ((size_t)24) /* magic, type, version, flags, length */
#define TRAILER ((size_t)4)  /* CRC-32C */

/* As in PNG: a byte that is no ASCII, both line ends, and a stop for `type`. */
static const unsigned char magic[8] = {0x89, 'N', 'P', 'S', 0x0d, 0x0a, 0x1a, 0x0a};

int npsi_codec_encode(int32_t type, npsi_put_payload *put, const void *state, void *buffer, size_t size, size_t *length)
{
    npsi_writer measure = {NULL, 0, 0};
    put(&measure, state);
    uint64_t needed = HEADER + measure.length + TRAILER;
    if (needed > SIZE_MAX) return NPS_ERR_LIMIT;
    *length = (size_t)needed;
    if (buffer == NULL) return NPS_OK;
    if (size < needed) return NPS_ERR_BUFFER;

    npsi_writer writer = {buffer, (size_t)needed, 0};
    npsi_put_bytes(&writer, magic, sizeof magic);
    npsi_put_number(&writer, (uint64_t)type, 2);
    npsi_put_number(&writer, VERSION, 2);
    npsi_put_number(&writer, 0, 4);
    npsi_put_number(&writer, measure.length, 8);
    put(&writer, state);
    npsi_put_number(&writer, npsi_crc32c(buffer, (size_t)writer.length), 4);
    return NPS_OK;
}

int nps_codec_type(const void *bytes, size_t size, int32_t *type)
{
    if ((bytes == NULL && size > 0) || type == NULL) return NPS_ERR_ARGUMENT;
    npsi_reader reader = {bytes, size, 0};
    const unsigned char *start = npsi_get_bytes(&reader, sizeof magic);
    uint64_t found = npsi_get_number(&reader, 2), version = npsi_get_number(&reader, 2);
    (void)npsi_get_number(&reader, 4);
    if (reader.failed || memcmp(start, magic, sizeof magic) != 0 || found == 0 || version == 0) return NPS_ERR_FORMAT;
    if (version > VERSION) return NPS_ERR_VERSION;
    *type = (int32_t)found;
    return NPS_OK;
}

int npsi_codec_open(const void *bytes, size_t size, int32_t type, npsi_reader *payload)
{
    int32_t found;
    int status = nps_codec_type(bytes, size, &found);
    if (status != NPS_OK) return status;
    if (found != type) return NPS_ERR_TYPE;
    if (size < HEADER + TRAILER) return NPS_ERR_FORMAT;
    npsi_reader header = {(const unsigned char *)bytes + 12, HEADER - 12, 0};
    uint64_t flags = npsi_get_number(&header, 4), length = npsi_get_number(&header, 8);
    if (flags != 0 || length != size - HEADER - TRAILER) return NPS_ERR_FORMAT;
    npsi_reader trailer = {(const unsigned char *)bytes + size - TRAILER, TRAILER, 0};
    if (npsi_get_number(&trailer, 4) != npsi_crc32c(bytes, size - TRAILER)) return NPS_ERR_FORMAT;
    *payload = (npsi_reader){(const unsigned char *)bytes + HEADER, (size_t)length, 0};
    return NPS_OK;
}

void npsi_put_scale(npsi_writer *writer, const nps_scale *scale, uint32_t kind)
{
    npsi_put_bytes(writer, scale, sizeof *scale);
    npsi_put_number(writer, kind, 4);
    npsi_put_number(writer, (uint64_t)npsi_scale_levels(scale), 4);
}

nps_scale npsi_get_scale(npsi_reader *reader, uint32_t *kind)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    const unsigned char *bytes = npsi_get_bytes(reader, sizeof scale);
    if (bytes != NULL) memcpy(&scale, bytes, sizeof scale);
    *kind = (uint32_t)npsi_get_number(reader, 4);
    uint64_t levels = npsi_get_number(reader, 4);
    if (nps_scale_check(&scale) != NPS_OK || levels != (uint64_t)npsi_scale_levels(&scale)) {
        reader->failed = 1;
        nps_scale_standard(&scale);
    }
    return scale;
}

static void put_tally(npsi_writer *writer, const void *state)
{
    const nps_tally *tally = state;
    npsi_put_scale(writer, &tally->scale, tally->kind);
    npsi_put_words(writer, tally->level, (size_t)npsi_scale_levels(&tally->scale));
    npsi_put_number(writer, tally->missing, 8);
    npsi_put_number(writer, tally->invalid, 8);
    npsi_put_number(writer, nps_tally_total(tally), 8);
}

int nps_tally_encode(const nps_tally *tally, void *buffer, size_t size, size_t *length)
{
    if (length == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_tally_check(tally);
    return status == NPS_OK ? npsi_codec_encode(NPS_CODEC_TALLY, put_tally, tally, buffer, size, length) : status;
}

int nps_tally_decode(const void *bytes, size_t size, nps_tally *out)
{
    npsi_reader reader;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_TALLY, &reader);
    if (status != NPS_OK) return status;
    nps_tally tally = {.missing = 0};
    tally.scale = npsi_get_scale(&reader, &tally.kind);
    npsi_get_words(&reader, tally.level, (size_t)npsi_scale_levels(&tally.scale));
    tally.missing = npsi_get_number(&reader, 8);
    tally.invalid = npsi_get_number(&reader, 8);
    uint64_t total = npsi_get_number(&reader, 8);
    if (reader.failed || reader.left != 0 || nps_tally_check(&tally) != NPS_OK || total != nps_tally_total(&tally))
        return NPS_ERR_FORMAT;
    *out = tally;
    return NPS_OK;
}

/* The sum of the weights, of a state within its limits. */
static void total_weight(const nps_weighted *weighted, uint64_t total[2])
{
    total[0] = total[1] = 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) npsi_wide_add(total, weighted->weight[i], 2);
}

static uint64_t total_count(const nps_weighted *weighted)
{
    nps_tally tally;
    return nps_weighted_tally(weighted, &tally) == NPS_OK ? nps_tally_total(&tally) : 0;
}

static void put_weighted(npsi_writer *writer, const void *state)
{
    const nps_weighted *weighted = state;
    uint64_t total[2];
    npsi_put_scale(writer, &weighted->scale, weighted->kind);
    for (int i = 0; i < npsi_scale_levels(&weighted->scale); i++) {
        npsi_put_number(writer, weighted->level[i], 8);
        npsi_put_words(writer, weighted->weight[i], 2);
        npsi_put_words(writer, weighted->square[i], 4);
    }
    npsi_put_number(writer, weighted->zero, 8);
    npsi_put_number(writer, weighted->missing, 8);
    npsi_put_number(writer, weighted->invalid, 8);
    total_weight(weighted, total);
    npsi_put_number(writer, total_count(weighted), 8);
    npsi_put_words(writer, total, 2);
}

int nps_weighted_encode(const nps_weighted *weighted, void *buffer, size_t size, size_t *length)
{
    if (length == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_weighted_check(weighted);
    if (status != NPS_OK) return status;
    return npsi_codec_encode(NPS_CODEC_WEIGHTED, put_weighted, weighted, buffer, size, length);
}

int nps_weighted_decode(const void *bytes, size_t size, nps_weighted *out)
{
    npsi_reader reader;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_WEIGHTED, &reader);
    if (status != NPS_OK) return status;
    nps_weighted weighted = {.zero = 0};
    weighted.scale = npsi_get_scale(&reader, &weighted.kind);
    for (int i = 0; i < npsi_scale_levels(&weighted.scale); i++) {
        weighted.level[i] = npsi_get_number(&reader, 8);
        npsi_get_words(&reader, weighted.weight[i], 2);
        npsi_get_words(&reader, weighted.square[i], 4);
    }
    weighted.zero = npsi_get_number(&reader, 8);
    weighted.missing = npsi_get_number(&reader, 8);
    weighted.invalid = npsi_get_number(&reader, 8);
    uint64_t count = npsi_get_number(&reader, 8), weight[2], total[2];
    npsi_get_words(&reader, weight, 2);
    if (reader.failed || reader.left != 0 || nps_weighted_check(&weighted) != NPS_OK) return NPS_ERR_FORMAT;
    total_weight(&weighted, total);
    if (count != total_count(&weighted) || npsi_wide_compare(weight, total, 2) != 0) return NPS_ERR_FORMAT;
    *out = weighted;
    return NPS_OK;
}
