#include <nps/codec.h>

#include <nps/status.h>

int nps_panel_encode(const nps_panel *panel, void *buffer, size_t size, size_t *length)
{
    (void)panel;
    (void)buffer;
    (void)size;
    (void)length;
    return NPS_ERR_ARGUMENT;
}

int nps_panel_decode(const void *bytes, size_t size, const nps_allocator *allocator, uint64_t seed, nps_panel **out)
{
    (void)bytes;
    (void)size;
    (void)allocator;
    (void)seed;
    (void)out;
    return NPS_ERR_ARGUMENT;
}
