#include "platform.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nps/interval.h>
#include <nps/status.h>
#include <nps/tally.h>

#include "message.h"
#include "options.h"
#include "output.h"
#include "text.h"

#define FOR_ROWS   (FOR_SCORE | FOR_TALLY)
#define FOR_REPORT (FOR_SCORE | FOR_MERGE)
#define FOR_ALL    (FOR_SCORE | FOR_TALLY | FOR_MERGE)

_Noreturn static void fail_value(const char *option, const char *value, const char *expected)
{
    fail(STATUS_USAGE, "--%s %s: %s", option, shown(value, strlen(value)), expected);
}

static void set_score(options *to, char *value)
{
    to->score = value;
}

/* Lists are cut up in place: the arguments are the program's own. */
static void set_by(options *to, char *value)
{
    for (char *name = value, *rest; name != NULL; name = rest) {
        rest = strchr(name, ',');
        if (rest == name || *name == '\0') fail(STATUS_USAGE, "--by: a name is empty");
        if (to->by_count == NPS_MAX_DIMENSIONS) fail(STATUS_USAGE, "--by: at most %d columns", NPS_MAX_DIMENSIONS);
        if (rest != NULL) *rest++ = '\0';
        for (int32_t i = 0; i < to->by_count; i++) {
            if (strcmp(name, to->by[i]) == 0) fail_value("by", name, "named twice");
        }
        to->by[to->by_count++] = name;
    }
}

static void set_weight(options *to, char *value)
{
    to->weight = value;
}

static void set_scale(options *to, char *value)
{
    if (nps_scale_parse(value, strlen(value), &to->scale) != NPS_OK) {
        fail_value("scale", value,
                   "expected 0-10, 1-10, 1-7, 1-5 or LOWEST-HIGHEST:DETRACTOR_MAX:PROMOTER_MIN, at most 11 answers");
    }
}

static void set_missing(options *to, char *value)
{
    to->missing = value;
}

static void set_labels(options *to, char *value)
{
    (void)value;
    to->parse_flags |= NPS_PARSE_LABELS;
}

static void set_where(options *to, char *value)
{
    char *sign = strchr(value, '='), *end = sign;
    bool equal = sign == NULL || sign == value || sign[-1] != '!';
    if (!equal) end--;
    if (sign == NULL || end == value) fail_value("where", value, "expected COLUMN=VALUE or COLUMN!=VALUE");
    if (to->filter_count == FILTERS_MOST) fail_value("where", value, "at most 16 conditions");
    *end = '\0';
    to->filters[to->filter_count++] = (filter){.column = value, .value = sign + 1, .equal = equal};
}

static void set_delimiter(options *to, char *value)
{
    bool tab = strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0;
    if (!tab && (strlen(value) != 1 || strchr("\"\r\n", *value) != NULL)) {
        fail_value("delimiter", value, "expected one character, or tab");
    }
    to->delimiter = tab ? '\t' : *value;
}

static void set_rejects(options *to, char *value)
{
    to->rejects = value;
}

static void set_method(options *to, char *value)
{
    if (nps_interval_method(value, strlen(value), &to->method) != NPS_OK) {
        fail_value("method", value,
                   "expected score, skewed, adjusted-wald, agresti-min, bonett-price, wald, t, likelihood, jeffreys or "
                   "bootstrap");
    }
}

static void set_level(options *to, char *value)
{
    if (!parse_number(value, &to->level) || to->level <= 0 || to->level >= 1) {
        fail_value("level", value, "expected a fraction above 0 and below 1, such as 0.95");
    }
}

static void set_format(options *to, char *value)
{
    static const char *const names[] = {"table", "json", "jsonl", "csv", "md"};
    for (int i = 0; i < FORMAT_DEFAULT; i++) {
        if (strcmp(value, names[i]) == 0) {
            to->format = (enum output_format)i;
            return;
        }
    }
    fail_value("format", value, "expected table, json, jsonl, csv or md");
}

