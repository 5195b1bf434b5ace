/* The table for people: a line for each segment and one for the total. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "bar.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "rounded.h"

#define BAR_SHORT 4 /* beside the cells of options */

/* First strong isolates keep a name that runs from right to left from reordering what stands beside it. */
typedef struct style {
    bar_style bar;
    const char *between, *isolate, *isolate_end;
} style;

typedef struct widths {
    size_t names[NPS_MAX_DIMENSIONS], name_most, responses, effective, score, lower, upper, bar;
    char interval_title[32];
    size_t extras, extra[EXTRAS_MOST];
    bool apart; /* the extras stand in a table of their own, below */
    char extra_titles[EXTRAS_MOST][EXTRA_SIZE];
} widths;

/* The cells of one line. */
typedef struct line {
    result told;
    text names[NPS_MAX_DIMENSIONS];
    size_t name_widths[NPS_MAX_DIMENSIONS];
    bool right_to_left[NPS_MAX_DIMENSIONS];
    char responses[ROUNDED_SIZE], effective[32], score[8], lower[16], upper[16];
    char extra[EXTRAS_MOST][EXTRA_SIZE];
} line;

static style choose_style(void)
{
    bool unicode = text_user_has_utf8();
    return (style){.bar = bar_choose_style(),
                   .between = rounded_between(),
                   .isolate = unicode ? "\u2068" : "",
                   .isolate_end = unicode ? "\u2069" : ""};
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
        if (index == RESULT_TOTAL) {
            set_name(to, i, i == 0 ? "total" : "", i == 0 ? 5 : 0, columns);
        } else {
            state_segment_name(printed->of, index, i, &name);
            set_name(to, i, name.bytes, name.length, columns);
        }
    }
    text_free(&name);
    if (index == RESULT_TOTAL) {
        to->told = printed->total;
    } else {
        result_segment(printed->of, index, printed->given, &to->told);
    }
    if (to->told.suppressed) {
        strcpy(to->responses, "hidden");
        return;
    }
    rounded_count(nps_tally_responses(&to->told.counts), to->responses);
    report_score(&to->told, to->score);
    report_effective(&to->told, to->effective);
    report_bounds(&to->told, to->lower, to->upper);
    report_extra_cells(&to->told, rounded_between(), to->extra);
}

static void widen(size_t *width, size_t needed)
{
    if (needed > *width) *width = needed;
}

static void measure_line(const report *printed, const line *measured, widths *columns)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) widen(&columns->names[i], measured->name_widths[i]);
    widen(&columns->responses, strlen(measured->responses));
    if (measured->told.suppressed) return;
    widen(&columns->effective, strlen(measured->effective));
    widen(&columns->score, strlen(measured->score));
    widen(&columns->lower, strlen(measured->lower));
    widen(&columns->upper, strlen(measured->upper));
    for (size_t i = 0; i < columns->extras; i++) {
        widen(&columns->extra[i], text_width(measured->extra[i], strlen(measured->extra[i])));
    }
}

static size_t interval_width(const widths *columns)
{
    size_t width = columns->lower + strlen(" .. ") + columns->upper;
    widen(&width, strlen(columns->interval_title));
    return width;
}

static void start_widths(const report *printed, widths *columns)
{
    int32_t dimensions = printed->of->dimensions;
    *columns = (widths){.responses = 1, .score = 3, .lower = 1, .upper = 1};
    columns->name_most = dimensions <= 1 ? 28 : 40 / (size_t)dimensions + 4;
    snprintf(columns->interval_title, sizeof columns->interval_title, "%.4g%% interval", 100 * printed->given->level);
    if (printed->of->is_weighted) columns->effective = strlen("eff. n");
    columns->extras = report_extra_titles(printed, rounded_between(), columns->extra_titles);
    for (size_t i = 0; i < columns->extras; i++) {
        columns->extra[i] = text_width(columns->extra_titles[i], strlen(columns->extra_titles[i]));
    }
}

