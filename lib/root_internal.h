/* The root of a function of one variable between two points where its signs differ. */
#ifndef NPSI_ROOT_INTERNAL_H
#define NPSI_ROOT_INTERNAL_H

/*
 * Chandrupatla's method (1997, Adv. Eng. Software 28:145): inverse quadratic interpolation where it is safe, else
 * bisection. Found to about 4 units in the last place; at most 200 evaluations. The values at the ends may be infinite,
 * and the ends themselves are not evaluated again.
 */
double npsi_root(double (*function)(double x, const void *context), const void *context, double left, double at_left,
                 double right, double at_right);

#endif
