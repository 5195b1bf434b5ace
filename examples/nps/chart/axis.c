#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "axis.h"
#include "rounded.h"

#define POINTS_MOST   100.0
#define NUMBER_SPACE  48.0 /* for a number of the scale, and some between it and the next */
#define NUMBER_LINE   34.0 /* the same of an upright one */
#define NUMBER_LETTER 8.0
#define NUMBER_GAP    16.0
#define DIGITS_LARGE  1e7  /* numbers from here on are told in powers of ten */
#define LEAST_WIDTH   1e-9 /* of a range, over its ends: less is one number */
#define ROUNDING      1e-9 /* of a step */
#define MOST_STEPS    40

/* All of these divide 100, so that a round number is the end of the scale too. */
static const double steps[] = {1, 2, 5, 10, 20, 25, 50};

#define STEP_COUNT (sizeof steps / sizeof steps[0])

static int decimals_of(const axis *of)
{
    double decimals = of->is_free ? ceil(-log10(of->step) - ROUNDING) : 0;
    return decimals > 0 ? (int)fmin(decimals, 9) : 0;
}

char *axis_number(const axis *of, double number, char *buffer)
{
    bool has_sign = !of->is_free || of->has_signs;
    if (fabs(number) >= DIGITS_LARGE || (number != 0 && decimals_of(of) >= 9)) {
        snprintf(buffer, ROUNDED_SIZE, has_sign ? "%+.3g" : "%.3g", number);
    } else if (has_sign) {
        rounded_signed(number, decimals_of(of), buffer);
    } else {
        rounded_number(number, NAN, decimals_of(of), buffer);
    }
    if (of->unit != NULL) strncat(buffer, of->unit, ROUNDED_SIZE - strlen(buffer) - 1);
    return buffer;
}

/* How many steps there is room for. */
static double room_for(const axis *of)
{
    double length = of->right - of->left, space = NUMBER_SPACE;
    char lowest[ROUNDED_SIZE], highest[ROUNDED_SIZE];
    if (length < 0) return floor(-length / NUMBER_LINE);
    if (of->is_free) {
        size_t letters = strlen(axis_number(of, of->lowest, lowest)),
               others = strlen(axis_number(of, of->highest, highest));
        space = fmax(space, NUMBER_LETTER * (double)(letters > others ? letters : others) + NUMBER_GAP);
    }
    return floor(length / space);
}

static bool has_ends(const axis *of)
{
    return !of->is_free || of->least < of->most;
}

/* Whether there is room for all numbers of a range in such steps, which it then takes. */
static bool take_step(axis *of, double lowest, double highest, double step)
{
    double least = of->is_free ? of->least : -POINTS_MOST, most = of->is_free ? of->most : POINTS_MOST;
    of->step = step;
    of->lowest = floor(lowest / step + ROUNDING) * step;
    of->highest = ceil(highest / step - ROUNDING) * step;
    if (of->lowest == of->highest) {
        of->lowest -= step;
        of->highest += step;
    }
    if (has_ends(of)) {
        of->lowest = fmax(of->lowest, least);
        of->highest = fmin(of->highest, most);
    }
    return of->highest - of->lowest <= room_for(of) * step * (1 + ROUNDING);
}

/* 1, 2 or 5 times a power of ten. */
static void choose_free(axis *of, double lowest, double highest)
{
    static const double digits[] = {1, 2, 5};
    double size = fmax(fabs(lowest), fabs(highest));
    if (highest - lowest <= LEAST_WIDTH * size) { /* one number is seen from 0 */
        lowest = fmin(lowest, 0);
        highest = size > 0 ? fmax(highest, 0) : 1;
    }
    double width = highest - lowest;
    double power = pow(10, floor(log10(width)) - 2);
    for (int i = 0; i < MOST_STEPS; i++) {
        if (take_step(of, lowest, highest, digits[i % 3] * power)) return;
        if (i % 3 == 2) power *= 10;
    }
}

void axis_choose(axis *of, double lowest, double highest)
{
    if (!(lowest <= highest)) {
        lowest = !of->is_free ? -POINTS_MOST : has_ends(of) ? of->least : 0;
        highest = !of->is_free ? POINTS_MOST : has_ends(of) ? of->most : 1;
    }
    if (lowest > 0 && lowest <= highest - lowest) lowest = 0;
    if (highest < 0 && -highest <= highest - lowest) highest = 0;
    if (of->is_free) {
        choose_free(of, lowest, highest);
        return;
    }
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (take_step(of, lowest, highest, steps[i])) return;
    }
}

double axis_place(const axis *of, double number)
{
    return of->left + (number - of->lowest) / (of->highest - of->lowest) * (of->right - of->left);
}

/* Of the line at a number of the scale. */
static enum ink ink_of(double number)
{
    return number == 0 ? INK_QUIET : INK_GRID;
}

static double first_number(const axis *of)
{
    return ceil(of->lowest / of->step - ROUNDING);
}

static double last_number(const axis *of)
{
    return floor(of->highest / of->step + ROUNDING);
}

void axis_draw(canvas *on, const axis *of, double y, double top, double bottom)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET, .from = ANCHOR_MIDDLE};
    char words[ROUNDED_SIZE];
    for (double i = first_number(of); i <= last_number(of); i++) {
        double x = axis_place(of, i * of->step);
        canvas_label(on, small, x, y, axis_number(of, i * of->step, words));
        canvas_line(on, ink_of(i), 1, x, top, x, bottom);
    }
}

void axis_draw_upright(canvas *on, const axis *of, double x, double left, double right)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET, .from = ANCHOR_END};
    char words[ROUNDED_SIZE];
    for (double i = first_number(of); i <= last_number(of); i++) {
        double y = axis_place(of, i * of->step);
        canvas_label(on, small, x, y, axis_number(of, i * of->step, words));
        canvas_line(on, ink_of(i), 1, left, y, right, y);
    }
}
