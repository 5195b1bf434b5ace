/* Outcomes by answer: counts, and sums that the limits of double-doubles apart are exact. */
#include <nps/outcomes.h>

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "double_double_internal.h"
#include "outcomes_internal.h"
#include "weighted_internal.h"

_Static_assert(sizeof(nps_outcomes) == 1440, "nps_outcomes has no padding");

/* Rows that nps_outcomes_add_columns reads at once. */
#define CHUNK 256

#define MOST_OUTCOME 1e100

/* What rounding may have done to a sum, as a part of it, and underflow to any. Much more where rows are taken back: a
 * sum may have held larger ones before. */
#define ROUNDING  0x1p-40
#define LEFT_OVER 0x1p-20
#define UNDERFLOW 0x1p-1000

/* What one row adds to the sums. */
static void fill_row(double outcome, double weight, npsi_dd row[NPSI_OUTCOME_SUMS])
{
    row[NPSI_WEIGHT] = npsi_dd_from(weight);
    row[NPSI_SQUARED] = npsi_dd_product(weight, weight);
    row[NPSI_SUM] = npsi_dd_product(weight, outcome);
    row[NPSI_SQUARES] = npsi_dd_scale(row[NPSI_SUM], outcome);
    row[NPSI_HEAVY_SUM] = npsi_dd_scale(row[NPSI_SUM], weight);
    row[NPSI_HEAVY_SQUARES] = npsi_dd_multiply(row[NPSI_SUM], row[NPSI_SUM]);
}

static void add_sums(npsi_dd *into, const npsi_dd *added)
{
    for (int i = 0; i < NPSI_OUTCOME_SUMS; i++) into[i] = npsi_dd_add(into[i], added[i]);
}

int nps_outcomes_init(nps_outcomes *outcomes, const nps_scale *scale)
{
    if (outcomes == NULL) return NPS_ERR_ARGUMENT;
    nps_outcomes empty = {.kind = NPS_KIND_NONE};
    nps_scale_standard(&empty.scale);
    if (scale != NULL) empty.scale = *scale;
    if (nps_scale_check(&empty.scale) != NPS_OK) return NPS_ERR_SCALE;
    *outcomes = empty;
    return NPS_OK;
}

/* Whether `more` rows can be added. The highest bit of `over` keeps what went over. */
static int check_room(const nps_outcomes *outcomes, uint64_t more)
{
    uint64_t total = more, over = more;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        const nps_outcome_sums *level = outcomes->level + i;
        const uint64_t counts[3] = {level->n, level->zero, level->missing};
        for (int j = 0; j < 3; j++) over |= (total += counts[j]) | counts[j];
    }
    over |= (total += outcomes->missing) | outcomes->missing;
    over |= (total += outcomes->invalid) | outcomes->invalid;
    return over >> 63 ? NPS_ERR_OVERFLOW : NPS_OK;
}

static int check_usable(const nps_outcomes *outcomes)
{
    return outcomes == NULL ? NPS_ERR_ARGUMENT : nps_scale_check(&outcomes->scale);
}

int nps_outcomes_tally(const nps_outcomes *outcomes, nps_tally *out)
{
    int status = out == NULL ? NPS_ERR_ARGUMENT : check_usable(outcomes);
    if (status != NPS_OK) return status;
    nps_tally tally = {
        .scale = outcomes->scale,
        .kind = outcomes->kind,
        .missing = outcomes->missing,
        .invalid = outcomes->invalid,
    };
    for (int i = 0; i < NPS_MAX_LEVELS; i++)
        tally.level[i] = outcomes->level[i].n + outcomes->level[i].zero + outcomes->level[i].missing;
    *out = tally;
    return NPS_OK;
}

static npsi_dd dd_within(npsi_dd x, npsi_dd low, npsi_dd high)
{
    if (npsi_dd_subtract(x, low).high < 0) return low;
    return npsi_dd_subtract(x, high).high > 0 ? high : x;
}

/* x, or sum^2 / weight where x is below that by more than rounding: no sum of squares is. */
static npsi_dd raised(npsi_dd x, npsi_dd sum, npsi_dd weight)
{
    npsi_dd least = npsi_dd_multiply(npsi_dd_divide(sum, weight), sum);
    return npsi_dd_subtract(least, x).high <= least.high * 0x1p-90 ? x : least;
}

