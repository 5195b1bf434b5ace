/* The change for people. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "grid.h"
#include "pairs.h"
#include "report.h"
#include "rounded.h"

static void add_result(grid *to, const char *name, const result *of)
{
    char count[ROUNDED_SIZE], score[8], lower[16], upper[16], interval[48];
    report_score(of, score);
    report_bounds(of, lower, upper);
    snprintf(interval, sizeof interval, "%s%s%s", lower, of->has_score ? rounded_between() : "", upper);
    grid_text(to, name);
    grid_text(to, rounded_count(nps_tally_responses(&of->counts), count));
    grid_text(to, score);
    grid_text(to, interval);
}

static void print_scores(const change *told)
{
    grid scores = {0};
    char title[32];
    snprintf(title, sizeof title, "%.4g%% interval", 100 * told->given->level);
    grid_column(&scores, "answered", false);
    grid_column(&scores, "n", true);
    grid_column(&scores, "NPS", true);
    grid_column(&scores, title, false);
    add_result(&scores, "both times: before", &told->before);
    add_result(&scores, "both times: after", &told->after);
    add_result(&scores, "only before", &told->only_before);
    add_result(&scores, "only after", &told->only_after);
    grid_print(&scores, told->given->format);
    putchar('\n');
}

void pairs_transitions(const change *told, grid *to)
{
    static const char *const classes[] = {"detractors", "passives", "promoters"};
    char count[ROUNDED_SIZE];
    grid_column(to, "before \\ after", false);
    for (int after = 0; after < 3; after++) grid_column(to, classes[after], true);
    for (int before = 0; before < 3; before++) {
        grid_text(to, classes[before]);
        for (int after = 0; after < 3; after++) grid_text(to, rounded_count(told->table[3 * before + after], count));
    }
}

static void print_transitions(const change *told)
{
    grid table = {0};
    pairs_transitions(told, &table);
    grid_print(&table, told->given->format);
    putchar('\n');
}

static void print_movers(const nps_movers *of, const char *item)
{
    char better[ROUNDED_SIZE], worse[ROUNDED_SIZE], same[ROUNDED_SIZE];
    printf("%sclass: %s better, %s worse, %s the same\n", item, rounded_count(of->better, better),
           rounded_count(of->worse, worse), rounded_count(of->same_class, same));
    printf("%sanswer: %s higher, %s lower, %s the same\n", item, rounded_count(of->higher, better),
           rounded_count(of->lower, worse), rounded_count(of->same_answer, same));
}

static void print_tests(const change *told, const char *item)
{
    static const char *const names[MARGINS_COUNT] = {
        [NPS_MARGINS_STUART] = "Stuart", [NPS_MARGINS_BHAPKAR] = "Bhapkar", [NPS_MARGINS_BOWKER] = "Bowker"};
    char words[ROUNDED_SIZE];
    printf("%stests of the table: ", item);
    for (int i = 0; i < MARGINS_COUNT; i++) {
        printf("%s%s p %s", i > 0 ? ", " : "", names[i], rounded_p(told->margins[i].p, told->given->level, words));
    }
    putchar('\n');
}

/* Whole points where the whole scores above differ by as many, else a decimal. */
static const char *change_words(const change *told, char *buffer)
{
    double points = told->difference.estimate, size = fabs(points);
    rounded_number(size, 0, 0, buffer);
    if (strtod(buffer, NULL) != abs(told->after.rounded - told->before.rounded)) rounded_number(size, 0, 1, buffer);
    return buffer;
}

/* The interval decides where there is one: what is said must not contradict what is shown. */
static bool is_real(const change *told)
{
    const nps_difference *of = &told->difference;
    return isnan(of->lower) ? of->p < 1 - told->given->level : of->lower > 0 || of->upper < 0;
}

void pairs_say_verdict(const change *told, text *to)
{
    const nps_difference *of = &told->difference;
    char points[ROUNDED_SIZE], count[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE], p[ROUNDED_SIZE];
    if (nps_pairs_responses(&told->people) == 0) {
        text_say(to, "nobody answered both times");
        return;
    }
    rounded_count(nps_pairs_responses(&told->people), count);
    rounded_bounds(of->lower, of->upper, 0, lower, upper);
    change_words(told, points);
    if (of->estimate == 0) {
        text_say(to, "no change among %s who answered twice", count);
    } else {
        text_say(to, "%s %s point%s among %s who answered twice", of->estimate > 0 ? "up" : "down", points,
                 strcmp(points, "1") == 0 ? "" : "s", count);
    }
    if (!isnan(of->lower)) text_say(to, ", %.4g%% interval %s to %s", 100 * told->given->level, lower, upper);
    if (isnan(of->p)) return;
    rounded_p(of->p, told->given->level, p);
    text_say(to, ": %s (p %s)", is_real(told) ? "a real change" : "not distinguishable from no change", p);
}

static void print_verdict(const change *told)
{
    text sentence = {0};
    pairs_say_verdict(told, &sentence);
    printf("%s\n", sentence.bytes);
    text_free(&sentence);
}

void pairs_print_tables(const change *told)
{
    const char *item = told->given->format == FORMAT_MARKDOWN ? "- " : "";
    print_scores(told);
    print_transitions(told);
    print_movers(&told->movers, item);
    if (nps_pairs_responses(&told->people) > 0) print_tests(told, item);
}

void pairs_report(const change *told)
{
    const nps_pairs *people = &told->people;
    char rows[ROUNDED_SIZE], missing[ROUNDED_SIZE], invalid[ROUNDED_SIZE];
    pairs_print_tables(told);
    printf("%s%s rows: %s missing both times, %s invalid\n\n", told->given->format == FORMAT_MARKDOWN ? "- " : "",
           rounded_count(nps_pairs_total(people), rows), rounded_count(people->missing, missing),
           rounded_count(people->invalid, invalid));
    print_verdict(told);
}
