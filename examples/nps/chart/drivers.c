/* The picture of nps drivers: how much each rating matters, and a map of that and of how good the ratings are. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart.h"
#include "frame.h"
#include "map.h"
#include "marks.h"
#include "names.h"
#include "rounded.h"

#define BETWEEN   24.0 /* the rows and the map */
#define MAP_LEAST 2    /* ratings */

typedef struct drivers_picture {
    const driver_report *of;
    marks rows;
    map places;
    frame around;
    size_t first, more, nameless;
    text across;
} drivers_picture;

/* Of the scale, how far up: where the lowest rating is the best, from the other end. */
static double performance(const driver_report *of, size_t rating)
{
    double lowest = of->lowest[rating], highest = of->highest[rating];
    return highest - of->total.priorities[rating].room * (highest - lowest);
}

static bool is_reversed(const driver_report *of, size_t rating)
{
    return of->total.priorities[rating].rank > 0 && of->total.drivers[rating].correlation < 0;
}

static void take_row(drivers_picture *to, const int64_t *shares, size_t index)
{
    const driver_report *of = to->of;
    size_t rating = of->total.order[index];
    const nps_driver_weight *weight = &of->total.weights[rating];
    mark_row *row = marks_add(&to->rows);
    double mean = of->total.drivers[rating].mean;
    bool is_first = index < to->first;
    names_text(of->names[rating], strlen(of->names[rating]), &row->name);
    if (!isnan(mean)) rounded_number(mean, NAN, of->highest[0] - of->lowest[0] > 20 ? 1 : 2, row->count);
    row->is_strong = is_first;
    row->is_quiet = isnan(weight->weight);
    if (row->is_quiet) return;
    rounded_count(index + 1, row->rank);
    snprintf(row->told, sizeof row->told, "%.1f%%", (double)shares[rating] / 10);
    mark *bar = marks_put(row, MARK_BAR, is_first ? INK_PROMOTERS : INK_PALE, 100 * weight->weight);
    bar->lower = 100 * weight->lower;
    bar->upper = 100 * weight->upper;
}

static void take_point(drivers_picture *to, size_t index)
{
    const driver_report *of = to->of;
    size_t rating = of->total.order[index];
    map_point *point = map_add(&to->places);
    point->across = performance(of, rating);
    point->up = 100 * of->total.weights[rating].weight;
    point->is_strong = index < to->first;
    point->ink = point->is_strong ? INK_PROMOTERS : INK_PALE;
    point->name = to->rows.rows[index].name.bytes;
}

static void take_ratings(drivers_picture *to)
{
    const driver_report *of = to->of;
    const driver_group *total = &of->total;
    int64_t shares[RATINGS_MOST];
    if (!total->has_fit) return;
    if (drivers_have_order(of->given, total) && total->ranked > 1) {
        to->first = total->ranked < DRIVERS_FIRST ? total->ranked : DRIVERS_FIRST;
    }
    drivers_shares(of, shares);
    size_t drawn = of->count <= ROWS_MOST ? of->count : ROWS_MOST;
    to->more = of->count - drawn;
    for (size_t i = 0; i < drawn; i++) take_row(to, shares, i);
    for (size_t i = 0; i < drawn && i < total->ranked && total->ranked >= MAP_LEAST; i++) take_point(to, i);
}

/* The first of several sentences. */
static void take_sentence(void *user, const char *sentence)
{
    text *to = user;
    if (to->length == 0) text_append(to, sentence, strlen(sentence));
}

static void say_subtitle(const driver_report *of, canvas *on, text *to)
{
    const driver_group *total = &of->total;
    char rows[ROUNDED_SIZE];
    text line = {0};
    drivers_say(of, total, take_sentence, to);
    frame_break(on, to);
    if (!total->has_fit) return;
    rounded_count(drivers_size(of, total), rows);
    text_say(&line, "importance: the part of the variance of the answer%s that goes with the rating",
             of->given->explains == NPS_DRIVERS_CLASS ? "'s class" : "");
    if (total->used > 1) text_say(&line, "; with all %zu it is %.1f%%", total->used, 100 * total->fit.r_squared);
    frame_line(to, line.bytes);
    text_free(&line);
    text_say(&line, "%s%s rows%s", rows, of->given->pairwise ? " or more" : "",
             total->ranked > 1 ? "; first what matters most and is rated furthest from its best" : "");
    frame_line(to, line.bytes);
    text_free(&line);
}

