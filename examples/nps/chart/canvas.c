#include "platform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <pango/pangocairo.h>

#include "canvas.h"
#include "canvas_write.h"
#include "message.h"

#define WHISKER_END 7.5 /* higher than a dot, which must not hide it */

/* Of the height of letters, how far their middle is above the line they stand on. */
#define MIDDLE_OF_LETTERS 0.36

static const struct {
    double size;
    PangoWeight weight;
} letters_of[] = {
    [LETTERS_TITLE] = {20, PANGO_WEIGHT_BOLD},        [LETTERS_LABEL] = {15, PANGO_WEIGHT_NORMAL},
    [LETTERS_STRONG] = {15, PANGO_WEIGHT_BOLD},       [LETTERS_SMALL] = {13, PANGO_WEIGHT_NORMAL},
    [LETTERS_SMALL_STRONG] = {13, PANGO_WEIGHT_BOLD},
};

static const uint32_t inks[] = {
    [INK_TEXT] = 0x222222,
    [INK_QUIET] = 0x595959,
    [INK_GRID] = 0xDDDDDD,
    [INK_PAPER] = 0xFFFFFF,
    [INK_DETRACTORS] = 0xD55E00,
    [INK_PASSIVES] = 0xBDBDBD,
    [INK_PROMOTERS] = 0x0072B2,
    [INK_PALE] = 0x6AA5CF,
    [INK_ACCENT] = 0xE69F00,
    [INK_BAND] = 0xD2E4F1,
    [INK_PALE_DETRACTORS] = 0xEBA87A,
};

const bool chart_is_built = true;

struct canvas {
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLayout *layout;
    cairo_t *cairo; /* NULL until canvas_begin() */
    canvas_file file;
    size_t unknown; /* characters without a glyph */
};

/* What is measured must not hang on the kind of surface, the screen, or the user's language; but Han characters take
 * the shapes of that. */
