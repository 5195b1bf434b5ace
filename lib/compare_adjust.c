/* p-values adjusted for their number. */
#include <nps/compare.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

#include <nps/status.h>

#include "allocator_internal.h"
#include "names_internal.h"

#define DIGIT_BITS 8
#define DIGITS     (1u << DIGIT_BITS)

typedef struct ranked {
    uint64_t bits; /* of the p-value: in its order, as it is not negative */
    size_t index;
} ranked;

static uint64_t bits_of(double p)
{
    uint64_t bits;
    memcpy(&bits, &p, sizeof bits);
    return bits;
}

static double value_of(uint64_t bits)
{
    double p;
    memcpy(&p, &bits, sizeof p);
    return p;
}

/* Sorts by one digit and keeps the order of what is equal in it; 0 where all are equal in it and nothing was moved. */
static int sort_by_digit(const ranked *from, ranked *into, size_t count, unsigned shift)
{
    size_t start[DIGITS] = {0};
    for (size_t i = 0; i < count; i++) start[from[i].bits >> shift & (DIGITS - 1)]++;
    if (start[from[0].bits >> shift & (DIGITS - 1)] == count) return 0;
    for (size_t digit = 0, sum = 0; digit < DIGITS; digit++) {
        size_t here = start[digit];
        start[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++) into[start[from[i].bits >> shift & (DIGITS - 1)]++] = from[i];
    return 1;
}

/* Radix sort; returns whichever of the two arrays the result is in. */
static const ranked *sort(ranked *items, ranked *spare, size_t count)
{
    for (unsigned shift = 0; count > 0 && shift < 64; shift += DIGIT_BITS) {
        if (!sort_by_digit(items, spare, count, shift)) continue;
        ranked *sorted = spare;
        spare = items;
        items = sorted;
    }
    return items;
}

/* From the smallest p on: p times the number of those not smaller, and never less than what came before. */
static void adjust_up(const ranked *sorted, size_t count, double *adjusted)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fmin(1, (double)(count - i) * value_of(sorted[i].bits)));
        adjusted[sorted[i].index] = largest;
    }
}

/* From the largest p on: p times a factor of its rank, and never more than what came before. */
static void adjust_down(const ranked *sorted, size_t count, int32_t method, double *adjusted)
{
    double smallest = 1, harmonic = 0;
    for (size_t rank = count; rank > 0; rank--) harmonic += 1 / (double)rank;
    for (size_t rank = count; rank > 0; rank--) {
        double factor = (double)count / (double)rank;
        if (method == NPS_ADJUST_HOCHBERG) factor = (double)(count - rank + 1);
        if (method == NPS_ADJUST_BY) factor *= harmonic;
        smallest = fmin(smallest, factor * value_of(sorted[rank - 1].bits));
        adjusted[sorted[rank - 1].index] = smallest;
    }
}

/* Those that are not NaN; 0 added to a negative 0 makes it a positive one. */
static size_t collect(const double *p, size_t count, ranked *items)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i])) items[found++] = (ranked){bits_of(p[i] + 0.0), i};
    return found;
}

int nps_adjust(const double *p, size_t count, int32_t method, const nps_allocator *allocator, double *adjusted)
{
    if (method < 0 || method >= NPS_ADJUST_COUNT) return NPS_ERR_ARGUMENT;
    if (count == 0) return NPS_OK;
    if (p == NULL || adjusted == NULL) return NPS_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (p[i] < 0 || p[i] > 1) return NPS_ERR_RANGE;

    if (method == NPS_ADJUST_NONE) {
        memmove(adjusted, p, count * sizeof *p);
        return NPS_OK;
    }
    nps_allocator memory = npsi_allocator_or_default(allocator);
    ranked *items = npsi_resize(&memory, NULL, 0, 2 * count, sizeof *items);
    if (items == NULL) return NPS_ERR_MEMORY;
    size_t numbers = collect(p, count, items);
    const ranked *sorted = sort(items, items + count, numbers);
    memmove(adjusted, p, count * sizeof *p); /* NaN stay */
    if (method == NPS_ADJUST_HOLM)
        adjust_up(sorted, numbers, adjusted);
    else
        adjust_down(sorted, numbers, method, adjusted);
    npsi_resize(&memory, items, 2 * count, 0, sizeof *items);
    return NPS_OK;
}

static const char *const names[NPS_ADJUST_COUNT] = {
    [NPS_ADJUST_NONE] = "none", [NPS_ADJUST_HOLM] = "holm", [NPS_ADJUST_HOCHBERG] = "hochberg",
    [NPS_ADJUST_BH] = "bh",     [NPS_ADJUST_BY] = "by",
};

const char *nps_adjust_method_name(int32_t method)
{
    return method >= 0 && method < NPS_ADJUST_COUNT ? names[method] : NULL;
}

int nps_adjust_method(const char *name, size_t length, int32_t *method)
{
    return npsi_find_name(nps_adjust_method_name, NPS_ADJUST_COUNT, name, length, method);
}
