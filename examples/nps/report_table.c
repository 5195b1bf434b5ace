/* The table for people: a line for each segment and one for the total. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arrange.h"
#include "message.h"
#include "output.h"
#include "report.h"
#include "rounded.h"

#define BAR_LEAST 12
#define BAR_MOST  40
#define BAR_TITLE "detractors | passives | promoters"
#define TOTAL     SIZE_MAX /* stands for the index of a segment */

/* Columns behind the interval, where they were asked for. */
#define EXTRAS_MOST 5
#define EXTRA_SIZE  48

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
    int extra_count;
    const char *extra_titles[EXTRAS_MOST];
    size_t extras[EXTRAS_MOST];
} widths;

/* The cells of one line. */
typedef struct line {
    result told;
    text names[NPS_MAX_DIMENSIONS];
    size_t name_widths[NPS_MAX_DIMENSIONS];
    bool right_to_left[NPS_MAX_DIMENSIONS];
    char responses[ROUNDED_SIZE], effective[32], score[8], lower[16], upper[16];
    char extras[EXTRAS_MOST][EXTRA_SIZE];
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

static void bounds_text(double lower, double upper, char out[EXTRA_SIZE])
{
    char from[ROUNDED_SIZE], until[ROUNDED_SIZE];
    rounded_bounds(lower, upper, NAN, from, until);
    snprintf(out, EXTRA_SIZE, "%.15s%s%.15s", from, *until != '\0' ? rounded_between() : "", until);
}

static void fill_extras(line *to)
{
    const result *told = &to->told;
    char(*next)[EXTRA_SIZE] = to->extras;
    memset(to->extras, 0, sizeof to->extras);
    if (told->suppressed) return;
    if (told->has_accounts) {
        rounded_count(told->accounts, *next++);
        rounded_signed(told->account_score, 0, *next++);
        bounds_text(told->account_lower, told->account_upper, *next++);
    }
    if (!told->has_invited) return;
    if (told->invited == 0) {
        strcpy(*next, "n/a");
        return;
    }
    snprintf(*next++, EXTRA_SIZE, "%.1f%%", 100 * told->rate);
    bounds_text(told->worst, told->best, *next);
}

static void title_extras(const report *printed, widths *columns)
{
    static const char *const accounts[] = {"accounts", "their mean", "interval"};
    static const char *const response[] = {"rate", "worst and best"};
    columns->extra_count = 0;
    for (int i = 0; printed->of->accounts != NULL && i < 3; i++)
        columns->extra_titles[columns->extra_count++] = accounts[i];
    for (int i = 0; printed->of->invited != NULL && i < 2; i++)
        columns->extra_titles[columns->extra_count++] = response[i];
    for (int i = 0; i < columns->extra_count; i++) columns->extras[i] = strlen(columns->extra_titles[i]);
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
    if (to->told.suppressed) strcpy(to->responses, "hidden");
    fill_extras(to);
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
    for (int i = 0; i < columns->extra_count; i++) {
        widen(&columns->extras[i], text_width(measured->extras[i], strlen(measured->extras[i])));
    }
}

/* The bar takes what the other columns leave. */
static void measure(const report *printed, line *scratch, widths *columns)
{
    int32_t dimensions = printed->of->dimensions;
    size_t others = 0, whole = output_width();
    *columns = (widths){.responses = 1, .score = 3, .lower = 1, .upper = 1};
    snprintf(columns->interval_title, sizeof columns->interval_title, "%.4g%% interval", 100 * printed->given->level);
    title_extras(printed, columns);
    columns->name_most = dimensions <= 1 ? 28 : 40 / (size_t)dimensions + 4;
    if (printed->of->is_weighted) columns->effective = strlen("eff. n");
    for (int32_t i = 0; i < dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        set_name(scratch, i, name, length, columns);
        widen(&columns->names[i], scratch->name_widths[i]);
    }
    for (size_t i = 0; i < printed->segments; i++) {
        fill_line(printed, printed->order[i], columns, scratch);
        measure_line(printed, scratch, columns);
    }
    fill_line(printed, TOTAL, columns, scratch);
    measure_line(printed, scratch, columns);

    for (int32_t i = 0; i < dimensions; i++) others += columns->names[i] + 2;
    size_t interval = columns->lower + strlen(" .. ") + columns->upper;
    widen(&interval, strlen(columns->interval_title));
    others += columns->responses + 2 + columns->score + 2 + interval + 2;
    if (printed->of->is_weighted) others += columns->effective + 2;
    for (int i = 0; i < columns->extra_count; i++) others += columns->extras[i] + 2;
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
    printf("%-*s  %*s  %s", (int)columns->bar, strlen(BAR_TITLE) <= columns->bar ? BAR_TITLE : "", (int)columns->score,
           "NPS", columns->interval_title);
    size_t interval = columns->lower + strlen(" .. ") + columns->upper, title = strlen(columns->interval_title);
    if (columns->extra_count > 0) print_spaces(interval > title ? interval - title : 0);
    for (int i = 0; i < columns->extra_count; i++) printf("  %*s", (int)columns->extras[i], columns->extra_titles[i]);
    putchar('\n');
}

static void print_extras(const line *of, const widths *columns)
{
    size_t interval = columns->lower + strlen(" .. ") + columns->upper, title = strlen(columns->interval_title);
    size_t printed = isnan(of->told.lower) ? strlen(of->lower) : interval;
    widen(&interval, title);
    for (int i = 0; i < columns->extra_count; i++) {
        print_spaces((i == 0 ? interval - printed : 0) + 2 + columns->extras[i] -
                     text_width(of->extras[i], strlen(of->extras[i])));
        fputs(of->extras[i], stdout);
    }
}

static void print_line(const report *printed, const line *of, const widths *columns, const style *with)
{
    print_names(printed, of, columns, with);
    if (of->told.suppressed) {
        printf("%*s\n", (int)columns->responses, of->responses);
        return;
    }
    printf("%*s  ", (int)columns->responses, of->responses);
    if (printed->of->is_weighted) printf("%*s  ", (int)columns->effective, of->effective);
    print_bar(&of->told, columns->bar, with);
    printf("  %*s  ", (int)columns->score, of->score);
    if (!isnan(of->told.lower)) {
        printf("%*s%s%*s", (int)columns->lower, of->lower, with->between, (int)columns->upper, of->upper);
    } else {
        printf("%s", of->lower);
    }
    print_extras(of, columns);
    putchar('\n');
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

static void print_summary(const report *printed, const style *with)
{
    printf("\n%s detractors  %s passives  %s promoters\n", with->signs[0], with->signs[1], with->signs[2]);
    size_t hidden = arrange_hidden(printed->of);
    text rows = {0};
    if (!printed->total.suppressed) {
        rounded_rows(&printed->total.counts, &rows);
        printf("%s\n", rows.bytes);
        text_free(&rows);
    }
    if (printed->total.has_score && !printed->counts_only) {
        const nps_scale *scale = &printed->of->scale;
        printf("%d: %.1f%%, %d: %.1f%% of the answers\n", scale->lowest, 100 * printed->total.lowest_share,
               scale->highest, 100 * printed->total.highest_share);
    }
    if (hidden > 0) {
        printf("%zu of %zu segments are hidden: fewer than %" PRIu64
               " responses, or needed to keep such from being worked out\n",
               hidden, nps_segments_count(printed->of->segments), printed->given->min_n);
    }
    if (printed->total.is_design && printed->total.has_score) {
        print_design(&printed->total, nps_design_clusters(printed->of->design));
        print_lonely(&printed->total, printed->given->lonely);
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
        fill_line(printed, printed->order[i], &columns, &current);
        print_line(printed, &current, &columns, &with);
    }
    fill_line(printed, TOTAL, &columns, &current);
    print_line(printed, &current, &columns, &with);
    print_summary(printed, &with);
    for (int32_t i = 0; i < NPS_MAX_DIMENSIONS; i++) text_free(&current.names[i]);
}
