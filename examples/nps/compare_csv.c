/* A line for each difference, in full. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <nps/status.h>

#include "compare.h"
#include "grid.h"

/* Lines go out one by one, for there may be a million; the columns stay. */
static void end_line(grid *to)
{
    size_t columns = to->columns;
    grid_print(to, FORMAT_CSV);
    to->columns = columns;
}

static void add_count(grid *to, uint64_t count)
{
    char buffer[32];
    snprintf(buffer, sizeof buffer, "%" PRIu64, count);
    grid_text(to, buffer);
}

static void add_columns(grid *to, const char *const *titles)
{
    for (; *titles != NULL; titles++) grid_column(to, *titles, false);
}

static void add_key(grid *to, const state *of, size_t index)
{
    compare_key_cells(to, of, index, false);
}

static void add_result(grid *to, const result *of)
{
    if (of->suppressed) {
        grid_text(to, "");
    } else {
        add_count(to, nps_tally_responses(&of->counts));
    }
    if (of->is_weighted) grid_number(to, of->effective_size);
    grid_number(to, of->score);
    grid_number(to, of->lower);
    grid_number(to, of->upper);
}

static void add_result_columns(grid *to, bool is_weighted)
{
    grid_column(to, "responses", false);
    if (is_weighted) grid_column(to, "effective_n", false);
    add_columns(to, (const char *const[]){"nps", "lower", "upper", NULL});
}

static const char *const difference_columns[] = {
    "difference", "difference_lower", "difference_upper", "statistic", "df", "p", "p_adjusted", "method", NULL};

static void add_difference(grid *to, const comparison *of, const contrast *told)
{
    grid_number(to, told->told.estimate);
    grid_number(to, told->told.lower);
    grid_number(to, told->told.upper);
    grid_number(to, told->told.statistic);
    grid_number(to, told->told.df);
    grid_number(to, told->told.p);
    grid_number(to, told->p_adjusted);
    grid_text(to, nps_difference_method_name(of->given->method));
}

static void add_equivalence(grid *to, const comparison *of)
{
    grid_number(to, of->given->equivalence);
    grid_number(to, of->equivalence.statistic_lower);
    grid_number(to, of->equivalence.statistic_upper);
    grid_number(to, of->equivalence.p_lower);
    grid_number(to, of->equivalence.p_upper);
    grid_number(to, of->equivalence.p);
}

/* Only with --min-n, at the end of a line. */
static void add_suppressed_column(grid *to, const comparison *of)
{
    if (of->sides[0]->hidden != NULL) grid_column(to, "suppressed", false);
}

static void add_suppressed(grid *to, const comparison *of, bool suppressed)
{
    if (of->sides[0]->hidden != NULL) grid_text(to, suppressed ? "true" : "false");
}

static void add_two(grid *to, const comparison *of)
{
    bool equivalence = of->given->equivalence > 0;
    add_columns(to, (const char *const[]){"from", "to", "from_responses", "from_nps", "to_responses", "to_nps", NULL});
    add_columns(to, difference_columns);
    if (equivalence) {
        add_columns(to, (const char *const[]){"margin", "statistic_lower", "statistic_upper", "p_lower", "p_upper",
                                              "p_equivalence", NULL});
    }
    end_line(to);
    for (int i = 0; i < 2; i++) grid_text(to, of->names[i]);
    for (int i = 0; i < 2; i++) {
        add_count(to, nps_tally_responses(&of->results[i].counts));
        grid_number(to, of->results[i].score);
    }
    add_difference(to, of, &of->overall);
    if (equivalence) add_equivalence(to, of);
    end_line(to);
}

static void add_rests(grid *to, const comparison *of)
{
    const state *counted = of->sides[0];
    compare_key_columns(to, counted, "");
    add_result_columns(to, counted->is_weighted);
    add_columns(to, difference_columns);
    add_suppressed_column(to, of);
    end_line(to);
    for (size_t i = 0; i < of->count; i++) {
        result segment;
        result_segment(counted, i, of->given, &segment);
        add_key(to, counted, i);
        add_result(to, &segment);
        add_difference(to, of, &of->contrasts[i]);
        add_suppressed(to, of, segment.suppressed);
        end_line(to);
    }
}

static void add_pairs(grid *to, const comparison *of)
{
    const state *counted = of->sides[0];
    compare_key_columns(to, counted, "from_");
    compare_key_columns(to, counted, "to_");
    add_columns(to, difference_columns);
    add_suppressed_column(to, of);
    end_line(to);
    for (size_t i = 0; i < of->count; i++) {
        add_key(to, counted, of->contrasts[i].from);
        add_key(to, counted, of->contrasts[i].to);
        add_difference(to, of, &of->contrasts[i]);
        add_suppressed(to, of, compare_is_hidden(of, &of->contrasts[i]));
        end_line(to);
    }
}

static void add_test(grid *to, const contrast *told)
{
    grid_number(to, told->told.estimate);
    grid_number(to, told->told.statistic);
    grid_number(to, told->told.p);
    grid_number(to, told->p_adjusted);
}

static void add_benchmarks(grid *to, const comparison *of)
{
    const state *counted = of->sides[0];
    compare_key_columns(to, counted, "");
    add_result_columns(to, counted->is_weighted);
    add_columns(to, (const char *const[]){"benchmark", "difference", "statistic", "p", "p_adjusted", NULL});
    add_suppressed_column(to, of);
    end_line(to);
    if (counted->segments == NULL) {
        add_result(to, &of->results[0]);
        grid_number(to, of->given->benchmark);
        add_test(to, &of->overall);
        end_line(to);
    }
    for (size_t i = 0; i < of->count; i++) {
        result segment;
        result_segment(counted, i, of->given, &segment);
        add_key(to, counted, i);
        add_result(to, &segment);
        grid_number(to, of->given->benchmark);
        add_test(to, &of->contrasts[i]);
        add_suppressed(to, of, segment.suppressed);
        end_line(to);
    }
}

static void add_list(grid *to, const comparison *of)
{
    add_columns(to, (const char *const[]){"name", "points", "difference", "statistic", "p", "p_adjusted", NULL});
    end_line(to);
    for (size_t i = 0; i < of->count; i++) {
        grid_bytes(to, of->list.entries[i].name, of->list.entries[i].length);
        grid_number(to, of->list.entries[i].points);
        add_test(to, &of->contrasts[i]);
        end_line(to);
    }
}

void compare_csv(const comparison *printed)
{
    static void (*const add[])(grid * to, const comparison *of) = {
        [COMPARE_TWO] = add_two,     [COMPARE_REST] = add_rests,
        [COMPARE_PAIRS] = add_pairs, [COMPARE_BENCHMARK] = add_benchmarks,
        [COMPARE_LIST] = add_list,
    };
    grid lines = {0};
    add[printed->kind](&lines, printed);
}
