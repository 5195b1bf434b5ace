/* The score, and segments beside one another. */
#include "platform.h"

#include <stdio.h>
#include <string.h>

#include <nps/status.h>
#include <nps/tally.h>
#include <nps/version.h>

#include "page.h"
#include "page_html.h"
#include "rounded.h"

static void class_row(grid *to, const char *name, int lowest, int highest, uint64_t count, const char *share)
{
    char cell[ROUNDED_SIZE];
    grid_text(to, name);
    snprintf(cell, sizeof cell, lowest > highest ? "none" : lowest == highest ? "%d" : "%d to %d", lowest, highest);
    grid_text(to, cell);
    grid_text(to, rounded_count(count, cell));
    grid_text(to, share);
}

static void write_classes(page *to)
{
    const result *total = &to->score.total;
    const nps_tally *counts = &total->counts;
    const nps_scale *scale = &counts->scale;
    char shares[3][8];
    grid table = {0};
    report_shares(total, shares);
    grid_column(&table, "class", false);
    grid_column(&table, "answers", true);
    grid_column(&table, "n", true);
    grid_column(&table, total->is_weighted ? "weighted share" : "share", true);
    class_row(&table, "promoters", scale->promoter_min, scale->highest, nps_tally_promoters(counts), shares[2]);
    class_row(&table, "passives", scale->detractor_max + 1, scale->promoter_min - 1, nps_tally_passives(counts),
              shares[1]);
    class_row(&table, "detractors", scale->lowest, scale->detractor_max, nps_tally_detractors(counts), shares[0]);
    html_grid(&to->body, &table);
}

static void write_answers(page *to)
{
    const nps_tally *counts = &to->score.total.counts;
    char cell[ROUNDED_SIZE];
    grid table = {0};
    grid_column(&table, "answer", false);
    for (int i = 0; i <= counts->scale.highest - counts->scale.lowest; i++) {
        snprintf(cell, sizeof cell, "%d", counts->scale.lowest + i);
        grid_column(&table, cell, true);
    }
    grid_text(&table, "n");
    for (int i = 0; i <= counts->scale.highest - counts->scale.lowest; i++) {
        grid_text(&table, rounded_count(counts->level[i], cell));
    }
    html_grid(&to->body, &table);
}

void page_head(page *to)
{
    const result *total = &to->score.total;
    text sentence = {0};
    char score[8], lower[16], upper[16], count[ROUNDED_SIZE];
    report_score(total, score);
    report_bounds(total, lower, upper);
    rounded_count(nps_tally_responses(&total->counts), count);
    if (total->has_score) {
        text_say(&to->body, "<p class=\"score\" id=\"score\">%s</p>\n", score);
        text_say(&sentence, "net Promoter Score of %s responses; %.4g%% interval %s to %s", count,
                 100 * to->given.level, lower, upper);
        html_sentence(&to->body, &sentence);
    }
    rounded_rows(&total->counts, &sentence);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
}

void page_answers(page *to)
{
    if (!to->score.total.has_score) return;
    html_heading(&to->body, "answers", "Answers");
    if (chart_is_built) chart_score(&to->score, page_picture(to));
    write_classes(to);
    write_answers(to);
}

static void write_group_trends(page *to, const trend *of)
{
    text sentence = {0};
    grid table = {0};
    if (of->count < 2) return;
    text_say(&to->body, "<h3>Trends</h3>\n");
    trend_group_grid(of, &table);
    html_grid(&to->body, &table);
    trend_say_groups(of, &sentence);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
}

static void write_board(page *to, int32_t index)
{
    const page_column *column = &to->columns[index];
    const leaderboard *board = &column->board;
    text sentence = {0};
    grid table = {0};
    char id[32];
    size_t length;
    const char *name = state_dimension(&column->segments, 0, &length);
    snprintf(id, sizeof id, "by-%d", (int)index + 1);
    text_say(&to->body, "<h2 id=\"%s\">By ", id);
    html_text(&to->body, name, length);
    text_say(&to->body, "</h2>\n");
    if (chart_is_built && board->ranked > 0) chart_rank(board, page_picture(to));
    rank_grid(board, &table);
    html_grid(&to->body, &table);
    rank_say_spread(board, &sentence);
    html_sentence(&to->body, &sentence);
    rank_say_order(board, &sentence);
    html_sentence(&to->body, &sentence);
    if (board->ranked > 1) rank_say_apart(board, &sentence);
    html_sentence(&to->body, &sentence);
    text_free(&sentence);
    if (to->has_periods) write_group_trends(to, &column->moves);
}

void page_segments(page *to)
{
    for (int32_t i = 0; i < to->by; i++) write_board(to, i);
}
