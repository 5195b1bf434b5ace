/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <nps/tally.h>

#include "compare.h"
#include "result_json.h"

static bool is_benchmark(const comparison *of)
{
    return of->kind == COMPARE_BENCHMARK || of->kind == COMPARE_LIST;
}

static const char *method_name(const comparison *of)
{
    return is_benchmark(of) ? "score" : nps_difference_method_name(of->given->method);
}

static void difference_fields(json_writer *to, const comparison *of, const contrast *told)
{
    json_difference(to, &told->told, told->p_adjusted, method_name(of));
}

static void difference_object(json_writer *to, const comparison *of, const char *name, const contrast *told)
{
    writer_field(to, name);
    writer_open(to, '{');
    difference_fields(to, of, told);
    writer_close(to, '}');
}

static void equivalence_object(json_writer *to, const comparison *of)
{
    if (!(of->given->equivalence > 0)) return;
    writer_field(to, "equivalence");
    writer_open(to, '{');
    writer_number_field(to, "margin", of->given->equivalence);
    writer_number_field(to, "statistic_lower", of->equivalence.statistic_lower);
    writer_number_field(to, "statistic_upper", of->equivalence.statistic_upper);
    writer_number_field(to, "p_lower", of->equivalence.p_lower);
    writer_number_field(to, "p_upper", of->equivalence.p_upper);
    writer_number_field(to, "p", of->equivalence.p);
    writer_close(to, '}');
}

static void test_fields(json_writer *to, const contrast *told)
{
    writer_number_field(to, "difference", told->told.estimate);
    writer_number_field(to, "statistic", told->told.statistic);
    writer_number_field(to, "p", told->told.p);
    writer_number_field(to, "p_adjusted", told->p_adjusted);
}

static void benchmark_object(json_writer *to, const comparison *of, const contrast *told)
{
    writer_field(to, "benchmark");
    writer_open(to, '{');
    writer_number_field(to, "points", of->given->benchmark);
    test_fields(to, told);
    writer_close(to, '}');
}

static void segment_object(json_writer *to, const comparison *of, size_t index)
{
    result segment;
    result_segment(of->sides[0], index, of->given, &segment);
    writer_open(to, '{');
    json_key(to, of->sides[0], index);
    json_result(to, &segment, false);
    if (of->kind == COMPARE_REST) difference_object(to, of, "versus_rest", &of->contrasts[index]);
    if (of->kind == COMPARE_BENCHMARK) benchmark_object(to, of, &of->contrasts[index]);
    writer_close(to, '}');
}

static void pair_object(json_writer *to, const comparison *of, const contrast *told)
{
    writer_open(to, '{');
    writer_field(to, "from");
    json_key_value(to, of->sides[0], told->from);
    writer_field(to, "to");
    json_key_value(to, of->sides[0], told->to);
    difference_fields(to, of, told);
    writer_close(to, '}');
}

static void entry_object(json_writer *to, const comparison *of, const contrast *told)
{
    const benchmark *entry = &of->list.entries[told->to];
    writer_open(to, '{');
    writer_field(to, "name");
    writer_text(to, entry->name, entry->length);
    writer_number_field(to, "points", entry->points);
    test_fields(to, told);
    writer_close(to, '}');
}

static void place_field(json_writer *to, const char *name, size_t place)
{
    writer_number_field(to, name, place > 0 ? (double)place : (double)NAN);
}

static void standing_object(json_writer *to, const comparison *of)
{
    writer_line(to);
    writer_field(to, "standing");
    writer_open(to, '{');
    place_field(to, "rank", of->stands.rank);
    writer_count_field(to, "of", of->count + 1);
    place_field(to, "best", of->stands.best);
    place_field(to, "worst", of->stands.worst);
    writer_close(to, '}');
}

static void omnibus_object(json_writer *to, const comparison *of)
{
    writer_line(to);
    writer_field(to, "omnibus");
    writer_open(to, '{');
    writer_text_field(to, "method", "cmh");
    writer_number_field(to, "statistic", of->omnibus.statistic);
    writer_number_field(to, "df", of->omnibus.df);
    writer_number_field(to, "p", of->omnibus.p);
    writer_close(to, '}');
}

static void adjust_field(json_writer *to, const comparison *of)
{
    writer_line(to);
    writer_text_field(to, "adjust", nps_adjust_method_name(of->given->adjust));
}

