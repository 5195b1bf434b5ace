/* What the encoded states have in common. docs/formats.md has the fields. */
#ifndef NPSI_CODEC_INTERNAL_H
#define NPSI_CODEC_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include <nps/allocator.h>
#include <nps/outcomes.h>
#include <nps/scale.h>
#include <nps/segments.h>

#include "bytes_internal.h"
#include "drivers_internal.h"

/* Puts the payload of a state. */
typedef void npsi_put_payload(npsi_writer *writer, const void *state);

/* Writes frame and payload as codec.h says of all encoders. */
int npsi_codec_encode(int32_t type, npsi_put_payload *put, const void *state, void *buffer, size_t size,
                      size_t *length);

/* Checks the frame; *payload then reads what is inside. NPS_ERR_ARGUMENT, _FORMAT, _VERSION, _TYPE. */
int npsi_codec_open(const void *bytes, size_t size, int32_t type, npsi_reader *payload);

/* What every payload begins with: the scale, the kind and the number of levels. */
void npsi_put_scale(npsi_writer *writer, const nps_scale *scale, uint32_t kind);
/* Fails the reader on an impossible scale, and then gives a possible one. */
nps_scale npsi_get_scale(npsi_reader *reader, uint32_t *kind);

void npsi_put_key(npsi_writer *writer, const nps_key *key, int32_t dimensions);
/* Its bytes are the reader's. Unchecked: any types, any lengths that are there. */
void npsi_get_key(npsi_reader *reader, nps_key *key, int32_t dimensions);

/* All of outcomes but the scale and the kind; what is read is unchecked. */
void npsi_put_outcomes(npsi_writer *writer, const nps_outcomes *outcomes);
void npsi_get_outcomes(npsi_reader *reader, nps_outcomes *outcomes);

/* A shape of drivers but its scale, and a state of that shape, read into an empty one. Readers fail on what cannot be.
 */
void npsi_put_drivers_shape(npsi_writer *writer, const npsi_drivers_shape *shape);
void npsi_get_drivers_shape(npsi_reader *reader, const nps_scale *scale, npsi_drivers_shape *out);
void npsi_put_drivers(npsi_writer *writer, const npsi_drivers_shape *shape, const void *state);
void npsi_get_drivers(npsi_reader *reader, const npsi_drivers_shape *shape, void *state);

/* A container in this order. NULL: as its segments lie, which has the same length. */
typedef struct npsi_ordered {
    const nps_segments *segments;
    const uint32_t *order;
} npsi_ordered;

/* The payload of a container, of an npsi_ordered, which may be a part of another; and what it says, sorted. */
npsi_put_payload npsi_put_segments;
int npsi_get_segments(npsi_reader *reader, const nps_allocator *allocator, uint64_t seed, nps_segments **out);

static inline int npsi_scale_levels(const nps_scale *scale)
{
    return scale->highest - scale->lowest + 1;
}

#endif
