/* A container as its bytes, to see whether it is what another one is, or what it was. */
#ifndef TEST_SEGMENTS_BYTES_H
#define TEST_SEGMENTS_BYTES_H

#include <nps/codec.h>

#include "segments_model.h"

typedef struct bytes {
    unsigned char *at;
    size_t size;
} bytes;

static inline bytes bytes_of_container(const nps_segments *segments)
{
    bytes out;
    ck_status(nps_segments_encode(segments, NULL, 0, &out.size), NPS_OK);
    out.at = malloc(out.size);
    ck_assert_ptr_nonnull(out.at);
    ck_status(nps_segments_encode(segments, out.at, out.size, &out.size), NPS_OK);
    return out;
}

static inline void must_still_be(const nps_segments *segments, const bytes *before)
{
    bytes now = bytes_of_container(segments);
    ck_assert_uint_eq(now.size, before->size);
    ck_assert_mem_eq(now.at, before->at, now.size);
    free(now.at);
}

#endif
