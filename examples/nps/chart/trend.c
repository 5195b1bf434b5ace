/* The picture of nps trend: the score of each period with its interval, and what the series is held against. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/interval.h>

#include "chart.h"
#include "frame.h"
#include "names.h"
#include "plot.h"
#include "rounded.h"

#define HEADING      32.0 /* above the plot */
#define PLOT         320.0
#define LABEL        17.0 /* from the plot to the middle of the periods' names, and from there to a row below */
#define NUMBERS      68.0 /* with rows of numbers below the plot */
#define BARS_HEADING 42.0
#define BARS         56.0 /* from the plot to the bars of how many answers there are */
#define BARS_END     86.0
#define LABEL_SPACE  10.0 /* between two names; where there is one for each period, less will do */
#define LABEL_LEAST  4.0
#define NUMBER_SPACE 8.0
#define SCALE_SPACE  9.0

static const lettering small = {.letters = LETTERS_SMALL, .ink = INK_QUIET};
static const lettering strong = {.letters = LETTERS_SMALL_STRONG, .ink = INK_TEXT, .from = ANCHOR_MIDDLE};
static const lettering centred = {.letters = LETTERS_SMALL, .ink = INK_TEXT, .from = ANCHOR_MIDDLE};

typedef struct trend_picture {
    const trend *of;
    canvas *on;
    frame around;
    plot lines;
    double name, number; /* how wide those of a period are */
    bool has_rows;       /* there is room for the numbers of each period */
    int32_t signal;
    size_t since, until;
} trend_picture;

static const char *unit_of(const trend *of)
{
    return nps_calendar_unit_name(of->given->every);
}

static bool is_drawn(const trend *of)
{
    return of->all.tests.waves > 0;
}

static char *responses_of(const result *of, char *words)
{
    return rounded_count(nps_tally_responses(&of->counts), words);
}

static void say_subtitle(canvas *on, const trend *of, text *to)
{
    text more = {0};
    trend_say_moves(of, " \u2026 ", to);
    frame_break(on, to);
    trend_say_since(of, &more);
    if (more.length > 0) frame_line(to, more.bytes);
    text_free(&more);
    text_say(&more, "%.4g%% intervals (method: %s); ", 100 * of->given->level,
             nps_interval_method_name(of->given->method));
    rounded_rows(&of->total.counts, &more);
    frame_line(to, more.bytes);
    text_free(&more);
}

static bool has_rolling(const series *of)
{
    return of->count > 0 && of->periods[of->count - 1].has_rolling;
}

static bool has_outside(const series *of)
{
    for (size_t i = 0; of->has_control && i < of->count; i++) {
        if (of->periods[i].control.limit != 0) return true;
    }
    return false;
}

static void set_legend(const trend *of, bool in_columns, frame *to)
{
    char words[80], centre[ROUNDED_SIZE];
    const series *all = &of->all;
    if (!is_drawn(of)) return;
    frame_legend(to, in_columns ? SIGN_SQUARE : SIGN_DOT, in_columns ? INK_PALE : INK_PROMOTERS,
                 in_columns ? "scores" : "score");
    snprintf(words, sizeof words, "%.4g%% interval", 100 * of->given->level);
    frame_legend(to, SIGN_SQUARE, INK_BAND, words);
    snprintf(words, sizeof words, "rolling %" PRIu64 " %ss", of->given->rolling, unit_of(of));
    if (has_rolling(all)) frame_legend(to, SIGN_LINE, INK_ACCENT, words);
    if (!all->has_control) return;
    snprintf(words, sizeof words, "centre %s", rounded_signed(all->centre, 0, centre));
    frame_legend(to, SIGN_DASHES, INK_QUIET, words);
    if (!in_columns) frame_legend(to, SIGN_DOTS, INK_QUIET, "control limits");
    if (!has_outside(all)) return;
    frame_legend(to, SIGN_RINGED_DOT, INK_DETRACTORS, in_columns ? "outside of control limits" : "outside of these");
}

