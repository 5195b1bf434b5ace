/* From rows to weights, and what to say where there are none. */
#include "platform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nps/status.h>

#include "message.h"
#include "state.h"
#include "weighting.h"

static void append_value(text *to, size_t place, const char *bytes, size_t length)
{
    const char *value = length > 0 ? shown(bytes, length) : "(no value)";
    if (place > 0) text_append(to, ", ", 2);
    text_append(to, value, strlen(value));
}

/* "18-34", or of a cell "18-34", "f". */
static const char *category_name(const target *of, size_t category)
{
    static text name;
    name.length = 0;
    text_append(&name, "", 0);
    for (size_t i = 0; i < of->dimensions; i++) {
        const nps_key *key = &of->keys[category * of->dimensions + i];
        append_value(&name, i, key->length > 0 ? key->bytes : "", key->length);
    }
    return name.bytes;
}

static const char *margin_name(const target *of)
{
    static text name;
    name.length = 0;
    text_append(&name, "", 0);
    for (size_t i = 0; i < of->dimensions; i++) {
        const char *column = shown(of->columns[i], strlen(of->columns[i]));
        if (i > 0) text_append(&name, " and ", 5);
        text_append(&name, column, strlen(column));
    }
    return name.bytes;
}

/* The columns of a margin. */
static const category_column *parts_of(const weighting *of, size_t margin)
{
    const category_column *parts = of->columns;
    for (size_t i = 0; i < margin; i++) parts += of->targets.entries[i].dimensions;
    return parts;
}

/* A row whose category has no total. */
_Noreturn static void fail_category(const weighting *of, size_t at, size_t margin)
{
    const target *entry = &of->targets.entries[margin];
    const origin *from = &of->origins[at];
    const category_column *parts = parts_of(of, margin);
    text value = {0};
    text_append(&value, "", 0);
    for (size_t i = 0; i < entry->dimensions; i++) {
        const category_column *column = &parts[i];
        append_value(&value, i, column->bytes.bytes + column->offsets[at],
                     (size_t)(column->offsets[at + 1] - column->offsets[at]));
    }
    fail(STATUS_FAILED,
         "%s: row %" PRIu64 ", column %s: %s has no total in %s: give it one, or leave such rows out with --where",
         from->file, from->row, margin_name(entry), value.bytes, of->targets.file);
}

static double sum_of(const target *of)
{
    double sum = 0;
    for (size_t i = 0; i < of->count; i++) sum += of->totals[i];
    return sum;
}

static bool is_in(const category_column *parts, size_t dimensions, size_t at, const nps_key *key)
{
    for (size_t i = 0; i < dimensions; i++) {
        size_t length = (size_t)(parts[i].offsets[at + 1] - parts[i].offsets[at]);
        if (length != key[i].length) return false;
        if (length > 0 && memcmp(parts[i].bytes.bytes + parts[i].offsets[at], key[i].bytes, length) != 0) return false;
    }
    return true;
}

/* The mean weight of a category that meets its total, over the mean of all: beyond one of the bounds. */
_Noreturn static void fail_bounds(const weighting *of, size_t margin, size_t category)
{
    const options *given = of->given;
    const target *entry = &of->targets.entries[margin];
    const nps_key *key = entry->keys + category * entry->dimensions;
    size_t all = 0, members = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (of->bases[i] <= 0) continue;
        all++;
        members += is_in(parts_of(of, margin), entry->dimensions, i, key);
    }
    double wanted = entry->totals[category] / sum_of(entry) * (double)all / (double)members;
    bool above = given->highest > 0 && wanted > given->highest;
    fail(STATUS_FAILED,
         "%s: row %" PRIu64 ": to meet its total, %s of %s needs weights of %.3g times the mean, and --%s is %.15g: %s "
         "it, or merge the category with another",
         of->targets.file, entry->rows[category], category_name(entry, category), margin_name(entry), wanted,
         above ? "highest" : "lowest", above ? given->highest : given->lowest, above ? "raise" : "lower");
}

_Noreturn static void fail_convergence(const weighting *of, const target *entry, size_t category)
{
    const nps_rake_report *report = &of->report;
    bool lowest = of->given->lowest > 0, highest = of->given->highest > 0;
    fail(STATUS_FAILED,
         "after %" PRIu64 " rounds %s of %s is still %.2g%% off its total: the margins contradict one another%s; merge "
         "it with another category, or leave a margin out",
         report->rounds, category_name(entry, category), margin_name(entry), 100 * report->distance,
         lowest && highest ? " within --lowest and --highest"
         : lowest          ? " with this --lowest"
         : highest         ? " with this --highest"
                           : "");
}

