/* What the weights came to: by category, and as a whole. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/sample.h>
#include <nps/segments.h>
#include <nps/status.h>

#include "grid.h"
#include "message.h"
#include "output.h"
#include "result_json.h"
#include "rounded.h"
#include "state.h"
#include "weighting.h"

typedef struct category_report {
    uint64_t responses;
    double before, target, after; /* shares of all weight */
} category_report;

static void read_key(const category_column *parts, size_t dimensions, size_t at, nps_key *key)
{
    for (size_t i = 0; i < dimensions; i++) {
        size_t length = (size_t)(parts[i].offsets[at + 1] - parts[i].offsets[at]);
        key[i] = (nps_key){.type = length > 0 ? NPS_KEY_BYTES : NPS_KEY_NULL,
                           .bytes = parts[i].bytes.bytes + parts[i].offsets[at],
                           .length = length};
    }
}

/* The rows of a margin by category. */
static nps_segments *by_category(const weighting *of, const category_column *parts, size_t dimensions,
                                 const double *weights)
{
    nps_segments *made;
    nps_segments_options wanted = {.struct_size = sizeof wanted,
                                   .dimensions = (int32_t)dimensions,
                                   .state = NPS_STATE_WEIGHTED,
                                   .scale = &of->given->scale};
    require(nps_segments_new(&wanted, &made), "weights");
    for (size_t i = 0; i < of->count; i++) {
        nps_key key[NPS_MAX_DIMENSIONS];
        read_key(parts, dimensions, i, key);
        require(nps_segments_add_weighted(made, key, of->answers[i], weights[i]), "weights");
    }
    return made;
}

static nps_weighted find(const nps_segments *in, const nps_key *key)
{
    size_t index;
    nps_weighted found;
    require(nps_segments_find(in, key, &index), "weights");
    require(nps_segments_weighted(in, index, &found), "weights");
    return found;
}

static category_report *report_margin(const weighting *of, size_t margin)
{
    const target *entry = &of->targets.entries[margin];
    const category_column *parts = of->columns;
    category_report *out = allocate(entry->count * sizeof *out);
    double sum = 0;
    for (size_t i = 0; i < margin; i++) parts += of->targets.entries[i].dimensions;
    for (size_t i = 0; i < entry->count; i++) sum += entry->totals[i];
    nps_segments *before = by_category(of, parts, entry->dimensions, of->bases);
    nps_segments *after = by_category(of, parts, entry->dimensions, of->weights);
    for (size_t i = 0; i < entry->count; i++) {
        const nps_key *key = entry->keys + i * entry->dimensions;
        nps_weighted found[2] = {find(before, key), find(after, key)};
        nps_tally counts;
        require(nps_weighted_tally(&found[0], &counts), "weights");
        out[i] = (category_report){.responses = nps_tally_responses(&counts),
                                   .before = nps_weighted_total(&found[0]) / nps_weighted_total(&of->before),
                                   .target = entry->totals[i] / sum,
                                   .after = nps_weighted_total(&found[1]) / nps_weighted_total(&of->after)};
    }
    nps_segments_free(before);
    nps_segments_free(after);
    return out;
}

/* "age", "age x sex" */
static void margin_text(const target *of, text *name)
{
    name->length = 0;
    for (size_t i = 0; i < of->dimensions; i++) {
        if (i > 0) text_append(name, " x ", 3);
        text_append(name, of->columns[i], strlen(of->columns[i]));
    }
}

/* none: what stands for no value. */
static void category_text(const target *of, size_t category, const char *none, text *name)
{
    name->length = 0;
    text_append(name, "", 0);
    for (size_t i = 0; i < of->dimensions; i++) {
        const nps_key *key = &of->keys[category * of->dimensions + i];
        if (i > 0) text_append(name, " x ", 3);
        if (key->type == NPS_KEY_NULL) {
            text_append(name, none, strlen(none));
        } else {
            text_append(name, key->bytes, key->length);
        }
    }
}

static void share_cell(grid *to, double share, bool programs)
{
    char percent[ROUNDED_SIZE];
    if (programs) {
        grid_number(to, share);
        return;
    }
    snprintf(percent, sizeof percent, "%.1f%%", 100 * share);
    grid_text(to, percent);
}

static void print_grid(const weighting *of)
{
    bool programs = of->given->format == FORMAT_CSV;
    grid cells = {0};
    text name = {0};
    char count[ROUNDED_SIZE];
    grid_column(&cells, "margin", false);
    grid_column(&cells, "category", false);
    grid_column(&cells, programs ? "responses" : "n", true);
    grid_column(&cells, "before", true);
    grid_column(&cells, "target", true);
    grid_column(&cells, "after", true);
    for (size_t i = 0; i < of->targets.count; i++) {
        const target *entry = &of->targets.entries[i];
        category_report *lines = report_margin(of, i);
        for (size_t j = 0; j < entry->count; j++) {
            margin_text(entry, &name);
            grid_bytes(&cells, name.bytes, name.length);
            category_text(entry, j, programs ? "" : "(no value)", &name);
            grid_bytes(&cells, name.bytes, name.length);
            if (programs) {
                grid_count(&cells, lines[j].responses);
            } else {
                grid_text(&cells, rounded_count(lines[j].responses, count));
            }
            share_cell(&cells, lines[j].before, programs);
            share_cell(&cells, lines[j].target, programs);
            share_cell(&cells, lines[j].after, programs);
        }
        free(lines);
    }
    text_free(&name);
    grid_print(&cells, of->given->format);
}

