/* The difference from two score intervals (Newcombe 1998; Zou and Donner 2008), and its inversion. */
#include <math.h>

#include "compare_internal.h"
#include "root_internal.h"

#define LARGEST_DEVIATE 1e100
#define LARGEST_FACTOR  0x1p64 /* so that halving the bracket again is quick */

static double mover_distance(const npsi_contrast *contrast, double deviate)
{
    double a = npsi_score_gap(&contrast->part[0], deviate), b = npsi_score_gap(&contrast->part[1], deviate);
    return sqrt(a * a + b * b);
}

typedef struct wanted {
    const npsi_contrast *contrast;
    double distance;
} wanted;

static double excess(double deviate, const void *context)
{
    const wanted *want = context;
    return mover_distance(want->contrast, deviate) - want->distance;
}

/* The distance grows with the deviate, from 0 to where both limits are at the end of the scale. */
static double mover_deviate(const npsi_contrast *contrast, double distance)
{
    wanted want = {contrast, distance};
    double left = 0, at_left = -distance, right = distance / sqrt(npsi_contrast_variance_near(contrast, distance));
    for (double factor = 2; right < LARGEST_DEVIATE; factor = fmin(factor * factor, LARGEST_FACTOR)) {
        double at_right = excess(right, &want);
        if (at_right >= 0) return npsi_root(excess, &want, left, at_left, right, at_right);
        left = right, at_left = at_right;
        right *= factor;
    }
    return INFINITY;
}

const npsi_inversion npsi_mover = {mover_distance, mover_deviate};
