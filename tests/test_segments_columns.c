#include <nps/segments.h>
#include <nps/status.h>

#include "key_columns.h"

static int32_t answer_of(uint8_t code)
{
    return code == NPSI_CODE_MISSING ? NPS_MISSING : code == NPSI_CODE_INVALID ? NPS_INVALID : code;
}

/* A batch, and a container and a model to add it to. */
typedef struct fixture {
    size_t rows;
    key_column keys[NPS_MAX_DIMENSIONS];
    nps_column key_columns[NPS_MAX_DIMENSIONS], weights;
    column_plan answer_plan;
    built_column *answers;
    double *weight;
    nps_segments *segments;
    segment_model *model;
} fixture;

static void build_batch(fixture *batch, size_t rows, uint64_t *seed)
{
    batch->rows = rows;
    for (int32_t d = 0; d < batch->model->dimensions; d++) {
        build_keys(batch->keys + d, rows, 0, seed);
        batch->key_columns[d] = batch->keys[d].built->column;
    }
    batch->answer_plan = (column_plan){.type = 1 + (int32_t)test_below(seed, NPS_TYPE_LARGE_UTF8),
                                       .rows = rows,
                                       .offset = size_below(seed, 20),
                                       .with_validity = (int)test_below(seed, 2),
                                       .scale = batch->model->scale};
    batch->answers = build_column(&batch->answer_plan, seed);
    batch->weight = column_block(rows, sizeof *batch->weight);
    for (size_t i = 0; i < rows; i++) batch->weight[i] = any_weight(seed);
    batch->weights = (nps_column){.type = NPS_TYPE_F64, .length = rows, .values = batch->weight};
}

static void free_batch(fixture *batch)
{
    for (int32_t d = 0; d < batch->model->dimensions; d++) free_column(batch->keys[d].built, &batch->keys[d].plan);
    free_column(batch->answers, &batch->answer_plan);
    free(batch->weight);
}

static uint8_t code_at(const fixture *batch, size_t row)
{
    return batch->answers->codes[batch->answer_plan.offset + row];
}

static int key_at(const fixture *batch, size_t row, nps_key *key)
{
    int good = 1;
    for (int32_t d = 0; d < batch->model->dimensions; d++)
        good &= part_at(batch->keys[d].built, batch->keys[d].plan.offset + row, key + d);
    return good;
}

/* Adds the batch to both, unless a row is bad: then to neither. */
static void add_batch(fixture *batch)
{
    int weighted = batch->model->state == NPS_STATE_WEIGHTED;
    nps_key key[NPS_MAX_DIMENSIONS];
    size_t bad = 0;
    for (; bad < batch->rows; bad++) {
        if (!key_at(batch, bad, key)) break;
        if (weighted && code_at(batch, bad) < NPSI_CODE_MISSING && !(batch->weight[bad] >= 0)) break;
    }
    for (size_t i = 0; bad == batch->rows && i < batch->rows; i++) {
        key_at(batch, i, key);
        model_add(batch->model, key, answer_of(code_at(batch, i)), batch->weight[i]);
    }
    uint64_t row = UINT64_MAX;
    int status = nps_segments_add_columns(batch->segments, batch->key_columns, &batch->answers->column,
                                          weighted ? &batch->weights : NULL, &row);
    ck_status(status, bad == batch->rows ? NPS_OK : NPS_ERR_RANGE);
    ck_assert_uint_eq(row, bad == batch->rows ? UINT64_MAX : bad);
    must_match(batch->model, batch->segments);
}

static void begin(fixture *batch, int32_t dimensions, int32_t state)
{
    nps_scale scale;
    nps_scale_standard(&scale);
    *batch =
        (fixture){.segments = new_segments(dimensions, state, NULL), .model = model_new(dimensions, state, &scale)};
}

static void end(fixture *batch)
{
    nps_segments_free(batch->segments);
    model_free(batch->model);
}

START_TEST(random_batches)
{
    uint64_t seed = (uint64_t)_i;
    int32_t state = _i % 4 == 3 ? NPS_STATE_WEIGHTED : NPS_STATE_TALLY;
    for (int round = 0; round < 8; round++) {
        fixture batch;
        begin(&batch, 1 + _i % 3, state);
        build_batch(&batch, size_below(&seed, 700), &seed);
        add_batch(&batch);
        add_batch(&batch);
        if (batch.rows > 0) batch.weight[size_below(&seed, batch.rows)] = -1;
        add_batch(&batch);
        free_batch(&batch);
        end(&batch);
    }
}
END_TEST