/* The nearest sums, or nearly, that so many rows can have. So goes what rounding leaves behind when rows are taken
 * back: of none all sums are 0, of one they are what adding that row makes. */
static void settle(const nps_outcome_sums *level, npsi_dd sum[NPSI_OUTCOME_SUMS])
{
    npsi_dd zero = npsi_dd_from(0);
    double n = (double)level->n;
    if (sum[NPSI_WEIGHT].high < n * 0x1p-64) sum[NPSI_WEIGHT] = npsi_dd_from(n * 0x1p-64);
    if (level->n < 2) {
        npsi_dd row[NPSI_OUTCOME_SUMS] = {{0, 0}};
        double outcome = npsi_dd_divide(sum[NPSI_SUM], sum[NPSI_WEIGHT]).high;
        if (level->n == 1) fill_row(level->binary == 1 ? outcome > 0.5 : outcome, sum[NPSI_WEIGHT].high, row);
        for (int i = 0; i < NPSI_OUTCOME_SUMS; i++) sum[i] = npsi_dd_add(zero, row[i]);
        return;
    }
    sum[NPSI_SQUARED] = dd_within(raised(sum[NPSI_SQUARED], sum[NPSI_WEIGHT], npsi_dd_from(n)), zero,
                                  npsi_dd_multiply(sum[NPSI_WEIGHT], sum[NPSI_WEIGHT]));
    if (level->binary == level->n) {
        sum[NPSI_SQUARES] = sum[NPSI_SUM] = dd_within(sum[NPSI_SUM], zero, sum[NPSI_WEIGHT]);
        sum[NPSI_HEAVY_SQUARES] = sum[NPSI_HEAVY_SUM] = dd_within(sum[NPSI_HEAVY_SUM], zero, sum[NPSI_SQUARED]);
    } else {
        sum[NPSI_SQUARES] = raised(sum[NPSI_SQUARES], sum[NPSI_SUM], sum[NPSI_WEIGHT]);
        sum[NPSI_HEAVY_SQUARES] = raised(sum[NPSI_HEAVY_SQUARES], sum[NPSI_HEAVY_SUM], sum[NPSI_SQUARED]);
    }
}

/* Whether two are the same, but for a small part of what sums as large as those of `whole` have. */
static int is_close(const npsi_dd *a, const npsi_dd *b, const npsi_dd *whole, double part)
{
    double slack[NPSI_OUTCOME_SUMS];
    for (int i = 0; i < NPSI_OUTCOME_SUMS; i++) slack[i] = whole[i].high;
    slack[NPSI_SUM] = sqrt(slack[NPSI_WEIGHT]) * sqrt(slack[NPSI_SQUARES]);
    slack[NPSI_HEAVY_SUM] = sqrt(slack[NPSI_SQUARED]) * sqrt(slack[NPSI_HEAVY_SQUARES]);
    for (int i = 0; i < NPSI_OUTCOME_SUMS; i++)
        if (!(fabs(npsi_dd_subtract(a[i], b[i]).high) <= slack[i] * part + UNDERFLOW)) return 0;
    return 1;
}

/* Whether these are numbers as sums leave them: one form of each, and so small that no sum of them overflows. */
static int is_wellformed(const nps_outcome_sums *level)
{
    const npsi_dd *sum = npsi_outcome_sums(level);
    double n = (double)level->n;
    for (int i = 0; i < NPSI_OUTCOME_SUMS; i++) {
        const double high = sum[i].high, low = sum[i].low;
        double most = i == NPSI_WEIGHT ? n * 0x1p64 : n * 0x1p128 * MOST_OUTCOME * MOST_OUTCOME;
        if (!(fabs(high) <= most) || high + low != high) return 0;
        if ((high == 0 && signbit(high)) || (low == 0 && signbit(low))) return 0;
    }
    return sum[NPSI_SQUARES].high >= 0 && sum[NPSI_HEAVY_SQUARES].high >= 0;
}