static void set_max_invalid(options *to, char *value)
{
    if (!parse_number(value, &to->max_invalid) || to->max_invalid < 0 || to->max_invalid > 100) {
        fail_value("max-invalid", value, "expected a percentage from 0 to 100");
    }
}

static void set_fail_under(options *to, char *value)
{
    if (!parse_number(value, &to->fail_under) || to->fail_under < -100 || to->fail_under > 100) {
        fail_value("fail-under", value, "expected points from -100 to 100");
    }
    to->has_fail_under = true;
}

static void set_counts(options *to, char *value)
{
    uint64_t *const counts[3] = {&to->promoters, &to->passives, &to->detractors};
    char *part = value, *rest;
    to->has_counts = false;
    for (int i = 0; i < 3; i++, part = rest) {
        rest = strchr(part, ',');
        if ((rest != NULL) != (i < 2)) break;
        if (rest != NULL) *rest++ = '\0';
        if (!parse_count(part, counts[i])) break;
        to->has_counts = i == 2;
    }
    if (!to->has_counts) fail(STATUS_USAGE, "--counts: expected PROMOTERS,PASSIVES,DETRACTORS: three whole numbers");
}

static void set_kind(options *to, char *value)
{
    uint64_t number;
    if (strcmp(value, "relational") == 0) {
        to->kind = NPS_KIND_RELATIONAL;
    } else if (strcmp(value, "transactional") == 0) {
        to->kind = NPS_KIND_TRANSACTIONAL;
    } else if (parse_count(value, &number) && number <= UINT32_MAX) {
        to->kind = (uint32_t)number;
    } else {
        fail_value("kind", value, "expected relational, transactional or a number");
    }
}

static void set_mixed(options *to, char *value)
{
    (void)value;
    to->mixed = true;
}

static void set_output(options *to, char *value)
{
    to->output = value;
}

static void set_quiet(options *to, char *value)
{
    (void)to;
    (void)value;
    message_quiet(true);
}

/* In the order of the help. */
static const struct option_row {
    const char *name;
    char letter;
    const char *argument; /* NULL: takes none */
    const char *help;
    uint32_t commands;
    bool for_rows; /* means nothing where no rows are read */
    void (*set)(options *to, char *value);
} option_rows[] = {
    {"score", 's', "COLUMN", "the answers [a column named score, nps or rating]", FOR_ROWS, true, set_score},
    {"by", 'b', "COLUMN,...", "a result for each value of these columns too", FOR_ROWS, true, set_by},
    {"weight", 'w', "COLUMN", "weights of the answers", FOR_ROWS, true, set_weight},
    {"scale", 0, "SCALE", "0-10, 1-10, 1-7, 1-5 or LOW-HIGH:DETRACTOR_MAX:PROMOTER_MIN [0-10]", FOR_ROWS, true,
     set_scale},
    {"missing", 0, "TOKEN,...", "more cells that mean: no answer", FOR_ROWS, true, set_missing},
    {"labels", 0, NULL, "take answers such as \"10 - Extremely likely\"", FOR_ROWS, true, set_labels},
    {"where", 0, "COLUMN=VALUE", "only such rows; != too; all of several hold", FOR_ROWS, true, set_where},
    {"delimiter", 'd', "CHARACTER", "between cells, or tab [found in the header]", FOR_ROWS, true, set_delimiter},
    {"rejects", 0, "FILE", "write a CSV of the invalid answers", FOR_ROWS, true, set_rejects},
    {"counts", 0, "PROMOTERS,PASSIVES,DETRACTORS", "instead of files", FOR_SCORE, false, set_counts},
    {"method", 0, "NAME",
     "interval: score, skewed, adjusted-wald, agresti-min, bonett-price, wald, t, likelihood, jeffreys, bootstrap "
     "[score]",
     FOR_REPORT, false, set_method},
    {"level", 0, "P", "confidence level of the interval [0.95]", FOR_REPORT, false, set_level},
    {"format", 0, "FORMAT", "table, json, jsonl, csv or md [table on a terminal, else csv]", FOR_REPORT, false,
     set_format},
    {"kind", 0, "KIND", "relational, transactional or a number [0: not said]", FOR_TALLY, false, set_kind},
    {"mixed", 0, NULL, "merge even relational with transactional answers", FOR_MERGE, false, set_mixed},
    {"output", 'o', "OUT.nps", "the state goes to this file", FOR_TALLY | FOR_MERGE, false, set_output},
    {"max-invalid", 0, "PERCENT", "exit 3 when more of the answers are invalid [100]", FOR_ALL, false, set_max_invalid},
    {"fail-under", 0, "POINTS", "exit 4 when the score is below", FOR_REPORT, false, set_fail_under},
    {"quiet", 'q', NULL, "no progress, no notes", FOR_ALL, false, set_quiet},
    {"help", 'h', NULL, "this text", FOR_ALL, false, NULL},
};

