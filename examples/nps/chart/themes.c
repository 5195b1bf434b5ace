/* The picture of nps themes: what each reason does to the score. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apportion.h"
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

/* Tenths of a point. */
static double tell_points(mark_row *row, int64_t shown)
{
    double points = (double)shown / apportion_scale(1);
    rounded_signed(points, 1, row->told);
    return points;
}

static void take_theme(themes_picture *to, size_t index)
{
    const nps_theme *theme = &to->of->total.themes[index];
    mark_row *row = marks_add(&to->rows);
    row->is_quiet = theme_is_none(theme);
    if (row->is_quiet) {
        text_say(&row->name, "(none)");
    } else {
        names_text(theme->theme.bytes, theme->theme.length, &row->name);
    }
    rounded_count(theme->mentions, row->count);
    tell_points(row, to->of->total.shown[index]);
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

/* In the order of the table: answers without a theme come last. */
static int by_place(const void *a, const void *b)
{
    const nps_theme *left = *(const nps_theme *const *)a, *right = *(const nps_theme *const *)b;
    if (theme_is_none(left) != theme_is_none(right)) return theme_is_none(left) ? 1 : -1;
    return (left > right) - (left < right);
}

static size_t list_themes(const theme_group *of, const nps_theme **themes)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (of->themes[i].mentions > 0) themes[count++] = &of->themes[i];
    }
    return count;
}

/* Those that do most, from the lowest to the highest; what the others do together is the last row, and adds up. */
static void take_themes(themes_picture *to)
{
    const theme_group *total = &to->of->total;
    const nps_theme **themes = allocate((total->count + 1) * sizeof *themes);
    size_t count = total->told.has_score ? list_themes(total, themes) : 0;
    size_t drawn = count <= THEMES_MOST ? count : THEMES_MOST - 1;
    int64_t shown = 0;
    if (drawn < count) qsort(themes, count, sizeof *themes, by_size);
    qsort(themes, drawn, sizeof *themes, by_place);
    for (size_t i = 0; i < drawn; i++) take_theme(to, (size_t)(themes[i] - total->themes));
    for (size_t i = drawn; i < count; i++) shown += total->shown[themes[i] - total->themes];
    free(themes);
    if (drawn == count) return;
    mark_row *row = marks_add(&to->rows);
    row->is_quiet = true;
    row->title = "";
    text_say(&row->name, "and %zu more, together", count - drawn);
    marks_put(row, MARK_BAR, INK_PASSIVES, tell_points(row, shown));
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
    legend_of(to, INK_DETRACTORS, "takes off the score");
    legend_of(to, INK_PALE_DETRACTORS, "may take off");
    legend_of(to, INK_PALE, "may add");
    legend_of(to, INK_PROMOTERS, "adds to the score");
    snprintf(words, sizeof words, "%.4g%% interval", 100 * to->of->given->level);
    frame_legend(&to->around, SIGN_INTERVAL, INK_TEXT, words);
}

static void set_frame(themes_picture *to)
{
    const result *total = &to->of->total.told;
    text *subtitle = &to->around.subtitle, rows = {0};
    char score[ROUNDED_SIZE];
    text_say(&to->around.title, "What each theme adds to the score");
    if (to->rows.count == 0) {
        text_say(subtitle, "no answer, and so no theme");
    } else {
        text_say(subtitle, "together they are the score, %s: an answer counts for each of its themes in equal parts",
                 rounded_signed(total->score, 1, score));
    }
    rounded_rows(&total->counts, &rows);
    frame_line(subtitle, rows.bytes);
    text_free(&rows);
    set_legend(to);
    names_together(&to->of->keys, &to->around.footer);
}

void chart_themes(const theme_report *drawn, chart_target to)
{
    canvas *on = canvas_new();
    themes_picture picture = {
        .of = drawn,
        .rows = {.on = on,
                 .title = "theme",
                 .count_title = "n",
                 .scale_title = "added to the score, in points",
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
