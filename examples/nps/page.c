/* nps report: a page that holds all of it, and opens anywhere. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "arrange.h"
#include "collect.h"
#include "commands.h"
#include "message.h"
#include "output.h"
#include "page.h"
#include "page_html.h"

/* The option that takes the rows once more; NULL: none. */
static const char *needs_rows_again(const options *given)
{
    if (given->respondent != NULL) return "respondent";
    if (given->driver_count > 0) return "drivers";
    if (given->themes != NULL) return "themes";
    return given->outcome != NULL ? "outcome" : NULL;
}

static void check_reasons(const options *given)
{
    bool has_ratings = given->levels != NULL || given->rating_missing != NULL ||
                       given->rating_lowest < given->rating_highest || given->explains != NPS_DRIVERS_ANSWER ||
                       given->pairwise || !isnan(given->low) || !isnan(given->high);
    if (given->driver_count > 0 || has_ratings) drivers_check(given);
    if (given->themes != NULL) themes_check(given);
    if (given->themes == NULL && strcmp(given->separator, ";") != 0) {
        fail(STATUS_USAGE, "--separator is about reasons: name their column with --themes");
    }
    bool has_words = given->outcome_missing != NULL || given->yes != NULL || given->no != NULL;
    if (given->outcome == NULL && has_words) {
        fail(STATUS_USAGE, "--outcome-missing, --yes and --no are about outcomes: name their column with --outcome");
    }
    if (given->outcome != NULL) outcomes_check(given);
}

static void check(const options *given)
{
    options_need_files(given);
    if (given->output == NULL) fail(STATUS_USAGE, "where to? Name the page with -o OUT.html");
    if (given->time != NULL && given->every < 0 && given->respondent == NULL) {
        fail(STATUS_USAGE, "--time goes with --every, for the trend, or with --respondent");
    }
    if (given->every < 0 && (given->rolling > 0 || given->baseline > 0)) {
        fail(STATUS_USAGE, "--rolling and --baseline are about periods: give --time and --every");
    }
    if (given->respondent != NULL && given->time == NULL) {
        fail(STATUS_USAGE, "--respondent: when did they answer? Name the column with --time");
    }
    if (given->fall > 0 && given->respondent == NULL) {
        fail(STATUS_USAGE, "--fall is about people at risk: who answered? Name the column with --respondent");
    }
    check_reasons(given);
    const char *again = needs_rows_again(given);
    for (size_t i = 0; i < given->file_count && again != NULL; i++) {
        if (strcmp(given->files[i], "-") != 0) continue;
        fail(STATUS_USAGE, "--%s reads the rows twice, which standard input cannot: write them to a file first", again);
    }
}

static void collect_all(page *to)
{
    const options *given = &to->given;
    collect(given, true, given->every < 0, &to->all);
    if (to->all.design != NULL) fail(STATUS_FAILED, "%s: a survey design: nps score tells of it", given->files[0]);
    report_check_names(&to->all);
    to->has_periods = given->every >= 0;
    to->by = to->all.dimensions - to->has_periods;
    if (to->all.segments != NULL) {
        state_project(&to->all, NULL, 0, -1, 0, &to->total);
    } else {
        to->total = to->all;
    }
    to->score = (report){.given = given, .of = &to->total};
    result_total(&to->total, given, &to->score.total);
}

static void find_trend(page *to)
{
    if (!to->has_periods) return;
    state_project(&to->all, &to->by, 1, -1, 0, &to->by_period);
    trend_start(&to->moves, &to->given, &to->by_period);
}

/* The last two periods with answers. */
static bool find_waves(page *to, int64_t periods[2])
{
    const series *all = &to->moves.all;
    int found = 2;
    for (size_t i = all->count; i > 0 && found > 0; i--) {
        if (!all->periods[i - 1].told.has_score) continue;
        found--;
        periods[found] = to->moves.first + (int64_t)i - 1;
        to->waves[found] = all->periods[i - 1].label;
    }
    return found == 0;
}