static void set_footer(const trend_picture *of, text *to)
{
    text line = {0};
    char count[ROUNDED_SIZE];
    const trend *drawn = of->of;
    uint64_t untimed = nps_tally_responses(&drawn->untimed.counts);
    trend_say_limits(drawn, &line);
    if (line.length > 0) frame_line(to, line.bytes);
    text_free(&line);
    if (is_drawn(drawn)) names_together(&drawn->keys, to);
    if (untimed > 0) {
        text_say(&line, "%s answer%s no time, and %s not drawn", rounded_count(untimed, count),
                 untimed == 1 ? " has" : "s have", untimed == 1 ? "is" : "are");
        frame_line(to, line.bytes);
        text_free(&line);
    }
    if (drawn->of->is_weighted && is_drawn(drawn)) frame_line(to, "scores are weighted, n counts answers");
    if (is_drawn(drawn) && of->lines.stride > 1) {
        text_say(&line, "%s %ss are more than there is room for: each column has the lowest and the highest of %zu",
                 rounded_count(drawn->count, count), unit_of(drawn), of->lines.stride);
        if (!has_rolling(&drawn->all)) text_say(&line, "; --rolling draws a line through them");
        frame_line(to, line.bytes);
        text_free(&line);
    }
}

/* Between the numbers of the scale, and what the name of the last period takes of the page. */
static void set_plot(trend_picture *to)
{
    plot *lines = &to->lines;
    char words[ROUNDED_SIZE];
    *lines = (plot){.on = to->on, .of = &to->of->all};
    for (size_t i = 0; i < lines->of->count; i++) {
        const period *at = &lines->of->periods[i];
        canvas_widen(&to->name, canvas_label_width(to->on, centred, at->label));
        canvas_widen(&to->number, canvas_label_width(to->on, centred, responses_of(&at->told, words)));
    }
    canvas_widen(&to->number, canvas_label_width(to->on, strong, "+100"));
    lines->left = CANVAS_MARGIN + canvas_label_width(to->on, small, "+100") + SCALE_SPACE;
    lines->right = CANVAS_RIGHT;
    double most = (lines->right - lines->left) / (to->number + NUMBER_SPACE);
    to->has_rows = (double)lines->of->count <= most;
    if (!to->has_rows) lines->right -= to->name / 2;
    lines->scale = (axis){.left = PLOT, .right = 0};
    if (is_drawn(to->of)) plot_start(lines);
    to->signal = series_signal(lines->of, &to->since, &to->until);
}

static void set_frame(trend_picture *to)
{
    text_say(&to->around.title, "Net Promoter Score by %s", unit_of(to->of));
    say_subtitle(to->on, to->of, &to->around.subtitle);
    set_legend(to->of, to->lines.stride > 1, &to->around);
    set_footer(to, &to->around.footer);
}

/* Which of the waves are said to be lower or higher, above the plot. */
static void draw_signal(const trend_picture *of, double top, double left)
{
    const plot *lines = &of->lines;
    lettering title = strong;
    char words[80];
    size_t last;
    const period *since = &lines->of->periods[of->since], *until = &lines->of->periods[of->until];
    if (of->signal == 0 || !series_last(lines->of, &last)) return;
    const char *side = of->signal < 0 ? "lower" : "higher";
    if (of->until == last) {
        snprintf(words, sizeof words, "%s since %s", side, since->label);
    } else if (of->since == of->until) {
        snprintf(words, sizeof words, "%s: %s", side, since->label);
    } else {
        snprintf(words, sizeof words, "%s from %s to %s", side, since->label, until->label);
    }
    double from = lines->left + (double)of->since * lines->step;
    double to = lines->left + (double)(of->until + 1) * lines->step;
    double width = canvas_label_width(of->on, title, words), x = (from + to - width) / 2;
    title.from = ANCHOR_START;
    canvas_label(of->on, title, fmax(fmin(x, CANVAS_RIGHT - width), left), top + 8, words);
    canvas_area(of->on, of->signal < 0 ? INK_DETRACTORS : INK_PROMOTERS, from, top + 18, to - from, 4);
}

