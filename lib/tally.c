#include <nps/tally.h>

#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "histogram_internal.h"

#define MOST_RESPONSES ((uint64_t)INT64_MAX)

/* Rows whose codes are on the stack at once; bytes that are counted while they are in the cache. */
#define CODES_AT_ONCE 4096
#define BYTES_AT_ONCE 65536

static int check_usable(const nps_tally *tally)
{
    return tally == NULL ? NPS_ERR_ARGUMENT : nps_scale_check(&tally->scale);
}

/* The sum of all counts. Once a count or a sum has its highest bit set, `high` keeps it: no sum can wrap unseen. */
static int sum_counts(const nps_tally *tally, uint64_t *total)
{
    uint64_t sum = tally->missing;
    uint64_t high = sum | tally->invalid;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        sum += tally->level[i];
        high |= sum | tally->level[i];
    }
    sum += tally->invalid;
    *total = sum;
    return (high | sum) > MOST_RESPONSES ? NPS_ERR_OVERFLOW : NPS_OK;
}

static uint64_t *count_of(nps_tally *tally, int code)
{
    if (code == NPSI_CODE_MISSING) return &tally->missing;
    if (code == NPSI_CODE_INVALID) return &tally->invalid;
    return &tally->level[code];
}

int nps_tally_init(nps_tally *tally, const nps_scale *scale)
{
    nps_scale chosen;
    if (scale == NULL)
        nps_scale_standard(&chosen);
    else
        chosen = *scale;
    if (tally == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_scale_check(&chosen);
    if (status != NPS_OK) return status;
    memset(tally, 0, sizeof *tally);
    tally->scale = chosen;
    return NPS_OK;
}

int nps_tally_check(const nps_tally *tally)
{
    int status = check_usable(tally);
    if (status != NPS_OK) return status;
    uint64_t strange = tally->reserved[0] | tally->reserved[1];
    for (int i = tally->scale.highest - tally->scale.lowest + 1; i < NPS_MAX_LEVELS; i++) strange |= tally->level[i];
    if (strange != 0) return NPS_ERR_FORMAT;
    uint64_t total;
    return sum_counts(tally, &total);
}

/* Whether `more` can be added to the sum of all counts. */
static int check_room(const nps_tally *tally, uint64_t more)
{
    uint64_t total;
    int status = sum_counts(tally, &total);
    return status == NPS_OK && more > MOST_RESPONSES - total ? NPS_ERR_OVERFLOW : status;
}

int nps_tally_add(nps_tally *tally, int32_t answer, uint64_t count)
{
    int status = check_usable(tally);
    if (status == NPS_OK) status = check_room(tally, count);
    if (status != NPS_OK) return status;
    *count_of(tally, npsi_answer_code(&tally->scale, answer)) += count;
    return NPS_OK;
}

int nps_tally_remove(nps_tally *tally, int32_t answer, uint64_t count)
{
    int status = check_usable(tally);
    if (status != NPS_OK) return status;
    uint64_t *from = count_of(tally, npsi_answer_code(&tally->scale, answer));
    if (*from < count) return NPS_ERR_UNDERFLOW;
    *from -= count;
    return NPS_OK;
}

static int same_population(const nps_tally *a, const nps_tally *b)
{
    int status = check_usable(a);
    if (status == NPS_OK) status = check_usable(b);
    if (status != NPS_OK) return status;
    return nps_scale_equal(&a->scale, &b->scale) && a->kind == b->kind ? NPS_OK : NPS_ERR_SCALE;
}

int nps_tally_merge(nps_tally *into, const nps_tally *from)
{
    uint64_t more;
    int status = same_population(into, from);
    if (status == NPS_OK) status = sum_counts(from, &more);
    if (status == NPS_OK) status = check_room(into, more);
    if (status != NPS_OK) return status;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) into->level[i] += from->level[i];
    into->missing += from->missing;
    into->invalid += from->invalid;
    return NPS_OK;
}

int nps_tally_subtract(nps_tally *from, const nps_tally *taken)
{
    int status = same_population(from, taken);
    if (status != NPS_OK) return status;
    int lacking = from->missing < taken->missing || from->invalid < taken->invalid;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) lacking |= from->level[i] < taken->level[i];
    if (lacking) return NPS_ERR_UNDERFLOW;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) from->level[i] -= taken->level[i];
    from->missing -= taken->missing;
    from->invalid -= taken->invalid;
    return NPS_OK;
}

/* Bulk adds. What a batch holds is counted apart, in the order of the codes, and added when all of it has been read. */

static int add_counts(nps_tally *tally, const uint64_t counts[NPSI_CODES])
{
    uint64_t rows = 0;
    for (int code = 0; code < NPSI_CODES; code++) rows += counts[code];
    int status = check_room(tally, rows);
    for (int code = 0; status == NPS_OK && code < NPSI_CODES; code++) *count_of(tally, code) += counts[code];
    return status;
}

/* Makes rows missing that hold the number that stands for "no answer" in nps_tally_add_i32 and its like. */
static void mark_missing(const nps_column *column, uint64_t first, size_t n, uint8_t *codes)
{
    switch (column->type) {
#define MARK(name, ctype, mark)                                                                   \
    case name:                                                                                    \
        for (size_t i = 0; i < n; i++)                                                            \
            if (((const ctype *)column->values)[first + i] == mark) codes[i] = NPSI_CODE_MISSING; \
        break;
        MARK(NPS_TYPE_U8, uint8_t, UINT8_MAX)
        MARK(NPS_TYPE_I8, int8_t, INT8_MIN)
        MARK(NPS_TYPE_I32, int32_t, INT32_MIN)
        MARK(NPS_TYPE_I64, int64_t, INT64_MIN)
#undef MARK
    default:
        break; /* NaN is one already */
    }
}

