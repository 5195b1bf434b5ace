#include <nps.h>
#include <stdio.h>

static void print_part(const nps_key *part)
{
    if (part->type == NPS_KEY_ALL) printf("%-6s", "all");
    if (part->type == NPS_KEY_NULL) printf("%-6s", "none");
    if (part->type == NPS_KEY_INTEGER) printf("%-6lld", (long long)part->integer);
    if (part->type == NPS_KEY_BYTES) printf("%-6.*s", (int)part->length, part->bytes);
}

static void print(const nps_segments *segments)
{
    for (size_t i = 0; i < nps_segments_count(segments); i++) {
        nps_key region, year;
        nps_tally tally;
        double score;
        nps_segments_key(segments, i, 0, &region);
        nps_segments_key(segments, i, 1, &year);
        nps_segments_tally(segments, i, &tally);
        print_part(&region);
        print_part(&year);
        if (nps_score(&tally, &score) == NPS_OK) printf("%6.1f", score);
        printf("%4llu answers\n", (unsigned long long)nps_tally_total(&tally));
    }
}

int main(void)
{
    const char names[] = "northsouth";
    const int32_t ends[] = {0, 5, 10};
    const uint8_t region_codes[] = {0, 1, 1, 0, 0, 1, 0, 1}, valid = 0xbf; /* row 6 has no region */
    const int16_t years[] = {2024, 2024, 2025, 2025, 2025, 2025, 2025, 2024};
    const uint8_t answers[] = {10, 3, 9, 9, 8, 10, 6, 7};
    const nps_column regions = {.type = NPS_TYPE_UTF8, .length = 2, .values = names, .offsets = ends};
    const nps_column keys[] = {{.type = NPS_TYPE_DICTIONARY,
                                .index_type = NPS_TYPE_U8,
                                .length = 8,
                                .values = region_codes,
                                .validity = &valid,
                                .dictionary = &regions},
                               {.type = NPS_TYPE_I16, .length = 8, .values = years}};
    const nps_column column = {.type = NPS_TYPE_U8, .length = 8, .values = answers};

    const nps_segments_options options = {.struct_size = sizeof options, .dimensions = 2};
    nps_segments *segments = NULL, *cube = NULL;
    int status = nps_segments_new(&options, &segments);
    if (status == NPS_OK) status = nps_segments_add_columns(segments, keys, &column, NULL, NULL);
    if (status == NPS_OK) status = nps_segments_cube(segments, &cube);
    if (status == NPS_OK)
        print(cube);
    else
        fprintf(stderr, "%s\n", nps_strerror(status));
    nps_segments_free(cube);
    nps_segments_free(segments);
    return status != NPS_OK;
}