/* More segments than stay in the cache, by every path, in small batches and large ones. */
START_TEST(many_segments)
{
    enum { ROWS = 60000, SEGMENTS = 20000 };
    uint64_t seed = (uint64_t)_i;
    uint32_t *codes = column_block(ROWS, sizeof *codes);
    int64_t *integers = column_block(ROWS, sizeof *integers);
    uint8_t *answers = column_block(ROWS, 1);
    char *text = column_block(SEGMENTS, 8), *row_text = column_block(ROWS, 8);
    int32_t *offsets = column_block(ROWS, sizeof *offsets);
    for (int32_t i = 0; i <= ROWS; i++) offsets[i] = 8 * i;
    for (size_t i = 0; i < SEGMENTS; i++)
        for (size_t j = 0; j < 8; j++) text[8 * i + j] = (char)(i * 0x9e3779b97f4a7c15u >> 8 * j);
    for (size_t i = 0; i < ROWS; i++) {
        codes[i] = (uint32_t)test_below(&seed, SEGMENTS);
        memcpy(&integers[i], text + 8 * codes[i], 8);
        memcpy(row_text + 8 * i, text + 8 * codes[i], 8);
        answers[i] = (uint8_t)test_below(&seed, 12);
    }
    nps_column dictionary = {.type = NPS_TYPE_UTF8, .length = SEGMENTS, .values = text, .offsets = offsets};
    nps_column columns[] = {
        {.type = NPS_TYPE_U32, .values = codes},
        {.type = NPS_TYPE_I64, .values = integers},
        {.type = NPS_TYPE_UTF8, .values = row_text, .offsets = offsets},
        {.type = NPS_TYPE_DICTIONARY, .index_type = NPS_TYPE_U32, .values = codes, .dictionary = &dictionary}};
    size_t step = _i % 2 ? ROWS : 1000;
    nps_column column = columns[_i / 2], answer = {.type = NPS_TYPE_U8, .values = answers, .length = step};
    nps_segments *batches = new_segments(1, NPS_STATE_TALLY, NULL), *rows = new_segments(1, NPS_STATE_TALLY, NULL);
    column.length = step;
    for (size_t first = 0; first < ROWS; first += step) {
        column.offset = answer.offset = first;
        ck_status(nps_segments_add_columns(batches, &column, &answer, NULL, NULL), NPS_OK);
    }
    for (size_t i = 0; i < ROWS; i++) {
        nps_key keys[] = {KEY_INTEGER(codes[i]), KEY_INTEGER(integers[i]), KEY_BYTES(row_text + 8 * i, 8),
                          KEY_BYTES(row_text + 8 * i, 8)};
        ck_status(nps_segments_add(rows, keys + _i / 2, answers[i], 1), NPS_OK);
    }
    ck_assert_uint_eq(nps_segments_count(batches), nps_segments_count(rows));
    for (size_t i = 0; i < nps_segments_count(rows); i++) {
        nps_key a, b;
        nps_tally tally, expected;
        ck_status(nps_segments_key(batches, i, 0, &a), NPS_OK);
        ck_status(nps_segments_key(rows, i, 0, &b), NPS_OK);
        ck_assert_int_eq(model_compare_part(&a, &b), 0);
        ck_status(nps_segments_tally(batches, i, &tally), NPS_OK);
        ck_status(nps_segments_tally(rows, i, &expected), NPS_OK);
        ck_assert_mem_eq(&tally, &expected, sizeof tally);
    }
    nps_segments_free(batches);
    nps_segments_free(rows);
    void *blocks[] = {codes, integers, answers, text, row_text, offsets};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) free(blocks[i]);
}
END_TEST

/* Row 600 of a column is bad, after blocks that were good: nothing is left of them. */
#define BAD_ROW 600

static fixture filled(int32_t dimensions, int32_t state)
{
    fixture batch;
    uint64_t seed = 11;
    begin(&batch, dimensions, state);
    nps_key key[NPS_MAX_DIMENSIONS] = {KEY_INTEGER(3), KEY_NULL, KEY_NULL};
    model_add(batch.model, key, 9, 1);
    ck_status(add_any(batch.segments, key, 9, 1), NPS_OK);
    for (int i = 0; i < 5; i++) {
        key[0] = hard_part(&seed);
        model_add(batch.model, key, 9, 1);
        ck_status(add_any(batch.segments, key, 9, 1), NPS_OK);
    }
    return batch;
}

