/* A scale of points, from left to right. */
#ifndef AXIS_H
#define AXIS_H

#include "canvas.h"

typedef struct axis {
    double lowest, highest, step;
    double left, right;
} axis;

/* A range of round numbers around what is drawn, within -100 and 100 and with 0 where that is near, in `most` steps at
 * most, 4 or more. NaN: all of -100 to 100. Leaves left and right alone. */
void axis_choose(axis *of, double lowest, double highest, int most);

/* The numbers, in the middle of the height y, and a line down from each. */
void axis_draw(canvas *on, const axis *of, double y, double top, double bottom);

double axis_place(const axis *of, double points);

#endif
