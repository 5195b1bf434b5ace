/* What pictures are drawn on: lines, areas, signs and letters, and where they go in the end. Lengths are points, from
 * the left and from the top.
 *
 * First a canvas only measures letters; once it is known how high the picture is, canvas_begin() lets it be drawn. */
#ifndef CANVAS_H
#define CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "chart.h"

#define CANVAS_WIDTH  800.0
#define CANVAS_MARGIN 24.0
#define CANVAS_RIGHT  (CANVAS_WIDTH - CANVAS_MARGIN)

typedef struct canvas canvas;

/* The palette of Okabe and Ito, which colour-blind people can tell apart; neighbours differ in lightness too. */
enum ink {
    INK_TEXT,
    INK_QUIET, /* what is less than the text */
    INK_GRID,
    INK_PAPER,
    INK_DETRACTORS,
    INK_PASSIVES,
    INK_PROMOTERS,
    INK_PALE,            /* promoters' blue, of what is not sure */
    INK_PALE_DETRACTORS, /* vermilion, of the same */
    INK_BAND,            /* promoters' blue, behind lines */
    INK_ACCENT
};

enum letters { LETTERS_TITLE, LETTERS_LABEL, LETTERS_STRONG, LETTERS_SMALL, LETTERS_SMALL_STRONG };

enum stroke { STROKE_LINE, STROKE_DASHES, STROKE_DOTS };

typedef struct canvas_point {
    double x, y;
} canvas_point;

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* How a text is set. Zeros: as wide as it is, on one line. */
typedef struct lettering {
    enum letters letters;
    enum ink ink;
    double width;     /* cut with an ellipsis where it is wider; 0: never */
    bool cut_at_end;  /* else in the middle, so that names that differ at their ends can be told apart */
    bool on_lines;    /* with paper around it, where it is drawn on other things */
    enum anchor from; /* which part of the text x is of */
} lettering;

/* fail()s where there are no fonts. */
canvas *canvas_new(void);

/* Of one line, not wider than its bound. */
double canvas_label_width(canvas *on, lettering how, const char *words);
/* A width that is to hold this too. */
void canvas_widen(double *width, double needed);
/* Lines broken where `width` ends; \n is a line end too. */
double canvas_paragraph_height(canvas *on, enum letters letters, double width, const char *words);

/* height: whole points. The title is for those who cannot see the picture, and for lists of documents. */
void canvas_begin(canvas *on, double height, const char *title, chart_target to);

/* One line, which is in the middle of the height y. */
void canvas_label(canvas *on, lettering how, double x, double y, const char *words);
/* Returns the height. */
double canvas_paragraph(canvas *on, enum letters letters, enum ink ink, double x, double y, double width,
                        const char *words);
void canvas_area(canvas *on, enum ink ink, double x, double y, double width, double height);
void canvas_line(canvas *on, enum ink ink, double thickness, double x, double y, double to_x, double to_y);
void canvas_dashes(canvas *on, enum ink ink, double thickness, double x, double y, double to_x, double to_y);
/* A line from point to point, which is broken where y is NaN. */
void canvas_path(canvas *on, enum ink ink, enum stroke stroke, double thickness, const canvas_point *points,
                 size_t count);
/* The area that a line around it has. */
void canvas_polygon(canvas *on, enum ink ink, const canvas_point *points, size_t count);
void canvas_dot(canvas *on, enum ink ink, double x, double y, double radius);
void canvas_ring(canvas *on, enum ink ink, double x, double y, double radius); /* paper inside */
/* A dot with a ring around it, a little larger. */
void canvas_ringed_dot(canvas *on, enum ink ink, enum ink ring, double x, double y, double radius);
/* An interval, with a stroke at each of its ends, lower and upper, that it has (NULL: both); with bounds that are NaN
 * it is not drawn. */
void canvas_whisker(canvas *on, enum ink ink, double thickness, double lower, double upper, double y, const bool *ends);

/* Writes the picture and frees the canvas. Notes characters that no font here has. */
void canvas_end(canvas *ended);

#endif