static void measure_lines(const report *printed, line *scratch, widths *columns)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        set_name(scratch, i, name, length, columns);
        widen(&columns->names[i], scratch->name_widths[i]);
    }
    for (size_t i = 0; i < printed->told; i++) {
        fill_line(printed, printed->order[i], columns, scratch);
        measure_line(printed, scratch, columns);
    }
    fill_line(printed, RESULT_TOTAL, columns, scratch);
    measure_line(printed, scratch, columns);
}

/* The bar takes what the other columns leave; those of options take from it first. */
static void measure(const report *printed, line *scratch, widths *columns)
{
    size_t others = 0, extras = 0, whole = output_width(), least = BAR_LEAST;
    start_widths(printed, columns);
    measure_lines(printed, scratch, columns);
    for (int32_t i = 0; i < printed->of->dimensions; i++) others += columns->names[i] + 2;
    others += columns->responses + 2 + columns->score + 2 + interval_width(columns) + 2;
    if (printed->of->is_weighted) others += columns->effective + 2;
    for (size_t i = 0; i < columns->extras; i++) extras += columns->extra[i] + 2;
    columns->apart = others - 2 + extras > whole;
    if (extras > 0 && !columns->apart) {
        others += extras;
        least = 0;
    }
    columns->bar = whole > others + least ? whole - others : least;
    if (columns->bar < BAR_SHORT) columns->bar = 0;
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

/* before: columns left blank so far, which the end of a line does not need. */
static void print_extras(char cells[EXTRAS_MOST][EXTRA_SIZE], size_t before, const widths *columns)
{
    for (size_t i = 0; i < columns->extras; i++) {
        before += columns->extra[i] - text_width(cells[i], strlen(cells[i]));
        if (cells[i][0] != '\0') {
            print_spaces(before);
            fputs(cells[i], stdout);
            before = 0;
        }
        before += 2;
    }
}

static void print_beside(char cells[EXTRAS_MOST][EXTRA_SIZE], size_t before, const widths *columns)
{
    if (!columns->apart) print_extras(cells, before + 2, columns);
}

static void print_dimensions(const report *printed, line *scratch, const widths *columns, const style *with)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        set_name(scratch, i, name, length, columns);
    }
    print_names(printed, scratch, columns, with);
}

static void print_header(const report *printed, line *scratch, widths *columns, const style *with)
{
    print_dimensions(printed, scratch, columns, with);
    printf("%*s  ", (int)columns->responses, "n");
    if (printed->of->is_weighted) printf("%*s  ", (int)columns->effective, "eff. n");
    if (columns->bar > 0) {
        printf("%-*s  ", (int)columns->bar, strlen(BAR_TITLE) <= columns->bar ? BAR_TITLE : "");
    }
    printf("%*s  %s", (int)columns->score, "NPS", columns->interval_title);
    print_beside(columns->extra_titles, interval_width(columns) - strlen(columns->interval_title), columns);
    putchar('\n');
}

/* Returns how many columns of its own it left blank. */
static size_t print_interval(const line *of, const widths *columns, const style *with)
{
    size_t width = strlen(of->lower);
    if (isnan(of->told.lower)) {
        fputs(of->lower, stdout);
    } else {
        printf("%*s%s%*s", (int)columns->lower, of->lower, with->between, (int)columns->upper, of->upper);
        width = columns->lower + strlen(" .. ") + columns->upper;
    }
    return interval_width(columns) - width;
}

static void print_line(const report *printed, line *of, const widths *columns, const style *with)
{
    print_names(printed, of, columns, with);
    printf("%*s", (int)columns->responses, of->responses);
    if (of->told.suppressed) {
        putchar('\n');
        return;
    }
    printf("  ");
    if (printed->of->is_weighted) printf("%*s  ", (int)columns->effective, of->effective);
    if (columns->bar > 0) {
        bar_print(of->told.detractor_share, of->told.promoter_share, columns->bar, &with->bar);
    }
    if (columns->bar > 0) printf("  ");
    printf("%*s  ", (int)columns->score, of->score);
    print_beside(of->extra, print_interval(of, columns, with), columns);
    putchar('\n');
}

