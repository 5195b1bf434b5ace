#include <nps/codec.h>

#include <nps/status.h>

#include "codec_internal.h"

static void put_pairs(npsi_writer *writer, const void *state)
{
    const nps_pairs *pairs = state;
    size_t levels = (size_t)npsi_scale_levels(&pairs->scale);
    npsi_put_scale(writer, &pairs->scale, pairs->kind);
    for (size_t i = 0; i < levels; i++) npsi_put_words(writer, pairs->count[i], levels);
    npsi_put_words(writer, pairs->only_before, levels);
    npsi_put_words(writer, pairs->only_after, levels);
    npsi_put_number(writer, pairs->missing, 8);
    npsi_put_number(writer, pairs->invalid, 8);
    npsi_put_number(writer, nps_pairs_total(pairs), 8);
}

int nps_pairs_encode(const nps_pairs *pairs, void *buffer, size_t size, size_t *length)
{
    if (length == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_pairs_check(pairs);
    return status == NPS_OK ? npsi_codec_encode(NPS_CODEC_PAIRS, put_pairs, pairs, buffer, size, length) : status;
}

int nps_pairs_decode(const void *bytes, size_t size, nps_pairs *out)
{
    npsi_reader reader;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_PAIRS, &reader);
    if (status != NPS_OK) return status;
    nps_pairs pairs = {.missing = 0};
    pairs.scale = npsi_get_scale(&reader, &pairs.kind);
    size_t levels = (size_t)npsi_scale_levels(&pairs.scale);
    for (size_t i = 0; i < levels; i++) npsi_get_words(&reader, pairs.count[i], levels);
    npsi_get_words(&reader, pairs.only_before, levels);
    npsi_get_words(&reader, pairs.only_after, levels);
    pairs.missing = npsi_get_number(&reader, 8);
    pairs.invalid = npsi_get_number(&reader, 8);
    uint64_t total = npsi_get_number(&reader, 8);
    if (reader.failed || reader.left != 0 || nps_pairs_check(&pairs) != NPS_OK || total != nps_pairs_total(&pairs))
        return NPS_ERR_FORMAT;
    *out = pairs;
    return NPS_OK;
}
