/* nps audit: how often each interval is right, for samples of one size from a population with known shares. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <nps/audit.h>
#include <nps/interval.h>
#include <nps/status.h>

#include "commands.h"
#include "message.h"
#include "output.h"
#include "result_json.h"
#include "rounded.h"
#include "text.h"

#define SIZE_MOST  1000000 /* what nps_audit takes */
#define SIZE_QUICK 1000    /* up to here it is a matter of seconds */
#define NAME_WIDTH 13

typedef struct audited {
    const options *given;
    double shares[3]; /* detractors, passives, promoters */
    nps_audit_result results[NPS_INTERVAL_COUNT];
} audited;

static void check_arguments(const options *given)
{
    double sum = given->promoter_share + given->detractor_share;
    if (given->file_count > 0) fail(STATUS_USAGE, "nps audit takes no files: it is about all samples that can come up");
    if (given->size == 0) fail(STATUS_USAGE, "no sample size: give one with -n");
    if (given->size > SIZE_MOST) fail(STATUS_USAGE, "-n %" PRIu64 ": at most %d", given->size, SIZE_MOST);
    if (isnan(sum)) fail(STATUS_USAGE, "no population: give its shares with --promoters and --detractors");
    if (sum > 1 + 1e-9) {
        fail(STATUS_USAGE, "--promoters %.15g and --detractors %.15g add up to more than 1", given->promoter_share,
             given->detractor_share);
    }
}

static double true_score(const audited *told)
{
    return 100 * (told->shares[2] - told->shares[0]);
}

static void print_header(const audited *told)
{
    const options *given = told->given;
    char count[ROUNDED_SIZE], score[ROUNDED_SIZE];
    switch (given->format) {
    case FORMAT_CSV:
        puts("method,coverage,width,miss_below,miss_above");
        break;
    case FORMAT_MARKDOWN:
        puts("| method | coverage | below | above | width |\n| --- | ---: | ---: | ---: | ---: |");
        break;
    case FORMAT_TABLE:
        printf("%.6g%% intervals from %s answer%s, where %.6g%% are promoters, %.6g%% detractors: score %s\n\n",
               100 * given->level, rounded_count(given->size, count), given->size == 1 ? "" : "s",
               100 * told->shares[2], 100 * told->shares[0], rounded_points(true_score(told), 0, 0, score));
        printf("%-*s  %9s  %7s  %7s  %7s\n", NAME_WIDTH, "method", "coverage", "below", "above", "width");
        break;
    default:
        break;
    }
}

static void write_result(json_writer *to, const char *method, const nps_audit_result *of)
{
    writer_open(to, '{');
    writer_text_field(to, "method", method);
    writer_number_field(to, "coverage", of->coverage);
    writer_number_field(to, "width", of->width);
    writer_number_field(to, "miss_below", of->miss_below);
    writer_number_field(to, "miss_above", of->miss_above);
    writer_close(to, '}');
}

static void print_csv_line(const char *method, const nps_audit_result *of)
{
    const double values[] = {of->coverage, of->width, of->miss_below, of->miss_above};
    char buffer[32];
    fputs(method, stdout);
    for (int i = 0; i < 4; i++) printf(",%s", format_number(values[i], buffer));
    putchar('\n');
}

/* The coverage stays on its side of the level: that is what one looks for. */
static void print_line(const audited *told, int32_t method)
{
    const nps_audit_result *of = &told->results[method];
    const char *name = nps_interval_method_name(method);
    json_writer to = {.out = stdout};
    char coverage[ROUNDED_SIZE];
    rounded_number(100 * of->coverage, 100 * told->given->level, 2, coverage);
    switch (told->given->format) {
    case FORMAT_JSON:
        return;
    case FORMAT_JSONL:
        write_result(&to, name, of);
        putchar('\n');
        break;
    case FORMAT_CSV:
        print_csv_line(name, of);
        break;
    case FORMAT_MARKDOWN:
        printf("| %s | %s%% | %.2f%% | %.2f%% | %.2f |\n", name, coverage, 100 * of->miss_below, 100 * of->miss_above,
               of->width);
        break;
    default:
        printf("%-*s  %8s%%  %6.2f%%  %6.2f%%  %7.2f\n", NAME_WIDTH, name, coverage, 100 * of->miss_below,
               100 * of->miss_above, of->width);
    }
}

static void print_json(const audited *told, int32_t first, int32_t end)
{
    json_writer to = {.out = stdout};
    json_begin(&to, told->given->command);
    writer_count_field(&to, "n", told->given->size);
    writer_number_field(&to, "level", told->given->level);
    writer_number_field(&to, "promoters", told->shares[2]);
    writer_number_field(&to, "passives", told->shares[1]);
    writer_number_field(&to, "detractors", told->shares[0]);
    writer_number_field(&to, "nps", true_score(told));
    writer_line(&to);
    writer_field(&to, "methods");
    writer_open(&to, '[');
    for (int32_t method = first; method < end; method++) {
        writer_line(&to);
        write_result(&to, nps_interval_method_name(method), &told->results[method]);
    }
    writer_close(&to, ']');
    writer_close(&to, '}');
    putchar('\n');
}

/* A line comes as soon as it is known, and the slow methods are the last. */
int run_audit(const options *given)
{
    check_arguments(given);
    audited found = {.given = given, .shares = {given->detractor_share, 0, given->promoter_share}};
    found.shares[1] = fmax(0, 1 - given->detractor_share - given->promoter_share);
    int32_t first = given->has_method ? given->method : 0, end = given->has_method ? first + 1 : NPS_INTERVAL_COUNT;
    if (given->size > SIZE_QUICK && !given->has_method) {
        note("jeffreys and bootstrap, the last two, take long for so many answers; --method asks for one alone");
    }
    for (int32_t method = first; method < end; method++) {
        found.results[method].struct_size = sizeof found.results[method];
        require(nps_audit(found.shares, given->size, method, given->level, &found.results[method]),
                nps_interval_method_name(method));
        if (method == first) print_header(&found);
        print_line(&found, method);
        output_end();
    }
    if (given->format == FORMAT_TABLE) {
        printf("\nbelow, above: how often the true score lies there, outside the interval; width in points\n");
    }
    if (given->format == FORMAT_JSON) print_json(&found, first, end);
    output_end();
    return STATUS_DONE;
}