START_TEST(bad_rows)
{
    enum { ROWS = 900 };
    fixture batch = filled(1, NPS_STATE_TALLY);
    int32_t offsets[ROWS + 1];
    int64_t integers[ROWS];
    uint8_t answers[ROWS] = {0}, codes[ROWS];
    for (int i = 0; i < ROWS; i++) {
        offsets[i] = i;
        integers[i] = i;
        codes[i] = (uint8_t)(i % 10);
    }
    offsets[ROWS] = ROWS;
    char bytes[ROWS];
    memset(bytes, 'x', sizeof bytes);
    nps_column answer = {.type = NPS_TYPE_U8, .length = ROWS, .values = answers}, key = answer, dictionary = answer;

    offsets[BAD_ROW] = 5;
    key.type = NPS_TYPE_UTF8;
    key.values = bytes;
    key.offsets = offsets;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, NULL), NPS_ERR_FORMAT);
    must_match(batch.model, batch.segments);

    dictionary.type = NPS_TYPE_I64;
    dictionary.values = integers;
    dictionary.length = 10;
    codes[BAD_ROW] = 10;
    key = (nps_column){.type = NPS_TYPE_DICTIONARY,
                       .index_type = NPS_TYPE_U8,
                       .length = ROWS,
                       .values = codes,
                       .dictionary = &dictionary};
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, NULL), NPS_ERR_FORMAT);
    must_match(batch.model, batch.segments);

    /* The same value above INT64_MAX in a row, and in a dictionary that 600 rows do not use. */
    uint64_t row = 1;
    integers[BAD_ROW] = -1;
    key = (nps_column){.type = NPS_TYPE_U64, .length = ROWS, .values = integers};
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, BAD_ROW);
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, NULL), NPS_ERR_RANGE);
    must_match(batch.model, batch.segments);
    integers[BAD_ROW] = BAD_ROW;
    integers[10] = -1;
    dictionary.type = NPS_TYPE_U64;
    dictionary.length = 11;
    key = (nps_column){.type = NPS_TYPE_DICTIONARY,
                       .index_type = NPS_TYPE_U8,
                       .length = ROWS,
                       .values = codes,
                       .dictionary = &dictionary};
    row = 1;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, BAD_ROW);
    must_match(batch.model, batch.segments);
    end(&batch);
}
END_TEST

/* The first row at fault is named, whether its key or its weight is; a weight without an answer is not looked at. */
START_TEST(bad_weights)
{
    enum { ROWS = 900 };
    fixture batch = filled(1, NPS_STATE_WEIGHTED);
    uint64_t integers[ROWS], row = 1;
    uint8_t answers[ROWS];
    double weights[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        integers[i] = i * i;
        answers[i] = i == 10 ? 99 : 9;
        weights[i] = i == 10 ? -1 : 1;
    }
    nps_column key = {.type = NPS_TYPE_U64, .length = ROWS, .values = integers}, answer = key, weight = key;
    answer.type = NPS_TYPE_U8;
    answer.values = answers;
    weight.type = NPS_TYPE_F64;
    weight.values = weights;
    weights[BAD_ROW] = -1;
    integers[BAD_ROW + 1] = UINT64_MAX;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, BAD_ROW);
    must_match(batch.model, batch.segments);
    integers[BAD_ROW - 1] = UINT64_MAX;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, &row), NPS_ERR_RANGE);
    ck_assert_uint_eq(row, BAD_ROW - 1);
    must_match(batch.model, batch.segments);
    integers[BAD_ROW - 1] = integers[BAD_ROW + 1] = 0;
    weights[BAD_ROW] = 1;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, &row), NPS_OK);
    for (size_t i = 0; i < ROWS; i++)
        model_add(batch.model, &KEY_INTEGER((int64_t)integers[i]), i == 10 ? NPS_INVALID : 9, 1);
    must_match(batch.model, batch.segments);
    end(&batch);
}
END_TEST

START_TEST(overflow_of_counts)
{
    enum { ROWS = 1000 };
    fixture batch = filled(1, NPS_STATE_TALLY);
    uint8_t keys[ROWS] = {0}, answers[ROWS] = {0};
    nps_column key = {.type = NPS_TYPE_U8, .length = ROWS, .values = keys}, answer = key;
    answer.values = answers;
    for (size_t i = 0; i < ROWS; i++) keys[i] = (uint8_t)(i % 2 ? 3 : i % 200);
    /* The 500 odd rows have the key 3, which has one answer already. */
    uint64_t room = 499;
    nps_key three = KEY_INTEGER(3);
    uint64_t most = (uint64_t)INT64_MAX - 1 - room;
    ck_status(nps_segments_add(batch.segments, &three, 10, most), NPS_OK);
    ck_status(nps_tally_add(&model_find(batch.model, &three)->tally, 10, most), NPS_OK);
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, NULL), NPS_ERR_OVERFLOW);
    must_match(batch.model, batch.segments);
    key.length = answer.length = ROWS - 1;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, NULL, NULL), NPS_OK);
    for (size_t i = 0; i < ROWS - 1; i++) model_add(batch.model, &KEY_INTEGER(keys[i]), 0, 1);
    must_match(batch.model, batch.segments);
    end(&batch);
}
END_TEST

