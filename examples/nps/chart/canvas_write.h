/* The bytes of a picture: from a surface of cairo to a file or a document. */
#ifndef CANVAS_WRITE_H
#define CANVAS_WRITE_H

#include <cairo.h>

#include "chart.h"

typedef struct canvas_file {
    cairo_surface_t *surface;
    enum chart_format format;
    chart_target to;
    text bytes, title;
} canvas_file;

void canvas_file_open(canvas_file *opened, double height, const char *title, chart_target to);

/* Writes all of it, or nothing and fail()s. */
void canvas_file_close(canvas_file *closed);

_Noreturn void canvas_file_fail(cairo_status_t status);

#endif
