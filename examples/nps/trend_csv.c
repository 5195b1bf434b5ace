/* A row for each period; with --by for each of every group. */
#include "platform.h"

#include <math.h>
#include <stdio.h>

#include "report.h"
#include "trend.h"

static void print_number(double number)
{
    char buffer[32];
    printf(",%s", isnan(number) ? "" : format_number(number, buffer));
}

static void print_period(const report *as, const series *in, const period *of)
{
    const nps_monitored *control = &of->control;
    printf("%s,%s,", of->label, of->start);
    report_csv_result(as, &of->told);
    print_number(of->has_rolling ? (double)nps_tally_responses(&of->rolling.counts) : (double)NAN);
    print_number(of->has_rolling ? of->rolling.score : (double)NAN);
    print_number(of->has_rolling ? of->rolling.lower : (double)NAN);
    print_number(of->has_rolling ? of->rolling.upper : (double)NAN);
    print_number(in->has_control ? control->lower : (double)NAN);
    print_number(in->has_control ? control->upper : (double)NAN);
    bool has_limits = in->has_control && !isnan(control->distance);
    print_number(has_limits ? (double)control->limit : (double)NAN);
    print_number(in->has_control ? (double)control->cusum : (double)NAN);
    printf(",%s\n", in->has_control && control->cusum != 0 ? in->periods[control->since].label : "");
}

static void print_series(const report *as, const series *of, size_t segment)
{
    for (size_t i = 0; i < of->count; i++) {
        report_csv_key(as, segment);
        print_period(as, of, &of->periods[i]);
    }
}

void trend_csv(const trend *printed)
{
    const report as = {.given = printed->given, .of = &printed->keys, .total = printed->total};
    report_csv_dimensions(&as);
    printf("label,start,");
    report_csv_titles(&as);
    printf(
        ",rolling_responses,rolling_nps,rolling_lower,rolling_upper,control_lower,control_upper,limit,cusum,since\n");
    if (printed->keys.dimensions == 0) print_series(&as, &printed->all, 0);
    for (size_t i = 0; i < printed->group_count; i++) {
        series told;
        trend_group_series(printed, i, &told);
        print_series(&as, &told, printed->groups[i].first);
        series_free(&told);
    }
}
