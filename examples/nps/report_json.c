/* The JSON that programs read: keys and their order are stable. */
#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <nps/interval.h>
#include <nps/status.h>
#include <nps/version.h>

#include "json_writer.h"
#include "report.h"

static void name(json_writer *to, const char *key)
{
    writer_name(to, key, strlen(key));
}

static void count_field(json_writer *to, const char *key, uint64_t count)
{
    name(to, key);
    writer_count(to, count);
}

static void number_field(json_writer *to, const char *key, double number)
{
    name(to, key);
    writer_number(to, number);
}

static void text_field(json_writer *to, const char *key, const char *value)
{
    name(to, key);
    writer_text(to, value, strlen(value));
}

static void histogram_field(json_writer *to, const nps_tally *counts)
{
    name(to, "histogram");
    writer_open(to, '[');
    for (int i = 0; i <= counts->scale.highest - counts->scale.lowest; i++) writer_count(to, counts->level[i]);
    writer_close(to, ']');
}

static void result_fields(json_writer *to, const report *printed, const result *of)
{
    const nps_tally *counts = &of->counts;
    count_field(to, "responses", nps_tally_responses(counts));
    count_field(to, "promoters", nps_tally_promoters(counts));
    count_field(to, "passives", nps_tally_passives(counts));
    count_field(to, "detractors", nps_tally_detractors(counts));
    count_field(to, "missing", counts->missing);
    count_field(to, "invalid", counts->invalid);
    number_field(to, "mean", printed->counts_only ? NAN : of->mean);
    number_field(to, "nps", of->score);
    number_field(to, "rounded", of->has_score ? (double)of->rounded : (double)NAN);
    number_field(to, "lower", of->lower);
    number_field(to, "upper", of->upper);
    number_field(to, "standard_error", of->standard_error);
    number_field(to, "promoter_share", of->promoter_share);
    number_field(to, "passive_share", of->passive_share);
    number_field(to, "detractor_share", of->detractor_share);
    if (printed->counts_only) {
        number_field(to, "histogram", NAN);
    } else {
        histogram_field(to, counts);
    }
    if (!of->is_weighted) return;
    number_field(to, "weight", of->weight);
    number_field(to, "effective_n", of->effective_size);
    number_field(to, "design_effect", of->design_effect);
}

static void scale_field(json_writer *to, const report *printed)
{
    const nps_scale *scale = &printed->of->scale;
    name(to, "scale");
    if (printed->counts_only) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    name(to, "lowest");
    writer_integer(to, scale->lowest);
    name(to, "highest");
    writer_integer(to, scale->highest);
    name(to, "detractor_max");
    writer_integer(to, scale->detractor_max);
    name(to, "promoter_min");
    writer_integer(to, scale->promoter_min);
    writer_close(to, '}');
}

/* A dimension that was rolled up tells nothing, and is left out. */
static void key_field(json_writer *to, const report *printed, size_t index)
{
    name(to, "key");
    writer_open(to, '{');
    for (int32_t i = 0; printed->segments > 0 && i < printed->of->dimensions; i++) {
        nps_key part;
        size_t length;
        const char *dimension = report_dimension(printed, i, &length);
        require(nps_segments_key(printed->of->segments, index, i, &part), "segments");
        if (part.type == NPS_KEY_ALL) continue;
        writer_name(to, dimension, length);
        if (part.type == NPS_KEY_NULL) {
            writer_null(to);
        } else if (part.type == NPS_KEY_INTEGER) {
            writer_integer(to, part.integer);
        } else {
            writer_text(to, part.bytes, part.length);
        }
    }
    writer_close(to, '}');
}

static void write_segment(json_writer *to, const report *printed, size_t index)
{
    result segment;
    result_segment(printed->of, index, printed->given, &segment);
    writer_open(to, '{');
    key_field(to, printed, index);
    result_fields(to, printed, &segment);
    writer_close(to, '}');
}

void report_json(const report *printed)
{
    json_writer to = {.out = stdout};
    writer_open(&to, '{');
    text_field(&to, "schema", "nps/1");
    /* A merged state reads as if its rows had been scored at once. */
    text_field(&to, "command", "score");
    text_field(&to, "version", nps_version_string());
    writer_line(&to);
    scale_field(&to, printed);
    writer_line(&to);
    text_field(&to, "method", nps_interval_method_name(printed->given->method));
    number_field(&to, "level", printed->given->level);
    name(&to, "weighted");
    writer_bool(&to, printed->of->is_weighted);
    count_field(&to, "rows", nps_tally_total(&printed->total.counts));
    writer_line(&to);
    name(&to, "total");
    writer_open(&to, '{');
    result_fields(&to, printed, &printed->total);
    writer_close(&to, '}');
    writer_line(&to);
    name(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->segments; i++) {
        writer_line(&to);
        write_segment(&to, printed, i);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each segment, or for the total, whose key is empty, where there are none. */
void report_json_lines(const report *printed)
{
    if (printed->of->segments == NULL) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        key_field(&to, printed, 0);
        result_fields(&to, printed, &printed->total);
        writer_close(&to, '}');
        putchar('\n');
    }
    for (size_t i = 0; i < printed->segments; i++) {
        json_writer to = {.out = stdout};
        write_segment(&to, printed, i);
        putchar('\n');
    }
}
