/* Outcomes by answer: counts, and sums that the limits of double-doubles apart are exact. */
#include <nps/outcomes.h>

#include <math.h>
#include <string.h>

#include <nps/status.h>

#include "column_internal.h"
#include "double_double_internal.h"
#include "weighted_internal.h"

_Static_assert(sizeof(nps_outcomes) == 1440, "nps_outcomes has no padding");

/* Rows that nps_outcomes_add_columns reads at once. */
#define CHUNK 256

#define MOST_OUTCOME 1e100

/* The part of a sum that rounding may have changed, of all that the sum has ever held: 1e-12, above what millions of
 * rows do to 31 digits. And what underflow may have changed. */
#define SLACK     0x1p-40
#define UNDERFLOW 0x1p-1000

enum { WEIGHT, SQUARED, SUM, SQUARES, HEAVY_SUM, HEAVY_SQUARES, PARTS };

/* The sums of a level, in the order of nps_outcome_sums. */
typedef struct parts {
    npsi_dd part[PARTS];
} parts;

_Static_assert(sizeof(nps_outcome_sums) - offsetof(nps_outcome_sums, weight) == sizeof(parts), "sums are one run");

static parts load(const nps_outcome_sums *level)
{
    parts sums;
    memcpy(&sums, (const unsigned char *)level + offsetof(nps_outcome_sums, weight), sizeof sums);
    return sums;
}

static void store(nps_outcome_sums *level, const parts *sums)
{
    memcpy((unsigned char *)level + offsetof(nps_outcome_sums, weight), sums, sizeof *sums);
}

/* The sums of one row. */
static parts sums_of_row(double outcome, double weight)
{
    npsi_dd product = npsi_dd_product(weight, outcome);
    parts sums = {{
        [WEIGHT] = npsi_dd_from(weight),
        [SQUARED] = npsi_dd_product(weight, weight),
        [SUM] = product,
        [SQUARES] = npsi_dd_scale(product, outcome),
        [HEAVY_SUM] = npsi_dd_scale(product, weight),
        [HEAVY_SQUARES] = npsi_dd_multiply(product, product),
    }};
    return sums;
}

