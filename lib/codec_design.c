#include <nps/codec.h>

#include <stddef.h>

#include <nps/status.h>

int nps_design_encode(const nps_design *design, void *buffer, size_t size, size_t *length)
{
    (void)design;
    (void)buffer;
    (void)size;
    (void)length;
    return NPS_ERR_ARGUMENT;
}

int nps_design_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed, nps_design **out)
{
    (void)bytes;
    (void)size;
    (void)allocator;
    (void)seed;
    (void)out;
    return NPS_ERR_ARGUMENT;
}
