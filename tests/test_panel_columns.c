#include <nps/status.h>

#include "key_columns.h"
#include "panel_internal.h"
#include "panel_model.h"

typedef struct panel_batch {
    key_column respondents, times;
    column_plan answer_plan;
    built_column *answers;
    size_t rows;
} panel_batch;

/* In place: a column points to its own plan. */
static void build_batch(panel_batch *out, size_t rows, const nps_scale *scale, uint64_t *seed)
{
    out->rows = rows;
    build_keys(&out->respondents, rows, 0, seed);
    build_keys(&out->times, rows, 1, seed);
    out->answer_plan = (column_plan){.type = 1 + (int32_t)test_below(seed, NPS_TYPE_LARGE_UTF8),
                                     .rows = rows,
                                     .offset = size_below(seed, 20),
                                     .with_validity = (int)test_below(seed, 2),
                                     .scale = *scale};
    out->answers = build_column(&out->answer_plan, seed);
}

static void free_batch(panel_batch *batch)
{
    free_column(batch->respondents.built, &batch->respondents.plan);
    free_column(batch->times.built, &batch->times.plan);
    free_column(batch->answers, &batch->answer_plan);
}

static int row_of(const panel_batch *batch, size_t i, nps_key *who, nps_key *time)
{
    int good = part_at(batch->respondents.built, batch->respondents.plan.offset + i, who);
    return part_at(batch->times.built, batch->times.plan.offset + i, time) && good;
}

/* Adds the batch to the model, unless a row is bad; what it passes over. */
static int model_add_batch(panel_model *model, const panel_batch *batch, nps_panel_skipped *skipped)
{
    nps_key who, time;
    *skipped = (nps_panel_skipped){.struct_size = sizeof *skipped};
    for (size_t i = 0; i < batch->rows; i++)
        if (!row_of(batch, i, &who, &time)) return NPS_ERR_RANGE;
    for (size_t i = 0; i < batch->rows; i++) {
        uint8_t code = batch->answers->codes[batch->answer_plan.offset + i];
        (void)row_of(batch, i, &who, &time);
        if (who.type == NPS_KEY_NULL)
            skipped->nameless++;
        else if (time.type == NPS_KEY_NULL)
            skipped->timeless++;
        else if (code == NPSI_CODE_MISSING)
            skipped->missing++;
        else if (code == NPSI_CODE_INVALID)
            skipped->invalid++;
        else
            panel_model_add(model, &who, time.integer, model->scale.lowest + code);
    }
    return NPS_OK;
}

START_TEST(random_batches)
{
    uint64_t seed = 40 + (uint64_t)_i;
    int taken = 0, refused = 0;
    uint64_t passed_over[4] = {0};
    for (int round = 0; round < 30; round++) {
        panel_model model = {.scale = panel_scales[round % 4]}; /* the fifth has no answers that columns.h makes */
        nps_panel *panel = new_panel(&model.scale, test_random(&seed), NULL);
        for (int batches = 0; batches < 3; batches++) {
            panel_batch batch;
            build_batch(&batch, size_below(&seed, 700), &model.scale, &seed);
            nps_panel_skipped expected, skipped = {sizeof skipped, 91, 92, 93, 94}, untouched = skipped;
            panel_bytes before = encode_panel(panel);
            int status = model_add_batch(&model, &batch, &expected);
            ck_status(nps_panel_add_columns(panel, &batch.respondents.built->column, &batch.times.built->column,
                                            &batch.answers->column, &skipped),
                      status);
            if (status != NPS_OK) must_encode_panel(panel, &before);
            ck_assert_mem_eq(&skipped, status == NPS_OK ? &expected : &untouched, sizeof skipped);
            const uint64_t counts[4] = {expected.nameless, expected.timeless, expected.missing, expected.invalid};
            for (size_t i = 0; i < 4; i++) passed_over[i] += counts[i];
            taken += status == NPS_OK;
            refused += status != NPS_OK;
            free(before.bytes);
            free_batch(&batch);
        }
        must_match_panel(&model, panel, &seed);
        nps_panel_free(panel);
        panel_model_free(&model);
    }
    ck_assert_int_gt(taken, 40);
    ck_assert_int_gt(refused, 3);
    for (size_t i = 0; i < 4; i++) ck_assert_uint_gt(passed_over[i], 100);
}
END_TEST

