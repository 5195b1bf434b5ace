#include "platform.h"

#include <math.h>
#include <string.h>

#include "frame.h"

#define WIDTH       (CANVAS_RIGHT - CANVAS_MARGIN)
#define TITLE_LINE  30.0
#define LEGEND_LINE 24.0
#define SIGN_MOST   24.0 /* how wide */
#define SIGN_SPACE  7.0
#define ENTRY_SPACE 22.0
#define SPACE       10.0

void frame_legend(frame *to, enum sign sign, enum ink ink, const char *words)
{
    legend_entry *entry = &to->legend[to->legend_count++];
    entry->sign = sign;
    entry->ink = ink;
    entry->words[0] = '\0';
    strncat(entry->words, words, sizeof entry->words - 1);
}

void frame_line(text *to, const char *words)
{
    if (to->length > 0) text_append(to, "\n", 1);
    text_append(to, words, strlen(words));
}

void frame_break(canvas *on, text *sentence)
{
    char *colon = strstr(sentence->bytes, ": ");
    bool is_long = canvas_label_width(on, (lettering){.letters = LETTERS_SMALL}, sentence->bytes) > WIDTH;
    if (colon != NULL && is_long) colon[1] = '\n';
}

static void draw_sign(canvas *on, const legend_entry *of, double x, double y)
{
    switch (of->sign) {
    case SIGN_SQUARE:
        canvas_area(on, of->ink, x, y - 6.5, 13, 13);
        break;
    case SIGN_DOT:
    case SIGN_THICK_DOT:
        canvas_line(on, of->ink, of->sign == SIGN_DOT ? 2 : 3, x, y, x + SIGN_MOST, y);
        canvas_dot(on, of->ink, x + SIGN_MOST / 2, y, 5.5);
        break;
    case SIGN_RING:
        canvas_ring(on, of->ink, x + 4.5, y, 3.5);
        break;
    case SIGN_RINGED_DOT:
        canvas_ringed_dot(on, INK_PROMOTERS, of->ink, x + 7, y, 4);
        break;
    case SIGN_LINE:
        canvas_line(on, of->ink, 3.5, x, y, x + SIGN_MOST, y);
        break;
    case SIGN_INTERVAL:
        canvas_whisker(on, of->ink, 2, x, x + SIGN_MOST, y, NULL);
        break;
    case SIGN_DASHES:
    case SIGN_DOTS:
        canvas_path(on, of->ink, of->sign == SIGN_DASHES ? STROKE_DASHES : STROKE_DOTS, 2,
                    (canvas_point[]){{x, y}, {x + 23, y}}, 2);
    }
}

static double sign_width(enum sign sign)
{
    return sign == SIGN_SQUARE ? 13 : sign == SIGN_RING ? 9 : sign == SIGN_RINGED_DOT ? 14 : SIGN_MOST;
}

/* One line, or more where the letters are wide. Returns the height; y negative: only that. */
static double set_legend(canvas *on, const frame *around, double y)
{
    const lettering small = {.letters = LETTERS_SMALL, .ink = INK_TEXT};
    double x = CANVAS_MARGIN, lines = around->legend_count > 0;
    for (size_t i = 0; i < around->legend_count; i++) {
        const legend_entry *entry = &around->legend[i];
        double sign = sign_width(entry->sign) + SIGN_SPACE;
        double width = sign + canvas_label_width(on, small, entry->words);
        if (x + width > CANVAS_RIGHT && x > CANVAS_MARGIN) {
            x = CANVAS_MARGIN;
            lines++;
        }
        if (y >= 0) {
            double middle = y + (lines - 0.5) * LEGEND_LINE;
            draw_sign(on, entry, x, middle);
            canvas_label(on, small, x + sign, middle, entry->words);
        }
        x += width + ENTRY_SPACE;
    }
    return lines * LEGEND_LINE;
}

static double paragraph_height(canvas *on, const text *words)
{
    return words->length > 0 ? canvas_paragraph_height(on, LETTERS_SMALL, WIDTH, words->bytes) : 0;
}

static double legend_top(canvas *on, const frame *around)
{
    return CANVAS_MARGIN + TITLE_LINE + paragraph_height(on, &around->subtitle) + SPACE;
}

double frame_above(canvas *on, const frame *around)
{
    return legend_top(on, around) + set_legend(on, around, -1) + SPACE;
}

double frame_below(canvas *on, const frame *around)
{
    double height = paragraph_height(on, &around->footer);
    return CANVAS_MARGIN + (height > 0 ? height + SPACE : 0);
}

void frame_begin(canvas *on, const frame *around, double inside, chart_target to)
{
    const lettering title = {.letters = LETTERS_TITLE, .ink = INK_TEXT, .width = WIDTH, .cut_at_end = true};
    double below = frame_above(on, around) + inside;
    canvas_begin(on, ceil(below + frame_below(on, around)), around->title.bytes, to);
    canvas_label(on, title, CANVAS_MARGIN, CANVAS_MARGIN + 11, around->title.bytes);
    if (around->subtitle.length > 0) {
        canvas_paragraph(on, LETTERS_SMALL, INK_QUIET, CANVAS_MARGIN, CANVAS_MARGIN + TITLE_LINE, WIDTH,
                         around->subtitle.bytes);
    }
    set_legend(on, around, legend_top(on, around));
    if (around->footer.length > 0) {
        canvas_paragraph(on, LETTERS_SMALL, INK_QUIET, CANVAS_MARGIN, below + SPACE, WIDTH, around->footer.bytes);
    }
}

void frame_free(frame *freed)
{
    text_free(&freed->title);
    text_free(&freed->subtitle);
    text_free(&freed->footer);
}
