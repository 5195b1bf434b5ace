#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "bar.h"
#include "grid.h"
#include "message.h"
#include "output.h"
#include "rounded.h"

#define WIDTH_MOST  40 /* of a cell on a terminal */
#define WIDTH_LEAST 12 /* that names are cut down to where the terminal is narrow */
#define GAP         2

void grid_bytes(grid *to, const char *bytes, size_t length)
{
    to->cells = reallocate(to->cells, (to->count + 1) * sizeof *to->cells);
    to->cells[to->count] = (text){0};
    text_append(&to->cells[to->count++], bytes, length);
}

void grid_column(grid *to, const char *title, bool right)
{
    to->right[to->columns++] = right;
    grid_text(to, title);
}

void grid_text(grid *to, const char *cell)
{
    grid_bytes(to, cell, strlen(cell));
}

void grid_number(grid *to, double number)
{
    char buffer[32];
    grid_text(to, isnan(number) ? "" : format_number(number, buffer));
}

void grid_count(grid *to, uint64_t count)
{
    char buffer[32];
    snprintf(buffer, sizeof buffer, "%" PRIu64, count);
    grid_text(to, buffer);
}

void grid_interval_column(grid *to, double level)
{
    char title[40];
    snprintf(title, sizeof title, "%.4g%% interval", 100 * level);
    grid_column(to, title, true);
}

void grid_interval(grid *to, const char *lower, const char *upper, enum output_format format)
{
    text cell = {0};
    const char *between = format == FORMAT_MARKDOWN ? " ... " : rounded_between();
    text_say(&cell, "%s%s%s", lower, *upper != '\0' ? between : "", upper);
    grid_bytes(to, cell.bytes, cell.length);
    text_free(&cell);
}

void grid_p(grid *to, double p, double level)
{
    char cell[ROUNDED_SIZE];
    rounded_p(p, level, cell);
    grid_text(to, strncmp(cell, "= ", 2) == 0 ? cell + 2 : cell);
}

void grid_bar_column(grid *to)
{
    to->has_bars = true;
    to->bar = to->columns;
    grid_column(to, "", false);
}

void grid_bar(grid *to, double detractor_share, double promoter_share)
{
    size_t row = to->count / to->columns;
    to->shares = reallocate(to->shares, (row + 1) * sizeof *to->shares);
    to->shares[row][0] = detractor_share;
    to->shares[row][1] = promoter_share;
    grid_text(to, "");
}

void grid_length_column(grid *to)
{
    grid_bar_column(to);
    to->has_lengths = true;
}

void grid_length(grid *to, double share)
{
    grid_bar(to, share, share);
}

static void print_spaces(size_t count)
{
    while (count-- > 0) putchar(' ');
}

/* Cuts cells to the widths, which then are those of the longest that are left. */
static void shorten(const grid *printed, size_t *widths, text *shortened, size_t *taken)
{
    size_t most[GRID_MOST];
    memcpy(most, widths, sizeof most);
    memset(widths, 0, sizeof most);
    for (size_t i = 0; i < printed->count; i++) {
        const text *cell = &printed->cells[i];
        size_t column = i % printed->columns;
        shortened[i].length = 0;
        taken[i] = text_append_escaped(&shortened[i], cell->bytes, cell->length, most[column], TEXT_ESCAPE_TERMINAL);
        if (taken[i] > widths[column]) widths[column] = taken[i];
    }
}

/* What the columns take, without bars. */
static size_t sum_widths(const grid *printed, const size_t *widths)
{
    size_t sum = 0, columns = printed->columns - printed->has_bars;
    for (size_t i = 0; i < printed->columns; i++) sum += widths[i];
    return sum + (columns > 0 ? columns - 1 : 0) * GAP;
}

/* What they leave for the bars; 0: too little. */
static size_t bar_width(const grid *printed, const size_t *widths)
{
    size_t sum = sum_widths(printed, widths) + GAP, whole = output_width();
    if (!printed->has_bars || sum + BAR_LEAST > whole) return 0;
    return whole - sum < BAR_MOST ? whole - sum : BAR_MOST;
}

/* Takes from the widest name a column at a time until the table fits. False where there is nothing to take. */
static bool narrow(const grid *printed, size_t *widths)
{
    size_t sum = sum_widths(printed, widths), whole = output_width();
    bool cut = false;
    for (; sum > whole; sum--) {
        size_t widest = GRID_MOST;
        for (size_t i = 0; i < printed->columns; i++) {
            if (printed->right[i] || widths[i] <= WIDTH_LEAST) continue;
            if (widest == GRID_MOST || widths[i] > widths[widest]) widest = i;
        }
        if (widest == GRID_MOST) break;
        widths[widest]--;
        cut = true;
    }
    return cut;
}

