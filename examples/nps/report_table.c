/* The table for people: a line for each segment and one for the total. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "output.h"
#include "report.h"
#include "rounded.h"

#define BAR_LEAST 12
#define BAR_MOST  40
#define BAR_TITLE "detractors | passives | promoters"
#define TOTAL     SIZE_MAX /* stands for the index of a segment */

/* The three classes differ in their sign, so that colour only helps. */
typedef struct style {
    const char *signs[3], *colours[3], *plain;
    const char *between, *isolate, *isolate_end;
} style;

static const style ascii_style = {.signs = {"-", ".", "+"},
                                  .colours = {"", "", ""},
                                  .plain = "",
                                  .between = " .. ",
                                  .isolate = "",
                                  .isolate_end = ""};

/* First strong isolates keep a name that runs from right to left from reordering what stands beside it. */
static const style unicode_style = {.signs = {"\u2591", "\u2592", "\u2588"},
                                    .colours = {"", "", ""},
                                    .plain = "",
                                    .between = " \u2026 ",
                                    .isolate = "\u2068",
                                    .isolate_end = "\u2069"};

typedef struct widths {
    size_t names[NPS_MAX_DIMENSIONS], name_most, responses, effective, score, lower, upper, bar;
    char interval_title[32];
} widths;

/* The cells of one line. */
typedef struct line {
    result told;
    text names[NPS_MAX_DIMENSIONS];
    size_t name_widths[NPS_MAX_DIMENSIONS];
    bool right_to_left[NPS_MAX_DIMENSIONS];
    char responses[ROUNDED_SIZE], effective[32], score[8], lower[16], upper[16];
} line;

static style choose_style(void)
{
    style chosen = text_user_has_utf8() ? unicode_style : ascii_style;
    const char *no_colour = getenv("NO_COLOR");
    if (!isatty(STDOUT_FILENO) || (no_colour != NULL && *no_colour != '\0')) return chosen;
    chosen.colours[0] = "\033[31m";
    chosen.colours[1] = "\033[33m";
    chosen.colours[2] = "\033[32m";
    chosen.plain = "\033[0m";
    return chosen;
}

static void set_name(line *to, int32_t dimension, const char *bytes, size_t length, const widths *columns)
{
    text *name = &to->names[dimension];
    name->length = 0;
    to->name_widths[dimension] = text_append_escaped(name, bytes, length, columns->name_most, TEXT_ESCAPE_TERMINAL);
    to->right_to_left[dimension] = text_is_right_to_left(bytes, length);
}

static void fill_line(const report *printed, size_t index, const widths *columns, line *to)
{
    text name = {0};
    int32_t dimensions = printed->of->dimensions;
    for (int32_t i = 0; i < dimensions; i++) {
        if (index == TOTAL) {
            set_name(to, i, i == 0 ? "total" : "", i == 0 ? 5 : 0, columns);
        } else {
            state_segment_name(printed->of, index, i, &name);
            set_name(to, i, name.bytes, name.length, columns);
        }
    }
    text_free(&name);
    if (index == TOTAL) {
        to->told = printed->total;
    } else {
        result_segment(printed->of, index, printed->given, &to->told);
    }
    rounded_count(nps_tally_responses(&to->told.counts), to->responses);
    report_score(&to->told, to->score);
    report_effective(&to->told, to->effective);
    report_bounds(&to->told, to->lower, to->upper);
}

static void widen(size_t *width, size_t needed)
{
    if (needed > *width) *width = needed;
}

static void measure_line(const report *printed, const line *measured, widths *columns)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) widen(&columns->names[i], measured->name_widths[i]);
    widen(&columns->responses, strlen(measured->responses));
    widen(&columns->effective, strlen(measured->effective));
    widen(&columns->score, strlen(measured->score));
    widen(&columns->lower, strlen(measured->lower));
    widen(&columns->upper, strlen(measured->upper));
}

/* The bar takes what the other columns leave. */
static void measure(const report *printed, line *scratch, widths *columns)
{
    int32_t dimensions = printed->of->dimensions;
    size_t others = 0, whole = output_width();
    *columns = (widths){.responses = 1, .score = 3, .lower = 1, .upper = 1};
    snprintf(columns->interval_title, sizeof columns->interval_title, "%.4g%% interval", 100 * printed->given->level);
    columns->name_most = dimensions <= 1 ? 28 : 40 / (size_t)dimensions + 4;
    if (printed->of->is_weighted) columns->effective = strlen("eff. n");
    for (int32_t i = 0; i < dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        set_name(scratch, i, name, length, columns);
        widen(&columns->names[i], scratch->name_widths[i]);
    }
    for (size_t i = 0; i < printed->segments; i++) {
        fill_line(printed, i, columns, scratch);
        measure_line(printed, scratch, columns);
    }
    fill_line(printed, TOTAL, columns, scratch);
    measure_line(printed, scratch, columns);

    for (int32_t i = 0; i < dimensions; i++) others += columns->names[i] + 2;
    size_t interval = columns->lower + strlen(" .. ") + columns->upper;
    widen(&interval, strlen(columns->interval_title));
    others += columns->responses + 2 + columns->score + 2 + interval + 2;
    if (printed->of->is_weighted) others += columns->effective + 2;
    columns->bar = whole > others + BAR_LEAST ? whole - others : BAR_LEAST;
    if (columns->bar > BAR_MOST) columns->bar = BAR_MOST;
}

