/* What stands around every picture: title, sentence and legend above it, sentences below. */
#ifndef FRAME_H
#define FRAME_H

#include <stddef.h>

#include "canvas.h"
#include "text.h"

#define LEGEND_MOST 6

/* Dots have an interval, which may be a thick one; it may stand alone too. */
enum sign {
    SIGN_SQUARE,
    SIGN_DOT,
    SIGN_THICK_DOT,
    SIGN_RING,
    SIGN_RINGED_DOT,
    SIGN_LINE,
    SIGN_DASHES,
    SIGN_DOTS,
    SIGN_INTERVAL
};

typedef struct legend_entry {
    enum sign sign;
    enum ink ink;
    char words[80];
} legend_entry;

/* Start with zeros. */
typedef struct frame {
    text title;    /* on one line */
    text subtitle; /* the next two are lines broken where the picture ends */
    text footer;
    legend_entry legend[LEGEND_MOST];
    size_t legend_count;
} frame;

void frame_legend(frame *to, enum sign sign, enum ink ink, const char *words);

/* Adds a sentence to one that may be there, on a line of its own. */
void frame_line(text *to, const char *words);

/* Breaks a sentence after its first colon where it is longer than a line. */
void frame_break(canvas *on, text *sentence);

/* How much of the height is taken by what is above and what is below; margins are part of it. */
double frame_above(canvas *on, const frame *around);
double frame_below(canvas *on, const frame *around);

/* Begins the canvas: as high as the frame with so much in it. */
void frame_begin(canvas *on, const frame *around, double inside, chart_target to);
void frame_free(frame *freed);

#endif
