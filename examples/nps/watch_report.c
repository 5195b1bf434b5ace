/* What is told while it watches, and at the end. */
#include "platform.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <nps/sequential.h>
#include <nps/status.h>

#include "message.h"
#include "output.h"
#include "rounded.h"
#include "state.h"
#include "watch.h"

static void find_numbers(const watch *told, watch_numbers *out)
{
    const options *given = told->given;
    *out = (watch_numbers){NAN, NAN, NAN, NAN, NAN};
    if (told->responses == 0) return;
    require(nps_score(&told->counted, &out->score), "score");
    require(nps_sequential_interval(&told->sample, given->level, &out->lower, &out->upper), "confidence sequence");
    require(nps_sequential_test(&told->sample, given->benchmark, &out->log_e_value, &out->p), "e-value");
}

typedef struct line_words {
    char count[ROUNDED_SIZE], score[ROUNDED_SIZE], lower[ROUNDED_SIZE], upper[ROUNDED_SIZE], e_value[ROUNDED_SIZE];
    const char *to;
} line_words;

/* An e-value has no bound: beyond what a double holds, its power of ten. It grows on either side, and where no alert
 * looks, the side is told. */
static void e_words(const watch *told, double log_e_value, char *buffer)
{
    const char *side = watch_side(told);
    double digits = log_e_value / log(10);
    if (digits > 300) {
        snprintf(buffer, ROUNDED_SIZE, "1e+%.0f", floor(digits));
    } else {
        snprintf(buffer, ROUNDED_SIZE, "%.3g", exp(log_e_value));
    }
    if (log_e_value <= 0 || side == NULL || watch_wants(told, side)) return;
    strcat(buffer, " ");
    strcat(buffer, side);
}

static void put_in_words(const watch *told, const watch_numbers *of, line_words *out)
{
    double benchmark = told->given->benchmark;
    rounded_count(told->responses, out->count);
    rounded_bounds(of->lower, of->upper, benchmark, out->lower, out->upper);
    strcpy(out->score, "n/a");
    strcpy(out->e_value, "n/a");
    out->to = told->responses > 0 ? rounded_between() : "";
    if (told->responses == 0) return;
    rounded_points(of->score, benchmark, 0, out->score);
    e_words(told, of->log_e_value, out->e_value);
}

static void print_table_line(const watch *told, const watch_numbers *of)
{
    line_words words;
    char title[40];
    put_in_words(told, of, &words);
    snprintf(title, sizeof title, "%.6g%% confidence sequence", 100 * told->given->level);
    if (told->last_line == 0) printf("%11s  %6s  %-24s  %s\n", "answers", "NPS", title, "e-value");
    printf("%11s  %6s  %7s%s%-*s  %s\n", words.count, words.score, words.lower, words.to,
           17 - (int)text_width(words.to, strlen(words.to)), words.upper, words.e_value);
}

static void print_markdown_line(const watch *told, const watch_numbers *of)
{
    line_words words;
    put_in_words(told, of, &words);
    if (told->last_line == 0) {
        printf("| answers | NPS | %.6g%% confidence sequence | e-value |\n| ---: | ---: | --- | ---: |\n",
               100 * told->given->level);
    }
    printf("| %s | %s | %s%s%s | %s |\n", words.count, words.score, words.lower, words.to, words.upper, words.e_value);
}

static void print_line(watch *told, const watch_numbers *of)
{
    switch (told->given->format) {
    case FORMAT_JSON:
        return;
    case FORMAT_JSONL:
        watch_json_line(told, of);
        break;
    case FORMAT_CSV:
        watch_csv_line(told, of);
        break;
    case FORMAT_MARKDOWN:
        print_markdown_line(told, of);
        break;
    default:
        print_table_line(told, of);
    }
    output_end();
    told->last_line = told->responses;
}

void watch_line(watch *told)
{
    watch_numbers of;
    if (told->given->format == FORMAT_JSON) return;
    find_numbers(told, &of);
    print_line(told, &of);
}

/* What the score is, as far as can be told: what is said must not contradict the interval beside it. */
static void append_verdict(const watch *told, const watch_numbers *of, text *to)
{
    char buffer[128];
    const char *side = watch_side(told);
    if (side != NULL && of->log_e_value >= told->threshold) {
        snprintf(buffer, sizeof buffer, ": the score is %s %.15g", side, told->given->benchmark);
    } else {
        snprintf(buffer, sizeof buffer, ": not distinguishable from %.15g", told->given->benchmark);
    }
    text_append(to, buffer, strlen(buffer));
}

static void end_in_words(const watch *told, const watch_numbers *of, text *out)
{
    line_words words;
    char buffer[256];
    put_in_words(told, of, &words);
    snprintf(buffer, sizeof buffer, told->alert != NULL ? "alert at answer %s" : "no alert after %s answer%s",
             words.count, told->responses == 1 ? "" : "s");
    text_append(out, buffer, strlen(buffer));
    if (told->responses == 0) return;
    if (told->alert != NULL) {
        const char *name = told->given->file_count > 1 ? shown(told->file, strlen(told->file)) : "";
        text_append(out, " (", 2);
        text_append(out, name, strlen(name));
        snprintf(buffer, sizeof buffer, "%srow %" PRIu64 ")", *name != '\0' ? " " : "", told->row);
        text_append(out, buffer, strlen(buffer));
    }
    append_verdict(told, of, out);
    snprintf(buffer, sizeof buffer, ": %.6g%% confidence sequence %s to %s, e-value %s", 100 * told->given->level,
             words.lower, words.upper, words.e_value);
    text_append(out, buffer, strlen(buffer));
}

static void print_counts(const watch *told)
{
    text line = {0};
    rounded_rows(&told->counted, &line);
    printf("\n%s\n", line.bytes);
    text_free(&line);
}

/* People read the end below the lines; where programs read these, an alert is told on standard error. */
void watch_end(watch *told)
{
    enum output_format format = told->given->format;
    watch_numbers of;
    text sentence = {0};
    find_numbers(told, &of);
    if (told->responses == 0 || told->last_line < told->responses || told->alert != NULL) print_line(told, &of);
    end_in_words(told, &of, &sentence);
    if (format == FORMAT_TABLE || format == FORMAT_MARKDOWN) {
        print_counts(told);
        printf("%s%s\n", format == FORMAT_MARKDOWN ? "\n" : "", sentence.bytes);
    } else if (told->alert != NULL) {
        complain("%s", sentence.bytes);
    }
    if (format == FORMAT_JSON) watch_json(told, &of);
    output_end();
    text_free(&sentence);
}