static void say_scores(const weighting *of, text *to)
{
    const nps_weighted *sums[2] = {&of->before, &of->after};
    double scores[2];
    char words[2][ROUNDED_SIZE], line[128];
    for (int i = 0; i < 2; i++) require(nps_weighted_score(sums[i], &scores[i]), "score");
    for (int i = 0; i < 2; i++) rounded_signed(scores[i], 1, words[i]);
    snprintf(line, sizeof line, "NPS %s before, %s after", words[0], words[1]);
    text_append(to, line, strlen(line));
}

/* "140 answers, effective n 133.4, design effect 1.124; weights from 0.55 to 1.79 times the mean; ..." */
static void say_summary(const weighting *of, const char *between, text *to)
{
    const nps_rake_report *report = &of->report;
    char line[256], count[ROUNDED_SIZE];
    int length =
        snprintf(line, sizeof line, "%s %s, effective n %.1f, design effect %.3f; %" PRIu64 " %s%s",
                 rounded_count(of->count, count), of->count == 1 ? "answer" : "answers", report->effective_size,
                 report->design_effect, report->rounds, report->rounds == 1 ? "round" : "rounds", between);
    text_append(to, line, (size_t)length);
    length = snprintf(line, sizeof line, "weights from %.3g to %.3g times the mean", report->smallest, report->largest);
    text_append(to, line, (size_t)length);
    length = snprintf(line, sizeof line, ", %s at a bound", rounded_count(report->at_bounds, count));
    if (report->at_bounds > 0) text_append(to, line, (size_t)length);
    text_append(to, between, strlen(between));
    say_scores(of, to);
}

static void json_category(json_writer *to, const target *of, size_t category, const category_report *line)
{
    writer_field(to, "category");
    if (of->dimensions > 1) writer_open(to, '[');
    for (size_t i = 0; i < of->dimensions; i++) {
        const nps_key *key = &of->keys[category * of->dimensions + i];
        if (key->type == NPS_KEY_NULL) {
            writer_null(to);
        } else {
            writer_text(to, key->bytes, key->length);
        }
    }
    if (of->dimensions > 1) writer_close(to, ']');
    writer_count_field(to, "responses", line->responses);
    writer_number_field(to, "before", line->before);
    writer_number_field(to, "target", line->target);
    writer_number_field(to, "after", line->after);
}

static void margin_field(json_writer *to, const target *of)
{
    text name = {0};
    margin_text(of, &name);
    writer_field(to, "margin");
    writer_text(to, name.bytes, name.length);
    text_free(&name);
}

static void json_margin(json_writer *to, const weighting *of, size_t margin)
{
    const target *entry = &of->targets.entries[margin];
    category_report *lines = report_margin(of, margin);
    writer_line(to);
    writer_open(to, '{');
    margin_field(to, entry);
    writer_field(to, "categories");
    writer_open(to, '[');
    for (size_t i = 0; i < entry->count; i++) {
        writer_line(to);
        writer_open(to, '{');
        json_category(to, entry, i, &lines[i]);
        writer_close(to, '}');
    }
    writer_close(to, ']');
    writer_close(to, '}');
    free(lines);
}

static void json_score(json_writer *to, const weighting *of, const char *name, const nps_weighted *sum)
{
    result told;
    nps_tally counts;
    require(nps_weighted_tally(sum, &counts), "score");
    counts.missing = of->tally.missing;
    counts.invalid = of->tally.invalid;
    result_from(&counts, sum, of->given, &told);
    writer_line(to);
    json_result_field(to, name, &told, false);
}

static void print_json(const weighting *of)
{
    const nps_rake_report *report = &of->report;
    json_writer to = {.out = stdout};
    json_begin(&to, "weights");
    json_scale(&to, &of->given->scale);
    writer_line(&to);
    writer_count_field(&to, "rows", nps_tally_total(&of->tally));
    writer_count_field(&to, "responses", of->count);
    writer_count_field(&to, "rounds", report->rounds);
    writer_field(&to, "converged");
    writer_bool(&to, true); /* nothing is written otherwise */
    writer_number_field(&to, "distance", report->distance);
    writer_line(&to);
    writer_number_field(&to, "effective_n", report->effective_size);
    writer_number_field(&to, "design_effect", report->design_effect);
    writer_number_field(&to, "smallest", report->smallest);
    writer_number_field(&to, "largest", report->largest);
    writer_count_field(&to, "at_bounds", report->at_bounds);
    json_score(&to, of, "before", &of->before);
    json_score(&to, of, "after", &of->after);
    writer_line(&to);
    writer_field(&to, "margins");
    writer_open(&to, '[');
    for (size_t i = 0; i < of->targets.count; i++) json_margin(&to, of, i);
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each category. */
static void print_json_lines(const weighting *of)
{
    for (size_t i = 0; i < of->targets.count; i++) {
        const target *entry = &of->targets.entries[i];
        category_report *lines = report_margin(of, i);
        for (size_t j = 0; j < entry->count; j++) {
            json_writer to = {.out = stdout};
            writer_open(&to, '{');
            margin_field(&to, entry);
            json_category(&to, entry, j, &lines[j]);
            writer_close(&to, '}');
            putchar('\n');
        }
        free(lines);
    }
}

void weighting_report(const weighting *of)
{
    text summary = {0};
    enum output_format format = of->given->format;
    if (of->given->output == NULL) {
        say_summary(of, "; ", &summary);
        note("%s", summary.bytes);
    } else if (format == FORMAT_JSON) {
        print_json(of);
    } else if (format == FORMAT_JSONL) {
        print_json_lines(of);
    } else {
        print_grid(of);
        say_summary(of, format == FORMAT_MARKDOWN ? "; " : "\n", &summary);
        if (format != FORMAT_CSV) printf("\n%s\n", summary.bytes);
    }
    text_free(&summary);
    output_end();
}
