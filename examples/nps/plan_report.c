#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "grid.h"
#include "plan.h"
#include "result_json.h"
#include "rounded.h"

/* As it was given: 10, 2.5. What was found has three digits, which is more than a plan is worth. */
static const char *points(double number, bool given, char *buffer)
{
    snprintf(buffer, ROUNDED_SIZE, given ? "%.15g" : "%.3g", number);
    strcat(buffer, strcmp(buffer, "1") == 0 ? " point" : " points");
    return buffer;
}

static const char *percent(double fraction, char *buffer)
{
    if (fraction > 0.999) return "more than 99.9";
    snprintf(buffer, ROUNDED_SIZE, "%.3g", 100 * fraction);
    return buffer;
}

static const char *answers_of(uint64_t count, char *buffer)
{
    rounded_count(count, buffer);
    strcat(buffer, count == 1 ? " answer" : " answers");
    return buffer;
}

static void tell_margin(const planned *told)
{
    const options *given = told->given;
    char size[ROUNDED_SIZE + 8], margin[ROUNDED_SIZE + 8];
    printf("%s", answers_of(told->size, size));
    if (given->population > 0) printf(" of %.15g people", given->population);
    printf(" give%s a margin of error of %s at %.6g%%\n", told->size == 1 ? "s" : "",
           points(told->margin, given->margin > 0, margin), 100 * given->level);
}

static void tell_groups(const planned *told)
{
    char from[ROUNDED_SIZE + 8], to[ROUNDED_SIZE + 8];
    if (told->from == told->to) {
        printf("two groups of %s each", answers_of(told->from, from));
    } else {
        printf("groups of %s and %s", rounded_count(told->from, from), answers_of(told->to, to));
    }
}

static void tell_difference(const planned *told)
{
    const options *given = told->given;
    char difference[ROUNDED_SIZE + 8], power[ROUNDED_SIZE];
    double size = fabs(told->difference);
    bool none = size > 200; /* scores cannot differ by so much */
    tell_groups(told);
    printf(" see %s%s with a power of %s%% at %.6g%%\n", none ? "no difference" : "a difference of ",
           none ? "" : points(size, given->detect != 0, difference), percent(told->power, power), 100 * given->level);
}

static void tell_assumptions(const planned *told)
{
    const options *given = told->given;
    if (told->has_shares) {
        printf("shares: %.6g%% promoters, %.6g%% detractors", 100 * given->promoter_share,
               100 * given->detractor_share);
    } else {
        printf("nothing known of the shares, so the worst: half promoters, half detractors");
    }
    if (told->design_effect != 1) printf("; design effect %.6g", told->design_effect);
    printf("; answers, not invitations\n");
}

static void print_sentences(const planned *told)
{
    const char *item = told->given->format == FORMAT_MARKDOWN ? "- " : "";
    if (!isnan(told->margin)) {
        fputs(item, stdout);
        tell_margin(told);
    }
    if (!isnan(told->difference)) {
        fputs(item, stdout);
        tell_difference(told);
    }
    fputs(item, stdout);
    tell_assumptions(told);
}

static double population_of(const planned *told)
{
    return told->given->population > 0 ? told->given->population : (double)NAN;
}

static double size_or_none(uint64_t size)
{
    return size > 0 ? (double)size : (double)NAN;
}

static void print_json(const planned *told)
{
    json_writer to = {.out = stdout, .one_line = told->given->format == FORMAT_JSONL};
    json_begin(&to, told->given->command);
    writer_number_field(&to, "n", size_or_none(told->size));
    writer_number_field(&to, "exact", told->size_exact);
    writer_number_field(&to, "margin", told->margin);
    writer_line(&to);
    writer_number_field(&to, "per_group", size_or_none(told->from));
    writer_number_field(&to, "per_group_to", size_or_none(told->to));
    writer_number_field(&to, "per_group_exact", told->from_exact);
    writer_number_field(&to, "difference", told->difference);
    writer_number_field(&to, "power", told->power);
    writer_line(&to);
    writer_number_field(&to, "level", told->given->level);
    writer_number_field(&to, "promoters", told->given->promoter_share);
    writer_number_field(&to, "detractors", told->given->detractor_share);
    writer_number_field(&to, "variance", told->variance);
    writer_number_field(&to, "population", population_of(told));
    writer_number_field(&to, "ratio", told->ratio);
    writer_number_field(&to, "design_effect", told->design_effect);
    writer_close(&to, '}');
    putchar('\n');
}

static void print_csv(const planned *told)
{
    static const char *const titles[] = {
        "n",     "exact",     "margin",     "per_group", "per_group_to", "per_group_exact", "difference",   "power",
        "level", "promoters", "detractors", "variance",  "population",   "ratio",           "design_effect"};
    const double values[] = {size_or_none(told->size),
                             told->size_exact,
                             told->margin,
                             size_or_none(told->from),
                             size_or_none(told->to),
                             told->from_exact,
                             told->difference,
                             told->power,
                             told->given->level,
                             told->given->promoter_share,
                             told->given->detractor_share,
                             told->variance,
                             population_of(told),
                             told->ratio,
                             told->design_effect};
    grid row = {0};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) grid_column(&row, titles[i], true);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) grid_number(&row, values[i]);
    grid_print(&row, FORMAT_CSV);
}

void plan_report(const planned *told)
{
    switch (told->given->format) {
    case FORMAT_JSON:
    case FORMAT_JSONL:
        print_json(told);
        break;
    case FORMAT_CSV:
        print_csv(told);
        break;
    default:
        print_sentences(told);
    }
}
