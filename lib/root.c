#include "root_internal.h"

#include <float.h>
#include <math.h>

#define MOST_EVALUATIONS 200

double npsi_root(double (*function)(double x, const void *context), const void *context, double left, double at_left,
                 double right, double at_right)
{
    double x1 = left, f1 = at_left, x2 = right, f2 = at_right, fraction = 0.5, best = left;
    for (int i = 0; i < MOST_EVALUATIONS; i++) {
        double x3, f3, x = x1 + fraction * (x2 - x1), f = function(x, context);
        if ((f > 0) == (f1 > 0)) {
            x3 = x1, f3 = f1;
        } else {
            x3 = x2, f3 = f2;
            x2 = x1, f2 = f1;
        }
        x1 = x, f1 = f;
        best = fabs(f1) < fabs(f2) ? x1 : x2;
        double smallest = (2 * DBL_EPSILON * fabs(best) + DBL_MIN) / fabs(x2 - x1);
        if (f == 0 || !(smallest < 0.5)) break;
        double along = (x1 - x2) / (x3 - x2), rise = (f1 - f2) / (f3 - f2);
        if (rise * rise < along && (1 - rise) * (1 - rise) < 1 - along)
            fraction = f1 / (f1 - f2) * f3 / (f3 - f2) - (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f2 - f3);
        else
            fraction = 0.5;
        fraction = fmin(fmax(fraction, smallest), 1 - smallest);
    }
    return best;
}