/* A batch of so many rows and people, scattered, at the given times. */
enum { MANY = 40000 };
typedef struct plain_batch {
    int64_t who[MANY], times[MANY];
    uint8_t answers[MANY];
    nps_column columns[3];
} plain_batch;

static plain_batch *make_plain(size_t rows, size_t people, int64_t times)
{
    plain_batch *out = column_block(1, sizeof *out);
    for (size_t i = 0; i < rows; i++) {
        out->who[i] = (int64_t)(i * 7919 % people);
        out->times[i] = (int64_t)(i * 31) % times - 3;
        out->answers[i] = (uint8_t)(i % 11);
    }
    out->columns[0] = out->columns[1] = (nps_column){.type = NPS_TYPE_I64, .length = rows, .values = out->who};
    out->columns[1].values = out->times;
    out->columns[2] = (nps_column){.type = NPS_TYPE_U8, .length = rows, .values = out->answers};
    return out;
}

static int add_plain(nps_panel *panel, const plain_batch *batch, nps_panel_skipped *skipped)
{
    return nps_panel_add_columns(panel, batch->columns, batch->columns + 1, batch->columns + 2, skipped);
}

/* More people than stay in the cache: as columns, in pieces and whole, and row by row. */
START_TEST(many_people)
{
    const size_t people[] = {MANY, 9000, 300, 1};
    plain_batch *batch = make_plain(MANY, people[_i], 50);
    nps_panel *rows = new_panel(NULL, 1, NULL), *whole = new_panel(NULL, 2, NULL), *pieces = new_panel(NULL, 3, NULL);
    for (size_t i = 0; i < MANY; i++)
        ck_status(nps_panel_add(rows, &KEY_INTEGER(batch->who[i]), batch->times[i], batch->answers[i]), NPS_OK);
    ck_status(add_plain(whole, batch, NULL), NPS_OK);
    for (size_t first = 0; first < MANY; first += 500) {
        for (size_t c = 0; c < 3; c++) {
            batch->columns[c].offset = first;
            batch->columns[c].length = 500;
        }
        ck_status(add_plain(pieces, batch, NULL), NPS_OK);
    }
    ck_assert_uint_eq(nps_panel_respondents(whole), people[_i]);
    panel_bytes expected = encode_panel(rows);
    must_encode_panel(whole, &expected);
    must_encode_panel(pieces, &expected);
    free(expected.bytes);
    nps_panel_free(rows);
    nps_panel_free(whole);
    nps_panel_free(pieces);
    free(batch);
}
END_TEST

