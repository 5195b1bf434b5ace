#include "platform.h"

#include <stdio.h>

#include <nps/status.h>

#include "pairs.h"
#include "result_json.h"

static void write_counts(json_writer *to, const nps_pairs *people)
{
    writer_count_field(to, "n", nps_pairs_responses(people));
    writer_count_field(to, "only_before", pairs_once(people->only_before));
    writer_count_field(to, "only_after", pairs_once(people->only_after));
    writer_count_field(to, "missing", people->missing);
    writer_count_field(to, "invalid", people->invalid);
}

static void write_difference(json_writer *to, const change *told)
{
    const nps_difference *of = &told->difference;
    writer_field(to, "difference");
    writer_open(to, '{');
    json_difference(to, of, of->p, nps_paired_method_name(told->given->method));
    writer_close(to, '}');
}

static void write_table(json_writer *to, const uint64_t *table)
{
    writer_field(to, "table");
    writer_open(to, '[');
    for (int before = 0; before < 3; before++) {
        writer_open(to, '[');
        for (int after = 0; after < 3; after++) writer_count(to, table[3 * before + after]);
        writer_close(to, ']');
    }
    writer_close(to, ']');
}

static void write_movers(json_writer *to, const nps_movers *of)
{
    writer_field(to, "movers");
    writer_open(to, '{');
    writer_count_field(to, "better", of->better);
    writer_count_field(to, "worse", of->worse);
    writer_count_field(to, "same_class", of->same_class);
    writer_count_field(to, "higher", of->higher);
    writer_count_field(to, "lower", of->lower);
    writer_count_field(to, "same_answer", of->same_answer);
    writer_close(to, '}');
}

static void write_omnibus(json_writer *to, const nps_test *margins)
{
    static const char *const names[MARGINS_COUNT] = {
        [NPS_MARGINS_STUART] = "stuart", [NPS_MARGINS_BHAPKAR] = "bhapkar", [NPS_MARGINS_BOWKER] = "bowker"};
    writer_field(to, "omnibus");
    writer_open(to, '{');
    for (int i = 0; i < MARGINS_COUNT; i++) {
        writer_field(to, names[i]);
        writer_open(to, '{');
        writer_number_field(to, "statistic", margins[i].statistic);
        writer_number_field(to, "df", margins[i].df);
        writer_number_field(to, "p", margins[i].p);
        writer_close(to, '}');
    }
    writer_close(to, '}');
}

void pairs_json_fields(json_writer *to, const change *told)
{
    write_counts(to, &told->people);
    writer_line(to);
    json_result_field(to, "before", &told->before, false);
    writer_line(to);
    json_result_field(to, "after", &told->after, false);
    writer_line(to);
    write_difference(to, told);
    writer_line(to);
    write_table(to, told->table);
    writer_line(to);
    write_movers(to, &told->movers);
    writer_line(to);
    write_omnibus(to, told->margins);
    writer_line(to);
    writer_field(to, "once");
    writer_open(to, '{');
    json_result_field(to, "before", &told->only_before, false);
    json_result_field(to, "after", &told->only_after, false);
    writer_close(to, '}');
}

void pairs_json(const change *told)
{
    json_writer to = {.out = stdout, .one_line = told->given->format == FORMAT_JSONL};
    json_begin(&to, told->given->command);
    json_scale(&to, &told->people.scale);
    writer_line(&to);
    writer_text_field(&to, "method", nps_paired_method_name(told->given->method));
    writer_number_field(&to, "level", told->given->level);
    writer_count_field(&to, "rows", nps_pairs_total(&told->people));
    writer_line(&to);
    pairs_json_fields(&to, told);
    writer_close(&to, '}');
    putchar('\n');
}