static void add_sums(nps_outcome_sums *level, const parts *added)
{
    parts sums = load(level);
    for (int i = 0; i < PARTS; i++) sums.part[i] = npsi_dd_add(sums.part[i], added->part[i]);
    store(level, &sums);
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

/* x, or x^2 / y of two other sums where it is below that by more than rounding: no sum of squares is. */
static npsi_dd raised(npsi_dd x, npsi_dd sum, npsi_dd weight)
{
    npsi_dd least = npsi_dd_divide(npsi_dd_multiply(sum, sum), weight);
    return npsi_dd_subtract(least, x).high > least.high * 0x1p-90 ? least : x;
}

/* The sums nearest to these, nearly, that so many rows can have. What rounding leaves behind when rows are taken back
 * goes away so: of none all sums are 0, of one they are what adding that row makes. */
static parts settled(const nps_outcome_sums *level, const parts *sums)
{
    parts r = *sums;
    npsi_dd *part = r.part, zero = npsi_dd_from(0);
    double n = (double)level->n;
    if (level->n == 0) return (parts){{{0, 0}}};
    if (part[WEIGHT].high < n * 0x1p-64) part[WEIGHT] = npsi_dd_from(n * 0x1p-64);
    if (level->n == 1) {
        double outcome = npsi_dd_divide(part[SUM], part[WEIGHT]).high;
        if (level->binary == 1) outcome = outcome > 0.5;
        nps_outcome_sums one = {.n = 0};
        r = sums_of_row(outcome, part[WEIGHT].high);
        add_sums(&one, &r);
        return load(&one);
    }
    npsi_dd most = npsi_dd_multiply(part[WEIGHT], part[WEIGHT]);
    part[SQUARED] = dd_within(raised(part[SQUARED], part[WEIGHT], npsi_dd_from(n)), zero, most);
    if (level->binary == level->n) {
        part[SQUARES] = part[SUM] = dd_within(part[SUM], zero, part[WEIGHT]);
        part[HEAVY_SQUARES] = part[HEAVY_SUM] = dd_within(part[HEAVY_SUM], zero, part[SQUARED]);
    } else {
        part[SQUARES] = raised(part[SQUARES], part[SUM], part[WEIGHT]);
        part[HEAVY_SQUARES] = raised(part[HEAVY_SQUARES], part[HEAVY_SUM], part[SQUARED]);
    }
    return r;
}

/* Whether two are the same but for what rounding does to sums as large as those of `whole`. */
static int is_close(const parts *a, const parts *b, const parts *whole)
{
    const npsi_dd *size = whole->part;
    const double slack[PARTS] = {
        [WEIGHT] = size[WEIGHT].high,
        [SQUARED] = size[SQUARED].high,
        [SUM] = sqrt(size[WEIGHT].high * size[SQUARES].high),
        [SQUARES] = size[SQUARES].high,
        [HEAVY_SUM] = sqrt(size[SQUARED].high * size[HEAVY_SQUARES].high),
        [HEAVY_SQUARES] = size[HEAVY_SQUARES].high,
    };
    for (int i = 0; i < PARTS; i++) {
        double apart = fabs(npsi_dd_subtract(a->part[i], b->part[i]).high);
        if (!(apart <= slack[i] * SLACK + UNDERFLOW)) return 0;
    }
    return 1;
}

/* Whether these are numbers as sums leave them: one form of each, and so small that no sum of them overflows. */
static int is_wellformed(const nps_outcome_sums *level, const parts *sums)
{
    double n = (double)level->n;
    const double most[PARTS] = {
        [WEIGHT] = n * 0x1p64,
        [SQUARED] = n * 0x1p128,
        [SUM] = n * 0x1p64 * MOST_OUTCOME,
        [SQUARES] = n * 0x1p64 * MOST_OUTCOME * MOST_OUTCOME,
        [HEAVY_SUM] = n * 0x1p128 * MOST_OUTCOME,
        [HEAVY_SQUARES] = n * 0x1p128 * MOST_OUTCOME * MOST_OUTCOME,
    };
    for (int i = 0; i < PARTS; i++) {
        npsi_dd sum = sums->part[i];
        if (!(fabs(sum.high) <= most[i]) || sum.high + sum.low != sum.high) return 0;
        if ((sum.high == 0 && signbit(sum.high)) || (sum.low == 0 && signbit(sum.low))) return 0;
    }
    return sums->part[SQUARES].high >= 0 && sums->part[HEAVY_SQUARES].high >= 0;
}

static int check_level(const nps_outcome_sums *level)
{
    parts sums = load(level), possible = settled(level, &sums);
    if (level->binary > level->n || !is_wellformed(level, &sums)) return NPS_ERR_FORMAT;
    int same = memcmp(sums.part + SUM, sums.part + SQUARES, sizeof(npsi_dd)) == 0 &&
               memcmp(sums.part + HEAVY_SUM, sums.part + HEAVY_SQUARES, sizeof(npsi_dd)) == 0;
    if (level->binary == level->n && !same) return NPS_ERR_FORMAT;
    if (level->n == 0) return memcmp(&sums, &possible, sizeof sums) == 0 ? NPS_OK : NPS_ERR_FORMAT;
    return is_close(&sums, &possible, &sums) ? NPS_OK : NPS_ERR_FORMAT;
}

int nps_outcomes_check(const nps_outcomes *outcomes)
{
    static const nps_outcome_sums none;
    int status = check_usable(outcomes);
    if (status != NPS_OK) return status;
    if (outcomes->reserved != 0) return NPS_ERR_FORMAT;
    for (int i = outcomes->scale.highest - outcomes->scale.lowest + 1; i < NPS_MAX_LEVELS; i++)
        if (memcmp(outcomes->level + i, &none, sizeof none) != 0) return NPS_ERR_FORMAT;
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
        parts row = sums_of_row(outcome, ldexp((double)weight.mantissa, (int)weight.shift - 64));
        level->n++;
        level->binary += outcome == 0 || outcome == 1;
        add_sums(level, &row);
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
        parts sums = load(added);
        if (added->n > 0) add_sums(level, &sums);
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
    parts before = load(level), sums = load(taken);
    level->n -= taken->n;
    level->binary -= taken->binary;
    level->zero -= taken->zero;
    level->missing -= taken->missing;
    if (level->binary > level->n) return NPS_ERR_UNDERFLOW;
    if (taken->n == 0) return NPS_OK;
    for (int i = 0; i < PARTS; i++) sums.part[i] = npsi_dd_subtract(before.part[i], sums.part[i]);
    parts rest = settled(level, &sums);
    store(level, &rest);
    return is_close(&sums, &rest, &before) && is_wellformed(level, &rest) ? NPS_OK : NPS_ERR_UNDERFLOW;
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