START_TEST(skipped_once)
{
    /* Every combination: a bit each for no respondent, no time; three kinds of answers. */
    uint8_t answers[12], valid[2] = {0, 0}, timed[2] = {0, 0}, answered[2] = {0, 0};
    int32_t numbers[12];
    for (unsigned i = 0; i < 12; i++) {
        numbers[i] = (int32_t)i;
        answers[i] = i / 4 == 2 ? 11 : 10;
        if ((i & 1) == 0) valid[i / 8] |= (uint8_t)(1u << i % 8);
        if ((i & 2) == 0) timed[i / 8] |= (uint8_t)(1u << i % 8);
        if (i / 4 != 1) answered[i / 8] |= (uint8_t)(1u << i % 8);
    }
    nps_column who = {.type = NPS_TYPE_I32, .length = 12, .values = numbers, .validity = valid}, time = who,
               answer = {.type = NPS_TYPE_U8, .length = 12, .values = answers, .validity = answered};
    time.validity = timed;
    nps_panel *panel = new_panel(NULL, 0, NULL);
    nps_panel_skipped skipped = {.struct_size = sizeof skipped};
    ck_status(nps_panel_add_columns(panel, &who, &time, &answer, &skipped), NPS_OK);
    ck_assert_uint_eq(skipped.nameless, 6);
    ck_assert_uint_eq(skipped.timeless, 3);
    ck_assert_uint_eq(skipped.missing, 1);
    ck_assert_uint_eq(skipped.invalid, 1);
    ck_assert_uint_eq(nps_panel_answers(panel), 1);
    ck_assert_uint_eq(nps_panel_respondents(panel), 1);

    /* As much as a caller of another release has room for. */
    nps_panel_skipped room = {16, 7, 7, 7, 7};
    ck_status(nps_panel_add_columns(panel, &who, &time, &answer, &room), NPS_OK);
    ck_assert(room.struct_size == 16 && room.nameless == 6 && room.timeless == 7 && room.invalid == 7);
    struct {
        nps_panel_skipped known;
        uint64_t more;
    } longer = {{sizeof longer, 7, 7, 7, 7}, 7};
    ck_status(nps_panel_add_columns(panel, &who, &time, &answer, &longer.known), NPS_OK);
    ck_assert(longer.known.struct_size == sizeof longer && longer.known.invalid == 1 && longer.more == 7);
    room.struct_size = 0;
    ck_status(nps_panel_add_columns(panel, &who, &time, &answer, &room), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(room.nameless, 6);
    nps_panel_free(panel);
}
END_TEST

/* Answers that are missing make no respondents. */
START_TEST(nobody_is_made_of_nothing)
{
    plain_batch *batch = make_plain(3000, 3000, 5);
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator);
    memset(batch->answers, 99, sizeof batch->answers);
    uint64_t held = memory.bytes;
    ck_status(add_plain(panel, batch, NULL), NPS_OK);
    ck_assert_uint_eq(nps_panel_respondents(panel), 0);
    ck_assert_uint_eq(memory.bytes, held);
    nps_panel_free(panel);
    free(batch);
}
END_TEST

/* A batch whose row 2500 cannot be read, into a panel that has some of its people: as it was, to the byte. */
static void must_refuse(plain_batch *batch, int status)
{
    test_memory memory;
    nps_allocator allocator;
    test_memory_start(&memory, -1, &allocator);
    nps_panel *panel = new_panel(NULL, 0, &allocator);
    nps_panel_skipped skipped = {sizeof skipped, 1, 2, 3, 4};
    for (int64_t i = 0; i < 600; i++) ck_status(nps_panel_add(panel, &KEY_INTEGER(i / 2), i % 2, 9), NPS_OK);
    panel_bytes before = encode_panel(panel);
    ck_status(add_plain(panel, batch, &skipped), status);
    must_encode_panel(panel, &before);
    ck_assert_uint_eq(panel->people.store.count, 300); /* nor is anybody left who has no answer */
    ck_assert(skipped.nameless == 1 && skipped.invalid == 4);
    ck_assert_uint_eq(nps_panel_respondents(panel), 300);
    /* And goes on. */
    for (int64_t i = 0; i < 600; i++) ck_status(nps_panel_remove(panel, &KEY_INTEGER(i / 2), i % 2), NPS_OK);
    ck_assert_uint_eq(nps_panel_answers(panel), 0);
    free(before.bytes);
    nps_panel_free(panel);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.bytes, 0);
}

START_TEST(bad_rows)
{
    enum { ROWS = 3000, BAD = 2500 };
    plain_batch *batch = make_plain(ROWS, 2000, 5);
    static int32_t offsets[ROWS + 1];
    static uint16_t codes[ROWS];
    static char text[ROWS];
    for (int i = 0; i <= ROWS; i++) offsets[i] = i;
    for (int i = 0; i < ROWS; i++) codes[i] = (uint16_t)(i % 100);
    memset(text, '7', sizeof text);
    nps_column good[3], dictionary = {.type = NPS_TYPE_I64, .length = 100, .values = batch->who};
    memcpy(good, batch->columns, sizeof good);
    nps_column coded = {.type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U16, .length = ROWS, .values = codes};
    nps_column texts = {.type = NPS_TYPE_UTF8, .length = ROWS, .values = text, .offsets = offsets};
    coded.dictionary = &dictionary;
    for (size_t c = 0; c < 3; c++) {
        memcpy(batch->columns, good, sizeof good);
        /* A code outside the dictionary. */
        codes[BAD] = 100;
        batch->columns[c] = coded;
        must_refuse(batch, NPS_ERR_FORMAT);
        codes[BAD] = 0;
        /* Offsets that run backwards. */
        batch->columns[c] = texts;
        offsets[BAD] = 5;
        must_refuse(batch, c == 1 ? NPS_ERR_TYPE : NPS_ERR_FORMAT);
        offsets[BAD] = BAD;
        /* Above INT64_MAX: an answer off the scale, but no respondent and no time. */
        if (c == 2) continue;
        batch->columns[c] = good[c];
        batch->columns[c].type = NPS_TYPE_U64;
        for (int i = 0; i < ROWS; i++) batch->times[i] = i % 5;
        int64_t *bad = c == 0 ? batch->who + BAD : batch->times + BAD, was = *bad;
        *bad = -1;
        must_refuse(batch, NPS_ERR_RANGE);
        *bad = was;
    }
    free(batch);
}
END_TEST

