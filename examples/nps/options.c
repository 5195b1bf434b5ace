#include "platform.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nps/compare.h>

#include "message.h"
#include "options_table.h"
#include "output.h"
#include "text.h"

_Noreturn static void print_help(const command *chosen)
{
    printf("Usage: nps %s %s\n%s\n\n", chosen->name, chosen->arguments, chosen->purpose);
    for (size_t i = 0; i < option_count; i++) {
        const option_row *row = &option_rows[i];
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
    for (size_t i = 0; i < option_count; i++) {
        const option_row *row = &option_rows[i];
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

static const option_row *row_of(const command *chosen, int found)
{
    if (found >= 256) return &option_rows[found - 256];
    for (size_t i = 0; i < option_count; i++) {
        const option_row *row = &option_rows[i];
        if (row->letter == found && (row->commands & chosen->bit)) return row;
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
    char letters[3 * OPTIONS_MOST + 2];
    struct option names[OPTIONS_MOST + 1];
    fill_getopt(chosen, letters, names);
    *out = (options){.command = chosen->name,
                     .chosen = chosen->bit,
                     .level = 0.95,
                     .format = FORMAT_DEFAULT,
                     .max_invalid = 100,
                     .adjust = NPS_ADJUST_HOLM,
                     .every = -1,
                     .best = 1,
                     .column = "weight",
                     .promoter_share = NAN,
                     .detractor_share = NAN,
                     .separator = ";",
                     .low = NAN,
                     .high = NAN,
                     .revenue_before = NAN,
                     .revenue_kept = NAN,
                     .revenue_earned = NAN,
                     .revenue_bought = NAN};
    nps_scale_standard(&out->scale);

    opterr = 0;
    int found;
    while ((found = getopt_long(argument_count, arguments, letters, names, NULL)) != -1) {
        if (found == '?' || found == ':') fail_option(chosen, found, arguments[optind - 1]);
        const option_row *row = row_of(chosen, found);
        if (row->keeps == OPTION_HELP) print_help(chosen);
        option_take(row, out, optarg);
        if (row->for_rows && out->row_option == NULL) out->row_option = row->name;
    }
    out->files = arguments + optind;
    out->file_count = (size_t)(argument_count - optind);
    if (out->format == FORMAT_DEFAULT) out->format = isatty(STDOUT_FILENO) ? FORMAT_TABLE : FORMAT_CSV;
}

bool options_have_design(const options *given)
{
    return given->strata != NULL || given->cluster != NULL || given->fpc != NULL;
}

void options_need_files(const options *given)
{
    if (given->file_count > 0) return;
    fail(STATUS_USAGE, "no file: give some, or - for standard input; see nps %s --help", given->command);
}

void options_check_inputs(const options *given, const char *other)
{
    size_t inputs = other != NULL && strcmp(other, "-") == 0;
    for (size_t i = 0; i < given->file_count; i++) inputs += strcmp(given->files[i], "-") == 0;
    if (inputs > 1) fail(STATUS_USAGE, "- is given %zu times: standard input can be read once", inputs);
}