static void print_spaces(size_t count)
{
    printf("%*s", (int)count, "");
}

static void print_names(const report *printed, const line *of, const widths *columns, const style *with)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        bool turned = of->right_to_left[i];
        printf("%s%s%s", turned ? with->isolate : "", of->names[i].bytes, turned ? with->isolate_end : "");
        print_spaces(columns->names[i] - of->name_widths[i] + 2);
    }
}

/* Where each class ends is rounded, not how long it is: so the parts add up to the whole. */
static void print_bar(const result *of, size_t width, const style *with)
{
    double detractors = of->has_score ? of->detractor_share : 0, shares[3] = {detractors, 1 - of->promoter_share, 1};
    size_t drawn = 0;
    for (int class = 0; of->has_score && class < 3; class ++) {
        size_t end = (size_t)(shares[class] * (double)width + 0.5);
        if (end > drawn) fputs(with->colours[class], stdout);
        bool coloured = end > drawn;
        for (; drawn < end; drawn++) fputs(with->signs[class], stdout);
        if (coloured) fputs(with->plain, stdout);
    }
    print_spaces(width - drawn);
}

static void print_header(const report *printed, line *scratch, const widths *columns, const style *with)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        set_name(scratch, i, name, length, columns);
    }
    print_names(printed, scratch, columns, with);
    printf("%*s  ", (int)columns->responses, "n");
    if (printed->of->is_weighted) printf("%*s  ", (int)columns->effective, "eff. n");
    printf("%-*s  %*s  %s\n", (int)columns->bar, strlen(BAR_TITLE) <= columns->bar ? BAR_TITLE : "",
           (int)columns->score, "NPS", columns->interval_title);
}

static void print_line(const report *printed, const line *of, const widths *columns, const style *with)
{
    print_names(printed, of, columns, with);
    printf("%*s  ", (int)columns->responses, of->responses);
    if (printed->of->is_weighted) printf("%*s  ", (int)columns->effective, of->effective);
    print_bar(&of->told, columns->bar, with);
    printf("  %*s  ", (int)columns->score, of->score);
    if (!isnan(of->told.lower)) {
        printf("%*s%s%*s\n", (int)columns->lower, of->lower, with->between, (int)columns->upper, of->upper);
    } else {
        printf("%s\n", of->lower);
    }
}

static void print_summary(const report *printed, const style *with)
{
    printf("\n%s detractors  %s passives  %s promoters\n", with->signs[0], with->signs[1], with->signs[2]);
    text rows = {0};
    rounded_rows(&printed->total.counts, &rows);
    printf("%s\n", rows.bytes);
    text_free(&rows);
    if (printed->total.is_design && printed->total.has_score) {
        const result *total = &printed->total;
        char strata[ROUNDED_SIZE], units[ROUNDED_SIZE];
        printf("survey design: %s %s, %s %s, %.0f degrees of freedom, design effect %.3f\n",
               rounded_count(total->strata, strata), total->strata == 1 ? "stratum" : "strata",
               rounded_count(total->units, units), nps_design_clusters(printed->of->design) ? "clusters" : "answers",
               total->df, total->design_effect);
    } else if (printed->total.is_weighted && printed->total.has_score) {
        printf("weighted: design effect %.3f\n", printed->total.design_effect);
    }
}

void report_table(const report *printed)
{
    style with = choose_style();
    widths columns;
    line current = {0};
    measure(printed, &current, &columns);
    print_header(printed, &current, &columns, &with);
    for (size_t i = 0; i < printed->segments; i++) {
        fill_line(printed, i, &columns, &current);
        print_line(printed, &current, &columns, &with);
    }
    fill_line(printed, TOTAL, &columns, &current);
    print_line(printed, &current, &columns, &with);
    print_summary(printed, &with);
    for (int32_t i = 0; i < NPS_MAX_DIMENSIONS; i++) text_free(&current.names[i]);
}
