#include "platform.h"

#include <math.h>

#include "axis.h"
#include "rounded.h"

#define POINTS_MOST  100.0
#define NUMBER_SPACE 48.0 /* for a number of the scale, and some between it and the next */
#define NUMBER_LINE  34.0 /* the same of an upright one */

/* All of these divide 100, so that a round number is the end of the scale too. */
static const double steps[] = {1, 2, 5, 10, 20, 25, 50};

#define STEP_COUNT (sizeof steps / sizeof steps[0])

void axis_choose(axis *of, double lowest, double highest)
{
    double length = of->right - of->left, most = floor(length < 0 ? -length / NUMBER_LINE : length / NUMBER_SPACE);
    if (!(lowest <= highest)) {
        lowest = -POINTS_MOST;
        highest = POINTS_MOST;
    }
    if (lowest > 0 && lowest <= highest - lowest) lowest = 0;
    if (highest < 0 && -highest <= highest - lowest) highest = 0;
    for (size_t i = 0; i < STEP_COUNT; i++) {
        of->step = steps[i];
        of->lowest = floor(lowest / of->step) * of->step;
        of->highest = ceil(highest / of->step) * of->step;
        if (of->lowest == of->highest) {
            of->lowest = fmax(of->lowest - of->step, -POINTS_MOST);
            of->highest = fmin(of->highest + of->step, POINTS_MOST);
        }
        if (of->highest - of->lowest <= most * of->step) break;
    }
}

double axis_place(const axis *of, double points)
{
    return of->left + (points - of->lowest) / (of->highest - of->lowest) * (of->right - of->left);
}

/* Of the line at a number of the scale. */
static enum ink ink_of(double points)
{
    return points == 0 ? INK_QUIET : INK_GRID;
}

void axis_draw(canvas *on, const axis *of, double y, double top, double bottom)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET, .from = ANCHOR_MIDDLE};
    char words[ROUNDED_SIZE];
    for (double points = of->lowest; points <= of->highest; points += of->step) {
        double x = axis_place(of, points);
        canvas_label(on, small, x, y, rounded_signed(points, 0, words));
        canvas_line(on, ink_of(points), 1, x, top, x, bottom);
    }
}

void axis_draw_upright(canvas *on, const axis *of, double x, double left, double right)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET, .from = ANCHOR_END};
    char words[ROUNDED_SIZE];
    for (double points = of->lowest; points <= of->highest; points += of->step) {
        double y = axis_place(of, points);
        canvas_label(on, small, x, y, rounded_signed(points, 0, words));
        canvas_line(on, ink_of(points), 1, left, y, right, y);
    }
}
