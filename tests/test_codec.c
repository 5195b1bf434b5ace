#include <math.h>
#include <nps/codec.h>
#include <nps/status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec_states.h"
#include "support.h"

#ifndef TEST_REFERENCE_DIR
#define TEST_REFERENCE_DIR "tests/reference"
#endif

#define ck_status(call, expected) ck_assert_int_eq((call), (expected))
#define FRAME_HEADER              24u
#define NONE                      ((double)NAN)

static nps_tally tally_of(const char *scale, uint32_t kind, const uint64_t *counts)
{
    nps_tally tally;
    nps_scale parsed;
    ck_status(nps_scale_parse(scale, strlen(scale), &parsed), NPS_OK);
    ck_status(nps_tally_init(&tally, &parsed), NPS_OK);
    size_t levels = (size_t)(parsed.highest - parsed.lowest + 1);
    tally.kind = kind;
    memcpy(tally.level, counts, levels * sizeof *counts);
    tally.missing = counts[levels];
    tally.invalid = counts[levels + 1];
    return tally;
}

static any_state build_tally_empty(void)
{
    return (any_state){.type = NPS_CODEC_TALLY, .tally = tally_of("0-10", 0, (uint64_t[13]){0})};
}

static any_state build_tally(void)
{
    const uint64_t counts[13] = {5, 0, 1, 0, 2, 9, 4, 30, 41, 77, 120, 17, 3};
    return (any_state){.type = NPS_CODEC_TALLY, .tally = tally_of("0-10", 1, counts)};
}

static any_state build_tally_large(void)
{
    const uint64_t one = 1, counts[13] = {one << 62, 0, 0, 1, 0, 0, 0, 0, 0, 0, one << 61, (one << 61) - 3, 1};
    return (any_state){.type = NPS_CODEC_TALLY, .tally = tally_of("-5-5:1:4", UINT32_MAX, counts)};
}

static any_state build_weighted(void)
{
    static const struct {
        int32_t answer;
        double weight;
    } rows[] = {{9, 1}, {2, 1.0 / 3}, {5, 1e9}, {5, 2.5}, {3, 0}, {NPS_MISSING, 1}, {4, 0x1p-64}, {1, 0.1}};
    any_state state = {.type = NPS_CODEC_WEIGHTED};
    ck_status(nps_weighted_init(&state.weighted, &(nps_scale){1, 5, 3, 5}), NPS_OK);
    state.weighted.kind = NPS_KIND_TRANSACTIONAL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_status(nps_weighted_add(&state.weighted, rows[i].answer, rows[i].weight), NPS_OK);
    return state;
}

static any_state build_pairs_empty(void)
{
    any_state state = {.type = NPS_CODEC_PAIRS};
    ck_status(nps_pairs_init(&state.pairs, NULL), NPS_OK);
    return state;
}

typedef struct people {
    int32_t before, after;
    uint64_t count;
} people;

static any_state pairs_of(const nps_scale *scale, uint32_t kind, const people *rows, size_t count)
{
    any_state state = {.type = NPS_CODEC_PAIRS};
    ck_status(nps_pairs_init(&state.pairs, scale), NPS_OK);
    state.pairs.kind = kind;
    for (size_t i = 0; i < count; i++)
        ck_status(nps_pairs_add(&state.pairs, rows[i].before, rows[i].after, rows[i].count), NPS_OK);
    return state;
}

static any_state build_pairs(void)
{
    static const people rows[] = {{8, NPS_MISSING, 17},
                                  {3, 9, 12},
                                  {10, 10, 120},
                                  {NPS_MISSING, NPS_MISSING, 4},
                                  {10, 0, 1},
                                  {NPS_MISSING, 10, 41},
                                  {0, 10, 2},
                                  {0, 0, 3},
                                  {7, 8, 300},
                                  {11, 5, 2},
                                  {10, NPS_MISSING, 9},
                                  {NPS_MISSING, 0, 6},
                                  {9, 3, 5}};
    return pairs_of(NULL, NPS_KIND_TRANSACTIONAL, rows, sizeof rows / sizeof *rows);
}

