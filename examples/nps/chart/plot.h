/* A series of periods on an upright scale: lines, areas and dots. Where there are more periods than can be told apart,
 * several are one column, which has the lowest and the highest number of these. */
#ifndef PLOT_H
#define PLOT_H

#include <stddef.h>

#include "axis.h"
#include "canvas.h"
#include "trend.h"

typedef struct plot {
    canvas *on;
    const series *of;
    axis scale;
    double left, right;
    double step;   /* from a period to the next */
    size_t stride; /* periods in a column */
} plot;

/* Takes left and right, and what is to be seen into the scale, whose ends are given. */
void plot_start(plot *started);

/* The middle of a period. */
double plot_place(const plot *of, size_t index);

void plot_band(const plot *drawn); /* of the intervals; in columns, of the scores too */
void plot_limits(const plot *drawn);
void plot_scores(const plot *drawn);  /* and the rolling ones */
void plot_outside(const plot *drawn); /* what is outside of the limits, with its score */

/* A bar for each column: how many answers its periods have, at most. */
void plot_counts(const plot *drawn, double top, double bottom);

#endif