static int check_level(const nps_outcome_sums *level)
{
    const npsi_dd *sum = npsi_outcome_sums(level);
    npsi_dd settled[NPSI_OUTCOME_SUMS];
    memcpy(settled, sum, sizeof settled);
    settle(level, settled);
    if (level->binary > level->n || !is_wellformed(level)) return NPS_ERR_FORMAT;
    /* Of one row more is asked for, so that what is merged of those that pass does too. */
    if (!is_close(sum, settled, sum, level->n == 1 ? ROUNDING / 8 : ROUNDING)) return NPS_ERR_FORMAT;
    if (level->binary < level->n) return NPS_OK;
    return memcmp(sum + NPSI_SUM, sum + NPSI_SQUARES, sizeof *sum) == 0 &&
                   memcmp(sum + NPSI_HEAVY_SUM, sum + NPSI_HEAVY_SQUARES, sizeof *sum) == 0
               ? NPS_OK
               : NPS_ERR_FORMAT;
}

int nps_outcomes_check(const nps_outcomes *outcomes)
{
    int status = check_usable(outcomes);
    if (status != NPS_OK) return status;
    if (outcomes->reserved != 0) return NPS_ERR_FORMAT;
    for (int i = outcomes->scale.highest - outcomes->scale.lowest + 1; i < NPS_MAX_LEVELS; i++)
        if ((outcomes->level[i].n | outcomes->level[i].zero | outcomes->level[i].missing) != 0) return NPS_ERR_FORMAT;
    status = check_room(outcomes, 0);
    for (int i = 0; status == NPS_OK && i < NPS_MAX_LEVELS; i++) status = check_level(outcomes->level + i);
    return status;
}

/* Adds one row without a look at how many there are. NPS_ERR_RANGE. */
static int add_row(nps_outcomes *outcomes, uint8_t code, double outcome, double given)
{
    npsi_weight weight;
    outcomes->missing += code == NPSI_CODE_MISSING;
    outcomes->invalid += code == NPSI_CODE_INVALID;
    if (code >= NPSI_CODE_MISSING) return NPS_OK;
    if (npsi_weight_read(given, &weight) != NPS_OK || fabs(outcome) > MOST_OUTCOME) return NPS_ERR_RANGE;
    nps_outcome_sums *level = outcomes->level + code;
    if (isnan(outcome)) {
        level->missing++;
    } else if (weight.mantissa == 0) {
        level->zero++;
    } else {
        npsi_dd one[NPSI_OUTCOME_SUMS];
        fill_row(outcome, ldexp((double)weight.mantissa, (int)weight.shift - 64), one);
        level->n++;
        level->binary += outcome == 0 || outcome == 1;
        add_sums(npsi_outcome_sums(level), one);
    }
    return NPS_OK;
}

int nps_outcomes_add(nps_outcomes *outcomes, int32_t answer, double outcome, double weight)
{
    int status = check_usable(outcomes);
    if (status == NPS_OK) status = check_room(outcomes, 1);
    if (status != NPS_OK) return status;
    return add_row(outcomes, (uint8_t)npsi_answer_code(&outcomes->scale, answer), outcome, weight);
}

int nps_outcomes_remove(nps_outcomes *outcomes, int32_t answer, double outcome, double weight)
{
    nps_outcomes one;
    int status = outcomes == NULL ? NPS_ERR_ARGUMENT : nps_outcomes_init(&one, &outcomes->scale);
    if (status != NPS_OK) return status;
    one.kind = outcomes->kind;
    status = nps_outcomes_add(&one, answer, outcome, weight);
    return status == NPS_OK ? nps_outcomes_subtract(outcomes, &one) : status;
}

static int add_chunk(nps_outcomes *sum, const nps_column *const columns[3], uint64_t first, size_t count, size_t *bad)
{
    uint8_t codes[CHUNK];
    double outcomes[CHUNK], weights[CHUNK];
    int status = npsi_column_codes(columns[0], &sum->scale, first, count, codes);
    if (status == NPS_OK) status = npsi_column_doubles(columns[1], first, count, outcomes);
    if (status == NPS_OK && columns[2] != NULL) status = npsi_column_doubles(columns[2], first, count, weights);
    for (size_t i = 0; status == NPS_OK && i < count; i++) {
        *bad = i;
        status = add_row(sum, codes[i], outcomes[i], columns[2] == NULL ? 1 : weights[i]);
    }
    return status;
}

