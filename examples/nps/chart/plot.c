#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include "message.h"
#include "plot.h"
#include "report.h"

#define STEP_LEAST   1.0 /* a column is wider where periods are nearer to each other than this */
#define COLUMN_LEAST 2.0
#define DOTS_LEAST   4.0 /* from a dot to the next */
#define DOT          4.5
#define ALONE_WIDEST 12.0 /* the interval of a period between two without answers */
#define RING_SPACE   4.0
#define NUMBER_SPACE 6.0
#define NUMBER_APART 17.0 /* from the middle of a dot to that of its number */

typedef double (*number_of)(const period *of);

static double score_of(const period *of)
{
    return of->told.has_score ? of->told.score : NAN;
}

static double lower_of(const period *of)
{
    return of->told.has_score ? of->told.lower : NAN;
}

static double upper_of(const period *of)
{
    return of->told.has_score ? of->told.upper : NAN;
}

static double rolling_of(const period *of)
{
    return of->has_rolling && of->rolling.has_score ? of->rolling.score : NAN;
}

static double lower_limit_of(const period *of)
{
    return of->told.has_score ? of->control.lower : NAN;
}

static double upper_limit_of(const period *of)
{
    return of->told.has_score ? of->control.upper : NAN;
}

static void take_range(const plot *of, double *lowest, double *highest)
{
    static const number_of numbers[] = {score_of, lower_of, upper_of, rolling_of, lower_limit_of, upper_limit_of};
    *lowest = *highest = NAN;
    for (size_t i = 0; i < of->of->count; i++) {
        for (size_t j = 0; j < sizeof numbers / sizeof numbers[0]; j++) {
            bool is_limit = numbers[j] == lower_limit_of || numbers[j] == upper_limit_of;
            if (is_limit && !of->of->has_control) continue;
            *lowest = fmin(*lowest, numbers[j](&of->of->periods[i]));
            *highest = fmax(*highest, numbers[j](&of->of->periods[i]));
        }
    }
}

void plot_start(plot *started)
{
    double lowest, highest;
    started->step = (started->right - started->left) / (double)started->of->count;
    started->stride = started->step < STEP_LEAST ? (size_t)ceil(COLUMN_LEAST / started->step) : 1;
    take_range(started, &lowest, &highest);
    axis_choose(&started->scale, lowest, highest);
}

double plot_place(const plot *of, size_t index)
{
    return of->left + ((double)index + 0.5) * of->step;
}

static size_t end_of_column(const plot *of, size_t first)
{
    return of->of->count - first > of->stride ? first + of->stride : of->of->count;
}

static canvas_point point_of(const plot *of, size_t index, double number)
{
    return (canvas_point){plot_place(of, index), axis_place(&of->scale, number)};
}

/* The lowest and the highest number of each column, in the order of time; NaN where it has none. The points are to be
 * freed. */
static canvas_point *take_points(const plot *of, number_of number, size_t *count)
{
    canvas_point *points = allocate(2 * of->of->count * sizeof *points);
    *count = 0;
    for (size_t first = 0, end; first < of->of->count; first = end) {
        size_t lowest = first, highest = first;
        end = end_of_column(of, first);
        for (size_t i = first; i < end; i++) {
            double at = number(&of->of->periods[i]);
            if (!(number(&of->of->periods[lowest]) <= at) && !isnan(at)) lowest = i;
            if (!(number(&of->of->periods[highest]) >= at) && !isnan(at)) highest = i;
        }
        size_t earlier = lowest < highest ? lowest : highest, later = lowest < highest ? highest : lowest;
        points[(*count)++] = point_of(of, earlier, number(&of->of->periods[earlier]));
        if (later > earlier) points[(*count)++] = point_of(of, later, number(&of->of->periods[later]));
    }
    return points;
}

static void draw_line(const plot *of, number_of number, enum ink ink, double thickness)
{
    size_t count;
    canvas_point *points = take_points(of, number, &count);
    canvas_path(of->on, ink, STROKE_LINE, thickness, points, count);
    free(points);
}

/* A column of the band; y NaN where it has no interval. */
typedef struct bounds {
    double x, lower, upper;
} bounds;

static bounds column_bounds(const plot *of, size_t first, size_t end)
{
    double lower = NAN, upper = NAN;
    for (size_t i = first; i < end; i++) {
        lower = fmin(lower, lower_of(&of->of->periods[i]));
        upper = fmax(upper, upper_of(&of->of->periods[i]));
    }
    return (bounds){(plot_place(of, first) + plot_place(of, end - 1)) / 2, axis_place(&of->scale, lower),
                    axis_place(&of->scale, upper)};
}

static void draw_run(const plot *of, const bounds *run, size_t count)
{
    if (count == 1) {
        double width = fmin(0.7 * of->step * (double)of->stride, ALONE_WIDEST);
        canvas_area(of->on, INK_BAND, run->x - width / 2, run->upper, width, run->lower - run->upper);
        return;
    }
    canvas_point *around = allocate(2 * count * sizeof *around);
    for (size_t i = 0; i < count; i++) {
        around[i] = (canvas_point){run[i].x, run[i].upper};
        around[2 * count - 1 - i] = (canvas_point){run[i].x, run[i].lower};
    }
    canvas_polygon(of->on, INK_BAND, around, 2 * count);
    free(around);
}