static int count_codes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t n, int marked,
                       uint64_t counts[NPSI_CODES])
{
    uint8_t codes[CODES_AT_ONCE];
    int status = npsi_column_codes(column, scale, first, n, codes);
    if (status != NPS_OK) return status;
    if (marked) mark_missing(column, first, n, codes);
    npsi_histogram(codes, n, 0, counts);
    return NPS_OK;
}

/* Whether the rows can be counted where they lie: bytes, and every answer inside the window 255, 0, 1 .. 10. */
static int is_bytes(const nps_column *column, const nps_scale *scale)
{
    return (column->type == NPS_TYPE_U8 || column->type == NPS_TYPE_I8) && column->validity == NULL &&
           scale->lowest >= 0 && scale->highest <= 10;
}

static void count_bytes(const nps_column *column, const nps_scale *scale, uint64_t first, size_t n, int marked,
                        uint64_t counts[NPSI_CODES])
{
    const uint8_t *bytes = (const uint8_t *)column->values + column->offset + first;
    uint64_t window[NPSI_WINDOW + 1] = {0}, others = n, marks = 0;
    npsi_histogram(bytes, n, UINT8_MAX, window);
    for (int answer = scale->lowest; answer <= scale->highest; answer++) {
        counts[answer - scale->lowest] += window[answer + 1];
        others -= window[answer + 1];
    }
    if (marked && column->type == NPS_TYPE_U8) marks = window[0];
    if (marked && column->type == NPS_TYPE_I8 && others > 0) {
        uint64_t from_mark[NPSI_WINDOW + 1] = {0};
        npsi_histogram(bytes, n, (uint8_t)INT8_MIN, from_mark);
        marks = from_mark[0];
    }
    counts[NPSI_CODE_MISSING] += marks;
    counts[NPSI_CODE_INVALID] += others - marks;
}

static int add_rows(nps_tally *tally, const nps_column *column, int marked)
{
    int status = check_usable(tally);
    if (status == NPS_OK) status = npsi_column_open(column);
    if (status != NPS_OK) return status;
    uint64_t counts[NPSI_CODES] = {0};
    int bytes = is_bytes(column, &tally->scale);
    size_t most = bytes ? BYTES_AT_ONCE : CODES_AT_ONCE;
    for (uint64_t first = 0; first < column->length; first += most) {
        size_t n = column->length - first < most ? (size_t)(column->length - first) : most;
        if (bytes)
            count_bytes(column, &tally->scale, first, n, marked, counts);
        else
            status = count_codes(column, &tally->scale, first, n, marked, counts);
        if (status != NPS_OK) return status;
    }
    return add_counts(tally, counts);
}

static int add_numbers(nps_tally *tally, int32_t type, const void *answers, size_t n)
{
    return add_rows(tally, &(nps_column){.type = type, .length = n, .values = answers}, 1);
}

int nps_tally_add_u8(nps_tally *tally, const uint8_t *answers, size_t n)
{
    return add_numbers(tally, NPS_TYPE_U8, answers, n);
}

int nps_tally_add_i8(nps_tally *tally, const int8_t *answers, size_t n)
{
    return add_numbers(tally, NPS_TYPE_I8, answers, n);
}

int nps_tally_add_i32(nps_tally *tally, const int32_t *answers, size_t n)
{
    return add_numbers(tally, NPS_TYPE_I32, answers, n);
}

int nps_tally_add_i64(nps_tally *tally, const int64_t *answers, size_t n)
{
    return add_numbers(tally, NPS_TYPE_I64, answers, n);
}

int nps_tally_add_f64(nps_tally *tally, const double *answers, size_t n)
{
    return add_numbers(tally, NPS_TYPE_F64, answers, n);
}

int nps_tally_add_column(nps_tally *tally, const nps_column *answers)
{
    return add_rows(tally, answers, 0);
}

/* Counters. */

/* Responses from `lowest` to `highest`, both answers on the tally's scale. */
static uint64_t count_between(const nps_tally *tally, int lowest, int highest)
{
    uint64_t count = 0;
    for (int answer = lowest; answer <= highest; answer++) count += tally->level[answer - tally->scale.lowest];
    return count;
}

uint64_t nps_tally_responses(const nps_tally *tally)
{
    if (check_usable(tally) != NPS_OK) return 0;
    return count_between(tally, tally->scale.lowest, tally->scale.highest);
}

uint64_t nps_tally_promoters(const nps_tally *tally)
{
    if (check_usable(tally) != NPS_OK) return 0;
    return count_between(tally, tally->scale.promoter_min, tally->scale.highest);
}

uint64_t nps_tally_passives(const nps_tally *tally)
{
    if (check_usable(tally) != NPS_OK) return 0;
    return count_between(tally, tally->scale.detractor_max + 1, tally->scale.promoter_min - 1);
}

uint64_t nps_tally_detractors(const nps_tally *tally)
{
    if (check_usable(tally) != NPS_OK) return 0;
    return count_between(tally, tally->scale.lowest, tally->scale.detractor_max);
}

uint64_t nps_tally_total(const nps_tally *tally)
{
    if (check_usable(tally) != NPS_OK) return 0;
    return nps_tally_responses(tally) + tally->missing + tally->invalid;
}
