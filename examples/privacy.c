#include <nps.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const regions[] = {"east", "north", "south"};

static nps_key region_key(int region)
{
    if (region == 3) return (nps_key){.type = NPS_KEY_ALL};
    return (nps_key){.type = NPS_KEY_BYTES, .bytes = regions[region], .length = region == 0 ? 4 : 5};
}

static void print_row(const nps_segments *cube, const uint8_t *hidden, int region)
{
    printf("%-6s", region == 3 ? "all" : regions[region]);
    for (int quarter = 1; quarter <= 4; quarter++) {
        nps_key key[2] = {region_key(region), {.type = quarter == 4 ? NPS_KEY_ALL : NPS_KEY_INTEGER}};
        key[1].integer = quarter == 4 ? 0 : quarter;
        size_t index;
        nps_tally tally;
        double score;
        if (nps_segments_find(cube, key, &index) != NPS_OK) continue;
        nps_segments_tally(cube, index, &tally);
        if (hidden[index] == NPS_SHOWN && nps_score(&tally, &score) == NPS_OK)
            printf("%7.1f of%4llu", score, (unsigned long long)nps_tally_responses(&tally));
        else
            printf("%14s", "hidden"); /* small or not: nobody is to know which */
    }
    printf("\n");
}

int main(void)
{
    const int promoters[3][3] = {{20, 14, 16}, {9, 2, 25}, {11, 17, 21}},
              others[3][3] = {{11, 6, 9}, {6, 2, 14}, {12, 8, 17}};
    const nps_segments_options options = {.struct_size = sizeof options, .dimensions = 2};
    nps_segments *segments = NULL, *cube = NULL;
    uint8_t *hidden = NULL;
    int status = nps_segments_new(&options, &segments);
    for (int i = 0; status == NPS_OK && i < 9; i++) {
        nps_key key[2] = {region_key(i / 3), {.type = NPS_KEY_INTEGER, .integer = i % 3 + 1}};
        status = nps_segments_add(segments, key, 10, (uint64_t)promoters[i / 3][i % 3]);
        if (status == NPS_OK) status = nps_segments_add(segments, key, 5, (uint64_t)others[i / 3][i % 3]);
    }
    if (status == NPS_OK) status = nps_segments_cube(segments, &cube);
    if (status == NPS_OK) hidden = malloc(nps_segments_count(cube));
    if (status == NPS_OK && hidden != NULL) status = nps_segments_suppress(cube, 10, hidden);
    for (int region = 0; status == NPS_OK && hidden != NULL && region < 4; region++) print_row(cube, hidden, region);
    if (status != NPS_OK) fprintf(stderr, "%s\n", nps_strerror(status));
    free(hidden);
    nps_segments_free(cube);
    nps_segments_free(segments);
    return status != NPS_OK;
}