static any_state build_pairs_large(void)
{
    const uint64_t one = 1;
    const people rows[] = {{1, -1, 7},
                           {2, -2, one << 61},
                           {-2, 2, one << 62},
                           {NPS_MISSING, 1, one << 59},
                           {0, NPS_MISSING, one << 60},
                           {NPS_MISSING, 3, 1},
                           {NPS_MISSING, NPS_MISSING, (one << 59) - 9}};
    return pairs_of(&(nps_scale){-2, 2, -1, 1}, UINT32_MAX, rows, sizeof rows / sizeof *rows);
}

static any_state new_segments(const nps_segments_options *options)
{
    any_state state = {.type = NPS_CODEC_SEGMENTS};
    ck_status(nps_segments_new(options, &state.segments), NPS_OK);
    return state;
}

static any_state build_segments_none(void)
{
    return new_segments(&(nps_segments_options){.struct_size = sizeof(nps_segments_options), .dimensions = 1});
}

static nps_key integer(int64_t number)
{
    return (nps_key){.type = NPS_KEY_INTEGER, .integer = number};
}

static nps_key bytes_of(const char *text, size_t length)
{
    return (nps_key){.type = NPS_KEY_BYTES, .bytes = text, .length = length};
}

static const nps_key all = {.type = NPS_KEY_ALL}, null = {.type = NPS_KEY_NULL}, other = {.type = NPS_KEY_OTHER};

static any_state build_segments(void)
{
    const struct {
        nps_key key[2];
        uint64_t counts[13];
    } table[] = {
        {{bytes_of("\xe4\xb8\x8a\xe6\xb5\xb7", 6), null}, {0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 300, 1, 2}},
        {{bytes_of("a", 1), integer(INT64_MAX)}, {0}},
        {{bytes_of("a", 1), integer(INT64_MIN)}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0}},
        {{integer(12), all}, {9}},
        {{bytes_of("a\0", 2), integer(-1)}, {UINT64_C(1) << 62}},
        {{null, integer(202401)}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 128, 16383, 16384}},
        {{all, all}, {0, 0, 0, 0, 0, 0, 3}},
        {{bytes_of("", 0), integer(202401)}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
    };
    any_state state =
        new_segments(&(nps_segments_options){.struct_size = sizeof(nps_segments_options), .dimensions = 2, .kind = 1});
    ck_status(nps_segments_set_name(state.segments, 0, "\xd9\x86\xd8\xa7\xd9\x85", 6), NPS_OK);
    ck_status(nps_segments_set_name(state.segments, 1, "month", 5), NPS_OK);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        nps_tally tally = tally_of("0-10", 1, table[i].counts);
        ck_status(nps_segments_merge_tally(state.segments, table[i].key, &tally), NPS_OK);
    }
    return state;
}

static any_state build_segments_other(void)
{
    const struct {
        nps_key key[2];
        uint64_t counts[13];
    } table[] = {
        {{other, other}, {3}},
        {{bytes_of("north", 5), other}, {0, 0, 0, 0, 0, 0, 0, 0, 5}},
        {{bytes_of("\xff\xff", 2), other}, {0}},
        {{other, all}, {3}},
        {{bytes_of("north", 5), integer(7)}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 1, 0}},
    };
    any_state state =
        new_segments(&(nps_segments_options){.struct_size = sizeof(nps_segments_options), .dimensions = 2});
    ck_status(nps_segments_set_name(state.segments, 0, "region", 6), NPS_OK);
    ck_status(nps_segments_set_name(state.segments, 1, "agent", 5), NPS_OK);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        nps_tally tally = tally_of("0-10", 0, table[i].counts);
        ck_status(nps_segments_merge_tally(state.segments, table[i].key, &tally), NPS_OK);
    }
    return state;
}

static any_state build_segments_weighted(void)
{
    char long_name[200];
    memset(long_name, 'y', sizeof long_name);
    nps_key x = bytes_of("x", 1), y = bytes_of(long_name, sizeof long_name);
    const nps_scale scale = {1, 7, 4, 6};
    nps_weighted empty;
    ck_status(nps_weighted_init(&empty, &scale), NPS_OK);
    empty.kind = 7;
    any_state state = new_segments(&(nps_segments_options){.struct_size = sizeof(nps_segments_options),
                                                           .dimensions = 1,
                                                           .state = NPS_STATE_WEIGHTED,
                                                           .scale = &scale,
                                                           .kind = 7});
    ck_status(nps_segments_set_name(state.segments, 0, "g", 1), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &x, 7, 0.7), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &y, 6, 1e12), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &y, 4, 0), NPS_OK);
    ck_status(nps_segments_merge_weighted(state.segments, &null, &empty), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &x, 1, 12.5), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &x, NPS_MISSING, 1), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &x, 8, 1), NPS_OK);
    ck_status(nps_segments_add_weighted(state.segments, &x, 7, 0.3), NPS_OK);
    return state;
}

