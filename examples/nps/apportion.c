#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "apportion.h"
#include "message.h"

/* Nearer to a whole number than this, or than this part of itself, it is one, but for the rounding of doubles. */
#define WHOLE      1e-9
#define WHOLE_PART 1e-12

typedef struct remainder_of {
    double remainder; /* of one rounded down; 0 of whole numbers */
    size_t index;
} remainder_of;

static int by_remainder(const void *a, const void *b)
{
    const remainder_of *first = a, *second = b;
    if (first->remainder != second->remainder) return first->remainder > second->remainder ? -1 : 1;
    return (first->index > second->index) - (first->index < second->index);
}

static bool is_whole(double number)
{
    return fabs(number - nearbyint(number)) <= fmax(WHOLE, WHOLE_PART * fabs(number));
}

static size_t largest_of(const double *exact, size_t count)
{
    size_t largest = 0;
    for (size_t i = 1; i < count; i++) {
        if (fabs(exact[i]) > fabs(exact[largest])) largest = i;
    }
    return largest;
}

void apportion(const double *exact, size_t count, int64_t total, int64_t *parts)
{
    remainder_of *left = allocate(count * sizeof *left);
    for (size_t i = 0; i < count; i++) {
        double down = is_whole(exact[i]) ? nearbyint(exact[i]) : floor(exact[i]);
        left[i] = (remainder_of){.remainder = is_whole(exact[i]) ? 0 : exact[i] - down, .index = i};
        parts[i] = (int64_t)down;
        total -= parts[i];
    }
    qsort(left, count, sizeof *left, by_remainder);
    for (size_t i = 0; i < count && total > 0 && left[i].remainder > 0; i++, total--) parts[left[i].index]++;
    parts[largest_of(exact, count)] += total;
    free(left);
}

double apportion_scale(int decimals)
{
    return pow(10, decimals);
}

int64_t apportion_round(double points, int decimals)
{
    return (int64_t)round(points * apportion_scale(decimals));
}