START_TEST(columns_that_do_not_serve)
{
    plain_batch *batch = make_plain(3, 3, 5);
    nps_panel *panel = new_panel(NULL, 0, NULL);
    int32_t offsets[4] = {0, 0, 0, 0};
    nps_column good = batch->columns[0], floats = good, text = good, shorter = good, unknown = good, coded = good;
    floats.type = NPS_TYPE_F64;
    text.type = NPS_TYPE_UTF8;
    text.offsets = offsets;
    shorter.length = 2;
    unknown.type = 99;
    coded.type = NPS_TYPE_DICTIONARY;
    coded.index_type = NPS_TYPE_I64;
    const struct {
        const nps_column *respondents, *times, *answers;
        int status;
    } calls[] = {
        {NULL, &good, &good, NPS_ERR_ARGUMENT},
        {&good, NULL, &good, NPS_ERR_ARGUMENT},
        {&good, &good, NULL, NPS_ERR_ARGUMENT},
        {&shorter, &good, &good, NPS_ERR_ARGUMENT},
        {&good, &shorter, &good, NPS_ERR_ARGUMENT},
        {&good, &good, &shorter, NPS_ERR_ARGUMENT},
        {&floats, &good, &good, NPS_ERR_TYPE},
        {&good, &floats, &good, NPS_ERR_TYPE},
        {&good, &text, &good, NPS_ERR_TYPE},
        {&unknown, &good, &good, NPS_ERR_TYPE},
        {&good, &unknown, &good, NPS_ERR_TYPE},
        {&good, &good, &unknown, NPS_ERR_TYPE},
        {&coded, &good, &good, NPS_ERR_ARGUMENT},
        {&good, &coded, &good, NPS_ERR_ARGUMENT},
        {&text, &good, &floats, NPS_OK},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        ck_assert_uint_eq(nps_panel_answers(panel), 0);
        ck_status(nps_panel_add_columns(panel, calls[i].respondents, calls[i].times, calls[i].answers, NULL),
                  calls[i].status);
    }
    ck_status(nps_panel_add_columns(NULL, &good, &good, &good, NULL), NPS_ERR_ARGUMENT);
    /* Text is no time, in a dictionary and in no rows either. */
    coded.dictionary = &text;
    ck_status(nps_panel_add_columns(panel, &good, &coded, &good, NULL), NPS_ERR_TYPE);
    coded.length = text.length = good.length = 0;
    ck_status(nps_panel_add_columns(panel, &good, &coded, &good, NULL), NPS_ERR_TYPE);
    ck_status(nps_panel_add_columns(panel, &good, &text, &good, NULL), NPS_ERR_TYPE);
    ck_status(nps_panel_add_columns(panel, &coded, &good, &good, NULL), NPS_OK);
    nps_panel_free(panel);
    free(batch);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, random_batches, 0, 8);
    tcase_add_loop_test(tests, many_people, 0, 4);
    tcase_add_test(tests, skipped_once);
    tcase_add_test(tests, nobody_is_made_of_nothing);
    tcase_add_test(tests, bad_rows);
    tcase_add_test(tests, columns_that_do_not_serve);
}

int main(void)
{
    return test_main("panel_columns", add);
}