/* A name that runs from right to left must not reorder what stands beside it. */
static void print_isolated(const text *cell, size_t before)
{
    bool isolated = text_user_has_utf8() && text_is_right_to_left(cell->bytes, cell->length);
    print_spaces(before);
    printf("%s%s%s", isolated ? "\u2068" : "", cell->bytes, isolated ? "\u2069" : "");
}

/* The bar of a row, and above the first one what it shows. Returns how many columns are left blank. */
static size_t print_bar(const grid *printed, size_t row, size_t width, const bar_style *style)
{
    if (printed->has_lengths) return row == 0 ? width : bar_print_length(printed->shares[row][0], width, style);
    if (row == 0) {
        printf("%-*s", (int)width, strlen(BAR_TITLE) <= width ? BAR_TITLE : "");
    } else {
        bar_print(printed->shares[row][0], printed->shares[row][1], width, style);
    }
    return 0;
}

static void print_rows(const grid *printed, const size_t *widths, size_t bar, const text *cells, const size_t *taken)
{
    bar_style style = bar_choose_style();
    size_t before = 0; /* columns left blank so far, which the end of a line does not need */
    for (size_t i = 0; i < printed->count; i++) {
        size_t column = i % printed->columns, spaces = widths[column] - taken[i];
        bool is_bar = printed->has_bars && column == printed->bar;
        if (printed->right[column]) before += spaces;
        if (is_bar && bar > 0) {
            print_spaces(before);
            before = print_bar(printed, i / printed->columns, bar, &style);
        } else if (taken[i] > 0) {
            print_isolated(&cells[i], before);
            before = 0;
        }
        if (!is_bar || bar > 0) before += (printed->right[column] ? 0 : spaces) + GAP;
        if (column + 1 < printed->columns) continue;
        putchar('\n');
        before = 0;
    }
}

static bool print_table(const grid *printed)
{
    size_t widths[GRID_MOST], *taken = allocate(printed->count * sizeof *taken);
    text *shortened = allocate(printed->count * sizeof *shortened);
    memset(shortened, 0, printed->count * sizeof *shortened);
    for (size_t i = 0; i < GRID_MOST; i++) widths[i] = WIDTH_MOST;
    shorten(printed, widths, shortened, taken);
    if (narrow(printed, widths)) shorten(printed, widths, shortened, taken);
    size_t bar = bar_width(printed, widths);
    print_rows(printed, widths, bar, shortened, taken);
    for (size_t i = 0; i < printed->count; i++) text_free(&shortened[i]);
    free(shortened);
    free(taken);
    return bar > 0;
}

static void print_markdown(const grid *printed)
{
    for (size_t i = 0; i < printed->count; i++) {
        bool last = (i + 1) % printed->columns == 0;
        text escaped = {0};
        text_append(&escaped, "", 0);
        text_append_escaped(&escaped, printed->cells[i].bytes, printed->cells[i].length, SIZE_MAX,
                            TEXT_ESCAPE_MARKDOWN);
        printf("%s %s |%s", i % printed->columns == 0 ? "|" : "", escaped.bytes, last ? "\n" : "");
        text_free(&escaped);
        if (i + 1 != printed->columns) continue;
        putchar('|');
        for (size_t j = 0; j < printed->columns; j++) fputs(printed->right[j] ? " ---: |" : " --- |", stdout);
        putchar('\n');
    }
}

/* A cell is quoted only where it must be. */
static void print_csv(const grid *printed)
{
    for (size_t i = 0; i < printed->count; i++) {
        const text *cell = &printed->cells[i];
        bool plain = strcspn(cell->bytes, ",\"\r\n ;\t|") == cell->length;
        if (plain) {
            fwrite(cell->bytes, 1, cell->length, stdout);
        } else {
            csv_fwrite(stdout, cell->bytes, cell->length);
        }
        putchar((i + 1) % printed->columns == 0 ? '\n' : ',');
    }
}

bool grid_print(grid *printed, enum output_format format)
{
    bool drawn = false;
    if (format == FORMAT_CSV) {
        print_csv(printed);
    } else if (format == FORMAT_MARKDOWN) {
        print_markdown(printed);
    } else {
        drawn = print_table(printed);
    }
    grid_free(printed);
    return drawn;
}

void grid_free(grid *freed)
{
    for (size_t i = 0; i < freed->count; i++) text_free(&freed->cells[i]);
    free(freed->cells);
    free(freed->shares);
    *freed = (grid){0};
}
