#include "platform.h"

#include <math.h>
#include <stdlib.h>

#include "map.h"
#include "message.h"

#define ABOVE       26.0 /* for the title of the scale */
#define PLOT        400.0
#define NUMBERS     18.0 /* from the plot to the middle of the numbers below it */
#define TITLE       40.0 /* and to the title of the scale */
#define BELOW       50.0
#define LEFT        54.0 /* for the numbers of the upright scale */
#define SCALE_SPACE 9.0
#define DOT         6.0
#define NAME_WIDEST 190.0
#define NAME_HEIGHT 17.0
#define NAME_SPACE  4.0 /* around a name, and between it and its point */
#define STEP        7.0 /* in which names move away from their points, */
#define FARTHEST    154.0
#define DIRECTIONS  16
#define NARROWEST   0.2 /* how much of its scale is drawn across at least, so that small differences look small */
#define PI          3.14159265358979323846

typedef struct box {
    double left, top, right, bottom;
} box;

map_point *map_add(map *to)
{
    to->points = reallocate(to->points, (to->count + 1) * sizeof *to->points);
    map_point *point = &to->points[to->count++];
    *point = (map_point){0};
    return point;
}

static canvas_point place_of(const map *of, const map_point *point)
{
    return (canvas_point){axis_place(&of->across, point->across), axis_place(&of->up, point->up)};
}

static void choose_scales(map *to)
{
    double across[2] = {NAN, NAN}, up[2] = {0, NAN}; /* what matters not at all is at the bottom */
    to->across_mean = to->up_mean = 0;
    for (size_t i = 0; i < to->count; i++) {
        const map_point *at = &to->points[i];
        across[0] = fmin(across[0], at->across);
        across[1] = fmax(across[1], at->across);
        up[1] = fmax(up[1], at->up);
        to->across_mean += at->across / (double)to->count;
        to->up_mean += at->up / (double)to->count;
    }
    double narrow = NARROWEST * (to->across.most - to->across.least) - (across[1] - across[0]);
    if (narrow > 0) {
        across[0] = fmax(across[0] - narrow / 2, to->across.least);
        across[1] = fmin(across[1] + narrow / 2, to->across.most);
    }
    axis_choose(&to->across, across[0], across[1]);
    axis_choose(&to->up, up[0], up[1]);
}

static lettering letters_of(const map_point *point)
{
    return (lettering){.letters = point->is_strong ? LETTERS_SMALL_STRONG : LETTERS_SMALL,
                       .ink = INK_TEXT,
                       .width = NAME_WIDEST,
                       .on_lines = true};
}

