#ifndef NPSI_CRC32C_INTERNAL_H
#define NPSI_CRC32C_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32C (Castagnoli): RFC 3720, section 12.1 and appendix B.4. */
uint32_t npsi_crc32c(const void *bytes, size_t size);

#endif
