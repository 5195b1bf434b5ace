/* Keys: checked, compared, hashed, and as bytes. */
#include <string.h>

#include <nps/status.h>

#include "segments_internal.h"
#include "wide_internal.h"

/* How a part is written: a byte, then for integers 8 bytes, for short strings their bytes, for longer ones the length
 * in 4 bytes and their bytes. None of it leaves the process. */
enum { TAG_ALL, TAG_NULL, TAG_OTHER, TAG_INTEGER, TAG_LONG, TAG_SHORT };
#define LONGEST_SHORT (UINT8_MAX - TAG_SHORT)
#define LONGEST_PART  INT32_MAX

static int check_part(const nps_key *part, int rolled_up)
{
    switch (part->type) {
    case NPS_KEY_ALL:
    case NPS_KEY_OTHER:
        return rolled_up ? NPS_OK : NPS_ERR_ARGUMENT;
    case NPS_KEY_NULL:
    case NPS_KEY_INTEGER:
        return NPS_OK;
    case NPS_KEY_BYTES:
        if (part->bytes == NULL && part->length > 0) return NPS_ERR_ARGUMENT;
        return part->length > LONGEST_PART ? NPS_ERR_ARGUMENT : NPS_OK;
    default:
        return NPS_ERR_ARGUMENT;
    }
}

/* The tag of a part of which nothing follows. */
static unsigned char bare_tag(const nps_key *part)
{
    return part->type == NPS_KEY_ALL ? TAG_ALL : part->type == NPS_KEY_NULL ? TAG_NULL : TAG_OTHER;
}

static size_t part_size(const nps_key *part)
{
    if (part->type == NPS_KEY_INTEGER) return 1 + sizeof part->integer;
    if (part->type != NPS_KEY_BYTES) return 1;
    return part->length + (part->length > LONGEST_SHORT ? 1 + sizeof(uint32_t) : 1);
}

int npsi_key_check(const nps_key *key, int32_t dimensions, int rolled_up)
{
    size_t room = UINT32_MAX;
    for (int32_t d = 0; d < dimensions; d++) {
        int status = check_part(key + d, rolled_up);
        if (status != NPS_OK) return status;
        if (part_size(key + d) > room) return NPS_ERR_LIMIT;
        room -= part_size(key + d);
    }
    return NPS_OK;
}

static int compare_part(const nps_key *a, const nps_key *b)
{
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    if (a->type == NPS_KEY_INTEGER) return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->type != NPS_KEY_BYTES) return 0;
    size_t shared = a->length < b->length ? a->length : b->length;
    int order = shared == 0 ? 0 : memcmp(a->bytes, b->bytes, shared);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

int npsi_key_compare(const nps_key *a, const nps_key *b, int32_t dimensions)
{
    int order = 0;
    for (int32_t d = 0; order == 0 && d < dimensions; d++) order = compare_part(a + d, b + d);
    return order;
}

size_t npsi_key_size(const nps_key *key, int32_t dimensions)
{
    size_t size = 0;
    for (int32_t d = 0; d < dimensions; d++) size += part_size(key + d);
    return size;
}

void npsi_key_write(const nps_key *key, int32_t dimensions, unsigned char *bytes)
{
    for (const nps_key *part = key; part < key + dimensions; part++) {
        if (part->type == NPS_KEY_INTEGER) {
            *bytes++ = TAG_INTEGER;
            memcpy(bytes, &part->integer, sizeof part->integer);
            bytes += sizeof part->integer;
        } else if (part->type == NPS_KEY_BYTES) {
            uint32_t length = (uint32_t)part->length;
            *bytes++ = (unsigned char)(length <= LONGEST_SHORT ? TAG_SHORT + length : TAG_LONG);
            if (length > LONGEST_SHORT) {
                memcpy(bytes, &length, sizeof length);
                bytes += sizeof length;
            }
            if (length > 0) memcpy(bytes, part->bytes, length);
            bytes += length;
        } else {
            *bytes++ = bare_tag(part);
        }
    }
}

/* Reads one part and returns where the next one begins. */
static const unsigned char *read_part(const unsigned char *bytes, nps_key *part)
{
    unsigned char tag = *bytes++;
    *part = (nps_key){.type = tag == TAG_ALL ? NPS_KEY_ALL : tag == TAG_NULL ? NPS_KEY_NULL : NPS_KEY_OTHER};
    if (tag == TAG_INTEGER) {
        part->type = NPS_KEY_INTEGER;
        memcpy(&part->integer, bytes, sizeof part->integer);
        return bytes + sizeof part->integer;
    }
    if (tag < TAG_INTEGER) return bytes;

    uint32_t length = (uint32_t)tag - TAG_SHORT;
    if (tag == TAG_LONG) {
        memcpy(&length, bytes, sizeof length);
        bytes += sizeof length;
    }
    *part = (nps_key){.type = NPS_KEY_BYTES, .bytes = (const char *)bytes, .length = length};
    return bytes + length;
}