static bool overlap(const box *a, const box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static box box_of_point(const map *of, const map_point *point)
{
    canvas_point at = place_of(of, point);
    return (box){at.x - DOT, at.y - DOT, at.x + DOT, at.y + DOT};
}

static box box_of_name(const map_point *point)
{
    return (box){point->name_left, point->name_middle - NAME_HEIGHT / 2, point->name_left + point->name_width,
                 point->name_middle + NAME_HEIGHT / 2};
}

static bool is_free(const map *of, const box *wanted)
{
    const box wide = {wanted->left - NAME_SPACE / 2, wanted->top, wanted->right + NAME_SPACE / 2, wanted->bottom};
    if (wide.left < of->across.left || wide.right > of->across.right) return false;
    if (wide.top < of->up.right || wide.bottom > of->up.left) return false;
    for (size_t i = 0; i < of->count; i++) {
        box point = box_of_point(of, &of->points[i]), name = box_of_name(&of->points[i]);
        if (overlap(&wide, &point) || (of->points[i].has_name && overlap(&wide, &name))) return false;
    }
    return true;
}

/* So far from the point in the direction, of which 0 is right, 1 left, then up and down, then what is between. */
static void put_name(map_point *to, canvas_point from, double distance, int direction)
{
    static const int order[DIRECTIONS] = {0, 8, 12, 4, 14, 10, 2, 6, 15, 9, 1, 7, 13, 11, 3, 5};
    double angle = order[direction] * 2 * PI / DIRECTIONS;
    double x = from.x + distance * cos(angle), y = from.y + distance * sin(angle);
    double aside = cos(angle) > 0.3 ? 0 : cos(angle) < -0.3 ? 1 : 0.5;
    double upwards = fabs(cos(angle)) > 0.3 ? 0 : sin(angle);
    to->name_left = x - aside * to->name_width;
    to->name_middle = y + upwards * NAME_HEIGHT / 2;
    bool is_near = distance <= DOT + NAME_SPACE;
    to->leader_x = is_near ? NAN : x;
    to->leader_y = y;
}

static void place_name(map *of, map_point *to)
{
    canvas_point from = place_of(of, to);
    to->name_width = canvas_label_width(of->on, letters_of(to), to->name);
    for (double distance = DOT + NAME_SPACE; distance <= FARTHEST; distance += STEP) {
        for (int i = 0; i < DIRECTIONS; i++) {
            put_name(to, from, distance, i);
            box wanted = box_of_name(to);
            if (!is_free(of, &wanted)) continue;
            to->has_name = true;
            return;
        }
    }
}

/* The plot begins at the height 0; map_draw() moves it down. */
size_t map_place(map *to)
{
    size_t without = 0;
    to->across.left = CANVAS_MARGIN + LEFT;
    to->across.right = CANVAS_RIGHT - DOT;
    to->up.left = PLOT;
    to->up.right = 0;
    choose_scales(to);
    for (int weak = 0; weak < 2; weak++) {
        for (size_t i = 0; i < to->count; i++) {
            if (to->points[i].is_strong == (weak == 0)) place_name(to, &to->points[i]);
        }
    }
    for (size_t i = 0; i < to->count; i++) without += !to->points[i].has_name;
    return without;
}

double map_height(const map *of)
{
    return of->count > 0 ? ABOVE + PLOT + BELOW : 0;
}

static void draw_scales(const map *of)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};
    lettering centred = small;
    double left = of->across.left, right = of->across.right, top = of->up.right, bottom = of->up.left;
    double x = axis_place(&of->across, of->across_mean), y = axis_place(&of->up, of->up_mean);
    centred.from = ANCHOR_MIDDLE;
    canvas_area(of->on, INK_BAND, left, top, x - left, y - top);
    axis_draw(of->on, &of->across, bottom + NUMBERS, top, bottom);
    axis_draw_upright(of->on, &of->up, left - SCALE_SPACE, left, right);
    canvas_dashes(of->on, INK_ACCENT, 2, x, top, x, bottom);
    canvas_dashes(of->on, INK_ACCENT, 2, left, y, right, y);
    canvas_label(of->on, small, CANVAS_MARGIN, top - ABOVE + 8, of->up_title);
    canvas_label(of->on, centred, (left + right) / 2, bottom + TITLE, of->across_title);
}

void map_draw(map *of, double top)
{
    double down = top + ABOVE;
    if (of->count == 0) return;
    of->up.left += down;
    of->up.right += down;
    draw_scales(of);
    for (size_t i = 0; i < of->count; i++) {
        const map_point *point = &of->points[i];
        canvas_point at = place_of(of, point);
        if (!point->has_name || isnan(point->leader_x)) continue;
        canvas_line(of->on, INK_QUIET, 1, at.x, at.y, point->leader_x, point->leader_y + down);
    }
    for (size_t i = 0; i < of->count; i++) {
        const map_point *point = &of->points[i];
        canvas_point at = place_of(of, point);
        canvas_dot(of->on, point->ink, at.x, at.y, DOT);
    }
    for (size_t i = 0; i < of->count; i++) {
        const map_point *point = &of->points[i];
        if (!point->has_name) continue;
        canvas_label(of->on, letters_of(point), point->name_left, point->name_middle + down, point->name);
    }
}

void map_free(map *freed)
{
    free(freed->points);
}
