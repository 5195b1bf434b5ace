/* Points on two scales, each with its name beside it, so that no name lies on another, on a point, or outside. */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "axis.h"
#include "canvas.h"

typedef struct map_point {
    double across, up;
    enum ink ink;
    bool is_strong;   /* these find a place for their names first */
    const char *name; /* stays as it is until the map is drawn */
    double name_left, name_middle, name_width;
    double leader_x, leader_y; /* a line to the name; NaN: it is beside the point */
    bool has_name;             /* there was room */
} map_point;

/* Set what is before `points`; add the points; then map_place(). */
typedef struct map {
    canvas *on;
    const char *across_title, *up_title;
    axis across, up; /* their kinds and ends */
    bool has_band;   /* the quadrant above and left of the means stands out */
    map_point *points;
    size_t count;
    double across_mean, up_mean; /* lines there make quadrants */
} map;

map_point *map_add(map *to);

/* Chooses the scales and the places of the names. Returns how many names there is no room for. */
size_t map_place(map *to);
double map_height(const map *of);
void map_draw(map *of, double top);
void map_free(map *freed);

#endif