typedef struct outcome_row {
    int32_t answer;
    double outcome, weight;
} outcome_row;

static any_state build_segments_outcomes(void)
{
    const nps_scale scale = {1, 7, 4, 6};
    const nps_key x3[2] = {bytes_of("x", 1), integer(3)}, nobody[2] = {other, null}, x_all[2] = {x3[0], all};
    static const outcome_row rows[] = {{7, 3, 2.25}, {8, 1, 1}, {1, -1e15, 0.5}, {7, 12.5, 1}, {NPS_MISSING, 1, 1}},
                             rolled[] = {{6, 4, 0}, {6, 0, 1}, {6, NONE, 1}, {6, 1, 1}, {7, 12.5, 1}};
    nps_outcomes sum, empty;
    any_state state = new_segments(&(nps_segments_options){.struct_size = sizeof(nps_segments_options),
                                                           .dimensions = 2,
                                                           .state = NPS_STATE_OUTCOMES,
                                                           .scale = &scale,
                                                           .kind = 7});
    ck_status(nps_segments_set_name(state.segments, 0, "agent", 5), NPS_OK);
    ck_status(nps_outcomes_init(&empty, &scale), NPS_OK);
    empty.kind = 7;
    sum = empty;
    for (size_t i = 0; i < 5; i++) {
        const outcome_row *row = rows + i;
        ck_status(nps_segments_add_outcome(state.segments, x3, row->answer, row->outcome, row->weight), NPS_OK);
        ck_status(nps_outcomes_add(&sum, rolled[i].answer, rolled[i].outcome, rolled[i].weight), NPS_OK);
    }
    ck_status(nps_segments_merge_outcomes(state.segments, nobody, &empty), NPS_OK);
    ck_status(nps_segments_merge_outcomes(state.segments, x_all, &sum), NPS_OK);
    return state;
}

static any_state build_outcomes_empty(void)
{
    any_state state = {.type = NPS_CODEC_OUTCOMES};
    ck_status(nps_outcomes_init(&state.outcomes, NULL), NPS_OK);
    return state;
}

static any_state build_outcomes(void)
{
    static const outcome_row rows[] = {{3, 1, 1},
                                       {-2, 0x1p30 - 1, 0x1p20 + 1},
                                       {-1, 1, 0x1p-64},
                                       {2, 0x1p332, 0x1p63 * 1.5},
                                       {-1, 0, 3.5},
                                       {1, NONE, 0},
                                       {NPS_MISSING, 1, 1},
                                       {-2, 0x1p31 + 1, 3},
                                       {-1, NONE, 1},
                                       {2, 0x1p332, 0x1p63},
                                       {0, 7, -0.0},
                                       {-1, 1, 0.25},
                                       {-2, -0x1p44 - 0.5, 1},
                                       {3, 2, 2},
                                       {1, 999.75, 1}};
    any_state state = {.type = NPS_CODEC_OUTCOMES};
    ck_status(nps_outcomes_init(&state.outcomes, &(nps_scale){-2, 2, -1, 1}), NPS_OK);
    state.outcomes.kind = UINT32_MAX;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_status(nps_outcomes_add(&state.outcomes, rows[i].answer, rows[i].outcome, rows[i].weight), NPS_OK);
    ck_status(nps_outcomes_remove(&state.outcomes, 2, 0x1p332, 0x1p63 * 1.5), NPS_OK);
    return state;
}

typedef struct rating_row {
    double answer, ratings[3], weight;
} rating_row;

static any_state drivers_of(const nps_drivers_options *options, const rating_row *rows, size_t count)
{
    any_state state = {.type = NPS_CODEC_DRIVERS};
    ck_status(nps_drivers_new(options, &state.drivers), NPS_OK);
    for (size_t i = 0; i < count; i++)
        ck_status(nps_drivers_add(state.drivers, rows[i].answer, rows[i].ratings, rows[i].weight), NPS_OK);
    return state;
}