void plot_band(const plot *drawn)
{
    bounds *run = allocate(drawn->of->count * sizeof *run);
    size_t length = 0;
    for (size_t first = 0, end; first < drawn->of->count; first = end) {
        end = end_of_column(drawn, first);
        run[length] = column_bounds(drawn, first, end);
        if (!isnan(run[length].lower)) length++;
        if (length > 0 && (isnan(run[length].lower) || end == drawn->of->count)) {
            draw_run(drawn, run, length);
            length = 0;
        }
    }
    free(run);
}

/* As wide as each period is, since every period has its own. */
static void draw_steps(const plot *of, number_of number)
{
    size_t count;
    canvas_point *points = take_points(of, number, &count), *steps = allocate(2 * count * sizeof *steps);
    double half = of->stride == 1 ? of->step / 2 : 0;
    for (size_t i = 0; i < count; i++) {
        steps[2 * i] = (canvas_point){points[i].x - half, points[i].y};
        steps[2 * i + 1] = (canvas_point){points[i].x + half, points[i].y};
    }
    canvas_path(of->on, INK_QUIET, STROKE_DOTS, 1.25, steps, 2 * count);
    free(steps);
    free(points);
}

void plot_limits(const plot *drawn)
{
    double centre = axis_place(&drawn->scale, drawn->of->centre);
    if (!drawn->of->has_control) return;
    draw_steps(drawn, lower_limit_of);
    draw_steps(drawn, upper_limit_of);
    canvas_dashes(drawn->on, INK_QUIET, 1.25, drawn->left, centre, drawn->right, centre);
}

void plot_scores(const plot *drawn)
{
    size_t count;
    canvas_point *points = take_points(drawn, score_of, &count);
    bool all = drawn->step >= DOTS_LEAST;
    double radius = fmin(DOT, fmax(0.3 * drawn->step, 1.5));
    canvas_path(drawn->on, INK_PROMOTERS, STROKE_LINE, all ? 2 : 1.25, points, count);
    for (size_t i = 0; i < count; i++) {
        bool is_alone = (i == 0 || isnan(points[i - 1].y)) && (i + 1 == count || isnan(points[i + 1].y));
        if (isnan(points[i].y) || !(all || is_alone)) continue;
        canvas_dot(drawn->on, INK_PROMOTERS, points[i].x, points[i].y, radius);
    }
    free(points);
}

void plot_rolling(const plot *drawn)
{
    draw_line(drawn, rolling_of, INK_ACCENT, 3.5);
}

static void draw_number(const plot *of, const period *told, int32_t side, double x, double y, double *taken)
{
    const lettering how = {.letters = LETTERS_SMALL_STRONG, .ink = INK_TEXT, .from = ANCHOR_MIDDLE};
    char score[8];
    report_score(&told->told, score);
    double half = canvas_label_width(of->on, how, score) / 2;
    if (x - half < *taken + NUMBER_SPACE) return;
    *taken = x + half;
    canvas_label(of->on, how, x, y - side * NUMBER_APART, score);
}

void plot_outside(const plot *drawn)
{
    double taken[2] = {-CANVAS_WIDTH, -CANVAS_WIDTH}, last[2] = {-CANVAS_WIDTH, -CANVAS_WIDTH};
    double radius = fmin(DOT, fmax(0.3 * drawn->step, 2));
    for (size_t i = 0; drawn->of->has_control && i < drawn->of->count; i++) {
        const period *at = &drawn->of->periods[i];
        int32_t side = at->control.limit;
        canvas_point point = point_of(drawn, i, score_of(at));
        if (side == 0 || point.x - last[side > 0] < RING_SPACE) continue;
        last[side > 0] = point.x;
        canvas_ringed_dot(drawn->on, INK_PROMOTERS, INK_DETRACTORS, point.x, point.y, radius);
        draw_number(drawn, at, side, point.x, point.y, &taken[side > 0]);
    }
}

void plot_counts(const plot *drawn, double top, double bottom)
{
    uint64_t most = 0;
    for (size_t i = 0; i < drawn->of->count; i++) {
        uint64_t count = nps_tally_responses(&drawn->of->periods[i].told.counts);
        if (count > most) most = count;
    }
    for (size_t first = 0, end; first < drawn->of->count; first = end) {
        uint64_t column = 0;
        end = end_of_column(drawn, first);
        for (size_t i = first; i < end; i++) {
            uint64_t count = nps_tally_responses(&drawn->of->periods[i].told.counts);
            if (count > column) column = count;
        }
        if (column == 0) continue;
        double height = fmax((bottom - top) * (double)column / (double)most, 1);
        double width = (double)(end - first) * drawn->step;
        double gap = width >= 3 ? fmin(0.2 * width, 4) : 0;
        canvas_area(drawn->on, INK_PASSIVES, drawn->left + (double)first * drawn->step + gap / 2, bottom - height,
                    width - gap, height);
    }
}
