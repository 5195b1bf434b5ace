#include "platform.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <nps/interval.h>

#include "report.h"
#include "result_json.h"
#include "trend.h"

static void write_or_null(json_writer *to, const char *name, bool known, int64_t number)
{
    writer_field(to, name);
    if (known) {
        writer_integer(to, number);
    } else {
        writer_null(to);
    }
}

static void write_control(json_writer *to, const series *in, const nps_monitored *of)
{
    writer_field(to, "control");
    if (!in->has_control) {
        writer_null(to);
        return;
    }
    writer_open(to, '{');
    writer_number_field(to, "lower", of->lower);
    writer_number_field(to, "upper", of->upper);
    writer_number_field(to, "distance", of->distance);
    write_or_null(to, "limit", !isnan(of->distance), of->limit);
    writer_number_field(to, "cusum_low", of->cusum_low);
    writer_number_field(to, "cusum_high", of->cusum_high);
    write_or_null(to, "cusum", true, of->cusum);
    writer_field(to, "since");
    if (of->cusum != 0) {
        const char *label = in->periods[of->since].label;
        writer_text(to, label, strlen(label));
    } else {
        writer_null(to);
    }
    writer_close(to, '}');
}

static void write_period(json_writer *to, const series *in, const period *of)
{
    writer_text_field(to, "label", of->label);
    writer_text_field(to, "start", of->start);
    json_result(to, &of->told, false);
    if (of->has_rolling) {
        json_result_field(to, "rolling", &of->rolling, false);
    } else {
        writer_field(to, "rolling");
        writer_null(to);
    }
    write_control(to, in, &of->control);
}

static void write_periods(json_writer *to, const series *of)
{
    writer_field(to, "periods");
    writer_open(to, '[');
    for (size_t i = 0; i < of->count; i++) {
        writer_line(to);
        writer_open(to, '{');
        write_period(to, of, &of->periods[i]);
        writer_close(to, '}');
    }
    writer_close(to, ']');
}

static void write_slope(json_writer *to, const nps_slope *of)
{
    writer_field(to, "slope");
    writer_open(to, '{');
    writer_number_field(to, "points_per_period", of->estimate);
    writer_number_field(to, "standard_error", of->standard_error);
    writer_number_field(to, "lower", of->lower);
    writer_number_field(to, "upper", of->upper);
    writer_number_field(to, "statistic", of->statistic);
    writer_number_field(to, "p", of->p);
    writer_close(to, '}');
}

/* adjusted: of a group, beside others. */
static void write_tests(json_writer *to, const trend_tests *of, bool adjusted)
{
    writer_field(to, "trend");
    writer_open(to, '{');
    writer_field(to, "linear_by_linear");
    writer_open(to, '{');
    writer_number_field(to, "statistic", of->linear.statistic);
    writer_number_field(to, "p", of->linear.p);
    if (adjusted) writer_number_field(to, "p_adjusted", of->p_adjusted);
    writer_close(to, '}');
    write_slope(to, &of->slope);
    writer_field(to, "mann_kendall");
    writer_open(to, '{');
    writer_number_field(to, "statistic", of->mann_kendall.statistic);
    writer_number_field(to, "p", of->mann_kendall.p);
    writer_close(to, '}');
    writer_close(to, '}');
}

static void write_series(json_writer *to, const series *of, bool adjusted)
{
    writer_number_field(to, "centre", of->centre);
    write_tests(to, &of->tests, adjusted);
    writer_line(to);
    write_periods(to, of);
}

static void write_group(json_writer *to, const trend *of, size_t group)
{
    series told;
    trend_group_series(of, group, &told);
    writer_open(to, '{');
    json_key(to, &of->keys, of->groups[group].first);
    writer_count_field(to, "untimed", of->groups[group].untimed);
    write_series(to, &told, true);
    writer_close(to, '}');
    series_free(&told);
}

void trend_json(const trend *printed)
{
    const options *given = printed->given;
    json_writer to = {.out = stdout};
    json_begin(&to, "trend");
    json_scale(&to, &printed->of->scale);
    writer_line(&to);
    writer_text_field(&to, "method", nps_interval_method_name(given->method));
    writer_number_field(&to, "level", given->level);
    writer_field(&to, "weighted");
    writer_bool(&to, printed->of->is_weighted);
    json_rows(&to, &printed->total);
    writer_text_field(&to, "every", nps_calendar_unit_name(given->every));
    write_or_null(&to, "utc_offset", true, given->utc_offset);
    write_or_null(&to, "window", given->rolling > 0, (int64_t)given->rolling);
    write_or_null(&to, "baseline", given->baseline > 0, (int64_t)given->baseline);
    writer_count_field(&to, "untimed", nps_tally_responses(&printed->untimed.counts));
    writer_line(&to);
    json_result_field(&to, "total", &printed->total, false);
    writer_line(&to);
    write_series(&to, &printed->all, false);
    writer_line(&to);
    writer_field(&to, "groups");
    writer_open(&to, '[');
    for (size_t i = 0; i < printed->group_count; i++) {
        writer_line(&to);
        write_group(&to, printed, i);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line for each period; with --by for each of every group. */
static void write_lines(const trend *of, const series *told, size_t segment)
{
    for (size_t i = 0; i < told->count; i++) {
        json_writer to = {.out = stdout};
        writer_open(&to, '{');
        json_key(&to, &of->keys, segment);
        write_period(&to, told, &told->periods[i]);
        writer_close(&to, '}');
        putchar('\n');
    }
}

void trend_json_lines(const trend *printed)
{
    if (printed->keys.dimensions == 0) write_lines(printed, &printed->all, 0);
    for (size_t i = 0; i < printed->group_count; i++) {
        series told;
        trend_group_series(printed, i, &told);
        write_lines(printed, &told, printed->groups[i].first);
        series_free(&told);
    }
}