static any_state build_drivers_none(void)
{
    return drivers_of(&(nps_drivers_options){.struct_size = sizeof(nps_drivers_options), .ratings = 3}, NULL, 0);
}

static any_state build_drivers(void)
{
    static const rating_row rows[] = {
        {3, {2, 2, 7}, 0x1p20},  {NONE, {1, 2, 3}, 1}, {8, {2, NONE, NONE}, 1e9},        {9, {5, 4, 3}, 1},
        {7, {2, 3, 4}, 0},       {11, {1, 2, 3}, 2},   {0, {1, -(1 << 20), 2}, 1.0 / 3}, {10, {5, 5, 5}, 0.1},
        {8, {NONE, 3, NONE}, 2}, {NONE, {1, 2, 3}, 1},
    };
    return drivers_of(&(nps_drivers_options){.struct_size = sizeof(nps_drivers_options), .ratings = 3}, rows,
                      sizeof rows / sizeof *rows);
}

static any_state build_drivers_robust(void)
{
    static const rating_row rows[] = {{7, {3}, 0x1p40}, {2.25, {-1}, 0.5}, {1, {NONE}, 1}, {9, {4.5}, 1}};
    return drivers_of(&(nps_drivers_options){.struct_size = sizeof(nps_drivers_options), .ratings = 1, .robust = 1},
                      rows, sizeof rows / sizeof *rows);
}

static any_state build_drivers_pairwise(void)
{
    static const double low[] = {2, -0.5}, high[] = {4, 9.25};
    static const rating_row rows[] = {{2, {NONE, 9.25}, 1}, {2, {1, 10}, 1},         {NONE, {4, -1}, 0.75},
                                      {-2, {5, NONE}, 3},   {NONE, {NONE, NONE}, 1}, {0, {3, 3}, 0},
                                      {1, {NONE, NONE}, 2}};
    return drivers_of(&(nps_drivers_options){.struct_size = sizeof(nps_drivers_options),
                                             .ratings = 2,
                                             .missing = NPS_DRIVERS_PAIRWISE,
                                             .scale = &(nps_scale){-2, 2, -1, 1},
                                             .low = low,
                                             .high = high},
                      rows, sizeof rows / sizeof *rows);
}

static any_state build_segments_drivers(void)
{
    const nps_scale scale = {1, 5, 3, 5};
    const nps_drivers_options drivers = {
        .struct_size = sizeof drivers, .ratings = 2, .explains = NPS_DRIVERS_CLASS, .scale = &scale};
    const nps_segments_options options = {.struct_size = sizeof options, .dimensions = 1, .kind = 2};
    static const rating_row rows[] = {{NONE, {1, 1}, 1}, {1, {-4, 2}, 2}, {4, {NONE, 1}, 1}, {5, {1, 7}, 0.3}},
                            folded[] = {{3, {1, 1.25}, 8}, {5, {0.5, 1}, 1}};
    const nps_key twelve = integer(12);
    any_state state = {.type = NPS_CODEC_SEGMENTS}, small = drivers_of(&drivers, folded, 2);
    any_state nobody = drivers_of(&drivers, NULL, 0);
    ck_status(nps_drivers_segments_new(&options, &drivers, &state.segments), NPS_OK);
    ck_status(nps_segments_set_name(state.segments, 0, "shop", 4), NPS_OK);
    for (size_t i = 0; i < 4; i++)
        ck_status(nps_segments_add_drivers(state.segments, &twelve, rows[i].answer, rows[i].ratings, rows[i].weight),
                  NPS_OK);
    ck_status(nps_segments_merge_drivers(state.segments, &other, small.drivers), NPS_OK);
    ck_status(nps_segments_merge_drivers(state.segments, &null, nobody.drivers), NPS_OK);
    free_any(&small);
    free_any(&nobody);
    return state;
}

static any_state new_design(const nps_design_options *options)
{
    any_state state = {.type = NPS_CODEC_DESIGN};
    ck_status(nps_design_new(options, &state.design), NPS_OK);
    return state;
}

static any_state build_design_none(void)
{
    return new_design(&(nps_design_options){.struct_size = sizeof(nps_design_options)});
}