void npsi_key_read(const unsigned char *bytes, int32_t dimensions, nps_key *key)
{
    for (int32_t d = 0; d < dimensions; d++) bytes = read_part(bytes, key + d);
}

/* The size of a written part when it is this one, else 0. */
static size_t match_part(const unsigned char *bytes, const nps_key *part)
{
    if (part->type == NPS_KEY_INTEGER)
        return *bytes == TAG_INTEGER && memcmp(bytes + 1, &part->integer, sizeof part->integer) == 0 ? part_size(part)
                                                                                                     : 0;
    if (part->type != NPS_KEY_BYTES) return *bytes == bare_tag(part);
    size_t length = part->length;
    if (length <= LONGEST_SHORT) {
        if (*bytes != TAG_SHORT + length) return 0;
        return length == 0 || memcmp(bytes + 1, part->bytes, length) == 0 ? 1 + length : 0;
    }
    nps_key written;
    const unsigned char *end = read_part(bytes, &written);
    return compare_part(&written, part) == 0 ? (size_t)(end - bytes) : 0;
}

int npsi_key_matches(const unsigned char *bytes, const nps_key *key, int32_t dimensions)
{
    for (int32_t d = 0; d < dimensions; d++) {
        size_t size = match_part(bytes, key + d);
        if (size == 0) return 0;
        bytes += size;
    }
    return 1;
}

/*
 * The hash takes two words at a time, adds a secret word to each, multiplies the sums to 128 bits and folds the halves
 * onto each other. Two blocks that are chosen without knowing the secrets have the same product with a chance of at
 * most 2^-64 (Black, Halevi, Krawczyk, Krovetz, Rogaway 1999, "UMAC", theorem on NH). The folding and the chaining of
 * blocks have no such proof; they are those of the wyhash family. Against someone who can measure single lookups over
 * and over this is no cryptographic function; keys made to collide under another seed do not collide here.
 */
static uint64_t fold(uint64_t a, uint64_t b)
{
    uint64_t high, low = npsi_multiply(a, b, &high);
    return low ^ high;
}

static uint64_t absorb(const uint64_t secret[4], uint64_t hash, uint64_t first, uint64_t second)
{
    return fold((first + secret[0]) ^ hash, second + secret[1]);
}

static uint64_t load_word(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The last 1 to 7 bytes; the length is hashed apart, so that zeros may fill up. */
static uint64_t load_tail(const char *bytes, size_t length)
{
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++) word = word << 8 | (unsigned char)bytes[i];
    return word;
}

static uint64_t absorb_bytes(const uint64_t secret[4], uint64_t hash, const char *bytes, size_t length)
{
    for (; length >= 16; length -= 16, bytes += 16) hash = absorb(secret, hash, load_word(bytes), load_word(bytes + 8));
    if (length >= 8) return absorb(secret, hash, load_word(bytes), load_tail(bytes + 8, length - 8));
    return length == 0 ? hash : absorb(secret, hash, load_tail(bytes, length), 0);
}

void npsi_hash_seed(uint64_t seed, uint64_t hash_key[4])
{
    /* splitmix64 (Steele, Lea, Flood 2014) */
    for (int i = 0; i < 4; i++) {
        uint64_t word = seed += 0x9e3779b97f4a7c15u;
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
        word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
        hash_key[i] = word ^ (word >> 31);
    }
}

uint32_t npsi_key_hash(const uint64_t hash_key[4], const nps_key *key, int32_t dimensions)
{
    uint64_t hash = hash_key[2];
    for (const nps_key *part = key; part < key + dimensions; part++) {
        uint64_t type = (uint64_t)part->type;
        if (part->type != NPS_KEY_BYTES) {
            hash = absorb(hash_key, hash, part->type == NPS_KEY_INTEGER ? (uint64_t)part->integer : 0, type);
        } else {
            hash = absorb(hash_key, hash, part->length, type);
            hash = absorb_bytes(hash_key, hash, part->bytes, part->length);
        }
    }
    return (uint32_t)(fold(hash, hash_key[3] | 1) >> 32);
}
