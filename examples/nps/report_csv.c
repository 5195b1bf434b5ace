/* A row for each segment, or for the total where there are none. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <csv.h>

#include <nps/status.h>

#include "report.h"

static void print_number(double number)
{
    char buffer[32];
    printf(",%s", isnan(number) ? "" : format_number(number, buffer));
}

static void print_count(const result *of, uint64_t count)
{
    if (!of->suppressed) printf("%" PRIu64, count);
}

void report_csv_dimensions(const report *printed)
{
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        size_t length;
        const char *name = state_dimension(printed->of, i, &length);
        csv_fwrite(stdout, name, length);
        putchar(',');
    }
}

void report_csv_titles(const report *printed)
{
    printf("responses,promoters,passives,detractors,missing,invalid,mean,nps,rounded,lower,upper,standard_error,"
           "promoter_share,passive_share,detractor_share");
    printf(",lowest_share,highest_share");
    if (printed->total.tells_invited) printf(",invited,response_rate,worst_case,best_case");
    if (printed->total.tells_accounts) printf(",accounts,account_nps,account_lower,account_upper");
    if (printed->of->is_weighted) printf(",weight,effective_n,design_effect");
    if (printed->of->design != NULL) printf(",df");
    const nps_scale *scale = &printed->of->scale;
    for (int answer = scale->lowest; !printed->counts_only && answer <= scale->highest; answer++) {
        printf(",answer_%d", answer);
    }
    if (printed->given->min_n > 0) printf(",suppressed");
}

static void print_more(const result *of)
{
    if (of->tells_invited) {
        putchar(',');
        if (of->knows_invited) print_count(of, of->invited);
        print_number(of->response_rate);
        print_number(of->worst_case);
        print_number(of->best_case);
    }
    if (of->tells_accounts) {
        putchar(',');
        print_count(of, of->accounts);
        print_number(of->account_score);
        print_number(of->account_lower);
        print_number(of->account_upper);
    }
}

void report_csv_result(const report *printed, const result *of)
{
    const nps_tally *counts = &of->counts;
    const uint64_t numbers[] = {nps_tally_responses(counts),
                                nps_tally_promoters(counts),
                                nps_tally_passives(counts),
                                nps_tally_detractors(counts),
                                counts->missing,
                                counts->invalid};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (i > 0) putchar(',');
        print_count(of, numbers[i]);
    }
    print_number(printed->counts_only ? NAN : of->mean);
    print_number(of->score);
    print_number(of->has_score ? (double)of->rounded : (double)NAN);
    print_number(of->lower);
    print_number(of->upper);
    print_number(of->standard_error);
    print_number(of->promoter_share);
    print_number(of->passive_share);
    print_number(of->detractor_share);
    print_number(printed->counts_only ? NAN : of->lowest_share);
    print_number(printed->counts_only ? NAN : of->highest_share);
    print_more(of);
    if (of->is_weighted) {
        print_number(of->suppressed ? NAN : of->weight);
        print_number(of->effective_size);
        print_number(of->design_effect);
    }
    if (printed->of->design != NULL) print_number(of->df);
    for (int i = 0; !printed->counts_only && i <= counts->scale.highest - counts->scale.lowest; i++) {
        putchar(',');
        print_count(of, counts->level[i]);
    }
    if (printed->given->min_n > 0) printf(",%s", of->suppressed ? "true" : "false");
}

/* No value is an empty cell, as it was in the input. */
void report_csv_key(const report *printed, size_t index)
{
    text name = {0};
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        nps_key key;
        require(nps_segments_key(printed->of->segments, index, i, &key), "segments");
        state_segment_name(printed->of, index, i, &name);
        if (key.type != NPS_KEY_NULL) csv_fwrite(stdout, name.bytes, name.length);
        putchar(',');
    }
    text_free(&name);
}

void report_csv(const report *printed)
{
    report_csv_dimensions(printed);
    report_csv_titles(printed);
    putchar('\n');
    if (printed->of->segments == NULL) {
        report_csv_result(printed, &printed->total);
        putchar('\n');
    }
    for (size_t i = 0; i < printed->told; i++) {
        result segment;
        result_segment(printed->of, printed->order[i], printed->given, &segment);
        report_csv_key(printed, printed->order[i]);
        report_csv_result(printed, &segment);
        putchar('\n');
    }
}
