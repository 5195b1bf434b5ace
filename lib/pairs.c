#include <nps/pairs.h>

#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "struct_internal.h"

#define MOST_PEOPLE ((uint64_t)INT64_MAX)

/* All counts of the struct, in its order. */
#define COUNTS (NPS_MAX_LEVELS * NPS_MAX_LEVELS + 2 * NPS_MAX_LEVELS + 2)

_Static_assert(sizeof(nps_pairs) == 1184, "nps_pairs has no padding");
_Static_assert(offsetof(nps_pairs, reserved) - offsetof(nps_pairs, count) == COUNTS * sizeof(uint64_t),
               "the counts are one run");
_Static_assert(COUNTS % 5 == 0 && COUNTS < 256, "see check_room");

/* Rows whose codes are on the stack at once. */
#define CODES_AT_ONCE 2048

/* Two codes in one byte. */
#define CODE_PAIRS 256

static const uint64_t *counts_of(const nps_pairs *pairs)
{
    return (const uint64_t *)(const void *)((const unsigned char *)pairs + offsetof(nps_pairs, count));
}

static uint64_t *counts_to_change(nps_pairs *pairs)
{
    return (uint64_t *)(void *)((unsigned char *)pairs + offsetof(nps_pairs, count));
}

static int levels_of(const nps_pairs *pairs)
{
    return pairs->scale.highest - pairs->scale.lowest + 1;
}

static int check_usable(const nps_pairs *pairs)
{
    return pairs == NULL ? NPS_ERR_ARGUMENT : nps_scale_check(&pairs->scale);
}

/* The sum of all counts. Once a count or a sum has its highest bit set, `high` keeps it: no sum can wrap unseen. */
static int sum_counts(const nps_pairs *pairs, uint64_t *total)
{
    const uint64_t *counts = counts_of(pairs);
    uint64_t sum = 0, high = 0;
    for (int i = 0; i < COUNTS; i++) {
        sum += counts[i];
        high |= sum | counts[i];
    }
    *total = sum;
    return high > MOST_PEOPLE ? NPS_ERR_OVERFLOW : NPS_OK;
}

/* Whether `more` can be added to the sum of all counts. Numbers below 2^55 surely can, and to see that is quicker than
 * to add them up. */
static int check_room(const nps_pairs *pairs, uint64_t more)
{
    const uint64_t *counts = counts_of(pairs);
    uint64_t bits = more, total;
    for (int i = 0; i < COUNTS; i += 5)
        bits |= (counts[i] | counts[i + 1]) | (counts[i + 2] | counts[i + 3]) | counts[i + 4];
    if (bits >> 55 == 0) return NPS_OK;
    int status = sum_counts(pairs, &total);
    return status == NPS_OK && more > MOST_PEOPLE - total ? NPS_ERR_OVERFLOW : status;
}

static uint64_t *count_of(nps_pairs *pairs, int before, int after)
{
    if (before == NPSI_CODE_INVALID || after == NPSI_CODE_INVALID) return &pairs->invalid;
    if (before == NPSI_CODE_MISSING) return after == NPSI_CODE_MISSING ? &pairs->missing : &pairs->only_after[after];
    return after == NPSI_CODE_MISSING ? &pairs->only_before[before] : &pairs->count[before][after];
}

int nps_pairs_init(nps_pairs *pairs, const nps_scale *scale)
{
    nps_scale chosen;
    if (scale == NULL)
        nps_scale_standard(&chosen);
    else
        chosen = *scale;
    if (pairs == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_scale_check(&chosen);
    if (status != NPS_OK) return status;
    memset(pairs, 0, sizeof *pairs);
    pairs->scale = chosen;
    return NPS_OK;
}

int nps_pairs_check(const nps_pairs *pairs)
{
    int status = check_usable(pairs);
    if (status != NPS_OK) return status;
    int levels = levels_of(pairs);
    uint64_t strange = pairs->reserved[0] | pairs->reserved[1], total;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        if (i >= levels) strange |= pairs->only_before[i] | pairs->only_after[i];
        for (int j = i < levels ? levels : 0; j < NPS_MAX_LEVELS; j++) strange |= pairs->count[i][j];
    }
    return strange != 0 ? NPS_ERR_FORMAT : sum_counts(pairs, &total);
}

int nps_pairs_add(nps_pairs *pairs, int32_t before, int32_t after, uint64_t count)
{
    int status = check_usable(pairs);
    if (status == NPS_OK) status = check_room(pairs, count);
    if (status != NPS_OK) return status;
    *count_of(pairs, npsi_answer_code(&pairs->scale, before), npsi_answer_code(&pairs->scale, after)) += count;
    return NPS_OK;
}

int nps_pairs_remove(nps_pairs *pairs, int32_t before, int32_t after, uint64_t count)
{
    int status = check_usable(pairs);
    if (status != NPS_OK) return status;
    uint64_t *from = count_of(pairs, npsi_answer_code(&pairs->scale, before), npsi_answer_code(&pairs->scale, after));
    if (*from < count) return NPS_ERR_UNDERFLOW;
    *from -= count;
    return NPS_OK;
}

/* Four tables, so that neighbours with the same answers do not wait for each other. */
static void count_code_pairs(const uint8_t *before, const uint8_t *after, size_t n, uint64_t tables[4][CODE_PAIRS])
{
    uint8_t both[CODES_AT_ONCE];
    for (size_t i = 0; i < n; i++) both[i] = (uint8_t)(before[i] << 4 | after[i]);
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++) tables[k][both[i + k]]++;
    for (; i < n; i++) tables[0][both[i]]++;
}

