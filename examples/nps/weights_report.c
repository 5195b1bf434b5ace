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

/* All rows, with weights of one sort. */
static nps_weighted sum_rows(const weighting *of, const double *weights)
{
    nps_weighted sum;
    require(nps_weighted_init(&sum, &of->given->scale), "weights");
    for (size_t i = 0; i < of->count; i++) require(nps_weighted_add(&sum, of->answers[i], weights[i]), "weights");
    return sum;
}

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
    nps_weighted all[2] = {sum_rows(of, of->bases), sum_rows(of, of->weights)};
    for (size_t i = 0; i < entry->count; i++) {
        const nps_key *key = entry->keys + i * entry->dimensions;
        nps_weighted found[2] = {find(before, key), find(after, key)};
        nps_tally counts;
        require(nps_weighted_tally(&found[0], &counts), "weights");
        out[i] = (category_report){.responses = nps_tally_responses(&counts),
                                   .before = nps_weighted_total(&found[0]) / nps_weighted_total(&all[0]),
                                   .target = entry->totals[i] / sum,
                                   .after = nps_weighted_total(&found[1]) / nps_weighted_total(&all[1])};
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

static void category_text(const target *of, size_t category, text *name)
{
    name->length = 0;
    text_append(name, "", 0);
    for (size_t i = 0; i < of->dimensions; i++) {
        const nps_key *key = &of->keys[category * of->dimensions + i];
        if (i > 0) text_append(name, " x ", 3);
        text_append(name, key->length > 0 ? key->bytes : "", key->length);
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
    bool programs = of->given->format == FORMAT_CSV || of->given->format == FORMAT_JSONL;
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
            category_text(entry, j, &name);
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
    grid_print(&cells, of->given->format == FORMAT_JSONL ? FORMAT_CSV : of->given->format);
}

static double score_of(const weighting *of, const double *weights)
{
    nps_weighted sum = sum_rows(of, weights);
    double score = NAN;
    int status = nps_weighted_score(&sum, &score);
    if (status != NPS_ERR_EMPTY) require(status, "score");
    return score;
}

/* "140 answers, effective 133.4, design effect 1.124; weights from 0.55 to 1.79 times the mean; 6 rounds" */
static void summary_text(const weighting *of, char *line, size_t size)
{
    const nps_rake_report *report = &of->report;
    char count[ROUNDED_SIZE], before[ROUNDED_SIZE], after[ROUNDED_SIZE], bounds[64] = "";
    if (report->at_bounds > 0) snprintf(bounds, sizeof bounds, ", %" PRIu64 " at a bound", report->at_bounds);
    snprintf(line, size,
             "%s answers, worth %.1f (design effect %.3f); weights from %.3g to %.3g times the mean%s; %" PRIu64
             " %s; NPS %s before, %s after",
             rounded_count(of->count, count), report->effective_size, report->design_effect, report->smallest,
             report->largest, bounds, report->rounds, report->rounds == 1 ? "round" : "rounds",
             rounded_signed(score_of(of, of->bases), 1, before), rounded_signed(score_of(of, of->weights), 1, after));
}

static void json_category(json_writer *to, const target *of, size_t category, const category_report *line)
{
    writer_line(to);
    writer_open(to, '{');
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
    writer_close(to, '}');
}

static void print_json(const weighting *of)
{
    const nps_rake_report *report = &of->report;
    json_writer to = {.out = stdout};
    text name = {0};
    json_begin(&to, "weights");
    json_scale(&to, &of->given->scale);
    writer_line(&to);
    writer_count_field(&to, "rows", nps_tally_total(&of->tally));
    writer_count_field(&to, "responses", of->count);
    writer_count_field(&to, "rounds", report->rounds);
    writer_field(&to, "converged");
    writer_bool(&to, true); /* nothing is written otherwise */
    writer_number_field(&to, "distance", report->distance);
    writer_number_field(&to, "effective_n", report->effective_size);
    writer_number_field(&to, "design_effect", report->design_effect);
    writer_number_field(&to, "smallest", report->smallest);
    writer_number_field(&to, "largest", report->largest);
    writer_count_field(&to, "at_bounds", report->at_bounds);
    writer_number_field(&to, "nps_before", score_of(of, of->bases));
    writer_number_field(&to, "nps_after", score_of(of, of->weights));
    writer_line(&to);
    writer_field(&to, "margins");
    writer_open(&to, '[');
    for (size_t i = 0; i < of->targets.count; i++) {
        const target *entry = &of->targets.entries[i];
        category_report *lines = report_margin(of, i);
        writer_line(&to);
        writer_open(&to, '{');
        margin_text(entry, &name);
        writer_field(&to, "margin");
        writer_text(&to, name.bytes, name.length);
        writer_field(&to, "categories");
        writer_open(&to, '[');
        for (size_t j = 0; j < entry->count; j++) json_category(&to, entry, j, &lines[j]);
        writer_close(&to, ']');
        writer_close(&to, '}');
        free(lines);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
    text_free(&name);
}

void weighting_report(const weighting *of)
{
    char line[400];
    summary_text(of, line, sizeof line);
    if (of->given->output == NULL) {
        note("%s", line);
        return;
    }
    if (of->given->format == FORMAT_JSON) {
        print_json(of);
    } else {
        print_grid(of);
    }
    if (of->given->format == FORMAT_TABLE) printf("\n%s\n", line);
    output_end();
}