static any_state build_design(void)
{
    const nps_scale scale = {1, 7, 4, 6};
    const nps_key north = bytes_of("north", 5), south = bytes_of("south", 5), seven = integer(7);
    const nps_key one = integer(1), twelve = integer(12), x = bytes_of("x", 1);
    const nps_key young[] = {bytes_of("18-34", 5), null}, roman[] = {bytes_of("35+", 3), bytes_of("Roma", 4)};
    const nps_key old[] = {roman[0], null}, odd[] = {null, integer(-3)}, nobody[] = {null, null};
    const struct {
        const nps_key *domain, *stratum, *psu;
        int32_t answer;
        double weight;
    } rows[] = {
        {old, &north, &twelve, 8, 1},    {young, &north, &one, 1, 0.1},         {nobody, NULL, &null, 7, 1},
        {old, &north, &twelve, 5, 3.25}, {roman, &north, &one, 6, 0x1p40},      {odd, &seven, &x, 2, 0x1p-64},
        {nobody, NULL, &null, 7, 1},     {young, &north, &one, 7, 1.5},         {old, &north, &twelve, 5, 0},
        {nobody, &null, &null, 7, 1},    {young, &north, &one, NPS_MISSING, 9},
    };
    any_state state = new_design(&(nps_design_options){
        .struct_size = sizeof(nps_design_options), .domains = 2, .clusters = 1, .scale = &scale, .kind = 3});
    ck_status(nps_design_set_name(state.design, 1, "citt\xc3\xa0", 6), NPS_OK);
    ck_status(nps_design_set_name(state.design, 0, "age", 3), NPS_OK);
    ck_status(nps_design_set_population(state.design, &south, 41), NPS_OK);
    ck_status(nps_design_set_population(state.design, &north, 120), NPS_OK);
    ck_status(nps_design_set_population(state.design, &seven, 1), NPS_OK);
    ck_status(nps_design_set_population(state.design, NULL, 1e9 + 0.5), NPS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_status(
            nps_design_add(state.design, rows[i].domain, rows[i].stratum, rows[i].psu, rows[i].answer, rows[i].weight),
            NPS_OK);
    return state;
}

static any_state build_design_plain(void)
{
    any_state state = new_design(&(nps_design_options){.struct_size = sizeof(nps_design_options), .kind = 1});
    for (int32_t answer = 3; answer < 11; answer += answer < 9 ? 6 : 1)
        ck_status(nps_design_add(state.design, NULL, NULL, NULL, answer, 1), NPS_OK);
    ck_status(nps_design_set_population(state.design, NULL, 3), NPS_OK);
    return state;
}

static any_state new_panel(const nps_scale *scale)
{
    any_state state = {.type = NPS_CODEC_PANEL};
    ck_status(nps_panel_new(scale, 5, NULL, &state.panel), NPS_OK);
    return state;
}

static any_state build_panel_none(void)
{
    return new_panel(&(nps_scale){1, 7, 4, 6});
}

static any_state build_panel(void)
{
    char y[130];
    memset(y, 'y', sizeof y);
    const int64_t noon = 1700000000, day = 86400;
    const struct {
        nps_key respondent;
        int64_t time;
        int32_t answer;
    } rows[] = {
        {bytes_of(y, sizeof y), 4, 4},
        {bytes_of("ann", 3), noon - 2 * day, -1},
        {integer(INT64_MAX), 0, 0},
        {bytes_of("ann", 3), noon, 2},
        {bytes_of("1", 1), 7, 1},
        {integer(1), 7, -2},
        {integer(INT64_MIN), INT64_MIN, 5},
        {bytes_of("", 0), 0, -5},
        {bytes_of("\0", 1), noon, 5},
        {bytes_of("ann", 3), noon - day, 4},
        {integer(INT64_MAX), INT64_MIN, -5},
        {bytes_of("anna", 4), -1, 0},
        {integer(INT64_MAX), INT64_MAX, 4},
        {bytes_of(y, sizeof y), 3, 3},
        {bytes_of("ann", 3), noon, 3},
        {bytes_of("\xe5\xa4\xa7", 3), 3, 3},
    };
    any_state state = new_panel(&(nps_scale){-5, 5, 1, 4});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_status(nps_panel_add(state.panel, &rows[i].respondent, rows[i].time, rows[i].answer), NPS_OK);
    /* One who came and went. */
    ck_status(nps_panel_add(state.panel, &(nps_key){.type = NPS_KEY_INTEGER}, 1, 1), NPS_OK);
    ck_status(nps_panel_remove(state.panel, &(nps_key){.type = NPS_KEY_INTEGER}, 1), NPS_OK);
    return state;
}

/* Files of tests/reference/generate/codec.py, an encoder of its own, and the same states by the library. */
static const struct {
    const char *name;
    any_state (*build)(void);
} golden[] = {
    {"tally_empty", build_tally_empty},
    {"tally", build_tally},
    {"tally_large", build_tally_large},
    {"weighted", build_weighted},
    {"pairs_empty", build_pairs_empty},
    {"pairs", build_pairs},
    {"pairs_large", build_pairs_large},
    {"segments_none", build_segments_none},
    {"segments", build_segments},
    {"segments_other", build_segments_other},
    {"segments_weighted", build_segments_weighted},
    {"segments_outcomes", build_segments_outcomes},
    {"outcomes_empty", build_outcomes_empty},
    {"outcomes", build_outcomes},
    {"segments_drivers", build_segments_drivers},
    {"drivers_none", build_drivers_none},
    {"drivers", build_drivers},
    {"drivers_robust", build_drivers_robust},
    {"drivers_pairwise", build_drivers_pairwise},
    {"design_none", build_design_none},
    {"design", build_design},
    {"design_plain", build_design_plain},
    {"panel_none", build_panel_none},
    {"panel", build_panel},
};
#define GOLDEN (sizeof golden / sizeof *golden)

typedef struct file {
    size_t size;
    int32_t type;
    uint8_t bytes[2048];
} file;

static file read_golden(size_t number)
{
    char path[4096];
    file out = {0};
    snprintf(path, sizeof path, "%s/../golden/0.1.0/%s.nps", TEST_REFERENCE_DIR, golden[number].name);
    FILE *stream = fopen(path, "rb");
    ck_assert_msg(stream != NULL, "cannot read %s", path);
    out.size = fread(out.bytes, 1, sizeof out.bytes, stream);
    fclose(stream);
    ck_assert(out.size < sizeof out.bytes);
    ck_status(nps_codec_type(out.bytes, out.size, &out.type), NPS_OK);
    return out;
}

/* The status of decoding a copy that ends where its memory ends. What decodes must encode as it was. */
static int decode_copy(int32_t type, const uint8_t *bytes, size_t size)
{
    any_state state;
    uint8_t *exact = malloc(size > 0 ? size : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, bytes, size);
    int status = decode_any(type, exact, size, &state);
    if (status == NPS_OK)
        ck_assert(encodes_as(&state, exact, size));
    else
        ck_assert(state.segments == NULL && state.design == NULL && state.panel == NULL && state.drivers == NULL);
    free_any(&state);
    free(exact);
    return status;
}

START_TEST(golden_files)
{
    file expected = read_golden((size_t)_i);
    any_state state = golden[_i].build();
    ck_assert_int_eq(state.type, expected.type);
    ck_assert(encodes_as(&state, expected.bytes, expected.size));
    ck_status(decode_copy(expected.type, expected.bytes, expected.size), NPS_OK);
    free_any(&state);
}
END_TEST

START_TEST(truncated_and_longer)
{
    file whole = read_golden((size_t)_i);
    for (size_t size = 0; size < whole.size; size++)
        ck_status(decode_copy(whole.type, whole.bytes, size), NPS_ERR_FORMAT);
    for (size_t more = 1; more < 40; more++)
        ck_status(decode_copy(whole.type, whole.bytes, whole.size + more), NPS_ERR_FORMAT);
    /* The payload cut or longer, but its length and CRC as they should be. */
    for (size_t size = FRAME_HEADER + 4; size < whole.size + 40; size++) {
        if (size == whole.size) continue;
        file cut = whole;
        for (size_t i = 0; i < 8; i++) cut.bytes[16 + i] = (uint8_t)((uint64_t)(size - FRAME_HEADER - 4) >> 8 * i);
        fix_crc(cut.bytes, size);
        ck_status(decode_copy(whole.type, cut.bytes, size), NPS_ERR_FORMAT);
    }
}
END_TEST

START_TEST(any_bit_flipped)
{
    file whole = read_golden((size_t)_i);
    for (size_t bit = 0; bit < 8 * whole.size; bit++) {
        whole.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        ck_assert_int_ne(decode_copy(whole.type, whole.bytes, whole.size), NPS_OK);
        whole.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}
END_TEST

/* Every value of every byte of the header, with a right CRC. */
START_TEST(any_header_byte)
{
    file whole = read_golden((size_t)_i);
    for (size_t at = 0; at < FRAME_HEADER; at++) {
        for (unsigned value = 0; value < 256; value++) {
            file changed = whole;
            changed.bytes[at] = (uint8_t)value;
            fix_crc(changed.bytes, changed.size);
            unsigned type = changed.bytes[8] + 256u * changed.bytes[9];
            unsigned version = changed.bytes[10] + 256u * changed.bytes[11];
            int expected = value == whole.bytes[at]                          ? NPS_OK
                           : at < 8 || at >= 12 || type == 0 || version == 0 ? NPS_ERR_FORMAT
                           : version > 1                                     ? NPS_ERR_VERSION
                                                                             : NPS_ERR_TYPE;
            ck_status(decode_copy(whole.type, changed.bytes, changed.size), expected);
        }
    }
}
END_TEST

START_TEST(other_types)
{
    file whole = read_golden((size_t)_i);
    for (int32_t type = NPS_CODEC_TALLY; type <= NPS_CODEC_DRIVERS; type++)
        ck_status(decode_copy(type, whole.bytes, whole.size), type == whole.type ? NPS_OK : NPS_ERR_TYPE);
}
END_TEST

/* Random changes with a right CRC: what is taken at all is a state that encodes as just these bytes. */
START_TEST(altered_with_right_crc)
{
    uint64_t seed = 100 + (uint64_t)_i;
    file whole = read_golden((size_t)_i);
    int taken = 0, refused = 0;
    for (int round = 0; round < 3000; round++) {
        file changed = whole;
        for (uint64_t changes = 1 + test_below(&seed, 3); changes > 0; changes--) {
            size_t at = FRAME_HEADER + (size_t)test_below(&seed, whole.size - FRAME_HEADER - 4);
            uint8_t *byte = &changed.bytes[at];
            *byte = test_below(&seed, 2) ? (uint8_t)test_random(&seed) : (uint8_t)(*byte + test_below(&seed, 3) - 1);
        }
        fix_crc(changed.bytes, changed.size);
        if (decode_copy(whole.type, changed.bytes, changed.size) == NPS_OK)
            taken++;
        else
            refused++;
    }
    ck_assert(taken > 0);
    ck_assert(refused > 500); /* most ids and times of a panel, and robust sums, may be any */
}
END_TEST

START_TEST(buffers)
{
    any_state state = golden[_i].build();
    file expected = read_golden((size_t)_i);
    uint8_t buffer[2048];
    size_t length = 1;
    ck_status(encode_any(&state, NULL, 0, &length), NPS_OK);
    ck_assert_uint_eq(length, expected.size);
    for (size_t size = 0; size < expected.size; size++) {
        memset(buffer, 0x55, sizeof buffer);
        ck_status(encode_any(&state, buffer, size, &length), NPS_ERR_BUFFER);
        ck_assert_uint_eq(length, expected.size);
        ck_assert_uint_eq(buffer[size], 0x55);
    }
    ck_status(encode_any(&state, buffer, sizeof buffer, &length), NPS_OK);
    ck_assert_mem_eq(buffer, expected.bytes, length);
    ck_assert_uint_eq(buffer[length], 0x55);
    ck_status(encode_any(&state, buffer, sizeof buffer, NULL), NPS_ERR_ARGUMENT);
    free_any(&state);
}
END_TEST

START_TEST(nulls_and_bad_states)
{
    size_t length;
    int32_t type;
    nps_tally tally = build_tally().tally;
    nps_weighted weighted = build_weighted().weighted;
    nps_pairs pairs = build_pairs().pairs;
    nps_outcomes outcomes = build_outcomes().outcomes;
    ck_status(nps_tally_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_weighted_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_pairs_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_outcomes_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_drivers_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_design_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_panel_encode(NULL, NULL, 0, &length), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_decode(NULL, 100, &tally), NPS_ERR_ARGUMENT);
    ck_status(nps_tally_decode(NULL, 0, &tally), NPS_ERR_FORMAT);
    for (size_t i = 0; i < GOLDEN; i++) {
        file whole = read_golden(i);
        ck_status(nps_tally_decode(whole.bytes, whole.size, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_weighted_decode(whole.bytes, whole.size, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_pairs_decode(whole.bytes, whole.size, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_outcomes_decode(whole.bytes, whole.size, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_segments_decode(whole.bytes, whole.size, NULL, 0, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_drivers_decode(whole.bytes, whole.size, NULL, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_design_decode(whole.bytes, whole.size, NULL, 0, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_panel_decode(whole.bytes, whole.size, NULL, 0, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_codec_type(whole.bytes, whole.size, NULL), NPS_ERR_ARGUMENT);
        ck_status(nps_codec_type(whole.bytes, 16, &type), NPS_OK);
        ck_status(nps_codec_type(whole.bytes, 15, &type), NPS_ERR_FORMAT);
    }
    ck_status(nps_codec_type(NULL, 16, &type), NPS_ERR_ARGUMENT);
    ck_status(nps_codec_type(NULL, 0, &type), NPS_ERR_FORMAT);

    tally.reserved[1] = 1;
    ck_status(nps_tally_encode(&tally, NULL, 0, &length), NPS_ERR_FORMAT);
    tally.scale.highest = 99;
    ck_status(nps_tally_encode(&tally, NULL, 0, &length), NPS_ERR_SCALE);
    weighted.weight[0][1]++;
    ck_status(nps_weighted_encode(&weighted, NULL, 0, &length), NPS_ERR_FORMAT);
    pairs.missing = UINT64_MAX;
    ck_status(nps_pairs_encode(&pairs, NULL, 0, &length), NPS_ERR_OVERFLOW);
    pairs.reserved[0] = 1;
    ck_status(nps_pairs_encode(&pairs, NULL, 0, &length), NPS_ERR_FORMAT);
    pairs.scale.lowest = 11;
    ck_status(nps_pairs_encode(&pairs, NULL, 0, &length), NPS_ERR_SCALE);
    outcomes.level[0].squares[0] = -1;
    ck_status(nps_outcomes_encode(&outcomes, NULL, 0, &length), NPS_ERR_FORMAT);
    outcomes.invalid = UINT64_MAX;
    ck_status(nps_outcomes_encode(&outcomes, NULL, 0, &length), NPS_ERR_OVERFLOW);
}
END_TEST

/* RFC 3720, appendix B.4. */
START_TEST(crc_vectors)
{
    static const uint8_t read_command[48] = {
        0x01, 0xc0, [16] = 0x14, [22] = 0x04, [27] = 0x14, [31] = 0x18, [32] = 0x28, [40] = 0x02};
    uint8_t zeros[32] = {0}, ones[32], rising[32], falling[32];
    for (size_t i = 0; i < 32; i++) {
        ones[i] = 0xff;
        rising[i] = (uint8_t)i;
        falling[i] = (uint8_t)(31 - i);
    }
    ck_assert_uint_eq(npsi_crc32c(zeros, 32), 0x8a9136aa);
    ck_assert_uint_eq(npsi_crc32c(ones, 32), 0x62a8ab43);
    ck_assert_uint_eq(npsi_crc32c(rising, 32), 0x46dd794e);
    ck_assert_uint_eq(npsi_crc32c(falling, 32), 0x113fdb5c);
    ck_assert_uint_eq(npsi_crc32c(read_command, 48), 0xd9963a56);
    ck_assert_uint_eq(npsi_crc32c(NULL, 0), 0);
}
END_TEST

static void add(TCase *tcase)
{
    tcase_add_loop_test(tcase, golden_files, 0, GOLDEN);
    tcase_add_loop_test(tcase, truncated_and_longer, 0, GOLDEN);
    tcase_add_loop_test(tcase, any_bit_flipped, 0, GOLDEN);
    tcase_add_loop_test(tcase, any_header_byte, 0, GOLDEN);
    tcase_add_loop_test(tcase, other_types, 0, GOLDEN);
    tcase_add_loop_test(tcase, altered_with_right_crc, 0, GOLDEN);
    tcase_add_loop_test(tcase, buffers, 0, GOLDEN);
    tcase_add_test(tcase, nulls_and_bad_states);
    tcase_add_test(tcase, crc_vectors);
}

int main(void)
{
    return test_main("codec", add);
}