/* From the first to the last, evenly where that goes. */
static size_t label_stride(const trend_picture *of)
{
    size_t count = of->lines.of->count, least = (size_t)ceil((of->name + LABEL_SPACE) / of->lines.step);
    if (of->lines.step >= of->name + LABEL_LEAST) return 1;
    for (size_t i = least; i <= 2 * least; i++) {
        if ((count - 1) % i == 0) return i;
    }
    return least;
}

static void draw_labels(const trend_picture *of, double y)
{
    const plot *lines = &of->lines;
    size_t last = lines->of->count - 1, stride = label_stride(of);
    for (size_t i = 0; i <= last; i++) {
        bool is_clear = stride == 1 || (double)(last - i) * lines->step >= of->name + LABEL_SPACE;
        if (i != last && !(i % stride == 0 && is_clear)) continue;
        canvas_label(of->on, centred, plot_place(lines, i), y, lines->of->periods[i].label);
    }
}

static void draw_rows(const trend_picture *of, double y)
{
    const plot *lines = &of->lines;
    const lettering title = {.letters = LETTERS_SMALL, .ink = INK_QUIET, .from = ANCHOR_END};
    char words[ROUNDED_SIZE], score[8];
    canvas_label(of->on, title, lines->left - SCALE_SPACE, y, "NPS");
    canvas_label(of->on, title, lines->left - SCALE_SPACE, y + LABEL, "n");
    for (size_t i = 0; i < lines->of->count; i++) {
        const result *told = &lines->of->periods[i].told;
        report_score(told, score);
        canvas_label(of->on, strong, plot_place(lines, i), y, told->has_score ? score : "\u2013");
        canvas_label(of->on, centred, plot_place(lines, i), y + LABEL, responses_of(told, words));
    }
}

static void draw_bars(const trend_picture *of, double bottom)
{
    const series *all = of->lines.of;
    char words[80], count[ROUNDED_SIZE];
    size_t most = 0;
    for (size_t i = 1; i < all->count; i++) {
        if (nps_tally_responses(&all->periods[i].told.counts) > nps_tally_responses(&all->periods[most].told.counts)) {
            most = i;
        }
    }
    snprintf(words, sizeof words, "answers a %s, at most %s", unit_of(of->of),
             responses_of(&all->periods[most].told, count));
    canvas_label(of->on, small, of->lines.left, bottom + BARS_HEADING, words);
    plot_counts(&of->lines, bottom + BARS, bottom + BARS_END);
}

static void draw(trend_picture *of, double top)
{
    plot *lines = &of->lines;
    const char *title = "score, in points";
    double bottom = top + HEADING + PLOT;
    lines->scale.left = bottom;
    lines->scale.right = top + HEADING;
    canvas_label(of->on, small, CANVAS_MARGIN, top + 8, title);
    draw_signal(of, top, CANVAS_MARGIN + canvas_label_width(of->on, small, title) + LABEL_SPACE);
    plot_band(lines);
    axis_draw_upright(of->on, &lines->scale, lines->left - SCALE_SPACE, lines->left, lines->right);
    plot_limits(lines);
    plot_scores(lines);
    plot_outside(lines);
    draw_labels(of, bottom + LABEL);
    if (of->has_rows) {
        draw_rows(of, bottom + 2.4 * LABEL);
    } else {
        draw_bars(of, bottom);
    }
}

void chart_trend(const trend *drawn, chart_target to)
{
    trend_picture picture = {.of = drawn, .on = canvas_new()};
    double height = 0;
    set_plot(&picture);
    set_frame(&picture);
    if (is_drawn(drawn)) height = HEADING + PLOT + (picture.has_rows ? NUMBERS : BARS_END);
    frame_begin(picture.on, &picture.around, height, to);
    if (is_drawn(drawn)) draw(&picture, frame_above(picture.on, &picture.around));
    canvas_end(picture.on);
    frame_free(&picture.around);
}
