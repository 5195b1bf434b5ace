/* A scale of points, from left to right, or upright. */
#ifndef AXIS_H
#define AXIS_H

#include "canvas.h"

typedef struct axis {
    double lowest, highest, step;
    double left, right; /* of an upright one: bottom and top */
} axis;

#define AXIS_LEAST 196.0 /* how wide */

/* A range of round numbers around what is drawn, within -100 and 100 and with 0 where that is near, in as many steps as
 * there is room for between left and right, which are given. NaN: all of -100 to 100. */
void axis_choose(axis *of, double lowest, double highest);

/* The numbers, in the middle of the height y, and a line down from each. */
void axis_draw(canvas *on, const axis *of, double y, double top, double bottom);

/* The same of an upright scale: the numbers end at x. */
void axis_draw_upright(canvas *on, const axis *of, double x, double left, double right);

double axis_place(const axis *of, double points);

#endif
