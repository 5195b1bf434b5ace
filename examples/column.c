#include <nps.h>
#include <stdio.h>

int main(void)
{
    /* Six rows of text, as Arrow lays them out; the fourth has no value. */
    const char bytes[] = "1098N/A7 - maybe";
    const int32_t offsets[] = {0, 2, 3, 4, 4, 7, 16};
    const uint8_t validity[] = {0x37}; /* rows 0, 1, 2, 4 and 5: the lowest bit is row 0 */
    nps_column text = {.type = NPS_TYPE_UTF8, .flags = NPS_PARSE_LABELS, .length = 6};
    text.values = bytes;
    text.value_bytes = sizeof bytes - 1;
    text.offsets = offsets;
    text.validity = validity;

    /* The same texts as a dictionary that five rows point into, of which the first is passed over. */
    const uint8_t codes[] = {0, 5, 5, 1, 3};
    nps_column dictionary = {.type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U8, .length = 4, .offset = 1};
    dictionary.values = codes;
    dictionary.dictionary = &text;

    nps_tally tally;
    uint64_t row;
    nps_tally_init(&tally, NULL);
    if (nps_tally_add_column(&tally, &text) != NPS_OK) return 1;
    if (nps_tally_add_column(&tally, &dictionary) != NPS_OK) return 1;
    printf("responses %llu, of them 7: %llu; missing %llu\n", (unsigned long long)nps_tally_responses(&tally),
           (unsigned long long)tally.level[7], (unsigned long long)tally.missing);

    text.length = 5; /* a code now leads outside the dictionary */
    int status = nps_column_check(&dictionary, &row);
    printf("%s in row %llu\n", nps_error_name(status), (unsigned long long)row);
    return nps_tally_add_column(&tally, &dictionary) == status ? 0 : 1;
}
