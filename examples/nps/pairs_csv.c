/* The change as one row of CSV. */
#include "platform.h"

#include <stdio.h>

#include "grid.h"
#include "pairs.h"

static void column_result(grid *to, const char *name)
{
    static const char *const parts[] = {"nps", "lower", "upper"};
    char title[40];
    for (int i = 0; i < 3; i++) {
        snprintf(title, sizeof title, "%s_%s", name, parts[i]);
        grid_column(to, title, true);
    }
}

static void csv_titles(grid *to)
{
    static const char *const counts[] = {"n", "only_before", "only_after", "missing", "invalid"};
    static const char *const rest[] = {"difference",  "lower",      "upper",         "statistic",
                                       "df",          "p",          "method",        "better",
                                       "worse",       "same_class", "higher_answer", "lower_answer",
                                       "same_answer", "stuart_p",   "bhapkar_p",     "bowker_p"};
    static const char *const classes[] = {"detractor", "passive", "promoter"};
    char title[40];
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) grid_column(to, counts[i], true);
    column_result(to, "before");
    column_result(to, "after");
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) grid_column(to, rest[i], true);
    for (int i = 0; i < 9; i++) {
        snprintf(title, sizeof title, "%s_%s", classes[i / 3], classes[i % 3]);
        grid_column(to, title, true);
    }
}

void pairs_csv(const change *told)
{
    const nps_pairs *people = &told->people;
    const nps_difference *found = &told->difference;
    const nps_movers *moved = &told->movers;
    const uint64_t counts[] = {nps_pairs_responses(people), pairs_once(people->only_before),
                               pairs_once(people->only_after), people->missing, people->invalid};
    const double numbers[] = {told->before.score, told->before.lower, told->before.upper, told->after.score,
                              told->after.lower,  told->after.upper,  found->estimate,    found->lower,
                              found->upper,       found->statistic,   found->df,          found->p};
    const uint64_t movers[] = {moved->better, moved->worse, moved->same_class,
                               moved->higher, moved->lower, moved->same_answer};
    grid row = {0};
    csv_titles(&row);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) grid_count(&row, counts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) grid_number(&row, numbers[i]);
    grid_text(&row, nps_paired_method_name(told->given->method));
    for (size_t i = 0; i < sizeof movers / sizeof movers[0]; i++) grid_count(&row, movers[i]);
    for (int i = 0; i < MARGINS_COUNT; i++) grid_number(&row, told->margins[i].p);
    for (int i = 0; i < 9; i++) grid_count(&row, told->table[i]);
    grid_print(&row, FORMAT_CSV);
}
