#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include "message.h"
#include "plot.h"
#include "report.h"

#define STEP_LEAST   1.0 /* a column is wider where periods are nearer to each other than this */
#define COLUMN_LEAST 2.0
#define DOTS_LEAST   4.0  /* from a dot to the next */
#define STAIRS_LEAST 10.0 /* from a step of a line to the next; below it those are not joined that rise by more */
#define RISE_MOST    1.0
#define DOT          4.5
#define ALONE_WIDEST 12.0 /* the interval of a period between two without answers */
#define RING_SPACE   4.0
#define NUMBERS_MOST 20 /* more are not written */
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

static uint64_t responses_of(const period *of)
{
    return nps_tally_responses(&of->told.counts);
}

/* Limits of periods with few answers, such as one that has just begun, are so wide that nothing else would be seen. */
static void take_range(const plot *of, double *lowest, double *highest)
{
    static const number_of numbers[] = {score_of, lower_of, upper_of, rolling_of, lower_limit_of, upper_limit_of};
    double answers = 0;
    size_t most = sizeof numbers / sizeof numbers[0];
    *lowest = *highest = NAN;
    for (size_t i = 0; i < of->of->count; i++) answers += (double)responses_of(&of->of->periods[i]);
    for (size_t i = 0; i < of->of->count; i++) {
        const period *at = &of->of->periods[i];
        bool few = (double)responses_of(at) < answers / (double)of->of->count / 2;
        for (size_t j = 0; j < (few || !of->of->has_control ? most - 2 : most); j++) {
            *lowest = fmin(*lowest, numbers[j](at));
            *highest = fmax(*highest, numbers[j](at));
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

static bool is_alone(const canvas_point *points, size_t count, size_t index)
{
    return !isnan(points[index].y) && (index == 0 || isnan(points[index - 1].y)) &&
           (index + 1 == count || isnan(points[index + 1].y));
}

/* A column of a band; NaN where it has none. */
typedef struct bounds {
    double x, lower, upper;
} bounds;

static bounds column_bounds(const plot *of, size_t first, size_t end, number_of lowest, number_of highest)
{
    double lower = NAN, upper = NAN;
    for (size_t i = first; i < end; i++) {
        lower = fmin(lower, lowest(&of->of->periods[i]));
        upper = fmax(upper, highest(&of->of->periods[i]));
    }
    return (bounds){(plot_place(of, first) + plot_place(of, end - 1)) / 2, axis_place(&of->scale, lower),
                    axis_place(&of->scale, upper)};
}

static void draw_run(const plot *of, enum ink ink, const bounds *run, size_t count)
{
    if (count == 1) {
        double width = fmin(0.7 * of->step * (double)of->stride, ALONE_WIDEST);
        canvas_area(of->on, ink, run->x - width / 2, run->upper, width, run->lower - run->upper);
        return;
    }
    canvas_point *around = allocate(2 * count * sizeof *around);
    for (size_t i = 0; i < count; i++) {
        around[i] = (canvas_point){run[i].x, run[i].upper};
        around[2 * count - 1 - i] = (canvas_point){run[i].x, run[i].lower};
    }
    canvas_polygon(of->on, ink, around, 2 * count);
    free(around);
}

static void draw_band(const plot *drawn, enum ink ink, number_of lowest, number_of highest)
{
    bounds *run = allocate(drawn->of->count * sizeof *run);
    size_t length = 0;
    for (size_t first = 0, end; first < drawn->of->count; first = end) {
        end = end_of_column(drawn, first);
        bounds column = column_bounds(drawn, first, end, lowest, highest);
        if (!isnan(column.lower)) run[length++] = column;
        if (length > 0 && (isnan(column.lower) || end == drawn->of->count)) {
            draw_run(drawn, ink, run, length);
            length = 0;
        }
    }
    free(run);
}

void plot_band(const plot *drawn)
{
    draw_band(drawn, INK_BAND, lower_of, upper_of);
    if (drawn->stride > 1) draw_band(drawn, INK_PALE, score_of, score_of);
}

/* As wide as each period is, since every period has its own; what is beyond the scale is not there. */
static void draw_steps(const plot *of, number_of number)
{
    size_t count, length = 0;
    canvas_point *points = take_points(of, number, &count), *steps = allocate(3 * count * sizeof *steps);
    double half = of->step / 2;
    for (size_t i = 0; i < count; i++) {
        canvas_point at = points[i];
        if (!(at.y >= of->scale.right && at.y <= of->scale.left)) at.y = NAN;
        if (of->step < STAIRS_LEAST && length > 0 && fabs(at.y - steps[length - 1].y) > RISE_MOST) {
            steps[length++] = (canvas_point){at.x, NAN};
        }
        steps[length++] = (canvas_point){at.x - half, at.y};
        steps[length++] = (canvas_point){at.x + half, at.y};
    }
    canvas_path(of->on, INK_QUIET, STROKE_DOTS, 1.25, steps, length);
    free(steps);
    free(points);
}

void plot_limits(const plot *drawn)
{
    double centre = axis_place(&drawn->scale, drawn->of->centre);
    if (!drawn->of->has_control) return;
    for (int i = 0; i < 2 && drawn->stride == 1; i++) draw_steps(drawn, i == 0 ? lower_limit_of : upper_limit_of);
    canvas_dashes(drawn->on, INK_QUIET, 1.25, drawn->left, centre, drawn->right, centre);
}

static void draw_rolling(const plot *of)
{
    size_t count;
    canvas_point *points = take_points(of, rolling_of, &count);
    double width = of->step >= DOTS_LEAST ? 3.5 : 2.5;
    canvas_path(of->on, INK_ACCENT, STROKE_LINE, width, points, count);
    for (size_t i = 0; i < count; i++) {
        if (is_alone(points, count, i)) canvas_dot(of->on, INK_ACCENT, points[i].x, points[i].y, width);
    }
    free(points);
}

void plot_scores(const plot *drawn)
{
    size_t count;
    canvas_point *points = take_points(drawn, score_of, &count);
    bool all = drawn->step >= DOTS_LEAST;
    double radius = fmin(DOT, fmax(0.3 * drawn->step, 1.5));
    if (drawn->stride == 1) canvas_path(drawn->on, INK_PROMOTERS, STROKE_LINE, all ? 2 : 1.25, points, count);
    draw_rolling(drawn);
    for (size_t i = 0; i < count; i++) {
        if (isnan(points[i].y) || !(all || is_alone(points, count, i))) continue;
        canvas_dot(drawn->on, INK_PROMOTERS, points[i].x, points[i].y, radius);
    }
    free(points);
}

static double number_middle(double y, bool above)
{
    return above ? y - NUMBER_APART : y + NUMBER_APART;
}

/* taken: how far to the right numbers are written, below and above. */
static bool has_room(const plot *of, canvas_point left, bool above, const double taken[2])
{
    double y = number_middle(left.y, above);
    return left.x >= taken[above] + NUMBER_SPACE && y >= of->scale.right && y <= of->scale.left - NUMBER_SPACE;
}

/* Above what is above the limits, or where there is room. */
static void draw_number(const plot *of, const period *told, double taken[2])
{
    const lettering how = {.letters = LETTERS_SMALL_STRONG, .ink = INK_TEXT, .from = ANCHOR_MIDDLE, .on_lines = true};
    canvas_point at = point_of(of, (size_t)(told - of->of->periods), told->told.score);
    bool above = told->control.limit > 0;
    char score[8];
    report_score(&told->told, score);
    double half = canvas_label_width(of->on, how, score) / 2;
    canvas_point left = {at.x - half, at.y};
    if (!has_room(of, left, above, taken)) above = !above;
    if (!has_room(of, left, above, taken)) return;
    taken[above] = at.x + half;
    canvas_label(of->on, how, at.x, number_middle(at.y, above), score);
}

void plot_outside(const plot *drawn)
{
    double taken[2] = {-CANVAS_WIDTH, -CANVAS_WIDTH}, last[2] = {-CANVAS_WIDTH, -CANVAS_WIDTH};
    double radius = fmin(DOT, fmax(0.3 * drawn->step, 2));
    size_t found = 0;
    if (!drawn->of->has_control) return;
    for (size_t i = 0; i < drawn->of->count; i++) {
        const period *at = &drawn->of->periods[i];
        canvas_point point = point_of(drawn, i, score_of(at));
        bool above = at->control.limit > 0;
        if (at->control.limit == 0 || point.x - last[above] < RING_SPACE) continue;
        found++;
        last[above] = point.x;
        canvas_ringed_dot(drawn->on, INK_PROMOTERS, INK_DETRACTORS, point.x, point.y, radius);
    }
    for (size_t i = 0; i < drawn->of->count && found <= NUMBERS_MOST; i++) {
        const period *at = &drawn->of->periods[i];
        if (at->control.limit != 0) draw_number(drawn, at, taken);
    }
}

void plot_counts(const plot *drawn, double top, double bottom)
{
    uint64_t most = 0;
    for (size_t i = 0; i < drawn->of->count; i++) {
        uint64_t count = responses_of(&drawn->of->periods[i]);
        if (count > most) most = count;
    }
    for (size_t first = 0, end; first < drawn->of->count; first = end) {
        uint64_t column = 0;
        end = end_of_column(drawn, first);
        for (size_t i = first; i < end; i++) {
            uint64_t count = responses_of(&drawn->of->periods[i]);
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