/* Where the terminal is too narrow for one table. */
static void print_apart(const report *printed, line *scratch, widths *columns, const style *with)
{
    if (!columns->apart || columns->extras == 0 || printed->total.suppressed) return;
    putchar('\n');
    print_dimensions(printed, scratch, columns, with);
    print_extras(columns->extra_titles, 0, columns);
    putchar('\n');
    for (size_t i = 0; i <= printed->told; i++) {
        fill_line(printed, i < printed->told ? printed->order[i] : RESULT_TOTAL, columns, scratch);
        if (scratch->told.suppressed) continue;
        print_names(printed, scratch, columns, with);
        print_extras(scratch->extra, 0, columns);
        putchar('\n');
    }
}

/* Who gave the lowest and the highest answer there is: the two ends, on which most of a score may stand. */
static void print_ends(const report *printed)
{
    const result *total = &printed->total;
    const nps_scale *scale = &printed->of->scale;
    char lowest[ROUNDED_SIZE], highest[ROUNDED_SIZE];
    if (printed->counts_only || !total->has_score) return;
    printf("%d: %s%%, %d: %s%% of the answers%s\n", scale->lowest,
           rounded_number(100 * total->lowest_share, total->lowest_share > 0.5 ? 100 : 0, 1, lowest), scale->highest,
           rounded_number(100 * total->highest_share, total->highest_share > 0.5 ? 100 : 0, 1, highest),
           total->is_weighted ? ", weighted" : "");
}

static void print_design(const result *total, bool clusters)
{
    const char *unit = clusters ? total->units == 1 ? "cluster" : "clusters" : total->units == 1 ? "answer" : "answers";
    char strata[ROUNDED_SIZE], units[ROUNDED_SIZE], effect[32] = "n/a";
    if (!isnan(total->design_effect)) snprintf(effect, sizeof effect, "%.3f", total->design_effect);
    printf("survey design: %s %s, %s %s, df %.0f, design effect %s\n", rounded_count(total->strata, strata),
           total->strata == 1 ? "stratum" : "strata", rounded_count(total->units, units), unit, total->df, effect);
}

static void print_lonely(const result *total, int32_t lonely)
{
    char strata[ROUNDED_SIZE];
    if (total->lonely == 0) return;
    printf("%s %s of one unit: --lonely %s\n", rounded_count(total->lonely, strata),
           total->lonely == 1 ? "stratum" : "strata", nps_lonely_name(lonely));
}

static void print_weights(const report *printed)
{
    const result *total = &printed->total;
    if (total->is_design && total->has_score) {
        print_design(total, nps_design_clusters(printed->of->design));
        print_lonely(total, printed->given->lonely);
    } else if (total->is_weighted && total->has_score) {
        printf("weighted: design effect %.3f\n", total->design_effect);
    }
}

static void print_summary(const report *printed, const style *with)
{
    text sentence = {0};
    putchar('\n');
    bar_print_legend(&with->bar);
    if (arrange_say_hidden(printed->of, printed->given, &sentence)) printf("%s\n", sentence.bytes);
    sentence.length = 0;
    if (!printed->total.suppressed) {
        rounded_rows(&printed->total.counts, &sentence);
        printf("%s\n", sentence.bytes);
    }
    text_free(&sentence);
    print_ends(printed);
    print_weights(printed);
}

void report_table(const report *printed)
{
    style with = choose_style();
    widths columns;
    line current = {0};
    measure(printed, &current, &columns);
    print_header(printed, &current, &columns, &with);
    for (size_t i = 0; i < printed->told; i++) {
        fill_line(printed, printed->order[i], &columns, &current);
        print_line(printed, &current, &columns, &with);
    }
    fill_line(printed, RESULT_TOTAL, &columns, &current);
    print_line(printed, &current, &columns, &with);
    print_apart(printed, &current, &columns, &with);
    print_summary(printed, &with);
    for (int32_t i = 0; i < NPS_MAX_DIMENSIONS; i++) text_free(&current.names[i]);
}
