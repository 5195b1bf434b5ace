/* A scale, from left to right, or upright: of points, or of other numbers. */
#ifndef AXIS_H
#define AXIS_H

#include <stdbool.h>

#include "canvas.h"

typedef struct axis {
    double lowest, highest, step;
    double left, right; /* of an upright one: bottom and top */
    bool is_free;       /* of any numbers, the next four; else of points, which have signs, from -100 to 100 */
    double least, most; /* the scale ends there; both 0: it may go on for ever */
    bool has_signs;
    const char *unit; /* behind each number, NULL: none */
} axis;

#define AXIS_LEAST 196.0 /* how wide */

/* A range of round numbers around what is drawn, with 0 where that is near, in as many steps as there is room for
 * between left and right, which are given. NaN: all of -100 to 100, or of least to most. */
void axis_choose(axis *of, double lowest, double highest);

/* A number with as many decimals as the scale has, and its unit. */
char *axis_number(const axis *of, double number, char *buffer);

/* The numbers, in the middle of the height y, and a line down from each. */
void axis_draw(canvas *on, const axis *of, double y, double top, double bottom);

/* The same of an upright scale: the numbers end at x. */
void axis_draw_upright(canvas *on, const axis *of, double x, double left, double right);

double axis_place(const axis *of, double number);

#endif