static void set_legend(drivers_picture *to)
{
    frame *around = &to->around;
    const options *given = to->of->given;
    char words[80];
    if (to->rows.count == 0) return;
    if (to->first > 0) {
        snprintf(words, sizeof words, "the first %zu to work on", to->first);
        frame_legend(around, SIGN_SQUARE, INK_PROMOTERS, words);
        if (to->first < to->of->total.ranked) frame_legend(around, SIGN_SQUARE, INK_PALE, "others");
    }
    snprintf(words, sizeof words, "%.4g%% interval", 100 * given->level);
    if (!given->pairwise) frame_legend(around, SIGN_INTERVAL, INK_TEXT, words);
    if (to->places.count == 0) return;
    frame_legend(around, SIGN_DASHES, INK_ACCENT, "means of the ratings");
    frame_legend(around, SIGN_SQUARE, INK_BAND, "matters more than the mean, is rated lower");
}

static void say_reversed(const driver_report *of, text *to)
{
    bool marked[RATINGS_MOST], any = false;
    text line = {0};
    for (size_t i = 0; i < of->count; i++) {
        marked[i] = is_reversed(of, i);
        any = any || marked[i];
    }
    if (!any) return;
    text_say(&line, "the lowest rating is the best of ");
    drivers_say_names(of, marked, &line);
    text_say(&line, ": on the map it is on the right");
    frame_line(to, line.bytes);
    text_free(&line);
}

static void set_footer(drivers_picture *to)
{
    const driver_report *of = to->of;
    text *footer = &to->around.footer, line = {0};
    names_more(to->more, footer);
    drivers_say_left_out(of, &of->total, &line);
    if (line.length > 0) frame_line(footer, line.bytes);
    text_free(&line);
    if (to->places.count > 0) say_reversed(of, footer);
    if (to->nameless > 0) {
        text_say(&line, "%zu point%s on the map %s no room for a name", to->nameless, to->nameless == 1 ? "" : "s",
                 to->nameless == 1 ? "has" : "have");
        frame_line(footer, line.bytes);
        text_free(&line);
    }
    names_together(&of->taken, footer);
}

static void set_map(drivers_picture *to)
{
    const driver_report *of = to->of;
    to->places.across = (axis){.is_free = true, .least = of->lowest[0], .most = of->highest[0]};
    to->places.up = (axis){.is_free = true, .least = 0, .most = 100, .unit = "%"};
    char lowest[32], highest[32];
    text_say(&to->across, "performance: the mean rating, on a scale of %s to %s", format_number(of->lowest[0], lowest),
             format_number(of->highest[0], highest));
    to->places.across_title = to->across.bytes;
    to->places.up_title = "importance";
    if (to->places.count > 0) to->nameless = map_place(&to->places);
}

static void draw(drivers_picture *of, double top)
{
    marks_draw(&of->rows, top);
    map_draw(&of->places, top + marks_height(&of->rows) + BETWEEN);
}

void chart_drivers(const driver_report *drawn, chart_target to)
{
    options given = *drawn->given;
    driver_report same = *drawn;
    canvas *on = canvas_new();
    drivers_picture picture = {
        .of = &same,
        .rows = {.on = on,
                 .title = "rating",
                 .count_title = "mean",
                 .scale_title = "importance",
                 .line = NAN,
                 .scale = {.is_free = true, .least = 0, .most = 100, .unit = "%"}},
        .places = {.on = on},
    };
    given.format = FORMAT_PAGE; /* names are as on a page, whatever else is printed */
    same.given = &given;
    take_ratings(&picture);
    marks_set(&picture.rows);
    set_map(&picture);
    text_say(&picture.around.title, "What drives the answer");
    say_subtitle(&same, on, &picture.around.subtitle);
    set_legend(&picture);
    set_footer(&picture);
    double below = picture.places.count > 0 ? BETWEEN + map_height(&picture.places) : 0;
    frame_begin(on, &picture.around, marks_height(&picture.rows) + below, to);
    draw(&picture, frame_above(on, &picture.around));
    canvas_end(on);
    marks_free(&picture.rows);
    map_free(&picture.places);
    text_free(&picture.across);
    frame_free(&picture.around);
}
