/* The picture of nps rank: for each segment its shrunken score with the interval, and the score that it was. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/compare.h>

#include "chart.h"
#include "frame.h"
#include "marks.h"
#include "names.h"
#include "rounded.h"

typedef struct rank_picture {
    const leaderboard *of;
    marks rows;
    frame around;
    size_t more;
    size_t nameless; /* without a rank, and not hidden */
    text heading;
} rank_picture;

static void take_row(marks *to, const leaderboard *of, const place *at)
{
    const nps_ranked *ranked = &at->ranked;
    mark_row *row = marks_add(to);
    result segment;
    bool apart = rank_is_apart(of->given, ranked);
    result_segment(of->of, at->segment, of->given, &segment);
    names_segment(of->of, at->segment, &row->name);
    rounded_count(ranked->rank, row->rank);
    rounded_count(nps_tally_responses(&segment.counts), row->count);
    rounded_signed(ranked->shrunken, 0, row->told);
    mark *shrunken = marks_put(row, MARK_DOT, apart ? INK_PROMOTERS : INK_PALE, ranked->shrunken);
    shrunken->lower = ranked->lower;
    shrunken->upper = ranked->upper;
    shrunken->is_thin = !apart;
    marks_put(row, MARK_RING, INK_TEXT, ranked->score);
}

static void take_rows(rank_picture *to)
{
    const leaderboard *of = to->of;
    size_t ranked = 0;
    while (ranked < of->count && of->places[ranked].is_ranked) ranked++;
    size_t drawn = ranked <= ROWS_MOST ? ranked : ROWS_MOST;
    to->more = ranked - drawn;
    for (size_t i = 0; i < drawn; i++) take_row(&to->rows, of, &of->places[i]);
    size_t unranked = nps_segments_count(of->of->segments) - of->ranked;
    to->nameless = unranked - of->hidden;
}

/* What the order is worth: as below the table, in one sentence. */
static void say_order(const leaderboard *of, text *to)
{
    if (of->ranked == 0) {
        text_say(to, "no answers, nothing to rank");
    } else if (of->ranked == 1) {
        text_say(to, "one segment with answers: there is nothing to compare it with");
    } else if (of->between.tau2 > 0) {
        text_say(to, "in the order of the lower ends of the %.4g%% intervals: what each can be trusted to be at least",
                 100 * of->given->level);
        if (of->given->bottom > 0) text_say(to, "; the worst are those whose upper ends are lowest");
    } else {
        text_say(to, "nothing tells the segments apart: they differ no more than by luck (%.4g%% intervals)",
                 100 * of->given->level);
    }
}

static void say_subtitle(const leaderboard *of, text *to)
{
    text rows = {0};
    say_order(of, to);
    if (!of->total.suppressed) {
        rounded_rows(&of->total.counts, &rows);
        frame_line(to, rows.bytes);
    }
    text_free(&rows);
}

static void set_legend(rank_picture *to)
{
    const leaderboard *of = to->of;
    char mean[ROUNDED_SIZE], words[80], apart[ROUNDED_SIZE];
    bool adjusted = of->given->adjust != NPS_ADJUST_NONE;
    if (of->ranked == 0) return;
    snprintf(apart, sizeof apart, "%.4g", 1 - of->given->level);
    snprintf(words, sizeof words, "differs from the rest (%sp < %s)", adjusted ? "adjusted " : "",
             *apart == '0' ? apart + 1 : apart);
    frame_legend(&to->around, SIGN_THICK_DOT, INK_PROMOTERS, words);
    frame_legend(&to->around, SIGN_DOT, INK_PALE, "not told apart");
    frame_legend(&to->around, SIGN_RING, INK_TEXT, "raw score");
    snprintf(words, sizeof words, "mean %s", rounded_signed(of->between.mean, 0, mean));
    frame_legend(&to->around, SIGN_DASHES, INK_ACCENT, words);
}

static void set_footer(rank_picture *to)
{
    char line[160], least[ROUNDED_SIZE];
    names_more(to->more, &to->around.footer);
    if (to->of->hidden > 0) {
        snprintf(line, sizeof line, "%zu %s hidden: fewer than %s responses, or what would give such away",
                 to->of->hidden, to->of->hidden == 1 ? "segment is" : "segments are",
                 rounded_count(to->of->given->min_n, least));
        frame_line(&to->around.footer, line);
    }
    if (to->nameless > 0) {
        snprintf(line, sizeof line, "%zu %s no answers and so no rank", to->nameless,
                 to->nameless == 1 ? "segment has" : "segments have");
        frame_line(&to->around.footer, line);
    }
}

static void set_frame(rank_picture *to)
{
    text_say(&to->around.title, "Leaderboard by ");
    names_dimensions(to->of->of, &to->around.title);
    names_dimensions(to->of->of, &to->heading);
    say_subtitle(to->of, &to->around.subtitle);
    set_legend(to);
    set_footer(to);
}

void chart_rank(const leaderboard *drawn, chart_target to)
{
    canvas *on = canvas_new();
    rank_picture picture = {
        .of = drawn,
        .rows = {.on = on,
                 .count_title = "n",
                 .scale_title = "shrunken score, in points, and its interval",
                 .widest = "+100",
                 .line = drawn->between.mean},
    };
    take_rows(&picture);
    set_frame(&picture);
    picture.rows.title = picture.heading.bytes;
    marks_set(&picture.rows);
    frame_begin(on, &picture.around, marks_height(&picture.rows), to);
    marks_draw(&picture.rows, frame_above(on, &picture.around));
    canvas_end(on);
    marks_free(&picture.rows);
    text_free(&picture.heading);
    frame_free(&picture.around);
}