int nps_pairs_add_columns(nps_pairs *pairs, const nps_column *before, const nps_column *after)
{
    int status = check_usable(pairs);
    if (status == NPS_OK) status = npsi_column_open(before);
    if (status == NPS_OK) status = npsi_column_open(after);
    if (status != NPS_OK) return status;
    if (before->length != after->length) return NPS_ERR_ARGUMENT;
    uint64_t tables[4][CODE_PAIRS] = {{0}};
    uint8_t codes_before[CODES_AT_ONCE], codes_after[CODES_AT_ONCE];
    for (uint64_t first = 0; first < before->length; first += CODES_AT_ONCE) {
        size_t n = before->length - first < CODES_AT_ONCE ? (size_t)(before->length - first) : CODES_AT_ONCE;
        status = npsi_column_codes(before, &pairs->scale, first, n, codes_before);
        if (status == NPS_OK) status = npsi_column_codes(after, &pairs->scale, first, n, codes_after);
        if (status != NPS_OK) return status;
        count_code_pairs(codes_before, codes_after, n, tables);
    }
    status = check_room(pairs, before->length);
    if (status != NPS_OK) return status;
    for (int i = 0; i < NPSI_CODES; i++)
        for (int j = 0; j < NPSI_CODES; j++)
            for (int k = 0; k < 4; k++) *count_of(pairs, i, j) += tables[k][i << 4 | j];
    return NPS_OK;
}

static int same_population(const nps_pairs *a, const nps_pairs *b)
{
    int status = check_usable(a);
    if (status == NPS_OK) status = check_usable(b);
    if (status != NPS_OK) return status;
    return nps_scale_equal(&a->scale, &b->scale) && a->kind == b->kind ? NPS_OK : NPS_ERR_SCALE;
}

int nps_pairs_merge(nps_pairs *into, const nps_pairs *from)
{
    uint64_t more;
    int status = same_population(into, from);
    if (status == NPS_OK) status = sum_counts(from, &more);
    if (status == NPS_OK) status = check_room(into, more);
    if (status != NPS_OK) return status;
    uint64_t *sums = counts_to_change(into);
    const uint64_t *added = counts_of(from);
    for (int i = 0; i < COUNTS; i++) sums[i] += added[i];
    return NPS_OK;
}

int nps_pairs_subtract(nps_pairs *from, const nps_pairs *taken)
{
    int status = same_population(from, taken);
    if (status != NPS_OK) return status;
    uint64_t *rest = counts_to_change(from);
    const uint64_t *less = counts_of(taken);
    int lacking = 0;
    for (int i = 0; i < COUNTS; i++) lacking |= rest[i] < less[i];
    if (lacking) return NPS_ERR_UNDERFLOW;
    for (int i = 0; i < COUNTS; i++) rest[i] -= less[i];
    return NPS_OK;
}

uint64_t nps_pairs_responses(const nps_pairs *pairs)
{
    uint64_t sum = 0;
    if (check_usable(pairs) != NPS_OK) return 0;
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        for (int j = 0; j < NPS_MAX_LEVELS; j++) sum += pairs->count[i][j];
    return sum;
}

uint64_t nps_pairs_total(const nps_pairs *pairs)
{
    uint64_t sum = 0;
    if (check_usable(pairs) != NPS_OK) return 0;
    for (int i = 0; i < COUNTS; i++) sum += counts_of(pairs)[i];
    return sum;
}

/* One of the two margins. */
static int margin_of(const nps_pairs *pairs, int is_after, nps_tally *out)
{
    int status = out == NULL ? NPS_ERR_ARGUMENT : nps_pairs_check(pairs);
    if (status != NPS_OK) return status;
    nps_tally margin = {.scale = pairs->scale, .kind = pairs->kind};
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        for (int j = 0; j < NPS_MAX_LEVELS; j++) margin.level[is_after ? j : i] += pairs->count[i][j];
    *out = margin;
    return NPS_OK;
}

int nps_pairs_before(const nps_pairs *pairs, nps_tally *out)
{
    return margin_of(pairs, 0, out);
}

int nps_pairs_after(const nps_pairs *pairs, nps_tally *out)
{
    return margin_of(pairs, 1, out);
}

/* Detractor 0, passive 1, promoter 2. */
static int class_of(const nps_pairs *pairs, int level)
{
    return 1 + nps_classify(&pairs->scale, pairs->scale.lowest + level);
}

int nps_pairs_classes(const nps_pairs *pairs, uint64_t table[9])
{
    int status = table == NULL ? NPS_ERR_ARGUMENT : nps_pairs_check(pairs);
    if (status != NPS_OK) return status;
    memset(table, 0, 9 * sizeof *table);
    int levels = levels_of(pairs);
    for (int i = 0; i < levels; i++)
        for (int j = 0; j < levels; j++) table[3 * class_of(pairs, i) + class_of(pairs, j)] += pairs->count[i][j];
    return NPS_OK;
}

int nps_pairs_movers(const nps_pairs *pairs, nps_movers *out)
{
    uint64_t table[9];
    int status = npsi_struct_takes(out) ? nps_pairs_classes(pairs, table) : NPS_ERR_ARGUMENT;
    if (status != NPS_OK) return status;
    nps_movers movers = {
        .better = table[1] + table[2] + table[5],
        .worse = table[3] + table[6] + table[7],
        .same_class = table[0] + table[4] + table[8],
    };
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        for (int j = 0; j < NPS_MAX_LEVELS; j++)
            *(j > i ? &movers.higher : j < i ? &movers.lower : &movers.same_answer) += pairs->count[i][j];
    npsi_struct_write(out, &movers, sizeof movers);
    return NPS_OK;
}