static void find_columns(page *to)
{
    int64_t periods[2];
    to->has_change = to->has_periods && find_waves(to, periods);
    to->columns = allocate((size_t)(to->by + 1) * sizeof *to->columns);
    for (int32_t i = 0; i < to->by; i++) {
        page_column *column = &to->columns[i];
        const int32_t both[2] = {i, to->by};
        *column = (page_column){0};
        state_project(&to->all, &i, 1, -1, 0, &column->segments);
        rank_find(&to->given, &column->segments, &column->board);
        if (!to->has_periods) continue;
        state_project(&to->all, both, 2, -1, 0, &column->by_period);
        trend_start(&column->moves, &to->given, &column->by_period);
        if (!to->has_change) continue;
        for (int t = 0; t < 2; t++) state_project(&to->all, &i, 1, to->by, periods[t], &column->waves[t]);
        if (!explain_find(&to->given, &column->waves[0], &column->waves[1], to->waves, &column->change)) {
            fail(STATUS_FAILED, "%s: no answer in a period that has some", to->waves[0]);
        }
    }
}

static void find_people(page *to)
{
    to->has_people = to->given.respondent != NULL;
    if (!to->has_people) return;
    to->given.before = to->has_change ? to->waves[0] : NULL;
    panel_collect(&to->given, &to->people);
    panel_find(&to->given, &to->people);
}

static void find_reasons(page *to)
{
    to->whole = to->given;
    to->whole.by_count = 0;
    to->has_drivers = to->given.driver_count > 0;
    to->has_themes = to->given.themes != NULL;
    to->has_outcomes = to->given.outcome != NULL;
    if (to->has_drivers) drivers_find(&to->whole, &to->drivers);
    if (to->has_themes) themes_find(&to->whole, &to->themes);
    if (to->has_outcomes) outcomes_find(&to->whole, &to->outcomes);
}

/* What takes the rows again, whose invalid answers were told of already. */
static void find_again(page *to)
{
    bool was_quiet = message_is_quiet();
    to->given.rejects = NULL;
    message_quiet(true);
    find_people(to);
    find_reasons(to);
    message_quiet(was_quiet);
}

static void free_page(page *freed)
{
    for (int32_t i = 0; i < freed->by; i++) {
        page_column *column = &freed->columns[i];
        rank_free(&column->board);
        state_free(&column->segments);
        if (freed->has_change) {
            explain_free(&column->change);
            for (int t = 0; t < 2; t++) state_free(&column->waves[t]);
        }
        if (!freed->has_periods) continue;
        trend_free(&column->moves);
        state_free(&column->by_period);
    }
    free(freed->columns);
    if (freed->has_people) panel_free(&freed->people);
    if (freed->has_drivers) drivers_free(&freed->drivers);
    if (freed->has_themes) themes_free(&freed->themes);
    if (freed->has_outcomes) outcomes_free(&freed->outcomes);
    if (freed->has_periods) {
        trend_free(&freed->moves);
        state_free(&freed->by_period);
    }
    if (freed->all.segments != NULL) state_free(&freed->total);
    state_free(&freed->all);
    text_free(&freed->body);
}

chart_target page_picture(page *to)
{
    static char prefix[24];
    snprintf(prefix, sizeof prefix, "p%u-", ++to->pictures);
    return (chart_target){.svg = &to->body, .prefix = prefix};
}

static const char *title_of(const options *given)
{
    const char *file = given->files[0], *slash = strrchr(file, '/');
    if (given->title != NULL) return given->title;
    if (given->file_count > 1 || strcmp(file, "-") == 0) return "Net Promoter Score";
    return slash != NULL ? slash + 1 : file;
}

static void write_page(page *to)
{
    text whole = {0};
    const char *title = title_of(&to->given);
    text_say(&to->body, "<h1>");
    html_text(&to->body, title, strlen(title));
    text_say(&to->body, "</h1>\n");
    page_head(to);
    page_look(to);
    page_answers(to);
    page_trend(to);
    page_change(to);
    page_segments(to);
    page_reasons(to);
    page_people(to);
    page_method(to);
    html_page(&whole, title, &to->body);
    output *file = output_open(to->given.output);
    fwrite(whole.bytes, 1, whole.length, output_stream(file));
    output_close(file);
    text_free(&whole);
}

int run_page(const options *given)
{
    page made = {.given = *given};
    check(given);
    made.given.format = FORMAT_PAGE;
    text_write_utf8();
    if (!chart_is_built) note("this nps was built without pictures: the page has none");
    collect_all(&made);
    find_trend(&made);
    find_columns(&made);
    find_again(&made);
    write_page(&made);
    int status = report_check_invalid(given, &made.all);
    free_page(&made);
    return status;
}
