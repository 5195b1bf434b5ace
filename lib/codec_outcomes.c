#include <nps/codec.h>

#include <nps/status.h>

#include "codec_internal.h"
#include "outcomes_internal.h"

#define DOUBLES (2 * (size_t)NPSI_OUTCOME_SUMS)

void npsi_put_outcomes(npsi_writer *writer, const nps_outcomes *outcomes)
{
    for (int i = 0; i < npsi_scale_levels(&outcomes->scale); i++) {
        const nps_outcome_sums *level = outcomes->level + i;
        npsi_put_varint(writer, level->n);
        npsi_put_varint(writer, level->zero);
        npsi_put_varint(writer, level->missing);
        if (level->n == 0) continue;
        npsi_put_varint(writer, level->binary);
        npsi_put_doubles(writer, &npsi_outcome_sums(level)->high, DOUBLES);
    }
    npsi_put_varint(writer, outcomes->missing);
    npsi_put_varint(writer, outcomes->invalid);
}

void npsi_get_outcomes(npsi_reader *reader, nps_outcomes *outcomes)
{
    for (int i = 0; i < npsi_scale_levels(&outcomes->scale); i++) {
        nps_outcome_sums *level = outcomes->level + i;
        level->n = npsi_get_varint(reader);
        level->zero = npsi_get_varint(reader);
        level->missing = npsi_get_varint(reader);
        if (level->n == 0) continue;
        level->binary = npsi_get_varint(reader);
        npsi_get_doubles(reader, &npsi_outcome_sums(level)->high, DOUBLES);
    }
    outcomes->missing = npsi_get_varint(reader);
    outcomes->invalid = npsi_get_varint(reader);
}

static uint64_t total(const nps_outcomes *outcomes)
{
    nps_tally tally;
    return nps_outcomes_tally(outcomes, &tally) == NPS_OK ? nps_tally_total(&tally) : 0;
}

static void put_state(npsi_writer *writer, const void *state)
{
    const nps_outcomes *outcomes = state;
    npsi_put_scale(writer, &outcomes->scale, outcomes->kind);
    npsi_put_outcomes(writer, outcomes);
    npsi_put_number(writer, total(outcomes), 8);
}

int nps_outcomes_encode(const nps_outcomes *outcomes, void *buffer, size_t size, size_t *length)
{
    if (length == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_outcomes_check(outcomes);
    if (status != NPS_OK) return status;
    return npsi_codec_encode(NPS_CODEC_OUTCOMES, put_state, outcomes, buffer, size, length);
}

int nps_outcomes_decode(const void *bytes, size_t size, nps_outcomes *out)
{
    npsi_reader reader;
    int status = out == NULL ? NPS_ERR_ARGUMENT : npsi_codec_open(bytes, size, NPS_CODEC_OUTCOMES, &reader);
    if (status != NPS_OK) return status;
    nps_outcomes outcomes = {.missing = 0};
    outcomes.scale = npsi_get_scale(&reader, &outcomes.kind);
    npsi_get_outcomes(&reader, &outcomes);
    uint64_t claimed = npsi_get_number(&reader, 8);
    if (reader.failed || reader.left != 0 || nps_outcomes_check(&outcomes) != NPS_OK || claimed != total(&outcomes))
        return NPS_ERR_FORMAT;
    *out = outcomes;
    return NPS_OK;
}