#define OPTION_COUNT (sizeof option_rows / sizeof option_rows[0])

_Noreturn static void print_help(const command *chosen)
{
    printf("Usage: nps %s %s\n%s\n\n", chosen->name, chosen->arguments, chosen->purpose);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (!(row->commands & chosen->bit)) continue;
        char letter[] = {'-', row->letter, ',', ' ', '\0'};
        printf("  %s--%s%s%s\n      %s\n", row->letter != 0 ? letter : "", row->name, row->argument != NULL ? " " : "",
               row->argument != NULL ? row->argument : "", row->help);
    }
    output_end();
    exit(STATUS_DONE);
}

/* The arrays that getopt_long wants, from the rows of this subcommand. */
static void fill_getopt(const command *chosen, char *letters, struct option *names)
{
    *letters++ = ':';
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (!(row->commands & chosen->bit)) continue;
        bool takes = row->argument != NULL;
        *names++ = (struct option){row->name, takes ? required_argument : no_argument, NULL, (int)(256 + i)};
        if (row->letter == 0) continue;
        *letters++ = row->letter;
        if (takes) *letters++ = ':';
    }
    *letters = '\0';
    *names = (struct option){0};
}

static const struct option_row *row_of(int found)
{
    if (found >= 256) return &option_rows[found - 256];
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (option_rows[i].letter == found) return &option_rows[i];
    }
    return NULL;
}

_Noreturn static void fail_option(const command *chosen, int found, const char *argument)
{
    if (found == ':') fail(STATUS_USAGE, "%s needs a value; see nps %s --help", argument, chosen->name);
    fail(STATUS_USAGE, "%s is not an option of nps %s, or is cut short in two ways; see nps %s --help",
         shown(argument, strlen(argument)), chosen->name, chosen->name);
}

void options_read(const command *chosen, int argument_count, char **arguments, options *out)
{
    char letters[3 * OPTION_COUNT + 2];
    struct option names[OPTION_COUNT + 1];
    fill_getopt(chosen, letters, names);
    *out = (options){.command = chosen->name, .level = 0.95, .format = FORMAT_DEFAULT, .max_invalid = 100};
    nps_scale_standard(&out->scale);

    opterr = 0;
    int found;
    while ((found = getopt_long(argument_count, arguments, letters, names, NULL)) != -1) {
        if (found == '?' || found == ':') fail_option(chosen, found, arguments[optind - 1]);
        const struct option_row *row = row_of(found);
        if (row->set == NULL) print_help(chosen);
        row->set(out, optarg);
        if (row->for_rows && out->row_option == NULL) out->row_option = row->name;
    }
    out->files = arguments + optind;
    out->file_count = (size_t)(argument_count - optind);
    if (out->format == FORMAT_DEFAULT) out->format = isatty(STDOUT_FILENO) ? FORMAT_TABLE : FORMAT_CSV;
}

void options_need_files(const options *given)
{
    if (given->file_count > 0) return;
    fail(STATUS_USAGE, "no file: give some, or - for standard input; see nps %s --help", given->command);
}