int nps_outcomes_add_columns(nps_outcomes *outcomes, const nps_column *answers, const nps_column *values,
                             const nps_column *weights, uint64_t *row)
{
    const nps_column *const columns[3] = {answers, values, weights};
    int status = check_usable(outcomes);
    for (int i = 0; status == NPS_OK && i < 3; i++)
        if (i < 2 || weights != NULL) status = npsi_column_open(columns[i]);
    if (status != NPS_OK) return status;
    uint64_t length = answers->length;
    if (values->length != length || (weights != NULL && weights->length != length)) return NPS_ERR_ARGUMENT;
    nps_outcomes sum = *outcomes;
    for (uint64_t first = 0; first < length; first += CHUNK) {
        size_t bad = 0;
        status = add_chunk(&sum, columns, first, length - first < CHUNK ? (size_t)(length - first) : CHUNK, &bad);
        if (status == NPS_ERR_RANGE && row != NULL) *row = first + bad;
        if (status != NPS_OK) return status;
    }
    status = check_room(outcomes, length);
    if (status == NPS_OK) *outcomes = sum;
    return status;
}

/* What merge and subtract ask for first. */
static int check_pair(const nps_outcomes *a, const nps_outcomes *b)
{
    if (a == NULL || b == NULL) return NPS_ERR_ARGUMENT;
    if (nps_scale_check(&a->scale) != NPS_OK || !nps_scale_equal(&a->scale, &b->scale)) return NPS_ERR_SCALE;
    return a->kind == b->kind ? NPS_OK : NPS_ERR_SCALE;
}

int nps_outcomes_merge(nps_outcomes *into, const nps_outcomes *from)
{
    nps_tally tally;
    int status = check_pair(into, from);
    if (status == NPS_OK) status = check_room(from, 0);
    if (status == NPS_OK) status = nps_outcomes_tally(from, &tally);
    if (status == NPS_OK) status = check_room(into, nps_tally_total(&tally));
    if (status != NPS_OK) return status;
    for (int i = 0; i < NPS_MAX_LEVELS; i++) {
        nps_outcome_sums *level = into->level + i;
        const nps_outcome_sums *added = from->level + i;
        if (added->n > 0) add_sums(npsi_outcome_sums(level), npsi_outcome_sums(added));
        level->n += added->n;
        level->binary += added->binary;
        level->zero += added->zero;
        level->missing += added->missing;
    }
    into->missing += from->missing;
    into->invalid += from->invalid;
    return NPS_OK;
}

/* NPS_ERR_UNDERFLOW: counts, or sums that no rows have, show that what is taken was never there. */
static int subtract_level(nps_outcome_sums *level, const nps_outcome_sums *taken)
{
    if (level->n < taken->n || level->binary < taken->binary || level->zero < taken->zero) return NPS_ERR_UNDERFLOW;
    if (level->missing < taken->missing) return NPS_ERR_UNDERFLOW;
    npsi_dd *sum = npsi_outcome_sums(level), before[NPSI_OUTCOME_SUMS], rest[NPSI_OUTCOME_SUMS];
    level->n -= taken->n;
    level->binary -= taken->binary;
    level->zero -= taken->zero;
    level->missing -= taken->missing;
    if (level->binary > level->n) return NPS_ERR_UNDERFLOW;
    if (taken->n == 0) return NPS_OK;
    memcpy(before, sum, sizeof before);
    for (int i = 0; i < NPSI_OUTCOME_SUMS; i++) rest[i] = npsi_dd_subtract(before[i], npsi_outcome_sums(taken)[i]);
    memcpy(sum, rest, sizeof rest);
    settle(level, sum);
    return is_close(rest, sum, before, LEFT_OVER) && is_wellformed(level) ? NPS_OK : NPS_ERR_UNDERFLOW;
}

int nps_outcomes_subtract(nps_outcomes *from, const nps_outcomes *taken)
{
    int status = check_pair(from, taken);
    if (status != NPS_OK) return status;
    nps_outcomes rest = *from;
    if (rest.missing < taken->missing || rest.invalid < taken->invalid) return NPS_ERR_UNDERFLOW;
    rest.missing -= taken->missing;
    rest.invalid -= taken->invalid;
    for (int i = 0; status == NPS_OK && i < NPS_MAX_LEVELS; i++)
        status = subtract_level(rest.level + i, taken->level + i);
    if (status == NPS_OK) *from = rest;
    return status;
}
