#include "platform.h"

#include <stdio.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "canvas.h"
#include "canvas_write.h"
#include "message.h"
#include "output.h"

#define PNG_SCALE 2 /* pixels a point */

_Noreturn void canvas_file_fail(cairo_status_t status)
{
    fail(STATUS_FAILED, "the picture cannot be drawn: %s", cairo_status_to_string(status));
}

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    text_append(closure, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *open_surface(canvas_file *file, double height)
{
    cairo_surface_t *surface;
    switch (file->format) {
    case CHART_PDF:
        surface = cairo_pdf_surface_create_for_stream(take_bytes, &file->bytes, CANVAS_WIDTH, height);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, file->title.bytes);
        /* What is no date leaves it out, so that the same input gives the same bytes. */
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
        return surface;
    case CHART_PNG:
        surface =
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(PNG_SCALE * CANVAS_WIDTH), (int)(PNG_SCALE * height));
        cairo_surface_set_device_scale(surface, PNG_SCALE, PNG_SCALE);
        return surface;
    default:
        return cairo_svg_surface_create_for_stream(take_bytes, &file->bytes, CANVAS_WIDTH, height);
    }
}

void canvas_file_open(canvas_file *opened, double height, const char *title, chart_target to)
{
    *opened = (canvas_file){.format = CHART_SVG, .to = to};
    if (to.path != NULL) chart_format_of(to.path, &opened->format);
    text_append(&opened->title, title, strlen(title));
    opened->surface = open_surface(opened, height);
    cairo_status_t status = cairo_surface_status(opened->surface);
    if (status != CAIRO_STATUS_SUCCESS) canvas_file_fail(status);
}

/* What XML can hold of a title, which is UTF-8 without control characters. */
static void append_xml(text *to, const char *words, size_t length)
{
    uint32_t point;
    for (size_t i = 0, taken; (taken = utf8_decode(words + i, length - i, &point)) > 0; i += taken) {
        if (point == '&') {
            text_append(to, "&amp;", 5);
        } else if (point == '<') {
            text_append(to, "&lt;", 4);
        } else if (point == '>') {
            text_append(to, "&gt;", 4);
        } else if (point != 0xFFFE && point != 0xFFFF) {
            text_append(to, words + i, taken);
        }
    }
}

/* Copies a picture that cairo wrote. Its letters are paths, so that nothing in it is anyone's text; what begins like
 * this is where an id is given, or meant. */
static void append_with_ids(text *to, const char *picture, const char *prefix)
{
    static const char *const marks[] = {" id=\"", "href=\"#", "url(#"};
    while (*picture != '\0') {
        size_t length = 1;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            if (strncmp(picture, marks[i], strlen(marks[i])) == 0) length = strlen(marks[i]);
        }
        text_append(to, picture, length);
        if (length > 1) text_append(to, prefix, strlen(prefix));
        picture += length;
    }
}

/* With its title, which readers of screens read out; for a document without the XML declaration. */
static void finish_svg(canvas_file *of, text *to)
{
    const char *start = strstr(of->bytes.bytes, "<svg"), *end = start != NULL ? strchr(start, '>') : NULL;
    if (end == NULL) canvas_file_fail(CAIRO_STATUS_WRITE_ERROR);
    if (of->to.path != NULL) text_append(to, of->bytes.bytes, (size_t)(start - of->bytes.bytes));
    text_append(to, start, (size_t)(end - start));
    text_say(to, " role=\"img\">\n<title>");
    append_xml(to, of->title.bytes, of->title.length);
    text_say(to, "</title>");
    append_with_ids(to, end + 1, of->to.prefix != NULL ? of->to.prefix : "");
}

static void finish_surface(canvas_file *of)
{
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    if (of->format == CHART_PNG) status = cairo_surface_write_to_png_stream(of->surface, take_bytes, &of->bytes);
    cairo_surface_finish(of->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(of->surface);
    if (status != CAIRO_STATUS_SUCCESS) canvas_file_fail(status);
    cairo_surface_destroy(of->surface);
}

static void write_file(const char *path, const text *bytes)
{
    output *file = output_open(path);
    fwrite(bytes->bytes, 1, bytes->length, output_stream(file));
    output_close(file);
}

void canvas_file_close(canvas_file *closed)
{
    text svg = {0}, *into = closed->to.path != NULL ? &svg : closed->to.svg;
    finish_surface(closed);
    if (closed->format == CHART_SVG) finish_svg(closed, into);
    if (closed->to.path != NULL) write_file(closed->to.path, closed->format == CHART_SVG ? &svg : &closed->bytes);
    text_free(&svg);
    text_free(&closed->bytes);
    text_free(&closed->title);
}