static void rows_field(json_writer *to, const comparison *of)
{
    uint64_t rows = 0;
    for (int i = 0; i < 2 && of->sides[i] != NULL; i++) rows += nps_tally_total(&of->results[i].counts);
    if (of->results[0].suppressed) {
        json_rows(to, &of->results[0]);
    } else {
        writer_count_field(to, "rows", rows);
    }
}

static void write_head(json_writer *to, const comparison *of)
{
    json_begin(to, "compare");
    json_scale(to, of->counts_only ? NULL : &of->sides[0]->scale);
    writer_line(to);
    writer_text_field(to, "method", method_name(of));
    writer_number_field(to, "level", of->given->level);
    writer_field(to, "weighted");
    writer_bool(to, of->sides[0]->is_weighted);
    rows_field(to, of);
    writer_line(to);
}

static void write_two(json_writer *to, const comparison *of)
{
    json_result_field(to, "from", &of->results[0], of->counts_only);
    writer_line(to);
    json_result_field(to, "to", &of->results[1], of->counts_only);
    writer_line(to);
    difference_object(to, of, "difference", &of->overall);
    if (of->given->equivalence > 0) writer_line(to);
    equivalence_object(to, of);
}

/* Objects, each on a line of its own. */
static void write_groups(json_writer *to, const comparison *of)
{
    writer_line(to);
    writer_field(to, "groups");
    writer_open(to, '[');
    for (size_t i = 0; i < of->segments; i++) {
        writer_line(to);
        segment_object(to, of, i);
    }
    writer_close(to, ']');
}

static void write_contrasts(json_writer *to, const comparison *of, const char *name,
                            void (*write)(json_writer *to, const comparison *of, const contrast *told))
{
    writer_line(to);
    writer_field(to, name);
    writer_open(to, '[');
    for (size_t i = 0; i < of->count; i++) {
        writer_line(to);
        write(to, of, &of->contrasts[i]);
    }
    writer_close(to, ']');
}

static void write_one(json_writer *to, const comparison *of)
{
    json_result_field(to, "total", &of->results[0], of->counts_only);
    if (of->kind == COMPARE_BENCHMARK) {
        writer_line(to);
        benchmark_object(to, of, &of->overall);
    }
    if (of->kind == COMPARE_LIST) {
        write_contrasts(to, of, "benchmarks", entry_object);
        standing_object(to, of);
    } else if (of->kind != COMPARE_BENCHMARK || of->sides[0]->segments != NULL) {
        write_groups(to, of);
    }
    if (of->kind == COMPARE_PAIRS) write_contrasts(to, of, "pairs", pair_object);
    if (!is_benchmark(of)) omnibus_object(to, of);
    if (of->kind != COMPARE_BENCHMARK || of->sides[0]->segments != NULL) adjust_field(to, of);
}

void compare_json(const comparison *printed)
{
    json_writer to = {.out = stdout};
    write_head(&to, printed);
    if (printed->kind == COMPARE_TWO) {
        write_two(&to, printed);
    } else {
        write_one(&to, printed);
    }
    writer_close(&to, '}');
    putchar('\n');
}

/* The only difference, as one line. */
static void write_only_line(json_writer *to, const comparison *of)
{
    writer_open(to, '{');
    if (of->kind == COMPARE_TWO) {
        json_result_field(to, "from", &of->results[0], of->counts_only);
        json_result_field(to, "to", &of->results[1], of->counts_only);
        difference_object(to, of, "difference", &of->overall);
        equivalence_object(to, of);
    } else {
        json_key(to, of->sides[0], 0);
        json_result(to, &of->results[0], of->counts_only);
        benchmark_object(to, of, &of->overall);
    }
    writer_close(to, '}');
    putchar('\n');
}

void compare_json_lines(const comparison *printed)
{
    bool only =
        printed->kind == COMPARE_TWO || (printed->kind == COMPARE_BENCHMARK && printed->sides[0]->segments == NULL);
    json_writer first = {.out = stdout};
    if (only) write_only_line(&first, printed);
    for (size_t i = 0; i < printed->count; i++) {
        json_writer to = {.out = stdout};
        if (printed->kind == COMPARE_PAIRS) {
            pair_object(&to, printed, &printed->contrasts[i]);
        } else if (printed->kind == COMPARE_LIST) {
            entry_object(&to, printed, &printed->contrasts[i]);
        } else {
            segment_object(&to, printed, i);
        }
        putchar('\n');
    }
}
