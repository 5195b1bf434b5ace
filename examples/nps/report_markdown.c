#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "arrange.h"
#include "report.h"

static void print_name(const char *bytes, size_t length)
{
    text escaped = {0};
    text_append_escaped(&escaped, bytes, length, SIZE_MAX, TEXT_ESCAPE_MARKDOWN);
    printf(" %s |", escaped.bytes);
    text_free(&escaped);
}

static void print_header(const report *printed)
{
    putchar('|');
    for (int32_t i = 0; i < printed->of->dimensions; i++) {
        size_t length;
        const char *dimension = state_dimension(printed->of, i, &length);
        print_name(dimension, length);
    }
    char titles[EXTRAS_MOST][EXTRA_SIZE];
    size_t extras = report_extra_titles(printed, " ... ", titles);
    printf("%s n | detractors | passives | promoters | NPS | %.4g%% interval | missing | invalid |",
           printed->of->is_weighted ? " effective n |" : "", 100 * printed->given->level);
    for (size_t i = 0; i < extras; i++) printf(" %s |", titles[i]);
    printf("\n|");
    for (int32_t i = 0; i < printed->of->dimensions; i++) printf(" --- |");
    printf("%s ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |", printed->of->is_weighted ? " ---: |" : "");
    for (size_t i = 0; i < extras; i++) printf(" ---: |");
    putchar('\n');
}

static void print_hidden(const result *of, size_t extras)
{
    if (of->is_weighted) printf(" |");
    printf(" hidden |");
    for (size_t i = 0; i < 7 + extras; i++) printf(" |");
    putchar('\n');
}

static void print_result(const report *printed, const result *of)
{
    char extra[EXTRAS_MOST][EXTRA_SIZE];
    size_t extras = report_extra_titles(printed, " ... ", extra);
    if (of->suppressed) {
        print_hidden(of, extras);
        return;
    }
    const nps_tally *counts = &of->counts;
    char score[8], effective[32], lower[16], upper[16];
    report_score(of, score);
    report_effective(of, effective);
    report_bounds(of, lower, upper);
    if (of->is_weighted) printf(" %s |", effective);
    printf(" %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %s | %s%s%s | %" PRIu64 " | %" PRIu64 " |",
           nps_tally_responses(counts), nps_tally_detractors(counts), nps_tally_passives(counts),
           nps_tally_promoters(counts), score, lower, isnan(of->lower) ? "" : " ... ", upper, counts->missing,
           counts->invalid);
    report_extra_cells(of, " ... ", extra);
    for (size_t i = 0; i < extras; i++) printf(" %s |", extra[i]);
    putchar('\n');
}

void report_markdown(const report *printed)
{
    text name = {0};
    print_header(printed);
    for (size_t i = 0; i < printed->told; i++) {
        result segment;
        result_segment(printed->of, printed->order[i], printed->given, &segment);
        putchar('|');
        for (int32_t j = 0; j < printed->of->dimensions; j++) {
            state_segment_name(printed->of, printed->order[i], j, &name);
            print_name(name.bytes, name.length);
        }
        print_result(printed, &segment);
    }
    putchar('|');
    for (int32_t j = 0; j < printed->of->dimensions; j++) printf(j == 0 ? " **total** |" : " |");
    print_result(printed, &printed->total);
    name.length = 0;
    if (arrange_say_hidden(printed->of, printed->given, &name)) printf("\n%s\n", name.bytes);
    text_free(&name);
}
