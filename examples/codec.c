/* A state to bytes and back, and what becomes of a damaged file. */
#include <nps.h>
#include <stdio.h>

int main(void)
{
    nps_tally march, read;
    unsigned char bytes[256];
    char line[256];
    size_t size, length;
    if (nps_tally_init(&march, NULL) != NPS_OK) return 1;
    if (nps_tally_add(&march, 10, 120) != NPS_OK || nps_tally_add(&march, 8, 41) != NPS_OK) return 1;
    if (nps_tally_add(&march, 2, 30) != NPS_OK || nps_tally_add(&march, NPS_MISSING, 7) != NPS_OK) return 1;

    if (nps_tally_encode(&march, NULL, 0, &size) != NPS_OK || size > sizeof bytes) return 1;
    if (nps_tally_encode(&march, bytes, sizeof bytes, &size) != NPS_OK) return 1;
    if (nps_tally_decode(bytes, size, &read) != NPS_OK) return 1;
    printf("%zu bytes, %llu responses\n", size, (unsigned long long)nps_tally_responses(&read));

    printf("cut short: %s\n", nps_error_name(nps_tally_decode(bytes, size - 1, &read)));
    bytes[40] ^= 4;
    printf("one bit off: %s\n", nps_error_name(nps_tally_decode(bytes, size, &read)));

    if (nps_tally_to_text(&march, line, sizeof line, &length) != NPS_OK) return 1;
    printf("%s\n", line);
    return nps_tally_from_text(line, length, &read) == NPS_OK ? 0 : 1;
}