_Noreturn static void fail_rake(const weighting *of, int status)
{
    const nps_rake_report *report = &of->report;
    const target *entry = &of->targets.entries[report->margin];
    size_t category = (size_t)report->category;
    const char *file = of->targets.file;
    uint64_t line = category < entry->count ? entry->rows[category] : 0;
    char sums[2][32];
    switch (report->fault) {
    case NPS_RAKE_WEIGHT: {
        const origin *from = &of->origins[report->row];
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": the weight is out of range: expected a number of 0 or more",
             from->file, from->row);
    }
    case NPS_RAKE_NO_TARGET:
        fail_category(of, (size_t)report->row, (size_t)report->margin);
    case NPS_RAKE_TOTAL:
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": the total of %s is %s: expected a number above 0", file, line,
             category_name(entry, category), format_number(entry->totals[category], sums[0]));
    case NPS_RAKE_TWICE:
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": %s of %s is there twice: give it one total", file, line,
             category_name(entry, category), margin_name(entry));
    case NPS_RAKE_NOBODY:
        fail(STATUS_FAILED,
             "%s: row %" PRIu64 ": nobody with an answer and a weight is in %s of %s: merge it with another category, "
             "in the data and here",
             file, line, category_name(entry, category), margin_name(entry));
    case NPS_RAKE_SUMS:
        fail(STATUS_FAILED,
             "%s: the totals of %s add up to %s, those of %s to %s: make them agree, or take them as shares with "
             "--total",
             file, margin_name(&of->targets.entries[0]), format_number(sum_of(&of->targets.entries[0]), sums[0]),
             shown(entry->columns[0], strlen(entry->columns[0])), format_number(sum_of(entry), sums[1]));
    case NPS_RAKE_BOUNDS:
        fail_bounds(of, (size_t)report->margin, category);
    case NPS_RAKE_NOT_CONVERGED:
        fail_convergence(of, entry, category);
    default:
        require(status, "weights");
        abort();
    }
}

/* What nps score -w would not take is not written. */
static void add_weight(weighting *to, size_t at)
{
    char number[32];
    int status = nps_weighted_add(&to->after, to->answers[at], to->weights[at]);
    if (status == NPS_ERR_RANGE || status == NPS_ERR_OVERFLOW) {
        fail(STATUS_FAILED, "%s: row %" PRIu64 ": its weight of %s is too %s: choose another --total",
             to->origins[at].file, to->origins[at].row, format_number(to->weights[at], number),
             to->weights[at] > 1 ? "large" : "small");
    }
    require(status, "weights");
}

static nps_column column_of(const category_column *of, size_t rows)
{
    return (nps_column){
        .type = NPS_TYPE_LARGE_UTF8,
        .length = rows,
        .values = of->bytes.bytes != NULL ? of->bytes.bytes : "",
        .offsets = of->offsets,
        .value_bytes = of->bytes.length,
        .validity = of->validity,
    };
}

void weighting_rake(weighting *of)
{
    nps_margin *margins = allocate(of->targets.count * sizeof *margins);
    nps_column *parts = allocate(of->column_count * sizeof *parts);
    nps_column base = {.type = NPS_TYPE_F64, .length = of->count, .values = of->bases};
    nps_rake_options wanted = {
        .struct_size = sizeof wanted,
        .total = of->given->total,
        .lowest = of->given->lowest,
        .highest = of->given->highest,
    };
    for (size_t i = 0; i < of->column_count; i++) parts[i] = column_of(&of->columns[i], of->count);
    for (size_t i = 0, next = 0; i < of->targets.count; i++) {
        const target *entry = &of->targets.entries[i];
        margins[i] = (nps_margin){.columns = parts + next,
                                  .dimensions = (int32_t)entry->dimensions,
                                  .count = entry->count,
                                  .keys = entry->keys,
                                  .totals = entry->totals};
        next += entry->dimensions;
    }
    of->weights = allocate(of->count * sizeof *of->weights);
    of->report = (nps_rake_report){.struct_size = sizeof of->report};
    int status = nps_rake(margins, of->targets.count, &base, of->count, &wanted, of->weights, &of->report);
    free(margins);
    free(parts);
    if (status == NPS_ERR_EMPTY && of->report.fault == NPS_RAKE_FINE) {
        fail(STATUS_FAILED, "no answer has a weight above 0");
    }
    if (status != NPS_OK) fail_rake(of, status);
    for (size_t i = 0; i < of->count; i++) add_weight(of, i);
}
