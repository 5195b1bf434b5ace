#include "crc32c_internal.h"

/* The CRC of a byte is linear: the exclusive or of those of its bits. */
#define BIT(byte, bit, crc) ((byte) >> (bit)&1 ? UINT32_C(crc) : 0)
#define ENTRY(byte)                                                                                             \
    BIT(byte, 0, 0xf26b8303) ^ BIT(byte, 1, 0xe13b70f7) ^ BIT(byte, 2, 0xc79a971f) ^ BIT(byte, 3, 0x8ad958cf) ^ \
        BIT(byte, 4, 0x105ec76f) ^ BIT(byte, 5, 0x20bd8ede) ^ BIT(byte, 6, 0x417b1dbc) ^ BIT(byte, 7, 0x82f63b78)
#define ENTRIES_4(byte)  ENTRY(byte), ENTRY((byte) + 1), ENTRY((byte) + 2), ENTRY((byte) + 3)
#define ENTRIES_16(byte) ENTRIES_4(byte), ENTRIES_4((byte) + 4), ENTRIES_4((byte) + 8), ENTRIES_4((byte) + 12)
#define ENTRIES_64(byte) ENTRIES_16(byte), ENTRIES_16((byte) + 16), ENTRIES_16((byte) + 32), ENTRIES_16((byte) + 48)

static const uint32_t table[256] = {ENTRIES_64(0), ENTRIES_64(64), ENTRIES_64(128), ENTRIES_64(192)};

uint32_t npsi_crc32c(const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) crc = crc >> 8 ^ table[(crc ^ byte[i]) & 0xff];
    return ~crc;
}
