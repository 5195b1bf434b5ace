/* Whole numbers that add up, in place of numbers that do. */
#ifndef APPORTION_H
#define APPORTION_H

#include <stddef.h>
#include <stdint.h>

/*
 * Rounds each number down or up so that they add up to `total`: those with the largest remainders up (Hamilton 1792).
 * Whole numbers stay as they are. Where the total is so far from the sum that this cannot bridge it, the largest number
 * takes what is left. Numbers are to be below 2^52, and there is one at least.
 */
void apportion(const double *exact, size_t count, int64_t total, int64_t *parts);

/* A number of points as a whole number of units of 10^-decimals, half away from zero. */
int64_t apportion_round(double points, int decimals);

/* Points, or anything, in these units. */
double apportion_scale(int decimals);

#endif
