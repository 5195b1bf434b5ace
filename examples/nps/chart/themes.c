/* The picture of nps themes: what each reason does to the score. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "frame.h"
#include "marks.h"
#include "message.h"
#include "names.h"
#include "rounded.h"

#define THEMES_MOST 24 /* the rest together */

typedef struct themes_picture {
    const theme_report *of;
    marks rows;
    frame around;
    size_t others;
} themes_picture;

static bool is_sure(const nps_theme *theme)
{
    return theme->contribution_lower > 0 || theme->contribution_upper < 0;
}

static enum ink ink_of(const nps_theme *theme)
{
    if (theme->contribution < 0) return is_sure(theme) ? INK_DETRACTORS : INK_PALE_DETRACTORS;
    return is_sure(theme) ? INK_PROMOTERS : INK_PALE;
}

static void take_theme(themes_picture *to, const nps_theme *theme)
{
    mark_row *row = marks_add(&to->rows);
    char number[32];
    row->is_quiet = theme->theme.type == NPS_KEY_NULL;
    if (theme->theme.type == NPS_KEY_BYTES) {
        names_text(theme->theme.bytes, theme->theme.length, &row->name);
    } else if (row->is_quiet) {
        text_say(&row->name, "(none)");
    } else {
        text_say(&row->name, "%s", format_number((double)theme->theme.integer, number));
    }
    rounded_count(theme->mentions, row->count);
    rounded_signed(theme->contribution, 1, row->told);
    mark *bar = marks_put(row, MARK_BAR, ink_of(theme), theme->contribution);
    bar->lower = theme->contribution_lower;
    bar->upper = theme->contribution_upper;
}

static int by_size(const void *a, const void *b)
{
    const nps_theme *left = *(const nps_theme *const *)a, *right = *(const nps_theme *const *)b;
    double difference = fabs(right->contribution) - fabs(left->contribution);
    return difference != 0 ? (difference > 0) - (difference < 0) : left < right ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const nps_theme *left = *(const nps_theme *const *)a, *right = *(const nps_theme *const *)b;
    return (left > right) - (left < right);
}

/* Those that do most, from the lowest to the highest; what the others do together is the last row, and adds up. */
static void take_themes(themes_picture *to)
{
    const theme_group *total = &to->of->total;
    size_t drawn = total->count <= THEMES_MOST ? total->count : THEMES_MOST - 1;
    const nps_theme **themes = allocate((total->count + 1) * sizeof *themes);
    double others = 0;
    for (size_t i = 0; i < total->count; i++) themes[i] = &total->themes[i];
    if (drawn < total->count) qsort(themes, total->count, sizeof *themes, by_size);
    qsort(themes, drawn, sizeof *themes, by_place);
    for (size_t i = 0; i < drawn; i++) take_theme(to, themes[i]);
    for (size_t i = drawn; i < total->count; i++) others += themes[i]->contribution;
    free(themes);
    to->others = total->count - drawn;
    if (to->others == 0) return;
    mark_row *row = marks_add(&to->rows);
    row->is_quiet = true;
    row->title = "";
    text_say(&row->name, "and %zu more, together", to->others);
    rounded_signed(others, 1, row->told);
    marks_put(row, MARK_BAR, INK_PASSIVES, others);
}

/* A colour is in the legend where it is in the picture. */
static void legend_of(themes_picture *to, enum ink ink, const char *words)
{
    for (size_t i = 0; i < to->rows.count; i++) {
        if (to->rows.rows[i].marks[0].ink != ink) continue;
        frame_legend(&to->around, SIGN_SQUARE, ink, words);
        return;
    }
}

static void set_legend(themes_picture *to)
{
    char words[80];
    if (to->rows.count == 0) return;
    legend_of(to, INK_DETRACTORS, "lowers the score");
    legend_of(to, INK_PALE_DETRACTORS, "may lower it");
    legend_of(to, INK_PALE, "may lift it");
    legend_of(to, INK_PROMOTERS, "lifts the score");
    snprintf(words, sizeof words, "%.4g%% interval", 100 * to->of->given->level);
    frame_legend(&to->around, SIGN_INTERVAL, INK_TEXT, words);
}

static void set_frame(themes_picture *to)
{
    const result *total = &to->of->total.told;
    text *subtitle = &to->around.subtitle, rows = {0};
    char score[ROUNDED_SIZE];
    text_say(&to->around.title, "What each reason does to the score");
    if (to->rows.count == 0) {
        text_say(subtitle, "no answer, and so no reason");
    } else {
        text_say(subtitle,
                 "all contributions add up to the score, %s: an answer counts for each of its reasons in "
                 "equal parts",
                 rounded_signed(total->score, 1, score));
    }
    rounded_rows(&total->counts, &rows);
    frame_line(subtitle, rows.bytes);
    text_free(&rows);
    set_legend(to);
}

void chart_themes(const theme_report *drawn, chart_target to)
{
    canvas *on = canvas_new();
    themes_picture picture = {
        .of = drawn,
        .rows = {.on = on,
                 .title = "reason",
                 .count_title = "mentions",
                 .scale_title = "contribution to the score, in points",
                 .line = NAN,
                 .scale = {.is_free = true, .least = -100, .most = 100, .has_signs = true}},
    };
    take_themes(&picture);
    marks_set(&picture.rows);
    set_frame(&picture);
    frame_begin(on, &picture.around, marks_height(&picture.rows), to);
    marks_draw(&picture.rows, frame_above(on, &picture.around));
    canvas_end(on);
    marks_free(&picture.rows);
    frame_free(&picture.around);
}