START_TEST(overflow_of_weights)
{
    enum { ROWS = 1000 };
    fixture batch = filled(1, NPS_STATE_WEIGHTED);
    int16_t keys[ROWS];
    uint8_t answers[ROWS];
    float weights[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        keys[i] = (int16_t)(i % 4);
        answers[i] = (uint8_t)(i % 11);
        weights[i] = 0x1p56F;
    }
    nps_column key = {.type = NPS_TYPE_I16, .length = ROWS, .values = keys}, answer = key, weight = key;
    answer.type = NPS_TYPE_U8;
    answer.values = answers;
    weight.type = NPS_TYPE_F32;
    weight.values = weights;
    /* 250 rows a key, and room for 255 of them. */
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, NULL), NPS_OK);
    for (size_t i = 0; i < ROWS; i++) model_add(batch.model, &KEY_INTEGER(keys[i]), answers[i], weights[i]);
    must_match(batch.model, batch.segments);
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, NULL), NPS_ERR_OVERFLOW);
    must_match(batch.model, batch.segments);
    key.length = answer.length = weight.length = 20;
    ck_status(nps_segments_add_columns(batch.segments, &key, &answer, &weight, NULL), NPS_OK);
    for (size_t i = 0; i < 20; i++) model_add(batch.model, &KEY_INTEGER(keys[i]), answers[i], weights[i]);
    must_match(batch.model, batch.segments);
    end(&batch);
}
END_TEST

START_TEST(columns_that_do_not_serve)
{
    double values[3] = {1, 2, 3};
    int32_t offsets[4] = {0, 0, 0, 0};
    nps_column number = {.type = NPS_TYPE_F64, .length = 3, .values = values}, text = number, shorter,
               dictionary = text;
    text.type = NPS_TYPE_UTF8;
    text.offsets = offsets;
    shorter = text;
    shorter.length = 2;
    dictionary.type = NPS_TYPE_DICTIONARY;
    dictionary.index_type = NPS_TYPE_I8;
    dictionary.dictionary = &number;
    nps_column two[2] = {text, shorter}, unknown = {.type = 99};
    nps_segments *tallies = new_segments(1, NPS_STATE_TALLY, NULL), *pairs = new_segments(2, NPS_STATE_TALLY, NULL),
                 *weighted = new_segments(1, NPS_STATE_WEIGHTED, NULL);
    ck_status(nps_segments_add_columns(tallies, &number, &number, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(tallies, &dictionary, &number, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(tallies, &unknown, &number, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(tallies, &text, &unknown, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(tallies, &text, &number, &number, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(weighted, &text, &number, NULL, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(weighted, &text, &number, &text, NULL), NPS_ERR_TYPE);
    ck_status(nps_segments_add_columns(weighted, &shorter, &shorter, &number, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_columns(pairs, two, &number, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_columns(tallies, NULL, &number, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_columns(tallies, &text, NULL, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_status(nps_segments_add_columns(NULL, &text, &number, NULL, NULL), NPS_ERR_ARGUMENT);
    ck_assert_uint_eq(nps_segments_count(tallies) + nps_segments_count(pairs) + nps_segments_count(weighted), 0);
    ck_status(nps_segments_add_columns(weighted, &text, &number, &number, NULL), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(weighted), 1);
    nps_column nothing = {.type = NPS_TYPE_UTF8}, no_answers = {.type = NPS_TYPE_U8};
    ck_status(nps_segments_add_columns(tallies, &nothing, &no_answers, NULL, NULL), NPS_OK);
    ck_assert_uint_eq(nps_segments_count(tallies), 0);
    nps_segments_free(tallies);
    nps_segments_free(pairs);
    nps_segments_free(weighted);
}
END_TEST

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, random_batches, 0, 24);
    tcase_add_loop_test(tests, many_segments, 0, 8);
    tcase_add_test(tests, bad_rows);
    tcase_add_test(tests, bad_weights);
    tcase_add_test(tests, overflow_of_counts);
    tcase_add_test(tests, overflow_of_weights);
    tcase_add_test(tests, columns_that_do_not_serve);
}

int main(void)
{
    return test_main("segments_columns", add);
}
