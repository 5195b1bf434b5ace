/* From counts to scores, in integers until the last step. */
#include <math.h>
#include <stdint.h>

#include <nps/status.h>
#include <nps/tally.h>

/* whole + rest / n, where rest < n and 0 < n < 2^63. */
typedef struct fraction {
    uint64_t whole, rest, n;
} fraction;

/* Adds part / n, where part <= n: sums of such parts are had without a product that could overflow. */
static void add_part(fraction *value, uint64_t part)
{
    value->rest += part;
    if (value->rest >= value->n) {
        value->rest -= value->n;
        value->whole++;
    }
}

/*
 * The nearest double, ties to even: binary digits of the quotient are drawn by long division until there are two more
 * than a double holds, and what is left over only matters by being there. whole < 2^32.
 */
static double fraction_to_double(fraction value)
{
    if (value.whole == 0 && value.rest == 0) return 0;
    uint64_t digits = value.whole;
    int exponent = 0;
    for (; digits < (uint64_t)1 << 54; exponent--) {
        value.rest *= 2;
        digits *= 2;
        if (value.rest >= value.n) {
            value.rest -= value.n;
            digits++;
        }
    }
    return ldexp((double)(digits | (value.rest != 0)), exponent);
}

/* The three classes of a tally that has responses. */
static int count_classes(const nps_tally *tally, uint64_t *detractors, uint64_t *passives, uint64_t *promoters)
{
    int status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    *detractors = nps_tally_detractors(tally);
    *passives = nps_tally_passives(tally);
    *promoters = nps_tally_promoters(tally);
    return *detractors + *passives + *promoters == 0 ? NPS_ERR_EMPTY : NPS_OK;
}

static fraction percent(uint64_t part, uint64_t n)
{
    fraction value = {0, 0, n};
    for (int i = 0; i < 100; i++) add_part(&value, part);
    return value;
}

/* The score as its sign and size. */
static int score_fraction(const nps_tally *tally, int *sign, fraction *size)
{
    uint64_t detractors, passives, promoters;
    int status = count_classes(tally, &detractors, &passives, &promoters);
    if (status != NPS_OK) return status;
    *sign = promoters < detractors ? -1 : 1;
    *size = percent(promoters < detractors ? detractors - promoters : promoters - detractors,
                    detractors + passives + promoters);
    return NPS_OK;
}

int nps_score(const nps_tally *tally, double *points)
{
    int sign;
    fraction size;
    if (points == NULL) return NPS_ERR_ARGUMENT;
    int status = score_fraction(tally, &sign, &size);
    if (status != NPS_OK) return status;
    *points = sign * fraction_to_double(size);
    return NPS_OK;
}

int nps_score_rounded(const nps_tally *tally, uint32_t flags, int32_t *points)
{
    int sign;
    fraction size;
    if (points == NULL || (flags & ~(NPS_HALF_EVEN | NPS_PLUS_SIGN)) != 0) return NPS_ERR_ARGUMENT;
    int status = score_fraction(tally, &sign, &size);
    if (status != NPS_OK) return status;
    uint64_t below = size.rest, above = size.n - size.rest;
    int up = below > above || (below == above && ((flags & NPS_HALF_EVEN) == 0 || size.whole % 2 == 1));
    *points = sign * (int32_t)(size.whole + (uint64_t)up);
    return NPS_OK;
}

/*
 * With the score s fixed, promoters are detractors + s and passives 100 - s - 2 detractors, and the sum of squares is a
 * parabola in the detractors alone, least at (100 - s - p) / 2, where p is the unrounded percentage of passives. Its
 * nearest whole number, the lower of two, is the floor of (100 - s - floor(p)) / 2, and that leaves no share negative,
 * because s is within a half of the score.
 */
int nps_shares_rounded(const nps_tally *tally, uint32_t flags, int32_t *detractors, int32_t *passives,
                       int32_t *promoters)
{
    int32_t score;
    uint64_t count[3];
    if (detractors == NULL || passives == NULL || promoters == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_score_rounded(tally, flags, &score);
    if (status == NPS_OK) status = count_classes(tally, &count[0], &count[1], &count[2]);
    if (status != NPS_OK) return status;
    int32_t passive = (int32_t)percent(count[1], count[0] + count[1] + count[2]).whole;
    *detractors = (100 - score - passive) / 2;
    *promoters = *detractors + score;
    *passives = 100 - *detractors - *promoters;
    return NPS_OK;
}

int nps_score_format(int32_t points, uint32_t flags, char *buffer, size_t size)
{
    char text[5], *end = text;
    if (buffer == NULL || (flags & ~(NPS_HALF_EVEN | NPS_PLUS_SIGN)) != 0) return NPS_ERR_ARGUMENT;
    if (points < -100 || points > 100) return NPS_ERR_RANGE;
    int32_t rest = points < 0 ? -points : points;
    if (points < 0) *end++ = '-';
    if (points > 0 && (flags & NPS_PLUS_SIGN) != 0) *end++ = '+';
    if (rest >= 100) *end++ = '1';
    if (rest >= 10) *end++ = (char)('0' + rest / 10 % 10);
    *end++ = (char)('0' + rest % 10);
    size_t length = (size_t)(end - text);
    if (size <= length) return NPS_ERR_BUFFER;
    for (size_t i = 0; i < length; i++) buffer[i] = text[i];
    buffer[length] = '\0';
    return NPS_OK;
}

/* The mean above the lowest answer is the sum, over the levels above it, of the share that answered at least so. */
int nps_tally_mean(const nps_tally *tally, double *mean)
{
    if (mean == NULL) return NPS_ERR_ARGUMENT;
    int status = nps_tally_check(tally);
    if (status != NPS_OK) return status;
    uint64_t n = nps_tally_responses(tally);
    if (n == 0) return NPS_ERR_EMPTY;
    fraction above = {0, 0, n};
    uint64_t at_least = 0;
    for (int i = tally->scale.highest - tally->scale.lowest; i > 0; i--) {
        at_least += tally->level[i];
        add_part(&above, at_least);
    }
    int whole = tally->scale.lowest + (int)above.whole;
    if (whole >= 0) {
        above.whole = (uint64_t)whole;
        *mean = fraction_to_double(above);
    } else { /* -(whole + rest / n) as a fraction of its own */
        fraction below = {(uint64_t)(-whole) - (above.rest != 0), above.rest == 0 ? 0 : n - above.rest, n};
        *mean = -fraction_to_double(below);
    }
    return NPS_OK;
}