static void set_context(PangoContext *context)
{
    cairo_font_options_t *plain = cairo_font_options_create();
    cairo_font_options_set_antialias(plain, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(plain, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, plain);
    cairo_font_options_destroy(plain);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
}

static void set_words(canvas *on, enum letters letters, const char *words)
{
    PangoFontDescription *font = pango_font_description_from_string("sans");
    pango_font_description_set_absolute_size(font, letters_of[letters].size * PANGO_SCALE);
    pango_font_description_set_weight(font, letters_of[letters].weight);
    pango_layout_set_font_description(on->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(on->layout, words, -1);
}

/* pango always has names of fonts, though there are none. */
static void need_fonts(canvas *on)
{
    set_words(on, LETTERS_LABEL, "n");
    if (pango_layout_get_unknown_glyphs_count(on->layout) == 0) return;
    fail(STATUS_FAILED, "there is no font here to draw letters with: install one, such as DejaVu (Debian: "
                        "fonts-dejavu-core)");
}

canvas *canvas_new(void)
{
    canvas *on = allocate(sizeof *on);
    *on = (canvas){.fonts = pango_cairo_font_map_new()};
    on->context = pango_font_map_create_context(on->fonts);
    set_context(on->context);
    on->layout = pango_layout_new(on->context);
    need_fonts(on);
    return on;
}

static void set_label(canvas *on, lettering how, const char *words)
{
    set_words(on, how.letters, words);
    pango_layout_set_attributes(on->layout, NULL);
    pango_layout_set_single_paragraph_mode(on->layout, TRUE);
    pango_layout_set_width(on->layout, how.width > 0 ? (int)(how.width * PANGO_SCALE) : -1);
    pango_layout_set_ellipsize(on->layout, how.width <= 0   ? PANGO_ELLIPSIZE_NONE
                                           : how.cut_at_end ? PANGO_ELLIPSIZE_END
                                                            : PANGO_ELLIPSIZE_MIDDLE);
}

/* No line ends between p and its number. */
static PangoAttrList *kept_together(const char *words)
{
    PangoAttrList *kept = pango_attr_list_new();
    for (const char *at = words; (at = strstr(at, "p ")) != NULL; at += 2) {
        if (strncmp(at + 2, "= ", 2) != 0 && strncmp(at + 2, "< ", 2) != 0) continue;
        PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = (guint)(at - words);
        whole->end_index = whole->start_index + 4 + (guint)strcspn(at + 4, " ");
        pango_attr_list_insert(kept, whole);
    }
    return kept;
}

static void set_paragraph(canvas *on, enum letters letters, double width, const char *words)
{
    PangoAttrList *kept = kept_together(words);
    set_words(on, letters, words);
    pango_layout_set_attributes(on->layout, kept);
    pango_attr_list_unref(kept);
    pango_layout_set_single_paragraph_mode(on->layout, FALSE);
    pango_layout_set_ellipsize(on->layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_wrap(on->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(on->layout, (int)(width * PANGO_SCALE));
}

/* Where the words of the layout begin, and how wide and high they are. */
static PangoRectangle extents(canvas *on)
{
    PangoRectangle logical;
    pango_layout_get_extents(on->layout, NULL, &logical);
    return logical;
}

double canvas_label_width(canvas *on, lettering how, const char *words)
{
    set_label(on, how, words);
    return (double)extents(on).width / PANGO_SCALE;
}

void canvas_widen(double *width, double needed)
{
    if (needed > *width) *width = needed;
}

double canvas_paragraph_height(canvas *on, enum letters letters, double width, const char *words)
{
    if (*words == '\0') return 0;
    set_paragraph(on, letters, width, words);
    return (double)extents(on).height / PANGO_SCALE;
}

void canvas_begin(canvas *on, double height, const char *title, chart_target to)
{
    canvas_file_open(&on->file, height, title, to);
    on->cairo = cairo_create(on->file.surface);
    canvas_area(on, INK_PAPER, 0, 0, CANVAS_WIDTH, height);
}

static void set_ink(canvas *on, enum ink ink)
{
    uint32_t of = inks[ink];
    cairo_set_source_rgb(on->cairo, (of >> 16) / 255.0, (of >> 8 & 0xFF) / 255.0, (of & 0xFF) / 255.0);
}

static void show(canvas *on, enum ink ink, double x, double y)
{
    set_ink(on, ink);
    cairo_move_to(on->cairo, x, y);
    pango_cairo_show_layout(on->cairo, on->layout);
    on->unknown += (size_t)pango_layout_get_unknown_glyphs_count(on->layout);
}

/* Around the letters that will be there. */
static void show_paper(canvas *on, double x, double y)
{
    set_ink(on, INK_PAPER);
    cairo_set_line_width(on->cairo, 4);
    cairo_set_line_join(on->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(on->cairo, x, y);
    pango_cairo_layout_path(on->cairo, on->layout);
    cairo_stroke(on->cairo);
    cairo_set_line_join(on->cairo, CAIRO_LINE_JOIN_MITER);
}

void canvas_label(canvas *on, lettering how, double x, double y, const char *words)
{
    set_label(on, how, words);
    PangoRectangle taken = extents(on);
    double share = how.from == ANCHOR_START ? 0 : how.from == ANCHOR_MIDDLE ? 0.5 : 1;
    double baseline = (double)pango_layout_get_baseline(on->layout) / PANGO_SCALE;
    double left = x - (taken.x + share * taken.width) / PANGO_SCALE;
    double top = y + MIDDLE_OF_LETTERS * letters_of[how.letters].size - baseline;
    if (how.on_lines) show_paper(on, left, top);
    show(on, how.ink, left, top);
}

double canvas_paragraph(canvas *on, enum letters letters, enum ink ink, double x, double y, double width,
                        const char *words)
{
    if (*words == '\0') return 0;
    set_paragraph(on, letters, width, words);
    show(on, ink, x, y);
    return (double)extents(on).height / PANGO_SCALE;
}

void canvas_area(canvas *on, enum ink ink, double x, double y, double width, double height)
{
    set_ink(on, ink);
    cairo_rectangle(on->cairo, x, y, width, height);
    cairo_fill(on->cairo);
}

void canvas_line(canvas *on, enum ink ink, double thickness, double x, double y, double to_x, double to_y)
{
    set_ink(on, ink);
    cairo_set_line_width(on->cairo, thickness);
    cairo_move_to(on->cairo, x, y);
    cairo_line_to(on->cairo, to_x, to_y);
    cairo_stroke(on->cairo);
}

void canvas_dashes(canvas *on, enum ink ink, double thickness, double x, double y, double to_x, double to_y)
{
    const canvas_point ends[] = {{x, y}, {to_x, to_y}};
    canvas_path(on, ink, STROKE_DASHES, thickness, ends, 2);
}

void canvas_path(canvas *on, enum ink ink, enum stroke stroke, double thickness, const canvas_point *points,
                 size_t count)
{
    static const double dashes[] = {5, 4}, dots[] = {1.5, 2.5};
    bool is_on = false;
    set_ink(on, ink);
    cairo_new_path(on->cairo);
    cairo_set_line_width(on->cairo, thickness);
    if (stroke != STROKE_LINE) cairo_set_dash(on->cairo, stroke == STROKE_DASHES ? dashes : dots, 2, 0);
    for (size_t i = 0; i < count; i++) {
        if (is_on && !isnan(points[i].y)) cairo_line_to(on->cairo, points[i].x, points[i].y);
        if (!is_on && !isnan(points[i].y)) cairo_move_to(on->cairo, points[i].x, points[i].y);
        is_on = !isnan(points[i].y);
    }
    cairo_stroke(on->cairo);
    cairo_set_dash(on->cairo, NULL, 0, 0);
}

void canvas_polygon(canvas *on, enum ink ink, const canvas_point *points, size_t count)
{
    set_ink(on, ink);
    cairo_new_path(on->cairo);
    for (size_t i = 0; i < count; i++) cairo_line_to(on->cairo, points[i].x, points[i].y);
    cairo_fill(on->cairo);
}

static void circle(canvas *on, double x, double y, double radius)
{
    cairo_new_sub_path(on->cairo);
    cairo_arc(on->cairo, x, y, radius, 0, 2 * G_PI);
}

void canvas_dot(canvas *on, enum ink ink, double x, double y, double radius)
{
    set_ink(on, ink);
    circle(on, x, y, radius);
    cairo_fill(on->cairo);
}

void canvas_ring(canvas *on, enum ink ink, double x, double y, double radius)
{
    canvas_dot(on, INK_PAPER, x, y, radius);
    set_ink(on, ink);
    cairo_set_line_width(on->cairo, 1.5);
    circle(on, x, y, radius);
    cairo_stroke(on->cairo);
}

void canvas_ringed_dot(canvas *on, enum ink ink, enum ink ring, double x, double y, double radius)
{
    canvas_ring(on, ring, x, y, radius + 3);
    canvas_dot(on, ink, x, y, radius);
}

void canvas_whisker(canvas *on, enum ink ink, double thickness, double lower, double upper, double y, const bool *ends)
{
    const double places[] = {lower, upper};
    if (isnan(lower) || isnan(upper)) return;
    canvas_line(on, ink, thickness, lower, y, upper, y);
    for (int i = 0; i < 2; i++) {
        if (ends != NULL && !ends[i]) continue;
        canvas_line(on, ink, thickness, places[i], y - WHISKER_END, places[i], y + WHISKER_END);
    }
}

static void note_unknown(const canvas *ended)
{
    if (ended->unknown == 0) return;
    note("%zu %s no glyph in the fonts here, and %s in the picture: install a font that has %s, such as Noto",
         ended->unknown, ended->unknown == 1 ? "character has" : "characters have",
         ended->unknown == 1 ? "is a box" : "are boxes", ended->unknown == 1 ? "it" : "them");
}

void canvas_end(canvas *ended)
{
    note_unknown(ended);
    cairo_status_t status = cairo_status(ended->cairo);
    if (status != CAIRO_STATUS_SUCCESS) canvas_file_fail(status);
    cairo_destroy(ended->cairo);
    g_object_unref(ended->layout);
    g_object_unref(ended->context);
    g_object_unref(ended->fonts);
    canvas_file_close(&ended->file);
    free(ended);
}
